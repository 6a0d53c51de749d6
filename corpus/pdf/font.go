package pdf

import (
	"math"
	"strconv"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/text/encoding/charmap"
)

// A font turns the strings of a content stream into characters with widths.
//
// The text of a code comes from, in this order: ToUnicode; the predefined CMap
// that the font names (GBK-EUC-H is GBK); the character collection of its CIDs
// (Adobe-GB1); glyph names and the encoding of an 8-bit font.
type font struct {
	id        int
	composite bool
	vertical  bool
	enc       *cmap // of a composite font
	toUnicode *cmap
	order     *collection
	simple    [256]string // of an 8-bit font

	widths  map[int]float64 // by CID or code, in thousandths of an em
	spans   []widthSpan
	missing float64
	down    float64 // advance of vertical writing, in thousandths (negative: downwards)

	em    float64 // Type 3: glyph space to thousandths of an em; else 1
	scale float64 // Type 3: what the font size is multiplied by to get an em; else 1
}

// A widthSpan gives the codes from first to last one width.
type widthSpan struct {
	first, last int
	width       float64
}

const maxSpans = 2000

// width returns the width of a CID.
func (f *font) width(cid int) float64 {
	if w, ok := f.widths[cid]; ok {
		return w
	}
	for _, s := range f.spans {
		if s.first <= cid && cid <= s.last {
			return s.width
		}
	}
	return f.missing
}

// A code is one character code of a string.
type code struct {
	text  string
	width float64 // in thousandths of the font size
	space bool    // word spacing applies: the single byte 32
	raw   uint32
}

func (o *objects) font(x types.Object, id int) *font {
	d := o.dict(x)
	f := &font{id: id, widths: map[int]float64{}, em: 1, scale: 1}
	if d == nil {
		f.missing = 500 // no font: no text
		return f
	}
	if s, ok := o.resolve(d["ToUnicode"]).(types.StreamDict); ok {
		f.toUnicode = o.cmapStream(s, 0)
	} else if n := o.name(d["ToUnicode"]); n != "" {
		f.toUnicode = &cmap{identity: true}
	}
	switch o.name(d["Subtype"]) {
	case "Type0":
		f.loadComposite(o, d)
	case "Type3":
		f.loadType3(o, d)
		f.simpleEncoding(o, d)
	default:
		f.simpleWidths(o, d)
		f.simpleEncoding(o, d)
	}
	return f
}

// cmapStream reads an embedded CMap with the CMaps it builds upon.
func (o *objects) cmapStream(s types.StreamDict, depth int) *cmap {
	var base *cmap
	switch u := o.resolve(s.Dict["UseCMap"]).(type) {
	case types.Name:
		base, _ = namedCMap(string(u))
	case types.StreamDict:
		if depth < 4 {
			base = o.cmapStream(u, depth+1)
		}
	}
	m := parseCMap(o.stream(s), base)
	if n, ok := o.num(s.Dict["WMode"]); ok {
		m.vertical = n == 1
	}
	return m
}

func (f *font) loadComposite(o *objects, d types.Dict) {
	f.composite = true
	switch e := o.resolve(d["Encoding"]).(type) {
	case types.Name:
		f.enc, _ = namedCMap(string(e))
	case types.StreamDict:
		f.enc = o.cmapStream(e, 0)
	}
	if f.enc == nil {
		f.enc = &cmap{identity: true}
	}
	f.vertical = f.enc.vertical
	var desc types.Dict
	if a := o.array(d["DescendantFonts"]); len(a) > 0 {
		desc = o.dict(a[0])
	}
	info := o.dict(desc["CIDSystemInfo"])
	f.order = collectionFor(o.str(info["Ordering"]))
	if f.order == nil {
		f.order = collectionFor(f.enc.ordering())
	}
	f.missing = o.number(desc["DW"], 1000)
	f.down = -1000
	if v := o.numbers(desc["DW2"]); len(v) == 2 && v[1] < 0 {
		f.down = v[1]
	}
	f.loadW(o, o.array(desc["W"]))
}

// loadW reads the W array of a CID font: "c [w w …]" and "first last w".
func (f *font) loadW(o *objects, a types.Array) {
	for i := 0; i+1 < len(a); {
		first, ok := o.num(a[i])
		if !ok {
			i++
			continue
		}
		if ws := o.array(a[i+1]); ws != nil {
			for j, w := range ws {
				f.widths[int(first)+j] = o.number(w, f.missing)
			}
			i += 2
			continue
		}
		if i+2 >= len(a) {
			return
		}
		last := o.number(a[i+1], first)
		w := o.number(a[i+2], f.missing)
		if len(f.spans) < maxSpans {
			f.spans = append(f.spans, widthSpan{int(first), int(last), w})
		}
		i += 3
	}
}

