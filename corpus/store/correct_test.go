package store

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"mingxi/schema"
)

var noon = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// correction is one of the figure 约120公顷 of the document that put writes.
func correction(d *schema.Document, r *schema.Reading, field, value, author string) Correction {
	m := &r.Metrics[1]
	return Correction{DocID: d.ID, Start: schema.NewRunes(d.Text).At(m.Start), Raw: m.In(d.Text), Sentence: m.Sentence.In(d.Text),
		Field: field, Value: value, Was: "120.05", Author: author, At: noon}
}

func openLog(t *testing.T, dir string) *Corrections {
	t.Helper()
	c, err := OpenCorrections(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// corrected are the cells corrected of a document.
func corrected(t *testing.T, s *Store, id string) string {
	t.Helper()
	_, r, err := s.Document(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, m := range r.Metrics {
		list = append(list, m.Corrected)
	}
	return fmt.Sprintf("%q", list)
}

// A correction stands beside what was read, through extraction and ingest anew, until it
// is taken back. Others of the same field replace it; nothing leaves the log.
func TestCorrections(t *testing.T) {
	dir := t.TempDir()
	w := openWriter(t, dir)
	s, d, r := document("a.txt", "")
	for i := range r.Metrics {
		r.Metrics[i].Corrected = ""
	}
	if _, err := w.Put(s, d, r, nil); err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	want := func(what, cells string) {
		t.Helper()
		if got := corrected(t, w.Store, d.ID); got != cells {
			t.Errorf("%s: %s, want %s", what, got, cells)
		}
	}
	want("without a log", `["" ""]`)
	log := openLog(t, dir) // while a Writer is open
	add := func(seen int64, list ...Correction) {
		t.Helper()
		if err := log.Add(t.Context(), seen, list...); err != nil {
			t.Fatal(err)
		}
	}
	add(0, correction(d, r, "value", "120", "甲"), correction(d, r, "label", "农作物绝收面积", "甲"))
	add(0, correction(d, r, "verdict", "wrong", "乙"))
	add(0, Correction{DocID: d.ID, Article: 1, Field: "year", Value: "2010", Was: "2011", Author: "乙", At: noon})
	want("both values", `["year=2010" "wrong;value=120;label=农作物绝收面积;year=2010"]`)

	// figures are extracted again: one more stands before it
	again := *r
	again.Metrics = append([]schema.Metric{{Seq: 1, Article: 1, Span: schema.Span{Start: r.Metrics[0].Start, End: r.Metrics[0].Start + 3}, Sentence: r.Metrics[0].Sentence, Rule: "x"}}, r.Metrics...)
	for i := range again.Metrics {
		again.Metrics[i].Seq, again.Metrics[i].PartOf = i+1, 0
	}
	ref, err := w.Find(t.Context(), d.ID)
	if err == nil {
		err = w.Replace(ref, d, &again)
	}
	if err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	want("extracted again", `["year=2010" "year=2010" "wrong;value=120;label=农作物绝收面积;year=2010"]`)

	// the file goes and comes back
	if err := w.Remove("a.txt"); err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	if _, err := w.Put(s, d, r, nil); err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	want("taken in again", `["year=2010" "wrong;value=120;label=农作物绝收面积;year=2010"]`)

	if err := log.Undo(t.Context(), d.ID, "a.txt", 1, "丙", noon); err != nil {
		t.Fatal(err)
	}
	if err := log.Undo(t.Context(), d.ID, "a.txt", 1, "丙", noon); err != nil { // twice does no harm
		t.Fatal(err)
	}
	want("taken back", `["year=2010" "wrong;label=农作物绝收面积;year=2010"]`)
	for doc, id := range map[string]int64{d.ID: 99, "fedcba9876543210": 2} { // another document's is not this one's
		if err := log.Undo(t.Context(), doc, "b.txt", id, "丙", noon); !errors.Is(err, ErrUnknown) {
			t.Error(err)
		}
	}
	all, err := w.Corrections(t.Context(), "")
	if err != nil || len(all) != 5 || !all[0].Undone || all[4].Undoes != 1 || all[4].Author != "丙" || !all[0].At.Equal(noon) {
		t.Errorf("%+v, %v", all, err)
	}
	if _, err := log.db.ExecContext(t.Context(), "ALTER TABLE corrections DROP COLUMN source"); err != nil { // a log of an earlier program
		t.Fatal(err)
	}
	want("without paths", `["year=2010" "wrong;label=农作物绝收面积;year=2010"]`)
	log = openLog(t, dir)
	add(99, correction(d, r, "value", "121", "甲"))
	want("with paths again", `["year=2010" "wrong;value=121;label=农作物绝收面积;year=2010"]`)
	if p := problems(t, w.Store); p != nil {
		t.Errorf("verify: %q", p)
	}
}

// Who comes second is told, and nothing of either is lost.
func TestCorrectionsAtOnce(t *testing.T) {
	dir := t.TempDir()
	w := openWriter(t, dir)
	s, d, r := document("a.txt", "")
	if _, err := w.Put(s, d, r, nil); err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	one, two := openLog(t, dir), openLog(t, dir)
	if err := one.Add(t.Context(), 0, correction(d, r, "value", "120", "甲")); err != nil {
		t.Fatal(err)
	}
	if err := two.Add(t.Context(), 0, correction(d, r, "value", "121", "乙"), correction(d, r, "label", "x", "乙")); !errors.Is(err, ErrChanged) {
		t.Error(err)
	}
	if err := two.Add(t.Context(), 0, correction(d, r, "value", "120", "乙")); err != nil { // he says the same
		t.Error(err)
	}
	if err := two.Add(t.Context(), 2, correction(d, r, "value", "121", "乙")); err != nil { // he has looked
		t.Error(err)
	}
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if err := []*Corrections{one, two}[i%2].Add(t.Context(), 1<<40, correction(d, r, "label", fmt.Sprint(i), "甲")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	list, err := w.Corrections(t.Context(), d.ID)
	if err != nil || len(list) != 23 {
		t.Errorf("%d corrections, %v", len(list), err)
	}
}

// Where a later version reads the text differently a figure is known by its words in
// the same sentence; where that is not certain it stays in the log and nowhere else.
func TestCorrectionsMoved(t *testing.T) {
	_, d, r := document("a.txt", "")
	of := func(c Correction) (seq int) {
		for target := range Standing(d, r, []Correction{c}) {
			seq = target.Seq
		}
		return seq
	}
	c := correction(d, r, "value", "120", "甲")
	c.Start += 7
	if seq := of(c); seq != 2 {
		t.Errorf("moved: #%d", seq)
	}
	r.Metrics = append(r.Metrics, r.Metrics[1]) // twice in one sentence
	r.Metrics[2].Seq = 3
	if seq := of(c); seq != 0 {
		t.Errorf("of two alike: #%d", seq)
	}
	c.Start -= 7
	if seq := of(c); seq != 2 {
		t.Errorf("in its place: #%d", seq)
	}
	c.Start, c.Sentence = c.Start+7, c.Sentence+"。"
	if seq := of(c); seq != 0 {
		t.Errorf("in another sentence: #%d", seq)
	}
	if _, err := OpenCorrections(t.Context(), t.TempDir()); !errors.Is(err, ErrNoCorpus) {
		t.Error(err)
	}
}
