package extract

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// The time that the text gives for a figure: the last expression of time before
// it in its sentence, as printed, and as dates where the year is known. A base
// of comparison (比上年, 同比) is no period.

// setPeriod finds the period of a mention; one found before in the sentence
// holds on.
func (x *reader) setPeriod(m, prev *mention) {
	l, open := &x.line, false
	if x.scope.once && m.delim != '、' {
		x.scope.once = false
		x.backTo(x.scope.held)
	}
	for i := m.gap.from; i < m.from; i++ {
		if open = x.bracketAt(i, open); !x.starts[class(l.r[i])].time {
			continue
		}
		end := x.timeAt(i)
		if end <= i {
			x.endPlan(i)
			continue
		}
		if x.startsWith(i, x.lex.NoTime) || x.startsWith(end-1, x.lex.Record) || x.holdsAny(phrase{end, min(end+4, m.from)}, x.lex.Exchange) { // 按2018年平均汇率计算
			continue
		}
		if end > m.from {
			break
		}
		if x.ofCompared(m, i, end) {
			m.than = phrase{i, end}
			m.period = x.resolve(m.than)
			return
		}
		x.takeTime(m, prev, phrase{i, end}, open)
		i = end - 1
	}
	x.endRise(m)
	p := x.scope.period
	if p.to <= m.gap.from && moment(x.text(p)) && !x.startsWith(p.from, x.lex.TimeHead) && x.holdsAny(m.own, x.lex.InYear) { // 年末存栏12万头,|出栏18万头
		return
	}
	if p.empty() {
		if x.scope.vague && x.holdsAny(m.own, x.lex.ThereIs) || x.scope.loose && !x.actsFirst() {
			x.scope.led = schema.Period{}
		}
		if m.period = x.scope.led; m.period.Printed == "" {
			m.period = x.sectionPeriod()
		} else if x.scope.vague {
			m.period.Start, m.period.End = "", ""
		}
		return
	}
	m.period = x.scope.dated
	if t := x.scope.rose; t.dated.Start != "" && x.line.among(m.from-1, "由从") { // 由2010年的…提高到2015年的…,人均补差由|96元
		p, m.period = t.at, t.dated
	}
	m.because("period", "period/时间", l.span(p.from, p.to), "")
}

// takeTime takes in a time before a figure, in an open bracket or not, if it is one of when the figure is.
func (x *reader) takeTime(m, prev *mention, p phrase, open bool) {
	from := x.timeStart(p.from)
	if x.line.at(p.to) == '的' && p.to+1 == m.from &&
		(m.isPercent() && x.isBaseAt(from) || m.isTimes() && !x.rises(phrase{from, p.to})) {
		return // 为上年的112.5%, 是1978年的2.4倍
	}
	lasts := x.duration(p.from, p.to)
	if lasts && x.frontTime(x.scope.period.from) > x.scope.period.from {
		x.startPeriod(phrase{}) // 前三年投入300万元,第四年投入500万元
	}
	if x.compared(from) || x.heldLevel(p) || lasts && !x.inYears(p.from, p.to) || x.ofPlan(p.from, p.to) {
		return
	}
	before := x.scope.toldTime()
	if x.startPeriodIn(phrase{from, p.to}, open); !open && x.onlyOf(m, prev, p) {
		x.scope.once, x.scope.held = true, before
	}
}

// endPlan ends the time of a five-year plan where another is named at i: “八五”期间投资3亿元,“九五”计划投资5亿元.
func (x *reader) endPlan(i int) {
	if n, _ := x.fiveYears(i); n > 0 && x.line.among(i, quotes) {
		if first, _ := x.planYears(x.scope.period); first > 0 {
			x.startPeriod(phrase{})
		}
	}
}

// ofCompared reports a level that is compared with, of a time right before it: 比1952年的827亿元, 比上年2900万元增长10.3%.
func (x *reader) ofCompared(m *mention, i, end int) bool {
	ofIt := x.line.at(end) == '的' && end+1 == m.from
	return (ofIt || end == m.from && x.line.among(i-1, "比较") && !m.isPercent() && !m.isTimes()) && x.compared(i)
}

