package audit

// Changes against the figures that they lie between:
//
//	由260元提高到300元,增加40元            difference
//	由355亿元增加到772亿元,增长1.2倍       growth
//	2.18万元,比上年增加1905元,增长9.6%     growth against last year's figure
//	12306万元,比1952年的7927万元增长55%    growth against a printed figure
//	增长98.3%,平均每年递增14.7%            mean growth over the years named

import (
	"cmp"
	"iter"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// changes finds changes with the figures that they are the change of.
func (x *checker) changes() {
	for i := range x.figs {
		f := &x.figs[i]
		if !f.span.known || i == 0 {
			continue
		}
		switch {
		case x.sinceYear(f) || x.growthOfEach(f):
		case slices.Contains(f.Flags, "to") || x.turned(i):
			x.fromTo(&x.figs[i-1], f)
		case i+1 < len(x.figs) && strings.HasPrefix(x.figs[i+1].clause, "达") && (x.isGrowth(f) || x.isIncrease(f)) && x.overPlanned(f, &x.figs[i+1]):
		case strings.HasSuffix(f.Unit, "点") && x.bare(f) && x.overPlanned(f, &x.figs[i-1]):
		case x.besideThen(f):
		case x.asideOf(f):
		case x.isIncrease(f):
			x.againstLast(f)
		case x.isGrowth(f):
			x.againstPrinted(f)
		}
		x.yearly(f)
	}
}

// yearly checks what a figure is a year, and looks for the levels of a growth that the next is the mean of.
func (x *checker) yearly(f *figure) {
	switch {
	case x.isMean(f):
		x.meanOfTotal(f)
	case f.Per == "年" || strings.Contains(f.clause, "每年"):
		x.overYears(f)
	case f.n+1 < len(x.figs) && !f.taken && x.isGrowth(f) && x.isMean(&x.figs[f.n+1]) && sameSentence(&x.figs[f.n+1], f):
		x.farChange(f)
	}
}

// turned reports 由A…到B where extraction has not marked B.
func (x *checker) turned(i int) bool {
	if i == 0 {
		return false
	}
	a, b := &x.figs[i-1], &x.figs[i]
	if !sameSentence(a, b) || a.unit != b.unit || a.Per != b.Per || b.Kind == schema.Change {
		return false
	}
	gap := strings.TrimSpace(b.pre)
	if utf8.RuneCountInString(gap) > 16 || strings.ContainsAny(gap, ",;。、") || !has(gap, []string{"到", "至", "为", "增"}) {
		return false
	}
	for _, w := range []string{"由", "从", "原"} {
		if j := strings.LastIndex(a.pre, w); j >= 0 && !strings.ContainsAny(a.pre[j:], ",;。") && utf8.RuneCountInString(a.pre[j:]) <= 16 {
			return true
		}
	}
	return false
}

// isGrowth reports a per cent or a multiple of growth.
func (x *checker) isGrowth(f *figure) bool {
	return f.isPercent() && (f.Kind == schema.Change || x.growing(f)) || f.Unit == "倍" && f.Kind != schema.Standard
}

// growthOfEach checks changes side by side against as many figures of the year before, which stand right before them
// or behind: 事故47起,死亡19人,受伤38人,与上年的58起、22人、45人相比,分别下降19.0%、13.6%和上升15.6%. It says something only if
// most of them hold.
func (x *checker) growthOfEach(first *figure) bool {
	if !(first.isPercent() && x.growing(first) || x.isDifference(first)) {
		return false
	}
	n := x.lengthFrom(first, func(f *figure) bool { return x.changesWith(f, first) })
	if n < 2 || first.n < n {
		return false
	}
	now, last := x.yearsOfEach(first, n)
	if !x.Each.In(first.clause) && len(last) < n { // 583件794人,同比上升13.2%和12.9%,上年为515件703人
		return false
	}
	var all []relation
	holding, direction := 0, 0
	for j := range n {
		a, s := &x.figs[now+j], &x.figs[first.n+j]
		if !sameSentence(a, first) || a.isPercent() || !a.span.known {
			break
		}
		direction = cmp.Or(x.direction(s), direction)
		b := ofBefore(a, last, j, n)
		if b == nil {
			continue
		}
		if !sameMeasure(a, b) || !b.span.known || b.Value.Sign() <= 0 {
			break
		}
		r := growthOver(x, s, a, b)
		if r.direction = direction; !s.isPercent() {
			r.kind, r.op = "change", "difference"
		}
		if r.holds() {
			holding++
		}
		all = append(all, r)
	}
	return len(all) > 1 && x.mostHold(all, holding)
}

// changesWith reports a change that goes on with those from the first on, whatever word of change stands between; behind 与上年的128起、
// 7人相比 each may say of what it is: 起数下降25%,死亡人数下降28.6%.
func (x *checker) changesWith(f, first *figure) bool {
	between := strings.Trim(f.pre, " ,、和")
	return sameSentence(f, first) && f.isPercent() == first.isPercent() && (between == "" || x.Up.Has(between) || x.Down.Has(between) ||
		strings.Contains(first.pre, "相比") && (x.Up.Ends(between) || x.Down.Ends(between)))
}

// lengthFrom counts the figures from first on that are side by side; 0 where they are more than a list in prose has.
func (x *checker) lengthFrom(first *figure, beside func(f *figure) bool) int {
	for k := first.n + 1; k <= first.n+2*around; k++ {
		if k == len(x.figs) || !beside(&x.figs[k]) {
			return k - first.n
		}
	}
	return 0
}

// yearsOfEach are the figures of the year before for n growths from first on, and where those of this year begin.
func (x *checker) yearsOfEach(first *figure, n int) (now int, last []*figure) {
	now = first.n - n
	a, b := &x.figs[now], &x.figs[max(0, now-n)]
	ofLast := sameSentence(a, first) && (x.LastYear.In(a.pre) || againstYear(a.pre) > 0)
	if now >= n && (ofLast || sameSentence(b, first) && b.year > 0 && b.year < first.year && b.unit == a.unit) { // 2009年58起、22人,2010年47起、19人,分别下降
		from := now - n
		if ofLast {
			from, now = now, from
		}
		for k := range n {
			last = append(last, &x.figs[from+k])
		}
		for ofLast && now > 0 && now > first.n-4*n && x.figs[now].unit != last[0].unit {
			now--
		}
		return now, last
	}
	for k := first.n + n; k < min(len(x.figs), first.n+4*n) && len(last) < n && x.figs[k].sentence <= first.sentence+1 && x.figs[k].block == first.block; k++ {
		if b := &x.figs[k]; !b.isPercent() && (len(last) > 0 && sameSentence(b, last[0]) || x.LastYear.In(b.pre)) { // of fewer than all, too
			last = append(last, b)
		}
	}
	return now, last
}

// ofBefore is the figure of the year before of the j-th of n figures, nil if it is not printed; a single one may be that of any.
func ofBefore(a *figure, last []*figure, j, n int) *figure {
	if len(last) == 1 && n > 1 {
		j = slices.IndexFunc(last, func(b *figure) bool { return sameMeasure(a, b) })
	}
	if j < 0 || j >= len(last) {
		return nil
	}
	return last[j]
}

// isMean reports a mean over years.
func (x *checker) isMean(f *figure) bool { return x.Annual.In(f.clause) }

// fromTo checks the changes that follow a pair of figures.
func (x *checker) fromTo(a, b *figure) {
	if !sameSentence(a, b) || !a.span.known || a.unit != b.unit || a.Value.Sign() <= 0 || strings.ContainsAny(b.pre, ",;。") {
		return
	}
	x.toldAhead(a, b)
	rise := b.Value.Sub(a.Value)
	for k := b.n + 1; k < len(x.figs) && k <= b.n+3; k++ {
		c := &x.figs[k]
		if !sameSentence(c, b) || !c.span.known {
			return
		}
		if k == b.n+1 && sameMeasure(c, b) && x.direction(c) == 0 && significant(c) > 2 && !c.taken && (rise.Cmp(c.Value) == 0 || rise.Neg().Cmp(c.Value) == 0) { // 由1126人扩大为1240人,扩面114人
			x.report(relation{kind: "change", op: "difference", stated: c, members: []*figure{b, a}})
			continue
		}
		if strings.Contains(c.pre, ";") && !x.isMean(c) || !x.follows(b, c) {
			return
		}
		x.changeOf(a, b, c)
	}
}

// toldAhead checks the growth or the change of a pair of figures that stands before them: 下降36.4%,由66批次减少到42批次;
// 退出贫困村24个,贫困村由61个减少到37个.
func (x *checker) toldAhead(a, b *figure) {
	if a.isPercent() || b.isPercent() {
		return
	}
	if c := &x.figs[a.n-min(1, a.n)]; c != a && sameSentence(c, a) && x.isGrowth(c) && !c.taken && c.span.known {
		if r := growthOver(x, c, b, a); r.holds() {
			x.report(r)
		}
	}
	rise := b.Value.Sub(a.Value)
	for c := range x.back(a, 5, nil) {
		if c.block != a.block || c.sentence < a.sentence-1 || !sameMeasure(c, b) || !c.span.known || c.taken || significant(c) < 2 {
			continue
		}
		if rise.Cmp(c.Value) == 0 && (x.Incoming.In(c.clause) || x.ByHow.In(c.clause)) || rise.Neg().Cmp(c.Value) == 0 && (x.Outgoing.In(c.clause) || x.ByHow.In(c.clause)) {
			x.report(relation{kind: "change", op: "difference", stated: c, members: []*figure{b, a}})
			return
		}
	}
}

// follows reports a change that can be of the pair that ends with b: it is called
// a change, and has no other thing to be the change of.
func (x *checker) follows(b, c *figure) bool {
	mean := x.isMean(c)
	called := c.Kind == schema.Change || c.isPercent() && c.clause == "合" || x.growing(c) || mean || x.Changing.In(c.clause) || c.clause == "新增" && c.n == b.n+1
	if !called || strings.Contains(c.clause, "另") || b.isPercent() && c.Unit == "倍" {
		return false
	}
	if mean {
		return !strings.HasPrefix(c.clause, "比") && !has(c.pre, []string{"超过", "扣除", "剔除"}) && has(c.clause, []string{"增", "减", "递", "提高", "上升", "下降", "新"})
	}
	return c.n == b.n+1 || !has(c.clause, []string{"比", "较"})
}

// changeOf checks one change of a pair: a difference, a growth, or a mean.
func (x *checker) changeOf(a, b, c *figure) {
	r := relation{stated: c, members: []*figure{b, a}, direction: x.direction(c)}
	_, time := x.perOf(c)
	_, of := x.perOf(b)
	switch {
	case x.isMean(c):
		x.mean(a, b, c)
		return
	case time != "" && of != "" && time != of: // 年人均7740元提高到8890元,…月人均提高45元
		return
	case c.unit == b.unit && !b.isPercent() || b.isPercent() && strings.HasSuffix(c.Unit, "点"):
		r.kind, r.op = "change", "difference"
	case c.isPercent() && !b.isPercent() || c.Unit == "倍":
		r.kind, r.op = "growth", "growth"
		if x.constant(a, b) && !r.holds() {
			return
		}
	case c.isPercent() && b.isPercent(): // 由81.4%提高到90.7%,提高9.3%
		r.kind, r.op = "change", "difference"
		if !r.holds() {
			return
		}
	default:
		return
	}
	if r.op == "difference" && c.Value.Cmp(a.Value) > 0 && c.Value.Cmp(b.Value) > 0 && x.slipOf(&r, allSlips).Kind == "" {
		return // 人均由2880元调整为3024元,月人均增加144元,全年增支2239.5万元
	}
	x.report(r)
}

// falls reports a decrease, by its words or where they say nothing by its figures, that is printed without its sign.
func (r *relation) falls(v []span) bool {
	return r.direction < 0 || r.direction == 0 && v[0].mid.Cmp(v[1].mid) < 0 && r.stated.Value.Sign() > 0
}

// computeDistance is a - b, or b - a of a decrease.
func computeDistance(r *relation, v []span) span {
	d := v[0].minus(v[1])
	if r.falls(v) {
		d = v[1].minus(v[0])
	}
	if r.years > 0 {
		d = d.over(whole(int64(r.years)))
	}
	return d
}

// direction reads from the words of a change whether it goes up (1) or down (-1).
func (x *checker) direction(c *figure) int {
	switch {
	case c.Value.Sign() < 0 || has(c.clause, []string{"高出", "高于", "低于", "相差"}):
		return 0
	case x.Down.In(c.clause):
		return -1
	case x.Up.In(c.clause):
		return 1
	}
	return 0
}

// computeGrowth is a ÷ b - 1 in the unit of the stated figure, with the sign that
// the words give it.
func computeGrowth(r *relation, v []span) span {
	g := v[0].over(v[1]).minus(whole(1))
	if !g.mid.none() && r.falls(v) {
		g = span{g.mid.neg(), g.hi.neg(), g.lo.neg()}
	}
	return g.times(whole(hundred(r.stated)))
}

// mean checks a mean yearly change between two figures.
func (x *checker) mean(a, b, c *figure) {
	years := x.yearsBetween(a, c)
	if years < 2 {
		return
	}
	if c.isPercent() {
		if r := (relation{kind: "annual", op: "power", stated: c, members: []*figure{b, a}, years: years}); r.holds() || !x.constant(a, b) {
			x.report(r)
		}
		return
	}
	if c.unit == b.unit || strings.HasSuffix(c.Unit, "点") && b.isPercent() {
		x.report(relation{kind: "annual", op: "difference", stated: c, members: []*figure{b, a}, years: years})
	}
}

// computePower gives the mean growth as the stated one where compounding it over
// the years meets the ratio of the figures, and else the nearest tenth below or
// above: roots are not fractions, so the interval is compared as a power.
func computePower(r *relation, v []span) span {
	ratio := v[0]
	if len(v) > 1 {
		ratio = v[0].over(v[1])
	} else {
		ratio = totalRatio(r.members[0], v[0])
	}
	lo, hi := root(ratio.lo, r.years), root(ratio.hi, r.years)
	mid := root(ratio.mid, r.years)
	percent := func(x rational) rational { return mul(sub(x, newRational(1, 1)), newRational(hundred(r.stated), 1)) }
	return span{percent(mid), percent(lo), percent(hi)}
}

// totalRatio is how many times as much a total growth makes: 98.3% is 1.983,
// 增长1.2倍 is 2.2, 为1.2倍 is 1.2.
func totalRatio(f *figure, v span) span {
	if f.isPercent() {
		return v.over(whole(hundred(f))).plus(whole(1))
	}
	if f.Kind == schema.Change || strings.Contains(f.clause, "增长") || strings.Contains(f.clause, "增加") {
		return v.plus(whole(1))
	}
	return v
}

// root is the n-th root of x to 7 places, found by halving: exact enough for
// figures printed to hundredths of a per cent.
func root(x rational, n int) rational {
	if x.Sign() <= 0 {
		return rational{}
	}
	scale, power := big.NewInt(10_000_000), big.NewInt(int64(n))
	lo, hi := big.NewInt(0), new(big.Int).Mul(scale, big.NewInt(1000))
	top := new(big.Int).Exp(scale, power, nil)
	r := x.rat()
	top.Mul(top, r.Num())
	for lo.Cmp(hi) < 0 {
		m := new(big.Int).Add(lo, hi)
		m.Add(m, big.NewInt(1)).Rsh(m, 1)
		p := new(big.Int).Exp(m, power, nil)
		if p.Mul(p, r.Denom()).Cmp(top) <= 0 { // (m/scale)^n ≤ x, without fractions
			lo = m
		} else {
			hi = m.Sub(m, big.NewInt(1))
		}
	}
	return rationalOf(new(big.Rat).SetFrac(lo, scale))
}

// meanOfTotal checks a mean growth against the total growth before it: 增长98.3%,
// 平均每年递增14.7%.
func (x *checker) meanOfTotal(c *figure) {
	if c.taken || c.n == 0 {
		return
	}
	t := &x.figs[c.n-1]
	if !c.isPercent() {
		for t := range x.back(c, 3, sameSentence) {
			if t.unit == c.unit && t.Per == "" && x.meanOfYears(t, c) {
				return
			}
		}
		if x.overYears(c) {
			return
		}
	}
	if p := t.ends; p.part != nil && sameSentence(t, c) {
		x.mean(p.base, p.part, c)
		return
	}
	if !c.isPercent() {
		return
	}
	if a := &x.figs[max(0, t.n-1)]; sameSentence(a, c) && datedAlike(a, t) {
		x.mean(a, t, c)
		return
	}
	if t.Kind == schema.Change && !t.isPercent() && t.n > 1 && sameSentence(&x.figs[t.n-2], c) { // 1990年48.6万人,比1982年的45.2万人增加3.4万人,年均增长0.91%
		base, level := &x.figs[t.n-1], &x.figs[t.n-2]
		r := relation{kind: "annual", op: "power", stated: c, members: []*figure{level, base}, years: level.year - base.year}
		if sameMeasure(base, level) && base.year > 0 && r.years > 1 && base.span.known && level.span.known && r.holds() {
			x.report(r)
			return
		}
	}
	if utf8.RuneCountInString(c.pre) > 14 || has(c.pre, []string{"超过", "比", "高于", "低于"}) {
		return
	}
	if !sameSentence(t, c) || !t.span.known || !(t.isPercent() && (t.Kind == schema.Change || x.growing(t)) || t.Unit == "倍") || x.isMean(t) {
		return
	}
	if years := x.yearsBetween(t, c); years >= 2 {
		x.report(relation{kind: "annual", op: "power", stated: c, members: []*figure{t}, years: years})
	}
}

// datedAlike reports two levels of one measure that name their years: 2010年4860元,2015年8950元.
func datedAlike(a, b *figure) bool {
	return sameMeasure(a, b) && !b.isPercent() && a.span.known && b.span.known && a.dated == a.n && b.dated == b.n && a.year < b.year
}

// meanOfYears checks what it was a year on the mean against the sum of the years named before it:
// 1962~1965年共征购8934万公斤,年均2233.5万公斤.
func (x *checker) meanOfYears(t, c *figure) bool {
	years := yearsIn(t.pre)
	if len(years) == 0 { // 1970~1979年,投资…,完成土石方3284万立方米,平均每年328.4万立方米
		years = yearsIn(x.textBetween(t, c))
	}
	if len(years) != 2 || years[1] <= years[0] || !sameSentence(t, c) || t.unit != c.unit || t.Kind == schema.Change || !t.span.known {
		return false
	}
	r := relation{kind: "rate", op: "product", stated: t, members: []*figure{c}, months: int64(years[1]-years[0]) + 1}
	return r.holds() && x.tight(&r) && x.report(r)
}

// overYears checks what it was a year against what it came to in so many years: 五年共购10353.1万公斤,…年均2070.6万公斤;
// 每年基数1960万公斤,五年应购9800万公斤. It says something only if it holds.
func (x *checker) overYears(c *figure) bool {
	for t := range x.around(c, 3) {
		if n := spanOfYears(t.clause); n > 0 && t.unit == c.unit && (t.Kind == schema.Amount || t.Kind == schema.Change) && t.Per == "" && t.span.known {
			r := relation{kind: "rate", op: "product", stated: t, members: []*figure{c}, months: int64(n)}
			if r.holds() && x.close(&r, 1000) {
				return x.report(r)
			}
		}
	}
	return false
}

// around yields the figures of the sentence of f at most so many before and behind it.
func (x *checker) around(f *figure, most int) iter.Seq[*figure] {
	return func(yield func(*figure) bool) {
		for k := max(0, f.n-most); k < len(x.figs) && k <= f.n+most; k++ {
			if g := &x.figs[k]; g != f && sameSentence(g, f) && !yield(g) {
				return
			}
		}
	}
}

// yearsBetween reads over how many years a change goes: from two years that the
// sentence names, or 五年, or a five-year plan.
func (x *checker) yearsBetween(a, c *figure) int {
	s := x.textBetween(a, c)
	years := yearsIn(s)
	slices.Sort(years)
	if n := len(years); n >= 2 && years[n-1]-years[0] >= 2 && years[n-1]-years[0] <= 60 {
		return years[n-1] - years[0]
	}
	if n := spanOfYears(s); n > 0 {
		return n
	}
	s = x.blockText(c)
	if n := spanOfYears(s); n > 0 {
		return n
	}
	years = yearsIn(s)
	if n := len(years); n == 2 && years[0] != years[1] {
		return max(years[0]-years[1], years[1]-years[0])
	}
	return 0
}

// textBetween is the folded text of the sentence up to figure c, with the numbers.
func (x *checker) textBetween(a, c *figure) string {
	return x.textFrom(min(a.Sentence.Start, a.Start), c)
}

// blockText is the folded text of the block before a figure.
func (x *checker) blockText(c *figure) string {
	if c.block >= len(x.doc.Blocks) {
		return ""
	}
	b := x.doc.Blocks[c.block]
	return x.textFrom(min(b.Start, c.Start), c)
}

// mostText is how many bytes before a figure are read for years.
const mostText = 3000

// textFrom is the folded text from a place to a figure, the end of it if it is long.
func (x *checker) textFrom(from int, c *figure) string {
	from = min(from, c.Start) // c may stand before it
	for from < c.Start-mostText || from < c.Start && !utf8.RuneStart(x.doc.Text[from]) {
		from = max(from+1, c.Start-mostText)
	}
	return foldText(x.doc.Text[from:c.Start])
}

// yearsIn reads years of four digits, Arabic or Chinese: 1978年, 一九七八年.
func yearsIn(s string) []int {
	var out []int
	digits := make([]byte, 0, 8)
	for _, r := range s {
		switch d := digitOf(r); {
		case d >= 0:
			digits = append(digits, byte('0'+d))
		case r == '年' || r == '-' || r == '~' || r == '—' || r == '至':
			if len(digits) == 4 && (digits[0] == '1' && digits[1] >= '8' || digits[0] == '2' && digits[1] == '0') {
				y, _ := strconv.Atoi(string(digits))
				out = append(out, y)
			}
			digits = digits[:0]
		default:
			digits = digits[:0]
		}
	}
	return out
}

func digitOf(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r == '〇' || r == '○' || r == '零':
		return 0
	case r < '一' || r > '四': // the first and the last of them
		return -1
	}
	const size = len("一")
	i := strings.IndexRune("一二三四五六七八九", r)
	if i < 0 {
		return -1
	}
	return i/size + 1
}

