package indicator

import (
	"slices"
	"strconv"
	"strings"

	"mingxi/schema"
)

// Bases are the words for what a growth is held against.
type Bases struct {
	before  []string // name the year before
	besides []string // may stand beside that: 同期, 实际
}

// LoadBases returns those of data/words.txt.
func LoadBases() *Bases { return &newWords().bases }

// OnYearBefore reports a growth on the year before its own, which is what the indicators of growth are: not on a
// plan, nor on 2010年, nor over five years. The header of a table may leave it out. Year is that of the report.
func (b *Bases) OnYearBefore(m *schema.Metric, year int) bool {
	if m.Period.Start != "" {
		year, _ = strconv.Atoi(m.Period.Start[:4])
	}
	return m.Kind != schema.Change || m.Cell != "" && m.Slots.Base == "" || b.yearBefore(m.Slots.Base, year)
}

// yearBefore reports a base of growth that is the year before a year (0 if that is not known): 上年同期, 上年
// (assumed), 2012年 of 2013; not 计划, 2010年, 上年预算.
func (b *Bases) yearBefore(base string, year int) bool {
	base = clean(base)
	rest := base
	for _, name := range append([]string{strconv.Itoa(year-1) + "年"}, b.before...) {
		if tail, ok := strings.CutPrefix(base, name); ok {
			rest = tail
			break
		}
	}
	if rest == base {
		return false
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
