package extract

import (
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
)

// The words after a figure: the noun that it counts (212户特困户), what is said
// of that (9000家企业提供方案, 13人死亡), what money is for (25万元用于采购被子).

// maxAfter is how many runes after a figure may be its noun and predicate.
const maxAfter = 22

// readAfter finds the noun after a figure and what is said of it. Where the next
// figure follows without punctuation, the words from the first verb on are left
// to that.
func (x *reader) readAfter(m *mention, next *mention) {
	r := x.line.r
	p := m.post
	m.consumed = p.from
	if p.from < p.to && r[p.from] == '的' {
		m.of = true
		p.from++
	}
	m.consumed = x.pastBracket(p.from, p.to)
	if p.empty() || r[p.from] == ' ' || r[p.from] == '、' || r[p.from] == '(' || isPunct(r[p.from]) && r[p.from] != '“' && r[p.from] != '《' {
		return
	}
	p.to = x.beforeRate(p)
	x.aux = x.tokens(p, x.aux)
	touches := next != nil && next.from <= m.post.to && p.to == m.post.to
	toks := x.aux
	lead := 0
	for lead < len(toks) && (toks[lead].filler() || toks[lead].is(lexicon.Time|lexicon.Plan)) && !x.binds(toks, lead) {
		lead++ // 需应急生活救助, 已竣工: it is said of what was counted before
	}
	if len(toks) == 0 {
		return
	}
	if m.isMoney() && x.among(toks[0], x.lex.Purpose) {
		m.purpose, m.consumed = true, toks[0].to
		if !touches {
			m.pred = phrase{toks[0].to, toks[len(toks)-1].to}
			m.consumed = m.pred.to
		}
		return
	}
	n := 0
	if lead == 0 {
		n = x.nounAfter(m, toks)
	}
	if n == 1 && m.counts() && toks[0].is(lexicon.Generic|lexicon.Measure) && !x.person(x.text(toks[0].phrase)) {
		n = 0 // 分散供养2432人|标准为…
	}
	if n > 0 {
		m.noun = phrase{toks[0].from, toks[n-1].to}
		m.consumed = m.noun.to
	}
	if touches {
		if !m.counts() && !m.of {
			m.noun, m.consumed = phrase{}, p.from // 投资380万元新建敬老院两所
		}
		if n == 0 && lead == 0 && m.counts() && toks[0].is(lexicon.State) { // 3人死亡2人受伤
			m.pred = toks[0].phrase
			m.consumed = toks[0].to
		}
		if last := len(toks) - 1; n > 0 && n < last && m.counts() && x.among(toks[last], x.lex.Joiner) { // 48个旧卫生室翻修和215个…
			x.predicate(m, toks[n:last])
		}
		m.consumed = x.pastBracket(m.consumed, p.to)
		return
	}
	x.predicate(m, toks[max(n, lead):])
	m.consumed = x.pastBracket(m.consumed, p.to)
}

// pastBracket passes over a bracket right behind a noun: 乡(镇、街道).
func (x *reader) pastBracket(i, to int) int {
	if i < to && x.line.r[i] == '(' {
		return x.skipTitle(i, to)
	}
	return i
}

// counts reports units after which a noun or a predicate may stand that is the
// figure's own: things, people, and pieces.
func (m *mention) counts() bool { return m.isCount() || m.unit == nil && m.elided }

// beforeRate is where words of a rate begin: 412户义务兵家属优待金|按每户1600元.
func (x *reader) beforeRate(p phrase) int {
	r := x.line.r
	for i := p.from; i < p.to; i++ {
		if c := r[i]; c == '每' || c == '均' && i > p.from && (r[i-1] == '人' || r[i-1] == '户' || r[i-1] == '月' || r[i-1] == '年') {
			switch {
			case i > p.from && c == '均':
				i--
				if i > p.from && (r[i-1] == '月' || r[i-1] == '年') {
					i--
				}
			case i > p.from && r[i-1] == '按':
				i--
			}
			return i
		}
	}
	return p.to
}

