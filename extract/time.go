package extract

import (
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
)

// Expressions of time in the text: 2012年1-11月, 截止6月底, 一九八二年, 五年来,
// 201X年5月, 20日12时. They are no part of a label, and fill the column period.

// timeAt returns the end of the expression of time that starts at i, or i.
func (x *reader) timeAt(i int) int {
	l := &x.line
	if l.inCode(i) {
		return i
	}
	j := i
	for {
		k := x.timePart(j)
		if k == j {
			break
		}
		j = k
		for l.among(j, "至-~到、和") {
			k := x.timePart(j + 1)
			if k == j+1 {
				break
			}
			j = k
		}
	}
	if j == i {
		return i
	}
	return x.pastTail(x.pastTail(j)) // 10月|底|前
}

// pastTail is where a word that ends a time ends at i, i if there is none.
func (x *reader) pastTail(i int) int {
	if x.line.at(i) == '后' && clauseEnd(x.line.at(i+1)) { // 1985年后,共支出
		return i + 1
	}
	for _, w := range x.lex.TimeTail {
		if x.line.has(i, w) && !x.startsWith(i, x.lex.NotTail) { // not 2018年|中国, 2012年|初中
			return i + utf8.RuneCountInString(w)
		}
	}
	return i
}

// inCode reports a digit that belongs to a name of letters and a short number: PM10, PM2.5, SO2, but not GDP|2010年.
func (l *line) inCode(i int) bool {
	if !isDigit(l.at(i)) {
		return false
	}
	from := i
	for i-from < 4 && (isDigit(l.at(from-1)) || l.at(from-1) == '.') {
		from--
	}
	to := from
	for to-from < 4 && isDigit(l.at(to)) {
		to++
	}
	return isLetter(l.at(from-1)) && to-from < 4
}

// inTime reports the runes that count years, months and days.
func inTime(r rune) bool { return isDigit(r) || hanDigit(r) >= 0 || r == '十' }

// timePart reads one part: 2012年, 1-11月, 30日, 12时, 上半年.
func (x *reader) timePart(i int) int {
	l := &x.line
	switch {
	case l.at(i-1) == '月' && l.among(i, "上中下") && l.at(i+1) == '旬': // not 上旬镇
		return i + 2
	case !x.starts[class(l.at(i))].time:
		return i
	}
	if n, v := x.lex.Words.Longest(l.r[i:]); n > 1 && lexicon.Class(v)&lexicon.Time != 0 && !(l.at(i+n-1) == '前' && inTime(l.at(i+n))) { // but not 解放|前三年
		return i + n
	}
	if x.saidWord(i) && !x.startsWith(i+2, x.lex.NotYear) && x.wholeWord(phrase{i, i + 2}) { // not 其|次年产值, 同|年级
		return i + 2
	}
	_, plan := x.fiveYears(i)
	if j := max(plan, x.eraTime(i), x.frontTime(i)); j > i {
		return j
	}
	j := x.timeDigits(i)
	if j < 0 {
		return i
	}
	for at := j; l.among(at, "-~至、/") && inTime(l.at(at+1)); at = j {
		for j = at + 1; inTime(l.at(j)); j++ {
		}
		if l.at(at) == '、' && at-i <= 2 && j-at > 4 {
			return i // 2、|2013年目标
		}
	}
	for _, u := range timeUnits {
		if l.has(j, u.word) && (u.behind == "" || l.among(i-1, u.behind)) && !l.has(j, "周岁") {
			return j + utf8.RuneCountInString(u.word)
		}
	}
	return i
}

// saidWord reports a word at i that tells a year by the one named before it: 次年, 同年.
func (x *reader) saidWord(i int) bool {
	w := x.dateWordAt(i)
	return w != nil && w.Of == "said"
}

// wholeWord reports that a clause begins with p and a word ends there.
func (x *reader) wholeWord(p phrase) bool {
	return x.beginsClause(p.from) && x.line.cutWords(phrase{p.from, min(p.to+2, len(x.line.r))}, x.general)[p.to].ends
}

// eraTime reads a year of a reign or of the Republic: 民国三十六年, 宣统元年, 民国26年至36年.
func (x *reader) eraTime(i int) int {
	l := &x.line
	w := x.dateWordAt(i)
	if w == nil || w.Of != "era" {
		return i
	}
	j := i + w.Runes
	if l.has(j, "元年") {
		return j + 2
	}
	if _, end := l.small(j, len(l.r)); end > j && l.at(end) == '年' && !x.startsWith(end+1, x.lex.NotYear) {
		return end + 1
	}
	return i
}

