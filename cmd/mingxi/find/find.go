// Package find answers a query over a corpus, database and index together. The
// command search prints what it finds, and the pages of package web show it.
package find

import (
	"context"
	"errors"
	"iter"
	"slices"

	"mingxi/cmd/mingxi/say"
	"mingxi/corpus/personal"
	"mingxi/corpus/store"
	"mingxi/extract/region"
	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

// A Request is what is asked.
type Request struct {
	Query    query.Query
	Figures  bool // find figures instead of reports
	Sort     index.Sort
	Reverse  bool
	Synonyms bool
	Distinct bool // of near-copies only the one that stands for all
	Facets   bool // of figures: that they can be counted by their columns
	// Reader reads a query for figures that is nothing but plain words; nil leaves them
	// as they stand.
	Reader   *say.Reader
	Personal bool // numbers of identity cards, accounts and telephones as printed
}

// Sorts are the orders by the names that users give them.
var Sorts = map[string]index.Sort{
	"": index.ByRelevance, "relevance": index.ByRelevance, "year": index.ByYear,
	"value": index.ByValue, "order": index.ByOrder,
}

// Found is what an engine has found: an index, or a store elsewhere.
type Found interface {
	Len() int                                        // hits: reports or figures
	Hits(offset, n int) []index.Hit                  // n hits from an offset on; all that follow if n is negative
	All() iter.Seq[index.Hit]                        // every hit in order
	Err() error                                      // the first error of Hits and All, which end there
	Facet(name string, n int) ([]index.Count, error) // the hits counted by a field, at most n values; all if n is 0
}

// Documents is where the documents of hits are read: *store.Store, or a store elsewhere.
// The error wraps [store.ErrUnknown] if there is none.
type Documents interface {
	Document(ctx context.Context, id string) (*schema.Document, *schema.Reading, error)
}

// A Result is what was found. It is for one goroutine and ends with its engine.
type Result struct {
	Found
	Reports   int // found, or with figures that were found
	Docs      int // files that these are in
	Figures   int // found, if figures were sought
	request   Request
	ctx       context.Context
	documents Documents
	last      Loaded

	Wish         *say.Wish // what plain words were read as; nil if they were not
	sure, unsure []Answer
	answers      map[figureID]Answer
}

// New makes a result of what an engine found.
func New(ctx context.Context, r Request, found Found, reports, docs, figures int, d Documents) *Result {
	return &Result{Found: found, Reports: reports, Docs: docs, Figures: figures, request: r, ctx: ctx, documents: d}
}

// Search answers a request.
func Search(ctx context.Context, s *store.Store, ix *index.Index, r Request) (*Result, error) {
	found, err := search(ctx, s, ix, r)
	if err != nil {
		return nil, err
	}
	res := New(ctx, r, found, found.Reports, found.Docs, found.Figures, s)
	if r.Reader != nil {
		err = res.say(s, ix)
	}
	return res, err
}

func search(ctx context.Context, s *store.Store, ix *index.Index, r Request) (*index.Result, error) {
	o, err := r.options(ctx, s)
	if err != nil {
		return nil, err
	}
	return ix.Search(ctx, r.Query, o)
}

// Cross counts the hits of a request by two facets of reports, as [index.Result.Cross]
// does, and in all.
func Cross(ctx context.Context, s *store.Store, ix *index.Index, r Request, a, b string) (counts map[[2]string]int, hits int, err error) {
	found, err := search(ctx, s, ix, r)
	if err != nil {
		return nil, 0, err
	}
	counts, err = found.Cross(a, b)
	return counts, found.Len(), err
}

// options are the request as the index takes it.
func (r *Request) options(ctx context.Context, s *store.Store) (index.SearchOptions, error) {
	o := index.SearchOptions{
		Figures: r.Figures, Sort: r.Sort, Reverse: r.Reverse, Synonyms: r.Synonyms, Facets: r.Facets,
		Regions: func(name string) []string { return region.Load().Codes(name) },
	}
	if r.Distinct {
		stands, err := s.Representatives(ctx)
		if err != nil {
			return o, err
		}
		o.Skip = func(id string) bool { stand, copied := stands[id]; return copied && stand != id }
	}
	return o, nil
}

// Marks are the places of the words of a query in one document, in characters.
func Marks(ctx context.Context, ix *index.Index, q query.Query, id string) (marks []index.Mark, err error) {
	found, err := ix.Search(ctx, q, index.SearchOptions{Sort: index.ByOrder,
		Regions: func(name string) []string { return region.Load().Codes(name) },
		Skip:    func(one string) bool { return one != id }})
	if err != nil {
		return nil, err
	}
	for _, h := range found.Hits(0, -1) {
		marks = append(marks, h.Marks...)
	}
	return marks, found.Err()
}

// A Loaded is a document of the corpus with its figures.
type Loaded struct {
	id      string
	Doc     *schema.Document
	Reading *schema.Reading
	rows    *schema.Rower
}

// Load reads the document of a hit; the last one is kept. It is empty if a writer has
// removed the document meanwhile.
func (r *Result) Load(id string) (Loaded, error) {
	if r.last.id == id {
		return r.last, nil
	}
	d, reading, err := r.document(id)
	if errors.Is(err, store.ErrUnknown) {
		d, reading, err = &schema.Document{ID: id}, &schema.Reading{}, nil
	}
	if err != nil {
		return Loaded{}, err
	}
	if !r.request.Personal {
		d.Text = personal.Mask(d.Text)
	}
	r.last = Loaded{id, d, reading, schema.NewRower(d)}
	return r.last, nil
}

// document reads a document. Where only reports are sought its figures, of which it may
// have a million, are read and checked but not kept, if the store has them in parts.
func (r *Result) document(id string) (d *schema.Document, all *schema.Reading, err error) {
	parts, ok := r.documents.(interface {
		DocumentParts(ctx context.Context, id string, yield func(*schema.Document, *schema.Reading) error) error
	})
	if r.request.Figures || !ok {
		return r.documents.Document(r.ctx, id)
	}
	all = new(schema.Reading)
	err = parts.DocumentParts(r.ctx, id, func(of *schema.Document, part *schema.Reading) error {
		d, all.Origins = of, part.Origins
		return nil
	})
	return d, all, err
}

// Metric returns the metric with a number; nil if it has gone.
func (l Loaded) Metric(seq int) *schema.Metric { return l.Reading.Of(seq) }

// snippetWidth is in characters.
const snippetWidth = 60

// Snippets are at most n pieces of a report around the marks, or its beginning.
func Snippets(h index.Hit, text string, n int) []index.Snippet {
	if n <= 0 || text == "" {
		return nil
	}
	if list := index.Snippets(text, h.Marks, n, snippetWidth); list != nil {
		return list
	}
	return []index.Snippet{index.Head(text, h.Start, snippetWidth)}
}

// Name is what a table of the hits is called.
func (r *Result) Name() string {
	if r.request.Figures {
		return "figures"
	}
	return "reports"
}

// Columns are those of a table of the hits: of figures the contract, of reports their
// own.
func (r *Result) Columns() []schema.Column {
	if r.request.Figures {
		return schema.Columns()
	}
	return reportColumns
}

// reportColumns are the columns of reports: those of the contract that are
// about a report, and what was found in it.
var reportColumns = func() []schema.Column {
	var list []schema.Column
	about := []string{"doc_id", "source", "article", "title", "org", "region_code", "region", "year"}
	for _, c := range schema.Columns() {
		if slices.Contains(about, c.Name) {
			list = append(list, c)
		}
	}
	return append(list,
		schema.Column{Name: "figures", ZH: "数字数", Doc: "how many figures the report has", Type: schema.Whole},
		schema.Column{Name: "matches", ZH: "命中数", Doc: "how many times the words stand in it", Type: schema.Whole},
		schema.Column{Name: "snippet", ZH: "原文片段", Doc: "the piece of text with the most of them"})
}()

// Row is a hit as a row of the table; nil if it has gone from the corpus. A snippet
// is cut only if asked for.
func (r *Result) Row(h index.Hit, snippet bool) ([]schema.Cell, error) {
	var l Loaded
	if r.request.Figures || snippet {
		var err error
		if l, err = r.Load(h.DocID); err != nil {
			return nil, err
		}
	}
	if r.request.Figures {
		return figureRow(h, l)
	}
	words := ""
	if l.Doc != nil {
		if list := Snippets(h, l.Doc.Text, 1); len(list) > 0 {
			words = list[0].Text
		}
	}
	return []schema.Cell{schema.TextCell(h.DocID), schema.TextCell(h.Source), schema.WholeCell(h.Report), schema.TextCell(h.Title),
		schema.TextCell(h.Org), schema.TextCell(h.Code), schema.TextCell(h.Region), schema.CountCell(h.Year),
		schema.WholeCell(h.Figures), schema.WholeCell(len(h.Marks)), schema.TextCell(words)}, nil
}

// figureRow is a figure in the columns of the contract.
func figureRow(h index.Hit, l Loaded) (row []schema.Cell, err error) {
	m := l.Metric(h.Figure.Seq)
	if m == nil {
		return nil, nil
	}
	one := &schema.Reading{Origins: l.Reading.Origins, Metrics: []schema.Metric{*m}}
	err = l.rows.Rows(one, func(r []schema.Cell) error { row = r; return nil })
	return row, err
}
