package corpus

// Joining makes paragraphs of lines. A line goes on in the next one if it is cut
// in mid-sentence and that is certain:
//
//   - the next line begins with what no line begins with (，。、；）》”), or the
//     line ends with what no sentence ends with (，、（《“);
//   - a number is cut between its digits, both lines being prose: 绝收10⏎43公顷;
//   - the line is prose without an end, and the next goes on as prose.
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
	out := lines[:0:len(lines)]
	for i := 0; i < len(lines); {
		p := lines[i]
		j := i + 1
		var parts []string
		last := p.text
		for j < len(lines) && goesOn(&p, last, &lines[j], after(lines, j)) {
			if parts == nil {
				parts = append(parts, p.text)
			}
			appendLine(&p, &parts, &lines[j])
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

// after is the line behind lines[i] if no empty line comes between, else nil.
func after(lines []para, i int) *para {
	if i+1 < len(lines) && !lines[i+1].blank {
		return &lines[i+1]
	}
	return nil
}

// appendLine puts q behind p, whose text so far is in parts.
func appendLine(p *para, parts *[]string, q *para) {
	at := 0
	for _, s := range *parts {
		at += len(s)
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
}

// goesOn reports whether the para p, whose last line is last, goes on in the line
// q; next is the line behind q, if any.
func goesOn(p *para, last string, q, next *para) bool {
	if p.kind != draft.Line || q.kind != draft.Line || p.lines > 10000 {
		return false
	}
	end, begin := lastRune(last), firstRune(q.text)
	switch {
	case strings.ContainsRune("。！？；：!?;:…", end):
		return strings.ContainsRune("）)》”’】", begin) && runes(q.text) < 3
	case startsBlock(q.text):
		return false
	case strings.ContainsRune("，、；。）》”’", begin) && runes(last) > 1:
		return true
	case !prose(p.text) && !prose(last):
		return false
	case isDigit(end) && isDigit(begin):
		return numberThenHan(q.text) && unicode.Is(unicode.Han, beforeNumber(last))
	case strings.ContainsRune("，、（《“—和与及", end):
		return !q.blank || strings.ContainsRune("，、（《“", end)
	case q.blank || q.indent > p.indent && q.indent > 2:
		return false
	}
	return cutShort(last) && (prose(q.text) || ended(q.text) || next != nil && prose(next.text) && !startsBlock(next.text))
}

// startsBlock reports whether a line begins as headings, items and titles do.
func startsBlock(line string) bool {
	if _, ok := markerAt(line); ok {
		return true
	}
	return strings.ContainsRune("【●■◆★☆○◎□△▲·•※", firstRune(line)) || strings.HasPrefix(line, "附:") || strings.HasPrefix(line, "附：")
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

// cutShort reports whether a line that ends without punctuation is long enough
// to have been cut by the width of a page, and no label or signature.
func cutShort(line string) bool {
	return runes(line) >= 12
}

// ended reports whether a line ends as a sentence does.
func ended(line string) bool {
	return strings.ContainsRune("。！？；：!?;:…）)”》", lastRune(line))
}

// numberThenHan reports whether a line begins with digits and then a word: the
// rest of a number and its unit. A column of numbers has nothing behind.
func numberThenHan(s string) bool {
	rest := strings.TrimLeftFunc(s, func(r rune) bool { return isDigit(r) || r == '.' || r == ',' || r == '．' })
	r := firstRune(rest)
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("%％℃‰", r)
}

// beforeNumber is the character before the number that a line ends with.
func beforeNumber(s string) rune {
	return lastRune(strings.TrimRightFunc(s, func(r rune) bool { return isDigit(r) || r == '.' || r == ',' || r == '．' }))
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
// again (once or twice) to the front of the paragraph behind it, and a paragraph
// that stands twice in a row. What is taken out becomes a cut of what follows.
func dropRepeats(paras []para) []para {
	for i := range paras {
		if i > 0 && paras[i-1].cells == nil {
			dropTitle(&paras[i], paras[i-1].text)
		}
	}
	return dropTwice(paras)
}

// dropTitle takes the title off the front of a paragraph that is more than it.
func dropTitle(p *para, title string) {
	if !titleLike(title) || len(p.text) <= len(title) {
		return
	}
	for strings.HasPrefix(p.text, title) && len(p.text) > len(title) {
		p.text, p.cuts = remove(p.text, p.cuts, 0, len(title), reasonTitle)
		p.cuts = sorted(p.cuts)
	}
}

// dropTwice takes out a long paragraph that only repeats the one before it.
func dropTwice(paras []para) []para {
	out := paras[:0]
	for i := range paras {
		p := &paras[i]
		n := len(out)
		if n > 0 && p.cells == nil && out[n-1].text == p.text && runes(p.text) >= 30 {
			out[n-1].cuts = append(out[n-1].cuts, cut{len(p.text), p.text, reasonTeaser})
			continue
		}
		out = append(out, *p)
	}
	return out
}
