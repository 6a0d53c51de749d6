package extract

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/segment"
	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// The passes of a sentence, in their order: each reads what the ones before it
// made. A label is rendered once, from the slots, at the end.
func (x *reader) label() {
	x.scope.place, x.scope.head, x.scope.of, x.scope.cause, x.scope.bracket = slot{}, nil, nil, "", false
	x.scope.period, x.scope.rose, x.scope.around, x.scope.once = phrase{}, toldTime{}, schema.Period{}, false
	n := len(x.mentions)
	for k := range n {
		m, prev := &x.mentions[k], x.mentionAt(k-1)
		if prev != nil {
			m.own.from = min(max(m.own.from, prev.consumed), m.own.to)
		}
		x.setPeriod(m, prev)
		x.reporting(m.gap)
		x.readOwn(m, prev)
		x.readAfter(m, prev, x.mentionAt(k+1))
		x.fill(m)
	}
	x.yardsticks()
	x.shareBack()
	x.grants()
	x.spend()
	for k := range n {
		x.inherit(&x.mentions[k], x.aheadOf(k), k)
	}
	x.distribute()
	for k := range n {
		x.toEach(&x.mentions[k], x.mentionAt(k-1))
		x.setKind(&x.mentions[k], x.mentionAt(k-1))
		x.setStatus(&x.mentions[k], x.mentionAt(k-1))
	}
	for k := range n {
		m := &x.mentions[k]
		m.due = x.dueOf(m)
		m.label = x.render(m)
		if m.rule == "" {
			m.rule = "figure/" + m.dimension()
		}
		x.ruleBound(m, k)
	}
	x.carryOut()
}

// aheadOf is the figure before another, outside of brackets that have closed:
// 收案4826件(不含旧存391件),上升2.6%.
func (x *reader) aheadOf(k int) *mention {
	i := k - 1
	for i > 0 && !x.mentions[k].inside && x.mentions[i].inside && (x.mentions[k].change != "" || x.mentions[k].isPercent() || x.emptyOwn(&x.mentions[k])) {
		i--
	}
	return x.mentionAt(i)
}

// mentionAt is the mention of the sentence with a number, nil if there is none.
func (x *reader) mentionAt(k int) *mention {
	if k < 0 || k >= len(x.mentions) {
		return nil
	}
	return &x.mentions[k]
}

// shareBack gives figures that run into the next what is said behind the last:
// 11个乡镇97个村12.6万人次受灾, 14035户25559人农村低保对象.
func (x *reader) shareBack() {
	for k := len(x.mentions) - 2; k >= 0; k-- {
		m, next := &x.mentions[k], &x.mentions[k+1]
		x.giveBack(m, k)
		if m.isLong() {
			x.nameLength(m, next)
		}
		if !x.runsInto(m, next) {
			continue
		}
		if m.pred.empty() && m.said.event.empty() && x.emptyOwn(next) && !next.pred.empty() && !x.verbAhead(k) && (x.line.at(m.consumed) == '、' || !x.endsWithWord(m.own.to, x.lex.Doing)) { // not 完成|300户危房改造和25个村道路硬化
			m.pred = next.pred
			m.said.event, m.said.verbFirst = next.said.event, true
			if toks := x.tokens(next.noun, nil); next.whole && x.placeNoun(m) && len(toks) > 1 && x.among(toks[0], x.lex.PlaceKind) { // 12个村、3个社区|道路硬化
				m.said.event.text, m.said.verbFirst = x.joined(toks[1:])+m.said.event.text, false
			}
		}
		if !m.said.object.empty() || !m.said.measure.empty() {
			continue
		}
		if w := x.animalNoun(next); m.isPeople() && w != "" { // 8.35万人、4.62万头大牲畜饮水困难
			m.said.object = next.said.object
			m.said.object.text = strings.TrimPrefix(next.said.object.text, w)
		} else if !next.noun.empty() {
			m.said.object, m.said.verbFirst = next.said.object, next.said.verbFirst
		}
	}
}

