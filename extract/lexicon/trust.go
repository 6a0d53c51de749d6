package lexicon

import (
	"fmt"
	"strconv"
	"strings"
)

// Odds turn a sum of weights, in hundredths of log-odds, into a share in per cent: the
// share is n where the sum has reached the nth of them.
type Odds []int

// Share is the share in per cent that a sum of weights stands for, 1 to 99.
func (o Odds) Share(sum int) int {
	n := 1
	for n <= len(o) && sum >= o[n-1] {
		n++
	}
	return n
}

// loadTrust reads trust.txt: the name of a sign and its weight, and the line odds.
func (lex *Lexicon) loadTrust() {
	lex.Trust = map[string]int{}
	eachLine("trust", func(n int, line string) {
		name, rest, _ := strings.Cut(line, " ")
		for _, w := range strings.Fields(rest) {
			v, err := strconv.Atoi(w)
			if err != nil {
				panic(fmt.Sprintf("lexicon: trust.txt:%d: %v", n, err))
			}
			if name == "odds" {
				lex.Odds = append(lex.Odds, v)
			} else {
				lex.Trust[name] = v
			}
		}
	})
}
