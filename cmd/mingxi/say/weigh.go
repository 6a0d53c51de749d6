package say

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/fold"
	"mingxi/extract/indicator"
	"mingxi/extract/region"
	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

// What counts how much, chosen on the descriptions of bench/say. A said word counts
// most where the label has it, then where the heading right above has it, then in the
// words before the figure, in the sentence, above that and in the title.
const (
	inLabel   = 1.0
	inHeading = 0.9
	inClause  = 0.85
	inPart    = 0.75 // since the last ；
	inReach   = 0.55 // elsewhere in the sentence
	inAbove   = 0.7
	inReport  = 0.4 // elsewhere in the report

	unsaid    = 0.45 // how much of the weight goes with how little else the label says
	sameCode  = 0.3  // of the rest to the full, for the indicator that was said
	otherCode = 0.8
	otherUnit = 0.5
	otherKind = 0.6
	apart     = 0.35 // a word that tells siblings apart, that nothing near has, and for which another stands
	silent    = 0.6  // the same where no other does
	former    = 0.75 // what it was before: 由38.6%提高到45.2%
	partly    = 0.7  // it is of a part of the year, which was not asked for
	elsewhen  = 0.4  // the text gives another time for it than the report's
	literal   = 0.1  // for as much of what was said as the label has in a row
	unasked   = 0.7  // one that the label has and nobody asked for
	ofPart    = 0.48 // a figure of a place within the one that was said
	ofOther   = 0.4  // a place of its own that nobody asked for
	mentioned = 0.85 // only the text of the report speaks of the place
	beside    = 0.9  // the report is of the year before or after
	timeless  = 0.55 // the year is said, and the report has none
	intended  = 0.45
	hidden    = 0.5

	// Sure is the least weight that an answer has; what is lighter is shown as unsure.
	Sure = 0.5
	// Least is that below which a figure is no answer.
	Least = 0.3
)

// Candidates are the reports that may hold an answer: of the place, of the year or one
// beside it, with some of the words.
func (w *Wish) Candidates() query.Query {
	var all query.And
	if w.From != 0 {
		known := query.Range{Name: "year", Low: schema.Int(int64(w.From - 1)), High: schema.Int(int64(w.To + 1))}
		unknown := query.Not{Query: query.Range{Name: "year", Low: schema.Int(1), High: schema.Int(9999)}}
		all = append(all, query.Or{known, unknown})
	}
	if w.Place != "" {
		places := query.Or{query.Phrase{Text: w.Place}}
		for _, field := range []string{"region", "title", "org"} {
			places = append(places, query.Field{Name: field, Text: w.Place})
		}
		if w.Stem != "" {
			places = append(places, query.Field{Name: "title", Text: w.Stem})
		}
		all = append(all, places)
	}
	var some query.Or
	for _, m := range w.Indicators {
		some = append(some, query.Field{Name: "indicator", Text: m.Code})
	}
	for _, word := range w.Words {
		if utf8.RuneCountInString(word.Text) > 1 {
			some = append(some, query.Phrase{Text: word.Text}, query.Field{Name: "label", Text: word.Text})
		}
	}
	if len(some) > 0 {
		all = append(all, some)
	}
	return all
}

// A Scale weighs figures for one wish. It remembers the texts that many share, and is
// for one goroutine.
type Scale struct {
	*Wish
	*lexicon
	vocabulary *indicator.Vocabulary
	texts      map[string]*words
	units      map[string]bool
}

// words are a text cut into words.
type words struct {
	clean string
	list  []indicator.Word
}

// Scale makes a scale.
func (r *Reader) Scale(w *Wish) *Scale {
	s := &Scale{w, r.lexicon, r.vocabulary, map[string]*words{}, map[string]bool{}}
	for _, u := range w.Units {
		s.units[u] = true
	}
	return s
}

// most is how many texts a scale remembers.
const most = 4096

