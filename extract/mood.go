package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// Mood: whether a figure is a result or an intention. It goes by clause. A word
// of intention (计划, 拟, 力争) holds to the end of its sentence, until a clause
// says that something has happened (目前已); a heading of plans holds for its
// section; a policy is all intention.

// setStatus decides between result and intention.
func (x *reader) setStatus(m, prev *mention) {
	if x.setsGoals(m.gap) {
		x.scope.goals = true
		x.future = x.future || !x.inResults() && x.findIn(m.gap, "任务") < 0 // 年初下达的主要目标是:…。半年来,…
	}
	if x.intended(m, prev) {
		m.status = schema.Planned
	}
}

// reported reports a clause that says where what follows is known from: 据摸底,….
func (x *reader) reported(p phrase) bool {
	for i := p.from; i < p.to; i++ {
		if x.line.r[i] == '据' && (i == 0 || isPunct(x.line.r[i-1])) {
			return true
		}
	}
	return false
}

// plannedTo reports a plan of what stands before it, 危房改造计划90户, and no programme that is called so: 雨露计划90人.
func (x *reader) plannedTo(m *mention) bool {
	return x.endsWithWord(m.own.to, x.lex.PlannedTo) && !x.holdsAny(m.own, x.lex.Called)
}

// comes reports words that name a time after the report's: 明年, 到2015年. What is intended for it holds to the end of its paragraph.
func (x *reader) comes(p phrase) bool {
	if x.holdsAny(p, x.lex.Ahead) {
		return true
	}
	for _, year := range fourDigits.FindAllString(x.text(p), -1) {
		if n := smallInt(year); n > x.year && n <= x.year+20 {
			return true
		}
	}
	return false
}

var fourDigits = regexp.MustCompile(`(?:19|20)\d\d`)

// means keeps what an intention says of the figures behind it.
func (x *reader) means(m, prev *mention) {
	s := &x.scope
	s.intended = s.intended || !m.openBracket && !x.former(m) && !x.plannedTo(m) // (任务14815亩) says nothing of what follows
	s.coming = s.intended && (s.coming || x.comes(m.gap))
	s.tasked = x.task(m, prev) || x.designed(m)
}

func (x *reader) intended(m, prev *mention) bool {
	if m.fromNow(x) {
		return x.plan && prev != nil && !x.holdsAny(m.own, x.lex.Now) // 将由一九五二年的26.7%上升到
	}
	if x.scope.tasked && prev != nil && m.clause != prev.clause {
		x.scope.intended, x.scope.tasked = false, false // 建设规模1.2万亩;出让土地32宗
	}
	switch {
	case x.plan, x.inPlan(), x.future, x.scope.planned:
		return true
	case !m.yard.empty():
		return m.planned // of what was done, it says no more
	case x.meant(m, prev):
		x.means(m, prev)
		return true
	case m.drafted, x.onceBuilt(m):
		x.scope.drafted = x.lines
		return true
	case x.scope.tasked && x.builtHere(m.own): // 下达任务2.43万人,建成集中供水工程29处
		x.scope.intended, x.scope.tasked = false, false
		return false
	case (x.scope.goals || x.scope.promised) && !x.happened(m.gap) && !x.nowDone(m.to):
		return true // 下半年重点:完成投资1.2亿元
	case (x.scope.intended || x.scope.drafted == x.lines) && !x.doneHere(m, prev):
		return true
	case x.ahead(m, prev), x.replanned(m, prev), x.toCome(m):
		return true
	}
	x.scope.intended, x.scope.drafted = false, 0
	return false
}

// toCome reports a figure of a whole year after the report's, or of its end, which none can tell but as a plan: 到2015年底,养老
// 床位达到1200张, of a report of 2014. A year named in one item of a list says nothing of the next: (1)2015年需6亿元;(2)….
func (x *reader) toCome(m *mention) bool {
	if x.year == 0 || x.year != x.spoken || len(m.period.End) < 4 || smallInt(m.period.End[:4]) <= x.year || !strings.HasSuffix(m.period.End, "-12-31") || x.happened(m.gap) {
		return false
	}
	const within = 400 // runes in which the year is looked for
	from := max(0, m.from-within)
	first, last := -1, 0 // where the list begins, and the item at hand
	for i := from; i < m.from; i++ {
		if x.line.r[i] != '(' || !isDigit(x.line.at(i+1)) && hanDigit(x.line.at(i+1)) < 0 {
			continue
		}
		if first < 0 {
			first = i
		}
		if x.line.at(i-1) == ';' {
			last = i
		}
	}
	return last == 0 || x.comes(phrase{last, m.from}) || x.comes(phrase{from, first})
}

