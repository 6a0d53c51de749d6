package main

import (
	"io"
	"testing"
	"time"
)

// What was passed over says nothing of the time that is left: a resumed run that
// has read 25 of 100 bytes in 10 seconds has 30 to go, however many files it passed.
func TestTimeLeft(t *testing.T) {
	g := newProgress(&program{err: io.Discard, quiet: true})
	g.start = time.Now().Add(-10 * time.Second)
	g.passed.Store(1_000_000)
	if _, ok := g.left(); ok {
		t.Error("an estimate though nothing is known")
	}
	g.bytes.Store(25)
	g.allBytes.Store(100)
	if left, ok := g.left(); !ok || left.Round(time.Second) != 30*time.Second {
		t.Errorf("%v left, want 30s", left)
	}
}
