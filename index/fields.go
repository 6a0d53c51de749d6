package index

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// What is known about a report, as against what it says, is kept in bleve: one
// bleve document a report, and the answers are sets of reports. The fields:
//
//	title, org, place     characters and pairs of characters of the title, of the
//	                      organisation and of the region's name
//	region                the region's code and the codes above it: 53, 5303, 530322
//	label                 characters and pairs of the labels of its figures
//	indicator, unit, per, kind, status   as its figures have them; unit also the
//	                      unit that it is converted to
//
// Terms are made here, not by an analyzer: a field's value is its terms, each
// closed by the character 0, and the analyzer named terms cuts there. Pairs only
// narrow: that the characters stand in a row is checked afterwards on the string.
//
// Every segment has a bleve index of its own, built once by bleve's offline
// builder and opened read-only when the first query asks for a field; a query
// for words never waits for it. fields.map has, for each document of bleve in
// its order, the number of the report, because the builder shuffles them.
//
// The text is not in bleve: with positions it takes 3.5 times the text and 3 ms
// of CPU a report, and a frequent phrase takes half a second (bench/search.md).

const analyzerName = "terms"

// The one init: bleve finds analyzers by name when an index is opened.
func init() {
	err := registry.RegisterAnalyzer(analyzerName, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
		return &analysis.DefaultAnalyzer{Tokenizer: termsTokenizer{}}, nil
	})
	if err != nil {
		panic(err) // two analyzers of one name: a mistake in the program
	}
}

type termsTokenizer struct{}

func (termsTokenizer) Tokenize(b []byte) analysis.TokenStream {
	var tokens analysis.TokenStream
	for term := range bytes.SplitSeq(b, []byte{0}) {
		if len(term) > 0 {
			tokens = append(tokens, &analysis.Token{Term: term, Position: len(tokens) + 1})
		}
	}
	return tokens
}

// fieldNames are the fields of bleve, in the order of about.
var fieldNames = [...]string{"title", "org", "place", "region", "label", "indicator", "unit", "per", "kind", "status"}

// about is what bleve is told of one report.
type about [len(fieldNames)]terms

// terms is a set of terms in the form that the analyzer reads.
type terms struct {
	seen map[string]bool
	b    []byte
}

func (t *terms) add(term string) {
	if term == "" || t.seen[term] || strings.Contains(term, "\x00") {
		return
	}
	if t.seen == nil {
		t.seen = make(map[string]bool)
	}
	t.seen[term] = true
	t.b = append(append(t.b, term...), 0)
}

// addText adds the characters and pairs of characters of a folded string.
func (t *terms) addText(s string) {
	for i := 0; i < len(s); {
		_, n := utf8.DecodeRuneInString(s[i:])
		t.add(s[i : i+n])
		if i+n < len(s) {
			_, m := utf8.DecodeRuneInString(s[i+n:])
			t.add(s[i : i+n+m])
		}
		i += n
	}
}

// textTerms are the terms that a string holding the folded phrase must have.
func textTerms(phrase string) []string {
	var list []string
	runes := []rune(phrase)
	if len(runes) == 1 {
		return []string{phrase}
	}
	for _, p := range cover(runes) {
		list = append(list, string(runes[p.place:p.place+2]))
	}
	return list
}

// addCode adds a region code of six digits and those of what it lies in.
func (t *terms) addCode(code string) {
	for n := 2; n < len(code); n += 2 {
		t.add(code[:n])
	}
	t.add(code)
}

// codeTerm is the term of a region and all below it: 530000 is 53.
func codeTerm(code string) string {
	for len(code) > 2 && strings.HasSuffix(code, "00") {
		code = code[:len(code)-2]
	}
	return code
}

// about gathers what is known of a report.
func (s *segment) about(report int) *about {
	a := new(about)
	name := func(col int) string { return s.names.at(s.reports.at(report, col)) }
	a[0].addText(fold.String(name(repTitle)))
	a[1].addText(fold.String(name(repOrg)))
	a[2].addText(fold.String(name(repRegion)))
	a[3].addCode(name(repCode))
	labels := make(map[uint32]bool)
	for f := s.figureBase(report); f < s.figureBase(report+1); f++ {
		if l := column(s.sec[secFigLabel]).at(f); !labels[l] {
			labels[l] = true
			a[4].addText(s.labels.at(l))
		}
		a[5].add(s.code(secFigCode, f))
		a[6].add(s.code(secFigUnit, f))
		a[6].add(s.code(secFigSI, f))
		a[7].add(s.code(secFigPer, f))
		k := s.sec[secFigKind][f]
		a[8].add(schema.Measure(k & 15).String())
		a[9].add(schema.Status(k >> 4).String())
	}
	return a
}

func (s *segment) code(sec, figure int) string {
	return s.codes.at(short(s.sec[sec]).at(figure))
}

