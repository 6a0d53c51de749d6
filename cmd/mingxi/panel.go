package main

// The panel command: one table of region × year × indicator out of a corpus, with a
// companion file of every candidate. The work is that of package panel.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/panel"
	"mingxi/cmd/mingxi/table"
	"mingxi/corpus/store"
	"mingxi/extract/indicator"
	"mingxi/extract/region"
	"mingxi/schema"
)

// panelOptions are the flags of panel.
type panelOptions struct {
	outputOptions
	corpus     string
	backend    string
	also       []string // further corpora
	by         []string
	indicators []string
	wide, long bool
	regionYear int
	prefer     string
	years      string
	regions    []string
	candidates string
	plot       string
	distinct   bool
	rules      string // file with rules of the user
	formulas   bool   // the formulas and ranges of the vocabulary, too
	rulings    string // file for what the rules say
}

func panelCommand(p *program) *cobra.Command {
	var o panelOptions
	c := p.command("panel -c DIR",
		p.text("one table of region × year × indicator, each cell with its source", "地区×年份×指标的面板数据,每格注明出处"),
		p.text(`Panel makes one table out of the figures of a corpus that have an indicator: a row
per region, year and indicator (or, with --wide, per region and year), in base
units, each value with the document, place and sentence that it is taken from and
a status letter of SDMX (A normal, E about, P preliminary, U unreliable, Q masked,
O candidates conflict, B the region's boundary changed).

A cell takes only what was done, in the region as a whole, in the whole year or, of
stocks, at its end. Everything else stands in the companion file with the reason:
plans, growth, part-year figures, 市本级 beside 全市, other bases and places. Figures
of one cell that differ are never averaged: the cell stays empty and both stand in
the companion, unless --prefer says which documents count.

The companion lies beside the output as NAME.candidates.csv; on stdout there is
none, unless --candidates names a file.`,
			`panel 把语料库里有指标代码的数字做成一张表:每个地区、年份、指标一行(加 --wide 则每个
地区、年份一行),用基本单位;每个数值注明出自哪份文件、哪个位置、哪一句,并附 SDMX 状态
字母(A 正常,E 约数,P 初步,U 不可靠,Q 被遮盖,O 各文件矛盾,B 区划有变动)。

一格只收已完成的、全地区的、全年的数(存量为年末数)。其余的连同原因列在附表里:计划数、
增长率、不足一年的数、与全市并列的市本级、其他基数和其他地点。同一格的数字不一致时绝不
取平均:该格留空,各数都列在附表里,除非用 --prefer 指定以哪些文件为准。

附表与输出文件放在一起,名为“名称.candidates.csv”;输出到标准输出时没有附表,除非用
--candidates 指定文件。`),
		`
  mingxi panel -c corpus.mx --indicator dibao_urban_persons,dibao_urban_hh -o panel.csv
  mingxi panel -c corpus.mx --wide --region-year 2020 -o panel.xlsx
  mingxi panel -c corpus.mx --prefer newest --years 2008..2012
  mingxi panel -c corpus.mx --rules my.rules -o panel.csv       # and panel.checks.csv · 另写 panel.checks.csv
  mingxi panel -c corpus.mx --indicator dibao_urban_hh --region 5303 --plot series.svg
  mingxi panel --backend postgres://h1,h2/reports -o panel.csv`)
	c.Args = cobra.NoArgs
	p.engineFlags(c, &o.corpus, &o.backend)
	p.alsoFlag(c, &o.also)
	f := c.Flags()
	f.StringSliceVar(&o.by, "by", panelKeys(), p.text("what a row is of: region,year", "每行是什么:region,year"))
	f.StringSliceVar(&o.indicators, "indicator", nil, p.text("codes of indicators, in this order (default: all; see 'mingxi indicators')", "指标代码,按此次序(默认全部;见“mingxi indicators”)"))
	f.BoolVar(&o.long, "long", false, p.text("a row per region, year and indicator (the default)", "每个地区、年份、指标一行(默认)"))
	f.BoolVar(&o.wide, "wide", false, p.text("a row per region and year, a column per indicator", "每个地区、年份一行,每个指标一列"))
	f.IntVar(&o.regionYear, "region-year", 0, p.text("region codes of this year (default: of each row's own year)", "用这一年的行政区划代码(默认用各行自己年份的)"))
	f.StringVar(&o.prefer, "prefer", "", p.text("where documents conflict: newest, direct (the region's own report of that year) or a glob of sources", "各文件矛盾时以谁为准:newest(最新)、direct(当年本地的报告)或来源的通配符"))
	f.StringVar(&o.years, "years", "", p.text("only these years: 2010 or 2008..2012", "只要这些年份:2010 或 2008..2012"))
	f.StringSliceVar(&o.regions, "region", nil, p.text("only regions whose code begins so, or of this name and below: 5303, 曲靖市", "只要代码如此开头、或此名称及其下的地区:5303、曲靖市"))
	o.flags(p, c)
	f.BoolVar(&o.json, "json", false, p.text("JSON Lines on stdout", "在标准输出上用 JSON Lines"))
	f.StringVar(&o.candidates, "candidates", "", p.text("write the companion to this file", "把附表写入这个文件"))
	f.StringVar(&o.plot, "plot", "", p.text("draw the panel too, as SVG: a line per region, or per indicator of one unit", "另画成 SVG 图:每个地区一条线,或同一单位的每个指标一条线"))
	f.BoolVar(&o.distinct, "distinct", false, p.text("of near-copies only the one that stands for all", "近似副本只取一份"))
	f.StringVar(&o.rules, "rules", "", p.text("hold every region and year against the rules of this file (docs/audit.md)", "用这个文件里的规则逐地区、逐年核对(见 docs/audit.zh-CN.md)"))
	f.BoolVar(&o.formulas, "formulas", false, p.text("and against the formulas and plausible ranges of the indicators", "也用指标表里的公式和合理范围核对"))
	f.StringVar(&o.rulings, "checks", "", p.text("write what the rules say to this file (default: beside -o, NAME.checks)", "把核对结果写入这个文件(默认与 -o 放在一起,名为“名称.checks”)"))
	completeFlag(c, "by", panelKeys())
	c.MarkFlagsMutuallyExclusive("wide", "long")
	c.MarkFlagsMutuallyExclusive("output", "json")
	c.MarkFlagsMutuallyExclusive("wide", "folders")
	p.vocabularyFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error { return runPanel(c.Context(), p, o) }
	return c
}

