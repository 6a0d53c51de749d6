// Package draft holds what the reader of a format hands on to the rest of
// corpus: pieces of text in reading order, not yet cleaned, joined or divided
// into articles. It is a leaf: readers import it, and it imports nothing of ours.
package draft

import (
	"fmt"
	"iter"
	"unicode"
)

// A Document is a file as its format's reader sees it.
type Document struct {
	Encoding   string  // of a text format; empty where the format says it itself
	Confidence float64 // 0..1, of the encoding
	Pieces     []Piece
	Lines      iter.Seq[string] // of plain text, which may have a million, instead of pieces
	Gone       []Gone           // running heads and feet that the reader left out, in order
	Warnings   []string         // pages without text, parts left out, …
}

// Indent is the width of the blanks that a text begins with, a Han character being 2.
func Indent(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r == '\u3000' || r == '\t':
			n += 2
		case unicode.IsSpace(r):
			n++
		default:
			return n
		}
	}
	return n
}

// All are the pieces, also those that the lines are.
func (d *Document) All() iter.Seq[Piece] {
	pieces, lines := d.Pieces, d.Lines
	return func(yield func(Piece) bool) {
		for _, p := range pieces {
			if !yield(p) {
				return
			}
		}
		if lines == nil {
			return
		}
		place := 0
		for text := range lines {
			place++
			if !yield(Piece{Kind: Line, Text: text, Place: place}) {
				return
			}
		}
	}
}

// Left warns of n things that were left out, if any were: "%d hidden slides left out".
func (d *Document) Left(n int, text string) {
	if n > 0 {
		d.Warnings = append(d.Warnings, fmt.Sprintf(text, n))
	}
}

// Gone is a line that a reader took for page furniture and left out.
type Gone struct {
	Before int // index of the piece that it stood before; the number of pieces at the end
	Text   string
}

// Kind says what a piece is, as far as the format knows.
type Kind uint8

// The kinds of piece.
const (
	Line    Kind = iota // a physical line: a paragraph may be several of them
	Para                // a whole paragraph
	Heading             // a paragraph that the format marks as heading; Level is set
	Row                 // a row of a table; Cells are its cells, Text is empty
	Note                // a footnote or endnote
)

// A Piece is a line, a paragraph or a row of a table.
type Piece struct {
	Kind  Kind
	Text  string
	Level int      // of a heading, from 1; of others how far they are indented, where the format says it
	Page  int      // 1-based, of a paged format
	Place int      // 1-based number of the line, paragraph or row in the source
	Table int      // 1-based number of the table
	Head  bool     // the row is a header
	Cells []string // of a row; merged cells repeat nothing: the covered ones are empty
	First string   // of a row of a workbook: the address of its first cell, 收支!B7
	Areas []int    // of a row, for each cell: the number in the table of the merged area it is a part of, or 0; nil if none is
}
