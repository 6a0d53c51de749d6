// Package pptx reads presentations (ECMA-376, PresentationML: .pptx): slide by slide the
// paragraphs of its shapes in their order, tables row by row, the title as heading.
// Speaker's notes, footers, slide numbers and hidden slides are left out.
package pptx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
	"mingxi/corpus/ole"
	"mingxi/corpus/pack"
	"mingxi/corpus/symbol"
)

// ErrEncrypted is returned for presentations that need a password.
var ErrEncrypted = errors.New("the presentation is encrypted: it needs a password")

// Read reads a .pptx file. Errors name the part that could not be read.
func Read(data []byte) (*draft.Document, error) {
	if f, err := ole.Open(data); err == nil && f.Encrypted() {
		return nil, fmt.Errorf("pptx: %w", ErrEncrypted)
	}
	p, err := pack.Open(data)
	if err != nil {
		return nil, fmt.Errorf("pptx: %w", err)
	}
	return present(p)
}

// ReadFlat reads a .pptx that is one XML file (flat OPC).
func ReadFlat(data []byte) (*draft.Document, error) {
	p, err := pack.OpenFlat(data)
	if err != nil {
		return nil, fmt.Errorf("pptx: %w", err)
	}
	return present(p)
}

func present(p *pack.Package) (*draft.Document, error) {
	r := &reader{pack: p, spare: grid.NewBudget()}
	if err := r.read(); err != nil {
		return nil, fmt.Errorf("pptx: %w", err)
	}
	return &r.doc, nil
}

type reader struct {
	pack   *pack.Package
	doc    draft.Document
	page   int
	place  int
	tables int
	spare  *grid.Budget
	seen   struct{ hidden, charts, pictures, missing, cut int }
}

func (r *reader) read() error {
	main := "ppt/presentation.xml"
	for _, to := range r.relations("") {
		if to.Kind == "officeDocument" && r.pack.Has(to.Target) {
			main = to.Target
		}
	}
	if !r.pack.Has(main) {
		return errors.New("no ppt/presentation.xml in the package")
	}
	parts := r.relations(main)
	var slides []string
	err := r.pack.Walk(main, func(c *pack.Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			if e.Name.Local != "sldIdLst" {
				return nil
			}
			return c.Each(func(e xml.StartElement) error {
				slides = append(slides, parts[relationID(e)].Target)
				return nil
			})
		})
	})
	if err != nil {
		return err
	}
	for _, s := range slides {
		r.page++
		if !r.pack.Has(s) {
			r.seen.missing++
			continue
		}
		if err := r.pack.Walk(s, r.slide); err != nil {
			return err
		}
	}
	r.warn()
	return nil
}

// relationID is r:id, which stands beside the slide's own id.
func relationID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// relations are the parts that a part refers to, by id; a damaged list is cut.
func (r *reader) relations(part string) map[string]pack.Relation {
	out := map[string]pack.Relation{}
	list, _ := r.pack.Relations(part)
	for _, to := range list {
		out[to.ID] = to
	}
	return out
}

func (r *reader) warn() {
	r.doc.Left(r.seen.hidden, "%d hidden slides left out")
	r.doc.Left(r.seen.charts, "%d charts or diagrams not read")
	r.doc.Left(r.seen.missing, "%d slides are missing")
	r.doc.Left(r.seen.cut, "%d tables wider than 256 columns or with too many empty cells cut")
	if len(r.doc.Pieces) == 0 {
		r.doc.Warnings = append(r.doc.Warnings, fmt.Sprintf("no text, %d pictures", r.seen.pictures))
	}
}

func (r *reader) slide(c *pack.Cursor, root xml.StartElement) error {
	if show := pack.Attr(root, "show"); show == "0" || show == "false" {
		r.seen.hidden++
		return nil
	}
	return c.Each(func(e xml.StartElement) error {
		if e.Name.Local != "cSld" {
			return nil
		}
		return c.Each(func(e xml.StartElement) error {
			if e.Name.Local != "spTree" {
				return nil
			}
			return r.shapes(c)
		})
	})
}

// shapes reads a tree of shapes.
func (r *reader) shapes(c *pack.Cursor) error {
	return c.EachChoice(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "sp":
			return r.shape(c)
		case "grpSp":
			return r.shapes(c)
		case "graphicFrame":
			return r.frame(c)
		case "pic":
			r.seen.pictures++
		}
		return nil
	})
}

