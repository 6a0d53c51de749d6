package doc

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"mingxi/corpus/ole"
	"mingxi/corpus/ordinal"
)

// A list holds its levels and its counts.
type list struct {
	levels  [ordinal.Levels]ordinal.Level
	counter ordinal.Counter
}

// An override is what paragraphs refer to: a list with changes of its own.
type override struct {
	list   *list
	levels *[ordinal.Levels]ordinal.Level
	starts map[int]int
	begun  [ordinal.Levels]bool
}

type lists []override

// most is how many lists a document may have.
const mostLists = 1 << 14

func (r *reader) readLists() {
	if r.npairs <= fcOverrides {
		return
	}
	byID := r.readDefinitions()
	b := r.pair(fcOverrides)
	n := min(ole.U32(b, 0), mostLists, len(b)/16)
	c := cursor{b: b, at: 4 + 16*n}
	for i := range n {
		at := 4 + 16*i
		o := override{list: byID[ole.U32(b, at)], starts: map[int]int{}}
		if o.list != nil {
			o.levels = &o.list.levels
		}
		c.at += 4
		for range ole.U8(b, at+12) {
			start, flags := c.u32(), c.u32()
			level := flags & 15
			if flags&0x10 != 0 {
				o.starts[level] = min(start, 1<<24)
			}
			if flags&0x20 != 0 {
				l := c.level()
				if o.list != nil && level < ordinal.Levels {
					levels := *o.levels
					levels[level] = l
					o.levels = &levels
				}
			}
		}
		r.lists = append(r.lists, o)
	}
	if c.bad {
		r.doc.Warnings = append(r.doc.Warnings, "the definitions of automatic numbers are damaged: numbers may be missing")
	}
}

// readDefinitions reads the lists by their identifiers. Their levels lie behind
// the part that the FIB names.
func (r *reader) readDefinitions() map[int]*list {
	at := ole.U32(r.word, r.pairs+8*fcLists)
	b := r.pair(fcLists)
	n := min(ole.U16(b, 0), len(b)/28)
	byID := map[int]*list{}
	if n == 0 {
		return byID
	}
	c := cursor{b: r.table, at: at + 2 + 28*n}
	for i := range n {
		l := &list{}
		levels := ordinal.Levels
		if ole.U8(b, 2+28*i+26)&1 != 0 {
			levels = 1
		}
		for k := range levels {
			l.levels[k] = c.level()
		}
		byID[ole.U32(b, 2+28*i)] = l
	}
	if c.bad {
		r.doc.Warnings = append(r.doc.Warnings, "the definitions of automatic numbers are damaged: numbers may be missing")
	}
	return byID
}

// A cursor reads one thing after another.
type cursor struct {
	b   []byte
	at  int
	bad bool
}

func (c *cursor) take(n int) []byte {
	b := cut(c.b, c.at, n)
	if len(b) < n {
		c.bad = true
		return make([]byte, n)
	}
	c.at += n
	return b
}

func (c *cursor) u32() int { return ole.U32(c.take(4), 0) }

// level reads a level: its text has the numbers 0-8 where counts go.
func (c *cursor) level() ordinal.Level {
	b := c.take(28)
	l := ordinal.Level{Start: min(ole.U32(b, 0), 1<<24), Format: ordinal.Code(ole.U8(b, 4)), Legal: b[5]&4 != 0, Tight: b[15] == 2}
	if b[5]&8 != 0 {
		l.Restart = int(b[26])
		if l.Restart == 0 {
			l.Restart = -1
		}
	}
	c.take(int(b[24]) + int(b[25]))
	units := make([]uint16, ole.U16(c.take(2), 0))
	text := c.take(2 * len(units))
	var s strings.Builder
	for i := range units {
		units[i] = uint16(ole.U16(text, 2*i))
	}
	for _, x := range utf16.Decode(units) {
		if x < ordinal.Levels {
			fmt.Fprintf(&s, "%%%d", x+1)
		} else {
			s.WriteRune(x)
		}
	}
	l.Text = s.String()
	return l
}

// number counts a paragraph and returns its number as printed.
func (r *reader) number(p *pap) (number string, tight bool) {
	if p.list < 1 || p.list > len(r.lists) {
		return "", false
	}
	o := &r.lists[p.list-1]
	if o.list == nil {
		return "", false
	}
	level := min(p.level, ordinal.Levels-1)
	if start, ok := o.starts[level]; ok && !o.begun[level] {
		o.list.counter.Reset(level, start)
	}
	o.begun[level] = true
	return o.list.counter.Next(o.levels, level), o.levels[level].Tight
}
