package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// Kind and status: a count or a sum, a rule, a share, a change; a result or an
// intention.

// setKind decides the kind and the status of a mention.
func (x *reader) setKind(m, prev *mention) {
	m.kind = x.kindOf(m, prev)
	if m.kind == schema.Share && m.per == "年" {
		m.per = ""
	}
	if m.approx == schema.Exact {
		m.approx = x.boundOf(m)
	}
}

// boundOf is how words that stand apart from a figure make it open: 最高给予1000万元, 不超过总量的30%,
// 约占47%, 突破12万人.
func (x *reader) boundOf(m *mention) schema.Approx {
	switch {
	case x.bounded(m, x.lex.AtMost):
		return schema.Under
	case x.bounded(m, x.lex.AtLeast), x.line.has(m.from-2, "突破"), x.line.has(m.from-2, "超出") && m.kind != schema.Change:
		return schema.Over
	case x.holdsAny(m.own, x.lex.RoughShare):
		return schema.About
	}
	return schema.Exact
}

func (x *reader) kindOf(m, prev *mention) schema.Measure {
	switch {
	case m.masked:
		return schema.Masked
	case m.number.suspect:
		return schema.Suspect
	case m.isPoints():
		return schema.Change
	case m.change != "" && !m.level:
		return schema.Change
	case m.ratio:
		return schema.Share
	case m.isPercent() && (m.growth || prev != nil && prev.growth && x.onlyJoins(m.gap)): // 提高幅度达30%和20%
		return schema.Change
	case m.isPercent():
		return schema.Share
	case m.unit != nil && m.unit.Dim == lexicon.Times:
		return schema.Share
	case m.isMoney() && x.isStandard(m, prev), x.isRation(m), prev != nil && m.perText == prev.perText && (x.isRation(prev) || prev.kind == schema.Standard && !m.perText.empty() && !m.isMoney()):
		return schema.Standard
	}
	return schema.Amount
}

// standardSigns say whether a sum is a rule or a price, in their order; the first that
// holds answers.
var standardSigns = []struct {
	is    bool
	holds func(x *reader, m, prev *mention) bool
}{
	{true, func(x *reader, m, _ *mention) bool { return x.classBound(m) }}, // 收入10万元以上的村
	{false, func(x *reader, m, _ *mention) bool { // 生产总值43亿元
		given := x.everyPrinted(m) && strings.HasSuffix(m.frame.text(), "生活费") && x.holdsAny(m.own, x.lex.Dole) // 发放生活费每人每月600元
		return !x.plan && containsAny(m.frame.text(), x.lex.Produce) && !given && !strings.Contains(m.frame.text(), "标准")
	}},
	{true, func(_ *reader, m, prev *mention) bool { return m.fromTo && prev != nil && prev.kind == schema.Standard }}, // 由165元增至195元
	{true, func(x *reader, m, _ *mention) bool {
		return x.plan && (m.per != "" || !m.sum || x.findIn(m.own, "需") < 0)
	}},
	{false, func(x *reader, m, _ *mention) bool { return x.plan }}, // of a policy only what it needs: 共需2520万元
	{true, (*reader).namedStandard},                                // 低保标准195元
	{true, func(x *reader, m, _ *mention) bool {
		return m.per == "" && (x.findIn(m.own, "封顶线") >= 0 || x.findIn(m.own, "起付线") >= 0)
	}}, // 封顶线3万元
	{false, func(x *reader, m, _ *mention) bool { return m.per == "" }},
	{false, func(x *reader, m, _ *mention) bool { return x.everyPrinted(m) && x.findIn(m.own, "收入") >= 0 }}, // 每人收入500元
	{true, func(x *reader, m, _ *mention) bool { // 每人补助500元, 300元/户, but not 平均每户12元
		return x.everyPrinted(m) && (m.standard || m.frame.average == "" || !x.line.find(m.perText.from-2, m.perText.to, "平均每"))
	}},
	{true, func(x *reader, m, _ *mention) bool { return m.standard && (m.planned || x.inPlan()) }},
	{true, func(_ *reader, m, _ *mention) bool { return m.standard && m.per == "月" && !m.scaled }}, // 信息员月补贴50元
	{true, func(x *reader, m, _ *mention) bool { // 户均不超过1万元
		return m.approx == schema.Under && (m.per == "户" || m.per == "人") && !x.line.at2(m.from, "近", "接近")
	}},
	{true, func(x *reader, m, _ *mention) bool { // 人均月补助35元
		return (m.per == "人·月" || m.per == "人·年") && x.findIn(m.own, "收入") < 0 && x.findIn(m.own, "工资") < 0
	}},
}

