package audit

// Totals and their members within a paragraph. Three ways to write a list:
//
//	其中     共筹集240万元,其中下拨70万元,自筹170万元       lists
//	(…)     对象2557人(集中供养125人,散居2432人)             lists
//	plain   来信来访658件,受理649件,退回9件                  openLists: exact, or but for one slip
//	合计     石桥村1204人、大坪村986人,合计2190人             summedUp
//
// 其中 does not promise all members: below the total it is incomplete, unless its
// last member is 其他 or the members are a pair that leaves no third (集中, 分散).

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// An opener is what begins a list of members.
type opener uint8

const (
	noList    opener = iota
	partitive        // 其中
	bracket          // (
	colon            // :
)

// maxMembers is more members than a list in prose has.
const maxMembers = 80

// opens tells what list the figure is the first member of; it is read once.
func (x *checker) opens(i int) opener {
	f := &x.figs[i]
	if f.begins == nil {
		o := x.opensList(i)
		f.begins = &o
	}
	return *f.begins
}

// opensList is opens, read from the words before the figure.
func (x *checker) opensList(i int) opener {
	f := &x.figs[i]
	inside := i > 0 && sameSentence(&x.figs[i-1], f)
	switch {
	case x.partitiveIn(f.pre), partOfNamed(f.pre) != "":
		return partitive
	case inside && x.spentOn(f):
		return partitive
	case inside && f.depth > x.figs[i-1].depth:
		return bracket
	case inside && (strings.Contains(f.pre, "分别为:") || strings.Contains(f.pre, "分别是:") || x.countsUp(f.clause)):
		return bracket // what a colon opens after 分别 is all there is
	case !inside && x.headed(f.pre):
		return colon
	case !inside && (strings.Contains(f.pre, "分:") || strings.Contains(f.pre, "是:") && !strings.HasSuffix(f.clause, "是")), x.divides(f.pre), !inside && x.startsWith(strings.TrimSpace(f.pre), []string{"分别为:", "分别是:"}):
		return colon
	case inside && f.depth == x.figs[i-1].depth && strings.Contains(f.pre, ":") && !strings.HasSuffix(strings.TrimSpace(f.pre), ":"):
		return colon
	}
	return noList
}

// spentOn reports the first of several things that the figure before it went to, or is made of: 21.76万元,用于口粮12.39万元、修房5.84万元;
// 损失1.9亿元,农业占1.12亿元.
func (x *checker) spentOn(f *figure) bool {
	if f.unit != x.figs[f.n-1].unit {
		return false
	}
	if strings.HasSuffix(strings.TrimRight(f.clause, "约了"), "占") {
		return !f.isPercent()
	}
	if !strings.HasPrefix(f.clause, "用于") || f.n+1 >= len(x.figs) {
		return false
	}
	next := &x.figs[f.n+1]
	return sameMeasure(next, f) && strings.HasPrefix(strings.TrimSpace(next.pre), "、")
}

// countsUp reports the first of a list that 计 opens: 育苗1286亩,计杉木742亩,马尾松218亩.
func (x *checker) countsUp(clause string) bool {
	rest, ok := strings.CutPrefix(clause, "计")
	return ok && utf8.RuneCountInString(rest) > 1 && !x.Reckoned.Starts(clause) || strings.HasPrefix(clause, "分为")
}

// headed reports a sentence that begins with a word for what follows: 起火原因:烧田埂16次,….
func (x *checker) headed(pre string) bool {
	head, _, ok := strings.Cut(strings.TrimSpace(pre), ":")
	return ok && utf8.RuneCountInString(head) <= 6 && !strings.ContainsAny(head, ",;。、()")
}

// divides reports words that say by what a total is divided: 按经营地统计,…; 按等级分:….
func (x *checker) divides(pre string) bool {
	_, rest, ok := strings.Cut(pre, "按")
	if !ok {
		if _, from, found := strings.Cut(pre, "从"); found && strings.Contains(from, "看,") { // 从起火场所看,
			rest, ok = from, true
		}
	}
	if !ok {
		rest, ok = strings.CutPrefix(strings.TrimSpace(pre), "分") // 分季度看:
	}
	if !ok {
		return false
	}
	i := strings.IndexAny(rest, ",:")
	return i > 0 && utf8.RuneCountInString(rest[:i]) <= 10 && slices.ContainsFunc(x.Dividing.Words, func(w string) bool { return strings.HasSuffix(rest[:i], w) })
}

// partOfNamed is the name in 粮食作物中,玉米35.6万亩: the list that follows is of the
// figure with that name. It is empty where no name stands so.
func partOfNamed(pre string) string {
	i := lastOf(pre, "中,", "中:")
	if i < 0 {
		return ""
	}
	name := strings.TrimPrefix(lastClause(pre[:i]), "在")
	if n := utf8.RuneCountInString(name); n < 2 || n > 10 {
		return ""
	}
	return name
}

// bearer is the figure before i that is called by a name, itself or in short: 经作 for
// 经济作物.
func (x *checker) bearer(i int, m *figure, name string) *figure {
	for k := i - 1; k >= 0 && k > i-40; k-- {
		t := &x.figs[k]
		if t.Section != m.Section || t.sentence < m.sentence-3 {
			return nil
		}
		if x.divisible(t, m) && t.Value.Cmp(m.Value) >= 0 && (strings.Contains(t.clause, name) || utf8.RuneCountInString(t.clause) >= 2 && within(t.clause, name)) {
			return t
		}
	}
	return nil
}

// within reports that the characters of a short name stand in a longer one in their order.
func within(short, long string) bool {
	for _, r := range short {
		i := strings.IndexRune(long, r)
		if i < 0 {
			return false
		}
		long = long[i+utf8.RuneLen(r):]
	}
	return true
}

// partitiveIn reports a word as 其中; 含 counts at the head of a clause only.
func (x *checker) partitiveIn(pre string) bool {
	pre = unbracketed(pre)
	if i := lastOf(pre, ";", "。"); i >= 0 {
		pre = pre[i:]
	}
	if x.Partitive.In(pre) {
		return true
	}
	for _, mark := range x.Holding.Words {
		if _, rest, ok := strings.Cut(pre, mark); ok && !x.NotWithin.Starts(rest) {
			return true
		}
	}
	return false
}

