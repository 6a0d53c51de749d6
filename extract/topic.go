package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/segment"
	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// What a figure is of where its own clause does not say: the clause before, the
// figures before it in the sentence, the heading, the sentence before.

// clauseBefore gives the object of the clause before own within the gap.
func (x *reader) clauseBefore(m, prev *mention, k int) (frame, bool) {
	if m.delim == 0 || !x.lacksObject(m) {
		return frame{}, false
	}
	if g, ok := x.clauseFrame(m, prev); ok {
		return x.under(m.frame, g), true
	}
	return frame{}, false
}

// under gives an object to a frame that has only an event or a measure, or nothing.
func (x *reader) under(f, from frame) frame {
	if f.bare() {
		return averaged(from, f)
	}
	f = x.nameDone(f)
	k := x.undone(strings.TrimSuffix(x.kernel(&from), "新"), &f, from.verbFirst) // 新|登记38个,注销15个
	if f.verbFirst && has(x.lex.Result, f.event.text) {
		if from.verbFirst && x.namesMoney(from.measure.text) { // 追缴违规资金…,|涉及农户
			k = overlap(k, from.measure.text)
		}
		f.event.text = k + f.event.text // 藏书|受益群众
		return f
	}
	if strings.HasSuffix(k, f.event.text) {
		f.event = slot{} // 困难家庭临时救助…,救助68户
	}
	if strings.HasSuffix(f.measure.text, "率") && from.verbFirst && strings.HasSuffix(from.object.text+from.measure.text, "率") {
		k = overlap(from.event.text, k) // 住院病人|好转率
	}
	k = x.kernelUnder(k, f, from)
	if sib := x.lex.Sibling(from.measure.text, f.measure.text); sib != "" { // 社保|基金收入…,支出
		f.measure.text = strings.Replace(from.measure.text, sib, f.measure.text, 1)
	}
	if x.class(f.measure.text)&lexicon.Change != 0 && !has(x.lex.Attribute, f.measure.text) { // 人均可支配收入|增幅
		f.measure.text = overlap(from.average+from.measure.text, f.measure.text)
	}
	if f.event.empty() && has(x.lex.Worth, f.object.text+f.measure.text) && from.verbFirst {
		f.event, f.verbFirst = from.event, true // 出口|服装…,价值46亿元
	}
	f.object = slot{text: strings.TrimSuffix(k, f.object.text) + f.object.text, at: from.object.at} // 可灌溉面积…,实际|灌溉
	f.verbFirst = f.verbFirst && from.verbFirst && !has(x.lex.SumEnd, f.event.text) && from.event.text != "" && x.state(f.event.text) == x.state(from.event.text)
	if f.place.empty() {
		f.place = from.place
	}
	return f
}

// undone is a kernel without what was done to it, if something else is done now: 新纳入|低保418户,退出263户;
// 病虫|发生面积68万亩,防治81万亩; nothing of one that only says that: 过火面积417亩,受害面积156亩,
// nor of what it was done to: 受理|消费者投诉312件,办结305件.
func (x *reader) undone(k string, f *frame, taken bool) string {
	if sib := x.lex.Sibling(k, f.event.text); sib != "" && k != sib && strings.HasSuffix(k, sib) {
		return strings.TrimSuffix(k, sib) // 商品房|施工面积86万平方米,竣工26万平方米
	}
	if f.event.empty() || !f.object.empty() || x.state(f.event.text) || containsEnd(k, x.lex.BodyName) {
		return k
	}
	deed := func(r []rune) bool {
		tag, _ := segment.Tag(string(r))
		return x.class(string(r))&lexicon.Keep == 0 && (tag == "v" || tag == "vn" && x.class(string(r))&lexicon.Verb != 0) && !has(x.lex.Programme, string(r))
	}
	r := []rune(k)
	if n := len(r); n > 4 && r[0] == '新' && deed(r[1:3]) {
		r = r[3:]
	} else if n > 3 && deed(r[n-2:]) && !(taken && x.class(string(r[n-2:]))&lexicon.Nominal != 0) && x.class(k) == 0 {
		r = r[:n-2]
	}
	if len(r) == 2 && deed(r) && x.class(string(r))&lexicon.Nominal == 0 { // 准予|成立62个,变更185个
		return ""
	}
	return string(r)
}

