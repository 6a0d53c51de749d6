package main

// This file reads what a user says of his reports: --meta meta.csv, a CSV file with
// a header, whose column source is a path or glob and whose columns title, org,
// region_code and year stand above what the texts tell. Of several lines that fit a
// report the later one wins, cell by cell.

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/table"
	"mingxi/corpus"
	"mingxi/extract/indicator"
	"mingxi/extract/region"
	"mingxi/schema"
)

// A meta is a file of facts that stand above the texts.
type meta struct {
	name  string
	lines []metaLine
	used  []atomic.Bool          // whether a line fitted a source
	first atomic.Pointer[string] // a source that lines were asked for
}

// A metaLine is one line of it.
type metaLine struct {
	schema.Given
	number  int
	glob    string
	article int // 0: every article of the source
}

// metaFlag declares --meta.
func (p *program) metaFlag(c *cobra.Command) {
	c.Flags().StringVar(&p.meta, "meta", "", p.text("CSV file that says title, org, region_code and year of sources (see 'mingxi facts')",
		"CSV 文件,指定各来源的标题、单位、行政区划代码和年份(见“mingxi facts”)"))
}

// readerWithMeta returns a reader that minds --meta.
func (p *program) readerWithMeta() (*reader, error) {
	r := p.reader()
	if p.meta == "" {
		return r, nil
	}
	text, err := readText(p.meta)
	if err != nil {
		return nil, usageError{err}
	}
	r.meta, err = p.parseMeta(cmp.Or(p.metaName, p.meta), text)
	if err != nil {
		return nil, usageError{err}
	}
	return r, nil
}

// yearWithin finds the year in what a spreadsheet makes of one: 2011.0, 2011年.
var yearWithin = regexp.MustCompile(`(?:19|20)[0-9]{2}`)

// metaColumns are the columns that are read, noteColumns those that are the user's own.
var (
	metaColumns = []string{"source", "article", "title", "org", "region_code", "year"}
	noteColumns = []string{"note", "备注"}
)

// parseMeta reads a file of facts. An error names the file, the line and what a
// valid cell looks like.
func (p *program) parseMeta(name, text string) (*meta, error) {
	in := csv.NewReader(strings.NewReader(text))
	head, rest, _ := strings.Cut(text, "\n")
	if strings.HasPrefix(strings.ToLower(head), "sep=") { // which Excel reads, and writes
		in = csv.NewReader(strings.NewReader("\n" + rest))
	}
	if i := strings.IndexAny(head, ",;\t"); i >= 0 { // of spreadsheets
		in.Comma = rune(head[i])
	}
	in.FieldsPerRecord = -1
	header, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %s", name, p.text("no header line", "没有表头"))
	}
	headed, _ := in.FieldPos(0)
	at := map[string]int{}
	for i, c := range header {
		c = strings.TrimSpace(c)
		switch _, twice := at[c]; {
		case twice:
			return nil, fmt.Errorf(p.text("%s:%d: column %q stands twice", "%s:%d: %q 列出现两次"), name, headed, c)
		case slices.Contains(metaColumns, c):
			at[c] = i
		case !slices.Contains(noteColumns, c) && !slices.ContainsFunc(factColumns, func(f schema.Column) bool { return f.Name == c }): // those that facts tells besides are passed over
			return nil, fmt.Errorf(p.text("%s:%d: unknown column %q, want %s%s; words of your own stand in %s", "%s:%d: 没有 %q 这一列,应为 %s%s;自己的备注写在 %s 列"), name, headed, c, strings.Join(metaColumns, ", "), p.meant(indicator.Near(c, metaColumns)), strings.Join(noteColumns, ", "))
		}
	}
	if _, ok := at["source"]; !ok || len(at) < 2 {
		return nil, fmt.Errorf(p.text("%s:%d: want a column source and one of title, org, region_code, year", "%s:%d: 应有 source 列,并有 title、org、region_code、year 之一"), name, headed)
	}
	m := &meta{name: name}
	regions := region.Load()
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) && len(m.lines) == 0 {
			return nil, fmt.Errorf(p.text("%s:%d: no line below the header", "%s:%d: 表头下没有内容"), name, headed+1)
		}
		if errors.Is(err, io.EOF) {
			m.used = make([]atomic.Bool, len(m.lines))
			return m, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		number, _ := in.FieldPos(0)
		cell := func(column string) string {
			if i, ok := at[column]; ok && i < len(row) {
				return table.Plain(strings.TrimSpace(row[i]))
			}
			return ""
		}
		line, err := p.metaLine(regions, cell)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, number, err)
		}
		line.number, line.By = number, fmt.Sprintf("%s:%d", name, number)
		m.lines = append(m.lines, line)
	}
}

