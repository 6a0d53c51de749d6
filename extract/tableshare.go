package extract

import (
	"slices"
	"strings"

	"mingxi/extract/lexicon"
)

// The line above a table names its units, but not of what: 单位:亩、公斤、吨. They are shared out
// among the heads of a panel at once. What a head says, and what its figures are, leaves it some of
// them, 总产 only 吨; a head of one is sure. Units that no head is sure of go to the heads that are
// sure of none, in the order of the line:
//
//	单位:亩、公斤、吨                      单位:亩、万株
//	夏粮            秋粮                   人工造林  封山育林  株数
//	面积 亩产 总产  面积 亩产 总产

// A headShare is what the heads of the same words may take of the units.
type headShare struct {
	cols []int
	may  []int // the units, by their number in the line
}

// shareOut gives columns of a panel the number of their unit in the line above the table, where no
// other way is left.
func (x *reader) shareOut(sec *section, p *panel) map[int]int {
	all := x.unitsOfLine(x.sheet.units)
	if len(all) < 2 || len(x.sheet.of) > 0 || slices.ContainsFunc(all, func(u printedUnit) bool { return !u.known() }) {
		return nil
	}
	heads, told := x.headShares(sec, p, all), 0
	for _, h := range heads {
		told += len(h.cols)
	}
	if told < len(p.values) && slices.ContainsFunc(all[1:], func(u printedUnit) bool { return u.name == all[0].name }) {
		return nil // 单位:人、万人
	}
	out := share(heads, all)
	if left := onlyLeft(heads, all); left >= 0 && p.unit < 0 {
		for _, c := range p.values { // 集中供养 and 分散供养 beside 资金, below 单位:人、万元
			if k := &sec.cols[c]; k.holds() && k.like == nil && x.leavesUnit(k) {
				out[c] = left
			}
		}
	}
	for _, c := range p.values { // 计划 beside 完成 and its per cents
		for _, d := range p.values {
			if n, ok := out[d]; ok && sec.cols[c].like == &sec.cols[d] {
				out[c] = n
			}
		}
	}
	return out
}

// onlyLeft is the number of the one unit that no head is sure of where some is, -1 if there are more.
func onlyLeft(heads []headShare, all []printedUnit) int {
	left := -1
	for i, u := range all {
		if u.isPercent() || slices.ContainsFunc(heads, func(h headShare) bool { return len(h.may) == 1 && h.may[0] == i }) {
			continue
		}
		if left >= 0 {
			return -1
		}
		left = i
	}
	return left
}

// share gives the columns of heads the numbers of their units.
func share(heads []headShare, all []printedUnit) map[int]int {
	var sure, open, left []int // the units that heads are sure of, the heads that are not, the other units
	for i, h := range heads {
		if len(h.may) == 1 {
			sure = append(sure, h.may[0])
		} else {
			open = append(open, i)
		}
	}
	for i, u := range all {
		if !slices.Contains(sure, i) && !u.isPercent() {
			left = append(left, i)
		}
	}
	at := func(i int) int {
		if k := slices.Index(open, i); k >= 0 {
			return left[min(k, len(left)-1)]
		}
		return heads[i].may[0]
	}
	one := func(i int) int { return i }
	switch {
	case len(heads) == len(all) && inLine(heads, one): // each its own
		at = one
	case len(left) == 0 || len(left) != 1 && len(left) != len(open) || len(open) > 1 && !inLine(heads, at):
		heads = slices.DeleteFunc(heads, func(h headShare) bool { return len(h.may) != 1 })
		at = func(i int) int { return heads[i].may[0] }
	}
	out := map[int]int{}
	for i, h := range heads {
		for _, c := range h.cols {
			if slices.Contains(h.may, at(i)) {
				out[c] = at(i)
			}
		}
	}
	return out
}

// inLine reports that the units of heads, by their numbers, follow the line: none falls back but to one that
// stood before, 批次 | 人次 | 集体访批次. Each head may have its own.
func inLine(heads []headShare, at func(i int) int) bool {
	seen, highest := map[int]bool{}, -1
	for i := range heads {
		n := at(i)
		if !slices.Contains(heads[i].may, n) || n < highest && !seen[n] {
			return false
		}
		seen[n], highest = true, max(highest, n)
	}
	return true
}

