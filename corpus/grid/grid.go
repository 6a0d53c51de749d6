// Package grid turns the cells of a table, of whatever format, into pieces:
// which rows are headers, and which are no rows at all but a caption, a line
// like 单位：万元 or a note that was merged over the width of the table.
package grid

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"mingxi/corpus/draft"
)

// Widest is how many columns a row may have; what lies beyond is left out.
const Widest = 256

// A Row is a row of a table. Merged cells are laid out: the text stands in the
// first of them, the covered ones are empty; Areas says which belong together.
type Row struct {
	Cells []string
	Areas []int  // for each cell the number of its merged area, 0 for a cell alone; nil if all are
	Head  bool   // marked as header by the format
	Wide  bool   // some cell covers several columns
	Down  int    // the most rows that a cell of it covers, at least 1
	Full  bool   // one cell covers the whole row
	Place int    // number in the source
	Level int    // how far its name is indented
	First string // address of the first cell in a workbook: 收支!B7; else empty
}

// Pieces are the rows as pieces of the table of that number. Empty rows are
// left out; captions and notes over the whole width become paragraphs.
func Pieces(rows []Row, table int) []draft.Piece {
	rows = filled(rows)
	if narrow(rows) {
		return paragraphs(nil, rows)
	}
	top := 0
	for top < len(rows) && (rows[top].alone() || rows[top].title()) {
		top++
	}
	bottom := len(rows)
	for bottom > top && rows[bottom-1].alone() {
		bottom--
	}
	out := paragraphs(nil, rows[:top])
	body := rows[top:bottom]
	heads := heads(body)
	for i, r := range body {
		out = append(out, draft.Piece{Kind: draft.Row, Cells: r.Cells, Areas: r.Areas, Table: table, Head: heads[i], Level: r.Level, Place: r.Place, First: r.First})
	}
	return paragraphs(out, rows[bottom:])
}

func filled(rows []Row) []Row {
	var out []Row
	for _, r := range rows {
		named := r.Level > 0
		for i, c := range r.Cells {
			if r.Cells[i] = strings.TrimSpace(c); !named && strings.ContainsFunc(c, unicode.IsLetter) {
				named, r.Level = true, draft.Indent(c)
			}
		}
		if strings.Join(r.Cells, "") != "" {
			out = append(out, r)
		}
	}
	return out
}

// narrow reports whether the table is only a frame around text.
func narrow(rows []Row) bool {
	return !slices.ContainsFunc(rows, func(r Row) bool { return len(r.Cells) > 1 && !r.Full })
}

func paragraphs(out []draft.Piece, rows []Row) []draft.Piece {
	for _, r := range rows {
		for _, s := range strings.Split(strings.Join(r.Cells, "\n"), "\n") {
			if s = strings.TrimSpace(s); s != "" {
				out = append(out, draft.Piece{Kind: draft.Para, Text: s, Place: r.Place})
			}
		}
	}
	return out
}

// alone reports whether the row is no row but one text over the whole width,
// or a line like 填报单位：民政局 … 单位：万元.
func (r Row) alone() bool { return r.Full || len(r.Cells) == 1 || r.caption() }

// title reports a row of which only the first cell is filled, with more than a head has: the caption, typed in without merging.
func (r Row) title() bool {
	return len(r.Cells) > 2 && areaAt(&r, 0) == 0 && titleForm.MatchString(r.Cells[0]) && strings.Join(r.Cells[1:], "") == ""
}

var titleForm = regexp.MustCompile(`^.{8}|^.{3,}(?:表|情况|统计|明细|一览)$`)

// caption reports whether all that the row has are entries of a form, in fewer cells than
// the table has columns or with the unit behind others: 编制部门：财政局 | 2018年度 | 单位：万元.
func (r Row) caption() bool {
	named, dated, unit := 0, 0, -1
	for i, c := range r.Cells {
		switch {
		case c == "":
		case strings.ContainsAny(c, "：:"):
			if named++; unitEntry.MatchString(c) {
				unit = i
			}
		case dateEntry.MatchString(c):
			dated++
		case pageEntry.MatchString(c):
			named++
		default:
			return false
		}
	}
	if dated > 1 || dated == 1 && unit == 0 { // 单位：万元 | 2017年 | 2018年 is a head
		return false
	}
	return named > 0 && (unit > 0 || named+dated < len(r.Cells))
}

// Entries of a form above a table: the unit, and what has no name before it, a date or a page.
var (
	unitEntry = regexp.MustCompile(`单位 *[：:] *[^ ]`)
	pageEntry = regexp.MustCompile(`^(?:第|共) *[0-9]+ *页`)
	dateEntry = regexp.MustCompile(`^(?:[0-9]{4}|[〇○零一二三四五六七八九]{4}) *年 *(?:度|[0-9一二三四五六七八九十]{1,3} *月(?: *[0-9一二三四五六七八九十]{1,3} *日)?)?$|^[0-9]{4}([-/.])[0-9]{1,2}([-/.][0-9]{1,2})?$`)
)

