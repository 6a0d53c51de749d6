package docx

import (
	"encoding/xml"
	"strconv"
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/pack"
	"mingxi/corpus/symbol"
)

// A paragraph being read.
type paragraph struct {
	props
	r      *reader
	text   strings.Builder
	fields []field       // open ones
	notes  []string      // marks of notes in it
	boxes  []draft.Piece // text boxes anchored in it
	hidden bool
	script string // superscript or subscript, of the run
	signs  string // font of the run, if its characters are signs
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
	case "fldSimple":
		if r, ok := symbol.Field(pack.Attr(e, "instr")); ok {
			p.write(string(r))
			return nil
		}
		return c.EachChoice(func(e xml.StartElement) error { return p.inline(c, e) })
	case "ins", "moveTo", "hyperlink", "smartTag", "customXml", "dir", "bdo", "hlink", "content":
		return c.EachChoice(func(e xml.StartElement) error { return p.inline(c, e) })
	case "oMath", "oMathPara":
		text, err := formula(c)
		p.write(text)
		return err
	}
	return nil // del, moveFrom, bookmarks, comments, proofing marks
}

func (p *paragraph) run(c *pack.Cursor) error {
	p.hidden, p.script, p.signs = false, "", ""
	return c.EachChoice(func(e xml.StartElement) error { return p.piece(c, e) })
}

// piece reads what may stand in a run.
func (p *paragraph) piece(c *pack.Cursor, e xml.StartElement) error {
	switch e.Name.Local {
	case "rPr":
		return p.runProps(c)
	case "t":
		text, err := c.Text()
		p.write(script(symbol.String(p.signs, text), p.script))
		return err
	case "tab", "ptab":
		p.write("\t")
	case "br", "cr":
		p.write("\n")
	case "noBreakHyphen":
		p.write("-")
	case "sym":
		p.write(sign(pack.Attr(e, "font"), pack.Attr(e, "char")))
	case "instrText":
		text, err := c.Text()
		if n := len(p.fields); n > 0 && !p.fields[n-1].past {
			p.fields[n-1].instruction += text
		}
		return err
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
	return nil // delText, softHyphen, lastRenderedPageBreak
}

func (p *paragraph) runProps(c *pack.Cursor) error {
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "vanish":
			p.hidden = on(e)
		case "rFonts":
			p.signs = signFont(e)
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
	for i := range p.fields {
		if f := &p.fields[i]; !f.past {
			return // part of an instruction
		} else if strings.TrimSpace(s) != "" {
			f.shown = true
		}
	}
	p.text.WriteString(s)
}

// A field that is open: its instruction, whether that is past, and whether a result
// has been shown.
type field struct {
	instruction string
	past, shown bool
}

// field follows begin, instruction, separate, result, end.
func (p *paragraph) field(kind string) {
	switch n := len(p.fields); {
	case kind == "begin":
		p.fields = append(p.fields, field{})
	case n == 0:
	case kind == "separate":
		p.fields[n-1].past = true
	case kind == "end":
		f := p.fields[n-1]
		p.fields = p.fields[:n-1]
		if r, ok := symbol.Field(f.instruction); ok && !f.shown {
			p.write(string(r))
		}
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

// sign is a character that a run names by its place in a font.
func sign(font, char string) string {
	n, err := strconv.ParseUint(char, 16, 16)
	if err != nil {
		return ""
	}
	return string(symbol.Rune(font, rune(n)))
}

// signFont is the font of a run if its characters are signs; those of Chinese text in
// it (hint eastAsia) have another.
func signFont(e xml.StartElement) string {
	font := pack.Attr(e, "ascii")
	if font == "" {
		font = pack.Attr(e, "hAnsi")
	}
	if font == "" {
		font = pack.Attr(e, "h-ansi") // Word 2003
	}
	if !symbol.Is(font) || strings.EqualFold(pack.Attr(e, "hint"), "eastAsia") {
		return ""
	}
	return font
}
