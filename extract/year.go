package extract

import (
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/extract/region"
	"mingxi/schema"
)

// The year that an article reports on. A site's stamp never tells it, nor a year
// that is compared with, aimed at, or stands in the name of a law. Witnesses are
// asked in the order of yearWitnesses; a masked year (201X) is only inferred, from
// words that leave one year: 三、2013年工作打算, 喜迎建党90周年, 十二五开局之年.

// A yearHit is a year in a folded text: text[start:end] are its digits.
type yearHit struct {
	year, start, end int
	month, day       int // where a date follows, else 0
}

// yearWitnesses are asked in order; the first that knows decides.
var yearWitnesses = []struct {
	method string
	score  float64
	ask    func(*article) (year int, words string)
}{
	{"title", 0.98, (*article).yearOfTitle},
	{"under the title", 0.95, (*article).yearUnderTitle},
	{"meeting", 0.95, (*article).yearOfMeeting},
	{"heading", 0.9, (*article).yearOfHeading},
	{"opening", 0.9, (*article).yearOfOpening},
	{"date line", 0.75, (*article).yearOfDateline},
	{"sign-off", 0.8, (*article).yearOfSignOff},
	{"document number", 0.65, (*article).yearOfNumber},
	{"text", 0.65, (*article).yearOfText},
	{"file name", 0.65, (*article).yearOfFile},
	{schema.Inferred, 0.6, (*article).yearInferred},
}

// reportYear is the year that the article reports on, with its witness.
func (a *article) reportYear() (int, schema.Evidence) {
	held := a.yearHeld()
	for _, w := range yearWitnesses {
		if y, words := w.ask(a); y > 0 && (y != held || w.method == "meeting") {
			return y, schema.Evidence{Method: w.method, Words: words, Score: w.score}
		}
	}
	return 0, schema.Evidence{}
}

// yearHeld is the year of the meeting that a title names, which looks back on the year before: 在全县2013年民政工作会议上
// 的工作报告, but not 2012年总结表彰大会上的讲话.
func (a *article) yearHeld() int {
	for _, h := range years(a.title, true) {
		between, _, ok := strings.Cut(strings.Replace(a.title[h.end:], "会议上", "会上", 1), "会上")
		if ok && !a.x.lex.OwnMeeting.In(between) {
			return h.year
		}
	}
	return 0
}

// yearInferred flags figures whose year is inferred.
const yearInferred = "year_inferred"

// beforeYearEnd flags figures of reports that are dated in the year that they report on, long before it was over.
const beforeYearEnd = "before_year_end"

// early reports an article that is dated so, above its text or below it; a report of the first months is on the year before.
func (a *article) early(year int) bool {
	lines := a.signOffs()
	for i := range a.body {
		lines = append(lines, i)
	}
	return slices.ContainsFunc(lines, func(i int) bool {
		hits := years(a.blocks[i].text, false)
		return len(hits) > 0 && hits[0].year == year && hits[0].day > 0 && hits[0].month > 3 && (hits[0].month < 11 || hits[0].month == 11 && hits[0].day < 15) && onlyDate(a.blocks[i].text)
	})
}

// flagFacts flags the figures of articles whose year is inferred, or the masked year
// of their time (201X年1-11月), and of those whose year the table of regions does not cover: region_as_of_2024 is the
// last code known.
func (x *reader) flagFacts(r *schema.Reading) {
	flags := map[int][]string{}
	for _, o := range r.Origins {
		if o.YearFrom.Method == schema.Inferred {
			flags[o.Article] = append(flags[o.Article], yearInferred)
		}
		if slices.Contains(x.early, o.Article) {
			flags[o.Article] = append(flags[o.Article], beforeYearEnd)
		}
		if known := RegionAsOf(o); known > 0 {
			flags[o.Article] = append(flags[o.Article], "region_as_of_"+strconv.Itoa(known))
		}
	}
	for i := range r.Metrics {
		m := &r.Metrics[i]
		m.Flags = append(m.Flags, flags[m.Article]...)
		if p := m.Period; (p.Start != "" || p.End != "") && strings.ContainsFunc(p.Printed, func(r rune) bool { return isMask(foldRune(r)) }) && !slices.Contains(m.Flags, yearInferred) {
			m.Flags = append(m.Flags, yearInferred) // 201X年1-11月
		}
	}
}

