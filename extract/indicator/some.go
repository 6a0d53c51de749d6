package indicator

import (
	"slices"
	"strings"
	"unicode"

	"mingxi/schema"
)

// This file takes the indicator of all from figures of some.

// ofSome takes it from a figure that counts some of those of whom it tells, and from those that run on from it.
func (a *asker) ofSome(text string, metrics []schema.Metric, figures []Figure, i int) {
	one, m, f := a.Get(metrics[i].Code), &metrics[i], figures[i]
	own := f.Before[strings.LastIndexFunc(f.Before, betweenClauses)+1:]
	if !ofPeople(one) {
		if a.hitAreas(text, m, f) {
			lose(m)
		}
		if one != nil && one.Unit == "yuan" && m.Status != schema.Planned && a.words.acted(a.words.due, f.Label, own) {
			lose(m)
		}
		return
	}
	acted := one.Nature == "stock" && a.words.acted(a.words.act, f.Label, own) || a.words.acted(a.words.due, f.Label, own)
	if acted || a.partOfOther(f, one) || one.Nature == "flow" && oneOfList(text, metrics, i) {
		lose(m)
	}
	if acted { // 上报城市低保户35户、农村低保户60户: all of the clause
		for j := i + 1; j < len(metrics) && runsOn(text, metrics, j); j++ {
			if next := a.Get(metrics[j].Code); ofPeople(next) && next.Nature == one.Nature {
				lose(&metrics[j])
			}
		}
	}
	if m.Code == "" {
		return
	}
	named := false
	if !a.words.widens(own) {
		named = a.servesNamed(f.Label, own)
		if (named || endsWith(own, a.words.serve)) && a.served(text, metrics, figures, i, one) {
			return
		}
	}
	if one.Nature == "stock" && m.Cell == "" {
		a.received(text, metrics, i, one, named)
	}
}

// someOfDone reports people there are who are counted among those something was done for: 危房改造860户,其中低保户412户.
func (a *asker) someOfDone(whole, m *schema.Metric) bool {
	of, one := a.Get(whole.Code), a.Get(m.Code)
	return of != nil && one != nil && of.Nature == "flow" && one.Nature == "stock" && ofPeople(one) && one.Parent != of.Code
}

// ofThese gives money that says nothing itself the indicator of the people that the figure before it in its sentence counts:
// 资助参合41200人,支出资金212万元.
func (a *asker) ofThese(text string, before, m *schema.Metric, people, f Figure) {
	const reach, sure = 120, 0.82 // bytes, least score
	of, one := a.Get(before.Code), a.Get(m.Code)
	if !ofPeople(of) || one == nil || one.Unit != "yuan" || before.Sentence != m.Sentence || before.End > m.Start || m.Start-before.End > reach || !a.saysNothing(text[before.End:m.Start]) && !a.saysOnly(one, text[m.Sentence.Start:before.Start], text[before.End:m.Start]) {
		return
	}
	f.Label, f.Heading = strings.TrimSuffix(strings.TrimSuffix(people.Label, "人数"), "人次")+"支出", ""
	if match := a.match(f); match.Score >= sure && a.Get(match.Code).Parent == m.Code {
		a.set(m, f)
	}
}

// saysOnly reports words of money that say no more than its indicator, and not that it is all of it: ,支出救助资金 of 医疗救助支出,
// behind the one figure of people of a part of the sentence.
func (a *asker) saysOnly(one *Indicator, before, own string) bool {
	t := a.cut(own)
	return !strings.ContainsAny(before[strings.LastIndexAny(before, "；;")+1:], "0123456789") && t.other == 0 && !holdsAny(own, a.words.sums) && !slices.ContainsFunc(t.known, func(id int32) bool { return !a.speaksOf(one, id) })
}

// ofCounted takes the indicator of all from figure i if it is of some of those whom one before it in its paragraph counts: it only
// says of what kind they are, 城市低保对象5240人。女性1200人, or what they do as all may, 持证残疾人5120人,参加新农合4800人. It returns
// the last figure that counts people by name.
func (a *asker) ofCounted(text string, metrics []schema.Metric, figures []Figure, counted, i int) int {
	m, label := &metrics[i], figures[i].Label
	if counted >= 0 && m.Code != "" && a.amongCounted(text, &metrics[counted], m, label) {
		lose(m)
	}
	if m.PartOf == 0 && a.countsPeople(m, label) {
		return i
	}
	return counted
}

