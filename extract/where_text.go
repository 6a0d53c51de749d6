package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/extract/region"
	"mingxi/schema"
)

// What the text itself tells of its region: the rank of its own place (我县, 全市),
// the places that it names, its townships, the number of a paper.

// A rank is the level of the place that a text calls its own.
type rank int

// The ranks; unranked is that of a text without 我县 or the like.
const (
	unranked rank = iota
	ofCountry
	ofProvince
	ofPrefecture // or a city of the rank of a county
	ofCounty
	ofTown
)

// ownRank counts the words by which a text speaks of its own place.
func (a *article) ownRank() rank {
	words := a.x.ranks()
	var n [ofTown + 1]int
	words.Each(a.text, func(_ int, w string) {
		n[words.rank[w]] += words.weight(w)
		a.own = a.own || words.rank[w] != ofCountry && firstOf(w) == '我'
	})
	a.country = n[ofCountry]
	a.local = n[ofTown] + n[ofCounty] + n[ofPrefecture] + n[ofProvince]
	best := unranked
	for _, r := range []rank{ofTown, ofCounty, ofPrefecture, ofProvince, ofCountry} {
		if n[r] > max(n[best], 1) {
			best = r
		}
	}
	return best
}

// rankWords are the words that tell the rank of a text's own place.
type rankWords struct {
	lexicon.List
	rank map[string]rank
}

// newRankWords are those of facts.txt.
func newRankWords(lex *lexicon.Lexicon) *rankWords {
	out := &rankWords{rank: map[string]rank{}}
	var all []string
	for r, list := range []lexicon.List{
		ofCountry: lex.RankCountry, ofProvince: lex.RankProvince, ofPrefecture: lex.RankPrefecture,
		ofCounty: lex.RankCounty, ofTown: lex.RankTown,
	} {
		for _, w := range list.Words {
			out.rank[w] = rank(r)
			all = append(all, w)
		}
	}
	out.List = lexicon.NewList(all)
	return out
}

// weight is 2 of 我县 and 全县, which weigh more than 县委, which another report may have.
func (*rankWords) weight(w string) int {
	if first := firstOf(w); first == '我' || first == '全' {
		return 2
	}
	return 1
}

// fits reports whether a place may be the own one of a text of that rank.
func (r rank) fits(p *region.Place) bool {
	switch r {
	case ofCountry:
		return false
	case ofProvince:
		return p.Level() == region.Province
	case ofPrefecture:
		return p.Level() == region.Prefecture || strings.HasSuffix(p.Name, "市")
	case ofCounty, ofTown:
		return p.Level() == region.County && !strings.HasSuffix(p.Name, "市") || p.Level() == region.County && r == ofTown
	}
	return true
}

// whereOfText is the place that the text names again and again, if it fits the rank
// of the text's own place, or the one place that news are about.
func (a *article) whereOfText(w *whereabouts) witness {
	found := a.mentions(w)
	if len(found) == 0 && w.rank != ofProvince {
		return witness{}
	}
	if c := a.whereOfSubject(w); c.score > 0 {
		return c
	}
	if w.rank == unranked {
		if c := a.whereOfNews(w); c.score > 0 {
			return c
		}
	}
	if w.rank == ofProvince {
		if c := a.whereOfProvince(w); c.score > 0 {
			return c
		}
	}
	if w.rank == unranked || w.rank == ofPrefecture {
		c := a.whereOfParts(w)
		if c.score == 0 && w.rank == unranked {
			c = a.whereAlone(w)
		}
		if c.score > 0 || w.rank == unranked {
			return c
		}
	}
	return a.whereByCount(w)
}

// whereByCount is the place of the text's own rank that it names far more often than any other.
func (a *article) whereByCount(w *whereabouts) witness {
	count, order := a.countFitting(w)
	if len(order) == 0 {
		return witness{}
	}
	top := order[0]
	own := a.ownBody(w, top)
	if w.rank == ofCounty && !own && a.namesAbove(w, top) {
		return witness{} // of a city and one of its counties, which is it?
	}
	second := 0
	for _, p := range order[1:] {
		if !p.Within(top) || w.rank == ofCounty {
			second = max(second, count[p])
		}
	}
	switch {
	case count[top] >= 3*max(second, 1) && own, count[top] >= 4 && count[top] >= 4*second:
		return witness{place: top, words: top.Name, score: 0.8}
	case own && count[top] > second, count[top] >= 2 && second == 0:
		return witness{place: top, words: top.Name, score: 0.7}
	}
	return witness{}
}

