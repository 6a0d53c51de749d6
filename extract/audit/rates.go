package audit

// Rates: what is paid for each times how many, and how long, gives the sum; a sum
// over a number gives what each got.
//
//	125人,每人每月195元,共发放292500元       125 × 195 × 12
//	集中486人、分散1728人,标准3600元和2160元,支出548.208万元
//	发放救助金8.6万元,47户,户均1830元         8.6万 ÷ 47
//	月发放56.0225万元,1-6月累计336.135万元    56.0225万 × 6

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// rates finds rates with their counts and sums.
func (x *checker) rates() {
	for i := 0; i < len(x.figs); i++ {
		f := &x.figs[i]
		if x.interleaved(i) || x.density(f) || x.sexRatio(f) || x.dailyRate(f) {
			continue
		}
		if !x.isRate(f) || x.figs[i].used {
			continue
		}
		group := x.rateGroup(i)
		i = group[len(group)-1].n
		if len(group) > 1 && x.sumProduct(group) {
			continue
		}
		for _, r := range group {
			if r == f || !x.density(r) {
				x.rate(r, len(group) == 1)
			}
		}
	}
	x.monthly()
}

// dailyRate checks what each did a day against what all did in so many days, which the sentence names, in a day, a month or a year:
// 水泵136台,每台每天抽水1200方,20天共抽水326.4万方. It says something only if it holds.
func (x *checker) dailyRate(r *figure) bool {
	unit, time := x.perOf(r)
	daily := x.Daylong.Has(time) || unit != "" && time == "" && has(r.clause, []string{"均日", "均每日", "均每天"})
	if !daily || unit == "" || !amount(r) && (r.Per == "" || !r.span.known || r.Kind == schema.Change) || daysOf(r) > 0 && r.Kind == schema.Standard {
		return false
	}
	for _, s := range x.sums(r) {
		days := []int64{daysNamed(x.textBetween(r, s)), daysNamed(s.post)}
		switch {
		case strings.Contains(s.clause+s.Per, "年"):
			days = append(days, daysIn[12]...)
		case strings.Contains(s.clause+s.Per, "月"):
			days = append(days, daysIn[1]...)
		case strings.Contains(s.clause+s.Per, "日"):
			days = append(days, 1)
		}
		for _, c := range x.counts(r, unit) {
			for _, n := range days {
				rel := relation{kind: "rate", op: "product", stated: s, members: []*figure{c, r}, months: n}
				if n > 0 && c != s && rel.holds() && x.tight(&rel) && x.close(&rel, 100) {
					return x.report(rel)
				}
			}
		}
	}
	return false
}

// isRate reports what is paid or produced for each of something.
func (x *checker) isRate(f *figure) bool {
	if f.Per == "" && f.each == "" || !f.span.known || f.isPercent() || f.Approx == schema.Range || f.Kind != schema.Standard && f.Kind != schema.Amount && !x.summedNext(f) {
		return false
	}
	unit, time := x.perOf(f)
	if x.Daylong.Has(time) && daysOf(f) == 0 || slices.Contains(dimensions[0], unit) && slices.Contains(dimensions[0], f.unit) {
		return false // how many days, the text does not say; 单产提升示范区1000万亩 is no area for each 亩
	}
	return unit != "" || time != "" && f.Kind == schema.Standard
}

// summedNext reports a rise for each that a figure behind sums up: 每户年增收3000元,合计464.4万元; 月人均增加120元,惠及1.2万人,年增支1728万元.
func (x *checker) summedNext(f *figure) bool {
	return f.Kind == schema.Change && slices.ContainsFunc(x.figs[f.n+1:min(len(x.figs), f.n+around/2)], func(s figure) bool {
		return sameSentence(f, &s) && f.unit == s.unit && (s.n == f.n+1 && x.SureTotal.In(s.clause) || x.ByHow.Ends(s.clause))
	})
}

// perOf divides 人·月 into what is counted and the time.
func (x *checker) perOf(f *figure) (unit, time string) {
	if f.Per == "" || f.Per == "个" && f.each != "" {
		return family(f.each), ""
	}
	for p := range strings.SplitSeq(f.Per, "·") {
		switch {
		case x.Times.Has(p):
			time = p
		case p == "口":
			unit = p // which is 人 only where people are counted
		default:
			unit = family(p)
		}
	}
	if unit == "" && f.each != "" {
		unit = family(f.each)
	}
	if name, ok := x.perUnits[unit]; ok {
		unit = name
	}
	return unit, time
}

