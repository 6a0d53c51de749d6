// Package ordinal writes the automatic numbers of lists: Word keeps 一、 (一) 1.
// apart from the text, as a format, a pattern and a count.
package ordinal

import (
	"strconv"
	"strings"
)

// Format writes n in a number format of ECMA-376 (ST_NumberFormat). Formats not
// known are written as decimals; "none" and "bullet" as nothing.
//
//	chineseCounting 12 → 十二    decimalEnclosedCircle 3 → ③    ideographTraditional 2 → 乙
func Format(format string, n int) string {
	if f, ok := formats[format]; ok && n >= 0 {
		if s := f(n); s != "" || format == "none" || format == "bullet" {
			return s
		}
	}
	return strconv.Itoa(n)
}

var formats = map[string]func(int) string{
	"none":                         nothing,
	"bullet":                       nothing,
	"decimal":                      strconv.Itoa,
	"decimalZero":                  func(n int) string { return pad(n, 2) },
	"decimalHalfWidth":             strconv.Itoa,
	"decimalFullWidth":             fullWidth,
	"decimalFullWidth2":            fullWidth,
	"numberInDash":                 func(n int) string { return "- " + strconv.Itoa(n) + " -" },
	"ordinal":                      english,
	"upperRoman":                   roman,
	"lowerRoman":                   func(n int) string { return strings.ToLower(roman(n)) },
	"upperLetter":                  letters,
	"lowerLetter":                  func(n int) string { return strings.ToLower(letters(n)) },
	"chineseCounting":              func(n int) string { return below100(n, "○") },
	"taiwaneseCounting":            func(n int) string { return below100(n, "○") },
	"chineseCountingThousand":      func(n int) string { return counting(n, lower) },
	"taiwaneseCountingThousand":    func(n int) string { return counting(n, lower) },
	"japaneseCounting":             japanese,
	"ideographDigital":             func(n int) string { return digits(n, "〇") },
	"taiwaneseDigital":             func(n int) string { return digits(n, "○") },
	"japaneseDigitalTenThousand":   func(n int) string { return digits(n, "〇") },
	"chineseLegalSimplified":       func(n int) string { return counting(n, legal) },
	"ideographLegalTraditional":    func(n int) string { return counting(n, legalTraditional) },
	"japaneseLegal":                func(n int) string { return counting(n, legalTraditional) },
	"ideographTraditional":         cycle("甲乙丙丁戊己庚辛壬癸"),
	"ideographZodiac":              cycle("子丑寅卯辰巳午未申酉戌亥"),
	"ideographZodiacTraditional":   sexagenary,
	"decimalEnclosedCircle":        circled,
	"decimalEnclosedCircleChinese": circled,
	"decimalEnclosedFullstop":      cycle("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
	"decimalEnclosedParen":         cycle("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
	"ideographEnclosedCircle":      cycle("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
	"aiueoFullWidth":               cycle("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"),
	"irohaFullWidth":               cycle("イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"),
}

// Ten digits, then 十 百 千 万.
const (
	lower            = "零一二三四五六七八九十百千万"
	legal            = "零壹贰叁肆伍陆柒捌玖拾佰仟万"
	legalTraditional = "零壹貳參肆伍陸柒捌玖拾佰仟萬"
)

func nothing(int) string { return "" }

func pad(n, width int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(s))) + s
}

func fullWidth(n int) string {
	return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(n))
}

func english(n int) string {
	suffix := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}

// letters counts as Word does: A … Z, AA, BB, … ZZ, AAA.
func letters(n int) string {
	if n < 1 || n > 780 {
		return ""
	}
	return strings.Repeat(string(rune('A'+(n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return ""
	}
	values := []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	signs := []string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}
	var b strings.Builder
	for i, v := range values {
		for ; n >= v; n -= v {
			b.WriteString(signs[i])
		}
	}
	return b.String()
}

// digits writes the decimal digits one by one: 12 → 一二.
func digits(n int, zero string) string {
	var b strings.Builder
	for _, c := range strconv.Itoa(n) {
		if c == '0' {
			b.WriteString(zero)
		} else {
			b.WriteRune([]rune(lower)[c-'0'])
		}
	}
	return b.String()
}

// below100 counts 一 … 九十九, then goes on digit by digit as Word does.
func below100(n int, zero string) string {
	if n < 1 || n > 99 {
		return digits(n, zero)
	}
	return counting(n, lower)
}

// counting writes n as it is spoken: 12 → 十二, 105 → 一百零五, 20000 → 二万.
func counting(n int, words string) string {
	w := []rune(words)
	if n == 0 {
		return string(w[0])
	}
	if n >= 100000000 {
		return ""
	}
	if n >= 10000 {
		rest := ""
		if r := n % 10000; r > 0 {
			if r < 1000 {
				rest = string(w[0]) + spoken(r, w)
			} else {
				rest = spoken(r, w)
			}
		}
		return counting(n/10000, words) + string(w[13]) + rest
	}
	s := spoken(n, w)
	if n >= 10 && n < 20 && w[1] == '一' {
		s = strings.TrimPrefix(s, "一")
	}
	return s
}

// japanese counts without zeros, and without a one before 十 百 千.
func japanese(n int) string {
	return strings.NewReplacer("零", "", "一十", "十", "一百", "百", "一千", "千").Replace(counting(n, lower))
}

// spoken writes 1 … 9999, with 一十 for ten.
func spoken(n int, w []rune) string {
	var b strings.Builder
	gap := false
	for i, unit := 3, 1000; i >= 0; i, unit = i-1, unit/10 {
		d := n / unit % 10
		if d == 0 {
			gap = gap || b.Len() > 0
			continue
		}
		if gap {
			b.WriteRune(w[0])
			gap = false
		}
		b.WriteRune(w[d])
		if i > 0 {
			b.WriteRune(w[9+i])
		}
	}
	return b.String()
}

// cycle counts through signs; beyond them there is no sign.
func cycle(signs string) func(int) string {
	s := []rune(signs)
	return func(n int) string {
		if n < 1 || n > len(s) {
			return ""
		}
		return string(s[n-1])
	}
}

func circled(n int) string {
	switch {
	case n == 0:
		return "⓪"
	case n <= 20:
		return string(rune('①' + n - 1))
	case n <= 35:
		return string(rune('㉑' + n - 21))
	case n <= 50:
		return string(rune('㊱' + n - 36))
	}
	return ""
}

// sexagenary counts 甲子, 乙丑, … 癸亥.
func sexagenary(n int) string {
	if n < 1 || n > 60 {
		return ""
	}
	return string([]rune("甲乙丙丁戊己庚辛壬癸")[(n-1)%10]) + string([]rune("子丑寅卯辰巳午未申酉戌亥")[(n-1)%12])
}
