package odf

import (
	"encoding/xml"
	"strconv"
	"strings"

	"mingxi/corpus/ordinal"
	"mingxi/corpus/pack"
)

// A style, as far as it concerns the text.
type style struct {
	parent string
	list   string // list style of its paragraphs
	script string // super or sub
	font   string // of the text
	hidden bool
	level  int // default outline level, from 1
}

// A list style with the counts of the list that goes on with it.
type list struct {
	levels  [ordinal.Levels]ordinal.Level
	counter ordinal.Counter
}

// readStyles reads the children of office:styles or office:automatic-styles.
func (r *reader) readStyles(c *pack.Cursor) error {
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "style":
			s := &style{parent: pack.Attr(e, "parent-style-name"), list: pack.Attr(e, "list-style-name"), level: level(pack.Attr(e, "default-outline-level"))}
			r.styles[pack.Attr(e, "name")] = s
			return c.Each(func(e xml.StartElement) error {
				if e.Name.Local == "text-properties" {
					s.text(e)
				}
				return nil
			})
		case "list-style":
			l := &list{}
			r.lists[pack.Attr(e, "name")] = l
			return c.Each(func(e xml.StartElement) error { return l.level(c, e) })
		case "outline-style":
			return c.Each(func(e xml.StartElement) error { return r.outline.level(c, e) })
		}
		return nil
	})
}

func (s *style) text(e xml.StartElement) {
	switch position := pack.Attr(e, "text-position"); {
	case strings.HasPrefix(position, "super"):
		s.script = "super"
	case strings.HasPrefix(position, "sub"):
		s.script = "sub"
	default:
		if n, err := strconv.Atoi(strings.TrimSuffix(strings.Fields(position + " 0%")[0], "%")); err == nil && n != 0 {
			s.script = map[bool]string{true: "super", false: "sub"}[n > 0]
		}
	}
	s.hidden = pack.Attr(e, "display") == "none"
	if s.font = pack.Attr(e, "font-name"); s.font == "" {
		s.font = pack.Attr(e, "font-family")
	}
}

// level is the number of a level, from 1; 0 for none.
func level(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 10 {
		return 0
	}
	return min(n, ordinal.Levels)
}

// formats are the number formats of OpenDocument by their name in ordinal; what is not
// here is a decimal.
var formats = map[string]string{
	"": "none", "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
	"一, 二, 三, ...": "chineseCountingThousand", "壹, 贰, 叁, ...": "chineseLegalSimplified", "壹, 貳, 參, ...": "ideographLegalTraditional",
	"①, ②, ③, ...": "decimalEnclosedCircle", "１, ２, ３, ...": "decimalFullWidth", "甲, 乙, 丙, ...": "ideographTraditional", "子, 丑, 寅, ...": "ideographZodiac",
}

// level reads a level of a list style.
func (l *list) level(c *pack.Cursor, e xml.StartElement) error {
	n := level(pack.Attr(e, "level"))
	if n == 0 || !strings.HasSuffix(e.Name.Local, "-style-number") && e.Name.Local != "outline-level-style" {
		return nil // bullets and pictures
	}
	format := "decimal"
	if f, ok := formats[pack.Attr(e, "num-format")]; ok {
		format = f
	}
	text := ""
	shown := max(1, level(pack.Attr(e, "display-levels")))
	for i := max(1, n-shown+1); i <= n && format != "none"; i++ {
		if text != "" {
			text += "."
		}
		text += "%" + strconv.Itoa(i)
	}
	start, err := strconv.Atoi(pack.Attr(e, "start-value"))
	if err != nil || start < 0 || start > 1<<20 {
		start = 1
	}
	at := &l.levels[n-1]
	*at = ordinal.Level{Format: format, Text: pack.Attr(e, "num-prefix") + text + pack.Attr(e, "num-suffix"), Start: start}
	if pack.Attr(e, "num-list-format") != "" && text != "" { // %1% for the counts, in newer files
		at.Text = strings.ReplaceAll(newer(pack.Attr(e, "num-list-format")), "%%", "%")
	}
	return c.Each(func(e xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			at.Tight = at.Tight || pack.Attr(e, "label-followed-by") == "nothing"
			return nil
		})
	})
}

// newer turns the pattern %1%.%2%. of newer files into %1.%2.
func newer(pattern string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		b.WriteByte(pattern[i])
		if pattern[i] == '%' && i+2 < len(pattern) && pattern[i+1] >= '1' && pattern[i+1] <= '9' && pattern[i+2] == '%' {
			b.WriteByte(pattern[i+1])
			i += 2
		}
	}
	return b.String()
}

// chain calls f for a style and those it is made after, until f says true.
func (r *reader) chain(name string, f func(name string, s *style) bool) {
	for range 32 {
		s := r.styles[name]
		if s == nil || f(name, s) {
			return
		}
		name = s.parent
	}
}
