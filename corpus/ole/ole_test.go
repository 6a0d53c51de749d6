package ole

import (
	"os"
	"strings"
	"testing"
)

func TestOpen(t *testing.T) {
	b, err := os.ReadFile("../testdata/formats/report.doc")
	if err != nil {
		t.Fatal(err)
	}
	f, err := Open(b)
	if err != nil {
		t.Fatal(err)
	}
	if !f.Has("WordDocument") || !f.Has("worddocument") || f.Has("Workbook") || f.Encrypted() {
		t.Error("wrong streams")
	}
	s, err := f.Stream("WordDocument")
	if err != nil || len(s) == 0 || s[0] != 0xec {
		t.Errorf("WordDocument: %d bytes, %v", len(s), err)
	}
	if _, err := f.Stream("Nothing"); err == nil || !strings.Contains(err.Error(), "read stream Nothing") {
		t.Errorf("no stream: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	for _, name := range []string{"report.doc", "table.xls"} {
		if b, err := os.ReadFile("../testdata/formats/" + name); err == nil {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		x, err := Open(data)
		if err != nil {
			return
		}
		for _, name := range []string{"WordDocument", "1Table", "Workbook"} {
			if x.Has(name) {
				x.Stream(name)
			}
		}
	})
}
