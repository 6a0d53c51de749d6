package pdf

import (
	"math"
	"slices"
	"sort"
	"strings"
)

// Heads whose names stand at the left edges of their cells, as word processors set them, tell
// where the columns begin, be figures set at the right and names broken in several lines:
//
//	部门    2021年预算数
//	名称    合计    出国费  公务用车费
//	                        小计    购置费
//	县政府   36.50    0.00   24.00    0.00
//
// That is certain where the figures of all rows stand between those edges, some in each column.
// A name further down is below the one at its left that stands higher; so it must be that the
// cells are set at their tops, or that only the first of them covers all lines.

// An edgeWord is a word of a head with its column and its line.
type edgeWord struct {
	word
	col, line int
}

// edgeTable reads a table by the edges of its head, and tells how many rows it has; none if it
// only begins further down, below a caption. Above is the row before the first.
func edgeTable(block []looseRow, first, end int, above []row) (t *table, rows int) {
	for first < end-1 && first < mostHeads && !figuresIn(&block[first]) { // (占40%)
		first++
	}
	for from := range first {
		for to := first; to > from; to-- {
			cols, h, ok := edgeHead(block[from:end], to-from)
			if !ok {
				break
			}
			if to-from > 1 && headingBelow(cols, &block[to-1], &block[to-2]) {
				continue
			}
			if from > 0 {
				return nil, from
			}
			if len(above) > 0 && mayHead(newLooseRow(above[0]), &block[0]) {
				return nil, 0
			}
			for end < len(block) && goesOn(cols, &block[end-1], &block[end]) {
				end++
			}
			if t = tableOf(cols, h, block[to:end]); t == nil {
				return nil, 0
			}
			return t, end
		}
		if mayHead(block[from], &block[from+1]) {
			return nil, 0
		}
	}
	return nil, 0
}

// mayHead reports a row that may be a line of the head right below it: of several names, none the
// entry of a form or as long as a caption.
func mayHead(l looseRow, below *looseRow) bool {
	if below.y-l.y > 2*below.size {
		return false
	}
	names := 0
	for _, w := range nearWords(l.words) {
		if w.x1-w.x0 > longName*l.size {
			return false
		}
		if !strings.ContainsAny(textOf(w.glyphs), ":：") {
			names++
		}
	}
	return names > 1
}

// figuresIn reports a row with a figure that stands alone.
func figuresIn(r *looseRow) bool {
	return slices.ContainsFunc(nearWords(r.words), func(w word) bool { return figure.MatchString(textOf(w.glyphs)) })
}

// edgeHead reads the head of block[:first] by the left edges of its names. The columns are those
// of the words between the edges.
func edgeHead(block []looseRow, first int) (cols []seg, h looseHead, ok bool) {
	body := block[first:]
	edges := edgesOf(block[:first], body)
	if len(edges) < 3 || len(edges) > 40 {
		return nil, h, false
	}
	if cols, ok = betweenEdges(edges, body); !ok {
		return nil, h, false
	}
	words, ok := edgeWords(edges, block[:first])
	if !ok {
		return nil, h, false
	}
	t := edgeTree{edges: append(edges, math.Inf(1)), words: byColumn(words, len(edges)), levels: [][]string{make([]string, len(edges))}, areas: [][]int{make([]int, len(edges))}}
	if !t.levelled(block[:first]) || !t.divide(0, len(edges), 0, 0) {
		return nil, h, false
	}
	return cols, looseHead{t.levels, t.areas}, true
}

// edgeWords are the words of a head, each at an edge; but 校  名 is one, and lines of the first
// name may be set in.
func edgeWords(edges []float64, head []looseRow) (words []edgeWord, ok bool) {
	for i := range head {
		for k, w := range nearWords(head[i].words) {
			w.text = textOf(w.glyphs)
			c := edgeAt(edges, w.x0)
			switch last := len(words) - 1; {
			case math.Abs(w.x0-edges[c]) < edgeNear || c == 0 && i > 0:
				words = append(words, edgeWord{w, c, i})
			case k > 0 && len(w.glyphs) == 1 && words[last].col == c && len(words[last].glyphs) == 1:
				words[last].word = joinWords(words[last].word, w)
			default:
				return nil, false
			}
		}
	}
	return words, true
}

// longName is the width, of the size, that no name in one line of a head has.
const longName = 12

// edgeNear is how far, in points, words at one edge may stand from it.
const edgeNear = 1.5

// edgesOf are the places where names of the head begin and that no word of a row of figures
// stands across.
func edgesOf(head, body []looseRow) (edges []float64) {
	for i := range head {
		for _, w := range nearWords(head[i].words) {
			edges = append(edges, w.x0)
		}
	}
	sort.Float64s(edges)
	edges = slices.CompactFunc(edges, func(a, b float64) bool { return math.Abs(b-a) < edgeNear })
	return slices.DeleteFunc(edges, func(e float64) bool {
		return slices.ContainsFunc(body, func(r looseRow) bool {
			return r.figures > 0 && slices.ContainsFunc(r.words, func(w word) bool { return w.x0 < e-edgeNear && w.x1 > e+edgeNear })
		})
	})
}

// edgeAt is the last edge that is not right of x.
func edgeAt(edges []float64, x float64) int {
	c := 0
	for c+1 < len(edges) && edges[c+1] <= x+edgeNear {
		c++
	}
	return c
}

