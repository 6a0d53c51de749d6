package main

// This file is the command audit: it checks the reports' own arithmetic and shows
// what it finds, for the eye or in the formats of sarif.go, findings.go and table.

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/pipeline"
	"mingxi/cmd/mingxi/table"
	"mingxi/corpus"
	"mingxi/corpus/store"
	"mingxi/extract/audit"
	"mingxi/extract/indicator"
	"mingxi/schema"
)

// auditOptions are the flags of audit.
type auditOptions struct {
	outputOptions
	corpus   string
	rules    string // file with rules of the user
	formulas bool   // the formulas and ranges of the vocabulary, too
	across   bool   // compare documents instead
	csv      bool
	sarif    bool
	all      bool // also what holds
	strict   bool
}

func auditCommand(p *program) *cobra.Command {
	var o auditOptions
	c := p.command("audit PATH...|-c DIR",
		p.text("check the arithmetic of reports", "核对报告里的数字关系"),
		p.text(`Audit finds the relations that a report implies and checks them exactly: totals
and their members, rates times counts, averages, shares, completion of plans,
changes and growth, balances. It shows what does not hold, with the figures, the
difference and the likeliest slip. A finding is a reason to look: no value is
changed. docs/audit.md tells what is checked, and how rules of your own are written.`,
			`audit 找出报告里暗含的数字关系并精确核对:合计与分项、标准×人数(×月数)、人均、
占比、计划完成率、增减与增长率、结转结存。不成立的列出算式、差额和最可能的笔误。
核对结果只提示复查,不改任何数值。核对哪些关系、怎样自写规则,见 docs/audit.zh-CN.md。`),
		`
  mingxi audit report.docx
  mingxi audit reports/ -o findings.html         # to hand to a colleague · 交给同事看
  mingxi audit reports/ -o findings.xlsx         # or .csv .jsonl .sarif .parquet .sqlite · 或 .csv .jsonl .sarif .parquet .sqlite
  mingxi audit -c corpus.mx --csv > findings.csv
  mingxi audit report.txt --all                  # also what holds · 也列出成立的
  mingxi audit report.txt --strict               # exit 4 if something contradicts · 有矛盾则退出码为 4
  mingxi audit reports/ --rules my.rules
  mingxi audit -c corpus.mx --across             # between documents · 文件之间`)
	c.Args = cobra.ArbitraryArgs
	c.Flags().StringVarP(&o.corpus, "corpus", "c", "", p.text("audit the documents of this corpus", "核对这个语料库里的文件"))
	o.flags(p, c, ".html", ".sarif")
	c.Flags().StringVar(&o.rules, "rules", "", p.text("a file with rules of your own", "自写规则的文件"))
	c.Flags().BoolVar(&o.formulas, "formulas", false, p.text("also the formulas and plausible ranges of the indicators", "也核对指标表里的公式和合理范围"))
	c.Flags().BoolVar(&o.across, "across", false, p.text("compare documents: one indicator, region and year with different values, and jumps between years", "文件之间核对:同一指标、地区、年份而数值不同,以及逐年突变"))
	c.Flags().BoolVar(&o.json, "json", false, p.text("JSON Lines on stdout", "在标准输出上用 JSON Lines"))
	c.Flags().BoolVar(&o.csv, "csv", false, p.text("CSV on stdout", "在标准输出上用 CSV"))
	c.Flags().BoolVar(&o.sarif, "sarif", false, p.text("SARIF on stdout", "在标准输出上用 SARIF"))
	c.Flags().BoolVar(&o.all, "all", false, p.text("show what holds, too", "也显示成立的关系"))
	c.Flags().BoolVar(&o.strict, "strict", false, p.text("exit with 4 if a relation contradicts", "有关系矛盾时退出码为 4"))
	c.MarkFlagsMutuallyExclusive("output", "json", "csv", "sarif")
	p.readFlags(c)
	p.walkFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error { return runAudit(c.Context(), p, o, p.paths(args)) }
	return c
}

// errContradicts ends audit --strict where a relation does not hold.
var errContradicts = errors.New("relations do not hold")

func runAudit(ctx context.Context, p *program, o auditOptions, paths []string) error {
	if (o.corpus == "") == (len(paths) == 0) {
		return usageError{errors.New(p.text("want files or -c DIR", "请给出文件,或用 -c 指定语料库"))}
	}
	rules, err := p.rules(o.rules, o.formulas)
	if err != nil {
		return err
	}
	open := openFindings
	if o.across {
		open = openAcross
	}
	w, err := open(p, o)
	if err != nil {
		return err
	}
	defer w.Discard()
	a := auditing{tally: newTally(p, o.output), reader: p.reader(), rules: rules, named: audit.Named(rules), w: w}
	t := a.tally
	defer t.show.end()
	if o.corpus != "" {
		err = a.corpus(ctx, o.corpus)
	} else {
		err = a.paths(ctx, corpus.Sources(ctx, paths, p.sources(o.output)))
	}
	if err != nil {
		return err
	}
	t.show.end()
	end := t.end()
	if t.documents > 0 {
		err = w.Close()
	}
	if err = cmp.Or(err, end); err == nil && o.strict && a.contradictions > 0 {
		err = errContradicts
	}
	return err
}

