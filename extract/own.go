package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
)

// A reading is what a figure's own clause says of it: the slots that its words
// fill, and how its verbs and particles want it to be taken.
type reading struct {
	said frame

	change   string // the word of growth or decrease, if it is a change
	relation string // of a share: 占, 完成, 相当于
	level    bool   // a verb leads to a level: 提高到
	growth   bool   // its words name a rate of growth: 增幅8%
	standard bool   // its words name a rule or a price
	planned  bool   // its words are of intention
	drafted  bool   // so they are for this sentence: 秋后拟再解决300户的修房问题
	compared bool   // it is held against something: 比, 较, 同比
	member   bool   // its object names itself only beside a total: 其他, 省级
	inPart   bool   // after 其中
	partial  bool   // it follows its total without punctuation: 中已, 已有
	sum      bool   // 共 stands among its words
	total    bool   // 共 or 合计 makes it a total
	ours     bool   // it has the report's own place among its words: 全县
	when     string // a part of the year that its words name
	reporter string // who reports it
	perText  phrase // the words of its rate

	noun     phrase // after.go: the noun that it counts
	pred     phrase // what is said of it
	whole    bool   // what it counts runs to the end of the clause
	deedLast bool   // that is what is done to it: 完成400个村污水治理
	of       bool   // 的 stands between the figure and its noun
	whom     slot   // who is given it: 为患病妇女发放
	purpose  bool   // money for what follows: 25.68万元用于采购被子
	consumed int    // the words after it that are its own end here
	verb     slot   // a verb before its object, which a list may share
	place0   string // the report's own place, as it names it: 全镇
	expected bool   // 预计 before a verb of doing
	// 预计 among its words: 已播栽292万亩, 预计能完成318万亩
	estimated bool
	constant  bool   // its words take the change of prices out
	nominal   bool   // they leave it in
	yard      slot   // what it is, if the next figure is measured by it: 年初预算数
	granted   bool   // it is given to somebody named before
	silent    string // the base that a word of comparison stands for: 同比
	years     bool   // its own clause counts the years that it is of: 三年共投入
	against   string // what its sentence holds all changes against: 同1978年相比,…; unknown if that is not told
}

// readOwn reads the words before a figure.
func (x *reader) readOwn(m, prev *mention) {
	m.total, m.sum = x.makesTotal(&m.figure), x.findIn(m.own, "共") >= 0
	m.inPart = x.holdsAny(m.gap, x.lex.Part) || m.comma() && x.opensDivision(m) // 按经营地分,城镇35.8亿元
	m.partial = prev != nil && m.delim == 0 && (x.holdsAny(phrase{prev.to, m.from}, x.lex.Within) || x.line.at(prev.to) == '中')
	m.planned = x.bids(m.gap) || x.setsGoals(m.gap)
	m.silent = x.silentBase(m)
	// 比上年3160万斤|多购352万斤
	m.compared = prev != nil && (m.delim == 0 || m.delim == '、' && prev.change != "") && (prev.compared || prev.silent != "")
	m.growth = m.growth || m.isPercent() && (x.holdsAny(m.own, x.lex.Extent) || m.negative && m.own.empty() || x.line.at(m.from-1) == '+' && m.own.to-m.own.from < 2) // 45.6亿元(+7.8%)
	m.estimated = x.holdsAny(m.own, x.lex.Expect)
	x.prices(m)
	m.against = x.holdsAgainst(m, prev)
	x.rates(m, prev)
	x.buf = x.tokens(phrase{x.pastPrices(m), m.own.to}, x.buf)
	toks := x.nameRatio(m, x.onceDone(x.during(x.dropRate(m, x.buf))))
	x.note(m, toks)
	toks = x.brought(x.pastSlogan(toks), x.lex.Causative)
	toks = x.shareOf(m, toks, prev != nil && prev.isPercent() && m.delim == 0)
	toks = x.compare(m, toks)
	toks = x.dropTail(m, x.beforeFrom(toks))
	toks = x.dropPlaceList(m, toks)
	toks = x.dropHead(m, toks)
	m.said = x.slots(m, toks)
	x.registers(m)
	x.benefits(m)
	if p := m.said.place.text; p != "" && x.isOurs(p) { // 清屏县 in its own report
		m.ours, m.said.place = true, slot{}
	}
}

// benefits names a general sum by whom it is given to: 为|患病妇女|发放救助金.
func (x *reader) benefits(m *mention) {
	if s := &m.said; s.object.empty() && x.generic(s.measure.text) && utf8.RuneCountInString(m.whom.text) <= 12 {
		s.object = m.whom
	}
}

// silentBase is the base that a word of comparison stands for.
func (x *reader) silentBase(m *mention) string {
	switch {
	case x.findIn(m.gap, "同比") >= 0, x.findIn(m.own, "年同期") >= 0: // 比上年同期
		return "上年同期"
	case x.findIn(m.gap, "环比") >= 0:
		return "上期"
	case x.holdsAny(m.own, x.lex.ThanLastYear): // 比上年增长
		return "上年"
	}
	return ""
}

// registers calls what is registered so: 办理婚姻登记,结婚|登记7706对, 办理|抵押登记.
func (x *reader) registers(m *mention) {
	s := &m.said
	if containsEnd(s.event.text, x.lex.Marry) && x.holdsAny(phrase{0, m.from}, x.lex.MarryAt) {
		s.event.text += "登记"
	}
	if strings.HasSuffix(s.text(), "登记") {
		for _, handled := range x.lex.Handled { // 受理并办理结婚登记
			s.object.text, s.event.text = strings.TrimPrefix(s.object.text, handled), strings.TrimPrefix(s.event.text, handled)
		}
	}
}

// unknownBase is what a change of several years is held against where nothing says it.
const unknownBase = "-"

// holdsAgainst is what a circumstance of the sentence holds all its changes against, here or at a figure before:
// 1982年同1978年相比,粮食增长16%,棉花增长66%; unknown over several years: 五年来,财政收入增长1.3倍.
func (x *reader) holdsAgainst(m, prev *mention) (base string) {
	if prev != nil {
		base = prev.against
	}
	from := m.gap.from
	for i := from; i <= m.gap.to; i++ {
		if i < m.gap.to && !clauseEnd(x.line.r[i]) {
			continue
		}
		p := phrase{from, i}
		m.years = i == m.gap.to && x.countsYears(p) > 0
		if told := x.heldAgainst(p, i == m.gap.to); told != "" {
			base = told
		} else if prev != nil && prev.years && i == m.gap.to && x.changesAt(from) {
			base = unknownBase // 三年共投入300万元,增长80%
		} else if base == unknownBase && x.datesItself(phrase{from, i}) {
			base = "" // “十一五”期间,…增长80%;2010年增长12.5%
		}
		if from = i + 1; i < m.gap.to && (x.line.r[i] == '。' || x.line.r[i] == '\n') {
			base = ""
		}
	}
	return base
}

// datesItself reports a clause that begins with a time of its own.
func (x *reader) datesItself(p phrase) bool {
	for _, w := range x.lex.Part {
		if x.line.has(p.from, w) {
			p.from += utf8.RuneCountInString(w)
		}
	}
	return x.timeAt(p.from) > p.from
}

