package store

// This file reads documents and their metrics.

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"math"
	"strings"

	"mingxi/corpus/pathname"
	"mingxi/schema"
)

// A Ref names a document of the corpus.
type Ref struct {
	doc    int64  // inside the database
	of     int    // which corpus of a Library
	ID     string // doc_id
	Root   string // the folder that was taken in, or empty
	Source string // the least of its paths, below Root
	Bytes  int64  // of its text
	// Program is the version of the program whose rules read the figures, or empty: then
	// it was one that did not note it.
	Program string
}

// Path is the whole of the least of its paths.
func (r Ref) Path() string { return schema.Join(r.Root, r.Source) }

// Refs returns the documents in the canonical order: by source, root and doc_id.
func (s *Store) Refs(ctx context.Context) ([]Ref, error) {
	return s.refs(ctx, "FROM documents ORDER BY source, ROOT, doc_id")
}

// refs are the documents that the rest of a query names, where ROOT stands for the
// column root, which an old table lacks.
func (s *Store) refs(ctx context.Context, from string, args ...any) ([]Ref, error) {
	query := strings.ReplaceAll("SELECT doc, doc_id, ROOT, source, bytes, "+s.layout.program+" "+from, "ROOT", s.layout.root)
	return collect(ctx, s.db, func(rows *sql.Rows) (r Ref, err error) {
		var root, program nullString
		err = rows.Scan(&r.doc, &r.ID, &root, &r.Source, &r.Bytes, &program)
		r.Root, r.Program = string(root), string(program)
		return r, err
	}, query, args...)
}

// collect reads all rows of a query.
func collect[T any](ctx context.Context, q querier, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, explain(err)
		}
		out = append(out, v)
	}
	return out, explain(rows.Err())
}

// Find returns the document that is meant by a path, by the part of it below its
// root if no other has that, by a doc_id, or by the beginning of one (at least four
// digits, and of one document only). A path may be relative to the current directory.
// The error wraps ErrUnknown if there is none.
func (s *Store) Find(ctx context.Context, name string) (Ref, error) {
	queries := []struct {
		from string
		args []any
	}{
		{"FROM documents WHERE doc = (SELECT doc FROM sources WHERE path IN (?, ?))", []any{name, pathname.Full(name)}},
		{"FROM documents WHERE source = ? LIMIT 2", []any{name}},
		{"FROM documents WHERE doc_id >= ? AND doc_id < ? ORDER BY doc_id LIMIT 2", []any{strings.ToLower(name), strings.ToLower(name) + "g"}},
	}
	if len(name) < 4 {
		queries = queries[:2]
	}
	for _, q := range queries {
		found, err := s.refs(ctx, q.from, q.args...)
		switch {
		case err != nil:
			return Ref{}, err
		case len(found) > 1:
			return Ref{}, fmt.Errorf("%s: several documents are named so (%s %s, %s %s, …)", name, found[0].ID, found[0].Path(), found[1].ID, found[1].Path())
		case len(found) == 1:
			return found[0], nil
		}
	}
	return Ref{}, fmt.Errorf("%s: %w", name, ErrUnknown)
}

// Paths returns all paths of a document, in order.
func (s *Store) Paths(ctx context.Context, id string) ([]string, error) {
	return collect(ctx, s.db, func(rows *sql.Rows) (p string, err error) { return p, rows.Scan(&p) },
		"SELECT path FROM sources WHERE doc = (SELECT doc FROM documents WHERE doc_id = ?) ORDER BY path", id)
}

// SourcesOf returns the paths of the sources that are meant by a name: the one with
// that path, be there a document or a failure, or all of the document that Find finds.
func (s *Store) SourcesOf(ctx context.Context, name string) ([]string, error) {
	paths, err := collect(ctx, s.db, func(rows *sql.Rows) (p string, err error) { return p, rows.Scan(&p) },
		"SELECT path FROM sources WHERE path IN (?, ?)", name, pathname.Full(name))
	if err != nil || len(paths) > 0 {
		return paths, err
	}
	r, err := s.Find(ctx, name)
	if err != nil {
		return nil, err
	}
	return s.Paths(ctx, r.ID)
}

// Document reads the document with that doc_id, and its metrics, which lack only
// their explanation (Metric.Why). The error wraps ErrUnknown if there is none.
func (s *Store) Document(ctx context.Context, id string) (*schema.Document, *schema.Reading, error) {
	found, err := s.refs(ctx, "FROM documents WHERE doc_id = ?", id)
	if err != nil {
		return nil, nil, err
	}
	if len(found) == 0 {
		return nil, nil, fmt.Errorf("%s: %w", id, ErrUnknown)
	}
	return s.Load(ctx, found[0])
}

