package extract

import (
	"unicode/utf8"

	"mingxi/corpus/segment"
	"mingxi/extract/lexicon"
)

// The words around a figure. Between two figures of a sentence stands a gap:
//
//	…农村大病196户 ,发放救助金 525000元 ;城市大病救助 84户…
//
// Its last piece, after the last punctuation, belongs to the figure on its
// right (own); a piece that touches the figure on its left may be the noun that
// it counts (post); pieces between are context.

// A phrase is a stretch of runes of the line.
type phrase struct{ from, to int }

func (p phrase) empty() bool { return p.from >= p.to }

// A token is a word of the lexicon in a phrase, or a run of runes that are in
// no word (class 0): most nouns.
type token struct {
	phrase
	class lexicon.Class
}

func (t token) is(c lexicon.Class) bool { return t.class&c != 0 }

// content reports a token that says what is measured.
func (t token) content() bool {
	return t.class == 0 || t.is(lexicon.Keep|lexicon.Fixed|lexicon.Rhetorical) && !t.is(lexicon.Verb|lexicon.State|lexicon.Generic)
}

// tokens cuts a phrase into words, longest first; punctuation is left out.
func (x *reader) tokens(p phrase, buf []token) []token {
	r := x.line.r
	buf = buf[:0]
	run := p.from
	flush := func(to int) {
		if run < to {
			buf = append(buf, token{phrase: phrase{run, to}})
		}
	}
	for i := p.from; i < p.to; {
		if j := x.skipTitle(i, p.to); j > i { // 《…办法》, (曲民字〔2012〕25号)
			flush(i)
			i, run = j, j
			continue
		}
		if r[i] == '.' && i > p.from && isDigit(r[i-1]) && i+1 < p.to && isDigit(r[i+1]) {
			i++
			continue
		}
		if isPunct(r[i]) && r[i] != '、' || r[i] == ' ' || r[i] == '-' {
			flush(i)
			i++
			run = i
			continue
		}
		if j := min(x.timeAt(i), p.to); j > i && (run == i || r[i] < 0x4e00 || j > i+2) {
			flush(i)
			buf = append(buf, token{phrase{i, j}, lexicon.Time})
			i, run = j, j
			continue
		}
		n, v := x.lex.Words.Longest(r[i:p.to])
		if n == 0 || n == 1 && !standsAlone(r[i]) && !x.aloneAt(i, run, p, buf) {
			i++
			continue
		}
		flush(i)
		buf = append(buf, token{phrase{i, i + n}, lexicon.Class(v)})
		i += n
		run = i
	}
	flush(p.to)
	return buf
}

// aloneAt reports whether a word of one rune may count at i: at the start of the
// phrase or after words of time and function, before a time, or at its end.
func (x *reader) aloneAt(i, run int, p phrase, buf []token) bool {
	switch {
	case i == p.from:
		return !x.startsWord(i, p.to)
	case i == run && len(buf) > 0 && buf[len(buf)-1].to == i && buf[len(buf)-1].is(lexicon.Function|lexicon.Time|lexicon.Plan):
		return true
	case i == run && (len(buf) == 0 || buf[len(buf)-1].to < i):
		return true
	case x.timeAt(i+1) > i+1:
		return true
	}
	return x.emptyTail(i, p.to)
}

// emptyTail reports whether from i on only words follow that carry no meaning:
// 粮食产量|就达, 标准|拟提高到, 养老金|从人均.
func (x *reader) emptyTail(i, to int) bool {
	for i < to {
		n, v := x.lex.Words.Longest(x.line.r[i:to])
		if n == 0 || n == 1 && !endsAlone(x.line.r[i]) {
			return n == 0 && i+1 < to && x.line.r[to-1] == '均' && to-i <= 3
		}
		if lexicon.Class(v)&(lexicon.Function|lexicon.Level|lexicon.Plan|lexicon.Time|lexicon.Change) == 0 && x.line.r[i+n-1] != '均' {
			return false
		}
		i += n
	}
	return true
}

// startsWord reports whether the general dictionary has a longer word at i, cut
// in its place among its neighbours: 和|田 is none but 和田, 对|虾 none but 对虾.
func (x *reader) startsWord(i, to int) bool {
	long := false
	x.general().Words(string(x.line.r[i:min(i+8, to)]), func(w segment.Word) bool {
		long = w.End > utf8.RuneLen(x.line.r[i]) && w.Tag != "x"
		return false
	})
	return long
}

// endsAlone are the words of one rune that may end the words before a figure.
func endsAlone(r rune) bool {
	for _, w := range "为达有共约由至到从是了仅近逾超增减降升涨在于将拟占获就但却均都已" {
		if r == w {
			return true
		}
	}
	return false
}

// skipTitle passes over a title in 《》 and a remark in brackets.
func (x *reader) skipTitle(i, to int) int {
	var end rune
	switch x.line.r[i] {
	case '《':
		end = '》'
	case '(':
		end = ')'
	default:
		return i
	}
	for j := i + 1; j < to && j < i+60; j++ {
		if x.line.r[j] == end {
			return j + 1
		}
	}
	return i
}

// standsAlone are the words of one rune that also count inside a run of
// unknown words; others (为 in 行为, 有 in 国有) count only at its start.
func standsAlone(r rune) bool { return r == '的' || r == '和' }

// around computes own, delimiter and post of every figure of the line.
func (x *reader) around() {
	l := &x.line
	prev := 0
	for k := range x.mentions {
		m := &x.mentions[k]
		m.gap = phrase{prev, m.from}
		m.own, m.delim = x.lastPiece(m.gap, k > 0)
		end := len(l.r)
		if k+1 < len(x.mentions) {
			end = x.mentions[k+1].from
		}
		m.post = x.firstPiece(phrase{m.to, end})
		prev = m.to
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
			return phrase{i + 1, gap.to}, c
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

// text returns the runes of a phrase without brackets and spaces.
func (x *reader) text(p phrase) string {
	out := make([]rune, 0, p.to-p.from)
	depth := 0
	for _, c := range x.line.r[p.from:p.to] {
		switch {
		case c == '(':
			depth++
		case c == ')':
			if depth > 0 {
				depth--
			}
		case depth > 0 || c == ' ' || c == '\n' || c == '“' || c == '”' || c == '"' || c == '\'' || c == '‘' || c == '’' || c == '-' || c == '\t':
		default:
			out = append(out, c)
		}
	}
	return string(out)
}