// giveBack names people who are told only as those to whom something is given by that:
// 春节期间为12690户23249人|发放一次性生活补贴589万元.
func (x *reader) giveBack(m *mention, k int) {
	if !m.counts() || !m.noun.empty() || !m.said.measure.empty() || !m.said.object.empty() && !has(x.lex.Feast, m.said.object.text) || !x.given(m) {
		return
	}
	last := k
	for last+2 < len(x.mentions) && x.mentions[last+1].counts() && x.runsInto(&x.mentions[last], &x.mentions[last+1]) {
		last++
	}
	next := &x.mentions[last+1]
	thing := next.said.object
	if thing.empty() {
		thing = next.said.measure
	}
	if next.from <= x.mentions[last].post.to && !thing.empty() && hasPrefixOf(next.said.event.text, x.lex.Give) {
		m.said.object, m.said.event, m.said.verbFirst = thing, next.said.event, true
	}
}

// nameLength names what is so long by the words after the next figure: 全长46公里,投资
// 1430万元的碧溪公路.
func (x *reader) nameLength(m, next *mention) {
	s := &m.said
	if s.measure.empty() && has(x.lex.Attribute, s.object.text) {
		s.object, s.measure = slot{}, s.object
	}
	if s.object.empty() && !s.measure.empty() && next.of {
		s.object = slot{text: x.wording(next.noun), at: next.noun}
		next.said.object = s.object
	}
}

// runsInto reports a figure that nothing parts from the next but 、 or, behind its noun, 和:
// 14035户、25559人享受低保, 14个街道和22个市直管镇.
func (x *reader) runsInto(m, next *mention) bool {
	if !m.counts() && m.family() != next.family() {
		return false
	}
	between := phrase{max(m.to, m.consumed), next.from}
	switch {
	case between.empty():
		return true
	case !x.onlyJoins(between):
		return false
	case x.line.r[between.from] == '、':
		return (m.said.bare() || m.said.event.empty() && !m.noun.empty() && !next.noun.empty() && x.findIn(m.own, "辖") < 0) && m.counts() && next.counts()
	}
	return !m.noun.empty() && !x.line.among(between.from, "，,")
}

// animalNoun is the word for the animals that a figure counts, at the beginning of
// what stands behind it, empty if it counts none: 大牲畜|饮水困难.
func (x *reader) animalNoun(m *mention) string {
	for _, w := range x.lex.Animal {
		if m.made() && strings.HasPrefix(m.said.object.text, w) {
			return w
		}
	}
	return ""
}

// verbAhead reports that a verb governs the run of figures that k stands in:
// 调集6个大队、8个中队、13台消防车.
func (x *reader) verbAhead(k int) bool {
	for ; k >= 0; k-- {
		m := &x.mentions[k]
		if !m.verb.empty() {
			return true
		}
		if !x.emptyOwn(m) {
			return false
		}
	}
	return false
}

const maxLabel = 40 // characters; the contract of the column

// dimension names the rule of a plain figure.
func (f *figure) dimension() string {
	if f.unit == nil {
		return "number"
	}
	return string(f.unit.Dim)
}

// clip keeps the last n characters.
func clip(s string, n int) string {
	from := len(s)
	for ; n > 0 && from > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:from])
		from -= size
	}
	return s[from:]
}

// clipHead keeps the first n characters.
func clipHead(s string, n int) string { return cutRunes(s, 0, n) }

// renderings make the label of a mention from its slots, each adding one part to what
// the object, event and measure say.
var renderings = []func(x *reader, m *mention, s string) string{
	(*reader).withPart,     // 三季度|增长4.6%
	(*reader).withListName, // 钢:从135万吨增加到412万吨, of 主要产品|产量
	(*reader).withCause,    // 火灾|亡人数
	(*reader).withPlace,    // 青石镇|受灾人口
	(*reader).withAverage,  // 城市低保|月人均|补差
	(*reader).withMeasure,  // 增速, 比重, 资金
	(*reader).withUnit,     // 户数, 面积
	(*reader).withDue,      // 应|参保人数
}

// render makes the label of a mention.
func (x *reader) render(m *mention) string {
	s := m.frame.text()
	for _, with := range renderings {
		s = with(x, m, s)
	}
	return clip(trimJoint(s), maxLabel)
}

// changed reports a figure that says by how much something changes.
func (m *mention) changed() bool {
	return m.kind == schema.Change || m.change != "" && !m.level
}

func (x *reader) withPart(m *mention, s string) string {
	if m.change != "" && m.isPercent() && !strings.Contains(s, m.when) {
		s += m.when
	}
	return s
}