// heldAgainst is the base that a clause tells: 与上年同期相比, 五年来, “十一五”期间; 五年累计增长 only of the figure's own.
func (x *reader) heldAgainst(p phrase, own bool) string {
	if end := x.countsYears(p); end > 0 && (end == p.to || own && x.tellsChange(phrase{end, p.to})) {
		return unknownBase
	}
	if x.findIn(p, "相比") < 0 && !x.endsWithWord(p.to, x.lex.SeveralYears) {
		return ""
	}
	text := strings.TrimSpace(x.text(p))
	if head, tail, compared := strings.Cut(text, "相比"); compared && utf8.RuneCountInString(tail) <= 1 { // 相比较
		period := strings.HasSuffix(head, "同期")
		head = strings.TrimSuffix(head, "同期")
		if i := strings.LastIndexAny(head, "与同和跟"); i >= 0 {
			_, n := utf8.DecodeRuneInString(head[i:])
			if head = strings.TrimSpace(head[i+n:]); period {
				head += "同期"
			}
			return head
		}
	}
	if containsEnd(text, x.lex.SeveralYears) && !containsEnd(text, x.lex.OneYear) {
		return unknownBase
	}
	return ""
}

// beforeFrom leaves out from where a measure starts, or a thing before a change: 救助比例|由医保报销后的60%, 网点|从改制前的9家.
func (x *reader) beforeFrom(toks []token) []token {
	n := len(toks)
	staged := n > 1 && x.is(toks[n-1], "的") && x.line.among(toks[n-2].to-1, "前时")
	for i := n - 1; i > 0; i-- {
		if (x.is(toks[i], "由") || x.is(toks[i], "从")) && (staged || toks[i-1].is(lexicon.Measure|lexicon.Generic)) && i+1 < n {
			return toks[:i]
		}
	}
	return toks
}

// isOurs reports the name of the report's own place: it stands in its title or in
// the name of the body or the region that it is from.
func (x *reader) isOurs(place string) bool {
	if strings.Contains(x.title, place) {
		return true
	}
	o := x.originOf(x.article)
	return o != nil && (strings.Contains(o.Org, place) || o.Region.Name != "" && strings.HasSuffix(o.Region.Name, place))
}

// pastSlogan is what stands behind the praise that a heading without a mark ends with, or that leads a verb:
// 运输市场日趋繁荣|公路客运量, 稳步推进|棚户区改造; not 成效显著的企业.
func (x *reader) pastSlogan(toks []token) []token {
	for i := len(toks) - 2; i >= 0; i-- {
		next, end := toks[i+1], toks[len(toks)-1].to
		if next.from != toks[i].to || x.is(next, "的") || end-next.from < 4 {
			continue
		}
		if x.endsWithWord(toks[i].to, x.lex.Slogan) && toks[i].to-toks[0].from > 5 || x.endsWithWord(toks[i].to, x.lex.SloganVerb) {
			return toks[i+1:]
		}
	}
	return toks
}

// brought is what stands behind the last of some verbs, which say what brought it about:
// 地震造成|受灾人口.
func (x *reader) brought(toks []token, verbs []string) []token {
	for i := len(toks) - 1; i > 0; i-- {
		if x.among(toks[i], verbs) && (toks[i].to-toks[i].from > 1 || i == len(toks)-1) {
			return toks[i+1:]
		}
	}
	return toks
}

// makesTotal reports a figure that 共 or 合计 makes a total of those before.
func (x *reader) makesTotal(f *figure) bool {
	l := &x.line
	return l.at(f.from-1) == '共' || l.has(f.from-2, "共计") || l.has(f.from-2, "总计") || l.has(f.from-2, "共有") || l.has(f.from-2, "合计")
}

// note keeps what single words say: parts of the year, intentions, standards.
func (x *reader) note(m *mention, toks []token) {
	for i, t := range toks {
		next := token{}
		if i+1 < len(toks) {
			next = toks[i+1]
		}
		switch {
		case x.quarter(t):
			m.when = x.text(t.phrase)
		case t.is(lexicon.Change) && t.is(lexicon.Measure), x.is(t, "超过") && t.to+1 < m.from && m.isPercent():
			m.growth = true
		case x.among(t, x.lex.Expect):
			m.expected = m.expected || x.sofar(m) || next.is(lexicon.Verb) && !next.is(lexicon.Light|lexicon.Level|lexicon.Change|lexicon.State) && !x.is(next, "损失")
		}
		m.planned = m.planned || t.is(lexicon.Time) && x.startsWith(t.from, x.lex.YearsAhead) || t.is(lexicon.Plan) && x.line.at(t.to) != '”' && x.intends(m, toks, i) || // “雨露计划” is a name
			x.is(t, "要") && next.is(lexicon.Level|lexicon.Change) && m.isPercent()
		m.drafted = m.drafted || x.drafts(toks, i)
		m.standard = m.standard || t.is(lexicon.Standard)
		m.compared = m.compared || x.among(t, x.lex.Compare)
	}
}

// sofar reports that the clauses before say how far a thing has come, or the words of
// expectation that it can go on: 已播栽292万亩,预计完成318万亩; 预计能完成.
func (x *reader) sofar(m *mention) bool {
	at := x.findIn(m.own, x.lex.Expect[0])
	if at < 0 {
		return false
	}
	if r := x.line.at(at + utf8.RuneCountInString(x.lex.Expect[0])); r == '能' || r == '可' {
		return true
	}
	clause := true
	for i := at - 1; i >= 0; i-- {
		clause = clause && x.line.r[i] != ';'
		if clause && x.line.r[i] == '已' || x.line.has(i, x.lex.Expect[0]+"能") {
			return true
		}
	}
	return false
}

// quarter reports a part of a year, which tells figures of one thing apart, and the whole beside its parts: 四季度增长3%,全年增长5%.
func (x *reader) quarter(t token) bool {
	const near = 120
	parts := func(p phrase) bool { return x.findIn(p, "季度") >= 0 || x.findIn(p, "半年") >= 0 }
	return parts(t.phrase) || x.is(t, "全年") && parts(phrase{max(0, t.from-near), min(t.to+near, len(x.line.r))})
}

// byPlan reports 要求 and 计划 as what was done by: 按照要求发放86万元, 完成计划新造林1.5万亩.
func (x *reader) byPlan(toks []token, i int) bool {
	return i > 0 && (x.is(toks[i], "要求") && x.among(toks[i-1], x.lex.PlanGround) || x.is(toks[i], "计划") && x.among(toks[i-1], x.lex.Complete))
}

// intends reports a word of intention that is used as one: 将 before a verb and
// not for 把 (将三无人员纳入), 计划 at the head and not in 科技计划项目.
func (x *reader) intends(m *mention, toks []token, i int) bool {
	t, rest := toks[i], toks[i+1:]
	switch {
	case x.isYardstick(toks, i):
		return false
	case x.is(t, "将"):
		return len(rest) > 0 && x.shall(m, rest[0])
	case x.byPlan(toks, i), x.is(t, "计划") && x.ofAPlan(t):
		return false
	case x.is(t, "计划"):
		if rest = x.pastNew(rest); len(rest) > 0 && rest[0].verbal() {
			return !x.among(rest[0], x.lex.Result) && (i == 0 || !x.among(rest[0], x.lex.Programme)) // 惠民项目计划再新增公路6条; 营养改善计划惠及3200万孩子, 雨露计划补助612人
		}
	case t.to-t.from > 1 && !t.is(lexicon.Verb) && !x.is(t, "目标") && !x.is(t, "要求") && !x.is(t, "谋划"):
		return true
	}
	rest = toks[i+1:]
	return x.idleAhead(toks[:i]) && (len(rest) == 0 || x.is(t, "计划") && x.plansDeed(m, rest) || !rest[0].content() && !x.is(rest[0], "的") || x.line.r[rest[0].from] == '总')
}

