package audit

// Totals over numbered paragraphs, of which each has one figure of them:
//
//	(一)政策类项目,共1240万元
//	1、职业教育助学,安排资金180万元。
//	2、技能培训,安排资金20万元。
//	…
//
// The first figure of its unit in each paragraph is a member; only what adds up exactly
// is found.

import (
	"slices"
	"strings"
	"unicode"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// maxOutline is more paragraphs than a numbered list goes over.
const maxOutline = 200

// A mark is the number that a paragraph begins with, and how it is written: (#) for (一).
type mark struct {
	style string
	n     int
}

// markOf reads the number of a paragraph; style is empty where there is none.
func markOf(text string) mark {
	runes := []rune(strings.TrimLeft(fold.String(text), " \t"))
	at, style := 0, ""
	if len(runes) > 0 && runes[0] == '(' {
		at, style = 1, "("
	}
	from := at
	for at < len(runes) && at < from+3 && (digitOf(runes[at]) >= 0 || runes[at] == '十') {
		at++
	}
	if at == from || at == len(runes) {
		return mark{}
	}
	if unicode.IsDigit(runes[from]) {
		style += "1"
	} else {
		style += "一"
	}
	switch end := runes[at]; {
	case style[0] == '(' && end == ')', end == '、', end == '.' && at+1 < len(runes) && !unicode.IsDigit(runes[at+1]), end == ')':
		return mark{style + string(end), ordinalOf(runes[from:at])}
	}
	return mark{}
}

// ordinalOf is the number of 3, 12, 三 and 十二.
func ordinalOf(runes []rune) int {
	n := 0
	for i, r := range runes {
		switch {
		case r == '十' && i == 0:
			n = 10
		case r == '十':
			n *= 10
		case i > 0 && runes[i-1] == '十':
			n += digitOf(r)
		default:
			n = n*10 + digitOf(r)
		}
	}
	return n
}

// outlines checks the figure before each numbered list against those of its paragraphs.
func (x *checker) outlines() {
	groups := x.byBlock()
	for i := 1; i < len(groups); i++ {
		if m := x.markAt(groups[i]); m.style != "" && m.n == 1 {
			x.outline(groups, i, m)
		}
	}
}

func (x *checker) markAt(group []*figure) mark {
	b := x.doc.Blocks[group[0].block]
	return markOf(b.In(x.doc.Text)[:min(b.Len(), 40)])
}

// outline checks the list that begins with group i.
func (x *checker) outline(groups [][]*figure, i int, first mark) {
	items := [][]*figure{groups[i]}
	for k := i + 1; k < len(groups) && k < i+maxOutline && groups[k][0].Article == groups[i][0].Article; k++ {
		m := x.markAt(groups[k])
		if m.style != first.style {
			continue
		}
		if m.n != len(items)+1 {
			break
		}
		items = append(items, groups[k])
	}
	lead := groups[i-1]
	if len(items) < 2 || lead[0].Article != groups[i][0].Article || groups[i][0].block-lead[0].block > 3 {
		return
	}
	x.blockList(lead, items)
}

// enumerated checks a total behind items that are numbered in words: 一是…1.92万元;二是…2.3万元;
// 三是…2.6万元,总计6.82万元. Of each item counts its last figure, which sums it up; only
// what adds up exactly is found.
func (x *checker) enumerated(t *figure) bool {
	var members []*figure
	open := true // no figure of the item has been taken yet
	for f := range x.back(t, maxMembers, nil) {
		if f.block < t.block-maxAbove {
			break
		}
		if open && f.Kind == schema.Amount && sameMeasure(f, t) && f.span.known && f.depth == t.depth {
			members, open = append(members, f), false
		}
		n := itemNumber(f.pre)
		if n == 1 {
			break
		}
		open = open || n > 1
	}
	slices.Reverse(members)
	return len(members) >= 2 && exactPrefix(t, members) == len(members) && x.report(sumOf("total", t, members))
}

// maxAbove is how many blocks before a total its items may begin.
const maxAbove = 8

// itemNumber is the number in 一是 or 其二, 0 if the text has none.
func itemNumber(pre string) int {
	runes := []rune(pre)
	for i := 1; i < len(runes); i++ {
		switch {
		case runes[i] == '是' && digitOf(runes[i-1]) > 0 && (i < 2 || strings.ContainsRune(",;:。)\n ", runes[i-2])):
			return digitOf(runes[i-1])
		case runes[i-1] == '其' && digitOf(runes[i]) > 0:
			return digitOf(runes[i])
		}
	}
	return 0
}
