package audit

// Balances, shares of one whole, and sums that a name tells:
//
//	收入836万元,支出257万元,余额579万元                      balances
//	第一、二、三产业占3.8%、80.9%、15.3%                     wholes: 100 together
//	农村低保18000人…五保对象2557人…农村低保和五保对象20557人   named

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// balances finds closing balances: opening + in - out, and what is left of two flows.
func (x *checker) balances() {
	for i := range x.figs {
		z := &x.figs[i]
		if !z.span.known {
			continue
		}
		if x.figs[i].taken {
			if (strings.Contains(z.clause, "净") || strings.Contains(z.clause, "自然增长率")) && x.net(z) {
				continue
			}
			if x.Closing.In(z.clause) && !z.isPercent() && x.ledgerOf(z, false).opening != nil {
				x.balance(z)
			}
			continue
		}
		if x.net(z) || x.sinceOpening(z) || z.Kind == schema.Change || z.isPercent() {
			continue
		}
		if x.Closing.In(z.clause) {
			x.balance(z)
		}
	}
}

// sinceOpening checks what a balance has risen by since it was opened against the two flows before it in its sentence: 发放贷款1260万元,
// 收回980万元,年末余额2860万元,比年初增加280万元. It says something only if it holds.
func (x *checker) sinceOpening(z *figure) bool {
	if z.Kind != schema.Change || z.isPercent() || !x.Opening.In(z.clause) || z.n == 0 || !x.Closing.In(x.figs[z.n-1].clause) {
		return false
	}
	var in, out *figure
	for f := range x.back(z, around, sameSentence) {
		switch {
		case !f.span.known || !sameMeasure(f, z) || f.Kind == schema.Change:
		case out == nil && x.goesOut(f):
			out = f
		case in == nil && x.goesIn(f):
			in = f
		}
	}
	if in == nil || out == nil {
		return false
	}
	r := balanceOf(z, entry{in, 1}, entry{out, -1})
	return r.holds() && x.tight(&r) && x.report(r)
}

// net checks what a name says is left of two flows, one or several of each, before it or right behind: 新纳入486户,清退
// 317户,净增169户; 出生…,死亡…,迁入…,迁出…,净增6553人; 净减75人,其中去世128人、新增53人.
func (x *checker) net(z *figure) bool {
	if !x.netNames.In(z.clause) || x.LastYear.Starts(z.clause) {
		return false
	}
	for _, n := range x.nets {
		if !strings.Contains(z.clause, n.name) {
			continue
		}
		in, out := x.flow(z, n.plus, n.name), x.flow(z, n.less, n.name)
		if in == nil || out == nil || in == out {
			if r := x.netBehind(z, n); r.holds() && len(r.members) > 1 {
				return x.report(r)
			}
			continue
		}
		r := balanceOf(z, entry{in, 1}, entry{out, -1})
		ins, outs := x.flows(in, n.plus, n.name), x.flows(out, n.less, n.name)
		for i := range min(len(ins), maxFlows) {
			for j := range min(len(outs), maxFlows) {
				var all []entry
				for _, f := range slices.Backward(ins[:i+1]) {
					all = append(all, entry{f, 1})
				}
				for _, f := range slices.Backward(outs[:j+1]) {
					all = append(all, entry{f, -1})
				}
				if !r.holds() && x.slipOf(&r, untilSwap).Kind != "swap" { // all of them, if no fewer give it
					r = balanceOf(z, all...)
				}
			}
		}
		return (sameSentence(in, z) && sameSentence(out, z) || r.holds()) && x.report(r)
	}
	return false
}

// netBehind is what is left of two flows that stand right behind it.
func (x *checker) netBehind(z *figure, n net) relation {
	r := balanceOf(z)
	for k := z.n + 1; k < len(x.figs) && k <= z.n+2*maxFlows && sameSentence(&x.figs[k], z); k++ {
		f := &x.figs[k]
		if x.isMember(f) { // 净减少412公顷:减少687公顷,其中建设占用…;增加275公顷
			continue
		}
		sign := x.flowSign(f, n)
		if !f.span.known || !sameMeasure(f, z) || sign == 0 {
			break
		}
		r.members, r.times = append(r.members, f), append(r.times, sign)
	}
	return r
}