// spanOfYears reads 五年来, 这五年, 4年间, 第一个五年计划.
func spanOfYears(s string) int {
	for _, w := range []string{"期间", "时期", "计划"} { // "一五"期间
		if i := strings.Index(s, w); i >= 0 && strings.HasSuffix(strings.TrimRight(s[:i], `"“”`), "五") {
			return 5
		}
	}
	runes := []rune(s)
	for i := 1; i < len(runes); i++ {
		if runes[i] != '年' {
			continue
		}
		d := digitOf(runes[i-1])
		if runes[i-1] == '十' {
			d = 10
		}
		if d < 2 || i >= 2 && digitOf(runes[i-2]) >= 0 {
			continue
		}
		return d
	}
	return 0
}

// againstLast checks a growth against last year's figure: B,比上年增加C,增长D%.
func (x *checker) againstLast(c *figure) {
	if x.farChange(c) {
		return
	}
	d := x.growthOf(c)
	if d == nil || d.taken || !x.plainGrowth(c, d) || x.farGrowth(d) {
		return
	}
	for k := min(c.n, d.n) - 1; k >= 0 && k >= c.n-4; k-- {
		b := &x.figs[k]
		if !sameSentence(b, c) && !(b.block == c.block && b.sentence == c.sentence-1 && x.LastYear.In(c.pre)) { // 总计2846万元。与上年相比,总计增加218万元,增长8.3%
			break
		}
		if !x.mayHaveGrown(b, c) {
			continue
		}
		if b.n != c.n-1 || !x.comparedWith(b) {
			x.growthFrom(b, c, d, (sameSentence(b, c) || x.subjectOf(c) == "") && !x.isMember(b))
			if t := b.up; t != nil && !d.taken { // 12.46万辆,其中…其他0.28万辆,比上年净增1.08万辆,增长9.5%
				x.growthFrom(t, c, d, false)
			}
		}
		return
	}
}

