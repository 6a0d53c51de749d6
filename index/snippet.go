package index

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// A Snippet is a piece of a text with the words that were sought.
type Snippet struct {
	Text  string // as it stands in the document, line breaks as blanks
	Start int    // characters before it in the document's text
	Marks []Mark // in bytes of Text: Text[m.Start:m.End] is what was found
}

// Snippets cuts at most n pieces of about width characters around the marks out
// of the text of a document: first the piece with the most marks. The marks are
// those of a hit; what does not lie in the text is left out.
func Snippets(text string, marks []Mark, n, width int) []Snippet {
	var list []Snippet
	end := utf8.RuneCountInString(text)
	runes := schema.NewRunes(text)
	marks = inside(joined(marks), end)
	for len(list) < n && len(marks) > 0 {
		i, j := densest(marks, width)
		list = append(list, cutSnippet(text, runes, end, marks[i:j], width))
		marks = slices.Delete(marks, i, j)
	}
	return list
}

// Head is the beginning of a part of a text, for a hit without marks.
func Head(text string, start, width int) Snippet {
	runes := schema.NewRunes(text)
	from, _ := runes.Bytes(start)
	start = runes.At(from) // no further than the end
	to, _ := runes.Bytes(start + width)
	return Snippet{Text: flat(text[from:to]), Start: start}
}

// joined makes marks that overlap or touch one.
func joined(marks []Mark) []Mark {
	var list []Mark
	for _, m := range marks {
		if n := len(list); n > 0 && m.Start <= list[n-1].End {
			list[n-1].End = max(list[n-1].End, m.End)
			continue
		}
		list = append(list, m)
	}
	return list
}

func inside(marks []Mark, end int) []Mark {
	for len(marks) > 0 && marks[len(marks)-1].End > end {
		marks = marks[:len(marks)-1]
	}
	return marks
}

// densest finds the marks i ≤ k < j that fit into the width, as many as can be.
func densest(marks []Mark, width int) (first, last int) {
	last = 1
	for i, j := 0, 0; i < len(marks); i++ {
		for j = max(j, i+1); j < len(marks) && marks[j].End-marks[i].Start <= width*2/3; j++ {
		}
		if j-i > last-first {
			first, last = i, j
		}
	}
	return first, last
}

// cutSnippet cuts around the marks, from and to the end of a clause if one is near.
func cutSnippet(text string, runes *schema.Runes, end int, marks []Mark, width int) Snippet {
	bytes := func(i int) int { b, _ := runes.Bytes(i); return b }
	from, to := marks[0].Start, marks[len(marks)-1].End
	spare := max(0, width-(to-from))
	lo, hi := max(0, from-spare/2), min(end, to+spare-spare/2)
	at := func(i int) rune { r, _ := utf8.DecodeRuneInString(text[bytes(i):]); return r }
	for i := from; i > lo; i-- {
		if strings.ContainsRune("。！？；\n", at(i-1)) {
			lo = i
			break
		}
	}
	for i := to; i < hi; i++ {
		if strings.ContainsRune("。！？\n", at(i)) {
			if hi = i; at(i) != '\n' {
				hi = i + 1
			}
			break
		}
	}
	first := bytes(lo)
	s := Snippet{Text: flat(text[first:bytes(hi)]), Start: lo}
	for _, m := range marks {
		s.Marks = append(s.Marks, Mark{bytes(m.Start) - first, bytes(m.End) - first})
	}
	return s
}

func flat(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, s)
}
