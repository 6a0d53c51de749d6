package index

import (
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"

	"mingxi/index/query"
	"mingxi/schema"
)

// Several indexes answer as one of all: the same hits in the same order with the same
// scores, and the same counts; documents that several have are found once.
func TestTogether(t *testing.T) {
	dirs := []string{t.TempDir(), t.TempDir(), t.TempDir(), t.TempDir()} // the first has all
	writers := make([]*Writer, len(dirs))
	for i, dir := range dirs {
		writers[i] = newWriter(t, dir)
	}
	add := func(n int, d *schema.Document, r *schema.Reading) {
		for _, i := range []int{0, 1 + n%3, 1 + n/2%3} { // some stand in two
			if err := writers[i].Add(d, r); err != nil {
				t.Fatal(err)
			}
		}
	}
	for n, part := range strings.Split(strings.TrimSpace(smallCorpus), "\n\n") {
		d, r := readSmall(t, part)
		add(n, d, r)
	}
	random := rand.New(rand.NewSource(3))
	for n := range 40 {
		add(n, plain(fmt.Sprintf("%016x", n), sample(random)), nil)
	}
	var all []*Index
	for i, w := range writers {
		if err := w.Commit(); err != nil {
			t.Fatal(err)
		}
		all = append(all, openIndex(t, dirs[i]))
	}
	shared := 0 // a document in two counts in both for the rarity of words
	for _, ix := range all[1:] {
		shared += len(ix.table.rows)
	}
	if shared == len(all[0].table.rows) {
		t.Fatal("no document stands in two")
	}
	for _, asked := range []string{"低保", "受灾 OR 五保", "label:受灾", "value:>70公顷", "region:530000", "year:2009..2012", "公顷 -绝收", "没有这样的词", "*"} {
		q, err := query.Parse(asked)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range []SearchOptions{{}, {Sort: ByOrder}, {Sort: ByYear}, {Sort: ByYear, Reverse: true}, {Figures: true, Facets: true}, {Figures: true, Sort: ByValue, Facets: true}} {
			one, err := all[0].Search(t.Context(), q, o)
			if err != nil {
				t.Fatal(err)
			}
			many, err := SearchAll(t.Context(), all[1:], q, o)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := [4]int{many.Len(), many.Reports, many.Docs, many.Figures}, [4]int{one.Len(), one.Reports, one.Docs, one.Figures}; got != want {
				t.Errorf("%s %+v: counts %v, want %v", asked, o, got, want)
			}
			got, want := names(many.Hits(0, -1)), names(one.Hits(0, -1))
			if o.Sort == ByRelevance { // shared documents change the weights
				slices.Sort(got)
				slices.Sort(want)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s %+v: %v, want %v", asked, o, got, want)
			}
			if page := names(many.Hits(3, 4)); !slices.Equal(page, names(many.Hits(0, -1))[min(3, many.Len()):min(7, many.Len())]) {
				t.Errorf("%s %+v: another page: %v", asked, o, page)
			}
			for _, facet := range []string{"year", "region", "unit"} {
				a, err := one.Facet(facet, 0)
				b, err2 := many.Facet(facet, 0)
				if err != nil || err2 != nil || !reflect.DeepEqual(a, b) {
					t.Errorf("%s %+v: %s %v %v, want %v %v", asked, o, facet, b, err2, a, err)
				}
			}
		}
	}
}

// Where no document stands in two, relevance and scores are those of one index too.
func TestTogetherRanks(t *testing.T) {
	one := newWriter(t, t.TempDir())
	parts := []*Writer{newWriter(t, t.TempDir()), newWriter(t, t.TempDir())}
	random := rand.New(rand.NewSource(4))
	for n := range 60 {
		d := plain(fmt.Sprintf("%016x", n), sample(random))
		for _, w := range []*Writer{one, parts[n%2]} {
			if err := w.Add(d, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	var list []*Index
	for _, w := range append(parts, one) {
		if err := w.Commit(); err != nil {
			t.Fatal(err)
		}
		list = append(list, openIndex(t, w.dir))
	}
	for _, asked := range []string{"低保", "低保 五保", "救灾 OR 绝收 OR 敬老院", "受灾面积", "12"} {
		q, err := query.Parse(asked)
		if err != nil {
			t.Fatal(err)
		}
		want, err := list[2].Search(t.Context(), q, SearchOptions{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := SearchAll(t.Context(), list[:2], q, SearchOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if a, b := got.Hits(0, -1), want.Hits(0, -1); !reflect.DeepEqual(a, b) {
			t.Errorf("%s: %v, want %v", asked, names(a), names(b))
		}
	}
}

func names(hits []Hit) (list []string) {
	for _, h := range hits {
		list = append(list, fmt.Sprint(h.DocID, "/", h.Report, "#", h.Figure.Seq))
	}
	return list
}