// writeFields builds the bleve index of the segment in dir, whose text.bin is
// written.
func writeFields(dir string) error {
	s := &segment{dir: dir}
	if err := s.mapFile(filepath.Join(dir, "text.bin")); err != nil {
		return err
	}
	defer s.close()
	if err := s.cut(); err != nil {
		return err
	}
	b, err := bleve.NewBuilder(filepath.Join(dir, "fields"), fieldMapping(), builderConfig(dir))
	if err != nil {
		return err
	}
	var key [4]byte
	for i := range s.reports.len() {
		a := s.about(i)
		data := make(map[string]any, len(a))
		for f, name := range fieldNames {
			data[name] = string(a[f].b)
		}
		binary.BigEndian.PutUint32(key[:], uint32(i))
		if err := b.Index(string(key[:]), data); err != nil {
			return err
		}
	}
	if err := b.Close(); err != nil {
		return err
	}
	if err := share(filepath.Join(dir, "fields"), dir); err != nil {
		return err
	}
	return s.writeMap()
}

// share gives all below dir the permissions of the directory like. Bleve makes its
// files for their owner alone, but a corpus may be meant for others to read.
func share(dir, like string) error {
	info, err := os.Stat(like)
	if err != nil {
		return err
	}
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		mode := info.Mode().Perm()
		if !e.IsDir() {
			mode &= 0o666
		}
		_ = os.Chmod(path, mode) // not every file system knows permissions
		return nil
	})
}

// fieldMapping keeps terms only: no positions, no frequencies, no stored values.
func fieldMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	doc := mapping.NewDocumentStaticMapping()
	for _, name := range fieldNames {
		f := mapping.NewTextFieldMapping()
		f.Analyzer = analyzerName
		f.Store, f.IncludeTermVectors, f.IncludeInAll, f.DocValues = false, false, false, false
		f.SkipFreqNorm = true
		doc.AddFieldMappingsAt(name, f)
	}
	doc.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping())
	m.DefaultMapping = doc
	return m
}

// builderConfig and openConfig are the two places where bleve wants a map.
func builderConfig(dir string) map[string]any {
	return map[string]any{"batchSize": 1000, "mergeMax": 20, "buildPathPrefix": dir}
}

func openConfig() map[string]any {
	return map[string]any{"read_only": true, "bolt_timeout": "5s"}
}

// writeMap notes which report each document of bleve is.
func (s *segment) writeMap() error {
	var f fields
	if err := f.openBleve(s.dir); err != nil {
		return err
	}
	defer f.close()
	n := s.reports.len()
	b := make([]byte, 0, 4*n)
	for i := range n {
		key, err := f.reader.ExternalID(bleveindex.NewIndexInternalID(nil, uint64(i)))
		if err != nil {
			return err
		}
		if len(key) != 4 {
			return fmt.Errorf("document %d of %d has no report", i, n)
		}
		b = binary.LittleEndian.AppendUint32(b, binary.BigEndian.Uint32([]byte(key)))
	}
	return replaceFile(filepath.Join(s.dir, "fields.map"), b)
}

// fields is the bleve index of a segment, opened when first asked.
type fields struct {
	once    sync.Once
	err     error
	index   bleve.Index
	reader  bleveindex.IndexReader
	reports column
}

func (f *fields) openBleve(dir string) error {
	ix, err := bleve.OpenUsing(filepath.Join(dir, "fields"), openConfig())
	if err != nil {
		return fmt.Errorf("open fields of %s: %w", dir, err)
	}
	f.index = ix
	in, err := ix.Advanced()
	if err != nil {
		return err
	}
	f.reader, err = in.Reader()
	return err
}

func (f *fields) close() error {
	var errs []error
	if f.reader != nil {
		errs = append(errs, f.reader.Close())
	}
	if f.index != nil {
		errs = append(errs, f.index.Close())
	}
	return errors.Join(errs...)
}

// open opens the fields once.
func (s *segment) openFields() error {
	f := &s.fields
	f.once.Do(func() {
		b, err := os.ReadFile(filepath.Join(s.dir, "fields.map"))
		if err == nil {
			f.reports, err = column(b), f.openBleve(s.dir)
		}
		f.err = err
	})
	return f.err
}

// having returns the reports whose field has all of the terms.
func (s *segment) having(ctx context.Context, field string, list []string) (bitset, error) {
	switch err := s.openFields(); {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, bleve.ErrorIndexPathDoesNotExist):
		return s.havingSlowly(field, list), nil
	case err != nil:
		return nil, err
	}
	var all bitset
	for _, t := range list {
		one, err := s.havingOne(ctx, field, t)
		if err != nil {
			return nil, err
		}
		if all == nil {
			all = one
		} else {
			all.and(one)
		}
	}
	return all, nil
}

// havingSlowly answers without bleve: a writer has merged the segment away since
// it was opened. What is mapped is still there, the folder is not.
func (s *segment) havingSlowly(field string, list []string) bitset {
	set := newBitset(s.reports.len())
	f := slices.Index(fieldNames[:], field)
	for i := range s.reports.len() {
		about := s.about(i)
		if !slices.ContainsFunc(list, func(t string) bool { return !about[f].seen[t] }) {
			set.set(i)
		}
	}
	return set
}

func (s *segment) havingOne(ctx context.Context, field, term string) (bitset, error) {
	r, err := s.fields.reader.TermFieldReader(ctx, []byte(term), field, false, false, false)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	set := newBitset(s.reports.len())
	var hit bleveindex.TermFieldDoc
	for {
		h, err := r.Next(&hit)
		if err != nil || h == nil {
			return set, err
		}
		if n := int(h.ID.Value()); n < s.fields.reports.len() {
			set.set(int(s.fields.reports.at(n)))
		}
		hit.Reset()
	}
}
