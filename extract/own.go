package extract

import (
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
)

// The words before a figure in its clause: whom and what they are about, which
// verb of change or level leads to the figure, whether they speak of intentions.

// readOwn reads the words before a figure: what they say, whether a verb of
// change or level leads to it, what it is per, whether it is intended.
func (x *reader) readOwn(m, prev *mention) {
	x.trimMarker(m)
	m.openBracket = prev != nil && m.delim == '(' && m.own.from == prev.to+1
	m.closed = x.findIn(m.gap, ")") >= 0
	m.colonList = prev != nil && x.line.at(prev.to) == ':' // 补偿62.18万人次:住院4.92万人次
	m.total, m.sum = m.totals(x), x.findIn(m.own, "共") >= 0
	m.inPart = containsPhrase(x, m.gap, x.lex.Part)
	m.partial = prev != nil && m.delim == 0 && (containsPhrase(x, phrase{prev.to, m.from}, x.lex.Within) || x.line.at(prev.to) == '中')
	if prev != nil {
		m.clause = prev.clause
		if x.findIn(m.gap, ";") >= 0 {
			m.clause++
		}
	}
	m.planned = m.planned || x.findIn(m.gap, "力争") >= 0
	x.rates(m, prev)
	x.setPlace(m)
	own := m.own
	if !m.perText.empty() && m.perText.to == own.to && m.perText.from >= own.from && x.line.r[own.to-1] != '均' && len(m.per) <= 9 {
		own.to = m.perText.from // 生活补助标准为|每人每月195元
	}
	x.buf = x.tokens(own, x.buf)
	toks := x.strip(m, x.dropRate(m, x.buf))
	x.analyse(m, x.fit(toks))
}

// trimMarker takes the number of a list item off: 1、城市低保标准提高到.
func (x *reader) trimMarker(m *mention) {
	l := &x.line
	i := l.spaces(m.own.from)
	j := i
	for isDigit(l.at(j)) || hanDigit(l.at(j)) >= 0 || l.at(j) == '十' {
		j++
	}
	if j > i && j < m.own.to && (l.at(j) == '、' || l.at(j) == '.' && !isDigit(l.at(j+1))) {
		m.own.from = j + 1
	} else if j == i+1 && l.at(j) == '是' && hanDigit(l.at(i)) > 0 { // 一是
		m.own.from = j + 1
	}
}

// dropRate takes the words of a rate with 每 out of the words before:
// 每人每月195元, but 人均 stays.
func (x *reader) dropRate(m *mention, toks []token) []token {
	if m.perText.empty() || x.line.r[m.perText.to-1] == '均' || m.perText.to-m.perText.from < 2 || len(m.per) > 9 && !strings.Contains(m.per, "·") {
		return toks
	}
	kept := make([]token, 0, len(toks)+1)
	for _, t := range toks {
		if t.to <= m.perText.from || t.from >= m.perText.to {
			kept = append(kept, t)
			continue
		}
		if t.from < m.perText.from {
			left := t
			left.to = m.perText.from
			kept = append(kept, left)
		}
		if t.to > m.perText.to {
			t.from, t.class = m.perText.to, 0
			if v, ok := x.lex.Words.Has(x.line.r[t.from:t.to]); ok {
				t.class = lexicon.Class(v)
			}
			kept = append(kept, t)
		}
	}
	return kept
}

// strip takes the words that say nothing off both ends, and notes what they
// tell: 其中, plans, growth, levels.
func (x *reader) strip(m *mention, toks []token) []token {
	for i, t := range toks {
		if t.is(lexicon.Time) && x.quarter(t) {
			m.when = x.text(t.phrase)
		}
		if t.is(lexicon.Plan) && x.intends(toks, i) || t.is(lexicon.Time) && x.is(t, "明年") {
			m.planned = true
		}
		if t.is(lexicon.Standard) {
			m.standard = true
		}
		if t.is(lexicon.Change) && t.is(lexicon.Measure) || x.is(t, "超过") && t.to+1 < m.from && m.isPercent() {
			m.growth = true
		}
		if x.base(t) {
			x.scope.base = x.text(t.phrase)
		}
	}
	toks = x.stripTail(m, toks)
	if m.change == "" && !m.level {
		x.moreOrLess(m, toks)
	}
	return x.stripHead(toks)
}

