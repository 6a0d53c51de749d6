package store

// This file counts what is in a corpus.

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
)

// Stats are the sizes of a corpus.
type Stats struct {
	Sources   int64 `json:"sources"`
	Documents int64 `json:"documents"`
	Articles  int64 `json:"articles"`
	Figures   int64 `json:"figures"`
	Failures  int64 `json:"failures"`
	Skipped   int64 `json:"skipped"` // sources that are no documents
	*Damage
	Clusters   int64  `json:"clusters"`  // groups of near-copies
	Copies     int64  `json:"copies"`    // documents in them beyond the first
	Unindexed  int64  `json:"unindexed"` // documents that the index must still take in
	Stale      int64  `json:"stale"`     // documents to be extracted again
	TextBytes  int64  `json:"text_bytes"`
	Database   int64  `json:"database_bytes"`
	Schema     int    `json:"schema_version"`
	Program    string `json:"program"` // version that wrote last
	Clustering bool   `json:"clustered"`
	// Programs counts the documents by the version whose rules read their figures; empty
	// is one that did not note it.
	Programs map[string]int64 `json:"extracted_by"`
}

// Damage counts the figures that may not be as they were written.
type Damage struct {
	Masked   int64 `json:"masked"`   // digits are hidden
	Suspect  int64 `json:"suspect"`  // digits were replaced
	Repaired int64 `json:"repaired"` // read from damaged text
}

// Damage counts; it looks at all figures.
func (s *Store) Damage(ctx context.Context) (*Damage, error) {
	d := new(Damage)
	return d, explain(s.db.QueryRowContext(ctx, `SELECT ifnull(sum(kind = 4), 0), ifnull(sum(kind = 5), 0),
		ifnull(sum(';' || flags || ';' LIKE '%;repaired;%'), 0) FROM figures WHERE kind >= 4 OR flags IS NOT NULL`).Scan(
		&d.Masked, &d.Suspect, &d.Repaired))
}

// Stats counts all but Damage.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	var c Stats
	var clustered int
	err := s.db.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM sources), count(*), ifnull(sum(articles), 0), ifnull(sum(figures), 0), ifnull(sum(bytes), 0),
		(SELECT count(*) FROM failures), (SELECT count(*) FROM unindexed), (SELECT count(*) FROM stale),
		(SELECT count(DISTINCT cluster) FROM clusters), (SELECT count(*) FROM clusters),
		(SELECT value FROM meta WHERE name = 'schema_version'), (SELECT value FROM meta WHERE name = 'program'),
		(SELECT value FROM meta WHERE name = 'clustered'),
		(SELECT count(`+s.layout.skipped+`) FROM sources)
		FROM documents`).Scan(&c.Sources, &c.Documents, &c.Articles, &c.Figures, &c.TextBytes,
		&c.Failures, &c.Unindexed, &c.Stale, &c.Clusters, &c.Copies, &c.Schema, &c.Program, &clustered, &c.Skipped)
	if err != nil {
		return c, explain(err)
	}
	c.Copies -= c.Clusters
	c.Clustering = clustered == 1
	c.Programs, err = s.programs(ctx)
	if info, e := os.Stat(filepath.Join(s.dir, Database)); e == nil {
		c.Database = info.Size()
	}
	return c, explain(err)
}

// ProgramOf tells of each document, by its doc_id, which version of the program read its
// figures; empty is one that did not note it.
func (s *Store) ProgramOf(ctx context.Context) (func(docID string) string, error) {
	return programs(s.Refs(ctx))
}

// programs tells of each of some documents which version of the program read its figures.
func programs(refs []Ref, err error) (func(docID string) string, error) {
	if err != nil {
		return nil, err
	}
	m := make(map[string]string, len(refs))
	for _, r := range refs {
		m[r.ID] = r.Program
	}
	return func(docID string) string { return m[docID] }, nil
}

func (s *Store) programs(ctx context.Context) (map[string]int64, error) {
	m := map[string]int64{}
	_, err := collect(ctx, s.db, func(rows *sql.Rows) (n int64, err error) {
		var program string
		err = rows.Scan(&program, &n)
		m[program] = n
		return n, err
	}, "SELECT ifnull("+s.layout.program+", '') AS p, count(*) FROM documents GROUP BY p")
	return m, err
}

// A Failure is a source that could not be read, and why.
type Failure struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// Failures returns the sources that could not be read, by path.
func (s *Store) Failures(ctx context.Context) ([]Failure, error) {
	return collect(ctx, s.db, func(rows *sql.Rows) (f Failure, err error) {
		return f, rows.Scan(&f.Path, &f.Reason)
	}, "SELECT path, reason FROM failures ORDER BY path")
}

// Checks counts the figures by what the audit found of them, by the words of the column
// check; those of which it says nothing are left out.
func (s *Store) Checks(ctx context.Context) (map[string]int, error) {
	words := fieldOf["check"].Field.OneOf
	counts := map[string]int{}
	_, err := collect(ctx, s.db, func(rows *sql.Rows) (n int, err error) {
		var check int
		if err = rows.Scan(&check, &n); check < len(words) {
			counts[words[check]] = n
		}
		return n, err
	}, `SELECT "check", count(*) FROM figures WHERE "check" > 0 GROUP BY "check"`)
	return counts, err
}

// A Label is a label with its unit, and how many figures have it.
type Label struct {
	Label   string `json:"label"`
	Unit    string `json:"unit,omitempty"`
	Figures int    `json:"figures"`
}

// Unmapped returns the n commonest labels that belong to no indicator. A change, and a
// figure whose digits are lost, need none.
func (s *Store) Unmapped(ctx context.Context, n int) ([]Label, error) {
	return collect(ctx, s.db, func(rows *sql.Rows) (l Label, err error) {
		var label, unit nullString
		err = rows.Scan(&label, &unit, &l.Figures)
		l.Label, l.Unit = string(label), string(unit)
		return l, err
	}, `SELECT label, unit, count(*) AS n FROM figures WHERE indicator IS NULL AND ifnull(kind, 0) < 3 AND label IS NOT NULL
		GROUP BY label, unit ORDER BY n DESC, label, unit LIMIT ?`, n)
}

// NearCopies returns the near-copies of a document, itself among them, the one
// that stands for all first; nil if it has none.
func (s *Store) NearCopies(ctx context.Context, id string) ([]Ref, error) {
	return s.refs(ctx, `FROM clusters c JOIN documents d USING (doc)
		WHERE c.cluster = (SELECT cluster FROM clusters WHERE doc = (SELECT doc FROM documents WHERE doc_id = ?))
		ORDER BY doc_id <> c.cluster, source, ROOT, doc_id`, id)
}

// Representatives returns for every document that is a near-copy of another the
// doc_id of the one that stands for all; what is counted once is what is not in
// the map, or its own representative.
func (s *Store) Representatives(ctx context.Context) (map[string]string, error) {
	pairs, err := collect(ctx, s.db, func(rows *sql.Rows) (p [2]string, err error) {
		return p, rows.Scan(&p[0], &p[1])
	}, "SELECT d.doc_id, c.cluster FROM clusters c JOIN documents d USING (doc)")
	m := make(map[string]string, len(pairs))
	for _, p := range pairs {
		m[p[0]] = p[1]
	}
	return m, err
}

// Under reports whether a path is root, below it, or a member of the archive root.
func Under(path, root string) bool {
	rest, ok := strings.CutPrefix(path, root)
	return ok && (rest == "" || strings.HasSuffix(root, "/") || rest[0] == '/' || strings.HasPrefix(rest, "!/"))
}
