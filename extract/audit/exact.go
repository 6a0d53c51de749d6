package audit

// Results that the words have not told: what the figures nearest to one give to its last digit, and no others do. The fewer digits it
// has and the more figures stand there, the likelier it is a chance, so tries are counted against digits.
//
//	生产费用19.35万元,税收5.24万元,公积金2.75万元。这几项扣掉27.34万元      total
//	全年取水3962万吨,制水3748万吨,自用水率5.4%                             share
//	公益岗位1312个,月补贴500元,一年需787.2万元                             rate
//	劳动力4127个,社员9385人。一个劳动力要养活2.27人                          average

import (
	"slices"

	"mingxi/schema"
)

// odds are how many times as many values a result must have as were tried.
const odds = 50

// likely is odds where the words call the result what it is.
const likely = 10

// exacts looks for what gives each figure that no finding explains.
func (x *checker) exacts() {
	for i := range x.figs {
		s := &x.figs[i]
		if !s.span.known || !s.span.exact || x.inTable(s) || significant(s) < 2 || x.comparedWith(s) {
			continue
		}
		switch {
		case x.figs[i].taken:
			if !s.isPercent() {
				x.exactSum(s)
			}
		case s.isPercent() || s.Unit == "倍" || s.Kind == schema.Masked || s.Kind == schema.Share:
		default:
			_ = x.exactRest(s) || x.exactSum(s) || x.exactBalance(s)
		}
	}
}

// nearest are the figures around s in its block that fit, at most so many before and behind it, in their order, and how many stand before.
func (x *checker) nearest(s *figure, before, behind int, fits func(f *figure) bool) (out []*figure, at int) {
	may := func(f *figure) bool { return f.span.known && f.span.exact && f.Approx != schema.Range && fits(f) }
	for k := s.n - 1; k >= 0 && k >= s.n-3*before && len(out) < before && x.figs[k].block == s.block; k-- {
		if f := &x.figs[k]; may(f) {
			out = append(out, f)
		}
	}
	slices.Reverse(out)
	at = len(out)
	for k := s.n + 1; k < len(x.figs) && k <= s.n+3*behind && len(out) < at+behind && x.figs[k].block == s.block; k++ {
		if f := &x.figs[k]; may(f) {
			out = append(out, f)
		}
	}
	return out, at
}

// rare reports that what gives a sum is no chance after so many tries: the largest of the figures has as many values.
func rare(tries int, figs ...*figure) bool {
	finest, largest := zeros(figs[0].Value, -18), schema.Int(0)
	for _, f := range figs {
		finest = min(finest, zeros(f.Value, -18))
		if f.Value.Cmp(largest) > 0 {
			largest = f.Value
		}
	}
	return schema.Int(int64(tries)).Shift(finest).Cmp(largest) <= 0
}

// exactSum looks for a run of figures of the measure of s that add up to it, the nearest first.
func (x *checker) exactSum(s *figure) bool {
	if !rare(odds, s) {
		return false
	}
	list, at := x.nearest(s, 12, 12, func(f *figure) bool {
		return f.Kind == schema.Amount && sameMeasure(f, s) && !(s.taken && x.isMember(f)) && !x.sameFlow(f, s) && !x.sameFlow(s, f) && !x.isDifference(f) && !x.isEnd(f)
	})
	before, behind := slices.Clone(list[:at]), list[at:]
	slices.Reverse(before)
	if x.isBase(s) {
		return false
	}
	tries := 0
	for gap := range 10 {
		for _, side := range [][]*figure{before, behind} {
			if gap >= len(side) {
				continue
			}
			sum := side[gap].Value
			for n := gap + 1; n < len(side) && sum.Known() && sum.Cmp(s.Value) < 0 && side[n].depth == side[gap].depth; n++ {
				tries++
				if sum = sum.Add(side[n].Value); sum.Cmp(s.Value) != 0 {
					continue
				}
				members := slices.Clone(side[gap : n+1])
				slices.SortFunc(members, func(a, b *figure) int { return a.n - b.n })
				if n == gap+1 && members[0].n < s.n && !x.Total.In(s.clause) { // 培训干部41人、教师38人,招收新生79人
					tries *= 4
				}
				r := sumOf("total", s, members)
				if r.untold = true; !x.seen[r.key()] && !x.mixed(s, members) {
					return rare(tries*odds, append(members, s)...) && x.report(r)
				}
			}
		}
	}
	return false
}

