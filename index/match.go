package index

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"

	"mingxi/corpus/fold"
)

// holds reports whether a report satisfies the plan.
func (f *finder) holds(p plan, r *report) bool {
	switch p := p.(type) {
	case planWord:
		return len(f.spots(p.leaf, r, true)) > 0
	case planReport:
		return f.about(p, r)
	case planYear:
		y := r.about().year
		return p.lo <= y && y <= p.hi
	case planFigure:
		set := r.marks(r.figures().n)
		for i := range set {
			set[i] = true
		}
		f.keep(p, r, set)
		return slices.Contains(set, true)
	case planNot:
		return !f.holds(p.plan, r)
	case planOr:
		return slices.ContainsFunc(p, func(c plan) bool { return f.holds(c, r) })
	case planAnd:
		return !slices.ContainsFunc(p, func(c plan) bool { return !f.holds(c, r) })
	}
	return true
}

// about answers the fields of reports.
func (f *finder) about(p planReport, r *report) bool {
	switch p.Name {
	case "title":
		return strings.Contains(fold.String(r.about().title), p.Text)
	case "org":
		return strings.Contains(fold.String(r.about().org), p.Text)
	case "section":
		for start, end := range r.headings {
			if bytes.Contains(r.text()[start:end], []byte(p.Text)) {
				return true
			}
		}
		return false
	}
	h := r.about()
	return strings.Contains(fold.String(h.region), p.Text) ||
		slices.ContainsFunc(codes(h.code), func(code string) bool { return slices.Contains(p.codes, code) })
}

// A needle is a folded text to be found in others, by its rarest byte: the first
// bytes of Chinese characters are all alike.
type needle struct {
	text string
	rare int
}

func newNeedle(s string) needle {
	n := needle{text: s}
	best := math.MaxInt
	for i := range len(s) {
		if k := frequency[s[i]]; k < best {
			best, n.rare = k, i
		}
	}
	return n
}

// frequency is about how frequent a byte is in Chinese text.
var frequency = func() (list [256]int) {
	for i := range list {
		switch {
		case i >= 0xe0:
			list[i] = 10000
		case i >= 0x80:
			list[i] = 100
		}
	}
	for _, r := range "，。、的年人工作和在一是有为了县市区全发展农村城社会生活保障" {
		for _, b := range []byte(string(r))[1:] {
			list[b] += 50
		}
	}
	return list
}()

// index is the first place of the needle in the text from a place on; -1 if none.
func (n *needle) index(text []byte, from int) int {
	for i := from + n.rare; i < len(text) && n.text != ""; i++ {
		j := bytes.IndexByte(text[i:], n.text[n.rare])
		if j < 0 {
			return -1
		}
		i += j
		if at := i - n.rare; at+len(n.text) <= len(text) && string(text[at:at+len(n.text)]) == n.text {
			return at
		}
	}
	return -1
}

// A spot is a place in the text of a report, in bytes.
type spot struct{ at, end int }

// scratch is what looking at reports uses again and again.
type scratch struct {
	spotList []spot
	ownList  []spot
	bools    []bool // handed out by marks
	lengths  []uint32
	mentions []mention
}

// marks returns n marks, none set, that last as long as the report is looked at.
func (s *scratch) marks(n int) []bool {
	at := len(s.bools)
	if at+n > cap(s.bools) {
		s.bools, at = make([]bool, 0, max(4096, 2*n)), 0 // those handed out keep the old
	}
	s.bools = s.bools[:at+n]
	list := s.bools[at : at+n : at+n]
	clear(list)
	return list
}

// numbers is marks of numbers.
func (s *scratch) numbers(n int) []uint32 {
	at := len(s.lengths)
	if at+n > cap(s.lengths) {
		s.lengths, at = make([]uint32, 0, max(1024, 2*n)), 0
	}
	s.lengths = s.lengths[:at+n]
	list := s.lengths[at : at+n : at+n]
	clear(list)
	return list
}

