package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"mingxi/schema"
)

// A Writer changes the index in a directory. There is one writer at a time; it
// is not safe for concurrent use. Readers that are open meanwhile go on with
// what they opened.
//
// What was not committed when a process ends, however it ends, is lost: the next
// writer begins with the last commit. Ask [Writer.Has] which documents it has.
type Writer struct {
	dir     string
	o       Options
	lock    *os.File
	m       *manifest
	queue   *bleveindex.AnalysisQueue
	engine  bleveindex.Index
	batch   *bleveindex.Batch
	heads   *appender
	records *appender
	entries []*entry // by number; nil if it was deleted
	sorted  []*entry // by rank, as of the last commit
	added   []*entry // since
	known   map[string][]*entry
	waiting int // bytes of the batch
	changed bool
}

// An entry is a report that the index has or is about to have.
type entry struct {
	number       int
	head, record int64 // places
	size         int64 // of the record
	text         int
	n, start     int // of the article
	id, source   string
	gone         bool
}

// Options of a writer; the zero value is right.
type Options struct {
	// Memory is how many bytes the waiting documents may take, about; 0 is 64 MB.
	Memory int
	// Corpus names the corpus whose index this is. An index of another corpus is
	// not opened; what has no name goes with everything.
	Corpus string
}

// ErrRefused is in the errors of [Writer.Add] that are of the document alone: the
// index is as it was, and the others can go on.
var ErrRefused = errors.New("the index refuses the document")

// ErrOther is returned by [Create] where the index is that of another corpus.
var ErrOther = errors.New("the index is not that of this corpus")

const (
	liveDir   = "live"
	makingDir = "making"
	// A view of more segments than this has missed merges, since runs were short.
	maxSegments = 40
	// Records of deleted reports are swept out when they are most of the file.
	minSweep = 16 << 20
)

// Create opens the index in dir for writing, an empty one if there is none.
func Create(dir string, o Options) (w *Writer, err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	lock, err := lockFile(filepath.Join(dir, "lock"))
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	if o.Memory == 0 {
		o.Memory = 64 << 20
	}
	w = &Writer{dir: dir, o: o, lock: lock, known: make(map[string][]*entry), queue: bleveindex.NewAnalysisQueue(runtime.GOMAXPROCS(0))}
	if err = w.open(); err != nil {
		w.Close()
		if !errors.Is(err, ErrOld) {
			err = fmt.Errorf("open index %s: %w", dir, err)
		}
		return nil, err
	}
	return w, nil
}

func (w *Writer) open() (err error) {
	defer guard(&err)
	m, err := readManifest(w.dir)
	fresh := errors.Is(err, ErrNone)
	switch {
	case fresh:
		m = &manifest{Version: formatVersion, Columns: columnNames(), Corpus: w.o.Corpus, Log: 1}
	case err != nil:
		return err
	case m.Corpus != "" && w.o.Corpus != "" && m.Corpus != w.o.Corpus:
		return ErrOther
	}
	w.m = m
	if err := w.sweep(); err != nil {
		return err
	}
	if !fresh {
		if err := w.learn(); err != nil {
			return err
		}
		if err := w.revive(); err != nil {
			return err
		}
	}
	if w.engine, err = openEngine(filepath.Join(w.dir, liveDir), false, w.queue); err != nil {
		return err
	}
	w.batch = bleveindex.NewBatch()
	if w.heads, err = appendTo(filepath.Join(w.dir, m.headsFile()), m.Heads); err != nil {
		return err
	}
	if w.records, err = appendTo(filepath.Join(w.dir, m.recordsFile()), m.Records); err != nil {
		return err
	}
	if fresh {
		w.changed = true
		return w.Commit()
	}
	return nil
}

// learn reads which reports there are.
func (w *Writer) learn() error {
	view := viewPath(w.dir, w.m.View)
	if err := w.m.check(view, false); err != nil {
		return err
	}
	t, err := readTable(filepath.Join(view, tableFile))
	if err != nil {
		return err
	}
	heads, _, err := mapFile(filepath.Join(w.dir, w.m.headsFile()), w.m.Heads)
	if err != nil {
		return err
	}
	defer heads.Unmap()
	w.entries = make([]*entry, w.m.Next)
	for _, row := range t.rows {
		h := readHead(heads, row.head)
		e := newEntry(&h, row.head)
		if e.number >= len(w.entries) {
			return damagedFile("index.json", "a report has a number that was not given")
		}
		w.entries[e.number] = e
		w.sorted = append(w.sorted, e)
		w.known[e.id] = append(w.known[e.id], e)
	}
	return nil
}

func newEntry(h *head, at int64) *entry {
	return &entry{number: h.number, head: at, record: h.record, size: h.size, text: h.text,
		n: h.n, start: h.start, id: strings.Clone(h.id), source: strings.Clone(h.source)}
}