// mixed reports members of which some are parts of another total, and others not of the same, or that stand in one division with s.
func (x *checker) mixed(s *figure, members []*figure) bool {
	return slices.ContainsFunc(members[1:], func(m *figure) bool { return m.up != members[0].up }) ||
		s.division > 0 && !slices.ContainsFunc(members, func(m *figure) bool { return m.division != s.division })
}

// exactRest looks for two figures of the measure of s that it is the difference of, where its words call one.
func (x *checker) exactRest(s *figure) bool {
	if x.isMember(s) || !x.isDifference(s) && !x.isLeft(s) && !x.Closing.In(s.clause) && !x.Than.In(s.clause) && !x.Gain.In(s.clause) && !x.Lost.In(s.clause) {
		return false
	}
	subject := x.subjectOf(s)
	list, _ := x.nearest(s, 5, 3, func(f *figure) bool {
		return f.Kind != schema.Change && sameMeasure(f, s) && f.Value.Cmp(s.Value) != 0 && !x.sameFlow(s, f)
	})
	return x.widening(s, odds, list, func(t *trial, a, b *figure) {
		if a.Value.Cmp(b.Value) > 0 && (subject == "" || x.isCalled(a, subject) || x.isCalled(b, subject)) {
			if t.may(a.Value.Sub(b.Value).Cmp(s.Value) == 0) {
				t.try(balanceOf(s, entry{a, 1}, entry{b, -1}))
			}
		}
	})
}

// sameFlow reports what came in or went out of a balance, and that or another of it.
func (x *checker) sameFlow(f, g *figure) bool {
	return f.flow != nil && (f.flow == g || f.flow == g.flow)
}

// exactBalance looks for figures side by side of the measure of s of which some are added and some taken away, where the words call a balance.
func (x *checker) exactBalance(s *figure) bool {
	if !x.ledgerLike(x.figs[max(0, s.n-15):min(len(x.figs), s.n+16)]) {
		return false
	}
	list, at := x.nearest(s, 5, 5, func(f *figure) bool {
		return f.Kind == schema.Amount && sameMeasure(f, s) && f.depth == s.depth && !x.isMember(f)
	})
	before, behind := slices.Clone(list[:at]), list[at:]
	slices.Reverse(before)
	opening := func(f *figure) bool { return x.Opening.In(f.clause) }
	tries := 0
	for n := 3; n <= 4; n++ {
		for _, side := range [][]*figure{before, behind} {
			if n > len(side) || !x.isLedger(s) && !slices.ContainsFunc(side[:n], x.isLedger) || side[0].n > s.n && (!x.Closing.In(s.clause) || !slices.ContainsFunc(side[:n], opening)) {
				continue
			}
			for signs := 1; signs < 1<<n-1; signs++ {
				tries++
				r := balanceOf(s)
				sum := schema.Int(0)
				for i, f := range side[:n] {
					sign := 1 - 2*int64(signs>>i&1)
					r.members, r.times = append(r.members, f), append(r.times, sign)
					sum = sum.Add(f.Value.Mul(schema.Int(sign)))
				}
				if sum.Cmp(s.Value) == 0 {
					slices.Reverse(r.members)
					slices.Reverse(r.times)
					return rare(tries*likely, append(r.members, s)...) && x.report(r)
				}
			}
		}
	}
	return false
}

// isLedger reports what there was before, what is left, or what says that it is added or taken away; it is read once.
func (x *checker) isLedger(f *figure) bool {
	if f.ledger == unread {
		f.ledger = answerOf(x.Opening.In(f.clause) || x.Closing.In(f.clause) || x.Added.Starts(f.clause) || x.Deducted.Starts(f.clause))
	}
	return f.ledger == yes
}

// ledgerLike reports that one of some figures is.
func (x *checker) ledgerLike(figs []figure) bool {
	for i := range figs {
		if x.isLedger(&figs[i]) {
			return true
		}
	}
	return false
}

// widening tries pairs of figures around s, the nearest first, and reports what only one of those that stand as near gives.
func (x *checker) widening(s *figure, odds int64, list []*figure, try func(t *trial, a, b *figure)) bool {
	slices.SortStableFunc(list, func(a, b *figure) int { return max(a.n-s.n, s.n-a.n) - max(b.n-s.n, s.n-b.n) })
	t := trial{x: x, worth: odds}
	for i, a := range list {
		for _, b := range list[:i] {
			try(&t, a, b)
			try(&t, b, a)
		}
		if len(t.fits) > 0 {
			return x.reportOnly(&t)
		}
	}
	return false
}
