package extract

import (
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// A label says what a figure measures, in the words of the text:
//
//	[place or total] [subject carried along] [words before] [noun after] [户数 …]
//
// The words before come first (农作物受灾37415公顷). Where they say nothing of
// their own, the noun after the classifier does (84人参加组织宣传), then the
// subject of the figure before (…,成灾30981公顷 is of 农作物), the clause
// before, and last the heading.

const (
	maxLabel = 40 // characters; the contract of the column
	maxOwn   = 18 // characters of the words before that are kept
	maxPost  = 14
	maxCarry = 12
)

// A scope is what later figures may take over from earlier ones.
type scope struct {
	subject string // of the last sentence that had one
	topic   string // of the last sentence without figures: 1. 优抚工作
	total   *total // after 其中
	place   string // of the sentence: 策勒县山区
}

// A total is the figure before 其中, whose label its parts begin with.
type total struct {
	subject string
	depth   int
}

func (s *scope) reset() { *s = scope{} }

// label gives every mention of the line its label, kind, rate and status.
func (x *reader) label() {
	x.scope.place = ""
	for k := range x.mentions {
		m := &x.mentions[k]
		var prev *mention
		if k > 0 {
			prev = &x.mentions[k-1]
		}
		if prev != nil && prev.consumed > m.own.from && m.delim == 0 {
			m.own.from = min(prev.consumed, m.own.to)
		}
		x.readOwn(m, prev)
		x.readPost(m)
		x.compose(m, prev, k)
		x.setKind(m, prev)
	}
	x.distribute()
	for k := range x.mentions {
		m := &x.mentions[k]
		m.label = x.finish(m)
	}
	x.carryOut()
}

// readOwn reads the words before a figure: what they say, whether a verb of
// change or level leads to it, what it is per, whether it is intended.
func (x *reader) readOwn(m, prev *mention) {
	x.rates(m, prev)
	x.setPlace(m)
	x.buf = x.tokens(m.own, x.buf)
	toks := x.strip(m, x.buf)
	m.subject, m.words, m.strong = x.compress(toks)
}

// strip takes the words that say nothing off both ends, and notes what they
// tell: 其中, plans, growth, levels.
func (x *reader) strip(m *mention, toks []token) []token {
	for _, t := range toks {
		if t.is(lexicon.Plan) && t.to < m.from {
			m.planned = true
		}
		if x.is(t, "其中") {
			m.inPart = true
		}
		if t.is(lexicon.Standard) {
			m.standard = true
		}
	}
	end := len(toks)
tail:
	for ; end > 0; end-- {
		t := toks[end-1]
		switch {
		case m.perText.from <= t.from && t.to <= m.perText.to && !m.perText.empty() && end > 0 && x.dropRate(t):
		case t.is(lexicon.Level):
			m.level = true
		case t.is(lexicon.Change) && !m.level && m.change == "" && !t.is(lexicon.Generic):
			m.change = x.text(t.phrase)
		case t.is(lexicon.Change) && !t.is(lexicon.Generic):
		case t.is(lexicon.Function) && endsOK(t, x.line.r):
			if x.turnsLevel(t) && m.change == "" {
				m.level = m.level || end > 1 && toks[end-2].is(lexicon.Change)
			}
		case t.is(lexicon.Plan) && !t.is(lexicon.Generic), t.is(lexicon.Time):
		default:
			break tail
		}
	}
	start := 0
head:
	for ; start < end; start++ {
		t := toks[start]
		switch {
		case t.is(lexicon.Time), t.is(lexicon.Plan) && !t.is(lexicon.Verb):
		case t.is(lexicon.Function) && !t.is(lexicon.Keep):
		case x.isDate(t):
		default:
			break head
		}
	}
	return toks[start:end]
}

// is reports whether a token is the word.
func (x *reader) is(t token, word string) bool {
	return x.line.has(t.from, word) && t.to-t.from == utf8.RuneCountInString(word)
}

// turnsLevel reports verbs that make a word of change a level: 增长 为 10%.
func (x *reader) turnsLevel(t token) bool {
	return t.to-t.from == 1 && (x.line.r[t.from] == '到' || x.line.r[t.from] == '至' || x.line.r[t.from] == '为')
}

// endsOK keeps nouns that end with a word of function: 基地, 国有.
func endsOK(t token, _ []rune) bool { return true }

// dropRate tells which words of a rate leave the label: 每人每月, but not 人均.
func (x *reader) dropRate(t token) bool {
	return x.line.r[t.from] == '每' || x.line.r[t.from] == '按'
}

// isDate reports a run of digits and units of time: 3月5日.
func (x *reader) isDate(t token) bool {
	for _, r := range x.line.r[t.from:t.to] {
		if !isDigit(r) && !isHan(r) && !isMask(r) {
			switch r {
			case '年', '月', '日', '号', '时', '分', '点', '旬', '底', '初', '末', '中', '上', '下', '~', '至', '份', '.', '季', '度', '间', '内', '来', '以', '起', '前', '后', '第', '的', '周':
			default:
				return false
			}
		}
	}
	return true
}

// compress turns tokens into a subject and words short enough for a label.
// strong says whether they hold a noun of their own.
func (x *reader) compress(toks []token) (subject, words string, strong bool) {
	if len(toks) == 0 {
		return "", "", false
	}
	cut := 0
	for length(toks[cut:]) > maxOwn && cut < len(toks)-1 {
		next := cut + 1
		for next < len(toks)-1 && !hinge(toks[next-1], x.line.r) {
			next++
		}
		if next >= len(toks)-1 && length(toks[cut:]) <= 2*maxOwn {
			cut = next
			break
		}
		cut = next
	}
	toks = toks[cut:]
	var b strings.Builder
	lead, object := "", ""
	seenVerb := false
	for _, t := range toks {
		if t.is(lexicon.Function|lexicon.Time) && !t.is(lexicon.Keep|lexicon.Generic) || x.isDate(t) {
			if lead != "" && !x.is(t, "的") && !x.is(t, "和") {
				seenVerb = true
			}
			if x.is(t, "和") || x.is(t, "与") || x.is(t, "及") || x.is(t, "或") || x.is(t, "以上") || x.is(t, "以下") {
				b.WriteString(x.text(t.phrase))
			}
			continue
		}
		s := x.text(t.phrase)
		b.WriteString(s)
		switch {
		case t.content():
			strong = true
			if seenVerb {
				object += s
			} else {
				lead += s
			}
		case t.is(lexicon.Verb | lexicon.State | lexicon.Change | lexicon.Level):
			if lead != "" || t.is(lexicon.Verb) {
				seenVerb = true
			}
		case lead != "" && !seenVerb && t.is(lexicon.Generic|lexicon.Measure):
			lead += ""
		}
	}
	if subject = lead; subject == "" {
		subject = object
	}
	words = clip(b.String(), maxOwn+6)
	return clipHead(subject, maxCarry), words, strong
}

// hinge reports a token at which a long phrase may be cut.
func hinge(t token, r []rune) bool {
	return t.is(lexicon.Verb|lexicon.Function) || r[t.to-1] == '的' || r[t.from] == '、'
}

func length(toks []token) int {
	if len(toks) == 0 {
		return 0
	}
	return toks[len(toks)-1].to - toks[0].from
}

// clip keeps the last n characters.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[len(r)-n:])
}