// metaLine reads the cells of one line.
func (p *program) metaLine(regions *region.Table, cell func(string) string) (metaLine, error) {
	l := metaLine{glob: cell("source")}
	l.Title, l.Org, l.Region = cell("title"), cell("org"), cell("region_code")
	if l.glob == "" {
		return l, errors.New(p.text("source is empty: want a path or a glob, such as 2011/*.txt", "source 为空:应为路径或通配符,如 2011/*.txt"))
	}
	if _, err := path.Match(l.glob, ""); err != nil {
		return l, fmt.Errorf(p.text("source %q is no valid glob", "source %q 不是有效的通配符"), l.glob)
	}
	if s := cell("article"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return l, fmt.Errorf(p.text("article %q: want a number from 1, or nothing", "article %q:应为 1 起的序号,或留空"), s)
		}
		l.article = n
	}
	if s := cell("year"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1900 || n > 2099 {
			return l, fmt.Errorf(p.text("year %q: want a year from 1900 to 2099, or nothing%s", "year %q:应为 1900 至 2099 的年份,或留空%s"), s, p.meant(yearWithin.FindString(s)))
		}
		l.Year = n
	}
	return l, p.checkCode(regions, l.Region, l.Year)
}

var sixDigits = regexp.MustCompile(`^[0-9]{6}$`)

// checkCode refuses a code that no region had, or none in the year.
func (p *program) checkCode(regions *region.Table, code string, year int) error {
	near := func() string { return p.meant(regions.Nearest(code, indicator.Near)) }
	switch lines := regions.Lines(code); {
	case code == "" || code == region.National:
		return nil
	case !sixDigits.MatchString(code):
		return fmt.Errorf(p.text("region_code %q: want six digits, such as 530322%s", "region_code %q:应为六位数字,如 530322%s"), code, near())
	case len(lines) == 0:
		return fmt.Errorf(p.text("region_code %s: no region had this code from %d to %d%s", "region_code %s:%d 至 %d 年没有这个代码%s"), code, region.FirstYear, region.LastYear, near())
	case year != 0 && regions.Code(code, year) == nil:
		l := lines[len(lines)-1]
		if now := regions.At(l, year); now != nil {
			return fmt.Errorf(p.text("region_code %s (%s) was not valid in %d: want %s", "region_code %s(%s)在 %d 年无效:应为 %s"), code, l.Name, year, now.Code)
		}
		return fmt.Errorf(p.text("region_code %s (%s) was not valid in %d", "region_code %s(%s)在 %d 年无效"), code, l.Name, year)
	}
	return nil
}

// apply gives the articles of a document what the lines that fit it say.
func (m *meta) apply(d *schema.Document) {
	if m == nil {
		return
	}
	m.first.CompareAndSwap(nil, &d.Source)
	for i := range m.lines {
		l := &m.lines[i]
		if !l.fits(d.Source) && !l.fits(d.Path()) { // as facts names it, or as the corpus does, below its root
			continue
		}
		m.used[i].Store(true)
		for j := range d.Articles {
			if a := &d.Articles[j]; l.article == 0 || l.article == a.N {
				l.give(a)
			}
		}
	}
}

// known is what a run over many documents asks; nil if the user says nothing.
func (m *meta) known() func(*schema.Document) {
	if m == nil {
		return nil
	}
	return m.apply
}

