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
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"mingxi/cmd/mingxi/pipeline"
	"mingxi/corpus"
	"mingxi/corpus/pathname"
	"mingxi/corpus/segment"
	"mingxi/corpus/store"
	"mingxi/extract"
	"mingxi/extract/indicator"
	"mingxi/schema"
)

// Options say how a corpus is written. The zero value is right for most uses.
type Options struct {
	Program string // version of the program, kept for the record
	Workers int    // documents read at a time; 0 is one per CPU
	Batch   int    // documents of a commit; 0 is 500
	// Large is how many numbers make a document large: then its figures are written as
	// they are read, and the index reads them from the store. Those of others are held, by
	// the worker that reads them and until they are indexed. 0 is 65,536.
	Large   int
	Reading corpus.Options       // how files are read
	Words   []segment.Entry      // of the user, besides those of the general dictionary
	Sources corpus.SourceOptions // which files there are
	Retry   bool                 // read again files that failed, though they have not changed
	Prune   bool                 // forget files that are gone
	Yes     bool                 // also where that is more than a tenth of those below a path, or all
	Known   Known                // what the user says of the documents; nil if nothing
	Damaged func(error)          // hears of stored documents that were damaged and are taken out, or cannot be extracted again; may be nil
	Measure bool                 // count beside the run how much there is to read: see Events.Extent
	// Indicators are the lists of the vocabulary; nil is the built-in one.
	Indicators [][]indicator.Indicator
	List       *List // read these files, and none at paths; may be nil
	// Bare leaves the index and near-copies to be made later: of a part of a corpus.
	Bare bool
}

// A List is a part of the files that a corpus is made of.
type List struct {
	Files []corpus.File
	Roots []string // of all files of the corpus
}

// extractor makes the extractor of a run.
func (o *Options) extractor() *extract.Extractor {
	x := extract.New()
	x.Indicators, x.Words = o.Indicators, o.Words
	return x
}

// Known writes what a user says of a document to its articles (schema.Given), before
// its figures are read. It is called from several goroutines.
type Known func(*schema.Document)

// tell calls a Known that is there.
func (k Known) tell(d *schema.Document) {
	if k != nil {
		k(d)
	}
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
	Skipped   int64           `json:"skipped"`    // pictures and others that are no documents
	Before    int64           `json:"failed_before"`
	Vanished  int64           `json:"vanished"`
	Pruned    int64           `json:"pruned"`
	Kept      []Gone          `json:"not_pruned,omitempty"` // too many to forget without being told so
	Copies    int             `json:"near_copies"`          // documents of the corpus that are near-copies of another
	Bytes     int64           `json:"bytes"`                // read
	Seconds   float64         `json:"seconds"`              // for the caller to fill in
	Failures  []store.Failure `json:"failures,omitempty"`
}

// Gone counts the files that are gone at or below a path.
type Gone struct {
	Path  string `json:"path"`
	Gone  int    `json:"gone"`
	Known int    `json:"known"` // before
}

// many reports whether so many files are gone that they may have been moved, or their
// disk may not be there.
func (g Gone) many() bool { return g.Gone > g.Known/10 || g.Gone == g.Known && g.Gone > 0 }

// room bounds the bytes of source files that workers hold at a time.
const room = 256 << 20

// A run is one run over files.
type run struct {
	*Keeper
	events  Events
	paths   []string          // as given
	roots   map[string]string // of folders as given: the root that each is in
	figures figures
	room    *pipeline.Budget
	lookup  *store.Lookup
	empty   bool // there were no documents before: reading knows all
	reading claims
	adopt   []adoption      // of files that an old version took in
	again   []corpus.Source // to be read after all: see store.Writer.Link
	absent  []store.Failure // paths that do not exist
	unread  []string        // directories and files that the walk could not look into
	counts  Summary
}

// An adoption is a file that an old version knew by its path as it was typed.
type adoption struct {
	old string
	now store.Source
}

// claims are the documents that workers have begun to read in this run, each with the
// path that it is read under.
type claims struct {
	mu sync.Mutex
	of map[string]string // by doc_id
}

