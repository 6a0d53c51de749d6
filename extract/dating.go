package extract

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// What a printed time tells of days, by its own words and by the years that the report and the sentence told before:
//
//	2012年1-11月            2012-01-01 to 2012-11-30
//	2011年7月至2012年6月     2011-07-01 to 2012-06-30
//	民国三十六年             1947-01-01 to 1947-12-31
//	20世纪80年代             1980-01-01 to 1989-12-31
//	截至6月底                to 2012-06-30, with no beginning
//	近三年, 建国以来          nothing: no word says which years

// A dating is one end of a printed time; what its words do not tell is 0.
type dating struct {
	year, years int // and how many more it covers: 9 of 80年代
	first, last int // months
	day         int
	era, short  int  // the year before the first of a reign, and a year of the same that is not said again: 民国三十年至三十六年
	bare        int  // a number that the unit of the other end is for: 2008 of 2008-2012年
	own         bool // it has a year of its own: 2012年, 去年
	told        bool // some word says which days
	part        bool // a part of a year: 5月, 上半年, 夏秋两季
	lost        bool // or that nobody knows which
	next        bool // the other end stands beside it in a list: 7、8月
}

// datesOf are the days that a time with these ends covers from and to, empty where its words do not tell.
func (x *reader) datesOf(all []dating) (start, end string) {
	from, to := &all[0], &all[len(all)-1]
	for i := len(all) - 2; i >= 0; i-- {
		all[i].complete(&all[i+1])
	}
	from.orOf(x.yearFor(from))
	for i := range all {
		all[i].orOf(from.year)
		if all[i].lost || !all[i].told || i > 0 && (all[i-1].next && !all[i].follows(&all[i-1]) || !all[i-1].next && len(all) > 2) {
			return "", ""
		}
	}
	start, _ = from.dates()
	_, end = to.dates()
	return inOrderOfTime(start, end)
}

// endsOf reads the ends of a time: one, or two with a mark between them.
func (x *reader) endsOf(p phrase) (all []dating) {
	l := &x.line
	var d dating
	for from, i := p.from, p.from; i < p.to; {
		if l.among(i, "-~至到—、和") && (d != (dating{}) || i > from && !l.among(i-1, "截止自从")) {
			d.next = l.among(i, "、和")
			all, d, from = append(all, d), dating{}, i+1
			i++
			continue
		}
		i = x.readDate(&d, i, p.to)
	}
	return append(all, d)
}

// keepsEra gives years that clauses begin with the reign that the paragraph named: 民国3年,…。17年,….
func (x *reader) keepsEra(ends []dating, p phrase) {
	for i := range ends {
		switch d := &ends[i]; {
		case d.era > 0:
			x.scope.era = d.era
		case d.own:
			x.scope.era = 0
		case d.short > 0 && x.scope.era > 0 && x.beginsClause(p.from):
			d.year, d.own, d.told = x.scope.era+d.short, true, true
		}
	}
}

// follows reports the month or year right behind another: 7、8月.
func (d *dating) follows(o *dating) bool {
	return d.day == 0 && (d.first > 0 && d.first == o.last+1 && d.year == o.year || d.last == 0 && d.year == o.year+1)
}

// complete gives the end before a mark what only the end behind it tells, and the other way round: 1-11月, 20日至25日.
func (d *dating) complete(to *dating) {
	if d.bare > 0 {
		switch {
		case to.day > 0:
			d.day, d.told = d.bare, true
		case to.last > to.first: // 二、三季度
			d.setQuarter(d.bare)
		case to.last > 0:
			d.setMonth(d.bare)
		case to.own && d.bare >= 1000:
			d.year, d.own, d.told = d.bare, true, true
		default:
			d.lost = true
		}
	}
	if d.era > 0 && to.short > 0 {
		to.year, to.own, to.told = d.era+to.short, true, true
	}
	if to.day > 0 && to.last == 0 {
		to.first, to.last = d.first, d.last
	}
	if d.day > 0 && d.last == 0 {
		d.first, d.last = to.first, to.last
	}
	if !d.own && to.own {
		if d.year, d.own = to.year, true; d.last > to.last { // 11月至2012年3月
			d.year--
		}
	}
}

// orOf takes the year of the report where the words tell none.
func (d *dating) orOf(year int) {
	if !d.own {
		d.year = year
	}
}

