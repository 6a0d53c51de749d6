package index

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
)

// Segments are merged when eight of about the same size have gathered: a
// document is rewritten once for every eightfold growth. A segment of which
// half the documents are deleted is rewritten too.

const mergeAt = 8

// maxMerged is the size beyond which a segment is left alone.
const maxMerged = 400 << 20 // characters

// errCodes says that segments have too many different units together.
var errCodes = errors.New("too many different units")

// merge brings segments together until none of the rules applies.
func (w *Writer) merge() error {
	for {
		group := w.due()
		if group == nil {
			return nil
		}
		switch err := w.mergeGroup(group); {
		case errors.Is(err, errCodes):
			return nil // they stay apart, which is slower and nothing else
		case err != nil:
			return fmt.Errorf("merge index: %w", err)
		}
	}
}

// Compact merges all segments into as few as can be: queries are quickest then.
func (w *Writer) Compact() error {
	if err := w.flush(); err != nil {
		return err
	}
	var group []int
	runes := 0
	for i, e := range w.m.Segments {
		if runes += e.Runes; runes > 2*maxMerged {
			break
		}
		group = append(group, i)
	}
	if len(group) < 2 {
		return nil
	}
	if err := w.mergeGroup(group); !errors.Is(err, errCodes) {
		return err
	}
	return nil
}

// due chooses the segments to merge next.
func (w *Writer) due() []int {
	tiers := make(map[int][]int)
	for i, e := range w.m.Segments {
		if 2*e.Gone > e.Docs {
			return []int{i}
		}
		if e.Runes > maxMerged {
			continue
		}
		tier := 0
		for n := e.Runes >> 20; n > 0; n /= mergeAt {
			tier++
		}
		tiers[tier] = append(tiers[tier], i)
		if len(tiers[tier]) == mergeAt {
			return tiers[tier]
		}
	}
	return nil
}

// mergeGroup replaces segments by one; the order of adding is kept as far as
// the first of the group stands.
func (w *Writer) mergeGroup(group []int) error {
	m := new(merger)
	defer m.close()
	for _, i := range group {
		s, err := openSegment(w.dir, w.m.Segments[i])
		if err != nil {
			return err
		}
		m.parts = append(m.parts, &mergePart{segment: s})
	}
	m.plan()
	if len(m.codes.list) > maxCodes {
		return errCodes
	}
	e := entry{Name: w.m.fresh(), Docs: len(m.docs), Runes: int(m.base)}
	if len(m.docs) > 0 {
		if err := writeSegment(filepath.Join(w.dir, e.Name), &m.tables, m.eachFigure, m.eachList); err != nil {
			os.RemoveAll(filepath.Join(w.dir, e.Name))
			return err
		}
	}
	var list []entry
	for i, old := range w.m.Segments {
		if i == group[0] && e.Docs > 0 {
			list = append(list, e)
		}
		if !slices.Contains(group, i) {
			list = append(list, old)
		}
	}
	w.m.Segments = list
	if err := w.m.write(w.dir); err != nil {
		return err
	}
	if err := w.sweep(); err != nil {
		return err
	}
	return w.learn()
}

// A merger is the tables of the new segment, and the old segments.
type merger struct {
	tables
	parts []*mergePart
}

// A mergePart is an old segment with the new numbers of what is in it.
type mergePart struct {
	*segment
	next          int       // number of the next gram
	runs          []stretch // of documents that stay, in order
	labels, paths []uint32
	codes         []uint16
}

// A stretch is the positions lo ≤ p < hi that moves by shift.
type stretch struct{ lo, hi, shift uint32 }

func (m *merger) close() {
	for _, p := range m.parts {
		p.close()
	}
}

// plan fills the tables and the new numbers.
func (m *merger) plan() {
	for _, p := range m.parts {
		p.labels, p.paths = renumber(&m.labels, p.segment.labels), renumber(&m.paths, p.segment.paths)
		for _, n := range renumber(&m.codes, p.segment.codes) {
			p.codes = append(p.codes, uint16(n))
		}
		for d := range p.docs.len() {
			if !p.dead.has(d) {
				m.addDoc(p, d)
			}
		}
		m.sentences = p.move(m.sentences, column(p.sec[secSentences]), 1)
		m.headings = p.move(m.headings, column(p.sec[secHeadings]), 2)
		m.titles = p.move(m.titles, column(p.sec[secTitles]), 2)
	}
}

func renumber(to *interner, from pool) []uint32 {
	list := make([]uint32, from.len())
	for i := range list {
		list[i] = to.number(from.at(uint32(i)))
	}
	return list
}

