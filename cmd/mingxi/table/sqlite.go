package table

// SQLite has one table, figures, in a file that is filled in one transaction. Empty
// cells are NULL. A decimal is an INTEGER, a REAL where that is exact, else TEXT; its
// column has no type, since one of numbers would turn such a text into a REAL.

import (
	"context"
	"database/sql"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"mingxi/schema"
)

type sqliteWriter struct {
	db     *sql.DB
	tx     *sql.Tx
	insert *sql.Stmt
	cells  []any
}

func sqliteFile(t target) (Writer, error) {
	db, err := sql.Open("sqlite", t.path)
	if err != nil {
		return nil, err
	}
	w := &sqliteWriter{db: db, cells: make([]any, len(t.columns))}
	if err := w.begin(t.name, t.columns); err != nil {
		w.Discard()
		return nil, err
	}
	return w, nil
}

func (w *sqliteWriter) begin(name string, columns []schema.Column) (err error) {
	types := [...]string{schema.Text: "TEXT", schema.Whole: "INTEGER", schema.Numeric: ""}
	defs, marks := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		defs[i], marks[i] = quoted(c.Name)+" "+types[c.Type], "?"
	}
	if w.tx, err = w.db.BeginTx(context.Background(), nil); err != nil {
		return err
	}
	if _, err = w.tx.Exec("CREATE TABLE " + quoted(name) + " (" + strings.Join(defs, ", ") + ")"); err != nil {
		return err
	}
	w.insert, err = w.tx.Prepare("INSERT INTO " + quoted(name) + " VALUES (" + strings.Join(marks, ", ") + ")")
	return err
}

// quoted is an identifier of SQL.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func (w *sqliteWriter) Write(rows [][]schema.Cell) error {
	for _, row := range rows {
		for i, cell := range row {
			switch {
			case cell.Empty():
				w.cells[i] = nil
			case cell.Number.Known():
				w.cells[i] = cell.Number
			default:
				w.cells[i] = cell.Text
			}
		}
		if _, err := w.insert.Exec(w.cells...); err != nil {
			return err
		}
	}
	return nil
}

func (w *sqliteWriter) Close() error {
	err := w.tx.Commit()
	if e := w.db.Close(); err == nil {
		err = e
	}
	return err
}

func (w *sqliteWriter) Discard() {
	if w.tx != nil {
		w.tx.Rollback()
	}
	w.db.Close()
}
