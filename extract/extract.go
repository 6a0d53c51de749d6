// Package extract reads the figures of a document: value, unit, what is
// measured, per what, when, part of which total, and from which words.
//
// It is a pure function of the document: it knows no clock, no file system and
// no index. One pass over each sentence finds the figures (figure.go and what
// it calls); then the words around each figure are read (clause.go, label.go);
// then what depends on more than a sentence is resolved (part.go, period.go,
// origin.go). Words live in package lexicon.
package extract

import (
	"slices"
	"sync"

	"mingxi/corpus/segment"
	"mingxi/extract/indicator"
	"mingxi/extract/lexicon"
	"mingxi/extract/region"
	"mingxi/schema"
)

// An Extractor reads documents. It does not change after New and may be used by
// many goroutines at once.
type Extractor struct {
	// Explain keeps the reasons of every field in Metric.Why. Indicators are the
	// lists of the vocabulary that figures are mapped to, the later before the
	// earlier; nil stands for the built-in ones. Words are those of the
	// user, besides the general dictionary. All are set before the first Read.
	Explain    bool
	Indicators [][]indicator.Indicator
	Words      []segment.Entry

	load       func() *words
	vocabulary func() *indicator.Vocabulary
}

// words is what is loaded on first use.
type words struct {
	*lexicon.Lexicon
	starts  *starter
	regions func() *region.Table
	ranks   func() map[rune][]rankWord
	general func() *segment.Segmenter // words of the general dictionary
}

// New makes an extractor. It costs nothing: words are loaded on first use.
func New() *Extractor {
	e := new(Extractor)
	e.load = sync.OnceValue(func() *words {
		lex := lexicon.Load()
		general := segment.New(segment.Options{Words: slices.Concat(e.Words, entries(lex))})
		return &words{
			Lexicon: lex, starts: newStarters(lex),
			regions: sync.OnceValue(region.Load),
			ranks:   sync.OnceValue(func() map[rune][]rankWord { return rankWords(lex) }),
			general: func() *segment.Segmenter { return general },
		}
	})
	e.vocabulary = sync.OnceValue(func() *indicator.Vocabulary {
		if e.Indicators == nil {
			return indicator.New(indicator.Builtin())
		}
		return indicator.New(e.Indicators...)
	})
	return e
}

// entries are the words of the lexicon for the general dictionary. They have no
// frequency, so that they only fill its gaps: 双创, 奖补.
func entries(lex *lexicon.Lexicon) (list []segment.Entry) {
	for w, v := range lex.Words.All() {
		tag := "n"
		switch c := lexicon.Class(v); {
		case c&(lexicon.Keep|lexicon.Fixed) != 0:
		case c&(lexicon.Verb|lexicon.State|lexicon.Change|lexicon.Level|lexicon.Plan) != 0:
			tag = "v"
		case c&lexicon.Time != 0:
			tag = "t"
		case c&lexicon.Function != 0:
			tag = "d"
		}
		list = append(list, segment.Entry{Text: w, Tag: tag})
	}
	for w := range lex.Units.All() {
		list = append(list, segment.Entry{Text: w, Tag: "q"})
	}
	return list
}

// Read finds the metrics of a document, in text order, and what is known of
// each of its articles. It does not change the document.
func (e *Extractor) Read(d *schema.Document) *schema.Reading {
	w := e.load()
	x := &reader{words: w, lex: w.Lexicon, doc: d, line: line{lex: w.Lexicon}, explain: e.Explain}
	reading := x.read()
	e.vocabulary().Assign(d, reading)
	return reading
}

// A reader reads one document.
type reader struct {
	*words
	lex     *lexicon.Lexicon
	doc     *schema.Document
	line    line
	explain bool // keep reasons
	figs    []figure
	waiting []figure // numbers whose unit may come later

	distrust   bool     // the text masks its years
	falseYears []string // that a site put in place of digits
	years      []schema.Origin

	mentions []mention  // of the sentence
	all      []*mention // of the document
	slab     []mention  // room for more of them
	lines    int        // sentences read

	article     int
	title       string // of it, folded
	plan        bool   // the article is a plan or a policy
	future      bool   // the rest of the article speaks of what shall be
	year        int    // that it reports on, 0 if not known
	headings    []heading
	section     string
	scope       scope
	sheet       *sheet // the table that is read
	carried     carriedNames
	totals      totals
	goesOn      bool // the table at hand continues the one before
	lastHead    []sheetRow
	lastWidth   int
	lastUnits   []string
	lastCaption string
	pending     itemList // the list of items that is open
	listed      int      // 分别 lists so far
	buf, aux    []token
	spent       int // runes before here belong to the figure before
}

// A heading above the text that is read now.
type heading struct {
	level   int
	text    string
	topic   string // what it is about: 城市低保
	planned bool   // its section holds intentions
	year    int    // that it or a heading above names, or 0
}
