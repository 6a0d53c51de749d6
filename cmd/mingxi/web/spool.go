package web

// This file sends what is large. It is written into a file as fast as it can be made,
// and sent from there as the reader takes it: one who takes it slowly holds no place
// where it is made, and no edition of the corpus.

import (
	"context"
	"io"
	"net/http"
	"os"
	"sync"
	"time"
)

// How slowly a reader may take a file: he is waited for so long, and as much longer as
// he could have taken what he has taken at the least rate.
const (
	stallTime = 30 * time.Second
	leastRate = 16 << 10 // bytes a second
)

// How many files are sent at a time, and to one reader.
const (
	filesAll  = 24
	filesEach = 6
)

// A spool is a file on its way to a reader. One goroutine writes, another sends.
type spool struct {
	file    *os.File
	mu      sync.Mutex
	more    *sync.Cond
	written int64
	ended   bool
	stall   time.Duration
}

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "mingxi-export-")
	if err != nil {
		return nil, err
	}
	s := &spool{file: f, stall: stallTime}
	s.more = sync.NewCond(&s.mu)
	return s, nil
}

func (s *spool) Write(b []byte) (int, error) {
	n, err := s.file.Write(b)
	s.mu.Lock()
	s.written += int64(n)
	s.more.Signal()
	s.mu.Unlock()
	return n, err
}

// end says that nothing more is written.
func (s *spool) end() {
	s.mu.Lock()
	s.ended = true
	s.more.Signal()
	s.mu.Unlock()
}

// discard ends the use of the file.
func (s *spool) discard() {
	s.file.Close()
	os.Remove(s.file.Name())
}

// next is how much is written when there is more than has been sent, or when it has ended.
func (s *spool) next(sent int64) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.written == sent && !s.ended {
		s.more.Wait()
	}
	return s.written
}

// send sends the file until it has ended, or the reader has.
func (s *spool) send(w http.ResponseWriter) error {
	control := http.NewResponseController(w)
	patience := s.stall
	buf := make([]byte, 32<<10)
	for sent := int64(0); ; {
		all := s.next(sent)
		if all == sent {
			return nil
		}
		for sent < all {
			n, err := s.file.ReadAt(buf[:min(int64(len(buf)), all-sent)], sent)
			if n == 0 {
				return err
			}
			begun := time.Now()
			control.SetWriteDeadline(begun.Add(patience))
			if _, err := w.Write(buf[:n]); err != nil {
				return err
			}
			sent += int64(n)
			patience = min(s.stall, patience-time.Since(begun)+time.Duration(n)*time.Second/leastRate)
		}
		control.SetWriteDeadline(time.Now().Add(s.stall))
		control.Flush()
	}
}

// sending makes a file while it is sent, and gives up the place where it is made, and
// the edition, as soon as that is done. An error comes back only if nothing was sent.
func sending(w http.ResponseWriter, v *visit, make func(io.Writer) error) error {
	s, err := newSpool()
	if err != nil {
		return err
	}
	defer s.discard()
	var sent sync.WaitGroup
	sent.Go(func() {
		if s.send(w) != nil {
			v.stop()
		}
	})
	err = make(s)
	v.done()
	s.end()
	sent.Wait()
	if s.written > 0 {
		return nil
	}
	return err
}

// A crowd counts what each reader is sent at a time.
type crowd struct {
	mu  sync.Mutex
	all int
	of  map[string]*taker
}

// A taker is a reader who takes files.
type taker struct {
	files  int
	making gate // one is made for him at a time
}

// enter lets a reader take one more file; ok is false if he takes enough.
func (c *crowd) enter(name string) (t *taker, leave func(), ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of == nil {
		c.of = map[string]*taker{}
	}
	if t = c.of[name]; t == nil {
		t = &taker{making: make(gate, 1)}
		c.of[name] = t
	}
	if t.files >= filesEach || c.all >= filesAll {
		return nil, nil, false
	}
	t.files++
	c.all++
	return t, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.all--
		if t.files--; t.files == 0 {
			delete(c.of, name)
		}
	}, true
}

// takes answers with a file: only so many at a time for one reader, who is a user, or else the
// network that he comes from, and of these one is made at a time.
func (s *Server) takes(room gate, handle func(http.ResponseWriter, *visit) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := userOf(r)
		if name == "" {
			name = network(r.RemoteAddr).String()
		}
		t, leave, ok := s.crowd.enter(name)
		if !ok {
			s.refuse(w, r, problem{http.StatusTooManyRequests, "too many files at a time: wait for one to end", "同时下载的文件太多：请等其中一个完成"})
			return
		}
		defer leave()
		s.visit(both{t.making, room}, exportTime, handle).ServeHTTP(w, r)
	})
}

// both are two gates, one behind the other.
type both [2]gate

func (b both) enter(ctx context.Context) (leave func(), err error) {
	first, err := b[0].enter(ctx)
	if err != nil {
		return nil, err
	}
	second, err := b[1].enter(ctx)
	if err != nil {
		first()
		return nil, err
	}
	return func() { second(); first() }, nil
}
