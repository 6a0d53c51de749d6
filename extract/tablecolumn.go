package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/personal"
	"mingxi/schema"
)

// Columns of tables: what each holds, by its head and by what its cells are.
//
//	序号  单位      年份  指标      计量单位  完成    备注
//	skip  (bodies)  year  stub      unit      value   words that may hold figures
//
// columnKinds lists the ways to tell, and the first that is true decides.

type role uint8

const (
	valueColumn role = iota // figures, or words that may hold some
	stubColumn              // names of the rows
	unitColumn              // their units
	yearColumn              // their years or months
	skipColumn              // numbers of rows, codes, telephones, dates, persons in charge
)

// columnKinds are tried in this order; a column of none holds values.
var columnKinds = []struct {
	role role
	is   func(*columnView) bool
}{
	{skipColumn, (*columnView).numbersRows},   // 序号, 行次, 项目编码
	{stubColumn, (*columnView).limits},        // 收入档次(元) | 1000-2000 2000以上
	{skipColumn, (*columnView).agesOfPersons}, // 年龄 of a roster without 岁; not 平均年龄, nor 0-14岁
	{skipColumn, (*columnView).identifies},    // 联系电话, 身份证号, 文号
	{skipColumn, (*columnView).aside},         // 负责人 behind the names
	{skipColumn, (*columnView).describes},     // 建设内容 behind them, of words alone
	{skipColumn, (*columnView).sorts},         // 类别 | 一类 二类 一类 behind figures
	{valueColumn, (*columnView).tellsFigures}, // 建设内容 with figures in its words
	{yearColumn, (*columnView).yearsFirst},    // 年份 | 2011 2012
	{yearColumn, (*columnView).turns},         // 月份 | 1 2 3
	{skipColumn, (*columnView).dated},         // 开工日期, 2018-2020
	{stubColumn, (*columnView).steps},         // 分数 | 690 689 688
	{unitColumn, (*columnView).unitsHeaded},   // 计量单位, 单位 | 人 户
	{stubColumn, (*columnView).bodiesHeaded},  // 单位 | 县民政局 县教育局
	{unitColumn, (*columnView).unitsAlone},    // no head | 人 户
	{yearColumn, (*columnView).times},         // 月份 | 1月 2月
	{skipColumn, (*columnView).counted},       // no head | 1 2 3
	{stubColumn, (*columnView).namesHeaded},   // 项目名称 | 敬老院改造(第1批,含设备12台)
	{stubColumn, (*columnView).named},         // 县民政局 县教育局
	{stubColumn, (*columnView).tasks},         // 目标任务 | 新改建农村公路60公里
	{stubColumn, (*columnView).classes},       // 0-14岁 15-64岁
	{stubColumn, (*columnView).mostlyWords},   // 项目 | 2018-1号 教学楼
}

// roles says what each column holds.
func (x *reader) roles(sec *section, body []sheetRow) {
	for c := range sec.cols {
		v := x.viewOf(sec, body, c)
		for _, k := range columnKinds {
			if k.is(&v) {
				v.role = k.role
				break
			}
		}
	}
}

// A columnView is a column as columnKinds look at it.
type columnView struct {
	*column
	x    *reader
	cols []column // of the section; those left of it have their roles
	body []sheetRow
	at   int
	head string // the innermost head without brackets: 残疾证号
	name string // the same without unit and time
	all  string // all heads
}

func (x *reader) viewOf(sec *section, body []sheetRow, c int) columnView {
	col := &sec.cols[c]
	return columnView{column: col, x: x, cols: sec.cols, body: body, at: c, head: stripBracket(col.first), name: last(col.path), all: strings.Join(col.outer, "")}
}

func (v *columnView) numbersRows() bool {
	t := &v.x.lex.Table
	return slices.Contains(t.RowNumber, v.head) || containsEnd(v.name, t.RowNumber) && utf8.RuneCountInString(v.name) > 1 || containsEnd(v.head, t.Code)
}

// limits reports a first column of classes, whose names are the numbers that bound them and have their
// unit in its head: 面积(亩) | 1-5 5-10.
func (v *columnView) limits() bool {
	if !v.unit.known() || !v.leading() || !v.besideFigures() {
		return false
	}
	n := 0
	for i := range v.body {
		if v.at < len(v.body[i].cells) && classLimits.MatchString(v.body[i].cells[v.at].text) {
			n++
		}
	}
	v.column.limits = n > 1 && v.numbers < n && n+v.numbers >= v.filled-1 // but a total
	return v.column.limits
}

