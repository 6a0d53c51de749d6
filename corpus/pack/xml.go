package pack

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// deepest is how many elements may be open at once; Word itself stops at 50.
const deepest = 400

// ErrDeep is returned for XML nested beyond reason.
var ErrDeep = errors.New("elements nested too deep")

// A Cursor walks XML as a recursive descent: each function reads the element
// it was called for, and what it leaves unread is skipped.
type Cursor struct {
	d    *xml.Decoder
	open int
}

// NewCursor reads XML in UTF-8, UTF-16 or a declared encoding.
func NewCursor(r io.Reader) *Cursor {
	b, wide := decoded(r)
	d := xml.NewDecoder(b)
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		if wide || strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return r, nil // already decoded, or in truth UTF-8
		}
		e, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(r), nil
	}
	return &Cursor{d: d}
}

// Root is the root element of XML that may be cut: its name and attributes.
func Root(head []byte) (xml.StartElement, bool) {
	c := NewCursor(bytes.NewReader(bytes.TrimLeft(head, " \t\r\n"))).Lenient()
	for {
		switch t, err := c.d.Token(); e := t.(type) {
		case xml.StartElement:
			return e, true
		default:
			if err != nil {
				return xml.StartElement{}, false
			}
		}
	}
}

// decoded is r without byte order mark, and as UTF-8 where it is UTF-16 (wide).
func decoded(r io.Reader) (b *bufio.Reader, wide bool) {
	b = bufio.NewReader(r)
	if head, _ := b.Peek(4); len(head) == 4 {
		switch string(head[:2]) {
		case "\xff\xfe", "\xfe\xff", "<\x00", "\x00<":
			wide = true
		}
		if wide {
			order := unicode.LittleEndian
			if head[0] == 0 || head[0] == 0xfe {
				order = unicode.BigEndian
			}
			b = bufio.NewReader(transform.NewReader(b, unicode.UTF16(order, unicode.UseBOM).NewDecoder()))
		}
	}
	if bom, _ := b.Peek(3); string(bom) == "\uFEFF" {
		b.Discard(3)
	}
	return b, wide
}

// Walk reads a part of the package as XML: f is called for its root, and reads
// on with the cursor.
func (p *Package) Walk(name string, f func(c *Cursor, root xml.StartElement) error) error {
	r, err := p.Open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	c := NewCursor(r)
	root := false
	err = c.Each(func(e xml.StartElement) error {
		root = true
		return f(c, e)
	})
	switch {
	case p.left <= 0:
		err = ErrTooLarge // the XML seems cut
	case err == nil && !root:
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

// Each calls f for each child of the open element, until its end.
func (c *Cursor) Each(f func(e xml.StartElement) error) error {
	return c.EachText(f, nil)
}

// EachText is Each that also hands on the text between the children.
func (c *Cursor) EachText(f func(e xml.StartElement) error, text func(b []byte)) error {
	depth := c.open
	for {
		t, err := c.d.Token()
		if err == io.EOF && depth == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if c.open++; c.open > deepest {
				return ErrDeep
			}
			if err := f(t); err != nil {
				return err
			}
			if err := c.skipTo(depth); err != nil {
				return err
			}
		case xml.EndElement:
			c.open--
			return nil
		case xml.CharData:
			if text != nil {
				text(t)
			}
		}
	}
}

// Text reads the open element to its end and returns its text, that of its
// descendants included.
func (c *Cursor) Text() (string, error) {
	var b strings.Builder
	depth := c.open - 1
	for c.open > depth {
		t, err := c.d.Token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			c.open++
		case xml.EndElement:
			c.open--
		case xml.CharData:
			b.Write(t)
		}
	}
	return b.String(), nil
}

// skipTo reads on until only n elements are open.
func (c *Cursor) skipTo(n int) error {
	for c.open > n {
		t, err := c.d.Token()
		if err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			c.open++
		case xml.EndElement:
			c.open--
		}
	}
	return nil
}

// Attr is the value of the attribute of that local name, or "".
func Attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// EachChoice is Each that looks into markup compatibility: of an
// AlternateContent only the first Choice is taken (the Fallback says the same
// again for older programs), or the Fallback where there is no Choice.
func (c *Cursor) EachChoice(f func(e xml.StartElement) error) error {
	return c.Each(func(e xml.StartElement) error { return c.choose(e, f) })
}

func (c *Cursor) choose(e xml.StartElement, f func(e xml.StartElement) error) error {
	if e.Name.Local != "AlternateContent" {
		return f(e)
	}
	taken := false
	return c.Each(func(e xml.StartElement) error {
		if taken || e.Name.Local != "Choice" && e.Name.Local != "Fallback" {
			return nil
		}
		taken = true
		return c.EachChoice(f)
	})
}

// Loose makes the cursor take XML as web systems write it: bare ampersands, entities of
// HTML, attributes without quotes.
func (c *Cursor) Loose() *Cursor {
	c.d.Strict, c.d.Entity = false, xml.HTMLEntity
	return c
}

// Lenient makes the cursor take what browsers take: HTML entities, elements
// left open, attributes without quotes.
func (c *Cursor) Lenient() *Cursor {
	c.d.Strict, c.d.AutoClose, c.d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	return c
}

// A Relation leads from one part to another.
type Relation struct {
	ID, Kind, Target string // Kind is the last word of its type
	External         bool
}

// Relations are those of a part, those of the package for "".
func (p *Package) Relations(part string) (out []Relation, err error) {
	dir, file := path.Split(part)
	name := dir + "_rels/" + file + ".rels"
	if !p.Has(name) {
		return nil, nil
	}
	err = p.Walk(name, func(c *Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			to := Attr(e, "Target")
			if !strings.HasPrefix(to, "/") {
				to = dir + to
			}
			to = strings.TrimPrefix(path.Clean("/"+to), "/")
			out = append(out, Relation{Attr(e, "Id"), path.Base(Attr(e, "Type")), to, Attr(e, "TargetMode") == "External"})
			return nil
		})
	})
	return out, err
}
