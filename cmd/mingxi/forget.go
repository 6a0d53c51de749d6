package main

import (
	"context"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/ingest"
)

func forgetCommand(p *program) *cobra.Command {
	var dir string
	c := p.command("forget SOURCE... -c DIR",
		p.text("take single documents out of a corpus", "从语料库里去掉个别文件"),
		p.text(`Forget takes documents out of a corpus. A SOURCE is a path, which is forgotten
alone where other files have the same bytes, or a doc_id (or its beginning), with
all of its paths. The files themselves stay; ingesting their folder takes them in
again.`,
			`forget 从语料库里去掉文件。SOURCE 是路径(内容相同的其他文件仍保留),或 doc_id(或其开头
几位,连同它的全部路径)。文件本身不动;再次对所在文件夹运行 ingest 会重新收入。`),
		`
  mingxi forget reports/draft.docx -c corpus.mx
  mingxi forget 3f2a9c1b -c corpus.mx`)
	c.Args = cobra.MinimumNArgs(1)
	p.corpusFlag(c, &dir)
	p.vocabularyFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error { return runForget(c.Context(), p, dir, p.paths(args)) }
	return c
}

func runForget(ctx context.Context, p *program, dir string, names []string) error {
	paths, err := ingest.Forget(ctx, dir, names, ingest.Options{Program: version(), Workers: p.workers, Indicators: p.lists})
	if err != nil {
		return p.hintKeeper(err, dir)
	}
	for _, path := range paths {
		p.summary(p.text("%s: forgotten", "%s:已去掉"), flat(path))
	}
	return nil
}
