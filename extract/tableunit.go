package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// Units of tables: in a head or a row's name, in a column or a line of their
// own, or told by the noun alone (户数). The nearest wins; where two that are
// equally near differ, the figure is refused.

// A printedUnit is a unit with its multiplier and its rate: 万元/户.
type printedUnit struct {
	unit  *lexicon.Unit // nil for one that the lexicon does not know
	name  string        // without the multiplier; empty if there is none
	scale int           // power of ten
	per   string
}

func (u printedUnit) known() bool { return u.name != "" }

// dimensionless stands where a unit would: pH值 | 无量纲.
const dimensionless = "无量纲"

// ofNothing reports a unit of times, of spans of time or of marks, which no row or table gives its
// columns: 为1978年的倍数, 发放月数, 分值.
func (u printedUnit) ofNothing() bool {
	return u.name == "个月" || u.name == "分" || u.unit != nil && (u.unit.Dim == lexicon.Times || u.unit.Dim == lexicon.Span)
}

func (u printedUnit) isMoney() bool { return u.unit != nil && u.unit.Dim == lexicon.Money }

func (u printedUnit) isPercent() bool { return u.unit != nil && u.unit.Dim == lexicon.Percent }

// unitNamed reads a text that is a unit and nothing else: 万元, 千公顷, 元/人·月.
func (x *reader) unitNamed(s string) printedUnit {
	if s = strings.TrimSpace(s); strings.HasPrefix(s, "(") || strings.Count(s, "(") != strings.Count(s, ")") {
		s = strings.Trim(s, " ()")
	}
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(s, "单位:"), "单位"))
	if rest, ok := strings.CutPrefix(s, "人民币"); ok && rest != "" {
		s = rest // 人民币百万元
	}
	if s == "" || utf8.RuneCountInString(s) > 12 {
		return printedUnit{}
	}
	s = strings.TrimPrefix(strings.TrimPrefix(s, "±"), "+-") // 比汛限水位(±米)
	r := []rune(s)
	p := 0
	for len(r) > 0 {
		if u := x.lex.Find(string(r)); u != nil && has(x.lex.Countable, u.Name) {
			break // 受益对象|贫困户: what is counted, not in what
		} else if u != nil && p > 0 && u.Dim == lexicon.Degree {
			break // 残疾军人|十级
		} else if u != nil {
			return printedUnit{unit: u, name: u.Name, scale: p}
		}
		if q := power(r[0]); q > 0 {
			p, r = p+q, r[1:]
			continue
		}
		break
	}
	if slices.Contains(x.lex.Table.Counter, s) || x.eitherUnit(s) {
		return printedUnit{name: s}
	}
	base, rest, ok := strings.Cut(s, "/")
	if !ok || rest == "" {
		return printedUnit{}
	}
	u := x.unitNamed(base)
	if !u.known() || u.per != "" {
		return printedUnit{}
	}
	u.per = x.perNamed(rest)
	return u
}

// eitherUnit reports two units of things or people in one, 台(套) or 人(剂)次; but 乡(镇) are places.
func (x *reader) eitherUnit(s string) bool {
	m := twoUnits.FindStringSubmatch(s)
	if m == nil || strings.HasSuffix(m[1], "数") { // 户数(户)
		return false
	}
	one, two := x.lex.Find(m[1]+m[3]), x.lex.Find(m[2]+m[3])
	counts := func(u *lexicon.Unit) bool {
		return u != nil && !u.Digit && (u.Dim == lexicon.Count || u.Dim == lexicon.People)
	}
	return counts(one) && counts(two)
}

var twoUnits = regexp.MustCompile(`^(\p{Han}{1,2})\((\p{Han}{1,2})\)(次?)$`)

// multiplier is the power of ten that a head has in brackets without a unit: 户数(万).
func multiplier(s string) (bare string, q int) {
	i := strings.LastIndexByte(s, '(')
	if i <= 0 || !strings.HasSuffix(s, ")") {
		return s, 0
	}
	for _, r := range s[i+1 : len(s)-1] {
		p := power(r)
		if p == 0 {
			return s, 0
		}
		q += p
	}
	return s[:i], q
}

// perNamed reads what a rate is per: 人·月, 亩; as printed where the words are unknown.
func (x *reader) perNamed(s string) string {
	r, per := []rune(strings.TrimPrefix(strings.Trim(s, "()"), "每")), ""
	for len(r) > 0 {
		size, v := x.lex.Pers.Longest(r)
		if size == 0 {
			return s
		}
		if per != "" {
			per += "·"
		}
		per += x.lex.Bases[v]
		if r = r[size:]; len(r) == 0 {
			return per
		}
		if !isPerSep(r[0]) && r[0] != '/' {
			return s
		}
		r = r[1:]
	}
	return per
}

