package corpus_test

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingxi/corpus"
)

// What Files lists and Listed reads is what Sources finds: files, archives, names that
// are no UTF-8, files that the user named, patterns, and what cannot be read.
func TestListed(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.txt", "b/b.docx", "b/\xb5\xcd\xb1\xa3.txt", "b/x\xff.txt", "b/.hidden.txt", "c.xlsx"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("全县有低保对象100户。\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	zipped(t, filepath.Join(dir, "z.zip"), "one.txt", "b/two.txt", "three.xlsx")
	if err := os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "gone.txt")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		paths []string
		o     corpus.SourceOptions
	}{
		{"a folder", []string{dir}, corpus.SourceOptions{}},
		{"files that the user named", []string{filepath.Join(dir, "a.txt"), filepath.Join(dir, "z.zip")}, corpus.SourceOptions{}},
		{"a member of an archive", []string{filepath.Join(dir, "z.zip") + "!/b/two.txt"}, corpus.SourceOptions{}},
		{"one file twice", []string{filepath.Join(dir, "a.txt"), dir}, corpus.SourceOptions{}},
		{"only some, in archives too", []string{dir}, corpus.SourceOptions{Include: []string{"*.txt"}}},
		{"all but some", []string{dir}, corpus.SourceOptions{Exclude: []string{"b", "*.xlsx"}}},
	} {
		var files []corpus.File
		for f, err := range corpus.Files(t.Context(), c.paths, c.o) {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			files = append(files, f)
		}
		var got, want []string
		for s, err := range corpus.Listed(t.Context(), files, c.o) {
			got = append(got, shown(s, err))
		}
		for s, err := range corpus.Sources(t.Context(), c.paths, c.o) {
			want = append(want, shown(s, err))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
		}
	}
	for _, err := range corpus.Files(t.Context(), []string{filepath.Join(dir, "no.txt")}, corpus.SourceOptions{}) {
		if !os.IsNotExist(err) {
			t.Errorf("a path that is not there: %v", err)
		}
	}
}

func shown(s corpus.Source, err error) string {
	return fmt.Sprint(s.Name, " ", s.Root, " ", s.Given, " ", s.Size, " ", s.ModTime.UTC(), " ", err)
}

func zipped(t *testing.T, name string, members ...string) {
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for _, m := range members {
		w, err := z.Create(m)
		if err == nil {
			_, err = w.Write([]byte("全县有五保对象20人。\n"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}
