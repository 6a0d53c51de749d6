package index

import (
	"cmp"
	"context"
	"iter"
	"math"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	bleveindex "github.com/blevesearch/bleve_index_api"

	"mingxi/corpus/fold"
	"mingxi/index/query"
)

// SearchOptions say what is sought and in which order. The zero value finds
// reports, the most relevant first, exactly the words given.
type SearchOptions struct {
	Figures  bool // find figures instead of reports
	Sort     Sort
	Reverse  bool // the other way round: least relevant, oldest, smallest first
	Synonyms bool // words that are not in quotation marks also find their synonyms
	Facets   bool // of figures: count them by their columns too, for [Result.Facet]
	// Regions gives the codes of a region's name, so that region:曲靖 finds the
	// counties of 曲靖市 also where no report is of the city itself; may be nil.
	Regions func(name string) []string
	// Skip says which documents are as if they were not there, by their ID: near-
	// copies of others, say; may be nil.
	Skip func(docID string) bool
}

// Sort is an order of hits. What has no year or value comes last in any case, and
// what is equal stands in the order of sources, then of places in the document.
type Sort uint8

// The orders.
const (
	ByRelevance Sort = iota
	ByYear           // newest first
	ByValue          // figures only: largest first, in the converted unit
	ByOrder          // of sources and places, documents together
)

// A Hit is a report, or a figure with its report.
type Hit struct {
	DocID   string
	Source  string
	Report  int // number of the article in its document
	Title   string
	Org     string
	Code    string // of the region
	Region  string
	Year    int // 0 if unknown
	Score   float64
	Figure  Figure // of a search for figures
	Start   int    // the report, in characters of the document's text
	End     int
	Marks   []Mark // of a report: places of the words in it, rising
	Figures int    // of a report: how many it has
}

// A Figure is what the index knows of a metric; the rest is in the corpus.
type Figure struct {
	Seq   int     // its number in the document; 0 if the hit is a report
	Value float64 // converted; NaN if it has none
	Unit  string  // that Value is in
}

// A Mark is a place where a word of the query stands: characters start ≤ i < end
// of the document's text.
type Mark struct{ Start, End int }

// A Result is what a search found. It holds on to its index until that is
// closed, and is not safe for concurrent use.
type Result struct {
	Reports  int               // found, or with figures that were found
	Docs     int               // files that these are in
	Figures  int               // found, of a search for figures
	Expanded []query.Expansion // words that were sought with synonyms
	f        *finder
	ids      []uint32 // of the reports, rising
	refs     []ref
	found    []uint32 // of figures: how many of each of ids
	sorted   int      // how many of refs are in their final place
	counts   tally    // of figures, if that was asked
	o        SearchOptions
	err      error
}

// A ref is a hit before it is looked at.
type ref struct {
	id, figure uint32
	key        float32 // what the order goes by, the score if that is it; NaN comes last
}

// Search answers a query.
func (ix *Index) Search(ctx context.Context, q query.Query, o SearchOptions) (res *Result, err error) {
	return ix.search(ctx, q, o, nil)
}

