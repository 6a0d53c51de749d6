package store

// This file keeps what readers correct: in corrections.db beside corpus.db, for that is
// written anew by each ingest and extraction, and by one process at a time. The table
// is a log: a line is never changed or taken away, and an undo is a line of its own. So
// nobody's correction is lost, whoever comes second.
//
// A correction names a figure by its place and words in the text of a document, which
// stay when figures are extracted again; where a later version reads the text
// differently, by its words in the same sentence; and where other bytes have come in
// place of a file, by its words in the same sentence of what its path has now. One that fits no
// figure stays in the log. Values are never changed by it: a figure that is read from a corpus says in
// Metric.Corrected what readers gave instead.

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"mingxi/schema"
)

const correctionsFile = "corrections.db"

const correctionsSQL = `
CREATE TABLE IF NOT EXISTS corrections (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	doc_id   TEXT NOT NULL,
	article  INTEGER NOT NULL, -- whose region or year is corrected; 0 of a figure
	"start"  INTEGER NOT NULL, -- of the words of the figure, in characters
	raw      TEXT NOT NULL,
	sentence TEXT NOT NULL,
	field    TEXT NOT NULL,
	value    TEXT NOT NULL,    -- what the reader gives
	was      TEXT NOT NULL,    -- what had been read
	author   TEXT NOT NULL,
	note     TEXT NOT NULL,
	at       TEXT NOT NULL,    -- RFC 3339, UTC
	undoes   INTEGER REFERENCES corrections,
	source   TEXT NOT NULL DEFAULT '' -- path of the document
);
CREATE INDEX IF NOT EXISTS corrections_doc ON corrections (doc_id);`

// CorrectionFields are what can be corrected, in the order of the column corrected:
// verdict is right or wrong; the last two are of an article.
var CorrectionFields = []string{"verdict", "value", "label", "indicator", "region_code", "year"}

// A Correction is what a reader says of a figure, or of an article of a document.
type Correction struct {
	ID       int64     `json:"id"`
	DocID    string    `json:"doc_id"`
	Article  int       `json:"article,omitempty"` // 0 of a figure
	Start    int       `json:"start,omitempty"`   // of its words, in characters of the text
	Raw      string    `json:"raw,omitempty"`
	Sentence string    `json:"sentence,omitempty"`
	Field    string    `json:"field"`
	Value    string    `json:"value"`
	Was      string    `json:"was"`
	Author   string    `json:"author"`
	Note     string    `json:"note,omitempty"`
	At       time.Time `json:"at"`
	Undoes   int64     `json:"undoes,omitempty"` // the line that this one takes back
	Undone   bool      `json:"undone,omitempty"` // a later line takes it back
	Source   string    `json:"source,omitempty"` // path of the document
	Former   bool      `json:"former,omitempty"` // the file had other bytes then
}

// target says whether two corrections are of the same thing.
func (c *Correction) target(d *Correction) bool {
	return c.DocID == d.DocID && c.Article == d.Article && c.Start == d.Start && c.Raw == d.Raw
}

// ErrChanged is returned where somebody else has corrected the same since the reader
// looked.
var ErrChanged = errors.New("it was corrected by somebody else meanwhile")

// Corrections is the log, open for writing. It is safe for concurrent use, also by
// several processes.
type Corrections struct{ db *sql.DB }

// OpenCorrections opens the log of the corpus in dir, and makes it if there is none.
func OpenCorrections(ctx context.Context, dir string) (*Corrections, error) {
	if !Is(dir) {
		return nil, fmt.Errorf("%s: %w", dir, ErrNoCorpus)
	}
	db, err := sql.Open("sqlite", uri(filepath.Join(dir, correctionsFile))+"?_pragma=busy_timeout(10000)&_pragma=synchronous(FULL)&_txlock=immediate")
	if err == nil {
		_, err = db.ExecContext(ctx, correctionsSQL)
	}
	if err == nil && sourceColumn(ctx, db) == "''" {
		_, err = db.ExecContext(ctx, "ALTER TABLE corrections ADD COLUMN source TEXT NOT NULL DEFAULT ''")
	}
	if err != nil {
		if db != nil {
			db.Close()
		}
		return nil, fmt.Errorf("open corrections of %s: %w", dir, explain(err))
	}
	return &Corrections{db}, nil
}

// Close closes the log.
func (c *Corrections) Close() error { return c.db.Close() }

