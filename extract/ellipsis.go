package extract

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// What a figure leaves out because the one before it says it: figures that run on
// (275户859人), levels and changes of one thing, words of a contrast set, lists of
// things. Each source is complete in itself; its example stands in the table of
// sources.

// back goes through the figures of the sentence before k, the nearest first, without those in brackets that have
// closed: 500户(新增20户)1000人.
func (x *reader) back(k, n int) iter.Seq[*mention] {
	return func(yield func(*mention) bool) {
		for i := k - 1; i >= max(0, k-n); i-- {
			if t := &x.mentions[i]; (!t.inside || x.mentions[k].inside) && !yield(t) {
				return
			}
		}
	}
}

// clauseBack goes through those of them that no ; parts from k.
func (x *reader) clauseBack(k, n int) iter.Seq[*mention] {
	return func(yield func(*mention) bool) {
		for t := range x.back(k, n) {
			if t.clause != x.mentions[k].clause || !yield(t) {
				return
			}
		}
	}
}

// lineBack goes through the last figures of the sentence before.
func (x *reader) lineBack(n int) iter.Seq[*mention] {
	return func(yield func(*mention) bool) {
		for i := len(x.all) - 1; i >= max(0, len(x.all)-n); i-- {
			if t := x.all[i]; t.line < x.lines-1 || t.article != x.article || !yield(t) {
				return
			}
		}
	}
}

// plain reports a figure that says how much there is: no change, no share of something.
func (m *mention) plain() bool { return m.change == "" && m.relation == "" }

// follows reports the figure right behind another.
func (m *mention) follows(t *mention) bool { return m.gap.from == t.to }

// comma reports a figure whose words follow a comma.
func (m *mention) comma() bool { return m.delim == '，' || m.delim == ',' }

// chains reports a figure that may run on from the one before it.
func (m *mention) chains(prev *mention) bool {
	return prev != nil && m.plain() && !m.level && !m.total && !m.inPart
}

// adjoins reports a figure that only 、 or 和 part from the one before it, or from the bracket behind that.
func (x *reader) adjoins(m *mention) bool {
	gap := m.gap
	if m.closed && x.line.at(gap.from) == ')' {
		gap.from++
	}
	return m.delim == 0 || x.onlyJoins(gap) || gap.empty()
}

// runsOn reports such a figure without words of its own: 859人 of 275户859人.
func (x *reader) runsOn(m, prev *mention) bool {
	return m.chains(prev) && m.frame.bare() && x.adjoins(m)
}

// behindClass counts what a figure qualifies: 收入10万元以上的村186个.
func (x *reader) behindClass(m, prev *mention, k int) (frame, bool) {
	if !x.runsOn(m, prev) || !prev.of || prev.noun.empty() || prev.consumed < m.gap.to-3 {
		return frame{}, false
	}
	return frame{object: slot{text: clip(x.text(phrase{prev.own.from, prev.noun.to}), 20), at: prev.noun}, place: prev.frame.place}, true
}

// inClass counts what is in a class that a figure names.
func (x *reader) inClass(m, prev *mention, k int) (frame, bool) {
	if !x.runsOn(m, prev) || !prev.of || x.classOf(prev) == "" || x.line.at(prev.consumed) == '，' {
		return frame{}, false
	}
	if by := x.classedBy(k - 1); by != "" && x.scope.head == nil {
		return frame{object: slot{text: by + x.classOf(prev), at: phrase{prev.from, prev.to}}, place: prev.frame.place}, true
	}
	f := prev.frame
	if h := x.scope.head; h != nil {
		f = *h
	}
	f.object.text = x.classOf(prev) + f.object.text
	return f, true
}

// classOf is the class that a figure names: 50户以下, 101至200户.
func (x *reader) classOf(m *mention) string {
	if m.approx == schema.Over || m.approx == schema.Under || m.approx == schema.Range {
		return x.text(phrase{m.from, m.to})
	}
	return ""
}

