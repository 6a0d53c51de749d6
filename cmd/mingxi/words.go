package main

// This file is the command that looks at the words of a corpus: frequencies, key
// words, collocates and concordances. The counting is in package corpus/words.

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/ingest"
	"mingxi/cmd/mingxi/pipeline"
	"mingxi/corpus/fold"
	"mingxi/corpus/segment"
	"mingxi/corpus/store"
	"mingxi/corpus/words"
	"mingxi/extract/region"
	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

// wordsOptions are the flags of words.
type wordsOptions struct {
	outputOptions
	corpus   string
	by       string
	against  string
	near     string
	kwic     string
	word     []string
	span     int
	width    int
	sort     string
	tags     []string
	least    int
	limit    int
	csv      bool
	distinct bool
	compare  bool // with --against
}

func wordsCommand(p *program) *cobra.Command {
	var o wordsOptions
	c := p.command("words -c DIR [QUERY]",
		p.text("frequencies, key words, collocates and concordances of a corpus", "语料库的词频、关键词、搭配和逐行索引"),
		p.text(`Words counts the words of the reports that a query finds, or of all. With --against
it lists the key words of these beside the reports of another query (those that
both find count with the first): ll is the log-likelihood ratio; above 15.13 chance
makes such a difference in one of 10,000 cases. With --near it lists what stands
near a word more than by chance, with --kwic every place of it, and with --word how
often it stands in the text, year by year or region by region if --by is given.

Reports are divided into words by gse; --words adds words of your own. The words of
--near, --kwic and --word are runs of characters, as in search: 低保 is also found
in 低保户. Numbers in digits and punctuation are not counted.`,
			`words 统计检索到的报告(不写检索式则为全部)里的词频。加 --against 与另一检索式的报告
比较,列出关键词(两边都检索到的归前者):ll 为对数似然比,大于 15.13 时,这种差异出于
偶然的可能不到万分之一。--near 列出显著的搭配词,--kwic 逐处列出上下文,--word 统计某词
出现的次数;加 --by 则按年份或地区分别统计。

分词用 gse,--words 可补充自己的词。--near、--kwic、--word 的词与 search 一样按连续的
字符查找,“低保”也会在“低保户”里找到。阿拉伯数字和标点不计。`),
		`
  mingxi words -c corpus.mx                            # most frequent words · 词频
  mingxi words -c corpus.mx year:2011 --tags v,vn      # verbs of a year · 某年的动词
  mingxi words -c corpus.mx --word 低保,五保 --by year   # two words by year · 两词逐年次数
  mingxi words -c corpus.mx year:2011 --against '*'    # key words of a year · 某年的关键词
  mingxi words -c corpus.mx --near 救助                 # collocates · 搭配
  mingxi words -c corpus.mx --kwic 城市低保 -o places.xlsx # concordance · 逐行索引`)
	c.Args = cobra.ArbitraryArgs
	p.corpusFlag(c, &o.corpus)
	f := c.Flags()
	f.StringVar(&o.by, "by", "", p.text("count separately by year or region", "按 year(年份)或 region(地区)分别统计"))
	f.StringVar(&o.against, "against", "", p.text("key words beside the reports of this query; '*' is all others", "与此检索式的报告比较,列出关键词;'*' 为其余全部"))
	f.StringVar(&o.near, "near", "", p.text("collocates of this word", "列出此词的搭配词"))
	f.StringVar(&o.kwic, "kwic", "", p.text("every place of this word, with the text around it", "逐处列出此词及其上下文"))
	f.StringSliceVar(&o.word, "word", nil, p.text("how often these words stand in the text", "只统计这些词出现的次数"))
	f.IntVar(&o.span, "span", 5, p.text("of --near: words on either side, within the sentence", "--near 的跨度:左右各几个词,不出句"))
	f.IntVar(&o.width, "width", 20, p.text("of --kwic: characters on either side", "--kwic 左右各显示几个字"))
	f.StringVar(&o.sort, "sort", "order", p.text("of --kwic: order, left or right (by the text on that side)", "--kwic 的排序:order(原文次序)、left 或 right(按左、右文)"))
	f.StringSliceVar(&o.tags, "tags", nil, p.text("only these parts of speech: n, v, a, ns …; all is every word (default: two characters or more, no function words and numerals)", "只列这些词性:n、v、a、ns 等;all 为全部(默认:两字以上,不含虚词和数量词)"))
	f.IntVar(&o.least, "min", 0, p.text("only words met so often (0: once; of --against and --near 5 times)", "至少出现几次才列出(0:一次,--against 和 --near 为 5 次)"))
	f.IntVarP(&o.limit, "limit", "n", 20, p.text("how many rows, with --by for each; 0 is all", "列出几行(有 --by 时每组几行);0 为全部"))
	o.flags(p, c)
	f.BoolVar(&o.csv, "csv", false, p.text("as CSV, all rows unless --limit is given; so with --output", "输出 CSV,除非给出 --limit 否则为全部;--output 也如此"))
	f.BoolVar(&o.json, "json", false, p.text("as JSON Lines, all rows unless --limit is given", "输出 JSON Lines,除非给出 --limit 否则为全部"))
	f.BoolVar(&o.distinct, "distinct", false, p.text("of near-copies only the one that stands for all", "近似副本只取一份"))
	p.wordsFlag(c)
	completeFlag(c, "by", wordGroups())
	completeFlag(c, "sort", kwicOrders())
	c.MarkFlagsMutuallyExclusive("csv", "json")
	c.MarkFlagsMutuallyExclusive("output", "json")
	c.MarkFlagsMutuallyExclusive("against", "near", "kwic", "word")
	c.MarkFlagsMutuallyExclusive("against", "near", "kwic", "by")
	c.RunE = func(c *cobra.Command, args []string) error {
		o.csv = o.csv || o.output != ""
		if (o.csv || o.json) && !f.Changed("limit") {
			o.limit = 0
		}
		o.compare = f.Changed("against")
		return runWords(c.Context(), p, o, strings.Join(args, " "))
	}
	return c
}

