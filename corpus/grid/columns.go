package grid

import "sort"

// near is how far apart, in twips, two borders may be to be one: tables drawn
// by hand are never quite straight.
const near = 60

// Borders are where the columns of a table begin and end: for formats that say
// for each row where its cells end, not how many columns they cover.
type Borders []int

// Columns collects the borders of all rows.
func Columns(rows [][]int) Borders {
	var all []int
	for _, r := range rows {
		all = append(all, r...)
	}
	sort.Ints(all)
	var b Borders
	for _, x := range all {
		if len(b) == 0 || x-b[len(b)-1] > near {
			b = append(b, x)
		}
	}
	return b
}

// Between is how many columns lie between two borders, at least 1.
func (b Borders) Between(left, right int) int { return max(1, b.at(right)-b.at(left)) }

// Before is how many columns lie left of a border.
func (b Borders) Before(left int) int { return b.at(left) }

// at is the number of the border at x.
func (b Borders) at(x int) int {
	i := sort.SearchInts(b, x)
	if i == len(b) || i > 0 && b[i] > x {
		i--
	}
	return i
}
