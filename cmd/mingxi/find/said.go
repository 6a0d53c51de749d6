package find

import (
	"cmp"
	"context"
	"iter"
	"regexp"
	"slices"
	"strings"

	"mingxi/cmd/mingxi/say"
	"mingxi/corpus/fold"
	"mingxi/corpus/store"
	"mingxi/extract/indicator"
	"mingxi/extract/region"
	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

// An Answer is a figure that answers what plain words ask for.
type Answer struct {
	index.Hit
	Weight float64 // 0..1
	Sure   bool
	cells  map[string]string // of its row, those that are not empty
}

// A place of a figure in the corpus.
type figureID struct {
	doc string
	seq int
}

func idOf(h index.Hit) figureID { return figureID{h.DocID, h.Figure.Seq} }

// say reads the query of a result as plain words, if it is nothing else but conditions beside them and they
// say more than what stands in one sentence, and sets the answers before and behind the hits of
// the words as they stand: those that are sure, the hits, those that are not.
func (r *Result) say(s *store.Store, ix *index.Index) error {
	text, conditions, plain := say.Plain(r.request.Query)
	if !plain || !r.request.Figures || r.request.Sort != index.ByRelevance || r.request.Reverse {
		return nil
	}
	wish := r.request.Reader.Read(text)
	if wish.Empty() || wish.From == 0 && wish.Place == "" && r.Found.Len() > 0 {
		return nil
	}
	r.request.conditions = conditions
	list, err := Answers(r.ctx, s, ix, r.request.Reader, &wish, r.request)
	if err != nil {
		return err
	}
	r.Wish, r.answers = &wish, map[figureID]Answer{}
	for _, a := range list {
		if a.Sure {
			r.sure = append(r.sure, a)
		} else if len(r.unsure) < unsureAtMost {
			r.unsure = append(r.unsure, a)
		}
		r.answers[idOf(a.Hit)] = a
	}
	var hits []index.Hit
	for _, a := range slices.Concat(r.sure, r.unsure) {
		hits = append(hits, a.Hit)
	}
	r.typed, err = r.request.among(r.ctx, s, ix, r.request.Query, hits)
	return err
}

// among are those of some figures that a query finds.
func (r *Request) among(ctx context.Context, s *store.Store, ix *index.Index, q query.Query, hits []index.Hit) (map[figureID]bool, error) {
	o, err := r.options(ctx, s)
	if err != nil {
		return nil, err
	}
	documents, listed, skip := map[string]bool{}, map[figureID]bool{}, o.Skip
	for _, h := range hits {
		documents[h.DocID], listed[idOf(h)] = true, true
	}
	o.Figures, o.Facets, o.Skip = true, false, func(id string) bool { return !documents[id] || skip != nil && skip(id) }
	found, err := ix.Search(ctx, q, o)
	if err != nil {
		return nil, err
	}
	some := map[figureID]bool{}
	for h := range found.All() {
		if listed[idOf(h)] {
			some[idOf(h)] = true
		}
	}
	return some, found.Err()
}

// Facet counts the hits by a field, those that answer among them. See [Found].
func (r *Result) Facet(name string, n int) ([]index.Count, error) {
	if r.Wish == nil {
		return r.Found.Facet(name, n)
	}
	list, err := r.Found.Facet(name, 0)
	for _, a := range r.added() {
		c := a.count(name)
		if c.Value == "" {
			continue
		}
		i := slices.IndexFunc(list, func(o index.Count) bool { return o.Value == c.Value })
		if i < 0 {
			i, list = len(list), append(list, c)
		}
		list[i].N++
	}
	slices.SortFunc(list, func(a, b index.Count) int { return cmp.Or(b.N-a.N, strings.Compare(a.Value, b.Value)) })
	if n > 0 && len(list) > n {
		list = list[:n]
	}
	return list, err
}

// Cross counts the hits by two facets of reports, as [index.Result.Cross] does, those that answer
// among them.
func (r *Result) Cross(a, b string) (map[[2]string]int, error) {
	counts, err := r.Found.(*index.Result).Cross(a, b)
	for _, one := range r.added() {
		if key := [2]string{one.count(a).Value, one.count(b).Value}; err == nil && key[0] != "" && key[1] != "" {
			counts[key]++
		}
	}
	return counts, err
}

// added are the answers that are no hits of the words.
func (r *Result) added() []Answer {
	return slices.DeleteFunc(slices.Concat(r.sure, r.unsure), func(a Answer) bool { return r.typed[idOf(a.Hit)] })
}

// count is what an answer has of a facet.
func (a *Answer) count(facet string) index.Count {
	if facet == "region" {
		return index.Count{Value: a.cells["region_code"], Name: a.cells["region"]}
	}
	return index.Count{Value: a.cells[facet]}
}

// Len is how many hits All yields.
func (r *Result) Len() int { return r.Found.Len() + len(r.sure) + len(r.unsure) - len(r.typed) }

// unsureAtMost is how many unsure answers are worth a look.
const unsureAtMost = 10

// Answers are how many figures answer the plain words, and how many of them are unsure.
func (r *Result) Answers() (all, unsure int) { return len(r.sure) + len(r.unsure), len(r.unsure) }

// Answer returns what a figure is to the plain words, if it answers them.
func (r *Result) Answer(h index.Hit) (Answer, bool) {
	a, ok := r.answers[idOf(h)]
	return a, ok
}

// All yields every hit in order. See [Found].
func (r *Result) All() iter.Seq[index.Hit] {
	return func(yield func(index.Hit) bool) {
		for _, a := range r.sure {
			if !yield(a.Hit) {
				return
			}
		}
		for h := range r.Found.All() {
			if a, ok := r.Answer(h); ok && a.Sure {
				continue
			}
			if !yield(h) {
				return
			}
		}
		for _, a := range r.unsure {
			if !r.typed[idOf(a.Hit)] && !yield(a.Hit) {
				return
			}
		}
	}
}

// Hits returns n hits from number offset on, all that follow if n is negative.
func (r *Result) Hits(offset, n int) (list []index.Hit) {
	if r.Wish == nil {
		return r.Found.Hits(offset, n)
	}
	for h := range r.All() {
		if offset--; offset >= 0 {
			continue
		}
		if n >= 0 && len(list) == n {
			break
		}
		list = append(list, h)
	}
	return list
}

// Reader makes a reader of plain words over an index.
func Reader(ctx context.Context, ix *index.Index, v *indicator.Vocabulary) *say.Reader {
	return say.NewReader(v, region.Load(), func(name string) bool {
		known, err := ix.Knows(ctx, name)
		return err == nil && known // what cannot be looked up is sought as a word
	})
}

// looked is how many figures are looked at again, with what the index does not have:
// the words right before each, and its period.
const looked = 80

// Answers returns the figures that answer a wish, the likeliest first. The index weighs all
// that may, and the best of them are weighed again in their documents.
func Answers(ctx context.Context, s *store.Store, ix *index.Index, r *say.Reader, w *say.Wish, request Request) ([]Answer, error) {
	o, err := request.options(ctx, s)
	if err != nil {
		return nil, err
	}
	o.Synonyms = true
	q, n := w.Candidates(), looked
	if request.conditions != nil {
		q, n = append(query.And{q}, request.conditions...), 50*looked // most of which may not satisfy them
	}
	hits, err := ix.Weigh(ctx, q, o, n, func() func(*index.Candidate) float32 {
		scale := r.Scale(w)
		return func(c *index.Candidate) float32 { return float32(scale.Weigh(say.Figure{Candidate: c})) }
	})
	if err != nil {
		return nil, err
	}
	if request.conditions != nil {
		meant, err := request.among(ctx, s, ix, request.conditions, hits)
		if err != nil {
			return nil, err
		}
		hits = slices.DeleteFunc(hits, func(h index.Hit) bool { return !meant[idOf(h)] })
		hits = hits[:min(len(hits), looked)]
	}
	from := &Result{request: request, ctx: ctx, documents: s}
	scale := r.Scale(w)
	weights, cells := make([]float64, len(hits)), make([]map[string]string, len(hits))
	if err := from.Each(hits, func(i int, l Loaded) error {
		if m := l.Metric(hits[i].Figure.Seq); m != nil {
			weights[i] = scale.Weigh(figureOf(hits[i], l, m))
		}
		row, err := figureRow(hits[i], l)
		cells[i] = Object(row)
		return err
	}); err != nil {
		return nil, err
	}
	var list []Answer
	for i, h := range hits {
		if weights[i] > 0 {
			list = append(list, Answer{h, weights[i], weights[i] >= say.Sure, cells[i]})
		}
	}
	slices.SortStableFunc(list, func(a, b Answer) int { return cmp.Compare(b.Weight, a.Weight) })
	return list, nil
}

// back is how far before a figure a year is looked for, in bytes.
const back = 1500

// figureOf is a figure as it is weighed, with all that its document tells of it.
func figureOf(h index.Hit, l Loaded, m *schema.Metric) say.Figure {
	text := l.Doc.Text
	report, start := text, 0
	if a := l.Doc.ArticleAt(m.Start); a != nil {
		report, start = a.In(text), a.Start
	}
	f := say.Figure{
		Candidate: &index.Candidate{
			Title: h.Title, Org: h.Org, Code: h.Code, Region: h.Region, Year: h.Year, Text: fold.String(report),
			Sentence: fold.String(m.Sentence.In(text)), Label: fold.String(m.Label), Section: fold.String(m.Section), Place: fold.String(m.Slots.Place),
			Indicator: m.Code, Unit: m.Unit, SI: m.SIUnit, Kind: m.Kind.String(), Status: m.Status.String(),
		},
	}
	f.From, f.To = say.Years(m.Period)
	f.Partly = say.Partly(m.Period)
	f.Printed = say.LastYear(fold.String(text[max(start, m.Start-back):m.Start]))
	look(&f, text, l.Reading, m)
	return f
}

// look finds the words around a figure.
func look(f *say.Figure, text string, r *schema.Reading, m *schema.Metric) {
	before, after := text[m.Sentence.Start:m.Start], text[m.End:m.Sentence.End]
	if end := strings.IndexAny(after, ",，。;；:：、\n0123456789"); end >= 0 {
		after = after[:end]
	}
	part := before[strings.LastIndexAny(before, ";；。")+1:]
	clause := before
	if last := r.Of(m.Seq - 1); last != nil && last.End > m.Sentence.Start && last.End <= m.Start {
		clause = text[last.End:m.Start]
	}
	f.Clause, f.Part = fold.String(clause+" "+after), fold.String(part+" "+after)
	f.Former = formerly.MatchString(fold.String(text[m.Sentence.Start:m.Start]) + "#" + fold.String(text[m.End:m.Sentence.End]))
}

// formerly is a figure, #, that says what was before another: 由38.6%提高到45.2%.
var formerly = regexp.MustCompile(`(?:由|从)(?:[^,;。由从到至]|,\d){0,24}#[^,;。、]{0,14}?(?:到|至|为)`)