// classedBy is what the figure k and the classes before it are classes of, in the words before the first: 地处海拔 of
// 地处海拔300米以下的2014亩,300米至500米的26852亩.
func (x *reader) classedBy(k int) string {
	for last := k; k >= max(0, last-reach); k-- {
		m := &x.mentions[k]
		switch {
		case x.emptyOwn(m), m.said.bare() && x.classOf(m) == "":
		case x.classOf(m) == "" || !m.of:
			return ""
		default:
			return x.wording(m.own)
		}
	}
	return ""
}

// placeNoun reports a figure that counts places: 11个乡镇, 6县.
func (x *reader) placeNoun(m *mention) bool {
	s := x.text(m.noun)
	if s == "" {
		s = m.name
	}
	return has(x.lex.PlaceKind, s) || s != "" && isPlaceEnd([]rune(s)[len([]rune(s))-1])
}

// chained copies the frame of the figure that one runs on from, and its rate: 每人每月
// 120元、85元和60元.
func (x *reader) chained(m, prev *mention, k int) (frame, bool) {
	if x.runsOn(m, prev) && x.placeNoun(prev) && m.isPeople() && x.state(prev.frame.event.text) {
		return frame{event: prev.frame.event, verbFirst: true}, true // 受灾35个乡镇|23.6万人
	}
	if !x.runsOn(m, prev) || x.placeNoun(prev) || x.scope.sum && x.scope.head != nil && m.isMoney() && prev.family() == "people" {
		return frame{}, false // 复员军人19人,22.8万元: of the list of sums
	}
	m.change, m.fromTo = prev.change, prev.fromTo
	m.planned = m.planned || prev.planned
	if m.per == "" && m.name == prev.name && sameSize(prev.value, m.value) {
		m.per, m.perText = prev.per, prev.perText
	}
	m.verb = prev.verb // 损坏堤防53处12.4公里、渠道87公里
	f := prev.frame
	if k > 1 && m.of && x.classOf(m) != "" && x.classOf(&x.mentions[k-2]) != "" { // 300米以下的2014亩,|300米至500米的
		f = x.mentions[k-2].frame
	}
	if m.counts() && (prev.isArea() || prev.isLong()) && !(f.object.empty() && f.event.empty()) { // 校舍面积2287平方米,15间
		f.measure = slot{}
	}
	return f, true
}

// sameObject gives what happened to more of the same people the object of the figure before.
func (x *reader) sameObject(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	if !m.chains(prev) || !x.adjoins(m) || !f.object.empty() || !f.measure.empty() || m.pred.empty() || !x.emptyOwn(m) || x.placeNoun(prev) {
		return frame{}, false
	}
	f.object, f.place = prev.frame.object, prev.frame.place
	f.verbFirst = prev.frame.verbFirst && prev.frame.event.src == ""
	return f, !f.object.empty()
}

// sameDeed gives a noun behind its number the verb of the one before: 调集6个大队、8个中队,
// 受灾的有98个大队,371个生产队.
func (x *reader) sameDeed(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	if !m.chains(prev) || m.noun.empty() || !f.event.empty() || !x.emptyOwn(m) {
		return frame{}, false
	}
	switch {
	case (m.whole || x.adjoins(m)) && !prev.verb.empty() && !prev.isLong():
		f.event, m.verb = prev.verb, prev.verb
	case x.onlyJoins(phrase{prev.consumed, m.from}) && x.state(prev.frame.event.text):
		f.event, f.verbFirst = prev.frame.event, prev.frame.verbFirst
	default:
		return frame{}, false
	}
	return f, true
}

// emptyOwn reports that no words of its own stand before a figure.
func (x *reader) emptyOwn(m *mention) bool {
	return m.own.empty() || strings.Trim(x.text(m.own), " 、和与及") == ""
}

