package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// Headings tell what a section is about (1、城市低保) and whether it holds
// results or intentions (三、2013年工作打算).

// setHeading reads the topic and the mood of a heading.
func (x *reader) setHeading(h *heading) {
	folded := strings.Map(foldRune, h.text)
	h.results = !x.planHeading(folded) && (containsAny(folded, x.lex.ResultHeading) || x.inResults())
	if h.results && containsAny(folded, x.lex.ResultHeading) {
		x.future = false
	}
	h.planned = (x.inPlan() && !containsAny(folded, x.lex.ProblemHeading) || x.planHeading(folded)) && !containsAny(folded, x.lex.ResultHeading) || containsAny(folded, x.lex.PlanSure)
	x.line.set(h.text, schema.Span{End: len(h.text)})
	if !h.planned || x.inPlan() {
		h.time = x.sectionPeriod()
	}
	if t := x.headingTime(h.planned); t.Printed != "" {
		h.time = t
	}
	h.topic = x.topicOf(phrase{0, len(x.line.r)})
}

// headingTime is the time that the heading at hand names for what stands below it: the year of intentions, 四、2022年工作计划,
// several years, 一、过去五年工作回顾, or the time that it begins with, which is not told for sure where it may be that of a
// thing: 2007年工作情况, but 2007年扶贫项目.
func (x *reader) headingTime(planned bool) (p schema.Period) {
	text := string(x.line.r)
	year := yearIn(text)
	if i := slices.IndexFunc(x.lex.SpanHeading, func(w string) bool { return strings.Contains(text, w) }); i >= 0 {
		return schema.Period{Printed: x.lex.SpanHeading[i]}
	}
	if planned && year > 0 {
		p = schema.Period{Printed: yearWord(year)}
		p.Start, p.End = dates(year, 0, 0, 0)
		return p
	}
	at, p := x.timeLed()
	if rest := string(x.line.r[at.to:]); wholeYear(p) && strings.Trim(rest, "。:： )") != "" && !strings.Contains(rest, "工作") {
		p.Start, p.End = "", ""
	}
	return p
}

// planHeading reports a heading that announces intentions: by its words, or by
// a year after the one that the article reports on.
func (x *reader) planHeading(text string) bool {
	if containsAny(text, x.lex.ProblemHeading) {
		return false // 六、问题与明年设想: its sentences tell
	}
	text = strings.TrimRight(text, "。:： \n")
	if containsAny(text, x.lex.PlanHeading) {
		return true
	}
	if utf8.RuneCountInString(text) <= 14 {
		for _, w := range x.lex.PlanEnd {
			if head, ok := strings.CutSuffix(text, w); ok && !containsEnd(head, x.lex.PlanManner) { // 超额完成造林任务
				return true
			}
		}
	}
	y := yearIn(text)
	return y > 0 && x.year > 0 && y > x.year
}

// dayAtEnd is a line that ends with a day, below a title or a body: when the text came out, and no heading.
var dayAtEnd = regexp.MustCompile(`年[0-9０-９一二三四五六七八九十]{1,3}月[0-9０-９一二三四五六七八九十]{1,3}日[)）]?\s*$`)

// inPlan reports whether the headings above make the text one of intentions.
func (x *reader) inPlan() bool {
	return len(x.headings) > 0 && x.headings[len(x.headings)-1].planned
}

// inResults reports whether the headings above make the text one of results.
func (x *reader) inResults() bool {
	return len(x.headings) > 0 && x.headings[len(x.headings)-1].results
}

// setArticle reads the mood of an article's title.
func (x *reader) setArticle(a *schema.Article) {
	x.scope.reset()
	x.section, x.future = "", false
	title := strings.Map(foldRune, a.Title)
	x.title = title
	x.year = x.yearOf(a.N)
	x.spoken = x.yearSpoken(title)
	x.falling = fallSigned(x.doc.Text[a.Start:a.End])
	x.plan = !containsAny(title, x.lex.ReportTitle) &&
		(containsAny(title, x.lex.PolicyTitle) || x.normative(x.doc.Text[a.Start:min(a.End, a.Start+policySample)]))
}

