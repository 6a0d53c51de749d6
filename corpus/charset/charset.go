// Package charset turns the bytes of a text file into UTF-8 text. It decides
// between UTF-8, GB18030 (which holds GBK and GB2312), Big5, UTF-16 and UTF-32.
//
// # How it decides
//
// A byte order mark settles it, and so does being valid UTF-8 (bytes of GBK or
// Big5 prose are next to never valid UTF-8). Otherwise each candidate decodes a
// sample, and the sample is scored: common Han characters and Chinese
// punctuation count for it; rare characters, private use, foreign scripts,
// control characters and errors against. The best candidate wins if its mean
// score reaches a threshold; else the bytes are not text as far as we know, and
// that is an error: a wrong guess is worse than none.
package charset

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Names of encodings as they are recorded.
const (
	UTF8    = "utf-8"
	GB18030 = "gb18030"
	Big5    = "big5"
	UTF16LE = "utf-16le"
	UTF16BE = "utf-16be"
	UTF32LE = "utf-32le"
	UTF32BE = "utf-32be"
)

// ErrBinary is returned for bytes that are no text in any encoding we know.
var ErrBinary = errors.New("not text in utf-8, gb18030, big5 or utf-16")

// A Decoded is text with the encoding it came in.
type Decoded struct {
	Text       string  // valid UTF-8, without byte order mark; NUL and other control characters are kept
	Encoding   string  // one of the names above
	Confidence float64 // 0..1; 1 for a byte order mark or valid UTF-8
	Broken     int     // characters that could not be decoded: U+FFFD in Text
}

// bom is a byte order mark and the encoding it announces, longest first.
var boms = []struct {
	mark string
	name string
}{
	{"\x00\x00\xfe\xff", UTF32BE},
	{"\xff\xfe\x00\x00", UTF32LE},
	{"\xef\xbb\xbf", UTF8},
	{"\xff\xfe", UTF16LE},
	{"\xfe\xff", UTF16BE},
}

// maxBroken is the share of characters that may be lost to damage before the
// file counts as not decodable.
const maxBroken = 0.02

// maxControl is the share of control characters above which a file is binary.
const maxControl = 0.05

// Decode finds the encoding of data and decodes it. The error is ErrBinary, or
// wraps it with the encoding that a byte order mark announced in vain.
func Decode(data []byte) (Decoded, error) {
	for _, b := range boms {
		if rest, ok := bytes.CutPrefix(data, []byte(b.mark)); ok {
			return decodeMarked(rest, b.name)
		}
	}
	if isUTF8(data) {
		if controls(data) {
			return Decoded{}, ErrBinary
		}
		return Decoded{Text: string(data), Encoding: UTF8, Confidence: 1}, nil
	}
	name, confidence := guess(sample(data))
	if name == "" {
		return Decoded{}, ErrBinary
	}
	return decode(data, name, confidence)
}

// decodeMarked decodes what follows a byte order mark. A mark that is followed
// by another encoding (a converter's mistake seen in GBK files) is ignored.
func decodeMarked(rest []byte, name string) (Decoded, error) {
	d, err := decode(rest, name, 1)
	if err == nil {
		return d, nil
	}
	if other, confidence := guess(sample(rest)); other != "" && other != name {
		return decode(rest, other, confidence/2)
	}
	return Decoded{}, fmt.Errorf("byte order mark of %s: %w", name, err)
}

// DecodeAs decodes data as a page or header says. Valid UTF-8 and byte order
// marks win over the label; a label that does not fit the bytes, or that we do
// not know, is ignored.
func DecodeAs(data []byte, label string) (Decoded, error) {
	name := Canonical(label)
	if name == "" || name == UTF8 || isUTF8(data) || hasMark(data) {
		return Decode(data)
	}
	if d, err := decode(data, name, 1); err == nil && fits(d.Text) {
		return d, nil
	}
	return Decode(data)
}

func hasMark(data []byte) bool {
	for _, b := range boms {
		if bytes.HasPrefix(data, []byte(b.mark)) {
			return true
		}
	}
	return false
}

// fits reports whether decoded text looks like Chinese, or has nothing in it
// that could tell.
func fits(text string) bool {
	if len(text) > sampleSize {
		text = strings.ToValidUTF8(text[:sampleSize], "")
	}
	mean, n := score(text)
	return n == 0 || mean >= threshold/2
}

