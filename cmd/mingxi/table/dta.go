package table

// Stata: a .dta file of format 118 (Stata 14 and later, UTF-8), after "help dta" of
// Stata. A text is a str# as wide as the longest of its column, up to 244 bytes, else
// a strL. A column of a few words is numbers with value labels. A number is a byte,
// int or long if whole and within their range, else a double; a double keeps 15 or
// 16 digits, so a column in which a number has more than 15 is text, exact. Dates are
// days with the format %td, empty cells are missing. The label of a variable is its
// Chinese name.
//
// What type a column has is known at the end only: rows wait in a file beside it.

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"time"

	"mingxi/schema"
)

// The types of variables, as the file numbers them; 1 to 2045 is a str of that
// many bytes.
const (
	dtaStrL   = 32768
	dtaDouble = 65526
	dtaLong   = 65528
	dtaInt    = 65529
	dtaByte   = 65530
)

// widestStr is the most bytes of a text that is kept in the row.
const widestStr = 244

// A dtaColumn is a variable and what has been seen of it.
type dtaColumn struct {
	schema.Column
	kind     uint16
	widest   int   // bytes of its longest text
	digits   int   // of its longest number
	fraction bool  // a number is not whole
	low      int64 // the least and the greatest whole number
	high     int64
}

type dtaWriter struct {
	out     *os.File
	spool   *os.File
	rows    *bufio.Writer
	columns []dtaColumn
	n       uint64
}

func dtaFile(t target) (Writer, error) {
	out, err := os.Create(t.path)
	if err != nil {
		return nil, err
	}
	spool, err := os.Create(t.path + ".rows")
	if err != nil {
		out.Close()
		return nil, err
	}
	w := &dtaWriter{out: out, spool: spool, rows: bufio.NewWriterSize(spool, 1<<16)}
	for _, c := range t.columns {
		w.columns = append(w.columns, dtaColumn{Column: c})
	}
	return w, nil
}

// Write puts rows aside: the length of each cell as a text, and the text.
func (w *dtaWriter) Write(rows [][]schema.Cell) error {
	var length []byte
	for _, row := range rows {
		for i, cell := range row {
			w.columns[i].see(cell)
			s := cell.String()
			length = binary.AppendUvarint(length[:0], uint64(len(s)))
			w.rows.Write(length)
			w.rows.WriteString(s) // an error stays in the buffer
		}
		w.n++
	}
	_, err := w.rows.Write(nil)
	return err
}

// see notes what a cell needs.
func (c *dtaColumn) see(cell schema.Cell) {
	s := cell.String()
	c.widest = max(c.widest, len(s))
	if !cell.Number.Known() {
		return
	}
	c.digits = max(c.digits, digits(s))
	n, whole := cell.Number.Int64()
	c.fraction = c.fraction || !whole
	c.low, c.high = min(c.low, n), max(c.high, n)
}

// decide chooses the type of a column.
func (c *dtaColumn) decide() {
	switch {
	case isDate(c.Column):
		c.kind = dtaLong
	case c.words() != nil:
		c.kind = dtaByte
	case c.Type == schema.Text || c.digits > maxDigits:
		c.kind = uint16(max(1, c.widest))
		if c.widest > widestStr {
			c.kind = dtaStrL
		}
	case c.fraction || c.low < -math.MaxInt32 || c.high > 2147483620:
		c.kind = dtaDouble
	case c.low >= -127 && c.high <= 100:
		c.kind = dtaByte
	case c.low >= -32767 && c.high <= 32740:
		c.kind = dtaInt
	default:
		c.kind = dtaLong
	}
}

// words are those of a column that has a few, nil of another.
func (c *dtaColumn) words() []string {
	if c.Field == nil || c.Field.Keep != schema.Coded {
		return nil
	}
	return c.Field.OneOf
}

// format is how Stata displays the variable.
func (c *dtaColumn) format() string {
	switch {
	case isDate(c.Column):
		return "%tdCCYY-NN-DD"
	case c.kind == dtaDouble:
		return "%16.0g"
	case c.kind == dtaLong:
		return "%12.0g"
	case c.kind == dtaByte, c.kind == dtaInt:
		return "%8.0g"
	case c.kind == dtaStrL:
		return "%40s"
	}
	return fmt.Sprintf("%%-%ds", min(40, c.kind))
}

// Close writes the file.
func (w *dtaWriter) Close() error {
	err := w.write()
	w.drop()
	return errors.Join(err, w.out.Close())
}