// classLimits are the bounds of a class without their unit: 18-25, 50以下.
var classLimits = regexp.MustCompile(`^([0-9.]+(?:[-~至—–]+[0-9.]+)?)((?:及|含)?以[上下内外])?$`)

// className is the name of a class with the unit that the head of its column tells: 18-25岁, 50人以下.
func (c *column) className(limits string) string {
	return classLimits.ReplaceAllString(limits, "${1}"+unitText(c.first, stripBracket(c.first))+"${2}")
}

func (v *columnView) agesOfPersons() bool {
	return strings.HasSuffix(v.name, "年龄") && !v.unit.known() && !strings.Contains(v.all, "平均") && !v.namesByDigits()
}

func (v *columnView) identifies() bool {
	return !v.unit.known() && (containsAny(v.all, v.x.lex.Table.Hidden) || v.personal*5 >= v.filled*3 && v.filled > 0)
}

func (v *columnView) aside() bool {
	v.nameless = v.besideNames() && containsEnd(v.head, v.x.lex.Table.Aside) && v.numbers*2 <= v.filled
	return v.nameless
}

// besideNames reports a column behind one that names the rows.
func (v *columnView) besideNames() bool {
	return slices.ContainsFunc(v.cols[:v.at], func(k column) bool { return k.role == stubColumn })
}

// describes reports a column that says of what its rows name how it is, or where: 建设内容, 实施地点.
func (v *columnView) describes() bool {
	v.nameless = v.tellsFigures() && !slices.ContainsFunc(v.body, func(r sheetRow) bool {
		return v.at < len(r.cells) && strings.ContainsAny(r.cells[v.at].text, "0123456789")
	})
	return v.nameless
}

// sorts reports classes behind the figures of what they sort, no names of a further panel: those of persons, or the same ones again.
func (v *columnView) sorts() bool {
	stub := func(k column) bool { return k.role == stubColumn }
	left := slices.IndexFunc(v.cols[:v.at], stub)
	return left >= 0 && v.numbers == 0 && !v.headsUnits() && slices.Contains(v.x.lex.Table.Stub, v.head) && valuesBefore(v.cols[:v.at]) &&
		!slices.ContainsFunc(v.cols[:v.at], func(k column) bool { return k.first == v.first }) &&
		(strings.HasSuffix(v.cols[left].first, "姓名") || distinctNames(v.body, v.at, -1)*4 < v.words*3)
}

func (v *columnView) tellsFigures() bool {
	return v.besideNames() && v.numbers == 0 && !v.unit.known() && (containsEnd(v.head, v.x.lex.Table.Describe) || v.tells())
}

// tells reports a column whose cells are longer than names are: 道路硬化、饮水安全巩固提升、村卫生室改扩建.
func (v *columnView) tells() bool {
	runes := 0
	for i := range v.body {
		if v.at < len(v.body[i].cells) && v.body[i].cells[v.at].own {
			runes += utf8.RuneCountInString(v.body[i].cells[v.at].text)
		}
	}
	return v.filled > 0 && runes > longName*v.filled && (v.words+v.prose)*2 > v.filled
}

const longName = 18 // characters of the longest names on average

func (v *columnView) yearsFirst() bool {
	return (v.at == 0 || v.leads()) && v.years > 1 && v.years*2 > v.filled && slices.Contains(v.x.lex.Table.Year, v.head)
}

// turns reports a column that numbers the months or quarters of a year.
func (v *columnView) turns() bool {
	turn := strings.TrimRight(v.head, "份别")
	if most := map[string]int{"月": 12, "季度": 4, "日": 31}[turn]; v.numbers > 1 && v.rising(most) && !v.besideEach() {
		v.turn = turn
	}
	return v.turn != ""
}

