package index

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"slices"
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
	asked  []bool   // those of pools that are read
	packed [][]byte // the bytes of pools, of the first split
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
		f.pools, f.asked, f.packed = make([][]string, poolCount), make([]bool, poolCount), make([][]byte, poolCount)
	}
	clear(f.asked)
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
		list = append(list, c.pooled(text))
	}
	return list
}

// pooled is the next string of a pool.
func (c *cursor) pooled(text []byte) string {
	n := c.int()
	if n&1 == 0 {
		return view(c.take(n >> 1))
	}
	at := c.int()
	return view(text[at : at+n>>1])
}

// strings are what a column is numbers of.
func (f *figures) strings(col int) []string {
	if f.n == 0 {
		return nil
	}
	k := poolOf[col]
	if !f.asked[k] {
		c := cursor{f.pool(k)}
		f.pools[k], f.asked[k] = c.pool(f.pools[k][:0], f.text), true
	}
	return f.pools[k]
}

// pool are the bytes of a pool.
func (f *figures) pool(k int) []byte {
	for ; f.split <= k; f.split++ {
		c := cursor{f.rest}
		f.packed[f.split] = c.take(c.int())
		f.rest = c.b
	}
	return f.packed[k]
}

// holding are the lengths of those strings of a column that hold a word, by number, 0 of
// the others; nil if none does. spots are where the word stands in the text, rising.
func (f *figures) holding(col int, word []needle, r *report, spots []spot) (list []uint32) {
	if f.n == 0 {
		return nil
	}
	packed := f.pool(poolOf[col])
	r.ownList = find(r.ownList[:0], word, packed, 0, len(packed), false) // in strings that are not in the text
	own := r.ownList
	if len(own) == 0 && len(spots) == 0 {
		return nil
	}
	if len(word) > 1 {
		slices.SortFunc(own, func(a, b spot) int { return a.at - b.at })
	}
	c := cursor{packed}
	count := c.int()
	for k := range count {
		n, has := c.int(), false
		if n&1 == 0 {
			has = within(own, len(packed)-len(c.b), n>>1)
			c.take(n >> 1)
		} else {
			has = within(spots, c.int(), n>>1)
		}
		if has {
			if list == nil {
				list = r.numbers(count)
			}
			list[k] = uint32(n >> 1)
		}
	}
	return list
}

// within reports whether one of the spots, which rise, lies in n bytes from a place on.
func within(spots []spot, at, n int) bool {
	if len(spots) == 0 || spots[len(spots)-1].at < at || spots[0].at >= at+n {
		return false
	}
	k, _ := slices.BinarySearchFunc(spots, at, func(s spot, at int) int { return s.at - at })
	for ; k < len(spots) && spots[k].at < at+n; k++ {
		if spots[k].end <= at+n {
			return true
		}
	}
	return false
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

// add takes in a figure of a report, whose text is folded; its sentence is from start to end.
func (p *figurePacker) add(m *schema.Metric, text []byte, start, end int) {
	if p.cols == nil {
		p.cols, p.pools = make([]growing, len(figureFields)), make([]packedPool, poolCount)
		for i := range p.pools { // a column of nothing takes no room
			p.pools[i].number("", text, 0, 0)
		}
	}
	p.values = binary.LittleEndian.AppendUint64(p.values, math.Float64bits(converted(m)))
	p.seq.append(int(uint32(m.Seq - 1 - p.n))) // 0 in most documents
	p.in = append(p.in, uint32(m.Sentence.Start))
	for k := range figureFields {
		s, near := figureFields[k].get(m), start
		if figureFields[k].words {
			s, near = fold.String(s), end
		}
		p.cols[k].append(p.pools[poolOf[k]].number(s, text, start, near))
	}
	p.n++
}

// pack makes the bytes, and what each column has, each string once. starts are where
// the sentences of the report begin, whose text it is.
func (p *figurePacker) pack(starts []int, text []byte) (b []byte, values [][]string) {
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
		pool.slots = nil
		seen := make([]bool, len(pool.at))
		for k := range p.n {
			if n := p.cols[i].at(k); !seen[n] {
				seen[n] = true
				values[i] = append(values[i], pool.string(n, text))
			}
		}
	}
	for i := range p.pools {
		pool := &p.pools[i]
		count := binary.AppendUvarint(nil, uint64(len(pool.at)))
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
	if d := Size(m); d.Known() {
		return d.Float()
	}
	return math.NaN()
}

// Size is what converted is rounded from: what value: asks of.
func Size(m *schema.Metric) schema.Decimal {
	if !m.SI.Known() && m.SIUnit == m.Unit {
		return m.Value
	}
	return m.SI
}

// A packedPool gathers strings, each once, and holds them as the record does: there may
// be a million.
type packedPool struct {
	slots []uint32 // by hash: the number of a string, and 1; half of them are free
	seed  maphash.Seed
	at    []uint32 // where each string stands in b
	b     []byte
}

// number returns the number of a string. A new one that stands in the text between start
// and end is kept as its place.
func (p *packedPool) number(s string, text []byte, start, end int) int {
	if 2*len(p.at) >= len(p.slots) {
		p.grow(text)
	}
	slot := p.slot(s, text)
	if *slot > 0 {
		return int(*slot - 1)
	}
	p.at = append(p.at, uint32(len(p.b)))
	*slot = uint32(len(p.at))
	if at := strings.Index(view(text[start:end]), s); at >= 0 && s != "" {
		p.b = binary.AppendUvarint(p.b, uint64(len(s))<<1|1)
		p.b = binary.AppendUvarint(p.b, uint64(start+at))
	} else {
		p.b = binary.AppendUvarint(p.b, uint64(len(s))<<1)
		p.b = append(p.b, s...)
	}
	return len(p.at) - 1
}

// string is the string with a number.
func (p *packedPool) string(n int, text []byte) string {
	c := cursor{p.b[p.at[n]:]}
	return c.pooled(text)
}

// slot is where the number of a string is, or is to be.
func (p *packedPool) slot(s string, text []byte) *uint32 {
	for i := maphash.String(p.seed, s); ; i++ {
		slot := &p.slots[i%uint64(len(p.slots))]
		if *slot == 0 || p.string(int(*slot-1), text) == s {
			return slot
		}
	}
}

func (p *packedPool) grow(text []byte) {
	if p.slots == nil {
		p.seed = maphash.MakeSeed()
	}
	p.slots = make([]uint32, max(8, 2*len(p.slots)))
	for n := range p.at {
		*p.slot(p.string(n, text), text) = uint32(n + 1)
	}
}