// take claims a document for a path; it is false if another path has it already that
// stands before this one.
func (c *claims) take(id, path string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if by, ok := c.of[id]; ok && by < path {
		return false
	}
	if c.of == nil {
		c.of = map[string]string{}
	}
	c.of[id] = path
	return true
}

// drop gives a claim back: the bytes could not be read.
func (c *claims) drop(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.of, id)
}

// Run takes the files at paths into the corpus in dir, which it makes if there is
// none. What was written stays even if it ends early. An error of the index is an
// [IndexError].
func Run(ctx context.Context, dir string, paths []string, o Options, events Events) (Summary, error) {
	if s, ok := slips(dir, paths, events); ok && o.List == nil {
		return s, nil
	}
	k, err := Open(ctx, dir, o)
	if err != nil {
		return Summary{}, err
	}
	r := &run{Keeper: k, events: events, paths: paths, figures: o.figures(), room: pipeline.NewBudget(room)}
	k.refused = r.refuse
	err = r.run(ctx)
	if e := k.Close(); err == nil {
		err = e
	}
	return r.counts, err
}

// slips reports paths none of which exists, where there is no corpus yet: none is made
// for them.
func slips(dir string, paths []string, events Events) (s Summary, ok bool) {
	if _, err := os.Stat(filepath.Join(dir, store.Database)); err == nil {
		return s, false
	}
	for _, path := range paths {
		if path == "-" || corpus.Root(path) != "" {
			return s, false
		}
		_, err := os.Stat(path)
		var of *fs.PathError
		if errors.As(err, &of) {
			err = of.Err
		}
		s.Failed++
		s.Failures = append(s.Failures, store.Failure{Path: path, Reason: err.Error()})
		events.Failed(path, err)
	}
	return s, true
}

// enroot makes the folders of the paths roots.
func (r *run) enroot(ctx context.Context) error {
	var folders []string
	given := map[string]string{}
	if r.o.List != nil {
		for _, root := range r.o.List.Roots {
			given[root] = pathname.Full(root)
			folders = append(folders, given[root])
		}
	}
	for _, path := range r.paths {
		folder := corpus.Root(path)
		if path == "-" || folder == "" {
			continue
		}
		given[folder] = pathname.Full(folder)
		folders = append(folders, given[folder])
	}
	in, err := r.w.Enroot(ctx, folders)
	if err != nil {
		return err
	}
	r.roots = map[string]string{}
	for folder, full := range given {
		r.roots[folder] = in[full]
	}
	return r.commit()
}

// source is what the corpus keeps of a source that was found.
func (r *run) source(s corpus.Source) store.Source {
	one := store.Source{Root: r.roots[s.Root], Path: pathname.Full(s.Name), Size: s.Size, ModTime: modTime(s)}
	if s.Name == "-" || strings.HasPrefix(s.Name, "-!/") {
		one.Path = s.Name
	}
	return one
}

func (r *run) run(ctx context.Context) error {
	if r.created {
		if n, err := r.w.Refs(ctx); err == nil && len(n) > 0 {
			r.events.Rebuilding()
		}
	}
	if err := r.enroot(ctx); err != nil {
		return err
	}
	if err := r.catchUp(ctx, func() {}); err != nil {
		return err
	}
	var err error
	if r.lookup, err = r.w.NewLookup(ctx); err != nil {
		return err
	}
	defer r.lookup.Close()
	n, err := r.w.CountDocuments(ctx)
	if err != nil {
		return err
	}
	r.empty = n == 0
	if r.o.Measure {
		defer pipeline.Beside(ctx, r.measure)()
	}
	put := func(s corpus.Source, t taken, err error) error { return r.put(ctx, s, t, err) }
	if err := pipeline.Unordered(ctx, r.o.Workers, r.news(ctx), r.take, put); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{r.adoptOld, r.readAgain, r.missing, r.vanished} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := r.commit(); err != nil {
		return err
	}
	if err := r.extractStale(ctx, r.figures, func(int) {}); err != nil {
		return err
	}
	r.counts.Failed += int64(r.kept)
	if !r.o.Bare {
		r.counts.Copies, err = r.cluster(ctx)
	}
	return err
}

