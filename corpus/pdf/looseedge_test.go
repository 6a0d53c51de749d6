package pdf

import (
	"strings"
	"testing"
)

// Heads set at the left of their cells, over figures set at the right; what is not certain is none.
func TestEdgeHeads(t *testing.T) {
	type at struct {
		text string
		x0   float64
	}
	row := func(y float64, words ...at) looseRow {
		r := looseRow{row: row{y: y, size: 10}}
		for i, w := range words {
			x1 := w.x0 + 10*float64(len([]rune(w.text)))
			k := word{x0: w.x0, x1: x1, text: w.text, glyphs: []glyph{{s: w.text, x: w.x0, w: x1 - w.x0, y: y, size: 10}}}
			if i > 0 && k.figure() {
				r.figures++
			}
			r.words = append(r.words, k)
		}
		return r
	}
	body := []looseRow{row(100, at{"甲", 0}, at{"12", 70}, at{"34", 120}, at{"56", 170}, at{"7", 230}), row(113, at{"乙", 0}, at{"1", 80}, at{"3", 130}, at{"5", 180}, at{"8", 230})}
	for _, c := range []struct {
		name string
		head []looseRow
		want string // level by level; empty: not certain
	}{
		{"one level, wrapped", []looseRow{row(0, at{"地区", 0}, at{"户数", 50}, at{"人口", 100}, at{"资金", 150}, at{"比例", 200}), row(13, at{"合计", 100})}, "地区|户数|人口合计|资金|比例"},
		{"groups at the top", []looseRow{row(0, at{"地区", 0}, at{"城市", 50}, at{"农村", 150}), row(13, at{"户数", 50}, at{"人数", 100}, at{"户数", 150}, at{"人数", 200})}, "地区|城市||农村|\n|户数|人数|户数|人数"},
		{"three levels", []looseRow{row(0, at{"地区", 0}, at{"低保", 50}, at{"五保", 200}), row(13, at{"城市", 50}, at{"农村", 100}), row(26, at{"户数", 100}, at{"人数", 150})}, "地区|低保|||五保\n|城市|农村||\n||户数|人数|"},
		{"the first name in the middle", []looseRow{row(0, at{"城市", 50}, at{"农村", 150}), row(13, at{"地区", 0}), row(26, at{"户数", 50}, at{"人数", 100}, at{"户数", 150}, at{"人数", 200})}, "地区|城市||农村|\n|户数|人数|户数|人数"},
		{"the first name at the bottom", []looseRow{row(0, at{"城市", 50}, at{"农村", 100}), row(13, at{"地区", 0}, at{"户数", 50}, at{"人数", 100}, at{"户数", 150}, at{"人数", 200})}, ""},
		{"a column without a name", []looseRow{row(0, at{"地区", 0}, at{"户数", 50}, at{"人数", 100}, at{"资金", 150})}, ""},
		{"names in the middle", []looseRow{row(0, at{"地区", 0}, at{"城市", 75}, at{"农村", 175}), row(13, at{"户数", 50}, at{"人数", 100}, at{"户数", 150}, at{"人数", 200})}, ""},
		{"a name wider than its cells", []looseRow{row(0, at{"地区", 0}, at{"城市低保户", 50}, at{"人数", 100}, at{"户数", 150}, at{"比例", 200})}, ""},
	} {
		got := ""
		if _, h, ok := edgeHead(append(c.head, body...), len(c.head)); ok {
			for i, l := range h.cells {
				if i > 0 {
					got += "\n"
				}
				got += strings.Join(l, "|")
			}
		}
		if got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}
