package index

// This file makes of a document and its figures, which may come in parts, the reports
// that a [Writer] adds.

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sort"
	"unicode/utf8"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// Parts hand on a document with a part of its reading after the other, in the order of
// the text. An error after some of them says that none of them counts.
type Parts = func(yield func(*schema.Document, *schema.Reading) error) error

// whole is a document with all of its reading, which may be nil.
func whole(d *schema.Document, r *schema.Reading) Parts {
	if r == nil {
		r = new(schema.Reading)
	}
	return func(yield func(*schema.Document, *schema.Reading) error) error { return yield(d, r) }
}

// prepared are the reports of a document, in the order of its text.
func prepared(parts Parts) ([]*newReport, error) {
	var m *maker
	err := parts(func(d *schema.Document, part *schema.Reading) error {
		return refusing(func() (err error) {
			if m == nil {
				if m, err = newMaker(d, part); err != nil {
					return err
				}
			}
			return m.add(part.Metrics)
		})
	})
	if err == nil && m == nil {
		err = errors.New("nothing is known of the document")
	}
	if err != nil {
		return nil, err
	}
	return m.list, refusing(m.end)
}

// refusing makes a refusal of an error. A panic is a defect of ours, but it must not
// cost the other documents: it becomes a refusal of this one.
func refusing(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: internal error, please report: %v", ErrRefused, r)
		}
	}()
	if err := do(); err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return nil
}

// A maker makes the reports of a document.
type maker struct {
	*placer
	list    []*newReport
	bounds  []bounds // of each
	figures []figurePacker
}

// bounds are where a report stands in the document.
type bounds struct {
	start, end int // in bytes
	from, to   mark
}

// newMaker cuts a document into its reports.
func newMaker(d *schema.Document, r *schema.Reading) (*maker, error) {
	if err := checkSpans(d); err != nil {
		return nil, err
	}
	articles := slices.Clone(d.Articles)
	if len(articles) == 0 {
		articles = []schema.Article{{N: min(1, len(d.Text))}} // number 0 is no report
	}
	sort.SliceStable(articles, func(i, j int) bool { return articles[i].Start < articles[j].Start })
	m := &maker{placer: newPlacer(d), figures: make([]figurePacker, len(articles))}
	for i, a := range articles {
		b := bounds{start: a.Start, end: len(d.Text)}
		if i == 0 {
			b.start = 0
		}
		if i+1 < len(articles) {
			b.end = articles[i+1].Start
		}
		b.from, b.to = m.find(b.start), m.find(b.end)
		o := r.Origin(a.N)
		rep := &newReport{head: head{
			id: d.ID, source: d.Source, title: a.Title, org: o.Org, code: o.Region.Code, region: o.Region.Name,
			n: a.N, year: o.Year, start: b.from.chars, end: b.to.chars, text: b.to.folded - b.from.folded}}
		rep.record[partText] = bytesOf(m.folded[b.from.folded:b.to.folded])
		m.list, m.bounds = append(m.list, rep), append(m.bounds, b)
	}
	return m, nil
}

// add adds a part of the figures.
func (m *maker) add(metrics []schema.Metric) error {
	list := make([]*schema.Metric, len(metrics))
	for i := range metrics {
		list[i] = &metrics[i]
		if s := list[i]; !s.Span.Valid(m.text) || !s.Sentence.Valid(m.text) {
			return fmt.Errorf("figure %d, %d:%d, is not in the text", s.Seq, s.Start, s.End)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Start < list[j].Start })
	m.learn(list)
	for _, one := range list {
		n := max(0, sort.Search(len(m.bounds), func(i int) bool { return m.bounds[i].start > one.Start })-1)
		start, end := m.sentence(&m.bounds[n], one.Sentence.Start)
		m.figures[n].add(one, m.list[n].record[partText], start, end)
	}
	return nil
}

// end completes the reports.
func (m *maker) end() error {
	for i, r := range m.list {
		b := &m.bounds[i]
		starts := between(m.starts, b.start, b.end, func(i int) int { return i })
		var places growing
		for _, at := range starts {
			places.append(m.find(at).folded - b.from.folded)
		}
		r.record[partSentences] = append([]byte{byte(places.width)}, places.b...)
		for _, h := range between(m.headings, b.start, b.end, func(s schema.Span) int { return s.Start }) {
			from, to := m.find(h.Start).folded, m.find(min(h.End, b.end)).folded
			r.record[partHeadings] = binary.AppendUvarint(r.record[partHeadings], uint64(from-b.from.folded))
			r.record[partHeadings] = binary.AppendUvarint(r.record[partHeadings], uint64(to-from))
		}
		r.head.figures = m.figures[i].n
		r.record[partFigures], r.values = m.figures[i].pack(starts, r.record[partText])
		m.figures[i] = figurePacker{}
	}
	return nil
}

