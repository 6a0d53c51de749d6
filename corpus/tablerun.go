package corpus

// Runs of lines that are the rows of a table:
//
//	| 项目 | 投资 |        bars, also without those at the ends, or drawn │
//	项目⇥投资              tabs
//	项目　　投资            wide gaps
//	村名 户数 人数          single spaces, if every row is a name and then numbers
//	项目 / 1990 / 1991 / 班次(趟) / 120 / 135      one cell a line
//
// Only what is certain becomes a table: each row has as many cells as the others.
// A row that was broken over lines is put together if its cells then are as many;
// a header that lacks the cell over the names gets an empty one.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
)

// Ways in which a line may hold cells.
type rowKind int

const (
	notRow    rowKind = iota
	barRow            // a | b
	tabRow            // a, tab, b
	wideRow           // a, two spaces or more, b
	spacedRow         // a b: certain only by what the cells are
)

// tableRun returns how many lines from one on are one table, and its rows; no
// rows if the lines are none.
func tableRun(all []para, at int) (n int, rows []grid.Row) {
	lines := all[at:]
	if !plainLine(&lines[0]) {
		return 1, nil
	}
	kind, _ := splitRow(&lines[0])
	switch kind {
	case barRow:
		return barRun(lines)
	case tabRow, wideRow, spacedRow:
		return gapRun(lines, kind)
	}
	if !headMayBegin(all, at) {
		return 1, nil
	}
	return cellRun(lines)
}

func plainLine(p *para) bool { return p.kind == draft.Line && p.row == nil }

// runOf is how many lines at the front have cells of the kind.
func runOf(lines []para, kind rowKind) int {
	n := 0
	for n < len(lines) && plainLine(&lines[n]) && (n == 0 || !lines[n].blank) {
		if k, _ := splitRow(&lines[n]); k != kind {
			break
		}
		n++
	}
	return n
}

// barRun reads rows with bars. Most of them have all cells; what has fewer is a
// row that was broken over lines.
func barRun(lines []para) (int, []grid.Row) {
	n := runOf(lines, barRow)
	width := commonWidth(lines[:n], barRow)
	var rows []grid.Row
	for i := 0; i < n; {
		_, cells := splitRow(&lines[i])
		place := lines[i].place
		i++
		if rule(cells) { // |---|---|
			continue
		}
		for len(cells) < width && i < n {
			_, more := splitRow(&lines[i])
			if len(cells)+len(more) > width {
				break
			}
			cells = append(cells, more...)
			i++
		}
		if len(cells) == width-1 && len(rows) == 0 && numbers(cells) == 0 {
			cells = append([]string{""}, cells...)
		}
		if len(cells) > width {
			return n, nil
		}
		for len(cells) < width {
			cells = append(cells, "")
		}
		rows = append(rows, stackedNames(cells, place)...)
	}
	if width < 2 || len(rows) < 2 {
		return n, nil
	}
	return n, rows
}

// stackedNames divides a row whose first cell holds further names behind its
// own, each the heading of what follows: 寄宿制学校 四、学生资助 | 所 | 64.
func stackedNames(cells []string, place int) []grid.Row {
	names := strings.Fields(cells[0])
	first := len(names)
	for i := 1; i < len(names); i++ {
		if m, ok := markerAt(names[i]); ok && m.rank <= rankArabic {
			first = i
			break
		}
	}
	if first == len(names) {
		return []grid.Row{{Cells: cells, Down: 1, Place: place}}
	}
	row := append([]string{strings.Join(names[:first], " ")}, cells[1:]...)
	out := []grid.Row{{Cells: row, Down: 1, Place: place}}
	for _, name := range names[first:] {
		head := make([]string, len(cells))
		head[0] = name
		out = append(out, grid.Row{Cells: head, Down: 1, Place: place})
	}
	return out
}