// unitIn finds the unit that a name ends with or has in brackets, and the name
// without it: 粮食产量(万吨), 投资:亿元, 单产公斤/亩, 增减%.
func (x *reader) unitIn(s string) (name string, u printedUnit) {
	if name, u, ok := x.unitInBrackets(s); ok {
		return name, u
	}
	for i, r := range s {
		if !strings.ContainsRune(":/,， 、", r) {
			continue
		}
		head, tail := s[:i], s[i+utf8.RuneLen(r):]
		if head == "" || x.unitNamed(head).known() && r != ' ' || strings.Count(head, "(") > strings.Count(head, ")") {
			continue
		}
		if v := x.unitNamed(tail); v.known() {
			return strings.TrimSpace(head), v
		}
	}
	for _, w := range []string{"±%", "%", "‰"} {
		if rest, ok := strings.CutSuffix(s, w); ok && rest != "" {
			return strings.TrimSpace(rest), x.unitNamed(strings.TrimPrefix(w, "±"))
		}
	}
	if m := latinUnit.FindStringSubmatch(s); m != nil && x.unitNamed(m[2]).known() { // 里程km
		return m[1], x.unitNamed(m[2])
	}
	for _, w := range x.lex.Table.Converted { // 折合亩
		if unit, ok := strings.CutPrefix(s, w); ok && x.unitNamed(unit).known() {
			return s, x.unitNamed(unit)
		}
	}
	return s, printedUnit{}
}

var latinUnit = regexp.MustCompile(`^(.*\p{Han})([a-z]{1,3}[²³]?)$`)

// unitInBrackets finds the first brackets of a name that hold a unit, or what stands for it: a base,
// (上年=100), or several units, which tell none.
func (x *reader) unitInBrackets(name string) (bare string, u printedUnit, ok bool) {
	for at := 0; at < len(name); {
		i := strings.Index(name[at:], "(")
		if i < 0 {
			break
		}
		i += at
		j := strings.Index(name[i:], ")")
		open := j < 0
		if open {
			j = len(name) - i
		} else if strings.Count(name[i:i+j], "(") > 1 && strings.HasPrefix(name[i+j+1:], ")") { // (元/(人·月))
			j++
		}
		in := name[i+1 : i+j]
		bare = strings.TrimSpace(name[:i] + name[min(i+j+1, len(name)):])
		if points.MatchString(in) { // 经济发展(40分): what it may reach is no part of the unit
			in = "分"
		}
		before, v := x.unitBehind(in)
		switch {
		case before != "":
			return before + bare, v, true
		case tellsBase(in) || in == dimensionless || x.namesUnits(in):
			return bare, printedUnit{}, true
		case perMany.MatchString(in) || spanUnit.MatchString(in) && spanName.MatchString(name[:i]):
			return bare, printedUnit{name: in}, true
		case v.known() && !x.twoRanks(name[:i], v) && !(open && v.per != "") && !withinWord(name[min(i+j+1, len(name)):], in):
			return bare, v, true
		}
		at = i + j
	}
	return name, printedUnit{}, false
}

// withinWord reports brackets that part a word in two and hold one character, before what stands behind them: 砖(石)木, not 人口(人)数.
func withinWord(behind, in string) bool {
	r, _ := utf8.DecodeRuneInString(behind)
	return r >= 0x2e80 && r != '数' && utf8.RuneCountInString(behind) == 1 && utf8.RuneCountInString(in) == 1
}

// unitBehind reads what brackets hold: a unit, or one beside a word that tells the measure from
// others: (当年价,万元), (万元,当年价).
func (x *reader) unitBehind(in string) (before string, u printedUnit) {
	if u = x.unitNamed(in); u.known() {
		return "", u
	}
	at := strings.LastIndexAny(in, ",，;；")
	if at <= 0 || strings.ContainsAny(in[:at], ",，;；:=") {
		return "", u
	}
	_, size := utf8.DecodeRuneInString(in[at:])
	before, behind := in[:at], in[at+size:]
	if containsEnd(behind, x.lex.Table.Prices) {
		before, behind = behind, before
	}
	if u = x.unitNamed(behind); !u.known() || x.unitNamed(before).known() || strings.ContainsAny(before, "0123456789") && !containsEnd(before, x.lex.Table.Prices) {
		return "", printedUnit{}
	}
	return before, u
}

// namesUnits reports a list of units, which tells none: (户、人).
func (x *reader) namesUnits(s string) bool {
	list := strings.Split(s, "、")
	return len(list) > 1 && !slices.ContainsFunc(list, func(u string) bool { return !x.unitNamed(u).known() })
}

// unitOfList is that of things counted in either of two units, as the name of a row tells: 通用设备(台、套).
func (x *reader) unitOfList(name string) printedUnit {
	i := strings.LastIndexByte(name, '(')
	if i <= 0 || !strings.HasSuffix(name, ")") || !x.namesUnits(name[i+1:len(name)-1]) {
		return printedUnit{}
	}
	list := name[i+1 : len(name)-1]
	for _, w := range strings.Split(list, "、") {
		if u := x.unitNamed(w); u.unit == nil || u.unit.Dim != lexicon.Count || u.scale != 0 || w == "户" {
			return printedUnit{}
		}
	}
	return printedUnit{name: list}
}

// twoRanks reports a bracket that names a second rank of places and no unit:
// 其他县(区), 乡(镇), 社区卫生服务中心(站).
func (x *reader) twoRanks(before string, u printedUnit) bool {
	_, size := utf8.DecodeLastRuneInString(before)
	first := x.lex.Find(before[len(before)-size:])
	return first != nil && first.Digit && u.unit != nil && u.unit.Digit && u.scale == 0 || u.name == "站" && strings.HasSuffix(before, "中心")
}

// perMany is the unit of a rate of so many: 死亡率(1/10万).
var perMany = regexp.MustCompile(`^1?/[0-9]*[十百千万亿]+人?$`)

var (
	spanUnit = regexp.MustCompile(`^(?:日|天|月|个月|年|小时)$`)
	lasting  = regexp.MustCompile(`^(?:天|个?工作日|个月|年|小时|分钟|学时|课时)$`)
	spanName = regexp.MustCompile(`(?:日|期|时间|时长|寿命|年限|周期|天数|月数|学制|龄|时限|期限|时效)$`) // 平均住院日(日), 党龄(年)
)

