package panel

import (
	"slices"
	"strings"

	"mingxi/extract/region"
)

// place brings the region of a candidate to the codes of the panel: those of the
// candidate's own year, or of the one year that the user asks for.
func (b *Builder) place(c *Candidate) {
	code := c.Source.ReportRegion
	if code == "" {
		b.refuse(c, noRegion, "")
		return
	}
	c.Region, c.Name = code, b.nameOf(code, c.Source.ReportYear)
	if code == region.National {
		return
	}
	from := c.Source.ReportYear
	to := b.o.RegionYear
	if to == 0 {
		to = c.Year // a report of 2017 on 2016: the code of 2016
	}
	if from == 0 || to == 0 || from == to {
		return
	}
	codes, partial := b.places.Follow(code, from, to)
	switch {
	case len(codes) == 0:
		b.refuse(c, notTranslated, code)
		return
	case len(codes) > 1:
		slices.Sort(codes)
		reason := divided
		if to < from {
			reason = madeOf
		}
		b.refuse(c, reason, strings.Join(codes, " "))
		return
	}
	old, now := b.places.Code(code, from), b.places.Code(codes[0], to)
	c.Region = codes[0]
	if now != nil {
		c.Name = now.Name
	}
	switch {
	case b.o.RegionYear == 0 || old == nil || now == nil:
	case to > from && b.mergedInto(old, now, from):
		b.refuse(c, merged, code+" "+old.Name)
	case (partial || to > from && b.places.Joined(old, now, from)) && c.Status == Normal:
		c.Status, c.Note = Break, "boundary"
	}
}

// mergedInto reports whether a place became a part of another that was there before.
func (b *Builder) mergedInto(old, now *region.Place, from int) bool {
	before := b.places.At(now, from)
	return old.Code != now.Code && before != nil && before.Code != old.Code
}

func (b *Builder) refuse(c *Candidate, reason Reason, note string) {
	if c.Reason == "" {
		c.Reason, c.Note = reason, note
	}
}

func (b *Builder) nameOf(code string, year int) string {
	if code == region.National {
		return "全国"
	}
	if p := b.places.Code(code, year); p != nil {
		return p.Name
	}
	if p := b.places.Code(code, 0); p != nil {
		return p.Name
	}
	return ""
}
