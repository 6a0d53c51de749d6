package audit

// Shares of a base, and how far a plan was completed:
//
//	完成1.37亿元,为年计划1.2亿元的114.2%           completions: the base stands before 的
//	完成8条、12座,分别占全年计划的133%、100%       shares: each of its own plan
//	已竣工454间,占应恢复重建房屋的88.5%            shares: 占
//	受理275件,结案268件,结案率97.5%                shares: a rate by its name

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// leads are the characters that lead from a name to its figure: 参合率|达到95%.
const leads = "达到为约近是"

// isShare reports a per cent that can be a part of a whole.
func (x *checker) isShare(f *figure) bool {
	if !f.span.known || f.span.noLow || f.span.noTop || f.Kind == schema.Masked || f.Kind == schema.Suspect || slices.Contains(f.Flags, "ratio") {
		return false
	}
	return f.isPercent() || f.Unit == "成" || hundred(f) == 100000
}

// completions finds per cents whose base stands right before them.
func (x *checker) completions() {
	for i := 1; i < len(x.figs); i++ {
		s := &x.figs[i]
		if !x.isShare(s) && !(s.Unit == "倍" && s.span.known) || s.Unit == "成" {
			continue
		}
		x.based(s)
	}
}

// based checks a per cent that follows its base: 任务5800人的107.2%.
func (x *checker) based(s *figure) bool {
	b := &x.figs[s.n-1]
	between := strings.TrimSpace(s.pre)
	if !x.standsBefore(b, s, between) || s.Unit == "倍" && !x.Plan.In(b.clause) && len(yearsIn(b.clause)) == 0 && !x.LastYear.In(b.clause) {
		return false
	}
	if x.Each.In(b.clause) && x.sharesOfEach(s) {
		return true
	}
	kind := "share"
	if x.Plan.In(b.clause + between) {
		kind = "completion"
	}
	var nearest *figure
	for p := range x.back(b, 7, nil) {
		if !sameSentence(p, b) && (p.sentence < b.sentence-1 || p.Section != b.Section) {
			break
		}
		if !x.mayBeOf(p, b) {
			continue
		}
		if r := x.basedOn(s, p, b, kind); r != nil {
			return x.report(*r)
		}
		if nearest == nil && p.Kind != schema.Change {
			nearest = p
		}
	}
	return nearest != nil && !x.conjoined(nearest) && x.report(shareOf(kind, s, nearest, b))
}

// mayBeOf reports a figure that may be held against a base.
func (x *checker) mayBeOf(p, b *figure) bool {
	return (p.unit == b.unit || b.unit == "个" && p.unit == "人") && p.Per == b.Per && p.span.known && !p.isPercent() && !strings.Contains(p.clause, "超") &&
		!x.isBase(p) && (!x.comparedWith(p) || x.isDifference(p)) && p.depth <= b.depth
}

// basedOn is the share of p, of its total (损失2.32亿元,其中…,占生产总值61.7亿元的3.8%) or of town and
// country, whichever holds.
func (x *checker) basedOn(s, p, b *figure, kind string) *relation {
	r := shareOf(kind, s, p, b)
	if x.startsWith(b.clause, []string{"超过", "超"}) { // 收购105万斤,超过计划90万斤的16.7%
		r = growthOver(x, s, p, b)
		r.direction = 1
	}
	if r.holds() {
		return &r
	}
	if t := p.up; t != nil {
		if r := shareOf(kind, s, t, b); r.holds() {
			return &r
		}
	}
	if x.inTownAndCountry(s, p, &r) {
		return &r
	}
	return nil
}

// inTownAndCountry adds the part of the town to that of the country where the words name both:
// 城市低保对象4587人,…农村低保对象17263人…。城乡低保对象占38.64万人的5.65%.
func (x *checker) inTownAndCountry(s, p *figure, r *relation) bool {
	if !strings.Contains(x.sentenceOf(s), "城乡") {
		return false
	}
	for q := range x.back(p, farFlow, sameSection) {
		if sameMeasure(p, q) && x.partLike(q) && x.townAndCountry(p, q) {
			r.members = []*figure{q, p, r.members[1]}
			return r.holds()
		}
	}
	return false
}

// standsBefore reports a base right before its share: 为年计划1.2亿元的114.2%.
func (x *checker) standsBefore(b, s *figure, between string) bool {
	if !sameSentence(b, s) || b.isPercent() || b.Kind == schema.Change || !b.span.known {
		return false
	}
	if utf8.RuneCountInString(between) > 8 || strings.ContainsAny(between, ",占") || !strings.HasSuffix(between, "的") {
		return false
	}
	return x.Of.In(b.clause)
}

func shareOf(kind string, s, part, base *figure) relation {
	return relation{kind: kind, op: "share", stated: s, members: []*figure{part, base}}
}

// sentenceOf is the folded text of a figure's sentence before it.
func (x *checker) sentenceOf(f *figure) string {
	var b strings.Builder
	for k := f.n; k >= 0 && k > f.n-40 && sameSentence(&x.figs[k], f); k-- {
		b.WriteString(x.figs[k].pre)
	}
	return b.String()
}

