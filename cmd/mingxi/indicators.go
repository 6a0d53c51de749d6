package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mingxi/extract/indicator"
	"mingxi/schema"
)

// vocabularyOptions are the flags that say which indicators figures are mapped to.
type vocabularyOptions struct {
	file string // of further indicators
	only bool   // those of the file alone
}

// vocabularyFlags are those of the commands that map figures.
func (p *program) vocabularyFlags(c *cobra.Command) {
	c.Flags().StringVar(&p.vocabulary.file, "indicators", "", p.text("map to the indicators of this file too; its codes go before the built-in ones", "同时使用这个文件里的指标,代码相同的以它为准"))
	c.Flags().BoolVar(&p.vocabulary.only, "indicators-only", false, p.text("map to the indicators of that file alone", "只使用那个文件里的指标"))
}

// indicators are the lists of the vocabulary in use, nil for the built-in ones.
// What is wrong with a user's file is a mistake of use: all of it is told.
func (p *program) indicators() ([][]indicator.Indicator, error) {
	o := p.vocabulary
	switch {
	case o.only && o.file == "":
		return nil, usageError{errors.New(p.text("--indicators-only wants --indicators FILE", "--indicators-only 要和 --indicators 文件 一起用"))}
	case o.file == "":
		return nil, nil
	}
	var others [][]indicator.Indicator
	if !o.only {
		others = append(others, indicator.Builtin())
	}
	list, err := p.checkIndicators(o.file, others)
	return append(others, list), err
}

// checkIndicators reads a file of indicators, and tells what is wrong with it.
func (p *program) checkIndicators(name string, others [][]indicator.Indicator) ([]indicator.Indicator, error) {
	text, err := readText(name)
	if err != nil {
		return nil, usageError{err}
	}
	list, problems := indicator.Parse(name, strings.NewReader(text))
	if len(problems) == 0 {
		problems = indicator.Check(list, others...)
	}
	if len(problems) == 0 {
		return list, nil
	}
	for _, one := range problems {
		p.say("%v", one)
	}
	return nil, usageError{fmt.Errorf(p.text("%s: %d mistakes", "%s:%d 处错误"), name, len(problems))}
}

// indicatorsOptions are the flags of indicators.
type indicatorsOptions struct {
	corpus   string
	unmapped bool
	limit    int
	check    string
	mapped   string
	tsv      bool
}

func indicatorsCommand(p *program) *cobra.Command {
	var o indicatorsOptions
	c := p.command("indicators [WORD...]",
		p.text("the indicators that figures are mapped to", "数字所归入的指标"),
		p.text(`Indicators lists the vocabulary behind the column indicator, or what of it has all
the words: in code, name, aliases, unit or domain. An exact code shows all that is
known of it. --unmapped lists the commonest labels of a corpus that belong to no
indicator, --check says what is wrong with a vocabulary of your own, and --map
maps the labels of a table. docs/indicators.md tells how such a file is made.`,
			`indicators 列出 indicator 列所用的指标,或其中含有全部所给词语的指标(代码、名称、别名、
单位、领域)。给出完整代码则显示它的全部内容。--unmapped 列出语料库里最常见而没有归入
指标的名称,--check 检查自己写的指标表,--map 给一张表里的名称归类。怎样写指标表见
docs/indicators.md。`),
		`
  mingxi indicators 城市 低保
  mingxi indicators dibao_urban_hh
  mingxi indicators --tsv > mine.tsv                   # to begin a file of your own · 以此为底本写自己的指标表
  mingxi indicators --check mine.tsv
  mingxi indicators --unmapped -c corpus.mx
  mingxi indicators --map labels.csv                   # columns label, unit, per, kind, section · 列名如此
  mingxi extract reports/ --indicators mine.tsv
  mingxi reextract -c corpus.mx --indicators mine.tsv`)
	c.Args = cobra.ArbitraryArgs
	c.Flags().StringVarP(&o.corpus, "corpus", "c", "", p.text("directory of the corpus, with --unmapped", "语料库所在目录(与 --unmapped 合用)"))
	c.Flags().BoolVar(&o.unmapped, "unmapped", false, p.text("the commonest labels without an indicator, as CSV", "最常见而没有归入指标的名称(CSV)"))
	c.Flags().IntVarP(&o.limit, "limit", "n", 50, p.text("at most so many of them (0: all)", "最多列出多少个(0:全部)"))
	c.Flags().StringVar(&o.check, "check", "", p.text("check this file of indicators", "检查这个指标表"))
	c.Flags().StringVar(&o.mapped, "map", "", p.text("map the labels of this CSV file", "给这个 CSV 文件里的名称归类"))
	c.Flags().BoolVar(&o.tsv, "tsv", false, p.text("as a file of indicators", "输出为指标表"))
	c.MarkFlagsMutuallyExclusive("unmapped", "check", "map", "tsv")
	p.vocabularyFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error { return runIndicators(c.Context(), p, o, args) }
	return c
}

