package words

import (
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

// Lines lists every place of a run of characters in a text, with so many
// characters on either side: a concordance (key word in context). The run is
// found in every writing; see package fold.
func Lines(text, run string, width int) (lines []Line) {
	printed, folded := []rune(text), fold.String(text)
	run = strings.ToValidUTF8(fold.String(run), "\ufffd") // no part of a character
	length := utf8.RuneCountInString(run)
	if length == 0 {
		return nil
	}
	flat := strings.NewReplacer("\n", " ", "\t", " ", "\r", " ")
	cut := func(from, to int) string {
		return flat.Replace(string(printed[max(0, from):min(len(printed), to)]))
	}
	place := 0 // in characters, of the byte at
	for at := 0; ; {
		i := strings.Index(folded[at:], run)
		if i < 0 {
			return lines
		}
		place += utf8.RuneCountInString(folded[at : at+i])
		end := place + length
		lines = append(lines, Line{cut(place-width, place), cut(place, end), cut(end, end+width), place})
		place, at = end, at+i+len(run)
	}
}
