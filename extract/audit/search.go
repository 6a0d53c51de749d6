package audit

// A search for what gives a result further away than nearby looks: one of the two stands beside the result, the
// other anywhere in the article. The words say what kind of result it is and how it is called; among the figures that
// are called so, and then among all that could be meant, only one may give it, and the more were tried, the more
// digits it must have.
//
//	受理治安案件14372起…。受理数比上年增加1128起,上升8.5%          growth
//	税收收入24.37亿元…在职干部1126人,人均征收税款216.4万元          average
//	保险费586.3万元…。费用64.5万元,费用率11%                        share
//	参战参试人员629人…。参战参试人员每人每月720元,全年543.46万元     product

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// mostFar is how many figures of a unit are looked at, the nearest first.
const mostFar = 40

// ofUnit are the plain amounts of a unit before a figure in its article, the nearest first.
func (x *checker) ofUnit(s *figure, unit string) []*figure {
	if x.units == nil {
		x.units = map[string][]*figure{}
		for i := range slices.Backward(x.figs) {
			if f := &x.figs[i]; f.span.known && f.span.exact && f.Kind != schema.Change && f.Approx != schema.Range {
				x.units[f.unit] = append(x.units[f.unit], f)
			}
		}
	}
	list := x.units[unit]
	from, _ := slices.BinarySearchFunc(list, s.n, func(f *figure, n int) int { return n - 1 - f.n })
	to := from
	for to < len(list) && to < from+mostFar && list[to].Article == s.Article {
		to++
	}
	return list[from:to:to]
}

// A trial is a search for what gives s: the relations that could, and those that do.
type trial struct {
	x     *checker
	worth int64 // how many tries, each with the width of the result, are not to be one by chance: fewer where the words call the figures
	tried int64
	fits  []relation
}

// may counts a relation that could give the result, and passes on whether it is not far off.
func (t *trial) may(near bool) bool {
	t.tried++
	return near
}

// try keeps a relation if it holds.
func (t *trial) try(r relation) {
	if r.holds() && t.x.tight(&r) && !slices.ContainsFunc(t.fits, func(o relation) bool { return o.key() == r.key() }) {
		t.fits = append(t.fits, r)
	}
}

// only is the relation that gives the result, whichever of the same values it is; nil if there is none, if others do,
// or if it may be a chance: so many tries, each with the width of the result.
func (t *trial) only() *relation {
	if len(t.fits) == 0 || slices.ContainsFunc(t.fits[1:], func(r relation) bool { return !sameValues(&r, &t.fits[0]) }) {
		return nil
	}
	r := &t.fits[0]
	got, stated := r.result(), r.statedSpan()
	width := add(sub(got.hi, got.lo), sub(stated.hi, stated.lo))
	if got.mid.Cmp(stated.mid) == 0 && r.stated.span.step < 64 { // 1700 of 50000 and 48300, whatever 5万 may be; 6万元 of 1068万元 and 178辆
		if width = mul(got.mid, newRational(1, 200)); r.op == "difference" || r.op == "balance" {
			width = fraction(schema.Int(1).Shift(r.stated.span.step))
		}
	}
	if mul(width, newRational(t.tried*t.worth, 1)).Cmp(got.mid) > 0 {
		return nil
	}
	return r
}

// sameValues reports two relations of figures with the same values.
func sameValues(a, b *relation) bool {
	return slices.EqualFunc(a.members, b.members, func(f, g *figure) bool { return f.Value.Cmp(g.Value) == 0 && f.unit == g.unit })
}

// What a try is worth: where only the likeliest figures are meant, those that the words call, any.
const (
	likeliest = 1
	called    = 3
	anyOther  = 5
)

// worthOf is called or anyOther.
func worthOf(named bool) int64 {
	if named {
		return called
	}
	return anyOther
}

// A circle is a part of the figures that may be meant.
type circle func(f *figure) bool

// search looks for what gives each result that has none.
func (x *checker) search() {
	for i := range x.figs {
		s := &x.figs[i]
		if s.clause == "" || !s.span.known || !s.span.exact || x.inTable(s) {
			continue
		}
		if !x.figs[i].taken {
			x.searchFor(s)
		} else if x.isRate(s) {
			x.farProduct(s)
		}
	}
}

// searchFor looks for what gives a result of the kind that its words call.
func (x *checker) searchFor(s *figure) bool {
	switch member := x.isMember(s); {
	case x.isBalance(s) && !member && x.farBalance(s):
		return true
	case x.isRate(s) && s.Kind != schema.Change:
		return (x.isMeanOf(s) || s.Kind == schema.Amount) && x.farMean(s) || x.farProduct(s)
	case s.Kind == schema.Change || x.isGrowth(s) || x.isIncrease(s) || x.isDifference(s) && !member:
		return x.farChange(s)
	case strings.HasSuffix(s.clause, "自然增长率"):
		return x.naturalGrowth(s)
	case s.isPercent() && (x.isPortion(s) || x.ofWhat(s.clause) != "") && s.Value.Cmp(schema.Int(100)) != 0:
		return x.farShare(s) || x.compound(s)
	case !member && s.Kind == schema.Amount && !s.isPercent():
		return x.isLeft(s) && x.farRest(s) || x.farProduct(s)
	}
	return false
}

