package pdf

import (
	"bytes"
	"fmt"
	"sort"
	"strconv"

	"github.com/pdfcpu/pdfcpu/pkg/filter"
)

// A damaged file (cut off, moved offsets, wrong stream lengths, no cross
// references) is rebuilt: every "n g obj" in it is found by searching, the
// objects are written out anew with right lengths and a cross-reference table,
// and the result is read like any other file.

// found is an object of a damaged file.
type found struct {
	num, gen int
	value    operand
	stream   []byte // nil if it has none
	packed   bool   // from an object stream
}

// A wreck is what searching found.
type wreck struct {
	objects map[int]found
	trailer operand
	b       *budget
}

const maxFound = 1_000_000

// rebuild returns a sound file made of the objects of a damaged one.
func rebuild(data []byte, b *budget) ([]byte, bool) {
	w := &wreck{objects: map[int]found{}, trailer: operand{kind: kDict}, b: b}
	w.search(data)
	w.unpack()
	root := w.root()
	if root == 0 || b.spent() {
		return nil, false
	}
	return w.write(root), true
}

// search finds the objects and trailers. Of two with one number the later
// counts: files are updated by appending.
func (w *wreck) search(data []byte) {
	for pos := 0; len(w.objects) < maxFound; {
		i := bytes.Index(data[pos:], []byte("obj"))
		t := bytes.Index(data[pos:], []byte("trailer"))
		if i < 0 && t < 0 || w.b.over() {
			return
		}
		if i < 0 || t >= 0 && t < i {
			pos += t + len("trailer")
			l := lexer{b: data, pos: pos}
			w.addTrailer(l.next())
			continue
		}
		at := pos + i
		pos = at + len("obj")
		num, gen, ok := header(data[:at])
		if !ok {
			continue
		}
		o, end := readObject(data, pos)
		o.num, o.gen = num, gen
		if o.value.kind != kNone && o.value.kind != kWord {
			w.objects[num] = o
			if name(o.value, "Type") == "XRef" {
				w.addTrailer(o.value)
			}
		}
		pos = max(pos, end)
	}
}

// header reads the "12 0 " before "obj" backwards.
func header(b []byte) (num, gen int, ok bool) {
	gen, b, ok = trailingInt(b)
	if !ok {
		return 0, 0, false
	}
	num, _, ok = trailingInt(b)
	return num, gen, ok && num > 0 && num < 1<<23 && gen < 65536
}

func trailingInt(b []byte) (int, []byte, bool) {
	end := len(b)
	for end > 0 && isSpace(b[end-1]) && len(b)-end < 8 {
		end--
	}
	start := end
	for start > 0 && end-start < 9 && b[start-1] >= '0' && b[start-1] <= '9' {
		start--
	}
	v, err := strconv.Atoi(string(b[start:end]))
	return v, b[:start], err == nil
}

// readObject reads an object's value and stream from pos on.
func readObject(data []byte, pos int) (found, int) {
	// An object does not reach into the next one, however broken it is.
	limit := len(data)
	if n := bytes.Index(data[pos:], []byte("endobj")); n >= 0 {
		limit = pos + n
	}
	l := lexer{b: data[:limit], pos: pos}
	o := found{value: l.next()}
	if o.value.kind != kDict {
		return o, l.pos
	}
	l.b = data
	l.skipSpace()
	if !bytes.HasPrefix(data[l.pos:], []byte("stream")) {
		return o, l.pos
	}
	start := l.pos + len("stream")
	if start < len(data) && data[start] == '\r' {
		start++
	}
	if start < len(data) && data[start] == '\n' {
		start++
	}
	end := streamEnd(data, start, o.value)
	o.stream = data[start:end]
	if o.stream == nil {
		o.stream = []byte{}
	}
	return o, end
}

// streamEnd finds the end of stream data: the given length if "endstream"
// follows it, else where "endstream" or "endobj" stands.
func streamEnd(data []byte, start int, dict operand) int {
	if n, ok := dict.get("Length"); ok && n.kind == kNumber {
		if end := start + int(n.num); end >= start && end <= len(data) && endstreamAt(data, end) {
			return end
		}
	}
	end := len(data)
	for _, word := range []string{"endstream", "endobj"} {
		if i := bytes.Index(data[start:], []byte(word)); i >= 0 {
			end = start + i
			break
		}
	}
	if end > start && data[end-1] == '\n' {
		end--
	}
	if end > start && data[end-1] == '\r' {
		end--
	}
	return end
}