// panelKeys is what a row of a panel is of.
func panelKeys() []string { return []string{"region", "year"} }

func runPanel(ctx context.Context, p *program, o panelOptions) error {
	v, all, err := p.panelVocabulary(o.indicators)
	if err != nil {
		return err
	}
	rules, err := p.rules(o.rules, o.formulas)
	if err != nil {
		return err
	}
	if len(rules) > 0 && checksName(o) == "" {
		return usageError{errors.New(p.text("--rules and --formulas want -o or --checks: a file for what they say", "--rules 和 --formulas 需要 -o 或 --checks 指定写入核对结果的文件"))}
	}
	from, to, err := p.panelLimits(&o)
	if err != nil {
		return err
	}
	if _, err := table.ParseEncoding(o.encoding); err != nil {
		return usageError{err}
	}
	if len(o.folders) > 0 {
		if _, err := table.Folders(o.output, panel.LongColumns(), o.folders); err != nil {
			return usageError{err}
		}
	}
	if err := p.alsoWith(o.also, map[string]bool{"--distinct": o.distinct}); err != nil {
		return err
	}
	b := panel.New(panel.Options{Indicators: v, Vocabulary: all, RegionYear: o.regionYear, Prefer: o.prefer})
	keep := func(c *panel.Candidate) bool {
		return (from == 0 || from <= c.Year && c.Year <= to) && (len(o.regions) == 0 || slices.ContainsFunc(o.regions, func(r string) bool { return strings.HasPrefix(c.Region, r) }))
	}
	if o.backend != "" {
		err = p.gatherElsewhere(ctx, b, &o, v, keep)
	} else {
		err = p.gather(ctx, b, &o, keep)
	}
	if err != nil {
		return p.hint(err)
	}
	cells, candidates := b.Build()
	if !panel.Prefers(o.prefer, candidates) {
		return usageError{fmt.Errorf(p.text("--prefer %s: want newest, direct or a glob of sources; no source fits, they are such as %q",
			"--prefer %s:请用 newest、direct 或来源的通配符;没有相符的来源,来源形如 %q"), o.prefer, candidates[0].Source.Path)}
	}
	svg, err := plotPanel(o, cells) // before anything is written: it may be refused
	if err != nil {
		return err
	}
	if err := p.writePanel(o, v, cells, candidates); err != nil {
		return err
	}
	if err := writeWhole(o.plot, svg); err != nil {
		return err
	}
	companion := cmpName(o)
	if companion != "" {
		beside := o.outputOptions
		beside.output, beside.folders = companion, nil
		if err := beside.write(p, "candidates", panel.CandidateColumns(), panel.CandidateRows(candidates)); err != nil {
			return err
		}
	}
	p.panelSummary(cells, candidates, companion)
	return p.ruled(o, rules, cells)
}

