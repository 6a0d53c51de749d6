package extract

import "mingxi/extract/lexicon"

// A place at the head of a sentence holds for all its figures:
// 策勒县山区四乡受灾19976户41752人,倒塌房屋30户.

// setPlace looks for a place in the gap before a mention, and gives the mention
// the place that holds for it.
func (x *reader) setPlace(m *mention) {
	for from := m.gap.from; from < m.gap.to; {
		if x.line.r[from] == '、' {
			from++
		}
		to := from
		for to < m.gap.to && !clauseEnd(x.line.r[to]) {
			to++
		}
		if r := x.line.r; to-from > 1 && (r[from] == '全' || r[from] == '我') && isPlaceEnd(r[from+1]) {
			x.scope.place = "" // 全县累计建成12所: the report's own place again
		}
		if p := x.placeAt(from, to); !p.empty() {
			x.scope.place = x.text(p)
		}
		from = to + 1
	}
	m.place = x.scope.place
}

func clauseEnd(r rune) bool {
	return r == '，' || r == ',' || r == ';' || r == ':' || r == '。' || r == '\n' || r == '\t'
}

// placeAt reads the place that a clause begins with: 洛浦县, 其中靠近于田震区的 is
// none, 全县 neither.
func (x *reader) placeAt(from, to int) phrase {
	r := x.line.r
	for from < to {
		n, v := x.lex.Words.Longest(r[from:to])
		if n == 0 || lexicon.Class(v)&(lexicon.Function|lexicon.Time) == 0 {
			break
		}
		from += n
	}
	for i := from; i < to && i < from+16 && !isDigit(r[i]); i++ { // 距离震区最近的阿羌乡有10个村
		if r[i] == '的' && i+1 < to {
			if p := x.placeAt(i+1, to); !p.empty() && p.from == i+1 {
				return p
			}
			break
		}
	}
	end := from
	for i := from; i < to && i < from+12; i++ {
		c := r[i]
		if isDigit(c) || c == '、' || isPunct(c) {
			break
		}
		if n, v := x.lex.Words.Longest(r[i:to]); n > 1 && lexicon.Class(v)&(lexicon.Verb|lexicon.State|lexicon.Change|lexicon.Function|lexicon.Generic) != 0 {
			break
		}
		if isPlaceEnd(c) && i-from >= 1 && i-from <= 8 && notDefault(r[from]) && !extends(c, x.line.at(i+1)) {
			end = i + 1
		}
	}
	if end == from || zone(r[from:end]) {
		return phrase{}
	}
	return phrase{from, end}
}

// zone reports a kind of area, not a place of its own: 国家级产业集聚区, 开发区.
func zone(r []rune) bool {
	for _, c := range r {
		switch c {
		case '级', '业', '范', '聚', '园', '发', '护', '验', '景', '游', '技', '功', '库', '类', '型', '贫', '灾', '示', '户', '社':
			return true
		}
	}
	return false
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
	case '全', '距', '离', '我', '本', '各', '该', '新', '农', '社', '城', '地', '山', '老', '贫', '小', '园', '景', '校', '灾', '牧', '渔', '林', '每', '县', '市', '区', '乡', '镇', '村', '省', '两', '多', '这', '部', '有', '高', '开':
		return false
	}
	return true
}

// extends reports a rune after which 市 or 县 is no place: 市场, 县级, 村民, 市民政局.
func extends(end, next rune) bool {
	switch next {
	case '场', '民', '级', '政', '域', '长', '委', '局', '办', '直', '属', '庄', '人', '党', '企', '容', '价', '道', '府', '教', '财', '公', '卫', '水', '农', '林', '发', '工', '商', '文', '司', '检', '法', '总', '社', '内', '里', '外', '规', '本', '均', '志', '官', '干', '情', '际', '产', '策', '值':
		return true
	case '区', '县', '镇', '乡', '村':
		return end == '市' && next == '区' || end == '区' && next == '县'
	}
	return false
}
