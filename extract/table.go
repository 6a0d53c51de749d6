package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// Tables: real ones (blocks of kind Row, cells from html, docx, xlsx, pdf) and
// those that were flattened into lines of text:
//
//	附:石桥镇低保发放情况表 单位:户、人、万元
//	村名 户数 人数 金额
//	石桥村 68 142 20.1
//	合计 245 513 72.4
//
// A number in a cell takes its unit from the cell, its column's header, its row
// or the line 单位:, and its label from caption, row and column. A number whose
// unit nothing tells is no metric; an empty cell stays empty.

// A grid is the table that is read now.
type grid struct {
	number  int      // of the table; 0 for a flattened one
	caption string   // 石桥镇低保发放
	units   []string // of the line 单位:
	heads   []string // of the columns, the first is that of the row labels
	unitCol int      // a column that gives the units of its rows, -1 if none
	totals  []int    // indices of a 合计 row's mentions by column, -1 if none
	rows    [][]int  // indices of the mentions of other rows, by column
	open    bool     // a flattened table is being read
}

// row reads a row of a real table.
func (x *reader) row(b int) {
	block := &x.doc.Blocks[b]
	if block.Table != x.grid.number || x.grid.number == 0 {
		x.closeGrid()
		x.grid = x.newGrid(b)
	}
	x.lines++
	x.line.set(x.doc.Text, block.Span)
	cells := make([]phrase, len(block.Cells))
	numeric := false
	for i, c := range block.Cells {
		cells[i] = x.runes(c)
		numeric = numeric || i > 0 && x.isNumeric(cells[i])
	}
	if block.Head || len(x.grid.heads) == 0 && !numeric {
		x.header1(cells)
		return
	}
	x.cells(b, cells)
}

// newGrid starts the table of block b with the caption above it.
func (x *reader) newGrid(b int) grid {
	g := grid{number: x.doc.Blocks[b].Table, unitCol: -1}
	for i := b - 1; i >= 0 && i >= b-3 && x.doc.Blocks[i].Kind != schema.Row; i-- {
		block := &x.doc.Blocks[i]
		text := x.doc.Text[block.Start:block.End]
		if utf8.RuneCountInString(text) > 60 {
			break
		}
		caption, units := x.unitLine(text)
		if g.units == nil {
			g.units = units
		}
		if g.caption == "" && caption != "" {
			g.caption = caption
		}
	}
	return g
}

// unitLine splits 附:…情况表单位:户、人、万元 into caption and units.
func (x *reader) unitLine(text string) (caption string, units []string) {
	folded := strings.Map(foldRune, text)
	if i := strings.Index(folded, "单位"); i >= 0 {
		rest := strings.TrimLeft(folded[i+len("单位"):], " 为:")
		if rest != folded[i+len("单位"):] {
			units = strings.FieldsFunc(rest, func(r rune) bool {
				return r == '、' || r == ',' || r == '，' || r == '/' || r == ' ' || r == ')' || r == ';'
			})
			folded = folded[:i]
		}
	}
	caption = strings.Trim(folded, " ()（）:：。\t\n")
	for _, w := range x.lex.Caption {
		caption = strings.TrimSuffix(strings.TrimPrefix(caption, w), w)
		caption = strings.Trim(caption, " :：0123456789一二三四五六七八九十、")
	}
	return clip(caption, maxPost), units
}

// runes turns a span of bytes into a phrase of the line.
func (x *reader) runes(s schema.Span) phrase {
	from, _ := slices.BinarySearch(x.line.off, int32(s.Start))
	to, _ := slices.BinarySearch(x.line.off, int32(s.End))
	return phrase{from, to}
}

// isNumeric reports a cell that begins with a number and holds little else.
func (x *reader) isNumeric(p phrase) bool {
	p = x.trimSpace(p)
	if p.empty() || !isDigit(x.line.r[p.from]) && x.line.r[p.from] != '-' {
		return false
	}
	return p.to-p.from <= 14
}

func (x *reader) trimSpace(p phrase) phrase {
	for p.from < p.to && (x.line.r[p.from] == ' ' || x.line.r[p.from] == '\n') {
		p.from++
	}
	for p.from < p.to && (x.line.r[p.to-1] == ' ' || x.line.r[p.to-1] == '\n') {
		p.to--
	}
	return p
}

