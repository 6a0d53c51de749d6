package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/tell"
	"mingxi/schema"
)

func explainCommand(p *program) *cobra.Command {
	var dir string
	c := p.command("explain DOC#SEQ",
		p.text("tell why a figure was read so", "说明一个数字为什么读成这样"),
		p.text(`Explain tells for every field of a figure by which rule and from which words of
the text it came about. SEQ is the number of the figure, as in the column seq;
DOC alone explains all of its figures.`,
			`explain 逐项说明一个数字的各个字段是由哪条规则、从原文哪些字得出的。SEQ 是数字的
序号(seq 列);只写文件名则说明其中所有的数字。`),
		`
  mingxi explain report.docx#12
  mingxi explain report.docx
  mingxi explain 3f2a9c1b#12 -c corpus.mx        # by the beginning of its doc_id · 用 doc_id 的开头几位`)
	c.Args = cobra.ExactArgs(1)
	c.Flags().StringVarP(&dir, "corpus", "c", "", p.text("DOC is a doc_id or path of this corpus", "DOC 是这个语料库里的 doc_id 或路径"))
	p.readFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error { return runExplain(c.Context(), p, dir, args[0]) }
	return c
}

func runExplain(ctx context.Context, p *program, dir, arg string) error {
	path, seq, one := splitSeq(arg)
	r := p.reader()
	r.extractor.Explain = true
	read, err := r.one(ctx, p, dir, path)
	if err != nil {
		return err
	}
	if dir != "" { // a corpus holds figures without their reasons
		read = r.again(p, read)
	}
	out := newPainter(p.out)
	findings := r.auditor.Check(read.doc, read.reading)
	shown := 0
	for i := range read.reading.Metrics {
		m := &read.reading.Metrics[i]
		if one && m.Seq != seq {
			continue
		}
		if shown++; shown > 1 {
			out.WriteString("\n")
		}
		explain(out, p, read.doc, m)
		for _, f := range tell.Findings(findings, m) {
			out.WriteString("  " + padRight("check", 8) + "  ")
			out.paint(verdictStyle[f.Verdict], p.lang().Verdict(f.Verdict))
			out.WriteString("  " + join("; ", f.Equation, p.lang().OffBy(f)) + "\n")
		}
	}
	if shown == 0 && one {
		return fmt.Errorf(p.text("%s has %d figures, and no #%d", "%s 有 %d 个数字,没有 #%d"), path, len(read.reading.Metrics), seq)
	}
	return out.Flush()
}

// again extracts the figures of a stored document once more, and says so if the
// corpus holds others.
func (r *reader) again(p *program, stored report) report {
	now := r.figures(stored.doc)
	same := func(a, b schema.Metric) bool {
		return a.Span == b.Span && a.Label == b.Label && a.Value == b.Value && a.Unit == b.Unit && a.Kind == b.Kind
	}
	if !slices.EqualFunc(stored.reading.Metrics, now.reading.Metrics, same) {
		p.summary("%s", p.text("the corpus was extracted by other rules than these; 'mingxi reextract' renews it",
			"语料库是用另外的规则抽取的,可用“mingxi reextract”更新"))
	}
	return now
}

// splitSeq divides report.pdf#12 into its two parts; a path may hold # itself.
// It reports whether there is a number at all.
func splitSeq(arg string) (path string, seq int, one bool) {
	if i := strings.LastIndexByte(arg, '#'); i > 0 {
		if n, err := strconv.Atoi(arg[i+1:]); err == nil {
			return arg[:i], n, true
		}
	}
	return arg, 0, false
}

// explain prints a metric: its sentence, then each field with its reasons.
func explain(out *painter, p *program, d *schema.Document, m *schema.Metric) {
	out.paint(bold, fmt.Sprintf("#%d %s", m.Seq, m.Label))
	out.WriteString("  ")
	out.paint(figure, join(" ", tell.Value(m), tell.Unit(m)))
	out.WriteString("\n  ")
	markSentence(out, d.Text, m)
	out.WriteString("\n")
	for _, f := range tell.Fields(m) {
		explainField(out, p, d.Text, f, m.Why)
	}
}

// markSentence prints the sentence with the figure marked in it.
func markSentence(out *painter, text string, m *schema.Metric) {
	if !m.Sentence.Contains(m.Span) {
		out.paint(figure, "["+flat(m.In(text))+"]")
		return
	}
	out.WriteString(flat(text[m.Sentence.Start:m.Start]))
	out.paint(figure, "["+flat(m.In(text))+"]")
	out.WriteString(flat(text[m.End:m.Sentence.End]))
}

// explainField prints a field, and under it the rule, words and note of each
// step that made it.
func explainField(out *painter, p *program, text string, f tell.Field, why []schema.Reason) {
	out.WriteString("  " + padRight(f.Name, 11) + cmp.Or(printable(f.Value), "–") + "\n")
	for _, r := range why {
		if r.Field != f.Name {
			continue
		}
		words := ""
		if r.Span.Len() > 0 && r.Span.Valid(text) {
			words = "“" + flat(r.Span.In(text)) + "”"
		}
		out.paint(dim, "            ← "+join("  ", r.Rule, words, r.Note))
		out.WriteString("\n")
	}
}