// eachOf is what a figure is for each of by its words, with what is said behind that: 笔 of 平均每笔, 校 of 校均, 个 and
// 教师负担学生 of 每个教师负担学生. Both are empty where the words say no such, or a time only.
func (x *checker) eachOf(clause string) (unit, noun string) {
	if x.apiece.In(clause) {
		for _, w := range x.apiece.Words {
			if strings.Contains(clause, w) {
				return x.apieces[w], ""
			}
		}
	}
	i := strings.LastIndex(clause, "每")
	if i < 0 && strings.Contains(clause, "平均一") {
		i = strings.Index(clause, "均一")
	}
	if i >= 0 {
		noun = strings.TrimPrefix(clause[i+len("每"):], "一")
		first, size := utf8.DecodeRuneInString(noun)
		switch {
		case size < len(noun) && strings.HasPrefix(noun, "个") && strings.HasSuffix(strings.TrimSuffix(noun, "的人口为"), "户"): // 平均每个家庭户的人口为3.02人
			return "户", noun[size:]
		case strings.ContainsRune("个名位", first) && utf8.RuneCountInString(noun) > 2:
			return string(first), noun[size:]
		}
		return x.eachUnit(noun, strings.Contains(clause, "平均") || i == 0 && !strings.HasPrefix(noun, "年")), noun
	}
	if i = strings.Index(clause, "均"); i < 0 && strings.HasPrefix(clause, "亩") { // 亩耗油2.5公斤
		return "亩", "亩"
	}
	if bare := strings.TrimRight(clause, leads); i <= 0 && strings.HasSuffix(bare, "产") { // 亩产, 张产
		i = len(bare) - len("产")
	}
	if i > 0 {
		head := strings.TrimSuffix(clause[:i], "平")
		for n := 2; n > 0; n-- {
			if u := lastRunes(head, n); x.isEach(u) {
				return u, u
			}
		}
		switch n := utf8.RuneCountInString(head); {
		case strings.ContainsAny(head, "年月日天季周期"):
		case n == 1: // 墓均23件
			return head, head
		case n == 2 && len(head) < i: // 网点平均创利9951元
			return "个", head
		}
	}
	return "", ""
}

// eachUnit is the unit with which a noun begins, or the noun if it is short and sure to be one.
func (x *checker) eachUnit(noun string, sure bool) string {
	for n := 2; n > 0; n-- {
		if u := firstRunes(noun, n); x.isEach(u) {
			return u
		}
	}
	switch n := utf8.RuneCountInString(noun); {
	case !sure || n == 0 || strings.ContainsAny(noun, "年月日天季周"):
	case n <= 2:
		return noun
	default: // 每居委会7人
		return "个"
	}
	return ""
}

// isEach reports what a rate may be for each of.
func (x *checker) isEach(unit string) bool {
	_, ok := x.countedIn[unit]
	return ok && unit != ""
}

// serves reports that a rate may be for what a figure counts: in its unit, in one in which that is counted (校 in 所, 村
// in 个), or called as the rate says (教师1128人 of 每个教师).
func (x *checker) serves(c, r *figure, unit string) bool {
	if c.unit == "个" && unit == "个" && utf8.RuneCountInString(r.noun) > 1 && !x.Paid.Starts(r.noun) {
		return strings.Contains(c.clause, firstRunes(r.noun, 2)) || strings.Contains(c.Label, firstRunes(r.noun, 2))
	}
	if c.unit == "个" && unit != "个" && unit != "" { // 86个行政村每村5万元
		return strings.Contains(c.clause, unit) || strings.Contains(c.Label, unit) || strings.Contains(c.raw, unit)
	}
	if slices.Contains(x.countUnits(unit), c.unit) {
		return true
	}
	name := firstRunes(r.noun, 2)
	return (len(name) > len("中") || name == unit && name != "" && !x.isEach(unit)) && x.counted[c.Unit] && (strings.HasSuffix(strings.TrimRight(c.clause, "有共"), name) || strings.Contains(c.Label, name))
}

// rateGroup is a list of rates side by side: 标准分别为120元、85元和60元. Of a rate
// that changed, only the new one counts.
func (x *checker) rateGroup(i int) []*figure {
	group := []*figure{&x.figs[i]}
	for k := i + 1; k < len(x.figs); k++ {
		f := &x.figs[k]
		if !sameSentence(f, group[0]) && f.block != group[0].block || !x.isRate(f) || f.unit != group[0].unit || f.Per != group[0].Per {
			break
		}
		if slices.Contains(f.Flags, "to") {
			group[len(group)-1] = f
			continue
		}
		if !sameSentence(f, group[0]) {
			break
		}
		if !x.comparedWith(f) {
			group = append(group, f)
		}
	}
	return group
}

// counts are the figures that a rate may be for, nearest first.
func (x *checker) counts(r *figure, unit string) []*figure {
	var out []*figure
	fits := func(f *figure) bool {
		return f.Kind == schema.Amount && (f.Per == "" || f.Per == "日") && f.span.known && f.Value.Cmp(schema.Int(1)) != 0 && !x.comparedWith(f) && x.serves(f, r, unit)
	}
	reach := 2
	if x.isMeanOf(r) {
		reach = 5 // the mean may be told behind a list
	}
	for k := r.n - 1; k >= 0 && k > r.n-14 && len(out) < 8; k-- {
		f := &x.figs[k]
		if f.Section != r.Section || f.sentence < r.sentence-reach {
			break
		}
		if fits(f) {
			out = append(out, f)
		}
	}
	for k := r.n + 1; k < len(x.figs) && k < r.n+4; k++ {
		if f := &x.figs[k]; sameSentence(f, r) && fits(f) {
			out = append(out, f)
		}
	}
	other := func(f *figure) int {
		n := 0
		if f.item != r.item {
			n++
		}
		if f.Status != r.Status {
			n += 2
		}
		return n
	}
	slices.SortStableFunc(out, func(a, b *figure) int { // those of its part of the sentence first
		return cmp.Or(cmp.Compare(other(a), other(b)), cmp.Compare(r.sentence-a.sentence, r.sentence-b.sentence), cmp.Compare(max(a.n-r.n, r.n-a.n), max(b.n-r.n, r.n-b.n)))
	})
	return out
}

