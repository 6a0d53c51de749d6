package pdf

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"sort"
	"strings"
)

// Tables without rules: rows of names and figures that stand in columns. A
// column is a strip that no row writes across; with two rows or more of figures
// that is certain, where gaps as wide as in running text are not. The header must
// have one name over each column, perhaps in several lines. What looks like a
// table but cannot be cut so is left as lines, and a warning says how many rows.

const (
	beside     = 0.35 // of the size: as far as a number stands from words around it
	wordGap    = 0.12 // of the size: parts words, narrower than between any two cells
	mostLoose  = 400  // rows looked at
	mostHeads  = 6    // lines of a header
	rowsApart  = 3.5  // of the size: farther apart begins something else
	linesApart = 1.7  // of the size: lines of one cell are nearer
)

var noteWord = regexp.MustCompile(`^(?:备?注|说明|资料来源|数据来源|来源)[0-9一二三]?[:：]`)

var (
	beforeYear  = regexp.MustCompile(`(?:^|[^0-9])(?:19|20)[0-9]{2}$`)
	beforeMonth = regexp.MustCompile(`(?:^|[^0-9])[0-9]{1,2}$|[一二三四]$`)
)

var yearWord = regexp.MustCompile(`^(?:19|20)[0-9]{2}$`)

// A word is a stretch of a row without a gap.
type word struct {
	x0, x1 float64
	glyphs []glyph
	text   string
}

func (w *word) figure() bool { return figure.MatchString(w.text) }

// wordsIn cuts a row at every gap.
func wordsIn(r row) []word {
	var out []word
	for _, s := range r.segs {
		for _, g := range s.glyphs {
			if strings.TrimSpace(g.s) == "" {
				continue
			}
			gap := wordGap
			if endsTime(out, g) || afterYear(out, g) {
				gap = beside // 1 月 is one word, and so is 2019年 1-9 月
			}
			if n := len(out); n > 0 && g.x-out[n-1].x1 <= gap*g.size {
				out[n-1].glyphs = append(out[n-1].glyphs, g)
				out[n-1].x1 = math.Max(out[n-1].x1, g.x+g.w)
				continue
			}
			out = append(out, word{x0: g.x, x1: g.x + g.w, glyphs: []glyph{g}})
		}
	}
	for i := range out {
		out[i].text = textOf(out[i].glyphs)
	}
	return running(out)
}

// running joins a number that stands close between words with them: 2019年6月第 2 周物价.
func running(words []word) []word {
	near := func(a, b *word) bool { return b.x0-a.x1 < beside*a.glyphs[0].size }
	var out []word
	for i := 0; i < len(words); i++ {
		w := words[i]
		for i+2 < len(words) && !w.figure() && words[i+1].figure() && !words[i+2].figure() && near(&w, &words[i+1]) && near(&words[i+1], &words[i+2]) {
			w = joinWords(w, words[i+1], words[i+2])
			i += 2
		}
		out = append(out, w)
	}
	return out
}

func joinWords(words ...word) word {
	w := words[0]
	w.glyphs = slices.Clone(w.glyphs)
	for _, k := range words[1:] {
		w.glyphs = append(w.glyphs, k.glyphs...)
		w.x1 = math.Max(w.x1, k.x1)
	}
	w.text = textOf(w.glyphs)
	return w
}

// endsTime reports what ends a number before it that may be a time or a per cent: 2019 年,
// 1 月. 2760 before 年终结余 is none.
func endsTime(words []word, g glyph) bool {
	if len(words) == 0 {
		return false
	}
	last := textOf(words[len(words)-1].glyphs)
	switch g.s {
	case "%", "％":
		return true
	case "年":
		return beforeYear.MatchString(last)
	case "月", "日", "季":
		return beforeMonth.MatchString(last)
	}
	return false
}

// afterYear reports the first digit of a month behind 年.
func afterYear(words []word, g glyph) bool {
	if len(words) == 0 || g.s < "0" || g.s > "9" {
		return false
	}
	last := words[len(words)-1].glyphs
	return last[len(last)-1].s == "年"
}

// dashesIn takes out the signs that stand where a row has no figure: they may stand
// anywhere in their cells, so no column is told by them. One close to what follows is
// a minus.
func dashesIn(words []word) (others, dashes []word) {
	for i, w := range words {
		alone := i+1 == len(words) || words[i+1].x0-w.x1 > 0.6*w.glyphs[0].size
		if i > 0 && alone && strings.Trim(w.text, "-—－–−…·／/") == "" {
			dashes = append(dashes, w)
		} else {
			others = append(others, w)
		}
	}
	return others, dashes
}

