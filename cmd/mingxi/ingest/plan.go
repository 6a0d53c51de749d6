package ingest

// This file says what a run would do, without doing it.

import (
	"context"
	"errors"
	"slices"
	"strings"

	"mingxi/corpus"
	"mingxi/corpus/store"
)

// A Step is what a run would do about a file: "new", "changed" and "again" (it failed
// before) are read, "gone" is forgotten if pruning is asked for.
type Step struct{ Do, Path string }

// Plan returns what Run would do, by the sizes and times of the files alone: none is
// read, and nothing is written. There need not be a corpus in dir.
func Plan(ctx context.Context, dir string, paths []string, o Options) ([]Step, error) {
	s, err := store.Open(ctx, dir)
	var lookup *store.Lookup
	switch {
	case err == nil:
		defer s.Close()
		if lookup, err = s.NewLookup(ctx); err != nil {
			return nil, err
		}
		defer lookup.Close()
	case !errors.Is(err, store.ErrNoCorpus):
		return nil, err
	}
	r := &run{Keeper: &Keeper{o: o}, paths: paths}
	var steps []Step
	for f, err := range corpus.Sources(ctx, paths, o.Sources) {
		path := r.source(f).Path
		if err != nil {
			r.unread = append(r.unread, path)
			continue
		}
		do := "new"
		if lookup != nil {
			if do, err = r.step(lookup, f); err != nil {
				return nil, err
			}
		}
		if do != "" {
			steps = append(steps, Step{do, path})
		}
	}
	for _, path := range r.whole() {
		if lookup == nil || ctx.Err() != nil {
			break
		}
		gone, _, err := lookup.Vanished(ctx, path, r.unread)
		if err != nil {
			return nil, err
		}
		for _, p := range o.looked(path, gone) {
			steps = append(steps, Step{"gone", p})
		}
	}
	slices.SortStableFunc(steps, func(a, b Step) int { return strings.Compare(a.Path, b.Path) })
	return steps, ctx.Err()
}

// step is what is to be done about a file; empty is nothing.
func (r *run) step(lookup *store.Lookup, f corpus.Source) (string, error) {
	old, ok, err := lookup.Path(r.source(f).Path)
	switch {
	case err != nil:
		return "", err
	case !ok:
		return "new", nil
	case r.same(f, old):
		return "", nil
	case old.Failed:
		return "again", nil
	}
	return "changed", nil
}
