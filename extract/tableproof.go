package extract

import (
	"cmp"
	"slices"
	"strings"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// A column 同比± or 增减 leaves open whether it holds differences or per cents. Where two
// columns before it give its figures in all rows, they tell:
//
//	指标      单位  本季数  去年同期  同比±
//	城市低保  人    12345   13456    -1111      the difference
//	临时救助  人次  1234    1200     2.8        34 of 1200, in per cent

type proof uint8

const (
	unproved proof = iota
	difference
	growth
)

// differs finds for a column without a unit one left of it from which another takes its figures in all rows,
// 编制 | 实有 | 超(+)缺(-)编, or the one whose running sum it is, 人数 | 累计.
func (x *reader) differs(sec *section, body []sheetRow, c int) {
	col := &sec.cols[c]
	if !x.unitOpen(col) || col.numbers+col.decimals < 3 {
		return
	}
	for p := max(0, c-mostBeside); p < c; p++ {
		if sec.cols[p].ofFigures() && runningSum(body, c, p) {
			col.like = &sec.cols[p]
		}
		for q := max(0, c-mostBeside); q < c && col.like == nil; q++ {
			if p != q && sec.cols[p].ofFigures() && sec.cols[q].ofFigures() && !x.inPercent(&sec.cols[p]) && proofBy(body, c, p, q) == difference {
				col.like = &sec.cols[p]
			}
		}
	}
}

// runningSum reports that column c adds up the figures of p to the row at hand, in all rows.
func runningSum(body []sheetRow, c, p int) bool {
	sum := schema.Int(0)
	for i := range body {
		one, all := body[i].at(p), body[i].at(c)
		if one.kind != numberCell || all.kind != numberCell {
			return false
		}
		if sum = sum.Add(numberOf(&one)); !sum.Known() || sum.Cmp(numberOf(&all)) != 0 {
			return false
		}
	}
	return true
}

const mostBeside = 9 // columns between

// inPercent reports a column whose head tells per cents.
func (x *reader) inPercent(col *column) bool {
	return col.unit.isPercent() || x.impliedUnit(last(col.path)).isPercent()
}

// mostAddends is how many columns another may add up.
const mostAddends = 40

// addends gives the columns right of column t that add up to it in all rows, and have no unit, its
// unit: 大牲畜年底头数 | 牛 | 马 | 驴, 合计 | 河北 | 山西. Those that add up to one of them, 高速, 一级
// of 等级公路, are not counted again.
func (x *reader) addends(sec *section, body []sheetRow, t int) {
	least := 3 // rows that prove it
	total := &sec.cols[t]
	if total.longs >= 2 {
		least = 2
	}
	if !total.ofFigures() || total.numbers < least || len(body) > longestSum {
		return
	}
	sums, first := make([]schema.Decimal, len(body)), t+1
	for c := first; c < min(len(sec.cols), t+mostAddends); c++ {
		if k := &sec.cols[c]; k.role != valueColumn || !k.holds() || x.relative(k) {
			return
		}
		same, rows, parts := true, 0, sec.cols[c].addends
		for i := range body {
			if c == first {
				sums[i] = schema.Int(0)
			}
			cells := body[i].cells
			if max(t, c) >= len(cells) || cells[t].kind != numberCell {
				continue
			}
			if cells[c].kind == numberCell {
				sums[i] = sums[i].Add(numberOf(&cells[c]))
			}
			same = same && sums[i].Known() && sums[i].Cmp(numberOf(&cells[t])) == 0
			rows++
		}
		c += parts
		if same && c-parts > first && rows >= least {
			x.alikeParts(sec, t, c)
			first = c + 1 // it may be divided again: 男 | 女 | 35岁以下 | 36岁以上
		}
	}
}

// addendsBefore does so with the columns left of a total, 社会团体 | 基金会 | 合计.
func (x *reader) addendsBefore(sec *section, body []sheetRow, t int) {
	least := 3
	if sec.cols[t].longs >= 2 {
		least = 2
	}
	if !isTotal(last(sec.cols[t].path)) || sec.cols[t].numbers < least || len(body) > longestSum {
		return
	}
	for c := t - 1; c >= max(0, t-mostAddends) && sec.cols[c].ofFigures() && !x.relative(&sec.cols[c]); c-- {
		if c < t-1 && addsUp(body, t, c, t) {
			x.alikeParts(sec, t, c)
			return
		}
	}
}

// alikeParts gives a total and the columns from it to another that add up to it, and have no unit, the unit of another.
func (x *reader) alikeParts(sec *section, t, to int) {
	total := &sec.cols[t]
	total.addends = max(0, to-t)
	for k := min(t, to); k <= max(t, to); k++ {
		switch p := &sec.cols[k]; {
		case k == t:
		case p.like != nil:
		case !p.unit.known() && !cmp.Or(x.impliedUnit(last(p.path)), x.unitOfThings(last(p.path))).known():
			p.like = total
		case x.unitOpen(total):
			total.like = p
		}
	}
}

// sameNoun gives a column without a unit that of one left of it whose head ends its own: 播种面积(亩) | 粮食播种面积.
func (x *reader) sameNoun(sec *section) {
	for c := range sec.cols {
		col := &sec.cols[c]
		for d := range sec.cols[:c] {
			k := &sec.cols[d]
			n := last(k.path)
			if len(n) > 6 && strings.HasSuffix(last(col.path), n) && x.measured(n) && !x.grows(n) && x.unitOpen(col) && k.ofFigures() && k.unit.known() && !k.unit.isPercent() && len(x.sheet.units) == 0 {
				col.like = k
			}
		}
	}
}

// shares reports that column r is p in per cent of c, in all rows and at least two.
func shares(body []sheetRow, r, p, c int) bool {
	rows := 0
	for i := range body {
		cells := body[i].cells
		if max(r, p, c) >= len(cells) || cells[r].kind != numberCell || cells[p].kind != numberCell || cells[c].kind != numberCell {
			continue
		}
		v := numberOf(&cells[r])
		if !near(v, numberOf(&cells[p]), numberOf(&cells[c])) {
			return false
		}
		if v.Cmp(schema.Int(1)) >= 0 { // anything small is near 0.1
			rows++
		}
	}
	return rows >= 2
}

// percents finds what columns without a unit hold by those that are another in per cent of a third in all rows:
// 为调整预算 beside 完成数 and 调整预算 holds per cents, and 任务 what 完成 does, beside 完成率. But 计划, too, is
// 已收购 in per cent of 完成: where no unit is known, the words tell which of the two it is.
func (x *reader) percents(sec *section, body []sheetRow) {
	for r := range sec.cols {
		rate := &sec.cols[r]
		words := containsAny(strings.Join(rate.path, ""), x.lex.Table.Result)
		near := func(c int) (from, to int) { return max(0, c-4), min(len(sec.cols), c+4) }
		for p, to := near(r); p < to; p++ {
			for q, to := near(r); q < to; q++ {
				part, whole := &sec.cols[p], &sec.cols[q]
				switch {
				case p == r || q == r || p == q || !part.ofFigures() || !whole.ofFigures() || x.inPercent(whole):
				case x.unitOpen(rate) && rate.decimals > 0 && !x.isIndex(rate, "") && (whole.unit.known() || words) && shares(body, r, p, q):
					rate.unit = x.unitNamed("%")
				case x.inPercent(rate) && x.unitOpen(whole) && part.like == nil && shares(body, r, p, q):
					whole.like = part
				}
			}
		}
	}
}

// unitOpen reports a column of figures whose unit nothing has told.
func (x *reader) unitOpen(col *column) bool {
	return col.role == valueColumn && col.numbers > 1 && !col.unit.known() && col.like == nil && !x.impliedUnit(last(col.path)).known()
}

// besideOthers marks the columns of a panel that stand beside another of the same unit in their
// group: 计划(套) and 实际(套) below 开工; 本期 beside 累计 or 上年同期; and every 实绩 where one stands beside
// 计划 of the same time.
func (x *reader) besideOthers(sec *section, p *panel) {
	beside := "" // 计划
	for _, c := range p.values {
		for _, d := range p.values {
			a, b := &sec.cols[c], &sec.cols[d]
			n := len(a.outer)
			a.kept = a.kept || x.otherStage(a.outer, b.outer)
			if c == d || n == 0 || len(b.outer) != n || !slices.Equal(a.outer[:n-1], b.outer[:n-1]) || a.unit != b.unit || a.period.Printed != b.period.Printed {
				continue
			}
			if n > 1 {
				a.kept = true
			} else if a.period.Printed != "" && containsAny(b.outer[0], x.lex.Table.Plan) {
				beside = a.outer[0]
			}
		}
	}
	for _, c := range p.values {
		if k := &sec.cols[c]; beside != "" && last(k.outer) == beside {
			k.kept = true
		}
	}
}

// otherStage reports heads of which one is 本期, and the other at its place 累计 or 上年同期.
func (x *reader) otherStage(a, b []string) bool {
	i := slices.IndexFunc(a, func(n string) bool { return hasPrefixOf(n, x.lex.Table.Current) })
	return i >= 0 && i < len(b) && slices.Equal(a[:i], b[:i]) && !hasPrefixOf(b[i], x.lex.Table.Current) && containsAny(b[i], x.lex.Table.Stage)
}

// alike marks the columns of a panel whose heads say the same of different figures: what
// told them apart is lost.
func (sec *section) alike(p *panel) {
	for i, c := range p.values {
		if k := &sec.cols[c]; len(k.outer) == 1 && k.outer[0] == "其中" {
			k.alike = true // of what, no head says
		}
		for _, d := range p.values[:i] {
			a, b := &sec.cols[c], &sec.cols[d]
			switch {
			case !a.holds() || !b.holds() || a.unit != b.unit || a.period.Printed != b.period.Printed || !slices.Equal(a.outer, b.outer):
			case baseOf(a.first) != baseOf(b.first): // 指数(上年=100) beside 指数(1978年=100)
				a.base, b.base = baseOf(a.first), baseOf(b.first)
			default:
				a.alike, b.alike = true, true
			}
		}
	}
}

// againBelow gives the names that stand again below each of several rows, in the same order,
// the name of that row: 城区, 公办, 民办, 镇区, 公办, 民办. Some may be left out; where the
// rows are not so, nothing is told.
func againBelow(body []sheetRow, p *panel) map[int]string {
	if len(p.stubs) != 1 {
		return nil
	}
	times, levels := map[string]int{}, map[string]int{}
	name := func(i int) string {
		if c := p.stubs[0]; c < len(body[i].cells) && hasFigures(&body[i], p) {
			if n := readName(body[i].cells[c].text); !n.child {
				levels[n.text] = n.level
				return n.text
			}
		}
		return ""
	}
	for i := range body {
		times[name(i)]++
	}
	out := map[int]string{}
	var runs [][]string
	above := ""
	for i := range body {
		switch n := name(i); {
		case n == "":
		case times[n] == 1:
			above, runs = n, append(runs, nil)
		case above == "" || levels[n] < 9 && levels[n] == levels[above]: // 1、车数, 2、客运总量 stand side by side
			return nil
		default:
			if !strings.HasSuffix(above, "计") { // 总计, 公办, 民办
				out[i] = above
			}
			runs[len(runs)-1] = append(runs[len(runs)-1], n)
		}
	}
	if len(runs) > 1 && len(runs[len(runs)-1]) == 0 { // 合计
		runs = runs[:len(runs)-1]
	}
	if len(runs) < 2 {
		return nil
	}
	longest := slices.MaxFunc(runs, func(a, b []string) int { return len(a) - len(b) })
	for _, r := range runs {
		if len(r) == 0 || len(r)*2 < len(longest) || !inOrder(r, longest) {
			return nil
		}
	}
	return out
}

// inOrder reports that all of a stand in b, in the same order.
func inOrder(a, b []string) bool {
	for _, s := range b {
		if len(a) > 0 && a[0] == s {
			a = a[1:]
		}
	}
	return len(a) == 0
}

// goesOnAsPart are the rows of a panel that go on with a row 其中, between rows with numbers:
// 一、接待人数, 其中:外国人, 台湾同胞, 二、接待人天数, or are indented below the row that it divides. None is larger
// than that.
func (x *reader) goesOnAsPart(body []sheetRow, sec *section, p *panel) map[int]bool {
	if len(p.stubs) != 1 {
		return nil
	}
	out := map[int]bool{}
	whole, within := -1, false // the row, and whether one 其中 stands below it
	for i := range body {
		c := p.stubs[0]
		if c >= len(body[i].cells) || body[i].cells[c].kind != wordCell || !hasFigures(&body[i], p) {
			whole, within = -1, false
			continue
		}
		switch n := readName(body[i].cells[c].text); {
		case n.child:
			within = whole >= 0
		case n.level < 9:
			whole, within = i, false
		case within && (readName(body[whole].cells[c].text).level < 9 || body[i].indent > body[whole].indent) && x.bareRow(&body[i], c) && sameUnitCell(&body[whole], &body[i], p) && x.noLarger(&body[whole], &body[i], sec, p):
			out[i] = true
		default:
			whole, within = i, false
		}
	}
	return out
}

func sameUnitCell(a, b *sheetRow, p *panel) bool {
	return p.unit < 0 || p.unit < len(a.cells) && p.unit < len(b.cells) && (b.cells[p.unit].text == a.cells[p.unit].text || b.cells[p.unit].kind == blankCell)
}

// divided adds to the parts of a panel the rows that divide the row above them, which has a unit in
// its name where they have none: 地区生产总值(万元), #第一产业, 第二产业, 第三产业. The first says
// so, all are indented, or they add up to it.
func (x *reader) divided(body []sheetRow, sec *section, p *panel) {
	if len(p.stubs) != 1 || p.unit >= 0 || len(x.sheet.units) > 0 {
		return
	}
	for i := 0; i < len(body); i++ {
		if !x.unitOfName(&body[i], p.stubs[0]).known() {
			continue
		}
		run := i + 1
		for run < len(body) && x.bareRow(&body[run], p.stubs[0]) && x.sameMeasure(&body[i], &body[run], p.stubs[0]) && x.noLarger(&body[i], &body[run], sec, p) {
			run++
		}
		to := run
		if deeper := indented(body[i:run]); deeper > 1 {
			to = i + deeper
		} else if run > i+1 && !readName(body[i+1].cells[p.stubs[0]].text).child {
			to = x.addedUp(body[i:run], sec, p) + i
		}
		for k := i + 1; k < to; k++ {
			p.parts[k] = true
		}
	}
}

// indented is how many rows, with the first, stand together of which the others are indented below it.
func indented(rows []sheetRow) int {
	n := 1
	for n < len(rows) && rows[n].indent > rows[0].indent {
		n++
	}
	return n
}

func (x *reader) unitOfName(r *sheetRow, c int) printedUnit {
	if c >= len(r.cells) || r.cells[c].kind != wordCell {
		return printedUnit{}
	}
	_, u := x.unitIn(r.cells[c].text)
	return u
}

// bareRow reports a row whose name tells no unit, nor a measure of its own.
func (x *reader) bareRow(r *sheetRow, c int) bool {
	if r.at(c).kind != wordCell || r.full() {
		return false
	}
	n := readName(r.cells[c].text)
	return !x.unitOfName(r, c).known() && !x.impliedUnit(n.text).known() && !isTotal(n.text) && !strings.Contains(n.text, "均") && !containsAny(n.text, x.lex.Table.Rate) && !containsEnd(n.text, x.lex.Table.Index)
}

// sameMeasure reports a row that names no measure, or that of the row it may divide: 小麦 of 粮食产量(吨), not 播种面积.
func (x *reader) sameMeasure(whole, part *sheetRow, c int) bool {
	name, _ := x.unitIn(whole.cells[c].text)
	return strings.HasSuffix(name, x.nounOfMeasure(readName(part.cells[c].text).text))
}

// noLarger reports a row with no figure larger than that of the row it may divide.
func (x *reader) noLarger(whole, part *sheetRow, sec *section, p *panel) bool {
	n := 0
	for _, c := range p.values {
		if c >= len(part.cells) || part.cells[c].kind != numberCell || !x.takesRows(&sec.cols[c]) {
			continue
		}
		if c >= len(whole.cells) || whole.cells[c].kind != numberCell || numberOf(&part.cells[c]).Cmp(numberOf(&whole.cells[c])) > 0 {
			return false
		}
		n++
	}
	return n > 0
}

// takesRows reports a column whose figures have the units of their rows.
func (x *reader) takesRows(col *column) bool {
	return !col.unit.known() && !x.impliedUnit(last(col.path)).known() && !x.grows(strings.Join(col.path, ""))
}

// addedUp is how many rows, with the first, add up to the first in each column that takes
// their units; 1 if they do not.
func (x *reader) addedUp(rows []sheetRow, sec *section, p *panel) int {
	for to := 3; to <= len(rows); to++ {
		columns, ok := 0, true
		for _, c := range p.values {
			if c >= len(rows[0].cells) || rows[0].cells[c].kind != numberCell || !x.takesRows(&sec.cols[c]) {
				continue
			}
			sum := schema.Int(0)
			for i := 1; i < to; i++ {
				if k := rows[i].at(c); k.kind == numberCell {
					sum = sum.Add(numberOf(&k))
				}
			}
			ok = ok && sum.Known() && sum.Cmp(numberOf(&rows[0].cells[c])) == 0
			columns++
		}
		if ok && columns > 0 {
			return to
		}
	}
	return 1
}

// fullMarks gives columns without a unit marks, where a row of the most that each may reach, 满分(分), has none
// that is exceeded.
func (x *reader) fullMarks(sec *section, body []sheetRow) {
	for i := range body {
		at := slices.IndexFunc(body[i].cells, func(c cell) bool {
			name, u := x.unitIn(c.text)
			return slices.Contains(x.lex.Table.FullMark, name) && (u.name == "分" || !u.known())
		})
		for c := at + 1; at >= 0 && c < len(sec.cols); c++ {
			most := body[i].at(c)
			over := func(r sheetRow) bool {
				k := r.at(c)
				return k.kind == numberCell && numberOf(&k).Cmp(numberOf(&most)) > 0
			}
			if most.kind == numberCell && x.unitOpen(&sec.cols[c]) && !slices.ContainsFunc(body, over) {
				sec.cols[c].unit = printedUnit{name: "分"}
			}
		}
	}
}

// proofs looks at the columns of growth whose unit no word tells.
func (x *reader) proofs(sec *section, body []sheetRow) {
	x.fullMarks(sec, body)
	x.percents(sec, body)
	for c := range slices.Backward(sec.cols) {
		x.addends(sec, body, c)
		x.addendsBefore(sec, body, c)
	}
	for c := range sec.cols {
		x.differs(sec, body, c)
	}
	x.sameNoun(sec)
	for c := range sec.cols {
		col := &sec.cols[c]
		if col.role != valueColumn || col.numbers < 2 || col.unit.known() || !x.grows(strings.Join(col.path, "")) {
			continue
		}
		if countsDiffer(body, col, c) {
			col.proof = difference
		}
		for p := c - 1; p >= max(0, c-4) && col.proof == unproved; p-- {
			for q := c - 1; q >= max(0, c-4) && col.proof == unproved; q-- {
				if p != q && sec.cols[p].ofFigures() && sec.cols[q].ofFigures() {
					col.proof = proofBy(body, c, p, q)
				}
			}
		}
	}
}

// proofBy compares column c with p and q: what is so in all rows, at least two.
func proofBy(body []sheetRow, c, p, q int) proof {
	rows, differs, grows := 0, true, true
	for i := range body {
		v, a, b := body[i].at(c), body[i].at(p), body[i].at(q)
		if v.kind != numberCell || a.kind != numberCell || b.kind != numberCell {
			continue
		}
		d := numberOf(&a).Sub(numberOf(&b))
		differs = differs && d.Known() && d.Cmp(numberOf(&v)) == 0
		grows = grows && near(numberOf(&v), d, numberOf(&b))
		if rows++; !differs && !grows {
			return unproved
		}
	}
	switch {
	case rows < 2 || differs && grows:
		return unproved
	case differs:
		return difference
	}
	return growth
}

// countsDiffer reports whole numbers below a unit of counts that are too large for per cents: 参保人数(人) over
// 比上年末增减 | 5210 | -20417.
func countsDiffer(body []sheetRow, col *column, c int) bool {
	u := col.outerUnit
	if u.unit == nil || u.scale != 0 || u.unit.Dim != lexicon.Count && u.unit.Dim != lexicon.People || col.decimals > 0 {
		return false
	}
	return slices.ContainsFunc(body, func(r sheetRow) bool {
		return c < len(r.cells) && r.cells[c].kind == numberCell && len(r.cells[c].digits()) > 3
	})
}

func numberOf(c *cell) schema.Decimal {
	n, _ := readPlain(c.text)
	return n.value
}

// near reports v as d in per cent of b, rounded to one digit behind the point or more.
func near(v, d, b schema.Decimal) bool {
	if !d.Known() || b.Sign() <= 0 {
		return false
	}
	want := v.Mul(b)                        // 100 d, but for rounding
	slack := b.Mul(schema.Int(6)).Shift(-2) // of 0.06
	gap := d.Shift(2).Sub(want)
	if gap.Sign() < 0 {
		gap = gap.Neg()
	}
	return gap.Known() && slack.Known() && gap.Cmp(slack) <= 0
}
