package table

// SQLite has the table figures and, where rows tell theirs, the table sources, and the
// table checks of what an audit found, in a file that is filled in one transaction. Empty
// cells are NULL. A decimal is an INTEGER, a REAL where that is exact, else TEXT; its
// column has no type, since one of numbers would turn such a text into a REAL.

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"mingxi/schema"
)

type sqliteWriter struct {
	db      *sql.DB
	tx      *sql.Tx
	insert  *sql.Stmt
	checks  *sql.Stmt // nil without columns for them
	sources *sources  // nil where rows do not tell theirs
}

func sqliteFile(t target) (Writer, error) {
	db, err := sql.Open("sqlite", t.path)
	if err != nil {
		return nil, err
	}
	w := &sqliteWriter{db: db}
	if slices.ContainsFunc(t.columns, func(c schema.Column) bool { return c.Name == "doc_id" }) {
		w.sources = newSources(t.columns, t.Program)
	}
	if w.tx, err = w.db.BeginTx(context.Background(), nil); err == nil {
		w.insert, err = w.table(t.name, t.columns)
	}
	if err == nil && len(t.Checks) > 0 {
		w.checks, err = w.table("checks", t.Checks)
	}
	if err != nil {
		w.Discard()
		return nil, err
	}
	return w, nil
}

// table makes a table, and the statement that fills it.
func (w *sqliteWriter) table(name string, columns []schema.Column) (*sql.Stmt, error) {
	types := [...]string{schema.Text: "TEXT", schema.Whole: "INTEGER", schema.Numeric: ""}
	defs, marks := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		defs[i], marks[i] = quoted(c.Name)+" "+types[c.Type], "?"
	}
	if _, err := w.tx.Exec("CREATE TABLE " + quoted(name) + " (" + strings.Join(defs, ", ") + ")"); err != nil {
		return nil, err
	}
	return w.tx.Prepare("INSERT INTO " + quoted(name) + " VALUES (" + strings.Join(marks, ", ") + ")")
}

// quoted is an identifier of SQL.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func (w *sqliteWriter) Write(rows [][]schema.Cell) error {
	if w.sources != nil {
		w.sources.add(rows)
	}
	return fillTable(w.insert, rows)
}

// Check adds rows to the table checks.
func (w *sqliteWriter) Check(rows [][]schema.Cell) error {
	if w.checks == nil {
		return nil
	}
	return fillTable(w.checks, rows)
}

func fillTable(insert *sql.Stmt, rows [][]schema.Cell) error {
	var cells []any
	for _, row := range rows {
		cells = cells[:0]
		for _, cell := range row {
			switch {
			case cell.Empty():
				cells = append(cells, nil)
			case cell.Number.Known():
				cells = append(cells, cell.Number)
			default:
				cells = append(cells, cell.Text)
			}
		}
		if _, err := insert.Exec(cells...); err != nil {
			return err
		}
	}
	return nil
}

func (w *sqliteWriter) Close() error {
	err := w.around()
	if err == nil {
		err = w.tx.Commit()
	}
	if e := w.db.Close(); err == nil {
		err = e
	}
	return err
}

// around writes the table beside the data.
func (w *sqliteWriter) around() error {
	if w.sources == nil {
		return nil
	}
	insert, err := w.table("sources", sourceColumns)
	if err != nil {
		return err
	}
	return fillTable(insert, w.sources.table())
}

func (w *sqliteWriter) Discard() {
	if w.tx != nil {
		w.tx.Rollback()
	}
	w.db.Close()
}
