package pdf

import (
	"math"
	"slices"
	"sort"
)

// order puts rows into reading order: columns one after another where the page
// has them, else row by row. known are gutters found on other pages: a page
// with few lines trusts them.
func order(rows []row, depth int, known []float64) []line {
	if len(rows) == 0 {
		return nil
	}
	if depth < 8 {
		if g, ok := findGutter(rows, known); ok {
			var out []line
			out = append(out, order(rows[:g.from], depth+1, known)...)
			lrows, rrows := split(rows[g.from:g.to], g.x)
			out = append(out, column(order(lrows, depth+1, known), 1)...)
			out = append(out, column(order(rrows, depth+1, known), 2)...)
			return append(out, order(rows[g.to:], depth+1, known)...)
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
func findGutter(rows []row, known []float64) (gutter, bool) {
	best := gutter{}
	for _, x := range append(gutterPlaces(rows), known...) {
		for from := 0; from < len(rows); {
			to := from
			for to < len(rows) && !crosses(rows[to], x) {
				to++
			}
			if to > from {
				if g, ok := judge(rows, x, from, to, known); ok && g.score > best.score {
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
			if s.gapAt(x) < 0 {
				return true
			}
		}
	}
	return false
}

// cut parts a segment at x, if there is a gap between its glyphs: punctuation
// that hangs into a narrow gutter leaves less than the gap that parts segments.
func (s seg) cut(x float64) (l, r seg, ok bool) {
	i := s.gapAt(x)
	if i < 0 {
		return l, r, false
	}
	l, ok1 := newSeg(s.glyphs[:i])
	r, ok2 := newSeg(s.glyphs[i:])
	return l, r, ok1 && ok2
}

// gapAt returns the number of the glyph after a gap at x, or -1.
func (s seg) gapAt(x float64) int {
	end, begin, at := math.Inf(-1), math.Inf(1), -1
	for i := range s.glyphs {
		g := &s.glyphs[i]
		switch {
		case g.s == " ":
		case g.x < x:
			end = math.Max(end, g.x+g.w)
		case at < 0:
			at, begin = i, g.x
		}
	}
	if at <= 0 || end > x || begin-end < 0.4*s.size {
		return -1
	}
	return at
}

// parts cuts the segments of a row at x where they cross it.
func (r row) parts(x float64) []seg {
	var out []seg
	for _, s := range r.segs {
		if s.x0 < x && s.x1 > x {
			if a, b, ok := s.cut(x); ok {
				out = append(out, a, b)
				continue
			}
		}
		out = append(out, s)
	}
	return out
}

// judge decides whether x parts two columns of running text in rows[from:to].
func judge(rows []row, x float64, from, to int, known []float64) (gutter, bool) {
	for from < to && !hasRight(rows[from], x) {
		from++
	}
	if to-from < 3 && len(known) == 0 {
		return gutter{}, false
	}
	l, r := side{}, side{}
	both := 0
	for _, w := range rows[from:to] {
		nl, nr := l.rows, r.rows
		for _, s := range w.parts(x) {
			if s.x1 <= x {
				l.add(s)
			} else {
				r.add(s)
			}
		}
		if l.rows > nl && r.rows > nr {
			both++
		}
	}
	trusted := slices.ContainsFunc(known, func(k float64) bool { return math.Abs(k-x) < 4 })
	if n := min(l.rows, r.rows); n == 0 || !trusted && (n < 3 || !overlapping(l, r)) {
		return gutter{}, false
	}
	// The strip must be clear, and as a rule by more than justification makes.
	size := math.Min(quantile(l.sizes, 0.5), quantile(r.sizes, 0.5))
	if r.x0-l.x1 < 0.4*size || r.x0-l.edge() < 0.9*size {
		return gutter{}, false
	}
	apart := l.lastSeq < r.firstSeq && both >= 2 && math.Min(l.width(), r.width()) > 6*size
	if fill := math.Min(l.fill(), r.fill()); fill > 0.55 || apart && fill > 0.5 || trusted && fill > 0.3 {
		return gutter{x: x, from: from, to: to, score: l.rows + r.rows}, true
	}
	return gutter{}, false
}

func hasRight(r row, x float64) bool {
	return slices.ContainsFunc(r.segs, func(s seg) bool { return s.x0 >= x })
}

// A side gathers what stands on one side of a gutter.
type side struct {
	rows              int
	x0, x1, y0, y1    float64
	size              float64
	segs              []seg
	sizes, ends       []float64
	firstSeq, lastSeq int32
}

func (s *side) add(g seg) {
	if s.rows == 0 {
		s.x0, s.x1, s.y0, s.y1, s.firstSeq = g.x0, g.x1, g.y, g.y, g.seq
	}
	s.rows++
	s.x0, s.x1 = math.Min(s.x0, g.x0), math.Max(s.x1, g.x1)
	s.y0, s.y1 = math.Min(s.y0, g.y), math.Max(s.y1, g.y)
	s.size = math.Max(s.size, g.size)
	s.segs = append(s.segs, g)
	s.sizes, s.ends = append(s.sizes, g.size), append(s.ends, g.x1)
	s.firstSeq, s.lastSeq = min(s.firstSeq, g.seq), max(s.lastSeq, g.seq)
}

func (s *side) width() float64 { return s.x1 - s.x0 }

// fill is the share of text that stands in lines which nearly fill their
// column. A side may be several columns.
func (s *side) fill() float64 {
	size := quantile(s.sizes, 0.5)
	full, all := 0.0, 0.0
	for _, c := range s.columns() {
		for _, g := range c.segs {
			w := g.x1 - g.x0
			all += w
			if w > 0.8*c.width() && c.width() > 6.5*size {
				full += w
			}
		}
	}
	if all == 0 {
		return 0
	}
	return full / all
}

// columns parts a side into columns that do not overlap.
func (s *side) columns() []*side {
	segs := append([]seg(nil), s.segs...)
	sort.SliceStable(segs, func(i, j int) bool { return segs[i].x0 < segs[j].x0 })
	var out []*side
	for _, g := range segs {
		if n := len(out); n > 0 && g.x0 < out[n-1].x1 {
			out[n-1].add(g)
			continue
		}
		c := &side{}
		c.add(g)
		out = append(out, c)
	}
	return out
}

// prose reports whether the side looks like running text: long lines, most of
// them full.
// edge is where nine lines in ten have ended.
func (s *side) edge() float64 { return quantile(s.ends, 0.9) }

func quantile(v []float64, q float64) float64 {
	c := append([]float64(nil), v...)
	sort.Float64s(c)
	return c[int(q*float64(len(c)-1))]
}

func overlapping(a, b side) bool {
	lo, hi := math.Max(a.y0, b.y0), math.Min(a.y1, b.y1)
	return hi-lo > 0.3*math.Min(a.y1-a.y0, b.y1-b.y0) && hi-lo > 1.2*math.Min(a.size, b.size)
}

// split parts rows at x.
func split(rows []row, x float64) (l, r []row) {
	for _, w := range rows {
		var a, b row
		for _, s := range w.parts(x) {
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

// pair finds rows of two long segments each, side by side: columns too short or
// too ragged for findGutter, but certainly no table.
func pair(rows []row) (l, r []row, n int) {
	var a, b side
	for n < len(rows) && len(rows[n].segs) == 2 && rows[n].segs[0].table == nil {
		x, y := rows[n].segs[0], rows[n].segs[1]
		if n > 0 && (x.x0 > b.x0 || y.x0 < a.x1 || x.x1 > b.x0 || rows[n].y-rows[n-1].y > 3*rows[n].size) {
			break
		}
		a.add(x)
		b.add(y)
		n++
	}
	if n < 3 || a.fill() < 0.5 || b.fill() < 0.5 || a.width() < 12*a.size || b.width() < 12*b.size {
		return nil, nil, 0
	}
	l, r = split(rows[:n], (a.x1+b.x0)/2)
	return l, r, n
}

// plainOrder takes rows as they stand; rows in clear columns become a table.
func plainOrder(rows []row) []line {
	var out []line
	for i := 0; i < len(rows); {
		if l, r, n := pair(rows[i:]); n > 0 {
			out = append(out, column(plainOrder(l), 1)...)
			out = append(out, column(plainOrder(r), 2)...)
			i += n
			continue
		}
		t, n, unread := looseTable(rows[max(i-1, 0):i], rows[i:])
		if unread > 0 {
			for k := range n {
				l := lineOf(rows[i+k].segs)
				l.loose = true
				out = append(out, l)
			}
			out[len(out)-n].unread = unread
			i += n
			continue
		}
		if t.table == nil {
			t, n = openTable(rows[i:])
		}
		if t.table != nil {
			out = append(out, t)
			i += n
			continue
		}
		out = append(out, lineOf(rows[i].segs))
		i++
	}
	return out
}
