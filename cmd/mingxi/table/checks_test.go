package table

import (
	"archive/zip"
	"database/sql"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mingxi/schema"
)

// What an audit found stands beside the figures in every format that holds several
// tables, and personal numbers in it are hidden as in the figures.
func TestChecks(t *testing.T) {
	columns := []schema.Column{{Name: "doc_id"}, {Name: "seq", Type: schema.Whole}, {Name: "label"}}
	checks := []schema.Column{{Name: "doc_id"}, {Name: "member_seqs"}, {Name: "verdict"}, {Name: "difference", Type: schema.Numeric}, {Name: "sentence"}}
	read := map[string]func(t *testing.T, path string) string{".xlsx": checksOfXLSX, ".sqlite": checksOfSQLite, ".zip": checksOfPackage}
	for suffix, read := range read {
		path := filepath.Join(t.TempDir(), "out"+suffix)
		if !HasChecks(path) {
			t.Errorf("%s: no table of checks", suffix)
		}
		file, err := Create(path, "figures", columns, Options{Checks: checks})
		if err != nil {
			t.Fatal(err)
		}
		w := Discreet(file, columns, checks)
		text, number := schema.TextCell, schema.WholeCell
		rows := [][]schema.Cell{{text("a1"), number(1), text("倒塌房屋")}}
		found := [][]schema.Cell{{text("a1"), text("5;6"), text("contradicts"), number(45), text("电话13912345678")}}
		if err := w.Write(rows); err != nil {
			t.Fatal(err)
		}
		if err := Check(w, found); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if got, want := read(t, path), "a1 5;6 contradicts 45 电话139********"; got != want {
			t.Errorf("%s: %q, want %q", suffix, got, want)
		}
		if left, _ := filepath.Glob(path + ".*"); len(left) > 0 {
			t.Errorf("%s: left behind: %v", suffix, left)
		}
	}
	if HasChecks("out.csv") {
		t.Error(".csv is one table")
	}
}

func checksOfXLSX(t *testing.T, path string) string {
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if got := book.GetSheetList(); !slices.Contains(got, "checks") {
		t.Fatalf("sheets %v", got)
	}
	rows, err := book.GetRows("checks")
	if err != nil || len(rows) != 2 {
		t.Fatalf("rows %v, %v", rows, err)
	}
	return strings.Join(rows[1], " ")
}

func checksOfSQLite(t *testing.T, path string) string {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var doc, seqs, verdict, difference, sentence string
	if err := db.QueryRow("SELECT doc_id, member_seqs, verdict, difference, sentence FROM checks").Scan(&doc, &seqs, &verdict, &difference, &sentence); err != nil {
		t.Fatal(err)
	}
	return strings.Join([]string{doc, seqs, verdict, difference, sentence}, " ")
}

func checksOfPackage(t *testing.T, path string) string {
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("data/checks.csv")
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	d, err := z.Open("datapackage.json")
	if err != nil {
		t.Fatal(err)
	}
	described, _ := io.ReadAll(d)
	if !strings.Contains(string(described), `"data/checks.csv"`) {
		t.Errorf("datapackage.json tells of no checks")
	}
	_, row, _ := strings.Cut(strings.TrimSpace(string(data)), "\n")
	return strings.ReplaceAll(row, ",", " ")
}
