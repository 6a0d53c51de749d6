package main

// This file prints for the eye: tables of figures, and the width and colour of
// Chinese on a terminal. What programs read is in package table.

import (
	"bufio"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"mingxi/cmd/mingxi/tell"
	"mingxi/schema"
)

// A style is an ANSI colour, or nothing where the stream has none.
type style string

// The styles in use.
const (
	bold   style = "1"
	dim    style = "2"
	figure style = "1;36"
	doubt  style = "1;33" // masked and suspect figures
	cut    style = "9;31" // removed text
)

// A painter writes text with styles, or plain if it is off.
type painter struct {
	*bufio.Writer
	on bool
}

func newPainter(w io.Writer) *painter { return &painter{bufio.NewWriter(w), colour(w)} }

// paint writes s in a style.
func (p *painter) paint(st style, s string) {
	if p.on && st != "" {
		s = "\x1b[" + string(st) + "m" + s + "\x1b[0m"
	}
	p.WriteString(s)
}

// A view is a table.Writer for the eye: figures under the title of their
// article, one a line, in columns.
type view struct {
	p    *program
	out  *painter
	last string // the article above
	at   map[string]int
}

func newView(p *program) *view {
	v := &view{p: p, out: newPainter(p.out), at: map[string]int{}}
	for i, name := range schema.Header() {
		v.at[name] = i
	}
	return v
}

// Write prints the figures of one document.
func (v *view) Write(table [][]schema.Cell) error {
	rows := make([][]string, len(table))
	for i, row := range table {
		rows[i] = schema.Strings(row)
		for j := range rows[i] {
			rows[i][j] = printable(rows[i][j])
		}
	}
	lines := make([][]string, len(rows))
	var widths [4]int
	for i, row := range rows {
		lines[i] = v.line(row)
		for j := range widths {
			widths[j] = max(widths[j], columns(lines[i][j]))
		}
	}
	for i, row := range rows {
		v.heading(row)
		v.print(lines[i], widths[:], v.cell(row, "kind"))
	}
	return v.out.Flush()
}

// Close prints what is left.
func (v *view) Close() error { return v.out.Flush() }

// Discard has nothing to drop.
func (v *view) Discard() {}

func (v *view) cell(row []string, name string) string { return row[v.at[name]] }

// heading prints the article of a row where it begins.
func (v *view) heading(row []string) {
	name := v.cell(row, "source") + "\x00" + v.cell(row, "article")
	if name == v.last {
		return
	}
	if v.last != "" {
		v.out.WriteByte('\n')
	}
	v.last = name
	v.out.paint(bold, join("  ", v.cell(row, "title"), v.cell(row, "region"), v.cell(row, "year")))
	v.out.paint(dim, "  "+flat(v.cell(row, "source")))
	v.out.WriteByte('\n')
}

// line is what one figure shows: number, label, value with unit, remarks.
func (v *view) line(row []string) []string {
	value := v.cell(row, "value")
	if high := v.cell(row, "value_max"); high != "" {
		value += "–" + high
	}
	if value == "" {
		value = "?"
	}
	unit := v.cell(row, "unit")
	if per := v.cell(row, "per"); per != "" {
		unit += "/" + per
	}
	kind, status := v.cell(row, "kind"), v.cell(row, "status")
	if kind == schema.Amount.String() {
		kind = ""
	}
	if status == schema.Done.String() {
		status = ""
	}
	part := v.cell(row, "part_of")
	if part != "" {
		part = "⊂#" + part
	}
	remarks := join(" ", kind, status, v.cell(row, "approx"), part, v.cell(row, "period"))
	return []string{"#" + v.cell(row, "seq"), v.cell(row, "label"), value, unit, remarks}
}

func (v *view) print(line []string, widths []int, kind string) {
	st := figure
	if kind == schema.Masked.String() || kind == schema.Suspect.String() {
		st = doubt
	}
	v.out.WriteString("  ")
	v.out.paint(dim, padLeft(line[0], widths[0]))
	v.out.WriteString("  " + padRight(line[1], widths[1]) + "  ")
	v.out.paint(st, padLeft(line[2], widths[2]))
	v.out.WriteString(" " + strings.TrimRight(padRight(line[3], widths[3])+"  "+line[4], " ") + "\n")
}

// join joins what is not empty.
func join(sep string, parts ...string) string { return tell.Join(sep, parts...) }

// columns is the width of s on a terminal: Chinese characters take two columns.
func columns(s string) (n int) {
	for _, c := range s {
		switch width.LookupRune(c).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

func padRight(s string, n int) string { return s + strings.Repeat(" ", max(0, n-columns(s))) }
func padLeft(s string, n int) string  { return strings.Repeat(" ", max(0, n-columns(s))) + s }

// printable replaces control characters, which could move the cursor, change the
// terminal or turn the direction of what is written; line ends and tabs stay.
func printable(s string) string {
	clean := func(c rune) rune {
		if c < ' ' && c != '\n' && c != '\t' || 0x7f <= c && c < 0xa0 || c == utf8.RuneError || unicode.Is(unicode.Bidi_Control, c) {
			return '·'
		}
		return c
	}
	return strings.Map(clean, s)
}
