package web

// This file is a document: its text with the figures marked in it, and beside it the
// table of them.

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"mingxi/cmd/mingxi/find"
	"mingxi/cmd/mingxi/tell"
	"mingxi/corpus/personal"
	"mingxi/corpus/store"
	"mingxi/extract/audit"
	"mingxi/index/query"
	"mingxi/schema"
)

// A documentValue is a document with what was read from it. Offsets are in characters.
type documentValue struct {
	DocID    string              `json:"doc_id"`
	Root     string              `json:"root,omitempty"`
	Source   string              `json:"source"`
	Format   string              `json:"format"`
	Warnings []string            `json:"warnings,omitempty"`
	Paths    []string            `json:"paths"`            // of all files with these bytes
	Copies   []copyValue         `json:"copies,omitempty"` // near-copies, itself not among them
	Articles []articleValue      `json:"articles"`
	Text     string              `json:"text"`
	Count    int                 `json:"figure_count"`
	Figures  []map[string]string `json:"figures"`  // cells of the contract that are not empty; of a document with thousands those of the part shown
	Findings []findingValue      `json:"findings"` // between these
	Part     int                 `json:"part"`     // the one shown, from 1
	Parts    int                 `json:"parts"`

	zh       tell.Lang
	doc      *schema.Document
	reading  *schema.Reading
	marks    []schema.Span // of the words that were sought
	Outline  []heading     `json:"-"`
	Sections []section     `json:"-"` // the blocks of the part shown
	shown    schema.Span   // of the text
	starts   []int         // of the parts
	q        string
}

type copyValue struct {
	DocID  string `json:"doc_id"`
	Source string `json:"source"`
}

// An articleValue is a report of the document.
type articleValue struct {
	N      int    `json:"article"`
	Title  string `json:"title"`
	Org    string `json:"org,omitempty"`
	Code   string `json:"region_code,omitempty"`
	Region string `json:"region,omitempty"`
	Method string `json:"region_method,omitempty"`
	Year   int    `json:"year,omitempty"`
	Start  int    `json:"start"`
	End    int    `json:"end"`

	Corrections []store.Correction `json:"corrections,omitempty"`
	Form        *correctForm       `json:"-"`
}

// A findingValue is what the audit says of some figures.
type findingValue struct {
	ID       int    `json:"id"`
	Verdict  string `json:"verdict"`
	Relation string `json:"relation"`
	Stated   int    `json:"stated,omitempty"` // seq of the figure that the others should give
	Members  []int  `json:"members"`
	Equation string `json:"equation"`
	Off      string `json:"off,omitempty"`
	word     string
}

// Word is the verdict for a reader.
func (f findingValue) Word() string { return f.word }

// Bad reports whether it is a contradiction.
func (f findingValue) Bad() bool { return f.Verdict == audit.Contradicts.String() }

// partSize is how many bytes of text a page shows of a long document.
const partSize = 200_000

func documentResource(v *visit) (any, error) {
	d := &documentValue{zh: tell.Lang(v.zh), q: v.URL.Query().Get("q")}
	if err := d.load(v, v.PathValue("id")); err != nil {
		return nil, err
	}
	if err := d.find(v); err != nil {
		return nil, err
	}
	d.Outline = d.outline()
	d.Sections = d.sections()
	return d, nil
}

// document hands on a document in parts, without numbers of identity cards, accounts and
// telephones; places in its text stay.
func (v *visit) document(id string, yield func(*schema.Document, *schema.Reading)) error {
	var last *schema.Document
	return v.edition.store.DocumentParts(v.Context(), id, func(d *schema.Document, part *schema.Reading) error {
		if d != last {
			d.Text, last = personal.Mask(d.Text), d
		}
		yield(d, part)
		return nil
	})
}

// beside is a document with the figures that stand near the one with a number, which may
// be 0, and how many it has in all.
func (v *visit) beside(id string, seq int) (d *schema.Document, r *schema.Reading, all int, err error) {
	r = new(schema.Reading)
	err = v.document(id, func(of *schema.Document, part *schema.Reading) {
		d, r.Origins, all = of, part.Origins, all+len(part.Metrics)
		if part.Of(seq) != nil {
			r.Metrics = slices.Clone(part.Metrics)
		}
	})
	return d, r, all, err
}

