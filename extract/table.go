package extract

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/personal"
	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// Tables: blocks of kind Row with cells, whatever format they come from.
//
//	石桥镇低保发放情况表      单位:户、人、万元
//	村名     户数  人数  金额
//	石桥村   68    142   20.1
//	合计     245   513   72.4
//
// A table is read as a whole (tablehead.go: heads, roles of columns, panels),
// then row by row. A number in a cell takes its unit from the cell, its column,
// its row or the table (tableunit.go), its time from column, row or caption
// (tableperiod.go), and its label from all three (tablename.go). A number whose
// unit nothing tells, or two things differently, is no metric; an empty cell
// stays empty. A cell of prose is read as prose, below the name of its row.

// row reads a row of a table.
func (x *reader) row(b int) {
	block := &x.doc.Blocks[b]
	if x.sheet == nil || x.sheet.number != block.Table || b < x.sheet.first || b >= x.sheet.first+len(x.sheet.rows) {
		x.closeSheet()
		x.sheetAt(b)
		x.carried = carriedNames{}
	}
	s := x.sheet
	i := b - s.first
	for k := range s.sections {
		if sec := &s.sections[k]; i >= sec.from && i < sec.to {
			if i == sec.from {
				x.openSection(s, sec)
			}
			x.bodyRow(b, sec, &s.rows[i])
		}
	}
}

// openSection begins a section.
func (x *reader) openSection(s *sheet, sec *section) {
	x.closeSection()
	s.caption, s.cols, s.twin = sec.above, sec.cols, sec.twin
	body := s.rows[sec.from:sec.to]
	for k := range sec.panels {
		p := &sec.panels[k]
		p.shared, p.under, p.parts = x.shareOut(sec, p), againBelow(body, p), x.goesOnAsPart(body, sec, p)
		x.divided(body, sec, p)
	}
	n := len(sec.panels)
	x.carried = carriedNames{stub: make([]map[int]string, n), unit: make([]printedUnit, n), groups: make([][]group, n), above: make([]aboveRow, n), last: make([]labelledRow, n), named: make([]printedUnit, n), year: make([]schema.Period, n), times: map[string]int{}, whole: map[string]string{}, shared: map[string]bool{}}
	for i := range x.carried.stub {
		x.carried.stub[i] = map[int]string{}
	}
	x.totals = newTotals(len(sec.panels))
	x.carried.count(x, s, sec)
	for _, h := range sec.headings {
		for k := range sec.panels {
			x.openGroup(k, readName(h))
		}
	}
}

// carriedNames is what the rows of a section hand down, panel by panel.
type carriedNames struct {
	stub   []map[int]string // the last name in each column of names
	unit   []printedUnit
	groups [][]group
	above  []aboveRow
	last   []labelledRow // the row right above, be it a part itself
	named  []printedUnit // the last unit that the name of a row told
	year   []schema.Period
	times  map[string]int    // how often a name stands in the section
	whole  map[string]string // of a noun of measure, 面积, the first name of rows that are no parts
	shared map[string]bool   // nouns of which there are several, 施工面积 and 销售面积
}

// A group is a heading among the rows, 二、主要农产品产量(万吨), or a row that those
// with a lower number divide: 一、播种面积(千公顷) over (一)粮食作物.
type group struct {
	rowName
	unit    printedUnit // that its name told
	base    string      // of its index: (上年=100)
	counted bool        // it has figures itself
	bare    bool        // and hands down no unit
}

// An aboveRow is what rows 其中 divide.
type aboveRow struct {
	name        string
	unit, group printedUnit
	period      schema.Period
}

// count counts the names of the rows, so that those that stand twice get the
// heading that tells them apart.
func (c *carriedNames) count(x *reader, s *sheet, sec *section) {
	above := make([]string, len(sec.panels)) // the last row that is no part
	for i := sec.from; i < sec.to; i++ {
		for k := range sec.panels {
			p := &sec.panels[k]
			if len(p.stubs) != 1 || p.stubs[0] >= len(s.rows[i].cells) {
				continue
			}
			n := readName(s.rows[i].cells[p.stubs[0]].text)
			if !hasFigures(&s.rows[i], p) {
				continue
			}
			c.times[n.text]++
			if n.child || p.parts[i-sec.from] {
				c.times[partKey(n.text, x.nounOfMeasure(above[k]))]++
				continue
			}
			above[k] = n.text
			bare, _ := x.unitIn(n.text)
			if m := x.nounOfMeasure(bare); c.whole[m] == "" {
				c.whole[m] = bare
			} else if c.whole[m] != bare {
				c.shared[m] = true
			}
		}
	}
}

// partKey is what a row 其中 is counted by: its name, and the measure of the row that it divides.
func partKey(name, measure string) string { return name + "\n" + measure }

func hasFigures(r *sheetRow, p *panel) bool {
	return slices.ContainsFunc(p.values, func(c int) bool {
		k := r.at(c)
		return k.own && (k.kind == numberCell || k.kind == wordCell || k.kind == proseCell)
	})
}

// bodyRow reads a row below a head, panel by panel.
func (x *reader) bodyRow(b int, sec *section, row *sheetRow) {
	block := &x.doc.Blocks[b]
	x.lines++
	x.line.set(x.doc.Text, block.Span)
	if row.full() {
		if row.cells[0].kind == proseCell {
			x.proseIn(b, row.cells[0].Span, nil)
			return
		}
		for k := range sec.panels {
			clear(x.carried.stub[k])
			x.openGroup(k, readName(row.cells[0].text))
		}
		return
	}
	for k := range sec.panels {
		x.panelRow(b, sec, k, row)
	}
}

