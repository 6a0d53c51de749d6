package ingest

// This file keeps the two halves of a corpus together: the database, which is
// the record of truth, and the index, which follows it. Whatever changes
// documents (ingest, reindex, reextract) does it through a Keeper.

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime/debug"

	"mingxi/cmd/mingxi/pipeline"
	"mingxi/corpus/store"
	"mingxi/index"
	"mingxi/schema"
)

// A Keeper writes a corpus. It commits after so many documents or bytes; the
// index takes each commit behind it, while the next is being filled.
type Keeper struct {
	ctx     context.Context
	o       Options
	dir     string
	w       *store.Writer
	behind  *pipeline.Stage[[]store.Change, followed]
	filled  int   // documents since the last commit
	weight  int64 // bytes of their texts
	created bool  // the index was made anew
	// refused hears of documents that the index refused and that are taken out; nil is
	// Options.Damaged.
	refused func(r refusal, paths []string)
	out     map[string]bool // doc_ids of those
	kept    int             // documents that could not be extracted again
	feed    *feed           // of what is ready for the index; may be nil
}

// One commit of the database holds at most so much.
const (
	commitDocuments = 500
	commitBytes     = 8 << 20
)

// IndexDir is where the index of a corpus is.
func IndexDir(dir string) string { return filepath.Join(dir, "index") }

// Open opens the corpus in dir for writing, and makes it if there is none.
func Open(ctx context.Context, dir string, o Options) (*Keeper, error) {
	w, err := store.OpenWriter(ctx, dir, o.Program)
	if err != nil {
		return nil, err
	}
	return newKeeper(ctx, dir, w, o)
}

// openExisting opens a corpus that must be there.
func openExisting(ctx context.Context, dir, program string) (*store.Writer, error) {
	if err := store.Stat(dir); err != nil {
		return nil, err
	}
	return store.OpenWriter(ctx, dir, program)
}

// A run that writes makes much garbage and keeps little: the collector may rest
// longer than usual, until the memory in use comes near the limit that the program sets.
// The variable of Go's runtime, where set, goes before.
const gcPercent = 300

func relaxCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
}

// newKeeper takes over w, also when it fails.
func newKeeper(ctx context.Context, dir string, w *store.Writer, o Options) (*Keeper, error) {
	relaxCollector()
	k := &Keeper{ctx: ctx, o: o, dir: dir, w: w}
	if o.Bare {
		w.Seal()
		f, err := newFeeder(dir)
		if err != nil {
			w.Close()
			return nil, err
		}
		k.behind = pipeline.NewStage(f.follow, f.end)
		return k, nil
	}
	if err := k.openIndex(); err != nil {
		w.Close()
		return nil, err
	}
	return k, nil
}

