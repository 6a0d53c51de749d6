// Package schema holds the types that everything else is about: the document
// that a report becomes, and the metrics that are read from it.
//
// It is the ground of the project and imports nothing but the standard library.
//
// # Offsets
//
// A document has one normal text. All offsets inside the program are bytes into
// that text, half-open: text[s.Start:s.End]. Rune offsets are computed once, at
// the border, where CSV, JSON and pages are written (see [Runes]).
package schema

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// A Span is a half-open range of bytes in a document's normal text.
type Span struct{ Start, End int }

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// In returns the words of text that the span covers.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Contains reports whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Valid reports whether the span lies in text and cuts no character.
func (s Span) Valid(text string) bool {
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(text) &&
		(s.Start == len(text) || utf8.RuneStart(text[s.Start])) &&
		(s.End == len(text) || utf8.RuneStart(text[s.End]))
}

// A Document is one source file after reading: one clean text with its structure.
type Document struct {
	ID         string    // first 16 hex digits of the SHA-256 of the source bytes
	Root       string    // the folder that was ingested; empty outside of a corpus
	Source     string    // path below Root, or path or name as given
	Paths      []string  // of all sources with these bytes, roots and all; nil if only this one is known
	Format     string    // txt, html, docx, doc, pdf, xlsx, …
	Encoding   string    // utf-8, gb18030, big5, utf-16le, …; empty where the format says it itself
	Confidence float64   // 0..1: how sure the encoding is; 1 where the format says it itself
	Text       string    // the normal text; every offset points into it
	Articles   []Article // at least one if Text is not empty; they do not overlap
	Blocks     []Block   // in text order; they do not overlap
	Sentences  []Span    // in text order; each lies in one block
	Removed    []Removal // what cleaning took out, in text order
	Warnings   []string  // what a reader should know: pages without text, …
}

// Path is where the document was read: Source below Root.
func (d *Document) Path() string { return Join(d.Root, d.Source) }

// Join is the path of a source below a root, which may be empty.
func Join(root, source string) string {
	if root == "" {
		return source
	}
	return strings.TrimSuffix(root, "/") + "/" + source
}

// An Article is one report of a file; sharing sites merge several into one.
type Article struct {
	N     int    // from 1
	Title string // as printed; empty if none was found
	Span
	TitleFrom string // file name, meta; empty where the text prints the title
	Given     *Given // what the user says of it, or nil
}

// Given is what a user says of an article. It stands above what the text tells;
// empty fields leave it to the text.
type Given struct {
	Title, Org string
	Region     string // code of GB/T 2260
	Year       int
	By         string // where he says it: meta.csv:3
}

// Kind says what a block is.
type Kind uint8

// The kinds of block.
const (
	Paragraph Kind = iota
	Title          // the title of an article
	Heading        // 一、 (一) 1. 第一章 …; Level says how deep
	Item           // an item of a list
	Row            // a row of a table; Cells are its cells
	Note           // a footnote, endnote or caption
)

// String names the kind as it is stored and printed.
func (k Kind) String() string {
	return [...]string{"paragraph", "title", "heading", "item", "row", "note"}[k]
}

// A Block is a paragraph, heading, list item or table row: a stretch of text
// that belongs together. A heading that is glued to its paragraph is a block of
// its own; nothing stands between the two in the text.
type Block struct {
	Kind  Kind
	Head  bool // the row is a header of its table
	Level int  // of a heading: 1 is the highest; of a row how far its name is indented; else 0
	Span
	Page  int    // 1-based page of a paged format, else 0
	Place int    // 1-based line, paragraph or row of the source where the block starts
	Table int    // 1-based number of the table a row belongs to, else 0
	First string // of a row of a workbook: the address of its first cell, 收支!B7
	// Cells are the cells of a row, in order; an empty cell is an empty span. A cell
	// that a merged one covers has the span of that one, perhaps in an earlier row.
	Cells []Span
}

// A Removal is something that cleaning took out of the text.
type Removal struct {
	At     int    // byte offset in the normal text where it stood
	Text   string // what stood there
	Reason string // page mark, site junk, pinyin, line break, …
}

// ArticleAt returns the article that holds the offset, nil if none does.
func (d *Document) ArticleAt(offset int) *Article {
	i := sort.Search(len(d.Articles), func(i int) bool { return offset < d.Articles[i].End })
	if i == len(d.Articles) || offset < d.Articles[i].Start {
		return nil
	}
	return &d.Articles[i]
}
