package query

import (
	"slices"
	"testing"

	"mingxi/corpus/fold"
)

// The table of synonyms is tidy: no word means itself, none is longer than is read.
func TestSynonymFile(t *testing.T) {
	table := readSynonyms(synonymText)
	if len(table.also) < 60 {
		t.Errorf("only %d words", len(table.also))
	}
	for word, others := range table.also {
		if fold.String(word) != word {
			t.Errorf("%s is not simplified", word)
		}
		if n := len(table.expand(word)); n >= maxSpellings {
			t.Errorf("%s has %d spellings", word, n)
		}
		if slices.Contains(others, word) {
			t.Errorf("%s means itself", word)
		}
	}
}
