package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Who follows an ingest takes over what the index before has found out, and answers as
// one that has not; of other files nothing is taken over.
func TestLearn(t *testing.T) {
	dir := t.TempDir()
	w := newWriter(t, dir)
	parts := strings.Split(strings.TrimSpace(smallCorpus), "\n\n")
	answers := func(ix *Index) (list []string) {
		t.Helper()
		for _, asked := range []string{"unit:元", "资金", "value:>1", "label:敬老院"} {
			res := search(t, ix, asked, SearchOptions{Figures: true, Facets: true})
			for _, name := range Facets() {
				counts, err := res.Facet(name, 0)
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, fmt.Sprint(asked, name, counts))
			}
			for h := range res.All() {
				list = append(list, fmt.Sprint(h.Source, h.Figure, h.Score))
			}
		}
		return list
	}
	sound := func(ix *Index) (n int) {
		for i := range ix.sound {
			if ix.sound[i].Load() {
				n++
			}
		}
		return n
	}

	before := smallParts(t, w, dir, parts[1:]...) // its source comes first in the next, where all have other numbers
	answers(before)
	after := smallParts(t, w, dir, parts[0])
	after.Learn(before)
	if n := sound(after); n != len(parts)-1 {
		t.Errorf("%d of %d records are known", n, len(parts)-1)
	}
	if err := after.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := answers(after), answers(openIndex(t, dir)); !slices.Equal(got, want) {
		t.Errorf("one that learned answers\n%q\nwant\n%q", got, want)
	}
	if err := w.Compact(); err != nil {
		t.Fatal(err)
	}
	other := openIndex(t, dir)
	other.Learn(after)
	if n := sound(other); n != 0 {
		t.Errorf("%d records of other files are known", n)
	}
}