// flowSign is 1 for what makes a net change greater, -1 for what makes it smaller, 0 for other words.
func (x *checker) flowSign(f *figure, n net) int64 {
	down := int64(1)
	if strings.Contains(n.name, "减") {
		down = -1
	}
	switch {
	case has(f.clause, n.plus):
		return 1
	case has(f.clause, n.less):
		return -1
	case x.goesOut(f):
		return -down
	case x.goesIn(f) || strings.Contains(f.clause, "新"):
		return down
	}
	return 0
}

// flows are a flow and those before it in its sentence that some words name, and not the name of the result.
func (x *checker) flows(last *figure, words []string, not string) []*figure {
	out := []*figure{last}
	for f := range x.back(last, around, sameSentence) {
		if f.span.known && sameMeasure(f, last) && has(f.clause, words) && !strings.Contains(f.clause, not) {
			out = append(out, f)
		}
	}
	return out
}

// farFlow is how many figures before its result a flow may stand.
const farFlow = 12

// flow is the nearest figure before z that one of some words names, and not the name
// of the result.
func (x *checker) flow(z *figure, words []string, not string) *figure {
	for f := range x.back(z, farFlow, nil) {
		if f.Section != z.Section || f.sentence < z.sentence-4 {
			return nil
		}
		if f.span.known && sameMeasure(f, z) && has(f.clause, words) && !strings.Contains(f.clause, not) {
			return f
		}
	}
	return nil
}

// goesIn and goesOut report what came to a stock and what left it by its words; what is lent comes to what is owed: 发放农贷43.2万元,收回….
func (x *checker) goesIn(f *figure) bool { return x.Incoming.In(f.clause) || lends(f) }

func (x *checker) goesOut(f *figure) bool { return x.Outgoing.In(f.clause) && !lends(f) }

func lends(f *figure) bool {
	return strings.Contains(f.clause, "放") && strings.Contains(f.clause, "贷") && !strings.Contains(f.clause, "收")
}

// isBalance reports a balance of the end, or what that of the beginning came to: 库存由年初的1.7万吨上升到3万吨.
func (x *checker) isBalance(z *figure) bool {
	return x.Closing.In(z.clause) || z.n > 0 && (slices.Contains(z.Flags, "to") || x.turned(z.n)) && (x.Opening.In(x.figs[z.n-1].clause) || x.Closing.In(x.figs[z.n-1].clause))
}

// An entry is a figure of a balance with its sign.
type entry struct {
	f    *figure
	sign int64
}

// balanceOf is the balance z of some entries; those without a figure are left out.
func balanceOf(z *figure, entries ...entry) relation {
	r := relation{kind: "balance", op: "balance", stated: z}
	for _, e := range entries {
		if e.f != nil {
			r.members, r.times = append(r.members, e.f), append(r.times, e.sign)
		}
	}
	return r
}

// A ledger is what a closing balance is made of, the nearest of each first; opening is nil
// where the text has none.
type ledger struct {
	opening *figure
	in, out []*figure
	unread  bool // some figures among them say neither
}

// entries are the figures of a ledger with their signs, all of them or the nearest of each.
func (l ledger) entries(all bool) []entry {
	in, out := l.in, l.out
	if !all {
		in, out = in[:min(1, len(in))], out[:min(1, len(out))]
	}
	entries := []entry{{l.opening, 1}}
	for _, f := range in {
		entries = append(entries, entry{f, 1})
	}
	for _, f := range out {
		entries = append(entries, entry{f, -1})
	}
	return entries
}

// full reports a ledger with all three.
func (l ledger) full() bool { return l.opening != nil && len(l.in) > 0 && len(l.out) > 0 }

