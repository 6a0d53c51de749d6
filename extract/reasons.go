package extract

import (
	"fmt"
	"strings"

	"mingxi/schema"
)

// reasons notes how the fields that need no search came about: number, unit,
// rate, approximation, kind and status. Labels, parts and periods note theirs
// where they are decided.
func (x *reader) reasons(m *mention) {
	span := x.line.span
	number := span(m.start, m.number.end)
	switch {
	case m.masked:
		m.because("value", "damage/遮盖", number, "digits are hidden")
	case m.number.suspect:
		m.because("value", "damage/替换", number, "digits were put in by a site")
	case m.digits != "":
		m.because("value", "number/阿拉伯数字", number, derivation(m))
	default:
		m.because("value", "number/中文数字", number, "")
	}
	if m.max.Known() {
		m.because("value_max", "number/范围", span(m.number.end, m.to), "")
	}
	switch {
	case m.table:
	case m.elided:
		m.because("unit", "unit/省略", span(m.own.from, m.from), "the words before name it")
	case m.unit != nil:
		m.because("unit", "unit/"+string(m.unit.Dim), span(m.number.end, m.to), "")
	}
	if m.per != "" && !m.perText.empty() {
		m.because("per", "rate/每", span(m.perText.from, m.perText.to), "")
	}
	if m.approx != schema.Exact && m.approx != schema.Range {
		from, to := m.from, m.start
		if from == to {
			from, to = m.number.end, m.to
		}
		m.because("approx", "figure/约数", span(from, to), "")
	}
	x.slotReasons(m)
	x.kindReason(m)
}

// slotReasons tells each slot and where it comes from: the figure's own clause, or
// the source that gave it.
func (x *reader) slotReasons(m *mention) {
	for _, s := range []struct {
		name string
		slot slot
	}{{"place", m.frame.place}, {"object", m.frame.object}, {"event", m.frame.event}, {"measure", m.frame.measure}, {"base", m.frame.base}} {
		if s.slot.empty() {
			continue
		}
		src, span := s.slot.src, schema.Span{}
		if src == "" {
			src = "label/本句"
			if at := s.slot.at; !at.empty() && at.to < len(x.line.off) {
				span = x.line.span(at.from, at.to)
			}
		}
		m.because(s.name, src, span, s.slot.text)
	}
}

// derivation tells the multiplier: 4721 × 10000.
func derivation(m *mention) string {
	printed, err := schema.ParseDecimal(m.digits)
	if err != nil || !m.scaled || !m.value.Known() {
		return ""
	}
	for p := 1; p <= 12; p++ {
		if printed.Shift(p).Cmp(m.value) == 0 {
			return fmt.Sprintf("%s × 1%s", m.digits, strings.Repeat("0", p))
		}
	}
	return ""
}

// kindReason tells kind and status.
func (x *reader) kindReason(m *mention) {
	switch m.kind {
	case schema.Change:
		m.because("kind", "kind/增减", schema.Span{}, m.change)
	case schema.Standard:
		m.because("kind", "kind/标准", schema.Span{}, "")
	case schema.Share:
		m.because("kind", "kind/比重", schema.Span{}, "")
	}
	if m.status != schema.Planned {
		return
	}
	switch {
	case x.plan:
		m.because("status", "status/政策", schema.Span{}, "the article lays down rules or plans")
	case x.inPlan():
		m.because("status", "status/章节", schema.Span{}, strings.TrimSpace(x.headings[len(x.headings)-1].text))
	default:
		m.because("status", "status/意向", x.line.span(m.own.from, m.own.to), "")
	}
}
