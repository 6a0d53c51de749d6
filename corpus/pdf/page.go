package pdf

import (
	"fmt"
	"strings"
	"unicode"
)

// A paper is a file as an engine sees it.
type paper struct {
	pages    []*page
	warnings []string
	loose    []string // tables without rules that could not be read
}

// A page is what is drawn on one page, upright: the page's own rotation is
// applied, x grows to the right and y grows downwards, both in points.
type page struct {
	number        int // 1-based
	width, height float64
	glyphs        []glyph
	rules         []rule
	images        float64 // share of the page covered by images, 0..1
	lost          int     // characters drawn whose text is not known
	failed        string  // why the page could not be read, or empty
}

// A direction is where the text runs to.
type direction uint8

const (
	right direction = iota
	down
	left
	up
	oblique
)

// A glyph is one drawn character (or a ligature, or a piece of ActualText).
type glyph struct {
	s        string
	x, y     float64 // origin: on the baseline; of a vertical glyph its top centre
	w        float64 // advance along dir
	size     float64 // of the font, in points on the page
	dir      direction
	vertical bool // set by a font of vertical writing
	font     int32
	seq      int32 // drawing order
	unknown  bool  // its text is not known
}

// A rule is a drawn horizontal or vertical line, or a thin filled box.
type rule struct {
	x0, y0, x1, y1 float64 // x0 <= x1, y0 <= y1
}

// isHanzi reports whether r is a Chinese character.
func isHanzi(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r == '〇' ||
		r >= 0x20000 && r <= 0x3FFFF || r >= 0xF900 && r <= 0xFAFF
}

// isWide reports whether r is set on a full em square: hanzi, kana, full-width forms.
func isWide(r rune) bool {
	return isHanzi(r) || r >= 0x2E80 && r <= 0x33FF || r >= 0xFE30 && r <= 0xFE4F ||
		r >= 0xFF00 && r <= 0xFF60 || r >= 0xFFE0 && r <= 0xFFE6 || r >= 0xAC00 && r <= 0xD7AF
}

// unread names the pages that have no text or whose text is not known.
func unread(p *paper) []string {
	var out []string
	var none, lost []int
	for _, pg := range p.pages {
		switch {
		case pg.failed != "":
			out = append(out, fmt.Sprintf("page %d: %s", pg.number, pg.failed))
		case !pg.hasText() && pg.images > 0.2:
			none = append(none, pg.number)
		case !pg.readable():
			lost = append(lost, pg.number)
		}
	}
	if len(none) > 0 {
		out = append(out, "no text on "+pageList(none)+": scanned pages need OCR")
	}
	if len(lost) > 0 {
		out = append(out, "text missing or wrong on "+pageList(lost)+": the fonts do not say what their characters are; OCR may help")
	}
	return out
}

func (p *page) hasText() bool {
	for i := range p.glyphs {
		if strings.IndexFunc(p.glyphs[i].s, unicode.IsGraphic) >= 0 && strings.TrimSpace(p.glyphs[i].s) != "" {
			return true
		}
	}
	return false
}

// pageList writes "page 3", "pages 1-4, 7".
func pageList(n []int) string {
	var b strings.Builder
	b.WriteString("page")
	if len(n) > 1 {
		b.WriteByte('s')
	}
	for i := 0; i < len(n); {
		j := i
		for j+1 < len(n) && n[j+1] == n[j]+1 {
			j++
		}
		sep := " "
		if i > 0 {
			sep = ", "
		}
		if i == j {
			fmt.Fprintf(&b, "%s%d", sep, n[i])
		} else {
			fmt.Fprintf(&b, "%s%d-%d", sep, n[i], n[j])
		}
		i = j + 1
	}
	return b.String()
}
