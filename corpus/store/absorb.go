package store

// This file puts corpora together: of files that were taken in by several processes it
// makes the corpus that one process would have made. Rows are copied as they are, with
// numbers of their own for documents and rules. A document that both have goes through
// Put and Link, as if its sources had come one after the other.

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mingxi/schema"
)

// absorbed are the tables with a row, or rows, per document.
var absorbed = []string{"documents", "texts", "sketches", "articles", "sections", "figures"}

// absorbAtOnce is how many documents one transaction copies.
const absorbAtOnce = 2000

// Absorb takes in all that another corpus has: sources, failures, documents. The other
// one is not written to, and must be of this version. Its sources must be unknown here.
// It returns the doc_ids of the documents that were known here.
func (w *Writer) Absorb(ctx context.Context, dir string) (both []string, err error) {
	other, err := Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer other.Close()
	if other.layout.version != SchemaVersion {
		return nil, fmt.Errorf("%s: %w: its tables have version %d", dir, ErrOlder, other.layout.version)
	}
	if _, err := w.Commit(); err != nil {
		return nil, err
	}
	if _, err := w.conn.ExecContext(write, "ATTACH ? AS other", uri(filepath.Join(dir, Database))+"?mode=ro"); err != nil {
		return nil, w.fail(err)
	}
	if both, err = w.absorb(ctx, other); err == nil {
		_, err = w.Commit()
	} else {
		w.rollback()
	}
	for query, s := range w.stmts { // else the database stays locked
		s.Close()
		delete(w.stmts, query)
	}
	if _, e := w.conn.ExecContext(write, "DETACH other"); err == nil {
		err = explain(e)
	}
	return both, err
}

func (w *Writer) absorb(ctx context.Context, other *Store) (both []string, err error) {
	both, err = collect(write, w.conn, func(rows *sql.Rows) (id string, err error) { return id, rows.Scan(&id) },
		"SELECT o.doc_id FROM other.documents o CROSS JOIN main.documents m WHERE m.doc_id = o.doc_id ORDER BY o.doc_id")
	if err != nil {
		return nil, w.fail(err)
	}
	if err := w.absorbRows(ctx, len(both) > 0); err != nil {
		return nil, err
	}
	for _, id := range both {
		if err := w.absorbAgain(ctx, other, id); err != nil {
			return nil, err
		}
	}
	return both, nil
}

// absorbRows copies the documents that are not known here, all or some, and all sources
// but those of documents that are.
func (w *Writer) absorbRows(ctx context.Context, some bool) error {
	var base, last nullInt
	if _, err := w.row("SELECT (SELECT max(doc) FROM main.documents), (SELECT max(doc) FROM other.documents)", nil, &base, &last); err != nil {
		return err
	}
	// numbered are the new documents by their numbers there, ruled the rules.
	for _, table := range []string{"numbered (doc INTEGER PRIMARY KEY)", "ruled (rule INTEGER PRIMARY KEY, here INTEGER)"} {
		if err := w.exec("CREATE TEMP TABLE " + table); err != nil {
			return err
		}
	}
	w.change++
	for _, s := range []struct {
		query string
		args  []any
	}{
		{"INSERT INTO temp.numbered SELECT doc FROM other.documents o WHERE NOT EXISTS (SELECT 1 FROM main.documents m WHERE m.doc_id = o.doc_id)", nil},
		{"INSERT OR IGNORE INTO main.rules (name) SELECT name FROM other.rules ORDER BY rule", nil},
		{"INSERT INTO temp.ruled SELECT r.rule, m.rule FROM other.rules r JOIN main.rules m USING (name)", nil},
		{`INSERT INTO main.sources (root, path, size, mtime, sha256, doc, skipped) SELECT root, path, size, mtime, sha256, doc + ?, skipped
			FROM other.sources WHERE doc IS NULL OR doc IN (SELECT doc FROM temp.numbered) ORDER BY id`, []any{int64(base)}},
		{"INSERT INTO main.failures (path, reason) SELECT path, reason FROM other.failures", nil},
		{"INSERT INTO main.unindexed (doc_id, change) SELECT doc_id, ? FROM other.documents WHERE doc IN (SELECT doc FROM temp.numbered)", []any{w.change}},
		{"INSERT INTO main.stale (doc) SELECT doc + ? FROM other.stale WHERE doc IN (SELECT doc FROM temp.numbered)", []any{int64(base)}},
	} {
		if err := w.exec(s.query, s.args...); err != nil {
			return err
		}
	}
	if err := w.setMeta("clustered", "0"); err != nil {
		return err
	}
	if whole, err := w.sameTables(base); err != nil {
		return err
	} else if whole {
		last = -1 // copied here, as they are
		for _, table := range absorbed {
			if err := w.exec("INSERT INTO main." + table + " SELECT * FROM other." + table); err != nil {
				return err
			}
		}
		if _, err := w.Commit(); err != nil {
			return err
		}
	}
	copies, err := w.copies(some)
	if err != nil {
		return err
	}
	for from := int64(0); from <= int64(last); from += absorbAtOnce {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, query := range copies {
			if err := w.exec(query, int64(base), from, from+absorbAtOnce); err != nil {
				return err
			}
		}
		if _, err := w.Commit(); err != nil {
			return err
		}
	}
	for _, table := range []string{"numbered", "ruled"} {
		if err := w.exec("DROP TABLE temp." + table); err != nil {
			return err
		}
	}
	return w.rules.load(write, w.conn)
}

