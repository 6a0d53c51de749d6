package ofd

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"mingxi/corpus/pack"
)

// A char is a character at its place: x and y in millimetres from the upper
// left corner of the page, y being the base line.
type char struct {
	r          rune
	x, y, size float64
	code       int  // number of its TextCode on the page
	label      bool // its TextCode is a label: a few characters that may stand far apart
}

// maxChars is how many characters of a page are read.
const maxChars = 1 << 20

// readPage reads the text of a page, its layers one after another, with the words of
// its templates.
func (r *reader) readPage(name string) ([]char, error) {
	p := page{units: r.units}
	var templates []string
	err := r.pack.Walk(name, func(c *pack.Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "Content":
				return c.Each(func(xml.StartElement) error { return p.objects(c) })
			case "Template":
				templates = append(templates, pack.Attr(e, "TemplateID"))
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	chars := p.chars
	for _, id := range templates {
		chars = append(chars, r.words(r.templates[id], p.chars)...)
	}
	return chars, nil
}

type page struct {
	chars []char
	codes int
	units map[string][]char // text of composite graphic units, by ID
}

// objects reads what is in a layer or block.
func (p *page) objects(c *pack.Cursor) error {
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "TextObject":
			return p.text(c, e)
		case "CompositeObject":
			p.composite(e)
		case "PageBlock":
			return p.objects(c)
		}
		return nil
	})
}

// A matrix maps x, y to a·x + c·y + e, b·x + d·y + f.
type matrix [6]float64

func (m matrix) apply(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

func (p *page) text(c *pack.Cursor, e xml.StartElement) error {
	if v := pack.Attr(e, "Visible"); v == "false" || v == "0" {
		return nil
	}
	box, m := numbers(pack.Attr(e, "Boundary")), matrix{1, 0, 0, 1, 0, 0}
	if ctm := numbers(pack.Attr(e, "CTM")); len(ctm) == 6 {
		copy(m[:], ctm)
	}
	if math.Abs(m[1]) > 0.1*math.Abs(m[0]) && math.Abs(m[0]) > 0.1*math.Abs(m[1]) {
		return nil // a slanted watermark
	}
	if len(box) < 2 {
		box = []float64{0, 0}
	}
	size := 3.175
	if s := numbers(pack.Attr(e, "Size")); len(s) > 0 && s[0] > 0 {
		size = s[0]
	}
	drawn := size * math.Hypot(m[2], m[3])
	if drawn <= 0 || math.IsNaN(drawn) {
		drawn = size
	}
	x, y := 0.0, 0.0 // a TextCode without them goes on at the last ones
	return c.Each(func(e xml.StartElement) error {
		if e.Name.Local != "TextCode" {
			return nil
		}
		if v := numbers(pack.Attr(e, "X")); len(v) > 0 {
			x = v[0]
		}
		if v := numbers(pack.Attr(e, "Y")); len(v) > 0 {
			y = v[0]
		}
		p.codes++
		text, err := c.Text()
		runes := []rune(strings.Trim(text, "\r\n\t"))
		dx, dy := deltas(pack.Attr(e, "DeltaX")), deltas(pack.Attr(e, "DeltaY"))
		label := isLabel(runes)
		if label && len(dx.steps) == 0 && len(dy.steps) > 0 { // 购买方, one below the other: a word at its first character
			dx, dy = deltas(fmt.Sprint("g ", len(runes), " ", 0.8*size/float64(len(runes)))), deltas("")
		}
		at, down := x, y
		for i, r := range runes {
			if i > 0 {
				step, known := dx.next()
				if !known && len(dy.steps) == 0 {
					step = advance(r) * size
				}
				at += step
				fall, _ := dy.next()
				down += fall
			}
			px, py := m.apply(at, down)
			if len(p.chars) < maxChars {
				p.chars = append(p.chars, char{r, px + box[0], py + box[1], drawn, p.codes, label})
			}
		}
		return err
	})
}

// longestLabel is how many characters a label has that is spread over its cell.
const longestLabel = 8

// isLabel reports whether a text is short and of Chinese characters, perhaps with a colon.
func isLabel(text []rune) bool {
	for _, r := range text {
		if !unicode.Is(unicode.Han, r) && !strings.ContainsRune("：:（）()、", r) {
			return false
		}
	}
	return len(text) > 1 && len(text) <= longestLabel
}

// advance is the width of a character where none is given.
func advance(r rune) float64 {
	if r < 0x2e80 && !unicode.Is(unicode.Han, r) {
		return 0.5
	}
	return 1
}

func numbers(s string) []float64 {
	var out []float64
	for _, f := range strings.Fields(s) {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil || math.IsNaN(v) || math.Abs(v) > 1e6 {
			v = 0
		}
		if out = append(out, v); len(out) == 6 {
			break
		}
	}
	return out
}

// delta yields the steps of a DeltaX: plain numbers, and "g 5 4.2" for five
// steps of 4.2.
type delta struct {
	steps []string
	left  int // repetitions of value
	value float64
}

func deltas(s string) *delta { return &delta{steps: strings.Fields(s)} }

func (d *delta) next() (float64, bool) {
	if d.left == 0 {
		switch {
		case len(d.steps) == 0:
			return 0, false
		case d.steps[0] == "g" && len(d.steps) >= 3:
			d.left, _ = strconv.Atoi(d.steps[1])
			d.left = max(1, d.left)
			d.set(d.steps[2])
			d.steps = d.steps[3:]
		default:
			d.left = 1
			d.set(d.steps[0])
			d.steps = d.steps[1:]
		}
	}
	d.left--
	return d.value, true
}

func (d *delta) set(s string) {
	if v := numbers(s); len(v) > 0 {
		d.value = v[0]
	}
}
