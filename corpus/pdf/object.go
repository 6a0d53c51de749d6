package pdf

import (
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// objects gives the objects of a file. It asks pdfcpu for syntax, cross
// references, decryption and filters, and for nothing else: pdfcpu's
// validation and optimisation would cost seconds and refuse damaged files.
type objects struct {
	ctx   *model.Context
	b     *budget
	forms map[int][]byte // decoded forms, which many pages share
	kept  int            // bytes in forms
}

// config is pdfcpu's configuration. It is written out here so that pdfcpu
// never looks for (or creates) a configuration directory.
func config(data []byte) *model.Configuration {
	size := len(data)
	packed := bytes.Count(data, []byte("/ObjStm")) + 1
	return &model.Configuration{
		Reader15:                  true,
		ValidationMode:            model.ValidationRelaxed,
		UnsupportedResourcePolicy: model.UnsupportedResourceSkip,
		Eol:                       types.EolLF,
		Offline:                   true,
		Cmd:                       model.EXTRACTCONTENT,
		Limits: model.ResourceLimits{
			MaxStreamBytes:       int64(size) + 1024,
			MaxDecodeBytes:       int64(min(maxStream, maxPacked/packed)),
			MaxImagePixels:       1 << 20,
			MaxImageBytes:        1 << 20,
			MaxObjectCount:       min(2_000_000, 100_000+size/4),
			MaxObjectStreamCount: 200_000,
			MaxObjectStreamFirst: 8 << 20,
			MaxXRefEntries:       min(2_000_000, 100_000+size/4),
			MaxRecursionDepth:    64,
		},
	}
}

// open reads the objects of a file; a damaged one is rebuilt first.
func open(data []byte, b *budget) (*objects, []string, error) {
	if len(data) == 0 {
		return nil, nil, fmt.Errorf("%w: it is empty", ErrNotPDF)
	}
	o, err := openPlain(data, b)
	pages := 0
	if err == nil {
		pages = len(o.pageDicts())
		if pages > 0 && o.sound(data) {
			return o, nil, nil
		}
	}
	if errors.Is(err, ErrPassword) || errors.Is(err, ErrLimit) {
		return nil, nil, err
	}
	fixed, ok := rebuild(data, b)
	if !ok && pages > 0 {
		return o, nil, nil
	}
	if !ok {
		if err == nil {
			err = errors.New("the file has no pages")
		}
		if !bytes.Contains(data[:min(len(data), 2048)], []byte("%PDF")) {
			err = ErrNotPDF
		}
		return nil, nil, err
	}
	o2, err2 := openPlain(fixed, b)
	if err2 != nil || len(o2.pageDicts()) < pages {
		if pages > 0 {
			return o, nil, nil
		}
		return nil, nil, fmt.Errorf("rebuilt file: %w", err2)
	}
	return o2, []string{"the file was damaged: its objects were found by searching"}, nil
}

// sound reports whether every stream ends where its length says. Streams of
// encrypted files cannot be checked.
func (o *objects) sound(data []byte) bool {
	if o.ctx.E != nil {
		return true
	}
	for _, e := range o.ctx.Table {
		sd, ok := e.Object.(types.StreamDict)
		if !ok || sd.StreamOffset <= 0 || sd.StreamLength == nil {
			continue
		}
		end := sd.StreamOffset + *sd.StreamLength
		if end < 0 || end > int64(len(data)) || !endstreamAt(data, int(end)) {
			return false
		}
	}
	return true
}

func openPlain(data []byte, b *budget) (o *objects, err error) {
	defer func() {
		if r := recover(); r != nil {
			o, err = nil, fmt.Errorf("objects: %v", r)
		}
	}()
	c, cancel := context.WithDeadline(context.Background(), b.deadline)
	defer cancel()
	ctx, err := pdfcpu.ReadWithContext(c, newBoundedReader(data, b), config(data))
	switch {
	case err == nil:
		return &objects{ctx: ctx, b: b, forms: map[int][]byte{}}, nil
	case errors.Is(err, pdfcpu.ErrWrongPassword):
		return nil, ErrPassword
	case b.spent():
		return nil, ErrLimit
	}
	return nil, fmt.Errorf("objects: %w", err)
}

// resolve follows references.
func (o *objects) resolve(x types.Object) types.Object {
	for range 16 {
		if _, ok := x.(types.IndirectRef); !ok {
			return x
		}
		y, err := o.ctx.Dereference(x)
		if err != nil {
			return nil
		}
		x = y
	}
	return nil
}

func (o *objects) dict(x types.Object) types.Dict {
	switch d := o.resolve(x).(type) {
	case types.Dict:
		return d
	case types.StreamDict:
		return d.Dict
	}
	return nil
}

func (o *objects) array(x types.Object) types.Array {
	a, _ := o.resolve(x).(types.Array)
	return a
}

func (o *objects) num(x types.Object) (float64, bool) {
	switch n := o.resolve(x).(type) {
	case types.Integer:
		return float64(n), true
	case types.Float:
		return float64(n), true
	}
	return 0, false
}

// number returns a number or the given default.
func (o *objects) number(x types.Object, def float64) float64 {
	if n, ok := o.num(x); ok {
		return n
	}
	return def
}

func (o *objects) numbers(x types.Object) []float64 {
	a := o.array(x)
	out := make([]float64, 0, len(a))
	for _, e := range a {
		n, ok := o.num(e)
		if !ok {
			return nil
		}
		out = append(out, n)
	}
	return out
}

func (o *objects) name(x types.Object) string {
	n, _ := o.resolve(x).(types.Name)
	return string(n)
}

// str returns the bytes of a string.
func (o *objects) str(x types.Object) string {
	switch s := o.resolve(x).(type) {
	case types.StringLiteral:
		if b, err := types.Unescape(string(s)); err == nil {
			return string(b)
		}
		return string(s)
	case types.HexLiteral:
		if b, err := s.Bytes(); err == nil {
			return string(b)
		}
	}
	return ""
}

// stream returns the decoded content of a stream, or nil. A stream that breaks
// off gives what came before the break.
func (o *objects) stream(x types.Object) []byte {
	sd, ok := o.resolve(x).(types.StreamDict)
	if !ok {
		return nil
	}
	if o.b.spent() {
		panic(ErrLimit)
	}
	if sd.Content != nil {
		return sd.Content
	}
	err := sd.DecodeWithLimit(maxStream)
	out := sd.Content
	if err != nil && len(out) == 0 {
		out = salvage(sd)
	}
	if !o.b.spend(len(out)) {
		panic(ErrLimit)
	}
	return out
}

// formStream is stream for forms: letterheads are drawn on every page.
func (o *objects) formStream(x types.Object) []byte {
	ref, ok := x.(types.IndirectRef)
	if !ok {
		return o.stream(x)
	}
	n := ref.ObjectNumber.Value()
	if b, ok := o.forms[n]; ok {
		return b
	}
	b := o.stream(x)
	const keep = 32 << 20
	if o.kept += len(b); o.kept <= keep {
		o.forms[n] = b
	}
	return b
}

// salvage inflates what can be inflated of a broken Flate stream.
func salvage(sd types.StreamDict) []byte {
	if len(sd.FilterPipeline) == 0 || sd.FilterPipeline[0].Name != "FlateDecode" || len(sd.Raw) < 3 {
		return nil
	}
	return salvageFlate(sd.Raw)
}

// salvageFlate inflates as far as it goes, with and without zlib's header.
func salvageFlate(raw []byte) []byte {
	for _, skip := range []int{2, 0} {
		r := io.LimitReader(flate.NewReader(bytes.NewReader(raw[min(skip, len(raw)):])), maxStream)
		if b, _ := io.ReadAll(r); len(b) > 0 {
			return b
		}
	}
	return nil
}

// maxTree is how deep a page tree may be.
const maxTree = 60

// pageDicts walks the page tree and returns its leaves with the attributes
// that they inherit. A tree that turns back on itself is cut.
func (o *objects) pageDicts() []types.Dict {
	root := o.root()
	if root == nil {
		return nil
	}
	var out []types.Dict
	seen := map[int]bool{}
	var walk func(x types.Object, inherit types.Dict, depth int)
	walk = func(x types.Object, inherit types.Dict, depth int) {
		if ref, ok := x.(types.IndirectRef); ok {
			n := ref.ObjectNumber.Value()
			if seen[n] {
				return
			}
			seen[n] = true
		}
		d := o.dict(x)
		if d == nil || depth > maxTree || len(out) >= maxPages {
			return
		}
		attrs := types.Dict{}
		for _, k := range []string{"Resources", "MediaBox", "CropBox", "Rotate"} {
			if v, ok := d[k]; ok {
				attrs[k] = v
			} else if v, ok := inherit[k]; ok {
				attrs[k] = v
			}
		}
		if kids := o.array(d["Kids"]); kids != nil && o.name(d["Type"]) != "Page" {
			for _, k := range kids {
				walk(k, attrs, depth+1)
			}
			return
		}
		page := types.Dict{}
		for k, v := range d {
			page[k] = v
		}
		for k, v := range attrs {
			page[k] = v
		}
		out = append(out, page)
	}
	walk(root["Pages"], nil, 0)
	return out
}

func (o *objects) root() types.Dict {
	if o.ctx.Root == nil {
		return nil
	}
	return o.dict(*o.ctx.Root)
}

// contents returns a page's content streams, joined.
func (o *objects) contents(x types.Object) []byte {
	a := o.array(x)
	if a == nil {
		return o.stream(x)
	}
	var out []byte
	for _, s := range a {
		out = append(out, o.stream(s)...)
		out = append(out, '\n')
		if len(out) > 2*maxStream {
			panic(ErrLimit)
		}
	}
	return out
}

// circular reports whether page tree or form XObjects contain themselves, or
// arrays and dictionaries go deeper than any sound file needs.
func (o *objects) circular() bool {
	state := map[int]int{} // 1 on the way down, 2 done
	var visit func(x types.Object, depth int) bool
	visit = func(x types.Object, depth int) bool {
		if depth > 200 || o.b.over() {
			return true
		}
		switch v := x.(type) {
		case types.IndirectRef:
			n := v.ObjectNumber.Value()
			if state[n] != 0 {
				return state[n] == 1
			}
			state[n] = 1
			y, err := o.ctx.Dereference(v)
			bad := err == nil && visit(y, depth+1)
			state[n] = 2
			return bad
		case types.StreamDict:
			return visit(v.Dict, depth+1)
		case types.Array:
			for _, e := range v {
				if visit(e, depth+1) {
					return true
				}
			}
		case types.Dict:
			for k, e := range v {
				if k == "Parent" || k == "P" || k == "Prev" || k == "Next" || k == "First" || k == "Last" || k == "Dest" || k == "D" || k == "A" || k == "Annots" || k == "StructParents" {
					continue
				}
				if visit(e, depth+1) {
					return true
				}
			}
		}
		return false
	}
	root := o.root()
	return visit(root["Pages"], 0)
}
