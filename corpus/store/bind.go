package store

// This file binds the index to the database: each knows the name of the corpus, and
// the database the generation of the index that has all that is not marked.

import (
	"context"
	"crypto/rand"
	"encoding/hex"
)

// A Binding is what the database knows of its index.
type Binding struct {
	Corpus     string // name of the corpus; empty if no index was made since it has one
	Generation string // of the index that has all documents but those that wait
	Waiting    int    // documents whose newest state the index may not have
}

// Binding reads the binding, all of one moment.
func (s *Store) Binding(ctx context.Context) (b Binding, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT ifnull((SELECT value FROM meta WHERE name = 'corpus'), ''),
		ifnull((SELECT value FROM meta WHERE name = 'index'), ''), (SELECT count(*) FROM unindexed)`).Scan(&b.Corpus, &b.Generation, &b.Waiting)
	return b, explain(err)
}

// Bind notes the generation of the index, with the next commit.
func (w *Writer) Bind(generation string) error { return w.setMeta("index", generation) }

// NameCorpus returns the name of the corpus. One that has none gets one, at random,
// with the next commit.
func (w *Writer) NameCorpus(ctx context.Context) (string, error) {
	b, err := w.Binding(ctx)
	if err != nil || b.Corpus != "" {
		return b.Corpus, err
	}
	name := make([]byte, 8)
	if _, err := rand.Read(name); err != nil {
		return "", err
	}
	return hex.EncodeToString(name), w.setMeta("corpus", hex.EncodeToString(name))
}
