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

// packFigures is the inverse of read. It also returns what each column has, each
// string once.
func packFigures(list []*schema.Metric, text string, sentences []int, sentence func(m *schema.Metric) int) (b []byte, values [][]string) {
	values = make([][]string, len(figureFields))
	if len(list) == 0 {
		return nil, values
	}
	cols := make([][]int, 2+len(figureFields))
	var numbers []byte
	pools := make([]packedPool, poolCount)
	for i := range pools { // a column of nothing takes no room
		pools[i].number("", "", 0)
	}
	for i, m := range list {
		numbers = binary.LittleEndian.AppendUint64(numbers, math.Float64bits(converted(m)))
		k := sentence(m)
		cols[0], cols[1] = append(cols[0], int(uint32(m.Seq-1-i))), append(cols[1], k) // 0 in most documents
		start, end := 0, 0
		if k < len(sentences) {
			start, end = sentences[k], len(text)
			if k+1 < len(sentences) {
				end = sentences[k+1]
			}
		}
		for k := range figureFields {
			s, near := figureFields[k].get(m), ""
			if figureFields[k].words {
				s, near = fold.String(s), text[start:end]
			}
			n := pools[poolOf[k]].number(s, near, start)
			cols[2+k] = append(cols[2+k], n)
		}
	}
	b = binary.AppendUvarint(nil, uint64(len(list)))
	for _, c := range cols {
		b = append(b, byte(widthOf(c)))
	}
	b = append(b, numbers...)
	for _, c := range cols {
		b = appendColumn(b, c)
	}
	for i, c := range cols[2:] {
		p := &pools[poolOf[i]]
		seen := make([]bool, len(p.strings))
		for _, n := range c {
			if !seen[n] {
				seen[n] = true
				values[i] = append(values[i], p.strings[n])
			}
		}
	}
	for _, p := range pools {
		p.b = append(binary.AppendUvarint(nil, uint64(len(p.strings))), p.b...)
		b = append(binary.AppendUvarint(b, uint64(len(p.b))), p.b...)
	}
	return b, values
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
