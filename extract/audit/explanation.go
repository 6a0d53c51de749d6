package audit

// Why does a relation not hold? This file tries the slips that people make,
// one figure at a time, and keeps the first that makes the relation hold when
// it is computed again.

import (
	"slices"
	"strconv"
	"strings"

	"mingxi/schema"
)

// An Explanation is a slip that would make the relation hold.
type Explanation struct {
	Kind  string         // rounding, missing_member, factor, area_unit, swap, digit, months, sign, copied; empty if none was found
	Seq   int            // figure that would have another value, or that is the missing member
	Value schema.Decimal // that value
	Note  string         // the factor or the number of months
}

// sure reports a slip that says itself which figure was meant, however far off it is.
func (e Explanation) sure() bool {
	switch e.Kind {
	case "factor", "area_unit", "missing_member", "months", "sign":
		return true
	}
	return false
}

// explain finds the likeliest slip among the first of the registry.
func (x *checker) explain(r *relation, wanted int) Explanation {
	if x.explained++; !r.evaluable() || x.explained > maxExplained {
		return Explanation{}
	}
	for _, try := range slips[:wanted] {
		if e := try(x, r); e.Kind != "" {
			return e
		}
	}
	return Explanation{}
}

// maxExplained is how many contradictions of a document are explained: one with
// more is read wrongly as a whole.
const maxExplained = 200

// How far to go in the registry: the last is the dearest, so who only asks for one before it
// goes no further.
const (
	noSlips   = 0
	untilArea = 5
	untilSwap = 6
	allSlips  = 9
)

// slips is the registry: its order is how likely a slip is.
var slips = [allSlips]func(*checker, *relation) Explanation{
	(*checker).roundingSlip,
	(*checker).monthSlip,
	(*checker).missingSlip,
	(*checker).factorSlip,
	(*checker).areaSlip,
	(*checker).swapSlip,
	(*checker).digitSlip,
	(*checker).copySlip,
	(*checker).signSlip,
}

// roundingSlip: the difference is within a unit of the last digit of each figure.
func (x *checker) roundingSlip(r *relation) Explanation {
	if r.op != "sum" && r.op != "share" && r.op != "growth" && r.op != "growthby" && r.op != "difference" {
		return Explanation{}
	}
	wide := func(f *figure) span {
		p := f.span
		if !p.whole {
			half := schema.Int(5).Shift(p.step - 1)
			p.lo, p.hi = p.lo.Sub(half), p.hi.Add(half)
		}
		return spanOf(p)
	}
	v := make([]span, len(r.members))
	for i, m := range r.members {
		v[i] = wide(m)
	}
	stated := r.statedSpan()
	if r.stated != nil {
		stated = wide(r.stated)
	}
	if r.give(v).meets(stated) {
		return Explanation{Kind: "rounding"}
	}
	return Explanation{}
}

// with computes the relation anew with another value of the k-th figure, the
// stated one being the last.
func (r *relation) with(k int, value rational) bool {
	if r.op == "sum" && r.times == nil {
		return r.sumWith(k, value)
	}
	v, stated := r.values(), r.statedSpan()
	s := span{value, value, value}
	if k < len(v) {
		old := v[k]
		if !old.lo.none() && !old.hi.none() { // as exact as it was printed
			half := quo(sub(old.hi, old.lo), newRational(2, 1))
			s.lo, s.hi = sub(value, half), add(value, half)
		}
		v[k] = s
	} else {
		half := newRational(0, 1)
		if !stated.lo.none() && !stated.hi.none() {
			half = quo(sub(stated.hi, stated.lo), newRational(2, 1))
		}
		stated = span{value, sub(value, half), add(value, half)}
	}
	return r.give(v).meets(stated)
}

// sumWith is with for sums. The intervals of many members add up to more than a
// slip: the middles must agree to the last digit of the least exact figure.
func (r *relation) sumWith(k int, value rational) bool {
	if r.slack.none() {
		r.off = sub(r.result().mid, r.statedSpan().mid)
		r.slack = fraction(schema.Int(5).Shift(r.coarsest() - 1))
	}
	var more rational
	if k < len(r.members) {
		more = sub(value, r.members[k].interval().mid)
	} else {
		more = sub(r.statedSpan().mid, value)
	}
	off := add(r.off, more)
	return !off.none() && off.abs().Cmp(r.slack) <= 0
}