// load reads the document, and what is known of it.
func (d *documentValue) load(v *visit, id string) error {
	s := v.edition.store
	many, err := s.Many(v.Context(), id, schema.LongStretch)
	if err != nil {
		return err
	}
	at, err := strconv.Atoi(v.URL.Query().Get("at"))
	if has, e := s.Many(v.Context(), id, at-1); err != nil || e != nil || !has {
		at = 0
	}
	d.reading = new(schema.Reading)
	if err := v.document(id, func(doc *schema.Document, part *schema.Reading) {
		if d.doc != doc {
			d.doc = doc
			d.cut(v.URL.Query().Get("part"))
		}
		d.Count, d.reading.Origins = d.Count+len(part.Metrics), part.Origins
		for i := range part.Metrics {
			at = d.take(&part.Metrics[i], many, at)
		}
	}); err != nil {
		return err
	}
	d.show()
	d.DocID, d.Root, d.Source, d.Format, d.Warnings, d.Text = d.doc.ID, d.doc.Root, d.doc.Source, d.doc.Format, d.doc.Warnings, d.doc.Text
	if d.Paths, err = s.Paths(v.Context(), id); err != nil {
		return err
	}
	copies, err := s.NearCopies(v.Context(), id)
	if err != nil {
		return err
	}
	for _, c := range copies {
		if c.ID != id {
			d.Copies = append(d.Copies, copyValue{c.ID, c.Source})
		}
	}
	log, err := s.Corrections(v.Context(), id)
	if err != nil {
		return err
	}
	standing := store.Standing(d.doc, d.reading, log)
	runes := schema.NewRunes(d.doc.Text)
	d.Articles, d.Figures, d.Findings = []articleValue{}, []map[string]string{}, []findingValue{}
	for _, a := range d.doc.Articles {
		o := d.reading.Origin(a.N)
		one := articleValue{N: a.N, Title: a.Title, Org: o.Org, Code: o.Region.Code, Region: o.Region.Name, Method: o.Region.Method, Year: o.Year, Start: runes.At(a.Start), End: runes.At(a.End)}
		key := store.Target{Article: a.N}
		one.Corrections = of(log, d.doc, d.reading, key)
		one.Form = v.form(log, standing[key], articleFields(o))
		d.Articles = append(d.Articles, one)
	}
	if err := schema.Rows(d.doc, d.reading, func(row []schema.Cell) error {
		d.Figures = append(d.Figures, find.Object(row))
		return nil
	}); err != nil {
		return err
	}
	for _, f := range v.s.auditor.Check(d.doc, d.reading) {
		d.Findings = append(d.Findings, findingOf(d.zh, &f))
	}
	return nil
}

func findingOf(zh tell.Lang, f *audit.Finding) findingValue {
	return findingValue{f.ID, f.Verdict.String(), zh.Relation(f.Relation), f.Stated, f.Members, f.Equation, zh.OffBy(f), zh.Verdict(f.Verdict)}
}

// find marks the words that a reader comes from.
func (d *documentValue) find(v *visit) error {
	if d.q == "" {
		return nil
	}
	q, err := query.Parse(d.q)
	if err != nil {
		d.q = ""
		return nil // the search page has said so
	}
	marks, err := find.Marks(v.Context(), v.edition.index, q, d.DocID)
	runes := schema.NewRunes(d.doc.Text)
	for _, m := range marks {
		from, ok := runes.Bytes(m.Start)
		to, okEnd := runes.Bytes(m.End)
		if ok && okEnd {
			d.marks = append(d.marks, schema.Span{Start: from, End: to})
		}
	}
	return err
}

// cut divides a long document into parts, of which the one asked for is shown.
func (d *documentValue) cut(part string) {
	size := partSize
	for _, b := range d.doc.Blocks {
		if size >= partSize {
			d.starts, size = append(d.starts, b.Start), 0
		}
		size += b.Len()
	}
	d.Parts = max(1, len(d.starts))
	d.Part = 1
	if n, err := strconv.Atoi(part); err == nil {
		d.Part = min(max(n, 1), d.Parts)
	}
}

// take takes in a figure; where there are many, if it is of the part shown. That is the
// one with the figure at, which is still to come; 0 if it has come, or none is asked for.
func (d *documentValue) take(m *schema.Metric, many bool, at int) int {
	part := d.partOf(m.Start)
	if at > 0 && part != d.Part {
		if d.Part = part; many {
			d.reading.Metrics = d.reading.Metrics[:0]
		}
	}
	if !many || part == d.Part {
		d.reading.Metrics = append(d.reading.Metrics, *m)
	}
	if m.Seq == at {
		return 0
	}
	return at
}

