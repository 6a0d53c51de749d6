package extract

import (
	"hash/fnv"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// read goes through the document, sentence by sentence, and hands on what it finds
// stretch by stretch: memory does not grow with the figures.
func (x *reader) read(yield func(*schema.Reading) error) error {
	x.distrust = x.distrusts(x.doc.Text)
	x.falseYears = falseYears(x.doc.Text)
	x.coins = strings.Contains(x.doc.Text, "币") || strings.Contains(x.doc.Text, "幣")
	x.pending.total = -1
	x.years = x.origins()
	x.twinHeads = x.headsAgain()
	s := 0
	for b := range x.doc.Blocks {
		block := &x.doc.Blocks[b]
		x.enter(b)
		x.scope.intended, x.scope.coming = false, false
		x.scope.reporter = slot{}
		if block.Kind == schema.Row {
			if x.full(b, schema.Span{}) {
				if err := x.settle(yield); err != nil {
					return err
				}
			}
			x.row(b)
		}
		for ; s < len(x.doc.Sentences) && x.doc.Sentences[s].Start < block.End; s++ {
			if x.doc.Sentences[s].Start >= block.Start && block.Kind != schema.Row && block.Kind != schema.Title {
				if x.full(b, x.doc.Sentences[s]) {
					if err := x.settle(yield); err != nil {
						return err
					}
				}
				x.sentence(b, x.behindNumber(b, x.doc.Sentences[s]))
			}
		}
		x.lead(b)
	}
	x.closeSheet()
	return x.settle(yield)
}

// full reports whether the figures so far are a stretch, and what is read next, a
// row or a sentence of block b, begins another ([schema.Document.Stretch]).
func (x *reader) full(b int, sentence schema.Span) bool {
	n := len(x.all)
	return n >= schema.LongStretch && (x.all[n-1].block != b || x.doc.Blocks[b].Kind != schema.Row && x.all[n-1].sentence != sentence)
}

// settle hands on the figures of a stretch, when all is known of them.
func (x *reader) settle(yield func(*schema.Reading) error) error {
	x.line.set("", schema.Span{}) // its figures are of many sentences: none may look into the last
	x.closeSection()
	x.parts()
	x.leavePlaces()
	x.repeats()
	out := &schema.Reading{Origins: x.years, Metrics: make([]schema.Metric, 0, len(x.all)), Refused: x.refused}
	x.refused = nil
	for i := range x.all {
		out.Metrics = append(out.Metrics, x.metric(i))
	}
	x.flagFacts(out)
	x.settled += len(x.all)
	x.all, x.slab = x.all[:0], nil
	return yield(out)
}

// enter keeps the headings above the block that is read now.
func (x *reader) enter(b int) {
	block := &x.doc.Blocks[b]
	x.scope.goals, x.scope.heralds, x.scope.led, x.scope.leads = false, false, schema.Period{}, schema.Period{}
	a := x.doc.ArticleAt(block.Start)
	if a != nil && a.N != x.article {
		x.article, x.headings = a.N, x.headings[:0]
		x.setArticle(a)
	}
	text := block.In(x.doc.Text)
	if i := slices.IndexFunc(x.headings, func(h heading) bool { return h.planned || h.lead }); i >= 0 && hasPrefixOf(strings.Map(foldRune, clipHead(text, 4)), x.lex.Annex) && !x.planHeading(text) {
		x.closeHeadings(x.headings[i].level)
	}
	part := block.Kind == schema.Title && (len(x.headings) > 0 && x.headings[0].level == 0 || !strings.Contains(x.title, strings.Map(foldRune, text)) && x.planHeading(text)) // 2017年工作思路, within the report of 2016
	if part || block.Kind == schema.Heading && !dayAtEnd.MatchString(text) {
		h := heading{level: 2 * block.Level, text: text}
		x.closeHeadings(h.level)
		x.setHeading(&h)
		if !isDash(h.text) {
			x.closeItems()
		}
		x.openHeading(h)
		x.scope.reset()
	}
	if block.Kind == schema.Title {
		x.scope.reset()
	}
	if (block.Kind == schema.Paragraph || block.Kind == schema.Item) && text != "" && !isDigit(rune(text[0])) { // a page may end before 9.9万头
		x.scope.subject = frame{}
	}
	if i := slices.IndexFunc(x.headings, func(h heading) bool { return h.lead }); i >= 0 && block.Kind != schema.Row && x.recalls(text) && !(x.headings[i].planned && hasPrefixOf(text, x.lex.RecallNow)) {
		x.closeHeadings(x.headings[i].level)
	}
}

// closeHeadings ends those of a level and below it.
func (x *reader) closeHeadings(level int) {
	for len(x.headings) > 0 && x.headings[len(x.headings)-1].level >= level {
		x.headings = x.headings[:len(x.headings)-1]
	}
}

// openHeading puts one below the others. The section is their text, without their numbers' trailing marks.
func (x *reader) openHeading(h heading) {
	x.headings = append(x.headings, h)
	var parts []string
	for _, h := range x.headings {
		if !h.lead {
			parts = append(parts, strings.TrimRight(strings.TrimSpace(h.text), "。:：."))
		}
	}
	x.section = strings.Join(parts, " > ")
}

// lead puts a paragraph that announces what stands below it among the headings: 2014年,我局将做好以下工作. Headings below
// are those that begin to count anew or are of a lower level. It ends where one of its own level does.
func (x *reader) lead(b int) {
	block, s := &x.doc.Blocks[b], &x.scope
	if block.Kind != schema.Paragraph && block.Kind != schema.Item || b+1 == len(x.doc.Blocks) {
		return
	}
	next, h := x.numberOf(b+1), heading{lead: true, text: block.In(x.doc.Text), time: s.leads}
	if h.planned = s.goals && (s.heralds || next == 1 && x.numberOf(b) == 0); !h.planned && h.time.Printed == "" {
		return
	}
	if n := len(x.headings); n > 0 {
		h.level = x.headings[n-1].level + 1
	}
	const near = 12 // blocks in which its list begins
	for i := b + 1; i < min(b+near, len(x.doc.Blocks)); i++ {
		if k := &x.doc.Blocks[i]; k.Kind == schema.Heading {
			if 2*k.Level > h.level || x.numberOf(i) == 1 || isDash(k.In(x.doc.Text)) {
				h.level = 2*k.Level - 1
			}
			break
		}
	}
	x.closeHeadings(h.level)
	x.openHeading(h)
}

// numberOf is the number that a block begins with, 0 if there is none.
func (x *reader) numberOf(b int) int {
	n, _ := numbered(strings.Map(foldRune, clipHead(x.doc.Blocks[b].In(x.doc.Text), 8)))
	return n
}

// sentence reads one sentence.
func (x *reader) sentence(b int, span schema.Span) {
	x.lines++
	text := x.doc.Text[span.Start:span.End]
	x.scope.goals = x.scope.goals && !x.recalls(text) || x.opensGoals(text)
	x.scope.heralds = x.scope.goals && x.lists(text)
	x.scope.promised = x.promises(text)
	x.scope.intended = x.scope.intended && (x.scope.coming && !x.recalls(text) && !containsAny(text, x.lex.Now) || hasPrefixOf(text, x.lex.Part))
	if nextItem(text) {
		x.scope.subject = frame{} // 一是…五保老人1860人。二是…
	}
	switch {
	case x.listHeads(text):
		x.listHead(text)
	case !x.listItem(text):
		x.scope.planned, x.scope.measure = false, ""
	}
	if !mayHold(text) {
		x.opensItems(text)
		if strings.ContainsAny(clipHead(text, aheadWithin), "年季月") {
			x.line.set(x.doc.Text, span)
			x.figs = x.figs[:0]
			x.carry(b, span)
		}
		x.noteTopic(span)
		return
	}
	x.line.set(x.doc.Text, span)
	x.figures()
	if len(x.figs) == 0 {
		x.carry(b, span)
		x.noteTopic(span)
		return
	}
	if cap(x.mentions) > slabSize { // x.all has them
		x.mentions = nil
	}
	x.mentions = slices.Grow(x.mentions[:0], len(x.figs))
	for _, f := range x.figs {
		x.mentions = append(x.mentions, mention{figure: f, parent: -1, explain: x.explain})
	}
	x.around()
	x.label()
	x.carry(b, span)
	x.nameTerms()
	for i := range x.mentions {
		x.place(b, span, &x.mentions[i])
	}
	base := len(x.all)
	for i := range x.mentions {
		if len(x.mentions) > slabSize {
			x.all = append(x.all, &x.mentions[i])
		} else {
			x.keep(&x.mentions[i])
		}
	}
	x.relate(base)
}

// slabSize is how many mentions lie together at most, but for those of a long sentence.
const slabSize = 64

// keep adds a mention to those of the document. They live in slabs, so that a
// list that grows moves pointers only.
func (x *reader) keep(m *mention) {
	if len(x.slab) == 0 {
		x.slab = make([]mention, min(8+len(x.all)/2, slabSize))
	}
	x.slab[0] = *m
	x.all, x.slab = append(x.all, &x.slab[0]), x.slab[1:]
}

// mayHold is a quick test for sentences that can hold no figure.
func mayHold(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < 0x80 {
			if '0' <= c && c <= '9' || c == 'X' || c == 'x' || c == '*' || c == '_' {
				return true
			}
			continue
		}
		break
	}
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if '0' <= r && r <= '9' || r >= '０' && r <= '９' || hanDigit(r) >= 0 || power(r) > 0 || isMask(r) || r == '萬' || r == '億' || r == '兩' || r == '廿' {
			return true
		}
		i += size
	}
	return false
}

