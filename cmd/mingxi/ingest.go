package main

// This file is the command that takes files into a corpus, and what a run of the
// engine (package ingest) shows.

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/ingest"
	"mingxi/schema"
)

// ingestOptions are the flags of ingest.
type ingestOptions struct {
	corpus string
	prune  bool
	yes    bool
	dryRun bool
	retry  bool
	batch  int // documents of a commit, for tests
	json   bool

	run   string // of shards; instead of paths and a corpus
	shard string // of that run
}

func ingestCommand(p *program) *cobra.Command {
	var o ingestOptions
	c := p.command("ingest PATH... -c DIR | --run RUN --shard auto|i/n",
		p.text("take documents into a corpus", "把文件收进语料库"),
		p.text(`Ingest reads documents, extracts their figures, stores both in the corpus in DIR
and indexes them for search. Files that have not changed since the last time are
not read again, and files with the same bytes are stored once, with all their
paths. It can be interrupted at any moment, even killed: the next run finishes
the work. Searching goes on meanwhile; on Linux readers go first.

A file is known by its whole path, whatever directory the command is given in.
When a folder has been moved, 'mingxi move OLD NEW' says so; 'mingxi forget'
takes single documents out.

With --run it does the work of one shard of a run that 'mingxi plan' has made: shard
3/8, the first being 0, or with auto the one that Slurm (SLURM_ARRAY_TASK_ID) or
Kubernetes (JOB_COMPLETION_INDEX) says. A shard that is done is not done again.`,
			`ingest 读文件、取出数字,存入 DIR 里的语料库,并建立检索索引。上次以后没有变动的
文件不再重读;内容相同的文件只存一份,所有路径都保留。随时可以中断,即使进程被
强行终止,再运行一次就会做完。其间可以照常检索,在 Linux 上让读者先行。

文件以完整路径为准,与在哪个目录下运行无关。文件夹搬了家,用 “mingxi move 旧 新”
说明;“mingxi forget” 去掉个别文件。

加 --run 则完成 “mingxi plan” 所分的一片:3/8 是 8 片里的第 3 片(从 0 数起),auto 则由 Slurm
(SLURM_ARRAY_TASK_ID)或 Kubernetes(JOB_COMPLETION_INDEX)指定。已完成的片不重做。`),
		`
  mingxi ingest reports/ -c corpus.mx
  mingxi ingest reports/ more.zip -c corpus.mx --json > summary.json
  mingxi ingest reports/ -c corpus.mx --dry-run        # what would be done · 先看会做什么
  mingxi ingest reports/ -c corpus.mx --prune          # forget files that are gone · 去掉已经不在的文件
  mingxi ingest reports/ -c corpus.mx --retry-failed
  mingxi ingest --run run --shard 3/8                  # one shard of a run · 完成一片`)
	c.Args = func(c *cobra.Command, args []string) error { return cobra.MinimumNArgs(1-min(1, len(o.run)))(c, args) }
	p.corpusFlag(c, &o.corpus)
	wantsCorpus := c.PreRunE
	c.PreRunE = func(c *cobra.Command, args []string) error {
		if o.run != "" {
			return p.fixedByPlan(c, args)
		}
		return wantsCorpus(c, args)
	}
	p.runFlag(c, &o.run)
	c.Flags().StringVar(&o.shard, "shard", "", p.text("which shard of the run: i/n, or auto", "是哪一片:i/n,或 auto"))
	c.Flags().BoolVar(&o.prune, "prune", false, p.text("forget files below PATH that are no longer there", "从语料库里去掉 PATH 之下已经不在的文件"))
	c.Flags().BoolVar(&o.yes, "yes", false, p.text("with --prune: also where more than a tenth of the files below a PATH are gone, or all", "与 --prune 合用:即使某个路径下不在的文件超过一成或全部不在,也去掉"))
	c.Flags().BoolVar(&o.dryRun, "dry-run", false, p.text("only list, as CSV, what would be read again and what is gone", "只列出(CSV)会读哪些文件、哪些已经不在,不做任何改动"))
	c.Flags().BoolVar(&o.retry, "retry-failed", false, p.text("read again files that failed, though they have not changed", "重试以前失败的文件,即使没有变动"))
	c.Flags().BoolVar(&o.json, "json", false, p.text("summary as JSON on stdout", "在标准输出上给出 JSON 格式的小结"))
	c.Flags().IntVar(&o.batch, "batch", 0, "documents of a commit")
	c.Flags().MarkHidden("batch")
	p.readFlags(c)
	p.walkFlags(c)
	p.metaFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if o.run != "" || o.shard != "" {
			return runShard(c.Context(), p, o)
		}
		return runIngest(c.Context(), p, o, p.paths(args))
	}
	return c
}

