package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"mingxi/cmd/mingxi/find"
	"mingxi/cmd/mingxi/ingest"
	"mingxi/corpus/store"
	"mingxi/extract/indicator"
	"mingxi/schema"
)

// The flags measure on other descriptions and reports than those of bench/say.
var (
	saidFile = flag.String("said", "", "descriptions of figures, and where they stand")
	saidDirs = flag.String("said-reports", "../../bench/say/reports,../../bench/gold,../../samples,../../bench/relations", "directories of the reports")
)

// Figures are found by saying them: in reports of the project, and in real ones where they are at hand. Of 155
// descriptions of the first, 94 have a neighbour that differs only in year, place or 城市/农村; of 159 of the others 134; 20 of
// each have no answer, to which nothing sure may be said.
func TestSaid(t *testing.T) {
	said(t, cmp.Or(*saidFile, "../../bench/say/say.tsv"), strings.Split(*saidDirs, ","))
}

// TestSaidOfReal is TestSaid over ../shared/corpus.
func TestSaidOfReal(t *testing.T) {
	shared := cmp.Or(os.Getenv("MINGXI_SHARED"), "../../../shared")
	if _, err := os.Stat(shared); err != nil {
		t.Skip("no ", shared)
	}
	said(t, "../../bench/say/real.tsv", []string{filepath.Join(shared, "corpus/gwr_txt"), filepath.Join(shared, "corpus/gwr_docx")})
}

// A description is a line of say.tsv.
type description struct {
	neighbour, said string
	where           []string // FILE: words with the [figure] in brackets
}

func descriptions(t *testing.T, file string) (list []description) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) < 3 || f[0] == "neighbour" {
			continue
		}
		d := description{neighbour: f[0], said: f[1]}
		if f[2] != "" {
			d.where = strings.Split(f[2], " | ")
		}
		list = append(list, d)
	}
	return list
}

// said measures the descriptions of a file over reports.
func said(t *testing.T, file string, reports []string) {
	corpus := filepath.Join(t.TempDir(), "c.mx")
	mingxi(t, slices.Concat([]string{"ingest"}, reports, []string{"-c", corpus})...)
	ctx := t.Context()
	s, err := store.Open(ctx, corpus)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ix, err := ingest.OpenIndex(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	reader := find.Reader(ctx, ix, indicator.New(indicator.Builtin()))
	var answered, first, five, none, unsure int
	neighbours := map[string][2]int{}
	for _, d := range descriptions(t, file) {
		wish := reader.Read(d.said)
		list, err := find.Answers(ctx, s, ix, reader, &wish, find.Request{})
		if err != nil {
			t.Fatal(err)
		}
		if d.neighbour == "none" {
			none++
			if len(list) == 0 || !list[0].Sure {
				unsure++
				if len(list) > 0 {
					t.Logf("%s: %s", d.said, told(t, s, list[:1]))
				}
				continue
			}
			t.Logf("%s: no report says it; read as %s\n\t%s", d.said, wish.Query(), told(t, s, list[:1]))
			continue
		}
		answered++
		rank := slices.IndexFunc(list, func(one find.Answer) bool { return stands(t, s, one, d.where) })
		n := neighbours[d.neighbour]
		n[1]++
		if rank == 0 {
			first++
			n[0]++
		}
		neighbours[d.neighbour] = n
		if rank >= 0 && rank < 5 {
			five++
		}
		if rank != 0 || !list[0].Sure {
			t.Logf("%s: %d; read as %s\n\t%s", d.said, rank+1, wish.Query(), told(t, s, list[:min(3, len(list))]))
		}
	}
	share := func(n, of int) float64 { return float64(n) / float64(max(1, of)) }
	t.Logf("%d descriptions: right at rank 1 %.3f, in the first five %.3f; of %d without an answer %d nothing or unsure; at rank 1 by neighbour %v",
		answered, share(first, answered), share(five, answered), none, unsure, neighbours)
	if share(first, answered) < 0.75 || share(five, answered) < 0.9 || share(unsure, none) < 0.9 {
		t.Error("that is too little")
	}
}

// stands reports whether a figure is one of those meant.
func stands(t *testing.T, s *store.Store, one find.Answer, where []string) bool {
	d, m := found(t, s, one)
	for _, w := range where {
		file, words, _ := strings.Cut(w, ": ")
		before, rest, _ := strings.Cut(words, "[")
		raw, after, _ := strings.Cut(rest, "]")
		name := strings.TrimSuffix(filepath.Base(one.Source), filepath.Ext(one.Source))
		if name != file {
			continue
		}
		at := strings.Index(d.Text, before+raw+after)
		if at < 0 {
			t.Errorf("%s: %s is not in the text", file, words)
		}
		if at += len(before); m.Start < at+len(raw) && at < m.End {
			return true
		}
	}
	return false
}

func found(t *testing.T, s *store.Store, one find.Answer) (*schema.Document, *schema.Metric) {
	d, r, err := s.Document(t.Context(), one.DocID)
	if err != nil {
		t.Fatal(err)
	}
	return d, r.Of(one.Figure.Seq)
}

func told(t *testing.T, s *store.Store, list []find.Answer) string {
	var lines []string
	for _, one := range list {
		d, m := found(t, s, one)
		before := d.Text[m.Sentence.Start:m.Start]
		for utf8.RuneCountInString(before) > 20 {
			_, size := utf8.DecodeRuneInString(before)
			before = before[size:]
		}
		lines = append(lines, fmt.Sprintf("%.2f %s %d %s (%s) %s[%s]", one.Weight, filepath.Base(one.Source), one.Year, m.Label, m.Code, before, m.Span.In(d.Text)))
	}
	return strings.Join(lines, "\n\t")
}
