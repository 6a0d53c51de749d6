package audit_test

// Figures of a county out of their plausible range: for every indicator of the vocabulary
// that has one, a report with a value in it, and reports in which a slip has brought the value
// out of it. A slip that leaves a value plausible cannot be seen, and is not counted.

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"mingxi/corpus"
	"mingxi/extract"
	"mingxi/extract/audit"
	"mingxi/extract/indicator"
	"mingxi/schema"
)

// magnitudeSlips are the slips and by what they multiply a value: 万元 for 元, 万 for 千 and
// the other way round, 亩 for 公顷.
var magnitudeSlips = []struct {
	name    string
	units   string // of indicators, as words
	by, per int64
}{
	{"万元 for 元", "yuan yuan_pp_month yuan_pp_year yuan_per_household", 10000, 1},
	{"元 for 万元", "yuan", 1, 10000},
	{"千 for 万", "person household unit person_time room bed case", 1, 10},
	{"万 for 千", "person household unit person_time room bed case", 10, 1},
	{"three digits more", "yuan person household unit person_time room bed case", 1000, 1},
	{"three digits less", "yuan person household unit person_time room bed case", 1, 1000},
	{"公顷 for 亩", "hectare", 15, 1},
	{"亩 for 公顷", "hectare", 1, 15},
}

func TestPlantedRanges(t *testing.T) {
	g, a := newGenerator(23), audit.New()
	x := extract.New()
	list := indicator.Builtin()
	x.Indicators = [][]indicator.Indicator{list}
	rules := audit.OfVocabulary(list)
	slips, named := tallies{}, tallies{}
	clean, wrongly := 0, 0
	for i := range list {
		one := &list[i]
		if !one.Min.Known() || !one.Max.Known() || one.Max.Sign() <= 0 {
			continue
		}
		draws := 3
		if one.Unit == "hectare" {
			draws = 20
		}
		for range draws {
			value := g.valueIn(one)
			m, findings := ofCounty(t, x, a, rules, one, value)
			if m == nil {
				continue // the sentence is not read as this indicator
			}
			clean++
			wrongly += len(findings)
			for _, f := range findings {
				t.Logf("plausible, but: %s %s: %s", one.Code, f.Relation, f.Equation)
			}
			for _, s := range magnitudeSlips {
				if !strings.Contains(" "+s.units+" ", " "+one.Unit+" ") {
					continue
				}
				slip := value * s.by / s.per
				if v := schema.Int(slip); slip == 0 || v.Cmp(one.Max) <= 0 && v.Cmp(one.Min) >= 0 {
					continue
				}
				_, findings = ofCounty(t, x, a, rules, one, slip)
				slips.add(s.name, len(findings) > 0)
				if len(findings) > 0 {
					named.add(s.name, findings[0].Explanation.Kind == "factor" || findings[0].Explanation.Kind == "area_unit")
				} else if testing.Verbose() {
					t.Logf("missed: %s %s: %d for %d", one.Code, s.name, slip, value)
				}
			}
		}
	}
	slips.log(t)
	named.log(t)
	t.Logf("%d plausible values, %d of them called implausible", clean, wrongly)
	for n, c := range slips {
		if ratio(c.found, c.planted) < 0.85 {
			t.Errorf("%s: %d of %d found", n, c.found, c.planted)
		}
	}
	if clean < 300 || wrongly*50 > clean {
		t.Errorf("%d plausible values, %d called implausible", clean, wrongly)
	}
}

// valueIn draws a value that is plausible for a county.
func (g *generator) valueIn(one *indicator.Indicator) int64 {
	low, high := math.Log(math.Max(one.Min.Float(), 1)), math.Log(one.Max.Float())
	n := int64(math.Ceil(math.Exp(low + g.Float64()*(high-low))))
	for step := int64(10); n/step >= 100; step *= 10 { // three digits, as reports round
		n = n / step * step
	}
	return n
}

// ofCounty reads a report of a county with one figure, and returns it if it is of the indicator,
// and what the audit says of its range.
func ofCounty(t *testing.T, x *extract.Extractor, a *audit.Auditor, rules []audit.Rule, one *indicator.Indicator, value int64) (*schema.Metric, []audit.Finding) {
	t.Helper()
	d, err := corpus.Read("range.txt", []byte(fmt.Sprintf("清屏县民政局2014年工作总结\n\n一、工作情况\n2014年,全县%s%d%s。\n", one.NameZH, value, printedUnit(one))), corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := x.Read(d)
	for i := range r.Metrics {
		if m := &r.Metrics[i]; m.Code == one.Code && m.Value.Cmp(schema.Int(value)) == 0 {
			return m, a.Apply(rules, d, r, nil)
		}
	}
	return nil, nil
}

// printedUnit is the unit of an indicator as a sentence prints it.
func printedUnit(one *indicator.Indicator) string {
	unit, _, _ := strings.Cut(one.UnitZH, "/")
	return unit
}
