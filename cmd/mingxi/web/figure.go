package web

// This file is a figure: why it was read so, and what else is said of the same.

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingxi/cmd/mingxi/find"
	"mingxi/cmd/mingxi/tell"
	"mingxi/corpus/store"
	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

// A figureValue is a figure with the reasons of its fields.
type figureValue struct {
	DocID    string            `json:"doc_id"`
	Source   string            `json:"source"`
	Title    string            `json:"title"`
	Figure   map[string]string `json:"figure"`
	Fields   []fieldValue      `json:"fields"`
	Changed  bool              `json:"changed"` // the corpus was extracted by other rules than these
	Whole    *relative         `json:"part_of,omitempty"`
	Parts    []relative        `json:"parts,omitempty"`
	Findings []findingValue    `json:"findings,omitempty"`
	Others   []other           `json:"others,omitempty"` // the same label in reports of the same body

	Corrections []store.Correction `json:"corrections,omitempty"` // what readers said of it

	zh       tell.Lang
	Form     *correctForm `json:"-"`
	Start    int          `json:"-"`
	Sentence []piece      `json:"-"`
	Before   string       `json:"-"` // address of the figure before
	After    string       `json:"-"`
}

// A fieldValue is a field of a figure, and how it came about.
type fieldValue struct {
	Name    string        `json:"name"`
	Value   string        `json:"value,omitempty"`
	Reasons []reasonValue `json:"reasons,omitempty"`
}

type reasonValue struct {
	Rule  string `json:"rule"`
	Words string `json:"words,omitempty"`
	Note  string `json:"note,omitempty"`
}

// A relative is a figure that this one is a part of, or that is part of it.
type relative struct {
	Seq    int    `json:"seq"`
	Label  string `json:"label"`
	Amount string `json:"amount"`
	URL    string `json:"-"`
}

// Another is a figure with the same label elsewhere.
type other struct {
	DocID  string  `json:"doc_id"`
	Seq    int     `json:"seq"`
	Title  string  `json:"title"`
	Year   int     `json:"year,omitempty"`
	Amount string  `json:"amount"`
	Text   string  `json:"sentence"`
	Words  []piece `json:"-"` // the sentence, what differs marked
	URL    string  `json:"-"`
}

func figureResource(v *visit) (any, error) {
	seq, _ := strconv.Atoi(v.PathValue("seq"))
	d, r, all, err := v.beside(v.PathValue("id"), seq)
	if err != nil {
		return nil, err
	}
	m := r.Of(seq)
	if m == nil {
		return nil, problem{http.StatusNotFound, "the document has no figure of that number", "这份文件没有这个序号的数字"}
	}
	f := &figureValue{DocID: d.ID, Source: d.Source, zh: tell.Lang(v.zh)}
	if a := d.ArticleAt(m.Start); a != nil {
		f.Title = a.Title
	}
	if err := schema.Rows(d, &schema.Reading{Origins: r.Origins, Metrics: []schema.Metric{*m}}, func(row []schema.Cell) error {
		f.Figure = find.Object(row)
		return nil
	}); err != nil {
		return nil, err
	}
	if err := f.explain(v.Context(), v.s, d, r, all, m); err != nil {
		return nil, err
	}
	f.relatives(d, r, m)
	f.neighbours(all, seq)
	if err := f.corrections(v, d, r, m); err != nil {
		return nil, err
	}
	return f, f.elsewhere(v, d, r, m)
}

// again reads the figure once more, for a corpus holds no reasons. It is nil if there is
// none now.
func (s *Server) again(ctx context.Context, d *schema.Document, m *schema.Metric) (again *schema.Metric, err error) {
	findings := 0
	err = s.extractor.Each(d, func(part *schema.Reading) error {
		findings += len(s.auditor.Complete(d, part, findings))
		if i := slices.IndexFunc(part.Metrics, func(n schema.Metric) bool { return n.Span == m.Span }); i >= 0 {
			now := part.Metrics[i]
			again = &now
		}
		return ctx.Err()
	})
	return again, err
}

// explain says how the figure came about, if it is one of a document with so many that it
// can be read again while a reader waits.
func (f *figureValue) explain(ctx context.Context, s *Server, d *schema.Document, stored *schema.Reading, all int, m *schema.Metric) error {
	again := m
	if all <= schema.LongStretch {
		now, err := s.again(ctx, d, m)
		if err != nil {
			return err
		}
		f.Changed = now == nil || now.Label != m.Label || now.Value != m.Value || now.Unit != m.Unit || now.Kind != m.Kind
		again = cmp.Or(now, m)
	}
	f.Fields = []fieldValue{}
	for _, field := range tell.Fields(again) {
		one := fieldValue{Name: field.Name, Value: field.Value}
		for _, r := range again.Why {
			if r.Field != field.Name {
				continue
			}
			words := ""
			if r.Span.Len() > 0 && r.Span.Valid(d.Text) {
				words = oneLine(r.Span.In(d.Text))
			}
			one.Reasons = append(one.Reasons, reasonValue{r.Rule, words, r.Note})
		}
		f.Fields = append(f.Fields, one)
	}
	for _, one := range tell.Findings(s.auditor.Check(d, stored), m) {
		f.Findings = append(f.Findings, findingOf(f.zh, one))
	}
	f.Sentence = inSentence(d, m)
	return nil
}

// corrections are what readers said of the figure, and the form to say more.
func (f *figureValue) corrections(v *visit, d *schema.Document, r *schema.Reading, m *schema.Metric) error {
	log, err := v.edition.store.Corrections(v.Context(), d.ID)
	if err != nil {
		return err
	}
	key := store.Target{Seq: m.Seq}
	f.Corrections = of(log, d, r, key)
	f.Form = v.form(log, store.Standing(d, r, log)[key], figureFields(m))
	f.Start = schema.NewRunes(d.Text).At(m.Start)
	return nil
}

