package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// Part of which total. Four signs are read, the surest first:
//
//	其中    共筹集240万元,其中下拨70万元,自筹170万元
//	brackets 对象2557人(集中供养125人,散居2432人)
//	sums    来信来访658件,受理649件,退回9件        the parts add up exactly
//	places  倒塌房屋87户…策勒县倒塌房屋30户          a place within the report's own
//
// 其中 does not promise a sum: its members may overlap or be incomplete.

// A share of a sentence after 其中: which totals its members belong to.
type split struct {
	from    int                    // index of the first member
	totals  map[string]int         // unit → index of the total
	left    map[int]schema.Decimal // total → what its members leave of it
	colon   bool                   // 其中: its list goes on over ;
	bracket bool
	outer   *split // the list that a bracket interrupts
	orphans []int  // members without a total near by
	over    bool   // a figure is larger than its total: another thing has begun
}

// relate finds the totals of the mentions from base on: those of one sentence.
func (x *reader) relate(base int) {
	var s *split
	for i := base; i < len(x.all); i++ {
		m, outer := x.all[i], s
		for outer != nil && outer.bracket {
			outer = outer.outer
		}
		switch {
		case m.openBracket && i > base:
			s = newSplit(i)
			s.bracket, s.outer = true, outer
		case x.beginsParts(i, base):
			bracket := x.findIn(m.gap, "(") > x.findIn(m.gap, ")") || s != nil && s.bracket && !m.closed
			s = newSplit(i)
			s.colon, s.bracket, s.outer = x.opensList(m), bracket, outer
		case s != nil && s.bracket && m.closed:
			s = outer
		case s != nil && !s.bracket && (m.delim == ';' && (!s.colon || s.over) || x.beside(m) || x.serves(m, s)):
			s = nil
		}
		if s != nil {
			x.member(s, i, base)
		}
		if m.parent < 0 && i > base {
			x.within(i)
			x.furtherOn(i, base)
		}
	}
	if s != nil {
		x.farTotal(s.orphans)
	}
	division := x.divisionFrom(base)
	x.sums(base, division)
	x.remainder(base, division)
	x.sharesProve(base)
	x.openItems(base)
}

// beginsParts reports the first member behind 其中, a word that holds parts (含, 包括), or
// the colon of a list.
func (x *reader) beginsParts(i, base int) bool {
	m := x.all[i]
	return m.inPart || m.delim != 0 && x.opensWith(m.own, x.lex.Contain) ||
		m.colonList && m.kind == schema.Amount && (i == base || x.all[i-1].kind != schema.Change)
}

// beside reports a figure that stands beside a list, not in it: 还为87位老兵办理登记.
func (x *reader) beside(m *mention) bool {
	from := x.line.spaces(m.own.from)
	return slices.ContainsFunc(x.lex.Beside, func(w string) bool { return x.line.has(from, w) && from < m.own.to })
}

// serves reports those who look after the people that a list divides up: 在校生1.26万人,其中寄宿生8600人,教职工862人.
func (x *reader) serves(m *mention, s *split) bool {
	i, ok := s.totals[x.listKey(m)]
	return ok && m.delim != '、' && (x.paired(i, m, x.lex.Served, x.lex.Staff) || x.paired(i, m, x.lex.Pupils, x.lex.Teachers))
}

// paired reports a figure of some of one list, and one of some of another.
func (x *reader) paired(i int, m *mention, of, who []string) bool {
	return containsEnd(m.frame.object.text, who) && containsEnd(x.all[i].frame.object.text, of)
}

// opensWith reports a phrase that begins with one of the words.
func (x *reader) opensWith(p phrase, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return x.line.has(p.from, w) && p.from+utf8.RuneCountInString(w) < p.to })
}

func newSplit(from int) *split {
	return &split{from: from, totals: map[string]int{}, left: map[int]schema.Decimal{}}
}

// opensList reports a list that goes on over ; for 其中 has a colon behind it, or
// opens its sentence: 其中:…;…, 其中水稻…;玉米…
func (x *reader) opensList(m *mention) bool {
	if m.delim == ':' || m.inPart && !x.holdsAny(m.gap, x.lex.Part) { // 按经营地分,城镇35.8亿元;乡村7.4亿元
		return true
	}
	for _, w := range x.lex.Part {
		if at := x.findIn(m.gap, w); at >= 0 {
			return x.line.at(at+utf8.RuneCountInString(w)) == ':' || at == x.line.spaces(0)
		}
	}
	return false
}

