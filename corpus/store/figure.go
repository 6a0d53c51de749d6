package store

// This file turns metrics into rows of the table figures and back.

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"mingxi/schema"
)

// figureColumns are the columns of figures, in the order of figureRow.
const figureColumns = `doc, seq, article, "start", raw, label, indicator, value, value_max, unit, per,
	si_value, si_unit, kind, status, approx, part_of, period, period_start, period_end, flags,
	sentence, sentence_len, section, page, rule`

const figureWidth = 26

// A figureWriter makes the rows of one document.
type figureWriter struct {
	doc      int64
	text     string
	at       cursor
	rule     func(name string) (int64, error)
	sections map[string]int // numbers of the sections
	names    []string
}

// row appends the cells of a metric, in the order of figureColumns.
func (w *figureWriter) row(cells []any, m *schema.Metric) ([]any, error) {
	rule, err := w.rule(m.Rule)
	if err != nil {
		return cells, err
	}
	start := w.at.runesAt(m.Start)
	sentence := w.at.runesAt(m.Sentence.Start)
	siValue, siUnit := decimal(m.SI), any(m.SIUnit)
	if m.SI == m.Value && m.SIUnit == m.Unit {
		siValue, siUnit = nil, nil
	}
	return append(cells, w.doc, m.Seq, whole(m.Article), start, m.In(w.text), text(m.Label), text(m.Code),
		decimal(m.Value), decimal(m.Max), text(m.Unit), text(m.Per), siValue, siUnit,
		int64(m.Kind), int64(m.Status), int64(m.Approx), whole(m.PartOf),
		text(m.Period.Printed), date(m.Period.Start), date(m.Period.End), text(strings.Join(m.Flags, ";")),
		sentence, w.at.runesAt(m.Sentence.End)-sentence, w.sectionOf(m.Section), whole(m.Page), rule), nil
}

// sectionOf numbers the sections of a document from 1.
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

// decimal is the cell of a decimal: a whole number, a float where it says the
// same, else text; NULL if not known.
func decimal(d schema.Decimal) any {
	if !d.Known() {
		return nil
	}
	s := d.String()
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n
	}
	if f := d.Float(); strconv.FormatFloat(f, 'f', -1, 64) == s {
		return f
	}
	return s
}

// parseDecimal is the inverse of decimal.
func parseDecimal(cell any) (schema.Decimal, error) {
	switch v := cell.(type) {
	case nil:
		return schema.Decimal{}, nil
	case int64:
		return schema.Int(v), nil
	case float64:
		return schema.ParseDecimal(strconv.FormatFloat(v, 'f', -1, 64))
	case string:
		return schema.ParseDecimal(v)
	}
	return schema.Decimal{}, fmt.Errorf("a value of type %T", cell)
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

// A figureReader makes metrics of the rows of one document.
type figureReader struct {
	store    *Store
	at       cursor
	sections map[int64]string
}

// A figureRow is a row of figures as scanned.
type figureRow struct {
	seq, start, kind, status, approx, sentence, sentenceLen, rule int64
	article, partOf, section, page                                nullInt
	raw                                                           string
	label, indicator, unit, per, period                           nullString
	flags                                                         nullString
	siUnit                                                        *string
	value, max, siValue, periodStart, periodEnd                   any
}

// targets are where Scan puts the columns of figures after doc.
func (f *figureRow) targets() []any {
	return []any{&f.seq, &f.article, &f.start, &f.raw, &f.label, &f.indicator, &f.value, &f.max, &f.unit, &f.per,
		&f.siValue, &f.siUnit, &f.kind, &f.status, &f.approx, &f.partOf, &f.period, &f.periodStart, &f.periodEnd,
		&f.flags, &f.sentence, &f.sentenceLen, &f.section, &f.page, &f.rule}
}

// metric is the metric that a row was made of, but for its explanation. Its
// words are compared with the text.
func (r *figureReader) metric(ctx context.Context, f *figureRow) (m schema.Metric, err error) {
	m = schema.Metric{
		Seq: int(f.seq), Article: int(f.article), Label: string(f.label), Code: string(f.indicator),
		Unit: string(f.unit), Per: string(f.per),
		Kind: schema.Measure(f.kind), Status: schema.Status(f.status), Approx: schema.Approx(f.approx),
		PartOf: int(f.partOf), Page: int(f.page), Section: r.sections[int64(f.section)],
		Period: schema.Period{Printed: string(f.period), Start: parseDate(f.periodStart), End: parseDate(f.periodEnd)},
	}
	if f.flags != "" {
		m.Flags = strings.Split(string(f.flags), ";")
	}
	if err := r.spans(&m, f); err != nil {
		return m, err
	}
	if err := values(&m, f); err != nil {
		return m, fmt.Errorf("metric %d: %w", f.seq, err)
	}
	m.Rule, err = r.store.rules.nameOf(ctx, r.store.db, f.rule)
	return m, err
}

func (r *figureReader) spans(m *schema.Metric, f *figureRow) error {
	var ok, okSentence bool
	m.Start, ok = r.at.bytesAt(int(f.start))
	m.End = m.Start + len(f.raw)
	if !ok || m.End > len(r.at.text) || m.In(r.at.text) != f.raw {
		return fmt.Errorf("metric %d: %q does not stand in the text at %d", f.seq, f.raw, f.start)
	}
	m.Sentence.Start, ok = r.at.bytesAt(int(f.sentence))
	m.Sentence.End, okSentence = r.at.bytesAt(int(f.sentence + f.sentenceLen))
	if !ok || !okSentence {
		return fmt.Errorf("metric %d: its sentence at %d is not in the text", f.seq, f.sentence)
	}
	return nil
}

func values(m *schema.Metric, f *figureRow) (err error) {
	if m.Value, err = parseDecimal(f.value); err != nil {
		return err
	}
	if m.Max, err = parseDecimal(f.max); err != nil {
		return err
	}
	if f.siUnit == nil {
		m.SI, m.SIUnit = m.Value, m.Unit
		return nil
	}
	m.SIUnit = *f.siUnit
	m.SI, err = parseDecimal(f.siValue)
	return err
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
