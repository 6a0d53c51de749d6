package index

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"

	"mingxi/corpus/fold"
	"mingxi/schema"
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

// A plan is a query made ready: words folded and with their synonyms, numbers
// converted, the conditions on a figure gathered. It is the same for all segments.
type plan interface{}

type (
	planAll  struct{}
	planWord struct{ leaf int } // of plans.leaves
	planNot  struct{ plan }
	planAnd  []plan
	planOr   []plan
	// planReport is a condition on what is known about the report.
	planReport struct{ Field }
	planYear   struct{ Range }
	// planFigure is what one figure must be.
	planFigure []condition
)

// A leaf is a word, or several near one another, with all ways to write them.
type leaf struct {
	words    [][]spelling // one for a phrase, more for near
	ordered  bool
	positive bool // it counts for the score and is marked
}

// A spelling is one way to write a word: itself or a synonym, folded.
type spelling []rune

// A condition is one thing asked of a figure.
type condition struct {
	field string
	text  string // folded where the field is
	pre   bool
	r     Range // of value; Low and High converted
}

// plans holds the plan of a query and its leaves.
type plans struct {
	root     plan
	leaves   []leaf
	synonyms *synonymTable // nil if they are off
	used     []Expansion
}

func newPlans(q Query, t *synonymTable) *plans {
	p := &plans{synonyms: t}
	p.root = convert(p.plan(q, true))
	return p
}

func (p *plans) plan(q Query, positive bool) plan {
	switch q := q.(type) {
	case Phrase:
		return p.leaf([]Phrase{q}, false, positive)
	case Near:
		return p.leaf(q.Phrases, q.Ordered, positive)
	case Field:
		return planField(q)
	case Range:
		if q.Name == "year" {
			return planYear{q}
		}
		return planFigure{condition{field: "value", r: q}}
	case And:
		return p.and(q, positive)
	case Or:
		var list planOr
		for _, c := range q {
			list = append(list, convert(p.plan(c, positive)))
		}
		return list
	case Not:
		return planNot{convert(p.plan(q.Query, !positive))}
	}
	return planAll{}
}

// and joins the conditions on a figure and gives value: the unit beside it.
func (p *plans) and(q And, positive bool) plan {
	var list planAnd
	var figure planFigure
	for _, c := range q {
		switch c := p.plan(c, positive).(type) {
		case planFigure:
			figure = append(figure, c...)
		default:
			list = append(list, c)
		}
	}
	if figure != nil {
		unit := ""
		for _, c := range figure {
			if c.field == "unit" && !c.pre {
				unit = c.text
			}
		}
		for i := range figure {
			if r := &figure[i].r; figure[i].field == "value" && r.Unit == "" {
				r.Unit = unit
			}
		}
		list = append(list, convert(figure))
	}
	return list
}

// convert brings the bounds of value: to the unit that figures are converted to.
func convert(p plan) plan {
	f, ok := p.(planFigure)
	if !ok {
		return p
	}
	f = slices.Clone(f)
	for i := range f {
		if r := &f[i].r; f[i].field == "value" && r.Unit != "" {
			unit := r.Unit
			r.Low, r.Unit = toSI(r.Low, unit)
			r.High, _ = toSI(r.High, unit)
		}
	}
	return f
}

func (p *plans) leaf(list []Phrase, ordered, positive bool) plan {
	l := leaf{ordered: ordered, positive: positive}
	for _, w := range list {
		words := []spelling{spelling(fold.Append(nil, w.Text))}
		if p.synonyms != nil && !w.Exact {
			others := p.synonyms.expand(fold.String(w.Text))
			for _, o := range others {
				words = append(words, spelling([]rune(o)))
			}
			if len(others) > 0 {
				p.used = append(p.used, Expansion{Word: w.Text, Also: others})
			}
		}
		l.words = append(l.words, words)
	}
	p.leaves = append(p.leaves, l)
	return planWord{len(p.leaves) - 1}
}

func planField(f Field) plan {
	switch f.Name {
	case "title", "org", "section", "region":
		f.Text = fold.String(f.Text)
		return planReport{f}
	case "label":
		return planFigure{condition{field: f.Name, text: fold.String(f.Text)}}
	}
	return planFigure{condition{field: f.Name, text: f.Text, pre: f.Prefix}}
}

// A run is a query against one segment.
type run struct {
	*segment
	ctx      context.Context
	plans    *plans
	regions  map[string][]string // codes of the regions that the query names
	found    []spots             // of each leaf
	mentions []mention           // of each leaf, where figures are sought
}

// spots are the places of a leaf, rising, each with its length in characters.
type spots struct {
	done bool
	at   []uint32
	size []uint32 // nil if all are as long as one
	one  uint32
	in   []stretchOf // the reports that they stand in
}

// stretchOf is the places lo ≤ i < hi of a list that stand in a report.
type stretchOf struct{ report, lo, hi int32 }

func (s *spots) len(i int) uint32 {
	if s.size == nil {
		return s.one
	}
	return s.size[i]
}

