package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/region"
	"mingxi/schema"
)

// What is known of an article as a whole: who reports (org.go), on which year
// (year.go), where (where.go), each with the words that tell it and a score. What
// the user says of it (schema.Given) stands above the text.

// origins reads title and source of every article.
func (x *reader) origins() []schema.Origin {
	out := make([]schema.Origin, len(x.doc.Articles))
	b := 0
	for i := range x.doc.Articles {
		for b < len(x.doc.Blocks) && x.doc.Blocks[b].Start < x.doc.Articles[i].Start {
			b++
		}
		a := x.opening(&x.doc.Articles[i], x.doc.Blocks[b:])
		o := &out[i]
		o.Article = a.N
		o.Year, o.YearFrom = a.reportYear()
		given := a.Given
		if given != nil && given.Year != 0 {
			o.Year, o.YearFrom = given.Year, schema.Evidence{Method: "meta", Words: given.By, Score: 1}
		}
		if a.early(o.Year) {
			x.early = append(x.early, a.N)
		}
		o.Org, o.OrgFrom = a.reporter()
		if given != nil && given.Org != "" {
			o.Org, o.OrgFrom = given.Org, schema.Evidence{Method: "meta", Words: given.By, Score: 1}
		}
		o.Region, o.RegionFrom = a.whereabouts(o.Year, o.Org)
		if given != nil && given.Region != "" {
			o.Region = schema.Region{Code: given.Region, Name: regionName(x.regions(), given.Region, o.Year), Method: "meta", Score: 1}
			o.RegionFrom = schema.Evidence{Method: "meta", Words: given.By, Score: 1}
		}
	}
	return out
}

// regionName is the name of a code in a year.
func regionName(t *region.Table, code string, year int) string {
	if code == region.National {
		return national
	}
	if p := t.Code(code, year); p != nil {
		return p.Name
	}
	if p := t.Code(code, 0); p != nil {
		return p.Name
	}
	return ""
}

// An article is one that is read for its facts. Its text is folded (simplified
// characters, half-width digits, dashes as -), character for character.
type article struct {
	*schema.Article
	x       *reader
	title   string    // folded; also of a title that is the name of the file
	text    string    // folded
	blocks  []aBlock  // of the text
	country int       // words by which the text speaks of the country
	local   int       // words by which the text speaks of a place below the country
	own     bool      // it says 我县 or the like
	hits    []yearHit // years of the text, when asked
	signed  *[]int    // its sign-offs, when asked
	body    int       // the block behind the title, dates and stamps at the front
}

// An aBlock is a block of an article.
type aBlock struct {
	kind  schema.Kind
	text  string // folded, without blanks around it
	plain string // as it stands
	start int    // in the folded text
}

// headBlocks and tailBlocks bound the blocks at the front and at the end that are
// looked at one by one.
const (
	headBlocks = 24
	tailBlocks = 10
)

// opening prepares an article, which begins at the first of some blocks, for
// reading its facts.
func (x *reader) opening(s *schema.Article, blocks []schema.Block) *article {
	a := &article{Article: s, x: x, title: strings.Map(foldRune, s.Title)}
	n, _ := slices.BinarySearchFunc(blocks, s.End, func(b schema.Block, end int) int { return cmp.Compare(b.Start, end) })
	blocks = blocks[:n]
	a.blocks = make([]aBlock, 0, n)
	var text strings.Builder
	text.Grow(s.Len() + utf8.UTFMax)
	at := s.Start
	fold := func(to int) { // the text up to a place
		same := at                                    // from here on nothing has changed
		for to = min(to, len(x.doc.Text)); at < to; { // a damaged document may end before its blocks do
			printed, size := utf8.DecodeRuneInString(x.doc.Text[at:])
			if r := foldRune(printed); r != printed || r == utf8.RuneError {
				text.WriteString(x.doc.Text[same:at])
				text.WriteRune(r)
				same = at + size
			}
			at += size
		}
		text.WriteString(x.doc.Text[same:at])
	}
	for i := range blocks {
		b := &blocks[i]
		fold(b.Start)
		start := text.Len()
		fold(b.End)
		a.blocks = append(a.blocks, aBlock{b.Kind, strings.TrimSpace(text.String()[start:]), strings.TrimSpace(b.In(x.doc.Text)), start})
	}
	fold(s.End)
	a.text = text.String()
	for a.body < len(a.blocks) && a.body < headBlocks && a.preamble(&a.blocks[a.body]) {
		a.body++
	}
	return a
}

// preamble reports a block that stands before the text of a report begins: a
// title, a date, a line in brackets, a stamp of a site.
func (a *article) preamble(b *aBlock) bool {
	switch {
	case b.kind == schema.Title || b.text == "" || b.text == a.title, a.x.lex.NationalAddress.Starts(b.text):
		return true
	case b.kind != schema.Paragraph || utf8.RuneCountInString(b.text) > 40:
		return false
	}
	return onlyDate(b.text) || strings.HasSuffix(b.text, ":") || a.x.lex.Stamp.In(b.text) || strings.HasPrefix(b.text, "(") || strings.HasPrefix(b.text, "-")
}

// printed returns the words of the article's own text where the folded text has
// them: folding keeps the number of characters.
func (a *article) printed(start, end int) string {
	from := utf8.RuneCountInString(a.text[:start])
	n := utf8.RuneCountInString(a.text[start:end])
	return cutRunes(a.x.doc.Text[a.Start:a.End], from, n)
}

// cutRunes is n characters of s from a character on.
func cutRunes(s string, from, n int) string {
	start, end, k := len(s), len(s), 0
	for i := range s {
		if k == from {
			start = i
		}
		if k == from+n {
			end = i
			break
		}
		k++
	}
	return s[start:end]
}
