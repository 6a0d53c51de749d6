package pdf

import (
	"math"
	"slices"

	tabular "mingxi/corpus/grid"
)

// Heads of tables without rules. Figures stand at the right of their cells and names
// in the middle, so a name need not stand over its column: where a line has as many
// names as there are columns, they are named in order. Of two lines the upper names
// groups:
//
//	指标        城镇居民              农村居民
//	         绝对数  比上年增长    绝对数  比上年增长
//
// Which names a group covers must be certain: one way to divide them fits, or one
// repeats their names, or stands exactly at the left or in the middle of them, or is
// nearest to both.

// A looseHead is the rows of a head as cells, with the areas that groups cover.
type looseHead struct {
	cells [][]string
	areas [][]int
}

// headOf reads the head of columns.
func headOf(cols []seg, head []looseRow) (h looseHead, ok bool) {
	lines := make([][]word, len(head))
	for i := range head {
		lines[i] = nearWords(head[i].words)
		for k := range lines[i] {
			lines[i][k].text = textOf(lines[i][k].glyphs)
		}
	}
	if n := len(lines) - 1; n > 0 && unitLine(lines[n]) {
		if units, ok := unitsOver(cols, lines[n]); ok {
			h, ok = headOf(cols, head[:n])
			h.cells, h.areas = append(h.cells, units), append(h.areas, nil)
			return h, ok
		}
	}
	if names, ok := wrappedNames(cols, head, lines); ok {
		return looseHead{[][]string{names}, [][]int{nil}}, true
	}
	if names, ok := headNames(cols, head); ok {
		return looseHead{[][]string{names}, [][]int{nil}}, true
	}
	switch len(lines) {
	case 2:
		return grouped(cols, lines[0], nil, lines[1])
	case 3:
		return grouped(cols, lines[0], lines[1], lines[2])
	}
	return h, false
}

// unitLine reports a line of a head that holds units only.
func unitLine(words []word) bool {
	for _, w := range words {
		if !tabular.IsUnit(w.text) {
			return false
		}
	}
	return len(words) > 1
}

// unitsOver gives each column the unit over it: one over each but those of names, or each
// over one column.
func unitsOver(cols []seg, words []word) (cells []string, ok bool) {
	cells = make([]string, len(cols))
	if len(words) == len(cols)-1 {
		copy(cells[1:], textsOf(words))
		return cells, true
	}
	for _, w := range words {
		c := stripAt(cols, w)
		if over(cols, w) != 1 || cells[c] != "" {
			return nil, false
		}
		cells[c] = w.text
	}
	return cells, true
}

// namedInOrder gives each column the name in its place; none may stand beyond the
// columns beside its own, nor over another and not over its own.
func namedInOrder(cols []seg, names []word) (h looseHead, ok bool) {
	if len(names) != len(cols) {
		return h, false
	}
	cells := make([]string, len(cols))
	for i, w := range names {
		if i > 0 && w.x0 < cols[i-1].x0 || i+1 < len(cols) && w.x1 > cols[i+1].x1 {
			return h, false
		}
		if over(cols, w) > 0 && over(cols[i:i+1], w) == 0 {
			return h, false // it stands over another
		}
		cells[i] = w.text
	}
	return looseHead{[][]string{cells}, [][]int{nil}}, true
}

// wrappedNames reads a head whose first line names all columns, and whose other lines
// go on with what stands right above them.
func wrappedNames(cols []seg, head []looseRow, lines [][]word) (names []string, ok bool) {
	h, ok := namedInOrder(cols, lines[0])
	if !ok {
		return nil, false
	}
	names = h.cells[0]
	for i, line := range lines[1:] {
		if head[i+1].y-head[i].y > linesApart*head[i].size {
			return nil, false
		}
		for _, w := range line {
			above := -1
			for c, t := range lines[0] {
				if math.Min(t.x1, w.x1)-math.Max(t.x0, w.x0) > 0.5*math.Min(t.x1-t.x0, w.x1-w.x0) {
					above = c
				}
			}
			if above < 0 {
				return nil, false
			}
			names[above] = joinLines([]string{names[above], w.text})
		}
	}
	return names, true
}

// A division says how many of the lower names each of the upper covers; 0 for the
// name of a single column. The first lower names may have none above them.
type division struct {
	bare         int
	covers       []int
	left, middle float64 // how far the upper stand from the left and the middle of theirs
	repeats      bool    // each group has the same names
}

