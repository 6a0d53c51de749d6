package extract

import (
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
)

// A place at the head of a clause says where, if it is not the report's own:
// 策勒县山区四乡受灾19976户41752人, 青砚镇31户96人.

func clauseEnd(r rune) bool {
	return r == '，' || r == ',' || r == ';' || r == ':' || r == '。' || r == '\n' || r == '\t'
}

// placeEnd counts the tokens of the place, or the list of places, that words
// begin with; 0 if they begin with none.
func (x *reader) placeEnd(toks []token) int {
	end := 0
	for i := 0; i < len(toks); {
		n := x.onePlace(toks[i:])
		if n == 0 {
			break
		}
		i += n
		end = i
		for i < len(toks) && (x.is(toks[i], "、") || x.is(toks[i], "和") || x.is(toks[i], "及")) {
			i++
		}
	}
	return end
}

// onePlace counts the tokens of one place: words without verbs that end with 县,
// 镇, 村 and the like, at the end of a word of the dictionary.
func (x *reader) onePlace(toks []token) int {
	if n := x.ownName(toks); n > 0 {
		return n
	}
	if x.townOfTwo(toks) {
		return 2
	}
	from := toks[0].from
	end := 0
	for i, t := range toks {
		if t.to-from > 12 || t.verbal() || t.filler() && (t.to-t.from > 1 || t.is(lexicon.Function)) || t.is(lexicon.Generic) && t.to-t.from > 1 || t.is(lexicon.Time|lexicon.Change|lexicon.Level|lexicon.Member) {
			break
		}
		if i+1 < len(toks) && x.among(toks[i+1], x.lex.NotPlaceNext) {
			continue // 村|医, 县|委
		}
		if last := x.line.r[t.to-1]; isPlaceEnd(last) && t.to-from >= 2 && x.line.at(t.to) != '”' && x.placeName(toks[:i+1]) {
			end = i + 1
		}
	}
	return end
}

// townOfTwo reports a town whose name ends as the word for towns does, before more: 鹿|城镇|城市低保; but not 全|城镇, 县|城镇.
func (x *reader) townOfTwo(toks []token) bool {
	if len(toks) < 3 || toks[0].to-toks[0].from != 1 || !x.is(toks[1], "城镇") {
		return false
	}
	t := toks[0]
	return !t.filler() && t.class == 0 && !isPlaceEnd(x.line.r[t.from]) && !x.among(t, x.lex.NoTown)
}

// ownName counts the tokens of the report's own place by its name, whatever the dictionary makes of it:
// 神木|市|粮食产量 in the report of 神木市.
func (x *reader) ownName(toks []token) int {
	const shortest, longest = 3, 8
	from := toks[0].from
	for i, t := range toks {
		n := t.to - from
		if n > longest {
			break
		}
		if n < shortest || !isPlaceEnd(x.line.r[t.to-1]) || i+1 < len(toks) && x.among(toks[i+1], x.lex.NotPlaceNext) {
			continue // 神木市|委
		}
		name := x.text(phrase{from, t.to})
		if o := x.originOf(x.article); strings.HasPrefix(x.title, name) || o != nil && o.Region.Name == name {
			return i + 1
		}
	}
	return 0
}

// placeName reports words that can be the name of a place: a place of the
// dictionary, or an unknown name with 县, 镇 or 村 behind it; not 贫困村, 示范区.
func (x *reader) placeName(toks []token) bool {
	first, last := toks[0], toks[len(toks)-1]
	r := x.line.r
	if len(toks) == 1 {
		return first.tag == "ns" && first.class == 0 && !x.zone(phrase{first.from, first.to - 1})
	}
	if !notDefault(r[first.from]) && first.to-first.from == 1 || x.zone(phrase{first.from, last.to - 1}) {
		return false
	}
	if first.tag == "v" && first.class == 0 || last.to-first.from > 8 && !x.among(last, x.lex.PlaceKind) {
		return false // 通|村, 配齐|乡
	}
	return last.to-last.from == 1 || last.tag == "ns" || last.to-last.from <= 3 && last.class == 0
}

