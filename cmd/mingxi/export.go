package main

import (
	"cmp"
	"context"
	"errors"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/pipeline"
	"mingxi/cmd/mingxi/postgres"
	"mingxi/cmd/mingxi/table"
	"mingxi/corpus/store"
	"mingxi/extract/audit"
	"mingxi/schema"
)

// exportOptions are the flags of export.
type exportOptions struct {
	extractOptions
	corpus   string
	distinct bool
}

func exportCommand(p *program) *cobra.Command {
	var o exportOptions
	c := p.command("export -c DIR",
		p.text("all figures of a corpus as CSV", "把语料库的全部数字输出为 CSV"),
		p.text(`Export prints all figures of a corpus, by source and in text order: the same
columns as extract. The same documents give the same bytes, whatever the order
and the number of workers they came in with.

-o postgres/ (or NAME.postgres/) writes texts and figures for a PostgreSQL database
instead, with the script that loads them: see docs/postgres.md.`,
			`export 按来源和原文顺序输出语料库里的全部数字,各列与 extract 相同。同样的文件,
不论入库的次序和并行数,输出的字节都相同。

-o postgres/(或 名称.postgres/)则写出供 PostgreSQL 数据库用的原文和数字,附装载
脚本:见 docs/postgres.zh-CN.md。`),
		`
  mingxi export -c corpus.mx > figures.csv
  mingxi export -c corpus.mx -o figures.xlsx     # or .csv .jsonl .parquet .dta .sqlite .zip · 或 .csv .jsonl .parquet .dta .sqlite .zip
  mingxi export -c corpus.mx --distinct          # near-copies once · 近似副本只取一份
  mingxi export -c corpus.mx -o postgres/        # texts and figures, to be loaded into PostgreSQL · 原文和数字,供装入 PostgreSQL`)
	c.Args = cobra.NoArgs
	p.corpusFlag(c, &o.corpus)
	o.flags(p, c)
	c.Flags().BoolVar(&o.distinct, "distinct", false, p.text("of near-copies only the one that stands for all", "近似副本只取一份"))
	c.RunE = func(c *cobra.Command, args []string) error { return runExport(c.Context(), p, o) }
	return c
}

func runExport(ctx context.Context, p *program, o exportOptions) error {
	s, err := store.Open(ctx, o.corpus)
	if err != nil {
		return p.hint(err)
	}
	defer s.Close()
	refs, err := exported(ctx, s, o.distinct)
	if err != nil {
		return p.hint(err)
	}
	if postgres.Is(o.output) {
		return exportPostgres(ctx, p, o, s, refs)
	}
	if o.program, err = s.ProgramOf(ctx); err != nil {
		return p.hint(err)
	}
	w, err := openTable(p, o.extractOptions)
	if err != nil {
		return err
	}
	defer w.Discard()
	auditor, checked := audit.New(), table.HasChecks(o.output)
	err = pipeline.Ordered(ctx, p.workers, pipeline.Each(refs),
		func(ctx context.Context, r store.Ref) (one exportedRows, err error) {
			d, reading, err := s.Load(ctx, r)
			if errors.Is(err, store.ErrUnknown) { // gone since, by a writer
				return one, nil
			}
			if err != nil {
				return one, err
			}
			if checked {
				one.checks = audit.Rows(d, reading, auditor.Check(d, reading))
			}
			return one, schema.Rows(d, reading, func(row []schema.Cell) error {
				one.figures = append(one.figures, row)
				return nil
			})
		},
		func(_ store.Ref, one exportedRows, err error) error {
			if err != nil {
				return p.hint(err)
			}
			return cmp.Or(w.Write(one.figures), table.Check(w, one.checks))
		})
	if err != nil {
		return err
	}
	return w.Close()
}

// exportedRows are the rows of a document, and those of its checks where the format has
// a table for them.
type exportedRows struct{ figures, checks [][]schema.Cell }

// exported are the documents to print, in the canonical order.
func exported(ctx context.Context, s *store.Store, distinct bool) ([]store.Ref, error) {
	refs, err := s.Refs(ctx)
	if err != nil || !distinct {
		return refs, err
	}
	stands, err := s.Representatives(ctx)
	once := refs[:0]
	for _, r := range refs {
		if id, ok := stands[r.ID]; !ok || id == r.ID {
			once = append(once, r)
		}
	}
	return once, err
}