// mayHaveGrown reports a figure that may have changed by c: more than c if it grew, not 户均651斤,比1965年多售217万斤.
func (x *checker) mayHaveGrown(b, c *figure) bool {
	return b.Kind != schema.Change && b.unit == c.unit && (b.Per == c.Per || c.Per == "") && b.span.known && !b.isPercent() && !x.isBase(b) && (b.Value.Cmp(c.Value) > 0 || x.Down.In(c.clause))
}

// plainGrowth reports a growth that goes with a change and names no thing of its own.
func (x *checker) plainGrowth(c, d *figure) bool {
	return sameSentence(d, c) && d.isPercent() && d.span.known && !x.isMean(d) && x.isRateOfGrowth(d) && (x.bare(d) || x.Passed.Has(d.clause) && x.Passing.Has(c.clause)) && utf8.RuneCountInString(strings.Trim(d.pre, " ,、;和")) <= 10
}

// comparedWith reports a figure of before that another is compared with: 比上年的10374万元.
func (x *checker) comparedWith(b *figure) bool {
	i := lastOf(b.pre, "比", "较")
	return i >= 0 && !strings.ContainsAny(b.pre[i:], ",;。") || strings.HasPrefix(strings.TrimSpace(b.post), "相比")
}

// growthFrom checks the growth d of a figure b that changed by c. Where it is not sure that it is
// b that did, it says something only if it holds.
func (x *checker) growthFrom(b, c, d *figure, sure bool) {
	direction := 1
	if x.Down.In(c.clause) {
		direction = -1
	}
	r := relation{kind: "growth", op: "growthby", stated: d, members: []*figure{b, c}, direction: direction}
	if of := firstClause(c.post); r.holds() || sure && !x.Passed.Has(d.clause) && strings.Contains(b.clause+b.Label+firstClause(b.post), of) && !x.constant(b) {
		x.report(r)
	}
}

