package corpus

// Tables that a text file holds as lines (tablerun.go says how they are found),
// and tables whose lines a sharing site glued into one paragraph:
//
//	附:低保情况表单位:户、人村名 户数 人数合计 110 223 上湾村 62 120 下湾村 48 103
//
// Of the latter only what is certain becomes rows: every row is one name and the
// same count of numbers below a header that is found.

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
)

//go:embed data/tables.txt
var tableText string

var tableWords = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	section := ""
	for line := range strings.Lines(tableText) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = strings.Trim(line, "[]")
		default:
			m[section] = append(m[section], line)
		}
	}
	return m
})

// lineTables turns runs of lines that are rows of a table into rows, and warns of others.
func lineTables(lines []para, warn func(string)) []para {
	tables := 0
	var r stray
	for i := range lines {
		tables = max(tables, lines[i].table)
	}
	var out []para // nil as long as nothing changed
	for i := 0; i < len(lines); {
		n, rows := tableRun(lines, i)
		if rows == nil {
			for k := range n {
				warn(r.see(&lines[i+k]))
			}
			if out != nil {
				out = append(out, lines[i:i+n]...)
			}
			i += n
			continue
		}
		if out == nil {
			out = append(make([]para, 0, len(lines)), lines[:i]...)
		}
		tables++
		out = appendTable(out, lines[i:i+n], rows, tables)
		i += n
	}
	warn(r.end())
	if out == nil {
		return lines
	}
	return out
}

// appendTable adds rows as paras, with the cuts of the lines they came from.
func appendTable(out, from []para, rows []grid.Row, table int) []para {
	at := len(out)
	for _, p := range grid.Pieces(rows, table) {
		var row *rowCells
		if p.Cells != nil {
			row = &rowCells{texts: p.Cells, areas: p.Areas}
		}
		out = append(out, para{kind: p.Kind, text: p.Text, row: row, head: p.Head, level: p.Level, table: p.Table, place: p.Place, lines: 1, page: from[0].page})
	}
	if at == len(out) {
		return out
	}
	for i := range from {
		out[at].cuts = append(out[at].cuts, moveTo(from[i].cuts, 0)...)
	}
	return out
}

// isNumber reports whether s is a number of a table: 245, 1,204, -3.5, 72.4%, (3.5).
func isNumber(s string) bool {
	s = strings.TrimSuffix(strings.TrimSuffix(strings.TrimLeft(s, "+-－−△▲"), "%"), "％")
	if n := len(s); n > 2 && s[0] == '(' && s[n-1] == ')' {
		s = s[1 : n-1]
	}
	digits := 0
	for _, r := range s {
		switch {
		case isDigit(r):
			digits++
		case r != '.' && r != ',' && r != '．':
			return false
		}
	}
	return digits > 0 && isDigit(firstRune(s)) && isDigit(lastRune(s))
}

// A token is a word between spaces.
type token struct {
	text string
	at   int
}

// gluedTables turns tables that were glued into a paragraph into rows.
func gluedTables(paras []para) []para {
	var out []para
	tables := 0
	for i := range paras {
		tables = max(tables, paras[i].table)
	}
	for i := range paras {
		p := &paras[i]
		var parts []para
		if p.kind == draft.Line && p.row == nil && strings.Count(p.text, " ") >= 8 {
			parts = ungluedTable(p, tables+1)
		}
		if parts == nil {
			if out != nil {
				out = append(out, *p)
			}
			continue
		}
		if out == nil {
			out = append(make([]para, 0, len(paras)+len(parts)), paras[:i]...)
		}
		tables++
		out = append(out, parts...)
	}
	if out == nil {
		return paras
	}
	return out
}

