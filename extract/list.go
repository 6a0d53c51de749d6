package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/segment"
	"mingxi/extract/lexicon"
)

// Lists that share their words:
//
//	油菜、蔬菜、水果面积分别为15.2万亩、23.6万亩和9.8万亩
//	一类2658人,二类10246人,三类12655人,补助标准分别为120元、85元和60元
//	城乡居民收入27306元、8929元,分别增长8.8%和9.6%

// distribute gives each figure of a list its own item.
func (x *reader) distribute() {
	for k := 0; k < len(x.mentions); k++ {
		n := x.run(k)
		if n < 2 {
			continue
		}
		if at := x.respectively(x.mentions[k].gap); at >= 0 {
			if !x.pairwise(k, n) {
				x.each(k, n, at)
			}
		} else if !x.pairwise(k, n) && !x.continues(k, n) {
			x.sideBySide(k, n)
		}
		k += n - 1
	}
}

// respectively is where 分别 or 依次 stands in a gap, -1 if it does not.
func (x *reader) respectively(gap phrase) int {
	return max(x.findIn(gap, "分别"), x.findIn(gap, "依次"))
}

// each gives the figures after 分别 their items: those before it in the clause,
// those of the clause before, or the last figures as many as they.
func (x *reader) each(k, n, at int) {
	m := &x.mentions[k]
	x.listed++
	before := x.beforeWord(m.gap, at)
	items, tail := x.items(before, n)
	if len(items) != n && before.from > m.gap.from { // …企业,一次性分别奖励
		if p, _ := x.lastPiece(phrase{m.gap.from, before.from - 1}, false); !p.empty() {
			if list, t := x.items(p, n); len(list) == n {
				before, items, tail = p, list, t
			}
		}
	}
	if len(items) == n {
		x.eachItem(k, at, before, items, tail)
	} else if !m.granted {
		x.eachFigure(k, n, before)
	}
}

// eachItem gives the figures from k one item each, and what stands behind 分别.
func (x *reader) eachItem(k, at int, before phrase, items []string, tail string) {
	m := &x.mentions[k]
	said := x.afterWord(phrase{at + 2, m.from}, m)
	if m.granted {
		said = frame{measure: m.said.measure, base: m.said.base}
	}
	subject := x.saidOf(k, items, tail)
	for i, item := range items {
		f := said
		f.object = slot{text: overlap(subject, item), at: before, src: "list/分别"}
		if tail := x.sharedTail(tail, k+i, k+len(items)-1); tail != "" {
			f.measure = slot{text: tail + said.measure.text, at: before, src: "list/分别"}
		}
		f.verbFirst = f.verbFirst && (x.measureEnd(item) != "" || tail != "" || x.state(f.event.text))
		x.give(k+i, f, m, "list/分别")
	}
	x.rateItems(k, before, items)
}

// sharedTail is what of the end of a list holds for its figure i, where the last figure is of another kind: a measure,
// or a loss (公路、桥梁|受损分别为12公里、6座), but no other state: 养老机构、医疗保险|参保分别为12个、2万人.
func (x *reader) sharedTail(tail string, i, last int) string {
	state := strings.TrimSuffix(tail, x.measureEnd(tail))
	switch {
	case state == "" || x.mentions[i].family() == x.mentions[last].family():
		return tail
	case containsAny(state, x.lex.Loss):
		return state
	}
	return ""
}

// rateItems takes the rate of one item off the others: 机构数和每万人床位数分别达到|126个和48张; one that ends the
// list is that of all: 县道、乡道每公里分别补助|7000元和3500元.
func (x *reader) rateItems(k int, list phrase, items []string) {
	rated := func(item string) bool { return strings.Contains(item, "每") }
	if !slices.ContainsFunc(items, rated) || x.mentions[k].perText.to >= list.to {
		return
	}
	for i, item := range items {
		if y := &x.mentions[k+i]; !rated(item) {
			y.per, y.perText, y.standard = "", phrase{}, false
		}
	}
}