// panelRow reads the part of a row that lies in one panel.
func (x *reader) panelRow(b int, sec *section, k int, row *sheetRow) {
	p := &sec.panels[k]
	names, child, ok := x.namesOf(sec, k, row)
	child = child || p.parts[b-x.sheet.first-sec.from]
	if len(names) > 0 && slices.Contains(x.lex.Table.RowNumber, names[0].text) {
		return // 栏次 1 2 3
	}
	unit := x.unitOfRow(sec, k, row)
	switch {
	case !hasFigures(row, p):
		if h := x.headingIn(row, p, ok); h != nil {
			x.openGroup(k, readName(h.text))
		}
		return
	case !ok && len(p.stubs) > 0 && p.year < 0 && sec.to-sec.from > 1:
		x.lackRow(schema.NoName, b, row, p)
		return
	}
	x.leaveBlank(k, names)
	over := x.namesOver(k, child)
	r, grows := x.growthRow(k, names, unit)
	switch {
	case !grows:
		if above := p.under[b-x.sheet.first-sec.from]; above != "" {
			names = append([]rowName{readName(above)}, names...)
		}
		r = x.labelRow(sec, k, row, names, child, unit)
		x.carried.last[k] = r
	case !r.unit.known() && !containsEnd(names[0].text, x.lex.Table.Difference):
		x.lackRow(schema.NoUnit, b, row, p)
		return
	}
	if name := last(r.label.names); containsEnd(name, x.lex.Table.Day) || containsAny(name, x.lex.Table.Hidden) && !r.unit.known() {
		return // 出现日期(日), 邮政编码
	}
	found := x.rowFigures(b, sec, k, row, &r)
	x.totals.add(k, totalRow{child: child, found: found, block: b, printed: printedNames(row, p), names: over}, names)
}

// leaveBlank ends a heading right above a sum with a name of its own: it was a row without a figure, 其他收入 above 本年收入合计.
func (x *reader) leaveBlank(k int, names []rowName) {
	g := x.carried.groups[k]
	if n := len(g) - 1; n >= 0 && len(names) > 0 && !g[n].counted && len(x.carried.last[k].label.names) == 0 &&
		isTotal(names[0].text) && utf8.RuneCountInString(names[0].text) > 2 && !strings.Contains(names[0].text, g[n].text) {
		x.carried.groups[k] = g[:n]
	}
}

// namesOver are the headings over the row that is read, and the row that it divides.
func (x *reader) namesOver(k int, child bool) (names []string) {
	for _, g := range x.carried.groups[k] {
		names = append(names, g.rowName.text)
	}
	if child {
		names = append(names, x.carried.above[k].name)
	}
	return names
}

// nameAll puts those of some names, outermost first, before the label that it does not hold.
func (m *mention) nameAll(names []string) {
	for _, n := range slices.Backward(names) {
		if !strings.Contains(m.label, n) {
			m.label = clip(overlap(n, m.label), maxLabel)
		}
	}
}

// headingIn is the cell of a row without figures that heads those below: its name, or words among
// years, 平均每年增长(%); nil if there is none.
func (x *reader) headingIn(row *sheetRow, p *panel, named bool) *cell {
	if x.anyValue(row, p) {
		return nil
	}
	switch {
	case named && len(p.stubs) > 0 && p.stubs[0] < len(row.cells):
		return &row.cells[p.stubs[0]]
	case len(p.stubs) == 0 && p.year >= 0 && p.year < len(row.cells) && row.cells[p.year].kind == wordCell:
		return &row.cells[p.year]
	}
	return nil
}

// rowFigures reads the cells of a row, and gives the numbers of those that are one figure.
func (x *reader) rowFigures(b int, sec *section, k int, row *sheetRow, r *labelledRow) map[int]int {
	p := &sec.panels[k]
	for _, c := range p.stubs {
		if c < len(row.cells) && row.cells[c].own && sec.cols[c].task {
			x.proseUnder(b, c, row.cells[c].Span, nil, &sec.cols[c])
		} else if u := x.countOfTotal(row, p, c); u.known() {
			x.readCell(b, sec, c, &row.cells[c], &cellContext{panel: p, col: &column{unit: u}, row: r, pos: -1})
		}
	}
	found := map[int]int{}
	for _, c := range p.values {
		if c >= len(row.cells) || !row.cells[c].own {
			continue
		}
		own := *r
		if u, ok := p.units[c]; ok {
			own.unit, own.group = x.unitNamed(row.at(u).text), printedUnit{}
		}
		ctx := cellContext{panel: p, col: &sec.cols[c], row: &own, above: x.carried.named[k], pos: -1}
		if at, ok := p.shared[c]; ok {
			ctx.pos = at
		}
		if x.readCell(b, sec, c, &row.cells[c], &ctx) {
			found[c] = len(x.all) - 1
		}
	}
	return found
}

// printedNames are the words of a row and its times, be they left out of its label.
func printedNames(row *sheetRow, p *panel) string {
	var all []string
	for c := p.from; c <= last(p.values); c++ {
		if k := row.at(c); k.kind == wordCell && !isDigit(rune(k.text[0])) || c == p.year || c == p.part || k.kind == numberCell && bareYear.MatchString(k.text) && !slices.Contains(p.values, c) {
			all = append(all, k.text)
		}
	}
	return strings.Join(all, "\n")
}

// A labelledRow is what the figures of a row have in common.
type labelledRow struct {
	label  labelling
	unit   printedUnit // of its own, or of the row that it divides
	index  bool        // it is a plain ratio by the heading above: 指数(上年=100)
	group  printedUnit // of the heading above, where the row has none
	period schema.Period
}

