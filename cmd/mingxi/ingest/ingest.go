// Package ingest takes files into a corpus. It is the engine of all commands that
// write one: it decides what must be read, has workers read it, writes database
// and index, and finishes what a killed run left open. It prints nothing; what a
// user sees goes through [Events].
package ingest

// This file is a run over files.

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"path/filepath"

	"mingxi/cmd/mingxi/pipeline"
	"mingxi/corpus"
	"mingxi/corpus/store"
	"mingxi/extract"
	"mingxi/schema"
)

// Options say how a corpus is written. The zero value is right for most uses.
type Options struct {
	Program string               // version of the program, kept for the record
	Workers int                  // documents read at a time; 0 is one per CPU
	Batch   int                  // documents of a commit; 0 is 500
	Reading corpus.Options       // how files are read
	Sources corpus.SourceOptions // which files there are
	Retry   bool                 // read again files that failed, though they have not changed
	Prune   bool                 // forget files that are gone
	Measure bool                 // count beside the run how much there is to read: see Events.Extent
}

// Events hears what a run does, from one goroutine but for Extent.
type Events interface {
	Rebuilding()                      // the index is missing and is built anew
	Extent(files int64, bytes int64)  // how much there is to read, once it is known
	Passed()                          // a file needs no reading
	Through(bytes int64)              // a file was gone through, whatever became of it
	Done(figures int, bytes int64)    // a document is written; bytes is the size of its file
	Failed(path string, reason error) // a file could not be read
}

// A Summary is the result of a run.
type Summary struct {
	Documents int64           `json:"documents"`  // written: new, changed or of another name
	Figures   int64           `json:"figures"`    // in them
	Same      int64           `json:"same_bytes"` // files whose bytes were known under another path
	Unchanged int64           `json:"unchanged"`  // files that were not read
	Failed    int64           `json:"failed"`     // in this run
	Before    int64           `json:"failed_before"`
	Vanished  int64           `json:"vanished"`
	Pruned    int64           `json:"pruned"`
	Copies    int             `json:"near_copies"` // documents of the corpus that are near-copies of another
	Bytes     int64           `json:"bytes"`       // read
	Seconds   float64         `json:"seconds"`     // for the caller to fill in
	Failures  []store.Failure `json:"failures,omitempty"`
}

// room bounds the bytes of source files that workers hold at a time.
const room = 256 << 20

// A run is one run over files.
type run struct {
	*Keeper
	events    Events
	paths     []string
	extractor *extract.Extractor
	room      *pipeline.Budget
	lookup    *store.Lookup
	again     []corpus.Source // to be read after all: see store.Writer.Link
	absent    []store.Failure // paths that do not exist
	unread    []string        // directories and files that the walk could not look into
	counts    Summary
}

// Run takes the files at paths into the corpus in dir, which it makes if there is
// none. What was written stays even if it ends early. An error of the index is an
// [IndexError].
func Run(ctx context.Context, dir string, paths []string, o Options, events Events) (Summary, error) {
	k, err := Open(ctx, dir, o)
	if err != nil {
		return Summary{}, err
	}
	r := &run{Keeper: k, events: events, paths: cleaned(paths), extractor: extract.New(), room: pipeline.NewBudget(room)}
	err = r.run(ctx)
	if e := k.Close(); err == nil {
		err = e
	}
	return r.counts, err
}

// cleaned are paths as they are stored: a.txt for ./a.txt.
func cleaned(paths []string) []string {
	out := make([]string, len(paths))
	for i, path := range paths {
		out[i] = filepath.Clean(path)
	}
	return out
}

func (r *run) run(ctx context.Context) error {
	if r.created {
		if n, err := r.w.Refs(ctx); err == nil && len(n) > 0 {
			r.events.Rebuilding()
		}
	}
	if err := r.catchUp(ctx, func() {}); err != nil {
		return err
	}
	var err error
	if r.lookup, err = r.w.NewLookup(ctx); err != nil {
		return err
	}
	defer r.lookup.Close()
	if r.o.Measure {
		defer pipeline.Beside(ctx, r.measure)()
	}
	if err := pipeline.Unordered(ctx, r.o.Workers, r.news(ctx), r.take, r.put); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{r.readAgain, r.missing, r.vanished} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := r.commit(); err != nil {
		return err
	}
	if err := r.extractStale(ctx, r.extractor, func(int) {}); err != nil {
		return err
	}
	r.counts.Copies, err = r.cluster(ctx)
	return err
}

// measure counts what there is to read, for an estimate of the time left. What it
// cannot count it leaves out.
func (r *run) measure(ctx context.Context) {
	known, err := r.w.NewLookup(ctx)
	if err != nil {
		return
	}
	defer known.Close()
	var files, bytes int64
	for s, err := range corpus.Sources(ctx, r.paths, r.o.Sources) {
		if s.Name == "-" {
			return
		}
		if err != nil {
			continue
		}
		if old, ok, err := known.Path(s.Name); err == nil && ok && r.same(s, old) {
			continue
		}
		files++
		bytes += s.Size
	}
	if ctx.Err() == nil {
		r.events.Extent(files, bytes)
	}
}

// news yields the sources that must be read: new ones, changed ones, failed ones
// if they are to be tried again.
func (r *run) news(ctx context.Context) iter.Seq2[corpus.Source, error] {
	return func(yield func(corpus.Source, error) bool) {
		for s, err := range corpus.Sources(ctx, r.paths, r.o.Sources) {
			if err == nil {
				var old store.Known
				var ok bool
				if old, ok, err = r.lookup.Path(s.Name); err == nil && ok && r.unchanged(s, old) {
					continue
				}
			}
			if !yield(s, err) {
				return
			}
		}
	}
}

