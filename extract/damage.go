package extract

import (
	"slices"
	"strings"

	"mingxi/schema"
)

// Damage: sharing sites hide digits (201X公顷, XX万元, ____期) and replace them
// (202300万元 for a year that was put in place of 20xx). What cannot be read for
// certain gets no value: kind masked or suspect.

// isMask reports a character that stands for hidden digits.
func isMask(r rune) bool {
	switch r {
	case 'x', 'X', '×', '*', '_', '□', '■', '※', '●', '╳', '＿', '✕':
		return true
	}
	return false
}

// maskRun returns the end of the run of mask characters at i, i if what stands
// there is a letter, a sign of multiplication or a single star.
func (l *line) maskRun(i int) int {
	j := i
	for isMask(l.at(j)) {
		j++
	}
	if isLetter(l.at(i-1)) && !isMask(l.at(i-1)) || isLetter(l.at(j)) {
		return i
	}
	if j == i+1 && isDigit(l.at(i-1)) && isDigit(l.at(j)) && !strings.ContainsRune("xX□■", l.r[i]) {
		return i // 3×4, 5*8
	}
	return j
}

// mask reads a number with hidden digits at i: 201X, 20xx9, XX1, X.X, 9596.X.
// It is a figure only if a unit follows; that is seen later.
func (l *line) mask(i int) (n number, ok bool) {
	j, hidden := i, false
	for {
		switch r := l.at(j); {
		case isDigit(r):
			j++
			continue
		case isMask(r):
			k := l.maskRun(j)
			if k == j {
				return n, false
			}
			hidden, j = true, k
			continue
		case r == '.' && (isDigit(l.at(j+1)) || isMask(l.at(j+1))):
			j++
			continue
		}
		break
	}
	if !hidden || j-i > 12 {
		return n, false
	}
	n = number{start: i, end: j, masked: true}
	for k := l.spaces(j); (power(l.at(k)) > 0 || n.end > j && isHan(l.at(k))) && !l.unitAt(k) || (l.at(k) == '余' || l.at(k) == '多') && power(l.at(k+1)) > 0; { // □十八个
		k++
		n.end = k
	}
	if k := l.spaces(n.end); (l.at(k) == '余' || l.at(k) == '多') && l.unitAt(k+1) { // ___余人
		n.end, n.approx = k+1, schema.Over
	}
	return n, true
}

// suspect reports digits in which a year stands that a site put there. The proof
// is a figure of the text that cannot be (2023月, 占2023%); with it every number
// that holds the year is suspect, without it none. A text that masks its years
// (201X年) is proof for longer numbers with 2023 in them.
func (x *reader) suspect(f *figure) bool {
	for _, y := range x.falseYears {
		if strings.Contains(f.digits, y) {
			return true
		}
	}
	return x.distrust && strings.Contains(f.digits, "2023") && f.digits != "2023"
}

// falseYears are the years that stand in a text where no year can stand: before
// 月 (1-2023月), as a share (占2023%, 12023.67%), in percentage points or in a year of six digits (202223年).
func falseYears(text string) []string {
	var found []string
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' || i > 0 && (text[i-1] >= '0' && text[i-1] <= '9' || text[i-1] == '.') {
			continue
		}
		end, point := i, -1
		for end < len(text) && (text[end] >= '0' && text[end] <= '9' || text[end] == '.' && point < 0) {
			if text[end] == '.' {
				point = end
			}
			end++
		}
		whole := text[i:end]
		if point >= 0 {
			whole = text[i:point]
		}
		if y := yearInside(whole); y != "" && impossible(whole, text[end:]) && !has(found, y) {
			found = append(found, y)
			if len(whole) == 6 { // 202223年: 2022 and 2023
				found = append(found, whole[:2]+whole[4:])
			}
		}
		i = end
	}
	return found
}

// yearInside is a year from 2018 to 2029 among the digits of a whole number of at
// most seven.
func yearInside(digits string) string {
	if len(digits) > 7 {
		return ""
	}
	for i := 0; i+4 <= len(digits); i++ {
		if y := digits[i : i+4]; y >= "2018" && y <= "2029" {
			return y
		}
	}
	return ""
}

// impossible reports a number that cannot be before what follows it: a month or a
// share of thousands, a year of six digits.
func impossible(digits, after string) bool {
	switch {
	case strings.HasPrefix(after, "月"):
		return len(digits) == 4
	case strings.HasPrefix(after, "年"):
		return len(digits) == 6 && strings.HasPrefix(digits, "20")
	}
	return slices.ContainsFunc([]string{"%", "％", "个百分点", "﹪"}, func(unit string) bool { return strings.HasPrefix(after, unit) })
}

// distrusts reports whether a text masks its years: 201X年, 20xx年, ××年, ____年.
// Digits that look like a year are then not to be trusted inside figures.
func (x *reader) distrusts(text string) bool {
	masks := func(r rune) bool { return isMask(r) || r >= 0xa000 && isMask(foldRune(r)) }
	return strings.ContainsFunc(text, masks) && x.maskedYear(strings.Map(foldRune, text)) >= 0
}
