package pdf

import (
	"sort"
	"strings"
)

// A cmap cuts strings into codes and gives their CIDs or their characters. It
// serves for a font's Encoding and for its ToUnicode.
type cmap struct {
	vertical bool
	spaces   []codespace
	cids     []cidRange
	chars    map[uint32]string // bfchar
	ranges   []bfRange
	set      *charset // of a predefined CMap
	identity bool
	base     *cmap // usecmap
}

// A codespace says which codes of n bytes there are.
type codespace struct {
	n      int
	lo, hi string
}

type cidRange struct {
	lo, hi uint32
	cid    int
}

// A bfRange maps codes lo..hi to dst, dst+1, …: only the last character counts up.
type bfRange struct {
	lo, hi uint32
	dst    []rune
}

const maxEntries = 200_000

// namedCMap finds a predefined CMap: Identity-H, GBK-EUC-V, UniGB-UCS2-H …
func namedCMap(name string) (*cmap, bool) {
	stem, dir, found := cutLast(name, "-")
	if name == "H" || name == "V" {
		stem, dir, found = "", name, true
	}
	if !found || dir != "H" && dir != "V" {
		return nil, false
	}
	if stem == "Identity" {
		return &cmap{identity: true, vertical: dir == "V"}, true
	}
	set, ok := predefined(stem)
	if !ok {
		return nil, false
	}
	return &cmap{set: &set, vertical: dir == "V"}, true
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// parseCMap reads a CMap stream. base, from the stream's dictionary, may be nil.
func parseCMap(b []byte, base *cmap) *cmap {
	m := &cmap{chars: map[uint32]string{}, base: base}
	if base != nil {
		m.vertical = base.vertical
	}
	l := lexer{b: b}
	var last, before operand
	for n := 0; n < 4*maxEntries; n++ {
		o := l.next()
		if o.kind == kNone {
			break
		}
		if o.kind == kWord {
			m.operator(&l, o.str, last, before)
		}
		before, last = last, o
	}
	m.sort()
	return m
}

func (m *cmap) operator(l *lexer, op string, last, before operand) {
	switch op {
	case "usecmap":
		if b, ok := namedCMap(last.str); ok && m.base == nil {
			m.base = b
			m.vertical = m.vertical || b.vertical
		}
	case "def":
		if before.kind == kName && before.str == "WMode" && last.kind == kNumber {
			m.vertical = last.num == 1
		}
	case "begincodespacerange":
		m.section(l, 2, func(o []operand) {
			if len(o[0].str) == len(o[1].str) && len(o[0].str) > 0 && len(o[0].str) <= 4 {
				m.spaces = append(m.spaces, codespace{len(o[0].str), o[0].str, o[1].str})
			}
		})
	case "begincidchar":
		m.section(l, 2, func(o []operand) { m.addCID(o[0], o[0], o[1]) })
	case "begincidrange":
		m.section(l, 3, func(o []operand) { m.addCID(o[0], o[1], o[2]) })
	case "beginbfchar":
		m.section(l, 2, func(o []operand) { m.addChar(codeOf(o[0].str), o[1]) })
	case "beginbfrange":
		m.section(l, 3, func(o []operand) { m.addRange(o[0], o[1], o[2]) })
	}
}

// section reads groups of n operands up to the next keyword (endbfchar …).
func (m *cmap) section(l *lexer, n int, add func([]operand)) {
	group := make([]operand, 0, n)
	for {
		o := l.next()
		if o.kind == kNone || o.kind == kWord {
			return
		}
		if o.kind == kClose {
			continue
		}
		group = append(group, o)
		if len(group) == n {
			if len(m.cids)+len(m.chars)+len(m.ranges) < maxEntries {
				add(group)
			}
			group = group[:0]
		}
	}
}

func (m *cmap) addCID(lo, hi, cid operand) {
	if lo.kind == kString && hi.kind == kString && cid.kind == kNumber && cid.num >= 0 && cid.num < 1<<24 {
		m.cids = append(m.cids, cidRange{codeOf(lo.str), codeOf(hi.str), int(cid.num)})
	}
}

func (m *cmap) addChar(code uint32, dst operand) {
	switch dst.kind {
	case kString:
		m.chars[code] = utf16BE(dst.str)
	case kName:
		m.chars[code] = glyphText(dst.str)
	case kNumber:
		m.chars[code] = string(rune(dst.num))
	}
}

func (m *cmap) addRange(lo, hi, dst operand) {
	a, z := codeOf(lo.str), codeOf(hi.str)
	if z < a {
		return
	}
	switch dst.kind {
	case kArray:
		for i, d := range dst.arr {
			if uint32(i) > z-a || len(m.chars) > maxEntries {
				return
			}
			m.addChar(a+uint32(i), d)
		}
	case kString:
		if r := []rune(utf16BE(dst.str)); len(r) > 0 {
			m.ranges = append(m.ranges, bfRange{a, z, r})
		}
	case kNumber:
		m.ranges = append(m.ranges, bfRange{a, z, []rune{rune(dst.num)}})
	}
}

func (m *cmap) sort() {
	sort.SliceStable(m.ranges, func(i, j int) bool { return m.ranges[i].lo < m.ranges[j].lo })
	sort.SliceStable(m.cids, func(i, j int) bool { return m.cids[i].lo < m.cids[j].lo })
}

// overlap bounds how many overlapping ranges are looked through.
const overlap = 8

// unicode returns the text that a ToUnicode CMap gives for a code.
func (m *cmap) unicode(code uint32) (string, bool) {
	if s, ok := m.chars[code]; ok {
		return s, true
	}
	i := sort.Search(len(m.ranges), func(i int) bool { return m.ranges[i].lo > code }) - 1
	for n := 0; i >= 0 && n < overlap; i, n = i-1, n+1 {
		if r := m.ranges[i]; code <= r.hi {
			return countUp(r.dst, code-r.lo), true
		}
	}
	if cid, ok := m.ownCID(code); ok { // a ToUnicode written with cidrange
		return string(rune(cid)), true
	}
	if m.base != nil {
		return m.base.unicode(code)
	}
	return "", false
}

func countUp(dst []rune, by uint32) string {
	out := append([]rune(nil), dst...)
	out[len(out)-1] += rune(by)
	return string(out)
}

func (m *cmap) ownCID(code uint32) (int, bool) {
	i := sort.Search(len(m.cids), func(i int) bool { return m.cids[i].lo > code }) - 1
	for n := 0; i >= 0 && n < overlap; i, n = i-1, n+1 {
		if r := m.cids[i]; code <= r.hi {
			return r.cid + int(code-r.lo), true
		}
	}
	return 0, false
}

// length returns how many bytes the first code of s has.
func (m *cmap) length(s string) int {
	if m.identity {
		return min(2, len(s))
	}
	if m.set != nil {
		return m.set.length(s)
	}
	if n := m.matchSpace(s); n > 0 {
		return n
	}
	if m.base != nil {
		return m.base.length(s)
	}
	if len(m.spaces) > 0 {
		return min(m.spaces[0].n, len(s))
	}
	return min(2, len(s))
}

func (m *cmap) matchSpace(s string) int {
	for _, c := range m.spaces {
		if c.n <= len(s) && inSpace(s[:c.n], c) {
			return c.n
		}
	}
	return 0
}

func inSpace(s string, c codespace) bool {
	for i := 0; i < c.n; i++ {
		if s[i] < c.lo[i] || s[i] > c.hi[i] {
			return false
		}
	}
	return true
}

// cid returns the CID of a code. For predefined CMaps it is found by way of
// the character, which is right for all but rare variants.
func (m *cmap) cid(code string) (int, bool) {
	if m.identity {
		return int(codeOf(code)), true
	}
	if m.set != nil {
		return m.set.cid(code)
	}
	if cid, ok := m.ownCID(codeOf(code)); ok {
		return cid, true
	}
	if m.base != nil {
		return m.base.cid(code)
	}
	return 0, false
}

// text returns the characters that the CMap itself implies, or "": known for
// CMaps that are, or build upon, a predefined one.
func (m *cmap) text(code string) string {
	if m.set != nil {
		return m.set.decode(code)
	}
	if m.base != nil {
		if _, own := m.ownCID(codeOf(code)); !own {
			return m.base.text(code)
		}
	}
	return ""
}

// ordering names the collection that a predefined CMap's CIDs belong to.
func (m *cmap) ordering() string {
	for ; m != nil; m = m.base {
		if m.set != nil {
			return m.set.order
		}
	}
	return ""
}

// halfWidth is where half-width Latin letters begin in each collection.
var halfWidth = map[string]int{"GB1": 814, "CNS1": 13648}

func (c *charset) cid(code string) (int, bool) {
	s := c.decode(code)
	if s == "" {
		return 0, false
	}
	if len(code) == 1 && c.half && code[0] >= 0x20 && code[0] < 0x7F {
		return halfCID(c.order, code[0]), true
	}
	col := collectionFor(c.order)
	if col == nil {
		return 0, false
	}
	r := []rune(s)
	cid, ok := col.cids[r[0]]
	return cid, ok
}

// halfCID is the CID of a half-width Latin letter; GB1 has its space elsewhere.
func halfCID(order string, b byte) int {
	if order == "GB1" {
		if b == ' ' {
			return 7716
		}
		return halfWidth[order] + int(b) - 0x21
	}
	return halfWidth[order] + int(b) - 0x20
}
