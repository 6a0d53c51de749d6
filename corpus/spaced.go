package corpus

// Blanks inside words: a typist or a layout spreads a word over its line or cell (合　　计,
// 工 作 总 结), and a line that a program broke has one in the middle of a word (总人 口).
// They are taken out, so that the word is found and stands whole in labels. Blanks between
// columns, names and list items stay: a gap closes only beside a character that stands
// alone, and only where a word of the dictionary goes over it.

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"mingxi/corpus/draft"
	"mingxi/corpus/segment"
)

//go:embed spaced.txt
var spacedData string

// spacing says which characters make a word across a gap.
type spacing struct {
	words, apart map[string]bool
	heads        map[string]bool // second characters of words that tell what the names of a table are: 县　别, 村　名
}

var spacings = sync.OnceValue(func() *spacing {
	s := &spacing{words: map[string]bool{}, apart: map[string]bool{}, heads: map[string]bool{}}
	var into map[string]bool
	for line := range strings.Lines(spacedData) {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, "#"):
		case line == "[words]":
			into = s.words
		case line == "[apart]":
			into = s.apart
		case line == "[heads]":
			into = s.heads
		default:
			for _, w := range strings.Fields(line) {
				into[w] = true
			}
		}
	}
	return s
})

// A gap is white space between two Han characters of a line.
type gap struct{ from, to int }

// closeGaps takes the blanks out of words in a line.
func closeGaps(line string, cuts []cut) (string, []cut) {
	gaps := gapsOf(line)
	if gaps == nil {
		return line, cuts
	}
	var more []cut
	var b strings.Builder
	last := 0
	for _, g := range closed(line, gaps) {
		b.WriteString(line[last:g.from])
		more = append(more, cut{b.Len(), line[g.from:g.to], reasonSpaced})
		last = g.to
	}
	if more == nil {
		return line, cuts
	}
	b.WriteString(line[last:])
	return b.String(), taken(cuts, more)
}

// gapsOf are the gaps of a line; nil if beside none of them a character stands alone.
func gapsOf(line string) []gap {
	var gaps []gap
	lone := false
	word := 0 // Han characters since the last blank, -1 behind other characters
	digits := strings.ContainsAny(line, "0123456789") && allLone(line)
	var before rune
	from := -1
	for i, r := range line {
		switch han := unicode.Is(unicode.Han, r) || digits && isDigit(r); {
		case blankRune(r):
			if from < 0 {
				from = i
				lone = lone || word == 1
			}
			continue
		case han && from >= 0:
			if unicode.Is(unicode.Han, before) || digits && isDigit(before) {
				gaps = append(gaps, gap{from, i})
			}
			word = 1
		case han && word >= 0:
			word++
		case han:
			word = 1
		default:
			lone = lone || word == 1 && len(gaps) > 0
			word = 0
		}
		from, before = -1, r
	}
	lone = lone || word == 1
	if !lone {
		return nil
	}
	return gaps
}

// blankRune reports whether r is a blank that layouts put between characters; a tab
// stands between columns.
func blankRune(r rune) bool {
	return r == ' ' || r == '\u3000' || r == '\u00a0' || r >= '\u2000' && r <= '\u200a'
}

// closed are the gaps that a word goes over.
func closed(line string, gaps []gap) []gap {
	s := spacings()
	var out []gap
	var before []rune // what stands before the last closed gap
	end := -1         // and where that gap ends
	for _, g := range gaps {
		own, right := hanBefore(line[:g.from]), hanBehind(line[g.to:])
		if ahead := line[:g.from-len(string(own))]; len(own) == 1 && len(right) > 1 && (isDigit(lastRune(ahead)) || strings.HasSuffix(strings.TrimRight(ahead, ":："), "单位")) {
			continue // 5人 脑瘫患儿2人, 面积单位:亩 产量单位:吨: the one character is a unit
		}
		left := own
		if end >= 0 && end+len(string(own)) == g.from { // 低 保 金: 低保 is whole by now
			left = append(slices.Clone(before), own...)
		}
		head := len(own) == 1 && len(right) == 1 && s.heads[string(right)]
		if head || (len(own) == 1 || len(right) == 1) && s.joins(left[max(0, len(left)-longestAcross):], right) {
			out = append(out, g)
			before, end = left, g.to
		}
	}
	if len(out) > 0 && len(gaps) > 2 && allLone(line) {
		return narrowest(line, gaps) // 工 作 总 结: the whole line is spread
	}
	return out
}

// narrowest are the gaps that are as wide as the narrowest: a wider one parts words that
// are spread (姓  名      学  号).
func narrowest(line string, gaps []gap) []gap {
	least := draft.Indent(line[gaps[0].from:gaps[0].to])
	for _, g := range gaps {
		least = min(least, draft.Indent(line[g.from:g.to]))
	}
	var out []gap
	for _, g := range gaps {
		if draft.Indent(line[g.from:g.to]) == least {
			out = append(out, g)
		}
	}
	return out
}

// longestAcross is how many characters on either side of a gap are looked at.
const longestAcross = 3

// hanBefore are the last Han characters of s, hanBehind the first ones.
func hanBefore(s string) []rune {
	var out []rune
	for len(out) <= longestAcross {
		r, n := utf8.DecodeLastRuneInString(s)
		if !unicode.Is(unicode.Han, r) {
			break
		}
		out = append([]rune{r}, out...)
		s = s[:len(s)-n]
	}
	return out
}

func hanBehind(s string) []rune {
	var out []rune
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) || len(out) > longestAcross {
			break
		}
		out = append(out, r)
	}
	return out
}

// joins reports whether a word goes over the gap between two runs of Han characters.
func (s *spacing) joins(left, right []rune) bool {
	for k := 1; k <= len(left); k++ {
		for m := 1; m <= len(right) && k+m <= 4; m++ {
			w := string(left[len(left)-k:]) + string(right[:m])
			if s.apart[w] {
				return false
			}
			if s.words[w] || wordOf(w) {
				return true
			}
		}
	}
	return false
}

// wordOf reports whether the dictionary has w as a word that is more than a number or a
// measure (一 月, 三 人).
func wordOf(w string) bool {
	tag, ok := segment.Tag(w)
	return ok && tag != "x" && tag != "m" && tag != "q" && tag != "t" && tag != "r" && tag != "nr"
}

// allLone reports whether a line is nothing but single Han characters and blanks; numerals are among them only in
// the year of a title: 清 水 县 民 政 局 二 0 一 0 年 工 作 总 结.
func allLone(line string) bool {
	words, numbers := 0, 0
	for _, f := range strings.FieldsFunc(line, blankRune) {
		switch r, n := utf8.DecodeRuneInString(f); {
		case n < len(f) || !unicode.Is(unicode.Han, r) && !isDigit(r):
			return false
		case isDigit(r) || is(r, numeral):
			numbers++
		default:
			words++
		}
	}
	return numbers == 0 || words >= 6 && words > numbers && strings.Contains(line, "年")
}
