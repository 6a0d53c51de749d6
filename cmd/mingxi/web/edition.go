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
	store    *store.Store
	mu       sync.Mutex
	now      *edition
	asked    time.Time     // when the newest was last looked for
	renewing chan struct{} // closed when the look that is under way has ended; nil if none is
	ctx      context.Context
	cancel   context.CancelFunc // of what goes on beside requests
	beside   sync.WaitGroup
}

// renewal is how long an edition is taken for the newest without a look, and glance how
// long a reader waits for the end of a look: the edition before is good enough then.
const (
	renewal = time.Second
	glance  = 100 * time.Millisecond
)

func openLibrary(ctx context.Context, dir string) (*library, error) {
	s, err := store.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	l := &library{store: s}
	l.ctx, l.cancel = context.WithCancel(context.WithoutCancel(ctx))
	return l, nil
}

// Close lets the corpus go.
func (l *library) Close() error {
	l.cancel()
	l.beside.Wait()
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
	if l.now == nil {
		ix, err := ingest.OpenIndex(ctx, l.store)
		if err != nil {
			return nil, err
		}
		l.now, l.asked = &edition{store: l.store, index: ix}, time.Now()
	}
	if l.renewing == nil && time.Since(l.asked) >= renewal {
		l.renewing = make(chan struct{})
		l.now.readers++
		old, done := l.now, l.renewing
		l.beside.Go(func() { l.renew(old, done) })
	}
	if look := l.renewing; look != nil {
		l.mu.Unlock()
		select {
		case <-look:
		case <-ctx.Done():
		case <-time.After(glance):
		}
		l.mu.Lock()
	}
	l.now.readers++
	return l.now, nil
}

// renew looks for an edition after the newest that is known, which it gives back, and
// puts it in its place when it has made ready what readers would wait for. While a new
// one cannot be opened the old one stands.
func (l *library) renew(old *edition, done chan struct{}) {
	defer close(done)
	next := l.after(old)
	l.mu.Lock()
	if l.asked, l.renewing = time.Now(), nil; next != nil {
		l.now, old.old = next, true
	}
	l.mu.Unlock()
	l.giveBack(old)
}

// after is the edition after another; nil if there is none.
func (l *library) after(old *edition) *edition {
	if b, err := l.store.Binding(l.ctx); err != nil || b.Generation == old.index.Generation() {
		return nil
	}
	ix, err := ingest.OpenIndex(l.ctx, l.store)
	if err != nil {
		return nil
	}
	ix.Learn(old.index)
	ix.Warm(l.ctx)
	return &edition{store: l.store, index: ix}
}

// warm makes the first edition ready, and counts it. What fails here fails where it is
// asked for, and says so there.
func (s *Server) warm() {
	if e, err := s.library.take(s.library.ctx); err == nil {
		e.index.Warm(s.library.ctx)
		s.counted(s.library.ctx, e, new(overviewValue))
		s.library.giveBack(e)
	}
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

// An entrance is where a request waits for room.
type entrance interface {
	enter(context.Context) (leave func(), err error)
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