// kernelUnder is what a kernel leaves of itself before the words of the frame that it is given to.
func (x *reader) kernelUnder(k string, f, from frame) string {
	said := f.object.text + f.measure.text
	if has(x.lex.KernelEnd, f.object.text) {
		k = overlap(k, from.measure.text) // 新增养老床位374张,总数3677张
	}
	if tag, _ := segment.Tag(said); from.verbFirst && has(x.lex.Attribute, said) && from.object.runes() == 2 && !strings.HasPrefix(tag, "v") {
		k = from.event.text + k // 出让土地|总面积; not 登记社团|年检
	}
	if deed, ok := strings.CutSuffix(f.measure.text, "率"); ok && deed != "" {
		if of, rest, _ := strings.Cut(k, deed); of != "" || utf8.RuneCountInString(rest) < 2 {
			k = of // 新农合|参合农民24万人,参合率98%
		}
	}
	if t, ok := strings.CutSuffix(k, "项目"); ok && f.object.empty() && overlap(t, f.measure.text) != t+f.measure.text {
		k = t // 奖补|项目213个,奖补资金2480万元
	}
	if end := longestEnd(k, x.lex.TaskNoun); end != "" && !f.event.empty() {
		k = cmp.Or(strings.TrimSuffix(k, end), k) // 危房改造年任务1350户,开工468户
	}
	end := longestEnd(k, x.lex.Attribute)
	if g := longestEnd(k, x.lex.GeneralObject); len(g) > len(end) && !containsEnd(strings.TrimSuffix(k, g), x.lex.ClassStart) {
		end = g // 水库|坝高, but 青河大桥|长
	}
	if len(end) < len(k) && (has(x.lex.Attribute, said) || has(x.lex.Attribute, lastRune(said))) {
		k = strings.TrimSuffix(k, end) // 大桥长318米,宽9米
	}
	k = strings.TrimSuffix(k, "总"+said) // 项目总投资2300万元,今年完成|投资950万元
	if all, each := x.several(k); all != "" && hasPrefixOf(said, each) {
		k = strings.TrimSuffix(k, all) // 银行存贷款…,存款余额29亿元
	}
	return k
}

// kernel is what of a frame tells what is meant: its object; of an event without
// one, the event.
func (x *reader) kernel(f *frame) string {
	switch {
	case has(x.lex.ShortMeasure, f.measure.text) && f.object.runes() > 1: // 造林|成活率
		if k, _ := x.splitMeasure(f.object.text, f.measure.text); k != "" || !f.verbFirst {
			return k
		}
		return f.event.text
	case !f.object.empty():
		for _, w := range x.lex.KernelEnd {
			if t := strings.TrimSuffix(f.object.text, w); t != f.object.text {
				return t // 养老床位|总数; nothing of 参保|人数
			}
		}
		if f.verbFirst && has(x.lex.GeneralEnd, f.object.text) {
			return f.event.text + f.object.text // 搬迁群众300户,发放补助30万元
		}
		return x.ofRate(f.object.text)
	case !f.event.empty() && utf8.RuneCountInString(f.event.text) >= 4:
		return f.event.text
	}
	return ""
}

// ofRate is what a name that ends with a rate is of: 肺结核病人|治愈率; all of another.
func (x *reader) ofRate(s string) string {
	r := []rune(s)
	for i := max(0, len(r)-5); strings.HasSuffix(s, "率") && i < len(r)-2; i++ {
		if _, ok := segment.Tag(string(r[i:])); ok || x.class(string(r[i:]))&lexicon.Measure != 0 {
			return string(r[:i])
		}
	}
	return s
}

// clauseFrame reads the nearest clause before own within the gap that says what
// is measured.
func (x *reader) clauseFrame(m, prev *mention) (frame, bool) {
	start := m.gap.from
	if prev != nil {
		start = max(start, prev.consumed)
	}
	end := m.own.from - 1
	for tries := 0; tries < 3 && end > start; tries++ {
		p, delim := x.lastPiece(phrase{start, end}, false)
		if prev != nil && p.from <= start && delim == 0 {
			break // the end of the clause of the figure before
		}
		if f, ok := x.topicFrame(p); ok {
			return f, true
		}
		end = p.from - 1
	}
	return frame{}, false
}

