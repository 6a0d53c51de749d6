package pdf

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// Names of glyphs (Adobe Glyph List for New Fonts): a line is a name, a space
// and the code point in hexadecimal.
//
//go:embed data/glyphs.txt
var glyphData string

var glyphNames = sync.OnceValue(func() map[string]rune {
	m := map[string]rune{}
	for line := range strings.Lines(glyphData) {
		name, hex, ok := strings.Cut(strings.TrimSpace(line), " ")
		if v, err := strconv.ParseUint(hex, 16, 32); ok && err == nil {
			m[name] = rune(v)
		}
	}
	return m
})

// glyphText returns the text of a glyph name: "A", "uni4E2D", "u20000",
// "f_i", "a.alt"; or "" when the name says nothing ("g123").
func glyphText(name string) string {
	name, _, _ = strings.Cut(name, ".")
	var b strings.Builder
	for part := range strings.SplitSeq(name, "_") {
		b.WriteString(partText(part))
	}
	return b.String()
}

func partText(name string) string {
	if r, ok := glyphNames()[name]; ok {
		return string(r)
	}
	if hex, ok := strings.CutPrefix(name, "uni"); ok && len(hex) >= 4 {
		var out []rune
		for ; len(hex) >= 4; hex = hex[4:] {
			v, err := strconv.ParseUint(hex[:4], 16, 32)
			if err != nil {
				return ""
			}
			out = append(out, rune(v))
		}
		return string(out)
	}
	if hex, ok := strings.CutPrefix(name, "u"); ok && len(hex) >= 4 && len(hex) <= 6 {
		if v, err := strconv.ParseUint(hex, 16, 32); err == nil && v <= 0x10FFFF {
			return string(rune(v))
		}
	}
	return ""
}