// DocumentParts is Document in parts, as [Store.Parts].
func (s *Store) DocumentParts(ctx context.Context, id string, yield func(*schema.Document, *schema.Reading) error) error {
	found, err := s.refs(ctx, "FROM documents WHERE doc_id = ?", id)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return fmt.Errorf("%s: %w", id, ErrUnknown)
	}
	return s.Parts(ctx, found[0], yield)
}

// Many reports whether a document has more than n figures.
func (s *Store) Many(ctx context.Context, id string, n int) (many bool, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM documents WHERE doc_id = ? AND figures > ?)", id, n).Scan(&many)
	return many, explain(err)
}

// Documents reads all documents in the canonical order. An element that is
// damaged comes with an error and the Ref alone.
func (s *Store) Documents(ctx context.Context) iter.Seq2[Loaded, error] {
	return func(yield func(Loaded, error) bool) {
		all, err := s.Refs(ctx)
		if err != nil {
			yield(Loaded{}, err)
			return
		}
		for _, r := range all {
			l := Loaded{Ref: r}
			l.Document, l.Reading, err = s.Load(ctx, r)
			if !yield(l, err) {
				return
			}
		}
	}
}

// A Loaded is a document as it comes out of the corpus.
type Loaded struct {
	Ref      Ref
	Document *schema.Document
	Reading  *schema.Reading
}

// Load reads a document and its metrics, in one consistent state even while a
// writer replaces it, with what readers corrected (see correct.go). The error wraps ErrUnknown if it has gone.
func (s *Store) Load(ctx context.Context, r Ref) (d *schema.Document, reading *schema.Reading, err error) {
	err = s.read(ctx, r, math.MaxInt, func(doc *schema.Document, all *schema.Reading) error {
		d, reading = doc, all
		return nil
	})
	return d, reading, err
}

// Text is Load without the metrics, which are compared with the checksum all the same.
func (s *Store) Text(ctx context.Context, r Ref) (d *schema.Document, about *schema.Reading, err error) {
	err = s.Parts(ctx, r, func(doc *schema.Document, part *schema.Reading) error {
		d, about = doc, &schema.Reading{Origins: part.Origins}
		return nil
	})
	return d, about, err
}

// Parts is Load of a document that may have a million figures: they are handed on a
// stretch at a time (schema.LongStretch), and not held. An error after some of them says
// that the document is damaged, and what was handed on is not to be used.
func (s *Store) Parts(ctx context.Context, r Ref, yield func(*schema.Document, *schema.Reading) error) error {
	return s.read(ctx, r, schema.LongStretch, yield)
}

