package extract

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// Numbers in all their spellings are read as what they are. A speller that shares nothing with the reader writes
// them: 二千一百零五万, 3亿2千5百万, 1亿零500, 12345678, 12,345,678, each with 多 or 余 where that may stand.
func TestSpelled(t *testing.T) {
	l := line{lex: lexicon.Load()}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		n := someNumber(r)
		printed, over := spelled(n, r)
		text := printed + "元"
		l.set(text, schema.Span{End: len(text)})
		got, ok := l.number(0)
		if !ok || got.value.String() != strconv.FormatInt(n, 10) || got.end != len([]rune(printed)) || (got.approx == schema.Over) != over {
			t.Fatalf("%s: %s %v, want %d %v", printed, got.value, got.approx, n, over)
		}
	}
}

// someNumber is a number of two to eleven digits, of which the last may be zeros.
func someNumber(r *rand.Rand) int64 {
	n := int64(1)
	for range 1 + r.IntN(10) {
		n = n*10 + r.Int64N(10)
	}
	zeros := int64(1)
	for range r.IntN(6) {
		zeros *= 10
	}
	return max(n-n%zeros, 20)
}

// spelled writes a number in one of its ways; over if 多 or 余 makes it open.
func spelled(n int64, r *rand.Rand) (s string, over bool) {
	switch r.IntN(4) {
	case 0:
		s = byFours(n, func(q int64, first bool) string { return inHan(q, first) })
	case 1:
		s = byFours(n, func(q int64, _ bool) string { return inDigits(q, r) })
	case 2:
		return strconv.FormatInt(n, 10), false
	default:
		return grouped(n), false
	}
	runes := []rune(s)
	last, before := runes[len(runes)-1], ' '
	if len(runes) > 1 {
		before = runes[len(runes)-2]
	}
	switch many := string([]rune("多余")[r.IntN(2)]); {
	case r.IntN(3) > 0 || !strings.ContainsRune("千百万亿", last):
		return s, false
	case strings.ContainsRune("万亿", last) && strings.ContainsRune("千百", before): // 3千多万
		return string(runes[:len(runes)-1]) + many + string(last), true
	default:
		return s + many, true
	}
}

// byFours writes the groups of four digits with 亿 and 万, and 零 where digits are left out between them.
func byFours(n int64, group func(q int64, first bool) string) string {
	var b strings.Builder
	gap := false
	for _, u := range []struct {
		size int64
		name string
	}{{1e8, "亿"}, {1e4, "万"}, {1, ""}} {
		q := n / u.size % 10_000
		if q == 0 {
			gap = gap || b.Len() > 0
			continue
		}
		if b.Len() > 0 && (gap || q < 1000) {
			b.WriteString("零")
		}
		b.WriteString(group(q, b.Len() == 0))
		b.WriteString(u.name)
		gap = false
	}
	return b.String()
}

// inHan writes up to four digits: 二千一百零五, 十二 only at the beginning.
func inHan(n int64, first bool) string {
	var b strings.Builder
	zero := false
	for _, u := range []struct {
		size int64
		name string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / u.size % 10
		if d == 0 {
			zero = b.Len() > 0
			continue
		}
		if zero {
			b.WriteString("零")
			zero = false
		}
		if !(u.size == 10 && d == 1 && b.Len() == 0 && first) {
			b.WriteString(string([]rune("零一二三四五六七八九")[d]))
		}
		b.WriteString(u.name)
	}
	return b.String()
}

// inDigits writes up to four digits, sometimes with 千 and 百: 3205, 3千2百.
func inDigits(n int64, r *rand.Rand) string {
	if n%100 > 0 || n < 100 || r.IntN(2) == 0 {
		return strconv.FormatInt(n, 10)
	}
	s := ""
	if n >= 1000 {
		s = strconv.FormatInt(n/1000, 10) + "千"
	}
	if n/100%10 > 0 {
		s += strconv.FormatInt(n/100%10, 10) + "百"
	}
	return s
}

// grouped writes digits in groups of three: 12,345,678.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
