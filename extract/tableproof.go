package extract

import (
	"strings"

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

// same finds for a column without a unit the one of which it is the aim: 完成率 is the
// one's figures in per cent of the other's in all rows.
func (x *reader) same(sec *section, body []sheetRow) {
	for c := range sec.cols {
		col := &sec.cols[c]
		if col.role != valueColumn || col.numbers < 2 || col.unit.known() || x.impliedUnit(last(col.path)).known() {
			continue
		}
		for r := range sec.cols {
			if k := &sec.cols[r]; r == c || !k.unit.isPercent() && !x.impliedUnit(last(k.path)).isPercent() {
				continue
			}
			for p := max(0, c-3); p < min(len(sec.cols), c+4) && col.like == nil; p++ {
				if p != c && p != r && sec.cols[p].like == nil && sec.cols[p].holds() && sec.cols[p].numbers >= 2 && shares(body, r, p, c) {
					col.like = &sec.cols[p]
				}
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
		if rows++; !near(numberOf(&cells[r]), numberOf(&cells[p]), numberOf(&cells[c])) {
			return false
		}
	}
	return rows >= 2
}

// proofs looks at the columns of growth whose unit no word tells.
func (x *reader) proofs(sec *section, body []sheetRow) {
	x.same(sec, body)
	for c := range sec.cols {
		col := &sec.cols[c]
		if col.role != valueColumn || col.numbers < 2 || col.unit.known() || !containsAny(strings.Join(col.path, ""), x.lex.Table.Growth) {
			continue
		}
		for p := c - 1; p >= max(0, c-4) && col.proof == unproved; p-- {
			for q := c - 1; q >= max(0, c-4) && col.proof == unproved; q-- {
				if p != q && sec.cols[p].holds() && sec.cols[q].holds() {
					col.proof = proofBy(body, c, p, q)
				}
			}
		}
	}
}

// proofBy compares column c with p and q: what is so in all rows, at least two.
func proofBy(body []sheetRow, c, p, q int) proof {
	rows, differ, grow := 0, 0, 0
	for i := range body {
		cells := body[i].cells
		if c >= len(cells) || cells[c].kind != numberCell || cells[p].kind != numberCell || cells[q].kind != numberCell {
			continue
		}
		v, a, b := numberOf(&cells[c]), numberOf(&cells[p]), numberOf(&cells[q])
		rows++
		d := a.Sub(b)
		if d.Known() && d.Cmp(v) == 0 {
			differ++
		}
		if near(v, d, b) {
			grow++
		}
	}
	switch {
	case rows < 2 || differ == grow:
		return unproved
	case differ == rows:
		return difference
	case grow == rows:
		return growth
	}
	return unproved
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
