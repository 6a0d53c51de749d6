package region

// Finding names in a text. A name counts only where it is one: 沿海城市 is no
// 海城市, 昆明市场 no 昆明市, 大同区域 no 大同区.

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A Mention is a name of the table in a text.
type Mention struct {
	Start, End int // bytes
	Places     []*Place
	Short      bool // without a word of rank: 云南, 昆明
}

// Mentions finds the full names in a text, longest first, from left to right.
func (t *Table) Mentions(text string) []Mention { return t.scan(text, false) }

// MentionsShort finds full names and, where none stands, short forms: use it on
// titles and paths only, for 和平, 公安 and 平安 are words too.
func (t *Table) MentionsShort(text string) []Mention { return t.scan(text, true) }

func (t *Table) scan(text string, short bool) []Mention {
	var out []Mention
	before := rune(0)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r >= 0x3400 && t.pairs.has(pairMark(r, text[i+size:])) {
			m, ok := t.at(text, i, before, short)
			if !ok && len(out) > 0 && strings.TrimSpace(text[out[len(out)-1].End:i]) == "" {
				m, ok = t.generic(text, i, out[len(out)-1])
			}
			if ok {
				out = append(out, m)
				before, i = 0, m.End // a name may follow: 安徽省|和县
				continue
			}
		}
		before = r
		i += size
	}
	return out
}

// longest is how many characters the longest name has.
const longest = 15

// at returns the name at text[i:], if it is one in its surroundings.
func (t *Table) at(text string, i int, before rune, short bool) (Mention, bool) {
	n, end := 0, i
	best, bestShort := 0, 0
	for end < len(text) && n < longest {
		r, size := utf8.DecodeRuneInString(text[end:])
		if r < 0x3400 {
			break
		}
		end += size
		n++
		if n < 2 {
			continue
		}
		if t.ends.has(r) && t.byName[text[i:end]] != nil && !generic(text[i:end]) {
			best = end
		}
		if short && t.stems[text[i:end]] != nil {
			bestShort = end
		}
	}
	if best > 0 && (broken(text[i:best], text[best:], before) || utf8.RuneCountInString(text[i:best]) == 2 && t.dish(text[best:])) { // 沙县小吃
		return Mention{}, false
	}
	if best > 0 {
		return Mention{i, best, t.byName[text[i:best]], false}, true
	}
	if bestShort > 0 && !t.thing(text[bestShort:]) {
		return Mention{i, bestShort, t.stems[text[i:bestShort]], true}, true
	}
	return Mention{}, false
}

// generic finds a district whose name is a common word right behind the city that it lies
// in: 大同市城区2005年工作总结, 攀枝花市东区民政局. Elsewhere it may be any part of the city
// (大同市城区改造), and is no name.
func (t *Table) generic(text string, i int, above Mention) (Mention, bool) {
	_, size := utf8.DecodeRuneInString(text[i:])
	_, more := utf8.DecodeRuneInString(text[i+size:])
	end := i + size + more
	folder := above.End < i && strings.HasPrefix(text[end:], " ") // 晋城市/城区/2006.txt
	if !generic(text[i:end]) || !folder && !Acts(text[end:]) {
		return Mention{}, false
	}
	var places []*Place
	for _, p := range t.byName[text[i:end]] {
		if slices.ContainsFunc(above.Places, func(q *Place) bool { return q.Level() == Prefecture && p.Within(q) }) {
			places = append(places, p)
		}
	}
	return Mention{i, end, places, false}, len(places) > 0
}

// Acts reports whether what stands behind a name is what a district has or does: a
// government, an office, the year of a report.
func Acts(after string) bool {
	r, _ := utf8.DecodeRuneInString(after)
	if r >= '0' && r <= '9' || strings.ContainsRune("二一〇", r) {
		return true
	}
	return slices.ContainsFunc([]string{"人民政府", "政府", "委", "民政", "统计", "教育", "财政", "卫生", "农业", "水利", "水务", "人力资源", "国民经济"}, func(w string) bool { return strings.HasPrefix(after, w) })
}

// generic reports whether a name is a common word: 城区, 市区, 郊区.
func generic(name string) bool {
	return utf8.RuneCountInString(name) == 2 && (strings.HasSuffix(name, "区") || strings.HasSuffix(name, "市"))
}

// broken reports whether what stands around a name makes it a part of another
// word: 沿|海城市, 昆明市|场, 大同区|域.
func broken(name, after string, before rune) bool {
	rank, _ := utf8.DecodeLastRuneInString(name)
	next, _ := utf8.DecodeRuneInString(after)
	switch {
	case rank == '市' && strings.ContainsRune("场值况面井容价售民", next):
		return !strings.HasPrefix(after, "民政") && !strings.HasPrefix(after, "场监") && !strings.HasPrefix(after, "容局")
	case rank == '区' && strings.ContainsRune("域划位间块别分段", next):
		return true
	case next == '级': // 县级
		return true
	case rank == '州' && next == '长': // 州长
		return true
	case rank == '旗' && strings.ContainsRune("帜舰手袍", next):
		return true
	case utf8.RuneCountInString(name) == 2: // 管|理县, 市|和县
		if strings.HasPrefix(name, "和") {
			return before != 0 && before != '\n' && before != '省'
		}
		return before >= 0x3400 && !strings.ContainsRune("省市州区盟团共在为和与及由至到从", before) // 共青团|沙县委员会
	case strings.HasPrefix(name, "和"): // 各市和平县
		return strings.ContainsRune("县镇乡级", before)
	case strings.HasSuffix(name, "城市") || strings.HasSuffix(name, "海市"):
		return strings.ContainsRune("沿沙滨近临各型", before) // 沿海城市
	}
	return false
}

