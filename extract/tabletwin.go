package extract

import (
	"strings"

	"mingxi/schema"
)

// headsAgain finds the heads that stand in a document over rows of the same names and below
// captions that differ, so that only the caption tells their figures apart:
//
//	表1 职工医疗保险         表2 居民医疗保险
//	地区    参保人数         地区    参保人数
//	全市    42.9万           全市    21.4万
//
// It gives the first blocks of the heads.
func (x *reader) headsAgain() map[int]bool {
	heads := map[string][]int{}
	blocks := x.doc.Blocks
	for b := 0; b < len(blocks); b++ {
		if blocks[b].Kind != schema.Row || !blocks[b].Head {
			continue
		}
		from, key := b, ""
		for ; b < len(blocks) && blocks[b].Kind == schema.Row && blocks[b].Head; b++ {
			key += blocks[b].In(x.doc.Text) + "\n"
		}
		for i := b; i < min(b+sameNames, len(blocks)); i++ {
			if len(blocks[i].Cells) > 0 {
				key += "\n" + blocks[i].Cells[0].In(x.doc.Text)
			}
		}
		heads[key] = append(heads[key], from)
		b--
	}
	out := map[int]bool{}
	for _, at := range heads {
		subjects := map[string]bool{}
		for _, b := range at {
			subjects[x.subjectAbove(b)] = true
		}
		for _, b := range at {
			out[b] = len(at) > 1 && len(subjects) > 1
		}
	}
	return out
}

const sameNames = 2 // rows below a head whose names must be the same

// subjectAbove is what the caption right above block b is about.
func (x *reader) subjectAbove(b int) string {
	var c caption
	goesOn := x.goesOn
	for i, done := b-1, false; i >= 0 && i >= b-4 && !done; i-- {
		block := &x.doc.Blocks[i]
		text := strings.TrimSpace(block.In(x.doc.Text))
		if block.Kind == schema.Row && strings.ContainsAny(text, "\t\n") || len(text) > maxNote {
			break
		}
		_, done = x.captionLine(&c, block.Span, foldCell(text), block.Kind == schema.Title || block.Kind == schema.Heading)
	}
	x.goesOn = goesOn
	return c.subject
}
