package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sort"

	mmap "github.com/blevesearch/mmap-go"
)

// # Format of text.bin
//
// A header of eight bytes, the sections below one after the other, and at the
// end a table with the start of every section and the end of the last, eight
// bytes each. All numbers are little-endian; a column is an array of them, read
// where it lies in the mapped file.
//
//	lists       the encoded lists of positions (grams.go), in the order of the grams
//	grams       column of 8: the grams, rising
//	starts      column of 8: where the list of each gram begins in lists, and the end
//	sentences   column of 4: first positions of sentences, rising
//	headings    column of 4: first position and end of each heading, in pairs
//	titles      the same for titles
//	docs        rows of 4 numbers: id and source (strings), base position, first report
//	reports     rows of 10 numbers, see the constants
//	fig…        one column for each property of a figure; figures in text order
//	strings…    pools: a column of 4 with the starts, and the end; then the bytes
//
// docs and reports end with a row that only closes the ranges: the reports of
// document d are those from its first to the first of d+1, and the figures of a
// report likewise. The text of a report runs from its start to its end; what
// stands between two articles belongs to the one before.
const (
	secLists = iota
	secGrams
	secStarts
	secSentences
	secHeadings
	secTitles
	secDocs
	secReports
	secFigPos   // position of raw
	secFigSeq   // seq of the metric
	secFigLabel // strings labels
	secFigPath  // strings sections: headings above
	secFigCode  // strings codes, two bytes each: indicator,
	secFigUnit  // unit,
	secFigPer   // per,
	secFigSI    // and si_unit
	secFigKind  // kind | status<<4
	secFigValue // float64: si_value, NaN where unknown
	secNameAt   // names: ids, sources, titles, organisations, regions
	secNames
	secLabelAt // labels, folded
	secLabels
	secPathAt // sections, folded
	secPaths
	secCodeAt // indicators, units and pers
	secCodes
	sections
)

const magic = "mingxi1\n"

// Columns of docs.
const (
	docID = iota
	docSource
	docBase
	docReport
	docWidth
)

// Columns of reports.
const (
	repDoc = iota
	repN
	repStart
	repEnd
	repTitle
	repOrg
	repCode   // region code
	repRegion // region name
	repYear
	repFigure // first figure
	repWidth
)

// A segment is an opened text.bin with its deletions and, once asked for, its fields.
type segment struct {
	entry
	dir     string
	mapped  mmap.MMap
	sec     [sections][]byte
	docs    rows
	reports rows
	names   pool
	labels  pool // folded
	paths   pool // folded
	codes   pool
	dead    bitset // of documents
	live    bitset // of reports: those of documents that are not dead
	fields  fields
}

func openSegment(dir string, e entry) (*segment, error) {
	s := &segment{entry: e, dir: filepath.Join(dir, e.Name)}
	if err := s.mapFile(filepath.Join(s.dir, "text.bin")); err != nil {
		return nil, err
	}
	if err := s.cut(); err != nil {
		s.close()
		return nil, err
	}
	if e.Dead != "" {
		b, err := os.ReadFile(filepath.Join(dir, e.Dead))
		if err != nil {
			s.close()
			return nil, err
		}
		s.dead = decodeBits(b)
	}
	s.bury()
	return s, nil
}

func (s *segment) mapFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if s.mapped, err = mmap.Map(f, mmap.RDONLY, 0); err != nil {
		return fmt.Errorf("map %s: %w", path, err)
	}
	return nil
}

var errFormat = errors.New("text.bin is damaged: rebuild the index")

// cut finds the sections of the mapped file and checks that they fit together.
func (s *segment) cut() error {
	b := []byte(s.mapped)
	toc := len(b) - 8*(sections+1)
	if toc < len(magic) || string(b[:len(magic)]) != magic {
		return errFormat
	}
	at := func(i int) uint64 { return binary.LittleEndian.Uint64(b[toc+8*i:]) }
	for i := range sections {
		lo, hi := at(i), at(i+1)
		if lo > hi || hi > uint64(toc) {
			return errFormat
		}
		s.sec[i] = b[lo:hi]
	}
	s.docs = rows{s.sec[secDocs], docWidth}
	s.reports = rows{s.sec[secReports], repWidth}
	s.names = pool{column(s.sec[secNameAt]), s.sec[secNames]}
	s.labels = pool{column(s.sec[secLabelAt]), s.sec[secLabels]}
	s.paths = pool{column(s.sec[secPathAt]), s.sec[secPaths]}
	s.codes = pool{column(s.sec[secCodeAt]), s.sec[secCodes]}
	if s.docs.len() < 0 || s.reports.len() < 0 || len(s.sec[secStarts]) != len(s.sec[secGrams])+8 || !s.columnsFit() || !s.rowsFit() {
		return errFormat
	}
	return nil
}