// header1 adds a header row: a second one is joined to the first.
func (x *reader) header1(cells []phrase) {
	for i, c := range cells {
		text := x.text(x.trimSpace(phrase{c.from, c.to}))
		if raw := string(x.line.r[c.from:c.to]); strings.Contains(raw, "(") {
			text = strings.TrimSpace(raw) // its unit stands in brackets
		}
		for len(x.grid.heads) <= i {
			x.grid.heads = append(x.grid.heads, "")
		}
		if !strings.Contains(x.grid.heads[i], text) {
			x.grid.heads[i] += text
		}
		if text == "单位" || text == "计量单位" {
			x.grid.unitCol = i
		}
	}
}

// cells reads the numbers of a row.
func (x *reader) cells(b int, cells []phrase) {
	label, first := "", 0
	for first < len(cells) && !x.isNumeric(cells[first]) {
		if first != x.grid.unitCol && !x.dash(cells[first]) {
			if t := strings.TrimSpace(x.cellText(cells[first])); t != "" && !isOrdinal(t) {
				label = t
			}
		}
		first++
	}
	if first == 0 { // a number first: 序号
		if len(cells) > 1 && !x.isNumeric(cells[1]) {
			label, first = strings.TrimSpace(x.text(cells[1])), 2
		} else if len(x.grid.heads) > 0 && strings.Contains(x.grid.heads[0], "年") {
			label, first = x.text(cells[0]), 1
		}
	}
	rowUnit := ""
	if u := x.grid.unitCol; u >= 0 && u < len(cells) {
		rowUnit = x.text(cells[u])
	}
	total := isTotal(label)
	found := make([]int, len(cells))
	for i := range cells {
		found[i] = -1
		if i < first || i == x.grid.unitCol || !x.isNumeric(cells[i]) {
			continue
		}
		if m, ok := x.cell(cells[i], i, label, rowUnit, len(cells)); ok {
			x.place(b, schema.Span{Start: int(x.line.off[0]), End: int(x.line.off[len(x.line.r)])}, &m)
			found[i] = len(x.all)
			x.keep(&m)
		}
	}
	if total {
		x.grid.totals = found
	} else {
		x.grid.rows = append(x.grid.rows, found)
	}
}

// cellText is the text of a cell with its brackets: 低保人数(人).
func (x *reader) cellText(p phrase) string { return string(x.line.r[p.from:p.to]) }

func isTotal(label string) bool {
	return strings.HasPrefix(label, "合计") || strings.HasPrefix(label, "总计") || strings.HasSuffix(label, "合计") || label == "小计" || label == "计"
}

func isOrdinal(s string) bool { return strings.Trim(s, "0123456789.、") == "" }

func (x *reader) dash(p phrase) bool { return strings.Trim(x.text(p), "-—/… ") == "" }

// cell makes the mention of one number.
func (x *reader) cell(p phrase, col int, label, rowUnit string, width int) (m mention, ok bool) {
	p = x.trimSpace(p)
	minus := x.line.r[p.from] == '-' && p.to-p.from > 1
	if minus {
		p.from++
	}
	f, end, ok := x.figure(p.from)
	if ok && minus && f.value.Known() && !f.negative {
		f.value, f.from, f.negative = f.value.Neg(), p.from-1, true
	}
	if !ok || end > p.to || f.number.end > p.to || f.masked && f.unit == nil {
		return m, false
	}
	if f.unit == nil && !f.ratio && f.to != p.to {
		return m, false // a number with other words: a name, a date
	}
	head := ""
	if col < len(x.grid.heads) {
		head = x.grid.heads[col]
	}
	if strings.Contains(head, "序号") || strings.Contains(head, "编号") || strings.Contains(head, "年份") || strings.Contains(head, "电话") || strings.Contains(head, "日期") {
		return m, false
	}
	if f.unit == nil {
		u, scale := x.cellUnit(head, label, rowUnit, col, width)
		if u == nil {
			return m, false
		}
		f.unit, f.name, f.elided = u, u.Name, true
		f.value = f.value.Shift(scale)
		f.per = x.perNamed(head + rowUnit + label)
	}
	f.rule = "table/单元格"
	m = mention{figure: f, parent: -1, table: true, explain: x.explain}
	head = stripBracket(head)
	m.words = clip(join(join(x.grid.caption, stripBracket(label)), head), maxLabel-4)
	m.subject = label
	m.kind = schema.Amount
	switch {
	case f.masked:
		m.kind = schema.Masked
	case f.number.suspect || x.suspect(&f):
		m.kind, m.value = schema.Suspect, schema.Decimal{}
	case m.isPercent() && containsAny(head+label, x.lex.GrowthHead):
		m.kind = schema.Change
	case m.isPercent():
		m.kind = schema.Share
	case m.isMoney() && strings.Contains(head+label, "标准"):
		m.kind = schema.Standard
	}
	if !m.value.Known() && m.kind != schema.Masked && m.kind != schema.Suspect {
		return m, false
	}
	m.label = x.finish(&m)
	m.because("unit", "table/表头", schema.Span{}, head+rowUnit)
	m.because("label", "table/行列", x.line.span(p.from, p.to), label+" × "+head)
	return m, true
}

