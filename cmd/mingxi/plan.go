package main

// This file is the command that divides files among shards, and what the commands on a
// run have in common.

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/ingest"
	"mingxi/cmd/mingxi/shard"
)

func planCommand(p *program) *cobra.Command {
	var shards int
	var out string
	c := p.command("plan PATH... --shards N --out RUN",
		p.text("divide files among machines", "把文件分给多台机器"),
		p.text(`Plan divides the files at the paths into N shards, for several processes or machines
to take in at the same time, and writes the run to the directory RUN, which all of
them must see under the same path. It reads no file. How files are to be read
(--words, --indicators, --meta, --ocr, …) is said here and holds for all shards.

Then 'mingxi submit --run RUN' starts the shards on this machine or in Slurm, or
'mingxi ingest --run RUN --shard auto' is what each task of an engine runs; and
'mingxi merge --run RUN -c DIR' makes the corpus, the same that one process makes.
Planned again, with the same files, settings and program, what is done stays done.`,
			`plan 把各路径下的文件分成 N 片,由多个进程或多台机器同时入库,并把分法写入目录 RUN;各台
机器须以同一路径看到 RUN 和原文件。这一步不读文件内容。怎样读文件(--words、
--indicators、--meta、--ocr 等)在这里指定,对各片都有效。

然后用 “mingxi submit --run RUN” 在本机或 Slurm 上运行各片,或让调度系统的每个任务运行
“mingxi ingest --run RUN --shard auto”;最后用 “mingxi merge --run RUN -c 目录” 合成语料库,
与单个进程做出的相同。文件、设置和程序都没有变时,再次运行 plan 不影响已完成的片。`),
		`
  mingxi plan reports/ --shards 64 --out run
  mingxi submit --run run --engine slurm --max-running 16
  mingxi merge --run run -c corpus.mx`)
	c.Args = cobra.MinimumNArgs(1)
	c.Flags().IntVar(&shards, "shards", 0, p.text("how many shards", "分成几片"))
	c.Flags().StringVar(&out, "out", "", p.text("directory of the run", "存放分法的目录"))
	p.readFlags(c)
	p.walkFlags(c)
	p.metaFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return runPlan(c.Context(), p, p.paths(args), shards, out)
	}
	return c
}

func runPlan(ctx context.Context, p *program, paths []string, shards int, out string) error {
	switch {
	case shards < 1 || shards > shard.MostShards:
		return usageError{fmt.Errorf(p.text("--shards %d: want a number from 1 to %d", "--shards %d:应为 1 至 %d"), shards, shard.MostShards)}
	case out == "":
		return usageError{errors.New(p.text("say where the run is to be: --out RUN", "请用 --out RUN 指明目录"))}
	}
	for _, path := range paths {
		if path == "-" {
			return usageError{errors.New(p.text("-: a plan is of files, not of standard input", "-:plan 只能分文件,不能分标准输入"))}
		}
	}
	m, err := p.readerWithMeta()
	if err == nil {
		err = p.metaSuits(m, p.sourceNames(ctx, paths))
	}
	if err != nil {
		return err
	}
	program, err := build()
	if err != nil {
		return err
	}
	plan := shard.Plan{Paths: paths, Shards: shards, Program: program, Skip: p.sources().Skip, Inputs: map[string]string{},
		Settings: shard.Settings{OCR: p.reading.PDF.OCR, PDFEngine: p.reading.PDF.Engine, Include: p.include, Exclude: p.exclude, IndicatorsOnly: p.vocabulary.only, Meta: p.meta}}
	for name, file := range map[string]string{shard.Words: p.words.file, shard.Indicators: p.vocabulary.file, shard.Meta: p.meta} {
		if file != "" {
			plan.Inputs[name] = file
		}
	}
	r, err := shard.Make(ctx, out, plan)
	if err != nil {
		return p.hintRun(err)
	}
	files, bytes := 0, int64(0)
	for _, l := range r.Lists {
		files += l.Files
		bytes += l.Bytes
	}
	p.summary(p.text("%d files (%.1f MB) in %d shards: run %s in %s", "%d 份文件(%.1f MB)分成 %d 片:%s,在 %s"), files, float64(bytes)/1e6, shards, r.Name, out)
	if n := shards - len(r.Missing()); n > 0 {
		p.summary(p.text("%d of them are done already", "其中 %d 片已经完成"), n)
	}
	return nil
}

// openRun opens the run in dir, with the settings it was planned with.
func (p *program) openRun(dir string) (*shard.Run, error) {
	if dir == "" {
		return nil, usageError{errors.New(p.text("say which run: --run RUN", "请用 --run RUN 指明"))}
	}
	program, err := build()
	if err != nil {
		return nil, err
	}
	r, err := shard.Open(dir, program)
	if err != nil {
		return nil, p.hintRun(err)
	}
	s := r.Settings
	p.reading.PDF.OCR, p.reading.PDF.Engine, p.include, p.exclude = s.OCR, s.PDFEngine, s.Include, s.Exclude
	p.vocabulary = vocabularyOptions{file: r.Input(shard.Indicators), only: s.IndicatorsOnly}
	p.words.file, p.meta, p.metaName = r.Input(shard.Words), r.Input(shard.Meta), s.Meta
	if p.lists, err = p.indicators(); err == nil {
		err = p.words.load()
	}
	return r, err
}

