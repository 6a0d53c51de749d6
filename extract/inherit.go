package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// What a figure takes over from the text around it, slot by slot, where its own
// clause leaves slots open. The sources are asked in the order of their table;
// one that answers fills what is open, and may end the search.

// A toldTime is a time that the text named, and its dates.
type toldTime struct {
	at    phrase
	dated schema.Period
}

func (s *scope) toldTime() toldTime { return toldTime{s.period, s.dated} }

// A scope is what later figures of a section may take over from earlier ones.
type scope struct {
	subject    frame         // of the last sentence that had one
	topic      string        // of the last sentence without figures: 1. 优抚工作
	place      slot          // of the sentence: 策勒县山区
	placeIn    bool          // it stands in a bracket, and holds in it
	reporter   slot          // of the paragraph: 据岚平市民政局报告
	period     phrase        // the last time named in the sentence
	coming     bool          // what is intended is for a time to come
	dated      schema.Period // and its dates
	era        int           // the year before the first of the reign that the last year was named by: 民国
	risen      bool          // it is that of a level that something rises from: 由上年的…增加到
	rose       toldTime      // and the last such in the sentence, which is that of the further levels that rise: 由2010年的…到2015年的…,人均补差由96元
	aside      bool          // it stands in a bracket, which is open: 1450户(2013年1520户
	held       toldTime      // the time that held before such a one, which holds again for the second level
	around     schema.Period // the last that is not 去年同期
	once       bool          // the time that stands is only that of its figure: 3000人,去年同期2800人
	outer      toldTime      // the time that held before the bracket, which holds again behind it
	outerRisen bool          // and was that of a level that something rises from
	head       *frame        // of the list that is read: what its members are parts of
	of         *mention      // the figure that is that head, if it is one
	left       *mention      // that of a list which ended at the last ;
	summed     *mention      // the same, if its members add up to it
	section    bool          // it has no figure and names a field: 社会保障:城市低保…人
	first      int           // the first member of it
	sum        bool          // what they are parts of is a sum of money
	measure    string        // of a list of things below: 主要产品产量如下
	bracket    bool          // that list stands in brackets
	cause      string        // what brought the losses of the sentence: 火灾
	intended   bool          // the paragraph speaks of intentions
	tasked     bool          // by a task that was set: 下达任务2.43万人
	drafted    int           // number of the sentence that does, if only one
	planned    bool          // so does the list that is read
	goals      bool          // so does the paragraph, by the words that open it: 明年计划:
	heralds    bool          // and its last sentence announces what stands below it
	led        schema.Period // the time that a sentence of the paragraph began with: 1-11月
	vague      bool          // no figure is told to be of it
	loose      bool          // it may be of that sentence alone: 去年, or an event
	leads      schema.Period // and that of the list which it announces
	announced  bool          // it announces a list of what shall be done: 今年将办好以下实事:(1)…
	promised   bool          // the sentence does, or is an item of such a list
	ours       string        // the report's own place, as last named: 全镇
}

func (s *scope) reset() { *s = scope{} }

// A source is a place from where open slots may be filled.
type source struct {
	name string // as explain prints it
	give func(x *reader, m, prev *mention, k int) (f frame, last bool)
}