// moreOrLess reads 多 or 少 before a verb where something is compared:
// 同比多救助86人次; and 减少 at the head: 减少返贫320户.
func (x *reader) moreOrLess(m *mention, toks []token) {
	compared := false
	for _, t := range toks {
		switch {
		case t.is(lexicon.Change) && x.is(t, "同比"), t.is(lexicon.Function) && x.compares(t.phrase):
			compared = true
		case compared && (x.line.r[t.from] == '多' || x.line.r[t.from] == '少'):
			m.change = string(x.line.r[t.from])
			return
		case t.is(lexicon.Change) && x.is(t, "减少"):
			m.change = "减少"
			return
		case !t.is(lexicon.Function | lexicon.Time | lexicon.Change):
			return
		}
	}
}

// intends reports a word of intention that is used as one: 将 before a verb and
// not for 把 (将三无人员纳入), 计划 at the head and not in 科技计划项目.
func (x *reader) intends(toks []token, i int) bool {
	t := toks[i]
	if t.to-t.from > 1 && !t.is(lexicon.Verb) && !x.is(t, "计划") && !x.is(t, "目标") && !x.is(t, "要求") && !x.is(t, "谋划") {
		return true
	}
	last := i == len(toks)-1
	if x.is(t, "将") {
		if last {
			return true
		}
		next := toks[i+1]
		switch x.line.r[next.from] {
		case '会', '被', '比', '有', '还', '再', '继', '达', '超':
			return true
		}
		return next.is(lexicon.Verb | lexicon.State | lexicon.Change | lexicon.Level)
	}
	for _, before := range toks[:i] {
		if !before.is(lexicon.Function | lexicon.Time) {
			return false
		}
	}
	return last || !toks[i+1].content() && !x.is(toks[i+1], "的") || x.line.r[toks[i+1].from] == '总'
}

// quarter reports a part of a year, which tells figures of one thing apart.
func (x *reader) quarter(t token) bool {
	return x.findIn(t.phrase, "季度") >= 0 || x.findIn(t.phrase, "半年") >= 0 || x.is(t, "全年")
}

// stripTail takes off verbs of level and change and words of function.
func (x *reader) stripTail(m *mention, toks []token) []token {
	for len(toks) > 0 {
		t := toks[len(toks)-1]
		if len(toks) > 1 && t.to == m.perText.to && x.line.r[t.to-1] == '均' && toks[len(toks)-2].is(lexicon.Level|lexicon.Function) {
			toks = toks[:len(toks)-1] // 补助标准增加到人均
			continue
		}
		switch {
		case t.is(lexicon.Level):
			m.level = true
		case t.class == 0 && t.to == m.own.to && x.endsInChange(t) && (x.line.r[t.to-1] != '高' && x.line.r[t.to-1] != '低' && x.line.r[t.to-1] != '多' && x.line.r[t.to-1] != '少' || x.findIn(m.own, "比") >= 0 || x.findIn(m.own, "较") >= 0):
			m.change = string(x.line.r[t.to-1])
			toks[len(toks)-1].to--
			if t.to-t.from > 1 {
				return toks
			}
		case t.is(lexicon.Change) && !t.is(lexicon.Measure):
			if !m.level && m.change == "" {
				m.change = strings.TrimSuffix(x.text(t.phrase), "了")
			}
		case t.is(lexicon.Function) && !t.is(lexicon.Member):
			if x.turnsLevel(t) && len(toks) > 1 && toks[len(toks)-2].is(lexicon.Change) {
				m.level = true
			}
		case t.is(lexicon.Plan) && !t.is(lexicon.Measure) && (!x.is(t, "计划") && !x.is(t, "目标") || x.intends(toks, len(toks)-1)), t.is(lexicon.Time):
		default:
			return toks
		}
		toks = toks[:len(toks)-1]
	}
	return toks
}

func (x *reader) stripHead(toks []token) []token {
	for len(toks) > 0 {
		t := toks[0]
		if !t.is(lexicon.Time|lexicon.Function|lexicon.Plan) || t.is(lexicon.Keep|lexicon.Member) || t.is(lexicon.Plan) && t.is(lexicon.Verb) {
			break
		}
		toks = toks[1:]
	}
	return toks
}

// endsInChange reports 增, 减 at the end of a run of unknown words: 人均月增40元.
func (x *reader) endsInChange(t token) bool {
	switch x.line.r[t.to-1] {
	case '增', '减', '升', '降', '涨':
		return t.to-t.from <= 3
	case '高', '低', '多', '少':
		return t.to-t.from > 1
	}
	return false
}

// is reports whether a token is the word.
func (x *reader) is(t token, word string) bool {
	return x.line.has(t.from, word) && t.to-t.from == utf8.RuneCountInString(word)
}

// base reports the names by which a report calls its own place.
func (x *reader) base(t token) bool {
	if t.to-t.from != 2 {
		return false
	}
	switch x.line.r[t.from] {
	case '全', '我', '本', '该':
		r := x.line.r[t.from+1]
		return isPlaceEnd(r) || r == '国' || r == '局' || r == '院' || r == '校'
	}
	return false
}