// eachFigure gives the figures from k what as many figures before them are of.
func (x *reader) eachFigure(k, n int, before phrase) {
	m := &x.mentions[k]
	own := m.said
	if m.plain() && own.bare() { // 占比分别为:
		own.measure = x.measureOnly(before)
	}
	of := x.parallels(k, n, !m.plain())
	if of == nil {
		of = x.bothOf(k, n)
	}
	for i, t := range of {
		f := t
		if m.plain() {
			f = own
			f.object = slot{text: x.ofThing(x.kernel(&t), own.object.text), src: "list/分别"}
			if own.object.text != "" && own.measure.empty() {
				f.measure = own.object
			}
			f.place = t.place
			f.verbFirst = false
		}
		f.base = own.base
		x.give(k+i, f, m, "list/分别")
	}
}

// bothOf are the kinds that the name before k opens into, if they are n: 城乡低保对象9.86万人,人均补助分别为268元和142元.
func (x *reader) bothOf(k, n int) (of []frame) {
	if k == 0 {
		return nil
	}
	each := x.opened(x.qualifier(x.kernel(&x.mentions[k-1].frame)))
	if len(each) != n {
		return nil
	}
	for _, name := range each {
		of = append(of, frame{object: slot{text: name, at: x.mentions[k-1].frame.object.at}})
	}
	return of
}

// saidOf is what a list of bare measures and attributes is said of: of
// 户数、从业人员分别增长…, what the sentence before was about.
func (x *reader) saidOf(k int, items []string, tail string) string {
	if tail != "" {
		return ""
	}
	for _, item := range items {
		if x.class(item)&(lexicon.Generic|lexicon.Measure) == 0 && !has(x.lex.Attribute, item) || x.standsAlone(item) {
			return ""
		}
	}
	if k > 0 {
		return x.kernel(&x.mentions[0].frame)
	}
	return x.kernel(&x.scope.subject)
}

// measureOnly is a phrase that holds nothing but a measure: 占比, 增速.
func (x *reader) measureOnly(p phrase) slot {
	toks := x.tokens(p, nil)
	for len(toks) > 1 && toks[0].filler() {
		toks = toks[1:]
	}
	if len(toks) != 1 || !toks[0].is(lexicon.Measure) {
		return slot{}
	}
	return x.slotOf(toks, false)
}

// ofThing names a member of a list by the thing that is said of all members:
// 城镇在保低保对象, of which 低保标准 is said, is 城镇低保.
func (x *reader) ofThing(member, thing string) string {
	n, v := x.lex.Words.Longest([]rune(member))
	if thing == "" || n == 0 || lexicon.Class(v)&lexicon.Member == 0 || !strings.Contains(member, thing) {
		return member
	}
	return overlap(string([]rune(member)[:n]), thing)
}

// give gives a figure of a list its frame, and what the first one's verb says.
func (x *reader) give(i int, f frame, first *mention, rule string) {
	y := &x.mentions[i]
	y.listed = x.listed
	if f.place.empty() && !endsInPlace(f.object.text) {
		f.place = y.frame.place
	}
	if f.base.empty() && first.relation == "占" {
		f.base = first.frame.base
	}
	y.frame = f
	x.setCause(y)
	if y.isPercent() && first.change == "" && first.relation == "" { // 失业率、物价涨幅分别…
		y.growth = containsAny(f.text(), x.lex.GrowthIn) || x.holdsAny(first.gap, x.lex.Extent)
	}
	if y != first {
		if y.relation, y.standard = first.relation, first.standard; first.change == "" || y.change == "" {
			y.change = first.change
		}
		y.planned, y.silent = y.planned || first.planned, cmp.Or(y.silent, first.silent)
		if y.per == "" {
			y.per, y.perText = first.per, first.perText
		}
	}
	for _, r := range []string{"人", "户", "亩"} { // 农村居民人均纯收入
		if y.per == "" && !y.isPercent() && strings.Contains(f.object.text+f.measure.text, r+"均") {
			y.per = r
		}
	}
	y.because("label", rule, x.line.span(first.own.from, first.own.to), f.text())
}