// within reads a part that follows its total without punctuation:
// 218户全倒户中已竣工203户, 438个村已有436个完成; not of another class: 15度至25度的有8万亩.
func (x *reader) within(i int) {
	m, t := x.all[i], x.all[i-1]
	having := m.delim != 0 && m.delim != ';' && !isDigit(x.line.at(m.own.from)) && x.endsWithWord(m.from, x.lex.Having) || x.thoseWho(m, t) && !x.completes(i) || x.ofThose(m, t)
	if !m.partial && !having && !x.saysSome(m, t) || !sameUnit(m, t) || m.kind != schema.Amount || t.kind != schema.Amount || !m.value.Known() || !t.value.Known() || m.value.Cmp(t.value) > 0 {
		return
	}
	m.parent = i - 1
	if t.line == m.line && x.line.at(m.from-1) == '占' && x.line.at(t.from-1) == '占' && t.parent >= 0 {
		m.parent = t.parent
	}
	m.because("part_of", "part/中", x.all[m.parent].span, "")
}

// furtherOn reads what came of some of those before: 已开工142户,竣工77户.
func (x *reader) furtherOn(i, base int) {
	m := x.all[i]
	if m.parent >= 0 || m.kind != schema.Amount || !m.value.Known() || !x.holdsAny(m.own, x.lex.Finished) || m.delim == ';' {
		return
	}
	for j := i - 1; j >= max(base, i-3); j-- {
		t := x.all[j]
		if sameUnit(m, t) && t.kind == m.kind && t.value.Known() && t.value.Cmp(m.value) >= 0 && x.holdsAny(t.own, x.lex.Begun) && t.status == m.status && t.delim != '、' && m.delim != '、' {
			m.parent = j
			m.because("part_of", "part/竣工", t.span, "")
			return
		}
	}
}

// thoseWho reports 的 before a figure of people or things, which is said of some of those
// before: 受灾483户,无家可归的52户.
func (x *reader) thoseWho(m, t *mention) bool {
	return (m.delim == '，' || m.delim == ',') && t.parent < 0 && t.line == m.line && x.line.at(m.from-1) == '的' && m.isCount() && !m.compared && !x.excepted(m) && !x.holdsAny(m.own, x.lex.Turnover)
}

// completes reports figure i as what makes up, with those before it, one before them: 审查案件248件,准予执行
// 231件,不予执行的17件.
func (x *reader) completes(i int) bool {
	m := x.all[i]
	if !x.summable(m) {
		return false
	}
	sum := m.value
	for j := i - 1; j >= max(0, i-reach) && x.all[j].line == m.line && sameUnit(x.all[j], m) && x.summable(x.all[j]); j-- {
		if x.all[j].value.Cmp(sum) == 0 && j < i-1 {
			return true
		}
		sum = sum.Add(x.all[j].value)
	}
	return false
}

// ofThose reports a figure that is said of some of those right before it, which 中 or 里 closes: 全局43名工程技术
// 人员中,高级职称2名.
func (x *reader) ofThose(m, t *mention) bool {
	return (m.delim == '，' || m.delim == ',') && t.line == m.line && !t.post.empty() && t.post.to+1 == m.own.from && x.endsWithWord(t.post.to, x.lex.InThese) && (m.isPeople() || x.line.at(m.from-1) == '的')
}

// saysSome reports words that make a figure a part of the one before: 12个乡镇有9个乡镇
// 配备了干事, 2名已劝返1名, 通村公路24公里,仅硬化1.2公里.
func (x *reader) saysSome(m, t *mention) bool {
	l := &x.line
	switch {
	case t.line != m.line:
		return false
	case m.delim == 0 && m.gap.from == t.to && !x.compareIn(m.gap):
		if l.at(m.gap.from) == '已' {
			return true
		}
		noun := x.text(m.post)
		return l.at(m.from-1) == '有' && m.gap.to-m.gap.from <= 5 && (m.post.empty() || strings.HasPrefix(noun, strings.TrimSuffix(x.text(m.gap), "有")))
	case (m.delim == '，' || m.delim == ',') && x.line.at(m.from-1) == '占' && !m.isPercent(): // 损失1.9亿元,农业占1.12亿元
		return true
	case m.delim == '，' || m.delim == ',':
		return x.among(token{phrase: phrase{m.own.from, min(m.own.from+1, m.own.to)}}, x.lex.Only) && m.own.to-m.own.from > 1 && !m.isMoney() && !m.isPercent() && m.relation == ""
	}
	return false
}

