// Package segment divides Chinese text into words with their parts of speech.
//
// Words, frequencies and tags are those of gse's simplified dictionary, and the
// path through a text is the one that gse's Segment takes without its hidden
// Markov model: the words whose frequencies have the greatest product. But gse
// needs over a second and 128 MiB to load and walks 7 MB/s, so the dictionary is
// prepared once (see generate.go) as a flat double array that is embedded in the
// program and read in a few milliseconds; gse remains the [Reference] that the
// tests compare with. This package is the only user of gse.
//
// # Units
//
// As in gse, a run of letters and digits of other scripts (12.5 is 12 . 5, km,
// A4) is one unit that no word divides, in lower case for the dictionary; every
// other character is a unit. Unknown units are words of their own with the tag x.
//
// # Path
//
// The walk goes through the text once. From every unit it follows the double
// array as far as a word may reach, and keeps for every later unit the shortest
// way to it. Whenever no word spans a unit boundary, all ways meet there and the
// words before it are final: they are handed out, and the window moves on. The
// window is of fixed size, so nothing is allocated and memory does not depend on
// the text; a chain of overlapping words longer than the window (hundreds of
// characters, never met in prose) is cut where the window ends.
package segment

import (
	"iter"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A Word is a stretch text[Start:End] of the text that was divided, in bytes,
// with its part of speech: n noun, v verb, m number, q classifier, ns place …,
// x for what the dictionary does not have.
type Word struct {
	Start, End int
	Tag        string
}

// A Segmenter divides text. It is immutable and safe for concurrent use.
type Segmenter struct {
	codes [1 << 16]uint16 // rune → code, 0 if no word has it
	rare  map[rune]uint16 // the same beyond the basic plane
	nodes []uint64        // the double array; see node
	kinds []kind          // what a node's word number means; 0 is no word
}

// A kind is a frequency and a tag; many words share one.
type kind struct {
	distance float32 // log2 of total frequency over frequency
	tag      string
}

// unknown is the distance of a unit that the dictionary does not have.
const unknown = 32

// Load returns the segmenter over the embedded dictionary, which is decoded at
// the first call; all calls return the same. It fails only if the program was
// built from damaged files.
var Load = sync.OnceValues(func() (*Segmenter, error) { return decode(dictionary) })

// All yields the words of text in order; together they are the text.
func (s *Segmenter) All(text string) iter.Seq[Word] {
	return func(yield func(Word) bool) { s.Words(text, yield) }
}

// Words calls yield for the words of text in order until it returns false, and
// reports whether it reached the end. Together the words are the text.
func (s *Segmenter) Words(text string, yield func(Word) bool) bool {
	w := window{text: text}
	for {
		w.advance(s)
		if !w.flush(s, yield) {
			return false
		}
		if w.at == len(text) && w.first == w.n {
			return true
		}
	}
}

// Search yields what an index should hold: every word of All, and before a word
// of three or more characters all shorter words of two or more in it, as 残疾 and
// 残疾人 in 残疾人联合会.
func (s *Segmenter) Search(text string) iter.Seq[Word] {
	return func(yield func(Word) bool) {
		s.Words(text, func(w Word) bool {
			return s.inner(text, w, yield) && yield(w)
		})
	}
}

// inner yields the dictionary's words strictly inside w, by start and length.
func (s *Segmenter) inner(text string, w Word, yield func(Word) bool) bool {
	if w.Tag == "x" {
		return true
	}
	for from := w.Start; from < w.End; {
		_, first := utf8.DecodeRuneInString(text[from:w.End])
		node := s.nodes[0]
		for to := from; to < w.End; {
			r, size := utf8.DecodeRuneInString(text[to:w.End])
			to += size
			var ok bool
			if node, ok = s.step(node, lower(r)); !ok {
				break
			}
			k := word(node)
			if k == 0 || to == from+first || from == w.Start && to == w.End || alnum(r, size) && to < w.End && alnumAt(text[to:]) {
				continue
			}
			if !yield(Word{from, to, s.kinds[k].tag}) {
				return false
			}
		}
		from += first
	}
	return true
}

// Tag returns the part of speech of a word of the dictionary.
func (s *Segmenter) Tag(w string) (tag string, ok bool) {
	node := s.nodes[0]
	for _, r := range w {
		if node, ok = s.step(node, lower(r)); !ok {
			return "", false
		}
	}
	return s.kinds[word(node)].tag, word(node) != 0
}

// A node of the double array is a uint64: the number of its word in the upper 16
// bits, then 16 bits of the code that leads to it, then its base. The child by a
// code stands at base + code; it is there if its own code says so, since no two
// nodes share a base.
func word(node uint64) int { return int(node >> 48) }

// step follows one character.
func (s *Segmenter) step(node uint64, r rune) (uint64, bool) {
	var code uint16
	if uint32(r) < 1<<16 {
		code = s.codes[r]
	} else {
		code = s.rare[r]
	}
	if code == 0 {
		return 0, false
	}
	return s.child(node, code)
}

func (s *Segmenter) child(node uint64, code uint16) (uint64, bool) {
	i := uint32(node) + uint32(code)
	if uint32(node) == 0 || i >= uint32(len(s.nodes)) {
		return 0, false
	}
	next := s.nodes[i]
	return next, uint16(next>>32) == code
}

// alnum reports whether a rune of that many bytes belongs to a run.
func alnum(r rune, size int) bool {
	if r < utf8.RuneSelf {
		return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return size <= 2 && (unicode.IsLetter(r) || unicode.IsNumber(r))
}

func alnumAt(text string) bool { return alnum(utf8.DecodeRuneInString(text)) }

func lower(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}
