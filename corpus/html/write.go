package html

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
)

// A writer turns the content of a page into pieces.
type writer struct {
	page    *page
	content *html.Node
	pieces  []draft.Piece
	text    strings.Builder // of the paragraph being read
	lines   bool            // the paragraph was divided by <br>
	lists   []int           // of the open lists the number of the next item; 0 without numbers
	item    string          // what the next text of an item begins with: 1.
	place   int
	tables  int
	cut     bool
}

// children writes what n holds.
func (w *writer) children(n *html.Node, depth int) {
	if depth > maxDepth {
		w.cut = true
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			w.text.WriteString(c.Data)
		case html.ElementNode:
			w.element(c, depth+1)
		}
	}
}

// element writes an element.
func (w *writer) element(n *html.Node, depth int) {
	if silent(n) || w.dropped(n) {
		return
	}
	switch n.DataAtom {
	case atom.Br:
		w.lines = true
		w.flush(draft.Line)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.heading(n, depth)
	case atom.Table:
		w.flush(draft.Para)
		w.table(n, depth)
	case atom.Ol, atom.Ul:
		w.list(n, depth)
	case atom.Li:
		w.listItem(n, depth)
	case atom.Sup:
		w.text.WriteString(superscript(inline(n)))
	case atom.Pre:
		w.pre(n)
	case atom.Hr:
		w.flush(draft.Para)
	default:
		w.other(n, depth)
	}
}

// other writes an element that is a block of its own or goes on in the line.
func (w *writer) other(n *html.Node, depth int) {
	if !block(n) {
		w.children(n, depth)
		return
	}
	w.flush(draft.Para)
	w.children(n, depth)
	w.flush(draft.Para)
}

// block reports whether an element begins a paragraph of its own.
func block(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav, atom.Form,
		atom.Fieldset, atom.Blockquote, atom.Center, atom.Address, atom.Dl, atom.Dt, atom.Dd, atom.Figure, atom.Figcaption,
		atom.Tr, atom.Td, atom.Th, atom.Tbody, atom.Thead, atom.Tfoot, atom.Caption, atom.Details, atom.Summary, atom.Body:
		return true
	}
	return strings.EqualFold(n.Data, "ucapcontent")
}

// dropped reports whether an element inside the content is none of it:
// navigation and the like by name, and lists that are links for the most part.
func (w *writer) dropped(n *html.Node) bool {
	wt := w.page.weights[n]
	all := w.page.weights[w.content]
	if noisy(n) && wt.text*2 < all.text {
		return true
	}
	list := wt.links >= 3 && wt.link*10 > wt.text*8 || wt.links >= 4 && wt.link*10 > wt.text*7
	return list && (n.DataAtom == atom.Ul || n.DataAtom == atom.Ol || block(n) && wt.text*2 < all.text)
}

// flush ends the paragraph being read.
func (w *writer) flush(kind draft.Kind) {
	s := collapse(w.text.String())
	w.text.Reset()
	lines := w.lines
	if kind != draft.Line {
		w.lines = false
	}
	if s == "" {
		if kind == draft.Line { // an empty line divides paragraphs
			w.add(draft.Piece{Kind: draft.Line})
		}
		return
	}
	if lines {
		kind = draft.Line
	}
	w.add(draft.Piece{Kind: kind, Text: w.item + s})
	w.item = ""
}

// add adds a piece with its place.
func (w *writer) add(p draft.Piece) {
	if p.Text != "" || p.Cells != nil {
		w.place++
	}
	p.Place = max(w.place, 1)
	w.pieces = append(w.pieces, p)
}

// collapse makes runs of white space one space, drops it at the ends and between
// Han characters where a line of the source ended; full-width spaces at the front
// are kept as the indent that they are.
func collapse(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	last, broke, space := rune(0), false, false
	for _, r := range s {
		if r == '\u3000' && last != 0 || unicode.IsSpace(r) && r != '\u3000' {
			space = true
			broke = broke || r == '\n'
			continue
		}
		if space && last != 0 && !(broke && wide(last) && wide(r)) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last, broke, space = r, false, false
	}
	if strings.Trim(b.String(), "\u3000 ") == "" {
		return ""
	}
	return b.String()
}

// wide reports whether a character is Han or the punctuation between: a line of
// the source that ends or begins with it ends without a space.
func wide(r rune) bool {
	return r >= 0x2e80 && r <= 0x9fff || r >= 0xff00 && r <= 0xff5e || r >= 0x20000 || r >= '‘' && r <= '”'
}

// heading writes h1 to h6; one that holds much is a paragraph.
func (w *writer) heading(n *html.Node, depth int) {
	w.flush(draft.Para)
	if w.page.weights[n].text > 80 || find(n, 0, func(c *html.Node) bool { return c != n && (block(c) || c.DataAtom == atom.Br) }) != nil {
		w.children(n, depth)
		w.flush(draft.Para)
		return
	}
	if s := inline(n); s != "" {
		w.add(draft.Piece{Kind: draft.Heading, Level: int(n.Data[1] - '0'), Text: w.item + s})
		w.item = ""
	}
}

// list writes the items of a list, numbered if it is an ol.
func (w *writer) list(n *html.Node, depth int) {
	w.flush(draft.Para)
	start := 0
	if n.DataAtom == atom.Ol && attr(n, "type") == "" {
		start = 1
		if v, err := strconv.Atoi(attr(n, "start")); err == nil && v > 0 && v < 10000 {
			start = v
		}
	}
	w.lists = append(w.lists, start)
	w.children(n, depth)
	w.flush(draft.Para)
	w.lists = w.lists[:len(w.lists)-1]
	w.item = ""
}

