package audit

// Tables: the row of totals against the rows, the column of totals against the
// columns. A cell without a figure (—) leaves a column that does not add up not
// evaluable.

import (
	"slices"
	"strings"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// A gridRow is a row of a table: its name and its figures by column.
type gridRow struct {
	name  string
	cells []*figure // nil where a cell holds no figure
	text  []string  // of the cells, folded
}

// tables checks every table of the stretch.
func (x *checker) tables() {
	if len(x.figs) == 0 {
		return
	}
	blocks := x.doc.Blocks
	first, last := x.figs[0].block, x.figs[len(x.figs)-1].block
	long := len(x.figs) >= schema.LongStretch
	next := 0
	for b := x.tableStart(first); b <= last; {
		if blocks[b].Kind != schema.Row {
			b++
			continue
		}
		from, to := b, b
		for to < len(blocks) && blocks[to].Kind == schema.Row && blocks[to].Table == blocks[b].Table {
			to++
		}
		cut := from < first && x.figs[0].Seq > 1 || long && to > last+1
		var rows, heads []gridRow
		for b = from; b < min(to, last+1); b++ {
			switch {
			case blocks[b].Head:
				heads = append(heads, x.gridRow(&blocks[b], &next))
			case b < first && cut: // of the stretch before
			default:
				rows = append(rows, x.gridRow(&blocks[b], &next))
			}
		}
		x.grid(heads, rows, !cut)
	}
}

// tableStart is the first row of the table that block b stands in, else b.
func (x *checker) tableStart(b int) int {
	blocks := x.doc.Blocks
	for b > 0 && blocks[b].Kind == schema.Row && blocks[b-1].Kind == schema.Row && blocks[b-1].Table == blocks[b].Table {
		b--
	}
	return b
}

// gridRow reads a row; next is the first figure that may stand in it.
func (x *checker) gridRow(b *schema.Block, next *int) gridRow {
	r := gridRow{cells: make([]*figure, len(b.Cells)), text: make([]string, len(b.Cells))}
	for *next < len(x.figs) && x.figs[*next].Start < b.Start {
		*next++
	}
	for c, cell := range b.Cells {
		r.text[c] = strings.TrimSpace(fold.String(cell.In(x.doc.Text)))
		if r.name == "" {
			r.name = r.text[c]
		}
		for k := *next; k < len(x.figs) && x.figs[k].Start < cell.End; k++ {
			if cell.Contains(x.figs[k].Span) {
				r.cells[c] = &x.figs[k]
				break
			}
		}
	}
	return r
}

// A ratio is how a column of per cents comes of two others.
type ratio struct {
	kind, op string
}

var ratios = []ratio{{"growth", "growth"}, {"share", "share"}, {"change", "difference"}, {"average", "quotient"}}

// percents checks columns of per cents and differences: 完成预算% is 决算数 over 预算数, 增减% the
// growth from one year's column to the next, 增减额 what it is more. Which columns they come of, the rows show:
// two thirds of them must agree, and at least three.
func (x *checker) percents(rows []gridRow) {
	width := 0
	for _, r := range rows {
		width = max(width, len(r.cells))
	}
	for c := range width {
		for _, kind := range ratios {
			if all := x.percentsOf(rows, c, kind); all != nil {
				for _, r := range all {
					if r.holds() || kind.op != "difference" && (kind.op != "growth" || !x.constant(r.stated, r.members[0])) { // other columns may take part in a difference
						x.report(r)
					}
				}
				break
			}
		}
	}
}

// percentsOf are the relations of the per cents in column c with two of the four
// columns before it, nil if no two fit.
func (x *checker) percentsOf(rows []gridRow, c int, kind ratio) []relation {
	for p := c - 1; p >= 0 && p >= c-4; p-- {
		for q := c - 1; q >= 0 && q >= c-4; q-- {
			if p == q {
				continue
			}
			var all []relation
			holding := 0
			for _, row := range rows {
				if r, ok := x.percentOf(row, c, p, q, kind); ok {
					if r.holds() {
						holding++
					}
					all = append(all, r)
				}
			}
			if holding >= 3 && holding*3 >= len(all)*2 {
				return all
			}
		}
	}
	return nil
}

// percentOf is the relation of one row.
func (x *checker) percentOf(row gridRow, c, p, q int, kind ratio) (relation, bool) {
	s, a, b := cellOf(row, c), cellOf(row, p), cellOf(row, q)
	if s == nil || a == nil || b == nil || !s.span.known || !a.span.known || !b.span.known || a.isPercent() || a.Value.Sign() <= 0 || b.Value.Sign() <= 0 {
		return relation{}, false
	}
	if kind.op == "quotient" {
		s = yieldOf(s)
	}
	r := relation{kind: kind.kind, op: kind.op, stated: s, members: []*figure{a, b}, certain: true}
	switch kind.op {
	case "quotient":
		r.months = 1
		mean, times := (s.unit == a.unit || sameDimension(s.unit, a.unit)) && a.unit != b.unit, s.Unit == "" && a.unit == b.unit // 生师比
		return r, !s.isPercent() && (mean || times) && !b.isPercent() && a.Value.Cmp(s.Value) > 0 && x.tight(&r)
	case "difference":
		r.direction = 1
		return r, s.Unit != "%" && s.unit == a.unit && a.unit == b.unit
	case "growth":
		r.direction = 1
	}
	return r, s.Unit == "%" && a.unit == b.unit
}

// yieldOf is a cell below 亩产(公斤), whose head leaves out what the 公斤 are for, as a figure for each 亩.
func yieldOf(s *figure) *figure {
	if s.Per != "" || !strings.HasSuffix(s.Label, "亩产") && !strings.HasSuffix(s.Label, "单产") {
		return s
	}
	c, m := *s, *s.Metric
	m.Per, c.Metric, c.fractions = "亩", &m, nil
	return &c
}

// isTotal reports a row or column of totals by its name.
func (x *checker) isTotal(name string) bool {
	return name != "" && x.TotalCell.Has(strings.ReplaceAll(strings.Trim(name, ":* "), " ", ""))
}

// isPart reports a row that divides the one before it: #水稻, 其中:….
func (x *checker) isPart(name string) bool { return x.PartCell.Starts(name) }

// grid checks one table.
func (x *checker) grid(heads, rows []gridRow, whole bool) {
	for t := range rows {
		if whole && x.isTotal(rows[t].name) {
			x.columns(rows, t)
		}
		x.columnShares(rows, t)
	}
	x.nestedRows(rows)
	x.percents(rows)
	for _, h := range heads {
		for c, name := range h.text {
			switch {
			case x.isTotal(name):
				x.rows(rows, c, h)
			case x.endsInTotal(name):
				x.leftOf(rows, c)
			case x.Closing.In(name):
				x.carriedOn(rows, c, h)
			}
		}
	}
	if whole && !slices.ContainsFunc(rows, func(r gridRow) bool { return x.isTotal(r.name) }) {
		x.toldBefore(rows)
	}
}

// carriedOn checks a column of closing balances against that of the opening ones and those between the two,
// the totals among them or all the others, with whatever signs most rows agree with: 年初库存 收入合计 支出合计 年末库存.
func (x *checker) carriedOn(rows []gridRow, c int, head gridRow) {
	opening := slices.IndexFunc(head.text[:c], func(name string) bool { return x.Opening.In(name) })
	if opening < 0 {
		return
	}
	var totals, others []int
	for k := opening + 1; k < c; k++ {
		if x.endsInTotal(head.text[k]) {
			totals = append(totals, k)
		} else {
			others = append(others, k)
		}
	}
	for _, flows := range [][]int{totals, others} {
		if len(flows) > 0 && len(flows) <= maxFlows+2 && x.carriedBy(rows, c, opening, flows) {
			return
		}
	}
}

// carriedBy is carriedOn for some columns of flows.
func (x *checker) carriedBy(rows []gridRow, c, opening int, flows []int) bool {
	for signs := range 1 << len(flows) {
		var all []relation
		holding := 0
		for _, row := range rows {
			z, o := cellOf(row, c), cellOf(row, opening)
			if z == nil || o == nil || !z.span.known || !o.span.known {
				continue
			}
			entries := []entry{{o, 1}}
			for i, k := range flows {
				if f := cellOf(row, k); f != nil && f.span.known && sameMeasure(f, z) {
					entries = append(entries, entry{f, 1 - 2*int64(signs>>i&1)})
				}
			}
			if r := balanceOf(z, entries...); len(entries) > 1 {
				if all = append(all, r); r.holds() {
					holding++
				}
			}
		}
		if holding > 1 && x.mostHold(all, holding) {
			return true
		}
	}
	return false
}

// toldBefore checks the columns of a table without a row of totals against the figures right before it: 全区学校246所,
// 学生148263人,具体如下:…. Only what adds up to three digits and more is found.
func (x *checker) toldBefore(rows []gridRow) {
	width := 0
	for _, r := range rows {
		width = max(width, len(r.cells))
	}
	for c := range width {
		var members []*figure
		for _, row := range rows {
			if m := cellOf(row, c); m != nil && x.addable(m) && m.span.known && (len(members) == 0 || sameMeasure(m, members[0])) {
				members = append(members, m)
			}
		}
		if len(members) < 3 {
			continue
		}
		for t := range x.back(members[0], around, sameArticle) {
			if x.addable(t) && sameMeasure(t, members[0]) && significant(t) > 2 && exactPrefix(t, members) == len(members) {
				x.report(sumOf("table", t, members))
				break
			}
		}
	}
}

// nestedRows checks rows that are divided by those right below them, from below, so that the
// parts of a part are no parts: 生产总值682.4, 第一产业96.7, 第二产业341.5 (工业302.8, 建筑业38.7), 第三产业244.2. Only what
// adds up to three digits and more is found; behind #水稻, what does not is at least its parts.
func (x *checker) nestedRows(rows []gridRow) {
	width := 0
	for _, r := range rows {
		width = max(width, len(r.cells))
	}
	for c := range width {
		within := make([]bool, len(rows))
		for t := len(rows) - 2; t >= 0; t-- {
			if f := cellOf(rows[t], c); f != nil && x.addable(f) && f.span.known && !x.isTotal(rows[t].name) {
				x.rowsBelow(rows, t, c, within)
			}
		}
	}
}

// cellOf is the figure of a row in a column, nil if it has none.
func cellOf(r gridRow, c int) *figure {
	if c >= len(r.cells) {
		return nil
	}
	return r.cells[c]
}

// rowsBelow checks the cell of row t in column c against those below it that are within no other.
func (x *checker) rowsBelow(rows []gridRow, t, c int, within []bool) {
	total, sum, divided := rows[t].cells[c], schema.Int(0), false
	var members, parts []*figure
	for k := t + 1; k < len(rows) && k <= t+maxRows; k++ {
		m := cellOf(rows[k], c)
		if m == nil || !x.addable(m) || !m.span.known || !sameMeasure(m, total) || x.isTotal(rows[k].name) {
			break
		}
		if within[k] {
			continue
		}
		if m.PartOf == total.Seq {
			parts = append(parts, m)
		}
		if members, sum = append(members, m), sum.Add(m.Value); !sum.Known() || sum.Cmp(total.Value) > 0 {
			break
		}
		if sum.Cmp(total.Value) == 0 && len(members) > 1 && significant(total) > 2 {
			for i := t + 1; i <= k; i++ {
				within[i] = true
			}
			x.report(sumOf("table", total, members))
			members, sum, divided = nil, schema.Int(0), true // another division may follow: 男, 女
		}
	}
	if divided {
		return
	}
	if r := sumOf("table", total, parts); len(parts) > 1 && len(parts) <= len(members) && r.result().mid.Cmp(r.statedSpan().mid) < 0 {
		r.op, r.open = "atleast", true
		x.report(r)
	}
}

// maxRows is over how many rows the parts of a row may stand.
const maxRows = 40

// endsInTotal reports a column that is called the total of a thing: 享受津贴合计(人).
func (x *checker) endsInTotal(name string) bool {
	if i := strings.LastIndexAny(name, "("); i > 0 {
		name = strings.TrimSpace(name[:i])
	}
	return x.SureTotal.Ends(name)
}

// leftOf checks a column of totals against the columns right before it: so many of them
// as most rows agree with.
func (x *checker) leftOf(rows []gridRow, c int) {
	for from := c - 2; from >= 0; from-- {
		var all []relation
		holding := 0
		for _, row := range rows {
			if c >= len(row.cells) || row.cells[c] == nil || !x.addable(row.cells[c]) {
				continue
			}
			members := row.cells[from:c]
			if slices.ContainsFunc(members, func(m *figure) bool { return m == nil || !x.addable(m) || !sameMeasure(m, row.cells[c]) }) {
				continue
			}
			r := sumOf("table", row.cells[c], members)
			if r.holds() {
				holding++
			}
			all = append(all, r)
		}
		if holding >= 2 && holding*3 >= len(all)*2 {
			for _, r := range all {
				x.report(r)
			}
			return
		}
	}
}

// columns checks the row of totals t: against the rows after it to the next
// total, or those before it.
func (x *checker) columns(rows []gridRow, t int) {
	from, to := t, t // up to a subtotal, which divides the table
	if t == 0 || t+1 < len(rows) && t < len(rows)/2 {
		for from, to = t+1, t+1; to < len(rows) && !x.isTotal(rows[to].name); {
			to++
		}
	} else {
		for from > 0 && !x.isTotal(rows[from-1].name) {
			from--
		}
	}
	var failing []relation
	holding := 0
	for c := range rows[t].cells {
		r, gap, ok := x.columnSum(rows, t, from, to, c)
		switch {
		case !ok:
		case r.holds():
			holding++
			x.report(r)
		case gap:
			x.reportAs(r, NotEvaluable)
		default:
			failing = append(failing, r)
		}
	}
	for _, r := range failing {
		if holding > 0 || x.SureTotal.Has(strings.ReplaceAll(rows[t].name, " ", "")) {
			x.report(r)
		}
	}
}

// columnShares checks columns that say what per cent of the total of another column each of its
// cells is, if most rows agree; and what they come to together.
func (x *checker) columnShares(rows []gridRow, t int) {
	for c, all := range rows[t].cells {
		if all == nil || all.Unit != "%" || all.Value.Cmp(schema.Int(100)) != 0 {
			continue
		}
		for p := c - 1; p >= 0 && p >= c-4; p-- {
			if rows[t].cells[p] == nil {
				continue
			}
			if found := x.sharesOfColumn(rows, t, c, p); found != nil {
				var shares []*figure
				for _, r := range found {
					x.report(r)
					shares = append(shares, r.stated)
				}
				if r := sumOf("table", all, shares); x.isTotal(rows[t].name) || r.holds() { // below 全市人口 several divisions may stand
					x.report(r)
				}
				break
			}
		}
	}
}

// sharesOfColumn are the cells of column c as shares of the total of column p; nil if fewer than
// two thirds of them hold.
func (x *checker) sharesOfColumn(rows []gridRow, t, c, p int) (out []relation) {
	holding, named := 0, x.isTotal(rows[t].name)
	from, to := 0, len(rows)
	if !named {
		from, to = underWhole(rows, t, c)
	}
	for k, row := range rows[:to] {
		if k < from || k == t || c >= len(row.cells) || row.cells[c] == nil || row.cells[p] == nil || !row.cells[c].span.known || !row.cells[p].span.known || row.cells[c].Unit != "%" || !sameMeasure(row.cells[p], rows[t].cells[p]) {
			continue
		}
		r := shareOf("share", row.cells[c], row.cells[p], rows[t].cells[p])
		r.certain = true
		if r.holds() {
			holding++
		} else if !named {
			continue // shares are made to add up
		}
		if named || x.tight(&r) {
			out = append(out, r)
		}
	}
	if holding < 3 || holding*3 < len(out)*2 {
		return nil
	}
	return out
}

// underWhole are the rows of which one with 100% is the whole where no name says so: those below it up to
// the next, or if there are none those above.
func underWhole(rows []gridRow, t, c int) (from, to int) {
	whole := func(k int) bool {
		f := cellOf(rows[k], c)
		return f == nil || f.Value.Cmp(schema.Int(100)) == 0
	}
	for to = t + 1; to < len(rows) && !whole(to); to++ {
	}
	if to > t+1 {
		return t + 1, to
	}
	for from = t; from > 0 && !whole(from-1); from-- {
	}
	return from, t
}

// columnSum is the relation of the cell in row t and column c with the cells of the
// column in the rows from..to; gap reports a cell that holds words instead of a figure.
func (x *checker) columnSum(rows []gridRow, t, from, to, c int) (r relation, gap, ok bool) {
	total := rows[t].cells[c]
	if total == nil || !x.addable(total) && !(total.Kind == schema.Change && !total.isPercent()) {
		return r, false, false
	}
	var members []*figure
	odd := false
	for k := from; k < to; k++ {
		if c >= len(rows[k].cells) || x.isPart(rows[k].name) {
			continue
		}
		m := rows[k].cells[c]
		if m == nil || !sameMeasure(m, total) && !x.asPrinted(m, total) {
			gap = gap || c < len(rows[k].text) && rows[k].text[c] != ""
			continue
		}
		odd = odd || !sameMeasure(m, total)
		members = append(members, m)
	}
	if len(members) < 2 {
		return r, gap, false
	}
	if odd {
		total, members = bare(total), barely(members)
	}
	return sumOf("table", total, members), gap, true
}

// asPrinted reports two cells of a column whose unit stands in its head, so that
// their printed numbers compare whatever unit was read for one of them.
func (x *checker) asPrinted(a, b *figure) bool {
	return slices.Contains(a.Flags, "unit_elided") && slices.Contains(b.Flags, "unit_elided") && !a.isPercent() && a.Per == b.Per
}

// bare is a copy of a cell's figure with the number as printed.
func bare(f *figure) *figure {
	c := *f
	c.fractions = nil
	if d, err := schema.ParseDecimal(strings.Map(func(r rune) rune {
		if r == ',' || r == ' ' {
			return -1
		}
		return r
	}, f.raw)); err == nil {
		m := *f.Metric
		m.Value, m.Unit = d, ""
		half := schema.Int(5).Shift(step(d.String(), d) - 1)
		c.Metric, c.span = &m, printed{mid: d, lo: d.Sub(half), hi: d.Add(half), known: true, exact: f.span.exact, step: step(d.String(), d)}
	}
	return &c
}

func barely(figs []*figure) []*figure {
	out := make([]*figure, len(figs))
	for i, f := range figs {
		out[i] = bare(f)
	}
	return out
}

// addable reports a figure of a table that can be a sum.
func (x *checker) addable(f *figure) bool {
	return f.countable() && !f.isPercent() && f.Per == "" && f.Kind != schema.Standard
}

// rows checks the column of totals c against the others, if most rows agree.
func (x *checker) rows(rows []gridRow, c int, head gridRow) {
	var all []relation
	holding := 0
	for _, row := range rows {
		if c >= len(row.cells) || row.cells[c] == nil || !x.addable(row.cells[c]) {
			continue
		}
		var members []*figure
		for k, m := range row.cells {
			if k != c && m != nil && x.addable(m) && sameMeasure(m, row.cells[c]) && !(k < len(head.text) && x.isTotal(head.text[k])) {
				members = append(members, m)
			}
		}
		if len(members) < 2 {
			continue
		}
		r := sumOf("table", row.cells[c], members)
		if r.holds() {
			holding++
		}
		all = append(all, r)
	}
	if holding < 2 || holding*3 < len(all)*2 {
		return
	}
	for _, r := range all {
		x.report(r)
	}
}
