package index

import (
	"context"
	"strings"
	"testing"

	"mingxi/index/query"

	"mingxi/corpus/fold"
)

// Any asked that can be read has an answer, for reports and for figures; and any
// text between quotation marks is found where it stands.
func FuzzSearch(f *testing.F) {
	ix := small(f)
	texts := make(map[string]string)
	for part := range strings.SplitSeq(strings.TrimSpace(smallCorpus), "\n\n") {
		d, _ := readSmall(f, part)
		texts[d.ID] = fold.String(d.Text)
	}
	for _, s := range []string{"受灾 unit:公顷", "低*标准 -县", "region:曲靖 value:>1", "2011年民政", "，", "\n一、", `title:工 label:灾 OR year:2009..`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if q, err := query.Parse(s); err == nil {
			for _, figures := range []bool{false, true} {
				res, err := ix.Search(context.Background(), q, SearchOptions{Figures: figures, Synonyms: true})
				if err != nil {
					t.Fatal(err)
				}
				if got := len(res.Hits(0, -1)); got != res.Len() {
					t.Errorf("%d hits, counted %d", got, res.Len())
				}
			}
		}
		if s = strings.ToValidUTF8(s, ""); s == "" || strings.Contains(s, "\x00") {
			return
		}
		res, err := ix.Search(context.Background(), query.Phrase{Text: s, Exact: true}, SearchOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for id, text := range texts {
			want := strings.Contains(text, fold.String(s))
			got := false
			for h := range res.All() {
				got = got || h.DocID == id
			}
			if got != want {
				t.Errorf("%q in %s: %v, want %v", s, id, got, want)
			}
		}
	})
}
