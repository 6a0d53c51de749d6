package indicator

// This file says whether a growth is on the year before, which alone has an indicator of growth.

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// Bases are the words for what a growth is held against.
type Bases struct {
	before  []string // name the year before
	besides []string // may stand beside that: 同期, 实际
	against []string // before a year, make it a base and no time of the figure: 比2011年
}

// LoadBases returns those of data/words.txt.
func LoadBases() *Bases { return &newWords().bases }

// OnYearBefore reports a growth on the year before its own, which is what the indicators of growth are: not on a
// plan, nor on 2010年, nor over five years. The header of a table may leave it out. Year is that of the report, before
// what its sentence says before it.
func (b *Bases) OnYearBefore(m *schema.Metric, year int, before string) bool {
	return m.Kind != schema.Change || m.Cell != "" && m.Slots.Base == "" || b.yearBefore(m.Slots.Base, b.own(m, year, before))
}

// own is the year that a figure is of: that of its dates, else that of its report, else the last one that its
// sentence says before it, which may have two digits; 0 if nobody says it.
func (b *Bases) own(m *schema.Metric, year int, before string) int {
	for _, date := range []string{m.Period.End, m.Period.Start} {
		if len(date) >= 4 {
			year, _ = strconv.Atoi(date[:4])
			return year
		}
	}
	if year > 0 {
		return year
	}
	if said, _ := cutYear(m.Period.Printed); said > 0 {
		return said
	}
	for i := 0; i < len(before); {
		said, rest := cutYear(before[i:])
		if said > 0 && !slices.ContainsFunc(b.against, func(w string) bool { return strings.HasSuffix(before[:i], w) }) {
			year = said
		}
		if i = len(before) - len(rest); said == 0 {
			_, n := utf8.DecodeRuneInString(rest)
			i += n
		}
	}
	return year
}

// yearBefore reports a base of growth that is the year before a year (0 if that is not known): 上年同期, 上年
// (assumed), 2012年, 一二年 of 2013; not 计划, 2010年, 上年预算.
func (b *Bases) yearBefore(base string, year int) bool {
	said, rest := cutYear(base)
	if said == 0 {
		rest = base
	}
	if rest = clean(rest); said > 0 {
		short := said < 100 || year < 100
		if year == 0 || said != year-1 && !(short && said%100 == (year+99)%100) {
			return false
		}
	} else {
		i := slices.IndexFunc(b.before, func(w string) bool { return strings.HasPrefix(rest, w) })
		if i < 0 {
			return false
		}
		rest = rest[len(b.before[i]):]
	}
	for rest != "" {
		i := slices.IndexFunc(b.besides, func(w string) bool { return strings.HasPrefix(rest, w) })
		if i < 0 {
			return false
		}
		rest = rest[len(b.besides[i]):]
	}
	return true
}

// cutYear parts a text behind the year that it begins with: 1957年, 一九五七年, 57年, 2 0 1 3年. It is 0 for a number of
// years (五年, 十二年), and rest is then behind the digits.
func cutYear(text string) (year int, rest string) {
	const zeros, han = "〇○零", "〇一二三四五六七八九"
	digits := 0
	for i, r := range text {
		d := int(r - '0')
		switch {
		case r >= '０' && r <= '９':
			d = int(r - '０')
		case strings.ContainsRune(zeros, r):
			d = 0
		case strings.ContainsRune(han, r):
			d = utf8.RuneCountInString(han[:strings.IndexRune(han, r)])
		case r == ' ':
			continue
		case r == '年' && (digits == 2 || digits == 4):
			return year, text[i+len("年"):]
		case r < '0' || r > '9':
			return 0, text[i:]
		}
		if digits++; digits > 4 {
			year = 0
			continue
		}
		year = year*10 + d
	}
	return 0, ""
}
