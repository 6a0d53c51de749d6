package pdf

import (
	"bytes"
	"io"
	"time"
)

// Bounds of memory: what one stream may decode to, what all streams of a file
// may, and how many glyphs and ruled lines a page may have.
const (
	maxStream  = 64 << 20
	maxDecoded = 320 << 20
	maxGlyphs  = 200_000
	maxRules   = 50_000
	maxPages   = 20_000
	maxDepth   = 12 // of form XObjects within form XObjects
)

// A budget bounds the time and memory spent on one file.
type budget struct {
	deadline time.Time
	decoded  int64
	ticks    int
}

func newBudget(size int, limit time.Duration) *budget {
	if limit <= 0 {
		limit = 10*time.Second + time.Duration(float64(size)/(1<<20)*10*float64(time.Second))
	}
	return &budget{deadline: time.Now().Add(limit)}
}

// over reports whether the time is used up; it looks at the clock rarely.
func (b *budget) over() bool {
	b.ticks++
	return b.ticks&1023 == 0 && b.late()
}

func (b *budget) late() bool { return time.Now().After(b.deadline) }

// spend counts decoded bytes and reports whether they are still affordable.
func (b *budget) spend(n int) bool {
	b.decoded += int64(n)
	return b.decoded <= maxDecoded
}

// A boundedReader is a file in memory that stops giving when the time is over,
// so that a library that reads in circles comes to an end.
type boundedReader struct {
	*bytes.Reader
	b *budget
}

func (r boundedReader) Read(p []byte) (int, error) {
	if r.b.over() {
		return 0, ErrLimit
	}
	return r.Reader.Read(p)
}

func (r boundedReader) ReadAt(p []byte, off int64) (int, error) {
	if r.b.over() {
		return 0, ErrLimit
	}
	return r.Reader.ReadAt(p, off)
}

func (r boundedReader) Seek(off int64, whence int) (int64, error) {
	if r.b.over() {
		return 0, ErrLimit
	}
	return r.Reader.Seek(off, whence)
}

var _ io.ReadSeeker = boundedReader{}
