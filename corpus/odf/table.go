package odf

import (
	"encoding/xml"
	"strconv"
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
	"mingxi/corpus/pack"
)

// A table being read. Its covered cells stand in the file; the builder lays them out by
// the spans of the others.
type table struct {
	r     *reader
	grid  grid.Builder
	inner []draft.Piece // tables and notes within its cells
}

func (s *story) table(c *pack.Cursor) error {
	r := s.r
	r.tables++
	t := &table{r: r, grid: grid.Builder{Spare: r.spare}}
	number := r.tables
	if err := t.rows(c, false); err != nil {
		return err
	}
	if t.grid.Cut {
		r.seen.cut++
	}
	pieces := grid.Pieces(t.grid.Rows, number)
	for i := range pieces {
		pieces[i].Page = r.page
	}
	s.out(pieces...)
	s.out(t.inner...)
	return nil
}

func (t *table) rows(c *pack.Cursor, head bool) error {
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "table-header-rows":
			return t.rows(c, true)
		case "table-rows", "table-row-group":
			return t.rows(c, head)
		case "table-row":
			t.r.place++
			t.grid.Row(t.r.place, head)
			if err := c.Each(func(e xml.StartElement) error { return t.cell(c, e) }); err != nil {
				return err
			}
			t.grid.EndRow()
		}
		return nil
	})
}

func (t *table) cell(c *pack.Cursor, e xml.StartElement) error {
	if e.Name.Local != "table-cell" {
		return nil
	}
	var lines []string
	s := &story{r: t.r, out: func(pieces ...draft.Piece) {
		for _, p := range pieces {
			if p.Kind == draft.Row || p.Kind == draft.Note {
				t.inner = append(t.inner, p)
			} else {
				lines = append(lines, p.Text)
			}
		}
	}}
	if err := s.blocks(c); err != nil {
		return err
	}
	text, cols, rows := strings.Join(lines, "\n"), count(e, "number-columns-spanned"), count(e, "number-rows-spanned")
	for range min(count(e, "number-columns-repeated"), grid.Widest) {
		t.grid.Cell(text, cols, rows)
	}
	return nil
}

// count is the value of an attribute that counts, 1 where it is missing.
func count(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(pack.Attr(e, name))
	if err != nil {
		return 1
	}
	return max(1, min(n, 1<<20))
}
