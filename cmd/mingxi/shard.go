package main

// This file is ingest --run: the work of one shard.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// shardFlags are those that ingest --run takes; all else is said when a run is planned.
var shardFlags = []string{"run", "shard", "json", "batch", "quiet", "workers", "lang"}

// fixedByPlan refuses what a shard cannot be told.
func (p *program) fixedByPlan(c *cobra.Command, paths []string) (err error) {
	if len(paths) > 0 {
		return usageError{fmt.Errorf(p.text("%s: the files of a run are those of its plan", "%s:各片的文件由 plan 决定"), paths[0])}
	}
	c.Flags().Visit(func(f *pflag.Flag) {
		switch {
		case slices.Contains(shardFlags, f.Name) || err != nil:
		case f.Name == "corpus":
			err = usageError{errors.New(p.text("-c: a shard has a place of its own in the run; 'mingxi merge --run RUN -c DIR' makes the corpus", "-c:各片在 RUN 里自有位置;用 “mingxi merge --run RUN -c 目录” 合成语料库"))}
		default:
			err = usageError{fmt.Errorf(p.text("--%s: say it when the run is planned: mingxi plan PATH... --%[1]s …", "--%s:请在分片时指定:mingxi plan 路径... --%[1]s …"), f.Name)}
		}
	})
	return err
}

func runShard(ctx context.Context, p *program, o ingestOptions) error {
	r, err := p.openRun(o.run)
	if err != nil {
		return err
	}
	if o.shard == "" {
		return usageError{errors.New(p.text("say which shard: --shard i/n, or auto", "请用 --shard i/n 或 auto 指明是哪一片"))}
	}
	n, err := r.Shard(o.shard, os.Getenv)
	if err != nil {
		return p.hintRun(err)
	}
	options, err := p.runOptions()
	if err != nil {
		return err
	}
	options.Batch = o.batch
	show := &ingestShow{progress: newProgress(p), corpus: r.Part(n)}
	show.allBytes.Store(r.Lists[n].Bytes)
	show.allFiles.Store(int64(r.Lists[n].Files))
	done, old, err := r.Work(ctx, n, options, show)
	show.end()
	if err != nil {
		return p.hintRun(err)
	}
	if o.json {
		if err := printJSON(p, done); err != nil {
			return err
		}
	}
	if old {
		p.summary(p.text("shard %d of %d is done already", "第 %d 片(共 %d 片)已经完成"), n, r.Shards())
		return nil
	}
	p.summary(p.text("shard %d of %d: %d documents with %d figures, %d failed", "第 %d 片(共 %d 片):%d 份文件、%d 个数字,%d 份失败"),
		n, r.Shards(), done.Documents, done.Figures, done.Failed)
	return nil
}