func (s *Scale) cut(text string) *words {
	if w, ok := s.texts[text]; ok {
		return w
	}
	if len(s.texts) >= most {
		clear(s.texts)
	}
	w := &words{text, s.vocabulary.Words(text)}
	s.texts[strings.Clone(text)] = w
	w.clean = strings.Clone(text)
	return w
}

// has is how much of a said word a text has: a known word wholly or not at all, of
// other characters as many of their pairs as stand in it.
func (t *words) has(w indicator.Word) float64 {
	if w.Known {
		if slices.ContainsFunc(t.list, func(o indicator.Word) bool { return o.Text == w.Text }) {
			return 1
		}
		return 0
	}
	chars := []rune(w.Text)
	if len(chars) == 1 || strings.Contains(t.clean, w.Text) {
		if strings.Contains(t.clean, w.Text) {
			return 1
		}
		return 0
	}
	n := 0
	for i := range len(chars) - 1 {
		if strings.Contains(t.clean, string(chars[i:i+2])) {
			n++
		}
	}
	return float64(n) / float64(len(chars)-1)
}

// A Figure is what is weighed: what the index knows, and of a second look the words
// right before and behind the figure and the years that the text gives for it.
type Figure struct {
	*index.Candidate
	Clause   string // folded; empty where only the sentence is known
	Part     string // the same since the last ；
	Former   bool   // it says what was before: 由165元增至195元
	From, To int    // years of its period; 0 if the text gives none
	Partly   bool   // its period is a part of a year
	Printed  int    // the last year that stands before it in the report; 0 if none does
}

// first reports whether only the index was asked, which knows neither.
func (f *Figure) first() bool { return f.Clause == "" }

// Weigh weighs a figure: 0 is no answer.
func (s *Scale) Weigh(f Figure) float64 {
	weight := s.when(f) * s.where(f.Candidate)
	if weight == 0 {
		return 0
	}
	weight *= s.what(f) * s.how(f.Candidate) * s.wholly(f)
	if least := Least; weight < least && !f.first() || weight < least/2 {
		return 0
	}
	return min(weight, 1)
}

// when says how well the time fits.
func (s *Scale) when(f Figure) float64 {
	within := func(year int) bool { return s.From <= year && year <= s.To }
	if s.From == 0 {
		return 1
	}
	if f.first() { // its period is not known yet
		switch {
		case f.Year == 0 || within(f.Year):
			return 1
		case within(f.Year-1) || within(f.Year+1):
			return beside
		}
		return 0
	}
	switch {
	case f.From != 0 || f.To != 0:
		switch {
		case within(f.To) || within(f.From) && f.To == 0:
			if f.Partly && !s.Part {
				return partly
			}
			return 1
		case within(f.Year):
			return elsewhen
		}
		return 0
	case f.Year == 0 && within(f.Printed):
		return 1
	case f.Year == 0 && f.Printed != 0:
		return elsewhen
	case f.Year == 0:
		return timeless
	case f.Status == schema.Planned.String(): // of the year after the report's, as a rule
		if within(f.Year + 1) {
			return 1
		}
		return 0
	case within(f.Year):
		return 1
	}
	return 0
}

// where says how well the place fits.
func (s *Scale) where(c *index.Candidate) float64 {
	own := 1.0
	if c.Place != "" && !strings.Contains(s.Place, c.Place) && !s.says(c.Place) {
		own = ofOther
	}
	if s.Place == "" {
		return own
	}
	switch {
	case strings.Contains(c.Place, s.Place):
		return 1
	case slices.Contains(s.Codes, region.National) && c.Code != region.National: // others speak of 全国, too
		return own * ofPart
	case slices.Contains(s.Codes, c.Code) || fold.String(c.Region) == s.Place:
		return own
	case named(fold.String(c.Title), s.Place) || named(fold.String(c.Org), s.Place):
		return own
	case strings.Contains(c.Sentence, s.Place):
		return own
	case s.Stem != "" && ranked(fold.String(c.Title), s.Stem):
		return own
	case c.Code != "" && s.above(c.Code):
		return own * ofPart
	case (c.Code == "" || s.Codes == nil) && strings.Contains(c.Text, s.Place):
		return own * mentioned
	}
	return 0
}

