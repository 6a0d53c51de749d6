package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// What looks like a figure and is none: ordinals, codes, document numbers, dates,
// roads, grades, rhetoric. What no number begins with is passed over; what reads like
// a number is asked for the traps of the table refusals.

// starter marks the characters at which next or timePart has something to read; all
// others are passed over with one look-up.
type starter [1 << 16]struct{ figure, time bool }

func class(r rune) uint16 {
	if r > 0xffff {
		return 0
	}
	return uint16(r)
}

// newStarters collects the characters at which a figure or a trap can start.
func newStarters(lex *lexicon.Lexicon) *starter {
	s := new(starter)
	for r := rune(1); r < 0xffff; r++ {
		s[r].figure = isDigit(r) || isHan(r) || isMask(r) || isLetter(r) || lex.Fixed.Starts(r)
		s[r].time = inTime(r) || isMask(r) || r == '“' || r == '第'
	}
	for _, r := range "第〔[几数半" {
		s[r].figure = true
	}
	for w, v := range lex.Words.All() {
		if r, size := utf8.DecodeRuneInString(w); size < len(w) && lexicon.Class(v)&lexicon.Time != 0 {
			s[class(r)].time = true
		}
	}
	for w := range lex.Dates.All() {
		r, _ := utf8.DecodeRuneInString(w)
		s[class(r)].time = true
	}
	for _, w := range lex.TimeFront {
		r, _ := utf8.DecodeRuneInString(w)
		s[class(r)].time = true
	}
	return s
}

// ordinal passes over 第三, 第1页, 第二十七条.
func (l *line) ordinal(i int) int {
	j := l.spaces(i + 1)
	for isDigit(l.at(j)) || isHan(l.at(j)) {
		j++
	}
	if j == i+1 {
		return j
	}
	for power(l.at(j)) > 0 {
		j++
	}
	return j + 1 // with the classifier: 第三个五年, 第5次
}

// code passes over letters with digits: PM2.5, G318, 5G, A4, COVID-19.
func (l *line) code(i int) int {
	if l.has(i, "http") || l.has(i, "www.") {
		for i < len(l.r) && l.r[i] > ' ' && l.r[i] < 0x2e80 {
			i++
		}
		return i
	}
	j := i
	for isLetter(l.at(j)) {
		j++
	}
	if l.named(j) {
		return j
	}
	for isLetter(l.at(j)) || j > i && (isDigit(l.at(j)) || (l.at(j) == '-' || l.at(j) == '.' || l.at(j) == '/' || l.at(j) == '_') && (isLetter(l.at(j+1)) || isDigit(l.at(j+1)))) {
		j++
	}
	return j
}

// named reports letters before i that name an indicator and are no code: GDP36.8亿元.
func (l *line) named(i int) bool {
	for _, w := range l.lex.Acronym {
		if n := len(w); l.has(i-n, w) && !isLetter(l.at(i-n-1)) && !isLetter(l.at(i)) {
			return true
		}
	}
	return false
}

// docNumber passes over 〔2012〕47号.
func (l *line) docNumber(i int) int {
	for j := i + 1; j < len(l.r) && j < i+10; j++ {
		if l.r[j] == '〕' || l.r[j] == ']' {
			for j++; isDigit(l.at(j)); j++ {
			}
			return j
		}
	}
	return i + 1
}

// skipNumber passes over what number refused: 1.2.3, serial numbers, runs of
// numerals that are no numeral.
func (l *line) skipNumber(i int) int {
	if isHan(l.at(i)) {
		for isHan(l.at(i)) {
			i++
		}
		return i // 队伍65支: the digits are another number
	}
	for isDigit(l.at(i)) || isMask(l.at(i)) || (l.at(i) == '.' || l.at(i) == '-' || l.at(i) == ':') && isDigit(l.at(i+1)) {
		i++
	}
	return i
}

// A form is how a number stands in the text; a trap lies in wait for some of them.
type form uint