// gather reads the candidates of a corpus, and which program read its figures.
func (p *program) gather(ctx context.Context, b *panel.Builder, o *panelOptions, keep func(*panel.Candidate) bool) error {
	s, err := store.OpenAll(ctx, append([]string{o.corpus}, o.also...)...)
	if err != nil {
		return err
	}
	defer s.Close()
	refs, err := exported(ctx, s, o.distinct)
	if err == nil {
		o.program, err = s.ProgramOf(ctx)
	}
	if err != nil {
		return err
	}
	return panel.Gather(ctx, b, p.workers, refs, present(s.Parts), keep)
}

// gatherElsewhere reads those of a store elsewhere, which knows the documents that have some.
func (p *program) gatherElsewhere(ctx context.Context, b *panel.Builder, o *panelOptions, v []*indicator.Indicator, keep func(*panel.Candidate) bool) error {
	s, err := p.openBackend(ctx, o.backend)
	if err != nil {
		return err
	}
	defer s.Close()
	codes := make([]string, len(v))
	for i, one := range v {
		codes[i] = one.Code
	}
	ids, err := s.Documents(codes, o.distinct)
	if err == nil {
		o.program, err = s.ProgramOf(ctx)
	}
	if err != nil {
		return err
	}
	return panel.Gather(ctx, b, p.workers, ids, present(s.DocumentParts), keep)
}

// present gives no parts of a document that has gone since, by a writer.
func present[T any](parts panel.Parts[T]) panel.Parts[T] {
	return func(ctx context.Context, item T, yield func(*schema.Document, *schema.Reading) error) error {
		err := parts(ctx, item, yield)
		if errors.Is(err, store.ErrUnknown) {
			return nil
		}
		return err
	}
}