// clipHead keeps the first n characters.
func clipHead(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n])
}

// readPost reads the words after a figure: the noun that a classifier counts,
// or what happened to those counted (13人死亡).
func (x *reader) readPost(m *mention) {
	r := x.line.r
	p := m.post
	if p.empty() || r[p.from] == ' ' || r[p.from] == '、' || r[p.from] == '和' && x.nextTouches(p) {
		m.post = phrase{p.from, p.from}
		return
	}
	if r[p.from] == '的' {
		p.from++
	}
	x.aux = x.tokens(p, x.aux)
	toks := x.aux
	noun := phrase{p.from, p.from}
	seen := false
	for i, t := range toks {
		if x.is(t, "和") || x.is(t, "及") || x.is(t, "与") {
			if seen && i+1 < len(toks) && toks[i+1].content() && toks[len(toks)-1].to < x.pieceEnd(m) {
				continue
			}
			if seen {
				break
			}
		}
		if seen && (t.is(lexicon.Verb) && !t.is(lexicon.Keep) || t.is(lexicon.Change|lexicon.Level|lexicon.Plan) && !t.is(lexicon.Generic) ||
			t.is(lexicon.State) && !t.is(lexicon.Generic) || t.is(lexicon.Function|lexicon.Time)) {
			break
		}
		if t.content() || t.is(lexicon.Generic|lexicon.Measure|lexicon.Rhetorical) {
			seen = true
		}
		if noun.empty() {
			noun.from = t.from
		}
		noun.to = t.to
		if noun.to-noun.from > maxPost+4 {
			break
		}
	}
	if !seen {
		noun.to = min(p.to, p.from+maxPost)
		m.consumed = 0
	} else {
		m.consumed = noun.to
	}
	m.post = noun
}

// pieceEnd is the end of the text that post may use.
func (x *reader) pieceEnd(m *mention) int { return len(x.line.r) + 1 }

// nextTouches reports whether a phrase only joins two figures: 和.
func (x *reader) nextTouches(p phrase) bool { return p.to-p.from <= 2 }

