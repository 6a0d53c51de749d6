package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// A figure is a number with its unit, found in a line. Places are runes of the
// line. It becomes a metric when its surroundings have been read.
type figure struct {
	number
	from, to int // raw: approximation, number and unit
	max      schema.Decimal
	approx   schema.Approx
	unit     *lexicon.Unit // nil for a plain ratio, or a number whose unit is left out
	name     string        // of the unit as it will be printed
	per      string        // from a printed suffix: 元/人·月
	ratio    bool          // 2.31:1, 1/4
	terms    int           // of a ratio of more than two
	term     string        // what it is the share of: 第一产业比重
	elided   bool          // the unit is left out
	negative bool
	flag     string // a further flag of the metric
	rule     string
	fate     string // what happened to the people counted: 死亡 of 5死
}

// figures finds the figures of a line, left to right, in one pass.
func (x *reader) figures() {
	l := &x.line
	x.figs, x.waiting = x.figs[:0], x.waiting[:0]
	for i := 0; i < len(l.r); {
		r := l.r[i]
		if !x.starts[class(r)].figure {
			i++
			continue
		}
		i = x.next(i)
	}
}

// next reads what starts at i and returns where to go on.
func (x *reader) next(i int) int {
	l := &x.line
	if n, _ := x.lex.Fixed.Longest(l.r[i:]); n > 0 && x.isName(i, i+n) { // 三个代表, 红十字会
		return i + n
	}
	r := l.r[i]
	switch {
	case r == '第':
		return l.ordinal(i)
	case isLetter(r) && !(isMask(r) && l.maskRun(i) > i):
		return l.code(i)
	case r == '〔' || r == '[':
		return l.docNumber(i)
	}
	if !isDigit(r) && !isHan(r) && !isMask(r) && r != '几' && r != '数' && r != '半' {
		return i + 1
	}
	f, end, ok := x.figure(i)
	if !ok {
		return max(end, i+1)
	}
	if f.terms > 2 {
		x.figs = append(x.figs, x.terms(f)...)
	} else if x.accept(&f) {
		x.shareUnit(&f)
		x.figs = append(x.figs, f)
	} else if x.waits(&f) {
		x.waiting = append(x.waiting, f)
	}
	return max(end, i+1)
}

// isName reports whether the fixed name from i to end is one here. 十五 is a plan
// only before 期间 and the like, and a name that ends with a numeral is none
// where the number goes on: 九五折, 十五户, 十五点七.
func (x *reader) isName(i, end int) bool {
	l := &x.line
	if !isHan(l.r[end-1]) {
		return true
	}
	next := l.at(end)
	if isHan(next) || next == '点' || next == '余' || next == '多' || next == '折' || x.line.unitAt(end) {
		return false
	}
	for k := i; k < end; k++ {
		if !isHan(l.r[k]) {
			return true
		}
	}
	return next == '”' || next == '"' || slices.ContainsFunc(x.lex.PlanPeriod, func(w string) bool { return l.has(end, w) })
}

// figure reads one figure at i: 百分之八点五, 500至1000元, 近40台(次), 1/4.
func (x *reader) figure(i int) (f figure, end int, ok bool) {
	l := &x.line
	if l.has(i, "百分之") || l.has(i, "千分之") || l.has(i, "万分之") {
		return x.percent(i)
	}
	n, ok := l.number(i)
	if !ok {
		return f, l.skipNumber(i), false
	}
	f = figure{number: n, from: i, to: n.end, approx: n.approx}
	if n.vague {
		return f, n.end, false
	}
	if n.pair.Known() {
		f.max, f.approx = n.pair, schema.Range
	}
	if l.has(n.end, "分之") {
		return x.fraction(f)
	}
	if l.at(n.end) == ':' && isDigit(l.at(n.end+1)) {
		return x.ratio(f)
	}
	if l.at(n.end) == '/' && isDigit(l.at(n.end+1)) && !n.scaled {
		if g, end, ok := x.slash(f); ok || end > n.end {
			return g, end, ok
		}
	}
	x.unitOf(&f)
	x.dollars(&f)
	x.rangeOf(&f)
	x.after(&f)
	x.before(&f)
	return f, f.to, true
}

