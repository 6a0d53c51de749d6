package store

// This file makes the tables of a new corpus, and brings those of an older
// program up to date. Before it touches tables that hold something it keeps a
// copy of the database, which `mingxi verify` takes away when all is well.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// copySuffix is what the name of the copy has after that of the database.
const copySuffix = ".old"

// migrations bring the tables from a version to the next. What can be told from
// the column contract is not here.
var migrations = map[int]string{
	1: `ALTER TABLE documents ADD COLUMN root TEXT;
		UPDATE figures SET si_value = '' WHERE si_value IS NULL AND si_unit IS NOT NULL AND value IS NOT NULL;`,
	2: "ALTER TABLE sources ADD COLUMN root TEXT",
	3: "ALTER TABLE documents ADD COLUMN checksum BLOB",
	4: "ALTER TABLE sources ADD COLUMN skipped TEXT",
	5: "ALTER TABLE documents ADD COLUMN program TEXT",
	6: `ALTER TABLE articles ADD COLUMN title_from TEXT;
		ALTER TABLE articles ADD COLUMN org_from TEXT;
		ALTER TABLE articles ADD COLUMN org_words TEXT;
		ALTER TABLE articles ADD COLUMN org_score REAL;
		ALTER TABLE articles ADD COLUMN year_from TEXT;
		ALTER TABLE articles ADD COLUMN year_words TEXT;
		ALTER TABLE articles ADD COLUMN year_score REAL;
		ALTER TABLE articles ADD COLUMN region_from TEXT;
		ALTER TABLE articles ADD COLUMN region_words TEXT;
		ALTER TABLE articles ADD COLUMN region_sure REAL;
		ALTER TABLE articles ADD COLUMN given_title TEXT;
		ALTER TABLE articles ADD COLUMN given_org TEXT;
		ALTER TABLE articles ADD COLUMN given_region TEXT;
		ALTER TABLE articles ADD COLUMN given_year INTEGER;
		ALTER TABLE articles ADD COLUMN given_by TEXT;`,
}

// migrate makes the tables, or brings them up to date, in one transaction.
func (w *Writer) migrate(dir, program string) error {
	version, err := schemaVersion(write, w.conn)
	if err != nil {
		return err
	}
	if version > SchemaVersion {
		return fmt.Errorf("%w: its tables have version %d, this program knows %d", ErrNewer, version, SchemaVersion)
	}
	var tables int
	if err := w.conn.QueryRowContext(write, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if version == 0 && tables > 0 {
		return fmt.Errorf("%w: its tables have version %d, and this program cannot bring them to %d: ingest into a new directory",
			ErrOlder, version, SchemaVersion)
	}
	missing, view, err := w.wanting()
	if err != nil {
		return err
	}
	change := version < SchemaVersion || len(missing) > 0 || !view
	if change && tables > 0 {
		if err := w.keepCopy(dir); err != nil {
			return err
		}
	}
	if _, err := w.conn.ExecContext(write, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	w.inTx = true
	if change {
		if err := w.changeTables(version); err != nil {
			return err
		}
	}
	for name, value := range map[string]string{"schema_version": strconv.Itoa(SchemaVersion), "program": program} {
		if err := w.setMeta(name, value); err != nil {
			return err
		}
	}
	if version == 0 {
		if err := w.setMeta("clustered", "1"); err != nil {
			return err
		}
	}
	if change {
		if err := w.sumTables(); err != nil {
			return err
		}
	}
	_, err = w.Commit()
	return err
}

// sumTables notes the checksum of the definitions of the tables.
func (w *Writer) sumTables() error {
	sum, err := sumOf(write, w.conn, tableRows)
	if err != nil {
		return err
	}
	return w.setMeta("tables_sum", sum)
}

// changeTables makes the tables, where version is 0, or brings them up to date.
func (w *Writer) changeTables(version int) error {
	if version == 0 {
		if _, err := w.conn.ExecContext(write, schemaSQL); err != nil {
			return err
		}
		version = SchemaVersion
	}
	for ; version < SchemaVersion; version++ {
		if _, err := w.conn.ExecContext(write, migrations[version]); err != nil {
			return err
		}
	}
	missing, _, err := w.wanting()
	if err != nil {
		return err
	}
	statements := []string{"DROP VIEW IF EXISTS metrics"}
	if len(missing) == len(fields) { // a new corpus
		statements = append(statements, createFigures())
		missing = nil
	}
	for _, name := range missing {
		statements = append(statements, "ALTER TABLE figures ADD COLUMN "+definition(fieldOf[name]))
	}
	for _, s := range append(statements, createView()) {
		if _, err := w.conn.ExecContext(write, s); err != nil {
			return err
		}
	}
	return nil
}

// wanting are the columns that figures lacks, and whether the view is the one of
// this program.
func (w *Writer) wanting() (columns []string, view bool, err error) {
	has, err := columnsOf(write, w.conn, "figures")
	if err != nil {
		return nil, false, err
	}
	for _, c := range fields {
		if !slices.Contains(has, c.Name) {
			columns = append(columns, c.Name)
		}
	}
	var views int
	err = w.conn.QueryRowContext(write, "SELECT count(*) FROM sqlite_schema WHERE type = 'view' AND name = 'metrics' AND sql = ?",
		createView()).Scan(&views)
	return columns, views == 1, err
}

// keepCopy copies the database. A copy that is there is of an older state, and is
// replaced when the new one is whole.
func (w *Writer) keepCopy(dir string) error {
	name := filepath.Join(dir, Database+copySuffix)
	part := name + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := w.conn.ExecContext(write, "VACUUM INTO ?", part); err != nil {
		os.Remove(part)
		return fmt.Errorf("copy %s before its tables are brought up to date: %w", Database, err)
	}
	return os.Rename(part, name)
}

// DropCopy takes away the copy that was made before the tables were brought up to
// date, if there is one; dropped says that there was. Call it when the corpus is
// verified. While a Writer is open it is an error that wraps ErrBusy.
func DropCopy(ctx context.Context, dir string) (dropped bool, err error) {
	name := filepath.Join(dir, Database+copySuffix)
	if _, err := os.Stat(name); err != nil {
		return false, nil
	}
	l, err := lock(ctx, filepath.Join(dir, lockFile))
	if err != nil {
		return false, explain(err)
	}
	defer l.Close()
	return true, os.Remove(name)
}
