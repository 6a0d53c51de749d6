package doc

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
	"mingxi/corpus/ole"
	"mingxi/corpus/ordinal"
	"mingxi/corpus/symbol"
)

// longest is how many characters a heading may have: whole paragraphs with an
// outline level set by mistake are common.
const longest = 80

// Characters with a meaning of their own.
const (
	chNote       = 0x02
	chCell       = 0x07
	chTab        = 0x09
	chLine       = 0x0b
	chPage       = 0x0c
	chPara       = 0x0d
	chColumn     = 0x0e
	chFieldBegin = 0x13
	chFieldSep   = 0x14
	chFieldEnd   = 0x15
	chHyphen     = 0x1e
	chSymbol     = 0x28
)

// A story turns a range of characters into pieces.
type story struct {
	r      *reader
	line   []uint16
	fields []field
	notes  []int // CPs of marks of notes in the paragraph
	refs   map[int][]draft.Piece
	out    []draft.Piece
}

func (r *reader) stories() {
	begin := [len(r.ccp) + 1]int{}
	for i, n := range r.ccp {
		begin[i+1] = begin[i] + n
	}
	refs := map[int][]draft.Piece{}
	r.notes(refs, fcFootnoteRefs, fcFootnotes, begin[footnotes], begin[footnotes+1])
	r.notes(refs, fcEndnoteRefs, fcEndnotes, begin[endnotes], begin[endnotes+1])
	r.doc.Pieces = r.story(0, begin[1], refs)
	r.doc.Pieces = append(r.doc.Pieces, r.story(begin[boxes], begin[boxes+1], nil)...)
	r.doc.Left(r.hidden, "%d characters of hidden text left out")
	r.doc.Left(r.toc, "%d lines of a table of contents left out")
	if r.nest.Cut {
		r.doc.Warnings = append(r.doc.Warnings, "tables wider than 256 columns cut")
	}
	if len(r.doc.Pieces) == 0 {
		r.doc.Warnings = append(r.doc.Warnings, "no text")
	}
}

// notes reads the texts of notes by the CP of their marks.
func (r *reader) notes(refs map[int][]draft.Piece, fcRefs, fcTexts, begin, end int) {
	marks, texts := r.pair(fcRefs), r.pair(fcTexts)
	last := begin
	for i := range max(0, (len(marks)-4)/6) {
		from, to := begin+ole.U32(texts, 4*i), begin+ole.U32(texts, 4*i+4)
		if from < last || from >= to || to > end {
			continue
		}
		last = to
		cp := ole.U32(marks, 4*i)
		for _, p := range r.story(from, to, nil) {
			if text := strings.TrimSpace(p.Text + strings.Join(p.Cells, "\t")); text != "" {
				refs[cp] = append(refs[cp], draft.Piece{Kind: draft.Note, Text: text})
			}
		}
	}
}

// story reads the characters from one CP to another.
func (r *reader) story(from, to int, refs map[int][]draft.Piece) []draft.Piece {
	s := &story{r: r, refs: refs}
	marks := slices.Sorted(maps.Keys(refs))
	to = min(to, len(r.text))
	for cp := from; cp < to; cp++ {
		for len(marks) > 0 && marks[0] <= cp {
			s.notes = append(s.notes, marks[0])
			marks = marks[1:]
		}
		s.char(cp)
	}
	if len(s.line) > 0 {
		s.end(pap{}, false)
	}
	s.out = append(s.out, r.nest.Close(0, r.place)...)
	return s.out
}

func (s *story) char(cp int) {
	u := s.r.text[cp]
	switch {
	case u == chPara || u == chCell:
		s.finish(cp, u == chCell)
		return
	case u == chPage:
		if at, p := s.r.fc(cp); s.r.paragraph(cp).end == at+p.size {
			s.finish(cp, false)
			return
		}
	}
	run := s.r.run(cp)
	if run.deleted {
		return
	}
	switch u {
	case chFieldBegin:
		s.fields = append(s.fields, field{})
		return
	case chFieldSep:
		if n := len(s.fields); n > 0 {
			s.fields[n-1].past = true
		}
		return
	case chFieldEnd:
		s.endField(run)
		return
	}
	s.write(u, run)
}

// A field that is open: the beginning of its instruction, whether that is past, and
// whether a result has been shown.
type field struct {
	instruction []uint16
	past, shown bool
}

// longestField is how much of an instruction is kept.
const longestField = 100

// endField ends a field. One that asks for a sign (SYMBOL 179 \f "Symbol") has no result
// in the file.
func (s *story) endField(run chp) {
	n := len(s.fields)
	if n == 0 {
		return
	}
	f := s.fields[n-1]
	s.fields = s.fields[:n-1]
	if r, ok := symbol.Field(string(utf16.Decode(f.instruction))); ok && !f.shown {
		run.font = ""
		s.write(uint16(r), run)
	}
}

