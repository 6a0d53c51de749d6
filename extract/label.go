package extract

import (
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
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

// A scope is what later figures may take over from earlier ones.
type scope struct {
	subject  string // of the last sentence that had one
	topic    string // of the last sentence without figures: 1. 优抚工作
	place    string // of the sentence: 策勒县山区
	goals    bool   // a passage of targets is read: …主要预期目标是…
	intended bool   // the paragraph speaks of intentions
	period   phrase // the last time named in the sentence
	bracket  bool   // the list stands in brackets
	header   string // of the list that is read: 代缴医保: …, 粮食播种面积…,其中: …
	base     string // the report's own place: 全镇, 我县
}

func (s *scope) reset() { *s = scope{} }

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

// readOwn reads the words before a figure: what they say, whether a verb of
// change or level leads to it, what it is per, whether it is intended.
func (x *reader) readOwn(m, prev *mention) {
	x.trimMarker(m)
	m.openBracket = prev != nil && m.delim == '(' && m.own.from == prev.to+1
	m.closed = x.findIn(m.gap, ")") >= 0
	m.total = m.totals(x)
	m.inPart = containsPhrase(x, m.gap, partWords)
	m.partial = prev != nil && m.delim == 0 && (containsPhrase(x, phrase{prev.to, m.from}, []string{"中已", "中有", "已有"}) || x.line.at(prev.to) == '中')
	if prev != nil {
		m.clause = prev.clause
		if x.findIn(m.gap, ";") >= 0 {
			m.clause++
		}
	}
	x.rates(m, prev)
	x.setPlace(m)
	x.buf = x.tokens(m.own, x.buf)
	toks := x.strip(m, x.dropRate(m, x.buf))
	x.analyse(m, x.fit(toks))
}

// partWords open the parts of the figure before them.
var partWords = []string{"其中", "内含", "内有", "当中有"}

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
	return last || !toks[i+1].content()
}

// quarter reports a part of a year, which tells figures of one thing apart.
func (x *reader) quarter(t token) bool {
	return x.findIn(t.phrase, "季度") >= 0 || x.findIn(t.phrase, "半年") >= 0 || x.is(t, "全年")
}