// yearSpoken is the year in which a report says 去年 and 今年: the one after that which it reports on, where it is given to an
// assembly, 2011年政府工作报告 with what was done in 2010.
func (x *reader) yearSpoken(title string) int {
	if i := slices.IndexFunc(x.years, func(o schema.Origin) bool { return o.Article == x.article && o.YearFrom.Method == "meeting" }); i >= 0 {
		return yearIn(x.years[i].YearFrom.Words + "年")
	}
	if x.year > 0 && containsAny(title, x.lex.SpokenTitle) && !strings.Contains(digitYears(title), strconv.Itoa(x.year)) {
		return x.year + 1
	}
	return x.year
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// topicOf is the noun that a heading or a short sentence begins with:
// (一)城乡低保实现应保尽保 is about 城乡低保.
func (x *reader) topicOf(p phrase) string {
	r := x.line.r
	if p.to-p.from <= 4 && p.from < p.to && (r[p.from] == '篇' || r[p.from] == '第') {
		return "" // 篇二, 第一篇
	}
	p = x.pastChapter(p)
	if x.holdsAny(p, x.lex.SiteHeading) {
		return ""
	}
	p = x.pastNumber(p)
	p.to = min(p.to, p.from+topicWithin)
	toks := x.topicTokens(x.tokens(p, nil))
	if !x.laterNoun(toks) {
		return "" // 精心安排
	}
	text := x.joined(toks)
	for _, w := range x.lex.HeadingEnd {
		text = strings.TrimSuffix(text, w)
	}
	if utf8.RuneCountInString(text) < 2 || has(x.lex.NoTopic, text) || slices.ContainsFunc(toks, func(t token) bool { return t.tag == "c" || x.is(t, "、") || x.is(t, "与") }) || containsEnd(text, x.lex.Office) {
		return ""
	}
	return clipHead(text, 10)
}

// topicTokens are those of the tokens of a heading that name its topic: 城乡|低保 of
// 切实|做好|城乡|低保|工作.
func (x *reader) topicTokens(toks []token) []token {
	from := 0
	for from < len(toks) && x.leadsTopic(toks, from) {
		from++
	}
	end := from
	for end < len(toks) && !x.endsTopic(toks, from, end) {
		end++
	}
	for end > from && (x.among(toks[end-1], x.lex.HeadingEnd) || toks[end-1].filler() || toks[end-1].tag == "a" && toks[end-1].class == 0) {
		end--
	}
	return toks[from:end]
}

// leadsTopic reports whether a token stands before the topic: 今年, 切实, 我县, 做好.
func (x *reader) leadsTopic(toks []token, i int) bool {
	t := toks[i]
	return t.filler() || t.is(lexicon.Time|lexicon.Plan|lexicon.Light) || x.ownPlace(t) ||
		t.verbal() && !t.is(lexicon.Nominal) && i+1 < len(toks) && toks[i+1].content()
}

// endsTopic reports whether a token is the first behind a topic that begins at from:
// 工作, 实现 of 城乡低保实现应保尽保.
func (x *reader) endsTopic(toks []token, from, i int) bool {
	t := toks[i]
	switch {
	case x.is(t, "工作"), t.filler() && !x.binds(toks, i), t.is(lexicon.Time | lexicon.Change | lexicon.Level | lexicon.Light):
		return true
	case t.to-toks[from].from > 10:
		return true
	case !t.verbal() || t.is(lexicon.Generic) || i == from || i+1 == len(toks):
		return false
	}
	next := toks[i+1]
	return !next.is(lexicon.Generic|lexicon.Measure) && !x.is(next, "工作") && !next.verbal()
}

// pastNumber passes over what a heading is counted by: 1. (二) ③ 一是.
func (x *reader) pastNumber(p phrase) phrase {
	r := x.line.r
	for ; p.from < p.to; p.from++ {
		c, end := r[p.from], p.from+1
		for end < p.to && hanCount(c) && hanCount(r[end]) { // 十二、
			end++
		}
		counts := isDigit(c) || isPunct(c) || c == ' ' || c == '-' || c > 0x2460 && c < 0x2500
		if !counts && !(isHan(c) && end < p.to && isPunct(r[end])) {
			break
		}
		p.from = end - 1
	}
	if p.to-p.from > 2 && hanDigit(r[p.from]) > 0 && r[p.from+1] == '是' {
		p.from += 2
	}
	return p
}

// hanCount reports a character of a Chinese number below a hundred.
func hanCount(r rune) bool { return r == '十' || hanDigit(r) > 0 }

// pastChapter passes over the number of a chapter: 第一节|历年灾害.
func (x *reader) pastChapter(p phrase) phrase {
	if x.line.at(p.from) != '第' {
		return p
	}
	for i := p.from + 1; i < min(p.to, p.from+5); i++ {
		switch x.line.r[i] {
		case '章', '节', '篇', '编', '部':
			return phrase{i + 1, p.to}
		}
	}
	return p
}

// topicWithin is how many characters of a heading hold its topic.
const topicWithin = 40

// policySample is how many bytes of an article tell whether it is a policy.
const policySample = 6000

// normative reports a text that lays down what will be given to whom: policies
// and measures. Their words outnumber those of what was done (policy.txt).
func (x *reader) normative(text string) bool {
	x.line.set(text, schema.Span{End: len(text)})
	count := [3]int{}
	r := x.line.r
	for i := 0; i < len(r); i++ {
		if n, v := x.lex.Policy.Longest(r[i:]); n > 0 {
			count[v]++
			i += n - 1
		}
	}
	rules, done := count[lexicon.PolicyRule], count[lexicon.PolicyDone]
	return rules >= 4 && rules > 2*done || count[lexicon.PolicyAct] >= 8 && count[lexicon.PolicyAct] > 3*done
}