// ungluedTable finds the first table in a para: what stands before it, its header
// and rows, and what stands behind. It is nil if there is none for certain.
func ungluedTable(p *para, table int) []para {
	tokens := words(p.text)
	from, width, count := rowsIn(tokens)
	if count < 2 {
		return nil
	}
	heads, label, at := headerBefore(tokens, from, width)
	if heads == nil {
		return nil
	}
	var parts []para
	for _, s := range unitLine(strings.TrimSpace(p.text[:at])) {
		parts = append(parts, para{kind: draft.Line, text: s, page: p.page, place: p.place, lines: 1})
	}
	row := para{kind: draft.Row, row: &rowCells{texts: heads}, head: true, table: table, page: p.page, place: p.place, lines: 1}
	parts = append(parts, row)
	row.head = false
	for r := range count {
		texts := make([]string, width+1)
		for i := range texts {
			texts[i] = tokens[from+r*(width+1)+i].text
		}
		if r == 0 {
			texts[0] = label
		}
		row.row = &rowCells{texts: texts}
		parts = append(parts, row)
	}
	if end := from + count*(width+1); end < len(tokens) {
		parts = append(parts, para{kind: draft.Line, text: p.text[tokens[end].at:], page: p.page, place: p.place, lines: 1})
	}
	parts[0].cuts = p.cuts
	for i := range parts[0].cuts {
		parts[0].cuts[i].at = min(parts[0].cuts[i].at, len(parts[0].text))
	}
	return parts
}

// words divides a text at single spaces.
func words(text string) []token {
	var out []token
	at := 0
	for w := range strings.SplitSeq(text, " ") {
		out = append(out, token{w, at})
		at += len(w) + 1
	}
	return out
}

// rowsIn finds the longest first run of rows: a name and the same count, width,
// of numbers, at least two, again and again.
func rowsIn(tokens []token) (from, width, count int) {
	for i := 1; i+2 < len(tokens); i++ {
		if !isName(tokens[i].text) {
			continue
		}
		w := 0
		for i+1+w < len(tokens) && isNumber(tokens[i+1+w].text) {
			w++
		}
		if w < 2 {
			continue
		}
		n := 1
		for next := i + n*(w+1); rowAt(tokens, next, w); next = i + n*(w+1) {
			n++
		}
		if n >= 2 {
			return i, w, n
		}
		i += w
	}
	return 0, 0, 0
}

// rowAt reports whether a name and exactly width numbers stand at token i.
func rowAt(tokens []token, i, width int) bool {
	if i+width >= len(tokens) || !isName(tokens[i].text) {
		return false
	}
	for k := 1; k <= width; k++ {
		if !isNumber(tokens[i+k].text) {
			return false
		}
	}
	return i+width+1 == len(tokens) || !isNumber(tokens[i+width+1].text)
}

// isName reports whether a token may name a row: Han characters, not many.
func isName(s string) bool {
	return s != "" && runes(s) <= 16 && unicode.Is(unicode.Han, firstRune(s)) && !strings.ContainsAny(s, "，。；：、")
}

// headerBefore finds the header of rows that begin at token from: the cells of
// the header, the name of the first row, and where the header begins in the text.
// The header's last cell may be glued to that name (金额合计), its first to the
// text before it (单位:万元村名).
func headerBefore(tokens []token, from, width int) (heads []string, label string, at int) {
	label = tokens[from].text
	last := ""
	for _, w := range tableWords()["total"] {
		if rest, ok := strings.CutSuffix(label, w); ok && rest != "" {
			last, label = rest, w
		}
	}
	first := from - width - 1
	if last != "" {
		first++
	}
	if first < 0 {
		return nil, "", 0
	}
	for _, t := range tokens[first:from] {
		heads = append(heads, t.text)
	}
	if last != "" {
		heads = append(heads, last)
	}
	word := firstColumn(heads[0])
	if word == "" && first > 0 || numbers(heads) > 0 {
		return nil, "", 0
	}
	at = tokens[first].at
	if word != "" {
		at += len(heads[0]) - len(word)
		heads[0] = word
	}
	return heads, label, at
}

// firstColumn is the word for a first column that s ends with, the longest.
func firstColumn(s string) string {
	best := ""
	for _, w := range tableWords()["first"] {
		if strings.HasSuffix(s, w) && len(w) > len(best) {
			best = w
		}
	}
	return best
}

// unitLine divides what stands before a table into its caption and the line that
// names the units: 低保情况表|单位:户、人.
func unitLine(s string) []string {
	for _, w := range []string{"计量单位:", "计量单位：", "单位:", "单位："} {
		if i := strings.LastIndex(s, w); i > 0 {
			return []string{s[:i], s[i:]}
		}
	}
	if s == "" {
		return nil
	}
	return []string{s}
}
