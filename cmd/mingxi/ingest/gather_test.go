package ingest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingxi/bench/gen"
	"mingxi/corpus"
	"mingxi/corpus/store"
	"mingxi/index"
)

// Parts of a folder, taken in one by one, make the corpus of the folder, in whatever
// order they come and whatever they share.
func TestGather(t *testing.T) {
	reports, content := gen.New(3), map[string]string{
		"530322/2012.txt":  "低保工作\n全县城市低保对象2418户4036人。\n",
		"530323/2012.txt":  "低保工作\n全县城市低保对象2418户4036人。\n", // the same bytes, and another region by its path
		"530324/五保.txt":    "五保工作\n全县有五保对象326人。\n",
		"copies/530324.md": "五保工作\n全县有五保对象326人。\n", // a path may say the format
		"picture.png":      "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
		"bad.txt":          "\x00\x01\x02\x03\xff\xfe\x00\x07\x00\x07\x00\x07",
		"empty.txt":        "",
	}
	for i := range 12 {
		text := reports.Report(i).Text
		content[fmt.Sprintf("r/%02d.txt", i)] = text
		switch i % 6 {
		case 1:
			content[fmt.Sprintf("copies/%02d.txt", i)] = text
		case 2:
			content[fmt.Sprintf("copies/%02d.txt", i)] = text + "\n打印本页\n"
		}
	}
	dir := files(t, content)
	single := filepath.Join(t.TempDir(), "single")
	if _, err := Run(t.Context(), single, []string{dir}, Options{}, &recorder{}); err != nil {
		t.Fatal(err)
	}
	want := dump(t, single)
	var all []corpus.File
	for f, err := range corpus.Files(t.Context(), []string{dir}, corpus.SourceOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	for _, n := range []int{1, 3, 9} {
		parts := make([]string, n)
		for i := range parts {
			list := &List{Roots: []string{dir}}
			for k, f := range all {
				if k%n == i {
					list.Files = append(list.Files, f)
				}
			}
			parts[i] = filepath.Join(t.TempDir(), "part")
			if _, err := Run(t.Context(), parts[i], nil, Options{List: list, Bare: true, Batch: 3}, &recorder{}); err != nil {
				t.Fatal(err)
			}
		}
		slices.Reverse(parts)
		switch n { // what is ready for the index is a help and no more
		case 3:
			name := filepath.Join(parts[0], feedFile)
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for i := len(b) / 3; i < len(b); i += 1000 {
				b[i] ^= 1
			}
			if err := os.WriteFile(name, b, 0o666); err != nil {
				t.Fatal(err)
			}
		case 9:
			if err := os.Remove(filepath.Join(parts[1], feedFile)); err != nil {
				t.Fatal(err)
			}
		}
		gathered := filepath.Join(t.TempDir(), "gathered")
		_, _, err := Gather(t.Context(), gathered, parts, Options{}, Gathering{Part: func(int) {}, Indexed: func() {}, Sources: int64(len(all))})
		if err != nil {
			t.Fatal(err)
		}
		if got := dump(t, gathered); got != want {
			t.Errorf("%d parts: another corpus:\n%s", n, difference(got, want))
		}
	}
	_, _, err := Gather(t.Context(), filepath.Join(t.TempDir(), "lost"), nil, Options{}, Gathering{Sources: 1})
	if err == nil || !strings.Contains(err.Error(), "0 sources of 1") {
		t.Errorf("a source was lost: %v", err)
	}
}

// dump is all that a user sees of a corpus, and its index.
func dump(t *testing.T, dir string) string {
	t.Helper()
	s, err := store.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var b strings.Builder
	e := json.NewEncoder(&b)
	for l, err := range s.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		paths, err := s.Paths(t.Context(), l.Ref.ID)
		if err != nil {
			t.Fatal(err)
		}
		e.Encode([]any{l.Ref, paths, l.Document, l.Reading})
	}
	stats, err := s.Stats(t.Context())
	stats.Database = 0
	failures, err2 := s.Failures(t.Context())
	stands, err3 := s.Representatives(t.Context())
	if err != nil || err2 != nil || err3 != nil {
		t.Fatal(err, err2, err3)
	}
	e.Encode([]any{stats, failures, stands})
	ix, err := OpenIndex(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	for _, err := range []error{
		s.Verify(t.Context(), func(problem string) { t.Error(problem) }, func(int) {}),
		index.Verify(t.Context(), IndexDir(dir), func(problem string) { t.Error(problem) }),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	ix.IDs(func(id string) bool { fmt.Fprintln(&b, id); return true })
	return b.String()
}

// difference are the lines in which two texts differ.
func difference(got, want string) string {
	var b strings.Builder
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			fmt.Fprintf(&b, "got  %.1500s\nwant %.1500s\n", g[i], w[i])
		}
	}
	return b.String()
}