// spots finds a leaf once.
func (r *run) spots(n int) *spots {
	s := &r.found[n]
	if s.done {
		return s
	}
	l := &r.plans.leaves[n]
	*s = r.word(l.words[0])
	if len(l.words) > 1 {
		lists := []spots{*s}
		for _, w := range l.words[1:] {
			lists = append(lists, r.word(w))
		}
		*s = r.near(lists, l.ordered)
	}
	s.done = true
	s.in = r.divide(s.at)
	return s
}

// divide finds the reports that hold the places.
func (r *run) divide(at []uint32) []stretchOf {
	var list []stretchOf
	rep, n := 0, r.reports.len()
	for i := 0; i < len(at); {
		p := at[i]
		rep = gallop(rep, n, func(k int) bool { return r.reports.at(k, repEnd) > p })
		if rep == n {
			break
		}
		end := r.reports.at(rep, repEnd)
		j := i + 1
		for j < len(at) && at[j] < end {
			j++
		}
		list = append(list, stretchOf{int32(rep), int32(i), int32(j)})
		i = j
	}
	return list
}

// word finds all spellings of a word.
func (r *run) word(w []spelling) spots {
	var s spots
	lists := 0
	for _, sp := range w {
		at := r.find(sp)
		if len(at) == 0 {
			continue
		}
		if lists++; lists == 1 {
			s.at, s.one = at, uint32(len(sp))
			continue
		}
		s = union(s, spots{at: at, one: uint32(len(sp))})
	}
	if s.one == 0 && len(w) > 0 {
		s.one = uint32(len(w[0]))
	}
	return s
}

// union merges two lists of places; of two at one place the longer stays.
func union(a, b spots) spots {
	u := spots{at: make([]uint32, 0, len(a.at)+len(b.at)), size: make([]uint32, 0, len(a.at)+len(b.at))}
	i, j := 0, 0
	for i < len(a.at) || j < len(b.at) {
		switch {
		case j == len(b.at) || i < len(a.at) && a.at[i] < b.at[j]:
			u.at, u.size = append(u.at, a.at[i]), append(u.size, a.len(i))
			i++
		case i == len(a.at) || b.at[j] < a.at[i]:
			u.at, u.size = append(u.at, b.at[j]), append(u.size, b.len(j))
			j++
		default:
			u.at, u.size = append(u.at, a.at[i]), append(u.size, max(a.len(i), b.len(j)))
			i++
			j++
		}
	}
	return u
}

// near keeps the places of the lists where each list has one in the same
// sentence, in their order if that is asked.
func (r *run) near(lists []spots, ordered bool) spots {
	type spot struct{ at, size uint32 }
	var kept []spot
	ends := make([]int, len(lists))
	starts := make([]int, len(lists))
	var sentence sentenceWalk
	for i := 0; i < len(lists[0].at); {
		lo, hi := sentence.around(r.segment, lists[0].at[i])
		ok := true
		for k := range lists {
			at := lists[k].at
			starts[k] = gallop(ends[k], len(at), func(i int) bool { return at[i] >= lo })
			ends[k] = starts[k]
			for ends[k] < len(at) && at[ends[k]] < hi {
				ends[k]++
			}
			ok = ok && ends[k] > starts[k]
		}
		i = ends[0]
		if !ok {
			continue
		}
		if ordered && !chain(lists, starts, ends) {
			continue
		}
		for k, l := range lists {
			for j := starts[k]; j < ends[k]; j++ {
				kept = append(kept, spot{l.at[j], l.len(j)})
			}
		}
	}
	slices.SortFunc(kept, func(a, b spot) int {
		if a.at != b.at {
			return int(int64(a.at) - int64(b.at))
		}
		return int(b.size) - int(a.size)
	})
	kept = slices.CompactFunc(kept, func(a, b spot) bool { return a.at == b.at })
	s := spots{at: make([]uint32, len(kept)), size: make([]uint32, len(kept))}
	for i, k := range kept {
		s.at[i], s.size[i] = k.at, k.size
	}
	return s
}

// chain reports whether the lists can follow one another within the sentence,
// and narrows each to what can take part.
func chain(lists []spots, starts, ends []int) bool {
	next := uint32(0)
	for k := range lists {
		l := &lists[k]
		for starts[k] < ends[k] && l.at[starts[k]] < next {
			starts[k]++
		}
		if starts[k] == ends[k] {
			return false
		}
		next = l.at[starts[k]] + l.len(starts[k])
	}
	return true
}

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

// reportsAmong keeps the reports with a figure that satisfies all conditions.
func (r *run) reportsAmong(set bitset, f planFigure) (bitset, error) {
	set.and(r.live)
	if err := r.narrow(set, f); err != nil {
		return nil, err
	}
	if len(f) == 1 && f[0].settled() {
		return set, nil
	}
	test := r.tests(f)
	for rep := range set.each {
		if !r.anyFigure(rep, test) {
			set.clear(rep)
		}
	}
	return set, nil
}

func (r *run) anyFigure(rep int, tests []func(int) bool) bool {
	for f, end := r.figureBase(rep), r.figureBase(rep+1); f < end; f++ {
		if passes(f, tests) {
			return true
		}
	}
	return false
}