// readDate takes in what stands at i of a time that ends at to, and returns where to go on.
func (x *reader) readDate(d *dating, i, to int) int {
	l := &x.line
	if y, j := l.yearApart(i); j > i {
		d.year, d.own, d.told = y, true, true
		return j + 1
	}
	if l.maskedYear(i) { // of the report, or nothing would be asked
		d.year, d.own, d.told = x.year, true, true
		return i + 4
	}
	if end := x.frontTime(i); end > i && x.frontMonths(i) > 0 {
		d.first, d.last, d.told, d.part = 1, x.frontMonths(i), true, true
		return end
	}
	if w := x.dateWordAt(i); w != nil {
		return x.dateWord(d, w, i+w.Runes, to)
	}
	if n, j := l.small(i, to); j > i {
		return d.number(l, n, phrase{i, j}, to)
	}
	d.lost = d.lost || x.startsWith(i, x.lex.DateUnknown)
	return i + 1
}

// frontMonths are the months of a year that a time at i counts, 0 if it is none of these: 前十个月.
func (x *reader) frontMonths(i int) int {
	n, j := x.line.small(i+1, len(x.line.r))
	if !x.line.among(i, "前头") || !x.line.has(j, "个月") || n > 11 {
		return 0
	}
	return n
}

// dateWordAt is the word of time at i that tells days, nil if there is none.
func (x *reader) dateWordAt(i int) *lexicon.DateWord {
	n, v := x.lex.Dates.Longest(x.line.r[i:])
	if n == 0 {
		return nil
	}
	return &x.lex.DateWords[v]
}

// dateWord takes in a word of time that ends at i.
func (x *reader) dateWord(d *dating, w *lexicon.DateWord, i, to int) int {
	l := &x.line
	switch w.Of {
	case "era":
		n, j := l.small(i, to)
		if j == i && l.at(i) == '元' {
			n, j = 1, i+1
		}
		if d.lost = d.lost || n == 0 || l.at(j) != '年'; !d.lost {
			d.year, d.own, d.told, d.era = w.Years+n, true, true, w.Years
		}
		return j + 1
	case "said", "own":
		year := x.saidYear()
		if year == 0 && w.Of == "own" {
			year = x.yearHere()
		}
		d.year, d.own, d.told, d.lost = year+w.Years, true, true, d.lost || year == 0
		return i
	}
	year := x.yearHere() + w.Years
	if w.Of == "spoken" {
		year = x.spoken + w.Years
	}
	if d.told = true; !d.own && (year != x.yearHere() || w.Of == "spoken") {
		d.own, d.year, d.lost = true, year, d.lost || x.year == 0
	}
	if w.Last > 0 {
		d.first, d.last, d.part = w.First, w.Last, true
	}
	return i
}

// yearFor is the year of a time that tells none: of a part of a year that which the sentence named, 1998年投资3亿元,其中|1-6月完成2亿元.
func (x *reader) yearFor(d *dating) int {
	if said := x.saidYear(); d.part && said > 0 && !x.scope.risen {
		return said
	}
	return x.yearHere()
}

// saidYear is the one year that the sentence named last for a figure, 0 if it named none, or as what something is measured
// by or has gone on since: 按2000年人口普查数, 自2005年实施以来.
func (x *reader) saidYear() int {
	p, s := x.scope.period, x.scope.dated
	if p.empty() || len(s.End) < 4 || len(s.Start) < 4 || s.Start[:4] != s.End[:4] || containsEnd(string(x.line.r[max(0, p.from-2):p.from]), x.lex.NotSaid) {
		return 0
	}
	if r := x.line.at(p.from); !isDigit(r) && hanDigit(r) < 0 && x.eraTime(p.from) == p.from {
		return 0 // 上年, 自2005年
	}
	y, _ := strconv.Atoi(s.End[:4])
	return y
}

// number takes in n, a number at p, by what follows it: 2012年, 1-11月, 5日, 80年代, 三季度.
func (d *dating) number(l *line, n int, p phrase, to int) int {
	i := p.to
	switch r := l.at(i); {
	case i >= to || strings.ContainsRune("-~至到—、", r):
		d.bare = n
		return i
	case l.has(i, "世纪"):
		d.year = 100 * (n - 1)
	case l.has(i, "年代"):
		d.decade(n)
		d.lost = d.lost || i+2 < to // 80年代初
		return i + 2
	case l.has(i, "学年"):
		d.lost = true
	case r == '年':
		if n >= 1900 && n < 2100 {
			d.year, d.own, d.told = n, true, true
		} else {
			d.short = n
		}
	case r == '月':
		d.setMonth(n)
	case l.has(i, "季度"):
		if d.setQuarter(n); l.at(p.from-1) == '前' {
			d.first = 1
		}
	case r == '季': // 夏秋两季
		d.told, d.part = true, true
	case r == '日' || r == '号':
		d.day, d.told, d.part = n, true, true
	}
	return i + 1
}

