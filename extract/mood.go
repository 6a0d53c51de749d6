package extract

import (
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// Mood: whether a figure is a result or an intention. It goes by clause. A word
// of intention (计划, 拟, 力争) holds to the end of its paragraph, until a clause
// says that something has happened (目前已); a heading of plans holds for its
// section; a policy is all intention.

// setStatus decides between result and intention.
func (x *reader) setStatus(m, prev *mention) {
	x.future = x.future || x.setsGoals(m.gap)
	if x.intended(m, prev) {
		m.status = schema.Planned
	}
}

func (x *reader) intended(m, prev *mention) bool {
	if m.fromNow(x) {
		return x.plan && prev != nil // 将由一九五二年的26.7%上升到
	}
	if x.plan || x.inPlan() || x.future || x.scope.planned {
		return true
	}
	switch {
	case !m.yard.empty():
		return m.planned // of what was done, it says no more
	case m.planned || x.willBe(m) || x.task(m) || x.ground(m):
		x.scope.intended = x.scope.intended || !m.openBracket // (任务14815亩) says nothing of what follows
		return true
	case x.scope.intended && !x.doneHere(m, prev):
		return true
	case x.later(m), m.expected:
		return true
	}
	x.scope.intended = false
	return false
}

// fromNow reports the level that a plan starts from: 由一九五二年的百分之二十六点七.
func (m *mention) fromNow(x *reader) bool {
	for _, w := range []string{"由", "从"} {
		if at := x.findIn(m.own, w); at >= 0 && m.own.to-at <= 10 {
			if x.timeAt(at+1) > at+1 || at+1 == m.own.to {
				return true
			}
		}
	}
	return false
}

// task reports a figure that is a task set from above: 分配危房改造任务507人. Done
// tasks are results: 完成任务507人.
func (x *reader) task(m *mention) bool {
	return m.relation == "" && m.kind != schema.Change && x.findIn(m.own, "任务") >= 0 && !x.holdsAny(m.own, x.lex.Done) && x.findIn(m.own, "完成") < 0 && x.findIn(m.own, "超额") < 0 && !m.isPercent()
}

// ground reports a clause before the figure that rests on a plan: 按照计划,…
func (x *reader) ground(m *mention) bool {
	for i := m.gap.from; i < m.own.from; i++ {
		for _, w := range x.lex.PlanGround {
			if !x.line.has(i, w) {
				continue
			}
			for j := i; j < m.own.from && !clauseEnd(x.line.r[j]); j++ {
				if j = x.skipTitle(j, m.own.from); j >= m.own.from {
					break // 根据《…工作方案》: what the law is, not what is planned
				}
				for _, noun := range x.lex.PlanNoun {
					if x.line.has(j, noun) && noun != "指标" {
						return true
					}
				}
			}
		}
	}
	return false
}

// later reports that the clause behind the figure says what shall be done with
// it: 奖补资金633万元,拟于11月底发放到户.
func (x *reader) later(m *mention) bool {
	r := x.line.r
	i := m.to
	if !m.isMoney() || i >= len(r) || r[i] != '，' && r[i] != ',' {
		return false
	}
	for _, t := range x.tokens(phrase{i + 1, min(i+12, len(r))}, nil) {
		if t.is(lexicon.Plan) {
			return true
		}
		if !t.is(lexicon.Time) && !t.filler() {
			return false
		}
	}
	return false
}

// setsGoals reports 今年主要预期目标是: from there to the end a report speaks of
// what shall be. 超额完成预期目标 sets none.
func (x *reader) setsGoals(p phrase) bool {
	for _, w := range x.lex.Goal {
		at := x.findIn(p, w)
		if at < 0 {
			continue
		}
		for i := at; i < min(p.to, at+len([]rune(w))+4); i++ {
			if r := x.line.r[i]; r == ':' || r == '是' || r == '为' {
				return true
			}
		}
	}
	return false
}

// willBe reports 将 in what follows the figure: 还有700余户将会被纳入.
func (x *reader) willBe(m *mention) bool {
	p := phrase{m.to, min(m.to+14, len(x.line.r))}
	for i := p.from; i < p.to && !isPunct(x.line.r[i]); i++ {
		if x.line.has(i, "将会") || x.line.has(i, "将被") {
			return true
		}
	}
	return false
}

// doneHere reports words that say that something has happened.
func (x *reader) doneHere(m, prev *mention) bool {
	if x.holdsAny(m.gap, x.lex.Done) {
		return true
	}
	if prev == nil && x.findIn(m.gap, "完成") >= 0 { // in the sentence of a plan it is part of that
		return true
	}
	return m.delim == 0 && x.findIn(m.own, "比") >= 0 && m.change == ""
}

// listHead reads a sentence that announces a list: whether its figures are
// planned, and what they measure: 主要产品的计划产量如下.
func (x *reader) listHead(text string) {
	x.scope.planned, x.scope.measure = false, ""
	for _, w := range x.lex.PlanNoun {
		if strings.Contains(text, w) && !containsAny(text, x.lex.Done) && !strings.Contains(text, "完成") {
			x.scope.planned = true
		}
	}
	for _, w := range x.lex.ListMeasure {
		if strings.Contains(text, w) {
			x.scope.measure = w
		}
	}
}

// listHeads reports a sentence that ends by announcing a list.
func (x *reader) listHeads(text string) bool {
	text = strings.Map(foldRune, clip(strings.TrimRight(text, " \n\u3000"), 5))
	for _, w := range x.lex.ListHead {
		if strings.HasSuffix(text, w) {
			return true
		}
	}
	return false
}

// listed reports a sentence that is an item of an announced list: 钢:从…
func (x *reader) listItem(text string) bool {
	i := strings.IndexAny(text, ":：")
	return i > 0 && utf8.RuneCountInString(text[:i]) <= 10
}