// compareIn reports words that hold a figure against another: 仅比上年多3人.
func (x *reader) compareIn(p phrase) bool {
	return x.holdsAny(p, x.lex.Compare) || x.holdsAny(p, x.lex.As) || x.findIn(p, "为") >= 0
}

// member gives a mention the total of its unit, if it fits into it.
func (x *reader) member(s *split, i, base int) {
	m := x.all[i]
	if m.kind == schema.Change || (m.isPercent() || m.isTimes()) && !s.bracket || x.isFrom(i) || x.baseline(i) {
		return
	}
	at := x.listTotal(s, m, base)
	if at < 0 {
		s.orphans = append(s.orphans, i)
		return
	}
	t := x.all[at]
	comparable := (m.name == t.name || !m.isArea()) && m.value.Known() && t.value.Known()
	more := comparable && t.value.Cmp(m.value) < 0
	s.over = s.over || more
	if unlike(m, t) || x.opposed(m, t) {
		return
	}
	if comparable && s.left[at].Known() && t.approx == schema.Exact {
		deed := m.comma() && !m.said.event.empty() && m.said.object.empty() && !x.state(m.said.event.text)
		if more || s.left[at].Sign() == 0 || deed && s.left[at].Cmp(m.value) < 0 {
			return // the list is full: 收购粮食12.6万吨,其中托市收购8.2万吨,销售9.8万吨
		}
		s.left[at] = s.left[at].Sub(m.value)
	}
	m.parent = at
	m.because("part_of", "part/其中", t.span, "")
}

// listTotal is the total of a member's kind in its list, -1 if there is none.
func (x *reader) listTotal(s *split, m *mention, base int) int {
	key := x.listKey(m)
	if at, ok := s.totals[key]; ok {
		return at
	}
	at := x.totalFor(m, s.from, base, s.bracket)
	if at < 0 {
		return at
	}
	if _, known := s.left[at]; !known {
		s.left[at] = x.all[at].value
	}
	s.totals[key] = at
	return at
}

// unlike reports a member that is of another rate or kind than the total, or a thing where
// that is what befell one: 其中,52万亩棉花,被淹47万亩.
func unlike(m, t *mention) bool {
	return m.per != t.per && m.per != "" || (m.kind == schema.Standard) != (t.kind == schema.Standard) ||
		!m.noun.empty() && !m.counts() && m.frame.event.empty()
}

// opposed reports two figures of which none is a part of the other: 离婚 and 结婚, 贷款 and 存款.
func (x *reader) opposed(m, t *mention) bool {
	of := func(m *mention, word, other string) bool {
		s := m.frame.text()
		return strings.Contains(s, word) && !strings.Contains(s, other)
	}
	for _, pair := range x.lex.Opposed {
		a, b, _ := strings.Cut(pair, "/")
		if of(m, a, b) && of(t, b, a) || of(m, b, a) && of(t, a, b) {
			return true
		}
	}
	return false
}

// listKey is the same for the figures of a list that have one total: the unit, what they are
// measured by, and the state.
func (x *reader) listKey(m *mention) string {
	key := unitKey(m) + m.yard.text + "/" + x.verbOf(m)
	if m.estimated {
		key += "?"
	}
	return key
}

// totalFor is the last figure before a list with the same unit: in the
// sentence, or in the two before it if 其中 opens the sentence. Of several, the
// one of the same state: 成灾 for 成灾.
func (x *reader) totalFor(m *mention, from, base int, bracket bool) int {
	q := totalQuery{m: m, head: x.all[from], from: from, base: base, best: -1, bracket: bracket}
search:
	for q.i = from - 1; q.i >= max(0, from-12); q.i-- {
		q.t = x.all[q.i]
		for _, c := range noTotals {
			if c.holds(x, &q) {
				if c.last {
					break search
				}
				continue search
			}
		}
		if q.best < 0 {
			q.best = q.i
		}
		if v := x.verbOf(m); v == "" || v == x.verbOf(q.t) {
			return q.i
		}
	}
	return q.best
}

// A totalQuery asks whether t, the figure i, is the total of m in the list that head
// begins.
type totalQuery struct {
	m, t, head          *mention
	i, from, base, best int
	bracket             bool
}

