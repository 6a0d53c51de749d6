package lexicon

import (
	"fmt"
	"strconv"
	"strings"
)

// A DateWord is a word of time with what it tells.
type DateWord struct {
	Word        string
	Of          string // from which year Years counts: year, that of the report; spoken, that in which it is given; said, the one named last; own, that one or that of the report; era, the year before the first of a reign
	Years       int
	First, Last int // months, 0 where it tells none
}

// loadDates reads dates.txt, the longer words first.
func (lex *Lexicon) loadDates() {
	eachLine("dates", func(n int, line string) {
		f := strings.Fields(line)
		w := DateWord{Word: f[0], Of: f[1]}
		numbers := []*int{&w.Years, &w.First, &w.Last}
		for i, s := range f[2:] {
			v, err := strconv.Atoi(s)
			if err != nil {
				panic(fmt.Sprintf("lexicon: dates.txt:%d: %q", n, line))
			}
			*numbers[i] = v
		}
		lex.Dates = append(lex.Dates, w)
	})
}