// freeStrip is the column nearest to a dash that holds nothing yet, -1 if none is near.
func freeStrip(cols []seg, parts [][]glyph, w word) int {
	best, least := -1, 6*w.glyphs[0].size
	for c := range cols {
		if d := math.Abs(w.x0 + w.x1 - cols[c].x0 - cols[c].x1); len(parts[c]) == 0 && d < 2*least {
			best, least = c, d/2
		}
	}
	return best
}

// A looseRow is a row of a page as a candidate for a table.
type looseRow struct {
	row
	words   []word
	dashes  []word // of a row with figures, in none of its words
	figures int    // behind the first word
	prose   bool
}

func newLooseRow(r row) looseRow {
	l := looseRow{row: r, words: wordsIn(r)}
	form, years := false, 0
	for i, w := range l.words {
		if i > 0 && w.figure() {
			l.figures++
			if yearWord.MatchString(w.text) {
				years++
			}
		}
		l.prose = l.prose || strings.ContainsAny(w.text, "。；！？") || strings.Contains(w.text, "，") && !strings.ContainsAny(w.text, "（）()")
		form = form || strings.ContainsAny(w.text, "：:") && !strings.HasPrefix(w.text, "其中") && !(i == 0 && len(l.words) > 2 && strings.HasPrefix(w.text, "单位"))
	}
	if years == l.figures { // a header
		l.figures = 0
	}
	if l.figures > 0 {
		l.words, l.dashes = dashesIn(l.words)
	}
	l.prose = l.prose || form && l.figures == 0 || len(l.words) > 0 && noteWord.MatchString(l.words[0].text) // 单位：万元
	return l
}

// beside are the words of a row but the name of a total, which may stand in the
// middle of several columns.
func (l *looseRow) beside() []word {
	names := nearWords(l.words)
	if n := len(names[0].glyphs); totalWord.MatchString(textOf(names[0].glyphs)) {
		for i, w := range l.words {
			if n -= len(w.glyphs); n <= 0 {
				return l.words[i+1:]
			}
		}
	}
	return l.words
}

// looseTable reads the table that begins at the first row. It returns how many
// rows it took, 0 if none begins there. If those are rows of a table whose columns
// cannot be told apart, unread is how many of them have figures. Above is the row
// before, if there is one.
func looseTable(above, rows []row) (l line, n, unread int) {
	block, first, end := looseBlock(rows)
	if block == nil || dotted(rows[:end]) {
		return l, 0, 0
	}
	t, n, unread := stripTable(block, first, end)
	if t == nil && (unread > 0 || n == 0) {
		if begins, to := edgeTable(block, first, end, above); begins != nil {
			t, n, unread = begins, to, 0
		} else if to > 0 { // it begins below a caption
			return l, 0, 0
		}
	}
	if t == nil {
		return l, n, unread
	}
	t.y0, t.y1 = rows[0].y-rows[0].size, rows[n-1].y
	return line{x0: t.x0, x1: t.x1, y: rows[0].y, size: rows[0].size, table: t}, n, 0
}

// stripTable reads a table by the strips that no row writes across.
func stripTable(block []looseRow, first, end int) (t *table, n, unread int) {
	cols, ok := stripsOf(block[first:end])
	for len(cols) > 1 && end < len(block) && goesOn(cols, &block[end-1], &block[end]) {
		end++
	}
	block = block[:end]
	cols = joinStrips(cols, block[:first], block[first:])
	if len(cols) < 2 || len(cols) == 2 && len(block) < 3 {
		return nil, 0, 0
	}
	if !ok {
		return nil, len(block), ragged(block[first:])
	}
	for first > 1 && headingBelow(cols, &block[first-1], &block[first-2]) {
		first--
	}
	head := first
	for head > 0 && headOver(cols, block[head-1:first+1]) {
		head--
	}
	if head > 0 {
		if _, ok := headOf(cols, block[:first]); !ok {
			if len(nearWords(block[head-1].words)) > 1 { // a level of the header that is not understood
				return nil, len(block), ragged(block[first:])
			}
			return nil, 0, 0 // a caption stands first
		}
	}
	var h looseHead
	if first > 0 {
		if h, ok = headOf(cols, block[:first]); !ok && first > 1 && captioned(cols, &block[0]) {
			return nil, 0, 0
		}
	}
	if t = tableOf(cols, h, block[first:]); !ok || t == nil {
		return nil, len(block), ragged(block[first:])
	}
	return t, len(block), 0
}

