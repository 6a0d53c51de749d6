package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"mingxi/corpus/store"
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
	w, err := openWriter(ctx, p, dir)
	if err != nil {
		return err
	}
	if err := removeIndex(dir); err != nil {
		w.Close()
		return fmt.Errorf("delete the index: %w", err)
	}
	k, err := newKeeper(p, dir, w, 0)
	if err != nil {
		return err
	}
	show := newProgress(p)
	err = k.catchUp(ctx, func() { show.done.Add(1) })
	if e := k.close(); err == nil {
		err = e
	}
	show.end()
	if err == nil {
		p.summary(p.text("%d documents indexed", "已索引 %d 份文件"), show.done.Load())
	}
	return err
}

// openWriter opens a corpus that must be there for writing.
func openWriter(ctx context.Context, p *program, dir string) (*store.Writer, error) {
	if _, err := os.Stat(filepath.Join(dir, store.Database)); os.IsNotExist(err) {
		return nil, p.hint(fmt.Errorf("%s: %w", dir, store.ErrNoCorpus))
	}
	w, err := store.OpenWriter(ctx, dir, version())
	return w, p.hint(err)
}

// openExisting opens a keeper of a corpus that must be there.
func openExisting(ctx context.Context, p *program, dir string) (*keeper, error) {
	w, err := openWriter(ctx, p, dir)
	if err != nil {
		return nil, err
	}
	return newKeeper(p, dir, w, 0)
}