// common counts the characters of the shorter label that the longer one has.
func common(a, b string) (n int) {
	if len(a) > len(b) && utf8.RuneCountInString(a) > utf8.RuneCountInString(b) {
		a, b = b, a
	}
	for _, r := range a {
		if strings.ContainsRune(b, r) {
			n++
		}
	}
	return n
}

// shares finds per cents with 占 and rates with a name.
func (x *checker) shares() {
	for i := range x.figs {
		s := &x.figs[i]
		if !x.isShare(s) || x.figs[i].taken || s.Kind == schema.Change && !strings.Contains(s.clause, "自然增长率") {
			continue
		}
		if x.growing(s) && !(strings.Contains(s.clause, "占") && strings.HasSuffix(s.clause, "到")) { // 占总产值的比重提高到70.6%
			if x.turned(i) && x.rateName(&x.figs[i-1]) != "" {
				x.turnedRate(s)
			}
			continue
		}
		switch {
		case (x.Each.In(s.clause) || strings.Contains(s.clause, "占比")) && x.sharesOfEach(s):
		case strings.Contains(s.clause, "占") || x.isBareShare(s):
			x.shareOfBase(s)
		case x.turned(i) && x.rateName(&x.figs[i-1]) != "":
			x.turnedRate(s)
		case x.rateName(s) != "" || s.clause == "完成":
			x.namedRate(s)
		}
	}
}

// reckoned checks shares and densities whose base says that they are reckoned by it: 贫困人口
// 7684人。按农业人口24.9万人计算,贫困发生率由6.8%下降到3.1%.
func (x *checker) reckoned() {
	for i := range x.figs {
		b := &x.figs[i]
		if at := strings.LastIndex(b.pre, "按"); at < 0 || strings.ContainsAny(b.pre[at:], ",;。") || !x.Computed.In(firstClause(b.post)) || !x.partLike(b) {
			continue
		}
		for k := max(0, i-1); k < len(x.figs) && (k < i || sameSentence(&x.figs[k], b)); k++ {
			if s := &x.figs[k]; k != i && (k > i || sameSentence(s, b) && b.depth > s.depth) && s.span.known && s.span.exact && !x.figs[k].taken {
				x.reckonedBy(s, b)
			}
		}
	}
}

// reckonedBy checks one share or density against its base; it says something only if it holds.
func (x *checker) reckonedBy(s, b *figure) bool {
	for part := range x.back(b, 8, nil) {
		if part.Section != b.Section {
			return false
		}
		if !x.partLike(part) {
			continue
		}
		r := shareOf("share", s, part, b)
		if s.Per == b.unit {
			break
		}
		if n, unit, _ := x.densityOf(s); n > 0 && unit == b.unit && part.unit == s.unit {
			r = relation{kind: "average", op: "density", stated: s, members: []*figure{part, b}, months: n}
		} else if !x.isShare(s) || !x.commensurable(part, b) || part.Value.Cmp(b.Value) > 0 {
			continue
		}
		if r.holds() && x.tight(&r) {
			return x.report(r)
		}
	}
	if unit, _ := x.perOf(s); !slices.Contains(x.countUnits(unit), b.unit) {
		return false
	}
	t := trial{x: x, worth: called}
	for _, sum := range x.inUnits(s, convertible(s.unit)) { // 按人口45.00万人计算,人均地区生产总值48587元
		t.tried++
		t.try(meanFrom(s, sum, b))
	}
	return x.reportOnly(&t)
}

// growing reports a per cent of growth, whatever its kind.
func (x *checker) growing(s *figure) bool {
	return x.Growing.In(s.clause) && !strings.Contains(s.clause, "自然增长率") || x.Step.Has(s.clause)
}

// shareNoun is the name of the base of a share, empty if it gives none.
func (x *checker) shareNoun(s *figure) string {
	_, noun, ok := strings.Cut(s.clause, "占")
	switch {
	case x.isBareShare(s):
		return ""
	case !ok:
		noun = s.clause
	}
	return x.baseNoun(noun)
}

// isBareShare reports a share that says no more than that it is one: 比重为17.7%.
func (x *checker) isBareShare(s *figure) bool {
	bare := strings.TrimRight(s.clause, leads)
	return bare != "率" && x.ShareEnd.Has(bare)
}

// A pair is a part and its base.
type pair struct{ part, base *figure }