// addDoc adds the rows of a document and of its reports.
func (m *merger) addDoc(p *mergePart, d int) {
	lo, hi := p.docs.at(d, docBase), p.docs.at(d+1, docBase)
	p.runs = addStretch(p.runs, stretch{lo, hi, m.base - lo})
	name := func(n uint32) uint32 { return m.names.number(p.segment.names.at(n)) }
	first := uint32(len(m.reports))
	for i, end := p.docArticles(d); i < end; i++ {
		var r [repWidth]uint32
		for c := range r {
			r[c] = p.reports.at(i, c)
		}
		r[repDoc] = uint32(len(m.docs))
		r[repStart] += m.base - lo
		r[repEnd] += m.base - lo
		for _, c := range []int{repTitle, repOrg, repCode, repRegion} {
			r[c] = name(r[c])
		}
		r[repFigure] = m.figures
		m.figures += uint32(p.figureBase(i+1) - p.figureBase(i))
		m.reports = append(m.reports, r)
	}
	m.docs = append(m.docs, [docWidth]uint32{
		docID: name(p.docs.at(d, docID)), docSource: name(p.docs.at(d, docSource)),
		docBase: m.base, docReport: first,
	})
	m.base += hi - lo
}

func addStretch(runs []stretch, r stretch) []stretch {
	if n := len(runs); n > 0 && runs[n-1].hi == r.lo && runs[n-1].shift == r.shift {
		runs[n-1].hi = r.hi
		return runs
	}
	return append(runs, r)
}

// move appends the positions that stay to dst; step 2 is for pairs of start and end.
func (p *mergePart) move(dst []uint32, c column, step int) []uint32 {
	runs := p.runs
	for i := 0; i+step <= c.len(); i += step {
		at := c.at(i)
		for len(runs) > 0 && runs[0].hi <= at {
			runs = runs[1:]
		}
		if len(runs) == 0 {
			break
		}
		if at < runs[0].lo {
			continue
		}
		for j := range step {
			dst = append(dst, c.at(i+j)+runs[0].shift)
		}
	}
	return dst
}

// eachFigure yields the figures of the documents that stay.
func (m *merger) eachFigure(yield func(figure) bool) {
	for _, p := range m.parts {
		for d := range p.docs.len() {
			if p.dead.has(d) {
				continue
			}
			lo, hi := p.docArticles(d)
			shift := p.shift(p.docs.at(d, docBase))
			for f := p.figureBase(lo); f < p.figureBase(hi); f++ {
				if !yield(p.figure(f, shift)) {
					return
				}
			}
		}
	}
}

func (p *mergePart) shift(base uint32) uint32 {
	i, _ := slices.BinarySearchFunc(p.runs, base, func(r stretch, at uint32) int {
		switch {
		case r.hi <= at:
			return -1
		case r.lo > at:
			return 1
		}
		return 0
	})
	return p.runs[i].shift
}

func (p *mergePart) figure(f int, shift uint32) figure {
	long := func(sec int) uint32 { return column(p.sec[sec]).at(f) }
	two := func(sec int) uint16 { return p.codes[short(p.sec[sec]).at(f)] }
	return figure{
		pos: long(secFigPos) + shift, seq: long(secFigSeq),
		label: p.labels[long(secFigLabel)], path: p.paths[long(secFigPath)],
		code: two(secFigCode), unit: two(secFigUnit), per: two(secFigPer), si: two(secFigSI),
		kind: p.sec[secFigKind][f], value: p.value(f),
	}
}

// eachList yields the lists of all parts, joined, in the order of the grams.
func (m *merger) eachList(yield func(gram, []uint32) bool) {
	var list, old []uint32
	for {
		g, ok := m.least()
		if !ok {
			return
		}
		list = list[:0]
		for _, p := range m.parts {
			if p.next < len(p.sec[secGrams])/8 && p.gramAt(p.next) == g {
				old = p.postingsAt(p.next).all(old[:0])
				list = p.moveList(list, old)
				p.next++
			}
		}
		if len(list) > 0 && !yield(g, list) {
			return
		}
	}
}

// least is the smallest gram that is not yet merged.
func (m *merger) least() (least gram, ok bool) {
	for _, p := range m.parts {
		if p.next < len(p.sec[secGrams])/8 {
			if g := p.gramAt(p.next); !ok || g < least {
				least, ok = g, true
			}
		}
	}
	return least, ok
}

func (p *mergePart) moveList(dst, list []uint32) []uint32 {
	runs := p.runs
	for _, at := range list {
		for len(runs) > 0 && runs[0].hi <= at {
			runs = runs[1:]
		}
		if len(runs) == 0 {
			break
		}
		if at >= runs[0].lo {
			dst = append(dst, at+runs[0].shift)
		}
	}
	return dst
}

var _ iter.Seq[figure] = (*merger)(nil).eachFigure
