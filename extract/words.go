package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/segment"
	"mingxi/extract/lexicon"
)

// Words: a phrase is divided once, by the general dictionary with the lexicon
// laid over it. A word of the lexicon counts where its ends are ends of words of
// the dictionary (和 in 和田 does not); what no list names keeps the part of
// speech that the dictionary gives it.

// A phrase is a stretch of runes of the line.
type phrase struct{ from, to int }

func (p phrase) empty() bool { return p.from >= p.to }

// A token is a word in a phrase.
type token struct {
	phrase
	class lexicon.Class // of the lexicon, 0 if it has none
	tag   string        // part of speech by the general dictionary, x if unknown
}

func (t token) is(c lexicon.Class) bool { return t.class&c != 0 }

// verbal reports a word for what is done or happens.
func (t token) verbal() bool {
	if t.is(lexicon.State) {
		return true
	}
	if t.is(lexicon.Verb | lexicon.Light) {
		return !t.is(lexicon.Keep | lexicon.Fixed)
	}
	return t.class == 0 && t.tag == "v" && t.to-t.from >= 2
}

// filler reports a word that says nothing in a label: adverbs, conjunctions,
// particles and the words of function.txt.
func (t token) filler() bool {
	if t.is(lexicon.Keep | lexicon.Member) {
		return false
	}
	if t.is(lexicon.Function) {
		return true
	}
	switch t.tag {
	case "d", "ad", "c", "y", "e", "o", "p":
		return t.class == 0
	}
	return false
}

// content reports a word that says what is measured.
func (t token) content() bool {
	return !t.verbal() && !t.filler() && !t.is(lexicon.Generic|lexicon.Measure|lexicon.Time|lexicon.Change|lexicon.Level|lexicon.Plan) || t.is(lexicon.Keep|lexicon.Fixed)
}

// A cut is where a word of the general dictionary ends, with its tag.
type cut struct {
	ends bool
	tag  string
}

// tokens divides a phrase into words; punctuation, brackets and titles in 《》
// are left out.
func (x *reader) tokens(p phrase, buf []token) []token {
	r := x.line.r
	buf = buf[:0]
	for i := p.from; i < p.to && (isDigit(r[i]) || power(r[i]) > 0); i++ {
		if power(r[i]) > 0 && i > 0 && isDigit(r[i-1]) {
			p.from = i + 1 // 1:5万|地形图
			break
		}
	}
	run := p.from
	flush := func(to int) {
		if run < to {
			buf = x.divide(phrase{run, to}, buf)
		}
	}
	for i := p.from; i < p.to; {
		if g := x.gradeName(i, p); !g.empty() {
			flush(g.from)
			buf = append(buf, token{phrase: g, class: lexicon.Keep, tag: "n"})
			i, run = g.to, g.to
			continue
		}
		if j := x.skipTitle(i, p.to); j > i { // 《…办法》, (曲民字〔2012〕25号)
			flush(i)
			if r[i] == '《' && j == p.to { // 赠送《多种经营手册》2万册
				buf = append(buf, token{phrase: phrase{i, j}, class: lexicon.Keep, tag: "n"})
			}
			i, run = j, j
			continue
		}
		if (r[i] == '.' || r[i] == '-') && i > p.from && isDigit(r[i-1]) && i+1 < p.to && isDigit(r[i+1]) {
			i++
			continue
		}
		if isPunct(r[i]) && r[i] != '、' || r[i] == ' ' || r[i] == '-' || r[i] == '+' {
			flush(i)
			i++
			run = i
			continue
		}
		if j := min(x.timeAt(i), p.to); j > i && (run == i || r[i] < 0x4e00 || j > i+2 || x.measureEnds(i) && x.changesAt(j)) && !x.nameAt(i, j) {
			flush(i)
			buf = append(buf, token{phrase: phrase{i, j}, class: lexicon.Time})
			i, run = j, j
			continue
		}
		i++
	}
	flush(p.to)
	return buf
}

