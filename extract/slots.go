package extract

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/segment"
	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// The slots of a figure as columns: those of its frame, the measure named, and
// the base of a change or share.

// slotsOf makes the columns place, object, event, measure and base of a mention.
func (x *reader) slotsOf(m *mention) schema.Slots {
	f := &m.frame
	s := schema.Slots{Place: f.place.text, Object: f.object.text, Event: f.event.text, Measure: f.measure.text, Base: f.base.text}
	if m.table {
		return m.slots
	}
	if s.Event = x.withDue(m, s.Event); x.withDue(m, s.Object) != s.Object && !strings.Contains(s.Event, x.lex.Due[0]) {
		s.Object = x.withDue(m, s.Object)
	}
	before, deed := x.lastDeed(s.Event)
	if s.Event = deed; s.Object == "" && utf8.RuneCountInString(before) > 3 { // 高龄老人补贴|惠及3200人
		s.Object = before
	}
	s.Object, s.Measure = splitMoney(m, s.Object, s.Measure)
	if !m.counts() {
		s.Object, s.Measure = x.splitMeasure(s.Object, s.Measure)
	}
	if has(x.lex.KernelEnd, s.Object) && (s.Measure == "" || s.Measure == s.Object) {
		s.Object, s.Measure = "", s.Object // 参保人数
	}
	switch {
	case m.changed() && m.change != "":
		s.Measure += x.lex.ChangeNoun(m.change, x.changeUnit(m, f.text()))
		if s.Event == "" {
			s.Event = m.change
		}
	case m.relation == "占":
		s.Measure += "比重"
	case m.relation == "完成":
		s.Measure += "完成比例"
	case m.relation != "" && m.isTimes():
		s.Measure += "倍数"
	case m.relation != "":
		s.Measure += "比例"
	case s.Measure == "":
		s.Measure = x.plainMeasure(m)
	case m.kind == schema.Standard && !containsEnd(s.Measure, x.lex.StandardEnd) && m.frame.average == "":
		s.Measure += "标准"
	}
	if m.changed() && s.Base == "" {
		s.Base = m.untoldBase()
	}
	return s
}

// untoldBase is what a change is held against whose own words do not say it.
func (m *mention) untoldBase() string {
	switch {
	case m.silent != "":
		return m.silent
	case m.against == "" || m.per == "年": // 五年来,年均增长12%
		return "上年 (assumed)"
	case m.against == unknownBase:
		return ""
	}
	return m.against
}

// splitMoney parts a name of money: 城市低保金 is the object 城市低保 and the measure
// 低保金.
func splitMoney(m *mention, object, measure string) (string, string) {
	r := []rune(object)
	n := len(r)
	if !m.isMoney() || measure != "" || n < 3 || r[n-1] != '金' && r[n-1] != '款' && r[n-1] != '费' {
		return object, measure
	}
	if n == 3 {
		return "", object
	}
	if _, word := segment.Tag(string(r[n-2:])); word { // 注册|资金, 行政|罚款
		return string(r[:n-2]), string(r[n-2:])
	}
	return string(r[:n-1]), string(r[n-3:])
}

// splitMeasure parts a name that ends with a measure: 社会商品|零售总额, 农业|总产值; and gives a measure of one
// character the word before it: 行政村|通车率, 拖欠|工程款.
func (x *reader) splitMeasure(object, measure string) (string, string) {
	switch {
	case measure == "":
		if measure = cmp.Or(x.measureEnd(object), longestEnd(object, x.lex.SumName)); measure == "" {
			return object, ""
		}
		if object = strings.TrimSuffix(object, measure); utf8.RuneCountInString(object) == 1 || has(x.lex.HalfName, object) { // 总|投资, 国内|生产总值
			object, measure = "", object+measure
		}
		return object, measure
	case has(x.lex.ShortMeasure, measure) && utf8.RuneCountInString(object) > 1:
		r := []rune(object)
		n := 2
		if r[len(r)-1] == '化' && len(r) > 2 { // 城镇化率
			n = 3
		}
		return string(r[:len(r)-n]), string(r[len(r)-n:]) + measure
	}
	return object, measure
}

// lastDeed parts the words of an event before its verb: 大火|烧毁, 现场|增援, 平均|增长, but not 组织培训.
func (x *reader) lastDeed(event string) (before, deed string) {
	r := []rune(event)
	for i := 0; i+2 <= len(r); i++ {
		if !x.isDeed(r[i:]) {
			continue
		}
		if tag, ok := segment.Tag(string(r[:i])); ok && tag[0] == 'v' || x.isDeed(r[:i]) || containsEnd(string(r[:i]), x.lex.Denial) {
			break // 组织|培训, 未|脱贫
		}
		return string(r[:i]), string(r[i:])
	}
	return "", event
}

// isDeed reports a verb of the lexicon that is no noun as well.
func (x *reader) isDeed(r []rune) bool {
	v, ok := x.lex.Words.Has(r)
	c := lexicon.Class(v)
	return ok && c&(lexicon.Verb|lexicon.State|lexicon.Change) != 0 && c&lexicon.Nominal == 0
}

// plainMeasure names the measure that the words leave to the unit: 户数, 面积, 资金.
func (x *reader) plainMeasure(m *mention) string {
	switch {
	case m.unit == nil:
		return ""
	case m.kind == schema.Standard:
		return "标准"
	case m.isMoney():
		return x.lex.Money[0]
	case m.unit.Noun != "":
		return m.unit.Noun
	case m.unit.Dim == lexicon.Count && has(x.lex.Unitless, m.name):
		return "个数"
	case m.unit.Dim == lexicon.Count:
		return m.name + "数"
	}
	return ""
}
