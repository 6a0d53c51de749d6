package store

import "unicode/utf8"

// A cursor turns positions in a text from characters to bytes and back. It steps
// from the last position asked, in either direction, so that positions near one
// another cost little.
type cursor struct {
	text         string
	bytes, runes int
}

// runesAt is the number of characters before the byte offset.
func (c *cursor) runesAt(offset int) int {
	if offset >= c.bytes {
		c.runes += utf8.RuneCountInString(c.text[c.bytes:offset])
	} else {
		c.runes -= utf8.RuneCountInString(c.text[offset:c.bytes])
	}
	c.bytes = offset
	return c.runes
}

// bytesAt is the byte offset of the character with that number; ok is false if
// the text is too short.
func (c *cursor) bytesAt(rune int) (offset int, ok bool) {
	for c.runes < rune && c.bytes < len(c.text) {
		_, n := utf8.DecodeRuneInString(c.text[c.bytes:])
		c.bytes += n
		c.runes++
	}
	for c.runes > rune && c.bytes > 0 {
		_, n := utf8.DecodeLastRuneInString(c.text[:c.bytes])
		c.bytes -= n
		c.runes--
	}
	return c.bytes, c.runes == rune
}
