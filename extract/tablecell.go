package extract

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingxi/schema"
)

// What a cell of a table is by itself: nothing, a number and nothing else, a
// word or two, or prose.

type cellKind uint8

const (
	blankCell  cellKind = iota
	dashCell            // -, —, …: there is nothing
	dittoCell           // 〃, 同上: as above
	numberCell          // 1,204 or (3.5) or 72.4%
	wordCell            // a name, a unit, a number with its unit
	proseCell           // sentences
)

// A cell of the table that is read.
type cell struct {
	schema.Span
	text string // folded, without spaces between Chinese characters
	kind cellKind
	own  bool // it stands in this row, and is not covered from above or from the left
	sum  bool // of several years, as its brackets tell among figures of one: 〔6.4〕
}

// digits are those of a cell that holds a number: 1204 of 1,204.
func (c *cell) digits() string {
	s, _, _ := strings.Cut(c.text, "e")
	keep := func(r rune) rune {
		if isDigit(r) || r == '.' {
			return r
		}
		return -1
	}
	return strings.Map(keep, s)
}

func newCell(doc string, s schema.Span, own bool) cell {
	c := cell{Span: s, own: own}
	folded := foldCell(s.In(doc))
	if m := sumForm.FindStringSubmatch(folded); m != nil {
		folded, c.sum = m[1], true
	}
	c.text = withoutTranslation(brackets.Replace(folded))
	if y := footMark.ReplaceAllString(c.text, ""); bareYear.MatchString(y) {
		c.text = y
	}
	_, plain := readPlain(c.text)
	switch {
	case c.text == "":
		c.kind = blankCell
	case strings.Trim(c.text, "〃\"'") == "" || c.text == "同上" || c.text == "″":
		c.kind = dittoCell
	case strings.Trim(c.text, "-—/…·. 无") == "" || c.text == "不适用":
		c.kind = dashCell
	case plain:
		c.kind = numberCell
	case isProse(c.text):
		c.kind = proseCell
	default:
		c.kind = wordCell
	}
	return c
}

// sumForm is a number in brackets that are no round ones: no negative, but the sum of a plan's years.
var sumForm = regexp.MustCompile(`^[〔［\[【]([-+]?[0-9][0-9,.]*%?)[〕］\]】]$`)

// asSum makes a number in round brackets one of those, where a note says so: ()内为五年累计数.
func (c *cell) asSum() {
	if c.kind == numberCell && strings.HasPrefix(c.text, "(") && strings.HasSuffix(c.text, ")") {
		c.text, c.sum = c.text[1:len(c.text)-1], true
	}
}

// loss is a negative in round brackets, (12.5); (2) is the number of a column.
var loss = regexp.MustCompile(`^\([0-9,]*(?:\.[0-9]+|[0-9]{3})%?\)$`)

// brackets makes all kinds of brackets round: 保有量【辆】.
var brackets = strings.NewReplacer("【", "(", "】", ")", "〔", "(", "〕", ")", "［", "(", "］", ")")

// translation is the English behind a Chinese name: 男Male, 出生率(‰)Birth Rate(‰).
var translation = regexp.MustCompile(`^([^A-Za-z]*\p{Han}[^A-Za-z]*?) *(?:[A-Z][a-z]+|[a-z]{3,}|[a-z]{2} )[A-Za-z0-9 ,.:;'&/()%‰-]*$`)

func withoutTranslation(s string) string {
	if m := translation.FindStringSubmatch(s); m != nil && !strings.HasSuffix(strings.TrimRight("("+m[1], "十百千万亿"), "(") { // 降水量(mm), 万tce
		return m[1]
	}
	return s
}

// foldCell folds a cell's text and closes up words that were set apart: 单 位.
func foldCell(s string) string {
	s = strings.TrimSpace(strings.Map(foldRune, s))
	if !strings.ContainsAny(s, " \t\n") {
		return digitYears(s)
	}
	var b strings.Builder
	r := []rune(s)
	for i, c := range r {
		if unicode.IsSpace(c) {
			if i+1 < len(r) && unicode.IsSpace(r[i+1]) {
				continue
			}
			prev, _ := utf8.DecodeLastRuneInString(b.String())
			next := ' '
			for _, n := range r[i:] {
				if !unicode.IsSpace(n) {
					next = n
					break
				}
			}
			if wideRune(prev) || wideRune(next) {
				continue
			}
		}
		b.WriteRune(c)
	}
	return digitYears(b.String())
}