// commonWidth is the number of cells that most lines have, the larger of two
// that are as common.
func commonWidth(lines []para, kind rowKind) int {
	count := map[int]int{}
	best := 0
	for i := range lines {
		k, cells := splitRow(&lines[i])
		if k != kind || rule(cells) {
			continue
		}
		n := len(cells)
		count[n]++
		if count[n] > count[best] || count[n] == count[best] && n > best {
			best = n
		}
	}
	return best
}

// gapRun reads rows whose cells stand apart: names, then numbers, below a header.
func gapRun(lines []para, kind rowKind) (n int, rows []grid.Row) {
	g := gaps{kind: kind}
	_, g.first = splitRow(&lines[0])
	g.width = len(g.first)
	if g.nameless = len(lines) > 1 && namelessHead(&lines[1], kind, g.first); g.nameless {
		g.width++
	}
	if kind == tabRow { // empty cells at the end of a line are lost
		w := commonWidth(lines[:runOf(lines[:min(len(lines), mostLines)], kind)], kind)
		if over := len(lines) > 1 && leadingTabs(&lines[1]) != nil && !strings.ContainsAny(lines[0].text, ":：") && headerLike(g.first); over || g.width*2 > w { // the head of a group
			g.width = max(g.width, w)
		}
	}
	figures := 0
	for n < len(lines) && plainLine(&lines[n]) && (n == 0 || !lines[n].blank) {
		cells := g.row(lines[n:], n, len(rows))
		if cells == nil {
			break
		}
		n++
		if rule(cells) {
			continue
		}
		if numbers(cells) > 0 {
			figures++
		}
		rows = append(rows, grid.Row{Cells: cells, Down: 1, Level: lines[n-1].indent, Place: lines[n-1].place})
	}
	switch {
	case len(rows) < 2:
		return 1, nil
	case !g.certain(rows, figures):
		return n, nil
	}
	return n, rows
}

// gaps are how the cells of a run of lines stand apart.
type gaps struct {
	kind     rowKind
	first    []string // the cells of the first line
	width    int
	nameless bool // that is a header without a cell over the names
}

// namelessHead reports that the first line is a header without a cell over the names, by the second:
// 1997年 比上年增长% over 粮食 31.26万吨 2.4.
func namelessHead(second *para, kind rowKind, first []string) bool {
	k, cells := splitRow(second)
	if k != kind || len(cells) != len(first)+1 || cells[0] == "" || slices.Contains(first, "") || !headerLike(first) || firstColumn(first[0]) != "" {
		return false
	}
	if kind == wideRow { // with their units
		bare := make([]string, len(cells))
		for i, c := range cells {
			if bare[i] = c; i > 0 && figureStart(c) {
				bare[i] = "1"
			}
		}
		cells = bare
	}
	return namesAndNumbers(cells)
}

// figureStart reports a short cell that begins with a digit or a sign before one: 31.26万吨.
func figureStart(c string) bool {
	c = strings.TrimLeft(strings.TrimSpace(c), "-+")
	return c != "" && c[0] >= '0' && c[0] <= '9' && runes(c) <= 12 && !strings.Contains(c, "年")
}

// row is the cells of the first of some lines, behind so many lines and rows; nil if it is no row of the run.
func (g *gaps) row(lines []para, behind, rows int) []string {
	k, cells := splitRow(&lines[0])
	if behind == 0 && g.nameless {
		cells = append([]string{""}, cells...)
	}
	for k == tabRow && len(cells) < g.width {
		cells = append(cells, "")
	}
	if (rows > 1 || rows == 1 && len(g.first) == g.width && headerLike(g.first)) && headingAmong(lines, g.kind, g.width) {
		k, cells = g.kind, append([]string{lines[0].text}, make([]string, g.width-1)...)
	}
	if k != g.kind || len(cells) != g.width {
		return nil
	}
	if k == spacedRow && (behind > 0 || !headerLike(cells)) && !namesAndNumbers(cells) && !unitBetween(g.first, cells) && !yearAndNumbers(g.first, cells) {
		return nil
	}
	return cells
}