// sameTables reports whether rows need no change to be copied, since the first corpus is
// being taken in, where the last document is base, 0: its rules have the same numbers here, its
// tables the same columns. SQLite copies such rows in a quarter of the time.
func (w *Writer) sameTables(base nullInt) (bool, error) {
	var renumbered int
	if _, err := w.row("SELECT count(*) FROM temp.ruled WHERE rule != here", nil, &renumbered); err != nil || renumbered > 0 || base > 0 {
		return false, err
	}
	for _, table := range absorbed {
		var same int
		if _, err := w.row(`SELECT count(*) FROM main.sqlite_master m JOIN other.sqlite_master o USING (type, name)
			WHERE type = 'table' AND name = ? AND m.sql = o.sql`, []any{table}, &same); err != nil || same != 1 {
			return false, err
		}
	}
	return true, nil
}

// copies are statements that copy the rows of documents ?2 ≤ doc < ?3, all or some, and
// add ?1 to their numbers. Columns are those of this program; what the other lacks is an
// error.
func (w *Writer) copies(some bool) (statements []string, err error) {
	rule := map[string]bool{}
	for _, c := range fields {
		rule[c.Name] = c.Field.Keep == schema.InCorpus
	}
	for _, table := range absorbed {
		names, err := columnsOf(write, w.conn, table)
		if err != nil {
			return nil, w.fail(err)
		}
		to, from := make([]string, len(names)), make([]string, len(names))
		for i, name := range names {
			to[i] = quoted(name)
			switch from[i] = "o." + quoted(name); {
			case name == "doc":
				from[i] += " + ?1"
			case table == "figures" && rule[name]:
				from[i] = "(SELECT here FROM temp.ruled r WHERE r.rule = " + from[i] + ")"
			}
		}
		order := " ORDER BY o.doc"
		if some {
			order = " AND o.doc IN (SELECT doc FROM temp.numbered)" + order
		}
		if i := slices.Index([]string{"articles", "sections", "figures"}, table); i >= 0 {
			order += ", o." + []string{"article", "section", "seq"}[i]
		}
		statements = append(statements, "INSERT INTO main."+table+" ("+strings.Join(to, ", ")+") SELECT "+strings.Join(from, ", ")+
			" FROM other."+table+" o WHERE o.doc >= ?2 AND o.doc < ?3"+order)
	}
	return statements, nil
}

// absorbAgain takes in the sources of a document that is known here too.
func (w *Writer) absorbAgain(ctx context.Context, other *Store, id string) error {
	sources, err := collect(ctx, other.db, func(rows *sql.Rows) (s Source, err error) {
		var root nullString
		err = rows.Scan(&root, &s.Path, &s.Size, &s.ModTime, &s.Hash)
		s.Root = string(root)
		return s, err
	}, "SELECT root, path, size, mtime, sha256 FROM sources WHERE doc = (SELECT doc FROM documents WHERE doc_id = ?) ORDER BY path", id)
	if err != nil {
		return err
	}
	var sketch []byte
	if err := other.db.QueryRowContext(ctx, "SELECT (SELECT sketch FROM sketches WHERE doc = d.doc) FROM documents d WHERE doc_id = ?", id).Scan(&sketch); err != nil {
		return explain(err)
	}
	for _, s := range sources {
		linked, err := w.Link(s, id)
		if err == nil && !linked { // the document is to be named after this one
			err = w.absorbParts(ctx, other, s, id, sketch)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// absorbParts puts a document of the other corpus in the place of the same one here.
func (w *Writer) absorbParts(ctx context.Context, other *Store, s Source, id string, sketch []byte) error {
	r, err := other.Find(ctx, id)
	if err != nil {
		return err
	}
	d, _, err := other.Text(ctx, r)
	if err != nil {
		return err
	}
	_, err = w.PutParts(s, d, func(yield func(*schema.Reading) error) error {
		return other.Parts(ctx, r, func(_ *schema.Document, part *schema.Reading) error { return yield(part) })
	}, sketch)
	return err
}

// CountSources counts the sources.
func (s *Store) CountSources(ctx context.Context) (n int64, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT count(*) FROM sources").Scan(&n)
	return n, explain(err)
}

// CountDocuments counts the documents.
func (s *Store) CountDocuments(ctx context.Context) (n int64, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT count(*) FROM documents").Scan(&n)
	return n, explain(err)
}

// Seal makes corpus.db one file without a log when the Writer is closed, so that
// processes of other machines may read it too, on a file system that they share. The
// next Writer gives it a log while it is open, and seals it again.
func (w *Writer) Seal() { w.sealed = true }

// sealed reports whether a database is sealed: by the version of its header, which is 1
// where there is no log.
func sealed(dir string) bool {
	f, err := os.Open(filepath.Join(dir, Database))
	if err != nil {
		return false
	}
	defer f.Close()
	header := make([]byte, 20)
	_, err = f.ReadAt(header, 0)
	return err == nil && header[18] == 1
}

func seal(dir string) error {
	db, err := sql.Open("sqlite", uri(filepath.Join(dir, Database))+"?_pragma=busy_timeout(10000)")
	if err == nil {
		_, err = db.ExecContext(write, "PRAGMA journal_mode = DELETE")
		err = cmp.Or(err, db.Close())
	}
	return err
}