// unitOf reads the unit after the number, its bracket and its suffix.
func (x *reader) unitOf(f *figure) {
	l := &x.line
	j := l.spaces(f.end)
	if j > f.end && (j > f.end+3 || l.newlineIn(f.end, j) && !isUnitStart(l.at(j))) { // 12250    企业: columns
		j = f.end
	}
	size, _ := x.lex.Units.Longest(l.r[j:])
	if size == 0 {
		x.casualties(f)
		return
	}
	size, u := x.fittingUnit(j, size, f)
	if size == 0 {
		return
	}
	f.unit, f.name, f.to = u, u.Name, j+size
	if well := x.lex.Find("口井"); f.name == "口" && (x.endsWithWord(l.back(f.start), x.lex.Mouthed) || x.holdsAny(phrase{f.to, f.to + 2}, x.lex.Mouthed) || len(x.figs) > 0 && x.figs[len(x.figs)-1].unit == well && has(x.lex.WellWork, strings.Trim(string(l.r[x.figs[len(x.figs)-1].to:f.start]), "，,、;"))) {
		f.unit = well // 水窖120口,整修45口
	}
	for _, read := range unitTails {
		read(x, f)
	}
}

// unitTails read what may stand behind a unit, or be wrong with it, in their order.
var unitTails = []func(x *reader, f *figure){
	(*reader).tenths,      // 九成五
	(*reader).openBehind,  // 四倍多
	(*reader).partedUnit,  // 30人 次
	(*reader).points,      // 0.3个点
	(*reader).currency,    // 港币2960元
	(*reader).smallChange, // 3元5角2分
	(*reader).lostSign,    // 40m?, 12%o
	(*reader).andHalf,     // 一吨半
	(*reader).bracket,     // 40台(次)
	(*reader).suffix,      // 1200人/天
}

// openBehind reads 余 or 多 behind the unit: 四倍多, but not 比1980人多160人.
func (x *reader) openBehind(f *figure) {
	l := &x.line
	if r := l.at(f.to); (r == '余' || r == '多') && f.approx == schema.Exact && !isUnitWord(l.at(f.to+1)) && !x.tellsMore(f.to) {
		f.approx, f.to = schema.Over, f.to+1
	}
}

// partedUnit joins a unit that a blank parts: 30人 次; and the word behind one that says no more: 860口|人.
func (x *reader) partedUnit(f *figure) {
	if next := x.line.at(f.to + 1); f.name == "口" && x.line.at(f.to) == '人' && (next == 0 || isPunct(next)) {
		f.to++
	}
	if f.name == "人" && x.line.at(f.to) == ' ' && x.line.at(f.to+1) == '次' {
		f.unit, f.name, f.to = x.lex.Find("人次"), "人次", f.to+2
	}
}

// points takes 个点 behind a decimal, or of a change of a per cent, as one says for 个百分点; but not 0.5个点心铺, 教学点…减少3个点.
func (x *reader) points(f *figure) {
	if l := &x.line; f.name == "个" && l.at(f.to) == '点' && (strings.Contains(f.digits, ".") || x.ends(f.to+1) && x.rateChanges(f.start)) && l.cutWords(phrase{f.to, f.to + 1}, x.general)[f.to+1].ends {
		f.unit, f.name, f.to = x.lex.Find("个百分点"), "个百分点", f.to+1
	}
}

// rateChanges reports words before i of how a rate changes: 增长8%,|比上年回落 2个点, 增速回落 2个点.
func (x *reader) rateChanges(i int) bool {
	p := phrase{x.clauseStart(i), i}
	n := len(x.figs)
	return x.tellsChange(p) && (n > 0 && x.figs[n-1].isPercent() && !slices.Contains(x.line.r[x.figs[n-1].to:i], '。') || slices.ContainsFunc(x.tokens(p, nil), func(t token) bool {
		return t.is(lexicon.Measure) && t.is(lexicon.Change) || t.to-t.from > 1 && x.line.r[t.to-1] == '率'
	}))
}

// smallChange adds the tenths and hundredths of money, land and old measures. A 斤 had 16 两 until 1959: one of
// that time is refused.
func (x *reader) smallChange(f *figure) {
	to := f.to
	for _, w := range x.lex.Tenths {
		if rest, ok := strings.CutPrefix(w, f.unit.Name); ok {
			r := []rune(rest)
			x.smaller(f, r[0], r[1])
		}
	}
	switch {
	case f.to == to:
	case f.unit.Name == "角": // 八角五分
		f.value, f.unit, f.name = f.value.Shift(-1), x.lex.Find("元"), "元"
	case f.unit.Name == "斤" && x.beforeTens(f.start):
		f.value, f.number.suspect = schema.Decimal{}, true
	}
}

