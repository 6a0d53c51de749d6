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
	yard      slot   // what it is, if the next figure is measured by it: 年初预算数
	granted   bool   // it is given to somebody named before
	silent    string // the base that a word of comparison stands for: 同比
}

// readOwn reads the words before a figure.
func (x *reader) readOwn(m, prev *mention) {
	m.total, m.sum = x.makesTotal(&m.figure), x.findIn(m.own, "共") >= 0
	m.inPart = x.holdsAny(m.gap, x.lex.Part)
	m.partial = prev != nil && m.delim == 0 && (x.holdsAny(phrase{prev.to, m.from}, x.lex.Within) || x.line.at(prev.to) == '中')
	m.planned = x.holdsAny(phrase{max(m.gap.from, x.findIn(m.gap, ";")), m.gap.to}, x.lex.Bids)
	switch {
	case x.findIn(m.gap, "同比") >= 0:
		m.silent = "上年同期"
	case x.findIn(m.gap, "环比") >= 0:
		m.silent = "上期"
	}
	m.growth = m.growth || m.isPercent() && x.holdsAny(m.own, x.lex.Extent)
	m.estimated = x.holdsAny(m.own, x.lex.Expect)
	m.constant = x.holdsAny(m.gap, x.lex.ConstantPrice) // 按可比价格计算增长8.5%
	x.rates(m, prev)
	x.buf = x.tokens(m.own, x.buf)
	toks := x.during(x.dropRate(m, x.buf))
	x.note(m, toks)
	toks = x.brought(toks, x.lex.Causative)
	toks = x.shareOf(m, toks)
	toks = x.compare(m, toks)
	toks = x.dropTail(m, x.beforeFrom(toks))
	toks = x.dropPlaceList(m, toks)
	toks = x.dropHead(m, toks)
	m.said = x.slots(m, toks)
	if e := &m.said.event; containsEnd(e.text, x.lex.Marry) && x.holdsAny(phrase{0, m.from}, x.lex.MarryAt) {
		e.text += "登记" // 办理婚姻登记,结婚7706对
	}
	if s := &m.said; s.object.empty() && x.generic(s.measure.text) && utf8.RuneCountInString(m.whom.text) <= 12 { // 为患病妇女发放救助金
		s.object = m.whom
	}
	if p := m.said.place.text; p != "" && x.isOurs(p) { // 清屏县 in its own report
		m.ours, m.said.place = true, slot{}
	}
}