var points = regexp.MustCompile(`^[0-9]+分$`)

// unitList reads the line 单位:户、人、万元 of a caption. Of 亿元(旧人民币) it is what stands before.
func (x *reader) unitList(s string) (out []string) {
	list := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、,， ;", r) })
	for _, w := range list {
		if main, more, ok := strings.Cut(w, "("); ok && !x.eitherUnit(w) && !strings.HasSuffix(main, "/") {
			out = append(out, x.unitList(main)...)
			if more = strings.Trim(more, "()"); x.unitNamed(more).known() || !x.unitNamed(main).known() {
				out = append(out, x.unitList(more)...)
			}
			continue
		}
		parts := strings.Split(w, "/")
		all := len(parts) > 1
		for _, p := range parts {
			all = all && x.unitNamed(p).known()
		}
		if all && (len(parts) > 2 || x.separate(parts[0]) && !slices.Contains(list, parts[1])) { // 户、人/户
			out = append(out, parts...)
			continue
		}
		out = append(out, w)
	}
	return out
}

// separate reports a unit before a slash that is no rate's: 户/人 are two units.
func (x *reader) separate(s string) bool {
	u := x.unitNamed(s)
	return u.unit != nil && (u.unit.Dim == lexicon.Count || u.unit.Dim == lexicon.People)
}

// impliedUnit is the unit that a noun tells by itself: 户数, 死亡人口, 完成率.
func (x *reader) impliedUnit(s string) printedUnit {
	t := &x.lex.Table
	s = x.withoutTotal(stripBracket(s))
	if s == "" || slices.Contains(t.Plain, s) || x.ofTime(s) || x.plainRatio(s) {
		return printedUnit{}
	}
	number, counted := strings.CutSuffix(s, "数")
	for _, tells := range []struct {
		is   bool
		unit string
	}{
		{strings.HasSuffix(s, "百分点"), "百分点"},
		{containsEnd(s, t.Share), "%"},
		{containsEnd(s, t.Beds), "张"},
		{strings.HasSuffix(s, "月数"), "个月"},
		{containsEnd(s, t.Piece), "件"},
		{containsEnd(s, t.Points), "分"},
		{containsEnd(s, t.Days), "日"},
		{strings.HasSuffix(number, "次"), lastRunes(number, 2)}, // 人次, 接待批次
		{strings.HasSuffix(number, "户"), "户"},
		{counted && strings.HasSuffix(number, "单位"), "个"},
		{containsEnd(number, t.Person) || slices.Contains(t.Sex, s) || containsEnd(number, t.Staff) && x.countsPeople(), "人"},
	} {
		if !tells.is {
			continue
		}
		if tells.unit == "个月" || tells.unit == "分" || tells.unit == "日" {
			return printedUnit{name: tells.unit}
		}
		if u := x.unitNamed(tells.unit); u.known() {
			return u
		}
	}
	for n := 2; n > 0 && counted && !containsEnd(number, t.Thing); n-- { // 间数, 床位数, but 村民小组数
		if u := x.lex.Find(lastRunes(number, n)); u != nil && !u.Digit && (len(u.Needs) == 0 && (u.Dim == lexicon.Count || u.Dim == lexicon.People) || u.Dim == lexicon.Times || u.Dim == lexicon.Span) {
			return printedUnit{unit: u, name: u.Name}
		}
	}
	return printedUnit{}
}

// countsPeople reports a table whose line of units, or else its caption, lets posts stand for people.
func (x *reader) countsPeople() bool {
	if len(x.sheet.units) == 0 {
		return !x.ofMoney()
	}
	return slices.ContainsFunc(x.sheet.units, func(s string) bool {
		u := x.unitNamed(s)
		return u.unit != nil && u.unit.Dim == lexicon.People && u.per == ""
	})
}

// ofMoney reports a caption of money: 村级运转经费, 人均工资.
func (x *reader) ofMoney() bool {
	s, t := x.sheet.subject, &x.lex.Table
	return containsAny(s, x.lex.MoneyHead) || containsAny(s, t.Sum) || containsAny(s, t.Fee) || containsAny(s, t.Rate)
}

// lastRunes are the last n runes of a text.
func lastRunes(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}

// withoutTotal takes 合计 off the end of what it is of: 人员合计.
func (x *reader) withoutTotal(s string) string {
	for _, w := range x.lex.Table.Total {
		if of, ok := strings.CutSuffix(s, w); ok && of != "" && w != "计" && (strings.HasSuffix(w, "计") || w == "总数") {
			return of
		}
	}
	return s
}

// impliedOver is the unit that the innermost head tells; a class leaves it to the head over it: 男 below
// 占总人口比重 is in per cent.
func (x *reader) impliedOver(path []string) printedUnit {
	for i := len(path) - 1; i > 0 && x.isClass(path[i]); i-- {
		if u := x.impliedUnit(path[i-1]); u.known() && !(u.name == "户" && slices.Contains(x.lex.Table.Sex, path[i])) { // 男 below 家庭户
			return u
		}
	}
	return x.impliedUnit(last(path))
}

// impliedIn is the unit that the innermost head tells that tells any.
func (x *reader) impliedIn(path []string) printedUnit {
	for n := len(path); n > 0; n-- {
		if u := x.impliedOver(path[:n]); u.known() {
			return u
		}
	}
	return printedUnit{}
}

