package agree

import (
	"fmt"
	"testing"
)

// The examples of Krippendorff (2011): two observers and ten units; four observers
// with missing values. A point stands for a value that was not given.
func TestAlpha(t *testing.T) {
	for _, test := range []struct {
		coders []string
		want   string
	}{
		{[]string{"0100000010", "1110010000"}, "0.095"},
		{[]string{"123321412...", "1233224125.3", ".3332342251.", "12332441251."}, "0.743"},
	} {
		got, ok := Alpha(unitsOf(test.coders))
		if s := fmt.Sprintf("%.3f", got); !ok || s != test.want {
			t.Errorf("%q: %s, want %s", test.coders, s, test.want)
		}
	}
	if got, ok := Alpha(unitsOf([]string{"111", "111"})); got != 1 || !ok {
		t.Errorf("one category: %v %v", got, ok)
	}
	if _, ok := Alpha(unitsOf([]string{"1..", ".1."})); ok {
		t.Error("nothing to compare, yet an alpha")
	}
}

// unitsOf turns lines of coders into units.
func unitsOf(coders []string) []Unit {
	units := make([]Unit, len(coders[0]))
	for _, line := range coders {
		for i, c := range line {
			value := string(c)
			if c == '.' {
				value = ""
			}
			units[i] = append(units[i], value)
		}
	}
	return units
}

func TestInterval(t *testing.T) {
	documents := [][]Unit{{{"a", "a"}, {"b", "b"}, {"a", "b"}}, {{"a", "a"}, {"b", "b"}}, {{"b", "b"}, {"a", "a"}, {"b", "a"}}}
	low, high, ok := Interval(documents)
	low2, high2, _ := Interval(documents)
	if !ok || low != low2 || high != high2 || low > high || high > 1 {
		t.Errorf("[%v, %v] %v", low, high, ok)
	}
	if _, _, ok := Interval(documents[:1]); ok {
		t.Error("an interval of one document")
	}
}

func TestUnits(t *testing.T) {
	gold := []Gold{{Raw: "3户", Unit: "户", Kind: "amount", Status: "done"}, {Raw: "5名", Unit: "名", Kind: "amount", Status: "done"}, {Raw: "7%", Unit: "%", Kind: "share", Note: "borderline"}}
	got := []Row{{Raw: "3户", Unit: "户", Kind: "amount", Status: "planned"}, {Raw: "5名", Unit: "人", Kind: "amount", Status: "done", Approx: "about"}, {Raw: "7%"}, {Raw: "9元"}}
	units := Units(gold, got)
	if s := fmt.Sprint(units["unit"], units["status"], units["approx"]); s != "[[户 户] [人 人]] [[done planned] [done done]] [[none none] [none about]]" {
		t.Error(s)
	}
}
