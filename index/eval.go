package index

import (
	"fmt"
	"strings"

	"mingxi/corpus/fold"
)

// # How a query is answered
//
// Each segment is asked on its own, and each part of the query becomes a set: of
// reports, or of figures where figures are sought. Words become lists of
// positions first (grams.go), which the score and the marks need again. AND, OR
// and NOT are operations on sets.
//
// What is asked of one figure (label:, unit:, value: …) belongs together: in
// `unit:公顷 value:>1000` one figure must be both. So an AND keeps such
// conditions apart, lets the words, the years and bleve's fields narrow the
// reports, and then looks at the figures of those reports only.

// reportsOf returns the reports that satisfy the plan, dead ones included.
func (r *run) reportsOf(p plan) (bitset, error) {
	if err := r.ctx.Err(); err != nil {
		return nil, err
	}
	switch p := p.(type) {
	case planWord:
		set := newBitset(r.reports.len())
		for _, in := range r.spots(p.leaf).in {
			set.set(int(in.report))
		}
		return set, nil
	case planReport:
		return r.about(p.Field)
	case planYear:
		return r.years(p.Range), nil
	case planFigure:
		return r.reportsAmong(r.all(), p)
	case planNot:
		set, err := r.reportsOf(p.plan)
		if err != nil {
			return nil, err
		}
		rest := r.all()
		rest.andNot(set)
		return rest, nil
	case planOr:
		set := newBitset(r.reports.len())
		for _, q := range p {
			one, err := r.reportsOf(q)
			if err != nil {
				return nil, err
			}
			set.or(one)
		}
		return set, nil
	case planAnd:
		return r.reportsAll(p)
	}
	return r.all(), nil
}

func (r *run) all() bitset {
	set := newBitset(r.reports.len())
	set.setRange(0, r.reports.len())
	return set
}

// reportsAll is AND; the conditions on figures come last.
func (r *run) reportsAll(p planAnd) (bitset, error) {
	set := r.all()
	var figure planFigure
	for _, q := range p {
		if f, ok := q.(planFigure); ok {
			figure = f
			continue
		}
		one, err := r.reportsOf(q)
		if err != nil {
			return nil, err
		}
		set.and(one)
	}
	if figure == nil {
		return set, nil
	}
	return r.reportsAmong(set, figure)
}

// years returns the reports of the years.
func (r *run) years(y Range) bitset {
	set := newBitset(r.reports.len())
	lo, hi := 1, 9999
	if y.Low.Known() {
		lo, _ = wholeNumber(y.Low)
	}
	if y.High.Known() {
		hi, _ = wholeNumber(y.High)
	}
	if y.OverLow {
		lo++
	}
	if y.UnderTop {
		hi--
	}
	for i := range r.reports.len() {
		if y := int(r.reports.at(i, repYear)); lo <= y && y <= hi {
			set.set(i)
		}
	}
	return set
}

// about answers the fields of reports.
func (r *run) about(f Field) (bitset, error) {
	switch f.Name {
	case "title":
		return r.named("title", repTitle, f.Text)
	case "org":
		return r.named("org", repOrg, f.Text)
	case "section":
		return r.headed(f.Text), nil
	case "region":
		return r.inRegion(f.Text)
	}
	return nil, fmt.Errorf("search: no field %s", f.Name)
}

// named returns the reports whose column of names holds the folded text: bleve
// finds those with its characters, the names themselves decide.
func (r *run) named(field string, col int, text string) (bitset, error) {
	set, err := r.having(r.ctx, field, textTerms(text))
	if err != nil {
		return nil, err
	}
	yes := make(map[uint32]bool)
	for i := range set.each {
		n := r.reports.at(i, col)
		has, known := yes[n]
		if !known {
			has = strings.Contains(fold.String(r.names.at(n)), text)
			yes[n] = has
		}
		if !has {
			set.clear(i)
		}
	}
	return set, nil
}

// headed returns the reports with the folded text in a heading.
func (r *run) headed(text string) bitset {
	set := newBitset(r.reports.len())
	runes := []rune(text)
	for _, in := range r.divide(within(column(r.sec[secHeadings]), r.find(runes), uint32(len(runes)))) {
		set.set(int(in.report))
	}
	return set
}

// within keeps the places of size characters that lie in one of the pairs of
// start and end. It leaps over places and pairs alike, so that the shorter of the
// two lists decides how long it takes.
func within(pairs column, at []uint32, size uint32) []uint32 {
	var in []uint32
	n := pairs.len() / 2
	for i, j := 0, 0; j < len(at); {
		p := at[j]
		i = gallop(i, n, func(k int) bool { return pairs.at(2*k+1) > p })
		if i == n {
			break
		}
		start, end := pairs.at(2*i), pairs.at(2*i+1)
		j = gallop(j, len(at), func(k int) bool { return at[k] >= start })
		for ; j < len(at) && at[j] < end; j++ {
			if at[j]+size <= end {
				in = append(in, at[j])
			}
		}
	}
	return in
}

// inRegion returns the reports of a region and of all that lies in it.
func (r *run) inRegion(text string) (bitset, error) {
	if strings.Trim(text, "0123456789") == "" {
		return r.having(r.ctx, "region", []string{codeTerm(text)})
	}
	set, err := r.named("place", repRegion, text)
	if err != nil {
		return nil, err
	}
	for _, code := range r.regions[text] {
		one, err := r.having(r.ctx, "region", []string{codeTerm(code)})
		if err != nil {
			return nil, err
		}
		set.or(one)
	}
	return set, nil
}
