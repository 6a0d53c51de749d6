package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mingxi/schema"
)

// The organisation that reports: named by the title, by the sign-off, by the
// letterhead, or by the first sentence, where it acts: 2021年,市农业农村局深入贯彻….

// orgWitnesses are asked in order; the first that knows decides.
var orgWitnesses = []struct {
	method string
	score  float64
	ask    func(*article) (org string)
}{
	{"title", 0.95, (*article).orgOfTitle},
	{"sign-off", 0.9, (*article).orgOfSignOff},
	{"letterhead", 0.85, (*article).orgOfLetterhead},
	{"speaker", 0.85, (*article).orgOfSpeaker},
	{"opening", 0.65, (*article).orgOfOpening},
}

// reporter is the organisation that reports, as printed, with its witness.
func (a *article) reporter() (string, schema.Evidence) {
	for _, w := range orgWitnesses {
		if org := strings.Join(strings.Fields(w.ask(a)), " "); org != "" {
			return org, schema.Evidence{Method: w.method, Words: org, Score: w.score}
		}
	}
	return "", schema.Evidence{}
}

// orgOfTitle is the body that a title names first: 清屏县民政局2012年工作总结,
// 2018年县卫计局2018年度小结. A title that is the name of the file counts as well.
func (a *article) orgOfTitle() string {
	if org := a.governmentOfTitle(); org != "" {
		return org
	}
	start := a.x.orgStart(a.title)
	if a.x.lex.Forward.Starts(a.title[start:]) {
		return ""
	}
	end := a.x.orgIn(a.title[start:])
	if under := strings.LastIndex(a.title, "-") + 1; end == 0 && under > 0 { // 再上新台阶——清屏县民政局2012年工作总结
		start = under
		end = a.x.orgIn(a.title[start:])
	}
	if own, _ := a.ownPart(a.x.regions(), 0, a.title); !strings.Contains(own, a.title[start:start+end]) { // 致昆明市人民政府的报告
		return ""
	}
	return cutRunes(a.Title, utf8.RuneCountInString(a.title[:start]), utf8.RuneCountInString(a.title[start:start+end]))
}

// governmentOfTitle is that of 2025年云南省政府工作报告 and of 国务院政府工作报告.
func (a *article) governmentOfTitle() string {
	at := strings.Index(a.title, "政府工作报告")
	if at <= 0 {
		return ""
	}
	start := a.x.orgStart(a.title[:at])
	if utf8.RuneCountInString(a.title[start:at]) < 2 || len(years(a.title[start:at], true)) > 0 {
		return ""
	}
	end := at + len("政府")
	if strings.HasSuffix(a.title[:at], "国务院") {
		end = at
	} else if strings.HasSuffix(a.title[:at], "人民") && start == at-len("人民") {
		return ""
	}
	return cutRunes(a.Title, utf8.RuneCountInString(a.title[:start]), utf8.RuneCountInString(a.title[start:end]))
}

// orgStart is where the words of a title begin behind a year, a number, 关于.
func (x *reader) orgStart(title string) int {
	rest := title
	for cut := true; cut; {
		cut = false
		rest = strings.TrimLeft(rest, " -:、.,()【】[]《》“”")
		for _, w := range x.lex.TitleLead.Words {
			if t, ok := strings.CutPrefix(rest, w); ok {
				rest, cut = t, true
			}
		}
		t := strings.TrimLeftFunc(rest, func(r rune) bool { return isDigit(r) || r == 'x' || r == 'X' || r == '_' || r == '*' })
		if t != rest && hasPrefixOf(t, []string{"年", "、", ".", " "}) {
			rest, cut = t, true
		}
		if hits := years(clipHead(rest, 8), true); len(hits) > 0 && hits[0].start == 0 {
			rest, cut = rest[hits[0].end:], true
		}
		if t, ok := strings.CutPrefix(rest, "篇"); ok {
			if n, size := ordinalAt(t); n > 0 {
				rest, cut = t[size:], true
			}
		}
	}
	return len(title) - len(rest)
}