// Canonical names the encoding that a label of a page or header means: gb2312
// and gbk are read as gb18030, which holds them. It is empty for labels that are
// not known.
func Canonical(label string) string {
	switch strings.ToLower(strings.Trim(label, " \t\r\n\"'")) {
	case "utf-8", "utf8", "unicode-1-1-utf-8":
		return UTF8
	case "gb2312", "gbk", "gb18030", "x-gbk", "gb_2312", "gb_2312-80", "cp936", "ms936", "windows-936", "chinese", "csgb2312", "euc-cn":
		return GB18030
	case "big5", "big5-hkscs", "x-x-big5", "cn-big5", "csbig5", "cp950":
		return Big5
	case "utf-16", "utf-16le", "unicode", "ucs-2":
		return UTF16LE
	case "utf-16be":
		return UTF16BE
	}
	return ""
}

// codec returns the decoder of an encoding other than UTF-8.
func codec(name string) encoding.Encoding {
	switch name {
	case GB18030:
		return simplifiedchinese.GB18030
	case Big5:
		return traditionalchinese.Big5
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case UTF32LE:
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case UTF32BE:
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	}
	return nil
}

// decode decodes data as name and refuses the result if too much of it is
// broken or control characters.
func decode(data []byte, name string, confidence float64) (Decoded, error) {
	text, err := convert(data, name)
	if err != nil {
		return Decoded{}, fmt.Errorf("decode %s: %w", name, err)
	}
	broken := strings.Count(text, "\uFFFD")
	if name == UTF8 || name == GB18030 { // a U+FFFD that the file itself holds is no damage of ours
		broken -= bytes.Count(data, replacement(name))
	}
	runes := utf8.RuneCountInString(text)
	if float64(broken) > maxBroken*float64(runes) && broken > 1 || broken > 0 && runes < 4 || controls([]byte(text)) {
		return Decoded{}, ErrBinary
	}
	if broken > 0 {
		confidence *= 1 - 10*float64(broken)/float64(runes)
	}
	return Decoded{Text: text, Encoding: name, Confidence: max(confidence, 0.1), Broken: max(broken, 0)}, nil
}

func replacement(name string) []byte {
	if name == GB18030 {
		return []byte("\x84\x31\xa4\x37")
	}
	return []byte("\uFFFD")
}

func convert(data []byte, name string) (string, error) {
	if name == UTF8 {
		return strings.ToValidUTF8(string(data), "\uFFFD"), nil
	}
	b, err := codec(name).NewDecoder().Bytes(data)
	return string(b), err
}

// isUTF8 reports whether data is UTF-8. Two-byte sequences alone do not prove
// it (联通 in GBK is valid UTF-8), nor do zero bytes in every second place.
func isUTF8(data []byte) bool {
	if !utf8.Valid(data) || looksUTF16(data) {
		return false
	}
	for _, c := range data {
		if c >= 0xe0 {
			return true
		}
	}
	high, mean := bytes.ContainsFunc(data, func(r rune) bool { return r >= 0x80 }), 0.0
	if high {
		text, _ := convert(data, GB18030)
		mean, _ = score(text)
	}
	return !high || mean < threshold
}

// looksUTF16 reports whether a good part of data is zero bytes that stand in
// even places only, or in odd places only.
func looksUTF16(data []byte) bool {
	data = data[:min(len(data), sampleSize)]
	if bytes.IndexByte(data, 0) < 0 {
		return false
	}
	var zeros [2]int
	for i, c := range data {
		if c == 0 {
			zeros[i&1]++
		}
	}
	few, many := min(zeros[0], zeros[1]), max(zeros[0], zeros[1])
	return many*10 > len(data) && few*20 < many
}

// controls reports whether text holds too many control characters for text.
// Zero bytes do not count up to a quarter: some programs pad with them.
func controls(text []byte) bool {
	var n, zero int
	for _, c := range text {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			n++
			if c == 0 {
				zero++
			}
		}
	}
	if zero*4 <= len(text) && len(text) > 16 {
		n -= zero
	}
	return float64(n) > maxControl*float64(len(text)) && n > 0
}
