// Package find answers a query over a corpus, database and index together. The
// command search prints what it finds, and the pages of package web show it.
package find

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"

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
	Reader *say.Reader
	// Damaged hears of documents whose stored content is damaged, and their hits are shown
	// without it; nil: that is an error.
	Damaged  func(id string, err error)
	Personal bool // numbers of identity cards, accounts and telephones as printed

	conditions query.And // beside plain words
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

// Documents is where the documents of hits are read, in parts: *store.Store, or a store
// elsewhere. The error wraps [store.ErrUnknown] if there is none.
type Documents interface {
	DocumentParts(ctx context.Context, id string, yield func(*schema.Document, *schema.Reading) error) error
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

	Wish         *say.Wish // what plain words were read as; nil if they were not
	sure, unsure []Answer
	typed        map[figureID]bool // of the answers are hits of the words, too
	answers      map[figureID]Answer
}

// New makes a result of what an engine found.
func New(ctx context.Context, r Request, found Found, reports, docs, figures int, d Documents) *Result {
	return &Result{Found: found, Reports: reports, Docs: docs, Figures: figures, request: r, ctx: ctx, documents: d}
}

// Search answers a request.
func Search(ctx context.Context, s *store.Store, ix *index.Index, r Request) (*Result, error) {
	o, err := r.options(ctx, s)
	if err != nil {
		return nil, err
	}
	found, err := ix.Search(ctx, r.Query, o)
	if err != nil {
		return nil, err
	}
	res := New(ctx, r, found, found.Reports, found.Docs, found.Figures, s)
	if r.Reader != nil {
		err = res.say(s, ix)
	}
	return res, err
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

// A Loaded is a document of the corpus with a part of its figures.
type Loaded struct {
	Doc     *schema.Document
	Reading *schema.Reading
	rows    *schema.Rower
}

// Metric returns the metric with a number; nil if it has gone.
func (l Loaded) Metric(seq int) *schema.Metric { return l.Reading.Of(seq) }

// Each calls f for each hit with its document, and the figures beside its own: not in the
// order of the hits, but document after document, so that each is read once.
func (r *Result) Each(hits []index.Hit, f func(i int, l Loaded) error) error {
	order := make([]int, len(hits))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(strings.Compare(hits[a].DocID, hits[b].DocID), hits[a].Figure.Seq-hits[b].Figure.Seq)
	})
	k := -1
	return r.each(func() (h index.Hit, more bool) {
		if k++; k < len(order) {
			h, more = hits[order[k]], true
		}
		return h, more
	}, func(_ index.Hit, l Loaded) error { return f(order[k], l) })
}

// each calls f for the hits that next gives. A document, which may have a million figures,
// is gone through as often as their order asks for one before the last, and not held. It
// is empty if a writer has removed it meanwhile.
func (r *Result) each(next func() (index.Hit, bool), f func(h index.Hit, l Loaded) error) error {
	h, more := next()
	for more {
		id, l, here := h.DocID, Loaded{Doc: &schema.Document{ID: h.DocID}}, 0
		one := func(part *schema.Reading) error {
			l.Reading = part
			err := f(h, l)
			here++
			h, more = next()
			return err
		}
		err := r.documents.DocumentParts(r.ctx, id, func(d *schema.Document, part *schema.Reading) error {
			if l.rows == nil {
				if !r.request.Personal {
					d.Text = personal.Mask(d.Text)
				}
				l.Doc, l.rows = d, schema.NewRower(d)
			}
			for more && h.DocID == id && (h.Figure.Seq == 0 || part.Of(h.Figure.Seq) != nil) {
				if err := one(part); err != nil {
					return err
				}
			}
			return nil
		})
		switch {
		case err == nil, errors.Is(err, store.ErrUnknown):
		case errors.Is(err, store.ErrBroken) && r.request.Damaged != nil:
			r.request.Damaged(id, err)
		default:
			return err
		}
		if here == 0 { // it has gone
			if err := one(new(schema.Reading)); err != nil {
				return err
			}
		}
	}
	return nil
}

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
		schema.Column{Name: "figures", ZH: "数字数", Doc: "how many figures the report has", DocZH: "报告中的数字个数", Type: schema.Whole},
		schema.Column{Name: "matches", ZH: "命中数", Doc: "how many times the words stand in it", DocZH: "检索词在其中出现的次数", Type: schema.Whole},
		schema.Column{Name: "snippet", ZH: "原文片段", Doc: "the piece of text with the most of them", DocZH: "命中最多的一段原文"})
}()

// Rows yields hits as rows of the table, but for those that have gone from the corpus. A
// snippet is cut only if asked for.
func (r *Result) Rows(hits iter.Seq[index.Hit], snippet bool, yield func(row []schema.Cell) error) error {
	next, stop := iter.Pull(hits)
	defer stop()
	if !r.request.Figures && !snippet {
		for h, more := next(); more; h, more = next() {
			if err := yield(reportRow(h, "")); err != nil {
				return err
			}
		}
		return nil
	}
	if r.request.Sort == index.ByOrder {
		return r.each(next, func(h index.Hit, l Loaded) error {
			row, err := l.row(h)
			if err != nil || row == nil {
				return err
			}
			return yield(row)
		})
	}
	for {
		var some []index.Hit
		for len(some) < rowsAtOnce {
			h, more := next()
			if !more {
				break
			}
			some = append(some, h)
		}
		if len(some) == 0 {
			return nil
		}
		rows := make([][]schema.Cell, len(some))
		err := r.Each(some, func(i int, l Loaded) (err error) {
			rows[i], err = l.row(some[i])
			return err
		})
		if err != nil {
			return err
		}
		for _, row := range rows {
			if row == nil {
				continue
			}
			if err := yield(row); err != nil {
				return err
			}
		}
	}
}

// rowsAtOnce is how many rows are made together where the hits of a document are apart.
const rowsAtOnce = 1 << 14

// row is a hit as a row of the table; nil if it has gone from the corpus.
func (l Loaded) row(h index.Hit) ([]schema.Cell, error) {
	if h.Figure.Seq > 0 {
		return figureRow(h, l)
	}
	words := ""
	if list := Snippets(h, l.Doc.Text, 1); len(list) > 0 {
		words = list[0].Text
	}
	return reportRow(h, words), nil
}

func reportRow(h index.Hit, words string) []schema.Cell {
	return []schema.Cell{schema.TextCell(h.DocID), schema.TextCell(h.Source), schema.WholeCell(h.Report), schema.TextCell(h.Title),
		schema.TextCell(h.Org), schema.TextCell(h.Code), schema.TextCell(h.Region), schema.CountCell(h.Year),
		schema.WholeCell(h.Figures), schema.WholeCell(len(h.Marks)), schema.TextCell(words)}
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
