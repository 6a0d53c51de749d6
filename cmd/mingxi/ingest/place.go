package ingest

// This file moves and forgets what a corpus knows of files; it reads none.

import (
	"context"
	"fmt"
	"path/filepath"

	"mingxi/corpus/pathname"
	"mingxi/corpus/store"
)

// Move notes that the files at or below a path are at another now, and returns how
// many the corpus knows of. See store.Writer.Move.
func Move(ctx context.Context, dir, from, to string, o Options) (n int, err error) {
	err = change(ctx, dir, o, func(k *Keeper) error {
		if n, err = k.w.Move(ctx, from, pathname.Full(to)); err != nil {
			return err
		}
		if n == 0 && pathname.Full(from) != filepath.ToSlash(from) {
			if n, err = k.w.Move(ctx, pathname.Full(from), pathname.Full(to)); err != nil {
				return err
			}
		}
		if n == 0 {
			return fmt.Errorf("%s: %w", from, store.ErrUnknown)
		}
		if err := k.commit(); err != nil {
			return err
		}
		_, err := k.w.Enroot(ctx, nil)
		return err
	})
	return n, err
}

// Forget takes documents out, by a path or a doc_id, and returns the paths that are
// forgotten. If one is not known nothing is.
func Forget(ctx context.Context, dir string, names []string, o Options) (paths []string, err error) {
	err = change(ctx, dir, o, func(k *Keeper) error {
		for _, name := range names {
			of, err := k.w.SourcesOf(ctx, name)
			if err != nil {
				return err
			}
			paths = append(paths, of...)
		}
		for _, path := range paths {
			if err := k.w.Remove(path); err != nil {
				return err
			}
		}
		return nil
	})
	return paths, err
}

// change does something to the corpus in dir, which must be there, and brings the
// rest after it.
func change(ctx context.Context, dir string, o Options, do func(*Keeper) error) error {
	w, err := openExisting(ctx, dir, o.Program)
	if err != nil {
		return err
	}
	k, err := newKeeper(ctx, dir, w, o)
	if err != nil {
		return err
	}
	err = do(k)
	if err == nil {
		err = k.commit()
	}
	if err == nil {
		err = k.catchUp(ctx, func() {})
	}
	if err == nil {
		err = k.extractStale(ctx, k.o.figures(), func(int) {})
	}
	if err == nil {
		_, err = k.cluster(ctx)
	}
	if e := k.Close(); err == nil {
		err = e
	}
	return err
}