// sums are the figures that a rate may lead to: the next ones behind it, then
// those before it, in its sentence; of a mean those before it first.
func (x *checker) sums(r *figure) []*figure {
	var ahead, out []*figure
	mean := x.isMeanOf(r)
	for k := r.n + 1; k < len(x.figs) && k < r.n+9; k++ {
		if f := &x.figs[k]; (f.sentence == r.sentence || f.block == r.block && f.sentence == r.sentence+1 && x.Total.In(f.clause)) && x.isSumOf(f, r) {
			ahead = append(ahead, f)
		}
	}
	for f := range x.back(r, 8, nil) { // of a mean, the sum may stand in the sentence before
		if (f.sentence == r.sentence && f.n > r.n-7 || mean && f.block == r.block && f.sentence == r.sentence-1) && x.isSumOf(f, r) {
			out = append(out, f)
		}
	}
	if mean {
		return append(out, ahead...)
	}
	return append(ahead, out...)
}

// isSumOf reports a figure that a rate may lead to by its unit and kind.
func (x *checker) isSumOf(f, r *figure) bool {
	switch {
	case !f.span.known || f.span.noTop || f.span.noLow || f.Approx == schema.Range || f.Status != r.Status:
		return false
	case f.Per != "" && f.Per != "月" && f.Per != "日" && !(f.Per == "年" && strings.Contains(r.Per, "·月")):
		return false
	case f.Kind == schema.Change && r.Kind == schema.Change && x.ByHow.Ends(f.clause):
	case f.Kind != schema.Amount && !(f.Kind == schema.Standard && (f.Per == "" || f.Per == "月" && (x.Total.In(f.clause) || x.isMeanOf(r)))):
		return false
	}
	return f.unit == r.unit || sameDimension(f.unit, r.unit) || x.isMeanOf(r) && f.unit == r.unit+"次"
}

// rate checks one rate with the nearest count and sum that it fits, else with the two that stand
// side by side with it; one of several side by side says something only if it holds.
func (x *checker) rate(r *figure, alone bool) {
	unit, _ := x.perOf(r)
	counts, sums := x.counts(r, unit), x.sums(r)
	if rel := x.rateHolding(r, counts, sums); rel != nil {
		x.report(*rel)
		return
	}
	if r.span.exact && (r.Kind == schema.Amount || x.isMeanOf(r) || unit != "人" && unit != "户") && x.farMean(r) {
		return
	}
	listed := r.n+1 < len(x.figs) && x.beside(r.n+1) && x.figs[r.n+1].unit == r.unit
	if i := slices.IndexFunc(sums, func(s *figure) bool { return s.item == r.item }); alone && !listed && len(counts) > 0 && i >= 0 {
		if c, s := counts[0], sums[i]; c.Status == r.Status && c.Per == "" && s.Per != "日" && x.triple(r, c, s) {
			x.report(x.rateRelation(r, c, s, x.monthsOf(r, c, s)[0]))
		}
	}
}

// rateHolding is the first relation of a rate with one of some counts and sums that holds.
func (x *checker) rateHolding(r *figure, counts, sums []*figure) *relation {
	for _, s := range sums {
		for _, c := range counts {
			if c.n == s.n || (c.Per == "日") != (s.Per == "日") || s.Value.Cmp(schema.Int(10)) < 0 {
				continue
			}
			for _, months := range x.monthsOf(r, c, s) {
				if s.unit == r.unit && unitFactors[r.Per] == [2]int64{} && !mayBeMean(r, s, c, months) {
					continue
				}
				if rel := x.rateRelation(r, c, s, months); rel.holds() && x.tight(&rel) {
					return &rel
				}
			}
		}
	}
	return nil
}

// meantAlike are the sums before a mean that are called as it is, in two characters or by a word for
// the same: what was 审结 of 人均结案43.9件, 机动车 of 每名民警管理机动车1558辆.
func (x *checker) meantAlike(r *figure) (out []*figure) {
	if r.Kind == schema.Standard && !x.isMeanOf(r) || utf8.RuneCountInString(r.tail) < 2 || strings.HasSuffix(r.tail, "均") {
		return nil
	}
	subject, _, _ := strings.Cut(r.clause, "平均") // 养殖 of 养殖平均亩产
	for f := range x.back(r, far, sameArticle) {
		if (f.unit == r.unit || sameDimension(f.unit, r.unit)) && amount(f) && (x.isCalled(f, r.tail) || common(r.tail, f.Label) == 2 || ofSubject(f, subject)) {
			if out = append(out, f); len(out) == mostAlike {
				break
			}
		}
	}
	return out
}