// gradeName is the grade at i that is part of a name: 2.0级以上|地震, 1-4级|残疾军人, 小(一)型|水库.
func (x *reader) gradeName(i int, p phrase) phrase {
	l := &x.line
	if x.sizeClass(i, p) {
		return phrase{i - 1, i + 4}
	}
	j := i
	for j < p.to && (isDigit(l.r[j]) || j > i && l.among(j, ".-至~")) {
		j++
	}
	if j == i || j >= p.to || l.r[j] != '级' || i > 0 && (isDigit(l.r[i-1]) || l.among(i-1, "-至~")) {
		return phrase{}
	}
	j++
	for _, w := range x.lex.GradeEnd {
		if l.has(j, w) {
			j += utf8.RuneCountInString(w)
			break
		}
	}
	return phrase{i, j}
}

// sizeClass reports the class of a reservoir around the bracket at i: 小(一)型.
func (x *reader) sizeClass(i int, p phrase) bool {
	l := &x.line
	return l.at(i) == '(' && i > p.from && i+3 < p.to && l.at(i-1) == '小' && l.among(i+1, "一二12") && l.at(i+2) == ')' && l.at(i+3) == '型'
}

// nameAt reports a name at i that is longer than the time that it begins like:
// 九年一贯制.
func (x *reader) nameAt(i, end int) bool {
	n, v := x.lex.Words.Longest(x.line.r[i:])
	return i+n > end && lexicon.Class(v)&(lexicon.Keep|lexicon.Fixed) != 0
}

// divide appends the words of a stretch without punctuation.
func (x *reader) divide(p phrase, buf []token) []token {
	r := x.line.r
	cuts := x.line.cutWords(p, x.general)
	for from := p.from; from < p.to; {
		n, v := x.lex.Words.Longest(r[from:p.to])
		for n > 0 && !cuts[from+n].ends && from+n < p.to && !x.longName(phrase{from + n, p.to}) && !(n > 2 && lexicon.Class(v)&lexicon.Keep != 0) { // 性别比|为
			n, v = x.lex.Words.Longest(r[from : from+n-1])
		}
		end := from + max(n, 1)
		for !cuts[end].ends {
			end++
		}
		t := token{phrase: phrase{from, min(end, p.to)}, tag: cuts[end].tag}
		if n > 0 {
			t.to, t.class = from+n, lexicon.Class(v)
		} else if r[from] == '共' && t.to == from+2 && t.tag == "v" { // 共收, 共立
			t.to, t.class, t.tag = from+1, lexicon.Function, "d"
		}
		if k := len(buf) - 1; k >= 0 && buf[k].to == t.from && buf[k].verbal() && t.to-t.from == 1 && x.among(t, x.lex.DoerEnd) { // 捐献|者, 申请|户, 抢救|性
			t = token{phrase: phrase{buf[k].from, t.to}, tag: "n"}
			buf = buf[:k]
		} else if k >= 0 && buf[k].to == t.from && (t.verbal() && x.among(buf[k], x.lex.Negation) || x.prefixes(buf[k], t) || x.is(t, "率") && buf[k].filler()) { // 未|通过, 应|检, 及时|率
			t.from = buf[k].from
			buf = buf[:k]
		}
		buf = append(buf, t)
		from = t.to
	}
	return buf
}

// longName reports a name of four characters or more that a phrase begins with: 超|时序进度, whatever the
// dictionary makes of its first character.
func (x *reader) longName(p phrase) bool {
	n, v := x.lex.Words.Longest(x.line.r[p.from:p.to])
	return n > 3 && lexicon.Class(v)&lexicon.Keep != 0
}