// A Budget is how many empty cells may still be laid out in a document, so
// that a small file cannot ask for the cells of a huge table.
type Budget int

// NewBudget is enough for any table that somebody has made.
func NewBudget() *Budget { b := Budget(4 << 20); return &b }

// A Builder lays out the cells of rows with their spans.
type Builder struct {
	Rows  []Row
	Cut   bool    // a row was wider than Widest
	Spare *Budget // nil for no limit
	row   *Row
	down  [Widest]int // rows of a cell above that still cover the column
	area  [Widest]int // the merged area of the last cell in the column
	areas int         // merged areas so far
	n     int         // cells of the row before covered ones were added
}

// Row begins a row.
func (b *Builder) Row(place int, head bool) {
	b.Rows = append(b.Rows, Row{Place: place, Head: head, Down: 1})
	b.row, b.n = &b.Rows[len(b.Rows)-1], 0
}

// Cell adds a cell that covers cols columns and rows rows (1, 1 for a plain one).
func (b *Builder) Cell(text string, cols, rows int) {
	b.start()
	cols, rows = max(cols, 1), max(rows, 1)
	area := 0
	if cols > 1 || rows > 1 {
		area = b.newArea()
	}
	b.put(text, cols, rows-1, area)
	b.row.Wide = b.row.Wide || cols > 1
	b.row.Down = max(b.row.Down, rows)
}

// start makes ready for a cell.
func (b *Builder) start() {
	if b.row == nil {
		b.Row(0, false)
	}
	b.covered()
	b.n++
}

func (b *Builder) newArea() int {
	b.areas++
	return b.areas
}

// put lays out one cell over columns, down rows more, as a part of an area.
func (b *Builder) put(text string, cols, down, area int) {
	for i := range min(cols, Widest+1) {
		at := len(b.row.Cells)
		if at >= Widest {
			b.Cut = true
			return
		}
		if i > 0 {
			text = ""
		}
		if text == "" && !b.spend() {
			return
		}
		b.add(text, area)
		b.down[at] = down
	}
}

// add adds one cell of the grid.
func (b *Builder) add(text string, area int) {
	at := len(b.row.Cells)
	b.row.Cells = append(b.row.Cells, text)
	b.area[at] = area
	if area > 0 || b.row.Areas != nil {
		b.setArea(at, area)
	}
}

func (b *Builder) setArea(at, area int) {
	for len(b.row.Areas) <= at {
		b.row.Areas = append(b.row.Areas, 0)
	}
	b.row.Areas[at] = area
}

// spend asks for an empty cell.
func (b *Builder) spend() bool {
	if b.Spare == nil {
		return true
	}
	*b.Spare--
	b.Cut = b.Cut || *b.Spare < 0
	return *b.Spare >= 0
}

// covered adds the empty cells under a cell of a row above.
func (b *Builder) covered() {
	for at := len(b.row.Cells); at < Widest && b.down[at] > 0 && b.spend(); at++ {
		b.down[at]--
		b.add("", b.area[at])
	}
}

// Down adds a cell that covers cols columns and goes down, for formats that say
// so again in each covered row (see [Builder.Under]).
func (b *Builder) Down(text string, cols int) {
	b.start()
	b.put(text, max(cols, 1), 0, b.newArea())
	b.row.Wide = b.row.Wide || cols > 1
}

// Under adds cols cells that the cell above covers.
func (b *Builder) Under(cols int) {
	b.start()
	for range min(max(cols, 1), Widest) {
		at := len(b.row.Cells)
		if at >= Widest || !b.spend() {
			return
		}
		b.add("", b.area[at])
	}
}

// Extend makes the last cell cover more columns.
func (b *Builder) Extend(cols int) {
	last := len(b.row.Cells) - 1
	if last < 0 {
		b.Skip(cols)
		return
	}
	if b.area[last] == 0 {
		b.area[last] = b.newArea()
		b.setArea(last, b.area[last])
	}
	b.covered()
	b.put("", max(cols, 1), 0, b.area[last])
	b.row.Wide = true
}

// Skip adds empty cells, as for columns left out before or after a row.
func (b *Builder) Skip(cols int) {
	for range min(cols, Widest) {
		b.Cell("", 1, 1)
		b.n--
	}
}

// EndRow ends a row.
func (b *Builder) EndRow() {
	if b.row == nil {
		return
	}
	b.covered()
	for at := len(b.row.Cells); at < Widest; at++ {
		b.down[at] = max(0, b.down[at]-1)
	}
	b.row.Full = b.n == 1 && b.row.Wide
	b.row = nil
}
