// Package say finds figures by what people say who seek one: 2011年陆良县城市低保户数.
// It reads year, place, unit and indicator out of plain words (Read), and weighs the
// figures of a corpus by how well their slots, section, sentence, unit, kind, time and
// place fit (weigh.go). Words that no list knows are sought as they are.
//
// What was read is shown to the user as a query (Wish.Query), and stands beside what
// was typed, never in its place.
package say

import (
	_ "embed"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/fold"
	"mingxi/extract/indicator"
	"mingxi/extract/region"
	"mingxi/index/query"
)

// A Wish is what plain words ask for.
type Wish struct {
	From, To   int      // years; 0 if none is said
	Place      string   // as said, folded; empty if none is
	Stem       string   // of a place that no report is of by its full name: 岩峒 of 岩峒县
	Level      string   // last character of the words that say of what all: 省 of 全省, 级 of 市本级; empty if none do
	Codes      []string // that the place has or had; none if the standard does not know it
	Units      []string // one of which the figure should be in; none if it is not said
	Indicators []indicator.Match
	Rest       string           // what is sought, without year and place and what says nothing
	Words      []indicator.Word // of the rest
	Kinds      Kinds
	Part       bool // of a part of a year: 上半年, 1-11月

	YearWords, PlaceWords string // that From and To, and Place, were read from, folded
}

// Kinds are the kinds of figure that the words ask for.
type Kinds struct{ Change, Share, Standard, Planned bool }

// A Reader reads wishes. It may be shared.
type Reader struct {
	vocabulary *indicator.Vocabulary
	regions    *region.Table
	// knows reports whether a report of the corpus has a name in its title,
	// organisation or region.
	knows func(name string) bool
	*lexicon
}

// NewReader makes a reader.
func NewReader(v *indicator.Vocabulary, regions *region.Table, knows func(name string) bool) *Reader {
	return &Reader{v, regions, knows, newLexicon()}
}

// Plain returns the text of a query that is nothing but plain words, without quotation marks, and the
// conditions on reports and figures that stand beside them.
func Plain(q query.Query) (text string, conditions query.And, ok bool) {
	all, many := q.(query.And)
	if !many {
		all = query.And{q}
	}
	var words []string
	for _, one := range all {
		if p, is := one.(query.Phrase); is && !p.Exact {
			words = append(words, p.Text)
			continue
		}
		for _, leaf := range query.Leaves(one) {
			if _, is := leaf.(query.Phrase); is {
				return "", nil, false
			}
		}
		conditions = append(conditions, one)
	}
	return strings.Join(words, " "), conditions, len(words) > 0
}

// Read reads what plain words ask for.
func (r *Reader) Read(text string) Wish {
	var w Wish
	rest := fold.String(text)
	rest = w.years(rest)
	rest = r.place(&w, rest)
	w.Level = r.level(rest, false)
	w.Units, w.Kinds, w.Part = r.unitsIn(rest), r.kindsIn(rest), partOfYear.MatchString(rest)
	rest = strings.TrimSpace(r.plain(rest))
	w.Rest = rest
	w.Words = r.vocabulary.Words(rest)
	w.Indicators = leading(r.vocabulary.Spoken(rest, w.Units))
	return w
}

// partOfYear finds that a figure of a part of a year is sought.
var partOfYear = regexp.MustCompile(`[0-9一二三四五六七八九十]个?月|半年|季度|年初`)

// leading keeps the likeliest indicators: those that no other outdoes by far.
func leading(list []indicator.Match) []indicator.Match {
	const near, most = 0.05, 4
	n := 0
	for n < min(len(list), most) && list[n].Score >= list[0].Score-near {
		n++
	}
	return list[:n]
}

// Empty reports whether nothing but words was read.
func (w *Wish) Empty() bool {
	return w.From == 0 && w.Place == "" && len(w.Indicators) == 0
}

// Without is the text that the wish was read from without the words of a year or a place.
func Without(text, words string) string {
	return strings.Join(strings.Fields(strings.Replace(fold.String(text), words, " ", 1)), " ")
}

// Query is what was read, in the language of queries.
func (w *Wish) Query() string {
	var parts []string
	switch {
	case w.From != 0 && w.From == w.To:
		parts = append(parts, "year:"+strconv.Itoa(w.From))
	case w.From != 0:
		parts = append(parts, "year:"+strconv.Itoa(w.From)+".."+strconv.Itoa(w.To))
	}
	if w.Place != "" {
		parts = append(parts, query.Field{Name: "region", Text: w.Place}.String())
	}
	either := func(field string, values []string) {
		for i := range values {
			values[i] = query.Field{Name: field, Text: values[i]}.String()
		}
		s := strings.Join(values, " OR ")
		if len(values) > 1 {
			s = "(" + s + ")"
		}
		if s != "" {
			parts = append(parts, s)
		}
	}
	var codes, words []string
	for _, m := range w.Indicators {
		codes = append(codes, m.Code)
	}
	either("indicator", codes)
	if len(codes) == 0 {
		for _, word := range w.Words {
			words = append(words, word.Text)
		}
		parts = append(parts, words...)
	}
	either("unit", slices.Clone(w.Units))
	return strings.Join(parts, " ")
}

