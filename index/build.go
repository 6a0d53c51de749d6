package index

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"sort"
	"strings"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// tables are the small parts of a segment that is being made.
type tables struct {
	sentences []uint32
	headings  []uint32
	titles    []uint32
	docs      [][docWidth]uint32
	reports   [][repWidth]uint32
	figures   uint32 // number of them
	base      uint32 // next position
	names     interner
	labels    interner
	paths     interner
	codes     interner
}

// A figure is one row of the columns of figures.
type figure struct {
	pos, seq, label, path uint32
	code, unit, per, si   uint16
	kind                  uint8
	value                 float64
}

// An interner numbers distinct strings.
type interner struct {
	numbers map[string]uint32
	list    []string
	size    int
}

func (p *interner) number(s string) uint32 {
	if n, ok := p.numbers[s]; ok {
		return n
	}
	if p.numbers == nil {
		p.numbers = make(map[string]uint32)
	}
	s = strings.Clone(s) // often a part of a text that would be kept alive
	n := uint32(len(p.list))
	p.numbers[s] = n
	p.list = append(p.list, s)
	p.size += len(s)
	return n
}

// A builder collects documents in memory until they become a segment.
type builder struct {
	tables
	figs  []figure
	grams map[gram]int32
	lists []growing
	size  int // bytes of lists
	runes []rune
	at    []uint32 // position of every byte of the document being added
}

// A growing list holds rising positions as differences.
type growing struct {
	last uint32
	buf  []byte
}

func newBuilder() *builder { return &builder{grams: make(map[gram]int32)} }

// memory is about how much the builder holds.
func (b *builder) memory() int {
	return b.size*2 + 40*len(b.lists) + 48*len(b.figs) + 4*len(b.sentences) + b.names.size + b.labels.size + b.paths.size
}

// limit on the characters of a segment, so that positions fit 32 bits.
const maxPositions = 3 << 30

// maxCodes is how many different units and indicators a segment can hold.
const maxCodes = 1 << 16

// add puts a document into the tables. It must have room: see fits.
func (b *builder) add(d *schema.Document, r *schema.Reading) error {
	if r == nil {
		r = new(schema.Reading)
	}
	if err := checkSpans(d, r); err != nil {
		return fmt.Errorf("index %s: %w", d.Source, err)
	}
	b.place(d.Text)
	b.docs = append(b.docs, [docWidth]uint32{
		docID: b.names.number(d.ID), docSource: b.names.number(d.Source),
		docBase: b.base, docReport: uint32(len(b.reports)),
	})
	b.addText()
	b.addBlocks(d, r)
	b.addReports(d, r)
	b.base += uint32(len(b.runes)) + 1
	return nil
}

// checkSpans refuses what would make wrong positions.
func checkSpans(d *schema.Document, r *schema.Reading) error {
	for _, s := range d.Blocks {
		if !s.Valid(d.Text) {
			return fmt.Errorf("block %d:%d is not in the text", s.Start, s.End)
		}
	}
	for _, s := range d.Articles {
		if !s.Valid(d.Text) {
			return fmt.Errorf("article %d is not in the text", s.N)
		}
	}
	for _, s := range d.Sentences {
		if !s.Valid(d.Text) {
			return fmt.Errorf("sentence %d:%d is not in the text", s.Start, s.End)
		}
	}
	for i := range r.Metrics {
		if m := &r.Metrics[i]; !m.Span.Valid(d.Text) || !m.Sentence.Valid(d.Text) {
			return fmt.Errorf("metric %d is not in the text", m.Seq)
		}
	}
	return nil
}

// place folds the text and finds the position of each of its bytes.
func (b *builder) place(text string) {
	b.runes = fold.Append(b.runes[:0], text)
	b.at = slices.Grow(b.at[:0], len(text)+1)[:len(text)+1]
	n := b.base
	last := 0
	for i := range text {
		for j := last; j < i; j++ {
			b.at[j] = n - 1
		}
		b.at[i] = n
		last = i + 1
		n++
	}
	for j := last; j < len(text); j++ {
		b.at[j] = n - 1
	}
	b.at[len(text)] = n
}

// addText adds every gram of the placed text.
func (b *builder) addText() {
	for i, r := range b.runes {
		next := rune(0)
		if i+1 < len(b.runes) {
			next = b.runes[i+1]
		}
		g := gramOf(r, next)
		n, ok := b.grams[g]
		if !ok {
			n = int32(len(b.lists))
			b.grams[g] = n
			b.lists = append(b.lists, growing{})
		}
		l := &b.lists[n]
		p := b.base + uint32(i)
		before := len(l.buf)
		l.buf = binary.AppendUvarint(l.buf, uint64(p-l.last))
		b.size += len(l.buf) - before
		l.last = p
	}
}

