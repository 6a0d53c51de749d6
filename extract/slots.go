package extract

import (
	"strings"

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
	s.Object, s.Measure = splitMoney(m, s.Object, s.Measure)
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
	case m.kind == schema.Standard && !strings.HasSuffix(s.Measure, "标准") && m.frame.average == "":
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
	return string(r[:n-1]), string(r[n-3:])
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
