package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// Numbers whose unit is left out: 优待面达到100, 水田1520.5亩、旱地430.6, 残疾人18.3万,
// 农业2.81亿、林业3.95亿、电力1.06亿元, 1217人(一级211,二级386).

// acceptIndex accepts an index, which has no unit: 居民消费价格指数102.3.
func (x *reader) acceptIndex(f *figure) bool {
	at := x.lex.PastVia(x.line.r[:f.from])
	if !x.endsWithWord(at, x.lex.IndexEnd) || f.han || f.scaled || !f.value.Known() || !strings.Contains(f.digits, ".") || !x.ends(f.to) {
		return false
	}
	f.ratio, f.rule = true, "figure/指数"
	return true
}

// acceptListed gives a number of a list the unit of the figure before it:
// 水田1520.5亩、旱地430.6; 残疾人18.3万,视力残疾2.7万.
func (x *reader) acceptListed(f *figure) bool {
	l := &x.line
	if len(x.figs) == 0 || f.han || f.masked || !f.value.Known() || isYear(f) || len(f.digits) < 3 && !f.scaled || !x.ends(f.to) || isDigit(l.at(f.to)) || l.at(f.to) == ':' {
		return false
	}
	before := &x.figs[len(x.figs)-1]
	at := x.nameBefore(f)
	if f.from-at < 2 || before.to != at-1 || before.unit == nil || before.isPercent() || before.scaled != f.scaled || before.han || !isNoun(l.at(before.from-1)) {
		return false
	}
	comma := (l.at(at-1) == ',' || l.at(at-1) == '，') && f.scaled && before.isPeople() && before.elided
	if l.at(at-1) != '、' && !comma || f.scaled && x.says(lexicon.Verb, phrase{at, f.from}) {
		return false // 培训7.3万人,投入2.6万
	}
	if u, _ := x.lex.Elided(l.r[:f.from]); u != nil && u != before.unit {
		return false // 会员5.4万,经费2.3万
	}
	f.unit, f.name, f.per = before.unit, before.name, before.per
	f.elided, f.rule = true, "figure/共用单位"
	return true
}

// nameBefore is where the name right before a number begins, at most 8 runes back.
func (x *reader) nameBefore(f *figure) int {
	at := f.from
	for f.from-at < 8 && (isNoun(x.line.at(at-1)) || x.line.at(at-1) == '一') {
		at--
	}
	return at
}

// acceptPart gives a number the unit of a figure before it that is divided up right behind, if
// the parts add up to that figure: 环评196个(报告书12、报告表97、登记表87), 教师2486人,其中小学1320、
// 初中742、高中424, but not 医院120个(床位85,医生30).
func (x *reader) acceptPart(f *figure) bool {
	if f.han || f.masked || f.negative || !f.value.Known() || isYear(f) {
		return false
	}
	for i := len(x.figs) - 1; i >= 0 && f.from-x.figs[i].to < longestParts; i-- {
		whole := &x.figs[i]
		if whole.unit == nil || whole.isPercent() || whole.isTimes() || whole.per != "" || !whole.value.Known() || !x.dividesUp(whole, f) {
			continue
		}
		f.unit, f.name, f.elided, f.rule = whole.unit, whole.name, true, "figure/共用单位"
		return true
	}
	return false
}

// longestParts is how many characters the parts of a whole may take.
const longestParts = 80

// dividesUp reports that names and numbers, with the unit of the whole or none, stand behind it up
// to f and further and add up to it. In a bracket they may be less where a rest is named:
// 残疾人1217人(一级211,二级386,其余三级); behind 其中, four may nearly do so; where neither opens
// them, they must be three, or printed to more than units.
func (x *reader) dividesUp(whole, f *figure) bool {
	l := &x.line
	open := whole.to
	for isNoun(l.at(open)) && open < whole.to+8 {
		open++
	}
	if mark := l.at(open); mark != '(' && mark != ':' && mark != ',' && mark != '，' {
		return false
	}
	from, bracket := open+1, l.at(open) == '('
	opened := bracket
	for _, w := range x.lex.Part {
		if l.has(from, w) {
			from, opened = from+utf8.RuneCountInString(w), true
			break
		}
	}
	if l.at(from) == ':' {
		from++
	}
	sum, parts, rest := schema.Int(0), 0, false
	for from < open+longestParts {
		end := from
		for l.at(end) != 0 && !x.partMark(end) {
			end++
		}
		if v, ok := x.partIn(from, end, whole.name); ok {
			sum, parts = sum.Add(v), parts+1
		} else if rest = bracket && x.holdsAny(phrase{from, end}, x.lex.Remainder); !rest {
			return false
		}
		c := sum.Cmp(whole.value)
		if l.at(end) == ')' && bracket {
			return parts > 1 && (c == 0 || rest && c < 0)
		}
		if c == 0 && !bracket {
			return end >= f.to && (parts > 2 || parts > 1 && (opened || f.scaled || strings.Contains(f.digits, ".")))
		}
		if l.at(end) == 0 || l.at(end) == '。' || l.at(end) == ')' {
			off := whole.value.Sub(sum).Mul(schema.Int(20)) // a list of four that is nearly all there is
			return opened && !bracket && parts > 3 && off.Cmp(whole.value) <= 0 && off.Cmp(whole.value.Neg()) >= 0
		}
		from = end + 1
	}
	return false
}