// headShares gathers the heads of figures that take a unit of the line, in their order. A head of a
// time or class, 累计, leaves it to its rows, and none is shared out.
func (x *reader) headShares(sec *section, p *panel, all []printedUnit) (heads []headShare) {
	for _, c := range p.values {
		col := &sec.cols[c]
		if !col.holds() || col.like != nil {
			continue
		}
		var may []int
		fits := x.mayHave(col, all)
		for i, u := range all {
			if fits != nil && fits(u) {
				may = append(may, i)
			}
		}
		if may = x.unscaled(col, may, all); len(may) == 0 {
			continue
		}
		same := slices.IndexFunc(heads, func(h headShare) bool {
			of := &sec.cols[h.cols[0]]
			return slices.Equal(h.may, may) && (of.first == col.first || x.sameCrop(of, col))
		})
		if same < 0 {
			same, heads = len(heads), append(heads, headShare{may: may})
		}
		heads[same].cols = append(heads[same].cols, c)
	}
	return heads
}

// unscaled leaves a yield or a mean the units without a multiplier, if there are any: 亩产 below 单位:亩、斤、万斤.
func (x *reader) unscaled(col *column, may []int, all []printedUnit) []int {
	scaled := func(i int) bool { return all[i].scale > 0 }
	if head := strings.Join(col.path, ""); !containsAny(head, x.lex.Table.Mean) && !containsEnd(head, x.lex.Table.Yield) || !slices.ContainsFunc(may, func(i int) bool { return !scaled(i) }) {
		return may
	}
	return slices.DeleteFunc(may, scaled)
}

// sameCrop reports heads of the same of yield and harvest, 油菜总产 and 花生总产, which have one unit of a line with two.
func (x *reader) sameCrop(a, b *column) bool {
	for _, w := range slices.Concat(x.lex.Table.Yield, x.lex.Table.Crop) {
		if strings.HasSuffix(a.first, w) || strings.HasSuffix(b.first, w) {
			return strings.HasSuffix(a.first, w) && strings.HasSuffix(b.first, w)
		}
	}
	return false
}

// mayHave tells the units of the line that a column may have by its head; nil if it has none of them.
func (x *reader) mayHave(col *column, all []printedUnit) func(printedUnit) bool {
	rated := func(u printedUnit) bool { return u.per != "" }
	own, name, head := printedUnit{}, x.measureOf(col, ""), strings.Join(col.path, "")
	for _, n := range col.path {
		if v := x.impliedUnit(n); v.known() {
			own = scaledLike(countedAs(v, all), all)
		}
	}
	switch like := x.unitsLike(name); {
	case col.unit.known():
		return func(u printedUnit) bool { return u == col.unit }
	case own.unit != nil && !own.isPercent():
		return func(u printedUnit) bool {
			return u.unit != nil && u.unit.Dim == own.unit.Dim && (u.unit.Dim != lexicon.Count || u.name == own.name)
		}
	case containsEnd(last(col.path), x.lex.Table.Difference) || x.openGrowth(col):
		return nil
	case x.grows(head) || own.isPercent():
		return printedUnit.isPercent
	case like != nil && (slices.ContainsFunc(all, like) || !containsEnd(name, x.lex.Table.Yield)):
		return like // 亩产 may be in 公斤, without 每亩
	case containsAny(head, x.lex.MoneyHead) || containsEnd(head, x.lex.Table.Fee):
		rate := containsAny(head, x.lex.Table.Rate)
		if rated := func(u printedUnit) bool { return u.isMoney() && (u.per != "") == rate }; slices.ContainsFunc(all, rated) {
			return rated
		}
		return printedUnit.isMoney
	case strings.Contains(head, "均") && slices.ContainsFunc(all, rated): // 平均家庭户规模 below 单位:户、人/户
		return rated
	case x.leavesUnit(col):
		return nil
	}
	return x.openTo(col, name, all)
}

// openTo tells the units that a column may have whose head says nothing of it: none that what it
// measures or its figures speak against.
func (x *reader) openTo(col *column, name string, all []printedUnit) func(printedUnit) bool {
	people := slices.ContainsFunc(all, func(u printedUnit) bool { return u.unit != nil && u.unit.Dim == lexicon.People })
	noMoney, head := x.noMoney(last(col.path)), strings.Join(col.path, "")
	return func(u printedUnit) bool {
		counts := u.unit != nil && u.scale == 0 && (u.unit.Dim == lexicon.Count || u.unit.Dim == lexicon.People)
		switch {
		case u.name == "只" && containsAny(head, x.lex.Table.Cattle) || u.name == "头" && containsAny(head, x.lex.Table.Fowl):
			return !slices.ContainsFunc(all, func(v printedUnit) bool { return v.name != u.name && (v.name == "头" || v.name == "只") })
		case u.isPercent(), x.unlikeNoun(u, name), noMoney && u.isMoney(), counts && col.decimals > 0:
			return false
		}
		return !people || u.name != "户" // 迁入 below 单位:户、人
	}
}
