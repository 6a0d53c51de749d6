package corpus

// The title of an article. It is what the text prints above itself: the last of the
// title blocks at its head, or a line there that stands as one; never a site's name,
// breadcrumb or stamp. A title that holds figures stays a paragraph, so that its
// figures are read. Where the text has none, the name of the file serves.

import (
	_ "embed"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

//go:embed data/titles.txt
var titleText string

// titleWords are the sections of data/titles.txt.
type titleWords struct{ site, formal, who, report, plan, opening, after, nameless []string }

var titles = sync.OnceValue(func() *titleWords {
	t := &titleWords{}
	sections := map[string]*[]string{"[site]": &t.site, "[who]": &t.who, "[formal]": &t.formal, "[report]": &t.report, "[plan]": &t.plan, "[opening]": &t.opening, "[after]": &t.after, "[nameless]": &t.nameless}
	var section *[]string
	for line := range strings.Lines(titleText) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = sections[line]
		default:
			*section = append(*section, line)
		}
	}
	return t
})

// Where a title comes from that no title block holds (schema.Article.TitleFrom).
const (
	titleFromLine = "line"      // a line at the head, 《…》 in it, a breadcrumb
	titleFromFile = "file name" // the text has none
)

// headLines is how many blocks of an article may stand before its title.
const headLines = 20

// articleTitle is the title of the article that begins at a block, and where it
// comes from if no title block holds it.
func articleTitle(d *schema.Document, from int, in schema.Span) (title, source string) {
	head := headOf(d, from, in)
	for _, find := range []func(*schema.Document, []schema.Block) string{subtitled, brokenTitle} {
		if title := find(d, head); title != "" {
			return title, titleFromLine
		}
	}
	if title := blockTitle(d, head); title != "" {
		if title, source = whole(d, head, title); bare(title) != title {
			return bare(title), titleFromLine
		}
		return title, source
	}
	for _, find := range []func(*schema.Document, []schema.Block) string{fileMark, calledTitle, gluedTitle, headLine, lateTitle, breadcrumb} {
		if title := find(d, head); title != "" {
			title, _ = whole(d, head, title)
			return bare(title), titleFromLine
		}
	}
	if title := sectionTitle(d, from, in); title != "" {
		return title, titleFromLine
	}
	return "", ""
}

// whole joins a title that its layout broke over two lines: 某某公司|2024年年度报告,
// 建设等|奖补政策实施细则, 2012年工作总|结及2013年打算. Of one that is printed several
// times in a line it keeps one.
func whole(d *schema.Document, head []schema.Block, title string) (joined, source string) {
	if once := unrepeated(title); once != title {
		return once, titleFromLine
	}
	if one := mostTelling(titlesIn(title)); one != title {
		return one, titleFromLine
	}
	for i := range head {
		if head[i].In(d.Text) != title {
			continue
		}
		if i > 0 && head[i-1].Kind != schema.Row && beginsTitle(head[i-1].In(d.Text), title) {
			return head[i-1].In(d.Text) + title, titleFromLine
		}
		if i+1 == len(head) || formal(title) || titleLike(title) {
			continue
		}
		next := head[i+1].In(d.Text)
		if head[i+1].Kind != schema.Row && runes(next) <= 30 && !marked(next) && !siteLine(next) && !ended(titleCore(next)) && !holds(next, stop|colon|comma) && formal(next) {
			return title + next, titleFromLine
		}
	}
	return title, ""
}

// unrepeated is a title that is printed two or more times in a row, once.
func unrepeated(title string) string {
	for n := len(title) / 2; n >= len("某县民政局工作总结"); n-- {
		if len(title)%n == 0 && strings.Repeat(title[:n], len(title)/n) == title {
			return title[:n]
		}
	}
	for n := len(title) / 2; n >= len("某县民政局年工作总结"); n-- { // with other words of it between
		if utf8.RuneStart(title[n]) && title[:n] == title[len(title)-n:] && titleLike(title[:n]) {
			return title[:n]
		}
	}
	return title
}

