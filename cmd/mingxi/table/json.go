package table

// JSON Lines has one object a row. Numbers are numbers, printed with exactly
// the digits of the cell; empty cells are left out.

import (
	"bufio"
	"encoding/json"
	"io"
	"os"

	"mingxi/schema"
)

// JSON writes JSON Lines to a stream and flushes after every Write.
func JSON(w io.Writer, columns []schema.Column) Writer {
	return &stream{Writer: newJSON(w, columns)}
}

func jsonFile(t target) (Writer, error) {
	f, err := os.Create(t.path)
	if err != nil {
		return nil, err
	}
	return &stream{Writer: newJSON(f, t.columns), file: f}, nil
}

type jsonWriter struct {
	buf     *bufio.Writer
	columns []schema.Column
	line    []byte
}

func newJSON(w io.Writer, columns []schema.Column) *jsonWriter {
	return &jsonWriter{buf: bufio.NewWriterSize(w, 1<<16), columns: columns}
}

func (j *jsonWriter) Write(rows [][]schema.Cell) error {
	for _, row := range rows {
		if err := j.object(row); err != nil {
			return err
		}
		if _, err := j.buf.Write(j.line); err != nil {
			return err
		}
	}
	return j.buf.Flush()
}

// object prints one row into j.line.
func (j *jsonWriter) object(row []schema.Cell) error {
	line := append(j.line[:0], '{')
	for i, cell := range row {
		if cell.Empty() {
			continue
		}
		if len(line) > 1 {
			line = append(line, ',')
		}
		line = append(line, '"')
		line = append(line, j.columns[i].Name...)
		line = append(line, '"', ':')
		if cell.Number.Known() {
			line = append(line, cell.Number.String()...)
			continue
		}
		s, err := json.Marshal(cell.Text)
		if err != nil {
			return err
		}
		line = append(line, s...)
	}
	j.line = append(line, '}', '\n')
	return nil
}

func (j *jsonWriter) Close() error { return j.buf.Flush() }
