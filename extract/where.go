package extract

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/region"
	"mingxi/schema"
)

// The region of a report: the place whose body reports, or that news are about.
// Witnesses are asked in the order of whereWitnesses; the first that is sure enough
// decides, and those that agree with it raise its score. A 来源: line is no witness,
// nor the place where an agency sent its news from.

// national is the name of the whole country.
const national = "全国"

// sureEnough is the least score with which a region is given.
const sureEnough = 0.6

// townshipVote is the method of whereOfTowns.
const townshipVote = "township vote"

// A witness is a place that something tells.
type witness struct {
	place  *region.Place
	code   string // where place is nil: the whole country
	words  string
	score  float64
	method string
}

// whereWitnesses are asked in order.
var whereWitnesses = []struct {
	method string
	ask    func(*article, *whereabouts) witness
}{
	{"printed", (*article).whereOfOrg},
	{"printed", (*article).whereOfTitle},
	{"printed", (*article).whereOfShared},
	{"printed", (*article).whereOfMeeting},
	{"path", (*article).whereOfPath},
	{"printed", (*article).whereOfNation},
	{"printed", (*article).whereOfText},
	{townshipVote, (*article).whereOfTowns},
	{"document number", (*article).whereOfNumber},
}

// whereabouts is what the witnesses of an article share.
type whereabouts struct {
	year    int
	org     string
	table   *region.Table
	rank    rank
	objects []object         // that the title names
	found   []region.Mention // in the text, when it was looked through
	context region.Context   // of them
	looked  bool
}

// whereabouts finds the region of an article.
func (a *article) whereabouts(year int, org string) (schema.Region, schema.Evidence) {
	w := &whereabouts{year: year, org: strings.Map(foldRune, org), table: a.x.regions(), rank: a.ownRank()}
	_, w.objects = a.ownPart(w.table, w.year, a.title)
	var best witness
	for _, ask := range whereWitnesses {
		headline := best.method == "path" && w.rank == unranked // of news: its words may name only what lies above
		if best.score >= 0.95 && !headline {
			break
		}
		c := ask.ask(a, w)
		if c.method == "" {
			c.method = ask.method
		}
		if a.onlyWithin(w, c.place) || (w.org == "" || c.words != w.org) && w.another(c.place) {
			continue
		}
		switch {
		case c.score < sureEnough:
		case best.score == 0:
			best = c
		case c.agrees(best):
			score := 1 - (1-best.score)*(1-c.score)
			if c.lower(best) && (headline || best.place.Level() == region.Province || !w.rank.fits(best.place)) { // news of a province name the county
				if best = c; c.method == townshipVote { // which has counted the other
					score = c.score
				}
			}
			best.score = score
		case headline && c.method == "printed":
			best.score -= 0.4 // 绵阳 in the headline, 绵竹市 in the text
		case best.score < 0.9:
			best.score -= 0.2 // two witnesses that do not agree
		}
	}
	if best.score < sureEnough {
		return schema.Region{}, schema.Evidence{}
	}
	out := schema.Region{Code: best.code, Name: national, Method: best.method, Score: math.Round(min(best.score, 0.99)*100) / 100}
	if best.place != nil {
		out.Code, out.Name = best.place.Code, best.place.Name
	}
	return out, schema.Evidence{Method: out.Method, Words: best.words, Score: out.Score}
}

// onlyWithin reports the province in the name of a body that lies somewhere in it: 海南省国营金安农场.
func (a *article) onlyWithin(w *whereabouts, p *region.Place) bool {
	return p != nil && p.Level() == region.Province && !strings.HasSuffix(p.Name, "市") && a.x.lex.PlaceWithin.Ends(w.org)
}

// An object is a place that a title names and another than the report's own.
type object struct {
	*region.Place
	away bool // and so is all within it: 赴山东考察报告
}

// ownPart is a title or path without the places that its words make the object of what is told: 赴安吉县学习考察报告,
// 贯彻云南省委全会精神; and those of which the text is not.
func (a *article) ownPart(table *region.Table, year int, words string) (own string, objects []object) {
	end, kept, away, cut := 0, 0, false, false
	found := table.MentionsShort(words)
	for i, m := range found {
		if cut = cut && strings.Trim(words[end:m.Start], "、和及与 ") == ""; !cut { // 浙江省安吉县; 江苏、浙江
			head := strings.TrimSuffix(strings.TrimRight(words[:m.Start], "《〈“\""), "中共")
			behind := behindPlace(words, found[i:])
			away = a.x.lex.PlaceAway.Ends(head) || a.goesAround(a.x.lex.PlaceMet.Words, head, behind)
			cut = away || a.x.lex.PlaceObeyed.Ends(head) || a.goesAround(a.x.lex.PlaceHeard.Words, head, behind) && !(strings.HasSuffix(head, "向") && hasPrefixOf(behind, a.x.lex.PlaceCouncil.Words))
		}
		end = m.End
		if !cut {
			continue
		}
		own, kept = own+words[kept:m.Start], m.End
		for _, p := range table.Entities(m.Places, year) {
			if away || p.Level() != region.County { // 落实泸西县规划 may be its own
				objects = append(objects, object{p, away})
			}
		}
	}
	return own + words[kept:], objects
}