// cellUnit finds the unit that a cell's surroundings give, with its power of ten.
func (x *reader) cellUnit(head, label, rowUnit string, col, width int) (*lexicon.Unit, int) {
	if strings.ContainsAny(head, "%‰") { // 同比增减% beside a column of units
		if strings.Contains(head, "‰") {
			return x.lex.Find("‰"), 0
		}
		return x.lex.Find("%"), 0
	}
	for _, s := range []string{inBracket(head), rowUnit, inBracket(label)} {
		if u, p := x.unitNamed(s); u != nil {
			return u, p
		}
	}
	units := x.grid.units
	if len(units) > 1 && len(units) == width-1 && col > 0 {
		return x.unitNamed(units[col-1])
	}
	for _, h := range []struct{ word, unit string }{{"户数", "户"}, {"户", "户"}, {"人数", "人"}, {"人口", "人"}, {"人次", "人次"}, {"率", "%"}, {"占比", "%"}, {"增长", "%"}} {
		if strings.Contains(head, h.word) || head == "" && strings.Contains(label, h.word) {
			if len(units) == 1 && h.unit == "%" {
				break
			}
			return x.lex.Find(h.unit), 0
		}
	}
	if len(units) == 1 {
		return x.unitNamed(units[0])
	}
	for _, s := range units { // 金额 with 单位:户、人、万元
		if u, p := x.unitNamed(s); u != nil && u.Dim == lexicon.Money && containsAny(head, x.lex.MoneyHead) {
			return u, p
		}
	}
	return nil, 0
}

// unitNamed reads 万元 as 元 and 4, 千公顷 as 公顷 and 3.
func (x *reader) unitNamed(s string) (*lexicon.Unit, int) {
	r := []rune(strings.TrimSpace(s))
	p := 0
	if before, _, ok := strings.Cut(string(r), "/"); ok && x.lex.Find(string(r)) == nil {
		r = []rune(before) // 元/人·月
	}
	for len(r) > 0 {
		if u := x.lex.Find(string(r)); u != nil {
			return u, p
		}
		q := power(r[0])
		if q == 0 {
			return nil, 0
		}
		p, r = p+q, r[1:]
	}
	return nil, 0
}

// perNamed reads the rate of a header: 标准(元/人·月).
func (x *reader) perNamed(s string) string {
	_, rest, ok := strings.Cut(s, "/")
	if !ok {
		return ""
	}
	r, per := []rune(rest), ""
	for len(r) > 0 {
		size, v := x.lex.Pers.Longest(r)
		if size == 0 {
			break
		}
		if per != "" {
			per += "·"
		}
		per += x.lex.Bases[v]
		if r = r[size:]; len(r) == 0 || !isPerSep(r[0]) && r[0] != '/' {
			break
		}
		r = r[1:]
	}
	return per
}

func inBracket(s string) string {
	_, rest, ok := strings.Cut(s, "(")
	if !ok {
		return ""
	}
	in, _, _ := strings.Cut(rest, ")")
	return in
}

func stripBracket(s string) string {
	before, _, _ := strings.Cut(s, "(")
	return strings.TrimSpace(before)
}

// closeGrid gives the cells of a column their total, where a row of totals
// stands below or above them.
func (x *reader) closeGrid() {
	g := &x.grid
	for _, row := range g.rows {
		for col, i := range row {
			if i >= 0 && col < len(g.totals) && g.totals[col] >= 0 {
				m, t := x.all[i], x.all[g.totals[col]]
				if m.value.Known() && t.value.Known() && m.value.Cmp(t.value) <= 0 && !m.isPercent() {
					m.parent = g.totals[col]
					m.because("part_of", "table/合计", t.span, "")
				}
			}
		}
	}
	x.grid = grid{unitCol: -1}
}

// mayBeTable is a quick test for lines of a flattened table.
func (x *reader) mayBeTable(s string) bool {
	return x.grid.open || strings.Contains(s, "单位:") || strings.Contains(s, "单位：") || strings.Contains(s, "單位")
}

// flatTable reads a line of a table that was flattened into text. It reports
// whether the line was one.
func (x *reader) flatTable(b int) bool {
	l := &x.line
	words := x.columns(phrase{0, len(l.r)})
	if at := x.findIn(phrase{0, len(l.r)}, "单位:"); at >= 0 {
		return x.openFlat(b, at)
	}
	if !x.grid.open || len(words) < 2 {
		x.closeFlat()
		return false
	}
	if len(x.grid.heads) == 0 {
		for _, w := range words {
			if x.isNumeric(w) {
				x.closeFlat()
				return false
			}
		}
		x.header1(words)
		return true
	}
	return x.flatRow(b, words)
}

