package ofd

import (
	"math"
	"regexp"
	"sort"
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
)

// A line is what stands on one base line of a page, divided where there are
// wide gaps.
type line struct {
	page        int
	parts       []string
	left, right float64
	y, size     float64
	above       float64 // distance to the line above
}

func (l *line) text() string { return strings.Join(l.parts, "\t") }

// layout collects the lines of all pages.
type layout struct {
	lines []line
}

// add sorts the characters of a page into lines.
func (l *layout) add(page int, chars []char) {
	sort.SliceStable(chars, func(i, j int) bool { return chars[i].y < chars[j].y })
	first := len(l.lines)
	for len(chars) > 0 {
		n := 1
		for n < len(chars) && chars[n].y-chars[n-1].y < 0.25*chars[n].size && chars[n].y-chars[0].y < 0.5*chars[n].size {
			n++
		}
		if x := newLine(page, chars[:n]); len(x.parts) > 0 {
			l.lines = append(l.lines, x)
		}
		chars = chars[n:]
	}
	lines := l.lines[first:]
	for len(lines) > 0 && pageNumber.MatchString(lines[len(lines)-1].text()) {
		l.lines = l.lines[:len(l.lines)-1]
		lines = lines[:len(lines)-1]
	}
	for i := 1; i < len(lines); i++ {
		lines[i].above = lines[i].y - lines[i-1].y
	}
}

var pageNumber = regexp.MustCompile(`^[-—－–― \t]*(第\s*)?[0-9０-９]{1,4}(\s*页)?[-—－–― \t]*(/\s*\d+|共\s*\d+\s*页)?$`)

func newLine(page int, chars []char) line {
	sort.SliceStable(chars, func(i, j int) bool { return chars[i].x < chars[j].x })
	x := line{page: page, left: chars[0].x, y: chars[0].y}
	var b strings.Builder
	end := chars[0].x
	var last char
	for _, c := range chars {
		if c.r == last.r && c.x-last.x < 0.2*c.size { // drawn twice, to look bold
			continue
		}
		if last.r != 0 && c.x-end > 1.5*c.size && !(c.label && c.code == last.code) && strings.TrimSpace(b.String()) != "" {
			x.parts = append(x.parts, strings.TrimSpace(b.String()))
			b.Reset()
		} else if last.r != 0 && c.x-end > 0.3*c.size && c.code != last.code && last.r < 0x80 && c.r < 0x80 {
			b.WriteByte(' ')
		}
		if b.Len() == 0 && len(x.parts) == 0 {
			x.left = c.x
		}
		b.WriteRune(c.r)
		end = math.Max(end, c.x+advance(c.r)*c.size)
		x.size = math.Max(x.size, c.size)
		last = c
	}
	if s := strings.TrimSpace(b.String()); s != "" {
		x.parts = append(x.parts, s)
	}
	x.right = end
	return x
}

// pieces joins lines into paragraphs and finds tables.
func (l *layout) pieces() []draft.Piece {
	var out []draft.Piece
	left, right := l.margins()
	place, tables := 0, 0
	for i := 0; i < len(l.lines); {
		place++
		if n := l.rows(i); n > 0 {
			tables++
			out = append(out, l.table(i, n, tables, place)...)
			i += n
			continue
		}
		text, n := l.lines[i].text(), 1
		for i+n < len(l.lines) && l.joins(i+n, left, right) {
			text += glue(text, l.lines[i+n].text())
			n++
		}
		out = append(out, draft.Piece{Kind: draft.Para, Text: text, Page: l.lines[i].page, Place: place})
		i += n
	}
	return out
}

// glue is the text to add, with a space between two Latin words.
func glue(text, next string) string {
	last := text[len(text)-1]
	if last < 0x80 && next[0] < 0x80 && last != '-' && letter(last) && letter(next[0]) {
		return " " + next
	}
	return next
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// margins are the left and right border of the text over all pages: what most
// long lines begin and end at.
func (l *layout) margins() (left, right float64) {
	lefts, rights := map[int]int{}, map[int]int{}
	for _, x := range l.lines {
		if len(x.parts) == 1 {
			lefts[int(math.Round(x.left))]++
			rights[int(math.Round(x.right))]++
		}
	}
	left, right = math.Inf(1), math.Inf(-1)
	for at, n := range lefts {
		if n >= 2 || len(l.lines) < 8 {
			left = math.Min(left, float64(at))
		}
	}
	for at, n := range rights {
		if n >= 2 || len(l.lines) < 8 {
			right = math.Max(right, float64(at))
		}
	}
	return left, right
}

// joins reports whether a line goes on with the paragraph of the line before.
func (l *layout) joins(i int, left, right float64) bool {
	a, b := &l.lines[i-1], &l.lines[i]
	switch {
	case len(a.parts) > 1 || len(b.parts) > 1:
		return false
	case math.Abs(a.size-b.size) > 0.15*a.size:
		return false
	case a.right < right-2*a.size: // ends early
		return false
	case b.left > left+1.2*b.size: // indented
		return false
	case a.page == b.page && b.above > 2.6*b.size:
		return false
	}
	return true
}

// rows is how many lines from i on are rows of a table: at least two, of the
// same number of parts, three or more.
func (l *layout) rows(i int) int {
	parts := len(l.lines[i].parts)
	n := 0
	for parts >= 3 && i+n < len(l.lines) && len(l.lines[i+n].parts) == parts {
		n++
	}
	if n < 2 {
		return 0
	}
	return n
}

func (l *layout) table(i, n, number, place int) []draft.Piece {
	var rows []grid.Row
	for _, x := range l.lines[i : i+n] {
		rows = append(rows, grid.Row{Cells: append([]string(nil), x.parts...), Down: 1, Place: place})
	}
	pieces := grid.Pieces(rows, number)
	for k := range pieces {
		pieces[k].Page = l.lines[i].page
	}
	return pieces
}
