package shard

// A part is what a shard has done. It is made under a name of its own attempt and
// renamed when it is whole, so that an attempt that is killed, or two at once (an engine
// may start a task again that it believes lost), do no harm.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"mingxi/cmd/mingxi/ingest"
	"mingxi/corpus/store"
)

// A Receipt says what a part holds.
type Receipt struct {
	Run       string `json:"run"`
	Shard     int    `json:"shard"`
	Sources   int64  `json:"sources"` // files and members of archives, whatever became of them
	Documents int64  `json:"documents"`
	Figures   int64  `json:"figures"`
	Failed    int64  `json:"failed"`
	Skipped   int64  `json:"skipped"`
	Database  int64  `json:"database"` // bytes
	Sum       string `json:"sha256"`   // of the database

	Modified time.Time `json:"modified"` // the database, last
}

const receiptFile = "receipt.json"

// Part is the corpus that a shard makes.
func (r *Run) Part(n int) string { return r.path(fmt.Sprintf("part-%05d", n)) }

// Done reads the receipt of a part; ok is false if there is none, or if the part is torn or
// is not as it was made. A database of the time and size of its receipt is read only if it must be.
func (r *Run) Done(n int, read bool) (c Receipt, ok bool) {
	data, err := os.ReadFile(filepath.Join(r.Part(n), receiptFile))
	if err != nil || json.Unmarshal(data, &c) != nil {
		return c, false
	}
	name := filepath.Join(r.Part(n), store.Database)
	info, err := os.Stat(name)
	if err != nil || c.Run != r.Name || c.Shard != n || c.Database != info.Size() {
		return c, false
	}
	if !read && c.Modified.Equal(info.ModTime()) {
		return c, true
	}
	sum, err := fileSum(name)
	return c, err == nil && sum == c.Sum
}

// Missing are the shards that are not done.
func (r *Run) Missing() (list []int) {
	for n := range r.Lists {
		if _, ok := r.Done(n, false); !ok {
			list = append(list, n)
		}
	}
	return list
}

// Work does the work of a shard. If it is done already, or another attempt at it ends
// before, nothing happens, and old is true.
func (r *Run) Work(ctx context.Context, n int, o ingest.Options, events ingest.Events) (c Receipt, old bool, err error) {
	if c, ok := r.Done(n, true); ok {
		return c, true, nil
	}
	if c, err = r.attempt(ctx, n, o, events); err != nil {
		if c, ok := r.Done(n, true); ok { // by another attempt, which has swept this one away
			return c, true, nil
		}
	}
	return c, false, err
}

// attempt does the work of a shard in a directory of its own.
func (r *Run) attempt(ctx context.Context, n int, o ingest.Options, events ingest.Events) (c Receipt, err error) {
	files, err := r.Files(n)
	if err != nil {
		return c, err
	}
	if err := os.RemoveAll(r.Part(n)); err != nil { // it is torn
		return c, err
	}
	host, _ := os.Hostname() // only so that no two attempts have one name
	dir := r.path(fmt.Sprintf(".part-%05d-%s-%d-%d", n, filepath.Base(host), os.Getpid(), time.Now().UnixNano()))
	if err := os.Mkdir(dir, 0o777); err != nil {
		return c, err
	}
	defer os.RemoveAll(dir)
	o.List, o.Bare = &ingest.List{Files: files, Roots: r.Roots}, true
	s, err := ingest.Run(ctx, dir, nil, o, events)
	if err != nil {
		return c, err
	}
	c = Receipt{Run: r.Name, Shard: n, Documents: s.Documents, Figures: s.Figures, Failed: s.Failed, Skipped: s.Skipped}
	if err = c.seal(ctx, dir); err == nil {
		err = os.Rename(dir, r.Part(n))
	}
	if err == nil {
		r.sweep(n)
	}
	return c, err
}

// seal counts what is in a part, and writes the receipt.
func (c *Receipt) seal(ctx context.Context, dir string) error {
	s, err := store.Open(ctx, dir)
	if err != nil {
		return err
	}
	c.Sources, err = s.CountSources(ctx)
	if err = errors.Join(err, s.Close()); err != nil {
		return err
	}
	name := filepath.Join(dir, store.Database)
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	c.Database, c.Modified = info.Size(), info.ModTime()
	if c.Sum, err = fileSum(name); err != nil {
		return err
	}
	data, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return writeWhole(filepath.Join(dir, receiptFile), append(data, '\n'))
}

// sweep takes away what killed attempts at a shard have left.
func (r *Run) sweep(n int) {
	old, _ := filepath.Glob(filepath.Join(escape(r.path("")), fmt.Sprintf(".part-%05d-*", n)))
	for _, dir := range old {
		os.RemoveAll(dir)
	}
}

// escape makes a path a pattern of itself alone.
func escape(path string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(path)
}

// taskVariables are what engines tell a process about its task: Slurm in a job array,
// Kubernetes in an indexed job. An array of more tasks than there are shards was made for
// another run; one of fewer does what is missing.
var (
	taskVariables = []string{"SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"}
	countVariable = "SLURM_ARRAY_TASK_COUNT"
)

// Shard reads which shard is meant: "3/8" is shard 3 of 8, the first being 0; "auto" is
// the one that the engine tells by a variable of getenv.
func (r *Run) Shard(text string, getenv func(string) string) (int, error) {
	bad := func(about string) (int, error) {
		return 0, &Problem{Err: ErrNoShard, Dir: r.dir, About: about, Of: r.Shards()}
	}
	number, about := "", text
	if text == "auto" {
		for _, v := range taskVariables {
			if number == "" {
				number, about = getenv(v), v+"="+getenv(v)
			}
		}
		if number == "" {
			return 0, &Problem{Err: ErrNoTask, Dir: r.dir, Of: r.Shards()}
		}
		if tasks, err := strconv.Atoi(getenv(countVariable)); err == nil && tasks > r.Shards() {
			return bad(countVariable + "=" + getenv(countVariable))
		}
	} else {
		i, of, ok := strings.Cut(text, "/")
		if !ok || of != strconv.Itoa(r.Shards()) {
			return bad(about)
		}
		number = i
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= r.Shards() {
		return bad(about)
	}
	return n, nil
}
