package extract

import (
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
)

// What a rate is per: 每人每月195元, 月人均47.5元, 亩均1500元, 按每证50万元,
// 月发放103万元, 平均每年递增7.5%.

// rates reads the words of a rate before a figure, nearest first.
func (x *reader) rates(m, prev *mention) {
	x.findRate(m)
	x.forEach(m)
	if m.isPercent() && m.per != "" {
		if !strings.Contains(m.per, "年") && !strings.Contains(m.per, "月") {
			m.per, m.perText = "", phrase{}
		} else if m.per != "年" {
			m.per = "年"
		}
	}
	if prev != nil && (m.per == "月" || m.per == "年") && prev.per == "人·"+m.per && m.isMoney() && !x.line.find(m.own.from, m.own.to, "发放") {
		m.per = prev.per // 月平均标准将达到60元, after 人均按月提高10元
	}
}

// forEach reads what the clause before a figure gives or takes it for: 每引进1名硕士,|给予安家费5万元;
// 每收养1名孤儿,|每月补助600元.
func (x *reader) forEach(m *mention) {
	if m.delim != ',' && m.delim != '，' || m.gap.empty() || m.sum || m.isPercent() || m.unit == nil || strings.ContainsAny(m.per, "人户") || !x.holdsAny(m.own, x.lex.Reward) {
		return
	}
	clause, _ := x.lastPiece(phrase{m.gap.from, m.own.from - 1}, false)
	per, at := x.eachOf(clause)
	if per == "" {
		return
	}
	if m.per == "" {
		m.per, m.perText = per, at
	} else {
		m.per = per + "·" + m.per
	}
}

// eachOf reads the each that a clause begins with: 每引进1名|硕士, 对每例|白内障手术; not 每个乡镇|建成敬老院.
func (x *reader) eachOf(clause phrase) (per string, at phrase) {
	at = phrase{clause.from, clause.from}
	of := x.line.at(at.from) == '对'
	if of {
		at.from++
	}
	if x.line.at(at.from) != '每' {
		return "", at
	}
	if of {
		per, at.to = x.every(at.from)
	} else {
		per, at.to = x.everyOne(at.from + 1)
	}
	if at.to > clause.to {
		return "", at
	}
	return per, at
}

// toEach makes money that each of the things counted right before it gets a rate of its
// own, which no other figure takes over: 示范社4家各奖10万元,共40万元.
func (x *reader) toEach(m, prev *mention) {
	if prev == nil || m.per != "" || !m.isMoney() || m.delim != 0 || !prev.counts() || prev.isMoney() || x.line.at(m.own.from) != '各' || m.own.to-m.own.from > 5 {
		return
	}
	if toks := x.tokens(m.own, nil); len(toks) > 1 && x.is(toks[0], "各") && (strings.HasPrefix(toks[1].tag, "v") || x.line.among(toks[1].from, "奖补得给")) {
		m.per = prev.name
	}
}

// A rateSign is a character by which a rate is told, at most reach runes before its
// figure. What it reads is empty where the character says something else.
type rateSign struct {
	sign  rune
	reach int
	read  func(x *reader, m *mention, i int) (per string, at phrase)
}

// worded are the rates that words before a figure tell, nearest first.
var worded = []rateSign{
	{'每', 24, (*reader).ofEvery}, // 每人每月195元
	{'平', 24, (*reader).flat},    // 人平30公斤
	{'均', 24, (*reader).meanOf},  // 月人均47.5元, 均次费用3200元
}

// unworded are those that need neither 每 nor 均.
var unworded = []rateSign{
	{'单', 10, (*reader).ofOne},   // 单笔最高3万元
	{'亩', 10, (*reader).ofAcre},  // 亩收入1200元
	{'补', 10, (*reader).ofGrant}, // 亩补200元
}

// findRate looks for the words of a rate, nearest first.
func (x *reader) findRate(m *mention) {
	if m.per != "" {
		x.perHead(m)
		return
	}
	if x.bySign(m, worded) {
		x.moreRates(m)
		return
	}
	if x.line.find(max(m.own.from, m.own.to-4), m.own.to, "亩产") && m.unit != nil {
		m.per = "亩"
		return
	}
	if !x.single(m) {
		x.flow(m)
	}
}

