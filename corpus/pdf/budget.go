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

// Work is counted in steps of about a tenth of a microsecond: a token of a content
// stream, an object, eight decoded bytes. What is read of a file depends on its steps
// alone, never on how busy the machine is. Real reports of a megabyte take one or two
// million steps.
const (
	baseWork     = 60_000_000
	workPerByte  = 60
	workPerForm  = 20     // a form drawn
	workPerPage  = 20_000 // a page read by another engine
	layoutWork   = 100_000_000
	workPerGlyph = 16 // of the layout
)

// A budget bounds the work on one file, and the memory. The clock is the last guard: a
// file that is not read when it runs out fails as a whole.
type budget struct {
	work     int64 // steps left
	deadline time.Time
	expired  bool // the clock has run out: nothing that was read may be used
	decoded  int64
	glyphs   int
	ticks    int
}

func newBudget(size int, limit time.Duration) *budget {
	if limit <= 0 {
		limit = time.Minute + time.Duration(float64(size)/(1<<20)*30*float64(time.Second))
	}
	return &budget{work: baseWork + workPerByte*int64(size), deadline: time.Now().Add(limit)}
}

// over takes a step and reports whether the budget is used up; it looks at the clock
// rarely.
func (b *budget) over() bool {
	b.work--
	b.ticks++
	if b.ticks&1023 == 0 {
		return b.spent()
	}
	return b.work < 0
}

// charge takes n steps.
func (b *budget) charge(n int) { b.work -= int64(n) }

// spent reports whether the budget is used up, by work or by the clock.
func (b *budget) spent() bool {
	b.expired = b.expired || time.Now().After(b.deadline)
	return b.expired || b.work < 0
}

// spend counts decoded bytes and reports whether they are still affordable.
func (b *budget) spend(n int) bool {
	b.decoded += int64(n)
	b.charge(n / 8)
	return b.decoded <= maxDecoded
}

// A boundedReader is a file in memory that stops giving when the budget is used up,
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
