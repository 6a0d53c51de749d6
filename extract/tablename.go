package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// Names in tables: of rows, of columns, of the table itself, and the label that
// a figure gets of the three:
//
//	东城镇 × 户数, in 城市低保情况表  →  东城镇城市低保户数
//	粮食产量 × 2012年                 →  粮食产量
//	其中:小麦 below 粮食产量          →  小麦产量

var (
	rowMarker  = regexp.MustCompile(`^(?:([一二三四五六七八九十]+)[、.．,，]|\(([一二三四五六七八九十]+)\)、?|(\d{1,2})[、．]|(\d{1,2})\.(?:[^0-9]|$)|\((\d{1,2})\)|(\d(?:\.\d){1,3})(?:[^0-9.]|$)|([①-⑳]))`)
	footMark   = regexp.MustCompile(`[*①-⑳]+$|\((?:注|见注)?[0-9]*\)$|\[[0-9]{1,2}\]$`)
	childMarks = []string{"其中:", "其中：", "其中,", "其中", "#", "＃"}
)

// rowName is the name of a row, taken apart.
type rowName struct {
	text  string // 小麦
	level int    // by its marker: 1 for 一、, 2 for (一), 3 for 1., 9 without one
	child bool   // 其中
}

func readName(s string) rowName {
	n := rowName{text: strings.TrimSpace(s), level: 9}
	if m := rowMarker.FindStringSubmatchIndex(n.text); m != nil {
		for g, level := range []int{1, 2, 3, 3, 4, 4, 5} {
			if m[2*g+2] >= 0 {
				n.level = level
			}
		}
		end := m[1]
		for _, g := range []int{4, 6} { // what follows is no part of the marker
			if m[2*g] >= 0 && m[2*g+1] < end {
				end = m[2*g+1]
				if g == 4 {
					end++ // its point
				}
			}
		}
		n.text = strings.TrimLeft(n.text[min(end, len(n.text)):], " 、.")
	}
	for _, w := range childMarks {
		if rest, ok := strings.CutPrefix(n.text, w); ok {
			n.child, n.text = true, strings.TrimLeft(rest, " :：")
			break
		}
	}
	n.text = cleanName(n.text)
	return n
}

// cleanName takes marks of footnotes and what frames a name off it.
func cleanName(s string) string {
	for {
		t := footMark.ReplaceAllString(strings.Trim(s, " :：*、,-—~."), "")
		if t == s {
			return strings.ReplaceAll(t, "\n", "")
		}
		s = t
	}
}

// readCaption finds the line above a table that says what it is about, and the
// line of its units.
func (x *reader) readCaption(s *sheet) {
	x.goesOn = false
	c := &s.caption
	for i, done := s.first-1, false; i >= 0 && i >= s.first-4 && !done; i-- {
		block := &x.doc.Blocks[i]
		if block.Kind == schema.Row || utf8.RuneCountInString(block.In(x.doc.Text)) > 80 {
			break
		}
		taken := false
		for _, part := range captionParts(block.In(x.doc.Text)) {
			t, d := x.captionLine(c, block.Span, foldCell(part), block.Kind == schema.Title || block.Kind == schema.Heading)
			taken, done = taken || t, done || d
		}
		if !taken {
			break
		}
	}
	if c.units == nil && x.goesOn {
		c.units = x.lastUnits
	}
	if c.units == nil {
		c.units = x.unitsBelow(s.first + len(s.rows))
	}
	if c.subject == "" && x.goesOn {
		c.subject = x.lastCaption
	}
	c.planned = c.planned || containsEnd(x.title, x.lex.Table.Budget)
	x.lastUnits, x.lastCaption = c.units, c.subject
}

// unitsBelow are the units that the note right below a table, from block b on, tells for all of it:
// 注:1.本表金额单位为万元。
func (x *reader) unitsBelow(b int) []string {
	if m := unitOfNote.FindStringSubmatch(x.noteBelow(b)); m != nil {
		units := x.unitList(m[1])
		if !slices.ContainsFunc(units, func(u string) bool { return !x.unitNamed(u).known() }) {
			return units
		}
	}
	return nil
}

