package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/find"
	"mingxi/extract/indicator"
	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

// searchOptions are the flags of search.
type searchOptions struct {
	outputOptions
	corpus   string
	also     []string // further corpora
	backend  string
	figures  bool
	csv      bool
	sort     string
	reverse  bool
	limit    int
	offset   int
	facets   []string
	synonyms bool
	distinct bool
	literal  bool
	snippets int
}

func searchCommand(p *program) *cobra.Command {
	var o searchOptions
	c := p.command("search QUERY -c DIR",
		p.text("find reports, or figures, in a corpus", "在语料库里检索报告或数字"),
		p.text(`Search finds the reports whose text holds the words of the query, each word
exactly as a run of characters; traditional and simplified, full and half width
and capitals are the same. With --figures it finds figures: a word must stand in
the figure's sentence, its label or the headings above it. Plain words that name a
year or a place, 2011年陆良县城市低保户数, are also read as what they mean; how is
said, and what it finds stands beside what the words themselves find.

  低保 发放          both words          title:低保  org:民政局  section:救灾
  低保 OR 五保       one of them         year:2011  year:2008..2012
  低保 -五保         not the second      region:530000  region:曲靖市 (all below it too)
  低保 ~ 发放        in one sentence     label:受灾  indicator:dibao*  unit:公顷
  城市*低保          in this order       value:>10000公顷  value:100万元..2亿元
  "低保 发放"        exactly this        kind:standard  status:planned  per:人·月`,
			`search 找出原文中有检索词的报告,检索词按连续的字符精确匹配,不论繁简、全角半角和
大小写。加 --figures 则检索数字:检索词须在数字所在的句子、指标名称或上级标题里。写出年份或地名的白话,如
2011年陆良县城市低保户数,同时按其意思理解(怎样理解会说明),与原词的结果一并列出。

  低保 发放          两词都有            title:低保  org:民政局  section:救灾
  低保 OR 五保       有其一(或)          year:2011  year:2008..2012
  低保 -五保         不含后者(非)        region:530000  region:曲靖市(含下级)
  低保 ~ 发放        同在一句            label:受灾  indicator:dibao*  unit:公顷
  城市*低保          依此次序            value:>10000公顷  value:100万元..2亿元
  "低保 发放"        原样                kind:standard  status:planned  per:人·月`),
		`
  mingxi search 城市低保 -c corpus.mx
  mingxi search '医疗救助 (低保 OR 五保) year:2008..2012' -c corpus.mx --facet year
  mingxi search '受灾 unit:公顷 value:>1000 region:530000' -c corpus.mx --figures
  mingxi search 'label:低保 kind:standard' -c corpus.mx --figures -o standards.xlsx
  mingxi search '2011年陆良县城市低保户数' -c corpus.mx --figures
  mingxi search 城市低保 --backend postgres://h1,h2/reports`)
	c.Args = cobra.MinimumNArgs(1)
	p.engineFlags(c, &o.corpus, &o.backend)
	p.alsoFlag(c, &o.also)
	f := c.Flags()
	f.BoolVar(&o.figures, "figures", false, p.text("find figures instead of reports", "检索数字,而不是报告"))
	o.flags(p, c)
	f.BoolVar(&o.csv, "csv", false, p.text("all hits as CSV, unless --limit is given; so with --output", "以 CSV 输出全部结果(除非给出 --limit);--output 也如此"))
	f.BoolVar(&o.json, "json", false, p.text("as JSON", "用 JSON 格式"))
	f.StringVar(&o.sort, "sort", "", p.text("relevance, year, value or order (of their sources; of --csv the default)", "排序:relevance、year、value 或 order(按来源,--csv 的默认值)"))
	f.BoolVar(&o.reverse, "reverse", false, p.text("the other way round: oldest, smallest first", "倒序:最早、最小的在前"))
	f.IntVarP(&o.limit, "limit", "n", 10, p.text("how many hits; 0 is all", "显示几条;0 为全部"))
	f.IntVar(&o.offset, "offset", 0, p.text("leave out so many hits first", "跳过前面几条"))
	f.StringSliceVar(&o.facets, "facet", nil, p.text("count the hits by "+strings.Join(index.Facets(), ", "), "按 "+strings.Join(index.Facets(), "、")+" 计数"))
	f.BoolVar(&o.synonyms, "synonyms", false, p.text("find synonyms of words outside quotation marks too", "引号外的词也查同义词"))
	f.BoolVar(&o.distinct, "distinct", false, p.text("of near-copies only the one that stands for all", "近似副本只取一份"))
	f.BoolVar(&o.literal, "literal", false, p.text("the words alone: do not read plain words as a description of a figure", "只按原词检索,不把白话当作对数字的描述来理解"))
	f.IntVar(&o.snippets, "snippets", 2, p.text("pieces of text for each report", "每份报告显示几段原文"))
	completeFlag(c, "sort", namesOf(find.Sorts))
	completeFlag(c, "facet", index.Facets())
	c.MarkFlagsMutuallyExclusive("csv", "json")
	c.MarkFlagsMutuallyExclusive("output", "json")
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		if strings.ContainsFunc(err.Error(), func(c rune) bool { return c > unicode.MaxASCII }) { // 低保 after -, taken for flags
			return errors.New(p.text("a query that begins with - stands last, behind --: mingxi search -c DIR -- '-低保'",
				"以 - 开头的检索式放在最后,前面加 --:mingxi search -c DIR -- '-低保'"))
		}
		return err
	})
	c.RunE = func(c *cobra.Command, args []string) error {
		o.csv = o.csv || o.output != ""
		if o.csv && !f.Changed("limit") {
			o.limit = 0
		}
		return runSearch(c.Context(), p, o, strings.Join(args, " "))
	}
	return c
}

