package pdf

import "math"

// A path is the current path of a content stream. Only its straight level and
// upright parts matter here: they rule tables.
type path struct {
	segs   []rule // in page space
	boxes  []rule // of re, in page space
	x, y   float64
	sx, sy float64
	poly   []float64 // corners of the current subpath, x and y in turn
}

func (in *interpreter) pathOp(op string, args []operand) {
	p := &in.path
	switch op {
	case "m":
		if v, ok := nums(args, 2); ok {
			p.endPoly()
			p.x, p.y = in.state.ctm.point(v[0], v[1])
			p.sx, p.sy = p.x, p.y
			p.poly = append(p.poly[:0], p.x, p.y)
		}
	case "l":
		if v, ok := nums(args, 2); ok {
			x, y := in.state.ctm.point(v[0], v[1])
			p.lineTo(x, y)
		}
	case "c", "v", "y":
		if v, ok := nums(args, 2); ok {
			p.x, p.y = in.state.ctm.point(v[0], v[1])
			p.poly = append(p.poly, p.x, p.y)
		}
	case "h":
		p.lineTo(p.sx, p.sy)
	case "re":
		if v, ok := nums(args, 4); ok {
			in.rectangle(v)
		}
	case "s", "b", "b*":
		p.lineTo(p.sx, p.sy)
		in.paint(true, op != "s")
	case "S":
		in.paint(true, false)
	case "B", "B*":
		in.paint(true, true)
	case "f", "F", "f*":
		in.paint(false, true)
	case "n":
		in.paint(false, false)
	}
}

func (p *path) lineTo(x, y float64) {
	if len(p.segs) < maxRules {
		if r, ok := ruleOf(p.x, p.y, x, y); ok {
			p.segs = append(p.segs, r)
		}
	}
	p.x, p.y = x, y
	if len(p.poly) < 64 {
		p.poly = append(p.poly, x, y)
	}
}

// ruleOf returns a level or upright line; anything else is none.
func ruleOf(x0, y0, x1, y1 float64) (rule, bool) {
	dx, dy := math.Abs(x1-x0), math.Abs(y1-y0)
	if dx > 0.7 && dy > 0.7 || dx+dy < 1 {
		return rule{}, false
	}
	return rule{math.Min(x0, x1), math.Min(y0, y1), math.Max(x0, x1), math.Max(y0, y1)}, true
}

func (in *interpreter) rectangle(v []float64) {
	p := &in.path
	x0, y0 := in.state.ctm.point(v[0], v[1])
	x1, y1 := in.state.ctm.point(v[0]+v[2], v[1]+v[3])
	if len(p.boxes) < maxRules {
		p.boxes = append(p.boxes, rule{math.Min(x0, x1), math.Min(y0, y1), math.Max(x0, x1), math.Max(y0, y1)})
	}
	p.x, p.y = x0, y0
	p.sx, p.sy = x0, y0
}

// endPoly keeps the bounding box of a finished subpath: many producers draw a
// line as a thin filled polygon.
func (p *path) endPoly() {
	if n := len(p.poly); n >= 6 && n <= 16 && len(p.boxes) < maxRules {
		b := rule{p.poly[0], p.poly[1], p.poly[0], p.poly[1]}
		for i := 0; i+1 < n; i += 2 {
			b.x0, b.x1 = math.Min(b.x0, p.poly[i]), math.Max(b.x1, p.poly[i])
			b.y0, b.y1 = math.Min(b.y0, p.poly[i+1]), math.Max(b.y1, p.poly[i+1])
		}
		if thin(b) {
			p.boxes = append(p.boxes, b)
		}
	}
	p.poly = p.poly[:0]
}

func thin(b rule) bool { return math.Min(b.x1-b.x0, b.y1-b.y0) <= 3 }

// paint turns the path into rules and clears it.
func (in *interpreter) paint(stroke, fill bool) {
	p := &in.path
	p.endPoly()
	if stroke {
		for _, s := range p.segs {
			in.addRule(s)
		}
	}
	for _, b := range p.boxes {
		switch {
		case thin(b) && (fill || stroke):
			in.addRule(b)
		case stroke:
			in.addRule(rule{b.x0, b.y0, b.x1, b.y0})
			in.addRule(rule{b.x0, b.y1, b.x1, b.y1})
			in.addRule(rule{b.x0, b.y0, b.x0, b.y1})
			in.addRule(rule{b.x1, b.y0, b.x1, b.y1})
		}
	}
	p.segs, p.boxes = p.segs[:0], p.boxes[:0]
}

func (in *interpreter) addRule(r rule) {
	pg := in.page
	if len(pg.rules) >= maxRules || r.x1 < 0 || r.y1 < 0 || r.x0 > pg.width || r.y0 > pg.height {
		return
	}
	if r.x1-r.x0 < 2 && r.y1-r.y0 < 2 {
		return
	}
	pg.rules = append(pg.rules, r)
}
