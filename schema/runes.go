package schema

import "unicode/utf8"

// Runes turns positions in one text from bytes to runes and back. It steps from
// the last position asked, in either direction, so that positions near one another
// cost little: those of a whole document in order cost one pass over its text.
type Runes struct {
	text  string
	bytes int
	runes int
}

// NewRunes starts at the beginning of text.
func NewRunes(text string) *Runes { return &Runes{text: text} }

// At returns the number of runes before the byte offset.
func (r *Runes) At(offset int) int {
	if offset >= r.bytes {
		r.runes += utf8.RuneCountInString(r.text[r.bytes:offset])
	} else {
		r.runes -= utf8.RuneCountInString(r.text[offset:r.bytes])
	}
	r.bytes = offset
	return r.runes
}

// Bytes is the inverse of At: the byte offset of the rune with that number, from 0.
// ok is false if the text is too short.
func (r *Runes) Bytes(rune int) (offset int, ok bool) {
	for r.runes < rune && r.bytes < len(r.text) {
		_, n := utf8.DecodeRuneInString(r.text[r.bytes:])
		r.bytes += n
		r.runes++
	}
	for r.runes > rune && r.bytes > 0 {
		_, n := utf8.DecodeLastRuneInString(r.text[:r.bytes])
		r.bytes -= n
		r.runes--
	}
	return r.bytes, r.runes == rune
}

// MaxSentence is how many characters of a sentence a row shows at most.
const MaxSentence = 400

// Cut marks where a long sentence goes on.
const Cut = "…"

// shortened is the sentence of a metric as a row shows it: whole, or, if it has more
// than MaxSentence characters, a part of as many with raw in it, as far as may be in
// its middle; cuts are marked. A raw that is longer itself is whole. The cost does
// not depend on the length of the sentence. (corpus/store has the same in SQL.)
func shortened(text string, sentence, raw Span) string {
	if !sentence.Contains(raw) { // which Metric.Fits forbids
		return sentence.In(text)
	}
	if sentence.Len() <= MaxSentence || !longer(sentence.In(text), MaxSentence) {
		return sentence.In(text)
	}
	room := max(0, MaxSentence-2-utf8.RuneCountInString(raw.In(text)))
	left, right := text[sentence.Start:raw.Start], text[raw.End:sentence.End]
	after := room
	if n := runesUpTo(right, room); n < room-room/2 { // the rest is left of it
		after = n
	} else if n := runesUpTo(left, room); n < room/2 {
		after = room - n
	} else {
		after = room - room/2
	}
	from, to := raw.Start, raw.End
	for range room - after {
		_, n := utf8.DecodeLastRuneInString(text[sentence.Start:from])
		from -= n
	}
	for range after {
		_, n := utf8.DecodeRuneInString(text[to:sentence.End])
		to += n
	}
	s := text[from:to]
	if from > sentence.Start {
		s = Cut + s
	}
	if to < sentence.End {
		s += Cut
	}
	return s
}

// longer reports whether s has more than n runes.
func longer(s string, n int) bool { return runesUpTo(s, n+1) > n }

// runesUpTo counts the runes of s, but not beyond n.
func runesUpTo(s string, n int) (count int) {
	if len(s) >= n*utf8.UTFMax {
		return n
	}
	return min(n, utf8.RuneCountInString(s))
}