// unbracketed leaves out what stands in brackets that have closed again: (包括领养未入户等), and
// what closes one that opened before.
func unbracketed(s string) string {
	for {
		to := strings.IndexFunc(s, func(r rune) bool { return r == ')' || r == ']' || r == '】' })
		if to < 0 {
			return s
		}
		_, size := utf8.DecodeRuneInString(s[to:])
		s = s[:max(0, strings.LastIndexAny(s[:to], "([【"))] + s[to+size:]
	}
}

// lists finds the lists that 其中, a bracket or a colon opens.
func (x *checker) lists() {
	for i := range x.figs {
		switch kind := x.opens(i); {
		case kind == noList, kind == partitive && i > 0 && x.netNames.In(x.figs[i-1].clause) && x.net(&x.figs[i-1]): // 净增47头,其中繁殖126头,…,死亡35头
		case kind == colon && (x.divides(x.figs[i].pre) || i > 0 && !sameSentence(&x.figs[i-1], &x.figs[i])):
			run := x.run(i, kind)
			for _, k := range run {
				x.figs[k].division = i + 1
			}
			x.divided(i, run)
		default:
			x.list(i, kind)
		}
	}
}

// list reads one list, unit by unit: 其中:农村大病196户,发放救助金525000元;….
func (x *checker) list(i int, kind opener) {
	run := x.run(i, kind)
	done := map[string]bool{}
	for _, k := range run {
		m := &x.figs[k]
		id := m.unit + "/" + m.Per
		if done[id] || !m.countable() || m.isPercent() {
			continue
		}
		done[id] = true
		var members []*figure
		for _, j := range run {
			if f := &x.figs[j]; x.divisible(f, m) && x.level(f, i) && !x.isBase(f) {
				members = append(members, f)
			}
		}
		totals := x.totalsFor(i, m, kind)
		if name := partOfNamed(x.figs[i].pre); len(totals) == 0 && name != "" {
			x.divided(i, run)
			return
		}
		if len(totals) == 0 && kind == colon {
			x.divided(i, run)
			continue
		}
		if (len(members) < 2 || len(totals) == 0) && x.loose(i, m, run) || len(totals) == 0 {
			continue
		}
		for _, l := range x.assign(totals, members) {
			x.settle(list{total: l.total, members: l.members, kind: kind, closed: kind != partitive, first: i})
		}
	}
}

// loose tries a list whose members are counted in other units than their total, or without its 每人: 牲畜203.4万头只,其中牛11.62万头,羊186.3万只;
// 辅助器具1486件,其中轮椅312辆、拐杖428副、其他746件. It must add up, or do so nearly and be all there is.
func (x *checker) loose(i int, first *figure, run []int) bool {
	before := &x.figs[max(0, i-1)]
	if i == 0 || len(run) < 2 || !sameSentence(before, &x.figs[i]) && !x.leads(&x.figs[i], before) {
		return false
	}
	for k := i - 1; k >= 0 && k >= i-4 && sameSentence(&x.figs[k], before); k-- {
		t := &x.figs[k]
		things := x.Assorted.Has(t.Unit) && t.Kind == schema.Amount && t.Per == ""
		if !t.mayTotal() || !things && !x.sameOrAkin(first, t) {
			continue
		}
		members := x.looseMembers(t, run, things)
		switch n := exactPrefix(t, members); {
		case n > 2 || n == 2 && (!things || significant(t) > 2):
			return x.report(sumOf("total", t, members[:n]))
		case t.Kind == schema.Change || len(members) < 3 || !x.akin(members[0].Unit, t.Unit) || !x.closes(members):
		default: // 出院17312人次,其中治愈11986人,…,其他187人
			if r := sumOf("total", t, members); x.close(&r, 50) {
				return x.report(r)
			}
		}
	}
	return false
}

// mayTotal reports a figure that may be the total of a list.
func (t *figure) mayTotal() bool {
	return (t.countable() || t.Kind == schema.Change) && !t.isPercent() && t.span.known && !t.taken
}

// sameOrAkin reports figures of one unit or of two that count the same.
func (x *checker) sameOrAkin(a, b *figure) bool { return a.unit == b.unit || x.akin(a.Unit, b.Unit) }

// looseMembers are those of a run that may be parts of a total of its unit or one akin; things are counted in any.
func (x *checker) looseMembers(t *figure, run []int, things bool) (members []*figure) {
	for _, j := range run {
		m := &x.figs[j]
		if m.countable() && x.sameOrAkin(m, t) || things && x.counted[m.Unit] && m.unit != "人" && m.Kind == schema.Amount && m.Per == "" {
			members = append(members, m)
		}
	}
	return members
}

// divided finds the total of 按等级分:A户,B户 in the two sentences before: the one
// that they add up to exactly.
func (x *checker) divided(i int, run []int) {
	first := &x.figs[i]
	var members []*figure
	for _, j := range run {
		if j > i && x.divides(x.figs[j].pre) {
			break
		}
		if m := &x.figs[j]; sameMeasure(m, first) && m.Kind == first.Kind {
			members = append(members, m)
		}
	}
	if first := firstOfItems(members); len(first) > 2 && len(first) < len(members) { // 分项情况是:工商税收983.5万元,…;农业税186.4万元,完成预算180万元的103.6%;…
		members = first
	}
	candidates := x.dividends(i)
	for _, t := range candidates {
		if r := sumOf("total", t, members); len(members) >= 2 && r.holds() && x.close(&r, 200) {
			x.report(r)
			x.figs[t.n].shared = true
			return
		}
		if n := exactPrefix(t, members); n >= 2 {
			x.figs[t.n].shared = true
			x.report(sumOf("total", t, members[:n]))
			if rest := members[n:]; exactPrefix(t, rest) >= 2 {
				x.report(sumOf("total", t, rest[:exactPrefix(t, rest)]))
			}
			return
		}
	}
	if len(members) < 2 {
		return
	}
	for _, t := range candidates { // 其他263例 closes it: one slip of a figure must explain what is off
		r := sumOf("total", t, members)
		if x.dividesNearly(&r, first) {
			x.report(r)
			return
		}
	}
}