// idleAhead reports words without one that tells anything, so that what stands behind them opens the clause: 今年全县|计划….
func (x *reader) idleAhead(toks []token) bool {
	return !slices.ContainsFunc(toks, func(t token) bool { return !t.is(lexicon.Function|lexicon.Time) && !t.filler() && !x.ownPlace(t) })
}

// plansDeed reports a thing and what shall be done to it: 全市计划|水稻机插秧91万亩, but not 计划|用水单位300家.
func (x *reader) plansDeed(m *mention, rest []token) bool {
	n := len(rest) - 1
	return n > 0 && !m.isPercent() && rest[0].content() && rest[n].verbal() && !x.among(rest[0], x.lex.PlanName)
}

// pastNew passes over what may stand between a word of intention and its verb: 计划再|新增, 计划新|造林.
func (x *reader) pastNew(toks []token) []token {
	for len(toks) > 1 && (toks[0].filler() || x.is(toks[0], "新")) {
		toks = toks[1:]
	}
	return toks
}

// shall reports the word behind 将 that makes it what will be done, not 把: 将|新建敬老院3所, 将|有860人纳入, but not
// 将|102个单位列为一级, nor where a verb behind the figure takes it: 将失信被执行人1046名|纳入黑名单.
func (x *reader) shall(m *mention, next token) bool {
	if x.is(next, "有") {
		return true
	}
	return !x.startsWith(m.to, x.lex.TakenInto) && (x.line.among(next.from, "对在按由向于从与会被比有还再继达超") || next.verbal() || next.is(lexicon.Change|lexicon.Level))
}

// ofAPlan reports 计划 as a part of a name or of what figures are held against: 五年计划, 超计划造林, 计划数.
func (x *reader) ofAPlan(t token) bool {
	return x.line.has(t.from-2, "五年") || x.line.has(t.from-1, "超") || x.line.among(t.to, "数外")
}

// isYardstick reports a plan that a figure is held against: 较年初计划增长3.2%, 比预期高2个百分点, but not
// 比上年计划增长3.2%, which plans.
func (x *reader) isYardstick(toks []token, i int) bool {
	if !x.among(toks[i], x.lex.PlanNoun) {
		return false
	}
	for j := i - 1; j >= 0; j-- {
		switch t := toks[j]; {
		case x.among(t, x.lex.Compare):
			return !x.among(t, x.lex.Binds) || slices.ContainsFunc(toks[i:], func(t token) bool { return x.among(t, x.lex.CompareEnd) })
		case !t.is(lexicon.Time) && t.content() || x.among(t, x.lex.LastTime):
			return false
		}
	}
	return false
}

// drafts reports a noun of planning that stands for the verb: 年初方案修建130户 (as
// sites write it for 计划), 规划墓穴3200个; not 规划编制, 规划区.
func (x *reader) drafts(toks []token, i int) bool {
	if plain := x.is(toks[i], "拟"); i+1 == len(toks) || plain || !x.among(toks[i], x.lex.Draft) || toks[i+1].from != toks[i].to {
		return plain && i+1 < len(toks)
	}
	next := toks[i+1]
	if x.is(next, "建设") && i == 0 && len(toks) > 2 && toks[2].content() {
		return !x.startsWith(next.to, x.lex.OfficeOf) // 规划建设|安置房1200套, not 规划建设部门
	}
	if x.among(next, x.lex.DraftOf) {
		return false
	}
	if x.line.at(next.from) == '用' || next.verbal() {
		return true
	}
	return i == 0 && x.is(toks[i], "规划") && next.content() && i+2 == len(toks)
}

// during leaves out in the course of what something is done: 年审中取消628户.
func (x *reader) during(toks []token) []token {
	for i := 1; i+1 < len(toks) && i <= 3; i++ {
		if x.is(toks[i], "中") && toks[i].tag == "f" && toks[i].class == 0 && toks[i+1].verbal() && !x.among(toks[i+1], x.lex.ShareOf) && toks[i+1].from == toks[i].to && !isDigit(x.line.r[toks[0].from]) {
			return toks[i+1:]
		}
	}
	return toks
}

// onceDone leaves out when that is which follows, 建成投产后可|年产饲料, but for the thing itself: 水库|建成后可|蓄水.
func (x *reader) onceDone(toks []token) []token {
	for i := 1; i+1 < len(toks); i++ {
		if !x.is(toks[i], "后") || !x.endsWithWord(toks[i].from, x.lex.Completed) || toks[i+1].is(lexicon.Time) || inTime(x.line.r[toks[i+1].from]) {
			continue // 投产后三年
		}
		rest, end := toks[i+1:], i
		for len(rest) > 1 && (rest[0].filler() || rest[0].is(lexicon.Plan|lexicon.Time)) {
			rest = rest[1:]
		}
		for end > 0 && (toks[end-1].verbal() || toks[end-1].filler()) {
			end--
		}
		if end == 0 || !rest[0].verbal() && !strings.HasPrefix(x.text(rest[0].phrase), "年") || x.among(toks[end-1], x.lex.Vague) {
			return rest
		}
		return slices.Concat(toks[:end], rest)
	}
	return toks
}

// dropRate takes the words of a rate with 每 out of the words before:
// 每人每月195元, but 人均 stays.
func (x *reader) dropRate(m *mention, toks []token) []token {
	if len(toks) == 0 {
		return toks
	}
	p := m.perText
	switch m.said.average = x.average(m); {
	case m.said.average != "" && x.line.has(p.to, "平均"):
		p.to += 2
	case m.said.average != "":
	case p.empty() || p.to-p.from < 2 || utf8.RuneCountInString(m.per) > 3 && !strings.Contains(m.per, "·"):
		return toks
	}
	kept := make([]token, 0, len(toks)+1)
	for _, t := range toks {
		if t.to <= p.from || t.from >= p.to {
			kept = append(kept, t)
			continue
		}
		if t.to > p.to {
			t.from, t.class = p.to, 0
			if v, ok := x.lex.Words.Has(x.line.r[t.from:t.to]); ok {
				t.class = lexicon.Class(v)
			}
			kept = append(kept, t)
		}
	}
	return kept
}

// plainMean is the word of a mean that is per nothing.
const plainMean = "平均"

// average is how the words of a rate name an average: 月人均, 户均 for 平均每户 and 每户平均,
// 每千人 of so many; empty if they tell a rule or a price.
func (x *reader) average(m *mention) string {
	p := m.perText
	switch {
	case p.empty() || p.from < m.own.from:
		if !m.isPercent() && x.findIn(m.own, plainMean) >= 0 && !x.holdsAny(m.own, x.lex.MeanWord) {
			return plainMean // 平均住院日, 平均亩产
		}
		return ""
	case x.line.r[p.to-1] == '均':
		return x.text(p)
	case x.manyEach(m.per) && !(m.isMoney() && strings.ContainsAny(m.per, "斤克吨担")): // not 收购价每百斤12元
		return "每" + m.per
	case strings.ContainsAny(m.per, "年月日·") || !x.line.find(max(p.from-2, m.own.from), min(p.to+2, m.own.to), "平均"):
		return ""
	case m.per == "天":
		return "日均"
	case utf8.RuneCountInString(m.per) == 1:
		return m.per + "均"
	}
	return "平均每" + m.per
}

