package index

import (
	"cmp"
	"context"
	"iter"
	"math"
	"slices"
	"strings"
	"unsafe"
)

// SearchOptions say what is sought and in which order. The zero value finds
// reports, the most relevant first, exactly the words given.
type SearchOptions struct {
	Figures  bool // find figures instead of reports
	Sort     Sort
	Reverse  bool // the other way round: least relevant, oldest, smallest first
	Synonyms bool // words that are not in quotation marks also find their synonyms
	// Regions gives the codes of a region's name, so that region:曲靖 finds the
	// counties of 曲靖市 also where no report is of the city itself; may be nil.
	Regions func(name string) []string
	// Skip says which documents are as if they were not there, by their ID: near-
	// copies of others, say; may be nil.
	Skip func(docID string) bool
}

// Sort is an order of hits. What has no year or value comes last in any case,
// and what is equal stays in the order of adding.
type Sort uint8

// The orders.
const (
	ByRelevance Sort = iota
	ByYear           // newest first
	ByValue          // figures only: largest first, in the converted unit
	ByOrder          // as they were added, documents together
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
	At    int     // characters before it in the document's text
	Value float64 // converted; NaN if it has none
	Unit  string  // that Value is in
}

// A Mark is a place where a word of the query stands: characters start ≤ i < end
// of the document's text.
type Mark struct{ Start, End int }

// An Expansion is a word with the synonyms that were sought with it.
type Expansion struct {
	Word string
	Also []string
}

// A Result is what a search found. It holds on to its index until that is
// closed, and is not safe for concurrent use.
type Result struct {
	Reports  int         // found, or with figures that were found
	Docs     int         // files that these are in
	Figures  int         // found, of a search for figures
	Expanded []Expansion // words that were sought with synonyms
	runs     []*run
	sets     []bitset // by segment: of reports or of figures
	refs     []ref
	sorted   int // how many of refs are in their final place
	o        SearchOptions
}

// A ref is a hit before it is looked at.
type ref struct {
	run   int32
	id    int32
	key   float32 // what the order goes by; NaN comes last
	score float32
}

// Search answers a query.
func (ix *Index) Search(ctx context.Context, q Query, o SearchOptions) (*Result, error) {
	var table *synonymTable
	if o.Synonyms {
		table = synonyms()
	}
	p := newPlans(q, table)
	res := &Result{o: o, Expanded: p.used}
	for _, s := range ix.segments {
		res.runs = append(res.runs, &run{segment: s, ctx: ctx, plans: p,
			found: make([]spots, len(p.leaves)), mentions: make([]mention, len(p.leaves))})
	}
	if err := res.resolveRegions(p.root); err != nil {
		return nil, err
	}
	for _, r := range res.runs {
		set, err := r.evaluate(p.root, o.Figures)
		if err != nil {
			return nil, err
		}
		if o.Skip != nil {
			r.leaveOut(set, o)
		}
		res.sets = append(res.sets, set)
	}
	if err := res.rank(); err != nil {
		return nil, err
	}
	res.count()
	return res, nil
}

// evaluate returns the reports or figures that are found and alive.
func (r *run) evaluate(p plan, figures bool) (bitset, error) {
	if !figures {
		set, err := r.reportsOf(p)
		if err == nil {
			set.and(r.live)
		}
		return set, err
	}
	set, err := r.figuresOf(p)
	if err == nil && r.dead != nil {
		set.and(r.figuresOfReports(r.live))
	}
	return set, err
}

// leaveOut takes the reports, or the figures, of skipped documents out of a set.
func (r *run) leaveOut(set bitset, o SearchOptions) {
	skipped := newBitset(r.reports.len())
	for d := range r.docs.len() {
		if o.Skip(r.docID(d)) {
			skipped.setRange(r.docArticles(d))
		}
	}
	if o.Figures {
		skipped = r.figuresOfReports(skipped)
	}
	set.andNot(skipped)
}

