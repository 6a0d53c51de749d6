package audit

// Findings as rows, for the formats that figures are written in.

import (
	"slices"
	"strconv"
	"strings"

	"mingxi/schema"
)

// Columns are the columns of findings, in order.
func Columns() []schema.Column {
	return []schema.Column{
		{Name: "doc_id", ZH: "文档编号", Doc: "as in the figures", DocZH: "同数字表"},
		{Name: "relation", ZH: "关系", Doc: "total, items, table, named, rate, average, share, completion, change, growth, annual, balance, whole, or the id of a user's rule", DocZH: "total 合计,items 分项,table 表格,named 具名算式,rate 比率,average 平均,share 占比,completion 完成率,change 增减量,growth 增速,annual 年均,balance 结余,whole 整体,或用户规则的编号"},
		{Name: "total_seq", ZH: "结果序号", Doc: "seq of the figure that the others should give; empty where the text prints none", DocZH: "其他数字应得出的那个数的序号;原文没有时为空", Type: schema.Whole},
		{Name: "member_seqs", ZH: "成员序号", Doc: "seqs of the others, in the order of the equation, joined by ';'", DocZH: "其他数字的序号,按算式顺序,以 ';' 相连"},
		{Name: "op", ZH: "运算", Doc: "sum, atleast, product, quotient, share, shareofsum, loss, proportion, density, difference, growth, growthby, power or balance", DocZH: "sum 和,atleast 不少于,product 积,quotient 商,share 占比,shareofsum 占和之比,loss 损失率,proportion 比例,density 密度,difference 差,growth 增速,growthby 按增速,power 乘方,balance 结余"},
		{Name: "stated", ZH: "原文数值", Doc: "value of the stated figure", DocZH: "原文所写的数值", Type: schema.Numeric},
		{Name: "computed", ZH: "计算数值", Doc: "what the members give", DocZH: "由各成员算出的数值", Type: schema.Numeric},
		{Name: "low", ZH: "计算下限", Doc: "low end of what the members can give, as exact as they are printed", DocZH: "按原文精度各成员所能得出的下限", Type: schema.Numeric},
		{Name: "high", ZH: "计算上限", Doc: "high end of it", DocZH: "其上限", Type: schema.Numeric},
		{Name: "verdict", ZH: "结论", Doc: "holds, contradicts, incomplete or not_evaluable", DocZH: "holds 相符,contradicts 矛盾,incomplete 不全,not_evaluable 无法核对"},
		{Name: "explanation", ZH: "可能原因", Doc: "the likeliest slip that would make it hold: rounding, missing_member, factor, area_unit (亩 for 公顷), months, swap, digit, copied or sign, with the figure and its value", DocZH: "最可能的差错:rounding 四舍五入,missing_member 漏项,factor 差倍数,area_unit 亩与公顷混用,months 月数,swap 颠倒,digit 错一位,copied 误抄,sign 正负号;附有关数字及其值"},
		{Name: "severity", ZH: "程度", Doc: "none, note, warning or error", DocZH: "none 无,note 提示,warning 警告,error 错误"},
		{Name: "finding", ZH: "核对编号", Doc: "number of the finding in the document, as in check_ids", DocZH: "核对结果在文件中的编号,同 check_ids", Type: schema.Whole},
		{Name: "difference", ZH: "差额", Doc: "stated less computed", DocZH: "原文数值减计算数值", Type: schema.Numeric},
		{Name: "equation", ZH: "算式", Doc: "with the printed values", DocZH: "代入原文数值的算式"},
		{Name: "source", ZH: "来源", Doc: "as in the figures", DocZH: "同数字表"},
		{Name: "sentence", ZH: "原句", Doc: "the sentence of the stated figure, or of the last member", DocZH: "原文数字所在的句子,或最后一个成员的句子"},
	}
}

// Rows are the findings of a document as rows of Columns.
func Rows(d *schema.Document, r *schema.Reading, findings []Finding) [][]schema.Cell {
	rows := make([][]schema.Cell, 0, len(findings))
	number := func(v schema.Decimal) schema.Cell { return schema.Cell{Number: v} }
	for i := range findings {
		f := &findings[i]
		rows = append(rows, []schema.Cell{
			schema.TextCell(d.ID), schema.TextCell(f.Relation), schema.CountCell(f.Stated), schema.TextCell(Join(f.Members)), schema.TextCell(f.Op),
			number(f.Value), number(f.Computed), number(f.Low), number(f.High),
			schema.TextCell(f.Verdict.String()), schema.TextCell(f.Explanation.String()), schema.TextCell(f.Severity.String()),
			schema.CountCell(f.ID), number(f.Difference), schema.TextCell(f.Equation), schema.TextCell(d.Source),
			schema.TextCell(sentenceOf(d, r, f)),
		})
	}
	return rows
}