// manyEach reports a rate that is per so many: 千人, 10万人.
func (x *reader) manyEach(per string) bool {
	r, n := utf8.DecodeRuneInString(per)
	return n < len(per) && (isDigit(r) || power(r) > 0)
}

// shareOf reads what a share or a multiple is held against: 占总人口的12%, 完成
// 年度计划的105%, 相当于2005年的2.4倍, 压减至原先的45%; if it has risen from another it is none: 由63.5%上升到今年的|70%.
func (x *reader) shareOf(m *mention, toks []token, risen bool) []token {
	if !m.isPercent() && !m.isTimes() && !m.ratio {
		return toks
	}
	for i := len(toks) - 1; i >= 0; i-- {
		rest := toks[i+1:]
		of := len(rest) > 0 && x.is(rest[len(rest)-1], "的")
		if of {
			rest = rest[:len(rest)-1]
		}
		if risen && of && toks[i].is(lexicon.Level) && allTime(rest) {
			break
		}
		if m.relation = x.shareVerb(m, toks, i, rest, of); m.relation != "" {
			m.said.base = x.slotOf(x.trimShare(rest), true)
			if m.said.base.empty() && m.relation == "占" {
				return x.sharedIn(m, toks[:i])
			}
			return toks[:i]
		}
		if toks[i].is(lexicon.Change) && !toks[i].is(lexicon.Measure) {
			break
		}
	}
	return toks
}

// sharedIn reads the base of a share that stands before its verb: 畜牧业在农业总产值中所|占的比重.
func (x *reader) sharedIn(m *mention, toks []token) []token {
	end := len(toks)
	if end > 0 && x.is(toks[end-1], "所") {
		end--
	}
	for i := end - 2; i >= 0 && x.is(toks[end-1], "中"); i-- {
		if x.is(toks[i], "在") {
			m.said.base = x.slotOf(toks[i+1:end-1], true)
			return toks[:i]
		}
	}
	return toks
}

// shareVerb is the relation that a word brings a share into with the words behind it,
// where 的 stands before the figure if of.
func (x *reader) shareVerb(m *mention, toks []token, i int, rest []token, of bool) string {
	t := toks[i]
	switch {
	case x.among(t, x.lex.ShareOf):
		return "占"
	case x.among(t, x.lex.As), x.is(t, "及") && i > 0 && (x.is(toks[i-1], "只") || x.is(toks[i-1], "仅") || x.is(toks[i-1], "不")):
		return "相当于"
	case x.among(t, x.lex.Complete) && x.plannedNoun(rest):
		return "完成"
	case of && !m.isTimes() && len(rest) > 0 && t.is(lexicon.Level) && inTime(x.line.r[rest[0].from]) && allTime(rest):
		return "" // 由1986年的31%降低到|1989年的|24%
	case of && len(rest) > 0 && x.leads(t):
		if x.plannedNoun(rest) {
			return "完成"
		}
		return "相当于"
	}
	return ""
}

// leads reports a verb that leads to what a share is of: 是上年|的85%, 分别为|1952年的2.4倍, 压减至|原先的45%.
func (x *reader) leads(t token) bool {
	return t.is(lexicon.Level) || (t.to-t.from == 1 || x.respectively(t.phrase) >= 0) && x.line.among(t.to-1, "为是达到至")
}

// trimShare takes 的比重, 上升到, 由 off the end of what a share is held against.
func (x *reader) trimShare(toks []token) []token {
	for len(toks) > 0 {
		t := toks[len(toks)-1]
		if t.is(lexicon.Time) && len(toks) == 1 || !x.among(t, x.lex.ShareNoun) && !x.is(t, "的") && !t.is(lexicon.Level) && !t.filler() && !t.is(lexicon.Time) && !(t.is(lexicon.Light) && len(toks) > 1) {
			break
		}
		toks = toks[:len(toks)-1]
	}
	return toks
}

// countsYears is where a number of years ends in a clause over which it may tell a change: 五年|累计增长, 近三年|…增长;
// 0 for 一年增长, 2013年增长, 第三年增长, and a year in short: 12年增长, 五八年增长.
func (x *reader) countsYears(p phrase) int {
	for i := p.from; i < p.to; i++ {
		from := i
		digits, ten := 0, false
		for ; inTime(x.line.at(i)) || digits > 0 && x.line.at(i) == ' '; i++ {
			if x.line.at(i) != ' ' {
				digits++
			}
			ten = ten || x.line.at(i) == '十'
		}
		if digits == 0 || digits > 2 || x.line.at(i) != '年' || x.line.has(from-1, "第") || digits == 1 && x.line.among(from, "一1") {
			continue
		}
		if end := x.yearsEnd(p, phrase{from, i + 1}, digits == 1 || ten); end > 0 {
			return end
		}
	}
	return 0
}

// yearsEnd is where the words for a number of years (n) in a clause end, 0 if it is a year; short if it can be no year.
func (x *reader) yearsEnd(clause, n phrase, short bool) int {
	switch {
	case x.endsWithWord(n.from, x.lex.LastYears):
		return n.to
	case !short && (!isDigit(x.line.at(n.from)) || x.line.at(n.from) == '0'):
		return 0 // 五八年, 09年
	}
	for _, w := range x.lex.OverYears {
		if x.line.has(n.to, w) {
			return n.to + utf8.RuneCountInString(w)
		}
	}
	if short && (x.changesAt(n.to) || n == clause) { // 五年,财政收入增长80%
		return n.to
	}
	return 0
}

// tellsChange reports a word of change among words: 全县生产总值增长.
func (x *reader) tellsChange(p phrase) bool {
	for i := p.from; i < p.to; i++ {
		if x.changesAt(i) {
			return true
		}
	}
	return false
}

// changesAt reports a word of change at i.
func (x *reader) changesAt(i int) bool {
	n, class := x.lex.Words.Longest(x.line.r[i:])
	return n > 0 && lexicon.Class(class)&lexicon.Change != 0
}

// plannedNoun reports words that name a plan: 年度计划, 省下达任务.
func (x *reader) plannedNoun(toks []token) bool {
	return len(toks) > 0 && x.holdsAny(phrase{toks[0].from, toks[len(toks)-1].to}, x.lex.PlanNoun)
}

// compare reads what a change is held against: 比上年增长, 高于省定标准, and takes
// it out of the words.
func (x *reader) compare(m *mention, toks []token) []token {
	for i := len(toks) - 1; i >= 0; i-- {
		t := toks[i]
		switch {
		case x.among(t, x.lex.Compare):
			end, ok := x.baseEnd(m, toks, i)
			if !ok {
				continue
			}
			m.said.base = x.slotOf(x.pastEach(toks[i+1:end]), true)
			for end < len(toks) && x.among(toks[end], x.lex.CompareEnd) {
				end++
			}
			return slices.Concat(toks[:i], toks[end:])
		case x.among(t, x.lex.Beyond) && i+1 < len(toks) && !(m.counts() && slices.ContainsFunc(toks[i+1:], func(t token) bool { return x.is(t, "的") })): // not 超|亿元的乡镇9个
			m.said.base = x.slotOf(toks[i+1:], true)
			m.change = x.text(t.phrase)
			return toks[:i]
		}
	}
	return toks
}

