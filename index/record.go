package index

import (
	"encoding/binary"
	"fmt"
	"sort"
	"unsafe"
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
	switch b := c.b; { // one or two bytes, as most have
	case len(b) > 0 && b[0] < 0x80:
		c.b = b[1:]
		return int(b[0])
	case len(b) > 1 && b[1] < 0x80:
		c.b = b[2:]
		return int(b[0]&0x7f) | int(b[1])<<7
	}
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

// bytesOf is s as bytes that nobody writes to.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

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

// count adds so many to what the word of each of the rows refs has; words are those of the
// numbers.
func (c column) count(refs []ref, words []uint32, of []int, once int) {
	switch c.width {
	case 0:
		of[words[0]] += once * len(refs)
	case 1:
		for i := range refs {
			of[words[c.b[refs[i].figure]]] += once
		}
	default:
		for i := range refs {
			of[words[c.at(int(refs[i].figure))]] += once
		}
	}
}

func (c column) len() int { return len(c.b) / max(1, c.width) }

// widthOf is the width of a column with that number in it.
func widthOf(n int) int {
	switch {
	case n == 0:
		return 0
	case n <= 0xff:
		return 1
	case n <= 0xffff:
		return 2
	}
	return 4
}

// A growing column is one that is made: as wide as its largest number needs.
type growing struct {
	column
	n int
}

func (c *growing) append(n int) {
	if w := widthOf(n); w > c.width {
		narrow := c.column
		c.column = column{make([]byte, 0, max(64, w*c.n*5/4)), w}
		for i := range c.n {
			c.put(narrow.at(i))
		}
	}
	c.put(n)
	c.n++
}

func (c *growing) put(n int) {
	c.b = append(c.b, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))[:len(c.b)+c.width]
}

func columnOf(list []int) (c growing) {
	for _, n := range list {
		c.append(n)
	}
	return c
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

// pieces are the bytes of a record: what stands before its parts, and these.
func (r *record) pieces() (list [1 + parts4][]byte) {
	b := make([]byte, recordHead)
	for i, p := range r {
		binary.LittleEndian.PutUint32(b[4+4*i:], uint32(len(p)))
		list[1+i] = p
	}
	check := sum(b[4:])
	for _, p := range r {
		check = addSum(check, p)
	}
	binary.LittleEndian.PutUint32(b, check)
	list[0] = b
	return list
}

// bytes is how many bytes a record has.
func (r *record) bytes() int {
	n := recordHead
	for _, p := range r {
		n += len(p)
	}
	return n
}

// readRecord cuts the record at a place of the file into its parts. Its checksum is
// taken as right if it was found so before.
func readRecord(b []byte, at int64, sound bool) (r record) {
	bad := func() { panic(damage{"records", fmt.Sprintf("the checksum is wrong at byte %d", at)}) }
	if at < 0 || at+recordHead > int64(len(b)) {
		bad()
	}
	b = b[at:]
	from := int64(recordHead)
	for i := range r {
		n := int64(binary.LittleEndian.Uint32(b[4+4*i:]))
		if from+n > int64(len(b)) {
			bad()
		}
		r[i] = b[from : from+n : from+n]
		from += n
	}
	if !sound && sum(b[4:from]) != binary.LittleEndian.Uint32(b) {
		bad()
	}
	return r
}

// A newReport is a report on its way into the index.
type newReport struct {
	head
	record record
	values [][]string // what the figures have in each of figureFields, each once
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
	r.ix, r.id, r.loaded, r.bools, r.lengths, r.mentions = ix, id, [3]bool{}, r.bools[:0], r.lengths[:0], r.mentions[:0]
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
