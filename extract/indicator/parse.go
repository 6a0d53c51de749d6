package indicator

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"mingxi/schema"
)

// columns are those of a vocabulary that the program reads; a file needs the
// first four, in any order.
var columns = []struct {
	name string
	set  func(*Indicator, string) error
}{
	{"code", func(i *Indicator, s string) error { i.Code = s; return nil }},
	{"name_zh", func(i *Indicator, s string) error { i.NameZH = s; return nil }},
	{"unit", func(i *Indicator, s string) error { i.Unit = s; return nil }},
	{"nature", func(i *Indicator, s string) error { i.Nature = s; return nil }},
	{"name_en", func(i *Indicator, s string) error { i.NameEN = s; return nil }},
	{"unit_zh", func(i *Indicator, s string) error { i.UnitZH = s; return nil }},
	{"dimension", func(i *Indicator, s string) error { i.Dimension = s; return nil }},
	{"domain", func(i *Indicator, s string) error { i.Domain = s; return nil }},
	{"domain_zh", func(i *Indicator, s string) error { i.DomainZH = s; return nil }},
	{"parent", func(i *Indicator, s string) error { i.Parent = s; return nil }},
	{"partition", func(i *Indicator, s string) error { i.Partition = s; return nil }},
	{"formula", func(i *Indicator, s string) error { i.Formula = s; return nil }},
	{"aliases", func(i *Indicator, s string) error { return setList(&i.Aliases, s) }},
	{"also", func(i *Indicator, s string) error { return setList(&i.Also, s) }},
	{"county_min", func(i *Indicator, s string) error { return decimal(&i.Min, s) }},
	{"county_max", func(i *Indicator, s string) error { return decimal(&i.Max, s) }},
	{"prices", func(i *Indicator, s string) error { i.Prices = s; return nil }},
	{"era", func(i *Indicator, s string) error { i.Era = s; return nil }},
}

// needed is how many of columns a file must have.
const needed = 4

// setList reads words that are parted by |.
func setList(list *[]string, s string) error {
	for a := range strings.SplitSeq(s, "|") {
		if a = strings.TrimSpace(a); a != "" && !slices.Contains(*list, a) {
			*list = append(*list, a)
		}
	}
	return nil
}

func decimal(d *schema.Decimal, s string) error {
	if s == "" {
		return nil
	}
	v, err := schema.ParseDecimal(s)
	if err != nil {
		return fmt.Errorf("%q is no number", s)
	}
	*d = v
	return nil
}

// A Problem is a fault of a vocabulary, with its place and, where one is near,
// the form that would be right.
type Problem struct {
	File string
	Line int // from 1; 0 is the whole file
	Text string
	Near string // the nearest valid form, or empty
}

// Error gives the problem as FILE:LINE: TEXT (did you mean NEAR?).
func (p Problem) Error() string {
	s := fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text)
	if p.Near != "" {
		s += fmt.Sprintf(" (did you mean %s?)", p.Near)
	}
	return s
}

// maxLine bounds a line of a vocabulary, in bytes.
const maxLine = 1 << 20

// Parse reads a vocabulary: tab-separated, a header first, UTF-8 with or without
// a byte order mark. It reports every row that has the wrong number of fields or
// a field that cannot be read; Check finds what is wrong between rows.
func Parse(name string, r io.Reader) ([]Indicator, []Problem) {
	in := bufio.NewScanner(r)
	in.Buffer(nil, maxLine)
	var list []Indicator
	var problems []Problem
	var header []string
	fault := func(line int, near, format string, args ...any) {
		problems = append(problems, Problem{name, line, fmt.Sprintf(format, args...), near})
	}
	n := 0
	for in.Scan() {
		n++
		line := strings.TrimRight(in.Text(), "\r")
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if header == nil {
			header = fields
			for _, c := range columns[:needed] {
				if !slices.Contains(header, c.name) {
					fault(n, near(c.name, header), "the header has no column %s", c.name)
				}
			}
			if len(problems) > 0 {
				return nil, problems
			}
			continue
		}
		if len(fields) > len(header) {
			fault(n, "", "%d fields, the header has %d", len(fields), len(header))
			continue
		}
		one := Indicator{File: name, Line: n}
		for i, value := range fields {
			if err := one.set(header[i], strings.TrimSpace(value)); err != nil {
				fault(n, "", "column %s: %v", header[i], err)
			}
		}
		list = append(list, one)
	}
	switch err := in.Err(); {
	case err != nil:
		fault(n+1, "", "%v", err)
	case header == nil:
		fault(0, "", "no header")
	}
	if slices.ContainsFunc(list, Indicator.unitless) {
		nameUnits(list)
	}
	return list, problems
}

// unitless reports an indicator without the Chinese name of its unit, which figures are converted to.
func (i Indicator) unitless() bool { return i.UnitZH == "" }

// nameUnits gives those without it the name and dimension that the built-in vocabularies have for their unit.
func nameUnits(list []Indicator) {
	named := Builtin()
	for k := range list {
		i := &list[k]
		if at := slices.IndexFunc(named, func(b Indicator) bool { return b.Unit == i.Unit && !b.unitless() }); i.unitless() && at >= 0 {
			i.UnitZH = named[at].UnitZH
			if i.Dimension == "" {
				i.Dimension = named[at].Dimension
			}
		}
	}
}

// set fills the field of a column.
func (i *Indicator) set(column, value string) error {
	for _, c := range columns {
		if c.name == column {
			return c.set(i, value)
		}
	}
	if value != "" {
		i.Other = append(i.Other, Field{column, value})
	}
	return nil
}