// dividesNearly reports a division that does not add up, but is one: of what has been divided before, with its rest, or
// by words that say by what: 按县分:甲4825担,乙3617担,丙5104担.
func (x *checker) dividesNearly(r *relation, first *figure) bool {
	many, closed := len(r.members) > 2, x.closes(r.members)
	switch {
	case r.stated.shared && x.close(r, 4) && (many || x.close(r, 50)), many && closed && x.close(r, 20) && x.slipOf(r, allSlips).Kind != "":
		return true
	}
	return x.close(r, 25) && (many && x.close(r, 50) || closed) && x.divides(first.pre) && r.stated.sentence >= first.sentence-1
}

// dividends are the figures before a list that it may be a division of, nearest first: of the
// two sentences before, or of those before other divisions.
func (x *checker) dividends(i int) (out []*figure) {
	first := &x.figs[i]
	reach := first.sentence - 2
	for k := i - 1; k >= 0 && k > i-2*maxMembers; k-- {
		t := &x.figs[k]
		if x.divides(x.figs[k+1].pre) { // another division of the same total
			reach = min(reach, x.figs[k+1].sentence-2)
		}
		if t.sentence < reach || t.Section != first.Section {
			break
		}
		if x.divisible(t, first) && t.span.known && t.Value.Cmp(schema.Int(10)) >= 0 && !x.isBase(t) {
			out = append(out, t)
		}
	}
	return out
}

// akin reports units in which the members of one total may be counted side by side.
func (x *checker) akin(a, b string) bool { return slices.Contains(x.kindred[a], b) }

// run is the figures of a list that figure i begins: on the same level of
// brackets, to the end of the sentence or of the bracket. A list within it (its
// own 其中) is left out: to the next ; or, without one, to the end.
func (x *checker) run(i int, kind opener) []int {
	first := &x.figs[i]
	var run []int
	nested := false
	for k := i; k < len(x.figs) && k < i+2*maxMembers; k++ {
		f := &x.figs[k]
		if !sameSentence(f, first) || f.depth < first.depth || kind == bracket && f.depth == first.depth && f.bracket != first.bracket {
			break
		}
		if f.depth > first.depth {
			continue
		}
		if k > i && strings.Contains(f.pre, ";") {
			if nested = false; strings.HasPrefix(first.clause, "内") {
				break // 内转业志愿兵233名;安排…4719名
			}
		}
		if k > i && partOfNamed(f.pre) != "" {
			break
		}
		if k > i && x.partitiveIn(f.pre) {
			nested = true
		}
		if !nested {
			run = append(run, k)
		}
	}
	return run
}

// totalsFor are the figures before a list that it may divide, the nearest first:
// in the same part of the sentence, or in the sentence before if the list begins
// its own.
func (x *checker) totalsFor(i int, m *figure, kind opener) []*figure {
	first := &x.figs[i]
	if i == 0 {
		return nil
	}
	before := &x.figs[i-1]
	level := min(first.depth, before.depth)
	if !sameSentence(before, first) && !x.leads(first, before) && partOfNamed(first.pre) == "" {
		return nil
	}
	if first.depth > before.depth {
		return x.bracketed(i, m)
	}
	if x.ofFigure(before, first) && x.divisible(before, m) {
		return []*figure{before}
	}
	if name := partOfNamed(first.pre); name != "" {
		if t := x.bearer(i, m, name); t != nil {
			return []*figure{t}
		}
		return nil
	}
	var totals []*figure
	for k := i - 1; k >= 0 && k > i-40; k-- {
		t := &x.figs[k]
		if !sameSentence(t, before) || t.depth < level || t.item != before.item {
			break
		}
		if t.depth == level && x.divisible(t, m) && !x.isBase(t) {
			totals = append(totals, t)
		}
		if t.depth == level && x.opens(k) == partitive && len(totals) > 0 {
			break
		}
	}
	return totals
}

// ofFigure reports a list of the figure right before it: 386起事故中,涉及摩托车的161起.
func (x *checker) ofFigure(before, first *figure) bool {
	name, _, ok := strings.Cut(first.pre, "中,")
	return ok && sameSentence(before, first) && utf8.RuneCountInString(name) <= 6 && !strings.ContainsAny(name, ",;:。、()")
}

// divisible reports that m can be a part of t by its unit and kind.
func (x *checker) divisible(t, m *figure) bool {
	return t.countable() && sameMeasure(t, m) && (t.Kind == schema.Standard) == (m.Kind == schema.Standard) && t.Approx != schema.Range && !(t.Per != "" && x.isMeanOf(t) && x.isMeanOf(m) && m.unit != "元")
}

// isBase reports the plan or base of a per cent: 1.2亿元 in 为年计划1.2亿元的114.2%, and what
// a figure is compared with.
func (x *checker) isBase(t *figure) bool {
	if x.startsWith(t.clause, []string{"比", "较"}) && (len(yearsIn(t.clause)) > 0 || (strings.ContainsAny(t.clause, "月季") || x.LastYear.In(t.clause)) && strings.HasSuffix(t.clause, "的")) { // 比1985年的742.6万元增长
		return true
	}
	return t.n+1 < len(x.figs) && x.figs[t.n+1].isPercent() && strings.TrimSpace(t.post) == "的"
}

// level reports a figure that is no end of a change, or the new level where that of the
// total before the list is one, too: 由50元提高到100元,其中政府补助由40元提高到80元.
func (x *checker) level(f *figure, first int) bool {
	return !x.isEnd(f) || first > 0 && slices.Contains(f.Flags, "to") && slices.Contains(x.figs[first-1].Flags, "to")
}

// isEnd reports one of the two ends of a change: 由116万元增长到365万元.
func (x *checker) isEnd(f *figure) bool {
	if slices.Contains(f.Flags, "to") {
		return true
	}
	return f.n+1 < len(x.figs) && sameSentence(f, &x.figs[f.n+1]) && slices.Contains(x.figs[f.n+1].Flags, "to") && f.unit == x.figs[f.n+1].unit
}