// countFitting counts the places of the text that fit its rank, the commonest first.
func (a *article) countFitting(w *whereabouts) (map[*region.Place]int, []*region.Place) {
	found := a.mentions(w)
	count := map[*region.Place]int{}
	var order []*region.Place
	for _, m := range found {
		if p := a.resolve(w, m); p != nil && w.rank.fits(p) && !a.beside(m) {
			if count[p]++; count[p] == 1 {
				order = append(order, p)
			}
		}
	}
	slices.SortStableFunc(order, func(p, q *region.Place) int { return count[q] - count[p] })
	return count, order
}

// namesAbove reports whether the text names the prefecture of a county.
func (a *article) namesAbove(w *whereabouts, county *region.Place) bool {
	found := a.mentions(w)
	return slices.ContainsFunc(found, func(m region.Mention) bool {
		p := a.resolve(w, m)
		return p != nil && p != county && p.Level() == region.Prefecture && county.Within(p)
	})
}

// whereOfParts is the city or prefecture that a text names along with its counties
// and hardly any other: 全市…连云港市…赣榆县…东海县.
func (a *article) whereOfParts(w *whereabouts) witness {
	named, parts := a.prefectures(w)
	var top *region.Place
	for p, n := range named {
		if top == nil || n > named[top] || n == named[top] && p.Code < top.Code {
			top = p
		}
	}
	if top == nil {
		return a.whereOfMostParts(w, parts)
	}
	others := 0
	for prefix, codes := range parts {
		if prefix != top.Code[:4] {
			others += len(codes)
		}
	}
	own := len(parts[top.Code[:4]])
	enough := named[top] >= 2 || named[top] == 1 && own >= 2 || own >= 3 ||
		named[top] == 1 && others == 0 && !strings.Contains(a.text, "我") && !cityBelow(w.table, parts[top.Code[:4]], w.year)
	if w.rank == unranked {
		enough = named[top] >= 2 && named[top]+own >= 4
	}
	if !enough || 3*others > named[top]+own {
		return witness{}
	}
	return witness{place: top, words: top.Name, score: 0.7}
}

// whereOfMostParts is the prefecture of a text of 全市 that names at least half of its counties, four
// or more, and no place elsewhere.
func (a *article) whereOfMostParts(w *whereabouts, parts map[string]map[string]bool) witness {
	if w.rank != ofPrefecture || len(parts) != 1 || a.x.lex.PlaceBeside.In(a.text) {
		return witness{}
	}
	for prefix, codes := range parts {
		if p := w.table.Code(prefix+"00", w.year); p != nil && len(codes) >= 4 && 2*len(codes) >= len(w.table.Beginning("", region.County, p, w.year)) {
			return witness{place: p, words: p.Name, score: 0.65}
		}
	}
	return witness{}
}

// whereAlone is the place that a text names again and again where it names none that does
// not lie in it: a chronicle of a city, the rules of a province.
func (a *article) whereAlone(w *whereabouts) witness {
	count := map[*region.Place]int{}
	var top *region.Place
	for _, m := range a.mentions(w) {
		p := a.resolve(w, m)
		if p == nil || a.beside(m) {
			return witness{}
		}
		if count[p]++; top == nil || p.Level() < top.Level() {
			top = p
		}
	}
	for p := range count {
		if !p.Within(top) {
			return witness{}
		}
	}
	if top == nil || count[top] < 2 || top.Level() == region.Province && count[top] < 3 {
		return witness{}
	}
	return witness{place: top, words: top.Name, score: 0.65}
}

// cityBelow reports whether one of the places is a city of the rank of a county, whose
// report says 全市 of itself.
func cityBelow(table *region.Table, codes map[string]bool, year int) bool {
	for code := range codes {
		if p := table.Code(code, year); p != nil && p.Level() == region.County && strings.HasSuffix(p.Name, "市") {
			return true
		}
	}
	return false
}