// prefixes reports a word of one character that makes one word with another: before a verb
// 应|收, 实|收, 虚|列, some before all that no list names: 应|检, 自|付, 特|岗.
func (x *reader) prefixes(before, t token) bool {
	if t.to-t.from != 1 || t.is(lexicon.Level|lexicon.Change|lexicon.Function|lexicon.Light) {
		return false
	}
	return strings.HasPrefix(t.tag, "v") && x.among(before, x.lex.Prefix) || t.class == 0 && !t.filler() && x.among(before, x.lex.Fused)
}

// longestPiece bounds what is divided at a time, in runes.
const longestPiece = 1000

// cutWords divides the clauses that a phrase touches, each once, and returns the cuts
// by their places in the line. No word spans a mark that ends a clause.
func (l *line) cutWords(p phrase, general func() *segment.Segmenter) []cut {
	if len(l.pieces) == 0 {
		l.cuts = slices.Grow(l.cuts[:0], len(l.r)+1)[:len(l.r)+1]
		clear(l.cuts)
		last := 0
		for i, r := range l.r {
			if partsWords(r) || i-last > longestPiece {
				last = i + 1
				l.pieces = append(l.pieces, last)
			}
		}
		l.pieces = append(l.pieces, len(l.r))
	}
	k, _ := slices.BinarySearch(l.pieces, p.from+1)
	at := 0
	if k > 0 {
		at = l.pieces[k-1]
	}
	for ; at < p.to; k++ {
		end := l.pieces[k]
		if !l.cuts[end].ends {
			from := l.at8[at]
			general().Words(l.cut(at, end), func(w segment.Word) bool {
				for l.at8[at] < from+int32(w.End) {
					at++
				}
				l.cuts[at] = cut{true, w.Tag}
				return true
			})
		}
		at = end
	}
	return l.cuts
}

// partsWords reports marks that stand in no word.
func partsWords(r rune) bool {
	switch r {
	case '，', ',', ';', ':', '。', '、', '\n':
		return true
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

// is reports whether a token is the word.
func (x *reader) is(t token, word string) bool {
	return x.line.cut(t.from, t.to) == word
}

// among reports whether a token is one of the words.
func (x *reader) among(t token, words []string) bool {
	return has(words, x.line.cut(t.from, t.to))
}

// plain reports bytes without signs, but for those that no text leaves out.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 0xe4 && c < 0xf0 && i+2 < len(s): // a Chinese character
			i += 2
		case isDigit(rune(c)):
		default:
			return false
		}
	}
	return true
}

