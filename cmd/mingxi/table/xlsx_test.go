package table

import (
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mingxi/schema"
)

// A workbook of figures has their data, those to look at, a codebook and the
// sources; text that looks like a formula stays text.
func TestSheets(t *testing.T) {
	d := &schema.Document{ID: "a1", Source: "=HYPERLINK(0).txt", Text: "大麦绝收201X公顷，小麦绝收3公顷。", Articles: []schema.Article{{N: 1, Title: "=1+1", Span: schema.Span{End: 48}}}}
	metric := func(seq int, label string, kind schema.Measure) schema.Metric {
		return schema.Metric{Seq: seq, Article: 1, Label: label, Kind: kind, Span: schema.Span{End: 6}, Period: schema.Period{End: "2012-12-31"}}
	}
	r := &schema.Reading{Metrics: []schema.Metric{metric(1, "大麦绝收面积", schema.Masked), metric(2, "小麦绝收面积", schema.Amount)}}
	path := filepath.Join(t.TempDir(), "figures.xlsx")
	w, err := Create(path, "figures", schema.Columns(), Options{Program: func(id string) string { return "mingxi v" + id }})
	if err != nil {
		t.Fatal(err)
	}
	err = schema.Rows(d, r, func(row []schema.Cell) error { return w.Write([][]schema.Cell{row}) })
	if err != nil {
		t.Fatal(err)
	}
	book := closed(t, w, path)
	if got := book.GetSheetList(); !slices.Equal(got, []string{"data", "doubtful", "codebook", "sources"}) {
		t.Fatalf("sheets %q", got)
	}
	cell := func(sheet, column string, row int) string {
		x := 1 + slices.IndexFunc(schema.Columns(), func(c schema.Column) bool { return c.Name == column })
		if sheet == "sources" {
			x = 1 + slices.IndexFunc(sourceColumns, func(c schema.Column) bool { return c.Name == column })
		}
		at, err := excelize.CoordinatesToCellName(x, row)
		if err != nil {
			t.Fatal(err)
		}
		if f, _ := book.GetCellFormula(sheet, at); f != "" {
			t.Errorf("%s!%s is a formula: %s", sheet, at, f)
		}
		v, _ := book.GetCellValue(sheet, at)
		return v
	}
	for _, one := range []struct {
		sheet, column string
		row           int
		want          string
	}{
		{"data", "label", 3, "小麦绝收面积"},
		{"data", "title", 2, "=1+1"},
		{"data", "period_end", 2, "2012-12-31"},
		{"doubtful", "label", 2, "大麦绝收面积"},
		{"doubtful", "label", 3, ""},
		{"sources", "source", 2, "=HYPERLINK(0).txt"},
		{"sources", "figures", 2, "2"},
		{"sources", "program", 2, "mingxi va1"},
	} {
		if got := cell(one.sheet, one.column, one.row); got != one.want {
			t.Errorf("%s, %s of row %d: %q, want %q", one.sheet, one.column, one.row, got, one.want)
		}
	}
	if n, _ := book.GetCellType("data", "AK2"); n == excelize.CellTypeFormula {
		t.Error("a date is a formula")
	}
}

// A text that no cell of Excel holds is refused by name, not cut; the limit counts
// units of UTF-16.
func TestLongText(t *testing.T) {
	columns := []schema.Column{{Name: "label"}, {Name: "sentence"}}
	for _, c := range []struct {
		text string
		ok   bool
	}{
		{strings.Repeat("明", maxText), true},
		{strings.Repeat("明", maxText+1), false},
		{strings.Repeat("𠮷", maxText/2), true},
		{strings.Repeat("𠮷", maxText/2+1), false},
	} {
		path := filepath.Join(t.TempDir(), "long.xlsx")
		w, err := Create(path, "figures", columns, Options{})
		if err != nil {
			t.Fatal(err)
		}
		err = w.Write([][]schema.Cell{{schema.TextCell("户数"), schema.TextCell(c.text)}})
		if (err == nil) != c.ok {
			t.Errorf("a text of %d characters: error %v", len([]rune(c.text)), err)
		}
		if err != nil && !strings.Contains(err.Error(), "sheet data, row 2, column sentence") {
			t.Errorf("the error does not name the cell: %v", err)
		}
		w.Discard()
	}
}

// A table of more rows than a sheet holds goes on in another.
func TestFurtherSheets(t *testing.T) {
	if testing.Short() {
		t.Skip("writes a million rows")
	}
	path := filepath.Join(t.TempDir(), "many.xlsx")
	w, err := Create(path, "figures", []schema.Column{{Name: "seq", Type: schema.Whole}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows := make([][]schema.Cell, maxRows+1)
	for i := range rows {
		rows[i] = []schema.Cell{schema.WholeCell(i + 1)}
	}
	if err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	book := closed(t, w, path)
	if got := book.GetSheetList(); !slices.Equal(got, []string{"data", "codebook", "data_2"}) && !slices.Equal(got, []string{"data", "data_2", "codebook"}) {
		t.Fatalf("sheets %q", got)
	}
	for at, want := range map[string]string{"A1": "seq", "A2": "1048576", "A3": "1048577", "A4": ""} {
		if got, _ := book.GetCellValue("data_2", at); got != want {
			t.Errorf("data_2!%s is %q, want %q", at, got, want)
		}
	}
}

// closed ends a workbook that was written and opens it.
func closed(t *testing.T, w io.Closer, path string) *excelize.File {
	t.Helper()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}
