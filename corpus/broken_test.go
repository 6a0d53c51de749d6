package corpus_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mingxi/corpus"
	"mingxi/corpus/doc"
	"mingxi/corpus/docx"
	"mingxi/corpus/draft"
	"mingxi/corpus/epub"
	"mingxi/corpus/ofd"
	"mingxi/corpus/rtf"
	"mingxi/corpus/sheet"
)

// readers are asked one by one, so that a file with a wrong name comes to each.
var readers = map[string]func([]byte) (*draft.Document, error){
	"docx": docx.Read, "doc": doc.Read, "rtf": rtf.Read, "epub": epub.Read, "ofd": ofd.Read, "xlsx": sheet.ReadXLSX, "xls": sheet.ReadXLS,
}

// perMB is how long a reader may take for a megabyte (and for less).
const perMB = 10 * time.Second

// A damage is a way to break a file.
type damage struct {
	name string
	data []byte
}

// broken makes broken files of one: the same ones each time.
func broken(data []byte) []damage {
	rnd := rand.New(rand.NewPCG(1, uint64(len(data))))
	out := []damage{{"empty", nil}, {"all zero", make([]byte, len(data))}}
	for _, part := range []int{1, 10, 50, 90, 99} {
		out = append(out, damage{fmt.Sprintf("first %d%%", part), data[:len(data)*part/100]})
	}
	out = append(out, damage{"without its first 100 bytes", data[min(100, len(data)):]})
	for i := range 24 {
		b := bytes.Clone(data)
		at := rnd.IntN(len(b))
		n := min(len(b)-at, 1<<rnd.IntN(12))
		switch i % 4 {
		case 0:
			clear(b[at : at+n])
			out = append(out, damage{fmt.Sprintf("%d zeros at %d", n, at), b})
		case 1:
			for k := range n {
				b[at+k] = byte(rnd.Uint32())
			}
			out = append(out, damage{fmt.Sprintf("%d random bytes at %d", n, at), b})
		case 2:
			out = append(out, damage{fmt.Sprintf("%d bytes cut out at %d", n, at), append(b[:at:at], b[at+n:]...)})
		case 3:
			from := rnd.IntN(len(data))
			copy(b[at:], data[from:])
			out = append(out, damage{fmt.Sprintf("spliced: %d from %d", at, from), b})
		}
	}
	return append(out, repacked(data)...)
}

// repacked damages the parts of a zip package and packs them again, so that
// the damage is behind the check sums.
func repacked(data []byte) []damage {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil
	}
	var out []damage
	for _, f := range z.File {
		part := contents(f)
		for _, d := range []damage{
			{"half of ", part[:len(part)/2]},
			{"nothing in ", nil},
			{"random bytes in ", splice(part)},
			{"numbers grown in ", bytes.ReplaceAll(part, []byte(`="1`), []byte(`="99999991`))},
			{"elements nested in ", bytes.ReplaceAll(part, []byte("<w:p>"), []byte("<w:p><w:r><w:pict><w:txbxContent><w:p>"))},
			{"text for ", []byte("全年发放低保金4238.6万元。")},
		} {
			out = append(out, damage{d.name + f.Name, pack(z, f.Name, d.data)})
		}
	}
	return out
}

func splice(part []byte) []byte {
	b := bytes.Clone(part)
	rnd := rand.New(rand.NewPCG(2, uint64(len(b))))
	for i := 0; len(b) > 0 && i < 1+len(b)/200; i++ {
		b[rnd.IntN(len(b))] = byte(rnd.Uint32())
	}
	return b
}

func contents(f *zip.File) []byte {
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	b, _ := io.ReadAll(r)
	return b
}

// pack copies an archive with one member changed.
func pack(z *zip.Reader, name string, data []byte) []byte {
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, f := range z.File {
		b := data
		if f.Name != name {
			b = contents(f)
		}
		if m, err := w.Create(f.Name); err == nil {
			m.Write(b)
		}
	}
	w.Close()
	return buf.Bytes()
}

// TestBroken: whatever the bytes, a reader answers with text or with an error
// that names its format, and soon.
func TestBroken(t *testing.T) {
	files, _ := filepath.Glob("testdata/formats/*.*")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		if strings.HasSuffix(name, ".fodt") || strings.HasSuffix(name, ".fods") || strings.HasSuffix(name, ".md") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			for _, d := range append(broken(data), damage{"as it is", data}) {
				check(t, "by content, "+d.name, d.data, func() error {
					_, err := corpus.Read(name, d.data, corpus.Options{})
					return err
				})
				for format, read := range readers {
					check(t, "as "+format+", "+d.name, d.data, func() error {
						x, err := read(d.data)
						if err == nil && x == nil {
							return fmt.Errorf("neither document nor error")
						}
						if err != nil && !strings.HasPrefix(err.Error(), format+": ") {
							t.Errorf("as %s, %s: the error does not say the format: %v", format, d.name, err)
						}
						return nil
					})
				}
			}
		})
	}
}

// check runs a reader within its time.
func check(t *testing.T, what string, data []byte, read func() error) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("%s: panic: %v", what, p)
		}
	}()
	begin := time.Now()
	err := read()
	if took := time.Since(begin); took > perMB*time.Duration(1+len(data)>>20) {
		t.Errorf("%s: took %v", what, took)
	}
	if err != nil && err.Error() == "neither document nor error" {
		t.Errorf("%s: %v", what, err)
	}
}
