package index

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/document"
	bleveindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// A readyField is a field of bleve whose terms are known.
type readyField struct {
	name  string
	terms bleveindex.TokenFrequencies
}

func (f *readyField) Name() string              { return f.name }
func (f *readyField) Value() []byte             { return nil }
func (f *readyField) ArrayPositions() []uint64  { return nil }
func (f *readyField) EncodedFieldType() byte    { return 't' }
func (f *readyField) Analyze()                  {}
func (f *readyField) Size() int                 { return 0 }
func (f *readyField) AnalyzedLength() int       { return 1 }
func (f *readyField) NumPlainTextBytes() uint64 { return 0 }
func (f *readyField) Options() bleveindex.FieldIndexingOptions {
	return bleveindex.IndexField | bleveindex.SkipFreqNorm
}
func (f *readyField) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies { return f.terms }

// slowly is the document of bleve of a report, of which zapx can make a segment.
func slowly(r *newReport) bleveindex.Document {
	x := &inverter{texts: make(map[string]*dictionary[uint64]), keys: make(map[string]*dictionary[string])}
	r.index(x)
	d := document.NewDocument(r.ID())
	add := func(name string, terms ...string) {
		f := &readyField{name, make(bleveindex.TokenFrequencies)}
		for _, t := range terms {
			f.terms[t] = &bleveindex.TokenFreq{}
		}
		d.AddField(f)
	}
	for name, dict := range x.texts {
		var terms []string
		for _, t := range dict.terms {
			terms = append(terms, string(appendTerm(nil, t)))
		}
		add(name, terms...)
	}
	for name, dict := range x.keys {
		add(name, dict.terms...)
	}
	d.AddIDField()
	d.VisitFields(func(f bleveindex.Field) { f.Analyze() })
	return d
}

// contents are the terms of a segment, each with the documents that have it.
func contents(t *testing.T, s segment.Segment) map[string][]string {
	t.Helper()
	names := make([]string, s.Count())
	for i := range names {
		must(t, s.VisitStoredFields(uint64(i), func(field string, _ byte, value []byte, _ []uint64) bool {
			names[i] += string(value)
			return true
		}))
	}
	found := make(map[string][]string)
	for _, field := range s.Fields() {
		dict, err := s.Dictionary(field)
		must(t, err)
		terms := dict.AutomatonIterator(nil, nil, nil)
		last := ""
		for e, err := terms.Next(); e != nil; e, err = terms.Next() {
			must(t, err)
			if last >= e.Term {
				t.Fatalf("%s: %q stands behind %q", field, e.Term, last)
			}
			last = e.Term
			list, err := dict.PostingsList([]byte(e.Term), nil, nil)
			must(t, err)
			postings := list.Iterator(true, true, true, nil)
			for p, err := postings.Next(); p != nil; p, err = postings.Next() {
				must(t, err)
				found[field+":"+e.Term] = append(found[field+":"+e.Term], names[p.Number()])
			}
			if list.Count() != uint64(len(found[field+":"+e.Term])) {
				t.Fatalf("%s:%s has %d documents, counts %d", field, e.Term, len(found[field+":"+e.Term]), list.Count())
			}
		}
	}
	for _, list := range found {
		slices.Sort(list)
	}
	return found
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// smallReports are the reports of smallCorpus.
func smallReports(t *testing.T) (list []*newReport) {
	for part := range strings.SplitSeq(strings.TrimSpace(smallCorpus), "\n\n") {
		d, r := readSmall(t, part)
		reports, err := prepared(whole(d, r))
		must(t, err)
		for _, r := range reports {
			r.number = len(list)
			list = append(list, r)
		}
	}
	return list
}

// A segment holds what zapx puts into one, and zapx merges the two.
// The form that is written is that of this version, and a merge that drops a report leaves
// what zapx leaves of its own segment.
func TestSegmentForm(t *testing.T) {
	if zap.Version != 17 || zap.DefaultChunkMode != chunkMode {
		t.Errorf("zapx writes version %d in chunks of %d: look at segmentWriter", zap.Version, zap.DefaultChunkMode)
	}
	var ours, slow []bleveindex.Document
	for _, r := range smallReports(t) {
		ours, slow = append(ours, r), append(slow, slowly(r))
	}
	a, _, err := new(plugin).New(ours)
	must(t, err)
	b, _, err := new(zap.ZapPlugin).New(slow)
	must(t, err)
	var left []map[string][]string
	for _, s := range []segment.Segment{a, b} {
		path := t.TempDir() + "/dropped.zap"
		_, _, err := new(plugin).Merge([]segment.Segment{s}, []*roaring.Bitmap{roaring.BitmapOf(0)}, path, nil, nil)
		must(t, err)
		merged, err := new(plugin).Open(path)
		must(t, err)
		left = append(left, contents(t, merged))
		must(t, merged.Close())
	}
	if !reflect.DeepEqual(left[0], left[1]) || reflect.DeepEqual(left[0], contents(t, a)) {
		t.Errorf("dropped: %d terms, want %d", len(left[0]), len(left[1]))
	}
}

func TestSegment(t *testing.T) {
	var ours, slow []bleveindex.Document
	for _, r := range smallReports(t) {
		ours, slow = append(ours, r), append(slow, slowly(r))
	}
	slices.Reverse(ours)
	a, _, err := new(plugin).New(ours)
	must(t, err)
	b, _, err := new(zap.ZapPlugin).New(slow)
	must(t, err)
	want := contents(t, b)
	if got := contents(t, a); !reflect.DeepEqual(got, want) {
		t.Errorf("segment of %d terms, want %d", len(got), len(want))
		for term := range want {
			if !slices.Equal(got[term], want[term]) {
				t.Errorf("%s: %v, want %v", term, got[term], want[term])
			}
		}
	}
	for _, list := range [][]segment.Segment{{a}, {b, a}, {a, a}} {
		path := t.TempDir() + "/merged.zap"
		_, _, err := new(plugin).Merge(list, make([]*roaring.Bitmap, len(list)), path, nil, nil)
		must(t, err)
		merged, err := new(plugin).Open(path)
		must(t, err)
		got := contents(t, merged)
		for term := range want {
			if slices.Sort(got[term]); !slices.Equal(slices.Compact(got[term]), want[term]) || len(got) != len(want) {
				t.Errorf("merged: %s: %v, want %v", term, got[term], want[term])
			}
		}
		must(t, merged.Close())
	}
}

// Terms of many reports are as many, on both sides of the bounds of the form.
func TestSegmentLarge(t *testing.T) {
	const n = 70_000
	every := []int{1, 3, 17, 70, 60_000, 69_999}
	var docs []bleveindex.Document
	want := make(map[string][]string)
	for i := range n {
		r := &newReport{head: head{number: i}, values: make([][]string, len(figureFields))}
		for _, k := range every {
			if i%k == 0 {
				r.values[figureColumn("unit")] = append(r.values[figureColumn("unit")], fmt.Sprint(k))
				want[fmt.Sprint("unit:", k)] = append(want[fmt.Sprint("unit:", k)], r.ID())
			}
		}
		docs = append(docs, r)
	}
	s, _, err := new(plugin).New(docs)
	must(t, err)
	got := contents(t, s)
	for term, list := range want {
		if slices.Sort(list); !slices.Equal(got[term], list) {
			t.Errorf("%s: %d reports, want %d", term, len(got[term]), len(list))
		}
	}
}
