package extract

import (
	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// A number is what a number's characters say, before anything is known of what
// it counts.
type number struct {
	start, end int // runes, from the first digit to the last multiplier, 余 included
	value      schema.Decimal
	approx     schema.Approx // Over for 余, 多, 几
	han        bool          // written in Chinese numerals only
	small      bool          // one Chinese numeral: 两, 三
	bare       bool          // a multiplier alone: 千项, 百余人
	scaled     bool          // a multiplier was printed: 3万
	masked     bool          // 201X, XX, ____
	suspect    bool          // digits that a site put in: 202300
	vague      bool          // 几千, 数万: no figure at all
	pair       schema.Decimal
	repaired   bool   // digits that stood apart were joined
	digits     string // ASCII digits as printed, without separators
}

// number reads the number that starts at i. It does not look at what stands
// before i, and takes in no unit.
func (l *line) number(i int) (n number, ok bool) {
	switch r := l.at(i); {
	case isDigit(r):
		return l.digits(i)
	case isMask(r):
		return l.mask(i)
	case isHan(r) || r == '几' || r == '数' || r == '半':
		return l.han(i)
	}
	return n, false
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// digits reads 34,255 and 2 658 and 3.5, then the multipliers after it.
func (l *line) digits(i int) (n number, ok bool) {
	if n, ok := l.spaced(i); ok {
		return n, true
	}
	n.start = i
	buf, j := l.run(make([]byte, 0, 20), i)
	if l.hides(j) {
		return l.mask(i)
	}
	if j-i <= 3 {
		j, buf = l.groups(&n, j, buf)
	}
	if l.at(j) == '.' && isMask(l.at(j+1)) && l.maskRun(j+1) > j+1 {
		return l.mask(i) // 9596.X米
	}
	buf, j = l.resume(&n, buf, j)
	if p := l.at(j); (p == '.' || p == '·') && isDigit(l.at(j+1)) {
		buf, j = l.run(append(buf, '.'), j+1)
		if l.at(j) == '.' && isDigit(l.at(j+1)) {
			return n, false // 1.2.3: a version, a section, a date
		}
		if l.hides(j) {
			return l.mask(i)
		}
	}
	n.digits = string(buf)
	if lacksDigit(buf) && l.at(i-1) != '.' {
		n.suspect, n.end = true, j
		l.multipliers(&n)
		return n, true
	}
	v, err := schema.ParseDecimal(n.digits)
	if err != nil {
		return n, false // more digits than any figure has: a serial number
	}
	if p, end := l.raised(j); end > j && n.digits == "10" { // 10^6立方米
		v, j = schema.Int(1).Shift(p), end
		n.suspect = n.suspect || isTimesSign(l.at(l.back(i)-1)) // what it multiplies is not read
	} else if p, end, lost := l.exponent(j); end > j {
		v, j = v.Shift(p), end
		n.suspect = n.suspect || lost
	}
	n.value, n.end = v, j
	l.multipliers(&n)
	return n, true
}

// resume goes on with digits behind what a site or a printer put into them: 3184⏎2、.6万美元, 14.⏎3、8%, 1286 .4万元.
func (l *line) resume(n *number, buf []byte, j int) ([]byte, int) {
	if k := l.pastMarker(j); k > j {
		if n.repaired = true; l.at(j) == '.' {
			buf = append(buf, '.')
		}
		buf, j = l.run(buf, k)
	}
	if l.at(j) == ' ' && l.at(j+1) == '.' && isDigit(l.at(j+2)) {
		n.repaired = true
		j++
	}
	return buf, j
}

// lacksDigit reports digits that begin with 0: of 033万元 one is lost, 0531-… is a telephone.
func lacksDigit(buf []byte) bool { return len(buf) > 1 && buf[0] == '0' && buf[1] != '.' }

// run adds the digits from i to those before, and returns where they end.
func (l *line) run(buf []byte, i int) ([]byte, int) {
	for ; isDigit(l.at(i)); i++ {
		buf = append(buf, byte(l.r[i]))
	}
	return buf, i
}

// hides reports signs at i that hide further digits, and are no sign of a power of ten.
func (l *line) hides(i int) bool {
	_, end, _ := l.exponent(i)
	return isMask(l.at(i)) && l.maskRun(i) > i && end == i
}

// pastMarker passes over a line break and the number of a segment that a site put
// into a number: ⏎2、 before digits or a point.
func (l *line) pastMarker(i int) int {
	j := i
	if l.at(j) == '.' && l.at(j+1) == '\n' {
		j++
	}
	from := j
	for l.at(j) == '\n' {
		j++
	}
	k := j
	for isDigit(l.at(k)) && k < j+2 {
		k++
	}
	if j == from || k == j || l.at(k) != '、' || !isDigit(l.at(k+1)) && !(l.at(k+1) == '.' && isDigit(l.at(k+2))) {
		return i
	}
	return k + 1
}

// mostGroups is how many further groups of three make more digits than any figure has.
const mostGroups = 8

// groups reads the further groups of three of 1,234,567 or 2 658 from j. A comma of clauses or with a blank and a
// blank alone bind only digits that a unit follows: 1， 250亩, 2 658人; clauses and rows of a table have them too.
func (l *line) groups(n *number, j int, buf []byte) (int, []byte) {
	first := j - len(buf)
	g := l.groupRun(j, buf)
	one := len(g.digits) == len(buf)+3
	switch {
	case g.end == j:
	case g.loose && (buf[0] == '0' || l.at(first-1) == '$' || one && l.at(g.end) != '.' && !l.numeralFollows(l.blanks(g.end))),
		g.sep == ' ' && l.rowGoesOn(g.end):
		return j, buf
	case g.loose:
		n.suspect = g.mixed || one && (len(buf) == 3 || l.twoNumbers(first))
	}
	return g.end, g.digits
}

// A groupRun is a number with the groups of three behind its first digits.
type groupRun struct {
	end    int
	digits []byte // of the whole number
	sep    rune   // between the groups, 0 if there is none
	loose  bool   // it may part clauses as well
	mixed  bool   // some have a blank beside it, some have none: 12,345, 678元
}

func (l *line) groupRun(j int, digits []byte) groupRun {
	sep, k := l.groupMark(j)
	g := groupRun{end: j, digits: digits, sep: sep, loose: sep == '，' || sep == ',' && k > j+1}
	for n := 0; n < mostGroups && sep != 0 && isDigit(l.at(k)) && isDigit(l.at(k+1)) && isDigit(l.at(k+2)) && !isDigit(l.at(k+3)); n++ {
		g.digits = append(g.digits, byte(l.r[k]), byte(l.r[k+1]), byte(l.r[k+2]))
		g.end = k + 3
		next, to := l.groupMark(g.end)
		if next == ',' && sep == ',' && (to > g.end+1) != g.loose && isDigit(l.at(to)) {
			g.mixed, g.loose = true, true
		} else if next != sep {
			break
		}
		k = to
	}
	return g
}

// rowGoesOn reports that digits with blanks between them which end at i are numbers of a row: no unit follows.
func (l *line) rowGoesOn(i int) bool {
	end := l.spaces(i)
	r := l.at(end)
	return r == 0 || isDigit(r) || r == '.' && !isDigit(l.at(i+1)) || !isNumeralUnit(r) && end > i
}

// groupMark is what may part groups of digits at i, 0 if nothing does, and where the next begins: a comma with at most
// a blank on each side, or one blank.
func (l *line) groupMark(i int) (mark rune, next int) {
	k := i
	if l.at(k) == ' ' {
		k++
	}
	switch r := l.at(k); {
	case r == ',' || r == '，':
		if k++; l.at(k) == ' ' {
			k++
		}
		return r, k
	case k > i:
		return ' ', k
	}
	return 0, i
}

// blanks is the first place from i that is no blank.
func (l *line) blanks(i int) int {
	for l.at(i) == ' ' {
		i++
	}
	return i
}

// twoNumbers reports digits at i that may be a number of their own before a comma: an item of a list, 第1，3，456人, or
// a share, 覆盖率12， 345人.
func (l *line) twoNumbers(i int) bool {
	at := l.back(i)
	if r := l.at(at - 1); r == ',' || r == '，' {
		return isDigit(l.at(l.back(at-1) - 1))
	}
	u, _ := l.lex.Elided(l.r[:at])
	return u != nil && u.Dim == lexicon.Percent
}

// numeralFollows reports a unit or a multiplier at i.
func (l *line) numeralFollows(i int) bool { return l.unitAt(i) || power(l.at(i)) > 0 || l.at(i) == '%' }

// isNumeralUnit reports whether r can follow the digits of a number: a
// multiplier or the beginning of a unit, not punctuation.
func isNumeralUnit(r rune) bool {
	return r > 0x2e80 || r == '%' || r == '‰' || r == '.' || isLetter(r)
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// multipliers reads what follows digits: 万, 亿, 余万, 千万, 万4千, 亿2000万.
func (l *line) multipliers(n *number) {
	for {
		j := n.end
		if k := l.spaces(j); k > j && power(l.at(k)) > 0 && !l.unitAt(k) {
			j = k // １０００ 万 元
		}
		over := false
		if r := l.at(j); (r == '余' || r == '多' || r == '来') && power(l.at(j+1)) > 0 {
			over = true
			j++
		}
		p, size := l.power(j)
		if size == 0 || l.unitAt(j) {
			break
		}
		n.value, n.end, n.scaled = n.scaleBy(p), j+size, true
		if over {
			n.approx = schema.Over
		}
		l.mixed(n, p)
	}
	if r := l.at(n.end); (r == '余' || r == '多' || r == '来' || r == '几' && n.han) && l.overAt(n.end) {
		n.approx = schema.Over
		n.end++
		// 9亿多万 does not occur, 300多亿 does
		if p, size := l.power(n.end); size > 0 && !l.unitAt(n.end) {
			n.value, n.end, n.scaled = n.scaleBy(p), n.end+size, true
		}
	}
}

// scaleBy multiplies by 10^p what the multiplier is of: all of 300多亿, but of
// 四亿零七百多万 and 1亿3千多万 only 七百 and 3千.
func (n *number) scaleBy(p int) schema.Decimal {
	yi := schema.Int(1e8)
	if p >= 8 || !n.value.Known() || n.value.Cmp(yi) < 0 {
		return n.value.Shift(p)
	}
	whole, err := wholeOf(n.value)
	if err {
		return n.value.Shift(p)
	}
	low := schema.Int(whole % 1e8).Shift(p)
	if low.Cmp(yi) >= 0 {
		return n.value.Shift(p)
	}
	return schema.Int(whole - whole%1e8).Add(low)
}

// mixed adds what stands after a multiplier of 10^p: 3万4千, 1亿2000万, 2亿3千5百多万, 1万零500.
func (l *line) mixed(n *number, p int) {
	for p > 0 {
		v, end, low := l.section(n.end, p)
		if end == n.end {
			return
		}
		k := end
		over := (l.at(k) == '余' || l.at(k) == '多') && power(l.at(k+1)) > 0
		if over { // 1亿4000多万
			k++
		}
		if q := power(l.at(k)); q >= 4 && q < p && !l.unitAt(k) {
			v, end, low = v.Shift(q), k+1, q
			if over {
				n.approx = schema.Over
			}
		} else if low == 0 && l.bareTail(n.end, end, p) {
			return
		}
		if v.Cmp(schema.Int(1).Shift(p)) >= 0 {
			return
		}
		n.value, n.end, p = n.value.Add(v), end, low
	}
}

// section reads digits with 千, 百 and 十 that stand below 10^p: 3千5百, 2000, 零70. low is the power of its last
// multiplier.
func (l *line) section(i, p int) (v schema.Decimal, end, low int) {
	v, end, low = schema.Int(0), i, min(p, 4)
	for low > 0 {
		j := end
		if l.at(j) == '零' && isDigit(l.at(j+1)) {
			j++
		}
		k := j
		for isDigit(l.at(k)) {
			k++
		}
		part, err := schema.ParseDecimal(string(l.r[min(j, len(l.r)):min(k, len(l.r))]))
		q := power(l.at(k))
		if k == j || k-j > low || err != nil {
			break
		}
		if q == 0 || q >= min(low, 4) || l.unitAt(k) {
			return v.Add(part), k, 0
		}
		v, end, low = v.Add(part.Shift(q)), k+1, q
	}
	return v, end, low
}

// bareTail reports digits behind a multiplier that may be no part of the number: 3万4 is not told apart
// from 3万, 4…
func (l *line) bareTail(from, to, p int) bool {
	i := to
	for i > from && isDigit(l.at(i-1)) {
		i--
	}
	return to-i < p && !l.unitAt(to) && l.at(i-1) != '零'
}

// overAt reports whether the 余, 多, 来 or 几 at i makes the number before it
// open: something to count follows, or the figure ends.
func (l *line) overAt(i int) bool {
	k := l.spaces(i + 1)
	switch r := l.at(k); {
	case l.at(i) == '来' && !l.unitAt(k) && power(r) == 0:
		return false
	case l.at(i) == '多' && r == '年':
		return true
	default:
		return l.unitAt(k) || power(r) > 0 || r == '%' || r == 0 || !isLetter(r) && r < 0x4e00 && !isDigit(r) || l.at(i) == '余'
	}
}

// power is the power of ten of a multiplier, 0 for any other rune.
func power(r rune) int {
	switch r {
	case '十', '拾':
		return 1
	case '百', '佰':
		return 2
	case '千', '仟':
		return 3
	case '万':
		return 4
	case '亿':
		return 8
	}
	return 0
}

// power reads a run of multipliers: 万, 千万, 百万, 万亿. 十 after digits is none.
func (l *line) power(i int) (p, size int) {
	for {
		q := power(l.at(i + size))
		if q == 0 || q == 1 && size == 0 || size > 0 && q < 4 || size == 2 {
			return p, size
		}
		if size > 0 && l.unitAt(i+size) {
			return p, size
		}
		p += q
		size++
	}
}

// spaced reads digits that were set one by one: 7 4 7 7 2 亿元, 8 ．8 ％. A
// multiplier or unit must follow, or the 年 of a date.
func (l *line) spaced(i int) (n number, ok bool) {
	var buf []byte
	j, points := i, 0
	for {
		if !isDigit(l.at(j)) || isDigit(l.at(j+1)) {
			return n, false
		}
		buf = append(buf, byte(l.r[j]))
		k := l.spaces(j + 1)
		if l.at(k) == '.' && points == 0 {
			if p := l.spaces(k + 1); isDigit(l.at(p)) && (k > j+1 || p > k+1 && isNoun(l.at(l.back(i)-1))) { // not 2. 2万元 of a list
				buf = append(buf, '.')
				points, j = 1, p
				continue
			}
		}
		if k == j+1 || !isDigit(l.at(k)) {
			n.end = j + 1
			break
		}
		j = k
	}
	k := l.spaces(n.end)
	if len(buf) < 2+points || power(l.at(k)) == 0 && !l.unitAt(k) && l.at(k) != '年' {
		return n, false
	}
	v, err := schema.ParseDecimal(string(buf))
	if err != nil {
		return n, false
	}
	n.start, n.digits, n.value, n.repaired = i, string(buf), v, true
	l.multipliers(&n)
	return n, true
}