// bracketAt reports whether a bracket is open behind a character of the gap before a figure. The time of one that had figures
// ends with it; one that had none says of when what follows is: 城市低保(2013年)300户.
func (x *reader) bracketAt(i int, open bool) bool {
	switch c := x.line.r[i]; {
	case c == '(':
		return true
	case c == ')' && open:
		x.scope.aside = false
	case c == ')' && x.scope.aside:
		x.backTo(x.scope.outer)
		x.scope.risen = x.scope.outerRisen // 由上年的12亿元(2013年11亿元)增加到13亿元
	case c != ')':
		return open
	}
	return false
}

// onlyOf reports a time of before that is only that of its figure, and of a list of such, behind another figure: 去年同期
// whatever stands between, 上年 right before one like the other: 3000人,上年|2800人.
func (x *reader) onlyOf(m, prev *mention, p phrase) bool {
	if x.startsWith(m.to, x.lex.Amid) {
		return true // 在前五年年均递增7.9%的基础上,增长14.2%
	}
	switch w := x.dateWordAt(p.from); {
	case prev == nil || w == nil:
		return false
	case w.Of == "same":
		return true
	case w.Years >= 0 || prev.name != m.name:
		return false
	}
	return p.to == m.from || p.to+1 == m.from && x.line.among(p.to, "为的是")
}

// startPeriodIn is startPeriod, in an open bracket or not.
func (x *reader) startPeriodIn(p phrase, open bool) {
	before, risen := x.scope.toldTime(), x.scope.risen
	if x.startPeriod(p); open && !x.scope.aside {
		x.scope.aside, x.scope.outer, x.scope.outerRisen = true, before, risen // 1450户(2013年1520户),3020人
	}
}

// startPeriod begins a time that holds on in the sentence. One behind 由 or 从 is only
// that of the level that something rises or falls from.
func (x *reader) startPeriod(p phrase) {
	if begun := x.scope.period; x.line.among(p.from, "到至") && !begun.empty() && containsEnd(strings.TrimRight(x.text(phrase{begun.from, p.from}), ",，"), x.lex.SpanBegins) {
		p.from, x.scope.risen = begun.from, false // 从3月1日开始,|到5月20日结束
	} else if x.scope.risen = x.rises(p); x.scope.risen {
		x.scope.held = x.scope.toldTime()
	}
	x.scope.period, x.scope.dated = p, x.resolve(p)
	if x.scope.risen {
		x.scope.rose = x.scope.toldTime()
	} else if !x.line.among(p.from, "到至") && !x.endsWithWord(p.from, x.lex.LeadsLevel) {
		x.scope.rose = toldTime{}
	}
	if !x.sameTime(p) {
		x.scope.around = x.scope.dated
	}
}

// sameTime reports 去年同期: the time that the sentence named last, some years before.
func (x *reader) sameTime(p phrase) bool {
	w := x.dateWordAt(p.from)
	return w != nil && w.Of == "same"
}

// isBaseAt reports a time that a share or multiple is of, by the word before it: 为|上年的112.5%, 是|1978年的2.4倍;
// not the level of another time: 由2010年的50.2%提高到|2012年的58.2%.
func (x *reader) isBaseAt(i int) bool {
	return x.endsWithWord(i, x.lex.LeadsBase) && !x.endsWithWord(i, x.lex.LeadsLevel)
}

// rises reports a time behind 由 or 从, but not 从7月1日起.
func (x *reader) rises(p phrase) bool {
	since := x.line.at(p.to) == '起' || x.line.at(p.to-1) == '起'
	return !since && (x.line.among(p.from, "由从") || x.line.among(p.from-1, "由从"))
}

// endRise ends the time of the level that something rises from where the second level
// stands: 由上年的5494对增加到6105对.
func (x *reader) endRise(m *mention) {
	if !x.scope.risen || m.gap.from >= m.from || m.gap.from < x.scope.period.to {
		return
	}
	switch x.line.at(m.from - 1) {
	case '到', '至', '为', '达', '成':
		x.backTo(x.scope.held)
	}
}