// Add writes corrections of one thing, all or none. seen is the last line of the log
// that its reader knew; a later one on the same field with another value is ErrChanged.
func (c *Corrections) Add(ctx context.Context, seen int64, list ...Correction) error {
	return c.write(ctx, func(tx *sql.Tx) error {
		for _, one := range list {
			log, err := readCorrections(ctx, tx, one.DocID, "")
			if err != nil {
				return err
			}
			for _, o := range log {
				if o.ID > seen && !o.Undone && o.Undoes == 0 && o.Field == one.Field && o.Value != one.Value && o.target(&one) {
					return fmt.Errorf("%w: %s=%s", ErrChanged, o.Field, o.Value)
				}
			}
			if err := insertCorrection(ctx, tx, one); err != nil {
				return err
			}
		}
		return nil
	})
}

// Undo takes a line of a document back, or of what its path had before.
func (c *Corrections) Undo(ctx context.Context, doc, path string, id int64, author string, at time.Time) error {
	return c.write(ctx, func(tx *sql.Tx) error {
		log, err := readCorrections(ctx, tx, doc, path)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(log, func(o Correction) bool { return o.ID == id })
		if i < 0 || log[i].Undoes != 0 {
			return fmt.Errorf("correction %d of %s: %w", id, doc, ErrUnknown)
		}
		if log[i].Undone {
			return nil
		}
		undo := log[i]
		undo.Undoes, undo.Author, undo.Note, undo.At = id, author, "", at
		return insertCorrection(ctx, tx, undo)
	})
}

func (c *Corrections) write(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return explain(err)
	}
	return explain(tx.Commit())
}

