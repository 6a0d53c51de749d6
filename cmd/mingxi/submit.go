package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/shard"
)

// submitOptions are the flags of submit.
type submitOptions struct {
	run     string
	engine  string
	running int
}

// engines are what can start shards.
var engines = []string{"local", "slurm"}

func submitCommand(p *program) *cobra.Command {
	var o submitOptions
	c := p.command("submit --run RUN [-- ARGS...]",
		p.text("start the shards of a run that are not done", "运行尚未完成的各片"),
		p.text(`Submit starts the shards of a run that are not done: with --engine local as processes
of this machine, which it waits for; with --engine slurm as a job array, for which it
writes a script and calls sbatch, with ARGS, and nothing more. Given again it starts
those that have failed; what is done is not done again. -j is the number of processors
of each shard. Messages of shard 3 are in RUN/…/log-00003.txt.`,
			`submit 运行尚未完成的各片:--engine local 在本机以多个进程运行,并等它们结束;--engine slurm
写出作业数组的脚本并调用 sbatch(附上 ARGS),此外什么也不做。再次运行则只补做失败的片,
已完成的不重做。-j 是每片使用的处理器数。第 3 片的提示在 RUN/…/log-00003.txt 里。`),
		`
  mingxi submit --run run --max-running 4
  mingxi submit --run run --engine slurm --max-running 64 -j 2 -- --partition=cpu --time=4:00:00`)
	c.Args = cobra.ArbitraryArgs
	p.runFlag(c, &o.run)
	c.Flags().StringVar(&o.engine, "engine", "local", p.text("what starts them: local or slurm", "由什么运行:local(本机)或 slurm"))
	c.Flags().IntVar(&o.running, "max-running", 0, p.text("at most so many at a time (0: local one per CPU, slurm no bound)", "同时最多运行几片(0:本机每个处理器一片,slurm 不限)"))
	completeFlag(c, "engine", engines)
	c.RunE = func(c *cobra.Command, args []string) error { return runSubmit(c.Context(), p, o, args) }
	return c
}

func runSubmit(ctx context.Context, p *program, o submitOptions, args []string) error {
	switch {
	case !slices.Contains(engines, o.engine):
		return usageError{fmt.Errorf(p.text("--engine %s: want %s", "--engine %s:应为 %s"), o.engine, strings.Join(engines, p.text(" or ", " 或 ")))}
	case o.running < 0:
		return usageError{errors.New(p.text("--max-running cannot be negative", "--max-running 不能是负数"))}
	case o.engine == "local" && len(args) > 0:
		return usageError{fmt.Errorf(p.text("%s: only --engine slurm takes further arguments", "%s:只有 --engine slurm 可以附上参数"), args[0])}
	}
	r, err := p.openRun(o.run)
	if err != nil {
		return err
	}
	program, err := self()
	if err != nil {
		return err
	}
	missing := r.Missing()
	if len(missing) == 0 {
		return p.allDone(r)
	}
	if o.engine == "slurm" {
		return p.hintRun(r.Slurm(ctx, program, missing, o.running, p.workers, args, p.out, p.err))
	}
	return p.local(ctx, r, program, missing, o.running)
}

// self is the program as it was called, which others may start too.
func self() (string, error) {
	path, err := exec.LookPath(os.Args[0])
	if err != nil {
		return os.Executable()
	}
	return filepath.Abs(path)
}

func (p *program) allDone(r *shard.Run) error {
	p.summary(p.text("all %d shards are done: 'mingxi merge --run %s -c DIR'", "%d 片都已完成:“mingxi merge --run %s -c 目录”"), r.Shards(), r.Dir())
	return nil
}

// local runs shards as processes of this machine.
func (p *program) local(ctx context.Context, r *shard.Run, program string, missing []int, running int) error {
	if running == 0 {
		running = runtime.GOMAXPROCS(0)
	}
	running = min(running, len(missing))
	workers := p.workers
	if workers == 0 {
		workers = max(1, runtime.GOMAXPROCS(0)/running)
	}
	failed := 0
	err := r.Local(ctx, program, missing, running, workers, func(n int, err error) {
		if err != nil && ctx.Err() == nil {
			failed++
			p.say(p.text("shard %d of %d: %v: see %s", "第 %d 片(共 %d 片):%v:见 %s"), n, r.Shards(), err, r.Log(n))
			return
		}
		p.summary(p.text("shard %d of %d is done", "第 %d 片(共 %d 片)完成"), n, r.Shards())
	})
	switch {
	case err != nil:
		return err
	case failed > 0:
		p.say(p.text("%d shards failed; submit again does them again", "%d 片失败;再次运行 submit 即可补做"), failed)
		return errFailed
	}
	return p.allDone(r)
}
