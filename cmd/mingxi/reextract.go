package main

import (
	"context"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/ingest"
	"mingxi/corpus/store"
)

func reextractCommand(p *program) *cobra.Command {
	var dir string
	c := p.command("reextract -c DIR",
		p.text("extract the figures of a corpus again", "重新提取语料库里的数字"),
		p.text(`Reextract reads the figures of all stored documents again, with the rules of
this program, and indexes them. The source files are not needed. An interrupted
run is finished by the next one, or by ingest. With --indicators the figures are
mapped to another vocabulary.`,
			`reextract 用本程序现有的规则,对库里全部文件重新提取数字并更新索引,不需要原来的
文件。中断以后再运行一次(或运行 ingest)就会做完。用 --indicators 可以换一套指标。`),
		`
  mingxi reextract -c corpus.mx
  mingxi reextract -c corpus.mx --indicators mine.tsv`)
	c.Args = cobra.NoArgs
	p.corpusFlag(c, &dir)
	p.vocabularyFlags(c)
	p.metaFlag(c)
	p.wordsFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error { return runReextract(c.Context(), p, dir) }
	return c
}

func runReextract(ctx context.Context, p *program, dir string) error {
	r, err := p.readerWithMeta()
	if err != nil {
		return err
	}
	if r.meta != nil {
		err := p.metaOfCorpus(ctx, r, dir)
		if err != nil {
			return err
		}
	}
	defer giveWay()()
	show := newProgress(p)
	kept, err := ingest.Reextract(ctx, dir, ingest.Options{Program: version(), Workers: p.workers, Indicators: p.lists, Words: p.words.entries, Known: r.meta.known(), Damaged: p.damaged}, func(figures int) {
		show.done.Add(1)
		show.figures.Add(int64(figures))
	})
	show.end()
	if err != nil {
		return p.hintKeeper(err, dir)
	}
	p.summary(p.text("%d documents extracted again, %d figures", "重新提取 %d 份文件,%d 个数字"), show.done.Load(), show.figures.Load())
	if kept > 0 {
		p.summary(p.text("%d documents keep the figures that they had", "%d 份文件保留原有的数字"), kept)
		err = errPartial
	}
	return p.metaEnd(r, err)
}

// metaOfCorpus is metaSuits of the documents of a corpus.
func (p *program) metaOfCorpus(ctx context.Context, r *reader, dir string) error {
	s, err := store.Open(ctx, dir)
	if err != nil {
		return p.hintKeeper(err, dir)
	}
	defer s.Close()
	refs, err := s.Refs(ctx)
	if err != nil {
		return p.hintKeeper(err, dir)
	}
	return p.metaSuits(r, func(yield func(string) bool) {
		for i := range refs {
			if !yield(refs[i].Source) {
				return
			}
		}
	})
}
