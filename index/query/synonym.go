package query

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"mingxi/corpus/fold"
)

// Synonyms are data: each line of synonyms.txt is a group of words that mean the
// same, divided by =, or an old word → its successor, which a search for the old
// word also finds.
//
//go:embed synonyms.txt
var synonymText string

var synonyms = sync.OnceValue(func() *synonymTable { return readSynonyms(synonymText) })

// synonymTable holds, folded, for each word what it also finds.
type synonymTable struct {
	also    map[string][]string
	longest int // bytes of the longest word
}

func readSynonyms(text string) *synonymTable {
	t := &synonymTable{also: make(map[string][]string)}
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		line = fold.String(strings.TrimSpace(line))
		if from, to, ok := strings.Cut(line, "→"); ok {
			t.add(strings.TrimSpace(from), strings.TrimSpace(to))
			continue
		}
		var group []string
		for w := range strings.SplitSeq(line, "=") {
			if w = strings.TrimSpace(w); w != "" {
				group = append(group, w)
			}
		}
		for _, a := range group {
			for _, b := range group {
				t.add(a, b)
			}
		}
	}
	return t
}

func (t *synonymTable) add(word, other string) {
	t.longest = max(t.longest, len(word))
	if word != other && !slices.Contains(t.also[word], other) {
		t.also[word] = append(t.also[word], other)
	}
}

// maxSpellings bounds how many ways a word is written.
const maxSpellings = 16

// expand returns the other ways to write a folded phrase: each word of the table
// that stands in it replaced, also by what the replaced then holds: 城市低保 →
// 城镇低保, 城市最低生活保障, 城镇最低生活保障.
func (t *synonymTable) expand(phrase string) []string {
	list := []string{phrase}
	for i := 0; i < len(list) && len(list) < maxSpellings; i++ {
		for _, s := range t.replace(list[i]) {
			if len(list) < maxSpellings && !slices.Contains(list, s) {
				list = append(list, s)
			}
		}
	}
	return list[1:]
}

// replace replaces one word at one place, in every way there is, in order.
func (t *synonymTable) replace(phrase string) []string {
	var list []string
	for i := range phrase {
		for j := i + 1; j <= min(i+t.longest, len(phrase)); j++ {
			for _, other := range t.also[phrase[i:j]] {
				// 新型农村合作医疗 holds 合作医疗: do not grow what is already there.
				if !strings.Contains(phrase, other) {
					list = append(list, phrase[:i]+other+phrase[j:])
				}
			}
		}
	}
	return list
}

// An Expansion is a word with the other ways to write it.
type Expansion struct {
	Word string
	Also []string
}

// Expand returns the other ways to write a phrase, folded; none if it is exact.
func (p Phrase) Expand() []string {
	if p.Exact {
		return nil
	}
	return synonyms().expand(fold.String(p.Text))
}

// Synonyms lists the words of a query that have synonyms, with them, in order.
func Synonyms(q Query) (list []Expansion) {
	for _, leaf := range Leaves(q) {
		if p, is := leaf.(Phrase); is {
			if also := p.Expand(); len(also) > 0 {
				list = append(list, Expansion{p.Text, also})
			}
		}
	}
	return list
}
