package table

// Parquet in folders: out.parquet/year=2011/region_code=530322/part-0.parquet. DuckDB,
// pandas and Spark read the whole as one table and only the folders that a question
// needs. What stands in the name of a folder is not in its files.

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"mingxi/schema"
)

// FolderColumns are those that can name folders: their values are codes, words and
// years, so that a path can hold them.
var FolderColumns = []string{"year", "region_code", "indicator", "kind", "status"}

// nobody stands in the name of a folder for an empty cell, as in Hive.
const nobody = "__HIVE_DEFAULT_PARTITION__"

// foldersHeld is how many rows wait in memory for their folders.
const foldersHeld = 50_000

// Errors of [CreateFolders].
var (
	ErrFolders = errors.New("want a file name that ends in .parquet for folders")
	ErrColumn  = errors.New("no column of folders")
)

// A foldersWriter writes a folder for each value of some columns.
type foldersWriter struct {
	target
	by    []int    // columns that name folders
	names []string // of them
	rest  []int    // the others
	rows  map[string][][]schema.Cell
	held  int
	parts map[string]int // files written
}

// Folders finds the columns that name folders, and complains of a name that is no file
// of Parquet and of columns that cannot.
func Folders(path string, columns []schema.Column, by []string) (at []int, err error) {
	if !strings.EqualFold(filepath.Ext(path), ".parquet") {
		return nil, fmt.Errorf("%s: %w", path, ErrFolders)
	}
	for _, b := range by {
		i := slices.IndexFunc(columns, func(c schema.Column) bool { return c.Name == b })
		if i < 0 || !slices.Contains(FolderColumns, b) {
			return nil, fmt.Errorf("%q: %w: there are %s", b, ErrColumn, strings.Join(FolderColumns, ", "))
		}
		at = append(at, i)
	}
	return at, nil
}

// CreateFolders is Create for a directory of Parquet files, which the columns by name
// divide. A directory that it wrote before is replaced when the new one is complete; any
// other is left alone, with an error.
func CreateFolders(path, name string, columns []schema.Column, by []string, o Options) (Writer, error) {
	at, err := Folders(path, columns, by)
	if err != nil {
		return nil, err
	}
	w := &foldersWriter{target: target{path + ".part", name, nil, o}, by: at, names: by, rows: map[string][][]schema.Cell{}, parts: map[string]int{}}
	for i, c := range columns {
		if !slices.Contains(at, i) {
			w.rest, w.columns = append(w.rest, i), append(w.columns, c)
		}
	}
	if err := replaceable(path); err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	if err := errors.Join(sweep(w.path), os.Mkdir(w.path, 0o777)); err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	return &file{Writer: w, path: path, part: w.path, folder: true}, nil
}

// replaceable reports a directory that holds anything but folders of ours.
func replaceable(path string) error {
	entries, err := os.ReadDir(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return errors.New("it is a file, not a directory of folders")
	}
	for _, e := range entries {
		name, _, ok := strings.Cut(e.Name(), "=")
		if !ok || !slices.Contains(FolderColumns, name) {
			return fmt.Errorf("it holds %s, which is no folder of ours", e.Name())
		}
	}
	return nil
}

// IsFolders reports whether a path is such a directory, also an unfinished one: what is
// read passes it over.
func IsFolders(path string) bool {
	return strings.Contains(filepath.Base(path), ".parquet") && replaceable(path) == nil
}

func (w *foldersWriter) Write(rows [][]schema.Cell) error {
	for _, row := range rows {
		folder := ""
		for k, i := range w.by {
			value := row[i].String()
			if value == "" {
				value = nobody
			}
			folder = filepath.Join(folder, w.names[k]+"="+value)
		}
		cells := make([]schema.Cell, len(w.rest))
		for k, i := range w.rest {
			cells[k] = row[i]
		}
		w.rows[folder] = append(w.rows[folder], cells)
	}
	if w.held += len(rows); w.held < foldersHeld {
		return nil
	}
	return w.flush(foldersHeld / 2)
}

// flush writes the fullest folders until only so many rows are held.
func (w *foldersWriter) flush(held int) error {
	folders := make([]string, 0, len(w.rows))
	for f := range w.rows {
		folders = append(folders, f)
	}
	slices.SortFunc(folders, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(w.rows[b]), len(w.rows[a])), cmp.Compare(a, b))
	})
	for _, f := range folders {
		if w.held <= held {
			break
		}
		if err := w.part(f); err != nil {
			return err
		}
		w.held -= len(w.rows[f])
		delete(w.rows, f)
	}
	return nil
}

// part writes one more file of a folder.
func (w *foldersWriter) part(folder string) error {
	dir := filepath.Join(w.path, folder)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	one := w.target
	one.path = filepath.Join(dir, "part-"+strconv.Itoa(w.parts[folder])+".parquet")
	w.parts[folder]++
	p, err := parquetFile(one)
	if err != nil {
		return err
	}
	if err := p.Write(w.rows[folder]); err != nil {
		p.Discard()
		return err
	}
	return p.Close()
}

func (w *foldersWriter) Close() error { return w.flush(0) }

func (w *foldersWriter) Discard() {}
