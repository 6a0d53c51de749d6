package corpus

// Joining makes paragraphs of lines. A line goes on in the next one if it is cut
// in mid-sentence and that is certain:
//
//   - the next line begins with what no line begins with (，。、；）》”), or the
//     line ends with what no sentence ends with (，、（《“);
//   - a number is cut between its digits, both lines being prose: 绝收10⏎43公顷;
//   - the line is prose without an end and as long as lines are in this file, and
//     the next goes on as prose.
//
// What may be a heading, a title, an item of a list, a row of numbers or ends with
// 。！？；： stays a line of its own. Each join is recorded as a Removal of the line
// break, so that extraction can flag a number repaired across it.

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mingxi/corpus/draft"
)

// join joins lines into paragraphs.
func join(lines []para) []para {
	lines = dropPageNumbers(lines)
	out := lines[:0:len(lines)]
	full := wrapWidth(lines)
	for i := 0; i < len(lines); {
		p := lines[i]
		j := i + 1
		var parts []string
		last, size := p.text, len(p.text)
		for j < len(lines) && goesOn(&p, last, &lines[j], after(lines, j), full) {
			if parts == nil {
				parts = append(parts, p.text)
			}
			size = appendLine(&p, &parts, &lines[j], size)
			last = lines[j].text
			j++
		}
		if parts != nil {
			p.text = strings.Join(parts, "")
		}
		out = append(out, p)
		i = j
	}
	return out
}

