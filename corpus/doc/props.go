package doc

import (
	"sort"

	"mingxi/corpus/ole"
)

// papx are the properties of the paragraphs in a range of the file.
type papx struct {
	from, to int
	style    int
	list     []byte
}

// chpx are the properties of the characters in a range of the file.
type chpx struct {
	from, to int
	chp
}

// chp says what of a run concerns the text.
type chp struct {
	deleted, hidden bool
	raised, lowered bool
	symbol          rune // a sign, by its place in symbolFont
	symbolFont      string
	font            string // of the run, if its characters are signs
	eastAsian       bool   // … but not those that stand in Chinese text
}

// Modifiers ("sprm") of property lists.
const (
	sprmCDeleted      = 0x0800
	sprmCHidden       = 0x083c
	sprmCPosition     = 0x2a48
	sprmCSymbol       = 0x6a09
	sprmCFontASCII    = 0x4a4f
	sprmCHint         = 0x286f
	sprmPStyle        = 0x4600
	sprmPLevel        = 0x260a
	sprmPList         = 0x460b
	sprmPInTable      = 0x2416
	sprmPRowEnd       = 0x2417
	sprmPOutline      = 0x2640
	sprmPHuge         = 0x6646
	sprmPDepth        = 0x6649
	sprmPInnerCell    = 0x244b
	sprmPInnerRowEnd  = 0x244c
	sprmTDefinition   = 0xd608
	sprmTHeader       = 0x3404
	sprmPTabs         = 0xc615
	sprmPHugeObsolete = 0x6645
)

// each calls f for the modifiers of a property list, with their operands.
func each(list []byte, f func(sprm int, operand []byte)) {
	for len(list) >= 2 {
		sprm := ole.U16(list, 0)
		list = list[2:]
		size := 0
		switch sprm >> 13 {
		case 0, 1:
			size = 1
		case 2, 4, 5:
			size = 2
		case 3:
			size = 4
		case 7:
			size = 3
		case 6:
			switch {
			case sprm == sprmTDefinition:
				size = ole.U16(list, 0) + 1
			case sprm == sprmPTabs && ole.U8(list, 0) == 255:
				deleted := ole.U8(list, 1)
				size = 2 + 4*deleted + 1 + 3*ole.U8(list, 2+4*deleted)
			default:
				size = ole.U8(list, 0) + 1
			}
		}
		if size > len(list) {
			return
		}
		f(sprm, list[:size])
		list = list[size:]
	}
}

// readProps reads the pages that hold the properties.
func (r *reader) readProps() {
	r.pages(r.pair(fcParaProps), func(page []byte, i, n, from, to int) {
		at := 2 * ole.U8(page, 4*(n+1)+13*i)
		size := 2*ole.U8(page, at) - 1
		if size < 0 {
			at++
			size = 2 * ole.U8(page, at)
		}
		b := cut(page, at+1, size)
		if at == 0 {
			b = nil
		}
		p := papx{from: from, to: to, style: ole.U16(b, 0)}
		if len(b) > 2 {
			p.list = b[2:]
		}
		r.paps = append(r.paps, p)
	})
	r.pages(r.pair(fcCharProps), func(page []byte, i, n, from, to int) {
		at := 2 * ole.U8(page, 4*(n+1)+i)
		if at == 0 {
			return
		}
		c := chpx{from: from, to: to}
		c.read(cut(page, at+1, ole.U8(page, at)), r.signs)
		if c.chp != (chp{}) {
			r.chps = append(r.chps, c)
		}
	})
	sort.SliceStable(r.paps, func(i, j int) bool { return r.paps[i].from < r.paps[j].from })
	sort.SliceStable(r.chps, func(i, j int) bool { return r.chps[i].from < r.chps[j].from })
}

