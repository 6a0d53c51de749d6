package audit

// A printed figure stands for an interval. This file reads how exact a figure
// is printed, and computes with intervals in exact fractions.

import (
	"strings"

	"mingxi/schema"
)

// A printed is the interval that a printed figure stands for.
type printed struct {
	mid, lo, hi  schema.Decimal
	noLow, noTop bool // 以下, 以上: no end on that side
	exact        bool // no word of approximation
	whole        bool // a number of things that come whole, printed to the last of them
	step         int  // power of ten of the last printed digit
	known        bool
}

// read finds the interval of a metric: half a unit of the last printed digit on
// both sides, widened on the side that its words say. A number of whole things is
// what it is: 12人 are not 11.5, but 1.2万人 are as many as round to it.
func (w *words) read(m *schema.Metric, raw string) printed {
	if !m.Value.Known() || m.Approx == schema.Range && !m.Max.Known() {
		return printed{}
	}
	p := printed{mid: m.Value, known: true, exact: m.Approx == schema.Exact, step: step(raw, m.Value)}
	p.whole = p.exact && p.step == 0 && m.Kind == schema.Amount && m.Per == "" && w.counted[m.Unit] && !strings.Contains(m.Label, "均")
	p.lo, p.hi = p.around(p.step)
	if p.whole {
		p.lo, p.hi = m.Value, m.Value
	}
	last := schema.Int(0) // a unit of the last digit that is not 0
	if !p.exact {
		last = schema.Int(1).Shift(zeros(m.Value, p.step))
	}
	switch m.Approx {
	case schema.About:
		p.lo, p.hi = p.lo.Sub(last), p.hi.Add(last)
	case schema.Over:
		p.hi = p.hi.Add(last)
		p.noTop = strings.Contains(raw, "以上") || strings.Contains(raw, "不低于") || strings.Contains(raw, "不少于") || strings.Contains(raw, "至少")
	case schema.Under:
		p.lo = p.lo.Sub(last)
		p.noLow = strings.Contains(raw, "以下") || strings.Contains(raw, "以内") || strings.Contains(raw, "不足") || strings.Contains(raw, "不到") || strings.Contains(raw, "不超过")
	case schema.Range:
		p.hi = m.Max
	}
	if !p.lo.Known() || !p.hi.Known() {
		return printed{}
	}
	return p
}

// around is half a unit of the digit of a power of ten on both sides.
func (p printed) around(step int) (lo, hi schema.Decimal) {
	half := schema.Int(5).Shift(step - 1)
	return p.mid.Sub(half), p.mid.Add(half)
}

// step is the power of ten of the last printed digit: -1 for 88.5, 2 for 1.25万,
// and for a number in Chinese characters that of its last power or digit.
func step(raw string, value schema.Decimal) int {
	coefficient, places, dotted := int64(0), 0, false
number:
	for _, r := range raw[max(0, strings.IndexAny(raw, "0123456789")):] {
		switch {
		case r >= '0' && r <= '9' && coefficient < 1e17:
			if coefficient = coefficient*10 + int64(r-'0'); dotted {
				places++
			}
		case r == '.' && !dotted:
			dotted = true
		case r == ' ' || r == ',' || r == '\n' || r == '\u00a0':
		default:
			break number
		}
	}
	if value.Sign() < 0 {
		value = value.Neg()
	}
	for _, k := range [...]int{0, 4, 8, 3, 2, 7, 6, 1, 5, 9, 10, 11, 12} { // the commonest powers first
		if s := schema.Int(coefficient).Shift(k - places); s.Known() && s.Cmp(value) == 0 {
			return k - places
		}
	}
	return zeros(value, -18)
}

// zeros is the power of ten of the last digit of value that is not 0, at least
// from.
func zeros(value schema.Decimal, from int) int {
	whole, frac, ok := strings.Cut(value.String(), ".")
	if ok {
		return max(from, -len(frac))
	}
	n := len(whole) - len(strings.TrimRight(whole, "0"))
	if value.Sign() == 0 {
		n = 0
	}
	return max(from, n)
}

// A span is an interval of exact fractions. An end that is none is open.
type span struct{ mid, lo, hi rational }

// fraction is the exact fraction of a decimal, none if it is not known.
func fraction(d schema.Decimal) rational {
	if !d.Known() {
		return rational{}
	}
	return newRational(d.Fraction())
}

// spanOf is the interval of a figure. 以上 and 以下 have no end on their side, but
// then everything would hold: the interval ends a unit of the last digit away.
func spanOf(p printed) span {
	return span{mid: fraction(p.mid), lo: fraction(p.lo), hi: fraction(p.hi)}
}

// whole is the interval of a number that is exact: 12 months, 100%.
func whole(n int64) span {
	r := newRational(n, 1)
	return span{mid: r, lo: r, hi: r}
}

// plus, minus and times compute with intervals; times and over want positive ones.
func (s span) plus(t span) span {
	return span{add(s.mid, t.mid), add(s.lo, t.lo), add(s.hi, t.hi)}
}

func (s span) minus(t span) span {
	return span{sub(s.mid, t.mid), sub(s.lo, t.hi), sub(s.hi, t.lo)}
}

func (s span) times(t span) span {
	return span{mul(s.mid, t.mid), mul(s.lo, t.lo), mul(s.hi, t.hi)}
}

// over is s ÷ t; an end that would divide by zero or less is open.
func (s span) over(t span) span {
	div := func(a, b rational) rational {
		if b.Sign() <= 0 {
			return rational{}
		}
		return quo(a, b)
	}
	return span{div(s.mid, t.mid), div(s.lo, t.hi), div(s.hi, t.lo)}
}

// meets reports whether two intervals have a point in common.
func (s span) meets(t span) bool {
	below := !s.hi.none() && !t.lo.none() && s.hi.Cmp(t.lo) < 0
	above := !s.lo.none() && !t.hi.none() && s.lo.Cmp(t.hi) > 0
	return !s.mid.none() && !t.mid.none() && !below && !above
}

// decimal rounds a fraction to at most 6 places.
func decimal(r rational) schema.Decimal {
	if r.none() {
		return schema.Decimal{}
	}
	if r.big == nil && r.n > -1<<42 && r.n < 1<<42 { // a million times as much fits, too
		return schema.Int(r.n).Quo(r.d, 6)
	}
	text := r.rat().FloatString(6)
	text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	d, err := schema.ParseDecimal(text)
	if err != nil {
		return schema.Decimal{}
	}
	return d
}