// computeGrowthBy is the growth of what came to a by b.
func computeGrowthBy(r *relation, v []span) span {
	last := v[0].minus(v[1])
	if r.direction < 0 {
		last = v[0].plus(v[1])
	}
	return v[1].over(last).times(whole(100))
}

// subjectOf is what a change says that it is the change of: 死亡 of 死亡人数减少; empty for 比上年减少.
func (x *checker) subjectOf(c *figure) string {
	name := c.clause
	for _, list := range [][]string{x.Down.Words, x.Up.Words} {
		for _, w := range list {
			name = strings.TrimSuffix(name, w)
		}
	}
	if name == c.clause || has(name, []string{"年", "比", "较", "期", "共"}) {
		return ""
	}
	if name = x.tailOf(name); utf8.RuneCountInString(name) < 2 {
		return ""
	}
	return name
}

// growthOf is the growth that goes with a change: the one behind it, of several
// changes side by side the one in the same place (增加1204户2871人,增长5.9%和6.2%), or
// the one right before it (增长13.6%,增加680万元).
func (x *checker) growthOf(c *figure) *figure {
	first, last := c.n, c.n
	for first > 0 && x.beside(first) && x.isIncrease(&x.figs[first-1]) {
		first--
	}
	for last+1 < len(x.figs) && x.beside(last+1) && x.isIncrease(&x.figs[last+1]) {
		last++
	}
	var growths []*figure
	for k := last + 1; k < len(x.figs) && k <= last+1+last-first; k++ {
		if f := &x.figs[k]; !sameSentence(f, c) || !f.isPercent() || len(growths) > 0 && !x.beside(k) {
			break
		} else {
			growths = append(growths, f)
		}
	}
	if len(growths) == last-first+1 && (x.growing(growths[0]) || growths[0].Kind == schema.Change || x.Passed.Has(growths[0].clause)) {
		return growths[c.n-first]
	}
	if first == 0 || first != last {
		return nil
	}
	f := &x.figs[first-1]
	if sameSentence(f, c) && f.isPercent() && x.growing(f) && x.ByHow.Starts(strings.TrimPrefix(strings.Trim(c.pre, " ,、;"), "同比")) {
		return f
	}
	return nil
}

