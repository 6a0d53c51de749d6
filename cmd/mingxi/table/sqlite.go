package table

// SQLite has the table figures and, where rows tell theirs, the table sources, and the
// table checks of what an audit found, in a file that is filled in one transaction. Empty
// cells are NULL. A decimal stands twice: in its column for reckoning, as an INTEGER or the
// nearest REAL (affinity NUMERIC, so that value > 100 and sum(value) work), and, behind all other
// columns, exactly as it is, in one of TEXT (affinity TEXT) that is called value_exact.

import (
	"context"
	"database/sql"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"mingxi/schema"
)

type sqliteWriter struct {
	db      *sql.DB
	tx      *sql.Tx
	insert  *sqliteTable
	checks  *sqliteTable // nil without columns for them
	sources *sources     // nil where rows do not tell theirs
}

// A sqliteTable fills one table.
type sqliteTable struct {
	insert *sql.Stmt
	exact  []int // columns of decimals, which are written as text too
	cells  []any
}

// exactly ends the name of a column that has the decimals of another as text.
const exactly = "_exact"

func sqliteFile(t target) (Writer, error) {
	db, err := sql.Open("sqlite", t.path)
	if err != nil {
		return nil, err
	}
	w := &sqliteWriter{db: db, sources: newSources(t)}
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
func (w *sqliteWriter) table(name string, columns []schema.Column) (*sqliteTable, error) {
	types := [...]string{schema.Text: "TEXT", schema.Whole: "INTEGER", schema.Numeric: "NUMERIC"}
	t := &sqliteTable{}
	var defs []string
	for i, c := range columns {
		defs = append(defs, quoted(c.Name)+" "+types[c.Type])
		if c.Type == schema.Numeric {
			t.exact = append(t.exact, i)
		}
	}
	for _, i := range t.exact {
		defs = append(defs, quoted(columns[i].Name+exactly)+" TEXT")
	}
	if _, err := w.tx.Exec("CREATE TABLE " + quoted(name) + " (" + strings.Join(defs, ", ") + ")"); err != nil {
		return nil, err
	}
	var err error
	t.insert, err = w.tx.Prepare("INSERT INTO " + quoted(name) + " VALUES (?" + strings.Repeat(", ?", len(defs)-1) + ")")
	return t, err
}

// quoted is an identifier of SQL.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func (w *sqliteWriter) Write(rows [][]schema.Cell) error {
	w.sources.add(rows)
	return w.insert.fill(rows)
}

// Check adds rows to the table checks.
func (w *sqliteWriter) Check(rows [][]schema.Cell) error {
	if w.checks == nil {
		return nil
	}
	return w.checks.fill(rows)
}

// fill adds rows.
func (t *sqliteTable) fill(rows [][]schema.Cell) error {
	for _, row := range rows {
		t.cells = t.cells[:0]
		for _, cell := range row {
			t.cells = append(t.cells, sqliteCell(cell))
		}
		for _, i := range t.exact {
			var text any
			if row[i].Number.Known() {
				text = row[i].Number.String()
			}
			t.cells = append(t.cells, text)
		}
		if _, err := t.insert.Exec(t.cells...); err != nil {
			return err
		}
	}
	return nil
}

// sqliteCell is a cell as a value of SQL; a decimal that is not whole is the nearest REAL.
func sqliteCell(cell schema.Cell) any {
	switch n, whole := cell.Number.Int64(); {
	case cell.Empty():
		return nil
	case whole:
		return n
	case cell.Number.Known():
		return cell.Number.Float()
	}
	return cell.Text
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
	return insert.fill(w.sources.table())
}

func (w *sqliteWriter) Discard() {
	if w.tx != nil {
		w.tx.Rollback()
	}
	w.db.Close()
}
