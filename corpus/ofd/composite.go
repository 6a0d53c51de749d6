package ofd

import (
	"encoding/xml"
	"math"

	"mingxi/corpus/pack"
)

// Some producers keep all text in composite graphic units of the document's resources;
// a page has only objects that place them.

// readUnits reads the text of the units in a part of resources. One that cannot be read
// has none.
func (r *reader) readUnits(part string) {
	err := r.pack.Walk(part, func(c *pack.Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			if e.Name.Local != "CompositeGraphicUnits" {
				return nil
			}
			return c.Each(func(e xml.StartElement) error {
				id := pack.Attr(e, "ID")
				return c.Each(func(e xml.StartElement) error {
					if e.Name.Local != "Content" {
						return nil
					}
					p := page{codes: r.codes}
					err := p.objects(c)
					r.codes = p.codes
					if len(p.chars) > 0 {
						r.units[id] = p.chars
					}
					return err
				})
			})
		})
	})
	if err != nil {
		r.doc.Warnings = append(r.doc.Warnings, "resources: "+err.Error())
	}
}

// composite places the text of a unit on the page.
func (p *page) composite(e xml.StartElement) {
	m, box := matrix{1, 0, 0, 1, 0, 0}, numbers(pack.Attr(e, "Boundary"))
	if ctm := numbers(pack.Attr(e, "CTM")); len(ctm) == 6 {
		copy(m[:], ctm)
	}
	if len(box) < 2 {
		box = []float64{0, 0}
	}
	scale := math.Hypot(m[2], m[3])
	if scale <= 0 || math.IsNaN(scale) {
		scale = 1
	}
	for _, c := range p.units[pack.Attr(e, "ResourceID")] {
		if len(p.chars) >= maxChars {
			return
		}
		x, y := m.apply(c.x, c.y)
		c.x, c.y, c.size = x+box[0], y+box[1], c.size*scale
		p.chars = append(p.chars, c)
	}
}
