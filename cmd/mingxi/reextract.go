package main

import (
	"context"

	"github.com/spf13/cobra"

	"mingxi/corpus/store"
)

func reextractCommand(p *program) *cobra.Command {
	var dir string
	c := p.command("reextract -c DIR",
		p.text("extract the figures of a corpus again", "重新提取语料库里的数字"),
		p.text(`Reextract reads the figures of all stored documents again, with the rules of
this program, and indexes them. The source files are not needed. An interrupted
run is finished by the next one, or by ingest.`,
			`reextract 用本程序现有的规则,对库里全部文件重新提取数字并更新索引,不需要原来的
文件。中断以后再运行一次(或运行 ingest)就会做完。`),
		"  mingxi reextract -c corpus.mx")
	c.Args = cobra.NoArgs
	p.corpusFlag(c, &dir)
	c.RunE = func(c *cobra.Command, args []string) error { return runReextract(c.Context(), p, dir) }
	return c
}

func runReextract(ctx context.Context, p *program, dir string) error {
	k, err := openExisting(ctx, p, dir)
	if err != nil {
		return err
	}
	show := newProgress(p)
	err = k.reextract(ctx, show)
	if e := k.close(); err == nil {
		err = e
	}
	show.end()
	if err != nil {
		return err
	}
	p.summary(p.text("%d documents extracted again, %d figures", "重新提取 %d 份文件,%d 个数字"), show.done.Load(), show.figures.Load())
	return nil
}

func (k *keeper) reextract(ctx context.Context, show *progress) error {
	stale, err := k.w.Stale(ctx)
	if err != nil {
		return k.p.hint(err)
	}
	if len(stale) == 0 { // else the last run was interrupted
		if err := k.w.ExtractAll(); err != nil {
			return k.p.hint(err)
		}
		if err := k.commit(); err != nil {
			return err
		}
	}
	if err := k.catchUp(ctx, func() {}); err != nil {
		return err
	}
	err = k.extractStale(ctx, newReader(), func(figures int) {
		show.done.Add(1)
		show.figures.Add(int64(figures))
	})
	if err != nil {
		return err
	}
	_, err = k.cluster(ctx)
	return err
}

// extractStale extracts the stored documents that are marked for it.
func (k *keeper) extractStale(ctx context.Context, r *reader, step func(figures int)) error {
	stale, err := k.w.Stale(ctx)
	if err != nil {
		return k.p.hint(err)
	}
	return unordered(ctx, k.p.workers, each(stale),
		func(ctx context.Context, ref store.Ref) (report, error) {
			d, _, err := k.w.Load(ctx, ref)
			if err != nil {
				return report{}, err
			}
			return report{d, r.extractor.Read(d)}, nil
		},
		func(ref store.Ref, one report, err error) error {
			if err == nil {
				err = k.w.Replace(ref, one.doc, one.reading)
			}
			if err != nil {
				return k.p.hint(err)
			}
			step(len(one.reading.Metrics))
			return k.wrote(len(one.doc.Text))
		})
}
