package segment

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"math"
)

// # Format of words.bin
//
// All numbers are little-endian.
//
//	magic    8 bytes "mxwords1"
//	counts   4 × uint32: tags, kinds, characters, nodes
//	tags     each a byte of length and the tag
//	kinds    each a float32 distance and a byte, the number of its tag
//	runes    each a uint32; the code of a character is its place, from 1
//	nodes    each a uint64; the root is the first
//
// Kind 0 is that of unknown units and has the tag x.

//go:generate go run generate.go

//go:embed words.bin
var dictionary string

const magic = "mxwords1"

var errDamaged = errors.New("segment: damaged dictionary")

// decode reads the prepared dictionary.
func decode(data string) (*Segmenter, error) {
	r := reader{data: data}
	if r.take(len(magic)) != magic {
		return nil, errDamaged
	}
	tags, kinds, runes, nodes := r.count(1<<8), r.count(1<<16), r.count(run), r.count(1<<26)
	names := make([]string, tags)
	for i := range names {
		names[i] = r.take(int(r.byte()))
	}
	s := &Segmenter{kinds: make([]kind, kinds), rare: map[rune]uint16{}, nodes: make([]uint64, nodes)}
	for i := range s.kinds {
		d, tag := math.Float32frombits(r.uint32()), int(r.byte())
		if tag >= len(names) {
			return nil, errDamaged
		}
		s.kinds[i] = kind{d, names[tag]}
	}
	for i := range runes {
		s.learn(rune(r.uint32()), uint16(i+1))
	}
	for i := range s.nodes {
		s.nodes[i] = r.uint64()
		if word(s.nodes[i]) >= kinds {
			return nil, errDamaged
		}
	}
	if r.bad || r.data != "" || nodes == 0 || kinds == 0 {
		return nil, errDamaged
	}
	return s, nil
}

func (s *Segmenter) learn(r rune, code uint16) {
	if uint32(r) < 1<<16 {
		s.codes[r] = code
	} else {
		s.rare[r] = code
	}
}

// A reader takes values off the front of data; bad is set when it ends too soon.
type reader struct {
	data string
	bad  bool
}

func (r *reader) take(n int) string {
	if n > len(r.data) {
		r.bad, r.data = true, ""
		return ""
	}
	head := r.data[:n]
	r.data = r.data[n:]
	return head
}

func (r *reader) number(n int) uint64 {
	var b [8]byte
	copy(b[:], r.take(n))
	return binary.LittleEndian.Uint64(b[:])
}

func (r *reader) byte() byte     { return byte(r.number(1)) }
func (r *reader) uint32() uint32 { return uint32(r.number(4)) }
func (r *reader) uint64() uint64 { return r.number(8) }

// count reads a count and refuses one that is too large to be true.
func (r *reader) count(limit int) int {
	n := int(r.uint32())
	if n > limit {
		r.bad = true
		return 0
	}
	return n
}
