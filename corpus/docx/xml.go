package docx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
	"mingxi/corpus/pack"
)

// ReadFlat reads a .docx that is one XML file (flat OPC), often named .xml or .doc.
func ReadFlat(data []byte) (*draft.Document, error) {
	p, err := pack.OpenFlat(data)
	if err != nil {
		return nil, fmt.Errorf("word xml: %w", err)
	}
	r := &reader{pack: p, spare: grid.NewBudget()}
	if err := r.read(); err != nil {
		return nil, fmt.Errorf("word xml: %w", err)
	}
	return &r.doc, nil
}

// Read2003 reads WordprocessingML of Word 2003 (namespace
// http://schemas.microsoft.com/office/word/2003/wordml), as web systems write it under
// the name .doc. It is one file, its elements those of .docx but for sections, tracked
// changes (aml:annotation), notes, which stand where their mark is, and lists, whose
// numbers Word also writes out (wx:t).
func Read2003(data []byte) (*draft.Document, error) {
	r := &reader{pack: &pack.Package{}, spare: grid.NewBudget()}
	if err := r.readNumbering(""); err != nil {
		return nil, err
	}
	r.styles.byID = map[string]*style{}
	c := pack.NewCursor(bytes.NewReader(bytes.TrimLeft(data, " \t\r\n"))).Loose()
	err := c.Each(func(root xml.StartElement) error {
		if root.Name.Local != "wordDocument" {
			return errNotWord(root.Name.Local)
		}
		return c.Each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "styles":
				return r.styleSheet(c)
			case "lists":
				return c.Each(func(e xml.StartElement) error {
					switch e.Name.Local {
					case "listDef":
						return r.lists.readAbstract(c, pack.Attr(e, "listDefId"))
					case "list":
						return r.lists.readNum(c, pack.Attr(e, "ilfo"))
					}
					return nil
				})
			case "body":
				return r.story(r.emit, func() error { return r.blocks(c, r.emit) })
			}
			return nil
		})
	})
	if err != nil && len(r.doc.Pieces) == 0 {
		return nil, fmt.Errorf("word xml: %w", err)
	}
	if err != nil { // cut: what is there is read
		r.doc.Warnings = append(r.doc.Warnings, "the file is damaged: text after the damage is missing")
	}
	r.warn()
	return &r.doc, nil
}

// kept reports whether an annotation of Word 2003 holds text of the document: an
// insertion does; a deletion and a comment do not.
func kept(e xml.StartElement) bool { return pack.Attr(e, "type") == "Word.Insertion" }

// readListPr reads which list an item of Word 2003 belongs to, and the number that Word
// writes out before it (other programs do not); a bullet is none.
func readListPr(c *pack.Cursor, p *props) error {
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "ilvl":
			p.num.level, p.num.hasLevel = small(pack.Attr(e, "val")), true
		case "ilfo":
			p.num.id = pack.Attr(e, "val")
		case "t":
			p.label = strings.TrimSpace(pack.Attr(e, "val"))
			if strings.IndexFunc(p.label, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) < 0 {
				p.label = ""
			}
		}
		return nil
	})
}

// note reads a note of Word 2003, which stands where its mark is.
func (p *paragraph) note(c *pack.Cursor) error {
	if p.r.notes == nil {
		p.r.notes = map[string][]string{}
	}
	key := fmt.Sprintf("inline/%d", p.r.inline)
	p.r.inline++
	p.notes = append(p.notes, key)
	return p.r.noteText(c, key)
}