// leads reports a sentence that begins with 其中 and so goes on with the one before.
func (x *checker) leads(first, before *figure) bool {
	head := strings.TrimLeft(first.pre, " ,;:-·●◆\n")
	return first.sentence == before.sentence+1 && first.block-before.block <= 1 && x.Partitive.Starts(head)
}

func (x *checker) startsWith(s string, list []string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.HasPrefix(s, w) })
}

// bracketed is the total of a bracket: right before it, or one of the figures
// that stand there side by side: 598户1328人(农村400户900人,…).
func (x *checker) bracketed(i int, m *figure) []*figure {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		t := &x.figs[k]
		if !sameSentence(t, m) || t.depth != m.depth-1 {
			break
		}
		if x.divisible(t, m) {
			return []*figure{t}
		}
		if t.pre != "" && k < i-1 {
			break
		}
	}
	return nil
}

// A list is a total with what may be its members.
type list struct {
	total   *figure
	members []*figure
	kind    opener
	closed  bool // the text says that these are all
	first   int  // index of the first figure of the list
}

// calledFirst is the total, behind others that are nearer, of which the first member has the name: 受灾…,成灾…。其中水稻受灾2710公顷,玉米1935公顷.
func (x *checker) calledFirst(totals []*figure, first *figure) *figure {
	if t := slices.IndexFunc(totals, func(t *figure) bool { return x.sameTail(t, first) }); t > 0 {
		return totals[t]
	}
	return nil
}

// assign gives each member its total. Of several totals, a member belongs to
// the one of the same state: 受灾 to 受灾, 成灾 to 成灾.
func (x *checker) assign(totals, members []*figure) []list {
	if len(totals) == 0 || len(members) == 0 {
		return nil
	}
	totals = x.largeEnough(totals, members)
	for i, t := range totals { // 2186万元,比上年少卖147万元,其中电脑票1490万元、即开票696万元: the nearest need not be it
		if n := exactPrefix(t, members); n >= 2 && (i == 0 || x.endsAt(members, n)) {
			return []list{{total: t, members: members}}
		}
	}
	matched := make([][]*figure, len(totals))
	rest := 0
	nearest := slices.ContainsFunc(members, func(m *figure) bool { return x.sameTail(totals[0], m) })
	for _, m := range members {
		t := slices.IndexFunc(totals, func(t *figure) bool { return x.sameTail(t, m) })
		if t > 0 && !nearest && x.elliptic(totals[0], totals[t]) {
			t = 0
		}
		if t < 0 {
			rest++
			continue
		}
		matched[t] = append(matched[t], m)
	}
	found := 0
	for t := range totals {
		if len(matched[t]) > 0 {
			found++
		}
	}
	if t := x.calledFirst(totals, members[0]); t != nil && found == 1 && rest == len(members)-1 {
		return []list{{total: t, members: members}}
	}
	if found == 0 || found == 1 && rest > 0 {
		return []list{{total: totals[0], members: members}}
	}
	var out []list
	for t, total := range totals {
		if len(matched[t]) > 0 {
			out = append(out, list{total: total, members: matched[t]})
		}
	}
	return out
}

// largeEnough are the totals of which no member is more, all of them if there are none: 已支出2071.6万元,结存314.8万元。其中生活救济687.3万元、
// 建房补助1164.2万元.
func (x *checker) largeEnough(totals, members []*figure) []*figure {
	fit := slices.DeleteFunc(slices.Clone(totals), func(t *figure) bool {
		return t.span.known && !slices.ContainsFunc(members, func(m *figure) bool { return x.sameTail(t, m) }) && slices.ContainsFunc(members, func(m *figure) bool { return m.span.known && m.Value.Cmp(t.Value) > 0 })
	})
	if len(fit) == 0 {
		return totals
	}
	return fit
}

// elliptic reports a figure that leaves out the name of the one before it and says only what was done: 查处163起
// behind 受理林业案件168起.
func (x *checker) elliptic(f, before *figure) bool {
	_, state := x.same[before.tail]
	return !state && utf8.RuneCountInString(f.clause) == 2 && utf8.RuneCountInString(before.clause) >= 4
}

// endsAt reports that the first n members are a list of their own: the mark behind them is
// stronger than that between them.
func (x *checker) endsAt(m []*figure, n int) bool {
	return n == len(m) || strongestMark(x.between(m[n-1], m[n])) > strongestMark(x.between(m[0], m[n-1]))
}

// sameTail reports that two figures end in the same word, or in two that mean
// the same: 死亡 and 遇难.
func (x *checker) sameTail(a, b *figure) bool {
	return a.tail != "" && x.canonical(a.tail) == x.canonical(b.tail)
}

func (x *checker) canonical(w string) string {
	if s, ok := x.same[w]; ok {
		return s
	}
	return w
}

// divisions reports a total of the first n members and, 按对象分, of those of further divisions behind them.
func (x *checker) divisions(t *figure, members []*figure, n int) bool {
	done := x.report(sumOf("total", t, members[:n]))
	for rest := members[n:]; len(rest) >= 2; rest = rest[n:] {
		if n = exactPrefix(t, rest); n < 2 {
			break
		}
		x.report(sumOf("total", t, rest[:n]))
	}
	return done
}

// settle decides how far a list goes and reports it.
func (x *checker) settle(l list) bool {
	t := l.total
	if !t.Value.Known() && t.Kind != schema.Masked && t.Kind != schema.Suspect {
		return false
	}
	members := l.members
	if x.doneOf(t, members) || x.Manifold.In(members[len(members)-1].post) {
		return false
	}
	if n := exactPrefix(t, members); n >= 2 {
		return x.divisions(t, members, n)
	}
	if r := sumOf("total", t, members); len(members) >= 2 && r.holds() && x.close(&r, 20) {
		return x.report(r)
	}
	if x.inTable(t) {
		return false // columns of a row are no list
	}
	if rest := members[1:]; len(rest) >= 2 && exactPrefix(members[0], rest) == len(rest) { // 其中重者7人,2人死亡,其余5人
		return x.report(sumOf("total", members[0], rest))
	}
	for i := 1; i+1 < len(members); i++ { // 98人,其中法官41人;研究生17人,本科72人,大专9人; 84人,其中转业9人,自谋职业58人,其余26人
		if rest := members[i:]; (len(rest) > 2 && strings.Contains(rest[0].pre, ";") || x.Rest.In(rest[len(rest)-1].clause)) && exactPrefix(t, rest) == len(rest) {
			members[0].within = t
			return x.report(sumOf("total", t, rest))
		}
	}
	if first := firstOfItems(members); len(first) < len(members) && exactPrefix(t, first) == len(first) { // 6个,目前6个已开工;…1个;…3个
		return x.report(sumOf("total", t, first))
	}
	members = x.cut(l)
	if len(members) == 1 {
		x.hold(l, members[0])
		return false
	}
	r := sumOf("total", t, members)
	if len(members) >= 2 && r.holds() && x.close(&r, 20) {
		return x.report(r)
	}
	l.members = members
	return x.unsettled(l, r)
}

