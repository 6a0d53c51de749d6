package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
	"mingxi/corpus/ole"
	"mingxi/corpus/pack"
)

// ReadXLSX reads an .xlsx file: the visible sheets in order, their values as
// displayed, formulas as the results stored with them. Errors name the part.
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
	x := &xlsx{pack: p, codes: map[int]string{}}
	sheets, err := x.workbook()
	if err != nil {
		return nil, err
	}
	if err := x.readStrings(); err != nil {
		return nil, err
	}
	if err := x.readStyles(); err != nil {
		return nil, err
	}
	defer guard("format numbers", &err)
	if x.format, err = newFormatter(x.from1904); err != nil {
		return nil, err
	}
	x.format.codes = x.codes
	for _, s := range sheets {
		if x.full() {
			break
		}
		if err := x.readSheet(s); err != nil {
			return nil, err
		}
	}
	return x.document(), nil
}

// An xlsx is a workbook being read.
type xlsx struct {
	book
	pack     *pack.Package
	main     string // part of the workbook
	strings  []string
	formats  []int // number of the format, by cell style
	codes    map[int]string
	from1904 bool
	format   *formatter
}

// A part of the package that holds a sheet.
type sheetPart struct{ name, part string }

// workbook lists the visible sheets.
func (x *xlsx) workbook() ([]sheetPart, error) {
	x.main = "xl/workbook.xml"
	for _, r := range x.relations("") {
		if r.Kind == "officeDocument" && x.pack.Has(r.Target) {
			x.main = r.Target
		}
	}
	if !x.pack.Has(x.main) {
		return nil, errors.New("no xl/workbook.xml in the package (a binary .xlsb is not read)")
	}
	target := map[string]string{}
	for _, r := range x.relations(x.main) {
		target[r.ID] = r.Target
	}
	var sheets []sheetPart
	root := ""
	err := x.pack.Walk(x.main, func(c *pack.Cursor, e xml.StartElement) error {
		root = e.Name.Local
		return c.Each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "workbookPr":
				v := pack.Attr(e, "date1904")
				x.from1904 = v == "1" || v == "true"
			case "sheets":
				return c.Each(func(e xml.StartElement) error {
					if state := pack.Attr(e, "state"); state == "hidden" || state == "veryHidden" {
						x.hidden++
						return nil
					}
					sheets = append(sheets, sheetPart{pack.Attr(e, "name"), target[pack.Attr(e, "id")]})
					return nil
				})
			}
			return nil
		})
	})
	if err == nil && root != "workbook" {
		err = fmt.Errorf("read %s: root element is %s, not a workbook", x.main, root)
	}
	return sheets, err
}

// relations are those of a part; a damaged list is cut.
func (x *xlsx) relations(part string) []pack.Relation {
	list, _ := x.pack.Relations(part)
	return list
}

// part is the part of a kind that the workbook refers to, or its usual name.
func (x *xlsx) part(kind, usual string) string {
	for _, r := range x.relations(x.main) {
		if r.Kind == kind && x.pack.Has(r.Target) {
			return r.Target
		}
	}
	return usual
}

// readStrings reads the texts that cells refer to by number.
func (x *xlsx) readStrings() error {
	part := x.part("sharedStrings", "xl/sharedStrings.xml")
	if !x.pack.Has(part) {
		return nil
	}
	return x.pack.Walk(part, func(c *pack.Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			if e.Name.Local != "si" {
				return nil
			}
			s, err := richText(c)
			x.strings = append(x.strings, s)
			return err
		})
	})
}

// richText reads a text in runs, without the readings of characters.
func richText(c *pack.Cursor) (string, error) {
	var b strings.Builder
	err := c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t":
			s, err := c.Text()
			b.WriteString(s)
			return err
		case "r":
			s, err := richText(c)
			b.WriteString(s)
			return err
		}
		return nil
	})
	return escaped.ReplaceAllStringFunc(b.String(), func(s string) string {
		n, _ := strconv.ParseUint(s[2:6], 16, 16)
		return string(rune(n))
	}), err
}