// backTo goes back to a time that held while another stood aside.
func (x *reader) backTo(t toldTime) {
	x.scope.risen, x.scope.aside, x.scope.period, x.scope.dated = false, false, t.at, t.dated
}

// inYears reports a number of years that a clause begins with, in which all was done that it tells: 五年累计完成投资; not
// 五年以上工龄, nor one.
func (x *reader) inYears(i, end int) bool {
	n, j := x.line.small(i, end)
	return n > 1 && n < 100 && x.line.at(j) == '年' && j+1 == end && x.beginsClause(i) && !x.startsWith(end, x.lex.NotYears)
}

// sectionPeriod is the time that the headings name, or the sentences that lead to what is read: 上半年工作.
func (x *reader) sectionPeriod() schema.Period {
	if n := len(x.headings); n > 0 {
		return x.headings[n-1].time
	}
	return schema.Period{}
}

// timeLed is the time that a line begins with, if it is known and not the year of the report; it may stand behind words like 现将.
func (x *reader) timeLed() (at phrase, p schema.Period) {
	head := x.line.cut(0, min(aheadWithin, len(x.line.r)))
	to := utf8.RuneCountInString(head)
	for i := to - utf8.RuneCountInString(cutNumber(head)); i < to; i++ {
		end, from := x.timeAt(i), x.timeStart(i)
		switch {
		case end <= i || x.startsWith(i, x.lex.NoTime):
			continue
		case (x.beginsClause(from) || x.line.among(from-1, "(") || x.endsWithWord(from, x.lex.LeadsTime)) && !x.duration(i, end) && !x.ofPlan(i, end):
			said := x.scope.period // perhaps of another sentence
			at, x.scope.period = phrase{from, end}, phrase{}
			p, x.scope.period = x.resolve(at), said
			if p.Start+p.End == "" || wholeYear(p) && smallInt(p.End[:4]) == x.year {
				p = schema.Period{}
			}
		}
		return at, p
	}
	return at, p
}

// wholeYear reports a time that begins and ends with a year.
func wholeYear(p schema.Period) bool {
	return strings.HasSuffix(p.Start, "-01-01") && strings.HasSuffix(p.End, "-12-31")
}

// actsFirst reports a sentence that begins with a deed: 办理结婚登记1200对.
func (x *reader) actsFirst() bool {
	p := x.pastNumber(phrase{0, len(x.line.r)})
	n, v := x.lex.Words.Longest(x.line.r[p.from:])
	return n > 0 && lexicon.Class(v)&lexicon.Verb != 0
}

// carry keeps the time that the sentence at hand begins with for the rest of its paragraph, until one names another: 1-11月,
// 发放低保金3000万元。办理结婚登记3000对. A part of the year holds; a year before leaves in doubt of when the next
// sentence is, 2011年,我们完成了换届。救助860人次, but for one that begins anew: 全县有敬老院12所. An event and 去年 say it of a deed alone:
// 上半年受旱灾影响。全县产粮30万吨. What announces a list or opens a paragraph with all the work of a part of the year leads all below it. A day or a month says nothing of what follows.
func (x *reader) carry(b int, span schema.Span) {
	at, p := x.timeLed()
	part, figures := x.ofPart(p), len(x.figs) > 0
	if figures && x.scope.period.empty() || !figures && at.empty() {
		return
	}
	x.scope.vague = wholeYear(p) && smallInt(p.End[:4]) < x.year
	text := span.In(x.doc.Text)
	all := containsAny(text, x.lex.LeadsAll)
	x.scope.loose = !figures && !all && part || has(x.lex.PastYear, p.Printed)
	if !figures && (x.scope.goals || x.lists(text) || all && part && span.Start == x.doc.Blocks[b].Start) {
		x.scope.leads = p
	}
	if !part && !x.scope.vague || figures && x.scope.period != at {
		p = schema.Period{}
	}
	x.scope.led = p
}