// goesAround reports words on both sides of a place: 向…学习, or …精神学习 where nothing is done before 精神 (昆明市贯彻全会精神学习总结); but not 在…学习会上,
// nor 向陆良县人大汇报, of which it is.
func (a *article) goesAround(pairs []string, head, behind string) bool {
	return slices.ContainsFunc(pairs, func(pair string) bool {
		before, after, _ := strings.Cut(pair, "…")
		between, rest, ok := strings.Cut(behind, after)
		return ok && !a.x.lex.PlaceOwnMeeting.Starts(rest) && strings.HasSuffix(head, before) && (before != "" || !a.x.lex.PlaceObeyed.In(between) && !a.x.lex.PlaceAway.In(between) && !a.x.lex.PlaceHigher.In(between))
	})
}

// behindPlace is what stands behind the first of the places of words, up to another that does not lie in it: 结对帮扶 of
// 上海市浦东新区结对帮扶.
func behindPlace(words string, found []region.Mention) string {
	for i, m := range found[1:] {
		if last := found[i]; m.Start > last.End || m.Places[0].Level() <= last.Places[0].Level() {
			return words[last.End:m.Start]
		}
	}
	return words[found[len(found)-1].End:]
}

// another reports whether a place is an object of the title, or lies where it is.
func (w *whereabouts) another(p *region.Place) bool {
	return p != nil && slices.ContainsFunc(w.objects, func(o object) bool {
		return p.Code == o.Code || o.away && p.Within(o.Place)
	})
}

// agrees reports whether two witnesses name one place, or one that lies in the other.
func (c witness) agrees(d witness) bool {
	if c.place == nil || d.place == nil {
		return c.place == d.place
	}
	return c.place.Within(d.place) || d.place.Within(c.place)
}

// lower reports whether a witness names a place within that of the other.
func (c witness) lower(d witness) bool {
	return c.place != nil && d.place != nil && c.place != d.place && c.place.Within(d.place)
}

// whereOfOrg is the place in the name of the body that reports.
func (a *article) whereOfOrg(w *whereabouts) witness {
	if w.org == "" {
		return witness{}
	}
	for _, body := range a.x.lex.NationalOrg.Words {
		rest, ok := strings.CutPrefix(strings.TrimPrefix(w.org, "中华人民共和国"), body)
		if !ok {
			continue
		}
		if p, m, _ := w.table.FindAt(rest, w.year, true); p != nil { // 国家统计局陆良调查队
			if m.Start > 0 {
				return witness{}
			}
			return witness{place: p, words: w.org, score: 0.9}
		}
		return witness{code: region.National, words: w.org, score: 0.95}
	}
	p, m, score := a.placeIn(w, w.org)
	switch {
	case p == nil || m.Start > 0 && m.Short && p.Level() < region.County:
		return witness{}
	case m.Short:
		return witness{place: p, words: w.org, score: 0.85}
	}
	return a.notOver(w, witness{place: p, words: w.org, score: 0.97 * score})
}

// whereOfTitle is the place that the title names; a short form of a county counts
// only where the text has its full name.
func (a *article) whereOfTitle(w *whereabouts) witness {
	c := a.notOver(w, a.whereOfWords(w, a.title, 0.95))
	if c.method == "" && a.TitleFrom != "meta" && !strings.Contains(strings.ReplaceAll(clipHead(a.text, titleWithin), "\n", ""), a.title) { // the name of the file
		c.method = "path"
	}
	return c
}

// titleWithin is how many characters of an article hold its title.
const titleWithin = 3000

// whereOfWords is the place that a title or path names.
func (a *article) whereOfWords(w *whereabouts, words string, trust float64) witness {
	own, _ := a.ownPart(w.table, w.year, words)
	if p, score := w.table.Find(own, w.year, true); score < 1 && a.wholeCountry(w, own, p) {
		return witness{code: region.National, words: words, score: trust}
	}
	p, m, score := a.placeIn(w, own)
	if m.Short && p != nil && p.Level() != region.Province {
		score = 0.85
	}
	return witness{place: p, words: words, score: trust * score}
}

