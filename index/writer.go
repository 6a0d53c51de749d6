package index

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
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
		m = &manifest{Version: formatVersion, Corpus: w.o.Corpus, Log: 1}
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
	heads, err := mapFile(filepath.Join(w.dir, w.m.headsFile()), w.m.Heads)
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

// revive makes the live directory from the view: links to its segments.
func (w *Writer) revive() error {
	l := links{viewPath(w.dir, w.m.View), filepath.Join(w.dir, liveDir)}
	for _, f := range w.m.Files {
		if f.Name == tableFile {
			continue
		}
		out, err := l.GetWriter(filepath.FromSlash(f.Name))
		if err != nil {
			return err
		}
		if out == (linked{}) {
			continue
		}
		in, err := os.Open(f.path(l.from))
		if err != nil {
			return err
		}
		_, err = io.Copy(out, in)
		if err := errors.Join(err, in.Close(), out.Close()); err != nil {
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

// Generation is that of the last commit, as of [Index.Generation].
func (w *Writer) Generation() string { return w.m.generation() }

// Add adds a document with its reading, which may be nil, and replaces the one
// with the same ID. Its spans must lie in its text. A document that cannot be added
// leaves the index as it was.
func (w *Writer) Add(d *schema.Document, r *schema.Reading) error {
	if r == nil {
		r = new(schema.Reading)
	}
	if err := checkSpans(d, r); err != nil {
		return fmt.Errorf("index %s: %w", d.Source, err)
	}
	w.Delete(d.ID)
	w.changed = true
	err := reports(d, r, func(r *newReport) error {
		rec := r.record.encode()
		r.number, r.head.record, r.size = len(w.entries), w.records.end, int64(len(rec))
		at := w.heads.end
		if err := errors.Join(w.records.write(rec), w.heads.write(appendHead(nil, r.head))); err != nil {
			return err
		}
		e := newEntry(&r.head, at)
		w.entries, w.added = append(w.entries, e), append(w.added, e)
		w.known[e.id] = append(w.known[e.id], e)
		w.batch.Update(r.document())
		w.waiting += len(rec)
		return nil
	})
	if err == nil && w.waiting >= w.o.Memory/16 {
		err = w.flush()
	}
	if err != nil {
		return fmt.Errorf("index %s: %w", d.Source, err)
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

// Compact makes the index as small as it can be, and commits it.
func (w *Writer) Compact() (err error) {
	defer guard(&err)
	if err := w.flush(); err != nil {
		return err
	}
	w.rank()
	if err := errors.Join(w.merge(&mergeplan.SingleSegmentMergePlanOptions), w.rewrite()); err != nil {
		return err
	}
	w.changed = false
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

// rewrite leaves the heads and records of deleted reports behind.
func (w *Writer) rewrite() error {
	m := manifest{Log: w.m.Log + 1}
	heads, err := mapFile(w.heads.f.Name(), w.heads.end)
	if err != nil {
		return err
	}
	defer heads.Unmap()
	records, err := mapFile(w.records.f.Name(), w.records.end)
	if err != nil {
		return err
	}
	defer records.Unmap()
	newHeads, err := appendTo(filepath.Join(w.dir, m.headsFile()), 0)
	if err != nil {
		return err
	}
	newRecords, err := appendTo(filepath.Join(w.dir, m.recordsFile()), 0)
	if err != nil {
		return errors.Join(err, newHeads.f.Close())
	}
	places := make([][2]int64, len(w.sorted))
	for i, e := range w.sorted {
		h := readHead(heads, e.head)
		readRecord(records, e.record, func(int) bool { return false })
		h.record = newRecords.end
		places[i] = [2]int64{newHeads.end, newRecords.end}
		err = errors.Join(err, newRecords.write(records[e.record:e.record+e.size]), newHeads.write(appendHead(nil, h)))
	}
	if err = errors.Join(err, newRecords.flush(), newHeads.flush()); err != nil {
		return errors.Join(err, newHeads.f.Close(), newRecords.f.Close())
	}
	for i, e := range w.sorted {
		e.head, e.record = places[i][0], places[i][1]
	}
	err = errors.Join(w.heads.f.Close(), w.records.f.Close())
	w.m.Log, w.heads, w.records = m.Log, newHeads, newRecords
	return err
}

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
	if err := share(making, w.dir); err != nil {
		return err
	}
	next := *w.m
	next.View++
	next.Heads, next.Records, next.Next = w.heads.end, w.records.end, len(w.entries)
	next.Text = 0
	for _, e := range w.sorted {
		next.Text += int64(e.text)
	}
	if next.Files, err = listFiles(making, w.m.Files); err != nil {
		return err
	}
	if err := errors.Join(syncDir(filepath.Join(making, storeDir)), syncDir(making)); err != nil {
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
	values, err := r.DocValueReader([]string{"number"})
	if err != nil {
		return err
	}
	for {
		id, err := all.Next()
		if err != nil || id == nil {
			return err
		}
		number := -1
		if err := values.VisitDocValues(id, func(_ string, t []byte) {
			if n, err := strconv.ParseInt(string(t), 36, 64); err == nil {
				number = int(n)
			}
		}); err != nil {
			return err
		}
		if number >= 0 {
			yield(int(id.Value()), number)
		}
	}
}

// share gives all below dir the permissions of the directory like. Bleve makes its
// files for their owner alone, but a corpus may be meant for others to read.
func share(dir, like string) error {
	info, err := os.Stat(like)
	if err != nil {
		return err
	}
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		mode := info.Mode().Perm()
		if !e.IsDir() {
			mode &= 0o666
		}
		_ = os.Chmod(path, mode) // not every file system knows permissions
		return nil
	})
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

// An appender writes at the end of a file.
type appender struct {
	f   *os.File
	buf *bufio.Writer
	end int64
}

// appendTo goes on after the first n bytes of a file, which must be there; what
// comes after them was never committed.
func appendTo(path string, n int64) (*appender, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && info.Size() < n {
		err = damagedFile(filepath.Base(path), fmt.Sprintf("it has %d bytes, not %d", info.Size(), n))
	}
	if err == nil {
		_ = f.Truncate(n) // not where a reader has it mapped on Windows
		_, err = f.Seek(n, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &appender{f, bufio.NewWriterSize(f, 1<<18), n}, nil
}

func (a *appender) write(b []byte) error {
	n, err := a.buf.Write(b)
	a.end += int64(n)
	return err
}

func (a *appender) flush() error {
	if err := a.buf.Flush(); err != nil {
		return err
	}
	return a.f.Sync()
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

// checkSpans refuses what would make wrong positions.
func checkSpans(d *schema.Document, r *schema.Reading) error {
	for _, b := range d.Blocks {
		if !b.Span.Valid(d.Text) {
			return fmt.Errorf("block %d:%d is not in the text", b.Start, b.End)
		}
	}
	for _, a := range d.Articles {
		if !a.Span.Valid(d.Text) {
			return fmt.Errorf("article %d is not in the text", a.N)
		}
	}
	for _, s := range d.Sentences {
		if !s.Valid(d.Text) {
			return fmt.Errorf("sentence %d:%d is not in the text", s.Start, s.End)
		}
	}
	for i := range r.Metrics {
		if m := &r.Metrics[i]; !m.Span.Valid(d.Text) || !m.Sentence.Valid(d.Text) {
			return fmt.Errorf("metric %d is not in the text", m.Seq)
		}
	}
	return nil
}
