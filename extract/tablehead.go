package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// Heads of tables: what each column holds, and where a second table stands
// beside the first.
//
//	指标     单位   2012年 ┃ 指标     单位   2012年     two panels
//	总人口   万人   45.6   ┃ 耕地面积 万亩   78.9

// A sheet is a table on the way from cells to figures.
type sheet struct {
	number   int // of the table in the document
	first    int // its first block
	rows     []sheetRow
	caption           // of the section that is read
	cols     []column // of that section
	twin     bool     // and whether only its caption tells it from another
	losses   bool     // it has negatives in round brackets
	sections []section
}

// A caption is what stands above a table or a section of it.
type caption struct {
	subject string // what it is about: 城市低保
	period  schema.Period
	units   []string // of the line 单位:
	told    bool     // or of its own brackets: 在校学生数(人)
	of      []string // what each unit is of, where the line says so: 面积:万亩
	planned bool     // all in the table is intended: 绩效目标表
}

type sheetRow struct {
	head   bool
	indent int // of its name
	cells  []cell
}

// at is the cell of a column, a blank one where the row ends before it.
func (r *sheetRow) at(c int) cell {
	if c < 0 || c >= len(r.cells) {
		return cell{}
	}
	return r.cells[c]
}

// A section is a head with the rows below it.
type section struct {
	from, to int // rows, without the head
	cols     []column
	panels   []panel
	above    caption
	headings []string // between its caption and its head
	twin     bool     // its head and first names stand again below another caption
	prose    bool     // no column holds figures: a table of tasks
	headless bool
	form     bool // pairs of names and what is entered beside them
}

type column struct {
	role      role
	path      []string // names of its heads, from the outermost, without unit and time
	first     string   // its innermost head as printed
	unit      printedUnit
	proof     proof
	like      *column // that the rows prove to have the same unit
	addends   int     // columns right of it that add up to it
	scale     int     // of a head that leaves the unit to the noun: 户数(万)
	period    schema.Period
	outer     []string    // the names as printed, all levels
	part      bool        // its head begins with 其中
	steps     bool        // its names are numbers, 690, which its head goes with: 分数690
	turn      string      // its names number months or quarters: 月
	limits    bool        // its names are classes by their bounds, 18-25, in the unit of its head
	task      bool        // its names tell what is to be done, 新改建农村公路60公里, and are read as prose too
	alike     bool        // another column has the same heads
	outerUnit printedUnit // of the heads over a head of growth, which may have another
	base      string      // that, where others have another: (1978年=100)
	based     bool        // a head tells what it is a plain ratio to: 上年=100
	kept      bool        // its innermost head, 实际, tells it from the others of its group
	nameless  bool        // its words name no row, unless rows of one name need them
	counts                // of its cells below the head
}

// A panel is a stretch of columns with row names of its own.
type panel struct {
	from       int // its first column
	stubs      []int
	groups     []int // the other columns of names left of those of persons: 村 | 姓名
	unit, year int   // columns, -1 if none
	part       int   // of the parts of years beside them, -1 if none
	values     []int
	under      map[int]string // rows whose names stand again below each of several others: 男 of 城镇
	parts      map[int]bool   // rows of the section, from its first, that divide one above
	units      map[int]int    // the column of units of each of figures, -1 if none, where there are several
	shared     map[int]int    // the units of columns of figures, by their number in the line 单位:户、人
}

// sheetAt reads the structure of the table that begins at a block.
func (x *reader) sheetAt(b int) *sheet {
	s := &sheet{number: x.doc.Blocks[b].Table, first: b}
	var above []schema.Span
	for i := b; i < len(x.doc.Blocks) && x.doc.Blocks[i].Kind == schema.Row && x.doc.Blocks[i].Table == s.number; i++ {
		block := &x.doc.Blocks[i]
		row := sheetRow{head: block.Head, indent: block.Level, cells: make([]cell, len(block.Cells))}
		for k, c := range block.Cells {
			row.cells[k] = newCell(x.doc.Text, c, c.Len() == 0 || !covers(block.Cells, k-1, c) && !covers(above, k, c))
		}
		above = block.Cells
		s.rows = append(s.rows, row)
	}
	sums := sumsNote.MatchString(x.noteBelow(b + len(s.rows)))
	for i := range s.rows {
		for k := range s.rows[i].cells {
			c := &s.rows[i].cells[k]
			if sums {
				c.asSum()
			}
			s.losses = s.losses || c.kind == numberCell && loss.MatchString(c.text)
		}
	}
	x.sheet = s
	x.readCaption(s)
	x.sectionsOf(s)
	return s
}

// covers reports whether the cell with number k is the merged one that c is a part of.
func covers(cells []schema.Span, k int, c schema.Span) bool {
	return k >= 0 && k < len(cells) && cells[k] == c
}