// fits reports whether a line speaks of a source: its path, the end of its path, or
// a glob of either.
func (l *metaLine) fits(source string) bool {
	source = strings.TrimPrefix(source, "./")
	glob := strings.TrimPrefix(l.glob, "./")
	if glob == source {
		return true
	}
	parts := strings.Count(glob, "/")
	tail := source
	for strings.Count(tail, "/") > parts {
		_, tail, _ = strings.Cut(tail, "/")
	}
	if tail == glob {
		return true
	}
	ok, err := path.Match(glob, tail)
	return ok && err == nil
}

// give writes what a line says to an article.
func (l *metaLine) give(a *schema.Article) {
	g := l.Given
	if old := a.Given; old != nil {
		g = *old
		g.By = l.By
		if l.Org != "" {
			g.Org = l.Org
		}
		if l.Region != "" {
			g.Region = l.Region
		}
		if l.Year != 0 {
			g.Year = l.Year
		}
	}
	if l.Title != "" {
		g.Title = l.Title
		a.Title, a.TitleFrom = l.Title, "meta"
	}
	a.Given = &g
}

// metaSuits is an error where no line of --meta speaks of any of the sources that a command is
// about to read. It is asked before, so that nothing is written then.
func (p *program) metaSuits(r *reader, names iter.Seq[string]) error {
	if r.meta == nil || len(r.meta.lines) == 0 {
		return nil
	}
	var near string
	most := -1
	glob := path.Base(r.meta.lines[0].glob)
	for name := range names {
		if name == "-" || strings.HasPrefix(name, "-!/") { // it is read once
			return nil
		}
		for i := range r.meta.lines {
			if r.meta.lines[i].fits(name) {
				return nil
			}
		}
		if n := alike(glob, path.Base(name)); n > most {
			near, most = name, n
		}
	}
	if most < 0 { // nothing to read: the command says so
		return nil
	}
	return p.metaUnfit(&r.meta.lines[0], near)
}

// meant asks whether a word was meant, if there is one.
func (p *program) meant(word string) string {
	if word == "" {
		return ""
	}
	return fmt.Sprintf(p.text("; do you mean %s?", ";是不是 %s?"), word)
}

// alike is how many bytes two names begin and end with alike.
func alike(a, b string) (n int) {
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	a, b = a[n:], b[n:]
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b, n = a[:len(a)-1], b[:len(b)-1], n+1
	}
	return n
}

// sourceNames are the names of what a command is about to read. Standard input can be read once
// only: where it is among the paths, it alone is named and nothing is opened.
func (p *program) sourceNames(ctx context.Context, paths []string, but ...string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if slices.Contains(paths, "-") {
			yield("-")
			return
		}
		for s, err := range corpus.Sources(ctx, paths, p.sources(but...)) {
			if err == nil && !yield(s.Name) {
				return
			}
		}
	}
}

// metaUnfit says that a line, as all others, speaks of no source, and of one what it is called.
func (p *program) metaUnfit(l *metaLine, near string) error {
	return usageError{fmt.Errorf(p.text("%s: source %q fits none of the documents, nor does any other line; theirs are such as %q",
		"%s:source %q 没有对应的文件,其余各行也没有;文件的 source 形如 %q"), l.By, l.glob, near)}
}

// metaFits is metaSuits of what was read once.
func (p *program) metaFits(r *reader) error {
	if r.meta == nil || r.meta.first.Load() == nil || len(r.meta.lines) == 0 {
		return nil
	}
	for i := range r.meta.used {
		if r.meta.used[i].Load() {
			return nil
		}
	}
	return p.metaUnfit(&r.meta.lines[0], *r.meta.first.Load())
}

// metaEnd ends a command with an error where lines of --meta fitted no source. The
// other error of the command goes first.
func (p *program) metaEnd(r *reader, err error) error {
	if r.meta == nil || err != nil {
		return err
	}
	bad := false
	for i := range r.meta.lines {
		if l := &r.meta.lines[i]; !r.meta.used[i].Load() {
			bad = true
			p.say(p.text("%s: source %q fits none of the documents", "%s:source %q 没有对应的文件"), l.By, l.glob)
		}
	}
	if bad {
		return errPartial
	}
	return nil
}