// frontTime reads 前三年, 头两个月 at i, where a clause begins or the measure that was so much in it
// ends: 钢产量|前两年共增加. 解放|前三年, 占|前三年总量 and 前三年|级学生 are none.
func (x *reader) frontTime(i int) int {
	const most = 3
	l := &x.line
	front := ""
	for _, w := range x.lex.TimeFront {
		if l.has(i, w) {
			front = w
		}
	}
	if front == "" {
		return i
	}
	first := i + utf8.RuneCountInString(front)
	j := first
	for j < first+most && inTime(l.at(j)) {
		j++
	}
	for _, u := range x.lex.FrontUnit {
		end := j + utf8.RuneCountInString(u)
		if j == first || !l.has(j, u) || x.startsWith(end, x.lex.NotFront) {
			continue
		}
		if x.beginsClause(i) || x.frontMonths(i) > 0 && (x.endsWithWord(i, x.lex.FrontLeads) || l.at(i-1) == '年' && isDigit(l.at(i-2))) || x.measureEnds(i) && (x.startsWith(end, x.lex.InAll) || x.deedAt(end)) {
			return end
		}
	}
	return i
}

// measureEnds reports a measure that is no deed before i, where a word begins: 钢产量|前, but not 投产|后.
func (x *reader) measureEnds(i int) bool {
	const longest = 4
	cuts := x.line.cutWords(phrase{max(i-longest, 0), i + 1}, x.general)
	if !cuts[i].ends || !cuts[i+1].ends || strings.HasPrefix(cuts[i].tag, "v") {
		return false
	}
	for n := 2; n <= min(longest, i); n++ {
		if v, ok := x.lex.Words.Has(x.line.r[i-n : i]); ok {
			return lexicon.Class(v)&lexicon.Measure != 0
		}
	}
	return false
}

// timeDigits is where the digits of a time from i end, -1 if they are none or too many.
func (x *reader) timeDigits(i int) int {
	j := i
	for inTime(x.line.at(j)) || isMask(x.line.at(j)) {
		j++
	}
	if j == i || j-i > 6 {
		return -1
	}
	if _, end := x.line.yearApart(i); end > i {
		return end
	}
	return j
}

// yearApart reads the four digits of a year that stand apart from i, and no others with them:
// 1 9 9 7 年, but not 12 2011 年. It ends at 年.
func (l *line) yearApart(i int) (year, end int) {
	if l.at(i+1) != ' ' || l.at(i-1) == ' ' && inTime(l.at(i-2)) {
		return 0, i
	}
	for k := range 4 {
		at := i + 2*k
		n, j := l.small(at, min(at+1, len(l.r)))
		if j != at+1 || n > 9 || k > 0 && l.r[at-1] != ' ' {
			return 0, i
		}
		year = year*10 + n
	}
	if end = l.spaces(i + 7); l.at(end) != '年' || year < 1900 || year >= 2100 {
		return 0, i
	}
	return year, end
}

// timeUnits end a part of a time; some only right behind another part: 5月20号, 12时30分.
var timeUnits = []struct{ word, behind string }{
	{"年代初期", ""}, {"年代中期", ""}, {"年代后期", ""}, {"年代末期", ""}, {"年代", ""}, {"学年", ""},
	{"世纪初期", ""}, {"世纪中期", ""}, {"世纪中叶", ""}, {"世纪后期", ""}, {"世纪末期", ""}, {"世纪", ""},
	{"年", ""}, {"月", ""}, {"日", ""}, {"时", ""}, {"旬", ""}, {"季", ""}, {"周", ""}, {"天", ""},
	{"个月", ""}, {"小时", ""}, {"多年", ""},
	{"号", "月"}, {"点", "日时点"}, {"分", "日时点"},
}

// quotes may stand around the number of a five-year plan.
const quotes = "“”‘’\"'"

// fiveYears reads a five-year plan as a time, and which: “十一五”期间, “十二五”以来, 第一个五年计划时期.
// Without one its end is i, which may still name one: “九五”计划.
func (x *reader) fiveYears(i int) (n, end int) {
	l := &x.line
	j := i
	if l.at(i) == '第' {
		n, j = l.small(i+1, len(l.r))
		for l.at(j) == '、' { // 第一、第二个五年计划: of two
			if j++; l.at(j) == '第' {
				j++
			}
			_, j = l.small(j, len(l.r))
			n = 0
		}
		if !l.has(j, "个五年") {
			return 0, i
		}
		if j += 3; !l.at2(j, "计划", "规划") {
			n = 0 // of a company, not of the country
		}
	} else {
		if l.among(j, quotes) {
			j++
		}
		k := j
		for k < j+3 && hanDigit(l.at(k)) >= 0 || l.at(k) == '十' {
			k++
		}
		if k-j < 2 || k-j > 3 || l.at(k-1) != '五' {
			return 0, i
		}
		n, _ = l.small(j, k-1)
		if j = k; l.among(j, quotes) {
			j++
		}
	}
	if l.at2(j, "计划", "规划") {
		j += 2
	}
	for _, w := range x.lex.PlanPeriod {
		if w != "计划" && w != "规划" && l.has(j, w) {
			return n, j + len([]rune(w))
		}
	}
	return n, i
}