// sectionsOf divides the rows at their heads. What stands right above a head within the
// table is its caption: 表2 农村能源建设, 单位:元.
func (x *reader) sectionsOf(s *sheet) {
	if width(s.rows) < 2 { // lines of a PDF's table whose columns are not known
		return
	}
	if x.isForm(s.rows) {
		s.sections = []section{formOf(s.rows)}
		s.sections[0].above = s.caption
		return
	}
	sec, corners := section{above: s.caption}, s.corners()
	for i := 0; i < len(s.rows); {
		from := i
		for i < len(s.rows) && s.rows[i].head {
			i++
		}
		head := s.rows[from:i]
		sec.from = i
		for i < len(s.rows) && !s.rows[i].head {
			i++
		}
		sec.to = i
		if len(head) == 0 && x.lastHead != nil && x.goesOnWith(s) {
			head = x.lastHead
		}
		sec.twin = x.twinHeads[s.first+from]
		next := section{above: sec.above}
		if i < len(s.rows) {
			x.captionWithin(s, &sec, &next)
		}
		if sec.from < i {
			if len(corners) > 1 && len(head) > 0 && x.cornerSays(head[0].at(0).text, s.rows[sec.from:sec.to]) {
				sec.above.subject = head[0].at(0).text
			}
			x.columnsOf(s, &sec, head)
			s.sections = append(s.sections, sec)
		}
		if len(head) > 0 {
			x.lastHead, x.lastWidth = head, width(s.rows)
		}
		sec = next
	}
}

// corners are the first cells of the heads.
func (s *sheet) corners() map[string]bool {
	out := map[string]bool{}
	for i := range s.rows {
		if s.rows[i].head && (i == 0 || !s.rows[i-1].head) {
			out[s.rows[i].at(0).text] = true
		}
	}
	return out
}

// cornerSays reports a first cell of a head that is what the rows are of: 低保 | 城市 | 农村 over 户数, 人数.
func (x *reader) cornerSays(corner string, body []sheetRow) bool {
	t := &x.lex.Table
	if !x.hasSubject(corner) || containsEnd(corner, t.Stub) || containsEnd(corner, t.Year) || containsEnd(corner, t.Unit) || len(corner) > 30 {
		return false
	}
	return !slices.ContainsFunc(body, func(r sheetRow) bool {
		name, _ := x.unitIn(r.at(0).text)
		return r.at(0).kind == wordCell && !x.measured(name)
	})
}

// captionWithin takes the rows above the head of the next section, each of one text,
// off the end of a section.
func (x *reader) captionWithin(s *sheet, sec, next *section) {
	var c caption
	numbered, done := false, false
	for sec.to > sec.from && !done {
		cl := s.rows[sec.to-1].alone()
		if cl == nil {
			break
		}
		sec.to--
		var taken bool
		if taken, done = x.captionLine(&c, cl.Span, cl.text, false); !taken {
			next.headings = append(next.headings, cl.text)
		}
		numbered = numbered || tableNumber.MatchString(cl.text)
	}
	slices.Reverse(next.headings)
	if c.units == nil && !numbered {
		c.units = sec.above.units
	}
	if !done {
		c.subject, c.period = sec.above.subject, sec.above.period
	}
	next.above = c
}

// alone is the only cell of a row that holds text, nil if there are more or it is no
// word or covers a part of the row below.
func (r *sheetRow) alone() *cell {
	var only *cell
	for i := range r.cells {
		c := &r.cells[i]
		switch {
		case c.kind == blankCell || !c.own:
		case only != nil || c.kind != wordCell:
			return nil
		default:
			only = c
		}
	}
	return only
}

// isForm reports a form: names and what is entered beside them, pair by pair.
//
//	占地面积 12亩   建筑面积 1560平方米
//	床位数   80张   工作人员 9人
func (x *reader) isForm(rows []sheetRow) bool {
	n := width(rows)
	if n < 4 || n%2 != 0 || len(rows[0].cells) < n || len(rows) < 2 && !strings.HasSuffix(rows[0].cells[2].text, ":") {
		return false
	}
	if first := &rows[0]; first.full() || slices.Contains(x.lex.Table.Stub, first.cells[0].text) && slices.Contains(x.lex.Table.Stub, first.cells[2].text) || first.cells[0].text == first.cells[2].text {
		return false
	}
	valued := 0
	for c := range n {
		k := x.count(rows, c)
		if c%2 == 0 {
			if k.numbers > 0 || k.valued > 0 || k.words == 0 {
				return false
			}
			continue
		}
		named := x.namedUnits(rows, c)
		if (k.numbers-named)*2 > k.filled {
			return false
		}
		valued += k.valued + named
	}
	return valued > 1
}

// namedUnits counts the numbers in column c whose name beside them tells the unit: 占地面积(亩) 18.5.
func (x *reader) namedUnits(rows []sheetRow, c int) (n int) {
	for i := range rows {
		if cells := rows[i].cells; c < len(cells) && cells[c].kind == numberCell {
			if _, u := x.unitIn(cells[c-1].text); u.known() && !goalForm.MatchString(cells[c-1].text) {
				n++
			}
		}
	}
	return n
}