// withDigits is with for a decimal: of sums, which are most, without fractions.
func (r *relation) withDigits(k int, value schema.Decimal) bool {
	if r.op != "sum" || r.times != nil {
		return r.with(k, fraction(value))
	}
	if !r.short.Known() {
		sum, _, _, ok := r.decimals()
		if !ok || r.stated == nil {
			return r.sumWith(k, fraction(value))
		}
		r.short, r.margin = sum.Sub(r.stated.span.mid), schema.Int(5).Shift(r.coarsest()-1)
	}
	off := r.short
	if k < len(r.members) {
		off = off.Add(value.Sub(r.members[k].span.mid))
	} else {
		off = off.Add(r.stated.span.mid.Sub(value))
	}
	if off.Sign() < 0 {
		off = off.Neg()
	}
	return off.Known() && off.Cmp(r.margin) <= 0
}

// coarsest is the power of ten of the last digit of the least exact figure.
func (r *relation) coarsest() int {
	n := r.members[0].span.step
	for _, m := range r.members {
		n = max(n, m.span.step)
	}
	if r.stated != nil {
		n = max(n, r.stated.span.step)
	}
	return n
}

// each calls try for every figure of the relation, the stated one first.
func (r *relation) each(try func(k int, f *figure) Explanation) Explanation {
	if r.stated != nil {
		if e := try(len(r.members), r.stated); e.Kind != "" {
			return e
		}
	}
	if len(r.members) > maxTried {
		return Explanation{} // one of hundreds is found too easily, and takes too long
	}
	for k, m := range r.members {
		if e := try(k, m); e.Kind != "" {
			return e
		}
	}
	return Explanation{}
}

// maxTried is how many members a relation may have for each to be tried.
const maxTried = 60

// monthSlip: another number of months would do.
func (x *checker) monthSlip(r *relation) Explanation {
	if r.months == 0 || r.months == 1 && !slices.ContainsFunc(r.members, func(m *figure) bool { _, time := x.perOf(m); return time != "" }) {
		return Explanation{}
	}
	for n := int64(1); n <= 12; n++ {
		other := *r
		other.months = n
		if n != r.months && other.holds() {
			return Explanation{Kind: "months", Note: strconv.FormatInt(n, 10)}
		}
	}
	return Explanation{}
}

// factorSlip: 万元 for 元, 千 for 万, 斤 for 公斤.
func (x *checker) factorSlip(r *relation) Explanation {
	return r.each(func(k int, f *figure) Explanation {
		for _, n := range [...][2]int64{{10000, 1}, {1, 10000}, {10, 1}, {1, 10}, {100, 1}, {1, 100}, {1000, 1}, {1, 1000}, {2, 1}, {1, 2}} {
			if (n[0] == 2 || n[1] == 2) && f.Unit != "斤" && f.Unit != "公斤" {
				continue
			}
			v := mul(fraction(f.Value), newRational(n[0], n[1]))
			if f.unit != "元" && f.span.step >= 0 && !v.whole() {
				continue // no half persons
			}
			if r.with(k, v) || (r.op == "quotient" || r.op == "product") && r.scaledBy(k, n) {
				return Explanation{Kind: "factor", Seq: f.Seq, Value: decimal(v), Note: times(n)}
			}
		}
		return Explanation{}
	})
}

// scaledBy computes the relation anew with the k-th figure in another unit, as exact as it is printed.
func (r *relation) scaledBy(k int, n [2]int64) bool {
	v, stated := r.values(), r.statedSpan()
	f := newRational(n[0], n[1])
	if k < len(v) {
		v[k] = v[k].times(span{f, f, f})
	} else {
		stated = stated.times(span{f, f, f})
	}
	return r.give(v).meets(stated)
}

// areaSlip: 亩 for 公顷 or the other way round. A hectare is 15亩, so the number is of the
// other unit to the last printed digit.
func (x *checker) areaSlip(r *relation) Explanation {
	return r.each(func(k int, f *figure) Explanation {
		for _, n := range [...][2]int64{{15, 1}, {1, 15}} {
			if f.unit != "亩" && f.unit != "公顷" {
				continue
			}
			v := mul(fraction(f.Value), newRational(n[0], n[1]))
			if r.with(k, v) {
				return Explanation{Kind: "area_unit", Seq: f.Seq, Value: decimal(v), Note: times(n)}
			}
		}
		return Explanation{}
	})
}

// times writes a factor: ×15, ÷15.
func times(n [2]int64) string {
	if n[1] > 1 {
		return "÷" + strconv.FormatInt(n[1], 10)
	}
	return "×" + strconv.FormatInt(n[0], 10)
}

// printedDigits are the digits of a value as they stand before its multiplier,
// and the power of ten of the last.
func printedDigits(f *figure) (digits string, step int) {
	if f.Value.Sign() <= 0 {
		return "", 0
	}
	digits = strings.TrimLeft(f.Value.Shift(-f.span.step).String(), "0")
	if strings.Contains(digits, ".") {
		return "", 0
	}
	return digits, f.span.step
}