// rising reports that each number of a column is greater than the one before it, or begins anew beside a column of
// years, and none is greater than the most.
func (v *columnView) rising(most int) bool {
	above, anew := 0, slices.ContainsFunc(v.cols[:v.at], func(k column) bool { return k.role == yearColumn })
	for i := range v.body {
		if v.at >= len(v.body[i].cells) || v.body[i].cells[v.at].kind != numberCell || !v.body[i].cells[v.at].own {
			continue
		}
		n := smallDigits(v.body[i].cells[v.at].text)
		if n < 1 || n > most || n <= above && !anew {
			return false
		}
		above = n
	}
	return above > 0
}

// besideEach reports a column of names, 项目, that tells all rows apart by itself.
func (v *columnView) besideEach() bool {
	for c, k := range v.cols {
		if k.words > 0 && k.words == len(v.body) && slices.Contains(v.x.lex.Table.Stub, stripBracket(k.first)) && distinctNames(v.body, c, -1) == k.words {
			return true
		}
	}
	return false
}

func (v *columnView) dated() bool {
	t := &v.x.lex.Table
	year := slices.Contains(t.Year, v.head) && !v.beside()
	if v.dates > 0 && (v.dates+v.years)*2 > v.filled && !((v.at == 0 || year) && v.years == v.filled) {
		return true
	}
	named := v.leading() && v.numbers+v.dates+v.years+v.days == 0 // 项目\年份 | 教育事业费
	return containsEnd(v.head, t.Date) && !year && !named && !(v.leads() && v.years == v.filled) && !v.unit.known() && v.prose == 0
}

// leading reports the first column, but for numbers of rows.
func (v *columnView) leading() bool {
	return !slices.ContainsFunc(v.cols[:v.at], func(k column) bool { return k.role != skipColumn })
}

// leads reports that no names stand right of it either.
func (v *columnView) leads() bool {
	return v.leading() &&
		!slices.ContainsFunc(v.cols[v.at+1:], func(k column) bool { return k.words*2 > k.filled && k.valued == 0 })
}

// beside reports days right of figures, which are of those alone: 最大日雨量 | 日期, but not of a further panel.
func (v *columnView) beside() bool {
	return v.numbers == 0 && containsEnd(v.head, v.x.lex.Table.Date) && valuesBefore(v.cols[:v.at]) && !slices.ContainsFunc(v.cols[:v.at], func(k column) bool { return k.first == v.first })
}

// steps reports a column that names its rows by whole numbers, each one more or one less than the
// one above: the first, or one with its head in a further panel; or any with a word behind each number, 14级.
func (v *columnView) steps() bool {
	first := v.at == 0 || v.cols[0].steps && v.cols[0].first == v.first
	if v.head == "" || v.years > 0 || v.unit.known() {
		return false
	}
	step, n, above, behind := 0, 0, 0, ""
	for i := range v.body {
		m := stepForm.FindStringSubmatch(v.body[i].at(v.at).text)
		if m == nil {
			continue
		}
		k := smallInt(m[1])
		if n == 1 {
			step = k - above
		}
		if n > 0 && (k-above != step || step*step != 1 || m[2] != behind) || m[2] == "" && !first {
			return false
		}
		n, above, behind = n+1, k, m[2]
	}
	v.column.steps = n >= leastSteps && n*2 >= v.filled
	return v.column.steps
}

// stepForm is a number of such a column: 690, 14级.
var stepForm = regexp.MustCompile(`^([0-9]{1,4})(\p{Han}?)$`)

const leastSteps = 4

// headsUnits reports a head 单位, of units or of bodies.
func (v *columnView) headsUnits() bool {
	t := &v.x.lex.Table
	return slices.Contains(t.Unit, v.name) || slices.Contains(t.Unit, v.head)
}

func (v *columnView) unitsHeaded() bool {
	return v.headsUnits() && (v.units*2 >= v.filled || v.head != "单位" && slices.Contains(v.x.lex.Table.Unit, v.head))
}

func (v *columnView) bodiesHeaded() bool { return v.headsUnits() }

func (v *columnView) unitsAlone() bool {
	return v.at > 0 && v.units == v.filled && (v.head == "" && v.units > 0 || strings.HasSuffix(v.head, "单位") && v.units > 1)
}

func (v *columnView) times() bool {
	t := &v.x.lex.Table
	if v.days > 0 && v.days == v.filled && (v.at == 0 || slices.Contains(t.Year, v.head)) {
		return true
	}
	if v.years == 0 || v.years < v.filled {
		return false
	}
	return v.at == 0 || v.leads() || slices.Contains(t.Year, v.head) || slices.Contains(t.Stub, v.head) || v.numbers == 0 && !valuesBefore(v.cols[:v.at])
}

