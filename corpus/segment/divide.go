package segment

// This file is gse's way through a text: of all ways to cut it into words that the
// dictionary has, that of the most probable ones (a test compares the two). Gse's own
// code also divides every word of its dictionary when it is loaded, for a mode of search
// that nobody here uses, which took half of the start of the program.

import (
	"math"
	"unicode"
	"unicode/utf8"
)

// A table has the words of a dictionary and how improbable they are.
type table struct {
	at    map[string]int32 // number of a word, or begins of what only begins one
	words []tabled
	freq  float64 // of all words
}

type tabled struct {
	freq float64
	cost float32 // -log2 of how probable it is
	tag  string
}

// begins stands for what begins a word and is none.
const begins = -1

// What no word has is taken a unit at a time.
const (
	unknownCost = 32
	unknownTag  = "x"
)

// add adds a word unless it is there.
func (t *table) add(e Entry) {
	word := lower(e.Text)
	if n, ok := t.at[word]; ok && n != begins {
		return
	}
	for end := 0; end < len(word); {
		if end += unit(word[end:]); end == len(word) {
			t.at[word] = int32(len(t.words))
		} else if _, ok := t.at[word[:end]]; !ok {
			t.at[word[:end]] = begins
		}
	}
	t.words = append(t.words, tabled{freq: e.Freq, tag: e.Tag})
	t.freq += e.Freq
}

// weigh sets the costs when all words are there.
func (t *table) weigh() {
	all := float32(math.Log2(t.freq))
	for i := range t.words {
		t.words[i].cost = all - float32(math.Log2(t.words[i].freq))
	}
}

// A step is the best way to the end of a unit: what it costs, and its last word.
type step struct {
	cost  float32
	units int32
	word  int32 // begins if no word has it
}

// reach takes a way if it is the first or costs less.
func (s *step) reach(cost float32, units int, word int32) {
	if s.cost == 0 || s.cost > cost {
		*s = step{cost, int32(units), word}
	}
}

// A way is room for one text after another.
type way struct {
	ends  []int // of units
	steps []step
	words []Word
}

// divide cuts a text. The list lasts until the next.
func (t *table) divide(text string, w *way) []Word {
	text = lower(text)
	w.ends, w.steps, w.words = w.ends[:0], w.steps[:0], w.words[:0]
	for end := 0; end < len(text); {
		end += unit(text[end:])
		w.ends, w.steps = append(w.ends, end), append(w.steps, step{})
	}
	start, base := 0, float32(0)
	for i, end := range w.ends {
		alone := false // the unit is a word
		for k := i; k < len(w.ends); k++ {
			n, ok := t.at[text[start:w.ends[k]]]
			if !ok {
				break
			}
			if n != begins {
				w.steps[k].reach(base+t.words[n].cost, k-i+1, n)
				alone = alone || k == i
			}
		}
		if !alone {
			w.steps[i].reach(base+unknownCost, 1, begins)
		}
		start, base = end, w.steps[i].cost
	}
	for i := len(w.ends) - 1; i >= 0; { // back from the end
		s := w.steps[i]
		one := Word{End: w.ends[i], Tag: unknownTag}
		if s.word != begins {
			one.Tag = t.words[s.word].tag
		}
		if i -= int(s.units); i >= 0 {
			one.Start = w.ends[i]
		}
		w.words = append(w.words, one)
	}
	return w.words
}

// unit is the length of the first unit of a text: a character, or a run of letters and
// digits of other scripts.
func unit(text string) int {
	n := 0
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		if size > 2 || !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			if n == 0 {
				return size
			}
			break
		}
		n += size
	}
	return n
}

// lower is a text with small letters for A to Z.
func lower(text string) string {
	for i := 0; i < len(text); i++ {
		if 'A' <= text[i] && text[i] <= 'Z' {
			b := []byte(text)
			for ; i < len(b); i++ {
				if 'A' <= b[i] && b[i] <= 'Z' {
					b[i] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return text
}