// whereOfProvince is the province that a text of 我省 names, with its full name or
// without, more than twice as often as all others: 我省…济南…山东科技大市场.
func (a *article) whereOfProvince(w *whereabouts) witness {
	count, all := map[*region.Place]int{}, 0
	var top *region.Place
	for _, m := range w.table.MentionsShort(a.text) {
		p := w.table.Resolve(m, region.Context{}, w.year)
		if p == nil || p.Level() == region.County {
			continue
		}
		province := w.table.Code(p.Code[:2]+"0000", w.year)
		if province == nil {
			continue
		}
		all++
		if count[province]++; top == nil || count[province] > count[top] || count[province] == count[top] && province.Code < top.Code {
			top = province
		}
	}
	if top == nil || count[top] < 3 || 3*count[top] <= 2*all || !strings.Contains(a.text, region.Stem(top.Name)) {
		return witness{}
	}
	return witness{place: top, words: top.Name, score: 0.7}
}

// prefectures counts how often the text names each prefecture, but for those whose
// bodies may stand above the report's, and lists the places named below each.
func (a *article) prefectures(w *whereabouts) (named map[*region.Place]int, parts map[string]map[string]bool) {
	found := a.mentions(w)
	named, parts = map[*region.Place]int{}, map[string]map[string]bool{}
	for _, m := range found {
		p := a.resolve(w, m)
		if p == nil || p.Level() == region.Province {
			continue
		}
		if p.Level() == region.Prefecture {
			n := 0
			if w.rank == unranked || !a.actsAbove(m) {
				n = 1
			}
			named[p] += n
		}
		prefix := p.Code[:4]
		if parts[prefix] == nil {
			parts[prefix] = map[string]bool{}
		}
		parts[prefix][p.Code] = true
	}
	return named, parts
}

// actsAbove reports whether a mention belongs to the name of a body, which may be one
// above that of the report: 曲靖市民政局.
func (a *article) actsAbove(m region.Mention) bool {
	rest := clipHead(a.text[m.End:], 9)
	if end := strings.IndexAny(rest, ",.;:，。;、的"); end >= 0 {
		rest = rest[:end]
	}
	for i := range rest {
		if a.x.orgEnd(rest, i) > 0 {
			return true
		}
	}
	return a.x.orgEnd(rest, len(rest)) > 0
}

// ownBody reports whether the text names a body of a place: 陆良县人民政府, 陆良县委.
func (a *article) ownBody(w *whereabouts, p *region.Place) bool {
	return slices.ContainsFunc(a.mentions(w), func(m region.Mention) bool {
		return a.resolve(w, m) == p && hasPrefixOf(a.text[m.End:], []string{"委", "人民政府", "政府"})
	})
}

// whereOfNews is the place that the first sentences of a text name, if it is one.
func (a *article) whereOfNews(w *whereabouts) witness {
	if !a.news() {
		return witness{}
	}
	p, score := w.table.Find(clipHead(a.text[a.blocks[a.body].start:], 200), w.year, false)
	if p == nil {
		return witness{}
	}
	return witness{place: p, words: p.Name, score: 0.7 * score}
}

// whereOfTowns is the county in which most of the townships of a text lie. Their
// list is today's, and names repeat: four of them, or fewer and a second witness (the
// prefecture, the path, the number of a paper), must lie in it and few elsewhere.
func (a *article) whereOfTowns(w *whereabouts) witness {
	if w.rank == ofProvince || w.rank == ofCountry || w.rank == unranked && a.x.lex.PlaceVisited.In(a.text) {
		return witness{}
	}
	votes := region.Votes(a.text)
	if len(votes) == 0 {
		return witness{}
	}
	if votes[0].Of == 1 {
		return a.whereOfTown(w, votes)
	}
	v := votes[0]
	p := a.countyOf(w, v)
	if p == nil {
		return witness{}
	}
	second := 0
	if len(votes) > 1 {
		second = len(votes[1].Towns)
	}
	share := float64(len(v.Towns)) / float64(v.Of)
	backed := a.backing(w)(p)
	n := len(v.Towns)
	score := 0.0
	switch {
	case n >= 4 && n >= 2*second && share >= 0.6, n >= 3 && backed && share >= 0.5 && n > second:
		score = share * (1 - 1/float64(2*n))
		if backed {
			score = 1 - (1-score)*0.4
		}
		score = max(score, 0.65)
	case n >= 2 && backed && n > second && share >= 0.6:
		score = 0.65
	}
	return witness{place: p, words: strings.Join(v.Towns, " "), score: score}
}