// labelRow gathers what a row's names, its unit and what stands above it say.
func (x *reader) labelRow(sec *section, k int, row *sheetRow, names []rowName, child bool, unit printedUnit) labelledRow {
	p, above := &sec.panels[k], &x.carried.above[k]
	if sec.form && k > 0 {
		above = &x.carried.above[k-1] // what stands at the left in the same row
	}
	r := labelledRow{label: labelling{child: child, parent: above.name}, unit: unit}
	if child && !unit.known() {
		r.unit, r.group = above.unit, above.group
	}
	if child {
		r.period = above.period
		r.label.shared = x.carried.shared[x.nounOfMeasure(above.name)]
	}
	var odd string // 平均增长, among years
	if p.year >= 0 && p.year < len(row.cells) {
		r.period, odd = x.timeOfRow(sec, k, row)
	}
	for _, n := range names {
		r.label.names = append(r.label.names, x.timeOff(n.text, &r.period))
	}
	if total := x.totalOfPanel(sec, p, r.label.names); total != "" {
		r.label.names = []string{total}
	}
	if odd != "" {
		r.label.names = append(r.label.names, odd)
		if _, u := x.unitIn(odd); u.isPercent() {
			r.unit = u
		}
	}
	r.label.twice = len(names) == 1 && x.carried.times[names[0].text] > 1
	x.headedBy(k, &r, names)
	r.label.again = child && len(names) == 1 && x.carried.times[partKey(names[0].text, x.nounOfMeasure(above.name))] > 1
	if !child || sec.form {
		x.fromGroup(k, &r, names)
		name, _ := x.unitIn(last(r.label.names))
		x.carried.above[k] = aboveRow{unit: r.unit, group: r.group, name: name, period: r.period}
		if r.label.child {
			x.carried.above[k].name = x.composeRow([]string{name}, &r.label)
		}
	}
	return r
}

// headedBy gives a row the headings above it that its name needs, and the time of one: 2018年 over 一季度.
func (x *reader) headedBy(k int, r *labelledRow, names []rowName) {
	for i, g := range x.carried.groups[k] { // (1)活期存款 of 1.住户存款, and again of 2.企业存款
		t, rest := timeIn(x.doc.Text, cell{text: g.text}, x.year)
		switch {
		case rest == "" && t.Printed != "" && !g.counted && r.period.Printed != "":
			r.period = joinPeriods(t, r.period)
		case !g.counted || len(names) == 1 && (r.label.twice || x.isClass(names[0].text)) && names[0].level < 9 && i == len(x.carried.groups[k])-1:
			r.label.groups = append(r.label.groups, g.text)
		}
	}
}

// totalOfPanel names the total of a panel after the head of its names, where several stand side by
// side: 合计 below 收入科目 is 收入合计.
func (x *reader) totalOfPanel(sec *section, p *panel, names []string) string {
	if len(sec.panels) < 2 || len(p.stubs) == 0 || len(names) != 1 || !isTotal(names[0]) {
		return ""
	}
	head := stripBracket(sec.cols[p.stubs[0]].first)
	for _, w := range x.lex.Table.Stub {
		if of, ok := strings.CutSuffix(head, w); ok && of != "" && containsEnd(of, x.lex.Table.Sum) {
			return of + names[0]
		}
	}
	return ""
}

// growthRow is a row of nothing but growth or a share, 比上年增长, 增减额 or 占总数%: it is of the row above
// it, and only differences have its unit.
func (x *reader) growthRow(k int, names []rowName, unit printedUnit) (r labelledRow, ok bool) {
	r = x.carried.last[k]
	if len(names) != 1 || names[0].child || !x.onlyGrowth(names[0].text) && !ofWhole.MatchString(names[0].text) || !x.counts(last(r.label.names)) {
		return r, false
	}
	name := names[0].text
	bare, _ := x.unitIn(name)
	r.label.names = []string{overlap(x.composeRow(r.label.names, &r.label), bare)}
	r.label.child = false
	switch {
	case unit.known():
		r.unit, r.group = unit, printedUnit{}
	case x.impliedUnit(name).isPercent() || x.sheetHas("%") && !x.openGrowth(&column{path: []string{name}}):
		r.unit, r.group = x.unitNamed("%"), printedUnit{}
	case !containsEnd(name, x.lex.Table.Difference):
		r.unit = printedUnit{}
	}
	return r, true
}

// timeOfRow is the time in the columns of years, and of their parts; a blank year is that of
// the row above. What is no time there names the row.
func (x *reader) timeOfRow(sec *section, k int, row *sheetRow) (t schema.Period, rest string) {
	p := &sec.panels[k]
	at := func(c int) cell {
		cl := row.cells[c]
		if cl.kind == numberCell {
			cl.text += sec.cols[c].turn
		}
		return cl
	}
	c := at(p.year)
	t, rest = timeIn(x.doc.Text, c, x.year)
	switch {
	case t.Printed != "":
		x.carried.year[k], rest = t, ""
	case c.kind == blankCell || c.kind == dittoCell:
		t = x.carried.year[k]
	}
	if p.part >= 0 && p.part < len(row.cells) {
		if q, _ := timeIn(x.doc.Text, at(p.part), x.year); q.Printed != "" {
			t = joinPeriods(t, q)
		}
	}
	return t, rest
}

// timeOff takes the time off the name of a row: 2012年 or 1月.
func (x *reader) timeOff(name string, period *schema.Period) string {
	t, rest := timeIn(x.doc.Text, cell{text: name}, x.year)
	if t.Printed != "" && rest != name || bareYear.MatchString(name) {
		if *period = t; t.Printed == "" {
			period.Printed = name
		}
		return rest
	}
	return name
}

// fromGroup gives a row without a unit that of the heading above it, and its measure:
// below 二、产量(万吨), 小麦 is 小麦产量. A row with a number becomes such a heading.
func (x *reader) fromGroup(k int, r *labelledRow, names []rowName) {
	groups := x.carried.groups[k]
	own, level := last(r.label.names), 9
	if len(names) > 0 {
		level = names[len(names)-1].level
	}
	heads := slices.DeleteFunc(slices.Clone(groups), func(g group) bool { return g.bare })
	if len(heads) > 0 && !r.unit.known() && !isTotal(own) {
		g := &heads[len(heads)-1]
		bare, _ := x.unitIn(g.text)
		m := x.nounOfMeasure(own)
		if r.index = !g.unit.known() && !g.counted && x.plainRatio(bare) && !x.impliedUnit(own).known(); r.index && r.label.twice {
			r.label.base = g.base
		}
		if (g.unit.known() || r.index) && (m == "" || strings.HasSuffix(bare, m) || g.unit.isMoney() && containsEnd(own, x.lex.Table.Sum)) {
			r.group = g.unit
			if m == "" && x.measured(bare) {
				r.label.child, r.label.parent, r.label.groups = true, bare, nil
			}
		}
	}
	if level < 9 {
		g := group{rowName: names[len(names)-1], unit: r.unit, counted: true, bare: !r.unit.known() && !r.group.known()}
		if !g.unit.known() {
			g.unit, g.text = r.group, x.composeRow([]string{own}, &r.label)
		}
		x.carried.groups[k] = append(groups, g)
	}
}