// goalForm is a figure in words that names none: 增长6%.
var goalForm = regexp.MustCompile(`[0-9]%$`)

// formOf makes a panel of each pair of columns.
func formOf(rows []sheetRow) section {
	sec := section{form: true, to: len(rows), cols: make([]column, width(rows))}
	for c := 0; c < len(sec.cols); c += 2 {
		sec.cols[c].role = stubColumn
		sec.panels = append(sec.panels, panel{from: c, stubs: []int{c}, unit: -1, year: -1, part: -1, values: []int{c + 1}})
	}
	return sec
}

func width(rows []sheetRow) int {
	w := 0
	for i := range rows {
		w = max(w, len(rows[i].cells))
	}
	return w
}

// goesOnWith reports a table without a head that goes on with the one before.
func (x *reader) goesOnWith(s *sheet) bool {
	next := s.first > 0 && x.doc.Blocks[s.first-1].Kind == schema.Row // nothing between the two
	return (x.goesOn || next) && width(s.rows) == x.lastWidth
}

// columnsOf reads the heads of a section, and the roles of its columns.
func (x *reader) columnsOf(s *sheet, sec *section, head []sheetRow) {
	body := s.rows[sec.from:sec.to]
	n := max(width(body), width(head))
	head = x.withoutNumbers(head)
	x.unitsOfCorner(sec, head, body)
	s.caption = sec.above
	sec.cols = make([]column, n)
	for c := range n {
		sec.cols[c] = x.columnOf(head, c)
	}
	for c := range sec.cols {
		sec.cols[c].counts = x.count(body, c)
	}
	x.shareUnits(sec.cols, body)
	x.roles(sec, body)
	sec.headless = !slices.ContainsFunc(sec.cols, func(k column) bool { // no head, or a row of units whose names are lost
		return k.role == valueColumn && k.first != "" && k.first[0] != '('
	})
	x.tellApart(sec, body)
	x.withoutCommonBody(sec)
	x.panelsOf(sec, body)
	for k := range sec.panels {
		sec.nameDated(&sec.panels[k])
		x.nameRelative(sec, body, &sec.panels[k])
	}
	x.proofs(sec, body)
	for k := range sec.panels {
		sec.alike(&sec.panels[k])
		x.besideOthers(sec, &sec.panels[k])
	}
}

// unitsOfCorner takes the line of units out of the first heads, where it stands for want of another
// place: 单位:万人 | 合计 | 第一产业.
func (x *reader) unitsOfCorner(sec *section, head, body []sheetRow) {
	names := func(body []sheetRow) bool { // no 1000-2000 below 收入档次(元)
		return !slices.ContainsFunc(body, func(r sheetRow) bool { return strings.ContainsAny(r.at(0).text, "0123456789") })
	}
	for r := range head {
		if len(head[r].cells) == 0 || head[r].cells[0].kind != wordCell {
			continue
		}
		c := &head[r].cells[0]
		rest, units := x.unitLine(c.text)
		if bare, u, _ := x.unitInBrackets(c.text); u.isMoney() && u.per == "" && names(body) {
			rest, units = bare, []string{unitText(c.text, bare)} // 项目资金(万元) | 预算数 | 执行数
		}
		if len(units) == 0 || !x.unitNamed(units[0]).known() {
			continue
		}
		if sec.above.units == nil {
			sec.above.units = units
		}
		if c.text = rest; rest == "" {
			c.kind = blankCell
		}
	}
}

// withoutCommonBody takes the name of a body that stands over all columns of figures off them:
// 市人力资源社会保障局 over 目标任务, 进度 of each of its tasks.
func (x *reader) withoutCommonBody(sec *section) {
	common := map[string]int{}
	values := 0
	for c := range sec.cols {
		if col := &sec.cols[c]; col.role == valueColumn {
			values++
			for _, n := range col.path {
				common[n]++
			}
		}
	}
	for c := range sec.cols {
		if col := &sec.cols[c]; values > 1 && len(col.path) > 1 {
			col.path = slices.DeleteFunc(slices.Clone(col.path), func(n string) bool {
				return common[n] == values && containsEnd(n, x.lex.Table.Body) && x.isPlace(n)
			})
		}
	}
}