// wordGroups is what words are counted separately by.
func wordGroups() []string { return []string{"year", "region"} }

// kwicOrders are the orders of --kwic.
func kwicOrders() []string { return []string{"order", "left", "right"} }

// check refuses values that no flag has.
func (o *wordsOptions) check() error {
	for _, w := range append([]string{o.near, o.kwic}, o.word...) {
		if !utf8.ValidString(w) {
			return fmt.Errorf("%q is not UTF-8", w)
		}
	}
	switch {
	case o.by != "" && !slices.Contains(wordGroups(), o.by):
		return fmt.Errorf("cannot count by %q: year or region", o.by)
	case !slices.Contains(kwicOrders(), o.sort):
		return fmt.Errorf("no order %q here: order, left, right", o.sort)
	case o.span < 1 || o.width < 0 || o.least < 0 || o.limit < 0:
		return errors.New("--span is at least 1; --width, --min and --limit cannot be negative")
	case slices.Contains(o.word, ""):
		return errors.New("--word cannot be empty")
	}
	return nil
}

func runWords(ctx context.Context, p *program, o wordsOptions, text string) error {
	if err := o.check(); err != nil {
		return usageError{err}
	}
	s, err := store.Open(ctx, o.corpus)
	if err != nil {
		return p.hint(err)
	}
	defer s.Close()
	c := &counting{p: p, o: o, store: s, groups: map[string]*group{}, seg: segment.New(segment.Options{Words: p.words.entries})}
	if err := c.choose(ctx, text); err != nil {
		return err
	}
	refs, err := exported(ctx, s, o.distinct)
	if err != nil {
		return p.hint(err)
	}
	if c.sides != nil {
		refs = slices.DeleteFunc(refs, func(r store.Ref) bool { return c.sides[r.ID] == nil })
	}
	err = pipeline.Ordered(ctx, p.workers, pipeline.Each(refs), c.count, func(_ store.Ref, list []counted, err error) error {
		if err != nil {
			return p.hint(err)
		}
		c.add(list)
		return nil
	})
	if err != nil {
		return err
	}
	if o.kwic != "" {
		c.summary()
		return c.printLines()
	}
	columns, rows := c.rows()
	c.summary()
	return printRows(p, o, columns, rows)
}

// A counting is one run: what is counted of which reports, and what has been.
type counting struct {
	p     *program
	o     wordsOptions
	store *store.Store
	seg   *segment.Segmenter
	sides map[string]map[int]string // reports by document and number of article: "" of the query, other of --against; nil is all

	groups map[string]*group // by what --by says; "" without it
	near   words.Near
	lines  []line // of --kwic: those that are to be listed so far
	places int    // of --kwic, in all
}

// A line is a place of a word, with the report that it stands in.
type line struct {
	words.Line
	in *lineReport
}

// A lineReport is what lines say of a report.
type lineReport struct {
	title, source, id string
	article, start    int // start in characters
	origin            schema.Origin
}

// other is the group of the reports of --against.
const other = "against"

// A group is the reports that are counted together.
type group struct {
	words.Count
	sought []hits // of --word
}

// Hits are how often a run of characters is met, and in how many reports.
type hits struct{ n, texts int }

// choose finds the reports of the two queries.
func (c *counting) choose(ctx context.Context, text string) error {
	if text == "" && !c.o.compare {
		return nil
	}
	if text == "" {
		text = "*"
	}
	ix, err := index.Open(ingest.IndexDir(c.o.corpus))
	if err != nil {
		return c.p.hintReindex(err, c.o.corpus)
	}
	defer ix.Close()
	c.sides = map[string]map[int]string{}
	c.p.tellWaiting(ctx, c.store)
	if err := c.find(ctx, ix, text, ""); err != nil || !c.o.compare {
		return err
	}
	return c.find(ctx, ix, c.o.against, other)
}

