package index

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sort"
	"unicode/utf8"
	"unsafe"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// What the index keeps of a report beside bleve's terms stands in two files, each in
// the order of adding. Numbers are varints where no width is given, strings a length
// and bytes.
//
//	head     checksum, length   uint32 each; the sum is of all that follows it
//	         number; place, size and bytes of text of the record; article, year, start
//	         and end in characters of the document, figures;
//	         document, source, title, org, region's code and name
//	record   checksum of all that follows, lengths of the four parts   uint32 each
//	         text       folded
//	         sentences  width and column of their starts in the text
//	         headings   start, length
//	         figures    see figures.go

// A head is what is known about a report.
type head struct {
	number       int // of adding
	record, size int64
	text         int // bytes of the folded text
	n            int // of the article in its document
	year         int
	start, end   int // in characters of the document's text
	figures      int
	id, source   string // of the document
	title, org   string
	code, region string
}

func (h *head) numbers() []*int {
	return []*int{&h.number, &h.text, &h.n, &h.year, &h.start, &h.end, &h.figures}
}

func (h *head) strings() []*string {
	return []*string{&h.id, &h.source, &h.title, &h.org, &h.code, &h.region}
}

func appendHead(b []byte, h head) []byte {
	from := len(b)
	b = append(b, 0, 0, 0, 0, 0, 0, 0, 0)
	b = binary.AppendUvarint(b, uint64(h.record))
	b = binary.AppendUvarint(b, uint64(h.size))
	for _, n := range h.numbers() {
		b = binary.AppendUvarint(b, uint64(*n))
	}
	for _, s := range h.strings() {
		b = appendString(b, *s)
	}
	binary.LittleEndian.PutUint32(b[from+4:], uint32(len(b)-from-8))
	binary.LittleEndian.PutUint32(b[from:], sum(b[from+4:]))
	return b
}

// readHead reads the head at a place of the file. Its strings last as long as b.
func readHead(b []byte, at int64) (h head) {
	bad := func() { panic(damage{"heads", fmt.Sprintf("the checksum is wrong at byte %d", at)}) }
	if at < 0 || at+8 > int64(len(b)) {
		bad()
	}
	size := int64(binary.LittleEndian.Uint32(b[at+4:]))
	if at+8+size > int64(len(b)) || sum(b[at+4:at+8+size]) != binary.LittleEndian.Uint32(b[at:]) {
		bad()
	}
	c := cursor{b[at+8 : at+8+size]}
	h.record, h.size = int64(c.int()), int64(c.int())
	for _, n := range h.numbers() {
		*n = c.int()
	}
	for _, s := range h.strings() {
		*s = c.string()
	}
	return h
}

// A cursor takes values off the front of bytes.
type cursor struct{ b []byte }

func (c *cursor) int() int {
	n, size := binary.Uvarint(c.b)
	c.b = c.b[size:]
	return int(n)
}

func (c *cursor) take(n int) []byte {
	b := c.b[:n:n]
	c.b = c.b[n:]
	return b
}

func (c *cursor) string() string { return view(c.take(c.int())) }

// view is b as a string that lives as long as b.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// A column holds numbers of one width: 0 (all are 0), 1, 2 or 4 bytes.
type column struct {
	b     []byte
	width int
}

func (c column) at(i int) int {
	switch c.width {
	case 0:
		return 0
	case 1:
		return int(c.b[i])
	case 2:
		return int(binary.LittleEndian.Uint16(c.b[2*i:]))
	}
	return int(binary.LittleEndian.Uint32(c.b[4*i:]))
}

func (c column) len() int { return len(c.b) / max(1, c.width) }

func widthOf(list []int) int {
	top := 0
	for _, n := range list {
		top = max(top, n)
	}
	switch {
	case top == 0:
		return 0
	case top <= 0xff:
		return 1
	case top <= 0xffff:
		return 2
	}
	return 4
}

func appendColumn(b []byte, list []int) []byte {
	width := widthOf(list)
	for _, n := range list {
		b = append(b, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))[:len(b)+width]
	}
	return b
}

