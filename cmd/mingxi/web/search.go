package web

// This file is the search: what a query finds, and what it can be narrowed by.

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mingxi/cmd/mingxi/find"
	"mingxi/cmd/mingxi/say"
	"mingxi/cmd/mingxi/tell"
	"mingxi/extract/indicator"
	"mingxi/extract/region"
	"mingxi/index"
	"mingxi/index/query"
)

// How much a page of results shows.
const (
	perPage      = 20 // reports
	figuresAPage = 50
	facetShort   = 8
	facetLong    = 200
	snippets     = 3
)

// A searchValue is a page of results.
type searchValue struct {
	find.Page
	Error *queryError `json:"-"`

	state   state
	zh      tell.Lang
	names   *indicator.Vocabulary
	Years   []bar    `json:"-"`
	Narrow  []facet  `json:"-"`
	total   int      // hits, those that answer a description among them
	Read    []chip   `json:"-"`                 // what a description was read as
	Running bool     `json:"running,omitempty"` // nothing is found, and an ingest or the like is running
	Waiting int      `json:"waiting"`           // documents that are not in the index yet
	Damaged []string `json:"damaged,omitempty"` // documents of the page whose stored content is damaged, each with its file
}

// A queryError says where a query cannot be read.
type queryError struct {
	Query string
	At    int // characters before the place
	What  string
	Hint  string
}

func (e *queryError) Error() string { return e.What }

// wide is what is wrong with a query with the marks of a page: those of a terminal are narrow.
func wide(s string) string {
	return narrow.ReplaceAllStringFunc(s, strings.NewReplacer(":", "：", ",", "，", ";", "；").Replace)
}

var narrow = regexp.MustCompile(`^检索式第 \d+ 字:|\p{Han}[,;]\p{Han}|;可写作`)

// Before and After are the query on both sides of the place.
func (e *queryError) Before() string { r := []rune(e.Query); return string(r[:min(e.At, len(r))]) }

// After is what stands from the place on.
func (e *queryError) After() string { r := []rune(e.Query); return string(r[min(e.At, len(r)):]) }