// resolveRegions finds the codes of the regions that the query names.
func (res *Result) resolveRegions(p plan) error {
	switch p := p.(type) {
	case planNot:
		return res.resolveRegions(p.plan)
	case planAnd:
		return res.resolveList(p)
	case planOr:
		return res.resolveList(p)
	case planReport:
		if p.Name != "region" || strings.Trim(p.Text, "0123456789") == "" {
			return nil
		}
		codes := make(map[string]bool)
		if res.o.Regions != nil {
			for _, c := range res.o.Regions(p.Text) {
				codes[c] = true
			}
		}
		for _, r := range res.runs {
			set, err := r.named("place", repRegion, p.Text)
			if err != nil {
				return err
			}
			for i := range set.each {
				if code := r.names.at(r.reports.at(i, repCode)); code != "" {
					codes[code] = true
				}
			}
		}
		for _, r := range res.runs {
			if r.regions == nil {
				r.regions = make(map[string][]string)
			}
			for c := range codes {
				r.regions[p.Text] = append(r.regions[p.Text], c)
			}
		}
	}
	return nil
}

func (res *Result) resolveList(list []plan) error {
	for _, q := range list {
		if err := res.resolveRegions(q); err != nil {
			return err
		}
	}
	return nil
}

// rank makes the refs with their scores and keys.
func (res *Result) rank() error {
	var weights []float64
	if !res.o.Figures {
		weights = res.weights()
	}
	for i, r := range res.runs {
		add := func(id int, score float32) {
			res.refs = append(res.refs, ref{run: int32(i), id: int32(id), score: score, key: r.key(id, score, &res.o)})
		}
		if res.o.Figures {
			if err := r.figureScores(res.sets[i], add); err != nil {
				return err
			}
			continue
		}
		scores := r.reportScores(res.sets[i], weights)
		for id := range res.sets[i].each {
			add(id, scores[id])
		}
	}
	if !res.o.Figures && res.o.Sort == ByRelevance && !res.o.Reverse {
		res.readTitles(weights)
	}
	return nil
}

func (r *run) key(id int, score float32, o *SearchOptions) float32 {
	key := score
	switch {
	case o.Sort == ByValue && o.Figures:
		key = float32(r.value(id))
	case o.Sort == ByYear:
		rep := id
		if o.Figures {
			rep = r.reports.find(repFigure, uint32(id))
		}
		if key = float32(r.reports.at(rep, repYear)); key == 0 {
			key = float32(math.NaN())
		}
	}
	if o.Sort == ByOrder {
		return 0
	}
	if o.Reverse {
		key = -key
	}
	return key
}

// count fills the numbers of the result.
func (res *Result) count() {
	for i, r := range res.runs {
		set := res.sets[i]
		if res.o.Figures {
			res.Figures += set.count()
			set = r.reportsOfFigures(set)
		}
		last := uint32(math.MaxUint32)
		for rep := range set.each {
			res.Reports++
			if d := r.reports.at(rep, repDoc); d != last {
				res.Docs++
				last = d
			}
		}
	}
}

func (s *segment) reportsOfFigures(figures bitset) bitset {
	set := newBitset(s.reports.len())
	end, rep := -1, 0
	for f := range figures.each {
		if f >= end {
			rep = s.reports.find(repFigure, uint32(f))
			end = s.figureBase(rep + 1)
		}
		set.set(rep)
	}
	return set
}

// Len is the number of hits: reports or figures.
func (res *Result) Len() int { return len(res.refs) }

// Hits returns n hits from number offset on, the first being 0; all that follow
// if n is negative. Any page can be asked for, however far down.
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
		hits = append(hits, res.hit(r))
	}
	return hits
}

// All yields every hit in order, made one by one.
func (res *Result) All() iter.Seq[Hit] {
	return func(yield func(Hit) bool) {
		res.sortTo(len(res.refs))
		for _, r := range res.refs {
			if !yield(res.hit(r)) {
				return
			}
		}
	}
}

