package audit

// Results that no finder has explained and whose construction leaves no choice: around them stand only
// one figure that can be the one of the two and only one that can be the other, by units and words. What the two
// do not give is a contradiction.
//
//	发放补助97.44万元。受益农户3248户,户均补助380元          average
//	行政村284个。…已通公路的村达到267个,通村率97.0%          share
//	1985年产值2640万元,1990年达到6864万元,增长1.9倍          growth
//	收到捐赠28640件,发出26810件,库存1930件                   balance

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// soles checks the results that are left.
func (x *checker) soles() {
	for i := range x.figs {
		s := &x.figs[i]
		if i == 0 || s.clause == "" || x.taken[i] || !s.span.known || !s.span.exact || x.inTable(s) || x.isMean(s) || x.ofChange(s) || x.comparedWith(s) {
			continue
		}
		if r, sure := x.soleOf(s); r.stated != nil && r.evaluable() && (r.holds() && x.tight(&r) || sure && x.believable(&r) && (r.kind != "rate" || x.close(&r, 10) || x.slipOf(&r, allSlips).Kind != "")) {
			x.report(r)
		}
	}
}

// soleOf is the relation of a result with the only two figures that it can come of, if it has any; sure says that the words call
// both.
func (x *checker) soleOf(s *figure) (r relation, sure bool) {
	switch {
	case s.Unit == "倍" && ofWhat(s.clause) != "" && againstYear(s.clause) == 0:
		return x.soleShare(s)
	case x.isShare(s):
		return x.soleShare(s)
	case s.Kind == schema.Amount && s.Per == "":
		return x.soleRest(s)
	}
	return relation{}, false
}

// believable reports a contradiction whose two sides are not so far apart that the words must mean something else.
func (x *checker) believable(r *relation) bool {
	got, stated := r.result().mid, r.statedSpan().mid
	return got.Sign() > 0 && stated.Sign() > 0 && mulLess(got, stated, 2)
}

// soleReach is how many figures before a result its two may stand.
const soleReach = 12

// before are the figures before s in its sentence and the two before that, the nearest first, that fit, back to a semicolon.
func (x *checker) before(s *figure, fits func(f *figure) bool) (out []*figure) {
	for f := range x.back(s, soleReach, nil) {
		if f.block != s.block || f.sentence < s.sentence-2 || strings.Contains(x.figs[f.n+1].pre, ";") {
			break
		}
		if f.span.known && f.Kind != schema.Masked && fits(f) {
			out = append(out, f)
		}
	}
	return out
}

// pick is the only one of some figures near a result, or of them, or else of those of some units further up, the one that a name calls
// best; sure says that the name does.
func (x *checker) pick(s *figure, near []*figure, name string, units []string) (only *figure, sure bool) {
	if len(near) == 1 {
		return near[0], near[0].span.exact && callsBy(near[0], name) > 0
	}
	if only = callee(near, name, 1); only == nil && utf8.RuneCountInString(name) > 1 {
		only = callee(x.inUnits(s, units), name, 2)
	}
	return only, only != nil
}

// callee is the figure that a name calls best, and no other of another value as well; nil if none does at least so well.
func callee(figs []*figure, name string, least int) (best *figure) {
	top, alone := least-1, false
	for _, f := range figs {
		switch n := callsBy(f, name); {
		case n > top:
			best, top, alone = f, n, true
		case n == top && best != nil && f.Value.Cmp(best.Value) != 0:
			alone = false
		}
	}
	if !alone {
		return nil
	}
	return best
}

// callsBy is how well a name calls a figure: 3 by all its words, 2 by some of them that stand together, 1 in short, 0 not at all.
func callsBy(f *figure, name string) int {
	if name = strings.ReplaceAll(baseNoun(name), "总", ""); utf8.RuneCountInString(name) < 2 {
		return 0
	}
	n := 0
	for _, words := range []string{f.clause, f.Label} {
		if !within(name, words) {
			continue
		}
		switch words = strings.ReplaceAll(baseNoun(words), "总", ""); {
		case words == name:
			return 3
		case strings.Contains(words, name):
			n = max(n, 2)
		case within(name, words):
			n = max(n, 1)
		}
	}
	return n
}

// soleLevels are the only two levels before a change, of which one is said to be the earlier.
func (x *checker) soleLevels(s *figure) (now, then *figure) {
	points := strings.HasSuffix(s.Unit, "点")
	unit := levelUnit(s, points)
	levels := x.before(s, func(f *figure) bool {
		return f.Kind != schema.Change && f.isPercent() == points && (unit == "" || f.unit == unit) && f.Unit != "倍"
	})
	if len(levels) != 2 || levels[0].unit != levels[1].unit || levels[0].Per != levels[1].Per && levels[1].Per != "" && levels[0].Per != "" || !sameSentence(levels[0], s) || !allExact(levels...) {
		return nil, nil
	}
	now, then = levels[0], levels[1]
	if x.isEarlier(now, then) {
		now, then = then, now
	}
	dated := x.LastYear.In(lastRunes(then.pre, 12)) || comparing(then) != "" || then.year > 0 && then.year < now.year
	if then.Value.Sign() <= 0 || !dated || s.isPercent() && x.constant(now, then) {
		return nil, nil
	}
	return now, then
}

