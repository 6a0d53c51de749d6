package audit

// Figures that are compared with one another, and what stands beside the members of a
// total:
//
//	教职工98人,学生1764人,师生比1:18                          proportion
//	儿童284人(女童131人),其中…197人(女87人),…87人(女44人)    asides
//	三次产业增加值…,三次产业结构为22.6:32.8:44.6               structures

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// compare finds proportions of two figures before them.
func (x *checker) compare() {
	for i := range x.figs {
		if c := &x.figs[i]; slices.Contains(c.Flags, "ratio") || strings.ContainsAny(c.raw, ":∶") {
			x.proportion(c)
		}
	}
}

// proportion checks 1:18 or 107.7:100 against the two figures that its words name, or the two right before it.
func (x *checker) proportion(s *figure) bool {
	terms, digits, ok := x.termsOf(s)
	if !ok || s.n < 2 {
		return false
	}
	a, b, sure := x.likened(s, terms)
	if a == nil || a == b || b.Value.Sign() <= 0 || a.Value.Sign() <= 0 {
		return false
	}
	ratio := a.interval().over(b.interval())
	one := newRational(1, 1)
	if back := b.interval().over(a.interval()); !ratio.meets(terms) && (back.meets(terms) || ratio.mid.Cmp(one) < 0 != (terms.mid.Cmp(one) < 0)) { // the greater may stand first, whatever the words say
		a, b, ratio = b, a, back
	}
	holds := ratio.meets(terms)
	if !holds && (!sure || !mulLess(ratio.mid, terms.mid, 2)) || !sure && digits < 3 && terms.mid.Cmp(newRational(3, 1)) < 0 && terms.mid.Cmp(newRational(1, 3)) > 0 {
		return false
	}
	r := relation{kind: "share", op: "proportion", stated: s, members: []*figure{a, b}, compute: func(*relation, []span) span { return s.interval() }}
	if !holds {
		r.compute = func(*relation, []span) span { return ratio }
		return x.reportAs(r, Contradicts)
	}
	return x.reportAs(r, Holds)
}

// mulLess reports two numbers of which neither is more than n times the other.
func mulLess(a, b rational, n int64) bool {
	k := newRational(n, 1)
	return mul(a, k).Cmp(b) >= 0 && mul(b, k).Cmp(a) >= 0
}

// termsOf is what m:n is, the round term of 1:1.63 or 118.4:100 being exact, and how many digits the other has.
func (x *checker) termsOf(s *figure) (terms span, digits int, ok bool) {
	first, second, ok := strings.Cut(strings.NewReplacer(" ", "", "∶", ":").Replace(fold.String(s.In(x.doc.Text))), ":")
	m, err := schema.ParseDecimal(first)
	n, other := schema.ParseDecimal(second)
	if !ok || err != nil || other != nil || m.Sign() <= 0 || n.Sign() <= 0 {
		return span{}, 0, false
	}
	around := func(raw string, v schema.Decimal) span {
		half := schema.Int(5).Shift(step(raw, v) - 1)
		return span{fraction(v), fraction(v.Sub(half)), fraction(v.Add(half))}
	}
	switch {
	case first == "1" || first == "100":
		return span{fraction(m), fraction(m), fraction(m)}.over(around(second, n)), len(strings.Trim(second, "0.")), true
	case second == "1" || second == "100":
		return around(first, m).over(span{fraction(n), fraction(n), fraction(n)}), len(strings.Trim(first, "0.")), true
	}
	return span{}, 0, false
}

// likened are the two figures of which a proportion is: those that its words name (男女之比, 师生比, 床位与职工之比), or the two
// right before it, whatever growths stand between. It is sure that they are meant where the words name both.
func (x *checker) likened(s *figure, terms span) (a, b *figure, sure bool) {
	one, other, named := likenedNames(s.clause)
	b = &x.figs[s.n-1]
	for b.n > 1 && sameSentence(b, s) && b.isPercent() { // 收入分别为38640元、17215元,增长5.1%、7.9%,收入比2.24∶1
		b = &x.figs[b.n-1]
	}
	var with *figure
	ones, others := x.bearing(s, lastRunes(one, 2)), x.bearing(s, lastRunes(other, 2))
	if one == "" && named { // 工作人员102人,与院民之比1:6
		ones = []*figure{b}
	}
	for _, c := range ones {
		for _, d := range others {
			if c != d && (a == nil || c.interval().over(d.interval()).meets(terms) || d.interval().over(c.interval()).meets(terms)) {
				a, with = c, d
			}
		}
	}
	if a != nil {
		return a, with, named && utf8.RuneCountInString(other) > 1
	}
	if a = &x.figs[max(0, b.n-1)]; a == b || !sameSentence(a, s) || !x.partLike(a) || !x.partLike(b) || a.unit != b.unit {
		return nil, nil, false
	}
	return a, b, a.clause != "" && b.clause != "" && strings.Contains(s.clause, lastRunes(a.clause, 2)) && strings.Contains(s.clause, lastRunes(b.clause, 2)) // 在职…,退休…,在职退休比2.63:1
}

