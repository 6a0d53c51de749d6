package main

// This file makes tables of what the command words has counted.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingxi/cmd/mingxi/table"
	"mingxi/corpus/personal"
	"mingxi/corpus/words"
	"mingxi/schema"
)

// functionTags are the parts of speech that are not listed unless asked for.
var functionTags = strings.Fields("u uj ul uv uz ud ug p c r rr rz m mq q f y e o k h")

// listed reports whether a word is to be listed.
func (o *wordsOptions) listed(r words.Row) bool {
	least := o.least
	if least == 0 {
		least = 1
		if o.compare || o.near != "" {
			least = 5
		}
	}
	if max(r.N, r.Other) < least || o.near != "" && r.N < least {
		return false
	}
	if len(o.tags) == 0 {
		return utf8.RuneCountInString(r.Word) > 1 && !slices.Contains(functionTags, r.Tag)
	}
	return slices.ContainsFunc(o.tags, func(t string) bool { return t == "all" || strings.HasPrefix(r.Tag, t) })
}

// limited are the first rows that are to be listed.
func (o *wordsOptions) limited(rows []words.Row) []words.Row {
	rows = slices.DeleteFunc(rows, func(r words.Row) bool { return !o.listed(r) })
	if o.limit > 0 {
		rows = rows[:min(len(rows), o.limit)]
	}
	return rows
}

// The columns of the results.
var (
	wordColumn    = schema.Column{Name: "word", ZH: "词"}
	tagColumn     = schema.Column{Name: "tag", ZH: "词性"}
	countColumn   = schema.Column{Name: "count", ZH: "次数", Type: schema.Whole}
	millionColumn = schema.Column{Name: "per_million", ZH: "每百万词", Type: schema.Numeric}
	reportsColumn = schema.Column{Name: "reports", ZH: "报告数", Type: schema.Whole}
	llColumn      = schema.Column{Name: "ll", ZH: "对数似然比", Type: schema.Numeric}
	lineColumns   = []schema.Column{
		{Name: "left", ZH: "左文"}, {Name: "key", ZH: "词"}, {Name: "right", ZH: "右文"},
		{Name: "year", ZH: "年份", Type: schema.Whole}, {Name: "region", ZH: "地区"}, {Name: "title", ZH: "标题"},
		{Name: "source", ZH: "来源"}, {Name: "doc_id", ZH: "文档编号"}, {Name: "article", ZH: "篇次", Type: schema.Whole},
		{Name: "start", ZH: "起始位置", Type: schema.Whole}, {Name: "end", ZH: "终止位置", Type: schema.Whole},
	}
)

// rows are the result as a table, but for a concordance.
func (c *counting) rows() ([]schema.Column, [][]schema.Cell) {
	switch {
	case c.o.near != "":
		return c.collocates()
	case c.o.compare:
		return c.keywords()
	}
	return c.frequencies()
}

// frequencies lists words by group.
func (c *counting) frequencies() ([]schema.Column, [][]schema.Cell) {
	columns := []schema.Column{wordColumn, tagColumn, countColumn, millionColumn, reportsColumn}
	if len(c.o.word) > 0 {
		columns = slices.Delete(columns, 1, 2)
	}
	if c.o.by != "" {
		columns = slices.Insert(columns, 0, schema.Column{Name: c.o.by, ZH: map[string]string{"year": "年份", "region": "地区"}[c.o.by]})
	}
	var rows [][]schema.Cell
	add := func(name, word string, more ...schema.Cell) {
		row := append([]schema.Cell{schema.TextCell(word)}, more...)
		if c.o.by != "" {
			row = slices.Insert(row, 0, schema.TextCell(name))
		}
		rows = append(rows, row)
	}
	if c.o.by == "" && len(c.groups) == 0 {
		c.groups[""] = &group{sought: make([]hits, len(c.o.word))}
	}
	for _, name := range sortedKeys(c.groups) {
		g := c.groups[name]
		for k, w := range c.o.word {
			s := g.sought[k]
			add(name, w, schema.WholeCell(s.n), real(float64(s.n)*1e6/float64(max(g.Tokens, 1)), 1), schema.WholeCell(s.texts))
		}
		if len(c.o.word) > 0 {
			continue
		}
		for _, r := range c.o.limited(g.Frequencies()) {
			add(name, r.Word, schema.TextCell(r.Tag), schema.WholeCell(r.N), real(r.Million, 1), schema.WholeCell(r.Texts))
		}
	}
	return columns, rows
}

func (c *counting) keywords() ([]schema.Column, [][]schema.Cell) {
	columns := []schema.Column{wordColumn, tagColumn, countColumn, millionColumn,
		{Name: "against_count", ZH: "对照次数", Type: schema.Whole}, {Name: "against_per_million", ZH: "对照每百万词", Type: schema.Numeric},
		llColumn, {Name: "log_ratio", ZH: "对数比", Type: schema.Numeric}}
	first, second := c.groups[""], c.groups[other]
	if first == nil || second == nil || first.Tokens == 0 || second.Tokens == 0 {
		c.p.summary("%s", c.p.text("nothing to compare: one of the two queries finds no words", "无从比较:有一个检索式没有检索到报告"))
		return columns, nil
	}
	var rows [][]schema.Cell
	for _, r := range c.o.limited(words.Keywords(&first.Count, &second.Count)) {
		rows = append(rows, []schema.Cell{schema.TextCell(r.Word), schema.TextCell(r.Tag),
			schema.WholeCell(r.N), real(r.Million, 1), schema.WholeCell(r.Other), real(r.OtherMill, 1), real(r.LL, 2), real(r.Ratio, 2)})
	}
	return columns, rows
}