// A placer finds places of a document in its folded text, quickest in rising order.
type placer struct {
	text     string
	folded   string
	marks    []mark // about every markEvery bytes
	last     mark
	starts   []int         // of sentences, rising
	headings []schema.Span // rising
	sought   placed        // the last one that sentence found
}

// A placed is a sentence of a report: where it begins in the document, and where it
// stands in the report's text.
type placed struct {
	in         *bounds
	at         int
	start, end int
}

// A mark is a place: in bytes of the text, in bytes of the folded text, in characters.
type mark struct{ at, folded, chars int }

const markEvery = 256

func newPlacer(d *schema.Document) *placer {
	p := &placer{text: d.Text, folded: fold.String(d.Text)}
	var m mark
	for m.at < len(d.Text) {
		if m.at >= markEvery*len(p.marks) {
			p.marks = append(p.marks, m)
		}
		p.step(&m)
	}
	p.marks = append(p.marks, m)
	p.starts = make([]int, 0, len(d.Blocks)+len(d.Sentences))
	for _, b := range d.Blocks {
		p.starts = append(p.starts, b.Start)
		if b.Kind == schema.Heading {
			p.headings = append(p.headings, b.Span)
		}
	}
	for _, s := range d.Sentences {
		p.starts = append(p.starts, s.Start)
	}
	p.starts = sorted(p.starts)
	slices.SortStableFunc(p.headings, func(a, b schema.Span) int { return cmp.Compare(a.Start, b.Start) })
	return p
}

// sorted has every number once, rising.
func sorted(list []int) []int {
	slices.Sort(list)
	return slices.Compact(list)
}

// learn adds where the sentences of figures begin to those of the document.
func (p *placer) learn(list []*schema.Metric) {
	n := len(p.starts)
	for _, m := range list {
		if _, has := slices.BinarySearch(p.starts[:n], m.Sentence.Start); !has {
			p.starts = append(p.starts, m.Sentence.Start)
		}
	}
	if len(p.starts) > n {
		p.starts = sorted(p.starts)
	}
	p.sought = placed{}
}

// sentence is where the sentence stands in a report that begins at a byte of the
// document, as far as the sentences are known; if it begins in the report before, the
// first one.
func (p *placer) sentence(b *bounds, at int) (start, end int) {
	if p.sought.in == b && p.sought.at == at {
		return p.sought.start, p.sought.end
	}
	starts := between(p.starts, b.start, b.end, func(i int) int { return i })
	if len(starts) > 0 {
		k := sentenceOf(starts, at)
		start, end = p.find(starts[k]).folded-b.from.folded, b.to.folded-b.from.folded
		if k+1 < len(starts) {
			end = p.find(starts[k+1]).folded - b.from.folded
		}
	}
	p.sought = placed{b, at, start, end}
	return start, end
}

// sentenceOf is the number of the sentence that begins at a byte of the document among
// those of a report; of one that begins in the report before, 0.
func sentenceOf(starts []int, at int) int {
	k, has := slices.BinarySearch(starts, at)
	if !has {
		k = max(0, k-1)
	}
	return k
}

// step goes one character on: folding replaces characters one by one.
func (p *placer) step(m *mark) {
	_, n := utf8.DecodeRuneInString(p.text[m.at:])
	_, k := utf8.DecodeRuneInString(p.folded[m.folded:])
	m.at, m.folded, m.chars = m.at+n, m.folded+k, m.chars+1
}

// find returns the place of byte i, which begins a character or ends the text.
func (p *placer) find(i int) mark {
	if i < p.last.at || i-p.last.at > markEvery {
		p.last = p.marks[i/markEvery]
	}
	for p.last.at < i {
		p.step(&p.last)
	}
	return p.last
}

// between are the places a ≤ list[i] < b of a rising list.
func between[T any](list []T, a, b int, at func(T) int) []T {
	i := sort.Search(len(list), func(i int) bool { return at(list[i]) >= a })
	return list[i : i+sort.Search(len(list)-i, func(k int) bool { return at(list[i+k]) >= b })]
}

// checkSpans refuses what would make wrong positions.
func checkSpans(d *schema.Document) error {
	check := func(s schema.Span) error {
		if !s.Valid(d.Text) {
			return fmt.Errorf("%d:%d is not in the text", s.Start, s.End)
		}
		return nil
	}
	for i := range d.Blocks {
		if err := check(d.Blocks[i].Span); err != nil {
			return err
		}
	}
	for _, a := range d.Articles {
		if err := check(a.Span); err != nil {
			return err
		}
	}
	for _, s := range d.Sentences {
		if err := check(s); err != nil {
			return err
		}
	}
	return nil
}
