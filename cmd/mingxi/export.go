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
	also     []string // further corpora
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
  mingxi export -c 2011.mx -c 2012.mx            # of several corpora · 几个语料库的
  mingxi export -c corpus.mx --distinct          # near-copies once · 近似副本只取一份
  mingxi export -c corpus.mx -o postgres/        # texts and figures, to be loaded into PostgreSQL · 原文和数字,供装入 PostgreSQL`)
	c.Args = cobra.NoArgs
	p.corpusFlag(c, &o.corpus)
	p.alsoFlag(c, &o.also)
	o.flags(p, c)
	c.Flags().BoolVar(&o.distinct, "distinct", false, p.text("of near-copies only the one that stands for all", "近似副本只取一份"))
	c.RunE = func(c *cobra.Command, args []string) error { return runExport(c.Context(), p, o) }
	return c
}

func runExport(ctx context.Context, p *program, o exportOptions) error {
	if err := p.alsoWith(o.also, map[string]bool{"--distinct": o.distinct, "-o postgres/": postgres.Is(o.output)}); err != nil {
		return err
	}
	s, err := store.OpenAll(ctx, append([]string{o.corpus}, o.also...)...)
	if err != nil {
		return p.hint(err)
	}
	defer s.Close()
	refs, err := exported(ctx, s, o.distinct)
	if err != nil {
		return p.hint(err)
	}
	if postgres.Is(o.output) {
		return exportPostgres(ctx, p, o, s.Store, refs)
	}
	if o.program, err = s.ProgramOf(ctx); err != nil {
		return p.hint(err)
	}
	w, err := openTable(p, o.extractOptions)
	if err != nil {
		return err
	}
	defer w.Discard()
	x := exporter{store: s, auditor: audit.New(), checked: table.HasChecks(o.output)}
	err = pipeline.Ordered(ctx, p.workers, pipeline.Each(refs), x.short,
		func(r store.Ref, one exportedRows, err error) error {
			if err == nil {
				err = cmp.Or(one.write(w), x.long(ctx, r, w))
			}
			if errors.Is(err, store.ErrUnknown) { // gone since, by a writer
				return nil
			}
			return p.hint(err)
		})
	if err != nil {
		return err
	}
	return w.Close()
}

// An exporter reads documents for export.
type exporter struct {
	store   *store.Library
	auditor *audit.Auditor
	checked bool // the format has a table of checks
}

// short reads a document; nothing of a long one, whose figures are written as they are
// read.
func (x *exporter) short(ctx context.Context, r store.Ref) (one exportedRows, err error) {
	if r.Bytes >= longText {
		return one, nil
	}
	d, reading, err := x.store.Load(ctx, r)
	if err != nil {
		return one, err
	}
	if x.checked {
		one.checks = audit.Rows(d, reading, x.auditor.Check(d, reading))
	}
	return one, schema.Rows(d, reading, func(row []schema.Cell) error {
		one.figures = append(one.figures, row)
		return nil
	})
}

// long writes a long document a stretch at a time.
func (x *exporter) long(ctx context.Context, r store.Ref, w table.Writer) error {
	if r.Bytes < longText {
		return nil
	}
	findings := 0
	return x.store.Parts(ctx, r, func(d *schema.Document, part *schema.Reading) error {
		if err := (report{doc: d, reading: part}).rows(w.Write); err != nil || !x.checked {
			return err
		}
		found := x.auditor.Complete(d, part, findings)
		findings += len(found)
		return table.Check(w, audit.Rows(d, part, found))
	})
}

// exportedRows are the rows of a document, and those of its checks where the format has
// a table for them.
type exportedRows struct{ figures, checks [][]schema.Cell }

func (e *exportedRows) write(w table.Writer) error {
	return cmp.Or(w.Write(e.figures), table.Check(w, e.checks))
}

// documents lists those of a corpus, or of several.
type documents interface {
	Refs(ctx context.Context) ([]store.Ref, error)
	Representatives(ctx context.Context) (map[string]string, error)
}

// exported are the documents to print, in the canonical order.
func exported(ctx context.Context, s documents, distinct bool) ([]store.Ref, error) {
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