func (c *counting) collocates() ([]schema.Column, [][]schema.Cell) {
	columns := []schema.Column{wordColumn, tagColumn, {Name: "near", ZH: "附近次数", Type: schema.Whole},
		{Name: "count", ZH: "总次数", Type: schema.Whole}, {Name: "expected", ZH: "期望次数", Type: schema.Numeric},
		llColumn, {Name: "mi", ZH: "互信息", Type: schema.Numeric}}
	var rows [][]schema.Cell
	for _, r := range c.o.limited(words.Collocates(&c.near.Around, &c.near.All)) {
		rows = append(rows, []schema.Cell{schema.TextCell(r.Word), schema.TextCell(r.Tag),
			schema.WholeCell(r.N), schema.WholeCell(r.Other), real(r.Expected, 2), real(r.LL, 2), real(r.Ratio, 2)})
	}
	return columns, rows
}

// sortLines puts the places of a word into the order asked for, and cuts them to the limit.
func (c *counting) sortLines() {
	switch c.o.sort {
	case "left":
		slices.SortStableFunc(c.lines, func(a, b line) int { return outward(a.Left, b.Left) })
	case "right":
		slices.SortStableFunc(c.lines, func(a, b line) int { return strings.Compare(a.Right, b.Right) })
	}
	if c.o.limit > 0 {
		c.lines = c.lines[:min(len(c.lines), c.o.limit)]
	}
}

// outward compares what stands on the left of a word, from the word on.
func outward(a, b string) int {
	for a != "" && b != "" {
		x, n := utf8.DecodeLastRuneInString(a)
		y, k := utf8.DecodeLastRuneInString(b)
		if x != y {
			return cmp.Compare(x, y)
		}
		a, b = a[:len(a)-n], b[:len(b)-k]
	}
	return cmp.Compare(len(a), len(b))
}

// row is a line of the concordance as a row of the table.
func (l *line) row() []schema.Cell {
	start := l.in.start + l.Start
	return []schema.Cell{
		schema.TextCell(l.Left), schema.TextCell(l.Key), schema.TextCell(l.Right),
		schema.CountCell(l.in.origin.Year), schema.TextCell(l.in.origin.Region.Name), schema.TextCell(l.in.title),
		schema.TextCell(l.in.source), schema.TextCell(l.in.id), schema.WholeCell(l.in.article),
		schema.WholeCell(start), schema.WholeCell(start + utf8.RuneCountInString(l.Key)),
	}
}

// real is a cell of a number that was calculated, to so many places.
func real(x float64, places int) schema.Cell {
	d, err := schema.ParseDecimal(strconv.FormatFloat(x, 'f', places, 64))
	if err != nil {
		return schema.Cell{}
	}
	return schema.Cell{Number: d}
}

// sortedKeys are the names of groups in order.
func sortedKeys(groups map[string]*group) []string {
	var names []string
	for name := range groups {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// printRows writes a result to a file, as CSV, JSON or a table for the eye.
func printRows(p *program, o wordsOptions, columns []schema.Column, rows [][]schema.Cell) error {
	if o.csv || o.json {
		return o.write(p, "words", columns, rows)
	}
	if !o.personal {
		table.Hide(columns, rows)
	}
	return printTable(p, columns, rows)
}

// printTable prints rows in columns, numbers to the right.
func printTable(p *program, cols []schema.Column, rows [][]schema.Cell) error {
	heads := make([]string, len(cols))
	widths := make([]int, len(cols))
	for i, c := range cols {
		heads[i] = p.text(c.Name, c.ZH)
		widths[i] = columns(heads[i])
		for _, row := range rows {
			widths[i] = max(widths[i], columns(printable(row[i].String())))
		}
	}
	out := newPainter(p.out)
	line := func(st style, cell func(i int) string) {
		var b strings.Builder
		for i, c := range cols {
			if c.Type == schema.Text {
				b.WriteString(padRight(cell(i), widths[i]) + "  ")
			} else {
				b.WriteString(padLeft(cell(i), widths[i]) + "  ")
			}
		}
		out.paint(st, strings.TrimRightFunc(b.String(), unicode.IsSpace))
		out.WriteString("\n")
	}
	line(dim, func(i int) string { return heads[i] })
	for _, row := range rows {
		line("", func(i int) string { return printable(row[i].String()) })
	}
	return out.Flush()
}

// printLines writes a concordance: to a file, as CSV or JSON, or with the word in the middle.
func (c *counting) printLines() error {
	c.sortLines()
	if c.o.csv || c.o.json {
		w, err := c.o.open(c.p, "words", lineColumns)
		if err != nil {
			return err
		}
		defer w.Discard()
		for i := range c.lines {
			if err := w.Write([][]schema.Cell{c.lines[i].row()}); err != nil {
				return err
			}
		}
		return w.Close()
	}
	shown := func(s string) string {
		if !c.o.personal {
			s = personal.Mask(s)
		}
		return printable(s)
	}
	left, right := 0, 0
	for _, l := range c.lines {
		left, right = max(left, columns(shown(l.Left))), max(right, columns(shown(l.Right)))
	}
	out := newPainter(c.p.out)
	for i := range c.lines {
		l := &c.lines[i]
		out.WriteString(padLeft(shown(l.Left), left) + " ")
		out.paint(figure, "["+shown(l.Key)+"]")
		out.WriteString(" " + padRight(shown(l.Right), right) + "  ")
		out.paint(dim, printable(join(" ", schema.CountCell(l.in.origin.Year).String(), l.in.source)))
		out.WriteString("\n")
	}
	return out.Flush()
}
