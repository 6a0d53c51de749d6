package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/pipeline"
	"mingxi/corpus"
	"mingxi/extract/agree"
	"mingxi/schema"
)

// evalOptions are the flags of eval.
type evalOptions struct {
	corpus string
	misses bool
	json   bool
}

func evalCommand(p *program) *cobra.Command {
	var o evalOptions
	c := p.command("eval GOLD_DIR|-c DIR",
		p.text("agreement with a hand-coded sample", "与手工标注的样本比对"),
		p.text(`Eval extracts the figures of every document of a hand-coded sample and compares
them with the coding. GOLD_DIR holds documents NAME.txt (or another format) with
NAME.tsv beside them; docs/guide.md describes the table.

It prints F1 for figures found, for quantity (value, unit and per right) and for
record (quantity, and the label right); the share of labels that would do as titles,
where the table names some; rates of single fields of those found; F1 of part_of and
of planned. Then the mean over documents, the share of right slots where the table has
columns for them, and Krippendorff's alpha of unit, kind, status and approximation. The
intervals of 95% come from a bootstrap over documents.

With -c DIR the gold is what readers corrected or confirmed in the pages of that
corpus (mingxi serve --edit): the figures that they judged, and no others.`,
			`eval 对手工标注样本中的每份文件抽取数字,与标注比对。GOLD_DIR 里是文件 名称.txt
(或其他格式)和同名的 名称.tsv,表的格式见 docs/guide.zh-CN.md。

输出三个 F1:found(找到)、quantity(数值、单位、“每”都对)、record(quantity
且指标名称对);表中写明标题时,名称可作标题的比例;找到的数字中各字段的正确率;
part_of 和 planned 的 F1。然后是各文件的平均值、各槽位的正确率(表中有这些列时),
以及单位、类别、状态、约数的 Krippendorff α。95% 区间由按文件自助抽样得出。

用 -c 目录 则以读者在网页里(mingxi serve --edit)更正或确认的数字为准,只比对这些数字。`),
		`
  mingxi eval bench/gold
  mingxi eval bench/gold --misses                # what disagrees, one a line · 逐条列出不一致之处
  mingxi eval -c corpus.mx                       # against readers' corrections · 与读者的更正比对`)
	c.Args = cobra.MaximumNArgs(1)
	c.Flags().StringVarP(&o.corpus, "corpus", "c", "", p.text("compare with what readers corrected in this corpus", "与这个语料库里读者的更正比对"))
	c.Flags().BoolVar(&o.misses, "misses", false, p.text("list every disagreement", "逐条列出不一致之处"))
	c.Flags().BoolVar(&o.json, "json", false, p.text("the counts as JSON", "以 JSON 输出各项计数"))
	c.MarkFlagsMutuallyExclusive("misses", "json")
	p.readFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if (o.corpus == "") == (len(args) == 0) {
			return usageError{errors.New(p.text("want a directory of gold, or -c DIR", "请给出样本目录,或用 -c 指定语料库"))}
		}
		if o.corpus != "" {
			return runEvalCorpus(c.Context(), p, o)
		}
		return runEval(c.Context(), p, o, args[0])
	}
	return c
}

// A result is one document of the sample, compared.
type result struct {
	units  map[string][]agree.Unit
	score  agree.Score
	misses []agree.Miss
}

func runEval(ctx context.Context, p *program, o evalOptions, dir string) error {
	samples, err := agree.Samples(os.DirFS(dir))
	if err != nil {
		return fmt.Errorf("eval %s: %w", dir, err)
	}
	if len(samples) == 0 {
		return fmt.Errorf("eval %s: no tables NAME.tsv in it", dir)
	}
	r := p.reader()
	return evalAll(ctx, p, o, samples, func(s agree.Sample) string { return s.Source },
		func(ctx context.Context, s agree.Sample) (string, result, error) {
			res, err := r.compare(ctx, dir, s)
			return s.Name, res, err
		})
}

// evalAll compares documents, prints what came of it, and says which could not be read.
func evalAll[T any](ctx context.Context, p *program, o evalOptions, list []T, sourceOf func(T) string,
	compare func(context.Context, T) (name string, res result, err error)) error {
	type named struct {
		result
		name string
	}
	failed := false
	names, scores, all := []string{}, map[string]agree.Score{}, agree.Score{}
	units := map[string][][]agree.Unit{} // by field and document
	err := pipeline.Ordered(ctx, p.workers, pipeline.Each(list),
		func(ctx context.Context, one T) (named, error) {
			name, res, err := compare(ctx, one)
			return named{res, name}, err
		},
		func(one T, res named, err error) error {
			if err != nil {
				p.say("%s: %v", sourceOf(one), err)
				failed = true
			}
			if o.misses {
				printMisses(p.out, res.name, res.misses)
			}
			for field, list := range res.units {
				units[field] = append(units[field], list)
			}
			names, scores[res.name] = append(names, res.name), res.score
			all.Add(res.score)
			return nil
		})
	if err != nil {
		return err
	}
	scores["ALL"] = all
	if o.json {
		err = json.NewEncoder(p.out).Encode(scores)
	} else {
		err = printScores(p.out, names, scores)
		if err == nil {
			err = printAlphas(p.out, units)
		}
	}
	if err == nil && failed {
		return errPartial
	}
	return err
}