// noteBelow is the note right below a table, from block b on.
func (x *reader) noteBelow(b int) (note string) {
	for i := b; i < len(x.doc.Blocks) && i < b+4; i++ {
		block := &x.doc.Blocks[i]
		if block.Kind == schema.Row || block.Len() > maxNote {
			break
		}
		part := foldCell(block.In(x.doc.Text))
		if note == "" && !startsNote.MatchString(part) || note != "" && !rowMarker.MatchString(part) {
			break
		}
		note += part + "。"
	}
	return note
}

const maxNote = 600 // bytes of one of its lines

var (
	startsNote = regexp.MustCompile(`^\(?(?:注|附注|备注|说明|注释)[0-9]?[:.、]`)
	sumsNote   = regexp.MustCompile(`(?:[(（][ ]*[)）]|括号)[^。;；]{0,8}累计`)
	unitOfNote = regexp.MustCompile(`[:;。；,，.、](?:除[^,，;；。]*外[,，]?)?(?:本表|表中|表内|表列|以上|上表|上述)?(?:各项|所列|所有|数据|数字|数额|指标)?(?:计量|计算|货币|金额)?单位(?:均|都|一律)?[为是:]([^,，;；。()]+)`)
)

// captionParts are the entries of a line above a table, set apart by blanks:
// 单位:人    截止日期:2019年12月31日.
func captionParts(s string) []string {
	if !strings.ContainsAny(s, ":：") {
		return []string{s}
	}
	var parts []string
	from := 0
	for _, at := range entry.FindAllStringSubmatchIndex(s, -1) {
		parts, from = append(parts, s[from:at[2]]), at[2]
	}
	return append(parts, s[from:])
}

// entry begins the next entry of a line.
var entry = regexp.MustCompile(`[ \t\x{3000}](\p{Han}{2,8}[:：])`)

// captionLine takes in a line above a table, the nearest first. It is not taken if it
// is no part of the caption; with the caption itself all is done.
func (x *reader) captionLine(c *caption, span schema.Span, text string, heading bool) (taken, done bool) {
	if nouns, units := x.unitsOfNouns(text); units != nil {
		c.units, c.of = append(c.units, units...), append(c.of, nouns...)
		return true, false
	}
	rest, units := x.unitLine(text)
	if c.units == nil || c.of != nil { // 面积单位:亩 金额单位:万元
		c.units = append(c.units, units...)
	}
	if rest == "" {
		return true, false
	}
	if more, ok := x.continued(rest); ok {
		x.goesOn = true
		if rest = more; rest == "" {
			return true, false
		}
	}
	rest = byBracket.ReplaceAllString(rest, "$1")
	bare, u := x.unitIn(rest) // 低保标准(元/年)
	if !x.captionLike(bare, heading || u.known() && bare != rest && strings.HasSuffix(rest, ")")) {
		if c.period.Printed == "" && strings.Contains(rest, ":") {
			c.period = x.endOfEntry(span, rest)
		}
		return len(units) > 0 || strings.ContainsAny(rest, "□√☑:"), false
	}
	if u.known() && c.units == nil {
		c.units, rest, c.told = []string{unitText(rest, bare)}, bare, true
	} else if c.units == nil && bare != rest && tellsBase(rest) {
		c.units, rest = []string{rest[len(bare):]}, bare // 地区生产总值指数(上年=100)
	}
	p, without := timeIn(x.doc.Text, cell{Span: span, text: rest}, x.year)
	if p.Printed != "" && p.Start != "" && !(x.year > 0 && bareYear.MatchString(strings.Trim(digitYears(p.Printed), "年度"))) {
		c.period = p
	}
	t := &x.lex.Table
	c.subject = x.subjectOf(furtherYears.ReplaceAllString(without, ""))
	c.planned = containsEnd(rest, t.Planned) || containsEnd(rest, t.Allotted) && containsAny(rest, t.Plan)
	return true, true
}

// furtherYears stand behind the first in a caption: 、2020年财政收支.
var furtherYears = regexp.MustCompile(`^[、,和及与]?(?:19|20)[0-9]{2}年度?`)

