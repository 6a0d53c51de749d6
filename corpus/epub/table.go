package epub

import (
	"encoding/xml"
	"strconv"
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
	"mingxi/corpus/pack"
)

// table reads a table; tables and notes within its cells come behind it.
func (w *writer) table() error {
	t := &table{w: w, grid: grid.Builder{Spare: w.r.spare}}
	if err := w.c.Each(t.part); err != nil {
		return err
	}
	w.r.tables++
	w.r.cut = w.r.cut || t.grid.Cut
	w.out = append(w.out, t.caption...)
	w.out = append(w.out, grid.Pieces(t.grid.Rows, w.r.tables)...)
	w.out = append(w.out, t.inner...)
	return nil
}

type table struct {
	w       *writer
	grid    grid.Builder
	head    bool
	caption []draft.Piece
	inner   []draft.Piece
}

func (t *table) part(e xml.StartElement) error {
	c := t.w.c
	switch e.Name.Local {
	case "caption":
		n := &writer{r: t.w.r, c: c}
		err := n.children()
		n.flush()
		t.caption = append(t.caption, n.out...)
		return err
	case "thead", "tbody", "tfoot":
		t.head = e.Name.Local == "thead"
		err := c.Each(t.part)
		t.head = false
		return err
	case "tr":
		t.w.r.place++
		t.grid.Row(t.w.r.place, t.head)
		err := c.Each(t.cell)
		t.grid.EndRow()
		return err
	}
	return nil
}

func (t *table) cell(e xml.StartElement) error {
	if e.Name.Local != "td" && e.Name.Local != "th" {
		return nil
	}
	n := &writer{r: t.w.r, c: t.w.c}
	err := n.children()
	n.flush()
	var lines []string
	for _, p := range n.out {
		if p.Kind == draft.Row || p.Kind == draft.Note {
			t.inner = append(t.inner, p)
		} else {
			lines = append(lines, p.Text)
		}
	}
	t.grid.Cell(strings.Join(lines, "\n"), span(e, "colspan"), span(e, "rowspan"))
	return err
}

func span(e xml.StartElement, name string) int {
	n, _ := strconv.Atoi(pack.Attr(e, name))
	return max(1, min(n, 1000))
}
