package schema

import (
	"cmp"
	"database/sql/driver"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A Decimal is an exact decimal number: coef × 10^-scale. The zero Decimal is
// no number at all and prints as nothing: an empty cell, never a 0.
//
// It holds up to 18 significant digits, more than any report prints; what does
// not fit is refused, never rounded in silence.
type Decimal struct {
	coef  int64
	scale uint8
	known bool
}

// ErrDecimal is returned for text that is no decimal or does not fit one.
var ErrDecimal = errors.New("not a decimal of at most 18 digits")

// Int is the decimal of a whole number.
func Int(n int64) Decimal { return Decimal{coef: n, known: true} }

// ParseDecimal reads a plain decimal: digits, at most one point, a leading
// minus. Thousands separators and exponents are refused.
func ParseDecimal(s string) (Decimal, error) {
	neg := strings.HasPrefix(s, "-")
	if neg {
		s = s[1:]
	}
	whole, frac, point := strings.Cut(s, ".")
	if whole == "" || point && frac == "" || len(frac) > 18 {
		return Decimal{}, ErrDecimal
	}
	d := Decimal{scale: uint8(len(frac)), known: true}
	for _, part := range []string{whole, frac} {
		for _, c := range []byte(part) {
			if c < '0' || c > '9' || d.coef > (math.MaxInt64-9)/10 {
				return Decimal{}, ErrDecimal
			}
			d.coef = d.coef*10 + int64(c-'0')
		}
	}
	if neg {
		d.coef = -d.coef
	}
	return d.trim(), nil
}

// Known reports whether d is a number.
func (d Decimal) Known() bool { return d.known }

// Neg is -d.
func (d Decimal) Neg() Decimal { d.coef = -d.coef; return d }

// Sign is -1, 0 or 1.
func (d Decimal) Sign() int {
	switch {
	case d.coef < 0:
		return -1
	case d.coef > 0:
		return 1
	}
	return 0
}

// Shift multiplies by 10^n: 万 is 4, 亿 is 8. The result is not known if it
// does not fit.
func (d Decimal) Shift(n int) Decimal {
	if !d.known {
		return d
	}
	scale := int(d.scale) - n
	for ; scale < 0; scale++ {
		var ok bool
		if d.coef, ok = mul(d.coef, 10); !ok {
			return Decimal{}
		}
	}
	if scale > 18 {
		return Decimal{}
	}
	d.scale = uint8(scale)
	return d.trim()
}

// Add is d + e, not known if either is not or the sum does not fit.
func (d Decimal) Add(e Decimal) Decimal {
	a, b, scale, ok := align(d, e)
	if !ok || (b > 0 && a > math.MaxInt64-b) || (b < 0 && a < math.MinInt64-b) {
		return Decimal{}
	}
	return Decimal{coef: a + b, scale: scale, known: true}.trim()
}

// Sub is d - e.
func (d Decimal) Sub(e Decimal) Decimal { return d.Add(e.Neg()) }

// Mul is d × e, not known if either is not or the product does not fit.
func (d Decimal) Mul(e Decimal) Decimal {
	c, ok := mul(d.coef, e.coef)
	if !d.known || !e.known || !ok || d.scale+e.scale > 36 {
		return Decimal{}
	}
	p := Decimal{coef: c, scale: d.scale + e.scale, known: true}.trim()
	if p.scale > 18 {
		return Decimal{}
	}
	return p
}

// Quo is d ÷ n rounded half away from zero to at most places decimals: the
// only operation that rounds, for conversions such as 15 亩 to a 公顷.
func (d Decimal) Quo(n int64, places int) Decimal {
	if !d.known || n == 0 {
		return Decimal{}
	}
	for int(d.scale) < places {
		c, ok := mul(d.coef, 10)
		if !ok {
			break
		}
		d.coef, d.scale = c, d.scale+1
	}
	q, r := d.coef/n, d.coef%n
	if 2*abs(r) >= abs(n) {
		if (r < 0) != (n < 0) {
			q--
		} else {
			q++
		}
	}
	d.coef = q
	return d.trim()
}

// Cmp compares two known decimals: -1, 0 or 1.
func (d Decimal) Cmp(e Decimal) int {
	a, b, _, ok := align(d, e)
	if !ok { // too far apart to align: floats can tell
		return cmp.Compare(d.Float(), e.Float())
	}
	return cmp.Compare(a, b)
}

// Int64 is a whole number as such; ok is false if d is none or not known.
func (d Decimal) Int64() (n int64, ok bool) {
	d = d.trim()
	return d.coef, d.known && d.scale == 0
}

// Fraction is d, which is known, as a fraction; it need not be in lowest terms.
func (d Decimal) Fraction() (num, den int64) {
	den = 1
	for range d.scale {
		den *= 10
	}
	return d.coef, den
}

// Float is the nearest float64, for indexing, plotting and formats without
// decimals: values are stored and computed as decimals.
func (d Decimal) Float() float64 {
	if abs(d.coef) <= 1<<53 && d.scale <= 22 { // both are floats, and a quotient is rounded once
		return float64(d.coef) / math.Pow10(int(d.scale))
	}
	f, err := strconv.ParseFloat(d.String(), 64)
	if err != nil {
		return 0 // not known
	}
	return f
}

// String prints a plain decimal without trailing zeros; nothing if not known.
func (d Decimal) String() string {
	if !d.known {
		return ""
	}
	var buf [24]byte
	i, c := len(buf), uint64(abs(d.coef))
	for n := 0; c > 0 || n <= int(d.scale); n++ {
		if n == int(d.scale) && n > 0 {
			i--
			buf[i] = '.'
		}
		i--
		buf[i] = byte('0' + c%10)
		c /= 10
	}
	if d.coef < 0 {
		i--
		buf[i] = '-'
	}
	return string(buf[i:])
}

// MarshalText and UnmarshalText make a Decimal a string in JSON.
func (d Decimal) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote; empty is not known.
func (d *Decimal) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = Decimal{}
		return nil
	}
	*d, err = ParseDecimal(string(b))
	return err
}

