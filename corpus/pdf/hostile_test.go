package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

func deflated(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

// Small files made to be slow or large end within the bounds.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip()
	}
	bomb := sketch{font: unicodeFont, filter: "/FlateDecode", encode: deflated}
	forms := func(m *maker) string { // each form draws the next one ten times
		last := m.add(stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", typeset(72, 700, 20, "灾")))
		for range 9 {
			last = m.add(stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>", last), strings.Repeat("/X Do ", 10)))
		}
		return fmt.Sprintf("/XObject<</X %d 0 R>>", last)
	}
	self := func(m *maker) string {
		n := len(m.objects) + 1
		m.add(stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>", n), "/X Do /X Do"))
		return fmt.Sprintf("/XObject<</X %d 0 R>>", n)
	}
	wide := func(m *maker) int {
		d := m.add("<</Type/Font/Subtype/CIDFontType0/BaseFont/S/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/W[" + strings.Repeat("0 99999999 500 ", 20000) + "]>>")
		return m.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/Identity-H/DescendantFonts[%d 0 R]>>", d))
	}
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"inflated content", bomb.file(strings.Repeat("0 0 m 9 9 l S ", 4<<20))},
		{"one long array", bomb.file("[" + strings.Repeat("0 ", 24<<20) + "] TJ")},
		{"deep arrays", bomb.file(strings.Repeat("[", 8<<20))},
		{"one glyph a million times", bomb.file("BT /F1 1 Tf " + strings.Repeat("1 0 0 1 72 700 Tm <6551> Tj ", 1<<20))},
		{"forms by powers of ten", sketch{font: unicodeFont, extra: forms}.file("/X Do")},
		{"a form that draws itself", sketch{font: unicodeFont, extra: self}.file("/X Do")},
		{"wide width spans", sketch{font: wide}.file("BT /F1 12 Tf 72 700 Td <00010002> Tj ET")},
		{"many rules", bomb.file(strings.Repeat("10 10 m 500 10 l S 10 10 m 10 500 l S ", 200_000))},
		{"huge numbers", bomb.file("1e300 0 0 1e300 1e300 1e300 cm BT /F1 1e300 Tf 1e300 0 0 1e300 0 0 Tm <6551> Tj ET")},
		{"huge length", []byte("%PDF-1.4\n1 0 obj<</Length 2000000000>>stream\nabc\nendstream endobj\ntrailer<</Root 1 0 R/Size 2000000000>>\nstartxref\n9\n%%EOF")},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		Read(c.data, Options{Single: true})
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		mb := (after.TotalAlloc - before.TotalAlloc) >> 20
		t.Logf("%s: %d bytes, %v, %d MB allocated", c.name, len(c.data), took, mb)
		if took > 30*time.Second {
			t.Errorf("%s: took %v", c.name, took)
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.Sys > 1<<30 {
		t.Errorf("%d MB of memory from the system, want at most 1024", m.Sys>>20)
	}
}
