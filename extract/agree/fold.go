package agree

// This file makes the two sides comparable: width, pinyin noise, spaces,
// spellings of units, and numbers as exact decimals.

import (
	_ "embed"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

//go:embed units.txt
var unitsFile string

// units maps spellings to units.
var units = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(unitsFile) {
		if from, to, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			m[from] = to
		}
	}
	return m
})

var narrow = strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7",
	"８", "8", "９", "9", "．", ".", "，", ",", "％", "%", "（", "(", "）", ")", "：", ":", "；", ";", "－", "-",
	"～", "~", "＋", "+", "℅", "%", "﹪", "%")

// pinyin after a character, as sharing sites leave it: 萬(wàn)人.
var pinyin = regexp.MustCompile(`([\x{4e00}-\x{9fff}])\([a-zà-ÿāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)`)

// fold narrows, takes out pinyin noise and all white space.
func fold(s string) string {
	s = narrow.Replace(s)
	if strings.Contains(s, "(") {
		s = pinyin.ReplaceAllString(s, "$1")
	}
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || 0x1c <= c && c <= 0x1f {
			return -1
		}
		return c
	}, s)
}

// unit folds the spelling of a unit.
func unit(s string) string {
	s = strings.NewReplacer("(", "", ")", "").Replace(fold(s))
	if u, ok := units()[s]; ok {
		return u
	}
	return s
}

// per folds what a rate is per: its parts in any order, each once.
func per(s string) string {
	parts := strings.FieldsFunc(fold(s), func(c rune) bool { return strings.ContainsRune("·./、*×", c) })
	for i, p := range parts {
		if p == "名" {
			parts[i] = "人"
		}
	}
	slices.Sort(parts)
	return strings.Join(slices.Compact(parts), "·")
}

// sameNumber compares two printed numbers within a relative 1e-9; what is no
// number is compared as text, and nothing equals only nothing.
func sameNumber(a, b string) bool {
	x, y := number(a), number(b)
	m, ok := new(big.Rat).SetString(x)
	n, ok2 := new(big.Rat).SetString(y)
	if !ok || !ok2 || strings.Contains(x+y, "/") {
		return x == y
	}
	diff := new(big.Rat).Sub(m, n)
	limit := new(big.Rat).Mul(m, big.NewRat(1, 1e9))
	return diff.Abs(diff).Cmp(limit.Abs(limit)) <= 0
}

func number(s string) string {
	return strings.TrimRight(strings.TrimSpace(strings.ReplaceAll(s, ",", "")), "%")
}
