package postgres

// This file makes rows of documents.

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"mingxi/corpus/fold"
	"mingxi/corpus/personal"
	"mingxi/index"
	"mingxi/schema"
)

// Beyond is how many characters of what follows a sentence stand in its row, so that
// words which begin in it are found there. Of longer words the text of the report decides.
const Beyond = 32

// none is the province of what has no region.
const none = "none"

// Rows are the rows of a document, by the files that they go to.
type Rows struct {
	files []rowsOf
	text  int64 // bytes of the texts of articles
}

type rowsOf struct {
	fileKey
	lines []byte
	n     int
}

// A Document is a document of a corpus.
type Document struct {
	Parts   index.Parts // which may be read again
	Program string      // that read the figures
	Cluster string      // doc_id of the one that stands for its near-copies, or empty
}

// Encode makes the rows of a document, and hands them to write some at a time. Numbers of
// identity cards, accounts and telephones are masked unless personal numbers are asked
// for; the document is changed by that.
func Encode(d Document, personal bool, write func(Rows) error) error {
	if !personal {
		d.Parts = masked(d.Parts)
	}
	cuts, err := index.Cuts(d.Parts)
	if err != nil {
		return err
	}
	var e *encoder
	if err := d.Parts(func(doc *schema.Document, part *schema.Reading) error {
		if e == nil {
			e = newEncoder(doc, cuts, write)
		}
		e.origins = part.Origins
		return e.figures(part.Metrics)
	}); err != nil {
		return err
	}
	if err := e.document(&d); err != nil {
		return err
	}
	for i := range cuts {
		if err := e.report(i); err != nil {
			return err
		}
	}
	return e.flush(0)
}

// masked hides personal numbers. Positions stay.
func masked(parts index.Parts) index.Parts {
	return func(yield func(*schema.Document, *schema.Reading) error) error {
		var last *schema.Document
		return parts(func(d *schema.Document, part *schema.Reading) error {
			if d != last {
				last, d.Text = d, personal.Mask(d.Text)
				for i := range d.Articles {
					d.Articles[i].Title = personal.Mask(d.Articles[i].Title)
				}
			}
			mask(part)
			return yield(d, part)
		})
	}
}

func mask(r *schema.Reading) {
	for i := range r.Origins {
		r.Origins[i].Org = personal.Mask(r.Origins[i].Org)
	}
	for i := range r.Metrics {
		m := &r.Metrics[i]
		for _, c := range fields {
			if cell := c.Field.Get(m); c.Type == schema.Text && c.Name != "cell" && cell.Text != "" {
				if masked := personal.Mask(cell.Text); masked != cell.Text {
					_ = c.Field.Set(m, schema.TextCell(masked)) // of texts it has no error
				}
			}
		}
	}
}

// provinceOf is where a document stands: the province of its first report that has one.
func provinceOf(cuts []index.Cut) string {
	for i := range cuts {
		if p := province(cuts[i].Code); p != none {
			return p
		}
	}
	return none
}

// province is the part that a region lies in.
func province(code string) string {
	if len(code) < 2 || strings.Trim(code[:2], "0123456789") != "" {
		return none
	}
	return code[:2]
}

// An encoder makes the rows of one document.
type encoder struct {
	*schema.Document
	cuts       []index.Cut
	grams      []gramsOf // of each
	figured    []int     // how many figures of each there were
	origins    []schema.Origin
	province   string
	rows       map[fileKey]*row
	write      func(Rows) error
	at, inText *schema.Runes // of figures and of sentences
}

func newEncoder(d *schema.Document, cuts []index.Cut, write func(Rows) error) *encoder {
	e := &encoder{Document: d, cuts: cuts, grams: make([]gramsOf, len(cuts)), figured: make([]int, len(cuts)), province: provinceOf(cuts),
		rows: map[fileKey]*row{}, write: write, at: schema.NewRunes(d.Text), inText: schema.NewRunes(d.Text)}
	for i := range cuts {
		e.grams[i] = gramsOf{}
		e.grams[i].add(cuts[i].Text)
	}
	return e
}

// row begins a row of a table.
func (e *encoder) row(table, province string) *row {
	k := fileKey{province, table}
	if e.rows[k] == nil {
		e.rows[k] = new(row)
	}
	return e.rows[k].text(province)
}

// rowBytes is how much of rows is held before it is written.
const rowBytes = 4 << 20

// flush writes the rows if there are so many bytes of them.
func (e *encoder) flush(least int) error {
	bytes := 0
	for _, r := range e.rows {
		bytes += len(r.lines)
	}
	if bytes < least {
		return nil
	}
	var rows Rows
	for k, r := range e.rows {
		rows.files = append(rows.files, rowsOf{k, r.lines, r.n})
	}
	clear(e.rows)
	return e.write(rows)
}

func (e *encoder) document(of *Document) error {
	figures, text := 0, int64(0)
	for i := range e.cuts {
		figures, text = figures+e.figured[i], text+int64(len(e.cuts[i].Text))
	}
	e.row("documents", e.province).text(e.ID).text(e.Root).text(e.Source).text(e.Format).text(e.Encoding).
		whole(utf8.RuneCountInString(e.Text)).whole(len(e.Articles)).whole(figures).text(of.Program).text(of.Cluster).end()
	e.row("texts", e.province).text(e.ID).text(e.Text).end()
	return cmp.Or(e.flush(rowBytes), e.write(Rows{text: text}))
}

