package lexicon

import (
	"slices"
	"strings"
	"testing"
)

// A list finds what a search for each of its words would.
func TestList(t *testing.T) {
	words := []string{"来源", "来", "×", "a", "编辑:", "-", "〔", "十", "𠮷田"}
	l := NewList(words)
	for _, s := range []string{"", "来", "源来源", "2×", "×", "é×é", "县a", "责任编辑:李", "20-", "〔2012〕", "二十", "𠮷田县", "𠮷", "文件", "\xff来源", "来\xe6", "\xe6\x9d"} {
		any := func(is func(s, w string) bool) bool {
			return slices.ContainsFunc(words, func(w string) bool { return is(s, w) })
		}
		if got, want := l.In(s), any(strings.Contains); got != want {
			t.Errorf("In(%q) = %v", s, got)
		}
		if got, want := l.Starts(s), any(strings.HasPrefix); got != want {
			t.Errorf("Starts(%q) = %v", s, got)
		}
		if got, want := l.Ends(s), any(strings.HasSuffix); got != want {
			t.Errorf("Ends(%q) = %v", s, got)
		}
		if got, want := l.Has(s), slices.Contains(words, s); got != want {
			t.Errorf("Has(%q) = %v", s, got)
		}
		n, want := map[string]int{}, 0
		l.Each(s, func(at int, w string) {
			if strings.HasPrefix(s[at:], w) {
				n[w]++
			}
		})
		for _, w := range words {
			if want = strings.Count(s, w); n[w] != want {
				t.Errorf("Each(%q) has %q %d times", s, w, n[w])
			}
		}
	}
}
