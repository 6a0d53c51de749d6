package main

// This file holds all the concurrency of the program.
//
// A pipeline has one goroutine that walks the input, a fixed number of workers,
// and the caller, which receives the results in the order of the input whatever
// the number of workers. Results wait in a queue of bounded length: the walk
// stops when the caller is behind, so memory holds at most a few documents per
// worker.
//
//	walk ──▶ workers (do) ──▶ queue in input order ──▶ caller (out)

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
)

// A task is one item on its way: its input, and what became of it.
type task[T, R any] struct {
	in   T
	out  R
	err  error         // of the walk or of do
	done chan struct{} // closed when out and err are set
}

// ordered calls do for every item of in, on several workers at a time, and then
// out for each, one after the other and in the order of in. An item that the
// walk itself could not read arrives at out with the walk's error.
//
// It returns when all is done and no goroutine is left: with the first error of
// out, or with the context's error.
func ordered[T, R any](ctx context.Context, workers int, in iter.Seq2[T, error],
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
	defer func() {
		if r := recover(); r != nil {
			t.err = fmt.Errorf("internal error, please report: %v at %s", r, place(debug.Stack()))
		}
	}()
	if t.err = ctx.Err(); t.err == nil {
		t.out, t.err = do(ctx, t.in)
	}
}

// place is the first frame of a stack that is ours and below the panic.
func place(stack []byte) string {
	_, below, _ := strings.Cut(string(stack), "panic(")
	for line := range strings.Lines(below) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "mingxi/") {
			return line
		}
	}
	return "an unknown place"
}