// ofTime reports the number of a time or stage, which tells no unit: 本月数, 1-9月数; 发放月数 is one.
func (x *reader) ofTime(s string) bool {
	rest, ok := strings.CutSuffix(s, "数")
	return ok && (containsEnd(rest, x.lex.Table.Stage) || monthEnd.MatchString(rest))
}

var monthEnd = regexp.MustCompile(`[0-9一二三四五六七八九十]+[年月日]$`)

// cellUnit is the unit of a figure: of its column, its row or its table. The
// second result is false where two differ and none is nearer.
func (x *reader) cellUnit(col *column, row *labelledRow, name string, pos int) (u printedUnit, ok bool) {
	if col.unit.known() {
		return x.columnUnit(col, row)
	}
	if own := x.impliedOver(col.path); own.isPercent() || own.ofNothing() {
		if own.name == "%" && x.sheetHas("‰") && !x.sheetHas("%") {
			return x.unitNamed("‰"), true
		}
		return own, true
	}
	if col.outerUnit.known() {
		return x.growthBelow(col)
	}
	if ofWhole.MatchString(last(col.path)) {
		return x.unitNamed("%"), x.sheetHas("%")
	}
	if u, ok, decided := x.growthUnit(col, row); decided {
		return u, ok
	}
	switch {
	case x.indexColumn(col) && !row.unit.isPercent() || row.unit.name == dimensionless || row.index:
		return printedUnit{}, false // beside 总产值(万元)
	case x.priced(col, row):
		u = x.unitNamed(x.sheet.units[0])
		u.per = row.unit.name
		return u, true
	case row.unit.known() && !x.otherThanRow(row.unit, col):
		return row.unit, true
	case x.isRatio(col):
		return x.unitNamed("%"), x.sheetHas("%")
	case row.group.known():
		return x.groupUnit(row.group, col, name)
	case x.isIndex(col, name):
		return printedUnit{}, false // 指数 has none
	}
	if u, ok = x.sheetUnit(col, name, pos); ok && col.scale > 0 {
		u.scale = col.scale
	}
	return u, ok && !x.contradicts(u, col, name)
}

// otherThanRow reports a column of sums or prices beside rows in a unit of goods: 棉被(床) | 金额, 化肥 | 吨 | 数量 | 金额. What
// comes in and goes out, 收入 and 支出, may be counted in 吨.
func (x *reader) otherThanRow(u printedUnit, col *column) bool {
	return slices.ContainsFunc(col.path, func(head string) bool {
		return (containsEnd(head, x.lex.Table.Price) || containsEnd(head, x.lex.MoneyHead) && x.sheetMoney() && !u.isPercent()) && !u.isMoney() || x.unlikeNoun(u, head) && (u.unit.Dim == lexicon.Count || containsEnd(head, x.lex.Table.Sum) && !strings.HasSuffix(head, "收入") && !strings.HasSuffix(head, "支出"))
	})
}

// sheetMoney reports a line of units above the table that names money.
func (x *reader) sheetMoney() bool {
	return slices.ContainsFunc(x.sheet.units, func(s string) bool { return x.unitNamed(s).isMoney() })
}

// priced reports a price in the money of the whole table, for the unit of its row: 计价单位 | 价格
// below 单位:元.
func (x *reader) priced(col *column, row *labelledRow) bool {
	if len(x.sheet.units) != 1 || !row.unit.known() || row.unit.isMoney() || row.unit.isPercent() || row.unit.per != "" || row.unit.scale != 0 {
		return false
	}
	u := x.unitNamed(x.sheet.units[0])
	return u.isMoney() && u.per == "" && slices.ContainsFunc(col.path, func(n string) bool { return containsEnd(n, x.lex.Table.Price) })
}

// ofWhole is the head of what a figure is in per cent of: 为年计划, 占全市.
var ofWhole = regexp.MustCompile(`^(?:为|占)(?:年|全|总|上年|去年|计划|预算|调整预算|目标|任务|同期|生产总值)`)

// contradicts reports a unit of the whole table that a figure of this column and row cannot have.
func (x *reader) contradicts(u printedUnit, col *column, name string) bool {
	head := last(col.path)
	name = cmp.Or(x.measureOf(col, name), name)
	switch {
	case x.unlikeNoun(u, name) || x.unlikeNoun(u, head):
		return true
	case !u.isMoney():
		return false
	case x.noMoney(head) || x.noMoney(name):
		return true
	}
	if head == "数量" && slices.ContainsFunc(x.sheet.cols, func(k column) bool {
		return k.role == valueColumn && containsEnd(last(k.path), x.lex.Table.Price) || last(k.path) == "金额"
	}) {
		return true // 单价 | 数量 | 金额 below 单位:元
	}
	people := containsEnd(strings.TrimSuffix(name, "数"), x.lex.Table.Person) && !containsAny(strings.Join(col.path, "")+x.sheet.subject, x.lex.MoneyHead)
	return people // 财政供养人员 below 单位:万元
}

// measureOf is the innermost name over a column, else beside it, that says what is measured: the
// 蓄积 of 活立木蓄积 over 合计.
func (x *reader) measureOf(col *column, name string) string {
	for i := len(col.path) - 1; i >= -1; i-- {
		n := name
		if i >= 0 {
			n = col.path[i]
		}
		if n = stripBracket(n); x.unitsLike(n) != nil || x.measured(n) && !x.isClass(n) && !x.grows(n) {
			return n
		}
	}
	return ""
}