// before orders reports by source and place: their rank.
func before(a, b *entry) int {
	return cmp.Or(strings.Compare(a.source, b.source), strings.Compare(a.id, b.id), a.start-b.start, a.n-b.n, a.number-b.number)
}

// Generation is that of the last commit, as of [Index.Generation].
func (w *Writer) Generation() string { return w.m.generation() }

// Add adds a document with its reading, which may be nil, and replaces the one
// with the same ID. Its spans must lie in its text. A document that cannot be added
// leaves the index as it was.
func (w *Writer) Add(d *schema.Document, r *schema.Reading) error {
	return w.AddParts(d.ID, whole(d, r))
}

// AddParts is Add of a document whose figures come in parts. An error of parts leaves
// the index as it was, too.
func (w *Writer) AddParts(docID string, parts Parts) error {
	source := docID
	list, err := prepared(func(yield func(*schema.Document, *schema.Reading) error) error {
		return parts(func(d *schema.Document, r *schema.Reading) error {
			source = d.Source
			return yield(d, r)
		})
	})
	if err == nil {
		w.Delete(docID)
		w.changed = true
		err = w.add(list)
	}
	if err != nil {
		return fmt.Errorf("index %s: %w", source, err)
	}
	return nil
}

func (w *Writer) add(list []*newReport) error {
	for _, r := range list {
		size := r.record.bytes()
		r.number, r.head.record, r.size = len(w.entries), w.records.end, int64(size)
		at := w.heads.end
		for _, piece := range r.record.pieces() {
			if err := w.records.write(piece); err != nil {
				return err
			}
		}
		if err := w.heads.write(appendHead(nil, r.head)); err != nil {
			return err
		}
		e := newEntry(&r.head, at)
		w.entries, w.added = append(w.entries, e), append(w.added, e)
		w.known[e.id] = append(w.known[e.id], e)
		w.batch.Update(r)
		w.waiting += size
	}
	if w.waiting >= w.o.Memory/8 {
		return w.flush()
	}
	return nil
}

// Delete removes a document; it is no error if there is none of that ID.
func (w *Writer) Delete(docID string) {
	for _, e := range w.known[docID] {
		w.batch.Delete(bleveID(e.number))
		e.gone, w.entries[e.number], w.changed = true, nil, true
	}
	delete(w.known, docID)
}

// flush hands what waits to bleve; the records come first.
func (w *Writer) flush() error {
	if err := errors.Join(w.records.flush(), w.heads.flush()); err != nil {
		return err
	}
	if len(w.batch.IndexOps) == 0 {
		return nil
	}
	err := w.engine.Batch(w.batch)
	w.batch, w.waiting = bleveindex.NewBatch(), 0
	return err
}

// Commit makes all that was added and deleted visible to readers and last.
func (w *Writer) Commit() error {
	if !w.changed {
		return nil
	}
	if err := w.commit(); err != nil {
		return fmt.Errorf("commit index: %w", err)
	}
	w.changed = false
	return nil
}

func (w *Writer) commit() (err error) {
	defer guard(&err)
	if err := w.flush(); err != nil {
		return err
	}
	w.rank()
	segments := 0
	for i := range w.m.Files {
		if w.m.Files[i].isSegment() {
			segments++
		}
	}
	if segments > maxSegments {
		if err := w.merge(&mergeplan.DefaultMergePlanOptions); err != nil {
			return err
		}
	}
	live := int64(0)
	for _, e := range w.sorted {
		live += e.size
	}
	if dead := w.records.end - live; dead > live && dead > minSweep {
		if err := w.rewrite(); err != nil {
			return err
		}
	}
	return w.publish()
}

func (w *Writer) merge(o *mergeplan.MergePlanOptions) error {
	return w.engine.(*scorch.Scorch).ForceMerge(context.Background(), o)
}

// rank brings the reports into order.
func (w *Writer) rank() {
	slices.SortFunc(w.added, before)
	list := make([]*entry, 0, len(w.sorted)+len(w.added))
	old := w.sorted
	for _, e := range w.added {
		for len(old) > 0 && before(old[0], e) < 0 {
			list, old = append(list, old[0]), old[1:]
		}
		list = append(list, e)
	}
	list = append(list, old...)
	w.sorted = slices.DeleteFunc(list, func(e *entry) bool { return e.gone })
	w.added = nil
}

// Close lets the next writer in. What was not committed is lost.
func (w *Writer) Close() error {
	var errs []error
	if w.engine != nil {
		errs = append(errs, w.engine.Close())
		_ = os.RemoveAll(filepath.Join(w.dir, liveDir))
	}
	for _, a := range []*appender{w.heads, w.records} {
		if a != nil {
			errs = append(errs, a.f.Close())
		}
	}
	if w.queue != nil {
		w.queue.Close()
	}
	if w.lock != nil {
		errs = append(errs, w.lock.Close())
	}
	w.engine, w.heads, w.records, w.queue, w.lock = nil, nil, nil, nil, nil
	return errors.Join(errs...)
}