// naturalGrowth checks births less deaths over the population: 总人口42000人…出生487人,死亡263人,自然增长率5.3‰.
func (x *checker) naturalGrowth(s *figure) bool {
	var flows [2]*figure
	for f := range x.back(s, around, sameSection) {
		for i, w := range [...]string{"出生", "死亡"} {
			if flows[i] == nil && amount(f) && f.unit == "人" && strings.HasPrefix(f.tail, w) {
				flows[i] = f
			}
		}
	}
	base := x.firstIn(s, populace)
	if flows[0] == nil || flows[1] == nil || base == nil {
		return false
	}
	r := relation{kind: "share", op: "share", stated: s, members: []*figure{flows[0], flows[1], base}, times: []int64{1, -1, 1}}
	return r.holds() && x.tight(&r) && x.report(r)
}

// isLeft reports what is said to be left, or lacking.
func (x *checker) isLeft(s *figure) bool {
	return (x.Remains.In(s.clause) || x.Still.In(s.clause) || x.Left.In(s.clause)) && !x.ofChange(s) && !x.LastYear.In(s.clause)
}

// reportOnly reports what a trial has found.
func (x *checker) reportOnly(t *trial) bool {
	r := t.only()
	return r != nil && x.report(*r)
}

// farChange looks for the two levels of a change: one of what it is said to be the change of, or right before it, and
// one that is called alike.
func (x *checker) farChange(s *figure) bool {
	if s.sought || x.isMean(s) || strings.Contains(s.clause, "另") {
		return false
	}
	x.figs[s.n].sought = true
	points := strings.HasSuffix(s.Unit, "点")
	name := x.thingOf(s)
	t := trial{x: x, worth: called}
	levels := x.levelsOf(s, name, points)
	grows := s.isPercent() || s.Unit == "倍"
	if grows && len(levels) == 2 && datedAlike(levels[1], levels[0]) { // 1957年158公里,1966年达到427公里,9年增长1.7倍
		if r := growthOver(x, s, levels[0], levels[1]); r.holds() && x.tight(&r) {
			s.ends = pair{levels[0], levels[1]}
			return x.report(r)
		}
	}
	for _, p := range levels {
		for _, q := range append(x.ofUnit(s, p.unit), x.behind(s, p)...) {
			if slices.Contains(levels, q) && q.n > p.n || !x.pairs(s, p, q) {
				continue
			}
			now, then := x.inTime(s, p, q)
			switch {
			case then.Value.Sign() <= 0:
			case grows:
				t.tried++
				t.try(growthOver(x, s, now, then))
			case (points || s.unit == p.unit) && t.may(now.Value.Cmp(then.Value) != 0):
				t.try(relation{kind: "change", op: "difference", stated: s, members: []*figure{now, then}, direction: x.direction(s)})
			}
		}
	}
	if r := t.only(); r != nil && x.report(*r) {
		if s.ends = (pair{r.members[0], r.members[1]}); r.op == "difference" {
			x.growthBehind(s, r.members[0], r.members[1])
		}
		return true
	}
	return s.isPercent() && x.farGrowth(s)
}

// pairs reports two figures that may be the levels of one change.
func (x *checker) pairs(s, p, q *figure) bool {
	return p != q && p.Per == q.Per && (q.n > s.n || x.akinTo(p, q) || q.n == s.n-1 && x.comparedWith(q))
}

// inTime is which of two levels of a change is that of now; a change without a direction has risen.
func (x *checker) inTime(s, p, q *figure) (now, then *figure) {
	earlier := x.isEarlier(p, q) && q.n < s.n
	if x.direction(s) == 0 {
		earlier = p.Value.Cmp(q.Value) < 0
	}
	if earlier {
		return q, p
	}
	return p, q
}

