package main

import (
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"mingxi/corpus"
	"mingxi/extract"
)

// figures are the metrics of a file in corpus/testdata/formats: label, value
// and unit, sorted; those of tables apart.
func figures(t *testing.T, name string) (prose, tables []string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "corpus", "testdata", "formats", name))
	if err != nil {
		t.Fatal(err)
	}
	d, err := corpus.Read(name, data, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range extract.New().Read(d).Metrics {
		f := strings.Join([]string{m.Label, m.Value.String(), m.Unit}, " ")
		if slices.Contains(m.Flags, "table") {
			tables = append(tables, f)
		} else {
			prose = append(prose, f)
		}
	}
	sort.Strings(prose)
	sort.Strings(tables)
	return prose, tables
}

// otherwise are figures whose label a file is known to give otherwise; where all
// of a file's have come right the test fails, so that the list can only shrink.
var otherwise = map[string][]string{
	// the mark of the footnote, and a list item that begins at the margin
	"report.pdf": {"1532 人", "417 人", "1460 人"},
}

// TestSameFigures: one report gives the same figures in every format. In plain
// text a header over two columns cannot be told from an empty cell, and
// LibreOffice's EPUB has no header rows: there only the prose is compared.
func TestSameFigures(t *testing.T) {
	prose, tables := figures(t, "report.docx")
	if len(prose) < 20 || len(tables) != 9 {
		t.Fatalf("report.docx: %d figures in prose, %d in tables", len(prose), len(tables))
	}
	for _, name := range []string{"report.doc", "report.rtf", "report.html", "report.pdf"} {
		p, x := figures(t, name)
		same(t, name, prose, p)
		same(t, name, tables, x)
	}
	for _, name := range []string{"report.epub", "report.txt", "report.gb18030.txt", "report.utf16le.txt", "report.utf8bom.txt"} {
		p, _ := figures(t, name)
		same(t, name, prose, p)
	}
}

// TestSameTables: one workbook gives the same figures in both formats.
func TestSameTables(t *testing.T) {
	_, want := figures(t, "table.xlsx")
	if len(want) < 10 {
		t.Fatalf("table.xlsx: only %d figures", len(want))
	}
	_, got := figures(t, "table.xls")
	same(t, "table.xls", want, got)
}

// same reports how two lists of figures differ.
func same(t *testing.T, name string, want, got []string) {
	t.Helper()
	if len(otherwise[name]) > 0 && slices.Equal(want, got) && len(want) > 9 {
		t.Errorf("%s: no longer otherwise", name)
	}
	want, got = bare(want, otherwise[name]), bare(got, otherwise[name])
	for _, f := range want {
		if !slices.Contains(got, f) {
			t.Errorf("%s: missing %s", name, f)
		}
	}
	for _, f := range got {
		if !slices.Contains(want, f) {
			t.Errorf("%s: too much %s", name, f)
		}
	}
}

// bare takes the labels from the figures that end in one of values.
func bare(figures, values []string) []string {
	out := slices.Clone(figures)
	for i, f := range out {
		for _, v := range values {
			if strings.HasSuffix(f, " "+v) {
				out[i] = v
			}
		}
	}
	return out
}
