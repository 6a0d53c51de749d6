package audit

// Results that the finders before this one have left: of the figures right around one, the only
// two that give it, where the words say what kind of result it is and which of the two is the
// earlier or larger.
//
//	2012年接待86.4万人次,2013年接待99.8万人次,同比增长15.5%     growth
//	立案312件,同比上升8.3%,上年为288件                         growth
//	结余186万元,比年初增加24万元,年初162万元                   change
//	完成投资38.6亿元,占年计划的107.2%,年计划36亿元              share
//	共有床位1200张,使用率为86%,实际占用1032张                   share

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// A result is a kind of relation of two figures that its words call.
type result struct {
	kind, op string
	percent  bool // the result is a per cent
	reach    int  // how many times as far as others its figures may stand before it
	called   func(x *checker, s *figure) bool
	pair     func(x *checker, s, a, b *figure) bool // a and b, in the order of the equation, may give s
}

// results are the kinds in the order in which they are tried.
var results = []result{
	{"change", "difference", false, 1, (*checker).isMore, (*checker).moreThan},
	{"growth", "growthby", true, 1, (*checker).isSinceOpening, (*checker).grownBy},
	{"completion", "share", true, 1, (*checker).isCompletion, (*checker).planned},
	{"change", "difference", false, 1, (*checker).isBeyond, (*checker).planned},
	{"growth", "growth", true, 1, (*checker).isBeyond, (*checker).planned},
	{"average", "quotient", false, 2, (*checker).isAverage, (*checker).averaged},
	{"balance", "sum", false, 1, (*checker).isClosing, (*checker).added},
	{"balance", "difference", false, 3, (*checker).isGain, (*checker).gainedBy},
	{"share", "share", false, 1, (*checker).isTimesLast, (*checker).ofLast},
	{"share", "share", true, 1, (*checker).isTimesLast, (*checker).ofLast},
	{"share", "loss", true, 1, (*checker).isLoss, (*checker).lostOf},
	{"share", "share", true, 1, (*checker).isPortion, (*checker).portionOf},
}

// nearby looks for the two figures that give each result.
func (x *checker) nearby() {
	for i := range x.figs {
		s := &x.figs[i]
		if s.up != nil && !s.isPercent() && !x.isGain(s) || s.clause == "" || x.figs[i].taken && !x.isGain(s) || !s.span.known || !s.span.exact || x.inTable(s) {
			continue
		}
		for _, k := range results {
			if k.percent == s.isPercent() && k.called(x, s) && !x.isMean(s) && x.resultOf(s, k) {
				break
			}
		}
	}
}

// around is how many figures before a result, and behind it, its two may stand.
const around, behind = 8, 3

// resultOf reports the only two figures around s that give it.
func (x *checker) resultOf(s *figure, k result) bool {
	var only *relation
	near := x.aroundOf(s, k)
	for _, a := range near {
		for _, b := range near {
			if a == b || !k.pair(x, s, a, b) || k.op == "share" && !mayBeShare(s, a, b) {
				continue
			}
			r := relation{kind: k.kind, op: k.op, stated: s, members: []*figure{a, b}, direction: x.direction(s)}
			if !r.holds() || !x.tight(&r) || k.kind == "share" && !x.narrow(&r) {
				continue
			}
			if only != nil {
				return false
			}
			only = &r
		}
	}
	return only != nil && x.report(*only)
}

// narrow reports that what two figures give is known to a hundredth of itself.
func (x *checker) narrow(r *relation) bool {
	got := r.result()
	return mul(sub(got.hi, got.lo), newRational(100, 1)).Cmp(got.mid) <= 0
}

// aroundOf are the amounts around a result, in its sentence, and in the one before where it
// begins its own.
func (x *checker) aroundOf(s *figure, kind result) (out []*figure) {
	for k := max(0, s.n-around*kind.reach); k < len(x.figs) && k <= s.n+behind; k++ {
		f := &x.figs[k]
		if f == s || !f.span.known || !f.span.exact || f.Kind == schema.Change && !x.LastYear.Has(f.clause) && !(s.isPercent() && x.Newly.In(f.clause)) || f.Kind == schema.Share && s.isPercent() {
			continue
		}
		if sameSentence(f, s) || k < s.n && f.block == s.block && f.sentence >= s.sentence-kind.reach || kind.reach > 1 && k < s.n && f.Article == s.Article {
			out = append(out, f)
		}
	}
	return out
}

// isMore reports how much more or less one thing is than another: 男性比女性多1652人.
func (x *checker) isMore(s *figure) bool {
	_, _, ok := x.twoThings(s.clause)
	return ok && s.unit != "倍"
}

