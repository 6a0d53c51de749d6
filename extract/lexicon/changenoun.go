package lexicon

import (
	"fmt"
	"strings"
)

// The columns of changenouns.txt: what a change is called by its unit.
const (
	Rate     = iota // per cent: 增速
	Points          // percentage points, and per cent of a rate: 提高幅度
	Multiple        // 倍: 增长倍数
	Sum             // money: 增加额
	Number          // anything else: 减少(户数)
	columns
)

// ChangeNoun is what a change by the verb w is called in a unit's column.
func (lex *Lexicon) ChangeNoun(w string, column int) string {
	if row, ok := lex.changeNouns[w]; ok {
		return strings.ReplaceAll(row[column], "~", w)
	}
	return strings.ReplaceAll(lex.changeNouns["*"][column], "~", w)
}

func (lex *Lexicon) loadChangeNouns() {
	lex.changeNouns, lex.Against = map[string][columns]string{}, map[string]string{}
	eachLine("changenouns", func(n int, line string) {
		words, nouns, ok := strings.Cut(line, ":")
		f := strings.Fields(nouns)
		switch {
		case ok && len(f) == columns:
			for _, w := range strings.Fields(words) {
				lex.changeNouns[w] = [columns]string(f)
			}
		case ok && len(f) == 1:
			for _, w := range strings.Fields(words) {
				lex.Against[w] = f[0]
			}
		default:
			panic(fmt.Sprintf("lexicon: changenouns.txt:%d: %d columns", n, len(f)))
		}
	})
}