// orgIn is the length of the name of a body at the front of a folded text: of
// 县水务局关于2015年度… it is that of 县水务局. It is 0 if there is none.
func (x *reader) orgIn(text string) int {
	best, n, broken := 0, 0, false
	year := len(text) + 1
	if hits := years(text, true); len(hits) > 0 {
		year = hits[0].start
	}
	for i, r := range text {
		if n++; i == year || n > 32 || !unicode.Is(unicode.Han, r) && r != '×' && r != 'x' && r != 'X' && r != '*' && r != '(' && r != ')' {
			if i == year || isDigit(r) || strings.ContainsRune("( “\"、·:", r) { // a year, a bracket or a quotation follows
				best = max(best, x.orgEnd(text, i))
			}
			broken = true
			break
		}
		if i > 0 && x.lex.OrgSure.Ends(text[:i]) && !x.lex.OrgGoesOn.Starts(text[i:]) {
			best = max(best, x.orgEnd(text, i))
		}
		if i > 0 && (x.lex.OrgStop.Starts(text[i:])) {
			if k := x.orgEnd(text, i); k > 0 {
				best = k
				if hasPrefixOf(text[i:], []string{"工作", "年", "关于"}) || x.lex.Forward.Starts(text[i:]) {
					break
				}
			}
		}
	}
	if !broken && best == 0 {
		best = x.orgEnd(text, len(text))
	}
	return best
}

// orgEnd returns end if text[:end] is the name of a body, else 0.
func (x *reader) orgEnd(text string, end int) int {
	name := strings.TrimRight(text[:end], " ")
	if utf8.RuneCountInString(name) < 2 || !x.lex.OrgEnd.Ends(name) || strings.ContainsAny(name, "的,，。、把被了是") {
		return 0
	}
	if x.lex.NotOrg.Has(name) || x.lex.NotOrgEnd.Ends(name) {
		return 0
	}
	return len(name)
}

// signs reports whether a block is the name of a body and nothing else: 水利部办公厅.
func (a *article) signs(b *aBlock) bool {
	text := strings.Trim(a.x.unsealed(strings.ReplaceAll(b.text, " ", "")), "()")
	n := utf8.RuneCountInString(text)
	return strings.Count(text, "(") == strings.Count(text, ")") && b.kind != schema.Row && n >= 3 && n <= 30 && a.x.orgEnd(text, len(text)) > 0 && !strings.Contains(text, ":") && onlyHan(text)
}

func onlyHan(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.Is(unicode.Han, r) && r != '×' && r != '(' && r != ')' && r != 'x' && r != 'X'
	})
}

// orgOfSignOff is the body that stands above the date of a sign-off or before it.
func (a *article) orgOfSignOff() string {
	for _, i := range a.signOffs() {
		if rest := cutDate(a.blocks[i].text); rest != "" {
			rest = a.x.unsealed(strings.ReplaceAll(rest, " ", ""))
			if a.signs(&aBlock{text: rest}) {
				return clipHead(bared(strings.ReplaceAll(strings.ReplaceAll(a.blocks[i].plain, " ", ""), "\u3000", "")), utf8.RuneCountInString(rest))
			}
			continue
		}
		if i > 0 && a.signs(&a.blocks[i-1]) && !(i > 1 && a.signs(&a.blocks[i-2])) { // of several none reports alone
			return a.signature(i - 1)
		}
	}
	n := len(a.blocks)
	if n < a.body+2 || !strings.HasSuffix(a.blocks[n-2].text, "。") && !onlyDate(a.blocks[n-2].text) || a.x.lex.Addressed.In(a.blocks[n-2].text) {
		return ""
	}
	if last := &a.blocks[n-1]; a.signs(last) && (a.x.placed(last.text) || a.x.lex.NationalOrg.Starts(last.text) || a.x.lex.PlaceZone.In(last.text) || strings.Contains(a.title, clipHead(last.text, 4))) {
		return a.signature(n - 1) // without a date, or below it
	}
	return ""
}

// signature is the body that a block names, without its seal: 清屏县民政局(盖章).
func (a *article) signature(i int) string {
	b := &a.blocks[i]
	name := strings.Trim(a.x.unsealed(b.text), "() ")
	return clipHead(bared(b.plain), utf8.RuneCountInString(name))
}

// bared is a line without the bracket that it opens with: (清屏县民政局).
func bared(line string) string { return strings.TrimLeft(line, "(（ \u3000") }

// unsealed is the name of a body without the word for its seal.
func (x *reader) unsealed(name string) string {
	for _, w := range x.lex.Sealed.Words {
		if s, ok := strings.CutSuffix(name, w); ok {
			return s
		}
	}
	return name
}

