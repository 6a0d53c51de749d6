package index

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"mingxi/index/query"
	"mingxi/schema"
)

// What was made ready elsewhere gives the same index as the documents themselves.
func TestReady(t *testing.T) {
	var files [2][]byte
	var hits [2][]Hit
	for i, add := range []func(*Writer, *schema.Document, *schema.Reading) error{
		(*Writer).Add,
		func(w *Writer, d *schema.Document, r *schema.Reading) error {
			b, err := Ready(d, r)
			if err != nil {
				return err
			}
			err = w.AddReady(d.ID, b)
			clear(b) // nothing of it is kept
			return err
		},
	} {
		dir := t.TempDir()
		w := newWriter(t, dir)
		for part := range strings.SplitSeq(strings.TrimSpace(smallCorpus), "\n\n") {
			d, r := readSmall(t, part)
			if err := add(w, d, r); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Commit(); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"heads-000001.bin", "records-000001.bin"} {
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			files[i] = append(files[i], b...)
		}
		ix := openIndex(t, dir)
		for _, asked := range []string{"受灾", "label:受灾 value:>70公顷", "region:530000", "org:民政局 year:2011", "section:救灾", "kind:standard", "公顷"} {
			q, err := query.Parse(asked)
			if err != nil {
				t.Fatal(err)
			}
			for _, figures := range []bool{false, true} {
				res, err := ix.Search(t.Context(), q, SearchOptions{Figures: figures})
				if err != nil {
					t.Fatal(err)
				}
				for _, h := range res.Hits(0, -1) {
					if h.Figure.Value != h.Figure.Value { // masked: equal to nothing
						h.Figure.Value = -1
					}
					hits[i] = append(hits[i], h)
				}
			}
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("heads or records differ")
	}
	if len(hits[0]) == 0 || !reflect.DeepEqual(hits[0], hits[1]) {
		t.Errorf("other hits:\n%+v\n%+v", hits[0], hits[1])
	}
}

// What is not whole, or of another document, is not added.
func TestNotReady(t *testing.T) {
	w := newWriter(t, t.TempDir())
	d := plain("a", "全县有低保对象100户。")
	b, err := Ready(d, nil)
	if err != nil || !IsReady(b) {
		t.Fatal(err)
	}
	if err := w.AddReady("b", b); err == nil {
		t.Error("it is of another document")
	}
	for _, bad := range [][]byte{nil, {1}, b[:len(b)-1], append(bytes.Clone(b), 0)} {
		if err := w.AddReady("a", bad); IsReady(bad) || !errors.Is(err, ErrDamaged) {
			t.Errorf("%d bytes: %v", len(bad), err)
		}
	}
	d.Articles = []schema.Article{{N: 1, Span: schema.Span{Start: 0, End: 4}}}
	if _, err := Ready(d, nil); !errors.Is(err, ErrRefused) {
		t.Errorf("an article that ends within a character: %v", err)
	}
}
