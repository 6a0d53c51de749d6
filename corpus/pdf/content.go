package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/text/encoding/charmap"
)

// textState is what the text operators set; q and Q keep it with the matrix.
type textState struct {
	ctm                    matrix
	font                   *font
	size                   float64
	charSpace, wordSpace   float64
	stretch, leading, rise float64
	lineWidth              float64
}

// An interpreter runs the content streams of one page and collects glyphs and
// ruled lines.
type interpreter struct {
	o      *objects
	fonts  *fontCache
	page   *page
	state  textState
	stack  []textState
	tm, lm matrix // text and line matrix
	path   path
	marks  []mark
	hidden int // marks that hide their content
	forms  int // form XObjects run so far
	codes  []code
	layers map[int]bool // objects of optional content that are off
}

// A mark is an open marked-content sequence.
type mark struct {
	actual bool
	text   string
	start  int // of its glyphs
	hides  bool
}

// resources is a resource dictionary and the fonts already taken from it.
type resources struct {
	dict  types.Dict
	outer *resources // of the form or page around, which files lean on against the rules
	fonts map[string]*font
}

// find looks up a named resource.
func (in *interpreter) find(r *resources, kind, name string) types.Object {
	for n := 0; r != nil && n < maxDepth; r, n = r.outer, n+1 {
		if x, ok := in.o.dict(r.dict[kind])[name]; ok {
			return x
		}
	}
	return nil
}

const (
	maxForms    = 20_000
	maxStack    = 512
	maxOperands = 4096
)

// fontCache keeps fonts by object number for the whole file.
type fontCache struct {
	byRef map[int]*font
	n     int
}

func (in *interpreter) lookFont(r *resources, name string) *font {
	if f, ok := r.fonts[name]; ok {
		return f
	}
	f := in.fontOf(in.find(r, "Font", name))
	r.fonts[name] = f
	return f
}

func (in *interpreter) fontOf(x types.Object) *font {
	ref, isRef := x.(types.IndirectRef)
	if isRef {
		if f, ok := in.fonts.byRef[ref.ObjectNumber.Value()]; ok {
			return f
		}
	}
	in.fonts.n++
	f := in.o.font(x, in.fonts.n)
	if isRef {
		in.fonts.byRef[ref.ObjectNumber.Value()] = f
	}
	return f
}

func (in *interpreter) resources(x types.Object, outer *resources) *resources {
	d := in.o.dict(x)
	if d == nil && outer != nil {
		return outer
	}
	return &resources{dict: d, outer: outer, fonts: map[string]*font{}}
}

// run interprets a content stream.
func (in *interpreter) run(b []byte, r *resources, depth int) {
	l := lexer{b: b}
	var args []operand
	for {
		o := l.next()
		if o.kind == kNone {
			return
		}
		if in.o.b.over() {
			panic(ErrLimit)
		}
		if o.kind != kWord {
			if len(args) < maxOperands && o.kind != kClose {
				args = append(args, o)
			}
			continue
		}
		switch o.str {
		case "true", "false", "null":
			args = append(args, o)
			continue
		case "BI":
			in.inlineImage(&l)
		case "Do":
			in.xobject(args, r, depth)
		case "BDC", "BMC":
			in.beginMark(args, r)
		case "EMC":
			in.endMark()
		case "Tf":
			in.setFont(args, r)
		case "gs":
			in.extState(args, r)
		default:
			if !in.textOp(o.str, args) && !in.stateOp(o.str, args) {
				in.pathOp(o.str, args)
			}
		}
		args = args[:0]
	}
}

// nums returns the last n operands as numbers.
func nums(args []operand, n int) ([]float64, bool) {
	if len(args) < n {
		return nil, false
	}
	out := make([]float64, n)
	for i, a := range args[len(args)-n:] {
		if a.kind != kNumber {
			return nil, false
		}
		out[i] = a.num
	}
	return out, true
}

func (in *interpreter) setFont(args []operand, r *resources) {
	if len(args) < 2 || args[len(args)-2].kind != kName {
		return
	}
	in.state.font = in.lookFont(r, args[len(args)-2].str)
	in.state.size = args[len(args)-1].num
}