// escaped are characters that XML cannot hold: _x000D_ is a carriage return.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// readStyles reads which number format each cell style has.
func (x *xlsx) readStyles() error {
	part := x.part("styles", "xl/styles.xml")
	if !x.pack.Has(part) {
		return nil
	}
	return x.pack.Walk(part, func(c *pack.Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			group := e.Name.Local
			if group != "numFmts" && group != "cellXfs" {
				return nil
			}
			return c.Each(func(e xml.StartElement) error {
				n, _ := strconv.Atoi(pack.Attr(e, "numFmtId"))
				if group == "numFmts" {
					x.codes[n] = pack.Attr(e, "formatCode")
				} else {
					x.formats = append(x.formats, n)
				}
				return nil
			})
		})
	})
}

func (x *xlsx) readSheet(s sheetPart) error {
	if !x.pack.Has(s.part) {
		x.doc.Warnings = append(x.doc.Warnings, "sheet "+s.name+" is missing")
		return nil
	}
	p := page{name: s.name}
	err := x.pack.Walk(s.part, func(c *pack.Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "sheetData":
				return x.readRows(c, &p)
			case "mergeCells":
				return c.Each(func(e xml.StartElement) error {
					from, to, _ := strings.Cut(pack.Attr(e, "ref"), ":")
					top, left := position(from)
					bottom, right := position(to)
					p.merge(top, left, bottom, right)
					return nil
				})
			}
			return nil
		})
	})
	x.pages = append(x.pages, p)
	return err
}

func (x *xlsx) readRows(c *pack.Cursor, p *page) error {
	row := -1
	return c.EachChoice(func(e xml.StartElement) error {
		if e.Name.Local != "row" || x.full() {
			return nil
		}
		row++
		if n, err := strconv.Atoi(pack.Attr(e, "r")); err == nil && n-1 > row {
			row = n - 1
		}
		cells, err := x.readCells(c)
		x.add(p, row, cells)
		return err
	})
}

func (x *xlsx) readCells(c *pack.Cursor) (cells []string, err error) {
	col := -1
	err = c.EachChoice(func(e xml.StartElement) error {
		if e.Name.Local != "c" {
			return nil
		}
		col++
		if _, at := position(pack.Attr(e, "r")); at > col {
			col = at
		}
		text, err := x.readCell(c, e)
		if text == "" || err != nil {
			return err
		}
		if col >= grid.Widest {
			x.cut = true
			return nil
		}
		for len(cells) <= col {
			cells = append(cells, "")
		}
		cells[col] = text
		return nil
	})
	return cells, err
}

// readCell reads a cell as displayed.
func (x *xlsx) readCell(c *pack.Cursor, e xml.StartElement) (text string, err error) {
	kind, style := pack.Attr(e, "t"), pack.Attr(e, "s")
	formula, value := false, false
	err = c.Each(func(e xml.StartElement) (err error) {
		switch e.Name.Local {
		case "f":
			formula = true
		case "v":
			value = true
			text, err = c.Text()
		case "is":
			value = true
			text, err = richText(c)
		}
		return err
	})
	if formula && !value {
		x.blank++
	}
	switch kind {
	case "", "n":
		text = x.number(text, style)
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(text))
		text = ""
		if err == nil && n >= 0 && n < len(x.strings) {
			text = x.strings[n]
		}
	case "b":
		text = map[bool]string{true: "TRUE", false: "FALSE"}[strings.TrimSpace(text) == "1"]
	case "e":
		text = "" // #DIV/0!
	}
	return text, err
}

func (x *xlsx) number(text, style string) string {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return text
	}
	format := 0
	if n, err := strconv.Atoi(style); err == nil && n >= 0 && n < len(x.formats) {
		format = x.formats[n]
	}
	return x.format.number(v, format)
}

// position is the row and column of a cell's name, from 0: C5 is 4, 2. What is
// no name is -1, -1.
func position(name string) (row, col int) {
	i := 0
	for ; i < len(name) && i < 4 && name[i]|0x20 >= 'a' && name[i]|0x20 <= 'z'; i++ {
		col = col*26 + int(name[i]|0x20-'a') + 1
	}
	row, err := strconv.Atoi(name[i:])
	if err != nil || i == 0 || row < 1 || row > 1<<20 {
		return -1, -1
	}
	return row - 1, col - 1
}

// guard makes an error of a panic within excelize.
func guard(step string, err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%s: damaged: %v", step, p)
	}
}
