package find

// This file makes one page of a result a value that prints as JSON: of the command
// search and of the API alike. Offsets are in characters.

import (
	"math"
	"unicode/utf8"

	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

// A Page is a page of a result.
type Page struct {
	Query    string             `json:"query"` // as it was understood
	Reports  int                `json:"reports"`
	Docs     int                `json:"documents"`
	Figures  *int               `json:"figures,omitempty"` // of a search for figures
	ReadAs   *ReadAs            `json:"read_as,omitempty"`
	Synonyms []Synonyms         `json:"synonyms,omitempty"`
	Offset   int                `json:"offset"`
	Hits     []Hit              `json:"hits"`
	Facets   map[string][]Count `json:"facets,omitempty"`
}

// ReadAs is what plain words were read as.
type ReadAs struct {
	Query      string             `json:"query"`
	Codes      []string           `json:"region_codes,omitempty"`
	Indicators map[string]float64 `json:"indicators,omitempty"` // and how well each fits
	Answers    int                `json:"answers"`
	Unsure     int                `json:"unsure"`
}

// readAs is nil where the words were left as they stand.
func (r *Result) readAs() *ReadAs {
	if r.Wish == nil {
		return nil
	}
	as := &ReadAs{Query: r.Wish.Query(), Codes: r.Wish.Codes, Indicators: map[string]float64{}}
	for _, m := range r.Wish.Indicators {
		as.Indicators[m.Code] = math.Round(m.Score*100) / 100
	}
	as.Answers, as.Unsure = r.Answers()
	return as
}

// Synonyms are other ways to write a word of the query, and whether they were sought.
type Synonyms struct {
	Word string   `json:"word"`
	Also []string `json:"also"`
	Used bool     `json:"used"`
}

// A Count is one value of a facet.
type Count struct {
	Value string `json:"value"`
	Name  string `json:"name,omitempty"`
	N     int    `json:"n"`
}

// A Hit is a report, or a figure with its report.
type Hit struct {
	DocID    string            `json:"doc_id"`
	Source   string            `json:"source"`
	Article  int               `json:"article"`
	Title    string            `json:"title"`
	Org      string            `json:"org,omitempty"`
	Code     string            `json:"region_code,omitempty"`
	Region   string            `json:"region,omitempty"`
	Year     int               `json:"year,omitempty"`
	Score    float64           `json:"score"`
	Marks    [][2]int          `json:"marks,omitempty"`
	Snippets []Snippet         `json:"snippets,omitempty"`
	Answer   float64           `json:"answer,omitempty"` // how well it answers plain words
	Unsure   bool              `json:"unsure,omitempty"`
	Figure   map[string]string `json:"figure,omitempty"` // cells of the contract that are not empty
}

// A Snippet is a piece of the text of a document, and the places of the words in it.
type Snippet struct {
	Text  string   `json:"text"`
	Start int      `json:"start"`
	Marks [][2]int `json:"marks"`
}

// Page makes the page of limit hits from an offset on; all that follow if limit is
// negative. Each report has at most so many snippets.
func (r *Result) Page(offset, limit, snippets int, facets ...string) (Page, error) {
	p := Page{Query: r.request.Query.String(), Reports: r.Reports, Docs: r.Docs, Offset: offset}
	if r.request.Figures {
		p.Figures = &r.Figures
	}
	p.ReadAs = r.readAs()
	for _, e := range query.Synonyms(r.request.Query) {
		p.Synonyms = append(p.Synonyms, Synonyms{e.Word, e.Also, r.request.Synonyms})
	}
	hits := r.Hits(offset, limit)
	if err := r.Err(); err != nil {
		return p, err
	}
	p.Hits = make([]Hit, len(hits))
	if err := r.Each(hits, func(i int, l Loaded) (err error) {
		p.Hits[i], err = r.hit(hits[i], l, snippets)
		return err
	}); err != nil {
		return p, err
	}
	for _, name := range facets {
		list, err := r.Facet(name, 0)
		if err != nil {
			return p, err
		}
		if p.Facets == nil {
			p.Facets = make(map[string][]Count)
		}
		for _, c := range list {
			p.Facets[name] = append(p.Facets[name], Count(c))
		}
	}
	return p, nil
}

func (r *Result) hit(h index.Hit, l Loaded, snippets int) (Hit, error) {
	one := Hit{DocID: h.DocID, Source: h.Source, Article: h.Report, Title: h.Title, Org: h.Org,
		Code: h.Code, Region: h.Region, Year: h.Year, Score: math.Round(h.Score*1e4) / 1e4}
	if r.request.Figures {
		row, err := figureRow(h, l)
		one.Figure = Object(row)
		if a, ok := r.Answer(h); ok {
			one.Answer, one.Unsure = math.Round(a.Weight*100)/100, !a.Sure
		}
		if m := l.Metric(h.Figure.Seq); m != nil {
			one.Snippets = []Snippet{around(l.Doc.Text, m)}
		}
		return one, err
	}
	for _, m := range h.Marks {
		one.Marks = append(one.Marks, [2]int{m.Start, m.End})
	}
	for _, s := range Snippets(h, l.Doc.Text, snippets) {
		piece := Snippet{Text: s.Text, Start: s.Start, Marks: [][2]int{}}
		runes := schema.NewRunes(s.Text)
		for _, m := range s.Marks {
			piece.Marks = append(piece.Marks, [2]int{runes.At(m.Start), runes.At(m.End)})
		}
		one.Snippets = append(one.Snippets, piece)
	}
	return one, nil
}

// beside is how many characters of its sentence stand on each side of a figure.
const beside = 200

// around is the sentence of a figure, or what of it is near, with the figure marked.
func around(text string, m *schema.Metric) Snippet {
	from, to := m.Sentence.Start, m.Sentence.End
	if !m.Sentence.Contains(m.Span) {
		from, to = m.Start, m.End
	}
	before, after := []rune(text[from:m.Start]), []rune(text[m.End:to])
	before, after = before[max(0, len(before)-beside):], after[:min(len(after), beside)]
	start := utf8.RuneCountInString(text[:m.Start])
	raw := utf8.RuneCountInString(text[m.Start:m.End])
	return Snippet{Text: string(before) + text[m.Start:m.End] + string(after), Start: start - len(before), Marks: [][2]int{{len(before), len(before) + raw}}}
}

// Object is a row of the contract without its empty cells.
func Object(row []schema.Cell) map[string]string {
	o := make(map[string]string)
	for i, name := range schema.Header() {
		if i < len(row) && !row[i].Empty() {
			o[name] = row[i].String()
		}
	}
	return o
}