// bySign takes the rate that the nearest of some signs tells.
func (x *reader) bySign(m *mention, signs []rateSign) bool {
	for i := m.own.to - 1; i >= m.own.from; i-- {
		for _, s := range signs {
			if s.sign != x.line.r[i] || i <= m.own.to-s.reach {
				continue
			}
			if per, at := s.read(x, m, i); per != "" {
				m.per, m.perText = per, at
				return true
			}
		}
	}
	return false
}

func (x *reader) ofEvery(m *mention, i int) (per string, at phrase) {
	l := &x.line
	i = x.chainStart(i, m.own.from)
	per, end := x.every(i)
	at = phrase{i, end}
	switch p := l.at(i - 2); {
	case has(x.lex.BeginsWord, per): // 每条生产线年产120万吨
		if x.flow(m); m.per != "" {
			return m.per, m.perText
		}
	case per == "" || l.at(i-1) != '均':
	case (per == "月" || per == "年") && (p == '人' || p == '户'): // 人均每月
		per = string(p) + "·" + per
	case p == '平' && i-2 >= m.own.from: // 平均每人
		at.from = i - 2
	}
	return per, at
}

func (x *reader) flat(m *mention, i int) (per string, at phrase) {
	if p := x.line.at(i - 1); (p == '人' || p == '户') && x.line.at(i+1) != '均' && i-1 >= m.own.from {
		return string(p), phrase{i - 1, i + 1}
	}
	return "", at
}

func (x *reader) meanOf(m *mention, i int) (per string, at phrase) {
	if b := x.meanBase(i); x.line.at(i+1) == '次' && (b == "" || b == "院") && x.startsWith(i+2, x.lex.VisitCost) {
		return "次", phrase{i, i + 2} // 住院均次费用3200元
	}
	per, start := x.mean(i, m.own.from)
	return per, phrase{start, i + 1}
}

func (x *reader) ofOne(m *mention, i int) (per string, at phrase) {
	if w := x.line.cut(i+1, i+2); m.isMoney() && has(x.lex.Single, w) {
		return w, phrase{i, i + 2}
	}
	return "", at
}

func (x *reader) ofAcre(m *mention, i int) (per string, at phrase) {
	p := x.line.at(i - 1)
	if isDigit(p) || isHan(p) || power(p) > 0 || p == '每' || p == '余' || p == '多' || !x.startsWith(i+1, x.lex.AcreOf) {
		return "", at
	}
	return "亩", phrase{i, i + 1}
}

func (x *reader) ofGrant(m *mention, i int) (per string, at phrase) {
	p := x.line.at(i - 1)
	if (p == '亩' || p == '户') && (i-1 == m.own.from || !isNoun(x.line.at(i-2))) && m.isMoney() {
		return string(p), phrase{i - 1, i}
	}
	return "", at
}

// perHead adds the person to a time that is printed behind the unit: 人均收入1200元/年.
func (x *reader) perHead(m *mention) {
	if (m.per == "月" || m.per == "年") && (x.findIn(m.own, "人均") >= 0 || x.findIn(m.own, "每人") >= 0) {
		m.per = "人·" + m.per
	}
}

// chainStart is the first 每 of the chain that holds the one at i: 每人每月.
func (x *reader) chainStart(i, from int) int {
	for j := i - 1; j >= from && j > i-7; j-- {
		if x.line.r[j] == '每' {
			if _, end := x.every(j); end > i {
				i = j
			}
		}
	}
	return i
}

// single reads the rates that need no 每: 单笔最高3万元, 亩补200元, 亩收入1200元, 由月480元.
func (x *reader) single(m *mention) bool {
	l := &x.line
	if x.findIn(m.own, "单户") >= 0 {
		m.per = "户"
		return true
	}
	if at := x.findIn(m.own, "单个"); at >= 0 { // 单个企业最高奖励100万元
		if size, v := x.lex.Pers.Longest(l.r[at+2:]); size > 0 {
			m.per = x.lex.Bases[v]
			return true
		}
	}
	if x.bySign(m, unworded) {
		return true
	}
	if at := l.back(m.own.to) - 1; at > m.own.from && (l.r[at] == '月' || l.r[at] == '年') && m.isMoney() {
		switch per := string(l.r[at]); {
		case l.r[at-1] == '人': // 供养标准为人年6240元
			m.per, m.perText = "人·"+per, phrase{at - 1, at + 1}
			return true
		case has(x.lex.TimeAfter, string(l.r[at-1])):
			m.per, m.perText = per, phrase{at, at + 1}
			return true
		}
	}
	return false
}