// shareOfBase checks 占: the part before it against the bases that fit.
func (x *checker) shareOfBase(s *figure) {
	noun := x.shareNoun(s)
	owner := ""
	if i := strings.LastIndex(s.clause, "占"); i > 0 {
		owner = strings.TrimSpace(s.clause[:i])
	}
	parts := x.partsFor(s, owner)
	if strings.Contains(noun, "增加额") { // 12月增加402万元,占全年增加额的45.7%
		parts = []*figure{&x.figs[max(0, s.n-1)]}
	}
	var sure, swapped *pair
	var rough *relation
	for _, part := range parts {
		if part.n+1 < len(x.figs) && x.figs[part.n+1].share.part == part && part != parts[0] {
			continue // it has its own
		}
		for _, base := range x.basesFor(s, part, noun) {
			r := shareOf("share", s, part, base)
			if x.gives(&r, &rough) {
				return
			}
			if sure == nil && part == parts[0] && (owner == "" || strings.ContainsAny(part.clause+part.Label, owner)) && x.sureBase(s, part, base, noun) { // 水田8.6万亩,旱地34万亩,地主、富农占有耕地的46%
				sure = &pair{part, base}
			}
			if swapped == nil && noun != "" && x.fits(noun, base) && sameSentence(part, s) {
				if e := x.slipOf(&r, untilSwap); e.Kind == "swap" && e.Seq == s.Seq {
					swapped = &pair{part, base}
				}
			}
		}
	}
	if swapped != nil && sure != nil { // two digits that changed places say more than who stands next to whom
		sure = swapped
	}
	if rough != nil {
		x.report(*rough)
	} else if sure != nil {
		x.reportSure(s, sure)
	} else if noun == "" && len(parts) > 0 && parts[0].n == s.n-1 {
		x.farBase(s, parts[0])
	}
}

// gives reports a share that holds, if what is printed is exact enough to tell its base from others: of 1%, which may be 1.4%, another
// may be meant that gives it better, and the first such is kept.
func (x *checker) gives(r *relation, rough **relation) bool {
	switch {
	case !r.holds() || !x.tight(r):
		return false
	case !x.close(r, 10):
		if *rough == nil {
			*rough = r
		}
		return false
	}
	r.stated.share = pair{r.members[0], r.members[1]}
	x.report(*r)
	return true
}

// ofWhat is the name in 为积压物资的72.4%, 采伐量相当于生长量的56%; empty where a clause is no such.
func (x *checker) ofWhat(clause string) string {
	for _, w := range x.OfWhat.Words {
		if i := strings.Index(clause, w); i >= 0 && strings.HasSuffix(clause, "的") {
			if name := strings.TrimSuffix(clause[i+len(w):], "的"); utf8.RuneCountInString(name) > 1 {
				return name
			}
			return ""
		}
	}
	return ""
}

// farBase checks a share that names no base against the only figure further up that fits it:
// 倒塌房屋2864户…已动工1730户,占60.4%.
func (x *checker) farBase(s, part *figure) bool {
	if s.span.step >= 0 || !sameSentence(part, s) || part.Value.Cmp(schema.Int(100)) < 0 {
		return false
	}
	var only *figure
	for b := range x.back(part, farTotal, nil) {
		if b.Article != s.Article || b.unit != part.unit || !x.partLike(b) || b.Value.Cmp(part.Value) <= 0 {
			continue
		}
		if !mayBeShare(s, part, b) {
			continue
		}
		if r := shareOf("share", s, part, b); r.holds() && x.tight(&r) && (only == nil || only.Value.Cmp(b.Value) != 0) {
			if only != nil {
				return false
			}
			only = b
		}
	}
	if only == nil {
		return false
	}
	s.share = pair{part, only}
	return x.report(shareOf("share", s, part, only))
}

// mayBeShare reports that a share is not far from what is printed; it saves the fractions of those that are.
func mayBeShare(s, part, base *figure) bool {
	n := schema.Int(hundred(s))
	least, most := part.span.lo.Mul(n), part.span.hi.Mul(n)
	low, high := base.span.lo.Mul(s.span.lo), base.span.hi.Mul(s.span.hi)
	return !least.Known() || !most.Known() || !low.Known() || !high.Known() || most.Cmp(low) >= 0 && least.Cmp(high) <= 0
}

// conjoined reports a figure that stands side by side with one before it of its unit.
func (x *checker) conjoined(f *figure) bool {
	return f.n > 0 && sameSentence(&x.figs[f.n-1], f) && x.figs[f.n-1].unit == f.unit && x.figs[f.n-1].depth == f.depth && x.And.Starts(strings.TrimSpace(f.pre))
}

// sharesOfEach checks 分别占: 发生火灾731起,亡4人,分别占总数的7.4%和7.7%; 自足户9318户、缺粮户4276户,分别占总农户32236户的28.9%和
// 13.3%. Each share is of the figure in its place.
func (x *checker) sharesOfEach(first *figure) bool {
	n, end := x.lengthFrom(first, func(f *figure) bool { return x.isShare(f) && x.beside(f.n) }), first.n
	var printed []*figure
	if b := &x.figs[max(0, end-1)]; x.Each.In(b.clause) && x.standsBefore(b, first, strings.TrimSpace(first.pre)) {
		end, printed = b.n, []*figure{b}
	}
	if n < 2 || end < n {
		return false
	}
	if x.eachOfTotal(first, n) {
		return true
	}
	found := false
	var wrong []relation
	nouns := x.nounsOfEach(first, n)
	for j := range n {
		s, part := &x.figs[first.n+j], &x.figs[end-n+j]
		if !sameSentence(part, s) || !x.partLike(part) {
			return found
		}
		bases := printed
		if bases == nil {
			bases = x.basesFor(first, part, nouns[j])
		}
		for _, base := range bases {
			r := shareOf("share", s, part, base)
			if r.holds() && x.tight(&r) {
				s.share = pair{part, base}
				found = x.report(r) || found
				break
			}
			if printed != nil && sameMeasure(part, base) {
				wrong = append(wrong, r)
			}
		}
	}
	if found && 2*len(wrong) <= n {
		for _, r := range wrong {
			x.report(r)
		}
	}
	return found
}

