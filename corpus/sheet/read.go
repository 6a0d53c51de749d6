// Package sheet reads spreadsheets: .xlsx and .xls by itself and within bounds;
// excelize displays numbers by their formats.
//
//	read.go    rows of a sheet → pieces, the same for both formats
//	xlsx.go    the reader of .xlsx
//	xls.go     the reader of .xls: workbook and sheets
//	biff.go    the records of .xls
//	format.go  numbers as Excel displays them
//	excel2003.go  the reader of SpreadsheetML 2003
package sheet

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
)

// ErrEncrypted is returned for workbooks that need a password.
var ErrEncrypted = errors.New("the workbook is encrypted: it needs a password")

// maxCells and maxText are how many cells and bytes of text of a workbook are
// read: a text is stored once and may stand in any number of cells.
const (
	maxCells = 8 << 20
	maxText  = 64 << 20
)

// A page is a sheet as it was read: rows from the first to the last with text.
type page struct {
	name   string
	rows   []line
	merged map[int]map[int]span // by row and column, from 0
}

type line struct {
	at    int // row in the sheet, from 0
	cells []string
}

// span is the size of a merged cell.
type span struct{ rows, cols int }

func (p *page) merge(top, left, bottom, right int) {
	if top < 0 || left < 0 || bottom < top || right < left || left >= grid.Widest {
		return
	}
	if p.merged == nil {
		p.merged = map[int]map[int]span{}
	}
	if p.merged[top] == nil {
		p.merged[top] = map[int]span{}
	}
	p.merged[top][left] = span{bottom - top + 1, right - left + 1}
}

// A book collects the sheets of a workbook.
type book struct {
	doc    draft.Document
	pages  []page
	cells  int
	text   int
	hidden int
	cut    bool
	blank  int // formulas without a result
}

// add takes a row; false says that there are too many cells.
func (b *book) add(p *page, at int, cells []string) bool {
	if len(cells) > grid.Widest {
		cells, b.cut = cells[:grid.Widest], true
	}
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) == 0 {
		return true
	}
	b.cells += len(cells)
	for _, c := range cells {
		b.text += len(c)
	}
	if b.full() {
		return false
	}
	p.rows = append(p.rows, line{at, cells})
	return true
}

func (b *book) full() bool { return b.cells > maxCells || b.text > maxText }

// document turns the sheets into pieces. The name of a sheet is a heading where
// it says something, there are several and the sheet has no title of its own.
func (b *book) document() *draft.Document {
	tables := 0
	for _, p := range b.pages {
		var pieces []draft.Piece
		for _, block := range p.blocks() {
			tables++
			pieces = append(pieces, grid.Pieces(p.layout(block), tables)...)
		}
		if len(b.pages) > 1 && len(pieces) > 0 && pieces[0].Kind == draft.Row && telling(p.name) {
			b.doc.Pieces = append(b.doc.Pieces, draft.Piece{Kind: draft.Heading, Level: 1, Text: p.name})
		}
		b.doc.Pieces = append(b.doc.Pieces, pieces...)
	}
	b.warn()
	return &b.doc
}

func (b *book) warn() {
	if b.hidden > 0 {
		b.doc.Warnings = append(b.doc.Warnings, strconv.Itoa(b.hidden)+" hidden sheets left out")
	}
	b.doc.Left(b.blank, "%d formulas have no stored result: their cells are empty")
	if b.cut {
		b.doc.Warnings = append(b.doc.Warnings, "columns beyond the 256th left out")
	}
	if b.full() {
		b.doc.Warnings = append(b.doc.Warnings, "too many cells: only the first are read")
	}
	if len(b.doc.Pieces) == 0 {
		b.doc.Warnings = append(b.doc.Warnings, "no text")
	}
}