// same reports whether a source needs no reading.
func (r *run) same(s corpus.Source, old store.Known) bool {
	return old.Size == s.Size && old.ModTime == modTime(s) && !s.ModTime.IsZero() && (!old.Failed || !r.o.Retry && !old.Document)
}

// unchanged is same, and counts.
func (r *run) unchanged(s corpus.Source, old store.Known) bool {
	if !r.same(s, old) {
		return false
	}
	r.events.Passed()
	r.counts.Unchanged++
	if old.Failed {
		r.counts.Before++
	}
	return true
}

// modTime is the time of a source as the corpus keeps it.
func modTime(s corpus.Source) int64 {
	if s.ModTime.IsZero() {
		return 0
	}
	return s.ModTime.UnixNano()
}

// A taken is a source after reading, or after its bytes turned out to be known.
type taken struct {
	source  store.Source
	known   string // doc_id of the document with these bytes; nothing was read
	doc     *schema.Document
	reading *schema.Reading
	sketch  []byte
	err     error // what is wrong with the bytes
}

// take is what a worker does with a source. An error is one of getting the
// bytes; what is wrong with the bytes themselves is in taken.err.
func (r *run) take(ctx context.Context, s corpus.Source) (taken, error) {
	defer r.room.Take(s.Size)()
	t := taken{source: store.Source{Path: s.Name, Size: s.Size, ModTime: modTime(s)}}
	data, err := s.Bytes()
	if err != nil {
		return t, err
	}
	sum, id := corpus.Sum(data)
	t.source.Hash = sum[:]
	if s.Name == "-" { // every standard input is a source of its own
		t.source.Path = "-:" + id
	}
	name, ok, err := r.w.Has(ctx, id)
	if err != nil {
		return t, err
	}
	if ok && t.source.Path >= name {
		t.known = id
		return t, nil
	}
	o := r.o.Reading
	o.ID = id
	if t.doc, t.err = corpus.Read(t.source.Path, data, o); t.err == nil {
		t.reading = r.extractor.Read(t.doc)
		t.sketch = store.Sketch(t.doc)
	}
	return t, nil
}

// put writes what became of a source.
func (r *run) put(s corpus.Source, t taken, err error) error {
	r.events.Through(s.Size)
	switch {
	case s.Name == "" && err != nil: // the end of the context
		return err
	case errors.Is(err, fs.ErrNotExist):
		r.absent = append(r.absent, store.Failure{Path: s.Name, Reason: err.Error()})
		return nil
	case err != nil:
		r.unread = append(r.unread, s.Name)
		return r.fail(store.Source{Path: s.Name, Size: s.Size, ModTime: modTime(s)}, err)
	case t.err != nil:
		return r.fail(t.source, t.err)
	case t.known != "":
		ok, err := r.w.Link(t.source, t.known)
		if err != nil {
			return err
		}
		if !ok {
			r.again = append(r.again, s)
			return nil
		}
		r.counts.Same++
		return r.wrote(0)
	}
	if err := r.w.Put(t.source, t.doc, t.reading, t.sketch); err != nil {
		return err
	}
	r.counts.Documents++
	r.counts.Figures += int64(len(t.reading.Metrics))
	r.counts.Bytes += s.Size
	r.events.Done(len(t.reading.Metrics), s.Size)
	return r.wrote(len(t.doc.Text))
}

// fail records a source that could not be read.
func (r *run) fail(s store.Source, reason error) error {
	r.report(s.Path, reason)
	if err := r.w.Fail(s, reason.Error()); err != nil {
		return err
	}
	return r.wrote(0)
}

func (r *run) report(path string, reason error) {
	r.counts.Failed++
	r.counts.Failures = append(r.counts.Failures, store.Failure{Path: path, Reason: reason.Error()})
	r.events.Failed(path, reason)
}

// missing reports the paths that do not exist, unless the corpus knows them or
// files below them: then they have vanished. What is left is a slip of the user,
// which has no place in the corpus.
func (r *run) missing(ctx context.Context) error {
	for _, f := range r.absent {
		gone, err := r.lookup.Vanished(ctx, []string{f.Path}, nil)
		if err != nil {
			return err
		}
		if len(gone) == 0 {
			r.report(f.Path, errors.New(f.Reason))
		}
	}
	return nil
}

// readAgain reads the sources that Link refused, one by one: there are few.
func (r *run) readAgain(ctx context.Context) error {
	for _, s := range r.again {
		if err := r.commit(); err != nil { // so that take sees what is known now
			return err
		}
		t, err := r.take(ctx, s)
		if err := r.put(s, t, err); err != nil {
			return err
		}
	}
	return nil
}

// vanished counts the files that are gone, and forgets them if asked to.
func (r *run) vanished(ctx context.Context) error {
	gone, err := r.lookup.Vanished(ctx, r.paths, r.unread)
	if err != nil {
		return err
	}
	r.counts.Vanished = int64(len(gone))
	if !r.o.Prune {
		return nil
	}
	for _, path := range gone {
		if err := r.w.Remove(path); err != nil {
			return err
		}
		r.counts.Pruned++
		if err := r.wrote(0); err != nil {
			return err
		}
	}
	return nil
}
