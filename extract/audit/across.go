package audit

// Between documents: one indicator of one region and year with different values,
// and jumps from one year to the next. Figures are compared that have been mapped
// to an indicator; a region is known by its code, or else by the body that reports.

import (
	"cmp"
	"slices"

	"mingxi/schema"
)

// A Point is a figure of a document that can be compared with those of others.
type Point struct {
	DocID, Source string
	Seq           int
	Region        string // code, or the name of the body that reports
	Year          int
	Indicator     string
	Unit          string
	Value         schema.Decimal
	Raw           string

	span printed
}

// A Difference is two points that do not agree.
type Difference struct {
	Relation string // between: one region, indicator and year; jump: from a year to the next
	A, B     Point  // in the order of years, then of documents
	Ratio    schema.Decimal
}

// Points are the figures of a document that can be compared: amounts and standards
// done, with an indicator, of a whole year. Of several with one indicator that do
// not agree within the document, none is taken.
func (a *Auditor) Points(d *schema.Document, r *schema.Reading) []Point {
	type key struct {
		article   int
		indicator string
	}
	words, at := a.load(), map[key]int{}
	var out []Point
	for i := range r.Metrics {
		m := &r.Metrics[i]
		o := r.Origin(m.Article)
		region := cmp.Or(o.Region.Code, o.Org)
		p := words.read(m, foldText(m.In(d.Text)))
		if m.Code == "" || region == "" || o.Year == 0 || m.Status != schema.Done || !p.known || m.Kind != schema.Amount && m.Kind != schema.Standard || !wholeYear(m.Period, o.Year) {
			continue
		}
		k := key{m.Article, m.Code}
		n, ok := at[k]
		switch {
		case !ok:
			at[k] = len(out)
			out = append(out, Point{DocID: d.ID, Source: d.Source, Seq: m.Seq, Region: region, Year: o.Year, Indicator: m.Code, Unit: m.Unit, Value: m.Value, Raw: m.In(d.Text), span: p})
		case out[n].Unit != m.Unit || !spanOf(out[n].span).meets(spanOf(p)):
			out[n].Seq = 0
		}
	}
	return slices.DeleteFunc(out, func(p Point) bool { return p.Seq == 0 })
}

// wholeYear reports a time that is not only a part of the year.
func wholeYear(p schema.Period, year int) bool {
	if p.Start == "" || p.End == "" {
		return true
	}
	return p.Start[:4] == p.End[:4] && p.End[5:7] == "12" && (p.Start[5:7] == "01" || p.Start == p.End || p.Start[5:7] == "12")
}

// jump is how many times as much is a jump.
const jump = 5

// Across compares points and returns what does not agree, in a fixed order.
func Across(points []Point) []Difference {
	points = slices.Clone(points)
	slices.SortFunc(points, func(a, b Point) int {
		return cmp.Or(cmp.Compare(a.Region, b.Region), cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Year, b.Year),
			cmp.Compare(a.Source, b.Source), cmp.Compare(a.DocID, b.DocID), cmp.Compare(a.Seq, b.Seq))
	})
	var out []Difference
	first := 0 // of the region, indicator, unit and year
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		if a.Region != b.Region || a.Indicator != b.Indicator || a.Unit != b.Unit {
			first = i
			continue
		}
		if a.Year == b.Year {
			if f := points[first]; f.DocID != b.DocID && !spanOf(f.span).meets(spanOf(b.span)) {
				out = append(out, Difference{"between", f, b, ratioOf(f, b)})
			}
			continue
		}
		if b.Year == a.Year+1 && leaps(a, b) {
			out = append(out, Difference{"jump", a, b, ratioOf(a, b)})
		}
		first = i
	}
	return out
}

// leaps reports values of which one is more than jump times the other.
func leaps(a, b Point) bool {
	x, y := fraction(a.Value), fraction(b.Value)
	if x.Sign() <= 0 || y.Sign() <= 0 {
		return false
	}
	k := newRational(jump, 1)
	return mul(x, k).Cmp(y) < 0 || mul(y, k).Cmp(x) < 0
}

// ratioOf is b ÷ a to six places, unset if a is 0.
func ratioOf(a, b Point) schema.Decimal {
	x := fraction(a.Value)
	if x.Sign() == 0 {
		return schema.Decimal{}
	}
	return decimal(quo(fraction(b.Value), x))
}

// DifferenceColumns are the columns of differences, in order.
func DifferenceColumns() []schema.Column {
	column := func(name, zh, doc, docZH string, t schema.Type) schema.Column {
		return schema.Column{Name: name, ZH: zh, Doc: doc, DocZH: docZH, Type: t}
	}
	out := []schema.Column{
		column("relation", "关系", "between: one region, indicator and year; jump: from one year to the next", "between 同一地区、指标和年份不一致;jump 相邻年份突变", schema.Text),
		column("region", "地区", "code of the region, or the body that reports", "地区代码,或报告单位", schema.Text),
		column("indicator", "指标代码", "code of the vocabulary", "指标词表中的代码", schema.Text),
		column("unit", "计量单位", "of both values", "两个数值的单位", schema.Text),
	}
	for _, n := range []string{"1", "2"} {
		out = append(out, column("year"+n, "年份"+n, "year of the value", "数值的年份", schema.Whole), column("value"+n, "数值"+n, "value in unit", "以计量单位计的数值", schema.Numeric),
			column("source"+n, "来源"+n, "document that has it", "所出的文件", schema.Text), column("doc_id"+n, "文档编号"+n, "as in the figures", "同数字表", schema.Text), column("seq"+n, "序号"+n, "seq of the figure", "该数字的序号", schema.Whole), column("raw"+n, "原文"+n, "words of the figure", "数字的原文", schema.Text))
	}
	return append(out, column("ratio", "倍数", "the second value over the first", "第二个数值除以第一个", schema.Numeric))
}

// Row is a difference as a row of DifferenceColumns.
func (d Difference) Row() []schema.Cell {
	row := []schema.Cell{schema.TextCell(d.Relation), schema.TextCell(d.A.Region), schema.TextCell(d.A.Indicator), schema.TextCell(d.A.Unit)}
	for _, p := range []Point{d.A, d.B} {
		row = append(row, schema.CountCell(p.Year), schema.Cell{Number: p.Value}, schema.TextCell(p.Source), schema.TextCell(p.DocID), schema.CountCell(p.Seq), schema.TextCell(p.Raw))
	}
	return append(row, schema.Cell{Number: d.Ratio})
}
