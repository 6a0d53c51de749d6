package extract

import (
	"maps"
	"slices"

	"mingxi/schema"
)

// Parts and totals of a table's rows: a row 合计 above or below the rows that
// add up to it, 小计 within, and the rows 其中 of the row above them.

// totals collects the figures of a section's rows, panel by panel.
type totals struct {
	rows  [][]totalRow
	steps int // rows looked at, so that a table of nothing but totals stays linear
}

type totalRow struct {
	total, child bool
	found        map[int]int // index into reader.all by column
	block        int
	printed      string   // the cells that name the row
	names        []string // all that stands over it, outermost first: headings, the rows it divides, its own
}

func newTotals(panels int) totals { return totals{rows: make([][]totalRow, panels)} }

func (t *totals) add(k int, r totalRow, names []rowName) {
	for _, n := range names {
		r.total = r.total || isTotal(n.text)
		r.names = append(r.names, n.text)
	}
	t.rows[k] = append(t.rows[k], r)
}

func isTotal(name string) bool {
	return slices.Contains([]string{"合计", "总计", "小计", "共计", "计", "总 计", "合 计", "全县", "全市", "全省", "全镇", "全乡", "全区", "全国"}, name) ||
		len(name) > 6 && (name[len(name)-6:] == "合计" || name[len(name)-6:] == "总计")
}

// closeSection gives the figures of a section their totals.
func (x *reader) closeSection() {
	x.leaveUntold()
	for _, rows := range x.totals.rows {
		first := slices.IndexFunc(rows, func(r totalRow) bool { return r.total })
		alone := first >= 0 && !slices.ContainsFunc(rows[first+1:], func(r totalRow) bool { return r.total })
		for i := range rows {
			if rows[i].total {
				x.partsOf(rows, i, alone)
			}
		}
		x.childrenOf(rows)
	}
	x.totals = newTotals(len(x.totals.rows))
}

func (x *reader) closeSheet() {
	if x.sheet != nil {
		x.closeSection()
		x.closeLacks()
	}
	x.sheet = nil
}

// A claim is what a figure of a table says that it is.
type claim struct {
	label, unit, per, period string
	kind                     schema.Measure
}

// leaveUntold names the figures of a section that say the same of cells in rows with different
// names by all that stands over their rows; those that still say the same are left out: what tells
// them apart is lost.
func (x *reader) leaveUntold() {
	for _, f := range x.untold() {
		x.all[f.figure].nameAll(f.row.names)
	}
	gone := map[int]bool{}
	for _, f := range x.untold() {
		gone[f.figure] = true
		x.lack(schema.NoName, f.row.block, f.column)
	}
	if len(gone) > 0 {
		x.leave(gone)
	}
}

// A foundCell is a figure with its place.
type foundCell struct {
	row            *totalRow
	column, figure int
}

// untold gives the figures of a section that say the same as those of other rows.
func (x *reader) untold() (out []foundCell) {
	said, lost := map[claim]*totalRow{}, map[claim]bool{}
	for _, rows := range x.totals.rows {
		for r := range rows {
			for _, i := range rows[r].found {
				k := claimOf(x.all[i])
				if other := said[k]; other != nil && other != &rows[r] && other.printed+rows[r].printed != "" {
					lost[k] = true
				}
				said[k] = &rows[r]
			}
		}
	}
	if len(lost) == 0 {
		return nil
	}
	for _, rows := range x.totals.rows {
		for r := range rows {
			for _, c := range slices.Sorted(maps.Keys(rows[r].found)) {
				if i := rows[r].found[c]; lost[claimOf(x.all[i])] {
					out = append(out, foundCell{&rows[r], c, i})
				}
			}
		}
	}
	return out
}

func claimOf(m *mention) claim {
	return claim{m.label, m.name, m.per, m.period.Printed, m.kind}
}

// leave takes figures out of those of the document; the others keep their order.
func (x *reader) leave(gone map[int]bool) {
	at := make([]int, len(x.all))
	kept := x.all[:0]
	for i, m := range x.all {
		if at[i] = len(kept); gone[i] {
			at[i] = -1
			continue
		}
		kept = append(kept, m)
	}
	x.all = kept
	for _, m := range x.all {
		if m.parent >= 0 {
			m.parent = at[m.parent]
		}
	}
	for _, rows := range x.totals.rows {
		for r := range rows {
			for c, i := range rows[r].found {
				if rows[r].found[c] = at[i]; at[i] < 0 {
					delete(rows[r].found, c)
				}
			}
		}
	}
}

// partsOf finds for each column of a total the rows that add up to it: those
// below up to the next total, else those above; alone is a total without another.
func (x *reader) partsOf(rows []totalRow, at int, alone bool) {
	for _, c := range slices.Sorted(maps.Keys(rows[at].found)) {
		t := rows[at].found[c]
		total := x.all[t]
		if !total.value.Known() || total.isPercent() || total.kind == schema.Change || total.per != "" || total.name == "" { // 单产 and 性别比 have no parts
			continue
		}
		if !x.addUp(rows, at, +1, c, t) && !x.addUp(rows, at, -1, c, t) && alone {
			for i := range rows { // rounded, or a row is missing: still its parts
				if k, ok := rows[i].found[c]; ok && i != at && !rows[i].child && x.partOf(k, t) {
					x.makePart(k, t)
				}
			}
		}
	}
}

// longestSum is how many rows a total may add up.
const longestSum = 1000

// stepsPerRow bounds the rows looked at in all columns of a section.
const stepsPerRow = 256

// addUp walks from a total until the rows add up to it.
func (x *reader) addUp(rows []totalRow, at, step, c, t int) bool {
	sum := schema.Int(0)
	var parts []int
	total := x.all[t]
	for i := at + step; i >= 0 && i < len(rows) && (i-at)*step <= longestSum; i += step {
		if x.totals.steps++; x.totals.steps > stepsPerRow*(len(rows)+100) {
			return false
		}
		if rows[i].child {
			continue
		}
		k, ok := rows[i].found[c]
		if !ok {
			continue
		}
		if x.all[k].parent >= 0 && x.all[k].parent != t {
			continue // a part of a subtotal that counts by itself
		}
		if !x.all[k].value.Known() || x.all[k].name != total.name {
			return false
		}
		sum = sum.Add(x.all[k].value)
		parts = append(parts, k)
		if sum.Cmp(total.value) == 0 && len(parts) > 1 {
			for _, k := range parts {
				x.makePart(k, t)
			}
			return true
		}
		if sum.Cmp(total.value) > 0 {
			return false
		}
	}
	return false
}

// childrenOf makes rows 其中 parts of the row above them.
func (x *reader) childrenOf(rows []totalRow) {
	parent := -1
	for i := range rows {
		if !rows[i].child {
			parent = i
			continue
		}
		if parent < 0 {
			continue
		}
		for c, k := range rows[i].found {
			if t, ok := rows[parent].found[c]; ok && x.partOf(k, t) {
				x.makePart(k, t)
			}
		}
	}
}

func (x *reader) partOf(k, t int) bool {
	m, total := x.all[k], x.all[t]
	return m.value.Known() && total.value.Known() && m.name == total.name && !m.isPercent() && m.kind != schema.Change && m.value.Cmp(total.value) <= 0
}

func (x *reader) makePart(k, t int) {
	m := x.all[k]
	m.parent = t
	m.because("part_of", "table/合计", x.all[t].span, "")
}
