package extract

import (
	"slices"
	"strings"
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

// among is the one of places of one name that the text means, nil if that stays open.
func (a *article) among(w *whereabouts, list []*region.Place) *region.Place {
	var fit *region.Place
	found := a.mentions(w)
	for i, m := range found {
		joined := i+1 < len(found) && found[i+1].Start == m.End && slices.Contains(found[i+1].Places, list[0])
		if a.beside(m) || !joined && !a.actsAbove(m) {
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
// county is or did: 瑞丽市2014年接待…, 湖南省桃源县现有…, 清河县民政工作…. A text that speaks of visits
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
	if after == a.text[end:] && !a.x.lex.PlaceSubject.Starts(after) {
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
