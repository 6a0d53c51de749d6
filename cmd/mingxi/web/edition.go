package web

// This file holds the corpus as readers see it: an edition is the index as of one
// commit. While an ingest runs a new edition comes with each of its commits; a request
// keeps the one that it began with, and the last reader of an old edition closes it.

import (
	"context"
	"errors"
	"sync"
	"time"

	"mingxi/cmd/mingxi/ingest"
	"mingxi/corpus/store"
	"mingxi/index"
)

// An edition is the corpus as of one commit of its index.
type edition struct {
	store   *store.Store
	index   *index.Index
	readers int
	old     bool
}

// A library has the newest edition.
type library struct {
	store *store.Store
	mu    sync.Mutex
	now   *edition
	asked time.Time // when the newest was last looked for
}

// renewal is how long an edition is taken for the newest without a look.
const renewal = time.Second

func openLibrary(ctx context.Context, dir string) (*library, error) {
	s, err := store.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	return &library{store: s}, nil
}

// Close lets the corpus go.
func (l *library) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var err error
	if l.now != nil && l.now.readers == 0 {
		err = l.now.index.Close()
		l.now = nil
	}
	return errors.Join(err, l.store.Close())
}

// take gives the newest edition, which must be given back.
func (l *library) take(ctx context.Context) (*edition, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.now == nil || time.Since(l.asked) >= renewal {
		if err := l.renew(ctx); err != nil {
			return nil, err
		}
	}
	l.now.readers++
	return l.now, nil
}

// renew opens the newest edition if there is a newer one. While a new one cannot be
// opened the old one stands.
func (l *library) renew(ctx context.Context) error {
	if l.now != nil {
		b, err := l.store.Binding(ctx)
		if err != nil {
			return err
		}
		if b.Generation == l.now.index.Generation() {
			l.asked = time.Now()
			return nil
		}
	}
	ix, err := ingest.OpenIndex(ctx, l.store)
	if err != nil {
		if l.now != nil {
			return nil
		}
		return err
	}
	if old := l.now; old != nil {
		old.old = true
		if old.readers == 0 {
			old.index.Close()
		}
	}
	l.now, l.asked = &edition{store: l.store, index: ix}, time.Now()
	return nil
}

// giveBack ends a reader's use of an edition.
func (l *library) giveBack(e *edition) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e.readers--; e.old && e.readers == 0 {
		e.index.Close()
	}
}

// A memo keeps what is dear to make for as long as the edition is the newest: what it
// holds is never changed, and it holds little.
type memo struct {
	mu         sync.Mutex
	generation string
	values     map[string]any
}

// mostKept bounds what a memo holds.
const mostKept = 16

// remembered is what was made before for the same edition and key, or what make makes
// now. Two that want the same at once may both make it.
func remembered[T any](m *memo, e *edition, key string, make func() (T, error)) (T, error) {
	m.mu.Lock()
	old, ok := m.values[key].(T)
	ok = ok && m.generation == e.index.Generation()
	m.mu.Unlock()
	if ok {
		return old, nil
	}
	value, err := make()
	if err != nil {
		return value, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.generation != e.index.Generation() || len(m.values) >= mostKept {
		m.generation, m.values = e.index.Generation(), map[string]any{}
	}
	m.values[key] = value
	return value, nil
}

// A gate lets so many in at a time.
type gate chan struct{}

// enter waits for room.
func (g gate) enter(ctx context.Context) (leave func(), err error) {
	select {
	case g <- struct{}{}:
		return func() { <-g }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