const (
	unitless form = 1 << iota // 对象2557
	ratio                     // 1/4, 2.31:1
	damaged                   // digits that a site put in, cut or replaced
	hidden                    // 20XX
	power10                   // 千 of 超千亿元
	han                       // 三个
	digits                    // 3个

	valued   = power10 | han | digits
	withUnit = damaged | hidden | valued
	anyForm  = unitless | ratio | withUnit
)

// A trap is what looks like a figure and is none. One holds for a number of its forms
// that stands behind one of the runes before, in front of one of the runes behind, and
// has one of the units, where they are given.
type trap struct {
	name, example  string
	of             form
	before, behind string
	units          []string
	holds          func(x *reader, f *figure) bool // nil: nothing more is asked
}

// mapScale reports the scale of a map: 1:5万地形图, 比例尺1:2000.
func (x *reader) mapScale(f *figure) bool {
	l := &x.line
	return (l.has(f.from, "1:") || l.has(f.from-2, "1:")) && (l.find(max(0, f.from-8), f.from, "比例尺") || containsAny(l.cut(f.to, min(f.to+8, len(l.r))), x.lex.MapKind))
}

// refusals are the traps in their order. A new one is a line, if its runes and units
// tell it.
var refusals = []trap{
	{"字母", "G318国道", anyForm, "", "", nil, (*reader).inCode},
	{"编号", "第3名", anyForm, "第$图^", "", nil, func(x *reader, f *figure) bool { return x.line.at(f.from-1) != '图' || f.unit == nil }}, // 图3, but not 地形图12幅
	{"比例尺", "1:5万地形图", anyForm, "", "", nil, (*reader).mapScale},
	{"折算", "按5:1折粮", ratio | valued, "按以", "折", nil, nil},
	{"日期", "2009-3-15人", anyForm, "-.·", "", nil, (*reader).endsDate},
	{"标题", "2.3人口与就业", withUnit, "", "", nil, (*reader).headingNumber},
	{"号码", "编号:219627269县", withUnit, "", "", nil, (*reader).isCode},
	{"每", "每10万人", withUnit, "每", "", nil, nil},
	{"单位", "元/500克", withUnit, "/", "", nil, func(x *reader, f *figure) bool { return f.from == 2 && x.lex.Find(string(x.line.r[0])) != nil }},
	{"每一", "每遣返1人", withUnit, "", "", nil, (*reader).everyOneAt},
	{"末段", "最后1公里", valued, "后", "", []string{"公里", "米"}, func(x *reader, f *figure) bool { return x.line.at(f.from-2) == '最' }},
	{"一式", "一式6份", valued, "式", "", []string{"份"}, nil},
	{"人口类", "六亿人口的大国", valued, "", "的", []string{"人口"}, func(x *reader, f *figure) bool { return x.startsWith(f.to+1, x.lex.Peopled) }},
	{"住址", "3栋2单元", withUnit, "", "", []string{"栋", "幢"}, func(x *reader, f *figure) bool { return x.line.find(f.to-1, f.to+4, "单元") }},
	{"隐去的名", "XX村", hidden, "", "", nil, func(x *reader, f *figure) bool { return f.unit.Dim == lexicon.Span || f.unit.Digit }},
	{"过长", "999999999999999亿亿元", valued | unitless, "", "", nil, func(x *reader, f *figure) bool { return !f.value.Known() }},
	{"等级", "千万吨级", valued, "", "级型制", nil, (*reader).graded},
	{"上百", "上百人", power10, "上成数几", "", nil, nil},
	{"以上类", "亿元以上项目", power10, "", "", nil, func(x *reader, f *figure) bool { return x.line.at(f.to-1) == '上' && isNoun(x.line.at(f.to)) }},
	{"超亿类", "超亿元的乡镇5个", power10, "", "的", nil, (*reader).ofClass},
	{"千万", "千家万户", power10, "", "", nil, func(x *reader, f *figure) bool { return f.approx == schema.Exact || f.approx == schema.Range }},
	{"引语", "“四人帮”", han, "“", "", nil, (*reader).upToTen},
	{"届次", "前六名", han, "前届", "", []string{"位", "名", "次"}, nil},
	{"一处", "调到一处", han, "到在于成为作往一", "", []string{"处"}, (*reader).isOne},
	{"序数", "之一个", han, "第之每逐任唯统万星周初", "", nil, func(x *reader, f *figure) bool {
		return !x.line.among(f.from-2, "年期") || x.line.at(f.from-3) == '大'
	}}, // 年初七万元 is none
	{"指代", "这三个", han, "同某其这那该老", "", nil, (*reader).upToTen},
	{"修辞", "四项制度", han, "", "", nil, (*reader).rhetorical},
	{"一亩", "一亩地", han, "", "", nil, (*reader).lone},
	{"二次", "二次开发", han, "", "", []string{"次"}, func(x *reader, f *figure) bool { return f.small && x.line.r[f.start] == '二' }},
	{"句末", "一次", han, "", "", nil, (*reader).endsLoose},
	{"一个", "一支队伍", han, "", "", nil, func(x *reader, f *figure) bool { return x.fewOf(f) && x.isOne(f) }},
	{"量词", "三条经验", han, "", "", nil, (*reader).loose},
	{"年", "2019市文联", digits, "", "", nil, func(x *reader, f *figure) bool {
		return isYear(f) && !f.scaled && f.unit.Digit && f.unit.Dim == lexicon.Count
	}},
	{"年龄段", "年龄结构是30岁以下7815人", digits, "", "", []string{"岁", "分"}, func(x *reader, f *figure) bool {
		return f.approx != schema.Exact && (isDigit(x.line.at(f.to)) || f.name == "岁" && isNoun(x.line.at(f.to)))
	}}, // 年龄、性别的15岁及以上人口
	{"浓度", "5%葡萄糖注射液", digits, "", "", []string{"%"}, (*reader).solution},
	{"升位", "前移2位", digits, "移升降进退", "", []string{"位"}, nil},
	{"项目", "(二)3.2项目资金", digits, "", "目", []string{"项"}, func(x *reader, f *figure) bool { return strings.Contains(f.digits, ".") }},
	{"名次", "前5名", digits, "前", "", []string{"名", "位", "强", "次"}, nil},
	{"几个一", "7个一", digits, "", "一", []string{"个"}, func(x *reader, f *figure) bool {
		return hanDigit(x.line.at(f.to+1)) < 0 && !x.startsWith(f.to, x.lex.FirstOf)
	}}, // not 3个|一等奖
	{"印数", "共印120份", digits, "", "", []string{"份"}, (*reader).imprint},
	{"点击", "阅读:1268次", digits, "", "", nil, (*reader).siteCount},
	{"页数", "共9页", digits, "", "", []string{"页"}, (*reader).pages},
}