// zone reports words before 区, 村 that name a kind of area, not a place: 示范, 贫困.
func (x *reader) zone(p phrase) bool {
	text := x.text(p)
	if strings.HasSuffix(text, "自治") || (x.line.has(p.to-1, "地区") || x.line.has(p.to-1, "社区")) && utf8.RuneCountInString(text) > 2 {
		return false
	}
	for _, w := range x.lex.Zone {
		if len(text) >= len(w) && text[len(text)-len(w):] == w {
			return true
		}
	}
	return utf8.RuneCountInString(text) == 0
}

// leavePlaces takes a place that is held from an earlier figure out of a label where the
// article's figures name no other: it tells nothing apart.
func (x *reader) leavePlaces() {
	for i := 0; i < len(x.all); {
		end := i
		first, apart := "", false
		for ; end < len(x.all) && x.all[end].article == x.all[i].article; end++ {
			p := x.all[end].frame.place.text
			if x.all[end].held {
				p = ""
			}
			apart = apart || p != "" && first != "" && p != first
			if p != "" {
				first = p
			}
		}
		for _, m := range x.all[i:end] {
			if rest, ok := strings.CutPrefix(m.label, m.frame.place.text); m.held && !apart && ok && rest != "" {
				m.label = rest
			}
		}
		i = end
	}
}

func isPlaceEnd(r rune) bool {
	switch r {
	case '县', '市', '区', '乡', '镇', '村', '省', '州', '旗', '岛':
		return true
	}
	return false
}

// notDefault refuses 全县, 我市, 各乡: the place that the report is about.
func notDefault(r rune) bool {
	switch r {
	case '全', '我', '本', '各', '该', '每', '这', '有', '多', '某', '两':
		return false
	}
	return true
}

// reporting keeps where the body sits that a clause names as its source, for the
// paragraph: 据岚平市民政局报告, 来自望川市民政局的统计显示. The report's own place
// is none.
func (x *reader) reporting(gap phrase) {
	for from := gap.from; from < gap.to; {
		to := from
		for to < gap.to && !clauseEnd(x.line.r[to]) {
			to++
		}
		if p := x.reportPlace(phrase{from, to}); !p.empty() {
			x.scope.reporter = slot{}
			if s := x.text(p); !strings.Contains(x.title, clipHead(s, 2)) {
				x.scope.reporter = slot{text: s, at: p}
			}
		}
		from = to + 1
	}
}

// reportPlace is the place of the body in a reporting clause: a name with 市, 县
// and the like, before a name of a body, before a word of reporting.
func (x *reader) reportPlace(p phrase) phrase {
	end := -1
	for _, w := range x.lex.Report {
		end = max(end, x.findIn(p, w))
	}
	if end < 0 {
		return phrase{}
	}
	for _, w := range x.lex.ReportHead {
		if x.line.has(p.from, w) {
			p.from += utf8.RuneCountInString(w)
		}
	}
	if at := x.findIn(phrase{p.from, end}, "的"); at > p.from {
		end = at
	}
	body := phrase{p.from, end}
	if body.to-body.from < 4 || !x.agentEnd(body) {
		return phrase{}
	}
	for i := body.from + 1; i < body.to-1 && i < body.from+12; i++ {
		if isPlaceEnd(x.line.r[i]) && !isPlaceEnd(x.line.r[i+1]) && i-body.from >= 2 && notDefault(x.line.r[body.from]) {
			return phrase{body.from, i + 1}
		}
	}
	return phrase{}
}

func (x *reader) agentEnd(p phrase) bool {
	for _, w := range x.lex.Agent {
		if n := utf8.RuneCountInString(w); p.to-n >= p.from && x.line.has(p.to-n, w) {
			return true
		}
	}
	return false
}

// dropPlaceList takes off the names before 等6县, 等县41个乡: they are counted.
func (x *reader) dropPlaceList(m *mention, toks []token) []token {
	if n := len(toks); n > 0 {
		last := toks[n-1]
		if has(x.lex.PlaceKind, m.name) && (x.among(last, x.lex.ListEnd) || x.findIn(phrase{toks[0].from, last.to}, "、") > toks[0].from) {
			return nil
		}
		if x.among(last, x.lex.ListEnd) && !m.counts() {
			return toks[:n-1] // 油桐、香椿等|8937亩
		} else if x.among(last, x.lex.ListEnd) {
			return nil
		}
		if n > 1 && x.among(last, x.lex.PlaceKind) && x.among(toks[n-2], x.lex.ListEnd) {
			return nil
		}
	}
	return toks
}
