// Package words looks at collections of texts the way corpus linguists do: how
// often words are met, which are key to one collection beside another, which
// stand near a word, and a word in its places (concordance).
//
// Words are those of package segment over the folded text (package fold), so that
// traditional and simplified, full and half width and capitals are the same. Numbers
// in digits and punctuation are no words: they are neither counted nor in the totals.
package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mingxi/corpus/segment"
)

// A Token is a word of a sentence.
type Token struct {
	Text       string
	Tag        string // part of speech, see segment.Word
	Start, End int    // in bytes of the text
}

// A Sentence is a stretch of a text with its words.
type Sentence struct {
	Start, End int // in bytes of the text
	Tokens     []Token
}

// Sentences calls yield with each sentence of a folded text, in order. The tokens
// are overwritten by the next one.
func Sentences(seg *segment.Segmenter, text string, yield func(Sentence)) {
	var tokens []Token
	for at := 0; at < len(text); {
		s := Sentence{Start: at, End: at + sentence(text[at:])}
		tokens = tokens[:0]
		seg.Words(text[s.Start:s.End], func(w segment.Word) bool {
			if word := text[at+w.Start : at+w.End]; strings.ContainsFunc(word, unicode.IsLetter) {
				tokens = append(tokens, Token{word, w.Tag, at + w.Start, at + w.End})
			}
			return true
		})
		s.Tokens = tokens
		yield(s)
		at = s.End
	}
}

// sentence is the length of the first sentence of a text with its end.
func sentence(text string) int {
	i := strings.IndexAny(text, "\n。!?;")
	if i < 0 {
		return len(text)
	}
	_, n := utf8.DecodeRuneInString(text[i:])
	return i + n
}

// A Count says how often words are met in texts. The zero Count is empty.
type Count struct {
	Tokens int // words in all
	Texts  int
	words  map[string]*seen
}

type seen struct {
	n, texts int
	tag      string
	text     int // number of the last text that has it
}

// Add counts a word of the text that [Count.Text] began.
func (c *Count) Add(t Token) {
	s := c.at(t.Text, t.Tag)
	c.Tokens++
	s.n++
	if s.text != c.Texts {
		s.text = c.Texts
		s.texts++
	}
}

// Text begins a text.
func (c *Count) Text() { c.Texts++ }

func (c *Count) at(word, tag string) *seen {
	s := c.words[word]
	if s == nil {
		if c.words == nil {
			c.words = map[string]*seen{}
		}
		s = &seen{tag: tag}
		c.words[strings.Clone(word)] = s // not with its whole text
	}
	return s
}

// Merge adds what other texts hold.
func (c *Count) Merge(o *Count) {
	c.Tokens += o.Tokens
	c.Texts += o.Texts
	for w, s := range o.words {
		t := c.at(w, s.tag)
		t.n += s.n
		t.texts += s.texts
	}
}

// Of returns how often a word is met, and in how many texts.
func (c *Count) Of(word string) (n, texts int) {
	if s := c.words[word]; s != nil {
		return s.n, s.texts
	}
	return 0, 0
}
