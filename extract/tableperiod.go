package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// Times that stand in heads, rows and captions of tables: 2012, 2018年1-3月,
// 上半年, 一季度, 2011-2012年. What is printed is kept; dates are given where
// year and months are certain.

// timeForms are tried in this order: the first that matches is the time.
var timeForms = []struct {
	form *regexp.Regexp
	read func(m []string, year int) (start, end string)
}{
	{regexp.MustCompile(`((?:19|20)\d\d)年?[-~至](?:((?:19|20)\d\d))(?:年度?|$)`), span(groups{1}, groups{2})},
	{regexp.MustCompile(`((?:19|20)\d\d)年(\d{1,2})月[-~至到]((?:19|20)\d\d)年(\d{1,2})月`), span(groups{1, 2}, groups{3, 4})},
	{regexp.MustCompile(`((?:19|20)\d\d)年(\d{1,2})月?[-~至](\d{1,2})月份?`), span(groups{1, 2}, groups{1, 3})},
	{regexp.MustCompile(`(?:^|\D)(?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})(?:日?[-~至](?:(\d{1,2})月)?(\d{1,2}))?日(?:[夜晚]间?|凌晨|清晨|[上中下]午|傍晚)?`), span(groups{1, 2, 3}, groups{1, 4, 5})},
	{regexp.MustCompile(`(?:^|\D)(?:((?:19|20)\d\d)年)?(\d{1,2})月份?([上中下]旬)`), third},
	{regexp.MustCompile(`((?:19|20)\d\d)[-./](\d{1,2})[-./](\d{1,2})日?$`), span(groups{1, 2, 3}, groups{})},
	{regexp.MustCompile(`((?:19|20)\d\d)年(\d{1,2})月[份末底]?`), span(groups{1, 2}, groups{})},
	{regexp.MustCompile(`((?:19|20)\d\d)年?(上半年|下半年|前三季度|全年|第?[一二三四1-4]季度|[一1][-~至][二三2-3]季度)`), spanOfYear(1, 2)},
	{regexp.MustCompile(`((?:19|20)\d\d)年度?[末底初]?`), span(groups{1}, groups{})},
	{regexp.MustCompile(`(\d{1,2})月?[-~至](\d{1,2})月份?`), span(groups{0, 1}, groups{0, 2})},
	{regexp.MustCompile(`(^全年$|上半年|下半年|前三季度|第?[一二三四1-4]季度|[一1][-~至][二三2-3]季度)`), spanOfYear(0, 1)},
	{regexp.MustCompile(`(?:^|\D)(\d{1,2})月[份末底]?`), span(groups{0, 1}, groups{})},
	{regexp.MustCompile(`^(?:((?:19|20)\d\d)年)?(十?[一二三四五六七八九十])月[份末底]?$`), span(groups{1, 2}, groups{})},
	{dayAlone, func([]string, int) (string, string) { return "", "" }},
	{regexp.MustCompile(`(上年同期|去年同期|上年|去年)`), func(_ []string, year int) (string, string) { return dates(year-1, 0, 0, 0) }},
	{regexp.MustCompile(`(本年|今年)`), func(_ []string, year int) (string, string) { return dates(year, 0, 0, 0) }},
	{regexp.MustCompile(`“?[一二三四五六七八九十]{1,2}五”?(?:时期|期间|期末)`), func([]string, int) (string, string) { return "", "" }},
}

// groups are those of a form that hold year, month and day; 0 is none.
type groups [3]int

// span reads a form that gives the first and the last day, month or year. What a group does not tell is
// as before it, at first the year of the report.
func span(first, last groups) func(m []string, year int) (start, end string) {
	return func(m []string, year int) (string, string) {
		from := first.in(m, groups{year})
		start, _ := from.dates()
		_, end := last.in(m, from).dates()
		return inOrderOfTime(start, end)
	}
}

func (g groups) in(m []string, date groups) groups {
	for i, n := range g {
		if n > 0 && m[n] != "" {
			date[i] = cmp.Or(monthOf(m[n]), -1)
		}
	}
	return date
}

// dates is the first and the last day of a date, or of its month or year; none where there is no such day.
func (g groups) dates() (start, end string) {
	if g[1] < 0 || g[1] > 12 || g[2] < 0 || g[2] > 31 {
		return "", ""
	}
	return dates(g[0], g[1], g[1], g[2])
}

// third reads 4月中旬; the last third ends with the month.
func third(m []string, year int) (start, end string) {
	month := groups{1, 2}.in(m, groups{year})
	n := strings.Index("上中下", m[3][:len("上")]) / len("上") * 10
	start, _ = groups{month[0], month[1], n + 1}.dates()
	if n < 20 {
		month[2] = n + 10
	}
	_, end = month.dates()
	return inOrderOfTime(start, end)
}