// every reads 每人每月, 每千名老人 at i; 每年 before a verb of growth too.
func (x *reader) every(i int) (per string, end int) {
	l := &x.line
	for l.at(i) == '每' {
		j := i + 1
		if l.at(j) == '一' || l.at(j) == '1' && !isDigit(l.at(j+1)) {
			j++
		}
		if isDigit(l.at(j)) { // 每10万人
			n, ok := l.number(j)
			size, _ := x.lex.Units.Longest(l.r[n.end:])
			if !ok || size == 0 {
				break
			}
			return string(l.r[j : n.end+size]), n.end + size
		}
		size, v := x.lex.Pers.Longest(l.r[j:])
		if size == 1 && has(x.lex.BeginsWord, l.cut(j, j+1)) && !l.cutWords(phrase{j, j + 1}, x.general)[j+1].ends {
			size = 0 // 每|支出, 每|条件
		}
		if size == 0 && per == "" {
			return x.everyOne(j)
		}
		if size == 0 {
			break
		}
		if x.lex.Bases[v] == "生" && l.at(j+size) > 0x4e00 && l.at(j+size) != '均' && l.at(j+size) != '每' {
			break // 每生产
		}
		if per != "" {
			per += "·"
		}
		if l.at(j) == '口' && x.dug(j) {
			return "口", j + size
		}
		per += x.lex.Bases[v]
		i = j + size
		for k := i; k < i+4 && l.at(k) > 0x4e00; k++ { // 每位老人每月
			if l.at(k+1) == '每' {
				i = k + 1
				break
			}
		}
		if l.at(i) == '平' && l.at(i+1) == '均' && l.at(i+2) == '每' {
			i += 2
		}
	}
	return per, i
}

// mean reads 人均, 月人均, 户均, 年均 whose 均 stands at i.
func (x *reader) mean(i, from int) (per string, start int) {
	l := &x.line
	if x.startsWith(i+1, x.lex.NotMean) {
		return "", i
	}
	b := x.meanBase(i)
	if !has(x.lex.SureMean, b) && (l.at(i+1) == '价' || x.deedAt(i+1)) {
		return "", i // 各派出所均配备警车, 市场均价
	}
	at := i - utf8.RuneCountInString(b)
	if has(x.lex.LooseMean, b) && x.allOf(at, i) {
		return "", i
	}
	if b == "" || at < from || b == "年" && (l.at(i-2) == '多' || l.at(i-2) == '常' || l.at(i-2) == '历') {
		return "", i // 比多年平均偏少
	}
	return x.timedMean(b, at, from)
}

// timedMean joins the base of a mean, which stands at a place, with the person or the time before it: 月|人均, 人|月均.
func (x *reader) timedMean(b string, at, from int) (per string, start int) {
	l, i := &x.line, at-1
	if i < from {
		return b, at
	}
	switch t := l.at(i); {
	case (b == "月" || b == "年") && t == '人': // 人月均480元
		return "人·" + b, i
	case (b == "人" || b == "户") && (t == '月' || t == '年' || t == '日'):
		if p := l.at(i - 1); !isDigit(p) && !isHan(p) && p != '本' && p != '全' {
			return b + "·" + string(t), i
		}
	}
	return b, at
}

// allOf reports that 均 at i says "all of them" of what begins at the place at: 五案|均判, 货车|均超载.
func (x *reader) allOf(at, i int) bool {
	l := &x.line
	p := l.at(at - 1)
	if isDigit(p) || hanDigit(p) >= 0 || p == '十' || p == '两' || x.endsWithWord(at, x.lex.BeforeAll) {
		return true
	}
	cuts := l.cutWords(phrase{max(at-1, 0), i + 1}, x.general)
	begins := at <= 0 || cuts[at].ends || partsWords(p)
	return !begins || !cuts[i].ends || !cuts[i+1].ends || x.startsWith(i+1, x.lex.AllBehind)
}

// deedAt reports a verb at i: 均|配备, where 均 is "all of them".
func (x *reader) deedAt(i int) bool {
	n, v := x.lex.Words.Longest(x.line.r[min(i, len(x.line.r)):])
	return n > 0 && lexicon.Class(v)&(lexicon.Verb|lexicon.Light) != 0 && lexicon.Class(v)&(lexicon.Generic|lexicon.Measure) == 0
}

