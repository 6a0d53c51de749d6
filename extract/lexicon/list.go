package lexicon

import (
	"cmp"
	"slices"
	"strings"
)

// A List is a short list of words that texts are asked for again and again: a
// character of the text is compared only with the words that begin, or end, like it.
type List struct {
	Words []string // in the order of the file

	byHead, byTail []string
	heads, tails   [257]uint16 // by the mark of a character: where its words begin; they end where the next begin
}

// NewList makes a list of words.
func NewList(words []string) List {
	l := List{Words: words}
	l.byHead, l.heads = group(words, func(w string) byte { m, _ := headMark(w, 0); return m })
	l.byTail, l.tails = group(words, tailMark)
	return l
}

// group sorts words by their marks; the words of mark m are sorted[at[m]:at[m+1]].
func group(words []string, mark func(string) byte) (sorted []string, at [257]uint16) {
	sorted = slices.Clone(words)
	slices.SortStableFunc(sorted, func(a, b string) int { return cmp.Compare(mark(a), mark(b)) })
	for _, w := range sorted {
		at[int(mark(w))+1]++
	}
	for m := range 256 {
		at[m+1] += at[m]
	}
	return sorted, at
}

// headMark is a byte that tells most characters apart, of the one at s[i:], and how
// many bytes to go on.
func headMark(s string, i int) (mark byte, size int) {
	switch c := s[i]; {
	case c < 0x80:
		return c, 1
	case c >= 0xe0 && i+2 < len(s) && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80:
		return s[i+1]<<6 | s[i+2]&0x3f, 3
	}
	return 0, 1
}

// tailMark is that of the last character.
func tailMark(s string) byte {
	n := len(s)
	if s[n-1] < 0x80 || n < 2 {
		return s[n-1]
	}
	return s[n-2]<<6 | s[n-1]&0x3f
}

// In reports whether one of the words stands in s.
func (l *List) In(s string) bool {
	for i := 0; i < len(s); {
		mark, size := headMark(s, i)
		for _, w := range l.byHead[l.heads[mark]:l.heads[int(mark)+1]] {
			if strings.HasPrefix(s[i:], w) {
				return true
			}
		}
		i += size
	}
	return false
}

// Each calls f with each word and each of its places in s.
func (l *List) Each(s string, f func(at int, word string)) {
	for i := 0; i < len(s); {
		mark, size := headMark(s, i)
		for _, w := range l.byHead[l.heads[mark]:l.heads[int(mark)+1]] {
			if strings.HasPrefix(s[i:], w) {
				f(i, w)
			}
		}
		i += size
	}
}

// Starts reports whether s starts with one of the words.
func (l *List) Starts(s string) bool {
	if s == "" {
		return false
	}
	mark, _ := headMark(s, 0)
	for _, w := range l.byHead[l.heads[mark]:l.heads[int(mark)+1]] {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// Ends reports whether s ends with one of the words.
func (l *List) Ends(s string) bool {
	if s == "" {
		return false
	}
	mark := tailMark(s)
	for _, w := range l.byTail[l.tails[mark]:l.tails[int(mark)+1]] {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// Has reports whether s is one of the words.
func (l *List) Has(s string) bool { return slices.Contains(l.Words, s) }