// pastEach takes 分别 off both ends of a base: 同比|分别, 比上年|分别.
func (x *reader) pastEach(toks []token) []token {
	for len(toks) > 0 && x.respectively(toks[0].phrase) >= 0 {
		toks = toks[1:]
	}
	for n := len(toks); n > 0 && x.respectively(toks[n-1].phrase) >= 0; n-- {
		toks = toks[:n-1]
	}
	return toks
}

// baseEnd is where the words behind 比, 较, 和 end that something is held against, if
// they are such words: 低保和五保对象 are not.
func (x *reader) baseEnd(m *mention, toks []token, i int) (end int, ok bool) {
	for end = i + 1; end < len(toks) && !x.endsBase(toks, end); {
		end++
	}
	switch {
	case end == i+1:
		ok = end == len(toks) && !toks[i].is(lexicon.Change) // 同比+10.8%
	case end == len(toks):
		ok = !x.binds(toks, i) && (m.isPercent() || !x.among(toks[i], x.lex.Binds)) // 社会团体57个|和民办非企业单位169个
	default:
		ok = !x.binds(toks, i) || x.among(toks[end], x.lex.CompareEnd)
	}
	return end, ok
}

// endsBase reports the word that says how something compares: 比上年|增长, 比计划|少|完成.
func (x *reader) endsBase(toks []token, i int) bool {
	t := toks[i]
	return t.is(lexicon.Change|lexicon.Level) || x.among(t, x.lex.CompareEnd) || x.is(t, "少") && i+1 < len(toks) && toks[i+1].verbal() || t.verbal() && !(i+1 < len(toks) && (x.among(toks[i+1], x.lex.TimeTail) || x.is(toks[i+1], "时"))) && !x.among(t, x.lex.PlanNoun) && (i+1 == len(toks) || !x.among(toks[i+1], x.lex.PlanNoun))
}

// slotOf is the slot that words fill; times are kept where they are a base.
func (x *reader) slotOf(toks []token, times bool) slot {
	if len(toks) == 0 {
		return slot{}
	}
	text := x.joined(toks)
	if times {
		var b strings.Builder
		for _, t := range toks {
			b.WriteString(x.text(t.phrase))
		}
		text = trimJoint(b.String())
	}
	return slot{text: text, at: phrase{toks[0].from, toks[len(toks)-1].to}}
}

// dropTail takes verbs of level and change and words of function off the end.
func (x *reader) dropTail(m *mention, toks []token) []token {
	for len(toks) > 0 && (x.changeTail(m, toks) || x.idleTail(m, toks)) {
		toks = toks[:len(toks)-1]
	}
	return x.moreOrLess(m, toks)
}

// changeTail reports that the last word says how the level changes, and notes it.
func (x *reader) changeTail(m *mention, toks []token) bool {
	t, alone := toks[len(toks)-1], len(toks) == 1
	switch {
	case t.is(lexicon.Level), t.to-t.from == 1 && x.line.among(t.from, "到至为") && !alone && toks[len(toks)-2].is(lexicon.Change):
		m.level = true
	case x.line.at(t.to) == '的' && t.to+1 == m.from && (x.line.at(t.from-1) == '较' || m.counts() && x.among(t, x.lex.Fares)): // 问题较多的41个, 增收的3975户
		return false
	case !t.is(lexicon.Change) && !((m.compared || m.silent != "") && x.is(t, "新增")), x.is(t, "高") && m.isLong() && !x.holdsAny(m.own, x.lex.Compare): // 塔高12米
		return false
	case t.is(lexicon.Measure):
		if !alone || m.change != "" {
			return false
		}
		m.change = x.text(t.phrase) // 增幅8%
	case t.to-t.from > 1, alone, m.compared, x.shortChange(toks):
		if !m.level && m.change == "" {
			m.change = strings.TrimSuffix(x.text(t.phrase), "了")
		}
	default:
		return false
	}
	return true
}

// idleTail reports that the last word before a figure says nothing of what it measures.
func (x *reader) idleTail(m *mention, toks []token) bool {
	i := len(toks) - 1
	t := toks[i]
	switch {
	case t.is(lexicon.Time), strings.HasSuffix(m.per, "月") && (x.is(t, "月") || x.is(t, "的月")): // 由年初的|月35元
		return true
	case t.is(lexicon.Plan) && (!x.is(t, "计划") && !x.is(t, "目标") || x.intends(m, toks, i)):
		return true
	case x.stuck(toks, i) && !t.is(lexicon.Level|lexicon.Change), x.endsGrade(toks, i):
		return false
	case t.filler(), t.tag == "uz", t.tag == "ul", i > 0 && m.counts() && t.tag == "f" && x.is(t, "中") && x.line.at(t.to) == '有': // 客人中有18人
		return true
	}
	return i > 0 && (m.isMoney() && x.among(t, x.lex.Currency) || t.is(lexicon.Light) && !x.is(t, "组织")) // 损失|人民币, 调解组织116个
}

// nameRatio makes one measure of 比 and the word before it: 城乡居民|收入比2.81:1, 住院补偿比|达到48.4%.
func (x *reader) nameRatio(m *mention, toks []token) []token {
	for i := len(toks) - 1; (m.ratio || m.isPercent()) && i > 0 && (m.ratio || i == len(toks)-1 || toks[i+1].is(lexicon.Function|lexicon.Level)); i-- {
		if at := toks[i].from; (x.is(toks[i], "比") || x.is(toks[i], "比为")) && toks[i-1].to == at && (m.ratio || x.findIn(phrase{toks[0].from, toks[i-1].from}, "占") < 0) {
			return slices.Concat(toks[:i-1], []token{{phrase: phrase{toks[i-1].from, at + 1}, class: lexicon.Measure, tag: "n"}}, toks[i+1:])
		}
	}
	return toks
}

// shortChange reports 增, 减 of one rune that is a change: 人均月增40元, 比去年增.
func (x *reader) shortChange(toks []token) bool {
	before := toks[len(toks)-2]
	return before.is(lexicon.Time|lexicon.Function|lexicon.Change) || x.line.among(before.to-1, "均月年")
}

// moreOrLess reads 多 or 少 before a verb where something is compared:
// 同比多救助86人次; and 减少 at the head: 减少返贫320户.
func (x *reader) moreOrLess(m *mention, toks []token) []token {
	for i, t := range toks {
		switch {
		case m.compared && (x.is(t, "多") || x.is(t, "少")), x.is(t, "减少"):
			m.change = x.text(t.phrase)
			return append(append([]token(nil), toks[:i]...), toks[i+1:]...)
		case m.compared && t.class == 0 && t.to-t.from > 1 && x.line.among(t.from, "多少"): // 多|购
			toks = append([]token(nil), toks...)
			m.change, toks[i].from = x.text(phrase{t.from, t.from + 1}), t.from+1
			return toks
		case !t.is(lexicon.Function|lexicon.Time|lexicon.Change) && !t.filler():
			return toks
		}
	}
	return toks
}

// prices says at which prices a figure is, by the words before it or a bracket behind it: 按可比价格计算增长8.5%,
// 98亿元(2010年价). The last words decide.
func (x *reader) prices(m *mention) {
	const most = 20 // characters
	text := x.line.cut(m.gap.from, m.gap.to)
	if before, behind, ok := strings.Cut(text, ")"); ok && strings.HasPrefix(before, "(") && containsAny(before, x.lex.CurrentPrice) { // 98亿元(现价),增长8%
		text = behind
	}
	aside, _, _ := strings.Cut(x.line.cut(m.to, min(m.to+most, len(x.line.r))), ")")
	if aside += ")"; strings.HasPrefix(aside, "(") && (containsAny(aside, x.lex.ConstantPrice) || containsAny(aside, x.lex.CurrentPrice)) {
		text = aside
	}
	for _, w := range x.lex.CurrentPrice {
		if i := strings.LastIndex(text, w); i >= 0 {
			m.nominal, text = true, text[i+len(w):] // 当年价计算 is none of 年价计算
		}
	}
	if containsAny(text, x.lex.ConstantPrice) && !containsAny(text, x.lex.NotPrices) {
		m.constant, m.nominal = true, false
	}
}

