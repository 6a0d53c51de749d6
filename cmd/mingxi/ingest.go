package main

// This file takes files into a corpus.

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"iter"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"mingxi/corpus"
	"mingxi/corpus/store"
	"mingxi/schema"
)

// ingestOptions are the flags of ingest.
type ingestOptions struct {
	corpus string
	prune  bool
	retry  bool
	batch  int // documents of a commit, for tests
	json   bool
}

func ingestCommand(p *program) *cobra.Command {
	var o ingestOptions
	c := p.command("ingest PATH... -c DIR",
		p.text("take documents into a corpus", "把文件收进语料库"),
		p.text(`Ingest reads documents, extracts their figures, stores both in the corpus in DIR
and indexes them for search. Files that have not changed since the last time are
not read again, and files with the same bytes are stored once, with all their
paths. It can be interrupted at any moment, even killed: the next run finishes
the work. Searching goes on meanwhile.`,
			`ingest 读文件、取出数字,存入 DIR 里的语料库,并建立检索索引。上次以后没有变动的
文件不再重读;内容相同的文件只存一份,所有路径都保留。随时可以中断,即使进程被
强行终止,再运行一次就会做完。其间可以照常检索。`),
		`
  mingxi ingest reports/ -c corpus.mx
  mingxi ingest reports/ more.zip -c corpus.mx --json > summary.json
  mingxi ingest reports/ -c corpus.mx --prune          # forget files that are gone · 去掉已经不在的文件
  mingxi ingest reports/ -c corpus.mx --retry-failed`)
	c.Args = cobra.MinimumNArgs(1)
	p.corpusFlag(c, &o.corpus)
	c.Flags().BoolVar(&o.prune, "prune", false, p.text("forget files below PATH that are no longer there", "从语料库里去掉 PATH 之下已经不在的文件"))
	c.Flags().BoolVar(&o.retry, "retry-failed", false, p.text("read again files that failed, though they have not changed", "重试以前失败的文件,即使没有变动"))
	c.Flags().BoolVar(&o.json, "json", false, p.text("summary as JSON on stdout", "在标准输出上给出 JSON 格式的小结"))
	c.Flags().IntVar(&o.batch, "batch", 0, "documents of a commit")
	c.Flags().MarkHidden("batch")
	p.readFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error { return runIngest(c.Context(), p, o, args) }
	return c
}

func runIngest(ctx context.Context, p *program, o ingestOptions, paths []string) error {
	k, err := openKeeper(ctx, p, o.corpus, o.batch)
	if err != nil {
		return err
	}
	in := &ingest{keeper: k, o: o, paths: cleaned(paths), reader: p.reader(), room: newBudget(256 << 20)}
	in.show = newProgress(p)
	err = in.run(ctx)
	if e := k.close(); err == nil {
		err = e
	}
	in.show.end()
	if err != nil {
		return err
	}
	return in.summary()
}

// cleaned are paths as they are stored: a.txt for ./a.txt.
func cleaned(paths []string) []string {
	out := make([]string, len(paths))
	for i, path := range paths {
		out[i] = filepath.Clean(path)
	}
	return out
}

// An ingest is one run.
type ingest struct {
	*keeper
	o      ingestOptions
	paths  []string
	reader *reader
	room   *budget
	show   *progress
	lookup *store.Lookup
	again  []corpus.Source // to be read after all: see store.Writer.Link
	absent []store.Failure // paths that do not exist
	unread []string        // directories and files that the walk could not look into
	counts summary
}

// A summary is the result of a run, as --json prints it.
type summary struct {
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
	Seconds   float64         `json:"seconds"`
	Failures  []store.Failure `json:"failures,omitempty"`
}

