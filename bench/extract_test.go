package bench

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingxi/bench/gen"
	"mingxi/corpus"
	"mingxi/extract"
)

// BenchmarkRead measures extraction, labels included, on one core: 10 MB of
// varied reports that nobody wrote (package gen), some forty figures in 4.5 KB.
func BenchmarkRead(b *testing.B) { benchmark(b, generated(10<<20)) }

// BenchmarkDense is the same on reports of our own that are as dense with figures
// as any: one in thirty bytes.
func BenchmarkDense(b *testing.B) { benchmark(b, written(b, 10<<20)) }

// BenchmarkLine is the text of BenchmarkRead as lines of 1 MB without paragraphs:
// per byte it may be no slower.
func BenchmarkLine(b *testing.B) {
	benchmark(b, strings.NewReplacer("\n", "", "\r", "", " ", "").Replace(generated(1<<20)))
}

// TestReadsWholeReports reads reports of several sections whole: a rule that looks beyond its sentence fails here and not
// on examples, which are short.
func TestReadsWholeReports(t *testing.T) {
	e, s := extract.New(), gen.New(7)
	for i := range 600 {
		r := s.Report(i)
		d, err := corpus.Read(r.Name, []byte(r.Text), corpus.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range e.Read(d).Metrics {
			if m.Span.In(d.Text) == "" {
				t.Errorf("%s: figure %d has no words", r.Name, m.Seq)
			}
		}
	}
}

func benchmark(b *testing.B, text string) {
	d, err := corpus.Read("bench.txt", []byte(text), corpus.Options{})
	if err != nil {
		b.Fatal(err)
	}
	e := extract.New()
	e.Read(d)
	b.SetBytes(int64(len(d.Text)))
	n := 0
	for b.Loop() {
		n = len(e.Read(d).Metrics)
	}
	b.ReportMetric(float64(n)/float64(len(d.Text)>>10), "figures/KB")
}

func generated(size int) string {
	var all strings.Builder
	s := gen.New(1)
	for i := 0; all.Len() < size; i++ {
		all.WriteString(s.Report(i).Text)
		all.WriteString("\n\n")
	}
	return all.String()
}

func written(b *testing.B, size int) string {
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