// unitsOfNouns reads a line that gives each noun its unit: 面积:万亩, 单位:面积:亩;产量:吨, or
// 面积单位:公顷 蓄积单位:立方米.
func (x *reader) unitsOfNouns(s string) (nouns, units []string) {
	s = strings.Trim(s, "() ")
	for _, w := range x.lex.Table.Unit {
		s = strings.TrimPrefix(s, w+":")
	}
	for part := range strings.FieldsFuncSeq(unitOfNoun.ReplaceAllString(s, ";$0"), func(r rune) bool { return strings.ContainsRune(",;、，； ", r) }) {
		noun, unit, ok := strings.Cut(part, ":")
		bare := strings.TrimSuffix(noun, "单位")
		named := bare == noun && x.measured(noun) || x.unitsLike(bare) != nil
		if !ok || !named || !x.unitNamed(unit).known() || strings.Contains(bare, "单位") {
			return nil, nil
		}
		nouns, units = append(nouns, bare), append(units, unit)
	}
	return nouns, units
}

var unitOfNoun = regexp.MustCompile(`\p{Han}{2}单位:`) // 面积单位:亩产量单位:吨

// unitText is the unit in brackets that a caption ends with.
func unitText(s, bare string) string {
	if i := strings.LastIndexByte(s, '('); i >= 0 && strings.HasPrefix(s, bare) {
		return strings.Trim(s[i:], "() ")
	}
	return ""
}

// continued reports a caption that says that its table goes on with the one before,
// 续表, 3-4 续表 or 各乡镇财政收入(续一), and what else it says.
func (x *reader) continued(s string) (caption string, ok bool) {
	bare := s
	if !strings.HasPrefix(s, "续") {
		bare = strings.TrimSpace(tableNumber.ReplaceAllString(s, ""))
	}
	if i := strings.LastIndexByte(bare, '('); i > 0 && strings.HasSuffix(bare, ")") {
		if _, ok := x.continued(bare[i:]); ok {
			return strings.TrimSpace(bare[:i]), true
		}
	}
	bare = strings.Trim(bare, "()")
	for _, w := range x.lex.Table.Continued {
		if rest, ok := strings.CutPrefix(bare, strings.Trim(w, "()（）")); ok && strings.Trim(rest, "0123456789一二三四五六七八九十-():表 ") == "" {
			return "", true
		}
	}
	return s, false
}

// unitLine splits 附:…情况表单位:户、人、万元 into what stands before and the units.
func (x *reader) unitLine(text string) (rest string, units []string) {
	i := strings.LastIndex(text, "单位")
	if i < 0 {
		return text, nil
	}
	tail := text[i+len("单位"):]
	list := strings.TrimLeft(tail, " 为:：")
	if list == tail {
		return text, nil
	}
	before := strings.TrimRight(text[:i], " (（")
	before = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(before, "货币"), "计量"), "金额")
	if strings.HasSuffix(before, "填报") || strings.HasSuffix(before, "编制") || strings.HasSuffix(before, "制表") || strings.HasSuffix(before, "填表") || strings.HasSuffix(before, "报送") {
		return text, nil // 填报单位:民政局
	}
	if end := strings.IndexByte(list, ')'); end >= 0 && strings.Count(list[:end], "(") == 0 {
		list = list[:end] // of (单位:万元)
	}
	for _, w := range x.lex.TimeHead {
		if end := strings.Index(list, w); end > 0 {
			list = strings.TrimRight(list[:end], " ,;，；") // of (单位:吨,截至10月20日)
		}
	}
	units = x.unitList(translatedUnit.ReplaceAllString(list, ""))
	for _, u := range units {
		if utf8.RuneCountInString(u) > 10 || containsEnd(u, x.lex.Table.Body) && !x.unitNamed(u).known() {
			return text, nil // 单位:河口乡民政办
		}
	}
	return strings.TrimSpace(before), units
}

// translatedUnit is the English behind a unit: 万人 (10 000 persons.
var translatedUnit = regexp.MustCompile(` ?\([0-9 ,.]*[A-Za-z]{3,}[A-Za-z .,/]*\)?$`)

// captionLike reports a line that reads like the caption of a table, not like a
// sentence, an entry of a form or boxes to tick.
func (x *reader) captionLike(s string, heading bool) bool {
	if strings.ContainsAny(s, "。；;，□√☑✓?？!！") || strings.Contains(s, ":") && !strings.HasPrefix(s, "附") && !strings.HasPrefix(s, "表") {
		return false
	}
	if i := strings.LastIndexByte(s, '('); i > 0 {
		if p, _ := timeIn(s, cell{text: s[i:]}, 0); p.Printed != "" {
			s = s[:i] // 生产经营情况(2020年1-6月)
		}
	}
	bare := strings.Trim(s, "()（）0123456789 ")
	return heading || containsEnd(bare, x.lex.Table.End) || tableNumber.MatchString(s) || x.measured(bare) && x.hasSubject(bare)
}

