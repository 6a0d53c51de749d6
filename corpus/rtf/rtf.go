// Package rtf reads Rich Text Format: paragraphs, tables, notes and list
// numbers (which writers put into the text as \listtext).
//
// RTF is a stream of groups { }, control words \word123 and text. Characters
// beyond ASCII are \u20013? or bytes \'d6\'d0 in the code page of the font or
// of the document. A group may be a destination: the font table, a picture, a
// footnote; those that are no text of the report are skipped.
//
//	rtf.go     the stream
//	word.go    control words
//	group.go   destinations
//	bytes.go   code pages
//	para.go    paragraphs and tables
package rtf

import (
	"bytes"
	"errors"
	"fmt"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
)

// deepest is how many groups may be open at once.
const deepest = 4096

// Read reads an .rtf file.
func Read(data []byte) (*draft.Document, error) {
	if !bytes.HasPrefix(data, []byte(`{\rtf`)) {
		return nil, errors.New(`rtf: it does not begin with {\rtf`)
	}
	r := &reader{b: data, page: 1252, fonts: map[int]font{}, styles: map[int]style{}}
	r.body = &story{}
	r.state.skip = 1
	if err := r.read(); err != nil {
		return nil, fmt.Errorf("rtf: %w", err)
	}
	r.finish()
	return &r.doc, nil
}

// state is what a group inherits and gives back at its end.
type state struct {
	dest    dest
	font    int
	skip    int // characters that stand behind a \u for older readers
	hidden  bool
	deleted bool
	raised  bool
	lowered bool
	para    para
	story   *story // of a note or text box, begun in this group
	opened  bool   // story began with this group
	outer   *def   // of the row around a nested one
}

// para is what is known of the paragraph.
type para struct {
	style   int
	outline int // 1-9, 0 if not set
	table   bool
	depth   int
}

// A style, as far as it concerns the text.
type style struct {
	name    string
	outline int
}

type reader struct {
	b  []byte
	at int

	state   state
	stack   []state
	first   bool // nothing of the group has been read: a destination may follow
	star    bool // \* stood before: an unknown destination is to be skipped
	page    int  // code page
	fonts   map[int]font
	styles  map[int]style
	entry   entry
	pending []byte // bytes not yet decoded
	high    rune   // first half of a surrogate pair
	toSkip  int

	instruction []rune // of the field being read
	signed      bool   // a sign stood for the result of the field that follows

	body  *story
	def   def
	plain int // default font
	doc   draft.Document
	nest  grid.Nest
	place int
	lost  int // hidden characters
	toc   int
}

// read follows the stream to its end. What is missing at the end of a cut
// file is noted.
func (r *reader) read() error {
	r.state.story = r.body
	for r.at < len(r.b) {
		c := r.b[r.at]
		r.at++
		switch c {
		case '{':
			r.flush()
			if len(r.stack) >= deepest {
				return errors.New("groups nested too deep")
			}
			r.stack = append(r.stack, r.state)
			r.state.opened, r.state.outer = false, nil
			r.first, r.star, r.toSkip = true, false, 0
			continue
		case '}':
			r.close()
			if len(r.stack) == 0 {
				return nil // what follows is no RTF
			}
		case '\\':
			r.control()
			continue
		case '\r', '\n':
			continue
		case '\t':
			r.flush()
			r.text('\t')
		case 0:
		default:
			r.byte(c)
		}
		r.first = false
	}
	r.flush()
	r.doc.Warnings = append(r.doc.Warnings, "the file is cut: it ends within a group")
	return nil
}

// close ends a group.
func (r *reader) close() {
	r.flush()
	r.toSkip = 0
	if len(r.stack) == 0 {
		return
	}
	last := len(r.stack) - 1
	was := r.state
	r.state = r.stack[last]
	r.stack = r.stack[:last]
	r.ended(was)
}

// control reads a control word or symbol.
func (r *reader) control() {
	if r.at >= len(r.b) {
		return
	}
	c := r.b[r.at]
	if !letter(c) {
		r.at++
		r.symbol(c)
		return
	}
	from := r.at
	for r.at < len(r.b) && letter(r.b[r.at]) && r.at-from < 32 {
		r.at++
	}
	word := string(r.b[from:r.at])
	n, has := r.number()
	if r.at < len(r.b) && r.b[r.at] == ' ' {
		r.at++
	}
	r.flush()
	if r.toSkip > 0 && word != "u" && word != "uc" { // a control word counts as one
		r.toSkip--
		if word != "par" && word != "cell" && word != "row" && word != "bin" {
			return
		}
	}
	r.word(word, n, has)
	r.first, r.star = false, false
}

// number reads the number behind a control word.
func (r *reader) number() (n int, has bool) {
	from := r.at
	if r.at < len(r.b) && r.b[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.b) && r.b[r.at] >= '0' && r.b[r.at] <= '9' {
		if has = true; n < 1<<40 {
			n = n*10 + int(r.b[r.at]-'0')
		}
		r.at++
	}
	if !has {
		r.at = from
		return 0, false
	}
	if r.b[from] == '-' {
		n = -n
	}
	return n, true
}

// symbol reads what follows a backslash and is no letter.
func (r *reader) symbol(c byte) {
	switch c {
	case '\'':
		if r.at+2 <= len(r.b) {
			if x, ok := hex(r.b[r.at], r.b[r.at+1]); ok {
				r.at += 2
				r.byte(x)
			}
		}
		r.first = false
		return
	case '*':
		r.star = true
		return
	}
	r.flush()
	r.first = false
	switch c {
	case '\\', '{', '}':
		r.byte(c)
	case '~':
		r.text('\u00a0')
	case '_':
		r.text('-')
	case '\r', '\n':
		r.endPara()
	}
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func hex(a, b byte) (byte, bool) {
	x, y := digit(a), digit(b)
	return byte(x<<4 | y), x < 16 && y < 16
}

func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return 16
}
