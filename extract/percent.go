package extract

import (
	"mingxi/schema"
)

// Parts of a whole in words and signs: 百分之八点五, 千分之三, 四分之一, 1/4, 2.31:1.

// percent reads 百分之 and its kin at i, with ranges: 百分之三至五.
func (x *reader) percent(i int) (f figure, end int, ok bool) {
	l := &x.line
	j := l.spaces(i + 3)
	n, ok := l.number(j)
	if !ok || n.vague {
		return f, i + 3, false
	}
	n.small, n.bare = false, false
	if l.has(j, "百") && n.end == j+1 { // 百分之百
		n.value = schema.Int(100)
	}
	f = figure{number: n, from: i, to: n.end, approx: n.approx, rule: "percent/分之"}
	f.start = i
	f.unit = x.lex.Find("%")
	switch f.name = "%"; l.at(i) {
	case '千':
		f.unit, f.name = x.lex.Find("‰"), "‰"
	case '万':
		f.value = f.value.Shift(-2)
	}
	if f.suspect || f.masked {
		f.value = schema.Decimal{}
	}
	if n.pair.Known() {
		f.max, f.approx = n.pair, schema.Range
	}
	x.percentRange(&f)
	x.after(&f)
	x.before(&f)
	return f, f.to, f.value.Known() || f.masked || f.suspect
}

// percentRange reads 百分之二百五十到二百七十五 and 百分之三到百分之五.
func (x *reader) percentRange(f *figure) {
	l := &x.line
	size := l.connector(f.to)
	if size == 0 || f.max.Known() {
		return
	}
	k := l.spaces(f.to + size)
	if l.has(k, "百分之") {
		k += 3
	}
	n, ok := l.number(k)
	if !ok || !n.value.Known() || n.value.Cmp(f.value) <= 0 || l.unitAt(n.end) && l.at(n.end) != '%' || x.timeAt(k) > k {
		return // 百分之二十一到一九五七年的百分之三十
	}
	f.max, f.approx, f.to = n.value, schema.Range, n.end
	if l.at(n.end) == '%' {
		f.to++
	}
}

// fraction reads 四分之三: f is the denominator.
func (x *reader) fraction(f figure) (figure, int, bool) {
	l := &x.line
	j := f.end + 2
	n, ok := l.number(j)
	if !ok || n.vague || !f.value.Known() || f.value.Sign() == 0 || !n.value.Known() {
		return f, j, false
	}
	den, err := wholeOf(f.value)
	if err {
		return f, n.end, false
	}
	f.value = n.value.Quo(den, 10)
	if f.value.Sign() == 0 && n.value.Sign() != 0 {
		return f, n.end, false // 一万万分之七 is less than can be told
	}
	f.end, f.to, f.ratio, f.rule = n.end, n.end, true, "percent/分之"
	f.small, f.bare = false, false
	x.after(&f)
	x.before(&f)
	switch r := l.at(f.to); { // 三分之一强, 三分之一弱
	case f.approx != schema.Exact || !x.ends(f.to+1):
	case r == '强':
		f.approx, f.to = schema.Over, f.to+1
	case r == '弱':
		f.approx, f.to = schema.Under, f.to+1
	}
	return f, f.to, true
}

// wholeOf is the value as a whole number; err if it is none.
func wholeOf(d schema.Decimal) (n int64, err bool) {
	for _, c := range d.String() {
		if c < '0' || c > '9' || n > 1e15 {
			return 0, true
		}
		n = n*10 + int64(c-'0')
	}
	return n, n == 0
}

// slash reads 1/4. A date (3/15 of 2009/3/15), a page of pages and a code are
// not fractions.
func (x *reader) slash(f figure) (figure, int, bool) {
	l := &x.line
	n, ok := l.number(f.end + 1)
	if !ok || n.scaled || !n.value.Known() || !f.value.Known() {
		return f, f.end, false
	}
	end := n.end
	if l.at(end) == '/' || l.at(f.from-1) == '/' || isLetter(l.at(end)) {
		return f, end, false
	}
	den, err := wholeOf(n.value)
	if err || den < 2 || den > 100 || f.value.Cmp(n.value) >= 0 || l.unitAt(end) || l.at(f.from-1) == '第' {
		return f, f.end, false
	}
	if r := l.at(f.from - 1); r < 0x4e00 || l.at(end) > 0x4e00 && l.at(end) != '的' && l.at(end) != '以' && l.at(end) != '左' {
		return f, end, false // alone on a line: 3/12 is a page mark
	}
	f.value = f.value.Quo(den, 10)
	f.end, f.to, f.ratio, f.rule = end, end, true, "percent/斜线"
	x.before(&f)
	return f, f.to, true
}

// ratio reads 2.31:1 and 25.72:26.84:47.44. A time (9:00, 12:30:05) is none.
func (x *reader) ratio(f figure) (figure, int, bool) {
	l := &x.line
	end, parts, points := f.end, 1, l.find(f.start, f.end, ".")
	last := f.number
	for l.at(end) == ':' && isDigit(l.at(end+1)) {
		n, ok := l.number(end + 1)
		if !ok {
			break
		}
		points = points || l.find(n.start, n.end, ".")
		last, end = n, n.end
		parts++
	}
	if l.unitAt(end) && l.at(end) != '的' && parts == 2 {
		return f, f.end, false // 时间:3个
	}
	named := l.find(f.start-10, f.start, "比") || l.find(end, end+6, "比") || parts == 3 && l.at(f.start-1) != '于' && x.holdsAny(phrase{max(0, f.start-24), f.start}, x.lex.Structure)
	clock := last.end-last.start == 2 && !points && parts <= 3
	if clock && !(named && !l.find(max(0, f.start-6), f.start, "时")) || !points && !named && last.digits != "1" {
		return f, end, false
	}
	f.ratio, f.rule = true, "percent/比"
	if parts == 2 && last.value.Known() && last.digits != "1" && last.value.Sign() > 0 {
		f.flag = "ratio"
	}
	f.end, f.to = end, end
	if parts > 2 { // no number of its own
		f.flag, f.terms = "ratio", parts
	}
	x.before(&f)
	return f, f.to, true
}

// terms divides a ratio of three that is one of the industries into its shares;
// any other ratio of more than two has no value.
func (x *reader) terms(f figure) []figure {
	l := &x.line
	if f.terms != 3 || !l.find(f.from-36, f.from, "产业") && !l.find(f.from-36, f.from, "三产") {
		f.value, f.number.suspect = schema.Decimal{}, true
		return []figure{f}
	}
	var out []figure
	sum := schema.Int(0)
	at := f.start
	for _, name := range []string{"第一产业比重", "第二产业比重", "第三产业比重"} {
		n, ok := l.number(at)
		if !ok || !n.value.Known() {
			break
		}
		sum = sum.Add(n.value)
		out = append(out, figure{number: n, from: n.start, to: n.end, unit: x.lex.Find("%"), name: "%", elided: true, flag: "ratio", rule: "percent/三次产业", term: name})
		at = n.end + 1
	}
	if len(out) < 3 || sum.Cmp(schema.Int(99)) < 0 || sum.Cmp(schema.Int(101)) > 0 {
		f.value, f.number.suspect = schema.Decimal{}, true
		return []figure{f}
	}
	return out
}

// nameTerms gives the shares of the industries their names.
func (x *reader) nameTerms() {
	for i := range x.mentions {
		if m := &x.mentions[i]; m.term != "" {
			m.label, m.change, m.kind = m.term, "", schema.Share
		}
	}
}