var tableNumber = regexp.MustCompile(`^(?:附?表|附件|附|续表|专栏)[:： ]*[0-9一二三四五六七八九十]*(?:[-—.～~][0-9一二三四五六七八九十]+)*[:：、.． ]*|^[0-9]{1,2}-[0-9]{1,2}(?:-[0-9]{1,2})? *`)

var captionNumber = regexp.MustCompile(`^(?:(?:附?表|续表|附件)? *[0-9]{1,2}(?:[-—–－][0-9]{1,2}){1,2}|(?:附?表|续表|附件) *[0-9]{1,2}) *`)

// behindNumber leaves the number of a table out of the line above it, which is no
// figure: 1-4 人口与家庭.
func (x *reader) behindNumber(b int, s schema.Span) schema.Span {
	const near = 4 // blocks, with the line of units between
	blocks := x.doc.Blocks[b:min(b+near, len(x.doc.Blocks))]
	if s.Start != blocks[0].Start || blocks[0].Len() > 150 || !slices.ContainsFunc(blocks, func(k schema.Block) bool { return k.Kind == schema.Row }) {
		return s
	}
	text := s.In(x.doc.Text)
	if _, units := x.unitLine(foldCell(text)); len(units) > 0 { // 单位:元/500克, 单 位:元
		if at := strings.LastIndex(text, "单"); at >= 0 {
			s.End = s.Start + at
		}
	}
	if at := captionNumber.FindStringIndex(s.In(x.doc.Text)); at != nil {
		s.Start += at[1]
	}
	return s
}

// subjectOf is what a caption says that its table is about: of
// 表3-1 2012年清屏县城市低保情况统计表 it is 城市低保.
func (x *reader) subjectOf(s string) string {
	s = tableNumber.ReplaceAllString(s, "")
	if m := rowMarker.FindStringIndex(s); m != nil && m[1] < len(s) {
		s = readName(s).text
	}
	s, _ = x.unitIn(s)
	s = strings.NewReplacer("《", "", "》", "", "(", "", ")", "").Replace(s)
	s = x.withoutPlace(s)
	for {
		t := strings.TrimRight(strings.Trim(s, " 的与和及、-—之"), "一二三四五六七八九十")
		for _, w := range []string{"统计表", "统计简表", "简表", "总表", "一览表", "明细表", "情况表", "汇总表", "对比表", "花名册", "名册", "表"} {
			t = strings.TrimSuffix(t, w)
		}
		for _, w := range x.lex.Table.Empty {
			if len(t) == len(w) && t == w {
				return ""
			}
			t = strings.TrimSuffix(strings.TrimPrefix(t, w), w)
		}
		if t == s {
			break
		}
		s = t
	}
	switch n := utf8.RuneCountInString(s); {
	case n > 14 && !strings.ContainsAny(s, "、和与及"):
		return x.nounOfMeasure(s)
	case n > 14:
		return ""
	case n < 2:
		return ""
	}
	return s
}

// byBracket says at the end of a caption how its table is divided: (按技术等级分), 残疾人按性别分.
var byBracket = regexp.MustCompile(`(.)(?:\((?:一|二|三)?按[^()]*(?:分|分组|分类)\)|按[^()]{2,12}(?:分|分组|分类))$`)

// withoutPlace takes the place that a caption begins with off it: 清屏县城市低保,
// 东城街道2012年.
func (x *reader) withoutPlace(s string) string {
	r := []rune(s)
	cut := 0
	for i := 1; i < min(len(r), 12); i++ {
		switch r[i] {
		case '省', '市', '县', '区', '镇', '乡', '州', '旗', '盟', '局', '厅':
			if i+1 < len(r) && (strings.ContainsRune("级区场政域内外本保", r[i+1]) || r[i] == '市' && r[i+1] == '民' && i+2 < len(r) && r[i+2] != '政') {
				continue
			}
			if i >= 1 && (r[i-1] == '城' || r[i-1] == '超' || r[i-1] == '集' || r[i-1] == '地' || r[i-1] == '灾' || r[i-1] == '社' || r[i-1] == '各') {
				continue
			}
			cut = i + 1
		}
	}
	if cut < len(r) {
		return string(r[cut:])
	}
	return s
}