// find adds the reports of a query that have no side yet.
func (c *counting) find(ctx context.Context, ix *index.Index, text, side string) error {
	q, err := query.Parse(text)
	if err != nil {
		return c.p.explainQuery(err)
	}
	res, err := ix.Search(ctx, q, index.SearchOptions{Sort: index.ByOrder, Regions: func(name string) []string { return region.Load().Codes(name) }})
	if err != nil {
		return c.p.indexError(err, c.o.corpus)
	}
	for h := range res.All() {
		if c.sides[h.DocID] == nil {
			c.sides[h.DocID] = map[int]string{}
		}
		if _, ok := c.sides[h.DocID][h.Report]; !ok {
			c.sides[h.DocID][h.Report] = side
		}
	}
	return c.p.indexError(res.Err(), c.o.corpus)
}

// counted is what one report adds.
type counted struct {
	group string
	count group
	near  words.Near
	lines []line
}

// count looks at the reports of a document; nothing if a writer has removed it.
func (c *counting) count(ctx context.Context, ref store.Ref) (list []counted, err error) {
	d, about, err := c.store.Text(ctx, ref)
	if errors.Is(err, store.ErrUnknown) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var runes *schema.Runes
	for i := range d.Articles {
		a := &d.Articles[i]
		side, ok := c.sides[d.ID][a.N]
		if c.sides != nil && !ok {
			continue
		}
		origin := about.Origin(a.N)
		one := counted{group: side}
		switch {
		case c.o.by == "year" && origin.Year > 0:
			one.group = strconv.Itoa(origin.Year)
		case c.o.by == "region":
			one.group = join(" ", origin.Region.Code, origin.Region.Name)
		}
		text := a.In(d.Text)
		if c.o.kwic != "" {
			if runes == nil {
				runes = schema.NewRunes(d.Text)
			}
			in := &lineReport{a.Title, d.Source, d.ID, a.N, runes.At(a.Start), origin}
			for l := range words.Lines(text, c.o.kwic, c.o.width) {
				one.lines = append(one.lines, line{l, in})
			}
		} else {
			c.read(&one, fold.String(text))
		}
		list = append(list, one)
	}
	return list, nil
}

// read counts the words of a folded text.
func (c *counting) read(one *counted, text string) {
	one.count.Text()
	one.near = words.Near{Node: fold.String(c.o.near), Span: c.o.span}
	one.near.Text()
	words.Sentences(c.seg, text, func(s words.Sentence) {
		if c.o.near != "" {
			one.near.Add(text, s)
			return
		}
		for _, t := range s.Tokens {
			one.count.Add(t)
		}
	})
	for _, w := range c.o.word {
		n := strings.Count(text, fold.String(w))
		one.count.sought = append(one.count.sought, hits{n, min(n, 1)})
	}
}

// add takes in what the reports of a document add.
func (c *counting) add(list []counted) {
	for i := range list {
		one := &list[i]
		g := c.groups[one.group]
		if g == nil {
			g = &group{sought: make([]hits, len(c.o.word))}
			c.groups[one.group] = g
		}
		g.Merge(&one.count.Count)
		for k, s := range one.count.sought {
			g.sought[k].n += s.n
			g.sought[k].texts += s.texts
		}
		c.near.Merge(&one.near)
		c.places += len(one.lines)
		if c.lines == nil {
			c.lines = one.lines
		} else {
			c.lines = append(c.lines, one.lines...)
		}
		if c.o.limit > 0 && len(c.lines) > 2*c.o.limit {
			c.sortLines()
		}
	}
}

// summary says on stderr how much was counted.
func (c *counting) summary() {
	p := c.p
	switch {
	case c.o.kwic != "":
		p.summary(p.text("%s: %d places", "%s:%d 处"), c.o.kwic, c.places)
		return
	case c.o.near != "":
		p.summary(p.text("%s: %d places, %d words near them, of %d", "%s:%d 处,附近 %d 个词,全部 %d 个词"),
			c.o.near, c.near.Found, c.near.Around.Tokens, c.near.All.Tokens)
		return
	}
	texts, tokens := 0, 0
	for name, g := range c.groups {
		if name != other {
			texts, tokens = texts+g.Texts, tokens+g.Tokens
		}
	}
	p.summary(p.text("%d reports, %d words", "%d 份报告,%d 个词"), texts, tokens)
	if g := c.groups[other]; g != nil {
		p.summary(p.text("against %d reports, %d words", "对照:%d 份报告,%d 个词"), g.Texts, g.Tokens)
	}
}