// telling reports whether the name of a sheet has been given by somebody: it
// has Chinese characters and is no 工作表1.
func telling(name string) bool {
	name = strings.TrimPrefix(name, "工作表")
	return strings.IndexFunc(name, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
}

// blocks are the tables of a sheet: behind an empty row a new one begins, if
// what follows looks like its title or header, and behind figures with one text above
// another header.
func (p *page) blocks() [][]line {
	var out [][]line
	from := 0
	for i := 1; i <= len(p.rows); i++ {
		if i == len(p.rows) || p.rows[i].at > p.rows[i-1].at+1 && !numbers(p.rows[i].cells) || numbers(p.rows[i-1].cells) && announced(p.rows[from:], i-from) {
			out = append(out, p.rows[from:i])
			from = i
		}
	}
	return out
}

// mostAbove is how many rows of one text may stand between two tables of a sheet.
const mostAbove = 8

var announces = regexp.MustCompile(`[。：:]$|。|^(?:附?表|附件) ?[0-9一二三四五六七八九十]`)

// announced reports rows of one text each from row i on, and then the header of another table:
// words and no number, with numbers below it. One of the texts announces it, or the header is
// none that stands above, and has words over two of those numbers.
func announced(rows []line, i int) bool {
	n, said := i, false
	for n < min(len(rows), i+mostAbove) {
		text := only(rows[n].cells)
		if text == "" {
			break
		}
		said = said || announces.MatchString(text)
		n++
	}
	for k := n; n > i && k < min(len(rows), n+mostAbove); k++ {
		if numbers(rows[k].cells) {
			return k > n && (said || headsAnew(rows, n, k))
		}
	}
	return false
}

// headsAnew reports rows from n to k with words over two figures of row k, of which no row above is the first.
func headsAnew(rows []line, n, k int) bool {
	over := 0
	for c := range rows[k].cells {
		worded := func(r line) bool { return c < len(r.cells) && strings.ContainsFunc(r.cells[c], unicode.IsLetter) }
		if numbers(rows[k].cells[c:c+1]) && slices.ContainsFunc(rows[n:k], worded) {
			over++
		}
	}
	return over > 1 && !slices.ContainsFunc(rows[:n], func(r line) bool { return slices.Equal(r.cells, rows[n].cells) })
}

// only is the text of a row that has one and no more.
func only(cells []string) string {
	text := ""
	for _, c := range cells {
		if c = strings.TrimSpace(c); c == "" {
			continue
		}
		if text != "" {
			return ""
		}
		text = c
	}
	return text
}

// numbers reports whether a cell of the row is a bare number.
func numbers(cells []string) bool {
	for _, c := range cells {
		if _, err := strconv.ParseFloat(strings.ReplaceAll(c, ",", ""), 64); err == nil {
			return true
		}
	}
	return false
}

// layout lays out the rows of a block, all with the same number of cells.
func (p *page) layout(rows []line) []grid.Row {
	left, right := grid.Widest, 0
	for _, r := range rows {
		right = max(right, len(r.cells))
		for i, c := range r.cells {
			if strings.TrimSpace(c) != "" {
				left = min(left, i)
				break
			}
		}
	}
	var out []grid.Row
	var m mergedAbove
	for _, r := range rows {
		g := grid.Row{Place: r.at + 1, Down: 1, Cells: make([]string, right-left)}
		g.First = p.address(r.at, left)
		g.Areas = m.row(p.merged[r.at], r.at, left, right)
		filled := 0
		for i := left; i < len(r.cells); i++ {
			g.Cells[i-left] = strings.ReplaceAll(r.cells[i], "\r\n", "\n")
			if strings.TrimSpace(r.cells[i]) == "" {
				continue
			}
			filled++
			if s, ok := p.merged[r.at][i]; ok {
				g.Down = max(g.Down, min(s.rows, 8))
				g.Wide = g.Wide || s.cols > 1
			}
		}
		g.Full = filled == 1 && !numbers(g.Cells)
		out = append(out, g)
	}
	return out
}

// mergedAbove are the merged cells that cover the columns of the row at hand.
type mergedAbove struct {
	area, last [grid.Widest]int // number of the area, and the last row it covers
	areas      int
}

// row gives the areas of the cells of a row; nil if none is merged.
func (m *mergedAbove) row(starts map[int]span, at, left, right int) []int {
	for col := left; col < right && len(starts) > 0; col++ {
		s, ok := starts[col]
		if !ok {
			continue
		}
		m.areas++
		for i := col; i < min(col+s.cols, right); i++ {
			m.area[i], m.last[i] = m.areas, at+s.rows-1
		}
	}
	var out []int
	for col := left; col < right; col++ {
		if m.area[col] == 0 || at > m.last[col] {
			continue
		}
		if out == nil {
			out = make([]int, right-left)
		}
		out[col-left] = m.area[col]
	}
	return out
}

// address names a cell as Excel does: 收支!B7. Row and column count from 0.
func (p *page) address(row, col int) string {
	name, err := excelize.CoordinatesToCellName(col+1, row+1)
	if err != nil { // beyond what a sheet can have
		return ""
	}
	if p.name == "" {
		return name
	}
	return p.name + "!" + name
}