// converted copies what a sum of money is of, and per, which is said once more in another currency, by a rate of
// exchange or words that say no more than that: 按年平均汇率计算为1357美元, 折合; not 内资折合.
func (x *reader) converted(m, prev *mention, _ int) (frame, bool) {
	if prev == nil || !m.isMoney() || !prev.isMoney() || m.name == prev.name || !has(x.lex.Converted, x.text(m.own)) && !x.holdsAny(m.own, x.lex.Exchange) {
		return frame{}, false
	}
	m.per, m.perText, m.standard = prev.per, prev.perText, prev.standard
	return prev.frame, true
}

// levels copies the frame of the level that a figure starts from.
func (x *reader) levels(m, prev *mention, k int) (frame, bool) {
	if prev == nil {
		return frame{}, false
	}
	if k >= 2 && prev.name != m.name && prev.chains(&x.mentions[k-2]) && x.adjoins(prev) { // 由3215户6120人减少到2986户5433人
		prev = &x.mentions[k-2]
	}
	if !m.level || !m.frame.bare() || prev.name != m.name || m.relation != "" {
		return frame{}, false
	}
	f := prev.frame
	if m.aimed = m.approx == schema.Under && m.comma() && x.startsWith(m.own.from, x.lex.HeldTo); m.aimed { // 失业率3.42%,|控制在4.5%以内
		f.measure.text += x.lex.Aim[0]
		return f, true
	}
	m.fromTo = true
	if m.per == "" && sameSize(prev.value, m.value) {
		m.per = prev.per
	} else if m.counts() {
		f.average = "" // 每户49个,1962年降至6.8万个
	}
	if m.delim != 0 && (has(x.lex.Turnover, f.event.text) && x.findIn(m.own, "累计") < 0 || x.standsOn(f, m) || x.altogether(f, m, k)) { // 精减职工3240人,到1963年降为5013人; 新打井86口,累计达到1260口
		f.event = slot{}
	}
	if m.delim == 0 && prev.relation != "" && m.isPercent() { // 占全省比重从1.4%提高到1.5%
		m.relation = prev.relation
		return f, true
	}
	return keepBase(f, m), true
}

// keepBase keeps the base and the average that a figure's own clause names, and of a rate over
// years only the thing: 年均增长6.4%,1987年增长11.2%.
func keepBase(f frame, m *mention) frame {
	f.base = m.frame.base
	if m.isPercent() && m.per == "" && strings.HasPrefix(f.average, "年") {
		f.average = ""
	}
	return averaged(f, m.frame)
}

// averaged keeps the average that a figure's own words name.
func averaged(g, own frame) frame {
	if own.average != "" {
		g.average = own.average
	}
	return g
}

// noAverage takes an average that stands before it from a maximum: 户均300元,最高1000元.
func (x *reader) noAverage(m *mention) {
	if m.said.average == "" && hasPrefixOf(x.text(phrase{m.from, m.to}), x.lex.Superlative) {
		m.frame.average = ""
	}
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
		return x.changeOfLast(m)
	}
	of := prev
	for t := range x.clauseBack(k, 6) {
		if t.name == m.name && t.change == "" && t.yard.empty() && !m.isPercent() {
			of = t
			break
		}
	}
	if m.per == "" && m.name == of.name && !m.isPercent() {
		m.per = of.per
	}
	f := keepBase(x.rateFrame(m, of), m)
	if strings.HasPrefix(m.change, "净") && has(x.lex.Turnover, f.event.text) { // 新增企业18家,退出6家,净增12家
		f.event = slot{}
	}
	if f.base.empty() && !prev.than.empty() {
		f.base = slot{text: x.text(prev.than), at: prev.than} // 比|1952年|的827亿元增长68%
	}
	return f, true
}

