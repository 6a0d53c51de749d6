package index

import (
	"encoding/binary"
	"math"
	"strings"

	"mingxi/schema"
)

// reportsAmong keeps the reports with a figure that satisfies all conditions.
func (r *run) reportsAmong(set bitset, f planFigure) (bitset, error) {
	set.and(r.live)
	if err := r.narrow(set, f); err != nil {
		return nil, err
	}
	if len(f) == 1 && f[0].settled() {
		return set, nil
	}
	test := r.tests(f)
	for rep := range set.each {
		if !r.anyFigure(rep, test) {
			set.clear(rep)
		}
	}
	return set, nil
}

func (r *run) anyFigure(rep int, tests []func(int) bool) bool {
	for f, end := r.figureBase(rep), r.figureBase(rep+1); f < end; f++ {
		if passes(f, tests) {
			return true
		}
	}
	return false
}

func passes(figure int, tests []func(int) bool) bool {
	for _, t := range tests {
		if !t(figure) {
			return false
		}
	}
	return true
}

// settled reports whether bleve's answer for the condition is the whole answer.
func (c condition) settled() bool { return c.field != "value" && c.field != "label" && !c.pre }

// narrow asks bleve which of the reports can have figures like this.
func (r *run) narrow(set bitset, f planFigure) error {
	asked := make(map[condition]bool)
	for _, c := range f {
		var terms []string
		switch {
		case c.field == "value" && c.r.Unit != "":
			c.field, c.text = "unit", c.r.Unit
			fallthrough
		case c.settled():
			terms = []string{c.text}
		case c.field == "label":
			terms = textTerms(c.text)
		default:
			continue
		}
		key := condition{field: c.field, text: c.text}
		if asked[key] {
			continue
		}
		asked[key] = true
		one, err := r.having(r.ctx, c.field, terms)
		if err != nil {
			return err
		}
		set.and(one)
	}
	return nil
}

// tests makes the conditions functions of a figure's number, the size first: it
// costs least. A unit that the size is in already is not asked again.
func (r *run) tests(f planFigure) []func(int) bool {
	var first, rest []func(int) bool
	unit := ""
	for _, c := range f {
		if c.field == "value" {
			first, unit = append(first, r.test(c)), c.r.Unit
		}
	}
	for _, c := range f {
		if c.field != "value" && !(c.field == "unit" && c.text == unit && !c.pre) {
			rest = append(rest, r.test(c))
		}
	}
	return append(first, rest...)
}

func (r *run) test(c condition) func(int) bool {
	switch c.field {
	case "label":
		return r.inSet(secFigLabel, containing(r.labels, c.text))
	case "value":
		v := r.valueRange(c.r)
		return v.has
	case "kind", "status":
		return r.kindTest(c)
	}
	codes := r.matchingCodes(c)
	in := func(sec int) func(int) bool {
		col := short(r.sec[sec])
		return func(f int) bool { return codes.has(int(col.at(f))) }
	}
	switch c.field {
	case "indicator":
		return in(secFigCode)
	case "per":
		return in(secFigPer)
	}
	unit, si := in(secFigUnit), in(secFigSI)
	return func(f int) bool { return unit(f) || si(f) }
}

func (r *run) inSet(sec int, set bitset) func(int) bool {
	col := column(r.sec[sec])
	return func(f int) bool { return set.has(int(col.at(f))) }
}

func (r *run) matchingCodes(c condition) bitset {
	set := newBitset(r.codes.len())
	for i := range r.codes.len() {
		s := r.codes.at(uint32(i))
		if s == c.text || c.pre && strings.HasPrefix(s, c.text) {
			set.set(i)
		}
	}
	return set
}

func (r *run) kindTest(c condition) func(int) bool {
	var want [256]bool
	for k := range want {
		name := ""
		if kind := schema.Measure(k & 15); c.field == "kind" && kind <= schema.Suspect {
			name = kind.String()
		} else if status := schema.Status(k >> 4); c.field == "status" && status <= schema.Planned {
			name = status.String()
		}
		want[k] = name != "" && (name == c.text || c.pre && strings.HasPrefix(name, c.text))
	}
	col := r.sec[secFigKind]
	return func(f int) bool { return want[col[f]] }
}

// A valueRange is a range of sizes over the columns of a segment.
type valueRange struct {
	values, units []byte
	unit          uint16
	anyUnit       bool
	low, high     float64
	openLow       bool // low itself is out
	openHigh      bool
}

// valueRange reads a range; with a unit, only figures converted to it count.
func (r *run) valueRange(v Range) valueRange {
	c := valueRange{values: r.sec[secFigValue], units: r.sec[secFigSI], anyUnit: v.Unit == "",
		low: math.Inf(-1), high: math.Inf(1), openLow: v.OverLow, openHigh: v.UnderTop}
	if v.Low.Known() {
		c.low = v.Low.Float()
	}
	if v.High.Known() {
		c.high = v.High.Float()
	}
	if !c.anyUnit {
		found := false
		for i := range r.matchingCodes(condition{text: v.Unit}).each {
			c.unit, found = uint16(i), true
		}
		if !found {
			c.high = math.Inf(-1) // no figure is in this unit
			c.openHigh = true
		}
	}
	return c
}

// has reports whether the value of a figure lies in the range; NaN never does.
func (c *valueRange) has(f int) bool {
	if !c.anyUnit && binary.LittleEndian.Uint16(c.units[2*f:]) != c.unit {
		return false
	}
	x := math.Float64frombits(binary.LittleEndian.Uint64(c.values[8*f:]))
	return x >= c.low && x <= c.high && !(c.openLow && x == c.low) && !(c.openHigh && x == c.high)
}

// containing returns the strings of a pool that hold the folded text.
func containing(p pool, text string) bitset {
	set := newBitset(p.len())
	for i := range p.len() {
		if strings.Contains(view(p.view(uint32(i))), text) {
			set.set(i)
		}
	}
	return set
}
