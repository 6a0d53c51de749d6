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
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// mostFar is how many figures of a unit are looked at, the nearest first.
const mostFar = 40

// ofUnit are the plain amounts of a unit before a figure in its article, the nearest first.
func (x *checker) ofUnit(s *figure, unit string) (out []*figure) {
	if x.units == nil {
		x.units = map[string][]int{}
		for i := range x.figs {
			if f := &x.figs[i]; f.span.known && f.span.exact && f.Kind != schema.Change && f.Approx != schema.Range {
				x.units[f.unit] = append(x.units[f.unit], i)
			}
		}
	}
	list := x.units[unit]
	at, _ := slices.BinarySearch(list, s.n)
	for k := at - 1; k >= 0 && len(out) < mostFar; k-- {
		f := &x.figs[list[k]]
		if f.Article != s.Article {
			break
		}
		out = append(out, f)
	}
	return out
}

// A trial is a search for what gives s: the relations that could, and those that do.
type trial struct {
	x     *checker
	tried int64
	fits  []relation
}

// try counts a relation; may says that it is not far off.
func (t *trial) try(r relation, may bool) {
	t.tried++
	if may && r.holds() && t.x.tight(&r) && !slices.ContainsFunc(t.fits, func(o relation) bool { return o.key() == r.key() }) {
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
	if got.mid.Cmp(stated.mid) == 0 { // 1700 of 50000 and 48300, whatever 5万 may be; 6万元 of 1068万元 and 178辆
		if width = mul(got.mid, newRational(1, 200)); r.op == "difference" {
			width = fraction(schema.Int(1).Shift(r.stated.span.step))
		}
	}
	if mul(width, newRational(t.tried*chance, 1)).Cmp(got.mid) > 0 {
		return nil
	}
	return r
}

// chance is the number of tries, each with the width of what is found, that may be one by chance.
const chance = 3

// sameValues reports two relations of figures with the same values.
func sameValues(a, b *relation) bool {
	return slices.EqualFunc(a.members, b.members, func(f, g *figure) bool { return f.Value.Cmp(g.Value) == 0 && f.unit == g.unit })
}

// A circle is a part of the figures that may be meant.
type circle func(f *figure) bool

// search looks for what gives each result that has none.
func (x *checker) search() {
	for i := range x.figs {
		s := &x.figs[i]
		if s.clause == "" || x.taken[i] || !s.span.known || !s.span.exact || x.inTable(s) {
			continue
		}
		_, member := x.parent[i]
		switch {
		case x.isRate(s) && s.Kind != schema.Change:
			if isMeanOf(s) || s.Kind == schema.Amount {
				x.farMean(s)
			}
		case s.Kind == schema.Change || x.isGrowth(s) || x.isIncrease(s):
			x.farChange(s)
		case s.isPercent() && (x.isPortion(s) || ofWhat(s.clause) != "") && s.Value.Cmp(schema.Int(100)) != 0:
			x.farShare(s)
		case !member && s.Kind == schema.Amount && !s.isPercent():
			x.farProduct(s)
		}
	}
}

// reportOnly reports what a trial has found.
func (x *checker) reportOnly(t *trial) bool {
	r := t.only()
	return r != nil && x.report(*r)
}

// farChange looks for the two levels of a change: one of what it is said to be the change of, or right before it, and
// one that is called alike.
func (x *checker) farChange(s *figure) bool {
	if x.isMean(s) || strings.Contains(s.clause, "另") {
		return false
	}
	points := strings.HasSuffix(s.Unit, "点")
	name := x.thingOf(s)
	t := trial{x: x}
	levels := x.levelsOf(s, name, points)
	for _, p := range levels {
		for _, q := range x.ofUnit(s, p.unit) {
			if p == q || slices.Index(levels, q) >= 0 && q.n > p.n || p.Per != q.Per || !x.akinTo(p, q) {
				continue
			}
			now, then := p, q
			earlier := x.isEarlier(p, q)
			if x.direction(s) == 0 {
				earlier = p.Value.Cmp(q.Value) < 0
			}
			if earlier {
				now, then = q, p
			}
			if then.Value.Sign() <= 0 {
				continue
			}
			if s.isPercent() || s.Unit == "倍" {
				t.try(growthOver(x, s, now, then), true)
			} else if d := now.Value.Sub(then.Value); points || s.unit == p.unit {
				t.try(relation{kind: "change", op: "difference", stated: s, members: []*figure{now, then}, direction: x.direction(s)}, d.Sign() != 0)
			}
		}
	}
	if r := t.only(); r != nil && x.report(*r) {
		if r.op == "difference" {
			x.growthBehind(s, r.members[0], r.members[1])
		}
		return true
	}
	return s.isPercent() && x.farGrowth(s)
}

// farGrowth checks a growth that goes with a change of something that it names: 受理数比上年增加1128起,上升8.5%.
func (x *checker) farGrowth(s *figure) bool {
	c := &x.figs[max(0, s.n-1)]
	if c == s || !x.isIncrease(c) || !x.plainGrowth(c, s) || x.thingOf(c) == "" {
		return false
	}
	t := trial{x: x}
	for _, a := range x.levelsOf(c, x.thingOf(c), false) {
		direction := 1
		if x.Down.In(c.clause) {
			direction = -1
		}
		t.try(relation{kind: "growth", op: "growthby", stated: s, members: []*figure{a, c}, direction: direction}, a.Value.Cmp(c.Value) > 0)
	}
	return x.reportOnly(&t)
}

// thingOf is what a change is said to be the change of, two characters: 受理 of 受理数比上年增加; of a growth behind a change
// what that says. It is empty where neither says so.
func (x *checker) thingOf(s *figure) string {
	head := s.clause
	for _, w := range []string{"比", "较", "同"} {
		head, _, _ = strings.Cut(head, w)
	}
	for _, list := range [][]string{x.Up.Words, x.Down.Words, x.ByHow.Words} {
		for _, w := range list {
			head = strings.TrimSuffix(head, w)
		}
	}
	if name := x.tailOf(head); utf8.RuneCountInString(name) == 2 && head != s.clause {
		return name
	}
	if s.n > 0 && s.isPercent() && x.isIncrease(&x.figs[s.n-1]) && x.plainGrowth(&x.figs[s.n-1], s) {
		return x.thingOf(&x.figs[s.n-1])
	}
	return ""
}

// levelsOf are the figures of which s can be the change: those called so, or the two right before it in its sentence.
func (x *checker) levelsOf(s *figure, name string, points bool) (out []*figure) {
	unit := s.unit
	switch {
	case points:
		unit = "%"
	case s.isPercent() || s.Unit == "倍":
		unit = ""
	}
	fits := func(f *figure) bool {
		return f.span.known && f.span.exact && f.Kind != schema.Change && (unit == "" && !f.isPercent() || f.unit == unit)
	}
	for f := range x.back(s, farBases, sameArticle) {
		if name == "" && (!sameSentence(f, s) || len(out) == 2) || len(out) == 3 {
			break
		}
		if fits(f) && (name == "" || x.isCalled(f, name)) {
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

// countUnits are the units in which what a rate is for may be counted.
func countUnits(of string) []string {
	switch of {
	case "":
		return []string{"人", "户"}
	case "人":
		return []string{"人", "人次"}
	case "户":
		return []string{"户", "家"}
	case "床":
		return []string{"张", "床"}
	case "工":
		return []string{"工日", "工", "个"}
	}
	return convertible(of)
}

// convertible are a unit and those that can be computed from it.
func convertible(unit string) []string {
	out := []string{unit}
	for _, d := range dimensions {
		if slices.Contains(d, unit) {
			for _, u := range d {
				if u != unit {
					out = append(out, u)
				}
			}
		}
	}
	return out
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
	unit, _ := perOf(s)
	if unit == "" {
		return false
	}
	sums, counts := x.inUnits(s, convertible(s.unit)), x.inUnits(s, countUnits(unit))
	name := s.clause
	for _, w := range []string{"均", unit} {
		if i := strings.LastIndex(name, w); i >= 0 {
			name = name[i+len(w):]
		}
	}
	name = x.tailOf(name)
	for _, named := range []bool{true, false} {
		t := trial{x: x}
		for _, a := range sums {
			if named && (utf8.RuneCountInString(name) < 2 || !x.isCalled(a, name)) {
				continue
			}
			for _, c := range counts {
				if a == c || !named && !sameSentence(a, s) && !sameSentence(c, s) || c.Per != "" {
					continue
				}
				t.try(relation{kind: "average", op: "quotient", stated: s, members: []*figure{a, c}, months: 1}, a.unit != s.unit || c.unit != unit || mayBeMean(s, a, c))
			}
		}
		if x.reportOnly(&t) {
			return true
		}
	}
	return false
}

// farShare looks for the base of a share or a rate of the figure right before it or that its name calls.
func (x *checker) farShare(s *figure) bool {
	noun := x.baseOf(s)
	parts := x.shareParts(s)
	for _, among := range []circle{
		func(b *figure) bool { return noun != "" && (within(noun, b.Label) || within(noun, b.clause)) },
		func(b *figure) bool { return noun == "" },
	} {
		t := trial{x: x}
		for _, part := range parts {
			for _, u := range commensurables(part.unit) {
				for _, b := range x.ofUnit(s, u) {
					if b == part || !among(b) || x.ofOtherYear(b, s) || !x.partLike(b) || x.inTable(b) || b.Value.Cmp(part.Value) <= 0 && x.rateName(s) == "" || b.Value.Sign() <= 0 {
						continue
					}
					t.try(shareOf("share", s, part, b), !part.span.whole || !b.span.whole || mayBeShare(s, part, b))
				}
			}
		}
		if x.reportOnly(&t) {
			return true
		}
	}
	return false
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
	if p := &x.figs[max(0, s.n-1)]; p != s && sameSentence(p, s) && x.partLike(p) && p.span.exact && !slices.Contains(out, p) {
		out = append(out, p)
	}
	return out
}

// baseOf is the name of the base that a share gives: 占总收入的, 为保费的, 率6.11%(按税收收入计).
func (x *checker) baseOf(s *figure) string {
	if _, noun, ok := strings.Cut(s.clause, "占"); ok {
		return baseNoun(noun)
	}
	if noun := ofWhat(s.clause); noun != "" {
		return baseNoun(noun)
	}
	if rest, ok := strings.CutPrefix(strings.TrimLeft(s.post, " "), "(按"); ok {
		noun, _, _ := strings.Cut(rest, ")")
		for _, w := range []string{"计算", "计", "测算"} {
			noun = strings.TrimSuffix(noun, w)
		}
		return noun
	}
	return ""
}

// commensurables are the units in which the base of a part may be counted.
func commensurables(unit string) []string {
	for _, list := range [][]string{{"人", "人次", "例"}, {"户", "套"}, {"张", "人"}, {"具", "人"}} {
		if list[0] == unit {
			return list
		}
	}
	return []string{unit}
}

// farProduct looks for the count of a rate right before a sum: one that the words of rate and sum call, else the only
// one that fits.
func (x *checker) farProduct(s *figure) bool {
	for r := range x.back(s, 2, sameSentence) {
		unit, _ := perOf(r)
		if unit == "" || !x.isRate(r) || !slices.Contains(convertible(r.unit), s.unit) || x.used[r.n] || isMeanOf(r) {
			continue
		}
		counts := x.inUnits(s, countUnits(unit))
		words, r := r.clause+s.clause, toTheCent(r)
		var slip *relation
		for _, among := range []circle{
			func(c *figure) bool { return utf8.RuneCountInString(c.tail) == 2 && strings.Contains(words, c.tail) },
			func(c *figure) bool { return true },
		} {
			t := trial{x: x}
			for _, c := range counts {
				if c == s || c == r || !among(c) {
					continue
				}
				rel := relation{kind: "rate", op: "product", stated: s, members: []*figure{c, r}, months: x.monthsOf(r, c, s)[0]}
				if t.try(rel, true); slip == nil {
					slip = &rel
				}
			}
			if x.reportOnly(&t) {
				return true
			}
			if slip != nil && x.slipOf(slip, untilSwap).Kind == "swap" && among(slip.members[0]) {
				return x.report(*slip)
			}
		}
	}
	return false
}

// toTheCent is a price or a standard, which is no rounded figure: 3元 a 斤 is not 3.4元.
func toTheCent(r *figure) *figure {
	if r.Kind != schema.Standard || !r.span.exact {
		return r
	}
	c := *r
	c.span.lo, c.span.hi, c.fractions = c.span.mid, c.span.mid, nil
	return &c
}
