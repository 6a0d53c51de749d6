package audit

// A relation is a claim that some figures give another. This file checks one
// and makes the finding of it.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"mingxi/schema"
)

// A relation between figures, before it is checked.
type relation struct {
	kind    string
	op      string
	stated  *figure // nil: the shares of a whole, which give 100
	members []*figure
	times   []int64 // of each member how often it counts: 市和县各560万元 twice; nil is once each
	open    bool    // the members may be fewer than all
	months  int64   // of a rate, 0 if it has none
	years   int     // of a mean growth
	// direction of a change that its words give: 1 up, -1 down, 0 if they do not say.
	direction int
	certain   bool // the words leave no choice of figures
	untold    bool // no words say it, only its digits

	// compute gives the result from the values of the members where the op does not.
	compute func(r *relation, v []span) span

	off, slack    rational       // of a sum that does not hold, made once: see sumWith
	short, margin schema.Decimal // the same in decimals: see withDigits
}

// values are the intervals of the members.
func (r *relation) values() []span {
	v := make([]span, len(r.members))
	for i, m := range r.members {
		v[i] = m.interval()
	}
	return v
}

// interval is the interval of a figure in fractions, made once.
func (f *figure) interval() span {
	if f.fractions == nil {
		s := spanOf(f.span)
		f.fractions = &s
	}
	return *f.fractions
}

// result is what the members give. Sums are added up as decimals, which is quicker
// by far, unless they do not fit.
func (r *relation) result() span {
	if r.op == "sum" || r.op == "atleast" {
		if mid, lo, hi, ok := r.decimals(); ok {
			return span{fraction(mid), fraction(lo), fraction(hi)}
		}
	}
	return r.give(r.values())
}

// computes is what each op gives from the values of the members.
var computes = map[string]func(r *relation, v []span) span{
	"sum": computeSum, "atleast": computeSum, "product": computeProducts, "quotient": computeQuotient, "density": computeDensity,
	"share": computeShare, "shareofsum": computeShareOfSum, "loss": computeLoss, "difference": computeDistance, "growth": computeGrowth, "growthby": computeGrowthBy,
	"power": computePower, "balance": computeBalance,
}

// give computes the relation with some values of its members.
func (r *relation) give(v []span) span {
	if r.compute != nil {
		return r.compute(r, v)
	}
	return computes[r.op](r, v)
}

func (r *relation) decimals() (mid, lo, hi schema.Decimal, ok bool) {
	mid, lo, hi = schema.Int(0), schema.Int(0), schema.Int(0)
	for i, m := range r.members {
		a, b, c := m.span.mid, m.span.lo, m.span.hi
		if r.times != nil && r.times[i] != 1 {
			k := schema.Int(r.times[i])
			a, b, c = a.Mul(k), b.Mul(k), c.Mul(k)
		}
		mid, lo, hi = mid.Add(a), lo.Add(b), hi.Add(c)
	}
	return mid, lo, hi, mid.Known() && lo.Known() && hi.Known()
}

// statedSpan is the interval of the stated figure.
func (r *relation) statedSpan() span {
	if r.stated == nil {
		return whole(100)
	}
	return r.stated.interval()
}

// evaluable reports whether all figures have a value.
func (r *relation) evaluable() bool {
	return (r.stated == nil || r.stated.span.known) && !slices.ContainsFunc(r.members, func(m *figure) bool { return !m.span.known })
}

// holds reports whether the intervals meet.
func (r *relation) holds() bool {
	return r.evaluable() && r.result().meets(r.statedSpan())
}

// verdict checks the relation.
func (r *relation) verdict() Verdict {
	switch {
	case !r.evaluable():
		return NotEvaluable
	case r.holds():
		return Holds
	case r.open && r.result().mid.Cmp(r.statedSpan().mid) < 0:
		return Incomplete
	}
	return Contradicts
}

