package corpus

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"mingxi/corpus/fold"
)

//go:embed data/headings.txt
var headingText string

// headingWords are the sections of data/headings.txt, found by their last or
// first character.
type headingWords struct {
	titles, tails, starts, figures, sures, lasts, works map[rune][]string
	wholes                                              map[string]bool
	class                                               [1 << 16]uint8 // of a character: bits below
}

// Classes of characters in the words.
const (
	beginsText = 1 << iota // the first of a start, or of a date, or a space
	endsLast               // the end of a word behind which no heading goes on
	endsTitle              // the end of a title
)

var headings = sync.OnceValue(func() *headingWords {
	h := &headingWords{titles: map[rune][]string{}, tails: map[rune][]string{}, starts: map[rune][]string{},
		figures: map[rune][]string{}, sures: map[rune][]string{}, lasts: map[rune][]string{}, works: map[rune][]string{}, wholes: map[string]bool{}}
	section := ""
	for line := range strings.Lines(headingText) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = line
		case section == "[title]":
			h.titles[lastRune(line)] = append(h.titles[lastRune(line)], line)
		case section == "[tail]":
			h.tails[lastRune(line)] = append(h.tails[lastRune(line)], line)
		case section == "[start]":
			h.starts[firstRune(line)] = append(h.starts[firstRune(line)], line)
		case section == "[figure]":
			h.figures[firstRune(line)] = append(h.figures[firstRune(line)], line)
		case section == "[work]":
			h.works[lastRune(line)] = append(h.works[lastRune(line)], line)
		case section == "[whole]":
			h.wholes[line] = true
		case section == "[last]":
			h.lasts[lastRune(line)] = append(h.lasts[lastRune(line)], line)
		case section == "[sure]":
			h.sures[firstRune(line)] = append(h.sures[firstRune(line)], line)
		}
	}
	for r := range h.titles {
		h.class[r] |= endsTitle
	}
	for _, words := range []map[rune][]string{h.lasts, h.works} {
		for r := range words {
			h.class[r] |= endsLast
		}
	}
	for _, words := range []map[rune][]string{h.starts, h.figures, h.sures} {
		for r := range words {
			h.class[r] |= beginsText
		}
	}
	for _, r := range " \u30000123456789Xx_*" {
		h.class[r] |= beginsText
	}
	return h
})

func hasSuffix(words map[rune][]string, s string) bool {
	return slices.ContainsFunc(words[lastRune(s)], func(w string) bool { return strings.HasSuffix(s, w) })
}

func hasPrefix(words map[rune][]string, s string) bool {
	return slices.ContainsFunc(words[firstRune(s)], func(w string) bool { return strings.HasPrefix(s, w) })
}

// Limits on headings, in characters without the marker.
const (
	maxHeading      = 45
	maxHeadingGlued = 32
)

// headingEnd finds where the heading that begins text with marker m ends, in
// bytes; next is the paragraph behind text. It is false if the text is no heading,
// or if its end is not certain.
func headingEnd(text string, m marker, next string) (end int, ok bool) {
	if m.rank == rankBracket {
		return bracketHeading(text)
	}
	switch {
	case m.rank == rankPart && firstMarker(text[m.size:]):
		return m.size, true // 篇1一、引言
	case m.rank == rankBullet && dateAt(text[m.size:]):
		return 0, false // ――2025年1月16日在…会议上
	}
	short := shortSentence(text[m.size:])
	n, commas := 0, false
	for i := m.size; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if n > maxHeading {
			return 0, false
		}
		switch {
		case is(r, stop) && r != '…':
			return sentenceHeading(text, m, i+size, n, commas, next)
		case is(r, semicolon):
			return 0, false
		case is(r, colon):
			return i + size, n <= maxHeadingGlued && (i+size == len(text) || m.rank == rankPart || !commas && labels(text[i+size:], n))
		case is(r, comma):
			commas = true
		case n >= 2 && !commas && gluedAt(text, i, r, m, short):
			return i, true
		case figureAt(text[i:], r):
			return 0, false
		}
		i += size
		n++
	}
	return len(text), n > 0 && (!commas || m.rank <= rankHanIn || n <= 20)
}

// bracketHeading is 【城乡低保】 at the front of a text.
func bracketHeading(text string) (end int, ok bool) {
	end = bracketed(text)
	return end, end > 0 && runes(text[:end]) <= maxHeadingGlued && !figureIn(text[:end])
}

// shortSentence reports whether a text begins with a sentence that is short
// enough for a heading and has neither comma nor figure: 坚持国防教育常抓不懈。
func shortSentence(text string) bool {
	n := 0
	for i, r := range text {
		switch {
		case is(r, stop):
			return true
		case n > 25 || is(r, comma|semicolon|colon) || figureAt(text[i:], r):
			return false
		}
		n++
	}
	return false
}

