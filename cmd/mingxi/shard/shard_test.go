package shard

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"mingxi/cmd/mingxi/ingest"
	"mingxi/corpus"
	"mingxi/corpus/store"
)

// A line of a list gives the file back, whatever its name holds.
func TestLine(t *testing.T) {
	roots := []string{"/data/报告", "/data/b c"}
	for _, f := range []corpus.File{
		{Path: "/data/报告/低保.txt", Root: "/data/报告", Size: 120, ModTime: time.Unix(1300000000, 5)},
		{Path: "/data/b c/a\tb\nc \"d\".txt", Root: "/data/b c", Given: true, ModTime: time.Unix(0, 0)},
		{Path: "/data/b c/\xb5\xcd\xb1\xa3.txt", Name: "/data/b c/低保.txt", Root: "/data/b c", ModTime: time.Unix(1, 0)},
		{Path: "/data/报告/a.zip!/x.txt", Root: "/data/报告", Given: true, ModTime: time.Unix(1, 0)},
	} {
		line := listLine(f, roots)
		got, err := parseLine(line, roots)
		if err != nil || !reflect.DeepEqual(got, f) || strings.Count(line, "\n") != 1 {
			t.Errorf("%q: %+v, %v, want %+v", line, got, err, f)
		}
	}
	for _, line := range []string{"", "1\t2\t3", "1\t2\t9\t\t\"a\"\n", "1\t2\t0\t\ta.txt\n", "x\t2\t0\t\t\"a\"\n"} {
		if _, err := parseLine(line, roots); err == nil {
			t.Errorf("%q is no line", line)
		}
	}
}

// Paths are spread evenly, and a path is of one shard whatever the others are.
func TestShardOf(t *testing.T) {
	for _, n := range []int{1, 2, 7, 64, 1000} {
		counts := make([]int, n)
		for i := range 100 * n {
			counts[shardOf(fmt.Sprintf("/data/%04d/%07d.txt", i/1000, i), n)]++
		}
		for i, c := range counts {
			if c < 50 || c > 150 {
				t.Errorf("%d shards: shard %d has %d files of 100", n, i, c)
			}
		}
	}
}

// Which shard is meant: by number, by Slurm, by Kubernetes.
func TestShard(t *testing.T) {
	r := &Run{dir: "run", Lists: make([]List, 8)}
	for _, c := range []struct {
		text, slurm, tasks, kubernetes string
		want                           int
		err                            error
	}{
		{text: "0/8", want: 0},
		{text: "7/8", want: 7},
		{text: "auto", slurm: "5", want: 5},
		{text: "auto", kubernetes: "6", want: 6},
		{text: "auto", slurm: "0", kubernetes: "6", want: 0},
		{text: "3/8", slurm: "5", want: 3},
		{text: "8/8", err: ErrNoShard},
		{text: "-1/8", err: ErrNoShard},
		{text: "1/4", err: ErrNoShard},
		{text: "1", err: ErrNoShard},
		{text: "a/8", err: ErrNoShard},
		{text: "", err: ErrNoShard},
		{text: "auto", err: ErrNoTask},
		{text: "auto", slurm: "8", err: ErrNoShard},
		{text: "auto", kubernetes: "x", err: ErrNoShard},
		{text: "auto", slurm: "2", tasks: "8", want: 2},
		{text: "auto", slurm: "2", tasks: "3", want: 2}, // only what is missing
		{text: "auto", slurm: "2", tasks: "9", err: ErrNoShard},
	} {
		env := map[string]string{"SLURM_ARRAY_TASK_ID": c.slurm, "SLURM_ARRAY_TASK_COUNT": c.tasks, "JOB_COMPLETION_INDEX": c.kubernetes}
		got, err := r.Shard(c.text, func(name string) string { return env[name] })
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%+v: %d, %v", c, got, err)
		}
	}
}

// events runs something when the first document is written.
type events struct{ first func() }

func (*events) Rebuilding()          {}
func (*events) Extent(int64, int64)  {}
func (*events) Passed()              {}
func (*events) Through(int64)        {}
func (*events) Failed(string, error) {}
func (e *events) Done(int, int64) {
	if e.first != nil {
		e.first()
	}
	e.first = nil
}

// Of two attempts at a shard at once the one that ends first counts; the other, whose
// directory it sweeps away, finds that the shard is done.
func TestTwice(t *testing.T) {
	from, dir := t.TempDir(), filepath.Join(t.TempDir(), "run")
	for i := range 20 {
		text := fmt.Sprintf("松月镇工作总结\n全镇有农村低保对象%d户。\n", 100+i)
		if err := os.WriteFile(filepath.Join(from, fmt.Sprint(i, ".txt")), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	r, err := Make(t.Context(), dir, Plan{Paths: []string{from}, Shards: 1, Program: "mingxi"})
	if err != nil {
		t.Fatal(err)
	}
	work := func(first func()) (Receipt, bool, error) {
		return r.Work(t.Context(), 0, ingest.Options{Workers: 1, Batch: 1}, &events{first})
	}
	late, old, err := work(func() {
		if c, old, err := work(nil); old || err != nil || c.Documents != 20 {
			t.Errorf("the quicker attempt: %+v, %v, %v", c, old, err)
		}
	})
	if !old || err != nil || late.Documents != 20 {
		t.Errorf("the slower attempt: %+v, %v, %v", late, old, err)
	}
	if left, _ := filepath.Glob(r.path(".part-*")); len(left) > 0 {
		t.Errorf("%v is left", left)
	}

	// what a disk has changed behind the time of a file, a merge finds, and Missing from then on
	name := filepath.Join(r.Part(0), store.Database)
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2]++
	if err := errors.Join(os.WriteFile(name, data, 0o666), os.Chtimes(name, time.Time{}, info.ModTime())); err != nil {
		t.Fatal(err)
	}
	if missing := r.Missing(); len(missing) > 0 {
		t.Errorf("%v were read", missing)
	}
	if _, err := r.Merge(t.Context(), filepath.Join(t.TempDir(), "all.mx"), ingest.Options{}, ingest.Gathering{}); !errors.Is(err, ErrMissing) {
		t.Errorf("merged: %v", err)
	}
	if missing := r.Missing(); len(missing) != 1 {
		t.Errorf("%v are missing", missing)
	}
}

// The script of a job array: its tasks are the shards that are not done.
func TestScript(t *testing.T) {
	r := &Run{Name: "3f2a9c1b8d7e", Lists: make([]List, 20)}
	got := r.script("/opt/it's/mingxi", "/data/50%/run", []int{0, 1, 2, 3, 5, 8, 9}, 4, 2)
	want := `#!/bin/sh
#SBATCH --job-name=mingxi-3f2a9c1b8d7e
#SBATCH --array=0-3,5,8-9%4
#SBATCH --cpus-per-task=2
#SBATCH --output="/data/50%%/run/3f2a9c1b8d7e/log-%5a.txt"
exec '/opt/it'\''s/mingxi' ingest --run '/data/50%/run' --shard auto -j 2
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for want, list := range map[string][]int{"7": {7}, "0-1": {0, 1}, "0,2,4": {0, 2, 4}, "0-99": seq(100)} {
		if got := Ranges(list); got != want {
			t.Errorf("%v: %s, want %s", list, got, want)
		}
	}
}

func seq(n int) (list []int) {
	for i := range n {
		list = append(list, i)
	}
	return list
}
