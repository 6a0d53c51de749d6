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
			htmlTable(&b, &k, s.options["th"] != "")
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

func htmlTable(b *bytes.Buffer, k *block, th bool) {
	b.WriteString("<table>\n")
	for r, row := range k.rows {
		b.WriteString("<tr>")
		name := "td"
		if th && r < k.head {
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
			fmt.Fprintf(b, ">%s</%s>", lines(c.text), name)
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</table>\n")
}
