package indicator

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingxi/schema"
)

// Assign gives the metrics of a reading their codes. A first pass maps what is
// certain by itself; a second one asks again for the rest, knowing what the
// figures before it in the same section are about (死亡2人 among losses by floods), and
// of which whole one may be a part (特困供养人员2586人,集中894人).
func (v *Vocabulary) Assign(d *schema.Document, r *schema.Reading) {
	if len(v.list) == 0 {
		return
	}
	a := v.asker()
	bySeq := make(map[int]int, len(r.Metrics))
	for i := range r.Metrics {
		bySeq[r.Metrics[i].Seq] = i
	}
	figures := make([]Figure, len(r.Metrics))
	hopeful := make([]bool, len(r.Metrics))
	for i := range r.Metrics {
		m := &r.Metrics[i]
		figures[i] = v.figure(d, r, m)
		if whole, ok := bySeq[m.PartOf]; ok && m.PartOf != 0 {
			figures[i].Whole = r.Metrics[whole].Label
		}
		if lead := leadOf(d.Text[m.Sentence.Start:m.Sentence.End]); lead != "" {
			figures[i].Label = a.words.named(figures[i].Label, lead)
			a.set(m, figures[i])
			a.led(m, figures[i], lead)
		} else {
			a.set(m, figures[i])
		}
		a.ofSide(m, &figures[i])
		a.ofAll(m, &figures[i])
		if i > 1 && m.Unit == "元" {
			a.ofBoth(d.Text, r.Metrics[i-2:i+1], figures[i])
		}
		hopeful[i] = a.best+unspoken+around >= accepted
	}
	a.again(d.Text, r, figures, hopeful)
	people, counted := -1, -1 // the last figure of people that has an indicator, and of any
	for i := range r.Metrics {
		m := &r.Metrics[i]
		counted = a.ofCounted(d.Text, r.Metrics, figures, counted, i)
		if m.Code == "" {
			continue
		}
		if at, ok := bySeq[m.PartOf]; ok && m.PartOf != 0 && m.Code == r.Metrics[at].Code && m.Slots.Place == r.Metrics[at].Slots.Place && !a.telling(figures[i], figures[at]) {
			wrong := m // 转移就业8.63万人,其中县内1.54万人
			if whole := &r.Metrics[at]; m.IndicatorScore.Cmp(whole.IndicatorScore) > 0 {
				wrong = whole // 基本养老保险参保41.2万人,其中企业职工4.85万人
			}
			lose(wrong)
		}
		if at, ok := bySeq[m.PartOf]; ok && m.PartOf != 0 && m.Cell == "" && a.someOfDone(&r.Metrics[at], m) {
			lose(m)
		}
		if i > 1 && m.Cell == "" && a.ofList(d.Text, r.Metrics[i-2:i+1]) {
			lose(m)
		}
		a.ofSome(d.Text, r.Metrics, figures, i)
		if people >= 0 {
			a.ofThese(d.Text, &r.Metrics[people], m, figures[people], figures[i])
		}
		if ofPeople(a.Get(m.Code)) {
			people = i
		}
		if _, fell := a.words.fallen(m); fell && m.Code != "" {
			m.Flags = append(m.Flags, Fall)
		}
	}
}

// CodeAs returns the code that a figure would have under another label, empty if none: that of 财政总收入 for
// 市本级财政总收入.
func (v *Vocabulary) CodeAs(label string, d *schema.Document, r *schema.Reading, m *schema.Metric) string {
	a, f, as := v.asker(), v.figure(d, r, m), *m
	f.Clause, f.Before = strings.Replace(f.Clause, m.Label, label, 1), strings.Replace(f.Before, m.Label, label, 1)
	f.Label, as.Why = strings.TrimPrefix(label, m.Slots.Place), nil
	a.set(&as, f)
	return as.Code
}

