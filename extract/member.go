package extract

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
)

// Lists and what they are parts of: 其中, a bracket or a colon opens a list, and a
// member that says little takes the rest from the list's head.

// moneyOfAll reports money behind a list of those that did something, which is no part of it: 120家企业中,盈利的80家,盈利额300万元.
func (x *reader) moneyOfAll(m, prev *mention) bool {
	of := x.scope.of
	return of != nil && m.isMoney() && prev != nil && !prev.isMoney() && x.line.at(prev.from-1) == '的' && x.endsWithWord(of.post.to, x.lex.InThese)
}

// openPart opens a list behind 其中.
func (x *reader) openPart(m *mention, k int) {
	s := &x.scope
	s.head, s.first, s.sum, s.section, s.of = nil, k, false, false, nil
	if t := x.totalBefore(m, k); t != nil {
		f := t.frame
		s.head, s.sum, s.of = &f, t.isMoney(), t
	} else if f, ok := x.headBefore(m); ok { // 发放低保资金,其中城市1200万元
		s.head = &f
	}
}

// openColon opens a list behind a colon.
func (x *reader) openColon(m, prev *mention, k int) {
	s := &x.scope
	s.head, s.first, s.section, s.of = nil, k, false, nil
	if f, ok := x.clauseFrame(m, prev); ok {
		s.head, s.section = &f, true
	} else if m.colonList && sameUnit(prev, m) { // 五保供养1500人:集中360人
		f := prev.frame
		s.head, s.of = &f, prev
	}
}

// openList keeps what the list is a part of whose first member m is.
func (x *reader) openList(m, prev *mention, k int) {
	s := &x.scope
	if s.bracket && m.closed && s.head != nil && x.line.at(m.gap.from) == ')' && x.line.at(m.gap.from+1) == '(' { // 100人(男60人)(女40人)
		s.first = k
		return
	}
	s.left = nil
	anew := s.head != nil && !s.bracket && !m.inPart && m.comma() && !m.said.bare() && x.beside(m) // 其中党委28个,|全年发展新党员326名
	if anew || m.delim == ';' && !m.inPart || s.bracket && m.closed || x.moneyOfAll(m, prev) {
		s.left = s.of
		s.head, s.bracket, s.section, s.of = nil, false, false, nil
	}
	among, of := x.amongThese(m, prev)
	switch {
	case prev != nil && m.openBracket:
		f := prev.frame
		s.head, s.bracket, s.first, s.sum, s.section, s.of = &f, true, k, prev.isMoney(), false, prev
	case among != nil:
		s.head, s.first, s.sum, s.section, s.of = among, k, false, false, of
	case m.inPart:
		x.openPart(m, k)
	case m.delim == ':':
		x.openColon(m, prev, k)
	case s.head == nil:
		if t := x.summedHead(m, k); t != nil {
			f := t.frame
			s.head, s.first, s.sum, s.section, s.of, s.summed = &f, k, t.isMoney(), false, t, t
		}
	}
	if s.head != nil && utf8.RuneCountInString(s.head.object.text) > maxLabel { // of lists in lists in lists
		s.head = nil
	}
}

// amongThese is what those are of whom a list is said behind 中, and its figure if it has one: 1864个生产队中,增产的1273个;
// 312个村中286个通公路; 专任教师中,….
func (x *reader) amongThese(m, prev *mention) (*frame, *mention) {
	if prev != nil && (x.ofThose(m, prev) || m.made() && m.delim == 0 && m.gap.to > prev.to+1 && x.endsWithWord(m.from, x.lex.InThese) && x.line.cutWords(phrase{prev.to, m.from}, x.general)[m.from-1].ends) { // not 3个高中2个|职中
		f := prev.frame
		return &f, prev
	}
	if m.comma() && !m.inPart && m.isPeople() && x.endsWithWord(m.own.from-1, x.lex.InThese) {
		p, _ := x.lastPiece(phrase{m.gap.from, m.own.from - 1}, false)
		if f, ok := x.topicFrame(phrase{p.from, p.to - 1}); ok && p.from > m.gap.from == (prev != nil) && x.person(f.object.text) {
			return &f, nil
		}
	}
	return nil, nil
}