// inSentence is the sentence of a figure with the figure marked.
func inSentence(d *schema.Document, m *schema.Metric) []piece {
	if !m.Sentence.Contains(m.Span) {
		return []piece{{m.In(d.Text), true}}
	}
	return []piece{{d.Text[m.Sentence.Start:m.Start], false}, {m.In(d.Text), true}, {d.Text[m.End:m.Sentence.End], false}}
}

// relatives are the total of the figure and its parts.
func (f *figureValue) relatives(d *schema.Document, r *schema.Reading, m *schema.Metric) {
	of := func(n *schema.Metric) relative {
		return relative{n.Seq, n.Label, tell.Join(" ", cmp.Or(tell.Value(n), "—"), tell.Unit(n)), "/doc/" + d.ID + "/figure/" + strconv.Itoa(n.Seq)}
	}
	for i := range r.Metrics {
		switch n := &r.Metrics[i]; {
		case n.Seq == m.PartOf:
			whole := of(n)
			f.Whole = &whole
		case n.PartOf == m.Seq:
			f.Parts = append(f.Parts, of(n))
		}
	}
}

func (f *figureValue) neighbours(all, seq int) {
	at := func(n int) string { return "/doc/" + f.DocID + "/figure/" + strconv.Itoa(n) }
	if seq > 1 {
		f.Before = at(seq - 1)
	}
	if seq < all {
		f.After = at(seq + 1)
	}
}

// mostOthers is how many figures with the same label are shown.
const mostOthers = 12

// elsewhere finds the same label in reports of the same region or organisation: last
// year's sentence, and what other papers say.
func (f *figureValue) elsewhere(v *visit, d *schema.Document, r *schema.Reading, m *schema.Metric) error {
	o := r.Origin(m.Article)
	if m.Label == "" || o.Region.Code == "" && o.Org == "" {
		return nil
	}
	where := query.Field{Name: "org", Text: o.Org}
	if o.Region.Code != "" {
		where = query.Field{Name: "region", Text: o.Region.Code}
	}
	q := query.And{query.Field{Name: "label", Text: m.Label}, where, query.Field{Name: "kind", Text: m.Kind.String()}}
	found, err := v.search(find.Request{Query: q, Figures: true, Sort: index.ByYear})
	if err != nil {
		return err
	}
	mine := m.Sentence.In(d.Text)
	hits := slices.DeleteFunc(found.Hits(0, 4*mostOthers), func(h index.Hit) bool { return h.DocID == d.ID })
	others := make([]other, len(hits))
	if err := found.Each(hits, func(i int, l find.Loaded) error {
		h := hits[i]
		if n := l.Metric(h.Figure.Seq); n != nil && n.Label == m.Label {
			text := n.Sentence.In(l.Doc.Text)
			others[i] = other{h.DocID, n.Seq, h.Title, h.Year, tell.Join(" ", cmp.Or(tell.Value(n), "—"), tell.Unit(n)), text, differing(text, mine), "/doc/" + h.DocID + "/figure/" + strconv.Itoa(n.Seq)}
		}
		return nil
	}); err != nil {
		return err
	}
	f.Others = slices.DeleteFunc(others, func(o other) bool { return o.DocID == "" })
	f.Others = f.Others[:min(len(f.Others), mostOthers)]
	return found.Err()
}

// differing marks the numbers of a text that another does not have.
func differing(text, other string) (list []piece) {
	known := map[string]bool{}
	for _, p := range numbers(other) {
		if p.Mark {
			known[p.Text] = true
		}
	}
	for _, p := range numbers(text) {
		list = append(list, piece{p.Text, p.Mark && !known[p.Text]})
	}
	return list
}

// numbers divides a text into runs of digits, which are marked, and the rest.
func numbers(text string) (list []piece) {
	digit := func(c rune) bool { return unicode.IsDigit(c) || c == '.' || c == '%' }
	for len(text) > 0 {
		c, _ := utf8.DecodeRuneInString(text)
		first := unicode.IsDigit(c)
		end := strings.IndexFunc(text, func(c rune) bool {
			if first {
				return !digit(c)
			}
			return unicode.IsDigit(c)
		})
		if end <= 0 {
			end = len(text)
		}
		list = append(list, piece{text[:end], first})
		text = text[end:]
	}
	return list
}

// Badges are its marks.
func (f *figureValue) Badges() []badge {
	return badges(f.zh, f.Figure["kind"], f.Figure["status"], f.Figure["approx"], f.Figure["check"], f.Figure["corrected"])
}

// Place is its address in the text.
func (f *figureValue) Place() string { return figureURL(f.DocID, f.Figure["seq"]) }

// FieldName is the name of a field in the language of the reader.
func (f *figureValue) FieldName(name string) string { return fieldName(f.zh, name) }

// Said is what a reader said of a field, in the language of the reader.
func (f *figureValue) Said(field, value string) string { return said(f.zh, field+"="+value) }

func fieldName(zh tell.Lang, name string) string {
	for _, c := range schema.Columns() {
		if c.Name == name {
			return zh.Text(name, c.ZH)
		}
	}
	return name
}

// Say is the value of a field in the language of the reader.
func (f *figureValue) Say(field fieldValue) string {
	switch field.Name {
	case "kind", "status", "approx":
		return f.zh.Word(field.Value)
	}
	return cmp.Or(field.Value, "–")
}

// Seqs joins the numbers of figures as links need them.
func (f findingValue) Seqs() []int {
	list := slices.Clone(f.Members)
	if f.Stated > 0 {
		list = append([]int{f.Stated}, list...)
	}
	return list
}
