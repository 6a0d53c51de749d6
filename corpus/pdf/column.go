package pdf

import (
	"math"
	"sort"
)

// order puts rows into reading order: columns one after another where the page
// has them, else row by row.
func order(rows []row, depth int) []line {
	if len(rows) == 0 {
		return nil
	}
	if depth < 8 {
		if g, ok := findGutter(rows); ok {
			var out []line
			out = append(out, order(rows[:g.from], depth+1)...)
			lrows, rrows := split(rows[g.from:g.to], g.x)
			out = append(out, column(order(lrows, depth+1), 1)...)
			out = append(out, column(order(rrows, depth+1), 2)...)
			return append(out, order(rows[g.to:], depth+1)...)
		}
	}
	return plainOrder(rows)
}

func column(l []line, n int) []line {
	for i := range l {
		l[i].column = l[i].column*4 + n
	}
	return l
}

// A gutter is an empty strip at x between rows from and to.
type gutter struct {
	x        float64
	from, to int
	score    int
}

// findGutter looks for the gutter with the most rows of running text on both
// of its sides.
func findGutter(rows []row) (gutter, bool) {
	best := gutter{}
	for _, x := range gutterPlaces(rows) {
		for from := 0; from < len(rows); {
			to := from
			for to < len(rows) && !crosses(rows[to], x) {
				to++
			}
			if to > from {
				if g, ok := judge(rows, x, from, to); ok && g.score > best.score {
					best = g
				}
			}
			from = to + 1
		}
	}
	return best, best.score > 0
}

// gutterPlaces returns where three or more segments begin.
func gutterPlaces(rows []row) []float64 {
	var xs []float64
	for _, r := range rows {
		for _, s := range r.segs {
			xs = append(xs, s.x0)
		}
	}
	sort.Float64s(xs)
	var out []float64
	for i := 0; i < len(xs); {
		j := i
		for j < len(xs) && xs[j]-xs[i] < 3 {
			j++
		}
		if j-i >= 3 && i > 0 {
			out = append(out, xs[i]-1)
		}
		i = j
	}
	if len(out) > 48 {
		out = out[:48]
	}
	return out
}

func crosses(r row, x float64) bool {
	for _, s := range r.segs {
		if s.x0 < x && s.x1 > x {
			return true
		}
	}
	return false
}

// judge decides whether x parts two columns of running text in rows[from:to].
func judge(rows []row, x float64, from, to int) (gutter, bool) {
	for from < to && !hasRight(rows[from], x) {
		from++
	}
	l, r := side{}, side{}
	both := 0
	for _, w := range rows[from:to] {
		nl, nr := 0, 0
		for _, s := range w.segs {
			if s.x1 <= x {
				l.add(s)
				nl++
			} else {
				r.add(s)
				nr++
			}
		}
		if nl > 0 && nr > 0 {
			both++
		}
	}
	if l.rows < 3 || r.rows < 3 || !overlapping(l, r) {
		return gutter{}, false
	}
	// The strip must be clear by more than the widest gap of justified text.
	if r.x0-l.x1 < 0.8*math.Max(l.size, r.size) {
		return gutter{}, false
	}
	apart := l.lastSeq < r.firstSeq && both >= 2 && l.width() > 6*l.size && r.width() > 6*r.size
	prose := l.prose() && r.prose()
	if !prose && !(apart && l.fill() > 0.5 && r.fill() > 0.5) {
		return gutter{}, false
	}
	return gutter{x: x, from: from, to: to, score: l.rows + r.rows}, true
}

func hasRight(r row, x float64) bool {
	for _, s := range r.segs {
		if s.x0 >= x {
			return true
		}
	}
	return false
}

// A side gathers what stands on one side of a gutter.
type side struct {
	rows              int
	x0, x1, y0, y1    float64
	size              float64
	widths            []float64
	firstSeq, lastSeq int
}

func (s *side) add(g seg) {
	if s.rows == 0 {
		s.x0, s.x1, s.y0, s.y1, s.firstSeq = g.x0, g.x1, g.y, g.y, g.seq
	}
	s.rows++
	s.x0, s.x1 = math.Min(s.x0, g.x0), math.Max(s.x1, g.x1)
	s.y0, s.y1 = math.Min(s.y0, g.y), math.Max(s.y1, g.y)
	s.size = math.Max(s.size, g.size)
	s.widths = append(s.widths, g.x1-g.x0)
	s.firstSeq, s.lastSeq = min(s.firstSeq, g.seq), max(s.lastSeq, g.seq)
}

func (s *side) width() float64 { return s.x1 - s.x0 }

// fill is the share of segments that nearly fill the column.
func (s *side) fill() float64 {
	n := 0
	for _, w := range s.widths {
		if w > 0.8*s.width() {
			n++
		}
	}
	return float64(n) / float64(len(s.widths))
}

// prose reports whether the side looks like running text: long lines, most of
// them full.
func (s *side) prose() bool {
	return s.width() > 7*s.size && s.fill() > 0.55
}

func overlapping(a, b side) bool {
	lo, hi := math.Max(a.y0, b.y0), math.Min(a.y1, b.y1)
	return hi-lo > 0.3*math.Min(a.y1-a.y0, b.y1-b.y0) && hi-lo > 1.2*math.Min(a.size, b.size)
}

// split parts rows at x.
func split(rows []row, x float64) (l, r []row) {
	for _, w := range rows {
		var a, b row
		for _, s := range w.segs {
			if s.x1 <= x {
				a.segs = append(a.segs, s)
			} else {
				b.segs = append(b.segs, s)
			}
		}
		if len(a.segs) > 0 {
			a.measure()
			l = append(l, a)
		}
		if len(b.segs) > 0 {
			b.measure()
			r = append(r, b)
		}
	}
	return l, r
}

// plainOrder takes rows as they stand; rows in clear columns become a table.
func plainOrder(rows []row) []line {
	var out []line
	for i := 0; i < len(rows); {
		if t, n := openTable(rows[i:]); n > 0 {
			out = append(out, t)
			i += n
			continue
		}
		out = append(out, lineOf(rows[i].segs))
		i++
	}
	return out
}