func (v *columnView) counted() bool {
	return v.at == 0 && v.head == "" && v.numbers > 0 && v.serial == v.filled && v.filled > 1
}

// namesHeaded reports the first column whose head says that it has names, be they long and with figures in them.
func (v *columnView) namesHeaded() bool {
	return containsEnd(v.head, v.x.lex.Table.Name) && v.words+v.prose == v.filled && v.filled > 0 && v.valued == 0 && !v.besideNames() && !valuesBefore(v.cols[:v.at])
}

func (v *columnView) named() bool {
	c := &v.counts
	return c.numbers == 0 && c.words > 0 && c.words >= c.prose && c.valued*2 < c.filled && (c.telling+c.prose)*2 <= c.filled && !slices.Contains(v.x.lex.Table.Note, v.head)
}

// tasks reports a first column of what is to be done, with its figures in the words, beside
// columns of figures: 目标任务 | 完成比例(%).
func (v *columnView) tasks() bool {
	c, t := &v.counts, &v.x.lex.Table
	if c.words+c.prose < c.filled || c.valued > 0 || c.filled == 0 || !containsEnd(v.head, t.Stub) || !containsAny(v.head, t.Plan) {
		return false
	}
	left := slices.ContainsFunc(v.cols[:v.at], func(k column) bool { // but 序号, and 责任单位 who is to do it
		return k.role != skipColumn && !(k.role == stubColumn && (containsEnd(stripBracket(k.first), t.Unit) || containsEnd(stripBracket(k.first), t.Aside)))
	})
	v.task = !left && v.besideFigures()
	return v.task
}

func (v *columnView) classes() bool {
	return v.telling*2 <= v.filled && (v.leading() || v.classesByDigits()) && v.namesByDigits()
}

func (v *columnView) mostlyWords() bool {
	c := &v.counts
	return c.numbers > 0 && c.words > c.numbers && c.valued*2 < c.filled && (v.leading() || slices.Contains(v.x.lex.Table.Stub, v.head))
}

// namesByDigits reports a first column whose names begin with digits, 0-14岁 or
// 10万元以下: no measure heads it, and the columns beside it hold the figures.
func (v *columnView) namesByDigits() bool {
	if v.numbers > 0 || v.words < 2 || v.unit.known() || v.x.measured(v.name) || containsAny(v.all, v.x.lex.Table.Plan) {
		return false
	}
	return v.besideFigures()
}

// besideFigures reports a column left of one of numbers.
func (v *columnView) besideFigures() bool {
	return slices.ContainsFunc(v.cols[v.at+1:], func(k column) bool { return k.numbers > 0 && k.numbers*2 >= k.filled })
}

// classesByDigits reports a further column of names, left of all figures, with classes
// that begin with digits: 年龄 | 0-14岁, 65岁及以上.
func (v *columnView) classesByDigits() bool {
	for _, k := range v.cols[:v.at] { // 年龄组 again, of a second panel
		if k.role == stubColumn && k.first == v.first && k.first != "" {
			return true
		}
	}
	if valuesBefore(v.cols[:v.at]) && (v.besideNames() || v.head == "") { // but 男 | 年龄组 | 女
		return false
	}
	return slices.ContainsFunc(v.body, func(r sheetRow) bool { return v.at < len(r.cells) && rangeName.MatchString(r.cells[v.at].text) })
}

// tellApart makes a column of words that name no row, 规格等级, one of names where the rows
// have the same name without it: 猪肉 精瘦肉, 猪肉 五花肉, or one of days: 风雹 2012-4-11, 风雹 2012-6-3.
func (x *reader) tellApart(sec *section, body []sheetRow) {
	first := slices.IndexFunc(sec.cols, func(c column) bool { return c.role == stubColumn })
	for c := first + 1; first >= 0 && c < len(sec.cols) && !valuesBefore(sec.cols[:c]); c++ {
		col := &sec.cols[c]
		if day := slices.Contains(x.lex.Table.Year, stripBracket(col.first)); col.role != skipColumn || !col.nameless && !day || col.words < col.filled {
			continue
		}
		if one, two := distinctNames(body, first, -1), distinctNames(body, first, c); two > one {
			col.role = stubColumn
		}
	}
}