// sources is the registry; its order is the precedence.
var sources = []source{
	{"label/参照", (*reader).against},      // 完成预算数6.1亿元的40%
	{"label/折合", (*reader).converted},    // 人均11230元(折合1357美元)
	{"label/连写", (*reader).behindClass},  // 收入10万元以上的村186个
	{"label/连写", (*reader).inClass},      // 50户以下的25处
	{"label/连写", (*reader).chained},      // 275户859人513间
	{"label/连写", (*reader).sameObject},   // 19人丧生、50多人受伤
	{"label/连写", (*reader).sameDeed},     // 调集6个大队、8个中队
	{"label/由到", (*reader).levels},       // 由165元增至195元
	{"label/增减", (*reader).changes},      // 6195户,比上年增加214户
	{"label/占比", (*reader).shares},       // 已有436个完成,占99.5%
	{"label/省略", (*reader).elided},       // 男性占78.4%,女性21.6%
	{"label/对举", (*reader).twins},        // 城市低保…人,农村…人
	{"label/并列", (*reader).gapped},       // 本科资助每人5000元,专科3000元
	{"label/同类", (*reader).peers},        // 油料总产1.9万吨,棉花3603吨
	{"label/总项", (*reader).members},      // 筹集240万元,其中自筹170万元
	{"label/同动词", (*reader).sameVerb},    // 发放轮椅120辆、助听器45台
	{"label/前句", (*reader).clauseBefore}, // 对敬老院进行改造,投入236万元
	{"label/户主", (*reader).owned},        // 私营企业86户,投资者126人
	{"label/同率", (*reader).rateOfDeed},   // 医保参保3万人,参保率98%
	{"label/同率", (*reader).sameRate},     // 初中入学率由49%提高到75%,小学由…
	{"label/投向", (*reader).spentOn},      // 投入236万元,推进场地建设
	{"label/承前", (*reader).ofBoth},       // 农村低保74户,城镇低保9户,共83户
	{"label/承前", (*reader).sameThing},    // 小麦受灾1688公顷,其他1200公顷
	{"label/承前", (*reader).siblings},     // 小麦受灾…,成灾…
	{"label/受益", (*reader).beneficiary},  // 312户义务兵家属,发放优待金
	{"label/标题", (*reader).titled},       // 1、城市低保。保障标准提高到…
	{"label/上句", (*reader).earlier},
}

// longestObject is how many bytes of an object are taken over: one that grows with each figure of a sentence
// (超过1%的超过1%的…) names nothing, and would take the square of its length.
const longestObject = 3 * 80

// inherit fills the open slots of a mention.
func (x *reader) inherit(m, prev *mention, k int) {
	m.frame = m.said
	x.spent = 0
	if prev != nil {
		x.spent = prev.consumed
	}
	x.openList(m, prev, k)
	x.sharesRate(m, k)
	for _, s := range sources {
		f, last := s.give(x, m, prev, k)
		if !last && f.zero() || len(f.object.text) > longestObject {
			continue
		}
		f = f.sourced(s.name)
		if !m.said.place.empty() {
			f.place = m.said.place
		}
		f = averaged(f, m.said)
		m.frame = f
		if m.explain {
			m.because("label", s.name, schema.Span{}, f.text())
		}
		if last {
			break
		}
	}
	if f := &m.frame; m.made() && !f.object.empty() && f.measure.empty() && has(x.lex.Making, f.event.text) {
		f.verbFirst = true // 在建|公墓
	}
	x.noRule(m, prev)
	x.budgetHead(m)
	x.shareBase(m, k)
	x.noAverage(m)
	x.keepRate(m, k)
	x.listRate(m, prev)
	x.holdPlace(m)
	x.setCause(m)
	if o := m.frame.object.text; m.name == "起" && containsEnd(o, x.lex.Cause) {
		x.scope.cause = o
	}
}

// keepRate keeps what the figure before was per where only a time, a level or a change
// follows: 平均每人每月13.5元,1985年为24元; 人均纯收入563元,比1980年的117元增加446元.
func (x *reader) keepRate(m *mention, k int) {
	if m.per != "" || m.inPart || m.isPercent() || m.isTimes() || m.counts() || !m.said.object.empty() || !m.said.measure.empty() {
		return
	}
	for t := range x.back(k, 3) {
		if t.name != m.name || t.frame.object.text != m.frame.object.text || t.frame.measure.text != m.frame.measure.text {
			continue
		}
		if (m.change != "" || sameSize(t.value, m.value)) && (m.said.event.empty() || m.change != "" || strings.Contains(t.per, "人")) {
			m.per, m.perText, m.standard = t.per, t.perText, m.standard || t.standard
		}
		return
	}
}

// listRate gives an item of a list the rate that stands before the first: 每户发放大米2袋、食用
// 油1桶, 每千人口床位5.1张、医师2.37名; what is per so many holds over a comma for the same
// unit too: 每百户有电视机74台,洗衣机26台.
func (x *reader) listRate(m, prev *mention) {
	if prev == nil || m.per != "" || prev.per == "" || x.unrated(m, prev) {
		return
	}
	if x.rationed(m, prev) {
		m.per, m.perText, m.standard = prev.per, prev.perText, true
		return
	}
	if !x.alikeEach(m, prev) {
		return
	}
	many := x.manyEach(prev.per)
	if m.delim == '、' && strings.ContainsAny(x.text(prev.perText), "每均") || m.comma() && many && m.name == prev.name {
		m.per, m.perText, m.standard = prev.per, prev.perText, m.standard || prev.standard
		if many {
			m.frame = averaged(m.frame, prev.frame)
		}
	}
}

