package index

import (
	"errors"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mingxi/index/query"
	"mingxi/schema"
)

// A document with very many figures goes in and is found, in the time that its size
// asks for.
//
//	MINGXI_FIGURES=1000000 go test ./index -run Large -v
func TestLarge(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("MINGXI_FIGURES"))
	if err != nil {
		n = 60000
	}
	var text strings.Builder
	text.WriteString("各村统计表\n")
	d := &schema.Document{ID: "big", Source: "big.xlsx"}
	r := &schema.Reading{}
	for i := range n {
		start := text.Len()
		fmt.Fprintf(&text, "第%d村人口%d人。\n", i, i)
		s := schema.Span{Start: start, End: text.Len() - 1}
		raw := schema.Span{Start: s.End - len("人。") - len(strconv.Itoa(i)), End: s.End - len("。")}
		d.Sentences = append(d.Sentences, s)
		v := schema.Int(int64(i))
		r.Metrics = append(r.Metrics, schema.Metric{Seq: i + 1, Article: 1, Span: raw, Sentence: s, Rule: "test",
			Label: fmt.Sprintf("第%d村人口", i), Unit: "人", SIUnit: "人", Value: v, SI: v})
	}
	d.Text = text.String()
	d.Articles = []schema.Article{{N: 1, Title: "各村统计表", Span: schema.Span{End: len(d.Text)}}}
	dir := t.TempDir()
	w := newWriter(t, dir)
	for _, d := range []*schema.Document{d, plain("small", "另一份报告\n第7村的工作。")} {
		reading := r
		if d.ID == "small" {
			reading = nil
		}
		if err := w.Add(d, reading); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	ix := openIndex(t, dir)
	for _, c := range []struct {
		query string
		want  int
	}{{"人口", n}, {"label:第7村", 1}, {"value:100人..199人", 100}, {"第59999村人口", 1}, {"第7村", 1}} {
		q, err := query.Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		res, err := ix.Search(t.Context(), q, SearchOptions{Figures: true, Facets: true})
		if err != nil {
			t.Fatal(err)
		}
		if res.Figures != c.want {
			t.Errorf("%s: %d figures, want %d", c.query, res.Figures, c.want)
		}
	}
	if _, _, figures, err := ix.Docs(); figures != n || err != nil {
		t.Error(figures, err)
	}
}

// The order of hits and everything in them depends on what is in the corpus, not on
// how it came there.
func TestOrder(t *testing.T) {
	r := rand.New(rand.NewSource(6))
	var docs []*schema.Document
	for i := range 60 {
		text := sample(r)
		if i%3 > 0 {
			text = docs[i/2].Text // hits that tie
		}
		d := plain(fmt.Sprintf("%02d", 59-i), text)
		d.Source = fmt.Sprintf("%d/%d.txt", i%7, i)
		docs = append(docs, d)
	}
	var want []string
	for way := range 4 {
		dir := t.TempDir()
		w, err := Create(dir, Options{Memory: 1 << (8 * way)})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		switch way {
		case 1:
			slices.Reverse(docs)
		case 2, 3:
			r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		}
		for i, d := range docs {
			if err := w.Add(d, nil); err != nil {
				t.Fatal(err)
			}
			if way == 2 && i%5 == 0 {
				w.Delete(docs[i].ID)
				err = errors.Join(w.Commit(), w.Add(d, nil))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if way == 3 {
			err = w.Compact()
		} else {
			err = w.Commit()
		}
		if err != nil {
			t.Fatal(err)
		}
		got, err := askAll(dir)
		if err != nil {
			t.Fatal(err)
		}
		if way == 0 {
			want = got
		} else if !slices.Equal(got, want) {
			for i := range want {
				if got[i] != want[i] {
					t.Fatalf("way %d, line %d:\n%.300s\nwant\n%.300s", way, i, got[i], want[i])
				}
			}
		}
	}
}

// What a process left behind that was killed is swept away: the next writer begins
// with the last commit.
func TestKilled(t *testing.T) {
	dir, killed := t.TempDir(), t.TempDir()
	w := newWriter(t, dir)
	add := func(w *Writer, id string) {
		t.Helper()
		if err := w.Add(plain(id, "低保"+id), nil); err != nil {
			t.Fatal(err)
		}
	}
	add(w, "a")
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	add(w, "b")
	w.Delete("a")
	if err := w.flush(); err != nil { // bleve has it, readers have not
		t.Fatal(err)
	}
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list { // but not what is live, which moves under our hands
		from, to := filepath.Join(dir, e.Name()), filepath.Join(killed, e.Name())
		if e.IsDir() && e.Name() != liveDir {
			err = errors.Join(err, os.CopyFS(to, os.DirFS(from)))
		} else if !e.IsDir() {
			b, e := os.ReadFile(from)
			err = errors.Join(err, e, os.WriteFile(to, b, 0o666))
		}
	}
	for _, name := range []string{"live/store/000000000001.zap", "making", "view-000009", "heads-000007.bin"} {
		err = errors.Join(err, os.MkdirAll(filepath.Join(killed, name), 0o777))
	}
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got := places(t, openIndex(t, killed), "低保"); !slices.Equal(got, []string{"a@0"}) {
			t.Errorf("after the kill: %v", got)
		}
		w := newWriter(t, killed)
		if !w.Has("a") || w.Has("b") {
			t.Error("the writer does not know what was committed")
		}
		w.Close()
	}
	w2 := newWriter(t, killed)
	add(w2, "b")
	add(w2, "c")
	if err := w2.Commit(); err != nil {
		t.Fatal(err)
	}
	if got := places(t, openIndex(t, killed), "低保"); !slices.Equal(got, []string{"a@0", "b@0", "c@0"}) {
		t.Errorf("after more was added: %v", got)
	}
	if left, err := filepath.Glob(filepath.Join(killed, "*-00000[79]*")); len(left) > 0 || err != nil {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// An index of the format before, or of another corpus, is refused and left alone.
func TestForeign(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "index.json")
	if err := os.WriteFile(old, []byte(`{"version":1,"next":3,"segments":[{"name":"000003","docs":2,"runes":20}]}`), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "000003", "fields"), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); !errors.Is(err, ErrOld) {
		t.Error(err)
	}
	if _, err := Create(dir, Options{}); !errors.Is(err, ErrOld) {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "000003", "fields")); err != nil {
		t.Error(err)
	}
	dir = t.TempDir()
	w, err := Create(dir, Options{Corpus: "x"})
	if err != nil {
		t.Fatal(err)
	}
	w.Close()
	if _, err := Create(dir, Options{Corpus: "y"}); !errors.Is(err, ErrOther) {
		t.Error(err)
	}
	if ix := openIndex(t, dir); ix.Corpus() != "x" {
		t.Error(ix.Corpus())
	}
}