// ofBoth asks for money behind two parts of a whole as that of the whole, where the label has the latter of them
// and its own words do not: 特困人员4108人,其中城市376人、农村3732人,发放供养金4216万元.
func (a *asker) ofBoth(text string, last []schema.Metric, f Figure) {
	first, second, m := &last[0], &last[1], &last[2]
	if first.Sentence != m.Sentence || second.Sentence != m.Sentence || first.Unit != second.Unit || first.Unit == m.Unit || second.End > m.Start {
		return
	}
	own := text[second.End:m.Start]
	for _, pair := range a.words.pairs {
		for i, part := range pair {
			if other := pair[1-i]; strings.Contains(f.Label, part) && strings.Contains(second.Label, part) && strings.Contains(first.Label, other) && !strings.Contains(own, part) {
				f.Label = strings.Replace(f.Label, part, "", 1)
				f.Clause, f.Before = "", ""
				a.set(m, f)
				return
			}
		}
	}
}

// ofAll asks for a metric without the side that its label has from clauses before, where its own begins with all:
// 农村低保对象300户,全县低保金860万元; but not 全市农村低保对象12万人,全县共1.3万人.
func (a *asker) ofAll(m *schema.Metric, f *Figure) {
	own := f.Before[strings.LastIndexFunc(f.Before, betweenClauses)+1:]
	if m.Code == "" || m.Cell != "" || !strings.HasPrefix(own, "全") || !a.words.widens(own) || strings.HasPrefix(own, "全部") || a.words.oneSide(own) != "" || strings.Contains(strings.TrimSuffix(f.Before, own), "全") && a.saysNothing(own) {
		return
	}
	for _, side := range a.words.siding {
		if strings.Contains(f.Label, side) && strings.Contains(f.Before, side) {
			f.Label, f.Clause, f.Before = strings.Replace(f.Label, side, "", 1), own, own
			a.set(m, *f)
			return
		}
	}
}

// saysNothing reports words that say nothing of what is measured: 全县共.
func (a *asker) saysNothing(text string) bool {
	t := a.cut(text)
	return len(t.known) == 0 && t.other == 0
}

// ofSide asks for a metric on the one side that its sentence names before it, where its label names none: 农村低保累计发放
// 低保金320万元 is no 低保金 of both.
func (a *asker) ofSide(m *schema.Metric, f *Figure) {
	const sure = 0.82 // least score, as of onSide
	side := a.words.oneSide(f.Before)
	if m.Code == "" || side == "" || side == bothSides || a.words.oneSide(f.Label) != "" || a.words.widens(f.Before) {
		return
	}
	on := *f
	on.Label = side + on.Label
	match := a.match(on)
	if one := a.Get(match.Code); one == nil || match.Score < sure || one.Parent != m.Code || !a.sideSuits(match.name) {
		return
	}
	*f = on
	a.set(m, on)
}

// onSide asks for the last metric on the one side of which its paragraph spoke so far, with the same words, where its
// sentence names none: 城市低保对象3126户。全年发放低保金689万元,新增412人. A code that the paragraph has had is not given
// again, nor one where the sentence speaks of all: 全县共有低保对象1.2万人.
func (a *asker) onSide(text string, metrics []schema.Metric, figures []Figure) {
	const (
		reach = 600  // bytes
		sure  = 0.82 // least score: 核对家庭5.4万户 behind 农村低保标准 is nobody's
	)
	i := len(metrics) - 1
	last := i - 1
	for last > 0 && metrics[last].Code == "" && metrics[i].Start-metrics[last].Start < reach {
		last--
	}
	m, before := &metrics[i], &metrics[last]
	if before.Code == "" || before.Section != m.Section || m.Cell != "" || m.Start-before.Start > reach || m.Start < before.End || strings.Contains(text[before.End:m.Start], "\n") {
		return
	}
	from := paragraphFrom(text, m.Start, reach)
	if !a.sides.within(a.words, text, schema.Span{Start: from, End: m.Start}) || a.words.widens(text[max(from, m.Sentence.Start):m.Start]) || a.words.oneSide(figures[i].Clause+figures[i].Label) != "" {
		return
	}
	side := a.words.oneSide(text[from:m.Start])
	if side == "" || side == bothSides {
		return
	}
	name, f := a.match(figures[last]).name, figures[i]
	f.Whole, f.Domain = side+figures[last].Label, a.Get(before.Code).Domain
	match := a.match(f)
	one := a.Get(match.Code)
	if one == nil || name == nil || match.Score < sure || m.Code != "" && one.Parent != m.Code || !a.shares(match.name, name, side) {
		return
	}
	if slices.Contains(m.Flags, "to") { // 由265元提高到310元
		i--
	}
	for at := i - 1; at >= 0 && metrics[at].Start >= from; at-- {
		if metrics[at].Code == one.Code {
			return
		}
	}
	figures[len(metrics)-1] = f
	a.set(m, f)
}