// balance checks a closing balance against the flows before it, in its sentence or, where one slip at most is between them, in those
// before: 年初1860吨。全年调进12480吨,售出13160吨,损耗40吨,年底结存1140吨.
func (x *checker) balance(z *figure) {
	x.balanceOfSentence(z)
	if z.taken || x.isMember(z) {
		return
	}
	if l := x.ledgerOf(z, true); l.full() && !l.unread {
		r := balanceOf(z, l.entries(true)...)
		if e := x.slipOf(&r, allSlips).Kind; r.holds() && x.close(&r, 100) || e == "swap" || e == "digit" {
			x.report(r)
		}
	}
}

// balanceOfSentence is balance for the flows of one sentence. Without all three of opening, in and out it says something only if it holds.
func (x *checker) balanceOfSentence(z *figure) {
	l := x.ledgerOf(z, false)
	if len(l.out) == 0 || l.opening == nil && len(l.in) == 0 {
		x.signed(z, l.opening)
		return
	}
	r := balanceOf(z, l.entries(true)...)
	if near := balanceOf(z, l.entries(false)...); !r.holds() && (near.holds() || l.opening == nil) {
		r = near
	}
	if !r.holds() && (l.unread && x.signed(z, l.opening)) {
		return
	}
	if l.full() && !l.unread && !x.isMember(z) || r.holds() { // 年终结余65.8万元,其中结转下年47.2万元,净结余18.6万元
		x.report(r)
	}
}

// ledgerBefore checks a closing balance right behind its opening one, or with what came in or went out between them, against
// the flows before the two: 清理欠税3745万元,年初欠税9128万元,本年新欠1562万元,年末欠税6945万元. What does not hold is told only
// where swapped digits explain it.
func (x *checker) ledgerBefore(z, opening *figure) bool {
	entries := []entry{{opening, 1}}
	sign := func(f *figure) int64 {
		switch {
		case !sameMeasure(f, z) || !f.span.known || x.isMember(f) && sameSentence(f.up, f) || x.isBase(f) || x.Plan.In(f.clause):
			return 0
		case x.goesOut(f):
			return -1
		case x.goesIn(f):
			return 1
		}
		return 0
	}
	for k := opening.n + 1; k < z.n; k++ {
		if n := sign(&x.figs[k]); n != 0 {
			entries = append(entries, entry{&x.figs[k], n})
		}
	}
	for f := range x.back(opening, farFlow, nil) {
		if f.block != z.block || f.sentence < z.sentence-1 {
			break
		}
		n := sign(f)
		if n == 0 {
			continue
		}
		entries = append(entries, entry{f, n})
		r := balanceOf(z, entries...)
		if len(entries) > 2 && (r.holds() && x.close(&r, 1000) || x.slipOf(&r, untilSwap).Kind == "swap") {
			return x.report(r)
		}
	}
	return false
}

// maxFlows is how many flows whose words say nothing a balance may have.
const maxFlows = 4

// signed checks a balance of flows that no word calls what comes in or goes out: some signs
// must give it exactly.
func (x *checker) signed(z, opening *figure) bool {
	if opening == nil || opening.up != nil {
		return false // what there was in all is printed, and is held against the rest
	}
	var flows []*figure
	for k := opening.n + 1; k < z.n; k++ {
		if f := &x.figs[k]; f.span.known && sameMeasure(f, z) && !f.isPercent() && f.depth == z.depth {
			flows = append(flows, f)
		}
	}
	var open []int // those whose words do not say which they are
	entries := []entry{{opening, 1}}
	for _, f := range flows {
		e := entry{f, 1}
		if x.goesOut(f) {
			e.sign = -1
		} else if !x.goesIn(f) {
			open = append(open, len(entries))
		}
		entries = append(entries, e)
	}
	if len(flows) < 2 || len(flows) > 2*maxFlows || len(open) > maxFlows {
		return false
	}
	for signs := range 1 << len(open) {
		for i, k := range open {
			entries[k].sign = 1 - 2*int64(signs>>i&1)
		}
		if r := balanceOf(z, entries...); r.holds() && x.close(&r, 1000) && x.report(r) {
			return true
		}
	}
	return false
}