func (x *reader) withListName(m *mention, s string) string {
	f, w := &m.frame, x.scope.measure
	if s == "" || !f.measure.empty() || !f.event.empty() || m.isCount() || m.isMoney() || m.isPercent() && m.change == "" || strings.HasSuffix(s, "量") || strings.HasSuffix(s, w) {
		return s
	}
	return s + w
}

// withDue puts 应 before its verb: what shall be is not what is.
func (x *reader) withDue(m *mention, s string) string {
	at := strings.Index(s, m.due)
	if m.due == "" || at < 0 || strings.HasSuffix(s[:at], x.lex.Due[0]) {
		return s
	}
	return s[:at] + x.lex.Due[0] + s[at:]
}

// dueOf is the verb that 应 stands before as a word of a figure's own; of what is planned it says nothing new.
func (x *reader) dueOf(m *mention) string {
	if m.status == schema.Planned || !x.line.find(m.own.from, m.from, x.lex.Due[0]) {
		return ""
	}
	cuts := x.line.cutWords(phrase{m.own.from, m.from}, x.general)
	for i := m.own.from; i+1 < m.from; i++ {
		if !x.line.has(i, x.lex.Due[0]) || i > m.own.from && !cuts[i].ends || !cuts[i+1].ends {
			continue
		}
		end := i + 2
		for end < m.from && !cuts[end].ends {
			end++
		}
		return x.text(phrase{i + 1, end})
	}
	return ""
}

func (x *reader) withCause(m *mention, s string) string { return m.cause + s }

func (x *reader) withPlace(m *mention, s string) string {
	if p := m.frame.place.text; !strings.Contains(s, p) {
		s = p + s
	}
	return s
}

// withMeasure ends the label with what the words leave to the kind of figure, and gives
// 全镇9842户 the place as its name.
func (x *reader) withMeasure(m *mention, s string) string {
	switch {
	case m.changed():
		s = x.changeNoun(m, s)
	case m.relation != "":
		s = x.shareNoun(m, s)
	case m.isMoney():
		s = x.moneyNoun(m, s)
	case m.kind == schema.Share && m.isPercent() && s != "" && !containsEnd(s, x.lex.ShareEnd): // 农户饮用自来水|比例
		s += "比例"
	}
	if s == "" {
		s = m.place0
	}
	return s
}

// withUnit ends it with the noun of the unit, where it does not say that; what is done to
// things is counted by the unit itself: 塘坝干涸|座数.
func (x *reader) withUnit(m *mention, s string) string {
	if m.unit == nil || strings.HasSuffix(s, m.name) || m.unit.Noun != "" && strings.HasSuffix(s, m.unit.Noun) || strings.HasSuffix(s, "数") {
		return s
	}
	deed := m.frame.deedEnds(s)
	if m.isPeople() {
		s = x.fateNoun(s)
	}
	switch n := m.unit.Noun; {
	case deed && n == "" && m.made() && m.name != "项" && m.kind == schema.Amount && m.per == "" && x.endsInDeed(&m.frame):
		if strings.HasSuffix(m.name, "次") { // 批次
			return s + m.name
		}
		return s + m.name + "数"
	case deed && m.unit.Dim == lexicon.Mass && !m.frame.verbFirst, m.flows() && containsEnd(s, x.lex.FlowEnd): // 兔毛收购|量
		return s + "量"
	case m.isLong(), strings.HasSuffix(s, "装机"):
		return s + x.lengthNoun(m, s)
	case n == "", n == "面积" && strings.Contains(s, n), strings.HasSuffix(s, "量"), n == "人数" && strings.HasSuffix(s, "人口"):
		return s
	case m.isCount(), m.isArea(), m.unit.Dim == lexicon.Power && !containsEnd(s, x.lex.PowerEnd):
		return s + n
	}
	return s
}

// fateNoun says in full what a label ends with in one character: 触电死|亡人数, but not 打死.
func (x *reader) fateNoun(s string) string {
	for _, c := range x.lex.Casualty {
		w, fate, _ := strings.Cut(c, "/")
		if head, ok := strings.CutSuffix(s, w); ok && utf8.RuneCountInString(w) == 1 {
			if _, word := segment.Tag(clip(s, 2)); !word || head == "" {
				return head + fate
			}
		}
	}
	return s
}

// deedEnds reports a label that ends with what is done, where nothing is measured by.
func (f *frame) deedEnds(label string) bool {
	return f.measure.empty() && !f.event.empty() && strings.HasSuffix(label, f.event.text)
}