// monthOf reads 3, 三 and 十二.
func monthOf(s string) int {
	if n := strings.Index("一二三四五六七八九十", strings.TrimPrefix(s, "十")) / len("一"); s != "" && s[0] >= utf8.RuneSelf {
		return n + 1 + 10*(utf8.RuneCountInString(s)-1)
	}
	return smallInt(s)
}

// inOrderOfTime is a span whose end does not lie before its start, and both are known.
func inOrderOfTime(start, end string) (string, string) {
	if start == "" || end < start {
		return "", ""
	}
	return start, end
}

// spanOfYear reads 上半年 and 一季度.
func spanOfYear(y, part int) func(m []string, year int) (string, string) {
	return func(m []string, year int) (string, string) {
		if y > 0 {
			year = smallInt(m[y])
		}
		if half, ok := halves[m[part]]; ok {
			return dates(year, half[0], half[1], 0)
		}
		q := strings.Trim(numerals.Replace(m[part]), "第季度")
		return dates(year, int(q[0]-'0')*3-2, int(q[len(q)-1]-'0')*3, 0)
	}
}

var (
	halves   = map[string][2]int{"上半年": {1, 6}, "下半年": {7, 12}, "前三季度": {1, 9}, "全年": {}}
	numerals = strings.NewReplacer("一", "1", "二", "2", "三", "3", "四", "4")
)

// timeIn finds the time in a head, and what is left of it. Of what a figure is
// only compared with (比上年增长, 上年=100) it makes none, nor of a duration.
func timeIn(doc string, c cell, year int) (p schema.Period, rest string) {
	s := c.text
	if bareYear.MatchString(s) {
		start, end := dates(smallInt(s), 0, 0, 0)
		return schema.Period{Printed: printedAs(c.In(doc), s), Start: start, End: end}, ""
	}
	if !strings.ContainsAny(s, "年月日季期旬") && !yearSpan.MatchString(s) && !anyDate.MatchString(s) {
		return schema.Period{}, s
	}
	for _, t := range timeForms {
		at := t.form.FindStringSubmatchIndex(s)
		if at == nil {
			continue
		}
		from, to := at[0], at[1]
		from += max(0, strings.IndexFunc(s[from:to], func(r rune) bool { // the rune before 3月 is no part of it
			return isDigit(r) || strings.ContainsRune("上下前全第一二三四五六七八九十去本今“", r)
		}))
		before, after := s[:from], s[to:]
		if containsEnd(before, []string{"比", "较", "与", "同", "为", "占", "超"}) || strings.HasPrefix(after, "=100") || strings.HasPrefix(after, "为100") || openEnd.MatchString(after) {
			return schema.Period{}, s
		}
		m := make([]string, len(at)/2)
		for i := range m {
			if at[2*i] >= 0 {
				m[i] = s[at[2*i]:at[2*i+1]]
			}
		}
		p.Start, p.End = t.read(m, year)
		p.Printed = printedAs(c.In(doc), s[from:to])
		if since, ok := strings.CutPrefix(after, "起"); ok {
			p.Printed, p.End, after = p.Printed+"起", "", since
		}
		if moment(p.Printed) {
			p.Start = ""
		}
		if isRelative(s[from:to]) {
			return p, s // 上年决算数 keeps its word: its siblings need it
		}
		return p, strings.Trim(before+after, " ,、的")
	}
	return schema.Period{}, s
}

// dayAlone is a day or a third of a month that stands elsewhere: 13日, 中旬.
var dayAlone = regexp.MustCompile(`^(?:[0-9]{1,2}日|[上中下]旬)$`)

// dayOfMonth puts the month of the table, or else of the lines that its article begins with, before a day.
func (x *reader) dayOfMonth(t schema.Period) schema.Period {
	day := foldCell(t.Printed)
	if !dayAlone.MatchString(day) {
		return t
	}
	month := x.sheet.period
	if a := x.doc.ArticleAt(x.doc.Blocks[x.sheet.first].Start); a != nil && !ofMonth(month) {
		month = x.monthOpening(x.doc.Blocks[x.doc.BlockAt(a.Start):])
	}
	if at := strings.Index(month.Printed, "月"); at > 0 && ofMonth(month) {
		return retold(month, month.Printed[:at+len("月")]+t.Printed)
	}
	return t
}

