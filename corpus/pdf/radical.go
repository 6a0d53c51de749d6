package pdf

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fonts made for the web often map a hanzi to the radical that looks the same
// (⻅ for 见, ⼀ for 一); a search for the hanzi would not find it. The
// Kangxi radicals U+2F00-2FD5 are folded by NFKC, the supplement U+2E80-2EF3 by
// the Unicode property Equivalent_Unified_Ideograph, kept in data/radicals.txt:
// a line is a radical, a space and its hanzi.
//
// NFKC gives the traditional form where a simplified font means the simplified
// one: ⼾ is 户 there, not 戶. Which is meant is decided for the whole file.

//go:embed data/radicals.txt
var radicalData string

var radicals = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	for line := range strings.Lines(radicalData) {
		if r := []rune(strings.TrimSpace(line)); len(r) == 3 {
			m[r[0]] = r[2]
		}
	}
	return m
})

// foldRadicals replaces radicals by the hanzi they stand for.
func foldRadicals(s string) string {
	if strings.IndexFunc(s, isRadical) < 0 {
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

func isRadical(r rune) bool { return r >= 0x2E80 && r <= 0x2FD5 }

func foldRadical(r rune) rune {
	switch {
	case twoFaced[r][0] != 0:
		return r
	case r >= 0x2F00 && r <= 0x2FD5:
		f, _ := utf8.DecodeRuneInString(norm.NFKC.String(string(r)))
		return f
	case r >= 0x2E80 && r <= 0x2EF3:
		if f, ok := radicals()[r]; ok {
			return f
		}
	}
	return r
}