// runOptions are the options of the engine for the files of a run.
func (p *program) runOptions() (ingest.Options, error) {
	r, err := p.readerWithMeta()
	return ingest.Options{Program: version(), Workers: p.workers, Reading: p.reading, Words: p.words.entries, Sources: p.sources(),
		Indicators: p.lists, Known: r.meta.known(), Damaged: p.damaged}, err
}

// hintRun says what is wrong with a run, and what to type. Such a mistake is one of use.
func (p *program) hintRun(err error) error {
	var of *shard.Problem
	if !errors.As(err, &of) {
		return p.hint(err)
	}
	again := fmt.Sprintf(p.text("'mingxi plan PATH... --shards N --out %s' plans anew", "用 “mingxi plan 路径... --shards N --out %s” 重新分片"), of.Dir)
	range0 := fmt.Sprintf(p.text("the %d shards are 0/%[1]d to %[2]d/%[1]d", "共 %d 片:0/%[1]d 至 %[2]d/%[1]d"), of.Of, of.Of-1)
	var what, do string
	switch of.Err {
	case shard.ErrNoRun:
		what, do = p.text("no run here", "这里没有分片"), again
	case shard.ErrForeign:
		what, do = p.text("the directory holds other files and no run", "目录里有别的文件,不是分片目录"), p.text("name a new or empty directory", "请换一个新的或空的目录")
	case shard.ErrProgram:
		what = fmt.Sprintf(p.text("planned by %s; this is %s", "由 %s 分片,本程序是 %s"), of.About, of.This)
		do = again + p.text(", or use that version", ",或使用那个版本")
	case shard.ErrChanged:
		return usageError{hinted{fmt.Errorf(p.text("%s is not as it was planned", "%s 与分片时不同"), of.About), again}}
	case shard.ErrNoFiles:
		what, do = p.text("there is nothing to read", "没有可读的文件"), of.About
		if do == "" {
			do = p.text("name files or folders", "请给出文件或文件夹")
		}
	case shard.ErrNoShard:
		what, do = fmt.Sprintf(p.text("there is no shard %s", "没有这一片:%s"), of.About), range0
	case shard.ErrNoTask:
		what = p.text("neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX says which shard this is", "SLURM_ARRAY_TASK_ID 和 JOB_COMPLETION_INDEX 都没有设定,不知道是哪一片")
		do = p.text("say it with --shard i/n: ", "用 --shard i/n 指明:") + range0
	case shard.ErrMissing:
		list := shard.Ranges(of.Shards[:min(20, len(of.Shards))])
		if len(of.Shards) > 20 {
			list += ",…"
		}
		what = fmt.Sprintf(p.text("%d of %d shards are not done: %s", "%d 片(共 %d 片)没有完成:%s"), len(of.Shards), of.Of, list)
		do = fmt.Sprintf(p.text("'mingxi submit --run %s' does them, or 'mingxi ingest --run %[1]s --shard %d/%d' one; what has changed since it was done is done again", "用 “mingxi submit --run %s” 完成,或用 “mingxi ingest --run %[1]s --shard %d/%d” 完成一片;完成后有变动(损坏)的片会重做"), of.Dir, of.Shards[0], of.Of)
	case shard.ErrExists:
		what, do = p.text("the directory is there already", "目录已经存在"), p.text("name a new one for the corpus", "请为语料库换一个新的目录")
	case shard.ErrRefused:
		what = p.text("sbatch refuses it, see above", "sbatch 拒绝了它,原因见上")
		do = fmt.Sprintf(p.text("what your cluster wants to know is said behind --: mingxi submit … -- --partition=NAME ('sinfo' lists them); where it says so, an array of %d tasks is too large ('scontrol show config | grep MaxArraySize'): plan fewer shards",
			"集群要求的参数写在 -- 之后:mingxi submit … -- --partition=名称(“sinfo” 列出各分区);若它说数组太大(%d 个任务,见 “scontrol show config | grep MaxArraySize”),请少分几片"), of.Of)
	case shard.ErrNoEngine:
		return usageError{hinted{errors.New(p.text("sbatch is not here", "这里没有 sbatch")),
			fmt.Sprintf(p.text("give %s to it where Slurm is, or use --engine local", "请在有 Slurm 的机器上把 %s 交给它,或用 --engine local"), of.Dir)}}
	}
	return usageError{hinted{fmt.Errorf("%s: %s", of.Dir, what), do}}
}
