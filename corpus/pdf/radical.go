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

func isRadical(r rune) bool { return r >= 0x2E80 && r <= 0x2FD5 }

func foldRadical(r rune) rune {
	switch {
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