func runIngest(ctx context.Context, p *program, o ingestOptions, paths []string) error {
	r, err := p.readerWithMeta()
	if err != nil {
		return err
	}
	if err := p.metaSuits(r, p.sourceNames(ctx, paths)); err != nil {
		return err
	}
	options := ingest.Options{
		Program: version(), Workers: p.workers, Batch: o.batch, Reading: p.reading, Words: p.words.entries, Sources: p.sources(),
		Indicators: p.lists, Retry: o.retry, Prune: o.prune, Yes: o.yes, Known: r.meta.known(), Measure: terminal(p.err) && !p.quiet,
		Damaged: p.damaged,
	}
	if o.dryRun {
		return printPlan(ctx, p, o, paths, options)
	}
	defer giveWay()()
	show := &ingestShow{progress: newProgress(p), corpus: o.corpus}
	sum, err := ingest.Run(ctx, o.corpus, paths, options, show)
	show.end()
	if err != nil {
		return p.hintKeeper(err, o.corpus)
	}
	sum.Seconds = time.Since(show.start).Seconds()
	if sum.Unchanged+sum.Same > 0 { // not all files were read
		return ingestSummary(p, o, sum)
	}
	return p.metaEnd(r, ingestSummary(p, o, sum))
}

// printPlan lists what a run would do.
func printPlan(ctx context.Context, p *program, o ingestOptions, paths []string, options ingest.Options) error {
	steps, err := ingest.Plan(ctx, o.corpus, paths, options)
	if err != nil {
		return p.hint(err)
	}
	var rows [][]schema.Cell
	for _, s := range steps {
		rows = append(rows, schema.TextCells(s.Do, s.Path))
	}
	return asPrinted.write(p, "plan", columnsNamed("do", "path"), rows)
}

// An ingestShow shows what a run does.
type ingestShow struct {
	*progress
	corpus string
}

// shownFailures is how many failures a run prints one by one.
const shownFailures = 20

// Rebuilding implements ingest.Events.
func (s *ingestShow) Rebuilding() {
	s.say("%s", s.p.text("the index is missing: building it anew from the database", "索引不在:正从数据库重建"))
}

// Extent implements ingest.Events.
func (s *ingestShow) Extent(files, bytes int64) {
	s.allBytes.Store(bytes)
	s.allFiles.Store(files)
}

// Passed implements ingest.Events.
func (s *ingestShow) Passed() {
	s.passed.Add(1)
}

// Through implements ingest.Events.
func (s *ingestShow) Through(bytes int64) { s.bytes.Add(bytes) }

// Done implements ingest.Events.
func (s *ingestShow) Done(figures int, bytes int64) {
	s.done.Add(1)
	s.figures.Add(int64(figures))
	s.read.Add(bytes)
}

// Failed implements ingest.Events.
func (s *ingestShow) Failed(path string, reason error) {
	switch n := s.failed.Add(1); {
	case n <= shownFailures:
		s.say("%v", named(path, reason))
	case n == shownFailures+1:
		s.say(s.p.text("more failures: 'mingxi stats --failures -c %s' lists them", "还有失败的文件:用 “mingxi stats --failures -c %s” 列出"), s.corpus)
	}
}

// ingestSummary prints what was done and chooses how the command ends.
func ingestSummary(p *program, o ingestOptions, c ingest.Summary) error {
	p.summary(p.text("%d documents with %d figures taken in, %d with bytes already known, %d unchanged, %d failed (%.1f s, %.0f documents/s, %.1f MB/s)",
		"收进 %d 份文件、%d 个数字,%d 份内容已有,%d 份未变,%d 份失败(%.1f 秒,每秒 %.0f 份、%.1f MB)"),
		c.Documents, c.Figures, c.Same, c.Unchanged, c.Failed, c.Seconds, float64(c.Documents)/c.Seconds, float64(c.Bytes)/c.Seconds/1e6)
	if c.Skipped > 0 {
		p.summary(p.text("skipped, no documents (pictures, programs, …): %d", "略过 %d 份不是文档的文件(图片、程序等)"), c.Skipped)
	}
	if c.Before > 0 {
		p.summary(p.text("failed before and not changed: %d; --retry-failed reads them again", "%d 份以前失败、未变动:可用 --retry-failed 重试"), c.Before)
	}
	switch {
	case c.Pruned > 0:
		p.summary(p.text("files that are gone, now forgotten: %d", "%d 份文件已经不在,已从语料库去掉"), c.Pruned)
	case c.Vanished > 0 && len(c.Kept) == 0:
		p.summary(p.text("files that are gone: %d; their documents stay, --prune forgets them", "%d 份文件已经不在,内容仍保留:可用 --prune 去掉"), c.Vanished)
	}
	for _, g := range c.Kept {
		p.say(p.text("%s: %d of %d files are gone: was it moved, is the disk there? Nothing below it is forgotten;\n  'mingxi move OLD NEW' says where it is now, --yes forgets them",
			"%s:%d 份文件不在了(共 %d 份):是否搬了家,或磁盘没有接上?其下一份也没有去掉;\n  用 “mingxi move 旧 新” 说明新的位置,或加 --yes 去掉"), g.Path, g.Gone, g.Known)
	}
	if o.json {
		if err := printJSON(p, c); err != nil {
			return err
		}
	}
	switch {
	case len(c.Kept) > 0:
		return errFailed
	case c.Failed == 0:
		return nil
	case c.Documents+c.Same+c.Unchanged+c.Skipped == 0:
		return errFailed
	}
	return errPartial
}