// bareNumber is the number that is all of a line, -1 if it is none of at most
// three digits: a page number, or a figure of a flattened table.
func bareNumber(line string) int {
	n := 0
	for i, c := range []byte(line) {
		if c < '0' || c > '9' || i > 2 {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	if line == "" {
		return -1
	}
	return n
}

// Page numbers count up, one page of lines apart.
const (
	leastPageLines = 8
	leastPages     = 3
)

// dropPageNumbers takes out lines that are only a number if there are at least
// three of them that count up one by one with a page of lines between.
func dropPageNumbers(lines []para) []para {
	pages := map[int]bool{}
	var run []int
	for i := range lines {
		n := bareNumber(lines[i].text)
		if n < 0 || lines[i].kind != draft.Line || lines[i].row != nil {
			continue
		}
		if k := len(run) - 1; k >= 0 && (n != bareNumber(lines[run[k]].text)+1 || i-run[k] < leastPageLines) {
			if i-run[k] < leastPageLines && len(run) > 1 { // a figure between two page numbers
				continue
			}
			keepPages(pages, run)
			run = run[:0]
		}
		run = append(run, i)
	}
	keepPages(pages, run)
	if len(pages) == 0 {
		return lines
	}
	return withoutPages(lines, pages)
}

func keepPages(pages map[int]bool, run []int) {
	if len(run) < leastPages {
		return
	}
	for _, i := range run {
		pages[i] = true
	}
}

// withoutPages turns page numbers into cuts of the line before them.
func withoutPages(lines []para, pages map[int]bool) []para {
	out := lines[:0]
	for i := range lines {
		n := len(out)
		if pages[i] && n > 0 {
			last := &out[n-1]
			last.cuts = append(last.cuts, cut{len(last.text), lines[i].text, reasonPage})
			if i+1 < len(lines) {
				lines[i+1].blank = false // the empty lines belong to the foot of the page
			}
			continue
		}
		out = append(out, lines[i])
	}
	return out
}

// after is the line behind lines[i] if no empty line comes between, else nil.
func after(lines []para, i int) *para {
	if i+1 < len(lines) && !lines[i+1].blank {
		return &lines[i+1]
	}
	return nil
}

// appendLine puts q behind p, whose text so far is in parts, at bytes long. It
// returns how long it is now.
func appendLine(p *para, parts *[]string, q *para, at int) int {
	if cutByMarker(p.text, (*parts)[len(*parts)-1], q.text) {
		*parts = append(*parts, "\n") // the marker stays: extraction reads the number across it
		at++
		for _, c := range q.cuts {
			c.at += at
			p.cuts = append(p.cuts, c)
		}
		*parts = append(*parts, q.text)
		p.lines += q.lines
		return at + len(q.text)
	}
	broken := "\n"
	if q.blank {
		broken = "\n\n"
	}
	if n := len(q.cuts); n > 0 && q.cuts[0].reason == reasonIndent { // part of the break
		broken += q.cuts[0].text
		q.cuts = q.cuts[1:]
	}
	if latin(lastRune((*parts)[len(*parts)-1])) && latin(firstRune(q.text)) {
		*parts = append(*parts, " ")
		at++
	}
	p.cuts = append(p.cuts, cut{at, broken, reasonBreak})
	for _, c := range q.cuts {
		c.at += at
		p.cuts = append(p.cuts, c)
	}
	*parts = append(*parts, q.text)
	p.lines += q.lines
	return at + len(q.text)
}

// A seam is where a line ends and the next begins.
type seam struct {
	p          *para  // the paragraph so far
	last       string // its last line
	q, next    *para  // the line that may go on with it, and the one behind that, if any
	full       int    // width of a full line
	end, begin rune   // the last character of last, and the first of q
}

// seams say in their order whether a paragraph goes on in the next line; the first that
// holds answers.
var seams = []struct {
	holds, on func(s *seam) bool
}{
	{(*seam).finished, (*seam).closed},        // …完成。⏎”
	{(*seam).marked, always},                  // 总产6⏎2、1.5万吨
	{(*seam).opens, never},                    // …工作⏎二、救灾
	{(*seam).midSentence, always},             // …救灾款⏎，其中
	{(*seam).unitApart, (*seam).unitGoesOn},   // 97.3万⏎元，调进
	{(*seam).numberCut, (*seam).numberGoesOn}, // 3184⏎.6万美元
	{(*seam).heading, never},                  // 一、城乡低保⏎全县…
	{(*seam).openEnded, (*seam).listGoesOn},   // 青石镇、⏎白沙镇
	{(*seam).apart, never},                    // an empty line, an indent
	{(*seam).filled, always},                  // as wide as all lines
	{(*seam).titled, never},                   // no punctuation of sentences so far
	{always, (*seam).short},
}

func always(*seam) bool { return true }

func never(*seam) bool { return false }

// goesOn reports whether the para p, whose last line is last, goes on in the line
// q; next is the line behind q, if any, and full the width of a full line.
func goesOn(p *para, last string, q, next *para, full int) bool {
	if p.kind != draft.Line || q.kind != draft.Line || p.lines > 10000 {
		return false
	}
	s := seam{p, last, q, next, full, lastRune(last), firstRune(q.text)}
	for _, c := range seams {
		if c.holds(&s) {
			return c.on(&s)
		}
	}
	return false
}

// running reports prose in the paragraph so far.
func (s *seam) running() bool { return prose(s.p.text) || prose(s.last) }

func (s *seam) finished() bool {
	return is(s.end, stop|semicolon|colon) || strings.HasSuffix(s.last, "...")
}

func (s *seam) closed() bool { return is(s.begin, closing) && runes(s.q.text) < 3 }

func (s *seam) marked() bool { return cutByMarker(s.p.text, s.last, s.q.text) }

func (s *seam) opens() bool {
	return startsBlock(s.q.text) || strings.Trim(s.q.text, "0123456789０１２３４５６７８９.,，%％ ") == ""
}

func (s *seam) midSentence() bool {
	return strings.ContainsRune("，、；。）》”’", s.begin) && runes(s.last) > 1
}

// unscaled is the last line without the multiplier that ends it.
func (s *seam) unscaled() string { return strings.TrimRight(s.last, "万亿") }

func (s *seam) unitApart() bool {
	if !isDigit(lastRune(s.unscaled())) || !s.running() && !prose(s.q.text) {
		return false
	}
	return isDigit(s.end) && measures(s.q.text) || !isDigit(s.end) && unitAlone(s.q.text)
}

func (s *seam) unitGoesOn() bool {
	before := beforeNumber(s.unscaled())
	return unicode.Is(unicode.Han, before) || before == '、' && (!isDigit(s.end) || unitAlone(strings.TrimLeft(s.q.text, "万亿")))
}

func (s *seam) numberCut() bool {
	switch {
	case isDigit(s.begin):
		return isDigit(s.end) || inNumber(s.last)
	case isDigit(s.end):
		return s.begin == '.' || strings.ContainsRune("万亿元余多%％", s.begin)
	}
	return false
}

func (s *seam) numberGoesOn() bool {
	cut := s.running() || (inNumber(s.last) || s.begin == '.') && prose(s.q.text)
	return cut && numberThenHan(s.q.text) && unicode.Is(unicode.Han, beforeNumber(s.last))
}

func (s *seam) heading() bool { return headingLine(s.p, s.last) }

func (s *seam) openEnded() bool {
	return strings.ContainsRune("，,、（(《“—和与及", s.end) && s.running()
}

func (s *seam) listGoesOn() bool {
	return !s.q.blank || strings.ContainsRune("，,、（(《“", s.end)
}

func (s *seam) apart() bool { return s.q.blank || s.q.indent > 2 }

func (s *seam) filled() bool {
	return s.full > 0 && cells(s.last) >= s.full-4 && unicode.Is(unicode.Han, s.end)
}

func (s *seam) titled() bool { return !s.running() }

func (s *seam) short() bool {
	return cutShort(s.last, s.full) && (prose(s.q.text) || ended(s.q.text) || s.next != nil && prose(s.next.text) && !startsBlock(s.next.text))
}

// cutByMarker reports whether a site's number of a segment stands inside a figure:
// 外汇收入3184⏎2、.6万美元, 总产6⏎2、1.5万吨. Behind it must stand digits and a unit.
func cutByMarker(text, last, next string) bool {
	before := beforeNumber(last)
	if !isDigit(lastRune(last)) || !prose(text) && !prose(last) || before != '、' && !unicode.Is(unicode.Han, before) {
		return false
	}
	number, rest, ok := strings.Cut(next, "、")
	if !ok || len(number) == 0 || len(number) > 2 || strings.Trim(number, "0123456789") != "" {
		return false
	}
	if r := firstRune(rest); r != '.' && !isDigit(r) || !numberThenHan(rest) {
		return false
	}
	after := strings.TrimLeft(rest, "0123456789.,")
	return strings.ContainsRune("万亿千百元%％人户亩吨公平立间个件台所眼座条名例起头只株床辆套处家宗项", firstRune(after))
}

// headingLine reports whether the para is one line that is a heading as it stands.
func headingLine(p *para, last string) bool {
	if p.lines > 1 || len(last) > 150 {
		return false
	}
	m, ok := markerAt(last)
	if !ok || m.rank >= rankWord {
		return false
	}
	end, ok := headingEnd(last, m, "")
	return ok && end == len(last) && runes(last) <= 30
}

// wrapWidth is the width of a full line (a Han character being 2) in a file whose
// lines are broken at a fixed width; 0 if its are not.
func wrapWidth(lines []para) int {
	const widest = 130
	var count [widest + 1]int
	long := 0
	for i := range lines {
		p := &lines[i]
		if p.kind != draft.Line || len(p.text) < 20 {
			continue
		}
		long++
		if len(p.text) <= 2*widest {
			if n := p.indent + cells(p.text); n <= widest {
				count[n]++
			}
		}
	}
	for w := widest; w >= 30; w-- {
		if n := count[w] + count[w-1] + count[w-2] + count[w-3]; n >= 4 && n*5 >= long*2 {
			for count[w] == 0 { // the longest line, not the edge of the window
				w--
			}
			return w
		}
	}
	return 0
}

// cells is the width of a text, a Han character being 2.
func cells(s string) int {
	n := 0
	for _, r := range s {
		if n++; r >= 0x1100 {
			n++
		}
	}
	return n
}

// startsBlock reports whether a line begins as headings, items and titles do.
func startsBlock(line string) bool {
	return marked(line) || strings.HasPrefix(line, "附:") || strings.HasPrefix(line, "附：")
}

// prose reports whether a text holds the punctuation of sentences: a comma, an
// enumeration or a full stop between Han characters. Numbers with commas are none.
func prose(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ',' || c == ';':
			if i > 0 && s[i-1] >= utf8.RuneSelf || i+1 < len(s) && s[i+1] >= utf8.RuneSelf {
				return true
			}
		case c == 0xef && (strings.HasPrefix(s[i:], "，") || strings.HasPrefix(s[i:], "；")):
			return i > 0 && !isDigit(rune(s[i-1]))
		case c == 0xe3 && (strings.HasPrefix(s[i:], "。") || strings.HasPrefix(s[i:], "、")):
			return true
		}
	}
	return false
}

