package index

import (
	"fmt"
	"slices"
	"strconv"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// # Fields of bleve
//
// A report is a document of bleve with fields of ready terms, without frequencies,
// places and stored values:
//
//	text, title, org, name, section    terms of texts (grams.go)
//	year, region, code, orgs           keywords; region has the codes above it too
//	those of figureFields              of its figures; of words, the terms that the
//	                                   text does not have
//
// What a query can ask of a figure is one line of figureFields: it makes the field
// of bleve, the column of the record, the condition and the facet.

// A figureField is something that a figure is known by.
type figureField struct {
	name  string
	words bool // found by words anywhere in it; else equal or by its beginning
	facet bool
	get   func(m *schema.Metric) string
}

var figureFields = []figureField{
	{"label", true, false, func(m *schema.Metric) string { return m.Label }},
	{"section", true, false, func(m *schema.Metric) string { return m.Section }},
	{"place", true, false, func(m *schema.Metric) string { return m.Slots.Place }},
	{"object", true, false, func(m *schema.Metric) string { return m.Slots.Object }},
	{"event", true, false, func(m *schema.Metric) string { return m.Slots.Event }},
	{"measure", true, false, func(m *schema.Metric) string { return m.Slots.Measure }},
	{"base", true, false, func(m *schema.Metric) string { return m.Slots.Base }},
	{"indicator", false, true, func(m *schema.Metric) string { return m.Code }},
	{"unit", false, true, func(m *schema.Metric) string { return m.Unit }},
	{"si", false, false, func(m *schema.Metric) string { return m.SIUnit }},
	{"per", false, false, func(m *schema.Metric) string { return m.Per }},
	{"kind", false, true, func(m *schema.Metric) string { return m.Kind.String() }},
	{"status", false, true, func(m *schema.Metric) string { return m.Status.String() }},
	{"approx", false, true, func(m *schema.Metric) string { return m.Approx.String() }},
	{"check", false, true, func(m *schema.Metric) string { return m.Check.String() }},
}

// Columns of figureFields that the code names.
var (
	labelColumn   = figureColumn("label")
	sectionColumn = figureColumn("section")
	siColumn      = figureColumn("si")
)

// columnNames are the names of figureFields: they say how a record is read.
func columnNames() (names []string) {
	for _, f := range figureFields {
		names = append(names, f.name)
	}
	return names
}

func figureColumn(name string) int {
	return slices.Index(columnNames(), name)
}

// bleveID is the name of a document of bleve: the number of the report.
func bleveID(number int) string { return strconv.FormatInt(int64(number), 36) }

// index tells an inverter the terms of a report.
func (r *newReport) index(x *inverter) {
	x.text("text", view(r.record[partText]))
	x.text("title", fold.String(r.title))
	x.text("org", fold.String(r.org))
	x.text("name", fold.String(r.region))
	x.key("orgs", r.org)
	x.key("region", codes(r.code)...)
	var code, year string
	if r.code != "" {
		code = r.code + " " + r.region
	}
	if r.year > 0 {
		year = yearTerm(r.year)
	}
	x.key("code", code)
	x.key("year", year)
	for c := (cursor{r.record[partHeadings]}); len(c.b) > 0; {
		start := c.int()
		x.text("section", view(r.record[partText][start:start+c.int()]))
	}
	for i, f := range figureFields {
		list := r.values[i]
		switch {
		case i == sectionColumn:
			x.text("section", list...)
		case f.words:
			x.textBut(f.name, "text", list)
		default:
			x.key(f.name, list...)
		}
	}
}

func yearTerm(y int) string { return fmt.Sprintf("%04d", y) }