// show sets what of the text is shown.
func (d *documentValue) show() {
	d.shown = schema.Span{End: len(d.doc.Text)}
	if d.Part <= len(d.starts) {
		d.shown.Start = d.starts[d.Part-1]
	}
	if d.Part < len(d.starts) {
		d.shown.End = d.starts[d.Part]
	}
}

// A heading is a line of the outline.
type heading struct {
	Level int
	Text  string
	URL   string
}

// outline are the headings of the whole document.
func (d *documentValue) outline() (list []heading) {
	for _, b := range d.doc.Blocks {
		if b.Kind != schema.Title && b.Kind != schema.Heading {
			continue
		}
		h := heading{Level: min(b.Level, 4), Text: clipped(b.In(d.doc.Text), 40), URL: "#" + blockID(b)}
		if !d.shown.Contains(b.Span) {
			h.URL = fmt.Sprintf("/doc/%s?part=%d#%s", d.DocID, d.partOf(b.Start), blockID(b))
		}
		list = append(list, h)
	}
	return list
}

// partOf is the part that a place is in.
func (d *documentValue) partOf(at int) int {
	i, found := slices.BinarySearch(d.starts, at)
	if found {
		i++
	}
	return max(i, 1)
}

func blockID(b schema.Block) string { return "b" + strconv.Itoa(b.Start) }

// clipped is at most so many characters of a text on one line.
func clipped(s string, most int) string {
	runes := []rune(oneLine(s))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}

// A section is a block of the text, or the rows of a table.
type section struct {
	Kind    string // as schema.Kind, or table
	Level   int
	ID      string
	Article *articleValue // that begins here
	Page    int           // that begins here
	Text    []stretch
	Rows    []row
}

type row struct {
	Head  bool
	Cells [][]stretch
}

// A stretch is a part of a block: a figure, or the text between two.
type stretch struct {
	Figure *mark
	Pieces []piece
}

// A mark is a figure in the text.
type mark struct {
	Seq   string
	Class string
	Tip   string
}

// sections are the blocks of the part shown, with their figures.
func (d *documentValue) sections() (list []section) {
	article, page := 0, 0
	var last *section
	table := 0
	var shown map[schema.Span]bool // cells of the table
	for _, b := range d.doc.Blocks {
		if b.Start < d.shown.Start || b.Start >= d.shown.End {
			continue
		}
		s := section{Kind: b.Kind.String(), Level: b.Level, ID: blockID(b)}
		if a := d.doc.ArticleAt(b.Start); a != nil && a.N != article {
			article = a.N
			s.Article = d.article(a.N)
		}
		if b.Page != page {
			page, s.Page = b.Page, b.Page
		}
		if b.Kind == schema.Row && len(b.Cells) > 0 {
			if last == nil || last.Kind != "table" || b.Table != table || s.Article != nil {
				s.Kind, table, shown = "table", b.Table, map[schema.Span]bool{}
				list = append(list, s)
				last = &list[len(list)-1]
			}
			last.Rows = append(last.Rows, d.row(b, shown))
			continue
		}
		s.Text = d.stretches(b.Span)
		list = append(list, s)
		last = &list[len(list)-1]
	}
	return list
}

func (d *documentValue) article(n int) *articleValue {
	for i := range d.Articles {
		if d.Articles[i].N == n {
			return &d.Articles[i]
		}
	}
	return nil
}

// row is a row of a table. A cell that a merged one covers is empty.
func (d *documentValue) row(b schema.Block, shown map[schema.Span]bool) row {
	r := row{Head: b.Head}
	for _, c := range b.Cells {
		if c.Len() > 0 && shown[c] {
			r.Cells = append(r.Cells, nil)
			continue
		}
		shown[c] = true
		r.Cells = append(r.Cells, d.stretches(c))
	}
	return r
}

// stretches divides a span of the text at its figures.
func (d *documentValue) stretches(span schema.Span) (list []stretch) {
	at := span.Start
	metrics := d.reading.Metrics
	first, _ := slices.BinarySearchFunc(metrics, span.Start, func(m schema.Metric, at int) int { return m.Start - at })
	for i := first; i < len(metrics) && metrics[i].Start < span.End; i++ {
		m := &metrics[i]
		if m.Start < at || m.End > span.End {
			continue // of an overlapping figure only the first is marked
		}
		list = d.plain(list, schema.Span{Start: at, End: m.Start})
		list = append(list, stretch{Figure: d.mark(m), Pieces: d.pieces(m.Span)})
		at = m.End
	}
	return d.plain(list, schema.Span{Start: at, End: span.End})
}

