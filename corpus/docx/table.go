package docx

import (
	"encoding/xml"
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
	"mingxi/corpus/pack"
)

// A table being read: the builder knows spans to the right; a cell merged
// downwards says "restart", the ones below it say "continue".
type table struct {
	r     *reader
	grid  grid.Builder
	inner []draft.Piece // tables and notes within its cells
}

func (r *reader) table(c *pack.Cursor, out sink) error {
	r.flush(out)
	r.tables++
	t := &table{r: r, grid: grid.Builder{Spare: r.spare}}
	number := r.tables
	if err := t.rows(c); err != nil {
		return err
	}
	if t.grid.Cut {
		r.seen.cut++
	}
	out(grid.Pieces(t.grid.Rows, number)...)
	out(t.inner...)
	return nil
}

func (t *table) rows(c *pack.Cursor) error {
	return c.EachChoice(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tr":
			return t.row(c)
		case "sdt", "sdtContent", "customXml", "ins", "moveTo":
			return t.rows(c)
		}
		return nil
	})
}

// A cell of a row.
type cell struct {
	text string
	cols int
	down string // restart, continue or nothing
	left bool   // covered by the cell to the left
}

type row struct {
	cells         []cell
	head, deleted bool
	before, after int
}

func (t *table) row(c *pack.Cursor) error {
	var w row
	if err := t.readRow(c, &w); err != nil || w.deleted {
		return err
	}
	t.r.place++
	t.grid.Row(t.r.place, w.head)
	t.grid.Skip(w.before)
	for _, x := range w.cells {
		switch {
		case x.left:
			t.grid.Extend(x.cols)
		case x.down == "continue":
			t.grid.Under(x.cols)
		case x.down == "restart":
			t.grid.Down(x.text, x.cols)
		default:
			t.grid.Cell(x.text, x.cols, 1)
		}
	}
	t.grid.Skip(w.after)
	t.grid.EndRow()
	return nil
}

func (t *table) readRow(c *pack.Cursor, w *row) error {
	return c.EachChoice(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "trPr":
			return w.props(c)
		case "tc":
			x, err := t.cell(c)
			w.cells = append(w.cells, x)
			return err
		case "sdt", "sdtContent", "customXml":
			return t.readRow(c, w)
		}
		return nil
	})
}

func (w *row) props(c *pack.Cursor) error {
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tblHeader":
			w.head = on(e)
		case "del":
			w.deleted = true
		case "gridBefore":
			w.before = min(small(pack.Attr(e, "val")), grid.Widest)
		case "gridAfter":
			w.after = min(small(pack.Attr(e, "val")), grid.Widest)
		}
		return nil
	})
}

func (t *table) cell(c *pack.Cursor) (cell, error) {
	x := cell{cols: 1}
	var lines []string
	deleted := false
	out := func(pieces ...draft.Piece) {
		for _, p := range pieces {
			if p.Kind == draft.Row || p.Kind == draft.Note {
				t.inner = append(t.inner, p)
			} else {
				lines = append(lines, strings.Repeat(" ", p.Level)+p.Text)
			}
		}
	}
	err := t.r.story(out, func() error {
		return c.EachChoice(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "tcPr":
				return x.props(c, &deleted)
			case "p":
				return t.r.paragraph(c, out)
			case "tbl":
				return t.r.table(c, out)
			case "sdt", "sdtContent", "customXml", "ins", "moveTo":
				return t.r.blocks(c, out)
			}
			return nil
		})
	})
	if !deleted {
		x.text = strings.Join(lines, "\n")
	}
	return x, err
}

func (x *cell) props(c *pack.Cursor, deleted *bool) error {
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "gridSpan":
			x.cols = max(1, min(small(pack.Attr(e, "val")), grid.Widest))
		case "vMerge", "vmerge":
			if x.down = pack.Attr(e, "val"); x.down != "restart" {
				x.down = "continue"
			}
		case "hMerge", "hmerge": // of old producers: cells merged to the right
			if pack.Attr(e, "val") != "restart" {
				x.left = true
			}
		case "cellDel":
			*deleted = true
		}
		return nil
	})
}