// RegionAsOf is the year of the code of a report whose own year the table of regions does not cover, else 0.
func RegionAsOf(o schema.Origin) int {
	known := min(max(o.Year, region.FirstYear), region.LastYear)
	if o.Year == 0 || o.Year == known || o.Region.Code == "" || o.Region.Code == region.National || o.Region.Method == "meta" {
		return 0
	}
	return known
}

// yearOfTitle is the first year of the title: 2012年工作总结和2013年打算. A 政府工作报告
// is given in the first months of a year and reports on the year before.
func (a *article) yearOfTitle() (int, string) {
	if a.x.distrusts(a.Title) || a.x.distrusts(a.title) {
		return 0, ""
	}
	for _, h := range years(a.title, true) {
		if !a.x.ownYear(a.title, h) {
			continue
		}
		words := a.title[h.start:h.end]
		if containsAny(a.title, a.x.lex.SpokenTitle) {
			if y, words := a.yearOfMeeting(); y > 0 && (y == h.year || y == h.year-1) {
				return y, words
			}
			if y, words := a.yearOfHeading(); y == h.year { // 2021年政府工作报告|一、2021年工作回顾
				return y, words
			}
			if !a.plansFor(h.year) && (a.plansFor(h.year+1) || a.told(h.year)) { // 2016年,我们要…
				return h.year, words
			}
			return h.year - 1, words
		}
		return h.year, words
	}
	return 0, ""
}

// plansFor reports a paragraph or heading that says what shall be done in a year: 2016年,我们要…
func (a *article) plansFor(year int) bool {
	return slices.ContainsFunc(a.blocks, func(b aBlock) bool {
		text, ok := strings.CutPrefix(cutNumber(b.text), yearWord(year))
		return ok && b.kind != schema.Title && (a.x.looksAhead(yearWord(year)+text, year-1) || a.x.planHeading(clipHead(text, 14)))
	})
}

// told reports a report that tells of a year and the next in turn, each with paragraphs of its own, and not as one speaks of them:
// 2015年,…。2016年,…; not 过去的一年,….
func (a *article) told(year int) bool {
	opens := [3]bool{}
	for _, b := range a.blocks {
		if b.kind == schema.Title {
			continue
		}
		if containsAny(b.text, a.x.lex.Speaks) {
			return false
		}
		for i := range opens {
			rest, ok := strings.CutPrefix(cutNumber(b.text), yearWord(year-1+i))
			opens[i] = opens[i] || ok && !hasPrefixOf(rest, a.x.lex.TimeTail)
		}
	}
	return !opens[0] && opens[1] && opens[2]
}

// yearOfMeeting reads the line under a speech's title: 2016年1月12日在县第十六届
// 人民代表大会第五次会议上. What is said in the first months is about the year before.
func (a *article) yearOfMeeting() (int, string) {
	for i := 0; i < len(a.blocks) && i < headBlocks; i++ {
		text := clipHead(a.blocks[i].text, 120)
		at := strings.Index(text, "会议上")
		if at < 0 {
			at = strings.Index(text, "大会上")
		}
		if at < 0 {
			continue
		}
		for _, h := range years(text, false) {
			if at > h.end && h.month > 0 && utf8.RuneCountInString(text[h.end:at]) < 60 && !strings.ContainsAny(text[h.end:at], "。,，") {
				return before(h, 4), text[h.start:h.end]
			}
		}
	}
	return 0, ""
}

// before is the year of a date, or the year before in its first months.
func before(h yearHit, months int) int {
	if h.month <= months {
		return h.year - 1
	}
	return h.year
}

// yearOfHeading reads a heading that looks back: 一、2024年工作回顾.
func (a *article) yearOfHeading() (int, string) {
	for i := range a.blocks {
		b := &a.blocks[i]
		if b.kind != schema.Heading || len(b.text) > 150 || !a.x.lex.LookBack.In(b.text) || a.x.distrusts(b.plain) {
			continue
		}
		if h, ok := a.x.headingYear(b.text); ok {
			return h, strconv.Itoa(h)
		}
	}
	return 0, ""
}