// unannounced takes the words off the end of a clause that only announce what follows, or when it was founded: 救助标准|为:, 补助标准|分为三档:.
func (x *reader) unannounced(p phrase) phrase {
	for _, w := range x.lex.FoundedAt { // 县医院|始建于1952年
		if at := x.findIn(p, w); at > p.from {
			p.to = at
		}
	}
	for at := p.to - 2; at > p.from && at > p.to-6; at-- {
		if x.startsWith(at, x.lex.Parted) {
			p.to = at
		}
	}
	for more := true; more; {
		more = false
		for _, w := range x.lex.Announce {
			if n := utf8.RuneCountInString(w); p.to-p.from > n+2 && x.line.has(p.to-n, w) {
				p.to, more = p.to-n, true
			}
		}
	}
	return p
}

// topicFrame reads a clause without figures as what the next is about.
func (x *reader) topicFrame(p phrase) (frame, bool) {
	p = x.unannounced(p)
	if x.endsWithWord(p.to, x.lex.Guidance) {
		return frame{}, false // 围绕“保增长”的总要求,|投入资金
	}
	if subject, ok := x.judged(p); ok {
		p = subject
	} else if x.adverbial(p) || x.divides(p) || x.among(token{phrase: x.trimmed(p)}, x.lex.EmptyHead) {
		return frame{}, false
	}
	if per, each := x.eachOf(p); per != "" {
		p.from = each.to // 每引进1名|硕士
	}
	m := mention{setting: setting{own: p}}
	x.trimMarker(&m.setting)
	toks := x.tokens(m.own, nil)
	if len(toks) > 2 && x.among(toks[0], x.lex.Beneficiary) {
		toks = x.beforeAdverb(toks)
	}
	toks = x.upheld(x.brought(x.dropHead(&m, x.dropTail(&m, toks)), x.lex.Wreck)) // 暴雨冲毁|房屋
	for n, told := len(toks), false; n > 1 && (told || x.is(toks[n-1], "情况")) && x.among(toks[n-1], x.lex.HeadingEnd); n-- {
		toks, told = toks[:n-1], true // 沥青路|建设情况是:
	}
	if len(toks) == 0 || toks[len(toks)-1].to-toks[0].from > longestTopic {
		return frame{}, false
	}
	f := x.slots(&m, toks)
	f.object.text = strings.TrimSuffix(f.object.text, "方面")                                                                                // 农业方面,总产值31万元
	if f.verbFirst && (has(x.lex.Founded, f.event.text) || has(x.lex.Give, f.event.text) && containsEnd(f.measure.text, x.lex.MoneyEnd)) { // 新建化肥厂,投资214万元
		f.event, f.verbFirst = slot{}, false
	}
	if (f.object.empty() || f.verbFirst) && f.measure.text == "标准" && !f.event.empty() && x.class(f.event.text)&(lexicon.Change|lexicon.Light) == 0 { // 救助|标准:一类500元
		f.object, f.event, f.verbFirst = slot{text: f.event.text + f.object.text, at: f.event.at}, slot{}, false
	}
	rule := strings.HasSuffix(f.measure.text, "标准") && f.measure.runes() > 2 // 抚恤金标准:在职320元
	if f.object.empty() && !x.standsAlone(f.measure.text) && !rule || f.verbFirst || utf8.RuneCountInString(f.text()) > longestName {
		return frame{}, false
	}
	return f, true
}

// longestTopic is how many runes of a clause may be what the next is about, and
// longestName how many its name may have.
const longestTopic, longestName = 24, 16

// beforeAdverb is what a clause is about before it says what was done: 对农村低保|重新评议.
func (x *reader) beforeAdverb(toks []token) []token {
	for i := 2; i+1 < len(toks); i++ {
		if toks[i].filler() && !x.binds(toks, i) && !x.is(toks[i], "的") && toks[i-1].content() {
			return toks[:i]
		}
	}
	return toks
}

// upheld is the thing that a clause says is done, not what is done about it: 农村低保|全面启动.
func (x *reader) upheld(toks []token) []token {
	for i := 1; i < len(toks); i++ {
		if x.among(toks[i], x.lex.Upheld) && x.laterNoun(toks[:i]) {
			return toks[:i]
		}
	}
	return toks
}