// turnsLevel reports verbs that make a word of change a level: 增长 为 10%.
func (x *reader) turnsLevel(t token) bool {
	return t.to-t.from == 1 && (x.line.r[t.from] == '到' || x.line.r[t.from] == '至' || x.line.r[t.from] == '为')
}

// fit cuts the front of a long phrase at a hinge, so that what remains fits.
func (x *reader) fit(toks []token) []token {
	for length(toks) > maxOwn {
		next := 1
		for next < len(toks) && !hinge(toks[next-1], x.line.r) {
			next++
		}
		if next >= len(toks) || length(toks[next:]) < 3 {
			break
		}
		toks = toks[next:]
	}
	return toks
}

// analyse finds the subject of the words and whether they stand alone.
func (x *reader) analyse(m *mention, toks []token) {
	m.subject, m.words, m.strong, m.verbs, m.noObject, m.member = "", "", false, false, false, false
	if len(toks) == 0 {
		return
	}
	var words, lead, object strings.Builder
	open, verb := true, false
	for i, t := range toks {
		if i+1 < len(toks) && toks[i+1].is(lexicon.Time) && t.to-t.from == 1 && t.is(lexicon.Function) {
			continue // 自2012年
		}
		if t.is(lexicon.Time) || t.is(lexicon.Function) && t.to-t.from > 1 && !t.is(lexicon.Keep|lexicon.Member) && !x.is(t, "以上") && !x.is(t, "以下") {
			open = open && lead.Len() == 0
			continue
		}
		s := x.text(t.phrase)
		if strings.Trim(s, "0123456789.-") == "" {
			continue
		}
		words.WriteString(s)
		predicate := t.is(lexicon.Verb|lexicon.State|lexicon.Change|lexicon.Level) && !t.is(lexicon.Keep|lexicon.Measure|lexicon.Member)
		if predicate {
			open, verb = false, true
			m.noObject = t.is(lexicon.Verb) && !t.is(lexicon.State) && i == len(toks)-1
			if object.Len() > 0 && t.is(lexicon.Verb) { // 困难家庭临时救助资金
				object.WriteString(s)
			}
			continue
		}
		if t.content() || t.is(lexicon.Measure) && t.to-t.from >= 5 {
			m.strong = true
		}
		m.member = m.member || t.is(lexicon.Member) && len(toks) <= 2
		if open {
			lead.WriteString(s)
		} else {
			object.WriteString(s)
		}
	}
	if last := toks[len(toks)-1]; last.is(lexicon.Verb) && !last.is(lexicon.State) && lead.Len() > 0 && object.Len() == 0 && m.strong {
		lead.WriteString(x.text(last.phrase)) // 城市大病救助 is a noun
	}
	m.words = clip(words.String(), maxOwn+6)
	m.subject = strings.Trim(lead.String(), "的、")
	m.verbs = verb && !m.strong && lead.Len() == 0 && object.Len() == 0
	if !m.strong && utf8.RuneCountInString(m.words) >= 6 {
		m.strong, m.verbs = true, false // 住院次均救助 says enough
	}
	if m.subject == "" || !m.strong {
		m.subject = strings.Trim(object.String(), "的、")
	}
	if !m.strong {
		m.subject = ""
	}
	m.subject = clipHead(m.subject, maxCarry)
	m.ownSubject = m.subject != ""
	if m.change != "" && (m.strong || x.nominal(toks)) {
		m.strong, m.verbs, m.noObject = true, false, false
	}
}

// nominal reports words that stand as a noun before a word of change: 出口 增长.
func (x *reader) nominal(toks []token) bool {
	return toks[len(toks)-1].is(lexicon.Verb|lexicon.Measure) && !toks[len(toks)-1].is(lexicon.Function)
}

// hinge reports a token at which a long phrase may be cut.
func hinge(t token, r []rune) bool {
	return t.is(lexicon.Verb|lexicon.Function|lexicon.Time) || r[t.to-1] == '的' || r[t.from] == '、'
}

func length(toks []token) int {
	if len(toks) == 0 {
		return 0
	}
	return toks[len(toks)-1].to - toks[0].from
}

// totals reports a figure that 共 or 合计 makes a total of those before.
func (m *mention) totals(x *reader) bool {
	return x.line.at(m.from-1) == '共' || x.line.has(m.from-2, "共计") || x.line.has(m.from-2, "总计") || x.line.has(m.from-2, "共有") || x.line.has(m.from-2, "合计")
}