// wholly says how well a figure is of all that was said: 全省, 曲靖市, 市本级. A report may speak of others: 全省51万户, in
// that of a county.
func (s *Scale) wholly(f Figure) float64 {
	if f.first() {
		return 1
	}
	want, of := s.Level, s.level(f.Part, true)
	if want == "" && s.Codes != nil && !strings.Contains(f.Sentence, s.Place) {
		want = lastRank(s.Place)
	} else if of == "" {
		of = lastRank(fold.String(f.Region))
	}
	if want == "" || of == "" || want == of {
		return 1
	}
	return ofOther
}

// lastRank is the last character of a name if it is that of a rank.
func lastRank(name string) string {
	r, _ := utf8.DecodeLastRuneInString(name)
	if !strings.ContainsRune(ranks+"国", r) || r == '州' && utf8.RuneCountInString(name) == 2 { // 儋州 ends with none
		return ""
	}
	return string(r)
}

// named reports whether a title has the name of a place, and not as the place of
// another within it: 曲靖市陆良县民政局 is not of 曲靖市.
func named(title, place string) bool {
	_, rest, ok := strings.Cut(title, place)
	if !ok {
		return false
	}
	for i, r := range []rune(rest) {
		if i > 5 {
			break
		}
		if strings.ContainsRune("县区旗镇乡", r) && i >= 1 {
			return false
		}
	}
	return true
}

// ranked reports whether a title has the stem of a name and then what ends names:
// 岩峒自治县.
func ranked(title, stem string) bool {
	_, rest, ok := strings.Cut(title, stem)
	if !ok {
		return false
	}
	chars := []rune(rest)
	return strings.ContainsAny(string(chars[:min(len(chars), 8)]), ranks)
}

// says reports whether the words that are sought name a place.
func (s *Scale) says(place string) bool {
	return slices.ContainsFunc(s.Words, func(w indicator.Word) bool { return strings.Contains(place, w.Text) })
}

// above reports whether a code lies below one that was said.
func (s *Scale) above(code string) bool {
	for _, said := range s.Codes {
		base := strings.TrimRight(said, "0")
		if region.LevelOf(said) < region.LevelOf(code) && strings.HasPrefix(code, base) {
			return true
		}
	}
	return false
}

// what says how well the words fit: how much of what was said the figure has, and how
// much else its label says.
func (s *Scale) what(f Figure) float64 {
	label := s.cut(f.Label)
	above, heading := indicator.Headings(f.Section)
	near, top := s.cut(heading), s.cut(above+" "+fold.String(f.Title))
	sentence := s.cut(f.Sentence)
	clause, part, reach := sentence, sentence, inClause
	if !f.first() {
		clause, part, reach = s.cut(f.Clause), s.cut(f.Part), inReach
	}
	given, whole, factor := 0.0, 0.0, 1.0
	for _, w := range s.Words {
		best := max(inLabel*label.has(w), inHeading*near.has(w), inClause*clause.has(w), inPart*part.has(w), reach*sentence.has(w), inAbove*top.has(w))
		if best == 0 && !f.first() && strings.Contains(f.Text, w.Text) {
			best = inReport
		}
		given, whole = given+w.Weight*best, whole+w.Weight
		switch {
		case !w.Telling || best > inReport:
		case s.rivals(label, near):
			factor *= apart
		default:
			factor *= silent
		}
	}
	if whole == 0 {
		return 0
	}
	left, all := 0.0, 0.0
	for _, w := range label.list {
		all += w.Weight
		switch {
		case s.asked(w) > 0:
		case w.Telling:
			left += w.Weight
			factor *= unasked
		default:
			left += w.Weight * (1 - near.has(w)*0.7)
		}
	}
	weight := given / whole
	if all > 0 {
		weight *= 1 - unsaid*left/all
	}
	weight = min(1, weight+literal*s.row(f.Label)) * factor
	if f.Former {
		weight *= former
	}
	return s.code(f, weight)
}

