package extract

import (
	"slices"
	"strings"

	"mingxi/extract/lexicon"
)

// Money and what it goes to: 投资380万元新建敬老院两所, 25.68万元用于采购被子3000床,
// 投入236万元,推进校园足球场地建设.

// spend reads money that is spent on what follows without a sign between.
func (x *reader) spend() {
	for k := 0; k+1 < len(x.mentions); k++ {
		m, next := &x.mentions[k], &x.mentions[k+1]
		if !m.isMoney() || next.delim != 0 || next.isMoney() || !x.governed(next) {
			continue
		}
		s := &m.said
		switch {
		case m.purpose:
			s.measure = slot{text: x.lex.Money[0]}
		case s.object.empty() && !s.event.empty() && s.measure.empty(), s.object.empty() && !s.measure.empty():
			s.measure = slot{text: s.event.text + s.measure.text, at: m.own} // 投资
		default:
			continue
		}
		s.event, s.object, s.verbFirst = next.said.event, next.said.object, next.said.verbFirst
	}
}

// governed reports a figure whose own words begin with the verb that governs it: 新建敬老院两所, 实施|34个项目.
func (x *reader) governed(m *mention) bool {
	if !m.said.event.empty() && m.said.verbFirst {
		return true
	}
	toks := x.tokens(m.own, nil)
	return len(toks) > 0 && !m.said.object.empty() && m.counts() && x.among(toks[len(toks)-1], x.lex.Doing)
}

// spentOn gives money that its own words leave open what the clause behind it
// does with it.
func (x *reader) spentOn(m, prev *mention, k int) (frame, bool) {
	f := m.frame
	if has(x.lex.SpendNoun, f.object.text) && f.measure.empty() {
		f.object, f.measure = slot{}, f.object
	}
	if has(x.lex.Spend, f.object.text) && f.event.empty() { // 筹资
		f.object, f.event = slot{}, f.object
	}
	if !m.isMoney() || m.change != "" || !f.object.empty() || !f.place.empty() || !x.openMoney(&f) {
		return frame{}, false
	}
	g := x.doneNext(m, k)
	if g.object.empty() || has(x.lex.Outcome, g.event.text) {
		return frame{}, false
	}
	g.measure = slot{text: x.lex.Money[0]}
	if x.generic(f.event.text) || strings.HasSuffix(f.event.text, "资") || !f.measure.empty() { // 筹资, 投资
		g.measure = slot{text: f.measure.text, at: m.own}
		if f.measure.empty() {
			g.measure.text = f.event.text // 投入, 投资
		}
	}
	g.place, g.average = slot{}, f.average
	return g, true
}

// openMoney reports words for giving or getting money that do not say what for.
func (x *reader) openMoney(f *frame) bool {
	return (f.event.empty() || has(x.lex.Spend, f.event.text)) && (f.measure.empty() || has(x.lex.SpendNoun, f.measure.text)) && !f.bare()
}

// doneNext reads the clause behind a figure and a comma: what is done to what.
func (x *reader) doneNext(m *mention, k int) frame {
	if !m.pred.empty() { // 筹资280万元购置急救设备
		toks := x.tokens(m.pred, nil)
		if m.of || !m.noun.empty() {
			return x.deed(toks)
		}
		return x.purposeOf(toks)
	}
	if m.purpose { // 75亿元用于|水利建设
		return x.purposeOf(x.leading(phrase{m.consumed, x.firstPiece(phrase{m.consumed, len(x.line.r)}).to}))
	}
	from := max(m.to, m.consumed)
	if c := x.line.at(from); c != '，' && c != ',' {
		return frame{}
	}
	p := x.firstPiece(phrase{from + 1, len(x.line.r)})
	if next := x.mentionAt(k + 1); next != nil && next.from < p.to {
		if next.isMoney() || next.own.from > p.from || m.per != "" { // 亩均投资1500元,新打机井120眼
			return frame{}
		}
		if toks := x.leading(next.own); len(toks) == 0 || !toks[0].verbal() {
			return frame{}
		}
		for k++; k+1 < len(x.mentions) && x.emptyOwn(&x.mentions[k+1]) && x.mentions[k+1].delim == 0; k++ { // 实施148所学校151座旱厕改造
			next = &x.mentions[k+1]
		}
		return frame{event: next.said.event, object: next.said.object, verbFirst: true}
	}
	return x.deed(x.leading(p))
}

// purposeOf is what money is for: a deed, or a thing alone.
func (x *reader) purposeOf(toks []token) frame {
	if len(toks) > 0 && toks[0].content() && toks[len(toks)-1].to-toks[0].from <= maxPhrase && !slices.ContainsFunc(toks, token.filler) {
		return frame{object: x.slotOf(toks, false)}
	}
	return x.deed(toks)
}

// deed reads words that begin with a verb as what is done to what.
func (x *reader) deed(toks []token) frame {
	if len(toks) < 2 || !toks[0].verbal() || has(x.lex.Outcome, x.text(toks[0].phrase)) || toks[len(toks)-1].to-toks[0].from > maxLabel-10 {
		return frame{}
	}
	var tmp mention
	return x.slots(&tmp, toks)
}

// leading are the words of a phrase from the first that says something.
func (x *reader) leading(p phrase) []token {
	toks := x.tokens(p, nil)
	for len(toks) > 0 && (toks[0].filler() || toks[0].is(lexicon.Time)) {
		toks = toks[1:]
	}
	return toks
}
