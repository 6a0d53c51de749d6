package main

import (
	"cmp"
	"context"
	"fmt"
	"hash"
	"hash/fnv"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/pipeline"
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
	doc, stored, err := r.toExplain(ctx, p, dir, path)
	if err != nil {
		return err
	}
	out, now := newPainter(p.out), newFingerprint()
	figures, shown := 0, 0
	err = pipeline.Guard(func() error {
		return r.parts(doc, func(part report) error {
			now.add(part.reading)
			figures += len(part.reading.Metrics)
			for i := range part.reading.Metrics {
				m := &part.reading.Metrics[i]
				if one && m.Seq != seq {
					continue
				}
				if shown++; shown > 1 {
					out.WriteString("\n")
				}
				explain(out, p, doc, m)
				for _, f := range tell.Findings(part.findings, m) {
					out.WriteString("  " + padRight("check", 10) + " ")
					out.paint(verdictStyle[f.Verdict], p.lang().Verdict(f.Verdict))
					out.WriteString("  " + join("; ", f.Equation, p.lang().OffBy(f)) + "\n")
				}
			}
			return ctx.Err()
		})
	})
	if err != nil {
		return err
	}
	if stored != nil && stored.Sum64() != now.Sum64() {
		p.summary("%s", p.text("the corpus was extracted by other rules than these; 'mingxi reextract' renews it",
			"语料库是用另外的规则抽取的,可用“mingxi reextract”更新"))
	}
	if shown == 0 && one {
		return fmt.Errorf(p.text("%s has %d figures, and no #%d", "%s 有 %d 个数字,没有 #%d"), path, figures, seq)
	}
	return out.Flush()
}

// toExplain reads the document, and of one of a corpus, which holds figures without
// their reasons, a fingerprint of those.
func (r *reader) toExplain(ctx context.Context, p *program, dir, path string) (doc *schema.Document, stored *fingerprint, err error) {
	if dir == "" {
		doc, err = r.only(ctx, p, path)
		return doc, nil, err
	}
	stored = newFingerprint()
	err = r.oneInParts(ctx, p, dir, path, func(part report) error {
		doc = part.doc
		stored.add(part.reading)
		return nil
	})
	return doc, stored, err
}

// A fingerprint tells whether two readings of a document are the same.
type fingerprint struct{ hash.Hash64 }

func newFingerprint() *fingerprint { return &fingerprint{fnv.New64a()} }

// add adds the next figures of the document.
func (f *fingerprint) add(r *schema.Reading) {
	for i := range r.Metrics {
		m := &r.Metrics[i]
		fmt.Fprintf(f, "%d %d %q %s %q %d\n", m.Start, m.End, m.Label, m.Value, m.Unit, m.Kind)
	}
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
		explainField(out, d.Text, f, m.Why)
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
func explainField(out *painter, text string, f tell.Field, why []schema.Reason) {
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