// judged is the subject of a clause that only judges it: 粮食|生产稳定, 民办非企业单位|发展
// 较快, 地区生产总值|跨上新台阶.
func (x *reader) judged(p phrase) (phrase, bool) {
	toks := x.tokens(p, nil)
	end, judges := len(toks), false
	for end > 0 {
		t := toks[end-1]
		judging := x.among(t, x.lex.Judging)
		if !judging && !t.filler() && !x.among(t, x.lex.Going) {
			break
		}
		judges = judges || judging
		end--
	}
	for from := end - 1; judges && from > 0 && from >= end-2; from-- { // 工作; 保障|面
		if x.among(token{phrase: phrase{toks[from].from, toks[end-1].to}}, x.lex.JudgedEnd) {
			end = from
		}
	}
	if !judges || end == 0 || !x.laterNoun(toks[:end]) {
		return phrase{}, false
	}
	return phrase{p.from, toks[end-1].to}, true
}

// trimmed is a phrase without the blanks around it.
func (x *reader) trimmed(p phrase) phrase {
	p.from = min(x.line.spaces(p.from), p.to)
	for p.to > p.from && x.line.r[p.to-1] == ' ' {
		p.to--
	}
	return p
}

// divides reports a clause that says by what a total is divided: 按林种分, 从结构看.
func (x *reader) divides(p phrase) bool {
	toks := x.tokens(p, nil)
	n := len(toks)
	return n > 2 && x.among(toks[0], x.lex.Divide) && x.among(toks[n-1], x.lex.DivideEnd)
}

// adverbial reports a clause that only says on what ground or how things are:
// 根据灾民损失情况, 受旱灾影响, 贫困程度深; or to what end: 确保灾民有饭吃.
func (x *reader) adverbial(p phrase) bool {
	if containsAny(x.text(p), x.lex.Livelihood) || x.startsWith(p.from, x.lex.Ground) {
		return true
	}
	toks := x.tokens(p, nil)
	n := len(toks)
	return n > 1 && (toks[n-1].tag == "a" && toks[n-1].class == 0 || x.among(toks[0], x.lex.Because) && x.among(toks[n-1], x.lex.BecauseEnd))
}

// standsOn reports what is put up and stands from then on, so that 累计 tells of all there are; not behind the figure of a
// month: 9月份新装电话机860部,累计达3600部.
func (x *reader) standsOn(f frame, m *mention) bool {
	return has(x.lex.PutUp, f.event.text) && !slices.ContainsFunc(x.line.r[max(0, m.from-24):m.from], func(r rune) bool { return strings.ContainsRune("月周旬季", r) })
}

// altogether reports what there is in all behind what is new, if it sums up no list: 新增党员120名,总计8620名; 新增床位1260张,累计达8600张, but
// not 新增就业3000人,累计达1.2万人, who are new too.
func (x *reader) altogether(f frame, m *mention, k int) bool {
	if x.findIn(m.own, "累计") >= 0 && (m.isPeople() || m.isMoney()) {
		return false
	}
	return hasPrefixOf(f.event.text, x.lex.Fresh) && x.holdsAny(m.own, x.lex.Altogether) && (k < 2 || x.mentions[k-2].name != m.name)
}

// sameThing gives a figure without words of its own what the last of its unit counts, or
// what rose by the share before it: 教师增长5%,达到1000人.
func (x *reader) sameThing(m, prev *mention, k int) (frame, bool) {
	if prev == nil || !m.frame.bare() || m.isMoney() || m.isPercent() {
		return frame{}, false
	}
	if prev.change != "" && prev.isPercent() && prev.base.empty() && !prev.said.object.empty() {
		return frame{object: prev.frame.object, measure: prev.frame.measure}, true
	}
	for t := range x.back(k, reach) {
		if t.name == m.name && !t.frame.bare() && !(t.inPart && m.delim == ';') { // 任务7万亩,其中专业化育秧2万亩;|实际完成70045亩
			f := averaged(t.frame, m.frame)
			if has(x.lex.Begun, f.event.text) && x.findIn(m.own, "完成") >= 0 { // 动工工程86处,已完成64处
				f.event.text = "完成"
			} else if x.standsOn(f, m) && x.findIn(m.own, "累计") >= 0 || x.altogether(f, m, k) { // 新装电话机860部,累计达1.2万部
				f.event = slot{}
			}
			return f, true
		}
	}
	return frame{}, false
}

