package pdf

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	tabular "mingxi/corpus/grid"
)

// A table is rows of cells; covered cells of a merged one are empty.
type table struct {
	x0, y0, x1, y1 float64
	rows           [][]string
	areas          [][]int   // for each cell the number of its merged area, 0 for a cell alone
	edges          []float64 // where the columns begin
	cutTop         bool      // the page broke its first row, which no rule closes above
	cutFoot        bool      // and its last, which none closes below
	garbled        bool      // words are printed over one another: which cell they are of is not known
}

const snap = 2.5 // rules this near to one another are one

// findTables makes tables of connected rules and takes their glyphs out of the
// running text.
func (g *group) findTables() {
	for _, rs := range connected(g.rules) {
		t := newGrid(rs)
		if t == nil {
			continue
		}
		inside, outside := t.part(g.glyphs)
		tab := t.fill(inside)
		if tab == nil {
			continue
		}
		g.tables = append(g.tables, tab)
		g.glyphs = outside
	}
}

// insertTables puts the tables among the rows by their height on the page.
func (g *group) insertTables(rows []row) []row {
	for _, t := range g.tables {
		s := seg{x0: t.x0, x1: t.x1, y: t.y0, size: 1, table: t}
		rows = append(rows, row{y: t.y0, size: 1, segs: []seg{s}})
	}
	sort.SliceStable(rows, func(i, j int) bool { return rows[i].y < rows[j].y })
	return rows
}

func level(r rule) bool { return r.x1-r.x0 >= r.y1-r.y0 }

// connected groups rules that touch one another.
func connected(rules []rule) [][]rule {
	if len(rules) > 6000 {
		return nil // a drawing, not a table
	}
	parent := make([]int, len(rules))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	byX := make([]int, len(rules))
	for i := range byX {
		byX[i] = i
	}
	sort.SliceStable(byX, func(i, j int) bool { return rules[byX[i]].x0 < rules[byX[j]].x0 })
	for n, i := range byX {
		for _, j := range byX[n+1:] {
			if rules[j].x0 > rules[i].x1+snap {
				break
			}
			if rules[j].y0 <= rules[i].y1+snap && rules[j].y1 >= rules[i].y0-snap {
				parent[find(j)] = find(i)
			}
		}
	}
	groups := map[int][]rule{}
	var roots []int
	for i, r := range rules {
		k := find(i)
		if groups[k] == nil {
			roots = append(roots, k)
		}
		groups[k] = append(groups[k], r)
	}
	var out [][]rule
	for _, k := range roots {
		out = append(out, groups[k])
	}
	return out
}

// A grid is the raster of a ruled table.
type grid struct {
	xs, ys []float64
	level  []rule
	stands []rule

	openTop, openFoot bool // no rule closes it there: the edges of its columns go further
}

