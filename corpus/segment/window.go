package segment

import (
	"math"
	"unicode/utf8"
)

// span is the number of units that a window holds.
const span = 256

// run is the code of a unit of several letters or digits.
const run = math.MaxUint16

// A window is a stretch of units with the shortest way to each. Units first..n-1
// are read; the ways from first are known up to now.
type window struct {
	text  string
	at    int // the text is read up to here
	first int // unit where the window begins: all ways meet there
	now   int // unit up to which words are final
	n     int // units read

	start [span + 1]int     // byte offset of a unit; start[n] is at
	code  [span]uint16      // of a unit of one character; 0 unknown, or run
	dist  [span + 1]float32 // shortest distance from first; 0 if none yet
	from  [span + 1]int32   // unit where the last word of that way starts
	kind  [span + 1]uint16  // kind of that word, 0 if unknown
	next  [span + 1]int32   // the way forwards, for flush
}

// read reads one more unit; false at the end of the text or of the window.
func (w *window) read(s *Segmenter) bool {
	if w.n == span || w.at == len(w.text) {
		return false
	}
	w.start[w.n] = w.at
	r, size := rune(w.text[w.at]), 1
	if r >= utf8.RuneSelf {
		r, size = utf8.DecodeRuneInString(w.text[w.at:])
	}
	var code uint16
	switch {
	case alnum(r, size):
		code = run
		for w.at += size; w.at < len(w.text); w.at += size {
			if r, size = utf8.DecodeRuneInString(w.text[w.at:]); !alnum(r, size) {
				break
			}
		}
		size = 0
	case r < 1<<16:
		code = s.codes[r]
	default:
		code = s.rare[r]
	}
	w.code[w.n] = code
	w.at += size
	w.n++
	w.start[w.n] = w.at
	w.dist[w.n] = 0
	return true
}

// advance finds ways until they all meet again, or to the end of the window.
func (w *window) advance(s *Segmenter) {
	if w.n > span-64 { // room for the longest words
		w.shift()
	}
	w.dist[w.first] = 0
	reach := w.first
	for w.now = w.first; w.now < w.n || w.read(s); w.now++ {
		if w.now == reach && w.now > w.first {
			return
		}
		reach = max(reach, w.follow(s, w.now))
	}
}

// follow enters every word that starts at unit i and returns where the longest ends.
func (w *window) follow(s *Segmenter, i int) (reach int) {
	reach = i + 1
	base, node, single := w.dist[i], s.nodes[0], false
	for j := i; j < w.n || w.read(s); j++ {
		var ok bool
		switch code := w.code[j]; code {
		case 0:
		case run:
			node, ok = w.letters(s, node, j)
		default:
			node, ok = s.child(node, code)
		}
		if !ok {
			break
		}
		if k := word(node); k != 0 {
			single = single || j == i
			w.enter(i, j+1, base+s.kinds[k].distance, uint16(k))
			reach = j + 1
		}
	}
	if !single {
		w.enter(i, i+1, base+unknown, 0)
	}
	return reach
}

// letters follows a run of letters and digits.
func (w *window) letters(s *Segmenter, node uint64, j int) (uint64, bool) {
	ok := false
	for _, r := range w.text[w.start[j]:w.start[j+1]] {
		if node, ok = s.step(node, lower(r)); !ok {
			return 0, false
		}
	}
	return node, ok
}

// enter keeps a word from unit i to unit j if it makes the way to j shorter; of
// equal ways the one found first stays, as in gse.
func (w *window) enter(i, j int, distance float32, kind uint16) {
	if w.dist[j] == 0 || distance < w.dist[j] {
		w.dist[j], w.from[j], w.kind[j] = distance, int32(i), kind
	}
}

// flush hands out the words up to now.
func (w *window) flush(s *Segmenter, yield func(Word) bool) bool {
	for j := w.now; j > w.first; {
		i := int(w.from[j])
		w.next[i] = int32(j)
		j = i
	}
	for i := w.first; i < w.now; {
		j := int(w.next[i])
		if !yield(Word{w.start[i], w.start[j], s.kinds[w.kind[j]].tag}) {
			return false
		}
		i = j
	}
	w.first = w.now
	for j := w.first; j <= w.n; j++ {
		w.dist[j] = 0
	}
	return true
}

// shift moves the units that are still needed to the beginning of the window.
func (w *window) shift() {
	copy(w.start[:], w.start[w.first:w.n+1])
	copy(w.code[:], w.code[w.first:w.n])
	w.n -= w.first
	w.first = 0
	clear(w.dist[:w.n+1])
}