// beforeTens reports a figure of a year in which a 斤 had 16 两: of the last year that is named before it, or the report's.
func (x *reader) beforeTens(i int) bool {
	year := x.year
	if named := fourDigits.FindAllString(x.line.cut(0, i), -1); len(named) > 0 {
		year = smallInt(named[len(named)-1])
	}
	return year > 0 && year < 1959
}

// lostSign refuses a unit of which a sign was lost or misread: m? for m² or m³, %o for ‰.
func (x *reader) lostSign(f *figure) {
	l := &x.line
	if l.at(f.to-1) == 'm' && !isLetter(l.at(f.to-2)) && l.at(f.to) == '?' {
		f.number.suspect, f.name = true, "m"
	}
	if f.unit.Name == "%" && strings.ContainsRune("oO0〇", l.at(f.to)) && !isDigit(l.at(f.to+1)) && !isLetter(l.at(f.to+1)) {
		f.number.suspect, f.to = true, f.to+1
	}
}

// andHalf adds a half behind the unit: 一吨半.
func (x *reader) andHalf(f *figure) {
	if x.line.at(f.to) == '半' && (f.unit.Dim != lexicon.Count && f.unit.Dim != lexicon.People || x.ends(f.to+1)) && f.value.Known() {
		f.value, f.to = f.value.Add(schema.Int(5).Shift(-1)), f.to+1
	}
}

// casualties reads 5死2伤 of headlines: people, and what happened to them.
func (x *reader) casualties(f *figure) {
	for _, c := range x.lex.Casualty {
		if w, fate, _ := strings.Cut(c, "/"); !f.bare && x.line.has(f.end, w) {
			end := f.end + utf8.RuneCountInString(w)
			if next := x.line.at(end); next == 0 || next == ' ' || isDigit(next) || isPunct(next) || isHan(next) {
				f.fate = fate
				f.unit, f.name, f.to = x.lex.Find("人"), "人", end
			}
			return
		}
	}
}

// currency takes the name of a currency before the number: 港币2960元.
func (x *reader) currency(f *figure) {
	l := &x.line
	if f.unit.Name != "元" {
		return
	}
	at := l.back(f.start)
	for _, name := range x.lex.CurrencyName {
		n := utf8.RuneCountInString(name)
		if l.has(at-n, name) {
			f.unit = x.lex.Find(name)
			f.name = f.unit.Name
		}
	}
}

// dollars takes the sign of a currency before the number: US$12.3亿, €2.3亿, ￥3.4万元.
func (x *reader) dollars(f *figure) {
	l := &x.line
	for _, s := range x.lex.CurrencySign { // the longest first
		sign, name, _ := strings.Cut(s, "/")
		at := f.start - utf8.RuneCountInString(sign)
		if !l.has(at, sign) {
			continue
		}
		if fits := f.unit == nil || f.name == "元" || f.name == name; fits && !isLetter(l.at(at-1)) {
			f.unit, f.name, f.from = x.lex.Find(name), name, at
		}
		return
	}
}

// smaller adds tenths and hundredths of a unit by their names: 叁佰贰拾元伍角, 3元5角2分,
// 二亩五分.
func (x *reader) smaller(f *figure, tenth, hundredth rune) {
	l := &x.line
	for shift, name := range []rune{tenth, hundredth} {
		n, ok := l.number(f.to)
		if next := l.at(n.end + 1); !ok || l.at(n.end) != name || n.value.Cmp(schema.Int(10)) >= 0 || n.scaled || next == '之' || next == '别' {
			return
		}
		f.value, f.to = f.value.Add(n.value.Shift(-1-shift)), n.end+1
	}
}

func isUnitWord(r rune) bool {
	return r == '个' || r == '种' || r == '样' || r == '于' || r == '数'
}

func isUnitStart(r rune) bool { return r > 0x2e80 && r != '（' && r != '、' }

// fittingUnit is the longest unit at j whose conditions hold: in 人民币 none, in 元月 none.
func (x *reader) fittingUnit(j, size int, f *figure) (int, *lexicon.Unit) {
	for ; size > 0; size-- {
		if v, ok := x.lex.Units.Has(x.line.r[j : j+size]); ok {
			if u := &x.lex.All[v]; !x.notUnit(u, j, size, f) {
				return size, u
			}
		}
	}
	return 0, nil
}