// ofSubject reports a figure that begins with what a mean is of.
func ofSubject(f *figure, subject string) bool {
	return utf8.RuneCountInString(subject) >= 2 && strings.HasPrefix(f.clause, subject)
}

// isCalled reports a figure whose words or label have a name of two characters, or another word for it.
func (x *checker) isCalled(f *figure, name string) bool {
	return x.canonical(f.tail) == x.canonical(name) || strings.Contains(f.Label, name) || slices.Contains(x.measures(f.Label), x.canonical(name))
}

// mostAlike is how many sums called as a mean are tried.
const mostAlike = 12

// lastWhere is the last amount before a figure in its article that fits.
func (x *checker) lastWhere(r *figure, fits func(f *figure) bool) *figure {
	for f := range x.back(r, far, sameArticle) {
		if f.Kind == schema.Amount && f.Per == "" && f.span.known && fits(f) {
			return f
		}
	}
	return nil
}

// firstIn is the first amount of a unit in the article of a figure, nil if it does not stand before
// it; populace may stand behind it.
func (x *checker) firstIn(r *figure, unit string) *figure {
	key := firstKey{r.Article, unit}
	if x.firsts == nil {
		x.firsts = map[firstKey]int{}
		for i := range x.figs {
			f := &x.figs[i]
			k := firstKey{f.Article, f.unit}
			if f.Kind != schema.Amount || f.Per != "" || !f.span.known || !f.span.exact {
				continue
			}
			if _, ok := x.firsts[k]; !ok {
				x.firsts[k] = i
			}
			if k.unit = populace; f.unit == "人" && (strings.Contains(f.Label, "总人口") || strings.Contains(f.Label, "常住人口") || x.Whole.Has(strings.TrimSuffix(f.clause, "人口"))) {
				if _, ok := x.firsts[k]; !ok {
					x.firsts[k] = i
				}
			}
		}
	}
	if i, ok := x.firsts[key]; ok && (i < r.n || unit == populace) {
		return &x.figs[i]
	}
	return nil
}

// populace stands for the unit of all who live there.
const populace = "总人口"

// A firstKey is an article and a unit.
type firstKey struct {
	article int
	unit    string
}

// rateRelation is c × r × months = s, or s ÷ c ÷ months = r where r is called a mean.
func (x *checker) rateRelation(r, c, s *figure, months int64) relation {
	if r.Kind != schema.Standard && x.isMeanOf(r) {
		return relation{kind: "average", op: "quotient", stated: r, members: []*figure{s, c}, months: months}
	}
	return relation{kind: "rate", op: "product", stated: s, members: []*figure{c, x.toTheCent(r)}, months: months}
}

// isMeanOf reports a rate that is a mean: 户均, 平均每笔, 劳动生产率.
func (x *checker) isMeanOf(r *figure) bool {
	return x.MeanOf.In(r.clause) || r.each != "" && r.Kind == schema.Amount && r.unit != "元" && r.span.exact
}

// tight reports a relation whose interval is small enough to say something: a
// twenty-fifth of its value, or whose figures meet within a two-hundredth.
func (x *checker) tight(r *relation) bool {
	got := r.result()
	if got.lo.none() || got.hi.none() || got.mid.Sign() <= 0 {
		return false
	}
	within := func(d rational, part int64) bool { return mul(d, newRational(part, 1)).Cmp(got.mid) <= 0 }
	if s := r.statedSpan(); r.stated != nil && !r.stated.span.exact && (s.lo.none() || s.hi.none() || !within(sub(s.hi, s.lo), 7)) {
		return false // 超50% may be anything up to 60%
	}
	off := sub(got.mid, r.statedSpan().mid)
	return within(sub(got.hi, got.lo), 25) || within(off.abs(), 200)
}

// triple reports count, sum and mean that stand side by side, in any order: 发放补贴
// 456万元,惠及农户1.52万户,户均300元. A rate that is no mean must name what was paid.
func (x *checker) triple(r, c, s *figure) bool {
	first, last := min(r.n, c.n, s.n), max(r.n, c.n, s.n)
	if summed := s.n == r.n+1 && x.Total.In(s.clause) && first == c.n; last-first != 2 && !(last-first == 3 && (summed || x.isMeanOf(r) && r.n == last && c.n == last-1)) || !sameSentence(&x.figs[first], &x.figs[last]) || x.figs[first].item != x.figs[last].item {
		return false
	}
	unit, _ := x.perOf(r)
	if unit == "" || x.conjoinedCount(c, unit) || x.ofOther(s, r) || !slices.Contains(x.countUnits(unit), c.unit) || !r.span.exact || !c.span.exact || !s.span.exact || slices.Contains(r.Flags, "to") || x.isBase(s) || s.Kind == schema.Change {
		return false
	}
	return x.isMeanOf(r) || s.unit == "元" && s.n > r.n && c.unit == unit && x.Paid.In(s.clause)
}