// rateFrame is what a change is said of: points of per cent behind a rate are those of the rate, 增长41%,|提高12.3个百分点 of
// the 增速, 占33.9%,|提高3个百分点 of the 比重.
func (x *reader) rateFrame(m, of *mention) frame {
	f := of.frame
	if !m.isPoints() || !of.isPercent() || of.isPoints() || containsAny(f.base.text, x.lex.PlanNoun) {
		return f
	}
	name := ""
	switch {
	case of.change != "":
		name = x.lex.ChangeNoun(of.change, lexicon.Rate)
	case of.relation == "占":
		name = "占" + f.base.text + "比重"
	}
	if has(x.lex.TimeMean, f.average) { // 增加值|年均|增速, but 人均|纯收入|增速
		name, f.average = f.average+name, ""
	}
	if name != "" {
		f.measure.text, f.average = overlap(f.average+f.measure.text, name), ""
	}
	return f
}

// changeOfLast is what a sentence that opens with a comparison speaks of: the last figure of the sentence before, if it
// is of its kind: 参保率为88.2%,列全市第三。比上年提高3.1个百分点.
func (x *reader) changeOfLast(m *mention) (frame, bool) {
	if m.silent == "" && m.said.base.empty() {
		return frame{}, false
	}
	for t := range x.lineBack(1) {
		alike := t.name == m.name
		if m.isPercent() {
			alike = t.isPercent() == (m.unit.Name == "个百分点")
		}
		if alike && t.relation == "" && !t.table && !strings.Contains(x.doc.Text[t.sentence.End:x.line.Start], "\n") {
			return keepBase(t.frame, m), true
		}
	}
	return frame{}, false
}

// shares copies the frame of what a share is of.
func (x *reader) shares(m, prev *mention, k int) (frame, bool) {
	if prev == nil || !m.frame.bare() || !m.isPercent() && !m.isTimes() || m.delim == ';' || m.delim == 0 && m.relation == "" {
		return frame{}, false
	}
	if f, ok := x.clauseFrame(m, prev); ok && (m.relation != "" || m.comma()) {
		return keepBase(f, m), true
	}
	if m.relation == "" && prev.isPercent() && m.isPercent() { // 增长7%以上、力争达到8%
		if m.change = prev.change; prev.relation == "占" && x.datesItself(m.own) { // 占总农户的96%,1957年达98.5%
			m.relation = prev.relation
			return averaged(prev.frame, m.frame), true
		}
	}
	return keepBase(prev.frame, m), true
}

// elided reads a per cent whose clause names only another thing than that of the share
// or the growth before it: 男性占78.4%,女性21.6%; 小麦减产12%,玉米8%. Growth is only taken
// over by a thing of the same set, and a share only while all make no more than the whole.
func (x *reader) elided(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	if prev == nil || !m.isPercent() || !m.plain() || f.object.empty() || !f.event.empty() || !f.measure.empty() ||
		!m.comma() && m.delim != '、' || f.object.runes() > 8 || containsEnd(f.object.text, x.lex.OwnPercent) ||
		prev.name != m.name {
		return frame{}, false
	}
	sibling := x.lex.Sibling(prev.frame.object.text, f.object.text)
	switch {
	case prev.level && (prev.relation != "占" || sibling == ""):
		return frame{}, false
	case prev.change != "" && (sibling != "" || x.lex.Peers(f.object.text, prev.frame.object.text)):
	case prev.change == "" && prev.relation == "占" && (prev.level || x.shareLeft(m, k)):
	default:
		return frame{}, false // 工业增长20%,毛利35%
	}
	m.change, m.relation = prev.change, prev.relation
	return x.gapFrom(m, prev), true
}

// shareLeft reports a share that makes no more than the whole with those before it.
func (x *reader) shareLeft(m *mention, k int) bool {
	sum := m.value
	for t := range x.clauseBack(k, reach) {
		if t.name != m.name || t.relation != "占" || !t.value.Known() {
			break
		}
		sum = sum.Add(t.value)
	}
	return m.name != "%" || sum.Known() && sum.Cmp(schema.Int(101)) <= 0
}