// pastPrices is where the words of a figure begin behind those that say at which prices a rate is, or at which rate of
// exchange a sum: 按可比价格计算|增长8.5%; 按2018年平均汇率计算为|2765美元 has none.
func (x *reader) pastPrices(m *mention) int {
	if m.isMoney() && x.holdsAny(m.own, x.lex.Exchange) {
		return m.own.to
	}
	if !m.isPercent() || !m.constant && !m.nominal {
		return m.own.from
	}
	own := x.line.cut(m.own.from, m.own.to)
	for _, w := range slices.Concat(x.lex.ConstantPrice, x.lex.CurrentPrice) {
		before, behind, ok := strings.Cut(own, w)
		if !ok || before != "" && !has(x.lex.PriceLead, before) {
			continue
		}
		for rest := ""; rest != behind; {
			rest = behind
			for _, tail := range x.lex.PriceTail {
				behind = strings.TrimPrefix(behind, tail)
			}
		}
		if !strings.ContainsRune(w, '增') { // 实际增长 says the change too
			return m.own.to - utf8.RuneCountInString(behind)
		}
	}
	return m.own.from
}

// dropHead takes off the front what is no part of the thing measured: times,
// the report's own place, who reports, circumstances, who does it.
func (x *reader) dropHead(m *mention, toks []token) []token {
	for i, t := range toks {
		if x.among(t, x.lex.Report) && (i+1 < len(toks) || x.among(toks[0], x.lex.Circumstance)) { // 据青山市民政局报告, but not 审议报告12项
			m.reporter = x.joined(toks[:i])
			toks = toks[i+1:]
			break
		}
	}
	for len(toks) > 0 {
		t := toks[0]
		if rest, ok := x.dropPlace(m, toks); ok {
			toks = rest
			continue
		}
		switch {
		case x.ownPlace(t):
			m.ours, m.place0 = true, x.text(t.phrase)
		case x.placeAlone(toks):
			m.ours = true
		case x.among(t, x.lex.Circumstance):
			toks = x.dropCircumstance(m, toks)
			continue
		case x.superlative(toks, 0):
			return x.dropAgent(m, toks)
		case x.idleHead(toks):
		default:
			if at := x.copula(toks); at > 0 && m.counts() {
				toks = toks[at:] // 居前列的依次是|盗窃罪
				continue
			}
			return x.dropAgent(m, toks)
		}
		toks = toks[1:]
	}
	return toks
}

// dropPlace takes a place off the front and keeps it, if it is not who does it: 汕头市
// 消防支队调集….
func (x *reader) dropPlace(m *mention, toks []token) ([]token, bool) {
	if toks[0].is(lexicon.Function | lexicon.Time | lexicon.Plan) {
		return nil, false
	}
	end := x.placeEnd(toks)
	if end == 0 {
		return nil, false
	}
	p := phrase{toks[0].from, toks[end-1].to}
	m.said.place = slot{text: x.text(p), at: p}
	rest := x.dropAgent(m, toks[end:])
	n := len(toks) - len(rest)
	for n > end && toks[n-1].filler() {
		n--
	}
	if end < n && (x.body(toks[end:n]) || containsEnd(x.text(toks[n-1].phrase), x.lex.Establishment)) { // 东海县聋哑学校|先后参加比赛
		m.said.place = slot{}
	}
	return rest, true
}

// dropCircumstance takes off what a preposition opens, and keeps whom it names as given
// money: 为患病妇女|发放.
func (x *reader) dropCircumstance(m *mention, toks []token) []token {
	rest := x.afterCircumstance(toks)
	if n := len(toks) - len(rest); m.isMoney() && n > 1 && x.among(toks[0], x.lex.Beneficiary) && len(rest) > 0 && x.among(rest[0], x.lex.Give) {
		m.whom = x.slotOf(toks[1:n], false)
	}
	return rest
}

// idleHead reports that the first word says nothing of what is measured.
func (x *reader) idleHead(toks []token) bool {
	t := toks[0]
	switch {
	case x.among(t, x.lex.Feast), (t.tag == "t" || t.tag == "ad" || t.tag == "d") && t.class == 0: // 春节|走访, 紧急|调运, but 春节|慰问资金
		rest := toks[1:]
		for len(rest) > 0 && (x.among(rest[0], x.lex.Feast) || rest[0].is(lexicon.Plan)) {
			rest = rest[1:]
		}
		return len(rest) > 0 && rest[0].verbal() && !rest[0].is(lexicon.Nominal) && (!rest[0].is(lexicon.Generic) || len(rest) > 1 && !rest[1].is(lexicon.Generic|lexicon.Measure))
	case t.is(lexicon.Time | lexicon.Plan), t.filler():
		return true
	}
	return x.is(t, "、") || x.is(t, "的") || x.inside(toks, 0) || t.tag == "f" && t.to-t.from == 1 && x.line.among(t.from, "内前后中") // 内|群众集资
}

// copula is the place behind 的 … 是 or 任务是, 0 if they do not stand there: what is
// counted follows.
func (x *reader) copula(toks []token) int {
	for i := 1; i+1 < len(toks); i++ {
		if x.is(toks[i], "是") && (x.among(toks[i-1], x.lex.TaskNoun) || x.among(toks[i-1], x.lex.EmptyHead)) { // 建设任务是|新增床位
			return i + 1
		}
		if !x.is(toks[i], "的") {
			continue
		}
		for j := i + 1; j+1 < len(toks) && toks[j].filler(); j++ {
			if x.is(toks[j], "是") {
				return j + 1
			}
		}
	}
	return 0
}

// ownPlace reports 全县, 我市, 本局, 该镇: the report's own place.
func (x *reader) ownPlace(t token) bool {
	return t.to-t.from == 2 && x.line.among(t.from, "全我本该") && (isPlaceEnd(x.line.r[t.from+1]) || x.line.among(t.from+1, "国局院校办站"))
}

// placeAlone reports 县, 镇 alone before a noun or an adverb, where the site has put
// out its name: 县|共有残疾人, but 县|财政.
func (x *reader) placeAlone(toks []token) bool {
	t := toks[0]
	if t.to-t.from != 1 || len(toks) < 2 || !isPlaceEnd(x.line.r[t.from]) || x.line.r[t.from] == '村' {
		return false
	}
	next := toks[1]
	return next.filler() || next.is(lexicon.Light) && x.among(next, x.lex.Exist) || next.content() && next.to-next.from > 1 && !x.among(next, x.lex.Tier) && !containsEnd(x.text(next.phrase), x.lex.Establishment)
}

