// Package tell says in English and Chinese what commands and pages both show of
// figures: findings of an audit, the fields of a figure, how facts were found, and the
// words that the column contract is coded in.
package tell

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mingxi/extract/audit"
	"mingxi/schema"
)

// A Lang is a language: Chinese if true, else English.
type Lang bool

// Text is the English or the Chinese of a text.
func (zh Lang) Text(en, chinese string) string {
	if zh {
		return chinese
	}
	return en
}

// Verdict names a verdict.
func (zh Lang) Verdict(v audit.Verdict) string {
	switch v {
	case audit.Holds:
		return zh.Text("holds", "成立")
	case audit.Contradicts:
		return zh.Text("contradicts", "矛盾")
	case audit.Incomplete:
		return zh.Text("incomplete", "分项不全")
	}
	return zh.Text("not evaluable", "无法核对")
}

// relations are the names of the kinds of relation in both languages.
var relations = map[string][2]string{
	"total": {"total", "合计"}, "items": {"total of items", "分段合计"}, "table": {"total of a table", "表内合计"},
	"named": {"sum of two", "两项之和"}, "rate": {"rate × count", "标准×数量"}, "average": {"average", "平均"},
	"share": {"share", "占比"}, "completion": {"completion", "完成率"}, "change": {"change", "增减"},
	"growth": {"growth", "增长率"}, "annual": {"mean growth", "年均增长"}, "balance": {"balance", "结存"}, "whole": {"shares of a whole", "构成"},
	"formula": {"formula of an indicator", "指标公式"}, "plausible": {"plausible range", "合理范围"},
}

// Relation names a kind of relation; the id of a user's rule is its own name.
func (zh Lang) Relation(kind string) string {
	if r, ok := relations[kind]; ok {
		return zh.Text(r[0], r[1])
	}
	return kind
}

// OffBy says what the members give, how far that is from what is printed, and the
// likeliest slip.
func (zh Lang) OffBy(f *audit.Finding) string {
	if !f.Computed.Known() {
		return zh.slip(f.Explanation)
	}
	s := fmt.Sprintf(zh.Text("computed %s", "算得 %s"), f.Computed)
	if f.Verdict != audit.Holds {
		s += fmt.Sprintf(zh.Text(", off by %s", ",相差 %s"), f.Difference)
	}
	e := zh.slip(f.Explanation)
	if f.Explanation.Kind == "rounding" && f.Verdict == audit.Contradicts {
		e = zh.Text("by less than a unit of the last digits: cut off, perhaps, and not rounded", "不足末位一个单位,可能是截尾而非四舍五入")
	}
	if e != "" {
		s += zh.Text("; ", ";") + e
	}
	return s
}

// slip tells an explanation.
func (zh Lang) slip(e audit.Explanation) string {
	switch e.Kind {
	case "rounding":
		return zh.Text("within rounding", "四舍五入之差")
	case "missing_member":
		return fmt.Sprintf(zh.Text("it would hold with #%d (%s)", "加上 #%d(%s)就成立"), e.Seq, e.Value)
	case "factor":
		return fmt.Sprintf(zh.Text("it would hold with #%d %s = %s", "若 #%d %s = %s 就成立"), e.Seq, e.Note, e.Value)
	case "area_unit":
		return fmt.Sprintf(zh.Text("it would hold with #%d %s = %s: 亩 and 公顷 mixed up", "若 #%d %s = %s 就成立:亩与公顷混淆"), e.Seq, e.Note, e.Value)
	case "months":
		return fmt.Sprintf(zh.Text("it would hold for %s months", "按 %s 个月算就成立"), e.Note)
	case "swap":
		return fmt.Sprintf(zh.Text("it would hold if #%d were %s: two digits swapped", "若 #%d 是 %s 就成立:两位数字颠倒"), e.Seq, e.Value)
	case "digit":
		return fmt.Sprintf(zh.Text("it would hold if #%d were %s: one digit", "若 #%d 是 %s 就成立:一位数字之差"), e.Seq, e.Value)
	case "copied":
		return fmt.Sprintf(zh.Text("#%d repeats the figure beside it; it would hold if it were %s", "#%d 与旁边的数字相同,若是 %s 就成立"), e.Seq, e.Value)
	case "sign":
		return fmt.Sprintf(zh.Text("it would hold if #%d were %s", "若 #%d 是 %s 就成立"), e.Seq, e.Value)
	}
	return ""
}