// grouped reads a head of two lines, with names of single columns between them.
func grouped(cols []seg, upper, between, lower []word) (h looseHead, ok bool) {
	top := slices.Concat(upper, between)
	slices.SortStableFunc(top, func(a, b word) int { return int(a.x0 - b.x0) })
	if len(lower) < 2 || len(top) > 20 || len(lower) > 40 {
		return h, false
	}
	single := func(w word) bool {
		return slices.ContainsFunc(between, func(b word) bool { return b.x0 == w.x0 && b.text == w.text })
	}
	var all []division
	bare := 0
	var divide func(covers []int, used int)
	divide = func(covers []int, used int) {
		n := len(covers)
		if n == len(top) {
			if used == len(lower) && len(top)-groupsIn(covers)+used == len(cols) {
				all = append(all, newDivision(bare, covers, top, lower))
			}
			return
		}
		if w := top[n]; (used == 0 || lower[used-1].x1 <= w.x0) && (used == len(lower) || w.x1 <= lower[used].x0) {
			divide(append(slices.Clone(covers), 0), used)
		}
		for to := used + 1; to <= len(lower) && !single(top[n]) && len(all) < 100; to++ {
			if m := (top[n].x0 + top[n].x1) / 2; m >= lower[used].x0 && m <= lower[to-1].x1 {
				divide(append(slices.Clone(covers), to-used), to)
			}
		}
	}
	for bare = 0; bare < len(lower) && (bare == 0 || lower[bare-1].x1 <= top[0].x0); bare++ {
		divide(nil, bare)
	}
	if d := certain(all); d != nil {
		return d.head(cols, top, lower), true
	}
	return h, false
}

func groupsIn(covers []int) (n int) {
	for _, c := range covers {
		if c > 0 {
			n++
		}
	}
	return n
}

func newDivision(bare int, covers []int, top, lower []word) division {
	d := division{bare: bare, covers: covers, repeats: groupsIn(covers) > 1}
	from, size := bare, 0
	var first []word
	for i, n := range covers {
		if n == 0 {
			continue
		}
		of := lower[from : from+n]
		d.left += math.Abs(top[i].x0 - of[0].x0)
		d.middle += math.Abs(top[i].x0 + top[i].x1 - of[0].x0 - of[n-1].x1)
		if first == nil {
			first, size = of, n
		}
		d.repeats = d.repeats && n == size && slices.EqualFunc(first, of, func(a, b word) bool { return a.text == b.text })
		from += n
	}
	return d
}

// certain is the division that is so, nil if several may be. A group of one is never
// certain: it may as well be the first of two whose other has lost its place.
func certain(all []division) *division {
	if d := surest(all); d != nil && !slices.Contains(d.covers, 1) {
		return d
	}
	return nil
}

func surest(all []division) *division {
	if len(all) == 0 {
		return nil
	}
	var repeats, exact []int
	left, middle := 0, 0
	for i := range all {
		if near := float64(2 * groupsIn(all[i].covers)); all[i].left <= near || all[i].middle <= near {
			exact = append(exact, i)
		}
		if all[i].repeats {
			repeats = append(repeats, i)
		}
		if all[i].left < all[left].left {
			left = i
		}
		if all[i].middle < all[middle].middle {
			middle = i
		}
	}
	switch {
	case len(repeats) == 1:
		return &all[repeats[0]]
	case len(exact) == 1:
		return &all[exact[0]]
	case left == middle:
		return &all[left]
	}
	return nil
}

// head lays the names out over the columns.
func (d *division) head(cols []seg, top, lower []word) looseHead {
	h := looseHead{cells: [][]string{make([]string, len(cols)), make([]string, len(cols))}, areas: [][]int{make([]int, len(cols)), make([]int, len(cols))}}
	c, from := copy(h.cells[1], textsOf(lower[:d.bare])), d.bare
	for i, n := range d.covers {
		h.cells[0][c] = top[i].text
		if n == 0 {
			h.areas[0][c], h.areas[1][c] = i+1, i+1
			c++
			continue
		}
		for k := range n {
			h.areas[0][c], h.cells[1][c] = i+1, lower[from+k].text
			c++
		}
		from += n
	}
	return h
}

func textsOf(words []word) (list []string) {
	for _, w := range words {
		list = append(list, w.text)
	}
	return list
}

// captioned reports that the first line of a head is the caption of the table: one
// name, larger than the figures or in the middle of all columns rather than of those
// of figures.
func captioned(cols []seg, r *looseRow) bool {
	words := nearWords(r.words)
	if len(words) != 1 {
		return false
	}
	middle := (words[0].x0 + words[0].x1) / 2
	last := cols[len(cols)-1].x1
	return r.size > 1.1*cols[0].size || math.Abs(middle-(cols[0].x0+last)/2) < math.Abs(middle-(cols[1].x0+last)/2)
}