// pages walks the pages of 512 bytes that an index points to; f is called for
// each of the n ranges of a page.
func (r *reader) pages(index []byte, f func(page []byte, i, n, from, to int)) {
	pages := min((len(index)-4)/8, len(r.word)/512+1)
	for k := range max(pages, 0) {
		number := ole.U32(index, 4*((len(index)-4)/8+1)+4*k) & 0x3fffff
		page := cut(r.word, number*512, 512)
		if len(page) < 512 {
			continue
		}
		n := int(page[511])
		if 4*(n+1)+n > 511 {
			continue
		}
		for i := range n {
			f(page, i, n, ole.U32(page, 4*i), ole.U32(page, 4*i+4))
		}
	}
}

// read takes properties of a run; signs are the fonts of signs by their number.
func (c *chp) read(list []byte, signs map[int]string) {
	each(list, func(sprm int, b []byte) {
		switch sprm {
		case sprmCDeleted:
			c.deleted = b[0] == 1
		case sprmCHidden:
			c.hidden = b[0] == 1
		case sprmCPosition:
			c.raised, c.lowered = b[0] == 1, b[0] == 2
		case sprmCSymbol:
			c.symbol, c.symbolFont = rune(ole.U16(b, 2)), signs[ole.U16(b, 0)]
		case sprmCFontASCII:
			c.font = signs[ole.U16(b, 0)]
		case sprmCHint:
			c.eastAsian = b[0] == 1
		}
	})
}

// run is the properties of a character.
func (r *reader) run(cp int) chp {
	at, p := r.fc(cp)
	i := sort.Search(len(r.chps), func(i int) bool { return r.chps[i].to > at })
	var c chp
	if i < len(r.chps) && r.chps[i].from <= at {
		c = r.chps[i].chp
	}
	if p.extra != nil {
		c.read(p.extra, r.signs)
	}
	return c
}

// pap says what of a paragraph concerns the text.
type pap struct {
	end       int // file offset where its range ends
	style     int
	list      int // 1-based, 0 for none
	level     int
	outline   int // 1-9, 10 for body text, 0 if not set
	depth     int // of nested tables
	rowEnd    bool
	innerCell bool
	innerRow  bool
	header    bool
	grid      []byte // definition of the row
}

// paragraph is the properties of the paragraph whose mark is at cp.
func (r *reader) paragraph(cp int) (p pap) {
	at, piece := r.fc(cp)
	i := sort.Search(len(r.paps), func(i int) bool { return r.paps[i].to > at })
	if i == len(r.paps) || r.paps[i].from > at {
		return p
	}
	x := r.paps[i]
	p.end, p.style = x.to, x.style
	each(x.list, func(sprm int, b []byte) {
		if sprm == sprmPStyle {
			p.style = ole.U16(b, 0)
		}
	})
	r.inherit(p.style, &p)
	p.read(x.list, r.data)
	p.read(piece.extra, nil)
	return p
}

func (p *pap) read(list, data []byte) {
	each(list, func(sprm int, b []byte) {
		switch sprm {
		case sprmPLevel:
			p.level = min(int(b[0]), 8)
		case sprmPList:
			if p.list = ole.U16(b, 0); p.list > 2046 {
				p.list = 0
			}
		case sprmPOutline:
			p.outline = int(b[0]) + 1
		case sprmPInTable:
			if b[0] != 0 {
				p.depth = max(p.depth, 1)
			}
		case sprmPDepth:
			p.depth = max(p.depth, min(ole.U32(b, 0), 16))
		case sprmPRowEnd:
			p.rowEnd = b[0] != 0
		case sprmPInnerCell:
			p.innerCell = b[0] != 0
		case sprmPInnerRowEnd:
			p.innerRow = b[0] != 0
		case sprmTHeader:
			p.header = b[0] != 0
		case sprmTDefinition:
			p.grid = b
		case sprmPHuge, sprmPHugeObsolete:
			if data != nil {
				at := ole.U32(b, 0)
				p.read(cut(data, at+2, ole.U16(data, at)), nil)
			}
		}
	})
}