// The parts of a record.
const (
	partText = iota
	partSentences
	partHeadings
	partFigures
	parts4
	recordHead = 4 * (1 + parts4)
)

type record [parts4][]byte

func (r *record) encode() []byte {
	b := make([]byte, recordHead, recordHead+len(r[0])+len(r[1])+len(r[2])+len(r[3]))
	for i, p := range r {
		binary.LittleEndian.PutUint32(b[4+4*i:], uint32(len(p)))
		b = append(b, p...)
	}
	binary.LittleEndian.PutUint32(b, sum(b[4:]))
	return b
}

// readRecord cuts the record at a place of the file into its parts. Its checksum is
// taken as right if it was found so before.
func readRecord(b []byte, at int64, sound bool) (r record) {
	bad := damage{"records", fmt.Sprintf("the checksum is wrong at byte %d", at)}
	if at < 0 || at+recordHead > int64(len(b)) {
		panic(bad)
	}
	b = b[at:]
	from := int64(recordHead)
	for i := range r {
		n := int64(binary.LittleEndian.Uint32(b[4+4*i:]))
		if from+n > int64(len(b)) {
			panic(bad)
		}
		r[i] = b[from : from+n : from+n]
		from += n
	}
	if !sound && sum(b[4:from]) != binary.LittleEndian.Uint32(b) {
		panic(bad)
	}
	return r
}

// A newReport is a report on its way into the index.
type newReport struct {
	head
	record  record
	metrics []*schema.Metric
	values  [][]string // what the figures have in each of figureFields, each once
}

// reports cuts a document into its reports.
func reports(d *schema.Document, r *schema.Reading) (list []*newReport) {
	metrics := make([]*schema.Metric, len(r.Metrics))
	for i := range r.Metrics {
		metrics[i] = &r.Metrics[i]
	}
	sort.SliceStable(metrics, func(i, j int) bool { return metrics[i].Start < metrics[j].Start })
	articles := slices.Clone(d.Articles)
	if len(articles) == 0 {
		articles = []schema.Article{{N: min(1, len(d.Text))}} // number 0 is no report
	}
	sort.SliceStable(articles, func(i, j int) bool { return articles[i].Start < articles[j].Start })
	p := newPlacer(d, metrics)
	for i, a := range articles {
		start, end := a.Start, len(d.Text)
		if i == 0 {
			start = 0
		}
		if i+1 < len(articles) {
			end = articles[i+1].Start
		}
		n := sort.Search(len(metrics), func(i int) bool { return metrics[i].Start >= end })
		o := r.Origin(a.N)
		rep := &newReport{metrics: metrics[:n], head: head{
			id: d.ID, source: d.Source, title: a.Title, org: o.Org, code: o.Region.Code, region: o.Region.Name,
			n: a.N, year: o.Year, figures: n}}
		p.fill(rep, start, end)
		list, metrics = append(list, rep), metrics[n:]
	}
	return list
}

// A placer finds places of a document in its folded text, quickest in rising order.
type placer struct {
	text     string
	folded   string
	marks    []mark // about every markEvery bytes
	last     mark
	starts   []int         // of sentences, rising
	headings []schema.Span // rising
}

// A mark is a place: in bytes of the text, in bytes of the folded text, in characters.
type mark struct{ at, folded, chars int }

const markEvery = 256