// afterCircumstance passes over a clause part that a preposition opens: 在全市
// 范围内, 按照规定标准, 为灾民(发放), 通过招商; it ends with a word of place or before
// the verb that governs the rest.
func (x *reader) afterCircumstance(toks []token) []token {
	if x.is(toks[0], "将") || x.is(toks[0], "把") || x.mainVerb(toks[1:]) < 0 {
		return toks[1:]
	}
	for i := 1; i < len(toks); i++ {
		if x.among(toks[i], x.lex.CircumstanceEnd) && i+1 < len(toks) {
			return toks[i+1:]
		}
	}
	start := 1
	for i := range toks { // 对承担项目的企业…
		if x.is(toks[i], "的") {
			start = i
		}
	}
	if start+2 < len(toks) && x.is(toks[start+1], "不") { // 对情节轻微的|不起诉
		return toks[start+1:]
	}
	for i := start; i < len(toks); i++ {
		if toks[i].verbal() && i > 1 && i+1 < len(toks) && x.laterNoun(toks[i+1:]) && !toks[i].is(lexicon.Nominal) {
			return toks[i:]
		}
		if toks[i].verbal() && i > 1 && i+1 == len(toks) {
			if x.among(toks[0], x.lex.Beneficiary) || x.person(x.text(toks[i-1].phrase)) {
				return toks[1:] // 对参加培训的农民补助20元, 按照全倒户每户补助3000元
			}
			return toks[i:]
		}
	}
	return toks[1:]
}

// mainVerb is the place of the last verb that is not part of words before 的, -1
// if there is none: 新认定的|园区 has none.
func (x *reader) mainVerb(toks []token) int {
	for i := len(toks) - 1; i >= 0; i-- {
		if x.is(toks[i], "的") && i+1 < len(toks) {
			return -1
		}
		if toks[i].verbal() {
			return i
		}
	}
	return -1
}

func (x *reader) laterVerb(toks []token) bool { return slices.ContainsFunc(toks, token.verbal) }

func (x *reader) laterNoun(toks []token) bool {
	return slices.ContainsFunc(toks, func(t token) bool { return t.content() || t.is(lexicon.Generic|lexicon.Measure) })
}

// dropAgent takes off who does it, where a verb with an object follows: a body
// (民政局筹集资金), or anything that an adverb parts from its verb (灾害共造成损失).
func (x *reader) dropAgent(m *mention, toks []token) []token {
	n := len(toks)
	if n > 0 && (m.isPercent() && toks[n-1].is(lexicon.Measure|lexicon.Generic) || m.unit != nil && x.is(toks[n-1], m.unit.Noun)) {
		return toks // 乡镇卫生院住院报销比例, 县医院诊疗人次
	}
	for i := 1; i < min(n-1, 4); i++ {
		if (toks[i].filler() || x.among(toks[i], x.lex.Circumstance)) && x.body(toks[:i]) && !x.binds(toks, i) {
			return x.dropHead(m, toks[i:]) // 民政局严格按照…
		}
	}
	for i := 1; i < n-1; i++ {
		t := toks[i]
		if t.filler() && !x.binds(toks, i) {
			return x.behindAdverb(toks, i)
		}
		if t.verbal() && x.doer(m, toks, i) && (x.laterNoun(toks[i+1:]) || x.laterVerb(toks[i+1:])) {
			return toks[i:]
		}
	}
	return x.lastVerb(m, toks)
}

// doer reports that who does what the verb at i says stands before it: 民政局|筹集, 国家|拨给, 粮食企业|收购粮食,
// 市场工程|新建农家店.
func (x *reader) doer(m *mention, toks []token, i int) bool {
	who := x.text(phrase{toks[0].from, toks[i-1].to})
	return x.body(toks[:i]) || (x.among(toks[i], x.lex.Trade) || x.among(toks[i], x.lex.Give)) && containsEnd(who, x.lex.Enterprise) ||
		x.among(toks[i], x.lex.Making) && strings.HasSuffix(who, "工程") || x.is(toks[i-1], "国家") && strings.Contains(x.text(toks[i].phrase), "拨") ||
		i == 1 && toks[0].to-toks[0].from == 1 && isPlaceEnd(x.line.r[toks[0].from])
}

// lastVerb is the verb alone where a body does it and its object stands behind the
// figure: 县局紧急|调运180顶帐篷.
func (x *reader) lastVerb(m *mention, toks []token) []token {
	i := len(toks) - 1
	if i < 1 || !m.counts() || !toks[i].verbal() || !x.laterNoun(x.tokens(m.post, nil)) {
		return toks
	}
	j := i
	for j > 1 && (toks[j-1].tag == "ad" || toks[j-1].tag == "a" || toks[j-1].filler()) {
		j--
	}
	if x.body(toks[:j]) {
		return toks[i:]
	}
	return toks
}

// behindAdverb is what an adverb parts from who does it, if a verb and its object follow.
func (x *reader) behindAdverb(toks []token, i int) []token {
	j := i
	for j < len(toks)-1 && toks[j].filler() {
		j++
	}
	if !toks[j].verbal() || !x.laterNoun(toks[j+1:]) || x.laterVerb(toks[:i]) {
		return toks
	}
	if j+2 == len(toks) && toks[j+1].is(lexicon.Measure|lexicon.Generic) && !x.body(toks[:i]) {
		if toks[j].is(lexicon.Light) {
			j++ // 国税系统累计完成|收入
		}
		if toks[i].is(lexicon.Time) || j+1 == len(toks) {
			return slices.Concat(toks[:i], toks[j:]) // 农村低保全年|支出资金
		}
	}
	return toks[j:]
}

// body reports words that name an office or a body: 民政局, 各有关部门.
func (x *reader) body(toks []token) bool {
	for len(toks) > 1 && toks[len(toks)-1].is(lexicon.Time) {
		toks = toks[:len(toks)-1] // 县人民法院1987年|审结
	}
	last := toks[len(toks)-1]
	return last.tag == "nt" && last.class == 0 || containsEnd(x.text(phrase{toks[0].from, last.to}), x.lex.Agent)
}

// slots fills object, event and measure from the words that are left.
func (x *reader) slots(m *mention, toks []token) frame {
	f := frame{place: m.said.place, base: m.said.base, average: m.said.average}
	toks = x.innerLight(x.dropLight(toks))
	if len(toks) == 0 {
		return f
	}
	lead := x.leadingVerbs(m, toks)
	last := toks[len(toks)-1]
	alone := lead+1 == len(toks) && last.to-last.from == 1 // a verb or verbs and one character
	switch {
	case lead == 1 && len(toks) == 1 && last.is(lexicon.Measure), // 出口, 支出
		lead > 0 && alone && last.is(lexicon.Generic|lexicon.Measure): // 流转率, 使用量
		f.measure = x.slotOf(toks, false)
	case lead > 0 && alone && last.content(), // 重建改造点
		lead == 0 && x.among(toks[0], x.lex.Qualify) && last.verbal(): // 专项|抽检
		f.object = x.slotOf(toks, false)
	case lead > 0:
		if f.event, f.verbFirst = x.slotOf(toks[:lead], false), true; f.event.text == "发" { // 发|救济款
			f.event.text = "发放"
		}
		x.nounSlots(m, &f, toks[lead:])
	default:
		tail := len(toks)
		for tail > 0 && toks[tail-1].verbal() && !toks[tail-1].is(lexicon.Generic) && !x.among(toks[tail-1], x.lex.Programme) {
			tail--
		}
		f.event = x.slotOf(toks[tail:], false)
		x.nounSlots(m, &f, toks[:tail])
	}
	m.member = !f.object.empty() && f.measure.empty() && x.memberWord(f.object.text)
	return f
}