// stripTail takes off verbs of level and change and words of function.
func (x *reader) stripTail(m *mention, toks []token) []token {
	for len(toks) > 0 {
		t := toks[len(toks)-1]
		switch {
		case t.is(lexicon.Level):
			m.level = true
		case t.class == 0 && t.to == m.from && x.endsInChange(t) && (x.line.r[t.to-1] != '高' && x.line.r[t.to-1] != '低' && x.line.r[t.to-1] != '多' && x.line.r[t.to-1] != '少' || x.findIn(m.own, "比") >= 0 || x.findIn(m.own, "较") >= 0):
			m.change = string(x.line.r[t.to-1])
			toks[len(toks)-1].to--
			if t.to-t.from > 1 {
				return toks
			}
		case t.is(lexicon.Change) && !t.is(lexicon.Measure):
			if !m.level && m.change == "" {
				m.change = x.text(t.phrase)
			}
		case t.is(lexicon.Function) && !t.is(lexicon.Member):
			if x.turnsLevel(t) && len(toks) > 1 && toks[len(toks)-2].is(lexicon.Change) {
				m.level = true
			}
		case t.is(lexicon.Plan) && !t.is(lexicon.Measure), t.is(lexicon.Time):
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
			m.noObject = t.is(lexicon.Verb) && i == len(toks)-1
			if object.Len() > 0 && t.is(lexicon.Verb) { // 困难家庭临时救助资金
				object.WriteString(s)
			}
			continue
		}
		if t.content() {
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
		m.fromObject = true
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
	own, noun := m.words, x.postText(m)
	if m.ofPost && own == "" && prev != nil && x.onlyJoins(m.gap) {
		noun = "" // …50亿元、30亿元、10亿元的企业: the noun belongs to all
	}
	bare := own == "" && noun == ""
	switch {
	case prev != nil && m.level && own == "" && noun == "" && prev.name == m.name:
		m.fromTo = true
		m.take(prev)
		m.because("label", "label/由到", x.line.span(prev.from, prev.to), "同前一数字")
	case prev != nil && bare && m.change == "" && (m.delim == 0 || x.onlyJoins(m.gap)) && !m.totals(x):
		m.take(prev)
		m.change = prev.change
		m.planned = m.planned || prev.planned
		if m.per == "" && m.name == prev.name && !m.gap.empty() {
			m.per, m.perText = prev.per, prev.perText // 每人每月120元、85元和60元
		}
		m.because("label", "label/连写", x.line.span(prev.from, prev.to), "同前一数字")
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
	if m.per == "" && m.name == prev.name {
		m.per = prev.per
	}
	m.because("label", "label/增减", x.line.span(prev.from, prev.to), m.change)
}

// compares reports a clause that only says against what: 与上年同期相比.
func (x *reader) compares(p phrase) bool {
	switch x.line.at(p.from) {
	case '比', '较', '与', '同', '扣', '按', '和':
		return true
	}
	return false
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

// totals reports a figure that 共 or 合计 makes a total of those before.
func (m *mention) totals(x *reader) bool {
	return x.line.at(m.from-1) == '共' || x.line.has(m.from-2, "共计") || x.line.has(m.from-2, "总计") || x.line.has(m.from-2, "共有") || x.line.has(m.from-2, "合计")
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
	header := x.header(m, prev, k)
	if m.delim == ';' || m.inPart || m.delim == ':' || m.delim == '、' || m.delim == '(' {
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
			m.words = join(header, m.words)
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

// shares reports a figure with a short noun after it in a row of figures of one
// subject: 小学312所、1186个班.
func (x *reader) shares(m, prev *mention) bool {
	return prev != nil && prev.ownSubject && prev.subject != "" && m.isCount() && x.onlyJoins(m.gap) && m.post.to-m.post.from <= 2
}

// header keeps and returns what a list after 其中 or a colon is a part of.
func (x *reader) header(m, prev *mention, k int) string {
	if m.delim == ';' && !m.inPart || x.scope.bracket && x.findIn(m.gap, ")") >= 0 {
		x.scope.header, x.scope.bracket = "", false
	}
	if m.delim == '(' && prev != nil && m.own.from == prev.to+1 {
		x.scope.header, x.scope.bracket = clip(prev.words, maxCarry), true
		return x.scope.header
	}
	if m.inPart {
		x.scope.header = ""
		if t := x.totalBefore(m, k); t != nil {
			x.scope.header = clip(t.words, maxCarry)
		}
	} else if m.delim == ':' {
		x.scope.header = ""
		if s, _ := x.context(m); s != "" {
			x.scope.header = s
		}
	}
	return x.scope.header
}

// reach is how many figures back a figure looks for what it belongs to.
const reach = 24

// totalBefore is the nearest mention before 其中 that has the unit of m, else
// the nearest.
func (x *reader) totalBefore(m *mention, k int) *mention {
	for i := k - 1; i >= max(0, k-reach); i-- {
		if t := &x.mentions[i]; sameUnit(t, m) {
			return t
		}
	}
	if k == 0 {
		return nil
	}
	return &x.mentions[k-1]
}

// dimension names the rule of a plain figure.
func (f *figure) dimension() string {
	if f.unit == nil {
		return "number"
	}
	return string(f.unit.Dim)
}

// carry gives a figure whose own words say too little what came before: the
// subject of an earlier figure, the clause before, the heading.
func (x *reader) carry(m, prev *mention, k int) {
	give := func(s, rule string, span schema.Span) {
		if m.subject == "" {
			m.subject = s
		}
		m.words = join(s, m.words)
		m.because("label", rule, span, s)
	}
	if m.words == "" && m.totals(x) && x.scope.base != "" {
		give(x.scope.base, "label/本地", schema.Span{})
		return
	}
	if prev != nil && m.isPercent() && m.words == "" && m.delim != ';' && m.delim != '。' { // 已有436个完成,占99.5%
		m.tail = prev.tail
		give(prev.words, "label/承前", x.line.span(prev.from, prev.to))
		return
	}
	if s, p := x.context(m); s != "" && m.delim != 0 {
		give(s, "label/前句", x.line.span(p.from, p.to))
		return
	}
	if t := x.sameVerb(m, k); t != nil {
		m.subject = t.subject
		give(t.words, "label/同动词", x.line.span(t.from, t.to))
		return
	}
	if t := x.related(m, k); t != nil {
		give(t.subject, "label/承前", x.line.span(t.from, t.to))
		return
	}
	if s := x.topic(); s != "" {
		give(s, "label/标题", schema.Span{})
		return
	}
	if m.words == "" && x.scope.base != "" {
		give(x.scope.base, "label/本地", schema.Span{})
		return
	}
	if prev != nil && prev.subject != "" {
		give(prev.subject, "label/承前", x.line.span(prev.from, prev.to))
	}
}

// related is the earlier figure of the sentence whose subject m may share: one
// of the same kind of thing, or any if m is money.
func (x *reader) related(m *mention, k int) *mention {
	for i := k - 1; i >= max(x.itemStart, k-reach); i-- {
		t := &x.mentions[i]
		if t.subject == "" {
			continue
		}
		if m.isMoney() || m.isPercent() || !m.verbs || t.family() == m.family() || t.isMoney() {
			return t
		}
	}
	return nil
}

// sameVerb is an earlier figure of the sentence whose words hold those of m,
// which are only verbs: 月发放低保金56万元,累计发放336万元.
func (x *reader) sameVerb(m *mention, k int) *mention {
	for i := k - 1; i >= max(0, k-reach) && m.verbs && m.isMoney(); i-- {
		if t := &x.mentions[i]; t.isMoney() && strings.Contains(t.words, m.words) && t.words != m.words {
			return t
		}
	}
	return nil
}

// family groups units of which one subject has several: 户 and 人.
func (f *figure) family() string {
	switch {
	case f.unit == nil:
		return ""
	case f.unit.Dim == lexicon.People, f.name == "户", f.name == "起":
		return "people"
	}
	return string(f.unit.Dim)
}

// context is what the clause before own within the gap says.
func (x *reader) context(m *mention) (string, phrase) {
	end := m.own.from - 1
	for tries := 0; tries < 2 && end > m.gap.from; tries++ {
		p, _ := x.lastPiece(phrase{m.gap.from, end}, false)
		if x.adverbial(p) {
			end = p.from - 1
			continue
		}
		x.aux = x.tokens(p, x.aux)
		var tmp mention
		toks := x.strip(&tmp, x.aux)
		m.planned = m.planned || tmp.planned && x.findIn(p, "确保") < 0 && x.findIn(p, "为") < 0
		x.analyse(&tmp, x.fit(toks))
		if tmp.strong {
			m.growth = m.growth || tmp.growth
			return clip(tmp.words, maxOwn), p
		}
		end = p.from - 1
	}
	return "", phrase{}
}

// adverbial reports a clause that only says on what ground: 根据灾民损失情况.
func (x *reader) adverbial(p phrase) bool {
	for _, w := range []string{"根据", "按照", "依据", "经", "据", "截至", "截止"} {
		if x.line.has(p.from, w) {
			return true
		}
	}
	return false
}

// topic is what the text around is about: a heading, or a topic sentence.
func (x *reader) topic() string {
	for i := len(x.headings) - 1; i >= 0; i-- {
		if t := x.headings[i].topic; t != "" {
			return t
		}
	}
	if x.scope.subject != "" {
		return x.scope.subject
	}
	return x.scope.topic
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

// carryOut keeps for the next sentence what this one was about.
func (x *reader) carryOut() {
	for i := range x.mentions {
		if s := x.mentions[i].subject; s != "" {
			x.scope.subject = s
			return
		}
	}
}

// noteTopic keeps what a sentence without figures is about, if it is short: it
// stands like a heading before those that follow.
func (x *reader) noteTopic(span schema.Span) {
	if span.Len() > 60 {
		return
	}
	x.line.set(x.doc.Text, span)
	if s := x.topicOf(phrase{0, len(x.line.r)}); s != "" {
		x.scope.topic = s
	}
}