// spots finds a leaf in the text of a report, rising; of two places that begin alike
// the longer. One is enough if that is said. The list lasts until the next.
func (f *finder) spots(n int, r *report, enough bool) []spot {
	l, text, list := &f.plans.leaves[n], r.text(), r.spotList[:0]
	if len(l.words) == 1 {
		list = find(list, l.words[0], text, 0, len(text), enough)
	}
	for end := 0; len(l.words) > 1 && !(enough && len(list) > 0); {
		next := find(list[len(list):], l.words[0], text, end, len(text), true)
		if len(next) == 0 {
			break
		}
		at := slices.MinFunc(next, func(a, b spot) int { return a.at - b.at }).at
		var start int
		start, end = r.sentenceAt(at)
		end = max(end, at+1)
		list = l.near(list, text, start, end)
	}
	if len(l.words) > 1 || len(l.words[0]) > 1 {
		slices.SortFunc(list, func(a, b spot) int { return cmp.Or(a.at-b.at, b.end-a.end) })
		list = slices.CompactFunc(list, func(a, b spot) bool { return a.at == b.at })
	}
	r.spotList = list
	return list
}

// find appends the places of a word in all its spellings that begin in from ≤ i < end,
// also those that overlap; of each spelling the first, if one is enough.
func find(list []spot, word []needle, text []byte, from, end int, enough bool) []spot {
	for k := range word {
		n := &word[k]
		part := text[:min(end-1+len(n.text), len(text))]
		for at := n.index(part, from); at >= 0; at = n.index(part, at+1) {
			if list = append(list, spot{at, at + len(n.text)}); enough {
				break
			}
		}
	}
	return list
}

// near appends the places of the words in the sentence from start to end if all of
// them are there, in their order if that is asked.
func (l *leaf) near(list []spot, text []byte, start, end int) []spot {
	before := len(list)
	for _, word := range l.words {
		n := len(list)
		if list = find(list, word, text, start, end, false); len(list) == n {
			return list[:before]
		}
		if l.ordered {
			start = slices.MinFunc(list[n:], func(a, b spot) int { return a.end - b.end }).end
		}
	}
	return list
}

// keep clears the marks of the figures that do not satisfy the plan. A word finds the
// figures of the sentences that hold it, and those that have it in their label or in
// the headings above them; a condition on reports keeps all or none.
func (f *finder) keep(p plan, r *report, set []bool) {
	switch p := p.(type) {
	case planWord:
		f.keepMentioned(p.leaf, r, set)
	case planReport:
		if p.Name == "section" {
			r.keep(&condition{columns: []int{sectionColumn}, words: true, text: p.Text}, set)
		} else if !f.about(p, r) {
			clear(set)
		}
	case planYear:
		if !f.holds(p, r) {
			clear(set)
		}
	case planFigure:
		for i := range p {
			if p[i].columns == nil { // sizes first: they are read quickest
				r.keepSizes(&p[i], set)
			}
		}
		for i := range p {
			if p[i].columns != nil && slices.Contains(set, true) {
				r.keep(&p[i], set)
			}
		}
	case planNot:
		not := r.marks(len(set))
		copy(not, set)
		f.keep(p.plan, r, not)
		for i := range set {
			set[i] = set[i] && !not[i]
		}
	case planOr:
		some := r.marks(len(set))
		one := r.marks(len(set))
		for _, c := range p {
			copy(one, set)
			f.keep(c, r, one)
			for i := range some {
				some[i] = some[i] || one[i]
			}
		}
		copy(set, some)
	case planAnd:
		for _, c := range p {
			if !slices.Contains(set, true) {
				return
			}
			f.keep(c, r, set)
		}
	}
}