// readCell reads a cell of a row, and reports whether it is one figure.
func (x *reader) readCell(b int, sec *section, c int, cl *cell, ctx *cellContext) bool {
	switch {
	case cl.kind == proseCell:
		x.proseUnder(b, c, cl.Span, ctx.row.label.names, ctx.col)
		return false
	case cl.kind == numberCell && x.headless(sec, cl, ctx):
		x.lack(schema.NoHead, b, c)
		return false
	case cl.kind == wordCell && pairForm.MatchString(cl.text):
		return x.pairIn(b, sec, c, cl, ctx)
	case cl.kind == wordCell && noValue.MatchString(cl.text):
		x.lack(schema.NoUnit, b, c)
		return false
	case cl.kind == wordCell && strings.Count(cl.text, ":") > 1:
		x.termsIn(b, c, cl, ctx)
		return false
	}
	m, ok := x.cellFigure(cl, ctx)
	switch {
	case ok && m.label == "":
		x.lack(schema.NoName, b, c)
		return false
	case ok:
		x.place(b, x.doc.Blocks[b].Span, &m)
		m.cell = cellAddress(&x.doc.Blocks[b], b-x.sheet.first, c)
		x.keep(&m)
	case cl.kind == wordCell && strings.ContainsAny(cl.text, "0123456789") && (ctx.col.role == valueColumn || sec.prose):
		before := len(x.all)
		x.proseUnder(b, c, cl.Span, ctx.row.label.names, ctx.col)
		if _, rest := timeIn(x.doc.Text, *cl, x.year); rest != "" && len(x.all) == before && isDigit(rune(cl.text[0])) && !anyDate.MatchString(cl.text) {
			x.lack(schema.NoUnit, b, c) // 45,6 or 12⏎其中
		}
	case cl.kind == numberCell && !personal.Is(cl.text):
		why := schema.NoUnit
		if !m.value.Known() && m.unit != nil {
			why = schema.TooLong
		}
		x.lack(why, b, c)
	}
	return ok
}

// headless reports a number of which no head says what it is.
func (x *reader) headless(sec *section, cl *cell, ctx *cellContext) bool {
	n := len(ctx.panel.values)
	return sec.headless && n > 1 && len(x.sheet.units) != n || ctx.col.alike || cl.sum && x.grows(strings.Join(ctx.col.path, ""))
}

// noValue is a cell whose number is no figure: a ratio whose first term says nothing (师生比 1:12.5),
// what is below the limit of detection (0.025L among mg/L).
var noValue = regexp.MustCompile(`^(?:1:[0-9.]+|[0-9.]+L)$`)

// pairForm is a number with a share, a growth or a part of it in brackets: 123(41.0%), 312(188).
var pairForm = regexp.MustCompile(`^[0-9][0-9,.]*\([-+]?[0-9.]+%?\)$`)

// pairIn reads a cell of two figures below a head that names both, 户数(占比%): 123(41.0%), or 教师(其中女):
// 312(188). It reports whether the first is one.
func (x *reader) pairIn(b int, sec *section, c int, cl *cell, ctx *cellContext) bool {
	raw := cl.In(x.doc.Text)
	at, end := strings.IndexAny(raw, "(（〔［[【"), strings.LastIndexAny(raw, "%％)）〕］]】")
	if at < 0 || end <= at {
		return false
	}
	_, size := utf8.DecodeRuneInString(raw[at:])
	first := newCell(x.doc.Text, schema.Span{Start: cl.Start, End: cl.Start + at}, true)
	second := newCell(x.doc.Text, schema.Span{Start: cl.Start + at + size, End: cl.Start + end}, true)
	outer, name := ctx.col.path[:max(0, len(ctx.col.path)-1)], last(ctx.col.path)
	before, in, named := strings.Cut(strings.TrimSuffix(name, ")"), "(")
	in, part := partOfHead(strings.Trim(in, "%％、,， "))
	one, two := *ctx, *ctx
	col, share := *ctx.col, *ctx.col
	one.col, two.col = &col, &share
	ok := false
	if share.unit = x.unitNamed("%"); named {
		col.path = append(slices.Clone(outer), before)
		share.path = append(slices.Clone(col.path), in)
	}
	if !strings.ContainsAny(raw, "%％") {
		if share.unit = col.unit; part {
			share.path = append(slices.Clone(outer), x.weave(before, in))
		} else {
			named = false
		}
	}
	if named || share.unit.isPercent() {
		ok = x.readCell(b, sec, c, &first, &one)
	}
	if !named || in == "" {
		x.lack(schema.NoHead, b, c)
		return ok
	}
	x.readCell(b, sec, c, &second, &two)
	return false
}

// termsIn reads a cell that holds a ratio of three, 20.1:45.2:34.7 of the industries;
// any other has no value.
func (x *reader) termsIn(b, c int, cl *cell, ctx *cellContext) {
	p := x.trimSpace(x.runes(cl.Span))
	f, _, ok := x.figure(p.from)
	terms := x.terms(f)
	if !ok || f.to != p.to || len(terms) < 3 {
		x.lack(schema.NoUnit, b, c)
		return
	}
	for _, g := range terms {
		m := x.cellMention(g, ctx)
		m.label, m.kind = g.term, schema.Share
		x.place(b, x.doc.Blocks[b].Span, &m)
		m.cell = cellAddress(&x.doc.Blocks[b], b-x.sheet.first, c)
		x.keep(&m)
	}
}

// anyValue reports that a column of figures is filled, be it with a dash.
func (x *reader) anyValue(row *sheetRow, p *panel) bool {
	return row.at(p.unit).kind == wordCell || slices.ContainsFunc(p.values, func(c int) bool {
		k := row.at(c)
		return k.kind != blankCell && k.own
	})
}

