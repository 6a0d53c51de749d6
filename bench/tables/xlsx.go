package main

import (
	"fmt"
	"regexp"
	"strings"
)

const (
	xlsxTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`
	xlsxRels  = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	xlsxBook  = xmlHead + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`
	bookRels  = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`
	sheetOpen = xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
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

// A sheet under way.
type sheet struct {
	rows   strings.Builder
	merges []string
	row    int
	border int
}

// xlsxFile writes everything to one sheet, as offices do: the title in a cell
// merged over the columns, the unit at the right, numbers as numbers.
func xlsxFile(s *source) ([]byte, error) {
	x := &sheet{border: 1}
	if s.options["rules"] == "none" {
		x.border = 0
	}
	width := 1
	for i := range s.blocks {
		width = max(width, s.blocks[i].width())
	}
	var widths []int
	for i := range s.blocks {
		k := &s.blocks[i]
		switch k.kind {
		case grid:
			x.table(k)
			if len(widths) < k.width() {
				widths = k.widths(11 * k.width())
			}
		case pageBreak:
			x.row++
		case rightLine:
			x.line(k.text, width-1, width-1, 0)
		case heading, caption:
			x.line(k.text, 0, width-1, 2*len(formats))
		default:
			x.line(k.text, 0, width-1, 0)
		}
	}
	var b strings.Builder
	b.WriteString(sheetOpen + `<cols>`)
	for i, w := range widths {
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, max(w, 6))
	}
	b.WriteString(`</cols><sheetData>` + x.rows.String() + `</sheetData>`)
	if len(x.merges) > 0 {
		fmt.Fprintf(&b, `<mergeCells count="%d">%s</mergeCells>`, len(x.merges), strings.Join(x.merges, ""))
	}
	orientation := "portrait"
	if s.wide() {
		orientation = "landscape"
	}
	b.WriteString(`<pageSetup paperSize="9" orientation="` + orientation + `" fitToWidth="1" fitToHeight="0"/></worksheet>`)
	sheetXML := strings.Replace(b.String(), "<cols>", `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><cols>`, 1)
	return pack([]part{{"[Content_Types].xml", xlsxTypes}, {"_rels/.rels", xlsxRels}, {"xl/workbook.xml", xlsxBook},
		{"xl/_rels/workbook.xml.rels", bookRels}, {"xl/styles.xml", styles()}, {"xl/worksheets/sheet1.xml", sheetXML}})
}

// line writes one line of text over some columns.
func (x *sheet) line(text string, from, to, style int) {
	x.row++
	fmt.Fprintf(&x.rows, `<row r="%d">%s</row>`, x.row, textCell(x.row, from, text, style))
	x.merge(x.row, from, 1, to-from+1)
}

func (x *sheet) merge(row, column, height, width int) {
	if height > 1 || width > 1 {
		x.merges = append(x.merges, fmt.Sprintf(`<mergeCell ref="%s:%s"/>`, address(row, column), address(row+height-1, column+width-1)))
	}
}

func (x *sheet) table(k *block) {
	for _, row := range k.rows {
		x.row++
		fmt.Fprintf(&x.rows, `<row r="%d">`, x.row)
		for c, one := range row {
			if one.cols > 0 {
				x.merge(x.row, c, one.rows, one.cols)
			}
			x.rows.WriteString(x.cell(c, one.text))
		}
		x.rows.WriteString(`</row>`)
	}
}

var plainNumber = regexp.MustCompile(`^-?(\d{1,3}(,\d{3})+|\d{1,11})(\.\d{1,4})?%?$`)

func (x *sheet) cell(column int, text string) string {
	style := x.border * len(formats)
	if text == "" {
		return fmt.Sprintf(`<c r="%s" s="%d"/>`, address(x.row, column), style)
	}
	if !plainNumber.MatchString(text) || len(text) > 1 && text[0] == '0' && text[1] != '.' {
		return textCell(x.row, column, text, style)
	}
	value := strings.ReplaceAll(text, ",", "")
	if share, ok := strings.CutSuffix(value, "%"); ok {
		value = hundredth(share)
	}
	return fmt.Sprintf(`<c r="%s" s="%d"><v>%s</v></c>`, address(x.row, column), style+format(text), value)
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

func textCell(row, column int, text string, style int) string {
	return fmt.Sprintf(`<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, address(row, column), style, escaped(text))
}

// address is A1 of row 1, column 0.
func address(row, column int) string {
	name := string(rune('A' + column%26))
	if column >= 26 {
		name = string(rune('A'+column/26-1)) + name
	}
	return fmt.Sprintf("%s%d", name, row)
}