// keepsUnit reports a figure that has the unit of the one before it, 指数849.8点,高出476.9点; a span of time only in its
// clause or where it changes: 周转112天,比上年加快23天, but not 工期缩短45天,3天内完工.
func (x *reader) keepsUnit(u *lexicon.Unit, from, to int) bool {
	n := len(x.figs)
	if n == 0 || u.Dim != lexicon.Span {
		return n > 0 && x.figs[n-1].unit == u
	}
	clause := phrase{from, to}
	return x.figs[n-1].unit == u && x.figs[n-1].to > from ||
		(x.holdsAny(clause, x.lex.Than) || x.tellsChange(clause)) && slices.ContainsFunc(x.figs[max(0, n-reach):], func(f figure) bool { return f.unit == u })
}

// longestClause is how many runes of a clause are looked back over.
const longestClause = 60

// clauseStart is where the clause of a rune begins, or as far back as is looked.
func (x *reader) clauseStart(i int) int {
	for least := max(0, i-longestClause); i > least && !clauseEnd(x.line.r[i-1]); {
		i--
	}
	return i
}

// needed gives a figure the unit that stands behind it up to to where a name holds the words that it needs: 8.6天 of 平均住院日.
func (x *reader) needed(f *figure, to int, head, name string) bool {
	u := x.lex.Find(string(x.line.r[f.to:to]))
	if u == nil || !containsAny(head+name, u.Needs) {
		return x.lasts(f, to, name)
	}
	f.unit, f.name, f.to = u, u.Name, to
	return true
}

// lasts gives a number the span of time behind it, up to to: ≤30天, or 5年 of 使用年限. 6月 and 25日 are dates.
func (x *reader) lasts(f *figure, to int, name string) bool {
	s := string(x.line.r[f.to:to])
	if !lasting.MatchString(s) || f.approx == schema.Exact && !spanName.MatchString(name) || bareYear.MatchString(f.digits) {
		return false
	}
	f.unit, f.name, f.to = x.lex.Find(s), s, to
	return true
}

// notUnit applies the conditions of units.txt to a unit found at j.
func (x *reader) notUnit(u *lexicon.Unit, j, size int, f *figure) bool {
	l := &x.line
	if isLetter(l.r[j+size-1]) && isLetter(l.at(j+size)) {
		return true // 4000mAh
	}
	for _, w := range u.Not {
		if l.has(j+size, w) {
			return true
		}
	}
	if u.Digit && f.han && !(f.value.Known() && f.value.Cmp(schema.Int(10)) > 0) {
		return true
	}
	if u.Ends && !x.ends(j+size) {
		return true
	}
	if len(u.Needs) == 0 {
		return false
	}
	from, to := max(0, f.start-16), min(len(l.r), j+size+8)
	if u.Dim == lexicon.Span {
		from, to = x.clauseStart(f.start), f.start
	}
	return !x.keepsUnit(u, from, f.start) && !slices.ContainsFunc(u.Needs, func(w string) bool { return l.find(from, to, w) || w == "万" && f.scaled })
}

// find reports whether word stands between two places.
func (l *line) find(from, to int, word string) bool {
	from, to = max(from, 0), min(to, len(l.r))
	return from < to && l.may(word) && strings.Contains(l.s[l.at8[from]:min(len(l.s), int(l.at8[to-1])+len(word))], word)
}

func (l *line) newlineIn(i, j int) bool {
	for ; i < j; i++ {
		if l.r[i] == '\n' {
			return true
		}
	}
	return false
}

// tenths adds what stands behind 成: 五成四 is 5.4. It converts to 54 %.
func (x *reader) tenths(f *figure) {
	l := &x.line
	if d := hanDigit(l.at(f.to)); f.unit.Name == "成" && d > 0 && hanDigit(l.at(f.to+1)) < 0 && !f.max.Known() {
		f.value, f.to = f.value.Add(schema.Int(int64(d)).Shift(-1)), f.to+1
	}
}

