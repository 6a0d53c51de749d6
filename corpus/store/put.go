package store

// This file writes sources and documents.
//
// A document belongs to all sources with its bytes and is read under the least
// of their paths, because a path may say the format or the region. When that
// path comes late or goes away the document is read again.

import (
	"cmp"
	"database/sql"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// A Source is a file, or a member of an archive, as it was found.
type Source struct {
	Root    string // the folder that was taken in, or empty
	Path    string // its whole path, which is what it is known by
	Size    int64  // bytes
	ModTime int64  // nanoseconds since 1970
	Hash    []byte // SHA-256 of the bytes; nil if they could not be read
}

// Name is the path below the root.
func (s Source) Name() string { return below(s.Path, s.Root) }

// Put stores a source and the document that was read from it; sketch comes from
// [Sketch]. What the source was before is replaced. isNew says that no other source
// had these bytes.
func (w *Writer) Put(s Source, d *schema.Document, r *schema.Reading, sketch []byte) (isNew bool, err error) {
	return w.put(s, d, figuresOf{whole: r, parts: func(yield func(*schema.Reading) error) error { return yield(r) }}, sketch)
}

// PutParts is Put of a document whose figures come in parts. After an error of parts,
// which it returns, what is not committed is to be given up ([Writer.Drop]).
func (w *Writer) PutParts(s Source, d *schema.Document, parts schema.Parts, sketch []byte) (isNew bool, err error) {
	return w.put(s, d, figuresOf{parts: parts}, sketch)
}

// figuresOf are the figures of a document: in parts, and whole where they are held so.
type figuresOf struct {
	parts schema.Parts
	whole *schema.Reading
}

func (w *Writer) put(s Source, d *schema.Document, r figuresOf, sketch []byte) (isNew bool, err error) {
	known, err := w.known(d.ID)
	if err != nil {
		return false, err
	}
	isNew = known.doc == 0
	switch {
	case isNew:
		if known.doc, err = w.insertDocument(d, r, sketch); err != nil {
			return false, err
		}
	case s.Path <= known.Path():
		if err := w.retext(known.doc, d, r, sketch); err != nil {
			return false, err
		}
	}
	return isNew, w.attach(s, known.doc)
}

// Link stores a source whose bytes are those of the document with that doc_id.
// It is false, and nothing is stored, if the source must be read: the document
// has gone meanwhile, or is to be named after this source.
func (w *Writer) Link(s Source, id string) (bool, error) {
	known, err := w.known(id)
	if err != nil || known.doc == 0 || s.Path < known.Path() {
		return false, err
	}
	return true, w.attach(s, known.doc)
}

// Fail stores that a source cannot be read, and why. A document that it had is
// dropped, unless s.Hash is nil: bytes that cannot be had now may be there again.
func (w *Writer) Fail(s Source, reason string) error {
	if s.Hash != nil {
		if err := w.attach(s, 0); err != nil {
			return err
		}
	} else if err := w.exec(`INSERT INTO sources (root, path, size, mtime) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET skipped = NULL, mtime = CASE WHEN doc IS NULL THEN excluded.mtime ELSE mtime END,
			size = CASE WHEN doc IS NULL THEN excluded.size ELSE size END`, text(s.Root), s.Path, s.Size, s.ModTime); err != nil {
		return err
	}
	return w.exec("INSERT INTO failures (path, reason) VALUES (?, ?) ON CONFLICT DO UPDATE SET reason = excluded.reason",
		s.Path, reason)
}

// Skip stores that a source is no document, and what it is.
func (w *Writer) Skip(s Source, what string) error {
	if err := w.attach(s, 0); err != nil {
		return err
	}
	if err := w.exec("UPDATE sources SET skipped = ? WHERE path = ?", what, s.Path); err != nil {
		return err
	}
	return w.exec("DELETE FROM failures WHERE path = ?", s.Path)
}

// Remove forgets a source, and its document if no other source has it.
func (w *Writer) Remove(path string) error {
	var doc nullInt
	found, err := w.row("SELECT doc FROM sources WHERE path = ?", []any{path}, &doc)
	if err != nil || !found {
		return err
	}
	if err := w.exec("DELETE FROM sources WHERE path = ?", path); err != nil {
		return err
	}
	if err := w.exec("DELETE FROM failures WHERE path = ?", path); err != nil {
		return err
	}
	return w.release(int64(doc), path)
}

// Replace stores a document that was extracted again.
func (w *Writer) Replace(r Ref, d *schema.Document, reading *schema.Reading) error {
	return w.rewrite(r.doc, d, figuresOf{whole: reading, parts: func(yield func(*schema.Reading) error) error { return yield(reading) }})
}

// ReplaceParts is to Replace what PutParts is to Put.
func (w *Writer) ReplaceParts(r Ref, d *schema.Document, parts schema.Parts) error {
	return w.rewrite(r.doc, d, figuresOf{parts: parts})
}

// known finds a document by its doc_id; its number is 0 if there is none.
func (w *Writer) known(id string) (r Ref, err error) {
	r.ID = id
	var root nullString
	_, err = w.row("SELECT doc, root, source FROM documents WHERE doc_id = ?", []any{id}, &r.doc, &root, &r.Source)
	r.Root = string(root)
	return r, err
}

// attach writes the row of a source, with document number doc or none if 0, and
// lets go of the document that it had.
func (w *Writer) attach(s Source, doc int64) error {
	var old nullInt
	if _, err := w.row("SELECT doc FROM sources WHERE path = ?", []any{s.Path}, &old); err != nil {
		return err
	}
	if err := w.exec(`INSERT INTO sources (root, path, size, mtime, sha256, doc) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET root = excluded.root, skipped = NULL, size = excluded.size, mtime = excluded.mtime, sha256 = excluded.sha256, doc = excluded.doc`,
		text(s.Root), s.Path, s.Size, s.ModTime, s.Hash, whole(int(doc))); err != nil {
		return err
	}
	if doc != 0 {
		if err := w.exec("DELETE FROM failures WHERE path = ?", s.Path); err != nil {
			return err
		}
	}
	if int64(old) == doc {
		return nil
	}
	if err := w.regionMayChange(doc); err != nil {
		return err
	}
	return w.release(int64(old), s.Path)
}

// regionMayChange marks a document to be extracted again whose paths have changed,
// where they may tell its region: they count only if all of them agree.
func (w *Writer) regionMayChange(doc int64) error {
	return w.exec(`INSERT OR IGNORE INTO stale (doc) SELECT doc FROM documents d WHERE doc = ?
		AND (SELECT count(*) FROM sources s WHERE s.doc = d.doc) > 1
		AND EXISTS (SELECT 1 FROM articles a WHERE a.doc = d.doc AND (region_method IS NULL OR region_method LIKE '%path%'))`, doc)
}

// release is called when a source no longer has the document doc: it goes if
// nobody has it; if it was named after the source it is named anew.
func (w *Writer) release(doc int64, path string) error {
	if doc == 0 {
		return nil
	}
	var id, source string
	var root nullString
	found, err := w.row("SELECT doc_id, root, source FROM documents WHERE doc = ?", []any{doc}, &id, &root, &source)
	if err != nil || !found {
		return err
	}
	named, err := w.rename(doc)
	switch {
	case err != nil:
		return err
	case !named:
		return w.delete(doc, id)
	case schema.Join(string(root), source) == path:
		return w.stale(doc)
	}
	// Those that are left may agree on a region now.
	return w.exec(`INSERT OR IGNORE INTO stale (doc) SELECT doc FROM articles
		WHERE doc = ? AND (region_method IS NULL OR region_method LIKE '%path%')`, doc)
}

// rename names a document after the least of its paths; it is false if it has none.
func (w *Writer) rename(doc int64) (bool, error) {
	var path string
	var root nullString
	found, err := w.row("SELECT path, root FROM sources WHERE doc = ? ORDER BY path LIMIT 1", []any{doc}, &path, &root)
	if err != nil || !found {
		return false, err
	}
	return true, w.exec("UPDATE documents SET source = ?, root = ? WHERE doc = ?", below(path, string(root)), text(string(root)), doc)
}

// stale marks a document to be extracted again.
func (w *Writer) stale(doc int64) error {
	return w.exec("INSERT OR IGNORE INTO stale (doc) VALUES (?)", doc)
}

// below is a path as seen from a root that it is under.
func below(path, root string) string {
	if root == "" {
		return path
	}
	return strings.TrimPrefix(strings.TrimPrefix(path, root), "/")
}

// content are the tables that hold what was read from a document.
var content = []string{"figures", "sections", "articles"}

// Discard takes a damaged document out. Its sources are to be read again by the next
// run over them, and count as failed for that reason until then.
func (w *Writer) Discard(id, reason string) error {
	_, err := w.takeOut(id, reason, "UPDATE sources SET doc = NULL, mtime = -1 WHERE doc = ?") // mtime of no file
	return err
}

// Refuse takes a document out that cannot be indexed, and returns the paths that it was
// read from. They count as failed for that reason, and are not read again before they
// change.
func (w *Writer) Refuse(id, reason string) (paths []string, err error) {
	return w.takeOut(id, reason, "UPDATE sources SET doc = NULL WHERE doc = ?")
}

func (w *Writer) takeOut(id, reason, release string) (paths []string, err error) {
	r, err := w.known(id)
	if err != nil || r.doc == 0 {
		return nil, err
	}
	if paths, err = collect(write, w.conn, func(rows *sql.Rows) (path string, err error) { return path, rows.Scan(&path) },
		"SELECT path FROM sources WHERE doc = ? ORDER BY path", r.doc); err != nil {
		return nil, w.fail(err)
	}
	if err := w.exec("INSERT OR REPLACE INTO failures (path, reason) SELECT path, ?2 FROM sources WHERE doc = ?1", r.doc, reason); err != nil {
		return nil, err
	}
	if err := w.exec(release, r.doc); err != nil {
		return nil, err
	}
	return paths, w.delete(r.doc, id)
}

func (w *Writer) delete(doc int64, id string) error {
	for _, table := range append([]string{"texts", "sketches", "clusters", "stale", "documents"}, content...) {
		if err := w.exec("DELETE FROM "+table+" WHERE doc = ?", doc); err != nil {
			return err
		}
	}
	return w.changed(Change{Mark: Mark{ID: id}})
}

// changed marks a document for the index.
func (w *Writer) changed(c Change) error {
	w.change++
	c.change = w.change
	w.changes.add(c)
	return w.exec("INSERT INTO unindexed (doc_id, change) VALUES (?, ?) ON CONFLICT DO UPDATE SET change = excluded.change",
		c.ID, c.change)
}

func (w *Writer) insertDocument(d *schema.Document, r figuresOf, sketch []byte) (int64, error) {
	if err := w.begin(); err != nil {
		return 0, err
	}
	insert, err := w.stmt(`INSERT INTO documents
		(doc_id, source, root, format, encoding, confidence, characters, bytes, articles, figures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`)
	if err != nil {
		return 0, w.fail(err)
	}
	res, err := insert.ExecContext(write, d.ID, d.Source, text(d.Root), d.Format, text(d.Encoding), d.Confidence,
		utf8.RuneCountInString(d.Text), len(d.Text), len(d.Articles))
	if err != nil {
		return 0, w.fail(err)
	}
	doc, err := res.LastInsertId()
	if err != nil {
		return 0, w.fail(err)
	}
	structure := encodeStructure(d)
	if err := w.exec("INSERT INTO texts (doc, text, structure) VALUES (?, ?, ?)", doc, d.Text, structure); err != nil {
		return 0, err
	}
	if err := w.sketch(doc, sketch); err != nil {
		return 0, err
	}
	return doc, w.fill(doc, d, structure, r)
}

// sketch writes the sketch of a document; short ones have none.
func (w *Writer) sketch(doc int64, sketch []byte) error {
	if len(sketch) == 0 {
		return w.exec("DELETE FROM sketches WHERE doc = ?", doc)
	}
	return w.exec("INSERT OR REPLACE INTO sketches (doc, sketch) VALUES (?, ?)", doc, sketch)
}

// retext replaces the text of a document and what follows from it.
func (w *Writer) retext(doc int64, d *schema.Document, r figuresOf, sketch []byte) error {
	if err := w.exec("UPDATE texts SET text = ? WHERE doc = ?", d.Text, doc); err != nil {
		return err
	}
	if err := w.sketch(doc, sketch); err != nil {
		return err
	}
	return w.rewrite(doc, d, r)
}

// rewrite replaces what is stored of a document but for its text. Its structure may
// have been written in an older format, and the checksum is made over this one.
func (w *Writer) rewrite(doc int64, d *schema.Document, r figuresOf) error {
	structure := encodeStructure(d)
	if err := w.exec("UPDATE texts SET structure = ?2 WHERE doc = ?1 AND structure <> ?2", doc, structure); err != nil {
		return err
	}
	if err := w.exec(`UPDATE documents SET source = ?, root = ?, format = ?, encoding = ?, confidence = ?, characters = ?, bytes = ?,
		articles = ? WHERE doc = ?`, d.Source, text(d.Root), d.Format, text(d.Encoding), d.Confidence,
		utf8.RuneCountInString(d.Text), len(d.Text), len(d.Articles), doc); err != nil {
		return err
	}
	for _, table := range append([]string{"stale"}, content...) {
		if err := w.exec("DELETE FROM "+table+" WHERE doc = ?", doc); err != nil {
			return err
		}
	}
	return w.fill(doc, d, structure, r)
}

// fill writes articles and figures of a document that has none.
func (w *Writer) fill(doc int64, d *schema.Document, structure []byte, r figuresOf) error {
	sum := newSummer()
	sumDocument(sum, d, structure, w.program)
	f := figureWriter{doc: doc, text: d.Text, at: schema.NewRunes(d.Text), sentence: sentencePlace{at: schema.NewRunes(d.Text)},
		rule: w.ruleNumber, sections: map[string]int{}, sum: newSummer()}
	first, figures := true, 0
	err := r.parts(func(part *schema.Reading) error {
		if first {
			first = false
			if err := w.articles(doc, d, part, sum); err != nil {
				return err
			}
		}
		figures += len(part.Metrics)
		return w.figures(&f, part.Metrics)
	})
	if err != nil {
		return err
	}
	for i, name := range f.names {
		sum.add("section", name)
		if err := w.exec("INSERT INTO sections (doc, section, name) VALUES (?, ?, ?)", doc, i+1, name); err != nil {
			return err
		}
	}
	sum.add("figures", f.sum.sum())
	if err := cmp.Or(sum.bad, f.sum.bad); err != nil {
		return w.fail(err)
	}
	if err := w.exec("UPDATE documents SET figures = ?, checksum = ?, program = ? WHERE doc = ?", figures, sum.sum(), text(w.program), doc); err != nil {
		return err
	}
	if r.whole == nil {
		return w.changed(Change{Mark: Mark{ID: d.ID}, Stored: true})
	}
	return w.changed(Change{Mark: Mark{ID: d.ID}, Document: d, Reading: r.whole})
}

// sumDocument adds what stands in the tables documents and texts.
func sumDocument(sum *summer, d *schema.Document, structure []byte, program string) {
	sum.add("program", text(program))
	sum.add("doc_id", d.ID)
	sum.add("format", d.Format)
	sum.add("encoding", text(d.Encoding))
	sum.add("confidence", d.Confidence)
	sum.add("text", d.Text)
	sum.add("structure", structure)
}

// articleColumns are the columns of articles after doc.
var articleColumns = []string{"article", "title", "start", "end", "org", "year", "region_code", "region", "region_method", "region_score"}

// articles writes the articles of the document and what is known of each; an
// origin whose article the document lacks has no place in the text.
func (w *Writer) articles(doc int64, d *schema.Document, r *schema.Reading, sum *summer) error {
	insert := `INSERT INTO articles (doc, "` + strings.Join(articleColumns, `", "`) + `", ` + factNames(SchemaVersion) + `) VALUES (?` +
		strings.Repeat(", ?", len(articleColumns)+len(factColumns)) + ")"
	at := schema.NewRunes(d.Text)
	add := func(a *schema.Article, o schema.Origin, place ...any) error {
		var score any
		if o.Region.Score != 0 {
			score = o.Region.Score
		}
		cells := append([]any{o.Article}, place...)
		cells = append(cells, text(o.Org), whole(o.Year), text(o.Region.Code), text(o.Region.Name), text(o.Region.Method), score)
		for i, c := range cells {
			sum.add(articleColumns[i], c)
		}
		facts := newFact(a, o).cells()
		for i, c := range facts {
			sum.add(factColumns[i].name, c)
		}
		return w.exec(insert, slices.Concat([]any{doc}, cells, facts)...)
	}
	placed := map[int]schema.Article{}
	origins := make([]schema.Origin, 0, len(d.Articles))
	for _, a := range d.Articles {
		placed[a.N] = a
		origins = append(origins, r.Origin(a.N))
	}
	for _, o := range r.Origins {
		if _, ok := placed[o.Article]; !ok {
			origins = append(origins, o)
		}
	}
	slices.SortStableFunc(origins, func(a, b schema.Origin) int { return cmp.Compare(a.Article, b.Article) })
	for _, o := range origins {
		place := []any{nil, nil, nil}
		var of *schema.Article
		if a, ok := placed[o.Article]; ok {
			of, place = &a, []any{text(a.Title), at.At(a.Start), at.At(a.End)}
		}
		if err := add(of, o, place...); err != nil {
			return err
		}
	}
	return nil
}

// rowsAtOnce is how many figures one statement inserts.
const rowsAtOnce = 16

var (
	figureWidth   = len(figureColumns)
	insertFigure  = insertFigures(1)
	insertSixteen = insertFigures(rowsAtOnce)
)

func insertFigures(rows int) string {
	names := make([]string, figureWidth)
	for i, name := range figureColumns {
		names[i] = quoted(name)
	}
	row := ", (" + strings.Repeat("?, ", figureWidth-1) + "?)"
	return "INSERT INTO figures (" + strings.Join(names, ", ") + ") VALUES " + strings.Repeat(row, rows)[2:]
}

func (w *Writer) figures(f *figureWriter, metrics []schema.Metric) (err error) {
	bySeq := func(a, b schema.Metric) int { return cmp.Compare(a.Seq, b.Seq) }
	if !slices.IsSortedFunc(metrics, bySeq) { // the checksum wants the order in which they are read
		metrics = slices.SortedFunc(slices.Values(metrics), bySeq)
	}
	cells := make([]any, 0, min(len(metrics), rowsAtOnce)*figureWidth)
	for i := range metrics {
		if cells, err = f.row(cells, &metrics[i]); err != nil {
			return err
		}
		if len(cells) == rowsAtOnce*figureWidth {
			if err := w.exec(insertSixteen, cells...); err != nil {
				return err
			}
			cells = cells[:0]
		}
	}
	for ; len(cells) > 0 && err == nil; cells = cells[figureWidth:] {
		err = w.exec(insertFigure, cells[:figureWidth]...)
	}
	return err
}

// ruleNumber is the number of a rule, given on its first use.
func (w *Writer) ruleNumber(name string) (int64, error) {
	w.rules.mu.RLock()
	n, ok := w.rules.number[name]
	w.rules.mu.RUnlock()
	if ok {
		return n, nil
	}
	if err := w.exec("INSERT INTO rules (name) VALUES (?)", name); err != nil {
		return 0, err
	}
	if _, err := w.row("SELECT rule FROM rules WHERE name = ?", []any{name}, &n); err != nil {
		return 0, err
	}
	w.rules.mu.Lock()
	defer w.rules.mu.Unlock()
	w.rules.number[name], w.rules.name[n] = n, name
	w.ruled = append(w.ruled, name)
	return n, nil
}