// beforeFrom leaves out from where a measure starts: 救助比例|由医保报销后的60%.
func (x *reader) beforeFrom(toks []token) []token {
	for i := len(toks) - 1; i > 0; i-- {
		if (x.is(toks[i], "由") || x.is(toks[i], "从")) && toks[i-1].is(lexicon.Measure|lexicon.Generic) && i+1 < len(toks) {
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
		switch {
		case t.is(lexicon.Time) && x.quarter(t):
			m.when = x.text(t.phrase)
		case t.is(lexicon.Change) && t.is(lexicon.Measure), x.is(t, "超过") && t.to+1 < m.from && m.isPercent():
			m.growth = true
		}
		m.expected = m.expected || x.among(t, x.lex.Expect) && x.sofar(m) || x.among(t, x.lex.Expect) && i+1 < len(toks) && toks[i+1].is(lexicon.Verb) && !toks[i+1].is(lexicon.Light|lexicon.Level|lexicon.Change|lexicon.State)
		m.planned = m.planned || t.is(lexicon.Plan) && x.line.at(t.to) != '”' && x.intends(toks, i) || // “雨露计划” is a name
			t.is(lexicon.Time) && x.is(t, "明年") || x.is(t, "要") && i+1 < len(toks) && toks[i+1].is(lexicon.Level|lexicon.Change) && m.isPercent()
		m.drafted = m.drafted || x.is(t, "拟") && i+1 < len(toks) || x.drafts(toks, i)
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

// quarter reports a part of a year, which tells figures of one thing apart.
func (x *reader) quarter(t token) bool {
	return x.findIn(t.phrase, "季度") >= 0 || x.findIn(t.phrase, "半年") >= 0 || x.is(t, "全年")
}

// intends reports a word of intention that is used as one: 将 before a verb and
// not for 把 (将三无人员纳入), 计划 at the head and not in 科技计划项目.
func (x *reader) intends(toks []token, i int) bool {
	t := toks[i]
	if t.to-t.from > 1 && !t.is(lexicon.Verb) && !x.is(t, "计划") && !x.is(t, "目标") && !x.is(t, "要求") && !x.is(t, "谋划") {
		return true
	}
	last := i == len(toks)-1
	if x.is(t, "计划") && (x.line.has(t.from-2, "五年") || x.line.at(t.from-1) == '超' || x.line.at(t.from-1) == '比' || x.line.at(t.to) == '数' || x.line.at(t.to) == '外') {
		return false // 超计划造林, 占计划数的100%
	}
	if x.is(t, "计划") && !last && x.among(toks[i+1], x.lex.Result) {
		return false // 营养改善计划惠及3200万孩子: a programme
	}
	if x.is(t, "计划") && !last && toks[i+1].verbal() && !toks[i+1].is(lexicon.Nominal) {
		return true // 惠民项目计划新增公路6条
	}
	if x.is(t, "计划") && i+2 < len(toks) && toks[i+1].filler() && toks[i+2].verbal() && !toks[i+2].is(lexicon.Nominal) {
		return true // 团市委计划再建厨房10个
	}
	if x.is(t, "将") {
		if last {
			return false // 将102个单位列为一级
		}
		next := toks[i+1]
		switch x.line.r[next.from] {
		case '对', '在', '按', '由', '向', '于', '从', '与', '会', '被', '比', '有', '还', '再', '继', '达', '超':
			return true
		}
		return next.verbal() || next.is(lexicon.Change|lexicon.Level)
	}
	for _, before := range toks[:i] {
		if !before.is(lexicon.Function|lexicon.Time) && !before.filler() {
			return false
		}
	}
	return last || !toks[i+1].content() && !x.is(toks[i+1], "的") || x.line.r[toks[i+1].from] == '总'
}

// drafts reports a noun of planning that stands for the verb: 年初方案修建130户 (as
// sites write it for 计划), 规划墓穴3200个; not 规划编制, 规划区.
func (x *reader) drafts(toks []token, i int) bool {
	if !x.among(toks[i], x.lex.Draft) || i+1 == len(toks) || toks[i+1].from != toks[i].to || x.among(toks[i+1], x.lex.DraftOf) {
		return false
	}
	next := toks[i+1]
	if x.line.at(next.from) == '用' || next.verbal() && !next.is(lexicon.Nominal|lexicon.State) {
		return true
	}
	return i == 0 && x.is(toks[i], "规划") && next.content() && i+2 == len(toks)
}

// during leaves out in the course of what something is done: 年审中取消628户.
func (x *reader) during(toks []token) []token {
	for i := 1; i+1 < len(toks) && i <= 3; i++ {
		if x.is(toks[i], "中") && toks[i].tag == "f" && toks[i].class == 0 && toks[i+1].verbal() && toks[i+1].from == toks[i].to && !x.is(toks[0], "每") && !isDigit(x.line.r[toks[0].from]) {
			return toks[i+1:]
		}
	}
	return toks
}

// dropRate takes the words of a rate with 每 out of the words before:
// 每人每月195元, but 人均 stays.
func (x *reader) dropRate(m *mention, toks []token) []token {
	p := m.perText
	if !p.empty() && x.line.r[p.to-1] == '均' && p.from >= m.own.from {
		m.said.average = x.text(p)
	} else if p.empty() || p.to-p.from < 2 || utf8.RuneCountInString(m.per) > 3 && !strings.Contains(m.per, "·") {
		return toks
	}
	kept := make([]token, 0, len(toks)+1)
	for _, t := range toks {
		if t.to <= p.from || t.from >= p.to {
			kept = append(kept, t)
			continue
		}
		if t.from < p.from {
			left := t
			left.to = p.from
			kept = append(kept, left)
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

// shareOf reads what a share or a multiple is held against: 占总人口的12%, 完成
// 年度计划的105%, 相当于2005年的2.4倍, 压减至原先的45%.
func (x *reader) shareOf(m *mention, toks []token) []token {
	if !m.isPercent() && !m.isTimes() && !m.ratio {
		return toks
	}
	of := len(toks) > 0 && x.is(toks[len(toks)-1], "的")
	for i := len(toks) - 1; i >= 0; i-- {
		t := toks[i]
		rest := toks[i+1:]
		if of && len(rest) > 0 {
			rest = rest[:len(rest)-1]
		}
		switch {
		case x.among(t, x.lex.ShareOf):
			m.relation = "占"
		case x.among(t, x.lex.As), x.is(t, "及") && i > 0 && (x.is(toks[i-1], "只") || x.is(toks[i-1], "仅") || x.is(toks[i-1], "不")):
			m.relation = "相当于"
		case x.among(t, x.lex.Complete) && len(rest) > 0 && x.plannedNoun(rest):
			m.relation = "完成"
		case of && len(rest) > 0 && (t.is(lexicon.Level) || x.is(t, "为") || x.is(t, "是") || x.is(t, "达") || x.is(t, "到") || x.is(t, "至")):
			m.relation = "相当于"
			if x.plannedNoun(rest) {
				m.relation = "完成"
			}
		default:
			if t.is(lexicon.Change) && !t.is(lexicon.Measure) {
				return toks
			}
			continue
		}
		rest = x.trimShare(rest)
		m.said.base = x.slotOf(rest, true)
		return toks[:i]
	}
	return toks
}

// trimShare takes 的比重, 上升到, 由 off the end of what a share is held against.
func (x *reader) trimShare(toks []token) []token {
	for len(toks) > 0 {
		t := toks[len(toks)-1]
		if !x.among(t, x.lex.ShareNoun) && !(x.hollow(t) && !t.is(lexicon.Time)) && !x.is(t, "的") && !t.is(lexicon.Level) && !t.filler() && !(t.is(lexicon.Light) && len(toks) > 1) && !(t.is(lexicon.Time) && len(toks) > 1) && !(t.is(lexicon.Change) && !t.is(lexicon.Measure)) {
			break
		}
		toks = toks[:len(toks)-1]
	}
	return toks
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
			if i+1 == len(toks) && t.is(lexicon.Change) && m.isPercent() {
				continue // 同比+10.8%
			}
			end := i + 1
			for end < len(toks) && !toks[end].is(lexicon.Change) && !toks[end].is(lexicon.Level) && !x.among(toks[end], x.lex.CompareEnd) && !(x.is(toks[end], "少") && end+1 < len(toks) && toks[end+1].verbal()) && (!toks[end].verbal() || x.era(toks, end)) {
				end++
			}
			if end == len(toks) && end > i+1 && x.among(t, x.lex.Binds) && !m.isPercent() {
				continue // 社会团体57个|和民办非企业单位169个
			}
			if end == i+1 && i+1 < len(toks) || x.binds(toks, i) && (end == len(toks) || !x.among(toks[end], x.lex.CompareEnd)) {
				continue // 低保和五保对象
			}
			m.said.base = x.slotOf(toks[i+1:end], true)
			for end < len(toks) && x.among(toks[end], x.lex.CompareEnd) {
				end++
			}
			return append(append([]token(nil), toks[:i]...), toks[end:]...)
		case x.among(t, x.lex.Beyond) && i+1 < len(toks) && m.said.base.empty() && !toks[i+1].is(lexicon.Change):
			m.said.base = x.slotOf(toks[i+1:], true)
			m.change = x.text(t.phrase)
			return toks[:i]
		}
	}
	return toks
}

// era reports a verb that names a time with the word behind it: 解放|初, 改革|前.
func (x *reader) era(toks []token, i int) bool {
	return i+1 < len(toks) && (x.among(toks[i+1], x.lex.TimeTail) || x.is(toks[i+1], "时"))
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
	for len(toks) > 0 {
		t := toks[len(toks)-1]
		switch {
		case t.is(lexicon.Level):
			m.level = true
		case t.is(lexicon.Change) && t.is(lexicon.Measure) && len(toks) == 1 && m.change == "": // 增幅8%
			m.change = x.text(t.phrase)
		case t.is(lexicon.Change) && !t.is(lexicon.Measure) && (t.to-t.from > 1 || len(toks) == 1 || m.compared || x.shortChange(toks)):
			if !m.level && m.change == "" {
				m.change = strings.TrimSuffix(x.text(t.phrase), "了")
			}
		case t.is(lexicon.Plan) && !t.is(lexicon.Measure) && (!x.is(t, "计划") && !x.is(t, "目标") || x.intends(toks, len(toks)-1)), t.is(lexicon.Time):
		case x.turnsLevel(t) && len(toks) > 1 && toks[len(toks)-2].is(lexicon.Change):
			m.level = true
		case x.stuck(toks, len(toks)-1) && !t.is(lexicon.Level|lexicon.Change):
			return x.moreOrLess(m, toks)
		case m.isMoney() && len(toks) > 1 && x.among(t, x.lex.Currency): // 损失|人民币
		case t.filler() || t.tag == "uz" || t.tag == "ul":
		case t.is(lexicon.Light) && len(toks) > 1 && !x.is(t, "组织"): // 调解组织116个
		default:
			return x.moreOrLess(m, toks)
		}
		toks = toks[:len(toks)-1]
	}
	return toks
}

// shortChange reports 增, 减 of one rune that is a change: 人均月增40元, 比去年增.
func (x *reader) shortChange(toks []token) bool {
	before := toks[len(toks)-2]
	return before.is(lexicon.Time|lexicon.Function|lexicon.Change) || x.line.r[before.to-1] == '均' || x.line.r[before.to-1] == '月' || x.line.r[before.to-1] == '年'
}

// turnsLevel reports verbs that make a word of change a level: 增长 为 10%.
func (x *reader) turnsLevel(t token) bool {
	return t.to-t.from == 1 && (x.line.r[t.from] == '到' || x.line.r[t.from] == '至' || x.line.r[t.from] == '为')
}

// moreOrLess reads 多 or 少 before a verb where something is compared:
// 同比多救助86人次; and 减少 at the head: 减少返贫320户.
func (x *reader) moreOrLess(m *mention, toks []token) []token {
	for i, t := range toks {
		switch {
		case m.compared && (x.is(t, "多") || x.is(t, "少")), x.is(t, "减少"):
			m.change = x.text(t.phrase)
			return append(append([]token(nil), toks[:i]...), toks[i+1:]...)
		case !t.is(lexicon.Function|lexicon.Time|lexicon.Change) && !t.filler():
			return toks
		}
	}
	return toks
}

// dropHead takes off the front what is no part of the thing measured: times,
// the report's own place, who reports, circumstances, who does it.
func (x *reader) dropHead(m *mention, toks []token) []token {
	for i, t := range toks {
		if x.among(t, x.lex.Report) { // 据青山市民政局报告
			m.reporter = x.joined(toks[:i])
			toks = toks[i+1:]
			break
		}
	}
	for len(toks) > 0 {
		t := toks[0]
		if !t.is(lexicon.Function | lexicon.Time | lexicon.Plan) {
			if end := x.placeEnd(toks); end > 0 {
				p := phrase{toks[0].from, toks[end-1].to}
				m.said.place = slot{text: x.text(p), at: p}
				rest := x.dropAgent(m, toks[end:])
				if end < len(toks) && len(rest) < len(toks)-end && x.body(toks[end:len(toks)-len(rest)]) {
					m.said.place = slot{} // 汕头市消防支队调集…
				}
				toks = rest
				continue
			}
		}
		switch {
		case x.ownPlace(t):
			m.ours, m.place0 = true, x.text(t.phrase)
		case x.placeAlone(toks):
			m.ours = true
		case x.among(t, x.lex.Circumstance):
			rest := x.afterCircumstance(toks)
			if n := len(toks) - len(rest); m.isMoney() && n > 1 && x.among(t, x.lex.Beneficiary) && len(rest) > 0 && x.among(rest[0], x.lex.Give) {
				m.whom = x.slotOf(toks[1:n], false)
			}
			toks = rest
			continue
		case t.tag == "t" && t.class == 0 && len(toks) > 1 && toks[1].verbal() && !toks[1].is(lexicon.Generic): // 春节走访
		case x.superlative(toks, 0):
			return x.dropAgent(m, toks)
		case t.is(lexicon.Time|lexicon.Plan) && !t.is(lexicon.Keep|lexicon.Member|lexicon.Measure), t.filler() && !x.qualifies(toks, 0):
		case x.is(t, "、"), x.is(t, "的"):
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

// copula is the place behind 的 … 是 or 任务是, 0 if they do not stand there: what is
// counted follows.
func (x *reader) copula(toks []token) int {
	for i := 1; i+1 < len(toks); i++ {
		if x.is(toks[i], "是") && x.among(toks[i-1], x.lex.TaskNoun) { // 建设任务是|新增床位
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
	if t.to-t.from != 2 {
		return false
	}
	switch x.line.r[t.from] {
	case '全', '我', '本', '该':
		r := x.line.r[t.from+1]
		return isPlaceEnd(r) || r == '国' || r == '局' || r == '院' || r == '校' || r == '办' || r == '站'
	}
	return false
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
	for i := start; i < len(toks); i++ {
		if toks[i].verbal() && i > 1 && i+1 < len(toks) && !x.is(toks[i+1], "的") && x.laterNoun(toks[i+1:]) && !toks[i].is(lexicon.Nominal) {
			return toks[i:]
		}
		if toks[i].verbal() && i > 1 && i+1 == len(toks) {
			if x.among(toks[0], x.lex.Beneficiary) {
				return toks[1:] // 对参加培训的农民补助20元
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

func (x *reader) laterVerb(toks []token) bool {
	for _, t := range toks {
		if t.verbal() {
			return true
		}
	}
	return false
}

func (x *reader) laterNoun(toks []token) bool {
	for _, t := range toks {
		if t.content() || t.is(lexicon.Generic|lexicon.Measure) {
			return true
		}
	}
	return false
}

// dropAgent takes off who does it, where a verb with an object follows: a body
// (民政局筹集资金), or anything that an adverb parts from its verb (灾害共造成损失).
func (x *reader) dropAgent(m *mention, toks []token) []token {
	if n := len(toks); n > 0 && (m.isPercent() && toks[n-1].is(lexicon.Measure|lexicon.Generic) || m.unit != nil && x.is(toks[n-1], m.unit.Noun)) {
		return toks // 乡镇卫生院住院报销比例, 县医院诊疗人次
	}
	for i := 1; i < len(toks)-1 && i < 4; i++ {
		if (toks[i].filler() || x.among(toks[i], x.lex.Circumstance)) && x.body(toks[:i]) && !x.binds(toks, i) {
			return x.dropHead(m, toks[i:]) // 民政局严格按照…
		}
	}
	for i := 1; i < len(toks)-1; i++ {
		t := toks[i]
		if t.filler() && !x.binds(toks, i) && !x.is(t, "的") {
			j := i
			for j < len(toks)-1 && toks[j].filler() {
				j++
			}
			if toks[j].verbal() && x.laterNoun(toks[j+1:]) && !x.laterVerb(toks[:i]) {
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
			return toks
		}
		if t.verbal() && (x.body(toks[:i]) || i == 1 && toks[0].to-toks[0].from == 1 && isPlaceEnd(x.line.r[toks[0].from])) && (x.laterNoun(toks[i+1:]) || x.laterVerb(toks[i+1:])) {
			return toks[i:]
		}
	}
	return toks
}

// body reports words that name an office or a body: 民政局, 各有关部门.
func (x *reader) body(toks []token) bool {
	last := toks[len(toks)-1]
	if last.tag == "nt" && last.class == 0 {
		return true
	}
	text := x.text(phrase{toks[0].from, last.to})
	for _, w := range x.lex.Agent {
		if strings.HasSuffix(text, w) {
			return true
		}
	}
	return false
}

// slots fills object, event and measure from the words that are left.
func (x *reader) slots(m *mention, toks []token) frame {
	f := frame{place: m.said.place, base: m.said.base, average: m.said.average}
	toks = x.dropLight(toks)
	if len(toks) == 0 {
		return f
	}
	lead, relative := 0, false
	for i := 1; i+1 < len(toks); i++ { // 承担军工科研项目的企业: no event
		relative = relative || x.is(toks[i], "的") && (toks[i+1].content() || toks[i+1].is(lexicon.Generic|lexicon.Measure))
	}
	for !relative && lead < len(toks) && toks[lead].verbal() && !x.nominalHead(toks, lead) {
		lead++
	}
	if lead > 1 && (lead < len(toks) && toks[lead].is(lexicon.Generic|lexicon.Measure) || lead == len(toks) && m.isMoney() && toks[lead-1].is(lexicon.Generic)) {
		lead-- // 发放|供养经费, 发放|贷款
	}
	switch {
	case lead == len(toks) && toks[lead-1].is(lexicon.Measure) && lead == 1:
		f.measure = x.slotOf(toks, false) // 出口, 支出
	case lead == len(toks):
		f.event, f.verbFirst = x.slotOf(toks, false), true
	case lead > 0 && lead+1 == len(toks) && toks[lead].to-toks[lead].from == 1 && toks[lead].is(lexicon.Generic|lexicon.Measure) && !x.among(toks[lead], x.lex.Unitlike):
		f.measure = x.slotOf(toks, false) // 流转率, 使用量
	case lead > 0 && lead+1 == len(toks) && toks[lead].to-toks[lead].from == 1 && toks[lead].content():
		f.object = x.slotOf(toks, false) // 重建改造点
	case lead > 0:
		f.event, f.verbFirst = x.slotOf(toks[:lead], false), true
		x.nounSlots(m, &f, toks[lead:])
	case x.among(toks[0], x.lex.Qualify) && toks[len(toks)-1].verbal():
		f.object = x.slotOf(toks, false) // 专项|抽检
	default:
		tail := len(toks)
		for tail > 0 && toks[tail-1].verbal() && !toks[tail-1].is(lexicon.Generic) && !x.among(toks[tail-1], x.lex.Programme) {
			tail--
		}
		if full := toks; tail < len(toks)-1 { // 村庄绿化|完成|栽植
			toks = slices.DeleteFunc(slices.Clone(full), func(t token) bool {
				return t.from >= full[tail].from && t.is(lexicon.Light) && !t.is(lexicon.Keep)
			})
			if len(toks) == tail {
				toks = full
			}
		}
		if tail < len(toks) {
			f.event = x.slotOf(toks[tail:], false)
		}
		x.nounSlots(m, &f, toks[:tail])
	}
	m.member = !f.object.empty() && f.measure.empty() && x.memberWord(f.object.text)
	return f
}

// dropLight takes off verbs that say nothing where something follows them.
func (x *reader) dropLight(toks []token) []token {
	for len(toks) > 1 && toks[0].is(lexicon.Light) && !toks[0].is(lexicon.Keep) && !(toks[1].verbal() && x.line.r[toks[len(toks)-1].to-1] == '率') {
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

// nominalHead reports a verb that only qualifies the noun behind it: 服务|中心,
// 救灾|资金 before a general noun is left to the event.
func (x *reader) nominalHead(toks []token, i int) bool {
	return toks[i].is(lexicon.Nominal) && i+1 < len(toks) && toks[i+1].content()
}

// nounSlots divides a noun phrase into the object and the measure that ends it;
// a word of state before the measure is the event: 农作物|受灾|面积.
func (x *reader) nounSlots(m *mention, f *frame, toks []token) {
	end := len(toks)
	for end > 0 && toks[end-1].is(lexicon.Measure|lexicon.Generic) && (!toks[end-1].is(lexicon.Keep) || toks[end-1].is(lexicon.Measure) && !toks[end-1].is(lexicon.Generic)) && !(toks[end-1].to-toks[end-1].from == 1 && x.among(toks[end-1], x.lex.Unitlike)) && !x.among(toks[end-1], x.lex.GeneralEnd) {
		if x.among(toks[end-1], x.lex.Programme) && end > 1 && toks[end-2].content() {
			break // 护理补贴 is what it is about
		}
		end--
	}
	for i := end - 2; i > 0; i-- { // 低温冷冻、洪涝等自然灾害: the noun alone
		if x.is(toks[i], "等") && toks[i+1].content() {
			if first := x.firstItem(toks[:i]); i+2 == end && x.among(toks[i+1], x.lex.Vague) { // 校舍改造等项目
				toks = append(append(toks[:first:first], toks[i]), toks[i+1:]...)
				end -= i - first
			} else {
				toks, end = toks[i+1:], end-i-1
			}
			break
		}
	}
	if end > 0 && end < len(toks) && toks[end-1].is(lexicon.State) && f.event.empty() {
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
	return x.class(s)&lexicon.Member != 0 || strings.HasSuffix(s, "级") && utf8.RuneCountInString(s) <= 4 // 乡镇级
}