// noTotals say which figures are no total; behind the last ones none is looked for.
var noTotals = []struct {
	last  bool
	holds func(x *reader, q *totalQuery) bool
}{
	{false, func(x *reader, q *totalQuery) bool { return x.closed(q.t, q.head) && q.t.parent >= 0 }}, // (其中男60人)(其中女40人)
	{true, func(x *reader, q *totalQuery) bool { // 14035户25559人(其中…)
		return q.bracket && !x.closed(x.all[q.i+1], q.head) && q.i < q.from-1 && !x.all[q.i+1].gap.empty() && x.all[q.i+1].delim != 0
	}},
	{true, func(_ *reader, q *totalQuery) bool { // 优待金149.76万元;退役士兵163名,其中…人均补助1.5万元
		return !q.bracket && q.i >= q.base && q.t.clause != q.head.clause && q.head.own.from > 3 && q.head.delim != ';'
	}},
	{true, func(x *reader, q *totalQuery) bool { // 受案数减少,其中婚姻案件378件
		return !q.bracket && q.i < q.base && x.midSentence(q.head)
	}},
	{true, func(x *reader, q *totalQuery) bool { // further than the sentence before 其中
		return q.t.line < q.m.line-2 || q.t.article != q.m.article || q.i < q.base && (q.from != q.base || q.best >= 0 && x.verbOf(q.m) == "")
	}},
	{false, func(x *reader, q *totalQuery) bool { // a plan for a result, what is compared with
		t, m := q.t, q.m
		return t.yard.text != m.yard.text || t.estimated != m.estimated || t.status != m.status && (t.line != m.line || !x.underWay(m, t)) || x.baseline(q.i) || t.compared && t.kind == schema.Change
	}},
	{false, func(_ *reader, q *totalQuery) bool { // 218户(其中…) of the same sentence
		return !q.bracket && q.t.inside && q.t.line == q.head.line
	}},
	{false, func(x *reader, q *totalQuery) bool { return !q.bracket && !x.maySum(q) }},
	{true, func(x *reader, q *totalQuery) bool { return !x.maySum(q) }},
	{true, func(x *reader, q *totalQuery) bool { // 164个村, … ;其中脱贫12户,出列29个
		return q.from-q.i > maxApart && has(x.lex.Unitless, q.m.name)
	}},
}

// closed reports a figure in a bracket that ends before another begins with m:
// 100人(其中男60人)(其中女40人).
func (x *reader) closed(t, m *mention) bool {
	return t.inside && m.inside && t.line == m.line && x.findIn(phrase{t.to, m.from}, ")") >= 0
}

// maySum reports a figure whose unit holds that of the part.
func (x *reader) maySum(q *totalQuery) bool {
	t, m := q.t, q.m
	return t.kind != schema.Change && t.isPercent() == m.isPercent() && (t.per == "" || t.per == m.per) && // 密度为每百平方公里61.2公里
		(sameUnit(t, m) || x.composed(t.name, m.name) || x.ofArea(t, m, q.i == q.from-1) || q.i == q.from-1 && x.ofKinds(q))
}

// ofKinds reports a thing of a list, in the words that things of its kind are counted by, where the total counts
// all kinds: 小学422所(含教学点118个); 各种工具21.6万件,其中木轨车1.8万部、独轮车6.7万辆; 处罚1892人次,其中
// 拘留265人,罚款1504人.
func (x *reader) ofKinds(q *totalQuery) bool {
	t, m, first := q.t, q.m, x.all[q.from]
	if !fits(first, t) || !fits(m, t) || t.line != m.line {
		return false
	}
	if q.bracket {
		alone := q.from == len(x.all)-1 || x.all[q.from+1].closed || x.all[q.from+1].line != t.line
		return alone && x.opensWith(first.own, x.lex.Contain) && ofThings(m) && ofThings(t) && containsEnd(m.frame.object.text, x.lex.BranchEnd)
	}
	if q.from+1 >= len(x.all) || !has(x.lex.AnyKind, t.name) {
		return false
	}
	next := x.all[q.from+1]
	alike := func(a *mention) bool {
		if t.name == "人次" {
			return a.isPeople() && a.name != "户" && !a.frame.event.empty()
		}
		return ofThings(a) && first.said.event.empty() // 火灾12件,其中烧毁房屋3间
	}
	return next.line == t.line && next.delim != ';' && !sameUnit(next, t) && fits(next, t) && alike(next) && alike(m) && next.own.to-next.own.from <= 8
}

// fits reports an amount that is less than another.
func fits(m, t *mention) bool {
	return m.kind == schema.Amount && m.value.Known() && t.value.Known() && m.value.Cmp(t.value) < 0 && m.per == "" && m.status == t.status
}

// ofThings reports a count of things, not of people.
func ofThings(m *mention) bool { return m.unit != nil && m.unit.Dim == lexicon.Count }