// addBlocks notes where sentences begin and where headings and titles stand.
// Blocks and the sentences of figures count as sentences too: a row of a table.
func (b *builder) addBlocks(d *schema.Document, r *schema.Reading) {
	from := len(b.sentences)
	for _, k := range d.Blocks {
		b.sentences = append(b.sentences, b.at[k.Start])
		switch k.Kind {
		case schema.Heading:
			b.headings = append(b.headings, b.at[k.Start], b.at[k.End])
		case schema.Title:
			b.titles = append(b.titles, b.at[k.Start], b.at[k.End])
		}
	}
	for _, s := range d.Sentences {
		b.sentences = append(b.sentences, b.at[s.Start])
	}
	for i := range r.Metrics {
		b.sentences = append(b.sentences, b.at[r.Metrics[i].Sentence.Start])
	}
	b.sentences = append(b.sentences, b.base)
	slices.Sort(b.sentences[from:])
	b.sentences = b.sentences[:from+len(slices.Compact(b.sentences[from:]))]
}

// addReports adds the articles of the document with their figures.
func (b *builder) addReports(d *schema.Document, r *schema.Reading) {
	metrics := make([]*schema.Metric, len(r.Metrics))
	for i := range r.Metrics {
		metrics[i] = &r.Metrics[i]
	}
	sort.SliceStable(metrics, func(i, j int) bool { return metrics[i].Start < metrics[j].Start })
	articles := slices.Clone(d.Articles)
	if len(articles) == 0 && d.Text != "" {
		articles = []schema.Article{{N: 1}}
	}
	sort.SliceStable(articles, func(i, j int) bool { return articles[i].Start < articles[j].Start })
	for i, a := range articles {
		start, end := a.Start, len(d.Text)
		if i == 0 {
			start = 0
		}
		if i+1 < len(articles) {
			end = articles[i+1].Start
		}
		b.addReport(a, r.Origin(a.N), start, end)
		for len(metrics) > 0 && metrics[0].Start < end {
			b.addFigure(metrics[0])
			metrics = metrics[1:]
		}
	}
}

func (b *builder) addReport(a schema.Article, o schema.Origin, start, end int) {
	b.reports = append(b.reports, [repWidth]uint32{
		repDoc: uint32(len(b.docs) - 1), repN: uint32(a.N),
		repStart: b.at[start], repEnd: b.at[end],
		repTitle: b.names.number(a.Title), repOrg: b.names.number(o.Org),
		repCode: b.names.number(o.Region.Code), repRegion: b.names.number(o.Region.Name),
		repYear: uint32(o.Year), repFigure: b.figures,
	})
}

func (b *builder) addFigure(m *schema.Metric) {
	f := figure{
		pos: b.at[m.Start], seq: uint32(m.Seq),
		label: b.labels.number(fold.String(m.Label)), path: b.paths.number(fold.String(m.Section)),
		code: b.code(m.Code), unit: b.code(m.Unit), per: b.code(m.Per), si: b.code(m.SIUnit),
		kind: uint8(m.Kind) | uint8(m.Status)<<4, value: math.NaN(),
	}
	switch {
	case m.SI.Known():
		f.value = m.SI.Float()
	case m.Value.Known() && m.SIUnit == m.Unit:
		f.value = m.Value.Float()
	}
	b.figs = append(b.figs, f)
	b.figures++
}

func (b *builder) code(s string) uint16 { return uint16(b.codes.number(s)) }

// fits reports whether a document can join those already in the builder.
func (b *builder) fits(d *schema.Document, r *schema.Reading) bool {
	n := 0
	if r != nil {
		n = len(r.Metrics)
	}
	return uint64(b.base)+uint64(len(d.Text)) < maxPositions && len(b.codes.list)+4*n < maxCodes
}

// write makes a segment of the builder in the folder dir.
func (b *builder) write(dir string) error {
	return writeSegment(dir, &b.tables, slices.Values(b.figs), b.eachList)
}

// eachList yields the lists in the order of their grams.
func (b *builder) eachList(yield func(gram, []uint32) bool) {
	var list []uint32
	for _, g := range slices.Sorted(maps.Keys(b.grams)) {
		list = list[:0]
		p := uint32(0)
		for buf := b.lists[b.grams[g]].buf; len(buf) > 0; {
			d, n := binary.Uvarint(buf)
			buf = buf[n:]
			p += uint32(d)
			list = append(list, p)
		}
		if !yield(g, list) {
			return
		}
	}
}
