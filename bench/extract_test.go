package bench

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingxi/corpus"
	"mingxi/extract"
)

// BenchmarkRead measures extraction, labels included, on 10 MB of varied
// reports: those of our own that ship with the project, over and over.
func BenchmarkRead(b *testing.B) {
	text := reports(b, 10<<20)
	d, err := corpus.Read("bench.txt", []byte(text), corpus.Options{})
	if err != nil {
		b.Fatal(err)
	}
	e := extract.New()
	e.Read(d)
	b.SetBytes(int64(len(d.Text)))
	b.ResetTimer()
	n := 0
	for range b.N {
		n = len(e.Read(d).Metrics)
	}
	b.ReportMetric(float64(n)/float64(len(d.Text)>>10), "figures/KB")
}

// BenchmarkLine is the same text as one line without paragraphs.
func BenchmarkLine(b *testing.B) {
	text := strings.NewReplacer("\n", "", "\r", "", " ", "").Replace(reports(b, 1<<20))
	d, err := corpus.Read("line.txt", []byte(text), corpus.Options{})
	if err != nil {
		b.Fatal(err)
	}
	e := extract.New()
	e.Read(d)
	b.SetBytes(int64(len(d.Text)))
	for b.Loop() {
		e.Read(d)
	}
}

func reports(b *testing.B, size int) string {
	b.Helper()
	paths, _ := filepath.Glob("gold/*.txt")
	var all strings.Builder
	for _, p := range paths {
		t, err := os.ReadFile(p)
		if err != nil {
			b.Fatal(err)
		}
		all.Write(t)
		all.WriteString("\n\n")
	}
	if all.Len() == 0 {
		b.Skip("no reports")
	}
	return strings.Repeat(all.String(), size/all.Len()+1)
}
