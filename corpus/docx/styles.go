package docx

import (
	"encoding/xml"
	"strconv"
	"strings"

	"mingxi/corpus/pack"
)

// A style of paragraphs, as far as it concerns the text.
type style struct {
	name    string
	parent  string
	outline int // 1-9, 0 if not set, -1 for body text
	num     numPr
	hidden  bool
}

type styles struct {
	byID  map[string]*style
	plain string // id of the default paragraph style
}

// numPr says which list a paragraph belongs to.
type numPr struct {
	id       string // "" if not set, "0" for none
	level    int
	hasLevel bool
}

func (r *reader) readStyles(part string) error {
	r.styles.byID = map[string]*style{}
	return r.walk(part, func(c *pack.Cursor, _ xml.StartElement) error { return r.styleSheet(c) })
}

func (r *reader) styleSheet(c *pack.Cursor) error {
	return c.Each(func(e xml.StartElement) error {
		if e.Name.Local != "style" {
			return nil
		}
		s := &style{}
		id := pack.Attr(e, "styleId")
		if d := pack.Attr(e, "default"); pack.Attr(e, "type") == "paragraph" && (d == "1" || d == "true" || d == "on") {
			r.styles.plain = id
		}
		r.styles.byID[id] = s
		return readStyle(c, s)
	})
}

func readStyle(c *pack.Cursor, s *style) error {
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "name":
			s.name = strings.ToLower(pack.Attr(e, "val"))
		case "basedOn":
			s.parent = pack.Attr(e, "val")
		case "pPr":
			var p props
			if err := readProps(c, &p); err != nil {
				return err
			}
			s.outline, s.num = p.outline, p.num
		case "rPr":
			return c.Each(func(e xml.StartElement) error {
				if e.Name.Local == "vanish" {
					s.hidden = on(e)
				}
				return nil
			})
		}
		return nil
	})
}

// chain calls f for a style and those that it is based on, until f is content.
func (s styles) chain(id string, f func(id string, s *style) bool) {
	for range 32 {
		st := s.byID[id]
		if st == nil || f(id, st) {
			return
		}
		id = st.parent
	}
}

// heading is the level of a style as heading, 0 for none: by its outline
// level, or by its name ("heading 1", 标题 1, title).
func (s styles) heading(id string) int {
	level := 0
	s.chain(id, func(_ string, st *style) bool {
		level = st.outline
		if level == 0 {
			level = named(st.name)
		}
		return level != 0
	})
	return max(level, 0)
}

func named(name string) int {
	if name == "title" {
		return 1
	}
	for _, prefix := range []string{"heading ", "标题 "} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			if n, err := strconv.Atoi(rest); err == nil && n >= 1 && n <= 9 {
				return n
			}
		}
	}
	return 0
}

// contents reports whether a style is for lines of a table of contents.
func (s styles) contents(id string) bool {
	st := s.byID[id]
	return st != nil && strings.HasPrefix(st.name, "toc ") && len(st.name) == 5
}

func (s styles) hidden(id string) bool {
	st := s.byID[id]
	return st != nil && st.hidden
}
