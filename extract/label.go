package extract

import (
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// The passes of a sentence, in their order: each reads what the ones before it
// made. A label is rendered once, from the slots, at the end.
func (x *reader) label() {
	x.scope.place, x.scope.head, x.scope.cause, x.scope.bracket = slot{}, nil, "", false
	x.scope.period = phrase{}
	n := len(x.mentions)
	for k := range n {
		m, prev := &x.mentions[k], x.mentionAt(k-1)
		if prev != nil {
			m.own.from = min(max(m.own.from, prev.consumed), m.own.to)
		}
		x.setPeriod(m)
		x.reporting(m.gap)
		x.readOwn(m, prev)
		x.readAfter(m, x.mentionAt(k+1))
		x.fill(m)
	}
	x.yardsticks()
	x.shareBack()
	x.grants()
	x.spend()
	for k := range n {
		x.inherit(&x.mentions[k], x.aheadOf(k), k)
	}
	x.distribute()
	for k := range n {
		x.setKind(&x.mentions[k], x.mentionAt(k-1))
		x.setStatus(&x.mentions[k], x.mentionAt(k-1))
	}
	for k := range n {
		m := &x.mentions[k]
		m.label = x.render(m)
		if m.rule == "" {
			m.rule = "figure/" + m.dimension()
		}
		x.ruleBound(m, k)
	}
	x.carryOut()
}

// aheadOf is the figure before another, outside of brackets that have closed:
// 收案4826件(不含旧存391件),上升2.6%.
func (x *reader) aheadOf(k int) *mention {
	i := k - 1
	for i > 0 && !x.mentions[k].inside && x.mentions[i].inside && (x.mentions[k].change != "" || x.mentions[k].isPercent()) {
		i--
	}
	return x.mentionAt(i)
}

// mentionAt is the mention of the sentence with a number, nil if there is none.
func (x *reader) mentionAt(k int) *mention {
	if k < 0 || k >= len(x.mentions) {
		return nil
	}
	return &x.mentions[k]
}

// shareBack gives figures that run into the next what is said behind the last:
// 11个乡镇97个村12.6万人次受灾, 14035户25559人农村低保对象.
func (x *reader) shareBack() {
	for k := len(x.mentions) - 2; k >= 0; k-- {
		m, next := &x.mentions[k], &x.mentions[k+1]
		if s := &m.said; m.isLong() && s.measure.empty() && has(x.lex.Attribute, s.object.text) {
			s.object, s.measure = slot{}, s.object // 全长
		}
		if m.isLong() && m.said.object.empty() && !m.said.measure.empty() && next.of && !next.noun.empty() && (next.delim == '，' || next.delim == ',') && !next.counts() { // 全长46公里,投资1430万元的碧溪公路
			m.said.object = slot{text: x.wording(next.noun), at: next.noun}
			if next.said.object.empty() {
				next.said.object = m.said.object
			}
		}
		between := phrase{max(m.to, m.consumed), next.from}
		if x.onlyJoins(between) && x.line.r[between.from] != '，' && x.line.r[between.from] != ',' && x.line.r[between.from] != '、' && !m.noun.empty() { // 14个街道和22个市直管镇
			between.to = between.from
		}
		joined := m.said.bare() && m.counts() && next.counts() && x.onlyJoins(between) && x.line.r[between.from] == '、' // 14035户、25559人享受低保
		if !between.empty() && !joined || !m.counts() && m.family() != next.family() {
			continue
		}
		if m.pred.empty() && m.said.event.empty() && x.emptyOwn(next) && !next.pred.empty() && !x.verbAhead(k) {
			m.pred = next.pred
			m.said.event, m.said.verbFirst = next.said.event, true
		}
		if w := x.animalNoun(next); m.isPeople() && w != "" && x.emptyOwn(next) { // 8.35万人、4.62万头大牲畜饮水困难
			if m.said.object.empty() && m.said.measure.empty() {
				m.said.object = next.said.object
				m.said.object.text = strings.TrimPrefix(next.said.object.text, w)
			}
			continue
		}
		if m.said.object.empty() && m.said.measure.empty() && !next.noun.empty() && x.emptyOwn(next) && !x.placeNoun(m) {
			m.said.object, m.said.verbFirst = next.said.object, next.said.verbFirst
		}
	}
}

// animalNoun is the word for the animals that a figure counts, at the beginning of
// what stands behind it, empty if it counts none: 大牲畜|饮水困难.
func (x *reader) animalNoun(m *mention) string {
	for _, w := range x.lex.Animal {
		if m.made() && strings.HasPrefix(m.said.object.text, w) {
			return w
		}
	}
	return ""
}

// verbAhead reports that a verb governs the run of figures that k stands in:
// 调集6个大队、8个中队、13台消防车.
func (x *reader) verbAhead(k int) bool {
	for ; k >= 0; k-- {
		m := &x.mentions[k]
		if !m.verb.empty() {
			return true
		}
		if !x.emptyOwn(m) {
			return false
		}
	}
	return false
}

const maxLabel = 40 // characters; the contract of the column

// dimension names the rule of a plain figure.
func (f *figure) dimension() string {
	if f.unit == nil {
		return "number"
	}
	return string(f.unit.Dim)
}

// clip keeps the last n characters.
func clip(s string, n int) string {
	return cutRunes(s, max(0, utf8.RuneCountInString(s)-n), n)
}

// clipHead keeps the first n characters.
func clipHead(s string, n int) string { return cutRunes(s, 0, n) }

// render makes the label of a mention from its slots: the place, the cause,
// object, event and measure, and the noun of a change, a share or the unit.
func (x *reader) render(m *mention) string {
	f := &m.frame
	s := f.text()
	if m.when != "" && m.change != "" && m.isPercent() && !strings.Contains(s, m.when) { // 三季度增长4.6%
		s += m.when
	}
	if w := x.scope.measure; w != "" && f.measure.empty() && f.event.empty() && !m.isCount() && !m.isMoney() && !strings.HasSuffix(s, "量") && !strings.HasSuffix(s, w) && s != "" && (!m.isPercent() || m.change != "") {
		s += w // 钢:从135万吨增加到412万吨, of 主要产品产量
	}
	if m.cause != "" {
		s = m.cause + s
	}
	if p := f.place.text; p != "" && !strings.Contains(s, p) {
		s = p + s
	}
	changed := m.kind == schema.Change || m.change != "" && !m.level
	if a := f.average; a != "" && !strings.Contains(s, a) && !(strings.HasSuffix(s, "标准") && (changed || strings.Contains(m.per, "·"))) && !(changed && (a == "年均" || a == "月均")) && !m.isPlainShare() {
		s = x.withAverage(m, s)
	}
	switch {
	case changed:
		s = x.changeNoun(m, s)
	case m.relation != "":
		s = x.shareNoun(m, s)
	case m.isMoney():
		s = x.moneyNoun(m, s)
	}
	if s == "" && m.place0 != "" {
		s = m.place0 // 全镇9842户
	}
	if m.unit != nil && m.unit.Noun != "" && (m.unit.Dim == lexicon.Count || m.unit.Dim == lexicon.People || m.isArea() || m.unit.Dim == lexicon.Power && !containsEnd(s, x.lex.PowerEnd) || m.isLong() && m.runsOn(x)) && !strings.HasSuffix(s, m.name) {
		if n := m.unit.Noun; !strings.HasSuffix(s, n) && !(n == "面积" && strings.Contains(s, n)) && !(n == "人数" && strings.HasSuffix(s, "人口")) && !strings.HasSuffix(s, "数") {
			s += n
		}
	}
	return clip(trimJoint(s), maxLabel)
}

// runsOn reports a measure that follows the number of the same things: 通村油路79条
// 434.8公里.
func (m *mention) runsOn(x *reader) bool {
	return m.delim == 0 && m.own.empty() && m.frame.object.src == "label/连写" && m.frame.measure.empty()
}

// withAverage puts the word of an average before the measure: 城市低保|月人均|补差,
// or before what is done: 人均|服务低保对象.
func (x *reader) withAverage(m *mention, s string) string {
	if o := m.said.object; o.at.from < m.perText.from && m.perText.to < o.at.to { // 农民|人均|耕地
		before, after := x.wording(phrase{o.at.from, m.perText.from}), x.wording(phrase{m.perText.to, o.at.to})
		if before+after == o.text && strings.Contains(s, o.text) {
			return strings.Replace(s, o.text, before+m.frame.average+after, 1)
		}
	}
	for _, p := range []slot{m.said.object, m.said.measure} { // 人均|住房面积
		if p.text != "" && p.at.from >= m.perText.to && strings.Contains(s, p.text) {
			return strings.Replace(s, p.text, m.frame.average+p.text, 1)
		}
	}
	if o := m.said.object; o.text != "" && o.at.to <= m.perText.from && strings.Contains(s, o.text) { // 农村五保|人均|年供养标准
		return strings.Replace(s, o.text, o.text+m.frame.average, 1)
	}
	r := []rune(s)
	for i := 1; i < len(r); i++ {
		if v, ok := x.lex.Words.Has(r[i:]); ok && lexicon.Class(v)&(lexicon.Measure|lexicon.Generic) != 0 {
			return string(r[:i]) + m.frame.average + string(r[i:])
		}
	}
	if m.frame.verbFirst {
		return m.frame.average + s
	}
	return s + m.frame.average
}

// isPlainShare reports a share that is of nothing averaged: 覆盖率.
func (m *mention) isPlainShare() bool { return m.kind == schema.Share && m.relation == "" }

// changeNoun ends a label with what changes of it: 增速, 减少, 提高额, 高于省定标准幅度.
func (x *reader) changeNoun(m *mention, s string) string {
	w := m.change
	if w == "" {
		return s
	}
	if base := m.frame.base.text; base != "" && !x.usualBase(base) {
		if v := x.lex.Against[w]; v != "" { // 高 → 高于…幅度, 多 → 比…增加量
			return s + strings.Replace(v, "…", base, 1)
		}
	}
	noun := x.lex.ChangeNoun(w, x.changeUnit(m, s))
	average := ""
	if m.per == "年" && !strings.HasPrefix(noun, "年均") && !strings.Contains(s, "年均") && m.isPercent() {
		average = "年均"
	}
	for _, v := range x.lex.Speed { // 工业以…的速度
		s = strings.TrimSuffix(s, v)
	}
	return s + average + noun
}

// changeUnit is the column of changenouns.txt that a change belongs to.
func (x *reader) changeUnit(m *mention, s string) int {
	switch {
	case m.name == "个百分点" || m.name == "百分点" || m.name == "个千分点" || m.isPercent() && (strings.HasSuffix(s, "率") || strings.HasSuffix(s, "比重") || strings.HasSuffix(s, "比例")):
		return lexicon.Points
	case m.isTimes():
		return lexicon.Multiple
	case m.isPercent():
		return lexicon.Rate
	case m.isMoney():
		return lexicon.Sum
	}
	return lexicon.Number
}

// usualBase reports what growth is held against where nothing else is said.
func (x *reader) usualBase(s string) bool {
	for _, w := range x.lex.UsualBase {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// shareNoun ends the label of a share with what it is held against.
func (x *reader) shareNoun(m *mention, s string) string {
	base := m.frame.base.text
	end := "比例"
	switch {
	case m.relation == perGrant: // 补助占合同金额比例
		return s + "占" + base + end
	case m.relation == "占" && !containsAny(base, x.lex.PlanNoun):
		end = "比重"
	case m.isTimes():
		end = "倍数"
	}
	if base == "" && m.relation == "占" {
		return strings.TrimSuffix(s, "占") + end // 杨树占87.7%
	}
	return strings.TrimSuffix(s, "占") + m.relation + base + end
}

// moneyNoun names the money where the words do not: 采购被子资金, 门诊救助金; and a
// rule or price as a standard.
func (x *reader) moneyNoun(m *mention, s string) string {
	if m.kind == schema.Standard && !m.averaged(x) {
		if !strings.HasSuffix(s, "标准") && !strings.HasSuffix(s, "水平") && !strings.HasSuffix(s, "线") && !strings.HasSuffix(s, "价") && !strings.HasSuffix(s, "额") && !containsEnd(s, x.lex.Bound) && !x.plan {
			return s + "标准"
		}
		return s
	}
	if end := clip(s, 5); containsAny(end, x.lex.MoneyWord) || m.frame.verbFirst && containsEnd(m.frame.event.text, x.lex.SumEnd) {
		return s
	}
	for _, w := range x.lex.SumEnd {
		if strings.HasPrefix(s, w) && s != w {
			return s // 销售福利彩票
		}
	}
	if m.frame.average != "" {
		return s
	}
	for _, w := range x.lex.SumEnd {
		if strings.HasSuffix(s, w) {
			return s + "额"
		}
	}
	for _, w := range x.lex.GrantEnd {
		if strings.HasSuffix(s, w) {
			return s + "金"
		}
	}
	return s + x.lex.Money[0]
}

// averaged reports a rate that is an average: 人均, 户均.
func (m *mention) averaged(x *reader) bool {
	return !m.perText.empty() && x.line.r[m.perText.to-1] == '均'
}
