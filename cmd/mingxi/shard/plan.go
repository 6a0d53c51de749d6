package shard

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"mingxi/corpus"
)

// MostShards bounds how many shards a run may have.
const MostShards = 10_000

// A Plan is what a run is to be made of.
type Plan struct {
	Paths    []string
	Shards   int
	Program  string
	Settings Settings
	Inputs   map[string]string // files of the user, by the names of inputs
	Skip     func(path string, info fs.FileInfo) bool
}

// Make divides the files at the paths of a plan, and writes the run to dir. If the same
// run is there already its parts stay. Of another one only run.json is replaced.
func Make(ctx context.Context, dir string, p Plan) (r *Run, err error) {
	if err := own(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	work := filepath.Join(dir, fmt.Sprintf(".plan-%d-%d", os.Getpid(), time.Now().UnixNano()))
	if err := os.Mkdir(work, 0o777); err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	r = &Run{dir: dir, Program: p.Program, Settings: p.Settings, Inputs: Inputs{}}
	if err := r.divide(ctx, work, p); err != nil {
		if e := os.RemoveAll(work); e == nil {
			os.Remove(dir) // where it was made for nothing
		}
		return nil, err
	}
	for name, from := range p.Inputs {
		data, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(filepath.Join(work, name), data, 0o666)
		}
		if err != nil {
			return nil, err
		}
		r.Inputs[name] = sum(data)
	}
	r.Name = r.name()
	if err := os.Rename(work, r.path("")); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	data, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return nil, err
	}
	return r, writeWhole(filepath.Join(dir, runFile), append(data, '\n'))
}

// own refuses a directory that holds files and no run: a slip of the user.
func own(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || Is(dir) {
		return nil
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") { // else of a plan that was killed
			return &Problem{Err: ErrForeign, Dir: dir}
		}
	}
	return err
}

// divide writes the lists.
func (r *Run) divide(ctx context.Context, work string, p Plan) error {
	lists := make([]listWriter, p.Shards)
	for i := range lists {
		lists[i].name = filepath.Join(work, listName(i))
	}
	o := corpus.SourceOptions{Include: p.Settings.Include, Exclude: p.Settings.Exclude, Skip: p.Skip}
	files := 0
	for f, err := range corpus.Files(ctx, p.Paths, o) {
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return &Problem{Err: ErrNoFiles, Dir: f.Path, About: err.Error()}
		}
		if !slices.Contains(r.Roots, f.Root) {
			r.Roots = append(r.Roots, f.Root)
		}
		if err := lists[shardOf(f.Path, p.Shards)].add(listLine(f, r.Roots), f.Size); err != nil {
			return err
		}
		files++
	}
	if files == 0 {
		return &Problem{Err: ErrNoFiles, Dir: p.Paths[0]}
	}
	for i := range lists {
		if err := lists[i].flush(); err != nil {
			return err
		}
		var err error
		if lists[i].Sum, err = fileSum(lists[i].name); err != nil {
			return err
		}
		r.Lists = append(r.Lists, lists[i].List)
	}
	return nil
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}