// rivals reports whether a label or its heading has a word that tells siblings apart
// and that nobody asked for.
func (s *Scale) rivals(texts ...*words) bool {
	return slices.ContainsFunc(texts, func(t *words) bool {
		return slices.ContainsFunc(t.list, func(w indicator.Word) bool { return w.Telling && s.asked(w) == 0 })
	})
}

// row is how much of what was said a label has in a row.
func (s *Scale) row(label string) float64 {
	said, best := []rune(s.Rest), 0
	for i := range said {
		for j := i + best + 1; j <= len(said) && strings.Contains(label, string(said[i:j])); j++ {
			best = j - i
		}
	}
	return float64(best) / float64(max(1, len(said)))
}

// asked is how much of a word of a label was said.
func (s *Scale) asked(w indicator.Word) float64 {
	best := 0.0
	for _, said := range s.Words {
		if said.Text == w.Text {
			return 1
		}
		if !said.Known && !w.Known && (strings.Contains(said.Text, w.Text) || strings.Contains(w.Text, said.Text)) {
			best = 1
		}
	}
	return best
}

// code lifts the weight of a figure of an indicator that was said, and lowers that of
// another one, and of one that cannot be of any for its unit.
func (s *Scale) code(f Figure, weight float64) float64 {
	if len(s.Indicators) == 0 {
		return weight
	}
	if m := s.spoken(f.Indicator); m.Code != "" {
		weight = max(weight, m.Score*0.7)
		return weight + (1-weight)*sameCode*m.Score
	}
	if f.Indicator != "" {
		weight *= otherCode
	}
	if len(s.units) == 0 && !slices.ContainsFunc(s.Indicators, func(m indicator.Match) bool { return s.vocabulary.Counts(m.Code, f.Unit) }) {
		weight *= otherUnit
	}
	return weight
}

// spoken is the indicator of a figure, if it was said.
func (s *Scale) spoken(code string) indicator.Match {
	for _, m := range s.Indicators {
		if m.Code == code && code != "" {
			return m
		}
	}
	return indicator.Match{}
}

// how says how well unit, kind and status fit.
func (s *Scale) how(c *index.Candidate) float64 {
	weight := 1.0
	if len(s.units) > 0 && !s.units[c.Unit] && !s.units[c.SI] {
		weight *= otherUnit
	}
	switch {
	case s.spoken(c.Indicator).Code != "": // its kind is that of the indicator
	case c.Kind == schema.Change.String() != s.Kinds.Change:
		weight *= otherKind
	case c.Kind == schema.Standard.String() && !s.Kinds.Standard || c.Kind == schema.Amount.String() && s.Kinds.Standard:
		weight *= otherKind
	}
	if c.Kind == schema.Masked.String() || c.Kind == schema.Suspect.String() {
		weight *= hidden
	}
	if c.Status == schema.Planned.String() && !s.Kinds.Planned {
		weight *= intended
	}
	return weight
}

// Years are the years of a period.
func Years(p schema.Period) (from, to int) {
	year := func(date string) int {
		n, _ := strconv.Atoi(date[:min(4, len(date))])
		return n
	}
	return year(p.Start), year(p.End)
}

// Partly reports a period that does not begin or does not end with a year: 1-11月, 截至6月底.
func Partly(p schema.Period) bool {
	return p.Start != "" && !strings.HasSuffix(p.Start, "-01-01") || p.End != "" && !strings.HasSuffix(p.End, "-12-31")
}
