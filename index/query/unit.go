package query

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// Units of queries. A figure is found by its value in the unit that it is
// converted to; a query's number is brought to the same unit: 10 亩 as 0.666667
// 公顷, rounded as extraction rounds. Only units with a fixed factor are converted
// (units.txt); any other stands for itself.
//
//go:embed units.txt
var unitText string

// A unit of a query: its name in the corpus, and what it is converted to.
type unit struct {
	name, to string
	mul, div int64
}

var units = sync.OnceValue(func() map[string]unit { return readUnits(unitText) })

func readUnits(text string) map[string]unit {
	m := make(map[string]unit)
	for line := range strings.Lines(text) {
		names, conversion, ok := strings.Cut(strings.TrimSpace(line), "|")
		if !ok || line[0] == '#' {
			continue
		}
		list := strings.Fields(names)
		u := unit{name: list[0], to: list[0], mul: 1, div: 1}
		if to, factor, ok := strings.Cut(strings.TrimSpace(conversion), " "); ok {
			u.to = to
			if rest, ok := strings.CutPrefix(factor, "1/"); ok {
				u.div, _ = strconv.ParseInt(rest, 10, 64)
			} else {
				u.mul, _ = strconv.ParseInt(factor, 10, 64)
			}
		}
		for _, n := range list {
			m[fold.String(n)] = u
		}
	}
	return m
}

// IsUnit reports whether a unit is one that queries convert or know by other names.
func IsUnit(name string) bool {
	_, ok := units()[name]
	return ok
}

// unitName is the name that figures have for a unit of a query.
func unitName(typed string) string {
	if u, ok := units()[fold.String(typed)]; ok {
		return u.name
	}
	return typed
}

// toSI converts a number to the unit that figures are converted to.
func toSI(d schema.Decimal, name string) (schema.Decimal, string) {
	u, ok := units()[name]
	if !ok || u.to == name {
		return d, name
	}
	if p := d.Mul(schema.Int(u.mul)); p.Known() {
		return p.Quo(u.div, 6), u.to
	}
	return schema.Decimal{}, u.to
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
	if _, ok := units()[unit]; ok {
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