// meant reports a figure that its own clause or one before makes an intention.
func (x *reader) meant(m, prev *mention) bool {
	return m.planned || x.willBe(m) || x.task(m, prev) || x.ground(m) || x.designed(m)
}

// former reports a plan that only says from where a thing came or what it is held against: 由原计划3.3亿元|调减到3.1亿元,
// 比原来设想的60亿元|多出50%.
func (x *reader) former(m *mention) bool {
	for i := m.own.from; i < m.own.to; i++ {
		if (x.line.among(i, "由从") || x.line.among(i, "比较") && !x.line.has(i, "比较")) && x.holdsAny(phrase{i, m.own.to}, x.lex.Former) {
			return true
		}
	}
	return false
}

// replanned reports what a plan was changed to, which is one again: 由原计划12座改为|8座.
func (x *reader) replanned(m, prev *mention) bool {
	return prev != nil && m.delim == 0 && m.name == prev.name && (m.change == "" || m.level || m.fromTo) && x.former(prev)
}

// onceBuilt reports words that say what will be when something is finished, which hold for its sentence:
// 建成后将新增灌溉面积2万亩, 投产后,预计可实现产值8亿元; but not 建成后,已发电3亿度.
func (x *reader) onceBuilt(m *mention) bool {
	for i := m.gap.from; i < m.own.to; i++ {
		if x.line.r[i] != '后' || !x.endsWithWord(i, x.lex.Completed) {
			continue
		}
		if i++; x.line.among(i, "，,") {
			i++
		}
		return x.startsWith(i, x.lex.Hence) && !x.happened(phrase{i, m.from})
	}
	return false
}

// ahead reports a figure that what is said of it puts off.
func (x *reader) ahead(m, prev *mention) bool {
	return x.later(m) || x.startsWith(m.to, x.lex.PutOff) || m.aimed || m.expected || x.ofExpected(m, prev) || x.holdsAny(m.own, x.lex.Rest) && x.holdsAny(m.post, x.lex.Later) && !x.happened(m.post) || x.unbuilt(m)
}

// opensGoals reports a sentence that makes what follows intentions: 2008年计划:, 下一步:, 明年重点:, but not
// 计划完成情况:; 为完成明年任务,我们将抓好以下工作.
func (x *reader) opensGoals(text string) bool {
	if x.looksAhead(text, x.year) || x.heralds(text) {
		return true
	}
	text = cutNumber(strings.TrimLeft(text, " \t\n\u3000"))
	at := colon(text)
	if blank := strings.IndexAny(text, " \u3000"); at < 0 || blank > 0 && blank < at { // 2023年工作打算 2023年,…
		at = blank
	}
	if at < 0 || utf8.RuneCountInString(text[:at]) > 12 {
		return false
	}
	words := strings.TrimRight(text[:at], " \u3000是")
	if containsAny(words, x.lex.GoalDone) {
		return false
	}
	return slices.ContainsFunc(x.lex.GoalOpener, func(w string) bool {
		before, ok := strings.CutSuffix(words, w)
		before = strings.TrimSuffix(before, "的") // 一九五七年的打算是:
		return ok && (before == "" || containsEnd(before, x.lex.GoalTime))
	})
}

// aheadWithin is how many characters tell whether a sentence speaks of what is to come.
const aheadWithin = 40

// looksAhead reports a sentence that begins with a time after a year and says what shall be then: 下半年,我们要抓住
// 施工黄金期; 2019年是收官之年 in a report on 2018.
func (x *reader) looksAhead(text string, year int) bool {
	text = strings.Map(foldRune, clipHead(strings.TrimLeft(text, " \t\n\u3000"), 2*aheadWithin))
	rest, found := cutStart(text, x.lex.Ahead)
	if hits := years(clipHead(text, 8), false); !found && year > 0 && len(hits) > 0 && hits[0].start == 0 && hits[0].year > year {
		rest, found = strings.TrimPrefix(text[hits[0].end:], "年"), true
	}
	if !found || x.looksBack(rest) || year > 0 && strings.Contains(rest, yearWord(year)) {
		return false
	}
	if strings.HasPrefix(rest, "是") || strings.IndexAny(rest, "，,") == 0 && !strings.Contains(text[:len(text)-len(rest)], "年") { // 下一步,…
		return true
	}
	head := []rune(rest)
	for i := range head {
		if i == aheadWithin || isDigit(head[i]) || head[i] == '。' {
			head = head[:i]
			break
		}
	}
	return x.aims(string(head))
}