func passes(figure int, tests []func(int) bool) bool {
	for _, t := range tests {
		if !t(figure) {
			return false
		}
	}
	return true
}

// settled reports whether bleve's answer for the condition is the whole answer.
func (c condition) settled() bool { return c.field != "value" && c.field != "label" && !c.pre }

// narrow asks bleve which of the reports can have figures like this.
func (r *run) narrow(set bitset, f planFigure) error {
	asked := make(map[condition]bool)
	for _, c := range f {
		var terms []string
		switch {
		case c.field == "value" && c.r.Unit != "":
			c.field, c.text = "unit", c.r.Unit
			fallthrough
		case c.settled():
			terms = []string{c.text}
		case c.field == "label":
			terms = textTerms(c.text)
		default:
			continue
		}
		key := condition{field: c.field, text: c.text}
		if asked[key] {
			continue
		}
		asked[key] = true
		one, err := r.having(r.ctx, c.field, terms)
		if err != nil {
			return err
		}
		set.and(one)
	}
	return nil
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

// tests makes the conditions functions of a figure's number, the size first: it
// costs least. A unit that the size is in already is not asked again.
func (r *run) tests(f planFigure) []func(int) bool {
	var first, rest []func(int) bool
	unit := ""
	for _, c := range f {
		if c.field == "value" {
			first, unit = append(first, r.test(c)), c.r.Unit
		}
	}
	for _, c := range f {
		if c.field != "value" && !(c.field == "unit" && c.text == unit && !c.pre) {
			rest = append(rest, r.test(c))
		}
	}
	return append(first, rest...)
}

func (r *run) test(c condition) func(int) bool {
	switch c.field {
	case "label":
		return r.inSet(secFigLabel, containing(r.labels, c.text))
	case "value":
		v := r.valueRange(c.r)
		return v.has
	case "kind", "status":
		return r.kindTest(c)
	}
	codes := r.matchingCodes(c)
	in := func(sec int) func(int) bool {
		col := short(r.sec[sec])
		return func(f int) bool { return codes.has(int(col.at(f))) }
	}
	switch c.field {
	case "indicator":
		return in(secFigCode)
	case "per":
		return in(secFigPer)
	}
	unit, si := in(secFigUnit), in(secFigSI)
	return func(f int) bool { return unit(f) || si(f) }
}

func (r *run) inSet(sec int, set bitset) func(int) bool {
	col := column(r.sec[sec])
	return func(f int) bool { return set.has(int(col.at(f))) }
}

func (r *run) matchingCodes(c condition) bitset {
	set := newBitset(r.codes.len())
	for i := range r.codes.len() {
		s := r.codes.at(uint32(i))
		if s == c.text || c.pre && strings.HasPrefix(s, c.text) {
			set.set(i)
		}
	}
	return set
}

func (r *run) kindTest(c condition) func(int) bool {
	var want [256]bool
	for k := range want {
		name := ""
		if kind := schema.Measure(k & 15); c.field == "kind" && kind <= schema.Suspect {
			name = kind.String()
		} else if status := schema.Status(k >> 4); c.field == "status" && status <= schema.Planned {
			name = status.String()
		}
		want[k] = name != "" && (name == c.text || c.pre && strings.HasPrefix(name, c.text))
	}
	col := r.sec[secFigKind]
	return func(f int) bool { return want[col[f]] }
}

// A valueRange is a range of sizes over the columns of a segment.
type valueRange struct {
	values, units []byte
	unit          uint16
	anyUnit       bool
	low, high     float64
	openLow       bool // low itself is out
	openHigh      bool
}

// valueRange reads a range; with a unit, only figures converted to it count.
func (r *run) valueRange(v Range) valueRange {
	c := valueRange{values: r.sec[secFigValue], units: r.sec[secFigSI], anyUnit: v.Unit == "",
		low: math.Inf(-1), high: math.Inf(1), openLow: v.OverLow, openHigh: v.UnderTop}
	if v.Low.Known() {
		c.low = v.Low.Float()
	}
	if v.High.Known() {
		c.high = v.High.Float()
	}
	if !c.anyUnit {
		found := false
		for i := range r.matchingCodes(condition{text: v.Unit}).each {
			c.unit, found = uint16(i), true
		}
		if !found {
			c.high = math.Inf(-1) // no figure is in this unit
			c.openHigh = true
		}
	}
	return c
}

// has reports whether the value of a figure lies in the range; NaN never does.
func (c *valueRange) has(f int) bool {
	if !c.anyUnit && binary.LittleEndian.Uint16(c.units[2*f:]) != c.unit {
		return false
	}
	x := math.Float64frombits(binary.LittleEndian.Uint64(c.values[8*f:]))
	return x >= c.low && x <= c.high && !(c.openLow && x == c.low) && !(c.openHigh && x == c.high)
}

// containing returns the strings of a pool that hold the folded text.
func containing(p pool, text string) bitset {
	set := newBitset(p.len())
	for i := range p.len() {
		if strings.Contains(view(p.view(uint32(i))), text) {
			set.set(i)
		}
	}
	return set
}