// namesOf gathers the names of a row, from the outermost. A blank one before a
// name that is printed stands for the one above it.
func (x *reader) namesOf(sec *section, k int, row *sheetRow) (names []rowName, child, ok bool) {
	p := &sec.panels[k]
	carry := x.carried.stub[k]
	dated := p.year > last(p.stubs) && row.at(p.year).kind >= numberCell && row.at(p.year).own
	inner := slices.ContainsFunc(p.stubs, func(c int) bool { // a name further right is printed
		k := row.at(c)
		return k.kind == numberCell && sec.cols[c].steps || k.kind == wordCell && k.own
	})
	for i, c := range p.stubs {
		text := sec.cols[c].nameIn(row, c, carry[c], dated || inner && i < len(p.stubs)-1)
		if text == "" || x.countOfTotal(row, p, c).known() {
			continue
		}
		if above := carry[c]; i == 0 && len(p.stubs) > 1 && above != "" && !isTotal(above) && slices.Contains(x.lex.Table.Subtotal, text) {
			return []rowName{readName(above), readName(text)}, false, true // the group ends with it
		}
		if text != carry[c] {
			for _, d := range p.stubs[i+1:] {
				delete(carry, d)
			}
		}
		carry[c] = text
		ok = true
		n := readName(text)
		child = child || n.child
		if n.level < 9 && !n.child {
			x.closeGroups(k, n.level)
		}
		if n.text != "" && !(len(names) > 0 && names[len(names)-1].text == n.text) {
			names = append(names, n)
		}
	}
	names, ok = x.totalNames(row, p, names, ok)
	return names, child, ok
}

// totalNames adds what a row of a total leaves to others: its name under 序号, and the group that it closes.
func (x *reader) totalNames(row *sheetRow, p *panel, names []rowName, ok bool) ([]rowName, bool) {
	if !ok { // 合计 under 序号
		names, ok = x.nameLeft(row, p)
	}
	if len(names) == 1 && isTotal(names[0].text) {
		names = append(groupOfTotal(row, p, names[0].text), names...)
	}
	return names, ok
}

// nameIn is the name that a row has in the column; a blank cell may stand for the one above.
func (c *column) nameIn(row *sheetRow, at int, above string, stands bool) string {
	if at >= len(row.cells) {
		return ""
	}
	k := &row.cells[at]
	switch {
	case k.kind == dittoCell || k.kind == blankCell && stands:
		return above
	case k.kind == dashCell:
		return ""
	case k.kind == numberCell && c.steps:
		return stripBracket(c.first) + k.text
	case c.limits:
		return c.className(k.text)
	}
	return k.text
}

// countOfTotal is the unit of a cell among the names that counts them, right of the total: 合计 | 14户.
func (x *reader) countOfTotal(row *sheetRow, p *panel, c int) (u printedUnit) {
	k := row.at(c)
	unit := strings.TrimLeft(k.text, "0123456789")
	if name, _ := x.nameLeft(row, &panel{from: p.from, stubs: []int{c}}); name != nil && k.own && unit != k.text {
		u = x.unitNamed(unit)
	}
	return u
}

// nameLeft is the name of a total that stands left of the names: 合计 under 序号, 柳村小计 under 村.
func (x *reader) nameLeft(row *sheetRow, p *panel) ([]rowName, bool) {
	for c := p.from; c < len(row.cells) && len(p.stubs) > 0 && c < p.stubs[0]; c++ {
		if k := &row.cells[c]; k.kind == wordCell && k.own && (isTotal(k.text) || containsEnd(k.text, x.lex.Table.Subtotal)) {
			return []rowName{readName(k.text)}, true
		}
	}
	return nil, false
}

// groupOfTotal is what the total among the persons of a group is of: 柳村 over 小计.
func groupOfTotal(row *sheetRow, p *panel, total string) (names []rowName) {
	for _, c := range p.groups {
		if k := row.at(c); k.kind == wordCell && k.text != total && !isTotal(k.text) {
			names = append(names, readName(k.text))
		}
	}
	return names
}

// openGroup takes in a heading within the table: 二、农村低保.
func (x *reader) openGroup(k int, n rowName) {
	x.closeGroups(k, n.level)
	g := group{rowName: n, base: baseOf(n.text)}
	if g.text, g.unit = x.unitIn(n.text); g.text != "" {
		x.carried.groups[k] = append(x.carried.groups[k], g)
	}
	x.carried.above[k], x.carried.last[k] = aboveRow{}, labelledRow{}
	x.carried.unit[k] = printedUnit{}
}

func (x *reader) closeGroups(k, level int) {
	g := x.carried.groups[k]
	for len(g) > 0 && g[len(g)-1].level >= level {
		g = g[:len(g)-1]
	}
	x.carried.groups[k] = g
}

// unitOfRow is the unit of a row: in its column, in its name's brackets; a
// blank one stands for the one above.
func (x *reader) unitOfRow(sec *section, k int, row *sheetRow) printedUnit {
	p := &sec.panels[k]
	for i := len(p.stubs) - 1; i >= 0; i-- { // 降水量(毫米) | 距平百分率(%): the inner name's
		c := row.at(p.stubs[i])
		name, u := x.unitIn(c.text)
		if v := x.unitNamed(c.text); i > 0 && v.known() {
			u = v // 来访 | 批次
		} else if !u.known() {
			u = x.unitOfList(c.text)
		}
		if x.unitsTold(sec, p) && !u.isPercent() && !x.measured(name) && !x.impliedUnit(name).known() {
			continue // 社区卫生服务中心(站)
		}
		if u.known() && c.kind == wordCell {
			x.carried.named[k] = u
			return u
		}
	}
	if p.unit < 0 || p.unit >= len(row.cells) {
		return printedUnit{}
	}
	c := &row.cells[p.unit]
	switch c.kind {
	case wordCell, numberCell:
		u := x.unitNamed(c.text)
		if !u.known() && !strings.ContainsAny(c.text, "0123456789") && len(c.text) <= 18 {
			u = printedUnit{name: c.text}
		}
		x.carried.unit[k] = u
		return u
	case blankCell, dittoCell:
		name := ""
		if n := len(p.stubs); n > 0 {
			name = row.at(p.stubs[n-1]).text
		}
		if x.mayRepeat(x.carried.unit[k], stripBracket(name)) {
			return x.carried.unit[k]
		}
	}
	return printedUnit{}
}

