// Package docx reads Word documents (ECMA-376, transitional and strict) as
// their author sees them: tracked changes accepted, fields as their results,
// automatic numbers written out, footnotes behind the paragraph that has their
// mark, tables row by row. Headers, footers and comments are left out.
//
// It is a recursive descent over the parts of the zip package:
//
//	docx.go       which parts there are
//	styles.go     headings and lists by style
//	numbering.go  一、 (一) 1. from numbering.xml
//	body.go       paragraphs and what holds them
//	run.go        text, fields, breaks
//	table.go      tables
//	math.go       formulas
//	xml.go        .docx as one XML file, and Word 2003 XML
package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"path"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
	"mingxi/corpus/pack"
)

// ErrEncrypted is returned for documents that need a password.
var ErrEncrypted = errors.New("the document is encrypted: it needs a password")

// Read reads a .docx file. Errors name the part that could not be read.
func Read(data []byte) (*draft.Document, error) {
	if bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		if bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
			return nil, fmt.Errorf("docx: %w", ErrEncrypted)
		}
		return nil, errors.New("docx: an OLE file, not a zip package (Word 97-2003?)")
	}
	p, err := pack.Open(data)
	if err != nil {
		return nil, fmt.Errorf("docx: %w", err)
	}
	r := &reader{pack: p, spare: grid.NewBudget()}
	if err := r.read(); err != nil {
		return nil, fmt.Errorf("docx: %w", err)
	}
	return &r.doc, nil
}

type reader struct {
	pack    *pack.Package
	doc     draft.Document
	styles  styles
	lists   lists
	notes   map[string][]string // paragraphs of a note by "footnotes/2"
	inline  int                 // notes that stand where their mark is
	pending string              // text of a paragraph whose end was deleted: the next one goes on with it
	place   int                 // paragraphs and rows so far
	tables  int
	spare   *grid.Budget
	seen    struct{ pictures, charts, hidden, contents, chunks, cut int }
}

func (r *reader) read() error {
	main, err := r.mainPart()
	if err != nil {
		return err
	}
	rels, err := r.relations(main)
	if err != nil {
		return err
	}
	if err := r.readStyles(rels["styles"]); err != nil {
		return err
	}
	if err := r.readNumbering(rels["numbering"]); err != nil {
		return err
	}
	for _, kind := range []string{"footnotes", "endnotes"} {
		if err := r.readNotes(kind, rels[kind]); err != nil {
			return err
		}
	}
	if err := r.readBody(main); err != nil {
		return err
	}
	r.warn()
	return nil
}

func (r *reader) mainPart() (string, error) {
	rels, err := r.relations("")
	if err != nil {
		return "", err
	}
	for _, name := range []string{rels["officeDocument"], "word/document.xml"} {
		if name != "" && r.pack.Has(name) {
			return name, nil
		}
	}
	return "", errors.New("no word/document.xml in the package")
}

// relations are the parts that a part refers to, by kind: the last word of the
// relation's type. Those of the main part default to their usual names.
func (r *reader) relations(part string) (map[string]string, error) {
	dir, _ := path.Split(part)
	rels := map[string]string{}
	list, err := r.pack.Relations(part)
	if err != nil {
		return nil, err
	}
	for _, to := range list {
		if rels[to.Kind] == "" && !to.External {
			rels[to.Kind] = to.Target
		}
	}
	for _, kind := range []string{"styles", "numbering", "footnotes", "endnotes"} {
		if guess := dir + kind + ".xml"; part != "" && rels[kind] == "" && r.pack.Has(guess) {
			rels[kind] = guess
		}
	}
	return rels, nil
}

// walk reads a part that may be missing.
func (r *reader) walk(name string, f func(c *pack.Cursor, root xml.StartElement) error) error {
	if name == "" || !r.pack.Has(name) {
		return nil
	}
	return r.pack.Walk(name, f)
}

func (r *reader) warn() {
	r.doc.Left(r.seen.contents, "%d lines of a table of contents left out")
	r.doc.Left(r.seen.hidden, "%d runs of hidden text left out")
	r.doc.Left(r.seen.charts, "%d charts or diagrams not read")
	r.doc.Left(r.seen.chunks, "%d embedded files not read")
	r.doc.Left(r.seen.cut, "%d tables wider than 256 columns or with too many empty cells cut")
	if len(r.doc.Pieces) == 0 {
		r.doc.Warnings = append(r.doc.Warnings, fmt.Sprintf("no text, %d pictures", r.seen.pictures))
	}
}

// on reports whether a toggle such as <w:vanish/> is set.
func on(e xml.StartElement) bool {
	switch pack.Attr(e, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}
