package corpus

// Titles that do not stand alone: glued to their text or to a page number, followed by
// the name of a site, or the head of a section of a gazetteer.

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingxi/schema"
)

// siteCrumb reports whether a line is a path of pages: 当前位置:首页 > 范文.
func siteCrumb(line string) bool {
	return strings.ContainsAny(line, ">＞»") && siteLine(line)
}

// dayStamp is the day on which a page was put up: 2015-03-04 08:12, but not 2012.1-6 of a title.
var dayStamp = regexp.MustCompile(`^(19|20)[0-9]{2}(-[01]?[0-9]-|/[01]?[0-9]/|\.[01]?[0-9]\.)[0-3]?[0-9]([ T][0-9:]+)?$`)

// bare is a title without the name of a site behind it (某某局工作总结 - 范文大全), the
// stamp of it, the suffix of a file ((3) .doc) and the title of the collection before it (申报材料 篇二:…).
func bare(title string) string {
	for _, sep := range []string{" - ", " | ", "_", "|"} {
		if head, _, ok := strings.Cut(title, sep); ok && (titleLike(head) || formal(head)) {
			title = head
		}
	}
	const most = 300          // bytes of a line that holds a title and its stamp
	for i, r := range title { // 某某局工作总结 来源：办公室, 某某局工作总结 2015-03-04
		if len(title) > most {
			break
		}
		if !strings.ContainsRune(" \u3000\t（([【", r) {
			continue
		}
		head, rest := strings.TrimRight(title[:i], " \u3000\t"), strings.Trim(title[i:], " \u3000\t（([【）)]】")
		stamped := siteLine(rest) && strings.ContainsAny(rest, ":：") && !dateLine(rest) || dayStamp.MatchString(rest)
		if stamped && (titleLike(head) || formal(head)) {
			title = head
			break
		}
	}
	if label, rest, ok := strings.Cut(title, "】"); ok && strings.HasPrefix(label, "【") && strings.ContainsAny(label, "文篇") && titleLike(rest) { // 【范文三】2018年社区工作总结
		title = rest
	}
	if at := strings.LastIndex(title, " 篇"); at > 0 {
		m, ok := markerAt(title[at+1:])
		if own := strings.TrimLeft(title[at+1+m.size:], ":： "); ok && titleLike(own) {
			title = own
		}
	}
	for _, suffix := range []string{".doc", ".docx", ".pdf", ".wps", ".txt"} {
		if head, ok := strings.CutSuffix(title, suffix); ok {
			title = strings.TrimRight(head, " ")
			if i := strings.LastIndex(title, "("); i > 0 && strings.Trim(title[i:], "(0123456789)") == "" { // the third copy
				title = strings.TrimRight(title[:i], " ")
			}
		}
	}
	return title
}

// gluedTitle is the title that the first line of the text begins with, where what
// follows cannot belong to it: 第1页共7页县政府民政工作总结上半年,我局…
func gluedTitle(d *schema.Document, head []schema.Block) string {
	for i := range head {
		text := head[i].In(d.Text)
		if head[i].Kind == schema.Row {
			return ""
		}
		if title := bare(text); title != text && (titleLike(title) || formal(title)) {
			return title
		}
		if m, ok := markerAt(text); siteLine(text) || ok && m.rank == rankPart && m.size >= len(text)-len("：") {
			continue
		}
		text = pastPage(text)
		if end := reportEnd(text); end < len(text) || namesReport(text) {
			return text[:end]
		}
		return ""
	}
	return ""
}

// pastPage passes over the number of a page or of a slice that stands before a title:
// 第1页共7页, - 1 -, 1、.
func pastPage(text string) string {
	for {
		rest := strings.TrimLeft(text, " -—第")
		t := strings.TrimLeftFunc(rest, func(r rune) bool { return isDigit(r) || r == ' ' })
		found := false
		for _, end := range []string{"页共", "页", "、", "-"} {
			if t != rest && strings.HasPrefix(t, end) {
				text, found = strings.TrimPrefix(t, end), true
				break
			}
		}
		if !found {
			return strings.TrimLeft(text, " -—")
		}
	}
}

// reportEnd is where the title of a report that begins a text certainly ends, 0 if none
// does: behind 工作总结 and the like, unless that goes on (及下年打算) or is spoken of
// (根据全县工作计划, 工作总结会议).
func reportEnd(text string) int {
	t := titles()
	if hasAny(strings.HasPrefix, text, t.opening) {
		return 0
	}
	n, more := 0, false
	for i, r := range text {
		if n++; n > 50 {
			return 0
		}
		if n > 7 && (hasAny(strings.HasSuffix, text[:i], t.report) || more && hasSuffix(headings().titles, text[:i])) {
			switch rest := strings.TrimLeft(text[i:], " "); {
			case hasAny(strings.HasPrefix, rest, []string{"及", "和", "与", "暨", "以及", "、"}):
				more = true
			case hasAny(strings.HasPrefix, rest, t.after):
				return 0
			case breaks(r) || !unicode.Is(unicode.Han, r):
				return i
			}
		}
		if is(r, stop|semicolon|colon|comma) {
			return 0
		}
	}
	if hasAny(strings.HasSuffix, text, t.report) {
		return len(text)
	}
	return 0
}

func hasAny(has func(s, word string) bool, s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return has(s, w) })
}

// sectionTitle is the heading of a part of a book that the text begins with, where it
// has no other part of that rank: 第三节 社会救济; 九、民政. 第一章 总则 begins a rule.
func sectionTitle(d *schema.Document, from int, in schema.Span) string {
	title, rank := "", rankNone
	for i := from; i < len(d.Blocks) && in.Contains(d.Blocks[i].Span); i++ {
		b := &d.Blocks[i]
		text := b.In(d.Text)
		m, ok := markerAt(text)
		switch {
		case title != "":
			if ok && b.Kind == schema.Heading && m.rank <= rank && text != title {
				return ""
			}
		case i < from+headLines && (siteLine(text) || text == "目录"):
			continue
		case b.Kind != schema.Heading && b.Kind != schema.Title || !ok || m.rank > rankHan || m.rank == rankHan && m.n == 1 || holds(text, stop|colon|comma):
			return ""
		default:
			if n := utf8.RuneCountInString(strings.TrimSpace(text[m.size:])); n < 2 || n > 20 {
				return ""
			}
			title, rank = text, m.rank
		}
	}
	return title
}
