package fold

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// Fonts made for the web often map a hanzi to the radical that looks the same (⺠ for
// 民, ⻓ for 长, ⼀ for 一), and so does what is copied out of a PDF made with them. The
// Kangxi radicals U+2F00-2FD5 have a compatibility decomposition, the supplement
// U+2E80-2EF3 the property Equivalent_Unified_Ideograph, which is kept in radicals.txt
// with the Kangxi radicals that are simplified in characters.txt: a line is a radical, a
// space and its hanzi.
//
//go:embed radicals.txt
var radicalData string

var radicals = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	for line := range strings.Lines(characters) {
		from, n := utf8.DecodeRuneInString(line)
		if from < 0x2f00 || from > 0x2fd5 {
			continue
		}
		to, _ := utf8.DecodeRuneInString(line[min(len(line), n+1):])
		m[from] = to
	}
	for line := range strings.Lines(radicalData) {
		if r := []rune(strings.TrimSpace(line)); len(r) == 3 {
			m[r[0]] = r[2]
		}
	}
	return m
})

// IsRadical reports whether r is one of the radicals that fonts put for hanzi.
func IsRadical(r rune) bool { return r >= 0x2e80 && r <= 0x2fd5 }

// Radical is the hanzi that a radical looks like, in the script of the radical (⻑ is 長,
// ⻓ is 长; ⼾ ⾭ ⿈, which are of both, the simplified one); other characters are themselves.
func Radical(r rune) rune {
	if IsRadical(r) {
		if h, ok := radicals()[r]; ok {
			return h
		}
	}
	return r
}

// Radicals puts the hanzi for every radical in s.
func Radicals(s string) string {
	if !hasRadical(s) {
		return s
	}
	return strings.Map(Radical, s)
}

// hasRadical looks for the first two bytes that radicals have in UTF-8: E2 BA to E2 BF.
func hasRadical(s string) bool {
	for i := strings.IndexByte(s, 0xe2); i >= 0 && i+1 < len(s); {
		if s[i+1] >= 0xba {
			return true
		}
		next := strings.IndexByte(s[i+1:], 0xe2)
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}