// unitsLike tells the units that a measure may have, by what its name ends with; nil if that says nothing.
func (x *reader) unitsLike(name string) func(printedUnit) bool {
	t := &x.lex.Table
	of := func(dims ...lexicon.Dimension) func(printedUnit) bool {
		return func(u printedUnit) bool { return u.unit != nil && u.per == "" && slices.Contains(dims, u.unit.Dim) }
	}
	switch {
	case containsEnd(name, t.Yield):
		return func(u printedUnit) bool { return u.unit != nil && u.unit.Dim == lexicon.Mass && u.per != "" }
	case containsEnd(name, t.Crop):
		return of(lexicon.Mass, lexicon.Volume, lexicon.Length, lexicon.Count)
	case containsEnd(name, t.Volume):
		return of(lexicon.Volume)
	case strings.HasSuffix(name, "面积") || containsEnd(name, t.Planting):
		return of(lexicon.Area)
	case containsEnd(name, t.Trees):
		return func(u printedUnit) bool { return u.name == "株" }
	case containsEnd(name, t.Length):
		return of(lexicon.Length)
	}
	return nil
}

// unlikeNoun reports a unit that what a name measures cannot have: 收入 in ‰, 单产 in 公顷.
func (x *reader) unlikeNoun(u printedUnit, name string) bool {
	t := &x.lex.Table
	name = stripBracket(name)
	switch {
	case u.unit == nil:
		return false
	case strings.HasSuffix(name, "密度"):
		return u.per == "" && !u.isPercent()
	case containsEnd(name, t.Sum) || containsEnd(name, t.Fee):
		return !u.isMoney() && u.name != "%"
	case containsEnd(name, t.Rate): // 平均补助水平 below 单位:户
		return u.per == "" && (u.unit.Dim == lexicon.Count || u.unit.Dim == lexicon.People)
	case containsEnd(name, t.Crop):
		return u.isMoney() || u.unit.Dim == lexicon.Area || u.unit.Dim == lexicon.People
	case strings.HasSuffix(name, "面积"):
		return u.unit.Dim != lexicon.Area && u.name != "%"
	case containsEnd(name, t.Volume):
		return u.unit.Dim != lexicon.Volume && u.name != "%"
	}
	return false
}

// manyForOne reports a mean of money, 人均收入, in a unit of sums: 8765 below 单位:万元.
func (x *reader) manyForOne(f *figure, col *column, name string) bool {
	most := schema.Int(1).Shift(7) // 元
	told := strings.Join(col.path, "") + name
	return f.elided && f.unit != nil && f.unit.Dim == lexicon.Money && containsAny(told, x.lex.Table.Mean) && !col.unit.known() && f.value.Known() && f.value.Cmp(most) >= 0
}

// noMoney reports a name whose figures are no sums, whatever the unit of the table: 企业数,
// 面积, 增速 below 单位:亿元, but not 预算数.
func (x *reader) noMoney(name string) bool {
	t := x.lex.Table
	return containsEnd(name, t.NoMoney) || strings.HasSuffix(name, "数") && !containsEnd(name, t.MoneyNumber) && !x.ofTime(name)
}

// columnUnit is the unit of a figure whose head tells one, beside what its row tells.
func (x *reader) columnUnit(col *column, row *labelledRow) (u printedUnit, ok bool) {
	u = col.unit
	other := row.unit
	switch {
	case u.isPercent():
		return u, true // 同比增减% beside a column of units
	case row.group.isPercent():
		return row.group, len(row.label.groups) > 0 // below 平均每年增长(%)
	case x.onlyGrowth(last(row.label.names)):
		return x.growthOfRow(u, other, last(row.label.names))
	case !other.known() || x.plainBeside(col):
		return u, true
	case u.isMoney() && u.per == "" && !other.isMoney() && !other.isPercent() && containsAny(strings.Join(col.path, ""), x.lex.Table.Price):
		u.per = other.name // a price of 元 for 千克
		return u, other.scale == 0 && other.per == ""
	}
	return u, u.name == other.name && u.scale == other.scale && u.per == other.per
}

// growthOfRow is the unit of a row of nothing but growth where the heads tell that of its columns: the
// row's own, 变化幅度(%), per cents of 增幅, or that of the column for 增减额. 增减 alone tells none.
func (x *reader) growthOfRow(col, own printedUnit, name string) (printedUnit, bool) {
	t := &x.lex.Table
	switch {
	case own.isPercent() || !own.known() && x.impliedUnit(name).isPercent():
		return x.unitNamed("%"), true
	case containsEnd(name, t.Difference):
		return col, true
	}
	return col, own == col
}

// holdsOthers reports figures beside a column of growth that are none: what has grown.
func (x *reader) holdsOthers() bool {
	return slices.ContainsFunc(x.sheet.cols, func(k column) bool {
		return k.role == valueColumn && k.holds() && !x.grows(strings.Join(k.path, ""))
	})
}

// growthUnit is the unit of a column of growth without one: per cents, or points of a rate. Where
// it may be the unit of what grows, nothing is decided, or neither is told.
func (x *reader) growthUnit(col *column, row *labelledRow) (u printedUnit, ok, decided bool) {
	if row.unit.isPercent() || len(x.sheet.units) == 1 && x.sheetHas("%") && x.openGrowth(col) && x.holdsOthers() { // of a rate: points, or per cents
		return x.unitNamed("百分点"), col.proof == difference, x.openGrowth(col)
	}
	if !x.grows(strings.Join(col.path, "")) || x.absolute(col) {
		return u, false, false
	}
	switch {
	case x.undecided(col) && col.proof == unproved:
		return u, false, true
	case x.sheetHas("%") || col.proof == growth:
		return x.unitNamed("%"), true, true
	}
	return u, false, row.unit.known() || row.group.known() || len(x.sheet.units) == 1
}

