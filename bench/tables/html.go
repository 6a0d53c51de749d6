package main

import (
	"bytes"
	"fmt"
	"html"
	"strings"
)

// htmlFile writes the page as an office program or a site's editor saves it.
func htmlFile(s *source) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>" + html.EscapeString(s.title()) + "</title>\n" +
		"<style>table{border-collapse:collapse;margin:auto;font-size:9pt}td,th{border:" + s.border() + ";padding:2px 4px}</style></head><body>\n")
	for _, k := range s.blocks {
		switch k.kind {
		case grid:
			s.htmlTable(&b, &k)
		case heading:
			fmt.Fprintf(&b, "<h2 style=\"text-align:center\">%s</h2>\n", lines(k.text))
		case caption:
			fmt.Fprintf(&b, "<p style=\"text-align:center\"><strong>%s</strong></p>\n", lines(k.text))
		case rightLine:
			fmt.Fprintf(&b, "<p style=\"text-align:right\">%s</p>\n", lines(k.text))
		case paragraph, note:
			fmt.Fprintf(&b, "<p>%s</p>\n", lines(k.text))
		}
	}
	b.WriteString("</body></html>\n")
	return b.Bytes(), nil
}

func lines(text string) string {
	return strings.ReplaceAll(html.EscapeString(text), "\n", "<br>")
}

func (s *source) border() string {
	if s.options["rules"] == "none" {
		return "none"
	}
	return "1px solid #000"
}

// title is the first heading or caption.
func (s *source) title() string {
	for _, b := range s.blocks {
		if b.kind == heading || b.kind == caption {
			return b.text
		}
	}
	return s.name
}

func (s *source) htmlTable(b *bytes.Buffer, k *block) {
	b.WriteString("<table>\n")
	for r, row := range k.rows {
		b.WriteString("<tr>")
		name := "td"
		if s.options["th"] != "" && r < k.head {
			name = "th"
		}
		for _, c := range row {
			if c.cols == 0 {
				continue
			}
			b.WriteString("<" + name)
			if c.cols > 1 {
				fmt.Fprintf(b, " colspan=\"%d\"", c.cols)
			}
			if c.rows > 1 {
				fmt.Fprintf(b, " rowspan=\"%d\"", c.rows)
			}
			fmt.Fprintf(b, ">%s</%s>", s.inner(c.text), name)
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</table>\n")
}

// inner is what stands in a cell: the text, or what a word processor makes of it.
func (s *source) inner(text string) string {
	if s.options["wild"] == "" {
		return lines(text)
	}
	var b strings.Builder
	b.WriteString("<p class=\"MsoNormal\">")
	for _, piece := range pieces(text) {
		b.WriteString("<span lang=\"EN-US\">" + strings.ReplaceAll(lines(piece), "　", "&nbsp;&nbsp;") + "</span>")
	}
	b.WriteString("<o:p></o:p></p>")
	return b.String()
}

// pieces cuts a text as editing does, in the midst of numbers and words.
func pieces(text string) []string {
	r := []rune(text)
	if len(r) < 3 {
		return []string{text}
	}
	return []string{string(r[:len(r)/2]), string(r[len(r)/2:])}
}