// headingYear is the first year of a heading's words.
func (x *reader) headingYear(text string) (int, bool) {
	text = cutNumber(text)
	for _, h := range years(text, false) {
		if x.ownYear(text, h) {
			return h.year, true
		}
	}
	return 0, false
}

// cutNumber takes the number from a heading: 一、 (二) 3.
func cutNumber(text string) string {
	_, rest := numbered(text)
	return rest
}

// numbered parts the number of a heading or an item from it: 一、 (二) 3. 第一, 一是.
func numbered(text string) (n int, rest string) {
	s := strings.TrimLeft(text, "( ")
	t, nth := strings.CutPrefix(s, "第")
	n, size := ordinalAt(t)
	for _, end := range []string{"、", ")", ".", "是", ",", "，"} {
		if rest, ok := strings.CutPrefix(t[size:], end); ok && n > 0 && (nth || end != "," && end != "，") {
			return n, strings.TrimLeft(rest, "、 ")
		}
	}
	return 0, text
}

// yearOfOpening is the year that the text begins with: 2012年,我局…
func (a *article) yearOfOpening() (int, string) {
	n := 0
	for i := a.body; i < len(a.blocks) && n < openingLength; i++ {
		b := &a.blocks[i]
		if b.kind == schema.Row || b.kind == schema.Title || onlyDate(b.text) && !strings.HasSuffix(b.text, "年") { // 统计公报|2014年
			continue
		}
		text := clipHead(b.text, openingLength-n)
		n += utf8.RuneCountInString(text)
		if a.siteSays(text) {
			continue
		}
		masked := len(text)
		if at := a.x.maskedYear(text); at >= 0 {
			masked = at
		}
		for _, h := range years(text, false) {
			if h.start < 60 && a.x.lex.Stamp.In(text[:h.start]) {
				continue // a stamp that is glued to the text
			}
			if h.start < masked && a.x.ownYear(text, h) {
				if !a.about(h.year) {
					return 0, ""
				}
				return h.year, text[h.start:h.end]
			}
		}
		if masked < len(text) {
			return 0, ""
		}
	}
	return 0, ""
}

// openingLength is how many characters of a text are its opening.
const openingLength = 150

// yearOfDateline is that of news: the first line is a date, and the text speaks of
// days without a year.
func (a *article) yearOfDateline() (int, string) {
	if len(a.blocks) == 0 || a.N > 1 {
		return 0, ""
	}
	for i := 0; i < len(a.blocks) && i < 2; i++ {
		text := clipHead(a.blocks[i].text, 60)
		if a.x.lex.Stamp.In(text) {
			continue
		}
		hits := years(text, false)
		if len(hits) == 0 || hits[0].month == 0 && !onlyDate(text) || !onlyDate(text) && a.kind(i) == schema.Title {
			continue
		}
		rest := a.text[a.blocks[i].start:]
		if hits[0].start < 12 && a.x.lex.News.In(clipHead(rest, 260)) {
			return hits[0].year, text[hits[0].start:hits[0].end]
		}
	}
	return 0, ""
}

func (a *article) kind(i int) schema.Kind { return a.blocks[i].kind }

// yearOfSignOff is that of the date below a text, or below the letter before it:
// 水利部办公厅|2022年6月14日; …办公室2019年3月15日印发. Reports that are dated in
// January or February are on the year before, and so are texts without a title that tell of a whole year.
func (a *article) yearOfSignOff() (int, string) {
	for _, i := range a.signOffs() {
		text := a.blocks[i].text
		for _, h := range years(text, false) {
			if h.month > 0 {
				if containsAny(a.title, a.x.lex.ReportTitle) || a.title == "" && a.tellsYear() {
					return before(h, 2), text[h.start:h.end]
				}
				return h.year, text[h.start:h.end]
			}
		}
	}
	return 0, ""
}

// tellsYear reports a text that tells what was done in a whole year: 全年救助86人, but not 全年计划新建2所.
func (a *article) tellsYear() bool {
	return slices.ContainsFunc(a.blocks, func(b aBlock) bool {
		for sentence := range strings.FieldsFuncSeq(b.text, func(r rune) bool { return strings.ContainsRune("。;；!！\n", r) }) {
			if a.x.lex.YearTold.In(sentence) && !a.x.lex.YearAhead.In(sentence) {
				return true
			}
		}
		return false
	})
}