// amongCounted reports a figure of some of those whom one before it counts.
func (a *asker) amongCounted(text string, before, m *schema.Metric, own string) bool {
	const reach = 300 // bytes
	if before.End > m.Start || m.Start-before.End > reach || strings.Contains(text[before.End:m.Start], "\n") || before.Value.Cmp(m.Value) < 0 {
		return false
	}
	label := strings.TrimSuffix(before.Label, "人数")
	if a.words.widens(text[max(before.End, m.Sentence.Start):m.Start]) && m.Sentence != before.Sentence || holdsAny(label, a.words.all) {
		return false
	}
	if m.Sentence != before.Sentence && endsWith(text[m.Sentence.Start:m.Start], a.words.serve) {
		return false // 农村五保供养3524人。为3198名80岁以上老人发放高龄津贴
	}
	return a.words.trait(own) || startsWith(own, a.words.joined) && endsWith(label, a.words.among)
}

// countsPeople reports a figure of people who are named, and not only by a kind of them or by what all do.
func (a *asker) countsPeople(m *schema.Metric, label string) bool {
	return m.Cell == "" && m.Value.Known() && (m.Unit == "人" || m.Unit == "名") && label != "" && !a.words.trait(label) && !startsWith(label, a.words.joined)
}

// trait reports a label of nothing but traits: 60岁以上老年人.
func (w *words) trait(label string) bool {
	label = strings.TrimSuffix(label, "人数")
	for label != "" {
		i := slices.IndexFunc(w.traits, func(t string) bool { return strings.HasPrefix(label, t) })
		if i < 0 {
			return false
		}
		label = label[len(w.traits[i]):]
	}
	return true
}

// hitAreas reports towns and villages that suffer or do something, and are not said to be there: 全县十四个乡镇受灾.
func (a *asker) hitAreas(text string, m *schema.Metric, f Figure) bool {
	if m.Cell != "" || !slices.Contains(a.words.areas, m.Code) {
		return false
	}
	own, behind := f.Before[strings.LastIndexFunc(f.Before, betweenClauses)+1:], text[m.End:min(len(text), m.End+reachBehind)]
	if end := strings.IndexFunc(behind, betweenClauses); end >= 0 {
		behind = behind[:end]
	}
	return !holdsAny(own+behind, a.words.whole) && !holdsAny(own, a.words.holds) && (holdsAny(own, a.words.hit) || holdsAny(behind, a.words.hit))
}

// served takes the codes of those to whom a figure of something else is given: 为10户低保户送去慰问金5000元; but not
// 为3126户低保户发放低保金800万元. It reports whether there is a figure of what they are given.
func (a *asker) served(text string, metrics []schema.Metric, figures []Figure, i int, one *Indicator) bool {
	const reach = 5 // figures
	around := one.Nature != "stock" && a.onlyAround(figures[i])
	if around {
		lose(&metrics[i])
	}
	for j := i + 1; j < min(len(metrics), i+reach) && runsOn(text, metrics, j); j++ {
		next := a.Get(metrics[j].Code)
		if ofPeople(next) && next.Nature == one.Nature { // 10户低保户20人
			continue
		}
		switch akin := a.akinTo(one, next); {
		case around && akin && a.onlyAround(figures[j]):
			lose(&metrics[j]) // the money of these
		case !akin && (one.Nature == "stock" || next != nil):
			for k := i; k < j; k++ {
				lose(&metrics[k])
			}
		}
		return true
	}
	return false
}

// reachBehind is how many bytes behind a figure tell what people did; the last character may be cut.
const reachBehind = 240