func (in *interpreter) extState(args []operand, r *resources) {
	if len(args) == 0 {
		return
	}
	gs := in.o.dict(in.find(r, "ExtGState", args[len(args)-1].str))
	if f := in.o.array(gs["Font"]); len(f) == 2 {
		in.state.font = in.fontOf(f[0])
		in.state.size = in.o.number(f[1], in.state.size)
	}
}

func (in *interpreter) stateOp(op string, args []operand) bool {
	switch op {
	case "q":
		if len(in.stack) < maxStack {
			in.stack = append(in.stack, in.state)
		}
	case "Q":
		if n := len(in.stack); n > 0 {
			in.state = in.stack[n-1]
			in.stack = in.stack[:n-1]
		}
	case "cm":
		if v, ok := nums(args, 6); ok {
			m, _ := matrixOf(v)
			if m = m.then(in.state.ctm); m.sane() {
				in.state.ctm = m
			}
		}
	case "w":
		if v, ok := nums(args, 1); ok {
			in.state.lineWidth = v[0]
		}
	default:
		return false
	}
	return true
}

func (in *interpreter) textOp(op string, args []operand) bool {
	switch op {
	case "BT":
		in.tm, in.lm = identity, identity
	case "ET":
	case "Tc", "Tw", "Tz", "TL", "Ts", "Tr":
		in.textParameter(op, args)
	case "Td", "TD":
		if v, ok := nums(args, 2); ok {
			if op == "TD" {
				in.state.leading = -v[1]
			}
			in.newLine(v[0], v[1])
		}
	case "Tm":
		if v, ok := nums(args, 6); ok {
			m, _ := matrixOf(v)
			in.tm, in.lm = m, m
		}
	case "T*":
		in.newLine(0, -in.state.leading)
	case "Tj", "'", "\"":
		in.quote(op, args)
	case "TJ":
		if len(args) > 0 {
			in.showArray(args[len(args)-1].arr)
		}
	default:
		return false
	}
	return true
}

func (in *interpreter) quote(op string, args []operand) {
	if op == "\"" && len(args) >= 3 {
		if v, ok := nums(args[:len(args)-1], 2); ok {
			in.state.wordSpace, in.state.charSpace = v[0], v[1]
		}
	}
	if op != "Tj" {
		in.newLine(0, -in.state.leading)
	}
	if len(args) > 0 && args[len(args)-1].kind == kString {
		in.show(args[len(args)-1].str)
	}
}

func (in *interpreter) textParameter(op string, args []operand) {
	v, ok := nums(args, 1)
	if !ok {
		return
	}
	switch op {
	case "Tc":
		in.state.charSpace = v[0]
	case "Tw":
		in.state.wordSpace = v[0]
	case "Tz":
		in.state.stretch = v[0] / 100
	case "TL":
		in.state.leading = v[0]
	case "Ts":
		in.state.rise = v[0]
	}
}

func (in *interpreter) newLine(x, y float64) {
	in.lm = matrix{1, 0, 0, 1, x, y}.then(in.lm)
	in.tm = in.lm
}

func (in *interpreter) showArray(arr []operand) {
	for _, e := range arr {
		switch e.kind {
		case kString:
			in.show(e.str)
		case kNumber:
			in.advance(-e.num / 1000 * in.state.size)
		}
	}
}

// advance moves the text position along the writing direction.
func (in *interpreter) advance(by float64) {
	x, y := by*in.state.stretch, 0.0
	if f := in.state.font; f != nil && f.vertical {
		x, y = 0, by
	}
	in.tm = matrix{1, 0, 0, 1, x, y}.then(in.tm)
}

// show draws a string.
func (in *interpreter) show(s string) {
	st := &in.state
	if st.font == nil {
		st.font = in.fontOf(nil)
	}
	in.codes = st.font.codes(s, in.codes)
	for _, c := range in.codes {
		by := c.width / 1000 * st.size
		if st.font.vertical {
			by = st.font.down / 1000 * st.size
		}
		extra := st.charSpace
		if c.space {
			extra += st.wordSpace
		}
		in.draw(c, by)
		if st.font.vertical {
			extra = -extra
			in.advance(by + extra)
			continue
		}
		in.advance(by + extra)
	}
}

