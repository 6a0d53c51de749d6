package ingest

import (
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