// farGrowth checks a growth that goes with a change of something that it names: 受理数比上年增加1128起,上升8.5%.
func (x *checker) farGrowth(s *figure) bool {
	c := &x.figs[max(0, s.n-1)]
	if c == s || !x.isIncrease(c) || !x.plainGrowth(c, s) || x.thingOf(c) == "" {
		return false
	}
	t := trial{x: x, worth: called}
	for _, a := range x.levelsOf(c, x.thingOf(c), false) {
		direction := 1
		if x.Down.In(c.clause) {
			direction = -1
		}
		if t.may(a.Value.Cmp(c.Value) > 0) {
			t.try(relation{kind: "growth", op: "growthby", stated: s, members: []*figure{a, c}, direction: direction})
		}
	}
	if x.reportOnly(&t) {
		return true
	}
	if levels := x.levelsOf(c, x.thingOf(c), false); s.n > 3 && len(levels) == 1 && x.figs[s.n-2].taken && x.isGrowth(&x.figs[s.n-2]) && sameSentence(levels[0], s) { // behind one that holds
		x.growthFrom(levels[0], c, s, true)
	}
	return s.taken
}

// thingOf is what a change is said to be the change of, two characters: 受理 of 受理数比上年增加; of a growth behind a change
// what that says. It is empty where neither says so.
func (x *checker) thingOf(s *figure) string {
	head := s.clause
	if p := &x.figs[max(0, s.n-1)]; p != s && sameSentence(p, s) && x.comparedWith(p) && x.bare(s) { // 收案数比上年的453件上升7.3%
		head = p.clause + head
	}
	for _, w := range x.Than.Words {
		head, _, _ = strings.Cut(head, w)
	}
	for _, list := range [][]string{x.Up.Words, x.Down.Words, x.ByHow.Words} {
		for _, w := range list {
			head = strings.TrimSuffix(head, w)
		}
	}
	if utf8.RuneCountInString(head) > 2 {
		head = strings.TrimRight(head, "数量额")
	}
	if name := x.tailOf(head); utf8.RuneCountInString(name) == 2 && head != s.clause && !strings.ContainsAny(name, "年月期全") {
		return name
	}
	if s.n > 0 && s.isPercent() && x.isIncrease(&x.figs[s.n-1]) && x.plainGrowth(&x.figs[s.n-1], s) {
		return x.thingOf(&x.figs[s.n-1])
	}
	return ""
}

// levelUnit is the unit of what s is the change of, empty if it may be any.
func levelUnit(s *figure, points bool) string {
	switch {
	case points:
		return "%"
	case s.isPercent() || s.Unit == "倍":
		return ""
	}
	return s.unit
}

// levelsOf are the figures of which s can be the change: those called so, or the two right before it in its sentence.
func (x *checker) levelsOf(s *figure, name string, points bool) (out []*figure) {
	unit := levelUnit(s, points)
	fits := func(f *figure) bool {
		return f.span.known && f.span.exact && f.Kind != schema.Change && (unit == "" && !f.isPercent() || f.unit == unit)
	}
	if unit == s.unit && strings.Contains(name, s.Unit) && !slices.ContainsFunc(x.ofUnit(s, unit), func(f *figure) bool { return x.isCalled(f, name) }) {
		name = "" // 1952年142604人。至1982年达241870人。三十年间人口净增99266人
	}
	for f := range x.back(s, farBases, sameArticle) {
		near := sameSentence(f, s) || unit == s.unit && f.block == s.block && f.sentence >= s.sentence-2 && !sameSentence(&x.figs[s.n-1], s)
		if name == "" && (!near || len(out) == 2) || len(out) == 3 {
			break
		}
		if fits(f) && (name == "" || x.isCalled(f, name) && !(strings.Contains(s.clause, "城") && strings.Contains(f.Label, "农")) && !(strings.Contains(s.clause, "农") && strings.Contains(f.Label, "城"))) {
			out = append(out, f)
		}
	}
	return out
}

// akinTo reports two figures of one thing by their words.
func (x *checker) akinTo(a, b *figure) bool {
	if x.sameTail(a, b) && utf8.RuneCountInString(a.tail) == 2 || a.Slots.Measure != "" && a.Slots.Measure == b.Slots.Measure && (a.Slots.Object == b.Slots.Object || strings.Contains(a.clause, b.tail) && b.tail != "") {
		return true
	}
	n := common(a.Label, b.Label)
	return n >= 2 && n*3 >= 2*utf8.RuneCountInString(a.Label) || n >= 2 && n*3 >= 2*utf8.RuneCountInString(b.Label)
}

// behind are the figures of a unit behind s that are said to be of before: 上升1.82个百分点,2000年为7.27%; 死亡减少12人,受伤增加31人。上年死亡155人,受伤861人.
func (x *checker) behind(s *figure, p *figure) (out []*figure) {
	before := false
	for k := s.n + 1; k < len(x.figs) && k <= s.n+2*around && x.figs[k].block == s.block && x.figs[k].sentence <= s.sentence+1; k++ {
		f := &x.figs[k]
		last := x.LastYear.In(f.clause) || len(yearsIn(f.pre)) > 0 || x.inBracket(s) == f
		before = last || before && sameSentence(f, &x.figs[k-1])
		if f.unit == p.unit && f.span.known && f.span.exact && f.Kind != schema.Change && before && (last && k <= s.n+2 && utf8.RuneCountInString(f.clause) <= 8 || x.akinTo(p, f)) {
			out = append(out, f)
		}
	}
	return out
}