// decade takes in 80 of 80年代, 1980 of 1980年代.
func (d *dating) decade(n int) {
	switch {
	case n >= 1000:
		d.year = n
	case d.year > 0:
		d.year += n
	default:
		d.year = 1900 + n // 八十年代
	}
	d.years, d.own, d.told = 9, true, true
	d.lost = d.lost || n%10 != 0
}

func (d *dating) setQuarter(n int) {
	d.first, d.last, d.told, d.part = n*3-2, n*3, true, true
	d.lost = d.lost || n < 1 || n > 4
}

func (d *dating) setMonth(n int) {
	d.first, d.last, d.told, d.part = n, n, true, true
	d.lost = d.lost || n < 1 || n > 12
}

// dates is the closed interval that it covers, empty if there is none.
func (d *dating) dates() (start, end string) {
	const earliest = 1368 // of a year that a gazetteer counts from
	if d.year < earliest || d.day > 31 || d.day > 0 && d.last == 0 {
		return "", ""
	}
	start, end = dates(d.year, d.first, d.last, d.day)
	if d.years > 0 {
		_, end = dates(d.year+d.years, 0, 0, 0)
	}
	return start, end
}

// resolve turns a printed time into a period.
func (x *reader) resolve(p phrase) schema.Period {
	l := &x.line
	out := schema.Period{Printed: l.span(p.from, p.to).In(l.text)}
	if first, last := x.planYears(p); first > 0 {
		out.Start, _ = dates(first, 0, 0, 0)
		_, out.End = dates(last, 0, 0, 0)
		if moment(out.Printed) {
			out.Start = "" // “十一五”末
		} else if x.findIn(p, "以来") >= 0 {
			out.End = ""
		}
		return out
	}
	if w := x.dateWordAt(p.from); x.sameTime(p) {
		out.Start, out.End = shifted(x.scope.around.Start, w.Years), shifted(x.scope.around.End, w.Years)
		return out
	}
	if x.frontTime(p.from) > p.from && x.frontMonths(p.from) == 0 {
		return out // 前三年: counted from a time that is not known
	}
	if slices.ContainsFunc(l.r[p.from:p.to], isMask) && !x.ownMask(p) {
		return out // 201X年: not known
	}
	ends := x.endsOf(p)
	x.keepsEra(ends, p)
	if l.among(p.to-1, "前后") || len(ends) > 1 && x.apartAhead(p.to) {
		return out // 2005年以后; 2011年、2012年分别
	}
	out.Start, out.End = x.datesOf(ends)
	switch first := l.at(p.from); {
	case out.End == "":
	case strings.HasSuffix(out.Printed, "年初") && !strings.Contains(out.Printed, "学年") && x.startsWith(p.to, x.lex.StockVerb):
		out.Start, out.End = "", out.Start
	case first == '截', first == '到', first == '至', moment(out.Printed) && len(ends) == 1:
		out.Start = "" // a stock: only its day counts
	case x.findIn(p, "以来") >= 0, x.since(p.to):
		out.End = ""
	}
	return out
}

// since reports 以来 behind what began at a time that ends at i: 自2010年|实施以来, 1998年|建院以来.
func (x *reader) since(i int) bool {
	const within = 8
	for at := i; at < i+within && at < len(x.line.r) && !clauseEnd(x.line.r[at]) && !isDigit(x.line.r[at]); at++ {
		if x.line.has(at, "以来") {
			return true
		}
	}
	return false
}

// shifted is a date some years from another; the last of a February stays the last.
func shifted(date string, years int) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	next := t.AddDate(0, 0, 1)
	return next.AddDate(years, 0, -1).Format(time.DateOnly)
}

// apartAhead reports 分别 in the clause from i on: each of several figures has its own time.
func (x *reader) apartAhead(i int) bool {
	to := i
	for x.line.at(to) != 0 && !clauseEnd(x.line.at(to)) {
		to++
	}
	return x.findIn(phrase{i, to}, "分别") >= 0
}