// catches reports that a figure falls into the trap.
func (t *trap) catches(x *reader, f *figure) bool {
	l := &x.line
	return (t.before == "" || l.among(f.from-1, t.before)) &&
		(t.behind == "" || l.among(f.to, t.behind)) &&
		(t.units == nil || has(t.units, f.name)) && (t.holds == nil || t.holds(x, f))
}

// refusal is the trap that a figure of a form falls into, nil if it falls into none.
func (x *reader) refusal(f *figure, is form) *trap {
	for i := range refusals {
		if t := &refusals[i]; t.of&is != 0 && t.catches(x, f) {
			return t
		}
	}
	return nil
}

// accept decides whether what figure read is a figure.
func (x *reader) accept(f *figure) bool {
	is := x.formOf(f)
	if x.refusal(f, is) != nil {
		return false
	}
	switch is {
	case unitless:
		return x.lend(f)
	case ratio:
		return f.value.Known()
	case damaged:
		f.number.suspect, f.value, f.max = true, schema.Decimal{}, schema.Decimal{}
	}
	return true
}

// formOf tells the form of a number, and marks what is cut and what is passed.
func (x *reader) formOf(f *figure) form {
	switch {
	case f.ratio:
		return ratio
	case f.unit == nil:
		return unitless
	case x.cut(f):
		f.flag = "cut"
		return damaged
	case f.number.suspect, x.suspect(f):
		return damaged
	case f.masked:
		return hidden
	case f.bare:
		x.passed(f)
		return power10
	case f.han:
		return han
	}
	return digits
}