// compose joins the parts of a label.
func (x *reader) compose(m, prev *mention, k int) {
	post := ""
	if !m.post.empty() {
		post = clipHead(x.trimFunction(m.post), maxPost)
	}
	usePost := post != "" && (m.isCount() || !m.strong)
	if usePost && !m.isCount() && m.isPercent() && m.change != "" {
		usePost = false
	}
	if !usePost {
		post, m.consumed = "", 0
	}
	own := m.words
	chained := m.delim == 0 && k > 0 && own == "" && post == "" || k > 0 && own == "" && post == "" && x.joins(m)
	switch {
	case prev != nil && m.level && m.words == "" && prev.name == m.name && post == "":
		m.fromTo = true
		m.subject, m.words, m.strong = prev.subject, prev.words, prev.strong
		m.because("label", "label/由到", x.line.span(m.own.from, m.own.to), "同前一数字")
	case prev != nil && chained && !m.level:
		m.subject, m.words, m.strong, m.change = prev.subject, prev.words, prev.strong, prev.change
		m.planned = m.planned || prev.planned
		m.because("label", "label/连写", x.line.span(prev.from, prev.to), "同前一数字")
	case m.change != "" && own == "" && prev != nil:
		base := x.levelBefore(k)
		m.subject, m.words = base.subject, base.words
		m.because("label", "label/增减", x.line.span(base.from, base.to), m.change)
	default:
		m.words = own + post
		if post != "" && m.subject == "" {
			m.subject = clipHead(post, maxCarry)
		}
		if own == "" && post != "" {
			m.strong = true
		}
		if post != "" {
			m.because("label", "label/量词后", x.line.span(m.post.from, m.post.to), "")
		}
		if own != "" {
			m.because("label", "label/数前", x.line.span(m.own.from, m.own.to), "")
		}
		if !m.strong || post != "" && !x.nouny(m) {
			x.carry(m, prev, k)
		}
	}
	if m.rule == "" {
		m.rule = "figure/" + m.dimension()
	}
}

func (x *reader) nouny(m *mention) bool { return true }

// dimension names the rule of a plain figure.
func (f *figure) dimension() string {
	if f.unit == nil {
		return "number"
	}
	return string(f.unit.Dim)
}

// joins reports whether only 和, 、 or 及 stand between a figure and the one before.
func (x *reader) joins(m *mention) bool {
	s := strings.TrimSpace(x.text(m.gap))
	return s == "和" || s == "、" || s == "及" || s == "与" || s == ""
}

// levelBefore is the last mention before k that is not itself a change: the
// base of 增长7.9%.
func (x *reader) levelBefore(k int) *mention {
	for i := k - 1; i >= 0; i-- {
		if x.mentions[i].change == "" {
			return &x.mentions[i]
		}
	}
	return &x.mentions[k-1]
}

// carry gives a figure whose own words say too little what came before.
func (x *reader) carry(m, prev *mention, k int) {
	if s, p := x.context(m); s != "" && (prev == nil || m.delim != 0 && m.gap.to-m.own.to < 1) {
		m.subject = s
		m.words = join(s, m.words)
		m.because("label", "label/前句", x.line.span(p.from, p.to), s)
		return
	}
	if prev != nil && m.inPart == false && prev.subject != "" {
		m.subject = prev.subject
		m.words = join(prev.subject, m.words)
		m.because("label", "label/承前", x.line.span(prev.from, prev.to), prev.subject)
		return
	}
	if s := x.topic(); s != "" {
		m.subject = s
		m.words = join(s, m.words)
		m.because("label", "label/标题", schema.Span{}, s)
	}
}

// context is the noun of the clause before own within the gap.
func (x *reader) context(m *mention) (string, phrase) {
	end := m.own.from - 1
	for tries := 0; tries < 2 && end > m.gap.from; tries++ {
		p, _ := x.lastPiece(phrase{m.gap.from, end}, false)
		x.aux = x.tokens(p, x.aux)
		var tmp mention
		tmp.from = m.from
		toks := x.strip(&tmp, x.aux)
		m.planned = m.planned || tmp.planned
		if subject, words, strong := x.compress(toks); strong {
			if utf8.RuneCountInString(words) <= maxCarry {
				return words, p
			}
			return clip(words, maxCarry), p
		} else {
			_ = subject
		}
		end = p.from - 1
	}
	return "", phrase{}
}

// topic is what the text around is about: a topic sentence or a heading.
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
	case strings.Contains(a, b):
		return a
	}
	return a + b
}

// finish adds place, total, change and the noun of the unit, within 40 characters.
func (x *reader) finish(m *mention) string {
	s := m.words
	if m.change != "" && !strings.Contains(s, m.change) {
		s += m.change
	}
	if m.place != "" && !strings.Contains(s, m.place) {
		s = m.place + s
	}
	if m.unit != nil && m.unit.Noun != "" && m.unit.Dim != lexicon.Percent {
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

// trimFunction is the text of a phrase without function words at its ends.
func (x *reader) trimFunction(p phrase) string {
	toks := x.tokens(p, nil)
	for len(toks) > 0 && toks[0].is(lexicon.Function) && !toks[0].is(lexicon.Keep) {
		toks = toks[1:]
	}
	for len(toks) > 0 && toks[len(toks)-1].is(lexicon.Function) {
		toks = toks[:len(toks)-1]
	}
	var b strings.Builder
	for _, t := range toks {
		b.WriteString(x.text(t.phrase))
	}
	return b.String()
}
