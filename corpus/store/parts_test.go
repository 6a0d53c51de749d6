package store

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"mingxi/schema"
)

// many makes a document of n figures: a line each.
func many(n int) (Source, *schema.Document, *schema.Reading) {
	var text strings.Builder
	d, r := &schema.Document{ID: "00000000000000aa", Source: "many.txt", Format: "text"}, &schema.Reading{Origins: []schema.Origin{{Article: 1, Year: 2012}}}
	for i := range n {
		start := text.Len()
		fmt.Fprintf(&text, "第%d村有%d人", i, i)
		s := schema.Span{Start: start, End: text.Len()}
		raw := schema.Span{Start: s.End - len("人") - len(fmt.Sprint(i)), End: s.End}
		v := schema.Int(int64(i))
		d.Sentences = append(d.Sentences, s)
		r.Metrics = append(r.Metrics, schema.Metric{Seq: i + 1, Article: 1, Span: raw, Sentence: s, Rule: "test", Label: "人口", Unit: "人", Value: v, SI: v, SIUnit: "人"})
		text.WriteByte('\n')
	}
	d.Text = text.String()
	d.Articles = []schema.Article{{N: 1, Title: "各村", Span: schema.Span{End: len(d.Text)}}}
	return Source{Path: "many.txt", Size: 1, Hash: []byte{0, 0, 0, 0, 0, 0, 0, 0xaa}}, d, r
}

// A document of very many figures is read a stretch at a time: together they are what
// Load gives.
func TestParts(t *testing.T) {
	w := openWriter(t, t.TempDir())
	s, d, r := many(2*schema.LongStretch + 100)
	if _, err := w.Put(s, d, r, nil); err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	refs, err := w.Refs(t.Context())
	if err != nil || refs[0].Bytes != int64(len(d.Text)) {
		t.Fatal(refs, err)
	}
	_, want, err := w.Load(t.Context(), refs[0])
	if err != nil {
		t.Fatal(err)
	}
	read := func() (all schema.Reading, sizes []int, err error) {
		err = w.Parts(t.Context(), refs[0], func(d *schema.Document, part *schema.Reading) error {
			sizes = append(sizes, len(part.Metrics))
			all.Origins = part.Origins
			all.Metrics = append(all.Metrics, part.Metrics...)
			return nil
		})
		return all, sizes, err
	}
	all, sizes, err := read()
	if err != nil || !reflect.DeepEqual(all, *want) || !reflect.DeepEqual(sizes, []int{schema.LongStretch, schema.LongStretch, 100}) {
		t.Errorf("parts of %d, %v", sizes, err)
	}
	stop := errors.New("stop")
	if err := w.Parts(t.Context(), refs[0], func(*schema.Document, *schema.Reading) error { return stop }); err != stop {
		t.Errorf("stopped: %v", err)
	}
	// Damage in an early one is told in the end, before the last is handed on.
	if err := w.exec("UPDATE figures SET value = value + 1 WHERE seq = 3"); err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	if _, sizes, err := read(); !errors.Is(err, ErrBroken) || len(sizes) != 2 {
		t.Errorf("damaged: %v after %d parts", err, len(sizes))
	}
	// One that readers corrected comes in parts too.
	if err := w.exec("UPDATE figures SET value = value - 1 WHERE seq = 3"); err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	last := &r.Metrics[len(r.Metrics)-1]
	said := Correction{DocID: d.ID, Start: schema.NewRunes(d.Text).At(last.Start), Raw: last.In(d.Text), Sentence: last.Sentence.In(d.Text), Field: "verdict", Value: "wrong", Author: "甲", At: noon}
	log := openLog(t, w.Dir())
	if err := log.Add(t.Context(), 0, said, Correction{DocID: d.ID, Article: 1, Field: "year", Value: "2011", Author: "甲", At: noon}); err != nil {
		t.Fatal(err)
	}
	all, sizes, err = read()
	if n := len(all.Metrics); err != nil || len(sizes) != 3 || all.Metrics[0].Corrected != "year=2011" || all.Metrics[n-1].Corrected != "wrong;year=2011" {
		t.Errorf("corrected: parts of %d, %v", sizes, err)
	}
}

// A document is stored in parts as it is stored whole: the same figures, sum and rules.
// What ends in the middle leaves nothing, and the writer goes on.
func TestPutParts(t *testing.T) {
	s, d, r := many(1000)
	parts := func(end error) schema.Parts {
		return func(yield func(*schema.Reading) error) error {
			for from := 0; from < len(r.Metrics); from += 300 {
				part := &schema.Reading{Origins: r.Origins, Metrics: r.Metrics[from:min(from+300, len(r.Metrics))]}
				if err := yield(part); err != nil {
					return err
				}
			}
			return end
		}
	}
	stored := func(w *Writer) (sum []byte, figures int, rules []string) {
		t.Helper()
		if _, err := w.row("SELECT checksum, figures FROM documents", nil, &sum, &figures); err != nil {
			t.Fatal(err)
		}
		for name := range w.rules.number {
			rules = append(rules, name)
		}
		_, read, err := w.Document(t.Context(), d.ID)
		if err != nil || !reflect.DeepEqual(read.Metrics, r.Metrics) {
			t.Errorf("%v, or other figures", err)
		}
		return sum, figures, rules
	}
	whole, inParts := openWriter(t, t.TempDir()), openWriter(t, t.TempDir())
	if _, err := whole.Put(s, d, r, nil); err != nil {
		t.Fatal(err)
	}
	commit(t, whole)

	end := errors.New("a figure that does not fit")
	if _, err := inParts.PutParts(s, d, parts(end), nil); err != end {
		t.Errorf("ended: %v", err)
	}
	if err := inParts.Drop(); err != nil || len(inParts.rules.number) > 0 {
		t.Errorf("dropped: %v, rules %v", err, inParts.rules.number)
	}
	if _, err := inParts.PutParts(s, d, parts(nil), nil); err != nil {
		t.Fatal(err)
	}
	changes, err := inParts.Commit()
	if err != nil || len(changes) != 1 || !changes[0].Stored || changes[0].Document != nil {
		t.Errorf("%+v, %v", changes, err)
	}
	sum, figures, rules := stored(whole)
	sum2, figures2, rules2 := stored(inParts)
	if !reflect.DeepEqual(sum, sum2) || figures != figures2 || !reflect.DeepEqual(rules, rules2) {
		t.Errorf("%x %d %v in parts, %x %d %v as a whole", sum2, figures2, rules2, sum, figures, rules)
	}
	if many, err := inParts.Many(t.Context(), d.ID, 999); err != nil || !many {
		t.Errorf("more than 999: %v, %v", many, err)
	}
	if many, err := inParts.Many(t.Context(), d.ID, 1000); err != nil || many {
		t.Errorf("more than 1000: %v, %v", many, err)
	}
}
