package corpus

// Cleaning takes out of each line what is not the report's: invisible characters,
// indents, page marks, the words of sharing sites, pinyin after characters. Each
// thing taken out is kept as a cut with its place and reason.
//
// A line is looked at once, character by character, with a table that knows
// which characters may begin something to remove; only then anything dearer runs.

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingxi/corpus/draft"
	"mingxi/corpus/fold"
)

// A cut is something that was taken out of a para.
type cut struct {
	at     int // byte offset in the para's text
	text   string
	reason string
}

// A para is a piece on its way: a cleaned line first, later a whole paragraph. A
// document may have a million.
type para struct {
	kind   draft.Kind
	head   bool
	blank  bool // an empty line stood before it
	text   string
	cuts   []cut
	row    *rowCells // of a row of a table, else nil
	level  int
	page   int
	place  int
	table  int
	indent int // width of the white space before it, a Han character being 2
	lines  int // how many lines of the source it is made of
}

// rowCells are those of a row.
type rowCells struct {
	texts []string
	areas []int  // merged areas, see draft.Piece
	first string // address of the first cell in a workbook
}

// Reasons of removals.
const (
	reasonControl = "control character"
	reasonHidden  = "invisible character"
	reasonIndent  = "indent"
	reasonPinyin  = "pinyin"
	reasonBreak   = "line break"
	reasonPage    = "page mark"
	reasonTitle   = "repeated title"
	reasonTeaser  = "repeated text"
	reasonSpaced  = "blank inside a word"
	reasonRunning = "running head or foot"
)

// clean cleans the pieces, of which there are count; gone are lines that the reader left out. A line that cleaning empties hands its cuts on to the
// next one, so that nothing is lost.
func clean(pieces iter.Seq[draft.Piece], count int, gone []draft.Gone) []para {
	rules := junk()
	out := make([]para, 0, count)
	var pending []cut
	blank := false
	i := -1
	for p := range pieces {
		i++
		for ; len(gone) > 0 && gone[0].Before <= i; gone = gone[1:] {
			pending = append(pending, cut{0, gone[0].Text, reasonRunning})
		}
		q := para{kind: p.Kind, level: p.Level, page: p.Page, place: p.Place, table: p.Table, head: p.Head, lines: 1}
		if p.Kind == draft.Row {
			texts := cleanCells(rules, p.Cells)
			if texts == nil {
				continue
			}
			q.row = &rowCells{texts, p.Areas, p.First}
			q.cuts = pending
		} else {
			q.text, q.cuts, q.indent = cleanLine(rules, fold.Radicals(p.Text))
			q.cuts = merge(pending, q.cuts)
			if q.text == "" {
				pending = moveTo(q.cuts, 0)
				blank = blank || strings.TrimSpace(p.Text) == ""
				continue
			}
		}
		q.blank = blank
		pending, blank = nil, false
		out = append(out, q)
	}
	for _, g := range gone {
		pending = append(pending, cut{0, g.Text, reasonRunning})
	}
	if len(pending) > 0 && len(out) > 0 {
		last := &out[len(out)-1]
		last.cuts = append(last.cuts, moveTo(pending, len(last.text))...)
	}
	return out
}

func merge(a, b []cut) []cut {
	if len(a) == 0 {
		return b
	}
	return append(a, b...)
}

// moveTo sets the place of all cuts.
func moveTo(cuts []cut, at int) []cut {
	for i := range cuts {
		cuts[i].at = at
	}
	return cuts
}

// cleanCells cleans the cells of a row; nil if all are empty. Only invisible
// characters and white space go: 3/12 is a page mark in a line, a figure in a cell.
func cleanCells(rules *junkRules, cells []string) []string {
	out := make([]string, len(cells))
	full := false
	for i, c := range cells {
		c = fold.Radicals(c)
		if rules.scan(c).hidden {
			c, _ = dropHidden(c)
		}
		out[i], _ = closeGaps(strings.Join(strings.Fields(c), " "), nil)
		full = full || out[i] != ""
	}
	if !full {
		return nil
	}
	return out
}

