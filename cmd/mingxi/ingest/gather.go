package ingest

// This file makes one corpus of parts that several processes have made.

import (
	"context"
	"errors"
	"fmt"

	"mingxi/corpus/store"
)

// A Gathering is what Gather hears of and how far it goes.
type Gathering struct {
	Part    func(n int) // the first n parts are taken over
	Indexed func()      // a document is indexed
	Sources int64       // how many all parts have
}

// Gather makes a corpus in dir, which must be new, of the corpora in parts. It is the
// one that a single run over all files would have made, whatever the order of the
// parts: documents of several parts are stored once, and read again where their paths
// together may say something else; index and near-copies are made of the whole. It
// returns the number of near-copies and that of documents.
func Gather(ctx context.Context, dir string, parts []string, o Options, g Gathering) (copies int, documents int64, err error) {
	w, err := store.OpenNew(ctx, dir, o.Program)
	if err != nil {
		return 0, 0, err
	}
	again, err := absorb(ctx, w, parts, g)
	if err == nil {
		err = w.Log()
	}
	if err != nil {
		w.Close()
		return 0, 0, err
	}
	w.Seal()
	k, err := newKeeper(ctx, dir, w, o)
	if err != nil {
		return 0, 0, err
	}
	k.feed = &feed{parts: parts, but: again}
	err = k.catchUp(ctx, g.Indexed)
	if err == nil {
		err = k.extractStale(ctx, o.figures(), func(int) {})
	}
	if err == nil {
		copies, err = k.cluster(ctx)
	}
	if err == nil {
		documents, err = k.w.CountDocuments(ctx)
	}
	return copies, documents, errors.Join(err, k.Close())
}

// absorb takes over the rows of all parts, and makes sure that none is lost. It returns
// the documents, by doc_id, that are not as one part has them.
func absorb(ctx context.Context, w *store.Writer, parts []string, g Gathering) (again map[string]bool, err error) {
	again = map[string]bool{}
	for i, part := range parts {
		both, err := w.Absorb(ctx, part)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part, err)
		}
		for _, id := range both {
			again[id] = true
		}
		g.Part(i + 1)
	}
	n, err := w.CountSources(ctx)
	if err == nil && n != g.Sources {
		err = fmt.Errorf("%d sources of %d", n, g.Sources)
	}
	return again, err
}