// paragraphFrom is where the paragraph of a place begins, at most so many bytes before it.
func paragraphFrom(text string, at, reach int) int {
	from := max(0, at-reach)
	from += strings.LastIndexByte(text[from:at], '\n') + 1
	for from < at && !utf8.RuneStart(text[from]) {
		from++
	}
	return from
}

// shares reports whether two names have a side and another word in common.
func (a *asker) shares(p, other *phrase, side string) bool {
	same, sided := 0, false
	for _, id := range p.terms {
		if slices.Contains(other.terms, id) {
			same++
			sided = sided || a.terms[id].text == side
		}
	}
	return sided && same > 1
}

// telling reports whether the name that gives a part its indicator says more than that of its whole, which
// has the same: 困难家庭临时救助资金 of 临时救助金. Else the part is something that no name tells; so is one of what
// there is at a date: 敬老院18所,其中中心敬老院4所.
func (a *asker) telling(part, whole Figure) bool {
	match := a.match(part)
	p, w := match.name, a.match(whole).name
	return p != nil && w != nil && p.weight > w.weight && a.Get(match.Code).Nature != "stock"
}

// Fall flags a rate of growth that is printed as a fall (下降6.1%): its value is positive, as
// printed, and the growth is the negative of it.
const Fall = "fall"

// fallen is the label of a growth that is printed as a fall, as that of the growth:
// 财政收入增速 of 财政收入下降幅度. ok is false if it is none.
func (w *words) fallen(m *schema.Metric) (growth string, ok bool) {
	if m.Kind != schema.Change || m.Unit != "%" && m.Unit != "‰" {
		return "", false
	}
	for _, ending := range w.falls {
		if of, is := strings.CutSuffix(m.Label, ending); is {
			return of + "增速", !strings.HasSuffix(of, "增速") // 增速下降 is a fall of the rate
		}
	}
	return "", false
}

func (a *asker) again(text string, r *schema.Reading, figures []Figure, hopeful []bool) {
	domain, section, article := "", "", 0
	whole := -1 // the last metric with a code
	for i := range r.Metrics {
		m := &r.Metrics[i]
		if m.Section != section || m.Article != article {
			domain, section, article = "", m.Section, m.Article
		}
		if m.Code == "" && domain != "" && hopeful[i] {
			figures[i].Domain = domain
			a.set(m, figures[i])
		}
		if m.Code == "" && whole >= 0 && r.Metrics[whole].Sentence == m.Sentence {
			a.part(m, figures[i], &r.Metrics[whole])
		}
		if domain != "" && i > 0 {
			a.onSide(text, r.Metrics[:i+1], figures[:i+1])
		}
		if one := a.Get(m.Code); one != nil {
			domain = one.Domain
			if one.Parent == "" || whole < 0 || one.Parent != r.Metrics[whole].Code {
				whole = i
			}
		}
	}
}