// listsInUse are the vocabularies of indicators in use.
func (p *program) listsInUse() [][]indicator.Indicator {
	if len(p.lists) > 0 {
		return p.lists
	}
	return [][]indicator.Indicator{indicator.Builtin()}
}

// An auditing is a run of audit.
type auditing struct {
	*tally
	*reader
	rules          []audit.Rule
	named          func(*schema.Metric) bool // whether rules are about a figure
	w              findingsWriter
	contradictions int
}

// paths audits the documents of files. What a long one holds is found while it is
// written.
func (a *auditing) paths(ctx context.Context, sources iter.Seq2[corpus.Source, error]) error {
	return pipeline.Ordered(ctx, a.p.workers, sources, a.readShort, func(s corpus.Source, one report, err error) error {
		if a.failed(s, err) {
			return nil
		}
		return a.document(ctx, s, func(yield func(report) error) error { return a.rest(one, yield) })
	})
}

// corpus audits the documents of a corpus as they are stored.
func (a *auditing) corpus(ctx context.Context, dir string) error {
	s, err := store.Open(ctx, dir)
	if err != nil {
		return a.p.hint(err)
	}
	defer s.Close()
	refs, err := exported(ctx, s, false)
	if err != nil {
		return a.p.hint(err)
	}
	return pipeline.Ordered(ctx, a.p.workers, pipeline.Each(refs),
		func(ctx context.Context, ref store.Ref) (one report, err error) {
			if ref.Bytes < longText {
				if one.doc, one.reading, err = s.Load(ctx, ref); err == nil {
					one.findings = a.auditor.Check(one.doc, one.reading)
				}
			}
			return one, err
		},
		func(ref store.Ref, one report, err error) error {
			if err == nil {
				err = a.stored(ctx, s, ref, one)
			}
			if errors.Is(err, store.ErrUnknown) { // gone since, by a writer
				return nil
			}
			return a.p.hint(err)
		})
}

// stored audits a document of a corpus, which was read if it is no long one.
func (a *auditing) stored(ctx context.Context, s *store.Store, ref store.Ref, one report) error {
	return a.document(ctx, corpus.Source{Name: ref.Source}, func(yield func(report) error) error {
		if one.reading != nil {
			return yield(one)
		}
		findings := 0
		return s.Parts(ctx, ref, func(d *schema.Document, part *schema.Reading) error {
			found := a.auditor.Complete(d, part, findings)
			findings += len(found)
			return yield(report{doc: d, reading: part, findings: found})
		})
	})
}

// document writes what is found in a document, whose figures come in parts, and then
// what the rules say of it.
func (a *auditing) document(ctx context.Context, s corpus.Source, parts func(yield func(report) error) error) error {
	var doc *schema.Document
	var kept schema.Reading   // figures that rules are about
	var found []audit.Finding // what rules need to know of findings
	n := verdicts{}
	write := func(one report) error {
		for _, f := range one.findings {
			n[f.Verdict]++
		}
		return a.w.Write(one)
	}
	err := parts(func(one report) error {
		if doc == nil {
			a.add(s, report{doc: one.doc})
		}
		doc, kept.Origins = one.doc, one.reading.Origins
		a.count(s, one.reading)
		if len(a.rules) > 0 {
			for i := range one.reading.Metrics {
				if m := &one.reading.Metrics[i]; a.named(m) {
					kept.Metrics = append(kept.Metrics, *m)
				}
			}
			for _, f := range one.findings {
				found = append(found, audit.Finding{Stated: f.Stated, Members: f.Members})
			}
		}
		return cmp.Or(ctx.Err(), write(one))
	})
	if err != nil {
		return err
	}
	if len(a.rules) > 0 {
		ruled := a.auditor.Apply(a.rules, doc, &kept, found)
		if err := write(report{doc: doc, reading: &kept, findings: ruled[len(found):]}); err != nil {
			return err
		}
	}
	a.contradictions += n[audit.Contradicts]
	return a.w.End(doc, n)
}

// verdicts count findings by their verdict.
type verdicts map[audit.Verdict]int

// A findingsWriter receives the findings of one document after the other: in parts, each
// with the figures that its findings are about, and then the end of the document.
type findingsWriter interface {
	Write(report) error
	End(*schema.Document, verdicts) error
	Close() error
	Discard()
}

