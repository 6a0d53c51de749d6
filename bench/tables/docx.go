package main

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// The tables as a word processor writes them: Office Open XML (ECMA-376), part by part,
// for what no library writes: words cut into runs, spans, breaks of pages.

const (
	xmlHead     = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	docxTypes   = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	docxRels    = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	docxOpen    = xmlHead + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`
	pageLetters = 80 // of the size of tables, between the margins of A4 upright
	wideLetters = 120
	letterTwips = 120
	wideFrom    = 9 // columns
	portrait    = `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/></w:sectPr>`
	landscape   = `<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/></w:sectPr>`
	docxRules   = `<w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders>`
	docxFont    = `<w:rFonts w:ascii="Noto Sans CJK SC" w:eastAsia="Noto Sans CJK SC" w:hAnsi="Noto Sans CJK SC"/>`
	breakAfter  = `<w:p><w:r><w:br w:type="page"/></w:r></w:p>`
)

// docxFile writes the document of a word processor.
func docxFile(s *source) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(docxOpen)
	for _, k := range s.blocks {
		switch k.kind {
		case grid:
			s.docxTable(&b, &k)
		case pageBreak:
			b.WriteString(breakAfter)
		default:
			align, size := "left", 21
			switch k.kind {
			case heading:
				align, size = "center", 32
			case caption:
				align, size = "center", 24
			case rightLine:
				align = "right"
			}
			s.docxParagraph(&b, k.text, align, size)
		}
	}
	section := portrait
	if s.wide() {
		section = landscape
	}
	b.WriteString(section + "</w:body></w:document>")
	return pack([]part{{"[Content_Types].xml", docxTypes}, {"_rels/.rels", docxRels}, {"word/document.xml", b.String()}})
}

func (s *source) wide() bool {
	for i := range s.blocks {
		if s.blocks[i].width() >= wideFrom {
			return true
		}
	}
	return false
}

func (s *source) docxParagraph(b *bytes.Buffer, text, align string, size int) {
	fmt.Fprintf(b, `<w:p><w:pPr><w:jc w:val="%s"/></w:pPr>`, align)
	for i, line := range strings.Split(text, "\n") {
		br := ""
		if i > 0 {
			br = "<w:br/>"
		}
		runs := []string{line}
		if s.options["wild"] != "" {
			runs = pieces(line)
		}
		for _, run := range runs {
			fmt.Fprintf(b, `<w:r><w:rPr>%s<w:sz w:val="%d"/></w:rPr>%s<w:t xml:space="preserve">%s</w:t></w:r>`, docxFont, size, br, escaped(run))
			br = ""
		}
	}
	b.WriteString("</w:p>")
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

// docxTable writes a table whose columns are as wide as what stands in them
// asks for: cells of prose, above all, are wider than figures.
func (s *source) docxTable(b *bytes.Buffer, k *block) {
	page := pageLetters
	if s.wide() {
		page = wideLetters
	}
	widths := k.widths(page)
	for c := range widths {
		widths[c] *= letterTwips
	}
	b.WriteString(`<w:tbl><w:tblPr><w:jc w:val="center"/>`)
	if s.options["rules"] != "none" {
		b.WriteString(docxRules)
	}
	b.WriteString(`<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)
	for r := range k.rows {
		b.WriteString("<w:tr>")
		if s.options["repeat"] != "" && r < k.head {
			b.WriteString(`<w:trPr><w:tblHeader/></w:trPr>`)
		}
		s.docxRow(b, k, r, widths)
		b.WriteString("</w:tr>")
	}
	b.WriteString("</w:tbl>")
	s.docxParagraph(b, "", "left", 8)
}

func (s *source) docxRow(b *bytes.Buffer, k *block, r int, widths []int) {
	for c := 0; c < len(k.rows[r]); {
		top, height := k.over(r, c)
		width := 0
		for i := range top.cols {
			width += widths[c+i]
		}
		fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
		if top.cols > 1 {
			fmt.Fprintf(b, `<w:gridSpan w:val="%d"/>`, top.cols)
		}
		text := top.text
		switch {
		case height > 0:
			b.WriteString(`<w:vMerge/>`)
			text = ""
		case top.rows > 1:
			b.WriteString(`<w:vMerge w:val="restart"/>`)
		}
		b.WriteString(`</w:tcPr>`)
		s.docxParagraph(b, text, map[bool]string{true: "right", false: "left"}[numeric(text)], 18)
		b.WriteString(`</w:tc>`)
		c += top.cols
	}
}

// over is the cell at r, c or the one that covers it from above, and how many
// rows that stands above.
func (k *block) over(r, c int) (cell, int) {
	for up := 0; up <= r; up++ {
		if top := k.rows[r-up][c]; top.cols > 0 {
			return top, up
		}
	}
	return cell{cols: 1, rows: 1}, 0
}

// widths shares the width of the page among the columns: a figure stands on one
// line, and what is left goes to those that hold more.
func (k *block) widths(page int) []int {
	widths := make([]int, k.width())
	more := make([]int, k.width())
	left, sum := page, 0
	for c := range widths {
		figures, all := 4, 4
		for _, row := range k.rows {
			if row[c].cols != 1 {
				continue
			}
			all = max(all, min(longest(row[c].text), 40))
			if numeric(row[c].text) {
				figures = max(figures, longest(row[c].text)+2)
			}
		}
		widths[c] = figures
		left -= figures
		more[c] = max(all-figures, 0)
		sum += more[c]
	}
	for c := range widths {
		if sum > 0 && left > 0 {
			widths[c] += left * more[c] / sum
		}
	}
	return widths
}

// longest is the width of the longest line, in letters.
func longest(text string) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		w := 1
		for _, r := range line {
			w++
			if r > 0x2000 {
				w++
			}
		}
		n = max(n, w)
	}
	return n
}

// counted is the address of a cell where tables are counted: t1r3c2.
func counted(_ *source, g gold) string {
	return fmt.Sprintf("t%dr%dc%d", g.table, g.row+1, g.column+1)
}

type part struct{ name, text string }

// pack makes a zip file of its parts.
func pack(parts []part) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
