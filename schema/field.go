package schema

// This file says how a column that a metric holds is read, set and stored.

import (
	"fmt"
	"slices"
	"strings"
)

// A Field is a column that a metric holds itself.
type Field struct {
	Get  func(*Metric) Cell
	Set  func(*Metric, Cell) error // the inverse of Get
	Keep Keep
	Like string // the column whose cell it nearly always repeats, in the same row, or empty
	// OneOf are all the texts that the cells of a Coded column hold, by number; the
	// first is the one of a zero Metric.
	OneOf []string
}

// Keep says how a corpus stores a column, to save space.
type Keep uint8

// The ways to store.
const (
	Plain      Keep = iota // as it is
	Coded                  // the number of its text in OneOf
	Date                   // an ISO date, as a number
	InDocument             // a text that many metrics of a document share: once a document
	InCorpus               // a text of which there are some hundred in all: once a corpus
)

// kept is the column, stored so.
func (c Column) kept(k Keep) Column {
	c.Field.Keep = k
	return c
}

// like is the column, which nearly always repeats the cell of another.
func (c Column) like(name string) Column {
	c.Field.Like = name
	return c
}

func text(name, zh, doc, docZH string, at func(*Metric) *string) Column {
	return Column{Name: name, ZH: zh, Doc: doc, DocZH: docZH, Type: Text, Field: &Field{
		Get: func(m *Metric) Cell { return TextCell(*at(m)) },
		Set: func(m *Metric, c Cell) error {
			*at(m) = c.Text
			return nil
		},
	}}
}

// whole is a column of numbers from 1; 0 is none.
func whole(name, zh, doc, docZH string, at func(*Metric) *int) Column {
	return Column{Name: name, ZH: zh, Doc: doc, DocZH: docZH, Type: Whole, Field: &Field{
		Get: func(m *Metric) Cell { return CountCell(*at(m)) },
		Set: func(m *Metric, c Cell) (err error) {
			*at(m), err = c.whole()
			return err
		},
	}}
}

func decimal(name, zh, doc, docZH string, at func(*Metric) *Decimal) Column {
	return Column{Name: name, ZH: zh, Doc: doc, DocZH: docZH, Type: Numeric, Field: &Field{
		Get: func(m *Metric) Cell { return Cell{Number: *at(m)} },
		Set: func(m *Metric, c Cell) error {
			*at(m) = c.Number
			return nil
		},
	}}
}

// list is a column of words joined by semicolons.
func list(name, zh, doc, docZH string, at func(*Metric) *[]string) Column {
	return Column{Name: name, ZH: zh, Doc: doc, DocZH: docZH, Type: Text, Field: &Field{
		Get: func(m *Metric) Cell { return TextCell(strings.Join(*at(m), ";")) },
		Set: func(m *Metric, c Cell) error {
			*at(m) = nil
			if c.Text != "" {
				*at(m) = strings.Split(c.Text, ";")
			}
			return nil
		},
	}}
}

// oneOf is a column of a few words, which a metric holds as a number.
func oneOf[T ~uint8](name, zh, doc, docZH string, at func(*Metric) *T, words []string) Column {
	return Column{Name: name, ZH: zh, Doc: doc, DocZH: docZH, Type: Text, Field: &Field{
		Keep: Coded, OneOf: words,
		Get: func(m *Metric) Cell { return TextCell(words[*at(m)]) },
		Set: func(m *Metric, c Cell) error {
			n := slices.Index(words, c.Text)
			if n < 0 {
				return fmt.Errorf("%s is %q", name, c.Text)
			}
			*at(m) = T(n)
			return nil
		},
	}}
}
