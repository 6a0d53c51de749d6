package extract

import (
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// A label says what a figure measures, in the words of the text:
//
//	[place] [total or subject carried along] [words before] [noun after] [户数 …]
//
// The words before come first (农作物受灾37415公顷). Where they say nothing of
// their own, the noun after the classifier does (84人参加组织宣传), then the
// subject of a figure before (…,成灾30981公顷 is of 农作物), the clause before,
// and last the heading.

const (
	maxLabel = 40 // characters; the contract of the column
	maxOwn   = 20 // characters of the words before that are kept
	maxPost  = 16
	maxCarry = 12
)

// label gives every mention of the line its label, kind, rate and status.
func (x *reader) label() {
	x.scope.place, x.scope.header, x.scope.base, x.scope.bracket = "", "", "", false
	x.scope.period = phrase{}
	x.itemStart = 0
	for k := range x.mentions {
		m := &x.mentions[k]
		var prev *mention
		if k > 0 {
			prev = &x.mentions[k-1]
			if prev.consumed > m.own.from && m.delim == 0 {
				m.own.from = min(prev.consumed, m.own.to)
			}
			m.gap.from = min(max(prev.consumed, m.gap.from), m.gap.to)
		}
		x.setPeriod(m)
		x.readOwn(m, prev)
		x.readPost(m, k)
	}
	x.borrow()
	for k := range x.mentions {
		var prev *mention
		if k > 0 {
			prev = &x.mentions[k-1]
		}
		x.compose(&x.mentions[k], prev, k)
		x.setKind(&x.mentions[k], prev)
	}
	x.distribute()
	for k := range x.mentions {
		m := &x.mentions[k]
		m.label = x.finish(m)
		x.ruleBound(m, k)
	}
	x.carryOut()
}

// clip keeps the last n characters.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)
	return string(r[len(r)-n:])
}

// clipHead keeps the first n characters.
func clipHead(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n])
}

// compose joins the parts of a label.
func (x *reader) compose(m, prev *mention, k int) {
	if m.fate != "" {
		m.tail = m.fate
	}
	own, noun := m.words, x.postText(m)
	if m.ofPost && own == "" && prev != nil && x.onlyJoins(m.gap) {
		noun = "" // …50亿元、30亿元、10亿元的企业: the noun belongs to all
	}
	bare := own == "" && noun == ""
	switch {
	case prev != nil && bare && m.change == "" && m.isPercent() && prev.isPercent() && prev.change != "" && m.planned && m.delim != ';': // 增长7%以上、力争达到8%
		m.take(prev)
		m.change, m.level = prev.change, false
		m.because("label", "label/增减", x.line.span(prev.from, prev.to), prev.change)
	case prev != nil && m.level && own == "" && noun == "" && prev.name == m.name:
		m.fromTo = true
		m.take(prev)
		m.because("label", "label/由到", x.line.span(prev.from, prev.to), "同前一数字")
	case prev != nil && bare && m.change == "" && (m.delim == 0 || x.onlyJoins(m.gap)) && !m.totals(x):
		m.take(prev)
		if m.tail != "" && prev.subject != "" && m.tail != prev.tail {
			m.words = prev.subject // 19人丧生、50多人受伤
		}
		m.change = prev.change
		m.planned = m.planned || prev.planned
		if m.per == "" && m.name == prev.name && !m.gap.empty() {
			m.per, m.perText = prev.per, prev.perText // 每人每月120元、85元和60元
		}
		m.because("label", "label/连写", x.line.span(prev.from, prev.to), "同前一数字")
	case prev != nil && bare && prev.change != "" && m.change == "" && m.isMoney() && prev.isPercent() && m.delim != ';': // 增长6%左右、突破126亿元
		m.take(prev)
		m.because("label", "label/承前", x.line.span(prev.from, prev.to), prev.words)
	case prev != nil && bare && m.change != "":
		x.composeChange(m, prev)
	case prev != nil && m.delim == '(' && bare: // 参合金100.941万元(每人30元)
		m.take(prev)
		m.because("label", "label/括号", x.line.span(prev.from, prev.to), "说明前一数字")
	case prev != nil && m.delim == 0 && x.line.at(m.own.from) == '的' && own != "":
		m.words, m.subject = join(clip(prev.words, maxCarry), own+noun), prev.subject
		m.because("label", "label/的", x.line.span(prev.from, prev.to), "前一数字所限定")
	default:
		x.composeOwn(m, prev, k, own, noun)
	}
	if m.rule == "" {
		m.rule = "figure/" + m.dimension()
	}
}

