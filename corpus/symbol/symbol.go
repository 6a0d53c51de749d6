// Package symbol knows the fonts whose characters are signs: Symbol, Wingdings and
// their like. A document in Word's formats stores a sign by its place in such a font
// (≥ is 0xB3 of Symbol, also as U+F0B3), not as a character.
package symbol

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// Lines of a font in brackets, then place in hexadecimal, a space and the characters
// from that place on. Symbol is encoded as in Adobe's Symbol Encoding (Appendix D.5 of
// the PDF Reference); of the others, what stands in reports.
//
//go:embed fonts.txt
var data string

// A font maps places to characters; 0 is no sign that we know.
type font [256]rune

var fonts = sync.OnceValue(func() map[string]*font {
	all := map[string]*font{}
	var f *font
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "# "):
			continue
		case line[0] == '[':
			f = new(font)
			all[strings.Trim(line, "[]")] = f
			continue
		}
		hex, signs, _ := strings.Cut(line, " ")
		at, _ := strconv.ParseUint(hex, 16, 8)
		for _, r := range signs {
			f[at] = r
			at++
		}
	}
	return all
})

// Unknown stands for a sign that we do not know.
const Unknown = '□'

// Is reports whether a font is one of signs.
func Is(name string) bool { return fonts()[fold(name)] != nil }

func fold(name string) string {
	return strings.ToLower(strings.Trim(strings.TrimSpace(name), `";`))
}

// Rune is the character of a sign in a font: places are 0x20 to 0xFF, also as U+F020 to
// U+F0FF. In a font of another kind a private place is Unknown, and every other
// character stands for itself.
func Rune(name string, r rune) rune {
	place := r
	if r >= 0xf000 && r <= 0xf0ff {
		place = r - 0xf000
	}
	f := fonts()[fold(name)]
	switch {
	case f == nil && place != r:
		return Unknown
	case f == nil, place > 0xff:
		return r
	case place <= ' ':
		return ' '
	case f[place] != 0:
		return f[place]
	}
	return Unknown
}

// String maps each character of a text in a font.
func String(name, s string) string {
	if fonts()[fold(name)] == nil {
		return s
	}
	return strings.Map(func(r rune) rune { return Rune(name, r) }, s)
}

// Field is the sign that the instruction of a field asks for: SYMBOL 179 \f "Symbol".
func Field(instruction string) (rune, bool) {
	words := strings.Fields(instruction)
	if len(words) < 2 || !strings.EqualFold(words[0], "SYMBOL") {
		return 0, false
	}
	n, err := strconv.ParseUint(words[1], 0, 16)
	if err != nil {
		return 0, false
	}
	name := ""
	for i, w := range words {
		switch {
		case strings.EqualFold(w, `\f`) && i+1 < len(words):
			name = words[i+1]
		case strings.HasPrefix(w, `\f"`):
			name = w[2:]
		}
	}
	if name == "" && n < 0x80 {
		return rune(n), true
	}
	return Rune(name, rune(n)), true
}
