package indicator

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A phrase is a name or an alias of an indicator, as terms.
type phrase struct {
	owner  int // in the vocabulary
	text   string
	terms  []int32
	weight float64
	weak   bool     // all its terms are shared by many subjects
	growth bool     // it speaks of a change
	moved  bool     // it counts what went or came: 农村贫困人口减少
	month  bool     // it is paid by the month
	unless []string // terms that exclude it where the words before the figure say them
}

// A term is what texts are cut into. An unknown character has no number.
type term struct {
	text    string
	weight  float64
	telling bool
	rate    bool
	weak    bool
	side    bool // one of two: 城市, 农村
	own     bool // the words around a figure do not give it: they say it of another
}

// heaviest is the most that one term counts for, so that a long word does not
// make up for all others.
const heaviest = 4

// phrase reads a name. An alias with … has words before it and a unit or further
// words after it (保障城市居民…户): units are known otherwise. What stands in brackets
// at its end is a unit, if a / is in it (（元/人·月）).
func (m *matcher) phrase(owner int, name string) (p phrase, ok bool) {
	if i := strings.IndexAny(name, "（("); i > 0 && strings.Contains(name[i:], "/") {
		name = name[:i]
	}
	head, tail, gap := strings.Cut(name, "…")
	if gap && !m.isUnit(tail) {
		head += tail
	}
	p = phrase{owner: owner, text: clean(head), weak: true}
	m.words.cut(p.text, func(t string) {
		id := m.intern(t)
		if !slices.Contains(p.terms, id) {
			p.terms = append(p.terms, id)
			p.weight += m.terms[id].weight
			p.weak = p.weak && m.terms[id].weak
			p.growth = p.growth || t == "增速" || t == "涨幅"
			p.moved = p.moved || t == "减少" || t == "增加"
			p.month = p.month || t == "月"
			if other, ok := m.words.unless[t]; ok {
				p.unless = append(p.unless, other)
			}
		}
	})
	p.unless = slices.DeleteFunc(p.unless, func(other string) bool {
		id, ok := m.ids[other]
		return ok && slices.Contains(p.terms, id)
	})
	return p, len(p.terms) > 0
}

// isUnit reports whether the words after the gap of an alias are a unit: 人, 万元,
// 件（套）.
func (m *matcher) isUnit(s string) bool {
	s = strings.TrimLeft(clean(s), "万亿")
	if s == "" {
		return true
	}
	_, ok := m.units.stands[s]
	return ok
}

func (m *matcher) intern(text string) int32 {
	if id, ok := m.ids[text]; ok {
		return id
	}
	id := int32(len(m.terms))
	m.ids[text] = id
	m.terms = append(m.terms, m.term(text))
	return id
}

func (m *matcher) term(text string) term {
	return term{text, min(heaviest, float64(utf8.RuneCountInString(text))), m.words.telling[text], m.words.rate[text], m.words.weak[text], m.words.sides[text], m.words.own[text]}
}
