// Package personal finds numbers that are somebody's: of identity cards, accounts and
// telephones. They count nothing, and are hidden where figures leave the program.
package personal

import (
	"regexp"
	"slices"
	"strings"
)

var (
	// No figure of a report has fifteen digits in a row: an identity card of 15 or 18, an
	// account of 16 to 19, also in groups of four.
	long = `[0-9]{15,}[0-9Xx]?|[0-9]{4}(?: [0-9]{4}){3}(?: [0-9]{1,3})?`
	// A mobile telephone, 138-1234-5678, and one with the code of a city, 0871-5552345.
	telephone = `1[3-9][0-9](?:[- ]?[0-9]{4}){2}|0[0-9]{2,3}[- ]?[0-9]{7,8}`

	whole  = regexp.MustCompile(`^(?:` + long + `|` + telephone + `)$`)
	within = regexp.MustCompile(long + `|` + telephone)
)

// Is reports a text that is such a number and nothing else.
func Is(s string) bool { return whole.MatchString(s) }

// kept is how many digits are left to see.
const kept = 3

// Mask puts * in place of the digits of such numbers but the first three: 张某 138********.
// Positions stay. A number with a decimal point, a separator or a unit behind it is
// left: 13812345678元.
func Mask(s string) string {
	if !mayHold(s) {
		return s
	}
	var b strings.Builder
	for line := range strings.Lines(s) {
		if mayHold(line) {
			mask(&b, line)
		} else {
			b.WriteString(line)
		}
	}
	return b.String()
}

func mask(b *strings.Builder, s string) {
	from := 0
	for _, at := range within.FindAllStringIndex(s, -1) {
		if !alone(s, at[0], at[1]) {
			continue
		}
		b.WriteString(s[from:at[0]])
		n := 0
		for _, c := range []byte(s[at[0]:at[1]]) {
			if c != '-' && c != ' ' {
				if n++; n > kept {
					c = '*'
				}
			}
			b.WriteByte(c)
		}
		from = at[1]
	}
	b.WriteString(s[from:])
}

// mayHold is a quick test: seven digits in a row, which every such number has but one
// in groups of four.
func mayHold(s string) bool {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			if n++; n == 7 || n == 4 && i+1 < len(s) && (s[i+1] == ' ' || s[i+1] == '-') {
				return true
			}
			continue
		}
		n = 0
	}
	return false
}

// alone reports whether what stands at from:to is no part of a longer number, and no
// figure with its unit.
func alone(s string, from, to int) bool {
	if from > 0 && strings.IndexByte("0123456789.,", s[from-1]) >= 0 {
		return false
	}
	if to == len(s) || to-from >= 15 && !digit(s, to) {
		return true
	}
	if s[to] == '.' || s[to] == ',' {
		return !digit(s, to+1)
	}
	return !digit(s, to) && !slices.ContainsFunc(units, func(unit string) bool { return strings.HasPrefix(s[to:], unit) })
}

func digit(s string, i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }

// units are what a figure of eleven digits may be of.
var units = []string{"元", "万", "亿", "人", "户", "吨", "千", "公", "平", "立", "亩", "美", "%"}
