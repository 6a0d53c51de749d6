package rtf

import (
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// A font, as far as it concerns the text.
type font struct {
	page   int    // code page, 0 if it follows the document
	told   bool   // the page is the font's own word (\cpg), not its charset's
	symbol bool   // its characters are signs
	signs  string // its name, if we know its signs
}

// utf8Page is UTF-8 as a code page.
const utf8Page = 65001

// pages are the code pages by charset of a font.
var pages = map[int]int{0: 1252, 128: 932, 129: 949, 130: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250}

var encodings = map[int]encoding.Encoding{
	932: japanese.ShiftJIS, 936: simplifiedchinese.GB18030, 949: korean.EUCKR, 950: traditionalchinese.Big5, 54936: simplifiedchinese.GB18030,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
	1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 874: charmap.Windows874,
	utf8Page: unicode.UTF8, 437: charmap.CodePage437, 850: charmap.CodePage850, 10000: charmap.Macintosh,
}

// byte takes a byte of text, literal or \'hh.
func (r *reader) byte(c byte) {
	if r.toSkip > 0 {
		r.toSkip--
		return
	}
	r.pending = append(r.pending, c)
}

// flush decodes the bytes that have come in since the last control word.
func (r *reader) flush() {
	if len(r.pending) == 0 {
		return
	}
	b := r.pending
	r.pending = r.pending[:0]
	if signs := r.fonts[r.state.font].signs; signs != "" && r.state.dest != fontTable && r.state.dest != instruction {
		for _, c := range b {
			r.text(rune(c))
		}
		return
	}
	if ascii(b) {
		for _, c := range b {
			r.text(rune(c))
		}
		return
	}
	s, err := encodings[r.codePage(b)].NewDecoder().Bytes(b)
	if err != nil {
		s = b
	}
	for len(s) > 0 {
		c, n := utf8.DecodeRune(s)
		r.text(c)
		s = s[n:]
	}
}

func ascii(b []byte) bool {
	return !slices.ContainsFunc(b, func(c byte) bool { return c >= 0x80 })
}

// codePage is the code page for bytes: that of the font if it says one, else
// that of the document. Chinese writers leave Western charsets on Chinese text:
// bytes that come in pairs of GBK are read so.
func (r *reader) codePage(b []byte) int {
	page := r.fonts[r.state.font].page
	if page == 0 {
		page = r.page
	}
	switch {
	case r.page == utf8Page && utf8.Valid(b), page == 1252 && inUTF8(b):
		return utf8Page
	case page == utf8Page && !utf8.Valid(b), encodings[page] == nil, page == 1252 && paired(b, r.page == 936):
		return 936
	}
	return page
}

// inUTF8 reports whether bytes that are said to be Western are Chinese in UTF-8: valid,
// and at least two characters of three bytes.
func inUTF8(b []byte) bool {
	wide := 0
	for _, c := range b {
		if c >= 0xe0 {
			wide++
		}
	}
	return wide >= 2 && utf8.Valid(b)
}

// paired reports whether the high bytes come in pairs of GB 2312: all of them
// and at least two; or most of them where the document is a Chinese one.
func paired(b []byte, chinese bool) bool {
	common, rare := 0, 0
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] < 0x80:
			continue
		case i+1 == len(b) || b[i+1] < 0x40:
			return false
		case b[i] >= 0xa1 && b[i] <= 0xf7 && b[i+1] >= 0xa1:
			common++
		default:
			rare++
		}
		i++
	}
	if chinese {
		return common >= rare && common > 0
	}
	return common >= 2 && rare == 0
}

// unicode takes the number of a \u: 16 bits, signed; others come in pairs.
func (r *reader) unicode(n int) {
	r.toSkip = 0
	if n < 0 {
		n += 1 << 16
	}
	c := rune(n & 0x1fffff)
	switch {
	case r.high != 0:
		if both := utf16.DecodeRune(r.high, c); both != utf8.RuneError {
			c = both
		}
		r.high = 0
	case c >= 0xd800 && c < 0xdc00:
		r.high = c
	}
	if r.high == 0 {
		r.text(c)
	}
	r.toSkip = r.state.skip
}