// theirMoney reports money behind people of a kind, where that of all stands before: 支出200万元,其中住院救助180人次,支出120万元.
func (x *reader) theirMoney(m, prev *mention, k int) bool {
	return prev.inPart && prev.family() == "people" && m.isMoney() && m.comma() &&
		nearestOf(x.back(k, reach), func(t *mention) bool { return t.isMoney() }) != nil
}

// siblings gives the object of an earlier figure of the sentence.
func (x *reader) siblings(m, prev *mention, k int) (frame, bool) {
	if prev == nil || !x.lacksObject(m) {
		return frame{}, false
	}
	if x.theirMoney(m, prev, k) {
		return x.under(m.frame, prev.frame), true
	}
	if of := x.scope.of; of != nil && x.scope.head != nil && m.comma() && (m.isMoney() && !of.isMoney() && has(x.lex.SpendNoun, m.frame.measure.text) || prev.delim == '、' && (m.family() != of.family() || !m.said.event.empty() && m.value.Cmp(prev.value) > 0) && !x.unrelates(m, of)) {
		return x.under(m.frame, of.frame), true // 改建公路186公里,其中县道42公里、乡道86公里,完成投资2.3亿元
	}
	if left := x.scope.left; left != nil && m.comma() && !x.unrelates(m, left) { // 其中集中供养620人,分散1240人,全年|发放供养金
		return x.under(m.frame, left.frame), true
	}
	for t := range x.clauseBack(k, reach) {
		if !x.unrelates(m, t) {
			from := t.frame
			if m.isMoney() && t.delim == '、' && has(x.lex.Worth, m.frame.measure.text) { // 返还汽车11辆、手机93部,总价值31万元
				from.object, from.event, from.verbFirst = slot{}, t.verb, true
			}
			if _, kind, graded := x.grade(from.object.text); graded && t.delim == '、' && strings.HasPrefix(m.frame.text(), "总") {
				from.object.text, from.verbFirst = kind, false // 中型水库2座、小型11座,总库容1.1亿立方米
			}
			if m.isMoney() && m.per == "" && t.isPeople() && (m.said.event.empty() || has(x.lex.Yields, m.said.event.text)) { // 私营商店|从业人员430人,资金8.6万元
				from.object.text = x.employer(from.object.text)
			}
			return x.under(m.frame, from), true
		}
	}
	return frame{}, false
}

// employer is the name of who has the people that a name ends with: 私营商店|从业人员; the whole name of others.
func (x *reader) employer(name string) string {
	for _, w := range x.lex.Workforce {
		if head := strings.TrimSuffix(name, w); head != name && utf8.RuneCountInString(head) > 1 && !containsEnd(head, x.lex.Joiner) {
			return head
		}
	}
	return name
}

// unrelates reports that a figure is not said of one before it.
func (x *reader) unrelates(m, t *mention) bool {
	return slices.ContainsFunc(unrelated, func(why func(x *reader, m, t *mention) bool) bool { return why(x, m, t) })
}

// unrelated are the reasons why a figure is not said of one before it.
var unrelated = []func(x *reader, m, t *mention) bool{
	(*reader).ofRest,      // 其余2件,投入1.26亿元
	(*reader).rateOfOther, // 签约项目42个,到位资金26.8亿元,开工率85.7%
	(*reader).saysNothing, // 召开3次,发放12万元
	(*reader).ofPlaces,    // 11个乡镇,死亡3人
	(*reader).ownsNobody,  // 教学班48个,教职工196人
	(*reader).ofOwner,     // 安置残疾人148人,完成产值1260万元: of the factories
	(*reader).otherDone,   // 破获案件19起,抓获26人
	(*reader).ofShare,     // 收购870吨,其中一级品占46.5%,出口793吨
	(*reader).apart,       // 在校学生…人,教职工…人
	(*reader).ofDeed,      // 结案10件,未结2件; 收购值…元,收购价…元; 存款…元,贷款…元
}

