package pdf

import (
	"math"
	"slices"
)

// Names that stand for several rows, in tables without rules. They are set at the first of
// their rows, or in the middle of them:
//
//	        0-14岁  32145        产出指标  数量指标  改造敬老院  12
//	年龄   15-64岁  89023                           培训护理员  300
//	        65岁以上  9987                 质量指标  合格率      100
//
// Which it is must be certain: only one of the two divides the rows of figures. Names in the
// middle are moved to the first of their rows, where all formats have them.

// A looseName is a name of the column, in one line or several.
type looseName struct {
	y     float64 // its middle
	words []word
}

// settleNames moves the names of the outer columns to the first of the rows that they stand
// for. It is not ok where a name's rows are not certain.
func settleNames(cols []seg, body []looseRow) (rows []looseRow, ok bool) {
	outer := nameStrips(cols, body) - 1
	for c := range max(outer, 0) {
		if namedThroughout(cols, body, c) {
			continue
		}
		names := namesIn(cols, body, c)
		top, middle := namesAtTop(body, names), middleRows(body, names)
		switch {
		case top == (middle != nil):
			return nil, false
		case middle != nil:
			body = moveNames(cols, body, c, names, middle)
		}
	}
	return body, true
}

// nameStrips is how many columns at the left hold names only.
func nameStrips(cols []seg, body []looseRow) int {
	for c := range cols {
		if figureStrip(cols[c], body) {
			return c
		}
	}
	return len(cols)
}

// namedThroughout reports a column with a name in each row of figures, or with none beside
// the names further right: those of a total reach over both.
func namedThroughout(cols []seg, body []looseRow, c int) bool {
	for i := range body {
		w := body[i].words
		in := slices.ContainsFunc(w, func(w word) bool { return stripAt(cols, w) == c })
		if body[i].figures > 0 && !in && (len(w) == 0 || !totalWord.MatchString(w[0].text)) {
			return false
		}
	}
	return true
}

// namesIn gathers the names of a column. Lines nearer than rows, of which one stands on no
// row of figures, are one name.
func namesIn(cols []seg, body []looseRow, c int) (names []looseName) {
	last, between := math.Inf(-1), false
	first := 0.0
	for i := range body {
		n := looseName{y: body[i].y}
		for _, w := range body[i].words {
			if stripAt(cols, w) == c {
				n.words = append(n.words, w)
			}
		}
		if len(n.words) == 0 {
			continue
		}
		apart := body[i].figures == 0
		if k := len(names) - 1; k >= 0 && (apart || between) && body[i].y-last < linesApart*body[i].size {
			names[k].words = append(names[k].words, n.words...)
			names[k].y = (first + n.y) / 2
		} else {
			names, first = append(names, n), n.y
		}
		last, between = body[i].y, apart
	}
	return names
}

// namesAtTop reports names that each stand on a row of figures, the first on the first.
func namesAtTop(body []looseRow, names []looseName) bool {
	f := figureRows(body)
	if len(f) == 0 || len(names) == 0 || math.Abs(names[0].y-body[f[0]].y) > 0.4*body[f[0]].size {
		return false
	}
	return !slices.ContainsFunc(names, func(n looseName) bool {
		return !slices.ContainsFunc(f, func(i int) bool { return math.Abs(body[i].y-n.y) < 0.4*body[i].size })
	})
}

// middleRows are, for each name, the first of the rows of figures in whose middle it stands;
// nil if the names do not divide all rows so.
func middleRows(body []looseRow, names []looseName) (firsts []int) {
	f := figureRows(body)
	from := 0
	for _, n := range names {
		to := from
		for to < len(f) && (body[f[from]].y+body[f[to]].y)/2 < n.y-0.4*body[f[to]].size {
			to++
		}
		if to == len(f) || math.Abs((body[f[from]].y+body[f[to]].y)/2-n.y) > 0.4*body[f[to]].size {
			return nil
		}
		firsts = append(firsts, f[from])
		from = to + 1
	}
	if from < len(f) {
		return nil
	}
	return firsts
}

func figureRows(body []looseRow) (at []int) {
	for i := range body {
		if body[i].figures > 0 {
			at = append(at, i)
		}
	}
	return at
}

// moveNames takes the names off their lines and puts them at the rows that are told; lines
// that held nothing else are left out.
func moveNames(cols []seg, body []looseRow, c int, names []looseName, at []int) []looseRow {
	out := slices.Clone(body)
	for i := range out {
		out[i].words = slices.DeleteFunc(slices.Clone(out[i].words), func(w word) bool { return stripAt(cols, w) == c })
	}
	for k, n := range names {
		r := &out[at[k]]
		r.words = append(slices.Clone(n.words), r.words...)
		slices.SortStableFunc(r.words, func(a, b word) int { return int(a.x0 - b.x0) })
	}
	return slices.DeleteFunc(out, func(r looseRow) bool { return len(r.words) == 0 })
}