// isEarlier reports that p is of before q: by its words or its year, else by its place.
func (x *checker) isEarlier(p, q *figure) bool {
	before := func(f *figure) bool {
		head := lastRunes(f.pre, 12)
		return x.LastYear.In(head) || x.Opening.In(head) || comparing(f) != ""
	}
	if before(p) != before(q) {
		return before(p)
	}
	if p.year > 0 && q.year > 0 && p.year != q.year {
		return p.year < q.year
	}
	return p.n < q.n
}

// spentBefore are the two figures of the measure of s right before it, and the totals of which they are.
func (x *checker) spentBefore(s *figure) (spent []*figure) {
	for f := range x.back(s, maxFlows, nil) {
		if f.block == s.block && f.sentence >= s.sentence-1 && sameMeasure(f, s) && f.span.known && f.span.exact && f.Kind != schema.Change && len(spent) < 2 {
			spent = append(spent, f)
			if t := f.up; t != nil && t.n < s.n && !slices.Contains(spent, t) { // 调离43185人,…其他905人…在乡5551人
				spent = append(spent, t)
			}
		}
	}
	return spent
}

// farRest looks for what is left, or lacking: of something further up that is called alike, or any, less one of the two of
// its measure right before it: 大米846吨…用840吨,余6吨; 已支出2071.6万元,占86.8%,结存314.8万元. The share between is then of the
// two, too.
func (x *checker) farRest(s *figure) bool {
	spent := x.spentBefore(s)
	for i, among := range []func(a, b *figure) bool{x.akinTo, func(a, b *figure) bool { return true }} {
		t := trial{x: x, worth: worthOf(i == 0)}
		for _, b := range spent {
			for _, a := range x.ofUnit(s, s.unit) {
				if a == b || a.Per != "" || !among(a, b) || a.up == b {
					continue
				}
				more, less := a, b
				if a.Value.Cmp(b.Value) < 0 {
					more, less = b, a
				}
				if t.may(more.Value.Sub(less.Value).Cmp(s.Value) == 0) {
					t.try(balanceOf(s, entry{more, 1}, entry{less, -1}))
				}
			}
		}
		r := t.only()
		if r == nil || !x.report(*r) {
			continue
		}
		if share := &x.figs[s.n-1]; x.isShare(share) && !share.taken && share.n == r.members[1].n+1 && strings.Contains(share.clause, "占") {
			of := shareOf("share", share, r.members[1], r.members[0])
			if of.holds() || x.slipOf(&of, untilSwap).Kind == "swap" {
				x.report(of)
			}
		}
		return true
	}
	return x.slippedRest(s, spent)
}

// slippedRest tells what is left of two figures, the second of which was spent or done, where one slip explains what is off: two digits that changed
// places, or in one sentence one other digit.
func (x *checker) slippedRest(s *figure, spent []*figure) bool {
	if x.Opening.In(s.clause) { // 支出131.2万元,年初结余4.7万元
		return false
	}
	for _, b := range spent {
		if !x.Outgoing.In(b.clause) && !x.Done.In(b.clause) && !x.Expense.Ends(b.clause) {
			continue
		}
		for a := range x.back(s, farFlow, sameArticle) {
			if a == b || !sameMeasure(a, s) || !amount(a) || !a.span.exact || a.Value.Cmp(b.Value) <= 0 || x.isBase(a) || b.n < a.n && !sameSentence(a, b) { // 完成投资85亿元。存款余额131亿元,贷款余额46亿元
				continue
			}
			r := balanceOf(s, entry{a, 1}, entry{b, -1})
			if e := x.slipOf(&r, allSlips); e.Kind == "swap" || e.Kind == "digit" && e.Seq == s.Seq && sameSentence(a, s) {
				return x.report(r)
			}
		}
	}
	return false
}

// farBalance looks for what came in and went out between a balance and the one before it, which stands beside it: 缴存额24.36亿元…提取额16.85亿元…年末余额
// 86.29亿元…2020年末余额78.78亿元; flows in the sentence that say which they are are among them.
func (x *checker) farBalance(z *figure) bool {
	opening := x.openingAround(z)
	if opening == nil {
		return false
	}
	if in := &x.figs[max(0, z.n-1)]; in != opening && sameSentence(in, z) && sameMeasure(in, z) && amount(in) && x.Closing.In(in.clause) { // 当年结余7777万元,年末滚存结余112639万元,上年末为104862万元
		if r := balanceOf(z, entry{opening, 1}, entry{in, 1}); r.holds() || x.slipOf(&r, untilSwap).Kind == "swap" {
			return x.report(r)
		}
	}
	if opening.n < z.n && x.ledgerBefore(z, opening) {
		return true
	}
	beside, flows := x.flowsAround(z, opening)
	t := trial{x: x, worth: called}
	for _, in := range flows {
		for _, out := range flows {
			if d := in.Value.Sub(out.Value).Add(opening.Value).Sub(z.Value); in == out || d.Known() && d.Cmp(z.Value) > 0 {
				continue
			}
			t.tried++
			r := balanceOf(z, append(slices.Clone(beside), entry{in, 1}, entry{out, -1})...)
			t.try(r)
		}
	}
	return x.reportOnly(&t)
}

