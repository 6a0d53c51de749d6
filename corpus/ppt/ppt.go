// Package ppt reads presentations of PowerPoint 97-2003 (MS-PPT): slide by slide the
// paragraphs of its shapes, the title as heading. The cells of tables are shapes of their
// own and come one after another.
//
// The stream "PowerPoint Document" is a sequence of records: a head of eight bytes
// (version and instance, type, length), then bytes or further records. Records that were
// saved again stand behind the older ones; the chain of user edits says which are in
// force: "Current User" leads to the last edit, each edit to a directory of offsets by
// number and to the edit before it.
package ppt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"

	"mingxi/corpus/draft"
	"mingxi/corpus/ole"
)

// ErrEncrypted is returned for presentations that need a password.
var ErrEncrypted = errors.New("the presentation is encrypted: it needs a password")

// ErrOld is returned for presentations of PowerPoint 95 and before.
var ErrOld = errors.New("a presentation of PowerPoint 95, which is not read: save it as .pptx")

// Types of records (MS-PPT 2.13.24, and MS-ODRAW for those from 0xF000).
const (
	recDocument      = 0x03e8
	recSlide         = 0x03ee
	recSlidePersist  = 0x03f3
	recSlideShowInfo = 0x03f9
	recDrawing       = 0x040c
	recOutlineRef    = 0x0f9e
	recTextHeader    = 0x0f9f
	recTextChars     = 0x0fa0
	recTextBytes     = 0x0fa8
	recSlideList     = 0x0ff0
	recUserEdit      = 0x0ff5
	recPersist       = 0x1772
	recClientTextbox = 0xf00d
)

// encrypted is what Current User has instead of its usual token.
const encrypted = 0xf3d1c4df

// deepest is how deep shapes may lie in groups, mostEdits how many edits are followed.
const deepest, mostEdits = 24, 10000

