package panel

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/extract/region"
	"mingxi/schema"
)

// Of which place a figure is: the line or the heading above says it, and the words of its sentence; the last of them decides.

// partName is a part of a region: a town, a village, a zone or firm, a school.
var partName = regexp.MustCompile(`^(?:(\p{Han}{2,14}?(?:` + anyOf("PartTown") + `))|(\p{Han}{0,12}?(?:` + anyOf("PartVillage") + `))|(?:\p{Han}{0,14}?(?:` + anyOf("PartZone") + `))|(\p{Han}{0,8}?(?:` + anyOf("PartSchool") + `)))`)

// anyOf is a pattern of the words of a list, the first that fits.
func anyOf(list string) string { return strings.Join(loadWords()[list], "|") }

// part is the part of a region that words begin with, and what stands behind it. In a sentence a town has to be a known
// one, or to stand behind a place, and a school to be the place's.
func (f *figure) part(words string, sentence, behind bool) (name, rest string) {
	found := partName.FindStringSubmatch(words)
	if found == nil {
		return "", words
	}
	name, rest = found[0], words[len(found[0]):]
	town, village, school, stem := strings.TrimSuffix(found[1], "办事处"), found[2], found[3], region.Stem(f.origin.Region.Name)
	if f.words.in(name, "NoTown") || f.words.begins(name, "NoName") || sentence && (f.words.begins(rest, "GoesOn") || village != "" || !behind && (town != "" && !region.Town(town) ||
		school != "" && !f.words.begins(school, "SchoolOf") && !(stem != "" && strings.HasPrefix(school, stem)))) {
		return "", words
	}
	return name, rest
}

// lead is what may stand before the place that a clause begins with: 其中, (一), 截至2011年12月底, 在.
var lead = regexp.MustCompile(`^(?:[ 　]|[(（]?[0-9一二三四五六七八九十]+[)）、.．]|[0-9—-]+[年月日]份?|[年月]?[底末]|[一二三四五六七八九]是|` + anyOf("LeadIn") + `)*`)

// Whose is a place that words begin with.
type whose int

// The report's own, another's, or the place of those above, who tell or give.
const (
	nobodys whose = iota
	own
	others
	above
)

// placeAt is the place that words begin with, and what stands behind it.
func (f *figure) placeAt(words string, sentence bool) (place, rest string, of whose) {
	const most = 120 // bytes
	words = words[:min(len(words), most)]
	end := len(lead.FindString(words))
	from, behind := end, false
	for _, m := range f.places.Mentions(words) {
		if m.Start != end && (behind || lead.FindString(words[:m.Start]) != words[:m.Start]) {
			break
		}
		if !behind {
			from = m.Start
		}
		if of, behind, end = others, true, m.End; region.Stem(words[m.Start:m.End]) == region.Stem(f.origin.Region.Name) && !f.within(m) {
			of = own
		}
	}
	acts := strings.ReplaceAll(words[end:], "部门", "局")
	part, rest := f.part(words[end:], sentence, behind)
	if part != "" {
		of = others
	} else if f.words.begins(acts, "Above") && f.origin.Region.Name != "全国" || of == others && f.words.begins(rest, "Office") {
		return words[from:], "", above
	}
	return words[from : len(words)-len(rest)], rest, of
}

// within reports the name of the city or prefecture that the report's county lies in, which has no other name than its rank:
// 九江市 in a report of 九江县, 甘孜藏族自治州 in one of 甘孜县.
func (f *figure) within(m region.Mention) bool {
	code, over := f.origin.Region.Code, false
	if len(code) != 6 || strings.HasSuffix(code, "00") {
		return false
	}
	for _, p := range m.Places {
		if p.Code == code {
			return false
		}
		over = over || p.Code == code[:4]+"00"
	}
	return over
}

// whole is the last of the words for a whole in a clause (全国农村低保对象2900万户, 全市 in the report of a county), own if that is
// of what the report is: 全区 is of a district, and of no county or banner.
func (f *figure) whole(clause string) (whole string, ours bool) {
	name, at := f.origin.Region.Name, -1
	for _, said := range f.words["Said"] {
		for _, w := range f.words["Wholes"] {
			if i := strings.LastIndex(clause, said+w); i > at && !f.named(clause, i, i+len(said+w)) {
				at, whole = i, said+w
			}
		}
	}
	_, size := utf8.DecodeRuneInString(whole)
	last := whole[size:]
	return whole, whole != "" && (name == "" || strings.HasSuffix(name, last) || f.words.is(last, "County") && !strings.HasSuffix(f.origin.Region.Code, "00") || name == "全国" && last == "国")
}

// named reports that words of a clause are part of a name: 全县 of 天全县.
func (f *figure) named(clause string, start, end int) bool {
	return slices.ContainsFunc(f.places.Mentions(clause), func(m region.Mention) bool { return m.Start < start && end <= m.End })
}

// smallPlace is a town or village that is named, and no word for all of them: 农村, 城乡, 乡镇.
var smallPlace = regexp.MustCompile(`[^农乡行各]村|[^城各]乡(?:[^镇村]|$)|[^城乡各]镇|社区`)

// forAll is the words before a figure without 我局 where that is an office that serves all of the region and says what it
// does for it: 我局全年发放低保金, not 我局职工, nor 我局包扶的小堡子村.
func (f *figure) forAll(before string) string {
	for _, w := range f.words["OwnBody"] {
		if i := strings.LastIndex(before, w); i >= 0 && f.words.in(cmp.Or(f.origin.Org, f.title), "Serves") {
			if rest := before[i+len(w):]; f.words.in(rest, "Served") && !f.words.in(rest, "Sponsored") && !smallPlace.MatchString(rest) && len(f.places.Mentions(rest)) == 0 {
				return before[:i] + rest
			}
		}
	}
	return before
}

