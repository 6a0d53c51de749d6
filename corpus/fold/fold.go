// Package fold makes texts comparable: traditional characters become
// simplified, full-width letters and digits half-width, capitals small,
// radicals and compatibility forms of PDF fonts the characters they stand for.
//
// It maps character to character, so that an offset in characters (runes) means
// the same place before and after; offsets in bytes do not. Folding is for
// comparing and finding: 著 and 着 stay apart, 乾 becomes 干 also in 乾隆.
package fold

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed characters.txt
var characters string

// A page holds what 256 neighbouring characters fold to; 0 is the character itself.
type page [256]rune

// table finds the page of a character by its upper bits; nil pages fold nothing.
type table [unicode.MaxRune>>8 + 1]*page

var load = sync.OnceValue(func() *table {
	t := new(table)
	for line := range strings.Lines(characters) {
		from, to, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || line[0] == '#' {
			continue
		}
		r, _ := utf8.DecodeRuneInString(from)
		s, _ := utf8.DecodeRuneInString(to)
		t.set(r, s)
	}
	for r, hanzi := range radicals() {
		t.set(r, t.get(hanzi)) // ⻑ is 長 is 长
	}
	t.addWidthAndCase()
	return t
})

// addWidthAndCase adds Ａ to a, １ to 1, （ to (, the ideographic space to a
// space, and the small forms of letters up to Greek and Cyrillic.
func (t *table) addWidthAndCase() {
	for r := rune('！'); r <= '～'; r++ {
		t.set(r, unicode.ToLower(r-'！'+'!'))
	}
	t.set('\u3000', ' ')
	for r := rune('A'); r < 0x530; r++ {
		if l := unicode.ToLower(r); l != r {
			t.set(r, l)
		}
	}
	for r := rune('Ⅰ'); r <= 'Ⅿ'; r++ { // Ⅱ級 is found as ⅱ级
		t.set(r, unicode.ToLower(r))
	}
}

func (t *table) set(from, to rune) {
	p := t[from>>8]
	if p == nil {
		p = new(page)
		t[from>>8] = p
	}
	p[from&0xff] = to
}

func (t *table) get(r rune) rune {
	if uint32(r) > unicode.MaxRune {
		return r
	}
	if p := t[r>>8]; p != nil && p[r&0xff] != 0 {
		return p[r&0xff]
	}
	return r
}

// Rune folds one character: 縣 is 县, Ａ is a, １ is 1.
func Rune(r rune) rune { return load().get(r) }

// String folds every character of s. It returns s itself where nothing changes.
// The result has as many characters as s; bytes that are no UTF-8 count as one
// character each and become U+FFFD if anything else changes.
func String(s string) string {
	t := load()
	for i, r := range s {
		if t.get(r) != r {
			return t.rest(s, i)
		}
	}
	return s
}

// rest folds s from byte i on, where the first change is.
func (t *table) rest(s string, i int) string {
	var b strings.Builder
	b.Grow(len(s) + utf8.UTFMax)
	b.WriteString(s[:i])
	for _, r := range s[i:] {
		b.WriteRune(t.get(r))
	}
	return b.String()
}