// rationed reports a thing that goes on the list of what each is given, by its bare name and not too many of it for one:
// 每人每年供应口粮300公斤,食油3公斤,零用钱60元; 每收购1头肥猪奖售饲料粮50公斤、布票5尺.
func (x *reader) rationed(m, prev *mention) bool {
	const most, ofMoney, near = 50, 2000, 60
	list := phrase{prev.perText.to, m.own.from}
	name := m.said.object
	if name.empty() {
		name = m.said.measure
	}
	switch {
	case !m.comma() && m.delim != '、', list.to-list.from > near, !x.holdsAny(list, x.lex.Dole), x.findIn(prev.perText, "每") < 0, x.manyEach(prev.per):
		return false
	case m.unit == nil, m.scaled, m.isPeople(), m.isArea(), name.empty(), !m.said.place.empty(), m.own.to-m.own.from > name.at.to-name.at.from+1:
		return false
	case m.isMoney():
		return m.value.Cmp(schema.Int(ofMoney)) <= 0
	case m.counts():
		return m.value.Cmp(schema.Int(most)) <= 0 && (m.delim == '、' || has(x.lex.Packed, m.name)) // 棉被1床, but not 集中建房点14处
	}
	a, _ := convert(prev)
	b, _ := convert(m)
	return prev.unit == nil || m.unit.Dim != prev.unit.Dim || within(a, b, 3)
}

// alikeEach reports a figure that one of those may have for whom the figure before holds:
// what is given with it, or something of its kind and size. 人均收入3000元、小学12所, 每户500元、
// 企业30万元, 人均住房30平方米、绿地300公顷 are none.
func (x *reader) alikeEach(m, prev *mention) bool {
	if m.unit == nil || prev.unit == nil {
		return false
	}
	a, b := prev.value, m.value
	alike := m.unit.Dim == prev.unit.Dim
	if alike {
		a, _ = convert(prev)
		b, _ = convert(m)
	}
	given := !m.frame.event.empty() && m.frame.event.text == prev.frame.event.text
	switch {
	case given && !alike && strings.ContainsAny(prev.per, "人户"):
		return !m.scaled
	case !sameSize(a, b):
		return false
	case x.manyEach(prev.per):
		return m.name == prev.name || !m.made() || m.delim == '、' && has(x.lex.Owned, m.name)
	case strings.ContainsAny(prev.per, "月年日天") && !strings.ContainsAny(prev.per, "人户"):
		return given && alike
	case m.isMoney():
		return !prev.isMoney() && (prev.standard || strings.Contains(prev.per, "·")) || prev.isMoney() && containsEnd(m.frame.object.text+m.frame.measure.text, x.lex.MoneyWord)
	}
	return given || alike && m.made() == prev.made()
}

// unrated reports a figure that a rate before it does not hold for: 共发放3万元, 一次性补助
// 500元, 新增彩电50台, or the number of what it is per.
func (x *reader) unrated(m, prev *mention) bool {
	return !m.plain() || !prev.plain() || m.isPercent() || m.isTimes() || m.total || m.ours || x.holdsAny(m.own, x.lex.Stock) || !m.said.event.empty() && (m.delim != '、' || !x.manyEach(prev.per)) ||
		strings.Contains(prev.per, m.name) && m.delim != '、' || x.findIn(m.own, "一次性") >= 0
}

// sharesRate gives a member of a list the rate of what the list is a part of, if it is
// not far more: 人均纯收入3000元,其中工资性收入1200元; 亩产500公斤,其中玉米600公斤.
func (x *reader) sharesRate(m *mention, k int) {
	if m.per != "" || x.scope.head == nil || m.change != "" || m.relation != "" {
		return
	}
	t := x.scope.of
	if t == nil || !sameUnit(t, m) {
		t = x.totalBefore(m, k)
	}
	if t != nil && t.per != "" && t.name == m.name && m.value.Known() && t.value.Known() && m.value.Cmp(t.value.Add(t.value)) <= 0 {
		m.per, m.perText, m.standard = t.per, t.perText, t.standard
	}
}