// received takes the codes of people of whom the words behind them tell something else: 城市低保对象300户享受电费减免,
// 低保对象120人参加培训; but not 城市低保对象300户领取低保金, nor 全部享受电费减免. Of named people any words do.
func (a *asker) received(text string, metrics []schema.Metric, i int, one *Indicator, named bool) {
	const most = 15 // bytes before the verb: 已于年内
	behind := strings.TrimLeft(text[metrics[i].End:min(len(text), metrics[i].End+reachBehind)], "()（） ")
	if end := strings.IndexFunc(behind, betweenClauses); end >= 0 {
		behind = behind[:end]
	}
	if holdsAny(behind, a.words.unmet) { // 还有300户未纳入保障
		lose(&metrics[i])
	}
	at, rest := 0, behind
	if !named {
		at = len(behind)
		for _, w := range a.words.did {
			if k := strings.Index(behind, w); k >= 0 && (k < at || k == at && k+len(w) > len(behind)-len(rest)) {
				at, rest = k, behind[k+len(w):]
			}
		}
		lead := behind[:at]
		if at == len(behind) || at > most || strings.ContainsAny(lead, "0123456789") || holdsAny(lead, a.words.whole) {
			return
		}
	}
	rest = strings.TrimRight(rest, "0123456789.,，约共万亿元")
	if rest == "" || slices.Contains(a.words.whole, rest) { // 优待金足额兑现,673户家庭领取412.37万元; 五保对象得到供养
		return
	}
	if done := a.cut(rest); !named && len(done.known) == 0 && done.other == 0 || slices.ContainsFunc(done.known, func(id int32) bool { return a.speaksOf(one, id) }) {
		return
	}
	lose(&metrics[i])
	for i--; i >= 0 && runsOn(text, metrics, i+1) && ofPeople(a.Get(metrics[i].Code)); i-- { // 300户680人
		lose(&metrics[i])
	}
}

// servesNamed reports people who are named before their number and to whom something else is given: 为城市低保对象300户.
func (a *asker) servesNamed(label, own string) bool {
	return slices.ContainsFunc(a.words.serve, func(w string) bool {
		at := strings.LastIndex(own, w)
		return at >= 0 && len(own) > at+len(w) && strings.Contains(label, own[at+len(w):]) && !strings.Contains(label, own[at:]) // not 低保对|象
	})
}

// runsOn reports a figure in the clause of the one before it.
func runsOn(text string, metrics []schema.Metric, j int) bool {
	before, m := &metrics[j-1], &metrics[j]
	return before.Sentence == m.Sentence && before.End <= m.Start && !strings.ContainsFunc(text[before.End:m.Start], betweenClauses)
}

// oneOfList reports that to people and to those before or behind them the same was done, though one of them has no
// indicator: 资助农村低保对象3560人、五保对象860人参合.
func oneOfList(text string, metrics []schema.Metric, i int) bool {
	return likeBefore(text, metrics, i) || likeBefore(text, metrics, i+1)
}

func likeBefore(text string, metrics []schema.Metric, j int) bool {
	return j > 0 && j < len(metrics) && runsOn(text, metrics, j) && (metrics[j].Code == "" || metrics[j-1].Code == "") && metrics[j].Unit == metrics[j-1].Unit &&
		metrics[j].Slots.Event != "" && metrics[j].Slots.Event == metrics[j-1].Slots.Event && strings.HasPrefix(text[metrics[j-1].End:], "、")
}

// ofPeople reports an indicator that counts people or households.
func ofPeople(one *Indicator) bool {
	return one != nil && (strings.HasPrefix(one.Unit, "person") || strings.HasPrefix(one.Unit, "household")) && !strings.Contains(one.Unit, "_per_")
}

// lose takes its code from a metric.
func lose(m *schema.Metric) { m.Code, m.IndicatorScore = "", schema.Decimal{} }

func startsWith(s string, starts []string) bool {
	return slices.ContainsFunc(starts, func(w string) bool { return strings.HasPrefix(s, w) })
}

func endsWith(s string, ends []string) bool {
	return slices.ContainsFunc(ends, func(w string) bool { return strings.HasSuffix(s, w) })
}

// acted reports something done to some: 组织15名五保老人, 上报城市低保户35户; but not 社会组织120个, nor 按需发放救灾款.
func (w *words) acted(done []string, label, own string) bool {
	return slices.ContainsFunc(done, func(did string) bool {
		at := strings.LastIndex(own, did)
		return at >= 0 && !strings.Contains(label, did) && strings.Contains(label, own[at+len(did):]) && !endsWith(own[:at+len(did)], w.undue)
	})
}

// akinTo reports whether names of two indicators have a word in common that is no side: 低保对象 and 低保金.
func (a *asker) akinTo(one, other *Indicator) bool {
	if other == nil {
		return false
	}
	theirs := a.speaks[a.byCode[other.Code]]
	return slices.ContainsFunc(a.speaks[a.byCode[one.Code]], func(id int32) bool {
		t := &a.terms[id]
		return !t.side && !t.weak && t.weight > 1 && slices.Contains(theirs, id)
	})
}