// flows reports a quantity of water or current: 2300万立方米, 860万度, 386毫米 of rain.
func (m *mention) flows() bool {
	return m.name == "毫米" || m.unit.Dim == lexicon.Mass || m.unit.Dim == lexicon.Volume || m.unit.Dim == lexicon.Energy
}

// endsInDeed reports words that end with what is done or happens, which no noun of its own
// names: 塘坝|干涸, 火化, but 生猪|存栏, 办理结婚登记.
func (x *reader) endsInDeed(f *frame) bool {
	return x.class(f.event.text)&lexicon.Measure == 0 && (!f.verbFirst || f.event.runes() <= 4)
}

// lengthNoun is 长度 for what runs on, 疏浚渠道, 里程 for a road, and the noun of the unit behind the number of the same
// things: 通村油路79条434.8公里.
func (x *reader) lengthNoun(m *mention, s string) string {
	switch {
	case m.unit.Dim == lexicon.Power: // 装机|容量
		return "容量"
	case m.made():
		return m.name + "数"
	}
	for _, w := range x.lex.Stretch {
		if verb, noun, _ := strings.Cut(w, "/"); m.frame.measure.empty() && m.said.event.empty() && x.findIn(phrase{m.own.from, min(m.to+2, len(x.line.r))}, verb) >= 0 {
			return noun
		}
	}
	switch {
	case !m.frame.measure.empty() || m.kind != schema.Amount || m.per != "" || containsEnd(s, x.lex.LengthEnd):
		return ""
	case containsEnd(m.frame.object.text, x.lex.Running), containsEnd(s, x.lex.Running):
		return "长度"
	case m.delim == 0 && m.own.empty() && m.frame.object.src == "label/连写":
		return m.unit.Noun
	case containsEnd(m.frame.object.text, x.lex.Road):
		return "里程"
	}
	return ""
}

// withAverage puts the word of an average before the measure: 城市低保|月人均|补差,
// or before what is done: 人均|服务低保对象.
func (x *reader) withAverage(m *mention, s string) string {
	if a := m.frame.average; strings.Contains(s, a) || m.kind == schema.Share && m.relation == "" || m.changed() && has(x.lex.TimeMean, a) || strings.HasSuffix(s, "标准") && m.ruled(x) {
		return s
	}
	if f := &m.frame; m.said.object.empty() && !m.said.event.empty() && !f.object.empty() && m.isMoney() { // 资助贫困学生…人,|人均资助…元
		return f.place.text + f.object.text + f.average + f.event.text + f.measure.text
	}
	if f := &m.frame; m.said.bare() && f.verbFirst && !f.object.empty() && m.isMoney() && (has(x.lex.Give, f.event.text) || f.measure.empty() && !containsEnd(s, x.lex.MoneyEnd)) { // 人均|发放一次性补助金
		return f.average + s
	}
	if before, after, ok := x.averagedAt(m, s); ok {
		return strings.Replace(s, before+after, before+m.frame.average+after, 1)
	}
	if strings.HasPrefix(m.frame.average, "每") { // 每千人|卫生机构床位
		return m.frame.average + s
	}
	r := []rune(s)
	for i := range len(r) - 1 { // 人均|纯收入, 农民|人均|纯收入
		if v, ok := x.lex.Words.Has(r[i:]); ok && lexicon.Class(v)&(lexicon.Measure|lexicon.Generic) != 0 {
			return string(r[:i]) + m.frame.average + string(r[i:])
		}
	}
	return m.frame.average + s
}

// averagedAt is where in the words of a label that of an average belongs: where it stands in
// the text.
func (x *reader) averagedAt(m *mention, label string) (before, after string, ok bool) {
	said, mean := &m.said, m.perText
	if at := x.findIn(m.own, plainMean); at >= 0 && said.average == plainMean {
		mean = phrase{at, at + utf8.RuneCountInString(plainMean)}
	}
	o := said.object
	if o.at.from < mean.from && mean.to < o.at.to { // 农民|人均|耕地
		before, after = x.wording(phrase{o.at.from, mean.from}), x.wording(phrase{mean.to, o.at.to})
		if before+after == o.text && strings.Contains(label, o.text) {
			return before, after, true
		}
	}
	for _, p := range []slot{said.event, o, said.measure} { // 日均|新设企业, 人均|住房面积
		if p.text != "" && (p != said.event || said.verbFirst) && p.at.from >= mean.to && strings.Contains(label, p.text) {
			return "", p.text, true
		}
	}
	return o.text, "", o.text != "" && o.at.to <= mean.from && strings.Contains(label, o.text) // 农村五保|人均|年供养标准
}

