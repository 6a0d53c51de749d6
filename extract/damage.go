package extract

import "strings"

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
	if j == i+1 && isDigit(l.at(i-1)) && isDigit(l.at(j)) && l.r[i] != 'x' && l.r[i] != 'X' {
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
	for k := l.spaces(j); power(l.at(k)) > 0 && !l.unitAt(k) || (l.at(k) == '余' || l.at(k) == '多') && power(l.at(k+1)) > 0; {
		k++
		n.end = k
	}
	return n, true
}

// suspect reports digits in which a year stands that was put there: the text
// masks its years, and 2023 or 20xx stands inside a longer number.
func (x *reader) suspect(f *figure) bool {
	i := strings.Index(f.digits, "2023")
	whole, frac, point := strings.Cut(f.digits, ".")
	switch {
	case i < 0 || f.digits == "2023" && !x.distrust:
		return false
	case point && frac == "2023":
		return f.name == "%" || x.distrust // 80.2023%
	case x.distrust && f.digits != "2023":
		return true
	case f.name == "%" && len(whole) > 4:
		return true // 12023.75%
	}
	return f.digits == "202300" && f.scaled
}

// distrusts reports whether a text masks its years: 201X年, 20xx年, ××年, ____年.
// Digits that look like a year are then not to be trusted inside figures.
func (x *reader) distrusts(text string) bool {
	for _, mark := range x.lex.MaskedYear {
		if strings.Contains(text, mark) {
			return true
		}
	}
	return false
}
