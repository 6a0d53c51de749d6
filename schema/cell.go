package schema

import "fmt"

// A Cell is what a row holds in one column: nothing, a text or a number. The
// zero Cell is nothing: unknown or not applicable, never a 0.
type Cell struct {
	Text   string  // of a column of type Text
	Number Decimal // of a column of type Whole or Numeric
}

// Empty reports whether the cell holds nothing.
func (c Cell) Empty() bool { return c.Text == "" && !c.Number.Known() }

// String is the cell as CSV prints it.
func (c Cell) String() string {
	if c.Number.Known() {
		return c.Number.String()
	}
	return c.Text
}

// Strings are the cells of a row as CSV prints them.
func Strings(row []Cell) []string {
	out := make([]string, len(row))
	for i, c := range row {
		out[i] = c.String()
	}
	return out
}

// TextCell is a cell of text; the empty text is no cell.
func TextCell(s string) Cell { return Cell{Text: s} }

// TextCells are a row of texts.
func TextCells(texts ...string) []Cell {
	row := make([]Cell, len(texts))
	for i, s := range texts {
		row[i] = TextCell(s)
	}
	return row
}

// WholeCell is a cell of a whole number, also of 0.
func WholeCell(n int) Cell { return Cell{Number: Int(int64(n))} }

// CountCell is a cell of a count from 1; 0 is no cell.
func CountCell(n int) Cell {
	if n == 0 {
		return Cell{}
	}
	return WholeCell(n)
}

// whole is the number of a cell that holds a whole one, 0 if it holds nothing.
func (c Cell) whole() (int, error) {
	if c.Empty() {
		return 0, nil
	}
	n, ok := c.Number.Int64()
	if !ok {
		return 0, fmt.Errorf("%q is not a whole number", c)
	}
	return int(n), nil
}