// betweenEdges are the strips of the words between the edges. It is not ok if one is empty, if
// something stands left of all, or a row has two figures in one.
func betweenEdges(edges []float64, body []looseRow) (cols []seg, ok bool) {
	cols = make([]seg, len(edges))
	for i := range body {
		if body[i].figures == 0 {
			continue
		}
		last := -1
		for _, w := range body[i].words {
			c := edgeAt(edges, w.x0)
			if w.x0 < edges[0]-edgeNear || w.figure() && c == last {
				return nil, false
			}
			if last = -1; w.figure() {
				last = c
			}
			if k := &cols[c]; k.size == 0 {
				*k = seg{x0: w.x0, x1: w.x1, size: body[i].size}
			} else {
				k.x0, k.x1 = math.Min(k.x0, w.x0), math.Max(k.x1, w.x1)
			}
		}
	}
	return cols, !slices.ContainsFunc(cols, func(c seg) bool { return c.size == 0 })
}

func byColumn(words []edgeWord, n int) [][]edgeWord {
	out := make([][]edgeWord, n)
	for _, w := range words {
		out[w.col] = append(out[w.col], w)
	}
	return out
}

// An edgeTree divides a head into names and the names below them.
type edgeTree struct {
	edges  []float64    // and one beyond all
	words  [][]edgeWord // of each column, from the top
	levels [][]string   // names by level and column
	areas  [][]int
	used   int // numbers of areas
}

// levelled makes lines levels. Where the name of the first column begins in the first line, cells
// are set at their tops, and each line may begin a level. Else all are set in the middle: the name
// of the first column in that of all lines, and the others in those of their levels.
func (t *edgeTree) levelled(head []looseRow) bool {
	if len(t.words[0]) == 0 || t.words[0][0].line == 0 {
		return len(t.words[0]) > 0
	}
	var names, levels []lineSpan
	for _, words := range t.words[1:] {
		for i := 0; i < len(words); {
			k := i + 1
			for k < len(words) && head[words[k].line].y-head[words[k-1].line].y < linesApart*head[words[k].line].size {
				k++
			}
			names = append(names, lineSpan{words[i].line, words[k-1].line})
			i = k
		}
	}
	slices.SortFunc(names, func(a, b lineSpan) int { return a.from - b.from })
	for _, s := range names {
		if n := len(levels); n > 0 && s.from <= levels[n-1].to {
			levels[n-1].to = max(levels[n-1].to, s.to)
			continue
		}
		levels = append(levels, s)
	}
	first := lineSpan{t.words[0][0].line, t.words[0][len(t.words[0])-1].line}
	if len(levels) == 0 || !first.inMiddleOf(lineSpan{0, len(head) - 1}, head) {
		return false
	}
	for _, s := range names {
		if !slices.ContainsFunc(levels, func(l lineSpan) bool { return s.inMiddleOf(l, head) }) {
			return false
		}
	}
	for c := range t.words {
		for i := range t.words[c] {
			w := &t.words[c][i]
			w.line = max(slices.IndexFunc(levels, func(s lineSpan) bool { return c > 0 && w.line <= s.to }), 0)
		}
	}
	return levels[0].from == 0
}

// A lineSpan is lines of a head, from one to another.
type lineSpan struct{ from, to int }

func (s lineSpan) inMiddleOf(l lineSpan, head []looseRow) bool {
	return math.Abs(head[s.from].y+head[s.to].y-head[l.from].y-head[l.to].y) < 0.8*head[s.from].size
}

// divide lays out the columns from a to b, whose first name stands in the line top, at a level.
func (t *edgeTree) divide(a, b, top, level int) bool {
	for c := a; c < b; {
		if len(t.words[c]) == 0 || t.words[c][0].line != top {
			return false
		}
		to := c + 1
		for to < b && (len(t.words[to]) == 0 || t.words[to][0].line > top) {
			to++
		}
		if !t.group(c, to, level) {
			return false
		}
		c = to
	}
	return true
}

// group lays out a name with those below it.
func (t *edgeTree) group(a, b, level int) bool {
	below := math.MaxInt // the line of the next level
	for c := a + 1; c < b; c++ {
		if len(t.words[c]) == 0 {
			return false
		}
		below = min(below, t.words[c][0].line)
	}
	var lines []string
	n := 0
	for n < len(t.words[a]) && t.words[a][n].line < below {
		w := t.words[a][n]
		if w.x1 > t.edges[b]+edgeNear {
			return false // wider than what it covers
		}
		lines = append(lines, w.text)
		n++
	}
	t.used++
	t.fill(level, a, b, joinLines(lines))
	if b == a+1 {
		return true
	}
	if n == len(t.words[a]) { // the first column has no name of its own
		t.words[a] = []edgeWord{{col: a, line: below}}
	} else {
		t.words[a] = t.words[a][n:]
	}
	return t.divide(a, b, below, level+1)
}

// fill writes a name over the columns from a to b of a level and of all below it.
func (t *edgeTree) fill(level, a, b int, name string) {
	for len(t.levels) <= level {
		t.levels = append(t.levels, make([]string, len(t.levels[0])))
		t.areas = append(t.areas, slices.Clone(t.areas[len(t.areas)-1]))
	}
	t.levels[level][a] = name
	for l := level; l < len(t.areas); l++ {
		for c := a; c < b; c++ {
			t.areas[l][c] = t.used
		}
	}
}
