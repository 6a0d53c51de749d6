// Package index finds reports by what their text says, and figures by what they
// measure.
//
// A [Writer] adds documents with their readings; an [Index] opened on the same
// directory answers queries. The unit of search is the article, here called a
// report: a file that a sharing site merged from nine reports is nine reports,
// each with its own year, region and title.
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
// # On disk
//
//	index.json        the list of segments (manifest.go)
//	NNNNNN/text.bin   a segment: positions of characters, tables of documents,
//	                  reports and figures (segment.go)
//	NNNNNN/fields/    what is known about its reports, as a bleve index (fields.go)
//	NNNNNN.dead-M     which of its documents are deleted
//	lock              held by the one writer
//
// Segments never change; a commit writes a new one and replaces index.json in
// one step. Readers need no lock and see the index as it was when they opened
// it. Everything here can be rebuilt from the corpus database.
package index

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// ErrNone is returned by [Open] where there is no index.
var ErrNone = errors.New("no index here")

// An Index answers queries. It is safe for concurrent use.
type Index struct {
	dir      string
	segments []*segment
}

// Open opens the index in dir for reading, as its last commit left it.
func Open(dir string) (*Index, error) {
	for try := 0; ; try++ {
		ix, err := open(dir)
		// A writer may remove a segment between our reading of the list and of
		// the segment; the new list then no longer names it.
		if errors.Is(err, fs.ErrNotExist) && !errors.Is(err, ErrNone) && try < 3 {
			continue
		}
		return ix, err
	}
}

func open(dir string) (*Index, error) {
	m, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	ix := &Index{dir: dir}
	for _, e := range m.Segments {
		s, err := openSegment(dir, e)
		if err != nil {
			ix.Close()
			return nil, fmt.Errorf("open index %s: %w", dir, err)
		}
		ix.segments = append(ix.segments, s)
	}
	return ix, nil
}

// Close releases the files of the index. Hits stay valid.
func (ix *Index) Close() error {
	var errs []error
	for _, s := range ix.segments {
		errs = append(errs, s.close())
	}
	ix.segments = nil
	return errors.Join(errs...)
}

// Docs yields the number of documents, reports and figures.
func (ix *Index) Docs() (docs, reports, figures int) {
	for _, s := range ix.segments {
		for d := range s.docs.len() {
			if s.dead.has(d) {
				continue
			}
			docs++
			lo, hi := s.docArticles(d)
			reports += hi - lo
			figures += s.figureBase(hi) - s.figureBase(lo)
		}
	}
	return docs, reports, figures
}

// IDs calls yield with the id of every document, in the order of adding, until
// it returns false: for comparing the index with the corpus it was made from.
func (ix *Index) IDs(yield func(id string) bool) {
	for _, s := range ix.segments {
		for d := range s.docs.len() {
			if !s.dead.has(d) && !yield(s.docID(d)) {
				return
			}
		}
	}
}

// Exists reports whether dir holds an index.
func Exists(dir string) bool {
	_, err := os.Stat(manifestPath(dir))
	return err == nil
}