// nounAfter counts the tokens of the noun that a figure counts: up to the first
// verb that is no part of it (服务 in 社区服务中心 is), adverb or time.
func (x *reader) nounAfter(m *mention, toks []token) int {
	n := 0
	strong := false
	for i, t := range toks {
		switch {
		case t.is(lexicon.Time), t.is(lexicon.Plan) && !t.is(lexicon.Generic):
			return x.nounEnd(toks, n, strong)
		case (t.tag == "a" || t.tag == "ad") && t.class == 0 && i+1 < len(toks) && toks[i+1].verbal(): // 507人具体分解到
			return x.nounEnd(toks, n, strong)
		case x.is(t, "的"):
			if strong && i+1 < len(toks) && !m.of && !x.countable(phrase{toks[0].from, t.from}) {
				continue // 50家以上细分领域的头部企业
			}
			return x.nounEnd(toks, n, strong)
		case t.filler():
			if !strong || !x.binds(toks, i) {
				return x.nounEnd(toks, n, strong)
			}
			continue
		case t.verbal() && !t.is(lexicon.Generic):
			part := (t.is(lexicon.Nominal) || t.tag == "vn") && i+1 < len(toks) && toks[i+1].from == t.to && (toks[i+1].content() || toks[i+1].is(lexicon.Generic|lexicon.Measure))
			if !part && !(strong && i == len(toks)-1 && t.to-t.from == 1) {
				return x.nounEnd(toks, n, strong)
			}
		case t.is(lexicon.Change|lexicon.Level) && !t.is(lexicon.Generic):
			return x.nounEnd(toks, n, strong)
		}
		strong = strong || t.content() || t.is(lexicon.Generic|lexicon.Measure)
		n = i + 1
		if toks[i].to-toks[0].from > maxAfter {
			break
		}
	}
	return x.nounEnd(toks, n, strong)
}

func (x *reader) nounEnd(toks []token, n int, strong bool) int {
	if !strong {
		return 0
	}
	return n
}

// predicate keeps what is said of the things counted: 死亡, 提供数字化解决方案.
func (x *reader) predicate(m *mention, toks []token) {
	from, light, dummy := 0, false, false
	for from < len(toks) && (toks[from].filler() || toks[from].is(lexicon.Time|lexicon.Plan|lexicon.Light) && from+1 < len(toks)) {
		light = light || toks[from].is(lexicon.Light) // 247个村完成清产核资
		dummy = dummy || x.among(toks[from], x.lex.Dummy)
		from++
	}
	toks = toks[from:]
	if len(toks) == 0 || len(toks) == 1 && toks[0].is(lexicon.Light) && !m.noun.empty() || !m.counts() && !toks[0].verbal() && m.noun.empty() {
		return
	}
	end := 0
	verb := false
	for i, t := range toks {
		if verb && strings.HasPrefix(t.tag, "u") && !x.is(t, "的") || x.is(t, "了") {
			continue // 接受了免费筛查
		}
		if t.filler() && !x.binds(toks, i) && !(verb && x.among(t, x.lex.Complement)) || t.is(lexicon.Time) || t.to-toks[0].from > maxAfter-8 {
			break
		}
		verb = verb || t.verbal() || t.tag == "v" && t.class == 0
		end = i + 1
	}
	if end == 0 || !verb && !light && !m.noun.empty() {
		return
	}
	if !verb && !m.noun.empty() && x.given(m) && !dummy { // 对467名孤儿落实了|监护人
		return
	}
	m.pred = phrase{toks[0].from, toks[end-1].to}
	m.consumed = max(m.consumed, m.pred.to)
}

// given reports a figure of those to whom something is done or given: 对467名孤儿.
func (x *reader) given(m *mention) bool {
	toks := x.tokens(m.own, nil)
	return len(toks) > 0 && x.among(toks[len(toks)-1], x.lex.Beneficiary)
}