// key names the set of figures of a relation.
func (r *relation) key() string {
	var seqs []int
	if r.stated != nil {
		seqs = append(seqs, r.stated.Seq)
	}
	for _, m := range r.members {
		seqs = append(seqs, m.Seq)
	}
	slices.Sort(seqs)
	var b strings.Builder
	for _, s := range slices.Compact(seqs) {
		b.WriteString(strconv.Itoa(s))
		b.WriteByte(' ')
	}
	return b.String()
}

// report checks a relation and adds its finding, once for each set of figures.
func (x *checker) report(r relation) bool { return x.reportAs(r, r.verdict()) }

// reportAs is report with a verdict that the structure has decided.
func (x *checker) reportAs(r relation, v Verdict) bool {
	key := r.key()
	if len(r.members) == 0 || x.seen[key] || r.kind == "share" && !x.isReckonedAs(r.stated, r.members[0]) || x.repeats(&r) {
		return false
	}
	x.seen[key] = true
	var slip Explanation
	if v == Contradicts {
		doubtful, wanted := x.doubtful(&r), allSlips
		if x.brief && !doubtful {
			wanted = noSlips
		}
		if slip = x.explain(&r, wanted); doubtful && !slip.sure() {
			return false
		}
	}
	f := Finding{Relation: r.kind, Op: r.op, Verdict: v, untold: r.untold}
	if r.stated != nil {
		if r.op == "sum" && v == Holds {
			x.figs[r.stated.n].summed = true
		}
		f.Stated, f.Value = r.stated.Seq, r.stated.Value
		x.figs[r.stated.n].taken = true
	} else {
		f.Value = schema.Int(100)
	}
	for _, m := range r.members {
		f.Members = append(f.Members, m.Seq)
		if r.kind == "balance" && r.stated != nil {
			x.figs[m.n].flow = &x.figs[r.stated.n]
		}
	}
	if !x.brief {
		x.describe(&f, &r, slip)
	}
	x.out = append(x.out, f)
	return true
}

// describe writes into a finding how it was computed, and what would explain it.
func (x *checker) describe(f *Finding, r *relation, slip Explanation) {
	f.Equation = r.equation()
	if r.evaluable() {
		got := r.result()
		f.Computed, f.Low, f.High = decimal(got.mid), decimal(got.lo), decimal(got.hi)
		f.Difference = f.Value.Sub(f.Computed)
	}
	switch f.Verdict {
	case Contradicts:
		f.Explanation = slip
		f.Severity = Error
		if r.open || r.approximate() || slip.Kind == "rounding" {
			f.Severity = Warning
		}
	case Incomplete:
		f.Severity = Note
		f.Explanation = x.lacking(r)
	case NotEvaluable:
		f.Severity = Note
	case Holds:
		if f.Difference.Sign() != 0 {
			f.Explanation = Explanation{Kind: "rounding"}
		}
	}
}

// farApart is how many times the one side of a relation may be the other, if words leave a
// choice of figures.
var farApart = map[string]int64{"share": 2, "completion": 2, "annual": 2, "total": 4, "items": 2, "average": 4}

// doubtful reports a contradiction that says more of how the relation was read
// than of the report, unless a slip explains it: the two sides are far apart, and the
// words leave a choice of figures.
func (x *checker) doubtful(r *relation) bool {
	times := farApart[r.kind]
	if times == 0 || r.certain {
		return false
	}
	got, stated := r.result().mid, r.statedSpan().mid
	if got.Sign() <= 0 || stated.Sign() <= 0 {
		return true
	}
	above := mul(stated, newRational(times, 1)).Cmp(got) < 0
	below := mul(got, newRational(times, 1)).Cmp(stated) < 0
	return above || below
}

