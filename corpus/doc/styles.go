package doc

import (
	"unicode/utf16"

	"mingxi/corpus/ole"
	"mingxi/corpus/symbol"
)

// readFonts finds the fonts of signs in the table of fonts (SttbfFfn).
func (r *reader) readFonts() {
	r.signs = map[int]string{}
	const header, name = 4, 40 // bytes of the table's head, and of an entry before its name
	b := r.pair(fcFonts)
	at := header
	for i := 0; i < ole.U16(b, 0) && at < len(b); i++ {
		size := ole.U8(b, at) + 1
		entry := cut(b, at, size)
		var units []uint16
		for k := name; k+1 < len(entry) && ole.U16(entry, k) != 0; k += 2 {
			units = append(units, uint16(ole.U16(entry, k)))
		}
		if font := string(utf16.Decode(units)); symbol.Is(font) {
			r.signs[i] = font
		}
		at += size
	}
}

// A style, as far as it concerns the text.
type style struct {
	builtin int // number of a built-in style
	parent  int
	list    []byte
	para    bool
}

// Built-in styles.
const (
	styleContents1 = 19
	styleContents9 = 27
	styleTitle     = 62
)

func (r *reader) readStyles() {
	b := r.pair(fcStyles)
	base := ole.U16(b, 4) // bytes of a style's fixed part
	at := 2 + ole.U16(b, 0)
	for n := ole.U16(b, 2); len(r.styles) < n && at+2 <= len(b); {
		size := ole.U16(b, at)
		r.styles = append(r.styles, readStyle(cut(b, at+2, size), base))
		at += 2 + size
	}
}

func readStyle(b []byte, base int) (s style) {
	if len(b) < 10 {
		return s
	}
	s.builtin, s.parent = ole.U16(b, 0)&0xfff, ole.U16(b, 2)>>4
	if ole.U16(b, 2)&0xf != 1 {
		return s
	}
	s.para = true
	at := base + 2 + 2*ole.U16(b, base) + 2 // behind the name
	if size := ole.U16(b, at); size > 2 {
		s.list = cut(b, at+4, size-2)
	}
	return s
}

// inherit reads the properties of a style, those of its parents first.
func (r *reader) inherit(n int, p *pap) {
	var chain []style
	for len(chain) < 32 && n < len(r.styles) && r.styles[n].para {
		chain = append(chain, r.styles[n])
		n = r.styles[n].parent
	}
	for i := len(chain) - 1; i >= 0; i-- {
		p.read(chain[i].list, nil)
	}
}

// heading is the level of a paragraph as heading, 0 for none.
func (r *reader) heading(p *pap) int {
	switch {
	case p.outline == 10:
		return 0
	case p.outline > 0 && p.outline < 10:
		return p.outline
	case p.style < len(r.styles):
		switch b := r.styles[p.style].builtin; {
		case b >= 1 && b <= 9 && r.styles[p.style].para:
			return b
		case b == styleTitle:
			return 1
		}
	}
	return 0
}

// contents reports whether a paragraph is a line of a table of contents.
func (r *reader) contents(p *pap) bool {
	if p.style >= len(r.styles) {
		return false
	}
	b := r.styles[p.style].builtin
	return b >= styleContents1 && b <= styleContents9
}