func runIndicators(ctx context.Context, p *program, o indicatorsOptions, args []string) error {
	if o.check != "" {
		list, err := p.checkIndicators(o.check, [][]indicator.Indicator{indicator.Builtin()})
		if err == nil {
			p.summary(p.text("%s: %d indicators, no mistakes", "%s:%d 个指标,没有错误"), o.check, len(list))
		}
		return err
	}
	if o.unmapped {
		return printUnmapped(ctx, p, o)
	}
	if p.lists == nil {
		p.lists = [][]indicator.Indicator{indicator.Builtin()}
	}
	v := indicator.New(p.lists...)
	if o.mapped != "" {
		return mapLabels(p, v, o.mapped)
	}
	if len(args) == 1 && v.Get(args[0]) != nil && !o.tsv {
		return printIndicator(p, v.Get(args[0]))
	}
	found := v.Find(strings.Join(args, " "))
	if len(found) == 0 {
		return notFound(p, v, args)
	}
	if o.tsv {
		return printVocabulary(p.out, found)
	}
	return printIndicators(p, found)
}

// notFound says that nothing was found, and what the word may have been.
func notFound(p *program, v *indicator.Vocabulary, args []string) error {
	text := fmt.Sprintf(p.text("no indicator has %q", "没有含 %q 的指标"), strings.Join(args, " "))
	if near := v.Nearest(args[len(args)-1]); near != "" {
		text += fmt.Sprintf(p.text(" (did you mean %s?)", "(是不是 %s?)"), near)
	}
	return errors.New(text)
}

// printIndicators lists indicators for the eye, one a line.
func printIndicators(p *program, found []*indicator.Indicator) error {
	out := newPainter(p.out)
	var codes, names int
	for _, one := range found {
		codes, names = max(codes, columns(one.Code)), max(names, columns(one.NameZH))
	}
	for _, one := range found {
		out.paint(figure, padRight(one.Code, codes))
		out.WriteString("  " + padRight(one.NameZH, names) + "  " + padRight(one.UnitZH, 10) + "  " + padRight(one.Nature, 5) + "  " + one.DomainZH + "\n")
	}
	return out.Flush()
}

// printIndicator shows all that is known of one.
func printIndicator(p *program, one *indicator.Indicator) error {
	out := newPainter(p.out)
	out.paint(figure, one.Code)
	out.WriteString("  " + one.NameZH + "\n")
	for _, f := range one.Fields() {
		if f.Value != "" && f.Name != "code" && f.Name != "name_zh" {
			out.paint(dim, padRight(f.Name, 16))
			out.WriteString("  " + f.Value + "\n")
		}
	}
	return out.Flush()
}

// printVocabulary writes indicators as a file that --indicators reads.
func printVocabulary(w io.Writer, found []*indicator.Indicator) error {
	var header []string
	for _, one := range found {
		for _, f := range one.Fields() {
			if !slices.Contains(header, f.Name) {
				header = append(header, f.Name)
			}
		}
	}
	text := strings.Join(header, "\t") + "\n"
	for _, one := range found {
		row := make([]string, len(header))
		for _, f := range one.Fields() {
			row[slices.Index(header, f.Name)] = f.Value
		}
		text += strings.Join(row, "\t") + "\n"
	}
	_, err := io.WriteString(w, text)
	return err
}

