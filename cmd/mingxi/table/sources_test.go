package table

import (
	"testing"

	"mingxi/schema"
)

// A row of a panel is of a year of its own; its report is cited with the year that it reports on.
func TestCitedYear(t *testing.T) {
	s := newSources([]schema.Column{{Name: "year"}, {Name: "region"}, {Name: "title"}, {Name: "report_region"}, {Name: "report_year"}}, nil)
	s.add([][]schema.Cell{{schema.WholeCell(2013), schema.TextCell("桃源县"), schema.TextCell("桃源县民政局2015年统计表"), schema.TextCell("430725"), schema.WholeCell(2015)}})
	list := s.citations()
	if len(list) != 1 || list[0].year != "2015" || list[0].region != "桃源县" {
		t.Errorf("cited %+v", list)
	}
}