// hanYear is a year in Chinese numerals, alone or from one to another: 一九四九年, 二○○三至二○○五年.
var hanYear = regexp.MustCompile(`(?:一九|二[零〇○oO0])[零〇○oO0一二三四五六七八九]{2}(?:年|[-~至]|$)`)

// digitYears writes the years of a folded text in digits: 一九五二年决算 is 1952年决算.
func digitYears(s string) string {
	if !strings.ContainsAny(s, "一二") {
		return s
	}
	return hanYear.ReplaceAllStringFunc(s, func(y string) string {
		return strings.Map(func(r rune) rune {
			if d := yearDigit(r); d >= 0 {
				return rune('0' + d)
			}
			return r
		}, y)
	})
}

// yearDigit is the value of a numeral of a year, -1 for any other rune; the nought is often typed
// as a letter: 二OO三年.
func yearDigit(r rune) int {
	if r == 'o' || r == 'O' || r == '0' {
		return 0
	}
	return hanDigit(r)
}

func wideRune(r rune) bool { return r >= 0x2e80 || r == '(' || r == ')' }

// longWord is how many characters a cell may have that is no prose for certain.
const longWord = 30

// isProse reports sentences: 农村低保对象9875户18204人,发放低保金2658.72万元。
func isProse(s string) bool {
	if strings.ContainsAny(s, "。;") {
		return true
	}
	if !strings.ContainsAny(s, "0123456789") {
		return false
	}
	n := utf8.RuneCountInString(s)
	return n > longWord || n > 10 && strings.ContainsAny(s, "，")
}

// A plainNumber is a cell that holds a number and nothing else.
type plainNumber struct {
	value   schema.Decimal
	digits  string // as printed, without separators
	percent rune   // % or ‰, 0 if none
}

var plainForm = regexp.MustCompile(`^(\()?([-+△▲▽▼↑↓]|负)? ?(?:[¥￥$])?([0-9]{1,3}(?: ?[,，] ?[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)( ?\. ?[0-9]+)?(?:[eE]([-+]?[0-9]{1,2}))?([%‰])?(\))?(?:[*①-⑳㈠-㈩]|\([*①-⑳注]\)|\[[0-9]\])?$`)

var withoutMarks = strings.NewReplacer(",", "", "，", "", " ", "")

// readPlain reads 1,204 and 5 620 and (3.5) and △3.5 and 72.4%. Brackets and
// triangles are a minus. A number that begins with 0 is a code.
func readPlain(s string) (n plainNumber, ok bool) {
	if s == "" || len(s) > 40 {
		return n, false
	}
	if r, _ := utf8.DecodeRuneInString(s); r >= 0x80 && !strings.ContainsRune("△▲▽▼↑↓负￥¥", r) {
		return n, false
	}
	m := plainForm.FindStringSubmatch(s)
	if m == nil || (m[1] == "") != (m[7] == "") {
		return n, false
	}
	n.digits = withoutMarks.Replace(m[3] + m[4])
	if len(n.digits) > 1 && n.digits[0] == '0' && n.digits[1] != '.' {
		return n, false
	}
	v, err := schema.ParseDecimal(n.digits)
	if v = v.Shift(smallInt(m[5])); err != nil || !v.Known() {
		return n, false
	}
	if m[1] != "" || m[2] != "" && strings.Contains("-△▲▽▼↓负", m[2]) {
		v = v.Neg()
	}
	n.value = v
	for _, r := range m[6] {
		n.percent = r
	}
	return n, true
}

// smallInt reads an integer that a form has checked: -5, +10, 3.
func smallInt(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

var (
	bareYear = regexp.MustCompile(`^(19[0-9]{2}|20[0-9]{2})$`)
	yearSpan = regexp.MustCompile(`^(19|20)[0-9]{2}年?[-~至](19|20)?[0-9]{2}年?$`)
	anyDate  = regexp.MustCompile(`^(19|20)[0-9]{2}[-./年][0-9]{1,2}([-./月]([0-9]{1,2}日?)?)?$`)
)

// counts a number with its unit within words: 新增就业5000人, 改造300套.
var countsThings = regexp.MustCompile(`[0-9][万亿余多]*(?:人|户|元|亩|吨|间|个|所|套|张|件|台|辆|条|座|处|床|口|株|头|栋|家|次|公顷|公里|平方米|立方米|千瓦|%)`)
