package pdf

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

// What is read depends on the work alone: with less of it the last pages are missing and
// a warning says so, the same at every run; and when the clock runs out, the file fails.
func TestBudget(t *testing.T) {
	data, err := os.ReadFile("testdata/weasy-twocol.pdf")
	if err != nil {
		t.Fatal(err)
	}
	whole, err := Read(data, Options{Single: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Read(data, Options{Single: true, Timeout: time.Nanosecond}); !errors.Is(err, ErrTime) {
		t.Errorf("by the clock: %v", err)
	}
	far := time.Now().Add(time.Hour)
	last := 0
	for _, work := range []int64{1, 2_000, 8_000, 1_000_000} {
		var texts [2]string
		for i := range texts {
			d, err := readBy(readOwn, data, Options{Single: true}, &budget{work: work, deadline: far})
			switch {
			case err == nil:
				texts[i] = d.String()
			case !errors.Is(err, ErrLimit) && !strings.Contains(err.Error(), "objects"):
				t.Errorf("%d steps: %v", work, err)
			}
		}
		if texts[0] != texts[1] {
			t.Errorf("%d steps: read twice, and not the same", work)
		}
		if len(texts[0]) < last {
			t.Errorf("%d steps: less than with fewer steps", work)
		}
		last = len(texts[0])
	}
	if d, _ := readBy(readOwn, data, Options{Single: true}, &budget{work: 1_000_000, deadline: far}); d == nil || d.String() != whole.String() {
		t.Error("a million steps are not enough for a page")
	}
}