// everyOne reads what a deed is done to after 每 at i: 每遣返1人, 每投入一元.
func (x *reader) everyOne(i int) (per string, end int) {
	l := &x.line
	for k := i + 1; k < i+5; k++ {
		if (l.at(k) == '1' || l.at(k) == '一') && !isDigit(l.at(k+1)) && !isHan(l.at(k+1)) {
			if size, v := x.lex.Pers.Longest(l.r[min(k+1, len(l.r)):]); size > 0 {
				if l.at(k+1) == '口' && x.dug(k+1) {
					return "口", k + 2
				}
				return x.lex.Bases[v], k + 1 + size
			}
		}
		if !isNoun(l.at(k)) {
			break
		}
	}
	return "", i
}

// dug reports a 口 that counts wells and pits and no people: 沼气池每|口, 打井30眼,每|口, 每建1|口水窖.
func (x *reader) dug(i int) bool {
	const before, behind = 12, 5
	l := &x.line
	near := l.cut(max(0, i-before), i) + l.cut(i+1, min(i+1+behind, len(l.r)))
	return l.at(i+1) != '人' && containsAny(near, x.lex.Dug)
}

// meanBase is what a mean is per, the word that ends at i: 院均, 人次均, 株均.
func (x *reader) meanBase(i int) string {
	for _, w := range x.lex.MeanBase {
		if x.line.has(i-utf8.RuneCountInString(w), w) {
			return w
		}
	}
	return ""
}

// moreRates adds a time that stands apart from the base: 人均按月提高10元,
// 每人全年500元, 年标准…每人.
func (x *reader) moreRates(m *mention) {
	l := &x.line
	if strings.Contains(m.per, "月") || strings.Contains(m.per, "年") {
		return
	}
	if t := l.at(m.perText.to); (t == '年' || t == '月') && m.perText.to < m.own.to && (l.at(m.perText.to+1) > 0x4e00 || m.perText.to+1 == m.own.to) { // 人均年供养标准, 人均月40元
		m.per += "·" + string(t)
		return
	}
	if at := l.back(m.own.to) - 1; at > m.perText.to && l.r[at] == '月' && has(x.lex.TimeAfter, string(l.r[at-1])) { // 人均补助由年初的月35元
		m.per += "·月"
		return
	}
	if m.isMoney() && !m.sum && m.perText.from > m.own.from && x.findIn(phrase{m.own.from, m.perText.from}, "按月") >= 0 { // 按月发放生活费每人600元
		m.per += "·月"
		return
	}
	for i := m.perText.to; i < m.own.to; i++ {
		switch {
		case l.has(i, "按月") || l.has(i, "月工资") || l.has(i, "月收入") || l.has(i, "月补") || l.has(i, "月增") || l.has(i, "每月"):
			m.per += "·月"
			return
		case l.has(i, "全年") || l.has(i, "每年") || l.has(i, "按年"):
			m.per += "·年"
			return
		}
	}
}

// holdsNumber reports a number or multiplier in a phrase: what stands before it is said
// of that, as in 年出栏万头猪场18个.
func (x *reader) holdsNumber(p phrase) bool {
	for i := p.from; i < p.to; i++ {
		if isDigit(x.line.r[i]) || power(x.line.r[i]) > 1 {
			return true
		}
	}
	return false
}

// flow reads a rate of time alone: 月发放, 年客流量, 年标准, 按年.
func (x *reader) flow(m *mention) {
	l := &x.line
	if m.name == "℃" { // 年平均气温
		return
	}
	for i := m.own.to - 1; i >= m.own.from && i > m.own.to-14; i-- {
		r := l.r[i]
		if r != '月' && r != '年' && r != '日' {
			continue
		}
		p := l.at(l.back(i) - 1)
		if i > 0 && (isDigit(p) || isHan(p) || isMask(p) || has(x.lex.NotFlow, string(p)) || r == '日' && has(x.lex.NotDaily, string(p))) {
			continue
		}
		for _, w := range x.lex.Flow {
			if end := i + 1 + len([]rune(w)); l.has(i+1, w) && end <= m.own.to && !x.startsWith(end, x.lex.NotMean) && !x.holdsNumber(phrase{end, m.own.to}) {
				m.per, m.perText = string(r), phrase{i, i + 1}
				return
			}
		}
		if p == '按' && !m.sum && !strings.ContainsRune("末初底中金龄级", l.at(i+1)) { // 按年末人口计算, 按年金 are of no time, nor is 共按月发放
			m.per, m.perText = string(r), phrase{i - 1, i + 1}
			return
		}
	}
}
