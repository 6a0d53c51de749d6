package rtf

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
	"mingxi/corpus/ordinal"
	"mingxi/corpus/symbol"
)

// longest is how many characters a heading may have.
const longest = 80

// A story is the body, a note or a text box.
type story struct {
	line   []rune
	number []rune        // of the list item
	after  []draft.Piece // notes and boxes of the paragraph
	out    []draft.Piece
	depth  int // of stories
}

// text takes a character.
func (r *reader) text(c rune) {
	s := &r.state
	if r.toSkip > 0 && s.dest != skipped {
		r.toSkip--
		return
	}
	if c < ' ' && c != '\t' && c != '\n' {
		return
	}
	switch s.dest {
	case skipped:
		return
	case instruction:
		if len(r.instruction) < longest {
			r.instruction = append(r.instruction, c)
		}
		return
	case styleSheet, fontTable:
		if r.entry.name.Len() < 100 {
			r.entry.name.WriteRune(c)
		}
		return
	case number:
		if !r.fonts[s.font].symbol {
			s.story.number = append(s.story.number, c)
		}
		return
	}
	if signs := r.fonts[s.font].signs; signs != "" && c > ' ' {
		c = symbol.Rune(signs, c)
	}
	switch {
	case s.deleted:
		return
	case s.hidden:
		if c > ' ' {
			r.lost++
		}
		return
	case s.raised && c >= '0' && c <= '9': // 10 with a raised 4 must not become 104
		c = []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[c-'0']
	case s.lowered && c >= '0' && c <= '9':
		c = []rune("₀₁₂₃₄₅₆₇₈₉")[c-'0']
	}
	s.story.line = append(s.story.line, c)
}

// endPara ends a paragraph.
func (r *reader) endPara() {
	if s := &r.state; s.dest == document || s.dest == note || s.dest == box {
		s.story.end(r, s.para)
	}
}

func (s *story) end(r *reader, p para) {
	depth := r.tableDepth(p)
	if s != r.body {
		s.out = append(s.out, s.take(r, p)...)
		return
	}
	s.out = append(s.out, r.nest.Close(depth, r.place)...)
	if depth == 0 {
		s.out = append(s.out, s.take(r, p)...)
		return
	}
	r.nest.Add(depth, s.take(r, p))
}

func (r *reader) tableDepth(p para) int {
	if p.depth > 0 {
		return p.depth
	}
	if p.table {
		return 1
	}
	return 0
}

// take returns the pieces of the paragraph: its lines, the first with its
// number, then its notes.
func (s *story) take(r *reader, p para) []draft.Piece {
	r.place++
	text, number := string(s.line), label(s.number)
	s.line, s.number = s.line[:0], nil
	var pieces []draft.Piece
	if r.contents(p) {
		if r.toc++; strings.TrimSpace(text) == "" {
			r.toc--
		}
		text = ""
	}
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		piece := draft.Piece{Kind: draft.Para, Text: ordinal.Join(number, line, false), Place: r.place}
		number = ""
		if level := r.heading(p); level > 0 && utf8.RuneCountInString(line) <= longest {
			piece.Kind, piece.Level = draft.Heading, level
		}
		pieces = append(pieces, piece)
	}
	for _, n := range s.after {
		n.Place = r.place
		pieces = append(pieces, n)
	}
	s.after = nil
	return pieces
}

// label is the number of a list item; a bullet is none.
func label(number []rune) string {
	s := strings.TrimSpace(string(number))
	for _, c := range s {
		if unicode.IsLetter(c) || unicode.IsNumber(c) {
			return s
		}
	}
	return ""
}

// heading is the level of a paragraph as heading, 0 for none.
func (r *reader) heading(p para) int {
	st := r.styles[p.style]
	switch {
	case p.outline > 0:
		return p.outline
	case st.outline > 0:
		return st.outline
	case st.name == "title":
		return 1
	}
	for _, prefix := range []string{"heading ", "标题 "} {
		if rest, ok := strings.CutPrefix(st.name, prefix); ok {
			if n, err := strconv.Atoi(rest); err == nil && n >= 1 && n <= 9 {
				return n
			}
		}
	}
	return 0
}

func (r *reader) contents(p para) bool {
	return strings.HasPrefix(r.styles[p.style].name, "toc ")
}

// def is the definition of a row being read.
type def struct {
	grid.Def
	merge grid.Merge // of the next cell
}

// tableWord acts on words about tables.
func (r *reader) tableWord(w string, n int) {
	if r.state.dest == skipped {
		return
	}
	if r.state.story != r.body { // tables in notes and boxes: a cell is a paragraph
		if w == "cell" || w == "row" {
			r.endPara()
		}
		return
	}
	d := &r.def
	switch w {
	case "trowd":
		*d = def{}
	case "trhdr":
		d.Head = true
	case "trleft":
		if len(d.Edges) == 0 {
			d.Edges = []int{clamp(n)}
		}
	case "clmrg":
		d.merge |= grid.Leftward
	case "clvmgf":
		d.merge |= grid.Top
	case "clvmrg":
		d.merge |= grid.Upward
	case "cellx":
		if len(d.Merged) >= grid.Widest {
			return
		}
		if len(d.Edges) == 0 {
			d.Edges = []int{min(0, clamp(n))}
		}
		d.Edges, d.Merged = append(d.Edges, clamp(n)), append(d.Merged, d.merge)
		d.merge = 0
	case "cell", "nestcell":
		r.endCell(w == "nestcell")
	case "row", "nestrow":
		depth := 1
		if w == "nestrow" {
			depth = max(2, r.tableDepth(r.state.para))
		}
		r.place++
		r.body.out = append(r.body.out, r.nest.Close(depth, r.place)...)
		r.nest.EndRow(depth, d.Def, r.place)
	}
}

func clamp(n int) int { return max(-1<<20, min(n, 1<<20)) }

func (r *reader) endCell(nested bool) {
	p := r.state.para
	p.table = true
	if depth := r.tableDepth(p); nested && depth < 2 {
		p.depth = 2
	} else if !nested {
		p.depth = 1
	}
	r.body.end(r, p)
	r.nest.EndCell(r.tableDepth(p))
}