// partOfOther reports a figure that its sentence counts among others, of whom no name of its indicator speaks:
// 城市低保对象中有60岁以上老人120人, 移民中, 残疾人1.2万人,其中; but not 特困人员中集中供养120人, nor 全县人口中, 初中有.
func (a *asker) partOfOther(f Figure, one *Indicator) bool {
	if f.Whole != "" && endsWith(strings.TrimSuffix(f.Whole, "人数"), a.words.among) && a.ofOthers(f.Whole, one) {
		return true
	}
	parts := strings.Split(f.Before[strings.LastIndexAny(f.Before, "；;。")+1:], "中")
	for i, whole := range parts[:len(parts)-1] {
		who := whole[strings.LastIndexFunc(whole, func(r rune) bool { return !unicode.Is(unicode.Han, r) })+1:]
		if !strings.HasPrefix(parts[i+1], "心") && endsWith(who, a.words.among) && (slices.Contains(a.words.among, who) || a.ofOthers(who, one)) { // 对象中老人120人: of those before
			return true
		}
	}
	return false
}

// ofOthers reports words that tell of people, but of none whom an indicator counts.
func (a *asker) ofOthers(people string, one *Indicator) bool {
	of := a.cut(people)
	return (len(of.known) > 0 || of.telling || of.other > 0) && !slices.ContainsFunc(of.known, func(id int32) bool { return a.speaksOf(one, id) })
}

// speaksOf reports a word that names of an indicator have, or of what it is a part of.
func (a *asker) speaksOf(one *Indicator, id int32) bool {
	for range len(a.list) { // parents may be a circle
		if slices.Contains(a.speaks[a.byCode[one.Code]], id) {
			return true
		}
		if one = a.Get(one.Parent); one == nil {
			break
		}
	}
	return false
}

// onlyAround reports a figure whose label does not say what was done, which the words around it do: 为10户困难家庭发放慰问金.
func (a *asker) onlyAround(f Figure) bool {
	name := a.match(f).name
	return name != nil && slices.ContainsFunc(name.terms, func(id int32) bool {
		return !a.terms[id].side && !a.label.has(id) && !a.heading.has(id) && a.inClause(id)
	})
}

// ofList reports a figure behind a list of things, which is of all of them, though its label is that of the last:
// 小麦12万亩、玉米6万亩,产量3.2万吨.
func (a *asker) ofList(text string, last []schema.Metric) bool {
	first, second, m := &last[0], &last[1], &last[2]
	if first.Sentence != m.Sentence || second.Sentence != m.Sentence || first.Unit != second.Unit || second.Unit == m.Unit || first.End > second.Start || second.End > m.Start {
		return false
	}
	between, own := text[first.End:second.Start], text[second.End:m.Start]
	if !slices.ContainsFunc(a.words.joins, func(w string) bool { return strings.HasPrefix(between, w) }) || strings.ContainsFunc(between, betweenClauses) || strings.IndexFunc(own, betweenClauses) != 0 {
		return false
	}
	known, other, said := a.cut(m.Label), a.cut(first.Label), a.cut(own)
	return slices.ContainsFunc(a.cut(second.Label).known, func(id int32) bool {
		return known.has(id) && !other.has(id) && !said.has(id) && slices.Contains(a.speaks[a.byCode[m.Code]], id)
	})
}

// ofKind reports a figure of one kind of what its indicator counts, which the words before its label name: the teachers of
// 小学在校生21000人,教师1200人; not where they speak of all, or name several.
func (w *words) ofKind(one *Indicator, f *Figure) bool {
	own := f.Before[strings.LastIndexFunc(f.Before, betweenClauses)+1:]
	all := slices.ContainsFunc(w.widen, func(all string) bool { return strings.HasPrefix(own, all) })
	for _, of := range []string{one.Domain, one.Code} {
		before := f.Before[strings.LastIndexAny(f.Before, "；;。\n")+1:]
		if kinds, ok := w.kinds[of]; ok && !holdsAny(f.Label, kinds[0]) && !holdsAny(without(before, kinds), kinds[1]) && (!all || holdsAny(own, kinds[0])) { // 县人民医院迁建完成,全县病床600张
			n := 0
			for _, kind := range kinds[0] {
				n += strings.Count(before, kind)
				before = strings.ReplaceAll(before, kind, " ")
			}
			if n == 1 {
				return true
			}
		}
	}
	return false
}

// without is a text without those kinds that have a word for all in them: 特殊教育学校.
func without(text string, kinds [2][]string) string {
	for _, kind := range kinds[0] {
		if holdsAny(kind, kinds[1]) {
			text = strings.ReplaceAll(text, kind, " ")
		}
	}
	return text
}

// holdsAny reports whether a text has one of some words.
func holdsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}
