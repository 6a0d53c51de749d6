package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/ingest"
	"mingxi/corpus/store"
	"mingxi/index"
)

func verifyCommand(p *program) *cobra.Command {
	var dir string
	var mend bool
	c := p.command("verify -c DIR",
		p.text("check that a corpus is whole", "检查语料库是否完好"),
		p.text(`Verify checks that every page of the database can be read, that every source has
a document or a reason why not, that every figure stands in its text where it
says, that the files of the index are as they were written, and that database and
index hold the same documents. It ends with 1 if something is wrong. It changes
nothing; but when all is well it removes the copy of the database that was made
when a newer version of mingxi first wrote to it.

With --mend it takes out the documents whose text or figures are damaged on the
disk: the next ingest of their files reads them again. 'mingxi reindex' mends the
index.`,
			`verify 检查:数据库每一页都能读;每个来源都有文件或失败原因;每个数字都在正文中所记
的位置上;索引的文件完好无改;数据库和索引里的文件一致。有问题时以 1 退出。它不做任何
改动;只是在一切完好时,删去新版本 mingxi 初次写入时所留的数据库副本。

加 --mend 则去掉正文或数字在磁盘上已损坏的文件,再对原文件运行 ingest 就会重读。
索引损坏用 “mingxi reindex” 修复。`),
		"  mingxi verify -c corpus.mx")
	c.Args = cobra.NoArgs
	p.corpusFlag(c, &dir)
	c.Flags().BoolVar(&mend, "mend", false, p.text("take damaged documents out first", "先去掉损坏的文件"))
	c.RunE = func(c *cobra.Command, args []string) error {
		if mend {
			if err := runMend(c.Context(), p, dir); err != nil {
				return err
			}
		}
		return runVerify(c.Context(), p, dir)
	}
	return c
}

func runMend(ctx context.Context, p *program, dir string) error {
	n, err := ingest.Mend(ctx, dir, ingest.Options{Program: version(), Workers: p.workers, Damaged: p.damaged})
	if err != nil {
		return p.hintKeeper(err, dir)
	}
	p.summary(p.text("%d damaged documents taken out: ingest their files again", "去掉 %d 份损坏的文件:请对原文件再次运行 ingest"), n)
	return nil
}

// damaged says that a stored document was damaged.
func (p *program) damaged(err error) { p.say("%v", err) }

func runVerify(ctx context.Context, p *program, dir string) error {
	s, err := store.Open(ctx, dir)
	if err != nil {
		return p.hint(err)
	}
	defer s.Close()
	show := newProgress(p)
	wrong := 0
	found := func(problem string) {
		wrong++
		show.say("%s", problem)
	}
	err = s.Verify(ctx, found, func(figures int) {
		show.done.Add(1)
		show.figures.Add(int64(figures))
	})
	broken := wrong > 0
	if err == nil && !broken { // a damaged database says nothing about the index
		err = verifyIndex(ctx, p, s, found)
	}
	show.end()
	if err != nil {
		return p.hint(err)
	}
	if wrong > 0 {
		p.summary(p.text("%d problems", "%d 处问题"), wrong)
		if broken {
			p.say("%s", p.text("'mingxi verify --mend' takes damaged documents out, and the next ingest of their files reads them again;\n  if something is wrong even then, restore a backup, or ingest into a new directory",
				"“mingxi verify --mend” 去掉损坏的文件,再对原文件运行 ingest 即可重读;\n  如果仍有问题,请恢复备份,或在新目录里重新入库"))
		}
		return errFailed
	}
	stats, err := s.Stats(ctx)
	if err != nil {
		return p.hint(err)
	}
	switch dropped, err := store.DropCopy(ctx, dir); {
	case errors.Is(err, store.ErrBusy): // it goes next time
	case err != nil:
		p.say("%v", err)
	case dropped:
		p.summary("%s", p.text("the copy of the database from before its tables were brought up to date is removed", "升级前的数据库副本已删去"))
	}
	_, err = fmt.Fprintf(p.out, p.text("ok: %d sources, %d documents, %d figures, %d failures\n",
		"完好:%d 个来源,%d 份文件,%d 个数字,%d 份失败\n"), stats.Sources, stats.Documents, stats.Figures, stats.Failures)
	return err
}

// verifyIndex compares the documents of the index with those of the database.
func verifyIndex(ctx context.Context, p *program, s *store.Store, found func(string)) error {
	waiting, err := s.Unindexed(ctx)
	if err != nil {
		return err
	}
	if len(waiting) > 0 {
		found(fmt.Sprintf(p.text("%d documents wait to be indexed: run ingest", "%d 份文件尚未索引:请运行 ingest"), len(waiting)))
		return nil
	}
	damaged := false
	if err := index.Verify(ctx, ingest.IndexDir(s.Dir()), func(problem string) {
		found(problem)
		damaged = true
	}); err != nil {
		return err
	}
	if damaged {
		found(p.hintReindex(index.ErrDamaged, s.Dir()).Error())
		return nil
	}
	ix, err := ingest.OpenIndex(ctx, s)
	if errors.Is(err, index.ErrOther) {
		found(p.hintKeeper(err, s.Dir()).Error())
		return nil
	}
	if err != nil {
		return err
	}
	defer ix.Close()
	refs, err := s.Refs(ctx)
	if err != nil {
		return err
	}
	missing := make(map[string]bool, len(refs))
	for _, r := range refs {
		missing[r.ID] = true
	}
	err = ix.IDs(func(id string) bool {
		if !missing[id] {
			found(fmt.Sprintf(p.text("index: document %s is not in the database, or twice in the index", "索引里的文件 %s 不在数据库里,或在索引里重复"), id))
		}
		delete(missing, id)
		return true
	})
	if err != nil {
		return err
	}
	for _, r := range refs {
		if missing[r.ID] {
			found(fmt.Sprintf(p.text("index: document %s is missing", "索引里缺文件 %s"), r.ID))
		}
	}
	return nil
}