// certain reports rows that are those of a table: of so many there are figures.
func (g *gaps) certain(rows []grid.Row, figures int) bool {
	switch g.kind {
	case spacedRow:
		return g.width > 2 && figures > 1 && headerLike(rows[0].Cells)
	case wideRow:
		return g.width > 1 && (g.width > 2 || headerLike(rows[0].Cells)) && figures >= len(rows)-2 && figures > 0
	}
	return true
}

// headingAmong reports a line of one cell among rows, 二、主要农产品产量(万吨): a row of
// figures follows at once.
func headingAmong(lines []para, kind rowKind, width int) bool {
	if kind != tabRow && kind != wideRow || len(lines) < 2 || lines[1].blank || !plainLine(&lines[1]) {
		return false
	}
	k, _ := splitRow(&lines[0])
	text := lines[0].text
	if i := strings.IndexByte(text, ' '); k == spacedRow && text[i+1] < utf8.RuneSelf { // 人口 Population
		k, text = notRow, text[:i]
	}
	if k != notRow || runes(text) > longestCell || strings.ContainsAny(text, "，。；：:;!?！？0123456789") {
		return false
	}
	k, next := splitRow(&lines[1])
	if k == notRow {
		return headingAmong(lines[1:min(len(lines), mostHeadings)], kind, width)
	}
	return k == kind && len(next) <= width && len(next) > 1 && numbers(next) > 0 && next[0] != "" && !isNumber(next[0])
}

const mostHeadings = 4 // lines with a row of figures behind headings

// mostLines are looked at to know how many cells the rows of a table have.
const mostLines = 16

// headerLike reports cells that may be a header: words, or years behind a word.
func headerLike(cells []string) bool {
	for i, c := range cells {
		if isNumber(c) && (i == 0 || !yearLike(c)) {
			return false
		}
	}
	return true
}

func yearLike(s string) bool {
	return len(s) == 4 && (strings.HasPrefix(s, "19") || strings.HasPrefix(s, "20")) && isNumber(s)
}

// namesAndNumbers reports a row that is a name and then numbers, or marks that
// there is none.
func namesAndNumbers(cells []string) bool {
	n := 0
	for _, c := range cells[1:] {
		switch {
		case isNumber(strings.TrimSpace(c)):
			n++
		case strings.Trim(c, "-—－–…/ ") != "":
			return false
		}
	}
	return n > 0 && !isNumber(cells[0])
}

// yearAndNumbers reports a row of a year, below a header that says so: 年度 购进 销售 over 1957 684.2 1926.5.
func yearAndNumbers(heads, cells []string) bool {
	return yearHead(heads[0]) && yearLike(cells[0]) && namesAndNumbers(append([]string{heads[0]}, cells[1:]...))
}

// unitBetween reports a row that has its unit between name and numbers, below a header
// that says so: 项目 单位 本年 上年 over 城镇低保户数 户 8142 7956.
func unitBetween(heads, cells []string) bool {
	return len(cells) > 2 && strings.HasSuffix(heads[1], "单位") && runes(cells[1]) <= 8 && !isNumber(cells[1]) && namesAndNumbers(append([]string{cells[0]}, cells[2:]...))
}

// Cells that stand one a line are short, and their tables not wide.
const (
	longestCell = 24
	widestLines = 16
)

