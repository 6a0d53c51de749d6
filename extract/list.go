package extract

import (
	"strings"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// Lists that share their words:
//
//	油菜、蔬菜、水果面积分别为15.2万亩、23.6万亩和9.8万亩
//	一类2658人,二类10246人,三类12655人,补助标准分别为120元、85元和60元
//	城乡居民收入27306元、8929元,分别增长8.8%和9.6%

// distribute gives each figure of a 分别 list its own item.
func (x *reader) distribute() {
	for k := 0; k < len(x.mentions); k++ {
		m := &x.mentions[k]
		at := x.findIn(m.gap, "分别")
		if at < 0 {
			at = x.findIn(m.gap, "依次")
		}
		if at < 0 {
			n := x.run(k)
			if n > 1 && x.pairwise(k, n) {
				k += n - 1
				continue
			}
			if n > 1 && m.change != "" && x.continues(k, n) {
				k += n - 1
				continue
			}
			if n > 1 && m.words != "" {
				x.share(k, n, phrase{m.own.from, m.own.to})
				k += n - 1
			}
			continue
		}
		n := x.run(k)
		if n < 2 {
			continue
		}
		if x.pairwise(k, n) {
			k += n - 1
			continue
		}
		x.listed++
		before := x.beforeWord(m.gap, at)
		items, tail := x.items(before, n)
		if len(items) != n && before.from > m.gap.from { // …企业,一次性分别奖励
			if p, _ := x.lastPiece(phrase{m.gap.from, before.from - 1}, false); !p.empty() {
				if list, t := x.items(p, n); len(list) == n {
					before, items, tail = p, list, t
				}
			}
		}
		x.shareRate(k, n)
		after := x.cleanWords(phrase{at + 2, m.from}, m)
		if last := &x.mentions[k+n-1]; last.postStrong && !last.isCount() {
			after += clipHead(x.trimmed(last.post), 6)
		}
		if len(items) != n {
			items = x.earlier(k, n, m.change != "")
			tail = ""
		}
		if len(items) == n {
			head := x.headOf(before, items)
			for i, item := range items {
				y := &x.mentions[k+i]
				y.listed = x.listed
				y.subject = item
				if r := []rune(item); len(r) > 0 && isPlaceEnd(r[len(r)-1]) {
					y.place = "" // the items are places themselves
				}
				y.words = clip(join(item, join(head, tail)+after), maxLabel-6)
				if strings.Contains(after, tail) && tail != "" {
					y.words = clip(item+after, maxLabel-6)
				}
				y.strong = true
				x.follow(y, m)
				y.suit(item + tail)
				y.because("label", "list/分别", x.line.span(at, at+2), item)
			}
		} else if after != "" {
			for i := range n {
				y := &x.mentions[k+i]
				y.words = clip(join(y.words, after), maxLabel-6)
			}
		}
		k += n - 1
	}
}

// follow gives a later figure of a list what the first one's verb says.
func (x *reader) follow(y, first *mention) {
	if y == first {
		return
	}
	y.change, y.standard, y.planned = first.change, first.standard, first.planned || y.planned
	if y.per == "" {
		y.per = first.per
		y.perText = first.perText
	}
	if y.kind == schema.Amount || y.kind == schema.Share {
		y.kind = first.kind
	}
	if first.status == schema.Planned {
		y.status = schema.Planned
	}
}

// suit gives a figure of a list what its own item says of kind and rate:
// 失业率、价格涨幅分别控制在5%和3%; 农村居民人均纯收入.
func (m *mention) suit(item string) {
	if m.isPercent() && m.change == "" && (m.kind == schema.Change || m.kind == schema.Share) {
		m.kind = schema.Share
		if strings.Contains(item, "增") || strings.Contains(item, "涨") || strings.Contains(item, "降幅") {
			m.kind = schema.Change
		}
	}
	for _, r := range []string{"人", "户", "亩"} {
		if m.per == "" && !m.isPercent() && strings.Contains(item, r+"均") {
			m.per = r
		}
	}
}

// findIn is the place of a word in a phrase, -1 if it is not there.
func (x *reader) findIn(p phrase, word string) int {
	var buf [8]rune
	w := buf[:0]
	for _, r := range word {
		w = append(w, r)
	}
	r := x.line.r
search:
	for i := min(p.to, len(r)) - len(w); i >= p.from; i-- {
		for k, c := range w {
			if r[i+k] != c {
				continue search
			}
		}
		return i
	}
	return -1
}

// run counts the figures from k that only 、, 和, 以及 or commas join.
func (x *reader) run(k int) int {
	n := 1
	for k+n < len(x.mentions) {
		if !x.onlyJoins(phrase{x.mentions[k+n-1].to, x.mentions[k+n].from}) {
			break
		}
		n++
	}
	return n
}

// onlyJoins reports a gap that holds nothing but signs that join.
func (x *reader) onlyJoins(p phrase) bool {
	if p.to-p.from > 6 || p.empty() {
		return false
	}
	for i := p.from; i < p.to; i++ {
		switch x.line.r[i] {
		case '、', ' ', '和', '与', '及', '以', '，', ',':
		default:
			return false
		}
	}
	return true
}

// beforeWord is the clause before 分别 within a gap.
func (x *reader) beforeWord(gap phrase, at int) phrase {
	p, _ := x.lastPiece(phrase{gap.from, at}, false)
	if p.empty() && at > gap.from {
		p, _ = x.lastPiece(phrase{gap.from, at - 1}, false)
	}
	return p
}

// items splits a phrase at 、 and 和 into n items; the common end of the last
// (a measure: 面积) is returned apart as tail.
func (x *reader) items(p phrase, n int) (items []string, tail string) {
	toks := x.stripList(p)
	if len(toks) == 0 {
		return nil, ""
	}
	p = phrase{toks[0].from, toks[len(toks)-1].to}
	from := p.from
	for i := p.from; i <= p.to; i++ {
		if i == p.to || x.separates(i) {
			if s := x.text(phrase{from, i}); s != "" {
				items = append(items, s)
			}
			from = i + 1
			if i < p.to && x.line.has(i, "以及") {
				from = i + 2
			}
		}
	}
	if len(items) == 1 && n == 2 {
		if pair := pairs(items[0]); pair != nil {
			return pair, ""
		}
	}
	if len(items) != n {
		return nil, ""
	}
	last := items[n-1]
	if rest, ok := x.memberHead(last); ok { // 城镇和农村 人均住房面积
		if x.memberEnd(items[0]) {
			items[n-1] = strings.TrimSuffix(last, rest)
			return items, rest
		}
	}
	tail = x.measureEnd(last)
	if x.measureEnd(items[0]) != "" || strings.HasSuffix(items[0], "率") || strings.HasSuffix(items[0], "数") || strings.HasSuffix(items[0], "量") || strings.HasSuffix(items[0], "额") {
		tail = "" // each item names its own measure
	}
	if tail != "" && tail != last {
		items[n-1] = strings.TrimSuffix(last, tail)
	} else {
		tail = ""
	}
	return items, tail
}

// stripList takes function words off a list's ends.
func (x *reader) stripList(p phrase) []token {
	toks := x.tokens(p, x.aux)
	for len(toks) > 0 && toks[0].is(lexicon.Function|lexicon.Time) && !toks[0].is(lexicon.Keep|lexicon.State) {
		toks = toks[1:]
	}
	for len(toks) > 0 && toks[len(toks)-1].is(lexicon.Function) {
		toks = toks[:len(toks)-1]
	}
	return toks
}

func (x *reader) separates(i int) bool {
	switch x.line.r[i] {
	case '“': // “中国500强”“世界500强”
		return x.line.at(i-1) == '”' || x.line.at(i-2) == '”'
	case '、', '和', '与', '及':
		return !x.inWord(i) && !x.line.has(i, "及以上") && !x.line.has(i, "及以下")
	}
	return false
}

// inWord reports whether a word of the lexicon covers the rune at i and more:
// 普及率, 和谐.
func (x *reader) inWord(i int) bool {
	if x.line.r[i] == '、' {
		return false
	}
	for back := 0; back <= 2 && i-back >= 0; back++ {
		if n, _ := x.lex.Words.Longest(x.line.r[i-back:]); n > back && n > 1 {
			return true
		}
	}
	return false
}

// memberHead splits off the member of a list that an item begins with.
func (x *reader) memberHead(s string) (rest string, ok bool) {
	r := []rune(s)
	if len(r) > 2 && wholePlace(r[:2]) {
		return string(r[2:]), true
	}
	n, v := x.lex.Words.Longest(r)
	if n == 0 || lexicon.Class(v)&lexicon.Member == 0 {
		return "", false
	}
	return string(r[n:]), true
}

// memberEnd reports an item that ends with a member of a list: 新认定的省.
func (x *reader) memberEnd(s string) bool {
	r := []rune(s)
	if len(r) >= 2 && wholePlace(r[len(r)-2:]) {
		return true
	}
	for i := max(0, len(r)-3); i < len(r); i++ {
		if v, ok := x.lex.Words.Has(r[i:]); ok && lexicon.Class(v)&lexicon.Member != 0 {
			return true
		}
	}
	return false
}

// wholePlace reports 全国, 全省, 全市, which stand in lists like members.
func wholePlace(r []rune) bool { return r[0] == '全' && (r[1] == '国' || isPlaceEnd(r[1])) }

// measureEnd is the longest measure that a phrase ends with.
func (x *reader) measureEnd(s string) string {
	r := []rune(s)
	for i := 0; i < len(r); i++ {
		v, ok := x.lex.Words.Has(r[i:])
		if ok && lexicon.Class(v)&lexicon.Measure != 0 {
			return string(r[i:])
		}
	}
	return ""
}

// pairs opens words that name two things: 城乡居民 is 城镇居民 and 农村居民.
func pairs(s string) []string {
	for _, p := range [][3]string{{"城乡", "城镇", "农村"}, {"城市农村", "城市", "农村"}, {"男女", "男", "女"}, {"进出口", "进口", "出口"}} {
		if strings.Contains(s, p[0]) {
			return []string{strings.Replace(s, p[0], p[1], 1), strings.Replace(s, p[0], p[2], 1)}
		}
	}
	return nil
}

// earlier finds the last n parallel figures before k: of one unit, one after
// another, in this sentence or the one before.
func (x *reader) earlier(k, n int, whole bool) []string {
	var list []*mention
	for i := k - 1; i >= max(0, k-reach); i-- {
		list = append(list, &x.mentions[i])
	}
	for i := len(x.all) - 1; i >= 0 && i > len(x.all)-12; i-- {
		if x.all[i].line < x.lines-1 {
			break
		}
		list = append(list, x.all[i])
	}
	for i := 0; i+n <= len(list) && i < 4; i++ {
		if parallel(list[i:i+n], true, whole) {
			return names(list[i:i+n], whole)
		}
	}
	if whole && n <= len(list) && parallel(list[:n], false, true) {
		return names(list[:n], whole)
	}
	return nil
}

// parallel reports figures of different things, of one unit if asked.
func parallel(list []*mention, unit, whole bool) bool {
	for j := 1; j < len(list); j++ {
		if unit && list[j].name != list[0].name || list[j].called(whole) == list[j-1].called(whole) {
			return false
		}
	}
	return unit || list[0].change == ""
}

// names are the subjects of figures that stand in reverse order; the whole
// words for a change, which is of the whole thing.
func names(list []*mention, whole bool) []string {
	items := make([]string, len(list))
	for j, m := range list {
		items[len(list)-1-j] = m.called(whole)
	}
	return items
}

// called is what a figure is called in a list: its subject, or its whole words.
func (m *mention) called(whole bool) string {
	if whole && m.words != "" {
		return clip(m.words, maxOwn)
	}
	return m.subjectOrWords()
}

func (m *mention) subjectOrWords() string {
	if m.subject != "" {
		return m.subject
	}
	return clip(m.words, maxCarry)
}

// headOf is what stands before the items' list in the clause, if it adds a
// measure that the items lack: 补助标准 for 一类, 二类, 三类.
func (x *reader) headOf(p phrase, items []string) string {
	s := clip(x.cleanText(p), maxOwn)
	for _, item := range items {
		if strings.Contains(s, item) {
			return ""
		}
	}
	if pairs(s) != nil && len(items) == 2 {
		return ""
	}
	return s
}

// cleanText is a phrase without function words at its ends.
func (x *reader) cleanText(p phrase) string {
	var b strings.Builder
	for _, t := range x.stripList(p) {
		b.WriteString(x.text(t.phrase))
	}
	return b.String()
}

// cleanWords is what stands between 分别 and the first figure: 补助, 增长 (which
// is kept as the change of each).
func (x *reader) cleanWords(p phrase, m *mention) string {
	var b strings.Builder
	for _, t := range x.tokens(p, x.aux) {
		if t.is(lexicon.Function|lexicon.Level|lexicon.Time) || t.is(lexicon.Change) && !t.is(lexicon.Generic) || t.from >= m.perText.from && t.to <= m.perText.to && !m.perText.empty() {
			continue
		}
		b.WriteString(x.text(t.phrase))
	}
	return clip(b.String(), maxOwn)
}

// share reads a list without 分别: 早稻、中稻面积18万亩、46万亩. Only when the
// items are as many as the figures.
func (x *reader) share(k, n int, p phrase) {
	items, tail := x.items(p, n)
	if len(items) != n { // 省、市级瞪羚企业,一次性奖励50万元、20万元
		m := &x.mentions[k]
		if m.own.from-1 > m.gap.from && m.isMoney() {
			before, _ := x.lastPiece(phrase{m.gap.from, m.own.from - 1}, false)
			if items, tail = x.items(before, n); len(items) == n {
				tail += m.words
			}
		}
	}
	if len(items) != n || n < 2 {
		return
	}
	for i, item := range items {
		y := &x.mentions[k+i]
		y.subject, y.words, y.strong = item, item+tail, true
		x.follow(y, &x.mentions[k])
		y.because("label", "list/并列", x.line.span(p.from, p.to), item)
	}
}

// pairwise reads the second half of 由1440元、1080元分别提高到2040元、1500元: each
// figure goes with the one n before it.
func (x *reader) pairwise(k, n int) bool {
	if k < n || !x.mentions[k].level || x.mentions[k].words != "" && !x.mentions[k].fromTo || x.run(k-n) < n || x.mentions[k].name != x.mentions[k-n].name {
		return false
	}
	for i := range n {
		y, from := &x.mentions[k+i], &x.mentions[k-n+i]
		y.fromTo = true
		y.subject, y.words, y.strong = from.subject, from.words, from.strong
		y.per, y.kind = from.per, from.kind
		y.because("label", "list/由到", x.line.span(from.from, from.to), "同前列第"+string(rune('1'+i))+"项")
	}
	return true
}

// shareRate gives changes after 分别 the rate of the figures that they change:
// 人均32.9平方米、37.1平方米,分别增加2.8平方米、5.5平方米.
func (x *reader) shareRate(k, n int) {
	if k == 0 {
		return
	}
	base := &x.mentions[k-1]
	for i := range n {
		if y := &x.mentions[k+i]; y.per == "" && y.name == base.name && base.per != "" && x.mentions[k].change != "" {
			y.per = base.per
		}
	}
}

// continues reads changes that follow a list of as many: 分别达到2253元和6280元,
// 实际增长4.7%和5.7%.
func (x *reader) continues(k, n int) bool {
	if k < n || x.mentions[k-1].listed == 0 || x.mentions[k-n].listed != x.mentions[k-1].listed {
		return false
	}
	for i := range n {
		y, from := &x.mentions[k+i], &x.mentions[k-n+i]
		y.subject, y.words, y.strong = from.subject, from.words, from.strong
		x.follow(y, &x.mentions[k])
		y.because("label", "list/接续", x.line.span(from.from, from.to), from.words)
	}
	return true
}