// compare extracts one document of the sample and compares. A document that
// cannot be read has no rows: its figures are all missed.
func (r *reader) compare(ctx context.Context, dir string, s agree.Sample) (result, error) {
	path := filepath.Join(dir, s.Source)
	var got []agree.Row
	var failure error
	for src, err := range corpus.Sources(ctx, []string{path}, corpus.SourceOptions{}) {
		var one report
		if err == nil {
			one, err = r.read(ctx, src)
		}
		if err != nil {
			failure = err
			break
		}
		failure = one.rows(func(cells [][]schema.Cell) error {
			got = append(got, evalRows(cells)...)
			return nil
		})
	}
	score, misses := agree.Compare(s.Gold, got)
	return result{agree.Units(s.Gold, got), score, misses}, failure
}

// evalRows picks what is compared from rows of the contract.
func evalRows(rows [][]schema.Cell) []agree.Row {
	at := map[string]int{}
	for i, name := range schema.Header() {
		at[name] = i
	}
	out := make([]agree.Row, len(rows))
	for i, row := range rows {
		c := schema.Strings(row)
		out[i] = agree.Row{Seq: c[at["seq"]], Raw: c[at["raw"]], Label: c[at["label"]], Value: c[at["value"]],
			Max: c[at["value_max"]], Unit: c[at["unit"]], Per: c[at["per"]], Kind: c[at["kind"]],
			Status: c[at["status"]], Approx: c[at["approx"]], PartOf: c[at["part_of"]], Slots: map[string]string{}}
		for _, name := range agree.Slots {
			out[i].Slots[name] = c[at[name]]
		}
	}
	return out
}

// printScores prints a line for each document that has gold rows, the whole, the mean
// of the documents, and how sure the numbers of the whole are.
func printScores(w io.Writer, names []string, scores map[string]agree.Score) error {
	out := newPainter(w)
	fmt.Fprintf(out, "%-14s%5s%5s | F1 found quantity record | title | of found, right: value unit per label kind status approx | F1 part_of planned\n", "document", "gold", "got")
	documents := make([]agree.Score, len(names))
	for i, name := range names {
		documents[i] = scores[name]
	}
	for _, name := range append(names, "ALL") {
		s := scores[name]
		if s.Gold == 0 {
			continue
		}
		fmt.Fprintf(out, "%-14s%5d%5d | %.3f %.3f %.3f | %s |", name, s.Gold, s.Got, s.F1(s.Found), s.F1(s.Quantity), s.F1(s.Record), rate(s.Title, s.Titles))
		for _, right := range []int{s.Value, s.Unit, s.Per, s.Label, s.Kind, s.Status, s.Approx} {
			out.WriteString(" " + rate(right, s.Found))
		}
		fmt.Fprintf(out, " | %s %s\n", rate(2*s.PartOf, s.Parts+s.PartsGot), rate(2*s.Plan, s.Plans+s.PlansGot))
	}
	for _, m := range append(agree.Measures, agree.SlotMeasures()...) {
		printMeasure(out, m, scores["ALL"], documents)
	}
	return out.Flush()
}

// printMeasure prints a measure of the whole sample with its interval, and its mean
// over documents.
func printMeasure(out *painter, m agree.Measure, all agree.Score, documents []agree.Score) {
	value, ok := m.Of(&all)
	if !ok {
		return
	}
	fmt.Fprintf(out, "%-14s%.3f", m.Name, value)
	if low, high, ok := m.Interval(documents); ok {
		fmt.Fprintf(out, "  [%.3f, %.3f]", low, high)
	}
	if mean, ok := m.Mean(documents); ok && len(documents) > 1 {
		fmt.Fprintf(out, "  mean of documents %.3f", mean)
	}
	out.WriteString("\n")
}

// printAlphas prints Krippendorff's alpha of the sample and the program, field by
// field, with the interval of 95% that a bootstrap over documents gives.
func printAlphas(w io.Writer, units map[string][][]agree.Unit) error {
	out := newPainter(w)
	for _, field := range agree.Coded {
		alpha, ok := agree.Alpha(slices.Concat(units[field]...))
		if !ok {
			continue
		}
		fmt.Fprintf(out, "alpha %-8s%.3f", field, alpha)
		if low, high, ok := agree.Interval(units[field]); ok {
			fmt.Fprintf(out, "  [%.3f, %.3f]", low, high)
		}
		out.WriteString("\n")
	}
	return out.Flush()
}

func rate(right, of int) string {
	if of == 0 {
		return "  -  "
	}
	return fmt.Sprintf("%.3f", float64(right)/float64(of))
}

// printMisses prints what disagrees in one document, one a line.
func printMisses(w io.Writer, name string, misses []agree.Miss) {
	for _, m := range misses {
		switch g, p := m.Gold, m.Got; {
		case p == nil:
			fmt.Fprintf(w, "%s #%s %q not found: %s %s [%s]\n", name, g.Order, g.Raw, g.Value, g.Unit, g.Keys)
		case g == nil:
			fmt.Fprintf(w, "%s extra %q: %s %s [%s]\n", name, p.Raw, p.Value, p.Unit, p.Label)
		default:
			fmt.Fprintf(w, "%s #%s %q wrong %s: gold %s %s /%s %s %s [%s] got %s %s /%s %s %s [%s]\n", name, g.Order, g.Raw, strings.Join(m.Wrong, ","),
				g.Value, g.Unit, g.Per, g.Kind, g.Status, g.Keys, join("..", p.Value, p.Max), p.Unit, p.Per, p.Kind, p.Status, p.Label)
		}
	}
}
