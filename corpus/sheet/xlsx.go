package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

	"mingxi/corpus/draft"
	"mingxi/corpus/ole"
	"mingxi/corpus/pack"
)

// most is how many bytes an .xlsx file may unpack to, mostHeld how many of the
// parts that excelize holds in memory, where they take thirty times as much.
const (
	most     = 96 << 20
	mostHeld = 20 << 20
)

// ReadXLSX reads an .xlsx file: the visible sheets in order, their values as
// displayed.
func ReadXLSX(data []byte) (*draft.Document, error) {
	d, err := readXLSX(data)
	if err != nil {
		return nil, fmt.Errorf("xlsx: %w", err)
	}
	return d, nil
}

func readXLSX(data []byte) (d *draft.Document, err error) {
	if f, err := ole.Open(data); err == nil && f.Encrypted() {
		return nil, ErrEncrypted
	}
	p, err := pack.Open(data)
	if err != nil {
		return nil, err
	}
	limit := min(most, pack.Limit(len(data)))
	if err := p.Check(limit); err != nil {
		return nil, err
	}
	for _, name := range []string{"xl/sharedStrings.xml", "xl/styles.xml"} {
		if p.Size(name) > mostHeld {
			return nil, fmt.Errorf("read %s: %w", name, pack.ErrTooLarge)
		}
	}
	parts, err := sheetParts(p)
	if err != nil {
		return nil, err
	}
	defer guard("read workbook", &err)
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: limit, UnzipXMLSizeLimit: limit, CultureInfo: excelize.CultureNameZhCN,
	})
	if err != nil {
		return nil, fmt.Errorf("open workbook: %w", err)
	}
	defer f.Close()
	b := &book{}
	for _, name := range f.GetSheetList() {
		if shown, err := f.GetSheetVisible(name); err == nil && !shown {
			b.hidden++
			continue
		}
		if err := b.readSheet(f, p, name, parts[name]); err != nil {
			return nil, fmt.Errorf("read sheet %s: %w", name, err)
		}
	}
	return b.document(), nil
}

func (b *book) readSheet(f *excelize.File, p *pack.Package, name, part string) error {
	s := page{name: name}
	if p.Has(part) {
		if err := b.merges(p, part, &s); err != nil {
			return err
		}
	}
	rows, err := f.Rows(name)
	if missing := (excelize.ErrSheetNotExist{}); errors.As(err, &missing) {
		b.doc.Warnings = append(b.doc.Warnings, "sheet "+name+" has no rows")
		return nil
	}
	if err != nil {
		return err
	}
	defer rows.Close()
	for at := 0; rows.Next(); at++ {
		cells, err := rows.Columns()
		if err != nil {
			return err
		}
		if !b.add(&s, at, cells) {
			break
		}
	}
	if err := rows.Error(); err != nil {
		return err
	}
	b.pages = append(b.pages, s)
	return nil
}

// merges reads what excelize would have to hold the whole sheet for: merged
// cells, and formulas without a result.
func (b *book) merges(p *pack.Package, part string, s *page) error {
	return p.Walk(part, func(c *pack.Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "sheetData":
				return c.Each(func(xml.StartElement) error { return c.Each(func(xml.StartElement) error { return b.formula(c) }) })
			case "mergeCells":
				return c.Each(func(e xml.StartElement) error {
					from, to, _ := strings.Cut(pack.Attr(e, "ref"), ":")
					left, top, err := excelize.CellNameToCoordinates(from)
					right, bottom, err2 := excelize.CellNameToCoordinates(to)
					if err == nil && err2 == nil {
						s.merge(top-1, left-1, bottom-1, right-1)
					}
					return nil
				})
			}
			return nil
		})
	})
}

// formula looks into a cell.
func (b *book) formula(c *pack.Cursor) error {
	formula, value := false, false
	err := c.Each(func(e xml.StartElement) error {
		formula = formula || e.Name.Local == "f"
		value = value || e.Name.Local == "v" || e.Name.Local == "is"
		return nil
	})
	if formula && !value {
		b.blank++
	}
	return err
}

// sheetParts are the parts of the package by the names of the sheets.
func sheetParts(p *pack.Package) (map[string]string, error) {
	const workbook, rels = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
	parts := map[string]string{}
	if !p.Has(workbook) || !p.Has(rels) {
		return parts, nil
	}
	target := map[string]string{}
	err := p.Walk(rels, func(c *pack.Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			to := pack.Attr(e, "Target")
			if !strings.HasPrefix(to, "/") {
				to = path.Join("xl", to)
			}
			target[pack.Attr(e, "Id")] = to
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	err = p.Walk(workbook, func(c *pack.Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			if e.Name.Local != "sheets" {
				return nil
			}
			return c.Each(func(e xml.StartElement) error {
				for _, a := range e.Attr {
					if a.Name.Local == "id" {
						parts[pack.Attr(e, "name")] = target[a.Value]
					}
				}
				return nil
			})
		})
	})
	return parts, err
}

// guard makes an error of a panic within excelize.
func guard(step string, err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%s: damaged: %v", step, p)
	}
}
