package audit_test

// This file scores the auditor on relations written by hand: bench/relations
// holds those of our own texts, one file for each text of bench/gold, samples and
// its own. A figure is named by its printed words, "#2" the second time they
// stand in the text. A finding is right if its set of figures is the relation's.

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"mingxi/corpus"
	"mingxi/extract"
	"mingxi/extract/audit"
	"mingxi/schema"
)

var more = flag.String("relations", "", "further relations: a directory of .tsv, then directories of texts, joined by :")

// A goldRelation is one line of a file.
type goldRelation struct {
	op, verdict string
	figures     []int // Seqs, sorted; the stated one first is lost
	missing     string
	optional    bool
	line        string
}

// A score counts findings against relations.
type score struct{ gold, found, right, verdict int }

func (s score) String() string {
	return fmt.Sprintf("relations %d, findings %d, right %d: precision %.3f recall %.3f, verdicts %.3f", s.gold, s.found, s.right,
		ratio(s.right, s.found), ratio(s.right, s.gold), ratio(s.verdict, s.right))
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

func TestRelations(t *testing.T) {
	for _, set := range reached {
		s := scoreDir(t, set.dir, set.dir, "../../bench/gold", "../../samples")
		t.Logf("%s: %v", set.dir, s)
		if p := ratio(s.right, s.found); p < set.precision {
			t.Errorf("%s: precision %.3f, was %.3f", set.dir, p, set.precision)
		}
		if r := ratio(s.right, s.gold); r < set.recall {
			t.Errorf("%s: recall %.3f, was %.3f", set.dir, r, set.recall)
		}
	}
	if *more != "" {
		dirs := strings.Split(*more, ":")
		t.Log("further:", scoreDir(t, dirs[0], dirs[1:]...))
	}
}

// reached is what the texts of each directory have come to; a change that falls below is a step back. Those of late
// came last, and the rules have been mended less with them in view.
var reached = []struct {
	dir               string
	precision, recall float64
}{
	{"../../bench/relations", 0.98, 0.95},
	{"../../bench/relations/late", 0.98, 0.92},
	{"../../bench/relations/short", 0.98, 0.93},
	{"../../bench/relations/further", 0.93, 0.70}, // its false alarms of three kinds were mended, nothing else
}

// What an audit costs beside extraction: reports as they are, and a report in which
// every sentence has a relation and a third of them are wrong.
func BenchmarkCheck(b *testing.B) {
	files, _ := filepath.Glob("../../bench/gold/*.txt")
	var reports strings.Builder
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		reports.Write(append(data, '\n'))
	}
	g := newGenerator(3)
	var dense strings.Builder
	for range 230 {
		s, _ := g.report(3)
		dense.WriteString(s)
	}
	for name, text := range map[string]string{"reports": strings.Repeat(reports.String(), 10), "dense": dense.String()} {
		d, err := corpus.Read("long.txt", []byte(text), corpus.Options{})
		if err != nil {
			b.Fatal(err)
		}
		r := extractor().Read(d)
		a := audit.New()
		per := func(b *testing.B) {
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(r.Metrics)), "ns/figure")
		}
		b.Run(name+"/extract", func(b *testing.B) {
			for b.Loop() {
				extractor().Read(d)
			}
			per(b)
		})
		b.Run(name+"/audit", func(b *testing.B) {
			for b.Loop() {
				a.Check(d, r)
			}
			per(b)
		})
	}
}

func scoreDir(t *testing.T, dir string, texts ...string) (all score) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, "*.tsv"))
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".tsv")
		s := scoreText(t, name, f, textOf(t, name, texts))
		all.gold, all.found, all.right, all.verdict = all.gold+s.gold, all.found+s.found, all.right+s.right, all.verdict+s.verdict
	}
	return all
}

func textOf(t *testing.T, name string, dirs []string) string {
	t.Helper()
	for _, d := range dirs {
		for _, suffix := range []string{".txt", ".html"} {
			if p := filepath.Join(d, name+suffix); exists(p) {
				return p
			}
		}
	}
	t.Fatalf("no text %s", name)
	return ""
}

func exists(p string) bool { _, err := os.Stat(p); return err == nil }

func readDocument(t *testing.T, path string) (*schema.Document, *schema.Reading) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d, err := corpus.Read(path, data, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d, extractor().Read(d)
}

// extractor is one for all tests: loading its words takes longer than a text.
var extractor = sync.OnceValue(extract.New)

