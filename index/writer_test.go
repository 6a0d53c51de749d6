package index

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"

	"mingxi/index/query"
	"mingxi/schema"
)

// plain makes a document of one report from a text, a block for each line.
func plain(id, text string) *schema.Document {
	d := &schema.Document{ID: id, Source: id + ".txt", Format: "txt", Text: text}
	at := 0
	for line := range strings.Lines(text) {
		s := schema.Span{Start: at, End: at + len(strings.TrimSuffix(line, "\n"))}
		at += len(line)
		d.Blocks = append(d.Blocks, schema.Block{Span: s})
		for start := s.Start; start < s.End; {
			end := s.End
			if i := strings.Index(text[start:s.End], "。"); i >= 0 {
				end = start + i + len("。")
			}
			d.Sentences = append(d.Sentences, schema.Span{Start: start, End: end})
			start = end
		}
	}
	title, _, _ := strings.Cut(text, "\n")
	d.Articles = []schema.Article{{N: 1, Title: title, Span: schema.Span{End: len(text)}}}
	return d
}

func newWriter(t testing.TB, dir string) *Writer {
	t.Helper()
	w, err := Create(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

func openIndex(t testing.TB, dir string) *Index {
	t.Helper()
	ix, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

// places lists "doc@rune" for every place of a phrase.
func places(t testing.TB, ix *Index, phrase string) []string {
	t.Helper()
	res, err := ix.Search(t.Context(), query.Phrase{Text: phrase, Exact: true}, SearchOptions{Sort: ByOrder})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for h := range res.All() {
		for _, m := range h.Marks {
			list = append(list, fmt.Sprintf("%s@%d", h.DocID, m.Start))
		}
	}
	if res.Err() != nil {
		t.Fatal(res.Err())
	}
	slices.Sort(list)
	return list
}

// Whoever may read the directory may search it.
func TestShared(t *testing.T) {
	dir := t.TempDir()
	w := newWriter(t, dir)
	if err := w.Add(plain("a", "城市低保"), nil); err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	w.Close() // what is live is the writer's
	segments, err := filepath.Glob(filepath.Join(dir, "view-*"))
	if err != nil || len(segments) == 0 {
		t.Fatal(err, segments)
	}
	info, err := os.Stat(segments[0])
	if err != nil {
		t.Fatal(err)
	}
	others := info.Mode() & 0o044
	filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if info, err := os.Stat(path); err != nil || info.Mode()&0o044 != others {
			t.Errorf("%s: %v %v", path, info.Mode(), err)
		}
		return nil
	})
}

func TestWriter(t *testing.T) {
	dir := t.TempDir()
	w := newWriter(t, dir)
	add := func(id, text string) {
		t.Helper()
		if err := w.Add(plain(id, text), nil); err != nil {
			t.Fatal(err)
		}
	}
	commit := func() {
		t.Helper()
		if err := w.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(phrase string, want ...string) {
		t.Helper()
		if got := places(t, openIndex(t, dir), phrase); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", phrase, got, want)
		}
	}
	add("a", "城市低保\n全县城市低保户。")
	add("b", "农村低保") // ends as c begins: no phrase runs across
	add("c", "低保户")
	commit()
	expect("低保", "a@2", "a@9", "b@2", "c@0")
	expect("保户", "a@10", "c@1")
	expect("低保低保")
	expect("保", "a@10", "a@3", "b@3", "c@1")
	add("b", "五保户") // replaced
	w.Delete("c")
	expect("保户", "a@10", "c@1") // not yet
	commit()
	expect("保户", "a@10", "b@1")
	add("d", "ＡＢ１２縣")
	w.Delete("d")
	add("e", "ＡＢ１２縣")
	if err := w.Compact(); err != nil {
		t.Fatal(err)
	}
	expect("b12县", "e@1")
	expect("保户", "a@10", "b@1")
	if !w.Has("a") || w.Has("c") || w.Has("d") || !w.Has("e") {
		t.Error("the writer does not know its documents")
	}
	if _, err := Create(dir, Options{}); err == nil {
		t.Error("a second writer was let in")
	}
}

// Docs counts what the heads say: documents, reports and figures. What belongs to
// no article is no report.
func (ix *Index) Docs() (docs, reports, figures int, err error) {
	defer guard(&err)
	for id := range ix.table.rows {
		h := ix.head(uint32(id))
		if h.n > 0 {
			reports++
		}
		figures += h.figures
	}
	return ix.table.docs, reports, figures, nil
}

// Has reports whether the document is in the index, or waits to be.
func (w *Writer) Has(docID string) bool {
	_, ok := w.known[docID]
	return ok
}

// Compact makes the index as small as it can be, and commits it.
func (w *Writer) Compact() (err error) {
	defer guard(&err)
	if err := w.flush(); err != nil {
		return err
	}
	w.rank()
	if err := errors.Join(w.merge(&mergeplan.SingleSegmentMergePlanOptions), w.rewrite()); err != nil {
		return err
	}
	w.changed = false
	return w.publish()
}
