package indicator

import (
	"fmt"
	"slices"
	"strings"

	"mingxi/schema"
)

// A Figure is what a figure says of itself, as far as the mapping needs it.
type Figure struct {
	Label   string // without the place
	Unit    string // as printed, without multipliers
	Per     string // of a rate: 人·月
	Kind    schema.Measure
	Whole   string // label of the total that it is a part of
	Heading string // the heading right above
	Context string // headings above that, and the title
	Clause  string // the words of the text around it
	Before  string // those of them that stand before it
	Topic   string // what its sentence says first that it is about: 殡葬 of 7、殡葬:全年死亡93人
	Domain  string // that the figures around it belong to, if known
	Year    int    // reported on, 0 if not known
}

// A Match is an indicator that a figure belongs to; the zero Match is none.
type Match struct {
	Code  string
	Score float64 // 0..1
	name  *phrase // that explains the figure
}

// What counts how much. The figures were chosen on hand-made samples; a test
// holds what they reach.
const (
	accepted    = 0.76 // least score
	margin      = 0.02 // by which the best must be ahead of the next
	fromHeading = 1.15 // a telling term of the name that the heading or the total gives
	fromAbove   = 0.85 // another term that the heading or the total gives, or one that headings above give
	fromClause  = 0.7  // a term that only the words around the figure give
	repeated    = 0.35 // a term of the label that only repeats its heading or total
	akin        = 0.1  // a term of the label that another name of the same indicator has
	exact       = 0.01 // for a name that is printed letter by letter
	around      = 0.03 // for a domain that the texts or figures around speak of …
	farther     = 0.02 // … less where only headings above or the title do
	unspoken    = 0.4  // against a name that many subjects share, where they do not
)

// matcher is a vocabulary made ready: its names as terms, and where each stands.
type matcher struct {
	words   *words
	units   *unitTable
	list    []Indicator
	ids     map[string]int32
	terms   []term
	phrases []phrase
	holding [][]int32 // term → phrases with it
	speaks  [][]int32 // indicator → terms of all its names
	owners  [][]int32 // and back: term → indicators
	unit    []int     // indicator → its unit in units.names; 0 is none
	also    [][]int   // indicator → the other units that it is printed in
	years   [][2]int  // indicator → the first and the last year of its era; 0 is an open end
	domain  []int     // indicator → its domain in domains
	domains []string
}

func newMatcher(list []Indicator, from []int) *matcher {
	m := &matcher{words: newWords(), units: newUnits(), list: list, ids: map[string]int32{}, unit: make([]int, len(list)), also: make([][]int, len(list)), years: make([][2]int, len(list)), domain: make([]int, len(list))}
	for i := range list {
		m.unit[i] = m.units.index(list[i].Unit)
		for _, unit := range list[i].Also {
			m.also[i] = append(m.also[i], m.units.index(unit))
		}
		m.years[i][0], m.years[i][1] = list[i].Years()
		m.domain[i] = slices.Index(m.domains, list[i].Domain)
		if m.domain[i] < 0 {
			m.domain[i] = len(m.domains)
			m.domains = append(m.domains, list[i].Domain)
		}
		for _, name := range list[i].names() {
			if p, ok := m.phrase(i, name); ok {
				m.phrases = append(m.phrases, p)
			}
		}
	}
	m.phrases = unhidden(m.phrases, list, from)
	m.holding, m.owners, m.speaks = make([][]int32, len(m.terms)), make([][]int32, len(m.terms)), make([][]int32, len(list))
	for i := range m.words.nodes {
		n := &m.words.nodes[i]
		for _, word := range n.terms {
			if id, ok := m.ids[word]; ok {
				n.known = append(n.known, id)
				continue
			}
			t := m.term(word)
			n.other, n.tells = n.other+t.weight, n.tells || t.telling
		}
	}
	for n, p := range m.phrases {
		for _, t := range p.terms {
			m.holding[t] = append(m.holding[t], int32(n))
			if !slices.Contains(m.speaks[p.owner], t) {
				m.speaks[p.owner] = append(m.speaks[p.owner], t)
				m.owners[t] = append(m.owners[t], int32(p.owner))
			}
		}
	}
	return m
}

// unhidden are the names without those that a later list gives to another indicator of the same unit, nature and era.
func unhidden(phrases []phrase, list []Indicator, from []int) []phrase {
	key := func(p *phrase) string {
		one := &list[p.owner]
		terms := slices.Clone(p.terms)
		slices.Sort(terms)
		return fmt.Sprint(terms, one.Unit, one.Nature, one.Era)
	}
	last := map[string]int{}
	if slices.ContainsFunc(from, func(n int) bool { return n > 0 }) {
		for i := range phrases {
			k := key(&phrases[i])
			last[k] = max(last[k], from[phrases[i].owner])
		}
	}
	return slices.DeleteFunc(phrases, func(p phrase) bool { return len(last) > 0 && last[key(&p)] > from[p.owner] })
}

