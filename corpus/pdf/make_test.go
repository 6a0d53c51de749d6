package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"mingxi/corpus/draft"
)

// A maker writes small PDF files for the tests.
type maker struct {
	objects []string // bodies; the first is object 1
	trailer string   // more entries
}

func (m *maker) add(body string) int {
	m.objects = append(m.objects, body)
	return len(m.objects)
}

func stream(dict, data string) string {
	return fmt.Sprintf("<<%s /Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// bytes writes the file; its catalog is object root.
func (m *maker) bytes(root int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n%\xE2\xE3\xCF\xD3\n")
	var offsets []int
	for i, o := range m.objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, root, m.trailer, start)
	return b.Bytes()
}

// A sketch is a file of pages that share one font, F1, and resources.
type sketch struct {
	font      func(m *maker) int // returns the font's object
	resources string             // more resources
	pageAttrs string
	filter    string // of the content streams
	encode    func(string) string
	extra     func(m *maker) string // adds objects, returns more resources
}

// file makes a file of pages with the given content streams.
func (s sketch) file(pages ...string) []byte {
	m := &maker{}
	root, tree := m.add(""), m.add("")
	font := s.font(m)
	more := s.resources
	if s.extra != nil {
		more += s.extra(m)
	}
	var kids strings.Builder
	for _, p := range pages {
		dict := ""
		if s.encode != nil {
			p, dict = s.encode(p), "/Filter "+s.filter
		}
		c := m.add(stream(dict, p))
		n := m.add(fmt.Sprintf("<</Type/Page /Parent %d 0 R /MediaBox[0 0 595 842] %s /Contents %d 0 R /Resources<</Font<</F1 %d 0 R>> %s>>>>",
			tree, s.pageAttrs, c, font, more))
		fmt.Fprintf(&kids, "%d 0 R ", n)
	}
	m.objects[root-1] = fmt.Sprintf("<</Type/Catalog /Pages %d 0 R>>", tree)
	m.objects[tree-1] = fmt.Sprintf("<</Type/Pages /Kids[%s] /Count %d>>", kids.String(), len(pages))
	return m.bytes(root)
}

// cidFont is a composite font that is not embedded.
func cidFont(encoding, ordering, more string) func(*maker) int {
	return func(m *maker) int {
		d := m.add(fmt.Sprintf("<</Type/Font /Subtype/CIDFontType0 /BaseFont/SimSun /CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 2>> /DW 1000 /W[1 95 500 814 939 500 7716 7716 500 13648 13742 500]>>", ordering))
		return m.add(fmt.Sprintf("<</Type/Font /Subtype/Type0 /BaseFont/SimSun /Encoding%s /DescendantFonts[%d 0 R] %s>>", encoding, d, more))
	}
}

// unicodeFont is an Identity-H font whose codes are UTF-16, mapped by ToUnicode.
func unicodeFont(m *maker) int {
	t := m.add(stream("", "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap"))
	return cidFont("/Identity-H", "Identity", fmt.Sprintf("/ToUnicode %d 0 R", t))(m)
}

func hexUTF16(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04x", u)
	}
	return "<" + b.String() + ">"
}

// typeset draws lines of text of 12 points, one below the other.
func typeset(x, y, leading float64, lines ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "BT /F1 12 Tf %g TL %g %g Td\n", leading, x, y)
	for _, l := range lines {
		fmt.Fprintf(&b, "%s Tj T*\n", hexUTF16(l))
	}
	b.WriteString("ET\n")
	return b.String()
}

// read reads a file and writes its pieces, one a line; cells are parted by "|".
func read(t *testing.T, data []byte) string {
	t.Helper()
	d, err := Read(data, Options{Single: true})
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return written(d)
}

func written(d *draft.Document) string {
	var b strings.Builder
	for _, p := range d.Pieces {
		if p.Kind == draft.Row {
			b.WriteString(strings.Join(p.Cells, "|"))
		} else {
			b.WriteString(p.Text)
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}
