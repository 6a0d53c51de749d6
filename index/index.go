// Package index finds reports by what their text says, and figures by what they
// measure.
//
// A [Writer] adds documents with their readings; an [Index] opened on the same
// directory answers queries of package query. The unit of search is the article,
// here called a report: a file that a sharing site merged from nine reports is
// nine reports, each with its own year, region and title.
//
// # What is found
//
// Words are phrases: 城市低保 finds exactly the reports whose text holds these
// four characters in a row, however many or few they are, digits, letters,
// blanks and punctuation included. Text and query are compared folded (package
// fold): full-width as half-width, traditional as simplified, capitals as small
// letters. Nothing else is ever changed, and nothing is cut into words. So the
// reports found are those that a plain substring count over the folded text
// finds, and the marks of a hit are the places of those substrings.
//
// # How
//
// The inverted index is bleve's. Each report is a document of bleve whose terms are
// the pairs of characters in its text (grams.go) and what is known about it and its
// figures (fields.go). A query is narrowed by bleve to the reports that can satisfy
// it (narrow.go), and what terms cannot decide, the record of a report decides: its
// text and its figures as columns (record.go, match.go).
//
// # On disk
//
//	index.json         what counts, with checksums (manifest.go); replaced by each commit
//	view-NNNNNN/       the last commit: bleve's files, and the table of reports (table.go)
//	heads-NNNNNN.bin   what is known about each report (record.go), append-only
//	records-NNNNNN.bin its text and figures, append-only
//	live/              bleve at work, while there is a writer
//	lock               held by the one writer
//
// Readers need no lock and see the index as it was when they opened it. What a
// reader uses is checked against its checksum first; [Verify] checks everything.
// All of it can be rebuilt from the corpus database.
package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
	"github.com/blevesearch/mmap-go"
)

// Errors of [Open] and [Create], to be told apart with errors.Is. All are mended by
// building the index anew.
var (
	ErrNone    = errors.New("no index here")
	ErrOld     = errors.New("the index has the format of another version")
	ErrDamaged = errors.New("the index is damaged")
)

// An Index answers queries. It is safe for concurrent use.
type Index struct {
	dir     string
	m       *manifest
	engine  bleveindex.Index
	reader  bleveindex.IndexReader
	table   *table
	heads   mmap.MMap
	records mmap.MMap
	file    fs.FileInfo   // of records
	sound   []atomic.Bool // of each record: whether its checksum was found right

	keywords keywords
	blocks   sync.Pool // of piles

	turned sync.Mutex
	labels map[string]*labels // of facets that were asked for
}

// Open opens the index in dir for reading, as its last commit left it.
func Open(dir string) (*Index, error) {
	for try := 0; ; try++ {
		m, err := readManifest(dir)
		if err != nil {
			return nil, err
		}
		ix, err := openView(dir, m)
		if err == nil {
			return ix, nil
		}
		// A writer may have replaced the view while we opened it.
		if now, e := readManifest(dir); e != nil || now.View == m.View || try == 9 {
			return nil, fmt.Errorf("open index %s: %w", dir, err)
		}
	}
}

func openView(dir string, m *manifest) (*Index, error) {
	view := viewPath(dir, m.View)
	if err := m.check(view, false); err != nil {
		return nil, err
	}
	ix := &Index{dir: dir, m: m}
	if err := ix.open(view); err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	return ix, nil
}

func (ix *Index) open(view string) (err error) {
	defer guard(&err)
	if ix.table, err = readTable(filepath.Join(view, tableFile)); err != nil {
		return err
	}
	ix.sound = make([]atomic.Bool, len(ix.table.rows))
	ix.keywords = keywords{words: new(words), of: make([]atomic.Pointer[[]uint32], len(ix.table.rows))}
	if ix.heads, _, err = mapFile(filepath.Join(ix.dir, ix.m.headsFile()), ix.m.Heads); err != nil {
		return err
	}
	if ix.records, ix.file, err = mapFile(filepath.Join(ix.dir, ix.m.recordsFile()), ix.m.Records); err != nil {
		return err
	}
	if ix.engine, err = openEngine(view, true, nil); err != nil {
		return err
	}
	ix.reader, err = ix.engine.Reader()
	return err
}

// openEngine opens bleve's files below dir.
func openEngine(dir string, readOnly bool, queue *bleveindex.AnalysisQueue) (bleveindex.Index, error) {
	engine, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path": filepath.Join(dir, storeDir), "read_only": readOnly, "bolt_timeout": "5s"}, queue)
	if err == nil {
		err = engine.Open()
	}
	if err != nil {
		return nil, err
	}
	return engine, nil
}

// mapFile maps the first n bytes of a file, which must be there, and tells which it is.
func mapFile(path string, n int64) (mmap.MMap, fs.FileInfo, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("%w: %s is missing", ErrDamaged, filepath.Base(path))
	}
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	if info.Size() < n {
		return nil, nil, fmt.Errorf("%w: %s has %d bytes of %d", ErrDamaged, filepath.Base(path), info.Size(), n)
	}
	if n == 0 {
		return nil, info, nil
	}
	m, err := mmap.MapRegion(f, int(n), mmap.RDONLY, 0, 0)
	return m, info, err
}