// endstreamAt reports whether "endstream" follows at pos, white space apart.
func endstreamAt(data []byte, pos int) bool {
	for n := 0; n < 4 && pos < len(data) && isSpace(data[pos]); n++ {
		pos++
	}
	return pos <= len(data) && bytes.HasPrefix(data[pos:], []byte("endstream"))
}

func name(o operand, key string) string {
	if v, ok := o.get(key); ok && v.kind == kName {
		return v.str
	}
	return ""
}

// addTrailer keeps what the last trailers say.
func (w *wreck) addTrailer(d operand) {
	for _, k := range []string{"Root", "Encrypt", "ID", "Info"} {
		if v, ok := d.get(k); ok {
			w.trailer.set(k, v)
		}
	}
}

func (o *operand) set(key string, v operand) {
	for i := 0; i+1 < len(o.arr); i += 2 {
		if o.arr[i].str == key {
			o.arr[i+1] = v
			return
		}
	}
	o.arr = append(o.arr, operand{kind: kName, str: key}, v)
}

// unpack writes the objects of object streams out as plain ones. Those of an
// encrypted file cannot be read here.
func (w *wreck) unpack() {
	if _, locked := w.trailer.get("Encrypt"); locked {
		return
	}
	for _, n := range w.numbers() {
		o := w.objects[n]
		if name(o.value, "Type") == "ObjStm" && o.stream != nil {
			w.unpackStream(o)
		}
	}
}

func (w *wreck) unpackStream(o found) {
	b := inflate(o)
	if !w.b.spend(len(b)) {
		return
	}
	first, ok1 := o.value.get("First")
	count, ok2 := o.value.get("N")
	if !ok1 || !ok2 || first.num < 0 || int(first.num) > len(b) {
		return
	}
	head := lexer{b: b[:int(first.num)]}
	for i := 0; i < int(count.num) && len(w.objects) < maxFound; i++ {
		num, off := head.next(), head.next()
		if num.kind != kNumber || off.kind != kNumber || w.b.over() {
			return
		}
		at := int(first.num) + int(off.num)
		if at < 0 || at > len(b) || num.num <= 0 || num.num >= 1<<23 {
			continue
		}
		if old, taken := w.objects[int(num.num)]; taken && !old.packed {
			continue
		}
		l := lexer{b: b, pos: at}
		if v := l.next(); v.kind != kNone && v.kind != kWord {
			w.objects[int(num.num)] = found{num: int(num.num), value: v, packed: true}
		}
	}
	delete(w.objects, o.num)
}

// inflate decodes an object stream; only Flate is met there.
func inflate(o found) []byte {
	if name(o.value, "Filter") == "" {
		if f, ok := o.value.get("Filter"); !ok || len(f.arr) != 1 {
			return o.stream
		}
	}
	parms := map[string]int{}
	if d, ok := o.value.get("DecodeParms"); ok {
		for i := 0; i+1 < len(d.arr); i += 2 {
			parms[d.arr[i].str] = int(d.arr[i+1].num)
		}
	}
	f, err := filter.NewFilter("FlateDecode", parms, maxStream)
	if err != nil {
		return nil
	}
	r, err := f.Decode(bytes.NewReader(o.stream))
	if err != nil || r == nil {
		return salvageFlate(o.stream)
	}
	var out bytes.Buffer
	out.ReadFrom(r)
	return out.Bytes()
}

func (w *wreck) numbers() []int {
	out := make([]int, 0, len(w.objects))
	for n := range w.objects {
		out = append(out, n)
	}
	sort.Ints(out)
	return out
}