// sentenceHeading decides on a heading that ends with a full stop at end, after n
// characters: 1、城市低保。 One that is all of its line heads what follows only if
// that is text and no item itself.
func sentenceHeading(text string, m marker, end, n int, commas bool, next string) (int, bool) {
	if end == len(text) && (n > 20 || commas) && (next == "" || marked(next) || !prose(next)) {
		return end, false
	}
	most := maxHeadingGlued
	switch {
	case m.rank == rankClause: // 第三条 is followed by what it says, not by a heading
		most = 12
	case m.rank <= rankHanIn:
		most = maxHeading
	}
	return end, n <= most && (!commas || m.rank < rankIn || runes(text[end:]) >= 60)
}

func marked(s string) bool {
	_, ok := markerAt(s)
	return ok
}

// gluedAt reports whether a heading with marker m certainly ends before the
// character r at text[i]. Only what may begin a text is looked at closely.
func gluedAt(text string, i int, r rune, m marker, short bool) bool {
	h := headings()
	if is(r, opening) && gluedMarker(text[i:], m) {
		return true
	}
	if short {
		return false
	}
	head := text[m.size:i]
	if r > 0xffff || h.class[r]&beginsText == 0 && h.class[lastRune(head)&0xffff]&endsLast == 0 {
		return false
	}
	return gluedText(head, text[i:])
}

// gluedMarker reports whether the first of an inner numbering begins at rest:
// 一、主要工作完成情况|(一)城乡低保…
func gluedMarker(rest string, m marker) bool {
	inner, ok := markerAt(rest)
	return ok && inner.rank > m.rank && inner.n == 1 && inner.rank != rankBracket && inner.rank != rankClause
}

// gluedText reports whether a heading certainly ends between head and rest.
func gluedText(head, rest string) bool {
	h := headings()
	if text := strings.TrimLeft(rest, " \u3000"); len(text) < len(rest) { // 自然灾害发生情况 201X年以来…
		return runes(head) >= 4 && (dateAt(text) || hasPrefix(h.starts, text) || hasPrefix(h.sures, text))
	}
	switch n := runes(head); {
	case n >= 4 && hasPrefix(h.sures, rest), n >= 4 && hasSuffix(h.lasts, head) && breaks(firstRune(rest)):
		return true
	case n < 4 && !h.wholes[head]:
		return false
	case hasSuffix(h.works, head) && breaks(firstRune(rest)) && figureSoon(rest) && !h.goesOn(rest):
		return true
	}
	return (hasSuffix(h.tails, head) || h.wholes[head]) &&
		(hasPrefix(h.starts, rest) || dateAt(rest) || hasPrefix(h.figures, rest) && figureSoon(rest))
}

// figureSoon reports whether a figure stands in s before any punctuation.
func figureSoon(s string) bool {
	n := 0
	for i, r := range s {
		if n++; n > 30 || is(r, stop|semicolon|colon|comma) {
			return false
		}
		if figureAt(s[i:], r) {
			return true
		}
	}
	return false
}

// goesOn reports whether a text begins with a word that headings end with.
func (h *headingWords) goesOn(text string) bool {
	for _, words := range []map[rune][]string{h.tails, h.titles} {
		for _, list := range words {
			for _, w := range list {
				if strings.HasPrefix(text, w) {
					return true
				}
			}
		}
	}
	return false
}

// breaks reports whether a heading that could end before r does not go on with it:
// 工作打算及措施, 存在的问题和不足, 基本情况的说明 do.
func breaks(r rune) bool {
	return unicode.Is(unicode.Han, r) && !strings.ContainsRune("及和与的并以情落完暨或", r)
}

// labels reports whether a label of n characters with a colon heads the text
// behind it: 经费压力:随着国内外… It does not where a figure follows: 低保:3126户.
func labels(text string, n int) bool {
	if n < 2 || n > 12 || runes(text) < 30 || !prose(text[:min(len(text), 600)]) {
		return false
	}
	k := 0
	for i, r := range text {
		if k++; k > 8 {
			break
		}
		if figureAt(text[i:], r) {
			return false
		}
	}
	return !marked(text)
}

// dateAt reports whether s begins with a year or date: 2012年, 5月16日, 20XX年, ____年.
func dateAt(s string) bool {
	i := 0
	for i < len(s) && i < 8 && (isDigit(rune(s[i])) || strings.IndexByte("Xx_*", s[i]) >= 0) {
		i++
	}
	return i > 0 && (strings.HasPrefix(s[i:], "年") || strings.HasPrefix(s[i:], "月"))
}