// isIncrease reports by how much a figure changed, in its own unit.
func (x *checker) isIncrease(f *figure) bool {
	return (f.Kind == schema.Change || x.byHow(f)) && !f.isPercent() && f.Unit != "倍" && !strings.HasSuffix(f.Unit, "点")
}

// byHow reports 比上年少卖147万元, where extraction takes the figure for an amount.
func (x *checker) byHow(f *figure) bool {
	i := lastOf(f.clause, "比", "较")
	if i < 0 {
		return false
	}
	for _, w := range []string{"多", "少"} { // 比上年多植24万株
		if _, verb, ok := strings.Cut(f.clause[i:], w); ok && utf8.RuneCountInString(verb) <= 2 {
			return true
		}
	}
	return slices.ContainsFunc(x.ByHow.Words, func(w string) bool { return strings.HasSuffix(f.clause[i:], w) })
}

// beside reports a figure that stands side by side with the one before it.
func (x *checker) beside(n int) bool {
	return sameSentence(&x.figs[n-1], &x.figs[n]) && strings.Trim(x.figs[n].pre, " ,、和") == ""
}

// bare reports a growth that names no thing of its own: ,增长 but not ,制造业投资增长.
func (x *checker) bare(d *figure) bool {
	head := strings.Trim(d.pre, " ,、;和")
	if _, how, ok := strings.Cut(head, "年比"); ok && utf8.RuneCountInString(how) <= 4 { // 同1956年比下降22.5%,减少54起
		return true
	}
	return head == "" || x.Step.Has(head) || x.Up.Starts(head) || x.Down.Starts(head) || x.Against.Starts(head)
}