// saysNothing reports a figure that names nothing, or no more than the one after it.
func (x *reader) saysNothing(m, t *mention) bool {
	f := &m.frame
	return x.kernel(&t.frame) == "" || t.frame.object.text == f.object.text && !containsEnd(t.frame.event.text, x.lex.Programme)
}

func (x *reader) ofPlaces(m, t *mention) bool {
	return x.placeNoun(t) && (m.family() == "people" || m.isPercent())
}

// ofShare reports a member that only a share tells, behind which an amount is of the whole.
func (x *reader) ofShare(m, t *mention) bool {
	return (t.relation != "" || t.isPercent() && !m.isPercent() && strings.HasSuffix(t.frame.measure.text, "比")) && m.plain() && (t.inPart || !m.said.bare())
}

func (x *reader) ownsNobody(m, t *mention) bool {
	return m.isPeople() && containsEnd(t.frame.object.text+t.frame.measure.text, x.lex.OwnsNobody)
}

func (x *reader) ofOwner(m, t *mention) bool {
	return m.isMoney() && t.isPeople() && has(x.lex.Attribute, m.frame.measure.text)
}

// ofDeed reports a figure before that names no thing, only what was done or a measure, or
// what this one denies or stands in contrast to.
func (x *reader) ofDeed(m, t *mention) bool {
	f, before := &m.frame, t.frame.text()
	name := f.object.text + f.measure.text
	deed := name
	for _, w := range x.lex.Negation {
		deed = strings.TrimPrefix(deed, w)
	}
	switch {
	case m.plain() && !m.said.event.empty() && t.isMoney() && containsEnd(t.frame.object.text+t.frame.measure.text, x.lex.Bound):
		return true // 封顶线15万元,累计补偿1.86亿元
	case deed != name:
		return strings.Contains(before, firstRune(deed))
	case has(x.lex.Attribute, name) && (has(x.lex.Attribute, before) || has(x.lex.GeneralObject, before)), containsEnd(name, x.lex.AttributeEnd) && containsEnd(before, x.lex.AttributeEnd):
		return true
	}
	return before != "" && x.lex.Sibling(before, f.text()) == before || t.said.event.empty() && x.bareDeed(t.said.object)
}

// otherDone reports things and people to which another thing is done than to those before.
func (x *reader) otherDone(m, t *mention) bool {
	f := &m.frame
	return !f.event.empty() && f.measure.empty() && m.counts() && t.family() != m.family() && m.delim != 0 && !(m.follows(t) && t.isMoney() && !x.state(f.event.text))
}

// ofBoth gives a sum what two siblings of a contrast set before it have in common:
// 农村低保户74户131人,城镇低保户9户14人,共调出63户 are of 低保户.
func (x *reader) ofBoth(m, prev *mention, k int) (frame, bool) {
	if prev == nil || !m.sum && !m.total || !m.frame.object.empty() || !m.frame.measure.empty() || !x.lacksObject(m) {
		return frame{}, false
	}
	last := x.mentions[k-1].frame
	for t := range x.clauseBack(k-1, 5) {
		a, b := last.object.text, t.frame.object.text
		if a == b || t.frame.event.text != last.event.text {
			continue
		}
		if last.object.text = x.lex.Both(a, b); last.object.empty() {
			break
		}
		return x.under(m.frame, last), true
	}
	return frame{}, false
}

// owned gives people and sums with a short name the enterprises that have them, and
// people the households that they live in: 私营企业86户,投资者126人; 低保户106户,人口245人.
func (x *reader) owned(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	if !m.isPeople() && !m.isMoney() || !f.thing() || !m.comma() && m.delim != '、' || f.object.runes() > 4 {
		return frame{}, false
	}
	for t := range x.clauseBack(k, 6) {
		owner := t.frame.object.text
		if class := x.lex.Class(owner, f.object.text); class != "" && !m.total && t.name != m.name {
			f.object.text = class + f.object.text
			return f, true
		}
		home := m.comma() && t.name == "户" && has(x.lex.Populous, f.object.text) && strings.HasSuffix(owner, "户") && t.frame.object.runes() > 2
		if home || m.comma() && t.counts() && !t.isPeople() && t.frame.measure.empty() && containsEnd(owner, x.lex.Enterprise) {
			f.object = slot{text: owner + f.object.text, at: f.object.at}
			return f, true
		}
	}
	return frame{}, false
}

