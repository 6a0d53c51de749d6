package pdf

import (
	"math"
	"strconv"
)

// kind is the type of a token or operand.
type kind uint8

const (
	kNone   kind = iota // end of input
	kNumber             // num
	kName               // str, without the slash, #xx decoded
	kString             // str, unescaped bytes
	kArray              // arr
	kDict               // arr: key, value, key, value …
	kWord               // str: an operator or any other keyword
	kRef                // num: object number; str: the generation
	kOpen               // "[" or "<<": str says which
	kClose              // "]", ">>", "{" or "}"
)

// An operand is a direct object of a content stream or CMap.
type operand struct {
	kind kind
	num  float64
	str  string
	arr  []operand
}

// get returns the value of key in a dictionary.
func (o operand) get(key string) (operand, bool) {
	if o.kind != kDict {
		return operand{}, false
	}
	for i := 0; i+1 < len(o.arr); i += 2 {
		if o.arr[i].str == key {
			return o.arr[i+1], true
		}
	}
	return operand{}, false
}

// A lexer reads PDF syntax: content streams, CMaps and damaged files. It never
// fails: what it cannot read it skips.
type lexer struct {
	b     []byte
	pos   int
	count int // elements of the object being read
}

const maxNesting = 64

// next reads an object or an operator. At the end its kind is kNone.
func (l *lexer) next() operand {
	l.count = 0
	return l.object(0)
}

func (l *lexer) object(depth int) operand {
	t := l.token()
	if t.kind != kOpen {
		return t
	}
	if depth > maxNesting {
		return operand{kind: kWord}
	}
	o := operand{kind: kArray}
	if t.str == "<<" {
		o.kind = kDict
	}
	for {
		e := l.object(depth + 1)
		switch e.kind {
		case kNone:
			return o
		case kClose:
			if e.str == "]" || e.str == ">>" {
				return o
			}
			continue
		case kWord:
			if e.str == "R" {
				o.arr = foldRef(o.arr)
				continue
			}
			if o.kind == kArray && e.str != "null" && e.str != "true" && e.str != "false" {
				continue
			}
		}
		if l.count++; l.count < maxElements {
			o.arr = append(o.arr, e)
		}
	}
}

// foldRef turns the two numbers at the end into a reference.
func foldRef(arr []operand) []operand {
	n := len(arr)
	if n < 2 || arr[n-1].kind != kNumber || arr[n-2].kind != kNumber {
		return arr
	}
	ref := operand{kind: kRef, num: arr[n-2].num, str: strconv.Itoa(int(arr[n-1].num))}
	return append(arr[:n-2], ref)
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == 0 || c == '\f'
}

func isDelim(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func (l *lexer) skipSpace() {
	for l.pos < len(l.b) {
		c := l.b[l.pos]
		if c == '%' {
			for l.pos < len(l.b) && l.b[l.pos] != '\n' && l.b[l.pos] != '\r' {
				l.pos++
			}
			continue
		}
		if !isSpace(c) {
			return
		}
		l.pos++
	}
}

func (l *lexer) token() operand {
	l.skipSpace()
	if l.pos >= len(l.b) {
		return operand{}
	}
	c := l.b[l.pos]
	switch c {
	case '(':
		return l.literal()
	case '/':
		return l.name()
	case '[':
		l.pos++
		return operand{kind: kOpen, str: "["}
	case ']', '{', '}':
		l.pos++
		return operand{kind: kClose, str: string(c)}
	case ')':
		l.pos++
		return l.token()
	case '<':
		if l.pos+1 < len(l.b) && l.b[l.pos+1] == '<' {
			l.pos += 2
			return operand{kind: kOpen, str: "<<"}
		}
		return l.hex()
	case '>':
		l.pos++
		if l.pos < len(l.b) && l.b[l.pos] == '>' {
			l.pos++
		}
		return operand{kind: kClose, str: ">>"}
	}
	return l.word()
}

// word reads a number or a keyword.
func (l *lexer) word() operand {
	start := l.pos
	for l.pos < len(l.b) && !isSpace(l.b[l.pos]) && !isDelim(l.b[l.pos]) {
		l.pos++
	}
	w := l.b[start:l.pos]
	if c := w[0]; c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' {
		if n, ok := number(w); ok {
			return operand{kind: kNumber, num: n}
		}
	}
	return operand{kind: kWord, str: string(w)}
}

