// Package doc reads Word 97-2003 documents (MS-DOC), also as WPS writes them.
//
// The stream WordDocument begins with the FIB, which says where things are;
// most are in the stream 0Table or 1Table. The text lies in pieces all over
// WordDocument; characters are numbered (CP) in reading order, and the piece
// table maps them to file offsets (FC). Properties belong to ranges of FC.
//
//	doc.go     FIB, stories
//	text.go    piece table → characters
//	props.go   properties of paragraphs and runs
//	styles.go  headings and lists by style, fonts of signs
//	lists.go   automatic numbers
//	story.go   characters → paragraphs, fields, notes, rows
package doc

import (
	"errors"
	"fmt"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
	"mingxi/corpus/ole"
)

// ErrEncrypted is returned for documents that need a password.
var ErrEncrypted = errors.New("the document is encrypted: it needs a password")

// Read reads a .doc file. Errors name the stream or step that failed.
func Read(data []byte) (*draft.Document, error) {
	d, err := read(data)
	if err != nil {
		return nil, fmt.Errorf("doc: %w", err)
	}
	return d, nil
}

func read(data []byte) (*draft.Document, error) {
	f, err := ole.Open(data)
	if err != nil {
		return nil, err
	}
	if f.Encrypted() {
		return nil, ErrEncrypted
	}
	if !f.Has("WordDocument") {
		return nil, errors.New("no WordDocument stream: not a Word document")
	}
	word, err := f.Stream("WordDocument")
	if err != nil {
		return nil, err
	}
	r := &reader{word: word}
	if err := r.readFIB(); err != nil {
		return nil, fmt.Errorf("read FIB: %w", err)
	}
	if r.old {
		return r.readOld()
	}
	if r.table, err = f.Stream(r.tableName); err != nil {
		return nil, err
	}
	if f.Has("Data") {
		r.data, _ = f.Stream("Data") // only properties of very wide tables
	}
	if err := r.readText(); err != nil {
		return nil, fmt.Errorf("read piece table: %w", err)
	}
	r.readFonts()
	r.readProps()
	r.readStyles()
	r.readLists()
	r.stories()
	return &r.doc, nil
}

type reader struct {
	word, table, data []byte
	tableName         string
	old               bool // Word 6 or 95
	pairs             int  // offset in word of the FIB's (offset, length) pairs
	npairs            int
	ccp               [8]int // characters of the stories, in order

	text   []uint16 // by CP
	pieces []piece
	extra  [][]byte // property lists that pieces refer to
	paps   []papx
	chps   []chpx
	signs  map[int]string // fonts of signs, by number
	styles []style
	lists  lists
	doc    draft.Document
	nest   grid.Nest
	place  int
	hidden int
	toc    int // lines of a table of contents
}

// Stories, in the order in which their characters follow one another.
const (
	mainStory = iota
	footnotes
	headers
	macros
	comments
	endnotes
	boxes
	headerBoxes
)

// Pairs of the FIB: where things are in the table stream.
const (
	fcStyles       = 1
	fcFootnoteRefs = 2
	fcFootnotes    = 3
	fcCharProps    = 12
	fcParaProps    = 13
	fcFonts        = 15
	fcPieces       = 33
	fcEndnoteRefs  = 46
	fcEndnotes     = 47
	fcLists        = 73
	fcOverrides    = 74
)

func (r *reader) readFIB() error {
	w := r.word
	if len(w) < 0x60 {
		return errors.New("too short")
	}
	ident, version, flags := ole.U16(w, 0), ole.U16(w, 2), ole.U16(w, 0xa)
	if flags&0x0100 != 0 {
		return ErrEncrypted
	}
	if ident == 0xa5dc || version < 106 {
		r.old = true
		return nil
	}
	if ident != 0xa5ec && ident != 0x5099 && ident != 0xa699 { // Word 97, its betas, WPS
		return fmt.Errorf("wrong signature %#x", ident)
	}
	r.tableName = "0Table"
	if flags&0x0200 != 0 {
		r.tableName = "1Table"
	}
	counts := 0x22 + 2*ole.U16(w, 0x20) + 2
	for i := range r.ccp {
		if n := ole.U32(w, counts+4*(3+i)); n < 1<<30 {
			r.ccp[i] = n
		}
	}
	r.pairs = counts + 4*ole.U16(w, counts-2) + 2
	r.npairs = ole.U16(w, r.pairs-2)
	if ole.U32(w, r.pairs+8*fcPieces+4) == 0 {
		return errors.New("no piece table")
	}
	return nil
}

// pair is a part of the table stream, from offset to end of the part.
func (r *reader) pair(n int) []byte {
	if n >= r.npairs {
		return nil
	}
	at, size := ole.U32(r.word, r.pairs+8*n), ole.U32(r.word, r.pairs+8*n+4)
	return cut(r.table, at, size)
}

// cut is b[at:at+size] as far as b goes.
func cut(b []byte, at, size int) []byte {
	if at < 0 || size <= 0 || at >= len(b) {
		return nil
	}
	return b[at:min(at+size, len(b))]
}