// rateOfDeed gives a rate of those enrolled what the figure before says they are enrolled in: 医保参保3万人,参保率98%.
func (x *reader) rateOfDeed(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	deed, ok := strings.CutSuffix(f.measure.text, "率")
	if !ok || prev == nil || !has(x.lex.Enrolled, deed) || !f.object.empty() || !f.event.empty() || !m.comma() || prev.frame.event.text != deed {
		return frame{}, false
	}
	f.object = prev.frame.object
	return f, !f.object.empty()
}

// apart reports figures of which none is the subject of the other: 在校学生…人,
// 教职工…人; 减免电费351万元,发放贷款2.5亿元; 卫生技术人员…人,床位…张.
func (x *reader) apart(m, t *mention) bool {
	f := &m.frame
	switch {
	case m.made() && t.isPeople() && f.event.empty():
		return has(x.lex.Attribute, f.object.text) || has(x.lex.Attribute, f.measure.text)
	case m.isPeople():
		return t.isPeople() && !f.object.empty() || f.thing() && (t.name == "间" || t.isArea()) // 倒房1246间,死7人
	case m.isMoney():
		own := !f.event.empty() && !t.frame.event.empty() && f.event.text != t.said.event.text
		if t.isMoney() {
			return own && !t.said.event.empty() && !has(x.lex.Spend, f.event.text)
		}
		return own && t.family() != "people" && !has(x.lex.SpendNoun, f.measure.text) && !f.measure.empty() // 调拨衣服2600件,下拨救灾款126万元
	}
	return false
}

// ofRest reports other figures behind the rest of a list: 其余2件正在实施,累计投入资金1.26亿元.
func (x *reader) ofRest(m, t *mention) bool {
	return m.family() != t.family() && hasPrefixOf(t.frame.object.text, x.lex.Rest)
}

// rateOfOther reports a rate that no money has.
func (x *reader) rateOfOther(m, t *mention) bool {
	rate, ok := strings.CutSuffix(m.said.measure.text, "率")
	return ok && m.isPercent() && t.isMoney() && m.said.object.empty() && has(x.lex.NoMoneyRate, rate)
}

// beneficiary qualifies a short name of money by those who get it: 城市低保|低保金.
func (x *reader) beneficiary(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	for _, w := range x.lex.FlowDeed { // 月发放|低保金
		if rest, ok := strings.CutPrefix(f.object.text, w); ok && rest != "" && f.event.empty() {
			f.object, f.event, f.verbFirst = slot{text: rest, at: f.object.at}, slot{text: w, at: f.object.at}, true
		}
	}
	if !m.isMoney() || f.object.empty() || !f.measure.empty() || f.object.runes() > 4 || !containsEnd(f.object.text, x.lex.MoneyEnd) || m.relation != "" {
		return frame{}, false
	}
	whole := x.scope.of // 救助612人次,其中未成年人38人次,|支出救助经费
	if whole != nil && (x.scope.head == nil || m.said.event.empty() || whole.family() != "people") {
		whole = nil
	}
	for t := range x.clauseBack(k, 6) {
		t = cmp.Or(whole, t)
		q := x.kernel(&t.frame)
		if whole == nil {
			q = x.ofBothKinds(q, t, k)
		}
		if has(x.lex.Yields, m.said.event.text) {
			q = x.employer(q)
		}
		if n := utf8.RuneCountInString(q); t.family() == "people" && t.change == "" && !t.frame.object.empty() && n >= 2 && n <= 8 {
			f.object = slot{text: overlap(x.qualifier(q), f.object.text), at: f.object.at}
			return f, true
		}
	}
	return frame{}, false
}

// ofBothKinds takes the word that tells two kinds apart from the name of the second, where a sum is told behind both:
// 城市低保3126户,农村低保14035户,发放|低保金; not of one whose kinds have their own: 城市…,发放…,农村…,发放.
func (x *reader) ofBothKinds(name string, of *mention, k int) string {
	met := false
	for t := range x.clauseBack(k, 6) {
		if met = met || t == of; !met {
			continue
		}
		if t.family() != "people" {
			break
		}
		if both := x.lex.Both(name, x.kernel(&t.frame)); both != "" {
			return both
		}
	}
	return name
}