// hold notes the total of the only member of a list.
func (x *checker) hold(l list, m *figure) {
	if l.kind == partitive && l.total.span.known && m.span.known && m.Value.Cmp(l.total.Value) < 0 {
		x.figs[m.n].within = l.total
	}
}

// doneOf reports two figures of which the second says how many of the first were what the total is: 立案416起,破371起;
// 其中命案27起,破26起.
func (x *checker) doneOf(t *figure, m []*figure) bool {
	return len(m) > 1 && utf8.RuneCountInString(m[1].clause) <= 2 && m[1].clause != "" && m[1].n == m[0].n+1 && strings.HasSuffix(t.clause, m[1].clause) && !strings.HasSuffix(m[0].clause, m[1].clause) && m[1].Value.Known() && m[0].Value.Known() && m[1].Value.Cmp(m[0].Value) <= 0
}

// firstOfItems are the first members between each ; and the next.
func firstOfItems(members []*figure) []*figure {
	var first []*figure
	for i, m := range members {
		if i == 0 || m.item != members[i-1].item {
			first = append(first, m)
		}
	}
	return first
}

// close reports a sum that differs by no more than a part of its value, whatever
// its interval allows: 一千多个 is not 700 and 537.
func (x *checker) close(r *relation, part int64) bool {
	got, stated := r.result().mid, r.statedSpan().mid
	if got.none() || stated.none() {
		return false
	}
	off := sub(got, stated)
	return mul(off.abs(), newRational(part, 1)).Cmp(stated) <= 0
}

// inTable reports a figure of a table.
func (x *checker) inTable(f *figure) bool {
	return f.block < len(x.doc.Blocks) && x.doc.Blocks[f.block].Kind == schema.Row
}

// unsettled reports a list that does not add up.
func (x *checker) unsettled(l list, r relation) bool {
	t, members := l.total, l.members
	closed := x.isAll(l, &r)
	if !r.evaluable() {
		if x.overlap(members) {
			return false
		}
		r.open = !closed
		return x.report(r)
	}
	over := r.result().mid.Cmp(r.statedSpan().mid) > 0
	if divorced := func(f *figure) bool { return strings.Contains(f.Label, "离婚") }; over && slices.ContainsFunc(members, func(m *figure) bool { return divorced(m) != divorced(t) && strings.Contains(t.Label, "结婚") }) {
		return false // 结婚1920对。其中,河口镇结婚1728对、离婚592对
	}
	if closed && !over && len(members) == 2 && l.kind == partitive && !x.close(&r, 2) { // 其中一名男童和一名女子 of 22 are not all
		closed = false
	}
	if over && x.strange(&r) {
		return false
	}
	if x.overlap(members) && !(len(members) >= 5 && x.close(&r, 50)) {
		for _, m := range members {
			x.figs[m.n].within = t
		}
		return false // 女12人,党员25人 of 30 may be, and 25人,女12人 of 60 say nothing
	}
	if l.kind == colon && (len(members) < 3 || !x.close(&r, 10) || !x.parallel(members)) || !x.regular(members) {
		return false
	}
	if first := &x.figs[l.first]; !closed && len(members) == 2 && members[0].item != members[1].item && !strings.HasSuffix(strings.TrimSuffix(first.pre, first.clause), ":") {
		return false // 其中市本级5亿元;增收2亿元: what follows ; is another thing, unless 其中: opens the list
	}
	if !over && !closed {
		return x.fallsShort(t, r)
	}
	return x.report(r)
}

// persons end the names of those who are counted.
const persons = "人师员工生者"

// isAll reports members that are all there are: not two of many in brackets, if no slip explains what lacks, nor those with a rest that is not counted
// (一级312人,二级574人,其余为三级、四级).
func (x *checker) isAll(l list, r *relation) bool {
	sentence, _, _ := strings.Cut(l.members[len(l.members)-1].post, "。")
	if last := l.members[len(l.members)-1].tail; l.kind == partitive && len(l.members) == 2 && last == l.members[0].tail && strings.ContainsAny(lastRunes(last, 1), persons) && !strings.Contains(l.total.clause+l.total.Label, last) {
		return false // 教职工3807人,内有公办教师2174人,民办教师1396人
	}
	return x.closes(l.members) || l.closed && (len(l.members) != 2 || x.slipOf(r, allSlips).Kind != "") && !x.Rest.In(sentence)
}

// strange reports members that come to much more than the total, of which one is more than it, or two that are not known to be all there are, if no slip explains
// them: of what else is printed behind a total much is no part of it (财政收入9036万元,其中地方收入6420万元,支出1.21亿元; 倒塌512户,其中
// 居民408户,全倒137户).
func (x *checker) strange(r *relation) bool {
	odd := len(r.members) == 2 && !x.closes(r.members) || !x.close(r, 3) || slices.ContainsFunc(r.members, func(m *figure) bool { return m.span.known && m.Value.Cmp(r.stated.Value) > 0 })
	return odd && x.slipOf(r, allSlips).Kind == ""
}

// fallsShort reports a list below its total that the text does not close, if it reads as one.
func (x *checker) fallsShort(t *figure, r relation) bool {
	if !x.parallel(r.members) || !x.close(&r, 1) || mul(r.result().mid, newRational(100, 1)).Cmp(r.statedSpan().mid) < 0 {
		return false
	}
	if whole := x.goesOn(t, r.members); whole != nil {
		return x.report(sumOf("total", t, whole))
	}
	contradicts := x.close(&r, 10) && x.slipOf(&r, untilSwap).Kind == "swap" // one slip would make it add up
	if r.open = true; contradicts {
		return x.reportAs(r, Contradicts)
	}
	r.op = "atleast"
	return x.report(r)
}