// tableOf is the table of columns, a head and the rows below it, nil if the names of the rows are
// not certain.
func tableOf(cols []seg, h looseHead, rows []looseRow) *table {
	body, ok := settleNames(cols, rows)
	if !ok || mergedNames(cols, body) {
		return nil
	}
	t := &table{x0: cols[0].x0, x1: cols[len(cols)-1].x1}
	for i := range h.cells {
		t.add(h.cells[i], h.areas[i])
	}
	t.body(cols, body)
	for _, c := range cols {
		t.edges = append(t.edges, c.x0)
	}
	return t
}

// headingBelow reports a heading below the header, 一、社会救助: one name in the first
// column, or its number and a name in the second.
func headingBelow(cols []seg, r, above *looseRow) bool {
	n := len(r.words) - 1
	return n >= 0 && n <= 1 && len(above.words) > n+1 && n < len(cols) && math.Abs(r.words[n].x0-cols[n].x0) < 0.5*cols[n].size
}

// looseBlock is the rows that may be one table, where its figures begin, and where
// they end.
func looseBlock(rows []row) (block []looseRow, first, end int) {
	first = -1
	last := 0                    // the last row of figures
	figures, several := 0, false // since the last: a line of several words
	for i := range min(len(rows), mostLoose) {
		r := &rows[i]
		if len(r.segs) == 0 || r.segs[0].table != nil || i > 0 && r.y-rows[i-1].y > rowsApart*math.Max(r.size, rows[i-1].size) {
			break
		}
		l := newLooseRow(*r)
		if l.prose || first < 0 && i > mostHeads || first >= 0 && (i-last > 4 || i-last > 3 && several) {
			break
		}
		if n := len(block) - 1; first < 0 && n >= 0 && len(block[n].words) >= len(l.words) && datedWords(l.words) {
			l.figures = len(l.words) - 1 // 建校时间 below the names of schools
		}
		block = append(block, l)
		several = several || len(l.words) > 1
		if l.figures > 0 {
			figures++
			several = false
			last = i
			if first < 0 {
				first = i
			}
		}
	}
	if figures < 2 {
		return nil, 0, 0
	}
	return block, first, last + 1
}

// datedWords reports a row of a name and of days, more than one of them with its month.
func datedWords(words []word) bool {
	days := 0
	for i, w := range words {
		if dayWord.MatchString(w.text) {
			days++
		} else if i > 0 && !yearWord.MatchString(strings.TrimSuffix(w.text, "年")) {
			return false
		}
	}
	return days > 1 && !dayWord.MatchString(words[0].text)
}

var dayWord = regexp.MustCompile(`^[0-9]{4}(?:年[0-9]{1,2}月(?:[0-9]{1,2}日)?|[./-][0-9]{1,2}(?:[./-][0-9]{1,2})?)$`)

// stripsOf finds the columns. It is not ok if two figures of a row stand in one.
func stripsOf(body []looseRow) (cols []seg, ok bool) {
	var all []word
	rows := 0
	for i := range body {
		if body[i].figures > 0 {
			all = append(all, body[i].beside()...)
			rows++
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].x0 < all[j].x0 })
	size := body[0].size
	for _, w := range all {
		if n := len(cols); n > 0 && w.x0 < cols[n-1].x1+wordGap*size {
			cols[n-1].x1 = math.Max(cols[n-1].x1, w.x1)
			continue
		}
		cols = append(cols, seg{x0: w.x0, x1: w.x1, size: size})
	}
	cols = withOuterNames(cols, body)
	if len(cols) > 40 {
		return nil, true
	}
	narrow := 0
	for _, c := range cols {
		if c.x1-c.x0 < 1.3*size && !figureStrip(c, body) {
			narrow++
		}
	}
	if narrow > 2 { // characters set apart, not columns
		return nil, true
	}
	for i := range body {
		for k := 1; k < len(body[i].words); k++ {
			a, b := &body[i].words[k-1], &body[i].words[k]
			if a.figure() && b.figure() && stripAt(cols, *a) == stripAt(cols, *b) && !(len(b.text) == 3 && len(a.text) <= 3) {
				return cols, false
			}
		}
	}
	return cols, true
}