func (d *documentValue) plain(list []stretch, s schema.Span) []stretch {
	if s.Len() <= 0 {
		return list
	}
	return append(list, stretch{Pieces: d.pieces(s)})
}

// pieces divides a span at the words that were sought.
func (d *documentValue) pieces(s schema.Span) (list []piece) {
	at := s.Start
	first, _ := slices.BinarySearchFunc(d.marks, s.Start, func(m schema.Span, at int) int { return m.End - at })
	for i := first; i < len(d.marks) && d.marks[i].Start < s.End; i++ {
		from, to := max(d.marks[i].Start, at), min(d.marks[i].End, s.End)
		if from >= to {
			continue
		}
		if from > at {
			list = append(list, piece{d.doc.Text[at:from], false})
		}
		list = append(list, piece{d.doc.Text[from:to], true})
		at = to
	}
	if at < s.End {
		list = append(list, piece{d.doc.Text[at:s.End], false})
	}
	return list
}

// mark is how a figure looks in the text.
func (d *documentValue) mark(m *schema.Metric) *mark {
	class := m.Kind.String()
	if m.Status == schema.Planned {
		class += " planned"
	}
	if m.Check == schema.Contradicts {
		class += " contradicts"
	}
	if m.Approx != schema.Exact {
		class += " about"
	}
	if ofFigure(m.Corrected) {
		class += " corrected"
	}
	return &mark{strconv.Itoa(m.Seq), class, tell.Join(" ", "#"+strconv.Itoa(m.Seq), m.Label, tell.Value(m), tell.Unit(m))}
}

// Badges are the marks of a row of the table of figures.
func (d *documentValue) Badges(f map[string]string) []badge {
	return badges(d.zh, f["kind"], f["status"], f["approx"], f["check"], f["corrected"])
}

// Here reports whether a figure stands in the part shown.
func (d *documentValue) Here(f map[string]string) bool {
	seq, _ := strconv.Atoi(f["seq"])
	m := d.reading.Of(seq)
	return m != nil && d.shown.Contains(m.Span)
}

// Shown are the figures of the table: of a long document those of the part shown.
func (d *documentValue) Shown() (list []map[string]string) {
	if d.Parts == 1 {
		return d.Figures
	}
	for _, f := range d.Figures {
		if d.Here(f) {
			list = append(list, f)
		}
	}
	return list
}

// Said is what a reader said of a field, in the language of the reader.
func (d *documentValue) Said(field, value string) string { return said(d.zh, field+"="+value) }

// Citations are references to the articles by GB/T 7714.
func (d *documentValue) Citations() (list []string) {
	for _, a := range d.Articles {
		if a.Title != "" {
			list = append(list, gbt(a.Org, a.Title, a.Year))
		}
	}
	return list
}

// Place is the address of a figure in the text.
func (d *documentValue) Place(f map[string]string) string {
	if d.Here(f) {
		return "#f" + f["seq"]
	}
	return figureURL(d.DocID, f["seq"])
}

// Why is the address of the explanation of a figure.
func (d *documentValue) Why(seq string) string { return "/doc/" + d.DocID + "/figure/" + seq }

// Contradictions counts the findings that do not hold.
func (d *documentValue) Contradictions() (n int) {
	for _, f := range d.Findings {
		if f.Bad() {
			n++
		}
	}
	return n
}

// Title is that of the first article, or the file name.
func (d *documentValue) Title() string {
	if len(d.Articles) > 0 && d.Articles[0].Title != "" {
		return d.Articles[0].Title
	}
	return d.Source
}

// File reports whether the original can be asked for.
func (d *documentValue) File() bool { return len(d.Paths) > 0 && !isStdin(d.Paths[0]) }

// Turn is the address of the part so many on; empty if there is none.
func (d *documentValue) Turn(n int) string {
	if d.Part+n < 1 || d.Part+n > d.Parts {
		return ""
	}
	v := url.Values{"part": {strconv.Itoa(d.Part + n)}}
	if d.q != "" {
		v.Set("q", d.q)
	}
	return "/doc/" + d.DocID + "?" + v.Encode()
}