// number reads a PDF number, also in the broken forms met: "--5", "1.2.3", "0.-5", "12-34".
func number(w []byte) (float64, bool) {
	neg, digits, dot := false, false, false
	v, scale := 0.0, 1.0
	for i, c := range w {
		switch {
		case c == '-' && i == 0:
			neg = true
		case c == '-' && !digits || c == '+' && i == 0:
		case c >= '0' && c <= '9':
			digits = true
			if dot {
				scale /= 10
				v += float64(c-'0') * scale
			} else {
				v = v*10 + float64(c-'0')
			}
		case c == '.' && !dot:
			dot = true
		case (c == '-' || c == '.') && digits:
			return signed(v, neg), true
		case (c == 'e' || c == 'E') && digits:
			f, err := strconv.ParseFloat(string(w), 64)
			return f, err == nil && !math.IsInf(f, 0)
		default:
			return 0, false
		}
	}
	return signed(v, neg), digits || dot
}

func signed(v float64, neg bool) float64 {
	if neg {
		return -v
	}
	return v
}

func (l *lexer) name() operand {
	l.pos++
	start := l.pos
	esc := false
	for l.pos < len(l.b) && !isSpace(l.b[l.pos]) && !isDelim(l.b[l.pos]) {
		esc = esc || l.b[l.pos] == '#'
		l.pos++
	}
	s := string(l.b[start:l.pos])
	if esc {
		s = unescapeName(s)
	}
	return operand{kind: kName, str: s}
}

func unescapeName(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '#' && i+2 < len(s) {
			if h, l := unhex(s[i+1]), unhex(s[i+2]); h >= 0 && l >= 0 {
				out = append(out, byte(h<<4|l))
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return string(out)
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func (l *lexer) hex() operand {
	l.pos++
	var out []byte
	half := -1
	for l.pos < len(l.b) {
		c := l.b[l.pos]
		l.pos++
		if c == '>' {
			break
		}
		h := unhex(c)
		switch {
		case h < 0:
		case half < 0:
			half = h
		default:
			out = append(out, byte(half<<4|h))
			half = -1
		}
	}
	if half >= 0 {
		out = append(out, byte(half<<4))
	}
	return operand{kind: kString, str: string(out)}
}

// literal reads a string in parentheses.
func (l *lexer) literal() operand {
	l.pos++
	var out []byte
	depth := 1
	for l.pos < len(l.b) {
		c := l.b[l.pos]
		l.pos++
		switch c {
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				return operand{kind: kString, str: string(out)}
			}
		case '\\':
			out = l.escape(out)
			continue
		case '\r':
			if l.pos < len(l.b) && l.b[l.pos] == '\n' {
				l.pos++
			}
			c = '\n'
		}
		out = append(out, c)
	}
	return operand{kind: kString, str: string(out)}
}

// escape reads what follows a backslash.
func (l *lexer) escape(out []byte) []byte {
	if l.pos >= len(l.b) {
		return out
	}
	c := l.b[l.pos]
	l.pos++
	switch c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b':
		return append(out, '\b')
	case 'f':
		return append(out, '\f')
	case '\r':
		if l.pos < len(l.b) && l.b[l.pos] == '\n' {
			l.pos++
		}
		return out
	case '\n':
		return out
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	v := int(c - '0')
	for i := 0; i < 2 && l.pos < len(l.b) && l.b[l.pos] >= '0' && l.b[l.pos] <= '7'; i++ {
		v = v<<3 | int(l.b[l.pos]-'0')
		l.pos++
	}
	return append(out, byte(v))
}