// withOuterNames adds the strip of names left of all others, which stand between the rows
// of figures only: each in the middle of two.
func withOuterNames(cols []seg, body []looseRow) []seg {
	if len(cols) == 0 {
		return cols
	}
	outer := seg{size: cols[0].size}
	for i := range body {
		for _, w := range body[i].words {
			if body[i].figures > 0 || w.x1 > cols[0].x0-wordGap*outer.size {
				continue
			}
			if outer.x1 == 0 {
				outer.x0, outer.x1 = w.x0, w.x1
			}
			outer.x0, outer.x1 = math.Min(outer.x0, w.x0), math.Max(outer.x1, w.x1)
		}
	}
	if outer.x1 == 0 {
		return cols
	}
	return slices.Concat([]seg{outer}, cols)
}

// joinStrips makes one column of two strips beside one another of which no row fills both,
// where one name reaches over both and none stands over one of them: words set at the left
// of a cell, (12.5) or △2000, and figures set at its right.
func joinStrips(cols []seg, head, body []looseRow) []seg {
	for c := 0; c+1 < len(cols); c++ {
		if c > 0 && !bothFilled(cols, body, c) && namedAsOne(cols, head, c) {
			cols = slices.Concat(cols[:c], []seg{{x0: cols[c].x0, x1: cols[c+1].x1, size: cols[c].size}}, cols[c+2:])
		}
	}
	return cols
}

// bothFilled reports a row with words in strip c and in the one right of it.
func bothFilled(cols []seg, body []looseRow, c int) bool {
	for i := range body {
		left, right := false, false
		for _, w := range body[i].words {
			at := stripAt(cols, w)
			left, right = left || at == c, right || at == c+1
		}
		if left && right {
			return true
		}
	}
	return false
}

// namedAsOne reports a name over strip c and the one right of it, and over no other, with
// no line of the head that names one of them alone.
func namedAsOne(cols []seg, head []looseRow, c int) bool {
	named := false
	for i := range head {
		for _, w := range nearWords(head[i].words) {
			left, right := over(cols[c:c+1], w) > 0, over(cols[c+1:c+2], w) > 0
			switch {
			case left && right && over(cols, w) == 2:
				named = true
			case left || right:
				return false
			}
		}
	}
	return named
}

func figureStrip(c seg, body []looseRow) bool {
	for i := range body {
		for _, w := range body[i].words {
			if w.x0 >= c.x0-1 && w.x1 <= c.x1+1 && w.figure() {
				return true
			}
		}
	}
	return false
}

// stripAt is the column that a word stands in, the nearest if it stands between.
func stripAt(cols []seg, w word) int {
	return nearest(cols, seg{x0: w.x0, x1: w.x1})
}

// over counts the columns that a word reaches over.
func over(cols []seg, w word) int {
	n := 0
	for _, c := range cols {
		if w.x1 > c.x0+0.2*c.size && w.x0 < c.x1-0.2*c.size {
			n++
		}
	}
	return n
}

// ragged is how many rows of figures a block has, if most of them stand in clear
// cells: it is a table then.
func ragged(body []looseRow) int {
	rows, clear := 0, 0
	for i := range body {
		if body[i].figures == 0 {
			continue
		}
		rows++
		if len(body[i].segs) > 1 || body[i].figures > 1 {
			clear++
		}
	}
	if rows < 2 || clear*2 < rows {
		return 0
	}
	return rows
}

// headOver reports whether the first row is a line of the header that stands
// between it and the first row of figures, the last: it has words over the
// columns, none of them a title over all.
func headOver(cols []seg, rows []looseRow) bool {
	r, below := &rows[0], &rows[1]
	if r.prose || below.y-r.y > rowsApart*0.8*math.Max(r.size, below.size) {
		return false
	}
	wide := 0
	for _, w := range nearWords(r.words) {
		if over(cols, w) > 2 && len(r.words) < 3 {
			wide++
		}
	}
	if len(r.words) == 1 && stripAt(cols, r.words[0]) == 0 { // 年份, between two lines of the others
		for _, b := range rows[1 : len(rows)-1] {
			if len(b.words) > 0 && stripAt(cols, b.words[0]) == 0 {
				return false
			}
		}
		return len(rows) > 2 && math.Abs(r.words[0].x0-cols[0].x0) < cols[0].size
	}
	return wide == 0
}

