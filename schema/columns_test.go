package schema

import (
	"reflect"
	"strings"
	"testing"
)

// full is a metric with something in every column.
func full() Metric {
	d := func(s string) Decimal {
		v, err := ParseDecimal(s)
		if err != nil {
			panic(err)
		}
		return v
	}
	return Metric{Seq: 7, Article: 2, Span: Span{6, 14}, Label: "绝收面积", Code: "loss_area",
		Slots: Slots{Place: "东乡", Object: "农作物", Event: "绝收", Measure: "面积", Base: "播种面积"},
		Value: d("120"), Max: d("150.5"), Unit: "亩", Per: "户", SI: d("8"), SIUnit: "公顷",
		Kind: Change, Status: Planned, Approx: Range, PartOf: 3, Period: Period{"今年", "2011-01-01", "2011-12-31"},
		Flags: []string{"table", "repaired"}, Sentence: Span{0, 14}, Section: "一、救灾", Page: 4, Cell: "表!B7", Rule: "figure/area",
		IndicatorScore: d("0.75"), Confidence: d("0.9"), Check: Contradicts, CheckIDs: []string{"sum-1"}, Corrected: "value=130"}
}

// Every field of a metric that a column holds comes back from its cells; so a new
// column needs no code but its line.
func TestFields(t *testing.T) {
	want := full()
	var got Metric
	for _, c := range Columns() {
		if c.Field == nil {
			continue
		}
		cell := c.Field.Get(&want)
		if cell.Empty() {
			t.Errorf("%s is empty: give full() something for it", c.Name)
		}
		if (c.Type == Text) != (cell.Text != "") {
			t.Errorf("%s has type %d and the cell %+v", c.Name, c.Type, cell)
		}
		if err := c.Field.Set(&got, cell); err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
	got.Span, got.Sentence = want.Span, want.Sentence // where it stands in the text
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v, want\n%+v", got, want)
	}
}

// What can be no cell of a column is refused, and what a zero metric holds is
// nothing or the first word.
func TestCells(t *testing.T) {
	for _, c := range Columns() {
		if c.Field == nil {
			continue
		}
		var zero, m Metric
		cell := c.Field.Get(&zero)
		if c.Field.Keep == Coded {
			if cell.Text != c.Field.OneOf[0] {
				t.Errorf("%s of a zero metric is %q", c.Name, cell)
			}
			if c.Field.Set(&m, TextCell("no such word")) == nil {
				t.Errorf("%s takes any word", c.Name)
			}
		} else if !cell.Empty() {
			t.Errorf("%s of a zero metric is %q", c.Name, cell)
		}
		if half, _ := ParseDecimal("0.5"); c.Type == Whole && c.Field.Set(&m, Cell{Number: half}) == nil {
			t.Errorf("%s takes a half", c.Name)
		}
		if err := c.Field.Set(&m, cell); err != nil || !reflect.DeepEqual(m, zero) {
			t.Errorf("%s: %+v, %v", c.Name, m, err)
		}
	}
}

// A column that repeats another stands behind it and is of its type.
func TestLike(t *testing.T) {
	seen := map[string]Type{}
	for _, c := range Columns() {
		if c.Field != nil && c.Field.Like != "" {
			if typ, ok := seen[c.Field.Like]; !ok || typ != c.Type {
				t.Errorf("%s repeats %s", c.Name, c.Field.Like)
			}
		}
		seen[c.Name] = c.Type
	}
}

func TestRows(t *testing.T) {
	d := &Document{ID: "0123", Root: "/r", Source: "a.txt", Text: "全县绝收面积120亩", Articles: []Article{{N: 1, Title: "总结", Span: Span{0, 5}}, {N: 2, Title: "汇报", Span: Span{5, 24}}}}
	m := full()
	m.Span, m.Sentence = Span{18, 24}, Span{0, 24}
	r := &Reading{Origins: []Origin{{Article: 2, Org: "某局", Year: 2011, Region: Region{"530324", "罗平县", "path", 0.5}}}, Metrics: []Metric{m}}
	err := Rows(d, r, func(row []Cell) error {
		got := strings.Join(Strings(row), "|")
		const want = "0123|/r|a.txt|2|汇报|某局|530324|罗平县|path|0.5|2011|一、救灾|7|绝收面积|东乡|农作物|绝收|面积|播种面积|loss_area|0.75|" +
			"120|150.5|亩|户|8|公顷|change|planned|range|3|今年|2011-01-01|2011-12-31|table;repaired|120亩|全县绝收面积120亩|4|表!B7|6|10|" +
			"figure/area|0.9|contradicts|sum-1|value=130"
		if got != want {
			t.Errorf("got\n%s, want\n%s", got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
