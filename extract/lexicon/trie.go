package lexicon

import "sort"

// A Trie finds the longest word that starts at a place of a text of runes. The
// zero Trie is empty. Values are not negative.
type Trie struct {
	root  [1 << 16]uint16 // first rune → node + 1, for runes of the basic plane
	nodes []node
}

type node struct {
	value int32 // -1 where no word ends
	keys  []rune
	next  []int32
}

func newTrie(words map[string]int32) Trie {
	var t Trie
	sorted := make([]string, 0, len(words))
	for w := range words {
		sorted = append(sorted, w)
	}
	sort.Strings(sorted)
	for _, w := range sorted {
		t.add([]rune(w), words[w])
	}
	return t
}

func (t *Trie) add(word []rune, value int32) {
	first := word[0] & 0xffff
	if t.root[first] == 0 {
		t.nodes = append(t.nodes, node{value: -1})
		t.root[first] = uint16(len(t.nodes))
	}
	at := int32(t.root[first]) - 1
	for _, r := range word[1:] {
		next, ok := t.nodes[at].child(r)
		if !ok {
			next = int32(len(t.nodes))
			t.nodes = append(t.nodes, node{value: -1})
			n := &t.nodes[at]
			n.keys, n.next = append(n.keys, r), append(n.next, next)
		}
		at = next
	}
	t.nodes[at].value = value
}

func (n *node) child(r rune) (int32, bool) {
	for i, k := range n.keys {
		if k == r {
			return n.next[i], true
		}
	}
	return 0, false
}

// Longest returns the length in runes of the longest word at the start of
// text, and its value; 0 if there is none.
func (t *Trie) Longest(text []rune) (length int, value int32) {
	if len(text) == 0 || text[0] > 0xffff || t.root[text[0]] == 0 {
		return 0, -1
	}
	at, value := int32(t.root[text[0]])-1, int32(-1)
	for i := 0; ; {
		n := &t.nodes[at]
		if i++; n.value >= 0 {
			length, value = i, n.value
		}
		if i == len(text) {
			return length, value
		}
		next, ok := n.child(text[i])
		if !ok {
			return length, value
		}
		at = next
	}
}

// Has reports whether word is in the trie, and its value.
func (t *Trie) Has(word []rune) (int32, bool) {
	n, v := t.Longest(word)
	return v, n == len(word) && n > 0
}

// LongestBefore returns the length of the longest word of a trie of reversed
// words that ends where text ends, and its value.
func (t *Trie) LongestBefore(text []rune) (length int, value int32) {
	i := len(text) - 1
	if i < 0 || text[i] > 0xffff || t.root[text[i]] == 0 {
		return 0, -1
	}
	at, value := int32(t.root[text[i]])-1, int32(-1)
	for n := 1; ; n++ {
		if v := t.nodes[at].value; v >= 0 {
			length, value = n, v
		}
		if i--; i < 0 {
			return length, value
		}
		next, ok := t.nodes[at].child(text[i])
		if !ok {
			return length, value
		}
		at = next
	}
}

// Starts reports whether a word starts with r.
func (t *Trie) Starts(r rune) bool { return r >= 0 && r <= 0xffff && t.root[r] != 0 }
