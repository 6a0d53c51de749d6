package pdf

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Reading never panics and comes to an end, whatever the bytes.
func FuzzRead(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.pdf")
	for _, n := range names {
		data, err := os.ReadFile(n)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add(sketch{font: unicodeFont}.file(typeset(72, 700, 20, sentence)))
	f.Add(sketch{font: cidFont("/GBK-EUC-V", "GB1", "")}.file("q 1 0 0 1 0 0 cm 10 10 100 20 re S BT /F1 12 Tf 72 700 Td <b0a1b0a2> Tj ET Q"))
	f.Fuzz(func(t *testing.T, data []byte) {
		start := time.Now()
		for _, engine := range []string{"", "ledongthuc"} {
			Read(data, Options{Single: true, Engine: engine, Timeout: 2 * time.Second})
		}
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("took %v", d)
		}
	})
}

// The parts that meet hostile bytes first, without a file around them.
func FuzzContent(f *testing.F) {
	f.Add([]byte(typeset(72, 700, 20, sentence)))
	f.Add([]byte("BI /W 4 /H 1 ID abc EI Q [[[<<<< (((( \\ 1 2 3 4 re W n"))
	f.Add([]byte("begincmap 1 beginbfrange <0000> <FFFF> [<0041>] endbfrange /GBK-EUC-H usecmap endcmap"))
	f.Fuzz(func(t *testing.T, b []byte) {
		Read(sketch{font: unicodeFont}.file(string(b)), Options{Single: true, Timeout: 2 * time.Second})
		parseCMap(b, nil)
	})
}