// openingAround is the balance before z that stands nearest to it, nil if there is none or z is printed twice.
func (x *checker) openingAround(z *figure) (opening *figure) {
	far := func(f *figure) int { return max(f.n-z.n, z.n-f.n) }
	for k := max(0, z.n-around); k < min(len(x.figs), z.n+around+1); k++ {
		f := &x.figs[k]
		if f == z || !sameMeasure(f, z) {
			continue
		}
		if f.taken && f.Value.Known() && f.Value.Cmp(z.Value) == 0 {
			return nil
		}
		before := x.Opening.In(f.clause) || f.n == z.n-1 && !x.Closing.In(z.clause) || x.Closing.In(f.clause) && f.year > 0 && f.year < z.year
		if before && f.Article == z.Article && (f.block == z.block || x.akinTo(f, z)) && amount(f) && f.span.exact && (opening == nil || far(f) < far(opening)) {
			opening = f
		}
	}
	return opening
}

// flowsAround are the figures that may have come in or gone out between an opening balance and z; beside has the opening
// and those of the sentence of z that say that they went out.
func (x *checker) flowsAround(z, opening *figure) (beside []entry, flows []*figure) {
	beside = []entry{{opening, 1}}
	for k := max(0, z.n-mostFar); k < min(len(x.figs), max(z.n, opening.n)+3); k++ {
		f := &x.figs[k]
		switch {
		case f == z, f == opening, f.Article != z.Article, !sameMeasure(f, z), !amount(f), !f.span.exact, x.isMember(f), x.isBase(f), x.Entire.In(f.clause):
		case sameSentence(f, z) && x.goesOut(f):
			beside = append(beside, entry{f, -1})
		default:
			flows = append(flows, f)
		}
	}
	return beside, flows
}

// compound looks for a share of several figures side by side, or of one in two that are all there was: 卫生院148个、中心26个里132家达标,
// 达标率75.9%; 旧存126件,新收8617件,办结8591件,办结率98.3%.
func (x *checker) compound(s *figure) bool {
	t := trial{x: x, worth: called}
	var bases []*figure
	var slip *relation
	name := x.rateName(s)
	both := x.bothNamed(s, name)
	for n := 2; n <= maxFlows; n++ {
		run := x.runBefore(s, n)
		if n == 2 && both != nil {
			run = both
		}
		if run == nil {
			break
		}
		switch {
		case n > 2:
		case len(name) > 0:
			bases = x.rateBases(s, run[0])
		default:
			bases = x.basesFor(s, run[0], x.shareNoun(s))
		}
		for _, b := range bases {
			r := shareOf("share", s, run[0], b)
			r.members = append(slices.Clone(run), b)
			if t.may(!slices.Contains(run, b)) {
				t.try(r)
			}
		}
	}
	for _, part := range x.shareParts(s) {
		for b := range x.back(part, maxFlows, sameSentence) {
			if a := &x.figs[max(0, b.n-1)]; a != b && sameSentence(a, b) && x.partLike(a) && x.partLike(b) && a.unit == b.unit && (x.commensurable(b, part) || x.akin(b.Unit, part.Unit)) {
				r := relation{kind: "share", op: "shareofsum", stated: s, members: []*figure{part, a, b}}
				t.tried++
				if t.try(r); s.n == part.n+1 && b.n == part.n-1 && x.ofStock(part) && strings.TrimRight(s.clause, leads) == part.clause+"率" && x.slipOf(&r, allSlips).Kind != "" {
					slip = &r
				}
			}
		}
	}
	return x.reportOnly(&t) || slip != nil && x.report(*slip)
}

// runBefore are the n amounts of one measure right before s, whatever shares stand between, nil if there are fewer.
func (x *checker) runBefore(s *figure, n int) (run []*figure) {
	for f := range x.back(s, 2*around, nil) {
		if f.block != s.block || f.sentence < s.sentence-1 || !f.isPercent() && (!x.partLike(f) || len(run) > 0 && !sameMeasure(f, run[0])) || len(run) == n {
			break
		}
		if !f.isPercent() {
			run = append(run, f)
		}
	}
	if len(run) < n {
		return nil
	}
	slices.Reverse(run)
	if t := run[0].up; t != nil && exactPrefix(t, run) == n {
		return nil // 贷款余额41.3亿元,其中…;存贷比56.1% is of all of them, which are one figure
	}
	return run
}