// ofPart reports a time from the beginning of the report's year to a day in it, but for its first month: 上半年, 截至11月底.
func (x *reader) ofPart(p schema.Period) bool {
	return p.End != "" && smallInt(p.End[:4]) == x.year && !strings.HasSuffix(p.End, "-12-31") && (p.Start == "" || strings.HasSuffix(p.Start, "-01-01") && p.Start[:7] != p.End[:7])
}

// yearHere is the year that the text at hand is on: that of the report, if its heading has no other.
func (x *reader) yearHere() int {
	if p := x.sectionPeriod(); wholeYear(p) && p.Start[:4] == p.End[:4] {
		return smallInt(p.End[:4])
	}
	return x.year
}

// timeStart takes in 截止, 截至, 自 before a time.
func (x *reader) timeStart(i int) int {
	for _, w := range x.lex.TimeHead {
		if n := len([]rune(w)); i >= n && x.line.has(i-n, w) {
			return i - n
		}
	}
	return i
}

// compared reports a time that a figure is only compared with.
func (x *reader) compared(i int) bool {
	switch x.line.at(i - 1) {
	case '比', '较', '同', '与', '超':
		return true
	}
	return false
}

// heldLevel reports 去年同期 as what something is held against: 高于去年同期, 达到去年同期|水平.
func (x *reader) heldLevel(p phrase) bool {
	return x.sameTime(p) && (x.endsWithWord(p.from, x.lex.HeldLevel) || x.startsWith(p.to, x.lex.LevelOf))
}

// ofPlan reports a time that only says whose plan it is, or whose prices: 完成年度预算的62%, 全年任务,
// 按2010年不变价计算. A year that begins a clause says of when its figures are: 2013年计划新增床位300张, 去年计划新建5所.
func (x *reader) ofPlan(i, end int) bool {
	if x.startsWith(end, x.lex.AtPrices) && !x.startsWith(end, x.lex.NotPrices) {
		return true
	}
	if x.line.r[end-1] == '年' && (isDigit(x.line.at(end-2)) || x.line.among(end-2, "前去上明")) && x.beginsClause(i) {
		return false
	}
	return x.startsWith(end, x.lex.PlanNoun) || x.line.at(end-1) == '初' && x.ofStart(end)
}

// startsWith reports that one of some words stands at i.
func (x *reader) startsWith(i int, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return x.line.has(i, w) })
}

// ofStart reports a 年初 that ends at i and only says what a thing is, not when its figures are:
// 年初确定的目标, 年初县人代会通过的计划, 年初剩余的551万贫困人口.
func (x *reader) ofStart(i int) bool {
	const most = 16
	for j := i; j < i+most && !clauseEnd(x.line.at(j)) && x.line.at(j) != 0; j++ {
		if x.line.at(j) == '的' {
			return j > i && x.holdsAny(phrase{i, j}, x.lex.SetAtStart)
		}
	}
	return false
}

// beginsClause reports that nothing of its clause stands before i but the number of an item.
func (x *reader) beginsClause(i int) bool {
	for i--; i >= 0 && !clauseEnd(x.line.r[i]); i-- {
		switch r := x.line.r[i]; {
		case r == ' ' || r == '　' || r == '、' || r == '.' || r == '(' || r == ')' || isDigit(r) || hanDigit(r) >= 0:
		default:
			return false
		}
	}
	return true
}

// duration reports a length of time without a place in it: 3年, 两个月.
func (x *reader) duration(i, end int) bool {
	r := x.line.r[end-1]
	if !isDigit(x.line.r[i]) && hanDigit(x.line.r[i]) < 0 {
		return false
	}
	if r == '天' || r == '时' && x.line.at(end-2) == '小' { // 6小时降雨186毫米
		return true // 推迟7-10天
	}
	return end-i <= 3 && (r == '年' || r == '月' || r == '天' || r == '日' || r == '周') && !(r == '月' && isDigit(x.line.r[i]) && x.line.at(end-2) != '个')
}

// moment reports a time that is a day and no stretch: 年末, 2012年底, 11月末.
func moment(printed string) bool {
	return strings.HasSuffix(printed, "末") || strings.HasSuffix(printed, "底")
}