// place notes where a mention stands.
func (x *reader) place(b int, span schema.Span, m *mention) {
	m.span = x.line.span(m.from, m.to)
	m.sentence, m.block, m.line, m.article = span, b, x.lines, x.article
	m.section, m.page = x.section, x.doc.Blocks[b].Page
	m.repaired = m.repaired || x.removedIn(m.span)
	if m.explain {
		x.reasons(m)
	}
}

// removedIn reports whether cleaning took something out of the span: a line
// break or page mark that cut the number.
func (x *reader) removedIn(s schema.Span) bool {
	i, _ := slices.BinarySearchFunc(x.doc.Removed, s.Start+1, func(r schema.Removal, at int) int { return r.At - at })
	return i < len(x.doc.Removed) && x.doc.Removed[i].At < s.End
}

// repeats flags figures that the article states before with the same label.
func (x *reader) repeats() {
	h, sum := fnv.New128a(), statement{}
	for _, m := range x.all {
		if x.seen == nil || m.article != x.seenIn {
			x.seen, x.seenIn = map[statement]bool{}, m.article
		}
		h.Reset()
		for _, s := range [...]string{m.label, "\x00", m.name, "\x00", m.value.String()} {
			io.WriteString(h, s)
		}
		k := statement(h.Sum(sum[:0]))
		m.repeated = m.value.Known() && x.seen[k]
		x.seen[k] = true
	}
}

