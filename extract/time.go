package extract

import (
	"unicode/utf8"

	"mingxi/extract/lexicon"
)

// Expressions of time in the text: 2012年1-11月, 截止6月底, 一九八二年, 五年来,
// 201X年5月, 20日12时. They are no part of a label, and fill the column period.

// timeAt returns the end of the expression of time that starts at i, or i.
func (x *reader) timeAt(i int) int {
	l := &x.line
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
	for _, w := range x.lex.TimeTail {
		if l.has(j, w) && !x.cutsWord(j) {
			return j + len([]rune(w))
		}
	}
	return j
}

// cutsWord reports that a word stands at i of which an end of a time would be
// only the beginning: 2018年|中国, 2012年|初中.
func (x *reader) cutsWord(i int) bool {
	for _, w := range x.lex.NotTail {
		if x.line.has(i, w) {
			return true
		}
	}
	return false
}

// inTime reports the runes that count years, months and days.
func inTime(r rune) bool { return isDigit(r) || hanDigit(r) >= 0 || r == '十' }

// timePart reads one part: 2012年, 1-11月, 30日, 12时, 上半年.
func (x *reader) timePart(i int) int {
	l := &x.line
	if !x.starts[class(l.at(i))].time {
		return i
	}
	if n, v := x.lex.Words.Longest(l.r[i:]); n > 1 && lexicon.Class(v)&lexicon.Time != 0 {
		return i + n
	}
	if j := x.planTime(i); j > i {
		return j
	}
	j := i
	if has(x.lex.TimeFront, l.cut(i, i+1)) && inTime(l.at(i+1)) && !has(x.lex.NotFront, l.cut(i-1, i)) { // 前三年, but 学前三年
		j++
	}
	if j = x.timeDigits(j); j < 0 {
		return i
	}
	for at := j; l.among(at, "-~至、/") && inTime(l.at(at+1)); at = j {
		for j = at + 1; inTime(l.at(j)); j++ {
		}
	}
	for _, u := range timeUnits {
		if l.has(j, u.word) && (u.behind == "" || l.among(i-1, u.behind)) && !l.has(j, "周岁") {
			return j + utf8.RuneCountInString(u.word)
		}
	}
	return i
}

// timeDigits is where the digits of a time from i end, which may stand apart (1 9 8 6 年); -1 if they are none
// or too many.
func (x *reader) timeDigits(i int) int {
	l := &x.line
	j, n := i, 0
	for ; inTime(l.at(j)) || isMask(l.at(j)) || n > 0 && l.at(j) == ' ' && inTime(l.at(j-1)) && (inTime(l.at(j+1)) || l.at(j+1) == '年'); j++ {
		if l.at(j) != ' ' {
			n++
		}
	}
	if n == 0 || n > 6 {
		return -1
	}
	return j
}

// timeUnits end a part of a time; some only right behind another part: 5月20号, 12时30分.
var timeUnits = []struct{ word, behind string }{
	{"年", ""}, {"月", ""}, {"日", ""}, {"时", ""}, {"旬", ""}, {"季", ""}, {"周", ""}, {"天", ""},
	{"个月", ""}, {"小时", ""}, {"多年", ""},
	{"号", "月"}, {"点", "日时点"}, {"分", "日时点"},
}

// planTime reads a five-year plan as a time: “十一五”期间, “十二五”以来.
func (x *reader) planTime(i int) int {
	l := &x.line
	j := i
	if l.at(j) == '“' {
		j++
	}
	k := j
	for k < j+3 && hanDigit(l.at(k)) >= 0 || l.at(k) == '十' {
		k++
	}
	if k-j < 2 || k-j > 3 || l.at(k-1) != '五' {
		return i
	}
	if l.at(k) == '”' {
		k++
	}
	for _, w := range x.lex.PlanPeriod {
		if w != "计划" && w != "规划" && l.has(k, w) {
			return k + len([]rune(w))
		}
	}
	return i
}