// leadingVerbs counts the verbs before the thing that something is done to.
func (x *reader) leadingVerbs(m *mention, toks []token) int {
	for i := 1; i+1 < len(toks); i++ {
		if x.is(toks[i], "的") && (toks[i+1].content() || toks[i+1].is(lexicon.Generic|lexicon.Measure)) {
			return 0 // 承担军工科研项目的企业: no event
		}
	}
	lead := 0
	for lead < len(toks) && toks[lead].verbal() && !x.nominalHead(m, toks, lead) {
		lead++
	}
	if lead > 1 && (lead < len(toks) && toks[lead].is(lexicon.Generic|lexicon.Measure) || lead == len(toks) && m.isMoney() && toks[lead-1].is(lexicon.Generic)) {
		lead-- // 发放|供养经费, 发放|贷款
	}
	return lead
}

// dropLight takes off verbs that say nothing where something follows them.
func (x *reader) dropLight(toks []token) []token {
	money := len(toks) > 1 && x.is(toks[0], "争取") && containsEnd(x.text(toks[len(toks)-1].phrase), x.lex.MoneyEnd) // 争取|上级资金
	for len(toks) > 1 && toks[0].is(lexicon.Light) && !money && !toks[0].is(lexicon.Keep) && !(toks[1].verbal() && x.line.r[toks[len(toks)-1].to-1] == '率') && !(len(toks) == 2 && x.among(toks[1], x.lex.ShortMeasure)) {
		toks = toks[1:]
		for len(toks) > 1 && (toks[0].filler() || toks[0].is(lexicon.Time)) {
			toks = toks[1:]
		}
	}
	if len(toks) == 1 && toks[0].is(lexicon.Light) {
		return nil
	}
	return toks
}

// innerLight takes off a verb that says nothing between a thing and its measure: 第二产业|实现|增加值.
func (x *reader) innerLight(toks []token) []token {
	for i := 1; i+1 < len(toks); i++ {
		if x.among(toks[i], x.lex.Doing) && toks[i-1].content() && toks[i+1].to-toks[i+1].from > 1 && x.measureFrom(toks) == i+1 {
			return slices.Concat(toks[:i], toks[i+1:])
		}
	}
	return toks
}

// nominalHead reports a verb that only qualifies the noun behind it: 服务|中心, but not 种植|玉米1.2万亩;
// 救灾|资金 before a general noun is left to the event. What is weighed was made or moved:
// 生产|水泥12万吨, not 运输|能力12万吨.
func (x *reader) nominalHead(m *mention, toks []token, i int) bool {
	if !toks[i].is(lexicon.Nominal) || i+1 == len(toks) || !toks[i+1].content() {
		return false
	}
	made := m.unit != nil && m.unit.Dim == lexicon.Mass || i == 0 && x.among(toks[i], x.lex.Trade) && x.ofGoods(m)
	return !made || containsEnd(x.text(toks[i+1].phrase), x.lex.NominalOf)
}

// ofGoods reports a quantity, or things with a measure word of their own: 台, 双, 头, but not 个, 家, 座.
func (x *reader) ofGoods(m *mention) bool {
	return m.unit != nil && (m.isArea() || m.flows() || m.made() && m.name != "户" && m.name != "座" && !has(x.lex.Unitless, m.name))
}

// nounSlots divides a noun phrase into the object and the measure that ends it;
// a word of state before the measure is the event: 农作物|受灾|面积.
func (x *reader) nounSlots(m *mention, f *frame, toks []token) {
	if i := x.classBehind(m, toks); i > 0 {
		f.object, f.measure = x.slotOf(toks[i:], false), x.slotOf(toks[:i], false)
		return
	}
	toks, end := x.kindAlone(toks, x.measureFrom(toks))
	if end > 0 && end < len(toks) && toks[end-1].is(lexicon.State) {
		f.event = x.slotOf(toks[end-1:end], false)
		f.object, f.measure = x.slotOf(toks[:end-1], false), x.slotOf(toks[end:], false)
		return
	}
	f.object, f.measure = x.slotOf(toks[:end], false), x.slotOf(toks[end:], false)
	for _, end := range x.lex.MeasureEnd {
		if head := strings.TrimSuffix(f.measure.text, end); head != f.measure.text && has(x.lex.Programme, head) && !f.object.empty() {
			f.object.text, f.measure.text = overlap(f.object.text, head), end // 耕地地力补贴|标准
		}
	}
}

// measureFrom is where the words of the measure begin that end a noun phrase.
func (x *reader) measureFrom(toks []token) int {
	end := len(toks)
	for ; end > 0; end-- {
		t := toks[end-1]
		if !t.is(lexicon.Measure|lexicon.Generic) || t.is(lexicon.Keep) && (!t.is(lexicon.Measure) || t.is(lexicon.Generic)) || t.to-t.from == 1 && x.among(t, x.lex.Unitlike) || x.among(t, x.lex.GeneralEnd) {
			break
		}
		if x.among(t, x.lex.Programme) && end > 1 && toks[end-2].content() {
			break // 护理补贴 is what it is about
		}
	}
	return end
}

// kindAlone leaves of a list its kind, 低温冷冻、洪涝等|自然灾害, or its first item where the kind says nothing:
// 校舍改造|等项目. end is where the measure begins.
func (x *reader) kindAlone(toks []token, end int) ([]token, int) {
	for i := end - 2; i > 0; i-- {
		if !x.is(toks[i], "等") || !toks[i+1].content() {
			continue
		}
		if first := x.firstItem(toks[:i]); i+2 == end && x.among(toks[i+1], x.lex.Vague) {
			return append(append(toks[:first:first], toks[i]), toks[i+1:]...), end - (i - first)
		}
		return toks[i+1:], end - i - 1
	}
	return toks, end
}

// classBehind is where a class begins that stands behind its measure, 0 if none does: 补助标准|
// C级户均8500元, 土层含水率|山丘地6.1%, 补助标准为|一般户8000元.
func (x *reader) classBehind(m *mention, toks []token) int {
	n := len(toks)
	for i := n - 1; i > 0 && i >= n-2 && !m.counts() && toks[n-1].to-toks[i].from <= 5; i-- {
		before := toks[i-1]
		if i > 1 && x.is(before, "为") {
			before = toks[i-2]
		}
		w := x.text(before.phrase)
		if !containsEnd(w, x.lex.ClassedEnd) || !m.isMoney() && strings.HasSuffix(w, "水平") { // 修水平|梯田
			continue
		}
		t := toks[i]
		switch people := x.person(x.text(toks[n-1].phrase)); {
		case people && (i < n-1 || t.content()):
			return i
		case people, !t.content() || x.among(t, x.lex.YardNoun), !t.is(lexicon.Member) && t.tag != "" && strings.Contains("vad", t.tag[:1]):
			return 0 // 低保标准|统一, 失业率|均值
		}
		return i
	}
	return 0
}

// firstItem counts the words before the first 、.
func (x *reader) firstItem(toks []token) int {
	for i, t := range toks {
		if x.is(t, "、") {
			return i
		}
	}
	return len(toks)
}

// memberWord reports an object that is only a word that tells members apart.
func (x *reader) memberWord(s string) bool {
	n := utf8.RuneCountInString(s)
	return x.class(s)&lexicon.Member != 0 || strings.HasSuffix(s, "级") && n <= 4 || // 乡镇级
		n <= 5 && containsEnd(s, x.lex.ClassEnd) && hasPrefixOf(s, x.lex.ClassStart) // 小(一)型
}
