package panel

// Which figure is a cell. A figure that is no cell has a reason; the table of rules
// is the registry and its order the precedence.

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingxi/extract/indicator"
	"mingxi/extract/region"
	"mingxi/schema"
)

// A Reason says why a candidate is no cell.
type Reason string

// The reasons, as they stand in the companion file.
const (
	planned       Reason = "planned"
	changed       Reason = "a change, not a level"
	constant      Reason = "at constant prices"
	nominal       Reason = "at current prices"
	oldMoney      Reason = "in money before 1955-03-01"
	onBase        Reason = "held against another base"
	formerLevel   Reason = "the level before a rise or fall"
	elsewhere     Reason = "of another place"
	ofBody        Reason = "of a body that is not the region"
	yearBefore    Reason = "of the same time of the year before"
	levelOwn      Reason = "of the level alone (市本级), not of all"
	aRange        Reason = "a range"
	manyYears     Reason = "over several years"
	partOfYear    Reason = "part of the year"
	notYearEnd    Reason = "a stock, not at the year's end"
	undated       Reason = "its time is not known"
	ahead         Reason = "of a year after that of its report"
	noYear        Reason = "the report's year is not known"
	noRegion      Reason = "the report's region is not known"
	otherUnit     Reason = "its unit does not convert"
	otherPer      Reason = "it is per something else"
	divided       Reason = "its region was divided since"
	merged        Reason = "its region was merged into another since"
	madeOf        Reason = "its region was made of several of the year asked for"
	notTranslated Reason = "its region has no code in the year asked for, or is a part of one"
)

// Status is a letter of the SDMX code list CL_OBS_STATUS (version 2.2, sdmx.org).
type Status string

// The letters in use.
const (
	Normal      Status = "A"
	Break       Status = "B" // the region gave up or took over a part on the way to the year asked for
	Estimated   Status = "E" // 约, 近, 余
	Forecast    Status = "F" // a plan; never a cell
	Missing     Status = "O" // candidates conflict and none is preferred
	Provisional Status = "P" // 初步统计, 快报
	Suppressed  Status = "Q" // masked by a sharing site
	Unreliable  Status = "U" // its digits were replaced, or the report's own arithmetic contradicts it
)

// A figure is a metric on its way to a cell.
type figure struct {
	metric    *schema.Metric
	next      *schema.Metric // the one behind it in the document, if there is one
	last      *schema.Metric // and the one before it
	indicator *indicator.Indicator
	origin    schema.Origin
	title     string
	sentence  string
	before    string // the sentence up to the figure
	behind    string // and behind it
	paragraph string // up to the sentence
	words     words
	bases     *indicator.Bases
	places    *region.Table
	above     string // another place that the lines above name: 二、麒麟区
}

// rules say what is no cell whatever its time.
var rules = []struct {
	reason Reason
	holds  func(*figure) (bool, string)
}{
	{planned, func(f *figure) (bool, string) { return f.intended(), "" }},
	{changed, func(f *figure) (bool, string) {
		return f.metric.Kind == schema.Change && f.indicator.Nature != "rate", ""
	}},
	{constant, func(f *figure) (bool, string) { return f.flag("constant_price") && !f.real(), "" }},
	{nominal, func(f *figure) (bool, string) { return f.flag("current_price") && f.real(), "" }},
	{oldMoney, func(f *figure) (bool, string) { return f.flag("old_yuan"), "" }},
	{onBase, (*figure).onBase},
	{formerLevel, (*figure).former},
	{levelOwn, (*figure).ofLevel},
	{elsewhere, (*figure).elsewhere},
	{ofBody, (*figure).ofBody},
	{manyYears, (*figure).spans},
	{notYearEnd, func(f *figure) (bool, string) { return f.stock() && f.words.ends(f.before, "Mean"), "" }},
	{manyYears, func(f *figure) (bool, string) { return f.flag("sum_of_years"), "" }},
	{yearBefore, (*figure).ofYearBefore},
	{partOfYear, (*figure).ofEvent},
	{aRange, func(f *figure) (bool, string) { return f.metric.Approx == schema.Range || f.metric.Max.Known(), "" }},
	{otherPer, (*figure).otherPer},
	{changed, (*figure).gained},
}

// gained is what came to a stock: 新建敬老院3所, or belongs to it: 新建敬老院3所,床位150张.
func (f *figure) gained() (bool, string) {
	if f.indicator.Nature != "stock" || f.words.in(f.indicator.NameZH, "Gained") {
		return false, ""
	}
	if m := f.last; m != nil && m.Sentence == f.metric.Sentence && m.Unit != f.metric.Unit {
		for _, w := range f.words["Gained"] {
			_, thing, ok := strings.Cut(m.Label, w)
			if ok && thing != "" && strings.HasPrefix(f.metric.Label, thing) {
				return !f.words.in(f.before[max(0, len(f.before)-(f.metric.Start-m.End)):], "Stands"), m.Label
			}
		}
	}
	return f.words.in(f.metric.Label, "Gained"), ""
}