func insertCorrection(ctx context.Context, tx *sql.Tx, c Correction) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO corrections (doc_id, article, "start", raw, sentence, field, value, was, author, note, at, undoes, source)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?)`,
		c.DocID, c.Article, c.Start, c.Raw, c.Sentence, c.Field, c.Value, c.Was, c.Author, c.Note, c.At.UTC().Format(time.RFC3339), c.Undoes, c.Source)
	return err
}

// sourceColumn is the column source, which an old log lacks.
func sourceColumn(ctx context.Context, q querier) (name string) {
	if q.QueryRowContext(ctx, "SELECT name FROM pragma_table_info('corrections') WHERE name = 'source'").Scan(&name) != nil {
		return "''"
	}
	return name
}

// readCorrections reads the log of a document, or of all if doc is empty, in order; also what
// was said of a path.
func readCorrections(ctx context.Context, q querier, doc, path string) ([]Correction, error) {
	list, err := collect(ctx, q, func(rows *sql.Rows) (c Correction, err error) {
		var at string
		err = rows.Scan(&c.ID, &c.DocID, &c.Article, &c.Start, &c.Raw, &c.Sentence, &c.Field, &c.Value, &c.Was, &c.Author, &c.Note, &at, &c.Undoes, &c.Source)
		if err == nil {
			c.At, err = time.Parse(time.RFC3339, at)
		}
		return c, err
	}, strings.ReplaceAll(`SELECT id, doc_id, article, "start", raw, sentence, field, value, was, author, note, at, ifnull(undoes, 0), SOURCE
		FROM corrections WHERE doc_id = ?1 OR ?1 = '' OR ?2 <> '' AND SOURCE = ?2 ORDER BY id`, "SOURCE", sourceColumn(ctx, q)), doc, path)
	undone := map[int64]bool{}
	for _, c := range list {
		undone[c.Undoes] = true
	}
	for i := range list {
		list[i].Undone = undone[list[i].ID]
	}
	return list, err
}

// Corrections reads what readers have said of a document, or of all if id is empty, in
// the order in which they said it; nothing where nobody has.
func (s *Store) Corrections(ctx context.Context, id string) ([]Correction, error) {
	db, err := s.corrections.open(s.dir)
	if err != nil || db == nil {
		return nil, err
	}
	path, _, err := s.Has(ctx, id)
	if err != nil {
		return nil, err
	}
	list, err := readCorrections(ctx, db, id, path)
	for i := range list {
		if c := &list[i]; err == nil && c.DocID != id {
			err = s.follow(ctx, c)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("corrections of %s: %w", s.dir, err)
	}
	return slices.DeleteFunc(list, func(c Correction) bool { return id != "" && c.DocID != id }), nil
}

// follow makes a correction of a document that is there no more one of that which its path has now.
func (s *Store) follow(ctx context.Context, c *Correction) error {
	if _, here, err := s.Has(ctx, c.DocID); err != nil || here || c.Source == "" {
		return err
	}
	now, err := s.refs(ctx, "FROM documents WHERE doc = (SELECT doc FROM sources WHERE path = ?)", c.Source)
	if len(now) > 0 {
		c.DocID, c.Former = now[0].ID, true
	}
	return err
}

// A reader of the log opens it once there is one.
type correctionsReader struct {
	mu sync.Mutex
	db *sql.DB
}

// open is nil where there is no log yet.
func (c *correctionsReader) open(dir string) (*sql.DB, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.db != nil {
		return c.db, nil
	}
	path := filepath.Join(dir, correctionsFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	db, err := sql.Open("sqlite", uri(path)+"?mode=ro&_pragma=busy_timeout(10000)")
	if err != nil {
		return nil, explain(err)
	}
	c.db = db
	return db, nil
}

func (c *correctionsReader) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.db == nil {
		return nil
	}
	return c.db.Close()
}

// A Sought is the corrections of a document, of each of which the figure is looked for.
// The document's figures may come in parts.
type Sought struct {
	text  string
	log   []Correction // those that stand, in the order in which they were said
	spans map[schema.Span][]int
	raws  map[string][]int // numbers in log, by the words of the figure
	found []match          // of each in log
}

// A match is what is known of the figure of a correction: the one in its place with its
// words; and where there is none, the one with its words in a sentence that is the same.
type match struct{ here, alike, others int }

// Seek begins to look for what the corrections of a document are of.
func Seek(d *schema.Document, log []Correction) *Sought {
	s := &Sought{text: d.Text, spans: map[schema.Span][]int{}, raws: map[string][]int{}}
	at := schema.NewRunes(d.Text)
	for _, c := range log {
		if c.Undoes != 0 || c.Undone {
			continue
		}
		if c.Former && c.Article != 0 && !slices.ContainsFunc(d.Articles, func(a schema.Article) bool { return a.N == c.Article && a.Title == c.Raw }) {
			continue
		}
		n := len(s.log)
		if s.log = append(s.log, c); c.Article != 0 {
			continue
		}
		s.raws[c.Raw] = append(s.raws[c.Raw], n)
		if start, ok := at.Bytes(c.Start); ok && !c.Former {
			span := schema.Span{Start: start, End: start + len(c.Raw)}
			s.spans[span] = append(s.spans[span], n)
		}
	}
	s.found = make([]match, len(s.log))
	return s
}

// Look looks at one more figure of the document. It reports whether a correction may be of it.
func (s *Sought) Look(m *schema.Metric) (may bool) {
	if len(s.raws) == 0 {
		return false
	}
	raw := m.In(s.text)
	for _, n := range s.spans[m.Span] {
		if f := &s.found[n]; f.here == 0 && s.log[n].Raw == raw {
			f.here, may = m.Seq, true
		}
	}
	for _, n := range s.raws[raw] {
		if s.log[n].Sentence != m.Sentence.In(s.text) {
			continue
		}
		may = true
		if f := &s.found[n]; f.alike == 0 {
			f.alike = m.Seq
		} else {
			f.others++
		}
	}
	return may
}

// of is the number of the figure that a correction is of; 0 if there is none, or more than one.
func (m match) of() int {
	switch {
	case m.here != 0:
		return m.here
	case m.others > 0:
		return 0
	}
	return m.alike
}

// A Target is what a correction is of: a figure by its number, or an article.
type Target struct{ Seq, Article int }

// Standing are the corrections of a document that stand: of each field of a figure or
// article the last that was not taken back.
func (s *Sought) Standing() map[Target]map[string]Correction {
	given := map[Target]map[string]Correction{}
	for n, c := range s.log {
		key := Target{Article: c.Article}
		if c.Article == 0 {
			if key.Seq = s.found[n].of(); key.Seq == 0 {
				continue
			}
		}
		if given[key] == nil {
			given[key] = map[string]Correction{}
		}
		given[key][c.Field] = c
	}
	return given
}

// Standing is what stands of a document whose figures are all there.
func Standing(d *schema.Document, r *schema.Reading, log []Correction) map[Target]map[string]Correction {
	s := Seek(d, log)
	for i := range r.Metrics {
		s.Look(&r.Metrics[i])
	}
	return s.Standing()
}

// correct writes into figures what readers gave instead.
func correct(r *schema.Reading, given map[Target]map[string]Correction) {
	for i := range r.Metrics {
		m := &r.Metrics[i]
		var parts []string
		for _, field := range CorrectionFields {
			for _, key := range []Target{{Seq: m.Seq}, {Article: m.Article}} {
				if c, ok := given[key][field]; ok && field == "verdict" {
					parts = append(parts, c.Value)
				} else if ok {
					parts = append(parts, field+"="+c.Value)
				}
			}
		}
		m.Corrected = strings.Join(parts, ";")
	}
}