// sources are what there is to read.
func (r *run) sources(ctx context.Context) iter.Seq2[corpus.Source, error] {
	if r.o.List != nil {
		return corpus.Listed(ctx, r.o.List.Files, r.o.Sources)
	}
	return corpus.Sources(ctx, r.paths, r.o.Sources)
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
	for s, err := range r.sources(ctx) {
		if s.Name == "-" {
			return
		}
		if err != nil {
			continue
		}
		if old, ok, err := known.Path(r.source(s).Path); err == nil && ok && r.same(s, old) {
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
		for s, err := range r.sources(ctx) {
			if err == nil {
				var known bool
				if known, err = r.known(s); known {
					continue
				}
			}
			if !yield(s, err) {
				return
			}
		}
	}
}

// known reports whether a source needs no reading.
func (r *run) known(s corpus.Source) (bool, error) {
	now := r.source(s)
	old, ok, err := r.lookup.Path(now.Path)
	if err != nil || ok {
		return ok && err == nil && r.unchanged(s, old), err
	}
	name := filepath.ToSlash(filepath.Clean(s.Name))
	if now.Root == "" || name == now.Path {
		return false, nil
	}
	old, ok, err = r.lookup.Path(name) // of an old version
	if err != nil || !ok || old.Root != "" || !r.unchanged(s, old) {
		return false, err
	}
	r.adopt = append(r.adopt, adoption{name, now})
	return true, nil
}

// adoptOld gives the files of an old version their whole paths.
func (r *run) adoptOld(context.Context) error {
	for _, a := range r.adopt {
		if err := r.w.Adopt(a.old, a.now); err != nil {
			return err
		}
		if err := r.wrote(0, 0); err != nil {
			return err
		}
	}
	return nil
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
	reading *schema.Reading // nil of a large one
	sketch  []byte
	err     error // what is wrong with the bytes
}

// take is what a worker does with a source. An error is one of getting the
// bytes; what is wrong with the bytes themselves is in taken.err.
func (r *run) take(ctx context.Context, s corpus.Source) (taken, error) {
	defer r.room.Take(s.Size)()
	t := taken{source: r.source(s)}
	data, err := s.Bytes()
	if err != nil {
		return t, err
	}
	sum, id := corpus.Sum(data)
	t.source.Hash = sum[:]
	if s.Name == "-" { // every standard input is a source of its own
		t.source.Path = "-:" + id
	}
	if !r.empty {
		name, ok, err := r.w.Has(ctx, id)
		if err != nil {
			return t, err
		}
		if ok && t.source.Path >= name {
			t.known = id
			return t, nil
		}
	}
	if !r.reading.take(id, t.source.Path) {
		t.known = id
		return t, nil
	}
	o := r.o.Reading
	o.ID = id
	if t.doc, t.err = corpus.Read(t.source.Path, data, o); t.err == nil {
		t.doc.Root, t.doc.Source = t.source.Root, t.source.Name()
		r.o.Known.tell(t.doc)
		if t.sketch = store.Sketch(t.doc); !r.o.large(t.doc) {
			t.reading, t.err = r.figures.read(t.doc)
		}
	}
	if t.err != nil {
		r.reading.drop(id)
	}
	return t, nil
}

// put writes what became of a source.
func (r *run) put(ctx context.Context, s corpus.Source, t taken, err error) error {
	r.events.Through(s.Size)
	switch {
	case s.Name == "" && err != nil: // the end of the context
		return err
	case errors.Is(err, fs.ErrNotExist) && r.o.List == nil:
		r.absent = append(r.absent, store.Failure{Path: s.Name, Reason: err.Error()})
		return nil
	case err != nil:
		one := r.source(s)
		r.unread = append(r.unread, one.Path)
		return r.fail(s.Name, one, err)
	case errors.Is(t.err, corpus.ErrNoDocument) && !s.Given:
		r.counts.Skipped++
		if err := r.w.Skip(t.source, t.err.Error()); err != nil {
			return err
		}
		return r.wrote(0, 0)
	case t.err != nil:
		return r.fail(s.Name, t.source, t.err)
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
		return r.wrote(0, 0)
	}
	isNew, n, bad, err := r.store(ctx, t)
	switch {
	case err != nil:
		return err
	case bad != nil:
		return r.fail(s.Name, t.source, bad)
	case !isNew: // and yet read, under a lesser path
		r.counts.Same++
		return r.wrote(len(t.doc.Text), n)
	}
	r.counts.Documents++
	r.counts.Figures += int64(n)
	r.counts.Bytes += s.Size
	r.events.Done(n, s.Size)
	return r.wrote(len(t.doc.Text), n)
}

// store stores a document that was read, and counts its figures; bad is what is wrong
// with those of a large one.
func (r *run) store(ctx context.Context, t taken) (isNew bool, figures int, bad, err error) {
	if t.reading != nil {
		isNew, err = r.w.Put(t.source, t.doc, t.reading, t.sketch)
		return isNew, len(t.reading.Metrics), nil, err
	}
	figures, bad, err = r.large(ctx, r.figures, t.doc, func(parts schema.Parts) error {
		isNew, err = r.w.PutParts(t.source, t.doc, parts, t.sketch)
		return err
	})
	return isNew, figures, bad, err
}

// fail records a source that could not be read.
func (r *run) fail(name string, s store.Source, reason error) error {
	r.report(name, reason)
	if err := r.w.Fail(s, reason.Error()); err != nil {
		return err
	}
	return r.wrote(0, 0)
}

// refuse counts a document that was written and that the index refused.
func (r *run) refuse(one refusal, paths []string) {
	if _, now := r.reading.of[one.id]; now {
		r.counts.Documents--
		r.counts.Figures -= int64(one.figures)
	}
	for _, path := range paths {
		r.report(path, one.reason)
	}
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
		_, known, err := r.lookup.Vanished(ctx, pathname.Full(f.Path), nil)
		if err != nil {
			return err
		}
		if known == 0 {
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
		r.reading, r.empty = claims{}, false
		t, err := r.take(ctx, s)
		if err := r.put(ctx, s, t, err); err != nil {
			return err
		}
	}
	return nil
}

// vanished counts the files that are gone, and forgets them if asked to.
func (r *run) vanished(ctx context.Context) error {
	for _, path := range r.whole() {
		gone, known, err := r.lookup.Vanished(ctx, path, r.unread)
		if err != nil {
			return err
		}
		gone = r.o.looked(path, gone)
		r.counts.Vanished += int64(len(gone))
		g := Gone{path, len(gone), known}
		switch {
		case !r.o.Prune:
			continue
		case g.many() && !r.o.Yes:
			r.counts.Kept = append(r.counts.Kept, g)
			continue
		}
		for _, path := range gone {
			if err := r.w.Remove(path); err != nil {
				return err
			}
			r.counts.Pruned++
			if err := r.wrote(0, 0); err != nil {
				return err
			}
		}
	}
	return nil
}

// looked are those of files that are gone that a walk of a path would have found: the
// rest it did not look for.
func (o *Options) looked(path string, gone []string) []string {
	root := path
	if folder := corpus.Root(filepath.FromSlash(path)); folder != "" {
		root = filepath.ToSlash(folder)
	}
	return slices.DeleteFunc(gone, func(p string) bool { return !o.Sources.Wants(root, p) })
}

// whole are the whole paths that were given, without those that lie in others.
func (r *run) whole() (out []string) {
	var all []string
	for _, path := range r.paths {
		if path != "-" {
			all = append(all, pathname.Full(path))
		}
	}
	slices.Sort(all)
	for _, path := range all {
		if !slices.ContainsFunc(out, func(o string) bool { return store.Under(path, o) }) {
			out = append(out, path)
		}
	}
	return out
}