// repeats reports a sum whose members have their total already: the text prints
// it twice. It remembers the members of a sum.
func (x *checker) repeats(r *relation) bool {
	if r.op != "sum" && r.op != "atleast" || r.stated == nil {
		return false
	}
	if x.withinSum(r) || x.areFlows(r) || r.partlySummed() {
		return true
	}
	key := (&relation{members: r.members}).key()
	if old, ok := x.totals[key]; ok && x.figs[old].Value.Known() && r.stated.Value.Known() && x.figs[old].Value.Cmp(r.stated.Value) == 0 {
		return true
	}
	x.totals[key] = r.stated.n
	for _, m := range r.members {
		x.figs[m.n].up = &x.figs[r.stated.n]
	}
	return false
}

// withinSum reports a total whose members stand beside it as members of another: 利润124万元,其中上交62万元,
// 留成43.4万元,其余18.6万元.
func (x *checker) withinSum(r *relation) bool {
	return r.kind == "total" && !x.SureTotal.In(r.stated.clause) && !slices.ContainsFunc(r.members, func(m *figure) bool { return !x.siblings(r.stated, m) })
}

// partlySummed reports a sum of which some members, and not all, are those of one that gives its total already.
func (r *relation) partlySummed() bool {
	n := 0
	for _, m := range r.members {
		if m.up == r.stated {
			n++
		}
	}
	return r.stated.summed && 0 < n && n < len(r.members)
}

// areFlows reports members of which one was there before and another went out: 新收71件,上年旧存9件,审结62件.
func (x *checker) areFlows(r *relation) bool {
	return r.kind == "total" && len(r.members) == 2 && x.Opening.In(r.members[0].clause) && x.Outgoing.In(r.members[1].clause)
}

// siblings reports two members of one total.
func (x *checker) siblings(a, b *figure) bool {
	return a.up != nil && a.up == b.up
}

// approximate reports that a figure of the relation is not exact.
func (r *relation) approximate() bool {
	return r.stated != nil && !r.stated.span.exact || slices.ContainsFunc(r.members, func(m *figure) bool { return !m.span.exact })
}

// sumOf is the relation of a total with its members.
func sumOf(kind string, total *figure, members []*figure) relation {
	r := relation{kind: kind, op: "sum", stated: total, members: slices.Clone(members)}
	for i, m := range members {
		if n := each(m); n > 1 {
			if r.times == nil {
				r.times = slices.Repeat([]int64{1}, len(members))
			}
			r.times[i] = n
		}
	}
	return r
}

func computeSum(r *relation, v []span) span {
	sum := whole(0)
	for i := range v {
		if r.times != nil && r.times[i] != 1 {
			sum = sum.plus(v[i].times(whole(r.times[i])))
			continue
		}
		sum = sum.plus(v[i])
	}
	return sum
}

// each counts the names that share a member: 市和县各560万元 are two.
func each(m *figure) int64 {
	head, ok := strings.CutSuffix(strings.TrimRight(m.pre, "约有为 "), "各")
	if !ok {
		return 1
	}
	if i := strings.LastIndexAny(head, ",;:。()"); i >= 0 {
		head = head[i+1:]
	}
	head = strings.Trim(head, "、 ")
	n := int64(1)
	for _, r := range head {
		if r == '、' || r == '和' || r == '与' || r == '及' {
			n++
		}
	}
	return n
}

// computeProducts is Σ a×b × months over pairs of members.
func computeProducts(r *relation, v []span) span {
	sum := whole(0)
	for i := 0; i+1 < len(v); i += 2 {
		sum = sum.plus(scaled(r.members[i], v[i]).times(scaled(r.members[i+1], v[i+1])))
	}
	if len(v) == 1 {
		sum = scaled(r.members[0], v[0])
	}
	if r.months > 1 {
		sum = sum.times(whole(r.months))
	}
	return unscaled(r.stated, sum)
}

// computeQuotient is a ÷ b ÷ months.
func computeQuotient(r *relation, v []span) span {
	q := scaled(r.members[0], v[0]).over(scaled(r.members[1], v[1]))
	if r.months > 1 {
		q = q.over(whole(r.months))
	}
	return unscaled(r.stated, q)
}

