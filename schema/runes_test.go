package schema

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Positions are turned there and back in any order.
func TestRunes(t *testing.T) {
	const text = "a一bc二三𠀀d"
	r := NewRunes(text)
	for _, c := range [][2]int{{0, 0}, {9, 5}, {4, 2}, {17, 8}, {1, 1}, {12, 6}} {
		if got := r.At(c[0]); got != c[1] {
			t.Errorf("byte %d is rune %d, want %d", c[0], got, c[1])
		}
		if got, ok := r.Bytes(c[1]); got != c[0] || !ok {
			t.Errorf("rune %d is byte %d, want %d", c[1], got, c[0])
		}
	}
	if _, ok := r.Bytes(9); ok {
		t.Error("a rune behind the end")
	}
}

// Of a long sentence a row shows 400 characters with raw in it; a short one, and a
// raw that is longer itself, are whole.
func TestShortened(t *testing.T) {
	const raw = "1万元"
	for _, c := range []struct{ left, right, fromLeft, fromRight int }{
		{0, 0, 0, 0},
		{198, 199, 198, 199}, // 400 with raw
		{198, 200, 197, 198},
		{1000, 1000, 197, 198},
		{0, 1000, 0, 395},
		{10, 1000, 10, 385},
		{1000, 0, 395, 0},
		{1000, 20, 375, 20},
		{200, 198, 197, 198},
	} {
		text := "前" + strings.Repeat("左", c.left) + raw + strings.Repeat("右", c.right) + "后"
		sentence := Span{3, len(text) - 3}
		got := shortened(text, sentence, Span{3 + 3*c.left, 3 + 3*c.left + len(raw)})
		want := strings.Repeat("左", c.fromLeft) + raw + strings.Repeat("右", c.fromRight)
		if c.fromLeft < c.left {
			want = "…" + want
		}
		if c.fromRight < c.right {
			want += "…"
		}
		if got != want || utf8.RuneCountInString(got) > MaxSentence {
			t.Errorf("%+v: %d characters, want %d: %s", c, utf8.RuneCountInString(got), utf8.RuneCountInString(want), got)
		}
	}
	long := strings.Repeat("9", 500)
	if got := shortened("约"+long+"元", Span{0, 506}, Span{3, 503}); got != "…"+long+"…" {
		t.Errorf("a long raw: %s", got)
	}
}