// mergedNames reports rows of figures without a name: which of the others is theirs, no
// rule tells. Further names may stand for several rows (settleNames), and a second list beside
// the first may be longer.
func mergedNames(cols []seg, body []looseRow) bool {
	pitch := pitchOf(body)
	names := max(nameStrips(cols, body)-1, 0)
	if numbered(cols, body) {
		names = max(names, 1)
	}
	for i := range body {
		w := body[i].words
		named := len(w) > 0 && (stripAt(cols, w[0]) <= names || !w[0].figure() && !figureStrip(cols[stripAt(cols, w[0])], body))
		if body[i].figures > 0 && !named && !nameAround(cols, body, i, names) {
			return true
		}
		if body[i].figures == 0 && i > 0 && i+1 < len(body) && !goesOn(cols, &body[i-1], &body[i]) && between(body, i, pitch) {
			return true
		}
	}
	return false
}

// nameAround reports a name in two lines, one above the row and one as far below it.
func nameAround(cols []seg, body []looseRow, i, names int) bool {
	if i == 0 || i+1 >= len(body) {
		return false
	}
	a, r, b := &body[i-1], &body[i], &body[i+1]
	if a.figures > 0 || b.figures > 0 || math.Abs(a.y+b.y-2*r.y) > 0.3*r.size || b.y-a.y > linesApart*r.size {
		return false
	}
	return len(a.words) > 0 && len(b.words) > 0 && stripAt(cols, a.words[0]) <= names && stripAt(cols, b.words[0]) <= names
}

// between reports a line without figures as near to the row of figures above as to that below.
func between(body []looseRow, i int, pitch float64) bool {
	if numberedHeading.MatchString(body[i].words[0].text) {
		return false
	}
	above, below := besideRow(body, i, -1), besideRow(body, i, +1)
	return above < 0.75*pitch && below < 0.75*pitch && math.Abs(above-below) < 0.25*pitch
}

// besideRow is how far the next row of figures above or below is.
func besideRow(body []looseRow, i, step int) float64 {
	for k := i + step; k >= 0 && k < len(body); k += step {
		if body[k].figures > 0 {
			return math.Abs(body[k].y - body[i].y)
		}
	}
	return math.Inf(1)
}

var totalWord = regexp.MustCompile(`^[合总小共] *计?$|^计$`)

// numbered reports a first column of numbers: the names stand in the second, and a
// total has none.
func numbered(cols []seg, body []looseRow) bool {
	rows := 0
	for i := range body {
		if w := body[i].words; len(w) > 0 && stripAt(cols, w[0]) == 0 {
			if rows++; !w[0].figure() && !totalWord.MatchString(w[0].text) {
				return false
			}
		}
	}
	return rows > 1 && len(cols) > 2
}

// pitchOf is the distance of rows of figures that follow one another, right below if there are such.
func pitchOf(rows []looseRow) float64 {
	pitch, apart := math.Inf(1), math.Inf(1)
	for i := 1; i < len(rows); i++ {
		switch {
		case rows[i].figures == 0:
		case rows[i-1].figures > 0:
			pitch = math.Min(pitch, rows[i].y-rows[i-1].y)
		default:
			apart = math.Min(apart, besideRow(rows, i, -1))
		}
	}
	return min(pitch, apart)
}

// nearWords joins words that stand as near as those of one cell.
func nearWords(words []word) []word {
	const gap = 0.6 // of the size
	var out []word
	for _, w := range words {
		if n := len(out); n > 0 && w.x0-out[n-1].x1 < gap*w.glyphs[0].size {
			out[n-1].glyphs = append(slices.Clone(out[n-1].glyphs), w.glyphs...)
			out[n-1].x1 = w.x1
			continue
		}
		out = append(out, w)
	}
	return out
}

// headNames gives each column its name. It is not ok if a name reaches over
// several columns, or a column of figures has none.
func headNames(cols []seg, head []looseRow) (names []string, ok bool) {
	names = make([]string, len(cols))
	at := make([]float64, len(cols)) // where the last line of the name stands
	sets := make([][]bool, len(head))
	for i, r := range head {
		sets[i] = make([]bool, len(cols))
		for _, w := range r.words {
			sets[i][stripAt(cols, w)] = true
		}
		for k := range i {
			if !sameOrApart(sets[k], sets[i]) {
				return nil, false // 城市 over two columns, or a name in two lines
			}
		}
		for _, w := range r.words {
			c := stripAt(cols, w)
			if n := over(cols, w); n > 1 || n == 0 && c > 0 { // beside a column it may be of another
				return nil, false
			}
			if names[c] != "" && r.y != at[c] && r.y-at[c] > linesApart*r.size {
				return nil, false // a second level: what it covers is not certain
			}
			names[c] = joinLines([]string{names[c], w.text})
			at[c] = r.y
		}
	}
	for c := 1; c < len(cols); c++ {
		if names[c] == "" {
			return nil, false
		}
	}
	return names, true
}

