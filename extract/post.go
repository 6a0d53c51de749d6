package extract

import (
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
)

// The words after a figure: the noun that a classifier counts (212户特困户), or
// what happened to those counted (13人死亡, 15人入院救治).

// readPost finds the noun after a figure and where its use ends; the words
// after that belong to the next figure.
func (x *reader) readPost(m *mention, k int) {
	r := x.line.r
	p := m.post
	if p.from < p.to && r[p.from] == '的' {
		m.ofPost = true
		p.from++
	}
	if p.empty() || r[p.from] == '每' || r[p.from] == '人' && x.line.at(p.from+1) == '均' || r[p.from] == ' ' || r[p.from] == '、' || isPunct(r[p.from]) && r[p.from] != '“' {
		m.post = phrase{p.from, p.from}
		return
	}
	for i := p.from + 1; i < p.to; i++ { // 412户义务兵家属优待金按每户1600元
		if c := r[i]; c == '每' || c == '均' && (r[i-1] == '人' || r[i-1] == '户') {
			p.to = i
			if r[i-1] == '按' || c == '均' {
				p.to--
			}
			break
		}
	}
	x.aux = x.tokens(p, x.aux)
	noun := phrase{p.from, p.from}
	for i, t := range x.aux {
		if x.joinsWord(t) {
			if m.postStrong && !x.nounFollows(x.aux[i+1:]) {
				break
			}
			if !m.postStrong {
				break
			}
			continue
		}
		last := i == len(x.aux)-1 && p.to < len(r) && isPunct(r[p.to]) && t.is(lexicon.Verb)
		if x.is(t, "的") && m.postStrong && i+1 < len(x.aux) && x.aux[i+1].content() && !x.countable(phrase{noun.from, noun.to}) {
			continue // 50家以上细分领域的头部企业
		}
		if t.is(lexicon.Nominal) && i+1 < len(x.aux) && x.aux[i+1].from == t.to && (x.aux[i+1].content() || x.aux[i+1].is(lexicon.Generic)) {
			noun.to = t.to
			continue // 服务机构
		}
		if ends := x.endsNoun(t); ends && !(last && m.postStrong) && (m.postStrong || i == 0 && !t.is(lexicon.Verb|lexicon.State)) {
			break
		}
		if t.content() || t.is(lexicon.Generic|lexicon.Measure|lexicon.Rhetorical) && !t.is(lexicon.Verb) || t.is(lexicon.Standard) && m.isMoney() && t.to == p.to {
			m.postStrong = m.postStrong || t.to-t.from > 1 || r[t.from] != '分'
			m.postNoun = m.postNoun || t.content()
		}
		noun.to = t.to
		if noun.to-noun.from > maxPost+2 {
			break
		}
	}
	m.post, m.predicate = noun, phrase{noun.to, p.to}
	if m.postStrong && (m.isCount() || !m.strong || m.noObject) {
		m.consumed = noun.to
	}
	if m.isCount() && len(x.aux) > 0 {
		x.fate(m, p, x.aux)
	}
	if m.isCount() && len(x.aux) > 0 && !m.postStrong && m.tail == "" && x.aux[0].is(lexicon.State|lexicon.Verb) && m.words != "" {
		m.tail = clipHead(x.trimmed(phrase{p.from, p.to}), 6)
	}
}

// fate reads what happened to the people counted at the end of what follows
// them: 15名因窒息经抢救无效死亡, 2647人直接受灾. Words that begin with a preposition
// are no noun that is counted.
func (x *reader) fate(m *mention, p phrase, toks []token) {
	last := toks[len(toks)-1]
	if toks[0].is(lexicon.State) && !toks[0].is(lexicon.Verb|lexicon.Keep|lexicon.Member) || toks[0].is(lexicon.State) && m.unit.Dim == lexicon.People && !m.postStrong {
		m.tail = x.text(toks[0].phrase) // 3人死亡、2人受伤
		m.post, m.predicate, m.postStrong, m.consumed = phrase{p.from, p.from}, phrase{p.from, p.from}, false, toks[0].to
		return
	}
	if m.unit.Dim == lexicon.People && last.is(lexicon.State) && last.to == p.to && len(toks) > 1 {
		m.tail = x.text(last.phrase)
	}
	if toks[0].is(lexicon.Function) && !toks[0].is(lexicon.Keep) {
		m.post, m.postStrong, m.consumed = phrase{p.from, p.from}, false, 0
		if m.tail == "" && p.to-p.from <= 8 {
			m.tail = x.trimmed(p)
		}
	}
}