// run does the whole. What was written stays even if it ends early.
func (in *ingest) run(ctx context.Context) error {
	if in.created {
		if n, err := in.w.Refs(ctx); err == nil && len(n) > 0 {
			in.show.say(in.p.text("the index is missing: building it anew from the database", "索引不在:正从数据库重建"))
		}
	}
	if err := in.catchUp(ctx, func() {}); err != nil {
		return err
	}
	var err error
	if in.lookup, err = in.w.NewLookup(ctx); err != nil {
		return in.p.hint(err)
	}
	defer in.lookup.Close()
	if in.show.live && !in.p.quiet {
		defer beside(ctx, in.measure)()
	}
	if err := unordered(ctx, in.p.workers, in.news(ctx), in.take, in.put); err != nil {
		return err
	}
	if err := in.readAgain(ctx); err != nil {
		return err
	}
	if err := in.missing(ctx); err != nil {
		return err
	}
	if err := in.vanished(ctx); err != nil {
		return err
	}
	if err := in.commit(); err != nil {
		return err
	}
	if err := in.extractStale(ctx, in.reader, func(int) {}); err != nil {
		return err
	}
	in.counts.Copies, err = in.cluster(ctx)
	return err
}

// measure counts what there is to do, for the estimate of the time left.
func (in *ingest) measure(ctx context.Context) {
	var files, bytes int64
	for s, err := range corpus.Sources(ctx, in.paths, in.p.sources()) {
		if s.Name == "-" {
			return
		}
		if err == nil {
			files++
			bytes += s.Size
		}
	}
	if ctx.Err() == nil {
		in.show.allBytes.Store(bytes)
		in.show.allFiles.Store(files)
	}
}

// news yields the sources that must be read: new ones, changed ones, failed ones
// if they are to be tried again.
func (in *ingest) news(ctx context.Context) iter.Seq2[corpus.Source, error] {
	return func(yield func(corpus.Source, error) bool) {
		for s, err := range corpus.Sources(ctx, in.paths, in.p.sources()) {
			if err == nil {
				var old store.Known
				var ok bool
				if old, ok, err = in.lookup.Path(s.Name); err == nil && ok && in.unchanged(s, old) {
					continue
				}
			}
			if !yield(s, err) {
				return
			}
		}
	}
}