// partMark reports what parts the items of a list; a comma within a number does not.
func (x *reader) partMark(at int) bool {
	l := &x.line
	switch l.at(at) {
	case ',', '，':
		return !isDigit(l.at(at-1)) || !isDigit(l.at(at+1))
	case '、', ';', ')', '。':
		return true
	}
	return false
}

// partIn is the number that an item ends with behind its name, 一级211, 其他9个 or 市级32.1万.
func (x *reader) partIn(from, to int, unit string) (v schema.Decimal, ok bool) {
	l := &x.line
	if n := utf8.RuneCountInString(unit); to-n > from && l.has(to-n, unit) {
		to -= n
	}
	scale := 0
	switch l.at(to - 1) {
	case '万':
		to, scale = to-1, 4
	case '亿':
		to, scale = to-1, 8
	}
	at := to
	for at > from && (isDigit(l.at(at-1)) || l.at(at-1) == '.' || l.at(at-1) == ',') {
		at--
	}
	for i := from; i < at; i++ {
		if !isNoun(l.r[i]) && l.r[i] != '一' {
			return v, false
		}
	}
	if at == from || at == to {
		return v, false
	}
	v, err := schema.ParseDecimal(strings.ReplaceAll(string(l.r[at:to]), ",", ""))
	return v.Shift(scale), err == nil
}

// acceptBare accepts a number whose unit is left out but clear: 优待面达到100,
// 五保供养对象2557(集中供养…).
func (x *reader) acceptBare(f *figure) bool {
	l := &x.line
	if (f.scaled || len(f.digits) > 3 && !isYear(f) && x.personAt(f.number.end)) && !f.masked && f.value.Known() && !f.negative && x.people(f) {
		f.unit, f.name, f.elided, f.rule = x.lex.Find("人"), "人", true, "figure/省略单位"
		x.after(f)
		return true
	}
	if f.scaled && slices.ContainsFunc(x.lex.Milestone, func(w string) bool { return l.has(f.to, w) }) {
		return x.elide(f) // 突破10亿大关
	}
	if size, v := x.lex.After.Longest(l.r[f.to:]); f.scaled && size > 1 && x.ends(f.to+size) {
		f.to, f.approx = f.to+size, approxOf(v) // 控制在13亿以内
	}
	if f.han && !f.scaled || f.masked || !f.value.Known() || f.negative || !x.ends(f.to) && l.at(f.to) != '(' || isDigit(l.at(f.to)) || l.at(f.to) == ':' || l.at(f.to) == '-' || l.at(f.to) == '~' {
		return false
	}
	if l.at(f.to) == '.' || l.at(f.to) == '、' || f.digits != "" && f.digits[0] == '0' && f.value.Cmp(schema.Int(1)) >= 0 {
		return false
	}
	return x.elide(f)
}

// elide gives a number the unit that the words before it have.
func (x *reader) elide(f *figure) bool {
	u, verb := x.lex.Elided(x.line.r[:f.from])
	if u == nil && f.scaled && x.personDone(f) {
		u = x.lex.Find("人")
	}
	switch {
	case u == nil || u.Dim == lexicon.Money && !f.scaled:
		return false
	case f.scaled && u.Dim != lexicon.Percent:
	case u.Dim == lexicon.Percent:
		if f.value.Cmp(schema.Int(1000)) > 0 {
			return false
		}
	case verb || isYear(f) || f.value.Cmp(schema.Int(10)) < 0 || x.line.at(f.to) == 0:
		return false
	}
	f.unit, f.name = u, u.Name
	f.elided, f.rule = true, "figure/省略单位"
	return true
}

