package main

// This file shows how far a long run has come: one line that is rewritten on a
// terminal, a plain line now and then elsewhere, nothing with --quiet.

import (
	"cmp"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"mingxi/cmd/mingxi/pipeline"
)

// A progress counts; all methods may be called from any goroutine.
type progress struct {
	p        *program
	start    time.Time
	live     bool         // the line is rewritten
	done     atomic.Int64 // documents written
	passed   atomic.Int64 // files that needed no reading
	failed   atomic.Int64
	figures  atomic.Int64
	bytes    atomic.Int64 // of source files that were gone through, but for those passed
	read     atomic.Int64 // bytes of source files that were read
	allFiles atomic.Int64 // to be read; 0 while not known
	allBytes atomic.Int64
	parts    atomic.Int64 // shards taken over, of a merge
	stop     func()
}

// newProgress begins to show.
func newProgress(p *program) *progress {
	g := &progress{p: p, start: time.Now(), live: terminal(p.err), stop: func() {}}
	switch {
	case p.quiet:
	case g.live:
		g.stop = pipeline.Every(200*time.Millisecond, func() { fmt.Fprintf(p.err, "\r\x1b[K%s", g.line()) })
	default:
		g.stop = pipeline.Every(cmp.Or(p.every, 10*time.Second), func() { p.say("%s", g.line()) })
	}
	return g
}

// end stops showing and clears the line.
func (g *progress) end() {
	g.stop()
	if g.live && !g.p.quiet {
		io.WriteString(g.p.err, "\r\x1b[K")
	}
}

// say prints a message between the lines of the progress.
func (g *progress) say(format string, args ...any) {
	if g.live && !g.p.quiet {
		io.WriteString(g.p.err, "\r\x1b[K")
	}
	g.p.say(format, args...)
}

// line is the state: 12,000 documents (812/s, 3.7 MB/s), 480,112 figures, 3 failed, 0:42 left.
func (g *progress) line() string {
	took := time.Since(g.start).Seconds()
	done := g.done.Load()
	s := fmt.Sprintf(g.p.text("%d documents (%.0f/s, %.1f MB/s), %d figures", "%d 份文件(每秒 %.0f 份、%.1f MB),%d 个数字"),
		done, float64(done)/took, float64(g.read.Load())/took/1e6, g.figures.Load())
	if n := g.passed.Load(); n > 0 {
		s += fmt.Sprintf(g.p.text(", %d unchanged", ",%d 份未变"), n)
	}
	if n := g.parts.Load(); n > 0 {
		s += fmt.Sprintf(g.p.text(", %d shards", ",%d 片"), n)
	}
	if n := g.failed.Load(); n > 0 {
		s += fmt.Sprintf(g.p.text(", %d failed", ",%d 份失败"), n)
	}
	if left, ok := g.left(); ok {
		s += fmt.Sprintf(g.p.text(", %s left", ",还需 %s"), clock(left))
	}
	return s
}

// left estimates the time that is left, once it is known how much there is.
func (g *progress) left() (time.Duration, bool) {
	part, all := g.bytes.Load(), g.allBytes.Load()
	if all == 0 {
		part, all = g.done.Load()+g.failed.Load(), g.allFiles.Load()
	}
	took := time.Since(g.start)
	if part <= 0 || all < part || took < time.Second {
		return 0, false
	}
	return time.Duration(float64(took) * float64(all-part) / float64(part)), true
}

// clock prints 1:02:03 or 2:03.
func clock(d time.Duration) string {
	s := int(d.Seconds())
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