// made reports a unit that counts things: 座, 所, 处, 个.
func (m *mention) made() bool {
	return m.unit != nil && m.unit.Dim == lexicon.Count && m.family() != "people" && m.name != "间"
}

// lacksObject reports a frame that needs an object: it is bare, has only verbs,
// or a measure that says nothing alone.
func (x *reader) lacksObject(m *mention) bool {
	f := &m.frame
	switch {
	case !f.event.empty() && f.verbFirst && has(x.lex.Result, f.event.text):
		return true // 惠及18万户: of what
	case strings.HasPrefix(f.average, "每") && !f.bare():
		return false // 每千名老人床位
	case !f.object.empty():
		return x.needsSubject(f) && !x.givenBesides(m)
	case !f.place.empty() && m.isMoney() && !f.measure.empty():
		return false // 柳树湾村补助5万元
	case has(x.lex.SelfEvent, f.event.text):
		return false // 造林1301公顷
	case !f.measure.empty():
		return !x.standsAlone(f.measure.text) || !m.isMoney() && !m.isPercent() && has(x.lex.SumAlone, f.measure.text)
	case x.happens(m), !f.event.empty() && m.isPeople() && (!m.pred.empty() || x.state(f.event.text) && !has(x.lex.Standing, f.event.text)):
		return false // 9人遇难, 死亡3人, but 在保620人
	case !f.event.empty():
		return !((m.counts() || f.average != "") && utf8.RuneCountInString(f.event.text) >= 4)
	}
	return true
}

// needsSubject reports an object that is only a rate which many things have:
// 竣工率, 逾期率.
func (x *reader) needsSubject(f *frame) bool {
	n := f.object.runes()
	switch {
	case x.generalDone(f):
		return true
	case !f.event.empty() || n > 5:
		return false
	case has(x.lex.GeneralObject, f.object.text), f.measure.empty() && has(x.lex.Attribute, f.object.text):
		return true // 保障对象3126户, 职工1433人: of what
	case f.measure.empty() && (n <= 4 && containsEnd(f.object.text, x.lex.AttributeEnd) && !x.standsAlone(f.object.text) || x.bareDeed(f.object)):
		return true // 收购值1128万元, 死21人, 未选址37所
	}
	return f.measure.empty() && !x.standsAlone(f.object.text) && strings.HasSuffix(f.object.text, "率")
}

// bareDeed reports words that only say what was done or was not: 死, 补, 未选址.
func (x *reader) bareDeed(o slot) bool {
	if n := o.runes(); n > 1 {
		return n <= 3 && hasPrefixOf(o.text, x.lex.Negation)
	}
	toks := x.tokens(o.at, nil)
	return len(toks) == 1 && toks[0].tag == "v" && toks[0].class == 0
}

// givenBesides reports money that is of something else than what stands before: 另拨10万元用于修路.
func (x *reader) givenBesides(m *mention) bool {
	return m.isMoney() && x.findIn(m.gap, "另") >= 0 && x.bareDeed(m.frame.object)
}

// generalDone reports what is done to nobody in particular, or its sum: 保障人口17414人,
// 发放总额7643万元.
func (x *reader) generalDone(f *frame) bool {
	return (f.measure.empty() || has(x.lex.KernelEnd, strings.TrimPrefix(f.measure.text, "总"))) && !f.event.empty() && !x.state(f.event.text) && f.verbFirst && (has(x.lex.GeneralObject, f.event.text+f.object.text) || has(x.lex.Sum, f.object.text))
}

// nameDone makes one name of what is done to nobody in particular: 实有对象, 发放总额.
func (x *reader) nameDone(f frame) frame {
	if x.generalDone(&f) {
		f.object.text, f.event, f.verbFirst = f.event.text+f.object.text, slot{}, false
	}
	return f
}

// standsAlone reports a measure that names its thing: 财政收入, 进出口总额.
func (x *reader) standsAlone(s string) bool {
	if strings.HasSuffix(s, "率") {
		return has(x.lex.SelfRate, s) || utf8.RuneCountInString(s) >= 5 && !strings.HasSuffix(s, "完成率")
	}
	return has(x.lex.SelfMeasure, s)
}