// countUnits are the units in which what a rate is for may be counted.
func (x *checker) countUnits(of string) []string {
	if units := x.countedIn[of]; len(units) > 1 || len(units) == 1 && units[0] != of {
		return units
	}
	return convertible(of)
}

// convertible are a unit and those that can be computed from it.
func convertible(unit string) []string {
	for _, d := range dimensions {
		if slices.Contains(d, unit) {
			return d
		}
	}
	return []string{unit}
}

// inUnits are the plain amounts of some units before s that are for no unit of their own.
func (x *checker) inUnits(s *figure, units []string) (out []*figure) {
	for _, u := range units {
		for _, f := range x.ofUnit(s, u) {
			if f.Per == "" || f.Per == "年" {
				out = append(out, f)
			}
		}
	}
	return out
}

// farMean looks for what a mean was divided from, and by what: what it names over any count, else two of which one
// stands in its sentence.
func (x *checker) farMean(s *figure) bool {
	unit, _ := x.perOf(s)
	if unit == "" || s.sought {
		return false
	}
	x.figs[s.n].sought = true
	sums, counts := x.sumsOfMean(s), x.countsOfMean(s, unit)
	name := s.clause
	for _, w := range []string{"均", unit} {
		if i := strings.LastIndex(name, w); i >= 0 {
			name = name[i+len(w):]
		}
	}
	name = x.tailOf(name)
	if x.likelyMean(s, unit, sums, counts) {
		return true
	}
	for _, named := range []bool{true, false} {
		t := trial{x: x, worth: worthOf(named)}
		for _, a := range sums {
			if named && (utf8.RuneCountInString(name) < 2 || !x.isCalled(a, name)) {
				continue
			}
			for _, c := range counts {
				if a == c || !named && !sameSentence(a, s) && !sameSentence(c, s) || c.Per != "" {
					continue
				}
				if t.may(a.unit != s.unit || c.unit != unit || mayBeMean(s, a, c, 1)) {
					t.try(meanFrom(s, a, c))
				}
			}
		}
		if x.reportOnly(&t) {
			return true
		}
	}
	return false
}

// sumsOfMean are the figures of which s may be the mean, before it and right behind it.
func (x *checker) sumsOfMean(s *figure) []*figure {
	units := convertible(s.unit)
	sums := x.inUnits(s, units)
	for k := s.n + 1; k < len(x.figs) && k <= s.n+2 && sameSentence(&x.figs[k], s); k++ {
		if f := &x.figs[k]; slices.Contains(units, f.unit) && amount(f) && f.span.exact {
			sums = append(sums, f)
		}
	}
	return sums
}

// countsOfMean are the figures by which a mean may have been divided, before it and right behind it: 人口密度175人(县境
// 面积1384平方公里).
func (x *checker) countsOfMean(s *figure, unit string) []*figure {
	counts := x.inUnits(s, x.countUnits(unit))
	if utf8.RuneCountInString(s.noun) > 1 || slices.Contains(x.countUnits(unit), "个") {
		counts = slices.DeleteFunc(counts, func(c *figure) bool { return !x.serves(c, s, unit) })
		for c := range x.back(s, farBases, sameArticle) {
			if amount(c) && c.span.exact && !slices.Contains(counts, c) && x.serves(c, s, unit) {
				counts = append(counts, c)
			}
		}
	}
	for k := s.n + 1; k < len(x.figs) && k <= s.n+around/2 && sameSentence(&x.figs[k], s); k++ {
		if c := &x.figs[k]; amount(c) && c.span.exact && x.serves(c, s, unit) {
			counts = append(counts, c)
		}
	}
	return counts
}

// meanFrom is s as the mean of a over c.
func meanFrom(s, a, c *figure) relation {
	return relation{kind: "average", op: "quotient", stated: s, members: []*figure{a, c}, months: 1}
}

