package table

// XLSX has one sheet, and another where a million rows are full: figures,
// figures_2, … Rows are written one by one, so that memory does not grow with the
// table. Numbers are numbers as far as Excel keeps all of their digits, else text.

import (
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/xuri/excelize/v2"

	"mingxi/schema"
)

// The limits of Excel.
const (
	maxRows   = 1_048_576 // of a sheet, with its header
	maxDigits = 15        // of a number: Excel loses what comes after
)

type xlsxWriter struct {
	out     io.WriteCloser
	book    *excelize.File
	sheet   *excelize.StreamWriter
	name    string
	columns []schema.Column
	sheets  int
	row     int // last row written in the sheet
	bold    int // style of the header
	cells   []any
}

func xlsxFile(t target) (Writer, error) {
	f, err := os.Create(t.path)
	if err != nil {
		return nil, err
	}
	w, err := newXLSX(f, t.name, t.columns)
	if err != nil {
		f.Close()
		return nil, err
	}
	return w, nil
}

// newXLSX opens a workbook on out, which Close closes.
func newXLSX(out io.WriteCloser, name string, columns []schema.Column) (*xlsxWriter, error) {
	w := &xlsxWriter{out: out, book: excelize.NewFile(), name: name, columns: columns, cells: make([]any, len(columns))}
	var err error
	if w.bold, err = w.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return nil, err
	}
	return w, w.next()
}

// next ends the current sheet and begins another.
func (w *xlsxWriter) next() (err error) {
	w.sheets++
	name := w.name
	if w.sheets == 1 {
		err = w.book.SetSheetName("Sheet1", name)
	} else {
		name = fmt.Sprintf("%s_%d", w.name, w.sheets)
		if err = w.sheet.Flush(); err == nil {
			_, err = w.book.NewSheet(name)
		}
	}
	if err != nil {
		return err
	}
	if w.sheet, err = w.book.NewStreamWriter(name); err != nil {
		return err
	}
	if err := w.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	header := make([]any, len(w.columns))
	for i, c := range w.columns {
		header[i] = c.Name
	}
	w.row = 1
	return w.sheet.SetRow("A1", header, excelize.RowOpts{StyleID: w.bold})
}

func (w *xlsxWriter) Write(rows [][]schema.Cell) error {
	for _, row := range rows {
		if w.row == maxRows {
			if err := w.next(); err != nil {
				return err
			}
		}
		w.row++
		for i, cell := range row {
			w.cells[i] = xlsxValue(cell)
		}
		if err := w.sheet.SetRow("A"+strconv.Itoa(w.row), w.cells); err != nil {
			return err
		}
	}
	return nil
}

// xlsxValue is a number where Excel keeps all of its digits, else text.
func xlsxValue(cell schema.Cell) any {
	s := cell.String()
	switch {
	case cell.Empty():
		return nil
	case cell.Number.Known() && digits(s) <= maxDigits:
		return cell.Number.Float()
	}
	return s
}

func digits(s string) (n int) {
	for _, c := range []byte(s) {
		if '0' <= c && c <= '9' {
			n++
		}
	}
	return n
}

// Close writes the workbook and closes what is beneath it.
func (w *xlsxWriter) Close() error {
	err := w.sheet.Flush()
	if err == nil {
		err = w.book.Write(w.out)
	}
	w.book.Close()
	if e := w.out.Close(); err == nil {
		err = e
	}
	return err
}

// Discard drops the workbook and closes what is beneath it.
func (w *xlsxWriter) Discard() {
	w.book.Close()
	w.out.Close()
}
