// Package segment divides Chinese text into words with their parts of speech.
//
// It is gse's Segmenter without its hidden Markov model, over the part of gse's
// dictionary that reports are made of (all of it takes a second and 130 MB to load;
// see generate.go) and words that callers add. As there, a run of letters and digits
// of other scripts (km, A4) is one word, and 12.5 three: 12 . 5.
package segment

import (
	"cmp"
	_ "embed"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

//go:generate go run generate.go ../../extract/lexicon/data
//go:embed words.txt
var dictionary string

// A Word is a stretch text[Start:End] of the text that was divided, in bytes,
// with its part of speech: n noun, v verb, vn both, a adjective, d adverb, m number,
// q classifier, ns place, nt body, t time …, x for what no word has.
type Word struct {
	Start, End int
	Tag        string
}

// An Entry is a word of a dictionary.
type Entry struct {
	Text string
	Freq float64 // how often it is met where words.txt was counted; 0 is not known
	Tag  string
}

// Options say what a Segmenter knows besides gse's words.
type Options struct {
	Words []Entry // stand before gse's; those without a frequency where gse has none
}

// A Segmenter divides text. It loads its words when first used, in a tenth of a
// second or less, and is safe for concurrent use.
type Segmenter struct {
	options Options
	load    sync.Once
	divide  func([]byte) []gse.Segment // no field of gse's own type: it would keep the Japanese dictionary in the program
}

// New makes a segmenter. It costs nothing until it is used.
func New(o Options) *Segmenter { return &Segmenter{options: o} }

const (
	usual   = 100  // frequency of words that come without: enough to be one word where two would do
	longest = 4096 // how much text is divided at a time, in bytes
	maxWord = 50   // how many characters a word may have: gse's work grows with it
)

func (s *Segmenter) fill() {
	own := entries()
	g := &gse.Segmenter{Dict: gse.NewDict()} // its own loaders would bring the Markov model along
	g.Dict.Tokens = make([]gse.Token, 0, len(own)+len(s.options.Words))
	for i, list := range [][]Entry{s.options.Words, own, s.options.Words} {
		for _, e := range list { // the first of a word stays
			if e.Freq == 0 && i == 0 {
				continue
			}
			if utf8.RuneCountInString(e.Text) == 1 {
				e.Freq = 2 // as gse does: else 的 and 一 would break longer words
			}
			g.AddToken(e.Text, cmp.Or(e.Freq, usual), e.Tag)
		}
	}
	g.CalcToken()
	s.divide = g.Segment
}

// entries are the words of the dictionary: Parse of it, which a test compares, but
// quickly, since every start of the program waits for it.
func entries() []Entry {
	list := make([]Entry, 0, strings.Count(dictionary, "\n"))
	for line := range strings.Lines(dictionary[strings.IndexByte(dictionary, '\n')+1:]) {
		word, behind, _ := strings.Cut(line[:len(line)-1], " ")
		number, tag, _ := strings.Cut(behind, " ")
		freq, err := strconv.Atoi(number)
		if err != nil {
			panic("segment: " + err.Error()) // a damaged build
		}
		list = append(list, Entry{word, float64(freq), tag})
	}
	return list
}

// Tag returns the part of speech of a word of words.txt. It loads nothing.
func Tag(word string) (tag string, ok bool) {
	from := sort.Search(len(dictionary), func(i int) bool {
		_, behind, _ := strings.Cut(dictionary[i:], "\n")
		return behind == "" || behind >= word+" "
	})
	_, behind, _ := strings.Cut(dictionary[from:], "\n")
	line, _, _ := strings.Cut(behind, "\n")
	if f := strings.Fields(line); len(f) == 3 && f[0] == word {
		return f[2], true
	}
	return "", false
}

// Words calls yield for the words of text in order until it returns false, and
// reports whether it reached the end. Together they are the text; none spans lines.
func (s *Segmenter) Words(text string, yield func(Word) bool) bool {
	s.load.Do(s.fill)
	for at := 0; at < len(text); {
		n := piece(text[at:])
		for _, w := range s.divide([]byte(text[at : at+n])) {
			if !yield(Word{at + w.Start(), at + w.End(), w.Token().Pos()}) {
				return false
			}
		}
		at += n
	}
	return true
}

// piece is the length of the first piece of a text that is divided by itself.
func piece(text string) int {
	n := min(len(text), longest)
	if i := strings.IndexByte(text[:n], '\n'); i >= 0 {
		return i + 1
	}
	for n < len(text) && n > longest-utf8.UTFMax && !utf8.RuneStart(text[n]) {
		n--
	}
	return n
}

// Parse reads a dictionary in gse's format, a word with its frequency and its
// part of speech on each line: 两癌筛查 100 n. Frequency and tag may be left out;
// lines that begin with # are passed over. An error begins with name:line.
func Parse(name, text string) (list []Entry, err error) {
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		n++
		f := append(strings.Fields(line), "", "")
		freq, err := strconv.ParseFloat(cmp.Or(f[1], "0"), 64)
		switch {
		case f[0] == "" || f[0][0] == '#':
			continue
		case len(f) > 5:
			return nil, fmt.Errorf("%s:%d: more than a word, its frequency and its part of speech", name, n)
		case !utf8.ValidString(line) || strings.ContainsFunc(f[0], unicode.IsControl) || utf8.RuneCountInString(f[0]) > maxWord:
			return nil, fmt.Errorf("%s:%d: %.20q is no word", name, n, f[0])
		case err != nil || !(freq >= 0 && freq <= 1e9):
			return nil, fmt.Errorf("%s:%d: %.20q is no frequency, want a number up to 1e9", name, n, f[1])
		}
		list = append(list, Entry{f[0], freq, f[2]})
	}
	return list, nil
}