// root returns the catalog's number. Without one a catalog is made of the page
// tree, without a page tree one of the pages found.
func (w *wreck) root() int {
	if r, ok := w.trailer.get("Root"); ok && r.kind == kRef {
		if c, ok := w.objects[int(r.num)]; ok {
			if p, ok := c.value.get("Pages"); ok && w.objects[int(p.num)].value.kind == kDict {
				return int(r.num)
			}
		}
	}
	catalog, tree := 0, 0
	var pages []operand
	top := 0
	for _, n := range w.numbers() {
		top = max(top, n)
		v := w.objects[n].value
		switch name(v, "Type") {
		case "Catalog":
			if p, ok := v.get("Pages"); ok && w.objects[int(p.num)].value.kind == kDict {
				catalog = n
			}
		case "Pages":
			if _, ok := v.get("Parent"); !ok {
				tree = n
			}
		case "Page":
			pages = append(pages, ref(n))
		}
	}
	switch {
	case catalog > 0:
		return catalog
	case tree == 0 && len(pages) == 0:
		return 0
	case tree == 0:
		tree = top + 2
		d := dictOf("Type", operand{kind: kName, str: "Pages"}, "Kids", operand{kind: kArray, arr: pages},
			"Count", operand{kind: kNumber, num: float64(len(pages))})
		w.objects[tree] = found{num: tree, value: d}
	}
	catalog = top + 1
	w.objects[catalog] = found{num: catalog, value: dictOf("Type", operand{kind: kName, str: "Catalog"}, "Pages", ref(tree))}
	return catalog
}

func ref(n int) operand { return operand{kind: kRef, num: float64(n), str: "0"} }

func dictOf(kv ...any) operand {
	o := operand{kind: kDict}
	for i := 0; i+1 < len(kv); i += 2 {
		o.set(kv[i].(string), kv[i+1].(operand))
	}
	return o
}

// write writes the file anew.
func (w *wreck) write(root int) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	nums := w.numbers()
	offsets := make(map[int]int, len(nums))
	for _, n := range nums {
		o := w.objects[n]
		if t := name(o.value, "Type"); t == "XRef" {
			continue
		}
		offsets[n] = out.Len()
		fmt.Fprintf(&out, "%d %d obj\n", n, o.gen)
		if o.stream != nil {
			o.value.set("Length", operand{kind: kNumber, num: float64(len(o.stream))})
		}
		o.value.write(&out)
		if o.stream != nil {
			out.WriteString("\nstream\n")
			out.Write(o.stream)
			out.WriteString("\nendstream")
		}
		out.WriteString("\nendobj\n")
	}
	start := out.Len()
	size := 1
	if len(nums) > 0 {
		size = nums[len(nums)-1] + 1
	}
	out.WriteString("xref\n0 1\n0000000000 65535 f \n")
	for _, n := range nums {
		if off, ok := offsets[n]; ok {
			fmt.Fprintf(&out, "%d 1\n%010d %05d n \n", n, off, w.objects[n].gen)
		}
	}
	w.trailer.set("Root", ref(root))
	w.trailer.set("Size", operand{kind: kNumber, num: float64(size)})
	out.WriteString("trailer\n")
	w.trailer.write(&out)
	fmt.Fprintf(&out, "\nstartxref\n%d\n%%%%EOF\n", start)
	return out.Bytes()
}

// write writes an operand in PDF syntax.
func (o operand) write(out *bytes.Buffer) {
	switch o.kind {
	case kNumber:
		out.WriteString(strconv.FormatFloat(o.num, 'f', -1, 64))
	case kName:
		writeName(out, o.str)
	case kString:
		fmt.Fprintf(out, "<%x>", o.str)
	case kRef:
		fmt.Fprintf(out, "%d %s R", int(o.num), o.str)
	case kWord:
		out.WriteString(o.str)
	case kArray:
		out.WriteByte('[')
		for _, e := range o.arr {
			e.write(out)
			out.WriteByte(' ')
		}
		out.WriteByte(']')
	case kDict:
		out.WriteString("<<")
		for i := 0; i+1 < len(o.arr); i += 2 {
			if o.arr[i].kind != kName {
				continue
			}
			o.arr[i].write(out)
			out.WriteByte(' ')
			o.arr[i+1].write(out)
			out.WriteByte('\n')
		}
		out.WriteString(">>")
	default:
		out.WriteString("null")
	}
}

func writeName(out *bytes.Buffer, s string) {
	out.WriteByte('/')
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c > '~' || isDelim(c) || c == '#' {
			fmt.Fprintf(out, "#%02x", c)
		} else {
			out.WriteByte(c)
		}
	}
}
