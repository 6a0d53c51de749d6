package audit

// This file is the adapter between metrics and the rules: what a rule needs to
// know of a figure and of the words around it.

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// A figure is a metric with its surroundings.
type figure struct {
	*schema.Metric
	n        int // index in checker.figs
	sentence int // number of its sentence
	block    int // index of its block
	unit     string
	pre      string // folded words before it, from the figure before or the beginning of its sentence
	post     string // folded words after it, up to the next figure or the end of its sentence
	clause   string // the end of pre that belongs to its own clause
	each     string // what it is for each of by the words of clause, see eachOf
	noun     string // that with the words behind it, up to the figure
	tail     string // the last word of clause that says what is measured, two characters
	depth    int    // brackets that are open
	bracket  int    // number of the innermost one; 0 outside
	division int    // index of the first figure of the list 按…分 in which it stands, counted from 1
	item     int    // number of the part of the document between ; and 。
	year     int    // the last one that the article names before it, 0 if it names none
	dated    int    // index of the figure before which that stands
	span     printed
	raw      string // folded

	// what the finders before have found
	taken  bool    // it is stated in a finding
	summed bool    // the members of a sum give it
	shared bool    // it is a total that a list 按…分 gave
	sought bool    // it is a mean or change whose figures have been looked for everywhere
	used   bool    // it is a rate that a list of rates has used
	up     *figure // the total of a sum of which it is a member
	within *figure // the total of which it is a part after 其中, but in no sum
	flow   *figure // what a balance gives of which it is a member
	share  pair    // of a share that holds, its part and base
	ends   pair    // of a change since a year, what it came to and from

	differs   answer  // isDifference
	ledger    answer  // isLedger
	sides     []int   // of Pairs, once they are asked for
	called    *name   // how it is called, once that is asked for
	begins    *opener // what list it is the first of, once that is asked for
	fractions *span   // span as fractions, once they are asked for
}

// An answer is yes or no, once the question has been asked.
type answer uint8

const (
	unread answer = iota
	no
	yes
)

func answerOf(is bool) answer {
	if is {
		return yes
	}
	return no
}

// figures reads the surroundings of all metrics in one pass.
func (x *checker) figures() {
	text := x.doc.Text
	x.figs = slices.Grow(x.figs[:0], len(x.reading.Metrics))
	block, sentence, item, depth, brackets := 0, 0, 0, 0, 0
	if len(x.reading.Metrics) > 0 {
		block = x.doc.BlockAt(x.reading.Metrics[0].Start)
	}
	var open []int
	var last schema.Span
	for i := range x.reading.Metrics {
		m := &x.reading.Metrics[i]
		for block < len(x.doc.Blocks)-1 && x.doc.Blocks[block].End <= m.Start {
			block++
		}
		from := m.Sentence.Start
		if i == 0 || m.Sentence != last {
			sentence++
			item++
			depth, open, last = 0, open[:0], m.Sentence
		} else {
			from = max(from, min(x.figs[i-1].End, m.Start))
		}
		if m.Start < from { // a metric beside its sentence, as of a table
			from = m.Start
		}
		x.figs = append(x.figs, figure{Metric: m, n: i, sentence: sentence, block: block, unit: unitOf(m), raw: fold.String(m.In(text)), pre: fold.String(text[from:m.Start])})
		f := &x.figs[i]
		f.span = x.read(m, f.raw)
		for _, r := range f.pre {
			switch r {
			case '(', '[', '【':
				depth++
				brackets++
				open = append(open, brackets)
			case ')', ']', '】':
				if depth > 0 {
					depth, open = depth-1, open[:len(open)-1]
				}
			case ';', '。':
				item++
			}
		}
		f.item, f.depth = item, depth
		if depth > 0 {
			f.bracket = open[depth-1]
		}
		x.date(f)
		f.clause = lastClause(unbracketed(f.pre))
		f.tail = x.tailOf(f.clause)
		if i > 0 && f.clause == "" && strings.TrimSpace(f.pre) == "" && x.figs[i-1].sentence == sentence { // 受灾人口434户1953人
			f.clause, f.tail = x.figs[i-1].clause, x.figs[i-1].tail
		}
		x.setEach(f)
		x.setKind(f)
	}
	for i := range x.figs {
		f := &x.figs[i]
		switch {
		case i+1 < len(x.figs) && x.figs[i+1].sentence == f.sentence:
			if x.figs[i+1].Start > f.End {
				f.post = x.figs[i+1].pre
			}
		case f.Sentence.End > f.End:
			f.post = fold.String(text[f.End:f.Sentence.End])
		}
	}
}

