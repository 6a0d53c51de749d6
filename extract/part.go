package extract

import (
	"strings"

	"mingxi/schema"
)

// Part of which total: 其中, lists that add up, sub-areas.

// relate finds the totals of the mentions from base on: those of one sentence.
func (x *reader) relate(base int) {
	open := -1 // index of the last mention before 其中
	for i := base; i < len(x.all); i++ {
		m := &x.all[i]
		if m.inPart && i > 0 {
			open = i - 1
		}
		if open < 0 || m.kind == schema.Change || m.isPercent() {
			continue
		}
		if p := x.totalFor(m, open); p >= 0 {
			m.parent = p
			m.because("part_of", "part/其中", schema.Span{}, "")
		}
	}
}

// totalFor finds the total of a part after 其中: the last figure before it with
// the same unit; of several, the one whose label ends alike (成灾 for 成灾).
func (x *reader) totalFor(m *mention, open int) int {
	best, line := -1, x.all[open].line
	for i := open; i >= 0 && i > open-8 && x.all[i].line >= line-1; i-- {
		t := &x.all[i]
		if t.parent >= 0 && t.line == x.all[open].line && i != open || !sameUnit(t, m) || t.kind == schema.Change || t.isPercent() {
			continue
		}
		if best < 0 {
			best = i
		}
		if verbOf(t.label) != "" && verbOf(t.label) == verbOf(m.label) {
			return i
		}
		if t.line != x.all[open].line {
			break
		}
	}
	return best
}

func sameUnit(a, b *mention) bool {
	return a.name == b.name || isPerson(a.name) && isPerson(b.name)
}

func isPerson(unit string) bool {
	return unit == "人" || unit == "名" || unit == "位" || unit == "口"
}

// verbOf is the word of state in a label, by which lists are matched.
func verbOf(label string) string {
	for _, w := range []string{"受灾", "成灾", "绝收", "倒塌", "损坏", "死亡"} {
		if strings.Contains(label, w) {
			return w
		}
	}
	return ""
}

// parts resolves what needs the whole document.
func (x *reader) parts() {}
