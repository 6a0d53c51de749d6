package table

// Parquet has optional columns in the order of the contract: strings, INT64, DATE,
// and DECIMAL(38,18), which holds every schema.Decimal to its last digit: up to 18
// digits, with up to 18 of them after the point. Row groups are written every few
// thousand rows, so memory stays bounded. The metadata of the file have which versions
// of the program read the figures (program) and which wrote the file (created).

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"mingxi/schema"
)

const rowGroup = 20_000 // rows

type parquetWriter struct {
	file    *os.File
	w       *parquet.GenericWriter[any]
	columns []schema.Column
	rows    []parquet.Row
	pending int // rows since the last row group
	readers *readersOf
}

// readersOf gathers the versions of the program that read the documents of rows.
type readersOf struct {
	program func(docID string) string
	column  int // doc_id
	last    string
	names   []string // each once, in order
}

// newReadersOf is nil where rows do not tell their documents.
func newReadersOf(columns []schema.Column, program func(docID string) string) *readersOf {
	at := slices.IndexFunc(columns, func(c schema.Column) bool { return c.Name == "doc_id" })
	if at < 0 || program == nil {
		return nil
	}
	return &readersOf{program: program, column: at}
}

func (r *readersOf) add(rows [][]schema.Cell) {
	if r == nil {
		return
	}
	for _, row := range rows {
		if id := row[r.column].Text; id != r.last {
			r.last = id
			if at, has := slices.BinarySearch(r.names, r.program(id)); !has {
				r.names = slices.Insert(r.names, at, r.program(id))
			}
		}
	}
}

func parquetFile(t target) (Writer, error) {
	f, err := os.Create(t.path)
	if err != nil {
		return nil, err
	}
	model := reflect.New(parquetStruct(t.columns)).Interface()
	w := parquet.NewGenericWriter[any](f, parquet.SchemaOf(model), parquet.Compression(&zstd.Codec{}))
	if t.By != "" {
		w.SetKeyValueMetadata("created", t.By)
	}
	return &parquetWriter{file: f, w: w, columns: t.columns, readers: newReadersOf(t.columns, t.Program)}, nil
}

// parquetStruct is a struct type with a field for each column: parquet-go takes
// the order of columns from a struct, and sorts them otherwise.
func parquetStruct(columns []schema.Column) reflect.Type {
	fields := make([]reflect.StructField, len(columns))
	for i, c := range columns {
		kind, tag := reflect.TypeFor[string](), ""
		switch {
		case c.Type == schema.Whole:
			kind = reflect.TypeFor[int64]()
		case c.Type == schema.Numeric:
			kind, tag = reflect.TypeFor[[16]byte](), ",decimal(18:38)"
		case isDate(c):
			kind, tag = reflect.TypeFor[int32](), ",date"
		}
		fields[i] = reflect.StructField{
			Name: "Column" + strconv.Itoa(i),
			Type: kind,
			Tag:  reflect.StructTag(fmt.Sprintf(`parquet:"%s,optional%s"`, c.Name, tag)),
		}
	}
	return reflect.StructOf(fields)
}

func (p *parquetWriter) Write(rows [][]schema.Cell) error {
	p.readers.add(rows)
	p.rows = p.rows[:0]
	for _, row := range rows {
		r := make(parquet.Row, len(row))
		for i, cell := range row {
			v, err := parquetValue(cell, p.columns[i])
			if err != nil {
				return err
			}
			r[i] = v.Level(0, definition(cell), i)
		}
		p.rows = append(p.rows, r)
	}
	if _, err := p.w.WriteRows(p.rows); err != nil {
		return err
	}
	if p.pending += len(rows); p.pending >= rowGroup {
		p.pending = 0
		return p.w.Flush()
	}
	return nil
}

// definition is parquet's definition level: 0 is null.
func definition(cell schema.Cell) int {
	if cell.Empty() {
		return 0
	}
	return 1
}

func parquetValue(cell schema.Cell, c schema.Column) (parquet.Value, error) {
	switch {
	case cell.Empty():
		return parquet.NullValue(), nil
	case c.Type == schema.Whole:
		n, ok := cell.Number.Int64()
		if !ok {
			return parquet.Value{}, fmt.Errorf("column %s: %q is not a whole number", c.Name, cell)
		}
		return parquet.Int64Value(n), nil
	case c.Type == schema.Numeric:
		b, err := decimal128(cell.Number)
		return parquet.FixedLenByteArrayValue(b[:]), err
	case isDate(c):
		t, err := time.Parse(time.DateOnly, cell.Text)
		if err != nil {
			return parquet.Value{}, fmt.Errorf("column %s: %q is not a date", c.Name, cell.Text)
		}
		return parquet.Int32Value(int32(t.Unix() / (24 * 60 * 60))), nil
	}
	return parquet.ByteArrayValue([]byte(cell.Text)), nil
}

// isDate reports whether the cells of a column are ISO dates.
func isDate(c schema.Column) bool { return c.Field != nil && c.Field.Keep == schema.Date }

// decimalScale is how many digits a DECIMAL has after the point.
const decimalScale = 18

// decimal128 is d × 10^18 as a big-endian number of 16 bytes in two's complement.
func decimal128(d schema.Decimal) (b [16]byte, err error) {
	whole, frac, _ := strings.Cut(d.String(), ".")
	coef, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil {
		return b, err
	}
	hi, lo := bits.Mul64(uint64(max(coef, -coef)), pow10(decimalScale-len(frac)))
	if coef < 0 {
		var borrow uint64
		lo, borrow = bits.Sub64(0, lo, 0)
		hi, _ = bits.Sub64(0, hi, borrow)
	}
	binary.BigEndian.PutUint64(b[:8], hi)
	binary.BigEndian.PutUint64(b[8:], lo)
	return b, nil
}

// pow10 is 10^n, for n up to 19.
func pow10(n int) uint64 {
	p := uint64(1)
	for range n {
		p *= 10
	}
	return p
}

func (p *parquetWriter) Close() error {
	if p.readers != nil {
		p.w.SetKeyValueMetadata("program", strings.Join(p.readers.names, "; "))
	}
	if err := p.w.Close(); err != nil {
		p.file.Close()
		return err
	}
	return p.file.Close()
}

func (p *parquetWriter) Discard() { p.file.Close() }
