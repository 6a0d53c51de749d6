package extract

import (
	"slices"
	"strings"

	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// A yardstick is a figure that the next one is measured by; that one belongs to
// what was spoken of before, not to the yardstick:
//
//	收入完成2.4亿元,完成年初预算数6.1亿元的40.4%,比上年减收1070万元
//	生猪出栏127.24万头,占计划数127.23万头的100.01%
//	总产55.7万吨,比计划产量54.8万吨增产0.9万吨
//	平均气温14.0℃,比历年平均值12.7℃偏高1.3℃

// yardsticks finds them: a figure between a word of relation and 的 with a share,
// or between 比 and a word of change.
func (x *reader) yardsticks() {
	for k := 0; k+1 < len(x.mentions); k++ {
		m, next := &x.mentions[k], &x.mentions[k+1]
		if next.delim != 0 || m.isPercent() || m.isTimes() || m.total {
			continue
		}
		toks := x.tokens(m.own, nil)
		at, relation := x.relationIn(toks, next, phrase{m.to, next.from})
		if at < 0 {
			continue
		}
		if has(x.lex.Exceed, relation) && !x.differsBy(k, next) {
			relation = "相当于"
		}
		base := toks[at+1:]
		if len(base) == 0 { // 比|上年
			base = []token{{phrase: phrase{toks[at].from + 1, toks[at].to}}}
		}
		m.yard = x.slotOf(base, true)
		m.planned = x.plannedNoun(base)
		m.level, m.change, m.relation = false, "", ""
		if next.of = false; has(x.lex.Exceed, relation) { // 超过原定计划80万亩的7.5%
			next.change, relation = relation, ""
		}
		next.relation = relation
		if m.planned && relation != "" {
			next.relation = "完成"
		}
		m.said = x.slots(m, x.dropHead(m, append([]token(nil), toks[:at]...)))
		next.said = m.said
		next.said.base = m.yard
	}
}

// differsBy reports that the figure before a yardstick is more or less than it by so many per cent: 造林86万亩,超过计划
// 80万亩的7.5%, but not 税收12亿元,超过全年任务20亿元的60%, which is a share.
func (x *reader) differsBy(k int, rate *mention) bool {
	if k == 0 || !sameUnit(&x.mentions[k-1], &x.mentions[k]) {
		return false
	}
	done, yard := x.mentions[k-1].value, x.mentions[k].value
	if !done.Known() || !yard.Known() || !rate.value.Known() {
		return false
	}
	off := done.Sub(yard)
	if off.Sign() < 0 {
		off = off.Neg()
	}
	share := yard.Mul(rate.value).Shift(-2)
	return sameSize(off, share) && off.Sub(share).Mul(schema.Int(10)).Cmp(share) <= 0 && share.Sub(off).Mul(schema.Int(10)).Cmp(share) <= 0
}

// relationIn is the place of the word that makes a figure a yardstick of the
// next, -1 if none does, and the relation of the share to it.
func (x *reader) relationIn(toks []token, next *mention, between phrase) (at int, relation string) {
	text := x.text(between)
	share := next.isPercent() || next.isTimes()
	if share && text != "的" || !share && (next.change == "" || between.empty() || x.findIn(between, "的") >= 0) {
		return -1, ""
	}
	for i := len(toks) - 1; i >= 0; i-- {
		t := toks[i]
		switch {
		case i == len(toks)-1:
			if !share && x.among(t, x.lex.ThanLastYear) { // 比上年|3160万斤多购352万斤
				return i, ""
			}
		case !share && x.among(t, x.lex.Compare):
			return i, ""
		case !share:
		case x.among(t, x.lex.ShareOf):
			return i, "占"
		case x.among(t, x.lex.As):
			return i, "相当于"
		case x.among(t, x.lex.Complete):
			return i, "相当于"
		case x.among(t, x.lex.Exceed):
			return i, x.text(t.phrase)
		}
	}
	return -1, ""
}

// against gives a yardstick and what it measures the frame of what they are
// about: the last figure before that is neither.
func (x *reader) against(m, prev *mention, k int) (frame, bool) {
	of := prev != nil && !prev.yard.empty() && m.delim == 0
	if m.yard.empty() && !of || prev == nil {
		return frame{}, false
	}
	f := m.frame
	if f.bare() {
		i := k - 1
		for ; i >= max(0, k-reach); i-- {
			if t := &x.mentions[i]; t.yard.empty() && t.relation == "" && (t.change == "" || t.level) && !t.isPercent() {
				break
			}
		}
		if i < max(0, k-reach) {
			return frame{}, false
		}
		base := f.base
		f = x.mentions[i].frame
		f.base = base
		if m.yard.empty() && m.name != x.mentions[i].name && !m.isPercent() && !m.isTimes() {
			return frame{}, false
		}
	}
	if !m.yard.empty() {
		f = x.yardFrame(m, f)
	}
	return f, true
}

// yardFrame is the frame of a yardstick: a plan or an average is that of the
// subject (粮食|计划产量), a thing stands for itself (总人口).
func (x *reader) yardFrame(m *mention, subject frame) frame {
	base := m.yard
	switch toks := x.tokens(base.at, nil); {
	case !m.planned && allTime(toks):
		subject.base = slot{}
		return subject
	case !m.planned && !x.holdsAny(base.at, x.lex.YardNoun):
		return frame{object: base, place: subject.place}
	}
	if w := x.measureEnd(base.text); w != "" { // 粮食总产 by 计划产量
		subject.measure = slot{}
		if r := []rune(subject.object.text); len(r) > 2 && x.measureEnd(subject.object.text) != "" {
			subject.object.text = strings.TrimSuffix(subject.object.text, x.measureEnd(subject.object.text))
		}
	}
	subject.measure = slot{text: overlap(subject.measure.text, base.text), at: base.at}
	return subject
}

// allTime reports words that only name a time: 上年, 解放初.
func allTime(toks []token) bool {
	return !slices.ContainsFunc(toks, func(t token) bool { return !t.is(lexicon.Time) && !t.filler() })
}
