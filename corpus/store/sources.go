package store

// This file answers what a run over files asks: is this file known, are these
// bytes known, which files have gone.

import (
	"context"
	"database/sql"
	"errors"
	"slices"
)

// A Known is what the corpus knows of a path.
type Known struct {
	id            int64
	Root          string
	Size, ModTime int64
	Failed        bool // there is a reason in failures
	Document      bool // it has a document
}

// A Lookup asks about many sources. It sees the state of the corpus as of each
// question. It is for one goroutine.
type Lookup struct {
	store  *Store
	path   *sql.Stmt
	newest int64    // ids above were given after the lookup began
	seen   []uint64 // a bit for each id up to newest
}

// NewLookup begins a run over sources.
func (s *Store) NewLookup(ctx context.Context) (*Lookup, error) {
	l := &Lookup{store: s}
	err := s.db.QueryRowContext(ctx, "SELECT ifnull(max(id), 0) FROM sources").Scan(&l.newest)
	if err == nil {
		l.path, err = s.db.PrepareContext(ctx, `SELECT id, root, size, mtime, doc IS NOT NULL,
			EXISTS (SELECT 1 FROM failures f WHERE f.path = s.path) FROM sources s WHERE path = ?`)
	}
	if err != nil {
		return nil, explain(err)
	}
	l.seen = make([]uint64, l.newest/64+1)
	return l, nil
}

// Close ends the lookup.
func (l *Lookup) Close() error { return l.path.Close() }

// Path looks a path up, and notes that it is there; ok is false if the corpus
// does not know it.
func (l *Lookup) Path(path string) (k Known, ok bool, err error) {
	var root nullString
	err = l.path.QueryRow(path).Scan(&k.id, &root, &k.Size, &k.ModTime, &k.Document, &k.Failed)
	if errors.Is(err, sql.ErrNoRows) {
		return k, false, nil
	}
	k.Root = string(root)
	if err == nil && k.id <= l.newest {
		l.seen[k.id/64] |= 1 << (k.id % 64)
	}
	return k, err == nil, explain(err)
}

// Vanished returns the paths at or below root that the corpus knew when the lookup
// began and that Path was not asked about since, in order, and how many there were at
// or below it in all. Those at or below one of except have not vanished: a directory
// that could not be read says nothing.
func (l *Lookup) Vanished(ctx context.Context, root string, except []string) (gone []string, known int, err error) {
	rows, err := l.store.db.QueryContext(ctx, "SELECT id, path FROM sources WHERE id <= ? ORDER BY path", l.newest)
	if err != nil {
		return nil, 0, explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var path string
		if err := rows.Scan(&id, &path); err != nil {
			return nil, 0, explain(err)
		}
		if !Under(path, root) {
			continue
		}
		known++
		if l.seen[id/64]&(1<<(id%64)) == 0 && !underAny(path, except) {
			gone = append(gone, path)
		}
	}
	return gone, known, explain(rows.Err())
}

func underAny(path string, roots []string) bool {
	return slices.ContainsFunc(roots, func(root string) bool { return Under(path, root) })
}

// Has reports whether the corpus has the document with that doc_id, and the path
// that it was read under.
func (s *Store) Has(ctx context.Context, id string) (path string, ok bool, err error) {
	found, err := s.refs(ctx, "FROM documents WHERE doc_id = ?", id)
	if err != nil || len(found) == 0 {
		return "", false, err
	}
	return found[0].Path(), true, nil
}

// Unindexed returns the marks of documents, also of some that are gone, whose
// newest state the index may not have, in the order in which they lie in the database.
func (s *Store) Unindexed(ctx context.Context) ([]Mark, error) {
	return collect(ctx, s.db, func(rows *sql.Rows) (m Mark, err error) { return m, rows.Scan(&m.ID, &m.change) },
		"SELECT doc_id, change FROM unindexed LEFT JOIN documents USING (doc_id) ORDER BY doc, doc_id")
}

// Waiting counts the documents whose newest state the index may not have.
func (s *Store) Waiting(ctx context.Context) (n int, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT count(*) FROM unindexed").Scan(&n)
	return n, explain(err)
}

// Stale returns the documents that are to be extracted again.
func (s *Store) Stale(ctx context.Context) ([]Ref, error) {
	return s.refs(ctx, "FROM stale JOIN documents USING (doc) ORDER BY source, ROOT, doc_id")
}

// Indexed takes back marks: the index has these changes for good. A document that
// has changed since keeps its mark.
func (w *Writer) Indexed(marks []Mark) error {
	for _, m := range marks {
		if err := w.exec("DELETE FROM unindexed WHERE doc_id = ? AND change <= ?", m.ID, m.change); err != nil {
			return err
		}
	}
	return nil
}

// IndexAll marks all documents for the index: it is new.
func (w *Writer) IndexAll() error {
	w.change++
	return w.exec("INSERT OR REPLACE INTO unindexed (doc_id, change) SELECT doc_id, ? FROM documents", w.change)
}

// Keep takes back that a document is to be extracted again.
func (w *Writer) Keep(r Ref) error { return w.exec("DELETE FROM stale WHERE doc = ?", r.doc) }

// ExtractAll marks all documents to be extracted again.
func (w *Writer) ExtractAll() error {
	return w.exec("INSERT OR IGNORE INTO stale (doc) SELECT doc FROM documents")
}
