package main

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A source is one document of the bench: paragraphs and tables as a reader sees
// them, and what their figures mean. README.md describes its text.
type source struct {
	name    string
	options map[string]string
	blocks  []block
	gold    []gold
}

// A block is a paragraph or a table.
type block struct {
	kind blockKind
	text string
	rows [][]cell // of a table
	head int      // how many of them stand above the first figures
}

type blockKind byte

// The kinds of block, by the character that begins their line.
const (
	heading   blockKind = '#'
	caption   blockKind = '>'
	rightLine blockKind = ')'
	paragraph blockKind = '-'
	note      blockKind = '~'
	pageBreak blockKind = '%'
	grid      blockKind = '|'
)

// A cell as printed. One that another covers has no width.
type cell struct {
	text       string
	cols, rows int
}

// width is the number of columns of a table.
func (b *block) width() int {
	w := 0
	for _, row := range b.rows {
		w = max(w, len(row))
	}
	return w
}

// sources reads all documents of a directory, by name.
func sources(dir fs.FS) ([]*source, error) {
	names, err := fs.Glob(dir, "*.txt")
	if err != nil {
		return nil, err
	}
	var all []*source
	for _, n := range names {
		text, err := fs.ReadFile(dir, n)
		if err != nil {
			return nil, err
		}
		s, err := parse(strings.TrimSuffix(path.Base(n), ".txt"), string(text))
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// A parser goes through the lines of a source.
type parser struct {
	*source
	whole   spec     // of the document: == …
	tables  int      // so far
	columns [][]spec // of each panel: = …
	grid    *block   // the table under way, or nil
	err     error
}

func parse(name, text string) (*source, error) {
	p := &parser{source: &source{name: name, options: map[string]string{}}}
	for n, line := range strings.Split(text, "\n") {
		p.line(strings.TrimRight(line, " \r"))
		if p.err != nil {
			return nil, fmt.Errorf("%s.txt:%d: %w", name, n+1, p.err)
		}
	}
	p.forbid()
	for i := range p.blocks {
		p.blocks[i].merge()
	}
	return p.source, nil
}

func (p *parser) line(line string) {
	switch {
	case line == "":
		p.grid = nil
	case strings.HasPrefix(line, "//"):
	case strings.HasPrefix(line, "=="):
		p.whole, p.err = parseSpec(line[2:])
	case line[0] == '=':
		p.columnSpecs(line[1:])
	case line[0] == '+':
		p.explicit(line[1:])
	case line[0] == '?':
		for _, o := range strings.Fields(line[1:]) {
			key, value, _ := strings.Cut(o, "=")
			p.options[key] = value
		}
	case line[0] == '|':
		p.row(line[1:])
	case strings.IndexByte("#>)-~%", line[0]) >= 0:
		p.grid = nil
		p.blocks = append(p.blocks, block{kind: blockKind(line[0]), text: breaks(line[1:])})
	default:
		p.err = fmt.Errorf("no such line: %s", line)
	}
}

func breaks(s string) string { return strings.ReplaceAll(strings.Trim(s, " \t"), `\n`, "\n") }

func (p *parser) columnSpecs(line string) {
	p.columns = nil
	for panel := range strings.SplitSeq(line, "||") {
		var specs []spec
		for one := range strings.SplitSeq(panel, "|") {
			s, err := parseSpec(one)
			if err != nil {
				p.err = err
				return
			}
			specs = append(specs, s)
		}
		p.columns = append(p.columns, specs)
	}
}

// row reads a row of the table under way: cells, then for each panel what its
// figures are of. Without that, the row holds none.
func (p *parser) row(line string) {
	if p.grid == nil {
		p.blocks = append(p.blocks, block{kind: grid})
		p.grid = &p.blocks[len(p.blocks)-1]
		p.tables++
	}
	parts := strings.Split(strings.TrimSuffix(line, "|"), "||")
	var cells []cell
	var own []string
	for c := range strings.SplitSeq(parts[0], "|") {
		text, braces, _ := strings.Cut(c, "{")
		cells = append(cells, cell{text: breaks(text)})
		own = append(own, strings.TrimSuffix(strings.TrimSpace(braces), "}"))
	}
	p.grid.rows = append(p.grid.rows, cells)
	if len(cells) != len(p.grid.rows[0]) {
		p.err = fmt.Errorf("%d cells below %d", len(cells), len(p.grid.rows[0]))
		return
	}
	if len(parts) == 1 {
		if p.grid.head == len(p.grid.rows)-1 {
			p.grid.head++
		}
		return
	}
	if len(parts)-1 != len(p.columns) {
		p.err = fmt.Errorf("%d panels with %d names", len(p.columns), len(parts)-1)
		return
	}
	from := 0
	for i, panel := range p.columns {
		p.panelRow(parts[i+1], panel, from, own)
		from += len(panel)
	}
	if from != len(cells) && p.err == nil {
		p.err = fmt.Errorf("%d cells in %d columns", len(cells), from)
	}
}

func (p *parser) panelRow(name string, columns []spec, from int, own []string) {
	row, err := parseSpec(name)
	if err != nil || row.none {
		p.err = err
		return
	}
	at := len(p.grid.rows) - 1
	for _, list := range [][]string{row.keys, row.periods} {
		for i, k := range list {
			if list[i], err = p.named(k, at, from); err != nil {
				p.err = err
				return
			}
		}
	}
	for i, column := range columns {
		if p.err != nil || from+i >= len(own) || column.none && own[from+i] == "" {
			continue
		}
		ownSpec, err := parseSpec(own[from+i])
		if err != nil {
			p.err = err
			return
		}
		p.figure(at, from+i, ownSpec, row, column)
	}
}

// figure adds what the cell means, if it holds a figure.
func (p *parser) figure(row, column int, own, rowSpec, columnSpec spec) {
	text := p.grid.rows[row][column].text
	if own.none || empty(text) && own.value == "" {
		return
	}
	g, err := figure(text, own, rowSpec, columnSpec, p.whole)
	if err != nil {
		p.err = fmt.Errorf("column %d: %w", column+1, err)
		return
	}
	g.allowed = p.around(row, column)
	g.table, g.row, g.column = p.tables, row, column
	p.gold = append(p.gold, g)
}

// explicit adds a figure of prose: keys [unit] @period =value.
func (p *parser) explicit(line string) {
	s, err := parseSpec(line)
	if err != nil {
		p.err = err
		return
	}
	g, err := figure("", s, spec{}, spec{}, spec{})
	if err != nil {
		p.err = err
		return
	}
	g.prose = true
	p.gold = append(p.gold, g)
}

// named replaces =2 by the name that stands in this column of the panel, or above
// it where cells are merged or blank.
func (p *parser) named(key string, row, from int) (string, error) {
	list, ok := strings.CutPrefix(key, "=")
	if !ok {
		return key, nil
	}
	n := 1
	if list != "" {
		var err error
		if n, err = strconv.Atoi(list); err != nil {
			return "", err
		}
	}
	for r := row; r >= 0; r-- {
		if text := p.grid.rows[r][from+n-1].text; text != "" && text != "^" {
			return bare(text), nil
		}
	}
	return "", fmt.Errorf("no name in column %d", n)
}

var ornament = regexp.MustCompile(`^(其中[:：]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|[#＃*]|\d+[.．、])|[（(].*[)）]$|[:：]$|[\s　]`)

// bare is a row's name without its number, its unit and its blanks.
func bare(s string) string {
	for {
		t := ornament.ReplaceAllString(s, "")
		if t == s {
			return t
		}
		s = t
	}
}

// around is all text that may stand in the label of a cell: its row's, its
// column's heads, and the paragraphs'.
func (p *parser) around(row, column int) string {
	var all strings.Builder
	for r := range p.grid.rows {
		if t := p.shown(r, column); r < row && !numeric(t) {
			all.WriteString(t + "\n")
		}
	}
	leading := true // blank cells at the left stand for those above
	for c := range p.grid.rows[row] {
		r := row
		for leading && r > 0 && p.shown(r, c) == "" {
			r--
		}
		leading = leading && r != row
		all.WriteString(p.shown(r, c) + "\n")
	}
	return all.String()
}

// shown is the text of a cell or of the one that covers it.
func (p *parser) shown(row, column int) string {
	for row >= 0 && column >= 0 && column < len(p.grid.rows[row]) {
		switch t := p.grid.rows[row][column].text; t {
		case "<":
			column--
		case "^":
			row--
		default:
			return t
		}
	}
	return ""
}

// forbid gives each figure the words of others, which its label must not hold.
func (p *parser) forbid() {
	var words []string
	for _, g := range p.gold {
		for _, k := range g.names {
			for w := range strings.SplitSeq(k, "|") {
				if len([]rune(w)) > 1 && !slices.Contains(words, w) {
					words = append(words, w)
				}
			}
		}
	}
	var paragraphs string
	for _, b := range p.blocks {
		paragraphs += b.text + "\n"
	}
	for i := range p.gold {
		g := &p.gold[i]
		if g.prose {
			continue
		}
		own := unspaced(strings.Join(append(g.keys, g.allowed, paragraphs), "\n"))
		for _, w := range words {
			if !strings.Contains(own, w) {
				g.not = append(g.not, w)
			}
		}
	}
}

func unspaced(s string) string { return strings.NewReplacer(" ", "", "　", "", "\n", "").Replace(s) }

// merge turns the marks < and ^ of covered cells into the widths and heights of
// those that cover them.
func (b *block) merge() {
	for r, row := range b.rows {
		for c := range row {
			if covered(row[c].text) {
				continue
			}
			row[c].cols, row[c].rows = 1, 1
			for k := c + 1; k < len(row) && row[k].text == "<"; k++ {
				row[c].cols++
			}
			for k := r + 1; k < len(b.rows) && b.rows[k][c].text == "^"; k++ {
				row[c].rows++
			}
		}
	}
	for _, row := range b.rows {
		for c := range row {
			if covered(row[c].text) {
				row[c].text = ""
			}
		}
	}
}

func covered(text string) bool { return text == "<" || text == "^" }