// dayName is how an event is called by its day: “7·09”洪灾, “10·1”黄金周.
var dayName = regexp.MustCompile(`[0-9]{1,2}[·•・‧][0-9]{1,2}`)

// ofEvent is a flow of one event, by the clauses before it up to a ;. 春节慰问资金 is of one by its name.
func (f *figure) ofEvent() (bool, string) {
	clause := f.before[strings.LastIndexAny(f.before, "；;。")+1:]
	name := dayName.FindString(clause)
	if name == "" && f.words.in(clause, "Event") {
		name = clause
	}
	ofIt := func(feast string) bool {
		return strings.Contains(clause, feast) && slices.ContainsFunc(f.indicator.Aliases, func(a string) bool { return strings.Contains(a, feast) })
	}
	return name != "" && !f.stock() && !f.words.in(clause, "WholeYear") && !slices.ContainsFunc(f.words["Feast"], ofIt), name
}

// intended is a plan, or what a budget has or others demand: 收入安排4.8亿元, 按照发放1000万元的要求.
func (f *figure) intended() bool {
	return f.metric.Status == schema.Planned || f.words.ends(f.before, "Budgeted") || f.words.begins(f.behind, "Demanded")
}

// refused is the first rule that makes the figure no cell.
func (f *figure) refused() (Reason, string) {
	for _, r := range rules {
		if is, note := r.holds(f); is {
			return r.reason, note
		}
	}
	return "", ""
}

func (f *figure) flag(name string) bool { return slices.Contains(f.metric.Flags, name) }

// real reports a growth that is at constant prices by definition, whether its text says so or not: that of the gross
// product and of value added.
func (f *figure) real() bool {
	return f.metric.Kind == schema.Change && f.indicator.Prices == "constant"
}

// onBase is what is held against something: a share of it; a rate of growth only if that is not the year
// before, also if nobody says what it is: 五年来,地区生产总值增长66%.
func (f *figure) onBase() (bool, string) {
	base := f.metric.Slots.Base
	if f.metric.Kind == schema.Change {
		return !f.bases.OnYearBefore(f.metric, f.origin.Year, f.before), base
	}
	return base != "", base
}

// former is the first figure of 由161元提高到282元.
func (f *figure) former() (bool, string) {
	n := f.next
	return n != nil && slices.Contains(n.Flags, "to") && n.Sentence == f.metric.Sentence && (n.Code == f.metric.Code || n.Code == "") && n.Unit == f.metric.Unit, ""
}

// ofLevel is a figure of such a part, by its place, its label, the words of its clauses up to
// a ; or the heading that it stands below: 市本级:城市低保对象1200户.
func (f *figure) ofLevel() (bool, string) {
	m := f.metric
	clause := f.before[strings.LastIndexAny(f.before, "；;。")+1:]
	heading := lastHeading(m.Section)
	for _, w := range f.words["All"] {
		if i := strings.LastIndex(clause, w); i >= 0 {
			clause, heading = clause[i:], ""
		}
	}
	words := strings.Join([]string{m.Slots.Place, m.Label, clause, heading}, "\n")
	for _, w := range f.words["Level"] {
		if f.namesLevel(words, w) && !strings.Contains(f.origin.Region.Name, w) { // but 城区 is a district, too
			return true, w
		}
	}
	return false, ""
}

// levelCode is the indicator that a figure without one would have if its label did not say that it is of the level
// alone: 市本级财政总收入.
func (b *Builder) levelCode(d *schema.Document, r *schema.Reading, m *schema.Metric) string {
	if b.o.Vocabulary == nil {
		return ""
	}
	for _, w := range b.words["Level"] {
		before, behind, ok := strings.Cut(m.Label, w)
		if ok && behind != "" && utf8.RuneCountInString(before) < 2 && (&figure{words: b.words}).namesLevel(m.Label, w) {
			return b.o.Vocabulary.CodeAs(behind, d, r, m)
		}
	}
	return ""
}

// lastHeading is the heading right above a figure.
func lastHeading(section string) string {
	return strings.TrimSpace(section[strings.LastIndex(section, ">")+1:])
}

// namesLevel reports a word for a part of a region; in 全县城市低保 and 全市直接损失 other
// words begin in it.
func (f *figure) namesLevel(words, level string) bool {
	for {
		before, behind, ok := strings.Cut(words, level)
		if !ok {
			return false
		}
		if r, _ := utf8.DecodeRuneInString(behind); !f.words.ends(before, "Whole") && (behind == "" || !slices.Contains(f.words["NotLevel"], string(r))) {
			return true
		}
		words = behind
	}
}

