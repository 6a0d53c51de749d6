package indicator

import (
	"slices"
	"strings"
)

// near returns the word that s was most likely meant to be: the one with the
// fewest letters to change, at most a third of them, or one that it begins with
// or that begins with it; else empty.
func near(s string, words []string) string {
	long := len([]rune(s))
	best, least := "", long/3+1
	for _, w := range words {
		d := distance([]rune(s), []rune(w))
		if short := min(len(s), len(w)); short > 3 && s[:short] == w[:short] {
			d = min(d, long/3)
		}
		if d < least {
			best, least = w, d
		}
	}
	return best
}

// distance is the number of letters to insert, delete or replace (Levenshtein).
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}

// Nearest returns the code that a mistyped one was most likely meant to be, or
// the one with a name that is nearest to it; empty if none is near.
func (v *Vocabulary) Nearest(code string) string {
	var words []string
	of := map[string]string{}
	for i := range v.list {
		one := &v.list[i]
		for _, word := range append([]string{one.Code}, one.names()...) {
			if of[word] == "" {
				of[word], words = one.Code, append(words, word)
			}
		}
	}
	return of[near(code, words)]
}

// Has reports whether a code is one, or with prefix whether one begins so.
func (v *Vocabulary) Has(code string, prefix bool) bool {
	return slices.ContainsFunc(v.list, func(i Indicator) bool { return i.Code == code || prefix && strings.HasPrefix(i.Code, code) })
}

// Prints reports whether a unit is the printed form of one of the vocabulary.
func (v *Vocabulary) Prints(unit string) bool { return v.units.stands[unit] != nil }

// NearestUnit is the printed form of a unit of the vocabulary that is called so or nearly so; empty if there is none.
func (v *Vocabulary) NearestUnit(name string) string {
	return v.units.printed(near(name, v.units.names))
}

// Near returns the word that one was most likely meant to be, empty if none is near.
func Near(s string, words []string) string { return near(s, words) }
