package table

// XLSX has a sheet data, and another where a million rows are full: data_2, …; a
// sheet checks with the rows that want a look before they are used (masked, suspect,
// contradicted); a codebook; and the sources of the rows. Rows are written one by
// one, so that memory does not grow with the table. Numbers are numbers as far as
// Excel keeps all of their digits, else text. Text that looks like a formula is a
// text cell: Excel does not compute it.

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

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
	day     int // style of dates
	cells   []any

	checks   *excelize.StreamWriter // nil where no column says what is doubtful
	checked  int                    // rows in it
	doubtful []int                  // columns that do: kind, check
	sources  *sources               // nil where rows do not tell theirs
}

// dataSheet is the name of the sheet with the rows.
const dataSheet = "data"

func xlsxFile(t target) (Writer, error) {
	f, err := os.Create(t.path)
	if err != nil {
		return nil, err
	}
	dir := t.path + scratch
	if err := os.Mkdir(dir, 0o777); err != nil {
		f.Close()
		return nil, err
	}
	w, err := newXLSX(f, dir, t.columns)
	if err != nil {
		f.Close()
		return nil, err
	}
	return w, nil
}

// scratch is what the name of the folder has after that of the unfinished file, where
// excelize puts sheets that are larger than 16 MiB.
const scratch = ".tmp"

// newXLSX opens a workbook on out, which Close closes.
func newXLSX(out io.WriteCloser, dir string, columns []schema.Column) (*xlsxWriter, error) {
	w := &xlsxWriter{out: out, book: excelize.NewFile(excelize.Options{TmpDir: dir}), name: dataSheet, columns: columns, cells: make([]any, len(columns))}
	var err error
	if w.bold, err = w.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return nil, err
	}
	format := "yyyy-mm-dd"
	if w.day, err = w.book.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
		return nil, err
	}
	if err := w.next(); err != nil {
		return nil, err
	}
	for i, c := range columns {
		switch c.Name {
		case "doc_id":
			w.sources = newSources(columns)
		case "kind", "check":
			w.doubtful = append(w.doubtful, i)
		}
	}
	if len(w.doubtful) == 2 {
		w.checks, err = w.beside("checks", header(columns))
		w.checked = 1
	}
	return w, err
}

// beside begins a sheet beside the data.
func (w *xlsxWriter) beside(name string, header []any) (*excelize.StreamWriter, error) {
	if _, err := w.book.NewSheet(name); err != nil {
		return nil, err
	}
	s, err := w.book.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	return s, s.SetRow("A1", header, excelize.RowOpts{StyleID: w.bold})
}

// header are the names of columns.
func header(columns []schema.Column) []any {
	names := make([]any, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return names
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
	w.row = 1
	return w.sheet.SetRow("A1", header(w.columns), excelize.RowOpts{StyleID: w.bold})
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
			if isDate(w.columns[i]) {
				w.cells[i] = w.dateValue(cell)
			}
		}
		if err := w.sheet.SetRow("A"+strconv.Itoa(w.row), w.cells); err != nil {
			return err
		}
		if w.checks != nil && w.doubts(row) && w.checked < maxRows {
			w.checked++
			if err := w.checks.SetRow("A"+strconv.Itoa(w.checked), w.cells); err != nil {
				return err
			}
		}
	}
	if w.sources != nil {
		w.sources.add(rows)
	}
	return nil
}

// doubts reports whether a row wants a look: its digits are masked or replaced, or
// the report's own arithmetic contradicts it.
func (w *xlsxWriter) doubts(row []schema.Cell) bool {
	for _, i := range w.doubtful {
		switch row[i].Text {
		case schema.Masked.String(), schema.Suspect.String(), schema.Contradicts.String():
			return true
		}
	}
	return false
}

// around writes the sheets beside the data that are made at the end.
func (w *xlsxWriter) around() error {
	if w.checks != nil {
		if err := w.checks.Flush(); err != nil {
			return err
		}
	}
	var book [][]any
	for _, c := range w.columns {
		book = append(book, []any{c.Name, c.ZH, dataType(c, "decimal"), c.Doc, strings.Join(wordsOf(c), ", ")})
	}
	if err := w.fill("codebook", []any{"column", "name", "type", "meaning", "values"}, book); err != nil || w.sources == nil {
		return err
	}
	var lines [][]any
	for _, row := range w.sources.table() {
		line := make([]any, len(row))
		for i, cell := range row {
			line[i] = xlsxValue(cell)
		}
		lines = append(lines, line)
	}
	return w.fill("sources", header(sourceColumns), lines)
}

// fill writes a whole sheet.
func (w *xlsxWriter) fill(name string, header []any, rows [][]any) error {
	s, err := w.beside(name, header)
	if err != nil {
		return err
	}
	for i, row := range rows[:min(len(rows), maxRows-1)] {
		if err := s.SetRow("A"+strconv.Itoa(i+2), row); err != nil {
			return err
		}
	}
	return s.Flush()
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

// dateValue is a date as Excel counts it, in days from 1899-12-30; one before 1901,
// which Excel does not count right, is text.
func (w *xlsxWriter) dateValue(cell schema.Cell) any {
	t, err := time.Parse(time.DateOnly, cell.Text)
	if err != nil || t.Year() < 1901 {
		return xlsxValue(cell)
	}
	return excelize.Cell{StyleID: w.day, Value: t.Unix()/(24*60*60) + daysTo1900}
}

// daysTo1900 are from 1899-12-30 to 1970-01-01.
const daysTo1900 = 25569

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
		err = w.around()
	}
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
