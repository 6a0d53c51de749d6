package backend

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/rpc"
	"net/rpc/jsonrpc"
	"sync"

	"mingxi/index"
	"mingxi/schema"
)

// Serve answers the questions that come in until they end. open opens the store with an
// address.
func Serve(ctx context.Context, in io.ReadCloser, out io.WriteCloser, open func(ctx context.Context, url string) (Store, error)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := &service{ctx: ctx, open: open}
	defer s.close()
	server := rpc.NewServer()
	if err := server.RegisterName(serviceName, s); err != nil {
		return err
	}
	server.ServeCodec(jsonrpc.NewServerCodec(pipes{in, out}))
	return nil
}

const serviceName = "Store"

// pipes are two ends of a conversation.
type pipes struct {
	io.ReadCloser
	io.WriteCloser
}

func (p pipes) Close() error { return errors.Join(p.ReadCloser.Close(), p.WriteCloser.Close()) }

// A service is a store as package rpc serves it: each method is a question.
type service struct {
	ctx   context.Context
	open  func(ctx context.Context, url string) (Store, error)
	store Store

	mu    sync.Mutex // of found, which searches replace
	found Finding
}

// What questions and answers carry; package rpc wants their names exported.
type (
	OpenArgs struct {
		Protocol int
		URL      string
	}
	PageArgs      struct{ Offset, N int }
	DocumentsArgs struct {
		Indicators []string
		Distinct   bool
	}
	DocumentReply struct {
		Document *schema.Document
		Reading  *schema.Reading
	}
	// A WireHit is a hit; JSON has no number for a figure without value.
	WireHit struct {
		index.Hit
		Value *float64
	}
)

func (s *service) Open(args OpenArgs, _ *struct{}) (err error) {
	if args.Protocol != Protocol {
		return encode(&Error{Skew, fmt.Sprintf("mingxi asks in version %d, the program of the store answers in %d", args.Protocol, Protocol)})
	}
	s.store, err = s.open(s.ctx, args.URL)
	return encode(err)
}

func (s *service) Search(r Request, counts *Counts) error {
	found, err := s.store.Search(s.ctx, r)
	if err != nil {
		return encode(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.found != nil {
		s.found.Close()
	}
	s.found, *counts = found, found.Counts()
	return nil
}

func (s *service) Hits(args PageArgs, hits *[]WireHit) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	list, err := s.found.Hits(s.ctx, args.Offset, args.N)
	for _, h := range list {
		w := WireHit{Hit: h, Value: &h.Figure.Value}
		if math.IsNaN(h.Figure.Value) {
			w.Value = nil
		}
		w.Figure.Value = 0
		*hits = append(*hits, w)
	}
	return encode(err)
}

func (s *service) Facet(name string, counts *[]index.Count) (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*counts, err = s.found.Facet(s.ctx, name)
	return encode(err)
}

func (s *service) Document(id string, r *DocumentReply) (err error) {
	r.Document, r.Reading, err = s.store.Document(s.ctx, id)
	return encode(err)
}

func (s *service) Documents(args DocumentsArgs, ids *[]string) (err error) {
	*ids, err = s.store.Documents(s.ctx, args.Indicators, args.Distinct)
	return encode(err)
}

func (s *service) Programs(_ struct{}, programs *map[string]string) (err error) {
	*programs, err = s.store.Programs(s.ctx)
	return encode(err)
}

func (s *service) close() {
	if s.found != nil {
		s.found.Close()
	}
	if s.store != nil {
		s.store.Close()
	}
}
