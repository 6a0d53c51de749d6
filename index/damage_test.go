package index

import (
	"context"
	"math/rand"
	"os"
	"path/filepath"
	"testing"
)

// A damaged file is refused or gives wrong answers; it never makes the program fail.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	w := newWriter(t, dir)
	r := rand.New(rand.NewSource(4))
	for _, id := range []string{"x", "y", "z"} {
		if err := w.Add(plain(id, report(r)), nil); err != nil {
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
	path := filepath.Join(dir, "000001", "text.bin")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 400 {
		b := append([]byte(nil), whole...)
		for range 1 + r.Intn(30) {
			at := r.Intn(len(b))
			if i%2 == 0 { // what is not text and lists lies near the end
				at = len(b) - 1 - r.Intn(min(len(b), 4000))
			}
			b[at] = byte(r.Intn(256))
		}
		if i%10 == 0 {
			b = b[:r.Intn(len(b))]
		}
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
		askDamaged(dir)
	}
}

func askDamaged(dir string) {
	ix, err := Open(dir)
	if err != nil {
		return
	}
	defer ix.Close()
	ix.Docs()
	for _, query := range []string{"低保", "保", "低保 ~ 发放", "年 -县", "unit:公顷 value:>1", "title:工作 year:2000..", "section:低"} {
		q, err := Parse(query)
		if err != nil {
			panic(err)
		}
		for _, figures := range []bool{false, true} {
			res, err := ix.Search(context.Background(), q, SearchOptions{Figures: figures})
			if err != nil {
				continue
			}
			for range res.All() {
			}
			for _, f := range Facets() {
				res.Facet(f, 0)
			}
		}
	}
}
