package index

import (
	"context"
	"runtime/debug"
	"slices"
	"strings"

	"mingxi/index/query"
)

// A Candidate is a figure with its report as the index knows them, for one who weighs
// figures himself. Texts are folded but for what is about the report; none of them
// lasts longer than the call that they are handed to.
type Candidate struct {
	Title, Org   string
	Code, Region string
	Year         int    // 0 if unknown
	Text         string // of the whole report
	Sentence     string
	Label        string
	Section      string
	Place        string
	Indicator    string
	Unit, SI     string // as printed, and what it is converted to
	Kind, Status string
}

// weighedAtMost bounds how many reports are weighed.
const weighedAtMost = 4 * scoredHits

// Weigh looks at the figures of all reports that satisfy a query, gives each to a
// function, and returns the n heaviest, the heaviest first; what has no weight above 0
// is left out. What ties stands in the order of sources and places. Of more than
// weighedAtMost reports the first are looked at. Each goroutine asks for a function of
// its own.
func (ix *Index) Weigh(ctx context.Context, q query.Query, o SearchOptions, n int, weigher func() func(*Candidate) float32) (hits []Hit, err error) {
	defer guard(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	f := &finder{ix: ix, ctx: ctx}
	f.plans = &plans{synonyms: o.Synonyms, codes: func(name string) ([]string, error) { return f.codes(name, o.Regions) }}
	root := convert(f.plans.plan(q, true))
	if f.plans.err != nil {
		return nil, f.plans.err
	}
	narrowed, exact := f.narrow(root)
	ids, err := f.ids(narrowed)
	if err != nil {
		return nil, err
	}
	ids = ids[:min(len(ids), weighedAtMost)]
	heaviest := make([][]ref, parts())
	weighers := make([]func(*Candidate) float32, parts())
	err = ix.each(ctx, ids, func(part, i int, r *report) {
		if o.Skip != nil && o.Skip(r.about().id) || !exact && !f.holds(root, r) {
			return
		}
		if weighers[part] == nil {
			weighers[part] = weigher()
		}
		r.weigh(weighers[part], func(k int, weight float32) {
			heaviest[part] = keepHeaviest(heaviest[part], ref{ids[i], uint32(k), weight}, n)
		})
	})
	if err != nil {
		return nil, err
	}
	res := &Result{o: SearchOptions{Figures: true}, f: f, refs: slices.Concat(heaviest...)}
	return res.Hits(0, n), res.err
}

// keepHeaviest adds a figure to a list, which is cut to n where it has grown long.
func keepHeaviest(list []ref, one ref, n int) []ref {
	list = append(list, one)
	if len(list) < 4*n+64 {
		return list
	}
	slices.SortFunc(list, compareRefs)
	return list[:n]
}

// weigh hands the figures of a report to a function and yields those with a weight.
func (r *report) weigh(weigh func(*Candidate) float32, yield func(k int, weight float32)) {
	about, figs := r.about(), r.figures()
	c := Candidate{Title: about.title, Org: about.org, Code: about.code, Region: about.region, Year: about.year, Text: view(r.text())}
	cells := []struct {
		to  *string
		col int
	}{{&c.Label, labelColumn}, {&c.Section, sectionColumn}, {&c.SI, siColumn}, {&c.Place, figureColumn("place")}, {&c.Indicator, figureColumn("indicator")},
		{&c.Unit, figureColumn("unit")}, {&c.Kind, figureColumn("kind")}, {&c.Status, figureColumn("status")}}
	for k := range figs.n {
		start, end := r.sentence(figs.in.at(k))
		c.Sentence = c.Text[start:end]
		for _, cell := range cells {
			*cell.to = figs.string(cell.col, k)
		}
		if w := weigh(&c); w > 0 {
			yield(k, w)
		}
	}
}

// Knows reports whether the title, organisation or region of a report has a name.
func (ix *Index) Knows(ctx context.Context, name string) (bool, error) {
	if strings.TrimSpace(name) == "" {
		return false, nil
	}
	var any query.Or
	for _, field := range []string{"title", "org", "region"} {
		any = append(any, query.Field{Name: field, Text: name})
	}
	found, err := ix.Search(ctx, any, SearchOptions{Sort: ByOrder})
	if err != nil {
		return false, err
	}
	return found.Len() > 0, nil
}