// bracket joins a unit in brackets: 台(次), 件(套), 亿册（张）.
func (x *reader) bracket(f *figure) {
	l := &x.line
	j := f.to
	if l.at(j) != '(' {
		return
	}
	size, v := x.lex.Units.Longest(l.r[j+1:])
	if size == 0 || l.at(j+1+size) != ')' || x.lex.All[v].Dim == lexicon.Money {
		return
	}
	f.to = j + size + 2
	f.name += string(l.r[j+1 : j+1+size])
	if u := x.lex.Find(f.name); u != nil {
		f.unit, f.name = u, u.Name
	}
}

// suffix reads /人·月, /(人·月), /亩, 每人每年 after a unit.
func (x *reader) suffix(f *figure) {
	l := &x.line
	j, per := f.to, ""
	if p, end := x.every(j); strings.Contains(p, "·") && f.unit.Dim == lexicon.Money && (isPunct(l.at(end)) || l.at(end) == 0 || l.at(end) == '的') { // 120元每人每月
		f.per, f.to = p, end
		return
	}
	bracket := l.at(j) == '/' && l.at(j+1) == '('
	for l.at(j) == '/' || per != "" && isPerSep(l.at(j)) || l.at(j) == '每' && per != "" {
		k := l.spaces(j + 1)
		if bracket && per == "" {
			k = l.spaces(j + 2)
		}
		if l.at(k) == '每' {
			k++
		}
		size, v := x.lex.Pers.Longest(l.r[k:])
		if size == 0 || per != "" && l.at(j) == '、' && v > 8 || isLetter(l.at(k+size-1)) && isLetter(l.at(k+size)) {
			break
		}
		if per != "" {
			per += "·"
		}
		per += x.lex.Bases[v]
		j = k + size
	}
	if bracket {
		if l.at(j) != ')' {
			return
		}
		j++
	}
	if per != "" {
		f.per, f.to = per, j
	}
}

// countsFrom reports a number at i: 多百分之十七, 多160人.
func (x *reader) countsFrom(i int) bool {
	_, ok := x.line.number(i)
	return ok || x.line.has(i, "百分之")
}

// tellsMore reports 多 at i that says by how much something is more: 比1980人|多160人, 比60亿元|多出50%, 比上年3512万元|多购
// 352万元.
func (x *reader) tellsMore(i int) bool {
	n, v := x.lex.Words.Longest(x.line.r[i:])
	return x.countsFrom(i+1) || n > 1 && lexicon.Class(v)&lexicon.Change != 0 ||
		(x.countsFrom(i+2) || x.countsFrom(i+3)) && x.holdsAny(phrase{x.clauseStart(i), i}, x.lex.Than)
}

func isPerSep(r rune) bool {
	return oneOf(r, "·.、*×•∙⋅・‧")
}

// rangeOf reads a second number: 500至1000元, 3-5万元, 8%—9%, 800~1500元.
func (x *reader) rangeOf(f *figure) {
	l := &x.line
	j := f.to
	size := l.connector(j)
	if size == 0 || f.masked || f.number.suspect || f.max.Known() || f.number.approx == schema.Over && f.unit == nil {
		return
	}
	k := l.spaces(j + size)
	var second figure
	if l.has(k, "百分之") {
		g, _, ok := x.percent(k)
		if !ok || f.unit == nil || f.name != "%" {
			return
		}
		second = g
	} else {
		n, ok := l.number(k)
		if !ok || n.vague || n.masked || n.suspect || n.small && !f.han {
			return
		}
		second = figure{number: n, from: k, to: n.end}
		x.unitOf(&second)
	}
	x.join(f, &second)
}

// join makes one range of two figures, if they can be one: the second has a
// unit, the first the same or none, and the second is the larger.
func (x *reader) join(f, second *figure) {
	if f.unit != nil && f.name == "角" && second.name == "元" && !x.line.find(second.from, second.to, "元") { // 五角至六角五分
		f.value, f.unit, f.name = f.value.Shift(-1), second.unit, second.name
	}
	if second.unit == nil || f.unit != nil && f.unit != second.unit && f.name != second.name {
		return
	}
	lo, hi := f.value, second.value
	if f.unit == nil && !f.scaled && (second.scaled || f.small) && lo.Cmp(hi) < 0 {
		if l := x.line.scale(second.number, !f.small); l > 0 && lo.Cmp(schema.Int(10).Shift(l)) < 0 {
			lo = lo.Shift(l) // 3-5万元
		}
	}
	if !lo.Known() || !hi.Known() || lo.Cmp(hi) >= 0 {
		return
	}
	f.value, f.max, f.approx = lo, hi, schema.Range
	f.unit, f.name, f.per, f.to = second.unit, second.name, second.per, second.to
}