// ofOther reports a sum that need not be all that a rate comes to: of nine months of a rate of a year, in a bracket, of several things, or less for a
// reason that stands behind it.
func (x *checker) ofOther(s, r *figure) bool {
	n := x.monthsIn(s.clause + " " + s.Period.Printed)
	return n > 0 && n < 12 && strings.HasSuffix(r.Per, "年") || s.depth > r.depth || x.Entire.In(s.clause) || x.Lapsed.In(firstClause(strings.TrimLeft(s.post, ", ")))
}

// conjoinedCount reports a count behind another of its measure in its part of the sentence, so that a rate may be for both.
func (x *checker) conjoinedCount(c *figure, unit string) bool {
	return c.n > 0 && x.figs[c.n-1].item == c.item && sameMeasure(&x.figs[c.n-1], c) && amount(&x.figs[c.n-1]) && x.serves(&x.figs[c.n-1], c, unit) && !x.isMember(c)
}

// monthsOf are the numbers of months that a sum may be of, the likeliest first.
func (x *checker) monthsOf(r, c, s *figure) []int64 {
	_, time := x.perOf(r)
	for _, t := range x.terms {
		if t.word == time {
			return []int64{int64(t.n), 1}
		}
	}
	switch {
	case x.Daylong.Has(time):
		return []int64{daysOf(r)}
	case time != "月" || strings.Contains(s.Per, "月"):
		return []int64{1}
	case c.unit == "人次":
		return []int64{1, 12}
	}
	if n := x.monthsIn(s.clause + " " + s.Period.Printed); n > 0 {
		return []int64{n}
	}
	if n := x.monthsIn(s.pre); n > 0 {
		return []int64{n}
	}
	out := []int64{12}
	if n := x.monthsIn(r.Period.Printed + " " + c.Period.Printed + " " + s.Section); n > 0 && n != 12 {
		out = append(out, n)
	}
	if a := x.doc.ArticleAt(s.Start); a != nil {
		if n := x.monthsIn(a.Title); n > 0 && n != 12 {
			out = []int64{n, 12}
		}
	}
	return append(out, 1)
}

// daysOf is for how many days a rate is, as the words behind it say: 每生每天4元,全年按200天计算; 0 if they do not.
func daysOf(r *figure) int64 { return daysNamed(r.post) }

// daysNamed is the first number of 天 that a text names, 0 if it names none.
func daysNamed(text string) int64 {
	head, _, _ := strings.Cut(text, "天")
	n, _ := trailingNumber(head)
	return int64(n)
}

// monthsIn reads how many months a time has: 全年 12, 上半年 6, 1-11月 11.
func (x *checker) monthsIn(s string) int64 {
	if a, b, ok := x.monthRange(s); ok {
		return int64(b - a + 1)
	}
	if head, _, ok := strings.Cut(s, "个月"); ok { // 全年按10个月发放
		if n, head := trailingNumber(head); n > 0 && n <= 12 && x.ForMonths.Ends(head) {
			return int64(n)
		}
	}
	for _, w := range x.months {
		if strings.Contains(s, w.word) {
			return int64(w.n)
		}
	}
	return 0
}

// monthRange reads 1-11月, 1至6月, 1月至11月.
func (x *checker) monthRange(s string) (from, to int, ok bool) {
	for i := strings.Index(s, "月"); i >= 0; {
		head := strings.TrimRight(s[:i], " ")
		to, head = trailingNumber(head)
		for _, mark := range x.Until.Words {
			if rest, cut := strings.CutSuffix(head, mark); cut {
				from, _ = trailingNumber(strings.TrimSuffix(rest, "月"))
				if from >= 1 && from < to && to <= 12 {
					return from, to, true
				}
			}
		}
		j := strings.Index(s[i+3:], "月")
		if j < 0 {
			return 0, 0, false
		}
		i += 3 + j
	}
	return 0, 0, false
}

// trailingNumber cuts the digits at the end of s.
func trailingNumber(s string) (int, string) {
	i := len(s)
	for i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
		i--
	}
	n, _ := strconv.Atoi(s[i:])
	return n, s[:i]
}

