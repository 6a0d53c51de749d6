package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingxi/extract/region"
	"mingxi/schema"
)

// Names of places that need a second word to tell: a district of which there are several, the
// place that a text opens with, a code in the path.

// whereOfShared is a place whose name the title or the body that reports has, and several places
// share, where the text says once which it means: 沧州市新华区, or 长春市民政局 above 朝阳区.
func (a *article) whereOfShared(w *whereabouts) witness {
	for _, words := range []string{w.org, a.title} {
		for _, m := range w.table.Mentions(words) {
			list := w.table.Entities(m.Places, w.year)
			if len(list) < 2 {
				continue
			}
			if p := a.among(w, list); p != nil {
				return witness{place: p, words: p.Prefecture + p.Name, score: 0.85}
			}
		}
	}
	return witness{}
}

// among is the one of places of one name that the text means, by where they lie: of bodies, or of the one city that it names;
// nil if that stays open.
func (a *article) among(w *whereabouts, list []*region.Place) *region.Place {
	var fit *region.Place
	found := a.mentions(w)
	cities := map[string]bool{} // that the text names
	for _, m := range found {
		if m.Places[0].Level() != region.County {
			cities[m.Places[0].Name] = true
		}
	}
	alone := len(cities) == 1
	for i, m := range found {
		joined := i+1 < len(found) && found[i+1].Start == m.End && slices.Contains(found[i+1].Places, list[0])
		if a.beside(m) || !joined && !alone && !a.actsAbove(m) {
			continue
		}
		for _, p := range list {
			if !slices.ContainsFunc(m.Places, func(q *region.Place) bool { return q.Level() != region.County && p.Within(q) }) {
				continue
			}
			if fit != nil && fit != p {
				return nil
			}
			fit = p
		}
	}
	return fit
}

// beside reports whether the sentence of a mention says that it is a place besides the own:
// 我区与长春市民政局签订协议.
func (a *article) beside(m region.Mention) bool {
	const ends = "。;；!！\n"
	from := strings.LastIndexAny(a.text[:m.Start], ends) + 1
	to := strings.IndexAny(a.text[m.End:], ends)
	if to < 0 {
		to = len(a.text) - m.End
	}
	return a.x.lex.PlaceBeside.In(a.text[from : m.End+to])
}

// whereOfSubject is the one county that a text names, where it begins with it and says what the
// county is or did: 瑞丽市2014年接待…, 湖南省桃源县现有…, 清河县民政工作…, 清河县工商局…. A text that speaks of visits
// and of help may begin with another's.
func (a *article) whereOfSubject(w *whereabouts) witness {
	county := a.onlyCounty(w)
	if county == nil || w.rank != unranked && !w.rank.fits(county) || a.x.lex.PlaceVisited.In(a.text) ||
		a.body >= len(a.blocks) || a.blocks[a.body].kind != schema.Paragraph {
		return witness{}
	}
	found, first := a.mentions(w), a.blocks[a.body].start
	end := 0
	for _, m := range found { // 湖南省桃源县
		if m.Start < first || end > 0 && m.Start != end {
			break
		}
		if end == 0 && (!opensClause(a.text[first:m.Start]) || a.beside(m)) {
			break
		}
		end = m.End
	}
	if end == 0 || !strings.HasSuffix(a.text[:end], county.Name) {
		return witness{}
	}
	after := strings.TrimLeft(a.text[end:], "0123456789〇零一二三四五六七八九十年度")
	if after == a.text[end:] && !a.x.lex.PlaceSubject.Starts(after) && (a.signs(&a.blocks[a.body]) || !a.actsAbove(region.Mention{End: end})) {
		return witness{}
	}
	return witness{place: county, words: county.Name, score: 0.65}
}

// opensClause reports whether a text is empty or a few words that a comma ends: 过去的一年,.
func opensClause(lead string) bool {
	lead = strings.TrimSpace(lead)
	return lead == "" || utf8.RuneCountInString(lead) < 15 && strings.IndexAny(lead, ",，。;；") == strings.LastIndexAny(lead, ",，。;；") &&
		(strings.HasSuffix(lead, ",") || strings.HasSuffix(lead, "，"))
}

// onlyCounty is the county that a text names, if all other places that it names hold it.
func (a *article) onlyCounty(w *whereabouts) *region.Place {
	var county *region.Place
	all := a.mentions(w)
	for _, m := range all {
		if p := a.resolve(w, m); p != nil && p.Level() == region.County {
			county = p
		}
	}
	if county == nil || slices.ContainsFunc(all, func(m region.Mention) bool {
		p := a.resolve(w, m)
		return p == nil || !county.Within(p)
	}) {
		return nil
	}
	return county
}

// placeIn is the place of a title, a path or the name of a body, and the words that name it. A short form needs
// a second word. There is none where the words go on to a place below it that is not known: 曲靖市清屏县, 云南省××县.
// What stands behind 驻 is elsewhere: 曲靖市人民政府驻昆明办事处.
func (a *article) placeIn(w *whereabouts, words string) (*region.Place, region.Mention, float64) {
	if at := strings.Index(words, "驻"); at >= 0 && !strings.HasPrefix(words[at:], "驻马店") {
		words = words[:at]
	}
	p, m, score := w.table.FindAt(words, w.year, true)
	if p == nil || m.Short && !a.backs(w, p, m, words) {
		p, m, score = w.table.FindAt(words, w.year, false)
	}
	if p == nil || a.goesBelow(w, p, words[m.End:]) {
		return nil, m, 0
	}
	return p, m, score
}

