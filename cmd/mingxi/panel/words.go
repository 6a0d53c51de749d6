package panel

// This file reads the words by which figures are told that fill no cell.

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed words.txt
var wordsText string

// words are the lists of words.txt by name.
type words map[string][]string

func loadWords() words {
	w := words{}
	for line := range strings.Lines(wordsText) {
		if name, list, ok := strings.Cut(line, ":"); ok && !strings.HasPrefix(line, "#") {
			w[name] = strings.Fields(list)
		}
	}
	return w
}

// in reports a word of a list in a text.
func (w words) in(text, list string) bool {
	return slices.ContainsFunc(w[list], func(s string) bool { return strings.Contains(text, s) })
}

// is reports a text that is a word of a list.
func (w words) is(text, list string) bool { return slices.Contains(w[list], text) }

// begins reports a word of a list at the front of a text.
func (w words) begins(text, list string) bool {
	return slices.ContainsFunc(w[list], func(s string) bool { return strings.HasPrefix(text, s) })
}

// ends reports a word of a list at the end of a text.
func (w words) ends(text, list string) bool {
	return slices.ContainsFunc(w[list], func(s string) bool { return strings.HasSuffix(text, s) })
}

// wholeYear reports whether words of time that have no dates mean the year of the report: 全年, 年末.
func (w words) wholeYear(printed string) bool {
	return w.in(printed, "WholeYear") && !w.in(printed, "PartOfYear")
}
