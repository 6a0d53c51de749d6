package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/coding"
	"mingxi/cmd/mingxi/pipeline"
	"mingxi/corpus"
	"mingxi/corpus/personal"
	"mingxi/corpus/store"
	"mingxi/extract/agree"
	"mingxi/extract/indicator"
	"mingxi/schema"
)

// sampleOptions are the flags of sample.
type sampleOptions struct {
	outputOptions
	corpus string
	n      int
	by     []string
	seed   uint64
	format string
	coded  string
}

func sampleCommand(p *program) *cobra.Command {
	var o sampleOptions
	c := p.command("sample PATH...|-c DIR",
		p.text("draw figures for coding by hand", "抽取一批数字供手工标注"),
		p.text(`Sample draws figures by lot, from each group of --by by its share but at least one,
and prints them for doccano (JSON Lines) or Label Studio (JSON): the sentence, and
the figure marked in it with its kind. The same figures and seed give the same
sample. After coding, --coded reads what either program exports: a CSV of the marks,
what they were and what they are now, and Krippendorff's alpha of coder and program.`,
			`sample 随机抽取数字:--by 的每一组按比例抽取,至少一个;输出供 doccano(JSON Lines)或
Label Studio(JSON)使用:原句,以及其中标出的数字和类别。同样的数字和种子得到同样的样本。
标注后用 --coded 读入两者导出的文件:输出 CSV,列出每处标记原来和现在的类别,以及标注者与
程序的 Krippendorff α。`),
		`
  mingxi sample reports/ -n 200 --by kind,indicator > sample.jsonl
  mingxi sample -c corpus.mx --format labelstudio -o tasks.json
  mingxi sample --coded exported.jsonl -o coded.csv`)
	c.Args = cobra.ArbitraryArgs
	c.Flags().StringVarP(&o.corpus, "corpus", "c", "", p.text("draw from this corpus", "从这个语料库抽取"))
	c.Flags().IntVarP(&o.n, "number", "n", 200, p.text("how many figures", "抽取多少个"))
	c.Flags().StringSliceVar(&o.by, "by", []string{"kind"}, p.text("columns that make the groups", "按哪些列分组"))
	c.Flags().Uint64Var(&o.seed, "seed", 1, p.text("another seed draws another sample", "换一个种子得到另一份样本"))
	c.Flags().StringVar(&o.format, "format", "doccano", p.text("doccano or labelstudio", "doccano 或 labelstudio"))
	c.Flags().StringVar(&o.coded, "coded", "", p.text("read this file of coded figures", "读入标注好的文件"))
	o.flags(p, c, ".json")
	p.readFlags(c)
	completeFlag(c, "by", schema.Header())
	completeFlag(c, "format", namesOf(codingFormats()))
	c.RunE = func(c *cobra.Command, args []string) error { return runSample(c.Context(), p, o, args) }
	return c
}

// codingFormats are the programs that samples are written for.
func codingFormats() map[string]func(io.Writer, []coding.Figure) error {
	return map[string]func(io.Writer, []coding.Figure) error{"doccano": coding.Doccano, "labelstudio": coding.LabelStudio}
}

func runSample(ctx context.Context, p *program, o sampleOptions, paths []string) error {
	if o.coded != "" {
		return printCoded(p, o)
	}
	write := codingFormats()[o.format]
	unknown := slices.IndexFunc(o.by, func(name string) bool { return !slices.Contains(schema.Header(), name) })
	switch {
	case write == nil:
		return usageError{fmt.Errorf(p.text("unknown format %q: want doccano or labelstudio", "不认识的格式 %q:应为 doccano 或 labelstudio"), o.format)}
	case unknown >= 0:
		return usageError{fmt.Errorf(p.text("no column %q%s", "没有 %q 列%s"), o.by[unknown], p.meant(indicator.Near(o.by[unknown], schema.Header())))}
	case (o.corpus == "") == (len(paths) == 0):
		return usageError{errors.New(p.text("give either paths or -c DIR", "请给出路径,或用 -c 目录 指明语料库"))}
	case o.n < 1:
		return usageError{errors.New(p.text("-n must be at least 1", "-n 至少为 1"))}
	}
	lot := coding.NewLot(o.n, o.seed)
	take := func(one report) error { return o.figures(one, lot.Add) }
	var err error
	if o.corpus != "" {
		err = eachStored(ctx, p, o.corpus, take)
	} else {
		err = eachRead(ctx, p, paths, take)
	}
	if err != nil {
		return err
	}
	sample := lot.Draw()
	p.summary(p.text("%d of %d figures", "抽取 %d 个,共 %d 个"), len(sample), lot.Figures)
	if o.output == "" {
		return write(p.out, sample)
	}
	var text bytes.Buffer
	if err := write(&text, sample); err != nil {
		return err
	}
	return writeWhole(o.output, text.Bytes())
}

