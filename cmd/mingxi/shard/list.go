package shard

// A list names the files of a shard, one a line, parted by tabs: size in bytes, time in
// nanoseconds since 1970, the number of its root, "given" where the user named the file
// itself, the path and how it is shown where that is not the same, both quoted as Go
// quotes strings, since a name of a file may hold anything.

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"mingxi/corpus"
)

// shardOf is the shard of a path, one of n: a function of the path alone.
func shardOf(path string, n int) int {
	h := fnv.New64a()
	h.Write([]byte(path))
	x := h.Sum64()
	x ^= x >> 33 // the low digits of FNV alone mix poorly
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return int(x % uint64(n))
}

func listLine(f corpus.File, roots []string) string {
	given := ""
	if f.Given {
		given = "given"
	}
	line := fmt.Sprintf("%d\t%d\t%d\t%s\t%s", f.Size, f.ModTime.UnixNano(), slices.Index(roots, f.Root), given, strconv.Quote(f.Path))
	if f.Name != "" {
		line += "\t" + strconv.Quote(f.Name)
	}
	return line + "\n"
}

func parseLine(line string, roots []string) (f corpus.File, err error) {
	cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
	if len(cells) != 5 && len(cells) != 6 {
		return f, fmt.Errorf("%d cells", len(cells))
	}
	var nanos int64
	var root int
	errs := make([]error, 4)
	f.Size, errs[0] = strconv.ParseInt(cells[0], 10, 64)
	nanos, errs[1] = strconv.ParseInt(cells[1], 10, 64)
	root, errs[2] = strconv.Atoi(cells[2])
	f.Path, errs[3] = strconv.Unquote(cells[4])
	if len(cells) == 6 {
		f.Name, err = strconv.Unquote(cells[5])
	}
	if err = errors.Join(append(errs, err)...); err == nil && (root < -1 || root >= len(roots)) {
		err = fmt.Errorf("root %d of %d", root, len(roots))
	}
	if err == nil && root >= 0 {
		f.Root = roots[root]
	}
	f.ModTime, f.Given = time.Unix(0, nanos), cells[3] == "given"
	return f, err
}

// Files are those of a shard.
func (r *Run) Files(n int) ([]corpus.File, error) {
	name := r.path(listName(n))
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, &Problem{Err: ErrChanged, Dir: r.dir, About: name}
	}
	if sum(data) != r.Lists[n].Sum {
		return nil, &Problem{Err: ErrChanged, Dir: r.dir, About: name}
	}
	files := make([]corpus.File, 0, r.Lists[n].Files)
	for line := range bytes.Lines(data) {
		f, err := parseLine(string(line), r.Roots)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		files = append(files, f)
	}
	return files, nil
}

// A listWriter writes the list of a shard, some at a time so that thousands of lists
// may be written side by side.
type listWriter struct {
	name string
	buf  []byte
	List
}

func (w *listWriter) add(line string, bytes int64) error {
	w.Files++
	w.Bytes += bytes
	if w.buf = append(w.buf, line...); len(w.buf) < 1<<16 {
		return nil
	}
	return w.flush()
}

func (w *listWriter) flush() error {
	f, err := os.OpenFile(w.name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(w.buf)
	w.buf = w.buf[:0]
	return errors.Join(err, f.Close())
}