// A labelling is what the label of one figure is made of.
type labelling struct {
	groups []string // headings within the table above the row, outermost first
	names  []string // of the row, outermost first
	path   []string // of the column
	parent string   // of a row 其中: the name above
	base   string   // of an index, where others have another: (1978年=100)
	child  bool
	unit   string // of the figure
	open   bool   // neither row nor column tell the unit: what is measured stands above the table
	twice  bool   // the row's name stands in several groups
	shared bool   // other rows are divided whose measure ends like that of the row above: 销售面积 beside 施工面积
	again  bool   // a row 其中 of the same name divides another row of the same measure
	dated  bool   // row and column have times of their own
	kept   bool   // the innermost name of the column tells it from those beside it
}

// tableLabel joins the names to a title: place, subject, what, measure.
func (x *reader) tableLabel(l *labelling) (label string, slots schema.Slots) {
	places, row, cols := x.sortNames(l)
	body := x.composeRow(row, l)
	col := x.columnName(cols, body)
	if l.open && !x.measured(body) && !slices.ContainsFunc(l.path, x.measured) && x.fits(x.sheet.subject, l.unit) {
		if body == "" && col != "" {
			col = overlap(col, x.captionMeasure()) // 粮食 of 东县 below 各县播种面积
		} else {
			body = overlap(body, x.captionMeasure()) // 高等教育 below 一、学校数
		}
		if s := x.sheet.subject; l.unit == "元" && containsEnd(s, x.lex.Table.Fee) && !containsAny(body+col, x.lex.Table.Fee) && !containsAny(body+col, x.lex.MoneyHead) {
			body = overlap(body, s) // 普通小学 below 生均教育事业费
		}
	}
	text, object := x.withSubject(body, col, l)
	if x.sheet.told && !x.measured(text) {
		text = overlap(text, x.captionMeasure())
	}
	if slices.Contains(x.lex.Table.OwnName, l.unit) && !x.measured(text) {
		text = overlap(text, l.unit)
	}
	if text != "" {
		text += l.base
	}
	place := strings.Join(places, "")
	if body != "" && x.onlyGrowth(text) {
		return "", slots // of what has grown nothing is told
	}
	label = overlap(place, text)
	for ; utf8.RuneCountInString(label) > maxLabel && len(row) > 0 && len(row)+len(cols) > 1; row = row[1:] { // the inner names tell it from others
		label = overlap(place, x.weave(x.composeRow(row, l), last(cols)))
	}
	slots = x.tableSlots(object, col)
	slots.Place = place
	return clip(label, maxLabel), slots
}

// sortNames takes the places out of the names of row and column, and the heads that say nothing.
func (x *reader) sortNames(l *labelling) (places, row, cols []string) {
	for _, n := range l.names {
		switch {
		case n == "":
		case x.isPlace(n):
			places = append(places, n)
		default:
			row = append(row, n)
		}
	}
	for _, n := range l.path {
		switch {
		case slices.Contains(x.lex.Table.Note, n):
		case slices.Contains(x.lex.Table.Plain, n) && !(l.kept && (n == last(l.path) || hasPrefixOf(n, x.lex.Table.Current))):
		case x.isPlace(n) && !x.measured(n):
			places = append(places, n)
		default:
			cols = append(cols, n)
		}
	}
	return places, row, cols
}

// columnName makes one name of the heads of a column: of 基本情况, 户数 it is 户数. The outer
// ones that the row says too are left out, and 按性别分.
func (x *reader) columnName(cols []string, body string) (col string) {
	for i, n := range cols {
		if i+1 < len(cols) {
			if x.dividesHead(n) || strings.Contains(body, n) || strings.HasSuffix(n, "情况") && x.hasSubject(cols[i+1]) {
				continue
			}
		}
		col = overlap(col, n)
	}
	return col
}

// dividesHead reports a head that says by what a total is divided: 按性别分.
func (x *reader) dividesHead(head string) bool {
	return hasPrefixOf(head, x.lex.Table.By) && containsEnd(head, x.lex.Table.ByEnd)
}