// setKind makes what was to be taken away, and what has been, an amount (应减2350人,已减2187人), and what there is on so many kilometres a
// rate (百万公里事故0.48起).
func (x *checker) setKind(f *figure) {
	if f.Kind != schema.Change && !strings.Contains(f.clause, "公里") {
		return
	}
	m := *f.Metric
	switch n, unit, _ := x.scaleOf(f.clause); {
	case m.Kind == schema.Change && (strings.Contains(f.clause, "应减") || strings.Contains(f.clause, "已减") || strings.Contains(f.clause, "应增") || strings.Contains(f.clause, "已增")):
		m.Kind = schema.Amount
	case m.Per == "" && n > 0 && strings.HasSuffix(unit, "公里") && unit != "平方公里":
		m.Per, _, _ = strings.Cut(f.clause, "公里")
		m.Per += "公里"
	default:
		return
	}
	f.Metric = &m
}

// setEach sets what a figure is for each of, also where the one before it says so: 每处54平方公里、1.72万人.
func (x *checker) setEach(f *figure) {
	if f.each, f.noun = x.eachOf(f.clause); f.each == "" && strings.HasPrefix(f.pre, "、") && utf8.RuneCountInString(f.pre) < 7 && f.n > 0 && f.Per == "" && x.figs[f.n-1].unit != f.unit {
		f.each = family(x.figs[f.n-1].Per)
	}
}

// date sets the year that was named last before a figure.
func (x *checker) date(f *figure) {
	if years := yearsIn(strings.ReplaceAll(f.pre, "年不变价", "")); len(years) > 0 {
		f.year, f.dated = years[len(years)-1], f.n
		return
	}
	if x.Era.In(f.pre) {
		if head := f.pre[:lastOf(f.pre, x.Era.Words...)]; !x.Than.Ends(head) && !x.OfWhat.Ends(head) {
			f.year, f.dated = beforeYears, f.n
			return
		}
	}
	for k := f.n - 1; k >= 0 && x.figs[k].Article == f.Article; k-- {
		if g := &x.figs[k]; g.dated != g.n || againstYear(g.pre) == 0 { // what follows 比1952年的7927万元 is of the year before that
			f.year, f.dated = g.year, g.dated
			return
		}
	}
}

// beforeYears stands for a time that has no year: 解放前.
const beforeYears = 1

// againstYear is the year in 比1956年, 同1964年比 or 为1949年的, with which something is held against
// the figure of that year; 0 if a text ends in none.
func againstYear(pre string) int {
	i := lastOf(pre, "年")
	if i < 0 {
		return 0
	}
	years := yearsIn(pre)
	if len(years) == 0 {
		return 0
	}
	head := strings.TrimRight(pre[:i], "0123456789〇○零一二三四五六七八九")
	switch {
	case slices.ContainsFunc([]string{"比", "较", "同", "与", "跟", "及", "相当于", "超过"}, func(w string) bool { return strings.HasSuffix(head, w) }):
		return years[len(years)-1]
	case (strings.HasSuffix(head, "为") || strings.HasSuffix(head, "是")) && strings.HasSuffix(pre, "的"):
		return years[len(years)-1]
	}
	return 0
}

// unitOf is the family of a metric's unit. 口 counts people, and wells and cellars, too.
func unitOf(m *schema.Metric) string {
	if m.Unit == "口" && !strings.ContainsAny(strings.TrimSuffix(m.Label, "人数"), "人民众丁户") {
		return m.Unit
	}
	return family(m.Unit)
}

