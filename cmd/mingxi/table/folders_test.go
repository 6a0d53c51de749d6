package table

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"mingxi/schema"
)

var folderColumns = []schema.Column{{Name: "year", Type: schema.Whole}, {Name: "region_code"}, {Name: "label"}, {Name: "value", Type: schema.Numeric}}

func writeFolders(path string, rows ...[]schema.Cell) error {
	w, err := CreateFolders(path, "figures", folderColumns, []string{"year", "region_code"}, Options{})
	if err != nil {
		return err
	}
	defer w.Discard()
	if err := w.Write(rows); err != nil {
		return err
	}
	return w.Close()
}

func figureOf(year int, region, label string, value int64) []schema.Cell {
	return []schema.Cell{schema.CountCell(year), schema.TextCell(region), schema.TextCell(label), {Number: schema.Int(value)}}
}

// files lists what is below a directory.
func files(dir string) (list []string) {
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(dir, path)
			list = append(list, filepath.ToSlash(name))
		}
		return err
	})
	return list
}

// Rows stand in the folder of their year and region; what is empty has one of its own;
// a second run replaces the first; a directory of other things is left alone.
func TestFolders(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "figures.parquet")
	err := writeFolders(path, figureOf(2011, "530322", "城市低保户数", 4926), figureOf(2012, "530322", "城市低保户数", 4800), figureOf(0, "", "受灾人口", 5), figureOf(2011, "530322", "五保人数", 7))
	if err != nil {
		t.Fatal(err)
	}
	want := "year=2011/region_code=530322/part-0.parquet year=2012/region_code=530322/part-0.parquet year=__HIVE_DEFAULT_PARTITION__/region_code=__HIVE_DEFAULT_PARTITION__/part-0.parquet"
	if got := strings.Join(files(path), " "); got != want {
		t.Error(got)
	}
	type row struct {
		Label string `parquet:"label"`
	}
	rows, err := parquet.ReadFile[row](filepath.Join(path, "year=2011/region_code=530322/part-0.parquet"))
	if err != nil || fmt.Sprint(rows) != "[{城市低保户数} {五保人数}]" {
		t.Error(rows, err)
	}
	if err := writeFolders(path, figureOf(2013, "530322", "城市低保户数", 4700)); err != nil || strings.Join(files(path), " ") != "year=2013/region_code=530322/part-0.parquet" {
		t.Error(files(path), err)
	}
	other := filepath.Join(dir, "other.parquet")
	os.MkdirAll(filepath.Join(other, "mine"), 0o777)
	if err := writeFolders(other, figureOf(2013, "530322", "城市低保户数", 4700)); err == nil || !strings.Contains(err.Error(), "it holds mine") {
		t.Error(err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Error(entries)
	}
}

// Many rows make many files of a folder, and none is lost.
func TestFoldersInParts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "figures.parquet")
	rows := make([][]schema.Cell, 2*foldersHeld+10)
	for i := range rows {
		rows[i] = figureOf(2000+i%2, "530322", "户", int64(i))
	}
	w, err := CreateFolders(path, "figures", folderColumns, []string{"year"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for len(rows) > 0 {
		n := min(len(rows), 7000)
		if err := w.Write(rows[:n]); err != nil {
			t.Fatal(err)
		}
		rows = rows[n:]
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	n := int64(0)
	for _, name := range files(path) {
		f, err := os.Open(filepath.Join(path, name))
		if err != nil {
			t.Fatal(err)
		}
		info, _ := f.Stat()
		p, err := parquet.OpenFile(f, info.Size())
		if err != nil {
			t.Fatal(err)
		}
		n += p.NumRows()
		f.Close()
	}
	if n != 2*foldersHeld+10 || len(files(path)) < 3 {
		t.Errorf("%d rows in %v", n, files(path))
	}
}

func TestFoldersRefused(t *testing.T) {
	for _, one := range []struct {
		path, by string
		want     error
	}{{"figures.csv", "year", ErrFolders}, {"figures.parquet", "sentence", ErrColumn}, {"figures.parquet", "place", ErrColumn}} {
		if _, err := CreateFolders(filepath.Join(t.TempDir(), one.path), "figures", folderColumns, []string{one.by}, Options{}); !errors.Is(err, one.want) {
			t.Errorf("%v: %v", one, err)
		}
	}
}