// growthBelow is the unit of a column of growth whose outer head tells a unit: 同比增减 below
// 产量(吨) may be of 吨 or of %, and below 优良率(%) of % or points; the figures or the words tell.
func (x *reader) growthBelow(col *column) (printedUnit, bool) {
	name := last(col.path)
	differs := col.proof == difference || containsEnd(name, x.lex.Table.Difference) || col.proof == unproved && !col.outerUnit.isPercent() && x.openGrowth(col) && x.perCentsOfGrowth(col) || containsAny(name, x.lex.Table.Since) && !containsAny(name, x.lex.Table.Sure)
	switch {
	case differs && col.outerUnit.isPercent():
		return x.unitNamed("百分点"), true
	case differs:
		return col.outerUnit, true
	case col.proof == growth || !col.outerUnit.isPercent() && containsEnd(name, x.lex.Table.Share):
		return x.unitNamed("%"), true
	}
	return printedUnit{}, false
}

// groupUnit is the unit of the heading above a row, unless a noun tells another: 户数
// below 人口(万人).
func (x *reader) groupUnit(u printedUnit, col *column, name string) (printedUnit, bool) {
	own := cmp.Or(x.impliedIn(col.path), x.impliedUnit(name))
	if own.known() && !u.isPercent() { // 男 below 构成(%)
		u = scaledLike(own, []printedUnit{u})
	}
	return u, true
}

// plainBeside reports a column 数量 or 消费量 beside one that names its unit itself: the
// units of the rows are of that, 50000只 at 1.5元.
func (x *reader) plainBeside(col *column) bool {
	return slices.ContainsFunc(x.sheet.cols, func(k column) bool {
		return k.role == valueColumn && k.first != col.first && k.holds() && len(k.path) > 0 && x.takesRows(&k)
	})
}

// absolute reports a column of differences in the unit of what differs: 比上年增减额,
// 增减 beside 增减%, and beside 比年初增减 where 增长 takes the per cents of the line.
func (x *reader) absolute(col *column) bool {
	if containsEnd(last(col.path), x.lex.Table.Difference) || col.proof == difference || x.bothWays(col) {
		return true
	}
	since := func(k column) bool {
		return x.undecided(&k) && containsAny(strings.Join(k.path, ""), x.lex.Table.Since)
	}
	return x.undecided(col) && slices.ContainsFunc(x.sheet.cols, since) || x.perCentsOfGrowth(col)
}

// bothWays reports a column of what has come in beside one of what has gone: 本期增加 | 本期减少.
func (x *reader) bothWays(col *column) bool {
	other := strings.NewReplacer("增加", "减少", "减少", "增加").Replace(col.first)
	return other != col.first && slices.ContainsFunc(x.sheet.cols, func(k column) bool { return k.first == other })
}

// perCentsOfGrowth reports another column that takes the per cents of growth.
func (x *reader) perCentsOfGrowth(col *column) bool {
	return slices.ContainsFunc(x.sheet.cols, func(k column) bool {
		return k.first != col.first && k.unit.isPercent() && x.grows(strings.Join(k.path, ""))
	})
}

// undecided reports a column 增减 that may hold differences as well as per cents: the line
// 单位:亿元、% names both, and another column takes the per cents for certain.
func (x *reader) undecided(col *column) bool {
	t := &x.lex.Table
	head := strings.Join(col.path, "")
	if !x.sheetHas("%") || len(x.sheet.units) < 2 || col.unit.known() || !containsAny(head, t.Open) || containsAny(head, t.Sure) {
		return false
	}
	return slices.ContainsFunc(x.sheet.cols, func(k column) bool {
		return k.role == valueColumn && k.first != col.first && (containsAny(strings.Join(k.path, ""), t.Sure) || x.impliedUnit(last(k.path)).isPercent())
	})
}

// sheetHas reports a unit of the line above the table.
func (x *reader) sheetHas(unit string) bool { return slices.Contains(x.sheet.units, unit) }

// openGrowth reports a column 比上年增减, of differences or of per cents.
func (x *reader) openGrowth(col *column) bool {
	name := last(col.path)
	return containsAny(name, x.lex.Table.Open) && !containsEnd(name, x.lex.Table.Index)
}

// isRatio reports a column of ratios whose name tells no per cents: 存贷比.
func (x *reader) isRatio(col *column) bool {
	name := last(col.path)
	return strings.HasSuffix(name, "比") && !x.grows(name) && !containsEnd(name, x.lex.Table.Index)
}

// tellsBase reports what a plain ratio is compared with: 上年=100, 以上月为100.
func tellsBase(s string) bool { return baseForm.MatchString(s) }

// baseOf is what tells the base in a head: (上年=100).
func baseOf(s string) string { return baseForm.FindString(s) }

var baseForm = regexp.MustCompile(`(?:\([^(]*)?(?:=|为)100(?:[,，;][^()]*)?(?:\)|$)`)

