package main

// This file keeps the two halves of a corpus together: the database, which is
// the record of truth, and the index, which follows it. Whatever changes
// documents (ingest, reindex, reextract) does it through a keeper.

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"

	"mingxi/corpus/store"
	"mingxi/index"
)

// A keeper writes a corpus. It commits after so many documents or bytes; the
// index takes each commit behind it, while the next is being filled.
type keeper struct {
	p       *program
	dir     string
	w       *store.Writer
	behind  *stage[[]store.Change, []store.Mark]
	batch   int   // documents of a commit; 0 is commitDocuments
	filled  int   // documents since the last commit
	weight  int64 // bytes of their texts
	created bool  // the index was made anew
}

// One commit of the database holds at most so much.
const (
	commitDocuments = 500
	commitBytes     = 8 << 20
)

// indexDir is where the index of a corpus is.
func indexDir(dir string) string { return filepath.Join(dir, "index") }

// openKeeper opens the corpus in dir for writing; the error has its hint.
func openKeeper(ctx context.Context, p *program, dir string, batch int) (*keeper, error) {
	w, err := store.OpenWriter(ctx, dir, version())
	if err != nil {
		return nil, p.hint(err)
	}
	return newKeeper(p, dir, w, batch)
}

// A run that writes makes much garbage and keeps little: the collector may rest
// longer than usual (GOGC) until the memory in use comes near a limit (GOMEMLIMIT).
// Both variables of Go's runtime, where set, go before.
const (
	gcPercent   = 300
	memoryLimit = 512 << 20
)

func relaxCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}

// newKeeper takes over w, also when it fails. A batch of 0 is the usual one.
func newKeeper(p *program, dir string, w *store.Writer, batch int) (*keeper, error) {
	relaxCollector()
	k := &keeper{p: p, dir: dir, w: w, batch: batch}
	if err := k.openIndex(); err != nil {
		w.Close()
		return nil, err
	}
	return k, nil
}

