package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/fold"
	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// A line is one sentence made ready for reading: its runes, folded to half
// width and simplified characters, and where each stands in the text. Folding
// is rune by rune, so places in the two agree. Words are looked for in the bytes
// of the runes, which is quicker than rune by rune.
type line struct {
	schema.Span            // of the sentence in the text
	text        string     // of the document, or of a heading alone
	r           []rune     // folded
	seen        [32]uint64 // the runes that may stand in it, by their last bits
	off         []int32    // of each rune in the text
	s           string     // the folded runes as UTF-8
	at8         []int32    // of each rune in s
	buf         []byte     // of s
	lex         *lexicon.Lexicon
	cuts        []cut // the words of the general dictionary, by where they end; see cutWords
	pieces      []int // the ends of what they are cut of at a time; none before they are asked for
	masks       []int // see maskedYears; nil before they are asked for
}

// set fills the line with a span of text, reusing its memory.
func (l *line) set(text string, span schema.Span) {
	l.Span, l.text = span, text
	l.r, l.off, l.at8, l.buf, l.pieces, l.masks = l.r[:0], l.off[:0], l.at8[:0], l.buf[:0], l.pieces[:0], nil
	clear(l.seen[:])
	same := true // nothing is folded
	for i := span.Start; i < span.End; {
		printed, size := utf8.DecodeRuneInString(text[i:])
		r := foldRune(printed)
		n := len(l.r)
		end := l.closeUp(n, r)
		if same && (end < n || r != printed || r == utf8.RuneError) {
			same = false
			l.buf = append(l.buf, text[span.Start:i]...)
		}
		if end < n {
			l.r, l.off, l.buf, l.at8 = l.r[:end], l.off[:end], l.buf[:l.at8[end]], l.at8[:end]
		}
		at := i - span.Start
		if !same {
			at, l.buf = len(l.buf), utf8.AppendRune(l.buf, r)
		}
		l.off, l.at8, l.r = append(l.off, int32(i)), append(l.at8, int32(at)), append(l.r, r)
		l.seen[r>>6&31] |= 1 << (r & 63)
		i += size
	}
	if l.s = span.In(text); !same {
		l.s = string(l.buf)
	}
	l.off, l.at8 = append(l.off, int32(span.End)), append(l.at8, int32(len(l.s)))
}

// may reports whether a word can stand in the line by its first rune: false is sure, true is not.
func (l *line) may(word string) bool {
	if len(word) > 2 && word[0]>>4 == 0xe { // of three bytes, as most are
		return l.seen[word[1]&31]>>(word[2]&63)&1 == 1
	}
	r, _ := utf8.DecodeRuneInString(word)
	return l.seen[r>>6&31]>>(r&63)&1 == 1
}

// cut is what stands from one rune to another.
func (l *line) cut(from, to int) string {
	if from, to = max(from, 0), min(to, len(l.r)); from >= to {
		return ""
	}
	return l.s[l.at8[from]:l.at8[to]]
}

// rune is the number of the rune that begins at a byte of s.
func (l *line) rune(at int) int {
	i, _ := slices.BinarySearch(l.at8, int32(at))
	return i
}

// closeUp is where the blanks before r begin that stand inside a Chinese numeral, 三千 八百 九十六 万, or a date, 2012 年
// 1 至 9 月, and are dropped, so that it is read as one; n if there are none. The offsets of other runes stay untouched.
func (l *line) closeUp(n int, r rune) int {
	end := l.back(n)
	first := end
	for first < n && isDigit(l.at(first-1)) {
		first--
	}
	switch last := l.at(end - 1); {
	case end == n || end == 0:
	case inNumeral(last) && inNumeral(r), isDigit(r) && oneOf(last, "年月至") && isDigit(l.at(end-2)),
		first < end && oneOf(r, "年月日至") && !(l.at(first-1) == ' ' && inTime(l.at(first-2))): // 12 2011 年 is none
		return end
	}
	return n
}

// inNumeral reports the runes that Chinese numerals are made of.
func inNumeral(r rune) bool {
	if r < 0x3000 {
		return false
	}
	switch r {
	case '点', '分', '之', '余', '几', '成', '个':
		return true
	}
	return isHan(r)
}

// foldRune folds a rune, but leaves apart what extraction must tell apart: the
// comma of a clause ， and the comma of thousands ,.
func foldRune(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case r >= 0x3400 && r < 0xa000:
		return fold.Rune(r)
	case r >= 'Ⅰ' && r <= 'ⅿ':
		return r
	}
	switch r {
	case '，':
		return r
	case '℅', '﹪':
		return '%'
	case '—', '–', '－', '−', '―', '‐', '‑':
		return '-'
	case '～', '〜', '∼':
		return '~'
	case '∶', '：', '︰', '﹕':
		return ':'
	case '\u3000', '\u00a0', '\u2002', '\u2003', '\u2009', '\u202f':
		return ' '
	}
	return fold.Rune(r)
}

// span turns a range of runes into a span of the text.
func (l *line) span(start, end int) schema.Span {
	return schema.Span{Start: int(l.off[start]), End: int(l.off[end])}
}

// at returns the rune at i, 0 outside the line.
func (l *line) at(i int) rune {
	if i < 0 || i >= len(l.r) {
		return 0
	}
	return l.r[i]
}

// has reports whether the line continues with word at i.
func (l *line) has(i int, word string) bool {
	return i >= 0 && i < len(l.r) && strings.HasPrefix(l.s[l.at8[i]:], word)
}

// spaces returns the first place from i that is no space or line break.
func (l *line) spaces(i int) int {
	for i < len(l.r) && (l.r[i] == ' ' || l.r[i] == '\n') {
		i++
	}
	return i
}

// back is the end of the text before i without blanks.
func (l *line) back(i int) int {
	for l.at(i-1) == ' ' {
		i--
	}
	return i
}

// unitAt reports whether a unit starts at i.
func (l *line) unitAt(i int) bool {
	if i >= len(l.r) {
		return false
	}
	n, _ := l.lex.Units.Longest(l.r[i:])
	return n > 0
}

// at2 reports whether the line continues at i with one of two words.
func (l *line) at2(i int, a, b string) bool { return l.has(i, a) || l.has(i, b) }

// among reports whether the rune at i is one of some.
func (l *line) among(i int, runes string) bool { return oneOf(l.at(i), runes) }

// oneOf reports one of a few runes, which is quicker found out rune by rune.
func oneOf(r rune, runes string) bool {
	for _, c := range runes {
		if c == r {
			return true
		}
	}
	return false
}