// computeShare is the sum of the members before the last over the last, in the unit of
// the stated figure.
func computeShare(r *relation, v []span) span {
	n := len(v) - 1
	part := scaled(r.members[0], v[0])
	for i := 1; i < n; i++ {
		if m := scaled(r.members[i], v[i]); r.times != nil && r.times[i] < 0 {
			part = part.minus(m)
		} else {
			part = part.plus(m)
		}
	}
	return scaled(r.members[n], v[n]).reciprocal(part, hundred(r.stated))
}

// computeShareOfSum is the first over the sum of the others.
func computeShareOfSum(r *relation, v []span) span {
	return v[1].plus(v[2]).reciprocal(v[0], hundred(r.stated))
}

// computeLoss is what the first lacks of the second.
func computeLoss(r *relation, v []span) span {
	return whole(1).minus(v[0].over(v[1])).times(whole(hundred(r.stated)))
}

// reciprocal is a ÷ s × n.
func (s span) reciprocal(a span, n int64) span { return a.over(s).times(whole(n)) }

// hundred is what a whole is in the unit of a figure: 100 of %, 1000 of ‰.
func hundred(f *figure) int64 {
	switch {
	case f == nil || f.Unit == "%":
		return 100
	case f.Unit == "‰" || f.Unit == "个千分点":
		return 1000
	case strings.Contains(f.Unit, "10万") || strings.Contains(f.Per, "10万") || strings.Contains(f.Unit, "/10万"):
		return 100000
	case f.Unit == "成":
		return 10
	}
	return 1
}

// units in which rates and sums are brought together, as fractions of one.
var unitFactors = map[string][2]int64{
	"亩": {1, 15}, "公顷": {1, 1}, "平方公里": {100, 1},
	"克": {1, 1000000}, "斤": {1, 2000}, "公斤": {1, 1000}, "担": {1, 20}, "吨": {1, 1},
	"千瓦": {1, 1000}, "兆瓦": {1, 1},
	"米": {1, 1}, "延米": {1, 1},
}

// dimensions are the units of unitFactors that measure the same.
var dimensions = [][]string{{"亩", "公顷", "平方公里"}, {"克", "斤", "公斤", "担", "吨"}, {"千瓦", "兆瓦"}, {"米", "延米"}}

// sameDimension reports two units of which one can be computed from the other.
func sameDimension(a, b string) bool {
	return slices.ContainsFunc(dimensions, func(d []string) bool { return slices.Contains(d, a) && slices.Contains(d, b) })
}

// scaled brings a value to the unit that its kind is computed in.
func scaled(f *figure, v span) span { return factor(f, v, false) }

// unscaled brings it back to the unit of f.
func unscaled(f *figure, v span) span { return factor(f, v, true) }

// factor is both: of a rate per 亩 the other way round.
func factor(f *figure, v span, back bool) span {
	if f == nil {
		return v
	}
	per, _, _ := strings.Cut(cmp.Or(f.Per, f.each), "·")
	for i, unit := range []string{f.unit, per} {
		if n, ok := unitFactors[unit]; ok {
			if back == (i == 0) {
				n[0], n[1] = n[1], n[0]
			}
			k := newRational(n[0], n[1])
			v = v.times(span{k, k, k})
		}
	}
	return v
}

// equation writes the relation with its printed values.
func (r *relation) equation() string {
	var parts []string
	for i, m := range r.members {
		s := printedValue(m)
		if r.times != nil && r.times[i] > 1 {
			s = strconv.FormatInt(r.times[i], 10) + " × " + s
		}
		parts = append(parts, s)
	}
	left := "100%"
	if r.stated != nil {
		left = printedValue(r.stated)
	}
	if write, ok := writings[r.op]; ok {
		return write(r, left, parts)
	}
	return left + " = " + strings.Join(parts, " + ")
}