// whereOfTown is the county of the one township that a text of a county names, if a second witness is for
// one of those that have a township of that name.
func (a *article) whereOfTown(w *whereabouts, votes []region.Vote) (only witness) {
	if w.rank == ofPrefecture || w.rank == unranked && a.x.lex.News.In(clipHead(a.text, 200)) { // 曲靖市…全市…三岔河镇
		return witness{}
	}
	backed := a.backing(w)
	for _, v := range votes {
		if p := a.countyOf(w, v); p != nil && backed(p) {
			if only.place != nil {
				return witness{}
			}
			only = witness{place: p, words: v.Towns[0], score: sureEnough}
		}
	}
	return only
}

// countyOf is what the county of a vote was in the year of the report, nil if it cannot be its own place.
func (a *article) countyOf(w *whereabouts, v region.Vote) *region.Place {
	p := w.table.Code(v.Code, region.LastYear)
	if p == nil {
		return nil
	}
	if p = w.table.At(p, w.year); p == nil || !w.rank.fits(p) && !(w.rank == ofTown && w.undivided(p)) {
		return nil
	}
	return p
}

// backing tells whether a county has a second witness: it is what a sentence is about by its short name, its prefecture is named, in the text or the path, or the
// number of a paper begins with the name of either.
func (a *article) backing(w *whereabouts) func(*region.Place) bool {
	path, numbers := a.placeOfPath(w).place, a.paperNumbers()
	subject := func(stem string) bool { // 徐闻是农业大县
		return stem != "" && !a.x.lex.PlaceWord.Has(stem) && slices.ContainsFunc(a.x.lex.PlaceSubject.Words, func(w string) bool { return utf8.RuneCountInString(w) < 3 && strings.Contains(a.text, stem+w) })
	}
	return func(p *region.Place) bool {
		for _, m := range a.mentions(w) {
			for _, q := range m.Places {
				if q.Level() == region.Prefecture && q.Name == p.Prefecture || q == p {
					return true
				}
			}
		}
		return subject(region.Stem(p.Name)) || path != nil && path.Level() >= region.Prefecture && p.Within(path) || slices.ContainsFunc(numbers, func(n string) bool {
			return strings.HasPrefix(p.Name, n) || strings.HasPrefix(p.Prefecture, n)
		})
	}
}

// whereOfNumber is the county that the numbers of papers begin like (陆政发〔2011〕5号)
// among those of the one prefecture that the text names.
func (a *article) whereOfNumber(w *whereabouts) witness {
	numbers := a.paperNumbers()
	if len(numbers) == 0 || w.rank != ofCounty && w.rank != ofPrefecture && w.rank != unranked {
		return witness{}
	}
	var above *region.Place
	for _, m := range a.mentions(w) {
		if q := a.resolve(w, m); q != nil && q.Level() == region.Prefecture && !a.beside(m) {
			if above != nil && above != q {
				return witness{}
			}
			above = q
		}
	}
	if above == nil || w.rank == unranked {
		return a.whereOfOwnNumber(w)
	}
	level := region.Prefecture
	if w.rank == ofCounty {
		level = region.County
	}
	var fit *region.Place
	words := ""
	for _, n := range numbers {
		for _, p := range w.table.Beginning(n, level, above, w.year) {
			if fit != nil && p != fit {
				return witness{}
			}
			fit, words = p, n
		}
	}
	if fit == nil {
		return witness{}
	}
	return witness{place: fit, words: words + " " + above.Name, score: 0.7}
}