// yearOfNumber is that of the paper's number below its title: X民字〔2016〕37号.
func (a *article) yearOfNumber() (int, string) {
	for i := 0; i < len(a.blocks) && i < headBlocks; i++ {
		text := strings.ReplaceAll(a.blocks[i].text, " ", "")
		if a.blocks[i].kind == schema.Row || utf8.RuneCountInString(text) > 24 || !strings.HasSuffix(text, "号") {
			continue
		}
		open := strings.IndexAny(text, "〔[(﹝")
		if open < 0 {
			continue
		}
		_, size := utf8.DecodeRuneInString(text[open:])
		if y, n := ordinalYear(text[open+size:]); n > 0 {
			return y, text
		}
	}
	return 0, ""
}

// ordinalYear reads the four digits of a year that a bracket closes: 2016〕.
func ordinalYear(s string) (year, size int) {
	if len(s) < 5 || strings.IndexAny(s, "〕])﹞") != 4 {
		return 0, 0
	}
	year, err := strconv.Atoi(s[:4])
	if err != nil || year < 1900 || year >= 2100 {
		return 0, 0
	}
	return year, 4
}

// signOffs lists the blocks that hold the date of a sign-off, the last first.
func (a *article) signOffs() []int {
	if a.signed == nil {
		out := a.findSignOffs()
		a.signed = &out
	}
	return *a.signed
}

func (a *article) findSignOffs() []int {
	var out []int
	for i := len(a.blocks) - 1; i >= 0; i-- {
		if i < len(a.blocks)-tailBlocks && i > headBlocks {
			i = headBlocks
		}
		b := &a.blocks[i]
		if b.kind == schema.Row || utf8.RuneCountInString(b.text) > 60 || a.x.lex.Stamp.In(b.text) {
			continue
		}
		dated := onlyDate(b.text) && (strings.Contains(b.text, "日") || strings.Count(b.text, ".") == 2 || strings.HasSuffix(b.text, "月") && i > 0 && a.signs(&a.blocks[i-1]))
		under := i > 0 && (a.signs(&a.blocks[i-1]) || strings.HasPrefix(b.text, "(") && a.blocks[i-1].text == a.title)
		switch {
		case strings.HasSuffix(b.text, "印发"), dated && under, dated && i > a.body && i >= len(a.blocks)-tailBlocks,
			a.signs(&aBlock{text: cutDate(b.text)}) && cutDate(b.text) != b.text:
			out = append(out, i)
		}
	}
	return out
}

// about reports whether a text is about a year that it begins with: it does not go
// on to later ones, as the history of many years does, nor compares with it.
func (a *article) about(year int) bool {
	all, own, later, distinct, after := 0, 0, 0, map[int]bool{}, map[int]bool{}
	any, same, chronicle := map[int]bool{}, 0, !containsAny(a.title, a.x.lex.ReportTitle)
	for _, h := range a.years() {
		if h.year == year && a.x.comparedYear(a.text, h) {
			return false
		}
		if h.year > year+1 {
			after[h.year] = true
		}
		switch {
		case h.year == year:
			same++
		case h.year < year-1 || h.year > year+1:
			any[h.year] = true
		}
		if chronicle && h.year > year+2 && !containsEnd(a.text[:h.start], []string{"到", "至", "“"}) {
			return false // 1951年7月,…;1971年,…
		}
		if !a.x.ownYear(a.text, h) {
			continue
		}
		all++
		distinct[h.year] = true
		switch {
		case h.year == year:
			own++
		case h.year > year+1:
			later++
		}
	}
	if chronicle && len(any) >= 2 && 2*same < len(a.years()) {
		return false // a chronicle
	}
	return len(after) < 4 && (later == 0 || 2*own > all) && (len(distinct) < 3 || 5*own >= 2*all)
}

// comparedYear reports whether a year is the base of a comparison.
func (x *reader) comparedYear(text string, h yearHit) bool {
	tail := strings.TrimPrefix(strings.TrimLeft(text[h.end:], " "), "年")
	return x.lex.Compared.Ends(text[:h.start]) || x.lex.Compared.Starts(tail)
}