func endsInPlace(s string) bool {
	r := []rune(s)
	return len(r) > 1 && isPlaceEnd(r[len(r)-1])
}

// afterWord is what stands between 分别 and the first figure: 补助, 受灾; growth
// is kept as the change of each.
func (x *reader) afterWord(p phrase, m *mention) frame {
	var toks []token
	for _, t := range x.tokens(p, nil) {
		if t.filler() || t.is(lexicon.Level|lexicon.Time|lexicon.Light) || t.is(lexicon.Change) || t.from >= m.perText.from && t.to <= m.perText.to {
			continue
		}
		toks = append(toks, t)
	}
	if len(toks) == 0 {
		return frame{}
	}
	var tmp mention
	return x.slots(&tmp, toks)
}

// parallels are the frames of the last n figures before k that stand side by
// side: of one unit, in this sentence or the one before, in text order.
func (x *reader) parallels(k, n int, whole bool) []frame {
	var list []*mention
	for t := range x.back(k, reach) {
		list = append(list, t)
	}
	here := len(list)
	for i := len(x.all) - 1; i >= 0 && i > len(x.all)-12 && x.all[i].line >= x.lines-1; i-- {
		list = append(list, x.all[i])
	}
	if levels := slices.DeleteFunc(slices.Clone(list), func(m *mention) bool { return !m.plain() }); len(levels) >= n && len(levels) < len(list) && levels[n-1].line >= x.lines-1 && x.even(list, levels[:n]) {
		return framesOf(levels[:n]) // 出栏生猪…,增长…;出栏肉牛…,增长…。分别完成…
	}
	for i := 0; i+n <= len(list) && i < 4; i++ {
		if x.sameUnits(k, list[i:i+n]) {
			return framesOf(list[i : i+n])
		}
	}
	for _, of := range []int{here, len(list)} { // those of this sentence first: 接待游客126万人次,旅游收入8.6亿元,分别增长…
		for i := 0; i+n <= of && i < 4; i++ {
			if whole && list[i].isPercent() && !list[0].isPercent() {
				break // 火灾…起,亡…人,分别占…: not the shares before
			}
			if parallel(list[i:i+n], true) {
				return framesOf(list[i : i+n])
			}
		}
		if whole && n <= of && (parallel(list[:n], false) || strings.HasSuffix(x.mentions[k].change, "率") && changes(list[:n])) {
			return framesOf(list[:n])
		}
	}
	return nil
}

// changes reports changes of different units: 减少514户1548人, before their rates.
func changes(list []*mention) bool {
	for i, m := range list {
		if m.change == "" || m.isPercent() || i > 0 && m.name == list[i-1].name {
			return false
		}
	}
	return true
}

// sameUnits reports different levels, the last first, of the units that the figures from k have, one by
// one, and not all of one unit: 生猪4.2万头,羊1.8万只;1978年分别增至8.6万头和4.1万只.
func (x *reader) sameUnits(k int, list []*mention) bool {
	n := len(list)
	for i, t := range list {
		if y := &x.mentions[k+n-1-i]; t.name != y.name || !t.plain() || !y.plain() {
			return false
		}
	}
	return parallel(list, false) && !parallel(list, true)
}

// even reports that each of some figures is followed by one change in the list.
func (x *reader) even(list, levels []*mention) bool {
	for i, m := range levels {
		if j := slices.Index(list, m); j != 2*i+1 {
			return false
		}
	}
	return true
}

// parallel reports figures of different things, of one unit if asked.
func parallel(list []*mention, unit bool) bool {
	for j := 1; j < len(list); j++ {
		if unit && list[j].name != list[0].name || list[j].frame.text() == list[j-1].frame.text() && list[j].frame.place.text == list[j-1].frame.place.text && list[j].name == list[j-1].name {
			return false
		}
	}
	return list[0].change == "" || unit
}

