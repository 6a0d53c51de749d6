package pack

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"
)

func zipped(name string, content []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.Create(name)
	w.Write(content)
	z.Close()
	return b.Bytes()
}

// TestNames: case, slashes and a leading slash do not matter.
func TestNames(t *testing.T) {
	p, err := Open(zipped(`Word\Document.XML`, []byte("x")))
	if err != nil {
		t.Fatal(err)
	}
	b, err := p.ReadFile("/word/document.xml")
	if err != nil || string(b) != "x" {
		t.Errorf("%q, %v", b, err)
	}
	if _, err := p.ReadFile("word/none.xml"); err == nil || !strings.Contains(err.Error(), "read word/none.xml: no such part") {
		t.Error(err)
	}
}

func TestBounds(t *testing.T) {
	p, err := Open(zipped("a.xml", make([]byte, 12<<20)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.ReadFile("a.xml"); !errors.Is(err, ErrTooLarge) {
		t.Errorf("12 MB of zeros: %v", err)
	}
	p, _ = Open(zipped("a.xml", make([]byte, 6<<20)))
	if _, err := p.ReadFile("a.xml"); err != nil {
		t.Errorf("6 MB: %v", err)
	}
	if _, err := p.ReadFile("a.xml"); !errors.Is(err, ErrTooLarge) {
		t.Errorf("6 MB twice: %v", err)
	}
}

// TestEncodings reads XML in the encodings that producers use.
func TestEncodings(t *testing.T) {
	const doc = `<?xml version="1.0" encoding="UTF-16"?><a>低保</a>`
	var le, be []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + doc)) {
		le, be = append(le, byte(u), byte(u>>8)), append(be, byte(u>>8), byte(u))
	}
	for name, b := range map[string][]byte{
		"utf-8":    []byte(`<a>低保</a>`),
		"bom":      []byte("\ufeff<a>低保</a>"),
		"utf-16le": le, "utf-16be": be, "no bom": le[2:],
		"gbk":          []byte("<?xml version='1.0' encoding='GBK'?><a>\xb5\xcd\xb1\xa3</a>"),
		"a wrong name": []byte(doc),
	} {
		p, err := Open(zipped("a.xml", b))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		err = p.Walk("a.xml", func(c *Cursor, _ xml.StartElement) (err error) {
			got, err = c.Text()
			return err
		})
		if err != nil || got != "低保" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestCursor: what a function leaves unread is skipped.
func TestCursor(t *testing.T) {
	c := NewCursor(strings.NewReader(`<r><a><b/>x</a><skip><deep><a/></deep></skip><a>y</a></r>`))
	var got []string
	err := c.Each(func(xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			if e.Name.Local != "a" {
				return nil
			}
			s, err := c.Text()
			got = append(got, s)
			return err
		})
	})
	if err != nil || strings.Join(got, ",") != "x,y" {
		t.Errorf("%v, %v", got, err)
	}
}