// Discard drops what was put aside.
func (w *dtaWriter) Discard() {
	w.drop()
	w.out.Close()
}

func (w *dtaWriter) drop() {
	w.spool.Close()
	os.Remove(w.spool.Name())
}

// A dta is the file as it is written: it counts its bytes, since the map near its
// head tells where each part begins.
type dta struct {
	*bufio.Writer
	at  uint64
	err error
}

func (d *dta) raw(b []byte) {
	n, err := d.Write(b)
	d.at += uint64(n)
	d.err = errors.Join(d.err, err)
}

func (d *dta) text(s string) { d.raw([]byte(s)) }

func (d *dta) u16(n uint16) { d.raw(binary.LittleEndian.AppendUint16(nil, n)) }
func (d *dta) u32(n uint32) { d.raw(binary.LittleEndian.AppendUint32(nil, n)) }
func (d *dta) u64(n uint64) { d.raw(binary.LittleEndian.AppendUint64(nil, n)) }

// padded writes a text in a field of n bytes, the last of them 0; a longer one is
// cut between characters.
func (d *dta) padded(s string, n int) {
	d.text(s[:cutAt(s, n-1)])
	d.raw(make([]byte, n-cutAt(s, n-1)))
}

// cutAt is the most bytes of s, up to n, that end between characters.
func cutAt(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return n
}

func (w *dtaWriter) write() error {
	if err := w.rows.Flush(); err != nil {
		return err
	}
	for i := range w.columns {
		w.columns[i].decide()
	}
	d := &dta{Writer: bufio.NewWriterSize(w.out, 1<<16)}
	var parts []uint64 // where each begins
	part := func() { parts = append(parts, d.at) }
	part()
	d.text("<stata_dta>")
	w.header(d)
	part()
	mapAt := int64(d.at) + int64(len("<map>"))
	d.text("<map>")
	d.raw(make([]byte, 14*8))
	d.text("</map>")
	w.variables(d, part)
	part()
	d.text("<characteristics></characteristics>")
	part()
	if err := w.data(d); err != nil {
		return err
	}
	part()
	if err := w.strls(d); err != nil {
		return err
	}
	part()
	w.valueLabels(d)
	part()
	d.text("</stata_dta>")
	part()
	if err := errors.Join(d.err, d.Flush()); err != nil {
		return err
	}
	var places []byte
	for _, at := range parts {
		places = binary.LittleEndian.AppendUint64(places, at)
	}
	_, err := w.out.WriteAt(places, mapAt)
	return err
}

func (w *dtaWriter) header(d *dta) {
	d.text("<header><release>118</release><byteorder>LSF</byteorder><K>")
	d.u16(uint16(len(w.columns)))
	d.text("</K><N>")
	d.u64(w.n)
	d.text("</N><label>")
	d.u16(0)
	d.text("</label><timestamp>") // none: the same rows give the same bytes
	d.raw([]byte{0})
	d.text("</timestamp></header>")
}

// variables writes what is told of each variable, one list after the other.
func (w *dtaWriter) variables(d *dta, part func()) {
	list := func(name string, more func(c *dtaColumn)) {
		part()
		d.text("<" + name + ">")
		for i := range w.columns {
			more(&w.columns[i])
		}
		if name == "sortlist" {
			d.u16(0)
		}
		d.text("</" + name + ">")
	}
	list("variable_types", func(c *dtaColumn) { d.u16(c.kind) })
	list("varnames", func(c *dtaColumn) { d.padded(c.Name, 129) })
	list("sortlist", func(*dtaColumn) { d.u16(0) })
	list("formats", func(c *dtaColumn) { d.padded(c.format(), 57) })
	list("value_label_names", func(c *dtaColumn) {
		if c.words() == nil {
			d.padded("", 129)
			return
		}
		d.padded(c.Name, 129)
	})
	list("variable_labels", func(c *dtaColumn) { d.padded(c.ZH, 321) })
}

// each calls f for every row that was put aside, with its cells as texts.
func (w *dtaWriter) each(f func(n uint64, cells [][]byte) error) error {
	if _, err := w.spool.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in := bufio.NewReaderSize(w.spool, 1<<16)
	cells := make([][]byte, len(w.columns))
	for n := range w.n {
		for i := range cells {
			size, err := binary.ReadUvarint(in)
			if err != nil {
				return err
			}
			cells[i] = slices.Grow(cells[i][:0], int(size))[:size]
			if _, err := io.ReadFull(in, cells[i]); err != nil {
				return err
			}
		}
		if err := f(n, cells); err != nil {
			return err
		}
	}
	return nil
}