// Findings lists the findings that a figure stands in.
func Findings(findings []audit.Finding, m *schema.Metric) []*audit.Finding {
	var out []*audit.Finding
	for i := range findings {
		f := &findings[i]
		if f.Stated == m.Seq || slices.Contains(f.Members, m.Seq) {
			out = append(out, f)
		}
	}
	return out
}

// Method is how a fact was found.
func (zh Lang) Method(name string) string { return zh.of(methods, name) }

// Word is a word that a column of the contract is coded in: amount, planned, about,
// contradicts. One that is not known is itself.
func (zh Lang) Word(name string) string { return zh.of(coded, name) }

func (zh Lang) of(words [][2]string, name string) string {
	for _, w := range words {
		if w[0] == name {
			return zh.Text(w[0], w[1])
		}
	}
	return name
}

// methods are the ways in which facts are found.
var methods = [][2]string{
	{"title", "标题"}, {"meeting", "会议"}, {"heading", "小标题"}, {"opening", "开头"}, {"date line", "电头"},
	{"sign-off", "落款"}, {"text", "正文"}, {schema.Inferred, "推断"}, {"letterhead", "文头"}, {"speaker", "报告人"},
	{"printed", "正文"}, {"path", "路径"}, {"township vote", "乡镇名"}, {"document number", "文号"},
	{"line", "首行"}, {"file name", "文件名"}, {"meta", "指定"},
}

// coded are the words of kind, status, approx and check.
var coded = [][2]string{
	{"amount", "数量"}, {"standard", "标准"}, {"share", "占比"}, {"change", "增减"}, {"masked", "被遮盖"}, {"suspect", "可疑"},
	{"done", "已完成"}, {"planned", "计划"}, {"right", "正确"}, {"wrong", "有误"},
	{"about", "约"}, {"over", "以上"}, {"under", "不足"}, {"range", "范围"},
	{"holds", "成立"}, {"contradicts", "矛盾"}, {"incomplete", "分项不全"}, {"not_evaluable", "无法核对"},
}

// A Field is one field of a figure.
type Field struct{ Name, Value string }

// Fields lists the fields of a figure that say something.
func Fields(m *schema.Metric) []Field {
	part := ""
	if m.PartOf > 0 {
		part = "#" + strconv.Itoa(m.PartOf)
	}
	all := []Field{
		{"value", Value(m)}, {"unit", m.Unit}, {"per", m.Per},
		{"si_value", Join(" ", m.SI.String(), m.SIUnit)},
		{"label", m.Label},
		{"place", m.Slots.Place}, {"object", m.Slots.Object}, {"event", m.Slots.Event}, {"measure", m.Slots.Measure}, {"base", m.Slots.Base},
		{"indicator", m.Code},
		{"kind", m.Kind.String()}, {"status", m.Status.String()}, {"approx", m.Approx.String()},
		{"part_of", part},
		{"period", Join(" ", m.Period.Printed, Join("..", m.Period.Start, m.Period.End))},
		{"confidence", m.Confidence.String()}, {"section", m.Section}, {"flags", strings.Join(m.Flags, ";")}, {"rule", m.Rule},
	}
	named := func(name string) bool {
		return slices.ContainsFunc(m.Why, func(r schema.Reason) bool { return r.Field == name })
	}
	all = slices.DeleteFunc(all, func(f Field) bool { return f.Value == "" && !named(f.Name) })
	for _, r := range m.Why { // fields that this list does not know
		if !slices.ContainsFunc(all, func(f Field) bool { return f.Name == r.Field }) {
			all = append(all, Field{Name: r.Field})
		}
	}
	return all
}

// Value is the value of a figure, low and high of a range.
func Value(m *schema.Metric) string { return Join("..", m.Value.String(), m.Max.String()) }

// Unit is its unit, with what it is per.
func Unit(m *schema.Metric) string { return Join("/", m.Unit, m.Per) }

// Join joins what is not empty.
func Join(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}
