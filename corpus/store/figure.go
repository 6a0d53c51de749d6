package store

// This file turns metrics into rows of the table figures and back. Its columns
// are those of the contract that a metric holds itself, and where its words and
// its sentence stand; columns.go makes the tables and the view of the same list.

import (
	"context"
	"fmt"
	"strings"

	"mingxi/schema"
)

// A figureWriter makes the rows of one document.
type figureWriter struct {
	doc      int64
	text     string
	at       *schema.Runes // of figures
	sentence sentencePlace
	rule     func(name string) (int64, error)
	sections map[string]int // numbers of the texts that metrics share
	names    []string
	sum      *summer
}

// row appends the cells of a metric, in the order of figureColumns.
func (w *figureWriter) row(cells []any, m *schema.Metric) ([]any, error) {
	from, runes := w.sentence.of(m.Sentence)
	first := len(cells)
	cells = append(cells, w.doc, w.at.At(m.Start), m.In(w.text), from, runes)
	for _, c := range fields {
		v, err := w.stored(c, m)
		if err != nil {
			return cells, err
		}
		cells = append(cells, v)
	}
	for i, name := range places {
		w.sum.add(name, cells[first+1+i])
	}
	for i, c := range fields {
		w.sum.field(c, cells[first+1+len(places)+i], c.Field.Get(m).Text)
	}
	return cells, nil
}

// A sentencePlace turns sentences into characters. It has a place of its own in the
// text, and keeps the last sentence, which may hold thousands of figures.
type sentencePlace struct {
	at          *schema.Runes
	last        schema.Span
	from, runes int
}

func (p *sentencePlace) of(s schema.Span) (from, runes int) {
	if s != p.last {
		p.last, p.from = s, p.at.At(s.Start)
		p.runes = p.at.At(s.End) - p.from
	}
	return p.from, p.runes
}

// stored is the cell of a column as the table figures holds it.
func (w *figureWriter) stored(c schema.Column, m *schema.Metric) (any, error) {
	cell := c.Field.Get(m)
	if c.Field.Like != "" {
		switch other := fieldOf[c.Field.Like].Field.Get(m); {
		case cell == other:
			return nil, nil
		case cell.Empty():
			return "", nil // no cell, and the other has one
		}
	}
	switch c.Field.Keep {
	case schema.Coded:
		return code(c.Field.OneOf, cell.Text), nil
	case schema.Date:
		return date(cell.Text), nil
	case schema.InDocument:
		return w.sectionOf(cell.Text), nil
	case schema.InCorpus:
		return w.rule(cell.Text)
	}
	return cellValue(cell), nil
}

// sectionOf numbers the texts that metrics of a document share, from 1.
func (w *figureWriter) sectionOf(name string) any {
	if name == "" {
		return nil
	}
	n, ok := w.sections[name]
	if !ok {
		w.names = append(w.names, name)
		n = len(w.names)
		w.sections[name] = n
	}
	return n
}

// A figureReader makes metrics of the rows of one document.
type figureReader struct {
	store    *Store
	text     string
	at       *schema.Runes // of figures
	inText   *schema.Runes // of sentences
	last     [2]int64      // the last sentence, in characters
	sentence schema.Span   // and in bytes
	sections map[int64]string
	row      figureRow
	sum      *summer
}

// A figureRow is a row of figures as scanned: its places, and the cells of fields.
type figureRow struct {
	start, sentence, sentenceLen int64
	raw                          string
	cells                        []any
}

// targets are where Scan puts the columns of figures after doc.
func (f *figureRow) targets() []any {
	f.cells = make([]any, len(fields))
	list := []any{&f.start, &f.raw, &f.sentence, &f.sentenceLen}
	for i := range f.cells {
		list = append(list, &f.cells[i])
	}
	return list
}

// metric is the metric that the row was made of, but for its explanation. Its
// words are compared with the text.
func (r *figureReader) metric(ctx context.Context) (m schema.Metric, err error) {
	for i, v := range []any{r.row.start, r.row.raw, r.row.sentence, r.row.sentenceLen} {
		r.sum.add(places[i], v)
	}
	for i, c := range fields {
		cell, err := r.cell(ctx, c, r.row.cells[i])
		r.sum.field(c, r.row.cells[i], cell.Text)
		if err == nil && c.Field.Like != "" {
			switch r.row.cells[i] {
			case nil:
				cell = fieldOf[c.Field.Like].Field.Get(&m) // which stands before it
			case "":
				cell = schema.Cell{}
			}
		}
		if err == nil {
			err = c.Field.Set(&m, cell)
		}
		if err != nil {
			return m, fmt.Errorf("metric at %d: %s: %w", r.row.start, c.Name, err)
		}
	}
	return m, r.spans(&m)
}

// cell is the inverse of stored.
func (r *figureReader) cell(ctx context.Context, c schema.Column, v any) (schema.Cell, error) {
	switch c.Field.Keep {
	case schema.Coded:
		return decode(c.Field.OneOf, v)
	case schema.Date:
		return schema.TextCell(parseDate(v)), nil
	case schema.InDocument, schema.InCorpus:
		n, ok := v.(int64)
		switch {
		case v == nil:
			return schema.Cell{}, nil
		case !ok:
			return schema.Cell{}, fmt.Errorf("a number of type %T", v)
		}
		name, known := r.sections[n], true
		if c.Field.Keep == schema.InCorpus {
			var err error
			if name, err = r.store.rules.nameOf(ctx, r.store.db, n); err != nil {
				return schema.Cell{}, err
			}
			known = name != ""
		} else if name == "" {
			known = false
		}
		if !known {
			return schema.Cell{}, fmt.Errorf("nothing has the number %d", n)
		}
		return schema.TextCell(name), nil
	}
	return parseValue(c.Type, v)
}

func (r *figureReader) spans(m *schema.Metric) error {
	f := &r.row
	var ok bool
	m.Start, ok = r.at.Bytes(int(f.start))
	m.End = m.Start + len(f.raw)
	if !ok || !strings.HasPrefix(r.text[m.Start:], f.raw) {
		return fmt.Errorf("metric %d: %q does not stand in the text at %d", m.Seq, f.raw, f.start)
	}
	if here := [2]int64{f.sentence, f.sentenceLen}; here != r.last {
		var okEnd bool
		r.sentence.Start, ok = r.inText.Bytes(int(f.sentence))
		r.sentence.End, okEnd = r.inText.Bytes(int(f.sentence + f.sentenceLen))
		if !ok || !okEnd || f.sentenceLen < 0 {
			return fmt.Errorf("metric %d: its sentence at %d is not in the text", m.Seq, f.sentence)
		}
		r.last = here
	}
	m.Sentence = r.sentence
	return nil
}
