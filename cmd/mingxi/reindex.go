package main

import (
	"context"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/ingest"
)

func reindexCommand(p *program) *cobra.Command {
	var dir string
	c := p.command("reindex -c DIR",
		p.text("build the index of a corpus anew", "重建语料库的检索索引"),
		p.text(`Reindex deletes the index and builds it anew from the database. Neither the
source files nor the rules of extraction are needed. An interrupted run is
finished by the next ingest.`,
			`reindex 删去检索索引,从数据库重新建立,不需要原来的文件,也不重新提取数字。
中断以后,运行 ingest 就会做完。`),
		"  mingxi reindex -c corpus.mx")
	c.Args = cobra.NoArgs
	p.corpusFlag(c, &dir)
	c.RunE = func(c *cobra.Command, args []string) error { return runReindex(c.Context(), p, dir) }
	return c
}

func runReindex(ctx context.Context, p *program, dir string) error {
	defer giveWay()()
	show := newProgress(p)
	err := ingest.Reindex(ctx, dir, ingest.Options{Program: version(), Damaged: p.damaged}, func() { show.done.Add(1) })
	show.end()
	if err != nil {
		return p.hintKeeper(err, dir)
	}
	p.summary(p.text("%d documents indexed", "已索引 %d 份文件"), show.done.Load())
	return nil
}