// aims reports words of which a clause says what shall be done: 我们|要….
func (x *reader) aims(text string) bool {
	for clause := range strings.FieldsFuncSeq(text, clauseEnd) {
		clause, _ = cutStart(clause, x.lex.Ahead)
		own, ours := cutStart(clause, x.lex.Ours)
		if _, aims := cutStart(own, x.lex.Aims); aims || ours && hasPrefixOf(own, x.lex.Will) {
			return true
		}
	}
	return false
}

// heralds reports a sentence that announces a list of what shall be done in a time to come, which it names anywhere:
// 2017年主要工作任务是:, 今后一段时期,主要做好以下几项工作; but not 为明年打下了基础,主要做法如下.
func (x *reader) heralds(text string) bool {
	head := strings.Map(foldRune, clipHead(text, 2*aheadWithin))
	if at := strings.IndexByte(head, ':'); at >= 0 {
		head = head[:at]
	} else if !containsAny(head, x.lex.Announced) {
		return false
	}
	head = strings.TrimRight(cutNumber(head), "是为")
	ahead := containsAny(head, x.lex.Ahead)
	for _, h := range years(head, false) {
		if ahead = ahead || h.year > x.year && x.year > 0; h.year == x.year {
			return false
		}
	}
	if !ahead || x.looksBack(head) || containsAny(head, x.lex.ReportTitle) {
		return false
	}
	for _, w := range x.lex.NotDone {
		head = strings.ReplaceAll(head, w, "")
	}
	return !containsAny(head, x.lex.Done) && (x.aims(head) || strings.Contains(head, "将") || containsEnd(head, x.lex.GoalOpener) || containsEnd(head, x.lex.PlanEnd) || hasPrefixOf(head, x.lex.Ahead))
}

// lists reports a sentence that announces what stands below it.
func (x *reader) lists(text string) bool {
	return x.listHeads(text) || containsAny(text, x.lex.Announced)
}

// announces reports a sentence that opens a list of what shall be done: 今年将办好以下实事.
func (x *reader) announces(text string) bool {
	rest, found := cutStart(strings.Map(foldRune, clipHead(strings.TrimLeft(text, " \t\n\u3000"), aheadWithin)), x.lex.AheadNow)
	return found && containsAny(rest, x.lex.Announced)
}

// promises reports a sentence that opens such a list, or an item of it. The list ends where a sentence looks back.
func (x *reader) promises(text string) bool {
	if x.announces(text) {
		x.scope.announced = true
		return true
	}
	x.scope.announced = x.scope.announced && !x.recalls(text)
	head := strings.Map(foldRune, clipHead(text, 8))
	return x.scope.announced && cutNumber(head) != head
}

// recalls reports a sentence that begins with a time that has been: 今年, 全年, the year of the report.
func (x *reader) recalls(text string) bool {
	text = strings.TrimLeft(text, " \t\n\u3000")
	return hasPrefixOf(text, x.lex.Recall) || hasPrefixOf(text, x.lex.RecallNow) || x.looksBack(text) || x.year > 0 && strings.HasPrefix(text, yearWord(x.year))
}

// yearWord is a year as a text names it: 2019年.
func yearWord(year int) string { return strconv.Itoa(year) + "年" }

// looksBack reports a sentence that speaks of what was: 上半年, 去年, 全年共.
func (x *reader) looksBack(text string) bool { return containsAny(text, x.lex.Back) }

// cutStart cuts the first of some words that a text begins with off it.
func cutStart(text string, words []string) (rest string, found bool) {
	for _, w := range words {
		if rest, found = strings.CutPrefix(text, w); found {
			return rest, true
		}
	}
	return text, false
}

// fromNow reports the level that a plan starts from: 由一九五二年的百分之二十六点七.
func (m *mention) fromNow(x *reader) bool {
	return slices.ContainsFunc([]string{"由", "从"}, func(w string) bool {
		at := x.findIn(m.own, w)
		return at >= 0 && m.own.to-at <= 10 && (x.timeAt(at+1) > at+1 || at+1 == m.own.to)
	})
}

