package query

import (
	"strings"
	"unicode"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// This file reads what stands after the colon of a field.

// value reads what stands after the colon of a field.
func (p *parser) value(name string, start int) (Query, error) {
	read, quoted := p.run, p.opening(p.at) != 0
	if quoted {
		read = p.literal
	}
	text, err := read()
	switch {
	case err != nil:
		return nil, err
	case name == "year" || name == "value":
		return p.rangeOf(name, text, start)
	case quoted:
		return p.checked(Field{Name: name, Text: text}, start)
	}
	text = strings.ReplaceAll(text, "＊", "*")
	f := Field{Name: name, Text: strings.Trim(text, "*"), Prefix: strings.HasSuffix(text, "*")}
	switch {
	case f.Text == "":
		return nil, p.fail(start, name+":词", "nothing stands after %s:", name)
	case strings.Contains(f.Text, "*"):
		return nil, p.fail(start, name+":"+f.Text[:strings.Index(f.Text, "*")]+"*", "a field takes * at the end only")
	case f.Words():
		f.Prefix = false
	}
	return p.checked(f, start)
}

// checked refuses values that a field can never have.
func (p *parser) checked(f Field, start int) (Query, error) {
	var known []string
	switch f.Name {
	case "kind":
		known = []string{"amount", "standard", "share", "change", "masked", "suspect"}
	case "status":
		known = []string{"done", "planned"}
	case "approx":
		known = []string{"about", "over", "under", "range"}
	case "check":
		known = []string{"holds", "contradicts", "incomplete", "not_evaluable"}
	case "unit":
		f.Text = unitName(f.Text)
		return f, nil
	case "region":
		f.Prefix = false
		return f, nil
	default:
		return f, nil
	}
	f.Text = strings.ToLower(fold.String(f.Text))
	for _, k := range known {
		if k == f.Text || f.Prefix && strings.HasPrefix(k, f.Text) {
			return f, nil
		}
	}
	return nil, p.fail(start, f.Name+":"+strings.Join(known, ", "+f.Name+":"), "%s is no %s", f.Text, f.Name)
}

// rangeOf reads 2008..2012, >10000公顷, 100万元..2亿元.
func (p *parser) rangeOf(name, text string, start int) (Query, error) {
	r := Range{Name: name}
	text = strings.ReplaceAll(strings.ReplaceAll(fold.String(text), " ", ""), "…", "..")
	low, high, two := strings.Cut(text, "..")
	var err error
	switch {
	case two:
		r, err = p.between(r, low, strings.TrimLeft(high, "."), start)
	default:
		r, err = p.compare(r, text, start)
	}
	if err != nil {
		return nil, err
	}
	if r.Low.Known() && r.High.Known() && r.Low.Cmp(r.High) > 0 {
		r.Low, r.High = r.High, r.Low
		return nil, p.fail(start, r.String(), "the range is empty")
	}
	return r, nil
}

func (p *parser) compare(r Range, text string, start int) (Range, error) {
	number := strings.TrimLeft(text, "<>=≤≥")
	d, unit, err := p.bound(r.Name, number, start)
	if err != nil {
		return r, err
	}
	if !d.Known() {
		return r, p.fail(start, example(r.Name), "a number is missing after %s:", r.Name)
	}
	r.Unit = unit
	switch text[:len(text)-len(number)] {
	case "", "=":
		r.Low, r.High = d, d
	case ">":
		r.Low, r.OverLow = d, true
	case ">=", "≥":
		r.Low = d
	case "<":
		r.High, r.UnderTop = d, true
	case "<=", "≤":
		r.High = d
	default:
		return r, p.fail(start, example(r.Name), "%s is no comparison", text[:len(text)-len(number)])
	}
	return r, nil
}

// between reads both ends. A low end without unit takes that of the high end,
// but not its 万: value:5..10万元 might mean two things.
func (p *parser) between(r Range, low, high string, start int) (Range, error) {
	a, unitA, err := p.bound(r.Name, low, start)
	if err != nil {
		return r, err
	}
	b, unitB, err := p.bound(r.Name, high, start)
	if err != nil {
		return r, err
	}
	if !a.Known() && !b.Known() {
		return r, p.fail(start, example(r.Name), "a range needs a number")
	}
	if a.Known() && b.Known() && unitA == "" && unitB != "" {
		if _, rest, shift := splitNumber(high); shift != 0 {
			multiplier := strings.TrimSuffix(rest, trimMultiplier(rest))
			return r, p.fail(start, r.Name+":"+low+multiplier+unitB+".."+high, "the unit of %s is not sure", low)
		}
		unitA = unitB
	}
	switch {
	case !a.Known():
		unitA = unitB
	case b.Known() && unitA != unitB:
		var ok bool
		if a, b, unitA, ok = convertBoth(a, unitA, b, unitB); !ok {
			return r, p.fail(start, r.Name+":"+low+"..", "%s and %s cannot be compared", unitA, unitB)
		}
	}
	r.Low, r.High, r.Unit = a, b, unitA
	return r, nil
}

// bound reads a number with its multiplier and unit; empty is no bound.
func (p *parser) bound(name, text string, start int) (schema.Decimal, string, error) {
	if text == "" {
		return schema.Decimal{}, "", nil
	}
	digits, rest, shift := splitNumber(text)
	d, err := schema.ParseDecimal(digits)
	if err != nil {
		return d, "", p.fail(start, example(name), "%s is no number", text)
	}
	if d = d.Shift(shift); !d.Known() {
		return d, "", p.fail(start, example(name), "%s is too large", text)
	}
	unit := trimMultiplier(rest)
	if name == "year" {
		y, ok := wholeNumber(d)
		if unit != "" && unit != "年" || !ok || y < 1 || y > 9999 {
			return d, "", p.fail(start, example(name), "%s is no year", text)
		}
		return d, "", nil
	}
	bad := func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("<>=≤≥*\"“”「『()…\x00", r)
	}
	if strings.ContainsFunc(unit, bad) || strings.Contains(unit, "..") || trimMultiplier(unit) != unit || unit != "" && strings.Contains("0123456789.,-", unit[:1]) {
		return d, "", p.fail(start, example(name), "%s is no unit", unit)
	}
	return d, unitName(unit), nil
}

func example(name string) string {
	if name == "year" {
		return "year:2011, year:2008..2012 or year:>2008"
	}
	return "value:>10000公顷, value:100万元..2亿元 or value:<5%"
}