func compareRefs(a, b ref) int {
	an, bn := a.key != a.key, b.key != b.key
	if an != bn {
		return cmp.Compare(btoi(an), btoi(bn))
	}
	if c := cmp.Compare(b.key, a.key); c != 0 && !an {
		return c
	}
	if c := cmp.Compare(a.run, b.run); c != 0 {
		return c
	}
	return cmp.Compare(a.id, b.id)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sortTo brings the first n refs into order. For few of many a heap is quicker
// than sorting all.
func (res *Result) sortTo(n int) {
	if n <= res.sorted {
		return
	}
	if n < len(res.refs)/8 {
		selectFirst(res.refs, n)
	} else {
		slices.SortFunc(res.refs, compareRefs)
		n = len(res.refs)
	}
	res.sorted = n
}

// selectFirst moves the n first refs to the front, sorted.
func selectFirst(refs []ref, n int) {
	top := refs[:n] // a heap with the last of them at the root
	for i := n/2 - 1; i >= 0; i-- {
		sink(top, i)
	}
	for i := n; i < len(refs); i++ {
		if refs[i].key < top[0].key {
			continue // as nearly all are
		}
		if compareRefs(refs[i], top[0]) < 0 {
			refs[i], top[0] = top[0], refs[i]
			sink(top, 0)
		}
	}
	slices.SortFunc(top, compareRefs)
}

func sink(heap []ref, i int) {
	for {
		c := 2*i + 1
		if c >= len(heap) {
			return
		}
		if c+1 < len(heap) && compareRefs(heap[c+1], heap[c]) > 0 {
			c++
		}
		if compareRefs(heap[c], heap[i]) <= 0 {
			return
		}
		heap[i], heap[c] = heap[c], heap[i]
		i = c
	}
}

func (res *Result) hit(f ref) Hit {
	r := res.runs[f.run]
	rep := int(f.id)
	if res.o.Figures {
		rep = r.reports.find(repFigure, uint32(f.id))
	}
	h := r.report(rep)
	h.Score = float64(f.score)
	base := r.docs.at(int(r.reports.at(rep, repDoc)), docBase)
	if res.o.Figures {
		h.Figure = Figure{
			Seq:   int(column(r.sec[secFigSeq]).at(int(f.id))),
			At:    int(column(r.sec[secFigPos]).at(int(f.id)) - base),
			Value: r.value(int(f.id)), Unit: r.code(secFigSI, int(f.id)),
		}
		return h
	}
	h.Marks = r.marks(rep, base)
	return h
}

func (s *segment) report(rep int) Hit {
	get := func(col int) uint32 { return s.reports.at(rep, col) }
	name := func(col int) string { return s.names.at(get(col)) }
	d := int(get(repDoc))
	base := s.docs.at(d, docBase)
	return Hit{
		DocID: s.docID(d), Source: s.names.at(s.docs.at(d, docSource)), Report: int(get(repN)),
		Title: name(repTitle), Org: name(repOrg), Code: name(repCode), Region: name(repRegion),
		Year: int(get(repYear)), Start: int(get(repStart) - base), End: int(get(repEnd) - base),
		Figures: s.figureBase(rep+1) - s.figureBase(rep),
	}
}

// marks gathers the places of the words in a report.
func (r *run) marks(rep int, base uint32) []Mark {
	start, end := r.reports.at(rep, repStart), r.reports.at(rep, repEnd)
	var marks []Mark
	for n, l := range r.plans.leaves {
		if !l.positive {
			continue
		}
		s := r.spots(n)
		i, _ := slices.BinarySearch(s.at, start)
		for ; i < len(s.at) && s.at[i] < end; i++ {
			from := int(s.at[i] - base)
			marks = append(marks, Mark{from, from + int(s.len(i))})
		}
	}
	slices.SortFunc(marks, func(a, b Mark) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	return slices.Compact(marks)
}

// view is b as a string that lives as long as b.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
