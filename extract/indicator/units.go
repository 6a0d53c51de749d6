package indicator

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// A printing is a unit of the vocabulary that a printed unit may stand for.
type printing struct {
	unit int     // in names
	fit  float64 // 1, or less where another unit says it better
}

// lesser is the fit of a printed form after ~ in units.tsv.
const lesser = 0.95

// unitTable is data/units.tsv.
type unitTable struct {
	names  []string              // the first is empty: no unit
	stands map[string][]printing // 元/人·月 → yuan_pp_month
}

func newUnits() *unitTable {
	t := &unitTable{names: []string{""}, stands: map[string][]printing{}}
	lines("units.tsv", func(line string) {
		name, forms, _ := strings.Cut(line, "\t")
		t.names = append(t.names, name)
		for _, form := range strings.Fields(forms) {
			fit := 1.0
			if rest, ok := strings.CutPrefix(form, "~"); ok {
				form, fit = rest, lesser
			}
			if form == "空" {
				form = ""
			}
			t.stands[form] = append(t.stands[form], printing{len(t.names) - 1, fit})
		}
	})
	return t
}

// of returns the units of the vocabulary that a printed unit and its rate may be.
func (t *unitTable) of(unit, per string) []printing {
	if per == "" {
		return t.stands[unit]
	}
	if found, ok := t.stands[unit+"/"+per]; ok {
		return found
	}
	switch per { // counted in a month or a year, it is the thing that is counted
	case "月", "年", "日":
		return t.stands[unit]
	}
	return nil
}

// best is the unit that a printed form stands for before all others, empty if it stands for none.
func (t *unitTable) best(form string) string {
	found := t.stands[form]
	if form == "" || len(found) == 0 {
		return ""
	}
	return t.names[slices.MaxFunc(found, func(a, b printing) int { return cmp.Compare(a.fit, b.fit) }).unit]
}

// printed is the first printed form, in order, of those that stand for a unit before all others.
func (t *unitTable) printed(name string) string {
	for _, form := range slices.Sorted(maps.Keys(t.stands)) {
		if form != "" && t.best(form) == name {
			return form
		}
	}
	return ""
}

// index is the place of a unit in names, 0 if there is none of that name.
func (t *unitTable) index(name string) int { return max(0, slices.Index(t.names, name)) }

// known reports whether the table has a unit of that name.
func (t *unitTable) known(name string) bool { return t.index(name) > 0 }