// cutShort reports whether a line that ends without punctuation may have been cut
// by the width of a page: it is as long as the full lines of its file, or of a
// length that lines have.
func cutShort(line string, full int) bool {
	if full > 0 {
		return cells(line) >= full-6
	}
	n := runes(line)
	return n >= 6 && n <= 65
}

// ended reports whether a line ends as a sentence does.
func ended(line string) bool {
	return is(lastRune(line), stop|semicolon|colon|closing)
}

// inNumber reports whether a line ends within a number: 38. or 1,
func inNumber(line string) bool {
	n := len(line)
	return n > 1 && (line[n-1] == '.' || line[n-1] == ',') && isDigit(rune(line[n-2]))
}

// numberThenHan reports whether a line begins with digits and then a word: the
// rest of a number and its unit. A column of numbers has nothing behind.
func numberThenHan(s string) bool {
	rest := strings.TrimLeftFunc(s, func(r rune) bool { return isDigit(r) || r == '.' || r == ',' || r == '．' })
	r := firstRune(rest)
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("%％℃‰", r)
}

// beforeNumber is the character before the number, or the range of two, that a line
// ends with.
func beforeNumber(s string) rune {
	return lastRune(strings.TrimRightFunc(s, func(r rune) bool { return isDigit(r) || strings.ContainsRune(".,．~～-－—至", r) }))
}

// measures reports whether a line begins with what a number at the end of the line
// before it counts or measures, and words behind that: 102⏎户,发放…, 6~8⏎万吨, 97.3万⏎元,调进….
func measures(line string) bool {
	const words = "万亿元余多%％个户人名项家所处间公平立吨亩台件次场座条辆位岁年月日倍只头斤"
	return runes(line) > 2 && strings.ContainsRune(words, firstRune(line)) && strings.ContainsAny(line, "，。；,;")
}