// whereOfOwnNumber is the one prefecture whose name begins like the number that an article of a
// city bears itself (曲民字〔2011〕12号), where nothing of the text lies elsewhere. Where two cities of the rank
// of a county begin so as well (丹民字 may be 丹阳's or 丹江口's), a place of the text must lie with it: one
// (曲阜) makes it less sure. Provinces have characters of their own (云民发 is no paper of 云浮).
func (a *article) whereOfOwnNumber(w *whereabouts) witness {
	if w.rank != ofPrefecture && w.rank != unranked || strings.ContainsAny(clipHead(w.org, 8)+clipHead(a.title, 8), "县区旗镇乡") { // 清政发 may be 清屏县's
		return witness{}
	}
	for i := 0; i < len(a.blocks) && i < headBlocks; i++ {
		text := strings.ReplaceAll(a.blocks[i].text, " ", "")
		open := strings.IndexAny(text, "〔[(﹝")
		if a.blocks[i].kind == schema.Row || utf8.RuneCountInString(text) > 24 || !strings.HasSuffix(text, "号") || open < 0 {
			continue
		}
		letter := abridged(text[:open])
		if letter == "" || a.x.lex.ProvinceLetter.In(letter) {
			return witness{}
		}
		list := w.table.Beginning(letter, region.Prefecture, nil, w.year)
		if len(list) != 1 {
			return witness{}
		}
		agrees, refutes := a.sidesWith(w, list[0])
		others := 0
		for _, p := range w.table.Beginning(letter, region.County, nil, w.year) {
			if strings.HasSuffix(p.Name, "市") && !p.Within(list[0]) {
				others++
			}
		}
		switch {
		case refutes || others > 1 && !agrees:
			return witness{}
		case agrees:
			return witness{place: list[0], words: text, score: 0.65}
		}
		return witness{place: list[0], words: text, score: sureEnough}
	}
	return witness{}
}

// sidesWith reports whether the places and townships of a text, or the path of the file, lie with a
// city: 云南省, 陆良县, 中枢镇 with 曲靖市; and whether any place of it lies elsewhere.
func (a *article) sidesWith(w *whereabouts, city *region.Place) (agrees, refutes bool) {
	with := func(p *region.Place) bool { return p != nil && (p.Within(city) || city.Within(p)) }
	for _, m := range a.mentions(w) {
		if !slices.ContainsFunc(m.Places, with) {
			return false, true
		}
		agrees = true
	}
	if p := a.placeOfPath(w).place; p != nil {
		if !with(p) {
			return false, true
		}
		agrees = true
	}
	votes := region.Votes(a.text)
	first := slices.IndexFunc(votes, func(v region.Vote) bool { return with(w.table.Code(v.Code, region.LastYear)) })
	if first < 0 {
		return agrees && len(votes) == 0, len(votes) > 0
	}
	return agrees || len(votes) == 1 || first == 0 && len(votes[0].Towns) > len(votes[1].Towns), false
}

// paperNumbers are the first characters of the numbers of papers, which abridge a
// place: 陆 of 陆政发〔2011〕5号, 曲 of 曲民字.
func (a *article) paperNumbers() []string {
	var out []string
	for _, open := range []string{"〔", "[", "﹝", "(", "字第", "字("} {
		for from := 0; ; {
			i := strings.Index(a.text[from:], open)
			if i < 0 {
				break
			}
			at := from + i
			from = at + len(open)
			after := clipHead(a.text[from:], 6)
			if !strings.HasPrefix(after, "19") && !strings.HasPrefix(after, "20") && open != "字第" {
				continue
			}
			if s := abridged(a.text[:at]); s != "" && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// abridged is the first character of the letters of a paper's number at the end of
// a text: 陆 of …(陆政发. It stands behind a bracket, a blank or a line.
func abridged(text string) string {
	end := text
	for n := 0; n < 7; n++ {
		r, size := utf8.DecodeLastRuneInString(end)
		if size == 0 || r < 0x3400 {
			letters := []rune(text[len(end):])
			if len(letters) < 3 || !strings.ContainsRune("发字函办通报", letters[len(letters)-1]) || !strings.ContainsRune("政民府办党财教农水卫林计统人社建交市县", letters[1]) {
				return ""
			}
			return string(letters[0])
		}
		end = end[:len(end)-size]
	}
	return ""
}
