package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mingxi/index/query"
)

// A byte changed or a file cut short, anywhere in the index: a search answers as
// before, or says that the index is damaged, or Verify does. Nothing panics, and a
// writer deletes nothing because it cannot open something.
func TestDamage(t *testing.T) {
	whole := t.TempDir()
	w := newWriter(t, whole)
	r := rand.New(rand.NewSource(4))
	for i := range 3 {
		for k := range 5 {
			if err := w.Add(plain(fmt.Sprint(i, k), sample(r)), nil); err != nil {
				t.Fatal(err)
			}
		}
		d, reading := readSmall(t, smallCorpus[1:])
		if err := w.Add(d, reading); err != nil {
			t.Fatal(err)
		}
		if err := w.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	w.Close()
	want, err := askAll(whole)
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(t.Context(), whole, func(p string) { t.Error("of a whole index:", p) }); err != nil {
		t.Fatal(err)
	}
	var files []string
	err = filepath.WalkDir(whole, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && e.Name() != "lock" {
			files = append(files, strings.TrimPrefix(path, whole))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 180 {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
			t.Fatal(err)
		}
		name := files[i%len(files)]
		what := hurt(t, r, dir, whole, name, i)
		got, asked := askAll(dir)
		problems := 0
		if err := Verify(t.Context(), dir, func(string) { problems++ }); err != nil {
			t.Errorf("%s %s: verify: %v", name, what, err)
		}
		if asked != nil && !errors.Is(asked, ErrDamaged) && !errors.Is(asked, ErrNone) {
			t.Errorf("%s %s: %v", name, what, asked)
		}
		if asked == nil && !slices.Equal(got, want) && problems == 0 {
			t.Errorf("%s %s: another answer, and verify finds nothing", name, what)
		}
		if w, err := Create(dir, Options{}); err == nil {
			w.Close()
		} else if _, e := os.Stat(filepath.Join(dir, name)); e != nil && what != "removed" {
			t.Errorf("%s %s: deleted by the writer", name, what)
		}
	}
}

// hurt damages a file, and says how. Every other time the file looks unchanged
// from outside, as after a fault of the disk.
func hurt(t *testing.T, r *rand.Rand, dir, whole, name string, i int) string {
	path := filepath.Join(dir, name)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	what := "removed"
	switch {
	case i%40 == 0:
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		return what
	case i%6 == 0:
		b = b[:r.Intn(max(1, len(b)))]
		what = fmt.Sprintf("cut to %d", len(b))
	case len(b) > 0:
		at := r.Intn(len(b))
		what = fmt.Sprintf("byte %d of %d", at, len(b))
		b[at] ^= byte(1 + r.Intn(255))
	}
	if err := os.WriteFile(path, b, 0o666); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(whole, name))
	if err != nil {
		t.Fatal(err)
	}
	stamp := info.ModTime()
	if i%2 == 0 {
		stamp = stamp.Add(time.Hour)
	}
	if err := os.Chtimes(path, stamp, stamp); err != nil {
		t.Fatal(err)
	}
	return what
}

// askAll asks all kinds of query and prints the answers.
func askAll(dir string) (list []string, err error) {
	ix, err := Open(dir)
	if err != nil {
		return nil, err
	}
	defer ix.Close()
	docs, reports, figures, err := ix.Docs()
	if err != nil {
		return nil, err
	}
	list = append(list, fmt.Sprint(docs, reports, figures))
	for _, asked := range []string{"低保", "保", "12", "低保 ~ 发放", "年 -县", "unit:公顷 value:>1", "title:工作 year:2000..", "section:低", "region:曲靖"} {
		q, err := query.Parse(asked)
		if err != nil {
			return nil, err
		}
		for _, o := range []SearchOptions{{}, {Figures: true, Facets: true}, {Sort: ByYear}} {
			res, err := ix.Search(context.Background(), q, o)
			if err != nil {
				return nil, err
			}
			for h := range res.All() {
				list = append(list, fmt.Sprintf("%+v", h))
			}
			if res.Err() != nil {
				return nil, res.Err()
			}
			for _, f := range Facets() {
				counts, err := res.Facet(f, 0)
				if err != nil {
					return nil, err
				}
				list = append(list, fmt.Sprint(counts))
			}
		}
	}
	return list, nil
}
