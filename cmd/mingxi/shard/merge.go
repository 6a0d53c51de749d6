package shard

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"mingxi/cmd/mingxi/ingest"
	"mingxi/corpus/store"
)

// A Merged counts what a merge has put together.
type Merged struct {
	Receipt        // the sum of all; documents of several parts are counted in each
	Copies  int    // near-copies
	Stored  int64  // documents of the corpus
	Dir     string // where it is
}

// Merge makes the corpus in dir, which must not be there, of the parts of all shards.
// It appears whole or not at all.
func (r *Run) Merge(ctx context.Context, dir string, o ingest.Options, g ingest.Gathering) (m Merged, err error) {
	m.Dir = filepath.Clean(dir)
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return m, &Problem{Err: ErrExists, Dir: dir}
	}
	var parts []string
	var missing []int
	for n := range r.Lists {
		c, ok := r.Done(n, true)
		if !ok {
			missing = append(missing, n)
			os.Chtimes(filepath.Join(r.Part(n), store.Database), time.Time{}, time.Now()) // so that Missing reads it, too
		}
		m.Sources += c.Sources
		m.Documents += c.Documents
		m.Figures += c.Figures
		m.Failed += c.Failed
		m.Skipped += c.Skipped
		parts = append(parts, r.Part(n))
	}
	if len(missing) > 0 {
		return m, &Problem{Err: ErrMissing, Dir: r.dir, Shards: missing, Of: r.Shards()}
	}
	work := m.Dir + ".part"
	if err := sweepMerge(ctx, work); err != nil {
		return m, err
	}
	g.Sources = m.Sources
	m.Copies, m.Stored, err = ingest.Gather(ctx, work, parts, o, g)
	if err == nil {
		err = os.Rename(work, m.Dir)
	}
	if err != nil {
		os.RemoveAll(work)
	}
	return m, err
}

// sweepMerge takes away what a killed merge has left, unless one is at work there.
func sweepMerge(ctx context.Context, work string) error {
	if _, err := os.Stat(work); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	w, err := store.OpenWriter(ctx, work, "")
	switch {
	case err == nil:
		err = w.Close()
	case !errors.Is(err, store.ErrBusy) && !errors.Is(err, store.ErrForeign): // it cannot be read
		err = nil
	}
	if err != nil {
		return err
	}
	return os.RemoveAll(work)
}