// listItem writes an item with the number that a browser shows, unless the item
// brings a number of its own.
func (w *writer) listItem(n *html.Node, depth int) {
	w.flush(draft.Para)
	if k := len(w.lists) - 1; k >= 0 && w.lists[k] > 0 {
		if !numbered(inline(n)) {
			w.item = strconv.Itoa(w.lists[k]) + ". "
		}
		w.lists[k]++
	}
	w.children(n, depth)
	w.flush(draft.Para)
}

// numbered reports whether a text begins with a number or mark of its own.
func numbered(s string) bool {
	for _, r := range s {
		return unicode.IsDigit(r) || strings.ContainsRune("一二三四五六七八九十第（(①②③④⑤⑥⑦⑧⑨⑩●·•", r)
	}
	return false
}

// pre writes preformatted text line by line.
func (w *writer) pre(n *html.Node) {
	w.flush(draft.Para)
	for line := range strings.Lines(raw(n)) {
		w.add(draft.Piece{Kind: draft.Line, Text: strings.TrimRight(line, "\r\n")})
	}
}

// raw is all text below n as it stands.
func raw(n *html.Node) string {
	var b strings.Builder
	appendText(&b, n, 0)
	return b.String()
}

// cellText is the text of a cell as one line, behind the blanks that indent it.
func cellText(n *html.Node) string {
	s := strings.TrimLeft(raw(n), " \t\r\n")
	return s[:len(s)-len(strings.TrimLeft(s, "\u3000\u00a0"))] + inline(n)
}

// inline is the text below n as one line.
func inline(n *html.Node) string { return strings.TrimLeft(collapse(raw(n)), "\u3000 ") }

func appendText(b *strings.Builder, n *html.Node, depth int) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
		return
	case depth > maxDepth || n.Type == html.ElementNode && silent(n):
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.DataAtom == atom.Sup {
			b.WriteString(superscript(inline(c)))
			continue
		}
		if c.Type == html.ElementNode && (c.DataAtom == atom.Br || block(c)) {
			b.WriteByte('\n')
		}
		appendText(b, c, depth+1)
	}
}

// superscript prints raised digits as such, so that m<sup>2</sup> is m² and a
// footnote's number never becomes a digit of the figure before it.
func superscript(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < '0' || r > '9' {
			return s
		}
		b.WriteRune([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[r-'0'])
	}
	return b.String()
}

// table writes a table of data as rows; one that only lays out the page is
// written like any other element.
func (w *writer) table(n *html.Node, depth int) {
	if !isData(n) {
		w.children(n, depth)
		w.flush(draft.Para)
		return
	}
	b := &grid.Builder{}
	w.rows(n, b, depth, false)
	w.tables++
	for _, p := range grid.Pieces(b.Rows, w.tables) {
		w.add(p)
	}
	w.cut = w.cut || b.Cut
}

// rows reads the rows of a table, also within thead and tbody.
func (w *writer) rows(n *html.Node, b *grid.Builder, depth int, head bool) {
	if depth > maxDepth {
		w.cut = true
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Caption:
			if s := inline(c); s != "" {
				w.add(draft.Piece{Kind: draft.Para, Text: s})
			}
		case atom.Thead:
			w.rows(c, b, depth+1, true)
		case atom.Tbody, atom.Tfoot:
			w.rows(c, b, depth+1, false)
		case atom.Tr:
			w.row(c, b, head)
		}
	}
}

func (w *writer) row(n *html.Node, b *grid.Builder, head bool) {
	th, td := 0, 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Th:
			th++
		case atom.Td:
			td++
		}
	}
	w.place++
	b.Row(w.place, head || th > 1 && td == 0)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			b.Cell(cellText(c), span(c, "colspan"), span(c, "rowspan"))
		}
	}
	b.EndRow()
}

// span reads colspan or rowspan within bounds.
func span(n *html.Node, key string) int {
	v, err := strconv.Atoi(strings.TrimSpace(attr(n, key)))
	if err != nil || v < 1 {
		return 1
	}
	return min(v, 10000)
}

// isData reports whether a table holds data: two rows and columns at least, or fewer
// that are names with numbers behind or 户数： with what is entered, no table within, and short cells.
func isData(n *html.Node) bool {
	t := &tableCount{}
	t.count(n, 0)
	return !t.nested && t.widest >= 2 && (t.rows >= 2 && t.cells >= 4 || t.numbers > 0 && t.numbers == t.cells-t.rows || t.entries > 1 && t.entries*2 == t.cells) &&
		t.text < 80*t.cells && t.longest < 600
}

type tableCount struct {
	nested                                               bool
	rows, cells, numbers, entries, widest, text, longest int
}

func (t *tableCount) count(n *html.Node, depth int) {
	if depth > maxDepth {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Table:
			t.nested = true
			return
		case atom.Tr:
			t.rows++
			before := t.cells
			t.count(c, depth+1)
			t.widest = max(t.widest, t.cells-before)
			continue
		case atom.Td, atom.Th:
			t.cells++
			s := inline(c)
			n := len([]rune(s))
			if s != "" && strings.Trim(s, "0123456789.,%-") == "" {
				t.numbers++
			} else if strings.HasSuffix(s, "：") || strings.HasSuffix(s, ":") {
				t.entries++
			}
			t.text += n
			t.longest = max(t.longest, n)
		}
		t.count(c, depth+1)
	}
}
