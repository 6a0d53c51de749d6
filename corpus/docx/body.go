package docx

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/draft"
	"mingxi/corpus/ordinal"
	"mingxi/corpus/pack"
)

// longest is how many characters a heading may have: whole paragraphs with an
// outline level set by mistake are common.
const longest = 80

// props are the properties of a paragraph.
type props struct {
	style   string
	outline int // 1-9, 0 if not set, -1 for body text
	num     numPr
	label   string // its number as the file writes it out (Word 2003)
	joined  bool   // its end was deleted: it goes on with the next paragraph
}

func readProps(c *pack.Cursor, p *props) error {
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			p.style = pack.Attr(e, "val")
		case "outlineLvl":
			if n, err := strconv.Atoi(pack.Attr(e, "val")); err == nil && n >= 0 {
				if p.outline = n + 1; n > 8 {
					p.outline = -1
				}
			}
		case "numPr":
			return readNumPr(c, &p.num)
		case "listPr":
			return readListPr(c, p)
		case "rPr":
			return c.Each(func(e xml.StartElement) error {
				switch {
				case e.Name.Local == "del", e.Name.Local == "moveFrom", e.Name.Local == "annotation" && pack.Attr(e, "type") == "Word.Deletion":
					p.joined = true
				}
				return nil
			})
		}
		return nil
	})
}

func readNumPr(c *pack.Cursor, n *numPr) error {
	return c.Each(func(e xml.StartElement) error {
		val := pack.Attr(e, "val")
		switch e.Name.Local {
		case "numId":
			n.id = val
		case "ilvl":
			n.level, n.hasLevel = small(val), true
		}
		return nil
	})
}

func (r *reader) readBody(part string) error {
	return r.pack.Walk(part, func(c *pack.Cursor, root xml.StartElement) error {
		if root.Name.Local != "document" {
			return errNotWord(root.Name.Local)
		}
		return c.Each(func(e xml.StartElement) error {
			if e.Name.Local != "body" {
				return nil
			}
			return r.story(r.emit, func() error { return r.blocks(c, r.emit) })
		})
	})
}

type errNotWord string

func (e errNotWord) Error() string { return "root element is " + string(e) + ", not a Word document" }

// sink takes the paragraphs and tables of a story: the body or a cell.
type sink func(pieces ...draft.Piece)

func (r *reader) emit(pieces ...draft.Piece) { r.doc.Pieces = append(r.doc.Pieces, pieces...) }

// blocks reads what may hold paragraphs and tables.
func (r *reader) blocks(c *pack.Cursor, out sink) error {
	return c.EachChoice(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "p":
			return r.paragraph(c, out)
		case "tbl":
			return r.table(c, out)
		case "sdt":
			return control(c, func() error { return r.blocks(c, out) })
		case "customXml", "ins", "moveTo", "smartTag", "sect", "sub-section", "content": // the last three of Word 2003
			return r.blocks(c, out)
		case "annotation":
			if kept(e) {
				return r.blocks(c, out)
			}
		case "altChunk":
			r.seen.chunks++
		}
		return nil
	})
}

// control reads a content control, unless it shows only its prompt
// (单击此处输入文字).
func control(c *pack.Cursor, content func() error) error {
	prompt := false
	return c.EachChoice(func(e xml.StartElement) error {
		switch {
		case e.Name.Local == "sdtPr":
			return c.Each(func(e xml.StartElement) error {
				if e.Name.Local == "showingPlcHdr" {
					prompt = on(e)
				}
				return nil
			})
		case e.Name.Local == "sdtContent" && !prompt:
			return content()
		}
		return nil
	})
}

// flush puts out a paragraph whose end was deleted where none follows it.
func (r *reader) flush(out sink) {
	if text := strings.TrimSpace(r.pending); text != "" {
		out(draft.Piece{Kind: draft.Para, Text: text, Place: r.place})
	}
	r.pending = ""
}

// story reads the blocks of a place of its own: the body, a cell, a text box.
func (r *reader) story(out sink, read func() error) error {
	held := r.pending
	r.pending = ""
	err := read()
	r.flush(out)
	r.pending = held
	return err
}

func (r *reader) paragraph(c *pack.Cursor, out sink) error {
	r.place++
	place := r.place
	p := &paragraph{r: r}
	if err := p.read(c); err != nil {
		return err
	}
	text := r.pending + p.text.String()
	r.pending = ""
	if r.styles.contents(p.style) {
		if strings.TrimSpace(text) != "" {
			r.seen.contents++
		}
		return nil
	}
	if p.joined {
		r.pending = text
	} else {
		out(r.lines(p, text, place)...)
	}
	out(p.boxes...)
	for _, n := range p.notes {
		for _, line := range r.notes[n] {
			out(draft.Piece{Kind: draft.Note, Text: line, Place: place})
		}
		delete(r.notes, n) // a note has one mark
	}
	return nil
}

// lines are the pieces of a paragraph: each of its lines, the first one with
// the paragraph's number.
func (r *reader) lines(p *paragraph, text string, place int) []draft.Piece {
	number, tight := r.number(&p.props)
	if p.label != "" {
		number = p.label
	}
	var pieces []draft.Piece
	for _, line := range strings.Split(text, "\n") {
		indent := draft.Indent(line)
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		piece := draft.Piece{Kind: draft.Para, Text: ordinal.Join(number, line, tight), Level: indent, Place: place}
		number = ""
		if level := r.level(&p.props); level > 0 && utf8.RuneCountInString(line) <= longest {
			piece.Kind, piece.Level = draft.Heading, level
		}
		pieces = append(pieces, piece)
	}
	return pieces
}

// level is the paragraph's level as heading, 0 for none.
func (r *reader) level(p *props) int {
	if p.outline != 0 {
		return max(p.outline, 0)
	}
	return r.styles.heading(r.styleOf(p))
}

// readNotes reads the foot- or endnotes; they are put out where their mark is.
func (r *reader) readNotes(kind, part string) error {
	if r.notes == nil {
		r.notes = map[string][]string{}
	}
	return r.walk(part, func(c *pack.Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			switch pack.Attr(e, "type") {
			case "separator", "continuationSeparator", "continuationNotice":
				return nil
			}
			return r.noteText(c, kind+"/"+pack.Attr(e, "id"))
		})
	})
}

// noteText reads the paragraphs of a note.
func (r *reader) noteText(c *pack.Cursor, key string) error {
	return r.blocks(c, func(pieces ...draft.Piece) {
		for _, p := range pieces {
			if text := strings.TrimSpace(p.Text + strings.Join(p.Cells, "\t")); text != "" {
				r.notes[key] = append(r.notes[key], text)
			}
		}
	})
}