// Join writes seqs as a cell holds them.
func Join(seqs []int) string {
	s := make([]string, len(seqs))
	for i, n := range seqs {
		s[i] = strconv.Itoa(n)
	}
	return strings.Join(s, ";")
}

// String is the explanation as the column prints it: swap #3 37145.
func (e Explanation) String() string {
	parts := []string{e.Kind}
	if e.Seq > 0 {
		parts = append(parts, "#"+strconv.Itoa(e.Seq))
	}
	if e.Note != "" {
		parts = append(parts, e.Note)
	}
	if e.Value.Known() {
		parts = append(parts, e.Value.String())
	}
	return strings.Join(parts, " ")
}

// Anchor is the figure that a finding is shown at: the stated one, or the last member.
func (f *Finding) Anchor() int {
	if f.Stated > 0 || len(f.Members) == 0 {
		return f.Stated
	}
	return f.Members[len(f.Members)-1]
}

func sentenceOf(d *schema.Document, r *schema.Reading, f *Finding) string {
	m := r.Of(f.Anchor())
	if m == nil {
		return ""
	}
	s := []rune(m.Sentence.In(d.Text))
	if len(s) > schema.MaxSentence {
		s = append(s[:schema.MaxSentence-1], '…')
	}
	return string(s)
}

// Complete audits a document and writes what it finds into the metrics: Check,
// CheckIDs, and PartOf where it was not known. A second audit finds the same. The
// reading may be a part of the document's, one or more stretches of it, with so many
// findings in the parts before.
func (a *Auditor) Complete(d *schema.Document, r *schema.Reading, before int) []Finding {
	findings := a.check(d, r, before)
	Mark(r, findings)
	Settle(r, findings)
	return findings
}

// Mark writes into the metrics what the findings say of them: Check, the gravest
// first, and the numbers of the findings.
func Mark(r *schema.Reading, findings []Finding) {
	for i := range r.Metrics {
		r.Metrics[i].Check, r.Metrics[i].CheckIDs = schema.Unchecked, nil
	}
	for i := range findings {
		f := &findings[i]
		id := strconv.Itoa(f.ID)
		for _, seq := range append([]int{f.Stated}, f.Members...) {
			m := r.Of(seq)
			if m == nil {
				continue
			}
			if n := len(m.CheckIDs); n == 0 || m.CheckIDs[n-1] != id {
				m.CheckIDs = append(m.CheckIDs, id)
			}
			if gravity[f.Verdict] > gravity[m.Check] {
				m.Check = f.Verdict
			}
		}
	}
}

// Settle gives members their total (Metric.PartOf) where extraction has found none: lists,
// tables and paragraphs say whose members figures are. A list in prose whose members fall
// short of its total is no proof that they are its members: what extraction did not take
// for one is none. Where extraction has found another total, only a list of three and more
// that adds up to its own says otherwise. A member counts what its total counts, in the
// same unit. Metrics with reasons get one more.
func Settle(r *schema.Reading, findings []Finding) {
	sums := map[[2]int]bool{} // member and total of the lists that add up
	for i := range findings {
		if f := &findings[i]; f.Relation == "total" && f.Op == "sum" && f.Verdict == Holds && len(f.Members) > 2 {
			for _, seq := range f.Members {
				sums[[2]int{seq, f.Stated}] = true
			}
		}
	}
	for i := range findings {
		f := &findings[i]
		if !divides(f) {
			continue
		}
		for _, seq := range f.Members {
			if m := r.Of(seq); m.PartOf == 0 || sums[[2]int{seq, f.Stated}] && !sums[[2]int{seq, m.PartOf}] {
				settle(m, r.Of(f.Stated), f.Relation)
			}
		}
	}
}

// divides reports a finding that tells the members of a total.
func divides(f *Finding) bool {
	if f.untold || f.Verdict == Incomplete && f.Relation == "total" {
		return false
	}
	return (f.Op == "sum" || f.Op == "atleast") && (f.Relation == "total" || f.Relation == "items" || f.Relation == "table")
}

// summing are units of totals that members of other units make up: 119项, of them 油路6条,
// 砂砾路34条.
var summing = []string{"项", "头只"}

// settle makes m a part of total.
func settle(m, total *schema.Metric, relation string) {
	if m.Unit != total.Unit && !slices.Contains(summing, total.Unit) || m.Per != total.Per || total.PartOf == m.Seq || m.Value.Known() && total.Value.Known() && m.Value.Cmp(total.Value) > 0 {
		return
	}
	m.PartOf = total.Seq
	if m.Why != nil {
		m.Why = append(m.Why, schema.Reason{Field: "part_of", Rule: "audit/" + relation, Span: total.Span})
	}
}

// gravity orders verdicts: what a figure is marked with if it stands in several.
var gravity = map[Verdict]int{schema.Contradicts: 4, schema.Holds: 3, schema.Incomplete: 2, schema.NotEvaluable: 1}