func runSearch(ctx context.Context, p *program, o searchOptions, text string) error {
	q, err := query.Parse(text)
	if err != nil {
		return p.explainQuery(err)
	}
	if o.csv && o.sort == "" {
		o.sort = "order"
	}
	by, ok := find.Sorts[o.sort]
	if !ok || by == index.ByValue && !o.figures {
		return usageError{fmt.Errorf("no order %q here: relevance, year, order, and with --figures value", o.sort)}
	}
	if o.limit < 0 || o.offset < 0 {
		return usageError{errors.New("--limit and --offset cannot be negative")}
	}
	for _, name := range o.facets {
		if !slices.Contains(index.Facets(), name) {
			return usageError{fmt.Errorf("no facet %q: there are %s", name, strings.Join(index.Facets(), ", "))}
		}
	}
	if err := p.alsoWith(o.also, map[string]bool{"--distinct": o.distinct}); err != nil {
		return err
	}
	en, err := p.openEngine(ctx, o.corpus, o.backend, o.also...)
	if err != nil {
		return err
	}
	defer en.Close()
	r := find.Request{Query: q, Figures: o.figures, Sort: by, Reverse: o.reverse, Synonyms: o.synonyms, Distinct: o.distinct, Personal: o.personal, Facets: len(o.facets) > 0}
	if o.figures && !o.literal {
		if r.Reader = en.Reader(ctx); r.Reader == nil {
			p.tellLiteral(q)
		}
	}
	res, err := en.Search(ctx, r)
	if err != nil {
		return p.indexError(p.hint(err), o.corpus)
	}
	if res.Docs == 0 && res.Len() == 0 {
		again := func(r find.Request) (*find.Result, error) { return en.Search(ctx, r) }
		if err := find.Unknown(text, q, indicator.New(indicator.Builtin()), again); err != nil {
			return p.explainQuery(err)
		}
	}
	f := &finder{p: p, o: o, ctx: ctx, query: q, result: res}
	switch {
	case o.csv:
		if f.o.program, err = en.ProgramOf(ctx); err != nil {
			return p.hint(err)
		}
		return f.csv()
	case o.json:
		return f.json()
	}
	return f.print()
}

