package pdf

import (
	"math"
	"slices"
	"sort"
)

// The layout works on one group of glyphs at a time: those of one writing
// direction, turned so that lines run to the right and follow one another
// downwards. Columns of vertical writing thus become lines like any other.

// A seg is a stretch of a line without a wide gap, or a ruled table.
type seg struct {
	x0, x1, y, size float64
	glyphs          []glyph
	table           *table
	seq             int32 // of its first glyph
}

// A row is what stands on one baseline.
type row struct {
	y, size float64
	segs    []seg
}

// A sheet is a page cut into rows, group by group.
type sheet struct {
	number  int
	rows    [][]row   // of each group
	heights []float64 // of each group's frame
	head    []string  // what was taken off its top
	foot    []string
}

func newSheet(p *page) *sheet {
	s := &sheet{number: p.number}
	for _, g := range groups(p) {
		s.rows = append(s.rows, g.cut())
		s.heights = append(s.heights, g.height)
	}
	return s
}

// lines returns the lines of a page in reading order.
func (s *sheet) lines(known []float64) []line {
	var out []line
	for n, rows := range s.rows {
		if n > 0 {
			known = nil
		}
		for _, l := range order(rows, 0, known) {
			l.page, l.group = s.number, n
			out = append(out, l)
		}
	}
	return out
}

// gutters lists the places of the columns that pages certainly have.
func gutters(sheets []*sheet) []float64 {
	var out []float64
	for _, s := range sheets {
		if len(s.rows) == 0 || len(out) > 16 {
			continue
		}
		g, ok := findGutter(s.rows[0], nil)
		if ok && g.score >= 20 && !slices.ContainsFunc(out, func(x float64) bool { return math.Abs(x-g.x) < 4 }) {
			out = append(out, g.x)
		}
	}
	return out
}

// A group is the glyphs of one direction in their own upright frame.
type group struct {
	glyphs        []glyph
	rules         []rule
	width, height float64
	tables        []*table
	vertical      bool
}

// groups splits a page's glyphs by direction, the largest group first.
// Oblique text (watermarks) is left out.
func groups(p *page) []*group {
	p.standUp()
	var by [4]*group
	for _, g := range p.glyphs {
		d := g.dir
		if d == oblique {
			continue
		}
		if by[d] == nil {
			by[d] = &group{}
		}
		by[d].glyphs = append(by[d].glyphs, turn(g, d, p))
		by[d].vertical = by[d].vertical || g.vertical
	}
	var out []*group
	for d, g := range by {
		if g == nil {
			continue
		}
		g.width, g.height = p.width, p.height
		if direction(d) == down || direction(d) == up {
			g.width, g.height = p.height, p.width
		}
		for _, r := range p.rules {
			g.rules = append(g.rules, turnRule(r, direction(d), p))
		}
		out = append(out, g)
	}
	sort.SliceStable(out, func(i, j int) bool { return len(out[i].glyphs) > len(out[j].glyphs) })
	for _, g := range out[min(1, len(out)):] {
		g.rules = nil
	}
	return out
}

// turn maps a glyph to the frame of its direction.
func turn(g glyph, d direction, p *page) glyph {
	if g.vertical { // from the centre of the column to a baseline
		g.x -= 0.38 * g.size
	}
	g.x, g.y = turnPoint(g.x, g.y, d, p)
	return g
}

func turnPoint(x, y float64, d direction, p *page) (float64, float64) {
	switch d {
	case down:
		return y, p.width - x
	case left:
		return p.width - x, p.height - y
	case up:
		return p.height - y, x
	}
	return x, y
}

func turnRule(r rule, d direction, p *page) rule {
	x0, y0 := turnPoint(r.x0, r.y0, d, p)
	x1, y1 := turnPoint(r.x1, r.y1, d, p)
	return rule{math.Min(x0, x1), math.Min(y0, y1), math.Max(x0, x1), math.Max(y0, y1)}
}

// cut gathers a group's glyphs and tables into rows.
func (g *group) cut() []row {
	g.glyphs = withoutOverprint(g.glyphs)
	g.findTables()
	return g.insertTables(rowsOf(g.glyphs))
}

// withoutOverprint drops glyphs drawn again at nearly the same place: fake
// bold, shadows, and an OCR layer below real text.
func withoutOverprint(glyphs []glyph) []glyph {
	type cell struct {
		s    string
		x, y int
	}
	const side = 4.0
	seen := map[cell][]glyph{}
	out := glyphs[:0:0]
next:
	for _, g := range glyphs {
		cx, cy := int(math.Floor(g.x/side)), int(math.Floor(g.y/side))
		near := math.Min(0.25*g.size, math.Max(0.6*g.w, 0.08*g.size))
		if g.s != " " {
			for dx := -1; dx <= 1; dx++ {
				for dy := -1; dy <= 1; dy++ {
					for _, o := range seen[cell{g.s, cx + dx, cy + dy}] {
						if math.Abs(o.x-g.x) < near && math.Abs(o.y-g.y) < near && ratio(o.size, g.size) < 1.25 {
							continue next
						}
					}
				}
			}
			if k := (cell{g.s, cx, cy}); len(seen[k]) < 32 {
				seen[k] = append(seen[k], g)
			}
		}
		out = append(out, g)
	}
	return out
}