// ofArea reports an area that is a part of the one right before it, in other units:
// 总面积1836平方公里,其中耕地51.2万亩.
func (x *reader) ofArea(t, m *mention, next bool) bool {
	if !next || !t.isArea() || !m.isArea() {
		return false
	}
	a, _ := convert(t)
	b, _ := convert(m)
	return a.Known() && b.Known() && a.Cmp(b) > 0
}

// baseline reports a figure of another time that the next is held against: 比1952年的827亿元
// in 达到1387亿元,比1952年的827亿元增长68%.
func (x *reader) baseline(i int) bool {
	if i+1 >= len(x.all) || !x.all[i].compared || x.all[i].kind == schema.Change {
		return false
	}
	next := x.all[i+1]
	return next.line == x.all[i].line && next.delim == 0 && next.kind == schema.Change
}

// isFrom reports the level that a figure comes from: 个人缴费由40元提高到80元.
func (x *reader) isFrom(i int) bool {
	return i+1 < len(x.all) && x.all[i+1].fromTo && x.all[i+1].line == x.all[i].line && sameUnit(x.all[i], x.all[i+1])
}

// composed reports a unit of two of which one is the other's: 头只 and 头, 台套 and 套;
// 头只 counts all animals.
func (x *reader) composed(whole, part string) bool {
	w := []rune(whole)
	if len(w) != 2 || utf8.RuneCountInString(part) != 1 || part == "人" {
		return false
	}
	if u := x.lex.Find(whole); u == nil || u.Dim != lexicon.Count {
		return false
	}
	return strings.Contains(whole, part) || has(x.lex.Animals, part) && has(x.lex.Animals, string(w[0])) && has(x.lex.Animals, string(w[1]))
}

// midSentence reports a list whose 其中 stands behind other words of its sentence.
func (x *reader) midSentence(m *mention) bool {
	for _, w := range x.lex.Part {
		if at := x.findIn(m.gap, w); at >= 0 {
			for i := at - 1; i >= 0; i-- {
				if r := x.line.r[i]; r == '，' || r == ',' || r == ';' {
					return true
				}
			}
		}
	}
	return false
}

// maxApart is how many figures before a list its total of 个, 所 and the like may stand:
// they count too many things to be told apart.
const maxApart = 5

func unitKey(m *mention) string {
	if isPerson(m.name) || m.name == "个" && strings.HasSuffix(m.frame.object.text, "劳动力") {
		return "人"
	}
	return m.name
}

func sameUnit(a, b *mention) bool { return unitKey(a) == unitKey(b) }

func isPerson(unit string) bool {
	return unit == "人" || unit == "名" || unit == "位" || unit == "口"
}

// verbOf is the word of state of a figure, by which lists are matched; words that
// say the same are one: 绝产 is 绝收.
func (x *reader) verbOf(m *mention) string {
	text := x.lex.Same(m.frame.event.text + m.frame.measure.text)
	for _, w := range x.lex.ListState {
		if strings.Contains(text, w) {
			return w
		}
	}
	return ""
}

// farTotal finds the total of a list after 其中 some sentences before it: there the
// members of one unit must add up to it exactly.
func (x *reader) farTotal(list []int) {
	for len(list) > 1 {
		first := x.all[list[0]]
		sum := schema.Int(0)
		var same, rest []int
		for _, i := range list {
			if !sameUnit(x.all[i], first) {
				rest = append(rest, i)
			} else if same = append(same, i); x.summable(x.all[i]) {
				sum = sum.Add(x.all[i].value)
			}
		}
		list = rest
		for i := same[0] - 1; len(same) > 1 && i >= max(0, same[0]-maxList); i-- {
			t := x.all[i]
			if t.article != first.article || t.block < first.block-3 {
				break
			}
			if sameUnit(t, first) && x.summable(t) && t.value.Cmp(sum) == 0 {
				x.adopt(i, same, "part/其中")
				break
			}
		}
	}
}

// sums finds lists of one sentence that add up exactly to the figure before
// them, or to one after them that 合计 or 共 names. None from division on are totals of those behind them.
func (x *reader) sums(base, division int) {
	if base == len(x.all) {
		return
	}
	here := x.all[base]
	from := base
	for from > 0 && from > base-maxList && x.all[from-1].block == here.block {
		from-- // the total may stand in a sentence before
	}
	for i := from; i < len(x.all); i++ {
		t := x.all[i]
		if !x.summable(t) {
			continue
		}
		if i < division && !x.sumAfter(i, true) {
			x.sumAfter(i, false)
		}
		if t.line < here.line-1 {
			continue
		}
		x.sumPair(i)
		if i >= base && x.isTotal(i, base) {
			x.sumBefore(i, base)
		}
	}
}