// orgOfLetterhead is that of a paper's head (朔川县水务局文件), or the body above or under the title.
func (a *article) orgOfLetterhead() string {
	under := false
	for i := 0; i < len(a.blocks) && i < 6; i++ {
		b := &a.blocks[i]
		if a.signs(b) && (under || i+1 < len(a.blocks) && strings.HasSuffix(a.title, a.blocks[i+1].text) && a.blocks[i+1].text != "") {
			return b.plain
		}
		aside := strings.HasPrefix(b.text, "(") && strings.HasSuffix(b.text, ")") || onlyDate(strings.TrimSuffix(b.text, "度")) // 工作总结|2011年度
		under = a.title != "" && (under && aside || strings.HasSuffix(a.title, b.text))
		if name, ok := strings.CutSuffix(b.text, "文件"); ok && a.signs(&aBlock{text: name}) {
			return clipHead(b.plain, utf8.RuneCountInString(name))
		}
	}
	return ""
}

// orgOfSpeaker is the body that a speaker stands for: 我代表县人民政府向大会报告工作.
func (a *article) orgOfSpeaker() string {
	text := clipHead(a.text, 400)
	for from := 0; ; {
		i := strings.Index(text[from:], "代表")
		if i < 0 {
			return ""
		}
		from += i + len("代表")
		if hasPrefixOf(text[from:], []string{"大会", "团", "会"}) {
			continue
		}
		for _, end := range []string{"人民政府", "国务院", "法院", "检察院", "常务委员会"} {
			k := strings.Index(text[from:], end)
			if k < 0 || k > 60 || strings.ContainsAny(text[from:from+k], ",，。、;:") {
				continue
			}
			return a.printed(from, from+k+len(end))
		}
	}
}

// orgOfOpening is the body that acts in the first sentence: 2021年,市农业农村局深入…
// It stands at the front of a clause and is no body that leads or helps.
func (a *article) orgOfOpening() string {
	if a.body >= len(a.blocks) || a.blocks[a.body].kind == schema.Row || a.x.lex.News.In(clipHead(a.text, 200)) ||
		a.title != "" && !containsAny(a.title, a.x.lex.ReportTitle) && !a.x.lex.OwnBody.In(a.text) {
		return ""
	}
	b := &a.blocks[a.body]
	text := clipHead(b.text, 80)
	if end := strings.IndexAny(text, "。;"); end >= 0 {
		text = text[:end]
	}
	at := 0
	for _, clause := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '，' || r == ':' }) {
		start := strings.Index(text[at:], clause) + at
		at = start + len(clause)
		lead := a.x.orgStart(clause)
		for _, w := range a.x.lex.OrgLead.Words {
			if strings.HasPrefix(clause[lead:], w) {
				lead += len(w)
				break
			}
		}
		if n := a.x.actor(clause[lead:]); n > 0 && (a.title != "" || a.x.lex.OwnBody.In(a.text) || a.x.namesPlace(clause[lead:lead+n])) {
			from := utf8.RuneCountInString(text[:start+lead])
			return cutRunes(b.plain, from, utf8.RuneCountInString(clause[lead:lead+n]))
		}
	}
	return ""
}

// actor is the length of the name of a body with its place that begins a clause
// and is followed by what it does.
func (x *reader) actor(clause string) int {
	n := 0
	for i := range clause {
		if n++; n > 18 {
			break
		}
		if k := x.orgEnd(clause, i); k > 0 && n > 3 && x.placed(clause[:k]) && !x.withOthers(clause[:k]) && !hasPrefixOf(clause, x.lex.NoActor.Words) && !hasPrefixOf(clause[i:], x.lex.NoActorBefore.Words) {
			if digits := strings.TrimLeft(clause[k:], "0123456789"); containsAny(clause[:k], x.lex.Making) || digits != clause[k:] && !strings.HasPrefix(digits, "年") {
				continue // 中枢镇新建敬老院1所 is no reporter
			}
			return k
		}
	}
	return 0
}

// placed reports whether the name of a body says of which place it is: 县水利局,
// 清屏县水利局, 市农业农村局.
func (x *reader) placed(name string) bool {
	n := 0
	for _, r := range name {
		if n++; n > 8 {
			return false
		}
		if strings.ContainsRune("省市县区州旗镇乡盟", r) {
			return true
		}
	}
	return false
}

// withOthers reports words of others beside a body: 县民政局与县财政局; not 同 of 大同市, 同心县.
func (x *reader) withOthers(body string) bool {
	const others = "有与同某"
	if !strings.ContainsAny(body, others) {
		return false
	}
	if found := x.regions().Mentions(body); x.namesPlace(body) {
		body = body[found[0].End:]
	}
	return strings.ContainsAny(body, others)
}

// namesPlace reports the name of a body that begins with that of its place: 清屏县水利局.
func (x *reader) namesPlace(body string) bool {
	found := x.regions().Mentions(body)
	return len(found) > 0 && found[0].Start == 0
}
