package index

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"mingxi/schema"
)

// A Count is one value of a facet.
type Count struct {
	Value string // as a query takes it: 2011, 530322, 公顷
	Name  string // of a region; else empty
	N     int    // reports that have it, or figures if figures were sought
}

// Facets lists the fields that can be counted.
func Facets() []string { return []string{"year", "region", "org", "indicator", "unit", "kind"} }

// Facet counts the hits by a field, the most frequent first, at most n; all if n
// is 0. Hits without a value are left out. A report counts once for each unit
// and indicator that its figures have.
func (res *Result) Facet(field string, n int) ([]Count, error) {
	counts := make(map[string]*Count)
	for i, r := range res.runs {
		t := r.tally(field, res.o.Figures)
		if t == nil {
			return nil, fmt.Errorf("facet %s: there are %v", field, Facets())
		}
		for id, k := range t.count(res.sets[i]) {
			if k == 0 {
				continue
			}
			value, name := t.name(id)
			if value == "" {
				continue
			}
			c := counts[value]
			if c == nil {
				c = &Count{Value: value, Name: name}
				counts[value] = c
			}
			c.N += k
		}
	}
	list := make([]Count, 0, len(counts))
	for _, c := range counts {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value))
	})
	if n > 0 && len(list) > n {
		list = list[:n]
	}
	return list, nil
}

// A tally counts a set by small numbers, and names the numbers.
type tally struct {
	count func(set bitset) []int
	name  func(id int) (value, name string)
}

// tally chooses how a field is counted in this segment; nil if it cannot be.
func (r *run) tally(field string, figures bool) *tally {
	names := func(id int) (string, string) { return r.names.at(uint32(id)), "" }
	codes := func(id int) (string, string) { return r.codes.at(uint32(id)), "" }
	switch field {
	case "year":
		year := func(id int) (string, string) {
			if id == 0 {
				return "", ""
			}
			return strconv.Itoa(id), ""
		}
		return &tally{r.countReports(repYear, 1<<14, figures), year}
	case "org":
		return &tally{r.countReports(repOrg, r.names.len(), figures), names}
	case "region":
		of := make(map[int]string)
		for i := range r.reports.len() {
			of[int(r.reports.at(i, repCode))] = r.names.at(r.reports.at(i, repRegion))
		}
		return &tally{r.countReports(repCode, r.names.len(), figures),
			func(id int) (string, string) { return r.names.at(uint32(id)), of[id] }}
	case "indicator":
		return &tally{r.countFigures(short(r.sec[secFigCode]).at, r.codes.len(), figures), codes}
	case "unit":
		return &tally{r.countFigures(short(r.sec[secFigUnit]).at, r.codes.len(), figures), codes}
	case "kind":
		kind := func(f int) uint32 { return uint32(r.sec[secFigKind][f] & 15) }
		return &tally{r.countFigures(kind, 16, figures), kindName}
	}
	return nil
}

// countReports counts by a column of reports.
func (r *run) countReports(col, n int, figures bool) func(bitset) []int {
	n = max(n, 1)
	return func(set bitset) []int {
		counts := make([]int, n)
		if !figures {
			for rep := range set.each {
				counts[min(int(r.reports.at(rep, col)), n-1)]++
			}
			return counts
		}
		end, value := -1, 0
		for f := range set.each {
			if f >= end {
				rep := r.reports.find(repFigure, uint32(f))
				end, value = r.figureBase(rep+1), min(int(r.reports.at(rep, col)), n-1)
			}
			counts[value]++
		}
		return counts
	}
}

// countFigures counts by a column of figures.
func (r *run) countFigures(at func(int) uint32, n int, figures bool) func(bitset) []int {
	n = max(n, 1)
	return func(set bitset) []int {
		counts := make([]int, n)
		if figures {
			for f := range set.each {
				counts[min(int(at(f)), n-1)]++
			}
			return counts
		}
		last := make([]int, n) // report that a value was last counted for, plus 1
		for rep := range set.each {
			for f, end := r.figureBase(rep), r.figureBase(rep+1); f < end; f++ {
				if v := min(int(at(f)), n-1); last[v] != rep+1 {
					last[v] = rep + 1
					counts[v]++
				}
			}
		}
		return counts
	}
}

func kindName(id int) (string, string) {
	if k := schema.Measure(id); k <= schema.Suspect {
		return k.String(), ""
	}
	return "", ""
}
