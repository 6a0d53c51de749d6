package store

// This file checks a corpus against itself.

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"mingxi/schema"
)

// Verify checks the database and calls found for everything that is wrong: pages
// that SQLite cannot read, sources without document and without failure,
// documents without source or named after the wrong one, figures whose words do
// not stand in the text, counts that do not agree. step, which may be nil, is
// called after each document. The error is that of the check itself.
func (s *Store) Verify(ctx context.Context, found func(problem string), step func(figures int)) error {
	sound, err := s.integrity(ctx, found)
	if err != nil || !sound {
		return err
	}
	for _, c := range consistency {
		lines, err := collect(ctx, s.db, func(rows *sql.Rows) (line string, err error) {
			return line, rows.Scan(&line)
		}, strings.NewReplacer("ROOT", s.layout.root, "SKIPPED", s.layout.skipped).Replace(c.query))
		if err != nil {
			return err
		}
		for _, line := range lines {
			found(c.problem + ": " + line)
		}
	}
	if err := s.sums(ctx, found); err != nil {
		return err
	}
	refs, err := s.Refs(ctx)
	if err != nil {
		return err
	}
	for _, r := range refs {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		figures := s.fitting(ctx, r, found)
		if step != nil && figures >= 0 {
			step(figures)
		}
	}
	return nil
}

// fitting reads a document, whose figures and sketch must fit it, and counts its figures;
// -1 if it cannot be read.
func (s *Store) fitting(ctx context.Context, r Ref, found func(problem string)) (figures int) {
	var doc *schema.Document
	var misfits []string
	err := s.Parts(ctx, r, func(d *schema.Document, part *schema.Reading) error {
		doc, figures = d, figures+len(part.Metrics)
		for i := range part.Metrics {
			if err := part.Metrics[i].Fits(d); err != nil {
				misfits = append(misfits, fmt.Sprintf("document %s: %v", r.ID, err))
			}
		}
		return ctx.Err()
	})
	if err != nil {
		found(err.Error())
		return -1
	}
	if err := s.sketched(ctx, Loaded{Ref: r, Document: doc}); err != nil {
		found(err.Error())
	}
	for _, m := range misfits {
		found(m)
	}
	return figures
}

// sums compares the checksums of what is no document.
func (s *Store) sums(ctx context.Context, found func(problem string)) error {
	for _, c := range []struct{ name, query, problem string }{
		{"tables_sum", tableRows, "the definitions of the tables are damaged"},
		{"clusters_sum", clusterRows, "the table of near-copies is damaged"},
	} {
		var want, clustered string
		err := s.db.QueryRowContext(ctx, `SELECT value, (SELECT value FROM meta WHERE name = 'clustered')
			FROM meta WHERE name = ?`, c.name).Scan(&want, &clustered)
		if errors.Is(err, sql.ErrNoRows) || c.name == "clusters_sum" && clustered != "1" {
			continue
		}
		if err != nil {
			return explain(err)
		}
		got, err := sumOf(ctx, s.db, c.query)
		if err != nil {
			return explain(err)
		}
		if got != want {
			found(c.problem)
		}
	}
	return nil
}

// sketched reports a document whose sketch is not that of its text.
func (s *Store) sketched(ctx context.Context, l Loaded) error {
	var sketch []byte
	err := s.db.QueryRowContext(ctx, "SELECT sketch FROM sketches WHERE doc = ?", l.Ref.doc).Scan(&sketch)
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && len(sketch) > 0 && sketch[0] < sketchFormat: // of an old version
		return nil
	case err != nil:
		return fmt.Errorf("document %s: %w", l.Ref.ID, explain(err))
	case !bytes.Equal(sketch, Sketch(l.Document)):
		return fmt.Errorf("document %s (%s): the sketch for near-copies is damaged", l.Ref.ID, l.Ref.Path())
	}
	return nil
}

