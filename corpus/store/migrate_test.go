package store

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"mingxi/schema"
)

// oldCorpus makes a corpus as version 1 of the tables had it. Its third figure has
// a unit to convert to and no converted value.
func oldCorpus(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	dump, err := os.ReadFile("testdata/version1.sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", uri(filepath.Join(dir, Database)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(string(dump)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Close(), os.WriteFile(filepath.Join(dir, lockFile), nil, 0o666)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// cells are the rows of all documents as CSV prints them.
func cells(t *testing.T, s *Store) (rows [][]string) {
	t.Helper()
	for l, err := range s.Documents(t.Context()) {
		if err == nil {
			err = schema.Rows(l.Document, l.Reading, func(row []schema.Cell) error {
				rows = append(rows, schema.Strings(row))
				return nil
			})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return rows
}

// An old corpus is read as it is, and brought up to date by the first writer, which
// keeps a copy. What it says stays the same.
func TestOldCorpus(t *testing.T) {
	dir := oldCorpus(t)
	before, err := os.ReadFile(filepath.Join(dir, Database))
	if err != nil {
		t.Fatal(err)
	}
	reader, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	want := cells(t, reader)
	if len(want) != 7 || want[0][columnAt("value")] != "32000" || want[2][columnAt("si_value")] != "" || want[2][columnAt("si_unit")] != "公顷" {
		t.Fatalf("rows %q", want)
	}
	if p := problems(t, reader); p != nil {
		t.Errorf("verify before: %q", p)
	}
	if after, _ := os.ReadFile(filepath.Join(dir, Database)); !reflect.DeepEqual(after, before) {
		t.Error("reading has changed the database")
	}

	w := openWriter(t, dir)
	for name, s := range map[string]*Store{"of the writer": w.Store, "opened before": reader} {
		if got := cells(t, s); !reflect.DeepEqual(got, want) {
			t.Errorf("store %s:\n%q, want\n%q", name, got, want)
		}
		if p := problems(t, s); p != nil {
			t.Errorf("store %s: verify: %q", name, p)
		}
	}
	put(t, w, "b.txt", "")
	commit(t, w)
	// Which program read the old documents nobody noted, whoever writes now.
	all, err := w.Refs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	n := int64(len(all))
	if c, err := w.Stats(t.Context()); err != nil || !reflect.DeepEqual(c.Programs, map[string]int64{"": n - 1, "test": 1}) {
		t.Errorf("documents by program %v, %v", c.Programs, err)
	}
	if p := problems(t, w.Store); p != nil {
		t.Errorf("verify after: %q", p)
	}
	// Extracted again, they have checksums.
	for _, r := range all {
		d, reading, err := w.Load(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Replace(r, d, reading); err != nil {
			t.Fatal(err)
		}
	}
	commit(t, w)
	if p := problems(t, w.Store); p != nil {
		t.Errorf("verify after all were extracted again: %q", p)
	}
	if _, err := DropCopy(t.Context(), dir); !errors.Is(err, ErrBusy) {
		t.Errorf("the copy goes while a writer is open: %v", err)
	}
	w.Close()

	old := t.TempDir() // what the copy holds is the corpus as it was
	if err := os.Rename(filepath.Join(dir, Database+copySuffix), filepath.Join(old, Database)); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), old)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := cells(t, s); !reflect.DeepEqual(got, want) {
		t.Errorf("copy\n%q, want\n%q", got, want)
	}
	openWriter(t, dir)
	if _, err := os.Stat(filepath.Join(dir, Database+copySuffix)); err == nil {
		t.Error("a copy of tables that are up to date")
	}
}

func columnAt(name string) int {
	for i, c := range schema.Columns() {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// A corpus of the same version that lacks a column, because the contract has grown
// since, is read with empty cells and gets the column when it is written to.
func TestNewColumn(t *testing.T) {
	dir := t.TempDir()
	w := openWriter(t, dir)
	s0, d, r := document("a.txt", "")
	r.Metrics[1].Confidence, r.Metrics[1].Check = schema.Decimal{}, schema.Unchecked // as from a program that knows neither
	if _, err := w.Put(s0, d, r, nil); err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	for _, s := range []string{"DROP VIEW metrics", "ALTER TABLE figures DROP COLUMN confidence", `ALTER TABLE figures DROP COLUMN "check"`} {
		if err := w.exec(s); err != nil {
			t.Fatal(err)
		}
	}
	commit(t, w)
	w.Close()
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	got := cells(t, s)
	s.Close()
	if row := fmt.Sprint(got[1][columnAt("confidence")], got[1][columnAt("check")]); row != "" {
		t.Errorf("cells of columns that are not there: %q", row)
	}
	w = openWriter(t, dir)
	put(t, w, "b.txt", "又")
	commit(t, w)
	if _, err := os.Stat(filepath.Join(dir, Database+copySuffix)); err != nil {
		t.Error("no copy:", err)
	}
	got = cells(t, w.Store)
	if row := got[1][columnAt("confidence")] + got[1][columnAt("check")] + got[3][columnAt("confidence")] + got[3][columnAt("check")]; row != "0.9contradicts" {
		t.Errorf("cells %q", row)
	}
}