// task reports a figure that is a task set from above: 分配危房改造任务507人, 安排
// 260户建设任务. Done tasks are results: 完成任务507人.
func (x *reader) task(m, prev *mention) bool {
	if m.relation != "" || m.kind == schema.Change || m.isPercent() || x.happened(m.own) || x.taskDone(m, prev) {
		return false
	}
	if x.findIn(m.own, "任务") >= 0 || x.plannedTo(m) {
		return true
	}
	if !m.isMoney() && (containsEnd(x.text(m.own), x.lex.GivenDown) && m.post.empty() || x.holdsAny(m.own, x.lex.GivenDown) && x.findIn(phrase{m.to, min(m.to+12, len(x.line.r))}, "完成") >= 0) {
		return true // 危房改造省下达2900户; 市下达安居工程210户,实际完成320户
	}
	at := x.findIn(m.post, "任务")
	return at >= 0 && at <= m.to+8 && !x.happened(m.post) && x.findIn(m.post, "完成") < 0
}

// taskDone reports words before a figure, or before the one that it is joined to, that say of a task that it is done.
func (x *reader) taskDone(m, prev *mention) bool {
	return x.holdsAny(m.own, x.lex.TaskDone) || prev != nil && x.emptyOwn(m) && x.holdsAny(prev.own, x.lex.TaskDone)
}

// designed reports what a project is to be: its budget and its contents, as they were
// approved: 概算总投资2864万元, 建设内容包括3条干渠.
func (x *reader) designed(m *mention) bool {
	return m.kind != schema.Change && x.holdsAny(phrase{m.gap.from, m.from}, x.lex.Design) && !x.happened(m.gap) && x.findIn(m.gap, "完成") < 0
}

// ofExpected reports how much more an expected figure is: 预计能完成318万亩,比上年
// 扩大9万亩.
func (x *reader) ofExpected(m, prev *mention) bool {
	return prev != nil && prev.estimated && prev.status == schema.Planned && m.kind == schema.Change && !x.happened(m.gap)
}

// unbuilt reports a project of which the words behind it say that it has not begun:
// 全长46.3公里、投资1430万元的碧溪公路已下达投资计划. What is said of the figures
// between is its extent.
func (x *reader) unbuilt(m *mention) bool {
	if m.delim == 0 && x.happened(m.own) {
		return false
	}
	r := x.line.r
	const most = 60
	if !x.holdsAny(phrase{m.to, m.to + most + 10}, x.lex.Unbuilt) {
		return false
	}
	passed := false
	for i := m.to; i < min(m.to+most, len(r)) && r[i] != ';'; i++ {
		switch {
		case isDigit(r[i]) && !passed: // the next figure must be said of the same thing
			for i++; i < len(r) && (isDigit(r[i]) || r[i] == '.' || power(r[i]) > 0); i++ {
			}
			size, _ := x.lex.Units.Longest(r[i:])
			if passed = true; size == 0 || x.line.at(i+size) != '的' {
				return false
			}
		case isDigit(r[i]), r[i] == '已' && !x.line.has(i, "已下达"):
			return false
		}
		for _, w := range x.lex.Unbuilt {
			if x.line.has(i, w) {
				return !isDigit(x.line.at(i + utf8.RuneCountInString(w))) // 在建35户,尚未开工|20户
			}
		}
	}
	return false
}

// happened reports a phrase that says that something has happened: 已, 截至, 实际,
// but not 实际情况, 为了.
func (x *reader) happened(p phrase) bool {
	for _, w := range x.lex.Done {
		for at := x.findIn(p, w); at >= 0; at = x.findIn(phrase{p.from, at}, w) {
			if !x.coveredBy(at, w, x.lex.NotDone) {
				return true
			}
		}
	}
	return false
}

// coveredBy reports that the word at a place is only a part of one of the others.
func (x *reader) coveredBy(at int, word string, others []string) bool {
	for _, o := range others {
		if before, _, ok := strings.Cut(o, word); ok && x.line.has(at-utf8.RuneCountInString(before), o) {
			return true
		}
	}
	return false
}