// goesOn are the members of a list that goes on behind a full stop up to 其它, if they are all there
// are: 158.3万元,其中救灾款16.07万元,救济款8.74万元。地方财政款21.5万元,…,其它款22.29万元.
func (x *checker) goesOn(t *figure, members []*figure) []*figure {
	last := members[len(members)-1]
	all := slices.Clone(members)
	for k := last.n + 1; k < len(x.figs) && (x.figs[k].block == t.block || x.figs[k].block == t.block+1 && x.blockEnds(t.block, ";")) && x.figs[k].sentence <= last.sentence+1; k++ {
		f := &x.figs[k]
		if !sameMeasure(f, t) || f.Kind != schema.Amount || f.depth != last.depth {
			continue
		}
		if all = append(all, f); x.Rest.In(f.clause) && exactPrefix(t, all) == len(all) {
			return all
		}
	}
	return nil
}

// regular reports members that are all there are, or that follow one another at one distance, with figures
// of the same units between them: 6件11人,4件5人.
func (x *checker) regular(m []*figure) bool {
	if x.closes(m) {
		return true
	}
	for i := 1; i < len(m); i++ {
		step := m[i].n - m[i-1].n
		for j := 1; j < step; j++ {
			a, b := m[i].n-j, m[i-1].n-j
			if b < 0 || x.figs[a].depth > m[i].depth || x.figs[a].Kind == schema.Change || x.figs[a].isPercent() {
				continue
			}
			if x.figs[a].unit != x.figs[b].unit && (i < 2 || x.figs[a].unit != x.figs[max(0, m[i-2].n-j)].unit) {
				return false
			}
		}
	}
	return true
}

// parallel reports members that read as a list: divided by 、 or ;, or each in a
// few words. 其中用于项目建设1542亿元,争取到国家资金450亿元 goes on with another thing.
func (x *checker) parallel(m []*figure) bool {
	for i := 1; i < len(m); i++ {
		if strongestMark(x.between(m[i-1], m[i])) >= 1 && utf8.RuneCountInString(m[i].clause) > 9 && !x.sameTail(m[i-1], m[i]) {
			return false
		}
	}
	return true
}

// exactPrefix is how many of the members add up to the total exactly, 0 if none do.
func exactPrefix(t *figure, members []*figure) int {
	sum := schema.Int(0)
	for i, m := range members {
		v := m.Value
		if n := each(m); n > 1 {
			v = v.Mul(schema.Int(n))
		}
		if !v.Known() || !m.span.known || !t.span.known {
			return 0
		}
		if sum = sum.Add(v); !sum.Known() {
			return 0
		}
		switch c := sum.Cmp(t.Value); {
		case c == 0:
			return i + 1
		case c > 0:
			return 0
		}
	}
	return 0
}

// cut ends a list that does not add up as a whole where its marks say so: at the
// first ; if its members are divided by , and at a word that begins another thing.
func (x *checker) cut(l list) []*figure {
	m := l.members
	if len(m) < 2 {
		return m
	}
	mark := strongestMark(x.between(m[0], m[1]))
	if l.kind == partitive && (strings.Contains(l.total.pre, ";") || !strings.Contains(x.figs[l.first].pre, ":") && x.exceeds(m, l.total)) {
		mark = min(mark, 1) // what follows the next ; stands beside the total: A;B,其中B1;C
	}
	for i := 1; i < len(m); i++ {
		gap := x.between(m[i-1], m[i])
		if x.leavesList(l.total, m[i-1], m[i]) || strongestMark(gap) > mark || x.Beside.In(m[i].pre) || i >= 2 && m[i].n-m[i-1].n > 3*(m[1].n-m[0].n) {
			return m[:i]
		}
		if x.SureTotal.In(m[i].clause) { // 合计 of those before it, and a part of the total
			m[i].within = l.total
			return m[:i]
		}
	}
	return m
}

// exceeds reports members that come to more than the total.
func (x *checker) exceeds(m []*figure, t *figure) bool {
	r := sumOf("total", t, m)
	return r.evaluable() && r.result().lo.Cmp(r.statedSpan().hi) > 0
}

// leavesList reports that the list of a total ends between two figures: the second is what is left of something
// else (收入486.3万元,其中药品291.8万元,手术94.2万元,收支相抵结余21.5万元), or a clause of its own stands before it.
func (x *checker) leavesList(t, a, b *figure) bool {
	left := func(f *figure) bool { return x.Gain.In(f.clause) || x.Still.In(f.clause) }
	return left(b) && !left(a) && !left(t) && !x.Rest.In(b.clause)
}

// between is the folded text between two figures.
func (x *checker) between(a, b *figure) string {
	var s strings.Builder
	for k := a.n + 1; k <= b.n; k++ {
		s.WriteString(x.figs[k].pre)
	}
	return s.String()
}

// strongestMark ranks the marks of a text: 、 is 0, a comma 1, ; 2 and 。 3.
func strongestMark(s string) int {
	switch {
	case strings.Contains(s, "。"):
		return 3
	case strings.Contains(s, ";"):
		return 2
	case strings.Contains(s, ","):
		return 1
	}
	return 0
}

// closes reports members that are all there are: the last is 其他, or they are a
// pair that leaves no third.
func (x *checker) closes(members []*figure) bool {
	if len(members) == 0 {
		return false
	}
	last := members[len(members)-1]
	if x.Rest.In(last.clause) {
		return true
	}
	if len(members) > 1 { // 其他救助721户,发放救助金262796元
		gap := x.between(members[len(members)-2], last)
		if i := strings.LastIndex(gap, ";"); i >= 0 && x.Rest.In(gap[i:]) {
			return true
		}
	}
	if x.ranges(members) {
		return true
	}
	if len(members) > 2 {
		return slices.ContainsFunc(x.sets, func(set []string) bool { return len(set) == len(members) && eachCalled(members, set) })
	}
	if len(members) != 2 {
		return false
	}
	if strings.HasSuffix(members[1].clause, "非"+members[0].clause) {
		return true
	}
	other := x.sidesOf(members[1])
	return slices.ContainsFunc(x.sidesOf(members[0]), func(side int) bool { return slices.Contains(other, side^1) })
}