// isMember reports a member of a total.
func (x *checker) isMember(f *figure) bool {
	return f.up != nil
}

// ledgerOf finds the flows before a closing balance, back to the opening one, which may
// also stand behind it: …,年末实有236家,上年末为223家. The balance of an earlier year is
// one, too: 2020年末余额15.6亿元,新增2.9亿元,偿还1亿元,2021年末余额17.5亿元.
func (x *checker) ledgerOf(z *figure, far bool) (l ledger) {
	for k := z.n - 1; k >= 0 && k > z.n-40 && l.opening == nil && reaches(&x.figs[k], z, far); k-- {
		f := &x.figs[k]
		if !sameMeasure(f, z) || !f.span.known || f.isPercent() {
			continue
		}
		switch {
		case x.Opening.In(f.clause) || len(l.out) > 0 && x.earlier(f, z):
			l.opening = f
		case x.goesOut(f) || x.Deducted.Starts(f.clause) && !x.NotAdded.Starts(f.clause):
			l.out = append(l.out, f)
		case x.goesIn(f) || x.Added.Starts(f.clause) && !x.NotAdded.Starts(f.clause) || len(l.in) == 0 && len(l.out) > 0:
			l.in, l.unread = append(l.in, f), l.unread || x.SureTotal.In(f.clause) // 收入总计 has what was left of the year before in it
		default:
			l.unread = true
		}
	}
	if l.opening != nil && slices.Contains(l.in, l.opening.up) { // 收入总计47080万元,其中上年结余1320万元
		l.opening = nil
		return l
	}
	if l.opening == nil {
		l.opening = x.openingBehind(z)
	}
	return l
}

// openingBehind is the balance before z that stands right behind it: 年末实有236家,上年末为223家; nil if none does.
func (x *checker) openingBehind(z *figure) *figure {
	for k := z.n + 1; k < len(x.figs) && k <= z.n+2 && sameSentence(&x.figs[k], z); k++ {
		if f := &x.figs[k]; sameMeasure(f, z) && f.span.known && f.Kind != schema.Change && x.Opening.In(f.clause) {
			return f
		}
	}
	return nil
}

// reaches reports a figure of the sentence of a balance or, if it may be far, of the three before.
func reaches(f, z *figure, far bool) bool {
	return sameSentence(f, z) || far && f.block == z.block && f.sentence >= z.sentence-3
}

// earlier reports the same balance of an earlier year.
func (x *checker) earlier(f, z *figure) bool {
	return x.Closing.In(f.clause) && f.dated == f.n && (f.year < z.year || z.dated == f.n)
}

// computeBalance adds members with their sign in times.
func computeBalance(r *relation, v []span) span {
	sum := whole(0)
	for i := range v {
		if r.times[i] < 0 {
			sum = sum.minus(v[i])
		} else {
			sum = sum.plus(v[i])
		}
	}
	return sum
}

// wholes finds shares that are all there are.
func (x *checker) wholes() {
	for i := 0; i < len(x.figs); i++ {
		if n := x.ratio(i); n > 0 {
			i += n - 1
			continue
		}
		if n := x.portions(i); n > 0 {
			i += n - 1
		}
	}
}

// ratio checks 19:52:29, a structure in per cent, and returns its terms.
func (x *checker) ratio(i int) int {
	var m []*figure
	for k := i; k < len(x.figs); k++ {
		f := &x.figs[k]
		if f.Kind != schema.Share || !f.span.known || k > i && strings.Trim(f.pre, " :∶") != "" {
			break
		}
		if k > i && !strings.Contains(x.doc.Text[x.figs[k-1].Start:f.End], ":") && !strings.Contains(x.doc.Text[x.figs[k-1].Start:f.End], "：") && !strings.Contains(x.doc.Text[x.figs[k-1].Start:f.End], "∶") {
			break
		}
		m = append(m, f)
	}
	if len(m) < 3 {
		return 0
	}
	r := relation{kind: "whole", op: "sum", members: m}
	sum := r.result().mid
	if off := sub(sum, newRational(100, 1)); off.abs().Cmp(newRational(15, 1)) <= 0 {
		x.report(r)
	}
	return len(m)
}