// divisionFrom is the first figure from base on that opens a division, behind the last if none does.
func (x *reader) divisionFrom(base int) int {
	for i := base; i < len(x.all); i++ {
		if x.opensDivision(x.all[i]) {
			return i
		}
	}
	return len(x.all)
}

// opensDivision reports the first of those into which a total is divided, which are no totals of one another: 按原因分:电气38起,….
func (x *reader) opensDivision(m *mention) bool {
	p := phrase{m.gap.from, m.own.from - 1}
	return (m.comma() || m.delim == ':') && (x.divides(p) || x.divides(phrase{max(p.from, x.findIn(p, "按")), p.to})) // 全系统职工按部门分:工业…
}

func (x *reader) summable(m *mention) bool {
	return m.yard.empty() && m.value.Known() && m.value.Sign() > 0 && (m.kind == schema.Amount || m.kind == schema.Standard) && !m.isPercent() && m.unit != nil && m.approx == schema.Exact
}

// maxList is more figures than a list has that adds up.
const maxList = 60

// sumAfter looks for figures behind i that add up to it. A second list may divide the total again (按等级分…,
// 按对象分…). Those that are its parts already are counted with them, if so asked, or
// passed over. It reports whether a list was found.
func (x *reader) sumAfter(i int, counted bool) (found bool) {
	t := x.all[i]
	if x.opensRow(i) {
		return false
	}
	left, list, fresh := t.value, []int(nil), false
	for j := i + 1; j < min(len(x.all), i+maxList); j++ {
		m := x.all[j]
		divided := m.parent >= 0 && m.parent == t.parent && x.subdivided(i)
		others := m.parent >= 0 && m.parent != i && !divided
		if x.outside(i, j) || others && m.line == t.line || m.parent == i && !counted {
			continue // a part of another total beside this one, or of a part
		}
		if left = left.Sub(m.value); others || m.kind != t.kind || !left.Known() || left.Sign() < 0 || !x.summable(m) || x.foreign(t, list, m) {
			return found
		}
		list, fresh = append(list, j), fresh || m.parent < 0 || divided
		if left.Sign() == 0 {
			if !x.enough(i, list) {
				return found
			}
			if fresh {
				x.adopt(i, list, "part/加总")
				found = true
			}
			left, list, fresh = t.value, nil, false
		}
	}
	return found
}

// outside reports a figure behind a total that cannot be in its list and does not end it: of another unit, a
// change, what a change is held against, or a part of a later one.
func (x *reader) outside(total, i int) bool {
	m := x.all[i]
	return !sameUnit(m, x.all[total]) || m.kind == schema.Change || x.baseline(i) || m.parent > total
}

// opensRow reports the first of figures that only 、 or 和 part, which is none's total: 分别补助40元、30元和10元.
func (x *reader) opensRow(i int) bool {
	if i+1 >= len(x.all) || x.all[i].line != x.lines || x.all[i+1].line != x.lines {
		return false
	}
	next := x.all[i+1]
	return !next.comma() && sameUnit(next, x.all[i]) && x.onlyJoins(next.gap)
}

// subdivided reports a part that 分别为 behind it divides further: 残疾人2.6万名,其中持证
// 6152人,分别为肢体残疾3384人、….
func (x *reader) subdivided(i int) bool {
	return i+1 < len(x.all) && x.all[i].line == x.lines && x.all[i+1].line == x.lines && x.findIn(x.all[i+1].gap, "分别") >= 0
}

// enough reports whether a list is long enough not to add up by chance: two figures
// are, in the sentence of their total or behind a colon.
func (x *reader) enough(i int, list []int) bool {
	t, n := x.all[i], len(list)
	told := t.line == x.all[list[n-1]].line || x.all[list[0]].delim == ':'
	if n < 2 || n < 3 && (!told || t.value.Cmp(schema.Int(10)) < 0) {
		return x.fates(i, list)
	}
	return t.kind != schema.Standard || t.sum
}

// fates reports two small numbers of people right behind theirs: 冲走7人,5人得救,2人丧生.
func (x *reader) fates(i int, list []int) bool {
	return len(list) == 2 && list[0] == i+1 && list[1] == i+2 && x.all[i].isPeople() && x.all[list[1]].isPeople() && x.all[list[1]].line == x.all[i].line && x.all[list[1]].delim != 0
}