// wholeCountry reports whether a title or path is about the whole country: 2011年全国民政工作总结 where nothing
// speaks of 我县, 中国2011年残疾人事业发展统计公报. 全国文明城市创建 is no scope.
func (a *article) wholeCountry(w *whereabouts, words string, p *region.Place) bool {
	begin := strings.TrimLeft(words, " 0123456789〇零一二三四五六七八九十年度")
	rest, all := strings.CutPrefix(begin, national)
	bulletin := strings.Contains(words, "公报")
	switch {
	case strings.HasPrefix(begin, "中华人民共和国"), all && bulletin, p == nil && strings.Contains(words, "中华人民共和国"):
		return true
	case p != nil || a.own || w.rank != ofCountry && w.rank != unranked:
		return false
	}
	return all && !a.x.lex.NationalName.In(rest) || bulletin && strings.HasPrefix(begin, "中国")
}

// whereOfMeeting is the place of the congress that a speech was given to: 2025年1月
// 18日在云南省第十四届人民代表大会第三次会议上.
func (a *article) whereOfMeeting(w *whereabouts) witness {
	for i := 0; i < len(a.blocks) && i < headBlocks; i++ {
		text := a.blocks[i].text
		if c := a.whereOfLine(w, text); c.place != nil {
			return c
		}
		end := strings.Index(text, "届")
		if end < 0 || end > 200 || !strings.Contains(text[end:], "会议") && !strings.Contains(text[end:], "大会") {
			continue
		}
		start := strings.LastIndex(text[:end], "在")
		if start < 0 {
			continue
		}
		if strings.Contains(clipHead(text[start:], 30), "全国人民代表大会") {
			return witness{code: region.National, words: clipHead(text, 40), score: 0.9}
		}
		if p, m, score := a.placeIn(w, text[start:end]); p != nil && !m.Short {
			return witness{place: p, words: text[start:end], score: 0.95 * score}
		}
	}
	return witness{}
}

// whereOfLine is the place of a short line at the head that names whose text it is: 姜堰市副市长 王瑛, (枞阳县志初稿).
func (a *article) whereOfLine(w *whereabouts, line string) witness {
	line = strings.TrimLeft(line, "( 《")
	if found := w.table.Mentions(clipHead(line, 24)); len(found) > 0 && found[0].Start == 0 && utf8.RuneCountInString(line) < 24 && a.x.lex.PlaceHead.Starts(line[found[len(found)-1].End:]) {
		at := *w
		at.year = cmp.Or(w.year, yearIn(line)) // that a chronicle was written
		if p, m, score := a.placeIn(&at, line); p != nil && !m.Short {
			return witness{place: p, words: line, score: 0.85 * score}
		}
	}
	return witness{}
}

// whereOfPath is the place that the path of the file names, the lowest folder
// first. A title that is the name of the file has been asked already. Copies of a file
// under several paths are of a place only if all of them name it.
func (a *article) whereOfPath(w *whereabouts) witness {
	return a.notOver(w, a.placeOfPath(w))
}

// placeOfPath is the place that the path names, though the report may be of one that lies in it.
func (a *article) placeOfPath(w *whereabouts) (all witness) {
	paths := a.x.doc.Paths
	if len(paths) == 0 {
		paths = []string{a.x.doc.Path()}
	}
	for i, path := range paths {
		path = strings.ReplaceAll(strings.Map(foldRune, path), "/", " ")
		one := a.whereOfWords(w, path, 0.8)
		if p := a.codeInPath(w, path); p != nil && one.score == 0 {
			one = witness{place: p, words: path, score: 0.8}
		}
		if i > 0 && (one.place != all.place || one.code != all.code) {
			return witness{}
		}
		if i == 0 {
			all = one
		}
	}
	return all
}

// muchCountry is how often a text must speak of 我国 and 全国, twice counted each, to be
// about the country.
const muchCountry = 16

// whereOfNation is the whole country where a letter addresses all of its provinces, or
// a text speaks of no place below it.
func (a *article) whereOfNation(w *whereabouts) witness {
	for i := 0; i < len(a.blocks) && i < 6; i++ {
		if a.x.lex.NationalAddress.Starts(a.blocks[i].text) {
			return witness{code: region.National, words: clipHead(a.blocks[i].text, 12), score: 0.85}
		}
	}
	if w.rank == ofCountry && a.local == 0 && a.country >= muchCountry { // 我国…全国…, and no word of 我县 or 全省
		return witness{code: region.National, words: national, score: 0.65}
	}
	return witness{}
}

// mentions are the full names of places in the text of the article.
func (a *article) mentions(w *whereabouts) []region.Mention {
	if !w.looked {
		w.looked = true
		w.found = slices.DeleteFunc(w.table.Mentions(a.text), func(m region.Mention) bool { return a.stamped(m.Start) })
		w.context = region.ContextOf(w.found)
	}
	return w.found
}

// resolve is the place that a mention of the text means, nil if that is open.
func (a *article) resolve(w *whereabouts, m region.Mention) *region.Place {
	return w.table.Resolve(m, w.context, w.year)
}
