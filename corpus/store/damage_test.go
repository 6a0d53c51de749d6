package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// display is all that a corpus shows of itself; what cannot be shown is an error.
func display(t *testing.T, dir string) (rows []string, err error) {
	s, err := Open(t.Context(), dir)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	for l, err := range s.Documents(t.Context()) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, fmt.Sprint(l.Ref.Root, l.Ref.Source, l.Document, l.Reading))
	}
	failures, err := s.Failures(t.Context())
	if err != nil {
		return nil, err
	}
	stands, err := s.Representatives(t.Context())
	return append(rows, fmt.Sprint(failures), fmt.Sprint(stands)), err
}

// Bytes of the database changed at random: either nothing else is shown, or it is an
// error, or at the least verify says so. Nothing panics.
func TestFlippedBytes(t *testing.T) {
	flips := 120
	if testing.Short() {
		flips = 20
	}
	dir := t.TempDir()
	w := openWriter(t, dir)
	for i := range 30 {
		s, d, r := rooted(fmt.Sprintf("%03d.txt", i))
		if i%3 > 0 {
			s, d, r = document(fmt.Sprintf("%03d.txt", i), strings.Repeat(fmt.Sprintf("第%d份,", i/2), 40))
		}
		if _, err := w.Put(s, d, r, Sketch(d)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Fail(Source{Path: "bad.txt", Hash: []byte{1}}, "not a text"); err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	if _, err := w.Cluster(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Close()
	want, err := display(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, Database)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(4, 4))
	silent, noticed := 0, 0
	for range flips {
		bad := slices.Clone(sound)
		at := rng.IntN(len(bad))
		bad[at] ^= byte(1 + rng.IntN(255))
		if err := os.WriteFile(path, bad, 0o666); err != nil {
			t.Fatal(err)
		}
		got, err := display(t, dir)
		switch {
		case err != nil:
			noticed++
		case slices.Equal(got, want):
		default:
			silent++
			s, err := Open(t.Context(), dir)
			if err != nil {
				t.Fatal(err)
			}
			if len(problems(t, s)) == 0 {
				t.Errorf("byte %d of %d changed: something else is shown, and verify is content:\n%s", at, len(bad), difference(got, want))
			}
			s.Close()
		}
	}
	t.Logf("%d flips: %d are errors, %d only verify sees", flips, noticed, silent)
	if noticed == 0 {
		t.Error("no flip was noticed")
	}
}

func difference(got, want []string) string {
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			return got[i] + "\nwant\n" + want[i]
		}
	}
	return fmt.Sprintf("%d rows, want %d", len(got), len(want))
}

// A damaged document is named, and an error wherever it is read. Taken out, its sources
// are to be read again, which mends it.
func TestDamagedDocument(t *testing.T) {
	for name, harm := range map[string]string{
		"a value":  "UPDATE figures SET value = value + 1 WHERE seq = 1",
		"a unit":   "UPDATE figures SET unit = '人' WHERE seq = 1",
		"a text":   "UPDATE texts SET text = replace(text, '全县', '全省')",
		"a title":  "UPDATE articles SET title = '另一份'",
		"a year":   "UPDATE articles SET year = 2012",
		"a rule":   "UPDATE rules SET name = 'figure/another' WHERE rule = 1",
		"headings": "UPDATE sections SET name = '别的'",
		"a number": "DELETE FROM rules",
		"an end":   "DELETE FROM figures WHERE seq = 2",
	} {
		w := openWriter(t, t.TempDir())
		d := put(t, w, "a.txt", "")
		s, _, _ := document("b.txt", "")
		if ok, err := w.Link(s, d.ID); !ok || err != nil {
			t.Fatal(ok, err)
		}
		commit(t, w)
		if err := w.exec(harm); err != nil {
			t.Fatal(err)
		}
		commit(t, w)
		w.rules.number, w.rules.name = map[string]int64{}, map[int64]string{} // as a new process has them
		_, _, err := w.Document(t.Context(), d.ID)
		if !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v, want ErrBroken", name, err)
		}
		p := problems(t, w.Store)
		if !slices.ContainsFunc(p, func(p string) bool { return strings.Contains(p, d.ID) && strings.Contains(p, "a.txt") }) {
			t.Errorf("%s: verify does not name the document: %q", name, p)
		}
		if err := w.Discard(d.ID, "damaged"); err != nil {
			t.Fatal(err)
		}
		commit(t, w)
		if p := problems(t, w.Store); p != nil {
			t.Errorf("%s: after it was taken out: %q", name, p)
		}
		l, err := w.NewLookup(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if k, ok, err := l.Path("b.txt"); !ok || err != nil || !k.Failed || k.ModTime != -1 {
			t.Errorf("%s: b.txt: %+v, %v, %v", name, k, ok, err)
		}
		l.Close()
		put(t, w, "a.txt", "")
		commit(t, w)
		if _, _, err := w.Document(t.Context(), d.ID); err != nil {
			t.Errorf("%s: read again: %v", name, err)
		}
	}
}

// What is derived from the documents and damaged is made anew: sketches, near-copies, the
// indexes of SQLite.
func TestMend(t *testing.T) {
	w := openWriter(t, t.TempDir())
	var long strings.Builder
	for i := range 300 {
		fmt.Fprintf(&long, "第%d村的工作,", i*i)
	}
	for _, name := range []string{"a.txt", "b.txt"} {
		s, d, r := document(name, long.String()+name)
		if _, err := w.Put(s, d, r, Sketch(d)); err != nil {
			t.Fatal(err)
		}
	}
	commit(t, w)
	if _, err := w.Cluster(t.Context()); err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	for _, harm := range []string{
		"UPDATE sketches SET sketch = x'01' || randomblob(length(sketch) - 1)",
		"DELETE FROM clusters WHERE doc = 1",
	} {
		if err := w.exec(harm); err != nil {
			t.Fatal(err)
		}
		commit(t, w)
		if problems(t, w.Store) == nil {
			t.Errorf("%s: verify is content", harm)
		}
		for l, err := range w.Documents(t.Context()) {
			if err = errors.Join(err, w.Mend(t.Context(), l)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Unclustered(); err != nil {
			t.Fatal(err)
		}
		commit(t, w)
		if err := w.Rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n, err := w.Cluster(t.Context()); n != 1 || err != nil {
			t.Errorf("%s: %d near-copies, %v", harm, n, err)
		}
		commit(t, w)
		if p := problems(t, w.Store); p != nil {
			t.Errorf("%s: after mending: %q", harm, p)
		}
	}
}
