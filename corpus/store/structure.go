package store

// This file encodes what a document has beside its text and articles: blocks,
// sentences, removals and warnings, in about a tenth of the text's size.
//
// Format 1: a byte 1, then numbers as varints and strings as length and bytes.
//
//	blocks     count, then for each: kind, level, start, length, page, place,
//	           table, head (0, 1), count of cells, for each cell start, length
//	sentences  count, then start, length
//	removals   count, then at, text, reason
//	warnings   count, then text
//
// Positions are bytes. A start is the (signed) distance from the last end of its
// list, so that most of them take one byte; page, place and table are distances
// from the block before.

import (
	"encoding/binary"
	"errors"
	"fmt"

	"mingxi/schema"
)

const structureFormat = 2

// withoutCells is the format that does not know the addresses of cells.
const withoutCells = 1

// encodeStructure is the inverse of decodeStructure.
func encodeStructure(d *schema.Document) []byte {
	w := make(packer, 0, 64+8*len(d.Blocks)+3*len(d.Sentences))
	w = append(w, structureFormat)
	w.blocks(d.Blocks)
	w.int(len(d.Sentences))
	end := 0
	for _, s := range d.Sentences {
		end = w.span(s, end)
	}
	w.int(len(d.Removed))
	at := 0
	for _, r := range d.Removed {
		w.int(r.At - at)
		w.string(r.Text)
		w.string(r.Reason)
		at = r.At
	}
	w.int(len(d.Warnings))
	for _, s := range d.Warnings {
		w.string(s)
	}
	return w
}

// A packer appends values.
type packer []byte

func (w *packer) int(n int) { *w = binary.AppendVarint(*w, int64(n)) }

func (w *packer) string(s string) {
	w.int(len(s))
	*w = append(*w, s...)
}

// span writes a span as distance from the end before it, and returns its end.
func (w *packer) span(s schema.Span, end int) int {
	w.int(s.Start - end)
	w.int(s.Len())
	return s.End
}

func (w *packer) blocks(blocks []schema.Block) {
	w.int(len(blocks))
	var last schema.Block
	for _, b := range blocks {
		w.int(int(b.Kind))
		w.int(b.Level)
		w.span(b.Span, last.End)
		w.int(b.Page - last.Page)
		w.int(b.Place - last.Place)
		w.int(b.Table - last.Table)
		head := 0
		if b.Head {
			head = 1
		}
		w.int(head)
		w.string(b.First)
		w.int(len(b.Cells))
		end := b.Start
		for _, c := range b.Cells {
			end = w.span(c, end)
		}
		last = b
	}
}

var errStructure = errors.New("the stored structure is damaged")

// decodeStructure fills in blocks, sentences, removals and warnings. The text of
// d is already there: spans outside of it are an error.
func decodeStructure(d *schema.Document, b []byte) error {
	if len(b) == 0 {
		return errStructure
	}
	if b[0] != structureFormat && b[0] != withoutCells {
		return fmt.Errorf("the stored structure has format %d, this program knows %d", b[0], structureFormat)
	}
	r := unpacker{rest: b[1:], text: d.Text, format: b[0]}
	d.Blocks = r.blocks()
	d.Sentences = list(&r, func(last *schema.Span) schema.Span { return r.span(last.End) })
	d.Removed = list(&r, func(last *schema.Removal) schema.Removal {
		return schema.Removal{At: last.At + r.int(), Text: r.string(), Reason: r.string()}
	})
	d.Warnings = list(&r, func(*string) string { return r.string() })
	if r.bad || len(r.rest) > 0 {
		return errStructure
	}
	return nil
}

// An unpacker takes values off; bad says that they were not there.
type unpacker struct {
	rest   []byte
	text   string
	format byte // of the bytes
	bad    bool
}

func (r *unpacker) int() int {
	n, size := binary.Varint(r.rest)
	if size <= 0 {
		r.bad, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

func (r *unpacker) string() string {
	n := r.int()
	if n < 0 || n > len(r.rest) {
		r.bad, r.rest = true, nil
		return ""
	}
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}

func (r *unpacker) span(end int) schema.Span {
	start := end + r.int()
	s := schema.Span{Start: start, End: start + r.int()}
	if !s.Valid(r.text) {
		r.bad, r.rest = true, nil
		return schema.Span{}
	}
	return s
}

// list reads a count and as many elements, each of which may look at the one
// before it. An empty list is nil.
func list[T any](r *unpacker, read func(last *T) T) []T {
	n := r.int()
	if n == 0 || n < 0 || n > len(r.rest) { // an element has a byte at least
		r.bad = r.bad || n != 0
		return nil
	}
	out := make([]T, 0, n)
	last := new(T)
	for range n {
		if r.bad {
			return nil
		}
		out = append(out, read(last))
		last = &out[len(out)-1]
	}
	return out
}

func (r *unpacker) blocks() []schema.Block {
	return list(r, func(last *schema.Block) schema.Block {
		b := schema.Block{Kind: schema.Kind(r.int()), Level: r.int(), Span: r.span(last.End)}
		b.Page, b.Place, b.Table = last.Page+r.int(), last.Place+r.int(), last.Table+r.int()
		b.Head = r.int() != 0
		if r.format > withoutCells {
			b.First = r.string()
		}
		end := b.Start
		b.Cells = list(r, func(*schema.Span) schema.Span {
			c := r.span(end)
			end = c.End
			return c
		})
		return b
	})
}
