package table

// Parquet has optional columns in the order of the contract: strings, INT64 and
// DOUBLE. A DOUBLE holds every decimal of up to 15 digits exactly as printed.
// Row groups are written every few thousand rows, so memory stays bounded.

import (
	"fmt"
	"os"
	"reflect"
	"strconv"

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
}

func parquetFile(t target) (Writer, error) {
	f, err := os.Create(t.path)
	if err != nil {
		return nil, err
	}
	model := reflect.New(parquetStruct(t.columns)).Interface()
	w := parquet.NewGenericWriter[any](f, parquet.SchemaOf(model), parquet.Compression(&zstd.Codec{}))
	return &parquetWriter{file: f, w: w, columns: t.columns}, nil
}

// parquetStruct is a struct type with a field for each column: parquet-go takes
// the order of columns from a struct, and sorts them otherwise.
func parquetStruct(columns []schema.Column) reflect.Type {
	types := [...]reflect.Type{
		schema.Text:    reflect.TypeFor[string](),
		schema.Whole:   reflect.TypeFor[int64](),
		schema.Numeric: reflect.TypeFor[float64](),
	}
	fields := make([]reflect.StructField, len(columns))
	for i, c := range columns {
		fields[i] = reflect.StructField{
			Name: "Column" + strconv.Itoa(i),
			Type: types[c.Type],
			Tag:  reflect.StructTag(fmt.Sprintf(`parquet:"%s,optional"`, c.Name)),
		}
	}
	return reflect.StructOf(fields)
}

func (p *parquetWriter) Write(rows [][]schema.Cell) error {
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
		return parquet.DoubleValue(cell.Number.Float()), nil
	}
	return parquet.ByteArrayValue([]byte(cell.Text)), nil
}

func (p *parquetWriter) Close() error {
	if err := p.w.Close(); err != nil {
		p.file.Close()
		return err
	}
	return p.file.Close()
}

func (p *parquetWriter) Discard() { p.file.Close() }
