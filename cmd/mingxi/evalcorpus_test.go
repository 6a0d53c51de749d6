package main

import (
	"fmt"
	"testing"

	"mingxi/corpus"
	"mingxi/corpus/store"
	"mingxi/extract/agree"
	"mingxi/schema"
)

// Corrections are gold: what a reader gave, and what he confirmed as it was read then.
func TestJudged(t *testing.T) {
	d, err := corpus.Read("a.txt", []byte("清屏县民政局2011年工作总结\n2011年,全县城市低保对象3126户5874人,农村低保对象14035户。\n"), corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	now := newReader().figures(d).reading
	about := func(seq int, field, value, was string) store.Correction {
		m := &now.Metrics[seq-1]
		return store.Correction{DocID: d.ID, Start: schema.NewRunes(d.Text).At(m.Start), Raw: m.In(d.Text), Sentence: m.Sentence.In(d.Text), Field: field, Value: value, Was: was}
	}
	for _, test := range []struct {
		log  []store.Correction
		want string // gold, found, quantity, record
	}{
		{nil, "0 0 0 0"},
		{[]store.Correction{about(1, "verdict", "right", "value=3126;label=城市低保对象户数")}, "1 1 1 1"},
		{[]store.Correction{about(1, "verdict", "right", "value=3126;label=低保金")}, "1 1 1 0"},      // read otherwise since
		{[]store.Correction{about(1, "verdict", "wrong", "value=3126;label=城市低保对象户数")}, "1 1 1 0"}, // and is read so still
		{[]store.Correction{about(1, "verdict", "wrong", "value=3162;label=城市低保对象户数")}, "0 0 0 0"}, // not any more
		{[]store.Correction{about(1, "value", "3162", "3126"), about(2, "label", "城市低保对象人数", "")}, "2 2 1 1"},
		{[]store.Correction{about(3, "label", "农村低保金", "")}, "1 1 1 0"},
	} {
		gold, got, err := judged(d, func(yield func(*schema.Reading) error) error { return yield(now) }, test.log)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := agree.Compare(gold, got)
		if text := fmt.Sprint(s.Gold, s.Found, s.Quantity, s.Record); text != test.want {
			t.Errorf("%+v: %s, want %s", test.log, text, test.want)
		}
	}
}
