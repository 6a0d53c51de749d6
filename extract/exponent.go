package extract

// Powers of ten as they are printed behind digits, ×10^4, ×10⁴, x10^4, e+8, or alone, 10^6. Where
// the exponent lost its place (1.2×104吨) the number is not known.

// exponent reads a power of ten at i and returns where it ends, i if there is
// none. lost says that the exponent stands there like any digit.
func (l *line) exponent(i int) (p, end int, lost bool) {
	start := i
	switch r := l.at(i); {
	case r == 'e' || r == 'E':
		p, end = l.smallPower(i + 1)
		if end == i+1 || isLetter(l.at(end)) || l.at(end) == '.' {
			return 0, i, false
		}
		return p, end, false
	case isTimesSign(r) || r == ' ' && isTimesSign(l.at(i+1)):
		if r == ' ' { // 2.3 × 10^8
			i++
		}
		j := l.spaces(i + 1)
		if l.at(j) != '1' || l.at(j+1) != '0' {
			return 0, start, false
		}
		j += 2
		if p, end := l.raised(j); end > j {
			return p, end, false
		}
		if isDigit(l.at(j)) && !isDigit(l.at(j+1)) {
			return 0, j + 1, true // 1.2×104吨
		}
	}
	return 0, start, false
}

func isTimesSign(r rune) bool { return oneOf(r, "×xX*✕") }

// raised reads the exponent behind a 10, ^4, ⁻⁴ or 的4次方, and returns where it ends, i if there is none.
func (l *line) raised(i int) (p, end int) {
	switch r := l.at(i); {
	case r == '^' || r == ' ' && l.at(i+1) == '^': // 10 ^ 4
		from := l.spaces(l.spaces(i) + 1)
		if p, end = l.smallPower(from); end > from {
			return p, end
		}
	case r == '的':
		if p, end = l.smallPower(i + 1); end > i+1 && l.has(end, "次方") {
			return p, end + 2
		}
	case raisedDigit(r) >= 0 || r == '⁻' && raisedDigit(l.at(i+1)) >= 0:
		end = i
		if r == '⁻' {
			end++
		}
		for d := raisedDigit(l.at(end)); d >= 0 && p < 100; d = raisedDigit(l.at(end)) {
			p = p*10 + d
			end++
		}
		if r == '⁻' {
			p = -p
		}
		return p, end
	}
	return 0, i
}

// smallPower reads +8, -3, (4) or 10.
func (l *line) smallPower(i int) (p, end int) {
	j := i
	bracket := l.at(j) == '('
	if bracket {
		j++
	}
	neg := l.at(j) == '-'
	if neg || l.at(j) == '+' {
		j++
	}
	from := j
	for isDigit(l.at(j)) && j-from < 2 {
		p = p*10 + int(l.r[j]-'0')
		j++
	}
	if j == from || isDigit(l.at(j)) {
		return 0, i
	}
	if bracket {
		if l.at(j) != ')' {
			return 0, i
		}
		j++
	}
	if neg {
		p = -p
	}
	return p, j
}

// raisedDigit is the digit that a raised one shows, -1 for any other rune.
func raisedDigit(r rune) int {
	for d, s := range []rune("⁰¹²³⁴⁵⁶⁷⁸⁹") {
		if r == s {
			return d
		}
	}
	return -1
}
