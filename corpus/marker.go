package corpus

// What a heading or an item of a list begins with: 一、 (一) 1. ⑴ ① 第一章 篇一.

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A rank orders the kinds of marker from the outermost in.
type rank int

const (
	rankNone    rank = iota
	rankPart         // 第一编 第二部分 篇一 第1篇
	rankChapter      // 第一章
	rankSection      // 第一节
	rankHan          // 一、
	rankBracket      // 【 】
	rankClause       // 第一条
	rankHanIn        // (一) ㈠
	rankArabic       // 1、 1. ⒈
	rankDecimal      // 1.1
	rankIn           // (1) 1) ⑴
	rankCircle       // ①
	rankWord         // 一是 首先
	rankBullet       // ● ■ ―― -
	rankPlain        // no marker at all
)

// A marker is what a heading begins with, and the number that it says.
type marker struct {
	rank rank
	n    int // 0 if it says none
	size int // bytes
}

const hanDigits = "一二三四五六七八九十百"

// markerAt reads the marker at the front of s.
func markerAt(s string) (marker, bool) {
	r, size := utf8.DecodeRuneInString(s)
	var m marker
	switch {
	case !is(r, opening):
		return m, false
	case r == '第':
		m = markOrdinal(s)
	case r == '篇':
		m = markPart(s)
	case strings.ContainsRune(hanDigits, r):
		m = markHan(s)
	case strings.ContainsRune("(（〔【[［", r):
		m = markBracket(s, size)
	case isDigit(r):
		m = markDigits(s)
	case r >= '①' && r <= '⑳':
		m = marker{rankCircle, int(r-'①') + 1, size}
	case r >= '❶' && r <= '❿':
		m = marker{rankCircle, int(r-'❶') + 1, size}
	case r >= '⑴' && r <= '⒇':
		m = marker{rankIn, int(r-'⑴') + 1, size}
	case r >= '⒈' && r <= '⒛':
		m = marker{rankArabic, int(r-'⒈') + 1, size}
	case r >= '㈠' && r <= '㈩':
		m = marker{rankHanIn, int(r-'㈠') + 1, size}
	default:
		m = markWord(s, r, size)
	}
	return m, m.size > 0
}

// markWord reads 首先 and the bullets.
func markWord(s string, r rune, size int) marker {
	switch {
	case r == '首' && strings.HasPrefix(s, "首先"), r == '其' && strings.HasPrefix(s, "其次"):
		return marker{rankWord, 0, len("首先")}
	case strings.ContainsRune("●■◆★☆○◎□△▲·•※▪►➢", r):
		return marker{rankBullet, 0, size}
	case strings.HasPrefix(s, "――"), strings.HasPrefix(s, "——"):
		return marker{rankBullet, 0, 2 * size}
	}
	return marker{}
}

// markPart reads 篇一 and 篇1, also 篇1 that a year follows: 篇12023年.
func markPart(s string) marker {
	at := len("篇")
	if d := firstRune(s[at:]); d >= '1' && d <= '9' && dateAt(s[at+1:]) && !dateAt(s[at:]) || len(s) > at+5 && isDigit(d) && dateAt(s[at+1:]) {
		return marker{rankPart, int(d - '0'), at + 1}
	}
	if n, k := hanOrDigits(s[at:]); k > 0 && n > 0 && n < 100 {
		return marker{rankPart, n, at + k + blanks(s[at+k:])}
	}
	return marker{}
}

// markOrdinal reads 第一章, 第2部分, 第三条.
func markOrdinal(s string) marker {
	n, k := hanOrDigits(s[len("第"):])
	if k == 0 {
		return marker{}
	}
	k += len("第")
	for _, w := range []struct {
		word string
		rank rank
	}{{"编", rankPart}, {"部分", rankPart}, {"篇", rankPart}, {"单元", rankPart}, {"章", rankChapter}, {"节", rankSection}, {"条", rankClause}} {
		if strings.HasPrefix(s[k:], w.word) {
			k += len(w.word)
			return marker{w.rank, n, k + blanks(s[k:])}
		}
	}
	return marker{}
}

// markHan reads 一、 and 一是. 一、二、三 enumerates and marks nothing.
func markHan(s string) marker {
	n, k := hanOrDigits(s)
	if k == 0 || n == 0 || n > 99 {
		return marker{}
	}
	rest := s[k:]
	for _, stop := range []string{"、", "．", ".", "，", ","} {
		after, ok := strings.CutPrefix(rest, stop)
		if !ok || after == "" {
			continue
		}
		if m, l := hanOrDigits(after); l > 0 && m > 0 && strings.HasPrefix(after[l:], stop) || stop == "，" || stop == "," {
			return marker{}
		}
		k += len(stop)
		return marker{rankHan, n, k + blanks(s[k:])}
	}
	if after, ok := strings.CutPrefix(rest, "是"); ok && n < 20 && unicode.Is(unicode.Han, firstRune(after)) {
		return marker{rankWord, n, k + len("是")}
	}
	return marker{}
}

