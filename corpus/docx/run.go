package docx

import (
	"encoding/xml"
	"strconv"
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/pack"
)

// A paragraph being read.
type paragraph struct {
	props
	r      *reader
	text   strings.Builder
	fields []bool        // open fields: whether the instruction is past
	notes  []string      // marks of notes in it
	boxes  []draft.Piece // text boxes anchored in it
	hidden bool
	script string // superscript or subscript, of the run
}

func (p *paragraph) read(c *pack.Cursor) error {
	err := c.EachChoice(func(e xml.StartElement) error {
		if e.Name.Local == "pPr" {
			return readProps(c, &p.props)
		}
		return p.inline(c, e)
	})
	return err
}

// inline reads what may stand in a paragraph beside its properties.
func (p *paragraph) inline(c *pack.Cursor, e xml.StartElement) error {
	switch e.Name.Local {
	case "r":
		return p.run(c)
	case "sdt":
		return control(c, func() error { return c.EachChoice(func(e xml.StartElement) error { return p.inline(c, e) }) })
	case "annotation":
		if kept(e) {
			return c.EachChoice(func(e xml.StartElement) error { return p.inline(c, e) })
		}
	case "ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "hlink", "content":
		return c.EachChoice(func(e xml.StartElement) error { return p.inline(c, e) })
	case "oMath", "oMathPara":
		text, err := formula(c)
		p.write(text)
		return err
	}
	return nil // del, moveFrom, bookmarks, comments, proofing marks
}

func (p *paragraph) run(c *pack.Cursor) error {
	p.hidden, p.script = false, ""
	return c.EachChoice(func(e xml.StartElement) error { return p.piece(c, e) })
}

// piece reads what may stand in a run.
func (p *paragraph) piece(c *pack.Cursor, e xml.StartElement) error {
	switch e.Name.Local {
	case "rPr":
		return p.runProps(c)
	case "t":
		text, err := c.Text()
		p.write(script(text, p.script))
		return err
	case "tab", "ptab":
		p.write("\t")
	case "br", "cr":
		p.write("\n")
	case "noBreakHyphen":
		p.write("-")
	case "sym":
		p.write(symbol(pack.Attr(e, "font"), pack.Attr(e, "char")))
	case "fldChar":
		p.field(pack.Attr(e, "fldCharType"))
	case "footnoteReference":
		p.notes = append(p.notes, "footnotes/"+pack.Attr(e, "id"))
	case "endnoteReference":
		p.notes = append(p.notes, "endnotes/"+pack.Attr(e, "id"))
	case "footnote", "endnote":
		return p.note(c)
	case "ruby":
		return p.ruby(c)
	case "drawing", "pict", "object":
		return p.drawing(c)
	}
	return nil // delText, instrText, softHyphen, lastRenderedPageBreak
}

func (p *paragraph) runProps(c *pack.Cursor) error {
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "vanish":
			p.hidden = on(e)
		case "vertAlign":
			p.script = pack.Attr(e, "val")
		case "rStyle":
			p.hidden = p.hidden || p.r.styles.hidden(pack.Attr(e, "val"))
		}
		return nil
	})
}

func (p *paragraph) write(s string) {
	if p.hidden {
		if strings.TrimSpace(s) != "" {
			p.r.seen.hidden++
		}
		return
	}
	for _, past := range p.fields {
		if !past {
			return // part of an instruction
		}
	}
	p.text.WriteString(s)
}

// field follows begin, instruction, separate, result, end.
func (p *paragraph) field(kind string) {
	switch n := len(p.fields); {
	case kind == "begin":
		p.fields = append(p.fields, false)
	case n == 0:
	case kind == "separate":
		p.fields[n-1] = true
	case kind == "end":
		p.fields = p.fields[:n-1]
	}
}

// ruby reads the base text of a phonetic guide, not the guide.
func (p *paragraph) ruby(c *pack.Cursor) error {
	return c.Each(func(e xml.StartElement) error {
		if e.Name.Local != "rubyBase" {
			return nil
		}
		return c.EachChoice(func(e xml.StartElement) error { return p.inline(c, e) })
	})
}

// drawing finds the text boxes in a drawing, at any depth.
func (p *paragraph) drawing(c *pack.Cursor) error {
	return c.EachChoice(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "txbxContent":
			out := func(pieces ...draft.Piece) { p.boxes = append(p.boxes, pieces...) }
			return p.r.story(out, func() error { return p.r.blocks(c, out) })
		case "pic", "imagedata":
			p.r.seen.pictures++
		case "chart", "relIds":
			p.r.seen.charts++
		}
		return p.drawing(c)
	})
}

// script writes digits of raised or lowered runs as such: 10 with a raised 4
// must not become 104.
func script(s, align string) string {
	var from, to string
	switch align {
	case "superscript":
		from, to = "0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ"
	case "subscript":
		from, to = "0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"
	default:
		return s
	}
	signs := []rune(to)
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune(from, r); i >= 0 && r < 0x80 {
			return signs[i]
		}
		return r
	}, s)
}

// symbol is a character of a symbol font, as far as it matters to figures.
func symbol(font, char string) string {
	n, err := strconv.ParseUint(char, 16, 16)
	if err != nil {
		return ""
	}
	if n < 0xf000 || n > 0xf0ff {
		return string(rune(n))
	}
	if strings.EqualFold(font, "Symbol") {
		if s, ok := symbols[byte(n)]; ok {
			return s
		}
	}
	return "□"
}

var symbols = map[byte]string{
	0x2b: "+", 0x2d: "−", 0x3c: "<", 0x3d: "=", 0x3e: ">", 0x25: "%", 0xa3: "≤", 0xa5: "∞", 0xb0: "°",
	0xb1: "±", 0xb2: "″", 0xb3: "≥", 0xb4: "×", 0xb7: "•", 0xb8: "÷", 0xb9: "≠", 0xbb: "≈", 0xd7: "⋅",
	0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6d: "μ", 0x70: "π", 0x73: "σ", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω",
}
