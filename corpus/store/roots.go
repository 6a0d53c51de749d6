package store

// This file keeps the folders that sources lie in, the roots. A source is known by
// its whole path; root and the path below it are how it is shown. No root lies in
// another: of two it is the outer one that counts, whichever was taken in first.

import (
	"context"
	"database/sql"
	"path"
	"sort"
)

// Roots returns the folders that were taken in, in order.
func (s *Store) Roots(ctx context.Context) ([]string, error) {
	return collect(ctx, s.db, func(rows *sql.Rows) (r string, err error) { return r, rows.Scan(&r) },
		"SELECT DISTINCT root FROM sources WHERE root IS NOT NULL ORDER BY root")
}

// Enroot makes folders roots, and returns for each the root that it is now in: itself
// or one around it. Sources of roots that lie in a new one belong to that from now on.
func (w *Writer) Enroot(ctx context.Context, folders []string) (map[string]string, error) {
	old, err := w.Roots(ctx)
	if err != nil {
		return nil, err
	}
	roots := outermost(append(append([]string(nil), old...), folders...))
	in := map[string]string{}
	for _, f := range append(old, folders...) {
		for _, r := range roots {
			if Under(f, r) {
				in[f] = r
			}
		}
	}
	for _, r := range old {
		if in[r] != r {
			if err := w.reroot(r, in[r]); err != nil {
				return nil, err
			}
		}
	}
	return in, nil
}

// outermost are those folders that lie in no other.
func outermost(folders []string) (out []string) {
	sort.Strings(folders)
	for _, f := range folders {
		if len(out) == 0 || !underAny(f, out) {
			out = append(out, f)
		}
	}
	return out
}

// reroot gives the sources of a root to the root around it, and the index their
// documents, which are shown otherwise now.
func (w *Writer) reroot(inner, outer string) error {
	rest := below(inner, outer) + "/"
	w.change++
	for _, s := range []struct {
		query string
		args  []any
	}{
		{"INSERT OR REPLACE INTO unindexed (doc_id, change) SELECT doc_id, ? FROM documents WHERE root = ?", []any{w.change, inner}},
		{"UPDATE documents SET root = ?, source = ? || source WHERE root = ?", []any{outer, rest, inner}},
		{"UPDATE sources SET root = ? WHERE root = ?", []any{outer, inner}},
	} {
		if err := w.exec(s.query, s.args...); err != nil {
			return err
		}
	}
	return nil
}

// Move notes that the files at or below a path are now at another: a root, a folder in
// one, a single file, or, from, a relative path of an old version. It returns how many
// sources there were. Their documents are marked to be extracted again, since a path
// may tell a region. A file that is known at its new place already is only forgotten
// at its old one.
func (w *Writer) Move(ctx context.Context, from, to string) (n int, err error) {
	type source struct {
		path, root string
		doc        int64
	}
	all, err := collect(ctx, w.Store.db, func(rows *sql.Rows) (s source, err error) {
		var root nullString
		var doc nullInt
		err = rows.Scan(&s.path, &root, &doc)
		s.root, s.doc = string(root), int64(doc)
		return s, err
	}, "SELECT path, root, doc FROM sources ORDER BY path")
	if err != nil {
		return 0, err
	}
	known := make(map[string]bool, len(all))
	for _, s := range all {
		known[s.path] = true
	}
	for _, s := range all {
		if !Under(s.path, from) || Under(to, from) && Under(s.path, to) { // there already
			continue
		}
		n++
		new := to + s.path[len(from):]
		if known[new] {
			err = w.Remove(s.path)
		} else {
			err = w.moveSource(s.path, new, movedRoot(s.path, s.root, from, to), s.doc)
		}
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// movedRoot is the root of a source at path after its move.
func movedRoot(file, root, from, to string) string {
	switch {
	case root != "" && Under(root, from):
		return to + root[len(from):]
	case root != "" && Under(to, root): // within its root
		return root
	case file == from:
		return path.Dir(to)
	}
	return to
}

// Adopt gives a source that an old version took in by a relative path its whole one.
func (w *Writer) Adopt(old string, s Source) error {
	var doc nullInt
	found, err := w.row("SELECT doc FROM sources WHERE path = ?", []any{old}, &doc)
	if err != nil || !found {
		return err
	}
	return w.moveSource(old, s.Path, s.Root, int64(doc))
}

func (w *Writer) moveSource(old, new, root string, doc int64) error {
	if err := w.exec("UPDATE sources SET path = ?, root = ? WHERE path = ?", new, text(root), old); err != nil {
		return err
	}
	if err := w.exec("UPDATE failures SET path = ? WHERE path = ?", new, old); err != nil {
		return err
	}
	if doc == 0 {
		return nil
	}
	if _, err := w.rename(doc); err != nil {
		return err
	}
	return w.stale(doc)
}
