package index

import (
	"encoding/binary"
	"math"
	"strings"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// The figures of a report are columns, so that a condition reads only what it asks:
//
//	count, and the width of each column in one byte
//	values      float64, in the unit that figures are converted to; NaN where none
//	columns     number in the document, less its place here and 1; number of the sentence in the report; then
//	            one for each of figureFields: which of the strings below it is
//	strings     of all keywords, then of each column of words, folded; each the bytes
//	            that follow, a count, and for each string 2 × its length and its bytes,
//	            or 2 × its length + 1 and its place in the text
type figures struct {
	n      int
	values []byte
	all    []column
	seq    column
	in     column   // sentence
	cols   []column // as figureFields
	pools  [][]string
	unread [][]byte // pools that were not asked for, of the first split
	split  int
	rest   []byte // pools after them
	text   []byte
}

// poolOf says which strings a column is numbers of, of how many.
var poolOf, poolCount = func() (list []int, n int) {
	n = 1
	for _, f := range figureFields {
		if !f.words {
			list = append(list, 0)
			continue
		}
		list = append(list, n)
		n++
	}
	return list, n
}()

// read reads the figures of a record.
func (f *figures) read(b, text []byte) {
	f.n, f.text, f.split = 0, text, 0
	if f.pools == nil {
		f.pools, f.unread = make([][]string, poolCount), make([][]byte, poolCount)
	}
	if len(b) == 0 {
		return
	}
	c := cursor{b}
	f.n = c.int()
	widths := c.take(2 + len(figureFields))
	f.values = c.take(8 * f.n)
	f.all = f.all[:0]
	for _, w := range widths {
		f.all = append(f.all, column{c.take(int(w) * f.n), int(w)})
	}
	f.seq, f.in, f.cols = f.all[0], f.all[1], f.all[2:]
	f.rest = c.b
}

func (c *cursor) pool(list []string, text []byte) []string {
	for range c.int() {
		n := c.int()
		if n&1 == 0 {
			list = append(list, view(c.take(n>>1)))
			continue
		}
		at := c.int()
		list = append(list, view(text[at:at+n>>1]))
	}
	return list
}

// strings are what a column is numbers of.
func (f *figures) strings(col int) []string {
	if f.n == 0 {
		return nil
	}
	k := poolOf[col]
	for ; f.split <= k; f.split++ {
		c := cursor{f.rest}
		f.unread[f.split] = c.take(c.int())
		f.rest = c.b
	}
	if f.unread[k] != nil {
		c := cursor{f.unread[k]}
		f.pools[k], f.unread[k] = c.pool(f.pools[k][:0], f.text), nil
	}
	return f.pools[k]
}

// number is the number of a figure in its document.
func (f *figures) number(i int) int { return int(uint32(f.seq.at(i) + i + 1)) }

func (f *figures) string(col, i int) string { return f.strings(col)[f.cols[col].at(i)] }

func (f *figures) value(i int) float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(f.values[8*i:]))
}

// A figurePacker is the inverse of read: it takes figures in, and packs them.
type figurePacker struct {
	n      int
	values []byte
	seq    growing
	in     []uint32  // where the sentence of each begins, in bytes of the document
	cols   []growing // as figureFields
	pools  []packedPool
}

// add takes in a figure; sentence is its sentence, which begins at start of the text.
func (p *figurePacker) add(m *schema.Metric, sentence string, start int) {
	if p.cols == nil {
		p.cols, p.pools = make([]growing, len(figureFields)), make([]packedPool, poolCount)
		for i := range p.pools { // a column of nothing takes no room
			p.pools[i].number("", "", 0)
		}
	}
	p.values = binary.LittleEndian.AppendUint64(p.values, math.Float64bits(converted(m)))
	p.seq.append(int(uint32(m.Seq - 1 - p.n))) // 0 in most documents
	p.in = append(p.in, uint32(m.Sentence.Start))
	for k := range figureFields {
		s, near := figureFields[k].get(m), ""
		if figureFields[k].words {
			s, near = fold.String(s), sentence
		}
		p.cols[k].append(p.pools[poolOf[k]].number(s, near, start))
	}
	p.n++
}

// pack makes the bytes, and what each column has, each string once. starts are where
// the sentences of the report begin.
func (p *figurePacker) pack(starts []int) (b []byte, values [][]string) {
	values = make([][]string, len(figureFields))
	if p.n == 0 {
		return nil, values
	}
	cols := append([]growing{p.seq, p.sentences(starts)}, p.cols...)
	size := binary.MaxVarintLen64 + len(cols) + len(p.values)
	for i := range cols {
		size += len(cols[i].b)
	}
	for i := range p.pools {
		size += len(p.pools[i].b) + 2*binary.MaxVarintLen64
	}
	b = binary.AppendUvarint(make([]byte, 0, size), uint64(p.n))
	for i := range cols {
		b = append(b, byte(cols[i].width))
	}
	b = append(b, p.values...)
	for i := range cols {
		b = append(b, cols[i].b...)
	}
	for i := range p.cols {
		pool := &p.pools[poolOf[i]]
		pool.numbers = nil
		seen := make([]bool, len(pool.strings))
		for k := range p.n {
			if n := p.cols[i].at(k); !seen[n] {
				seen[n] = true
				values[i] = append(values[i], pool.strings[n])
			}
		}
	}
	for i := range p.pools {
		pool := &p.pools[i]
		count := binary.AppendUvarint(nil, uint64(len(pool.strings)))
		b = binary.AppendUvarint(b, uint64(len(count)+len(pool.b)))
		b = append(append(b, count...), pool.b...)
	}
	return b, values
}

// sentences is the column of the sentences' numbers.
func (p *figurePacker) sentences(starts []int) (c growing) {
	last, k := -1, 0
	for _, at := range p.in {
		if int(at) != last {
			last, k = int(at), sentenceOf(starts, int(at))
		}
		c.append(k)
	}
	return c
}

// converted is the size of a figure in the unit that it is converted to.
func converted(m *schema.Metric) float64 {
	if d := size(m); d.Known() {
		return d.Float()
	}
	return math.NaN()
}

// size is what converted is rounded from.
func size(m *schema.Metric) schema.Decimal {
	if !m.SI.Known() && m.SIUnit == m.Unit {
		return m.Value
	}
	return m.SI
}

// A packedPool gathers strings, each once.
type packedPool struct {
	numbers map[string]int
	strings []string
	b       []byte
}

// number returns the number of a string. A new one that stands in the sentence, which
// begins at start of the text, is kept as its place.
func (p *packedPool) number(s, sentence string, start int) int {
	n, has := p.numbers[s]
	if has {
		return n
	}
	if p.numbers == nil {
		p.numbers = make(map[string]int)
	}
	n = len(p.strings)
	p.numbers[s] = n
	p.strings = append(p.strings, s)
	if at := strings.Index(sentence, s); at >= 0 && s != "" {
		p.b = binary.AppendUvarint(p.b, uint64(len(s))<<1|1)
		p.b = binary.AppendUvarint(p.b, uint64(start+at))
		return n
	}
	p.b = binary.AppendUvarint(p.b, uint64(len(s))<<1)
	p.b = append(p.b, s...)
	return n
}
