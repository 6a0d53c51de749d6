package agree

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// A Unit is one thing that several coders have put in a category, one value a
// coder; an empty value is one that a coder did not give.
type Unit []string

// Alpha is Krippendorff's alpha for nominal categories: 1 is perfect agreement, 0
// what chance would give, and less is disagreement by system. Units with fewer than
// two values count for nothing. It reports false where there is nothing to compare,
// and 1 where all values are one category.
//
// The formula is that of K. Krippendorff, Computing Krippendorff's Alpha-Reliability
// (2011), for any number of coders and missing values.
func Alpha(units []Unit) (alpha float64, ok bool) {
	same, total := 0.0, 0.0
	of := map[string]float64{}
	for _, u := range units {
		counts, m := u.counts()
		if m < 2 {
			continue
		}
		for value, n := range counts {
			same += n * (n - 1) / (m - 1)
			of[value] += n
		}
		total += m
	}
	if total == 0 {
		return 0, false
	}
	chance := 0.0
	for _, n := range of {
		chance += n * (n - 1)
	}
	if all := total * (total - 1); chance < all {
		return ((total-1)*same - chance) / (all - chance), true
	}
	return 1, true
}

// counts are how often each value was given, and how many were.
func (u Unit) counts() (counts map[string]float64, m float64) {
	counts = map[string]float64{}
	for _, value := range u {
		if value != "" {
			counts[value]++
			m++
		}
	}
	return counts, m
}

// rounds is how often Bootstrap draws.
const rounds = 1000

// Interval is the 95% interval of Alpha by bootstrap: documents are drawn with
// replacement, since figures of one document are alike. The same documents give the
// same interval. It reports false for fewer than two documents.
func Interval(documents [][]Unit) (low, high float64, ok bool) {
	var units []Unit
	return Bootstrap(documents, func(drawn [][]Unit) (float64, bool) {
		units = units[:0]
		for _, d := range drawn {
			units = append(units, d...)
		}
		return Alpha(units)
	})
}

// Bootstrap is the 95% interval of a statistic of documents, drawn again and again with
// replacement. Draws of which the statistic cannot be told count for nothing.
func Bootstrap[T any](documents []T, statistic func(drawn []T) (value float64, ok bool)) (low, high float64, ok bool) {
	if len(documents) < 2 {
		return 0, 0, false
	}
	draw := rand.New(rand.NewPCG(1, 2))
	var values []float64
	drawn := make([]T, len(documents))
	for range rounds {
		for i := range drawn {
			drawn[i] = documents[draw.IntN(len(documents))]
		}
		if v, ok := statistic(drawn); ok {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return 0, 0, false
	}
	slices.Sort(values)
	return values[len(values)*25/1000], values[(len(values)*975-1)/1000], true
}

// Coded are the fields that are categories.
var Coded = []string{"unit", "kind", "status", "approx"}

// Units are the figures that both the sample and the program have of one document,
// as the two coded them, for each of Coded; none is a category of its own. Figures of
// one side alone are what F1 counts: there is no telling how many places without a
// figure both passed over.
func Units(gold []Gold, got []Row) map[string][]Unit {
	units := map[string][]Unit{}
	add := func(field, a, b string) {
		units[field] = append(units[field], Unit{cmp.Or(a, "none"), cmp.Or(b, "none")})
	}
	for _, p := range align(gold, got) {
		g, r := &gold[p.gold], &got[p.got]
		if g.loose() {
			continue
		}
		add("unit", unit(g.Unit), unit(r.Unit))
		add("kind", g.Kind, r.Kind)
		add("status", g.Status, r.Status)
		add("approx", g.Approx, r.Approx)
	}
	return units
}