// summedHead is the figure before that a list of things counted, which begins with m, makes up: 试点企业212户。市属86户,县属126户;
// but not what there is, or another sentence names, of what was done: 社会组织166个参加年检。现有社会团体102个、民办64个.
func (x *reader) summedHead(m *mention, k int) *mention {
	if !m.said.thing() || !m.plain() || !m.isCount() || m.said.object.runes() < 2 || x.memberWord(m.said.object.text) {
		return nil
	}
	sum, n := m.value, k+1
	for ; n < min(len(x.mentions), k+reach) && sum.Known(); n++ {
		if t := &x.mentions[n]; t.name != m.name || !t.said.thing() || !t.plain() {
			break
		}
		sum = sum.Add(x.mentions[n].value)
	}
	alike := func(t *mention) bool { return sameUnit(t, m) && t.plain() }
	here := nearestOf(x.back(k, reach), alike)
	t := cmp.Or(here, nearestOf(x.lineBack(reach), alike))
	if n == k+1 || t == nil || !sum.Known() || t.value.Cmp(sum) != 0 || t.frame.object.empty() || !t.frame.event.empty() && (here == nil || x.opensWith(m.own, x.lex.Exist)) {
		return nil
	}
	return t
}

// headBefore is what a list at the head of a sentence is part of: what the clause right before 其中 says without a
// figure, or else the subject of the sentence before.
func (x *reader) headBefore(m *mention) (frame, bool) {
	if at := x.findIn(m.gap, "其中"); at > m.gap.from && isPunct(x.line.r[at-1]) {
		p, _ := x.lastPiece(phrase{m.gap.from, at - 1}, false)
		if f, ok := x.topicFrame(p); ok {
			return f, true
		}
	}
	return x.scope.subject, !x.scope.subject.bare()
}

// reach is how many figures back a figure looks for what it belongs to.
const reach = 24

// totalBefore is the nearest mention before 其中 that has the unit of m, else
// the nearest.
func (x *reader) totalBefore(m *mention, k int) *mention {
	for t := range x.back(k, reach) {
		if sameUnit(t, m) && t.change == "" && t.yard.empty() {
			return t
		}
	}
	return x.mentionAt(k - 1)
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
	{(*reader).memberOfRule, (*reader).joinRule},         // 护理标准:全自理1200元
	{(*reader).memberSpent, (*reader).joinSpent},         // 民政事业费支出1.86亿元,其中:抚恤3260万元
	{(*reader).memberGoesOn, (*reader).joinPrevious},     // 水稻移栽184万亩,预计完成187万亩
	{(*reader).memberOwned, nil},                         // 其中高中3所,在校生6230人
	{(*reader).memberPaid, (*reader).joinPaid},           // 抚恤金51万元,其中复员军人19人,22.8万元
	{(*reader).memberBare, (*reader).joinBare},           // 其中女性120人: 120人
	{(*reader).memberQualifies, (*reader).joinQualifier}, // 其中省级2家
	{(*reader).memberSite, (*reader).joinSite},           // 在校学生18274人,其中小学10200人
	{(*reader).memberFollows, nil},                       // 其中小麦受灾…,成灾…
	{(*reader).memberAlone, (*reader).joinNothing},       // 社会保障:城市低保…; 卫生技术人员…,其中中医师…
	{(*reader).memberMarries, nil},                       // 婚姻登记:结婚…,离婚…
	{(*reader).memberVerb, (*reader).joinVerb},           // 绝产48.4千公顷, 安排工作21名
	{(*reader).memberWhole, nil},                         // 县财政拨付配套资金
	{(*reader).memberNames, nil},                         // 脱贫不稳定户, 初级中学
	{(*reader).memberThing, (*reader).joinThing},         // 麦类 of 粮食产量
	{(*reader).memberOfMany, (*reader).joinAfter},        // 高血压 of 慢性病门诊救助对象
	{(*reader).memberCounted, (*reader).joinEvent},       // 转出…,其中学龄前儿童
}