// titlesIn parts a line that holds several titles, one after another:
// 民政局2010年工作总结 民政局2011年工作总结 民政局2012年工作总结.
func titlesIn(line string) (list []string) {
	t := titles()
	start := 0
	for i := range line {
		head, rest := line[start:i], strings.TrimLeft(line[i:], " 　")
		if runes(head) < 6 || runes(rest) < 6 || !hasAny(strings.HasSuffix, head, t.report) && !hasAny(strings.HasSuffix, head, t.plan) {
			continue
		}
		apart := rest != line[i:]
		if !titleLike(rest) && !hasAny(strings.HasSuffix, rest, t.report) || firstRunes(rest, 2) != firstRunes(line, 2) && !(apart && namesReport(rest)) {
			continue // 某某局2012年工作总结 2013年工作计划 is one
		}
		list, start = append(list, head), len(line)-len(rest)
	}
	return append(list, line[start:])
}

// mostTelling is the last of several titles that names a year and who reports, or else the last
// that names a year, or the last. Of a report and a plan, 民政局2010年工作总结 民政局2011年工作计划, it
// is the first.
func mostTelling(list []string) string {
	best, most := "", -1
	plan := onlyPlan(list[0])
	for _, title := range list {
		if onlyPlan(title) != plan {
			return list[0]
		}
		n := 0
		if strings.ContainsAny(title, "0123456789") {
			n = 2
		}
		if namesReport(title) {
			n++
		}
		if n >= most {
			best, most = title, n
		}
	}
	return best
}