// foreign reports a figure that is no member of a list: excepted, of a state that the total
// or the list holds, or not in the sentence of the total where the list began in it.
func (x *reader) foreign(t *mention, list []int, m *mention) bool {
	if m.line == x.lines && x.excepted(m) || x.nested(t, m) {
		return true
	}
	if len(list) == 0 {
		return false
	}
	first := x.all[list[0]]
	return x.nested(first, m) || first.line == t.line && m.line != t.line && first.parent < 0
}

// nested reports figures of two states of which one holds the other: what is 成灾 and
// what is 绝收 are not two parts of a whole.
func (x *reader) nested(a, b *mention) bool {
	v := x.verbOf(a)
	if !has(x.lex.Nested, v) {
		return false
	}
	w := x.verbOf(b)
	return v != w && has(x.lex.Nested, w)
}

// isTotal reports a figure whose words make it a sum, or those of the figure that it
// runs on from: 总计171户507人.
func (x *reader) isTotal(i, base int) bool {
	t := x.all[i]
	for least := max(base, i-reach); t.gap.empty() && i > least; {
		i--
		t = x.all[i]
	}
	return t.total || x.holdsAny(t.own, x.lex.SumWord) // 合计, 总额
}

// sumBefore looks for two or more figures before i that add up to it: in its
// sentence, and beyond it those of the same label (四个季度…, 总额…). Parts of
// another total of the same amount become parts of this one.
func (x *reader) sumBefore(i, base int) {
	t := x.all[i]
	left, list := t.value, []int(nil)
	own, strong := x.signature(t.label, t.frame.place.text), t.isMoney() && x.holdsAny(t.own, x.lex.SumWord)
	for j := i - 1; j >= max(0, i-maxList); j-- {
		m := x.all[j]
		if m.article != t.article {
			return
		}
		if !sameUnit(m, t) || m.kind == schema.Change {
			continue
		}
		if j < base && (!strong || m.block != t.block) && !alike(own, x.signature(m.label, m.frame.place.text)) {
			continue
		}
		if strong && m.parent >= 0 && m.parent != i && x.all[m.parent].block == m.block {
			continue // what a total between has
		}
		if m.value.Known() && (m.parent >= 0 && x.all[m.parent].value.Cmp(t.value) != 0 || j < base && m.value.Cmp(t.value) == 0) {
			return
		}
		if !x.summable(m) || m.kind != t.kind {
			return
		}
		if left = left.Sub(m.value); !left.Known() || left.Sign() < 0 {
			return
		}
		if list = append(list, j); left.Sign() == 0 {
			if len(list) > 1 {
				x.adopt(i, list, "part/合计")
			}
			return
		}
	}
}

// sumPair finds the two halves of a figure whose words name both in one:
// 城乡优生检查14206人, 城镇…5938人次, 农村…8268人次.
func (x *reader) sumPair(i int) {
	t := x.all[i]
	_, each := x.several(t.frame.object.text)
	if len(each) != 2 {
		return
	}
	one, other := each[0], each[1]
	first := -1
	for j := i + 1; j < min(len(x.all), i+16) && x.all[j].block <= t.block+1; j++ {
		m := x.all[j]
		if m.family() != t.family() || m.name == "户" != (t.name == "户") || m.parent >= 0 || !x.summable(m) {
			continue
		}
		if first < 0 && strings.Contains(m.frame.object.text, one) {
			first = j
		} else if first >= 0 && strings.Contains(m.frame.object.text, other) && x.all[first].value.Add(m.value).Cmp(t.value) == 0 {
			x.adopt(i, []int{first, j}, "part/城乡")
			return
		}
	}
}

func (x *reader) adopt(total int, parts []int, rule string) {
	for _, j := range parts {
		x.all[j].parent = total
		x.all[j].because("part_of", rule, x.all[total].span, "")
	}
}

// openItems remembers a total whose parts come in the items below:
// 已投入资金238.756万元。其中:――春节慰问。…――冬令、春荒救助。…
func (x *reader) openItems(base int) {
	l := &x.line
	tail := phrase{max(0, len(l.r)-6), len(l.r)}
	if n := len(x.all); n > base && (x.findIn(tail, "其中:") >= 0 || x.findIn(tail, "其中-") >= 0) {
		x.pending = itemList{total: n - 1}
		return
	}
	if x.pending.total < 0 {
		return
	}
	for i := base; i < len(x.all); i++ {
		if m := x.all[i]; sameUnit(m, x.all[x.pending.total]) && x.summable(m) && m.parent < 0 {
			x.pending.add(x.itemKey(), i)
		}
	}
}

