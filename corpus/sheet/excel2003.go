package sheet

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
	"mingxi/corpus/pack"
)

// ReadXML2003 reads a workbook in SpreadsheetML of Excel 2003 (namespace
// urn:schemas-microsoft-com:office:spreadsheet), one XML file that web systems write
// under the name .xls: the visible sheets in order, their values as displayed.
func ReadXML2003(data []byte) (d *draft.Document, err error) {
	x := &excel2003{codes: map[string]int{}, styles: map[string]int{}, parents: map[string]string{}}
	defer guard("format numbers", &err)
	if x.format, err = newFormatter(false); err != nil {
		return nil, fmt.Errorf("excel xml: %w", err)
	}
	c := pack.NewCursor(bytes.NewReader(bytes.TrimLeft(data, " \t\r\n"))).Loose()
	err = c.Each(func(root xml.StartElement) error {
		if root.Name.Local != "Workbook" {
			return fmt.Errorf("root element is %s, not a workbook", root.Name.Local)
		}
		return c.Each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "Styles":
				return c.Each(func(e xml.StartElement) error { return x.style(c, e) })
			case "Worksheet":
				return x.sheet(c, pack.Attr(e, "Name"))
			}
			return nil
		})
	})
	if err != nil && len(x.pages) == 0 {
		return nil, fmt.Errorf("excel xml: %w", err)
	}
	if err != nil { // cut: what is there is read
		x.doc.Warnings = append(x.doc.Warnings, "the file is damaged: cells after the damage are missing")
	}
	return x.document(), nil
}

type excel2003 struct {
	book
	codes   map[string]int // formats by their code
	styles  map[string]int // formats by style
	parents map[string]string
	format  *formatter
}

// firstOwn is the first number of a format that is not built in.
const firstOwn = 164

// named are the formats that SpreadsheetML has names for.
var named = map[string]string{
	"General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Currency": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
	"General Date": "yyyy/m/d h:mm", "Short Date": "yyyy/m/d", "Medium Date": "yyyy/m/d", "Long Date": `yyyy"年"m"月"d"日"`,
	"Short Time": "h:mm", "Medium Time": "h:mm", "Long Time": "h:mm:ss",
}

// style reads how a style displays numbers.
func (x *excel2003) style(c *pack.Cursor, e xml.StartElement) error {
	id := pack.Attr(e, "ID")
	if parent := pack.Attr(e, "Parent"); parent != "" {
		x.parents[id] = parent
	}
	return c.Each(func(e xml.StartElement) error {
		code := pack.Attr(e, "Format")
		if e.Name.Local != "NumberFormat" || code == "" {
			return nil
		}
		if as, ok := named[code]; ok {
			code = as
		}
		if x.codes[code] == 0 {
			x.codes[code] = firstOwn + len(x.codes)
			x.format.codes[x.codes[code]] = code
		}
		x.styles[id] = x.codes[code]
		return nil
	})
}

// formatOf is the format of a style, or of the style that it is made after.
func (x *excel2003) formatOf(id string) int {
	for range 8 {
		if n, ok := x.styles[id]; ok || x.parents[id] == "" {
			return n
		}
		id = x.parents[id]
	}
	return 0
}

// sheet reads a worksheet. Whether it is hidden stands behind its cells.
func (x *excel2003) sheet(c *pack.Cursor, name string) error {
	p := page{name: name}
	hidden := false
	row := -1
	err := c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "Table":
			return c.Each(func(e xml.StartElement) error {
				if e.Name.Local != "Row" || x.full() {
					return nil
				}
				row = index(e, row)
				return x.row(c, &p, row)
			})
		case "WorksheetOptions":
			return c.Each(func(e xml.StartElement) error {
				if e.Name.Local == "Visible" {
					text, err := c.Text()
					hidden = strings.Contains(text, "Hidden")
					return err
				}
				return nil
			})
		}
		return nil
	})
	if hidden {
		x.hidden++
		return err
	}
	x.pages = append(x.pages, p)
	return err
}

// index is the place of a row or cell: what it says, from 1, else the one after the last.
func index(e xml.StartElement, last int) int {
	if n, err := strconv.Atoi(pack.Attr(e, "Index")); err == nil && n-1 > last && n <= 1<<20 {
		return n - 1
	}
	return last + 1
}

func (x *excel2003) row(c *pack.Cursor, p *page, row int) error {
	var cells []string
	col := -1
	err := c.Each(func(e xml.StartElement) error {
		if e.Name.Local != "Cell" {
			return nil
		}
		col = index(e, col)
		at, across, down := col, count(e, "MergeAcross"), count(e, "MergeDown")
		col += across
		if across > 0 || down > 0 {
			p.merge(row, at, row+down, at+across)
		}
		text, err := x.cell(c, e)
		if text == "" || err != nil {
			return err
		}
		if at >= grid.Widest {
			x.cut = true
			return nil
		}
		for len(cells) <= at {
			cells = append(cells, "")
		}
		cells[at] = text
		return nil
	})
	x.add(p, row, cells)
	return err
}

func count(e xml.StartElement, name string) int {
	n, _ := strconv.Atoi(pack.Attr(e, name))
	return max(0, min(n, 1<<20))
}

// cell reads a cell as displayed.
func (x *excel2003) cell(c *pack.Cursor, e xml.StartElement) (text string, err error) {
	format, formula, value := x.formatOf(pack.Attr(e, "StyleID")), pack.Attr(e, "Formula") != "", false
	err = c.Each(func(e xml.StartElement) (err error) {
		if e.Name.Local != "Data" { // a comment has a Data of its own
			return nil
		}
		value = true
		kind := pack.Attr(e, "Type")
		if text, err = c.Text(); err == nil {
			text = x.displayed(kind, text, format)
		}
		return err
	})
	if formula && !value {
		x.blank++
	}
	return text, err
}

func (x *excel2003) displayed(kind, text string, format int) string {
	switch kind {
	case "Number":
		if v, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil {
			return x.format.number(v, format)
		}
	case "DateTime":
		if t, err := time.Parse("2006-01-02T15:04:05", strings.TrimSpace(text)); err == nil {
			if format == 0 {
				return t.Format("2006/1/2")
			}
			days := t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
			return x.format.number(days, format)
		}
	case "Boolean":
		return map[bool]string{true: "TRUE", false: "FALSE"}[strings.TrimSpace(text) == "1"]
	case "Error":
		return ""
	}
	return text
}
