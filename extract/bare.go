package extract

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// Numbers whose unit is left out: 优待面达到100, 水田1520.5亩、旱地430.6, 残疾人18.3万,
// 农业2.81亿、林业3.95亿、电力1.06亿元, 1217人(一级211,二级386).

// A lender gives a number without a unit the one that it has from its surroundings.
type lender struct {
	rule  string
	gives func(x *reader, f *figure) bool
}

// lenders are asked in their order.
var lenders = []lender{
	{"figure/指数", (*reader).lendIndex},       // 居民消费价格指数102.3
	{"figure/共用单位", (*reader).lendListed},    // 水田1520.5亩、旱地430.6
	{"figure/共用单位", (*reader).lendWhole},     // 环评196个(报告书12、报告表97、登记表87)
	{"figure/共用单位", (*reader).lendLevel},     // 旅客人次由7200万增加到2.6亿
	{"figure/省略单位", (*reader).lendPerson},    // 286315农民参合
	{"figure/省略单位", (*reader).lendMilestone}, // 突破10亿大关
	{"figure/省略单位", (*reader).lendWords},     // 优待面达到100
}

// lend gives a number without a unit the one that its surroundings tell, if any does.
func (x *reader) lend(f *figure) bool {
	for _, l := range lenders {
		if l.gives(x, f) {
			f.rule, f.elided = l.rule, f.unit != nil
			return true
		}
	}
	return false
}

// lendIndex accepts an index, which has no unit: 居民消费价格指数102.3.
func (x *reader) lendIndex(f *figure) bool {
	at := x.beforeBracket(x.lex.PastVia(x.line.r[:f.from]))
	f.ratio = !f.han && !f.scaled && strings.Contains(f.digits, ".") && x.ends(f.to) && x.endsWithWord(at, x.lex.IndexEnd)
	return f.ratio
}

// beforeBracket is where a short bracket begins that ends at i, else i: 性别比(以女性为100)为105.55.
func (x *reader) beforeBracket(i int) int {
	if x.line.at(i-1) == ')' {
		for at := i - 2; at >= 0 && at > i-12; at-- {
			if x.line.r[at] == '(' {
				return at
			}
		}
	}
	return i
}