// borrow gives a figure that runs straight into the next the words after that:
// 12个村1860户6000人受灾, 14035户25559人农村低保对象.
func (x *reader) borrow() {
	for k := len(x.mentions) - 2; k >= 0; k-- {
		m, next := &x.mentions[k], &x.mentions[k+1]
		joined := m.words == "" && m.post.empty() && m.isCount() && next.isCount() && next.gap.to-next.gap.from == 1 && x.line.r[next.gap.from] == '、' // 14035户、25559人享受低保
		if !joined && (!next.gap.empty() && !(m.consumed >= next.from) || next.delim != 0 && !next.gap.empty()) {
			continue
		}
		if m.tail == "" {
			m.tail = next.tail
		}
		if next.ofPost && next.postStrong && m.tail == "" && m.isCount() {
			m.tail = clipHead(x.trimmed(next.post), 8)
		}
		if m.post.empty() && m.words == "" && !next.post.empty() {
			m.post, m.predicate, m.postStrong = next.post, next.predicate, next.postStrong
		} else if m.post.empty() && m.tail == "" && !next.postStrong && !next.post.empty() && m.isCount() {
			m.tail = clipHead(x.trimmed(next.post), 6)
		} else if m.postStrong && m.tail == "" && !next.postStrong && next.isCount() && !next.post.empty() {
			m.tail = clipHead(x.trimmed(next.post), 6)
		}
	}
}

// countable reports a phrase that ends with a noun that is counted itself: 县, 企业.
func (x *reader) countable(p phrase) bool {
	n, _ := x.lex.Counts.LongestBefore(x.line.r[p.from:p.to])
	return n > 0
}

func (x *reader) joinsWord(t token) bool {
	return x.is(t, "和") || x.is(t, "及") || x.is(t, "与") || x.is(t, "以及")
}

// nounFollows reports whether a noun stands after 和: 中央和国家部委.
func (x *reader) nounFollows(toks []token) bool {
	return len(toks) > 0 && (toks[0].content() || toks[0].is(lexicon.Generic|lexicon.Member|lexicon.Measure))
}

// endsNoun reports the words that end the noun after a classifier.
func (x *reader) endsNoun(t token) bool {
	if t.is(lexicon.Keep) || t.is(lexicon.Member) {
		return false
	}
	if t.is(lexicon.Verb | lexicon.State | lexicon.Function | lexicon.Time) {
		return true
	}
	return t.is(lexicon.Change|lexicon.Level|lexicon.Plan) && !t.is(lexicon.Generic)
}

// postText is what of the words after a figure goes into its label.
func (x *reader) postText(m *mention) string {
	if m.post.empty() && m.predicate.empty() {
		return ""
	}
	if !m.isCount() && m.strong && !m.noObject && !(m.ofPost && !m.isPercent()) {
		return ""
	}
	if m.change != "" && m.isPercent() {
		return ""
	}
	s := x.trimmed(m.post)
	if m.ofPost && (!m.postStrong || m.isCount() && m.delim == 0 && m.gap.empty()) {
		if m.postStrong && m.tail == "" {
			m.tail = clipHead(x.trimmed(m.post), 8)
		}
		return ""
	}
	if m.words == "" && m.delim != 0 || m.words == "" && m.gap.from == 0 { // nothing before: what happened says more
		s = x.trimmed(phrase{m.post.from, m.predicate.to})
		if x.touchesNext(m) {
			s = x.trimmed(m.post)
		}
	}
	if !m.postStrong && m.words != "" && m.isCount() {
		return ""
	}
	if utf8.RuneCountInString(s) < 2 && !m.postStrong {
		return ""
	}
	return clipHead(s, maxPost)
}

// touchesNext reports whether the words after m run into the next figure.
func (x *reader) touchesNext(m *mention) bool {
	to := m.predicate.to
	return isDigit(x.line.at(to)) || to < len(x.line.r) && !isPunct(x.line.r[to])
}

// postSubject is the noun alone.
func (x *reader) postSubject(m *mention) string {
	if !m.postStrong {
		return ""
	}
	return x.trimmed(m.post)
}

// trimmed is the text of a phrase without function words at its ends.
func (x *reader) trimmed(p phrase) string {
	if p.empty() {
		return ""
	}
	toks := x.stripHead(x.tokens(p, x.aux))
	for len(toks) > 0 && toks[len(toks)-1].is(lexicon.Function|lexicon.Time) {
		toks = toks[:len(toks)-1]
	}
	var b strings.Builder
	for _, t := range toks {
		b.WriteString(x.text(t.phrase))
	}
	return b.String()
}
