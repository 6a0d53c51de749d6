package audit

// What a vocabulary of indicators knows as rules: formulas by which some give
// another, and the range that a figure of a county lies in.

import (
	"strings"

	"mingxi/extract/indicator"
	"mingxi/schema"
)

// OfVocabulary makes rules of the formulas and plausible ranges of a list of
// indicators. A formula that is no rule (see the top of rules.go) is left out.
func OfVocabulary(list []indicator.Indicator) []Rule {
	var rules []Rule
	add := func(r Rule) {
		var err error
		if r.sides, r.signs, err = parseRule(r.Text); err == nil {
			rules = append(rules, r)
		}
	}
	for i := range list {
		one := &list[i]
		if one.Formula != "" {
			add(Rule{ID: "formula", Text: one.Code + " == " + one.Formula, Words: one.NameZH, Severity: Warning, Status: "done"})
		}
		unit, _, _ := strings.Cut(one.UnitZH, "/") // 公斤/亩
		if one.Min.Known() && one.Max.Known() && one.Max.Sign() > 0 {
			add(Rule{ID: "plausible", Text: one.Min.String() + " <= " + one.Code + " <= " + one.Max.String(), Words: one.NameZH, Severity: Note, Status: "done", county: true, plausible: true, unit: unit})
		}
	}
	return rules
}

// ofCounty reports an article about one county, by its code, or by the name of the
// body that reports where no code is known.
func ofCounty(o schema.Origin) bool {
	if len(o.Region.Code) == 6 {
		return countyCode(o.Region.Code)
	}
	return strings.Contains(o.Org, "县") || strings.Contains(o.Org, "旗")
}

// slips by which a figure comes out of its range: 万元 for 元, 亩 for 公顷.
var magnitudes = [...][2]int64{{1, 10000}, {10000, 1}, {1, 15}, {15, 1}, {1, 1000}, {1000, 1}, {1, 100}, {100, 1}, {1, 10}, {10, 1}}