// led asks for a metric without a code with the first words of its sentence as its heading, and not as a
// part of its label: 交通邮电:公路里程2316公里 is no 公路交通邮电里程.
func (a *asker) led(m *schema.Metric, f Figure, lead string) {
	if m.Code != "" {
		return
	}
	f.Label = strings.Replace(f.Label, lead, "", 1)
	if !a.words.divides(lead) {
		f.Context, f.Heading = f.Context+f.Heading, lead
	}
	a.set(m, f)
}

// part asks for a metric as a part of one before it in its sentence: its code counts only
// if the vocabulary has it as a part of that.
func (a *asker) part(m *schema.Metric, f Figure, whole *schema.Metric) {
	f.Whole, f.Domain = whole.Label, a.Get(whole.Code).Domain
	if one := a.Get(a.match(f).Code); one != nil && one.Parent == whole.Code && !(m.Value.Known() && whole.Value.Known() && m.Value.Cmp(whole.Value) > 0) {
		a.set(m, f)
	}
}

func (a *asker) set(m *schema.Metric, f Figure) {
	match := a.match(f)
	if one := a.Get(match.Code); one != nil && (beyond(one, m) || a.broken(one, m) || a.words.ofKind(one, &f) || match.name.growth && !a.words.bases.OnYearBefore(m, a.Year, f.Before)) {
		match = Match{}
	}
	m.Code = match.Code
	m.IndicatorScore = schema.Decimal{}
	if match.Code != "" {
		m.IndicatorScore = schema.Int(int64(match.Score*100 + 0.5)).Shift(-2)
		if len(m.Why) > 0 { // reasons are asked for
			m.Why = append(m.Why, schema.Reason{Field: "indicator", Rule: "indicator/" + a.Get(match.Code).Domain, Note: a.reason(match, m.IndicatorScore)})
		}
	}
}

// beyondTimes is by how many times a rate or standard may be more than is plausible.
const beyondTimes = 5

// beyond reports whether a figure is far above what a rate or standard can be: 5534万元
// is no monthly 低保 standard, 9640万元 no income of one person. Of counts and sums it says nothing, which larger regions
// have larger.
func beyond(one *Indicator, m *schema.Metric) bool {
	return (one.Nature == "std" || one.Nature == "rate" || strings.HasPrefix(one.Unit, "yuan_pp")) && one.Max.Known() && m.Value.Known() && m.Unit != "" &&
		m.Value.Float() > beyondTimes*one.Max.Float()
}

// broken reports whether a figure is none of what an indicator counts: 2.3人 is a rate that
// says elsewhere of how many, 1362人次 no number of people at a date, 268个单位 none of people, what was lent no balance, the rain of six days none of a year (年降水量).
func (a *asker) broken(one *Indicator, m *schema.Metric) bool {
	if strings.HasPrefix(one.NameZH, "年") && m.Period.Start != "" && m.Period.End != "" && (!strings.HasSuffix(m.Period.Start, "-01-01") || !strings.HasSuffix(m.Period.End, "-12-31")) {
		return true
	}
	if one.Unit != "person" && one.Unit != "household" {
		return one.Domain == "division" && strings.Contains("所家座处间", m.Unit) && m.Unit != "" || one.Unit == "yuan" && one.Nature == "stock" && holdsAny(m.Label, a.words.lent) && !strings.Contains(m.Label, "余额")
	}
	_, whole := m.Value.Int64()
	return (m.Unit == "人次" || m.Unit == "户次") && one.Nature == "stock" || m.Unit == "个" && endsWith(m.Label, a.words.bodies) || m.Value.Known() && !whole
}