// panelVocabulary are the indicators that become columns, in the order asked for, and the vocabulary that has them.
// An unknown code is a mistake of use; the nearest one is named.
func (p *program) panelVocabulary(codes []string) ([]*indicator.Indicator, *indicator.Vocabulary, error) {
	lists, err := p.indicators()
	if err != nil {
		return nil, nil, err
	}
	if lists == nil {
		lists = [][]indicator.Indicator{indicator.Builtin()}
	}
	v := indicator.New(lists...)
	var out []*indicator.Indicator
	if len(codes) == 0 {
		for _, one := range v.All() {
			out = append(out, v.Get(one.Code))
		}
		return out, v, nil
	}
	for _, code := range codes {
		one := v.Get(strings.TrimSpace(code))
		if one == nil {
			return nil, nil, usageError{fmt.Errorf(p.text("no indicator %q%s", "没有指标 %q%s"), code, p.meant(v.Nearest(code)))}
		}
		if !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return out, v, nil
}

// panelLimits checks what a user limits the panel by, and reads the years.
func (p *program) panelLimits(o *panelOptions) (from, to int, err error) {
	if !slices.Equal(o.by, panelKeys()) {
		return 0, 0, usageError{fmt.Errorf(p.text("--by %s: want region,year", "--by %s:应为 region,year"), strings.Join(o.by, ","))}
	}
	if o.regionYear != 0 && (o.regionYear < region.FirstYear || o.regionYear > region.LastYear) {
		return 0, 0, usageError{fmt.Errorf(p.text("--region-year %d: want a year from %d to %d", "--region-year %d:应为 %d 至 %d 的年份"), o.regionYear, region.FirstYear, region.LastYear)}
	}
	if o.plot != "" && filepath.Ext(o.plot) != ".svg" {
		return 0, 0, usageError{fmt.Errorf(p.text("--plot %s: want a name that ends in .svg", "--plot %s:文件名应以 .svg 结尾"), o.plot)}
	}
	regions := region.Load()
	var under []string
	for _, name := range o.regions {
		codes := regions.Under(name)
		if codes == nil {
			return 0, 0, usageError{fmt.Errorf(p.text("--region %s: no region has this name, or a code that begins so; want 5303, 530322 or 曲靖市%s", "--region %s:没有这个名称的地区,也没有代码如此开头的地区;应如 5303、530322 或 曲靖市%s"), name, p.meant(regions.Nearest(name, indicator.Near)))}
		}
		under = append(under, codes...)
	}
	if o.regions = under; o.years == "" {
		return 0, 0, nil
	}
	a, z, ranged := strings.Cut(o.years, "..")
	if !ranged {
		z = a
	}
	from, err1 := strconv.Atoi(a)
	to, err2 := strconv.Atoi(z)
	if err1 != nil || err2 != nil || from < 1900 || to < from || to > 2099 {
		return 0, 0, usageError{fmt.Errorf(p.text("--years %s: want a year or a range, such as 2008..2012", "--years %s:应为年份或范围,如 2008..2012"), o.years)}
	}
	return from, to, nil
}

// cmpName is the name of the companion, empty if there is none.
func cmpName(o panelOptions) string {
	if o.candidates != "" || o.output == "" {
		return o.candidates
	}
	ext := filepath.Ext(o.output)
	return strings.TrimSuffix(o.output, ext) + ".candidates" + ext
}

// writePanel writes the table itself, and in formats that hold several tables one of the figures that it leaves out.
func (p *program) writePanel(o panelOptions, v []*indicator.Indicator, cells []panel.Cell, candidates []*panel.Candidate) error {
	columns, rows := panel.LongColumns(), panel.LongRows(cells)
	if o.wide {
		o.citing, o.cited = columns, rows
		columns, rows = panel.WideColumns(v, cells), panel.WideRows(v, cells)
	}
	if !table.HasChecks(o.output) {
		return o.write(p, "panel", columns, rows)
	}
	o.checks = panel.CandidateColumns()
	w, err := o.open(p, "panel", columns)
	if err != nil {
		return err
	}
	defer w.Discard()
	return cmp.Or(w.Write(rows), table.Check(w, panel.CandidateRows(panel.Unused(candidates))), w.Close())
}

// plotPanel draws the panel where --plot asks for it.
func plotPanel(o panelOptions, cells []panel.Cell) ([]byte, error) {
	if o.plot == "" {
		return nil, nil
	}
	folder, err := filepath.Abs(filepath.Dir(o.plot))
	if err != nil {
		return nil, err
	}
	svg, err := panel.Plot(cells, panel.Style{Link: panel.LinkFrom(folder)})
	if errors.Is(err, panel.ErrPlot) {
		return nil, usageError{fmt.Errorf("--plot: %w", err)}
	}
	return svg, err
}

// writeWhole writes a file that appears whole or not at all; none without a name.
func writeWhole(name string, data []byte) error {
	if name == "" {
		return nil
	}
	part := name + ".part"
	if err := os.WriteFile(part, data, 0o644); err != nil {
		return err
	}
	return os.Rename(part, name)
}

// panelSummary says what the panel has and what it left out, and why.
func (p *program) panelSummary(cells []panel.Cell, candidates []*panel.Candidate, companion string) {
	conflicts, empty := 0, 0
	rows := map[string]bool{}
	for _, c := range cells {
		rows[c.Region+strconv.Itoa(c.Year)] = true
		if c.Conflicts > 0 {
			conflicts++
		}
		if !c.Value.Known() {
			empty++
		}
	}
	p.summary(p.text("%d cells of %d regions and years; %d with conflicting documents, %d empty", "%d 格(%d 个地区年份);%d 格各文件矛盾,%d 格为空"), len(cells), len(rows), conflicts, empty)
	for _, r := range panel.Reasons(candidates) {
		p.summary(p.text("  %6d figures are no cell: %s", "  %6d 个数字不入格:%s"), r.Count, p.text(r.EN, r.ZH))
	}
	if companion != "" {
		p.summary(p.text("every candidate: %s", "全部候选数字:%s"), companion)
	}
}
