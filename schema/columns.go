package schema

// This file is the column contract: one table, in the order of the columns, that
// drives CSV, JSON Lines, Parquet, XLSX, the tables of the corpus and the
// codebook. A new column is one line here; what it says of a metric is one field
// of Metric. (go test . -update rewrites docs/columns.md, go test ./cmd/mingxi
// -update the scripts that print all columns.)

import "strconv"

// A Column is one column of the contract: the same name in CSV, JSON Lines,
// Parquet, XLSX and SQLite. Names are English snake_case of at most 32
// characters (the limit of Stata); Chinese names are for the codebook.
type Column struct {
	Name  string
	ZH    string // its name in the codebook
	Doc   string // its meaning
	DocZH string // the same in Chinese
	Type  Type   // of its cells, for formats that have types
	Field *Field // of a column that a metric holds itself, else nil
	cell  func(*rowContext) Cell
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

// A rowContext is what the cells of a row are made from.
type rowContext struct {
	doc    *Document
	origin Origin
	m      *Metric
	title  string
	runes  *Runes
}

var columns = []Column{
	about("doc_id", "文档编号", "first 16 hex digits of the SHA-256 of the source bytes", "原文件字节 SHA-256 的前 16 位十六进制数", Text, func(c *rowContext) Cell { return TextCell(c.doc.ID) }),
	about("root", "根目录", "the folder that was ingested; empty in extract", "入库的文件夹;extract 时为空", Text, func(c *rowContext) Cell { return TextCell(c.doc.Root) }),
	about("source", "来源", "path below root; in extract the path or name as given", "根目录下的路径;extract 时为所给的路径或名称", Text, func(c *rowContext) Cell { return TextCell(c.doc.Source) }),
	whole("article", "篇序", "1-based number of the article in a merged file", "合订文件中的第几篇,从 1 起", func(m *Metric) *int { return &m.Article }),
	about("title", "标题", "title of the article", "该篇的标题", Text, func(c *rowContext) Cell { return TextCell(c.title) }),
	about("org", "单位名称", "the organisation that reports, as printed", "报告单位,照原文", Text, func(c *rowContext) Cell { return TextCell(c.origin.Org) }),
	about("region_code", "行政区划代码", "GB/T 2260 code valid in the report's year", "报告年份有效的 GB/T 2260 代码", Text, func(c *rowContext) Cell { return TextCell(c.origin.Region.Code) }),
	about("region", "行政区划", "name of the region in that year", "该地区当年的名称", Text, func(c *rowContext) Cell { return TextCell(c.origin.Region.Name) }),
	about("region_method", "区划判定方法", "printed, path, township vote, document number or meta", "printed 文中写明,path 路径,township vote 乡镇推定,document number 文号,meta 用户给定", Text, func(c *rowContext) Cell { return TextCell(c.origin.Region.Method) }),
	about("region_score", "区划判定得分", "0 to 1", "0 到 1", Numeric, func(c *rowContext) Cell { return score(c.origin.Region) }),
	about("year", "年份", "the year reported on; empty if masked or unknown", "所报告的年份;被遮盖或不明时为空", Whole, func(c *rowContext) Cell { return CountCell(c.origin.Year) }),
	text("section", "章节", "headings above the figure, joined by ' > '", "数字上方的各级小标题,以 ' > ' 相连", func(m *Metric) *string { return &m.Section }).kept(InDocument),
	whole("seq", "序号", "number of the metric in the document, from 1", "该数字在文件中的序号,从 1 起", func(m *Metric) *int { return &m.Seq }),
	text("label", "指标名称", "what is measured, at most 40 characters", "所计量的事项,至多 40 字", func(m *Metric) *string { return &m.Label }),
	text("place", "地点", "slot of the label: where, if not the report's own place", "指标名称的一部分:地点,报告本地时为空", func(m *Metric) *string { return &m.Slots.Place }),
	text("object", "对象", "slot of the label: whom or what it counts, with its qualifiers", "指标名称的一部分:所计的人或物及其限定", func(m *Metric) *string { return &m.Slots.Object }),
	text("event", "事件", "slot of the label: what happened", "指标名称的一部分:发生了什么", func(m *Metric) *string { return &m.Slots.Event }),
	text("measure", "量", "slot of the label: the measure, as 人数, 面积, 金额", "指标名称的一部分:人数、面积、金额等量", func(m *Metric) *string { return &m.Slots.Measure }),
	text("base", "基准", "slot of the label: what a share, completion or comparison is held against", "指标名称的一部分:占比、完成、比较所对照的基准", func(m *Metric) *string { return &m.Slots.Base }),
	text("indicator", "指标代码", "code of the vocabulary, or empty", "指标词表中的代码,无则为空", func(m *Metric) *string { return &m.Code }),
	decimal("indicator_score", "指标得分", "how well the indicator fits, 0 to 1", "指标的吻合程度,0 到 1", func(m *Metric) *Decimal { return &m.IndicatorScore }),
	decimal("value", "数值", "plain decimal in unit; low end of a range; empty where masked or destroyed", "以计量单位计的精确小数;区间取下限;被遮盖或毁坏时为空", func(m *Metric) *Decimal { return &m.Value }),
	decimal("value_max", "数值上限", "high end of a range", "区间的上限", func(m *Metric) *Decimal { return &m.Max }),
	text("unit", "计量单位", "printed unit without multipliers", "原文的单位,不带万、亿等倍数", func(m *Metric) *string { return &m.Unit }),
	text("per", "每", "what a rate is per", "比率的分母:每什么", func(m *Metric) *string { return &m.Per }),
	decimal("si_value", "折算数值", "value converted where a fixed factor exists", "有固定换算时折算后的数值", func(m *Metric) *Decimal { return &m.SI }).like("value"),
	text("si_unit", "折算单位", "公顷, 吨, 公里, or the unit itself", "公顷、吨、公里,或原单位", func(m *Metric) *string { return &m.SIUnit }).like("unit"),
	oneOf("kind", "类别", "amount, standard, share, change, masked or suspect", "amount 数量,standard 标准,share 占比,change 增减,masked 被遮盖,suspect 存疑", func(m *Metric) *Measure { return &m.Kind }, measures[:]),
	oneOf("status", "状态", "done or planned", "done 已完成,planned 计划", func(m *Metric) *Status { return &m.Status }, statuses[:]),
	oneOf("approx", "约数", "empty, about, over, under or range", "空,about 约,over 超过,under 不足,range 区间", func(m *Metric) *Approx { return &m.Approx }, approxes[:]),
	whole("part_of", "所属合计", "seq of the total that this is a part of", "所属合计数的序号", func(m *Metric) *int { return &m.PartOf }),
	text("period", "时期", "the time that the text gives for it, as printed", "原文给出的时间,照原文", func(m *Metric) *string { return &m.Period.Printed }),
	text("period_start", "起始日期", "ISO date", "ISO 日期", func(m *Metric) *string { return &m.Period.Start }).kept(Date),
	text("period_end", "终止日期", "ISO date", "ISO 日期", func(m *Metric) *string { return &m.Period.End }).kept(Date),
	list("flags", "标记", "unit_elided, repaired, table, repeated, year_inferred, region_as_of_2024, …, joined by ';'", "unit_elided 单位省略、repaired 已修复、table 表格、repeated 重复、year_inferred 年份推断、region_as_of_2024 按 2024 年区划等,以 ';' 相连", func(m *Metric) *[]string { return &m.Flags }),
	about("raw", "原文", "exactly the words of number, approximation and unit", "数字、约数词和单位的原文", Text, func(c *rowContext) Cell { return TextCell(c.m.Span.In(c.doc.Text)) }),
	about("sentence", "原句", "the sentence; of one of more than 400 characters 400 around raw, cuts marked …", "所在句子;超过 400 字的取前后 400 字,截断处标 …", Text, func(c *rowContext) Cell { return TextCell(shortened(c.doc.Text, c.m.Sentence, c.m.Span)) }),
	whole("page", "页码", "page of a paged format", "分页格式的页码", func(m *Metric) *int { return &m.Page }),
	text("cell", "单元格", "of a figure in a table: its address, as 收支!B7 in a workbook, else table, row and column", "表中数字的地址:工作簿如 收支!B7,其他为表、行、列", func(m *Metric) *string { return &m.Cell }),
	about("start", "起始位置", "rune offset of raw in the normal text", "raw 在正文中的起始字符位置", Whole, func(c *rowContext) Cell { return WholeCell(c.runes.At(c.m.Start)) }),
	about("end", "终止位置", "rune offset of the end of raw", "raw 在正文中的终止字符位置", Whole, func(c *rowContext) Cell { return WholeCell(c.runes.At(c.m.End)) }),
	text("rule", "规则", "name of the rule that made it", "得出它的规则的名称", func(m *Metric) *string { return &m.Rule }).kept(InCorpus),
	decimal("confidence", "可信度", "how likely value, unit and label are right, 0 to 1, by hand-coded reports of the kind", "数值、单位和名称正确的把握,0 到 1,据同类手工标注的报告", func(m *Metric) *Decimal { return &m.Confidence }),
	oneOf("check", "核对结果", "what the audit found of it: empty, holds, contradicts, incomplete or not_evaluable", "核对结果:空,holds 相符,contradicts 矛盾,incomplete 不全,not_evaluable 无法核对", func(m *Metric) *Check { return &m.Check }, checks[:]),
	list("check_ids", "核对编号", "the findings of the audit that it stands in, joined by ';'", "涉及该数字的核对结果的编号,以 ';' 相连", func(m *Metric) *[]string { return &m.CheckIDs }),
	text("corrected", "更正", "of a figure that a reader corrected: the value, label or indicator that was given", "读者更正的数字:所给的数值、名称或指标", func(m *Metric) *string { return &m.Corrected }),
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

// Rows makes the metrics of a reading rows of the contract, in text order.
func Rows(d *Document, r *Reading, yield func(row []Cell) error) error {
	return NewRower(d).Rows(r, yield)
}

// A Rower makes rows of a document's metrics that are asked for a few at a time; those
// near one another in the text cost little.
type Rower struct{ ctx rowContext }

// NewRower returns a Rower of the document.
func NewRower(d *Document) *Rower { return &Rower{rowContext{doc: d, runes: NewRunes(d.Text)}} }

// Rows is the function Rows, of the document of the Rower.
func (w *Rower) Rows(r *Reading, yield func(row []Cell) error) error {
	ctx, d := w.ctx, w.ctx.doc // runes stays where it is
	for i := range r.Metrics {
		ctx.m = &r.Metrics[i]
		if i == 0 || ctx.origin.Article != ctx.m.Article {
			ctx.origin = r.Origin(ctx.m.Article)
		}
		ctx.title = ""
		if a := d.ArticleAt(ctx.m.Start); a != nil {
			ctx.title = a.Title
		}
		row := make([]Cell, len(columns))
		for j := range columns {
			row[j] = columns[j].of(&ctx)
		}
		if err := yield(row); err != nil {
			return err
		}
	}
	return nil
}

// of is the cell of the column in a row.
func (c *Column) of(row *rowContext) Cell {
	if c.Field != nil {
		return c.Field.Get(row.m)
	}
	return c.cell(row)
}

// about is a column about the document, its article or the place in its text.
func about(name, zh, doc, docZH string, t Type, cell func(*rowContext) Cell) Column {
	return Column{Name: name, ZH: zh, Doc: doc, DocZH: docZH, Type: t, cell: cell}
}

// score is the score of a region that is known, to three digits.
func score(r Region) Cell {
	if r.Code == "" {
		return Cell{}
	}
	d, err := ParseDecimal(strconv.FormatFloat(r.Score, 'f', 3, 64))
	if err != nil { // not a number of 0 to 1
		return Cell{}
	}
	return Cell{Number: d}
}
