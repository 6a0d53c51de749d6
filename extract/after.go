package extract

import (
	"strings"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// The words after a figure: the noun that it counts (212户特困户), what is said
// of that (9000家企业提供方案, 13人死亡), what money is for (25万元用于采购被子).

// maxAfter is how many runes after a figure may be its noun and predicate.
const maxAfter = 22

// maxPhrase is how many may be one noun because of the verb before it.
const maxPhrase = 30

// readAfter finds the noun after a figure and what is said of it. Where the next
// figure follows without punctuation, the words from the first verb on are left
// to that.
func (x *reader) readAfter(m, prev, next *mention) {
	p := m.post
	m.consumed, p.to = p.from, x.beforeRate(p)
	if p.from < p.to && x.line.r[p.from] == '的' {
		m.of = true
		p.from++
	}
	m.consumed = x.pastBracket(p.from, p.to)
	m.whole = x.doneTo(m) || prev != nil && prev.whole && m.made() && x.emptyOwn(m) && x.onlyJoins(phrase{prev.consumed, m.from}) // 建设2个中心,6个学科
	if p.empty() || endsWords(x.line.r[p.from]) {
		return
	}
	x.aux = x.tokens(p, x.aux)
	touches := next != nil && next.from <= m.post.to && p.to == m.post.to
	toks := x.aux
	toks, touches = x.ownWords(m, prev, toks, touches)
	own := len(toks) < len(x.aux)
	if last := len(toks) - 1; last > 0 && x.inside(toks, last) { // 抽检的65家企业|中
		toks = toks[:last]
	}
	if len(toks) == 0 || x.linking(m, toks) {
		return
	}
	lead := 0
	for lead < len(toks) && (toks[lead].filler() || toks[lead].is(lexicon.Time|lexicon.Plan)) && !x.binds(toks, lead) {
		lead++ // 需应急生活救助, 已竣工: it is said of what was counted before
	}
	n := 0
	if lead == 0 {
		toks, n = x.countedNoun(m, toks, touches)
	}
	if n > 0 {
		m.noun = phrase{toks[0].from, toks[n-1].to}
		m.consumed = m.noun.to
	}
	if touches {
		x.beforeNext(m, p, toks, lead, n)
	} else {
		x.predicate(m, toks[max(n, lead):])
	}
	if m.consumed = x.pastBracket(m.consumed, p.to); own && n > 0 {
		m.consumed = p.to
	}
}

// ownWords takes off words behind a figure the one that joins a deed with the next figure, and 任务 of a task
// that is done: 衬砌15公里渠道|和3座山塘; 完成25个村道路硬化|任务.
func (x *reader) ownWords(m, prev *mention, toks []token, touches bool) ([]token, bool) {
	last := len(toks) - 1
	joined := touches && last > 1 && x.among(toks[last], x.lex.Joiner)
	if joined {
		last--
	}
	task := last > 0 && x.is(toks[last], "任务") && x.taskDone(m, prev)
	if task {
		last--
	}
	if task || joined && toks[last].verbal() {
		return toks[:last+1], touches && !joined
	}
	return toks, touches
}

// linking reads a word that only leads on from a figure: 25万元|用于…, 死亡的27人|中有15人.
func (x *reader) linking(m *mention, toks []token) bool {
	m.purpose = m.isMoney() && x.among(toks[0], x.lex.Purpose)
	if (m.compared || m.silent != "") && x.line.among(toks[0].from, "多少") { // 比上年1100人|多招100人
		return true
	}
	if m.purpose || x.inside(toks, 0) {
		m.consumed = toks[0].to
		return true
	}
	return false
}

// inside reports 中 behind the things of which some are told of: 23次火灾|中, 乡镇|中有21个.
func (x *reader) inside(toks []token, i int) bool {
	return toks[i].tag == "f" && x.is(toks[i], "中") && (i+1 == len(toks) || x.is(toks[i+1], "有"))
}

// countedNoun finds the noun that words after a figure begin with.
func (x *reader) countedNoun(m *mention, toks []token, touches bool) (rest []token, n int) {
	if last := len(toks) - 1; touches && m.whole && last > 0 && x.among(toks[last], x.lex.Joiner) { // 200项报销项目|和30个采购品种
		if rest, n = x.oneNoun(toks[:last]); n > 0 && n == len(rest) {
			return rest, n
		}
	}
	if !touches && (m.whole || x.described(m, toks) || m.of && m.isMoney() && x.sumOf(m)) {
		if rest, n = x.oneNoun(toks); n > 0 {
			m.deedLast = n == len(rest)-1
			return rest, n
		}
	}
	n = x.nounAfter(m, toks)
	if n == 1 && m.counts() && toks[0].is(lexicon.Generic|lexicon.Measure) && !x.person(x.text(toks[0].phrase)) && !x.among(toks[0], x.lex.PlaceKind) {
		n = 0 // 分散供养2432人|标准为…
	}
	return toks, n
}

// endsWords reports a sign that parts a figure from what follows.
func endsWords(r rune) bool {
	return r == ' ' || r == '、' || r == '(' || isPunct(r) && r != '“' && r != '《'
}

// actingPlace counts the words up to a place that does what the words behind it say, 0 if
// there is none.
func (x *reader) actingPlace(m *mention, toks []token) int {
	for i := 0; m.made() && i+2 < len(toks); i++ {
		if next := toks[i+1]; x.among(toks[i], x.lex.PlaceKind) && next.is(lexicon.Verb) {
			return i + 1
		}
	}
	return 0
}

// beforeNext reads the words between a figure and the next that follows without a sign.
func (x *reader) beforeNext(m *mention, p phrase, toks []token, lead, n int) {
	last, at := len(toks)-1, x.actingPlace(m, toks)
	switch {
	case at > 0: // 在32个县|建设示范片260个
		m.noun = phrase{toks[0].from, toks[at-1].to}
		m.pred, m.consumed = phrase{m.noun.to, p.to}, m.noun.to
	case !m.counts():
		if !m.of {
			m.noun, m.consumed = phrase{}, p.from // 投资380万元新建敬老院两所
		}
	case n == 0 && lead == 0 && toks[0].is(lexicon.State): // 3人死亡2人受伤
		m.pred = toks[0].phrase
		m.consumed = toks[0].to
	case n > 0 && n < last && x.among(toks[last], x.lex.Joiner): // 48个旧卫生室翻修和215个…
		x.predicate(m, toks[n:last])
	}
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

// beforeRate is where words of a rate or of a circumstance begin: 412户义务兵家属优待金|按每户1600元.
func (x *reader) beforeRate(p phrase) int {
	r := x.line.r
	for _, w := range x.lex.Amid { // 98765户农房维修|的基础上
		if at := x.findIn(p, w); at >= 0 {
			p.to = at
		}
	}
	for i := p.from; i < p.to; i++ {
		if c := r[i]; c == '每' || c == '均' && i > p.from && (r[i-1] == '人' || r[i-1] == '户' || r[i-1] == '月' || r[i-1] == '年') {
			if c == '均' || i > p.from && r[i-1] == '按' {
				i--
			}
			return i
		}
	}
	return p.to
}

// nounAfter counts the tokens of the noun that a figure counts, up to the first that
// is no part of it.
func (x *reader) nounAfter(m *mention, toks []token) int {
	n := 0
	strong := false
	for i, t := range toks {
		goesOn := t.filler() && x.binds(toks, i) // 乡镇和街道
		if x.is(t, "的") {
			goesOn = i+1 < len(toks) && !m.of && !x.is(toks[len(toks)-1], "下") && !x.countable(phrase{toks[0].from, t.from}) // 50家以上细分领域的头部企业, not 3名专家|的指导下
		}
		if strong && goesOn {
			continue
		}
		if x.endsNoun(toks, i, strong) || strong && (t.verbal() || t.tag == "vn") && i+1 < len(toks) && x.person(x.text(toks[i-1].phrase)) && containsEnd(m.said.event.text, x.lex.Directs) {
			break
		}
		strong = strong || t.content() || t.is(lexicon.Generic|lexicon.Measure)
		n = i + 1
		if t.to-toks[0].from > maxAfter {
			break
		}
	}
	if !strong {
		return 0
	}
	return n
}

// doneTo reports things with nothing before them but a verb for what is done to them, so
// that the words behind them up to the end of the clause are one phrase: 增设|300个充电端口,
// 完成|400个村污水治理. Who is helped or sent does what follows: 支持|20家企业开发产品.
func (x *reader) doneTo(m *mention) bool {
	s := &m.said
	switch {
	case !m.made() && m.name != "户" || m.of:
		return false
	case s.bare():
		toks := x.tokens(m.own, nil)
		return len(toks) > 0 && x.among(toks[len(toks)-1], x.lex.Doing)
	}
	if toks := x.tokens(s.object.at, nil); s.verbFirst && s.measure.empty() && len(toks) == 1 && toks[0].class == 0 && toks[0].tag == "vn" { // 支持发展
		return true
	}
	return s.verbFirst && !s.event.empty() && s.object.empty() && s.measure.empty() && !containsEnd(s.event.text, x.lex.Directs)
}

// described reports people whose noun begins with what befell them: 5名|被困工人.
func (x *reader) described(m *mention, toks []token) bool {
	last := toks[len(toks)-1]
	return m.name == "名" && toks[0].verbal() && !toks[0].is(lexicon.Light) && !last.verbal() && x.person(x.text(last.phrase))
}

// oneNoun reads words as one noun, whatever verbs stand in it, or as one with the deed that
// they end with: 社区健身路径, 村污水|治理; of a list that ends in 等 its kind alone. It ends
// before a particle, an adverb or a verb that says something of it: 自然村|通硬化路.
func (x *reader) oneNoun(toks []token) (rest []token, n int) {
	last := len(toks) - 1
	if last > 1 && toks[0].verbal() { // 具有二级水平的|急诊学科
		for i := last - 1; i > 0; i-- {
			if x.is(toks[i], "的") {
				return x.oneNoun(toks[i+1:])
			}
		}
	}
	if last < 1 || toks[last].to-toks[0].from > maxPhrase {
		return toks, 0
	}
	for n < last {
		t := toks[n]
		if x.is(t, "等") && x.firstItem(toks[:n]) < n {
			return x.oneNoun(toks[n+1:])
		}
		if x.is(t, "的") || t.is(lexicon.Light|lexicon.Time|lexicon.Plan|lexicon.Level) {
			return toks, 0
		}
		if t.filler() && !x.binds(toks, n) || x.among(t, x.lex.Brings) || t.tag == "v" && t.to-t.from == 1 && !x.stuck(toks, n) {
			break
		}
		n++
	}
	switch t := toks[n]; {
	case n < last:
		if n == 0 || toks[n-1].verbal() || toks[n-1].to-toks[n-1].from == 1 {
			return toks, 0
		}
		return toks, n
	case t.filler() && !x.stuck(toks, last), t.is(lexicon.Time | lexicon.Plan | lexicon.Level | lexicon.Light):
		return toks, 0
	case t.verbal():
		return toks, last
	}
	return toks, last + 1
}

// endsNoun reports a word that no noun goes on with: a particle, an adverb, a time, a
// verb that is no part of the noun (服务 in 社区服务中心 is).
func (x *reader) endsNoun(toks []token, i int, strong bool) bool {
	t, last := toks[i], i+1 == len(toks)
	switch {
	case x.is(t, "的"), t.filler(), t.is(lexicon.Time), strong && x.inside(toks, i): // 24个乡镇|中有21个受灾
		return true
	case t.is(lexicon.Generic):
		return false
	case t.is(lexicon.Plan | lexicon.Change | lexicon.Level), strong && !last && x.attains(t, toks[i+1]):
		return true
	case t.verbal():
		return !(strong && last && t.to-t.from == 1) && !x.partOfNoun(toks, i)
	case strong && !last && t.class == 0 && t.tag == "v" && t.to-t.from == 1: // 自然村|通硬化路
		return containsEnd(x.text(toks[i-1].phrase), x.lex.PlaceKind) && !x.stuck(toks, i)
	}
	return (t.tag == "a" || t.tag == "ad") && t.class == 0 && !last && toks[i+1].verbal() // 507人具体分解到
}

// attains reports a verb of one character that comes to something: 群众|喝上|干净水, 农户|住进|新房.
func (x *reader) attains(t, next token) bool {
	return t.class == 0 && (t.tag == "v" || t.tag == "vg") && t.to-t.from == 1 && next.from == t.to && x.among(next, x.lex.Attained)
}

// partOfNoun reports a verb that makes one noun with the word behind it: 服务|中心, 改造|项目.
func (x *reader) partOfNoun(toks []token, i int) bool {
	if i+1 == len(toks) || toks[i+1].from != toks[i].to {
		return false
	}
	t, next := toks[i], toks[i+1]
	switch {
	case !next.content() && !next.is(lexicon.Generic|lexicon.Measure):
		return false
	case t.is(lexicon.Nominal), t.tag == "vn":
		return true
	} // not 12家企业|投资项目30个
	return x.among(next, x.lex.Vague) && (i+2 < len(toks) || next.to == len(x.line.r) || isPunct(x.line.r[next.to]))
}

// predicate keeps what is said of the things counted: 死亡, 提供数字化解决方案.
func (x *reader) predicate(m *mention, toks []token) {
	light, dummy := false, false
	for len(toks) > 0 && (toks[0].filler() || toks[0].is(lexicon.Time|lexicon.Plan|lexicon.Light) && len(toks) > 1) {
		light = light || toks[0].is(lexicon.Light) // 247个村完成清产核资
		dummy = dummy || x.among(toks[0], x.lex.Dummy)
		toks = toks[1:]
	}
	if len(toks) == 0 || m.noun.empty() && !m.counts() && !toks[0].verbal() && !(light && m.isMoney()) || !m.noun.empty() && len(toks) == 1 && toks[0].is(lexicon.Light) {
		return
	}
	end, verb := x.predicateEnd(toks, !m.noun.empty() && x.endsWithWord(m.noun.to, x.lex.PlaceKind))
	if end == 0 || !m.noun.empty() && !verb && (!light || !dummy && x.given(m)) { // 对467名孤儿落实了|监护人
		return
	}
	m.pred = phrase{toks[0].from, toks[end-1].to}
	m.consumed = max(m.consumed, m.pred.to)
}

// predicateEnd counts the words up to an adverb or a time, of places only behind their verb, and reports a verb among
// them: 接受了免费筛查.
func (x *reader) predicateEnd(toks []token, ofPlaces bool) (end int, verb bool) {
	for i, t := range toks {
		if verb && strings.HasPrefix(t.tag, "u") && !x.is(t, "的") || x.is(t, "了") {
			continue
		}
		if ofPlaces && !verb && i > 0 && i+1 < len(toks) && t.filler() && toks[i+1].verbal() { // 水质|全面|达标
			continue
		}
		if t.filler() && !x.binds(toks, i) && !(verb && x.among(t, x.lex.Complement)) || t.is(lexicon.Time) || t.to-toks[0].from > maxAfter-8 {
			break
		}
		verb = verb || t.verbal() || (t.tag == "v" || t.tag == "vg") && t.class == 0
		end = i + 1
	}
	return end, verb
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
	noun, pred := x.saidAfter(m)
	if m.isPercent() && m.of && has(x.lex.Speed, noun.text) { // 以7.5%的速度递增
		if m.change == "" {
			m.change, m.level = "增长", false
		}
		return
	}
	if !noun.empty() {
		x.layNoun(m, noun)
	}
	if s.verbFirst && !s.event.empty() && !(s.object.empty() && s.measure.empty()) {
		m.verb = s.event
	}
	if !pred.empty() && (!noun.empty() || m.isPeople()) && s.verbFirst && x.line.at(m.noun.to) != '的' && containsEnd(s.event.text, x.lex.Adds) { // 新增30万农村居民落户城镇
		s.event.text += pred.text
	}
	if !pred.empty() && s.event.empty() && (!noun.empty() || s.object.empty() || x.state(pred.text) || pred.runes() <= 4) {
		s.event = pred
		s.verbFirst = (!noun.empty() || s.object.empty()) && !m.deedLast
	}
}

// saidAfter is the noun that a figure counts and what is said of it.
func (x *reader) saidAfter(m *mention) (noun, pred slot) {
	noun = slot{text: trimJoint(x.wording(m.noun)), at: m.noun}
	pred = slot{text: trimJoint(x.wording(m.pred)), at: m.pred}
	if noun.empty() && pred.empty() && m.said.bare() && has(x.lex.PlaceKind, m.name) {
		noun = slot{text: m.name, at: phrase{m.from, m.to}} // 6县
	}
	if m.fate != "" {
		pred = slot{text: m.fate, at: phrase{m.from, m.to}}
	}
	switch {
	case m.of && m.isPeople() && !pred.empty(), m.of && m.isMoney() && !x.namesMoney(noun.text) && !x.sumOf(m):
		noun = slot{} // 7000人的吃住需政府救助, 收入10万元的村
	case m.isPeople() && m.said.bare() && pred.empty() && !x.person(noun.text):
		noun, pred = slot{}, noun // 13人失联
	}
	return noun, pred
}

// sumOf reports money whose own words name it as what a thing costs or is worth, so that the thing behind it is what it is
// of: 总金额达20亿元的|融资协议, but not 收入10万元的|村, nor one that is counted: 投资5亿元的项目|12个.
func (x *reader) sumOf(m *mention) bool {
	s := m.said.measure.text
	if s == "" {
		s = m.said.object.text
	}
	return m.approx != schema.Over && m.approx != schema.Under && !isDigit(x.line.at(m.post.to)) && containsEnd(s, x.lex.SumOf)
}

// namesMoney reports a noun for money or a measure of it: 奖励, 补助资金, 产值.
func (x *reader) namesMoney(s string) bool {
	return x.generic(s) || containsEnd(s, x.lex.Programme) || x.measureEnd(s) != "" || containsEnd(s, x.lex.MoneyEnd)
}

// layNoun joins the noun after a figure with the object or the measure before it, or leaves it.
func (x *reader) layNoun(m *mention, noun slot) {
	s := &m.said
	switch {
	case m.of && m.isMoney() && !x.namesMoney(noun.text): // 总金额达20亿元的|融资协议
		if s.measure.empty() {
			s.measure.text, s.measure.at = s.object.text, s.object.at
		}
		s.object = noun
	case m.isMoney() && containsEnd(noun.text, x.lex.Programme): // 给予1000万元的|一次性奖励
		s.measure.text, s.measure.at = s.measure.text+noun.text, noun.at
	case s.object.empty() && (m.counts() || s.measure.empty()): // 新建3座|泵站
		s.object, s.verbFirst = noun, true
	case m.counts() && strings.Count(s.object.text, "、") >= 2 && x.respectively(phrase{m.to, min(m.to+12, len(x.line.r))}) < 0:
		s.object = noun // 小浪底、西霞院、故县4座|水库
	case m.counts() && !strings.Contains(s.object.text, noun.text),
		m.isLong() && x.measureEnd(noun.text) == "" && x.built(m):
		x.layBehind(s, noun) // 完成中和7.5公里|弹石公路
	case m.of, m.isMoney() && x.generic(noun.text):
		s.measure.text += noun.text // 发放20万元|补助资金
	}
}

// layBehind puts the noun after a figure behind the object before it.
func (x *reader) layBehind(s *frame, noun slot) {
	object := s.object
	s.object.text += noun.text
	if !s.event.empty() && s.event.at.from >= s.object.at.to && !x.state(s.event.text) { // 动态|培育100家|平台
		s.verbFirst = true
		if toks := x.tokens(object.at, nil); len(toks) == 1 && toks[0].class == 0 && toks[0].tag == "a" { // 紧急|调拨3000顶|帐篷
			s.event.text, s.object = object.text+s.event.text, noun
		}
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
func (x *reader) person(s string) bool { return containsEnd(s, x.lex.PersonEnd) }

// wording is the text of a phrase without fillers.
func (x *reader) wording(p phrase) string { return x.joined(x.tokens(p, x.aux)) }
