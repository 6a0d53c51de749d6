package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A line is a line of text in reading order, or a table standing in its place.
type line struct {
	x0, x1, y, size float64
	text            string
	page            int
	column          int     // 0 where the page is not in columns
	left, right     float64 // margins of its column
	group           int
	table           *table
	loose           bool // a row of a table that cannot be read
	unread          int  // rows of a table that begins here and cannot be read
	note            bool
	tabular         bool // has a wide gap inside
}

// lineOf joins the segments of a row.
func lineOf(segs []seg) line {
	l := line{x0: segs[0].x0, x1: segs[0].x1, y: segs[0].y, size: segs[0].size, table: segs[0].table}
	if l.table != nil {
		return l
	}
	var glyphs []glyph
	for i, s := range segs {
		if i > 0 && s.x0-segs[i-1].x1 > 1.8*s.size {
			l.tabular = true
		}
		l.x0, l.x1 = min(l.x0, s.x0), max(l.x1, s.x1)
		glyphs = append(glyphs, s.glyphs...)
	}
	l.size, l.y = mainSize(glyphs)
	l.text = textOf(glyphs)
	return l
}

// textOf writes out the glyphs of a line, with spaces where they matter:
// between Latin words, and where a gap or drawn spaces part two hanzi by about
// an em. Justification and the small gap between hanzi and digits are none.
func textOf(glyphs []glyph) string {
	var b strings.Builder
	end, size := 0.0, 0.0
	drawn := false
	last := rune(0)
	main, base := mainSize(glyphs)
	for _, g := range glyphs {
		g.s = raised(g, main, base)
		if strings.TrimSpace(g.s) == "" {
			drawn = true
			continue
		}
		first, _ := utf8.DecodeRuneInString(g.s)
		if last != 0 && spaced(last, first, g.x-end, max(size, g.size), drawn) {
			b.WriteByte(' ')
		}
		b.WriteString(g.s)
		last, _ = utf8.DecodeLastRuneInString(g.s)
		end = max(g.x+g.w, end)
		if len(g.s) > 0 && g.x+g.w < end-size {
			end = g.x + g.w
		}
		size, drawn = g.size, false
	}
	return strings.TrimSpace(b.String())
}

// raised returns a glyph's text; a small raised digit is written as what it is,
// so that 12.5 with a note mark 3 does not become 12.53, and m2 is m².
func raised(g glyph, size, base float64) string {
	if len(g.s) != 1 || g.s[0] < '0' || g.s[0] > '9' || g.size > 0.8*size || base-g.y < 0.12*size {
		return g.s
	}
	return string([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[g.s[0]-'0'])
}

// spaced decides on a space between two characters.
func spaced(a, b rune, gap, size float64, drawn bool) bool {
	em := gap / size
	if isWide(a) && isWide(b) {
		return em > 0.8
	}
	if isWide(a) || isWide(b) {
		return em > 0.8 || drawn && em > 0.3 && !unicode.IsPunct(a) && !unicode.IsPunct(b)
	}
	if drawn {
		return em > 0.05
	}
	if unicode.IsDigit(a) && unicode.IsDigit(b) {
		return em > 0.3
	}
	return em > 0.2
}