// text returns the runes of a phrase without brackets, quotes and spaces.
func (x *reader) text(p phrase) string {
	if s := x.line.cut(p.from, p.to); plain(s) {
		return s
	}
	out := make([]rune, 0, max(p.to-p.from, 0))
	depth := 0
	for i := p.from; i < p.to; i++ {
		switch c := x.line.r[i]; {
		case c == '(' && x.sizeClass(i, p):
			out = append(out, x.line.r[i:i+3]...)
			i += 2
		case c == '(':
			depth++
		case c == ')':
			if depth > 0 {
				depth--
			}
		case depth > 0 || c == ' ' || c == '\n' || c == '“' || c == '”' || c == '"' || c == '\'' || c == '‘' || c == '’' || c == '-' && !(isDigit(x.line.at(i-1)) && isDigit(x.line.at(i+1))) || c == '\t' || c == '《' || c == '》':
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

// joined joins the text of tokens; fillers inside are kept if they bind (和, 的).
func (x *reader) joined(toks []token) string {
	out := make([]rune, 0, 24)
	for i, t := range toks {
		if i > 0 && i < len(toks)-1 && t.is(lexicon.Light) && x.among(t, x.lex.Complete) { // 通道绿化|完成|栽植
			continue
		}
		if t.is(lexicon.Time) || t.filler() && !x.binds(toks, i) && !x.stuck(toks, i) && !x.superlative(toks, i) && !x.qualifies(toks, i) || x.hollow(t) && !x.gradesNext(toks, i) {
			continue
		}
		if i > 0 && i+1 < len(toks) && x.among(t, x.lex.Dummy) {
			continue // 申请户|进行|评议
		}
		out = append(out, []rune(x.text(t.phrase))...)
	}
	return trimJoint(string(out))
}

// qualifies reports a word that the general dictionary alone calls an adverb and
// that stands before a noun: 故意|伤害罪.
func (x *reader) qualifies(toks []token, i int) bool {
	t := toks[i]
	if v, ok := x.lex.Words.Has(x.line.r[t.from : t.from+1]); ok && lexicon.Class(v)&lexicon.Function != 0 {
		return false // 共为, 已经
	}
	return t.class == 0 && (t.tag == "d" || t.tag == "ad") && t.to-t.from >= 2 && i+1 < len(toks) && toks[i+1].from == t.to && toks[i+1].content() && toks[i+1].tag != "v"
}

// stuck reports a word of one character beside another of one: parts of a word
// that the dictionary does not have, 烈|属, 化学|需|氧|量.
func (x *reader) stuck(toks []token, i int) bool {
	t := toks[i]
	lone := func(u token) bool {
		return u.to-u.from == 1 && !u.filler() && !u.is(lexicon.Time|lexicon.Light|lexicon.Change) && u.tag != "x"
	}
	return t.to-t.from == 1 && t.tag != "uj" && t.tag != "p" && !x.among(t, x.lex.Loose) && (i > 0 && toks[i-1].to == t.from && lone(toks[i-1]) || i+1 < len(toks) && toks[i+1].from == t.to && lone(toks[i+1]) && i > 0)
}

// superlative reports 最高, 平均 before the noun that it qualifies: 年|最高|气温.
func (x *reader) superlative(toks []token, i int) bool {
	return i+1 < len(toks) && x.among(toks[i], x.lex.Superlative) && toks[i+1].from == toks[i].to && (toks[i+1].content() || toks[i+1].is(lexicon.Measure))
}

// hollow reports digits and masks without a word: 201X农村低保对象.
func (x *reader) hollow(t token) bool {
	if x.line.at(t.from-1) == '“' && x.line.at(t.to) == '”' { // “4050”人员
		return false
	}
	return !slices.ContainsFunc(x.line.r[t.from:t.to], func(r rune) bool { return !isDigit(r) && !isMask(r) && r != '.' && r != '·' })
}

// gradesNext reports digits that belong to the name behind them: 80岁, 6~10千伏线路.
func (x *reader) gradesNext(toks []token, i int) bool {
	for i < len(toks)-1 && (x.hollow(toks[i]) || x.is(toks[i], "~") || x.is(toks[i], "-")) {
		i++
	}
	return x.startsWith(toks[i].from, x.lex.Grade)
}

// binds reports a filler between two nouns that a label keeps: 农村低保和五保对象.
func (x *reader) binds(toks []token, i int) bool {
	if i > 0 && x.is(toks[i-1], "非") {
		return true // 非|基本生活必需品
	}
	if i == 0 || i == len(toks)-1 {
		return i > 0 && x.endsGrade(toks, i)
	}
	return x.among(toks[i], x.lex.Binds) || toks[i-1].verbal() && x.among(toks[i], x.lex.Complement)
}

// endsGrade reports the end of a class of ages, which is a name: 50岁|以上.
func (x *reader) endsGrade(toks []token, i int) bool {
	return x.among(toks[i], x.lex.GradeEnd) && x.endsWithWord(toks[i].from, x.lex.Grade)
}

// trimJoint takes 的, 、 and the like off the ends of a label's part.
func trimJoint(s string) string {
	s = strings.TrimLeft(strings.TrimPrefix(s, "以及"), "的、.")
	for strings.HasPrefix(s, "和、") {
		s = strings.TrimLeft(s[len("和"):], "的、.")
	}
	if t := strings.TrimRight(s, "的、."); !strings.HasSuffix(t, "标") {
		return t
	}
	return strings.TrimRight(s, "、.") // 涉案标的
}
