package index

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"mingxi/schema"
)

// A Writer changes the index in a directory. There is one writer at a time; it
// is not safe for concurrent use. Readers that are open meanwhile go on with
// what they opened.
//
// Documents wait in memory, about 4 KB for a report of 4 KB, until Commit, or
// until they need more than the budget: then they become a segment of their
// own accord. After a crash the index is as the last segment left it; ask
// [Writer.Has] which documents it knows.
type Writer struct {
	dir    string
	lock   *os.File
	m      *manifest
	b      *builder
	known  map[string]place // where each document is
	dead   []bitset         // by segment
	dirty  []bool           // whether dead differs from the file
	gone   bitset           // documents of the builder that were deleted again
	budget int
}

// place is the segment and the number of a document; the builder's segment is -1.
type place struct{ segment, doc int32 }

// Options of a writer; the zero value is right.
type Options struct {
	// Memory is how many bytes the waiting documents may take, about; 0 is 192 MB.
	Memory int
}

// Create opens the index in dir for writing, an empty one if there is none.
func Create(dir string, o Options) (*Writer, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	lock, err := lockFile(filepath.Join(dir, "lock"))
	if err != nil {
		return nil, fmt.Errorf("create index %s: %w", dir, err)
	}
	w := &Writer{dir: dir, lock: lock, b: newBuilder(), budget: o.Memory}
	if w.budget == 0 {
		w.budget = 192 << 20
	}
	if err := w.load(); err != nil {
		lock.Close()
		return nil, err
	}
	return w, nil
}

// load reads the manifest and learns which documents there are.
func (w *Writer) load() error {
	m, err := readManifest(w.dir)
	if errors.Is(err, ErrNone) {
		m, err = &manifest{Version: formatVersion}, nil
		if err = m.write(w.dir); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	w.m = m
	if err := w.sweep(); err != nil {
		return err
	}
	return w.learn()
}

func (w *Writer) learn() error {
	w.known = make(map[string]place)
	w.dead, w.dirty = nil, nil
	for i, e := range w.m.Segments {
		s, err := openSegment(w.dir, e)
		if err != nil {
			return fmt.Errorf("open index %s: %w", w.dir, err)
		}
		dead := newBitset(s.docs.len())
		copy(dead, s.dead)
		for d := range s.docs.len() {
			if !dead.has(d) {
				w.known[s.docID(d)] = place{int32(i), int32(d)}
			}
		}
		w.dead, w.dirty = append(w.dead, dead), append(w.dirty, false)
		if err := s.close(); err != nil {
			return err
		}
	}
	return nil
}

// sweep removes what the manifest does not name.
func (w *Writer) sweep() error {
	keep := map[string]bool{"index.json": true, "lock": true}
	for _, e := range w.m.Segments {
		keep[e.Name], keep[e.Dead] = true, true
	}
	list, err := os.ReadDir(w.dir)
	if err != nil {
		return err
	}
	for _, f := range list {
		name := f.Name()
		if keep[name] || strings.Trim(name[:min(6, len(name))], "0123456789") != "" {
			continue
		}
		if err := os.RemoveAll(filepath.Join(w.dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Has reports whether the document is in the index, or waits to be.
func (w *Writer) Has(docID string) bool {
	_, ok := w.known[docID]
	return ok
}

// Add adds a document with its reading, which may be nil, and replaces the one
// with the same ID. Its spans must lie in its text.
func (w *Writer) Add(d *schema.Document, r *schema.Reading) error {
	if !w.b.fits(d, r) || w.b.memory() > w.budget {
		if err := w.flush(); err != nil {
			return err
		}
	}
	if !w.b.fits(d, r) {
		return fmt.Errorf("index %s: too large", d.Source)
	}
	n := len(w.b.docs)
	if err := w.b.add(d, r); err != nil {
		return err
	}
	w.Delete(d.ID)
	w.known[d.ID] = place{-1, int32(n)}
	return nil
}

// Delete removes a document; it is no error if there is none of that ID.
func (w *Writer) Delete(docID string) {
	p, ok := w.known[docID]
	if !ok {
		return
	}
	delete(w.known, docID)
	if p.segment < 0 {
		for len(w.gone) <= int(p.doc)>>6 {
			w.gone = append(w.gone, 0)
		}
		w.gone.set(int(p.doc))
		return
	}
	w.dead[p.segment].set(int(p.doc))
	w.dirty[p.segment] = true
}

// Commit makes all that was added and deleted visible to readers and last.
// Small segments are merged now and then, so a commit may take longer than the
// one before.
func (w *Writer) Commit() error {
	if err := w.flush(); err != nil {
		return err
	}
	return w.merge()
}

// flush writes the waiting documents as a segment, and the deletions.
func (w *Writer) flush() error {
	changed := false
	if len(w.b.docs) > 0 {
		if err := w.flushBuilder(); err != nil {
			return fmt.Errorf("commit index: %w", err)
		}
		changed = true
	}
	for i := range w.m.Segments {
		if !w.dirty[i] {
			continue
		}
		if err := w.writeDead(i); err != nil {
			return fmt.Errorf("commit index: %w", err)
		}
		changed = true
	}
	if !changed {
		return nil
	}
	if err := w.m.write(w.dir); err != nil {
		return fmt.Errorf("commit index: %w", err)
	}
	return w.sweep()
}

func (w *Writer) flushBuilder() error {
	e := entry{Name: w.m.fresh(), Docs: len(w.b.docs), Runes: int(w.b.base)}
	if err := w.b.write(filepath.Join(w.dir, e.Name)); err != nil {
		return err
	}
	n := int32(len(w.m.Segments))
	for id, p := range w.known {
		if p.segment < 0 {
			w.known[id] = place{n, p.doc}
		}
	}
	dead := newBitset(e.Docs)
	copy(dead, w.gone)
	w.m.Segments = append(w.m.Segments, e)
	w.dead, w.dirty = append(w.dead, dead), append(w.dirty, len(w.gone) > 0)
	w.b, w.gone = newBuilder(), nil
	return nil
}

func (w *Writer) writeDead(i int) error {
	e := &w.m.Segments[i]
	e.Dead = e.Name + ".dead-" + w.m.fresh()
	e.Gone = w.dead[i].count()
	w.dirty[i] = false
	return replaceFile(filepath.Join(w.dir, e.Dead), encodeBits(w.dead[i]))
}

// Close lets the next writer in. What was not committed is lost.
func (w *Writer) Close() error {
	if w.lock == nil {
		return nil
	}
	err := w.lock.Close()
	w.lock = nil
	return err
}