// sortOfDone reports people of a kind among those to whom something is done: 招聘教师186名,
// 其中特岗教师60名.
func (x *reader) sortOfDone(j membership) bool {
	h := j.head
	return j.m.family() == "people" && h.verbFirst && !h.object.empty() && !h.event.empty() && !x.state(h.event.text) && !has(x.lex.Standing, h.event.text) && x.person(j.m.frame.object.text)
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
			f := c.join(x, j)
			if t := strings.TrimPrefix(f.measure.text, "总"); m.said.measure.empty() && !m.said.bare() && x.class(t)&lexicon.Measure != 0 {
				f.measure.text = t // 粮食总产量31万吨,其中夏粮5万吨
			}
			return f, true
		}
	}
	return frame{}, false
}

// memberOfRule reports a sum for some, in a list of rules.
func (x *reader) memberOfRule(j membership) bool {
	return j.m.isMoney() && x.scope.section && strings.HasSuffix(j.head.object.text+j.head.measure.text, "标准") && j.m.said.measure.empty() && !j.m.said.object.empty() && (j.prev == nil || j.k == x.scope.first || j.prev.isMoney())
}

func (x *reader) joinRule(j membership) frame {
	f, g := &j.m.said, *j.head
	name := g.object.text + g.event.text
	if j.k > x.scope.first {
		j.m.takeRate(j.prev)
	}
	g.event, g.verbFirst, g.place = slot{}, false, f.place
	who := f.object.text + f.event.text
	if sameEnd(who, name) && x.lex.Contrasted(who) { // 五保|集中供养
		name = withoutEnd(name, who) + who
	} else {
		name = overlap(who, name)
	}
	g.object = slot{text: name, at: f.object.at}
	return g
}

// spent ends the name of an expenditure.
const spent = "支出"

// memberSpent reports what some of an expenditure was for, by a bare name.
func (x *reader) memberSpent(j membership) bool {
	own := j.m.said
	return j.m.isMoney() && strings.HasSuffix(j.head.object.text+j.head.measure.text, spent) && own.measure.empty() && own.object.text+own.event.text != "" && j.m.own.to-j.m.own.from <= 8 && !containsEnd(own.object.text+own.event.text, x.lex.MoneyEnd) && !has(x.lex.Spend, own.event.text)
}

func (x *reader) joinSpent(j membership) frame {
	f := &j.m.said
	return frame{place: f.place, object: slot{text: f.object.text + f.event.text, at: j.m.own}, measure: slot{text: spent, at: j.head.measure.at}}
}

// memberGoesOn reports a second figure of the member before it.
func (x *reader) memberGoesOn(j membership) bool {
	if !j.m.frame.bare() || j.k <= x.scope.first {
		return false
	}
	theirs := j.m.isMoney() && j.m.comma() && j.prev.family() == "people" && strings.HasPrefix(j.m.per, "人") && x.findIn(j.m.perText, "每") >= 0 // 其中百岁老人46人,每人每月500元
	return theirs || j.prev.name == j.m.name && j.m.delim != '、'
}

func (x *reader) joinPrevious(j membership) frame { return j.prev.frame }

// memberOwned reports the people of the member before.
func (x *reader) memberOwned(j membership) bool {
	_, ok := x.owned(j.m, j.prev, j.k)
	return ok && j.k > x.scope.first
}

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
	if g.object.empty() {
		g.object = g.event // 住院救助1830人次、|1086万元
	}
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
	return *j.head
}