// draw adds one glyph at the text position; by is its advance in text space.
func (in *interpreter) draw(c code, by float64) {
	if in.hidden > 0 || len(in.page.glyphs) >= maxGlyphs {
		return
	}
	st := &in.state
	m := in.tm.then(st.ctm)
	if !m.sane() {
		return
	}
	g := glyph{s: clean(c.text), font: int32(st.font.id), vertical: st.font.vertical, seq: int32(len(in.page.glyphs))}
	g.x, g.y = m.point(0, st.rise)
	ux, uy := m.vector(0, st.size)
	g.size = math.Hypot(ux, uy) * st.font.scale
	dx, dy := m.vector(sign(st.size)*st.stretch, 0)
	wx, wy := m.vector(by*st.stretch, 0)
	if g.vertical {
		dx, dy = m.vector(0, -sign(st.size))
		wx, wy = m.vector(0, by)
	}
	g.w = math.Hypot(wx, wy)
	g.dir = directionOf(dx, dy)
	if g.size < 0.1 || g.size > 5000 {
		return
	}
	if g.s == "\uFFFD" {
		g.s, g.unknown = "", true
	}
	if in.o.b.glyphs++; in.o.b.glyphs > maxText {
		panic(ErrLimit)
	}
	in.page.glyphs = append(in.page.glyphs, g)
}

func sign(x float64) float64 {
	if x < 0 {
		return -1
	}
	return 1
}

// clean drops characters that no text holds and folds radicals.
func clean(s string) string {
	if s == "" {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == '\u00A0' || r == '\u3000' || r >= 0x2000 && r <= 0x200A:
			return ' '
		case r < ' ' || r == 0x7F || r == 0xFEFF || r == 0xAD || r >= 0x200B && r <= 0x200F:
			return -1
		}
		return r
	}, s)
	return foldRadicals(s)
}

func (in *interpreter) xobject(args []operand, r *resources, depth int) {
	if len(args) == 0 {
		return
	}
	x := in.find(r, "XObject", args[len(args)-1].str)
	s, ok := in.o.resolve(x).(types.StreamDict)
	if !ok {
		return
	}
	switch in.o.name(s.Dict["Subtype"]) {
	case "Image":
		in.image()
	case "Form":
		in.form(x, s, r, depth)
	}
}

// image counts the share of the page that an image covers.
func (in *interpreter) image() {
	m := in.state.ctm
	area := math.Abs(m.a*m.d - m.b*m.c)
	if whole := in.page.width * in.page.height; whole > 0 {
		in.page.images = math.Min(1, in.page.images+area/whole)
	}
}

func (in *interpreter) form(x types.Object, s types.StreamDict, r *resources, depth int) {
	in.forms++
	in.o.b.charge(workPerForm)
	if depth >= maxDepth || in.forms > maxForms || in.off(s.Dict["OC"]) {
		return
	}
	saved, stack, tm, lm := in.state, in.stack, in.tm, in.lm
	in.stack = nil
	if m, ok := matrixOf(in.o.numbers(s.Dict["Matrix"])); ok {
		if m = m.then(in.state.ctm); m.sane() {
			in.state.ctm = m
		}
	}
	in.run(in.o.formStream(x), in.resources(s.Dict["Resources"], r), depth+1)
	in.state, in.stack, in.tm, in.lm = saved, stack, tm, lm
}

// inlineImage skips BI … ID data EI.
func (in *interpreter) inlineImage(l *lexer) {
	for {
		o := l.next()
		if o.kind == kNone {
			return
		}
		if o.kind == kWord && o.str == "ID" {
			break
		}
	}
	l.pos = endOfImage(l.b, min(l.pos+1, len(l.b)))
	in.image()
}

