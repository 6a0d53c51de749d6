// Package corpus turns files into documents: it finds the format and encoding
// of a file, has its reader take it apart, cleans the text, joins broken lines,
// finds titles, headings, tables and sentences, and divides merged files into
// articles. It also walks directories and archives for files to read.
//
// # The way of a file
//
//	bytes → sniff (format) → reader (draft.Document: lines, paragraphs, rows)
//	      → clean (junk, page marks, invisible characters; each kept as Removal)
//	      → join (lines that a page or screen width broke become paragraphs)
//	      → shape (titles, headings, items, rows; headings glued to their text)
//	      → split (articles of a merged file) → sentences → schema.Document
//
// Everything after the reader is the same for all formats, so that a report
// gives the same text whether it comes as .txt, .docx, .html or .pdf.
//
// # The normal text
//
// Blocks are separated by one line feed, but a heading that is glued to its
// paragraph (一、基本情况我镇距县城22公里) stands directly before it, as in the
// source. Characters stay as printed: full-width forms, traditional characters,
// thousands separators, masks such as 201X. What is taken out is recorded.
package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/pdf"
	"mingxi/schema"
)

// PDFEngines are the values of Options.PDF.Engine, but for the empty one.
func PDFEngines() []string { return pdf.Engines() }

// Options bound what Read accepts. The zero value is right for nearly all uses.
type Options struct {
	// MaxBytes is the largest source file, in bytes; 0 means 256 MiB. MaxText is
	// the largest text made of one: 0 means 32 MiB, ten times the largest report
	// ever met. What is larger is an error, never cut off.
	MaxBytes int64
	MaxText  int64
	PDF      pdf.Options // how PDF files are read: the engine, OCR
	ID       string      // identity of the document, where the caller has it of Sum; else it is computed
}

// DefaultMaxBytes is the limit on a file where Options name none.
const DefaultMaxBytes = 256 << 20

func (o Options) maxBytes() int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

// DefaultMaxText is the limit on a text where Options name none.
const DefaultMaxText = 32 << 20

func (o Options) maxText() int64 {
	if o.MaxText > 0 {
		return o.MaxText
	}
	return DefaultMaxText
}

// Errors of Read that callers may want to tell apart.
var (
	ErrEmpty     = errors.New("no text in it")
	ErrTooLarge  = errors.New("too large")
	ErrNotReport = errors.New("not a format that can be read")
	// ErrNoDocument is an ErrNotReport of what is no document at all: a picture, a
	// program, a sound, a database, figures that mingxi wrote.
	ErrNoDocument = errors.New("no document")
)

// Read turns the bytes of one file into a document. The name is recorded as its
// source and helps where the bytes alone do not tell the format. Read is pure:
// the same name and bytes give the same document. The error says what could not
// be read and why, without the name, which the caller knows.
func Read(name string, data []byte, o Options) (doc *schema.Document, err error) {
	if int64(len(data)) > o.maxBytes() {
		return nil, fmt.Errorf("%w: %d bytes, the limit is %d", ErrTooLarge, len(data), o.maxBytes())
	}
	format := Sniff(name, data)
	if n := int64(len(data)); format == formatText && n > 2*o.maxText() { // not even as UTF-16
		return nil, fmt.Errorf("%w: %d bytes of text, the limit is %d", ErrTooLarge, n, o.maxText())
	}
	defer func() {
		if p := recover(); p != nil { // a reader of others met something unforeseen
			doc, err = nil, fmt.Errorf("read %s: internal error: %v", format, p)
		}
	}()
	id := o.ID
	if id == "" {
		_, id = Sum(data)
	}
	dr, err := readDraft(format, data, o) // after which the bytes may go
	if err != nil {
		return nil, err
	}
	if ownTable(dr) {
		return nil, formatError{formatFigures, ""}
	}
	doc, err = normalize(dr, o)
	if err != nil {
		return nil, err
	}
	doc.ID, doc.Source, doc.Format = id, name, format
	if a := &doc.Articles[0]; a.Title == "" && len(doc.Articles) == 1 {
		if a.Title = titleOfFile(name); a.Title != "" {
			a.TitleFrom = titleFromFile
		}
	}
	return doc, nil
}

// Sum is the SHA-256 of the bytes of a source, and the identity of the document
// that they are: its first 16 hex digits.
func Sum(data []byte) (sum [sha256.Size]byte, id string) {
	sum = sha256.Sum256(data)
	return sum, hex.EncodeToString(sum[:8])
}

// ownTable reports whether a workbook holds figures that mingxi wrote, in this or
// another version: they are not to be read once more.
func ownTable(dr *draft.Document) bool {
	for i := range dr.Pieces {
		if p := &dr.Pieces[i]; p.Kind == draft.Row {
			return slices.Contains(p.Cells, "doc_id") && slices.Contains(p.Cells, "label") && slices.Contains(p.Cells, "raw")
		}
	}
	return false
}

// normalize does all that does not depend on the format.
func normalize(dr *draft.Document, o Options) (*schema.Document, error) {
	var size int64
	count := 0
	for p := range dr.All() {
		count++
		size += int64(len(p.Text))
		for _, c := range p.Cells {
			size += int64(len(c)) + 1
		}
	}
	if size > o.maxText() {
		return nil, fmt.Errorf("%w: %d bytes of text, the limit is %d", ErrTooLarge, size, o.maxText())
	}
	pieces := dr.All()
	dr.Pieces, dr.Lines = nil, nil // a document may have a million: they go when they are cleaned
	lines := lineTables(clean(pieces, count, dr.Gone), func(w string) {
		if w != "" {
			dr.Warnings = append(dr.Warnings, w)
		}
	})
	paras := dropRepeats(gluedTables(join(lines)))
	doc := shape(paras, int(size))
	if doc.Text == "" {
		if len(dr.Warnings) > 0 { // which pages are pictures, what was left out
			return nil, fmt.Errorf("%w: %s", ErrEmpty, strings.Join(dr.Warnings, "; "))
		}
		return nil, ErrEmpty
	}
	doc.Encoding, doc.Confidence = dr.Encoding, dr.Confidence
	if dr.Encoding == "" {
		doc.Confidence = 1
	}
	doc.Warnings = dr.Warnings
	split(doc)
	markNumbers(doc)
	setLevels(doc)
	doc.Sentences = sentences(doc)
	return doc, nil
}
