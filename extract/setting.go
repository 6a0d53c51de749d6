package extract

import (
	"strings"
	"unicode/utf8"
)

// The setting of a figure: what stands around it. Between two figures of a
// sentence stands a gap:
//
//	…农村大病196户 ,发放救助金 525000元 ;城市大病救助 84户…
//
// Its last piece, after the last punctuation, belongs to the figure on its
// right (own); a piece that touches the figure on its left may be the noun that
// it counts (post); pieces between are clauses of their own.
type setting struct {
	gap    phrase // between the figure before it and itself
	own    phrase // the words before it in its clause
	delim  rune   // the punctuation before own, 0 if own touches the figure before
	post   phrase // the words after it in its clause
	clause int    // number of the stretch between ; that it stands in
	apart  int    // marks that end a clause between the figure before and itself

	openBracket bool // own follows a bracket that opens behind the figure before
	inside      bool // it stands in a bracket that opens behind another figure
	closed      bool // a bracket closes between the figure before and own
	colonList   bool // a colon stands between the figure before and own
}

// around computes the setting of every figure of the line.
func (x *reader) around() {
	l := &x.line
	prev, clause := 0, 0
	for k := range x.mentions {
		m := &x.mentions[k]
		s := setting{gap: phrase{prev, m.from}}
		s.own, s.delim = x.lastPiece(s.gap, k > 0)
		if s.delim == ':' && s.own.empty() { // 建筑面积:|1.2万平方米
			p, delim := x.lastPiece(phrase{s.gap.from, s.own.from - 1}, k > 0)
			if toks := x.tokens(p, nil); len(toks) > 0 && x.measureFrom(toks) == 0 {
				s.own, s.delim = p, delim
			}
		}
		if at := x.namesEach(s.own, m.to); at > 0 {
			s.own.from, s.delim = at, ':'
		}
		for _, r := range x.line.r[s.gap.from:s.gap.to] {
			if clauseEnd(r) {
				s.apart++
			}
		}
		end := len(l.r)
		if k+1 < len(x.mentions) {
			end = x.mentions[k+1].from
		}
		s.post = x.firstPiece(phrase{m.to, end})
		if k > 0 {
			s.openBracket = s.delim == '(' && s.own.from == prev+1
			s.closed = x.findIn(s.gap, ")") >= 0
			s.inside = x.insideBracket(s.gap, x.mentions[k-1].inside)
			s.colonList = l.at(prev) == ':' // 补偿62.18万人次:住院4.92万人次
			if s.delim == 0 && s.own.from == prev && x.mentions[k-1].isMoney() && l.has(prev, "标准") && !l.has(prev, "标准化") {
				s.own.from += 2 // 按年2217元标准兑现398户优待金: the word is that of the sum
			}
			if x.findIn(s.gap, ";") >= 0 {
				clause++
			}
		}
		s.clause = clause
		x.trimMarker(&s)
		m.setting = s
		prev = m.to
	}
}

// namesEach is where the name begins of the first of several that are named each before its figure, 0 if they are not:
// 护理标准分别为|全自理1200元、半护理3600元. The figure ends at to.
func (x *reader) namesEach(own phrase, to int) int {
	const longest = 10
	l := &x.line
	at := x.respectively(own)
	if at < 0 || !l.among(to, "、，,") || !isNoun(l.at(to+1)) {
		return 0
	}
	for next := to + 1; !isDigit(l.at(next)); next++ {
		if next > to+longest || !isNoun(l.at(next)) {
			return 0
		}
	}
	for _, w := range x.lex.EachIs {
		if from := at + 2 + utf8.RuneCountInString(w); l.has(at+2, w) && from+1 < own.to && isNoun(l.at(from)) && !x.startsWith(from, x.lex.NotEach) {
			return from
		}
	}
	return 0
}

// insideBracket reports whether a bracket is open at the end of a gap.
func (x *reader) insideBracket(gap phrase, open bool) bool {
	for _, r := range x.line.r[gap.from:gap.to] {
		switch r {
		case '(':
			open = true
		case ')':
			open = false
		}
	}
	return open
}

