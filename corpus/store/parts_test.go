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
}
