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

// inTable is the one sign of a figure of a table.
const inTable = "trust/表格"

// signs appends what is known of how a mention came about.
func (x *reader) signs(m *mention, list []sign) []sign {
	if m.table {
		return append(list, sign{inTable, true}) // its names are made another way
	}
	label := utf8.RuneCountInString(m.label)
	return append(list, []sign{
		{m.source(), true},
		{"trust/" + m.dimension(), true},
		{"trust/短名", label <= 2},
		{"trust/长名", label > 12 && label <= 18},
		{"trust/很长", label > 18},
		{"trust/顿号", strings.Contains(m.label, "、")},
		{"trust/的字", strings.Contains(m.label, "的")},
		{"trust/变化", m.kind == schema.Change},
		{"trust/地名", !m.frame.place.empty()},
		{"trust/后词", !m.noun.empty() || !m.pred.empty()},
		{"trust/顿后", m.delim == '、'},
		{"trust/分句", m.delim == ';'},
		{"trust/隔句", m.apart == 1},
		{"trust/远句", m.apart > 1},
		{"trust/无事", m.frame.event.empty()},
		{"trust/无量", m.frame.measure.empty()},
	}...)
}

// source is where the words of a label come from, those of its object before others:
// the figure's own clause, one of the sources of inherit.go or list.go, or
// nowhere.
func (m *mention) source() string {
	for _, s := range []slot{m.frame.object, m.frame.measure, m.frame.event} {
		switch {
		case s.empty():
		case s.src != "":
			_, name, _ := strings.Cut(s.src, "/")
			return "trust/" + name
		default:
			return "trust/本句"
		}
	}
	return "trust/无词"
}

// trust is the confidence of a row, and notes what made it.
func (x *reader) trust(m *mention) schema.Decimal {
	sum := x.lex.Trust["*"]
	var room [16]sign
	for _, s := range x.signs(m, room[:0]) {
		if !s.on {
			continue
		}
		w := x.lex.Trust[s.name]
		sum += w
		if m.explain {
			m.because("confidence", s.name, schema.Span{}, signed(w))
		}
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