// cut reports a number whose first digits may stand apart from it.
func (x *reader) cut(f *figure) bool {
	l := &x.line
	if !isDigit(l.r[f.start]) || f.start != f.from {
		return false
	}
	switch l.at(f.start - 1) {
	case ' ':
		point := l.back(f.start) - 1
		k := point
		for l.at(point) == '.' && isDigit(l.at(k-1)) {
			k--
		}
		if k < point && isNoun(l.at(k-1)) {
			return true // 投资2. 35亿元, not 2. 35亿元 of a list
		}
		return isDigit(l.at(l.back(f.start)-1)) || l.at(f.start-2) == ' ' && l.at(l.back(f.start)-1) == '%' // 12 3456人; 120  98%  15人: columns
	case '‘', '’', '\'', '`':
		return isDigit(l.at(f.start - 2)) // 12 3456人; 1‘3%: a point that was read as a quotation mark
	case ',':
		return isDigit(l.at(f.start-2)) && l.find(f.start, f.end, ",") // 12,34,567元
	case '.':
		return l.at(f.start-2) == '.' && isDigit(l.at(f.start-3)) // 1..2万元
	}
	return x.opensLine(f.start) && x.cutBefore() // 1 07⏎0平方米, 14.⏎3、8%
}

// passed makes a bound of a multiplier that has been passed: 突破千项, 过百人.
func (x *reader) passed(f *figure) {
	l := &x.line
	if f.approx == schema.Exact && (l.has(f.from-2, "突破") || l.has(f.from-1, "破") || l.has(f.from-2, "超过") || l.at(f.from-1) == '过') {
		f.approx = schema.Over
	}
}

// ofClass reports a multiplier that only tells a class of things, which are counted behind it: 产值超亿元的|乡镇5个.
func (x *reader) ofClass(f *figure) bool {
	for i := f.to + 1; i < len(x.line.r) && !isPunct(x.line.r[i]); i++ {
		if isDigit(x.line.r[i]) {
			return f.approx == schema.Over || x.line.among(f.from-1, "超过上破")
		}
	}
	return false
}

// solution reports a per cent that begins the name of something dissolved: 5%葡萄糖注射液, 40%辛硫磷乳油.
func (x *reader) solution(f *figure) bool {
	return x.line.at(f.to) != '的' && x.holdsAny(x.firstPiece(phrase{f.to, min(f.to+9, len(x.line.r))}), x.lex.Solution)
}

// inCode reports the end of a code: G318, but not GDP36.8亿元.
func (x *reader) inCode(f *figure) bool {
	return isLetter(x.line.at(f.from-1)) && f.start == f.from && !x.line.named(f.from)
}

// endsDate reports the end of a date or a code: 2009-3-15, 三·八节.
func (x *reader) endsDate(f *figure) bool {
	prev, first := x.line.at(f.from-1), x.line.at(f.from-2)
	return prev != '·' && isDigit(first) || prev != '-' && f.han && hanDigit(first) >= 0
}

// everyOneAt reports the one of 每遣返1人: what the rate is per.
func (x *reader) everyOneAt(f *figure) bool {
	if !f.value.Known() || f.value.Cmp(schema.Int(1)) != 0 {
		return false
	}
	for i := f.from - 1; i >= 0 && i > f.from-6 && isNoun(x.line.r[i]); i-- {
		if x.line.r[i] == '每' {
			if size, _ := x.lex.Pers.Longest(x.line.r[i+1:]); size > 0 {
				return false // 每户至少1人就业
			}
			_, end := x.everyOne(i + 1)
			return end > f.start
		}
	}
	return false
}

// headingNumber refuses the number of a heading before a measure word: 2.3人口与
// 就业, 4.5项目建设. Nobody counts 2.3 people but on average.
func (x *reader) headingNumber(f *figure) bool {
	l := &x.line
	if f.scaled || f.unit.Dim != lexicon.Count && f.unit.Dim != lexicon.People || len(f.digits) > 5 || !strings.Contains(f.digits, ".") {
		return false
	}
	if prev := l.at(f.from - 1); prev != 0 && prev != '\n' && prev != '。' && prev != ';' && (len(x.figs) == 0 || x.figs[len(x.figs)-1].to != f.from) {
		return false
	}
	return isNoun(l.at(f.to)) || len([]rune(f.name)) > 1
}

