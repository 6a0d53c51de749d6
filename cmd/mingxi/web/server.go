package web

// This file listens. A connection that is slow to ask, to read or to end is closed, so
// that it holds up nobody; room.go shares out the room for them.

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"time"
)

// connections is the patience with connections.
type connections struct {
	most  int           // at a time
	head  time.Duration // to send the head of a request
	body  time.Duration // to send all of it
	write time.Duration // to take a page; exports have their own
	idle  time.Duration
	end   time.Duration // for what is under way when the server is stopped
}

var usual = connections{most: 256, head: 5 * time.Second, body: 10 * time.Second, write: time.Minute, idle: time.Minute, end: time.Second}

// Serve answers on a listener until the context ends; with TLS if cert and key name
// files.
func (s *Server) Serve(ctx context.Context, l net.Listener, cert, key string) error {
	return s.serve(ctx, l, cert, key, usual)
}

func (s *Server) serve(ctx context.Context, l net.Listener, cert, key string, c connections) error {
	h := &http.Server{
		Handler: s.Handler(), MaxHeaderBytes: mostHeader,
		ReadHeaderTimeout: c.head, ReadTimeout: c.body, WriteTimeout: c.write, IdleTimeout: c.idle,
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
		ErrorLog:    log.New(logWriter{s.o.Log}, "", 0),
	}
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		late, cancel := context.WithTimeout(context.Background(), c.end)
		defer cancel()
		if h.Shutdown(late) != nil {
			h.Close()
		}
	})
	s.library.beside.Go(s.warm)
	s.library.beside.Go(s.lookThrough)
	r := newRoom(l, c.most, s.o.Proxied)
	h.ConnState = r.note
	var err error
	if cert != "" || key != "" {
		err = h.ServeTLS(r, cert, key)
	} else {
		err = h.Serve(r)
	}
	if !stop() {
		<-ended
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// A logWriter gives lines to the log of the server.
type logWriter struct{ log func(string) }

func (w logWriter) Write(b []byte) (int, error) {
	if w.log != nil {
		w.log(string(b[:max(0, len(b)-1)]))
	}
	return len(b), nil
}