// ruled reports what changes or is per a person and a time, or 平均每户: beside 标准 it is not
// called an average.
func (m *mention) ruled(x *reader) bool {
	return m.changed() || strings.Contains(m.per, "·") || !m.perText.empty() && !m.averaged(x)
}

// changeNoun ends a label with what changes of it: 增速, 减少, 提高额, 高于省定标准幅度.
func (x *reader) changeNoun(m *mention, s string) string {
	w := m.change
	if w == "" {
		return s
	}
	if base := m.frame.base.text; base != "" && !hasPrefixOf(base, x.lex.UsualBase) {
		if m := x.measureEnd(base); m != "" && strings.HasSuffix(s, m) { // 增速|快于平均|增速
			base = strings.TrimSuffix(base, m)
		}
		if v := x.lex.Against[w]; v != "" { // 高 → 高于…幅度, 多 → 比…增加量
			return s + strings.Replace(v, "…", base, 1)
		}
	}
	noun := x.lex.ChangeNoun(w, x.changeUnit(m, s))
	average := ""
	if m.per == "年" && !strings.HasPrefix(noun, "年均") && m.isPercent() {
		average = "年均"
	}
	for _, v := range x.lex.Speed { // 工业以…的速度
		s = strings.TrimSuffix(s, v)
	}
	if strings.HasSuffix(w, "产") { // 粮食总产量|增产幅度
		s = cmp.Or(strings.TrimSuffix(strings.TrimSuffix(s, "产量"), "总"), s)
	}
	return s + average + noun
}

// changeUnit is the column of changenouns.txt that a change belongs to.
func (x *reader) changeUnit(m *mention, s string) int {
	switch {
	case m.isPoints() || m.isPercent() && (strings.HasSuffix(s, "率") || strings.HasSuffix(s, "比重") || strings.HasSuffix(s, "比例")):
		return lexicon.Points
	case m.isTimes():
		return lexicon.Multiple
	case m.isPercent():
		return lexicon.Rate
	case m.isMoney():
		return lexicon.Sum
	}
	return lexicon.Number
}

// shareNoun ends the label of a share with what it is held against.
func (x *reader) shareNoun(m *mention, s string) string {
	base, relation, end := m.frame.base.text, m.relation, "比例"
	switch {
	case m.relation == perGrant: // 补助占合同金额比例
		return s + "占" + base + end
	case m.relation == "占" && !containsEnd(base, x.lex.PlanNoun):
		end = "比重"
	case m.isTimes():
		relation, end = strings.Replace(relation, "相当于", "为", 1), "倍数" // 是1978年的2.4倍
	}
	if base == "" && m.relation == "占" {
		return strings.TrimSuffix(s, "占") + end // 杨树占87.7%
	}
	return strings.TrimSuffix(s, "占") + relation + base + end
}

// moneyNoun names the money where the words do not: 采购被子资金, 门诊救助金; and a
// rule or price as a standard.
func (x *reader) moneyNoun(m *mention, s string) string {
	f := &m.frame
	switch {
	case m.kind == schema.Standard && !m.averaged(x) && (f.average == "" || !m.level):
		if x.plan || containsEnd(s, x.lex.Bound) || containsEnd(s, x.lex.StandardEnd) {
			return s
		}
		return s + "标准"
	case strings.HasSuffix(s, "率"), containsAny(clip(s, 5), x.lex.MoneyWord), containsEnd(s, x.lex.MoneyEnd), f.verbFirst && containsEnd(f.event.text, x.lex.SumEnd),
		hasPrefixOf(s, x.lex.SumEnd) && !has(x.lex.SumEnd, s), f.average != "": // 销售福利彩票
		return s
	case containsEnd(s, x.lex.SumEnd):
		return s + "额"
	case containsEnd(s, x.lex.AmountEnd):
		return s + "金额"
	case containsEnd(s, x.lex.GrantEnd):
		return s + "金"
	}
	return s + x.lex.Money[0]
}

// averaged reports a rate that is an average: 人均, 户均.
func (m *mention) averaged(x *reader) bool {
	return !m.perText.empty() && x.line.r[m.perText.to-1] == '均'
}
