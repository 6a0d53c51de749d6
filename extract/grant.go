package extract

import (
	"strings"
	"unicode/utf8"
)

// Grants: a clause names those who get money, others say how much and as what.
//
//	对新认定的“独角兽”企业,一次性奖励300万元        独角兽企业|一次性奖励
//	对新增规模以上工业企业,共给予60万元奖励,第一年给予30万元
//	对营业收入首次突破10亿元、5亿元的企业,分别给予100万元、50万元的奖励

// A grant is what the sums of a sentence have in common, until ; ends it.
type grant struct {
	to   slot // who gets it
	name slot // as what: 奖励, 补助
}

// grants fills the slots of sums that are given to somebody named before.
func (x *reader) grants() {
	var g grant
	for k := range x.mentions {
		m := &x.mentions[k]
		if k > 0 && x.findIn(m.gap, ";") >= 0 {
			g = grant{}
		}
		if to := x.grantee(k); !to.empty() {
			g = grant{to: to}
		}
		base, payee := x.grantBase(m, k)
		if g.to.empty() && base.empty() || !m.isMoney() && base.empty() || m.change != "" || m.level || !x.gives(k) {
			continue
		}
		if name := x.grantName(k); !name.empty() {
			g.name = name
		}
		if g.name.empty() {
			continue
		}
		to := g.to
		if to.empty() {
			to = payee
		}
		to.text += x.instalment(m)
		m.said.object, m.said.measure, m.said.event, m.said.verbFirst = to, g.name, slot{}, false
		m.granted = true
		if !base.empty() {
			m.said.base, m.relation = base, perGrant
		}
	}
}

// grantees find who is named before a figure as the one to be given something.
var grantees = []func(x *reader, m *mention, k int) slot{
	(*reader).granteeBefore, // 对新认定的“独角兽”企业,一次性奖励
	(*reader).granteeOwn,    // 对领军人才分别给予
	(*reader).granteeBound,  // 对收入突破10亿元的企业,给予
}

func (x *reader) grantee(k int) slot {
	for _, named := range grantees {
		if to := named(x, &x.mentions[k], k); !to.empty() {
			return to
		}
	}
	return slot{}
}

// granteeBefore is who the clause before names.
func (x *reader) granteeBefore(m *mention, k int) slot {
	p, _ := x.lastPiece(phrase{m.gap.from, max(m.own.from-1, m.gap.from)}, false)
	if !m.comma() || !x.holdsAny(p, x.lex.Beneficiary) {
		return slot{}
	}
	toks := x.tokens(p, nil)
	if n := len(toks); n > 1 && x.among(toks[0], x.lex.Beneficiary) && !toks[n-1].verbal() && !x.is(toks[n-1], "的") {
		return x.slotOf(toks[1:], false)
	}
	return slot{}
}

// granteeOwn is who stands before the verb of giving.
func (x *reader) granteeOwn(m *mention, k int) slot {
	if !x.holdsAny(m.own, x.lex.Beneficiary) {
		return slot{}
	}
	toks := x.tokens(m.own, nil)
	if len(toks) == 0 || !x.among(toks[0], x.lex.Beneficiary) {
		return slot{}
	}
	for i := 2; i < len(toks); i++ {
		if t := toks[i]; x.among(t, x.lex.Grant) || x.among(t, x.lex.Programme) && i == len(toks)-1 {
			to := toks[1:i]
			for len(to) > 0 && to[len(to)-1].filler() {
				to = to[:len(to)-1]
			}
			return x.slotOf(to, false)
		}
	}
	return slot{}
}

// granteeBound is who has passed the bounds that the figures before are.
func (x *reader) granteeBound(m *mention, k int) slot {
	last := x.mentionAt(k - 1)
	if last == nil || m.delim == 0 || !last.of || last.noun.empty() {
		return slot{}
	}
	for t := range x.back(k, reach) {
		if !t.isMoney() {
			break
		}
		if x.emptyOwn(t) {
			continue
		}
		if toks := x.tokens(t.own, nil); len(toks) > 0 && x.among(toks[0], x.lex.Beneficiary) {
			return slot{text: x.wording(last.noun) + t.said.object.text + t.said.measure.text, at: last.noun}
		}
		break
	}
	return slot{}
}

// grantBase is what a grant is a share of: 按照合同金额的30%给予补助, 给予投资额30%、
// 20%的补助; and who gets it, if he stands before that: 参合农民|按住院费用的75%.
func (x *reader) grantBase(m *mention, k int) (base, payee slot) {
	if !m.isPercent() {
		return slot{}, slot{}
	}
	if first := k - x.behind(k); first < k {
		if m := &x.mentions[first]; m.relation == perGrant {
			return m.said.base, m.said.object
		}
		return slot{}, slot{}
	}
	toks := x.tokens(m.own, nil)
	for i := len(toks) - 1; i >= 0; i-- {
		if !x.among(toks[i], x.lex.PlanGround) && !x.among(toks[i], x.lex.Grant) {
			continue
		}
		of := toks[i+1:]
		if n := len(of); n > 0 && x.is(of[n-1], "的") {
			of = of[:n-1]
		}
		if n := len(of); n == 1 && x.line.r[of[0].to-1] == '率' {
			break // 资金社会化发放|率
		}
		if x.among(toks[i], x.lex.PlanGround) && x.laterNoun(toks[:i]) {
			payee = x.slotOf(toks[:i], false)
		}
		return x.slotOf(of, true), payee
	}
	return slot{}, slot{}
}

// perGrant is the relation of a grant to what it is a share of.
const perGrant = "按"

// gives reports a figure that a verb of giving governs, its own or that of the
// list it goes on: 给予1000万元、800万元, 奖励50万元.
func (x *reader) gives(k int) bool {
	k -= x.behind(k)
	m := &x.mentions[k]
	return x.holdsAny(m.own, x.lex.Grant) || x.holdsAny(m.own, x.lex.Programme) || x.holdsAny(m.post, x.lex.Grant)
}

// behind is how many figures of its list stand before k.
func (x *reader) behind(k int) (n int) {
	for k > n && n < reach && x.emptyOwn(&x.mentions[k-n]) && x.onlyJoins(x.mentions[k-n].gap) {
		n++
	}
	return n
}

// grantName is what a sum is given as: the noun after it or after the last of its
// list (给予…万元的奖励), or the verb before it (一次性奖励…万元).
func (x *reader) grantName(k int) slot {
	n := x.run(k)
	last := &x.mentions[k+n-1]
	if next := x.mentionAt(k + n); next != nil && last.isPercent() && next.isMoney() && next.from <= last.post.to { // 按…1%给予最高100万元的奖励
		last = next
	}
	toks := x.tokens(last.post, nil)
	for len(toks) > 1 && (x.among(toks[0], x.lex.Grant) || toks[0].filler()) {
		toks = toks[1:]
	}
	if len(toks) > 0 && containsEnd(x.text(toks[len(toks)-1].phrase), x.lex.Programme) {
		return x.slotOf(toks, false)
	}
	toks = x.tokens(x.mentions[k].own, nil)
	for i := len(toks) - 1; i >= 0; i-- {
		if x.among(toks[i], x.lex.Programme) {
			return x.slotOf(toks[i:i+1], false)
		}
	}
	return slot{}
}

// instalment is a part of a grant by time or turn: 第一年, 第二批.
func (x *reader) instalment(m *mention) string {
	for _, t := range x.tokens(m.own, nil) {
		if s := x.text(t.phrase); strings.HasPrefix(s, "第") && utf8.RuneCountInString(s) <= 4 {
			return s
		}
	}
	return ""
}
