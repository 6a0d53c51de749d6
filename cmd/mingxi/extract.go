package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/pipeline"
	"mingxi/cmd/mingxi/table"
	"mingxi/corpus"
	"mingxi/extract/audit"
	"mingxi/schema"
)

// extractOptions are the flags of extract.
type extractOptions struct {
	outputOptions
	table bool   // a table for the eye on stdout
	sure  string // the least confidence of a row
}

func extractCommand(p *program) *cobra.Command {
	var o extractOptions
	c := p.command("extract PATH...",
		p.text("print the figures of documents as CSV", "把文件里的数字输出为 CSV"),
		p.text(`Extract reads documents and prints one row per figure, in text order.
A PATH is a file, a directory (walked), a zip archive or - for stdin.
The columns are described in docs/columns.md.`,
			`extract 读文件,按原文顺序一个数字输出一行。PATH 可以是文件、目录(逐层读)、
zip 压缩包,或 -(标准输入)。各列的含义见 docs/columns.md。`),
		`
  mingxi extract report.txt                      # CSV on stdout · CSV 到标准输出
  mingxi extract reports/ -o figures.xlsx        # or .csv .jsonl .parquet .dta .sqlite .zip · 或 .csv .jsonl .parquet .dta .sqlite .zip
  mingxi extract report.pdf --table              # to look at · 便于查看
  mingxi extract a.docx b.html --encoding gb18030 -o figures.csv
  curl -s https://example.org/report.html | mingxi extract -`)
	c.Args = cobra.MinimumNArgs(1)
	o.flags(p, c)
	p.readFlags(c)
	p.walkFlags(c)
	p.metaFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error { return runExtract(c.Context(), p, o, p.paths(args)) }
	return c
}

// flags are those of what is written, where and how.
func (o *extractOptions) flags(p *program, c *cobra.Command) {
	o.outputOptions.flags(p, c)
	c.Flags().BoolVar(&o.json, "json", false, p.text("JSON Lines on stdout", "在标准输出上用 JSON Lines"))
	c.Flags().BoolVar(&o.table, "table", false, p.text("a table for the eye on stdout", "在标准输出上用便于阅读的表格"))
	c.Flags().StringVar(&o.sure, "min-confidence", "", p.text("only figures of at least this confidence, 0 to 1", "只要可信度不低于此值的数字,0 到 1"))
	c.MarkFlagsMutuallyExclusive("output", "json", "table")
}

func runExtract(ctx context.Context, p *program, o extractOptions, paths []string) error {
	r, err := p.readerWithMeta()
	if err != nil {
		return err
	}
	if err := p.metaSuits(r, p.sourceNames(ctx, paths, o.output)); err != nil {
		return err
	}
	o.program = func(string) string { return version() }
	r.auditor.Brief = !table.HasChecks(o.output)
	w, err := openTable(p, o)
	if err != nil {
		return err
	}
	defer w.Discard()
	t := newTally(p, o.output)
	defer t.show.end()
	err = pipeline.Ordered(ctx, p.workers, corpus.Sources(ctx, paths, p.sources(o.output)), r.readShort,
		func(s corpus.Source, one report, err error) error {
			if t.failed(s, err) {
				return nil
			}
			t.add(s, one)
			return r.rest(one, func(part report) error {
				if one.reading == nil {
					t.count(s, part.reading)
				}
				return cmp.Or(ctx.Err(), part.write(w))
			})
		})
	if err != nil {
		return err
	}
	t.show.end()
	if err := p.metaFits(r); err != nil {
		return err
	}
	end := p.metaEnd(r, t.end())
	if t.documents > 0 { // else an old file stays as it is
		err = w.Close()
	}
	return cmp.Or(err, end)
}

// rowsAtOnce is how many rows are made before they are written: a document may
// have millions.
const rowsAtOnce = 1000

// write writes the figures of a report, and where the format has a table of checks what
// an audit found of them.
func (one report) write(w table.Writer) error {
	if err := one.rows(w.Write); err != nil || len(one.findings) == 0 {
		return err
	}
	return table.Check(w, audit.Rows(one.doc, one.reading, one.findings))
}

// rows hands the metrics of a report to write as rows of the contract.
func (one report) rows(write func([][]schema.Cell) error) error {
	var rows [][]schema.Cell
	err := schema.Rows(one.doc, one.reading, func(row []schema.Cell) error {
		if rows = append(rows, row); len(rows) < rowsAtOnce {
			return nil
		}
		err := write(rows)
		rows = rows[:0]
		return err
	})
	if err != nil {
		return err
	}
	return write(rows)
}

