package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
	"mingxi/corpus/pack"
)

// ReadODS reads an OpenDocument spreadsheet (ISO/IEC 26300: .ods): the visible sheets in
// order, their cells as displayed. Errors name the part.
func ReadODS(data []byte) (*draft.Document, error) {
	p, err := pack.Open(data)
	if err != nil {
		return nil, fmt.Errorf("ods: %w", err)
	}
	x := &ods{hiddenStyles: map[string]bool{}}
	if err := p.Walk("content.xml", func(c *pack.Cursor, _ xml.StartElement) error { return x.root(c) }); err != nil {
		return nil, fmt.Errorf("ods: %w", err)
	}
	return x.document(), nil
}

// ReadFlatODS reads a spreadsheet that is one XML file (.fods).
func ReadFlatODS(data []byte) (*draft.Document, error) {
	x := &ods{hiddenStyles: map[string]bool{}}
	c := pack.NewCursor(bytes.NewReader(bytes.TrimLeft(data, " \t\r\n")))
	err := c.Each(func(xml.StartElement) error { return x.root(c) })
	if err != nil && len(x.pages) == 0 {
		return nil, fmt.Errorf("ods: %w", err)
	}
	if err != nil { // cut: what is there is read
		x.doc.Warnings = append(x.doc.Warnings, "the file is damaged: cells after the damage are missing")
	}
	return x.document(), nil
}

// An ods is a spreadsheet being read.
type ods struct {
	book
	hiddenStyles map[string]bool
}

func (x *ods) root(c *pack.Cursor) error {
	sheets := false
	err := c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "automatic-styles":
			return c.Each(func(e xml.StartElement) error {
				name := pack.Attr(e, "name")
				return c.Each(func(e xml.StartElement) error {
					if e.Name.Local == "table-properties" && pack.Attr(e, "display") == "false" {
						x.hiddenStyles[name] = true
					}
					return nil
				})
			})
		case "body":
			return c.Each(func(e xml.StartElement) error {
				sheets = sheets || e.Name.Local == "spreadsheet"
				return c.Each(func(e xml.StartElement) error {
					if e.Name.Local == "table" {
						return x.sheet(c, e)
					}
					return nil
				})
			})
		}
		return nil
	})
	if err == nil && !sheets {
		err = errors.New("no spreadsheet in it (encrypted?)")
	}
	return err
}

func (x *ods) sheet(c *pack.Cursor, e xml.StartElement) error {
	if x.hiddenStyles[pack.Attr(e, "style-name")] {
		x.hidden++
		return nil
	}
	p := page{name: pack.Attr(e, "name")}
	row := 0
	err := x.rows(c, &p, &row)
	x.pages = append(x.pages, p)
	return err
}

func (x *ods) rows(c *pack.Cursor, p *page, row *int) error {
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "table-header-rows", "table-rows", "table-row-group":
			return x.rows(c, p, row)
		case "table-row":
			times := repeated(e, "number-rows-repeated")
			if x.full() || *row >= 1<<20 {
				return nil
			}
			cells, err := x.cells(c, p, *row)
			for i := range times {
				if len(cells) == 0 || !x.add(p, *row+i, cells) {
					break
				}
			}
			*row += times
			return err
		}
		return nil
	})
}

func repeated(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(pack.Attr(e, name))
	if err != nil {
		return 1
	}
	return max(1, min(n, 1<<20))
}

func (x *ods) cells(c *pack.Cursor, p *page, row int) (cells []string, err error) {
	at := 0
	err = c.Each(func(e xml.StartElement) error {
		if e.Name.Local != "table-cell" && e.Name.Local != "covered-table-cell" {
			return nil
		}
		times := repeated(e, "number-columns-repeated")
		text, err := x.cell(c, e)
		if e.Name.Local == "covered-table-cell" {
			text = ""
		}
		if cols, rows := repeated(e, "number-columns-spanned"), repeated(e, "number-rows-spanned"); cols > 1 || rows > 1 {
			p.merge(row, at, row+rows-1, at+cols-1)
		}
		for i := range times {
			if text == "" {
				break
			}
			if at+i >= grid.Widest {
				x.cut = true
				break
			}
			for len(cells) < at+i {
				cells = append(cells, "")
			}
			cells = append(cells, text)
		}
		at += times
		return err
	})
	return cells, err
}

// cell reads a cell: its paragraphs, or the value where a program has written none.
func (x *ods) cell(c *pack.Cursor, e xml.StartElement) (string, error) {
	var lines []string
	err := c.Each(func(e xml.StartElement) error {
		if e.Name.Local != "p" {
			return nil // annotations and drawings
		}
		var b strings.Builder
		err := inline(c, &b)
		lines = append(lines, b.String())
		return err
	})
	kind := pack.Attr(e, "value-type")
	switch {
	case kind != "" && kind != "string" && strings.HasPrefix(strings.Join(lines, ""), "#"), strings.HasPrefix(strings.Join(lines, ""), "Err:"):
		return "", err // #DIV/0!
	case len(lines) > 0 || kind == "":
		return strings.Join(lines, "\n"), err
	case kind == "percentage":
		if v, e := strconv.ParseFloat(pack.Attr(e, "value"), 64); e == nil {
			return general(v*100) + "%", err
		}
	}
	for _, name := range []string{"string-value", "date-value", "time-value", "boolean-value", "value"} {
		if v := pack.Attr(e, name); v != "" {
			return v, err
		}
	}
	return "", err
}

// inline reads the text of a paragraph in a cell.
func inline(c *pack.Cursor, b *strings.Builder) error {
	return c.EachText(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "s":
			b.WriteString(strings.Repeat(" ", min(repeated(e, "c"), 1000)))
		case "tab", "line-break":
			b.WriteByte(' ')
		case "annotation", "ruby-text":
		default:
			return inline(c, b)
		}
		return nil
	}, func(text []byte) { b.Write(text) })
}
