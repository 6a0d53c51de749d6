package rtf

import (
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/symbol"
)

// dest says where the text of a group goes.
type dest uint8

const (
	document dest = iota
	skipped
	fontTable
	styleSheet
	number // of a list item
	note
	box
	instruction // of a field
)

// destinations by their control word. Those behind \* that are not here are
// skipped; those without \* are text.
var destinations = map[string]dest{
	"fonttbl": fontTable, "stylesheet": styleSheet, "listtext": number, "pntext": number, "footnote": note, "shptxt": box, "dptxbxtext": box,
	"shpinst": document, "shp": document, "do": document, "nesttableprops": document, "ud": document, "fldrslt": document, "result": document, "shppict": skipped,
	"colortbl": skipped, "info": skipped, "pict": skipped, "objdata": skipped, "objclass": skipped, "objname": skipped, "nonshppict": skipped,
	"header": skipped, "headerl": skipped, "headerr": skipped, "headerf": skipped, "footer": skipped, "footerl": skipped, "footerr": skipped, "footerf": skipped,
	"fldinst": instruction, "shprslt": skipped, "sp": skipped, "nonesttables": skipped, "annotation": skipped, "atnid": skipped, "atnauthor": skipped,
	"xe": skipped, "tc": skipped, "rxe": skipped, "bkmkstart": skipped, "bkmkend": skipped, "pn": skipped, "pnseclvl": skipped, "pnlvlblt": skipped, "pnlvlbody": skipped,
	"listtable": skipped, "listoverridetable": skipped, "revtbl": skipped, "rsidtbl": skipped, "generator": skipped, "themedata": skipped,
	"ftnsep": skipped, "ftnsepc": skipped, "ftncn": skipped, "aftnsep": skipped, "aftnsepc": skipped, "aftncn": skipped, "template": skipped,
	"filetbl": skipped, "keywords": skipped, "mmathPr": skipped, "datastore": skipped, "latentstyles": skipped, "datafield": skipped, "formfield": skipped,
}

// entry is an entry of the font table or the style sheet being read.
type entry struct {
	number  int
	outline int
	name    strings.Builder
}

func (r *reader) destination(w string, d dest) {
	s := &r.state
	if s.dest == skipped && w != "ud" {
		return
	}
	if !r.first && d != skipped && d != document {
		return // not at the beginning of its group
	}
	if r.signed && w == "fldrslt" { // the sign has been written
		r.signed, d = false, skipped
	}
	switch {
	case !r.first && (d == skipped || d == document):
		if w == "pn" || w == "tc" || w == "xe" || d == document {
			return
		}
	case d == note || d == box:
		s.story, s.opened = &story{depth: s.story.depth + 1}, true
		s.para = para{}
		s.hidden, s.deleted, s.raised, s.lowered = false, false, false, false
	}
	if w == "nesttableprops" {
		outer := r.def
		s.outer = &outer
	}
	if s.dest = d; d == styleSheet {
		r.entry = entry{}
	}
}

// ended acts on the end of a group.
func (r *reader) ended(was state) {
	switch {
	case was.dest == styleSheet && r.state.dest == styleSheet:
		name := strings.ToLower(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(r.entry.name.String()), ";")))
		r.styles[r.entry.number] = style{name: name, outline: r.entry.outline}
		r.entry = entry{}
	case was.dest == fontTable:
		r.endFont()
	case was.dest == instruction && r.state.dest != instruction:
		r.endField()
	case was.outer != nil:
		r.def = *was.outer
	case was.opened:
		r.endStory(was.story, was.dest)
	}
}

// endFont remembers the name of the font that has been read, if it is one of signs.
func (r *reader) endFont() {
	if f := r.fonts[r.entry.number]; r.entry.name.Len() > 0 {
		name := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(r.entry.name.String()), ";"))
		if symbol.Is(name) {
			f.signs, f.symbol = name, true
			r.fonts[r.entry.number] = f
		}
		r.entry = entry{number: r.entry.number}
	}
}

// endField ends the instruction of a field. One that asks for a sign (SYMBOL 179 \f
// "Symbol") often has no result in the file.
func (r *reader) endField() {
	sign, ok := symbol.Field(string(r.instruction))
	r.instruction = r.instruction[:0]
	if ok {
		r.signed = true
		font := r.state.font
		r.state.font = -1 // the sign is a character by now
		r.text(sign)
		r.state.font = font
	}
}

// endStory gives the pieces of a note or text box to the story around it.
func (r *reader) endStory(s *story, d dest) {
	if len(s.line) > 0 {
		s.end(r, para{})
	}
	for _, p := range s.out {
		if d == note {
			if text := strings.TrimSpace(p.Text + strings.Join(p.Cells, "\t")); text != "" {
				r.state.story.after = append(r.state.story.after, draft.Piece{Kind: draft.Note, Text: text})
			}
		} else {
			r.state.story.after = append(r.state.story.after, p)
		}
	}
}

// finish ends the document.
func (r *reader) finish() {
	if len(r.body.line) > 0 {
		r.body.end(r, r.state.para)
	}
	r.body.out = append(r.body.out, r.nest.Close(0, r.place)...)
	r.doc.Pieces = append(r.body.out, r.body.after...)
	r.doc.Left(r.lost, "%d characters of hidden text left out")
	r.doc.Left(r.toc, "%d lines of a table of contents left out")
	if r.nest.Cut {
		r.doc.Warnings = append(r.doc.Warnings, "tables wider than 256 columns cut")
	}
	if len(r.doc.Pieces) == 0 {
		r.doc.Warnings = append(r.doc.Warnings, "no text")
	}
}