func newPlacer(d *schema.Document, metrics []*schema.Metric) *placer {
	p := &placer{text: d.Text, folded: fold.String(d.Text)}
	var m mark
	for m.at < len(d.Text) {
		if m.at >= markEvery*len(p.marks) {
			p.marks = append(p.marks, m)
		}
		p.step(&m)
	}
	p.marks = append(p.marks, m)
	for _, b := range d.Blocks {
		p.starts = append(p.starts, b.Start)
		if b.Kind == schema.Heading {
			p.headings = append(p.headings, b.Span)
		}
	}
	for _, s := range d.Sentences {
		p.starts = append(p.starts, s.Start)
	}
	for _, m := range metrics {
		p.starts = append(p.starts, m.Sentence.Start)
	}
	slices.Sort(p.starts)
	p.starts = slices.Compact(p.starts)
	slices.SortStableFunc(p.headings, func(a, b schema.Span) int { return a.Start - b.Start })
	return p
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

// fill makes the record of a report that is bytes start to end of the document.
func (p *placer) fill(r *newReport, start, end int) {
	from := p.find(start)
	r.start = from.chars
	starts := between(p.starts, start, end, func(i int) int { return i })
	places := make([]int, len(starts))
	for i, at := range starts {
		places[i] = p.find(at).folded - from.folded
	}
	for _, h := range between(p.headings, start, end, func(s schema.Span) int { return s.Start }) {
		a, b := p.find(h.Start).folded, p.find(min(h.End, end)).folded
		r.record[partHeadings] = binary.AppendUvarint(r.record[partHeadings], uint64(a-from.folded))
		r.record[partHeadings] = binary.AppendUvarint(r.record[partHeadings], uint64(b-a))
	}
	to := p.find(end)
	text := p.folded[from.folded:to.folded]
	r.end, r.text = to.chars, len(text)
	r.record[partText] = []byte(text)
	r.record[partSentences] = appendColumn([]byte{byte(widthOf(places))}, places)
	r.record[partFigures], r.values = packFigures(r.metrics, text, places, func(m *schema.Metric) int {
		n, has := slices.BinarySearch(starts, m.Sentence.Start)
		if !has { // it begins in the report before
			n = max(0, n-1)
		}
		return n
	})
}

// A report is one of an open index while it is looked at. Its parts are read where
// they are asked for, once.
type report struct {
	ix     *Index
	id     uint32 // its rank
	head   head
	rec    record
	figs   figures
	loaded [3]bool // of the above
	scratch
}

// on turns to another report.
func (r *report) on(ix *Index, id uint32) *report {
	r.ix, r.id, r.loaded, r.bools = ix, id, [3]bool{}, r.bools[:0]
	return r
}

func (ix *Index) head(id uint32) head { return readHead(ix.heads, ix.table.rows[id].head) }

// about returns what is known about the report.
func (r *report) about() *head {
	if !r.loaded[0] {
		r.head, r.loaded[0] = r.ix.head(r.id), true
	}
	return &r.head
}

// part returns a part of the record.
func (r *report) part(n int) []byte {
	if !r.loaded[1] {
		sound := &r.ix.sound[r.id]
		r.rec, r.loaded[1] = readRecord(r.ix.records, r.ix.table.rows[r.id].record, sound.Load()), true
		sound.Store(true)
	}
	return r.rec[n]
}

func (r *report) text() []byte { return r.part(partText) }

// figures returns the figures of the report.
func (r *report) figures() *figures {
	if !r.loaded[2] {
		r.figs.read(r.part(partFigures), r.text())
		r.loaded[2] = true
	}
	return &r.figs
}

// sentences are the starts of the sentences.
func (r *report) sentences() column {
	b := r.part(partSentences)
	return column{b[1:], int(b[0])}
}

// sentence returns where a sentence stands in the text.
func (r *report) sentence(k int) (start, end int) {
	col := r.sentences()
	if 0 <= k && k < col.len() {
		start = col.at(k)
	}
	if end = len(r.text()); k+1 < col.len() {
		end = col.at(k + 1)
	}
	return start, end
}

// sentenceAt returns the sentence that holds a place of the text.
func (r *report) sentenceAt(at int) (start, end int) {
	col := r.sentences()
	return r.sentence(sort.Search(col.len(), func(k int) bool { return col.at(k) > at }) - 1)
}

// headings yields where headings stand in the text.
func (r *report) headings(yield func(start, end int) bool) {
	for c := (cursor{r.part(partHeadings)}); len(c.b) > 0; {
		start := c.int()
		if !yield(start, start+c.int()) {
			return
		}
	}
}