// Mend makes the sketch of a document anew if it is damaged.
func (w *Writer) Mend(ctx context.Context, l Loaded) error {
	if w.sketched(ctx, l) == nil {
		return nil
	}
	return w.sketch(l.Ref.doc, Sketch(l.Document))
}

// Rebuild has SQLite write the database anew if it finds it damaged, which mends its own
// indexes. What cannot be read wraps ErrDamaged.
func (w *Writer) Rebuild(ctx context.Context) error {
	if sound, err := w.integrity(ctx, func(string) {}); err != nil || sound {
		return err
	}
	_, err := w.conn.ExecContext(write, "VACUUM")
	return explain(err)
}

// Unclustered has the next Cluster compare all documents.
func (w *Writer) Unclustered() error { return w.setMeta("clustered", "0") }

// integrity asks SQLite. A database that it cannot read is not looked at further.
func (s *Store) integrity(ctx context.Context, found func(string)) (sound bool, err error) {
	rows, err := s.db.QueryContext(ctx, "PRAGMA integrity_check(20)")
	if err != nil {
		found(fmt.Sprintf("%s: %v", Database, explain(err)))
		return false, ctx.Err()
	}
	defer rows.Close()
	sound = true
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return false, err
		}
		if line != "ok" {
			found(Database + ": " + line)
			sound = false
		}
	}
	if err := rows.Err(); err != nil {
		found(fmt.Sprintf("%s: %v", Database, explain(err)))
		return false, ctx.Err()
	}
	return sound, nil
}

// consistency are questions whose answers should be empty.
var consistency = []struct{ problem, query string }{
	{"source with neither document nor failure", `SELECT path FROM sources s
		WHERE doc IS NULL AND SKIPPED IS NULL AND NOT EXISTS (SELECT 1 FROM failures f WHERE f.path = s.path) ORDER BY path`},
	{"source whose document is missing", `SELECT path FROM sources s
		WHERE doc IS NOT NULL AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.doc = s.doc) ORDER BY path`},
	{"failure without source", `SELECT path FROM failures f
		WHERE NOT EXISTS (SELECT 1 FROM sources s WHERE s.path = f.path) ORDER BY path`},
	{"document without source", `SELECT doc_id FROM documents d
		WHERE NOT EXISTS (SELECT 1 FROM sources s WHERE s.doc = d.doc) ORDER BY doc_id`},
	{"document not named after the least of its paths", `SELECT doc_id FROM documents d
		WHERE CASE WHEN ROOT IS NULL THEN source ELSE rtrim(ROOT, '/') || '/' || source END
			<> (SELECT min(path) FROM sources s WHERE s.doc = d.doc) ORDER BY doc_id`},
	{"document whose bytes have another hash", `SELECT path FROM sources s JOIN documents d USING (doc)
		WHERE lower(hex(substr(s.sha256, 1, 8))) <> d.doc_id ORDER BY path`},
	{"document without text", `SELECT doc_id FROM documents d
		WHERE NOT EXISTS (SELECT 1 FROM texts t WHERE t.doc = d.doc) ORDER BY doc_id`},
	{"document of another length than it should have", `SELECT doc_id FROM documents JOIN texts USING (doc)
		WHERE characters <> length(text) OR bytes <> length(CAST(text AS BLOB)) ORDER BY doc_id`},
	{"document with another number of figures than it should have", `SELECT doc_id FROM documents d
		WHERE figures <> (SELECT count(*) FROM figures f WHERE f.doc = d.doc) ORDER BY doc_id`},
	{"document with another number of articles than it should have", `SELECT doc_id FROM documents d
		WHERE articles <> (SELECT count("start") FROM articles a WHERE a.doc = d.doc) ORDER BY doc_id`},
	{"figures without document", `SELECT DISTINCT 'number ' || doc FROM figures f
		WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.doc = f.doc)`},
	{"near-copies of a document that is not there", `SELECT cluster FROM clusters
		WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.doc_id = cluster)
		AND (SELECT value FROM meta WHERE name = 'clustered') = '1'`},
}