// explainQuery shows the place of a mistake under the query.
func (p *program) explainQuery(err error) error {
	var e *query.ParseError
	switch {
	case !errors.As(err, &e):
		return p.hint(err)
	case e.Query == "":
		return usageError{err}
	}
	before := []rune(e.Query)[:min(e.At, len([]rune(e.Query)))]
	return usageError{fmt.Errorf("%s\n  %s\n  %s^", p.text(e.Error(), e.Chinese()), printable(e.Query), strings.Repeat(" ", columns(string(before))))}
}

// A finder prints one result.
type finder struct {
	p      *program
	o      searchOptions
	ctx    context.Context
	query  query.Query
	result *find.Result
}

// limit is how many hits are asked for; all if it is negative.
func (f *finder) limit() int {
	if f.o.limit == 0 {
		return -1
	}
	return f.o.limit
}

// hits are those of the page asked for.
func (f *finder) hits() ([]index.Hit, error) {
	hits := f.result.Hits(f.o.offset, f.limit())
	return hits, f.p.indexError(f.result.Err(), f.o.corpus)
}

// print shows a page for the eye.
func (f *finder) print() error {
	f.header()
	out := newPainter(f.p.out)
	hits, err := f.hits()
	if err != nil {
		return err
	}
	texts := make([]bytes.Buffer, len(hits))
	if err := f.result.Each(hits, func(i int, l find.Loaded) error {
		one := &painter{bufio.NewWriter(&texts[i]), out.on}
		if f.o.figures {
			f.printFigure(one, f.o.offset+i+1, hits[i], l)
		} else {
			f.printReport(one, f.o.offset+i+1, hits[i], l)
		}
		return one.Flush()
	}); err != nil {
		return f.p.hint(err)
	}
	for i := range texts {
		out.Write(texts[i].Bytes())
	}
	for _, name := range f.o.facets {
		if err := f.printFacet(out, name); err != nil {
			return err
		}
	}
	return out.Flush()
}

// header says on stderr how the query was understood and how much was found.
func (f *finder) header() {
	r := f.result
	found := fmt.Sprintf(f.p.text("%d reports in %d documents", "%d 份报告,在 %d 个文件里"), r.Reports, r.Docs)
	if f.o.figures {
		found = fmt.Sprintf(f.p.text("%d figures in %d reports", "%d 个数字,在 %d 份报告里"), r.Figures, r.Reports)
	}
	f.p.summary("%s: %s", f.query, found)
	if r.Wish != nil {
		answers, unsure := r.Answers()
		f.p.summary(f.p.text("read as %s: %d figures answer, %d of them unsure (--literal: the words alone)", "理解为 %s:%d 个数字符合,其中 %d 个不确定(--literal 只按原词检索)"), r.Wish.Query(), answers, unsure)
		return // synonyms were sought
	}
	for _, e := range query.Synonyms(f.query) {
		also := strings.Join(e.Also, f.p.text(", ", "、"))
		if f.o.synonyms {
			f.p.summary(f.p.text("%s: found also as %s", "%s:也查了 %s"), e.Word, also)
		} else {
			f.p.summary(f.p.text("%s: --synonyms finds also %s", "%s:加 --synonyms 也查 %s"), e.Word, also)
		}
	}
}

// about is what is known about the report of a hit, on one line.
func about(h index.Hit) string {
	var list []string
	if h.Year != 0 {
		list = append(list, strconv.Itoa(h.Year))
	}
	if h.Region != "" || h.Code != "" {
		list = append(list, strings.TrimSpace(h.Code+" "+h.Region))
	}
	if h.Org != "" && !strings.Contains(h.Title, h.Org) {
		list = append(list, h.Org)
	}
	return strings.Join(list, " · ")
}

func (f *finder) printReport(out *painter, n int, h index.Hit, l find.Loaded) {
	title := h.Title
	if title == "" {
		title = f.p.text("(no title)", "(无标题)")
	}
	fmt.Fprintf(out, "%d. ", n)
	out.paint(bold, printable(title))
	fmt.Fprintf(out, "  %s\n", join(" · ", about(h), fmt.Sprintf(f.p.text("%d figures", "%d 个数字"), h.Figures)))
	out.paint(dim, fmt.Sprintf("   %s  %s", flat(h.Source), h.DocID))
	out.WriteString("\n")
	for _, s := range find.Snippets(h, l.Doc.Text, f.o.snippets) {
		out.WriteString("   ")
		f.printMarked(out, s)
		out.WriteString("\n")
	}
}

