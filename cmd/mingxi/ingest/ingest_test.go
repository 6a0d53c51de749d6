package ingest

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
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
