package words

import (
	"iter"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/fold"
)

// A Near counts what stands around a run of characters, be it a word, several or
// a part of one.
type Near struct {
	Node   string // folded
	Span   int    // how many words on either side, within the sentence
	Found  int    // how often it is met
	Around Count  // the words around it; one that stands around two is counted once
	All    Count  // all words but those that it is made of
}

// Text begins a text.
func (n *Near) Text() {
	n.Around.Text()
	n.All.Text()
}

// Add counts a sentence of the folded text that [Near.Text] began.
func (n *Near) Add(text string, s Sentence) {
	const other, node, near = 0, 1, 2
	role := make([]uint8, len(s.Tokens))
	for at := s.Start; n.Node != ""; {
		i := strings.Index(text[at:s.End], n.Node)
		if i < 0 {
			break
		}
		n.Found++
		from, to := at+i, at+i+len(n.Node)
		first, last := 0, len(s.Tokens) // tokens that reach into it
		for first < last && s.Tokens[first].End <= from {
			first++
		}
		for last > first && s.Tokens[last-1].Start >= to {
			last--
		}
		for k := max(0, first-n.Span); k < min(len(role), last+n.Span); k++ {
			switch {
			case k >= first && k < last:
				role[k] = node
			case role[k] == other:
				role[k] = near
			}
		}
		at = to
	}
	for i, t := range s.Tokens {
		if role[i] == near {
			n.Around.Add(t)
		}
		if role[i] != node {
			n.All.Add(t)
		}
	}
}

// Merge adds what another has counted.
func (n *Near) Merge(o *Near) {
	n.Found += o.Found
	n.Around.Merge(&o.Around)
	n.All.Merge(&o.All)
}

// A Line is a run of characters in its place.
type Line struct {
	Left, Key, Right string // as printed; line breaks are blanks
	Start            int    // of Key, in characters of the text
}

// Lines yields every place of a run of characters in a text, with so many
// characters on either side: a concordance (key word in context). The run is
// found in every writing; see package fold.
func Lines(text, run string, width int) iter.Seq[Line] {
	return func(yield func(Line) bool) {
		folded := fold.String(text)                            // of as many characters
		run := strings.ToValidUTF8(fold.String(run), "\ufffd") // no part of a character
		length := utf8.RuneCountInString(run)
		place, byte := 0, 0 // of what comes next in text
		for at := 0; length > 0; {
			i := strings.Index(folded[at:], run)
			if i < 0 {
				return
			}
			n := utf8.RuneCountInString(folded[at : at+i])
			start := onward(text, byte, n)
			end := onward(text, start, length)
			from := back(text, start, width)
			around := flat.Replace(strings.Clone(text[from:onward(text, end, width)]))
			key, right := start-from, end-from
			if !yield(Line{around[:key], around[key:right], around[right:], place + n}) {
				return
			}
			place, byte, at = place+n+length, end, at+i+len(run)
		}
	}
}

// flat makes one line of several, of as many bytes.
var flat = strings.NewReplacer("\n", " ", "\t", " ", "\r", " ")

// onward is the byte so many characters on, at most the end of the text.
func onward(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// back is the byte so many characters back, at least 0.
func back(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}