// nameRelative names the columns of growth, differences and shares after what they are of, where
// their head stands again in the panel or several measures stand there: 存款余额 | 比年初增加 |
// 贷款余额 | 比年初增加; 能源消费量 | 增长(%) | 用电量 | 增幅(%). A difference right beside a column
// with a unit has the same.
func (x *reader) nameRelative(sec *section, body []sheetRow, p *panel) {
	again, of := map[string]int{}, map[int]*column{}
	var main, first *column
	rate := false    // between it and the column
	several := false // measures that grow, or one behind another
	for i, c := range p.values {
		col := &sec.cols[c]
		again[headsOf(col)]++
		if p.values[max(i-1, 0)] != c-1 {
			main = nil
		}
		if !x.relative(col) {
			if main, rate = col, false; first == nil && x.measures(col) {
				first = col
			}
			continue
		}
		rate = x.differenceFrom(main, col, rate)
		if proved := x.provedOf(sec, body, p, c); proved != nil {
			of[c] = proved
			continue
		}
		switch of[c] = main; {
		case x.onlyMeasure(sec, main, first, col, p.values[i+1:]):
		case x.grows(last(col.path)):
			several = several || x.growthOf(main, col)
		default:
			main = nil // 立案数 | 破案数 | 破案率 | 同比: of which of them is not told
		}
	}
	for _, c := range p.values {
		col, main := &sec.cols[c], of[c]
		if main == nil || again[headsOf(col)] < 2 && !(several && x.growthOf(main, col)) {
			continue
		}
		if col.period.Printed == "" {
			col.period = sec.latestOf(p, main)
		}
		if len(main.path) > 0 && len(col.path) > 0 {
			col.path = append(slices.Clone(main.path), last(col.path))
			col.outer = append(slices.Clone(main.outer), col.outer...)
		}
	}
}

// differenceFrom gives a column of differences the unit of the one that it stands beside, points where a rate is
// between, and reports one now.
func (x *reader) differenceFrom(main, col *column, rate bool) bool {
	switch name := last(col.path); {
	case !containsEnd(name, x.lex.Table.Difference):
		return rate || !x.grows(name)
	case main == nil || col.unit.known() || strings.HasSuffix(name, "额") && !main.unit.isMoney():
	case rate && !containsEnd(name, []string{"数", "额", "量"}): // 优良率(%) | 差值
		col.unit = x.unitNamed("百分点")
	case !main.unit.known():
		col.like = main
	default:
		col.unit = main.unit
	}
	return rate
}

// provedOf is the column that a head of nothing but growth is of by its figures, where those of another time stand
// further off: 增减额 of the first of 2021年预算合计 | 出国 | 接待, beside 2020年预算合计 | 出国 | 接待.
func (x *reader) provedOf(sec *section, body []sheetRow, p *panel, c int) *column {
	if col := &sec.cols[c]; len(col.path) != 1 || !x.onlyGrowth(col.path[0]) {
		return nil
	}
	for _, a := range p.values {
		for _, b := range p.values {
			one, two := &sec.cols[a], &sec.cols[b]
			if a < c-1 && b < c-1 && one.period.Printed != two.period.Printed && one.ofFigures() && two.ofFigures() && slices.Equal(one.path, two.path) && proofBy(body, c, a, b) != unproved {
				return one
			}
		}
	}
	return nil
}

// nameDated gives a column whose head is nothing but a time, 6月, name and unit of the one left of it: 7月用电量(万千瓦时).
func (sec *section) nameDated(p *panel) {
	for i := 1; i < len(p.values) && p.unit < 0; i++ {
		main, col := &sec.cols[p.values[i-1]], &sec.cols[p.values[i]]
		if len(main.path) > 0 && main.unit.known() && !main.unit.isPercent() && main.period.Printed != "" && len(col.path) == 0 && col.period.Printed != "" {
			col.path, col.outer, col.unit = main.path, main.outer, main.unit
		}
	}
}

// latestOf is the latest time of the columns of a panel that hold the same as one of them in times of
// the same kind, none if that is not known: 增长 beside 2018年 | 2017年 is that of 2018.
func (sec *section) latestOf(p *panel, main *column) schema.Period {
	t := main.period
	for _, c := range p.values {
		if k := &sec.cols[c]; k.period.Printed != t.Printed && slices.Equal(k.path, main.path) && kindOfTime(k.period) == kindOfTime(t) {
			switch {
			case k.period.Start == "" || t.Start == "":
				return schema.Period{}
			case k.period.Start > t.Start:
				t = k.period
			}
		}
	}
	return t
}

// kindOfTime is a time without its numbers: 年-月 of 2018年1-7月.
func kindOfTime(t schema.Period) string {
	return strings.TrimRight(someDigits.ReplaceAllString(t.Printed, ""), "年")
}

var someDigits = regexp.MustCompile(`[0-9]+`)

// onlyMeasure reports a column beside the first measure whose growth need not name it: no other stands right of
// it, as in 总产值 | 比上年增长% | 销售收入.
func (x *reader) onlyMeasure(sec *section, main, first, col *column, right []int) bool {
	return main == first && !(x.growthOf(main, col) && x.hasSubject(last(main.path)) && slices.ContainsFunc(right, func(c int) bool { return x.measures(&sec.cols[c]) }))
}

// growthOf reports a column of nothing but growth, below no other head, beside a measure.
func (x *reader) growthOf(main, col *column) bool {
	return main != nil && len(col.path) == 1 && x.onlyGrowth(col.path[0]) && x.measures(main)
}

