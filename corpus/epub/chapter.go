package epub

import (
	"encoding/xml"
	"strconv"
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/ordinal"
	"mingxi/corpus/pack"
)

// A writer turns a chapter, a cell or a note into pieces.
type writer struct {
	r     *reader
	c     *pack.Cursor
	text  strings.Builder // of the paragraph
	level int             // of the heading that is open
	lists []*list
	label string // of the list item, for its first paragraph
	sup   bool
	out   []draft.Piece
}

// A list counts its items; format is empty for bullets.
type list struct {
	format string
	next   int
}

// element reads an element and what is in it.
func (w *writer) element(e xml.StartElement) error {
	switch name := e.Name.Local; name {
	case "head", "script", "style", "nav", "rt", "rp", "svg", "math", "audio", "video", "template":
		return nil
	case "h1", "h2", "h3", "h4", "h5", "h6":
		w.flush()
		w.level = int(name[1] - '0')
		err := w.children()
		w.flush()
		w.level = 0
		return err
	case "br":
		w.text.WriteByte('\n')
	case "table":
		w.flush()
		return w.table()
	case "ol", "ul":
		return w.list(e)
	case "li":
		return w.item(e)
	case "sup":
		was := w.sup
		w.sup = true
		err := w.children()
		w.sup = was
		return err
	case "a", "aside":
		return w.reference(e)
	case "p", "div", "section", "article", "blockquote", "body", "html", "figure", "figcaption", "dl", "dt", "dd", "hr", "pre", "header", "footer", "main", "address":
		w.flush()
		err := w.children()
		w.flush()
		return err
	default:
		return w.children()
	}
	return nil
}

func (w *writer) children() error {
	return w.c.EachText(w.element, func(b []byte) { w.write(string(b)) })
}

func (w *writer) write(s string) {
	for _, c := range s {
		switch {
		case c == '\n' || c == '\r' || c == '\t':
			c = ' '
		case w.sup && c >= '0' && c <= '9': // 10 with a raised 4 must not become 104
			c = []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[c-'0']
		}
		w.text.WriteRune(c)
	}
}

// reference leaves out the marks of notes, and puts out the notes.
func (w *writer) reference(e xml.StartElement) error {
	switch kind := pack.Attr(e, "type"); {
	case e.Name.Local == "a" && strings.Contains(kind, "noteref"), strings.Contains(pack.Attr(e, "role"), "backlink"):
		return nil
	case e.Name.Local == "a" && w.sup && strings.HasPrefix(pack.Attr(e, "href"), "#"):
		return nil
	case e.Name.Local == "a":
		return w.children()
	case strings.Contains(kind, "note"):
		w.flush()
		n := &writer{r: w.r, c: w.c}
		err := n.children()
		n.flush()
		for _, p := range n.out {
			if text := strings.TrimSpace(p.Text + strings.Join(p.Cells, "\t")); text != "" {
				w.out = append(w.out, draft.Piece{Kind: draft.Note, Text: text, Place: p.Place})
			}
		}
		return err
	}
	w.flush()
	err := w.children()
	w.flush()
	return err
}

// formats of lists by the type attribute of ol.
var formats = map[string]string{"": "decimal", "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}

func (w *writer) list(e xml.StartElement) error {
	w.flush()
	l := &list{next: 1}
	if e.Name.Local == "ol" && !strings.Contains(pack.Attr(e, "style"), "none") {
		l.format = formats[pack.Attr(e, "type")]
		if n, err := strconv.Atoi(pack.Attr(e, "start")); err == nil {
			l.next = min(n, 1<<24)
		}
	}
	w.lists = append(w.lists, l)
	err := w.children()
	w.flush()
	w.lists = w.lists[:len(w.lists)-1]
	return err
}

func (w *writer) item(e xml.StartElement) error {
	w.flush()
	if n := len(w.lists); n > 0 && w.lists[n-1].format != "" {
		l := w.lists[n-1]
		if v, err := strconv.Atoi(pack.Attr(e, "value")); err == nil {
			l.next = min(v, 1<<24)
		}
		w.label = ordinal.Format(l.format, l.next) + "."
		l.next++
	}
	err := w.children()
	w.flush()
	w.label = ""
	return err
}

// flush ends a paragraph.
func (w *writer) flush() {
	text := w.text.String()
	w.text.Reset()
	for _, line := range strings.Split(text, "\n") {
		if line = strings.Join(strings.FieldsFunc(line, func(r rune) bool { return r == ' ' }), " "); strings.TrimSpace(line) == "" {
			continue
		}
		w.r.place++
		p := draft.Piece{Kind: draft.Para, Text: ordinal.Join(w.label, strings.TrimSpace(line), false), Place: w.r.place}
		w.label = ""
		if w.level > 0 {
			p.Kind, p.Level = draft.Heading, w.level
		}
		w.out = append(w.out, p)
	}
}
