package extract

import (
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// What looks like a figure and is none: ordinals, codes, document numbers,
// dates, ages, roads, grades, rhetoric.

// starter marks the characters at which next has something to read; all others
// are passed over with one look-up.
type starter [1 << 16]bool

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
		s[r] = isDigit(r) || isHan(r) || isMask(r) || isLetter(r) || lex.Fixed.Starts(r)
	}
	for _, r := range "第〔[几数半" {
		s[r] = true
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

// accept decides whether what figure read is a figure.
func (x *reader) accept(f *figure) bool {
	l := &x.line
	prev := l.at(f.from - 1)
	if isLetter(prev) && f.start == f.from && !l.named(f.from) || prev == '第' || prev == '$' || prev == '图' {
		return false
	}
	if (prev == '-' || prev == '.') && isDigit(l.at(f.from-2)) || (prev == '.' || prev == '·') && f.han && hanDigit(l.at(f.from-2)) >= 0 {
		return false // the end of a date or a code, 三·八节
	}
	if l.at(f.to) == '岁' || l.at(f.to) == '周' && l.at(f.to+1) == '岁' {
		return false // 0-14岁人口
	}
	if f.unit == nil && !f.ratio {
		return x.acceptIndex(f) || x.acceptListed(f) || x.acceptPart(f) || x.acceptBare(f)
	}
	if x.headingNumber(f) || x.isCode(f) {
		return false
	}
	if isDigit(l.r[f.start]) && l.at(f.start-1) == ' ' && isDigit(l.at(f.start-2)) && f.start == f.from {
		f.number.suspect, f.flag = true, "cut" // 12 3456人: digits before it may belong to it
	}
	if (prev == '‘' || prev == '’' || prev == '\'' || prev == '`') && isDigit(l.at(f.from-2)) && f.start == f.from {
		f.number.suspect, f.flag = true, "cut" // 1‘3%: a point that was read as a quotation mark
	}
	if f.start == 0 && isDigit(l.r[0]) && x.cutBefore() {
		f.number.suspect, f.flag = true, "cut" // 1 07⏎0平方米: a part of a number
	}
	if f.ratio {
		return f.value.Known()
	}
	if f.number.suspect {
		f.value, f.max = schema.Decimal{}, schema.Decimal{}
		return true
	}
	if prev == '每' || x.everyOneAt(f) || l.find(f.to-1, f.to+4, "单元") && (f.name == "栋" || f.name == "幢") {
		return false // 每10万人; an address
	}
	if x.suspect(f) {
		f.number.suspect, f.value, f.max = true, schema.Decimal{}, schema.Decimal{}
		return true
	}
	if f.masked {
		return x.acceptMask(f)
	}
	if !f.value.Known() || graded(l.at(f.to), l.at(f.to+1)) {
		return false
	}
	if f.bare {
		return x.acceptMultiplier(f)
	}
	if f.han {
		return x.acceptHan(f)
	}
	if isYear(f) && !f.scaled && f.unit.Digit && f.unit.Dim == lexicon.Count {
		return false // 2019市文联: 年 is lost
	}
	if f.name == "位" && (prev == '移' || prev == '升' || prev == '降' || prev == '进' || prev == '退') {
		return false // 较上年前移2位: places of a rank
	}
	if prev == '前' && f.unit.Dim != lexicon.Percent && f.unit.Dim != lexicon.Money && (f.name == "名" || f.name == "位" || f.name == "强" || f.name == "次") {
		return false // 前5名: a rank
	}
	return !x.inName(f) && !x.imprint(f) && !x.siteCount(f)
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
	if f.scaled || f.unit == nil || f.unit.Dim != lexicon.Count && f.unit.Dim != lexicon.People || len(f.digits) > 5 || !strings.Contains(f.digits, ".") {
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
	return !f.scaled && !f.han && len(f.digits) > 4 && f.unit != nil && (x.endsWithWord(at, x.lex.Code) || f.unit.Digit && f.unit.Dim == lexicon.Count && len(f.digits) > 7)
}

// siteCount refuses what a site counts or sells: 阅读:1268次, VIP会员9.9元/月.
func (x *reader) siteCount(f *figure) bool {
	l := &x.line
	if l.at(f.to) == '字' && (l.find(f.from-8, f.from, "隐藏") || l.find(f.from-8, f.from, "省略") || l.find(f.from-8, f.from, "显示")) {
		return true // 此处隐藏638个字
	}
	if f.name == "页" && (!isNoun(l.at(f.from-1)) || l.at(f.from-1) == '共' || l.at(f.from-1) == '到' || l.at(f.from-1) == '页') {
		return true // 共9页
	}
	end := f.from
	if l.at(end-1) == ':' {
		end--
	} else if !(f.isMoney() && l.at2(end-2, "会员", "价格")) {
		return false
	}
	for _, w := range x.lex.SiteCount {
		if l.has(end-utf8.RuneCountInString(w), w) {
			return true
		}
	}
	return false
}

// imprint refuses the copies of a document: (共印120份).
func (x *reader) imprint(f *figure) bool {
	return f.name == "份" && (x.line.has(f.from-2, "共印") || x.line.has(f.from-2, "印发") || x.line.has(f.from-2, "印数")) && x.ends(f.to)
}

// graded reports a figure that only names a grade: 26兆瓦级, 千万吨级, 8人制.
func graded(r, next rune) bool {
	return r == '级' && next != '别' || r == '型' || r == '制' && next != '作' && next != '定' && next != '造' && next != '度' && next != '种' && next != '成'
}

// inName refuses 7个一: fixed forms in digits. 15个方面 is refused by units.txt.
func (x *reader) inName(f *figure) bool {
	l := &x.line
	if f.unit.Dim == lexicon.Percent || f.unit.Dim == lexicon.Money {
		return false
	}
	return l.at(f.to) == '一' && f.name == "个" && hanDigit(l.at(f.to+1)) < 0
}

// acceptMask refuses hidden dates and names: XX村 is a village, 20XX年 a year.
func (x *reader) acceptMask(f *figure) bool {
	if f.unit.Dim == lexicon.Span || f.unit.Digit {
		return false
	}
	if f.name == "个" || f.name == "米" || f.name == "里" {
		return x.line.at(f.to) != '县'
	}
	return true
}

// acceptMultiplier accepts a multiplier without digits only where a bound makes
// it a figure: 超千亿元, 突破千项, 百余人. 千家万户, 上百人 are none.
func (x *reader) acceptMultiplier(f *figure) bool {
	l := &x.line
	if l.at(f.from-1) == '上' || l.at(f.from-1) == '成' || l.at(f.from-1) == '数' || l.at(f.from-1) == '几' {
		return false
	}
	if l.at(f.to-1) == '上' && isNoun(l.at(f.to)) {
		return false // 亿元以上项目: a class
	}
	if f.approx == schema.Over || f.approx == schema.Under || f.approx == schema.About {
		return true
	}
	if l.has(f.from-2, "突破") || l.has(f.from-1, "破") || l.has(f.from-2, "超过") || l.at(f.from-1) == '过' {
		f.approx = schema.Over
		return true
	}
	return false
}

// acceptHan decides on Chinese numerals. Large ones measure; a small one before
// a noun is rhetoric (四项制度, 三大原则) unless what it counts can be touched.
func (x *reader) acceptHan(f *figure) bool {
	l := &x.line
	switch l.at(f.from - 1) {
	case '“':
		if f.small || isTen(f) {
			return false // “十张网”, “四人帮”
		}
	case '前', '届':
		if f.name == "位" || f.name == "名" || f.name == "次" {
			return false // 前六位, 五届三次会议
		}
	case '到', '在', '于', '成', '为', '作', '往', '一':
		if f.name == "处" && f.value.Cmp(schema.Int(1)) == 0 {
			return false // 调到一处, 集中在一处
		}
	case '第', '之', '每', '逐', '任', '唯', '统', '万', '星', '周', '初':
		return false
	case '同', '某', '其', '这', '那', '该', '老':
		if f.small || isTen(f) {
			return false
		}
	}
	if f.unit.Dim == lexicon.Percent || f.unit.Dim == lexicon.Times || !f.small && !isTen(f) {
		return !x.rhetorical(f) || !f.small && f.value.Cmp(schema.Int(20)) > 0
	}
	if f.unit.Dim != lexicon.Count && f.unit.Dim != lexicon.People {
		return f.value.Cmp(schema.Int(1)) > 0 || x.ends(f.to)
	}
	if f.small && l.r[f.start] == '二' && f.name == "次" {
		return false // 二次开发: an ordinal
	}
	one := f.value.Cmp(schema.Int(1)) == 0
	if l.at(f.from-1) == '分' && !one {
		return true // 分两批发放
	}
	if x.ends(f.to) { // 敬老院两所, 自然灾害六次
		return isNoun(l.at(f.from-1)) && (!loose(f.name) || f.name == "条" && x.endsWithWord(f.from, x.lex.Strand)) && !(one && (f.name == "次" || f.name == "项" || f.name == "个" || f.name == "件" || f.name == "起")) && !x.rhetoricalBefore(f)
	}
	if f.name == "个" || f.name == "项" {
		return !one && x.counted(f) && !x.rhetorical(f)
	}
	return !one && !loose(f.name) && !x.rhetorical(f)
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

func isTen(f *figure) bool { return f.value.Known() && f.value.Cmp(schema.Int(10)) <= 0 }

// loose are the classifiers that rhetoric likes.
func loose(name string) bool {
	switch name {
	case "种", "类", "层", "条", "批", "面", "期", "部", "片", "段", "级", "道", "组", "队", "班", "站", "线", "对", "方", "口", "门", "点", "份", "本", "支", "回", "把":
		return true
	}
	return false
}

// ends reports whether a figure that ends at i ends its clause, or is followed
// by another figure.
func (x *reader) ends(i int) bool {
	r := x.line.at(i)
	return r == 0 || isPunct(r) || isDigit(r) || isHan(r)
}

func isNoun(r rune) bool { return r > 0x4e00 }

// rhetorical reports whether what stands after the figure is counted as rhetoric.
func (x *reader) rhetorical(f *figure) bool {
	l := &x.line
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
	for _, w := range words {
		if x.line.has(i-utf8.RuneCountInString(w), w) {
			return true
		}
	}
	return false
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

// cutBefore reports whether a digit ends the text right before the line: its
// first number is then the rest of one.
func (x *reader) cutBefore() bool {
	before := strings.TrimRight(x.doc.Text[:x.line.Start], " \n")
	return x.line.Start > 0 && len(before) > 0 && len(before) >= x.line.Start-2 && isDigit(rune(before[len(before)-1]))
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
