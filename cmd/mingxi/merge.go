package main

import (
	"context"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/ingest"
)

func mergeCommand(p *program) *cobra.Command {
	var run, dir string
	c := p.command("merge --run RUN -c DIR",
		p.text("make one corpus of the shards of a run", "把各片合成一个语料库"),
		p.text(`Merge makes the corpus in DIR of what all shards of a run have done: the same, in its
rows and in what a search finds, that one process would have made of the files.
While a shard is missing it refuses and names it. DIR must not be there; it appears
whole or not at all. What the shards have done stays in RUN until you delete it.`,
			`merge 把各片已入库的内容合成 DIR 里的一个语料库,行和检索结果都与单个进程做出的相同。
只要有一片没有完成就拒绝,并指明是哪一片。DIR 应当还不存在;它要么完整出现,要么不出现。
各片的内容仍留在 RUN 里,由您自行删除。`),
		"  mingxi merge --run run -c corpus.mx")
	c.Args = cobra.NoArgs
	p.corpusFlag(c, &dir)
	p.runFlag(c, &run)
	c.RunE = func(c *cobra.Command, _ []string) error { return runMerge(c.Context(), p, run, dir) }
	return c
}

// runFlag is the flag of the commands on a run.
func (p *program) runFlag(c *cobra.Command, run *string) {
	c.Flags().StringVar(run, "run", "", p.text("directory of the run, of 'mingxi plan'", "“mingxi plan” 所写的目录"))
}

func runMerge(ctx context.Context, p *program, run, dir string) error {
	r, err := p.openRun(run)
	if err != nil {
		return err
	}
	o, err := p.runOptions()
	if err != nil {
		return err
	}
	show := newProgress(p)
	m, err := r.Merge(ctx, dir, o, ingest.Gathering{
		Part:    func(n int) { show.parts.Store(int64(n)) },
		Indexed: func() { show.done.Add(1) },
	})
	show.end()
	if err != nil {
		return p.hintRun(err)
	}
	p.summary(p.text("%d shards merged: %d sources, %d documents, %d near-copies, %d failed", "已合并 %d 片:%d 个来源,%d 份文件,%d 份近似副本,%d 份失败"),
		r.Shards(), m.Sources, m.Stored, m.Copies, m.Failed)
	if m.Failed > 0 {
		p.say(p.text("'mingxi stats --failures -c %s' lists the files that failed", "用 “mingxi stats --failures -c %s” 列出失败的文件"), dir)
		return errPartial
	}
	return nil
}
