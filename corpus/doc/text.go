package doc

import (
	"errors"
	"fmt"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"mingxi/corpus/draft"
	"mingxi/corpus/ole"
)

// A piece is a run of characters that lie together in the file.
type piece struct {
	cp    int // of its first character
	fc    int // file offset of it
	size  int // bytes per character: 1 or 2
	extra []byte
}

// readText follows the piece table.
func (r *reader) readText() error {
	table, err := r.pieceTable()
	if err != nil {
		return err
	}
	n := (len(table) - 4) / 12
	if n < 1 {
		return errors.New("empty")
	}
	for i := range n {
		cp, end := ole.U32(table, 4*i), ole.U32(table, 4*i+4)
		at := 4*(n+1) + 8*i
		fc, prm := ole.U32(table, at+2), ole.U16(table, at+6)
		p := piece{cp: cp, fc: fc, size: 2}
		if fc&0x40000000 != 0 {
			p.fc, p.size = fc&^0x40000000/2, 1
		}
		if prm&1 != 0 && prm>>1 < len(r.extra) {
			p.extra = r.extra[prm>>1]
		}
		if cp != len(r.text) || end < cp {
			return fmt.Errorf("piece %d begins at character %d, not %d", i+1, cp, len(r.text))
		}
		bytes := (end - cp) * p.size
		if len(cut(r.word, p.fc, bytes)) < bytes || end > 2*len(r.word) {
			if err := r.cutShort(i, n); err != nil {
				return err
			}
			break
		}
		r.text = append(r.text, decode(r.word[p.fc:p.fc+bytes], p.size)...)
		r.pieces = append(r.pieces, p)
	}
	return nil
}

// cutShort is for a file that ends before its text does.
func (r *reader) cutShort(i, n int) error {
	if len(r.text) == 0 {
		return fmt.Errorf("piece %d lies outside the file", i+1)
	}
	r.doc.Warnings = append(r.doc.Warnings, fmt.Sprintf("the file is cut: pieces %d to %d of the text are missing", i+1, n))
	return nil
}

// pieceTable finds the table behind the property lists in front of it.
func (r *reader) pieceTable() ([]byte, error) {
	b := r.pair(fcPieces)
	for len(b) > 4 && b[0] == 1 {
		size := ole.U16(b, 1)
		r.extra = append(r.extra, cut(b, 3, size))
		b = b[min(len(b), 3+size):]
	}
	if len(b) < 5 || b[0] != 2 {
		return nil, errors.New("not found")
	}
	size := ole.U32(b, 1)
	if size > len(b)-5 {
		return nil, fmt.Errorf("%d bytes long, but only %d are there", size, len(b)-5)
	}
	return b[5 : 5+size], nil
}

// decode makes UTF-16 of the bytes of a piece, one unit per CP. Bytes are
// Windows-1252, but some Chinese producers put GBK there: then the second byte
// of a character becomes a NUL, which is skipped later.
func decode(b []byte, size int) []uint16 {
	if size == 2 {
		units := make([]uint16, len(b)/2)
		for i := range units {
			units[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
		}
		return units
	}
	units := make([]uint16, len(b))
	gbk := looksGBK(b)
	for i := 0; i < len(b); i++ {
		if gbk && b[i] > 0x80 && i+1 < len(b) {
			if s, err := simplifiedchinese.GBK.NewDecoder().Bytes(b[i : i+2]); err == nil {
				units[i] = utf16.Encode([]rune(string(s)))[0]
				i++
				continue
			}
		}
		units[i] = uint16(charmap.Windows1252.DecodeByte(b[i]))
	}
	return units
}

// looksGBK reports whether the high bytes come in pairs of GB 2312, several of
// them: Western text has single ones (°, é, curly quotes).
func looksGBK(b []byte) bool {
	pairs, odd := 0, 0
	for i := 0; i < len(b); i++ {
		if b[i] < 0x80 {
			continue
		}
		if i+1 < len(b) && b[i] >= 0xa1 && b[i] <= 0xf7 && b[i+1] >= 0xa1 {
			pairs++
			i++
		} else {
			odd++
		}
	}
	return pairs >= 4 && odd*10 < pairs
}

// readOld reads the text of a Word 6 or 95 file: without tables, lists and
// other properties.
func (r *reader) readOld() (*draft.Document, error) {
	from, to := ole.U32(r.word, 0x18), ole.U32(r.word, 0x1c)
	size := min(to-from, ole.U32(r.word, 0x34))
	b := cut(r.word, from, size)
	if ole.U16(r.word, 0xa)&0x0004 != 0 || len(b) == 0 {
		return nil, errors.New("read text: a fast-saved Word 6/95 file, which is not read")
	}
	width := 1
	if ole.U16(r.word, 0xa)&0x1000 != 0 {
		width, b = 2, cut(r.word, from, to-from)
	}
	switch lid := ole.U16(r.word, 6); {
	case width == 2:
		r.text = decode(b, 2)
	case old[lid&0x3ff] != nil:
		r.text = decodeOld(b, old[lid&0x3ff])
	default:
		r.text = decode(b, 1)
	}
	r.pieces = []piece{{fc: from, size: width}}
	r.ccp[mainStory] = len(r.text)
	r.doc.Warnings = append(r.doc.Warnings, "a Word 6/95 file: automatic numbers, notes and tables as far as the text shows them")
	r.stories()
	return &r.doc, nil
}

// old are the encodings of Word 6/95 by primary language.
var old = map[int]encoding.Encoding{
	0x04: simplifiedchinese.GBK, 0x05: charmap.Windows1250, 0x0e: charmap.Windows1250, 0x15: charmap.Windows1250,
	0x19: charmap.Windows1251, 0x22: charmap.Windows1251, 0x08: charmap.Windows1253, 0x1f: charmap.Windows1254,
}

// decodeOld decodes character by character, one unit per byte: the second byte
// of a character becomes a NUL.
func decodeOld(b []byte, e encoding.Encoding) []uint16 {
	units := make([]uint16, len(b))
	d := e.NewDecoder()
	for i := 0; i < len(b); i++ {
		n := 1
		if e == simplifiedchinese.GBK && b[i] > 0x80 && i+1 < len(b) {
			n = 2
		}
		s, err := d.Bytes(b[i : i+n])
		if u := utf16.Encode([]rune(string(s))); err == nil && len(u) > 0 {
			units[i] = u[0]
		}
		i += n - 1
	}
	return units
}

// fc is the file offset of a character and its width in bytes.
func (r *reader) fc(cp int) (at int, p *piece) {
	lo, hi := 0, len(r.pieces)
	for lo+1 < hi {
		if mid := (lo + hi) / 2; r.pieces[mid].cp <= cp {
			lo = mid
		} else {
			hi = mid
		}
	}
	p = &r.pieces[lo]
	return p.fc + (cp-p.cp)*p.size, p
}