// forgotten is after how many years an old name is used no more: 临江区 of 2023 is not the
// one that became 临江市 in 1993.
const forgotten = 12

// Entities returns what the places of a mention were in a year, each once. Those that
// had the name in that year stand before those that had it before or after: 许昌市 of
// 1992 is the prefecture, not what became of the county of that name.
func (t *Table) Entities(places []*Place, year int) []*Place {
	var out []*Place
	for _, p := range places {
		if p.In(year) {
			out = append(out, p)
		}
	}
	if len(out) > 0 {
		return out
	}
	if n := len(places); year == 0 && n > 0 && !slices.ContainsFunc(places, func(p *Place) bool { return p.Code != places[0].Code }) {
		return places[n-1:] // 川沙县 had one code all its years
	}
	for _, p := range places {
		if p.Last > 0 && year > p.Last+forgotten {
			continue
		}
		if q := t.At(p, year); q != nil && !slices.ContainsFunc(out, func(o *Place) bool { return o.Code == q.Code }) {
			out = append(out, q)
		}
	}
	return out
}

// Resolve settles what a mention means in a year: of several places with the name, the
// one that lies in a prefecture or province that the text names. It is nil if it stays
// open.
func (t *Table) Resolve(m Mention, c Context, year int) *Place {
	list := t.Entities(m.Places, year)
	if m.Short { // 吉林 is the province before it is the city
		list = highest(list)
	}
	if len(list) == 1 {
		return list[0]
	}
	for _, level := range []Level{Prefecture, Province} { // 石家庄市桥东区 is no matter of the province
		var fit []*Place
		for _, p := range list {
			if p.Level() > level && c.above(p, level) {
				fit = append(fit, p)
			}
		}
		if len(fit) == 1 {
			return fit[0]
		}
		if len(fit) > 1 {
			list = fit
		}
	}
	if len(list) == 2 && list[0].Name == list[1].Name && (list[0].Within(list[1]) || list[1].Within(list[0])) {
		return list[0] // a prefecture and the county of its name
	}
	return nil
}

// A Context is what a text names besides: its provinces and prefectures.
type Context struct{ provinces, prefectures map[string]bool }

// ContextOf collects the provinces and prefectures of mentions.
func ContextOf(mentions []Mention) Context {
	c := Context{map[string]bool{}, map[string]bool{}}
	for _, m := range mentions {
		for _, p := range m.Places {
			switch p.Level() {
			case Province:
				c.provinces[p.Name] = true
			case Prefecture:
				c.prefectures[p.Name] = true
			}
		}
	}
	return c
}

// above reports whether the province or prefecture of a place is named.
func (c Context) above(p *Place, level Level) bool {
	if level == Province {
		return c.provinces[p.Province]
	}
	return c.prefectures[p.Prefecture]
}

// highest keeps the places of the highest level.
func highest(list []*Place) []*Place {
	var out []*Place
	for _, p := range list {
		if len(out) > 0 && p.Level() < out[0].Level() {
			out = out[:0]
		}
		if len(out) == 0 || p.Level() == out[0].Level() {
			out = append(out, p)
		}
	}
	return out
}

// loose reports a mention that may be a word as well: 公安, 和平, 安居 are counties.
func (m *Mention) loose(p *Place) bool { return m.Short && p.Level() == County }

// Find returns the place that a short text names, in the year, and how sure it
// is, 0 to 1. The lowest place named counts: 云南省陆良县 is the county. A name that
// several places share is settled by the province or prefecture that the text
// also names; if it stays open, or the text names two that do not lie in one
// another, nothing is returned. With short it knows short forms too: 云南丘北.
func (t *Table) Find(text string, year int, short bool) (*Place, float64) {
	best, _, score := t.FindAt(text, year, short)
	return best, score
}

// FindAt is Find with the words that name the place.
func (t *Table) FindAt(text string, year int, short bool) (*Place, Mention, float64) {
	found := t.scan(text, short)
	context := ContextOf(found)
	var best *Place
	var at Mention
	for _, m := range found {
		p := t.Resolve(m, context, year)
		switch {
		case p == nil && !m.Short:
			return nil, at, 0
		case p == nil || best != nil && best.Within(p):
		case best == nil || p.Within(best) || at.loose(best) && p.Level() < County:
			best, at = p, m
		case m.loose(p): // 西藏自治区|安居工程
		default:
			return nil, at, 0
		}
	}
	switch {
	case best == nil:
		return nil, at, 0
	case at.Short && best.Level() == County:
		return best, at, 0.6
	case at.Short:
		return best, at, 0.9
	}
	return best, at, 1
}
