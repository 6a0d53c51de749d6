package audit

// Rules over a panel, the table of regions, years and indicators that is made of many
// reports: what no report says alone may contradict in the table.

import (
	"cmp"
	"slices"
	"strings"

	"mingxi/schema"
)

// A Value is a cell of a panel that has a value.
type Value struct {
	Region, Name    string // code, and the name beside it
	Year            int
	Indicator, Unit string
	Value           schema.Decimal
	About           bool   // printed with 约 or the like
	Raw             string // the words that it was read from
	DocID, Source   string
	Seq             int // of the figure in the document
}

// A Ruling is what a rule says of one region and year.
type Ruling struct {
	Rule    *Rule
	Values  []Value // of the names of the rule, in its order
	Finding Finding // its Stated and Members are places in Values, from 1
}

// OverPanel evaluates rules over the values of each region and year, which come in that
// order. A rule says nothing of a region and year that lack one of its indicators, and
// one that names labels nothing at all.
func (a *Auditor) OverPanel(rules []Rule, values []Value) []Ruling {
	var out []Ruling
	for from := 0; from < len(values); {
		to := from
		for to < len(values) && values[to].Region == values[from].Region && values[to].Year == values[from].Year {
			to++
		}
		row := values[from:to]
		figs := a.panelFigures(row)
		for i := range rules {
			if r := &rules[i]; !r.county || countyCode(row[0].Region) {
				out = append(out, r.overRow(row, figs)...)
			}
		}
		from = to
	}
	return out
}

// panelFigures are the values of a row as the rules want them.
func (a *Auditor) panelFigures(row []Value) []figure {
	words := a.load()
	figs := make([]figure, len(row))
	for i, v := range row {
		m := &schema.Metric{Seq: i + 1, Code: v.Indicator, Unit: v.Unit, Value: v.Value, Kind: schema.Amount, Status: schema.Done, Span: schema.Span{End: len(v.Raw)}}
		if v.About {
			m.Approx = schema.About
		}
		figs[i] = figure{Metric: m, n: i, unit: family(v.Unit), span: words.read(m, foldText(v.Raw))}
	}
	return figs
}

// overRow evaluates the rule over one region and year.
func (rule *Rule) overRow(row []Value, figs []figure) (out []Ruling) {
	for _, f := range rule.apply(figs, nil, nil) {
		g := Ruling{Rule: rule, Finding: f}
		for _, name := range namesOf(rule.sides) {
			if i := slices.IndexFunc(row, func(v Value) bool { return v.Indicator == name }); i >= 0 {
				g.Values = append(g.Values, row[i])
			}
		}
		out = append(out, g)
	}
	return out
}

// countyCode reports the code of a county.
func countyCode(code string) bool { return len(code) == 6 && !strings.HasSuffix(code, "00") }

// RulingColumns are the columns of rulings, in order.
func RulingColumns() []schema.Column {
	column := func(name, zh, doc, docZH string, t schema.Type) schema.Column {
		return schema.Column{Name: name, ZH: zh, Doc: doc, DocZH: docZH, Type: t}
	}
	return []schema.Column{
		column("region_code", "地区代码", "as in the panel", "同面板", schema.Text),
		column("region", "地区", "name of the region", "地区名称", schema.Text),
		column("year", "年份", "year of the values", "数值的年份", schema.Whole),
		column("rule", "规则", "id of the rule", "规则的编号", schema.Text),
		column("verdict", "结论", "holds, contradicts or not_evaluable", "holds 相符,contradicts 矛盾,not_evaluable 无法核对", schema.Text),
		column("severity", "程度", "none, note, warning or error", "none 无,note 提示,warning 警告,error 错误", schema.Text),
		column("equation", "算式", "the rule with the values of the panel", "代入面板数值的规则", schema.Text),
		column("computed", "计算数值", "of the right side, where the left is one indicator", "左边只有一个指标时右边的值", schema.Numeric),
		column("low", "计算下限", "low end of it, as exact as the values are printed", "按原文精度的下限", schema.Numeric),
		column("high", "计算上限", "high end of it", "其上限", schema.Numeric),
		column("difference", "差额", "the left side less computed", "左边减计算数值", schema.Numeric),
		column("explanation", "可能原因", "a factor that would bring a value into its range, with the place of the value in sources", "能使数值落入范围的倍数,附该值在 sources 中的位置", schema.Text),
		column("words", "说明", "what the rule says of itself", "规则的说明", schema.Text),
		column("reference", "依据", "where it says it is from", "规则所写的依据", schema.Text),
		column("sources", "来源", "of the values: document#seq, in the order of the rule, joined by ';'", "各数值的出处:文件#序号,按规则中的顺序,以 ';' 相连", schema.Text),
	}
}

// Row is a ruling as a row of RulingColumns.
func (g *Ruling) Row() []schema.Cell {
	text := schema.TextCell
	f := &g.Finding
	var sources []string
	for _, v := range g.Values {
		sources = append(sources, cmp.Or(v.Source, v.DocID)+"#"+digits(int64(v.Seq)))
	}
	v := g.Values[0]
	return []schema.Cell{text(v.Region), text(v.Name), schema.CountCell(v.Year), text(g.Rule.ID), text(f.Verdict.String()), text(f.Severity.String()), text(f.Equation),
		{Number: f.Computed}, {Number: f.Low}, {Number: f.High}, {Number: f.Difference}, text(f.Explanation.String()), text(g.Rule.Words), text(g.Rule.Reference), text(strings.Join(sources, ";"))}
}

// Codes are the indicators that a rule names, in the order of their first place.
func (r *Rule) Codes() []string {
	return slices.DeleteFunc(namesOf(r.sides), func(name string) bool { return strings.HasPrefix(name, `"`) })
}
