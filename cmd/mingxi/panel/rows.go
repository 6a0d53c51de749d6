package panel

// The panel as rows: long, wide, and the companion of all candidates.

import (
	"slices"
	"strings"

	"mingxi/extract/indicator"
	"mingxi/schema"
)

// A field is a column with what stands in it.
type field[T any] struct {
	name, zh, doc, docZH string
	kind                 schema.Type
	cell                 func(T) schema.Cell
}

func columnsOf[T any](fields []field[T]) []schema.Column {
	out := make([]schema.Column, len(fields))
	for i, f := range fields {
		out[i] = schema.Column{Name: f.name, ZH: f.zh, Doc: f.doc, DocZH: f.docZH, Type: f.kind}
		switch f.name {
		case "obs_status":
			out[i].Field = &statuses
		case "role":
			out[i].Field = &roles
		}
	}
	return out
}

// The columns that hold a few words, which formats list as categories and value labels.
var (
	statuses = schema.Field{Keep: schema.Coded, OneOf: []string{"", string(Normal), string(Break), string(Estimated), string(Forecast), string(Missing), string(Provisional), string(Suppressed), string(Unreliable)}}
	roles    = schema.Field{Keep: schema.Coded, OneOf: []string{"", string(Chosen), string(Agrees), string(Conflict), string(NoCell)}}
)

// What the letters mean.
const (
	statusDoc   = "letter of SDMX CL_OBS_STATUS: A normal, B boundary changed, E estimated, F planned, O documents conflict, P provisional, Q masked, U unreliable"
	statusDocZH = "SDMX CL_OBS_STATUS 的字母:A 正常,B 区划变动,E 估计,F 计划,O 文件互相矛盾,P 初步,Q 被遮盖,U 不可靠"
)

func rowsOf[T any](fields []field[T], list []T) [][]schema.Cell {
	out := make([][]schema.Cell, len(list))
	for i, one := range list {
		row := make([]schema.Cell, len(fields))
		for j, f := range fields {
			row[j] = f.cell(one)
		}
		out[i] = row
	}
	return out
}

// source is a column of where a candidate stands.
func source(name, zh, doc, docZH string, kind schema.Type, cell func(*Source) schema.Cell) field[*Candidate] {
	return field[*Candidate]{name, zh, doc, docZH, kind, func(c *Candidate) schema.Cell {
		if c == nil {
			return schema.Cell{}
		}
		return cell(&c.Source)
	}}
}

// sources are the columns of a citation.
var sources = []field[*Candidate]{
	source("doc_id", "文档编号", "document that the value is taken from", "数值所出的文件", schema.Text, func(s *Source) schema.Cell { return schema.TextCell(s.DocID) }),
	source("root", "根目录", "the folder that was ingested", "入库的文件夹", schema.Text, func(s *Source) schema.Cell { return schema.TextCell(s.Root) }),
	source("source", "来源", "its path below root", "根目录下的路径", schema.Text, func(s *Source) schema.Cell { return schema.TextCell(s.Path) }),
	source("article", "篇序", "number of the article in it", "文件中的第几篇", schema.Whole, func(s *Source) schema.Cell { return schema.CountCell(s.Article) }),
	source("title", "标题", "title of the article", "该篇的标题", schema.Text, func(s *Source) schema.Cell { return schema.TextCell(s.Title) }),
	source("org", "单位名称", "the organisation that reports", "报告单位", schema.Text, func(s *Source) schema.Cell { return schema.TextCell(s.Org) }),
	source("seq", "序号", "number of the figure in the document", "该数字在文件中的序号", schema.Whole, func(s *Source) schema.Cell { return schema.CountCell(s.Seq) }),
	source("label", "指标名称", "what the document calls it", "文件中的叫法", schema.Text, func(s *Source) schema.Cell { return schema.TextCell(s.Label) }),
	source("raw", "原文", "the words of the figure", "数字的原文", schema.Text, func(s *Source) schema.Cell { return schema.TextCell(s.Raw) }),
	source("sentence", "原句", "its sentence", "所在句子", schema.Text, func(s *Source) schema.Cell { return schema.TextCell(s.Sentence) }),
	source("page", "页码", "page of a paged format", "分页格式的页码", schema.Whole, func(s *Source) schema.Cell { return schema.CountCell(s.Page) }),
	source("cell", "单元格", "address in a table", "表中的地址", schema.Text, func(s *Source) schema.Cell { return schema.TextCell(s.Cell) }),
	source("start", "起始位置", "rune offset of raw in the normal text", "raw 在正文中的起始字符位置", schema.Whole, func(s *Source) schema.Cell { return schema.WholeCell(s.Start) }),
	source("end", "终止位置", "rune offset of the end of raw", "raw 在正文中的终止字符位置", schema.Whole, func(s *Source) schema.Cell { return schema.WholeCell(s.End) }),
	source("report_region", "报告地区代码", "code of the report's region in the report's year", "报告年份该报告所属地区的代码", schema.Text, func(s *Source) schema.Cell { return schema.TextCell(s.ReportRegion) }),
	source("report_year", "报告年份", "the year that the document reports on", "文件所报告的年份", schema.Whole, func(s *Source) schema.Cell { return schema.CountCell(s.ReportYear) }),
	source("flags", "标记", "flags of the figure: year_inferred, region_as_of_2024, …, joined by ';'", "数字的标记:year_inferred 年份推断、region_as_of_2024 按 2024 年区划等,以 ';' 相连", schema.Text, func(s *Source) schema.Cell { return schema.TextCell(s.Flags) }),
	source("period", "时期", "the time that the text gives, as printed", "原文给出的时间,照原文", schema.Text, func(s *Source) schema.Cell { return schema.TextCell(s.Period) }),
}

