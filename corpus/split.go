package corpus

// Sharing sites merge several reports into one file. An article begins at a title
// only where that is certain, for a report cut in two loses its year and place:
//
//   - its title is printed again at the front of its text, or in other words in
//     the next line: the habit of those sites;
//   - it is glued to its text in the middle of the file;
//   - it names an organisation and a kind of report, stands alone between empty
//     lines, and the file is a collection by other signs;
//   - it is 篇二, 篇三 … of a file with 篇一.
//
// Titles elsewhere are headings.

import (
	"slices"
	"strings"

	"mingxi/schema"
)

// leastBody is how many bytes an article has before another may begin.
const leastBody = 300

// split divides a document into articles.
func split(d *schema.Document) {
	starts := articleStarts(d)
	for i, at := range starts {
		end := len(d.Text)
		if i+1 < len(starts) {
			end = d.Blocks[starts[i+1]].Start
		}
		a := schema.Article{N: i + 1}
		a.Start, a.End = d.Blocks[at].Start, end
		if i == 0 {
			a.Start = 0
		}
		a.Title, a.TitleFrom = articleTitle(d, at, a.Span)
		d.Articles = append(d.Articles, a)
	}
}

// A splitter looks for the starts of articles.
type splitter struct {
	d          *schema.Document
	repeated   map[int]bool // offsets of blocks before which a title was repeated
	collection bool         // the file is a merged one by other signs than the title at hand
	parts      int          // number of the last 篇
}

// articleStarts returns the numbers of the blocks at which articles begin, the
// first of them 0. Titles within articles become headings.
func articleStarts(d *schema.Document) []int {
	s := &splitter{d: d, repeated: map[int]bool{}}
	for _, r := range d.Removed {
		if r.Reason == reasonTitle {
			s.repeated[r.At] = true
		}
	}
	s.collection = s.isCollection()
	starts := []int{0}
	body := 0 // bytes of text since the last start
	for i := range d.Blocks {
		b := &d.Blocks[i]
		begins := body > leastBody && s.begins(i)
		if n := s.part(i); (b.Kind == schema.Title || b.Kind == schema.Heading) && (n == 1 || begins && n > 0) {
			s.parts = n
		}
		switch {
		case i == 0 || body == 0 && b.Kind == schema.Title:
		case begins:
			starts = append(starts, i)
			body = 0
			if b.Kind == schema.Heading {
				continue // 篇三：, its title may follow
			}
		case b.Kind == schema.Title && body > 0:
			b.Kind = schema.Heading
		}
		if b.Kind != schema.Title && b.Kind != schema.Heading && !(b.Kind == schema.Paragraph && body == 0 && b.Len() < 60) {
			body += b.Len()
		}
	}
	return starts
}

// begins reports whether an article begins at block i, behind another.
func (s *splitter) begins(i int) bool {
	b := &s.d.Blocks[i]
	if b.Kind != schema.Title && b.Kind != schema.Heading {
		return false
	}
	if n := s.part(i); n > 0 {
		return n == s.parts+1
	}
	return b.Kind == schema.Title &&
		(s.certain(i) || s.collection && s.alone(i) && namesReport(b.In(s.d.Text)))
}

// part is the number of a report in a file that counts them, as the title or
// heading at block i says it: 篇二, 工作总结 篇2, 第二篇 工作总结; 0 if it says none.
// 第二篇 alone is part of a plan, unless the file is a collection by other signs.
func (s *splitter) part(i int) int {
	text := s.d.Blocks[i].In(s.d.Text)
	if m, ok := markerAt(text); ok {
		if m.rank == rankPart && (strings.HasPrefix(text, "篇") ||
			strings.Contains(text[:m.size], "篇") && (s.collection || containsAny(text, reportWords))) {
			return m.n
		}
		return 0
	}
	if at := strings.LastIndex(text, "篇"); at > 0 {
		if n, k := hanOrDigits(text[at+len("篇"):]); k > 0 && at+len("篇")+k == len(text) {
			return n
		}
	}
	return 0
}

// certain reports whether the title at block i begins an article by itself.
func (s *splitter) certain(i int) bool {
	d := s.d
	b := &d.Blocks[i]
	if s.repeated[b.Start] {
		return true
	}
	if i+1 == len(d.Blocks) {
		return false
	}
	next := &d.Blocks[i+1]
	if s.repeated[next.Start] || next.Start == b.End && next.Kind != schema.Title {
		return true
	}
	return next.Kind == schema.Title && akin(b.In(d.Text), next.In(d.Text))
}

// alone reports whether a title has its line to itself behind a finished text.
func (s *splitter) alone(i int) bool {
	d := s.d
	return i > 0 && d.Blocks[i-1].End < d.Blocks[i].Start && (i+1 == len(d.Blocks) || d.Blocks[i+1].Start > d.Blocks[i].End)
}

// akin reports whether one title begins like the other: the same, with and
// without (2篇).
func akin(a, b string) bool {
	a, b = titleCore(a), titleCore(b)
	return runes(a) >= 8 && runes(b) >= 8 && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a))
}