// spans is a figure of several years whose time has no dates: 五年来,发放低保金…; or one of a flow without a time in a
// paragraph that opens so; or of the time since something that is no date: 换届以来, 自低保制度建立以来.
func (f *figure) spans() (bool, string) {
	opening, rest, _ := strings.Cut(strings.NewReplacer("，", ",", "。", ",").Replace(f.paragraph), ",")
	if years := eachYear.FindStringSubmatch(f.behind); years != nil && years[1] != years[2] && f.indicator.Nature == "flow" {
		return true, years[0]
	}
	if f.metric.Period.Printed == "" && f.indicator.Nature == "flow" && f.words.in(opening, "Span") && !f.words.in(rest, "WholeYear") && !yearIn.MatchString(rest) {
		return true, opening
	}
	clause := f.before[strings.LastIndexAny(f.before, "；;。")+1:]
	p := f.metric.Period
	since, _, found := strings.Cut(clause, "以来")
	found = found && f.indicator.Nature == "flow" && !f.words.ends(since, "Dated")
	return (found || f.words.in(clause, "Span")) && (p.Start == "" || p.End == "" || f.words.in(p.Printed, "Span") || yearOf(p.Start) == f.origin.Year && !strings.Contains(p.Printed, "年")), p.Printed
}

// eachYear is a bracket that tells a figure year by year: 3600万元(2017年1100万元,2018年…).
var eachYear = regexp.MustCompile(`^[(（]((?:19|20)[0-9]{2})年[^()（）]*?[,，、;；]((?:19|20)[0-9]{2})年[^()（）]*[)）]`)

// yearIn finds a year: 2012年.
var yearIn = regexp.MustCompile(`(?:19|20)[0-9]{2}年`)

// ofYearBefore is 上年同期发放500万元, but not 比上年同期增加500万元.
func (f *figure) ofYearBefore() (bool, string) {
	clause := f.before[strings.LastIndexAny(f.before, "，,；;。")+1:]
	for _, w := range f.words["Former"] {
		if i := strings.LastIndex(clause, w); i >= 0 {
			return !f.words.ends(clause[:i], "Compared"), w
		}
	}
	if f.partTitle() && f.words.in(f.metric.Period.Printed, "Former") { // the head of a column
		return true, f.metric.Period.Printed
	}
	return false, ""
}

// otherPer is a rate per something else than that of the indicator.
func (f *figure) otherPer() (bool, string) {
	_, per, ok := strings.Cut(f.indicator.UnitZH, "/")
	m := f.metric
	switch {
	case m.Per == "" || m.Per == per || m.Per == "年" && f.indicator.Nature == "flow" || !ok && strings.Contains(f.indicator.NameZH, m.Per+"发"):
		return false, ""
	case !ok:
		return true, m.Per
	}
	return strings.Contains(per, "月") != strings.Contains(m.Per, "月") || strings.Contains(per, "户") != strings.Contains(m.Per, "户"), m.Per
}

// value is the figure in the unit of the indicator, unset if it does not convert. A growth that
// is printed as a fall (下降6.1%) is negative.
func (f *figure) value() schema.Decimal {
	v := f.converted()
	if f.flag(indicator.Fall) && v.Sign() > 0 {
		return v.Neg()
	}
	return v
}

func (f *figure) converted() schema.Decimal {
	m := f.metric
	unit, _, _ := strings.Cut(f.indicator.UnitZH, "/")
	switch {
	case strings.HasPrefix(f.indicator.Dimension, "count_"), m.Unit == unit, f.indicator.Dimension == "ratio" && m.Unit == "":
		return m.Value
	case m.SIUnit == unit:
		return m.SI
	}
	for _, c := range conversions {
		if c.from == m.SIUnit && c.to == unit {
			return m.SI.Shift(c.shift)
		}
	}
	return schema.Decimal{}
}

// conversions are by powers of ten, from the units of si_unit.
var conversions = []struct {
	from, to string
	shift    int
}{
	{"/10万", "1", 0}, {"公顷", "平方公里", -2}, {"公顷", "平方米", 4}, {"吨", "公斤", 3}, {"公里", "米", 3}, {"%", "‰", 1}, {"‰", "%", -1},
}

// beyondCounty reports a figure of a county that no county has: 2276万 urban residents on relief.
func (f *figure) beyondCounty() bool {
	const times = 3 // the greatest value of the vocabulary
	v, code := f.value(), f.origin.Region.Code
	return code != "" && region.LevelOf(code) == region.County && f.indicator.Max.Known() && v.Known() && v.Cmp(f.indicator.Max.Mul(schema.Int(times))) > 0
}