// portions checks shares of one sentence that give 100 together: each says 占, 比重
// or 比例, and so does none between them that is left out. Of two changes of
// shares, the ends go together: 由39.7%上升为45.4%,由60.3%下降为54.6%.
func (x *checker) portions(i int) int {
	first := &x.figs[i]
	if !x.portion(first) {
		return 0
	}
	m := []*figure{first}
	for k := i + 1; k < len(x.figs) && k < i+maxMembers && sameSentence(&x.figs[k], first); k++ {
		f := &x.figs[k]
		if x.portion(f) && f.depth == first.depth {
			m = append(m, f)
		}
	}
	if len(m) < 2 {
		return 0
	}
	if x.wholeOf(m) {
		return m[len(m)-1].n - i + 1
	}
	return 0
}

func (x *checker) wholeOf(m []*figure) bool {
	sum := schema.Int(0)
	for _, f := range m {
		sum = sum.Add(f.Value)
	}
	if len(m) > 2 && x.ranges(m) && sum.Cmp(schema.Int(100)) != 0 && sum.Cmp(schema.Int(90)) > 0 && sum.Cmp(schema.Int(110)) < 0 {
		return x.report(relation{kind: "whole", op: "sum", members: m})
	}
	if len(m) < 2 || !sum.Known() || sum.Cmp(schema.Int(100)) != 0 {
		return false
	}
	x.partsOfWhole(m)
	if !slices.ContainsFunc(m, func(f *figure) bool { return !f.taken }) {
		return false // each has been held against its base
	}
	return x.report(relation{kind: "whole", op: "sum", members: m})
}

// partsOfWhole reports the figures that shares of one base are of, which are all there
// are if the shares are: 农村亡29人,占总数的55.8%;城市21人,占40.4%;其他2人,占3.8%.
func (x *checker) partsOfWhole(shares []*figure) {
	var parts []*figure
	var base *figure
	for _, s := range shares {
		p := s.share
		if p.part == nil || base != nil && p.base != base || slices.Contains(parts, p.part) || p.part.unit != p.base.unit {
			return
		}
		base, parts = p.base, append(parts, p.part)
	}
	if r := sumOf("total", base, parts); x.close(&r, 20) {
		x.report(r)
	}
}

// portion reports a share of something that others may be the rest of.
func (x *checker) portion(f *figure) bool {
	if f.Unit != "%" || !f.span.known || !f.span.exact || f.Kind == schema.Change || f.Value.Sign() <= 0 || f.Value.Cmp(schema.Int(100)) >= 0 {
		return false
	}
	if slices.Contains(f.Flags, "to") || x.turned(f.n) || x.begins(f) && (strings.Contains(f.pre, "占") || strings.Contains(f.pre, "比重")) {
		return true
	}
	return strings.Contains(f.clause, "占") || strings.Contains(f.clause, "比重") || strings.Contains(f.clause, "比例") || strings.Contains(f.clause, "份额") || utf8.RuneCountInString(f.clause) == 0
}

// named finds figures of A和B, where A and B have earlier figures.
func (x *checker) named() {
	for i := range x.figs {
		f := &x.figs[i]
		if f.Kind != schema.Amount || f.unit != "人" && f.unit != "户" && !x.SureTotal.In(f.clause) || !f.span.known || !f.span.exact || x.figs[i].taken || f.Per != "" {
			continue
		}
		if !strings.ContainsAny(f.clause, "和与及") {
			continue
		}
		names := x.splitNames(f.clause)
		if len(names) < 2 {
			continue
		}
		x.namedSum(f, names)
	}
	for i := range x.figs {
		if t := &x.figs[i]; !t.taken && t.span.known && t.Kind == schema.Amount && x.measuring.In(t.clause) {
			x.overSections(t)
		}
	}
}

