package pipeline

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// numbers walks 0..n-1, with an error of the walk in place of each of bad.
func numbers(n int, bad ...int) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := range n {
			var err error
			if slices.Contains(bad, i) {
				err = errors.New("unreadable")
			}
			if !yield(i, err) {
				return
			}
		}
	}
}

func TestOrdered(t *testing.T) {
	for _, workers := range []int{1, 2, 7} {
		var got []int
		var failed []string
		err := Ordered(t.Context(), workers, numbers(100, 3),
			func(_ context.Context, i int) (int, error) {
				switch i {
				case 5:
					return 0, errors.New("broken")
				case 8:
					panic("defect")
				}
				return i * i, nil
			},
			func(i, square int, err error) error {
				got = append(got, i)
				if err != nil {
					failed = append(failed, err.Error())
				} else if square != i*i {
					t.Errorf("%d: %d", i, square)
				}
				return nil
			})
		if err != nil || len(got) != 100 || !slices.IsSorted(got) {
			t.Errorf("%d workers: %v, %v", workers, got, err)
		}
		if len(failed) != 3 || failed[0] != "unreadable" || failed[1] != "broken" ||
			!strings.HasPrefix(failed[2], "internal error, please report: defect at ") {
			t.Errorf("%d workers: failures %q", workers, failed)
		}
	}
}

// When the caller stops, so does the walk: a long input is not read to its end.
func TestOrderedStops(t *testing.T) {
	stop := errors.New("disk full")
	var read atomic.Int64
	err := Ordered(t.Context(), 4, numbers(1_000_000),
		func(_ context.Context, i int) (int, error) { read.Add(1); return i, nil },
		func(i, _ int, _ error) error {
			if i == 10 {
				return stop
			}
			return nil
		})
	if err != stop || read.Load() > 100 {
		t.Errorf("%v after %d items", err, read.Load())
	}
}

func TestOrderedCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	seen := 0
	err := Ordered(ctx, 4, numbers(1_000_000),
		func(_ context.Context, i int) (int, error) { return i, nil },
		func(i, _ int, _ error) error {
			if seen++; i == 10 {
				cancel()
			}
			return nil
		})
	if !errors.Is(err, context.Canceled) || seen != 11 {
		t.Errorf("%v after %d items", err, seen)
	}
}