// Match returns the indicator of a figure. It depends on the figure alone.
func (v *Vocabulary) Match(f Figure) Match { return v.asker().match(f) }

// An asker maps figures one after another. It remembers the texts around them,
// which many share.
type asker struct {
	*Vocabulary
	texts map[string]*text
	room  []uint64 // see bits
	asked []int32  // phrase → number of the figure that asked for it last
	n     int32

	covers []cover // by indicator
	sides  sides   // of the text

	// What is asked now.
	Figure
	label, heading, whole, context *text
	clause, before                 *text     // nil until they are looked at
	side                           *siding   // the one that the words before the figure say last; so too
	topics                         []string  // domains that its sentence says first it is about
	fit                            []float64 // by unit of the vocabulary; 0 is another unit
	best                           float64   // score of the name that came nearest
}

// A text is the terms of a label or of what stands around it: those that names
// have by number, the others by weight alone.
type text struct {
	clean   string
	known   []int32
	holds   []uint64 // the same as bits
	other   float64  // weight of the terms that no name has
	telling bool     // one of those tells siblings apart
	said    []int8   // by domain: 0 not asked yet, 1 it speaks of it, -1 it does not
}

// A cover is how much of the label that is asked for an indicator speaks of.
type cover struct {
	n       int32 // as of asker
	weight  float64
	telling int // terms
}

func (v *Vocabulary) asker() *asker {
	return &asker{Vocabulary: v, texts: map[string]*text{}, asked: make([]int32, len(v.phrases)), covers: make([]cover, len(v.list)), fit: make([]float64, len(v.units.names))}
}

// text cuts a text into terms, once.
func (a *asker) text(s string) *text {
	t, ok := a.texts[s]
	if !ok {
		t = a.cut(s)
		t.said = make([]int8, len(a.domains))
		a.texts[s] = t
	}
	return t
}

func (a *asker) cut(s string) *text {
	t := &text{clean: clean(s), holds: a.bits(len(a.terms))}
	for rest := t.clean; rest != ""; {
		end, n := a.words.longest(rest)
		if n != nil {
			for _, id := range n.known {
				t.add(id)
			}
			t.other, t.telling = t.other+n.other, t.telling || n.tells
		} else if id, ok := a.ids[rest[:end]]; ok {
			t.add(id)
		} else {
			t.other++ // a character that no word has
		}
		rest = rest[end:]
	}
	return t
}

// bits is room for so many bits, of what is allocated for many texts at a time.
func (a *asker) bits(n int) []uint64 {
	n = n/64 + 1
	if len(a.room) < n {
		a.room = make([]uint64, 32*n)
	}
	bits := a.room[:n:n]
	a.room = a.room[n:]
	return bits
}

func (t *text) add(id int32) {
	if !t.has(id) {
		t.known = append(t.known, id)
		t.holds[id/64] |= 1 << (id % 64)
	}
}

// has reports whether a known term is in the text.
func (t *text) has(id int32) bool { return t.holds[id/64]>>(id%64)&1 == 1 }

// match is Match.
func (a *asker) match(f Figure) Match {
	a.best = 0
	if !a.ask(f) {
		return Match{}
	}
	var best, second float64
	var name *phrase
	owner := -1
	a.n++
	all, whole := a.cover()
	for _, t := range a.label.known {
		for _, n := range a.holding[t] {
			p := &a.phrases[n]
			if a.asked[n] == a.n {
				continue
			}
			a.asked[n] = a.n
			if c := a.covers[p.owner]; c.n == a.n && (c.telling < all.telling || fromHeading*(1-(all.weight-c.weight)/whole)+exact+around < accepted-margin) {
				continue // whatever the name: score would come to the same
			}
			s := a.score(p)
			switch {
			case s <= 0:
			case p.owner == owner && s <= best:
			case p.owner == owner:
				best, name = s, p
			case s > best:
				best, second, owner, name = s, best, p.owner, p
			default:
				second = max(second, s)
			}
		}
	}
	a.best = best
	if owner < 0 || best < accepted || best-second < margin {
		return Match{}
	}
	return Match{a.list[owner].Code, min(best, 1), name}
}