// isCode reports a number of a file, an account or a telephone: 编号:219627269县.
func (x *reader) isCode(f *figure) bool {
	at := f.from
	for r := x.line.at(at - 1); r == ':' || r == ' '; r = x.line.at(at - 1) {
		at--
	}
	return !f.scaled && !f.han && len(f.digits) > 4 && (x.endsWithWord(at, x.lex.Code) || f.unit.Digit && f.unit.Dim == lexicon.Count && len(f.digits) > 7)
}

// siteCount refuses what a site counts or sells: 阅读:1268次, VIP会员9.9元/月.
func (x *reader) siteCount(f *figure) bool {
	l := &x.line
	if l.at(f.to) == '字' && (l.find(f.from-8, f.from, "隐藏") || l.find(f.from-8, f.from, "省略") || l.find(f.from-8, f.from, "显示")) {
		return true // 此处隐藏638个字
	}
	end := f.from
	if l.at(end-1) == ':' {
		end--
	} else if !(f.isMoney() && l.at2(end-2, "会员", "价格")) {
		return false
	}
	return slices.ContainsFunc(x.lex.SiteCount, func(w string) bool { return l.has(end-utf8.RuneCountInString(w), w) })
}

// pages refuses what a document or a site has of pages: 共9页.
func (x *reader) pages(f *figure) bool {
	prev := x.line.at(f.from - 1)
	return !isNoun(prev) || prev == '共' || prev == '到' || prev == '页'
}

// imprint refuses the copies of a document: (共印120份).
func (x *reader) imprint(f *figure) bool {
	return (x.line.at2(f.from-2, "共印", "印发") || x.line.has(f.from-2, "印数")) && x.ends(f.to)
}

// graded reports a figure that only names a grade: 26兆瓦级, 8人制, but not 级别, 制度.
func (x *reader) graded(f *figure) bool {
	switch next := x.line.at(f.to + 1); x.line.at(f.to) {
	case '级':
		return next != '别'
	case '制':
		return next == 0 || !strings.ContainsRune("作定造度种成", next)
	}
	return true
}

func (x *reader) isOne(f *figure) bool { return f.value.Cmp(schema.Int(1)) == 0 }

// upToTen reports at most ten, not 十余.
func (x *reader) upToTen(f *figure) bool {
	c := f.value.Cmp(schema.Int(10))
	return c < 0 || c == 0 && f.approx != schema.Over
}

// few reports up to ten people or things, which are counted by rhetoric too: 三大原则.
// 分两批发放 counts.
func (x *reader) few(f *figure) bool {
	return x.upToTen(f) && (f.unit.Dim == lexicon.Count || f.unit.Dim == lexicon.People) && (x.line.at(f.from-1) != '分' || x.isOne(f))
}

// fewOf reports few of what stands behind: 三个乡镇.
func (x *reader) fewOf(f *figure) bool { return x.few(f) && !x.ends(f.to) }

// lone reports at most one of a measure before a noun: 一亩地.
func (x *reader) lone(f *figure) bool {
	switch f.unit.Dim {
	case lexicon.Percent, lexicon.Times, lexicon.Count, lexicon.People:
		return false
	}
	return f.value.Cmp(schema.Int(1)) <= 0 && !x.ends(f.to)
}

// endsLoose reports few at the end of a clause that count nothing named before:
// but 敬老院两所, 自然灾害六次.
func (x *reader) endsLoose(f *figure) bool {
	if !x.few(f) || !x.ends(f.to) {
		return false
	}
	if !isNoun(x.line.at(f.from-1)) || x.rhetoricalBefore(f) || x.isOne(f) && has(x.lex.RhetoricOne, f.name) {
		return true
	}
	return has(x.lex.RhetoricUnit, f.name) && !(f.name == "条" && x.endsWithWord(f.from, x.lex.Strand))
}