// withSubject joins the names of row and column, and puts before them what they are about where
// they do not say it: the headings among the rows, then the caption. Object is the row's name,
// or that caption.
func (x *reader) withSubject(body, col string, l *labelling) (text, object string) {
	text, object = x.weave(body, col), body
	defer func() {
		if s := x.sheet.subject; x.sheet.twin && text != "" && !strings.Contains(text, s) {
			text = x.weave(s, text)
		}
	}()
	if who := x.countedAbove(text, l); who != "" {
		return x.weave(who, text), object
	}
	if x.hasSubject(text) && !x.ofAnother(body, col) && !(hasPrefixOf(body, x.lex.Table.By) && len(l.groups) > 0) {
		if l.twice {
			text = x.weave(last(l.groups), text)
		}
		return text, object
	}
	for i := len(l.groups) - 1; i >= 0 && (!x.hasSubject(text) || hasPrefixOf(text, x.lex.Table.By)); i-- {
		text = x.weave(l.groups[i], text)
	}
	s := x.sheet.subject
	lacks := x.ofAnother(body, col) || !x.hasSubject(text) || slices.Contains(x.lex.Table.Total, body) && !x.hasSubject(col)
	useful := (x.hasSubject(s) || !x.measured(text)) && (text != "" || l.dated || x.measured(s) || l.unit == "户" || l.unit == "人")
	if lacks && useful && !strings.Contains(text, s) {
		text, object = x.weave(s, text), s
	}
	return text, object
}

// ofAnother reports a column that only says how its figures compare, 占任务, 增减额 or 指数, beside the name of
// no row but a total.
func (x *reader) ofAnother(body, col string) bool {
	plain := body == "" || isTotal(body) || containsEnd(body, x.lex.Table.Subtotal)
	return plain && (ofWhole.MatchString(col) || x.onlyGrowth(col) || strings.HasSuffix(col, "数") && slices.Contains(x.lex.Table.Index, col))
}

// countedAbove is who or what is counted, where only the caption says so: 专任教师 of 专任教师学历、年龄结构 over
// 高级 of 普通高中, in 人. Cases, 件, are of all that it says.
func (x *reader) countedAbove(text string, l *labelling) string {
	s := x.sheet.subject
	u := x.unitNamed(l.unit)
	people := u.unit != nil && u.unit.Dim == lexicon.People
	measured := func(n string) bool { // but 质量 and 价格, which cases are of
		m := x.nounOfMeasure(n)
		return m != "" && (people || m != n && utf8.RuneCountInString(n) > 2)
	}
	if s == "" || !people && !slices.Contains(x.lex.Table.Case, l.unit) || measured(text) || !people && (x.saysCase(l) || containsEnd(text, x.lex.Table.Affair)) {
		return "" // 处罚 below 行政许可和行政处罚, 火灾 below 交通事故
	}
	for _, n := range slices.Concat(l.names, l.path, []string{l.parent, text}) {
		if n != "" && (measured(n) || x.impliedUnit(n).known() && !slices.Contains(x.lex.Table.Sex, n)) || containsAny(n, x.lex.Table.Person) {
			return ""
		}
	}
	if !people {
		return s
	}
	if x.impliedUnit(s).name == l.unit {
		return s
	}
	for i := range s {
		if x.impliedUnit(s[:i]).name == l.unit && hasPrefixOf(s[i:], x.lex.Table.Attribute) {
			return s[:i]
		}
	}
	return ""
}

// saysCase reports a name of row or column that is one of several cases of the caption: 刑事 below 刑事、治安案件.
func (x *reader) saysCase(l *labelling) bool {
	parts := strings.FieldsFunc(x.sheet.subject, func(r rune) bool { return strings.ContainsRune("和与及、", r) })
	return len(parts) > 1 && slices.ContainsFunc(parts, func(part string) bool {
		for _, w := range x.lex.Table.Affair {
			part = strings.TrimSuffix(part, w)
		}
		return part != "" && slices.ContainsFunc(slices.Concat(l.names, l.path), func(n string) bool {
			return utf8.RuneCountInString(n) > 1 && (strings.Contains(n, part) || strings.Contains(part, n))
		})
	})
}

