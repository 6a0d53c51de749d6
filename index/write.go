package index

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"
	"os"
	"path/filepath"
	"strconv"
)

// This file writes the sections of a segment (their order is in segment.go).

// writeSegment writes the folder of a segment: text.bin and the fields.
// The figures are walked once a column.
func writeSegment(dir string, t *tables, figs iter.Seq[figure], lists iter.Seq2[gram, []uint32]) error {
	if err := os.Mkdir(dir, 0o777); err != nil {
		return err
	}
	w, err := newSectionWriter(filepath.Join(dir, "text.bin"))
	if err != nil {
		return err
	}
	w.lists(lists)
	w.tables(t)
	w.figures(figs)
	w.pool(secNameAt, t.names.list)
	w.pool(secLabelAt, t.labels.list)
	w.pool(secPathAt, t.paths.list)
	w.pool(secCodeAt, t.codes.list)
	if err := w.finish(); err != nil {
		return fmt.Errorf("write %s: %w", dir, err)
	}
	if err := writeFields(dir); err != nil {
		return fmt.Errorf("write fields of %s: %w", dir, err)
	}
	return syncDir(dir)
}

// lists writes the lists as they come, then the dictionary.
func (w *sectionWriter) lists(lists iter.Seq2[gram, []uint32]) {
	var grams []gram
	var starts []uint64
	var buf []byte
	size := uint64(0)
	w.begin(secLists)
	for g, list := range lists {
		grams = append(grams, g)
		starts = append(starts, size)
		buf = appendList(buf[:0], list)
		size += uint64(len(buf))
		w.bytes(buf)
	}
	w.begin(secGrams)
	for _, g := range grams {
		w.u64(uint64(g))
	}
	w.begin(secStarts)
	for _, at := range append(starts, size) {
		w.u64(at)
	}
}

func (w *sectionWriter) tables(t *tables) {
	for sec, col := range [][]uint32{t.sentences, t.headings, t.titles} {
		w.begin(secSentences + sec)
		for _, p := range col {
			w.u32(p)
		}
	}
	w.begin(secDocs)
	for _, d := range append(t.docs, [docWidth]uint32{docBase: t.base, docReport: uint32(len(t.reports))}) {
		for _, v := range d {
			w.u32(v)
		}
	}
	w.begin(secReports)
	for _, r := range append(t.reports, [repWidth]uint32{repStart: t.base, repEnd: t.base, repFigure: t.figures}) {
		for _, v := range r {
			w.u32(v)
		}
	}
}

func (w *sectionWriter) figures(figs iter.Seq[figure]) {
	long := []func(*figure) uint32{
		func(f *figure) uint32 { return f.pos }, func(f *figure) uint32 { return f.seq },
		func(f *figure) uint32 { return f.label }, func(f *figure) uint32 { return f.path },
	}
	for i, get := range long {
		w.begin(secFigPos + i)
		for f := range figs {
			w.u32(get(&f))
		}
	}
	two := []func(*figure) uint16{
		func(f *figure) uint16 { return f.code }, func(f *figure) uint16 { return f.unit },
		func(f *figure) uint16 { return f.per }, func(f *figure) uint16 { return f.si },
	}
	for i, get := range two {
		w.begin(secFigCode + i)
		for f := range figs {
			w.u16(get(&f))
		}
	}
	w.begin(secFigKind)
	for f := range figs {
		w.bytes([]byte{f.kind})
	}
	w.begin(secFigValue)
	for f := range figs {
		w.u64(math.Float64bits(f.value))
	}
}

// pool writes two sections: the starts of the strings, and their bytes.
func (w *sectionWriter) pool(sec int, list []string) {
	w.begin(sec)
	n := uint32(0)
	for _, s := range list {
		w.u32(n)
		n += uint32(len(s))
	}
	w.u32(n)
	w.begin(sec + 1)
	for _, s := range list {
		w.bytes([]byte(s))
	}
}

// A sectionWriter writes text.bin section by section.
type sectionWriter struct {
	f    *os.File
	w    *bufio.Writer
	n    uint64
	toc  []uint64
	next int
	err  error
	tmp  [8]byte
}

func newSectionWriter(path string) (*sectionWriter, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	w := &sectionWriter{f: f, w: bufio.NewWriterSize(f, 1<<18)}
	w.bytes([]byte(magic))
	return w, nil
}

// begin starts the next section, which must be sec: the order is that of the constants.
func (w *sectionWriter) begin(sec int) {
	if sec != w.next && w.err == nil {
		w.err = errors.New("section " + strconv.Itoa(sec) + " out of order")
	}
	w.next++
	w.toc = append(w.toc, w.n)
}

func (w *sectionWriter) bytes(b []byte) {
	w.n += uint64(len(b))
	if _, err := w.w.Write(b); err != nil && w.err == nil {
		w.err = err
	}
}

func (w *sectionWriter) u16(v uint16) { w.bytes(binary.LittleEndian.AppendUint16(w.tmp[:0], v)) }
func (w *sectionWriter) u32(v uint32) { w.bytes(binary.LittleEndian.AppendUint32(w.tmp[:0], v)) }
func (w *sectionWriter) u64(v uint64) { w.bytes(binary.LittleEndian.AppendUint64(w.tmp[:0], v)) }

// finish writes the table of sections and makes the file last.
func (w *sectionWriter) finish() error {
	w.toc = append(w.toc, w.n)
	for _, at := range w.toc {
		w.u64(at)
	}
	return errors.Join(w.err, w.w.Flush(), w.f.Sync(), w.f.Close())
}
