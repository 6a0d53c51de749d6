package ingest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"mingxi/corpus"
	"mingxi/corpus/store"
	"mingxi/schema"
)

// A recorder is Events that a test looks at; a page or a shard has its own.
type recorder struct {
	done, passed int
	failed       []string
}

func (r *recorder) Rebuilding()                      {}
func (r *recorder) Extent(files int64, bytes int64)  {}
func (r *recorder) Passed()                          { r.passed++ }
func (r *recorder) Through(bytes int64)              {}
func (r *recorder) Done(figures int, bytes int64)    { r.done++ }
func (r *recorder) Failed(path string, reason error) { r.failed = append(r.failed, path) }

// files writes files below a new directory.
func files(t *testing.T, content map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range content {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The engine is a package: a run is a call, and what happens is heard.
func TestRun(t *testing.T) {
	dir := files(t, map[string]string{
		"a.txt":       "青石县民政局2012年工作总结\n全县城市低保对象2418户4036人。\n",
		"b.txt":       "松月镇2012年工作总结\n全镇粮食播种面积2.15万亩。\n",
		"sub/bad.txt": "\x00\x01\x02\x03\xff\xfe\x00\x07\x00\x07\x00\x07",
	})
	corpus := filepath.Join(t.TempDir(), "corpus")
	var first, second recorder
	sum, err := Run(t.Context(), corpus, []string{dir}, Options{}, &first)
	if err != nil || sum.Documents != 2 || sum.Figures != 3 || sum.Failed != 1 {
		t.Errorf("%+v, %v", sum, err)
	}
	if want := (recorder{done: 2, failed: []string{filepath.Join(dir, "sub/bad.txt")}}); !reflect.DeepEqual(first, want) {
		t.Errorf("events %+v, want %+v", first, want)
	}
	sum, err = Run(t.Context(), corpus, []string{dir}, Options{}, &second)
	if err != nil || sum.Unchanged != 3 || second.passed != 3 || second.done != 0 {
		t.Errorf("again: %+v, %+v, %v", sum, second, err)
	}
}

// A document that the index refuses, here one of whose articles ends within a
// character, fails with its reason. The others go on, in this run and the next.
func TestRefused(t *testing.T) {
	dir := files(t, map[string]string{
		"a.txt": "青石县民政局2012年工作总结\n全县城市低保对象2418户4036人。",
		"b.txt": "松月镇2012年工作总结\n全镇粮食播种面积2.15万亩。",
		"c.txt": "石桥镇2012年工作总结\n全镇有农村低保对象326户。",
	})
	corpus := filepath.Join(t.TempDir(), "corpus")
	bad := filepath.Join(dir, "b.txt")
	o := Options{Known: func(d *schema.Document) {
		if d.Source == "b.txt" {
			d.Articles[len(d.Articles)-1].End--
		}
	}}
	var heard recorder
	sum, err := Run(t.Context(), corpus, []string{dir}, o, &heard)
	if err != nil || sum.Documents != 2 || sum.Figures != 3 || sum.Failed != 1 || !reflect.DeepEqual(heard.failed, []string{bad}) {
		t.Errorf("%+v, %v, %+v", sum, err, heard)
	}
	kept := func() (documents, waiting int64, failures []store.Failure) {
		s, err := store.Open(t.Context(), corpus)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		c, err := s.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if failures, err = s.Failures(t.Context()); err != nil {
			t.Fatal(err)
		}
		return c.Documents, c.Unindexed, failures
	}
	n, waiting, failures := kept()
	if n != 2 || waiting != 0 || len(failures) != 1 || failures[0].Path != bad || !strings.Contains(failures[0].Reason, "the index refuses the document") {
		t.Errorf("%d documents, %d to be indexed, %+v", n, waiting, failures)
	}
	// It is not read again before it is asked for, and then it may go well.
	if sum, err = Run(t.Context(), corpus, []string{dir}, o, &recorder{}); err != nil || sum.Unchanged != 3 || sum.Failed != 0 {
		t.Errorf("again: %+v, %v", sum, err)
	}
	if sum, err = Run(t.Context(), corpus, []string{dir}, Options{Retry: true}, &recorder{}); err != nil || sum.Documents != 1 || sum.Failed != 0 {
		t.Errorf("retried: %+v, %v", sum, err)
	}
	if n, waiting, failures = kept(); n != 3 || waiting != 0 || len(failures) != 0 {
		t.Errorf("%d documents, %d to be indexed, %+v", n, waiting, failures)
	}
}

// A stored document that cannot be extracted again, here because a block goes beyond its
// text, keeps the figures that it had, is told, and costs the others nothing.
func TestKept(t *testing.T) {
	dir := files(t, map[string]string{
		"a.txt": "青石县民政局2012年工作总结\n全县城市低保对象2418户4036人。",
		"b.txt": "松月镇2012年工作总结\n全镇粮食播种面积2.15万亩。",
	})
	corpus := filepath.Join(t.TempDir(), "corpus")
	if _, err := Run(t.Context(), corpus, []string{dir}, Options{Program: "1"}, &recorder{}); err != nil {
		t.Fatal(err)
	}
	var told []error
	o := Options{Program: "2", Damaged: func(err error) { told = append(told, err) }, Known: func(d *schema.Document) {
		if d.Source == "a.txt" {
			d.Blocks[1].End = len(d.Text) + 100
		}
	}}
	for range 2 {
		told = nil
		figures := 0
		kept, err := Reextract(t.Context(), corpus, o, func(n int) { figures += n })
		if err != nil || kept != 1 || figures != 1 || len(told) != 1 || !strings.Contains(told[0].Error(), "a.txt): its figures stay as they were: internal error") {
			t.Errorf("%d kept, %d figures, %v, %v", kept, figures, told, err)
		}
		s, err := store.Open(t.Context(), corpus)
		if err != nil {
			t.Fatal(err)
		}
		if c, err := s.Stats(t.Context()); err != nil || c.Figures != 3 || c.Stale != 0 || c.Programs["1"] != 1 || c.Programs["2"] != 1 {
			t.Errorf("%+v, %v", c, err)
		}
		s.Close()
	}
}

// A corpus of an old version knows files by their paths as they were typed. Typed so
// again they are not read again, and get their whole paths.
func TestAdopt(t *testing.T) {
	dir := files(t, map[string]string{"in/a.txt": "青石县民政局2012年工作总结\n全县城市低保对象2418户4036人。\n"})
	t.Chdir(dir)
	if _, err := Run(t.Context(), "first", []string{"in"}, Options{}, &recorder{}); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), "first")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, err := s.Find(t.Context(), "in/a.txt")
	if err != nil {
		t.Fatal(err)
	}
	d, reading, err := s.Load(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat("in/a.txt")
	if err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile("in/a.txt")
	sum, _ := corpus.Sum(data)

	w, err := store.OpenWriter(t.Context(), "old", "test")
	if err != nil {
		t.Fatal(err)
	}
	d.Root, d.Source = "", "in/a.txt"
	one := store.Source{Path: "in/a.txt", Size: info.Size(), ModTime: info.ModTime().UnixNano(), Hash: sum[:]}
	if _, err := w.Put(one, d, reading, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	w.Close()

	sum1, err := Run(t.Context(), "old", []string{"in"}, Options{Prune: true}, &recorder{})
	if err != nil || sum1.Unchanged != 1 || sum1.Documents != 0 || sum1.Vanished != 0 {
		t.Errorf("%+v, %v", sum1, err)
	}
	old, err := store.Open(t.Context(), "old")
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	refs, err := old.Refs(t.Context())
	if err != nil || len(refs) != 1 || refs[0].Root != r.Root || refs[0].Source != "a.txt" {
		t.Errorf("%+v, %v; want root %s", refs, err, r.Root)
	}
}

// lines are so many sentences of one figure each.
func lines(n int) string {
	var b strings.Builder
	b.WriteString("望川县2012年统计资料汇编\n")
	for i := range n {
		fmt.Fprintf(&b, "第%d村%s%d户。\n", i+1, []string{"低保户", "五保户", "危房户"}[i%3], i%977+1)
	}
	return b.String()
}

// held are the figures of all documents, and what the index has of them.
func held(t *testing.T, corpus string) (all map[string][]schema.Metric, records []byte) {
	t.Helper()
	s, err := store.Open(t.Context(), corpus)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all = map[string][]schema.Metric{}
	for l, err := range s.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all[l.Ref.Source] = l.Reading.Metrics
	}
	ix, err := OpenIndex(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	n := 0
	if err := ix.IDs(func(string) bool { n++; return true }); err != nil || n != len(all) {
		t.Errorf("the index has %d documents of %d, %v", n, len(all), err)
	}
	if records, err = os.ReadFile(filepath.Join(IndexDir(corpus), "records-000001.bin")); err != nil {
		t.Fatal(err)
	}
	return all, records
}

// A large document is written and indexed in parts, which are nothing to be seen: its
// figures are those of the document as a whole, also read again and indexed again.
func TestLarge(t *testing.T) {
	dir := files(t, map[string]string{"a.txt": lines(20000), "b.txt": lines(7) + "全县有五保户3户。\n"})
	whole, parts := filepath.Join(t.TempDir(), "whole"), filepath.Join(t.TempDir(), "parts")
	var heard recorder
	if sum, err := Run(t.Context(), whole, []string{dir}, Options{Workers: 1}, &recorder{}); err != nil || sum.Figures != 20008 {
		t.Fatalf("%+v, %v", sum, err)
	}
	o := Options{Large: 5, Workers: 1}
	if sum, err := Run(t.Context(), parts, []string{dir}, o, &heard); err != nil || sum.Figures != 20008 || heard.done != 2 {
		t.Errorf("%+v, %v", sum, err)
	}
	want, indexed := held(t, whole)
	compare := func(what string, times int) {
		t.Helper()
		if got, records := held(t, parts); !reflect.DeepEqual(got, want) || !bytes.Equal(records, bytes.Repeat(indexed, times)) {
			t.Errorf("%s: %d, %d figures, %d bytes of the index, want %d times %d", what, len(got["a.txt"]), len(got["b.txt"]), len(records), times, len(indexed))
		}
	}
	compare("in parts", 1)
	if err := Reindex(t.Context(), parts, o, func() {}); err != nil {
		t.Error(err)
	}
	compare("indexed again", 1)
	figures := 0
	if kept, err := Reextract(t.Context(), parts, o, func(n int) { figures += n }); err != nil || kept != 0 || figures != 20008 {
		t.Errorf("%d kept, %d figures, %v", kept, figures, err)
	}
	compare("extracted again", 2) // what was there before stays behind until it is swept out
}

// A large document that is interrupted, here before its first part is written, or that
// has a figure which does not fit its text, leaves nothing; the others stay.
func TestLargeEnds(t *testing.T) {
	dir := files(t, map[string]string{"a.txt": lines(3), "b.txt": lines(40)})
	corpus := filepath.Join(t.TempDir(), "corpus")
	ctx, cancel := context.WithCancel(t.Context())
	stops := Options{Large: 10, Workers: 1, Known: func(d *schema.Document) {
		if d.Source == "b.txt" {
			cancel()
		}
	}}
	if _, err := Run(ctx, corpus, []string{dir}, stops, &recorder{}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if all, _ := held(t, corpus); len(all["a.txt"]) != 3 || len(all) != 1 {
		t.Errorf("after an interrupt there are %d documents", len(all))
	}
	bad := filepath.Join(dir, "b.txt")
	cuts := Options{Large: 10, Known: func(d *schema.Document) {
		if d.Source == "b.txt" {
			d.Sentences[len(d.Sentences)-1].End = d.Sentences[0].End // before its figures
		}
	}}
	var heard recorder
	if sum, err := Run(t.Context(), corpus, []string{dir}, cuts, &heard); err != nil || sum.Failed != 1 || !reflect.DeepEqual(heard.failed, []string{bad}) {
		t.Errorf("%+v, %v, %+v", sum, err, heard)
	}
	if all, _ := held(t, corpus); len(all["a.txt"]) != 3 || len(all) != 1 {
		t.Errorf("after a failure there are %d documents", len(all))
	}
	if sum, err := Run(t.Context(), corpus, []string{dir}, Options{Large: 10, Retry: true}, &recorder{}); err != nil || sum.Documents != 1 || sum.Figures != 40 {
		t.Errorf("%+v, %v", sum, err)
	}
}

// A large document that is damaged where the index is to read it is taken out and told,
// and read from its file by the next run.
func TestLargeDamaged(t *testing.T) {
	dir := files(t, map[string]string{"a.txt": lines(3), "b.txt": lines(40)})
	corpus := filepath.Join(t.TempDir(), "corpus")
	var told []string
	o := Options{Large: 10, Damaged: func(err error) { told = append(told, err.Error()) }}
	if _, err := Run(t.Context(), corpus, []string{dir}, o, &recorder{}); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(corpus, store.Database))
	if err == nil {
		_, err = db.Exec("UPDATE figures SET value = value + 1 WHERE seq = 37")
		err = errors.Join(err, db.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := Reindex(t.Context(), corpus, o, func() {}); err != nil || len(told) != 1 || !strings.Contains(told[0], "b.txt") {
		t.Errorf("%v, told %q", err, told)
	}
	if all, _ := held(t, corpus); len(all["a.txt"]) != 3 || len(all) != 1 {
		t.Errorf("%d documents", len(all))
	}
	if sum, err := Run(t.Context(), corpus, []string{dir}, o, &recorder{}); err != nil || sum.Documents != 1 || sum.Figures != 40 {
		t.Errorf("%+v, %v", sum, err)
	}
}
