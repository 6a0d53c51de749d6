package postgres

// This file makes rows of documents.

import (
	"fmt"
	"slices"
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
	*schema.Document
	Reading *schema.Reading
	Program string // that read the figures
	Cluster string // doc_id of the one that stands for its near-copies, or empty
}

// Encode makes the rows of a document. Numbers of identity cards, accounts and telephones
// are masked unless personal numbers are asked for; the document is changed by that.
func Encode(d Document, personal bool) (Rows, error) {
	if !personal {
		mask(&d)
	}
	cuts, err := index.Cuts(d.Document, d.Reading)
	if err != nil {
		return Rows{}, err
	}
	e := &encoder{Document: d, province: provinceOf(cuts), rows: map[fileKey]*row{}, at: schema.NewRunes(d.Text), inText: schema.NewRunes(d.Text)}
	e.document()
	for i := range cuts {
		if err := e.report(&cuts[i]); err != nil {
			return Rows{}, fmt.Errorf("document %s (%s): %w", d.ID, d.Path(), err)
		}
	}
	rows := e.all()
	for i := range cuts {
		rows.text += int64(len(cuts[i].Text))
	}
	return rows, nil
}

// mask hides personal numbers. Positions stay.
func mask(d *Document) {
	d.Text = personal.Mask(d.Text)
	for i := range d.Articles {
		d.Articles[i].Title = personal.Mask(d.Articles[i].Title)
	}
	for i := range d.Reading.Origins {
		d.Reading.Origins[i].Org = personal.Mask(d.Reading.Origins[i].Org)
	}
	for i := range d.Reading.Metrics {
		m := &d.Reading.Metrics[i]
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
	Document
	province   string
	rows       map[fileKey]*row
	at, inText *schema.Runes // of figures and of sentences
}

// row begins a row of a table.
func (e *encoder) row(table, province string) *row {
	k := fileKey{province, table}
	if e.rows[k] == nil {
		e.rows[k] = new(row)
	}
	return e.rows[k].text(province)
}

func (e *encoder) all() (rows Rows) {
	for k, r := range e.rows {
		rows.files = append(rows.files, rowsOf{k, r.lines, r.n})
	}
	return rows
}

func (e *encoder) document() {
	e.row("documents", e.province).text(e.ID).text(e.Root).text(e.Source).text(e.Format).text(e.Encoding).
		whole(utf8.RuneCountInString(e.Text)).whole(len(e.Articles)).whole(len(e.Reading.Metrics)).text(e.Program).text(e.Cluster).end()
	e.row("texts", e.province).text(e.ID).text(e.Text).end()
}

func (e *encoder) report(c *index.Cut) error {
	place := province(c.Code)
	grams := gramsOf{}
	grams.add(c.Text)
	for _, f := range c.Figures {
		if err := e.figure(place, c, f, grams); err != nil {
			return err
		}
	}
	e.sentences(place, c)
	o := e.Reading.Origin(c.Article)
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
	return nil
}

// sentences writes the parts that the starts of sentences cut a report into.
func (e *encoder) sentences(place string, c *index.Cut) {
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
	}
}

// beyond is the place so many characters after end.
func beyond(text string, end int) int {
	for range Beyond {
		_, n := utf8.DecodeRuneInString(text[end:])
		end += n
	}
	return end
}

func (e *encoder) figure(place string, c *index.Cut, f index.CutFigure, grams gramsOf) error {
	m := f.Metric
	from := e.inText.At(m.Sentence.Start)
	r := e.row("figures", place).text(e.ID).whole(c.Article).whole(f.Sentence).whole(e.at.At(m.Start)).text(m.In(e.Text)).
		whole(from).whole(e.inText.At(m.Sentence.End) - from).text(f.Size.String())
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