// status is what the report says of the certainty of the figure.
func (f *figure) status() Status {
	m := f.metric
	switch {
	case m.Kind == schema.Masked:
		return Suppressed
	case m.Kind == schema.Suspect, m.Check == schema.Contradicts, f.beyondCounty():
		return Unreliable
	case f.intended():
		return Forecast
	case m.Approx != schema.Exact:
		return Estimated
	case f.words.in(f.sentence, "Provisional"):
		return Provisional
	}
	return Normal
}

// year is the year that the figure is of, and why it is no cell of it.
func (f *figure) year() (int, Reason) {
	p := f.metric.Period
	from, to := yearOf(p.Start), yearOf(p.End)
	switch {
	case p.Printed == "" || from == 0 && to == 0:
		return f.origin.Year, f.inReport()
	case to == 0:
		return from, f.since(from)
	case from > 0 && from != to:
		return to, manyYears
	case f.origin.Year > 0 && to > f.origin.Year: // 2015年床位达到30张, said in 2012
		return to, ahead
	}
	return to, f.inYear(to)
}

// oneMonth is that of a title: 2015年10月工作总结; not one in brackets, which may be the date of the report.
var oneMonth = regexp.MustCompile(`[0-9一二三四五六七八九十]月[^0-9日)）]`)

// partTitle reports a report on a part of the year, by its title or its day; not by one month or day for what is told of 全年.
func (f *figure) partTitle() bool {
	return f.words.in(f.title, "PartTitle") || (oneMonth.MatchString(f.title) || f.flag("before_year_end")) && !strings.Contains(f.metric.Period.Printed, "全年")
}

// inReport is why a figure without dates is no cell of the year of its report.
func (f *figure) inReport() Reason {
	printed := f.metric.Period.Printed
	switch {
	case printed == "" && f.origin.Year == 0:
		return noYear
	case printed == "" && f.partTitle():
		return partOfYear
	case printed == "", f.origin.Year > 0 && (f.words.wholeYear(printed) || f.stock() && f.now()):
		return ""
	}
	return undated
}

// since is why a figure of the time from a year on is no cell of it: 2012年以来, but not
// 今年以来.
func (f *figure) since(year int) Reason {
	switch {
	case year != f.origin.Year:
		return manyYears
	case strings.HasSuffix(f.metric.Period.Start, "-01-01") && !f.partTitle():
		return ""
	}
	return partOfYear
}

// inYear is why a figure with dates of one year is no cell of it.
func (f *figure) inYear(year int) Reason {
	p := f.metric.Period
	atEnd := strings.HasSuffix(p.End, "-12-31")
	switch {
	case atEnd && (p.Start == "" || strings.HasSuffix(p.Start, "-01-01")):
		if f.stock() && f.words.in(p.Printed, "YearStart") && !f.words.in(p.Printed, "NotYearStart") {
			return notYearEnd
		}
		if !f.words.in(p.Printed, "End") && f.partTitle() && year == f.origin.Year {
			return partOfYear // 今年 in a report of the first half
		}
		return ""
	case atEnd && f.stock() && (p.Start == "" || strings.Contains(p.Start, "-12-")), f.indicator.Nature == "std" && f.words.ends(p.Printed, "From"): // 从7月1日起: it holds on
		return ""
	case f.holdsOn():
		return ""
	case f.stock():
		return notYearEnd
	}
	return partOfYear
}

// holdsOn is a standard, or what is said to be there, that stands below a time of the last months in a report on the year, which its
// own sentence does not say: 1-11月,发放低保金300万元。低保标准为每人每月560元.
func (f *figure) holdsOn() bool {
	const last = 10 // months
	p := f.metric.Period
	month, err := strconv.Atoi(p.End[min(5, len(p.End)):min(7, len(p.End))])
	lasts := f.indicator.Nature == "std" || f.stock() && !strings.HasPrefix(f.indicator.Dimension, "count_person") && !strings.HasPrefix(f.indicator.Dimension, "count_household") && f.words.in(f.before, "Stands")
	return err == nil && month >= last && lasts && yearOf(p.End) == f.origin.Year && !f.partTitle() && !strings.Contains(f.sentence, p.Printed)
}

// stock reports whether the figure is of a moment and not of a time.
func (f *figure) stock() bool { return f.indicator.Nature == "stock" || f.indicator.Nature == "std" }

// now reports a stock at the time of a report on a whole year: 目前 in 2011年工作总结.
func (f *figure) now() bool {
	return f.words.ends(f.metric.Period.Printed, "Now") && f.words.in(f.title, "YearTitle") && !f.partTitle()
}

// yearOf is the year of an ISO date, 0 if there is none.
func yearOf(date string) int {
	if len(date) < 4 {
		return 0
	}
	y, err := strconv.Atoi(date[:4])
	if err != nil {
		return 0
	}
	return y
}

// String prints a candidate's citation: doc_id#seq.
func (s Source) String() string { return fmt.Sprintf("%s#%d", s.DocID, s.Seq) }
