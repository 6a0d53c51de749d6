package index

import (
	"context"
	"fmt"
	"math/bits"

	"github.com/blevesearch/bleve/v2/mapping"
	blevesearch "github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
)

// A query is answered in two steps: narrow makes of its plan a query for bleve that
// finds all reports that satisfy it, and perhaps more; if more, holds (match.go)
// looks at the record of each. Figures are looked at always.

// A finder is a query at work.
type finder struct {
	ix    *Index
	ctx   context.Context
	plans *plans
	pool  *pool // of several indexes that are searched as one; nil if it is alone
}

// ids runs a query of bleve; the reports come rising.
func (f *finder) ids(q query.Query) ([]uint32, error) {
	s, err := q.Searcher(f.ctx, f.ix.reader, mapping.NewIndexMapping(), blevesearch.SearcherOptions{Score: "none"})
	if err != nil {
		return nil, f.failed(err)
	}
	defer s.Close()
	set := make([]uint64, len(f.ix.table.rows)/64+1)
	pool := blevesearch.NewDocumentMatchPool(s.DocumentMatchPoolSize()+1, 0)
	ctx := &blevesearch.SearchContext{DocumentMatchPool: pool}
	n := 0
	for {
		m, err := s.Next(ctx)
		if err != nil {
			return nil, f.failed(err)
		}
		if m == nil {
			break
		}
		if id := f.ix.rank(m.IndexInternalID); id != noRank {
			set[id/64] |= 1 << (id % 64)
		}
		pool.Put(m)
		if n++; n&0xfff == 0 && f.ctx.Err() != nil {
			return nil, f.ctx.Err()
		}
	}
	ids := make([]uint32, 0, n)
	for i, w := range set {
		for ; w != 0; w &= w - 1 {
			ids = append(ids, uint32(64*i+bits.TrailingZeros64(w)))
		}
	}
	return ids, nil
}

// failed makes an error of what bleve says. It refuses only what is not as it wrote it.
func (f *finder) failed(err error) error {
	if err == nil || f.ctx.Err() != nil {
		return f.ctx.Err()
	}
	return fmt.Errorf("%w: %v", ErrDamaged, err)
}

// narrow returns a query that finds at least the reports of the plan, and whether
// it finds no others.
func (f *finder) narrow(p plan) (query.Query, bool) {
	switch p := p.(type) {
	case planWord:
		return f.narrowWord(p.leaf)
	case planReport:
		return f.narrowReport(p)
	case planYear:
		if p.lo > p.hi {
			return query.NewMatchNoneQuery(), true
		}
		yes := true
		q := query.NewTermRangeInclusiveQuery(yearTerm(p.lo), yearTerm(p.hi), &yes, &yes)
		q.SetField("year")
		return q, true
	case planFigure:
		return f.narrowFigure(p)
	case planNot:
		q, exact := f.narrow(p.plan)
		if !exact {
			return query.NewMatchAllQuery(), false
		}
		return query.NewBooleanQuery([]query.Query{query.NewMatchAllQuery()}, nil, []query.Query{q}), true
	case planOr:
		return f.narrowOr(p, f.narrow)
	case planAnd:
		return f.narrowAnd(p)
	}
	return query.NewMatchAllQuery(), true
}

func (f *finder) narrowOr(p planOr, narrow func(plan) (query.Query, bool)) (query.Query, bool) {
	all := true
	var list []query.Query
	for _, c := range p {
		q, exact := narrow(c)
		list, all = append(list, q), all && exact
	}
	return either(list), all
}

func (f *finder) narrowAnd(p planAnd) (query.Query, bool) {
	exact := true
	var must, not []query.Query
	for _, c := range p {
		if n, ok := c.(planNot); ok {
			if q, yes := f.narrow(n.plan); yes {
				not = append(not, q)
				continue
			}
		}
		q, yes := f.narrow(c)
		exact = exact && yes
		if _, nothing := q.(*query.MatchAllQuery); !nothing {
			must = append(must, q)
		}
	}
	if not == nil {
		return all(must), exact
	}
	return query.NewBooleanQuery([]query.Query{all(must)}, nil, not), exact
}

func (f *finder) narrowWord(n int) (query.Query, bool) {
	l := &f.plans.leaves[n]
	exact := len(l.words) == 1
	var list []query.Query
	for _, w := range l.words {
		q, yes := spelled(w, "text")
		list, exact = append(list, q), exact && yes
	}
	return all(list), exact
}

// spelled finds the reports in whose fields a word can stand, however it is spelled.
func spelled(word []needle, fields ...string) (query.Query, bool) {
	exact := true
	var ways []query.Query
	for _, s := range word {
		q, yes := holding(s.text, fields...)
		ways, exact = append(ways, q), exact && yes
	}
	return either(ways), exact
}

func (f *finder) narrowReport(p planReport) (query.Query, bool) {
	switch p.Name {
	case "region":
		if isCode(p.Text) {
			return term("region", p.codes[0]), true
		}
		q, exact := holding(p.Text, "name")
		list := []query.Query{q}
		for _, code := range p.codes {
			list = append(list, term("region", code))
		}
		return either(list), exact
	case "section": // the field has what stands above figures as well
		q, _ := holding(p.Text, "section")
		return q, false
	}
	return holding(p.Text, p.Name)
}

func (f *finder) narrowFigure(p planFigure) (query.Query, bool) {
	var list []query.Query
	exact := len(p) == 1
	for i := range p {
		c := &p[i]
		if c.columns == nil {
			exact = false
			if c.r.Unit != "" {
				list = append(list, term("si", c.r.Unit))
			}
			continue
		}
		var ways []query.Query
		for _, col := range c.columns {
			q, yes := c.narrow(figureFields[col].name)
			ways, exact = append(ways, q), exact && yes
		}
		list = append(list, either(ways))
	}
	return all(list), exact
}

func (c *condition) narrow(field string) (query.Query, bool) {
	switch {
	case c.words: // the field has what is not in the text
		q, _ := holding(c.text, "text", field)
		return q, false
	case c.prefix:
		return beginning(field, c.text), true
	}
	return term(field, c.text), true
}

// narrowFigures is narrow where figures are sought: a word may also stand in a label
// or a heading, and what one figure is not, another of the report may be.
func (f *finder) narrowFigures(p plan) (query.Query, bool) {
	switch p := p.(type) {
	case planWord:
		words := f.plans.leaves[p.leaf].words
		if len(words) > 1 {
			return f.narrowWord(p.leaf)
		}
		var list []query.Query
		for _, field := range []string{"label", "section"} {
			q, _ := spelled(words[0], "text", field)
			list = append(list, q)
		}
		return either(list), false
	case planNot:
		return query.NewMatchAllQuery(), false
	case planOr:
		return f.narrowOr(p, f.narrowFigures)
	case planAnd:
		var list []query.Query
		for _, c := range p {
			q, _ := f.narrowFigures(c)
			list = append(list, q)
		}
		return all(list), false
	}
	return f.narrow(p)
}
