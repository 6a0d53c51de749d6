package main

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strings"
)

// A gold figure is what one number of a document means.
type gold struct {
	printed string   // the cell
	value   *big.Rat // in the unit
	units   []string // any of them: 元, 公斤/亩; "" is none; nil is any
	keys    []string // a label holds one word of each: 小麦|麦
	names   []string // keys that tell it from its neighbours
	not     []string // words of its neighbours
	periods []string // each must be told: 2018年|2018
	allowed string   // text around it, which no neighbour owns
	prose   bool
	table   int // of the document, from 1, and the cell in it, from 0
	row     int
	column  int
}

// A spec says of a document, a row, a column or a cell what its figures are of.
type spec struct {
	keys          []string
	unit          string
	hasUnit, none bool
	parent        bool // its name may stand in labels of others
	value         string
	periods       []string
}

// parseSpec reads keys, [unit], @period and =value in any order; a dot is no
// figure, a plus a name that may stand in its parts' labels too, commas are or.
func parseSpec(text string) (s spec, err error) {
	for _, word := range strings.Fields(text) {
		if !strings.HasPrefix(word, "=:") {
			word = strings.ReplaceAll(word, ",", "|")
		}
		switch {
		case word == ".":
			s.none = true
		case word == "*":
		case strings.HasPrefix(word, "[") && strings.HasSuffix(word, "]"):
			s.unit, s.hasUnit = word[1:len(word)-1], true
		case word[0] == '@':
			s.periods = append(s.periods, strings.Split(word[1:], "&")...)
		case strings.HasPrefix(word, "=:"):
			s.value = word[2:]
		default:
			name, parent := strings.CutPrefix(word, "+")
			s.parent = s.parent || parent
			s.keys = append(s.keys, strings.Split(name, "&")...)
		}
	}
	if s.none && len(s.keys) > 0 {
		err = fmt.Errorf("a dot among words: %s", text)
	}
	return s, err
}

// figure puts together what a cell, its row, its column and its document say.
func figure(text string, own, row, column, whole spec) (gold, error) {
	g := gold{printed: text}
	number, factor, unit, ok := amount(text)
	if own.value != "" {
		number, factor, unit, ok = amount(own.value)
	}
	if !ok {
		return g, fmt.Errorf("no number: %q", text)
	}
	hasUnit := unit != ""
	for _, s := range []spec{own, column, row, whole} {
		if !hasUnit && s.hasUnit {
			hasUnit = true
			factor, unit = multiplied(s.unit)
		}
	}
	if !hasUnit {
		return g, errors.New("no unit: " + text)
	}
	if unit != "-" {
		g.units = strings.Split(unit, "|")
	}
	g.value = number.Mul(number, factor)
	if len(own.keys) > 0 {
		row.keys, column.keys = nil, nil
	}
	g.keys = concat(own.keys, row.keys, column.keys, whole.keys)
	for _, s := range []spec{own, row, column} {
		if !s.parent {
			g.names = append(g.names, s.keys...)
		}
	}
	if len(own.periods) > 0 {
		row.periods, column.periods, whole.periods = nil, nil, nil
	}
	g.periods = concat(own.periods, row.periods, column.periods, whole.periods)
	return g, nil
}

func concat(lists ...[]string) (all []string) {
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// multiplied splits 万*元, or 万*市斤,万*斤 of one multiplier.
func multiplied(unit string) (*big.Rat, string) {
	if name, rest, ok := strings.Cut(unit, "*"); ok {
		return big.NewRat(power(name), 1), strings.ReplaceAll(rest, "|"+name+"*", "|")
	}
	return big.NewRat(1, 1), unit
}

func power(s string) int64 {
	n := int64(1)
	for _, r := range s {
		n *= map[rune]int64{'十': 10, '百': 100, '千': 1000, '万': 1e4, '亿': 1e8}[r]
	}
	return n
}

var (
	blank  = regexp.MustCompile(`^(|[-–—－…/×.]+|─+|\.\.\.)$`)
	number = regexp.MustCompile(`^[+＋]?([-−－△▲]?)([(（]?)([-−]?)(\d[\d,，]*(?:\.\d+)?)[)）]?(万|亿|)(%|[^\d.,()（）]*)$`)
	full   = strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9", "．", ".", "％", "%", " ", "", "　", "")
)

// empty is a cell without a figure.
func empty(text string) bool { return blank.MatchString(full.Replace(text)) }

// numeric is a cell that holds nothing but a number.
func numeric(text string) bool {
	_, _, unit, ok := amount(text)
	return ok && (unit == "" || unit == "%")
}

// amount reads a number as cells print it: 1,234.5, (12.3), △5, 12.5%, 3万元.
func amount(text string) (value, factor *big.Rat, unit string, ok bool) {
	m := number.FindStringSubmatch(full.Replace(text))
	if m == nil {
		return nil, nil, "", false
	}
	value, ok = new(big.Rat).SetString(strings.NewReplacer(",", "", "，", "").Replace(m[4]))
	if m[1] != "" || m[2] != "" || m[3] != "" {
		value.Neg(value)
	}
	return value, big.NewRat(power(m[5]), 1), m[6], ok
}