// sumProduct checks rates side by side with as many counts side by side.
func (x *checker) sumProduct(rates []*figure) bool {
	unit, _ := x.perOf(rates[0])
	last := rates[len(rates)-1]
	sums := x.sums(last)
	for k := last.n + 1; k < len(x.figs) && k < last.n+6; k++ { // the sentence after, too
		if f := &x.figs[k]; f.block == last.block && f.sentence == last.sentence+1 && f.Kind != schema.Change && f.unit == last.unit && f.Per == "" && f.span.known {
			sums = append(sums, f)
		}
	}
	for _, counts := range x.countGroups(rates[0], unit, len(rates)) {
		for _, s := range sums {
			for _, months := range x.monthsOf(last, counts[0], s) {
				rel := relation{kind: "rate", op: "product", stated: s, months: months}
				for i := range rates {
					rel.members = append(rel.members, counts[i], rates[i])
				}
				if rel.holds() {
					return x.report(rel)
				}
			}
		}
		if len(sums) > 0 && sums[0].n > last.n && x.Paid.In(sums[0].clause) && x.siblings(counts[0], counts[1]) && sameSentence(sums[0], last) {
			rel := relation{kind: "rate", op: "product", stated: sums[0], months: x.monthsOf(last, counts[0], sums[0])[0]}
			for i := range rates {
				rel.members = append(rel.members, counts[i], rates[i])
			}
			return x.report(rel)
		}
	}
	return false
}

// countGroups are lists of n counts before the rates: members of one total, or n
// in a row, the nearest first; counts that alternate with the rates come first.
func (x *checker) countGroups(r *figure, unit string, n int) [][]*figure {
	var back []*figure
	for f := range x.back(r, 23, nil) {
		if f.Section != r.Section || f.sentence < r.sentence-3 {
			break
		}
		if f.Kind == schema.Amount && f.Per == "" && f.span.known && f.unit == unit {
			back = append([]*figure{f}, back...)
		}
	}
	var out [][]*figure
	for i := len(back) - n; i >= 0; i-- {
		g := back[i : i+n]
		siblings := true
		for j, c := range g[1:] {
			siblings = siblings && (x.siblings(g[0], c) || sameSentence(g[j], c) && c.n == g[j].n+1 && c.depth == g[j].depth)
		}
		if siblings {
			out = append(out, g)
		}
	}
	return out
}

// interleaved checks counts and rates that take turns: 集中125人每人每年360元,散居2432人每人每年120元.
func (x *checker) interleaved(i int) bool {
	if x.figs[i].used {
		return false
	}
	pairs, reversed := x.turnsFrom(i)
	if len(pairs) < 4 {
		return false
	}
	last := pairs[len(pairs)-1]
	sums := x.sums(last)
	for _, s := range sums {
		for _, months := range x.monthsOf(last, pairs[0], s) {
			if rel := x.productOf(s, pairs, months); rel.holds() && (!reversed || x.close(&rel, 200)) {
				return x.reportRates(rel)
			}
		}
	}
	if !reversed && len(sums) > 0 && sums[0].n == last.n+1 && sums[0].item == last.item && x.Paid.In(sums[0].clause) && !x.Aim.In(sums[0].clause) {
		rel := x.productOf(sums[0], pairs, x.monthsOf(last, pairs[0], sums[0])[0])
		return (rel.months == 1 || rel.months == 12 || x.misprinted(&rel)) && x.reportRates(rel)
	}
	return false
}

// turnsFrom are counts, each with its rate behind it, from a figure on; reversed says that the rates stand before: 每月12元的23人,10元的27人.
func (x *checker) turnsFrom(i int) (pairs []*figure, reversed bool) {
	for k := i; k+1 < len(x.figs) && len(pairs) < 40; k += 2 {
		c, r := &x.figs[k], &x.figs[k+1]
		unit, _ := x.perOf(r)
		if u, time := x.perOf(c); u == "" && time != "" && slices.Contains(x.countUnits(u), r.unit) && strings.TrimSpace(r.pre) == "的" {
			c, r, unit, reversed = r, c, r.unit, true
		}
		if !sameSentence(c, &x.figs[i]) || !x.isRate(r) || c.Kind != schema.Amount || c.Per != "" || c.unit != unit || len(pairs) > 0 && (r.Per != pairs[1].Per || r.unit != pairs[1].unit) {
			break
		}
		pairs = append(pairs, c, r)
	}
	return pairs, reversed
}

// productOf is what counts and rates that take turns come to.
func (x *checker) productOf(sum *figure, pairs []*figure, months int64) relation {
	members := slices.Clone(pairs)
	for i, f := range members {
		members[i] = x.toTheCent(f)
	}
	return relation{kind: "rate", op: "product", stated: sum, members: members, months: months}
}

// reportRates reports a sum of products, whose rates are then no others', and the counts as the parts of
// a figure further up that they add up to.
func (x *checker) reportRates(r relation) bool {
	var counts []*figure
	for i, m := range r.members {
		x.figs[m.n].used = true
		if i%2 == 0 {
			counts = append(counts, m)
		}
	}
	for t := range x.back(counts[0], farTotal, sameArticle) {
		if counts[0].up == nil && x.divisible(t, counts[0]) && significant(t) > 2 && exactPrefix(t, counts) == len(counts) {
			x.report(sumOf("total", t, counts))
			break
		}
	}
	return x.report(r)
}

// densityOf is scaleOf for a figure, also where only its clause says so: 平均每百亩拥有二十马力.
func (x *checker) densityOf(f *figure) (n int64, unit, noun string) {
	if f.Per != "" {
		return x.scaleOf(f.Per)
	}
	_, each, _ := strings.Cut(f.clause, "每")
	return x.scaleOf(each)
}