// years: 2011年, 2008-2012年, 2008至2012年, 二〇一二年.
var (
	yearRange = regexp.MustCompile(`((?:19|20)\d\d)年?\s*(?:-|—|~|至|到)\s*((?:19|20)\d\d)年?(?:度|间|底|末)?`)
	yearOne   = regexp.MustCompile(`((?:19|20)\d\d)(?:\s?年(?:度|底|末|初)?)?`)
	yearHan   = regexp.MustCompile(`([一二][九〇○零][〇○零一二三四五六七八九]{2})年(?:度|底|末|初)?`)
)

var hanDigits = strings.NewReplacer("〇", "0", "○", "0", "零", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

// years takes the years out of a text, the first that stands there.
func (w *Wish) years(text string) string {
	take := func(at []int) string {
		w.YearWords = text[at[0]:at[1]]
		return text[:at[0]] + " " + text[at[1]:]
	}
	number := func(s string) int { n, _ := strconv.Atoi(hanDigits.Replace(s)); return n }
	if at := yearRange.FindStringSubmatchIndex(text); at != nil {
		w.From, w.To = number(text[at[2]:at[3]]), number(text[at[4]:at[5]])
		if w.From <= w.To {
			return take(at)
		}
	}
	for _, pattern := range []*regexp.Regexp{yearOne, yearHan} {
		if at := pattern.FindStringSubmatchIndex(text); at != nil && !digitBeside(text, at[0], at[3], at[1]) {
			w.From = number(text[at[2]:at[3]])
			w.To = w.From
			return take(at)
		}
	}
	w.From, w.To = 0, 0
	return text
}

// LastYear is the year that stands last in a folded text as 1984年, 0 if none does.
func LastYear(text string) int {
	year := 0
	for _, at := range yearOne.FindAllStringSubmatchIndex(text, -1) {
		if at[1] > at[3] && !digitBeside(text, at[0], at[3], at[1]) {
			year, _ = strconv.Atoi(text[at[2]:at[3]])
		}
	}
	return year
}

// digitBeside reports whether a year is only a part of a number: 20115户 has none,
// 2014年80岁 has one. Its digits end at digits, its words at end.
func digitBeside(text string, start, digits, end int) bool {
	digit := func(b byte) bool { return b >= '0' && b <= '9' || b == '.' }
	return start > 0 && digit(text[start-1]) || digits == end && end < len(text) && digit(text[end])
}

// ranks end the names of places.
const ranks = "省市县区州旗盟镇乡村"

// place takes the name of a place out of a text: one of the standard; else a word that
// ends as names do and no list has, 清屏县; else one that reports of the corpus are of,
// 岩峒; else the whole country. Of several the lowest counts, which stands last.
func (r *Reader) place(w *Wish, text string) string {
	if found := r.regions.Mentions(text); len(found) > 0 {
		last := found[len(found)-1]
		w.Place = text[last.Start:last.End]
		w.Codes = codesOf(last.Places)
		w.PlaceWords = text[found[0].Start:last.End]
		rank := ""
		if strings.HasPrefix(text[last.End:], "本级") { // 曲靖市本级
			_, size := utf8.DecodeLastRuneInString(w.Place)
			rank = w.Place[len(w.Place)-size:]
		}
		return text[:found[0].Start] + " " + rank + text[last.End:]
	}
	for _, run := range r.vocabulary.Unread(text) {
		if name := r.named(run); name != "" {
			w.Place, w.Codes, w.PlaceWords = name, r.short(name), name
			if stem := region.Stem(name); stem != "" && w.Codes == nil && !r.knows(name) {
				w.Stem = stem
			}
			return strings.Replace(text, name, " ", 1)
		}
	}
	for _, word := range r.kinds["country"] {
		before, behind, ok := strings.Cut(text, word)
		if ok && !slices.ContainsFunc(r.kinds["not country"], func(w string) bool { return strings.HasPrefix(word+behind, w) }) {
			w.Place, w.Codes, w.PlaceWords = r.kinds["country"][0], []string{region.National}, word
			return before + " " + behind
		}
	}
	return text
}

// codesOf are the codes of places, each once.
func codesOf(places []*region.Place) (codes []string) {
	for _, p := range places {
		codes = append(codes, p.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// short are the codes of a short form, 陆良; none if it is not one.
func (r *Reader) short(name string) []string {
	for _, m := range r.regions.MentionsShort(name) {
		if m.Start == 0 && m.End == len(name) {
			return codesOf(m.Places)
		}
	}
	return nil
}

// named returns the name of a place that a run of characters begins with: up to the
// last character of a rank, or the longest that reports are of.
func (r *Reader) named(run string) string {
	run = strings.TrimSpace(run)
	chars := []rune(run)
	best := ""
	for i := 2; i < min(len(chars), 10); i++ {
		if strings.ContainsRune(ranks, chars[i]) {
			best = string(chars[:i+1])
		}
	}
	if best != "" {
		return best
	}
	for n := min(len(chars), 6); n >= 2; n-- {
		name := string(chars[:n])
		if slices.ContainsFunc(r.short(name), func(code string) bool { return strings.HasSuffix(code, "0000") }) || // 新疆
			slices.ContainsFunc(strings.Split(ranks, ""), func(rank string) bool { return r.knows(name + rank) }) || r.knows(name+"自治") {
			return name
		}
	}
	return ""
}

// A lexicon is words.txt.
type lexicon struct {
	units  []asking
	same   *strings.Replacer
	filler []string
	kinds  map[string][]string
}

// An asking is a line of [unit].
type asking struct{ units, words []string }

//go:embed words.txt
var data string

func newLexicon() *lexicon {
	l := &lexicon{kinds: map[string][]string{}}
	section := ""
	var same []string
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		from, to, _ := strings.Cut(line, " = ")
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = strings.Trim(line, "[]")
		case section == "unit":
			l.units = append(l.units, asking{strings.Fields(from), strings.Fields(to)})
		case section == "same":
			same = append(same, from, to)
		case section == "filler":
			l.filler = append(l.filler, strings.Fields(line)...)
		default:
			l.kinds[section] = append(l.kinds[section], strings.Fields(line)...)
		}
	}
	slices.SortStableFunc(l.filler, func(a, b string) int { return len(b) - len(a) })
	l.same = strings.NewReplacer(same...)
	return l
}

// perWords: a rate is per what stands there, and counts something else.
var perWords = regexp.MustCompile(`每(?:人|户|亩|月|年|公顷|头|只|床|张)|人均|户均|亩均`)

// unitsIn are those of the word that stands last in a text, for what is sought stands
// last in Chinese: 收入增速 is a rate. Of two that end together the longer counts.
func (l *lexicon) unitsIn(text string) (units []string) {
	text = perWords.ReplaceAllString(text, " ")
	last, longest := 0, 0
	for _, line := range l.units {
		for _, word := range line.words {
			at := strings.LastIndex(text, word)
			if at < 0 || utf8.RuneCountInString(word) == 1 && !l.ends(text[at+len(word):]) { // not 消|费|价格指数
				continue
			}
			switch end := at + len(word); {
			case end > last || end == last && len(word) > longest:
				units, last, longest = slices.Clone(line.units), end, len(word)
			case end == last && len(word) == longest:
				units = append(units, line.units...)
			}
		}
	}
	return units
}

// ends reports that a text is over, or goes on with what says nothing.
func (l *lexicon) ends(text string) bool {
	return text == "" || text[0] == ' ' || slices.ContainsFunc(l.filler, func(w string) bool { return strings.HasPrefix(text, w) })
}

// level is the last character of the last words in a text that say of what all a figure is: 全省, 市本级; in a report they
// begin a clause, or stand behind a time. Empty if none do.
func (l *lexicon) level(text string, report bool) (level string) {
	last := -1
	for _, word := range l.kinds["level"] {
		at := strings.LastIndex(text, word)
		if at <= last || report && strings.TrimRight(text[:at], ",，;；:：、( 年月末底初中") == text[:at] && at > 0 {
			continue
		}
		_, size := utf8.DecodeLastRuneInString(word)
		last, level = at, word[len(word)-size:]
	}
	return level
}

// kindsIn are the kinds that the words of a text ask for.
func (l *lexicon) kindsIn(text string) Kinds {
	for _, w := range l.kinds["but"] {
		text = strings.ReplaceAll(text, w, " ")
	}
	has := func(kind string) bool {
		return slices.ContainsFunc(l.kinds[kind], func(w string) bool { return strings.Contains(text, w) })
	}
	return Kinds{Change: has("change"), Share: has("share"), Standard: has("standard"), Planned: has("planned")}
}

// plain puts what reports print in place of what people say, and a gap in place of
// what says nothing.
func (l *lexicon) plain(text string) string {
	text = l.same.Replace(text)
	for _, w := range l.filler {
		text = strings.ReplaceAll(text, w, " ")
	}
	return text
}