func scoreText(t *testing.T, name, gold, text string) (s score) {
	t.Helper()
	d, r := readDocument(t, text)
	relations := readRelations(t, gold, d, r)
	found := audit.New().Check(d, r)
	hit := make([]bool, len(relations))
	for _, f := range found {
		set := f.Members
		if f.Stated > 0 {
			set = append([]int{f.Stated}, set...)
		}
		set = slices.Clone(set)
		slices.Sort(set)
		set = slices.Compact(set)
		k := slices.IndexFunc(relations, func(g goldRelation) bool { return slices.Equal(g.figures, set) })
		switch {
		case k < 0:
			s.found++
			t.Logf("%s: not in the gold: %s %s %s", name, f.Relation, f.Verdict, describe(d, r, f))
		case relations[k].optional:
			hit[k] = true
		default:
			hit[k] = true
			s.found++
			s.right++
			if f.Verdict.String() == relations[k].verdict {
				s.verdict++
			} else {
				t.Logf("%s: verdict %s, want %s: %s", name, f.Verdict, relations[k].verdict, describe(d, r, f))
			}
		}
	}
	for k, g := range relations {
		if !g.optional {
			s.gold++
			if !hit[k] {
				t.Logf("%s: not found: %s %s", name, g.line, g.missing)
			}
		}
	}
	return s
}

func describe(d *schema.Document, r *schema.Reading, f audit.Finding) string {
	return fmt.Sprintf("%v = %v: %s", f.Stated, f.Members, f.Equation)
}

func readRelations(t *testing.T, path string, d *schema.Document, r *schema.Reading) (out []goldRelation) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		cells := strings.Split(line, "\t")
		g := goldRelation{op: cells[0], verdict: cells[3], line: line, optional: len(cells) > 4 && cells[4] == "optional"}
		names := strings.Split(cells[2], " + ")
		if cells[0] != "whole" {
			names = append(names, cells[1])
		}
		for _, n := range names {
			seq := figureNamed(d, r, n)
			if raw := strings.TrimSuffix(strings.TrimSuffix(n, "天"), "个月"); seq == 0 && raw != n && strings.Trim(raw, "0123456789") == "" {
				continue // how often a rate counts is no figure, and stands in the equation
			}
			if seq == 0 {
				g.missing += " no figure " + n
			}
			g.figures = append(g.figures, seq)
		}
		slices.Sort(g.figures)
		g.figures = slices.Compact(g.figures)
		out = append(out, g)
	}
	return out
}

// figureNamed finds the metric that begins where the words stand; of those without a number, 304.7 is rather a
// cell of its own than the beginning of 304.7万元.
func figureNamed(d *schema.Document, r *schema.Reading, name string) int {
	raw, nth, _ := strings.Cut(name, "#")
	n := 1
	if nth != "" {
		fmt.Sscan(nth, &n)
	} else if k := slices.IndexFunc(r.Metrics, func(m schema.Metric) bool { return m.In(d.Text) == raw }); k >= 0 {
		return r.Metrics[k].Seq
	}
	for at := 0; ; {
		i := indexLoose(d.Text, raw, at)
		if i < 0 {
			return 0
		}
		at = i + 1
		if n--; n > 0 {
			continue
		}
		for k := range r.Metrics {
			m := &r.Metrics[k]
			if m.Start <= i && i < m.End {
				return m.Seq
			}
		}
		return 0
	}
}

// han are the characters of Chinese numbers.
const han = "一二三四五六七八九十百千万亿零"

// indexLoose finds raw in text, whatever blanks stand between its characters,
// but not in the middle of a number.
func indexLoose(text, raw string, from int) int {
	want := []rune(raw)
	for i := from; i < len(text); i++ {
		if text[i]&0xC0 == 0x80 {
			continue
		}
		j := i
		k := 0
		for _, r := range text[i:] {
			if k == len(want) {
				break
			}
			if unicode.IsSpace(r) && k > 0 {
				j += len(string(r))
				continue
			}
			if r != want[k] {
				break
			}
			j += len(string(r))
			k++
		}
		if k < len(want) {
			continue
		}
		if !withinNumber(text, i, j) {
			return i
		}
	}
	return -1
}

// withinNumber reports that text[i:j] begins or ends in the middle of a number.
func withinNumber(text string, i, j int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	first, _ := utf8.DecodeRuneInString(text[i:])
	last, _ := utf8.DecodeLastRuneInString(text[:j])
	after, _ := utf8.DecodeRuneInString(text[j:])
	digit := unicode.IsDigit
	switch {
	case digit(last) && (digit(after) || j+1 < len(text) && (after == ',' || after == '.') && digit(rune(text[j+1]))),
		digit(first) && (digit(before) || i > 1 && (before == ',' || before == '.') && digit(rune(text[i-2]))),
		strings.ContainsRune(han, last) && strings.ContainsRune(han+"点", after),
		strings.ContainsRune(han, first) && strings.ContainsRune(han, before):
		return true
	}
	return false
}
