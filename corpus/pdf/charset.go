package pdf

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// A charset is the encoding that a predefined CMap stands for: GBK-EUC-H is
// text in GBK, UniGB-UTF16-H is text in UTF-16. It cuts a string into codes
// and gives their characters, without any table of ours.
type charset struct {
	length func(s string) int // bytes of the first code of s (s is not empty)
	decode func(code string) string
	half   bool   // single bytes are half as wide as hanzi (GBK-EUC, but not GBKp-EUC)
	order  string // the collection that its CIDs belong to
}

// predefined finds the charset of a predefined CMap, without its -H or -V.
//
//	GBK-EUC GBKp-EUC GB-EUC GBpc-EUC GBK2K UniGB-UCS2 UniGB-UTF16 …
func predefined(name string) (charset, bool) {
	if strings.HasPrefix(name, "Uni") {
		return unicodeCharset(name)
	}
	switch name {
	case "GBK-EUC", "GB-EUC", "GBT-EUC":
		return legacyCharset(simplifiedchinese.GBK, doubleByte(0x81), true, "GB1"), true
	case "GBKp-EUC", "GBpc-EUC", "GBTpc-EUC":
		return legacyCharset(simplifiedchinese.GBK, doubleByte(0x81), false, "GB1"), true
	case "GBK2K":
		return legacyCharset(simplifiedchinese.GB18030, lengthGB18030, false, "GB1"), true
	case "GB", "GBT":
		return legacyCharset(sevenBit{simplifiedchinese.GBK}, always(2), false, "GB1"), true
	case "ETen-B5", "B5", "ETHK-B5":
		return legacyCharset(traditionalchinese.Big5, doubleByte(0x81), true, "CNS1"), true
	case "ETenms-B5", "B5pc", "HKscs-B5", "HKdla-B5", "HKdlb-B5", "HKgccs-B5", "HKm314-B5", "HKm471-B5":
		return legacyCharset(traditionalchinese.Big5, doubleByte(0x81), false, "CNS1"), true
	case "90ms-RKSJ", "90pv-RKSJ", "83pv-RKSJ", "Add-RKSJ", "Ext-RKSJ", "90msp-RKSJ":
		return legacyCharset(japanese.ShiftJIS, lengthRKSJ, false, "Japan1"), true
	case "EUC":
		return legacyCharset(japanese.EUCJP, doubleByte(0x8E), true, "Japan1"), true
	case "":
		return legacyCharset(sevenBit{japanese.EUCJP}, always(2), false, "Japan1"), true
	case "KSC-EUC", "KSCms-UHC", "KSCms-UHC-HW", "KSCpc-EUC":
		return legacyCharset(korean.EUCKR, doubleByte(0x81), false, "Korea1"), true
	}
	return charset{}, false
}

func unicodeCharset(name string) (charset, bool) {
	c := charset{}
	switch {
	case strings.HasPrefix(name, "UniGB"):
		c.order = "GB1"
	case strings.HasPrefix(name, "UniCNS"):
		c.order = "CNS1"
	}
	_, form, _ := strings.Cut(name, "-")
	switch {
	case strings.HasPrefix(form, "UCS2"), strings.HasPrefix(form, "UTF16"):
		c.length, c.decode = lengthUTF16, utf16BE
	case strings.HasPrefix(form, "UTF8"):
		c.length, c.decode = lengthUTF8, func(s string) string { return s }
	case strings.HasPrefix(form, "UTF32"):
		c.length, c.decode = always(4), utf32BE
	default:
		return c, false
	}
	return c, true
}

func legacyCharset(e encoding.Encoding, length func(string) int, half bool, order string) charset {
	decode := func(code string) string {
		s, err := e.NewDecoder().String(code)
		if err != nil {
			return ""
		}
		return s
	}
	return charset{length: length, decode: decode, half: half, order: order}
}

// sevenBit is an EUC encoding whose high bits are cut off (CMaps GB-H and H).
type sevenBit struct{ encoding.Encoding }

func (e sevenBit) NewDecoder() *encoding.Decoder {
	return &encoding.Decoder{Transformer: highBits{e.Encoding.NewDecoder()}}
}

type highBits struct{ *encoding.Decoder }

func (t highBits) Transform(dst, src []byte, atEOF bool) (int, int, error) {
	up := make([]byte, len(src))
	for i, c := range src {
		up[i] = c | 0x80
	}
	return t.Decoder.Transform(dst, up, atEOF)
}

func always(n int) func(string) int {
	return func(s string) int { return min(n, len(s)) }
}

// doubleByte cuts two bytes where the first is from low to 0xFE.
func doubleByte(low byte) func(string) int {
	return func(s string) int {
		if len(s) > 1 && s[0] >= low && s[0] <= 0xFE {
			return 2
		}
		return 1
	}
}

func lengthGB18030(s string) int {
	if s[0] < 0x81 || s[0] == 0xFF || len(s) < 2 {
		return 1
	}
	if s[1] >= 0x30 && s[1] <= 0x39 {
		return min(4, len(s))
	}
	return 2
}

func lengthRKSJ(s string) int {
	if len(s) > 1 && (s[0] >= 0x81 && s[0] <= 0x9F || s[0] >= 0xE0 && s[0] <= 0xFC) {
		return 2
	}
	return 1
}

func lengthUTF16(s string) int {
	if s[0] >= 0xD8 && s[0] <= 0xDB && len(s) >= 4 {
		return 4
	}
	return min(2, len(s))
}

func lengthUTF8(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

// utf16BE decodes big-endian UTF-16; a single byte stands for itself.
func utf16BE(s string) string {
	if len(s) == 1 {
		return string(rune(s[0]))
	}
	u := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		u = append(u, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(u))
}

func utf32BE(s string) string {
	if len(s) < 4 {
		return ""
	}
	return string(rune(codeOf(s)))
}

// codeOf is the number that a code's bytes spell (of at most four bytes).
func codeOf(s string) uint32 {
	v := uint32(0)
	for i := 0; i < len(s); i++ {
		v = v<<8 | uint32(s[i])
	}
	return v
}
