package main

import (
	"context"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/ingest"
)

func moveCommand(p *program) *cobra.Command {
	var dir string
	c := p.command("move OLD NEW -c DIR",
		p.text("say that files of a corpus are elsewhere now", "说明语料库里的文件换了位置"),
		p.text(`Move tells a corpus that the folder (or file) OLD is now NEW, so that the next
ingest of NEW reads nothing twice and forgets nothing. It changes the columns root
and source, and reads the figures again, since a path may tell the region; the
files themselves are neither moved nor read.`,
			`move 告诉语料库:文件夹(或文件)“旧”现在是“新”。这样再对新位置运行 ingest 时,不会重读,
也不会去掉任何文件。它改动 root、source 两列,并重新提取数字(路径可能说明地区);
不移动也不读取文件本身。`),
		`
  mingxi move /mnt/disk1/reports /data/reports -c corpus.mx
  mingxi move reports /data/reports -c corpus.mx     # of an old corpus with relative paths · 旧语料库中的相对路径`)
	c.Args = cobra.ExactArgs(2)
	p.corpusFlag(c, &dir)
	p.vocabularyFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error { return runMove(c.Context(), p, dir, args[0], args[1]) }
	return c
}

func runMove(ctx context.Context, p *program, dir, from, to string) error {
	n, err := ingest.Move(ctx, dir, from, to, ingest.Options{Program: version(), Workers: p.workers, Indicators: p.lists})
	if err != nil {
		return p.hintKeeper(err, dir)
	}
	p.summary(p.text("%d files are known by their new path", "%d 份文件已改用新路径"), n)
	return nil
}