// countable reports a phrase that ends with a noun that is counted itself: 县, 企业.
func (x *reader) countable(p phrase) bool {
	n, _ := x.lex.Counts.LongestBefore(x.line.r[p.from:p.to])
	return n > 0
}

// fill lays the words after a figure into what its own words left open.
func (x *reader) fill(m *mention) {
	s := &m.said
	noun := slot{text: trimJoint(x.wording(m.noun)), at: m.noun}
	pred := slot{text: trimJoint(x.wording(m.pred)), at: m.pred}
	if noun.empty() && pred.empty() && s.bare() && has(x.lex.PlaceKind, m.name) {
		noun = slot{text: m.name, at: phrase{m.from, m.to}} // 6县
	}
	if m.fate != "" {
		pred = slot{text: m.fate, at: phrase{m.from, m.to}}
	}
	if m.purpose && !pred.empty() {
		s.event, s.verbFirst = pred, true
		s.measure = slot{text: x.lex.Money[0]}
		return
	}
	if m.of && (m.isPeople() && !pred.empty() || m.isMoney() && !x.generic(noun.text) && !containsEnd(noun.text, x.lex.Programme) && x.measureEnd(noun.text) == "" && !containsEnd(noun.text, x.lex.MoneyEnd)) {
		noun = slot{} // 7000人的吃住需政府救助, 收入10万元的村
	}
	if m.isPercent() && m.of && has(x.lex.Speed, noun.text) { // 以7.5%的速度递增
		if m.change == "" {
			m.change, m.level = "增长", false
		}
		return
	}
	if m.isPeople() && s.bare() && pred.empty() && !x.person(noun.text) { // 13人失联
		noun, pred = slot{}, noun
	}
	if !noun.empty() {
		switch {
		case m.isMoney() && containsEnd(noun.text, x.lex.Programme): // 给予1000万元的一次性奖励
			s.measure.text, s.measure.at = s.measure.text+noun.text, noun.at
		case s.object.empty() && (m.counts() || s.measure.empty()):
			s.object, s.verbFirst = noun, true
		case m.counts() && strings.Count(s.object.text, "、") >= 2 && x.respectively(phrase{m.to, min(m.to+12, len(x.line.r))}) < 0: // 小浪底、西霞院、故县4座水库
			s.object = noun
		case m.counts() && !strings.Contains(s.object.text, noun.text):
			s.object.text += noun.text
		case m.isLong() && !s.object.empty() && x.measureEnd(noun.text) == "" && x.built(m): // 完成中和7.5公里弹石公路
			s.object.text += noun.text
		case (m.of || m.isMoney() && x.generic(noun.text)) && !m.counts() && !strings.Contains(s.measure.text, noun.text):
			s.measure.text += noun.text
		}
	}
	if s.verbFirst && !s.event.empty() && !(s.object.empty() && s.measure.empty()) {
		m.verb = s.event
	}
	if !pred.empty() && s.event.empty() && (noun.text != "" || s.object.empty() || x.state(pred.text) || utf8.RuneCountInString(pred.text) <= 4) {
		s.event = pred
		s.verbFirst = !noun.empty() || s.object.empty()
	}
}

// built reports words before a length that begin with a verb of making, so that it
// stands within the name of what is made: 完成青溪公路19公里的路基改造项目.
func (x *reader) built(m *mention) bool {
	toks := x.leading(m.own)
	return len(toks) > 1 && toks[0].verbal()
}

// generic reports a general noun: 奖励, 补助.
func (x *reader) generic(s string) bool { return x.class(s)&lexicon.Generic != 0 }

// person reports a noun for people: 老人, 残疾人, 学生, 职工.
func (x *reader) person(s string) bool {
	for _, w := range x.lex.PersonEnd {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// wording is the text of a phrase without fillers.
func (x *reader) wording(p phrase) string {
	if p.empty() {
		return ""
	}
	return x.joined(x.tokens(p, x.aux))
}
