package main

import (
	"fmt"
	"regexp"
	"strings"
)

// The tables as a workbook, written part by part: merged cells, formats of numbers and
// rows as high as their text, as office programs leave them.

const (
	xlsxTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`
	sheetType = `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`
	xlsxRels  = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	xlsxBook  = xmlHead + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>`
	bookRels  = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId0" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>`
	sheetRel  = `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%[1]d.xml"/>`
	sheetOpen = xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><cols>`
)

// formats are the number formats of cells, by how the number is printed.
var formats = []string{"General", "0", "0.0", "0.00", "0.000", "0.0000", "#,##0", "#,##0.0", "#,##0.00", "0%", "0.0%", "0.00%"}

// styles has each format plain, then each with a border, then centred text.
func styles() string {
	var formatsXML, cells strings.Builder
	for i, f := range formats {
		fmt.Fprintf(&formatsXML, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+i, f)
	}
	for border := range 2 {
		for i := range formats {
			fmt.Fprintf(&cells, `<xf numFmtId="%d" fontId="0" fillId="0" borderId="%d" applyNumberFormat="1" applyAlignment="1"><alignment vertical="center" wrapText="%d"/></xf>`, 164+i, border, border)
		}
	}
	cells.WriteString(`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" applyAlignment="1"><alignment horizontal="center"/></xf>`)
	return xmlHead + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="` + fmt.Sprint(len(formats)) + `">` + formatsXML.String() + `</numFmts>` +
		`<fonts count="1"><font><sz val="10"/><name val="Noto Sans CJK SC"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>` +
		`<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="` + fmt.Sprint(2*len(formats)+1) + `">` + cells.String() + `</cellXfs></styleSheet>`
}

// A sheet under way. A wild one begins in B2, and its numbers have the noise of
// sums and the formulas that made them.
type sheet struct {
	rows   strings.Builder
	merges []string
	row    int
	left   int // columns left free
	width  int
	border int
	wild   bool
	widths []int
	tables []int // the first row of each table
}

// xlsxFile writes everything to one sheet, as offices do, or to one for each page:
// the title in a cell merged over the columns, the unit at the right, numbers as
// numbers.
func xlsxFile(s *source) ([]byte, error) {
	orientation := "portrait"
	if s.wide() {
		orientation = "landscape"
	}
	types, book, rels := xlsxTypes, xlsxBook, bookRels
	parts := []part{{"_rels/.rels", xlsxRels}, {"xl/styles.xml", styles()}}
	for i, x := range s.sheets() {
		types += fmt.Sprintf(sheetType, i+1)
		book += fmt.Sprintf(`<sheet name="Sheet%d" sheetId="%[1]d" r:id="rId%[1]d"/>`, i+1)
		rels += fmt.Sprintf(sheetRel, i+1)
		parts = append(parts, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), x.xml(orientation)})
	}
	parts = append(parts, part{"[Content_Types].xml", types + "</Types>"}, part{"xl/workbook.xml", book + "</sheets></workbook>"},
		part{"xl/_rels/workbook.xml.rels", rels + "</Relationships>"})
	return pack(parts)
}

func (s *source) sheets() (all []*sheet) {
	from := 0
	for i := range s.blocks {
		if s.options["sheets"] != "" && s.blocks[i].kind == pageBreak {
			all = append(all, s.sheet(s.blocks[from:i]))
			from = i + 1
		}
	}
	return append(all, s.sheet(s.blocks[from:]))
}

// lettered is the address of a cell in the workbook: Sheet1!B5.
func lettered(s *source, g gold) string {
	table := g.table
	for i, x := range s.sheets() {
		if table <= len(x.tables) {
			return fmt.Sprintf("Sheet%d!%s", i+1, address(x.tables[table-1]+g.row, x.left+g.column))
		}
		table -= len(x.tables)
	}
	return ""
}

func (s *source) sheet(blocks []block) *sheet {
	x := &sheet{border: 1, width: 1, wild: s.options["wild"] != ""}
	if s.options["rules"] == "none" {
		x.border = 0
	}
	if x.wild {
		x.row, x.left = 1, 1
	}
	for i := range blocks {
		if w := blocks[i].width(); w > x.width {
			x.width, x.widths = w, blocks[i].room()
		}
	}
	for i := range blocks {
		switch k := &blocks[i]; k.kind {
		case grid:
			x.tables = append(x.tables, x.row+1)
			x.table(k)
		case pageBreak:
			x.row++
		case rightLine:
			x.line(k.text, x.width-1, 0)
		case heading, caption:
			x.line(k.text, 0, 2*len(formats))
		default:
			x.line(k.text, 0, 0)
		}
	}
	return x
}

func (x *sheet) xml(orientation string) string {
	var b strings.Builder
	b.WriteString(sheetOpen)
	for i := range x.width + x.left {
		w := 6
		if i >= x.left && i-x.left < len(x.widths) {
			w = max(w, x.widths[i-x.left])
		}
		fmt.Fprintf(&b, `<col min="%d" max="%[1]d" width="%d" customWidth="1"/>`, i+1, w)
	}
	b.WriteString(`</cols><sheetData>` + x.rows.String() + `</sheetData>`)
	if len(x.merges) > 0 {
		fmt.Fprintf(&b, `<mergeCells count="%d">%s</mergeCells>`, len(x.merges), strings.Join(x.merges, ""))
	}
	b.WriteString(`<pageSetup paperSize="9" orientation="` + orientation + `" fitToWidth="1" fitToHeight="0"/></worksheet>`)
	return b.String()
}

// line writes one line of text from a column to the last one.
func (x *sheet) line(text string, from, style int) {
	x.row++
	fmt.Fprintf(&x.rows, `<row r="%d">%s</row>`, x.row, x.text(from, text, style))
	x.merge(x.row, from, 1, x.width-from)
}

func (x *sheet) merge(row, column, height, width int) {
	if height > 1 || width > 1 {
		x.merges = append(x.merges, fmt.Sprintf(`<mergeCell ref="%s:%s"/>`, address(row, x.left+column), address(row+height-1, x.left+column+width-1)))
	}
}

func (x *sheet) table(k *block) {
	for _, row := range k.rows {
		x.row++
		fmt.Fprintf(&x.rows, `<row r="%d" ht="%d" customHeight="1">`, x.row, 15*x.lines(row))
		for c, one := range row {
			if one.cols > 0 {
				x.merge(x.row, c, one.rows, one.cols)
			}
			x.rows.WriteString(x.cell(c, one.text))
		}
		x.rows.WriteString(`</row>`)
	}
}

// room is the width of each column, in letters: all that stands in it but prose.
func (k *block) room() []int {
	widths := make([]int, k.width())
	for c := range widths {
		widths[c] = 6
		for _, row := range k.rows {
			if row[c].cols == 1 {
				widths[c] = max(widths[c], min(longest(row[c].text)+2, 36))
			}
		}
	}
	return widths
}

// lines is how many lines a row needs for what stands in its cells.
func (x *sheet) lines(row []cell) int {
	n := 1
	for c, one := range row {
		if one.cols != 1 || one.rows != 1 {
			continue
		}
		lines := 0
		for line := range strings.SplitSeq(one.text, "\n") {
			lines += (longest(line)-1)/max(1, x.widths[c]-1) + 1
		}
		n = max(n, lines)
	}
	return n
}

var plainNumber = regexp.MustCompile(`^-?(\d{1,3}(,\d{3})+|\d{1,11})(\.\d{1,4})?%?$`)

func (x *sheet) cell(column int, text string) string {
	style := x.border * len(formats)
	if text == "" {
		return fmt.Sprintf(`<c r="%s" s="%d"/>`, address(x.row, x.left+column), style)
	}
	if !plainNumber.MatchString(text) || len(text) > 1 && text[0] == '0' && text[1] != '.' {
		return x.text(column, text, style)
	}
	value := strings.ReplaceAll(text, ",", "")
	if share, ok := strings.CutSuffix(value, "%"); ok {
		value = hundredth(share)
	}
	formula := ""
	if x.wild {
		formula = "<f>" + value + "+0</f>"
		if strings.Contains(value, ".") {
			value += strings.Repeat("0", max(0, 13-len(value))) + "2" // 12.340000000002
		}
	}
	return fmt.Sprintf(`<c r="%s" s="%d">%s<v>%s</v></c>`, address(x.row, x.left+column), style+format(text), formula, value)
}

// hundredth moves the point two places to the left.
func hundredth(s string) string {
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	whole, rest, _ := strings.Cut(s, ".")
	whole = strings.Repeat("0", max(0, 3-len(whole))) + whole
	at := len(whole) - 2
	return sign + whole[:at] + "." + whole[at:] + rest
}

// format is the number of the format that prints like this.
func format(text string) int {
	text = strings.TrimPrefix(text, "-")
	number, share := strings.CutSuffix(text, "%")
	_, rest, _ := strings.Cut(number, ".")
	switch {
	case share:
		return 9 + min(len(rest), 2)
	case strings.Contains(number, ","):
		return 6 + min(len(rest), 2)
	}
	return 1 + len(rest)
}

func (x *sheet) text(column int, text string, style int) string {
	runs := `<t xml:space="preserve">` + escaped(text) + `</t>`
	if x.wild {
		runs = ""
		for _, p := range pieces(text) {
			runs += `<r><t xml:space="preserve">` + escaped(p) + `</t></r>`
		}
	}
	return fmt.Sprintf(`<c r="%s" s="%d" t="inlineStr"><is>%s</is></c>`, address(x.row, x.left+column), style, runs)
}

// address is A1 of row 1, column 0.
func address(row, column int) string {
	name := string(rune('A' + column%26))
	if column >= 26 {
		name = string(rune('A'+column/26-1)) + name
	}
	return fmt.Sprintf("%s%d", name, row)
}
