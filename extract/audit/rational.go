package audit

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"
)

// A rational is an exact fraction. Almost all fit two words, with which trying the slips of
// a report takes a quarter of the time. The zero one is none, and so is what is computed of it; its sign is 0.
type rational struct {
	n, d int64    // in lowest terms, d > 0
	big  *big.Rat // instead, of one that does not fit
}

func (a rational) none() bool { return a.d == 0 && a.big == nil }

func newRational(n, d int64) rational {
	if d < 0 || n == math.MinInt64 {
		return rationalOf(big.NewRat(n, d))
	}
	g := gcd(n, d)
	return rational{n: n / g, d: d / g}
}

// rationalOf is r in the smallest form.
func rationalOf(r *big.Rat) rational {
	if r.Num().IsInt64() && r.Denom().IsInt64() && r.Num().Int64() != math.MinInt64 {
		return rational{n: r.Num().Int64(), d: r.Denom().Int64()}
	}
	return rational{big: r}
}

func (a rational) rat() *big.Rat {
	if a.big != nil {
		return a.big
	}
	return big.NewRat(a.n, a.d)
}

// gcd is the greatest common divisor of n and d > 0.
func gcd(n, d int64) int64 {
	if d == 1 {
		return 1
	}
	for n != 0 {
		n, d = d%n, n
	}
	return max(d, -d)
}

// product is a × b, if that fits.
func product(a, b int64) (p int64, ok bool) {
	hi, lo := bits.Mul64(uint64(max(a, -a)), uint64(max(b, -b)))
	if hi > 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

func mul(a, b rational) rational {
	if a.none() || b.none() {
		return rational{}
	}
	if a.big == nil && b.big == nil {
		g, h := gcd(a.n, b.d), gcd(b.n, a.d)
		n, ok := product(a.n/g, b.n/h)
		d, fits := product(a.d/h, b.d/g)
		if ok && fits {
			return rational{n: n, d: d}
		}
	}
	return rationalOf(new(big.Rat).Mul(a.rat(), b.rat()))
}

func add(a, b rational) rational {
	if a.none() || b.none() {
		return rational{}
	}
	if a.big == nil && b.big == nil {
		g := gcd(a.d, b.d)
		x, ok := product(a.n, b.d/g)
		y, fine := product(b.n, a.d/g)
		d, fits := product(a.d, b.d/g)
		if n := x + y; ok && fine && fits && max(x, -x) < 1<<62 && max(y, -y) < 1<<62 {
			g = gcd(n, d)
			return rational{n: n / g, d: d / g}
		}
	}
	return rationalOf(new(big.Rat).Add(a.rat(), b.rat()))
}

func sub(a, b rational) rational { return add(a, b.neg()) }
func quo(a, b rational) rational { return mul(a, b.inverse()) }

// inverse is 1 ÷ a, which is not 0.
func (a rational) inverse() rational {
	switch {
	case a.big != nil:
		return rationalOf(new(big.Rat).Inv(a.big))
	case a.n < 0:
		return rational{n: -a.d, d: -a.n}
	}
	return rational{n: a.d, d: a.n}
}

func (a rational) neg() rational {
	if a.big != nil {
		return rational{big: new(big.Rat).Neg(a.big)}
	}
	return rational{n: -a.n, d: a.d}
}

func (a rational) abs() rational {
	if a.Sign() < 0 {
		return a.neg()
	}
	return a
}

func (a rational) Sign() int {
	if a.big != nil {
		return a.big.Sign()
	}
	return cmp.Compare(a.n, 0)
}

// whole reports a whole number.
func (a rational) whole() bool { return a.big != nil && a.big.IsInt() || a.big == nil && a.d == 1 }

func (a rational) Cmp(b rational) int {
	if a.big == nil && b.big == nil {
		x, ok := product(a.n, b.d)
		y, fits := product(b.n, a.d)
		if ok && fits {
			return cmp.Compare(x, y)
		}
	}
	return a.rat().Cmp(b.rat())
}