// cleanLine cleans one line and tells how far it was indented.
func cleanLine(rules *junkRules, line string) (text string, cuts []cut, indent int) {
	found := rules.scan(line)
	if found.hidden {
		line, cuts = dropHidden(line)
	}
	body := strings.TrimLeftFunc(line, unicode.IsSpace)
	if lead := line[:len(line)-len(body)]; lead != "" {
		indent = draft.Indent(lead)
		cuts = append([]cut{{0, lead, reasonIndent}}, moveBack(cuts, len(lead))...)
		line = body
	}
	line = strings.TrimRightFunc(line, unicode.IsSpace)
	if found.pinyin {
		line, cuts = dropPinyin(line, cuts)
	}
	if len(found.rules) > 0 {
		line, cuts = rules.drop(line, cuts, found.rules)
	}
	line, cuts = closeGaps(line, cuts)
	for i := range cuts {
		cuts[i].at = min(cuts[i].at, len(line))
	}
	return line, cuts, indent
}

// moveBack shifts the places of cuts n bytes to the front.
func moveBack(cuts []cut, n int) []cut {
	for i := range cuts {
		cuts[i].at = max(0, cuts[i].at-n)
	}
	return cuts
}

// hidden reports whether a character shows nothing: byte order marks, zero-width
// characters, soft hyphens, marks of direction, control characters but tab.
func hidden(r rune) bool {
	switch {
	case r < ' ':
		return r != '\t'
	case r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0xad:
		return true
	}
	return r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e || r >= 0x2060 && r <= 0x206f ||
		r == 0xfeff || r >= 0xfff9 && r <= 0xfffb || r >= 0xfe00 && r <= 0xfe0f || r == 0xfffe || r == 0xffff
}

// dropHidden takes out the characters that show nothing and bytes that are no
// UTF-8; neighbours make one cut.
func dropHidden(line string) (string, []cut) {
	var b strings.Builder
	var cuts []cut
	for i, r := range line {
		size := utf8.RuneLen(r)
		bad := r == utf8.RuneError && !strings.HasPrefix(line[i:], "\uFFFD")
		if bad {
			size = 1
		}
		if !bad && !hidden(r) {
			b.WriteRune(r)
			continue
		}
		raw, reason := line[i:i+size], reasonHidden
		if bad {
			raw = "\uFFFD"
		}
		if bad || r < 0xa0 {
			reason = reasonControl
		}
		if n := len(cuts); n > 0 && cuts[n-1].at == b.Len() && cuts[n-1].reason == reason {
			cuts[n-1].text += raw
		} else {
			cuts = append(cuts, cut{b.Len(), raw, reason})
		}
	}
	return b.String(), cuts
}

// remove cuts line[from:to] out of a line, whose earlier cuts are given.
func remove(line string, cuts []cut, from, to int, reason string) (string, []cut) {
	return line[:from] + line[to:], taken(cuts, []cut{{from, line[from:to], reason}})
}

// taken merges the cuts of a line with further ones. Both are in text order; the
// earlier are in places of the line before the further ones, which are in places
// of the line behind them.
func taken(cuts, more []cut) []cut {
	if len(cuts) == 0 {
		return more
	}
	out := make([]cut, 0, len(cuts)+len(more))
	gone, k := 0, 0
	for _, c := range cuts {
		for k < len(more) && more[k].at+gone+len(more[k].text) <= c.at {
			gone += len(more[k].text)
			out = append(out, more[k])
			k++
		}
		if k < len(more) && more[k].at+gone < c.at { // in the middle of what is taken
			c.at = more[k].at
		} else {
			c.at -= gone
		}
		out = append(out, c)
	}
	return append(out, more[k:]...)
}