// framesOf are the frames of a list in text order; those of one name are told apart by what their units count:
// 低保对象2612户4326人,分别增长3%和4%.
func framesOf(list []*mention) []frame {
	out := make([]frame, len(list))
	for j, m := range list {
		f := m.frame
		if other := list[(j+1)%len(list)]; f.measure.empty() && m.unit != nil && m.unit.Noun != "" && m.name != other.name && f.text() == other.frame.text() {
			f.measure = slot{text: m.unit.Noun, at: m.noun}
		}
		out[len(list)-1-j] = f
	}
	return out
}

// run counts the figures from k that only 、, 和, 以及 or commas join.
func (x *reader) run(k int) int {
	n := 1
	for k+n < len(x.mentions) && x.onlyJoins(x.joint(k+n)) {
		n++
	}
	return n
}

// joint is what stands between a figure and the one before it, without the words of its
// rate or change: 每人每月360元、|每人每年|2120元.
func (x *reader) joint(k int) phrase {
	m := &x.mentions[k]
	p := phrase{x.mentions[k-1].to, m.from}
	if !m.perText.empty() && m.perText.to == p.to && m.perText.from > p.from {
		p.to = m.perText.from
	} else if n := utf8.RuneCountInString(m.change); n > 1 && m.said.bare() && !m.comma() && x.line.has(p.to-n, m.change) && p.to-n > p.from {
		p.to -= n // 分别增长3.2%和|下降|1.5%
	}
	return p
}

// beforeWord is the clause before 分别 within a gap.
func (x *reader) beforeWord(gap phrase, at int) phrase {
	p, _ := x.lastPiece(phrase{gap.from, at}, false)
	if p.empty() && at > gap.from {
		p, _ = x.lastPiece(phrase{gap.from, at - 1}, false)
	}
	return p
}

// items splits a phrase at 、 and 和 into n items; the common end of the last
// (a measure: 面积) is returned apart as tail.
func (x *reader) items(p phrase, n int) (items []string, tail string) {
	var m mention
	toks := x.tokens(p, nil)
	for len(toks) > 0 && (toks[0].is(lexicon.Function|lexicon.Time) || x.ownPlace(toks[0])) {
		toks = toks[1:]
	}
	toks = x.dropLight(x.dropTail(&m, toks))
	if len(toks) == 0 {
		return nil, ""
	}
	p = phrase{toks[0].from, toks[len(toks)-1].to}
	if items = x.split(p, toks, false); len(items) != n {
		if whole := x.split(p, toks, true); len(whole) == n { // 国家级、省级研发中心和创新企业
			items = whole
		}
	}
	levelled(items)
	oneRune(items)
	if len(items) == 1 {
		if each := x.opened(items[0]); len(each) == n {
			return each, ""
		}
	}
	x.alike(items)
	if len(items) != n {
		return nil, ""
	}
	if x.enumerate(items) { // 一、二类对象
		return items, ""
	}
	if tail = x.numbered(items); tail != "" {
		return items, tail
	}
	if items[n-1], tail = x.classedEnd(items, p.to); tail == "" {
		items[n-1], tail = x.commonEnd(items[0], items[n-1])
	}
	if r := []rune(items[n-1]); len(r) > 3 && x.state(string(r[len(r)-2:])) { // 小麦、玉米|受灾面积
		items[n-1], tail = string(r[:len(r)-2]), string(r[len(r)-2:])+tail
	}
	if strings.HasSuffix(items[n-1], "保险") {
		for i := range items[:n-1] {
			if containsEnd(items[i], x.lex.Insured) { // 养老、工伤保险
				items[i] += "保险"
			}
		}
	}
	return items, tail
}