// happens reports what befalls households and people: it needs no further object.
func (x *reader) happens(m *mention) bool {
	f := &m.frame
	return f.object.empty() && f.measure.empty() && m.family() == "people" && has(x.lex.Befall, f.event.text)
}

// state reports a word of state: 成灾, 竣工.
func (x *reader) state(s string) bool { return x.class(s)&lexicon.State != 0 }

// class is the class that the lexicon gives a word, 0 if it has none.
func (x *reader) class(s string) lexicon.Class {
	v, ok := x.lex.Words.Has([]rune(s))
	if !ok {
		return 0
	}
	return lexicon.Class(v)
}

// holdPlace keeps the place of a figure for those after it in the sentence.
func (x *reader) holdPlace(m *mention) {
	s := &x.scope
	if m.place0 != "" {
		s.ours = m.place0
	}
	switch {
	case !m.said.place.empty():
		s.place, s.placeIn = m.said.place, m.inside
	case m.ours, s.placeIn && !m.inside, m.total && m.said.place.empty(), m.delim == ';' && !m.said.object.empty() && !m.said.verbFirst && m.isMoney():
		s.place, m.frame.place = slot{}, slot{}
	}
	if m.said.place.empty() && !m.ours && !m.total && m.delim != 0 && m.delim != ';' && m.gap.from < m.own.from-1 { // 青石镇最重,受灾2600人
		p, _ := x.lastPiece(phrase{max(m.gap.from, x.spent), m.own.from - 1}, false)
		if slices.ContainsFunc(x.line.r[p.from:max(p.from, p.to)], isPlaceEnd) {
			if toks := x.tokens(p, nil); len(toks) > 1 {
				if end := x.placeEnd(toks); end > 0 && !x.isOurs(x.text(phrase{toks[0].from, toks[end-1].to})) && !slices.ContainsFunc(toks[:end], func(t token) bool { return t.tag == "v" }) { // 灾害涉及各个乡镇
					s.place = x.slotOf(toks[:end], false)
					m.frame.place = cmp.Or(m.frame.place, s.place)
				}
			}
		}
	}
	if m.frame.place.empty() && !m.ours && !m.total {
		m.frame.place = s.place
		m.held = !s.place.empty()
	}
	if m.frame.place.empty() && !m.ours {
		m.frame.place = s.reporter
	}
}

// setCause names what brought a loss that does not say it: 交通事故126起,死亡32人.
func (x *reader) setCause(m *mention) {
	if m.cause = ""; x.scope.cause != "" && !containsAny(m.frame.text(), x.lex.Cause) && containsAny(m.frame.text(), x.lex.Loss) {
		m.cause = x.causeFor(x.scope.cause, m.said.object.empty())
	}
}

// causeFor is what brought a loss, without 发生; where it happened only to a loss
// that names nothing itself: 居民住宅发生火灾4190起,亡43人, but 厂房亡3人.
func (x *reader) causeFor(o string, where bool) string {
	for _, w := range x.lex.Occur {
		if at, cause, ok := strings.Cut(o, w); ok && cause != "" {
			if !where || utf8.RuneCountInString(at) > 8 {
				return cause
			}
			return at + cause
		}
	}
	return o
}

// family groups units of which one subject has several: 户 and 人.
func (f *figure) family() string {
	switch {
	case f.unit == nil:
		return ""
	case f.unit.Dim == lexicon.People, f.name == "户", f.name == "起":
		return "people"
	}
	return string(f.unit.Dim)
}

func has(words []string, s string) bool {
	for _, w := range words {
		if len(w) == len(s) && (w == "" || w[len(w)-1] == s[len(s)-1]) && w == s { // the last byte tells most apart
			return true
		}
	}
	return false
}

// longestEnd is the longest of words that s ends with.
func longestEnd(s string, words []string) (end string) {
	for _, w := range words {
		if len(w) > len(end) && strings.HasSuffix(s, w) {
			end = w
		}
	}
	return end
}

func containsEnd(s string, ends []string) bool {
	for _, w := range ends {
		if n := len(s); len(w) <= n && (w == "" || w[len(w)-1] == s[n-1]) && strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}
