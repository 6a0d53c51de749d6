package pdf

import (
	"math"
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingxi/corpus/draft"
	tabular "mingxi/corpus/grid"
)

// compose turns the pages of a paper into pieces; left are the heads and feet of pages.
// It says whether the budget was enough for all of them.
func compose(p *paper, o Options, b *budget) (out []draft.Piece, left []draft.Gone, all bool) {
	var sheets []*sheet
	for _, pg := range p.pages {
		b.charge(workPerGlyph * (len(pg.glyphs) + len(pg.rules)))
		if len(sheets) > 0 && !o.OCR && b.spent() {
			break
		}
		sheets = append(sheets, newSheet(pg))
		pg.glyphs = nil
	}
	if !o.Furnish {
		dropFurniture(sheets)
	}
	var lines, notes []line
	known := gutters(sheets)
	perPage := make([][]line, len(sheets))
	for i, s := range sheets {
		perPage[i] = s.lines(known)
		lines = append(lines, perPage[i]...)
	}
	body := bodySize(lines)
	lines = lines[:0]
	for _, l := range perPage {
		text, foot := footnotes(l, body)
		lines, notes = append(lines, text...), append(notes, foot...)
	}
	p.loose = looseWarnings(lines)
	setMargins(lines)
	out = withNotes(pieces(lines, body), notes)
	for i := range out {
		out[i].Place = i + 1
	}
	return out, gone(sheets, out), len(sheets) == len(p.pages)
}

// pieces joins lines into paragraphs and numbers the tables.
func pieces(lines []line, body float64) []draft.Piece {
	var out []draft.Piece
	tables := 0
	for i := 0; i < len(lines); {
		if t := lines[i].table; t != nil && t.garbled {
			tables++
			for _, row := range t.rows {
				out = append(out, draft.Piece{Kind: draft.Row, Page: lines[i].page, Table: tables, Cells: []string{strings.Join(row, " ")}})
			}
			i++
			continue
		}
		if lines[i].table != nil {
			tables++
			var rows []draft.Piece
			rows, i = tablePieces(lines, i, tables)
			out = append(out, rows...)
			continue
		}
		if lines[i].loose { // kept as one cell, so that nothing reads it as prose
			if lines[i].unread > 0 {
				tables++
			}
			out = append(out, draft.Piece{Kind: draft.Row, Page: lines[i].page, Table: tables, Cells: []string{lines[i].text}})
			i++
			continue
		}
		j := i + 1
		for j < len(lines) && lines[j].table == nil && !lines[j].loose && continues(&lines[j-1], &lines[j]) {
			j++
		}
		out = append(out, paragraph(lines[i:j], body))
		i = j
	}
	return out
}

// tablePieces are the pieces of the table at line i, with those that continue it
// on the next pages, and the line behind.
func tablePieces(lines []line, i, number int) ([]draft.Piece, int) {
	t := lines[i].table
	pages := make([]int, len(t.rows))
	for k := range pages {
		pages[k] = lines[i].page
	}
	for i++; i < len(lines) && lines[i].table != nil && lines[i].page == pages[len(pages)-1]+1 && t.goesOn(lines[i].table); i++ {
		t.join(lines[i].table)
		for len(pages) < len(t.rows) {
			pages = append(pages, lines[i].page)
		}
	}
	pieces := tabular.Pieces(t.gridRows(0), number)
	for k := range pieces {
		pieces[k].Page = pages[pieces[k].Place]
	}
	return pieces, i
}

func paragraph(lines []line, body float64) draft.Piece {
	parts := make([]string, len(lines))
	for i, l := range lines {
		parts[i] = l.text
	}
	pc := draft.Piece{Kind: draft.Para, Text: joinLines(parts), Page: lines[0].page}
	if lines[0].size > 1.25*body && len(lines) <= 4 && utf8.RuneCountInString(pc.Text) <= 80 {
		pc.Kind, pc.Level = draft.Heading, 1
	}
	return pc
}

// joinLines joins the lines of a paragraph: a space only between Latin words.
func joinLines(parts []string) string {
	var b strings.Builder
	last := rune(0)
	for _, s := range parts {
		if s == "" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(s)
		if latin(last) && latin(first) && !(unicode.IsDigit(last) && unicode.IsDigit(first)) {
			b.WriteByte(' ')
		}
		b.WriteString(s)
		last, _ = utf8.DecodeLastRuneInString(s)
	}
	return b.String()
}

func latin(r rune) bool {
	return r != 0 && r < 0x2000 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(",.;:)", r))
}

// bodySize is the size that most of the text has.
func bodySize(lines []line) float64 {
	count := map[int]int{}
	best, size := 0, 10.0
	for _, l := range lines {
		k := int(math.Round(l.size * 2))
		count[k] += len(l.text)
		if count[k] > best {
			best, size = count[k], l.size
		}
	}
	return size
}

// setMargins finds the margins of every column. Pages share them, so that a page
// of two lines knows where its lines should end; but left and right pages are
// told apart where they are set differently, as in books.
func setMargins(lines []line) {
	type key struct{ column, group int }
	by := map[key][]int{}
	for i, l := range lines {
		if l.table == nil {
			k := key{l.column, l.group}
			by[k] = append(by[k], i)
		}
	}
	for _, all := range by {
		var sides [2][]int
		for _, i := range all {
			sides[lines[i].page%2] = append(sides[lines[i].page%2], i)
		}
		l0, r0 := margins(lines, sides[0])
		l1, r1 := margins(lines, sides[1])
		if d := l1 - l0; len(sides[0]) > 5 && len(sides[1]) > 5 && math.Abs(d) > 4 && math.Abs(r1-r0-d) < 4 {
			apply(lines, sides[0], l0, r0)
			apply(lines, sides[1], l1, r1)
			continue
		}
		left, right := margins(lines, all)
		apply(lines, all, left, right)
	}
}