// read hands on a document and its metrics, so many at a time. One that readers corrected
// it goes through twice, to find first what the corrections are of.
func (s *Store) read(ctx context.Context, r Ref, stretch int, yield func(*schema.Document, *schema.Reading) error) error {
	log, err := s.Corrections(ctx, r.ID)
	if err != nil {
		return err
	}
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback()
	l := s.layout
	if l.version < SchemaVersion { // unless a writer has brought it up to date since
		if l, err = readLayout(ctx, tx); err != nil {
			return explain(err)
		}
	}
	var stopped error // by yield
	var given map[Target]map[string]Correction
	if len(log) > 0 {
		given, err = s.standing(ctx, tx, l, r, log)
	}
	if err == nil {
		err = s.load(ctx, tx, l, r, stretch, func(d *schema.Document, part *schema.Reading) error {
			if given != nil {
				correct(part, given)
			}
			stopped = yield(d, part)
			return stopped
		})
	}
	switch {
	case err == nil, stopped != nil:
		return stopped
	case ctx.Err() != nil:
		return ctx.Err()
	case !errors.Is(err, ErrUnknown) && explain(err) == err: // not of SQLite, but of what it holds
		err = fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return fmt.Errorf("document %s (%s): %w", r.ID, r.Path(), explain(err))
}

// standing are the corrections of a document that stand.
func (s *Store) standing(ctx context.Context, q querier, l layout, r Ref, log []Correction) (map[Target]map[string]Correction, error) {
	var sought *Sought
	err := s.load(ctx, q, l, r, schema.LongStretch, func(d *schema.Document, part *schema.Reading) error {
		if sought == nil {
			sought = Seek(d, log)
		}
		for i := range part.Metrics {
			sought.Look(&part.Metrics[i])
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return sought.Standing(), nil
}

// load reads a document. Before the last figures are handed on its checksum is compared.
func (s *Store) load(ctx context.Context, q querier, l layout, r Ref, stretch int, yield func(*schema.Document, *schema.Reading) error) error {
	d, sum, want, err := s.document(ctx, q, l, r)
	if err != nil {
		return err
	}
	reading := new(schema.Reading)
	if err := articles(ctx, q, l, r.doc, d, reading, sum); err != nil {
		return err
	}
	fr := figureReader{store: s, text: d.Text, at: schema.NewRunes(d.Text), inText: schema.NewRunes(d.Text),
		sections: map[int64]string{}, sum: newSummer()}
	if err := fr.loadSections(ctx, q, r.doc, sum); err != nil {
		return err
	}
	err = fr.metrics(ctx, q, l, r.doc, func(m schema.Metric) error {
		if n := len(reading.Metrics); n >= stretch && d.Apart(&reading.Metrics[n-1], &m) {
			if err := yield(d, reading); err != nil {
				return err
			}
			reading = &schema.Reading{Origins: reading.Origins, Metrics: reading.Metrics[:0]}
		}
		reading.Metrics = append(reading.Metrics, m)
		return nil
	})
	if err != nil {
		return err
	}
	sum.add("figures", fr.sum.sum())
	if want != nil && !bytes.Equal(want, sum.sum()) {
		return errors.New("its checksum is another")
	}
	return yield(d, reading)
}

func (s *Store) document(ctx context.Context, q querier, l layout, r Ref) (d *schema.Document, sum *summer, want []byte, err error) {
	d, sum = new(schema.Document), newSummer()
	var root, encoding, program nullString
	var structure []byte
	err = q.QueryRowContext(ctx, "SELECT doc_id, source, "+l.root+`, format, encoding, confidence, text, structure, `+l.sum+", "+l.program+`
		FROM documents JOIN texts USING (doc) WHERE doc = ? AND doc_id = ?`, r.doc, r.ID).Scan(
		&d.ID, &d.Source, &root, &d.Format, &encoding, &d.Confidence, &d.Text, &structure, &want, &program)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil, nil, ErrUnknown
	}
	if err != nil {
		return nil, nil, nil, err
	}
	d.Root, d.Encoding = string(root), string(encoding)
	sumDocument(sum, d, structure, string(program))
	return d, sum, want, decodeStructure(d, structure)
}

// metrics reads the figures of a document.
func (r *figureReader) metrics(ctx context.Context, q querier, l layout, doc int64, yield func(schema.Metric) error) error {
	rows, err := q.QueryContext(ctx, l.figures, doc)
	if err != nil {
		return err
	}
	defer rows.Close()
	targets := r.row.targets()
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		m, err := r.metric(ctx)
		if err == nil {
			err = yield(m)
		}
		if err != nil {
			return err
		}
	}
	return rows.Err()
}

func (r *figureReader) loadSections(ctx context.Context, q querier, doc int64, sum *summer) error {
	rows, err := q.QueryContext(ctx, "SELECT section, name FROM sections WHERE doc = ? ORDER BY section", doc)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var name string
		if err := rows.Scan(&n, &name); err != nil {
			return err
		}
		r.sections[n] = name
		sum.add("section", name)
	}
	return rows.Err()
}

// articles reads the articles of a document and their origins.
func articles(ctx context.Context, q querier, l layout, doc int64, d *schema.Document, reading *schema.Reading, sum *summer) error {
	rows, err := q.QueryContext(ctx, `SELECT "`+strings.Join(articleColumns, `", "`)+`", `+factNames(l.version)+` FROM articles WHERE doc = ? ORDER BY article`, doc)
	if err != nil {
		return err
	}
	defer rows.Close()
	at := schema.NewRunes(d.Text)
	for rows.Next() {
		var n int64
		var year nullInt
		var start, end *int
		var title, org, code, region, method nullString
		var score *float64
		var f fact
		more := f.targets()
		if err := rows.Scan(append([]any{&n, &title, &start, &end, &org, &year, &code, &region, &method, &score}, more...)...); err != nil {
			return err
		}
		f.take(more)
		for i, cell := range []any{n, text(string(title)), pointed(start), pointed(end), text(string(org)), whole(int(year)),
			text(string(code)), text(string(region)), text(string(method)), pointed(score)} {
			sum.add(articleColumns[i], cell)
		}
		for i, cell := range f.cells() {
			sum.add(factColumns[i].name, cell)
		}
		o := f.Origin
		o.Article, o.Org, o.Year = int(n), string(org), int(year)
		o.Region = schema.Region{Code: string(code), Name: string(region), Method: string(method)}
		if score != nil {
			o.Region.Score = *score
		}
		reading.Origins = append(reading.Origins, o)
		if start == nil || end == nil {
			continue
		}
		a := f.Article
		a.N, a.Title = int(n), string(title)
		var ok, okEnd bool
		a.Start, ok = at.Bytes(*start)
		a.End, okEnd = at.Bytes(*end)
		if !ok || !okEnd || a.End < a.Start {
			return fmt.Errorf("article %d: %d to %d is not in the text", n, *start, *end)
		}
		d.Articles = append(d.Articles, a)
	}
	return rows.Err()
}

// pointed is what a pointer points to, NULL for none.
func pointed[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}