// overSections checks a figure against those of its measure in the blocks behind it, the first of each or all: 审结4097件。一、…审结387件。二、…
// 审结2415件。三、…审结46件。四、…执结1249件. It must be exact.
func (x *checker) overSections(t *figure) bool {
	named := x.measures(t.clause)
	if len(named) == 0 || significant(t) < 3 {
		return false
	}
	var first, all []*figure
	for k := t.n + 1; k < len(x.figs) && k < t.n+farBases && x.figs[k].Article == t.Article; k++ {
		f := &x.figs[k]
		if f.block == t.block || !x.divisible(t, f) || !f.span.known || !slices.Equal(x.measures(f.clause), named) {
			continue
		}
		if all = append(all, f); len(first) == 0 || first[len(first)-1].block != f.block {
			first = append(first, f)
		}
		for _, m := range [][]*figure{first, all} {
			if len(m) > 2 && m[len(m)-1] == f && exactPrefix(t, m) == len(m) {
				return x.report(sumOf("total", t, m))
			}
		}
	}
	return false
}

// splitNames divides 为农村低保对象和五保供养对象 into its names.
func (x *checker) splitNames(s string) []string {
	for _, w := range []string{"为", "向", "对", "给", "其中"} {
		if i := strings.Index(s, w); i >= 0 && i < 10 {
			s = s[i+len(w):]
		}
	}
	var out []string
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return r == '和' || r == '与' || r == '及' || r == '、' }) {
		for _, words := range [][]string{x.SureTotal.Words, x.Folk.Words} {
			for _, w := range words {
				p = strings.TrimSuffix(p, w)
			}
		}
		if utf8.RuneCountInString(p) >= 2 {
			out = append(out, p)
		} else if p != "" {
			return nil
		}
	}
	return out
}

// namedSum looks for earlier figures that the names call: one each, or the two of
// town and country (低保: 城市低保 and 农村低保).
func (x *checker) namedSum(f *figure, names []string) bool {
	chosen := [][]*figure{nil}
	for _, n := range names {
		var more [][]*figure
		g := x.called(f, n)
		for _, c := range chosen[:min(len(chosen), 40)] {
			for i, a := range g {
				more = append(more, append(slices.Clone(c), a))
				for _, b := range g[:i] {
					if x.townAndCountry(a, b) {
						more = append(more, append(slices.Clone(c), a, b))
					}
				}
			}
		}
		chosen = more
	}
	return slices.ContainsFunc(chosen, func(c []*figure) bool {
		r := sumOf("named", f, c)
		return len(c) > 1 && r.holds() && x.report(r)
	})
}

func (x *checker) townAndCountry(a, b *figure) bool {
	town := func(s string) bool { return strings.Contains(s, "城") }
	country := func(s string) bool { return strings.Contains(s, "农") || strings.Contains(s, "乡") }
	return town(a.Label) && country(b.Label) || town(b.Label) && country(a.Label)
}

// far is how many figures before a sum its named members may stand.
const far = 300

// called are the figures of f's unit whose label has the name, at most six, that
// are part of no other; the nearest first.
func (x *checker) called(f *figure, name string) []*figure {
	var out []*figure
	for k := max(0, f.n-far); k < len(x.figs) && k < f.n+30 && len(out) < 6; k++ {
		m := &x.figs[k]
		if m.n == f.n || m.Article != f.Article || m.unit != f.unit || m.Kind != schema.Amount || !m.span.known || m.Value.Cmp(f.Value) >= 0 || m.PartOf > 0 || m.Status != f.Status {
			continue
		}
		if m.up != nil {
			continue
		}
		if slices.ContainsFunc(out, func(o *figure) bool { return o.Value.Cmp(m.Value) == 0 }) {
			continue
		}
		if strings.Contains(m.Label, name) {
			out = append(out, m)
		}
	}
	return out
}