// mostHold reports relations of one kind if two thirds of them hold.
func (x *checker) mostHold(all []relation, holding int) bool {
	if holding*3 < len(all)*2 {
		return false
	}
	for _, r := range all {
		x.report(r)
	}
	return true
}

// eachOfTotal checks shares of one total whose members stand further up, if most of them hold:
// 三次产业增加值占生产总值的比重分别为17.8%、38.6%和43.6%.
func (x *checker) eachOfTotal(first *figure, n int) bool {
	total, parts := x.divisionInto(first, n)
	if total == nil {
		return false
	}
	var all []relation
	holding := 0
	for j := range n {
		s := x.figs[first.n+j] // one of them was rounded so that they give 100
		s.span.lo, s.span.hi, s.fractions = s.span.lo.Sub(schema.Int(1).Shift(s.span.step)), s.span.hi.Add(schema.Int(1).Shift(s.span.step)), nil
		r := shareOf("share", &s, parts[j], total)
		if r.certain = true; r.holds() {
			holding++
		}
		all = append(all, r)
	}
	return x.mostHold(all, holding)
}

// nounsOfEach are the names of n bases: 农户 and 农业人口 of 分别占项目区农户及农业人口的; empty
// where the words do not name as many.
func (x *checker) nounsOfEach(first *figure, n int) []string {
	_, rest, _ := strings.Cut(first.pre, "分别占")
	names := strings.FieldsFunc(strings.TrimSuffix(strings.TrimSpace(rest), "的"), func(r rune) bool { return strings.ContainsRune("、及和与", r) })
	if len(names) != n {
		return make([]string, n)
	}
	for i := range names {
		names[i] = x.baseNoun(names[i])
	}
	return names
}

// reportSure reports a share that does not hold; it is certain where base, part
// and share follow one another.
func (x *checker) reportSure(s *figure, p *pair) {
	r := shareOf("share", s, p.part, p.base)
	both := relation{kind: "share", op: "shareofsum", stated: s, members: []*figure{p.part, p.base}, compute: func(r *relation, v []span) span {
		return v[0].plus(v[1]).reciprocal(v[0], hundred(s))
	}}
	done := strings.TrimLeft(p.part.clause, "不未")
	denies := p.base.clause != "" && done != p.part.clause && (lastRunes(done, 1) == lastRunes(p.base.clause, 1) || strings.Contains(p.base.clause, firstRunes(done, 2))) || x.closes([]*figure{p.base, p.part})
	if denies && p.base.n == p.part.n-1 && s.n == p.part.n+1 && !r.holds() && both.holds() && x.tight(&both) { // 起诉628人,不起诉107人,不起诉率14.6%
		x.report(both)
		return
	}
	r.certain = p.base.n == p.part.n-1 && s.n == p.part.n+1 && sameSentence(p.base, s)
	if r.verdict() != Contradicts || x.believable(&r) || x.slipOf(&r, allSlips).Kind != "" { // 在校生4.92万人,本科上线1076人,上线率43.8%
		x.report(r)
	}
}

// baseNoun is the name of a base as 占 prints it, without the year before it and
// 总数 behind it: 1964年外流人员总数 is 外流人员.
func (x *checker) baseNoun(s string) string {
	s = strings.Trim(s, " 的约了到达为")
	for _, w := range []string{"的比重", "的比例", "比重", "比例"} {
		s = strings.TrimSuffix(s, w)
	}
	for _, w := range x.Whole.Words {
		s = strings.TrimPrefix(s, w)
	}
	if i := strings.Index(s, "年"); i >= 0 && i <= 12 {
		s = s[i+len("年"):]
	}
	for _, w := range x.Totals.Words {
		s = strings.TrimSuffix(s, w)
	}
	return strings.Trim(s, " 的\"“”")
}

// isReckonedAs reports a part that is what its share says that it is by, where it says so: 林场3个,按面积占62.5% is not of the number.
func (x *checker) isReckonedAs(s, part *figure) bool {
	by, _, _ := strings.Cut(s.clause, "占")
	by, ok := strings.CutPrefix(by, "按")
	if !ok || strings.HasSuffix(by, "的") { // 按期搬进的占96.7%
		return true
	}
	return strings.HasSuffix(strings.TrimRight(by, "计算量"), "数") && x.counted[part.Unit] || strings.Contains(part.Label+part.clause, firstRunes(by, 2))
}