// Learn takes over what an index of an earlier commit has found out about the records
// that both have, so that who follows an ingest need not check and read them again. It
// comes before the first search; of other files it takes nothing.
func (ix *Index) Learn(from *Index) {
	if !os.SameFile(ix.file, from.file) {
		return
	}
	ids := make(map[int64]uint32, len(from.table.rows))
	for id, row := range from.table.rows {
		ids[row.record] = uint32(id)
	}
	ix.keywords.words = from.keywords.words
	for id, row := range ix.table.rows {
		if old, has := ids[row.record]; has {
			ix.sound[id].Store(from.sound[old].Load())
			ix.keywords.of[id].Store(from.keywords.of[old].Load())
		}
	}
}

// Warm makes what the first searches would wait for: what facets of reports need, and
// the checks of records, unless these are too many to lie in memory.
func (ix *Index) Warm(ctx context.Context) (err error) {
	defer guard(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	f := &finder{ix: ix, ctx: ctx}
	for _, one := range reportFacets {
		if _, err := f.labels(one.field); err != nil {
			return err
		}
	}
	if ix.m.Records > warmed {
		return nil
	}
	ids := make([]uint32, 0, len(ix.table.rows))
	for id := range ix.table.rows {
		if ix.keywords.of[id].Load() == nil {
			ids = append(ids, uint32(id))
		}
	}
	return ix.each(ctx, ids, func(_, _ int, r *report) { r.keywords() })
}

// warmed is how many bytes of records are read before anybody asks for them.
const warmed = 4 << 30

// Close releases the files of the index. Hits stay valid.
func (ix *Index) Close() error {
	var errs []error
	if ix.reader != nil {
		errs = append(errs, ix.reader.Close())
	}
	if ix.engine != nil {
		errs = append(errs, ix.engine.Close())
	}
	for _, m := range []*mmap.MMap{&ix.heads, &ix.records} {
		if *m != nil {
			errs = append(errs, m.Unmap())
		}
	}
	ix.reader, ix.engine = nil, nil
	return errors.Join(errs...)
}

// Corpus is the [Options].Corpus that the index was made with.
func (ix *Index) Corpus() string { return ix.m.Corpus }

// Generation is another for each commit, of any index.
func (ix *Index) Generation() string { return ix.m.generation() }

// IDs calls yield with the id of every document, in the order of their sources,
// until it returns false: for comparing the index with the corpus it was made from.
func (ix *Index) IDs(yield func(id string) bool) (err error) {
	defer guard(&err)
	last := -1
	for id, row := range ix.table.rows {
		if int(row.doc) != last {
			last = int(row.doc)
			if !yield(ix.head(uint32(id)).id) {
				break
			}
		}
	}
	return nil
}

// Exists reports whether dir holds an index, of whatever format.
func Exists(dir string) bool {
	_, err := os.Stat(manifestPath(dir))
	return err == nil
}

// guard makes an error of a panic. What is read was checked, but a file can change
// after that, and bleve panics where its files are not as it wrote them. Faults of
// mapped memory become panics too, for the caller's goroutine.
func guard(err *error) {
	r := recover()
	if r == nil {
		return
	}
	if d, ok := r.(damage); ok {
		*err = d
		return
	}
	*err = fmt.Errorf("%w: %v", ErrDamaged, r)
}

// damage is what a checksum tells; the code that reads records panics with it.
type damage struct{ file, what string }

func (d damage) Error() string { return ErrDamaged.Error() + ": " + d.file + ": " + d.what }
func (d damage) Unwrap() error { return ErrDamaged }

// each calls f for every report of the list, by its place in it, on all processors,
// in parts: part p has what stands before part p+1.
func (ix *Index) each(ctx context.Context, ids []uint32, f func(part, i int, r *report)) error {
	n := parts()
	if len(ids) < 64 {
		n = 1
	}
	err := onCores(n, func(p int) error {
		var r report
		for i := len(ids) * p / n; i < len(ids)*(p+1)/n; i++ {
			if i&63 == 0 { // let others go on who need little, as one who wants a document
				if runtime.Gosched(); ctx.Err() != nil {
					return nil
				}
			}
			f(p, i, r.on(ix, ids[i]))
		}
		return nil
	})
	return errors.Join(err, ctx.Err())
}

// onCores does something for each of n parts, on all processors, and waits for all. Who
// is done with one takes the next: a processor that others use does not hold up the rest.
func onCores(n int, do func(part int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
			for p := int(next.Add(1)) - 1; p < n; p = int(next.Add(1)) - 1 {
				func() {
					defer guard(&errs[p])
					errs[p] = do(p)
				}()
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// parts is how many parts work on many reports has.
func parts() int { return 8 * runtime.GOMAXPROCS(0) }