// keepSizes keeps the figures of a size.
func (r *report) keepSizes(c *condition, set []bool) {
	f := r.figures()
	low, high := math.Inf(-1), math.Inf(1)
	if c.r.Low.Known() {
		low = c.r.Low.Float()
	}
	if c.r.High.Known() {
		high = c.r.High.Float()
	}
	unit := -1
	if c.r.Unit != "" {
		words, names := r.keywords(), r.ix.keywords.list()
		if unit = slices.IndexFunc(words, func(n uint32) bool { return names[n] == c.r.Unit }); unit < 0 {
			clear(set)
			return
		}
	}
	for i := range set {
		if set[i] {
			v := f.value(i) // NaN is in no range
			set[i] = v >= low && v <= high && !(c.r.OverLow && v == low) && !(c.r.UnderTop && v == high) &&
				(unit < 0 || f.cols[siColumn].at(i) == unit)
		}
	}
}

// keep keeps the figures that have what is asked in one of the columns.
func (r *report) keep(c *condition, set []bool) {
	f := r.figures()
	var count int
	var has func(k int) bool
	if col := c.columns[0]; figureFields[col].words {
		list := f.strings(col)
		count, has = len(list), func(k int) bool { return c.has(list[k]) }
	} else {
		words, names := r.keywords(), r.ix.keywords.list()
		count, has = len(words), func(k int) bool { return c.has(names[words[k]]) }
	}
	known, yes := r.marks(count), r.marks(count)
	for i := range set {
		set[i] = set[i] && slices.ContainsFunc(c.columns, func(col int) bool {
			k := f.cols[col].at(i)
			if !known[k] {
				known[k], yes[k] = true, has(k)
			}
			return yes[k]
		})
	}
}

// keepMentioned keeps the figures that a word is about.
func (f *finder) keepMentioned(leaf int, r *report, set []bool) {
	m := f.mention(leaf, r)
	for i := range set {
		set[i] = set[i] && (m.sentence(i) || m.label(i) > 0 || m.path(i))
	}
}

// A mention says where a word stands, as seen from the figures of a report: which of
// their labels, of the headings above them and of their sentences have it, by number.
// Of those that do, labels and paths have the length; nil if none does.
type mention struct {
	leaf          int
	figs          *figures
	labels, paths []uint32
	sentences     []bool
}

// mention makes that of a leaf, once for a report.
func (f *finder) mention(leaf int, r *report) *mention {
	if at := slices.IndexFunc(r.mentions, func(m mention) bool { return m.leaf == leaf }); at >= 0 {
		return &r.mentions[at]
	}
	if len(r.mentions) == 0 { // room for all, so that none of them moves
		r.mentions = slices.Grow(r.mentions, len(f.plans.leaves))
	}
	m := mention{leaf: leaf, figs: r.figures()}
	if words := f.plans.leaves[leaf].words; len(words) > 1 { // they are sought in sentences only
		m.sentences = r.with(f.spots(leaf, r, false))
	} else {
		spots := find(r.spotList[:0], words[0], r.text(), 0, len(r.text()), false)
		if len(words[0]) > 1 {
			slices.SortFunc(spots, func(a, b spot) int { return a.at - b.at })
		}
		r.spotList = spots
		m.sentences = r.with(spots)
		m.labels = m.figs.holding(labelColumn, words[0], r, spots)
		m.paths = m.figs.holding(sectionColumn, words[0], r, spots)
	}
	r.mentions = append(r.mentions, m)
	return &r.mentions[len(r.mentions)-1]
}

// with are the sentences, by number, in which one of the places begins, which rise; nil
// if there are none.
func (r *report) with(spots []spot) []bool {
	if len(spots) == 0 {
		return nil
	}
	starts, k := r.sentences(), 0
	list := r.marks(max(1, starts.len()))
	for _, s := range spots {
		for k+1 < starts.len() && starts.at(k+1) <= s.at {
			k++
		}
		if starts.len() == 0 || s.at >= starts.at(k) {
			list[k] = true
		}
	}
	return list
}

func (m *mention) label(i int) (length uint32) {
	if m.labels == nil {
		return 0
	}
	return m.labels[m.figs.cols[labelColumn].at(i)]
}

func (m *mention) path(i int) bool {
	return m.paths != nil && m.paths[m.figs.cols[sectionColumn].at(i)] > 0
}

func (m *mention) sentence(i int) bool {
	return m.sentences != nil && m.sentences[m.figs.in.at(i)]
}