// shape reads the text of a shape, unless it is a footer, a date or a number.
func (r *reader) shape(c *pack.Cursor) error {
	kind := ""
	return c.EachChoice(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "nvSpPr":
			return c.Each(func(e xml.StartElement) error {
				return c.Each(func(e xml.StartElement) error {
					if e.Name.Local == "ph" {
						kind = pack.Attr(e, "type")
					}
					return nil
				})
			})
		case "txBody":
			if kind == "ftr" || kind == "dt" || kind == "sldNum" || kind == "hdr" {
				return nil
			}
			level := 0
			if kind == "title" || kind == "ctrTitle" {
				level = 1
			}
			lines, err := r.text(c)
			for _, line := range lines {
				r.place++
				piece := draft.Piece{Kind: draft.Para, Text: line, Page: r.page, Place: r.place}
				if level > 0 {
					piece.Kind, piece.Level = draft.Heading, level
				}
				r.doc.Pieces = append(r.doc.Pieces, piece)
			}
			return err
		}
		return nil
	})
}

// text reads the paragraphs of a text body.
func (r *reader) text(c *pack.Cursor) (lines []string, err error) {
	err = c.Each(func(e xml.StartElement) error {
		if e.Name.Local != "p" {
			return nil
		}
		var b strings.Builder
		err := c.EachChoice(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "r", "fld":
				return run(c, &b)
			case "br":
				b.WriteByte('\n')
			}
			return nil
		})
		for _, line := range strings.Split(b.String(), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
		return err
	})
	return lines, err
}

// run reads a run: raised and lowered digits as such, signs of symbol fonts.
func run(c *pack.Cursor, b *strings.Builder) error {
	font, baseline := "", 0
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "rPr":
			baseline, _ = strconv.Atoi(pack.Attr(e, "baseline"))
			return c.Each(func(e xml.StartElement) error {
				if e.Name.Local == "sym" || e.Name.Local == "latin" && font == "" {
					font = pack.Attr(e, "typeface")
				}
				return nil
			})
		case "t":
			s, err := c.Text()
			b.WriteString(raised(symbol.String(font, s), baseline))
			return err
		}
		return nil
	})
}

// raised writes digits above or below the line as such: 10 with a raised 4 must not
// become 104.
func raised(s string, baseline int) string {
	signs := []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")
	switch {
	case baseline == 0:
		return s
	case baseline < 0:
		signs = []rune("₀₁₂₃₄₅₆₇₈₉")
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return signs[r-'0']
		}
		return r
	}, s)
}

// frame reads a table; charts and diagrams are counted.
func (r *reader) frame(c *pack.Cursor) error {
	return c.EachChoice(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "graphic", "graphicData":
			return r.frame(c)
		case "tbl":
			return r.table(c)
		case "chart", "relIds", "oleObj":
			r.seen.charts++
		}
		return nil
	})
}

func (r *reader) table(c *pack.Cursor) error {
	b := grid.Builder{Spare: r.spare}
	r.tables++
	err := c.Each(func(e xml.StartElement) error {
		if e.Name.Local != "tr" {
			return nil
		}
		r.place++
		b.Row(r.place, false)
		err := c.EachChoice(func(e xml.StartElement) error {
			if e.Name.Local != "tc" {
				return nil
			}
			covered := pack.Attr(e, "hMerge") == "1" || pack.Attr(e, "vMerge") == "1" || pack.Attr(e, "hMerge") == "true" || pack.Attr(e, "vMerge") == "true"
			cols, rows := span(e, "gridSpan"), span(e, "rowSpan")
			var lines []string
			err := c.Each(func(e xml.StartElement) (err error) {
				if e.Name.Local == "txBody" {
					lines, err = r.text(c)
				}
				return err
			})
			if !covered { // the builder lays out the covered ones
				b.Cell(strings.Join(lines, "\n"), cols, rows)
			}
			return err
		})
		b.EndRow()
		return err
	})
	if b.Cut {
		r.seen.cut++
	}
	pieces := grid.Pieces(b.Rows, r.tables)
	for i := range pieces {
		pieces[i].Page = r.page
	}
	r.doc.Pieces = append(r.doc.Pieces, pieces...)
	return err
}

func span(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(pack.Attr(e, name))
	if err != nil {
		return 1
	}
	return max(1, min(n, 1<<12))
}
