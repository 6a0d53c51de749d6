package main

import (
	"database/sql"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite"
)

// fts5 is SQLite's full-text search with one of its own tokenizers.
type fts5 struct {
	tokenizer string
	db        *sql.DB
}

func (f *fts5) name() string { return "SQLite FTS5 " + f.tokenizer }

func (f *fts5) build(dir string, reports []report) error {
	db, err := sql.Open("sqlite", filepath.Join(dir, "fts.db"))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	f.db = db
	if _, err := db.Exec(`CREATE VIRTUAL TABLE f USING fts5(id UNINDEXED, title, body, tokenize='` + f.tokenizer + `')`); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, r := range reports {
		title, body, _ := strings.Cut(r.text, "\n")
		if _, err := tx.Exec(`INSERT INTO f VALUES (?, ?, ?)`, r.id, title, body); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (f *fts5) search(phrase string, n int) (hits int, ids []string, took time.Duration, err error) {
	var words []string
	for w := range strings.FieldsSeq(phrase) {
		words = append(words, `"`+strings.ReplaceAll(w, `"`, `""`)+`"`)
	}
	match := strings.Join(words, " AND ")
	start := time.Now()
	if err := f.db.QueryRow(`SELECT count(*) FROM f WHERE f MATCH ?`, match).Scan(&hits); err != nil {
		return 0, nil, 0, err
	}
	rows, err := f.db.Query(`SELECT id FROM f WHERE f MATCH ? ORDER BY bm25(f, 0, 3, 1) LIMIT ?`, match, n)
	if err != nil {
		return 0, nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return 0, nil, 0, err
		}
		ids = append(ids, id)
	}
	return hits, ids, time.Since(start), rows.Err()
}

func (f *fts5) close() {
	if f.db != nil {
		f.db.Close()
	}
}