// removeIndex takes the index away. Its directory is renamed first, so that there
// is never a part of an index under its name.
func removeIndex(dir string) error {
	old := indexDir(dir) + ".old"
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := os.Rename(indexDir(dir), old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.RemoveAll(old)
}

// openIndex opens the index, or makes one and marks all documents for it.
func (k *keeper) openIndex() error {
	k.created = !index.Exists(indexDir(k.dir))
	if k.created {
		if err := k.indexAll(); err != nil {
			return err
		}
	}
	ix, err := index.Create(indexDir(k.dir), index.Options{Memory: 64 << 20})
	if err != nil {
		return k.p.hintReindex(err, k.dir)
	}
	f := following{index: ix, documents: indexCommits * cmp.Or(k.batch, commitDocuments)}
	k.behind = newStage(f.follow, f.end)
	return nil
}

// indexAll marks all documents for a new index.
func (k *keeper) indexAll() error {
	if err := k.w.IndexAll(); err != nil {
		return k.p.hint(err)
	}
	if _, err := k.w.Commit(); err != nil {
		return k.p.hint(err)
	}
	return nil
}

// A following is the index at work: changes in, marks of what it has for good out.
type following struct {
	index     *index.Writer
	documents int          // of a commit
	pending   []store.Mark // added, not committed
	weight    int64
}

// One commit of the index holds several of the database: its parts should be large.
const (
	indexCommits = 8
	indexBytes   = 24 << 20
)

func (f *following) follow(changes []store.Change) ([]store.Mark, error) {
	for _, c := range changes {
		if err := f.one(c); err != nil {
			return nil, err
		}
		f.pending = append(f.pending, c.Mark)
	}
	if len(f.pending) < f.documents && f.weight < indexBytes {
		return nil, nil
	}
	return f.commit()
}

func (f *following) one(c store.Change) error {
	if c.Document == nil {
		f.index.Delete(c.ID)
		return nil
	}
	f.weight += int64(len(c.Document.Text))
	return f.index.Add(c.Document, c.Reading)
}

func (f *following) commit() ([]store.Mark, error) {
	if err := f.index.Commit(); err != nil {
		return nil, err
	}
	done := f.pending
	f.pending, f.weight = nil, 0
	return done, nil
}

func (f *following) end() ([]store.Mark, error) {
	done, err := f.commit()
	return done, errors.Join(err, f.index.Close())
}

// wrote counts a document of so many bytes that was written, and commits when
// it is time.
func (k *keeper) wrote(bytes int) error {
	k.filled++
	k.weight += int64(bytes)
	if k.filled < cmp.Or(k.batch, commitDocuments) && k.weight < commitBytes {
		return nil
	}
	return k.commit()
}

// commit commits the database, hands the changes to the index and notes what the
// index has finished.
func (k *keeper) commit() error {
	if err := k.acknowledge(); err != nil {
		return err
	}
	changes, err := k.w.Commit()
	if err != nil {
		return k.p.hint(err)
	}
	k.filled, k.weight = 0, 0
	if len(changes) > 0 {
		k.behind.send(changes)
	}
	return nil
}

// cluster brings near-copies up to date and counts them.
func (k *keeper) cluster(ctx context.Context) (copies int, err error) {
	if err := k.commit(); err != nil {
		return 0, err
	}
	copies, err = k.w.Cluster(ctx)
	return copies, k.p.hint(err)
}

// acknowledge takes back the marks of documents that the index has.
func (k *keeper) acknowledge() error {
	finished, err := k.behind.taken()
	if err != nil {
		return k.p.hintReindex(err, k.dir)
	}
	for _, marks := range finished {
		if err := k.w.Indexed(marks); err != nil {
			return k.p.hint(err)
		}
	}
	return nil
}

// close finishes what was written, also after an interrupt, and lets the next
// writer in. After an error of the database what is not committed is dropped.
func (k *keeper) close() error {
	err := k.commit()
	k.behind.close()
	if e := k.acknowledge(); err == nil {
		err = e
	}
	if err == nil {
		_, err = k.w.Commit()
	}
	if e := k.w.Close(); err == nil {
		err = e
	}
	return err
}

// catchUp gives the index what it missed: after a kill, or because it is new.
func (k *keeper) catchUp(ctx context.Context, step func()) error {
	marks, err := k.w.Unindexed(ctx)
	if err != nil {
		return k.p.hint(err)
	}
	var changes []store.Change
	weight := 0
	for _, m := range marks {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		c := store.Change{Mark: m}
		c.Document, c.Reading, err = k.w.Document(ctx, m.ID)
		if err != nil && !errors.Is(err, store.ErrUnknown) {
			return k.p.hint(err)
		}
		if c.Document != nil {
			weight += len(c.Document.Text)
		}
		changes = append(changes, c)
		step()
		if len(changes) == cmp.Or(k.batch, commitDocuments) || weight > commitBytes {
			k.behind.send(changes)
			changes, weight = nil, 0
			if err := k.commit(); err != nil {
				return err
			}
		}
	}
	if len(changes) > 0 {
		k.behind.send(changes)
	}
	return nil
}

// hint adds to an error of the corpus what can be done about it.
func (p *program) hint(err error) error {
	for _, h := range []struct {
		err    error
		en, zh string
	}{
		{store.ErrNoCorpus, "'mingxi ingest PATH... -c DIR' makes one", "先用 “mingxi ingest 路径... -c 目录” 建立"},
		{store.ErrBusy, "wait for it to end, or use another directory; searching is possible meanwhile", "请等它结束,或换一个目录;其间可以检索"},
		{store.ErrNewer, "use that version, or ingest into a new directory", "请用那个版本,或在新目录里重新入库"},
		{store.ErrDamaged, "restore a backup, or ingest into a new directory", "请恢复备份,或在新目录里重新入库"},
		{store.ErrFull, "what was committed before is kept; free some space and run again", "此前已写入的都在;腾出空间后再运行一次即可"},
		{store.ErrReadOnly, "nothing was changed; see the permissions of the directory", "没有改动任何内容;请检查目录权限"},
	} {
		if errors.Is(err, h.err) {
			return hinted{err, p.text(h.en, h.zh)}
		}
	}
	return err
}

// hintReindex is for errors of the index, which can always be rebuilt.
func (p *program) hintReindex(err error, dir string) error {
	return hinted{err, p.text("the documents are safe in the database; 'mingxi reindex -c "+dir+"' builds the index anew",
		"文件都在数据库里,没有丢失;“mingxi reindex -c "+dir+"” 可重建索引")}
}

// A hinted error says what can be done.
type hinted struct {
	error
	hint string
}

func (h hinted) Error() string { return h.error.Error() + "\n  " + h.hint }
func (h hinted) Unwrap() error { return h.error }

// corpusFlag is the flag -c of the commands on a corpus.
func (p *program) corpusFlag(c *cobra.Command, dir *string) {
	c.Flags().StringVarP(dir, "corpus", "c", "", p.text("directory of the corpus", "语料库所在目录"))
	c.PreRunE = func(*cobra.Command, []string) error {
		if *dir == "" {
			return usageError{errors.New(p.text("say which corpus: -c DIR", "请用 -c 目录 指明语料库"))}
		}
		return nil
	}
}