func (e *encoder) report(i int) error {
	c, grams := &e.cuts[i], e.grams[i]
	place := province(c.Code)
	if err := e.sentences(place, c); err != nil {
		return err
	}
	o := (&schema.Reading{Origins: e.origins}).Origin(c.Article)
	r := e.row("articles", place).text(e.ID).whole(c.Article).text(c.Title)
	if i := slices.IndexFunc(e.Articles, func(a schema.Article) bool { return a.N == c.Article }); i >= 0 {
		r.whole(e.at.At(e.Articles[i].Start)).whole(e.at.At(e.Articles[i].End))
	} else {
		r.null().null()
	}
	r.text(c.Org).count(c.Year).text(c.Code).text(c.Region).text(o.Region.Method).text(strconv.FormatFloat(o.Region.Score, 'g', -1, 64)).
		text(e.Source).whole(c.Start).whole(c.End).whole(len(c.Figures))
	for _, s := range []string{c.Title, c.Org, c.Region} {
		grams.add(fold.String(s))
		r.folded(s)
	}
	r.text(c.Text).list(c.Headings).list(grams.list()).end()
	return e.flush(rowBytes)
}

// sentences writes the parts that the starts of sentences cut a report into.
func (e *encoder) sentences(place string, c *index.Cut) error {
	starts, first := c.Sentences, 0
	switch {
	case len(starts) == 0:
		starts = []int{0}
	case starts[0] > 0: // what stands before the first
		starts, first = append([]int{0}, starts...), -1
	}
	runes := schema.NewRunes(c.Text)
	for i, start := range starts {
		end := len(c.Text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		e.row("sentences", place).text(e.ID).whole(c.Article).whole(first + i).
			whole(runes.At(start)).whole(utf8.RuneCountInString(c.Text[start:end])).text(c.Text[start:beyond(c.Text, end)]).end()
		if err := e.flush(rowBytes); err != nil {
			return err
		}
	}
	return nil
}

// beyond is the place so many characters after end.
func beyond(text string, end int) int {
	for range Beyond {
		_, n := utf8.DecodeRuneInString(text[end:])
		end += n
	}
	return end
}

// figures writes a part of the figures.
func (e *encoder) figures(metrics []schema.Metric) error {
	slices.SortStableFunc(metrics, func(a, b schema.Metric) int { return a.Start - b.Start })
	for i := range metrics {
		m := &metrics[i]
		at := e.at.At(m.Start)
		n := max(0, sort.Search(len(e.cuts), func(i int) bool { return i > 0 && e.cuts[i].Start > at })-1)
		if err := e.figure(n, m); err != nil {
			return fmt.Errorf("document %s (%s): %w", e.ID, e.Path(), err)
		}
		e.figured[n]++
		if err := e.flush(rowBytes); err != nil {
			return err
		}
	}
	return nil
}

// figure writes a figure of a report.
func (e *encoder) figure(n int, m *schema.Metric) error {
	c, grams := &e.cuts[n], e.grams[n]
	place, sentence := province(c.Code), c.Figures[e.figured[n]]
	from := e.inText.At(m.Sentence.Start)
	r := e.row("figures", place).text(e.ID).whole(c.Article).whole(sentence).whole(e.at.At(m.Start)).text(m.In(e.Text)).
		whole(from).whole(e.inText.At(m.Sentence.End) - from).text(index.Size(m).String())
	for _, col := range fields {
		cell := col.Field.Get(m).String()
		if col.Field.Keep == schema.Date && cell != "" {
			if _, err := time.Parse(time.DateOnly, cell); err != nil {
				return fmt.Errorf("figure %d: %s is %q, no date", m.Seq, col.Name, cell)
			}
		}
		r.text(cell)
	}
	for _, col := range fields {
		if isWords(col.Name) {
			cell := col.Field.Get(m).Text
			grams.add(fold.String(cell))
			r.folded(cell)
		}
	}
	r.end()
	return nil
}

// folded is what is searched of a text: NULL where that is the text itself.
func (r *row) folded(s string) {
	if f := fold.String(s); f != s {
		r.text(f)
		return
	}
	r.null()
}

// count is a number from 1; 0 is NULL.
func (r *row) count(n int) *row {
	if n == 0 {
		return r.null()
	}
	return r.whole(n)
}

// gramsOf gathers the characters of texts and the pairs of neighbours.
type gramsOf map[string]struct{}

func (g gramsOf) add(text string) {
	for last, at := 0, 0; at < len(text); {
		_, n := utf8.DecodeRuneInString(text[at:])
		g[text[at:at+n]] = struct{}{}
		if at > 0 {
			g[text[last:at+n]] = struct{}{}
		}
		last, at = at, at+n
	}
}

func (g gramsOf) list() []string {
	list := make([]string, 0, len(g))
	for s := range g {
		list = append(list, s)
	}
	slices.Sort(list)
	return list
}