// mayRepeat reports that the unit of the row above may hold for a row of that name, which has none.
func (x *reader) mayRepeat(u printedUnit, name string) bool {
	t := &x.lex.Table
	return !x.plainRatio(name) && !containsEnd(name, t.Share) && !x.unlikeNoun(u, name) && !(u.isPercent() && containsEnd(name, t.Sum))
}

// unitsTold reports a panel whose heads tell the units of all figures, be it by their nouns.
func (x *reader) unitsTold(sec *section, p *panel) bool {
	for _, c := range p.values {
		col := &sec.cols[c]
		if _, shared := p.shared[c]; !shared && col.holds() && !col.unit.known() && !x.impliedIn(col.path).known() {
			return false
		}
	}
	return len(p.values) > 0 && !sec.form
}

// cellAddress names a cell: as its workbook does (收支!B7), else by page, table,
// row of the table and column (p3t2r5c4; no page where there are none).
func cellAddress(block *schema.Block, row, col int) string {
	if block.First == "" {
		page := ""
		if block.Page > 0 {
			page = fmt.Sprintf("p%d", block.Page)
		}
		return fmt.Sprintf("%st%dr%dc%d", page, block.Table, row+1, col+1)
	}
	sheet, cell := "", block.First
	if i := strings.LastIndexByte(cell, '!'); i >= 0 {
		sheet, cell = cell[:i+1], cell[i+1:]
	}
	digits := strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	n := 0
	for _, r := range cell[:len(cell)-len(digits)] {
		n = n*26 + int(r-'A') + 1
	}
	letters := ""
	for n += col; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return sheet + letters + digits
}

// cellContext is what stands around a figure.
type cellContext struct {
	panel *panel
	col   *column
	row   *labelledRow
	above printedUnit // the last that the name of a row told
	pos   int         // of its unit in the line above the table, -1 if that has no order
}

// name is the innermost of the row.
func (c *cellContext) name() string { return last(c.row.label.names) }

// averages reports names of a mean, which may have decimals: 平均家庭户规模, 每社平均户数.
func (c *cellContext) averages() bool {
	return strings.Contains(strings.Join(c.row.label.names, "")+strings.Join(c.col.path, ""), "均")
}

// cellFigure makes the mention of the number in a cell; false if it is none, or
// its unit is not known for certain.
func (x *reader) cellFigure(c *cell, ctx *cellContext) (m mention, ok bool) {
	switch c.kind {
	case numberCell:
		if personal.Is(c.text) && (len(c.text) > 11 || !ctx.col.unit.known() && !ctx.row.unit.known()) {
			return m, false
		}
		if m, ok = x.plainFigure(c, ctx); ok && c.sum {
			x.ofYears(&m)
		}
		return m, ok
	case wordCell:
		if yearSpan.MatchString(c.text) && !ctx.col.unit.isMoney() { // 2010-2012 below 床位(张)
			return m, false
		}
		return x.wordFigure(c, ctx)
	}
	return m, false
}

// ofYears makes the figure of a cell that is a sum of years, 〔15000〕, one of no single year. Where the table has
// negatives in round brackets it is not clear what the others mean.
func (x *reader) ofYears(m *mention) {
	if x.sheet.losses {
		m.kind, m.value, m.max = schema.Suspect, schema.Decimal{}, schema.Decimal{}
		return
	}
	m.period.Start, m.period.End, m.manyYears = "", "", true
}

// plainFigure reads a cell that holds a number only.
func (x *reader) plainFigure(c *cell, ctx *cellContext) (m mention, ok bool) {
	p := x.trimSpace(x.runes(c.Span))
	n, _ := readPlain(c.text)
	if x.falling && (strings.HasPrefix(c.text, "▲") || strings.HasPrefix(c.text, "△")) { // beside ▼
		n.value = n.value.Neg()
	}
	f := figure{number: number{start: p.from, end: p.to, value: n.value, digits: n.digits}, from: p.from, to: p.to, rule: "table/单元格"}
	f.negative = n.value.Known() && n.value.Cmp(schema.Int(0)) < 0
	u := printedUnit{}
	if n.percent != 0 {
		u, ok = x.unitNamed(string(n.percent)), true
	} else if u, ok = x.cellUnit(ctx.col, ctx.row, ctx.name(), ctx.pos); ok {
		f.elided = true
		if u, ok = wholeUnit(u, n.digits, ctx); !ok {
			return m, false
		}
	} else if x.isPlainRatio(ctx) {
		u, f.ratio, ok = printedUnit{}, true, true // 指数 102.3
	}
	if !ok {
		return m, false
	}
	f.unit, f.name, f.per = u.unit, u.name, u.per
	f.value = f.value.Shift(u.scale)
	f.scaled = u.scale > 0
	if !f.value.Known() {
		m.figure = f
		return m, false
	}
	if !ctx.row.unit.known() && (x.manyForOne(&f, ctx.col, ctx.name()) || x.perThousand(&f, ctx)) || x.manyForShare(&f, ctx.row) {
		return m, false
	}
	return x.cellMention(f, ctx), true
}

// perThousand reports a rate that may as well be in ‰, 出生率, where nothing but its name tells per cents.
func (x *reader) perThousand(f *figure, ctx *cellContext) bool {
	return f.elided && f.name == "%" && len(x.sheet.units) == 0 && !ctx.col.unit.known() && !ctx.row.group.known() && (containsEnd(ctx.name(), x.lex.Table.Permille) || containsEnd(last(ctx.col.path), x.lex.Table.Permille))
}

// manyForShare reports a figure that is no share, though the heading above its row is one: 男 6000 below 参合率(%).
func (x *reader) manyForShare(f *figure, row *labelledRow) bool {
	return f.elided && f.name == "%" && row.group.isPercent() && !x.grows(last(row.label.groups)) && f.value.Cmp(schema.Int(300)) > 0
}

