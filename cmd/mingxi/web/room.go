package web

// This file shares out the room for connections. There is always some for one more:
// when it is full, whoever holds most of it gives up one that does nothing.

import (
	"cmp"
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
)

// A room is a listener whose connections are so many at most.
type room struct {
	net.Listener
	most  int
	proxy bool // all come from one address, which is that of many readers
	mu    sync.Mutex
	left  *sync.Cond // a connection, or the listener was closed
	held  map[*held]bool
	turns int
	ended bool
}

// A held connection takes room until it is closed.
type held struct {
	net.Conn
	room  *room
	from  netip.Prefix
	state http.ConnState
	turn  int // when it came into that state
}

func newRoom(l net.Listener, most int, proxy bool) *room {
	r := &room{Listener: l, most: most, proxy: proxy, held: map[*held]bool{}}
	r.left = sync.NewCond(&r.mu)
	return r
}

// Accept waits for the next connection, and for room for it.
func (r *room) Accept() (net.Conn, error) {
	c, err := r.Listener.Accept()
	if err != nil {
		return nil, err
	}
	one := &held{Conn: c, room: r, from: network(c.RemoteAddr().String())}
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.held) >= r.most && !r.ended {
		victim := r.idlest()
		if victim == nil {
			r.left.Wait()
			continue
		}
		delete(r.held, victim)
		victim.Conn.Close()
	}
	if r.ended {
		c.Close()
		return nil, net.ErrClosed
	}
	r.turns++
	one.turn = r.turns
	r.held[one] = true
	return one, nil
}

// network is whom an address stands for: one host, or the network that IPv6 gives to a house.
func network(address string) netip.Prefix {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return netip.Prefix{}
	}
	host := at.Addr().Unmap().WithZone("")
	p, _ := host.Prefix(min(host.BitLen(), 64))
	return p
}

// idlest is the connection that is given up: of the network that holds most, one that waits
// for its next request before one that has sent none yet, and the oldest; at last also one
// that is answered, if half of the room is its network's. It is nil if there is none.
func (r *room) idlest() *held {
	n := map[netip.Prefix]int{}
	for c := range r.held {
		n[c.from]++
	}
	order := []http.ConnState{http.StateIdle, http.StateNew, http.StateActive}
	var list []*held
	for c := range r.held {
		if c.state != http.StateActive || !r.proxy && n[c.from] > r.most/2 {
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return slices.MinFunc(list, func(a, b *held) int {
		return cmp.Or(slices.Index(order, a.state)/2-slices.Index(order, b.state)/2, n[b.from]-n[a.from],
			slices.Index(order, a.state)-slices.Index(order, b.state), a.turn-b.turn)
	})
}

// note hears of a connection what the server does with it.
func (r *room) note(c net.Conn, state http.ConnState) {
	if over, ok := c.(*tls.Conn); ok {
		c = over.NetConn()
	}
	if one, ok := c.(*held); ok {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.turns++
		one.state, one.turn = state, r.turns
		if state == http.StateIdle {
			r.left.Signal() // it can be given up
		}
	}
}

// Close ends the connection, and gives its room back.
func (c *held) Close() error {
	c.room.mu.Lock()
	delete(c.room.held, c)
	c.room.left.Signal()
	c.room.mu.Unlock()
	return c.Conn.Close()
}

// Close ends listening.
func (r *room) Close() error {
	r.mu.Lock()
	r.ended = true
	r.left.Broadcast()
	r.mu.Unlock()
	return r.Listener.Close()
}