// A statement is the hash of a figure's label, unit and value: of a million figures
// the words would fill the memory.
type statement [16]byte

// metric makes the record of a mention.
func (x *reader) metric(i int) schema.Metric {
	m := x.all[i]
	out := schema.Metric{
		Seq: x.settled + i + 1, Article: m.article, Span: m.span, Label: m.label, Slots: x.slotsOf(m),
		Value: m.value, Max: m.max, Unit: m.name, Per: m.per,
		Kind: m.kind, Status: m.status, Approx: m.approx, Period: m.period,
		Flags: m.flags(), Sentence: m.sentence, Section: m.section, Page: m.page, Cell: m.cell,
		Rule: m.rule, Why: m.why,
	}
	if m.parent >= 0 {
		out.PartOf = x.settled + m.parent + 1
	}
	if out.Kind == schema.Masked || out.Kind == schema.Suspect {
		out.Value, out.Max = schema.Decimal{}, schema.Decimal{}
	}
	out.Confidence = x.trust(m)
	out.Why = m.why
	out.SI, out.SIUnit = convert(m)
	if !out.Value.Known() {
		out.SI = schema.Decimal{}
	}
	x.revalue(m, &out)
	return out
}

// flags lists what a user should know of the figure.
func (m *mention) flags() []string {
	var flags []string
	for _, f := range []struct {
		on   bool
		name string
	}{
		{m.elided, "unit_elided"}, {m.repaired, "repaired"}, {m.table, "table"}, {m.manyYears, "sum_of_years"},
		{m.repeated, "repeated"}, {m.flag != "", m.flag}, {m.fromTo, "to"},
		{m.constant, "constant_price"}, {m.nominal, "current_price"},
	} {
		if f.on {
			flags = append(flags, f.name)
		}
	}
	return flags
}

// convert brings a value to its SI unit where a fixed factor exists.
func convert(m *mention) (schema.Decimal, string) {
	u := m.unit
	if u == nil || u.SI == "" {
		return m.value, m.name
	}
	v := m.value.Mul(schema.Int(u.Num))
	if u.Den != 1 {
		v = v.Quo(u.Den, 6)
	}
	if !v.Known() && m.value.Known() {
		return m.value, m.name
	}
	return v, u.SI
}

// nextItem reports a sentence that begins an item of a list within its paragraph: 二是, 第三,.
func nextItem(text string) bool {
	r := []rune(clipHead(text, 3))
	return len(r) == 3 && (hanDigit(r[0]) > 1 && r[1] == '是' || (r[0] == '第' || r[0] == '其') && hanDigit(r[1]) > 1 && (r[2] == ',' || r[2] == '，' || r[2] == '、'))
}