// sameOrApart reports two sets of columns that are equal, or have none in common.
func sameOrApart(a, b []bool) bool {
	for i := range a {
		if a[i] && b[i] {
			return slices.Equal(a, b)
		}
	}
	return true
}

// body adds the rows. A line without figures that stands nearer to a row than
// rows to one another is a part of its names; else it is a heading among them.
func (t *table) body(cols []seg, rows []looseRow) {
	pitch := pitchOf(rows)
	pending := make([]string, len(cols))
	for i := range rows {
		cells := make([]string, len(cols))
		parts := make([][]glyph, len(cols))
		for _, w := range rows[i].words {
			c := stripAt(cols, w)
			parts[c] = append(parts[c], w.glyphs...)
		}
		for _, w := range rows[i].dashes {
			if c := freeStrip(cols, parts, w); c >= 0 {
				parts[c] = w.glyphs
			}
		}
		for c := range parts {
			if len(parts[c]) > 0 {
				cells[c] = textOf(parts[c])
			}
		}
		if rows[i].figures == 0 {
			switch {
			case numberedHeading.MatchString(rows[i].words[0].text):
			case i > 0 && len(t.rows) > 0 && joinsAbove(cols, rows, i, pitch):
				last := t.rows[len(t.rows)-1]
				for c := range cells {
					last[c] = joinLines([]string{last[c], cells[c]})
				}
				continue
			case i+1 < len(rows) && rows[i+1].y-rows[i].y < 0.75*pitch:
				for c := range cells {
					pending[c] = joinLines([]string{pending[c], cells[c]})
				}
				continue
			}
		}
		for c := range cells {
			cells[c] = joinLines([]string{pending[c], cells[c]})
			pending[c] = ""
		}
		t.add(cells, nil)
	}
}

// joinsAbove reports a line without figures that is a part of the row above: much nearer than
// others, or it goes on with it and no other is nearer.
func joinsAbove(cols []seg, rows []looseRow, i int, pitch float64) bool {
	above, below := rows[i].y-rows[i-1].y, besideRow(rows, i, +1)
	return above < 0.75*pitch && rows[i-1].figures > 0 && below > above || below > 0.6*above && goesOn(cols, &rows[i-1], &rows[i])
}

// narrowNames is the width, of the size, of a column whose names are taken to be broken
// where one fills it; below a name in a wide column stands a heading.
const narrowNames = 8

// goesOn reports a row without figures that goes on with the names of the row above,
// which had no room for more: 农副食|品加工|业.
func goesOn(cols []seg, above, r *looseRow) bool {
	if r.figures > 0 || r.prose || len(r.words) == 0 || r.y-above.y > rowsApart*r.size {
		return false
	}
	if numberedHeading.MatchString(r.words[0].text) {
		return false
	}
	if w := r.words[0]; len(r.words) == 1 && (strings.HasPrefix(w.text, "(") || strings.HasPrefix(w.text, "（")) && stripAt(cols, w) == 0 && above.figures > 0 {
		return true // 储蓄存款余额|(亿元)
	}
	for i, w := range r.words {
		c := stripAt(cols, w)
		full := false
		for _, a := range nearWords(above.words) {
			full = full || stripAt(cols, a) == c && (i > 0 || a.x1 > cols[c].x1-0.6*r.size && math.Min(math.Abs(a.x0-w.x0), math.Abs(a.x1-w.x1)) < 0.3*r.size)
		}
		if !full || w.figure() || cols[c].x1-cols[c].x0 > narrowNames*r.size {
			return false
		}
	}
	return true
}

// numberedHeading begins a heading among the rows: (二)基金征缴收入, 三、劳动关系.
var numberedHeading = regexp.MustCompile(`^(?:[(（][一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九十]{1,2}、)`)

// looseWarnings says on which pages tables without rules were not read.
func looseWarnings(lines []line) []string {
	var out []string
	for i := range lines {
		if n := lines[i].unread; n > 0 {
			out = append(out, fmt.Sprintf("page %d: a table without rules, %d rows, whose columns cannot be told apart: not read", lines[i].page, n))
		}
		if t := lines[i].table; t != nil && t.garbled {
			out = append(out, fmt.Sprintf("page %d: a table, %d rows, whose words are printed over one another: not read", lines[i].page, len(t.rows)))
		}
	}
	return out
}
