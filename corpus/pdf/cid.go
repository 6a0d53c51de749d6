package pdf

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"io"
	"sync"
)

// The characters of Adobe's character collections, made by cidgen.
var (
	//go:embed data/gb1.cid
	gb1Data []byte
	//go:embed data/cns1.cid
	cns1Data []byte
)

// A collection is a character collection (Adobe-GB1, Adobe-CNS1): the
// character of a CID, and the CID of a character.
type collection struct {
	runes []rune
	cids  map[rune]int
}

var gb1 = sync.OnceValue(func() *collection { return unpackCollection(gb1Data) })
var cns1 = sync.OnceValue(func() *collection { return unpackCollection(cns1Data) })

// collectionFor finds the collection of a CIDSystemInfo ordering, or nil.
func collectionFor(ordering string) *collection {
	switch ordering {
	case "GB1":
		return gb1()
	case "CNS1":
		return cns1()
	}
	return nil
}

// unpackCollection reads a table of cidgen.
// Latin letters get their proportional CID (from 1).
func unpackCollection(z []byte) *collection {
	raw, _ := io.ReadAll(flate.NewReader(bytes.NewReader(z)))
	c := &collection{cids: map[rune]int{}}
	r := rune(0)
	for len(raw) > 0 {
		d, n := binary.Varint(raw)
		if n <= 0 {
			break
		}
		raw = raw[n:]
		r += rune(d)
		c.runes = append(c.runes, r)
		if _, seen := c.cids[r]; !seen && r != 0 {
			c.cids[r] = len(c.runes) - 1
		}
	}
	for i := rune(0x20); i < 0x7F; i++ {
		c.cids[i] = int(i) - 0x20 + 1
	}
	return c
}

// text returns the character of a CID, or "".
func (c *collection) text(cid int) string {
	if c == nil || cid <= 0 || cid >= len(c.runes) || c.runes[cid] == 0 {
		return ""
	}
	return string(c.runes[cid])
}
