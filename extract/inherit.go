package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// What a figure takes over from the text around it, slot by slot, where its own
// clause leaves slots open. The sources are asked in the order of their table;
// one that answers fills what is open, and may end the search.

// A scope is what later figures of a section may take over from earlier ones.
type scope struct {
	subject  frame         // of the last sentence that had one
	topic    string        // of the last sentence without figures: 1. 优抚工作
	place    slot          // of the sentence: 策勒县山区
	reporter slot          // of the paragraph: 据岚平市民政局报告
	period   phrase        // the last time named in the sentence
	dated    schema.Period // and its dates
	risen    bool          // it is that of a level that something rises from: 由上年的…增加到
	held     phrase        // the time that held before such a one, which holds again for the second level
	head     *frame        // of the list that is read: what its members are parts of
	first    int           // the first member of it
	sum      bool          // what they are parts of is a sum of money
	measure  string        // of a list of things below: 主要产品产量如下
	bracket  bool          // that list stands in brackets
	cause    string        // what brought the losses of the sentence: 火灾
	intended bool          // the paragraph speaks of intentions
	tasked   bool          // by a task that was set: 下达任务2.43万人
	drafted  int           // number of the sentence that does, if only one
	planned  bool          // so does the list that is read
	goals    bool          // so does the paragraph, by the words that open it: 明年计划:
	ours     string        // the report's own place, as last named: 全镇
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
	{"label/连写", (*reader).chained},      // 275户859人513间
	{"label/由到", (*reader).levels},       // 由165元增至195元
	{"label/增减", (*reader).changes},      // 6195户,比上年增加214户
	{"label/占比", (*reader).shares},       // 已有436个完成,占99.5%
	{"label/对举", (*reader).twins},        // 城市低保…人,农村…人
	{"label/并列", (*reader).gapped},       // 本科资助每人5000元,专科3000元
	{"label/同类", (*reader).peers},        // 油料总产1.9万吨,棉花3603吨
	{"label/总项", (*reader).members},      // 筹集240万元,其中自筹170万元
	{"label/同动词", (*reader).sameVerb},    // 发放轮椅120辆、助听器45台
	{"label/前句", (*reader).clauseBefore}, // 对敬老院进行改造,投入236万元
	{"label/户主", (*reader).owned},        // 私营企业86户,投资者126人
	{"label/同率", (*reader).sameRate},     // 初中入学率由49%提高到75%,小学由…
	{"label/投向", (*reader).spentOn},      // 投入236万元,推进场地建设
	{"label/每个", (*reader).ofEach},       // 扩建敬老院24所,每所新建住房20间
	{"label/承前", (*reader).siblings},     // 小麦受灾…,成灾…
	{"label/受益", (*reader).beneficiary},  // 312户义务兵家属,发放优待金
	{"label/标题", (*reader).titled},       // 1、城市低保。保障标准提高到…
	{"label/上句", (*reader).earlier},
}