// wholeUnit is the unit of a number that nouns alone told: nobody counts 165.79 人.
// Below 年末总人口(万人) it is 万人, else not known.
func wholeUnit(u printedUnit, digits string, ctx *cellContext) (printedUnit, bool) {
	counts := u.unit != nil && u.per == "" && u.scale == 0 && ctx.col.scale == 0 && (u.unit.Dim == lexicon.Count || u.unit.Dim == lexicon.People)
	if !counts || ctx.col.unit.known() || ctx.row.unit.known() || !strings.Contains(digits, ".") || ctx.averages() {
		return u, true
	}
	return ctx.above, ctx.above.scale > 0 && ctx.above.unit != nil && ctx.above.unit.Dim == u.unit.Dim
}

// wordFigure reads a cell that holds a number with its unit, or a masked one.
func (x *reader) wordFigure(c *cell, ctx *cellContext) (m mention, ok bool) {
	p := x.trimSpace(x.runes(c.Span))
	at := slices.IndexFunc(x.line.r[p.from:p.to], func(r rune) bool { return isDigit(r) || isMask(r) || hanDigit(r) >= 0 })
	if at < 0 || at > 3 {
		return m, false
	}
	f, _, ok := x.figure(p.from + at)
	if at == 1 && ok && !f.negative && f.value.Known() {
		sign := x.signIn(x.line.r[p.from], strings.Join(ctx.col.path, ""))
		if sign != 0 {
			f.from = p.from
		}
		if sign < 0 {
			f.value, f.negative = f.value.Neg(), true
		}
	}
	if ok && f.unit == nil && !f.ratio && !x.needed(&f, p.to, strings.Join(ctx.col.path, ""), ctx.name()) {
		x.openNumber(&f, p.to)
	}
	if !ok || f.from > p.from || f.to != p.to {
		return m, false
	}
	if f.name == "" && !f.ratio {
		if u, known := x.cellUnit(ctx.col, ctx.row, ctx.name(), ctx.pos); known {
			f.unit, f.name, f.per, f.elided = u.unit, u.name, u.per, true
			f.value, f.max = f.value.Shift(u.scale), f.max.Shift(u.scale)
		} else if f.ratio = x.isPlainRatio(ctx); !f.ratio { // 容积率 ≥1.0
			return m, false
		}
	}
	if !f.value.Known() && !f.masked && !f.number.suspect {
		return m, false
	}
	f.rule = "table/单元格"
	return x.cellMention(f, ctx), true
}

// isPlainRatio reports a cell of a figure without a unit: 指数.
func (x *reader) isPlainRatio(ctx *cellContext) bool {
	return x.indexColumn(ctx.col) || ctx.row.unit.name == dimensionless || ctx.row.index || !ctx.row.unit.known() && !ctx.col.unit.known() && x.isIndex(ctx.col, ctx.name())
}

// signIn is the sign that a rune before a number gives it below a head: △, and 亏 or 盈 below 盈亏;
// 0 if it is none.
func (x *reader) signIn(r rune, head string) int {
	if strings.ContainsRune("-△▲▼↓", r) {
		return -1
	} else if r == '+' || r == '↑' {
		return 1
	}
	for _, w := range x.lex.Table.Opposite {
		if at := strings.IndexRune(w, r); at >= 0 && strings.Contains(head, w) {
			if at == 0 {
				return 1
			}
			return -1
		}
	}
	return 0
}

// cellMention gives a figure of a cell its label, kind and time.
func (x *reader) cellMention(f figure, ctx *cellContext) mention {
	m := mention{figure: f, parent: -1, table: true, explain: x.explain}
	names := &ctx.row.label
	clean := *names
	clean.names = make([]string, len(names.names))
	for i, n := range names.names {
		clean.names[i], _ = x.unitIn(n)
		clean.names[i] = cleanName(clean.names[i])
	}
	if ctx.row.group.isPercent() && ctx.col.unit.known() && !ctx.col.unit.isPercent() {
		clean.names = append(clean.names, last(names.groups)) // 原煤产量 平均每年增长
	}
	clean.base += ctx.col.base
	clean.path, clean.unit, clean.kept = ctx.col.path, f.name, ctx.col.kept
	clean.open = !x.isRatio(ctx.col) && !ctx.row.unit.known() && !ctx.row.group.known() && (!ctx.col.unit.known() || len(ctx.col.path) == 0 || x.relative(ctx.col) && (f.isPercent() || strings.HasSuffix(f.name, "百分点")))
	clean.dated = ctx.row.period.Printed != "" && ctx.col.period.Printed != ""
	m.label, m.slots = x.tableLabel(&clean)
	m.frame = frame{place: slot{text: m.slots.Place}, object: slot{text: m.slots.Object}, event: slot{text: m.slots.Event}, measure: slot{text: m.slots.Measure}}
	if m.per == "" && ctx.col.isPlain(x) && m.unit != nil && (m.unit.Noun == "面积" || m.unit.Noun == "户数" || m.unit.Noun == "人数") && m.label != "" && !x.measured(m.label) {
		m.label = clip(overlap(m.label, m.unit.Noun), maxLabel)
	}
	head := strings.Join(ctx.col.path, "") + strings.Join(clean.names, "")
	m.kind = x.cellKind(&m, head+ctx.col.first+names.parent+last(names.groups))
	if m.kind == schema.Change && m.isPercent() {
		m.label, m.slots.Base = growthName(m.label)
		m.slots.Measure, _ = growthName(m.slots.Measure)
	}
	if m.kind == schema.Suspect {
		m.value, m.max = schema.Decimal{}, schema.Decimal{}
	}
	if x.plannedColumn(ctx.col) {
		m.status = schema.Planned
	}
	m.period = x.dayOfMonth(x.timeOfCell(ctx))
	m.because("unit", "table/表头", schema.Span{}, strings.Join(ctx.col.path, " ")+" "+ctx.row.unit.name)
	m.because("label", "table/行列", x.line.span(f.from, f.to), strings.Join(clean.names, " ")+" × "+strings.Join(ctx.col.path, " "))
	return m
}

