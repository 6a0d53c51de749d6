package grid

import (
	"strings"

	"mingxi/corpus/draft"
)

// deepest is how deep tables may be nested.
const deepest = 16

// Merge says how a cell is merged with others.
type Merge uint8

// The ways of merging.
const (
	Leftward Merge = 1 << iota // covered by the cell to the left
	Upward                     // covered by the cell above
	Top                        // covers cells below
)

// A Def defines a row: for each cell where it ends, and how it is merged.
type Def struct {
	Edges  []int // positions of the borders, one more than cells
	Merged []Merge
	Head   bool
}

func (d *Def) merged(k int) Merge {
	if k < len(d.Merged) {
		return d.Merged[k]
	}
	return 0
}

// A Nest takes in tables within tables from formats that are a stream of marks:
// end of cell, end of row, each at a depth from 1.
type Nest struct {
	Tables int // so far
	Cut    bool
	spare  *Budget
	open   []*nested
}

type nested struct {
	lines []string // of the cell
	cells []string // of the row
	rows  []defined
	inner []draft.Piece // nested tables and notes, put out behind it
}

type defined struct {
	Def
	cells []string
	place int
}

func (n *Nest) at(depth int) *nested {
	depth = max(1, min(depth, deepest))
	for len(n.open) < depth {
		n.open = append(n.open, &nested{})
	}
	return n.open[depth-1]
}

// Add takes the pieces of a paragraph in a cell.
func (n *Nest) Add(depth int, pieces []draft.Piece) {
	x := n.at(depth)
	for _, p := range pieces {
		if p.Kind == draft.Note {
			x.inner = append(x.inner, p)
		} else {
			x.lines = append(x.lines, p.Text)
		}
	}
}

// EndCell ends a cell.
func (n *Nest) EndCell(depth int) {
	x := n.at(depth)
	x.cells = append(x.cells, strings.Join(x.lines, "\n"))
	x.lines = nil
}

// EndRow ends a row.
func (n *Nest) EndRow(depth int, d Def, place int) {
	x := n.at(depth)
	if len(x.lines) > 0 { // a cell without its mark
		n.EndCell(depth)
	}
	x.rows = append(x.rows, defined{d, x.cells, place})
	x.cells = nil
}

// Close ends the tables deeper than depth, and returns the pieces of those
// that lie in no other.
func (n *Nest) Close(depth, place int) (out []draft.Piece) {
	for len(n.open) > depth {
		last := len(n.open) - 1
		x := n.open[last]
		if len(x.cells) > 0 || len(x.lines) > 0 {
			n.EndRow(last+1, Def{}, place)
		}
		n.open = n.open[:last]
		n.Tables++
		pieces := append(n.pieces(x), x.inner...)
		if last > 0 {
			outer := n.open[last-1]
			outer.inner = append(outer.inner, pieces...)
		} else {
			out = append(out, pieces...)
		}
	}
	return out
}

func (n *Nest) pieces(x *nested) []draft.Piece {
	var edges [][]int
	for _, r := range x.rows {
		edges = append(edges, r.Edges)
	}
	columns := Columns(edges)
	if n.spare == nil {
		n.spare = NewBudget()
	}
	b := Builder{Spare: n.spare}
	for _, r := range x.rows {
		b.Row(r.place, r.Head)
		if len(r.Edges) > 0 {
			b.Skip(columns.Before(r.Edges[0]))
		}
		for k, text := range r.cells {
			cols := 1
			if k+1 < len(r.Edges) {
				cols = columns.Between(r.Edges[k], r.Edges[k+1])
			}
			switch {
			case r.merged(k)&Leftward != 0:
				b.Extend(cols)
			case r.merged(k)&Upward != 0:
				b.Under(cols)
			case r.merged(k)&Top != 0:
				b.Down(text, cols)
			default:
				b.Cell(text, cols, 1)
			}
		}
		b.EndRow()
	}
	n.Cut = n.Cut || b.Cut
	return Pieces(b.Rows, n.Tables)
}