// likelyMean is farMean for the sums and counts that are likeliest meant: in the sentence, the first of their unit in the
// article, called as the mean is, the population, the nearest count that is no member. What does not hold is told only of a
// sum that the mean names, where swapped digits explain it.
func (x *checker) likelyMean(s *figure, unit string, sums, counts []*figure) bool {
	alike := x.meantAlike(s)
	subject, _, _ := strings.Cut(s.clause, "平均")
	likely := func(f *figure) bool {
		return sameSentence(f, s) || f == x.firstIn(s, f.unit) || slices.Contains(alike, f) || strings.Contains(f.Label, "人口") || ofSubject(f, subject) || f.unit == unit && utf8.RuneCountInString(f.tail) == 2 && strings.HasPrefix(s.clause, f.tail)
	}
	sums, counts = x.withFirst(s, unit, sums, counts)
	sums, counts = only(sums, likely), only(counts, likely)
	t := trial{x: x, worth: likeliest}
	for _, a := range sums {
		for _, c := range counts {
			if a == c || c.Per != "" || !sameSentence(a, s) && !sameSentence(c, s) && !slices.Contains(alike, a) {
				continue
			}
			if t.may(a.unit != s.unit || c.unit != unit || mayBeMean(s, a, c, 1)) {
				t.try(meanFrom(s, a, c))
			}
		}
	}
	if x.reportOnly(&t) {
		return true
	}
	for _, c := range x.counts(s, unit) {
		if len(alike) > 0 && c.up == nil && c.n < s.n && significant(s) > 2 {
			r := x.rateRelation(s, c, alike[0], 1)
			return x.slipOf(&r, untilSwap).Kind == "swap" && x.report(r)
		}
	}
	return false
}

// only are the figures that fit.
func only(figs []*figure, fits func(f *figure) bool) (out []*figure) {
	for _, f := range figs {
		if fits(f) {
			out = append(out, f)
		}
	}
	return out
}

// withFirst adds the first of their units in the article, and the population, where they stand further away.
func (x *checker) withFirst(s *figure, unit string, sums, counts []*figure) (more, others []*figure) {
	people := x.firstIn(s, populace)
	if people != nil {
		people = cmp.Or(x.lastWhere(s, func(f *figure) bool { return f.unit == "人" && strings.Contains(f.Label, "总人口") }), people)
	}
	for _, f := range []*figure{x.firstIn(s, s.unit), x.firstIn(s, unit), people} {
		switch {
		case f == nil:
		case slices.Contains(convertible(s.unit), f.unit) && !slices.Contains(sums, f):
			sums = append(sums, f)
		case slices.Contains(x.countUnits(unit), f.unit) && !slices.Contains(counts, f):
			counts = append(counts, f)
		}
	}
	return sums, counts
}

// farShare looks for the base of a share or a rate of the figure right before it or that its name calls.
func (x *checker) farShare(s *figure) bool {
	noun := strings.TrimPrefix(x.baseOf(s), "总")
	parts := x.shareParts(s)
	if len(parts) > 0 && strings.Trim(noun, "总数量") == parts[0].Unit { // 占总场数的15%
		noun = ""
	}
	for i, among := range []circle{
		func(b *figure) bool { // 出院13718人次 for 占出院病人的
			return noun != "" && (within(noun, b.Label) || within(noun, b.clause) || utf8.RuneCountInString(b.tail) == 2 && strings.HasPrefix(noun, b.tail))
		},
		func(*figure) bool { return noun == "" },
	} {
		t := trial{x: x, worth: worthOf(i == 0 || x.rateName(s) != "")}
		for _, part := range parts {
			if b := &x.figs[max(0, part.n-1)]; x.rateName(s) != "" && x.counted[b.Unit] && x.counted[part.Unit] && sameSentence(b, part) && x.partLike(b) && among(b) && b.Value.Cmp(part.Value) > 0 { // 交换机800门,实装574部,实装率71.8%
				if t.may(mayBeShare(s, part, b)) {
					t.try(shareOf("share", s, part, b))
				}
			}
			for _, u := range x.commensurables(part.unit) {
				for _, b := range x.ofUnit(s, u) {
					if b != part && among(b) && x.mayBeBase(s, part, b) {
						if t.may(mayBeShare(s, part, b)) {
							t.try(shareOf("share", s, part, b))
						}
					}
				}
			}
		}
		if x.reportOnly(&t) {
			return true
		}
	}
	return false
}

// mayBeBase reports a figure in prose that a part may be a share of.
func (x *checker) mayBeBase(s, part, b *figure) bool {
	return !x.ofOtherYear(b, s) && x.partLike(b) && !x.inTable(b) && b.Value.Sign() > 0 && (b.Value.Cmp(part.Value) > 0 || x.rateName(s) != "")
}

