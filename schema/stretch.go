package schema

import "sort"

// LongStretch is how many figures of a document are looked at together, at least.
// What one figure says of another (its total, a repetition, what an audit finds) is
// looked for within a stretch of them, so that time and memory do not grow faster
// than the document. Only yearbooks have more than one.
const LongStretch = 1 << 14

// Stretch is how many of the metrics, which follow one another in the document, make
// a stretch: LongStretch, and the rest of the row or sentence.
func (d *Document) Stretch(metrics []Metric) int {
	for n := LongStretch; n < len(metrics); n++ {
		if d.Apart(&metrics[n-1], &metrics[n]) {
			return n
		}
	}
	return len(metrics)
}

// Apart reports whether a metric stands in another row or sentence than the one before.
// Of a document without blocks all do.
func (d *Document) Apart(last, next *Metric) bool {
	if len(d.Blocks) == 0 {
		return true
	}
	b := d.BlockAt(next.Start)
	return b != d.BlockAt(last.Start) || d.Blocks[b].Kind != Row && last.Sentence != next.Sentence
}

// BlockAt is the number of the block that holds the offset, or that ends before it.
func (d *Document) BlockAt(offset int) int {
	return max(0, sort.Search(len(d.Blocks), func(i int) bool { return d.Blocks[i].Start > offset })-1)
}

// Parts hand on the reading of a document a part after the other, in the order of the
// text: as stretches, so that a document of a million figures need not be held as a
// whole. There is one part at least. They end with the first error of yield.
type Parts = func(yield func(*Reading) error) error
