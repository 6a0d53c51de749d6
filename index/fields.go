package index

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/blevesearch/bleve/v2/document"
	bleveindex "github.com/blevesearch/bleve_index_api"

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

// A field is a field of ready terms for bleve.
type field struct {
	name  string
	texts []string // cut into terms when bleve asks
	keys  []string // terms as they are
	but   *field   // whose terms are left out; it comes before
	terms bleveindex.TokenFrequencies
}

var once = &bleveindex.TokenFreq{} // a term without frequency and places

func (f *field) Name() string              { return f.name }
func (f *field) Value() []byte             { return nil }
func (f *field) ArrayPositions() []uint64  { return nil }
func (f *field) EncodedFieldType() byte    { return 't' }
func (f *field) AnalyzedLength() int       { return 1 }
func (f *field) NumPlainTextBytes() uint64 { return 0 }
func (f *field) Size() int                 { return 64 * len(f.terms) }
func (f *field) Options() bleveindex.FieldIndexingOptions {
	return bleveindex.IndexField | bleveindex.SkipFreqNorm
}
func (f *field) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies { return f.terms }

// Analyze is called by several goroutines of bleve's, each with fields of its own.
func (f *field) Analyze() {
	size := len(f.keys)
	for _, t := range f.texts {
		if f.but == nil {
			size += min(len(t)/5, 1200)
		}
	}
	f.terms = make(bleveindex.TokenFrequencies, size)
	for _, k := range f.keys {
		if k != "" {
			f.terms[k] = once
		}
	}
	for _, t := range f.texts {
		addTerms(t, func(term string) {
			if f.but == nil || f.but.terms[term] == nil {
				f.terms[term] = once
			}
		})
	}
}

// bleveID is the name of a document of bleve: the number of the report.
func bleveID(number int) string { return strconv.FormatInt(int64(number), 36) }

// document makes the document of bleve of a report.
func (r *newReport) document() *document.Document {
	doc := document.NewDocument(bleveID(r.number))
	text := func(name string, texts ...string) { doc.AddField(&field{name: name, texts: texts}) }
	keys := func(name string, keys ...string) { doc.AddField(&field{name: name, keys: keys}) }
	body := &field{name: "text", texts: []string{view(r.record[partText])}}
	doc.AddField(body)
	text("title", fold.String(r.title))
	text("org", fold.String(r.org))
	text("name", fold.String(r.region))
	keys("orgs", r.org)
	keys("region", codes(r.code)...)
	if r.code != "" {
		keys("code", r.code+" "+r.region)
	}
	if r.year > 0 {
		keys("year", yearTerm(r.year))
	}
	var headings []string
	for c := (cursor{r.record[partHeadings]}); len(c.b) > 0; {
		start := c.int()
		headings = append(headings, view(r.record[partText][start:start+c.int()]))
	}
	for i, f := range figureFields {
		list := r.values[i]
		switch {
		case i == sectionColumn:
			text("section", append(headings, list...)...)
		case f.words:
			doc.AddField(&field{name: f.name, texts: list, but: body})
		default:
			keys(f.name, list...)
		}
	}
	return doc
}

func yearTerm(y int) string { return fmt.Sprintf("%04d", y) }
