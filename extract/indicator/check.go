package indicator

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	codeShape = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)
	eraShape  = regexp.MustCompile(`^(\d{4})?-(\d{4})?$|^\d{4}$`)
	codeWord  = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*`)
)

// Check reports what is wrong with a list of indicators, in the order of its
// lines. Parents and formulas may name codes of the list and of others, which
// are not checked themselves.
func Check(list []Indicator, others ...[]Indicator) []Problem {
	c := checker{units: newUnits(), at: map[string]*Indicator{}, aliases: map[string]*Indicator{}}
	for _, other := range others {
		for i := range other {
			c.at[other[i].Code] = &other[i]
		}
	}
	for i := range list {
		one := &list[i]
		if first, ok := c.at[one.Code]; ok && first.File == one.File {
			c.fault(one, "", "the code %s stands in line %d already", one.Code, first.Line)
		}
		c.at[one.Code] = one
	}
	for code := range c.at {
		c.codes = append(c.codes, code)
	}
	slices.Sort(c.codes)
	for i := range list {
		c.row(&list[i])
		c.links(&list[i])
		c.names(&list[i])
	}
	return c.problems
}

// A checker gathers the problems of a list.
type checker struct {
	units    *unitTable
	at       map[string]*Indicator // by code
	codes    []string
	aliases  map[string]*Indicator // by name, unit, nature, era and domain
	problems []Problem
}

func (c *checker) fault(i *Indicator, near, format string, args ...any) {
	c.problems = append(c.problems, Problem{i.File, i.Line, fmt.Sprintf(format, args...), near})
}

// row checks the fields of an indicator by themselves.
func (c *checker) row(i *Indicator) {
	if !codeShape.MatchString(i.Code) {
		c.fault(i, validCode(i.Code), "code %q: want a-z, 0-9 and _, a letter first, at most 32 characters", i.Code)
	}
	if i.NameZH == "" {
		c.fault(i, "", "%s has no name_zh", i.Code)
	}
	if !c.units.known(i.Unit) {
		c.fault(i, c.nearUnit(i), "%s: unknown unit %q", i.Code, i.Unit)
	}
	for _, unit := range i.Also {
		if !c.units.known(unit) {
			c.fault(i, near(unit, c.units.names), "%s: unknown unit %q in also", i.Code, unit)
		}
	}
	if !slices.Contains(natures, i.Nature) {
		c.fault(i, near(i.Nature, natures), "%s: nature %q: want stock, flow, rate or std", i.Code, i.Nature)
	}
	if i.Prices != "" && i.Prices != "constant" {
		c.fault(i, "constant", "%s: prices %q: want constant or nothing", i.Code, i.Prices)
	}
	if i.Era != "" && !eraShape.MatchString(i.Era) {
		c.fault(i, "", "%s: era %q: want 1994-2016, 2016-, -2018 or 2016", i.Code, i.Era)
	} else if first, last := i.Years(); first != 0 && last != 0 && first > last {
		c.fault(i, "", "%s: era %q ends before it begins", i.Code, i.Era)
	}
	if i.Min.Known() && i.Max.Known() && i.Min.Cmp(i.Max) > 0 {
		c.fault(i, "", "%s: county_min %s is above county_max %s", i.Code, i.Min, i.Max)
	}
}

// links checks what an indicator says of others: its parent, up to the top, and
// its formula.
func (c *checker) links(i *Indicator) {
	if i.Parent != "" && c.at[i.Parent] == nil {
		c.fault(i, near(i.Parent, c.codes), "%s: no indicator %s to be its parent", i.Code, i.Parent)
	}
	path := []string{i.Code}
	for up := c.at[i.Parent]; up != nil && i.Parent != ""; up = c.at[up.Parent] {
		path = append(path, up.Code)
		if up == i {
			c.fault(i, "", "a circle of parents: %s; leave the parent of one empty", strings.Join(path, " > "))
			break
		}
		if len(path) > len(c.at) { // a circle above it, that its members report
			break
		}
	}
	for _, code := range codeWord.FindAllString(i.Formula, -1) {
		if c.at[code] == nil {
			c.fault(i, near(code, c.codes), "%s: the formula names %s, which is no indicator", i.Code, code)
		}
	}
}

// names checks that nothing else that can be told apart only by its name has the
// same name: one alias may stand under two codes where unit, nature, era or
// domain differ (受灾 of people and of crops).
func (c *checker) names(i *Indicator) {
	for _, name := range i.names() {
		key := strings.Join([]string{clean(name), i.Unit, i.Nature, i.Era, i.Domain}, "\x00")
		if other, ok := c.aliases[key]; ok && other.Code != i.Code {
			c.fault(i, "", "%s and %s (line %d) have the same name %s, unit, nature, era and domain; keep it under one", i.Code, other.Code, other.Line, name)
			continue
		}
		c.aliases[key] = i
	}
}

// nearUnit is the unit that a wrong one was meant to be: by its letters, or as the
// printed form that it is.
func (c *checker) nearUnit(i *Indicator) string {
	const things = "个"                      // of what has no unit of its own
	plain := strings.TrimLeft(i.Unit, "万亿") // 万元
	_, size := utf8.DecodeRuneInString(plain)
	return cmp.Or(c.units.best(plain), near(i.Unit, c.units.names), c.units.best(i.UnitZH), c.units.best(plain[:size]), c.units.best(things))
}

// validCode makes a code of what is nearly one.
func validCode(s string) string {
	s = strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_':
			return r
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		case r == '-' || r == ' ' || r == '.':
			return '_'
		}
		return -1
	}, s), "_0123456789")
	s = s[:min(len(s), 32)]
	if !codeShape.MatchString(s) {
		return ""
	}
	return s
}