// endOfImage finds the EI that ends an inline image: between white space, and
// followed by what looks like a content stream.
func endOfImage(b []byte, from int) int {
	for i := from; i+1 < len(b); i++ {
		if b[i] != 'E' || b[i+1] != 'I' || i > from && !isSpace(b[i-1]) {
			continue
		}
		if i+2 < len(b) && !isSpace(b[i+2]) {
			continue
		}
		if plain(b[i+2 : min(i+24, len(b))]) {
			return i + 2
		}
	}
	return len(b)
}

func plain(b []byte) bool {
	return !slices.ContainsFunc(b, func(c byte) bool { return c > 0x7E || c < ' ' && !isSpace(c) })
}

func (in *interpreter) beginMark(args []operand, r *resources) {
	m := mark{start: len(in.page.glyphs)}
	if len(args) >= 2 {
		m = in.properties(args[len(args)-2].str, args[len(args)-1], r, m)
	}
	if m.hides {
		in.hidden++
	}
	if len(in.marks) < maxStack {
		in.marks = append(in.marks, m)
	}
}

func (in *interpreter) properties(tag string, p operand, r *resources, m mark) mark {
	if p.kind == kDict {
		if t, ok := p.get("ActualText"); ok && t.kind == kString {
			m.actual, m.text = true, textString(t.str)
		}
		return m
	}
	x := in.find(r, "Properties", p.str)
	if tag == "OC" {
		m.hides = in.off(x)
		return m
	}
	if t, ok := in.o.dict(x)["ActualText"]; ok {
		m.actual, m.text = true, textString(in.o.str(t))
	}
	return m
}

// off reports whether optional content is switched off in the file.
func (in *interpreter) off(x types.Object) bool {
	if len(in.layers) == 0 || x == nil {
		return false
	}
	if ref, ok := x.(types.IndirectRef); ok && in.layers[ref.ObjectNumber.Value()] {
		return true
	}
	d := in.o.dict(x)
	if in.o.name(d["Type"]) != "OCMD" {
		return false
	}
	if ref, ok := d["OCGs"].(types.IndirectRef); ok && in.layers[ref.ObjectNumber.Value()] {
		return true
	}
	a := in.o.array(d["OCGs"])
	for _, g := range a {
		if ref, ok := g.(types.IndirectRef); !ok || !in.layers[ref.ObjectNumber.Value()] {
			return false
		}
	}
	return len(a) > 0
}

func (in *interpreter) endMark() {
	n := len(in.marks)
	if n == 0 {
		return
	}
	m := in.marks[n-1]
	in.marks = in.marks[:n-1]
	if m.hides {
		in.hidden--
	}
	if m.actual {
		replaceText(in.page.glyphs[min(m.start, len(in.page.glyphs)):], clean(m.text))
	}
}

// replaceText lays ActualText over the glyphs it stands for: one character a
// glyph when the numbers agree, else all of it on the first glyph.
func replaceText(g []glyph, text string) {
	if len(g) == 0 {
		return
	}
	if utf8.RuneCountInString(text) == len(g) {
		i := 0
		for _, r := range text {
			g[i].s = string(r)
			i++
		}
		return
	}
	if joined(g) == text {
		return
	}
	g[0].s = text
	last := g[len(g)-1]
	if last.dir == g[0].dir && g[0].dir == right && math.Abs(last.y-g[0].y) < g[0].size {
		g[0].w = math.Max(g[0].w, last.x+last.w-g[0].x)
	}
	for i := 1; i < len(g); i++ {
		g[i].s = ""
	}
}

func joined(g []glyph) string {
	var b strings.Builder
	for i := range g {
		b.WriteString(g[i].s)
	}
	return b.String()
}

// textString decodes a PDF text string: UTF-16, UTF-8 or Latin.
func textString(s string) string {
	switch {
	case strings.HasPrefix(s, "\xFE\xFF"):
		return utf16BE(s[2:])
	case strings.HasPrefix(s, "\xEF\xBB\xBF"):
		return s[3:]
	}
	out, err := charmap.Windows1252.NewDecoder().String(s)
	if err != nil {
		return s
	}
	return out
}
