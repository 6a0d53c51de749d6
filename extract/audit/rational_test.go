package audit

import (
	"math"
	"math/big"
	"testing"
)

// Rationals compute what big.Rat does, in lowest terms, on both sides of a word.
func TestRational(t *testing.T) {
	values := []int64{0, 1, 2, 3, 5, 7, 10, 12, 100, 999, 1 << 20, 1e9, 1e18, 1 << 31, 1<<31 - 1, 1 << 61, 1 << 62, math.MaxInt64, math.MaxInt64 - 1, math.MinInt64, math.MinInt64 + 1, -1, -3, -10, -1e18}
	var list []rational
	for _, n := range values {
		for _, d := range values {
			if d != 0 {
				list = append(list, newRational(n, d), mul(newRational(n, d), newRational(n, d)))
			}
		}
	}
	same := func(got rational, want *big.Rat) {
		t.Helper()
		if got.rat().Cmp(want) != 0 || got.Sign() != want.Sign() || got.whole() != want.IsInt() || got.big == nil && (got.d <= 0 || gcd(got.n, got.d) != 1) || got.abs().rat().Cmp(new(big.Rat).Abs(want)) != 0 {
			t.Errorf("%d/%d %v, want %v", got.n, got.d, got.big, want)
		}
	}
	for i, a := range list {
		x := a.rat()
		same(a.neg(), new(big.Rat).Neg(x))
		for k := i % 37; k < len(list); k += 37 {
			b := list[k]
			y := b.rat()
			same(add(a, b), new(big.Rat).Add(x, y))
			same(sub(a, b), new(big.Rat).Sub(x, y))
			same(mul(a, b), new(big.Rat).Mul(x, y))
			if y.Sign() != 0 {
				same(quo(a, b), new(big.Rat).Quo(x, y))
			}
			if a.Cmp(b) != x.Cmp(y) {
				t.Errorf("%v.Cmp(%v) = %d", x, y, a.Cmp(b))
			}
		}
	}
}
