package ingest

// This file does again, from the database alone, what ingest does: extract and
// index.

import (
	"context"
	"errors"
	"fmt"

	"mingxi/cmd/mingxi/pipeline"
	"mingxi/corpus/store"
	"mingxi/schema"
)

// Reindex deletes the index of the corpus in dir and builds it anew from the
// database. step, which may not be nil, is called after each document.
func Reindex(ctx context.Context, dir string, o Options, step func()) error {
	w, err := openExisting(ctx, dir, o.Program)
	if err != nil {
		return err
	}
	if err := removeIndex(dir); err != nil {
		w.Close()
		return fmt.Errorf("delete the index: %w", err)
	}
	k, err := newKeeper(ctx, dir, w, o)
	if err != nil {
		return err
	}
	err = k.catchUp(ctx, step)
	return errors.Join(err, k.Close())
}

// Reextract reads the figures of all stored documents again and indexes them. step
// is called after each document. Of kept documents the figures could not be read again:
// they stay as they were.
func Reextract(ctx context.Context, dir string, o Options, step func(figures int)) (kept int, err error) {
	w, err := openExisting(ctx, dir, o.Program)
	if err != nil {
		return 0, err
	}
	k, err := newKeeper(ctx, dir, w, o)
	if err != nil {
		return 0, err
	}
	err = k.reextract(ctx, step)
	if e := k.Close(); err == nil {
		err = e
	}
	return k.kept, err
}

func (k *Keeper) reextract(ctx context.Context, step func(figures int)) error {
	stale, err := k.w.Stale(ctx)
	if err != nil {
		return err
	}
	if len(stale) == 0 { // else the last run was interrupted
		if err := k.w.ExtractAll(); err != nil {
			return err
		}
		if err := k.commit(); err != nil {
			return err
		}
	}
	if err := k.catchUp(ctx, func() {}); err != nil {
		return err
	}
	if err := k.extractStale(ctx, k.o.figures(), step); err != nil {
		return err
	}
	_, err = k.cluster(ctx)
	return err
}

// Mend takes the documents out that are damaged in the database, so that the next run
// over their files reads them again, and makes anew what is derived from the others. It
// returns how many were taken out.
func Mend(ctx context.Context, dir string, o Options) (n int, err error) {
	err = change(ctx, dir, o, func(k *Keeper) error {
		refs, err := k.w.Refs(ctx)
		if err != nil {
			return err
		}
		for _, r := range refs {
			d, _, err := k.w.Text(ctx, r)
			switch {
			case errors.Is(err, store.ErrBroken):
				n++
				err = k.discard(r.ID, err)
			case err == nil:
				err = k.w.Mend(ctx, store.Loaded{Ref: r, Document: d})
			}
			if err != nil {
				return err
			}
		}
		if err := errors.Join(k.w.Unclustered(), k.commit()); err != nil {
			return err
		}
		return k.w.Rebuild(ctx)
	})
	return n, err
}

// A reread is a stored document and what is read from it now.
type reread struct {
	doc     *schema.Document
	reading *schema.Reading // nil of a large one
	bad     error           // what is wrong with the reading
}

// extractStale extracts the stored documents that are marked for it. Those that cannot
// be keep the figures that they have, and the version that read them.
func (k *Keeper) extractStale(ctx context.Context, x figures, step func(figures int)) error {
	stale, err := k.w.Stale(ctx)
	if err != nil {
		return err
	}
	return pipeline.Unordered(ctx, k.o.Workers, pipeline.Each(stale),
		func(ctx context.Context, ref store.Ref) (reread, error) {
			d, _, err := k.w.Text(ctx, ref)
			if err != nil {
				return reread{}, err
			}
			if d.Paths, err = k.w.Paths(ctx, d.ID); err != nil {
				return reread{}, err
			}
			k.o.Known.tell(d)
			one := reread{doc: d}
			if !k.o.large(d) {
				one.reading, one.bad = x.read(d)
			}
			return one, nil
		},
		func(ref store.Ref, one reread, err error) error {
			switch {
			case k.out[ref.ID]: // meanwhile
				return nil
			case errors.Is(err, store.ErrBroken):
				return k.discard(ref.ID, err)
			case err != nil:
				return err
			}
			figures, err := k.replace(ctx, x, ref, &one)
			switch {
			case err != nil:
				return err
			case one.bad != nil:
				k.kept++
				return k.keep(ref, one.bad)
			}
			step(figures)
			return k.wrote(len(one.doc.Text), figures)
		})
}

// replace writes what is read from a document now, unless it is bad, and counts its
// figures.
func (k *Keeper) replace(ctx context.Context, x figures, ref store.Ref, one *reread) (figures int, err error) {
	switch {
	case one.bad != nil:
		return 0, nil
	case one.reading != nil:
		return len(one.reading.Metrics), k.w.Replace(ref, one.doc, one.reading)
	}
	figures, one.bad, err = k.large(ctx, x, one.doc, func(parts schema.Parts) error {
		return k.w.ReplaceParts(ref, one.doc, parts)
	})
	return figures, err
}

// keep leaves a document as it is that cannot be extracted again, and says why.
func (k *Keeper) keep(ref store.Ref, reason error) error {
	if k.o.Damaged != nil {
		k.o.Damaged(fmt.Errorf("document %s (%s): its figures stay as they were: %w", ref.ID, ref.Path(), reason))
	}
	if err := k.w.Keep(ref); err != nil {
		return err
	}
	return k.wrote(0, 0)
}