// cover weighs, by indicator, what of the label its names have, as left does. It
// returns that of the label, and the weight of the label as a whole.
func (a *asker) cover() (all cover, whole float64) {
	all.weight, whole = a.label.other, a.label.other
	for _, id := range a.label.known {
		t := &a.terms[id]
		if t.rate && a.Per != "" {
			continue
		}
		whole += t.weight
		weight, telling := t.weight, 0
		if t.telling {
			telling = 1
		} else if a.heading.has(id) || a.whole.has(id) {
			weight *= repeated
		}
		all.weight, all.telling = all.weight+weight, all.telling+telling
		for _, owner := range a.owners[id] {
			c := &a.covers[owner]
			if c.n != a.n {
				*c = cover{n: a.n}
			}
			c.weight, c.telling = c.weight+weight, c.telling+telling
		}
	}
	return all, whole
}

// ask takes up a figure. It reports false if nothing of the vocabulary has such a
// unit.
func (a *asker) ask(f Figure) bool {
	units := a.units.of(f.Unit, f.Per)
	if len(units) == 0 {
		return false
	}
	clear(a.fit)
	for _, u := range units {
		a.fit[u.unit] = max(a.fit[u.unit], u.fit)
	}
	label := f.Label
	if f.Per == "月" {
		label = "月" + label
	}
	a.label, a.whole = a.text(label), a.text(f.Whole)
	if a.heading == nil || f.Heading != a.Heading || f.Context != a.Context { // as it mostly is of the figure before
		a.heading, a.context = a.text(f.Heading), a.text(f.Context)
	}
	if f.Clause != a.Clause || f.Before != a.Before { // as they are where a figure is asked for again
		a.clause, a.before, a.side = nil, nil, nil
	}
	a.Figure, a.topics = f, a.words.domains(f.Topic)
	return !a.label.telling
}

// score says how well a name explains a figure: the share of the label that it
// explains times the share of the name that the label and what stands above it
// give. 0 is a contradiction: another unit, kind or era, or a term left over that
// tells siblings apart.
func (a *asker) score(p *phrase) float64 {
	fit := a.fit[a.unit[p.owner]]
	for _, unit := range a.also[p.owner] {
		fit = max(fit, a.fit[unit]*lesser)
	}
	if fit == 0 || !within(a.Year, a.years[p.owner]) || !kindFits(a.Kind, &a.list[p.owner], p) || slices.ContainsFunc(p.unless, a.saidBefore) {
		return 0
	}
	left, whole, ok := a.left(p)
	if !ok {
		return 0
	}
	score := func(given float64) float64 { return fit * given / p.weight * (1 - left/whole) }
	given, open, _ := a.given(p, false)
	if score(given)+exact+around < accepted-margin { // whatever the words around say: it neither wins nor rivals
		return 0
	}
	if open {
		if given, _, ok = a.given(p, true); !ok {
			return 0
		}
	}
	s := score(given)
	if p.text == a.label.clean {
		s += exact
	}
	switch near, spoken := a.spoken(a.domain[p.owner]); {
	case p.weak && (p.weight <= 1 && a.Domain != a.list[p.owner].Domain && !a.held() || !spoken && !a.held()): // 镇5个 is an indicator behind 街道6个
		s -= unspoken
	case near:
		s += around
	case spoken:
		s += around - farther
	}
	return s
}

// within reports whether a year lies in an era; 0 is any year, and an open end.
func within(year int, era [2]int) bool {
	return year == 0 || (era[0] == 0 || year >= era[0]) && (era[1] == 0 || year <= era[1])
}

// kindFits reports whether a figure of a kind can be of the indicator: changes
// belong to names that speak of growth, and to no others.
func kindFits(kind schema.Measure, one *Indicator, p *phrase) bool {
	switch kind {
	case schema.Change:
		return p.growth || p.moved && one.Nature == "flow"
	case schema.Standard:
		return one.Nature == "std" || one.Nature == "rate" || one.Unit == "yuan_pp"
	case schema.Amount:
		return !p.growth
	}
	return true
}

// given is the weight of the name that the label and what stands above it give.
// A telling term that nothing gives is a contradiction. Where the words around the
// figure are not looked at, they count as giving what is open.
func (a *asker) given(p *phrase, look bool) (weight float64, open, ok bool) {
	for _, id := range p.terms {
		t := &a.terms[id]
		above := a.heading.has(id) || a.whole.has(id)
		switch {
		case a.label.has(id), t.rate && a.Per != "":
			weight += t.weight
		case above && t.telling:
			weight += t.weight * fromHeading
		case above || a.context.has(id):
			weight += t.weight * fromAbove
		case (!look || a.inClause(id) && (!t.side || a.sideSuits(p))) && !t.own:
			weight += t.weight * fromClause
			open = true
		case t.telling:
			return 0, false, false
		}
	}
	return weight, open, true
}