// An unmapped label is one that belongs to no indicator, with a figure that has it.
type unmapped struct {
	label, unit    string
	figures        int
	source, phrase string
}

// printUnmapped lists the commonest labels of a corpus without an indicator. A
// change, and a figure whose digits are lost, need none.
func printUnmapped(ctx context.Context, p *program, o indicatorsOptions) error {
	if o.corpus == "" {
		return usageError{errors.New(p.text("say which corpus: -c DIR", "请用 -c 目录 指明语料库"))}
	}
	counts := map[string]*unmapped{}
	if err := eachStored(ctx, p, o.corpus, func(one report) error {
		countUnmapped(counts, one.doc, one.reading)
		return nil
	}); err != nil {
		return err
	}
	list := slices.SortedFunc(maps.Values(counts), func(a, b *unmapped) int {
		return cmp.Or(b.figures-a.figures, strings.Compare(a.label, b.label), strings.Compare(a.unit, b.unit))
	})
	if o.limit > 0 && len(list) > o.limit {
		list = list[:o.limit]
	}
	var rows [][]schema.Cell
	for _, one := range list {
		rows = append(rows, schema.TextCells(one.label, one.unit, strconv.Itoa(one.figures), one.source, one.phrase))
	}
	return new(outputOptions).write(p, "unmapped", columnsNamed("label", "unit", "figures", "source", "sentence"), rows)
}

func countUnmapped(counts map[string]*unmapped, d *schema.Document, r *schema.Reading) {
	for i := range r.Metrics {
		m := &r.Metrics[i]
		if m.Code != "" || m.Kind >= schema.Change {
			continue
		}
		unit := m.Unit
		if m.Per != "" {
			unit += "/" + m.Per
		}
		label := strings.TrimPrefix(m.Label, m.Slots.Place)
		one := counts[label+"\x00"+unit]
		if one == nil {
			one = &unmapped{label: label, unit: unit, source: d.Source, phrase: strings.Clone(m.Sentence.In(d.Text))}
			counts[label+"\x00"+unit] = one
		}
		one.figures++
	}
}

// mapLabels prints the rows of a CSV file with the indicators of their labels. Of
// its columns label is needed; unit, per, kind, section, whole (label of the
// total) and year are read if they are there.
func mapLabels(p *program, v *indicator.Vocabulary, name string) error {
	text, err := readText(name)
	if err != nil {
		return err
	}
	in := csv.NewReader(strings.NewReader(text))
	header, err := in.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if !slices.Contains(header, "label") {
		return usageError{fmt.Errorf(p.text("%s has no column label", "%s 没有 label 列"), name)}
	}
	out, err := asPrinted.open(p, "mapped", columnsNamed(append(header, "indicator", "indicator_score")...))
	if err != nil {
		return err
	}
	defer out.Discard()
	for {
		row, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		m := v.Match(labelled(header, row))
		score := ""
		if m.Code != "" {
			score = strconv.FormatFloat(m.Score, 'f', 2, 64)
		}
		if err := out.Write([][]schema.Cell{schema.TextCells(append(row, m.Code, score)...)}); err != nil {
			return err
		}
	}
	return out.Close()
}

// labelled is a row of a table of labels as a figure.
func labelled(header, row []string) indicator.Figure {
	cell := func(name string) string {
		if i := slices.Index(header, name); i >= 0 {
			return row[i]
		}
		return ""
	}
	f := indicator.Figure{Label: cell("label"), Unit: cell("unit"), Per: cell("per"), Whole: cell("whole")}
	f.Context, f.Heading = indicator.Headings(cell("section"))
	for k := schema.Amount; k <= schema.Suspect; k++ {
		if k.String() == cell("kind") {
			f.Kind = k
		}
	}
	f.Year, _ = strconv.Atoi(cell("year"))
	return f
}
