package index

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	bleveindex "github.com/blevesearch/bleve_index_api"
)

// This file makes what readers open. Bleve lets nobody read an index that is being
// written, so a commit publishes a view: a copy of bleve's files, whose segments are
// links to those of the live index since nobody changes them, and the table of
// reports. Then the manifest names the view. A writer begins from a view in the
// same way, and never from what another left behind live.

// publish makes a view, which is what readers open since bleve lets nobody read what
// is being written, and then the manifest that names it.
func (w *Writer) publish() error {
	making := filepath.Join(w.dir, makingDir)
	if err := os.RemoveAll(making); err != nil {
		return err
	}
	if err := w.copyTo(making); err != nil {
		return err
	}
	t, err := w.table(making)
	if err != nil {
		return err
	}
	if err := writeFile(filepath.Join(making, tableFile), t.encode()); err != nil {
		return err
	}
	next := *w.m
	next.View++
	next.Heads, next.Records, next.Next = w.heads.end, w.records.end, len(w.entries)
	next.Text = 0
	for _, e := range w.sorted {
		next.Text += int64(e.text)
	}
	if next.Files, err = listFiles(making, w.dir, w.m.Files); err != nil {
		return err
	}
	if err := errors.Join(syncDir(filepath.Join(making, storeDir)), syncDir(making)); err != nil {
		return err
	}
	if err := os.RemoveAll(viewPath(w.dir, next.View)); err != nil { // of a commit that failed
		return err
	}
	if err := os.Rename(making, viewPath(w.dir, next.View)); err != nil {
		return err
	}
	if err := next.write(w.dir); err != nil {
		return err
	}
	w.m = &next
	return w.sweep()
}

// copyTo copies what bleve has now: its segments as links.
func (w *Writer) copyTo(dir string) error {
	c := w.engine.(bleveindex.CopyIndex).CopyReader()
	if c == nil {
		return errors.New("bleve has nothing to copy")
	}
	err := c.CopyTo(links{filepath.Join(w.dir, liveDir), dir})
	return errors.Join(err, c.CloseCopyReader())
}

// table makes the table of the view in dir.
func (w *Writer) table(dir string) (*table, error) {
	ranks := make([]uint32, len(w.entries))
	t := &table{rows: make([]row, len(w.sorted))}
	for i, e := range w.sorted {
		if i == 0 || w.sorted[i-1].id != e.id {
			t.docs++
		}
		ranks[e.number] = uint32(i)
		t.rows[i] = row{e.head, e.record, uint32(t.docs - 1)}
	}
	engine, err := openEngine(dir, true, nil)
	if err != nil {
		return nil, err
	}
	defer engine.Close()
	reader, err := engine.Reader()
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	found := 0
	err = eachNumber(reader, func(doc, number int) {
		for len(t.ranks) <= doc {
			t.ranks = append(t.ranks, noRank)
		}
		if number < len(w.entries) && w.entries[number] != nil {
			t.ranks[doc] = ranks[number]
			found++
		}
	})
	if err == nil && found != len(w.sorted) {
		err = fmt.Errorf("%w: bleve has %d reports of %d", ErrDamaged, found, len(w.sorted))
	}
	return t, err
}

// eachNumber yields the document numbers of bleve with the number of the report.
func eachNumber(r bleveindex.IndexReader, yield func(doc, number int)) error {
	all, err := r.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer all.Close()
	for {
		id, err := all.Next()
		if err != nil || id == nil {
			return err
		}
		name, err := r.ExternalID(id)
		if err != nil {
			return err
		}
		number, err := strconv.ParseInt(name, 36, 64)
		if err != nil {
			return err
		}
		yield(int(id.Value()), int(number))
	}
}

// links is a directory to copy to where a segment, which nobody changes, becomes a
// link; a copy where the file system has none.
type links struct{ from, to string }

func (l links) GetWriter(name string) (io.WriteCloser, error) {
	to := filepath.Join(l.to, name)
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return nil, err
	}
	if filepath.Ext(name) == segmentExt && os.Link(filepath.Join(l.from, name), to) == nil {
		return linked{}, nil
	}
	return os.OpenFile(to, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o666)
}

// linked takes what is there already.
type linked struct{}

func (linked) ReadFrom(io.Reader) (int64, error) { return 0, nil }
func (linked) Write(b []byte) (int, error)       { return len(b), nil }
func (linked) Close() error                      { return nil }

// revive makes the live directory from the view: links to its segments.
func (w *Writer) revive() error {
	to := links{viewPath(w.dir, w.m.View), filepath.Join(w.dir, liveDir)}
	for _, f := range w.m.Files {
		if f.Name == tableFile {
			continue
		}
		in, err := os.Open(f.path(to.from))
		if err != nil {
			return err
		}
		out, err := to.GetWriter(filepath.FromSlash(f.Name))
		if err == nil {
			_, err = io.Copy(out, in) // nothing, of a link
			err = errors.Join(err, out.Close())
		}
		if err := errors.Join(err, in.Close()); err != nil {
			return err
		}
	}
	return nil
}

// sweep removes what the manifest does not name.
func (w *Writer) sweep() error {
	keep := []string{"index.json", "lock", filepath.Base(viewPath(w.dir, w.m.View)), w.m.headsFile(), w.m.recordsFile()}
	if w.engine != nil {
		keep = append(keep, liveDir)
	}
	list, err := os.ReadDir(w.dir)
	for _, f := range list {
		if !slices.Contains(keep, f.Name()) {
			_ = os.RemoveAll(filepath.Join(w.dir, f.Name())) // another time, if a reader still has it
		}
	}
	return err
}