// inClause reports whether the words around the figure have a term; of two sides (城市, 农村)
// the one that was said last. No two figures share them, and most are never asked for.
func (a *asker) inClause(id int32) bool {
	if t := &a.terms[id]; t.side {
		if side := a.lastSide(); side.word != "" {
			return t.text == side.word
		}
	}
	if a.clause == nil {
		a.clause = a.cut(a.Clause)
	}
	return a.clause.has(id)
}

// A siding is the side that the words before a figure say last.
type siding struct {
	word   string
	clause *text // that says it; nil if that is the figure's own
}

func (a *asker) lastSide() *siding {
	if a.side != nil {
		return a.side
	}
	a.side = &siding{}
	for rest := a.Before; rest != "" && a.side.word == ""; {
		at := strings.LastIndexFunc(rest, betweenClauses)
		a.side.word = a.words.sideOf(rest[at+1:])
		if a.side.word != "" && len(rest) < len(a.Before) {
			a.side.clause = a.text(rest[at+1:])
		}
		rest = rest[:max(at, 0)]
	}
	return a.side
}

// sideSuits reports whether the last side is said of what a name is of: in the figure's own clause, in one that
// only says it (在农村,低保对象860人) or in one that has a word of the name: 农村低保标准… gives its side to 发放低保金,
// not to 年末常住人口. A word of its domain is enough where no figure is told of another thing (农村社会救助进一步加强), or
// where nothing tells of both sides: 恩格尔系数.
func (a *asker) sideSuits(p *phrase) bool {
	c := a.lastSide().clause
	if c == nil || a.words.onlySide(c.clean) || slices.ContainsFunc(p.terms, func(id int32) bool { return !a.terms[id].side && c.has(id) }) {
		return true
	}
	return a.says(c, a.domain[p.owner]) && (a.list[p.owner].Parent == "" || !strings.ContainsAny(c.clean, "0123456789"))
}

// saidBefore reports a term that the words before the figure say.
func (a *asker) saidBefore(term string) bool {
	if a.before == nil {
		a.before = a.cut(a.Before)
	}
	id, ok := a.ids[term]
	return ok && a.before.has(id)
}

// held reports words before the figure that say what a place is made of: 辖镇9个、乡27个.
func (a *asker) held() bool {
	return slices.ContainsFunc(a.words.holds, func(w string) bool { return strings.Contains(a.Before, w) })
}

// left is the weight of the label that the name does not explain, and that of
// the label as a whole.
func (a *asker) left(p *phrase) (left, whole float64, ok bool) {
	left, whole = a.label.other, a.label.other
	some := 0 // of those that other names have: 低保对象 of 资助低保、五保对象参合
	for _, id := range a.label.known {
		t := &a.terms[id]
		if t.rate && a.Per != "" {
			continue
		}
		whole += t.weight
		switch {
		case slices.Contains(p.terms, id):
		case slices.Contains(a.speaks[p.owner], id):
			left += t.weight * akin
			if t.telling && !t.side && a.elsewhere(t.text, p) {
				some++
			}
		case t.telling:
			return 0, 0, false
		case a.heading.has(id) || a.whole.has(id):
			left += t.weight * repeated
		default:
			left += t.weight
		}
	}
	return left, whole, some != 1
}

// elsewhere reports a word that speaks of another domain than that of a name: 低保 of 资助低保对象参合.
func (a *asker) elsewhere(word string, p *phrase) bool {
	for domain, cues := range a.words.cues {
		if domain != a.list[p.owner].Domain && slices.Contains(cues, word) {
			return true
		}
	}
	return false
}

// spoken reports whether the label, the texts above the figure or the figures
// before it speak of a domain, and whether those next to it do. A sentence that says
// first that it is about another domain is none of theirs.
func (a *asker) spoken(domain int) (near, spoken bool) {
	if len(a.topics) > 0 && !slices.Contains(a.topics, a.domains[domain]) {
		near = a.says(a.label, domain)
		return near, near
	}
	near = a.Domain == a.domains[domain] || a.says(a.label, domain) || a.says(a.heading, domain) || a.says(a.whole, domain)
	return near, near || a.says(a.context, domain)
}

// says reports whether a text has a word that speaks of a domain.
func (a *asker) says(t *text, domain int) bool {
	if t.said[domain] == 0 {
		t.said[domain] = -1
		for _, w := range a.words.cues[a.domains[domain]] {
			if strings.Contains(t.clean, w) {
				t.said[domain] = 1
				break
			}
		}
	}
	return t.said[domain] > 0
}