// search answers a query, as one of several indexes where there is a pool.
func (ix *Index) search(ctx context.Context, q query.Query, o SearchOptions, in *pool) (res *Result, err error) {
	defer guard(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	f := &finder{ix: ix, ctx: ctx, pool: in}
	f.plans = &plans{synonyms: o.Synonyms, codes: func(name string) ([]string, error) { return f.codes(name, o.Regions) }}
	if in != nil {
		f.plans.codes = in.codes
	}
	root := convert(f.plans.plan(q, true))
	if f.plans.err != nil {
		return nil, f.plans.err
	}
	res = &Result{o: o, f: f, Expanded: f.plans.used}
	if o.Figures {
		err = res.findFigures(root)
	} else {
		err = res.findReports(root)
	}
	if err != nil {
		return nil, err
	}
	res.count()
	return res, res.setKeys()
}

// count counts what was found.
func (res *Result) count() {
	res.Reports, res.Docs = len(res.ids), 0
	last := uint32(noRank)
	for _, id := range res.ids {
		if d := res.f.ix.table.rows[id].doc; d != last {
			res.Docs++
			last = d
		}
	}
	if res.o.Figures {
		res.Figures = len(res.refs)
	}
}

// rank returns the report that has a number of bleve's.
func (ix *Index) rank(id bleveindex.IndexInternalID) uint32 {
	if n := id.Value(); n < uint64(len(ix.table.ranks)) {
		return ix.table.ranks[n]
	}
	return noRank
}

// findReports finds reports and scores them.
func (res *Result) findReports(p plan) error {
	f := res.f
	q, exact := f.narrow(p)
	ids, err := f.ids(q)
	if err != nil {
		return err
	}
	if !exact || res.o.Skip != nil {
		kept := make([][]uint32, parts())
		if err := f.ix.each(f.ctx, ids, func(part, i int, r *report) {
			if (exact || f.holds(p, r)) && (res.o.Skip == nil || !res.o.Skip(r.about().id)) {
				kept[part] = append(kept[part], ids[i])
			}
		}); err != nil {
			return err
		}
		ids = slices.Concat(kept...)
	}
	res.ids = ids
	scores, err := res.scores()
	if err != nil {
		return err
	}
	res.refs = make([]ref, len(ids))
	for i, id := range ids {
		res.refs[i].id = id
		if scores != nil {
			res.refs[i].key = scores[i]
		}
	}
	return nil
}

// findFigures finds figures and scores them.
func (res *Result) findFigures(plan plan) error {
	f := res.f
	q, _ := f.narrowFigures(plan)
	ids, err := f.ids(q)
	if err != nil {
		return err
	}
	type piece struct {
		pile
		ids, found []uint32
		tally
	}
	pieces := make([]piece, parts())
	for i := range pieces {
		pieces[i].tally = newTally()
	}
	err = f.ix.each(f.ctx, ids, func(part, i int, r *report) {
		if res.o.Skip != nil && res.o.Skip(r.about().id) {
			return
		}
		figs := r.figures()
		set := r.marks(figs.n)
		for k := range set {
			set[k] = true
		}
		f.keep(plan, r, set)
		p := &pieces[part]
		found := p.room(len(set), &f.ix.blocks)
		for k, has := range set {
			if has {
				found = append(found, ref{id: ids[i], figure: uint32(k)})
			}
		}
		if len(found) == 0 {
			return
		}
		p.take(len(found))
		p.ids, p.found = append(p.ids, ids[i]), append(p.found, uint32(len(found)))
		switch res.o.Sort {
		case ByRelevance:
			f.scoreFigures(r, found)
		case ByValue:
			for k := range found {
				found[k].key = float32(figs.value(int(found[k].figure)))
			}
		}
		if res.o.Facets {
			p.tally.add(r, found, 1)
		}
	})
	var tallies []tally
	var refs [][]ref
	for i := range pieces {
		p := &pieces[i]
		refs = append(refs, p.blocks...)
		res.ids, res.found, tallies = append(res.ids, p.ids...), append(res.found, p.found...), append(tallies, p.tally)
	}
	res.refs = slices.Concat(refs...)
	for _, b := range refs {
		if cap(b) == blockRefs {
			f.ix.blocks.Put(&b)
		}
	}
	if res.o.Facets {
		res.counts = total(tallies)
	}
	return err
}

// A pile is a list of refs that grows by blocks, which searches use again: there may be
// millions of them.
type pile struct{ blocks [][]ref }

// blockRefs is how many refs a block has.
const blockRefs = 1 << 15

// room is an empty end of the pile for n refs.
func (p *pile) room(n int, spare *sync.Pool) []ref {
	if last := len(p.blocks) - 1; last >= 0 {
		if b := p.blocks[last]; cap(b)-len(b) >= n {
			return b[len(b):]
		}
	}
	b, ok := spare.Get().(*[]ref)
	if !ok || cap(*b) < n {
		b = new([]ref)
		*b = make([]ref, 0, max(n, blockRefs))
	}
	p.blocks = append(p.blocks, (*b)[:0])
	return (*b)[:0]
}

// take keeps the n refs that were written there.
func (p *pile) take(n int) {
	b := &p.blocks[len(p.blocks)-1]
	*b = (*b)[:len(*b)+n]
}

// hitsOf is how many hits the report with a number of ids has.
func (res *Result) hitsOf(i int) int {
	if res.found == nil {
		return 1
	}
	return int(res.found[i])
}

// setKeys sets what the order goes by.
func (res *Result) setKeys() error {
	switch res.o.Sort {
	case ByOrder:
		return nil
	case ByYear:
		years := make(map[uint32]float32)
		err := res.f.eachTerm("year", func(t string, _ int) error {
			year, _ := strconv.Atoi(t)
			return res.f.having("year", t, func(id uint32) { years[id] = float32(year) })
		})
		if err != nil {
			return err
		}
		for i := range res.refs {
			year, has := years[res.refs[i].id]
			if !has {
				year = float32(math.NaN())
			}
			res.refs[i].key = year
		}
	}
	if res.o.Reverse {
		for i := range res.refs {
			res.refs[i].key = -res.refs[i].key
		}
	}
	return nil
}

// codes finds the codes of a region's name.
func (f *finder) codes(name string, known func(string) []string) (codes []string, err error) {
	if known != nil {
		codes = slices.Clone(known(name))
	}
	err = f.eachTerm("code", func(t string, _ int) error {
		if code, n, _ := strings.Cut(t, " "); strings.Contains(fold.String(n), name) {
			codes = append(codes, strings.Clone(code))
		}
		return nil
	})
	return codes, err
}

// Len is the number of hits: reports or figures.
func (res *Result) Len() int { return len(res.refs) }

// Err is the first error of Hits and All, which end before the hit that they cannot
// read: ask it after them.
func (res *Result) Err() error { return res.err }

// Hits returns n hits from number offset on, the first being 0; all that follow
// if n is negative. Any page can be asked for, however far down. See [Result.Err].
func (res *Result) Hits(offset, n int) []Hit {
	end := len(res.refs)
	if n >= 0 && offset+n < end {
		end = offset + n
	}
	if offset >= end {
		return nil
	}
	res.sortTo(end)
	hits := make([]Hit, 0, end-offset)
	for _, r := range res.refs[offset:end] {
		h, ok := res.hit(r)
		if !ok {
			break
		}
		hits = append(hits, h)
	}
	return hits
}

// All yields every hit in order, made one by one. See [Result.Err].
func (res *Result) All() iter.Seq[Hit] {
	return func(yield func(Hit) bool) {
		res.sortTo(len(res.refs))
		for _, r := range res.refs {
			if h, ok := res.hit(r); !ok || !yield(h) {
				return
			}
		}
	}
}

func compareRefs(a, b ref) int {
	return cmp.Or(compareKeys(a, b), cmp.Compare(a.id, b.id), cmp.Compare(a.figure, b.figure))
}

// compareKeys compares by what the order goes by, which comes last where it is NaN.
func compareKeys(a, b ref) int {
	if an, bn := a.key != a.key, b.key != b.key; an != bn {
		if an {
			return 1
		}
		return -1
	} else if !an {
		return cmp.Compare(b.key, a.key)
	}
	return 0
}

// sortTo brings the first n refs into order. For few of many it keeps the first so
// far, which is quicker than sorting all.
func (res *Result) sortTo(n int) {
	if n <= res.sorted {
		return
	}
	if n > len(res.refs)/64 {
		slices.SortFunc(res.refs, compareRefs)
		res.sorted = len(res.refs)
		return
	}
	top, fresh := res.refs[:n], res.sorted == 0
	slices.SortFunc(top, compareRefs)
	for i := n; i < len(res.refs); i++ {
		r := res.refs[i]
		if last := top[n-1]; r.key < last.key || fresh && r.key == last.key || compareRefs(r, last) > 0 {
			continue // as nearly all are; of equals those found first stand first
		}
		res.refs[i] = top[n-1]
		k, _ := slices.BinarySearchFunc(top[:n-1], r, compareRefs)
		copy(top[k+1:], top[k:n-1])
		top[k] = r
	}
	res.sorted = n
}

// hit reads a hit; false if it cannot.
func (res *Result) hit(f ref) (h Hit, ok bool) {
	if res.err != nil {
		return h, false
	}
	defer func() { ok = res.err == nil }()
	defer guard(&res.err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	r := new(report).on(res.f.ix, f.id)
	a := r.about()
	h = Hit{DocID: strings.Clone(a.id), Source: strings.Clone(a.source), Report: a.n, Title: strings.Clone(a.title), Org: strings.Clone(a.org),
		Code: strings.Clone(a.code), Region: strings.Clone(a.region), Year: a.year, Start: a.start, End: a.end,
		Figures: a.figures}
	if res.o.Sort == ByRelevance {
		h.Score = math.Abs(float64(f.key)) // less than 0 if reversed
	}
	if res.o.Figures {
		i, figs := int(f.figure), r.figures()
		h.Figure = Figure{Seq: figs.number(i), Value: figs.value(i), Unit: strings.Clone(figs.string(siColumn, i))}
		return h, true
	}
	h.Marks = res.f.marks(r, a.start)
	return h, true
}

// marks gathers the places of the words in a report, which begins at character base.
func (f *finder) marks(r *report, base int) []Mark {
	var marks []Mark
	for n, l := range f.plans.leaves {
		if !l.positive {
			continue
		}
		chars, last := base, 0
		for _, p := range f.spots(n, r, false) {
			chars += utf8.RuneCount(r.text()[last:p.at])
			last = p.at
			marks = append(marks, Mark{chars, chars + utf8.RuneCount(r.text()[p.at:p.end])})
		}
	}
	slices.SortFunc(marks, func(a, b Mark) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	return slices.Compact(marks)
}

// eachTerm calls do for each term of a field, rising, and about how many reports have it.
func (f *finder) eachTerm(field string, do func(term string, reports int) error) error {
	dict, err := f.ix.reader.FieldDict(field)
	if err != nil {
		return f.failed(err)
	}
	defer dict.Close()
	for {
		e, err := dict.Next()
		if err != nil || e == nil || f.ctx.Err() != nil {
			return f.failed(err)
		}
		if err := do(e.Term, int(e.Count)); err != nil {
			return err
		}
	}
}

// having yields the reports that have a term, in no order.
func (f *finder) having(field, term string, yield func(id uint32)) error {
	docs, err := f.ix.reader.TermFieldReader(f.ctx, []byte(term), field, false, false, false)
	if err != nil {
		return f.failed(err)
	}
	defer docs.Close()
	var d bleveindex.TermFieldDoc
	for {
		doc, err := docs.Next(&d)
		if err != nil || doc == nil {
			return f.failed(err)
		}
		if id := f.ix.rank(doc.ID); id != noRank {
			yield(id)
		}
	}
}
