package lexicon

import "iter"

// All yields the words of a trie with their values, in an order that is always
// the same.
func (t *Trie) All() iter.Seq2[string, int32] {
	return func(yield func(string, int32) bool) {
		for r, at := range t.root {
			if at > 0 && !t.below(int32(at)-1, []rune{rune(r)}, yield) {
				return
			}
		}
	}
}

// below yields the words from a node on, prefix being the way to it.
func (t *Trie) below(at int32, prefix []rune, yield func(string, int32) bool) bool {
	n := &t.nodes[at]
	if n.value >= 0 && !yield(string(prefix), n.value) {
		return false
	}
	for i, r := range n.keys {
		if !t.below(n.next[i], append(prefix, r), yield) {
			return false
		}
	}
	return true
}
