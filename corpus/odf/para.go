package odf

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/draft"
	"mingxi/corpus/ordinal"
	"mingxi/corpus/pack"
	"mingxi/corpus/symbol"
)

// longest is how many characters a heading may have.
const longest = 80

// A paragraph being read.
type paragraph struct {
	r     *reader
	text  strings.Builder
	notes []draft.Piece
	boxes []draft.Piece // text boxes anchored in it
}

// look is how a run of text looks.
type look struct {
	script, font string
	hidden       bool
}

func (s *story) paragraph(c *pack.Cursor, e xml.StartElement) error {
	r := s.r
	r.place++
	place := r.place
	name := pack.Attr(e, "style-name")
	p := &paragraph{r: r}
	if err := p.inline(c, r.look(name, look{})); err != nil {
		return err
	}
	heading := s.heading(e, name)
	number, tight := s.number(e)
	for _, line := range strings.Split(p.text.String(), "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		piece := draft.Piece{Kind: draft.Para, Text: ordinal.Join(number, line, tight), Place: place, Page: r.page}
		number = ""
		if heading > 0 && utf8.RuneCountInString(line) <= longest {
			piece.Kind, piece.Level = draft.Heading, heading
		}
		s.out(piece)
	}
	for i := range p.notes {
		p.notes[i].Place = place
	}
	s.out(p.notes...)
	s.out(p.boxes...)
	return nil
}

// heading is the level of a paragraph as heading, 0 for none.
func (s *story) heading(e xml.StartElement, name string) (n int) {
	if s.title {
		return 1
	}
	if e.Name.Local == "h" {
		return max(1, level(pack.Attr(e, "outline-level")))
	}
	s.r.chain(name, func(name string, st *style) bool {
		if name == "Title" {
			n = 1
		}
		return n > 0 || st.level > 0
	})
	return n
}

// number counts a paragraph and returns its number as printed.
func (s *story) number(e xml.StartElement) (number string, tight bool) {
	l, at := s.list, s.level
	switch {
	case e.Name.Local == "h" && l == nil && pack.Attr(e, "is-list-header") != "true":
		l, at = &s.r.outline, max(1, level(pack.Attr(e, "outline-level")))-1
	case l == nil, s.begun:
		return "", false
	}
	s.begun = true
	if l.levels[at].Text == "" {
		return "", false
	}
	if restart, err := strconv.Atoi(pack.Attr(e, "start-value")); err == nil && restart >= 0 && restart < 1<<20 && pack.Attr(e, "restart-numbering") == "true" {
		l.counter.Reset(at, restart)
	}
	return l.counter.Next(&l.levels, at), l.levels[at].Tight
}

// readList reads a list. One that does not go on with an earlier one counts anew.
func (s *story) readList(c *pack.Cursor, e xml.StartElement) error {
	inner := *s
	if inner.list == nil {
		inner.level = 0
	} else {
		inner.level = min(s.level+1, ordinal.Levels-1)
	}
	if name := pack.Attr(e, "style-name"); s.r.lists[name] != nil {
		inner.list = s.r.lists[name]
	} else if inner.list == nil {
		inner.list = &list{}
	}
	if s.list == nil && pack.Attr(e, "continue-numbering") != "true" && pack.Attr(e, "continue-list") == "" {
		inner.list.counter = ordinal.Counter{}
	}
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "list-item":
			item := inner
			item.begun = false
			if n, err := strconv.Atoi(pack.Attr(e, "start-value")); err == nil && n >= 0 && n < 1<<20 {
				item.list.counter.Reset(item.level, n)
			}
			return item.blocks(c)
		case "list-header":
			header := inner
			header.begun = true
			return header.blocks(c)
		}
		return nil
	})
}

// look is how text of a style looks within text that looks as around says.
func (r *reader) look(name string, around look) look {
	out := around
	script, font := "", ""
	r.chain(name, func(_ string, s *style) bool {
		if script == "" {
			script = s.script
		}
		if font == "" {
			font = s.font
		}
		out.hidden = out.hidden || s.hidden
		return false
	})
	if script != "" {
		out.script = script
	}
	if font != "" {
		out.font = font
	}
	return out
}

// inline reads what stands in a paragraph.
func (p *paragraph) inline(c *pack.Cursor, l look) error {
	return c.EachText(func(e xml.StartElement) error { return p.element(c, e, l) }, func(b []byte) { p.write(spaced(string(b)), l) })
}

// spaced is text as OpenDocument means it: white space of the file is one blank.
func spaced(s string) string {
	if !strings.ContainsAny(s, "\n\r\t") && !strings.Contains(s, "  ") {
		return s
	}
	words := strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\r' || r == '\t' }), " ")
	if strings.TrimLeft(s, " \n\r\t") != s && words != "" {
		words = " " + words
	}
	if strings.TrimRight(s, " \n\r\t") != s {
		words += " "
	}
	return words
}

func (p *paragraph) element(c *pack.Cursor, e xml.StartElement, l look) error {
	switch e.Name.Local {
	case "span":
		return p.inline(c, p.r.look(pack.Attr(e, "style-name"), l))
	case "s":
		n, err := strconv.Atoi(pack.Attr(e, "c"))
		if err != nil {
			n = 1
		}
		p.write(strings.Repeat(" ", max(0, min(n, 1000))), l)
		return nil
	case "tab":
		p.write("\t", l)
		return nil
	case "line-break":
		p.write("\n", l)
		return nil
	case "ruby":
		return c.Each(func(e xml.StartElement) error {
			if e.Name.Local == "ruby-base" {
				return p.inline(c, l)
			}
			return nil
		})
	case "note":
		return p.note(c)
	case "frame", "text-box", "custom-shape", "g", "table":
		inner := &story{r: p.r, out: func(pieces ...draft.Piece) { p.boxes = append(p.boxes, pieces...) }}
		if e.Name.Local == "table" {
			return inner.table(c)
		}
		return inner.blocks(c)
	case "annotation", "annotation-end", "hidden-text", "hidden-paragraph", "change", "change-start", "change-end", "bookmark", "bookmark-start", "bookmark-end", "script", "tracked-changes", "toc-mark", "alphabetical-index-mark", "forms", "soft-page-break":
		return nil
	}
	return p.inline(c, l) // links, fields and all that shows its text
}

// note reads a foot- or endnote.
func (p *paragraph) note(c *pack.Cursor) error {
	return c.Each(func(e xml.StartElement) error {
		if e.Name.Local != "note-body" {
			return nil
		}
		inner := &story{r: p.r, out: func(pieces ...draft.Piece) {
			for _, n := range pieces {
				if text := strings.TrimSpace(n.Text + strings.Join(n.Cells, "\t")); text != "" {
					p.notes = append(p.notes, draft.Piece{Kind: draft.Note, Text: text})
				}
			}
		}}
		return inner.blocks(c)
	})
}

func (p *paragraph) write(text string, l look) {
	if l.hidden {
		if strings.TrimSpace(text) != "" {
			p.r.seen.hidden++
		}
		return
	}
	if strings.IndexFunc(text, func(r rune) bool { return r >= 0xf020 && r <= 0xf0ff }) >= 0 {
		text = symbol.String(l.font, text)
	}
	p.text.WriteString(script(text, l.script))
}

// script writes raised or lowered digits as such: 10 with a raised 4 must not become 104.
func script(s, position string) string {
	var signs []rune
	switch position {
	case "super":
		signs = []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")
	case "sub":
		signs = []rune("₀₁₂₃₄₅₆₇₈₉")
	default:
		return s
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return signs[r-'0']
		}
		return r
	}, s)
}