// twins puts a word of a contrast set in its sibling's place: 城市低保月人均补差221.7元,
// 农村82元; 医疗救助住院2560人次、门诊7186人次.
func (x *reader) twins(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	if f.object.empty() || !f.event.empty() || m.inPart || f.object.runes() > 6 || x.scope.head != nil {
		return frame{}, false
	}
	for t := range x.back(k, 4) {
		if t.name != m.name || t.clause != m.clause && t.delim != ';' && t != &x.mentions[0] {
			continue // 第二产业增加值30亿元,增长9.9%;|第三产业3.43亿元
		}
		g := t.frame
		g.place = f.place
		if s, ok := x.regraded(g.object.text, f.object.text); ok { // 60岁以上老年人1.2万人,|80岁以上2300人
			g.object.text = s
			return g, true
		}
		if m.delim == '、' && !m.isMoney() && has(x.lex.Tiers, f.object.text) && f.measure.empty() && !containsAny(g.object.text, x.lex.Tiers) { // 创建全国示范社区3个、省级12个
			g.object.text = f.object.text + g.object.text
			return g, true
		}
		if e := g.event.text; f.measure.empty() && e != "" && x.lex.Sibling(e, f.object.text) == e {
			g.event = f.object
			return g, true
		}
		if x.lex.Sibling(g.object.text, f.object.text) != "" {
			if g = x.gapFrom(m, t); !f.measure.empty() {
				g.measure = f.measure
			}
			return g, true
		}
	}
	return frame{}, false
}

// takeRate takes over what another figure of its unit is per.
func (m *mention) takeRate(t *mention) {
	if m.per == "" {
		m.per, m.perText = t.per, t.perText
	}
	m.standard = m.standard || t.standard
}

// gapped reads a sum whose clause names only another object than that of a rate before
// it: the verb, the measure and the rate are left out. 本科资助每人5000元,专科3000元; 补助标准一般户8000元、五保户1.2万元;
// 乡村每人每月10元,城镇15元; 农村居民12655元, after 城镇居民人均可支配收入29874元.
func (x *reader) gapped(m, prev *mention, k int) (frame, bool) {
	if m.delim == ':' && x.scope.section {
		return frame{}, false // ;照料护理标准:|全自理1200元
	}
	f := m.frame
	if !m.isMoney() || !f.thing() || f.object.runes() > longestName || m.relation != "" || containsEnd(f.object.text, x.lex.MoneyWord) || x.findIn(m.own, "一次性") >= 0 {
		return frame{}, false // 人均纯收入1120元,学费800元
	}
	for t := range x.back(k, 2) {
		if x.likeRate(m, t) && (t.frame.average == "" || m.per != "" || m.delim == '、' || x.lex.Sibling(t.frame.object.text, f.object.text) != "") {
			return x.gapFrom(m, t), true
		}
	}
	for t := range x.lineBack(3) {
		if k == 0 && x.likeRate(m, t) && x.lex.Sibling(t.frame.object.text, f.object.text) != "" {
			return x.gapFrom(m, t), true
		}
	}
	return frame{}, false
}

// likeRate reports a rate or a standard of the same unit and about the same size.
func (x *reader) likeRate(m, t *mention) bool {
	rule := strings.HasSuffix(t.frame.measure.text, "标准") || m.per != "" && containsEnd(t.frame.measure.text, x.lex.StandardEnd)
	return t.isMoney() && (m.per == "" && (t.per != "" || rule) || m.per == t.per && rule && m.said.average == t.said.average) && t.name == m.name && t.change == "" && sameSize(t.value, m.value)
}

// sameSize reports values that differ by less than a factor of 10.
func sameSize(a, b schema.Decimal) bool { return within(a, b, 1) }