// unchanged reports whether a source needs no reading, and counts it.
func (in *ingest) unchanged(s corpus.Source, old store.Known) bool {
	if old.Size != s.Size || old.ModTime != modTime(s) || s.ModTime.IsZero() || old.Failed && (in.o.retry || old.Document) {
		return false
	}
	in.show.passed.Add(1)
	in.show.bytes.Add(s.Size)
	if old.Failed {
		in.counts.Before++
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
func (in *ingest) take(ctx context.Context, s corpus.Source) (taken, error) {
	defer in.room.take(s.Size)()
	t := taken{source: store.Source{Path: s.Name, Size: s.Size, ModTime: modTime(s)}}
	data, err := s.Bytes()
	if err != nil {
		return t, err
	}
	sum := sha256.Sum256(data)
	t.source.Hash = sum[:]
	id := corpus.ID(data)
	if s.Name == "-" { // every standard input is a source of its own
		t.source.Path = "-:" + id
	}
	name, ok, err := in.w.Has(ctx, id)
	if err != nil {
		return t, err
	}
	if ok && t.source.Path >= name {
		t.known = id
		return t, nil
	}
	if t.doc, t.err = corpus.Read(t.source.Path, data, in.reader.options); t.err == nil {
		t.reading = in.reader.extractor.Read(t.doc)
		t.sketch = store.Sketch(t.doc)
	}
	return t, nil
}

// put writes what became of a source.
func (in *ingest) put(s corpus.Source, t taken, err error) error {
	in.show.bytes.Add(s.Size)
	switch {
	case s.Name == "" && err != nil: // the end of the context
		return err
	case errors.Is(err, fs.ErrNotExist):
		in.absent = append(in.absent, store.Failure{Path: s.Name, Reason: err.Error()})
		return nil
	case err != nil:
		in.unread = append(in.unread, s.Name)
		return in.fail(store.Source{Path: s.Name, Size: s.Size, ModTime: modTime(s)}, err)
	case t.err != nil:
		return in.fail(t.source, t.err)
	case t.known != "":
		ok, err := in.w.Link(t.source, t.known)
		if err != nil {
			return in.p.hint(err)
		}
		if !ok {
			in.again = append(in.again, s)
			return nil
		}
		in.counts.Same++
		return in.wrote(0)
	}
	if err := in.w.Put(t.source, t.doc, t.reading, t.sketch); err != nil {
		return in.p.hint(err)
	}
	in.counts.Figures += int64(len(t.reading.Metrics))
	in.show.done.Add(1)
	in.show.figures.Add(int64(len(t.reading.Metrics)))
	in.show.read.Add(s.Size)
	return in.wrote(len(t.doc.Text))
}

// fail records a source that could not be read.
func (in *ingest) fail(s store.Source, reason error) error {
	in.report(s.Path, reason)
	if err := in.w.Fail(s, reason.Error()); err != nil {
		return in.p.hint(err)
	}
	return in.wrote(0)
}

// shownFailures is how many failures a run prints one by one.
const shownFailures = 20

func (in *ingest) report(path string, reason error) {
	n := in.show.failed.Add(1)
	in.counts.Failures = append(in.counts.Failures, store.Failure{Path: path, Reason: reason.Error()})
	switch {
	case n <= shownFailures:
		in.show.say("%v", named(path, reason))
	case n == shownFailures+1:
		in.show.say(in.p.text("more failures: 'mingxi stats --failures -c %s' lists them", "还有失败的文件:用 “mingxi stats --failures -c %s” 列出"), in.o.corpus)
	}
}

// missing reports the paths that do not exist, unless the corpus knows them or
// files below them: then they have vanished. What is left is a slip of the user,
// which has no place in the corpus.
func (in *ingest) missing(ctx context.Context) error {
	for _, f := range in.absent {
		gone, err := in.lookup.Vanished(ctx, []string{f.Path}, nil)
		if err != nil {
			return in.p.hint(err)
		}
		if len(gone) == 0 {
			in.report(f.Path, errors.New(f.Reason))
		}
	}
	return nil
}

// readAgain reads the sources that Link refused, one by one: there are few.
func (in *ingest) readAgain(ctx context.Context) error {
	for _, s := range in.again {
		if err := in.commit(); err != nil { // so that take sees what is known now
			return err
		}
		t, err := in.take(ctx, s)
		if err := in.put(s, t, err); err != nil {
			return err
		}
	}
	return nil
}

// vanished reports the files that are gone, and forgets them if asked to.
func (in *ingest) vanished(ctx context.Context) error {
	gone, err := in.lookup.Vanished(ctx, in.paths, in.unread)
	if err != nil {
		return in.p.hint(err)
	}
	in.counts.Vanished = int64(len(gone))
	if !in.o.prune {
		return nil
	}
	for _, path := range gone {
		if err := in.w.Remove(path); err != nil {
			return in.p.hint(err)
		}
		in.counts.Pruned++
		if err := in.wrote(0); err != nil {
			return err
		}
	}
	return nil
}

// summary prints what was done and chooses how the command ends.
func (in *ingest) summary() error {
	c := &in.counts
	c.Documents, c.Failed, c.Unchanged = in.show.done.Load(), in.show.failed.Load(), in.show.passed.Load()
	c.Bytes, c.Seconds = in.show.read.Load(), time.Since(in.show.start).Seconds()
	p := in.p
	p.summary(p.text("%d documents with %d figures taken in, %d with bytes already known, %d unchanged, %d failed (%.1f s, %.0f documents/s, %.1f MB/s)",
		"收进 %d 份文件、%d 个数字,%d 份内容已有,%d 份未变,%d 份失败(%.1f 秒,每秒 %.0f 份、%.1f MB)"),
		c.Documents, c.Figures, c.Same, c.Unchanged, c.Failed, c.Seconds, float64(c.Documents)/c.Seconds, float64(c.Bytes)/c.Seconds/1e6)
	if c.Before > 0 {
		p.summary(p.text("failed before and not changed: %d; --retry-failed reads them again", "%d 份以前失败、未变动:可用 --retry-failed 重试"), c.Before)
	}
	switch {
	case c.Pruned > 0:
		p.summary(p.text("files that are gone, now forgotten: %d", "%d 份文件已经不在,已从语料库去掉"), c.Pruned)
	case c.Vanished > 0:
		p.summary(p.text("files that are gone: %d; their documents stay, --prune forgets them", "%d 份文件已经不在,内容仍保留:可用 --prune 去掉"), c.Vanished)
	}
	if in.o.json {
		if err := printJSON(p, c); err != nil {
			return err
		}
	}
	switch {
	case c.Failed == 0:
		return nil
	case c.Documents+c.Same+c.Unchanged == 0:
		return errFailed
	}
	return errPartial
}