// openFindings opens what audit writes to.
func openFindings(p *program, o auditOptions) (findingsWriter, error) {
	if _, err := table.ParseEncoding(o.encoding); err != nil {
		return nil, usageError{err}
	}
	suffix := strings.ToLower(filepath.Ext(o.output))
	switch {
	case o.sarif:
		return &sarifWriter{out: p.out}, nil
	case o.output == "" && !o.csv && !o.json:
		return &findingsView{p: p, out: newPainter(p.out), all: o.all}, nil
	case suffix == ".sarif":
		return toFile(o.output, func(f *os.File) findingsWriter { return &sarifWriter{out: f} })
	case suffix == ".html":
		return toFile(o.output, func(f *os.File) findingsWriter { return newPageWriter(p, f, o.personal) })
	}
	w, err := o.open(p, "findings", audit.Columns())
	if errors.Is(err, table.ErrFormat) {
		err = usageError{fmt.Errorf("%s: %s", o.output, p.text("want a file name that ends in .html, .sarif, .csv, .jsonl, .xlsx, .parquet, .dta, .sqlite or .zip",
			"文件名应以 .html、.sarif、.csv、.jsonl、.xlsx、.parquet、.dta、.sqlite 或 .zip 结尾"))}
	}
	return findingRows{w}, err
}

// findingRows writes findings as rows of a table.
type findingRows struct{ table.Writer }

func (w findingRows) Write(one report) error {
	return w.Writer.Write(audit.Rows(one.doc, one.reading, one.findings))
}

// End has nothing to add.
func (w findingRows) End(*schema.Document, verdicts) error { return nil }

// A fileWriter gives a file its name when it is complete.
type fileWriter struct {
	findingsWriter
	f    *os.File
	path string
	done bool
}

func toFile(path string, open func(*os.File) findingsWriter) (findingsWriter, error) {
	f, err := os.Create(path + ".part")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	return &fileWriter{findingsWriter: open(f), f: f, path: path}, nil
}

func (w *fileWriter) Close() error {
	err := cmp.Or(w.findingsWriter.Close(), w.f.Close())
	if err == nil {
		err = os.Rename(w.f.Name(), w.path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", w.path, err)
	}
	w.done = true
	return nil
}

func (w *fileWriter) Discard() {
	if !w.done {
		w.f.Close()
		os.Remove(w.f.Name())
	}
}

// A findingsView prints findings for the eye.
type findingsView struct {
	p    *program
	out  *painter
	all  bool
	rest bool         // something was printed before
	text bytes.Buffer // of the document, until its counts are known
}

// verdictStyle is the colour of a verdict.
var verdictStyle = map[audit.Verdict]style{audit.Contradicts: doubt, audit.Holds: figure, audit.Incomplete: dim, audit.NotEvaluable: dim}

func (v *findingsView) Write(one report) error {
	out := &painter{bufio.NewWriter(&v.text), v.out.on}
	for i := range one.findings {
		f := &one.findings[i]
		if v.all || f.Verdict == audit.Contradicts {
			v.finding(out, one, f)
		}
	}
	return out.Flush()
}

func (v *findingsView) End(d *schema.Document, n verdicts) error {
	if v.rest {
		v.out.WriteByte('\n')
	}
	v.rest = true
	v.out.paint(bold, flat(d.Source))
	v.out.WriteString("  " + v.p.counts(n) + "\n")
	_, _ = v.text.WriteTo(v.out) // an error is that of Flush
	return v.out.Flush()
}

// finding prints one finding: its equation, what is off and why, and its sentence.
func (v *findingsView) finding(out *painter, one report, f *audit.Finding) {
	m := one.reading.Of(f.Anchor())
	out.WriteString("  ")
	out.paint(verdictStyle[f.Verdict], v.p.lang().Verdict(f.Verdict))
	fmt.Fprintf(out, "  %s  #%d %s\n", v.p.lang().Relation(f.Relation), m.Seq, printable(m.Label))
	out.WriteString("    " + printable(f.Equation) + "\n")
	if s := v.p.lang().OffBy(f); s != "" {
		out.WriteString("    " + s + "\n")
	}
	out.WriteString("    ")
	markSentence(out, one.doc.Text, m)
	out.WriteByte('\n')
}

func (v *findingsView) Close() error { return v.out.Flush() }
func (v *findingsView) Discard()     {}

// counts says how many relations a report has and how many of them hold.
func (p *program) counts(n verdicts) string {
	all := 0
	for _, k := range n {
		all += k
	}
	parts := []string{fmt.Sprintf(p.text("%d relations: %d hold, %d contradict", "%d 个关系:%d 个成立,%d 个矛盾"), all, n[audit.Holds], n[audit.Contradicts])}
	if k := n[audit.Incomplete]; k > 0 {
		parts = append(parts, fmt.Sprintf(p.text("%d incomplete", "%d 个分项不全"), k))
	}
	if k := n[audit.NotEvaluable]; k > 0 {
		parts = append(parts, fmt.Sprintf(p.text("%d not evaluable", "%d 个无法核对"), k))
	}
	return strings.Join(parts, p.text(", ", ","))
}
