package store

// This file makes the sketch of a document, by which near-copies are found:
// the same report on three sites, in traditional characters, with another
// title, as a teaser and as the whole text.
//
// A text is folded (corpus/fold) and stripped of everything but letters and
// digits. Its shingles are all runs of five characters. The signature has 64
// bins; a shingle falls into the bin of its hash, and the least hash of a bin is
// kept (one-permutation MinHash; an empty bin takes the value of the next bin
// that is not, cyclically). Two texts agree in a bin with a probability of about
// the Jaccard similarity of their shingles.
//
// A sketch is a byte 1 (the format), the hash of the opening (8 bytes), and the
// low 16 bits of the 64 bins. Four neighbouring bins are a band: documents that
// agree in one of 16 bands, or in the opening, are candidates (see cluster.go).

import (
	"encoding/binary"
	"math/bits"
	"unicode"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

const (
	sketchFormat = 1
	shingleLen   = 5  // characters
	bins         = 64 // of the signature
	bandBins     = 4
	bands        = bins / bandBins
	minShingles  = 60 // shorter texts have no near-copies
	openingLen   = 80 // letters and digits of the first long paragraph
	sketchLen    = 1 + 8 + 2*bins
)

// Sketch is the sketch of a document for [Writer.Put]; nil if it is too short to
// have near-copies.
func Sketch(d *schema.Document) []byte {
	letters := lettersOf(d.Text)
	if len(letters) < minShingles+shingleLen-1 {
		return nil
	}
	var least [bins]uint64
	shingles(letters, func(h uint64) {
		if bin := &least[h>>58]; *bin == 0 || h < *bin {
			*bin = h
		}
	})
	out := make([]byte, 0, sketchLen)
	out = append(out, sketchFormat)
	out = binary.LittleEndian.AppendUint64(out, opening(d))
	for i := range least {
		out = binary.LittleEndian.AppendUint16(out, uint16(filled(&least, i)))
	}
	return out
}

// filled is the value of a bin; an empty one borrows, and the distance is mixed
// in so that borrowing bins do not all agree.
func filled(least *[bins]uint64, i int) uint64 {
	for step := range bins {
		if v := least[(i+step)%bins]; v != 0 {
			return mix(v + uint64(step))
		}
	}
	return 0
}

// lettersOf is the folded text without anything but letters and digits.
func lettersOf(text string) []rune {
	out := make([]rune, 0, len(text)/3)
	for _, r := range text {
		if r = fold.Rune(r); r >= 0x4e00 && r <= 0x9fff || unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, r)
		}
	}
	return out
}

// shingles calls f with the hash of every run of shingleLen characters.
func shingles(letters []rune, f func(uint64)) {
	const base = 0x9e3779b97f4a7c15
	top := uint64(1)
	for range shingleLen {
		top *= base
	}
	var h uint64
	for i, r := range letters {
		h = h*base + uint64(r) + 1
		if i >= shingleLen {
			h -= top * (uint64(letters[i-shingleLen]) + 1)
		}
		if i >= shingleLen-1 {
			f(mix(h))
		}
	}
}

// mix spreads the bits of a hash.
func mix(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}

// opening is the hash of the beginning of the first long paragraph, by which a
// teaser is found beside its text; 0 if there is none.
func opening(d *schema.Document) uint64 {
	for _, b := range d.Blocks {
		if b.Kind != schema.Paragraph || b.Len() < openingLen {
			continue
		}
		letters := lettersOf(b.In(d.Text))
		if len(letters) < openingLen {
			continue
		}
		var h uint64
		for _, r := range letters[:openingLen] {
			h = mix(bits.RotateLeft64(h, 21) ^ uint64(r))
		}
		return h
	}
	return 0
}

// agree is the number of bins in which two sketches agree.
func agree(a, b []byte) (n int) {
	for i := 9; i < sketchLen; i += 2 {
		if a[i] == b[i] && a[i+1] == b[i+1] {
			n++
		}
	}
	return n
}
