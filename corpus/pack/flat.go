package pack

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"sort"
)

// OpenFlat opens a package that is one XML file (flat OPC, as Word saves it under
// .xml, and web systems under .doc): <pkg:part pkg:name="/word/document.xml"> holds the
// XML of a part, or its bytes in base64.
func OpenFlat(data []byte) (*Package, error) {
	text, err := plain(data)
	if err != nil {
		return nil, fmt.Errorf("open package: %w", err)
	}
	p := &Package{files: map[string]member{}, left: limit(len(data))}
	c := NewCursor(bytes.NewReader(text))
	err = c.Each(func(root xml.StartElement) error {
		if root.Name.Local != "package" {
			return fmt.Errorf("root element is %s, not a package", root.Name.Local)
		}
		return c.Each(func(e xml.StartElement) error {
			if e.Name.Local != "part" {
				return nil
			}
			return p.flatPart(c, Attr(e, "name"), text)
		})
	})
	if err != nil && len(p.names) == 0 {
		return nil, fmt.Errorf("open package: %w", err)
	}
	sort.Strings(p.names)
	return p, nil
}

// plain is XML as UTF-8. Word writes nothing else; UTF-16 is decoded.
func plain(data []byte) ([]byte, error) {
	b, wide := decoded(bytes.NewReader(data))
	if !wide {
		return bytes.TrimPrefix(data, []byte("\uFEFF")), nil
	}
	return io.ReadAll(b)
}

// flatPart reads a part: a slice of the text, or bytes.
func (p *Package) flatPart(c *Cursor, name string, text []byte) error {
	return c.Each(func(e xml.StartElement) error {
		var m flat
		switch e.Name.Local {
		case "xmlData":
			from := c.d.InputOffset()
			to := from
			err := c.Each(func(xml.StartElement) error {
				err := c.skipTo(c.open - 1)
				to = c.d.InputOffset()
				return err
			})
			if err != nil && to <= from {
				return err
			}
			m = flat{text: text[from:min(to, int64(len(text)))]}
		case "binaryData":
			s, err := c.Text()
			if err != nil {
				return err
			}
			m = flat{base64: s}
		default:
			return nil
		}
		if key := Fold(name); p.files[key] == nil && key != "" {
			p.files[key] = m
			p.names = append(p.names, clean(name))
		}
		return nil
	})
}

// A flat part is XML as it stands, or base64.
type flat struct {
	text   []byte
	base64 string
}

// Open opens the part. An empty one has no root.
func (f flat) Open() (io.ReadCloser, error) {
	switch {
	case f.base64 != "":
		return io.NopCloser(base64.NewDecoder(base64.StdEncoding, bytes.NewReader([]byte(f.base64)))), nil
	case len(f.text) == 0:
		return nil, errors.New("the part is empty")
	}
	return io.NopCloser(bytes.NewReader(f.text)), nil
}
