package index

// This file makes the segment of bleve that a batch of reports becomes. zapx, which reads,
// merges and stores segments, would make one itself, from a map of terms of each report
// and a bitmap of each term: five times the work where texts have many words. Here
// the terms of a batch are numbered as they come, and the segment is written at once in
// zapx's form (zap.md there), as if its own code had made it; a test compares the two.

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/crc32"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
)

// chunkMode is how zapx 17 parts frequencies, which postings follows.
const chunkMode = 1026

// A plugin makes bleve's segments: zapx's, but for new ones.
type plugin struct{ zap.ZapPlugin }

func init() { scorch.RegisterSegmentPlugin(new(plugin), true) }

func (p *plugin) New(docs []bleveindex.Document) (segment.Segment, uint64, error) {
	return p.NewUsing(docs, nil)
}

func (*plugin) NewUsing(docs []bleveindex.Document, config map[string]any) (segment.Segment, uint64, error) {
	reports := make([]*newReport, len(docs))
	for i, d := range docs {
		r, ok := d.(*newReport)
		if !ok {
			return nil, 0, ErrRefused
		}
		reports[i] = r
	}
	slices.SortFunc(reports, func(a, b *newReport) int { return cmp.Compare(a.number, b.number) })
	b, stored, sections, err := invert(reports)
	if err != nil {
		return nil, 0, err
	}
	stats, _ := config[segment.StatsKey].(*segment.Stats)
	if stats == nil {
		stats = new(segment.Stats)
	}
	s, err := zap.InitSegmentBase(b, crc32.ChecksumIEEE(b), chunkMode, uint64(len(docs)), stored, sections, config, stats)
	return s, uint64(len(b)), err
}

// A newReport is a document of bleve's whose fields only invert sees.
func (r *newReport) ID() string                                      { return bleveID(r.number) }
func (r *newReport) Size() int                                       { return 0 }
func (r *newReport) VisitFields(bleveindex.FieldVisitor)             {}
func (r *newReport) VisitComposite(bleveindex.CompositeFieldVisitor) {}
func (r *newReport) HasComposite() bool                              { return false }
func (r *newReport) NumPlainTextBytes() uint64                       { return 0 }
func (r *newReport) AddIDField()                                     {}
func (r *newReport) StoredFieldsBytes() uint64                       { return 0 }
func (r *newReport) Indexed() bool                                   { return true }

// An inverter gathers the terms of reports, which it is told one after the other.
type inverter struct {
	report uint32 // the last one
	texts  map[string]*dictionary[uint64]
	keys   map[string]*dictionary[string]
}

// A dictionary is the terms of a field.
type dictionary[T cmp.Ordered] struct {
	numbers  map[T]uint32
	terms    []T
	last     []uint32 // of each term, the last report that has it, and 1
	count    []int    // of each term, how many reports have it
	postings []posting
}

// A posting says that a report has a term.
type posting struct{ term, report uint32 }

// field is the dictionary of a field, which may be new.
func field[T cmp.Ordered](fields map[string]*dictionary[T], name string) *dictionary[T] {
	d := fields[name]
	if d == nil {
		d = &dictionary[T]{numbers: make(map[T]uint32)}
		fields[name] = d
	}
	return d
}

func (d *dictionary[T]) add(term T, report uint32) {
	n, has := d.numbers[term]
	if !has {
		n = uint32(len(d.terms))
		d.numbers[term] = n
		d.terms, d.last, d.count = append(d.terms, term), append(d.last, 0), append(d.count, 0)
	}
	if d.last[n] == report+1 {
		return
	}
	d.last[n] = report + 1
	d.count[n]++
	d.postings = append(d.postings, posting{n, report})
}

// has reports whether the last report has a term.
func (d *dictionary[T]) has(term T, report uint32) bool {
	n, has := d.numbers[term]
	return has && d.last[n] == report+1
}

// each calls f for every term in order, with the reports that have it.
func (d *dictionary[T]) each(f func(term T, reports []uint32) error) error {
	ends, all := make([]int, len(d.terms)), make([]uint32, len(d.postings))
	from := 0
	for n, count := range d.count {
		ends[n] = from
		from += count
	}
	for _, p := range d.postings {
		all[ends[p.term]] = p.report
		ends[p.term]++
	}
	order := make([]uint32, len(d.terms))
	for n := range order {
		order[n] = uint32(n)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(d.terms[a], d.terms[b]) })
	for _, n := range order {
		if err := f(d.terms[n], all[ends[n]-d.count[n]:ends[n]]); err != nil {
			return err
		}
	}
	return nil
}

// text adds the terms of texts to a field.
func (x *inverter) text(name string, texts ...string) {
	d := field(x.texts, name)
	for _, t := range texts {
		addTerms(t, func(t uint64) { d.add(t, x.report) })
	}
}

// textBut is text but for the terms that another field of the report has.
func (x *inverter) textBut(name, other string, texts []string) {
	d, but := field(x.texts, name), field(x.texts, other)
	for _, t := range texts {
		addTerms(t, func(t uint64) {
			if !but.has(t, x.report) {
				d.add(t, x.report)
			}
		})
	}
}

