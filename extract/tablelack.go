package extract

import "mingxi/schema"

// Numbers of a table that are no figures because the table does not tell enough of
// them: they are counted, so that none is left out in silence.

// lacks counts them for one table, reason by reason.
type lacks [schema.TooLong + 1]struct {
	schema.Refusal
	row int // the last
}

// lack counts a number in column c of the row that is block b.
func (x *reader) lack(why schema.Lack, b, c int) {
	l := &x.lacks[why]
	if l.Cells == 0 {
		block := &x.doc.Blocks[b]
		l.Refusal = schema.Refusal{Why: why, Table: block.Table, Page: block.Page, Cell: cellAddress(block, b-x.sheet.first, c)}
		l.row = -1
	}
	if l.row != b {
		l.row = b
		l.Rows++
	}
	l.Cells++
}

// lackRow counts the numbers of a panel's row.
func (x *reader) lackRow(why schema.Lack, b int, row *sheetRow, p *panel) {
	for _, c := range p.values {
		if k := row.at(c); k.own && k.kind == numberCell {
			x.lack(why, b, c)
		}
	}
}

// closeLacks ends the counting of a table.
func (x *reader) closeLacks() {
	for i := range x.lacks {
		if x.lacks[i].Cells > 0 {
			x.refused = append(x.refused, x.lacks[i].Refusal)
		}
	}
	x.lacks = lacks{}
}