// scale is the power of ten of the multipliers at the end of a number; of a
// Chinese one only 万 and 亿 if high: 两到三千 share 千, 七千到九千亿 only 亿.
func (l *line) scale(n number, high bool) int {
	p := 0
	for j := n.end - 1; j > n.start; j-- {
		r := l.r[j]
		if r == '余' || r == '多' || r == ' ' {
			continue
		}
		q := power(r)
		if q == 0 || high && n.han && q < 4 { // 七千到九千亿: only 亿 is shared
			break
		}
		p += q
	}
	return p
}

// connector is the length of a word or sign between the ends of a range.
func (l *line) connector(i int) int {
	switch r := l.at(i); {
	case r == '-' || r == '~':
		if l.at(i+1) == r {
			return 2
		}
		return 1
	case r == '至' || r == '到':
		return 1
	}
	return 0
}

// after reads 以上, 左右, 余 behind the unit.
func (x *reader) after(f *figure) {
	j := x.line.spaces(f.to)
	size, v := x.lex.After.Longest(x.line.r[j:])
	if size == 0 || j > f.to && x.line.r[j-1] == '\n' || x.line.r[j] == '多' && x.tellsMore(j) {
		return
	}
	if f.unit == nil && f.name == "" && !f.ratio {
		// the approximation may stand before the unit: 300左右人 does not occur
		return
	}
	f.to = j + size
	if f.approx != schema.Range {
		f.approx = approxOf(v)
	}
}

// openNumber reads what opens a number without a unit up to the end of its cell: 400-450, 5.5以内, 42左右.
func (x *reader) openNumber(f *figure, to int) {
	l := &x.line
	if size, v := x.lex.After.Longest(l.r[f.to:to]); size > 0 && f.to+size == to && f.approx != schema.Range {
		f.to, f.approx = to, approxOf(v)
		return
	}
	size := l.connector(f.to)
	if size == 0 || f.max.Known() || f.masked || f.negative {
		return
	}
	if n, ok := l.number(f.to + size); ok && n.end == to && !n.vague && !n.masked && n.value.Known() && f.value.Known() && f.value.Cmp(n.value) < 0 && n.scaled == f.scaled {
		f.max, f.approx, f.to = n.value, schema.Range, to
	}
}

// before reads 约, 近, 超过, 最高 in front of the number.
func (x *reader) before(f *figure) {
	l := &x.line
	j := f.from
	if l.at(j-1) == ' ' && l.at(j-2) == '负' {
		f.from--
		j = f.from
	}
	if l.has(j-2, "零下") && f.value.Known() && !f.negative { // 零下13℃
		f.negative = true
		f.value, f.from = f.value.Neg(), f.from-2
		return
	}
	switch r := l.at(j - 1); {
	case r == '-' || r == '负':
		x.minus(f)
	case upOrDown(r) != none:
		x.arrow(f, upOrDown(r))
	}
	j = f.from
	for j > 0 && l.r[j-1] == ' ' {
		j--
	}
	size, v := x.lex.Before.LongestBefore(l.r[:j])
	if size == 0 || notApprox(l.at(j-size-1), l.r[j-size]) || l.r[j-size] == '破' && !f.scaled { // 破1742起
		return
	}
	f.from = j - size
	if f.approx != schema.Range {
		f.approx = approxOf(v)
	}
}

// notApprox refuses 最近, 附近, 节约, 合约: the rune before and the first of the word.
func notApprox(before, first rune) bool {
	switch first {
	case '近':
		return before == '最' || before == '附' || before == '靠' || before == '邻' || before == '远' || before == '临'
	case '约':
		for _, r := range "节合公预条制违签邀履集契特" {
			if before == r {
				return true
			}
		}
	case '超', '逾':
		return before == '高' || before == '赶' || before == '中'
	case '破':
		return before == '突' || before == '爆' || before == '侦' || before == '告'
	}
	return false
}

func approxOf(v int32) schema.Approx {
	switch lexicon.Direction(v) {
	case lexicon.About:
		return schema.About
	case lexicon.Over:
		return schema.Over
	}
	return schema.Under
}
