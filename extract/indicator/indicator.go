// Package indicator says which indicator of a vocabulary a figure belongs to:
// 全县共有城市低保对象3126户 and 城镇居民最低生活保障3126户 are both
// dibao_urban_hh, so that reports of many places and years make one table.
//
// A vocabulary is data, a table of tab-separated values with a header (parse.go):
// code, Chinese and English name, unit, domain, nature (stock, flow, rate, std),
// parent, formula, aliases, plausible range, era. Two are built in: civil affairs
// (data/civil.tsv) and what reports and communiqués of counties print most
// (data/county.tsv). A user's own file extends or replaces them; columns that
// this package does not know are kept and shown, and need no code.
//
// A figure is mapped by the words of its label, the headings above it, the total
// that it is a part of, its unit, rate and kind (match.go). Every name and alias
// is read as a set of words by data/words.txt, and so is the label: the name
// that explains the label best wins, if it explains nearly all of it, if no word
// that tells siblings apart is left over (小麦 in 小麦受灾面积), and if no other
// indicator does as well. Otherwise the figure has none: a wrong code is worse
// than a missing one.
package indicator

import (
	"strconv"
	"strings"

	"mingxi/schema"
)

// An Indicator is a row of a vocabulary.
type Indicator struct {
	Code      string // of a-z, 0-9 and _, at most 32 characters (Stata)
	NameZH    string
	NameEN    string
	Unit      string   // name of data/units.tsv: person, yuan, hectare
	Also      []string // other units that it is printed in
	UnitZH    string
	Dimension string
	Domain    string // assist, disaster, agriculture …
	DomainZH  string
	Nature    string // stock, flow, rate or std
	Parent    string // code of the whole that it is a part of
	Partition string // name of the set of parts that make up the parent
	Formula   string // by which other codes give it
	Aliases   []string
	Min, Max  schema.Decimal // plausible for a county, in Unit; unset if not known
	Era       string         // 1994-2016, 2016-, -2018: years in which it is reported; empty for always
	Prices    string         // constant: of a growth that is at constant prices by definition
	Other     []Field        // columns that the program does not know

	File string // where it stands
	Line int
}

// A Field is a column of a vocabulary that the program keeps and does not read.
type Field struct{ Name, Value string }

// Years returns the first and the last year of the era; 0 is an open end.
func (i *Indicator) Years() (first, last int) {
	from, to, ok := strings.Cut(i.Era, "-")
	first, _ = strconv.Atoi(from)
	last, _ = strconv.Atoi(to)
	if !ok {
		last = first
	}
	return first, last
}

// names are the Chinese name and the aliases.
func (i *Indicator) names() []string {
	return append([]string{i.NameZH}, i.Aliases...)
}

// Fields are all columns of the indicator with their values, in the order of a
// file.
func (i *Indicator) Fields() []Field {
	return append([]Field{
		{"code", i.Code}, {"name_zh", i.NameZH}, {"name_en", i.NameEN}, {"unit", i.Unit}, {"unit_zh", i.UnitZH},
		{"dimension", i.Dimension}, {"domain", i.Domain}, {"domain_zh", i.DomainZH}, {"nature", i.Nature},
		{"parent", i.Parent}, {"partition", i.Partition}, {"formula", i.Formula}, {"aliases", strings.Join(i.Aliases, "|")},
		{"also", strings.Join(i.Also, "|")}, {"county_min", i.Min.String()}, {"county_max", i.Max.String()}, {"era", i.Era}, {"prices", i.Prices},
	}, i.Other...)
}

// natures are what an indicator can be: a state at a date, what happened in a
// period, a ratio, a rule or price.
var natures = []string{"stock", "flow", "rate", "std"}

// A Vocabulary is a list of indicators, ready to map figures. It does not change
// and may be used by many at once.
type Vocabulary struct {
	list   []Indicator
	byCode map[string]int
	*matcher
}

// New makes a vocabulary of lists, the later ones before the earlier: a code that
// stands in two lists is the one of the later, and so is a name of two codes of one unit, nature and era.
func New(lists ...[]Indicator) *Vocabulary {
	v := &Vocabulary{byCode: map[string]int{}}
	var from []int // indicator → its list
	for n, list := range lists {
		for _, one := range list {
			if at, ok := v.byCode[one.Code]; ok {
				v.list[at], from[at] = one, n
				continue
			}
			v.byCode[one.Code] = len(v.list)
			v.list, from = append(v.list, one), append(from, n)
		}
	}
	v.matcher = newMatcher(v.list, from)
	return v
}

// All returns the indicators in their order. They must not be changed.
func (v *Vocabulary) All() []Indicator { return v.list }

// Get returns the indicator with a code, nil if there is none.
func (v *Vocabulary) Get(code string) *Indicator {
	if at, ok := v.byCode[code]; ok {
		return &v.list[at]
	}
	return nil
}