func (x *reader) closeFlat() {
	if x.grid.open {
		x.closeGrid()
	}
}

// columns cuts a phrase at spaces and tabs.
func (x *reader) columns(p phrase) []phrase {
	var out []phrase
	from := p.from
	for i := p.from; i <= p.to; i++ {
		if i == p.to || x.line.r[i] == ' ' || x.line.r[i] == '\t' {
			if i > from {
				out = append(out, phrase{from, i})
			}
			from = i + 1
		}
	}
	return out
}

// openFlat begins a flattened table at 单位: what stands before it in the line
// is the caption, and the table may follow in the same line.
func (x *reader) openFlat(b, at int) bool {
	l := &x.line
	x.closeFlat()
	words := x.columns(phrase{at + 3, len(l.r)})
	if len(words) == 0 {
		return false
	}
	caption, _ := x.unitLine(string(l.r[:at]))
	if caption == "" {
		caption = x.captionAbove(b)
	}
	unitEnd := x.unitsEnd(words[0])
	_, units := x.unitLine("单位:" + string(l.r[words[0].from:unitEnd]))
	for _, u := range units {
		if found, _ := x.unitNamed(u); found == nil {
			return false
		}
	}
	x.grid = grid{caption: caption, units: units, unitCol: -1, open: true}
	if unitEnd < words[0].to {
		words[0].from = unitEnd
	} else {
		words = words[1:]
	}
	if len(words) == 0 {
		return true
	}
	return x.flatLine(b, words)
}

// captionAbove is the caption in the block above.
func (x *reader) captionAbove(b int) string {
	if b == 0 {
		return ""
	}
	block := x.doc.Blocks[b-1]
	if block.Len() > 150 {
		return ""
	}
	caption, _ := x.unitLine(x.doc.Text[block.Start:block.End])
	if _, after, ok := strings.Cut(caption, ":"); ok {
		caption = after
	}
	return caption
}

// unitsEnd is where the units end in 户、人、万元村名: the header may be glued to them.
func (x *reader) unitsEnd(p phrase) int {
	i := p.from
	for i < p.to {
		j := i
		for power(x.line.r[j]) > 0 && j+1 < p.to {
			j++
		}
		size, _ := x.lex.Units.Longest(x.line.r[j:p.to])
		if size == 0 {
			break
		}
		i = j + size
		if i < p.to && (x.line.r[i] == '、' || x.line.r[i] == ',' || x.line.r[i] == '，' || x.line.r[i] == '/') {
			i++
			continue
		}
		break
	}
	if i < p.to && x.line.r[i] == ')' {
		i++
	}
	return i
}

// flatLine reads a whole table that stands in one line: header, then rows of a
// label and as many cells as there are units.
func (x *reader) flatLine(b int, words []phrase) bool {
	n := len(x.grid.units)
	k := 0
	for k < len(words) && !x.isNumeric(words[k]) {
		k++
	}
	switch {
	case k == len(words):
		x.header1(words)
		return true
	case k == n+1: // 金额合计: the first row's label is glued to the last header
		last := words[k-1]
		cut := x.gluedTotal(last)
		if cut == last.from {
			return true
		}
		heads := append(slices.Clone(words[:k-1]), phrase{last.from, cut})
		x.header1(heads)
		words = append([]phrase{{cut, last.to}}, words[k:]...)
	case k == n+2:
		x.header1(words[:k-1])
		words = words[k-1:]
	default:
		return true
	}
	for len(words) > n {
		if !x.flatRow(b, words[:n+1]) {
			break
		}
		words = words[n+1:]
	}
	x.closeFlat()
	return true
}

// gluedTotal is where 合计 begins at the end of a header.
func (x *reader) gluedTotal(p phrase) int {
	for _, w := range x.lex.TotalRow {
		if n := utf8.RuneCountInString(w); p.to-n > p.from && x.line.has(p.to-n, w) {
			return p.to - n
		}
	}
	return p.from
}

// flatRow reads one row; it refuses a line that does not fit the header.
func (x *reader) flatRow(b int, words []phrase) bool {
	if len(words) != len(x.grid.heads) || x.isNumeric(words[0]) {
		x.closeFlat()
		return false
	}
	for _, w := range words[1:] {
		if !x.isNumeric(w) && !x.dash(w) {
			x.closeFlat()
			return false
		}
	}
	x.cells(b, words)
	return true
}