func (w *dtaWriter) data(d *dta) error {
	d.text("<data>")
	err := w.each(func(n uint64, cells [][]byte) error {
		for i := range w.columns {
			if err := w.columns[i].cell(d, cells[i], i, n); err != nil {
				return err
			}
		}
		return d.err
	})
	d.text("</data>")
	return err
}

// cell writes a cell in its row. A strL is there as the number of its variable
// (2 bytes) and its row (6 bytes), from 1.
func (c *dtaColumn) cell(d *dta, s []byte, column int, row uint64) error {
	switch {
	case c.kind == dtaStrL && len(s) == 0:
		d.u64(0)
	case c.kind == dtaStrL:
		d.u64(uint64(column+1) | (row+1)<<16)
	case c.kind < dtaStrL:
		d.raw(s)
		d.raw(make([]byte, int(c.kind)-len(s)))
	default:
		return c.number(d, string(s))
	}
	return nil
}

// number writes a number, a date or a word that has a number; an empty cell is
// the missing value of its type.
func (c *dtaColumn) number(d *dta, s string) error {
	if s == "" {
		switch c.kind {
		case dtaByte:
			d.raw([]byte{101})
		case dtaInt:
			d.u16(32741)
		case dtaLong:
			d.u32(2147483621)
		default:
			d.u64(0x7FE0000000000000)
		}
		return nil
	}
	n := int64(0)
	switch {
	case isDate(c.Column):
		t, err := time.Parse(time.DateOnly, s)
		if err != nil {
			return fmt.Errorf("column %s: %q is not a date", c.Name, s)
		}
		n = t.Unix()/(24*60*60) + daysTo1960
	case c.words() != nil:
		if n = int64(slices.Index(c.words(), s)); n < 0 {
			return fmt.Errorf("column %s: unknown word %q", c.Name, s)
		}
	default:
		v, err := schema.ParseDecimal(s)
		if err != nil {
			return fmt.Errorf("column %s: %q: %w", c.Name, s, err)
		}
		if c.kind == dtaDouble {
			d.u64(math.Float64bits(v.Float()))
			return nil
		}
		n, _ = v.Int64()
	}
	switch c.kind {
	case dtaByte:
		d.raw([]byte{byte(n)})
	case dtaInt:
		d.u16(uint16(n))
	default:
		d.u32(uint32(n))
	}
	return nil
}

// daysTo1960 are from 1960-01-01, where Stata begins to count, to 1970-01-01.
const daysTo1960 = 3653

// strls writes the long texts, row by row.
func (w *dtaWriter) strls(d *dta) error {
	d.text("<strls>")
	err := w.each(func(n uint64, cells [][]byte) error {
		for i := range w.columns {
			if w.columns[i].kind != dtaStrL || len(cells[i]) == 0 {
				continue
			}
			d.text("GSO")
			d.u32(uint32(i + 1))
			d.u64(n + 1)
			d.raw([]byte{130}) // text that ends with 0
			d.u32(uint32(len(cells[i]) + 1))
			d.raw(cells[i])
			d.raw([]byte{0})
		}
		return d.err
	})
	d.text("</strls>")
	return err
}

// valueLabels writes the words of the columns that have a few. The empty word has
// none: its cell is missing.
func (w *dtaWriter) valueLabels(d *dta) {
	d.text("<value_labels>")
	for i := range w.columns {
		c := &w.columns[i]
		words := c.words()
		if words == nil {
			continue
		}
		var offsets, values, texts []byte
		for n, word := range words {
			if word == "" {
				continue
			}
			offsets = binary.LittleEndian.AppendUint32(offsets, uint32(len(texts)))
			values = binary.LittleEndian.AppendUint32(values, uint32(n))
			texts = append(append(texts, word...), 0)
		}
		d.text("<lbl>")
		d.u32(uint32(8 + len(offsets) + len(values) + len(texts)))
		d.padded(c.Name, 129)
		d.raw(make([]byte, 3))
		d.u32(uint32(len(values) / 4))
		d.u32(uint32(len(texts)))
		d.raw(offsets)
		d.raw(values)
		d.raw(texts)
		d.text("</lbl>")
	}
	d.text("</value_labels>")
}