// onlyPlan reports the title of a plan, but not of a report that ends with one: 工作总结及2013年工作计划.
func onlyPlan(title string) bool {
	t := titles()
	core := titleCore(title)
	return hasAny(strings.HasSuffix, core, t.plan) && !slices.ContainsFunc(t.report, func(w string) bool {
		return strings.Contains(core, w) && !hasAny(strings.HasSuffix, w, t.plan)
	})
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// subtitled joins what stands above the name of a report to it, where a dash leads that: 推动民政工作再上新台阶|——清屏县
// 民政局2012年工作总结.
func subtitled(d *schema.Document, head []schema.Block) string {
	joined := ""
	for i := range min(len(head), 4) {
		line := head[i].In(d.Text)
		name := strings.TrimLeft(line, "—")
		switch {
		case joined != "" && name != line && titleLike(name) && namesReport(name):
			return joined + line
		case joined == "" && siteLine(line):
		case head[i].Kind == schema.Row || runes(line) > 30 || name != line || marked(line) || titleLike(line) || holds(line, stop|semicolon|colon):
			return ""
		default:
			joined += line
		}
	}
	return ""
}

// brokenTitle joins a title of three or four lines: 2012年清屏县国民经济|和社会发展|统计公报;
// 清屏县|民政局|2012年工作总结. Each line must call for the next.
func brokenTitle(d *schema.Document, head []schema.Block) string {
	first := 0
	for first < len(head) && head[first].Kind != schema.Row && siteLine(head[first].In(d.Text)) {
		first++
	}
	joined := ""
	for n := range 4 {
		if first+n >= len(head) || head[first+n].Kind == schema.Row {
			return ""
		}
		line := head[first+n].In(d.Text)
		if k := runes(line); k > 24 || holds(line, stop|semicolon|colon|comma) || marked(line) || siteLine(line) {
			return ""
		}
		certain := false
		if n > 0 {
			before := head[first+n-1].In(d.Text)
			if certain = goesOver(before, line); !certain && !callsFor(before, line) {
				return ""
			}
		}
		joined += line
		if ends := first+n+1 < len(head) && !goesOver(line, head[first+n+1].In(d.Text)); ends && (titleLike(strings.ReplaceAll(joined, " ", "")) || formal(joined)) {
			if n >= 2 || certain {
				return joined
			}
			return "" // of fewer lines
		}
	}
	return ""
}

// joiners go on with a title: 工作总结和|2013年工作安排.
var joiners = []string{"和", "及", "与", "暨"}

// goesOver reports a line of a title that surely goes on in the next: 会议上的|讲话, 工作总结|及打算, 关于…|情况的报告.
func goesOver(line, next string) bool {
	return opensTitle(line, next) || yearBroken(line, next) || dated(line, next) || hasAny(strings.HasSuffix, line, joiners) || hasAny(strings.HasPrefix, next, joiners) || strings.HasPrefix(next, "的") || strings.HasSuffix(line, "的")
}

// opensTitle reports a line that says what a title is about and not what it is the title of: 关于清屏县2012年民政事业|
// 发展情况的报告, 关于2012年预算|执行情况的报告.
func opensTitle(line, next string) bool {
	_, about, ok := strings.Cut(line, "关于")
	switch {
	case !ok || marked(next):
		return false
	case titleLike(line) || formal(line):
		return !strings.Contains(about, "的") && strings.Contains(next, "的") && (titleLike(next) || formal(next))
	}
	return !ended(titleCore(line))
}

var (
	yearHalf = regexp.MustCompile(`(?:[12][0-9]{0,3}|二[○〇零0][〇○零一二三四五六七八九]?)$`)
	yearRest = regexp.MustCompile(`^[0-9〇○零一二三四五六七八九]{0,3}年`)
	hasYear  = regexp.MustCompile(`(?:19|20)[0-9]{2}年|[一二][九○〇零][〇○零一二三四五六七八九]{2}年`)
)

// yearBroken reports a line that breaks off in a year: 民政工作总结和2013|年工作计划, 二〇一|三年工作计划.
func yearBroken(line, next string) bool {
	return yearHalf.MatchString(line) && yearRest.MatchString(next) && utf8.RuneCountInString(line) > 4
}

// dated reports a line with the year of a title and not what it is the title of, above a short line that is: 清屏县2013年国民经济和
// 社会|发展统计公报.
func dated(line, next string) bool {
	const short = 16
	return hasYear.MatchString(line) && !strings.ContainsAny(hasYear.ReplaceAllString(line, ""), "0123456789") && !hasYear.MatchString(next) && runes(line) >= 8 && runes(next) <= short && !strings.HasSuffix(line, "日") &&
		!titleLike(line) && !formal(line) && !ended(titleCore(line)) && !marked(next) && (titleLike(next) || formal(next))
}

// callsFor reports a line that may: one of who reports, or before the short end of a title.
func callsFor(line, next string) bool {
	who := titles().who
	return hasAny(strings.HasSuffix, line, who) && onlyHan(strings.ReplaceAll(line, " ", "")) || runes(next) <= 6 && !hasAny(strings.HasSuffix, next, who)
}

// beginsTitle reports whether a line is the first half of the title below it: who
// reports, or words that break off in the middle of one (工作总|结).
func beginsTitle(line, title string) bool {
	if n := runes(line); n < 3 || n > 40 || siteLine(line) || holds(line, stop|semicolon|colon|comma) || titleLike(line) || marked(line) || strings.HasPrefix(line, "附") {
		return false
	}
	if head := strings.TrimRight(line, "及和与暨"); head != line && titleLike(head) { // 2011年工作总结及|2012年工作计划
		return true
	}
	for _, words := range headings().titles {
		for _, w := range words {
			for k := 1; k < len(w); k++ {
				if strings.HasSuffix(line, w[:k]) && strings.HasPrefix(title, w[k:]) {
					return true
				}
			}
		}
	}
	for _, w := range titles().who {
		if strings.HasSuffix(line, w) && !strings.HasPrefix(title, line) {
			return onlyHan(line)
		}
	}
	return false
}

func onlyHan(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
}

// headOf is the head of an article.
func headOf(d *schema.Document, from int, in schema.Span) []schema.Block {
	to := from
	for to < len(d.Blocks) && to < from+headLines && in.Contains(d.Blocks[to].Span) {
		to++
	}
	return d.Blocks[from:to]
}

// siteLine reports whether a line is a site's.
func siteLine(line string) bool {
	line = fold.String(line)
	return line == "" || dateLine(line) || strings.HasSuffix(line, "会议上") || strings.HasSuffix(line, "大会上") || letterhead(line) || runes(line) < 80 && containsAny(line, titles().site) || strings.ContainsAny(line, ">＞»") && runes(line) < 60
}

// letterhead reports whether a line is the head or the number of a paper:
// 清屏县民政局文件, 清民发〔2012〕18号, 《民政工作》第3期.
func letterhead(line string) bool {
	return runes(line) < 24 && (strings.HasSuffix(line, "文件") || strings.HasPrefix(line, "《") && strings.HasSuffix(line, "期") && strings.Contains(line, "》") || strings.HasSuffix(line, "号") && strings.ContainsAny(line, "〔[﹝(（"))
}

// blockTitle is the last title block of the head: a collection's own title stands
// above that of its first article. The head of 篇二 may be a heading.
func blockTitle(d *schema.Document, head []schema.Block) string {
	title, part := "", ""
	for i := range head {
		b := &head[i]
		text := b.In(d.Text)
		m, ok := markerAt(text)
		switch {
		case b.Kind == schema.Heading && ok && m.rank == rankPart:
			if part == "" && title == "" {
				part = strings.TrimRight(text, "：: ")
			}
			continue // its title may follow
		case b.Kind == schema.Title && siteLine(text), title == "" && b.Kind != schema.Row && (siteLine(text) || i+1 < len(head) && beginsTitle(text, head[i+1].In(d.Text))):
			continue
		case b.Kind != schema.Title && !(b.Kind == schema.Heading && title == "" && i > 0 && !ok && titleLike(text)):
			return firstOf(title, part)
		}
		if i+1 < len(head) && siteCrumb(head[i+1].In(d.Text)) && !titleLike(text) {
			continue // 某某文学网|位置:首页 > 范文
		}
		if core := titleCore(title); strings.Contains(core, text) && strings.ContainsAny(core, "0123456789") && !strings.ContainsAny(text, "0123456789") {
			title = core // 2023民政工作总结七篇|民政工作总结
			continue
		}
		if title != "" && tableCaption.MatchString(text) {
			return title // 司法局2012年业务统计|表一 人民调解工作情况
		}
		if namesReport(title) && !containsAny(text, reportWords) {
			return title // 五华区2015年政府工作报告|2014年工作回顾
		}
		title = text
	}
	return firstOf(title, part)
}

var tableCaption = regexp.MustCompile(`^[附续]?表 ?[0-9一二三四五六七八九十]`)

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// fileMark is the name of the file that a site prints: 《旅游局年度汇报.doc》由网友上传,
// ![交通局2019年度小结](//…).
func fileMark(d *schema.Document, head []schema.Block) string {
	for i := range head {
		text := head[i].In(d.Text)
		if runes(text) > 120 {
			return ""
		}
		if name, ok := strings.CutPrefix(text, "!["); ok {
			if end := strings.Index(name, "]("); end > 0 {
				name = strings.TrimRight(name[:end], "[] ")
				if mayTitle(name) {
					return name
				}
			}
		}
		for _, suffix := range []string{".doc》", ".docx》", ".pdf》", ".wps》", ".txt》", ".ppt》", ".xls》"} {
			if end := strings.Index(text, suffix); end > 0 {
				if open := strings.LastIndex(text[:end], "《"); open >= 0 && mayTitle(text[open+len("《"):end]) {
					return text[open+len("《") : end]
				}
			}
		}
	}
	return ""
}

// breadcrumb is the last step of a path of pages, if it reads like the title of a
// report: 首页 > 公文写作 > 农村危房改造进展情况汇报.
func breadcrumb(d *schema.Document, head []schema.Block) string {
	for i := range head {
		text := head[i].In(d.Text)
		if at := strings.LastIndexAny(text, ">＞»"); at >= 0 && runes(text) < 100 {
			last := strings.TrimLeft(text[at:], ">＞» ")
			if titleLike(last) {
				return last
			}
		}
	}
	return ""
}

// calledTitle is a line that repeats the name in 《》 that a letter before it gives:
// 现将《…管理办法》印发给你们.
func calledTitle(d *schema.Document, head []schema.Block) string {
	for i := range head {
		text := head[i].In(d.Text)
		for rest := text; ; {
			open := strings.Index(rest, "《")
			shut := strings.Index(rest, "》")
			if open < 0 || shut < open {
				break
			}
			name := rest[open+len("《") : shut]
			rest = rest[shut+len("》"):]
			for j := i + 1; j < len(head); j++ {
				if head[j].In(d.Text) == name && runes(name) >= 6 {
					return name
				}
			}
		}
	}
	return ""
}

// stamp is a line of a site with its date, which stands below a title.
var stamp = regexp.MustCompile(`(?:来源|作者|时间|日期|点击|浏览).{0,40}?(?:19|20)[0-9]{2}[-/.年]|^(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}.{0,20}来源`)

// headLine is the first line of the text that is neither a site's nor a sentence,
// where more text follows, or a site's stamp.
func headLine(d *schema.Document, head []schema.Block) string {
	for i := range head {
		b := &head[i]
		text := b.In(d.Text)
		switch {
		case b.Kind == schema.Row:
			return ""
		case siteLine(text), i+1 < len(head) && beginsTitle(text, head[i+1].In(d.Text)):
			continue
		case !mayTitle(text) && !slices.Contains(titles().report, text) || i+1 == len(head) || b.End == head[i+1].Start:
			return ""
		}
		next := &head[i+1]
		switch {
		case formal(text), i > 0 && beginsTitle(head[i-1].In(d.Text), text) && hasYear.MatchString(text), stamp.MatchString(next.In(d.Text)) && !strings.HasSuffix(text, "网"), next.Kind == schema.Paragraph && next.Len() > 150, next.Kind == schema.Heading && runes(text) >= 8,
			next.Kind == schema.Item && strings.HasPrefix(next.In(d.Text), "—"):
			return text
		}
		return ""
	}
	return ""
}

// lateTitle is a line further down, behind what a site says first, that names who
// reports and what, and has text below it.
func lateTitle(d *schema.Document, head []schema.Block) string {
	for i := range head {
		text := head[i].In(d.Text)
		if head[i].Kind != schema.Row && titleLike(text) && namesReport(text) && !siteLine(text) && i+1 < len(head) && head[i+1].Start > head[i].End {
			return text
		}
	}
	return ""
}

// formal reports whether a line ends like the name of a rule or plan, but for what
// stands in brackets behind it: 接入管理规范（试行）.
func formal(line string) bool {
	line = titleCore(line)
	return slices.ContainsFunc(titles().formal, func(w string) bool { return strings.HasSuffix(line, w) })
}

// mayTitle reports whether a line has the shape of a title: not too short or long,
// no sentence, no number of a list before it.
func mayTitle(line string) bool {
	n := runes(line)
	return n >= 6 && n <= 50 && !holds(line, stop|semicolon|colon) && !marked(line) && !dateLine(line) && !ended(titleCore(line)) && !strings.ContainsAny(line, "|，,")
}

// titleOfFile is the name of a file without its suffix, where it has at least four
// Han characters and is not what a program calls any file; empty otherwise.
func titleOfFile(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	base := path.Base(name)
	if ext := path.Ext(base); len(ext) <= 6 && runes(ext) == len(ext) {
		base = strings.TrimSuffix(base, ext)
	}
	base = strings.TrimSpace(base)
	n := 0
	for _, r := range base {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	if n < 4 || runes(base) > 80 || hasAny(strings.HasPrefix, base, titles().nameless) {
		return ""
	}
	return base
}
