package pdf

import (
	"errors"
	"fmt"
	"math"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// readOwn is the engine of our own: a text layer over pdfcpu's objects.
func readOwn(data []byte, _ Options, b *budget) (*paper, error) {
	o, warnings, err := open(data, b)
	if err != nil {
		return nil, err
	}
	p := &paper{warnings: warnings}
	fonts := &fontCache{byRef: map[int]*font{}}
	layers := o.hiddenLayers()
	dicts := o.pageDicts()
	if len(dicts) == 0 {
		return nil, errors.New("the file has no pages")
	}
	for i, d := range dicts {
		pg := o.readPage(d, i+1, fonts, layers)
		p.pages = append(p.pages, pg)
		if i+1 < len(dicts) && b.spent() {
			p.warnings = append(p.warnings, fmt.Sprintf("beyond the bounds of work: read %d of %d pages", i+1, len(dicts)))
			break
		}
	}
	return p, nil
}

// readPage interprets one page. A page that breaks keeps what was read of it.
func (o *objects) readPage(d types.Dict, number int, fonts *fontCache, layers map[int]bool) (pg *page) {
	pg = &page{number: number}
	o.b.decoded = 0
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); ok && errors.Is(e, ErrLimit) {
				pg.failed = "broken off at the bounds of work or memory"
			} else {
				pg.failed = fmt.Sprintf("damaged: %v", r)
			}
		}
		pg.tidy()
	}()
	x0, y0, x1, y1 := o.pageBox(d)
	m, w, h := upright(x0, y0, x1, y1, int(o.number(d["Rotate"], 0)))
	pg.width, pg.height = w, h
	in := &interpreter{o: o, fonts: fonts, page: pg, layers: layers}
	in.state = textState{ctm: m, stretch: 1}
	in.tm, in.lm = identity, identity
	r := in.resources(d["Resources"], nil)
	in.run(o.contents(d["Contents"]), r, 0)
	in.annotations(d["Annots"], m)
	return pg
}

// pageBox returns the visible box of a page in user space.
func (o *objects) pageBox(d types.Dict) (x0, y0, x1, y1 float64) {
	media, ok := box(o.numbers(d["MediaBox"]))
	if !ok {
		media = [4]float64{0, 0, 595, 842}
	}
	crop, ok := box(o.numbers(d["CropBox"]))
	if !ok {
		return media[0], media[1], media[2], media[3]
	}
	x0, y0 = math.Max(media[0], crop[0]), math.Max(media[1], crop[1])
	x1, y1 = math.Min(media[2], crop[2]), math.Min(media[3], crop[3])
	if x1-x0 < 10 || y1-y0 < 10 {
		return media[0], media[1], media[2], media[3]
	}
	return x0, y0, x1, y1
}

func box(v []float64) ([4]float64, bool) {
	if len(v) < 4 {
		return [4]float64{}, false
	}
	b := [4]float64{math.Min(v[0], v[2]), math.Min(v[1], v[3]), math.Max(v[0], v[2]), math.Max(v[1], v[3])}
	w, h := b[2]-b[0], b[3]-b[1]
	return b, w > 1 && h > 1 && w < 1e6 && h < 1e6
}

// annotations draws the appearances of form fields and text notes on the page.
func (in *interpreter) annotations(x types.Object, m matrix) {
	for _, a := range in.o.array(x) {
		d := in.o.dict(a)
		switch in.o.name(d["Subtype"]) {
		case "Widget", "FreeText":
		default:
			continue
		}
		const hiddenOrNoView = 2 | 32
		if int(in.o.number(d["F"], 0))&hiddenOrNoView != 0 {
			continue
		}
		in.appearance(d, m)
	}
}

func (in *interpreter) appearance(d types.Dict, m matrix) {
	n := in.o.dict(d["AP"])["N"]
	if states, ok := in.o.resolve(n).(types.Dict); ok {
		n = states[in.o.name(d["AS"])]
	}
	s, ok := in.o.resolve(n).(types.StreamDict)
	if !ok {
		return
	}
	rect, ok1 := box(in.o.numbers(d["Rect"]))
	bb, ok2 := box(in.o.numbers(s.Dict["BBox"]))
	if !ok1 || !ok2 {
		return
	}
	sx, sy := (rect[2]-rect[0])/(bb[2]-bb[0]), (rect[3]-rect[1])/(bb[3]-bb[1])
	fit := matrix{sx, 0, 0, sy, rect[0] - bb[0]*sx, rect[1] - bb[1]*sy}
	in.state = textState{ctm: fit.then(m), stretch: 1}
	in.form(n, s, in.resources(nil, nil), 1)
}

// hiddenLayers returns the object numbers of the optional content that the
// file's default configuration switches off.
func (o *objects) hiddenLayers() map[int]bool {
	off := map[int]bool{}
	props := o.dict(o.root()["OCProperties"])
	def := o.dict(props["D"])
	if o.name(def["BaseState"]) == "OFF" {
		setLayers(off, o.array(props["OCGs"]), true)
		setLayers(off, o.array(def["ON"]), false)
	}
	setLayers(off, o.array(def["OFF"]), true)
	return off
}

func setLayers(set map[int]bool, refs types.Array, on bool) {
	for _, x := range refs {
		if ref, ok := x.(types.IndirectRef); ok {
			if on {
				set[ref.ObjectNumber.Value()] = true
			} else {
				delete(set, ref.ObjectNumber.Value())
			}
		}
	}
}

// tidy drops glyphs without text or off the page.
func (p *page) tidy() {
	kept := p.glyphs[:0]
	for _, g := range p.glyphs {
		if g.s == "" && g.unknown {
			p.lost++
		}
		if g.s == "" || g.x < -1 || g.y < -1 || g.x > p.width+1 || g.y > p.height+g.size {
			continue
		}
		kept = append(kept, g)
	}
	p.glyphs = kept
}