// over reports a place of a clause before whose figures are told by another: a school or a firm has no people on relief,
// and what a visitor did is done.
func (f *figure) over(at, rest string) bool {
	people := f.words.in(f.indicator.NameZH, "OfRegions")
	return f.words.in(rest, "Over") && !f.words.in(f.indicator.NameZH, "Donated") || people && (f.words.ends(at, "School") || f.words.ends(at, "Zone") && !strings.ContainsAny(rest, "0123456789"))
}

// bracket is words in brackets, which say nothing of what stands behind them.
var bracket = regexp.MustCompile(`[(（][^()（）]*[)）]`)

// nextItem begins an item of a list in a sentence, which leaves the place of the one before: 二是全面推开.
var nextItem = regexp.MustCompile(`^[二三四五六七八九十]是`)

// all reports a word for all of the region behind the last place of a name: 龙海乡发生泥石流,全县….
func (f *figure) all(before, slot string) bool {
	_, ours := f.whole(before[max(0, strings.LastIndex(before, slot)):])
	return ours && strings.Contains(before, slot)
}

// elsewhere is a figure of a place that is not the report's own.
func (f *figure) elsewhere() (bool, string) {
	const reach = 900 // bytes of a sentence
	before := f.forAll(bracket.ReplaceAllString(f.before[max(0, len(f.before)-reach):], ""))
	place, given := f.above, ""
	clauses := strings.FieldsFunc(before, func(r rune) bool { return strings.ContainsRune("，,；;：:、。？?(（", r) })
	for i, clause := range clauses {
		if given = ""; nextItem.MatchString(clause) {
			place = f.above
		}
		switch at, rest, of := f.placeAt(clause, true); {
		case of == own:
			place = ""
		case of == others && i+1 < len(clauses) && f.over(at, rest):
			place = f.above
		case of == others, of == above && f.words.begins(at, "Central") && f.words.ends(clause, "Tells"):
			place = at
		case of == above && f.words.in(clause, "Gives") && !f.words.in(f.indicator.NameZH, "Gives"):
			given = at
		case f.words.in(clause, "Won") && i+1 == len(clauses) && !f.words.in(f.indicator.NameZH, "Above"):
			given = clause
		}
		if whole, ours := f.whole(clause); ours { // 省下达我县资金: the province gives
			place = ""
		} else if whole != "" {
			place = whole
		}
	}
	if slot, name := f.metric.Slots.Place, f.origin.Region.Name; slot != "" && !f.words.begins(slot, "Own") && (name == "" || !strings.HasSuffix(slot, name)) && !f.all(before, slot) {
		place = slot
	}
	place = cmp.Or(given, place)
	return place != "", place
}

// ofBody is a figure of a town, a zone, a school or a firm, which is not the region that it lies in.
func (f *figure) ofBody() (bool, string) {
	for _, words := range []string{f.origin.Org, f.title} {
		name := words
		for _, own := range []string{f.origin.Region.Name, region.Stem(f.origin.Region.Name)} { // 宁乡2015年工作总结
			if _, behind, ok := strings.Cut(words, own); ok && own != "" {
				name = behind
				break
			}
		}
		if part, rest := f.part(name, false, false); part != "" && (rest == "" || f.words.begins(rest, "OfBody")) || f.words.begins(name, "OwnTown") {
			return true, words
		}
	}
	return f.words.ends(f.origin.Org, "Body") || f.ofSector(), f.origin.Org
}

// ofSector is what an office of one field or group says of itself, in words for all: a 林业局's own investment, the disabled who are insured.
func (f *figure) ofSector() bool {
	body, name := cmp.Or(f.origin.Org, f.title), f.indicator.NameZH
	if _, ours := f.whole(f.before); ours {
		return false
	}
	return f.words.in(name, "Aggregate") && f.words.ends(body, "Sector") && !f.words.in(body, "Accounts") || f.words.in(name, "Everyone") && f.words.in(body, "GroupOf")
}

// placeAbove is the place of the lines above a figure, if it is another than the report's own: 新华镇: before a list, (一)金牛镇 as a
// heading, or as the opening of its paragraph.
func (f *figure) placeAbove(d *schema.Document) string {
	const lines = 12
	opening, rest, _ := strings.Cut(strings.NewReplacer("：", "。", ":", "。").Replace(f.paragraph), "。")
	if place, of := f.alone(opening); of != nobodys && !f.words.in(rest, "All") {
		return place
	}
	block := min(d.BlockAt(f.metric.Start), len(d.Blocks))
	for i := block - 1; i >= max(0, block-lines) && d.Blocks[i].Kind != schema.Heading && d.Blocks[i].Kind != schema.Title; i-- {
		text := d.Blocks[i].In(d.Text)
		if place, of := f.alone(text); of != nobodys {
			return place
		}
		if f.words.in(text, "All") || f.words.begins(text, "ListEnd") {
			break
		}
	}
	place, _ := f.alone(lastHeading(f.metric.Section))
	return place
}

// alone is the place that is all of a line, empty if it is the report's own: 新华镇:, (一)大街镇的做法.
func (f *figure) alone(line string) (place string, of whose) {
	const most = 20 // characters
	if utf8.RuneCountInString(line) > most {
		return "", nobodys
	}
	place, rest, of := f.placeAt(line, false)
	rest = strings.Trim(rest, " 　：:。.")
	switch told := rest == "" || strings.HasPrefix(rest, "的") || f.words.is(rest, "Telling"); {
	case !told || of == above:
		return "", nobodys
	case of == own:
		return "", own
	}
	return place, of
}