// years are all years of the text, but for those of what a site says above it; the stamp of news
// is their date.
func (a *article) years() []yearHit {
	if a.hits == nil {
		a.hits = []yearHit{}
		at, news := 0, a.x.lex.News.In(clipHead(a.text, 400))
		for _, h := range years(a.text, false) {
			for at < len(a.blocks) && at < headBlocks && a.blocks[at].start+len(a.blocks[at].text) <= h.start {
				at++
			}
			if at < len(a.blocks) && at < headBlocks && a.blocks[at].start <= h.start && a.siteSays(a.blocks[at].text) && !(news && !strings.ContainsAny(a.blocks[at].text, ">»")) {
				continue
			}
			a.hits = append(a.hits, h)
		}
	}
	return a.hits
}

// siteSays reports a line of a site: a stamp, a path of pages, or both on one line
// (首页 > 2018年工作总结 发布时间:2018-12-01).
func (a *article) siteSays(text string) bool {
	const most = 300 // bytes
	return len(text) < most && (a.x.lex.Stamp.In(text) || strings.ContainsAny(text, ">»") || strings.Contains(text, ":") && strings.Trim(text, "0123456789-/:年月日时分 ") == "")
}

// yearUnderTitle is that of a line in brackets right below the title: （2016年）, (2016年1-12月).
func (a *article) yearUnderTitle() (int, string) {
	for i := 1; i < len(a.blocks) && i < headBlocks; i++ {
		if !strings.HasSuffix(a.title, a.blocks[i-1].text) && a.blocks[i-1].kind != schema.Title {
			continue
		}
		text := strings.ReplaceAll(a.blocks[i].text, " ", "")
		inner, open := strings.CutPrefix(text, "(")
		inner, shut := strings.CutSuffix(inner, ")")
		hits := years(inner, false)
		if !open || !shut || len(hits) == 0 || hits[0].start > 0 || hits[0].day > 0 || a.x.distrusts(text) {
			continue
		}
		rest := strings.TrimPrefix(inner[hits[0].end:], "年")
		if strings.Contains(strings.NewReplacer("全年", "", "半年", "").Replace(rest), "年") {
			continue // (2016年-2020年)
		}
		if rest != "度" && strings.Trim(rest, "0123456789-—~至月度上下半全年") != "" {
			continue
		}
		return hits[0].year, text
	}
	return 0, ""
}

// yearOfText is the only year that a text speaks of, twice or at the front of a
// block: 2012年主要农产品产量. A text that masks years has none.
func (a *article) yearOfText() (int, string) {
	if a.x.distrust {
		return 0, ""
	}
	var first yearHit
	n := 0
	for _, h := range a.years() {
		if !a.x.ownYear(a.text, h) {
			continue
		}
		if n == 0 {
			first = h
		}
		if n++; h.year != first.year {
			return 0, ""
		}
	}
	if n > 0 && !a.about(first.year) {
		return 0, ""
	}
	if n >= 2 || n == 1 && a.front(first.start) {
		return first.year, a.text[first.start:first.end]
	}
	return 0, ""
}

// front reports whether a block begins at an offset of the text.
func (a *article) front(at int) bool {
	i := sort.Search(len(a.blocks), func(i int) bool { return a.blocks[i].start >= at })
	return i < len(a.blocks) && a.blocks[i].start == at
}

// yearInferred finds the year in words that leave no other.
func (a *article) yearInferred() (int, string) {
	for i := range a.blocks { // 三、2013年工作打算
		b := &a.blocks[i]
		if b.kind != schema.Heading || len(b.text) > 120 || cutNumber(b.text) == b.text || !a.x.planHeading(b.text) {
			continue
		}
		if y, ok := a.x.headingYear(b.text); ok {
			return y - 1, b.text
		}
	}
	return a.x.occasion(a.text)
}

