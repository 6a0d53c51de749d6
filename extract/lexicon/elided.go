package lexicon

import "strings"

// loadElided reads elided.txt into two tries of reversed words.
func (lex *Lexicon) loadElided() {
	via, units := map[string]int32{}, map[string]int32{}
	eachLine("elided", func(_ int, line string) {
		f := strings.Fields(line)
		for _, w := range f[1:] {
			if f[0] == "via" {
				via[reverse(w)] = 0
			} else {
				units[reverse(w)] = lex.index(f[0])
			}
		}
	})
	lex.via, lex.elided = newTrie(via), newTrie(units)
}

// index is the place of a unit in All. It panics if there is none: a line of
// the data files names a unit that units.txt lacks.
func (lex *Lexicon) index(name string) int32 {
	v, ok := lex.Units.Has([]rune(name))
	if !ok {
		panic("lexicon: no unit " + name)
	}
	return v
}

// Elided returns the unit that a bare number after the words in before has,
// nil if its unit is not clear, and whether a verb stands between.
func (lex *Lexicon) Elided(before []rune) (u *Unit, verb bool) {
	at := lex.PastVia(before)
	verb = at < len(before)
	n, v := lex.elided.LongestBefore(before[:at])
	if n == 0 {
		return nil, verb
	}
	return &lex.All[v], verb
}

// PastVia is how many runes of words stand before the verbs that may part them from a
// number: 性别比|已达到.
func (lex *Lexicon) PastVia(before []rune) int {
	for range 3 {
		n, _ := lex.via.LongestBefore(before)
		if n == 0 {
			break
		}
		before = before[:len(before)-n]
	}
	return len(before)
}