// long are the columns of a cell.
var long = func() []field[*Cell] {
	fields := []field[*Cell]{
		{"region_code", "行政区划代码", "GB/T 2260 code", "GB/T 2260 代码", schema.Text, func(c *Cell) schema.Cell { return schema.TextCell(c.Region) }},
		{"region", "行政区划", "its name", "地区名称", schema.Text, func(c *Cell) schema.Cell { return schema.TextCell(c.Name) }},
		{"year", "年份", "the year that the value is of", "数值所属的年份", schema.Whole, func(c *Cell) schema.Cell { return schema.CountCell(c.Year) }},
		{"indicator", "指标代码", "code of the vocabulary", "指标词表中的代码", schema.Text, func(c *Cell) schema.Cell { return schema.TextCell(c.Indicator.Code) }},
		{"indicator_zh", "指标", "its Chinese name", "指标的中文名", schema.Text, func(c *Cell) schema.Cell { return schema.TextCell(c.Indicator.NameZH) }},
		{"value", "数值", "exact decimal in unit; empty where masked or where documents conflict", "以计量单位计的精确小数;被遮盖或文件互相矛盾时为空", schema.Numeric, func(c *Cell) schema.Cell { return schema.Cell{Number: c.Value} }},
		{"unit", "计量单位", "base unit of the indicator", "指标的基本单位", schema.Text, func(c *Cell) schema.Cell { return schema.TextCell(c.Indicator.UnitZH) }},
		{"obs_status", "状态", statusDoc, statusDocZH, schema.Text, func(c *Cell) schema.Cell { return schema.TextCell(string(c.Status)) }},
		{"candidates", "候选数", "figures that could be the cell", "可作该格的数字个数", schema.Whole, func(c *Cell) schema.Cell { return schema.WholeCell(c.Candidates) }},
		{"conflicts", "矛盾数", "of them, those that say otherwise", "其中与之不符的个数", schema.Whole, func(c *Cell) schema.Cell { return schema.WholeCell(c.Conflicts) }},
	}
	for _, s := range sources {
		fields = append(fields, field[*Cell]{s.name, s.zh, s.doc, s.docZH, s.kind, func(c *Cell) schema.Cell { return s.cell(c.From) }})
	}
	return fields
}()

// LongColumns are the columns of the long form.
func LongColumns() []schema.Column { return columnsOf(long) }

// LongRows are the cells, a row each.
func LongRows(cells []Cell) [][]schema.Cell {
	list := make([]*Cell, len(cells))
	for i := range cells {
		list[i] = &cells[i]
	}
	return rowsOf(long, list)
}

// candidateFields are the columns of the companion.
var candidateFields = slices.Concat([]field[*Candidate]{
	{"region_code", "行政区划代码", "GB/T 2260 code in the panel", "面板中的 GB/T 2260 代码", schema.Text, func(c *Candidate) schema.Cell { return schema.TextCell(c.Region) }},
	{"region", "行政区划", "its name", "地区名称", schema.Text, func(c *Candidate) schema.Cell { return schema.TextCell(c.Name) }},
	{"year", "年份", "the year that the figure is of", "数字所属的年份", schema.Whole, func(c *Candidate) schema.Cell { return schema.CountCell(c.Year) }},
	{"indicator", "指标代码", "code of the vocabulary", "指标词表中的代码", schema.Text, func(c *Candidate) schema.Cell { return schema.TextCell(c.Indicator.Code) }},
	{"role", "角色", "chosen, agrees, conflict or no cell", "chosen 取用,agrees 相符,conflict 矛盾,no cell 不入格", schema.Text, func(c *Candidate) schema.Cell { return schema.TextCell(string(c.Role)) }},
	{"reason", "原因", "why it is no cell", "不入格的原因", schema.Text, func(c *Candidate) schema.Cell { return schema.TextCell(string(c.Reason)) }},
	{"note", "说明", "codes, a place, a base", "代码、地点或基准", schema.Text, func(c *Candidate) schema.Cell { return schema.TextCell(c.Note) }},
	{"value", "数值", "exact decimal in the base unit of the indicator", "以指标基本单位计的精确小数", schema.Numeric, func(c *Candidate) schema.Cell { return schema.Cell{Number: c.Value} }},
	{"unit", "计量单位", "base unit of the indicator", "指标的基本单位", schema.Text, func(c *Candidate) schema.Cell { return schema.TextCell(c.Indicator.UnitZH) }},
	{"obs_status", "状态", statusDoc, statusDocZH, schema.Text, func(c *Candidate) schema.Cell { return schema.TextCell(string(c.Status)) }},
}, sources)

