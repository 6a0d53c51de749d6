package store

// This file reads several corpora as one.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"mingxi/schema"
)

// A Library is several corpora that are read as one. A document that several have is
// that of the one which has it under the least path, of equals the first. The Store
// inside is the first corpus.
type Library struct {
	*Store
	all []*Store
}

// OpenAll opens corpora for reading.
func OpenAll(ctx context.Context, dirs ...string) (*Library, error) {
	l := new(Library)
	for _, dir := range dirs {
		s, err := Open(ctx, dir)
		if err != nil {
			return nil, errors.Join(err, l.Close())
		}
		l.all = append(l.all, s)
	}
	l.Store = l.all[0]
	return l, nil
}

// All are the corpora, in the order given.
func (l *Library) All() []*Store { return l.all }

// Close closes all corpora.
func (l *Library) Close() error {
	var errs []error
	for _, s := range l.all {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}

// Refs returns the documents of all corpora in the canonical order, as [Store.Refs].
func (l *Library) Refs(ctx context.Context) ([]Ref, error) {
	if len(l.all) == 1 {
		return l.Store.Refs(ctx)
	}
	var list []Ref
	at := map[string]int{}
	for i, s := range l.all {
		refs, err := s.Refs(ctx)
		if err != nil {
			return nil, err
		}
		for _, r := range refs {
			r.of = i
			k, known := at[r.ID]
			switch {
			case !known:
				at[r.ID] = len(list)
				list = append(list, r)
			case r.Path() < list[k].Path():
				list[k] = r
			}
		}
	}
	slices.SortFunc(list, func(a, b Ref) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Root, b.Root), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// Load reads a document of Refs, as [Store.Load].
func (l *Library) Load(ctx context.Context, r Ref) (*schema.Document, *schema.Reading, error) {
	return l.all[r.of].Load(ctx, r)
}

// Parts reads a document of Refs in parts, as [Store.Parts].
func (l *Library) Parts(ctx context.Context, r Ref, yield func(*schema.Document, *schema.Reading) error) error {
	return l.all[r.of].Parts(ctx, r, yield)
}

// Document reads the document with that doc_id, as [Store.Document].
func (l *Library) Document(ctx context.Context, id string) (*schema.Document, *schema.Reading, error) {
	r, err := l.ref(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	return l.Load(ctx, r)
}

// DocumentParts is Document in parts, as [Store.Parts].
func (l *Library) DocumentParts(ctx context.Context, id string, yield func(*schema.Document, *schema.Reading) error) error {
	r, err := l.ref(ctx, id)
	if err != nil {
		return err
	}
	return l.Parts(ctx, r, yield)
}

// ref is the document with that doc_id in the corpus that it is read from.
func (l *Library) ref(ctx context.Context, id string) (best Ref, err error) {
	for i, s := range l.all {
		found, err := s.refs(ctx, "FROM documents WHERE doc_id = ?", id)
		if err != nil {
			return Ref{}, err
		}
		if len(found) > 0 && (best.ID == "" || found[0].Path() < best.Path()) {
			best, best.of = found[0], i
		}
	}
	if best.ID == "" {
		return Ref{}, fmt.Errorf("%s: %w", id, ErrUnknown)
	}
	return best, nil
}

// ProgramOf is that of all corpora, as [Store.ProgramOf].
func (l *Library) ProgramOf(ctx context.Context) (func(docID string) string, error) {
	return programs(l.Refs(ctx))
}
