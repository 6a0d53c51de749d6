package extract

import (
	"slices"
	"unicode"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// Chinese numerals: 二百四十八亿五千万, 三万五千, 五点零一五, 两亿零七百万, 一九八二,
// 七八十 (70 to 80), 十几 (over 10). 财务大写 is folded to the common forms.

// hanDigit is the value of a numeral character, -1 for any other rune.
func hanDigit(r rune) int {
	switch r {
	case '零', '〇', '○':
		return 0
	case '一', '壹', '弌':
		return 1
	case '二', '两', '贰', '貳':
		return 2
	case '三', '叁', '參', '参':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	return -1
}

func isHan(r rune) bool {
	return hanDigit(r) >= 0 && r != '参' || power(r) > 0 || r == '廿' || r == '卅'
}

// maxHan is more runes than any numeral has.
const maxHan = 40

// han reads a Chinese numeral at i, with decimals after 点 and 余 or 多.
func (l *line) han(i int) (n number, ok bool) {
	if n, ok, is := l.hanLoose(i); is {
		return n, ok
	}
	n.start, n.han = i, true
	j := l.hanEnd(i)
	if j == i || j-i > maxHan || j == i+1 && (l.r[i] == '零' && l.at(j) != '点' || l.r[i] == '拾') {
		return n, false
	}
	if j == i+1 && isCheque(l.r[i]) && !isMoneyUnit(l.at(j)) {
		return n, false // 大陆首只: 陆 alone is a name
	}
	v, ok := hanValue(l.r[i:j])
	if !ok {
		return n, false
	}
	n.small = j == i+1 && hanDigit(l.r[i]) >= 0
	n.bare = bareMultiplier(l.r[i:j])
	n.value, n.end = schema.Int(v), j
	n.scaled = power(l.r[j-1]) >= 4
	if l.at(j) == '几' { // 十几万, 三十几
		n.approx, n.end = schema.Over, j+1
		if p := power(l.at(j + 1)); p >= 2 {
			n.value, n.end = n.value.Shift(p), j+2
		}
	} else if l.at(j) == '点' || l.hanPoint(j) {
		l.hanDecimals(&n)
	}
	l.multipliers(&n)
	return n, n.value.Known()
}

// hanLoose reads what is no plain numeral: 半成, 几百, 数千, 三四百; and refuses the second of two ordinals: 第三、四名.
func (l *line) hanLoose(i int) (n number, ok, is bool) {
	n.start, n.han = i, true
	switch r := l.at(i); {
	case r == '半': // 半成
		n.value, n.end = schema.Int(5).Shift(-1), i+1
		return n, l.at(i+1) == '成', true
	case r == '几' || r == '数':
		n.vague = true
		for n.end = i + 1; power(l.at(n.end)) > 0; {
			n.end++
		}
		return n, n.end > i+1, true
	}
	if v, hi, end := l.hanPair(i); end > i { // 七八十, 两三, 三四百
		n.value, n.pair, n.end = v, hi, end
		return n, true, true
	}
	d := hanDigit(l.at(i))
	return n, false, d > 1 && i > 2 && l.r[i-1] == '、' && (hanDigit(l.r[i-2]) == d-1 || d == 5 && l.r[i-2] == '三') && unicode.IsLetter(l.r[i-3])
}

// hanPoint reports a printed point between numerals of a per cent or of 万: 一六.二%, but not
// 五·一节.
func (l *line) hanPoint(i int) bool {
	if l.at(i) != '.' && l.at(i) != '·' {
		return false
	}
	k := i + 1
	for hanDigit(l.at(k)) >= 0 {
		k++
	}
	return k > i+1 && (l.at(k) == '%' || l.at(k) == '‰' || power(l.at(k)) >= 4)
}

// hanEnd is where the numerals from i end; 千 and 百 are none in a unit: 千克, 百分点.
func (l *line) hanEnd(i int) int {
	j := i
	for isHan(l.at(j)) || l.at(j) == '参' && j > i && power(l.at(j+1)) > 0 {
		if j > i && (l.at(j) == '千' || l.at(j) == '百') && l.unitAt(j) {
			break
		}
		j++
	}
	return j
}

// bareMultiplier reports a numeral that is only 百, 千, 万, 亿, 百万 ….
func bareMultiplier(r []rune) bool {
	return !slices.ContainsFunc(r, func(c rune) bool { return power(c) < 2 })
}

// maxRespective is how many runes before two numbers 分别 may make a list of them: 分别投入三、四万元.
const maxRespective = 10

// hanPair reads two neighbours as a range: 七八十 is 70..80, 两三 is 2..3, 三五 3..5, and 二、三百斤 200..300,
// but not 二、三级公路 or 一、二百货商店, nor the item of a list: 三、四百人….
func (l *line) hanPair(i int) (lo, hi schema.Decimal, end int) {
	next := i + 1
	apart := l.at(next) == '、' && i > 0 && unicode.IsLetter(l.r[i-1]) && l.r[i-1] != '第' && !l.find(max(0, i-maxRespective), i, "分别")
	if apart {
		next++
	}
	a, b := hanDigit(l.at(i)), hanDigit(l.at(next))
	loose := a == 3 && b == 5
	if a == 3 && l.at(next) == '两' {
		a, b, loose = 2, 3, true
	}
	if a < 1 || b != a+1 && !loose || hanDigit(l.at(next+1)) >= 0 || l.at(i) == '二' && b == 3 && l.at(i+2) == '产' {
		return lo, hi, i
	}
	p, end := 0, next+1
	if q := power(l.at(end)); q > 0 {
		p, end = q, end+1
		if q < 4 {
			if q = power(l.at(end)); q >= 4 {
				p, end = p+q, end+1
			}
		}
	}
	if isHan(l.at(end)) || (apart || loose) && !l.unitOfPair(end, p > 0) && l.at(end) != '成' {
		return lo, hi, i
	}
	return schema.Int(int64(a)).Shift(p), schema.Int(int64(b)).Shift(p), end
}

// unitOfPair reports a unit behind a pair that 、 parts: no ordinal may stand before it, as
// before a thing that is counted: 二、三级, 一、二期.
func (l *line) unitOfPair(i int, scaled bool) bool {
	n, k := l.lex.Units.Longest(l.r[min(i, len(l.r)):])
	if !scaled && oneOf(l.at(i), "位名%亩") || l.has(i, "个五年") {
		return false // 获三、四名
	}
	return n > 0 && (scaled || l.lex.All[k].Dim != lexicon.Count || oneOf(l.at(i), "个户"))
}

// hanDecimals reads 点零一五 and a multiplier after it: 五点零一五亿.
func (l *line) hanDecimals(n *number) {
	j := n.end + 1
	text := []byte(n.value.String() + ".")
	for ; hanDigit(l.at(j)) >= 0; j++ {
		text = append(text, byte('0'+hanDigit(l.r[j])))
	}
	if v, err := schema.ParseDecimal(string(text)); err == nil {
		n.value, n.end, n.small, n.bare = v, j, false, false
		for power(l.at(n.end)) > 0 {
			n.value, n.end = n.value.Shift(power(l.at(n.end))), n.end+1
		}
	}
}

// hanValue is the value of a whole numeral. It is refused if it is no numeral (十万十)
// or too large.
func hanValue(r []rune) (int64, bool) {
	switch n := hanDigits(r); {
	case n == len(r): // 一九八二
		return hanNumber(r), n <= 15
	case leadingDigits(r) > 1: // 五〇〇万
		v := hanNumber(r[:n])
		for _, c := range r[n:] {
			if power(c) < 4 || v > 1e13 {
				return 0, false
			}
			v *= pow10(power(c))
		}
		return v, n < 15
	}
	return hanSpoken(r)
}

// hanDigits counts the digits that a numeral begins with.
func hanDigits(r []rune) (n int) {
	for n < len(r) && power(r[n]) == 0 && r[n] != '廿' && r[n] != '卅' {
		n++
	}
	return n
}

// hanNumber reads numerals as digits: 一九八二.
func hanNumber(r []rune) (v int64) {
	for _, c := range r {
		v = v*10 + int64(hanDigit(c))
	}
	return v
}

// hanSpoken reads digits with multipliers: 二百四十八亿五千万. Parts below 万 are
// gathered in section, those of 万 and 亿 in total.
func hanSpoken(r []rune) (int64, bool) {
	var total, section, digit int64
	var high int64 // what stands before the last 亿
	wan := false   // 万 has stood since
	given := false // a digit without its multiplier
	last := 99     // power of the last multiplier below 万
	for k, c := range r {
		switch d, p := hanDigit(c), power(c); {
		case c == '廿':
			section, last = section+20, 1
		case c == '卅':
			section, last = section+30, 1
		case d >= 0:
			if given && digit != 0 {
				return 0, false
			}
			digit, given = int64(d), true
		case p < 4:
			if p >= last {
				return 0, false
			}
			section += max(digit, 1) * pow10(p)
			digit, given, last = 0, false, p
		default:
			section += digit
			if k == 0 {
				section = 1
			}
			switch {
			case p == 8:
				total, high, wan = (total+section)*pow10(8), (total+section)*pow10(8), false
			case wan && section == 0 && r[k-1] == '万': // 五万万五千万: 万万 is 亿
				total *= pow10(4)
				high, wan = total, false
			case wan: // 二万一千四百六十|万, as old reports write 21460万
				total = high + (total-high+section)*pow10(4)
			default:
				total, wan = total+section*pow10(4), true
			}
			if total < 0 || total > 1e17 {
				return 0, false
			}
			section, digit, given, last = 0, 0, false, 99
		}
	}
	if given && len(r) > 1 { // 三万五 is 35,000 only in speech; 一百二十 ends in a multiplier
		if before := power(r[len(r)-2]); before > 1 {
			digit *= pow10(before - 1)
		}
	}
	return total + section + digit, true
}

func pow10(n int) int64 {
	p := int64(1)
	for ; n > 0; n-- {
		p *= 10
	}
	return p
}

// leadingDigits counts the numerals that stand before the first multiplier, if
// there is a 〇 or a third among them: they are read as digits.
func leadingDigits(r []rune) int {
	n, zero := 0, false
	for n < len(r) && hanDigit(r[n]) >= 0 {
		zero = zero || n > 0 && hanDigit(r[n]) == 0
		n++
	}
	if n > 2 || zero && n > 1 {
		return n
	}
	return 0
}

// isCheque reports the numerals of cheques (财务大写), which are also names: 陆, 伍.
func isCheque(r rune) bool {
	switch r {
	case '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖', '拾', '佰', '仟', '参':
		return true
	}
	return false
}

func isMoneyUnit(r rune) bool { return r == '元' || r == '圆' || r == '角' || r == '分' }
