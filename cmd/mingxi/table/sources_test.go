package table

import (
	"testing"

	"mingxi/schema"
)

// A row of a panel is of a year of its own; its report is cited with the year that it reports on.
func TestCitedYear(t *testing.T) {
	s := newSources(target{columns: []schema.Column{{Name: "doc_id"}, {Name: "year"}, {Name: "region"}, {Name: "title"}, {Name: "report_region"}, {Name: "report_year"}}})
	s.add([][]schema.Cell{{schema.TextCell("ab"), schema.WholeCell(2013), schema.TextCell("桃源县"), schema.TextCell("桃源县民政局2015年统计表"), schema.TextCell("430725"), schema.WholeCell(2015)}})
	list := s.citations()
	if len(list) != 1 || list[0].year != "2015" || list[0].region != "桃源县" {
		t.Errorf("cited %+v", list)
	}
}

// A table whose rows do not tell their sources, as the wide form of a panel, is given them: once a document, and none for a
// cell that is taken from no one.
func TestCitedApart(t *testing.T) {
	columns := []schema.Column{{Name: "doc_id"}, {Name: "title"}}
	s := newSources(target{columns: []schema.Column{{Name: "region_code"}}, Options: Options{Citing: columns, Cited: [][]schema.Cell{
		schema.TextCells("ab", "桃源县民政局2015年工作总结"), schema.TextCells("", ""), schema.TextCells("ab", "桃源县民政局2015年工作总结"),
	}}})
	s.add([][]schema.Cell{schema.TextCells("430725")})
	if list := s.table(); len(list) != 1 || list[0][0].Text != "ab" || list[0][len(list[0])-1].String() != "2" {
		t.Errorf("%v", list)
	}
	if s := newSources(target{columns: []schema.Column{{Name: "region_code"}}}); s != nil || s.table() != nil {
		t.Error("no one told them")
	}
}