// distinctNames counts the names of a column, with those of another beside them; a blank one is that above.
func distinctNames(body []sheetRow, c, d int) int {
	names, above := map[[2]string]bool{}, ""
	for i := range body {
		if above = cmp.Or(body[i].at(c).text, above); d >= 0 && body[i].at(c).text == "" && body[i].at(d).text == "" {
			continue // a total
		}
		names[[2]string{above, body[i].at(d).text}] = true
	}
	return len(names)
}

// rangeName is a class from one number to another, or bounded by one: 0-14岁, 10万元以下.
var rangeName = regexp.MustCompile(`^[0-9.]+[^0-9.]{0,3}[-~至—–][0-9.]+\pL|^[0-9.]+[^0-9]{0,5}(?:以上|以下|以内|以外)`)

// valuesBefore reports a column of figures among cols.
func valuesBefore(cols []column) bool {
	return slices.ContainsFunc(cols, func(c column) bool { return c.role == valueColumn && c.holds() })
}

// holds reports a column of figures, be they printed with their units.
func (c *column) holds() bool { return c.numbers > 0 || c.valued > 0 && c.valued*2 >= c.filled }

// ofFigures reports a column of figures that count something, no dates or codes.
func (c *column) ofFigures() bool { return c.role == valueColumn && c.holds() }

// counts are what the cells of a column are.
type counts struct{ numbers, decimals, hundreds, longs, words, prose, years, days, units, serial, personal, dates, filled, valued, telling int }

func (x *reader) count(body []sheetRow, c int) counts {
	var n counts
	next := 0
	for i := range body {
		if c >= len(body[i].cells) {
			continue
		}
		k := &body[i].cells[c]
		if k.kind == blankCell || k.kind == dashCell || !k.own || body[i].full() {
			continue
		}
		n.filled++
		switch k.kind {
		case numberCell:
			next = n.number(k, next)
		case proseCell:
			n.prose++
		case wordCell, dittoCell:
			x.countWord(&n, k)
		}
		if personal.Is(k.text) {
			n.personal++
		}
	}
	return n
}

// number counts a cell that is a number; next would number the rows.
func (n *counts) number(k *cell, next int) int {
	n.numbers++
	if strings.ContainsRune(k.text, '.') {
		n.decimals++
		if v := numberOf(k); v.Cmp(schema.Int(70)) > 0 && v.Cmp(schema.Int(150)) < 0 {
			n.hundreds++
		}
	}
	if len(k.digits()) > 3 {
		n.longs++
	}
	if bareYear.MatchString(k.text) {
		n.years++
	}
	if v := smallDigits(k.digits()); v >= 0 && (next == 0 && v <= 1 || v == next) {
		n.serial++
		next = v + 1
	}
	return next
}

func (x *reader) countWord(n *counts, k *cell) {
	n.words++
	date := anyDate.MatchString(k.text)
	if date || yearSpan.MatchString(k.text) {
		n.dates++
	}
	if dayAlone.MatchString(k.text) {
		n.days++
	} else if p, rest := timeIn(x.doc.Text, *k, 0); p.Printed != "" && rest == "" && !(date && !strings.Contains(k.text, "年")) {
		n.years++
	}
	if x.unitNamed(k.text).known() || k.text == dimensionless {
		n.units++
	}
	if c := strings.TrimLeft(k.text, "≥≤><±+-"); c != "" && c[0] >= '0' && c[0] <= '9' && !beginsName.MatchString(c) {
		n.valued++
	} else if countsThings.MatchString(k.text) {
		n.telling++
	}
}

// beginsName is a number that is no figure before a name, which has its unit behind it: 1.住户存款, 60岁以上老人(人).
var beginsName = regexp.MustCompile(`^[0-9]{1,2}[.、)] ?\p{Han}|^[0-9]+(?:[-~至][0-9]+)?岁.*\(\p{Han}+\)$`)

// smallDigits are the digits of a number of no more than four, else -1.
func smallDigits(s string) int {
	if n, err := strconv.ParseUint(s, 10, 16); err == nil && len(s) <= 4 {
		return int(n)
	}
	return -1
}
