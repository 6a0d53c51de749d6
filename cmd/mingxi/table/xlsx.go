package table

// XLSX has a sheet data, and another where a million rows are full: data_2, …; a
// sheet doubtful with the rows that want a look before they are used (masked, suspect,
// contradicted); a sheet checks with what an audit found, a row a relation; a codebook;
// and the sources of the rows. Rows are written one by
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
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"mingxi/schema"
)

// The limits of Excel.
const (
	maxRows   = 1_048_576 // of a sheet, with its header
	maxDigits = 15        // of a number: Excel loses what comes after
	maxText   = 32_767    // of a cell, in units of UTF-16
)

type xlsxWriter struct {
	out     io.WriteCloser
	book    *excelize.File
	columns []schema.Column
	bold    int // style of the header
	day     int // style of dates
	cells   []any

	data     *series
	checks   *series  // nil without columns for them
	doubts   *series  // nil where no column says what is doubtful
	doubtful []int    // columns that do: kind, check
	sources  *sources // nil where rows do not tell theirs
}

// A series is the sheets of one table: data, and data_2 where that is full.
type series struct {
	book   *excelize.File
	name   string
	header []any
	bold   int
	sheet  *excelize.StreamWriter
	sheets int
	row    int // last row written in the sheet
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
	w, err := newXLSX(f, dir, t)
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
func newXLSX(out io.WriteCloser, dir string, t target) (*xlsxWriter, error) {
	columns := t.columns
	w := &xlsxWriter{out: out, book: excelize.NewFile(excelize.Options{TmpDir: dir}), columns: columns, cells: make([]any, len(columns))}
	var err error
	if w.bold, err = w.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return nil, err
	}
	format := "yyyy-mm-dd"
	if w.day, err = w.book.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
		return nil, err
	}
	if err := w.book.SetSheetName("Sheet1", dataSheet); err != nil {
		return nil, err
	}
	if w.data, err = w.series(dataSheet, header(columns)); err != nil {
		return nil, err
	}
	w.sources = newSources(t)
	for i, c := range columns {
		switch c.Name {
		case "kind", "check":
			w.doubtful = append(w.doubtful, i)
		}
	}
	if len(w.doubtful) == 2 {
		if w.doubts, err = w.series("doubtful", header(columns)); err != nil {
			return nil, err
		}
	}
	if len(t.Checks) > 0 {
		w.checks, err = w.series("checks", header(t.Checks))
	}
	return w, err
}

// series begins the sheets of a table.
func (w *xlsxWriter) series(name string, header []any) (*series, error) {
	s := &series{book: w.book, name: name, header: header, bold: w.bold}
	return s, s.next()
}

// next ends the current sheet and begins another.
func (s *series) next() (err error) {
	name := s.name
	if s.sheets++; s.sheets > 1 {
		name = fmt.Sprintf("%s_%d", s.name, s.sheets)
		if err := s.sheet.Flush(); err != nil {
			return err
		}
	}
	if _, err := s.book.NewSheet(name); err != nil { // one that is there stays
		return err
	}
	if s.sheet, err = s.book.NewStreamWriter(name); err != nil {
		return err
	}
	if err := s.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	s.row = 1
	return s.sheet.SetRow("A1", s.header, excelize.RowOpts{StyleID: s.bold})
}

// add adds a row.
func (s *series) add(cells []any) error {
	for i, c := range cells {
		if text, ok := c.(string); ok && tooLong(text) {
			return fmt.Errorf("sheet %s, row %d, column %v: a text of more than %d characters, which no cell of Excel holds: write .csv, .jsonl or .sqlite", s.name, (s.sheets-1)*(maxRows-1)+s.row+1, s.header[i], maxText)
		}
	}
	if s.row == maxRows {
		if err := s.next(); err != nil {
			return err
		}
	}
	s.row++
	return s.sheet.SetRow("A"+strconv.Itoa(s.row), cells)
}

// tooLong reports a text that excelize would cut.
func tooLong(s string) bool {
	return len(s) > maxText && len(utf16.Encode([]rune(s))) > maxText
}

// header are the names of columns.
func header(columns []schema.Column) []any {
	names := make([]any, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return names
}

func (w *xlsxWriter) Write(rows [][]schema.Cell) error {
	for _, row := range rows {
		for i, cell := range row {
			w.cells[i] = xlsxValue(cell)
			if isDate(w.columns[i]) {
				w.cells[i] = w.dateValue(cell)
			}
		}
		if err := w.data.add(w.cells); err != nil {
			return err
		}
		if w.doubts != nil && w.doubted(row) {
			if err := w.doubts.add(w.cells); err != nil {
				return err
			}
		}
	}
	w.sources.add(rows)
	return nil
}

// Check adds rows to the sheet checks.
func (w *xlsxWriter) Check(rows [][]schema.Cell) error {
	if w.checks == nil {
		return nil
	}
	for _, row := range rows {
		if err := w.checks.add(xlsxRow(row)); err != nil {
			return err
		}
	}
	return nil
}

// doubted reports whether a row wants a look: its digits are masked or replaced, or
// the report's own arithmetic contradicts it.
func (w *xlsxWriter) doubted(row []schema.Cell) bool {
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
	for _, s := range []*series{w.doubts, w.checks} {
		if s == nil {
			continue
		}
		if err := s.sheet.Flush(); err != nil {
			return err
		}
	}
	var book [][]any
	for _, c := range w.columns {
		book = append(book, []any{c.Name, c.ZH, dataType(c, "decimal"), c.Doc, c.DocZH, strings.Join(wordsOf(c), ", ")})
	}
	if err := w.fill("codebook", []any{"column", "name", "type", "meaning", "含义", "values"}, book); err != nil || w.sources == nil {
		return err
	}
	var lines [][]any
	for _, row := range w.sources.table() {
		lines = append(lines, xlsxRow(row))
	}
	return w.fill("sources", header(sourceColumns), lines)
}

// fill writes a whole table.
func (w *xlsxWriter) fill(name string, header []any, rows [][]any) error {
	s, err := w.series(name, header)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := s.add(row); err != nil {
			return err
		}
	}
	return s.sheet.Flush()
}

// xlsxRow is a row without dates.
func xlsxRow(row []schema.Cell) []any {
	line := make([]any, len(row))
	for i, cell := range row {
		line[i] = xlsxValue(cell)
	}
	return line
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
	err := w.data.sheet.Flush()
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
