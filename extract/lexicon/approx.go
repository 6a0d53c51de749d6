package lexicon

import (
	"fmt"
	"strings"
)

// Direction is the approximation that a word gives: about, over or under.
type Direction int32

// The directions of approx.txt.
const (
	About Direction = iota + 1
	Over
	Under
)

// loadApprox reads approx.txt into two tries: words before a number, backwards
// because they are met from its end, and words after it.
func (lex *Lexicon) loadApprox() {
	before, after := map[string]int32{}, map[string]int32{}
	eachLine("approx", func(n int, line string) {
		f := strings.Fields(line)
		d, ok := map[string]Direction{"about": About, "over": Over, "under": Under}[f[1]]
		if !ok || f[0] != "before" && f[0] != "after" {
			panic(fmt.Sprintf("lexicon: approx.txt:%d: %q", n, line))
		}
		for _, w := range f[2:] {
			if f[0] == "before" {
				before[reverse(w)] = int32(d)
			} else {
				after[w] = int32(d)
			}
		}
	})
	lex.Before, lex.After = newTrie(before), newTrie(after)
}

// loadPers reads pers.txt: every line is a base of rates with its spellings.
func (lex *Lexicon) loadPers() {
	words := map[string]int32{}
	eachLine("pers", func(_ int, line string) {
		f := strings.Fields(line)
		for _, w := range f {
			words[w] = int32(len(lex.Bases))
		}
		lex.Bases = append(lex.Bases, f[0])
	})
	lex.Pers = newTrie(words)
}

// What a word of policy.txt speaks for.
const (
	PolicyRule = 0
	PolicyDone = 1
	PolicyAct  = 2
)

// loadPolicy reads policy.txt.
func (lex *Lexicon) loadPolicy() {
	words := map[string]int32{}
	eachLine("policy", func(_ int, line string) {
		f := strings.Fields(line)
		v := int32(PolicyRule)
		switch f[0] {
		case "done":
			v = PolicyDone
		case "act":
			v = PolicyAct
		}
		for _, w := range f[1:] {
			words[w] = v
		}
	})
	lex.Policy = newTrie(words)
}

func reverse(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}
