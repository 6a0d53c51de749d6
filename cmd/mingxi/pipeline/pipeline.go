// Package pipeline holds all the concurrency of the program.
//
// A pipeline has one goroutine that walks the input, a fixed number of workers,
// and the caller, which receives the results in the order of the input whatever
// the number of workers. Results wait in a queue of bounded length: the walk
// stops when the caller is behind, so memory holds at most a few documents per
// worker.
//
//	walk ──▶ workers (do) ──▶ queue in input order ──▶ caller (out)
//
// Where the order does not matter, as in a corpus, results come as they are
// ready, so that one long document holds up nobody. What the caller commits goes
// through a stage, a goroutine that does one thing after another behind it:
//
//	walk ──▶ workers (do) ──▶ caller (out: database) ──▶ stage (index)
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"
)

// A task is one item on its way: its input, and what became of it.
type task[T, R any] struct {
	in   T
	out  R
	err  error         // of the walk or of do
	done chan struct{} // closed when out and err are set
}

// Ordered calls do for every item of in, on several workers at a time, and then
// out for each, one after the other and in the order of in. An item that the
// walk itself could not read arrives at out with the walk's error.
//
// It returns when all is done and no goroutine is left: with the first error of
// out, or with the context's error.
func Ordered[T, R any](ctx context.Context, workers int, in iter.Seq2[T, error],
	do func(context.Context, T) (R, error), out func(T, R, error) error) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancel(ctx)
	var all sync.WaitGroup
	defer all.Wait() // after cancel
	defer cancel()

	work := make(chan *task[T, R])
	queue := make(chan *task[T, R], 2*workers)
	all.Go(func() {
		defer close(queue)
		defer close(work)
		walk(ctx, in, work, queue)
	})
	for range workers {
		all.Go(func() {
			for t := range work {
				t.run(ctx, do)
			}
		})
	}
	for t := range queue {
		<-t.done
		if ctx.Err() != nil {
			break
		}
		if err := out(t.in, t.out, t.err); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Unordered is Ordered but for the order: out is called as results are ready.
// What the workers have in hand when the context ends still arrives at out.
func Unordered[T, R any](ctx context.Context, workers int, in iter.Seq2[T, error],
	do func(context.Context, T) (R, error), out func(T, R, error) error) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancel(ctx)
	work, ready := make(chan *task[T, R], workers), make(chan *task[T, R], 2*workers)
	var all sync.WaitGroup
	all.Go(func() {
		defer close(work)
		for item, err := range in {
			select {
			case work <- &task[T, R]{in: item, err: err, done: make(chan struct{})}:
			case <-ctx.Done():
				return
			}
		}
	})
	for range workers {
		all.Go(func() {
			for t := range work {
				if t.err == nil {
					t.run(ctx, do)
				}
				ready <- t
			}
		})
	}
	go func() {
		all.Wait()
		close(ready)
	}()
	var failed error
	for t := range ready { // to its end, so that no goroutine is left
		if failed == nil && !errors.Is(t.err, context.Canceled) {
			failed = out(t.in, t.out, t.err)
		}
		if failed != nil {
			cancel()
		}
	}
	err := ctx.Err()
	cancel()
	if failed != nil {
		return failed
	}
	return err
}

// A Stage does one thing after another behind the caller. It holds one item
// in hand and one waiting; Send waits for room.
type Stage[T, R any] struct {
	in      chan T
	done    sync.WaitGroup
	mu      sync.Mutex
	results []R
	err     error
}

// NewStage starts a stage. After an error of do it only takes in and drops.
// At the end, end is called once; it too may give a result.
func NewStage[T, R any](do func(T) (R, error), end func() (R, error)) *Stage[T, R] {
	s := &Stage[T, R]{in: make(chan T, 1)}
	s.done.Go(func() {
		for v := range s.in {
			s.keep(func() (R, error) { return do(v) })
		}
		s.keep(end)
	})
	return s
}

func (s *Stage[T, R]) keep(do func() (R, error)) {
	s.mu.Lock()
	failed := s.err != nil
	s.mu.Unlock()
	if failed {
		return
	}
	r, err := do()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err = err; err == nil {
		s.results = append(s.results, r)
	}
}

// Send gives the stage something to do.
func (s *Stage[T, R]) Send(v T) { s.in <- v }

// Taken returns what has been done since the last call.
func (s *Stage[T, R]) Taken() ([]R, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.results
	s.results = nil
	return r, s.err
}

// Close waits until everything is done; Taken has the rest.
func (s *Stage[T, R]) Close() {
	close(s.in)
	s.done.Wait()
}

// A Budget bounds the bytes that workers hold at a time.
type Budget struct {
	mu   sync.Mutex
	room sync.Cond
	free int64
	all  int64
}

// NewBudget is a budget of so many bytes.
func NewBudget(bytes int64) *Budget {
	b := &Budget{free: bytes, all: bytes}
	b.room.L = &b.mu
	return b
}

// Take waits for n bytes, or for all there are if n is more, and returns what
// gives them back.
func (b *Budget) Take(n int64) (giveBack func()) {
	n = min(n, b.all)
	b.mu.Lock()
	for b.free < n {
		b.room.Wait()
	}
	b.free -= n
	b.mu.Unlock()
	return func() {
		b.mu.Lock()
		b.free += n
		b.mu.Unlock()
		b.room.Broadcast()
	}
}

// Every calls f at intervals until stop is called, and not after.
func Every(interval time.Duration, f func()) (stop func()) {
	quit := make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		t := time.NewTicker(interval)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				f()
			case <-quit:
				return
			}
		}
	})
	return sync.OnceFunc(func() { close(quit); all.Wait() })
}

// Beside runs f in a goroutine until it is done or stop is called.
func Beside(ctx context.Context, f func(context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var all sync.WaitGroup
	all.Go(func() { f(ctx) })
	return func() { cancel(); all.Wait() }
}

// walk hands every item first to the queue, which fixes its place, then to the
// workers.
func walk[T, R any](ctx context.Context, in iter.Seq2[T, error], work, queue chan<- *task[T, R]) {
	for item, err := range in {
		t := &task[T, R]{in: item, err: err, done: make(chan struct{})}
		if err != nil {
			close(t.done)
		}
		select {
		case queue <- t:
		case <-ctx.Done():
			return
		}
		if err != nil {
			continue
		}
		select {
		case work <- t:
		case <-ctx.Done():
			close(t.done)
			return
		}
	}
}

// run does one task. A panic is a defect of ours, but it must not cost the
// other documents of a long run: it becomes the error of this one.
func (t *task[T, R]) run(ctx context.Context, do func(context.Context, T) (R, error)) {
	defer close(t.done)
	if t.err = ctx.Err(); t.err == nil {
		t.err = Guard(func() (err error) {
			t.out, err = do(ctx, t.in)
			return err
		})
	}
}

// Guard runs do and makes a panic an error.
func Guard(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("internal error, please report: %v at %s", r, place(debug.Stack()))
		}
	}()
	return do()
}

// place is the first frame of a stack that is ours and below the panic.
func place(stack []byte) string {
	_, below, _ := strings.Cut(string(stack), "panic(")
	for line := range strings.Lines(below) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "mingxi/") {
			return line[:max(0, strings.LastIndexByte(line, '('))] // without the arguments, which differ every time
		}
	}
	return "an unknown place"
}

// Each is a slice as a walk.
func Each[T any](items []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
	}
}