// partsFor are the figures that a share may be the share of: if its clause names its owner, earlier
// figures with that name, else those right before it and side by side with that.
func (x *checker) partsFor(s *figure, owner string) (out []*figure) {
	if utf8.RuneCountInString(owner) >= 3 {
		for p := range x.back(s, 13, sameSection) {
			if p.sentence < s.sentence-2 || len(out) == 2 {
				break
			}
			if x.partLike(p) && (strings.Contains(p.clause, owner) || utf8.RuneCountInString(p.clause) > 1 && strings.HasPrefix(owner, strings.TrimPrefix(p.clause, "其中")) && x.isMember(p)) { // 国家418.3万元,…国家投资占65.1%
				out = append(out, p)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	for p := range x.back(s, 6, sameSentence) {
		if x.isShare(p) && len(out) == 0 && p.n < s.n-1 || len(out) == 3 {
			break
		}
		if x.partLike(p) && p.depth <= s.depth {
			out = append(out, p)
		}
	}
	return out
}

func (x *checker) partLike(p *figure) bool {
	return (p.Kind == schema.Amount || p.Kind == schema.Standard && p.Per == "") && !p.isPercent() && (p.Per == "" || p.Per == "年" || p.Per == "人" || p.Per == "日") && p.span.known
}

// basesFor are the figures that a part may be a share of, the likeliest first: those named as the
// base is, the total that it is a member of, what the shares before are of, those around it.
func (x *checker) basesFor(s, part *figure, noun string) []*figure {
	b := bases{x: x, share: s, part: part, noun: noun}
	for _, table := range []bool{x.inTable(s), !x.inTable(s)} {
		for f := range x.back(part, farBases, sameArticle) {
			b.add(f, x.inTable(f) == table && b.named(f))
		}
	}
	if p := part.up; p != nil && !slices.Contains(b.all, p) && x.partLike(p) && x.commensurable(part, p) { // whatever years stand between
		b.all = append(b.all, p)
	}
	for f := range x.back(s, maxMembers, sameSentence) {
		b.add(f.share.base, f.share.part != nil)
	}
	for f := range x.back(part, 23, sameSection) {
		if f.sentence < s.sentence-2 || len(b.all) == 8 {
			break
		}
		if t := f.up; t != nil && !x.siblings(f, part) {
			b.add(t, t.n < part.n)
		}
		b.add(f, true)
	}
	if noun == "" && strings.Contains(x.sentenceOf(s), "占总") { // 占总数的42.5%
		for f := range x.back(part, farTotal, sameArticle) {
			b.add(f, f.depth == 0 && f.unit == part.unit)
		}
	}
	for k := part.n + 1; k < len(x.figs) && k <= s.n+2; k++ { // 占总人口的28.4%,全县总人口44万人
		f := &x.figs[k]
		b.add(f, sameSentence(f, s) && (k < s.n || b.named(f)))
	}
	return b.all
}

// farBases is how many figures before its part a base that is named may stand.
const farBases = 120

// bases are what a part may be a share of, in the order in which they are found.
type bases struct {
	x           *checker
	share, part *figure
	noun        string // after 占
	all         []*figure
}

// add takes a figure that fits, once.
func (b *bases) add(f *figure, fits bool) {
	if fits && f != b.part && f != b.share && !slices.Contains(b.all, f) && (f.Status != schema.Planned || b.share.Status == schema.Planned || b.x.Plan.In(b.share.clause)) && !b.x.ofOtherYear(f, b.share) && (b.x.partLike(f) || b.isRise(f)) && (!b.x.isBase(f) || b.share.n == f.n+1 || b.x.Plan.In(b.share.clause) || b.x.LastYear.In(b.share.clause)) && b.x.commensurable(b.part, f) && f.Value.Cmp(b.part.Value) >= 0 {
		b.all = append(b.all, f)
	}
}

// isRise reports the change that a share is of: 占全年增加额的45.7%; 减少的3210人中,外出2180人,占67.9%.
func (b *bases) isRise(f *figure) bool {
	return f.Kind == schema.Change && f.span.known && (strings.Contains(b.noun, "增加额") && strings.Contains(f.clause, "增加") || strings.HasPrefix(f.post, "中") && sameSentence(f, b.part))
}

// named reports a figure whose label is called as the base is.
func (b *bases) named(f *figure) bool {
	n := utf8.RuneCountInString(b.noun)
	if n < 2 {
		return false
	}
	if g, ok := b.x.same[lastRunes(b.noun, 2)]; ok && g == b.x.same[f.tail] { // 占结案总数的0.53% of what was 审结
		return true
	}
	if strings.Contains(f.Label, b.noun) || strings.Contains(b.share.pre, "分别占") && strings.Contains(f.Label, lastRunes(b.noun, 2)) {
		return true
	}
	alike := 0
	if n >= 3 {
		alike = common(b.noun, f.Label)
	}
	return alike >= 3 && alike*3 >= n*2
}

// ofOtherYear reports a base far before a share, where a year that is not its own stands
// between them and the share names none.
func (x *checker) ofOtherYear(b, s *figure) bool {
	return !sameSentence(b, s) && !strings.Contains(s.clause, "总") && s.dated > b.n && (b.year > 0 || s.year == beforeYears) && s.year != b.year && len(yearsIn(s.clause)) == 0
}

// commensurable reports that one counts what the other counts.
func (x *checker) commensurable(a, b *figure) bool {
	if (a.Per == "人") != (b.Per == "人") || (a.Per == "日") != (b.Per == "日") {
		return false
	}
	return a.unit == b.unit || a.unit == b.unit+"次" || b.unit == a.unit+"次" || slices.ContainsFunc(x.fellows, func(units []string) bool {
		return slices.Contains(units, a.unit) && slices.Contains(units, b.unit)
	})
}

// sureBase reports a base that the words leave no doubt of: the total of the part,
// or the only one of its unit in the sentence where 占 names none.
func (x *checker) sureBase(s, part, base *figure, noun string) bool {
	if !allExact(s, part, base) || !x.surePart(s, part) {
		return false
	}
	if (part.up == base || part.within == base) && (noun == "" || x.fits(noun, base)) {
		return true
	}
	if base.n != part.n-1 && x.Meant.In(noun) {
		return false // 占预计完成的80%: of what that is the figure may not be printed
	}
	if part.n > 0 && noun == "" && x.figs[part.n-1].up == base && !x.isMember(part) && sameSentence(base, s) {
		return true // 139个,其中区级1个、街道12个、社区126个;创建示范104个,占74.8%
	}
	if noun != "" && x.fits(noun, base) && base.Section == s.Section {
		return sameSentence(base, s) || len(yearsIn(foldText(x.doc.Text[base.End:s.Start]))) == 0
	}
	return noun == "" && (sameSentence(base, s) && base.n == part.n-1 || base == x.baseBefore(part))
}

// surePart reports a part that is one figure in the sentence of its share, which is called as the share is if that says of what it
// is: not 公费订阅占58% behind 报纸…,杂志….
func (x *checker) surePart(s, part *figure) bool {
	if x.conjoined(part) || s.n != part.n+1 && !sameSentence(part, s) || x.Both.In(s.clause) || x.isEnd(s) || x.turned(s.n) || strings.ContainsAny(s.pre, "(;。") && s.n == part.n+1 {
		return false
	}
	owner, _, ok := strings.Cut(s.clause, "占")
	return !ok || utf8.RuneCountInString(owner) < 3 || common(owner, part.clause+part.Label) > 1
}

// fits reports that the noun after 占 names the base: 总数, or words of its label.
func (x *checker) fits(noun string, base *figure) bool {
	return noun == "" || strings.Contains(base.clause, noun) || strings.Contains(base.Label, noun)
}

// rateName is what a rate is the rate of: 结案 of 结案率.
func (x *checker) rateName(s *figure) string {
	c := strings.TrimRight(s.clause, leads)
	for _, w := range x.ShareEnd.Words {
		if i := strings.LastIndex(c, w); i > 0 {
			return lastRunes(strings.TrimSpace(c[:i]), 4)
		}
	}
	for _, w := range x.RateEnd.Words { // 实际补偿比, 亏损面, 费用水平
		if head, ok := strings.CutSuffix(c, w); ok {
			return lastRunes(head, 4)
		}
	}
	return ""
}

// bothNamed are the two figures before a rate that is called after both, whatever stands between: 治愈8146人,好转5221人,未愈268人,治愈好转率97.4%.
func (x *checker) bothNamed(s *figure, name string) []*figure {
	for b := range x.back(s, around, sameSentence) {
		for a := range x.back(b, around/2, sameSentence) {
			if first, ok := strings.CutSuffix(name, b.tail); ok && x.partLike(a) && x.partLike(b) && sameMeasure(a, b) && utf8.RuneCountInString(first) == 2 && a.tail == first && !x.Incoming.In(a.clause) { // 出生婴儿9127人,死亡264人,婴儿死亡率28.9‰
				return []*figure{a, b}
			}
		}
	}
	return nil
}

// namedRate checks a rate against the figures before it in its sentence: a part
// with the rate's name, and a base before it.
func (x *checker) namedRate(s *figure) {
	name := x.rateName(s)
	if x.bothNamed(s, name) != nil {
		return // see compound
	}
	var sure *pair
	var rough *relation
	parts := x.rateParts(s, name)
	for _, part := range parts {
		for _, base := range x.rateBases(s, part.figure) {
			r := shareOf("share", s, part.figure, base)
			if (base.Value.Cmp(part.Value) >= 0 || s.Value.Cmp(schema.Int(100)) > 0) && x.gives(&r, &rough) {
				return
			}
			if sure == nil && (!x.Timely.In(s.clause) || x.Timely.In(part.clause)) && (x.sureRate(s, part, base) || part.named && (sameSentence(part.figure, s) && base == x.baseBefore(part.figure) || base == part.up) && significant(s) > 2 && x.misprinted(&r)) {
				sure = &pair{part.figure, base}
			}
		}
	}
	switch {
	case rough != nil:
		x.report(*rough)
	case sure != nil && (s.Unit == "%" || s.Unit == "‰"):
		x.reportSure(s, sure)
	case len(parts) > 0 && parts[0].named && parts[0].n == s.n-1:
		x.farBase(s, parts[0].figure)
	}
}

// turnedRate checks the rate that a change came to against a part that has its name, and a base of that, or the only one
// further up that fits: 毕业4216人,升入初中3074人,升学率由68.5%升为72.9%. It says something only if it holds.
func (x *checker) turnedRate(s *figure) {
	from := &x.figs[s.n-1]
	for _, part := range x.rateParts(from, x.rateName(from)) {
		if !part.named && part.n != from.n-1 || !sameSentence(part.figure, s) {
			continue
		}
		for _, base := range x.rateBases(s, part.figure) {
			r := shareOf("share", s, part.figure, base)
			if base.Value.Cmp(part.Value) >= 0 && r.holds() && x.tight(&r) && x.narrow(&r) {
				x.report(r)
				return
			}
		}
		if part.named && x.farBase(s, part.figure) {
			return
		}
	}
}

// sureRate reports a rate whose part has its name and whose base stands beside the
// two, or is the population.
func (x *checker) sureRate(s *figure, part ratePart, base *figure) bool {
	if x.dueAndDone(base, part.figure, s) {
		return true
	}
	if !part.named || x.loosely(s, part.figure, base) {
		return false
	}
	r := shareOf("share", s, part.figure, base)
	switch slip := x.slipOf(&r, untilSwap).Kind; {
	case s.Unit == "‰":
		return slip == "swap" && base.n == part.n-1 && significant(s) > 2
	case !sameSentence(base, s) || x.passesOver(part.figure, s):
		return false
	case base.n == part.n+1 && s.n == base.n+1, base.n == s.n+1 && s.n == part.n+1: // 火化遗体5172具,死亡人口5418人,火化率95.5%
		return base.Value.Cmp(part.Value) > 0
	case base.n == s.n+1:
		return false
	case base.n == part.n-1 && base.Value.Cmp(part.Value) < 0 && x.isMember(base) && slip == "":
		return false // 公办47所,民办85所,普惠性98所,普惠率74.2%
	case base.n == part.n-1 && slip == "swap": // two digits that changed places are no chance
		return true
	case strings.Contains(s.clause, "均") || base.span.mid.Mul(schema.Int(13)).Cmp(part.span.mid.Mul(schema.Int(10))) < 0:
		return false // two things side by side, each with its rate
	}
	return s.n <= part.n+2 && x.isBesideTotal(part.figure, base)
}

// loosely reports a rate, a part and a base of which one may mean something else than it says.
func (x *checker) loosely(s, part, base *figure) bool {
	return x.conjoined(base) || x.isLoss(s) || x.And.In(s.clause) || strings.Contains(s.clause, "总") || !allExact(s, part, base) || x.conjoined(part) || x.ofStock(part) || x.ofChange(s)
}

// isBesideTotal reports a base right before a part, or that is its total or that of the figure before it.
func (x *checker) isBesideTotal(part, base *figure) bool {
	return base.n == part.n-1 || part.up == base || part.within == base || part.n > 0 && x.figs[part.n-1].up == base
}

// passesOver reports a share or another figure of the unit of a part between it and a rate: the rate is of
// that, or of what is not printed (实施防治5.62万亩,防治率95.9%,无公害防治率达92%).
func (x *checker) passesOver(part, s *figure) bool {
	first, last := min(part.n, s.n), max(part.n, s.n) // the rate may stand before its part
	return slices.ContainsFunc(x.figs[min(first+1, last):last], func(f figure) bool {
		return f.isPercent() || sameMeasure(&f, part) && f.up != part
	})
}

// allExact reports figures of which none is approximate.
func allExact(figs ...*figure) bool {
	return !slices.ContainsFunc(figs, func(f *figure) bool { return !f.span.exact })
}

// ofChange reports one of the two ends of a change.
func (x *checker) ofChange(s *figure) bool { return x.isEnd(s) || x.turned(s.n) || x.begins(s) }

// ofStock reports what went out of a stock of which the opening balance is printed, too: 上年结转126件,
// 新收8617件,办结8591件 are not all of 8617.
func (x *checker) ofStock(f *figure) bool {
	return x.Outgoing.In(f.clause) && f.n >= 2 && sameSentence(&x.figs[f.n-2], f) && sameMeasure(&x.figs[f.n-2], f) && x.Opening.In(x.figs[f.n-2].clause)
}

// dueAndDone reports 应收285.6万元,实收241.3万元,征收率: three figures side by side, of which the
// first is what should be and the second what is.
func (x *checker) dueAndDone(base, part, s *figure) bool {
	return base.n == part.n-1 && s.n == part.n+1 && sameSentence(base, s) && base.unit == part.unit && base.span.exact && part.span.exact && s.span.exact &&
		strings.Contains(base.clause, "应") && (strings.Contains(part.clause, "实") && x.bareRate(s) || s.clause == "完成")
}

// bareRate reports a rate that names no thing of its own but what is done: 征收率, 参合率.
func (x *checker) bareRate(s *figure) bool {
	return strings.HasSuffix(strings.TrimRight(s.clause, "达到为是 "), "率") && utf8.RuneCountInString(s.clause) <= 8
}

// begins reports the first of two figures of a change: 由4.5%降至1.6%.
func (x *checker) begins(s *figure) bool { return s.n+1 < len(x.figs) && x.turned(s.n+1) }

// A ratePart is a figure that may be the part of a rate.
type ratePart struct {
	*figure
	named bool // its words have the name of the rate
}

// rateParts are the figures before a rate that it may be of: those with its name,
// then the nearest.
func (x *checker) rateParts(s *figure, name string) []ratePart {
	var named, near []ratePart
	stem := lastRunes(name, 2)
	for p := range x.back(s, 9, nil) {
		if !sameSentence(p, s) && (p.sentence < s.sentence-3 || p.sentence < s.sentence-1 && p.block != s.block || p.Section != s.Section) {
			break
		}
		if !x.partLike(p) && !(p.span.known && strings.HasPrefix(p.clause, "自然增")) {
			continue
		}
		words := p.clause + firstClause(p.post)
		denied := func(not string) bool {
			return strings.Contains(words, not+stem) && !strings.Contains(s.clause, not+stem)
		}
		switch {
		case stem != "" && (denied("未") || denied("不")): // 年底未执结1160件,执结率65.3%
		case strings.Contains(words, name) || x.doneBy(p, words, stem):
			named = append(named, ratePart{p, true})
		case len(near) < 2 && sameSentence(p, s):
			near = append(near, ratePart{p, false})
		}
	}
	if in := x.inBracket(s); in != nil && x.partLike(in) && stem != "" && strings.Contains(in.clause, stem) { // 注射密度91.2%(注射存栏猪153620头)
		named = append([]ratePart{{in, true}}, named...)
	}
	if len(named) > 0 && sameSentence(named[0].figure, s) {
		return named
	}
	if p := x.partBehind(s, stem); p != nil {
		named = append(named, ratePart{p, true})
	}
	return append(named, near...)
}

// partBehind is the part of a rate that stands right behind it under its name: 费用率24.8%,费用支出705.8万元; nil if none does.
func (x *checker) partBehind(s *figure, stem string) *figure {
	if k := s.n + 1; k < len(x.figs) && stem != "" && sameSentence(&x.figs[k], s) && x.partLike(&x.figs[k]) && strings.HasPrefix(x.figs[k].clause, stem) {
		return &x.figs[k]
	}
	return nil
}

// doneBy reports a figure with the last two characters of the name of a rate, or a word for them: 审结1968件,结案率;
// 不批准逮捕138人,不捕率; 立案27起,破26起,破案率.
func (x *checker) doneBy(p *figure, words, stem string) bool {
	return strings.Contains(words, stem) || stem != "" && x.canonical(stem) == x.canonical(p.tail) ||
		strings.HasPrefix(stem, "不") && within(stem, p.clause) || utf8.RuneCountInString(p.clause) == 1 && strings.HasPrefix(stem, p.clause)
}

// rateBases are the figures that a part may be measured against: its total, those before it, and
// those right behind its rate (上线1204人,上线率36.8%,参加高考3272人).
func (x *checker) rateBases(s, part *figure) (out []*figure) {
	if part.up != nil {
		out = append(out, part.up)
	}
	if in := x.inBracket(s); in != nil && in != part && x.partLike(in) && x.commensurable(part, in) && in.Value.Cmp(part.Value) > 0 { // 死亡率6.5‰(年平均人口279480人)
		out = append([]*figure{in}, out...)
	}
	if base := x.baseBefore(part); base != nil { // 一孩3142人,一孩率67.8%;二孩1374人,二孩率
		out = append(out, base)
	}
	for b := range x.back(part, 29, sameSection) {
		if b.sentence < s.sentence-3 && s.span.step > -1 || b.sentence < s.sentence-12 || b.sentence < s.sentence-1 && b.depth > 0 || len(out) == 5 {
			break
		}
		if x.mayMeasure(b, part) {
			out = append(out, b)
		}
	}
	for k := part.n + 1; k < len(x.figs) && k <= s.n+2; k++ {
		if b := &x.figs[k]; sameSentence(b, s) && x.mayMeasure(b, part) {
			out = append(out, b)
		}
	}
	return out
}

// mayMeasure reports a figure that a part may be measured against.
func (x *checker) mayMeasure(b, part *figure) bool {
	return x.partLike(b) && x.commensurable(part, b) && !x.siblings(part, b) && (!x.comparedWith(b) || x.isDifference(b)) &&
		!(x.isGain(part) && x.Expense.Ends(b.clause)) && (b.Value.Cmp(part.Value) >= 0 || b.n == part.n-1)
}

// baseBefore is the base of the shares before a part in its block, of parts of its measure: 43起,占37.0%;…127起,占32.9%. It is nil
// where there are several.
func (x *checker) baseBefore(part *figure) (base *figure) {
	for f := range x.back(part, 3*around, nil) {
		p := f.share
		switch {
		case f.block != part.block:
			return base
		case p.part == nil || !sameMeasure(p.part, part):
		case base != nil && p.base != base || p.base.Value.Cmp(part.Value) < 0:
			return nil
		default:
			base = p.base
		}
	}
	return base
}

// believable reports a contradiction whose two sides are not so far apart that the words must mean something else.
func (x *checker) believable(r *relation) bool {
	got, stated := r.result().mid, r.statedSpan().mid
	return got.Sign() > 0 && stated.Sign() > 0 && mulLess(got, stated, 2)
}

// misprinted reports a relation that two swapped digits of its result, or one other, would make hold.
func (x *checker) misprinted(r *relation) bool {
	e := x.slipOf(r, allSlips)
	return e.Seq == r.stated.Seq && (e.Kind == "swap" || e.Kind == "digit")
}