// Read reads a .ppt file. Errors name the stream or step that failed.
func Read(data []byte) (*draft.Document, error) {
	d, err := read(data)
	if err != nil {
		return nil, fmt.Errorf("ppt: %w", err)
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
	if !f.Has("PowerPoint Document") {
		return nil, errors.New("no PowerPoint Document stream: not a presentation of PowerPoint 97-2003")
	}
	b, err := f.Stream("PowerPoint Document")
	if err != nil {
		return nil, err
	}
	user, err := f.Stream("Current User")
	if err != nil || len(user) < 20 {
		return nil, ErrOld
	}
	return present(b, user)
}

// present reads the streams of a presentation.
func present(b, user []byte) (*draft.Document, error) {
	if ole.U32(user, 12) == encrypted {
		return nil, ErrEncrypted
	}
	r := &reader{b: b, offsets: map[int]int{}}
	document, err := r.edits(ole.U32(user, 16))
	if err != nil {
		return nil, err
	}
	r.document(document)
	r.doc.Left(r.hidden, "%d hidden slides left out")
	if len(r.doc.Pieces) == 0 {
		r.doc.Warnings = append(r.doc.Warnings, "no text")
	}
	return &r.doc, nil
}

type reader struct {
	b       []byte
	offsets map[int]int // of records, by their number
	doc     draft.Document
	page    int
	place   int
	hidden  int
	spent   int // records read so far
}

// A record is one of the stream, without its head.
type record struct {
	kind, instance int
	data           []byte
	group          bool // it holds records
}

// record reads the record at an offset.
func (r *reader) record(at int) (record, bool) {
	if at < 0 || at+8 > len(r.b) {
		return record{}, false
	}
	x, _ := first(r.b[at:])
	return x, true
}

// first is the record that b begins with and what follows it.
func first(b []byte) (x record, rest []byte) {
	head := ole.U16(b, 0)
	x.group, x.instance, x.kind = head&0xf == 0xf, head>>4, ole.U16(b, 2)
	size := max(0, min(ole.U32(b, 4), len(b)-8))
	x.data = b[8 : 8+size]
	return x, b[8+size:]
}

// mostRecords bounds the work on files whose records overlap.
const mostRecords = 4 << 20

// each calls f for the records within a group.
func (r *reader) each(b []byte, f func(x record)) {
	for len(b) >= 8 && r.spent < mostRecords {
		r.spent++
		var x record
		x, b = first(b)
		f(x)
	}
}

// edits follows the chain of edits from the last one and returns the document record.
func (r *reader) edits(at int) (record, error) {
	document := 0
	for n := 0; at > 0 && n < mostEdits; n++ {
		x, ok := r.record(at)
		if !ok || x.kind != recUserEdit || len(x.data) < 20 {
			break
		}
		if n == 0 {
			document = ole.U32(x.data, 16)
		}
		if p, ok := r.record(ole.U32(x.data, 12)); ok && p.kind == recPersist {
			r.directory(p.data)
		}
		next := ole.U32(x.data, 8)
		if next >= at { // edits before stand before
			break
		}
		at = next
	}
	x, ok := r.record(r.offsets[document])
	if !ok || x.kind != recDocument {
		return record{}, errors.New("read user edits: no document")
	}
	return x, nil
}

// directory adds offsets that no later edit has set.
func (r *reader) directory(b []byte) {
	for len(b) >= 4 {
		head := ole.U32(b, 0)
		id, n := head&0xfffff, head>>20
		b = b[4:]
		for i := 0; i < n && len(b) >= 4; i++ {
			if _, ok := r.offsets[id+i]; !ok {
				r.offsets[id+i] = ole.U32(b, 0)
			}
			b = b[4:]
		}
	}
}

// A text of a slide as the outline has it.
type text struct {
	kind  int // 0 and 6 are titles
	value string
}

// document reads the slides in order.
func (r *reader) document(x record) {
	const ofSlides = 0 // instance of the list of slides; 1 are masters, 2 notes
	r.each(x.data, func(x record) {
		if x.kind != recSlideList || x.instance != ofSlides {
			return
		}
		at := 0
		var outline []text
		show := func() {
			if at != 0 {
				r.slide(at, outline)
			}
			outline = nil
		}
		kind := 0
		r.each(x.data, func(x record) {
			switch x.kind {
			case recSlidePersist:
				show()
				at = ole.U32(x.data, 0)
			case recTextHeader:
				kind = ole.U32(x.data, 0)
				outline = append(outline, text{kind: kind})
			case recTextChars, recTextBytes:
				if n := len(outline); n > 0 {
					outline[n-1].value = characters(x)
				}
			}
		})
		show()
	})
}

// slide reads a slide: its shapes in order, and of the outline what no shape refers to.
func (r *reader) slide(id int, outline []text) {
	r.page++
	x, ok := r.record(r.offsets[id])
	if !ok || x.kind != recSlide {
		for _, t := range outline {
			r.put(t)
		}
		return
	}
	hidden := false
	r.each(x.data, func(x record) {
		if x.kind == recSlideShowInfo && len(x.data) >= 12 {
			hidden = ole.U16(x.data, 10)&4 != 0
		}
	})
	if hidden {
		r.hidden++
		return
	}
	used := make([]bool, len(outline))
	from := len(r.doc.Pieces)
	r.each(x.data, func(x record) {
		if x.kind == recDrawing {
			r.shapes(x.data, outline, used, 0)
		}
	})
	shapes := append([]draft.Piece(nil), r.doc.Pieces[from:]...)
	r.doc.Pieces = r.doc.Pieces[:from]
	for i, t := range outline {
		if !used[i] {
			r.put(t)
		}
	}
	r.doc.Pieces = append(r.doc.Pieces, shapes...)
}

// shapes reads the texts of the shapes in a drawing.
func (r *reader) shapes(b []byte, outline []text, used []bool, depth int) {
	if depth > deepest {
		return
	}
	t := text{kind: 4} // other text
	r.each(b, func(x record) {
		switch {
		case x.kind == recOutlineRef:
			if i := ole.U32(x.data, 0); i >= 0 && i < len(outline) && !used[i] {
				used[i] = true
				r.put(outline[i])
			}
		case x.kind == recTextHeader:
			t.kind = ole.U32(x.data, 0)
		case x.kind == recTextChars, x.kind == recTextBytes:
			t.value = characters(x)
			r.put(t)
		case x.group || x.kind == recClientTextbox:
			r.shapes(x.data, outline, used, depth+1)
		}
	})
}

// put puts out the paragraphs of a text. A star alone stands for a number or date.
func (r *reader) put(t text) {
	for _, line := range strings.FieldsFunc(t.value, func(c rune) bool { return c == '\r' || c == '\v' || c == '\n' }) {
		line = strings.TrimSpace(strings.Map(func(c rune) rune {
			if c < ' ' && c != '\t' {
				return -1
			}
			return c
		}, line))
		if line == "" || line == "*" {
			continue
		}
		r.place++
		p := draft.Piece{Kind: draft.Para, Text: line, Page: r.page, Place: r.place}
		if t.kind == 0 || t.kind == 6 {
			p.Kind, p.Level = draft.Heading, 1
		}
		r.doc.Pieces = append(r.doc.Pieces, p)
	}
}

// characters are those of a text record: UTF-16, or its lower bytes.
func characters(x record) string {
	if x.kind == recTextBytes {
		units := make([]rune, len(x.data))
		for i, c := range x.data {
			units[i] = rune(c)
		}
		return string(units)
	}
	units := make([]uint16, len(x.data)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(x.data[2*i:])
	}
	return string(utf16.Decode(units))
}
