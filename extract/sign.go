package extract

import (
	"strings"
	"unicode"
)

// Signs before a number: a minus may also be a dash that parts the words from it, and what ▲ means is
// for the words and the other signs to say.

// minus takes a minus that belongs to the number: 增长-9.7%, 净利润 -3.4万元, not 3-5. Behind a blank it
// does where what stands before it can be below nought; 参合率 -95% is 95 %, and a sum is suspect.
func (x *reader) minus(f *figure) {
	if !f.value.Known() {
		return
	}
	switch p := x.line.at(f.from - 2); {
	case p == 0, p == '\n': // else it is the mark of a list
		if f.name != "℃" {
			return
		}
	case p == ' ', p == ')':
		changes, sinks, _ := x.mayTurn(f)
		switch {
		case !x.minusApart(f), !changes && !sinks && !f.isMoney():
			return
		case !changes && !sinks:
			f.number.suspect = true
		}
	case isDigit(p), isLetter(p), strings.ContainsRune("-%", p):
		return
	}
	x.negate(f)
}

// negate makes a figure one below nought by the sign before it.
func (x *reader) negate(f *figure) {
	f.negative = true
	f.value, f.from = f.value.Neg(), f.from-1
}

// minusApart reports a minus behind a blank: 增长 -9.7%. In 60岁 -69岁 it is none, and in
// 低保 -123户 it parts a name from its number.
func (x *reader) minusApart(f *figure) bool {
	l, i := &x.line, x.line.back(f.from-1)
	if !(f.isPercent() || f.isPoints() || f.isMoney() || f.name == "℃") || i == 0 {
		return false
	}
	if strings.ContainsRune("：:，,；;(（", l.at(i-1)) || x.beforeBracket(i) < i {
		return true // 净利润(万元) -3.4万元
	}
	for k := i - 1; k >= i-4; k-- {
		if !unicode.Is(unicode.Han, l.at(k)) {
			return k < i-1 && !isDigit(l.at(k))
		}
	}
	return true
}

// mayTurn says what the words right before the sign of a figure end with: a change, 同比, or what can be
// below nought, 结余; or a fall, 下降.
func (x *reader) mayTurn(f *figure) (changes, sinks, falls bool) {
	i := x.beforeBracket(x.line.back(f.from - 1))
	for i > 0 && strings.ContainsRune(" :：()（）为达", x.line.r[i-1]) {
		i--
	}
	return x.endsWithWord(i, x.lex.Changing), x.endsWithWord(i, x.lex.Sinks) || f.name == "℃", x.endsWithWord(i, x.lex.Falls)
}

// A way is where a sign says that a figure goes.
type way uint8

const (
	none  way = iota
	up        // ↑
	down      // ▼
	below     // ▲, which is a minus in accounts and up beside ▼
)

func upOrDown(r rune) way {
	switch r {
	case '↑':
		return up
	case '▼', '▽', '↓':
		return down
	case '▲', '△':
		return below
	}
	return none
}

// arrow reads ▲ and its like behind a word: 结余▲3万元 is below nought, and GDP同比▲8.5%,工业同比▼3.2%
// are a growth and a fall. What they mean is not known else, as in 增长▲3.2%, 下降▲3.2%, 慰问金▲3万元.
func (x *reader) arrow(f *figure, to way) {
	before := x.line.at(x.line.back(f.from-1) - 1)
	changes, sinks, falls := x.mayTurn(f)
	apart := x.line.at(f.from-2) == ' '
	if !f.value.Known() || !unicode.Is(unicode.Han, before) && !isLetter(before) || apart && !changes && !sinks && !falls {
		return // the mark of a list
	}
	if to == below && x.falling {
		to = up
	}
	rate := f.isPercent() || f.isPoints()
	switch {
	case rate && (changes && to == up || falls && to == down):
		f.from--
	case rate && changes && to == down, f.isMoney() && sinks && to == below:
		x.negate(f)
	default:
		f.from--
		f.number.suspect = true
	}
}

// fallSigned reports a text with a number behind a sign of falling: ▼3.2%.
func fallSigned(s string) bool {
	for s != "" {
		i := strings.IndexAny(s, "▼▽↓")
		if i < 0 {
			return false
		}
		s = strings.TrimLeft(s[i:], "▼▽↓")
		if s != "" && isDigit(rune(s[0])) {
			return true
		}
	}
	return false
}
