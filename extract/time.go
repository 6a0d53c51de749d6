package extract

import "mingxi/extract/lexicon"

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
		for c := l.at(j); c == '至' || c == '-' || c == '~' || c == '到' || c == '、' || c == '和'; c = l.at(j) {
			if k := x.timePart(j + 1); k > j+1 {
				j = k
				continue
			}
			break
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

// timePart reads one part: 2012年, 1-11月, 30日, 12时, 上半年.
func (x *reader) timePart(i int) int {
	l := &x.line
	if n, v := x.lex.Words.Longest(l.r[i:]); n > 1 && lexicon.Class(v)&lexicon.Time != 0 {
		return i + n
	}
	if j := x.planTime(i); j > i {
		return j
	}
	j := i
	for isDigit(l.at(j)) || isMask(l.at(j)) || hanDigit(l.at(j)) >= 0 || l.at(j) == '十' {
		j++
	}
	if j == i || j-i > 6 {
		return i
	}
	for c := l.at(j); c == '-' || c == '~' || c == '至' || c == '、' || c == '/'; c = l.at(j) {
		k := j + 1
		for isDigit(l.at(k)) || hanDigit(l.at(k)) >= 0 || l.at(k) == '十' {
			k++
		}
		if k == j+1 {
			break
		}
		j = k
	}
	switch l.at(j) {
	case '年', '月', '日', '时', '旬', '季':
		return j + 1
	case '号':
		if l.at(i-1) == '月' {
			return j + 1
		}
	case '个':
		if l.at(j+1) == '月' {
			return j + 2
		}
	case '小':
		if l.at(j+1) == '时' {
			return j + 2
		}
	case '多':
		if l.at(j+1) == '年' {
			return j + 2
		}
	case '周':
		if l.at(j+1) == '岁' { // 60周岁
			return i
		}
		return j + 1
	case '天':
		return j + 1
	case '点', '分':
		if l.at(i-1) == '日' || l.at(i-1) == '时' || l.at(i-1) == '点' {
			return j + 1
		}
	}
	return i
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