func ratio(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	if b <= 0 {
		return math.Inf(1)
	}
	return a / b
}

// rowsOf gathers glyphs into rows and cuts the rows at wide gaps.
func rowsOf(glyphs []glyph) []row {
	sorted := append([]glyph(nil), glyphs...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].y < sorted[j].y })
	type bucket struct {
		y, size float64
		glyphs  []glyph
	}
	var buckets []*bucket
	for _, g := range sorted {
		var home *bucket
		for i := len(buckets) - 1; i >= 0 && i >= len(buckets)-4; i-- {
			b := buckets[i]
			if math.Abs(g.y-b.y) <= 0.35*math.Min(g.size, b.size) {
				home = b
				break
			}
		}
		if home == nil {
			home = &bucket{y: g.y, size: g.size}
			buckets = append(buckets, home)
		}
		home.glyphs = append(home.glyphs, g)
		home.size = math.Max(home.size, g.size)
	}
	rows := make([]row, 0, len(buckets))
	for _, b := range buckets {
		if r, ok := newRow(b.glyphs); ok {
			rows = append(rows, r)
		}
	}
	rows = mergeScripts(rows)
	return rows
}

// newRow sorts glyphs along the line and cuts them at wide gaps.
func newRow(glyphs []glyph) (row, bool) {
	sort.SliceStable(glyphs, func(i, j int) bool { return glyphs[i].x < glyphs[j].x })
	r := row{}
	start := 0
	end := math.Inf(-1)
	flush := func(to int) {
		if s, ok := newSeg(glyphs[start:to]); ok {
			r.segs = append(r.segs, s)
		}
		start = to
	}
	for i, g := range glyphs {
		if g.s == " " {
			continue
		}
		if g.x-end > gapOf(g.size) && i > start && !math.IsInf(end, -1) {
			flush(i)
		}
		end = math.Max(end, g.x+g.w)
	}
	flush(len(glyphs))
	if len(r.segs) == 0 {
		return r, false
	}
	r.measure()
	return r, true
}

// gapOf is the gap that cuts a line: wider than justification makes it.
func gapOf(size float64) float64 { return 0.95 * size }

func (r *row) measure() {
	r.size, r.y = 0, r.segs[0].y
	for _, s := range r.segs {
		if s.size > r.size {
			r.size, r.y = s.size, s.y
		}
	}
}

func newSeg(glyphs []glyph) (seg, bool) {
	for len(glyphs) > 0 && glyphs[0].s == " " {
		glyphs = glyphs[1:]
	}
	for len(glyphs) > 0 && glyphs[len(glyphs)-1].s == " " {
		glyphs = glyphs[:len(glyphs)-1]
	}
	if len(glyphs) == 0 {
		return seg{}, false
	}
	s := seg{x0: glyphs[0].x, x1: math.Inf(-1), glyphs: glyphs, seq: glyphs[0].seq}
	for _, g := range glyphs {
		s.x1 = math.Max(s.x1, g.x+g.w)
		s.seq = min(s.seq, g.seq)
	}
	s.size, s.y = mainSize(glyphs)
	return s, true
}

// mainSize returns the size that most glyphs have, and their baseline.
func mainSize(glyphs []glyph) (size, y float64) {
	same := true
	for _, g := range glyphs {
		same = same && g.size == glyphs[0].size
	}
	if same && len(glyphs) > 0 {
		return glyphs[0].size, glyphs[0].y
	}
	count := map[int]int{}
	best := 0
	for _, g := range glyphs {
		k := int(math.Round(g.size * 4))
		count[k]++
		if count[k] > best {
			best, size, y = count[k], g.size, g.y
		}
	}
	return size, y
}

// mergeScripts puts rows of small superscripts and subscripts (CO₂, m²) back
// into the row that they belong to.
func mergeScripts(rows []row) []row {
	out := rows[:0:0]
	for i := range rows {
		r := rows[i]
		if n := len(out); n > 0 {
			last := &out[n-1]
			if big, small, ok := scriptOf(last, &r); ok {
				merged, _ := newRow(append(allGlyphs(big), allGlyphs(small)...))
				merged.y, merged.size = big.y, big.size
				*last = merged
				continue
			}
		}
		out = append(out, r)
	}
	return out
}

func scriptOf(a, b *row) (big, small *row, ok bool) {
	big, small = a, b
	if a.size < b.size {
		big, small = b, a
	}
	if small.size > 0.8*big.size {
		return nil, nil, false
	}
	mid := small.y - 0.4*small.size
	if mid < big.y-1.0*big.size || mid > big.y+0.25*big.size {
		return nil, nil, false
	}
	for _, s := range small.segs {
		if len(s.glyphs) > 4 || !touches(big, s) {
			return nil, nil, false
		}
	}
	return big, small, true
}

func touches(r *row, s seg) bool {
	return slices.ContainsFunc(r.segs, func(t seg) bool { return s.x0 < t.x1+0.6*t.size && s.x1 > t.x0-0.6*t.size })
}

func allGlyphs(r *row) []glyph {
	var out []glyph
	for _, s := range r.segs {
		out = append(out, s.glyphs...)
	}
	return out
}
