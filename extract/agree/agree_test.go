package agree

import (
	"os"
	"slices"
	"testing"
	"testing/fstest"
)

// A report of two sentences, coded by hand, against what a program might find.
func TestCompare(t *testing.T) {
	gold := []Gold{
		{Order: "1", Raw: "35.8万户", Value: "358000", Unit: "户", Keys: "低保", Not: "农村", Kind: "amount", Status: "done"},
		{Order: "2", Raw: "12.3万户", Value: "123000", Unit: "户", Keys: "城市|城镇&低保", Kind: "amount", Status: "done", PartOf: "1"},
		{Order: "3", Raw: "201X公顷", Unit: "公顷", Keys: "绝收", Kind: "masked", Status: "done"},
		{Order: "4", Raw: "500至1000元", Value: "500..1000", Unit: "元", Per: "人·月", Keys: "补助", Kind: "standard", Status: "done", Approx: "range"},
		{Order: "5", Raw: "3次", Value: "3", Unit: "次", Note: "borderline", Kind: "amount"},
		{Order: "6", Raw: "18%", Value: "18", Unit: "%", Keys: "增长", Kind: "change", Status: "done"},
	}
	got := []Row{
		{Seq: "1", Raw: "３５.８万户", Value: "358000", Unit: "户", Label: "低保户数", Kind: "amount", Status: "done"},
		{Seq: "2", Raw: "12.3万户", Value: "123000", Unit: "户", Label: "城镇低保户数", Kind: "amount", Status: "done", PartOf: "1"},
		{Seq: "3", Raw: "201X公顷", Unit: "公顷", Label: "绝收面积", Kind: "masked", Status: "done"},
		{Seq: "4", Raw: "500至1000元", Value: "500", Max: "1000", Unit: "元", Per: "月·人", Label: "慰问金", Kind: "standard", Status: "planned", Approx: "range"},
		{Seq: "5", Raw: "77个", Value: "77", Unit: "个", Label: "村"},
	}
	s, misses := Compare(gold, got)
	want := Score{Gold: 5, Got: 5, Found: 4, Quantity: 4, Record: 3, Value: 4, Unit: 4, Per: 4, Label: 3, Kind: 4, Status: 3, Approx: 4, Parts: 1, PartsGot: 1, PartOf: 1, PlansGot: 1}
	if s != want {
		t.Errorf("score %+v\n want %+v", s, want)
	}
	if f := s.F1(s.Record); f != 0.6 {
		t.Errorf("F1 of record %v, want 0.6", f)
	}
	if len(misses) != 3 {
		t.Fatalf("%d misses, want 3: %+v", len(misses), misses)
	}
	if m := misses[0]; !slices.Equal(m.Wrong, []string{"label", "status"}) {
		t.Errorf("row 4: wrong %q, want label and status", m.Wrong)
	}
	if m := misses[1]; m.Got != nil || m.Gold.Order != "6" {
		t.Errorf("want 18%% not found, got %+v", m)
	}
	if m := misses[2]; m.Gold != nil || m.Got.Seq != "5" {
		t.Errorf("want 77个 as extra, got %+v", m)
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{fold("１０００　万(wàn)元\n"), "1000万元"},
		{unit("平米"), "平方米"},
		{unit("台（次）"), "台次"},
		{unit("个百分点"), "百分点"},
		{per("人/月"), "人·月"},
		{per("月·名"), "人·月"},
		{digits("约2,658多人"), "2658"},
		{digits("三千二百户"), "三千二百"},
		{digits("XX元"), "XX元"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestSameNumber(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"12.50", "12.5", true},
		{"1,200", "1200", true},
		{"8.5%", "8.5", true},
		{"", "", true},
		{"0", "", false},
		{"12.5", "12.51", false},
		{"-9.7", "9.7", false},
	} {
		if got := sameNumber(c.a, c.b); got != c.want {
			t.Errorf("sameNumber(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

// The sample of the project parses, and every row of it stands in its text.
func TestSamples(t *testing.T) {
	samples, err := Samples(os.DirFS("../../bench/gold"))
	if err != nil || len(samples) == 0 {
		t.Fatalf("%d samples: %v", len(samples), err)
	}
	for _, s := range samples {
		for _, g := range s.Gold {
			if g.Raw == "" || g.Kind == "" || !hidden(g.Kind) && g.Value == "" {
				t.Errorf("%s row %s: raw %q, kind %q, value %q", s.Name, g.Order, g.Raw, g.Kind, g.Value)
			}
		}
	}
	_, err = Samples(fstest.MapFS{"a.tsv": {Data: []byte("order\traw\n")}})
	if err == nil || err.Error() != "a.tsv: no document a.txt beside it" {
		t.Errorf("a table alone: %v", err)
	}
}
