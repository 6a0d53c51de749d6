package store

// This file writes one table of the column contract into an SQLite file of its
// own: what `extract -o figures.sqlite` makes. It is here, and not beside the
// other formats, because this package is the only user of SQLite.

import (
	"context"
	"database/sql"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"mingxi/schema"
)

// A Table is an SQLite file that is being filled in one transaction.
type Table struct {
	db     *sql.DB
	tx     *sql.Tx
	insert *sql.Stmt
	cells  []any
}

// NewTable makes a new SQLite file at path, which must not exist, with one
// table of the given columns. Empty cells become NULL.
func NewTable(path, name string, columns []schema.Column) (*Table, error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return nil, err
	}
	t := &Table{db: db, cells: make([]any, len(columns))}
	if err := t.begin(name, columns); err != nil {
		t.Discard()
		return nil, err
	}
	return t, nil
}

func (t *Table) begin(name string, columns []schema.Column) (err error) {
	types := [...]string{schema.Text: "TEXT", schema.Whole: "INTEGER", schema.Numeric: "NUMERIC"}
	defs, marks := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		defs[i], marks[i] = quoted(c.Name)+" "+types[c.Type], "?"
	}
	if t.tx, err = t.db.BeginTx(context.Background(), nil); err != nil {
		return err
	}
	if _, err = t.tx.Exec("CREATE TABLE " + quoted(name) + " (" + strings.Join(defs, ", ") + ")"); err != nil {
		return err
	}
	t.insert, err = t.tx.Prepare("INSERT INTO " + quoted(name) + " VALUES (" + strings.Join(marks, ", ") + ")")
	return err
}

// Write adds rows of cells; SQLite turns the text of numbers into numbers.
func (t *Table) Write(rows [][]schema.Cell) error {
	for _, row := range rows {
		for i, cell := range row {
			t.cells[i] = text(cell.String())
		}
		if _, err := t.insert.Exec(t.cells...); err != nil {
			return err
		}
	}
	return nil
}

// Close commits the rows and closes the file.
func (t *Table) Close() error {
	err := t.tx.Commit()
	if e := t.db.Close(); err == nil {
		err = e
	}
	return err
}

// Discard gives up the rows and closes the file.
func (t *Table) Discard() {
	if t.tx != nil {
		t.tx.Rollback()
	}
	t.db.Close()
}
