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

// proportion checks 1:18 against the two figures right before it.
func (x *checker) proportion(s *figure) bool {
	one, many, ok := strings.Cut(strings.NewReplacer(" ", "", "∶", ":").Replace(fold.String(s.In(x.doc.Text))), ":")
	if many == "1" { // 2.39:1
		one, many = many, one
	}
	n, err := schema.ParseDecimal(many)
	if !ok || one != "1" || err != nil || n.Sign() <= 0 || s.n < 2 {
		return false
	}
	b := &x.figs[s.n-1]
	for b.n > 1 && sameSentence(b, s) && b.isPercent() { // 收入分别为38640元、17215元,增长5.1%、7.9%,收入比2.24∶1
		b = &x.figs[b.n-1]
	}
	a := &x.figs[max(0, b.n-1)]
	if a == b || !sameSentence(a, s) || !x.partLike(a) || !x.partLike(b) || a.unit != b.unit {
		return false
	}
	if a.Value.Cmp(b.Value) > 0 {
		a, b = b, a
	}
	half := schema.Int(5).Shift(step(many, n) - 1)
	terms := span{fraction(n), fraction(n.Sub(half)), fraction(n.Add(half))}
	sure := a.clause != "" && b.clause != "" && strings.Contains(s.clause, lastRunes(a.clause, 2)) && strings.Contains(s.clause, lastRunes(b.clause, 2)) // 在职…,退休…,在职退休比2.63:1
	holds := b.interval().over(a.interval()).meets(terms)
	if !holds && !sure || n.Cmp(schema.Int(3)) < 0 && step(many, n) > -2 {
		return false
	}
	r := relation{kind: "share", op: "proportion", stated: s, members: []*figure{a, b}, compute: func(*relation, []span) span { return s.interval() }}
	if !holds {
		r.compute = func(*relation, []span) span { return b.interval().over(a.interval()) }
		return x.reportAs(r, Contradicts)
	}
	return x.reportAs(r, Holds)
}

// asides checks what stands behind a total and behind each of its members, in brackets or right behind: 迁移1126户
// 5218人,安置在本县894户4137人,外县232户1081人.
func (x *checker) asides() {
	for _, f := range slices.Clone(x.out) {
		if f.Relation != "total" || f.Op != "sum" || f.Verdict != Holds {
			continue
		}
		for _, next := range []func(*figure) *figure{x.inBracket, x.rightBehind} {
			t, inner := x.of(f.Stated), []*figure{}
			for _, seq := range f.Members {
				if in := next(x.of(seq)); in != nil {
					inner = append(inner, in)
				}
			}
			total := next(t)
			if t.n+1 < len(x.figs) && total == nil && len(inner) > 0 && inner[0].depth == t.depth && sameSentence(&x.figs[t.n+1], t) && amount(&x.figs[t.n+1]) { // 农机厂14个,职工3127人,属地区2个864人
				total = &x.figs[t.n+1]
			}
			if total != nil && len(inner) == len(f.Members) && !slices.ContainsFunc(inner, func(m *figure) bool { return !sameMeasure(m, total) }) {
				if r := sumOf("total", total, inner); r.holds() || total.depth == t.depth || inner[0].clause != "" && strings.Contains(total.clause, inner[0].clause) {
					x.report(r)
				}
			}
		}
	}
}

// rightBehind is the figure with which f is one expression, nil if there is none: 1126户5218人.
func (x *checker) rightBehind(f *figure) *figure {
	if f.n+1 >= len(x.figs) {
		return nil
	}
	in := &x.figs[f.n+1]
	if !sameSentence(in, f) || strings.TrimSpace(in.pre) != "" || in.unit == f.unit || !amount(in) {
		return nil
	}
	return in
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
	for _, f := range slices.Clone(x.out) {
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
		if f.Relation != "total" || f.Verdict != Holds || len(f.Members) != n || t == nil || t.n > s.n || t.Article != s.Article || !strings.Contains(t.Label+t.clause, "产") {
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