// lendListed gives a number of a list the unit of the figure before it:
// 水田1520.5亩、旱地430.6; 残疾人18.3万,视力残疾2.7万.
func (x *reader) lendListed(f *figure) bool {
	l := &x.line
	if len(x.figs) == 0 || f.han || isYear(f) || len(f.digits) < 3 && !f.scaled || !x.ends(f.to) || isDigit(l.at(f.to)) || l.at(f.to) == ':' {
		return false
	}
	before := &x.figs[len(x.figs)-1]
	at := x.nameBefore(f)
	if f.from-at < 2 || before.to != at-1 || before.scaled != f.scaled || !x.beginsList(before) {
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
	return true
}

// beginsList reports a figure whose unit the next of a list may leave out.
func (x *reader) beginsList(f *figure) bool {
	return f.unit != nil && !f.isPercent() && !f.han && isNoun(x.line.at(f.from-1))
}

// nameBefore is where the name right before a number begins, at most 8 runes back.
func (x *reader) nameBefore(f *figure) int {
	at := f.from
	for f.from-at < 8 && (isNoun(x.line.at(at-1)) || x.line.at(at-1) == '一') {
		at--
	}
	return at
}

// lendWhole gives a number the unit of a figure before it that is divided up right behind, if
// the parts add up to that figure: 环评196个(报告书12、报告表97、登记表87), 教师2486人,其中小学1320、
// 初中742、高中424, but not 医院120个(床位85,医生30).
func (x *reader) lendWhole(f *figure) bool {
	if f.han || f.negative || isYear(f) {
		return false
	}
	for i := len(x.figs) - 1; i >= 0 && f.from-x.figs[i].to < longestParts; i-- {
		if x.lendBy(&x.figs[i], f, x.opensParts(x.figs[i].to)) {
			return true
		}
	}
	n := len(x.all)
	return n > 0 && x.lendBy(&x.all[n-1].figure, f, x.partsFrom(0)) // 总人口13.92万。其中男性7.21万,女性6.71万
}

// lendBy gives a number the unit of a whole if it is one of the parts that begin there.
func (x *reader) lendBy(whole, f *figure, p parts) bool {
	if whole.unit == nil || whole.isPercent() || whole.isTimes() || whole.per != "" || !whole.value.Known() || p.from < 0 || !x.dividesUp(whole, f, p) {
		return false
	}
	f.unit, f.name = whole.unit, whole.name
	return true
}

// parts are where the parts of a whole begin, -1 if nothing opens them.
type parts struct {
	from            int
	bracket, opened bool // in a bracket; by it or by a word like 其中
}

// longestParts is how many characters the parts of a whole may take.
const longestParts = 80

// dividesUp reports that names and numbers, with the unit of the whole or none, stand behind it up
// to f and further and add up to it. In a bracket they may be less where a rest is named:
// 残疾人1217人(一级211,二级386,其余三级); behind 其中, four may nearly do so; where neither opens
// them, they must be three, or printed to more than units.
func (x *reader) dividesUp(whole, f *figure, p parts) bool {
	l, from := &x.line, p.from
	sum, parts, rest := schema.Int(0), 0, false
	for from < p.from+longestParts {
		end := from
		for !x.partMark(end) {
			end++
		}
		if v, ok := x.partIn(from, end, whole.name); ok {
			sum, parts = sum.Add(v), parts+1
		} else if rest = p.bracket && x.holdsAny(phrase{from, end}, x.lex.Remainder); !rest {
			return false
		}
		switch c, mark := sum.Cmp(whole.value), l.at(end); {
		case p.bracket && mark == ')':
			return parts > 1 && (c == 0 || rest && c < 0)
		case !p.bracket && c == 0:
			return end >= f.to && (parts > 2 || parts > 1 && (p.opened || f.scaled || strings.Contains(f.digits, ".")))
		case strings.ContainsRune("\x00。)", mark):
			return p.opened && !p.bracket && parts > 3 && nearlyAll(whole.value, sum)
		}
		from = end + 1
	}
	return false
}

// nearlyAll reports a sum that is off by a twentieth at most, by what one other digit or two that
// changed places make.
func nearlyAll(whole, sum schema.Decimal) bool {
	off := whole.Sub(sum)
	if off.Sign() < 0 {
		off = off.Neg()
	}
	n, err := strconv.Atoi(strings.Trim(strings.ReplaceAll(off.String(), ".", ""), "0"))
	return err == nil && (n < 10 || n%9 == 0 && n <= 81) && off.Mul(schema.Int(20)).Cmp(whole) <= 0
}

// opensParts are the parts of a figure that ends at i.
func (x *reader) opensParts(i int) parts {
	l := &x.line
	for n := 0; isNoun(l.at(i)) && n < 8; n++ {
		i++
	}
	switch l.at(i) {
	case '(':
		p := x.partsFrom(i + 1)
		return parts{max(p.from, i+1), true, true}
	case ':', ',', '，':
		if p := x.partsFrom(i + 1); p.from > 0 {
			return p
		}
		return parts{from: i + 1}
	}
	return parts{from: -1}
}

// partsFrom are the parts that a word like 其中 opens at i.
func (x *reader) partsFrom(i int) parts {
	for _, w := range x.lex.Part {
		if x.line.has(i, w) {
			i += utf8.RuneCountInString(w)
			if x.line.at(i) == ':' {
				i++
			}
			return parts{from: i, opened: true}
		}
	}
	return parts{from: -1}
}

// partMark reports what parts the items of a list; a comma within a number does not.
func (x *reader) partMark(at int) bool {
	l := &x.line
	switch l.at(at) {
	case ',', '，':
		return !isDigit(l.at(at-1)) || !isDigit(l.at(at+1))
	case '、', ';', ')', '。', 0:
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

// lendPerson gives 人 to a number before a noun for people: 286315农民参合.
func (x *reader) lendPerson(f *figure) bool {
	if !f.scaled && (len(f.digits) < 4 || isYear(f) || !x.startsWith(f.number.end, x.lex.PersonNoun)) || f.negative || !x.people(f) {
		return false
	}
	f.unit, f.name = x.lex.Find("人"), "人"
	x.after(f)
	return true
}

// lendMilestone reads a number of 万 before 大关: 突破10亿大关.
func (x *reader) lendMilestone(f *figure) bool {
	return f.scaled && x.startsWith(f.to, x.lex.Milestone) && x.elide(f)
}

// lendWords reads a number at the end of its phrase behind words that have one unit:
// 优待面达到100, 五保供养对象2557(集中供养…), 控制在13亿以内.
func (x *reader) lendWords(f *figure) bool {
	l := &x.line
	if size, v := x.lex.After.Longest(l.r[f.to:]); f.scaled && size > 1 && x.ends(f.to+size) {
		f.to, f.approx = f.to+size, approxOf(v)
	}
	switch next := l.at(f.to); {
	case f.han && !f.scaled, f.negative, next != '(' && !x.ends(f.to) && !x.leaves(f), isDigit(next), next != 0 && strings.ContainsRune(":-~.、", next):
		return false
	case f.digits != "" && f.digits[0] == '0' && f.value.Cmp(schema.Int(1)) >= 0:
		return false
	}
	return x.elide(f)
}

// leaves reports a number of 万 from which a level rises or falls: 由7200万|增加到2.6亿.
func (x *reader) leaves(f *figure) bool {
	next := x.levelAt(f.to)
	if !f.scaled || !x.line.among(f.from-1, "由从") || next == f.to {
		return false
	}
	n, ok := x.line.number(next)
	return ok && n.scaled
}

// levelAt is where a verb ends that leads to a level and begins at i, i if none does.
func (x *reader) levelAt(i int) int {
	if n, v := x.lex.Words.Longest(x.line.r[min(i, len(x.line.r)):]); lexicon.Class(v)&lexicon.Level != 0 {
		return i + n
	}
	return i
}

// lendLevel gives the number that a level leads to the unit of the one before it, which has it from
// the words before, 旅客人次由7200万|增加到2.6亿, and one that only says how it changed: 余额1230亿元,比年初增加|230亿.
func (x *reader) lendLevel(f *figure) bool {
	n := len(x.figs)
	if n == 0 || !f.scaled || x.figs[n-1].unit == nil || !x.ends(f.to) {
		return false
	}
	before := &x.figs[n-1]
	if x.levelAt(before.to) != f.from || !before.elided {
		if !before.scaled || before.isPercent() || before.per != "" || !x.line.among(before.to, "，,(") || !x.onlyChanges(phrase{before.to + 1, f.from}) {
			return false
		}
	}
	f.unit, f.name = before.unit, before.name
	return true
}

// onlyChanges reports words that tell no more than how something changed: 比年初增加, 同比减少.
func (x *reader) onlyChanges(p phrase) bool {
	toks := x.tokens(p, nil)
	n := len(toks)
	return n > 0 && toks[n-1].is(lexicon.Change) && !slices.ContainsFunc(toks, func(t token) bool {
		return !t.is(lexicon.Change|lexicon.Time) && !t.filler() && !x.among(t, x.lex.Compare) && !x.among(t, x.lex.UsualBase)
	})
}

// elide gives a number the unit that the words before it have.
func (x *reader) elide(f *figure) bool {
	u, verb := x.lex.Elided(x.line.r[:f.from])
	if u == nil && f.scaled {
		u, _ = x.lex.Elided(x.line.r[:x.beforeChange(f.from)])
	}
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
	return true
}

// beforeChange is where words that only tell how something changed begin before i, 0 if there are none: 存款余额|比年初增加 230亿.
func (x *reader) beforeChange(i int) int {
	for at := x.clauseStart(i); at < i; at++ {
		if x.startsWith(at, x.lex.Compare) {
			if x.onlyChanges(phrase{at, i}) {
				return at
			}
			break
		}
	}
	return 0
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
	return !x.holdsAny(clause, x.lex.Programme)
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