// attempt computes the relation with other digits of a figure.
func (r *relation) attempt(k int, f *figure, kind string, digits []byte, step int) Explanation {
	d, err := schema.ParseDecimal(string(digits))
	if err != nil {
		return Explanation{}
	}
	d = d.Shift(step)
	if d.Known() && d.Sign() > 0 && r.withDigits(k, d) {
		return Explanation{Kind: kind, Seq: f.Seq, Value: d}
	}
	return Explanation{}
}

// swapSlip: two digits beside each other changed places.
func (x *checker) swapSlip(r *relation) Explanation {
	return r.each(func(k int, f *figure) Explanation {
		digits, step := printedDigits(f)
		for i := 0; i+1 < len(digits); i++ {
			if digits[i] == digits[i+1] {
				continue
			}
			b := []byte(digits)
			b[i], b[i+1] = b[i+1], b[i]
			if e := r.attempt(k, f, "swap", b, step); e.Kind != "" {
				return e
			}
		}
		return Explanation{}
	})
}

// digitSlip: one digit is another, is missing, or is there twice.
func (x *checker) digitSlip(r *relation) Explanation {
	return r.each(func(k int, f *figure) Explanation {
		digits, step := printedDigits(f)
		if len(digits) < 2 {
			return Explanation{}
		}
		for i := range digits {
			for c := byte('0'); c <= '9'; c++ {
				b := []byte(digits)
				if b[i] == c {
					continue
				}
				b[i] = c
				if e := r.attempt(k, f, "digit", b, step); e.Kind != "" {
					return e
				}
			}
		}
		return Explanation{}
	})
}

// missingSlip: a figure of the same unit near the list is what is missing.
func (x *checker) missingSlip(r *relation) Explanation {
	if r.op != "sum" && r.op != "atleast" || r.stated == nil || r.times != nil {
		return Explanation{}
	}
	used := map[int]bool{r.stated.n: true}
	for _, m := range r.members {
		used[m.n] = true
	}
	last := r.members[len(r.members)-1].n
	for n := max(0, min(r.stated.n, r.members[0].n)-nearby); n < min(len(x.figs), last+nearby+1); n++ {
		f := &x.figs[n]
		if used[n] || !sameMeasure(f, r.stated) || !f.span.known || f.Kind != schema.Amount || f.Article != r.stated.Article || significant(f) < 2 {
			continue
		}
		other := *r
		other.members = append(append([]*figure(nil), r.members...), f)
		if other.holds() && x.close(&other, 1000) {
			return Explanation{Kind: "missing_member", Seq: f.Seq, Value: f.Value}
		}
	}
	return Explanation{}
}

// nearby is how many figures from a list its missing member may stand.
const nearby = 10

// lacking tells what a list that falls short of its total lacks: a figure near it, or, where
// the text says that it goes on (等, 其余为…, 不足部分), the value that is left for that.
func (x *checker) lacking(r *relation) Explanation {
	if e := x.missingSlip(r); e.Kind != "" || r.stated == nil || r.approximate() {
		return e
	}
	last := r.members[len(r.members)-1]
	if rest := strings.TrimSpace(last.post); strings.HasPrefix(rest, "等") || x.Rest.In(rest) || strings.Contains(rest, "不足部分") {
		return Explanation{Kind: "missing_member", Value: decimal(sub(r.statedSpan().mid, r.result().mid))}
	}
	return Explanation{}
}

// copySlip: the figure is the same as one of the list before it, which was copied. Its
// value is what the total leaves for it.
func (x *checker) copySlip(r *relation) Explanation {
	if r.op != "sum" || r.stated == nil {
		return Explanation{}
	}
	for i, m := range r.members {
		left := m.Value.Sub(decimal(sub(r.result().mid, r.statedSpan().mid)))
		for j := range i {
			if left.Known() && left.Sign() > 0 && m.Value.Cmp(r.members[j].Value) == 0 && m.Value.Cmp(schema.Int(9)) > 0 && r.with(i, fraction(left)) {
				return Explanation{Kind: "copied", Seq: m.Seq, Value: left}
			}
		}
	}
	return Explanation{}
}

// signSlip: a growth that was a decrease, or the other way round.
func (x *checker) signSlip(r *relation) Explanation {
	if r.direction != 0 {
		other := *r
		other.direction = -r.direction
		if other.holds() {
			return Explanation{Kind: "sign", Seq: r.stated.Seq, Value: r.stated.Value.Neg()}
		}
	}
	return r.each(func(k int, f *figure) Explanation {
		if f.Kind != schema.Change {
			return Explanation{}
		}
		v := fraction(f.Value).neg()
		if r.with(k, v) {
			return Explanation{Kind: "sign", Seq: f.Seq, Value: f.Value.Neg()}
		}
		return Explanation{}
	})
}
