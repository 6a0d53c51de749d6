package pdf

import (
	"bytes"
	"io"
	"time"
)

// Bounds of memory: what one stream may decode to, what all streams of a page
// may, how many glyphs and ruled lines there may be.
const (
	maxStream   = 64 << 20
	maxDecoded  = 320 << 20 // for one page, and for the object streams of a rebuilt file
	maxPacked   = 512 << 20 // what pdfcpu may unpack object streams to
	maxRead     = 512 << 20 // what pdfcpu may read, above twenty times the file
	maxGlyphs   = 200_000   // on a page
	maxText     = 5_000_000 // glyphs in a file
	maxElements = 1 << 20   // of an array or dictionary with all it contains
	maxRules    = 50_000
	maxPages    = 20_000
	maxDepth    = 12 // of form XObjects within form XObjects
)

// A budget bounds the time and memory spent on one file.
type budget struct {
	deadline time.Time
	decoded  int64
	glyphs   int
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

func (b *budget) late() bool { return b.past(0) }

// composing is the time that the layout may take after the reading is over.
const composing = 5 * time.Second

// past reports whether the deadline was passed longer ago than by.
func (b *budget) past(by time.Duration) bool { return time.Now().After(b.deadline.Add(by)) }

// spend counts decoded bytes and reports whether they are still affordable.
func (b *budget) spend(n int) bool {
	b.decoded += int64(n)
	return b.decoded <= maxDecoded
}

// A boundedReader is a file in memory that stops giving when the time is over,
// so that a library that reads in circles comes to an end.
type boundedReader struct {
	*bytes.Reader
	b    *budget
	left *int64 // bytes that may still be read
}

func newBoundedReader(data []byte, b *budget) boundedReader {
	left := int64(maxRead + 20*len(data))
	return boundedReader{bytes.NewReader(data), b, &left}
}

func (r boundedReader) Read(p []byte) (int, error) {
	if r.b.over() || *r.left <= 0 {
		return 0, ErrLimit
	}
	n, err := r.Reader.Read(p)
	*r.left -= int64(n)
	return n, err
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
