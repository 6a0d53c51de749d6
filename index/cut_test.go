package index

import (
	"reflect"
	"strings"
	"testing"

	"mingxi/corpus/fold"
	"mingxi/index/query"
)

// What another engine is given of a document is what is searched here: the words of a
// query stand where a hit marks them.
func TestCuts(t *testing.T) {
	ix := small(t)
	cuts := map[string]Cut{}
	for part := range strings.SplitSeq(strings.TrimSpace(smallCorpus), "\n\n") {
		d, r := readSmall(t, part)
		list, err := Cuts(whole(d, r))
		if err != nil || len(list) != 1 || list[0].Text != fold.String(d.Text) || len(list[0].Figures) != len(r.Metrics) {
			t.Fatalf("%s: %d cuts, %v", d.ID, len(list), err)
		}
		c := list[0]
		for i, sentence := range c.Figures {
			start, end := c.Sentences[sentence], len(c.Text)
			if sentence+1 < len(c.Sentences) {
				end = c.Sentences[sentence+1]
			}
			if raw := fold.String(r.Metrics[i].In(d.Text)); !strings.Contains(c.Text[start:end], raw) {
				t.Errorf("%s: %s is not in the sentence %s", d.ID, raw, c.Text[start:end])
			}
		}
		cuts[d.ID] = c
	}
	for _, asked := range []string{"救灾", "受灾 -绝收", "受灾 ~ 救灾资金", "救灾*资金", "低保 OR 床位", "1200畝", "救济 绝收201X"} {
		q, err := query.Parse(asked)
		if err != nil {
			t.Fatal(err)
		}
		hits := search(t, ix, asked, SearchOptions{}).Hits(0, -1)
		if len(hits) == 0 {
			t.Errorf("%s: no hits", asked)
		}
		for _, h := range hits {
			c := cuts[h.DocID]
			if got := NewWords(q, false).Marks(&c); !reflect.DeepEqual(got, h.Marks) {
				t.Errorf("%s in %s: %v, want %v", asked, h.DocID, got, h.Marks)
			}
		}
	}
}