// memberQualifies reports a word that tells members apart, and of those that make up their head a sort of it whose name has
// no noun of that in it: 肢体, of 残疾人.
func (x *reader) memberQualifies(j membership) bool {
	o, of := j.m.frame.object.text, x.scope.of
	return j.m.member || of != nil && x.scope.summed == of && j.m.frame.thing() && utf8.RuneCountInString(o) > 1 && !x.person(o) &&
		!strings.ContainsAny(j.head.object.text, o) && !x.namesKind(o) && j.m.family() == of.family()
}

func (x *reader) joinQualifier(j membership) frame {
	f, g := &j.m.frame, *j.head
	if s, ok := x.regraded(g.object.text, f.object.text); ok { // 4A级|景区 of A级景区
		g.object.text = s
	} else if x.lex.Under(f.object.text, j.head.object.text) {
		g.object = f.object
	} else if sib := x.lex.Sibling(j.head.object.text, f.object.text); sib != "" { // 城乡低保对象|城镇
		g.object = slot{text: strings.Replace(j.head.object.text, sib, f.object.text, 1), at: f.object.at}
	} else if q := x.qualifier(j.head.object.text); sameEnd(f.object.text, q) { // 五保供养|集中供养
		g.object = slot{text: withoutEnd(q, f.object.text) + f.object.text, at: f.object.at}
	} else {
		whole := j.head.object.text
		if t := strings.TrimPrefix(whole, "总"); x.class(t)&lexicon.Measure != 0 {
			whole = t // 总投资2316万元,其中中央1390万元
		}
		g.object = slot{text: f.object.text + whole, at: f.object.at}
	}
	if j.head.verbFirst && (j.m.isMoney() || has(x.lex.Standing, g.event.text) || has(x.lex.Handled, g.event.text)) {
		g.event = slot{} // 投入衔接资金…其中中央…
	}
	if !f.event.empty() { // 县级配套救灾资金
		g.object.text, g.event = f.object.text+f.event.text+strings.TrimPrefix(g.object.text, f.object.text), slot{}
	}
	g.place = f.place
	return g
}

// memberSite reports a place or an institution that has some of the people, things or land of the head.
func (x *reader) memberSite(j membership) bool {
	o, of, sites := j.m.frame.object.text, j.head.object.text, x.lex.Establishment
	if j.m.isArea() || j.m.isLong() {
		sites, of = x.lex.PlaceKind, j.head.text()
	} else if !j.m.isPeople() && !has(x.lex.Owned, j.m.name) {
		return false
	}
	site := func(s string) bool { return containsEnd(s, x.lex.School) || containsEnd(s, sites) }
	return j.m.frame.thing() && site(o) && of != "" && !site(of) && !strings.HasSuffix(o, of)
}

func (x *reader) joinSite(j membership) frame {
	g := *j.head
	g.verbFirst = g.verbFirst && !g.object.empty() // 小学|渗漏|面积
	who, graded := cutStart(g.object.text, x.lex.School)
	if !graded || utf8.RuneCountInString(who) < 2 {
		who = g.object.text
	}
	g.object = slot{text: j.m.frame.object.text + who, at: j.m.frame.object.at} // 村小|教师 of 小学教师
	g.place = j.m.frame.place
	return g
}

// memberFollows reports what is said further of the member before.
func (x *reader) memberFollows(j membership) bool {
	m, prev := j.m, j.prev
	lacks := m.frame.object.empty() || has(x.lex.Attribute, m.frame.object.text) && m.comma() && prev != nil && prev.family() != m.family() // 其中水库435座,库容3309万立方米
	return lacks && x.line.at(m.from-1) != '的' && prev != nil && j.k > x.scope.first && prev.clause == m.clause && prev.frame.object.text != j.head.object.text && m.delim != ':' && !(m.isMoney() && prev.isMoney())
}