// sidesOf are the sides of Pairs that a figure is by the words around it; they are read once.
func (x *checker) sidesOf(f *figure) []int {
	if f.sides == nil {
		f.sides = []int{}
		for _, words := range []string{f.clause, firstClause(f.post)} {
			x.pairing.Each(words, func(_ int, name string) { f.sides = append(f.sides, x.pairOf[name]...) })
		}
	}
	return f.sides
}

// eachCalled reports figures whose clauses say the names, each in its place.
func eachCalled(figs []*figure, names []string) bool {
	for i, f := range figs {
		if !strings.Contains(f.clause, names[i]) {
			return false
		}
	}
	return true
}

// ranges reports members that are told apart by ranges without a gap: 35岁以下137人,36至50岁204人,
// 51岁以上87人.
func (x *checker) ranges(m []*figure) bool {
	if len(m) < 2 {
		return false
	}
	first, last := x.rangeOf(m[0]), x.rangeOf(m[len(m)-1])
	open := strings.Contains(first, "以下") || strings.HasPrefix(first, "0-") || strings.HasPrefix(first, "0—") || strings.HasPrefix(first, "0至")
	return open && strings.Contains(last, "以上") && !slices.ContainsFunc(m[1:len(m)-1], func(f *figure) bool { return has(f.clause, []string{"以上", "以下"}) })
}

// rangeOf is the clause of a member with the range that stands before it as a figure: 144平方米以上
// 占10.3%.
func (x *checker) rangeOf(m *figure) string {
	if m.n > 0 && m.clause == "占" && sameSentence(&x.figs[m.n-1], m) {
		return x.figs[m.n-1].raw + m.clause
	}
	return m.clause
}

// overlap reports members that are told apart by different things: 女12人, 党员25人.
func (x *checker) overlap(members []*figure) bool {
	found := slices.ContainsFunc(x.Overlap.Words, func(w string) bool {
		n := 0
		for _, m := range members {
			if strings.Contains(m.clause, w) {
				n++
			}
		}
		return n > 0 && n < len(members) // 视力残疾, 智力残疾 are told apart by what stands before
	})
	return found && !x.closes(members)
}

// of is the figure with a number in the document, nil if it stands in another part of
// it than the one at hand.
func (x *checker) of(seq int) *figure {
	if len(x.figs) == 0 {
		return nil
	}
	i := seq - x.figs[0].Seq
	if i < 0 || i >= len(x.figs) {
		return nil
	}
	return &x.figs[i]
}

// farTotal is how many figures before a list its total may stand.
const farTotal = 60

// parents checks the totals that extraction has found and no list here has.
func (x *checker) parents() {
	members := map[int][]*figure{}
	var order []int
	for i := range x.figs {
		p := x.figs[i].PartOf
		if t := x.of(p); p > 0 && t != nil && sameMeasure(&x.figs[i], t) {
			if len(members[p]) == 0 {
				order = append(order, p)
			}
			members[p] = append(members[p], &x.figs[i])
		}
	}
	most := map[int]int{} // sentence of a flattened table → members of its fullest column
	for _, p := range order {
		if t := x.of(p); slices.Contains(t.Flags, "table") {
			most[t.sentence] = max(most[t.sentence], len(members[p]))
		}
	}
	for _, p := range order {
		t := x.of(p)
		if t.taken || len(members[p]) < 2 || t.Value.Known() && t.Value.Cmp(schema.Int(10)) < 0 {
			continue
		}
		r := sumOf("total", t, members[p])
		switch n := most[t.sentence]; {
		case r.holds() && x.close(&r, 20):
			x.report(r)
		case n > len(members[p]) && slices.Contains(t.Flags, "table"): // a cell without a figure
			x.reportAs(r, NotEvaluable)
		}
	}
}

// summedUp finds totals that stand behind their members: …,合计4200人.
func (x *checker) summedUp() {
	for i := range x.figs {
		t := &x.figs[i]
		if x.figs[i].taken && (!x.SureTotal.In(t.clause) || x.inTable(t)) || t.Kind != schema.Amount && !x.sumsUp(t) || t.isPercent() || !t.span.known || !x.Total.In(t.clause) && !strings.HasPrefix(t.clause, "全年") && t.clause != "收入" && t.clause != "支出" {
			continue
		}
		if !x.numbered(t) && !x.sumBefore(t, x.outermost) && !x.sumBefore(t, nil) {
			x.bareTotal(t)
		}
	}
}

// numbered checks a total that says how many its members are: 教育…、卫生…、社保…、
// 农业…,四项民生支出合计20.8亿元. They are the last so many of its unit before it.
func (x *checker) numbered(t *figure) bool {
	n := x.partsNamed(t.clause)
	return n >= 2 && (x.sumOfLast(t, n, x.outermost) || x.sumOfLast(t, n, nil))
}

// outermost reports a figure that is part of no total behind which a sum of both may stand: of 38600亩,其中…;飞播15000亩,三项合计 the
// parts of the first are none.
func (x *checker) outermost(f, t *figure) bool {
	return !x.isBase(f) && (f.up == nil || f.up.n > t.n || !sameMeasure(f.up, t) || f.up.block != t.block)
}

// sumOfLast checks a total against the last n figures of its unit before it that fit.
func (x *checker) sumOfLast(t *figure, n int, fits func(f, t *figure) bool) bool {
	var members []*figure
	for k := t.n - 1; k >= 0 && k > t.n-maxMembers && len(members) < n; k-- {
		f := &x.figs[k]
		if f.block != t.block || f.sentence < t.sentence-n || f.depth < t.depth {
			break
		}
		if f.depth == t.depth && (f.Kind == schema.Amount || f.Kind == schema.Masked || x.byHow(f) || f.Kind == t.Kind) && !f.isPercent() && sameMeasure(f, t) && (fits == nil || fits(f, t)) {
			members = append(members, f)
		}
	}
	if len(members) < n {
		return false
	}
	slices.Reverse(members)
	r := sumOf("total", t, members)
	return (r.holds() && x.close(&r, 20) || sameSentence(members[0], t) && x.regular(members)) && x.report(r)
}