// eachStored hands the documents of a corpus to f, in parts.
func eachStored(ctx context.Context, p *program, dir string, f func(report) error) error {
	s, err := store.Open(ctx, dir)
	if err != nil {
		return p.hint(err)
	}
	defer s.Close()
	refs, err := s.Refs(ctx)
	if err != nil {
		return p.hint(err)
	}
	for _, ref := range refs {
		err := s.Parts(ctx, ref, func(d *schema.Document, part *schema.Reading) error { return f(report{doc: d, reading: part}) })
		if err != nil && !errors.Is(err, store.ErrUnknown) { // gone since, by a writer
			return p.hint(err)
		}
	}
	return nil
}

// eachRead hands the documents at paths to f, in parts; what fails is told.
func eachRead(ctx context.Context, p *program, paths []string, f func(report) error) error {
	t, r := newTally(p, ""), p.reader()
	defer t.show.end()
	err := pipeline.Ordered(ctx, p.workers, corpus.Sources(ctx, paths, p.sources("")), r.readShort,
		func(s corpus.Source, one report, err error) error {
			if t.failed(s, err) {
				return nil
			}
			t.documents++
			return r.rest(one, f)
		})
	if err == nil && t.documents == 0 {
		err = errFailed
	}
	return err
}

// figures hands on the figures of a report for coding, each with its sentence.
func (o *sampleOptions) figures(one report, add func(coding.Figure)) error {
	var groups []int
	for _, name := range o.by {
		groups = append(groups, slices.Index(schema.Header(), name))
	}
	i := 0
	return schema.Rows(one.doc, one.reading, func(row []schema.Cell) error {
		m := &one.reading.Metrics[i]
		i++
		sentence, text := m.Sentence, one.doc.Text
		if m.Start < sentence.Start || m.End > sentence.End { // a cell: its own words
			sentence = m.Span
		}
		f := coding.Figure{Doc: one.doc.ID, Source: one.doc.Source, Seq: m.Seq, Text: sentence.In(text), Category: m.Kind.String(), Label: m.Label}
		if !o.personal { // places stay
			f.Text = personal.Mask(f.Text)
		}
		f.Start = utf8.RuneCountInString(text[sentence.Start:m.Start])
		f.End = f.Start + utf8.RuneCountInString(m.Span.In(text))
		var stratum []string
		for _, g := range groups {
			stratum = append(stratum, row[g].String())
		}
		f.Stratum = strings.Join(stratum, "\x00")
		add(f)
		return nil
	})
}

// codedColumns are those of what came back.
var codedColumns = []schema.Column{
	{Name: "doc_id", ZH: "文档编号", Doc: "as in the figures", DocZH: "同数字表"}, {Name: "source", ZH: "来源", Doc: "as in the figures", DocZH: "同数字表"}, {Name: "seq", ZH: "序号", Doc: "number of the metric in the document", DocZH: "该数字在文件中的序号", Type: schema.Whole}, {Name: "raw", ZH: "原文数字", Doc: "words of the figure", DocZH: "数字的原文"},
	{Name: "label", ZH: "指标名称", Doc: "what is measured", DocZH: "所计量的事项"}, {Name: "was", ZH: "原类别", Doc: "category of the program", DocZH: "程序所给的类别"}, {Name: "coded", ZH: "标注类别", Doc: "category of the coder", DocZH: "标注者所给的类别"}, {Name: "start", ZH: "起始位置", Doc: "rune offset of raw in text", DocZH: "raw 在 text 中的起始字符位置", Type: schema.Whole},
	{Name: "end", ZH: "终止位置", Doc: "rune offset of the end of raw", DocZH: "raw 在 text 中的终止字符位置", Type: schema.Whole}, {Name: "text", ZH: "原句", Doc: "the sentence", DocZH: "所在句子"},
}

// printCoded prints what came back as a table, and the agreement.
func printCoded(p *program, o sampleOptions) error {
	name := o.coded
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	coded, err := coding.Read(file)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var rows [][]schema.Cell
	documents, order := map[string][]agree.Unit{}, []string(nil)
	for _, c := range coded {
		rows = append(rows, []schema.Cell{
			schema.TextCell(c.Doc), schema.TextCell(c.Source), schema.CountCell(c.Seq), schema.TextCell(string([]rune(c.Text)[c.Start:c.End])), schema.TextCell(c.Label),
			schema.TextCell(c.Was), schema.TextCell(c.Category), schema.WholeCell(c.Start), schema.WholeCell(c.End), schema.TextCell(c.Text),
		})
		if c.Was == "" { // only the figures that were drawn stand for all
			continue
		}
		if documents[c.Doc] == nil {
			order = append(order, c.Doc)
		}
		category := c.Category
		if category == "" {
			category = "none"
		}
		documents[c.Doc] = append(documents[c.Doc], agree.Unit{c.Was, category})
	}
	if err := o.write(p, "coded", codedColumns, rows); err != nil {
		return err
	}
	var units [][]agree.Unit
	for _, doc := range order {
		units = append(units, documents[doc])
	}
	if alpha, ok := agree.Alpha(slices.Concat(units...)); ok {
		text := fmt.Sprintf("alpha %.3f", alpha)
		if low, high, ok := agree.Interval(units); ok {
			text += fmt.Sprintf(" [%.3f, %.3f]", low, high)
		}
		p.summary(p.text("%d marks, %s", "%d 处标记,%s"), len(coded), text)
	}
	return nil
}