// memberAlone reports a member that says all beside a head that only names its field (税种情况:增值税…), that is
// measured otherwise (拖拉机 of 农机总动力), or that is of people like itself (卫生技术人员…,其中中医师…).
func (x *reader) memberAlone(j membership) bool {
	o, of := j.m.frame.object.text, x.scope.of
	switch {
	case j.m.said.bare(), x.lacksObject(j.m), utf8.RuneCountInString(o) == 2 && (x.scope.section || j.m.family() == "people"): // 民办学校:小学…
		return false
	case x.scope.section && (j.head.event.empty() || j.m.family() != "people"): // not 残疾人培训:盲人按摩…人
		return j.head.measure.empty() && x.class(j.head.event.text)&lexicon.Measure == 0 // not 牲畜存栏:大牲畜…
	case of != nil && of.unit != nil && j.m.unit != nil && of.family() != j.m.family() && !j.m.isMoney():
		return true
	}
	return x.person(o) && x.person(j.head.object.text) && !x.sortOfDone(j) && !x.lex.Contrasted(j.head.object.text) // not 城市低保对象
}

func (x *reader) joinNothing(j membership) frame { return j.m.frame }

// memberMarries reports what couples do, which is of nothing else.
func (x *reader) memberMarries(j membership) bool {
	f := &j.m.frame
	return f.object.empty() && has(x.lex.Marry, strings.TrimSuffix(f.event.text, "登记"))
}

func (x *reader) memberVerb(j membership) bool { return j.m.frame.object.empty() }