// openTable opens what figures are written to.
func openTable(p *program, o extractOptions) (table.Writer, error) {
	least, err := schema.ParseDecimal(cmp.Or(o.sure, "0"))
	if err != nil || least.Sign() < 0 || least.Cmp(schema.Int(1)) > 0 {
		return nil, usageError{fmt.Errorf(p.text("--min-confidence %s: want a number from 0 to 1", "--min-confidence %s:应是 0 到 1 之间的数"), o.sure)}
	}
	o.checks = audit.Columns()
	var w table.Writer
	if o.table && !o.personal {
		w = table.Discreet(newView(p), schema.Columns(), nil)
	} else if o.table {
		w = newView(p)
	} else if w, err = o.open(p, "figures", schema.Columns()); err != nil {
		return nil, err
	}
	if o.sure == "" {
		return w, nil
	}
	return sureRows{w, slices.Index(schema.Header(), "confidence"), least}, nil
}

// sureRows passes on the rows of at least a confidence.
type sureRows struct {
	table.Writer
	column int
	least  schema.Decimal
}

// Check passes on what is said of the rows, also of those that are left out.
func (s sureRows) Check(rows [][]schema.Cell) error { return table.Check(s.Writer, rows) }

func (s sureRows) Write(rows [][]schema.Cell) error {
	var sure [][]schema.Cell
	for _, row := range rows {
		if c := row[s.column].Number; c.Known() && c.Cmp(s.least) >= 0 {
			sure = append(sure, row)
		}
	}
	return s.Writer.Write(sure)
}

// A tally counts documents, figures and failures of a command over many
// documents, names the failures as they come, and shows how far it has come.
type tally struct {
	p              *program
	show           *progress
	documents, bad int
	skipped        int // no documents
	figures        int
}

// newTally begins to count. Nothing is shown where the data goes to the same
// terminal.
func newTally(p *program, output string) *tally {
	q := *p
	q.quiet = p.quiet || output == "" && terminal(p.out)
	return &tally{p: p, show: newProgress(&q)}
}

// failed reports a document that failed.
func (t *tally) failed(s corpus.Source, err error) bool {
	if err == nil {
		return false
	}
	if errors.Is(err, corpus.ErrNoDocument) && !s.Given {
		t.skipped++
		return true
	}
	t.bad++
	t.show.failed.Add(1)
	t.show.say("%v", named(s.Name, err))
	return true
}

// add counts a document that was read, and prints its warnings.
func (t *tally) add(s corpus.Source, one report) {
	t.documents++
	t.show.done.Add(1)
	t.show.read.Add(s.Size)
	if one.reading != nil {
		t.count(s, one.reading)
		t.figures += one.figures
		t.show.figures.Add(int64(one.figures))
	}
	if t.p.quiet {
		return
	}
	for _, w := range one.doc.Warnings {
		t.show.say("%s: %s %s", flat(s.Name), t.p.text("warning:", "注意:"), w)
	}
}

// count counts figures, and tells of the numbers that are none.
func (t *tally) count(s corpus.Source, r *schema.Reading) {
	t.figures += len(r.Metrics)
	t.show.figures.Add(int64(len(r.Metrics)))
	if t.p.quiet {
		return
	}
	for _, w := range t.p.refusals(r.Refused) {
		t.show.say("%s: %s %s", flat(s.Name), t.p.text("warning:", "注意:"), w)
	}
}

// end prints the summary and chooses how the command ends.
func (t *tally) end() error {
	if t.documents+t.bad == 0 {
		return errors.New(t.p.text("no documents found", "没有找到文件"))
	}
	if t.documents+t.bad > 1 {
		t.p.summary(t.p.text("%d documents, %d figures, %d failed", "%d 份文件,%d 个数字,%d 份失败"), t.documents, t.figures, t.bad)
	}
	if t.skipped > 0 {
		t.p.summary(t.p.text("skipped, no documents (pictures, programs, …): %d", "略过 %d 份不是文档的文件(图片、程序等)"), t.skipped)
	}
	switch {
	case t.bad == 0:
		return nil
	case t.documents == 0:
		return errFailed
	}
	return errPartial
}

// named makes sure that an error names its document.
func named(name string, err error) error {
	if name == "" {
		return err
	}
	return fmt.Errorf("%s: %w", flat(name), err)
}