// isRateOfGrowth reports a growth, and not a rate that has come to a level:
// 赤字率下降到2%.
func (x *checker) isRateOfGrowth(d *figure) bool {
	c := strings.ReplaceAll(strings.ReplaceAll(d.clause, "增长率", ""), "增速", "")
	if strings.Contains(c, "增幅") || strings.Contains(c, "降幅") {
		return true
	}
	return !strings.Contains(c, "率") && !strings.HasSuffix(c, "到") && !strings.HasSuffix(c, "至") && !strings.HasSuffix(c, "为")
}

// constant reports figures whose growth is printed in constant prices, so that
// the printed sums need not give it.
func (x *checker) constant(figs ...*figure) bool {
	return slices.ContainsFunc(figs, func(f *figure) bool {
		return (f.unit == "元" || f.isPercent()) && (x.Constant.In(f.clause) || x.Constant.In(foldText(f.Label)))
	})
}

// againstPrinted checks a growth against a printed earlier figure: 1957年12306万元,
// 比1952年的7927万元增长55%; 收购4260吨,上年收购3980吨,同比增长7%.
func (x *checker) againstPrinted(d *figure) {
	if d.n < 2 || x.isMean(d) || d.taken || x.bare(d) && x.overPlanned(d, &x.figs[d.n-1]) {
		return
	}
	b, a := x.heldAgainst(d)
	if b == nil {
		x.levelBefore(d)
		return
	}
	if a.isPercent() || a.Value.Sign() <= 0 || x.isIncrease(a) {
		return
	}
	with := comparing(a)
	switch last := &x.LastYear; {
	case last.Starts(a.clause) && !last.In(b.pre) && x.bare(d),
		(len(yearsIn(with)) > 0 || strings.ContainsAny(with, "月季") || last.In(with) || x.Usual.In(with) || x.Meant.In(with)) && utf8.RuneCountInString(strings.Trim(d.pre, " ,、")) <= 8:
		if r := growthOver(x, d, b, a); r.holds() || ofSize(a, b) && (!x.constant(a, b) || x.slipOf(&r, untilSwap).Kind == "swap") {
			x.report(r)
		}
	}
}

// levelBefore checks a growth at the head of a sentence over a printed figure, of what the sentences before tell: 报告传染病1873例,其中…。与
// 2018年的2114例相比下降11.4%. It says something only if it holds.
func (x *checker) levelBefore(d *figure) bool {
	a := &x.figs[d.n-1]
	if !sameSentence(a, d) || comparing(a) == "" || !amount(a) || a.n > 0 && sameSentence(&x.figs[a.n-1], a) {
		return false
	}
	for b := range x.back(a, farFlow, sameArticle) {
		if b.block != a.block || !sameMeasure(a, b) || !amount(b) || x.isMember(b) {
			continue
		}
		if r := growthOver(x, d, b, a); r.holds() && x.tight(&r) {
			return x.report(r)
		}
	}
	return false
}

// heldAgainst are the figure right before a change, and the one before that which may be held
// against it; nil if they are no two of one measure.
func (x *checker) heldAgainst(c *figure) (b, a *figure) {
	a = &x.figs[c.n-1]
	if b = x.comparable(a); b == nil {
		return nil, nil
	}
	if !sameSentence(b, c) || a.unit != b.unit || a.Per != "" && a.Per != b.Per || !a.span.known || !b.span.known || b.Kind == schema.Change && !x.sumsUp(b) {
		return nil, nil
	}
	if a.Kind == schema.Change && !(a.isPercent() && strings.HasSuffix(strings.TrimSpace(a.pre), "的")) { // 比2010年的39.2%
		return nil, nil
	}
	return b, a
}

// besideThen checks a change beside the level of the year before, which stands behind it or before it: 98.6%,比上年提高
// 0.8个百分点,上年为97.8%; 出院24516人次,上年为22873人次,增加1643人次,增长7.2%.
func (x *checker) besideThen(c *figure) bool {
	now, then := &x.figs[c.n-1], &x.figs[min(c.n+1, len(x.figs)-1)]
	if x.LastYear.Starts(now.clause) && c.n > 1 && x.bare(c) {
		now, then = &x.figs[c.n-2], now
		if !x.levelsBeside(c, now, then) {
			return false
		}
		x.growthBehind(c, now, then)
		return true
	}
	return then != c && x.levelsBeside(c, now, then)
}

