package indicator

import (
	"slices"
	"strings"
)

// Find returns the indicators that a query speaks of, the nearest first: its
// words are looked for in code, names, aliases, unit and domain, and all of them
// must be there. Without words it returns all, in their order.
func (v *Vocabulary) Find(query string) []*Indicator {
	wanted := strings.Fields(strings.ToLower(query))
	type hit struct {
		one  *Indicator
		rank int
	}
	var hits []hit
	for i := range v.list {
		one := &v.list[i]
		rank := 0
		for _, w := range wanted {
			r := one.speaks(w)
			if r == 0 {
				rank = -1
				break
			}
			rank += r
		}
		if rank >= 0 {
			hits = append(hits, hit{one, rank})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.rank - a.rank })
	found := make([]*Indicator, len(hits))
	for i, h := range hits {
		found[i] = h.one
	}
	return found
}

// speaks says how well one word of a query fits: 0 is not at all.
func (i *Indicator) speaks(word string) int {
	switch {
	case i.Code == word || i.NameZH == word:
		return 8
	case slices.Contains(i.Aliases, word):
		return 6
	case strings.Contains(i.NameZH, word):
		return 4
	case strings.Contains(i.Code, word):
		return 3
	case slices.ContainsFunc(i.Aliases, func(a string) bool { return strings.Contains(a, word) }):
		return 2
	case strings.Contains(strings.ToLower(i.NameEN), word), i.Unit == word, i.UnitZH == word, i.Domain == word, i.DomainZH == word:
		return 1
	}
	return 0
}