// isStandard reports a sum that is a rule or a price: it is per something and
// its words say 标准, 补助 or the like; or the text is a policy.
func (x *reader) isStandard(m, prev *mention) bool {
	const most = 20000 // no rule gives more a month or a year to somebody whom it does not name
	if (m.per == "月" || m.per == "年") && m.value.Known() && m.value.Cmp(schema.Int(most)) > 0 && !x.namedStandard(m, prev) {
		return false // 城市低保7619人,3156户,906059元/月
	}
	for _, s := range standardSigns {
		if s.holds(x, m, prev) {
			return s.is
		}
	}
	return false
}

// namedStandard reports 标准 in the measure, at the end of the words, or behind the figure.
func (x *reader) namedStandard(m, _ *mention) bool {
	return strings.Contains(m.frame.measure.text, "标准") || strings.HasSuffix(m.frame.text(), "标准") ||
		m.per != "" && x.findIn(m.own, "标准") >= 0 || x.line.at2(m.to, "的标准", "标准")
}

// everyPrinted reports a rate with 每 or a stroke: 每人500元, 300元/户.
func (x *reader) everyPrinted(m *mention) bool {
	return x.findIn(m.perText, "每") >= 0 || x.line.find(m.from, m.to, "/") || x.line.find(m.from, m.to, "每")
}

// isRation reports how much of a thing each is given or must have: 每户发放大米2袋,
// 每所新建住房不少于20间. A mean of statistics (每百户拥有彩电120台) is none.
func (x *reader) isRation(m *mention) bool {
	if m.unit == nil || m.isMoney() || m.per == "" || !x.line.find(m.perText.from, m.perText.to, "每") || m.approx == schema.Range {
		return false
	}
	for _, r := range m.per {
		if isDigit(r) || isHan(r) {
			return false
		}
	}
	return x.plan || x.inPlan() || x.holdsAny(m.own, x.lex.Ration)
}

// classBound reports the bound of a class of things: 收入10万元以上的村12个.
func (x *reader) classBound(m *mention) bool {
	if m.approx != schema.Over && m.approx != schema.Under || m.per != "" {
		return false
	}
	if x.line.at(m.to) == '的' {
		return !x.line.at2(m.to, "的标准", "的资金")
	}
	return x.line.at(m.to-2) == '以' && !m.post.empty() && m.post.to-m.post.from < 7 && isDigit(x.line.at(m.post.to)) // 5亿元以上项目3个
}

// bounded reports one of words some verbs before the figure, or before what a share is of: 最高给予1000万元,
// 不低于总量的80%.
func (x *reader) bounded(m *mention, words []string) bool {
	for _, w := range words {
		at := x.findIn(m.own, w)
		if at < 0 {
			continue
		}
		rest := phrase{at + utf8.RuneCountInString(w), m.from}
		if x.findIn(rest, "由") >= 0 || x.findIn(rest, "从") >= 0 {
			continue // 最低标准从70元提高到88元
		}
		if m.isPercent() && x.line.at(m.from-1) == '的' && strings.HasPrefix(w, "不") {
			return true
		}
		if m.from-at <= 8 && !slices.ContainsFunc(x.tokens(rest, x.aux), func(t token) bool {
			return !t.is(lexicon.Verb|lexicon.Function|lexicon.Generic) && !(t.from >= m.perText.from && t.to <= m.perText.to)
		}) {
			return true
		}
	}
	return false
}

// ruleBound makes sums standards that their label calls bounds, and parts of a
// standard standards too: 筹资标准230元,其中财政补助200元、个人缴费30元.
func (x *reader) ruleBound(m *mention, k int) {
	if m.kind != schema.Amount || !m.isMoney() {
		return
	}
	if containsAny(m.label, x.lex.Bound) {
		m.kind = schema.Standard
	}
	if k > 0 && x.scope.head != nil && (m.inPart || m.delim == '、') {
		if t := &x.mentions[k-1]; t.kind == schema.Standard && t.isMoney() && t.per != "" && m.value.Known() && t.value.Cmp(m.value) > 0 || m.delim == '、' && t.kind == schema.Standard && t.part {
			m.kind, m.part = schema.Standard, true
			if m.per == "" {
				m.per = t.per
			}
		}
	}
}
