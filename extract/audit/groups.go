package audit

// Members that something else than 其中 shows to be all there are:
//
//	总购进8416万元。按来源分:⏎农副产品3574万元;⏎工业品3926万元;⏎系统外916万元。  blockLists
//	病险水库71座,已加固23座,尚有48座未动工                                     remainders
//	出生5348人。…计划内5054人,计划外294人                                      pairings
//	常住人口634218人。…0—14岁…,15—64岁…,65岁以上…                              farLists

import (
	"iter"
	"slices"
	"strings"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// blockLists finds lists of which each member is a block of its own: the block before them
// ends in : and all but the last in ;.
func (x *checker) blockLists() {
	groups := x.byBlock()
	for i := range groups {
		b := groups[i][0].block
		if !x.blockEnds(b-1, ":") && !x.Partitive.Starts(strings.TrimSpace(groups[i][0].pre)) {
			continue
		}
		items := [][]*figure{groups[i]}
		for k := i + 1; k < len(groups) && x.blockEnds(groups[k-1][0].block, ";") && groups[k][0].block == groups[k-1][0].block+1; k++ {
			items = append(items, groups[k])
		}
		if len(items) >= 2 && i > 0 && groups[i-1][0].Article == groups[i][0].Article && b-groups[i-1][0].block <= 2 {
			x.blockList(groups[i-1], items)
		}
	}
}

// blockEnds reports a block that ends in a mark.
func (x *checker) blockEnds(b int, mark string) bool {
	if b < 0 || b >= len(x.doc.Blocks) || x.doc.Blocks[b].Kind == schema.Row {
		return false
	}
	text := x.doc.Blocks[b].In(x.doc.Text)
	return strings.HasSuffix(fold.String(strings.TrimSpace(text[max(0, len(text)-12):])), mark)
}

// blockList checks the figures of the lead, the nearest first, against the first figures of
// each unit in the items.
func (x *checker) blockList(lead []*figure, items [][]*figure) {
	done := map[string]bool{}
	for _, m := range items[0] {
		if !m.countable() || m.isPercent() || done[m.unit+"/"+m.Per] {
			continue
		}
		done[m.unit+"/"+m.Per] = true
		var members []*figure
		for _, item := range items {
			if k := slices.IndexFunc(item, func(f *figure) bool { return sameMeasure(f, m) && f.countable() }); k >= 0 {
				members = append(members, item[k])
			}
		}
		if len(members) == len(items) {
			x.blockSum(lead, members)
		}
	}
}

// blockSum reports the total of a list of blocks: the nearest figure that they add up to, or,
// where the lead has only one in its last sentence, that.
func (x *checker) blockSum(lead, members []*figure) {
	var last []*figure
	for k := len(lead) - 1; k >= 0 && lead[k].sentence >= lead[len(lead)-1].sentence-1; k-- {
		t := lead[k]
		if !x.divisible(t, members[0]) || x.isBase(t) {
			continue
		}
		if exactPrefix(t, members) == len(members) {
			x.report(sumOf("total", t, members))
			return
		}
		if t.sentence == lead[len(lead)-1].sentence {
			last = append(last, t)
		}
	}
	if len(last) == 1 {
		r := sumOf("total", last[0], members)
		if e := x.slipOf(&r, untilSwap).Kind; x.close(&r, 4) || slices.Contains([]string{"missing_member", "factor", "area_unit", "swap"}, e) {
			x.report(r)
		}
	}
}

// slipOf is the likeliest slip of a relation that does not hold, of those that are wanted.
func (x *checker) slipOf(r *relation, wanted int) Explanation {
	if r.verdict() != Contradicts {
		return Explanation{}
	}
	return x.explain(r, wanted)
}

// farLists finds lists of three and more side by side that give a figure further up
// exactly, which must be large, so that they do not do so by chance: 常住人口634218人。…0—14岁…,
// 15—64岁…,65岁以上….
func (x *checker) farLists() {
	for i := 0; i+2 < len(x.figs); i++ {
		m := x.sideBySide(i)
		if len(m) < 3 {
			continue
		}
		if m[0].up == nil && !x.inTable(m[0]) && !x.nested(m) {
			for t := range x.back(m[0], farTotal, nil) {
				if t.Article != m[0].Article {
					break
				}
				if x.divisible(t, m[0]) && t.Kind == schema.Amount && significant(t) >= 3 && exactPrefix(t, m) == len(m) && x.report(sumOf("total", t, m)) {
					break
				}
			}
		}
		i = m[len(m)-1].n - 1
	}
}

// nested reports figures of which one is a part of the first: 59户,其中17户、42户.
func (x *checker) nested(m []*figure) bool {
	return slices.ContainsFunc(m[1:], func(f *figure) bool { return f.up == m[0] })
}

// sideBySide are the figures of one measure from i on that follow one another in a sentence,
// shares of each between them.
func (x *checker) sideBySide(i int) []*figure {
	first := &x.figs[i]
	if first.Kind != schema.Amount || first.isPercent() || !first.span.known {
		return nil
	}
	m := []*figure{first}
	for k := i + 1; k < len(x.figs) && len(m) < maxMembers && sameSentence(&x.figs[k], first); k++ {
		f := &x.figs[k]
		if f.isPercent() && (f.n == m[len(m)-1].n+1 || x.isBase(&x.figs[k-1])) || x.isBase(f) {
			continue
		}
		if f.Kind != schema.Amount || !f.span.known || !sameMeasure(f, first) || f.depth != first.depth || x.Beside.In(f.pre) {
			break
		}
		m = append(m, f)
	}
	return m
}

// significant is how many digits of a value say something: 3 of 43600.
func significant(f *figure) int {
	digits := strings.ReplaceAll(f.Value.String(), ".", "")
	return len(strings.Trim(digits, "0-"))
}

// otherOf is the nearest amount before b of its measure in its block, with which it leaves no third.
func (x *checker) otherOf(b *figure) *figure {
	if b.Kind != schema.Amount || !b.span.known || len(x.sidesOf(b)) == 0 && !x.Rest.In(b.pre) && !strings.Contains(b.clause, "非") && !strings.Contains(b.clause, "以上") {
		return nil
	}
	for a := range x.back(b, 5, nil) {
		if a.block != b.block || a.sentence < b.sentence-1 {
			return nil
		}
		if a.Kind == schema.Amount && sameMeasure(a, b) && a.span.known {
			if x.closes([]*figure{a, b}) {
				return a
			}
		}
	}
	return nil
}

// pairings finds pairs that leave no third, side by side or nearly so, whose total stands further
// up: 出生5348人…计划内5054人,计划外294人. Only exact sums count.
func (x *checker) pairings() {
	for i := 1; i < len(x.figs); i++ {
		b := &x.figs[i]
		a := x.otherOf(b)
		if a == nil || b.up != nil || a.up != nil {
			continue
		}
		for t := range x.totalsAround(a, b) {
			if x.divisible(t, a) && t.Value.Cmp(schema.Int(100)) >= 0 && exactPrefix(t, []*figure{a, b}) == 2 {
				x.report(sumOf("total", t, []*figure{a, b}))
				break
			}
		}
	}
}

// totalsAround yields the figures before a, the nearest first, and then one in a bracket behind b that says 总: 男…,女…。
// 城镇化率18.0%(总人口290960人).
func (x *checker) totalsAround(a, b *figure) iter.Seq[*figure] {
	return func(yield func(*figure) bool) {
		for t := range x.back(a, farTotal, sameArticle) {
			if !yield(t) {
				return
			}
		}
		for k := b.n + 1; k < len(x.figs) && k <= b.n+around && x.figs[k].block == b.block; k++ {
			if t := &x.figs[k]; t.depth > 0 && strings.Contains(t.clause, "总") && !yield(t) {
				return
			}
		}
	}
}
