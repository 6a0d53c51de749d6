package pdf

import (
	"strings"
	"unicode/utf8"

	"mingxi/corpus/fold"
)

// A few Kangxi radicals have two hanzi: ⼾ is 户 where a simplified font means it and 戶
// in another. Which is meant is decided for the whole file; the other radicals that
// fonts put for hanzi are folded glyph by glyph.

// foldRadicals replaces radicals by the hanzi they stand for.
func foldRadicals(s string) string {
	if strings.IndexFunc(s, fold.IsRadical) < 0 {
		return s
	}
	return strings.Map(foldRadical, s)
}

// twoFaced are the radicals whose hanzi depends on the script: simplified first.
var twoFaced = map[rune][2]rune{'⼾': {'户', '戶'}, '⾭': {'青', '靑'}, '⿈': {'黄', '黃'}}

// settle folds the two-faced radicals of a paper.
func (p *paper) settle() {
	which := -1
	for _, pg := range p.pages {
		for i := range pg.glyphs {
			r, n := utf8.DecodeRuneInString(pg.glyphs[i].s)
			face, ok := twoFaced[r]
			if !ok || n != len(pg.glyphs[i].s) {
				continue
			}
			if which < 0 {
				which = p.script()
			}
			pg.glyphs[i].s = string(face[which])
		}
	}
}

// script is 0 for simplified characters and 1 for traditional ones.
func (p *paper) script() int {
	const simplified, traditional = "这们国会对发为个业经济设进农县资级镇万与", "這們國會對發為個業經濟設進農縣資級鎮萬與"
	n := 0
	for _, pg := range p.pages {
		for i := range pg.glyphs {
			switch {
			case strings.Contains(simplified, pg.glyphs[i].s):
				n++
			case strings.Contains(traditional, pg.glyphs[i].s):
				n--
			}
		}
	}
	if n < 0 {
		return 1
	}
	return 0
}

func foldRadical(r rune) rune {
	if twoFaced[r][0] != 0 {
		return r // see settle
	}
	return fold.Radical(r)
}
