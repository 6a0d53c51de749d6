package ordinal

import (
	"strings"
	"testing"
)

func TestFormat(t *testing.T) {
	for _, x := range []struct {
		format string
		want   string // for 1 2 10 11 20 21 99 100 105 1010 10000
	}{
		{"decimal", "1 2 10 11 20 21 99 100 105 1010 10000"},
		{"decimalZero", "01 02 10 11 20 21 99 100 105 1010 10000"},
		{"decimalFullWidth", "１ ２ １０ １１ ２０ ２１ ９９ １００ １０５ １０１０ １００００"},
		{"upperRoman", "I II X XI XX XXI XCIX C CV MX 10000"},
		{"lowerRoman", "i ii x xi xx xxi xcix c cv mx 10000"},
		{"upperLetter", "A B J K T U UUUU VVVV AAAAA 1010 10000"},
		{"chineseCounting", "一 二 十 十一 二十 二十一 九十九 一○○ 一○五 一○一○ 一○○○○"},
		{"chineseCountingThousand", "一 二 十 十一 二十 二十一 九十九 一百 一百零五 一千零一十 一万"},
		{"japaneseCounting", "一 二 十 十一 二十 二十一 九十九 百 百五 千十 一万"},
		{"ideographDigital", "一 二 一〇 一一 二〇 二一 九九 一〇〇 一〇五 一〇一〇 一〇〇〇〇"},
		{"chineseLegalSimplified", "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 玖拾玖 壹佰 壹佰零伍 壹仟零壹拾 壹万"},
		{"ideographTraditional", "甲 乙 癸 11 20 21 99 100 105 1010 10000"},
		{"ideographZodiacTraditional", "甲子 乙丑 癸酉 甲戌 癸未 甲申 99 100 105 1010 10000"},
		{"decimalEnclosedCircle", "① ② ⑩ ⑪ ⑳ ㉑ 99 100 105 1010 10000"},
		{"decimalEnclosedParen", "⑴ ⑵ ⑽ ⑾ ⒇ 21 99 100 105 1010 10000"},
		{"ordinal", "1st 2nd 10th 11th 20th 21st 99th 100th 105th 1010th 10000th"},
		{"no such format", "1 2 10 11 20 21 99 100 105 1010 10000"},
	} {
		var got []string
		for _, n := range []int{1, 2, 10, 11, 20, 21, 99, 100, 105, 1010, 10000} {
			got = append(got, Format(x.format, n))
		}
		if s := strings.Join(got, " "); s != x.want {
			t.Errorf("%s: got %s, want %s", x.format, s, x.want)
		}
	}
}

func TestJoin(t *testing.T) {
	for _, x := range []struct {
		number, text string
		tight        bool
		want         string
	}{
		{"一、", "救助工作", false, "一、救助工作"},
		{"（一）", "2019年", false, "（一）2019年"},
		{"1.", "转移群众", false, "1. 转移群众"},
		{"1.", "转移群众", true, "1.转移群众"},
		{"1.", "2019年", true, "1. 2019年"}, // not 1.2019
		{"1", "3户", true, "1 3户"},
		{"", "没有编号", false, "没有编号"},
		{"1.", "", false, ""},
	} {
		if got := Join(x.number, x.text, x.tight); got != x.want {
			t.Errorf("%q %q: got %q, want %q", x.number, x.text, got, x.want)
		}
	}
}

// TestCounter counts 1, 1.1, 1.2, 2, 2.1, then starts level 1 anew at 7.
func TestCounter(t *testing.T) {
	levels := &[Levels]Level{{Format: "decimal", Text: "%1", Start: 1}, {Format: "decimal", Text: "%1.%2", Start: 1}}
	var c Counter
	var got []string
	for _, level := range []int{0, 1, 1, 0, 1} {
		got = append(got, c.Next(levels, level))
	}
	c.Reset(0, 7)
	got = append(got, c.Next(levels, 0), c.Next(levels, 1))
	if s := strings.Join(got, " "); s != "1 1.1 1.2 2 2.1 7 7.1" {
		t.Error(s)
	}
}
