// Package extract reads the figures of a document: value, unit, what is
// measured, per what, when, part of which total, and from which words.
//
// It is a pure function of the document: it knows no clock, no file system and
// no index. Words live in package lexicon, logic here. The passes, in their order:
//
// Once for each article, who reports, where and on which year (org.go, where.go,
// where_text.go, year.go; origin.go puts them together).
//
// Then sentence by sentence (read.go), where what a pass makes is what the next reads:
//
//	words      folded runes; divided into words when first asked for   line.go words.go
//	figures    numbers with unit, range, approximation; traps; damage  figure.go and number.go
//	           han.go exponent.go percent.go trap.go damage.go it calls
//	settings   the gap, the words before and after each figure         setting.go
//	readings   what its own clause says, slot by slot                  own.go after.go
//	           with its time, rate and place                           period.go rate.go place.go
//	back       what stands behind the last figure of a run is said of  label.go shareBack
//	           all; money that is spent on what follows                spend.go
//	sources    open slots, from the text around, by a table            inherit.go
//	lists      分别, 并列: to each figure its own item                  list.go
//	kinds      amount, standard, share, change                         kind.go
//	moods      done or planned                                         mood.go
//	labels     rendered once, from the slots                           label.go
//	relations  which total a figure is a part of                       part.go
//
// The order of the middle ones, from settings to labels, is the function label.
// A row of a table has passes of its own (table.go) and joins the others at the end:
// parts and repeats over the whole document, and the columns of each figure
// (slots.go, read.go), its yuan if it is an old one (oldyuan.go) and how far it can be
// trusted (trust.go). At the very last package indicator maps figures to indicators.
//
// What a figure measures is a frame (frame.go): place, object, event, measure and
// base. In running text a label is rendered once, from its slots: where it is wrong,
// a slot is wrong.
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
	ranks   func() *rankWords
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
			ranks:   sync.OnceValue(func() *rankWords { return newRankWords(lex) }),
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
	all := new(schema.Reading)
	_ = e.Each(d, all.Add) // Add has no error
	return all
}

// Each finds what Read finds and hands it on in parts, one for each stretch of a long
// document ([schema.Document.Stretch]), so that it need not be held as a whole. It
// ends with the first error of yield.
func (e *Extractor) Each(d *schema.Document, yield func(*schema.Reading) error) error {
	w := e.load()
	x := &reader{words: w, lex: w.Lexicon, doc: d, line: line{lex: w.Lexicon}, explain: e.Explain}
	return x.read(func(part *schema.Reading) error {
		e.vocabulary().Assign(d, part)
		return yield(part)
	})
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
	coins      bool     // the text names a currency, which may be an old one
	years      []schema.Origin
	early      []int // articles that are dated in the year that they report on, before it was over

	mentions []mention          // of the sentence
	all      []*mention         // of the stretch
	settled  int                // figures of the stretches before
	seen     map[statement]bool // figures of the article seenIn
	seenIn   int
	slab     []mention // room for more of them
	lines    int       // sentences read

	article     int
	title       string // of it, folded
	plan        bool   // the article is a plan or a policy
	falling     bool   // it has signs of falling: ▼3.2%
	future      bool   // the rest of the article speaks of what shall be
	year        int    // that it reports on, 0 if not known
	headings    []heading
	spoken      int // year of 今年, where it is not that of the report
	section     string
	scope       scope
	sheet       *sheet       // the table that is read
	twinHeads   map[int]bool // blocks of heads that stand again under another caption
	carried     carriedNames
	totals      totals
	lacks       lacks            // of the table
	refused     []schema.Refusal // numbers of the tables of the stretch
	goesOn      bool             // the table at hand continues the one before
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
	topic   string        // what it is about: 城市低保
	planned bool          // its section holds intentions
	results bool          // it holds what was done
	lead    bool          // it is a sentence that announces all below it, and no heading: 截至11月底,各项工作进展如下
	time    schema.Period // that it or one above names: 上半年, 过去五年
}