// loose reports few by a classifier that rhetoric likes, or by 个 and 项 before what
// numerals do not count.
func (x *reader) loose(f *figure) bool {
	return x.fewOf(f) && (has(x.lex.RhetoricUnit, f.name) || (f.name == "个" || f.name == "项") && !x.counted(f))
}

// counted reports a noun after the figure that numerals really count: 三个乡镇.
func (x *reader) counted(f *figure) bool {
	l := &x.line
	end := f.to
	for end < len(l.r) && end < f.to+10 && !isPunct(l.r[end]) && !isDigit(l.r[end]) {
		if n, v := x.lex.Words.Longest(l.r[end:]); n > 0 && end > f.to && lexicon.Class(v)&(lexicon.Verb|lexicon.State|lexicon.Function|lexicon.Change) != 0 && lexicon.Class(v)&lexicon.Keep == 0 {
			break
		}
		end++
	}
	n, _ := x.lex.Counts.LongestBefore(l.r[f.to:end])
	return n > 0
}

// ends reports whether a figure that ends at i ends its clause, or is followed
// by another figure.
func (x *reader) ends(i int) bool {
	r := x.line.at(i)
	return r == 0 || isPunct(r) || isDigit(r) || isHan(r)
}

// isNoun reports a character of words: no mark, of which ， stays wide.
func isNoun(r rune) bool { return r > 0x4e00 && r < 0xff00 }

// rhetorical reports a numeral up to twenty whose noun is counted as rhetoric: 四项制度.
func (x *reader) rhetorical(f *figure) bool {
	l := &x.line
	if f.value.Cmp(schema.Int(20)) > 0 {
		return false
	}
	for j := f.to; j < f.to+8 && j < len(l.r) && !isPunct(l.r[j]); j++ {
		n, v := x.lex.Words.Longest(l.r[j:])
		if n > 0 && lexicon.Class(v)&lexicon.Rhetorical != 0 && (n > 1 || j == f.to) {
			return true
		}
	}
	return false
}

// endsWithWord reports that one of the words ends at i.
func (x *reader) endsWithWord(i int, words []string) bool {
	return i <= len(x.line.r) && containsEnd(x.line.cut(0, i), words)
}

func (x *reader) rhetoricalBefore(f *figure) bool {
	l := &x.line
	for n := 1; n <= 4; n++ {
		if f.from-n < 0 {
			return false
		}
		v, ok := x.lex.Words.Has(l.r[f.from-n : f.from])
		if ok && lexicon.Class(v)&lexicon.Rhetorical != 0 {
			return true
		}
	}
	return false
}

// opensLine reports that nothing stands before a rune of the line but the number of a segment: 3、|2%.
func (x *reader) opensLine(i int) bool {
	if i > 1 && x.line.r[i-1] == '、' {
		for i--; i > 0 && isDigit(x.line.r[i-1]); i-- {
		}
	}
	return i == 0
}

// cutBefore reports whether a digit, or one with a point, ends the text right before the line: its
// first number is then the rest of one.
func (x *reader) cutBefore() bool {
	before := strings.TrimRight(x.doc.Text[:x.line.Start], " \n")
	if x.line.Start == 0 || len(before) < x.line.Start-2 {
		return false
	}
	whole, point := strings.CutSuffix(before, ".")
	n := len(whole)
	return n > 0 && isDigit(rune(whole[n-1])) && (!point || n > 1 && isDigit(rune(whole[n-2]))) // not 见附表1.
}

func isYear(f *figure) bool {
	return f.value.Cmp(schema.Int(1900)) > 0 && f.value.Cmp(schema.Int(2100)) < 0 && len(f.digits) == 4
}

// isPunct reports the punctuation that ends a phrase.
func isPunct(r rune) bool {
	switch r {
	case '，', ',', ';', ':', '。', '.', '、', '!', '?', '(', ')', '“', '”', '"', '《', '》', '\n', '\t', '…', '\'', '‘', '’', '【', '】', '〔', '〕', '<', '>', '|':
		return true
	}
	return false
}