// shareParts are the figures that a share may be of: those that its rate names, and the one right before it.
func (x *checker) shareParts(s *figure) (out []*figure) {
	if name := x.rateName(s); name != "" {
		for _, p := range x.rateParts(s, name) {
			if p.named && p.figure.span.exact {
				out = append(out, p.figure)
			}
		}
	}
	for p := range x.back(s, 2, sameSentence) {
		if x.partLike(p) && p.span.exact && !slices.Contains(out, p) {
			out = append(out, p)
		}
		if p.Per == "" { // 实现保费614.4万元,人均4.8万元,占总保费的
			break
		}
	}
	if owner, _, ok := strings.Cut(s.clause, "占"); ok && utf8.RuneCountInString(owner) > 2 { // 从业21862人,…。农村劳力94320人,企业人员占农村劳力23.2%
		for p := range x.back(s, around, sameSection) {
			if p.block == s.block && p.sentence >= s.sentence-2 && x.partLike(p) && p.span.exact && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// baseOf is the name of the base that a share gives: 占总收入的, 为保费的, 率6.11%(按税收收入计).
func (x *checker) baseOf(s *figure) string {
	if _, noun, ok := strings.Cut(s.clause, "占"); ok {
		return x.baseNoun(noun)
	}
	if noun := x.ofWhat(s.clause); noun != "" {
		return x.baseNoun(noun)
	}
	if rest, ok := strings.CutPrefix(strings.TrimLeft(s.post, " "), "(按"); ok {
		noun, _, _ := strings.Cut(rest, ")")
		for _, w := range x.Worked.Words {
			noun = strings.TrimSuffix(noun, w)
		}
		return noun
	}
	return ""
}

// commensurables are the units in which the base of a part may be counted.
func (x *checker) commensurables(unit string) []string {
	for _, list := range x.fellows {
		if slices.Contains(list, unit) {
			return list
		}
	}
	return []string{unit}
}

// farProduct looks for the count of a rate right before a sum: one that the words of rate and sum call, else the only
// one that fits.
func (x *checker) farProduct(s *figure) bool {
	for _, r := range x.ratesBefore(s) {
		unit, _ := x.perOf(r)
		counts := x.countsOf(s, r, unit)
		words, r := r.clause+s.clause, x.toTheCent(r)
		var slip *relation
		for i, among := range []circle{
			func(c *figure) bool { return utf8.RuneCountInString(c.tail) == 2 && strings.Contains(words, c.tail) },
			func(c *figure) bool { return true },
		} {
			t := trial{x: x, worth: worthOf(i == 0)}
			for _, c := range counts {
				if c == s || c == r || !among(c) {
					continue
				}
				months := x.monthsOf(r, c, s)[0]
				if near := t.may(s.unit != r.unit || mayBeMean(r, s, c, months)); near || slip == nil {
					rel := relation{kind: "rate", op: "product", stated: s, members: []*figure{c, r}, months: months}
					if t.try(rel); slip == nil {
						slip = &rel
					}
				}
			}
			if x.reportOnly(&t) {
				return true
			}
			if slip != nil && !x.isRate(s) && x.slipOf(slip, untilSwap).Kind == "swap" && among(slip.members[0]) {
				return x.report(*slip)
			}
		}
	}
	return false
}

// ratesBefore are the rates right before a sum that it may come of.
func (x *checker) ratesBefore(s *figure) (rates []*figure) {
	for r := range x.back(s, 2, sameSentence) {
		if unit, _ := x.perOf(r); unit != "" && x.isRate(r) && slices.Contains(convertible(r.unit), s.unit) && !r.used && !x.isMeanOf(r) {
			rates = append(rates, r)
		}
	}
	return rates
}

// countsOf are the counts that a rate may be for: any of its unit, of a result that is a rate itself those of its sentence,
// and what right before is a rate of another kind (每平方米8元,户均36平方米,月户均288元).
func (x *checker) countsOf(s, r *figure, unit string) []*figure {
	counts := x.inUnits(s, x.countUnits(unit))
	if x.isRate(s) {
		counts = slices.DeleteFunc(counts, func(c *figure) bool { return !sameSentence(c, s) })
	}
	for f := range x.back(s, 2, sameSentence) { // 每平方米8元,户均36平方米,月户均288元
		if f != r && f.Per != "" && slices.Contains(x.countUnits(unit), f.unit) && f.span.known && (x.isRate(s) || f.n >= s.n-2) {
			counts = append(counts, f)
		}
	}
	return counts
}

// toTheCent is a price or a standard, which is no rounded figure: 3元 a 斤 is not 3.4元.
func (x *checker) toTheCent(r *figure) *figure {
	if r.Kind != schema.Standard || !r.span.exact || x.isMeanOf(r) {
		return r
	}
	c := *r
	c.span.lo, c.span.hi, c.fractions = c.span.mid, c.span.mid, nil
	return &c
}

// mayBeMean reports that a sum over a count is not far from a mean, of so many months; it saves the fractions of those
// that are.
func mayBeMean(r, s, c *figure, months int64) bool {
	n := schema.Int(max(1, months))
	low, high := r.span.lo.Mul(c.span.lo).Mul(n), r.span.hi.Mul(c.span.hi).Mul(n)
	return !low.Known() || !high.Known() || s.span.hi.Cmp(low) >= 0 && s.span.lo.Cmp(high) <= 0
}