// trimMarker takes the number of a list item off: 1、城市低保标准提高到, 一是.
func (x *reader) trimMarker(s *setting) {
	l := &x.line
	i := l.spaces(s.own.from)
	if r := l.at(i); r >= '①' && r <= '⒛' || r >= '㈠' && r <= '㈩' { // ①完成白内障手术
		s.own.from = i + 1
		i = l.spaces(i + 1)
	}
	j := i
	for isDigit(l.at(j)) || hanDigit(l.at(j)) >= 0 || l.at(j) == '十' {
		j++
	}
	if j > i && j < s.own.to && (l.at(j) == '、' || l.at(j) == '.' && !isDigit(l.at(j+1))) {
		s.own.from = j + 1
	} else if j == i+1 && l.at(j) == '是' && hanDigit(l.at(i)) > 0 { // 一是
		s.own.from = j + 1
	}
}

// lastPiece returns the part of a gap after its last clause punctuation, and
// that punctuation: 0 if the whole gap touches the figure before it.
func (x *reader) lastPiece(gap phrase, inner bool) (phrase, rune) {
	r := x.line.r
	for i := gap.to - 1; i >= gap.from; i-- {
		switch c := r[i]; c {
		case ')':
			if j := x.open(i, gap.from); j >= 0 {
				i = j
				continue
			}
			if i++; inner && i < gap.to && r[i] == '、' { // 镇9个(含重点镇2个)、乡3个
				c, i = '、', i+1
			}
			return phrase{i, gap.to}, c
		case '，', ',', ';', ':', '。', '!', '?', '(', '\n', '\t':
			return phrase{i + 1, gap.to}, c
		case '、':
			if inner && i == gap.from {
				return phrase{i + 1, gap.to}, c
			}
		}
	}
	return gap, 0
}

// open finds the bracket that ) at i closes, if it lies in the gap.
func (x *reader) open(i, from int) int {
	for j := i - 1; j >= from && j > i-40; j-- {
		if x.line.r[j] == '(' {
			return j
		}
	}
	return -1
}

// firstPiece returns what follows a figure up to the first punctuation.
func (x *reader) firstPiece(p phrase) phrase {
	r := x.line.r
	i := p.from
	for ; i < p.to && i < p.from+40; i++ {
		c := r[i]
		if c == '“' || c == '”' || c == '"' || c == '《' || c == '》' {
			continue
		}
		if c == '、' && !x.leadsToFigure(i, p.to) {
			continue
		}
		if j := x.skipTitle(i, p.to); j > i+1 && c == '(' && (i > p.from || isDigit(x.line.at(j))) { // 乡(镇、街道), 7县(自治县)64个
			i = j - 1
			continue
		}
		if isPunct(c) {
			break
		}
	}
	return phrase{p.from, i}
}

// leadsToFigure reports whether what follows 、 at i runs straight into the
// next figure, and so belongs to that: 8个中队、13台.
func (x *reader) leadsToFigure(i, to int) bool {
	if to == len(x.line.r) {
		return false
	}
	for j := i + 1; j < to; j++ {
		switch x.line.r[j] {
		case '，', ',', ';', ':', '。', '(':
			return false
		}
	}
	return true
}

// onlyJoins reports a gap that holds nothing but signs that join.
func (x *reader) onlyJoins(p phrase) bool {
	if p.to-p.from > 6 || p.empty() {
		return false
	}
	for i := p.from; i < p.to; i++ {
		switch x.line.r[i] {
		case '、', ' ', '和', '与', '及', '以', '，', ',':
		default:
			return false
		}
	}
	return true
}

// findIn is the last place of a word in a phrase, -1 if it is not there.
func (x *reader) findIn(p phrase, word string) int {
	if l := &x.line; l.may(word) {
		if i := strings.LastIndex(l.cut(p.from, p.to), word); i >= 0 {
			return l.rune(int(l.at8[max(p.from, 0)]) + i)
		}
	}
	return -1
}

// holdsAny reports whether one of the words stands in a phrase.
func (x *reader) holdsAny(p phrase, words []string) bool {
	for _, w := range words {
		if x.line.may(w) && strings.Contains(x.line.cut(p.from, p.to), w) {
			return true
		}
	}
	return false
}
