package symbol

import "testing"

func TestRune(t *testing.T) {
	for _, c := range []struct {
		font string
		in   rune
		want rune
	}{
		{"Symbol", 0xb3, '≥'}, {"Symbol", 0xf0b3, '≥'}, {"symbol", 0xa3, '≤'}, {"Symbol", 0xb1, '±'}, {"Symbol", 0xb4, '×'}, {"Symbol", 0xb0, '°'},
		{"Symbol", 'm', 'μ'}, {"Symbol", 'D', 'Δ'}, {"Symbol", 0xb8, '÷'}, {"Symbol", 0xbb, '≈'}, {"Symbol", '5', '5'}, {"Symbol", 0xe5, '∑'}, {"Symbol", 0xf2, '∫'},
		{"Wingdings", 0xfc, '✓'}, {"Wingdings", 0xf0fe, '☑'}, {"Wingdings 2", 0x52, '☑'}, {"Wingdings", 0x41, Unknown},
		{"Times New Roman", 'm', 'm'}, {"宋体", 0xb1, 0xb1}, {"宋体", 0xf0b3, Unknown}, {"Symbol", '低', '低'},
	} {
		if got := Rune(c.font, c.in); got != c.want {
			t.Errorf("Rune(%s, %#x) = %q, want %q", c.font, c.in, got, c.want)
		}
	}
}

func TestField(t *testing.T) {
	for in, want := range map[string]rune{
		` SYMBOL 179 \f "Symbol" \s 10.5 `: '≥', `SYMBOL 61617 \f Symbol`: '±', `symbol 0xB4 \f"Symbol"`: '×', `SYMBOL 65`: 'A',
		`PAGE \* MERGEFORMAT`: 0, `SYMBOL`: 0, `SYMBOL x`: 0,
	} {
		if got, ok := Field(in); got != want || ok != (want != 0) {
			t.Errorf("Field(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
}
