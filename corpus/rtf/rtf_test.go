package rtf

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite what the examples are expected to say")

// TestExamples reads testdata/*.txt: first what is expected, then the file.
func TestExamples(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.txt")
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Read(a.Files[0].Data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := d.String(); got != string(a.Comment) {
			t.Errorf("%s: got\n%swant\n%s", name, got, a.Comment)
			if *update {
				a.Comment = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

func TestErrors(t *testing.T) {
	for in, want := range map[string]string{
		"":                                   "does not begin with",
		"全年工作总结":                             "does not begin with",
		`{\rtf1` + strings.Repeat("{", 5000): "nested too deep",
	} {
		if _, err := Read([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: got %v, want …%s…", in, err, want)
		}
	}
	d, err := Read([]byte(`{\rtf1 cut`))
	if err != nil || !strings.Contains(d.String(), "warn the file is cut") {
		t.Errorf("cut: %v %v", d, err)
	}
}

func FuzzRead(f *testing.F) {
	if b, err := os.ReadFile("../testdata/formats/report.rtf"); err == nil {
		f.Add(b)
	}
	names, _ := filepath.Glob("testdata/*.txt")
	for _, name := range names {
		if a, err := txtar.ParseFile(name); err == nil {
			f.Add(a.Files[0].Data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := Read(data); err == nil && d == nil {
			t.Error("neither document nor error")
		}
	})
}