// numbered takes the words that count them all off the last of a list of items, and is what stands behind them:
// A、B、C三类|月补差, of which only the measure is kept where what they are is told: 批发业、零售业两大行业销售额.
// Items of one character are named by that: A类, 东市.
func (x *reader) numbered(items []string) (tail string) {
	last := &items[len(items)-1]
	r := []rune(*last)
	for i := 1; i+2 < len(r); i++ {
		if hanDigit(r[i]) != len(items) && (len(items) != 2 || r[i] != '两') {
			continue
		}
		for _, w := range x.lex.Counter {
			end, ok := strings.CutPrefix(string(r[i+1:]), w)
			if !ok || end == "" {
				continue
			}
			*last = string(r[:i])
			for k := range items {
				if utf8.RuneCountInString(items[k]) == 1 && utf8.RuneCountInString(w) == 1 {
					items[k] += w
				}
			}
			return cmp.Or(x.measureEnd(end), end)
		}
	}
	return ""
}

// classedEnd parts the last item of a list from what stands behind the character that ends all others, if a word
// begins there: 急难型、支出型|临时救助标准, 农业、工业|产值. The list ends at to.
func (x *reader) classedEnd(items []string, to int) (item, end string) {
	last := items[len(items)-1]
	c := lastRune(items[0])
	for _, item := range items[:len(items)-1] {
		if lastRune(item) != c || len(item) == len(c) {
			return last, ""
		}
	}
	i := strings.LastIndex(last, c)
	if i <= 0 || i+len(c) == len(last) {
		return last, ""
	}
	end = last[i+len(c):]
	at := to - utf8.RuneCountInString(end)
	if at <= 0 || x.text(phrase{at, to}) != end || !x.line.cutWords(phrase{at - 1, to}, x.general)[at].ends {
		return last, ""
	}
	item = last[:i+len(c)]
	for _, w := range x.lex.GradeEnd { // 60-69岁、80岁以上|老人高龄津贴
		if rest, ok := strings.CutPrefix(end, w); ok {
			item, end = item+w, rest
			break
		}
	}
	if _, rest, ok := strings.Cut(end, "的"); ok { // 国家级、省级|新认定的平台
		end = rest
	}
	return item, end
}

