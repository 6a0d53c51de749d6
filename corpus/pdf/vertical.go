package pdf

import (
	"math"
	"unicode/utf8"
)

// Browsers and word processors write vertical text with a horizontal font, one
// glyph at a time, each below the one before, so that no font tells that the
// text is vertical. standUp finds such pages by the steps from glyph to glyph
// and marks the glyphs as vertical.

// standUp marks glyphs that step downwards as vertical writing.
func (p *page) standUp() {
	downwards, along := 0, 0
	vertical, level := make([]bool, len(p.glyphs)), make([]bool, len(p.glyphs))
	last := -1
	for i := range p.glyphs {
		g := &p.glyphs[i]
		if !square(g) {
			continue
		}
		if last >= 0 {
			switch step(&p.glyphs[last], g) {
			case down:
				downwards++
				vertical[i], vertical[last] = true, true
			case right:
				along++
				level[i], level[last] = true, true
			}
		}
		last = i
	}
	if downwards < 12 || downwards < 3*along {
		return
	}
	for i := range p.glyphs {
		g := &p.glyphs[i]
		if vertical[i] || square(g) && !level[i] && p.amid(i, vertical) {
			g.x += g.w / 2
			g.y -= 0.85 * g.size
			g.w, g.dir, g.vertical = g.size, down, true
		}
	}
}

// amid reports whether a glyph is drawn before or after vertical ones: it is
// a lone hanzi or quotation mark of a vertical line, not of a page number.
func (p *page) amid(i int, vertical []bool) bool {
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(p.glyphs) && (vertical[j] || p.glyphs[j].dir == down) {
			return true
		}
	}
	return false
}

// square reports whether a glyph is a wide character of horizontal writing.
func square(g *glyph) bool {
	if g.dir != right || g.vertical {
		return false
	}
	r, _ := utf8.DecodeRuneInString(g.s)
	return isWide(r) || r == '—' || r == '…' || r == '“' || r == '”'
}

// step says where b stands, seen from a: right below it, right beside it, or
// elsewhere (oblique).
func step(a, b *glyph) direction {
	dx, dy := (b.x-a.x)/a.size, (b.y-a.y)/a.size
	switch {
	case math.Abs(dx) < 0.15 && dy > 0.8 && dy < 1.3:
		return down
	case math.Abs(dy) < 0.15 && dx > 0.4 && dx < 1.6:
		return right
	}
	return oblique
}