// titled gives the topic of the heading above.
func (x *reader) titled(m, prev *mention, k int) (frame, bool) {
	topic := x.scope.topic
	for i := len(x.headings) - 1; i >= 0 && topic == ""; i-- {
		topic = x.headings[i].topic
	}
	if topic == "" || !x.lacksObject(m) || x.granted(m) && (m.isMoney() || !strings.Contains(topic, m.frame.event.text)) { // 医疗救助。救助120人
		return frame{}, false
	}
	return x.named(m.frame, topic), true
}

// granted reports a name of money with its verb, or what is done to people, which need nothing from beyond
// the sentence: 投放扶持资金, 收取保费, 救助人数.
func (x *reader) granted(m *mention) bool {
	f := &m.frame
	if m.isMoney() {
		return !f.event.empty() && (f.measure.runes() >= 3 || !f.measure.empty() && !x.generic(f.measure.text))
	}
	return m.family() == "people" && f.object.empty() && has(x.lex.SelfDeed, f.event.text)
}

// noRule takes the rule of those who are counted from what they are: 供养标准每月282元,共119人.
func (x *reader) noRule(m, prev *mention) {
	if m.counts() && m.said.measure.empty() && prev != nil && prev.isMoney() && strings.HasSuffix(m.frame.measure.text, "标准") {
		m.frame.measure = slot{}
	}
}

// named gives a frame an object by its name.
func (x *reader) named(f frame, topic string) frame {
	if strings.Contains(f.text(), topic) {
		return f
	}
	f = x.nameDone(f)
	f.verbFirst = f.verbFirst && f.object.empty() && f.measure.empty() && !x.state(f.event.text)
	f.object.text = overlap(topic, f.object.text)
	return f
}

// earlier gives what the figure before was about, or the sentence before.
func (x *reader) earlier(m, prev *mention, k int) (frame, bool) {
	f := &m.frame
	if !x.lacksObject(m) || x.granted(m) || m.isMoney() && !f.measure.empty() && f.average == "" && m.per == "" && !m.standard {
		return frame{}, false
	}
	if prev != nil && x.ofDeed(m, prev) {
		return frame{}, false
	}
	if left := x.scope.left; left != nil && m.delim == ';' { // 社会组织216家,其中基金会1家;|新登记18家
		if prev = left; x.apart(m, left) {
			return frame{}, false
		}
	}
	if prev != nil && !prev.frame.bare() && !x.placeNoun(prev) && !x.apart(m, prev) {
		return x.under(*f, prev.frame), true
	}
	if s := x.scope.subject; !s.bare() && !has(x.lex.Result, f.event.text) {
		if !m.isMoney() && containsEnd(s.measure.text, x.lex.MoneyEnd) { // 拨给救灾款150万元。平均每个社区1450户
			s.measure = slot{}
		}
		return x.under(*f, s), true
	}
	return frame{}, false
}

// carryOut keeps for the next sentence what this one was about; one that begins
// with 其中 is about what the one before was.
func (x *reader) carryOut() {
	if len(x.mentions) > 0 && x.mentions[0].inPart && !x.scope.subject.bare() {
		return
	}
	for i := range x.mentions {
		if f := x.mentions[i].frame; !f.object.empty() && x.mentions[i].change == "" && !x.placeNoun(&x.mentions[i]) {
			x.scope.subject = f
			return
		}
	}
}

// noteTopic keeps what a sentence without figures is about, if it is short: it
// stands like a heading before those that follow.
func (x *reader) noteTopic(span schema.Span) {
	if span.Len() > 36 { // 禁牧工程。
		return
	}
	x.line.set(x.doc.Text, span)
	if slices.IndexFunc(x.line.r, isDigit) > 3 {
		return // 打通服务群众最后1公里
	}
	for _, w := range x.lex.PageLine {
		if x.line.has(x.line.spaces(0), w) { // 时间:2022-07-15
			return
		}
	}
	if s := x.topicOf(phrase{0, len(x.line.r)}); s != "" {
		x.scope.topic, x.scope.subject = s, frame{}
	}
}

// firstRune is the first character of a word, or empty.
func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}