// columnsFit reports whether all columns of figures have the same length.
func (s *segment) columnsFit() bool {
	n := s.figures()
	for sec := secFigPos; sec <= secFigPath; sec++ {
		if len(s.sec[sec]) != 4*n {
			return false
		}
	}
	for sec := secFigCode; sec <= secFigSI; sec++ {
		if len(s.sec[sec]) != 2*n {
			return false
		}
	}
	return len(s.sec[secFigKind]) == n && len(s.sec[secFigValue]) == 8*n
}

// rowsFit reports whether the rows of documents and reports cut the positions,
// the reports and the figures into parts in order.
func (s *segment) rowsFit() bool {
	docs, reports := s.docs.len(), s.reports.len()
	for d := range docs {
		if s.docs.at(d, docReport) > s.docs.at(d+1, docReport) || s.docs.at(d, docBase) > s.docs.at(d+1, docBase) {
			return false
		}
	}
	for i := range reports {
		start, end, next := s.reports.at(i, repStart), s.reports.at(i, repEnd), s.reports.at(i+1, repStart)
		if start > end || end > next || int(s.reports.at(i, repDoc)) >= docs || s.figureBase(i) > s.figureBase(i+1) {
			return false
		}
	}
	return int(s.docs.at(docs, docReport)) == reports && s.figureBase(reports) == s.figures() &&
		s.positions() == int(s.reports.at(reports, repStart)) && s.positions() < 1<<32
}

// bury computes which reports are alive.
func (s *segment) bury() {
	n := s.reports.len()
	s.live = newBitset(n)
	s.live.setRange(0, n)
	for d := range s.dead.each {
		lo, hi := s.docArticles(d)
		for i := lo; i < hi; i++ {
			s.live[i>>6] &^= 1 << (i & 63)
		}
	}
}

func (s *segment) close() error {
	err := s.fields.close()
	if s.mapped != nil {
		err = errors.Join(err, s.mapped.Unmap())
	}
	return err
}

// positions is the number of positions of the segment, empty ones included.
func (s *segment) positions() int { return int(s.docs.at(s.docs.len(), docBase)) }

func (s *segment) figures() int { return len(s.sec[secFigPos]) / 4 }

func (s *segment) docID(d int) string { return s.names.at(s.docs.at(d, docID)) }

// docArticles returns the reports lo ≤ i < hi of a document.
func (s *segment) docArticles(d int) (lo, hi int) {
	return int(s.docs.at(d, docReport)), int(s.docs.at(d+1, docReport))
}

// figureBase is the first figure of a report; that of the closing row is the number of figures.
func (s *segment) figureBase(report int) int { return int(s.reports.at(report, repFigure)) }

// sentenceWalk finds sentences and their figures, of places in rising order.
type sentenceWalk struct{ next, figure int }

// around returns the positions lo ≤ q < hi of the sentence around p.
func (w *sentenceWalk) around(s *segment, p uint32) (lo, hi uint32) {
	c := column(s.sec[secSentences])
	w.next = gallop(w.next, c.len(), func(i int) bool { return c.at(i) > p })
	if w.next > 0 {
		lo = c.at(w.next - 1)
	}
	if hi = math.MaxUint32; w.next < c.len() {
		hi = c.at(w.next)
	}
	return lo, hi
}

// figures returns the numbers of the figures that stand between two positions.
func (w *sentenceWalk) figures(s *segment, lo, hi uint32) (first, end int) {
	c := column(s.sec[secFigPos])
	first = gallop(w.figure, c.len(), func(i int) bool { return c.at(i) >= lo })
	end = gallop(first, c.len(), func(i int) bool { return c.at(i) >= hi })
	w.figure = end
	return first, end
}

func (s *segment) value(figure int) float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(s.sec[secFigValue][8*figure:]))
}

func (s *segment) gramAt(i int) gram {
	return gram(binary.LittleEndian.Uint64(s.sec[secGrams][8*i:]))
}

// gramRange returns the numbers of the grams lo ≤ g < hi.
func (s *segment) gramRange(lo, hi gram) (int, int) {
	n := len(s.sec[secGrams]) / 8
	return sort.Search(n, func(i int) bool { return s.gramAt(i) >= lo }),
		sort.Search(n, func(i int) bool { return s.gramAt(i) >= hi })
}

// postings opens the list of a gram; it is empty if the gram does not occur.
func (s *segment) postings(g gram) postings {
	lo, hi := s.gramRange(g, g+1)
	if lo == hi {
		return postings{}
	}
	return s.postingsAt(lo)
}

func (s *segment) postingsAt(i int) postings {
	starts := s.sec[secStarts]
	lo, hi := binary.LittleEndian.Uint64(starts[8*i:]), binary.LittleEndian.Uint64(starts[8*i+8:])
	if lo > hi || hi > uint64(len(s.sec[secLists])) {
		return postings{}
	}
	return openPostings(s.sec[secLists][lo:hi])
}

func encodeBits(b bitset) []byte {
	var out []byte
	for _, w := range b {
		out = binary.LittleEndian.AppendUint64(out, w)
	}
	return out
}

func decodeBits(b []byte) bitset {
	var out bitset
	for ; len(b) >= 8; b = b[8:] {
		out = append(out, binary.LittleEndian.Uint64(b))
	}
	return out
}