// bids reports a clause before the figure's own, up to a ;, that wants what follows it: 力争…, 计划9月底前全部
// 开工,年底建成5500套.
func (x *reader) bids(gap phrase) bool {
	gap.from = max(gap.from, x.findIn(gap, ";"))
	if x.holdsAny(gap, x.lex.Bids) {
		return true
	}
	for i := gap.from; i < gap.to; i++ {
		if (i == 0 || clauseEnd(x.line.r[i-1])) && x.line.has(i, "计划") && x.timeAt(i+2) > i+2 {
			return true
		}
	}
	return false
}

// ground reports a clause before the figure that rests on a plan: 按照计划,…
func (x *reader) ground(m *mention) bool {
	for i := m.gap.from; i < m.own.from; i++ {
		for _, w := range x.lex.PlanGround {
			if !x.line.has(i, w) {
				continue
			}
			for j := i; j < m.own.from && !clauseEnd(x.line.r[j]); j++ {
				if j = x.skipTitle(j, m.own.from); j >= m.own.from {
					break // 根据《…工作方案》: what the law is, not what is planned
				}
				for _, noun := range x.lex.PlanNoun {
					if x.line.has(j, noun) && !x.arranged(j+utf8.RuneCountInString(noun)) {
						return true
					}
				}
			}
		}
	}
	return false
}

// arranged reports words behind the name of a plan that make it the will of those
// who lead: 按照县委的计划安排,…
func (x *reader) arranged(i int) bool {
	return x.line.at2(i, "安排", "要求") || x.line.at2(i, "部署", "精神")
}

// later reports that the clause behind the figure says what shall be done with
// it: 奖补资金633万元,拟于11月底发放到户.
func (x *reader) later(m *mention) bool {
	r := x.line.r
	i := m.to
	if !m.isMoney() || i >= len(r) || r[i] != '，' && r[i] != ',' || x.sumFollows(i+1) {
		return false
	}
	for _, t := range x.tokens(phrase{i + 1, min(i+12, len(r))}, nil) {
		switch {
		case t.is(lexicon.Plan):
			return (!isDigit(x.line.at(t.to)) || x.timeAt(t.to) > t.to) && x.line.at(t.to) != '的' && !x.startsWith(t.to, x.lex.PlanNoun) // 将86名孤儿纳入保障; 是计划的80%
		case x.among(t, x.lex.Compare), x.among(t, x.lex.ShareOf), !t.is(lexicon.Time) && !t.filler():
			return false // 收入520万元,较计划增长3.2%; 完成投资9740万元,占年度目标的52.4%
		}
	}
	return false
}

// sumFollows reports another sum in the clause from i, of which its words are said: 总投资920万元,|明年计划投资310万元.
func (x *reader) sumFollows(i int) bool {
	k, _ := slices.BinarySearchFunc(x.figs, i, func(f figure, i int) int { return cmp.Compare(f.from, i) })
	for ; k < len(x.figs) && !slices.ContainsFunc(x.line.r[i:x.figs[k].from], clauseEnd); k++ {
		if x.figs[k].isMoney() {
			return true
		}
	}
	return false
}

// setsGoals reports 今年主要预期目标是: from there to the end a report speaks of
// what shall be. 超额完成预期目标 sets none.
func (x *reader) setsGoals(p phrase) bool {
	for _, w := range x.lex.Goal {
		at := x.findIn(p, w)
		if at < 0 {
			continue
		}
		for i := at; i < min(p.to, at+len([]rune(w))+4); i++ {
			if r := x.line.r[i]; r == ':' || r == '是' || r == '为' {
				return true
			}
		}
	}
	return false
}

// willBe reports 将 in what follows the figure: 还有700余户将会被纳入.
func (x *reader) willBe(m *mention) bool {
	p := phrase{m.to, min(m.to+14, len(x.line.r))}
	for i := p.from; i < p.to && !isPunct(x.line.r[i]); i++ {
		if x.line.has(i, "将会") || x.line.has(i, "将被") {
			return true
		}
	}
	return false
}

// builtHere reports a word of building that is no condition: 完成480户, but not 完成后可减少300户.
func (x *reader) builtHere(p phrase) bool {
	for _, w := range x.lex.Built {
		if at := x.findIn(p, w); at >= 0 && x.line.at(at+utf8.RuneCountInString(w)) != '后' {
			return true
		}
	}
	return false
}