// removeIndex takes the index away. Its directory is renamed first, so that there
// is never a part of an index under its name.
func removeIndex(dir string) error {
	old := IndexDir(dir) + ".old"
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := os.Rename(IndexDir(dir), old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.RemoveAll(old)
}

// openIndex opens the index, or makes one and marks all documents for it.
func (k *Keeper) openIndex() error {
	k.created = !index.Exists(IndexDir(k.dir))
	if k.created {
		if err := k.indexAll(); err != nil {
			return err
		}
	}
	name, err := k.w.NameCorpus(context.Background())
	if err != nil {
		return err
	}
	bound, err := k.w.Binding(context.Background())
	if err != nil {
		return err
	}
	ix, err := index.Create(IndexDir(k.dir), index.Options{Memory: 64 << 20, Corpus: name})
	if err == nil && !k.created && !together(bound, ix.Generation()) {
		err = errors.Join(index.ErrOther, ix.Close())
	}
	if err != nil {
		return IndexError{err}
	}
	if err := k.w.Bind(ix.Generation()); err != nil {
		return errors.Join(err, ix.Close())
	}
	f := following{index: ix, store: k.w.Store, ctx: k.ctx, documents: indexCommits * cmp.Or(k.o.Batch, commitDocuments)}
	k.behind = pipeline.NewStage(f.follow, f.end)
	return nil
}

// together reports whether the generation of an index is that which the database
// knows. After a kill it may be a later one; then documents wait.
func together(b store.Binding, generation string) bool {
	return b.Generation == "" || b.Generation == generation || b.Waiting > 0
}

// OpenIndex opens the index of a corpus for reading, and makes sure that it is the
// one of its database. Errors of the index are IndexErrors.
func OpenIndex(ctx context.Context, s *store.Store) (*index.Index, error) {
	for try := 0; ; try++ {
		ix, err := index.Open(IndexDir(s.Dir()))
		if err != nil {
			return nil, IndexError{err}
		}
		b, err := s.Binding(ctx)
		if err != nil {
			return nil, errors.Join(err, ix.Close())
		}
		if together(b, ix.Generation()) && (b.Corpus == "" || b.Corpus == ix.Corpus()) {
			return ix, nil
		}
		ix.Close()
		if try == 9 { // a writer may have gone on in between
			return nil, IndexError{index.ErrOther}
		}
	}
}

// indexAll marks all documents for a new index.
func (k *Keeper) indexAll() error {
	if err := k.w.IndexAll(); err != nil {
		return err
	}
	if _, err := k.w.Commit(); err != nil {
		return err
	}
	return nil
}

// A following is the index at work: changes in, marks of what it has for good out.
type following struct {
	ctx       context.Context // of the run: a large document waits for the next one when it ends
	index     *index.Writer
	store     *store.Store
	documents int          // of a commit
	pending   []store.Mark // added, not committed
	refused   []refusal    // not told yet
	weight    int64
}

// A refusal is a document that the index refused, or that was found damaged when the
// index was to read it. The index has nothing of it.
type refusal struct {
	id      string
	figures int
	reason  error
}

// One commit of the index holds several of the database: its parts should be large.
const (
	indexCommits = 8
	indexBytes   = 24 << 20
)

// followed is what the index has for good: changes, and its generation; and what it
// refused.
type followed struct {
	marks      []store.Mark
	generation string
	refused    []refusal
}

func (f *following) follow(changes []store.Change) (done followed, err error) {
	for _, c := range changes {
		if c.Stored && f.ctx.Err() != nil {
			continue
		}
		switch err := f.one(c); {
		case c.Stored && f.ctx.Err() != nil: // it keeps its mark
			continue
		case err != nil:
			return done, err
		}
		f.pending = append(f.pending, c.Mark)
	}
	if len(f.pending) < f.documents && f.weight < indexBytes {
		done.refused, f.refused = f.refused, nil
		return done, nil
	}
	return f.commit()
}

func (f *following) one(c store.Change) error {
	if c.Ready != nil {
		f.weight += int64(len(c.Ready))
		return f.index.AddReady(c.ID, c.Ready)
	}
	if c.Document == nil && !c.Stored {
		f.index.Delete(c.ID)
		return nil
	}
	bytes, figures := 0, 0
	err := f.index.AddParts(c.ID, func(yield func(*schema.Document, *schema.Reading) error) error {
		return f.parts(c, func(d *schema.Document, part *schema.Reading) error {
			bytes, figures = len(d.Text), figures+len(part.Metrics)
			return yield(d, part)
		})
	})
	f.weight += int64(bytes)
	switch {
	case errors.Is(err, index.ErrRefused), errors.Is(err, store.ErrBroken):
		f.index.Delete(c.ID) // what it was before
		f.refused = append(f.refused, refusal{c.ID, figures, err})
		return nil
	case errors.Is(err, store.ErrUnknown): // it has gone since
		f.index.Delete(c.ID)
		return nil
	}
	return err
}

// parts are the figures of what changed: as they are there, or read from the store.
func (f *following) parts(c store.Change, yield func(*schema.Document, *schema.Reading) error) error {
	if c.Document != nil {
		return yield(c.Document, c.Reading)
	}
	return f.store.DocumentParts(f.ctx, c.ID, func(d *schema.Document, part *schema.Reading) error {
		err := yield(d, part)
		d.Blocks, d.Sentences = nil, nil // the index has seen them with the first part, and there may be a million
		return err
	})
}

func (f *following) commit() (done followed, err error) {
	if err := f.index.Commit(); err != nil {
		return done, err
	}
	done = followed{f.pending, f.index.Generation(), f.refused}
	f.pending, f.refused, f.weight = nil, nil, 0
	return done, nil
}

func (f *following) end() (followed, error) {
	done, err := f.commit()
	return done, errors.Join(err, f.index.Close())
}

// figureBytes is how many bytes of text a figure counts for in a commit: of a sheet of
// figures the text is the least.
const figureBytes = 64

// wrote counts a document of so many bytes and figures that was written, and commits
// when it is time.
func (k *Keeper) wrote(bytes, figures int) error {
	k.filled++
	k.weight += int64(max(bytes, figureBytes*figures))
	if k.filled < cmp.Or(k.o.Batch, commitDocuments) && k.weight < commitBytes {
		return nil
	}
	return k.commit()
}

// large writes the figures of a large document as they are read, in a transaction of its
// own, and counts them. What is wrong with them is bad: nothing of the document is
// written then.
func (k *Keeper) large(ctx context.Context, x figures, d *schema.Document, write func(schema.Parts) error) (n int, bad, err error) {
	if err := k.commit(); err != nil {
		return 0, nil, err
	}
	err = write(func(yield func(*schema.Reading) error) error {
		bad = x.parts(ctx, d)(func(part *schema.Reading) error {
			n += len(part.Metrics)
			return yield(part)
		})
		return bad
	})
	switch {
	case err == nil:
		return n, nil, nil
	case ctx.Err() != nil:
		return 0, nil, errors.Join(ctx.Err(), k.w.Drop())
	}
	return 0, err, k.w.Drop()
}

// commit commits the database, hands the changes to the index and notes what the
// index has finished.
func (k *Keeper) commit() error {
	if err := k.acknowledge(); err != nil {
		return err
	}
	changes, err := k.w.Commit()
	if err != nil {
		return err
	}
	k.filled, k.weight = 0, 0
	if len(changes) > 0 {
		k.behind.Send(changes)
	}
	return nil
}

// cluster brings near-copies up to date and counts them.
func (k *Keeper) cluster(ctx context.Context) (copies int, err error) {
	if err := k.commit(); err != nil {
		return 0, err
	}
	return k.w.Cluster(ctx)
}

// acknowledge takes back the marks of documents that the index has, and takes out those
// that it refused.
func (k *Keeper) acknowledge() error {
	finished, err := k.behind.Taken()
	if err != nil {
		return IndexError{err}
	}
	for _, f := range finished {
		for _, r := range f.refused {
			if err := k.takeOut(r); err != nil {
				return err
			}
		}
		if f.generation == "" { // it has only taken in
			continue
		}
		if err := errors.Join(k.w.Indexed(f.marks), k.w.Bind(f.generation)); err != nil {
			return err
		}
	}
	return nil
}

// takeOut takes out what the index refused.
func (k *Keeper) takeOut(r refusal) error {
	if k.out == nil {
		k.out = map[string]bool{}
	}
	k.out[r.id] = true
	if errors.Is(r.reason, store.ErrBroken) {
		if k.o.Damaged != nil {
			k.o.Damaged(r.reason)
		}
		return k.w.Discard(r.id, r.reason.Error())
	}
	paths, err := k.w.Refuse(r.id, r.reason.Error())
	switch {
	case err != nil || len(paths) == 0: // it has gone since
	case k.refused != nil:
		k.refused(r, paths)
	case k.o.Damaged != nil:
		k.o.Damaged(r.reason)
	}
	return err
}

// Close finishes what was written, also after an interrupt, and lets the next
// writer in. After an error of the database what is not committed is dropped.
func (k *Keeper) Close() error {
	err := k.commit()
	k.behind.Close()
	if e := k.acknowledge(); err == nil {
		err = e
	}
	if err == nil {
		err = k.last()
	}
	if e := k.w.Close(); err == nil {
		err = e
	}
	return err
}

// last commits what the end of the index told. Changes are of documents that it
// refused, of which it has nothing.
func (k *Keeper) last() error {
	changes, err := k.w.Commit()
	if err != nil || len(changes) == 0 {
		return err
	}
	var marks []store.Mark
	for _, c := range changes {
		marks = append(marks, c.Mark)
	}
	if err := k.w.Indexed(marks); err != nil {
		return err
	}
	_, err = k.w.Commit()
	return err
}

// catchUp gives the index what it missed: after a kill, or because it is new.
func (k *Keeper) catchUp(ctx context.Context, step func()) error {
	marks, err := k.w.Unindexed(ctx)
	if err != nil {
		return err
	}
	var changes []store.Change
	weight := 0
	send := func() {
		if len(changes) > 0 {
			k.behind.Send(changes)
		}
		changes, weight = nil, 0
	}
	err = pipeline.Ordered(ctx, k.o.Workers, k.readied(marks), k.newest, func(m store.Change, c store.Change, err error) error {
		switch {
		case errors.Is(err, store.ErrBroken):
			return k.discard(m.ID, err) // the index forgets it with the commit
		case err != nil:
			return err
		case c.Document != nil:
			weight += len(c.Document.Text)
		}
		weight += len(c.Ready)
		changes = append(changes, c)
		step()
		if len(changes) < cmp.Or(k.o.Batch, commitDocuments) && weight <= commitBytes {
			return nil
		}
		send()
		return k.commit()
	})
	if err == nil {
		send()
	}
	return err
}

// readied are the changes of marks, with what is ready of them for the index.
func (k *Keeper) readied(marks []store.Mark) iter.Seq2[store.Change, error] {
	return func(yield func(store.Change, error) bool) {
		defer k.feed.close()
		for _, m := range marks {
			if !yield(store.Change{Mark: m, Ready: k.feed.take(m.ID)}, nil) {
				return
			}
		}
	}
}

// newest is a document as the index is to have it.
func (k *Keeper) newest(ctx context.Context, c store.Change) (_ store.Change, err error) {
	if c.Ready != nil {
		return c, nil
	}
	if c.Stored, err = k.w.Many(ctx, c.ID, cmp.Or(k.o.Large, largeNumbers)); c.Stored || err != nil {
		return c, err
	}
	c.Document, c.Reading, err = k.w.Document(ctx, c.ID)
	if errors.Is(err, store.ErrUnknown) { // it has gone
		err = nil
	}
	return c, err
}

// discard takes a damaged document out, so that the rest can go on. The next run over
// its files reads it again.
func (k *Keeper) discard(id string, reason error) error {
	if k.o.Damaged != nil {
		k.o.Damaged(reason)
	}
	if err := k.w.Discard(id, reason.Error()); err != nil {
		return err
	}
	return k.wrote(0, 0)
}

// An IndexError is an error of the index, which can always be built anew.
type IndexError struct{ error }

// Unwrap gives the error itself.
func (e IndexError) Unwrap() error { return e.error }
