package index

import (
	"cmp"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// A Count is one value of a facet.
type Count struct {
	Value string // as a query takes it: 2011, 530322, 公顷
	Name  string // of a region; else empty
	N     int    // reports that have it, or figures if figures were sought
}

// reportFacets are the facets of reports and the fields of bleve that have them.
var reportFacets = []struct{ name, field string }{{"year", "year"}, {"region", "code"}, {"org", "orgs"}}

// Facets lists the fields that can be counted.
func Facets() (names []string) {
	for _, f := range reportFacets {
		names = append(names, f.name)
	}
	for _, f := range figureFields {
		if f.facet {
			names = append(names, f.name)
		}
	}
	return names
}

// Facet counts the hits by a field, the most frequent first, at most n; all if n
// is 0. Hits without a value are left out. A report counts once for each unit
// and indicator that its figures have.
func (res *Result) Facet(name string, n int) (list []Count, err error) {
	if !slices.Contains(Facets(), name) {
		return nil, fmt.Errorf("facet %s: there are %v", name, Facets())
	}
	defer guard(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	field := name
	for _, f := range reportFacets {
		if f.name == name {
			field = f.field
		}
	}
	if col := figureColumn(name); col >= 0 && res.o.Figures {
		list, err = res.countFigures(col)
	} else {
		list, err = res.countTerms(field)
	}
	if name == "region" {
		list = regions(list)
	}
	for i := range list {
		list[i].Value = valueOf(name, list[i].Value)
	}
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value))
	})
	if n > 0 && len(list) > n {
		list = list[:n]
	}
	return list, err
}

// countTerms counts by the terms of a field of bleve: for each, the hits that have it.
func (res *Result) countTerms(field string) (list []Count, err error) {
	l, err := res.f.labels(field)
	if err != nil {
		return nil, err
	}
	counts := make([]int, len(l.terms))
	for i, id := range res.ids {
		for _, t := range l.of[l.first[id]:l.first[id+1]] {
			counts[t] += res.hitsOf(i)
		}
	}
	for t, n := range counts {
		if n > 0 {
			list = append(list, Count{Value: l.terms[t], N: n})
		}
	}
	return list, nil
}