// composeChange makes the label of a change without words of its own: of the
// clause before it (生铁、钢等,都增长一倍), else of the figure before it.
func (x *reader) composeChange(m, prev *mention) {
	if s, p := x.context(m); s != "" && !x.compares(p) {
		m.subject, m.words, m.strong = clipHead(s, maxCarry), s, true
		m.because("label", "label/前句", x.line.span(p.from, p.to), s)
		return
	}
	if m.when != "" && m.isPercent() { // 三季度增长4.6%
		m.words, m.subject = m.when, m.when
		if prev.kind != schema.Change || prev.when == "" {
			m.words = join(prev.subject, m.when)
		}
		m.because("label", "label/时间", x.line.span(m.own.from, m.own.to), m.when)
		return
	}
	m.take(prev)
	if m.per == "" && m.name == prev.name && !m.isPercent() {
		m.per = prev.per
	}
	m.because("label", "label/增减", x.line.span(prev.from, prev.to), m.change)
}

// take takes over what another mention is about.
func (m *mention) take(from *mention) {
	m.subject, m.words, m.strong, m.ownSubject = from.subject, from.words, from.strong, from.ownSubject
	m.standard = m.standard || from.standard
	m.growth = m.growth || from.growth
	if m.per == "" && m.fromTo {
		m.per, m.perText = from.per, from.perText
	}
}

// composeOwn makes a label of a figure's own words and the noun after it, and
// of what came before where those say too little.
func (x *reader) composeOwn(m, prev *mention, k int, own, noun string) {
	m.words = own + noun
	if m.when != "" && m.change != "" && !m.strong && noun == "" { // 三季度增长4.6%
		m.words, m.strong = m.when+own, true
		if prev != nil && prev.when == "" {
			m.words = join(prev.subject, m.words)
		}
	}
	if own != "" {
		m.because("label", "label/数前", x.line.span(m.own.from, m.own.to), own)
	}
	if noun != "" {
		m.because("label", "label/数后", x.line.span(m.post.from, m.post.to), noun)
		if m.subject == "" {
			m.subject = clipHead(x.postSubject(m), maxCarry)
		}
	}
	if prev != nil && noun == "" && x.twin(m, prev) {
		return
	}
	header := x.header(m, prev, k)
	if m.delim == ';' || m.inPart || m.delim == ':' || m.delim == '、' && !m.verbs || m.delim == '(' {
		x.itemStart = k
	}
	if header != "" && m.totals(x) {
		m.place = ""
	}
	switch {
	case header != "" && !m.strong && noun == "" && !m.member && x.related(m, k) != nil: // 发放救助金 of the list's item
		x.carry(m, prev, k)
	case header != "" && utf8.RuneCountInString(m.words) <= 8:
		if !strings.Contains(m.words, header) {
			if joined := join(header, m.words); joined != header {
				m.words = joined
			} else {
				m.words = header + m.words // 进出口总额, 其中 出口
			}
			m.because("label", "label/总项", schema.Span{}, header)
		}
	case noun != "" && own == "" && x.shares(m, prev):
		m.words, m.subject = join(prev.subject, m.words), prev.subject
		m.because("label", "label/承前", x.line.span(prev.from, prev.to), prev.subject)
	case noun != "" && (m.postNoun || own == "") && !(m.isMoney() && !m.postNoun), m.member, m.strong && !(m.noObject && !m.isCount()):
	default:
		x.carry(m, prev, k)
	}
}

// dimension names the rule of a plain figure.
func (f *figure) dimension() string {
	if f.unit == nil {
		return "number"
	}
	return string(f.unit.Dim)
}

// join puts two parts of a label together, without saying the same twice.
func join(a, b string) string {
	switch {
	case a == "" || strings.HasPrefix(b, a):
		return b
	case b != "" && strings.Contains(a, b):
		return a
	}
	for i := range a { // 福建省长乐市 + 省长乐市拉丁酒吧
		if i > 0 && len(a)-i >= 6 && strings.HasPrefix(b, a[i:]) {
			return a[:i] + b
		}
	}
	return a + b
}

// finish adds place, change and the noun of the unit, within 40 characters.
func (x *reader) finish(m *mention) string {
	s := strings.Trim(m.words, "的、")
	if m.change != "" && !strings.Contains(s, m.change) {
		s += m.change
	}
	if m.tail != "" && !strings.Contains(s, m.tail) {
		s += m.tail
	}
	if m.place != "" && !strings.Contains(s, m.place) {
		s = join(m.place, s)
	}
	if m.unit != nil && m.unit.Noun != "" {
		if n := m.unit.Noun; !strings.HasSuffix(s, n) && !(n == "面积" && strings.Contains(s, n)) {
			s += n
		}
	}
	return clip(s, maxLabel)
}