// ownMask reports a time whose masked year (201X年1-11月) is that of the report: it is
// known, its digits are those that are left, the time is no start of a rise (由201X年的165元), and no
// other is masked beside it.
func (x *reader) ownMask(p phrase) bool {
	l := &x.line
	if x.year == 0 || x.plan || x.inPlan() || x.future || x.goesOnPlanned(p.to) || l.among(p.from, "由从自") || l.among(p.from-1, "由从自") || l.at(p.to) == '的' {
		return false
	}
	year := fmt.Sprint(x.year)
	own, others := false, len(x.maskedYears()) // two of a sentence may be any
	for i := p.from; i < p.to; i++ {
		if !l.maskedYear(i) {
			continue
		}
		if !own {
			own = true
			for k := range 4 {
				r := l.r[i+k]
				own = own && (isMask(r) || r == rune(year[k]))
			}
			if !x.compared(i) {
				others--
			}
		}
	}
	return own && others == 0
}

// maskedYear reports a masked year at i: 201X年, 20XX-.
func (l *line) maskedYear(i int) bool {
	return isDigit(l.at(i)) && isMask(l.at(i+3)) && strings.ContainsRune("年-~至到、", l.at(i+4))
}

// maskedYears are the masked years of the sentence that no figure is only compared with.
func (x *reader) maskedYears() []int {
	l := &x.line
	if l.masks == nil {
		l.masks = []int{}
		for i := range l.r {
			if l.maskedYear(i) && !x.compared(i) {
				l.masks = append(l.masks, i)
			}
		}
	}
	return l.masks
}

// goesOnPlanned reports a word of intention between i and the end of its sentence or its first
// figure: 20XX年,我局将救助860人.
func (x *reader) goesOnPlanned(i int) bool {
	for ; x.line.at(i) != 0 && !isDigit(x.line.at(i)) && x.line.at(i) != '。' && x.line.at(i) != ';'; i++ {
		if n, v := x.lex.Words.Longest(x.line.r[i:]); n > 0 && lexicon.Class(v)&lexicon.Plan != 0 {
			return true
		}
	}
	return false
}

// dates is the closed interval of a year, of its months, or of a day.
func dates(year, month, last, day int) (start, end string) {
	if last == 0 {
		month, last = 1, 12
	}
	if year <= 0 {
		return "", ""
	}
	if day > 0 {
		d := fmt.Sprintf("%04d-%02d-%02d", year, last, day)
		return d, d
	}
	days := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[last-1]
	if last == 2 && (year%4 == 0 && year%100 != 0 || year%400 == 0) {
		days = 29
	}
	return fmt.Sprintf("%04d-%02d-01", year, month), fmt.Sprintf("%04d-%02d-%02d", year, last, days)
}

// small reads a number of at most four digits, in either kind of numerals.
func (l *line) small(i, to int) (n, end int) {
	for end = i; end < to && end < i+4; end++ {
		d := hanDigit(l.r[end])
		if isDigit(l.r[end]) {
			d = int(l.r[end] - '0')
		}
		if l.r[end] == '十' && end == i {
			n = 1
			continue
		}
		if l.r[end] == '十' {
			if d := l.at(end + 1); end+1 >= to || hanDigit(d) < 0 && !isDigit(d) {
				n *= 10 // 八十年代
			}
			continue
		}
		if d < 0 {
			break
		}
		n = n*10 + d
	}
	if end == i+1 && l.r[i] == '十' {
		n = 10
	}
	return n, end
}

// planYears are the first and the last year of the five-year plan that a time names, 0 if it
// names none: the first was that of 1953 to 1957, the second 1958 to 1962, the third began in
// 1966 after three years of adjustment, and each of the later ones where the one before ended.
func (x *reader) planYears(p phrase) (first, last int) {
	n, end := x.fiveYears(p.from)
	switch {
	case end != p.to || n < 1 || n > 20:
		return 0, 0
	case n < 3:
		first = 1948 + 5*n
	default:
		first = 1951 + 5*n
	}
	return first, first + 4
}