// occasion is the year of an occasion that a text celebrates: 喜迎建党90周年,
// 十二五开局之年, 党的十八大召开之年.
func (x *reader) occasion(text string) (year int, words string) {
	first := len(x.lex.Occasions)
	x.lex.Befores.Each(text, func(at int, before string) {
		for i := range x.lex.Occasions[:first] {
			o := &x.lex.Occasions[i]
			if o.Before != before {
				continue
			}
			if y, size := celebrated(o, text[at+len(before):]); y > 0 {
				first, year, words = i, y, text[at:at+len(before)+size]
				return
			}
		}
	})
	return year, words
}

// celebrated is the year of an occasion whose first words stand before a text, 0 if
// the others do not follow, and how much of the text they take.
func celebrated(o *lexicon.Occasion, text string) (year, size int) {
	year = o.Year
	if o.Step > 0 { // a number stands between
		var n int
		if n, size = ordinalAt(text); n == 0 {
			return 0, 0
		}
		year += n * o.Step
	}
	if year < 1949 || year >= 2100 || !strings.HasPrefix(strings.TrimLeft(text[size:], "”\"」 规划时期的"), o.After) {
		return 0, 0
	}
	return year, min(size+len(o.After), len(text))
}

// ordinalAt reads a number below 1000 at the front of s, in either numerals, and
// its length in bytes: 90, 九十, 十二.
func ordinalAt(s string) (n, size int) {
	unit := 0
	for i, r := range s {
		d := hanDigit(r)
		if isDigit(r) {
			d = int(r - '0')
		}
		switch {
		case d >= 0 && (unit == 0 || isDigit(r)):
			unit = unit*10 + d
		case d >= 0:
			return 0, 0
		case r == '十':
			n += max(unit, 1) * 10
			unit = 0
		case r == '百':
			n += max(unit, 1) * 100
			unit = 0
		default:
			if n += unit; n > 999 {
				return 0, 0
			}
			return n, i
		}
		if i > 12 {
			return 0, 0
		}
	}
	if n += unit; n > 999 {
		return 0, 0
	}
	return n, len(s)
}

// years finds the years from 1900 to 2099 in a folded text, in either numerals:
// 2012年, 一九八二年, 二oo三年, 2009/05/22. With bare also those that another word
// follows: 数字山东2021行动方案.
func years(text string, bare bool) []yearHit {
	var out []yearHit
	y, n, start, han := 0, 0, 0, false
	for i, r := range text {
		d, isHanDigit := -1, false
		switch {
		case (r == 'o' || r == 'O' || r == '0') && n > 0: // 二OO三年, 二0一一年, 2O12年
			d, isHanDigit = 0, han
		case isDigit(r):
			d = int(r - '0')
		case hanDigit(r) >= 0:
			d, isHanDigit = hanDigit(r), true
		}
		if d >= 0 && (n == 0 || han == isHanDigit) {
			if n == 0 {
				start, han, y = i, isHanDigit, 0
			}
			if n++; n <= 5 {
				y = y*10 + d
			}
			continue
		}
		if n == 4 && y >= 1900 && y < 2100 {
			h := yearHit{year: y, start: start, end: i}
			if h.follow(text[i:], r, bare) {
				out = append(out, h)
			}
		}
		n = 0
		if d >= 0 {
			n, start, han, y = 1, i, isHanDigit, d
		}
	}
	return out
}

// follow reads what stands behind the digits of a year, and whether it makes one.
func (h *yearHit) follow(rest string, r rune, bare bool) bool {
	switch r {
	case ' ', '年':
		rest = strings.TrimLeft(rest, " ")
		t, ok := strings.CutPrefix(rest, "年")
		if !ok {
			return false
		}
		h.month, h.day = monthDay(t, "月", "日")
		return true
	case '-', '/', '.':
		h.month, h.day = monthDay(rest[1:], string(r), "")
		return h.month > 0 || bare && r == '-'
	}
	return bare && unicode.Is(unicode.Han, r) && !strings.ContainsRune("字元人户个米名亩篇项家万余多斤吨件千百亿次平公所", r)
}

