package lexicon

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A DateWord is a word of time with what it tells.
type DateWord struct {
	Runes       int    // how long it is
	Of          string // from which year Years counts: year, that of the report; spoken, that in which it is given; said, the one named last; own, that one or that of the report; same, the time named last; era, the year before the first of a reign
	Years       int
	First, Last int // months, 0 where it tells none
}

// loadDates reads dates.txt.
func (lex *Lexicon) loadDates() {
	words := map[string]int32{}
	eachLine("dates", func(n int, line string) {
		f := strings.Fields(line)
		if len(f) < 3 || len(f) > 5 || !slices.Contains([]string{"year", "spoken", "said", "own", "same", "era"}, f[1]) {
			panic(fmt.Sprintf("lexicon: dates.txt:%d: %q", n, line))
		}
		w := DateWord{Runes: utf8.RuneCountInString(f[0]), Of: f[1]}
		numbers := []*int{&w.Years, &w.First, &w.Last}
		for i, s := range f[2:] {
			v, err := strconv.Atoi(s)
			if err != nil {
				panic(fmt.Sprintf("lexicon: dates.txt:%d: %q", n, line))
			}
			*numbers[i] = v
		}
		words[f[0]] = int32(len(lex.DateWords))
		lex.DateWords = append(lex.DateWords, w)
	})
	lex.Dates = newTrie(words)
}