// scaleOf divides 千名老人 into 1000, what is counted, and what it is called.
func (x *checker) scaleOf(per string) (n int64, unit, noun string) {
	for _, s := range x.scales {
		if rest, ok := strings.CutPrefix(per, s.word); ok {
			for _, u := range x.Scaled.Words {
				if noun, ok := strings.CutPrefix(rest, u); ok {
					noun, _, _ = strings.Cut(noun, "拥有")
					return int64(s.n), family(u), strings.TrimPrefix(strings.TrimSuffix(noun, "有"), "口")
				}
			}
		}
	}
	return 0, "", ""
}

// mostBack is how many figures before a density its base may stand.
const mostBack = 120

// density checks what there is of something for each thousand of a base: 床位5860张,
// 每千人拥有床位5.22张. The base is the population, or what the words after 每千名 call.
// It says something only if it holds.
func (x *checker) density(s *figure) bool {
	n, unit, noun := x.scaleOf(x.perOfList(s))
	for _, words := range []string{s.noun, s.clause} {
		if n == 0 && s.Per == "" { // 每千农业人口1.35人; 百户拥有55台
			n, unit, noun = x.scaleOf(words)
		}
	}
	measure := s.unit
	if strings.HasSuffix(s.clause, "万车死亡率") {
		n, unit, measure = 10000, "辆", "人"
	}
	if n == 0 || !s.span.known || !s.span.exact {
		return false
	}
	if strings.HasSuffix(noun, "率") { // 百万公里事故率1.4起
		noun = ""
	}
	if noun == "" && !x.Populated.Has(unit) { // 每百元产值提供利税
		_, of, _ := strings.Cut(s.clause, s.Per)
		if noun = string([]rune(of + "  ")[:2]); strings.Contains(noun, " ") {
			return false
		}
	}
	if s.span.whole { // rounded, whatever it counts
		c := *s
		c.span.lo, c.span.hi = s.span.around(s.span.step)
		c.fractions = nil
		s = &c
	}
	if noun == "" && unit == "人" {
		noun = "人口"
	}
	bases := x.figs[s.n+1 : min(len(x.figs), s.n+3)]
	parts := x.densityParts(s, measure)
	if len(parts) == 0 {
		return false
	}
	for i := range bases {
		if b := &bases[i]; sameSentence(b, s) && x.densityOver(s, b, parts, n, unit, noun) {
			return true
		}
	}
	for b := range x.back(s, mostBack, sameArticle) {
		if x.densityOver(s, b, parts, n, unit, noun) {
			return true
		}
	}
	return false
}

// densityParts are the figures of a measure before a density, and right behind it in its sentence.
func (x *checker) densityParts(s *figure, measure string) (parts []*figure) {
	for f := range x.back(s, 11, sameSection) {
		if f.sentence >= s.sentence-3 && f.unit == measure && amount(f) {
			parts = append(parts, f)
		}
	}
	for k := s.n + 1; k < len(x.figs) && k <= s.n+3 && sameSentence(&x.figs[k], s); k++ {
		if f := &x.figs[k]; f.unit == measure && amount(f) {
			parts = append(parts, f)
		}
	}
	return parts
}

// perOfList is what a density is for, also where a figure before it in its list says so: 每千人有医师3.33人、
// 护士4.22人.
func (x *checker) perOfList(s *figure) string {
	if s.Per != "" || s.isPercent() || s.n == 0 || x.figs[s.n-1].unit != s.unit {
		return s.Per
	}
	for f := range x.back(s, 8, sameSentence) {
		if f.Per != "" || f.unit != s.unit {
			return f.Per
		}
	}
	return ""
}

// amount reports a plain amount that is known.
func amount(f *figure) bool { return f.Kind == schema.Amount && f.Per == "" && f.span.known }

// densityOver checks a density over a base that is called as it says.
func (x *checker) densityOver(s, b *figure, parts []*figure, n int64, unit, noun string) bool {
	if b.unit != unit || !amount(b) || !within(noun, b.Label) && !within(noun, b.clause) {
		return false
	}
	for _, p := range parts {
		r := relation{kind: "average", op: "density", stated: s, members: []*figure{p, b}, months: n}
		if p != b && r.holds() && x.tight(&r) {
			return x.report(r)
		}
	}
	return false
}

// sexRatio checks 性别比, men for each hundred women: 男性10763人,女性9111人,性别比为118.13.
func (x *checker) sexRatio(s *figure) bool {
	if !s.span.known || s.isPercent() || !strings.Contains(s.pre, "性别比") || againstYear(s.clause) > 0 {
		return false
	}
	sex := func(w string) *figure {
		for f := range x.back(s, 6, nil) {
			if f.block == s.block && f.unit == "人" && f.span.known && strings.Contains(f.clause, w) {
				return f
			}
		}
		return nil
	}
	men, women := sex("男"), sex("女")
	return men != nil && women != nil && men != women && x.report(relation{kind: "average", op: "density", stated: s, members: []*figure{men, women}, months: 100})
}

