package indicator

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// What somebody says who seeks a figure is read by the same words as labels and names
// are, so that 城镇居民低保 sought finds 城市最低生活保障 printed.

// A Word is a piece of plain words as names are read.
type Word struct {
	Text    string
	Weight  float64 // at most heaviest
	Telling bool    // it tells siblings apart: 城市, 新增
	Known   bool    // of data/words.txt; else a run of characters that no line of it knows
}

// Words cuts a text into words, each once; those that say nothing of what is measured
// (累计, 户数) are left out. Case and width of letters are as given.
func (v *Vocabulary) Words(text string) (list []Word) {
	add := func(w Word) {
		if w.Text != "" && !slices.ContainsFunc(list, func(o Word) bool { return o.Text == w.Text }) {
			list = append(list, w)
		}
	}
	v.pieces(text, func(run string, terms []string) {
		if run != "" {
			add(Word{Text: run, Weight: min(heaviest, float64(utf8.RuneCountInString(run)))})
		}
		for _, s := range terms {
			t := v.term(s)
			add(Word{s, t.weight, t.telling, true})
		}
	})
	return list
}

// pieces hands over the runs of characters that no line of words.txt knows, and what
// the words between them are read as, in their order.
func (v *Vocabulary) pieces(text string, yield func(run string, terms []string)) {
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return clean(string(r)) == "" }) {
		part = clean(part)
		run := 0 // bytes of part that begin it and no word has
		for run < len(part) {
			end, n := v.words.longest(part[run:])
			if n == nil {
				run += end
				continue
			}
			yield(part[:run], n.terms)
			part, run = part[run+end:], 0
		}
		yield(part, nil)
	}
}

// Unread returns the stretches of a text that no word of more than one character of
// words.txt stands in: 清屏县 of 清屏县城市低保. They may be names.
func (v *Vocabulary) Unread(text string) (list []string) {
	run, at := 0, 0
	flush := func(end int) {
		if run < end {
			list = append(list, text[run:end])
		}
	}
	for at < len(text) {
		first, size := utf8.DecodeRuneInString(text[at:])
		end, n := v.words.longest(text[at:])
		if clean(string(first)) == "" {
			end = size
		} else if n == nil || end <= size {
			at += size
			continue
		}
		flush(at)
		at += end
		run = at
	}
	flush(len(text))
	return list
}

// Spoken returns the indicators that plain words name, the likeliest first: those with
// a name that says nearly all of the words and no other telling one. Units are as
// printed (户, 元); where some are given, one of them must be the indicator's.
func (v *Vocabulary) Spoken(text string, units []string) (found []Match) {
	a := v.asker()
	said := a.text(clean(text))
	whole := said.other
	for _, id := range said.known {
		whole += a.terms[id].weight
	}
	fits := map[int]bool{}
	for form, list := range a.units.stands {
		if unit, _, _ := strings.Cut(form, "/"); slices.Contains(units, unit) { // 元 of 元/户 too
			for _, p := range list {
				fits[p.unit] = true
			}
		}
	}
	best := map[int]float64{}
	for n := range a.phrases {
		p := &a.phrases[n]
		if len(fits) > 0 && !fits[a.unit[p.owner]] {
			continue
		}
		if s := a.spokenAs(p, said, whole); s >= accepted {
			best[p.owner] = max(best[p.owner], s)
		}
	}
	for owner, s := range best {
		found = append(found, Match{Code: a.list[owner].Code, Score: min(s, 1)})
	}
	slices.SortFunc(found, func(x, y Match) int {
		if x.Score != y.Score {
			return int(1e6 * (y.Score - x.Score))
		}
		return v.byCode[x.Code] - v.byCode[y.Code]
	})
	return found
}

// spokenAs says how well a name explains the words: 0 where a telling term stands on
// one side alone.
func (a *asker) spokenAs(p *phrase, said *text, whole float64) float64 {
	if said.telling || whole == 0 {
		return 0
	}
	given, left := 0.0, said.other
	for _, id := range p.terms {
		t := &a.terms[id]
		switch {
		case said.has(id):
			given += t.weight
		case t.telling && !t.rate:
			return 0
		}
	}
	for _, id := range said.known {
		t := &a.terms[id]
		switch {
		case slices.Contains(p.terms, id):
		case slices.Contains(a.speaks[p.owner], id):
			left += t.weight * akin
		case t.rate: // 每人每月 says how it is counted
			whole -= t.weight
		case t.telling:
			return 0
		default:
			left += t.weight
		}
	}
	if whole <= 0 {
		return 0
	}
	return given / p.weight * (1 - left/whole)
}

// Counts reports whether an indicator may be printed in a unit.
func (v *Vocabulary) Counts(code, unit string) bool {
	at, ok := v.byCode[code]
	return ok && slices.ContainsFunc(v.units.stands[unit], func(p printing) bool {
		return p.unit == v.unit[at] || slices.Contains(v.also[at], p.unit)
	})
}