func (s *story) write(u uint16, run chp) {
	for i := range s.fields {
		f := &s.fields[i]
		if !f.past {
			if len(f.instruction) < longestField {
				f.instruction = append(f.instruction, u)
			}
			return
		}
		f.shown = f.shown || u > ' '
	}
	if run.hidden {
		if u > ' ' {
			s.r.hidden++
		}
		return
	}
	switch u {
	case chLine, chPage, chColumn:
		u = '\n'
	case chHyphen:
		u = '-'
	case chSymbol:
		if run.symbol != 0 {
			u = uint16(symbol.Rune(run.symbolFont, run.symbol))
		}
	case chTab:
	default:
		if u < ' ' {
			return // pictures, drawings, marks of notes and comments
		}
		if run.font != "" && !run.eastAsian {
			u = uint16(symbol.Rune(run.font, rune(u)))
		}
		u = script(u, run)
	}
	s.line = append(s.line, u)
}

// script writes raised and lowered digits as such: 10 with a raised 4 must not
// become 104.
func script(u uint16, run chp) uint16 {
	switch {
	case u < '0' || u > '9':
	case run.raised:
		return uint16([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[u-'0'])
	case run.lowered:
		return uint16([]rune("₀₁₂₃₄₅₆₇₈₉")[u-'0'])
	}
	return u
}

// finish ends a paragraph at its mark.
func (s *story) finish(cp int, cell bool) {
	if !cell && s.r.run(cp).deleted {
		return // goes on with the next paragraph
	}
	p := s.r.paragraph(cp)
	if cell && len(s.r.paps) == 0 { // properties lost: two marks end a row
		p.depth = 1
		p.rowEnd = len(s.line) == 0 && cp > 0 && s.r.text[cp-1] == chCell
	}
	s.end(p, cell)
}

func (s *story) end(p pap, cell bool) {
	s.r.place++
	text := string(utf16.Decode(s.line))
	s.line = s.line[:0]
	for i, f := range s.fields { // an instruction never goes over a paragraph's end
		if !f.past {
			s.fields = s.fields[:i]
			break
		}
	}
	if cell {
		p.depth = max(p.depth, 1)
	}
	s.out = append(s.out, s.r.nest.Close(p.depth, s.r.place)...)
	var pieces []draft.Piece
	if !s.r.contents(&p) {
		pieces = s.r.lines(text, &p)
	} else if strings.TrimSpace(text) != "" {
		s.r.toc++
	}
	for _, cp := range s.notes {
		for _, n := range s.refs[cp] {
			n.Place = s.r.place
			pieces = append(pieces, n)
		}
	}
	s.notes = nil
	if p.depth == 0 {
		s.out = append(s.out, pieces...)
		return
	}
	s.cell(pieces, &p, cell)
}

// cell takes a paragraph within a table.
func (s *story) cell(pieces []draft.Piece, p *pap, mark bool) {
	nest := &s.r.nest
	if p.rowEnd && mark || p.innerRow {
		nest.EndRow(p.depth, definition(p), s.r.place)
		return
	}
	nest.Add(p.depth, pieces)
	if mark || p.innerCell {
		nest.EndCell(p.depth)
	}
}

// definition reads the borders and the merging of the cells of a row.
func definition(p *pap) grid.Def {
	d := grid.Def{Head: p.header}
	n := ole.U8(p.grid, 2)
	if n == 0 || len(p.grid) < 3+2*(n+1) {
		return d
	}
	for i := range n + 1 {
		d.Edges = append(d.Edges, int(int16(ole.U16(p.grid, 3+2*i))))
	}
	for i := range n {
		flags := ole.U16(p.grid, 3+2*(n+1)+20*i)
		var m grid.Merge
		if flags&3 == 1 {
			m |= grid.Leftward
		}
		switch flags >> 5 & 3 {
		case 1:
			m |= grid.Upward
		case 2, 3:
			m |= grid.Top
		}
		d.Merged = append(d.Merged, m)
	}
	return d
}

// lines are the pieces of a paragraph: each of its lines, the first one with
// the paragraph's number.
func (r *reader) lines(text string, p *pap) []draft.Piece {
	if p.rowEnd || p.innerRow {
		return nil
	}
	number, tight := r.number(p)
	var pieces []draft.Piece
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		piece := draft.Piece{Kind: draft.Para, Text: ordinal.Join(number, line, tight), Place: r.place}
		number = ""
		if level := r.heading(p); level > 0 && utf8.RuneCountInString(line) <= longest {
			piece.Kind, piece.Level = draft.Heading, level
		}
		pieces = append(pieces, piece)
	}
	return pieces
}
