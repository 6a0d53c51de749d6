package main

import (
	"context"
	"time"

	"mingxi/corpus"
	"mingxi/index"
	"mingxi/index/query"
)

// ours is mingxi's index, without figures: the others have none.
type ours struct {
	synonyms bool
	ix       *index.Index
}

func (o *ours) name() string {
	if o.synonyms {
		return "mingxi --synonyms"
	}
	return "mingxi"
}

func (o *ours) build(dir string, reports []report) error {
	w, err := index.Create(dir, index.Options{})
	if err != nil {
		return err
	}
	defer w.Close()
	for _, r := range reports {
		d, err := corpus.Read(r.id+".txt", []byte(r.text), corpus.Options{})
		if err != nil {
			return err
		}
		d.ID = r.id
		if err := w.Add(d, nil); err != nil {
			return err
		}
	}
	if err := w.Commit(); err != nil {
		return err
	}
	o.ix, err = index.Open(dir)
	return err
}

func (o *ours) search(phrase string, n int) (int, []string, time.Duration, error) {
	start := time.Now()
	q, err := query.Parse(phrase)
	if err != nil {
		return 0, nil, 0, err
	}
	res, err := o.ix.Search(context.Background(), q, index.SearchOptions{Synonyms: o.synonyms})
	if err != nil {
		return 0, nil, 0, err
	}
	var ids []string
	for _, h := range res.Hits(0, n) {
		ids = append(ids, h.DocID)
	}
	return res.Docs, ids, time.Since(start), nil
}

func (o *ours) close() {
	if o.ix != nil {
		o.ix.Close()
	}
}