// tableSlots divides object and measure: 粮食产量 names both, 户数 of 低保 stand apart.
func (x *reader) tableSlots(object, col string) schema.Slots {
	if col == "" {
		if m := x.nounOfMeasure(object); m != "" && m != object {
			return schema.Slots{Object: strings.TrimSuffix(object, m), Measure: m}
		}
	} else if m := x.nounOfMeasure(col); m != "" && m != col && x.hasSubject(col) {
		return schema.Slots{Object: overlap(object, strings.TrimSuffix(col, m)), Measure: m}
	}
	return schema.Slots{Object: object, Measure: col}
}

// fits reports that what a caption measures may have a unit: 学校数 所, 达标率 %.
func (x *reader) fits(subject, unit string) bool {
	u := x.impliedUnit(subject)
	return u.name == unit || !u.known() && unit != "" || u.isPercent() && strings.HasSuffix(unit, "百分点")
}

// composeRow makes one name of the names of a row: 粮食产量 with 其中:小麦 is
// 小麦产量, 门号数 over 北分 is 北分门号数.
func (x *reader) composeRow(row []string, l *labelling) string {
	out := ""
	for _, n := range row {
		if out != "" && strings.Contains(n, out) { // 人口 over 受灾人口
			out = n
			continue
		}
		if x.nounOfMeasure(out) != "" && x.nounOfMeasure(n) == "" && !x.isClass(n) {
			out = overlap(n, out)
			continue
		}
		out = overlap(out, n)
	}
	if !l.child || l.parent == "" {
		return out
	}
	part := x.composePart(out, l)
	for _, w := range x.lex.Table.Prices {
		if m := x.nounOfMeasure(l.parent); strings.HasPrefix(l.parent, w) && m != "" && strings.HasSuffix(part, m) && !strings.Contains(part, "价") {
			return w + part // 农业 of 当年价总产值
		}
	}
	return part
}

// composePart adds to the name of a row 其中 what it needs of the row above: 小麦 of
// 粮食产量 is 小麦产量.
func (x *reader) composePart(name string, l *labelling) string {
	m := x.nounOfMeasure(l.parent)
	subject := strings.TrimSuffix(strings.TrimSuffix(l.parent, m), "总")
	full := m
	if l.shared {
		full = x.fullMeasure(l.parent, m)
	}
	switch {
	case l.again && utf8.RuneCountInString(m) == 1:
		return overlap(l.parent, name)
	case l.again: // 残疾人 of 城市低保人数, and again of 农村低保人数
		return x.weave(overlap(subject, name), m)
	case l.twice && utf8.RuneCountInString(m) > 1: // 国有及国有控股 of 亏损企业个数, and again of 企业亏损额
		return overlap(name, full)
	case l.twice && m != "": // 外国人 of 接待人数, and again of 接待人天数
		return overlap(name, l.parent)
	case x.nounOfMeasure(name) != "":
		return name
	case m != "" && x.isClass(name):
		return x.weave(subject+name, m)
	case utf8.RuneCountInString(m) == 1: // 外国人 of 接待入境人天数
		return overlap(name, l.parent)
	case m != "":
		return overlap(name, full)
	case x.isClass(name):
		return overlap(l.parent, name)
	}
	return name
}

// fullMeasure is the measure that a name ends with, with the word before its noun: 销售面积 of
// 商品房销售面积; only the noun where that is no verb.
func (x *reader) fullMeasure(name, noun string) string {
	r := []rune(strings.TrimSuffix(name, noun))
	if n := len(r); n > 2 {
		if c, ok := x.lex.Words.Has(r[n-2:]); ok && lexicon.Class(c)&lexicon.Verb != 0 {
			return string(r[n-2:]) + noun
		}
	}
	return noun
}

// weave joins two names so that the measure stands last: 城市 and 低保户数,
// 低保户数 and 城市 are both 城市低保户数.
func (x *reader) weave(a, b string) string {
	switch {
	case a == "" || b == "":
		return a + b
	case slices.Contains(x.lex.Table.Kind, b) && x.nounOfMeasure(a) != "":
		m := x.nounOfMeasure(a)
		if slices.Contains(x.lex.Table.Ahead, b) || slices.Contains(x.lex.Table.Index, m) || utf8.RuneCountInString(m) == 1 || strings.HasSuffix(a, "总"+m) { // 城市居民消费价格指数, 女专任教师数, 国有土地总面积
			return overlap(b, a)
		}
		if head := strings.TrimSuffix(a, m); head != "" && !x.isMeasureWord([]rune(head)) { // but 集中资金支出
			return overlap(overlap(head, b), m)
		}
		return overlap(b, a)
	}
	return overlap(a, b)
}

