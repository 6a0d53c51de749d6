//go:build ignore

// Generate prepares gse's simplified dictionary as words.bin; see decode.go for
// the format. Run it with go generate after an update of gse.
package main

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"log"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/go-ego/gse"
)

func main() {
	seg := gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	if err := seg.LoadDictEmbed("zh_s"); err != nil {
		log.Fatal(err)
	}
	g := newGenerator(seg.Dictionary())
	root := g.trie()
	g.place(root)
	out := g.encode()
	if err := os.WriteFile("words.bin", out, 0o666); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d words, %d characters, %d kinds, %d slots, %d bytes\n", len(g.words), len(g.runes), len(g.kinds), len(g.nodes), len(out))
}

type entry struct {
	text string
	kind uint16
}

type kind struct {
	distance float32
	tag      string
}

type generator struct {
	words []entry
	runes []rune
	code  map[rune]uint16
	kinds []kind
	nodes []uint64
	free  []int32     // free[i] is a slot not after the first free one from i on
	based []bool      // a base is taken
	start map[int]int // number of children → slot from which the search goes on
}

func newGenerator(dict *gse.Dictionary) *generator {
	g := &generator{code: map[rune]uint16{}, kinds: []kind{{32, "x"}}, start: map[int]int{}}
	total := float32(math.Log2(dict.TotalFreq()))
	number := map[kind]uint16{}
	count := map[rune]int{}
	for i := range dict.Tokens {
		t := &dict.Tokens[i]
		k := kind{total - float32(math.Log2(t.Freq())), t.Pos()}
		if number[k] == 0 {
			number[k] = uint16(len(g.kinds))
			g.kinds = append(g.kinds, k)
		}
		g.words = append(g.words, entry{t.Text(), number[k]})
		for _, r := range t.Text() {
			count[r]++
		}
	}
	for r := range count {
		g.runes = append(g.runes, r)
	}
	slices.SortFunc(g.runes, func(a, b rune) int { // frequent characters first: a denser array
		return cmp.Or(count[b]-count[a], int(a-b))
	})
	for i, r := range g.runes {
		g.code[r] = uint16(i + 1)
	}
	if len(g.kinds) > math.MaxUint16 || len(g.runes) >= math.MaxUint16 {
		log.Fatal("too many kinds or characters for 16 bits")
	}
	return g
}

// A node is a trie node; its slot is known once its parent has a base.
type node struct {
	kind     uint16
	codes    []int
	children []*node // by code
	base     int
}

// trie builds the trie over the sorted words.
func (g *generator) trie() *node {
	slices.SortFunc(g.words, func(a, b entry) int { return strings.Compare(a.text, b.text) })
	root := &node{}
	for _, w := range g.words {
		at := root
		for _, r := range w.text {
			at = at.child(int(g.code[r]))
		}
		at.kind = w.kind
	}
	return root
}

// child returns the child by a code. Words come sorted by rune, so a child that
// is there already is the last one.
func (n *node) child(code int) *node {
	if last := len(n.codes) - 1; last >= 0 && n.codes[last] == code {
		return n.children[last]
	}
	n.codes = append(n.codes, code)
	n.children = append(n.children, &node{})
	return n.children[len(n.children)-1]
}

// place gives every node with children a base, the widest first, so that the
// narrow ones fill the holes; then it writes the nodes.
func (g *generator) place(root *node) {
	inner := []*node{root}
	for i := 0; i < len(inner); i++ {
		for _, c := range inner[i].children {
			if len(c.codes) > 0 {
				inner = append(inner, c)
			}
		}
	}
	slices.SortStableFunc(inner, func(a, b *node) int { return len(b.codes) - len(a.codes) })
	g.take(0)
	for _, n := range inner {
		n.base = g.base(n.codes)
		for _, c := range n.codes {
			g.take(n.base + c)
		}
	}
	g.nodes[0] = uint64(root.base)
	for _, n := range inner {
		for i, c := range n.codes {
			child := n.children[i]
			g.nodes[n.base+c] = uint64(child.kind)<<48 | uint64(c)<<32 | uint64(child.base)
		}
	}
}

// base finds the first base, above 0 and not taken, whose slots are free. Where
// a long search was needed, the next one for as many children starts there.
func (g *generator) base(codes []int) int {
	first := slices.Min(codes)
	tries := 0
	for slot := g.next(max(g.start[len(codes)], first+1)); ; slot = g.next(slot + 1) {
		base := slot - first
		if g.based[base] || slices.ContainsFunc(codes, func(c int) bool { return g.next(base+c) != base+c }) {
			tries++
			continue
		}
		if tries > patience {
			g.start[len(codes)] = slot
		}
		g.based[base] = true
		return base
	}
}

// patience is the number of tries after which a search is long.
const patience = 200_000

// next is the first free slot from i on.
func (g *generator) next(i int) int {
	for i >= len(g.free) {
		g.free = append(g.free, int32(len(g.free)))
		g.nodes = append(g.nodes, 0)
		g.based = append(g.based, false)
	}
	root := i
	for int(g.free[root]) != root {
		if root = int(g.free[root]); root == len(g.free) {
			return g.shorten(i, g.next(root))
		}
	}
	return g.shorten(i, root)
}

// shorten makes all slots on the way from i point to the end of the way.
func (g *generator) shorten(i, end int) int {
	for i != end {
		i, g.free[i] = int(g.free[i]), int32(end)
	}
	return end
}

// take marks a slot as used.
func (g *generator) take(slot int) {
	g.next(slot)
	g.free[slot] = int32(slot + 1)
}

func (g *generator) encode() []byte {
	var tags []string
	for _, k := range g.kinds {
		if !slices.Contains(tags, k.tag) {
			tags = append(tags, k.tag)
		}
	}
	var out strings.Builder
	put := func(v any) { binary.Write(&out, binary.LittleEndian, v) }
	out.WriteString("mxwords1")
	put([]uint32{uint32(len(tags)), uint32(len(g.kinds)), uint32(len(g.runes)), uint32(len(g.nodes))})
	for _, t := range tags {
		out.WriteByte(byte(len(t)))
		out.WriteString(t)
	}
	for _, k := range g.kinds {
		put(k.distance)
		out.WriteByte(byte(slices.Index(tags, k.tag)))
	}
	put(g.runes)
	put(g.nodes)
	return []byte(out.String())
}