// unitAlone reports whether a line begins with a unit that nothing but a comma or a full
// stop follows: 97.3万⏎元,调进…, but not 5万⏎人大代表.
func unitAlone(line string) bool {
	unit, _, ok := strings.Cut(line, string(firstOfAny(line, "，,、。；;（()")))
	return ok && strings.Contains("|元|美元|人|人次|户|名|亩|公顷|吨|公斤|斤|担|立方米|平方米|公里|米|株|只|头|千瓦|千瓦时|张|件|套|册|", "|"+unit+"|")
}

// firstOfAny is the first of some characters in a text, 0 if none is.
func firstOfAny(s, chars string) rune {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return firstRune(s[i:])
	}
	return 0
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

func latin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func firstRune(s string) rune {
	if s == "" {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	if s == "" {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// runes counts characters, at most 200 of them: enough to tell long from short.
func runes(s string) int {
	n := 0
	for range s {
		if n++; n == 200 {
			break
		}
	}
	return n
}

// dropRepeats takes out what sharing sites print twice: a title that is glued
// again (once or more) to the front of its text, and a paragraph that stands twice
// in a row. What is taken out becomes a cut of what follows.
func dropRepeats(paras []para) []para {
	for i := range paras {
		p := &paras[i]
		if p.row != nil {
			continue
		}
		if i > 0 && titleLike(paras[i-1].text) {
			dropTitle(p, paras[i-1].text)
		}
		if end, ok := titleGlued(p.text); ok {
			if title, twice := doubled(p.text[:end]); twice {
				p.text, p.cuts = remove(p.text, p.cuts, 0, len(title), reasonTitle)
			}
		}
	}
	return dropTwice(paras)
}

// dropTitle takes a title, or what it is without 七篇 and the like, off the front
// of a paragraph that is more than it.
func dropTitle(p *para, title string) {
	if core := strings.TrimRight(title[:strings.IndexAny(title+" ", " \u3000")], " "); runes(core) >= 8 && core != title && strings.HasPrefix(p.text, core) {
		title = core
	}
	n := 0
	for len(p.text) > n+len(title) && strings.HasPrefix(p.text[n:], title) {
		n += len(title)
	}
	if n > 0 {
		p.text, p.cuts = remove(p.text, p.cuts, 0, n, reasonTitle)
	}
}

// doubled reports whether s is one text twice, and that text.
func doubled(s string) (half string, ok bool) {
	half = s[:len(s)/2]
	return half, len(s) > 0 && half+half == s
}

// dropTwice takes out a long paragraph that only repeats the one before it, and a
// preview that breaks off and then begins again in full.
func dropTwice(paras []para) []para {
	out := paras[:0]
	var pending []cut
	for i := range paras {
		p := &paras[i]
		n := len(out)
		switch {
		case n > 0 && p.row == nil && out[n-1].text == p.text && runes(p.text) >= 30:
			out[n-1].cuts = append(out[n-1].cuts, cut{len(p.text), p.text, reasonTeaser})
			continue
		case n > 0 && p.row == nil && out[n-1].row == nil && titleAgain(out[n-1].text, p.text):
			pending = append(append(pending, moveTo(p.cuts, 0)...), cut{0, p.text, reasonTitle})
			continue
		case previews(p, paras[i+1:min(len(paras), i+8)]):
			pending = append(append(pending, moveTo(p.cuts, 0)...), cut{0, p.text, reasonTeaser})
			continue
		}
		if pending != nil {
			p.cuts = append(pending, p.cuts...)
			pending = nil
		}
		out = append(out, *p)
	}
	if n := len(out); n > 0 && pending != nil {
		out[n-1].cuts = append(out[n-1].cuts, moveTo(pending, len(out[n-1].text))...)
	}
	return out
}

// titleAgain reports whether line is the title that the line before it is, or ends
// with: 篇一：某某镇工作总结.
func titleAgain(before, line string) bool {
	if len(before) < len(line) || !strings.HasSuffix(before, line) || !titleLike(line) {
		return false
	}
	return before == line || marked(before)
}

// previews reports whether a paragraph is a teaser: it breaks off, and one of the
// next begins with all of it and goes on.
func previews(p *para, next []para) bool {
	if p.row != nil || len(p.text) < 60 || p.kind == draft.Heading {
		return false
	}
	text := strings.TrimRight(p.text, "….。 ")
	if text == p.text && ended(p.text) || len(text) < 60 || titleLike(text) {
		return false
	}
	for i := range next {
		if len(next[i].text) > len(p.text)+30 && strings.HasPrefix(next[i].text, text) {
			return true
		}
	}
	return false
}