// isIndex reports a column or row of plain ratios: 总产值指数(上年=100), or 当月 below 综合指数.
func (x *reader) isIndex(col *column, name string) bool {
	return slices.ContainsFunc(x.sheet.units, tellsBase) || col.based || tellsBase(name) || x.captionIndex() != "" && len(x.sheet.units) == 0 && col.hundreds == col.numbers && !x.measured(last(col.path)) && !containsEnd(last(col.path), x.lex.Table.Price) ||
		x.endsInIndex(col.path) || x.plainRatio(stripBracket(name))
}

// plainRatio reports the name of a figure without a unit: 指数, pH; 高锰酸盐指数 has one.
func (x *reader) plainRatio(name string) bool {
	return containsEnd(name, x.lex.Table.Index) && !containsEnd(name, x.lex.Table.Measured)
}

// indexColumn reports a column of plain ratios, whatever its rows are of: 指数(以2011年为100).
func (x *reader) indexColumn(col *column) bool {
	return !col.unit.known() && (col.based || x.endsInIndex(col.path))
}

// endsInIndex reports heads of an index, with none further in but of a time or stage.
func (x *reader) endsInIndex(path []string) bool {
	for i := len(path) - 1; i >= 0; i-- {
		if x.plainRatio(stripBracket(path[i])) {
			return true
		}
		if !containsAny(path[i], x.lex.Table.Stage) || x.measured(path[i]) || x.grows(path[i]) {
			return false
		}
	}
	return false
}

// sheetUnit takes the unit from the line above the table, or from the nouns.
func (x *reader) sheetUnit(col *column, name string, pos int) (printedUnit, bool) {
	units, head := x.sheet.units, strings.Join(col.path, "")
	if len(x.sheet.of) == len(units) && len(units) > 0 {
		if i := x.nounOf(head, name); i >= 0 {
			return x.unitNamed(units[i]), true
		}
		if len(units) > 1 || x.measureOf(col, name) != "" {
			return printedUnit{}, false
		}
	}
	if pos >= 0 {
		if u := x.unitNamed(units[pos]); u.known() {
			return u, true
		}
	}
	all := x.unitsOfLine(units)
	own := x.impliedBy(col, name, all)
	if len(all) > 1 { // per cents were told before
		all = slices.DeleteFunc(all, printedUnit.isPercent)
	}
	switch {
	case own.known():
		own = scaledLike(countedAs(own, all), all)
		return own, own.known()
	case len(all) == 1:
		return all[0], all[0].known()
	}
	if u, ok := x.oneOf(all, col, head, name); ok {
		return u, true
	}
	return x.untoldUnit(all, col, name)
}

// unitsOfLine are the units of the line above a table; a single one may be unknown.
func (x *reader) unitsOfLine(units []string) (all []printedUnit) {
	for _, s := range units {
		u := x.unitNamed(s)
		if !u.known() && utf8.RuneCountInString(s) <= 5 && len(units) == 1 {
			u = printedUnit{name: s}
		}
		all = append(all, u)
	}
	return all
}

// impliedBy is the unit that the nouns of column and row tell, beside those of the line.
func (x *reader) impliedBy(col *column, name string, all []printedUnit) printedUnit {
	own := x.impliedUnit(name)
	if len(all) == 1 && all[0].known() && (all[0].isPercent() || !own.isPercent() && !containsEnd(name, []string{"数", "人口", "人次"})) {
		own = printedUnit{} // 城镇居民 in a table of per cents; but 资产负债率 below 单位:万元 is in per cents
	}
	if len(all) == 1 && all[0].isPercent() {
		return own
	}
	if m := x.measureOf(col, ""); !own.isPercent() && (containsEnd(m, []string{"量", "额"}) || x.unitsLike(m) != nil) { // 用电量 of 居民
		own = printedUnit{}
	}
	return x.orHouseholds(cmp.Or(x.impliedIn(col.path), own), all, cmp.Or(last(col.path), name))
}

// orHouseholds is 户 for people that no number of them tells, 特困人员, where the line above the table has 户 and no 人.
func (x *reader) orHouseholds(own printedUnit, all []printedUnit, name string) printedUnit {
	people := func(u printedUnit) bool { return u.unit != nil && u.unit.Dim == lexicon.People }
	i := slices.IndexFunc(all, func(u printedUnit) bool { return u.name == "户" })
	if own.name != "人" || i < 0 || slices.ContainsFunc(all, people) || containsEnd(name, []string{"数", "人口", "人次"}) {
		return own
	}
	return all[i]
}

// untoldUnit is the unit of a column of which no word tells it: of people beside households that are
// named, of what the caption counts, of a column that it adds up to, or what the others leave.
func (x *reader) untoldUnit(all []printedUnit, col *column, name string) (printedUnit, bool) {
	if u := x.impliedUnit(x.sheet.subject); len(x.sheet.units) == 0 && u.known() && !x.measured(name) && (x.onlyClasses(col) || u.name == "件" && col.decimals == 0) {
		return u, true
	}
	if u := x.unitOfThings(cmp.Or(last(col.path), name)); len(x.sheet.units) == 0 && !x.ofMoney() && col.decimals == 0 && u.known() {
		return u, true
	}
	if col.like != nil {
		return x.cellUnit(col.like, &labelledRow{}, name, -1)
	}
	return x.unitNamed("人"), len(x.sheet.units) == 0 && col.decimals == 0 && x.besideSexes(last(col.path))
}