// twoThings divides 男性比女性多 and 年消耗大于生长 into the two that are compared.
func (x *checker) twoThings(clause string) (one, other string, ok bool) {
	clause = strings.TrimRight(clause, "约近 ")
	if one, other, ok = strings.Cut(clause, "比"); ok {
		for _, w := range []string{"多", "少"} { // 比限额少采
			if name, verb, found := strings.Cut(other, w); found && name != "" && utf8.RuneCountInString(verb) <= 2 {
				return one, name, true
			}
		}
		return one, other, x.More.Ends(other)
	}
	for _, w := range []string{"大于", "小于", "多于", "少于", "高于", "低于"} {
		if one, other, ok = strings.Cut(clause, w); ok {
			return one, other, other != ""
		}
	}
	return "", "", false
}

// moreThan reports that the clause of s calls a and b: one before 比, the other behind it.
func (x *checker) moreThan(s, a, b *figure) bool {
	one, other, _ := x.twoThings(s.clause)
	calls := func(name string, f *figure) bool {
		return utf8.RuneCountInString(name) >= 2 && strings.Contains(f.clause+"|"+f.Label, name)
	}
	for _, w := range x.More.Words {
		other = strings.TrimSuffix(other, w)
	}
	return a.unit == s.unit && b.unit == s.unit && (one == "" || calls(one, a)) && calls(other, b)
}

// isGain reports what is left of an income after what was spent.
func (x *checker) isGain(s *figure) bool {
	return s.Kind == schema.Amount && s.unit == "元" && (x.Gain.In(lastRunes(s.clause, 4)) || strings.Contains(s.clause, "收支差额"))
}

// gainedBy reports an income and what was spent of it, which may have been divided: 业务收入36482万元,
// 其中…。业务支出17264.5万元,其中…。增值收益19217.5万元.
func (x *checker) gainedBy(s, a, b *figure) bool {
	if a.Value.Cmp(b.Value) < 0 || !sameMeasure(a, s) || !sameMeasure(b, s) {
		return false
	}
	of := func(in, out *figure) bool {
		return x.Income.Ends(in.clause) && x.Expense.Ends(out.clause)
	}
	return of(a, b) || of(b, a) && strings.Contains(s.clause, "收支差额") // 收支差额由上级补助4173万元弥补
}

// isLoss reports how much is lost of a whole: 线损率.
func (x *checker) isLoss(s *figure) bool { return x.isShare(s) && x.Lost.In(x.rateName(s)) }

// lostOf reports a whole and the rest of it side by side: 供电量12450万度,售电量11592万度.
func (x *checker) lostOf(s, a, b *figure) bool {
	return a.n == b.n+1 && a.unit == b.unit && x.partLike(a) && x.partLike(b) && a.Value.Cmp(b.Value) < 0
}

// isSinceOpening reports a growth since the beginning of the year, or the end of the last.
func (x *checker) isSinceOpening(s *figure) bool {
	return x.isGrowth(s) && (x.Opening.In(s.clause) || strings.Contains(s.clause, "上年末") || s.n > 0 && sameSentence(&x.figs[s.n-1], s) && (x.Newly.In(x.figs[s.n-1].clause) || x.Closing.In(x.figs[s.n-1].clause) && s.n > 1 && x.Newly.In(x.figs[s.n-2].clause)))
}

// grownBy reports that a is a balance that has grown by b since the year before: 新增贷款12.6亿元,
// 年末余额86.4亿元,比年初增长17.1%.
func (x *checker) grownBy(s, a, b *figure) bool {
	if !sameMeasure(a, b) || a.Value.Cmp(b.Value) <= 0 {
		return false
	}
	name, total := strings.CutSuffix(b.clause, "额") // 缴存额38.62亿元…缴存总额264.85亿元,比上年末增长17.1%
	return x.Newly.In(b.clause) && (x.Closing.In(a.clause) || a.n == b.n-1 && b.n == s.n-1) || total && name != "" && strings.HasSuffix(a.clause, name+"总额")
}

// isTimesLast reports a multiple or a per cent of the year before: 是上年的1.15倍.
func (x *checker) isTimesLast(s *figure) bool {
	return (s.Unit == "倍" || s.isPercent()) && strings.HasSuffix(s.clause, "的") && x.LastYear.In(s.clause)
}