func (f *font) simpleWidths(o *objects, d types.Dict) {
	desc := o.dict(d["FontDescriptor"])
	f.missing = o.number(desc["MissingWidth"], 0)
	first := int(o.number(d["FirstChar"], 0))
	ws := o.array(d["Widths"])
	for i, w := range ws {
		f.widths[first+i] = o.number(w, f.missing)
	}
	if len(ws) == 0 && f.missing == 0 {
		f.missing = 520 // one of the standard fonts: near enough for the layout
	}
}

func (f *font) loadType3(o *objects, d types.Dict) {
	m, ok := matrixOf(o.numbers(d["FontMatrix"]))
	if !ok {
		m = matrix{0.001, 0, 0, 0.001, 0, 0}
	}
	f.em = m.a * 1000
	if f.em == 0 {
		f.em = 1
	}
	first := int(o.number(d["FirstChar"], 0))
	widest := 0.0
	for i, w := range o.array(d["Widths"]) {
		n := o.number(w, 0)
		f.widths[first+i] = n
		widest = math.Max(widest, math.Abs(n))
	}
	f.scale = type3Scale(m, widest, o.numbers(d["FontBBox"]))
}

// type3Scale guesses how large an em of a Type 3 font is for a font size of 1.
// Most have 1000 units to the em; bitmap fonts have a unit a pixel.
func type3Scale(m matrix, widest float64, box []float64) float64 {
	d := math.Abs(m.d)
	if d == 0 {
		d = math.Abs(m.a)
	}
	if s := d * 1000; s > 0.4 && s < 2.5 {
		return s
	}
	if s := widest * math.Max(math.Abs(m.a), math.Abs(m.b)); s > 0 {
		return s // a hanzi is as wide as the em, and so, nearly, is a W
	}
	if len(box) == 4 && box[3] != box[1] {
		if s := math.Abs(box[3]-box[1]) * d * 0.8; s > 0 {
			return s
		}
	}
	return 1
}

// simpleEncoding fills the table of an 8-bit font.
func (f *font) simpleEncoding(o *objects, d types.Dict) {
	base := "StandardEncoding"
	var diffs types.Array
	switch e := o.resolve(d["Encoding"]).(type) {
	case types.Name:
		base = string(e)
	case types.Dict:
		if n := o.name(e["BaseEncoding"]); n != "" {
			base = n
		}
		diffs = o.array(e["Differences"])
	}
	table := charmap.Windows1252 // also near enough for StandardEncoding
	if base == "MacRomanEncoding" {
		table = charmap.Macintosh
	}
	for i := 0x20; i < 256; i++ {
		if r := table.DecodeByte(byte(i)); r != 0xFFFD && r >= ' ' {
			f.simple[i] = string(r)
		}
	}
	n := 0
	for _, e := range diffs {
		if v, ok := o.num(e); ok {
			n = int(v)
			continue
		}
		if n >= 0 && n < 256 {
			f.simple[n] = glyphText(o.name(e))
			if f.simple[n] == "" && o.name(e) == "a"+strconv.Itoa(n) && n > ' ' && n < 0x7F {
				f.simple[n] = string(rune(n)) // bitmap fonts made by TeX
			}
		}
		n++
	}
}

// codes cuts a string into its character codes.
func (f *font) codes(s string, out []code) []code {
	out = out[:0]
	if !f.composite {
		for i := 0; i < len(s); i++ {
			out = append(out, f.simpleCode(s[i]))
		}
		return out
	}
	for len(s) > 0 {
		n := max(1, f.enc.length(s))
		out = append(out, f.compositeCode(s[:n]))
		s = s[n:]
	}
	return out
}

func (f *font) simpleCode(b byte) code {
	c := code{raw: uint32(b), space: b == ' '}
	w, ok := f.widths[int(b)]
	if !ok {
		w = f.missing
	}
	c.width = w * f.em
	if f.toUnicode != nil {
		if s, ok := f.mapped(uint32(b), string(b)); ok {
			c.text = s
			return c
		}
	}
	c.text = f.simple[b]
	if c.text == "" && c.width > 0 {
		c.text = "\uFFFD"
	}
	return c
}

func (f *font) compositeCode(s string) code {
	c := code{raw: codeOf(s), space: len(s) == 1 && s[0] == ' '}
	cid, known := f.enc.cid(s)
	c.width = f.missing
	if known {
		c.width = f.width(cid)
	}
	if f.toUnicode != nil {
		if t, ok := f.mapped(c.raw, s); ok {
			c.text = t
			return c
		}
	}
	if t := f.enc.text(s); t != "" {
		c.text = t
		return c
	}
	if known {
		c.text = f.order.text(cid)
	}
	if c.text == "" && cid != 0 {
		c.text = "\uFFFD"
	}
	return c
}

// mapped asks ToUnicode. An answer of NUL or U+FFFD is none.
func (f *font) mapped(v uint32, s string) (string, bool) {
	if f.toUnicode.identity {
		return utf16BE(s), true
	}
	t, ok := f.toUnicode.unicode(v)
	if !ok || t == "\x00" || t == "\uFFFD" {
		return "", false
	}
	return t, true
}