// partsNamed is the number in 四项, 两类 or 3个方面 at the head of a clause, 0 if there
// is none.
func (x *checker) partsNamed(clause string) int {
	return numberOf(clause, x.Kinds.Words)
}

// numberOf is the number of some things at the head of a clause.
func numberOf(clause string, things []string) int {
	for _, w := range []string{"以上", "上述", "这"} {
		clause = strings.TrimPrefix(clause, w)
	}
	runes := []rune(clause)
	if len(runes) < 3 {
		return 0
	}
	n := digitOf(runes[0])
	if runes[0] == '两' {
		n = 2
	}
	rest := string(runes[1:])
	if n >= 2 && slices.ContainsFunc(things, func(w string) bool { return strings.HasPrefix(rest, w) }) {
		return n
	}
	return 0
}

// sumBefore walks back from a total to its members that fit.
func (x *checker) sumBefore(t *figure, fits func(f, t *figure) bool) bool {
	sure := x.SureTotal.In(t.clause)
	var members []*figure
	sum := schema.Int(0)
	for f := range x.back(t, maxMembers, nil) {
		if f.block != t.block || f.sentence < t.sentence && !sure && significant(t) < 4 || f.sentence < t.sentence-1 || f.depth < t.depth {
			break
		}
		if f.depth > t.depth || f.Kind != schema.Amount || !x.addsTo(t, f, sure) || fits != nil && !fits(f, t) {
			continue
		}
		if !f.span.known || x.SureTotal.In(f.clause) {
			break
		}
		members = append(members, f)
		if sum = sum.Add(f.Value); !sum.Known() || sum.Cmp(t.Value) > 0 {
			break
		}
		if sum.Cmp(t.Value) == 0 {
			slices.Reverse(members)
			return (sure || x.sumsUpTo(t, members)) && x.report(sumOf("total", t, members))
		}
	}
	return len(members) > 1 && sure && x.addedTo(t, members)
}

// addedTo checks a total behind what is added to one further up: 基金收入64350万元…。加上级补助9418万元、上年结转3105万元,收入总计76873万元.
func (x *checker) addedTo(t *figure, members []*figure) bool {
	first := slices.IndexFunc(members, func(m *figure) bool {
		return sameSentence(m, t) && (x.Added.Starts(m.clause) || strings.Contains(m.clause, "加上"))
	})
	if first < 0 {
		return false
	}
	members = slices.Clone(members[:first+1])
	slices.Reverse(members)
	for b := range x.back(members[0], farTotal, sameArticle) {
		if all := append([]*figure{b}, members...); x.divisible(t, b) && exactPrefix(t, all) == len(all) {
			return x.report(sumOf("total", t, all))
		}
	}
	return false
}

// sumsUpTo reports members that are enough to be a total's that does not say so surely: side by side with it, many, or called
// as it is (门诊收入…,住院收入…。总收入146.4万元).
func (x *checker) sumsUpTo(t *figure, members []*figure) bool {
	n := len(members)
	return n > 3 || n > 1 && sameSentence(members[0], t) && (n > 2 || t.Value.Cmp(schema.Int(100)) >= 0) ||
		n > 1 && strings.HasPrefix(t.clause, "总") && !slices.ContainsFunc(members, func(m *figure) bool { return m.tail != t.tail })
}

// addsTo reports a figure that may be added up to a total, by its unit, or if the words are sure by a kindred one, and is not
// one that another is compared with.
func (x *checker) addsTo(t, f *figure, sure bool) bool {
	return !f.isPercent() && (!x.MeanOf.In(f.clause) || x.MeanOf.In(t.clause)) && (sameMeasure(f, t) || f.Per == t.Per && (x.akin(f.Unit, t.Unit) || sure && x.Assorted.Has(t.Unit) && x.counted[f.Unit] && f.unit != "人")) && !x.comparedWith(f)
}

// bareTotal checks a total that says nothing but 合计 against all figures of its
// unit before it in the sentence.
func (x *checker) bareTotal(t *figure) {
	named := x.namesNothing(strings.TrimSpace(t.clause))
	var members []*figure
	for f := range x.back(t, maxMembers, sameSentence) {
		if f.depth == t.depth && (f.Kind == schema.Amount || f.Kind == schema.Masked) && x.addsTo(t, f, true) {
			members = append(members, f)
		}
		if x.opens(f.n) == colon {
			break
		}
	}
	if same := only(members, func(f *figure) bool { return sameMeasure(f, t) }); len(same) > 1 { // 218户641间,462户1386间,共计680户2027间
		members = same
	}
	slices.Reverse(members)
	if all := x.thingsBefore(t, members); len(all) > len(members) { // 讲座47场、展览22场、培训31期,共100场次
		if members = all; exactPrefix(t, all) != len(all) {
			return
		}
	}
	if r := sumOf("total", t, members); len(members) >= 2 && !x.Added.Starts(members[0].clause) && (named || t.clause == "共" && strongestMark(x.between(members[0], members[len(members)-1])) == 0) {
		x.report(r)
	}
}

// thingsBefore are the members of a total of things with those between them that are counted in other units.
func (x *checker) thingsBefore(t *figure, members []*figure) (all []*figure) {
	if len(members) == 0 || t.unit == "人" || !x.counted[t.Unit] {
		return nil
	}
	for k := members[0].n; k < t.n; k++ {
		if f := &x.figs[k]; amount(f) && x.counted[f.Unit] && f.unit != "人" && f.depth == t.depth {
			all = append(all, f)
		}
	}
	return all
}

// namesNothing reports 合计, also 上半年合计 and 全县共计: a total without a thing of
// its own.
func (x *checker) namesNothing(clause string) bool {
	for _, w := range x.SureTotal.Words {
		head, ok := strings.CutSuffix(clause, w)
		if ok && slices.Contains([]string{"", "全年", "上半年", "下半年", "前三季度", "全县", "全市", "全区", "全镇", "全乡", "全省", "以上"}, strings.TrimSuffix(head, "累计")) {
			return true
		}
	}
	return false
}