// inherit fills the open slots of a mention.
func (x *reader) inherit(m, prev *mention, k int) {
	m.frame = m.said
	x.spent = 0
	if prev != nil {
		x.spent = prev.consumed
	}
	x.openList(m, prev, k)
	for _, s := range sources {
		f, last := s.give(x, m, prev, k)
		if f == (frame{}) && !last {
			continue
		}
		f = f.sourced(s.name)
		if !m.said.place.empty() {
			f.place = m.said.place
		}
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
	x.keepRate(m, k)
	x.holdPlace(m)
	if m.cause = ""; x.scope.cause != "" && !containsAny(m.frame.text(), x.lex.Cause) && x.loss(&m.frame) {
		m.cause = x.causeFor(x.scope.cause, m.said.object.empty())
	}
	if o := m.frame.object.text; (m.name == "起" || m.name == "次") && x.causal(o) {
		x.scope.cause = o
	}
}

// keepRate keeps what the figure before was per where only a time, a level or a change
// follows: 平均每人每月13.5元,1985年为24元; 人均纯收入563元,比1980年的117元增加446元.
func (x *reader) keepRate(m *mention, k int) {
	if m.per != "" || m.sum || m.inPart || m.isPercent() || m.isTimes() || m.counts() && !m.isMoney() || !m.said.object.empty() || !m.said.measure.empty() {
		return
	}
	for i := k - 1; i >= max(0, k-3); i-- {
		t := &x.mentions[i]
		if t.name != m.name || t.frame.object.text != m.frame.object.text || t.frame.measure.text != m.frame.measure.text {
			continue
		}
		if t.per != "" && (m.change != "" || sameSize(t.value, m.value)) && (m.said.event.empty() || m.change != "" || strings.Contains(t.per, "人")) {
			m.per, m.perText, m.standard = t.per, t.perText, m.standard || t.standard
		}
		return
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
	case !f.object.empty():
		return x.needsSubject(f)
	case !f.place.empty() && m.isMoney() && !f.measure.empty():
		return false // 柳树湾村补助5万元
	case has(x.lex.SelfEvent, f.event.text):
		return false // 造林1301公顷
	case !f.measure.empty():
		return !x.standsAlone(f.measure.text)
	case x.happens(m), !f.event.empty() && m.isPeople() && (!m.pred.empty() || x.state(f.event.text)):
		return false // 9人遇难, 死亡3人
	case !f.event.empty():
		return !((m.counts() && !m.isMoney() || f.average != "") && utf8.RuneCountInString(f.event.text) >= 4)
	}
	return true
}

// needsSubject reports an object that is only a rate which many things have:
// 竣工率, 逾期率.
func (x *reader) needsSubject(f *frame) bool {
	n := utf8.RuneCountInString(f.object.text)
	if f.measure.empty() && f.event.empty() && strings.HasSuffix(f.object.text, "完成率") && n <= 5 {
		return true // 任务完成率
	}
	if x.generalDone(f) {
		return true
	}
	if f.event.empty() && n <= 5 && (has(x.lex.GeneralObject, f.object.text) || f.measure.empty() && has(x.lex.Attribute, f.object.text)) {
		return true // 保障对象3126户, 职工1433人: of what
	}
	return f.measure.empty() && f.event.empty() && n <= 4 && strings.HasSuffix(f.object.text, "率") && !has(x.lex.SelfRate, f.object.text)
}

// generalDone reports what is done to nobody in particular, or its sum: 保障人口17414人,
// 发放总额7643万元.
func (x *reader) generalDone(f *frame) bool {
	return f.measure.empty() && !f.event.empty() && !x.state(f.event.text) && f.verbFirst && (has(x.lex.GeneralObject, f.event.text+f.object.text) || has(x.lex.Sum, f.object.text))
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

func has(words []string, s string) bool {
	for _, w := range words {
		if w == s {
			return true
		}
	}
	return false
}

// chained copies a frame along figures that run on: 275户859人513间, 3人、5人.
func (x *reader) chained(m, prev *mention, k int) (frame, bool) {
	if prev == nil || m.change != "" || m.relation != "" || m.level || m.total || m.inPart {
		return frame{}, false
	}
	if x.scope.sum && x.scope.head != nil && m.isMoney() && prev.family() == "people" {
		return frame{}, false // 复员军人19人,22.8万元: of the list of sums
	}
	runs := m.delim == 0 || x.onlyJoins(m.gap)
	f := m.frame
	switch {
	case f.bare() && runs && prev.of && !prev.noun.empty() && prev.consumed >= m.gap.to-3 && !prev.counts(): // 收入10万元以上的村186个
		return frame{object: slot{text: clip(x.text(phrase{prev.own.from, prev.noun.to}), 20), at: prev.noun}, place: prev.frame.place}, true
	case f.bare() && runs && prev.of && prev.noun.empty() && x.classOf(prev) != "" && x.line.at(prev.consumed) != '，': // 50户以下的25处
		g := x.classHead(prev, k)
		g.object.text = x.classOf(prev) + g.object.text
		return g, true
	case f.bare() && runs && x.placeNoun(prev):
		if m.family() == prev.family() || m.family() != "people" {
			return frame{}, false
		}
		g := prev.frame
		g.object = slot{} // 11个乡镇860户: the townships are not the households
		m.change = prev.change
		if g.event.empty() || m.noun.empty() && g.verbFirst && prev.pred.empty() {
			g.event = slot{}
			m.place0 = x.scope.ours // 全镇辖12个村9842户
		}
		return g, true
	case f.bare() && runs:
		g := prev.frame
		m.change, m.fromTo = prev.change, prev.fromTo
		m.planned = m.planned || prev.planned
		if m.per == "" && m.name == prev.name && !m.gap.empty() {
			m.per, m.perText = prev.per, prev.perText // 每人每月120元、85元和60元
		}
		if !f.place.empty() {
			g.place = f.place
		}
		return g, true
	case f.object.empty() && f.measure.empty() && !m.pred.empty() && x.emptyOwn(m) && runs && !prev.frame.bare() && !x.placeNoun(prev): // 19人丧生、50多人受伤
		f.object, f.verbFirst = prev.frame.object, prev.frame.verbFirst && prev.frame.event.src == ""
		f.place = prev.frame.place
		return f, !f.object.empty()
	case !m.noun.empty() && f.event.empty() && x.emptyOwn(m) && runs && !prev.verb.empty(): // 调集6个大队、8个中队
		f.event = prev.verb
		m.verb = prev.verb
		return f, true
	case !m.noun.empty() && f.event.empty() && x.emptyOwn(m) && x.onlyJoins(phrase{prev.consumed, m.from}) && !prev.noun.empty() && x.state(prev.said.event.text): // 受灾的有98个大队,371个生产队
		f.event, f.verbFirst = prev.frame.event, prev.frame.verbFirst
		return f, true
	}
	return frame{}, false
}

// classOf is the class that a figure names: 50户以下, 101至200户.
func (x *reader) classOf(m *mention) string {
	if m.approx == schema.Over || m.approx == schema.Under || m.approx == schema.Range {
		return x.text(phrase{m.from, m.to})
	}
	return ""
}

// classHead is the frame of what is divided into classes: that of the list's head,
// or of the last figure that names no class.
func (x *reader) classHead(class *mention, k int) frame {
	if h := x.scope.head; h != nil {
		return *h
	}
	return class.frame
}

// placeNoun reports a figure that counts places: 11个乡镇, 6县.
func (x *reader) placeNoun(m *mention) bool {
	s := []rune(x.text(m.noun))
	if len(s) == 0 {
		s = []rune(m.name)
	}
	if len(s) == 0 {
		return false
	}
	return isPlaceEnd(s[len(s)-1]) || has(x.lex.PlaceKind, string(s))
}

// emptyOwn reports that no words of its own stand before a figure.
func (x *reader) emptyOwn(m *mention) bool {
	from := m.own.from
	return from >= m.own.to || strings.Trim(x.text(phrase{from, m.own.to}), " 、和与及") == ""
}

// levels copies the frame of the level that a figure starts from.
func (x *reader) levels(m, prev *mention, k int) (frame, bool) {
	if prev == nil || !m.level || !m.frame.bare() || prev.name != m.name || m.relation != "" {
		return frame{}, false
	}
	m.fromTo = true
	if m.per == "" && sameSize(prev.value, m.value) {
		m.per = prev.per
	}
	f := prev.frame
	if m.delim != 0 && has(x.lex.Turnover, f.event.text) { // 精减职工3240人,到1963年降为5013人
		f.event = slot{}
	}
	return keepBase(f, m), true
}

// keepBase keeps the base that a figure's own clause names.
func keepBase(f frame, m *mention) frame {
	f.base = m.frame.base
	if m.frame.average != "" {
		f.average = m.frame.average
	}
	return f
}

// changes copies the frame of what grew or fell.
func (x *reader) changes(m, prev *mention, k int) (frame, bool) {
	if m.change == "" || !m.frame.bare() {
		return frame{}, false
	}
	if f, ok := x.clauseFrame(m, prev); ok {
		return keepBase(f, m), true
	}
	if prev == nil {
		return frame{}, false
	}
	t := prev
	for i := k - 1; i >= max(0, k-6); i-- {
		if c := &x.mentions[i]; c.name == m.name && c.change == "" && c.yard.empty() && c.clause == m.clause && !m.isPercent() {
			t = c
			break
		}
	}
	if m.per == "" && m.name == t.name {
		m.per = t.per
	}
	return keepBase(t.frame, m), true
}

// shares copies the frame of what a share is of.
func (x *reader) shares(m, prev *mention, k int) (frame, bool) {
	if prev == nil || !m.frame.bare() || !m.isPercent() && !m.isTimes() || m.delim == ';' || m.delim == 0 && m.relation == "" {
		return frame{}, false
	}
	if f, ok := x.clauseFrame(m, prev); ok && (m.relation != "" || m.delim == '，' || m.delim == ',') {
		return keepBase(f, m), true
	}
	if m.relation == "" && prev.change != "" && prev.isPercent() && m.isPercent() { // 增长7%以上、力争达到8%
		m.change = prev.change
	}
	return keepBase(prev.frame, m), true
}

// twins puts a word of a contrast set in its sibling's place:
// 城市低保月人均补差221.7元,农村82元.
func (x *reader) twins(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	if prev == nil || f.object.empty() || !f.event.empty() || m.inPart || utf8.RuneCountInString(f.object.text) > 4 || x.scope.head != nil {
		return frame{}, false
	}
	for i := k - 1; i >= max(0, k-3); i-- {
		t := &x.mentions[i]
		if t.clause != m.clause {
			break
		}
		if t.name != m.name {
			continue
		}
		if e := t.frame.event.text; e != "" && e != f.object.text && f.measure.empty() && !t.frame.object.empty() && x.lex.Sibling(e, f.object.text) == e {
			g := t.frame // 医疗救助住院2560人次、门诊7186人次
			g.event, g.place = f.object, f.place
			return g, true
		}
		if sib := x.lex.Sibling(t.frame.object.text, f.object.text); sib != "" {
			g := t.frame
			g.object.text = strings.Replace(g.object.text, sib, f.object.text, 1)
			if !f.measure.empty() {
				g.measure = f.measure
			}
			g.place = f.place
			if m.per == "" && m.name == t.name {
				m.per, m.perText = t.per, t.perText
			}
			m.standard = m.standard || t.standard
			return g, true
		}
	}
	return frame{}, false
}

// gapped reads a sum whose clause names only another object than that of a rate before
// it: the verb, the measure and the rate are left out. 本科资助每人5000元,专科3000元;
// 乡村每人每月10元,城镇15元; 农村居民12655元, after 城镇居民人均可支配收入29874元.
func (x *reader) gapped(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	if !m.isMoney() || m.per != "" || m.sum || f.object.empty() || !f.event.empty() || !f.measure.empty() || utf8.RuneCountInString(f.object.text) > 6 || m.relation != "" || m.openBracket || containsEnd(f.object.text, x.lex.MoneyWord) {
		return frame{}, false // 人均纯收入1120元,学费800元
	}
	for i := k - 1; i >= max(0, k-2); i-- {
		if t := &x.mentions[i]; m.likeRate(t) && (t.frame.average == "" || x.lex.Sibling(t.frame.object.text, f.object.text) != "") {
			return x.gapFrom(m, t), true
		}
	}
	for i := len(x.all) - 1; k == 0 && i >= max(0, len(x.all)-3) && x.all[i].line == x.lines-1 && x.all[i].article == x.article; i-- {
		if t := x.all[i]; m.likeRate(t) && x.lex.Sibling(t.frame.object.text, f.object.text) != "" {
			return x.gapFrom(m, t), true
		}
	}
	return frame{}, false
}

// likeRate reports a rate of the same unit and about the same size.
func (m *mention) likeRate(t *mention) bool {
	return t.isMoney() && t.per != "" && t.name == m.name && t.change == "" && sameSize(t.value, m.value)
}

// sameSize reports values that differ by less than a factor of 10.
func sameSize(a, b schema.Decimal) bool {
	return a.Known() && b.Known() && a.Shift(1).Cmp(b) > 0 && b.Shift(1).Cmp(a) > 0
}

// gapFrom puts the object of m in the place of that of the rate t.
func (x *reader) gapFrom(m, t *mention) frame {
	g := t.frame
	g.place = m.frame.place
	if sib := x.lex.Sibling(g.object.text, m.frame.object.text); sib != "" {
		g.object.text = strings.Replace(g.object.text, sib, m.frame.object.text, 1)
	} else {
		g.object = m.frame.object
	}
	m.per, m.perText, m.standard = t.per, t.perText, m.standard || t.standard
	return g
}

// peers gives a thing that is named alone the measure of the things of its kind
// before it, in this sentence or the one before: 油料总产1.9万吨。棉花3603吨.
func (x *reader) peers(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	if f.object.empty() || !f.event.empty() || !f.measure.empty() || m.unit == nil || m.counts() || m.isMoney() || m.change != "" || m.relation != "" || x.scope.head != nil || m.inPart {
		return frame{}, false
	}
	give := func(t *mention) bool {
		return t.name == m.name && t.change == "" && !t.frame.measure.empty() && x.lex.Peers(f.object.text, t.frame.object.text)
	}
	for i := k - 1; i >= max(0, k-6); i-- {
		if t := &x.mentions[i]; give(t) {
			f.measure = t.frame.measure
			return f, true
		}
	}
	for i := len(x.all) - 1; i >= max(0, len(x.all)-6) && x.all[i].line >= x.lines-1 && x.all[i].article == x.article; i-- {
		if give(x.all[i]) {
			f.measure = x.all[i].frame.measure
			return f, true
		}
	}
	return frame{}, false
}

// openList keeps what the list is a part of whose first member m is.
func (x *reader) openList(m, prev *mention, k int) {
	s := &x.scope
	if m.delim == ';' && !m.inPart || s.bracket && m.closed {
		s.head, s.bracket = nil, false
	}
	switch {
	case prev != nil && m.openBracket:
		f := prev.frame
		s.head, s.bracket, s.first, s.sum = &f, true, k, prev.isMoney()
	case m.inPart:
		s.head, s.first, s.sum = nil, k, false
		if t := x.totalBefore(m, k); t != nil && (sameUnit(t, m) || !x.placeNoun(t)) {
			f := t.frame
			s.head, s.sum = &f, t.isMoney()
		} else if k == 0 && !s.subject.bare() {
			f := s.subject
			s.head = &f
		}
	case m.delim == ':':
		s.head, s.first = nil, k
		if f, ok := x.clauseFrame(m, prev); ok {
			s.head = &f
		} else if m.colonList && !prev.frame.bare() && sameUnit(prev, m) { // 五保供养1500人:集中360人
			f := prev.frame
			s.head = &f
		}
	}
}

// reach is how many figures back a figure looks for what it belongs to.
const reach = 24

// totalBefore is the nearest mention before 其中 that has the unit of m, else
// the nearest.
func (x *reader) totalBefore(m *mention, k int) *mention {
	for i := k - 1; i >= max(0, k-reach); i-- {
		if t := &x.mentions[i]; sameUnit(t, m) && t.change == "" && t.yard.empty() {
			return t
		}
	}
	if k == 0 {
		return nil
	}
	return &x.mentions[k-1]
}

// A membership is a figure of a list and the frame of what the list is a part of.
type membership struct {
	m, prev *mention
	k       int
	head    *frame
}

// memberCases say how a member is joined with its head; the first that holds
// answers. One without a join leaves the member to its own words.
var memberCases = []struct {
	holds func(x *reader, j membership) bool
	join  func(x *reader, j membership) frame
}{
	{(*reader).memberGoesOn, (*reader).joinPrevious},     // 水稻移栽184万亩,预计完成187万亩
	{(*reader).memberPaid, (*reader).joinPaid},           // 抚恤金51万元,其中复员军人19人,22.8万元
	{(*reader).memberBare, (*reader).joinBare},           // 其中女性120人: 120人
	{(*reader).memberQualifies, (*reader).joinQualifier}, // 其中省级2家, 小麦8600亩
	{(*reader).memberFollows, nil},                       // 其中小麦受灾…,成灾…
	{(*reader).memberMarries, nil},                       // 婚姻登记:结婚…,离婚…
	{(*reader).memberVerb, (*reader).joinVerb},           // 绝产48.4千公顷, 安排工作21名
	{(*reader).memberWhole, nil},                         // 县财政拨付配套资金
	{(*reader).memberDone, (*reader).joinPeople},         // 领取一次性补助142名 of 退役士兵
	{(*reader).memberMeasured, (*reader).joinPeople},     // 国有面积
	{(*reader).memberNames, nil},                         // 脱贫不稳定户, 初级中学
	{(*reader).memberOfKind, (*reader).joinKind},         // 水稻移栽 of 大春粮食播栽
	{(*reader).memberThing, (*reader).joinThing},         // 麦类 of 粮食产量
	{(*reader).memberOfMany, (*reader).joinAfter},        // 高血压 of 慢性病门诊救助对象
	{(*reader).memberCounted, (*reader).joinEvent},       // 转出…,其中学龄前儿童
}

// members joins a member with what its list is a part of.
func (x *reader) members(m, prev *mention, k int) (frame, bool) {
	j := membership{m, prev, k, x.scope.head}
	if j.head == nil || m.change != "" || m.relation != "" && !m.frame.bare() {
		return frame{}, false
	}
	for _, c := range memberCases {
		if c.holds(x, j) {
			if c.join == nil {
				break
			}
			return c.join(x, j), true
		}
	}
	return frame{}, false
}

// memberGoesOn reports a second figure of the member before it.
func (x *reader) memberGoesOn(j membership) bool {
	return j.m.frame.bare() && j.k > x.scope.first && j.prev.name == j.m.name && !x.emptyOwn(j.m) && j.m.delim != '、'
}

func (x *reader) joinPrevious(j membership) frame { return j.prev.frame }

// memberPaid reports people, or what runs on behind them, in a list of sums.
func (x *reader) memberPaid(j membership) bool {
	return x.scope.sum && (j.m.family() == "people" && !j.m.frame.object.empty() || j.m.isMoney() && j.m.frame.bare() && j.prev != nil && j.prev.family() == "people" && j.k > x.scope.first)
}

// joinPaid leaves people to their own words, and gives the sum that runs on behind
// them its name: 复员军人|抚恤金.
func (x *reader) joinPaid(j membership) frame {
	if !j.m.isMoney() {
		return j.m.frame
	}
	g := j.prev.frame
	g.event, g.verbFirst = slot{}, false
	name := j.head.measure
	if name.empty() {
		name = j.head.object
	}
	g.measure = slot{text: name.text, at: name.at}
	return g
}

func (x *reader) memberBare(j membership) bool { return j.m.frame.bare() }

func (x *reader) joinBare(j membership) frame {
	g := *j.head
	if p := j.m.frame.place; !p.empty() {
		g.place = p
	}
	return g
}

// memberQualifies reports a word that tells members apart, or one thing of a kind.
func (x *reader) memberQualifies(j membership) bool {
	f := &j.m.frame
	return j.m.member || f.measure.empty() && !j.head.measure.empty() && f.event.empty() && x.lex.Under(f.object.text, j.head.object.text)
}

func (x *reader) joinQualifier(j membership) frame {
	f, g := &j.m.frame, *j.head
	if x.lex.Under(f.object.text, j.head.object.text) {
		g.object = f.object
	} else if sib := x.lex.Sibling(j.head.object.text, f.object.text); sib != "" { // 城乡低保对象|城镇
		g.object = slot{text: strings.Replace(j.head.object.text, sib, f.object.text, 1), at: f.object.at}
	} else if q := x.qualifier(j.head.object.text); sameEnd(f.object.text, q) { // 五保供养|集中供养
		g.object = slot{text: string([]rune(q)[:utf8.RuneCountInString(q)-2]) + f.object.text, at: f.object.at}
	} else {
		g.object = slot{text: f.object.text + j.head.object.text, at: f.object.at}
	}
	if j.head.verbFirst {
		g.event = slot{} // 投入衔接资金…其中中央…
	}
	if !f.event.empty() { // 县级配套救灾资金
		g.object.text, g.event = f.object.text+f.event.text+strings.TrimPrefix(g.object.text, f.object.text), slot{}
	}
	if !f.measure.empty() {
		g.measure = f.measure
	}
	g.place = f.place
	return g
}

// memberFollows reports what is said further of the member before.
func (x *reader) memberFollows(j membership) bool {
	m, prev := j.m, j.prev
	return m.frame.object.empty() && prev != nil && j.k > x.scope.first && prev.clause == m.clause && prev.frame.object.text != j.head.object.text && m.delim != ':' && !(m.isMoney() && prev.isMoney())
}

// memberMarries reports what couples do, which is of nothing else.
func (x *reader) memberMarries(j membership) bool {
	f := &j.m.frame
	return f.object.empty() && has(x.lex.Marry, strings.TrimSuffix(f.event.text, "登记"))
}

func (x *reader) memberVerb(j membership) bool { return j.m.frame.object.empty() }

func (x *reader) joinVerb(j membership) frame {
	f, g := &j.m.frame, *j.head
	if !f.event.empty() {
		g.event, g.verbFirst = f.event, j.head.verbFirst || f.verbFirst && !x.state(f.event.text)
	}
	if !f.measure.empty() {
		g.measure = f.measure
	}
	g.place = f.place
	return g
}

func (x *reader) memberWhole(j membership) bool {
	return !j.m.frame.event.empty() && !j.m.frame.measure.empty()
}

func (x *reader) memberDone(j membership) bool {
	f := &j.m.frame
	return !f.event.empty() && f.verbFirst && !j.head.object.empty() && j.head.measure.empty() && j.m.isPeople()
}

// joinPeople puts the thing of the head behind the member's own.
func (x *reader) joinPeople(j membership) frame {
	g := j.m.frame
	g.object.text += j.head.object.text
	return g
}

// memberMeasured reports a short word before the measure of the unit.
func (x *reader) memberMeasured(j membership) bool {
	f := &j.m.frame
	return f.event.empty() && !f.measure.empty() && utf8.RuneCountInString(f.object.text) <= 2 && j.m.unit != nil && f.measure.text == j.m.unit.Noun
}

// memberNames reports a member whose words say all: what is done, a measure, a
// noun that stands for itself.
func (x *reader) memberNames(j membership) bool {
	m, f := j.m, &j.m.frame
	switch {
	case !m.noun.empty() && !m.counts(): // 其中,52万亩棉花
		return true
	case !f.event.empty(), !f.measure.empty(), x.explains(f.object.text), sameEnd(f.object.text, j.head.text()):
		return true
	}
	n, _ := x.lex.Counts.LongestBefore([]rune(f.object.text))
	return n > 0 && m.counts() && m.family() != "people" && j.head.event.empty()
}

// memberOfKind reports a member that begins with a thing of a kind that the head
// names.
func (x *reader) memberOfKind(j membership) bool {
	kind, _ := x.lex.KindOf(j.m.frame.object.text, j.head.object.text)
	return kind != "" && !j.m.isMoney()
}

func (x *reader) joinKind(j membership) frame {
	f, g := j.m.frame, *j.head
	kind, thing := x.lex.KindOf(f.object.text, g.object.text)
	if f.object.text != thing {
		return f
	}
	if !f.measure.empty() {
		g.measure = f.measure
	}
	g.object = slot{text: strings.Replace(g.object.text, kind, thing, 1), at: f.object.at}
	return g
}

// memberThing reports a thing among things; its head has no verb.
func (x *reader) memberThing(j membership) bool {
	return j.head.event.empty() || !j.head.verbFirst
}

func (x *reader) joinThing(j membership) frame {
	f, g := &j.m.frame, *j.head
	q := x.qualifier(j.head.object.text)
	if end := x.measureEnd(q); end != "" && end != q {
		q = strings.TrimSuffix(q, end) // 监测|天数
	}
	if j.m.isMoney() && utf8.RuneCountInString(f.object.text) >= 4 {
		q = "" // 农户自筹, 省级福彩公益金 of 项目概算总投资
	}
	g.object = f.object
	if containsEnd(q, x.lex.Whole) && !containsEnd(f.object.text, x.lex.Whole) {
		g.object.text = f.object.text + q // 农业|直接经济损失, 县直|医疗卫生机构
		g.place = f.place
		return g
	}
	if strings.Contains(q, f.object.text) || sameEnd(f.object.text, strings.TrimRight(j.head.object.text, "人户者")) { // 无房户 of 无房户、危房户; 肢体残疾 of 残疾人
		q = ""
	} else if sameEnd(f.object.text, q) { // 五保供养|集中供养
		q = string([]rune(q)[:utf8.RuneCountInString(q)-2])
	} else if !j.head.measure.empty() || utf8.RuneCountInString(q) < 4 {
		q = "" // the measure stays, the thing is another: 麦类产量
	}
	if !strings.Contains(f.object.text, q) {
		g.object.text = overlap(q, f.object.text) // 五保供养:供养对象
	}
	g.place = f.place
	return g
}

func (x *reader) memberOfMany(j membership) bool {
	return j.m.family() == "people" && utf8.RuneCountInString(x.qualifier(j.head.object.text)) >= 4
}

// joinAfter puts the member behind the thing of the head.
func (x *reader) joinAfter(j membership) frame {
	g := j.m.frame
	g.object.text = j.head.object.text + g.object.text
	return g
}

func (x *reader) memberCounted(j membership) bool { return !j.m.isMoney() }

// joinEvent gives the member the verb of the head.
func (x *reader) joinEvent(j membership) frame {
	g := j.m.frame
	g.event, g.verbFirst = j.head.event, true
	return g
}

// sameEnd reports two parts of labels that end alike: 义务植柳 of 路旁植柳.
func sameEnd(a, b string) bool {
	r, s := []rune(a), []rune(b)
	return len(r) > 2 && len(s) >= 2 && string(r[len(r)-2:]) == string(s[len(s)-2:])
}

// explains reports a member that explains itself: 脱贫不稳定户.
func (x *reader) explains(s string) bool {
	return utf8.RuneCountInString(s) >= 4 && (strings.HasSuffix(s, "户") || strings.HasSuffix(s, "损失") || strings.HasSuffix(s, "资金") || strings.HasSuffix(s, "收入") || strings.HasSuffix(s, "支出"))
}

// qualifier is an object without the general noun that ends it: 城市低保|对象.
func (x *reader) qualifier(s string) string {
	for _, w := range x.lex.GeneralEnd {
		if t := strings.TrimSuffix(s, w); t != s && t != "" {
			return t
		}
	}
	return s
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

// sameVerb gives a noun that goes on a list of things its verb:
// 发放轮椅120辆、助听器45台.
func (x *reader) sameVerb(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	if prev != nil && m.delim == '、' && f.event.empty() && f.object.empty() && m.isMoney() && !prev.isMoney() && !prev.verb.empty() && has(x.lex.Give, prev.verb.text) && !x.generic(f.measure.text) && !f.measure.empty() {
		f.event, f.verbFirst, m.verb = prev.verb, true, prev.verb // 发放救济粮76.5万公斤、救济款3.8亿元
		return f, true
	}
	if prev == nil || !f.event.empty() || f.object.empty() || !f.place.empty() || m.ours || m.change != "" || m.relation != "" || m.isPercent() || m.isTimes() || m.delim == ';' || m.delim == ':' || m.delim == '(' || m.closed || !m.pred.empty() || m.inPart {
		return frame{}, false
	}
	if prev.verb.empty() {
		return frame{}, false
	}
	wrecked := has(x.lex.Wreck, prev.verb.text)
	if m.delim != '、' && !has(x.lex.Give, prev.verb.text) && !wrecked {
		return frame{}, false
	}
	if m.delim != '、' && (m.isMoney() || m.isArea() && !wrecked || !f.measure.empty() || m.isPeople() && !prev.isPeople() || !m.noun.empty()) {
		return frame{}, false
	}
	f.event, f.verbFirst, m.verb = prev.verb, true, prev.verb
	return f, true
}

// clauseBefore gives the object of the clause before own within the gap.
func (x *reader) clauseBefore(m, prev *mention, k int) (frame, bool) {
	if m.delim == 0 || !x.lacksObject(m) {
		return frame{}, false
	}
	g, ok := x.clauseFrame(m, prev)
	if !ok {
		return frame{}, false
	}
	f := m.frame
	if f.bare() {
		if !f.place.empty() {
			g.place = f.place
		}
		return averaged(g, f), true
	}
	return x.under2(f, g), true
}

// averaged keeps the average that a figure's own words name.
func averaged(g, own frame) frame {
	if own.average != "" {
		g.average = own.average
	}
	return g
}

// under2 gives an object to a frame that has only an event or a measure.
func (x *reader) under2(f, from frame) frame {
	k, done := x.kernel(&from), f.event.text
	if f = x.nameDone(f); f.event.text != done {
		k, _, _ = strings.Cut(k, done) // 低保资金社会化|发放率100%,发放总额
	}
	if f.verbFirst && has(x.lex.Result, f.event.text) {
		f.event.text = k + f.event.text // 藏书|受益群众
		return f
	}
	if e := f.event.text; e != "" && strings.HasSuffix(k, e) && f.object.empty() {
		f.event = slot{} // 困难家庭临时救助…,救助68户
	} else if at := strings.Index(k, e); e != "" && at > 2*utf8.UTFMax && f.object.empty() {
		k = k[:at] // 退役士兵接收安置…,接收229人
	}
	if has(x.lex.KernelEnd, f.object.text) && f.measure.empty() {
		k = overlap(k, from.measure.text) // 新增养老床位374张,总数3677张
	}
	if all, each := x.several(k); all != "" && strings.HasSuffix(k, all) && beginsWith(f.object.text+f.measure.text, each) {
		k = strings.TrimSuffix(k, all) // 银行存贷款…,存款余额29亿元
	}
	if x.class(f.measure.text)&lexicon.Change != 0 { // 人均可支配收入|增幅
		f.measure.text = overlap(from.average+from.measure.text, f.measure.text)
	}
	if e := from.event.text; from.verbFirst && k == from.object.text && utf8.RuneCountInString(k) == 2 && (has(x.lex.Attribute, f.object.text) || f.object.empty() && has(x.lex.Attribute, f.measure.text)) {
		k = e + k // 出让土地|总面积
	}
	if e := from.event.text; !from.verbFirst && f.event.empty() && strings.HasSuffix(f.measure.text, "率") && utf8.RuneCountInString(k) == 2 && !strings.Contains(k, e) && !x.state(e) {
		k += e // 婚姻|登记 合格率
	}
	if has(x.lex.GeneralObject, f.object.text) {
		f.object.text = overlap(k, f.object.text) // 五保供养|供养对象
	} else {
		f.object.text = k + f.object.text
	}
	f.object.at = from.object.at
	f.verbFirst = f.verbFirst && (from.verbFirst && x.sameEventKind(f.event.text, from.event.text) || !f.measure.empty() && from.object.empty())
	if f.place.empty() {
		f.place = from.place
	}
	return f
}

// sameEventKind reports two words of state, or two of doing.
func (x *reader) sameEventKind(a, b string) bool { return b != "" && x.state(a) == x.state(b) }

// kernel is what of a frame tells what is meant: its object; of an event without
// one, the event.
func (x *reader) kernel(f *frame) string {
	switch {
	case !f.object.empty():
		for _, w := range x.lex.KernelEnd {
			if t := strings.TrimSuffix(f.object.text, w); t != f.object.text && t != "" {
				return t // 养老床位|总数
			}
		}
		return f.object.text
	case !f.event.empty() && utf8.RuneCountInString(f.event.text) >= 4:
		return f.event.text
	}
	return ""
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

// topicFrame reads a clause without figures as what the next is about.
func (x *reader) topicFrame(p phrase) (frame, bool) {
	if subject, ok := x.judged(p); ok {
		p = subject
	} else if x.adverbial(p) || x.divides(p) || x.among(token{phrase: x.trimmed(p)}, x.lex.EmptyHead) {
		return frame{}, false
	}
	s := setting{own: p}
	x.trimMarker(&s)
	m := mention{setting: s}
	toks := x.tokens(m.own, nil)
	if n := len(toks); n > 2 && x.among(toks[0], x.lex.Beneficiary) { // 对农村低保|重新评议
		for i := 2; i+1 < n; i++ {
			if toks[i].filler() && !x.binds(toks, i) && !x.is(toks[i], "的") && toks[i-1].content() {
				toks = toks[:i]
				break
			}
		}
	}
	if n := len(toks); n > 1 && x.among(toks[0], x.lex.Beneficiary) && !toks[n-1].verbal() && !toks[n-1].filler() && toks[n-1].to-toks[1].from <= 20 {
		return frame{object: x.slotOf(toks[1:], false)}, true // 对新认定的国家级产业集聚区,给予…
	}
	toks = x.dropHead(&m, x.dropTail(&m, toks))
	for i := len(toks) - 2; i > 0; i-- { // 暴雨冲毁|房屋
		if x.among(toks[i], x.lex.Wreck) {
			toks = toks[i+1:]
			break
		}
	}
	if len(toks) == 0 {
		return frame{}, false
	}
	longest, longestName := 24, 14
	if x.among(toks[len(toks)-1], x.lex.Undertaking) { // 支持脱贫户种植优质花生奖补项目,安排资金450万元
		longest, longestName = 40, 30
		if name := x.undertaking(toks); !name.empty() {
			return frame{object: name}, true
		}
	}
	if toks[len(toks)-1].to-toks[0].from > longest {
		return frame{}, false
	}
	f := x.slots(&m, toks)
	if f.object.empty() && !x.standsAlone(f.measure.text) || f.verbFirst || utf8.RuneCountInString(f.text()) > longestName {
		return frame{}, false
	}
	return f, true
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

// undertaking is the name of a project that words are as a whole, verbs among them:
// 支持脱贫户种植优质花生奖补项目.
func (x *reader) undertaking(toks []token) slot {
	n := len(toks)
	if n < 3 || toks[n-1].to-toks[0].from > 40 || !toks[n-2].content() && !toks[n-2].verbal() && !toks[n-2].is(lexicon.Generic) {
		return slot{}
	}
	return x.slotOf(toks, false)
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
// 根据灾民损失情况, 受旱灾影响, 贫困程度深.
func (x *reader) adverbial(p phrase) bool {
	for _, w := range x.lex.Ground {
		if x.line.has(p.from, w) {
			return true
		}
	}
	toks := x.tokens(p, nil)
	n := len(toks)
	return n > 1 && (toks[n-1].tag == "a" && toks[n-1].class == 0 || x.among(toks[0], x.lex.Because) && x.among(toks[n-1], x.lex.BecauseEnd))
}

// siblings gives the object of an earlier figure of the sentence.
func (x *reader) siblings(m, prev *mention, k int) (frame, bool) {
	if prev == nil || !x.lacksObject(m) {
		return frame{}, false
	}
	f := m.frame
	if m.total && f.bare() {
		if g, ok := x.ofBoth(k); ok {
			return averaged(g, f), true
		}
	}
	if f.bare() && !m.isMoney() && !m.isPercent() {
		for i := k - 1; i >= max(0, k-reach); i-- {
			if t := &x.mentions[i]; t.family() == m.family() && t.name == m.name && !t.frame.bare() {
				return averaged(t.frame, f), true
			}
		}
	}
	for i := k - 1; i >= max(0, k-reach); i-- {
		t := &x.mentions[i]
		if t.clause != m.clause {
			break
		}
		if m.isMoney() && t.isPeople() && has(x.lex.Attribute, f.measure.text) && !containsEnd(t.frame.object.text, x.lex.Enterprise) {
			continue // 安置残疾人148人,完成产值1260万元: of the factories
		}
		if m.isPeople() && t.name == "起" && !f.event.empty() && !x.state(f.event.text) && !x.happens(m) {
			continue // 破获案件19起,抓获26人
		}
		if m.sum && t == prev && f.object.empty() && f.measure.empty() {
			if g, ok := x.ofBoth(k); ok {
				return x.under2(f, g), true
			}
		}
		if x.kernel(&t.frame) == "" || t.frame.object.text == f.object.text && !(f.object.empty() && containsEnd(t.frame.event.text, x.lex.Programme)) || x.placeNoun(t) && (m.family() == "people" || m.isPercent()) || x.apart(m, t) {
			continue
		}
		if !f.event.empty() && f.measure.empty() && m.counts() && t.family() != m.family() && (m.delim != 0 || t != prev) && !(t == prev && t.isMoney() && !x.state(f.event.text)) {
			continue
		}
		if m.isMoney() && t.isMoney() && f.object.empty() && f.measure.empty() && f.event.text != "" && strings.Contains(t.frame.event.text, f.event.text) {
			return t.frame, true // 月发放低保金56万元,累计发放336万元
		}
		if f.bare() {
			return averaged(t.frame, f), true
		}
		return x.under2(f, t.frame), true
	}
	return frame{}, false
}

// ofEach gives what each of some things has the name of these: 扩建敬老院24所,每所新建
// 住房20间 is of 扩建敬老院.
func (x *reader) ofEach(m, prev *mention, k int) (frame, bool) {
	if prev == nil || m.per == "" || m.perText.empty() || x.line.r[m.perText.from] != '每' || m.frame.bare() {
		return frame{}, false
	}
	for i := k - 1; i >= max(0, k-6); i-- {
		t := &x.mentions[i]
		if t.name != m.per || !t.made() || t.per != "" || t.frame.object.empty() {
			continue
		}
		f := m.frame
		whose := t.frame.text()
		if f.verbFirst {
			whose, f.event, f.verbFirst = whose+f.event.text, slot{}, false
		}
		f.object = slot{text: overlap(whose, f.object.text), at: t.frame.object.at}
		return f, true
	}
	return frame{}, false
}

// ofBoth is what two siblings of a contrast set before a sum have in common:
// 农村低保户74户131人,城镇低保户9户14人,共调出63户 are of 低保户.
func (x *reader) ofBoth(k int) (frame, bool) {
	last := &x.mentions[k-1]
	for i := k - 2; i >= max(0, k-6) && x.mentions[i].clause == last.clause; i-- {
		t := &x.mentions[i]
		a, b := last.frame.object.text, t.frame.object.text
		if a == b || t.frame.event.text != last.frame.event.text {
			continue
		}
		if both := x.lex.Both(a, b); both != "" {
			g := last.frame
			g.object.text = both
			return g, true
		}
		break
	}
	return frame{}, false
}

// owned gives people and sums with a short name the enterprises that have them:
// 私营企业86户,投资者126人,注册资本3600万元.
func (x *reader) owned(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	if prev == nil || !m.isPeople() && !m.isMoney() || f.object.empty() || !f.event.empty() || !f.measure.empty() || !f.place.empty() || m.delim != '，' && m.delim != ',' && m.delim != '、' || m.change != "" || utf8.RuneCountInString(f.object.text) > 4 {
		return frame{}, false
	}
	for i := k - 1; i >= max(0, k-6); i-- {
		t := &x.mentions[i]
		if t.clause != m.clause || t.name == m.name && !t.isMoney() && !t.isPeople() {
			break
		}
		owner := t.frame.object.text
		if t.name == "户" && m.isPeople() && has(x.lex.Populous, f.object.text) && x.hasHouseholds(owner) { // 农村低保户达21106户,人口45078人
			f.object = slot{text: owner + f.object.text, at: f.object.at}
			return f, true
		}
		if t.counts() && !t.isPeople() && t.frame.measure.empty() && containsEnd(owner, x.lex.Enterprise) {
			f.object = slot{text: owner + f.object.text, at: f.object.at}
			return f, true
		}
	}
	return frame{}, false
}

// hasHouseholds reports words for households of a kind: 低保户, not 农户.
func (x *reader) hasHouseholds(s string) bool {
	return strings.HasSuffix(s, "户") && utf8.RuneCountInString(s) > 2
}

// sameRate gives a per cent that only names its thing the measure of the one
// before: 学前一年毛入园率达到99%、学前二年达到92%.
func (x *reader) sameRate(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	if !m.isPercent() || f.object.empty() || !f.measure.empty() || !f.event.empty() || m.change != "" || m.relation != "" || x.rateEnd(f.object.text) != "" {
		return frame{}, false
	}
	for i := k - 1; i >= max(0, k-4) && x.mentions[i].isPercent() && x.mentions[i].relation == ""; i-- {
		t := &x.mentions[i]
		if !t.frame.measure.empty() && t.change == "" {
			f.measure = t.frame.measure
			return f, true
		}
		if end := x.rateEnd(t.frame.object.text); end != "" && t.change == "" {
			f.measure = slot{text: end, at: t.frame.object.at}
			return f, true
		}
	}
	return frame{}, false
}

// rateEnd is the name of a rate that a phrase ends with, behind its 的 or the word
// before: 学前一年幼儿的|毛入园率.
func (x *reader) rateEnd(s string) string {
	if !strings.HasSuffix(s, "率") {
		return ""
	}
	if _, end, ok := strings.Cut(s, "的"); ok {
		return end
	}
	return clip(s, 4)
}

// apart reports figures of which none is the subject of the other: 在校学生…人,
// 教职工…人; 减免电费351万元,发放贷款2.5亿元; 卫生技术人员…人,床位…张.
func (x *reader) apart(m, t *mention) bool {
	f := &m.frame
	switch {
	case m.made() && t.isPeople() && f.event.empty():
		return has(x.lex.Attribute, f.object.text) || has(x.lex.Attribute, f.measure.text)
	case m.isPeople():
		return t.isPeople() && !f.object.empty()
	case m.isMoney():
		return t.isMoney() && !f.event.empty() && !t.said.event.empty() && f.event.text != t.said.event.text && !has(x.lex.Spend, f.event.text)
	}
	return false
}

// beneficiary qualifies a short name of money by those who get it, or by the
// programme of the heading that it belongs to: 城市低保|低保金.
func (x *reader) beneficiary(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	if !m.isMoney() || f.object.empty() || !f.measure.empty() && f.object.text != "" || utf8.RuneCountInString(f.object.text) > 4 || !containsEnd(f.object.text, x.lex.MoneyEnd) || m.relation != "" {
		return frame{}, false
	}
	for i := k - 1; i >= max(0, k-6); i-- {
		t := &x.mentions[i]
		if t.clause != m.clause {
			break
		}
		if q := t.frame.object.text; t.family() == "people" && t.change == "" && utf8.RuneCountInString(q) >= 2 && !x.placeNoun(t) && !strings.Contains(f.object.text, q) {
			if r := []rune(f.object.text); strings.Contains(q, string(r[:2])) || utf8.RuneCountInString(q) <= 8 {
				f.object = slot{text: overlap(x.qualifier(q), f.object.text), at: f.object.at}
				return f, true
			}
			break
		}
	}
	for i := len(x.headings) - 1; i >= 0; i-- {
		if t, r := x.headings[i].topic, []rune(f.object.text); t != "" && strings.Contains(t, string(r[:2])) && !strings.Contains(f.object.text, t) {
			f.object = slot{text: overlap(t, f.object.text), at: f.object.at}
			return f, true
		}
	}
	return frame{}, false
}

func beginsWith(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(s, w) })
}

func containsEnd(s string, ends []string) bool {
	for _, w := range ends {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// titled gives the topic of the heading above.
func (x *reader) titled(m, prev *mention, k int) (frame, bool) {
	if !x.lacksObject(m) || x.granted(m) {
		return frame{}, false
	}
	if x.scope.topic != "" {
		return x.named(m.frame, x.scope.topic), true
	}
	for i := len(x.headings) - 1; i >= 0; i-- {
		if t := x.headings[i].topic; t != "" {
			return x.named(m.frame, t), true
		}
	}
	return frame{}, false
}

// granted reports a name of money with its verb, which needs nothing from beyond
// the sentence: 投放扶持资金.
func (x *reader) granted(m *mention) bool {
	f := &m.frame
	return m.isMoney() && !f.event.empty() && utf8.RuneCountInString(f.measure.text) >= 3
}

// happens reports what befalls households and people: it needs no further object.
func (x *reader) happens(m *mention) bool {
	f := &m.frame
	return f.object.empty() && f.measure.empty() && m.family() == "people" && has(x.lex.Befall, f.event.text)
}

// named gives a frame an object by its name.
func (x *reader) named(f frame, topic string) frame {
	if strings.Contains(f.text(), topic) {
		return f
	}
	f = x.nameDone(f)
	f.verbFirst = f.verbFirst && f.object.empty() && f.measure.empty() && !f.event.empty() && !x.state(f.event.text)
	f.object.text = overlap(topic, f.object.text)
	return f
}

// earlier gives what the sentence before was about.
func (x *reader) earlier(m, prev *mention, k int) (frame, bool) {
	if !x.lacksObject(m) || x.granted(m) || m.isMoney() && !m.frame.measure.empty() && m.frame.average == "" && m.kindless() {
		return frame{}, false
	}
	if prev != nil && !prev.frame.bare() && !x.placeNoun(prev) && !x.apart(m, prev) {
		if m.frame.bare() {
			return prev.frame, true
		}
		return x.under2(m.frame, prev.frame), true
	}
	if s := x.scope.subject; !s.bare() && !has(x.lex.Result, m.frame.event.text) {
		if m.frame.bare() {
			return s, true
		}
		return x.under2(m.frame, s), true
	}
	if x.scope.topic != "" {
		return x.named(m.frame, x.scope.topic), true
	}
	return frame{}, false
}

// kindless reports money that no word makes a price or a rule: 筹集资金520万元.
func (m *mention) kindless() bool { return m.per == "" && !m.standard }

// holdPlace keeps the place of a figure for those after it in the sentence.
func (x *reader) holdPlace(m *mention) {
	s := &x.scope
	if m.place0 != "" {
		s.ours = m.place0
	}
	switch {
	case !m.said.place.empty():
		s.place = m.said.place
	case m.ours, m.total && m.said.place.empty(), m.delim == ';' && !m.said.object.empty() && !m.said.verbFirst && m.isMoney():
		s.place, m.frame.place = slot{}, slot{}
	}
	if m.said.place.empty() && m.delim != 0 && m.delim != ';' && m.gap.from < m.own.from-1 { // 青石镇最重,受灾2600人
		p, _ := x.lastPiece(phrase{max(m.gap.from, x.spent), m.own.from - 1}, false)
		if slices.ContainsFunc(x.line.r[p.from:max(p.from, p.to)], isPlaceEnd) {
			if toks := x.tokens(p, nil); len(toks) > 1 {
				if end := x.placeEnd(toks); end > 0 && !slices.ContainsFunc(toks[:end], func(t token) bool { return t.tag == "v" }) { // 灾害涉及各个乡镇
					s.place = x.slotOf(toks[:end], false)
					if m.frame.place.empty() && !m.ours && !m.total {
						m.frame.place = s.place
					}
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

// causal reports words for what brings losses: 火灾, 洪涝灾害.
func (x *reader) causal(s string) bool {
	for _, w := range x.lex.Cause {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// loss reports a frame of damage, which is that of its cause.
func (x *reader) loss(f *frame) bool {
	t := f.text()
	for _, w := range x.lex.Loss {
		if strings.Contains(t, w) {
			return true
		}
	}
	return false
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
	for _, w := range x.lex.PageLine {
		if x.line.has(x.line.spaces(0), w) { // 时间:2022-07-15
			return
		}
	}
	if s := x.topicOf(phrase{0, len(x.line.r)}); s != "" {
		x.scope.topic, x.scope.subject = s, frame{}
	}
}