// cellRun reads a table with one cell a line: a header, then rows of a name or a year,
// a unit if the header has one, and numbers. Of the widths that fit it takes the one
// that explains most lines.
//
//	项目 / 单位 / 1990 / 1991 / 公路里程 / 公里 / 812 / 835
//	年份 / 抚恤 / 合计 / 1988 / 12.5 / 42.6 / 1989 / 13.2 / 48.6
//	序号 / 村名 / 户数 / 1 / 石桥村 / 68 / 2 / 柳河村 / 85 / 合计 / 153
func cellRun(lines []para) (int, []grid.Row) {
	first := 0 // the first number that is no year
	for first <= widestLines+1 && (isCell(lines, first) || first > 0 && nameLine(lines, first)) && (!figureLine(lines[first].text) || yearLike(lines[first].text)) {
		first++
	}
	if first < 2 || first > widestLines+1 || !isCell(lines, first) {
		return 1, nil
	}
	for i := range first - 2 { // heads are plain cells or 其中：男, only the name of a row before its unit is none, nor one that heads it
		if !isCell(lines, i) && !(nameLine(lines, i) && (i == first-3 || strings.ContainsAny(lines[i].text, ":："))) {
			return 1, nil
		}
	}
	best := cellLines{}
	if squeezed(lines[0].text) == serialHead {
		best = cellLines{head: first, width: first, serial: true}
		if !best.fits(lines) {
			best.end = 0
		}
	}
	for head := max(first-3, 1); head < first; head++ { // before it stand a name, a unit, and what heads them
		for width := max(head, 2); width <= head+1; width++ { // or no cell over the names
			if t := (cellLines{head: head, width: width}); t.fits(lines) && t.end > best.end {
				best = t
			}
		}
	}
	if best.end == 0 {
		return 1, nil
	}
	return best.end, best.rows(lines)
}

// serialHead heads the numbers of the rows, which come one after another.
const serialHead = "序号"

// headMayBegin reports a line at which a header may begin: a word for a first column, or what has no
// such word nor more than a caption right before it.
func headMayBegin(lines []para, at int) bool {
	if firstColumn(squeezed(lines[at].text)) != "" {
		return true
	}
	for n := range 2 {
		if at -= 1; lines[at+1].blank || at < 0 || !isCell(lines, at) || figureLine(lines[at].text) {
			return true
		}
		if n == 1 || firstColumn(squeezed(lines[at].text)) != "" {
			return false
		}
	}
	return true
}

// A stray is a run of lines with one cell each that became no table.
type stray struct{ words, numbers int }

// see takes a line that is of no table; the warning, if any, is of the run that ended before it.
func (r *stray) see(p *para) (warning string) {
	if p.blank || !plainLine(p) || !lineCell(p.text) {
		warning = r.end()
	}
	switch {
	case !plainLine(p) || !lineCell(p.text):
	case figureLine(p.text):
		r.numbers++
	default:
		r.words++
	}
	return warning
}

// end tells of a run that was a table: some words, and more numbers.
func (r *stray) end() (warning string) {
	if r.words > 2 && r.numbers > 5 && r.numbers >= r.words {
		warning = fmt.Sprintf("a table with one cell a line, %d numbers, whose rows are not alike: not read", r.numbers)
	}
	*r = stray{}
	return warning
}

// isCell reports a line that may be a cell.
func isCell(lines []para, i int) bool {
	return i < len(lines) && plainLine(&lines[i]) && lineCell(lines[i].text)
}

// A cellLines is a way to divide lines into a header and rows. A row of which only the
// name is there heads those after it: 期末存栏 / 大牲畜（万头） / 46.2 / 2.5.
type cellLines struct {
	head, width, end int
	at               []int // where each row begins
	headings         int   // how many of them have a name only
	serial           bool  // the rows are numbered; a total has no number
}

// fits counts the rows that are alike; two are enough, or one below years.
func (t *cellLines) fits(lines []para) bool {
	heads := t.row(lines, t.head-t.width)
	if t.head < t.width-1 || t.head < 1 || !headerLike(heads) || t.head == t.width && strings.ContainsRune("值)）", lastRune(heads[0])) { // 指标值 names no rows
		return false
	}
	rows, whole := 0, func(at int) bool {
		return nameLine(lines, at) && isCell(lines, at+t.width-1) && t.rowLike(heads, t.row(lines, at))
	}
	for t.end = t.head; ; {
		switch {
		case whole(t.end):
			t.at = append(t.at, t.end)
			t.end += t.width
			rows++
		case t.serial && rows > 1 && t.totalAt(lines, t.end):
			t.at = append(t.at, t.end)
			t.end += t.width - 1
			return t.enough(lines, heads, rows)
		case !t.serial && (rows > 0 || firstColumn(squeezed(heads[0])) != "") && nameLine(lines, t.end) && !figureLine(lines[t.end].text) && t.width > 2 && whole(t.end+1):
			t.at = append(t.at, t.end)
			t.headings++
			t.end++
		default:
			return t.enough(lines, heads, rows)
		}
	}
}

