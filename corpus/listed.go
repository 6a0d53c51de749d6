package corpus

// A walk in two halves, for work that is divided: Files finds what there is to read,
// and Listed reads a part of that, on another machine perhaps. Together they give what
// Sources gives.

import (
	"context"
	"iter"
	"os"
	"path/filepath"
	"time"

	"mingxi/corpus/pathname"
)

// A File is a file of a list of what is to be read. An archive is one file.
type File struct {
	Path    string // whole, as the system has it; of a named member of an archive a.zip!/b.txt
	Name    string // how Path is shown where it is no UTF-8; else empty
	Root    string // whole; see Source.Root
	Given   bool   // see Source.Given
	Size    int64  // bytes
	ModTime time.Time
}

// Files yields the files at the paths, in the order of Sources, without a look into
// them. What is below a path and cannot be read comes without an error: Listed finds
// that again. A path that was given and cannot be read comes with one.
func Files(ctx context.Context, paths []string, o SourceOptions) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		w := newWalker(ctx, o)
		w.closed = true
		w.yield = func(s Source, err error) bool {
			if e := ctx.Err(); e != nil {
				return yield(File{}, e)
			}
			given := s.path == w.given
			switch {
			case given && err != nil:
				return yield(File{Path: s.path}, err)
			case err == nil && !given && !mayBeArchive(s.path) && !w.o.Wants(w.names.Show(w.root), s.Name):
				return true
			}
			f := File{Path: absolute(s.path), Root: absolute(w.root), Given: given, Size: s.Size, ModTime: s.ModTime}
			if s.Name != s.path {
				f.Name = pathname.Full(s.Name)
			}
			return yield(f, nil)
		}
		w.paths(paths)
	}
}

// absolute is a path whatever the current directory.
func absolute(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		return full
	}
	return path
}

// Listed yields the sources in files of a list.
func Listed(ctx context.Context, files []File, o SourceOptions) iter.Seq2[Source, error] {
	return func(yield func(Source, error) bool) {
		w := newWalker(ctx, o)
		w.yield = w.chosen(yield)
		for _, f := range files {
			if w.done() || !w.one(f) {
				return
			}
		}
	}
}

// one walks a file of a list.
func (w *walker) one(f File) bool {
	if w.listed = f; f.Given {
		return w.path(f.Path)
	}
	w.given, w.root = "", f.Root
	info, err := os.Stat(f.Path)
	if err == nil && info.IsDir() { // in the list because it could not be read
		if _, err = os.ReadDir(f.Path); err == nil {
			return true
		}
	}
	if err != nil {
		return w.fail(f.Path, err)
	}
	return w.entry(f.Path, 0)
}
