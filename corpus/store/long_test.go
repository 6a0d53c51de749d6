package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"mingxi/schema"
)

// sentenceOf is a document of one sentence with n figures.
func sentenceOf(n int) (Source, *schema.Document, *schema.Reading) {
	const raw = "1万元"
	text := strings.Repeat(raw, n)
	sum := sha256.Sum256([]byte(text))
	all := schema.Span{End: len(text)}
	d := &schema.Document{ID: hex.EncodeToString(sum[:8]), Source: "long.txt", Format: "txt", Confidence: 1, Text: text,
		Articles:  []schema.Article{{N: 1, Span: all}},
		Blocks:    []schema.Block{{Span: all, Place: 1}},
		Sentences: []schema.Span{all}}
	r := &schema.Reading{}
	for i := range n {
		r.Metrics = append(r.Metrics, schema.Metric{Seq: i + 1, Article: 1, Span: schema.Span{Start: i * len(raw), End: (i + 1) * len(raw)},
			Value: schema.Int(10000), Unit: "元", SI: schema.Int(10000), SIUnit: "元", Sentence: all, Rule: "figure/money"})
	}
	return Source{Path: "long.txt", Size: int64(len(text)), Hash: sum[:]}, d, r
}

// putAndShow writes a document of one sentence with n figures, reads it again and makes
// its rows; it tells how many bytes they are and how long that took.
func putAndShow(t *testing.T, n int) (bytes int, took time.Duration) {
	t.Helper()
	w := openWriter(t, t.TempDir())
	s, d, r := sentenceOf(n)
	began := time.Now()
	if _, err := w.Put(s, d, r, nil); err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	got, reading, err := w.Document(t.Context(), d.ID)
	if err != nil || len(reading.Metrics) != n {
		t.Fatal(len(reading.Metrics), err)
	}
	err = schema.Rows(got, reading, func(row []schema.Cell) error {
		for _, c := range row {
			bytes += len(c.String())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return bytes, time.Since(began)
}

// A sentence of 64,000 figures costs no more for each than one of 8,000: written, read,
// made rows. What grows with the square takes 64 times as long, not 8 times; times of one
// run are compared, thrice at most, for a loaded machine may halt either.
func TestLongSentence(t *testing.T) {
	var short, long time.Duration
	for range 3 {
		var bytes int
		_, short = putAndShow(t, 8_000)
		if bytes, long = putAndShow(t, 64_000); bytes > 64_000*1400 {
			t.Fatalf("%d bytes of rows", bytes)
		}
		if long < 24*short {
			return
		}
	}
	t.Errorf("8,000 figures took %v, 64,000 %v", short, long)
}

// The view of SQL shortens a long sentence as the rows of Go do.
func TestViewOfLongSentence(t *testing.T) {
	w := openWriter(t, t.TempDir())
	for _, n := range []int{99, 100, 101, 133, 134, 300} { // of four characters each
		s, d, r := sentenceOf(n)
		s.Path, d.Source = fmt.Sprint(n), fmt.Sprint(n)
		if _, err := w.Put(s, d, r, nil); err != nil {
			t.Fatal(err)
		}
		commit(t, w)
		var want []string
		err := schema.Rows(d, r, func(row []schema.Cell) error {
			want = append(want, row[columnAt("sentence")].String())
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := w.Store.db.Query("SELECT sentence FROM metrics WHERE doc_id = ? ORDER BY seq", d.ID)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for i := 0; rows.Next(); i++ {
			var got string
			if err := rows.Scan(&got); err != nil || got != want[i] {
				t.Errorf("%d figures, figure %d: %q, want %q (%v)", n, i+1, got, want[i], err)
			}
		}
	}
}