// measures reports a column of figures whose head says what it counts, of no time or stage: 用电量,
// not 本月 or 上周价格.
func (x *reader) measures(col *column) bool {
	return col.ofFigures() && !x.relative(col) && !col.unit.isPercent() && !x.isPlace(last(col.path)) && x.counts(last(col.path)) && !containsAny(last(col.path), x.lex.Table.Stage)
}

// counts reports a name of what is counted, be it at a stage: 用电量, 一般公共预算收入, not 决算数.
func (x *reader) counts(name string) bool {
	rest := name
	for _, w := range x.lex.Table.Stage {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return (x.hasSubject(rest) || rest == name && x.measured(name)) && !x.onlyGrowth(name)
}

// onlyGrowth reports a name of nothing but growth, whose subject stands elsewhere: 比上年增长, 同比±.
func (x *reader) onlyGrowth(name string) bool {
	t := &x.lex.Table
	rest := stripBracket(name)
	if !containsAny(rest, t.Growth) {
		return false
	}
	for _, list := range [][]string{t.Growth, t.Stage, t.Against} {
		for _, w := range list {
			rest = strings.ReplaceAll(rest, w, "")
		}
	}
	return strings.Trim(rest, "0123456789%‰") == ""
}

func headsOf(c *column) string { return strings.Join(c.outer, "\n") + "\n" + c.period.Printed }

// grows reports words of growth, 比2011年 too; 增加值 is a level.
func (x *reader) grows(s string) bool {
	return containsAny(strings.ReplaceAll(s, "增加值", ""), x.lex.Table.Growth) || strings.ContainsAny(s, "比较") && comparison.MatchString(s)
}

var comparison = regexp.MustCompile(`(?:比|较)(?:19|20)[0-9]{2}年`)

// relative reports a column of what another's figures are compared with.
func (x *reader) relative(col *column) bool {
	name := last(col.path)
	return x.grows(name) || strings.HasPrefix(name, "比") || strings.HasPrefix(name, "较") || containsEnd(name, x.lex.Table.Difference) || x.impliedUnit(name).isPercent() || x.isRatio(col)
}

// shareUnits gives the columns under 其中 or 按性别分 the unit of the column that
// they divide, the nearest to the left that is no such part, and its measure: 成灾 of
// 受灾面积 is 成灾面积.
func (x *reader) shareUnits(cols []column, body []sheetRow) {
	var whole *column
	for c := range cols {
		col := &cols[c]
		name := last(col.path)
		if !x.dividesLeft(col) {
			whole = col
			continue
		}
		col.alike = c > 0 && cols[c-1].alike // of what is not known
		if whole != nil && c > 0 && whole == &cols[c-1] && x.unitOfWhole(whole).isPercent() {
			whole = x.wholeBefore(cols, body, c)
			col.alike = whole == nil && !col.unit.known()
		}
		if col.unit.known() || x.impliedUnit(name).known() || whole == nil {
			continue
		}
		if col.unit = x.unitOfWhole(whole); x.measured(name) {
			continue
		}
		if m := x.nounOfMeasure(last(whole.path)); m != "" && name != "" {
			if bare := strings.TrimPrefix(m, "总"); utf8.RuneCountInString(bare) > 1 { // 总产量, not 总产
				m = bare
			}
			col.path[len(col.path)-1] = overlap(name, m)
		}
		if !col.unit.known() {
			col.like = whole
		}
	}
}

func (x *reader) unitOfWhole(whole *column) printedUnit {
	return cmp.Or(whole.unit, x.impliedUnit(last(whole.path)))
}

// wholeBefore is the column that those divide that begin with column c, right of a rate: of the columns left
// of it the nearest that they add up to, the rate itself where they have decimals, else none.
//
//	2021年人数 | 2020年人数 | 完成比例 | 其中 县内 | 县外
func (x *reader) wholeBefore(cols []column, body []sheetRow, c int) *column {
	to := c
	for to < len(cols) && x.dividesLeft(&cols[to]) {
		to++
	}
	for ; to <= len(cols); to++ { // only the first may say 其中
		for w := c - 1; w >= 0; w-- {
			if cols[w].numbers > 1 && addsUp(body, w, c, to) {
				return &cols[w]
			}
		}
		if to < len(cols) && cols[to].unit.known() {
			break
		}
	}
	if cols[c].decimals > 0 && !slices.ContainsFunc(body, func(r sheetRow) bool { return exceeds(&r, c, c-1) }) {
		return &cols[c-1]
	}
	return nil
}

// exceeds reports a number of column c that is larger than that of column d.
func exceeds(r *sheetRow, c, d int) bool {
	a, b := r.at(c), r.at(d)
	return a.kind == numberCell && b.kind == numberCell && numberOf(&a).Cmp(numberOf(&b)) > 0
}

// addsUp reports that columns from up to to add up to w in all rows, at least two.
func addsUp(body []sheetRow, w, from, to int) bool {
	rows := 0
	for i := range body {
		whole, sum := body[i].at(w), schema.Int(0)
		for c := from; c < to; c++ {
			if k := body[i].at(c); k.kind == numberCell {
				sum = sum.Add(numberOf(&k))
			}
		}
		if whole.kind == numberCell {
			if rows++; !sum.Known() || sum.Cmp(numberOf(&whole)) != 0 {
				return false
			}
		}
	}
	return rows > 1
}

// dividesLeft reports a column under 其中 or 按性别分.
func (x *reader) dividesLeft(col *column) bool {
	return col.part || slices.ContainsFunc(col.outer, func(n string) bool {
		return n == "其中" || x.dividesHead(n)
	})
}

// isPlain reports a column whose head adds no measure to the name of the row.
func (c *column) isPlain(x *reader) bool {
	return !slices.ContainsFunc(c.path, func(n string) bool {
		return !slices.Contains(x.lex.Table.Plain, n) && !slices.Contains(x.lex.Table.Kind, n) && !x.isPlace(n)
	})
}

// withoutNumbers leaves out the rows of a head that number the columns.
func (x *reader) withoutNumbers(head []sheetRow) []sheetRow {
	named := func(c cell) bool {
		return c.kind == wordCell && !columnNumber.MatchString(c.text) || c.kind == numberCell && bareYear.MatchString(c.text)
	}
	return slices.DeleteFunc(slices.Clone(head), func(r sheetRow) bool { return !slices.ContainsFunc(r.cells, named) })
}

var columnNumber = regexp.MustCompile(`^([0-9]{1,2}[=＝].*|\([0-9]{1,2}\)|[甲乙丙丁类款项目]|[A-Z](?:[=＝][A-Z0-9+\-*/×÷()]+)?|栏次|序号|公式|\[[0-9]{1,2}\])$`)

// columnOf gathers the heads over a column, from the outermost.
func (x *reader) columnOf(head []sheetRow, c int) column {
	var col column
	var before schema.Span
	below := false // the unit was told further up
	for r := range head {
		h := x.headCell(head, r, c)
		if h.kind == blankCell || h.kind == dashCell || h.Len() > 0 && h.Span == before {
			continue
		}
		before = h.Span
		if r > 0 && x.unitRow(head[r].cells) {
			if u := x.unitOfHead(h.text); u.known() {
				col.unit, below = u, false
				continue
			} else if slices.Contains(x.lex.Table.Unit, h.text) {
				continue // 计量单位 | 人 | 万元 below 险种 | 参保人数 | 本年收入
			}
		}
		col.first = h.text
		col.based = col.based || tellsBase(h.text)
		if h.text == dimensionless {
			continue
		}
		p, rest := schema.Period{}, h.text
		if tellsBase(rest) && !tellsBase(stripBracket(rest)) { // 1-5月累计(上年同期=100)
			h.text = stripBracket(rest)
		}
		if !tellsBase(h.text) { // 以1950年价格为100 is of any time
			p, rest = timeIn(x.doc.Text, h, x.year)
		}
		if p.Printed != "" {
			col.period = joinPeriods(col.period, p)
		}
		if bare, ok := partOfHead(rest); ok {
			rest, col.part = bare, true
		}
		name, u := x.nameOfHead(rest, len(col.path) > 0)
		if below = col.unit.known() && !x.grows(strings.Join(col.path, "")); u.known() {
			col.unit, below = u, false
		}
		if bare, q := multiplier(name); q > 0 {
			name, col.scale = bare, q
		}
		if name = cleanName(name); name != "" {
			col.outer = append(col.outer, name)
			if !slices.Contains(col.path, name) {
				col.path = append(col.path, name)
			}
		}
	}
	if below && x.mayDiffer(&col) {
		col.outerUnit, col.unit = col.unit, printedUnit{}
	}
	if strings.HasSuffix(last(col.path), "百分点") {
		col.unit = x.unitNamed("百分点")
	}
	return col
}

// mayDiffer reports a head of growth, which may have another unit than the heads over it; 自然增长率 below ‰ has theirs.
func (x *reader) mayDiffer(col *column) bool {
	name := last(col.path)
	return x.grows(name) && !(col.unit.name == "‰" && containsEnd(name, x.lex.Table.Permille))
}

// nameOfHead takes the unit off a head. One below a name may be nothing but the unit, % below 贫困发生率 or 间 below
// 倒塌; but 人次 below 来访 tells of which figure. ±% is how much it rose or fell.
func (x *reader) nameOfHead(head string, below bool) (name string, u printedUnit) {
	if unit, ok := strings.CutPrefix(head, "±"); ok && x.unitNamed(unit).known() {
		return "增减", x.unitNamed(unit)
	}
	if u = x.unitNamed(head); below && u.unit != nil && !strings.HasSuffix(head, "数") {
		if strings.HasSuffix(head, "次") {
			name, _ = x.unitIn(head)
		}
		return name, u
	}
	return x.unitIn(head)
}

// partOfHead takes 其中 off the head of a part: 其中:需救助.
func partOfHead(s string) (bare string, ok bool) {
	for _, w := range childMarks {
		if rest, ok := strings.CutPrefix(s, w); ok {
			rest = strings.TrimLeft(rest, " :：")
			return rest, rest != ""
		}
	}
	return s, false
}

// joinPeriods puts a quarter under its year: 2012年 over 一季度.
func joinPeriods(outer, inner schema.Period) schema.Period {
	if bareYear.MatchString(strings.TrimSuffix(digitYears(inner.Printed), "年")) && !strings.Contains(outer.Printed, "年") && outer.Printed != "" {
		outer, inner = inner, outer // 2018年 beside 1月
	}
	if onlyYear(inner.Printed) && outer.Printed != "" && !ownYear(outer.Printed) {
		outer, inner = inner, outer // 上年 below 10月份
	}
	if outer.Printed == "" || strings.HasPrefix(inner.Printed, outer.Printed) || ownYear(inner.Printed) {
		return inner
	}
	if bareYear.MatchString(outer.Printed) && isDigit(rune(inner.Printed[0])) {
		outer.Printed += "年" // 1981 beside 1月
	}
	return retold(outer, outer.Printed+inner.Printed)
}

// headCell is the head in row r over column c; where it was printed once for
// several columns without merging them, the one to the left.
func (x *reader) headCell(head []sheetRow, r, c int) cell {
	cells := head[r].cells
	if k := head[r].at(c); k.kind != blankCell {
		return k
	}
	b := r + 1 // the next row with a name over the column
	for b < len(head) && head[b].at(c).kind == blankCell {
		b++
	}
	if b == len(head) || !head[b].at(c).own {
		return cell{}
	}
	for k := min(c, len(cells)) - 1; k >= 0 && !headedAbove(head[:r], k+1); k-- {
		if cells[k].kind == blankCell {
			continue
		}
		stub := k == 0 && slices.Contains(x.lex.Table.Stub, cells[k].text) && !containsEnd(cells[k].text, x.lex.Table.Sum)
		if !stub && headedAbove(head[r+1:b+1], k) {
			return cells[k]
		}
		break
	}
	return cell{}
}

// headedAbove reports a name of its own in column c of some heads: above others it ends what the names left of
// it cover, 肉类总产量 right of 家禽 over 出笼.
func headedAbove(head []sheetRow, c int) bool {
	return slices.ContainsFunc(head, func(r sheetRow) bool { k := r.at(c); return k.kind != blankCell && k.own })
}

// unitRow reports a row of a head that holds units only.
func (x *reader) unitRow(cells []cell) bool {
	n := 0
	for _, c := range cells {
		if c.kind != wordCell || slices.Contains(x.lex.Table.Unit, c.text) || !c.own {
			continue
		}
		if !x.unitOfHead(c.text).known() {
			return false
		}
		n++
	}
	return n > 0
}

// unitOfHead reads a cell of a row of units; spans of time are units there: 个月.
func (x *reader) unitOfHead(s string) printedUnit {
	u := x.unitNamed(s)
	if s = strings.Trim(s, "()"); !u.known() && spanUnit.MatchString(s) {
		u = printedUnit{name: s}
	}
	return u
}

// full reports a row that one cell covers: a heading within the table.
func (r *sheetRow) full() bool {
	return len(r.cells) > 1 && r.cells[0].Len() > 0 && !slices.ContainsFunc(r.cells, func(c cell) bool { return c.Span != r.cells[0].Span })
}

// panelsOf divides the columns where row names stand again to the right of figures.
func (x *reader) panelsOf(sec *section, body []sheetRow) {
	starts := []int{0}
	figures := false // since the last start
	for c := range sec.cols {
		switch col := &sec.cols[c]; col.role {
		case valueColumn:
			figures = figures || col.holds()
		case stubColumn, yearColumn:
			if figures && sec.named(starts[len(starts)-1], c) && x.startsPanel(sec, starts[len(starts)-1], c) {
				starts = append(starts, c)
				figures = false
			}
		case skipColumn: // 行次 before the names of the right half
			if figures && c+1 < len(sec.cols) && sec.cols[c+1].role == stubColumn && sec.cols[0].role == skipColumn && col.first == sec.cols[0].first {
				starts = append(starts, c)
				figures = false
			}
		}
	}
	starts = append(starts, len(sec.cols))
	for i := range len(starts) - 1 {
		sec.panels = append(sec.panels, x.panelOf(sec, body, starts[i], starts[i+1]))
	}
}

// named reports names among the columns from one up to another: none are left of the middle of 男 | 年龄组 | 女.
func (sec *section) named(from, to int) bool {
	return slices.ContainsFunc(sec.cols[from:to], func(k column) bool { return k.role == stubColumn || k.role == yearColumn })
}

// startsPanel reports that the names in column c are those of another panel:
// its head is that of the first column, or one of row names, or the heads right
// of it repeat those left of it; figures must follow.
func (x *reader) startsPanel(sec *section, first, c int) bool {
	if !valuesBefore(sec.cols[c+1:]) {
		return false
	}
	head := sec.cols[c].first
	for k := first; k < c; k++ {
		if sec.cols[k].first == head && sec.cols[k].role != valueColumn {
			return true
		}
	}
	if slices.Contains(x.lex.Table.Stub, stripBracket(head)) || head == "" && sec.cols[first].first == "" {
		return true
	}
	left, right := valueHeads(sec.cols[first:c]), valueHeads(sec.cols[c:])
	return len(left) > 0 && len(right) >= len(left) && slices.Equal(left, right[:len(left)])
}

func valueHeads(cols []column) []string {
	var out []string
	for i := range cols {
		if cols[i].role == valueColumn {
			out = append(out, cols[i].first)
		}
	}
	return out
}

// panelOf gathers the columns of a panel by role. Figures left of the names
// number or code the rows.
func (x *reader) panelOf(sec *section, body []sheetRow, from, to int) panel {
	p := panel{from: from, unit: -1, year: -1, part: -1}
	for c := from; c < to; c++ {
		if col := &sec.cols[c]; p.year >= 0 && col.role == stubColumn && col.days*2 > col.filled { // 上旬, 中旬, 下旬, 全月
			sec.cols[c].role = yearColumn
		}
		switch sec.cols[c].role {
		case stubColumn:
			if len(p.stubs) == 0 && x.noFigures(body, p.values) && !slices.ContainsFunc(p.values, func(v int) bool { return sec.cols[v].unit.known() }) {
				for _, v := range p.values {
					sec.cols[v].role = skipColumn
				}
				p.values = p.values[:0]
			}
			if len(p.values) == 0 && len(p.stubs) < 4 || len(p.stubs) == 0 && p.year < 0 && valuesBefore(sec.cols[c+1:to]) {
				p.stubs = append(p.stubs, c)
			} else {
				p.values = append(p.values, c) // words behind figures: may hold some
				if col := &sec.cols[c]; col.telling+col.prose > 0 {
					col.role = valueColumn
				}
			}
		case unitColumn:
			if p.unit < 0 {
				p.unit = c
			}
		case yearColumn:
			if p.year < 0 {
				p.year = c
			} else if p.part < 0 {
				p.part = c
			}
		case valueColumn:
			p.values = append(p.values, c)
		}
	}
	p.persons(sec, body)
	p.units = unitColumns(sec, &p, to)
	x.taskTable(sec, &p)
	return p
}

// persons leaves a roster the names of its persons.
func (p *panel) persons(sec *section, body []sheetRow) {
	for i, c := range p.stubs { // nothing but the name names a person, who may stand there twice
		if strings.HasSuffix(sec.cols[c].first, "姓名") {
			stubs := []int{c}
			if i+1 < len(p.stubs) && distinctNames(body, c, p.stubs[i+1]) > distinctNames(body, c, -1) {
				stubs = append(stubs, p.stubs[i+1])
			}
			p.stubs, p.groups = stubs, p.stubs[:i]
			break
		}
	}
}

// unitColumns gives columns of figures the column of units right behind them, or before them if that
// is where the first stands; nil if the panel has only one: 产量 | 单位 | 产值 | 单位.
func unitColumns(sec *section, p *panel, to int) map[int]int {
	n := 0
	for c := p.from; c < to; c++ {
		if sec.cols[c].role == unitColumn {
			n++
		}
	}
	if n < 2 || len(p.values) == 0 {
		return nil
	}
	step := 1
	if p.unit < p.values[0] {
		step = -1
	}
	out := map[int]int{}
	for _, c := range p.values {
		out[c] = -1
		if d := c + step; d >= p.from && d < to && sec.cols[d].role == unitColumn {
			out[c] = d
		}
	}
	return out
}

// noFigures is true: figures left of all names are codes of the rows. It asks
// that they be whole numbers.
func (x *reader) noFigures(body []sheetRow, values []int) bool {
	for i := range body {
		for _, c := range values {
			if c < len(body[i].cells) && body[i].cells[c].kind == numberCell && smallDigits(body[i].cells[c].digits()) < 0 && len(body[i].cells[c].digits()) < 5 {
				return false
			}
		}
	}
	return true
}

// taskTable keeps only the first names of a table of words: 工作任务 names its
// rows, 完成情况 holds what is to be read.
func (x *reader) taskTable(sec *section, p *panel) {
	for _, c := range p.values {
		if sec.cols[c].holds() {
			return
		}
	}
	if len(p.values) == 0 && len(p.stubs) > 1 {
		p.values, p.stubs = p.stubs[1:], p.stubs[:1]
	}
	sec.prose = true
}