// Cross counts the hits by two facets of reports at once, as region and year: for each
// pair of values that some hit has, by the values as [Count] has them.
func (res *Result) Cross(a, b string) (counts map[[2]string]int, err error) {
	defer guard(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	var of [2]*labels
	for i, name := range []string{a, b} {
		at := slices.IndexFunc(reportFacets, func(f struct{ name, field string }) bool { return f.name == name })
		if at < 0 {
			return nil, fmt.Errorf("facet %s is none of reports", name)
		}
		if of[i], err = res.f.labels(reportFacets[at].field); err != nil {
			return nil, err
		}
	}
	counts = map[[2]string]int{}
	for i, id := range res.ids {
		for _, s := range of[0].of[of[0].first[id]:of[0].first[id+1]] {
			for _, t := range of[1].of[of[1].first[id]:of[1].first[id+1]] {
				counts[[2]string{valueOf(a, of[0].terms[s]), valueOf(b, of[1].terms[t])}] += res.hitsOf(i)
			}
		}
	}
	return counts, nil
}

// valueOf is a term of a facet of reports as a query takes it.
func valueOf(facet, term string) string {
	switch facet {
	case "region":
		term, _, _ = strings.Cut(term, " ")
	case "year":
		term = strings.TrimLeft(term, "0")
	}
	return term
}

// labels are the terms of a field by report, where bleve has the reports by term: what
// report i has are of[first[i]:first[i+1]].
type labels struct {
	terms []string
	first []uint32
	of    []uint32
}

// labels turns a field over, once for all searches of an index.
func (f *finder) labels(field string) (*labels, error) {
	f.ix.turned.Lock()
	defer f.ix.turned.Unlock()
	if l := f.ix.labels[field]; l != nil {
		return l, nil
	}
	l := &labels{first: make([]uint32, len(f.ix.table.rows)+1)}
	pairs, err := f.pairs(field, l)
	if err == nil {
		err = f.ctx.Err() // then it is not whole
	}
	if err != nil {
		return nil, err
	}
	for _, p := range pairs {
		l.first[p.id+1]++
	}
	for i := 1; i < len(l.first); i++ {
		l.first[i] += l.first[i-1]
	}
	l.of = make([]uint32, len(pairs))
	next := slices.Clone(l.first)
	for _, p := range pairs {
		l.of[next[p.id]] = p.term
		next[p.id]++
	}
	if f.ix.labels == nil {
		f.ix.labels = map[string]*labels{}
	}
	f.ix.labels[field] = l
	return l, nil
}

// A pair is a report and the number of a term that it has.
type pair struct{ id, term uint32 }

// pairs reads the terms of a field and who has them, with all cores: each takes as many
// pairs, of terms that follow one another.
func (f *finder) pairs(field string, l *labels) ([]pair, error) {
	before := []int{0} // pairs of the terms before each
	if err := f.eachTerm(field, func(t string, n int) error {
		l.terms = append(l.terms, strings.Clone(t))
		before = append(before, before[len(before)-1]+n)
		return nil
	}); err != nil {
		return nil, err
	}
	n, total := parts(), before[len(l.terms)]
	lists := make([][]pair, n)
	err := onCores(n, func(part int) error {
		list := make([]pair, 0, total/n+1)
		for t, term := range l.terms {
			if before[t]*n/(total+1) != part {
				continue
			}
			if err := f.having(field, term, func(id uint32) { list = append(list, pair{id, uint32(t)}) }); err != nil {
				return err
			}
		}
		lists[part] = list
		return nil
	})
	return slices.Concat(lists...), err
}

// countFigures counts the figures that were found by a column.
func (res *Result) countFigures(col int) (list []Count, err error) {
	if res.counts == nil {
		return nil, fmt.Errorf("facet %s: the search was not asked for facets", figureFields[col].name)
	}
	names := res.f.ix.keywords.list()
	for word, n := range res.counts[col] {
		if n > 0 && names[word] != "" {
			list = append(list, Count{Value: names[word], N: n})
		}
	}
	return list, nil
}

// A tally counts figures by what their columns have: for each column, by the numbers of
// keywords.
type tally [][]int

// newTally counts nothing yet.
func newTally() tally { return make(tally, len(figureFields)) }

// add counts some figures of a report, once each; or takes them back with -1.
func (t tally) add(r *report, refs []ref, once int) {
	figs, words := r.figures(), r.keywords()
	n := len(r.ix.keywords.list())
	for col, f := range figureFields {
		if f.facet {
			t.sized(col, n)
			figs.cols[col].count(refs, words, t[col], once)
		}
	}
}

// sized makes room for n keywords.
func (t tally) sized(col, n int) {
	if short := n - len(t[col]); short > 0 {
		t[col] = append(t[col], make([]int, short)...)
	}
}

// total is what several tallies have together.
func total(tallies []tally) tally {
	all := newTally()
	for _, t := range tallies {
		for col, counts := range t {
			all.sized(col, len(counts))
			for word, n := range counts {
				all[col][word] += n
			}
		}
	}
	return all
}

// Keywords are what figures have in columns that are not of words: units, kinds,
// indicators; few, however many figures there are. Each has a number, which a report is
// told when it is first looked at, so that its strings need not be read again.
type keywords struct {
	*words
	of []atomic.Pointer[[]uint32] // of each report: those of its figures, in their order
}

// words are numbered as they come.
type words struct {
	mu     sync.Mutex // of who adds one
	number map[string]uint32
	names  atomic.Pointer[[]string]
}

// list has each keyword at its number.
func (w *words) list() []string {
	if list := w.names.Load(); list != nil {
		return *list
	}
	return nil
}

// numbers gives each of the strings, which lie in the file of records, its number.
func (w *words) numbers(list []string) []uint32 {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.number == nil {
		w.number = map[string]uint32{}
	}
	numbers, names := make([]uint32, len(list)), w.list()
	for i, s := range list {
		n, known := w.number[s]
		if !known {
			n, s = uint32(len(names)), strings.Clone(s)
			names = append(names, s) // who has the list sees nothing of it
			w.number[s] = n
		}
		numbers[i] = n
	}
	w.names.Store(&names)
	return numbers
}

// keywords are the numbers of the keywords of a report.
func (r *report) keywords() []uint32 {
	w := &r.ix.keywords
	if known := w.of[r.id].Load(); known != nil {
		return *known
	}
	numbers := w.numbers(r.figures().strings(siColumn))
	w.of[r.id].Store(&numbers)
	return numbers
}

// regions divides code and name. A code that has had several names has that which
// most of the hits have.
func regions(list []Count) []Count {
	slices.SortFunc(list, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value)) })
	var sums []Count
	at := make(map[string]int)
	for _, c := range list {
		code, name, _ := strings.Cut(c.Value, " ")
		if i, has := at[code]; has {
			sums[i].N += c.N
			continue
		}
		at[code] = len(sums)
		sums = append(sums, Count{code, name, c.N})
	}
	return sums
}