// reason says by which name a figure belongs to its indicator, how well it fits, and
// what of the name the label leaves to other texts: 城市低保户数 0.95, heading: 城市.
func (a *asker) reason(m Match, score schema.Decimal) string {
	var elsewhere []string
	for _, from := range []struct {
		name string
		has  func(id int32) bool
	}{
		{"total", a.whole.has},
		{"heading", a.heading.has},
		{"above", a.context.has},
		{"words around", a.inClause},
	} {
		var words []string
		for _, id := range m.name.terms {
			if t := &a.terms[id]; !a.label.has(id) && from.has(id) && !slices.ContainsFunc(elsewhere, func(s string) bool { return strings.Contains(s, t.text) }) {
				words = append(words, t.text)
			}
		}
		if len(words) > 0 {
			elsewhere = append(elsewhere, from.name+": "+strings.Join(words, " "))
		}
	}
	return strings.Join(append([]string{m.name.text + " " + score.String()}, elsewhere...), ", ")
}

// figure is what a metric says of itself.
func (v *Vocabulary) figure(d *schema.Document, r *schema.Reading, m *schema.Metric) Figure {
	f := Figure{Label: strings.TrimPrefix(m.Label, m.Slots.Place), Unit: m.Unit, Per: m.Per, Kind: m.Kind, Year: r.Origin(m.Article).Year}
	if growth, fell := v.words.fallen(m); fell {
		f.Label = strings.TrimPrefix(growth, m.Slots.Place)
	}
	f.Context, f.Heading = Headings(m.Section)
	f.Clause, f.Before = clause(d.Text, m)
	f.Topic = topicOf(d.Text[m.Sentence.Start:m.Sentence.End])
	if a := d.ArticleAt(m.Start); a != nil {
		f.Context += a.Title
	}
	return f
}

// leadOf is what a sentence says first of what it is about: 交通邮电:公路里程…;
// 城市低保方面,…. It is empty if the sentence says nothing of that kind.
func leadOf(sentence string) string {
	const most = 30 // bytes
	end := strings.IndexFunc(sentence[:min(len(sentence), most+len("方面，"))], func(r rune) bool { return r == ':' || r == '：' || r == ',' || r == '，' })
	if end < 0 {
		return ""
	}
	lead, ok := strings.CutSuffix(sentence[:end], "方面")
	if colon := sentence[end] == ':' || strings.HasPrefix(sentence[end:], "："); !ok && !colon {
		return ""
	}
	if n := utf8.RuneCountInString(lead); n < 4 || // 就业, 工业: words of labels
		len(lead) > most || strings.ContainsFunc(lead, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
		return ""
	}
	return lead
}

// topicOf is what a sentence says before a colon, without its number: 殡葬 of 7、殡葬:全年死亡93人.
func topicOf(sentence string) string {
	const most = 30 // bytes
	end := strings.IndexFunc(sentence[:min(len(sentence), most)], func(r rune) bool {
		switch r {
		case ':', '：', ',', '，', '。', ';', '；':
			return true
		}
		return false
	})
	if end < 0 || sentence[end] != ':' && !strings.HasPrefix(sentence[end:], "：") {
		return ""
	}
	return strings.TrimLeftFunc(sentence[:end], func(r rune) bool { return !unicode.Is(unicode.Han, r) })
}

// Headings parts the column section into the heading right above a figure and
// those above that.
func Headings(section string) (above, heading string) {
	const between = " > "
	if i := strings.LastIndex(section, between); i >= 0 {
		return section[:i], section[i+len(between):]
	}
	return "", section
}

// The words around a figure: so many bytes before it and after it, in its sentence.
const (
	clauseBefore = 120
	clauseAfter  = 45
)

// clause is the text around a metric, and that of it before it.
func clause(text string, m *schema.Metric) (around, before string) {
	start, end := max(m.Sentence.Start, m.Start-clauseBefore), min(m.Sentence.End, m.End+clauseAfter)
	if start > m.Start || end < m.End { // a cell has no sentence
		return "", ""
	}
	for start < m.Start && !utf8.RuneStart(text[start]) {
		start++
	}
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end++
	}
	return text[start:end], text[start:m.Start]
}