// isCollection reports whether the file shows signs of being merged: an article
// that certainly begins in its middle, or a title with a count, 精选6篇.
func (s *splitter) isCollection() bool {
	body := 0
	for i := range s.d.Blocks {
		b := &s.d.Blocks[i]
		if b.Kind != schema.Title {
			body += b.Len()
			continue
		}
		if text := b.In(s.d.Text); countsParts(text) || body > leastBody && s.certain(i) {
			return true
		}
	}
	return false
}

// countsParts reports whether a title says how many reports follow: 工作总结(精选6篇).
func countsParts(title string) bool {
	i := strings.LastIndex(title, "篇")
	if i <= 0 {
		return false
	}
	before := lastRune(title[:i])
	return isDigit(before) || strings.ContainsRune("二三四五六七八九十", before)
}

// reportWords are what the title of a report says it is, reporters what those that
// report are called by.
var (
	reportWords = []string{"总结", "计划", "报告", "汇报", "要点", "打算", "思路", "小结", "述职"}
	reporters   = []string{"局", "委", "办", "厅", "院", "校", "所", "站", "镇", "乡", "县", "市", "区", "街道", "社区", "村", "中心", "公司", "政府", "系统", "民政", "部门", "单位"}
)

// namesReport reports whether a title names who reports and what: 民政局年工作总结.
func namesReport(title string) bool {
	return runes(title) >= 8 && containsAny(title, reportWords) && containsAny(title, reporters)
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// markNumbers makes headings of the numbers 二、 and (二) that begin a paragraph
// and follow on those of the headings before: where the words of the heading end
// is not known, but what follows belongs to the heading before no more.
func markNumbers(d *schema.Document) {
	out := make([]schema.Block, 0, len(d.Blocks)+8)
	var last [rankPlain + 1]int
	article := -1
	for _, b := range d.Blocks {
		if a := articleOf(d, b.Start, article); a != article {
			article, last = a, [len(last)]int{}
		}
		m, ok := markerAt(b.In(d.Text))
		switch {
		case !ok || m.rank != rankHan && m.rank != rankHanIn:
		case b.Kind == schema.Heading, b.Kind == schema.Paragraph && m.n > 1 && m.n == last[m.rank]+1 && m.size < b.Len():
			last[m.rank] = m.n
			if m.rank == rankHan {
				last[rankHanIn] = 0
			}
			if b.Kind == schema.Paragraph {
				h := b
				h.Kind, h.End = schema.Heading, b.Start+m.size-trailing(b.In(d.Text)[:m.size])
				out = append(out, h)
				b.Start += m.size
			}
		}
		out = append(out, b)
	}
	d.Blocks = out
}

// articleOf is the index of the article that holds an offset, from the last on.
func articleOf(d *schema.Document, offset, last int) int {
	for last+1 < len(d.Articles) && d.Articles[last+1].Start <= offset {
		last++
	}
	return last
}

// trailing is the length of the blanks at the end of s.
func trailing(s string) int { return len(s) - len(strings.TrimRight(s, " \t\u3000")) }

// setLevels numbers the levels of headings: in each article, the kinds of marker
// that it uses, from the outermost in, are levels 1, 2, 3 … A heading without a
// marker keeps the level that its format gave it, or is the innermost, or the
// outermost if the others are numbered anew below it.
func setLevels(d *schema.Document) {
	i := 0
	for _, a := range d.Articles {
		from := i
		var used [rankPlain + 1]bool
		for ; i < len(d.Blocks) && d.Blocks[i].Start < a.End; i++ {
			if b := &d.Blocks[i]; b.Kind == schema.Heading {
				used[headingRank(d.Text, b)] = true
			}
		}
		level, levels := 0, [len(used)]int{}
		if used[rankPlain] && renumbered(d, from, i) {
			level, levels[rankPlain], used[rankPlain] = 1, 1, false
		}
		for r := range used {
			if used[r] {
				level++
				levels[r] = level
			}
		}
		for j := from; j < i; j++ {
			b := &d.Blocks[j]
			if b.Kind != schema.Heading {
				continue
			}
			if r := headingRank(d.Text, b); r != rankPlain || b.Level == 0 {
				b.Level = levels[r]
			}
		}
	}
}

// renumbered reports whether the outermost kind of marker in blocks from to to
// begins again with its first below two headings without marker or more.
func renumbered(d *schema.Document, from, to int) bool {
	outer := rankWord
	for i := from; i < to; i++ {
		if b := &d.Blocks[i]; b.Kind == schema.Heading {
			outer = min(outer, headingRank(d.Text, b))
		}
	}
	times, open := 0, false
	for i := from; i < to && outer < rankWord; i++ {
		b := &d.Blocks[i]
		if b.Kind != schema.Heading {
			continue
		}
		m, ok := markerAt(b.In(d.Text))
		switch {
		case !ok:
			open = true
		case m.rank == outer:
			if open && m.n == 1 {
				times++
			}
			open = false
		}
	}
	return times >= 2
}

// headingRank is the rank of a heading's marker.
func headingRank(text string, b *schema.Block) rank {
	if m, ok := markerAt(text[b.Start:]); ok { // a heading may be its marker alone
		return m.rank
	}
	return rankPlain
}
