package agree

import "strings"

// A pair is a gold row and a row of ours about the same printed number.
type pair struct{ gold, got int }

// align pairs the rows in order by the digits that they print.
func align(gold []Gold, got []Row) (pairs []pair) {
	a, b := make([]string, len(gold)), make([]string, len(got))
	for i := range gold {
		a[i] = digits(gold[i].Raw)
	}
	for j := range got {
		b[j] = digits(got[j].Raw)
	}
	best := table(a, b)
	for i, j := 0, 0; i < len(a) && j < len(b); {
		s := alike(a[i], b[j])
		switch {
		case s > 0 && best[i][j] == best[i+1][j+1]+s:
			pairs = append(pairs, pair{i, j})
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// table holds in [i][j] the best score of a[i:] against b[j:].
func table(a, b []string) [][]int32 {
	cells := make([]int32, (len(a)+1)*(len(b)+1))
	best := make([][]int32, len(a)+1)
	for i := range best {
		best[i], cells = cells[:len(b)+1], cells[len(b)+1:]
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if s := alike(a[i], b[j]); s > 0 {
				best[i][j] = max(best[i][j], best[i+1][j+1]+s)
			}
		}
	}
	return best
}

// alike scores two strings of digits: 3 if equal, 1 if one is in the other and
// at least half as many characters.
func alike(x, y string) int32 {
	switch {
	case x == y:
		return 3
	case x == "" || y == "" || !strings.Contains(x, y) && !strings.Contains(y, x):
		return 0
	}
	m, n := len([]rune(x)), len([]rune(y))
	if 2*min(m, n) >= max(m, n) {
		return 1
	}
	return 0
}

// digits is what two spans about the same number share: their digits, Chinese
// ones and magnitudes included; the span itself where it has none.
func digits(raw string) string {
	s := strings.ReplaceAll(fold(raw), ",", "")
	only := strings.Map(func(c rune) rune {
		if strings.ContainsRune("0123456789零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟兩萬億點点.", c) {
			return c
		}
		return -1
	}, s)
	if only == "" {
		return s
	}
	return only
}