// likenedNames are the names of the two in 床位与职工之比, and of 师生比 its two characters; named says that a word stands between.
func likenedNames(clause string) (one, other string, named bool) {
	if strings.Contains(clause, "城乡") {
		return "城", "农", true
	}
	name := strings.TrimRight(clause, leads)
	for _, w := range []string{"比例", "之比", "比"} {
		name = strings.TrimSuffix(name, w)
	}
	for _, w := range []string{"与", "和", "对", "、"} {
		if one, other, named = strings.Cut(name, w); named {
			break
		}
	}
	if runes := []rune(name); !named && len(runes) > 1 {
		one, other = string(runes[len(runes)-2]), string(runes[len(runes)-1])
	}
	return one, other, named
}

// bearing are the figures before s in its block that are called by a name, the nearest first.
func (x *checker) bearing(s *figure, name string) (out []*figure) {
	for f := range x.back(s, around, nil) {
		if f.block != s.block || f.sentence < s.sentence-2 || name == "" {
			break
		}
		if x.partLike(f) && strings.Contains(f.clause, name) {
			out = append(out, f)
		}
	}
	return out
}

// asides checks what stands behind a total and behind each of its members, which must be exact: 迁移1126户5218人,安置在本县894户4137人,外县232户1081人.
func (x *checker) asides() {
	for i := range len(x.out) {
		if f := x.out[i]; f.Relation == "total" && f.Op == "sum" && f.Verdict == Holds {
			for k := 1; k <= around/2 && x.columnBehind(&f, k); k++ {
			}
		}
	}
}

// columnBehind checks the figures that stand so far behind a total and behind each of its members: 事故1286起、死亡143人;国道事故480起、死亡61人,
// 省道806起、死亡82人. They must be exact unless they stand right behind or in brackets. It reports whether there are such, of one measure.
func (x *checker) columnBehind(f *Finding, k int) bool {
	hosts := append([]int{f.Stated}, f.Members...)
	var column []*figure
	beside := k == 1
	for _, seq := range hosts {
		h := x.of(seq)
		if h.n+k >= len(x.figs) {
			return false
		}
		g := &x.figs[h.n+k]
		if !sameSentence(g, h) || slices.Contains(hosts, g.Seq) || g.isPercent() || len(column) > 0 && (!sameMeasure(g, column[0]) || g.Kind != column[0].Kind) {
			return false
		}
		beside = beside && (seq == f.Stated && g.depth == h.depth || g.unit != h.unit && strings.TrimSpace(g.pre) == "" || x.inBracket(h) == g)
		column = append(column, g)
	}
	r := sumOf("total", column[0], column[1:])
	if t := column[0]; t.Per == "" && (exactPrefix(t, column[1:]) == len(f.Members) || beside && amount(t) && x.close(&r, 2)) {
		x.report(r)
	}
	return true
}

// inBracket is the figure in the bracket right behind f, nil if there is none or several.
func (x *checker) inBracket(f *figure) *figure {
	if f == nil || f.n+1 >= len(x.figs) {
		return nil
	}
	in := &x.figs[f.n+1]
	if !sameSentence(in, f) || in.depth != f.depth+1 || in.Kind != schema.Amount || !in.span.known || strings.ContainsAny(strings.TrimLeft(in.pre, " "), ",;。") {
		return nil
	}
	if in.n+1 < len(x.figs) && x.figs[in.n+1].bracket == in.bracket {
		return nil
	}
	return in
}

// structures checks the terms of 22.6:32.8:44.6 against the members of the total that was
// divided into as many.
func (x *checker) structures() {
	for i := range len(x.out) {
		f := x.out[i]
		if f.Relation != "whole" || len(f.Members) < 3 {
			continue
		}
		first := x.of(f.Members[0])
		level := slices.Contains(first.Flags, "ratio") && slices.Contains(first.Flags, "to") // 结构由上年的19.0∶50.6∶30.4调整为18.2∶51.7∶30.1
		if !level && (!x.Structure.In(first.pre) || x.LastYear.In(first.pre)) || x.begins(first) {
			continue
		}
		x.eachOfTotal(first, len(f.Members))
	}
}

// divisionInto is the last total before a figure that was divided into n members, with them.
func (x *checker) divisionInto(s *figure, n int) (total *figure, parts []*figure) {
	for _, f := range x.out {
		t := x.of(f.Stated)
		if f.Relation != "total" || f.Verdict != Holds || len(f.Members) != n || t == nil || t.n > s.n || t.Article != s.Article || t.sentence != s.sentence && !strings.Contains(t.Label+t.clause, "产") {
			continue
		}
		if total == nil || t.n > total.n {
			total, parts = t, parts[:0]
			for _, seq := range f.Members {
				parts = append(parts, x.of(seq))
			}
		}
	}
	return total, parts
}
