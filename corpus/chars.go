package corpus

import "strings"

import "unicode/utf8"

// Classes of characters that structure is told by.
const (
	stop      = 1 << iota // 。！？ and half-width
	semicolon             // ；
	colon                 // ：
	comma                 // ，
	closing               // what closes quotation and brackets
	numeral               // 一 to 九, 两 几 数
	opening               // what a marker may begin with
	space
)

// charClass holds the class of each character of the first plane.
var charClass = classTable()

func classTable() *[1 << 16]uint8 {
	t := new([1 << 16]uint8)
	for _, c := range []struct {
		class uint8
		chars string
	}{
		{stop, "。！？!?…"},
		{semicolon, "；;"},
		{colon, "：:"},
		{comma, "，,"},
		{closing, "”’）)】」』》"},
		{numeral, "一二三四五六七八九两几数"},
		{opening, "第篇一二三四五六七八九十百(（〔【[［0123456789０１２３４５６７８９首其●■◆★☆○◎□△▲·•※▪►➢―—"},
		{space, " \u3000"},
	} {
		for _, r := range c.chars {
			t[r] |= c.class
		}
	}
	for _, span := range [][2]rune{{'①', '⒛'}, {'❶', '❿'}, {'㈠', '㈩'}} {
		for r := span[0]; r <= span[1]; r++ {
			t[r] |= opening
		}
	}
	return t
}

// is reports whether a character is of one of the classes.
func is(r rune, class uint8) bool {
	return uint32(r) < uint32(len(charClass)) && charClass[r]&class != 0
}

// holds reports whether s holds a character of one of the classes.
func holds(s string, class uint8) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return is(r, class) })
}

// leadLen is the length of the characters of the classes at the front of s.
func leadLen(s string, class uint8) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !is(r, class) {
			break
		}
		n += size
	}
	return n
}