// ofLast reports that b stands behind as what there was in that year: 上年为35.88万册次.
func (x *checker) ofLast(s, a, b *figure) bool {
	return sameMeasure(a, b) && a.n == s.n-1 && b.n > s.n && x.LastYear.Starts(b.clause)
}

// isCompletion reports a per cent of a plan.
func (x *checker) isCompletion(s *figure) bool {
	return x.isShare(s) && (x.Plan.In(s.clause) || s.clause == "完成" || s.clause == "完成率") && !x.growing(s)
}

// isBeyond reports how far a figure passed its plan.
func (x *checker) isBeyond(s *figure) bool { return x.Beyond.In(s.clause) }

// planned reports that b is the plan of a.
func (x *checker) planned(s, a, b *figure) bool {
	return sameMeasure(a, b) && (s.isPercent() || sameMeasure(a, s)) && b.Value.Sign() > 0 && x.Due.In(b.clause) && !x.Plan.In(a.clause) && !x.Beyond.In(a.clause) && !x.Beyond.In(b.clause)
}

// isAverage reports a mean that does not say what it is counted by.
func (x *checker) isAverage(s *figure) bool {
	return s.Per == "" && !s.isPercent() && (strings.Contains(s.clause, "均") || strings.Contains(s.clause, "单价"))
}

// averaged reports that s may be a for each b: by its unit (周转量9844万吨公里,货运量214万吨,平均运距46公里),
// or by the words (结案702件,罚没1036.4万元,结案案件平均罚没1.48万元; 每担均价700元).
func (x *checker) averaged(s, a, b *figure) bool {
	if a.unit == b.unit+s.unit || a.unit == strings.TrimSuffix(b.unit, "次")+s.unit || strings.HasSuffix(a.unit, "日") && s.unit == "天" && x.counted[b.Unit] {
		return true
	}
	if strings.HasSuffix(strings.TrimRight(s.clause, leads), "价") { // 售电3.92亿千瓦时,均价0.58元,收入2.27亿元
		return pays(a, b)
	}
	if _, name, ok := strings.Cut(s.clause, "平均"); ok && utf8.RuneCountInString(name) == 2 && a.unit == s.unit && a.unit != b.unit && a.Per == "" && b.Per == "" && x.counted[b.Unit] && strings.Contains(a.clause, name) {
		return true // 职工385人,工资总额263.4万元,平均工资6842元
	}
	return a.unit == s.unit && b.unit != s.unit && a.Per == "" && b.Per == "" && x.counted[b.Unit] && utf8.RuneCountInString(b.tail) == 2 && strings.Contains(s.clause, b.tail) ||
		a.unit == s.unit && strings.Contains(s.clause, "每"+b.unit)
}

// pays reports money and what may have been sold for it.
func pays(a, b *figure) bool { return a.unit == "元" && b.unit != "元" && amount(a) && amount(b) }

// isClosing reports a closing balance, or a total.
func (x *checker) isClosing(s *figure) bool {
	return x.Closing.In(s.clause) || x.Total.In(s.clause)
}

// added reports that b is added to a: 本年结余5545万元,加上年滚存结余65851万元,年末滚存结余71396万元.
func (x *checker) added(s, a, b *figure) bool {
	return sameMeasure(a, b) && sameMeasure(a, s) && a.n == b.n-1 && b.n < s.n && strings.HasPrefix(b.clause, "加")
}

// isDifference reports by how much a figure changed, in its own unit; it is read once.
func (x *checker) isDifference(s *figure) bool {
	if s.differs == unread {
		s.differs = answerOf(x.readsDifference(s))
	}
	return s.differs == yes
}

func (x *checker) readsDifference(s *figure) bool {
	return !s.isPercent() && s.Unit != "倍" && !strings.Contains(s.clause, "另") && (s.Kind == schema.Change || x.isIncrease(s) || strings.Contains(s.clause, "新增") || x.Up.In(s.clause) || x.Down.In(s.clause) || x.More.Ends(strings.TrimRight(s.clause, "约近了")))
}

// isPortion reports a share or a rate by its words.
func (x *checker) isPortion(s *figure) bool {
	return x.isShare(s) && s.Kind != schema.Change && !x.growing(s) && (strings.Contains(s.clause, "占") || x.rateName(s) != "")
}

// portionOf reports that a may be a part of b.
func (x *checker) portionOf(s, a, b *figure) bool {
	return !x.ofOtherYear(b, s) && x.partLike(a) && x.partLike(b) && x.commensurable(a, b) && a.Value.Cmp(b.Value) < 0 && max(a.n-s.n, s.n-a.n) <= 3 && !slices.Contains(s.Flags, "ratio")
}