// backs reports whether more than a short form tells a place: 昆明 is told by 昆明市 or 官渡区 in the text, by a text of
// 我市, in news; 昆山 is by 昆山经济技术开发区. 惠民 is no 惠民县 where 山东 is named (强服务惠民生 … 销往山东).
func (a *article) backs(w *whereabouts, p *region.Place, m region.Mention, words string) bool {
	county, word := p.Level() == region.County, a.x.lex.PlaceWord.Has(words[m.Start:m.End])
	switch {
	case a.x.lex.PlaceZone.Starts(words[m.End:]) && !word:
		return true
	case county && w.rank != unranked && !w.rank.fits(p):
		return false
	case !county && !word && (w.rank != unranked && w.rank.fits(p) || a.news() || m.Start == 0 && yearIn(clipHead(words[m.End:], 5)) > 0): // 昆明2012年经济运行情况
		return true
	}
	for _, m := range a.mentions(w) {
		if q := a.resolve(w, m); q != nil && (q.Within(p) || q.Level() == region.Prefecture && p.Within(q)) {
			return true
		}
	}
	province := region.Stem(p.Province)
	return p.Level() != region.Province && (!(county && word) && strings.Contains(a.text, province) || strings.Contains(words, province))
}

// goesBelow reports whether the words behind a place name one that lies in it and is not known: 清屏县 of 曲靖市清屏县民政局,
// ××县, 护国街道 of 昆明市护国街道.
func (a *article) goesBelow(w *whereabouts, p *region.Place, after string) bool {
	after = strings.TrimLeft(after, " ")
	masked := false
	for i, r := range after {
		if !unicode.Is(unicode.Han, r) && !isMask(r) || i > len("清水河清水河") {
			return false
		}
		masked = masked || isMask(r) || r == '某' || r == '○'
		name, rest := after[:i+utf8.RuneLen(r)], after[i+utf8.RuneLen(r):]
		rank := rankOfName(name)
		if i == 0 || rank == unranked {
			continue
		}
		if p.Level() == region.County || rank == ofTown && w.undivided(p) || rank == ofPrefecture && p.Level() != region.Province {
			return false
		}
		return masked || !a.x.lex.NoPlaceName.Ends(name) && (w.rank == rank || w.rank == unranked && r != '区' && (strings.TrimLeft(rest, " ") != rest || rest == "" || region.Acts(rest)))
	}
	return false
}

// rankOfName is the rank that the last word of a name says.
func rankOfName(name string) rank {
	switch {
	case containsEnd(name, []string{"镇", "乡", "村", "街道"}):
		return ofTown
	case containsEnd(name, []string{"县", "区", "旗"}):
		return ofCounty
	case strings.HasSuffix(name, "市"):
		return ofPrefecture
	}
	return unranked
}

// undivided reports whether a prefecture has no counties: 东莞市.
func (w *whereabouts) undivided(p *region.Place) bool {
	return p.Level() == region.Prefecture && len(w.table.Beginning("", region.County, p, w.year)) == 0
}

// notOver is a witness, but none for a place above that of a text of 我县 or 我镇, which is no more than where that
// lies. 全区 may be said in 西藏自治区, 达县地区 and 西安高新区.
func (a *article) notOver(w *whereabouts, c witness) witness {
	over := false
	switch p := c.place; {
	case p == nil || a.x.lex.PlaceZone.In(c.words) || w.org != "" && strings.Contains(a.title, w.org): // 昆明市农业局2012年工作总结 tells of 富民县, too
	case w.rank == ofTown:
		over = p.Level() < region.County && !w.undivided(p)
	case w.rank == ofCounty:
		over = p.Level() < region.County && (!strings.HasSuffix(p.Name, "区") || slices.ContainsFunc(a.x.lex.RankCounty.Words, func(word string) bool {
			return strings.ContainsAny(word, "县旗") && strings.Contains(a.text, word)
		}))
	case w.rank == ofPrefecture:
		over = p.Level() == region.Province && !strings.HasSuffix(p.Name, "市")
	}
	if over {
		return witness{}
	}
	return c
}

// news reports a text that tells news.
func (a *article) news() bool {
	if a.body >= len(a.blocks) {
		return false
	}
	y, _ := a.yearOfDateline()
	return y > 0 || a.x.lex.Newsroom.In(clipHead(a.text[a.blocks[a.body].start:], 80))
}

// stamped reports whether a line of a site holds what stands at an offset.
func (a *article) stamped(at int) bool {
	for i := 0; i < len(a.blocks) && i < headBlocks && a.blocks[i].start <= at; i++ {
		if at < a.blocks[i].start+len(a.blocks[i].text) {
			return a.siteSays(a.blocks[i].text)
		}
	}
	return false
}

// codeInPath is the place whose code a path holds, beside its name or the beginning of it: 530325富源.
func (a *article) codeInPath(w *whereabouts, path string) *region.Place {
	for _, digits := range strings.FieldsFunc(path, func(r rune) bool { return !isDigit(r) }) {
		if len(digits) != 6 {
			continue
		}
		for _, p := range w.table.Lines(digits) {
			if stem := region.Stem(p.Name); stem != "" && strings.Contains(path, stem) {
				return w.table.At(p, w.year)
			}
		}
	}
	return nil
}