// computeDensity is a ÷ b × the number that a density is for.
func computeDensity(r *relation, v []span) span { return v[0].over(v[1]).times(whole(r.months)) }

// daysIn are what the daily mean of so many months may have been made with.
var daysIn = map[int64][]int64{12: {365, 366, 360}, 9: {273, 274}, 6: {181, 182, 184}, 3: {90, 91, 92}, 1: {30, 31, 28, 29}}

// meanOfTime checks 日均 and 月均 against the sum of a time before it: 全年渡运42.6万人次,日均1167人次. What does not hold is
// told only of months that are named.
func (x *checker) meanOfTime(m *figure) bool {
	monthly, ok := x.isMeanOfTime(m)
	if !ok {
		return false
	}
	var named *relation
	sums := x.meantAlike(m)
	for s := range x.back(m, 7, nil) {
		if s.block == m.block && s.sentence >= m.sentence-1 && !slices.Contains(sums, s) {
			sums = append(sums, s)
		}
	}
	slices.SortFunc(sums, func(a, b *figure) int { return b.n - a.n })
	if k := m.n + 1; k < len(x.figs) && sameSentence(&x.figs[k], m) && (x.monthsIn(x.figs[k].pre) > 0 || x.Total.In(x.figs[k].clause)) { // 日均客运量11.6万人次,全年运送乘客4234万人次
		sums = append(sums, &x.figs[k])
	}
	for _, s := range sums {
		if !x.overTime(s, m) {
			continue
		}
		times := daysIn[x.monthsOver(s)]
		if n := daysOf(m); n > 0 { // 日均487人次(全年按300天计)
			times = []int64{n}
		} else if n := daysNamed(x.textBetween(s, m)); n > 0 { // 开馆340天,接待27.2万人次,日均800人次
			times = append([]int64{n}, times...)
		}
		if monthly {
			times = []int64{x.monthsOver(s)}
		}
		for _, n := range times {
			r := relation{kind: "rate", op: "product", stated: s, members: []*figure{m}, months: n}
			if r.holds() && x.tight(&r) {
				return x.report(r)
			}
			if named == nil && monthly && sameSentence(s, m) && cmp.Or(x.monthsIn(s.clause+" "+s.Period.Printed), x.monthsIn(s.pre)) == n && n > 1 {
				named = &r
			}
		}
	}
	return named != nil && x.report(*named)
}

// isMeanOfTime reports a mean of days or of months, and which; what is for each of something besides is none: 每用户月均收入50元.
func (x *checker) isMeanOfTime(m *figure) (monthly, ok bool) {
	if _, each, found := strings.Cut(m.clause, "每"); found && !strings.ContainsAny(firstRunes(each, 1), "天日月") {
		return false, false
	}
	if x.Monthly.In(m.clause) {
		return true, true
	}
	daily := x.Daylong.Has(m.Per)
	return false, x.Daily.In(m.clause) && (m.Per == "" || daily) || daily && (daysNamed(x.textBetween(m, m)) > 0 || daysOf(m) > 0) // 开车324天,日产40吨,共生产12960吨
}

// overTime reports a sum that a mean of days or months may be of.
func (x *checker) overTime(s, m *figure) bool {
	return sameMeasureBut(s, m) && s.span.known && s.Kind != schema.Change && !x.comparedWith(s) && !x.isBase(s) && !x.Beyond.In(s.clause)
}

// monthsOver is over how many months a sum goes by the words around it, its sentence and the title: a year if none say.
func (x *checker) monthsOver(s *figure) int64 {
	title := ""
	if a := x.doc.ArticleAt(s.Start); a != nil {
		title = a.Title
	}
	return cmp.Or(x.monthsIn(s.clause+" "+s.Period.Printed), x.monthsIn(s.pre), x.monthsIn(title), 12)
}

// monthly checks what was paid in a month or on a day against what was paid in a year.
func (x *checker) monthly() {
	for i := range x.figs {
		m := &x.figs[i]
		if x.meanOfTime(m) {
			continue
		}
		if m.Per != "月" || m.Kind != schema.Amount && m.Kind != schema.Standard && m.Kind != schema.Change || !m.span.known || m.Approx == schema.Range {
			continue
		}
		for k := i + 1; k < len(x.figs) && k <= i+2; k++ {
			s := &x.figs[k]
			if s.sentence > m.sentence || !sameMeasureBut(s, m) || s.Kind != schema.Amount || !s.span.known {
				continue
			}
			n := x.monthsIn(s.clause + " " + s.Period.Printed)
			if n <= 1 {
				continue
			}
			if r := (relation{kind: "rate", op: "product", stated: s, members: []*figure{m}, months: n}); m.Kind == schema.Amount && !x.isMeanOf(m) || r.holds() { // 每月补助2394元,全年28728元
				x.report(r)
			}
			break
		}
	}
}

// sameMeasureBut reports the same unit, the second per month and the first not.
func sameMeasureBut(s, m *figure) bool { return s.unit == m.unit && s.Per == "" }