// lastRune is the last character of a word.
func lastRune(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

// oneRune completes items of one character with what stands behind the first of the last: 林、牧、渔业 are 林业, 牧业
// and 渔业, if those are words.
func oneRune(items []string) {
	n := len(items) - 1
	if n < 1 || utf8.RuneCountInString(items[n]) < 2 {
		return
	}
	full := make([]string, n)
	for i, item := range items[:n] {
		full[i] = item + string([]rune(items[n])[1:2])
		if _, ok := segment.Tag(full[i]); !ok || utf8.RuneCountInString(item) != 1 {
			return
		}
	}
	copy(items, full)
}

// commonEnd parts the last item of a list from the end that all items share.
func (x *reader) commonEnd(first, last string) (item, end string) {
	if head, rest, ok := strings.Cut(last, "的"); ok && head != "" && !strings.Contains(first, "的") { // 批判、处理、清洗的干部
		return head, rest
	}
	if rest, ok := x.memberHead(last); ok && x.memberEnd(first) { // 城镇和农村 人均住房面积
		return strings.TrimSuffix(last, rest), rest
	}
	if end = x.countedEnd(last); end != "" && end != last && x.countedEnd(first) == "" && utf8.RuneCountInString(first) <= 3 { // 刑事、治安案件
		return strings.TrimSuffix(last, end), end
	}
	end = x.measureEnd(last)
	if end == last || x.measureEnd(first) != "" || containsEnd(first, ownMeasure) {
		return last, ""
	}
	return strings.TrimSuffix(last, end), end
}

// ownMeasure are the ends of items that name their own measure.
var ownMeasure = []string{"率", "数", "量", "额"}

// split parts a phrase at 、 and, unless only that is asked for, at 和.
func (x *reader) split(p phrase, toks []token, comma bool) (items []string) {
	from := p.from
	for i := p.from; i <= p.to; i++ {
		if i < p.to && (!x.separates(i, toks) || comma && x.line.r[i] != '、') {
			continue
		}
		if s := trimJoint(x.text(phrase{from, i})); s != "" {
			items = append(items, s)
		}
		from = i + 1
		if i < p.to && x.line.has(i, "以及") {
			from = i + 2
		}
	}
	return items
}

// levelled completes levels that share their last character with the item that
// ends the list: 省、市级企业 are 省级 and 市级企业.
func levelled(items []string) {
	last := len(items) - 1
	if last < 1 {
		return
	}
	r := []rune(items[last])
	for i, c := range r {
		if c != '级' || i == 0 || !isPlaceEnd(r[i-1]) {
			continue
		}
		for j := range items[:last] {
			if h := []rune(items[j]); isPlaceEnd(h[len(h)-1]) || strings.HasSuffix(items[j], "国家") {
				items[j] += "级"
			}
		}
		return
	}
}

// separates reports a sign or a word that parts items: 、, and 和 that is a word.
func (x *reader) separates(i int, toks []token) bool {
	switch x.line.r[i] {
	case '“': // “中国500强”“世界500强”
		return x.line.at(i-1) == '”' || x.line.at(i-2) == '”'
	case '、':
		return true
	case '和', '与', '及', '以':
		for _, t := range toks {
			if t.from == i && (x.among(t, x.lex.Binds) && x.line.r[t.to-1] != '上' && x.line.r[t.to-1] != '下' || x.is(t, "以及")) {
				return true
			}
		}
	}
	return false
}

// enumerate gives items that are numerals the words behind the last of them: 一、二
// 类对象 are 一类对象 and 二类对象, 第二、第三产业 are 第二产业 and 第三产业.
func (x *reader) enumerate(items []string) bool {
	last := []rune(strings.TrimPrefix(items[len(items)-1], "第"))
	if len(items) < 2 || len(last) < 3 || hanDigit(last[0]) <= 0 {
		return false
	}
	for _, item := range items[:len(items)-1] {
		if r := []rune(strings.TrimPrefix(item, "第")); len(r) != 1 || hanDigit(r[0]) <= 0 {
			return false
		}
	}
	ordinal := strings.HasPrefix(items[0], "第") // 第二、三产业
	for i := range items {
		if i < len(items)-1 {
			items[i] += string(last[1:])
		}
		if ordinal && !strings.HasPrefix(items[i], "第") {
			items[i] = "第" + items[i]
		}
	}
	return true
}

// countedEnd is the noun for a thing counted that a phrase ends with: 案件, 项目.
func (x *reader) countedEnd(s string) string {
	r := []rune(s)
	if n, _ := x.lex.Counts.LongestBefore(r); n > 1 {
		return string(r[len(r)-n:])
	}
	return ""
}

// memberHead splits off the member of a list that an item begins with.
func (x *reader) memberHead(s string) (rest string, ok bool) {
	r := []rune(s)
	if n := len(r); n > 2 && r[1] == '级' && isPlaceEnd(r[0]) {
		return string(r[2:]), true
	}
	if len(r) > 2 && wholePlace(r[:2]) {
		return string(r[2:]), true
	}
	n, v := x.lex.Words.Longest(r)
	if n == 0 || lexicon.Class(v)&lexicon.Member == 0 {
		return "", false
	}
	return string(r[n:]), true
}

// memberEnd reports an item that ends with a member of a list: 新认定的省.
func (x *reader) memberEnd(s string) bool {
	r := []rune(s)
	if n := len(r); n >= 2 && (wholePlace(r[n-2:]) || r[n-1] == '级') {
		return true
	}
	for i := max(0, len(r)-3); i < len(r); i++ {
		if v, ok := x.lex.Words.Has(r[i:]); ok && lexicon.Class(v)&lexicon.Member != 0 {
			return true
		}
	}
	return false
}

// wholePlace reports 全国, 全省, 全市, which stand in lists like members.
func wholePlace(r []rune) bool { return r[0] == '全' && (r[1] == '国' || isPlaceEnd(r[1])) }

// measureEnd is the longest measure that a phrase ends with.
func (x *reader) measureEnd(s string) string {
	r := []rune(s)
	for i := 0; i < len(r); i++ {
		v, ok := x.lex.Words.Has(r[i:])
		if ok && lexicon.Class(v)&lexicon.Measure != 0 {
			return string(r[i:])
		}
	}
	return ""
}

// alike gives items that only name the sibling of what the first ends with the words
// before it: 一般公共预算收入、支出 are 一般公共预算收入 and 一般公共预算支出.
func (x *reader) alike(items []string) {
	for i := 1; i < len(items); i++ {
		if w := x.lex.Sibling(items[0], items[i]); w != "" && w != items[0] && strings.HasSuffix(items[0], w) {
			items[i] = strings.TrimSuffix(items[0], w) + items[i]
		}
	}
}

// opened opens words that name several things: 城乡居民 is 城镇居民 and 农村居民.
func (x *reader) opened(s string) (each []string) {
	all, words := x.several(s)
	for _, w := range words {
		each = append(each, strings.Replace(s, all, w, 1))
	}
	return each
}

// several finds a word for several things in a phrase, and the words for each of them.
func (x *reader) several(s string) (all string, each []string) {
	for _, p := range x.lex.Pair {
		if all, words, _ := strings.Cut(p, "/"); strings.Contains(s, all) {
			return all, strings.Split(words, "/")
		}
	}
	return "", nil
}

// sideBySide reads a list without 分别: 早稻、中稻面积18万亩、46万亩. Only when the
// items are as many as the figures.
func (x *reader) sideBySide(k, n int) {
	m := &x.mentions[k]
	if m.own.empty() {
		return
	}
	said := frame{}
	p := m.own
	items, tail := x.items(p, n)
	if len(items) != n && m.own.from-1 > m.gap.from && m.isMoney() { // 省、市级瞪羚企业,一次性奖励50万元、20万元
		before, _ := x.lastPiece(phrase{m.gap.from, m.own.from - 1}, false)
		if items, tail = x.items(before, n); len(items) == n {
			p, said = before, m.said
		}
	}
	if len(items) != n || x.mentions[k+n-1].name != m.name {
		return
	}
	for i, item := range items {
		f := said
		f.object, f.verbFirst = slot{text: item, at: p, src: "list/并列"}, false
		if tail != "" {
			f.measure = slot{text: tail + said.measure.text, at: p, src: "list/并列"}
		}
		x.give(k+i, f, m, "list/并列")
	}
	x.rateItems(k, p, items)
}

// pairwise reads the second half of 由1440元、1080元分别提高到2040元、1500元: each
// figure goes with the one n before it.
func (x *reader) pairwise(k, n int) bool {
	if k < n || !x.mentions[k].level || !x.mentions[k].said.bare() || x.run(k-n) < n || x.mentions[k].name != x.mentions[k-n].name {
		return false
	}
	for i := range n {
		y, from := &x.mentions[k+i], &x.mentions[k-n+i]
		y.fromTo, y.frame = true, from.frame
		y.per, y.perText, y.standard = from.per, from.perText, from.standard
		y.because("label", "list/由到", x.line.span(from.from, from.to), "同前列第"+string(rune('1'+i))+"项")
	}
	return true
}

// continues reads changes that follow a list of as many: 分别达到2253元和6280元,
// 实际增长4.7%和5.7%; 接待游客…,收入…,同比增长14.3%、21.6%.
func (x *reader) continues(k, n int) bool {
	first := &x.mentions[k]
	if k < n || first.change == "" || !first.said.bare() {
		return false
	}
	list := make([]*mention, n)
	for i := range n {
		list[n-1-i] = &x.mentions[k-n+i]
		if c := list[n-1-i]; c.change != "" || c.clause != first.clause {
			return false
		}
	}
	if !parallel(list, false) {
		return false
	}
	for i := range n {
		x.give(k+i, x.mentions[k-n+i].frame, first, "list/接续")
	}
	return true
}
