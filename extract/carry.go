package extract

import (
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// What a figure takes over from the text around it, where its own words say too
// little: from the list's total, an earlier figure, the clause before, a heading.

// A scope is what later figures may take over from earlier ones.
type scope struct {
	subject  string // of the last sentence that had one
	topic    string // of the last sentence without figures: 1. 优抚工作
	place    string // of the sentence: 策勒县山区
	intended bool   // the paragraph speaks of intentions
	period   phrase // the last time named in the sentence
	bracket  bool   // the list stands in brackets
	header   string // of the list that is read: 代缴医保: …, 粮食播种面积…,其中: …
	base     string // the report's own place: 全镇, 我县
}

func (s *scope) reset() { *s = scope{} }

// compares reports a clause that only says against what: 与上年同期相比.
func (x *reader) compares(p phrase) bool {
	switch x.line.at(p.from) {
	case '比', '较', '与', '同', '扣', '按', '和':
		return true
	}
	return false
}

// twin reads a member that stands for the whole words of the figure before with
// another member: 城市低保月人均补差221.7元,农村82元.
func (x *reader) twin(m, prev *mention) bool {
	if !m.member || m.inPart || utf8.RuneCountInString(m.words) > 2 || m.name != prev.name || m.per != "" || x.scope.header != "" || m.delim == ';' {
		return false
	}
	rest, ok := x.memberHead(prev.words)
	if !ok || rest == "" || prev.words == m.words || m.change != "" {
		return false
	}
	m.because("label", "label/对举", x.line.span(prev.from, prev.to), prev.words)
	m.words, m.strong, m.standard = m.words+rest, true, m.standard || prev.standard
	m.per, m.perText = prev.per, prev.perText
	return true
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
		} else if p, _ := x.lastPiece(phrase{m.gap.from, m.own.from - 1}, false); p.to-p.from <= 6 && m.own.from > m.gap.from {
			x.scope.header = x.cleanText(p) // 城市:保障对象3126户
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
		if t := &x.mentions[i]; sameUnit(t, m) && !strings.Contains(t.words, "计划") && !strings.Contains(t.words, "任务") {
			return t
		}
	}
	if k == 0 {
		return nil
	}
	return &x.mentions[k-1]
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
		if end := x.measureEnd(t.subject); end != "" && m.words != "" && x.measureEnd(m.words) == m.words {
			if s := strings.TrimSuffix(t.subject, end); s != "" { // 蔬菜面积…,产量…
				give(s, "label/承前", x.line.span(t.from, t.to))
			}
			return
		}
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
	for _, w := range x.lex.Ground {
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
