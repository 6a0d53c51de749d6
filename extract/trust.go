package extract

import (
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// How far a row can be trusted: the column confidence. What made a row (where the words
// of its label come from, how many they are and how they are joined, what kind of
// number it is) are its signs; each has a weight in lexicon/data/trust.txt, learned from hand-coded reports
// (bench/trust), and their sum stands for the share of such rows that were right: value,
// unit and rate, and a label that would do as a title. All in whole numbers, so that it
// is the same everywhere.

// A sign is what speaks for or against a row.
type sign struct {
	name string // as the table of weights has it
	on   bool
}

// signs are what is known of how a mention came about.
func (x *reader) signs(m *mention) []sign {
	label := utf8.RuneCountInString(m.label)
	return []sign{
		{m.source(), true},
		{"trust/短名", label <= 2},
		{"trust/长名", label > 12 && label <= 18},
		{"trust/很长", label > 18},
		{"trust/顿号", strings.Contains(m.label, "、")},
		{"trust/的字", strings.Contains(m.label, "的")},
		{"trust/增减", m.kind == schema.Change},
	}
}

// far are the sources of a label that stand in another clause or in a heading.
var far = map[string]bool{"label/标题": true, "label/前句": true, "label/受益": true, "label/投向": true, "label/上句": true}

// source is where the words of a label come from, those of its object before others:
// the figure's own clause, figures beside it, elsewhere, a table, or nowhere.
func (m *mention) source() string {
	if m.table {
		return "trust/表格"
	}
	for _, s := range []slot{m.frame.object, m.frame.measure, m.frame.event} {
		switch {
		case s.empty():
		case far[s.src]:
			return "trust/他处"
		case s.src != "":
			return "trust/旁句"
		default:
			return "trust/本句"
		}
	}
	return "trust/无词"
}

// trust is the confidence of a row, and notes what made it.
func (x *reader) trust(m *mention) schema.Decimal {
	sum := x.lex.Trust["*"]
	for _, s := range x.signs(m) {
		if !s.on {
			continue
		}
		w := x.lex.Trust[s.name]
		sum += w
		m.because("confidence", s.name, schema.Span{}, signed(w))
	}
	return schema.Int(int64(x.lex.Odds.Share(sum))).Shift(-2)
}

// signed prints a weight in hundredths as a number with its sign: +0.35.
func signed(w int) string {
	s := schema.Int(int64(w)).Shift(-2).String()
	if w > 0 {
		return "+" + s
	}
	return s
}