// printMarked prints a snippet, the marks in colour or in brackets.
func (f *finder) printMarked(out *painter, s index.Snippet) {
	at := 0
	for _, m := range s.Marks {
		out.WriteString(printable(s.Text[at:m.Start]))
		f.mark(out, s.Text[m.Start:m.End])
		at = m.End
	}
	out.WriteString(printable(s.Text[at:]))
}

func (f *finder) mark(out *painter, s string) {
	if out.on {
		out.paint(figure, printable(s))
		return
	}
	out.WriteString("[" + printable(s) + "]")
}

func (f *finder) printFigure(out *painter, n int, h index.Hit, l find.Loaded) {
	m := l.Metric(h.Figure.Seq)
	if m == nil {
		fmt.Fprintf(out, "%d. %s#%d\n", n, h.DocID, h.Figure.Seq)
		return
	}
	fmt.Fprintf(out, "%d. ", n)
	if a, ok := f.result.Answer(h); ok && !a.Sure {
		out.paint(dim, f.p.text("unsure: ", "不确定:"))
	}
	out.paint(bold, m.Label)
	out.WriteString("  " + figureText(m))
	if about := about(h); about != "" {
		out.WriteString("  " + about)
	}
	out.WriteString("\n   ")
	text := l.Doc.Text
	out.WriteString(flat(text[m.Sentence.Start:m.Start]))
	f.mark(out, text[m.Start:m.End])
	out.WriteString(flat(text[m.End:m.Sentence.End]) + "\n")
	out.paint(dim, fmt.Sprintf("   %s  %s#%d", flat(h.Source), h.DocID, m.Seq))
	out.WriteString("\n")
}

// figureText is value and unit of a metric, its kind if it is no amount.
func figureText(m *schema.Metric) string {
	s := m.Value.String()
	if m.Max.Known() {
		s += "–" + m.Max.String()
	}
	s += m.Unit
	if m.Per != "" {
		s += "/" + m.Per
	}
	if m.Kind != schema.Amount {
		s = join(" ", s, m.Kind.String())
	}
	if m.Status == schema.Planned {
		s = join(" ", s, m.Status.String())
	}
	return s
}

// facetValues is how many values of a facet are shown for the eye.
const facetValues = 15

func (f *finder) printFacet(out *painter, name string) error {
	list, err := f.result.Facet(name, facetValues)
	if err != nil {
		return f.p.indexError(err, f.o.corpus)
	}
	out.paint(bold, name)
	out.WriteString("\n")
	for _, c := range list {
		fmt.Fprintf(out, "%7d  %s\n", c.N, printable(join(" ", c.Value, c.Name)))
	}
	return nil
}

// csv streams the hits: figures in the columns of extract, reports in their own.
func (f *finder) csv() error {
	w, err := f.o.open(f.p, f.result.Name(), f.result.Columns())
	if err != nil {
		return err
	}
	defer w.Discard()
	hits := func(yield func(index.Hit) bool) {
		n := 0
		for h := range f.result.All() {
			if n++; n > f.o.offset && (!yield(h) || n == f.o.offset+f.o.limit) {
				return
			}
		}
	}
	if err := f.result.Rows(hits, f.o.snippets > 0, func(row []schema.Cell) error {
		return cmp.Or(f.ctx.Err(), w.Write([][]schema.Cell{row}))
	}); err != nil {
		return f.p.hint(err)
	}
	if err := f.result.Err(); err != nil {
		return f.p.indexError(err, f.o.corpus)
	}
	return w.Close()
}

func (f *finder) json() error {
	page, err := f.result.Page(f.o.offset, f.limit(), f.o.snippets, f.o.facets...)
	if err != nil {
		return f.p.indexError(f.p.hint(err), f.o.corpus)
	}
	return printJSON(f.p, page)
}