// overlap joins two names without saying what both say twice: 城市低保 and
// 低保户数 are 城市低保户数.
func overlap(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "" || strings.HasSuffix(a, b):
		return a
	case strings.HasPrefix(b, a):
		return b
	}
	for i := range a {
		if i > 0 && len(a)-i >= 6 && strings.HasPrefix(b, a[i:]) {
			return a[:i] + b
		}
	}
	return a + b
}

// nounOfMeasure is the noun of a measure that a name ends with, the longest; empty if none.
func (x *reader) nounOfMeasure(s string) string {
	for _, w := range x.lex.Table.Index {
		if strings.HasSuffix(s, w) {
			return w
		}
	}
	r := []rune(s)
	for i := max(0, len(r)-6); i < len(r); i++ {
		if c, ok := x.lex.Words.Has(r[i:]); ok && lexicon.Class(c)&(lexicon.Measure|lexicon.Generic) != 0 && !x.isClass(string(r[i:])) {
			return string(r[i:])
		}
	}
	if len(r) > 1 && (r[len(r)-1] == '数' || r[len(r)-1] == '额' || r[len(r)-1] == '量') {
		return string(r[len(r)-1:])
	}
	return ""
}

// captionMeasure is what the caption says is measured: its noun, all of it if that is a mere 数.
func (x *reader) captionMeasure() string {
	s := x.sheet.subject
	for _, w := range x.lex.Table.Share {
		if strings.HasSuffix(s, w) && utf8.RuneCountInString(w) > 1 {
			return w
		}
	}
	switch m := x.nounOfMeasure(s); utf8.RuneCountInString(m) {
	case 0:
		return ""
	case 1:
		return s
	default:
		return m
	}
}

// captionIndex is the index that the caption ends with: 指数 of 地区生产总值指数.
func (x *reader) captionIndex() string {
	if m := x.nounOfMeasure(x.sheet.subject); slices.Contains(x.lex.Table.Index, m) {
		return m
	}
	return ""
}

func (x *reader) measured(s string) bool { return x.nounOfMeasure(s) != "" }

func (x *reader) isClass(s string) bool {
	return slices.Contains(x.lex.Table.Class, s) || slices.Contains(x.lex.Table.Total, s)
}

// hasSubject reports whether a name says what it is about: more than a measure
// and classes, 受灾人口 and 财政收入 but not 户数 or 城镇.
func (x *reader) hasSubject(s string) bool {
	r := []rune(s)
	left, nouns := 0, 0
	for i := 0; i < len(r); {
		n := 1
		known := false
		for size := min(6, len(r)-i); size > 0; size-- {
			w := string(r[i : i+size])
			if x.isClass(w) || slices.Contains(x.lex.Table.Plain, w) || x.isMeasureWord(r[i:i+size]) || containsAny(w, x.lex.Table.Growth) && size <= 2 {
				n, known = size, true
				if !x.isClass(w) && x.isMeasureWord(r[i:i+size]) && (i > 0 || size < len(r)) && nouns == 0 == (i == 0) {
					nouns++
				}
				break
			}
		}
		if !known && (r[i] >= 0x2e80 || isLetter(r[i])) {
			left++
		}
		i += n
	}
	return left > 0 || nouns > 1 || len(r) > 3 && r[len(r)-1] == '率'
}

func (x *reader) isMeasureWord(r []rune) bool {
	c, ok := x.lex.Words.Has(r)
	return ok && lexicon.Class(c)&lexicon.Generic != 0
}

// isPlace reports the name of a place or a body: 东城镇, 县民政局, 全县.
func (x *reader) isPlace(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 16 || x.isClass(s) && !slices.Contains(x.lex.Table.Area, s) {
		return false
	}
	for _, w := range x.lex.Table.Area {
		if strings.HasSuffix(s, w) {
			return !strings.HasSuffix(s, "小区") && !strings.HasSuffix(s, "灾区") && !strings.HasSuffix(s, "城乡") && !strings.HasSuffix(s, "农村") && !strings.HasSuffix(s, "乡村") && !strings.HasSuffix(s, "超市")
		}
	}
	return n > 2 && containsEnd(s, x.lex.Table.Body) && !x.measured(s)
}
