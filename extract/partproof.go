package extract

import (
	"strings"

	"mingxi/schema"
)

// Parts that arithmetic and one word prove together, where no 其中 stands:
//
//	代耕1905户,…固定到互助组1340户,下余565户     what is left over and what is not
//	16周岁以下儿童1206人,留守儿童284人,占23.55%   a share that is exactly theirs

// maxBack is how many figures before it the total of a proven part may stand.
const maxBack = 16

// remainder finds the total of what is left over and of what is not: they must add up
// to it exactly. 除19名分配到工厂外,其余218名 are not the parts of what they add up to.
func (x *reader) remainder(base, division int) {
	for i := max(base, 1); i < len(x.all); i++ {
		rest := x.all[i]
		if !x.holdsAny(rest.own, x.lex.RestOf) || !x.summable(rest) {
			continue
		}
		sum, list := rest.value, []int{i}
		for j := i - 1; j >= max(0, i-maxBack) && x.all[j].article == rest.article && x.all[j].block >= rest.block-1; j-- {
			m := x.all[j]
			if !sameUnit(m, rest) || m.kind != rest.kind || m.name == "户" != (rest.name == "户") {
				continue
			}
			if len(list) > 1 && j < division && x.summable(m) && m.value.Cmp(sum) == 0 && (rest.parent < 0 || rest.parent != j) {
				x.adopt(j, list, "part/余下")
				break
			}
			if !x.summable(m) || m.line == rest.line && x.excepted(m) {
				break
			}
			sum, list = sum.Add(m.value), append(list, j)
		}
	}
}

// excepted reports a figure in 除…外.
func (x *reader) excepted(m *mention) bool {
	return x.findIn(m.gap, "除") >= 0 || x.line.at(m.post.to-1) == '外' && !m.post.empty()
}

// sharesProve makes a figure a part of an earlier one of which a share right behind it
// says how much it is: 直运860吨到队,占57.3%, of 供应化肥1500吨.
func (x *reader) sharesProve(base int) {
	for i := max(base, 1); i < len(x.all); i++ {
		s := x.all[i]
		if !s.isPercent() || !x.saysShare(i) || !s.value.Known() || s.approx == schema.Range {
			continue
		}
		for j := i - 1; j >= max(base, i-4); j-- {
			m := x.all[j]
			if m.isPercent() || m.kind == schema.Change || !m.value.Known() || x.progress(m) {
				continue
			}
			if t := x.wholeBy(j, s); t >= 0 && (m.parent < 0 || m.parent != t && x.all[m.parent].line != m.line) {
				x.adopt(t, []int{j}, "part/占比")
				x.otherHalf(t, i)
			}
		}
	}
}

// saysShare reports a figure behind 占, or behind one that is: 分别占总户数及人口的19.46%和19.83%.
func (x *reader) saysShare(i int) bool {
	s := x.all[i]
	if s.relation == "占" || x.line.has(s.own.from, "占") {
		return true
	}
	before := x.all[i-1]
	return before.line == s.line && before.isPercent() && before.relation == "占" && x.onlyJoins(s.gap)
}

// progress reports how far a task has come, which is no part of it: 竣工454间,占任务的88.5%.
func (x *reader) progress(m *mention) bool {
	event := m.frame.event.text
	return containsAny(event, x.lex.Finished) || containsAny(event, x.lex.Begun) || x.holdsAny(m.own, x.lex.Finished) || x.holdsAny(m.own, x.lex.Begun) || x.findIn(m.own, "完成") >= 0
}

// wholeBy is the nearest figure before j of which it is the share s, -1 if none is.
// A share of two digits also must name what it is a share of.
func (x *reader) wholeBy(j int, s *mention) int {
	m := x.all[j]
	for k := j - 1; k >= max(0, j-maxBack); k-- {
		t := x.all[k]
		if t.article != m.article || t.block < m.block-6 {
			break
		}
		if !sameUnit(t, m) || t.kind != m.kind || t.status != m.status || !t.value.Known() || t.value.Cmp(m.value) <= 0 || t.per != m.per {
			continue
		}
		if x.holdsAny(phrase{s.own.from, s.own.to}, x.lex.Populace) && t.line != m.line {
			continue // 残疾人2.6万名,占总人口的5.6%: said of size, not of a list
		}
		if exactShare(m.value, t.value, s.value) && (digitsOf(s.value) > 2 || x.namesWhole(s, t)) {
			return k
		}
	}
	return -1
}

// exactShare reports part of whole as a share in per cent, to the last digit printed.
func exactShare(part, whole, share schema.Decimal) bool {
	places := 0
	if _, frac, ok := strings.Cut(share.String(), "."); ok {
		places = len(frac)
	}
	den, err := wholeOf(whole)
	shift := 0
	for w := whole; err && shift < 4; shift++ {
		w = w.Shift(1)
		den, err = wholeOf(w)
	}
	if err || den <= 0 {
		return false
	}
	d := part.Shift(2+shift).Quo(den, 6).Sub(share)
	if d.Sign() < 0 {
		d = d.Neg()
	}
	return d.Known() && d.Cmp(schema.Int(1).Shift(-places)) < 0
}

// digitsOf counts the digits of a number without leading noughts.
func digitsOf(d schema.Decimal) int {
	return len(strings.TrimLeft(strings.ReplaceAll(d.String(), ".", ""), "0"))
}

// namesWhole reports that the words of a share name a figure: 占市本级低保对象30%.
func (x *reader) namesWhole(s, t *mention) bool {
	base := s.frame.base.text
	return base != "" && (strings.Contains(base, t.frame.object.text) && t.frame.object.text != "" || t.frame.place.text != "" && strings.Contains(base, t.frame.place.text))
}

// otherHalf adopts the next figure of the sentence that makes up a total with a part
// of it that is proven: 集中供养874人,占27.8%;分散供养2274人.
func (x *reader) otherHalf(t, i int) {
	left := x.all[t].value
	for k := t + 1; k < i; k++ {
		if x.all[k].parent == t && sameUnit(x.all[k], x.all[t]) && left.Known() {
			left = left.Sub(x.all[k].value)
		}
	}
	for k := i + 1; k < min(len(x.all), i+4); k++ {
		if m := x.all[k]; sameUnit(m, x.all[t]) {
			if m.parent < 0 && x.summable(m) && m.value.Cmp(left) == 0 {
				x.adopt(t, []int{k}, "part/占比")
			}
			return
		}
	}
}