// levelsBeside reports a change from then, which says little more than that it is of the year before, to now.
func (x *checker) levelsBeside(c, now, then *figure) bool {
	points := strings.HasSuffix(c.Unit, "点")
	if !sameSentence(now, c) || !sameSentence(then, c) || !x.LastYear.Starts(then.clause) && !x.Opening.Starts(then.clause) || utf8.RuneCountInString(then.clause) > 4 || now.unit != then.unit || now.Per != then.Per || now.Kind == schema.Change || !now.span.known || !then.span.known || now.isPercent() != points || !points && c.unit != now.unit || !x.Up.In(c.clause) && !x.Down.In(c.clause) {
		return false
	}
	return x.report(relation{kind: "change", op: "difference", stated: c, members: []*figure{now, then}, direction: x.direction(c)})
}

// comparing is what stands between 比 and a figure in its clause, with it: 比历年平均值; empty if
// nothing is compared.
func comparing(a *figure) string {
	i := lastOf(a.pre, "比", "较", "与", "同")
	if i < 0 || strings.HasSuffix(a.pre[:i], "占") || strings.HasPrefix(a.pre[i:], "比重") || strings.HasPrefix(a.pre[i:], "比例") || strings.ContainsAny(a.pre[i:], ",;。") {
		return ""
	}
	return a.pre[i:]
}

// overPlanned checks the growth of what is planned over what the report says was done: 总购进
// 8416万元…计划总购进9000万元,比上年增长6.9%. It says something only if it holds.
func (x *checker) overPlanned(d, a *figure) bool {
	points := strings.HasSuffix(d.Unit, "点")
	if !sameSentence(a, d) || a.Status != schema.Planned && !x.Intended.Ends(a.clause) && !x.Plan.In(x.sentenceOf(a)) || utf8.RuneCountInString(x.aimOf(a)) < 2 || a.isPercent() != points {
		return false
	}
	for b := range x.back(a, far, sameArticle) {
		if b.Kind != a.Kind || b.Status == schema.Planned || b.unit != a.unit || !b.span.known || !strings.Contains(b.clause+b.Label, x.aimOf(a)) {
			continue
		}
		r := growthOver(x, d, a, b)
		if points || d.unit == a.unit {
			r = relation{kind: "change", op: "difference", stated: d, members: []*figure{a, b}, direction: x.direction(d)}
		}
		if r.holds() && x.tight(&r) && (d.span.step < 0 || x.close(&r, 50)) {
			return x.report(r)
		}
	}
	return false
}

// aimOf is what a planned figure says that it is, two characters: in its own clause, or in that of
// the growth before it (人均收入增长10%,达到12060元).
func (x *checker) aimOf(a *figure) string {
	for _, w := range x.Intended.Words {
		if name, ok := strings.CutSuffix(a.clause, w); ok {
			return x.tailOf(name)
		}
	}
	if a.tail == "" && a.n > 0 {
		return lastRunes(x.subjectOf(&x.figs[a.n-1]), 2)
	}
	return a.tail
}

// comparable is the figure that another one is compared with: the one before it, whatever part of
// a plan stands between: 8416万元,完成年计划8000万元的105.2%,比上年的7362万元增长14.3%.
func (x *checker) comparable(a *figure) *figure {
	for b := range x.back(a, 4, nil) {
		if !sameSentence(b, a) {
			return nil
		}
		if b.isPercent() == a.isPercent() && b.unit == a.unit && !strings.HasSuffix(b.Unit, "点") && !x.isBase(b) && !x.flowsInto(b, a) && comparing(b) == "" && b.depth <= a.depth && !x.Beyond.In(b.clause) && (b.Per == a.Per || ofSize(b, a)) && (b.Kind != schema.Change || x.sumsUp(b)) {
			if t := b.up; t != nil && t.n < a.n && sameSentence(t, a) && (b.tail == "" || !strings.Contains(a.clause, b.tail)) && nearer(t, b, a) { // 结余37.2亿元,其中…,比上年末的32.65亿元增长13.9%
				return t
			}
			return b
		}
	}
	return nil
}

// flowsInto reports what came in or went out since the balance a: 新开户4.2万户,销户1.06万户,年末比上年末的79.32万户净增….
func (x *checker) flowsInto(b, a *figure) bool {
	return x.Opening.In(a.clause) && !x.Closing.In(b.clause) && (x.Incoming.In(b.clause) || x.Outgoing.In(b.clause))
}

// nearer reports that t is nearer to a in size than b is: 销售收入1046.8万元,…,实现利润83.6万元,比上年的71.5万元增加12.1万元 is
// of the profit.
func nearer(t, b, a *figure) bool {
	apart := func(f *figure) schema.Decimal {
		if f.Value.Cmp(a.Value) < 0 {
			return a.Value.Sub(f.Value)
		}
		return f.Value.Sub(a.Value)
	}
	return apart(t).Cmp(apart(b)) < 0
}

// ofSize reports figures of which neither is three times the other: 费用71.82万元,人均1050元,比上年59.3万元增长… is not of the
// mean per head, though 人均收入8620元,比上年7800元增长… is.
func ofSize(a, b *figure) bool {
	three := schema.Int(3)
	return a.Value.Cmp(b.Value.Mul(three)) <= 0 && b.Value.Cmp(a.Value.Mul(three)) <= 0
}

// sumsUp reports a change that is the sum of several: 两项合起来减收增支935万元.
func (x *checker) sumsUp(f *figure) bool {
	return f.Kind == schema.Change && x.partsNamed(f.clause) > 0
}

// growthOver is d as the growth of now over then.
func growthOver(x *checker, d, now, then *figure) relation {
	return relation{kind: "growth", op: "growth", stated: d, members: []*figure{now, then}, direction: x.direction(d)}
}