// totalAt reports a total and its figures, without a number and a name.
func (t *cellLines) totalAt(lines []para, at int) bool {
	if !isCell(lines, at+t.width-2) || !slices.Contains(tableWords()["total"], squeezed(lines[at].text)) {
		return false
	}
	return !slices.ContainsFunc(lines[at+1:at+t.width-1], func(p para) bool { return !figureLine(p.text) })
}

// enough reports rows that are two, or one below years. A number more behind the last shows that some
// row has lost a cell; a name before the first that heads nothing for certain may be one head more.
func (t *cellLines) enough(lines []para, heads []string, rows int) bool {
	switch {
	case rows == 0 || rows == 1 && !yearLike(heads[len(heads)-1]), isCell(lines, t.end) && figureLine(lines[t.end].text):
		return false
	case t.headings == 1 && t.at[1] == t.at[0]+1:
		name := lines[t.at[0]].text
		return marked(name) || slices.ContainsFunc(tableWords()["heading"], func(w string) bool { return strings.HasPrefix(name, w) })
	}
	return true
}

// row is the cells from a line on; before the first line and behind the last they are empty.
func (t *cellLines) row(lines []para, at int) []string {
	cells := make([]string, t.width)
	for i := range cells {
		if at+i >= 0 && at+i < len(lines) {
			cells[i] = lines[at+i].text
		}
	}
	return cells
}

func (t *cellLines) rows(lines []para) []grid.Row {
	rows := []grid.Row{{Cells: t.row(lines, t.head-t.width), Down: 1, Place: lines[max(t.head-t.width, 0)].place}}
	for i, at := range t.at {
		cells := t.row(lines, at)
		switch {
		case i+1 < len(t.at) && t.at[i+1] == at+1:
			clear(cells[1:])
		case t.serial && !figureLine(cells[0]): // 合计
			cells = slices.Insert(cells[:t.width-1], 1, "")
		}
		rows = append(rows, grid.Row{Cells: cells, Down: 1, Place: lines[at].place})
	}
	return rows
}

// squeezed is a cell without the blanks that space it out: 指 标.
func squeezed(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), "\u3000", "")
}

// nameLine reports a line that may name a row: a cell, in which 、 may stand, behind a marker or a word of parts:
// 一、农业, 其中：稻谷.
func nameLine(lines []para, i int) bool {
	if i >= len(lines) || !plainLine(&lines[i]) {
		return false
	}
	name := lines[i].text
	if m, ok := markerAt(name); ok {
		name = name[m.size:]
	}
	if w, rest, ok := strings.Cut(strings.Replace(name, "：", ":", 1), ":"); ok && slices.Contains(tableWords()["part"], squeezed(w)) {
		name = rest
	}
	return lineCell(strings.ReplaceAll(name, "、", ""))
}

// rowLike reports a name or a year, a unit below 单位, and numbers; in a table of years a year among
// them is the name of the next row.
func (t *cellLines) rowLike(heads, row []string) bool {
	numbers, years, dated := 0, yearHead(heads[0]), slices.Contains(heads[1:], "年份")
	if t.serial {
		if row[0] != strconv.Itoa(len(t.at)+1) || figureLine(row[1]) {
			return false
		}
		row, heads = row[1:], heads[1:]
	}
	for i, c := range row {
		unit := strings.HasSuffix(heads[i], "单位")
		if unit {
			c = strings.ReplaceAll(c, "、", "") // 元/人、月
		}
		switch {
		case i > 0 && (!lineCell(c) || dated && yearLike(c) != (heads[i] == "年份")):
			return false
		case i == 0:
			if figureLine(c) != (yearLike(c) && years) {
				return false
			}
		case figureLine(c) && !(years && yearLike(c)):
			numbers++
		case numbers > 0 || !unit || runes(c) > 8:
			return false
		}
	}
	return numbers > 0
}

