package docx

import (
	"encoding/xml"
	"strconv"
	"strings"

	"mingxi/corpus/ordinal"
	"mingxi/corpus/pack"
)

// An abstract list: nine levels, and which style each is bound to.
type abstract struct {
	levels    [ordinal.Levels]ordinal.Level
	styles    [ordinal.Levels]string
	styleLink string // this is the list of that numbering style
	numLink   string // the levels are those of that numbering style
	counter   ordinal.Counter
}

// A list that paragraphs name: an abstract one with changes of its own. Lists
// over the same abstract one count on, unless a start is set anew.
type list struct {
	abstract string
	levels   map[int]ordinal.Level // replaced
	starts   map[int]int           // restarted at the first use
	begun    [ordinal.Levels]bool
	resolved *[ordinal.Levels]ordinal.Level
}

type lists struct {
	abstracts map[string]*abstract
	byID      map[string]*list
	linked    map[string]string // abstract list by the numbering style it defines
}

func (r *reader) readNumbering(part string) error {
	r.lists = lists{map[string]*abstract{}, map[string]*list{}, map[string]string{}}
	return r.walk(part, func(c *pack.Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "abstractNum":
				return r.lists.readAbstract(c, pack.Attr(e, "abstractNumId"))
			case "num":
				return r.lists.readNum(c, pack.Attr(e, "numId"))
			}
			return nil
		})
	})
}

func (l *lists) readAbstract(c *pack.Cursor, id string) error {
	a := &abstract{}
	for i := range a.levels {
		a.levels[i] = ordinal.Level{Format: "none"}
	}
	l.abstracts[id] = a
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "styleLink":
			a.styleLink = pack.Attr(e, "val")
			l.linked[a.styleLink] = id
		case "numStyleLink":
			a.numLink = pack.Attr(e, "val")
		case "lvl":
			if i, ok := levelOf(e); ok {
				var err error
				a.levels[i], a.styles[i], err = readLevel(c)
				return err
			}
		}
		return nil
	})
}

func levelOf(e xml.StartElement) (int, bool) {
	i, err := strconv.Atoi(pack.Attr(e, "ilvl"))
	return i, err == nil && i >= 0 && i < ordinal.Levels
}

func readLevel(c *pack.Cursor) (l ordinal.Level, style string, err error) {
	l.Format = "decimal"
	err = c.EachChoice(func(e xml.StartElement) error {
		val := pack.Attr(e, "val")
		switch e.Name.Local {
		case "start":
			l.Start = small(val)
		case "numFmt":
			l.Format = val
			if val == "custom" { // 001, 002, …
				l.Format = "decimalZero"
			}
		case "nfc": // of Word 2003
			l.Format = ordinal.Code(small(val))
		case "lvlText":
			l.Text = val
		case "lvlRestart":
			if l.Restart = small(val); l.Restart == 0 {
				l.Restart = -1
			}
		case "isLgl":
			l.Legal = on(e)
		case "suff":
			l.Tight = strings.EqualFold(val, "nothing")
		case "pStyle":
			style = val
		}
		return nil
	})
	return l, style, err
}

// small is a count, bounded so that adding to it never overflows.
func small(s string) int {
	n, _ := strconv.Atoi(s)
	return max(0, min(n, 1<<24))
}

func (l *lists) readNum(c *pack.Cursor, id string) error {
	n := &list{levels: map[int]ordinal.Level{}, starts: map[int]int{}}
	l.byID[id] = n
	return c.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "abstractNumId", "ilst": // the second of Word 2003
			n.abstract = pack.Attr(e, "val")
		case "lvlOverride":
			i, ok := levelOf(e)
			if !ok {
				return nil
			}
			return c.Each(func(e xml.StartElement) (err error) {
				switch e.Name.Local {
				case "startOverride":
					n.starts[i] = small(pack.Attr(e, "val"))
				case "lvl":
					n.levels[i], _, err = readLevel(c)
				}
				return err
			})
		}
		return nil
	})
}

// number counts a paragraph and returns its number as printed.
func (r *reader) number(p *props) (number string, tight bool) {
	id, level, styled := r.membership(p)
	n := r.lists.byID[id]
	if n == nil || id == "0" {
		return "", false
	}
	a := r.root(n.abstract)
	if a == nil {
		return "", false
	}
	if styled != "" {
		for i, s := range a.styles {
			if s == styled {
				level = i
			}
		}
	}
	if level < 0 || level >= ordinal.Levels {
		return "", false
	}
	levels := n.resolve(a)
	if start, ok := n.starts[level]; ok && !n.begun[level] {
		a.counter.Reset(level, start)
	}
	n.begun[level] = true
	return a.counter.Next(levels, level), levels[level].Tight
}

// membership finds the list of a paragraph: its own, else that of its style or
// of a style that this is based on (then styled names it).
func (r *reader) membership(p *props) (id string, level int, styled string) {
	if p.num.id != "" {
		return p.num.id, p.num.level, ""
	}
	level = p.num.level
	r.styles.chain(r.styleOf(p), func(name string, s *style) bool {
		if s.num.id == "" && !s.num.hasLevel {
			return false
		}
		if !p.num.hasLevel && s.num.hasLevel && level == 0 {
			level = s.num.level
		}
		if s.num.id == "" {
			return false
		}
		id = s.num.id
		return true
	})
	if !p.num.hasLevel {
		styled = r.styleOf(p)
	}
	return id, level, styled
}

// root follows links from a list to the numbering style that holds its levels.
func (r *reader) root(id string) *abstract {
	for range 8 {
		a := r.lists.abstracts[id]
		if a == nil || a.numLink == "" {
			return a
		}
		next := r.lists.linked[a.numLink]
		if st := r.styles.byID[a.numLink]; st != nil && r.lists.byID[st.num.id] != nil {
			next = r.lists.byID[st.num.id].abstract
		}
		if next == id || next == "" {
			return a
		}
		id = next
	}
	return nil
}

func (n *list) resolve(a *abstract) *[ordinal.Levels]ordinal.Level {
	if len(n.levels) == 0 {
		return &a.levels
	}
	if n.resolved == nil {
		levels := a.levels
		for i, l := range n.levels {
			levels[i] = l
		}
		n.resolved = &levels
	}
	return n.resolved
}

func (r *reader) styleOf(p *props) string {
	if p.style == "" {
		return r.styles.plain
	}
	return p.style
}