// doneHere reports words that say that something has happened, or that it was in a year before that of the report: 去年新建3所.
func (x *reader) doneHere(m, prev *mention) bool {
	past := has(x.lex.PastYear, m.period.Printed) && x.findIn(m.gap, m.period.Printed) >= 0 && !m.inPart && !x.holdsAny(m.gap, x.lex.LeftOver)
	if past || x.happened(m.gap) || x.nowDone(m.to) || x.reported(m.gap) {
		return true
	}
	return m.delim == 0 && x.findIn(m.own, "比") >= 0 && m.change == "" || x.underWay(m, prev) || x.fulfils(m, prev)
}

// fulfils reports what was done of a plan right before, told by 只 or by the share of the plan behind it: 原计划改造320户,只|完成210户;
// 年度计划投资3200万元,1-9月完成投资2860万元,占年计划的89.4%; not 计划改造1200户,竣工1000户.
func (x *reader) fulfils(m, prev *mention) bool {
	const near = 12
	if prev == nil || prev.line != m.line || !sameUnit(m, prev) || prev.status != schema.Planned || x.findIn(m.own, "完成") < 0 {
		return false
	}
	behind := phrase{min(m.to+1, len(x.line.r)), min(m.to+near, len(x.line.r))}
	share := x.line.among(m.to, "，,") && (x.line.at(m.to+1) == '占' || x.line.at(m.to+1) == '为') && (x.holdsAny(behind, x.lex.PlanNoun))
	return share || x.holdsAny(m.own, x.lex.Only)
}

// underWay reports how many of the things in a plan of old right before have been begun or finished: 规划新建学校12所,其中|开工8所;
// not 计划改造1200户,竣工1000户.
func (x *reader) underWay(m, prev *mention) bool {
	stage := func(m *mention) bool {
		return x.endsWithWord(m.own.to, x.lex.Begun) || x.endsWithWord(m.own.to, x.lex.Finished)
	}
	if prev == nil || prev.line != m.line {
		return false
	}
	said := phrase{0, prev.from}
	return prev.status == schema.Planned && !prev.planned && x.findIn(said, "将") < 0 && x.holdsAny(said, x.lex.Blueprint) && sameUnit(m, prev) && stage(m) && m.own.to-m.own.from < 6 &&
		m.value.Known() && prev.value.Known() && m.value.Cmp(prev.value) <= 0
}

// nowDone reports a clause behind a figure that begins with 已 or 均已:
// 续建项目3个,已全部达到进度要求.
func (x *reader) nowDone(i int) bool {
	if x.line.at(i) != '，' && x.line.at(i) != ',' {
		return false
	}
	for i++; x.line.among(i, "均全都现部"); i++ {
	}
	k, _ := slices.BinarySearchFunc(x.figs, i, func(f figure, i int) int { return cmp.Compare(f.from, i) })
	figure := k < len(x.figs) && !slices.ContainsFunc(x.line.r[i:x.figs[k].from], clauseEnd) // 新修渠道86公里,已完成投资4600万元
	return x.line.at(i) == '已' && !x.line.has(i, "已下达") && !figure
}

// listHead reads a sentence that announces a list: whether its figures are
// planned, and what they measure: 主要产品的计划产量如下.
func (x *reader) listHead(text string) {
	x.scope.measure = ""
	x.scope.planned = containsAny(text, x.lex.PlanNoun) && !containsAny(text, x.lex.Done) && !strings.Contains(text, "完成")
	for _, w := range x.lex.ListMeasure {
		if strings.Contains(text, w) {
			x.scope.measure = w
		}
	}
}

// listHeads reports a sentence that ends by announcing a list.
func (x *reader) listHeads(text string) bool {
	return containsEnd(strings.Map(foldRune, clip(strings.TrimRight(text, " \n\u3000"), 5)), x.lex.ListHead)
}

// listed reports a sentence that is an item of an announced list: 钢:从…
func (x *reader) listItem(text string) bool {
	i := colon(text)
	return i > 0 && utf8.RuneCountInString(text[:i]) <= 10
}

// colon is where the first colon stands among the first sixteen or more characters of a text, -1 if
// there is none.
func colon(text string) int {
	text = text[:min(len(text), 16*utf8.UTFMax)]
	at := strings.IndexByte(text, ':')
	if i := strings.Index(text, "："); i >= 0 && (at < 0 || i < at) {
		return i
	}
	return at
}