// within reports that neither of two values has more than so many digits before the other.
func within(a, b schema.Decimal, digits int) bool {
	return a.Known() && b.Known() && a.Shift(digits).Cmp(b) > 0 && b.Shift(digits).Cmp(a) > 0
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
	if m.takeRate(t); !g.base.empty() && m.relation == "" {
		m.relation = t.relation // 第一产业增加值占…的3.8%,第二产业增加值比重为80.9%
	}
	return g
}

// peers gives a thing that is named alone the measure of the things of its kind
// before it, in this sentence or the one before: 油料总产1.9万吨。棉花3603吨.
func (x *reader) peers(m, prev *mention, k int) (frame, bool) {
	if !m.frame.thing() || m.unit == nil || m.counts() || m.isMoney() || !m.plain() || x.scope.head != nil {
		return frame{}, false
	}
	peer := func(t *mention) bool { // 粮食…公斤, 棉花…吨, but not 单产261公斤
		a, u := convert(t)
		b, v := convert(m)
		return (t.name == m.name || u == v && t.per == "" && within(a, b, 3)) && t.change == "" && t.yard.empty() && !t.frame.measure.empty() && x.lex.Peers(m.frame.object.text, t.frame.object.text)
	}
	t := nearestOf(x.back(k, 6), peer)
	if t == nil {
		t = nearestOf(x.lineBack(6), peer)
	}
	if t == nil {
		return frame{}, false
	}
	f := m.frame
	f.measure = t.frame.measure
	return f, true
}

// nearestOf is the first of some mentions that is as asked for, nil if none is.
func nearestOf(list iter.Seq[*mention], is func(*mention) bool) *mention {
	for t := range list {
		if is(t) {
			return t
		}
	}
	return nil
}

// sameRate gives a per cent that only names its thing the measure of the one
// before: 学前一年毛入园率达到99%、学前二年达到92%.
func (x *reader) sameRate(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	if !m.isPercent() || !f.thing() || !m.plain() || containsEnd(f.object.text, x.lex.OwnPercent) {
		return frame{}, false
	}
	for t := range x.back(k, 4) {
		if !t.isPercent() || t.relation != "" {
			break
		}
		if t.change == "" && !t.frame.measure.empty() {
			f.measure = t.frame.measure
			return f, true
		}
	}
	return frame{}, false
}

// sameVerb gives a noun that goes on a list of things its verb; behind a comma only
// where they are given or wrecked, and no other kind of thing begins.
func (x *reader) sameVerb(m, prev *mention, k int) (frame, bool) {
	if prev == nil || prev.verb.empty() || !(x.listThing(m) && x.keepsVerb(m, prev)) && !x.listSum(m, prev) {
		return frame{}, false
	}
	f := m.frame
	f.event, f.verbFirst, m.verb = prev.verb, true, prev.verb
	return f, true
}

// listThing reports a figure whose own words are a thing that may go on a list, without a verb.
func (x *reader) listThing(m *mention) bool {
	f := &m.frame
	thing := !f.object.empty() && (m.delim == '、' || f.measure.empty()) || m.made() && m.delim == '、' && !f.measure.empty()
	return thing && f.event.empty() && m.plain() && !m.isPercent() && !m.isTimes() && !containsAny(f.object.text, x.lex.Wreck)
}

// listSum reports the name of a sum that goes on a list of things given.
func (x *reader) listSum(m, prev *mention) bool {
	f := &m.frame
	return (m.delim == '、' || m.comma()) && m.isMoney() && (has(x.lex.Give, prev.verb.text) || has(x.lex.Grant, prev.verb.text)) && f.event.empty() && f.object.empty() && (f.measure.text == "款" || f.measure.runes() >= 3 && containsEnd(f.measure.text, x.lex.MoneyEnd)) && !prev.isPeople()
}