// key adds terms as they are.
func (x *inverter) key(name string, terms ...string) {
	d := field(x.keys, name)
	for _, t := range terms {
		if t != "" {
			d.add(t, x.report)
		}
	}
}

// invert makes a segment of reports; stored and sections are the places in it from which
// zapx begins to read.
func invert(reports []*newReport) (b []byte, stored, sections uint64, err error) {
	x := &inverter{texts: make(map[string]*dictionary[uint64]), keys: make(map[string]*dictionary[string])}
	w := &segmentWriter{reports: len(reports)}
	if w.fst, err = vellum.New(&w.buf, &vellum.BuilderOpts{Encoder: 1, RegistryMRUSize: 1}); err != nil {
		return nil, 0, 0, err
	}
	ids := field(x.keys, "_id")
	places := make([]uint64, len(reports))
	for i, r := range reports {
		id := r.ID()
		x.report = uint32(i)
		ids.add(id, x.report)
		r.index(x)
		places[i] = uint64(len(w.b)) // what is stored of it: its id, and nothing
		w.number(uint64(1), uint64(len(id)+1), uint64(len(id)))
		w.b = append(append(w.b, id...), 0)
	}
	stored = uint64(len(w.b))
	for _, p := range places {
		w.b = binary.BigEndian.AppendUint64(w.b, p)
	}
	w.number(0)

	places = places[:0]
	names := append([]string{"_id"}, slices.Sorted(maps.Keys(x.texts))...)
	delete(x.keys, "_id")
	names = slices.AppendSeq(names, maps.Keys(x.keys))
	slices.Sort(names[1:])
	for _, name := range names {
		var at uint64
		options := bleveindex.IndexField | bleveindex.SkipFreqNorm
		if d := x.texts[name]; d != nil {
			at, err = writeField(w, d, func(t uint64) []byte { return appendTerm(w.term[:0], t) }, w.postings)
		} else if d := x.keys[name]; d != nil {
			at, err = writeField(w, d, func(t string) []byte { return []byte(t) }, w.postings)
		} else {
			options = bleveindex.IndexField | bleveindex.StoreField
			at, err = writeField(w, ids, func(t string) []byte { return []byte(t) }, func(reports []uint32) uint64 {
				return zap.FSTValEncode1Hit(uint64(reports[0]), zap.NormBits1Hit)
			})
		}
		if err != nil {
			return nil, 0, 0, err
		}
		places = append(places, uint64(len(w.b)))
		w.number(uint64(len(name)))
		w.b = append(w.b, name...)
		w.number(uint64(options), 1)
		w.b = binary.BigEndian.AppendUint16(w.b, zap.SectionInvertedTextIndex)
		w.b = binary.BigEndian.AppendUint64(w.b, at)
	}
	sections = uint64(len(w.b))
	w.number(uint64(len(names)))
	for _, p := range places {
		w.b = binary.BigEndian.AppendUint64(w.b, p)
	}
	return w.b, stored, sections, nil
}

// A segmentWriter writes a segment.
type segmentWriter struct {
	reports int
	b       []byte
	fst     *vellum.Builder
	buf     bytes.Buffer // of fst
	term    [3 * utf8.UTFMax]byte
	bits    roaring.Bitmap // of a term
	roaring bytes.Buffer   // bits as they are written
}

func (w *segmentWriter) number(list ...uint64) {
	for _, n := range list {
		w.b = binary.AppendUvarint(w.b, n)
	}
}

// writeField writes a field and returns its place; value tells what the dictionary has of
// the reports with a term.
func writeField[T cmp.Ordered](w *segmentWriter, d *dictionary[T], name func(T) []byte, value func(reports []uint32) uint64) (at uint64, err error) {
	err = d.each(func(t T, reports []uint32) error { return w.fst.Insert(name(t), value(reports)) })
	if err == nil {
		err = w.fst.Close()
	}
	if err != nil {
		return 0, err
	}
	dict := uint64(len(w.b))
	w.number(uint64(w.buf.Len()))
	w.b = append(w.b, w.buf.Bytes()...)
	w.buf.Reset()
	at = uint64(len(w.b))
	const none = 1<<64 - 1
	w.number(none, none, dict) // no values by document
	return at, w.fst.Reset(&w.buf)
}

// postings writes which reports have a term, and returns the place: frequencies, which are
// all 0, in parts of about 1024 reports, and a bitmap.
func (w *segmentWriter) postings(reports []uint32) uint64 {
	frequencies := uint64(len(w.b))
	size := w.reports / (len(reports)/1024 + 1)
	parts := (w.reports-1)/size + 1
	w.number(uint64(parts))
	for p, k := 1, 0; p <= parts; p++ {
		for k < len(reports) && int(reports[k]) < p*size {
			k++
		}
		w.number(uint64(k))
	}
	w.b = append(w.b, make([]byte, len(reports))...)
	at := uint64(len(w.b))
	w.bits.Clear()
	w.bits.AddMany(reports)
	w.number(frequencies, 0, w.bits.GetSerializedSizeInBytes())
	w.roaring.Reset()
	w.bits.WriteTo(&w.roaring)
	w.b = append(w.b, w.roaring.Bytes()...)
	return at
}
