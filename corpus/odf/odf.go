// Package odf reads OpenDocument text and presentations (ISO/IEC 26300: .odt, .odp, and
// the same as one XML file, .fodt, .fodp) as their author sees them: automatic numbers
// written out, notes behind their paragraph, tables row by row, deleted text, comments,
// headers and footers left out. Spreadsheets are read by sheet.
//
//	odf.go    the package, what holds paragraphs
//	style.go  styles: headings, numbers, raised and hidden text
//	para.go   paragraphs
//	table.go  tables
package odf

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
	"mingxi/corpus/pack"
)

// ErrEncrypted is returned for documents that need a password.
var ErrEncrypted = errors.New("the document is encrypted: it needs a password")

// Read reads an .odt or .odp file. Errors name the part that could not be read.
func Read(data []byte) (*draft.Document, error) {
	p, err := pack.Open(data)
	if err != nil {
		return nil, fmt.Errorf("opendocument: %w", err)
	}
	if Encrypted(p) {
		return nil, fmt.Errorf("opendocument: %w", ErrEncrypted)
	}
	r := newReader()
	if p.Has("styles.xml") {
		if err := p.Walk("styles.xml", func(c *pack.Cursor, _ xml.StartElement) error { return r.root(c) }); err != nil {
			return nil, fmt.Errorf("opendocument: %w", err)
		}
	}
	if err := p.Walk("content.xml", func(c *pack.Cursor, _ xml.StartElement) error { return r.root(c) }); err != nil {
		return nil, fmt.Errorf("opendocument: %w", err)
	}
	return r.finish(), nil
}

// Encrypted reports whether the manifest of a package says that its content needs a key.
func Encrypted(p *pack.Package) bool {
	const manifest = "META-INF/manifest.xml"
	locked := false
	if !p.Has(manifest) {
		return false
	}
	p.Walk(manifest, func(c *pack.Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			content := pack.Attr(e, "full-path") == "content.xml"
			return c.Each(func(e xml.StartElement) error {
				locked = locked || content && e.Name.Local == "encryption-data"
				return nil
			})
		})
	})
	return locked
}

// ReadFlat reads a document that is one XML file (.fodt, .fodp).
func ReadFlat(data []byte) (*draft.Document, error) {
	r := newReader()
	c := pack.NewCursor(bytes.NewReader(bytes.TrimLeft(data, " \t\r\n")))
	err := c.Each(func(root xml.StartElement) error { return r.root(c) })
	if err != nil && len(r.doc.Pieces) == 0 {
		return nil, fmt.Errorf("opendocument: %w", err)
	}
	if err != nil { // cut: what is there is read
		r.doc.Warnings = append(r.doc.Warnings, "the file is damaged: text after the damage is missing")
	}
	return r.finish(), nil
}

type reader struct {
	doc     draft.Document
	styles  map[string]*style
	lists   map[string]*list
	outline list // of headings
	place   int
	page    int // slide of a presentation
	tables  int
	spare   *grid.Budget
	seen    struct{ contents, hidden, charts, cut int }
}

func newReader() *reader {
	return &reader{styles: map[string]*style{}, lists: map[string]*list{}, spare: grid.NewBudget()}
}

// root reads the children of the root of content.xml, styles.xml or a flat document.
func (r *reader) root(c *pack.Cursor) error {
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "styles", "automatic-styles":
			return r.readStyles(c)
		case "body":
			return c.Each(func(e xml.StartElement) error { // text, presentation, drawing
				s := &story{r: r, out: r.emit}
				return s.blocks(c)
			})
		}
		return nil
	})
}

func (r *reader) emit(pieces ...draft.Piece) { r.doc.Pieces = append(r.doc.Pieces, pieces...) }

func (r *reader) finish() *draft.Document {
	r.doc.Left(r.seen.contents, "%d lines of a table of contents left out")
	r.doc.Left(r.seen.hidden, "%d pieces of hidden text left out")
	r.doc.Left(r.seen.charts, "%d charts or embedded objects not read")
	r.doc.Left(r.seen.cut, "%d tables wider than 256 columns or with too many empty cells cut")
	if len(r.doc.Pieces) == 0 {
		r.doc.Warnings = append(r.doc.Warnings, "no text")
	}
	return &r.doc
}

// A story is what holds paragraphs: the body, a cell, a note, a text box.
type story struct {
	r     *reader
	out   func(pieces ...draft.Piece)
	list  *list // the list that paragraphs are items of; nil for none
	level int   // its level, from 0
	begun bool  // the item has its number
	title bool  // a frame with the title of a slide
}

// blocks reads what holds paragraphs, lists and tables.
func (s *story) blocks(c *pack.Cursor) error {
	return c.Each(func(e xml.StartElement) error { return s.block(c, e) })
}

func (s *story) block(c *pack.Cursor, e xml.StartElement) error {
	r := s.r
	switch e.Name.Local {
	case "p", "h":
		return s.paragraph(c, e)
	case "list":
		return s.readList(c, e)
	case "table":
		return s.table(c)
	case "page": // a slide
		r.page++
		return s.blocks(c)
	case "frame":
		inner := *s
		inner.title = pack.Attr(e, "class") == "title"
		return inner.blocks(c)
	case "section", "text-box", "custom-shape", "rect", "g", "index-body", "illustration-index", "user-index", "numbered-paragraph", "a":
		return s.blocks(c)
	case "table-of-content":
		before := len(r.doc.Pieces)
		n := 0
		inner := &story{r: r, out: func(p ...draft.Piece) { n += len(p) }}
		err := inner.blocks(c)
		r.doc.Pieces = r.doc.Pieces[:before]
		r.seen.contents += n
		return err
	case "object", "object-ole":
		r.seen.charts++
	}
	return nil // tracked-changes, notes of a presentation, forms, declarations
}
