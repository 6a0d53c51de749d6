package ofd

import (
	"encoding/xml"
	"math"

	"mingxi/corpus/pack"
)

// A template is a page that other pages are drawn upon: the form of an invoice, whose
// words (开票日期, 价税合计) stand beside the values of the page, or a letterhead.
type template struct {
	part  string
	chars []char
	read  bool
	used  bool
}

// words are the characters of a template on a page with the characters own. On the first
// page they are all there; behind it only those between the page's own first and last
// lines: the others are heads and feet, and say the same again.
func (r *reader) words(t *template, own []char) []char {
	if t == nil {
		return nil
	}
	if !t.read {
		t.read = true
		t.chars = r.templateChars(t.part)
	}
	first := !t.used
	t.used = true
	if first {
		return append([]char(nil), t.chars...)
	}
	top, bottom := math.Inf(1), math.Inf(-1)
	for _, c := range own {
		top, bottom = math.Min(top, c.y-0.5*c.size), math.Max(bottom, c.y+0.5*c.size)
	}
	var out []char
	for _, c := range t.chars {
		if c.y >= top && c.y <= bottom {
			out = append(out, c)
		}
	}
	r.repeated = r.repeated || len(out) < len(t.chars)
	return out
}

// templateChars reads a template; one that cannot be read has no words.
func (r *reader) templateChars(part string) []char {
	p := page{codes: fromTemplate, units: r.units}
	err := r.pack.Walk(part, func(c *pack.Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			if e.Name.Local != "Content" {
				return nil
			}
			return c.Each(func(xml.StartElement) error { return p.objects(c) })
		})
	})
	if err != nil {
		r.doc.Warnings = append(r.doc.Warnings, "page template: "+err.Error())
	}
	return p.chars
}

// fromTemplate is where the numbers of a template's TextCodes begin: those of a page
// are smaller.
const fromTemplate = 1 << 30

// fromUnit is where those of composite graphic units begin.
const fromUnit = 1 << 29