// opensItems notes 其中: that stands alone as a sentence or ends one without figures.
func (x *reader) opensItems(text string) {
	if len(x.all) == 0 || x.all[len(x.all)-1].line < x.lines-2 {
		return
	}
	text = strings.Map(foldRune, text)
	if strings.HasSuffix(strings.TrimRight(text, "-: \n。"), "其中") || strings.HasPrefix(text, "其中:-") {
		x.pending = itemList{total: len(x.all) - 1}
	}
}

// An itemList collects, item by item, the figures that may be parts of a total.
type itemList struct {
	total int // index of the total, -1 if no list is open
	keys  []string
	parts [][]int
}

func (l *itemList) add(key string, i int) {
	if n := len(l.keys); n == 0 || l.keys[n-1] != key {
		l.keys, l.parts = append(l.keys, key), append(l.parts, nil)
	}
	n := len(l.parts) - 1
	if len(l.parts[n]) < 6 && n < 16 {
		l.parts[n] = append(l.parts[n], i)
	}
}

// isDash reports a heading that is an item of a list: ――春节慰问.
func isDash(s string) bool {
	for _, r := range s {
		return foldRune(r) == '-'
	}
	return false
}

func (x *reader) itemKey() string {
	if len(x.headings) > 0 {
		return x.headings[len(x.headings)-1].text
	}
	return ""
}

// closeItems chooses one figure of each item so that they add up to the total;
// if none do, nothing is claimed.
func (x *reader) closeItems() {
	l := x.pending
	x.pending = itemList{total: -1}
	if l.total < 0 || len(l.parts) < 2 {
		return
	}
	chosen := make([]int, 0, len(l.parts))
	budget := 20000
	var try func(n int, left schema.Decimal) bool
	try = func(n int, left schema.Decimal) bool {
		if budget--; budget < 0 || !left.Known() || left.Sign() < 0 {
			return false
		}
		if n == len(l.parts) {
			return left.Sign() == 0
		}
		for _, i := range l.parts[n] {
			chosen = append(chosen, i)
			if try(n+1, left.Sub(x.all[i].value)) {
				return true
			}
			chosen = chosen[:len(chosen)-1]
		}
		return false
	}
	if try(0, x.all[l.total].value) {
		x.adopt(l.total, chosen, "part/分项")
	}
}

// parts resolves what needs the whole document: lists of items, sub-areas.
func (x *reader) parts() {
	x.closeItems()
	for i := range x.all {
		if m := x.all[i]; m.parent < 0 && !m.frame.place.empty() && m.kind == schema.Amount && m.value.Known() {
			if t := x.areaTotal(i); t >= 0 {
				m.parent = t
				m.because("part_of", "part/地区", x.all[t].span, "")
			}
		}
	}
}

// areaTotal is an earlier figure of the same thing without a place.
func (x *reader) areaTotal(i int) int {
	m := x.all[i]
	own := x.signature(m.label, m.frame.place.text)
	for j := i - 1; j >= 0 && j >= i-60; j-- {
		t := x.all[j]
		if t.article != m.article {
			break
		}
		if !t.frame.place.empty() || t.parent >= 0 || !sameUnit(t, m) || t.kind != schema.Amount || !t.value.Known() || t.value.Cmp(m.value) < 0 || t.line == m.line || t.status != m.status || t.table && m.table || t.period.Start != m.period.Start {
			continue
		}
		if alike(own, x.signature(t.label, "")) || x.sameState(m, t) {
			return j
		}
	}
	return -1
}

// sameState reports people or houses of one state, however they are called:
// 8700间墙体开裂受损 of 3.1万间房屋受损.
func (x *reader) sameState(m, t *mention) bool {
	v := x.verbOf(m)
	return v != "" && v == x.verbOf(t) && (m.isPeople() || m.name == "间" && containsAny(m.label, x.lex.House))
}

// signature is a label without its place and the words that vary.
func (x *reader) signature(label, place string) string {
	label = strings.TrimPrefix(label, place)
	for _, w := range x.lex.Varying {
		label = strings.ReplaceAll(label, w, "")
	}
	return x.lex.Same(label)
}

// alike reports labels of which one's characters all stand in the other's.
func alike(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 6 || len(a)*5 < len(b)*3 {
		return false
	}
	return !strings.ContainsFunc(a, func(r rune) bool { return !strings.ContainsRune(b, r) })
}