// sinceJanuary gives 上年同期 and 本年累计 the months that a table of a month tells, or of some: 累计 of 2016年9月
// are those to September.
func (x *reader) sinceJanuary(t schema.Period, heads string) schema.Period {
	table, word := x.sheet.period, foldCell(t.Printed)
	sum, same := strings.Contains(heads, "累计"), strings.HasSuffix(word, "同期")
	if !isRelative(word) || !sum && !same || t.Start == "" || table.Start == "" || table.End == "" || table.Start == table.End || table.Start[:4] != table.End[:4] {
		return t
	}
	from := 1
	if !sum {
		from = smallInt(table.Start[5:7])
	}
	t.Start, t.End = dates(smallInt(t.Start[:4]), from, smallInt(table.End[5:7]), 0)
	return t
}

// sinceYearBegan is the time of 累计 beside 本月 in a table of a month: from January on; none if that is not so.
func (x *reader) sinceYearBegan(heads string) (t schema.Period) {
	table := x.sheet.period
	month := func(k column) bool {
		return strings.ContainsAny(k.first, "本当") && strings.Contains(k.first, "月") && !strings.Contains(k.first, "累计")
	}
	if strings.Contains(heads, "累计") && ofMonth(table) && slices.ContainsFunc(x.sheet.cols, month) {
		t = schema.Period{Printed: "累计", Start: table.Start[:5] + "01-01", End: table.End}
	}
	return t
}

// endOfEntry is a month, or its last day, that stands behind what a form asks for: 编制单位:某公司 2018年6月.
func (x *reader) endOfEntry(span schema.Span, text string) (t schema.Period) {
	at := monthBehind.FindStringIndex(text)
	if at == nil || at[0] == 0 || strings.HasSuffix(text[:at[0]], ":") {
		return t
	}
	t, _ = timeIn(x.doc.Text, cell{Span: span, text: text[at[0]:]}, x.year)
	if len(t.End) < len("2006-01-02") {
		return schema.Period{}
	}
	month := smallInt(t.End[5:7])
	if _, end := dates(smallInt(t.End[:4]), month, month, 0); t.End != end {
		return schema.Period{} // the day of the entry
	}
	return t
}

var monthBehind = regexp.MustCompile(`(?:19|20)[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?$`)

// retold is a time that is told by its place in another: 13日 of 2013年6月, 中旬 of 4月.
func retold(outer schema.Period, printed string) schema.Period {
	year := 0
	if len(outer.Start) > 4 {
		year = smallInt(outer.Start[:4])
	}
	t, _ := timeIn(printed, cell{text: foldCell(printed)}, year)
	t.Printed = printed
	return t
}

// monthOpening is the month in the lines that an article begins with.
func (x *reader) monthOpening(blocks []schema.Block) schema.Period {
	for _, k := range blocks[:min(4, len(blocks))] {
		if k.Kind == schema.Row || k.Len() > maxNote {
			break
		}
		if t, _ := timeIn(x.doc.Text, cell{Span: k.Span, text: foldCell(k.In(x.doc.Text))}, x.year); ofMonth(t) {
			return t
		}
	}
	return schema.Period{}
}

// ofMonth reports a time of a month of a year, and of no day.
func ofMonth(t schema.Period) bool {
	return len(t.Start) == len("2006-01-02") && len(t.End) == len(t.Start) && t.Start[:7] == t.End[:7] && t.Start != t.End
}

// openEnd makes a year one of many: 2024年及以后.
var openEnd = regexp.MustCompile(`^[及和]?[以之][来后前]`)

func isRelative(s string) bool {
	return strings.HasPrefix(s, "上年") || strings.HasPrefix(s, "去年") || s == "本年" || s == "今年"
}

// ownYear reports a time that tells its year itself: 2018年, 上年同期; 上半年 does not.
func ownYear(s string) bool { return beginsWithYear.MatchString(digitYears(s)) || isRelative(s) }

// onlyYear reports a year that is told by its place: 本年, 上年; 上年同期 is more.
func onlyYear(s string) bool { return isRelative(s) && !strings.HasSuffix(s, "期") }

var beginsWithYear = regexp.MustCompile(`^(?:19|20)[0-9]{2}(?:$|[^0-9])`)

// printedAs finds the words of a folded time in the text as printed.
func printedAs(raw, folded string) string {
	want := []rune(folded)
	r := []rune(raw)
	for i := range r {
		k, j := 0, i
		for j < len(r) && k < len(want) {
			switch f := foldRune(r[j]); {
			case f == want[k] || isDigit(want[k]) && yearDigit(f) == int(want[k]-'0'):
				k++
			case f == ' ' || f == '\n':
			default:
				j = len(r)
			}
			j++
		}
		if k == len(want) && j <= len(r) {
			return string(r[i:j])
		}
	}
	return folded
}
