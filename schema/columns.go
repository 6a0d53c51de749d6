package schema

import (
	"strconv"
	"strings"
)

// A Column is one column of the contract: the same name in CSV, JSON Lines,
// Parquet, XLSX and SQLite. Names are English snake_case of at most 32
// characters (the limit of Stata); Chinese names are for the codebook.
type Column struct {
	Name string
	ZH   string // its name in the codebook
	Doc  string // its meaning
	Type Type   // of its cells, for formats that have types
	cell func(*rowContext) string
}

// Type says what the cells of a column hold. An empty cell is always allowed
// and means that nothing is known: it is never a 0.
type Type uint8

// The types of cell.
const (
	Text    Type = iota
	Whole        // a whole number
	Numeric      // a plain decimal, as Decimal prints it
)

type rowContext struct {
	doc    *Document
	origin Origin
	m      *Metric
	title  string
	runes  *Runes
}

// Columns returns the contract, in order.
func Columns() []Column { return columns }

// Header returns the names of the columns.
func Header() []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return names
}

// Rows writes the metrics of a reading as rows of the contract, in text order.
func Rows(d *Document, r *Reading, yield func(row []string) error) error {
	ctx := rowContext{doc: d, runes: NewRunes(d.Text)}
	for i := range r.Metrics {
		ctx.m = &r.Metrics[i]
		ctx.origin = r.Origin(ctx.m.Article)
		ctx.title = ""
		if a := d.ArticleAt(ctx.m.Start); a != nil {
			ctx.title = a.Title
		}
		row := make([]string, len(columns))
		for j, c := range columns {
			row[j] = c.cell(&ctx)
		}
		if err := yield(row); err != nil {
			return err
		}
	}
	return nil
}

// number prints a count that is 0 where there is none.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func score(r Region) string {
	if r.Code == "" {
		return ""
	}
	return strconv.FormatFloat(r.Score, 'g', 3, 64)
}

var columns = []Column{
	{"doc_id", "文档编号", "first 16 hex digits of the SHA-256 of the source bytes", Text, func(c *rowContext) string { return c.doc.ID }},
	{"source", "来源", "path or name as given", Text, func(c *rowContext) string { return c.doc.Source }},
	{"article", "篇序", "1-based number of the article in a merged file", Whole, func(c *rowContext) string { return number(c.m.Article) }},
	{"title", "标题", "title of the article", Text, func(c *rowContext) string { return c.title }},
	{"org", "单位名称", "the organisation that reports, as printed", Text, func(c *rowContext) string { return c.origin.Org }},
	{"region_code", "行政区划代码", "GB/T 2260 code valid in the report's year", Text, func(c *rowContext) string { return c.origin.Region.Code }},
	{"region", "行政区划", "name of the region in that year", Text, func(c *rowContext) string { return c.origin.Region.Name }},
	{"region_method", "区划判定方法", "printed, path, township vote or document number", Text, func(c *rowContext) string { return c.origin.Region.Method }},
	{"region_score", "区划判定得分", "0 to 1", Numeric, func(c *rowContext) string { return score(c.origin.Region) }},
	{"year", "年份", "the year reported on; empty if masked or unknown", Whole, func(c *rowContext) string { return number(c.origin.Year) }},
	{"section", "章节", "headings above the figure, joined by ' > '", Text, func(c *rowContext) string { return c.m.Section }},
	{"seq", "序号", "number of the metric in the document, from 1", Whole, func(c *rowContext) string { return number(c.m.Seq) }},
	{"label", "指标名称", "what is measured, at most 40 characters", Text, func(c *rowContext) string { return c.m.Label }},
	{"indicator", "指标代码", "code of the vocabulary, or empty", Text, func(c *rowContext) string { return c.m.Code }},
	{"value", "数值", "plain decimal in unit; low end of a range; empty where masked or destroyed", Numeric, func(c *rowContext) string { return c.m.Value.String() }},
	{"value_max", "数值上限", "high end of a range", Numeric, func(c *rowContext) string { return c.m.Max.String() }},
	{"unit", "计量单位", "printed unit without multipliers", Text, func(c *rowContext) string { return c.m.Unit }},
	{"per", "每", "what a rate is per", Text, func(c *rowContext) string { return c.m.Per }},
	{"si_value", "折算数值", "value converted where a fixed factor exists", Numeric, func(c *rowContext) string { return c.m.SI.String() }},
	{"si_unit", "折算单位", "公顷, 吨, 公里, or the unit itself", Text, func(c *rowContext) string { return c.m.SIUnit }},
	{"kind", "类别", "amount, standard, share, change, masked or suspect", Text, func(c *rowContext) string { return c.m.Kind.String() }},
	{"status", "状态", "done or planned", Text, func(c *rowContext) string { return c.m.Status.String() }},
	{"approx", "约数", "empty, about, over, under or range", Text, func(c *rowContext) string { return c.m.Approx.String() }},
	{"part_of", "所属合计", "seq of the total that this is a part of", Whole, func(c *rowContext) string { return number(c.m.PartOf) }},
	{"period", "时期", "the time that the text gives for it, as printed", Text, func(c *rowContext) string { return c.m.Period.Printed }},
	{"period_start", "起始日期", "ISO date", Text, func(c *rowContext) string { return c.m.Period.Start }},
	{"period_end", "终止日期", "ISO date", Text, func(c *rowContext) string { return c.m.Period.End }},
	{"flags", "标记", "unit_elided, repaired, table, repeated, …, joined by ';'", Text, func(c *rowContext) string { return strings.Join(c.m.Flags, ";") }},
	{"raw", "原文", "exactly the words of number, approximation and unit", Text, func(c *rowContext) string { return c.m.Span.In(c.doc.Text) }},
	{"sentence", "原句", "the sentence", Text, func(c *rowContext) string { return c.m.Sentence.In(c.doc.Text) }},
	{"page", "页码", "page of a paged format", Whole, func(c *rowContext) string { return number(c.m.Page) }},
	{"start", "起始位置", "rune offset of raw in the normal text", Whole, func(c *rowContext) string { return strconv.Itoa(c.runes.At(c.m.Start)) }},
	{"end", "终止位置", "rune offset of the end of raw", Whole, func(c *rowContext) string { return strconv.Itoa(c.runes.At(c.m.End)) }},
	{"rule", "规则", "name of the rule that made it", Text, func(c *rowContext) string { return c.m.Rule }},
}