// monthDay reads 5月22日 or 05/22 at the front of s; 0 if it is none.
func monthDay(s, sep, end string) (month, day int) {
	s = strings.TrimLeft(s, " ")
	month, size := ordinalAt(s)
	if strings.HasPrefix(s, "元月") {
		month, size = 1, len("元")
	}
	if month < 1 || month > 12 {
		return 0, 0
	}
	s, ok := strings.CutPrefix(strings.TrimLeft(s[size:], " "), sep)
	if !ok {
		if sep == "月" || s != "" && isDigit(firstOf(s)) {
			return 0, 0
		}
		return month, 0
	}
	s = strings.TrimLeft(s, " ")
	day, size = ordinalAt(s)
	if day < 1 || day > 31 || size > 0 && !strings.HasPrefix(strings.TrimLeft(s[size:], " "), end) {
		day = 0
	}
	return month, day
}

func firstOf(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// ownYear reports whether a year may be the one that a text reports on: it is not
// compared with, aimed at, the bound of a range, part of the name of a law or plan.
func (x *reader) ownYear(text string, h yearHit) bool {
	head, tail := text[:h.start], strings.TrimPrefix(strings.TrimLeft(text[h.end:], " "), "年")
	school := strings.HasPrefix(tail, "学年") // 2015-2016学年
	if !school && !x.lex.OwnBefore.Ends(head) && !strings.HasSuffix(head, "--") && strings.Trim(head, "- ") != "" && x.lex.NotOwnBefore.Ends(head) {
		return false
	}
	return !inTitleMarks(text, h) && (h.month > 0 || strings.HasPrefix(tail, "--") || partAhead.MatchString(tail) || !x.lex.NotOwnAfter.Starts(tail))
}

// partAhead is the part of its year that a report is on: 2013年前十个月工作总结.
var partAhead = regexp.MustCompile(`^前(?:[0-9一二三四五六七八九十]+个?月|[一二三]季度|[一二三]个季度)`)

// inTitleMarks reports whether a year stands in 《》.
func inTitleMarks(text string, h yearHit) bool {
	const most = 200 // bytes
	head, tail := text[max(0, h.start-most):h.start], text[h.end:min(len(text), h.end+most)]
	open, shut := strings.LastIndex(head, "《"), strings.Index(tail, "》")
	return open >= 0 && strings.LastIndex(head, "》") < open && shut >= 0
}

func hasPrefixOf(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(s, w) })
}

// onlyDate reports whether a folded text is a date, perhaps with a time, and
// nothing else.
func onlyDate(s string) bool {
	return s != "" && cutDate(s) == ""
}

// shortDate is a day of a year that has two digits: 八四年十二月十九日.
var shortDate = regexp.MustCompile(`[〇○零一二三四五六七八九0-9]{2}年[元一二三四五六七八九十0-9]{1,3}月[一二三四五六七八九十0-9]{1,3}日$`)

// cutDate is what a text has besides its date: 青岛市工业和信息化局办公室 of
// 青岛市工业和信息化局办公室 2020年9月22日印发.
func cutDate(s string) string {
	s = strings.Trim(s, "() ")
	hits := years(s, false)
	if len(hits) == 0 {
		return shortDate.ReplaceAllString(s, "")
	}
	end := hits[0].end + len(s[hits[0].end:]) - len(strings.TrimLeft(s[hits[0].end:], "0123456789〇○零一二三四五六七八九十元年月日-/.: "))
	return strings.TrimSpace(s[:hits[0].start] + strings.TrimPrefix(s[end:], "印发"))
}

// yearIn is the first year from 1900 to 2099 in a text: ２０２１年, 2012年度, 一九八二年.
func yearIn(text string) int {
	if hits := years(strings.Map(foldRune, text), false); len(hits) > 0 {
		return hits[0].year
	}
	return 0
}

// maskedYear is where a folded text masks a year, -1 if it does not.
func (x *reader) maskedYear(text string) int {
	at := -1
	for _, mark := range x.lex.MaskedYear {
		if i := strings.Index(text, strings.Map(foldRune, mark)); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	return at
}

// yearOfFile is the one year in the name of a file that names a report: 2015工作总结.txt.
func (a *article) yearOfFile() (int, string) {
	name := strings.Map(foldRune, filepath.Base(filepath.FromSlash(a.x.doc.Source)))
	if hits := years(name, true); len(hits) == 1 && containsAny(name, a.x.lex.ReportTitle) && a.x.ownYear(name, hits[0]) && !a.x.distrusts(name) {
		return hits[0].year, name
	}
	return 0, ""
}