// yearHead reports the head of a column of years.
func yearHead(s string) bool {
	return strings.HasPrefix(s, "年") || strings.HasSuffix(s, "年份") || strings.HasSuffix(s, "年度")
}

func figureLine(s string) bool { return isNumber(s) || strings.Trim(s, "-—－–…") == "" }

// lineCell reports a line that may be a cell of its own: short, no sentence, no heading.
func lineCell(s string) bool {
	return s != "" && len(s) <= 3*longestCell && runes(s) <= longestCell && !strings.ContainsAny(s, "，。；：:;、!?！？|") && !(marked(s) && !isNumber(s))
}

// bars are the signs between cells.
const bars = "|｜│┃║"

// splitRow divides a line into cells.
func splitRow(p *para) (rowKind, []string) {
	line := p.text
	if len(line) > 2000 || len(line) == 0 {
		return notRow, nil
	}
	if hasBar(line) {
		return barRow, atBars(line)
	}
	if cells := []string{line}; firstRune(line) >= '─' && firstRune(line) <= '╿' && rule(cells) { // ├──┼──┤
		return barRow, cells
	}
	if len(line) > 600 || strings.IndexByte(line, ' ') < 0 && strings.IndexByte(line, '\t') < 0 && !strings.Contains(line, "\u3000") || holds(strings.ReplaceAll(line, "…", ""), stop|semicolon) {
		return notRow, nil
	}
	switch {
	case strings.Contains(line, "\t"):
		return tabRow, append(leadingTabs(p), strings.Split(line, "\t")...)
	case strings.Contains(line, "  ") || strings.Contains(line, "\u3000"):
		cells := strings.FieldsFunc(strings.ReplaceAll(line, "  ", "\u3000"), func(r rune) bool { return r == '\u3000' })
		if len(cells) >= 2 && !strings.ContainsAny(line, "，、") && !marked(line) {
			return wideRow, cells
		}
	case strings.Count(line, " ") >= 1 && !strings.ContainsAny(line, "，、：:"):
		return spacedRow, strings.Split(line, " ")
	}
	return notRow, nil
}

func hasBar(line string) bool {
	return strings.IndexByte(line, '|') >= 0 || strings.Contains(line, "│") || strings.Contains(line, "｜") || strings.Contains(line, "┃") || strings.Contains(line, "║")
}

// atBars divides a line at its bars; those at its ends divide nothing.
func atBars(line string) []string {
	cells := strings.Split(strings.Map(func(r rune) rune {
		if strings.ContainsRune(bars, r) {
			return '|'
		}
		return r
	}, line), "|")
	if len(cells) > 1 && strings.TrimSpace(cells[0]) == "" {
		cells = cells[1:]
	}
	if n := len(cells); n > 1 && strings.TrimSpace(cells[n-1]) == "" {
		cells = cells[:n-1]
	}
	return cells
}

// leadingTabs are the empty cells that cleaning took for an indent.
func leadingTabs(p *para) []string {
	for _, c := range p.cuts {
		if c.at == 0 && c.reason == reasonIndent {
			return make([]string, strings.Count(c.text, "\t"))
		}
	}
	return nil
}

// rule reports whether the cells are a line that is only drawn: |---|---|, ├──┼──┤.
func rule(cells []string) bool {
	return strings.Trim(strings.Join(cells, ""), "-: ─━═┼╋├┤┌┐└┘┬┴+=") == ""
}

func numbers(cells []string) int {
	n := 0
	for _, c := range cells {
		if isNumber(strings.TrimSpace(c)) {
			n++
		}
	}
	return n
}