// bracketed returns the bytes of the heading in brackets that begins a text: 【城乡低保】, 〔殡葬〕, [婚姻、收养]; 0 if
// there is none. Other brackets than 【】 hold words alone, and prose is behind them: not 〔2011〕12号, (一).
func bracketed(s string) int {
	const most = 90 // bytes
	if strings.HasPrefix(s, "【") {
		if i := strings.Index(s, "】"); i > 0 && i < most {
			return i + len("】")
		}
		return 0
	}
	r, open := utf8.DecodeRuneInString(s)
	if r == '(' || r == '（' {
		return 0
	}
	for i, r := range s[open:] {
		switch {
		case strings.ContainsRune("〕]］", r):
			end := open + i + utf8.RuneLen(r)
			if n := runes(s[open : open+i]); n < 2 || strings.Trim(s[open:open+i], hanDigits) == "" || len(s) > end && !strings.ContainsAny(s[end:], "，,。；;") {
				return 0 // 〔一〕; [国土]国土资源管理 is a title
			}
			return end
		case i > most/2 || r != '、' && !unicode.Is(unicode.Han, r):
			return 0
		}
	}
	return 0
}

// markBracket reads (一), （1） and 【.
func markBracket(s string, open int) marker {
	if bracketed(s) > 0 {
		return marker{rankBracket, 0, open}
	}
	if r, _ := utf8.DecodeRuneInString(s); strings.ContainsRune("【[［", r) {
		return marker{}
	}
	n, k := hanOrDigits(s[open:])
	if k == 0 || n == 0 || n > 99 {
		return marker{}
	}
	r, size := utf8.DecodeRuneInString(s[open+k:])
	if r != ')' && r != '）' && r != '〕' {
		return marker{}
	}
	to := open + k + size
	if stop := firstRune(s[to:]); stop == '、' {
		to += len("、")
	}
	m := marker{rankHanIn, n, to + blanks(s[to:])}
	if isDigit(firstRune(s[open:])) {
		m.rank = rankIn
	}
	return m
}

// markDigits reads 1、 1. 1) 1.1 but not 1.5亿元, 1,200 or 1、2、3.
func markDigits(s string) marker {
	n, k := hanOrDigits(s)
	if n == 0 || n > 99 || k > 2*len("０") {
		return marker{}
	}
	r, size := utf8.DecodeRuneInString(s[k:])
	to := k + size
	rest := s[to:]
	switch r {
	case ')', '）':
		return marker{rankIn, n, to + blanks(rest)}
	case '、', '.', '．':
	default:
		return marker{}
	}
	if rest == "" || strings.ContainsRune(".．、，,。%％", firstRune(rest)) { // 38⏎2、.4亿 is damage
		return marker{}
	}
	if isDigit(firstRune(rest)) {
		return markDecimal(s, r, n, to)
	}
	return marker{rankArabic, n, to + blanks(rest)}
}

// markDecimal reads what has a digit behind the first stop: 1.1 目标 and
// 1、2013年工作 are markers, 1.5亿元, 1、2、3 and 2.5 are none.
func markDecimal(s string, stop rune, n, to int) marker {
	rest := s[to:]
	second, l := hanOrDigits(rest)
	if stop == '、' || stop == '．' {
		if second >= 1900 && second < 2100 && strings.HasPrefix(rest[l:], "年") {
			return marker{rankArabic, n, to}
		}
		return marker{}
	}
	if second >= 1900 && second < 2100 && strings.HasPrefix(rest[l:], "年") && n < 30 {
		return marker{rankArabic, n, to}
	}
	after := rest[l:]
	for strings.HasPrefix(after, ".") && isDigit(firstRune(after[1:])) { // 1.1.2
		_, k := hanOrDigits(after[1:])
		after = after[1+k:]
	}
	if second == 0 || second > 99 || !strings.HasPrefix(after, " ") && !strings.HasPrefix(after, "\u3000") {
		return marker{}
	}
	body := strings.TrimLeft(after, " \u3000")
	if !unicode.Is(unicode.Han, firstRune(body)) || strings.ContainsRune("万亿元个", firstRune(body)) {
		return marker{}
	}
	return marker{rankDecimal, second, len(s) - len(body)}
}

// blanks is the length of the white space at the front of s.
func blanks(s string) int {
	return len(s) - len(strings.TrimLeft(s, " \t\u3000"))
}

// hanOrDigits reads a small whole number in Arabic (also full-width) or Chinese
// numerals, at most four digits, and its length in bytes.
func hanOrDigits(s string) (n, size int) {
	r, w := utf8.DecodeRuneInString(s)
	if !isDigit(r) {
		return hanNumber(s)
	}
	for digits := 0; isDigit(r) && digits < 4; digits++ {
		if r >= '０' {
			r -= '０' - '0'
		}
		n = n*10 + int(r-'0')
		size += w
		r, w = utf8.DecodeRuneInString(s[size:])
	}
	if isDigit(r) {
		return 0, 0
	}
	return n, size
}

// hanNumber reads 一 … 九十九, 一百二十.
func hanNumber(s string) (n, size int) {
	digit := 0
	for size < len(s) {
		r, w := utf8.DecodeRuneInString(s[size:])
		i := strings.IndexRune(hanDigits, r)
		if i < 0 {
			break
		}
		switch i /= 3; i {
		case 9:
			n += max(digit, 1) * 10
			digit = 0
		case 10:
			n += max(digit, 1) * 100
			digit = 0
		default:
			if digit > 0 { // 一二 is no number
				return 0, 0
			}
			digit = i + 1
		}
		size += w
	}
	return n + digit, size
}