// timeOfCell is the time of column and row, else that of the table, if the head does not tell that it is of another.
func (x *reader) timeOfCell(ctx *cellContext) schema.Period {
	col, row := ctx.col.period, ctx.row.period
	switch {
	case col.Printed != "" && row.Printed != "":
		return joinPeriods(row, col)
	case col.Printed != "":
		return x.sinceJanuary(col, strings.Join(ctx.col.path, "")+ctx.col.first)
	case row.Printed != "":
		return row
	case !ofWhole.MatchString(last(ctx.col.path)) && !tellsBase(last(ctx.col.path)) && containsAny(strings.Join(ctx.col.path, ""), x.lex.Table.OtherTime):
		return x.sinceYearBegan(strings.Join(ctx.col.path, ""))
	}
	return x.sheet.period
}

// againstYear is what a growth is held against in the head of a column, and how it is called.
var againstYear = regexp.MustCompile(`[比较]((?:[上去]|(?:19|20)[0-9]{2})年)(增长|增加|提高|上升|下降|减少|降低)?(增减)?$`)

// growthName takes that out of a name: 总产值|比上年|增长 is 总产值增长, 存栏|比2011年± is 存栏增速, 比上年增减 增减幅度.
func growthName(s string) (name, base string) {
	at := againstYear.FindStringSubmatch(s)
	if at == nil {
		return s, ""
	}
	if at[3] != "" {
		at[2] = at[3] + "幅度"
	}
	return strings.TrimSuffix(s, at[0]) + cmp.Or(at[2], "增速"), at[1]
}

func (x *reader) cellKind(m *mention, head string) schema.Measure {
	switch {
	case m.masked:
		return schema.Masked
	case m.number.suspect || x.suspect(&m.figure):
		return schema.Suspect
	case strings.Contains(m.name, "百分点"):
		return schema.Change
	case m.isPercent() && x.grows(head):
		return schema.Change
	case m.isPercent() || m.ratio || m.unit != nil && m.unit.Dim == lexicon.Times:
		return schema.Share
	case containsAny(head, []string{"增减", "增加额", "减少额", "增长额", "增加数", "减少数", "增长量"}):
		return schema.Change
	case m.isMoney() && (strings.Contains(head, "标准") || strings.Contains(head, "单价")):
		return schema.Standard
	}
	return schema.Amount
}

// proseIn reads the sentences of a cell, with the names of its row as the
// heading above them.
func (x *reader) proseIn(b int, span schema.Span, names []string) {
	text := span.In(x.doc.Text)
	kept, section := len(x.headings), x.section
	if name := last(names); name != "" {
		h := heading{level: 99, text: name}
		x.setHeading(&h)
		x.headings = append(x.headings, h)
	}
	x.scope.reset()
	from := 0
	for i, r := range text {
		if r == '。' || r == '！' || r == '？' {
			end := i + len(string(r))
			x.sentence(b, schema.Span{Start: span.Start + from, End: span.Start + end})
			from = end
		}
	}
	if strings.TrimSpace(text[from:]) != "" {
		x.sentence(b, schema.Span{Start: span.Start + from, End: span.End})
	}
	x.headings, x.section = x.headings[:kept], section
	x.scope.reset()
}

// proseUnder reads a cell of prose below the head of its column: what stands under
// 目标任务 is intended.
func (x *reader) proseUnder(b, c int, span schema.Span, names []string, col *column) {
	first := len(x.all)
	x.proseIn(b, span, names)
	x.line.set(x.doc.Text, x.doc.Blocks[b].Span)
	planned := x.plannedColumn(col)
	for _, m := range x.all[first:] {
		m.cell = cellAddress(&x.doc.Blocks[b], b-x.sheet.first, c)
		x.nameAfterRow(m, last(names))
		if planned {
			m.status = schema.Planned
		}
	}
}

// nameAfterRow puts the name of the row before the label of a figure in its words that says nothing of
// it: 设床位400张 of 县中医院迁建 is 县中医院迁建设床位.
func (x *reader) nameAfterRow(m *mention, name string) {
	const long = 16
	name, _ = x.unitIn(name)
	name = cleanName(name)
	r := []rune(name)
	if m.label == "" || len(r) < 2 || len(r) > long || strings.ContainsAny(name, "0123456789") {
		return
	}
	if at := samePrefix(name, m.label); at > 0 && (at == len(m.label) || x.onlyGrowth(m.label[at:])) {
		m.label = clip(name+m.label[at:], maxLabel) // 城镇居民增速 of 城镇居民人均可支配收入, 农村 of 农村供水提升
		return
	}
	for i := range len(r) - 1 {
		if strings.Contains(m.label, string(r[i:i+2])) {
			return
		}
	}
	m.label = clip(name+m.label, maxLabel)
}

// samePrefix is how many bytes two names have in common at their begin.
func samePrefix(a, b string) int {
	for i, r := range b {
		if !strings.HasPrefix(a[min(i, len(a)):], string(r)) {
			return i
		}
	}
	return len(b)
}

// plannedColumn reports a column of plans and targets.
func (x *reader) plannedColumn(col *column) bool {
	path := strings.Join(col.path, "")
	for _, w := range x.lex.Table.Book {
		path = strings.ReplaceAll(path, w, "")
	}
	return (containsAny(path, x.lex.Table.Plan) || x.sheet.planned && col.period.Printed == "" && !containsAny(path, x.lex.Table.Already) && !containsAny(path, x.lex.Table.Stage)) && !containsAny(path, x.lex.Table.Result)
}

// runes turns a span of bytes into a phrase of the line.
func (x *reader) runes(s schema.Span) phrase {
	from, _ := slices.BinarySearch(x.line.off, int32(s.Start))
	to, _ := slices.BinarySearch(x.line.off, int32(s.End))
	return phrase{from, to}
}

func (x *reader) trimSpace(p phrase) phrase {
	return phrase{min(x.line.spaces(p.from), p.to), p.to}
}