// soleShare is s as the share that the figure right before it, or the only one that its name calls, is of the only base.
func (x *checker) soleShare(s *figure) (relation, bool) {
	noun, rate := x.baseOf(s), x.rateName(s)
	plan := x.isCompletion(s) || rate == "完成"
	times := s.Unit == "倍"
	if noun == "" && rate == "" && !plan && !strings.Contains(s.clause, "占") || s.Value.Cmp(schema.Int(100)) >= 0 && !plan && !times {
		return relation{}, false
	}
	part := x.solePart(s, rate, plan)
	if part == nil || !x.partLike(part) || !part.span.exact || x.conjoined(part) {
		return relation{}, false
	}
	base, sure := x.soleBase(s, part, noun, rate, plan, times)
	if base == nil || base == part || x.ofOtherYear(base, s) || part.Status != base.Status && !plan {
		return relation{}, false
	}
	r := shareOf("share", s, part, base)
	if plan {
		r.kind = "completion"
	}
	return r, sure
}

// solePart is the figure of which s is the share: right before it, or what it calls.
func (x *checker) solePart(s *figure, rate string, plan bool) *figure {
	part := &x.figs[s.n-1]
	owner, _, ok := strings.Cut(s.clause, "占")
	owner = strings.TrimPrefix(owner, "其中")
	called := func(f *figure) bool { return strings.Contains(f.clause, firstRunes(lastRunes(rate, 2), 1)) }
	switch {
	case ok && utf8.RuneCountInString(owner) > 1 && !strings.Contains(part.clause, lastRunes(owner, 2)):
		return callee(x.ofUnitAny(s), owner, 2)
	case rate != "" && !plan && !ok && !called(part):
		near := x.before(s, func(f *figure) bool { return sameSentence(f, s) && x.partLike(f) && called(f) })
		if len(near) != 1 || x.passesOver(near[0], s) {
			return nil
		}
		return near[0]
	case !sameSentence(part, s):
		return nil
	}
	return part
}

// ofUnitAny are the amounts before a figure in its article.
func (x *checker) ofUnitAny(s *figure) (out []*figure) {
	for f := range x.back(s, farBases, sameArticle) {
		if x.partLike(f) && !x.inTable(f) {
			out = append(out, f)
		}
	}
	return out
}

// soleBase is what a part is a share of: what the share names, what the share beside it is of, or the only figure near it; sure
// says that no other can be meant.
func (x *checker) soleBase(s, part *figure, noun, rate string, plan, times bool) (base *figure, sure bool) {
	if base = x.baseBefore(part); base != nil && noun == "" && rate == "" {
		return base, true
	}
	near := x.before(part, func(f *figure) bool {
		return x.partLike(f) && x.commensurable(part, f) && (plan && x.Due.In(f.clause) || times && f.Value.Cmp(part.Value) < 0 || !plan && !times && f.Value.Cmp(part.Value) > 0)
	})
	if base, sure = x.pick(part, near, noun, commensurables(part.unit)); base == nil || noun != "" && !sure && !plan {
		return nil, false
	}
	if !sameSentence(base, part) && slices.ContainsFunc(x.before(part, x.partLike), func(f *figure) bool { return sameSentence(f, part) && x.commensurable(part, f) }) {
		return base, false // 组织71名参加培训,推荐就业181人,就业率74.1%
	}
	return base, sure || plan || rate == "" && x.surePart(s, part) || rate != "" && strings.HasPrefix(s.clause, rate)
}

// baseBefore is the base of the shares before a part in its block, of parts of its measure: 43起,占37.0%;…127起,占32.9%. It is nil
// where there are several.
func (x *checker) baseBefore(part *figure) (base *figure) {
	for f := range x.back(part, 2*soleReach, nil) {
		p, ok := x.shareOf[f.n]
		switch {
		case f.block != part.block:
			return base
		case !ok || !sameMeasure(p.part, part):
		case base != nil && p.base != base || p.base.Value.Cmp(part.Value) < 0:
			return nil
		default:
			base = p.base
		}
	}
	return base
}

// soleRest is s as what is left of the first of the only two figures of its measure, of which the second was done or given.
func (x *checker) soleRest(s *figure) (relation, bool) {
	if !x.isLeft(s) && !x.Closing.In(s.clause) || x.Opening.In(s.clause) || x.isMember(s) {
		return relation{}, false
	}
	done := func(f *figure) bool { return x.Outgoing.In(f.clause) || x.Done.In(f.clause) }
	two := x.before(s, func(f *figure) bool { return sameMeasure(f, s) })
	if n := slices.IndexFunc(two, func(f *figure) bool { return !sameSentence(f, s) }); n > 1 {
		two = two[:n]
	}
	all := slices.Clone(two)
	two = slices.DeleteFunc(two, func(f *figure) bool {
		return !done(f) && slices.ContainsFunc(all, func(t *figure) bool { return x.parentIs(f, t) })
	})
	if len(two) != 2 || two[1].Value.Cmp(two[0].Value) < 0 || !allExact(two...) || two[0].Kind != schema.Amount || two[1].Kind != schema.Amount || !sameSentence(two[0], s) {
		return relation{}, false
	}
	next := two[0].n == s.n-1
	sure := next && (done(two[0]) || x.Left.In(s.clause) && two[1].n == s.n-2) && !done(two[1]) && !x.Opening.In(two[1].clause) && !x.ThisYear.In(two[0].clause)
	return balanceOf(s, entry{two[1], 1}, entry{two[0], -1}), sure
}
