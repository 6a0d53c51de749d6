package index

import (
	"fmt"
	"strconv"
	"strings"

	"mingxi/schema"
)

// Units of queries. A figure is found by its value in the unit that it is
// converted to; a query's number is brought to the same unit: 10 亩 as 0.6667
// 公顷. Only units with a fixed factor are here; any other stands for itself.

// A factor says that the unit is mul/div of the other.
type factor struct {
	to       string
	mul, div int64
}

var factors = map[string]factor{
	"亩":    {"公顷", 1, 15},
	"公亩":   {"公顷", 1, 100},
	"平方公里": {"公顷", 100, 1},
	"平方千米": {"公顷", 100, 1},
	"斤":    {"吨", 1, 2000},
	"公斤":   {"吨", 1, 1000},
	"千克":   {"吨", 1, 1000},
	"里":    {"公里", 1, 2},
	"千米":   {"公里", 1, 1},
	"米":    {"公里", 1, 1000},
}

// toSI converts a number to the unit that figures are converted to.
func toSI(d schema.Decimal, unit string) (schema.Decimal, string) {
	f, ok := factors[unit]
	if !ok {
		return d, unit
	}
	if p := d.Mul(schema.Int(f.mul)); p.Known() {
		return p.Quo(f.div, 9), f.to
	}
	return schema.Decimal{}, f.to
}

// convertBoth brings two numbers to one unit.
func convertBoth(a schema.Decimal, unitA string, b schema.Decimal, unitB string) (schema.Decimal, schema.Decimal, string, bool) {
	a, u := toSI(a, unitA)
	b, v := toSI(b, unitB)
	return a, b, u, u == v && a.Known() && b.Known()
}

// multipliers stand between a number and its unit; the longer first.
var multipliers = []struct {
	word  string
	shift int
}{{"万亿", 12}, {"千万", 7}, {"百万", 6}, {"十万", 5}, {"亿", 8}, {"万", 4}, {"千", 3}, {"百", 2}}

// splitNumber divides 1,200.5万元 into 1200.5, 万元 and 4.
func splitNumber(s string) (digits, rest string, shift int) {
	n := 0
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || s[n] == '.' || s[n] == ',' || n == 0 && s[n] == '-') {
		n++
	}
	digits, rest = strings.ReplaceAll(s[:n], ",", ""), s[n:]
	if m := trimMultiplier(rest); len(m) < len(rest) {
		for _, k := range multipliers {
			if rest[:len(rest)-len(m)] == k.word {
				shift = k.shift
			}
		}
	}
	return digits, rest, shift
}

// trimMultiplier removes 万 from 万元, but not 千 from 千克 and 千米.
func trimMultiplier(unit string) string {
	if _, ok := factors[unit]; ok || unit == "千瓦时" || unit == "千瓦" {
		return unit
	}
	for _, m := range multipliers {
		if rest, ok := strings.CutPrefix(unit, m.word); ok {
			return rest
		}
	}
	return unit
}

func wholeNumber(d schema.Decimal) (int, bool) {
	n, err := strconv.Atoi(d.String())
	return n, err == nil
}

func (p *parser) fail(at int, hint, what string, args ...any) error {
	return &ParseError{Query: p.text, At: at, What: fmt.Sprintf(what, args...), Hint: hint}
}