// family brings units together that count the same: 人, 名, 位, 口.
func family(unit string) string {
	switch unit {
	case "名", "位", "口", "员":
		return "人"
	case "人次", "次", "例次", "人(次)":
		return "人次"
	case "千米":
		return "公里"
	case "千克":
		return "公斤"
	case "方", "立方":
		return "立方米"
	}
	return unit
}

// lastClause is what stands after the last mark that ends a clause.
func lastClause(s string) string {
	s = strings.TrimRight(s, ":= -\n")
	if i := strings.LastIndexFunc(s, endsClause); i >= 0 {
		_, size := utf8.DecodeRuneInString(s[i:])
		return strings.TrimSpace(s[i+size:])
	}
	return strings.TrimSpace(s)
}

// firstClause is what stands before the first mark that ends a clause.
func firstClause(s string) string {
	if i := strings.IndexFunc(s, endsClause); i >= 0 {
		return strings.TrimSpace(s[:i])
	}
	return strings.TrimSpace(s)
}

// endsClause reports a mark that ends a clause.
func endsClause(r rune) bool {
	switch r {
	case ',', ';', ':', '。', '、', '(', ')', '[', ']', '【', '】', '\n', '|':
		return true
	}
	return false
}

// lastOf is the last place where one of some words stands in s, -1 if none does.
func lastOf(s string, words ...string) int {
	last := -1
	for _, w := range words {
		if i := strings.Index(s, w); i >= 0 { // the last one is looked for slowly
			last = max(last, i+strings.LastIndex(s[i:], w))
		}
	}
	return last
}

// tailOf is the word that says what is measured at the end of a clause: 受灾 of
// 各类农作物受灾, 成灾 of 成灾面积达.
func (x *checker) tailOf(clause string) string {
	for x.Weak.Ends(clause) {
		for _, w := range x.Weak.Words {
			if rest, ok := strings.CutSuffix(clause, w); ok {
				clause = strings.TrimSpace(rest)
			}
		}
	}
	return lastRunes(clause, 2)
}

// lastRunes is the last n characters of s.
func lastRunes(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}

// firstRunes is the first n characters of s.
func firstRunes(s string, n int) string {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return s[:i]
}

// countable reports a figure that can be a total or a member: an amount, or one
// of several prices that add up.
func (f *figure) countable() bool {
	return f.Kind == schema.Amount || f.Kind == schema.Masked || f.Kind == schema.Suspect || f.Kind == schema.Standard
}

// isPercent reports a share or a growth in parts of a hundred or a thousand.
func (f *figure) isPercent() bool { return f.Unit == "%" || f.Unit == "‰" }

// sameMeasure reports that two figures may stand on the two sides of a sum.
func sameMeasure(a, b *figure) bool {
	return a.unit == b.unit && a.Per == b.Per && a.isPercent() == b.isPercent()
}

// has reports whether s holds one of the words.
func has(s string, list []string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.Contains(s, w) })
}

// sameSentence reports two figures of one sentence.
func sameSentence(a, b *figure) bool { return a.sentence == b.sentence }

// sameSection and sameArticle report two figures of one.
func sameSection(a, b *figure) bool { return a.Section == b.Section }
func sameArticle(a, b *figure) bool { return a.Article == b.Article }

// back yields the figures before one, the nearest first, at most so many, and no further than
// those that are within its reach: nil is any.
func (x *checker) back(f *figure, most int, reach func(a, b *figure) bool) iter.Seq[*figure] {
	return func(yield func(*figure) bool) {
		for k := f.n - 1; k >= 0 && k >= f.n-most; k-- {
			if g := &x.figs[k]; reach != nil && !reach(g, f) || !yield(g) {
				return
			}
		}
	}
}

// foldText folds words as those of words.txt are: half width, simplified, lower case.
func foldText(s string) string { return fold.String(s) }
