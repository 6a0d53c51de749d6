package lexicon

import (
	"fmt"
	"strconv"
	"strings"
)

// A Dimension says what a unit measures.
type Dimension string

// The dimensions of units.txt.
const (
	Count   Dimension = "count"
	People  Dimension = "people"
	Money   Dimension = "money"
	Area    Dimension = "area"
	Mass    Dimension = "mass"
	Length  Dimension = "length"
	Volume  Dimension = "volume"
	Energy  Dimension = "energy"
	Power   Dimension = "power"
	Traffic Dimension = "traffic"
	Percent Dimension = "percent"
	Times   Dimension = "times"
	Span    Dimension = "time"
	Degree  Dimension = "temperature"
)

// A Unit is one line of units.txt: what a number counts or measures.
type Unit struct {
	Name  string // as given in the column unit
	Dim   Dimension
	Noun  string // what the label of such a figure ends with: 户数, 面积; may be empty
	SI    string // unit that it converts to, or empty
	Num   int64  // 1 Name = Num/Den SI
	Den   int64
	Needs []string // the words before must hold one of these: 天 needs 天数
	Not   []string // the words after must not begin with these: 块 not 钱
	Digit bool     // only after digits: 乡, 镇 (7乡1镇, but not 两省)
	Ends  bool     // only at the end of a clause or before another figure: 20打
}

// loadUnits reads units.txt:
//
//	name aliases… | dimension | noun | si factor | conditions
func (lex *Lexicon) loadUnits() {
	spellings := map[string]int32{}
	eachLine("units", func(n int, line string) {
		u, names, err := parseUnit(line)
		if err != nil {
			panic(fmt.Sprintf("lexicon: units.txt:%d: %v", n, err))
		}
		for _, s := range names {
			for _, dot := range unitDots {
				spellings[strings.ReplaceAll(s, "·", dot)] = int32(len(lex.All))
			}
		}
		lex.All = append(lex.All, u)
	})
	lex.Units = newTrie(spellings)
}

// unitDots are the dots of products of units as they are printed: kW·h, kW•h.
var unitDots = [...]string{"·", "•", "∙", "⋅", "・", "‧"}

func parseUnit(line string) (u Unit, names []string, err error) {
	fields := strings.Split(line, "|")
	if len(fields) < 2 || len(fields) > 5 {
		return u, nil, fmt.Errorf("%d fields, want 2 to 5", len(fields))
	}
	for len(fields) < 5 {
		fields = append(fields, "")
	}
	names = strings.Fields(fields[0])
	u = Unit{Name: names[0], Dim: Dimension(strings.TrimSpace(fields[1])), Noun: strings.TrimSpace(fields[2]), Num: 1, Den: 1}
	if si := strings.Fields(fields[3]); len(si) == 2 {
		u.SI = si[0]
		num, den, _ := strings.Cut(si[1], "/")
		if u.Num, err = strconv.ParseInt(num, 10, 64); err != nil {
			return u, nil, err
		}
		if den != "" {
			if u.Den, err = strconv.ParseInt(den, 10, 64); err != nil {
				return u, nil, err
			}
		}
	}
	for _, c := range strings.Fields(fields[4]) {
		key, list, _ := strings.Cut(c, "=")
		switch key {
		case "needs":
			u.Needs = strings.Split(list, ",")
		case "not":
			u.Not = strings.Split(list, ",")
		case "digit":
			u.Digit = true
		case "ends":
			u.Ends = true
		default:
			return u, nil, fmt.Errorf("unknown condition %q", key)
		}
	}
	return u, names, nil
}

// Find returns the unit with the spelling, nil if there is none.
func (lex *Lexicon) Find(spelling string) *Unit {
	if v, ok := lex.Units.Has([]rune(spelling)); ok {
		return &lex.All[v]
	}
	return nil
}