// writings are how each op but the sum writes its equation.
var writings = map[string]func(r *relation, left string, parts []string) string{
	"product":  writeProduct,
	"quotient": writeQuotient,
	"share":    writeQuotient,
	"balance":  writeBalance,
	"density": func(r *relation, left string, parts []string) string {
		return left + " = " + strings.Join(parts, " ÷ ") + " × " + strconv.FormatInt(r.months, 10)
	},
	"proportion": func(r *relation, _ string, parts []string) string {
		return r.stated.raw + " = " + strings.Join(parts, " : ")
	},
	"shareofsum": func(_ *relation, left string, parts []string) string {
		if len(parts) == 2 { // the part is one of the two
			parts = []string{parts[0], parts[1], parts[0]}
		}
		return left + " = " + parts[0] + " ÷ (" + parts[1] + " + " + parts[2] + ")"
	},
	"loss": func(_ *relation, left string, parts []string) string {
		return left + " = 1 - " + strings.Join(parts, " ÷ ")
	},
	"difference": func(r *relation, left string, parts []string) string {
		if r.falls(r.values()) {
			slices.Reverse(parts)
		}
		if r.years > 0 {
			return left + " = (" + strings.Join(parts, " - ") + ") ÷ " + strconv.Itoa(r.years)
		}
		return left + " = " + strings.Join(parts, " - ")
	},
	"growth": func(r *relation, left string, parts []string) string {
		if r.falls(r.values()) {
			return left + " = 1 - " + parts[0] + " ÷ " + parts[1]
		}
		return left + " = " + parts[0] + " ÷ " + parts[1] + " - 1"
	},
	"growthby": func(r *relation, left string, parts []string) string {
		sign := " - "
		if r.direction < 0 {
			sign = " + "
		}
		return left + " = " + parts[1] + " ÷ (" + parts[0] + sign + parts[1] + ")"
	},
	"power": func(r *relation, left string, parts []string) string {
		ratio := strings.Join(parts, " ÷ ")
		if len(parts) == 1 && r.members[0].isPercent() {
			ratio = "1 + " + parts[0]
		}
		return left + " = (" + ratio + ") ^ (1/" + strconv.Itoa(r.years) + ") - 1"
	},
	"atleast": func(_ *relation, left string, parts []string) string {
		return left + " ≥ " + strings.Join(parts, " + ")
	},
}

// writeProduct writes counts times rates, for so many months.
func writeProduct(r *relation, left string, parts []string) string {
	var products []string
	for pair := range slices.Chunk(parts, 2) {
		products = append(products, strings.Join(pair, " × "))
	}
	right := strings.Join(products, " + ")
	if r.months > 1 && len(parts) > 2 {
		right = "(" + right + ")"
	}
	if r.months > 1 {
		right += " × " + strconv.FormatInt(r.months, 10)
	}
	return left + " = " + right
}

// writeQuotient writes one or several over the last, for so many months.
func writeQuotient(r *relation, left string, parts []string) string {
	if n := len(parts) - 1; n > 1 {
		sign := " + "
		if r.times != nil {
			sign = " - "
		}
		parts = []string{"(" + strings.Join(parts[:n], sign) + ")", parts[n]}
	}
	right := strings.Join(parts, " ÷ ")
	if r.months > 1 {
		right += " ÷ " + strconv.FormatInt(r.months, 10)
	}
	return left + " = " + right
}

// writeBalance writes what came in and went out.
func writeBalance(r *relation, left string, parts []string) string {
	more, less := "", ""
	for i, s := range parts {
		if r.times[i] < 0 {
			less += " - " + s
		} else {
			more += " + " + s
		}
	}
	return left + " = " + strings.TrimPrefix(more, " + ") + less
}

// printedValue is a figure as an equation writes it: value and unit.
func printedValue(f *figure) string {
	if !f.Value.Known() {
		return "?" + f.Unit
	}
	s := f.Value.String() + f.Unit
	if f.Per != "" {
		s += "/" + f.Per
	}
	return s
}