// CandidateColumns are the columns of the companion.
func CandidateColumns() []schema.Column { return columnsOf(candidateFields) }

// Unused are the candidates that are no cell or conflict, which formats that hold several tables have as checks.
func Unused(list []*Candidate) []*Candidate {
	return slices.DeleteFunc(slices.Clone(list), func(c *Candidate) bool { return c.Role == Chosen || c.Role == Agrees })
}

// CandidateRows are all candidates, a row each.
func CandidateRows(list []*Candidate) [][]schema.Cell { return rowsOf(candidateFields, list) }

// wideName is the name of a column of an indicator: with its ending at most 32
// characters, the limit of Stata.
func wideName(code, ending string) string {
	const most = 32
	return code[:min(len(code), most-len(ending))] + ending
}

// present are the indicators that have a cell, in order.
func present(v []*indicator.Indicator, cells []Cell) []*indicator.Indicator {
	has := map[*indicator.Indicator]bool{}
	for i := range cells {
		has[cells[i].Indicator] = true
	}
	return slices.DeleteFunc(slices.Clone(v), func(one *indicator.Indicator) bool { return !has[one] })
}

// WideColumns are region, year, and three columns of each indicator that has a cell:
// its value, its status and its source (doc_id#seq, of the companion).
func WideColumns(v []*indicator.Indicator, cells []Cell) []schema.Column {
	out := LongColumns()[:3]
	for _, one := range present(v, cells) {
		out = append(out,
			schema.Column{Name: wideName(one.Code, ""), ZH: one.NameZH, Doc: strings.TrimSpace(one.NameEN + " (" + one.UnitZH + ")"), DocZH: one.NameZH + "(" + one.UnitZH + ")", Type: schema.Numeric},
			schema.Column{Name: wideName(one.Code, "_st"), ZH: one.NameZH + "_状态", Doc: statusDoc, DocZH: statusDocZH, Type: schema.Text, Field: &statuses},
			schema.Column{Name: wideName(one.Code, "_src"), ZH: one.NameZH + "_出处", Doc: "doc_id#seq", DocZH: "文件编号#序号", Type: schema.Text})
	}
	return out
}

// WideRows are the cells of a region and year in one row.
func WideRows(v []*indicator.Indicator, cells []Cell) [][]schema.Cell {
	at := map[*indicator.Indicator]int{}
	for i, one := range present(v, cells) {
		at[one] = 3 + 3*i
	}
	var out [][]schema.Cell
	var row []schema.Cell
	for i := range cells {
		c := &cells[i]
		if i == 0 || c.Region != cells[i-1].Region || c.Year != cells[i-1].Year {
			row = make([]schema.Cell, 3+3*len(at))
			row[0], row[1], row[2] = schema.TextCell(c.Region), schema.TextCell(c.Name), schema.CountCell(c.Year)
			out = append(out, row)
		}
		k := at[c.Indicator]
		row[k], row[k+1] = schema.Cell{Number: c.Value}, schema.TextCell(string(c.Status))
		if c.From != nil {
			row[k+2] = schema.TextCell(c.From.Source.String())
		}
	}
	return out
}

// A Count is how many candidates have a reason.
type Count struct {
	EN, ZH string
	Count  int
}

// Reasons counts why candidates are no cells, the commonest first.
func Reasons(list []*Candidate) []Count {
	n := map[Reason]int{}
	for _, c := range list {
		if c.Reason != "" {
			n[c.Reason]++
		}
	}
	out := make([]Count, 0, len(n))
	for reason, k := range n {
		out = append(out, Count{string(reason), reasonZH[reason], k})
	}
	slices.SortFunc(out, func(a, b Count) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.EN, b.EN)
	})
	return out
}

// reasonZH are the reasons in Chinese.
var reasonZH = map[Reason]string{
	planned: "计划数", changed: "增减量,不是水平", constant: "按不变价格", nominal: "按现价", oldMoney: "1955 年 3 月前的旧币",
	onBase: "以其他基数计", elsewhere: "属于其他地点", ofBody: "属于乡镇、学校、医院、企业等单位", yearBefore: "上年同期的数", formerLevel: "变动前的水平", levelOwn: "只是本级", aRange: "一个范围",
	manyYears: "跨几年", partOfYear: "不足一年", notYearEnd: "存量,不在年末", undated: "时间不明", ahead: "属于报告年份以后的年份",
	noYear: "报告年份不明", noRegion: "报告地区不明", otherUnit: "单位不能换算", otherPer: "比率的分母不同",
	divided: "该地区后来被划分", merged: "该地区后来并入他处",
	madeOf: "该地区由所要年份的几个地区合成", notTranslated: "该地区在所要的年份没有代码,或只是某地区的一部分",
}
