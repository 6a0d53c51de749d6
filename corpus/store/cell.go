package store

// This file says how single cells stand in the database: NULL for nothing, and
// in as few bytes as may be.

import (
	"fmt"
	"slices"
	"time"

	"mingxi/schema"
)

// cellValue is a cell as it is.
func cellValue(c schema.Cell) any {
	if c.Number.Known() {
		return c.Number
	}
	return text(c.Text)
}

// parseValue is the inverse of cellValue, for a column of a type.
func parseValue(t schema.Type, v any) (schema.Cell, error) {
	if t != schema.Text {
		var c schema.Cell
		if v == "" { // see figureWriter.stored
			return c, nil
		}
		return c, c.Number.Scan(v)
	}
	switch v := v.(type) {
	case nil:
		return schema.Cell{}, nil
	case string:
		return schema.TextCell(v), nil
	}
	return schema.Cell{}, fmt.Errorf("a text of type %T", v)
}

// code is the number of a word among those that a column may hold.
func code(words []string, word string) int64 { return int64(slices.Index(words, word)) }

// decode is the inverse of code; NULL, in a table that did not have the column, is
// the first word.
func decode(words []string, v any) (schema.Cell, error) {
	n, ok := v.(int64)
	if v != nil && !ok || n < 0 || n >= int64(len(words)) {
		return schema.Cell{}, fmt.Errorf("no word has the number %v", v)
	}
	return schema.TextCell(words[n]), nil
}

// date is the cell of an ISO date: the number 20110101 for 2011-01-01, which takes
// four bytes instead of ten, else text; NULL for none.
func date(s string) any {
	if t, err := time.Parse(time.DateOnly, s); err == nil && t.Year() >= 1000 {
		return int64(t.Year()*10000 + int(t.Month())*100 + t.Day())
	}
	return text(s)
}

// parseDate is the inverse of date.
func parseDate(cell any) string {
	switch v := cell.(type) {
	case int64:
		return fmt.Sprintf("%04d-%02d-%02d", v/10000, v/100%100, v%100)
	case string:
		return v
	}
	return ""
}

// text is NULL for the empty string.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// whole is NULL for 0.
func whole(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// nullInt and nullString are 0 and "" for NULL.
type (
	nullInt    int64
	nullString string
)

// Scan implements sql.Scanner.
func (n *nullInt) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*n = 0
	case int64:
		*n = nullInt(v)
	default:
		return fmt.Errorf("a number of type %T", v)
	}
	return nil
}

// Scan implements sql.Scanner.
func (s *nullString) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*s = ""
	case string:
		*s = nullString(v)
	default:
		return fmt.Errorf("a text of type %T", v)
	}
	return nil
}
