// Package grid turns the cells of a table, of whatever format, into pieces:
// which rows are headers, and which are no rows at all but a caption, a line
// like 单位：万元 or a note that was merged over the width of the table.
package grid

import (
	"strconv"
	"strings"

	"mingxi/corpus/draft"
)

// Widest is how many columns a row may have; what lies beyond is left out.
const Widest = 256

// A Row is a row of a table. Merged cells are laid out: the text stands in the
// first of them, the covered ones are empty.
type Row struct {
	Cells []string
	Head  bool // marked as header by the format
	Wide  bool // some cell covers several columns
	Down  int  // the most rows that a cell of it covers, at least 1
	Full  bool // one cell covers the whole row
	Place int  // number in the source
}

// Pieces are the rows as pieces of the table of that number. Empty rows are
// left out; captions and notes over the whole width become paragraphs.
func Pieces(rows []Row, table int) []draft.Piece {
	rows = filled(rows)
	if narrow(rows) {
		return paragraphs(nil, rows)
	}
	top := 0
	for top < len(rows) && rows[top].alone() {
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
		out = append(out, draft.Piece{Kind: draft.Row, Cells: r.Cells, Table: table, Head: i < heads, Place: r.Place})
	}
	return paragraphs(out, rows[bottom:])
}

func filled(rows []Row) []Row {
	var out []Row
	for _, r := range rows {
		for i, c := range r.Cells {
			r.Cells[i] = strings.TrimSpace(c)
		}
		if strings.Join(r.Cells, "") != "" {
			out = append(out, r)
		}
	}
	return out
}

// narrow reports whether the table is only a frame around text.
func narrow(rows []Row) bool {
	for _, r := range rows {
		if len(r.Cells) > 1 && !r.Full {
			return false
		}
	}
	return true
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

// caption reports whether all that the row has are entries of a form, in fewer
// cells than the table has columns.
func (r Row) caption() bool {
	n := 0
	for _, c := range r.Cells {
		if c == "" {
			continue
		}
		if n++; !strings.ContainsAny(c, "：:") {
			return false
		}
	}
	return n < len(r.Cells)
}

// heads is how many of the first rows are headers.
func heads(rows []Row) int {
	n := 0
	for n < len(rows) && rows[n].Head {
		n++
	}
	if n == 0 && len(rows) > 1 && !rows[0].figures() {
		n = max(1, rows[0].Down)
		if n == 1 && rows[0].Wide && !rows[1].figures() {
			n = 2
		}
	}
	if n >= len(rows) {
		n = min(1, len(rows)-1)
	}
	return max(n, 0)
}

// figures reports whether a cell is a bare number (and no year): a header has none.
func (r Row) figures() bool {
	for _, c := range r.Cells {
		c = strings.ReplaceAll(c, ",", "")
		if f, err := strconv.ParseFloat(c, 64); err == nil && (f < 1949 || f > 2100 || strings.Contains(c, ".")) {
			return true
		}
	}
	return false
}

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
	n     int         // cells of the row before covered ones were added
}

// Row begins a row.
func (b *Builder) Row(place int, head bool) {
	b.Rows = append(b.Rows, Row{Place: place, Head: head, Down: 1})
	b.row, b.n = &b.Rows[len(b.Rows)-1], 0
}

// Cell adds a cell that covers cols columns and rows rows (1, 1 for a plain one).
func (b *Builder) Cell(text string, cols, rows int) {
	if b.row == nil {
		b.Row(0, false)
	}
	b.covered()
	b.n++
	cols, rows = max(cols, 1), max(rows, 1)
	for i := range min(cols, Widest+1) {
		at := len(b.row.Cells)
		if at >= Widest {
			b.Cut = true
			break
		}
		if i > 0 {
			text = ""
		}
		if text == "" && !b.spend() {
			break
		}
		b.row.Cells = append(b.row.Cells, text)
		b.down[at] = rows - 1
	}
	b.row.Wide = b.row.Wide || cols > 1
	b.row.Down = max(b.row.Down, rows)
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
		b.row.Cells = append(b.row.Cells, "")
		b.down[at]--
	}
}

// Down adds a cell that covers cols columns, and rows rows for the header rule
// only: the covered cells of the rows below are still to come from the format.
func (b *Builder) Down(text string, cols, rows int) {
	b.Cell(text, cols, 1)
	b.row.Down = max(b.row.Down, rows)
}

// Extend makes the last cell cover more columns.
func (b *Builder) Extend(cols int) {
	b.Skip(cols)
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