func margins(lines []line, idx []int) (left, right float64) {
	if len(idx) == 0 {
		return 0, 0
	}
	var x0, x1, sizes []float64
	for _, i := range idx {
		x0, x1 = append(x0, lines[i].x0), append(x1, lines[i].x1)
		sizes = append(sizes, lines[i].size)
	}
	left = supported(x0, 1)
	return left, rightMargin(x1, left, quantile(sizes, 0.5))
}

func apply(lines []line, idx []int, left, right float64) {
	for _, i := range idx {
		lines[i].left, lines[i].right = left, right
	}
}

// rightMargin is where most lines end that reach beyond the middle of the
// column; of places almost as common, the outermost.
func rightMargin(x1 []float64, left, size float64) float64 {
	s := append([]float64(nil), x1...)
	sort.Float64s(s)
	far := s[len(s)-1]
	window := 0.6 * size
	count := func(i int) int {
		return sort.SearchFloat64s(s, s[i]+window) - i
	}
	most := 0
	for i := range s {
		if s[i] > left+0.5*(far-left) {
			most = max(most, count(i))
		}
	}
	for i := len(s) - 1; i >= 0; i-- {
		if n := count(i); n >= 2 && float64(n) > 0.85*float64(most) || n == most {
			return s[i+n-1]
		}
	}
	return far
}

// supported returns the outermost value that a fair share of the others is near.
func supported(v []float64, dir float64) float64 {
	s := make([]float64, len(v))
	for i := range v {
		s[i] = v[i] * dir
	}
	sort.Float64s(s)
	need := max(2, len(s)/12)
	for i := range s {
		j := i
		for j < len(s) && s[j]-s[i] <= 6 {
			j++
		}
		if j-i >= need {
			return s[(i+j-1)/2] * dir
		}
	}
	return s[0] * dir
}

// heading matches what opens a new paragraph at the start of a line: the
// numerals of headings (strong) wherever it comes, other signs only after a
// sentence has ended.
//
//	一、救灾 （一）救灾 第一章 | 1、 1． ⑴ ① ——
var (
	strong  = regexp.MustCompile(`^(?:[一二三四五六七八九十百]{1,4}、[^一二三四五六七八九十]|[（(][一二三四五六七八九十百]{1,4}[）)]|第[一二三四五六七八九十百零0-9]{1,5}[章节篇部编条][^一二三四五六七八九十，。、])`)
	heading = regexp.MustCompile(strong.String() + `|^(?:[一二三四五六七八九十百]{1,4}、|[0-9]{1,2}[、．]|[⑴-⒇①-⑳]|[—─]{2})`)
)

// continues reports whether b goes on with the paragraph that a belongs to.
func continues(a, b *line) bool {
	if b.note != a.note || ratio(a.size, b.size) > 1.12 {
		return false
	}
	em := b.size
	newPage := a.page != b.page
	newColumn := !newPage && (a.column != b.column || b.y < a.y)
	if !newPage && !newColumn && b.y-a.y > 2.6*em {
		return false
	}
	if b.x0-b.left > 0.8*em { // indented
		return !newPage && !newColumn && title(a, b)
	}
	// Had the line before room for the first word of this one?
	if a.right-a.x1 > firstWord(b.text)*em+0.6*em && !broken(a) {
		return false
	}
	if a.tabular || b.tabular {
		return false
	}
	if strong.MatchString(b.text) {
		return false
	}
	return !heading.MatchString(b.text) || !ends(a.text) && !heading.MatchString(a.text)
}

// broken reports whether a line breaks off in the middle of a sentence near the
// right margin: a rule of line breaking sent its last word to the next line.
func broken(a *line) bool {
	return !ends(a.text) && a.x1-a.left > 0.86*(a.right-a.left)
}

// title reports whether two lines, one below the other, are a title set in two
// lines: large, of one size, around one middle.
func title(a, b *line) bool {
	middle := (a.x0 + a.x1 - b.x0 - b.x1) / 2
	return a.size > 14 && ratio(a.size, b.size) < 1.03 && b.y-a.y < 2.2*b.size && math.Abs(middle) < 0.8*b.size
}

// ends reports whether a text ends like a sentence.
func ends(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("。！？：；…”）.!?:;", r)
}

// firstWord is the width, in ems, of what a line break cannot part at the
// start of a line.
func firstWord(s string) float64 {
	w := 0.0
	for i, r := range s {
		switch {
		case i == 0 && isWide(r) && !opening(r):
			w = 1
			continue
		case opening(r) && w == float64(0):
			w++
			continue
		case closing(r):
			w++
			continue
		case isWide(r) && w > 0 && i > 0 && opening(firstRune(s)) && w < 2:
			w++
			continue
		case isWide(r) || r == ' ':
			return w
		}
		if i > 0 && isWide(firstRune(s)) && !opening(firstRune(s)) {
			return w
		}
		w += 0.55
		if w > 12 {
			return w
		}
	}
	return w
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func opening(r rune) bool { return strings.ContainsRune("（《〈“‘【〔「『([", r) }
func closing(r rune) bool {
	return strings.ContainsRune("）》〉”’】〕」』)]，。、；：！？％%,.;:!?…—", r)
}