// Value makes a Decimal a value of SQL: an INTEGER where it is whole, a REAL where
// that says exactly the same, else TEXT; NULL if not known.
func (d Decimal) Value() (driver.Value, error) {
	if !d.known {
		return nil, nil
	}
	if n, ok := d.Int64(); ok {
		return n, nil
	}
	s := d.String()
	if f := d.Float(); strconv.FormatFloat(f, 'f', -1, 64) == s {
		return f, nil
	}
	return s, nil
}

// Scan is the inverse of Value.
func (d *Decimal) Scan(v any) (err error) {
	switch v := v.(type) {
	case nil:
		*d = Decimal{}
	case int64:
		*d, err = ParseDecimal(strconv.FormatInt(v, 10))
	case float64:
		*d, err = ParseDecimal(strconv.FormatFloat(v, 'f', -1, 64))
	case string:
		*d, err = ParseDecimal(v)
	default:
		err = fmt.Errorf("a number of type %T", v)
	}
	return err
}

func (d Decimal) trim() Decimal {
	for d.scale > 0 && d.coef%10 == 0 {
		d.coef, d.scale = d.coef/10, d.scale-1
	}
	return d
}

// align brings two decimals to one scale.
func align(d, e Decimal) (a, b int64, scale uint8, ok bool) {
	ok = d.known && e.known
	for ok && d.scale < e.scale {
		d.coef, ok = mul(d.coef, 10)
		d.scale++
	}
	for ok && e.scale < d.scale {
		e.coef, ok = mul(e.coef, 10)
		e.scale++
	}
	return d.coef, e.coef, d.scale, ok
}

func mul(a, b int64) (int64, bool) {
	if a == 0 || b == 0 {
		return 0, true
	}
	c := a * b
	return c, c/b == a && !(a == -1 && b == math.MinInt64) && !(b == -1 && a == math.MinInt64)
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}
