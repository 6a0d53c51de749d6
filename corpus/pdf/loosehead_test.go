package pdf

import (
	"strings"
	"testing"
)

// Words of a head by where they stand; a figure of the first column ends at 40.
func TestGroupedHeads(t *testing.T) {
	cols := []seg{{x0: 0, x1: 40, size: 10}, {x0: 80, x1: 100, size: 10}, {x0: 130, x1: 150, size: 10}, {x0: 180, x1: 200, size: 10}, {x0: 230, x1: 250, size: 10}}
	type at struct {
		text   string
		x0, x1 float64
	}
	row := func(y float64, words ...at) looseRow {
		r := looseRow{row: row{y: y, size: 10}}
		for _, w := range words {
			r.words = append(r.words, word{x0: w.x0, x1: w.x1, text: w.text, glyphs: []glyph{{s: w.text, x: w.x0, w: w.x1 - w.x0, y: y, size: 10}}})
		}
		return r
	}
	twice := row(20, at{"户数", 70, 90}, at{"人数", 120, 140}, at{"户数", 170, 190}, at{"人数", 220, 240})
	for _, c := range []struct {
		name  string
		head  []looseRow
		upper string // of the columns; empty: not certain
		lower string
	}{
		{"in the middle", []looseRow{row(0, at{"地区", 0, 20}, at{"城市", 95, 115}, at{"农村", 195, 215}), twice}, "地区|城市||农村|", "|户数|人数|户数|人数"},
		{"at the left, names repeat", []looseRow{row(0, at{"地区", 0, 20}, at{"城市", 70, 90}, at{"农村", 170, 190}), twice}, "地区|城市||农村|", "|户数|人数|户数|人数"},
		{"a name between the lines", []looseRow{row(0, at{"城市", 95, 115}, at{"农村", 195, 215}), row(10, at{"地区", 0, 20}), twice}, "地区|城市||农村|", "|户数|人数|户数|人数"},
		{"at the left, names differ", []looseRow{row(0, at{"地区", 0, 20}, at{"城市", 70, 90}, at{"农村", 170, 190}), row(20, at{"户数", 70, 100}, at{"人数", 120, 150}, at{"资金", 170, 200}, at{"比例", 220, 250})}, "地区|城市||农村|", "|户数|人数|资金|比例"},
		{"two ways", []looseRow{row(0, at{"地区", 0, 20}, at{"城市", 70, 90}, at{"农村", 170, 190}), row(20, at{"户数", 70, 90}, at{"人数", 120, 140}, at{"资金", 170, 190}, at{"比例", 220, 240})}, "", ""},
		{"a group of one", []looseRow{row(0, at{"城市", 70, 90}, at{"农村", 120, 140}), row(20, at{"地区", 0, 20}, at{"户数", 70, 90}, at{"人数", 120, 140}, at{"户数", 170, 190}, at{"人数", 220, 240})}, "", ""},
		{"neither", []looseRow{row(0, at{"地区", 0, 20}, at{"城市", 70, 90}, at{"农村", 150, 170}), row(20, at{"户数", 70, 90}, at{"人数", 120, 140}, at{"资金", 170, 190}, at{"比例", 220, 240})}, "", ""},
		{"one line, in order", []looseRow{row(0, at{"地区", 0, 20}, at{"户数", 45, 65}, at{"人数", 104, 124}, at{"资金", 155, 175}, at{"比例", 205, 225})}, "地区|户数|人数|资金|比例", ""},
		{"a name too few", []looseRow{row(0, at{"户数", 45, 65}, at{"人数", 104, 124}, at{"资金", 155, 175}, at{"比例", 205, 225})}, "", ""},
	} {
		h, ok := headOf(cols, c.head)
		upper, lower := "", ""
		if ok {
			upper = strings.Join(h.cells[0], "|")
		}
		if len(h.cells) > 1 {
			lower = strings.Join(h.cells[1], "|")
		}
		if upper != c.upper || lower != c.lower {
			t.Errorf("%s: got %q over %q, want %q over %q", c.name, upper, lower, c.upper, c.lower)
		}
	}
}