// figureAt reports whether a number that measures begins at s: digits that no
// 年, 月 or 日 follows, or Chinese numerals with 百 千 万 亿. Headings hold none,
// so what holds one is text, and its figure is read.
func figureAt(s string, r rune) bool {
	if isDigit(r) {
		rest := strings.TrimLeftFunc(s, func(r rune) bool { return isDigit(r) || r == 'X' || r == 'x' || r == '-' || r == '—' || r == '~' })
		return !strings.ContainsRune("年月日届号.．、", firstRune(rest)) || strings.HasPrefix(rest, "年均")
	}
	if is(r, numeral) {
		rest := s[utf8.RuneLen(r):]
		next := firstRune(rest)
		return next != 0 && strings.ContainsRune("百千亿", next) && !strings.HasPrefix(rest, "百年")
	}
	return false
}

// titleLike reports whether a line may be the title of a report: no sentence, of
// fitting length, ending with a word such as 总结 once (精选2篇) is left out.
func titleLike(line string) bool {
	if len(line) < 5 || len(line) > 240 {
		return false
	}
	if last := fold.Rune(lastRune(line)); headings().class[last&0xffff]&endsTitle == 0 && !isDigit(last) && !strings.ContainsRune(")）】]篇。 一二三四五六七八九十", last) && strings.IndexByte(line, ' ') < 0 {
		return false // most lines
	}
	if holds(line, stop|semicolon) {
		return false
	}
	if n := runes(line); n < 5 || n > 60 {
		return false
	}
	return !marked(line) && !strings.ContainsAny(line, ">＞") && hasSuffix(headings().titles, fold.String(titleCore(line)))
}

// titleCore leaves out what stands behind a title: (2篇), 【可编辑版】, [1], 七篇 and
// words behind a space.
func titleCore(line string) string {
	if i := strings.IndexAny(line, " \u3000"); i > 12 {
		line = line[:i]
	}
	for {
		s := strings.TrimRight(line, " \u3000。")
		if last := lastRune(s); last == ')' || last == '）' || last == '】' || last == ']' {
			if i := strings.LastIndexAny(s, "(（【["); i > 0 {
				s = s[:i]
			}
		}
		if i := strings.LastIndex(s, "篇"); i > 0 {
			if _, k := hanOrDigits(s[i+len("篇"):]); k > 0 && i+len("篇")+k == len(s) { // 工作总结篇2
				s = s[:i]
			}
		}
		if t, ok := strings.CutSuffix(s, "篇"); ok {
			s = strings.TrimRightFunc(t, func(r rune) bool { return isDigit(r) || strings.ContainsRune(hanDigits, r) })
		}
		if s == line {
			return s
		}
		line = s
	}
}

// titleGlued finds the end of a title that is glued to its text:
// 石桥镇民政办2021年工作总结|2021年,我办…
func titleGlued(text string) (end int, ok bool) {
	h := headings()
	n, last := 0, rune(0)
	for i, r := range text {
		if n++; n > 50 || is(r, stop|semicolon|colon|comma) {
			return 0, false
		}
		ends := n > 6 && h.class[last&0xffff]&endsTitle != 0
		last = r
		if ends && hasSuffix(h.titles, text[:i]) && titleLike(text[:i]) &&
			(dateAt(text[i:]) || hasPrefix(headings().sures, text[i:]) || firstMarker(text[i:])) {
			return i, true
		}
	}
	return 0, false
}

// dateLine reports whether a line is a date and nothing else: 2009年7月27日.
func dateLine(s string) bool {
	return strings.Trim(s, "0123456789０１２３４５６７８９〇○一二三四五六七八九十年月日-/.:： Xx_") == ""
}

// firstMarker reports whether s begins with the first of a numbering: 一、 or 篇1.
func firstMarker(s string) bool {
	m, ok := markerAt(s)
	return ok && m.n == 1 && (m.rank == rankHan || m.rank == rankPart)
}

// plainHeading reports whether a line without a marker stands as a heading: short,
// only Han characters (and a year), and prose follows.
func plainHeading(line, next string) bool {
	n := runes(line)
	if n < 4 || n > 20 || runes(next) < 15 || !ended(next) {
		return false
	}
	for _, r := range line {
		if !unicode.Is(unicode.Han, r) && !isDigit(r) {
			return false
		}
	}
	return !isDigit(lastRune(line)) && !figureIn(line)
}

// figureIn reports whether a number that measures stands anywhere in s.
func figureIn(s string) bool {
	for i, r := range s {
		if figureAt(s[i:], r) {
			return true
		}
	}
	return false
}