// unitOfThings is that of things counted: 个 of 行政村 and 乡镇数, 所 of 学校数.
func (x *reader) unitOfThings(name string) printedUnit {
	t := &x.lex.Table
	of, counted := strings.CutSuffix(name, "数")
	switch {
	case containsEnd(of, t.Thing) || counted && (containsEnd(of, t.Area) || containsEnd(of, t.Firm)):
		return x.unitNamed("个")
	case counted && containsEnd(of, t.School):
		return x.unitNamed("所")
	}
	return printedUnit{}
}

// besideSexes reports a class of people by age or degree, 35岁以下 or 大专以上, in a table that has men or women.
func (x *reader) besideSexes(head string) bool {
	t := &x.lex.Table
	class := ageClass.MatchString(head) || hasPrefixOf(head, t.Degree) && boundEnd.MatchString(head)
	return class && slices.ContainsFunc(x.sheet.cols, func(k column) bool { return k.holds() && slices.Contains(t.Sex, last(k.path)) })
}

var (
	ageClass = regexp.MustCompile(`^[0-9]+(?:[-~至][0-9]+)?岁`)
	boundEnd = regexp.MustCompile(`[以之][上下]$`)
)

// onlyClasses reports heads that leave what is counted to the caption: 合计, 男, or only a year.
func (x *reader) onlyClasses(col *column) bool {
	return !slices.ContainsFunc(col.path, func(n string) bool { return !x.isClass(n) })
}

// nounOf is the number of the noun in the line of units, 面积:亩 单产:公斤, that a head or a row's
// name holds, -1 if none; 每亩产量 is a 单产.
func (x *reader) nounOf(head, name string) int {
	for _, s := range []string{head, name} {
		if s = perArea.ReplaceAllString(s, "单产"); strings.Contains(s, "单产") && !slices.Contains(x.sheet.of, "单产") {
			continue // no 产量
		}
		best := -1
		for i, noun := range x.sheet.of {
			if strings.Contains(s, noun) && (best < 0 || len(noun) > len(x.sheet.of[best])) {
				best = i
			}
		}
		if best >= 0 {
			return best
		}
	}
	return -1
}

var perArea = regexp.MustCompile(`(?:每亩|每公顷|单位面积|亩)(?:平均)?产量?`)

// leavesUnit reports a head of a time or class, which says nothing of what is counted: 累计, 城镇.
func (x *reader) leavesUnit(col *column) bool {
	rest := strings.Join(col.path, "")
	for _, w := range x.lex.Table.Stage {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return !col.unit.known() && (rest == "" || rest == "数" || x.isClass(rest) || rest != strings.Join(col.path, "") && !x.hasSubject(rest) && !x.measured(rest))
}

// countedAs is 个 for things whose own measure word, 班 of 班数, the line above the table
// does not have where it has 个: 单位:所、个、人.
func countedAs(own printedUnit, all []printedUnit) printedUnit {
	if own.unit == nil || own.unit.Dim != lexicon.Count || slices.ContainsFunc(all, func(u printedUnit) bool { return u.unit == own.unit }) {
		return own
	}
	if u := only(all, func(u printedUnit) bool { return u.name == "个" }); u.known() {
		return u
	}
	return own
}

// scaledLike is a unit with the multiplier that the line above the table gives it:
// 万人 for 人口. Two that differ, 人、万人, leave it open.
func scaledLike(own printedUnit, all []printedUnit) printedUnit {
	like := func(u printedUnit) bool {
		return u.unit != nil && own.unit != nil && (u.unit == own.unit || u.unit.Dim == own.unit.Dim && u.unit.Dim != lexicon.Count)
	}
	if !slices.ContainsFunc(all, like) {
		return own
	}
	return only(all, like)
}

// only is the unit for which a condition holds, none if several differ.
func only(all []printedUnit, is func(printedUnit) bool) (found printedUnit) {
	for _, u := range all {
		if !is(u) {
			continue
		}
		if found.known() && found != u {
			return printedUnit{}
		}
		found = u
	}
	return found
}

// oneOf chooses among the units of 单位:户、人、万元: money for 金额, 亩 for 面积. Of 元/年、万元 a standard
// has the rate, an amount the other; of 元、万元 none is chosen.
func (x *reader) oneOf(all []printedUnit, col *column, head, name string) (printedUnit, bool) {
	if containsAny(head+name, x.lex.MoneyHead) || containsEnd(last(col.path), x.lex.Table.Fee) {
		isMoney := func(u printedUnit) bool { return u.unit != nil && u.unit.Dim == lexicon.Money }
		u := only(all, isMoney)
		if !u.known() {
			rate := containsAny(head+name, x.lex.Table.Rate)
			u = only(all, func(u printedUnit) bool { return isMoney(u) && (u.per != "") == rate })
		}
		if u.known() || slices.ContainsFunc(all, isMoney) {
			return u, u.known()
		}
	}
	if is := x.unitsLike(x.measureOf(col, name)); is != nil && slices.ContainsFunc(all, is) {
		u := only(all, is)
		return u, u.known()
	}
	noun := func(u printedUnit) bool {
		return u.unit != nil && u.unit.Noun != "" && (strings.HasSuffix(head, u.unit.Noun) || strings.HasSuffix(name, u.unit.Noun))
	}
	if slices.ContainsFunc(all, noun) {
		u := only(all, noun)
		return u, u.known()
	}
	return printedUnit{}, false
}

func last[T any](s []T) (t T) {
	if len(s) > 0 {
		t = s[len(s)-1]
	}
	return t
}

func stripBracket(s string) string {
	before, _, _ := strings.Cut(s, "(")
	return strings.TrimSpace(before)
}