// keepsVerb reports that the verb of the figure before is said of this one too.
func (x *reader) keepsVerb(m, prev *mention) bool {
	wrecked := has(x.lex.Wreck, prev.verb.text)
	switch {
	case !slices.Contains([]rune{'、', '，', ',', 0}, m.delim), m.comma() && (x.lightAt(m.own.from) || x.holdsAny(m.own, x.lex.ThereIs)): // 发放消费券5亿元,|组织活动2万场,|现有
		return false
	case m.isMoney() && !prev.isMoney() && has(x.lex.Adds, prev.verb.text): // 新增企业50家、到位投资49亿元
		return false
	case m.delim == '、':
	case has(x.lex.Trade, prev.verb.text) && !x.ofGoods(m): // 销售农药86吨,服务中心3个
		return false
	case !wrecked && !has(x.lex.Give, prev.verb.text) && !(m.name == prev.name && containsEnd(prev.verb.text, x.lex.Choose) && x.scope.head == nil && !x.laterVerb(x.tokens(m.own, nil))), m.isMoney(), m.isArea() && !wrecked, m.family() == "people" && prev.family() != "people", !m.noun.empty():
		return false
	}
	// 损坏堤防53处12.4公里,完好渠道30公里
	return !prev.isLong() || !m.isLong() || !x.holdsAny(m.own, x.lex.Unbroken)
}

// lightAt reports a verb at i that a label leaves out: 组织, 开展.
func (x *reader) lightAt(i int) bool {
	n, v := x.lex.Words.Longest(x.line.r[i:])
	return n > 1 && lexicon.Class(v)&lexicon.Light != 0
}

// budgetHead calls the money of a head of the budget spent, if it is no part of other money: 教育6.48亿元、农林水5.63亿元; not
// of 新增贷款12亿元,其中教育1亿元.
func (x *reader) budgetHead(m *mention) {
	if f := &m.frame; m.isMoney() && f.thing() && x.scope.head == nil && has(x.lex.Budget, f.object.text) {
		f.measure.text = x.lex.Spent[0]
	}
}

// sharedOf is the figure before that a share is of whose clause names no base, nil if that is not told.
func (x *reader) sharedOf(m *mention, k int) (of *mention) {
	own, part := m.frame.object.text+m.frame.measure.text, x.mentionAt(k-1)
	for t := range x.back(k, reach) {
		switch {
		case !t.plain() || t.isPercent() || t.isTimes():
		case m.said.bare():
			if t != part && t.name == part.name && digitsOf(m.value) > 1 && exactShare(part.value, t.value, m.value) {
				of = t
			}
		case sameEnd(own, t.frame.text()), !t.isMoney() && lastRune(own) == lastRune(t.frame.object.text):
			return nil // 三级路120公里,等外路占57%
		case of == nil && (!x.person(own) || t.family() == "people" || strings.HasSuffix(own, "户") && t.made()):
			of = t
		}
	}
	return of
}

// shareBase names what a share is of whose clause leaves that out: the figure of which the one before it is just that
// share, 造林12400亩,…樟子松248亩,占2%; or what its list or the figure before tells, 在校生1.2万人,工农子女占82%.
func (x *reader) shareBase(m *mention, k int) {
	if m.relation != "占" || !m.frame.base.empty() || m.change != "" {
		return
	}
	of := x.sharedOf(m, k)
	if of == nil {
		return
	}
	if !m.said.bare() && x.scope.head != nil {
		of = cmp.Or(x.scope.of, of)
	}
	whole := of.frame
	if whole.verbFirst && whole.object.text+whole.measure.text != "" { // 抓获|在逃人员
		whole.event = slot{}
	}
	name := whole.text()
	if of.name == "岁" { // 平均年龄36.5岁,大专以上占82%
		name = whole.object.text
	}
	if of.isArea() && !strings.Contains(name, of.unit.Noun) {
		name += of.unit.Noun
	}
	if n := utf8.RuneCountInString(name); n > 1 && n <= 10 && !strings.Contains(m.frame.text(), name) && !strings.HasSuffix(name, "率") {
		m.frame.base = slot{text: name, at: of.frame.object.at}
	}
}