// status is that of the answer.
func (s *searchValue) status() int {
	if s.Error != nil {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

func searchResource(v *visit) (any, error) {
	form := v.URL.Query()
	st, err := parseState(form)
	if err != nil {
		return nil, err
	}
	if st.fields(form) {
		return nil, moved{to: st.at(v.URL.Path)}
	}
	out := &searchValue{state: st, zh: tell.Lang(v.zh), names: v.s.vocabulary}
	refuse := func(err error) (any, error) {
		var wrong *query.ParseError
		if !errors.As(err, &wrong) {
			return nil, err
		}
		out.Error, out.Hits = &queryError{wrong.Query, wrong.At, v.Text(wrong.What, wide(wrong.ZH)), v.Text(wrong.Hint, wrong.HintZH())}, []find.Hit{}
		if ofAPI(v.Request) {
			return nil, out.Error
		}
		return out, nil
	}
	req, err := st.request()
	if err != nil {
		return refuse(err)
	}
	req.Facets = true
	damaged := map[string]bool{}
	req.Damaged = func(id string, err error) {
		if !damaged[id] {
			damaged[id] = true
			out.Damaged = append(out.Damaged, out.zh.Message(err.Error()))
		}
	}
	if out.Waiting, err = v.edition.store.Waiting(v.Context()); err != nil {
		return nil, err
	}
	found, err := v.described(st, req)
	if err != nil {
		return refuse(err)
	}
	out.total = found.Len()
	out.Running = out.total == 0 && v.edition.store.Writing(v.Context())
	out.understood(found.Wish)
	size := st.size()
	if out.Page, err = found.Page((st.Page-1)*size, size, snippets); err != nil {
		return nil, err
	}
	for i := range out.Hits {
		if h := &out.Hits[i]; damaged[h.DocID] { // what was read of it may be wrong
			h.Snippets, h.Figure = nil, nil
		}
	}
	return out, out.facets(found)
}

// described answers a request, whose plain words are read as the description of a figure
// unless the reader wants them alone. What finds nothing because it names nothing is an error.
func (v *visit) described(st state, req find.Request) (*find.Result, error) {
	if st.Figures && !st.Literal {
		req.Reader = find.Reader(v.Context(), v.edition.index, v.s.vocabulary)
	}
	found, err := v.search(req)
	if err == nil && found.Len() == 0 {
		err = find.Unknown(strings.TrimSpace(strings.Join(slices.Concat([]string{st.Q}, st.Filters), " ")), req.Query, v.s.vocabulary, v.search)
	}
	return found, err
}

// search answers a request.
func (v *visit) search(req find.Request) (*find.Result, error) {
	return find.Search(v.Context(), v.edition.store, v.edition.index, req)
}

// size is how many hits a page has.
func (s state) size() int {
	if s.Figures {
		return figuresAPage
	}
	return perPage
}

// narrowing are the facets in the order of the page.
var narrowing = []string{"region", "indicator", "kind", "status", "approx", "check", "unit", "org"}

// A facet is a field with the conditions that would narrow the search.
type facet struct {
	Name, Title string
	Items       []facetItem
	More        string // address of the page with all of them; empty if these are all
}

type facetItem struct {
	Label string
	Value string
	N     int
	URL   string
}

// facets counts the hits.
func (s *searchValue) facets(found *find.Result) error {
	s.Facets = map[string][]find.Count{}
	if found.Len() == 0 {
		return nil
	}
	years, err := found.Facet("year", 0)
	if err != nil {
		return err
	}
	s.keep("year", years)
	s.Years = s.histogram(years)
	for _, name := range narrowing {
		if !slices.Contains(index.Facets(), name) {
			continue
		}
		most := facetShort
		if slices.Contains(s.state.More, name) {
			most = facetLong
		}
		list, err := found.Facet(name, most+1)
		if err != nil {
			return err
		}
		f := facet{Name: name, Title: s.title(name)}
		if len(list) > most {
			list = list[:most]
			if most == facetShort {
				more := s.state
				more.More = append(slices.Clone(more.More), name)
				f.More = more.URL()
			}
		}
		s.keep(name, list)
		for _, c := range list {
			f.Items = append(f.Items, s.item(name, c))
		}
		if len(f.Items) > 0 {
			s.Narrow = append(s.Narrow, f)
		}
	}
	return nil
}

func (s *searchValue) keep(name string, list []index.Count) {
	for _, c := range list {
		s.Facets[name] = append(s.Facets[name], find.Count(c))
	}
}

func (s *searchValue) item(name string, c index.Count) facetItem {
	label := c.Name
	if label == "" {
		label = s.word(name, c.Value)
	}
	return facetItem{label, c.Value, c.N, s.state.with(query.Field{Name: name, Text: c.Value}.String()).URL()}
}

// word is a value of a field as people read it: the name of an indicator for its code.
func (s *searchValue) word(field, value string) string {
	if field == "indicator" {
		if one := s.names.Get(value); one != nil {
			return cmp.Or(s.zh.Text(one.NameEN, one.NameZH), one.NameZH)
		}
	}
	return s.zh.Word(value)
}

// title is the name of a field.
func (s *searchValue) title(field string) string {
	return s.zh.Text(strings.ToUpper(field[:1])+field[1:], query.FieldZH(field))
}

// A bar is a year of the histogram; heights are of 100.
type bar struct {
	Year, N   int
	X, Height int
	URL       string
}

// Down is where the bar begins, from above.
func (b bar) Down() int { return 100 - b.Height }

// mostBars is how many years a histogram shows, the newest.
const mostBars = 120

// histogram has a bar for each year from the first to the last.
func (s *searchValue) histogram(counts []index.Count) []bar {
	n, first, last, top := map[int]int{}, 0, 0, 1
	for _, c := range counts {
		year, err := strconv.Atoi(c.Value)
		if err != nil || year < 1 {
			continue
		}
		n[year] = c.N
		if first == 0 || year < first {
			first = year
		}
		last, top = max(last, year), max(top, c.N)
	}
	var bars []bar
	if first == 0 {
		return nil
	}
	for year := max(first, last-mostBars+1); year <= last; year++ {
		b := bar{Year: year, N: n[year], X: 10 * len(bars), URL: s.state.with("year:" + strconv.Itoa(year)).URL()}
		if b.N > 0 {
			b.Height = max(2, 100*b.N/top)
		}
		bars = append(bars, b)
	}
	return bars
}

// Width is that of the histogram.
func (s *searchValue) Width() int { return 10 * len(s.Years) }

// FirstYear and LastYear are its ends.
func (s *searchValue) FirstYear() int { return s.Years[0].Year }

// LastYear is the last year of the histogram.
func (s *searchValue) LastYear() int { return s.Years[len(s.Years)-1].Year }

// State is the state in the address.
func (s *searchValue) State() state { return s.state }

// Total is how many hits there are.
func (s *searchValue) Total() int { return s.total }

// understood keeps what a description was read as. Year and place can be taken off, and the
// rest is read again; without its words year and place are left, as conditions.
func (s *searchValue) understood(w *say.Wish) {
	if w == nil {
		return
	}
	add := func(field, value string, to state) {
		to.Page = 1
		s.Read = append(s.Read, chip{s.title(field) + s.zh.Text(": ", "：") + value, to.URL()})
	}
	bare := s.state
	bare.Q = ""
	if w.From != 0 {
		to, years := s.state, strconv.Itoa(w.From)
		if to.Q = say.Without(to.Q, w.YearWords); w.To != w.From {
			years += ".." + strconv.Itoa(w.To)
		}
		add("year", years, to)
		bare = bare.with("year:" + years)
	}
	if w.Place != "" {
		to := s.state
		to.Q = say.Without(to.Q, w.PlaceWords)
		add("region", w.Place, to)
		bare = bare.with(query.Field{Name: "region", Text: w.Place}.String())
	}
	var names []string
	for _, m := range w.Indicators {
		names = append(names, s.word("indicator", m.Code))
	}
	if len(names) > 0 {
		add("indicator", strings.Join(names, s.zh.Text(" or ", "或")), bare)
	} else if w.Rest != "" {
		add("label", w.Rest, bare)
	}
}

// AsTyped is the address of the search for the words alone, or of the description again.
func (s *searchValue) AsTyped() string {
	to := s.state
	to.Literal, to.Page = !to.Literal, 1
	return to.URL()
}

// A chip is a condition that can be taken off.
type chip struct{ Label, URL string }

// Chips are the conditions.
func (s *searchValue) Chips() []chip {
	var list []chip
	for _, f := range s.state.Filters {
		list = append(list, chip{s.label(f), s.state.without(f).URL()})
	}
	return list
}

// label is a condition as people read it: 地区:富源县 for region:530325.
func (s *searchValue) label(filter string) string {
	q, err := query.Parse(filter)
	if err != nil {
		return filter
	}
	f, ok := q.(query.Field)
	if r, ranged := q.(query.Range); ranged {
		_, value, _ := strings.Cut(r.String(), ":")
		return s.title(r.Name) + s.zh.Text(": ", "：") + value
	}
	if !ok {
		return filter
	}
	value := s.word(f.Name, f.Text)
	if lines := region.Load().Lines(f.Text); f.Name == "region" && len(lines) > 0 {
		value = lines[len(lines)-1].Name
	}
	if f.Prefix {
		value += "*"
	}
	return s.title(f.Name) + s.zh.Text(": ", "：") + value
}

// A choice is one of several ways to show the same.
type choice struct {
	Label string
	URL   string
	On    bool
}

// Kinds are the two views: reports and figures.
func (s *searchValue) Kinds() []choice {
	list := make([]choice, 2)
	for i, name := range []string{s.zh.Text("Reports", "报告"), s.zh.Text("Figures", "数字")} {
		to := s.state
		to.Figures, to.Page, to.Sort, to.Reverse = i == 1, 1, "", false
		list[i] = choice{name, to.URL(), to.Figures == s.state.Figures}
	}
	return list
}

// Orders are the ways to sort.
func (s *searchValue) Orders() []choice {
	var list []choice
	for _, o := range []struct {
		sort    string
		reverse bool
		en, zh  string
	}{
		{"", false, "relevance", "相关"}, {"year", false, "newest", "年份↓"}, {"year", true, "oldest", "年份↑"},
		{"value", false, "largest", "数值↓"}, {"value", true, "smallest", "数值↑"}, {"order", false, "by source", "来源"},
	} {
		if o.sort == "value" && !s.state.Figures || o.sort == "" && s.state.Q == "" {
			continue
		}
		to := s.state
		to.Sort, to.Reverse, to.Page = o.sort, o.reverse, 1
		list = append(list, choice{s.zh.Text(o.en, o.zh), to.URL(), s.state.Sort == o.sort && s.state.Reverse == o.reverse})
	}
	return list
}

// Switches are what can be turned on and off.
func (s *searchValue) Switches() []choice {
	a, b := s.state, s.state
	a.Synonyms, a.Page = !a.Synonyms, 1
	b.Distinct, b.Page = !b.Distinct, 1
	return []choice{
		{s.zh.Text("with synonyms", "含同义词"), a.URL(), s.state.Synonyms},
		{s.zh.Text("near-copies once", "近似副本只取一份"), b.URL(), s.state.Distinct},
	}
}

// Pages is how many pages there are.
func (s *searchValue) Pages() int { return (s.Total() + s.state.size() - 1) / s.state.size() }

// Turn is the address of the page so many pages on; empty if there is none.
func (s *searchValue) Turn(n int) string {
	to := s.state
	if to.Page += n; to.Page < 1 || to.Page > s.Pages() {
		return ""
	}
	return to.URL()
}

// LastPage is the address of the last page.
func (s *searchValue) LastPage() string { return s.Turn(s.Pages() - s.state.Page) }

// From and To are the numbers of the hits that the page shows.
func (s *searchValue) From() int { return s.Offset + 1 }

// To is the number of the last.
func (s *searchValue) To() int { return s.Offset + len(s.Hits) }

// Clear is the address without conditions.
func (s *searchValue) Clear() string {
	to := s.state
	to.Filters, to.Page = nil, 1
	return to.URL()
}

// DocURL is the address of the report of a hit, with the words marked.
func (s *searchValue) DocURL(h find.Hit) string {
	return documentURL(h.DocID, s.state.Q, "a"+strconv.Itoa(h.Article))
}

// FigureURL is the address of a figure in its document.
func (s *searchValue) FigureURL(h find.Hit) string {
	return figureURL(h.DocID, h.Figure["seq"])
}

// WhyURL is the address of the explanation of a figure.
func (s *searchValue) WhyURL(h find.Hit) string {
	return "/doc/" + h.DocID + "/figure/" + h.Figure["seq"]
}

// figureURL is the address of a figure in its document.
func figureURL(id, seq string) string { return "/doc/" + id + "?at=" + seq + "#f" + seq }

// documentURL is the address of a place in a document.
func documentURL(id, q, place string) string {
	to := "/doc/" + url.PathEscape(id)
	if q != "" {
		to += "?" + url.Values{"q": {q}}.Encode()
	}
	return to + "#" + place
}

// OrgApart reports whether the organisation is to be told beside the title.
func (s *searchValue) OrgApart(h find.Hit) bool {
	return h.Org != "" && !strings.Contains(h.Title, h.Org)
}

func amount(figure map[string]string) string {
	value := cmp.Or(figure["value"], "—")
	if high := figure["value_max"]; high != "" {
		value += "–" + high
	}
	return value + tell.Join("/", figure["unit"], figure["per"])
}

// A badge is a mark beside a figure that says what it is.
type badge struct{ Class, Label, Tip string }

// Badges are those of a hit.
func (s *searchValue) Badges(h find.Hit) []badge {
	list := badges(s.zh, h.Figure["kind"], h.Figure["status"], h.Figure["approx"], h.Figure["check"], h.Figure["corrected"])
	if h.Unsure {
		list = append(list, badge{"unsure", s.zh.Text("unsure", "不确定"), s.zh.Text("it may not be what was described", "未必是所描述的数字")})
	}
	return list
}

// badges are the marks of a figure: what is usual has none.
func badges(zh tell.Lang, kind, status, approx, check, corrected string) (list []badge) {
	for _, word := range []string{kind, status, approx, check} {
		switch word {
		case "", "amount", "done", "not_evaluable", "incomplete":
		case "holds":
			list = append(list, badge{word, "✓", zh.Text("what the audit could check holds", "能核对的关系都成立")})
		default:
			list = append(list, badge{word, zh.Word(word), word})
		}
	}
	if corrected != "" {
		list = append(list, badge{"corrected", zh.Text("corrected: ", "更正：") + said(zh, corrected), ""})
	}
	return list
}

// API is the address of the same as JSON.
func (s *searchValue) API() string { return s.state.at("/api/search") }

// Pieces divides a snippet at its marks.
func (s *searchValue) Pieces(x find.Snippet) []piece { return pieces(x.Text, x.Marks) }

// oneLine is a text on one line.
func oneLine(s string) string { return strings.NewReplacer("\n", " ", "\t", " ").Replace(s) }

// A piece is a stretch of text, marked or not.
type piece struct {
	Text string
	Mark bool
}

// pieces divides a text at its marks, which are in characters.
func pieces(text string, marks [][2]int) []piece {
	var list []piece
	runes, at := []rune(text), 0
	for _, m := range marks {
		from, to := max(m[0], at), min(m[1], len(runes))
		if from >= to {
			continue
		}
		if from > at {
			list = append(list, piece{string(runes[at:from]), false})
		}
		list = append(list, piece{string(runes[from:to]), true})
		at = to
	}
	if at < len(runes) {
		list = append(list, piece{string(runes[at:]), false})
	}
	return list
}
