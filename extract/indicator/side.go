package indicator

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// This file finds of which side a text speaks, where there are several: 城市, 农村.

// sidings are the words that are read as one of sides, without those that have a shorter one in them.
func (w *words) sidings() (list []string) {
	for word, terms := range w.read {
		if slices.ContainsFunc(terms, func(t string) bool { return w.sides[t] }) {
			list = append(list, word)
		}
	}
	slices.SortFunc(list, func(a, b string) int { return len(a) - len(b) })
	shortest := list[:0]
	for _, word := range list {
		if !slices.ContainsFunc(shortest, func(s string) bool { return strings.Contains(word, s) }) {
			shortest = append(shortest, word)
		}
	}
	return shortest
}

// sideOf is the last of words.sides in a text, empty if there is none.
func (w *words) sideOf(text string) (side string) {
	w.cut(clean(text), func(word string) {
		if w.sides[word] {
			side = word
		}
	})
	return side
}

// onlySide reports a clause that says nothing but its side: 在农村, 城市方面.
func (w *words) onlySide(clause string) bool {
	for _, word := range w.opens {
		clause = strings.TrimSuffix(strings.TrimPrefix(clause, word), word)
	}
	terms := w.read[clause]
	return len(terms) == 1 && w.sides[terms[0]]
}

// betweenClauses reports a sign that parts clauses.
func betweenClauses(r rune) bool { return strings.ContainsRune("，,；;。", r) }

// bothSides is the word of sides for all of them.
const bothSides = "城乡"

// oneSide is the side that a text speaks of, if it is one alone; bothSides if it speaks of more.
func (w *words) oneSide(text string) (side string) {
	if text = clean(text); !slices.ContainsFunc(w.siding, func(s string) bool { return strings.Contains(text, s) }) {
		return "" // without cutting it
	}
	w.cut(text, func(word string) {
		if w.sides[word] && side != word {
			if side != "" {
				word = bothSides
			}
			side = word
		}
	})
	return side
}

// A sides remembers where a stretch of a text, if it were clean, has words of siding.
type sides struct {
	schema.Span
	places []schema.Span // in their order, and in that of their ends
}

// within reports whether one stands in a part of the text. Parts that are asked for one after another are read
// once where they overlap.
func (s *sides) within(w *words, text string, part schema.Span) bool {
	if part.Start < s.Start || part.Start > s.End {
		s.Span, s.places = schema.Span{Start: part.Start, End: part.Start}, nil
	}
	if part.End > s.End {
		known := len(s.places)
		for _, word := range w.siding {
			_, first := utf8.DecodeRuneInString(word)
			for at := s.End; ; at += first {
				i := strings.Index(text[at:part.End], word[:first])
				if i < 0 {
					break
				}
				at += i
				if n := beginning(text[at:], word); n > 0 {
					s.places = append(s.places, schema.Span{Start: at, End: at + n})
				}
			}
		}
		slices.SortFunc(s.places[known:], func(a, b schema.Span) int { return a.Start - b.Start })
		s.End = part.End
	}
	i, _ := slices.BinarySearchFunc(s.places, part.Start, func(p schema.Span, at int) int { return p.Start - at })
	return i < len(s.places) && s.places[i].End <= part.End
}

// beginning is how many bytes of a text are a word that it begins with, if it were clean; 0 if it does not.
func beginning(text, word string) int {
	for i, r := range text {
		c := cleanRune(r)
		if c < 0 {
			continue
		}
		rest, ok := strings.CutPrefix(word, string(c))
		if !ok {
			return 0
		}
		if word = rest; rest == "" {
			return i + utf8.RuneLen(r)
		}
	}
	return 0
}
