// Package table writes rows of the column contract in the formats that people
// open: CSV, JSON Lines, XLSX, Parquet, Stata, SQLite and data packages. The columns have the same
// names in all of them.
package table

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"mingxi/schema"
)

// A Writer receives rows; a row has one cell for each column.
type Writer interface {
	// Write adds rows.
	Write(rows [][]schema.Cell) error
	// Close writes what is left. A file appears under its name only now, whole.
	Close() error
	// Discard drops what Close has not written; after Close it does nothing.
	Discard()
}

// Options of a file; the zero value is right for most.
type Options struct {
	Encoding Encoding
	// By is the version of the program that writes, for formats that can tell it.
	By string
	// Program gives the version of the program whose rules read the figures of a
	// document, for formats that have a table of sources; nil where it is not known.
	Program func(docID string) string
	// Checks are the columns of a table of checks beside the rows, for the formats that
	// hold several tables (HasChecks); none without.
	Checks []schema.Column
	// Cited are rows that tell the sources, of the columns Citing, for a table whose own rows do not.
	Cited  [][]schema.Cell
	Citing []schema.Column
}

// A checker is a Writer with a table of checks beside its rows.
type checker interface {
	Check(rows [][]schema.Cell) error
}

// Check adds rows to the table of checks of w, if it has one.
func Check(w Writer, rows [][]schema.Cell) error {
	if c, ok := w.(checker); ok && len(rows) > 0 {
		return c.Check(rows)
	}
	return nil
}

// HasChecks reports whether the format that a path names holds a table of checks.
func HasChecks(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx", ".sqlite", ".db", ".zip":
		return true
	}
	return false
}

// ErrFormat is returned for a file whose suffix names no format.
var ErrFormat = errors.New("want a file name that ends in .csv, .jsonl, .xlsx, .parquet, .dta, .sqlite or .zip")

// Create opens a file of the format that its suffix names. An existing file is
// replaced when the new one is complete. The name is that of the sheet or of
// the table inside.
func Create(path, name string, columns []schema.Column, o Options) (Writer, error) {
	make, ok := formats[strings.ToLower(filepath.Ext(path))]
	if !ok {
		return nil, fmt.Errorf("%s: %w", path, ErrFormat)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, fmt.Errorf("write %s: it is a directory", path)
	}
	part := path + ".part"
	if err := sweep(part); err != nil { // of a run that was killed
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	w, err := make(target{part, name, columns, o})
	if err != nil {
		sweep(part)
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	return &file{Writer: w, path: path, part: part}, nil
}

// A target is what a format needs to open its file.
type target struct {
	path    string
	name    string // of the sheet or table
	columns []schema.Column
	Options
}

// formats is the registry: a suffix and what writes it.
var formats = map[string]func(target) (Writer, error){
	".csv":     csvFile,
	".jsonl":   jsonFile,
	".xlsx":    xlsxFile,
	".parquet": parquetFile,
	".dta":     dtaFile,
	".zip":     packageFile,
	".sqlite":  sqliteFile,
	".db":      sqliteFile,
}

// A file gives a written file its name when it is complete.
type file struct {
	Writer
	path, part string
	folder     bool // a directory, which cannot take the place of another in one step
	done       bool
}

func (f *file) Write(rows [][]schema.Cell) error { return f.named(f.Writer.Write(rows)) }

func (f *file) Check(rows [][]schema.Cell) error { return f.named(Check(f.Writer, rows)) }

func (f *file) Close() error {
	if err := f.Writer.Close(); err != nil {
		return f.named(err)
	}
	f.done = true
	if f.folder {
		return errors.Join(os.RemoveAll(f.path), os.Rename(f.part, f.path))
	}
	return errors.Join(os.Rename(f.part, f.path), sweep(f.part))
}

// named adds the name of the file to an error.
func (f *file) named(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("write %s: %w", f.path, err)
}

// sweep removes an unfinished file and what its format keeps beside it: the journal of
// SQLite, the folder where XLSX puts sheets that memory does not hold.
func sweep(part string) error {
	for _, name := range []string{part, part + "-journal", part + scratch} {
		if err := os.RemoveAll(name); err != nil {
			return err
		}
	}
	return nil
}

// Sweep removes what is unfinished of the file at path, where a run ends in the middle.
func Sweep(path string) error { return sweep(path + ".part") }

func (f *file) Discard() {
	if !f.done {
		f.Writer.Discard()
		sweep(f.part)
	}
}

// A rowWriter is a format written to a stream.
type rowWriter interface {
	Write(rows [][]schema.Cell) error
	Close() error
}

// A stream is a rowWriter and the file beneath it, if it is ours to close.
type stream struct {
	Writer rowWriter
	file   io.Closer
}

func (s *stream) Write(rows [][]schema.Cell) error { return s.Writer.Write(rows) }

func (s *stream) Close() error {
	err := s.Writer.Close()
	if s.file != nil {
		err = errors.Join(err, s.file.Close())
	}
	return err
}

func (s *stream) Discard() {
	if s.file != nil {
		s.file.Close()
	}
}