// asideOf checks how far a figure stands from a printed one: 年平均气温14.0℃,比历年平均值
// 12.7℃偏高1.3℃.
func (x *checker) asideOf(c *figure) bool {
	if c.n < 2 {
		return false
	}
	b, a := x.heldAgainst(c)
	if b == nil {
		return false
	}
	if a.unit != c.unit && !(a.isPercent() && strings.HasSuffix(c.Unit, "点")) || comparing(a) == "" {
		return false
	}
	how := strings.Trim(c.pre, " 约近")
	if with, ok := strings.CutPrefix(how, "相比,"); ok { // 同2000年的612746人相比,十年共增加21472人
		how = lastRunes(with, 2)
	}
	direction := x.sense(how)
	if direction == 0 {
		return false
	}
	r := relation{kind: "change", op: "difference", stated: c, members: []*figure{b, a}, direction: direction}
	if !r.holds() && (c.isPercent() || !ofSize(a, b)) { // 7.4%,比计划7.8%降低0.4%
		return false
	}
	done := x.report(r)
	x.growthBehind(c, b, a)
	return done
}

// sense is which way a word says that a figure stands from another: 1 偏高, 多植; -1 偏低, 少蓄; 0 for
// other words.
func (x *checker) sense(how string) int {
	short := utf8.RuneCountInString(how) <= 3
	switch {
	case x.Above.Has(how) || x.Up.Has(how) || short && strings.HasPrefix(how, "多"):
		return 1
	case x.Below.Has(how) || x.Down.Has(how) || short && strings.HasPrefix(how, "少"):
		return -1
	}
	return 0
}

// growthBehind checks the growth behind a change whose two ends are printed: 4260吨,比上年3980吨
// 增加280吨,增长7%.
func (x *checker) growthBehind(c, now, then *figure) {
	next := c.n + 1
	if next == then.n { // 增351万斤,一九七九年为4786万斤,增幅为7.3%
		next++
	}
	if next >= len(x.figs) {
		return
	}
	if d := &x.figs[next]; sameSentence(d, c) && x.isGrowth(d) && d.span.known && !x.isMean(d) && x.bare(d) && !now.isPercent() {
		if r := growthOver(x, d, now, then); r.holds() || !x.constant(now) {
			d.ends = pair{now, then}
			x.report(r)
		}
	}
}

// sinceYear checks a change, a growth or a multiple that names the year from which it is, where
// the figure of that year stands further up: 1959年征购4218万公斤,…降至1762万公斤,比1959年下降58.2%;
// 1949年饲养9.42万头…1990年140.47万头,为1949年的14.9倍. What does not hold is told only where swapped digits
// explain it.
func (x *checker) sinceYear(s *figure) bool {
	year := sinceWhich(s)
	if year == 0 || !x.isGrowth(s) && s.Unit != "倍" && !x.isDifference(s) && !(s.isPercent() && strings.HasSuffix(s.clause, "的")) {
		return false
	}
	a := x.newLevel(s)
	if a == nil {
		return false
	}
	if r := x.sinceBracket(s, a, year); r != nil {
		return x.report(*r)
	}
	var slip *relation
	for b := range x.back(a, farBases, sameArticle) {
		if b.year != year || a.unit != b.unit || !b.span.known || b.Kind == schema.Change {
			continue
		}
		r := x.sinceRelation(s, a, b)
		if r.holds() && x.tight(&r) {
			s.ends = pair{a, b}
			done := x.report(r)
			if r.op == "difference" {
				x.growthBehind(s, a, b)
			}
			return done
		}
		if slip == nil && b.tail != "" && (b.tail == a.tail || strings.Contains(a.pre, b.tail)) && (r.op == "growth" || x.close(&r, 4)) {
			slip = &r
		}
	}
	return slip != nil && x.misprinted(slip) && x.report(*slip)
}

// sinceBracket is the relation to the level of a year that stands in the bracket behind: 是2012年的1.6倍(2012年1165万元); nil if
// none does or it does not hold.
func (x *checker) sinceBracket(s, a *figure, year int) *relation {
	if b := x.inBracket(s); b != nil && b.unit == a.unit && b.year == year {
		if r := x.sinceRelation(s, a, b); r.holds() && x.tight(&r) {
			return &r
		}
	}
	return nil
}

// sinceWhich is the year that the words of a change hold it against, 0 if they name none.
func sinceWhich(s *figure) int {
	if year := againstYear(s.clause); year > 0 {
		return year
	}
	if head, how, ok := strings.Cut(s.pre, "比,"); ok && utf8.RuneCountInString(how) <= 4 { // 同1964年比,净增57.57万人
		return againstYear(strings.TrimRight(head, "相"))
	}
	return 0
}

// newLevel is the figure before a change that it can have come to: the nearest of its unit, of a
// growth or a multiple the nearest amount.
func (x *checker) newLevel(s *figure) *figure {
	points := strings.HasSuffix(s.Unit, "点")
	for a := range x.back(s, 7, nil) {
		if a.block != s.block || a.sentence < s.sentence-1 || !sameSentence(a, s) && s.n > 0 && sameSentence(&x.figs[s.n-1], s) {
			return nil
		}
		if a.Kind == schema.Change || !a.span.known || a.isPercent() != points || a.Unit == "倍" || againstYear(a.pre) > 0 || x.isBase(a) {
			continue
		}
		if points || s.isPercent() || s.Unit == "倍" || a.unit == s.unit {
			if t := a.up; t != nil && (!sameSentence(a, s) || s.Unit == "倍" && a.n == s.n-1) { // 218.94万人。其中男…,女…。同1964年比,净增
				return t
			}
			return a
		}
	}
	return nil
}

// sinceRelation is s as the change from b to a, by its words.
func (x *checker) sinceRelation(s, a, b *figure) relation {
	switch {
	case (s.Unit == "倍" || s.isPercent() && s.Kind == schema.Share) && (strings.HasSuffix(s.clause, "的") || s.Kind == schema.Share):
		return shareOf("share", s, a, b)
	case s.isPercent() && !a.isPercent() || s.Unit == "倍":
		return growthOver(x, s, a, b)
	}
	return relation{kind: "change", op: "difference", stated: s, members: []*figure{a, b}, direction: x.direction(s)}
}
