package shard

// The engines that start the shards of a run: this machine, and Slurm.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"mingxi/cmd/mingxi/pipeline"
)

// Local starts a process for each of the shards, so many at a time, each of which reads
// so many files at a time. told hears of each that has ended.
func (r *Run) Local(ctx context.Context, program string, shards []int, running, workers int, told func(n int, err error)) error {
	start := func(ctx context.Context, n int) (struct{}, error) {
		log, err := os.Create(r.Log(n))
		if err != nil {
			return struct{}{}, err
		}
		defer log.Close()
		c := exec.CommandContext(ctx, program, "ingest", "--run", r.dir, "--shard", fmt.Sprintf("%d/%d", n, r.Shards()), "-j", strconv.Itoa(workers))
		c.Stdout, c.Stderr = log, log
		c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
		c.WaitDelay = 10 * time.Second
		return struct{}{}, c.Run()
	}
	return pipeline.Unordered(ctx, running, pipeline.Each(shards), start, func(n int, _ struct{}, err error) error {
		told(n, err)
		return ctx.Err()
	})
}

// Slurm writes the script of a job array for the shards, at most so many at a time (0:
// as many as Slurm likes), each with so many processors, and hands it to sbatch with
// further arguments. What sbatch says goes to out.
func (r *Run) Slurm(ctx context.Context, program string, shards []int, running, workers int, args []string, out, messages io.Writer) error {
	dir, err := filepath.Abs(r.dir)
	if err != nil {
		return err
	}
	script := r.path("submit.sh")
	if err := writeWhole(script, []byte(r.script(program, dir, shards, running, workers))); err != nil {
		return err
	}
	sbatch, err := exec.LookPath("sbatch")
	if err != nil {
		return &Problem{Err: ErrNoEngine, Dir: script}
	}
	c := exec.CommandContext(ctx, sbatch, append(args, script)...)
	c.Stdout, c.Stderr = out, messages
	if err = c.Run(); errors.As(err, new(*exec.ExitError)) {
		return &Problem{Err: ErrRefused, Dir: script, Of: len(shards)}
	}
	return err
}

// script is the script of a job array. Its shards are the tasks of the array.
func (r *Run) script(program, dir string, shards []int, running, workers int) string {
	array := Ranges(shards)
	if running > 0 {
		array += "%" + strconv.Itoa(running)
	}
	log := strings.ReplaceAll(filepath.Join(dir, r.Name), "%", "%%") + "/log-%5a.txt"
	return fmt.Sprintf(`#!/bin/sh
#SBATCH --job-name=mingxi-%s
#SBATCH --array=%s
#SBATCH --cpus-per-task=%d
#SBATCH --output="%s"
exec %s ingest --run %s --shard auto -j %d
`, r.Name, array, max(1, workers), log, shellQuote(program), shellQuote(dir), max(1, workers))
}

// Ranges are rising numbers as Slurm wants them: 0-3,5.
func Ranges(list []int) string {
	var out []string
	for i := 0; i < len(list); {
		k := i
		for k+1 < len(list) && list[k+1] == list[k]+1 {
			k++
		}
		one := strconv.Itoa(list[i])
		if k > i {
			one += "-" + strconv.Itoa(list[k])
		}
		out = append(out, one)
		i = k + 1
	}
	return strings.Join(out, ",")
}

// shellQuote is a word of sh.
func shellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
