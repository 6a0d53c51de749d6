package extract

import (
	"slices"
	"strings"

	"mingxi/schema"
)

// Old yuan. On 1 March 1955 one new yuan took the place of 10,000 old ones. A sum that
// the text calls old (旧币, 旧人民币) is converted in si_value. One that is only dated
// before may be printed in either: histories mostly give new yuan, reports of the time
// old ones. It has no si_value, so that nobody adds it to sums of today. Both have the
// flag old_yuan. What the text calls new (折合新币) is new.

// newYuan is the first day of the new one.
const newYuan = "1955-03-01"

// A tender says which yuan a sum is in.
type tender uint8

const (
	today   tender = iota
	dated          // before the new one: either
	printed        // called old
)

// tenderOf tells the yuan of a mention.
func (x *reader) tenderOf(m *mention) tender {
	if !m.isMoney() || m.name != "元" && m.unit.SI != "元" {
		return today
	}
	old, told := x.calledOld(m)
	switch {
	case old:
		return printed
	case told:
		return today
	case m.period.End != "":
		if m.period.End < newYuan {
			return dated
		}
	case x.yearOf(m.article) > 0 && x.yearOf(m.article) < 1955:
		return dated
	}
	return today
}

// tenderReach is how far before a sum, in bytes, words may say which yuan it is in.
const tenderReach = 150

// calledOld reports whether the words before a sum, or right behind it, call it old;
// told is true as well where they call it new. The nearest word counts.
func (x *reader) calledOld(m *mention) (old, told bool) {
	if !x.coins {
		return false, false
	}
	text := x.doc.Text
	after := strings.Map(foldRune, text[m.span.End:min(len(text), m.span.End+tenderReach)])
	after = strings.TrimLeft(after, "( ")
	for _, w := range x.lex.OldYuan {
		if strings.HasPrefix(after, w) {
			return true, true
		}
	}
	for _, w := range x.lex.NewYuan {
		if strings.HasPrefix(after, w) {
			return false, true
		}
	}
	before := strings.Map(foldRune, text[max(m.sentence.Start, m.span.Start-tenderReach):m.span.Start])
	o, n := lastOf(before, x.lex.OldYuan), lastOf(before, x.lex.NewYuan)
	return o > n, o >= 0 || n >= 0
}

// lastOf is where the last of some words stands in a text, -1 if none does.
func lastOf(text string, words []string) int {
	at := -1
	for _, w := range words {
		at = max(at, strings.LastIndex(text, w))
	}
	return at
}

// yearOf is the year that an article reports on, 0 if it is not known.
func (x *reader) yearOf(article int) int {
	if o := x.originOf(article); o != nil {
		return o.Year
	}
	return 0
}

// originOf is what is known of an article, nil before it is. Articles are numbered in
// the order of the text.
func (x *reader) originOf(article int) *schema.Origin {
	i, ok := slices.BinarySearchFunc(x.years, article, func(o schema.Origin, n int) int { return o.Article - n })
	if !ok {
		return nil
	}
	return &x.years[i]
}

// revalue flags a sum in old yuan and converts it, or takes its conversion away.
func (x *reader) revalue(m *mention, out *schema.Metric) {
	t := x.tenderOf(m)
	if t == today {
		return
	}
	out.Flags = append(out.Flags, "old_yuan")
	if t == dated {
		out.SI, out.SIUnit = schema.Decimal{}, ""
		return
	}
	out.SI, out.SIUnit = out.SI.Shift(-4), "元"
}