func (x *reader) joinVerb(j membership) frame {
	f, g := &j.m.frame, *j.head
	if !f.event.empty() {
		if sameEnd(f.event.text, g.object.text) {
			g.object = slot{} // 住院救助 of 医疗救助
		}
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

// memberNames reports a member whose words say all: what is done, a measure, a
// noun that stands for itself.
func (x *reader) memberNames(j membership) bool {
	m, f := j.m, &j.m.frame
	switch {
	case !m.noun.empty() && !m.counts(), m.isMoney() && containsEnd(f.object.text, x.lex.MoneyEnd): // 其中,52万亩棉花; 银行贷款 of an investment
		return true
	case !f.event.empty(), !f.measure.empty(), f.object.runes() >= 4 && (strings.HasSuffix(f.object.text, "户") || strings.HasSuffix(f.object.text, "损失")), m.counts() && containsEnd(f.object.text, x.lex.Cause), sameEnd(f.object.text, j.head.text()) && !x.sortOfDone(j):
		return true
	}
	return x.namesKind(f.object.text) && m.counts() && m.family() != "people" && j.head.event.empty()
}

// namesKind reports a name for things of a kind that are counted: 农民专业合作社.
func (x *reader) namesKind(s string) bool {
	n, _ := x.lex.Counts.LongestBefore([]rune(s))
	return n > 0
}

// memberThing reports a thing among things; its head has no verb.
func (x *reader) memberThing(j membership) bool {
	return j.head.event.empty() || !j.head.verbFirst
}

func (x *reader) joinThing(j membership) frame {
	f, g := &j.m.frame, *j.head
	q := x.qualifier(j.head.object.text)
	if j.m.isMoney() && utf8.RuneCountInString(f.object.text) >= 4 {
		q = "" // 农户自筹, 省级福彩公益金 of 项目概算总投资
	}
	g.object = f.object
	if x.line.among(j.m.from-1, "的中") { // 党员中,35岁以下的312人
		g.object.text = overlap(f.object.text, q)
		return g
	}
	if s, ok := x.regraded(q, f.object.text); ok {
		g.object.text = s
		return g
	}
	if containsEnd(q, x.lex.Whole) {
		g.object.text = f.object.text + q // 农业|直接经济损失, 县直|医疗卫生机构
		g.place = f.place
		return g
	}
	if strings.Contains(q, f.object.text) || x.lex.Sibling(q, f.object.text) != "" || f.object.runes() > 6 && strings.Contains(f.object.text, clipHead(q, 3)) {
		q = "" // 困难残疾人生活补贴 of 残疾人两项补贴; 无房户 of 无房户、危房户; 城市低保 of 城乡低保
	} else if last := clip(f.object.text, 1); sameEnd(f.object.text, q) {
		q = withoutEnd(q, f.object.text)
	} else if utf8.RuneCountInString(q) > 3 && strings.HasPrefix(clip(q, 2), last) { // 五保供养|集中供养, 储备|玉米种 of 储备种子
		q = withoutEnd(q[:len(q)-len(lastRune(q))], f.object.text) // 持证|肢体残疾
	} else if !j.head.measure.empty() || utf8.RuneCountInString(q) < 4 || j.m.made() && f.object.runes() > 2 && lastRune(f.object.text) == lastRune(j.head.object.text) || f.object.runes() > 4 && x.namesKind(f.object.text) { // 高级社 of 农业生产合作社
		q = "" // the measure stays, the thing is another: 麦类产量
	}
	if !strings.Contains(f.object.text, q) {
		g.object.text = overlap(q, f.object.text) // 五保供养:供养对象
	}
	g.place = f.place
	return g
}

func (x *reader) memberOfMany(j membership) bool {
	return !x.sortOfDone(j) && j.m.family() == "people" && !(j.m.name == "户" && containsEnd(j.m.frame.object.text, x.lex.Enterprise)) && x.lex.Sibling(j.head.object.text, j.m.frame.object.text) == "" && utf8.RuneCountInString(x.qualifier(j.head.object.text)) >= 4
}

// joinAfter puts the member behind the thing of the head.
func (x *reader) joinAfter(j membership) frame {
	g := j.m.frame
	g.object.text = j.head.object.text + g.object.text
	return g
}

// regraded puts one class, if that is all a name says, in the place of another of its kind: 80岁以上|老年人 of 60岁以上老年人.
func (x *reader) regraded(of, name string) (string, bool) {
	class, before, graded := x.grade(of)
	own, rest, ok := x.grade(name)
	last := utf8.RuneLen('上')
	return own + before, ok && graded && rest == "" && before != "" && own[len(own)-last:] == class[len(class)-last:]
}

// grade parts the class that a name begins with from the rest: 60岁以上|老年人, A级|景区, 小(一)型|水库.
func (x *reader) grade(s string) (class, rest string, ok bool) {
	for _, w := range x.lex.GradeEnd {
		if i := strings.Index(s, w); i > 0 && containsEnd(s[:i], x.lex.Grade) {
			return s[:i+len(w)], s[i+len(w):], true
		}
	}
	for _, w := range x.lex.ClassEnd {
		if i := strings.Index(s, w); i > 0 && x.memberWord(s[:i+len(w)]) {
			return s[:i+len(w)], s[i+len(w):], true
		}
	}
	return "", s, false
}

func (x *reader) memberCounted(j membership) bool { return !j.m.isMoney() }

// joinEvent gives the member the verb of the head.
func (x *reader) joinEvent(j membership) frame {
	g := j.m.frame
	g.event, g.verbFirst = x.nameDone(*j.head).event, true
	return g
}

// sameEnd reports two parts of labels that end alike: 义务植柳 of 路旁植柳.
func sameEnd(a, b string) bool {
	r, s := []rune(a), []rune(b)
	return len(r) > 2 && len(s) >= 2 && string(r[len(r)-2:]) == string(s[len(s)-2:])
}

// withoutEnd is a word without the end that it shares with another: 法定 of 法定传染病, 乙类传染病.
func withoutEnd(a, b string) string {
	for c := lastRune(a); c != "" && c == lastRune(b); c = lastRune(a) {
		a, b = strings.TrimSuffix(a, c), strings.TrimSuffix(b, c)
	}
	return a
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