// newGrid returns the grid of connected rules, or nil if they are no table: a
// lone line, a frame.
func newGrid(rules []rule) *grid {
	g := &grid{}
	var xs, ys []float64
	for _, r := range rules {
		if level(r) {
			g.level = append(g.level, r)
			ys = append(ys, (r.y0+r.y1)/2)
		} else {
			g.stands = append(g.stands, r)
			xs = append(xs, (r.x0+r.x1)/2)
		}
	}
	if len(g.level) < 2 {
		return nil
	}
	if len(g.stands) == 0 {
		g.stands = seams(g.level, distinct(ys))
		for _, r := range g.stands {
			xs = append(xs, r.x0)
		}
	}
	if len(g.stands) == 0 {
		return nil
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, r := range g.level {
		lo, hi = math.Min(lo, r.x0), math.Max(hi, r.x1)
	}
	xs = append(xs, lo, hi) // tables open at the sides
	g.xs, g.ys = distinct(xs), distinct(ys)
	g.close()
	if len(g.xs) < 3 || len(g.ys) < 2 || len(g.xs)+len(g.ys) < 5 || len(g.xs) > 60 || len(g.ys) > 400 {
		return nil
	}
	return g
}

// close puts a rule where all edges of columns end that go further than the last level one: a page that breaks
// a row leaves it open.
func (g *grid) close() {
	type reach struct{ y0, y1 float64 }
	var ends []reach
	for _, x := range g.xs {
		e := reach{math.Inf(1), math.Inf(-1)}
		for _, r := range g.stands {
			if math.Abs((r.x0+r.x1)/2-x) <= snap {
				e = reach{math.Min(e.y0, r.y0), math.Max(e.y1, r.y1)}
			}
		}
		if e.y1 > e.y0 {
			ends = append(ends, e)
		}
	}
	if len(ends) < 3 || len(ends) < len(g.xs)-2 {
		return
	}
	all := func(at float64, of func(reach) float64) bool {
		return !slices.ContainsFunc(ends, func(e reach) bool { return math.Abs(of(e)-at) > snap })
	}
	top, foot := ends[0].y0, ends[0].y1
	x0, x1 := g.xs[0], g.xs[len(g.xs)-1]
	if g.openTop = g.ys[0]-top > leastOpen && all(top, func(e reach) float64 { return e.y0 }); g.openTop {
		g.ys, g.level = slices.Insert(g.ys, 0, top), append(g.level, rule{x0, top, x1, top})
	}
	if g.openFoot = foot-g.ys[len(g.ys)-1] > leastOpen && all(foot, func(e reach) float64 { return e.y1 }); g.openFoot {
		g.ys, g.level = append(g.ys, foot), append(g.level, rule{x0, foot, x1, foot})
	}
}

const leastOpen = 6 // a line of small print fits between

// seams finds the borders of columns where only level lines are drawn, cell by
// cell: places where pieces of most lines meet.
func seams(level []rule, ys []float64) []rule {
	var ends []float64
	for _, r := range level {
		ends = append(ends, r.x0, r.x1)
	}
	var out []rule
	for _, x := range distinct(ends) {
		met := map[int]bool{}
		for _, r := range level {
			if math.Abs(r.x0-x) <= snap || math.Abs(r.x1-x) <= snap {
				met[sort.SearchFloat64s(ys, (r.y0+r.y1)/2-snap)] = true
			}
		}
		if 10*len(met) >= 7*len(ys) {
			out = append(out, rule{x, ys[0], x, ys[len(ys)-1]})
		}
	}
	if len(out) < 3 {
		return nil
	}
	return out
}

// distinct sorts values and joins those within snap.
func distinct(v []float64) []float64 {
	sort.Float64s(v)
	var out []float64
	for _, x := range v {
		if n := len(out); n == 0 || x-out[n-1] > snap {
			out = append(out, x)
		}
	}
	return out
}

// part separates the glyphs inside the grid from those outside.
func (g *grid) part(glyphs []glyph) (inside, outside []glyph) {
	x0, x1 := g.xs[0]-1, g.xs[len(g.xs)-1]+1
	y0, y1 := g.ys[0]-1, g.ys[len(g.ys)-1]+1
	for _, c := range glyphs {
		x, y := middle(c)
		if x > x0 && x < x1 && y > y0 && y < y1 {
			inside = append(inside, c)
		} else {
			outside = append(outside, c)
		}
	}
	return inside, outside
}

func middle(c glyph) (x, y float64) { return c.x + c.w/2, c.y - 0.35*c.size }

// fill puts glyphs into cells. It returns nil when this is no table after all.
func (g *grid) fill(glyphs []glyph) *table {
	nx, ny := len(g.xs)-1, len(g.ys)-1
	owner := g.merge(nx, ny)
	cells := make([][]glyph, nx*ny)
	for _, c := range glyphs {
		x, y := middle(c)
		i, j := slot(g.xs, x), slot(g.ys, y)
		k := owner[j*nx+i]
		cells[k] = append(cells[k], c)
	}
	t := &table{x0: g.xs[0], x1: g.xs[nx], y0: g.ys[0], y1: g.ys[ny], cutTop: g.openTop, cutFoot: g.openFoot}
	used, spoiled := 0, 0
	for _, c := range cells {
		if overprinted(c) {
			spoiled++
		}
	}
	t.garbled = spoiled > 1
	for j := range ny {
		r := make([][]row, nx)
		for i := range nx {
			if k := j*nx + i; len(cells[k]) > 0 {
				r[i] = rowsOf(cells[k])
				used++
			}
		}
		widths := g.widths(j, nx, owner)
		if g.alone(j, nx, owner) {
			if split := g.unruled(r, widths); split != nil {
				for _, cells := range split {
					t.add(cells, nil)
				}
				continue
			}
		}
		out := make([]string, nx)
		for i := range r {
			out[i] = cellText(r[i], widths[i])
		}
		t.add(out, areasOf(owner, j, nx))
	}
	if used < 2 {
		return nil
	}
	t.edges = g.xs[:nx]
	t.squeeze()
	return t
}

// overprinted reports whether different characters of a cell stand in the same place,
// as where the lines of a cell have no room in its row and run into those of the next.
func overprinted(glyphs []glyph) bool {
	byX := slices.Clone(glyphs)
	slices.SortStableFunc(byX, func(a, b glyph) int { return cmp.Compare(a.x, b.x) })
	n := 0
	for i := range byX {
		a := &byX[i]
		for j := i + 1; j < min(len(byX), i+40) && byX[j].x < a.x+a.w; j++ {
			b := &byX[j]
			shared := math.Min(a.x+a.w, b.x+b.w) - b.x
			if a.s != b.s && strings.TrimSpace(a.s) != "" && strings.TrimSpace(b.s) != "" && shared > 0.5*math.Min(a.w, b.w) && math.Abs(a.y-b.y) < 0.6*a.size {
				n++
			}
		}
	}
	return n > 1
}

// add adds a row; no areas means that none of its cells is merged.
func (t *table) add(cells []string, areas []int) {
	t.rows, t.areas = append(t.rows, cells), append(t.areas, areas)
}

// areasOf numbers the merged areas that the cells of grid row j are a part of.
func areasOf(owner []int, j, nx int) []int {
	size := map[int]int{}
	for _, k := range owner {
		size[k]++
	}
	out := make([]int, nx)
	for i := range out {
		if k := owner[j*nx+i]; size[k] > 1 {
			out[i] = k + 1
		}
	}
	return out
}

// widths are those of the cells that begin in grid row j.
func (g *grid) widths(j, nx int, owner []int) []float64 {
	out := make([]float64, nx)
	for i := range nx {
		to := i + 1
		for to < nx && owner[j*nx+to] == owner[j*nx+i] {
			to++
		}
		out[i] = g.xs[to] - g.xs[i]
	}
	return out
}

// alone reports whether no cell of grid row j is merged with another row.
func (g *grid) alone(j, nx int, owner []int) bool {
	for k, o := range owner {
		if k/nx != o/nx && (k/nx == j || o/nx == j) {
			return false
		}
	}
	return true
}

// unruled divides a row of cells that holds several rows of the table with no
// rules between them, as many statistical tables do: the lines of the cells
// stand on the same baselines, and there is a column of figures, one a line.
// It returns nil for a row of ordinary cells with wrapped text.
func (g *grid) unruled(cells [][]row, widths []float64) [][]string {
	longest, figures := 0, false
	for i, c := range cells {
		if len(c) > len(cells[longest]) {
			longest = i
		}
		figures = figures || len(c) >= 2 && allFigures(c)
	}
	base := cells[longest]
	if len(base) < 2 || !figures {
		return nil
	}
	out, lines := make([][]string, len(base)), make([][]*row, len(base))
	for n := range out {
		out[n], lines[n] = make([]string, len(cells)), make([]*row, len(cells))
	}
	for i, c := range cells {
		for k := range c {
			n := onBaseline(base, c[k])
			if n < 0 || out[n][i] != "" {
				return nil
			}
			out[n][i], lines[n][i] = lineOf(c[k].segs).text, &c[k]
		}
	}
	for n := 1; n < len(lines); n++ {
		if wrapped(lines[n-1], lines[n], widths) {
			return nil
		}
	}
	return out
}

func allFigures(rows []row) bool {
	return !slices.ContainsFunc(rows, func(r row) bool { return !figure.MatchString(lineOf(r.segs).text) })
}

// wrapped reports whether a line of cells only goes on with those above it that had
// no room for more: 张福|生 beside 1380000111|1.
func wrapped(above, line []*row, widths []float64) bool {
	filled, before := 0, 0
	for i := range line {
		if above[i] != nil {
			before++
		}
		if line[i] == nil {
			continue
		}
		if above[i] == nil || !fills(above[i], widths[i]) {
			return false
		}
		filled++
	}
	return filled > 0 && filled < before
}

// fills reports whether a line of a cell leaves no room for another character
// beside the space that a cell has at its sides.
func fills(r *row, width float64) bool {
	l := lineOf(r.segs)
	return width-(l.x1-l.x0) < 2.2*l.size
}

func onBaseline(rows []row, l row) int {
	for n, r := range rows {
		if math.Abs(r.y-l.y) < 0.4*math.Min(r.size, l.size) {
			return n
		}
	}
	return -1
}

// merge finds which cells have no rule between them; each cell gets the number
// of the first cell of its group.
func (g *grid) merge(nx, ny int) []int {
	owner := make([]int, nx*ny)
	for j := range ny {
		for i := range nx {
			k := j*nx + i
			owner[k] = k
			ym, xm := (g.ys[j]+g.ys[j+1])/2, (g.xs[i]+g.xs[i+1])/2
			if i > 0 && !covered(g.stands, g.xs[i], ym, false) {
				owner[k] = owner[k-1]
			} else if j > 0 && !covered(g.level, g.ys[j], xm, true) {
				owner[k] = owner[k-nx]
			}
		}
	}
	return owner
}

// covered reports whether a rule runs along at (for level rules a height, else
// a place across) past the point p.
func covered(rules []rule, at, p float64, lev bool) bool {
	for _, r := range rules {
		if lev && math.Abs((r.y0+r.y1)/2-at) <= snap && r.x0-snap <= p && p <= r.x1+snap {
			return true
		}
		if !lev && math.Abs((r.x0+r.x1)/2-at) <= snap && r.y0-snap <= p && p <= r.y1+snap {
			return true
		}
	}
	return false
}

func slot(edges []float64, v float64) int {
	i := sort.SearchFloat64s(edges, v) - 1
	return max(0, min(i, len(edges)-2))
}

// cellText joins the lines of a cell. A number that had no room goes on in the next
// line (1029.|5); numbers that had stand one below the other.
func cellText(rows []row, width float64) string {
	text := ""
	for n := range rows {
		s := lineOf(rows[n].segs).text
		last, _ := utf8.DecodeLastRuneInString(text)
		first, _ := utf8.DecodeRuneInString(s)
		switch {
		case !ofNumber(last) || !ofNumber(first):
			text = joinLines([]string{text, s})
		case fills(&rows[n-1], width):
			text += s
		default:
			text += "\n" + s
		}
	}
	return text
}

func ofNumber(r rune) bool { return '0' <= r && r <= '9' || r == '.' || r == ',' }

// squeeze drops rows and columns that are empty throughout.
func (t *table) squeeze() {
	var rows [][]string
	var areas [][]int
	for i, r := range t.rows {
		if strings.Join(r, "") != "" {
			rows, areas = append(rows, r), append(areas, t.areas[i])
		}
	}
	if len(rows) == 0 {
		return
	}
	var keep []int
	for i := range rows[0] {
		for _, r := range rows {
			if r[i] != "" {
				keep = append(keep, i)
				break
			}
		}
	}
	var edges []float64
	for _, i := range keep {
		edges = append(edges, t.edges[i])
	}
	for n, r := range rows {
		c := make([]string, 0, len(keep))
		var a []int
		for _, i := range keep {
			c = append(c, r[i])
			if areas[n] != nil {
				a = append(a, areas[n][i])
			}
		}
		rows[n], areas[n] = c, a
	}
	t.rows, t.areas, t.edges = rows, areas, edges
}

// gridRows are the rows as all formats have them.
func (t *table) gridRows(place int) []tabular.Row {
	out := make([]tabular.Row, len(t.rows))
	for i, cells := range t.rows {
		out[i] = tabular.Row{Cells: cells, Areas: t.areas[i], Down: 1, Place: place + i, Full: fullWidth(t.areas[i])}
	}
	return out
}

// fullWidth reports a row that one cell covers.
func fullWidth(areas []int) bool {
	for _, a := range areas {
		if a == 0 || a != areas[0] {
			return false
		}
	}
	return len(areas) > 1
}

// goesOn reports a table at the top of a page that continues the one at the
// foot of the page before: its columns are the same.
func (t *table) goesOn(next *table) bool {
	if len(t.edges) != len(next.edges) || math.Abs(t.x1-next.x1) > 2*snap {
		return false
	}
	for i := range t.edges {
		if math.Abs(t.edges[i]-next.edges[i]) > 2*snap {
			return false
		}
	}
	return true
}

// join takes in the rows of a table that continues this one. A header that the
// page repeats is left out.
func (t *table) join(next *table) {
	from := 0
	for from < len(next.rows)-1 && from < len(t.rows) && slices.Equal(next.rows[from], t.rows[from]) {
		from++
	}
	if from < len(next.rows) && len(t.rows) > 0 {
		last, first := t.rows[len(t.rows)-1], next.rows[from]
		cut := t.cutFoot && (next.cutTop || from > 0) && halves(last, first)
		if cut || restOf(last, first) {
			for c, s := range first {
				last[c] = joinLines([]string{last[c], s})
			}
			from++
		}
	}
	t.cutFoot = next.cutFoot
	highest := 0
	for _, a := range t.areas {
		for _, k := range a {
			highest = max(highest, k)
		}
	}
	for i := from; i < len(next.rows); i++ {
		areas := slices.Clone(next.areas[i])
		for k := range areas {
			if areas[k] > 0 {
				areas[k] += highest
			}
		}
		t.add(next.rows[i], areas)
	}
}

// restOf reports the end of a row that a page broke: only words, below words of the row,
// and none in the first column.
func restOf(row, rest []string) bool {
	if len(row) != len(rest) || row[0] == "" || rest[0] != "" {
		return false
	}
	for c, s := range rest {
		if s != "" && (row[c] == "" || figure.MatchString(s)) {
			return false
		}
	}
	return true
}

// halves reports two parts of a row that no rule closes where the page broke it: no column has figures in both.
func halves(row, rest []string) bool {
	if len(row) != len(rest) {
		return false
	}
	for c, s := range rest {
		if s != "" && row[c] != "" && (figure.MatchString(s) || figure.MatchString(row[c])) {
			return false
		}
	}
	return true
}

// openTable reads a table of words without rules (loose.go reads those of figures): three or more rows (two of three
// columns and more) that stand in the same clear columns. It returns how many rows it took.
func openTable(rows []row) (line, int) {
	n := 0
	for n < min(len(rows), 120) && len(rows[n].segs) >= 2 && rows[n].segs[0].table == nil && newLooseRow(rows[n]).figures == 0 {
		if n > 0 && rows[n].y-rows[n-1].y > 3.5*math.Max(rows[n].size, rows[n-1].size) {
			break
		}
		n++
	}
	for ; n >= 2; n-- {
		cols, ok := columnsOf(rows[:n])
		if !ok || n == 2 && len(cols) < 3 || dotted(rows[:n]) {
			continue
		}
		t := &table{x0: cols[0].x0, x1: cols[len(cols)-1].x1, y0: rows[0].y - rows[0].size, y1: rows[n-1].y}
		for _, r := range rows[:n] {
			at, _ := assign(cols, r)
			cells := make([]string, len(cols))
			for i, s := range r.segs {
				cells[at[i]] = textOf(s.glyphs)
			}
			t.add(cells, nil)
		}
		for _, c := range cols {
			t.edges = append(t.edges, c.x0)
		}
		return line{x0: t.x0, x1: t.x1, y: rows[0].y, size: rows[0].size, table: t}, n
	}
	return line{}, 0
}

// dotted reports whether a row has a leader of dots: a table of contents.
func dotted(rows []row) bool {
	for _, r := range rows {
		for _, s := range r.segs {
			if t := textOf(s.glyphs); strings.Contains(t, ".....") || strings.Contains(t, "……") || strings.Contains(t, "·····") {
				return true
			}
		}
	}
	return false
}

var figure = regexp.MustCompile(`^[-+−（(]?[0-9][0-9,，.]*[％%]?[)）]?$`)

// columnsOf finds the columns of rows of segments: by number, if most rows have
// the same number of segments (heads are centred over columns set flush), else
// by what stands above one another.
func columnsOf(rows []row) ([]seg, bool) {
	for _, find := range []func([]row) []seg{columnsByNumber, columnsByPlace} {
		cols := find(rows)
		if len(cols) < 2 {
			continue
		}
		fits := true
		for _, r := range rows {
			_, ok := assign(cols, r)
			fits = fits && ok
		}
		if fits {
			return cols, true
		}
	}
	return nil, false
}

func columnsByNumber(rows []row) []seg {
	k, n := 0, 0
	for _, r := range rows {
		k = max(k, len(r.segs))
	}
	cols := make([]seg, k)
	for _, r := range rows {
		if len(r.segs) != k {
			continue
		}
		for i, s := range r.segs {
			if n == 0 {
				cols[i] = seg{x0: s.x0, x1: s.x1}
			}
			cols[i].x0, cols[i].x1 = math.Min(cols[i].x0, s.x0), math.Max(cols[i].x1, s.x1)
		}
		n++
	}
	if 10*n < 6*len(rows) {
		return nil
	}
	for i := 1; i < k; i++ {
		if cols[i].x0 < cols[i-1].x1 {
			return nil // not clear of one another
		}
	}
	return cols
}

func columnsByPlace(rows []row) []seg {
	var all []seg
	for _, r := range rows {
		all = append(all, r.segs...)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].x0 < all[j].x0 })
	var cols []seg
	for _, s := range all {
		if n := len(cols); n > 0 && s.x0 < cols[n-1].x1+0.3*s.size {
			cols[n-1].x1 = math.Max(cols[n-1].x1, s.x1)
			continue
		}
		cols = append(cols, seg{x0: s.x0, x1: s.x1})
	}
	return cols
}

// assign says in which column each segment of a row stands. It fails when two
// stand in one.
func assign(cols []seg, r row) ([]int, bool) {
	at := make([]int, len(r.segs))
	last := -1
	for i, s := range r.segs {
		at[i] = nearest(cols, s)
		if at[i] <= last {
			return at, false
		}
		last = at[i]
	}
	return at, true
}

// nearest finds the column that a segment shares most of its width with, or
// whose middle is nearest.
func nearest(cols []seg, s seg) int {
	best, score := 0, math.Inf(-1)
	for i, c := range cols {
		v := math.Min(c.x1, s.x1) - math.Max(c.x0, s.x0)
		if v <= 0 {
			v = -math.Abs(c.x0+c.x1-s.x0-s.x1) / 2
		}
		if v > score {
			best, score = i, v
		}
	}
	return best
}
