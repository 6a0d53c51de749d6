package sheet

import (
	"encoding/binary"
	"math"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"mingxi/corpus/ole"
)

// Records of BIFF5 and BIFF8 that concern the text.
const (
	recFormula    = 0x0006
	recEOF        = 0x000a
	recDate1904   = 0x0022
	recFilePass   = 0x002f
	recContinue   = 0x003c
	recCodePage   = 0x0042
	recSheet      = 0x0085
	recMulRK      = 0x00bd
	recRichString = 0x00d6
	recXF         = 0x00e0
	recMerged     = 0x00e5
	recSST        = 0x00fc
	recLabelSST   = 0x00fd
	recNumber     = 0x0203
	recLabel      = 0x0204
	recBool       = 0x0205
	recString     = 0x0207
	recRK         = 0x027e
	recFormat     = 0x041e
	recBOF        = 0x0809
)

// records walks the stream from an offset; f returns false to stop. A record
// that is cut ends the walk: complete tells.
func records(b []byte, at int, f func(kind int, body []byte, next int) bool) (complete bool) {
	for at >= 0 && at+4 <= len(b) {
		kind, size := ole.U16(b, at), ole.U16(b, at+2)
		at += 4
		if at+size > len(b) {
			return false
		}
		body := b[at : at+size]
		at += size
		if !f(kind, body, at) {
			return true
		}
	}
	return false
}

func float(b []byte, at int) float64 {
	if at+8 > len(b) {
		return math.NaN()
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b[at:]))
}

// rk is a number packed into 30 bits.
func rk(x int) float64 {
	var v float64
	if x&2 != 0 {
		v = float64(int32(x) >> 2)
	} else {
		v = math.Float64frombits(uint64(x&^3) << 32)
	}
	if x&1 != 0 {
		v /= 100
	}
	return v
}

// chars decodes n characters of 1 or 2 bytes.
func chars(b []byte, n int, wide bool) string {
	if wide {
		n = min(n, len(b)/2)
		units := make([]uint16, n)
		for i := range units {
			units[i] = uint16(ole.U16(b, 2*i))
		}
		return string(utf16.Decode(units))
	}
	runes := make([]rune, min(n, len(b)))
	for i := range runes {
		runes[i] = rune(b[i])
	}
	return string(runes)
}

// unicodeString reads a string with its length (of 1 or 2 bytes) in front.
func unicodeString(b []byte, lengthBytes int) string {
	n := ole.U8(b, 0)
	if lengthBytes == 2 {
		n = ole.U16(b, 0)
	}
	flags := ole.U8(b, lengthBytes)
	at := lengthBytes + 1
	if flags&8 != 0 {
		at += 2
	}
	if flags&4 != 0 {
		at += 4
	}
	if at > len(b) {
		return ""
	}
	return chars(b[at:], n, flags&1 != 0)
}

// byteString reads a string of BIFF5, in the code page of the workbook.
func byteString(b []byte, lengthBytes, page int) string {
	n := ole.U8(b, 0)
	if lengthBytes == 2 {
		n = ole.U16(b, 0)
	}
	if lengthBytes > len(b) {
		return ""
	}
	b = b[lengthBytes:]
	b = b[:min(n, len(b))]
	dec := charmap.Windows1252.NewDecoder()
	if page == 936 || page == 0 || page == 54936 {
		dec = simplifiedchinese.GB18030.NewDecoder()
	}
	s, err := dec.Bytes(b)
	if err != nil {
		return string(b)
	}
	return string(s)
}

// sst reads the table of strings, which goes on over several records: within a
// string each record begins with the flag of how its characters are stored.
type sst struct {
	chunks [][]byte
	at     int // in the first chunk
}

func (s *sst) more() bool {
	for len(s.chunks) > 0 && s.at >= len(s.chunks[0]) {
		s.chunks, s.at = s.chunks[1:], 0
	}
	return len(s.chunks) > 0
}

// take reads n bytes that may lie in several records.
func (s *sst) take(n int) []byte {
	var out []byte
	for n > 0 && s.more() {
		k := min(n, len(s.chunks[0])-s.at)
		out = append(out, s.chunks[0][s.at:s.at+k]...)
		s.at += k
		n -= k
	}
	return out
}

func (s *sst) skip(n int) {
	for n > 0 && s.more() {
		k := min(n, len(s.chunks[0])-s.at)
		s.at += k
		n -= k
	}
}

// next reads a string.
func (s *sst) next() (string, bool) {
	if !s.more() {
		return "", false
	}
	head := s.take(3)
	n, flags := ole.U16(head, 0), ole.U8(head, 2)
	runs, extra := 0, 0
	if flags&8 != 0 {
		runs = ole.U16(s.take(2), 0)
	}
	if flags&4 != 0 {
		extra = ole.U32(s.take(4), 0)
	}
	text := ""
	wide := flags&1 != 0
	for n > 0 && s.more() {
		size := 1
		if wide {
			size = 2
		}
		k := min(n, (len(s.chunks[0])-s.at)/size)
		text += chars(s.chunks[0][s.at:], k, wide)
		s.at += k * size
		if n -= k; n > 0 {
			s.at = len(s.chunks[0])
			if s.more() {
				wide = s.chunks[0][0]&1 != 0
				s.at = 1
			}
		}
	}
	s.skip(4*runs + extra)
	return text, n == 0
}