// personAt reports a noun for people at i: 286315农民参合.
func (x *reader) personAt(i int) bool {
	for _, w := range x.lex.PersonNoun {
		if x.line.has(i, w) {
			return true
		}
	}
	return false
}

// personDone reports people named before a number of 万, and at most what happens to
// them between: 注册志愿者5.4万, 65岁以上老人体检4.87万; but not 补助农民1.2亿.
func (x *reader) personDone(f *figure) bool {
	at := x.lex.PastVia(x.line.r[:f.from])
	for _, w := range x.lex.PersonDeed {
		if n := utf8.RuneCountInString(w); x.line.has(at-n, w) {
			at -= n
			break
		}
	}
	if !x.endsWithWord(at, x.lex.PersonNoun) {
		return false
	}
	from := at
	for from > 0 && at-from < 20 && !isPunct(x.line.r[from-1]) && !isDigit(x.line.r[from-1]) {
		from--
	}
	clause := phrase{from, at}
	return !x.holdsAny(clause, x.lex.Grant) && !x.holdsAny(clause, x.lex.Programme) && !x.holdsAny(clause, x.lex.Give)
}

// says reports a word of a class in a phrase, but for those that are kept in names.
func (x *reader) says(c lexicon.Class, p phrase) bool {
	for i := p.from; i < p.to; i++ {
		if n, v := x.lex.Words.Longest(x.line.r[i:]); n > 1 && lexicon.Class(v)&c != 0 && lexicon.Class(v)&lexicon.Keep == 0 {
			return true
		}
	}
	return false
}

// people reports a noun for people right after a number of 万.
func (x *reader) people(f *figure) bool {
	l := &x.line
	end := f.number.end
	if size, _ := x.lex.After.Longest(l.r[end:]); size > 1 {
		end += size // 1000万以上贫困人口
	}
	for end < len(l.r) && end < f.number.end+9 && !isPunct(l.r[end]) && !isDigit(l.r[end]) {
		for _, w := range x.lex.PersonNoun {
			if l.has(end, w) {
				return f.digits != "" || f.approx != schema.Exact
			}
		}
		if x.says(lexicon.Verb|lexicon.Function, phrase{end, end + 1}) {
			return false
		}
		end++
	}
	return false
}

// waits reports a number whose unit may be printed once, after the last of a
// list: 0.49、0.53和0.55万公顷; 农业2.81亿、林业3.95亿、电力1.06亿元.
func (x *reader) waits(f *figure) bool {
	l := &x.line
	if f.unit != nil || f.ratio || f.han || f.masked || !f.value.Known() {
		return false
	}
	if r := l.at(f.to); r != '、' && r != '和' && r != '与' {
		return false
	}
	if isDigit(l.at(f.to+1)) || l.at(f.to+1) == '-' {
		return !f.scaled
	}
	return f.scaled && isNoun(l.at(f.from-1)) && isNoun(l.at(f.to+1))
}

// runsTo reports that only a joint, and before a number of 万 a name, stands between a
// number that waits and the next one.
func (x *reader) runsTo(w *figure, next int) bool {
	if w.to == next-1 {
		return true
	}
	for i := w.to + 1; i < next; i++ {
		if !isNoun(x.line.r[i]) {
			return false
		}
	}
	return w.scaled && next > w.to && next-w.to < 10
}

// shareUnit gives the numbers that wait, and a 个 before 个百分点, the unit of f,
// if nothing but 、 or 和 stands between them.
func (x *reader) shareUnit(f *figure) {
	l := &x.line
	if n := len(x.figs); n > 0 && x.figs[n-1].name == "个" && f.name == "个百分点" && x.onlyJoins(phrase{x.figs[n-1].to, f.from}) {
		x.figs[n-1].unit, x.figs[n-1].name = f.unit, f.name // 2.2个和3.7个百分点
	}
	first := len(x.waiting)
	for next := f.from; first > 0 && x.runsTo(&x.waiting[first-1], next); first-- {
		next = x.waiting[first-1].from
	}
	list := x.waiting[first:]
	x.waiting = x.waiting[:0]
	if len(list) == 0 || f.unit == nil || f.name == "" || l.at(list[0].from-1) < 0x4e00 || list[0].scaled && !(f.scaled && (f.isMoney() || f.isPeople())) {
		return
	}
	for _, w := range list {
		w.unit, w.name, w.per, w.elided, w.rule = f.unit, f.name, f.per, true, "figure/共用单位"
		if f.scaled && !w.scaled {
			w.value = w.value.Shift(l.scale(f.number, false))
		}
		x.figs = append(x.figs, w)
	}
}
