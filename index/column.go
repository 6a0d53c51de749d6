package index

import (
	"encoding/binary"
	"sort"
)

// This file holds what a mapped segment is made of: arrays of numbers and strings,
// read where they lie.

// A column is an array of numbers of four bytes.
type column []byte

func (c column) len() int        { return len(c) / 4 }
func (c column) at(i int) uint32 { return binary.LittleEndian.Uint32(c[4*i:]) }

// short is a column of two bytes.
type short []byte

func (c short) at(i int) uint32 { return uint32(binary.LittleEndian.Uint16(c[2*i:])) }

// rows is a table of numbers of four bytes.
type rows struct {
	data  []byte
	width int
}

// len does not count the closing row.
func (t rows) len() int { return len(t.data)/(4*t.width) - 1 }
func (t rows) at(row, col int) uint32 {
	return binary.LittleEndian.Uint32(t.data[4*(row*t.width+col):])
}

// gallop returns the first number from lo on for which past is true, n if none
// is; past must not turn back. It is quick if the number is near lo.
func gallop(lo, n int, past func(int) bool) int {
	step := 1
	for lo+step <= n && !past(lo+step-1) {
		lo += step
		step *= 2
	}
	hi := min(lo+step-1, n)
	for lo < hi {
		if mid := int(uint(lo+hi) >> 1); past(mid) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}

// find returns the last row whose column, which rises, is at most p.
func (t rows) find(col int, p uint32) int {
	return sort.Search(t.len(), func(i int) bool { return t.at(i, col) > p }) - 1
}

// pool is a list of strings.
type pool struct {
	starts column
	bytes  []byte
}

func (p pool) len() int           { return p.starts.len() - 1 }
func (p pool) at(i uint32) string { return string(p.view(i)) }

// view is the string where it lies; nil if there is none of that number.
func (p pool) view(i uint32) []byte {
	if int(i) >= p.len() {
		return nil
	}
	lo, hi := p.starts.at(int(i)), p.starts.at(int(i)+1)
	if lo > hi || int(hi) > len(p.bytes) {
		return nil
	}
	return p.bytes[lo:hi]
}
