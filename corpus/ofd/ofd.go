// Package ofd reads OFD documents (GB/T 33190), the fixed layout of Chinese
// public bodies: a zip package of XML. OFD.xml names the document, this names
// its pages, and a page has text objects: characters with their positions.
//
//	ofd.go      the package: documents, pages
//	page.go     text objects → characters
//	composite.go text that lies in resources
//	template.go the words of page templates among those of the page
//	layout.go   characters → lines → paragraphs and rows
//
// Annotations (stamps) are left out.
package ofd

import (
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/pack"
)

// ErrEncrypted is returned for documents that need a key.
var ErrEncrypted = errors.New("the document is encrypted")

// Read reads an .ofd file. Errors name the part that could not be read.
func Read(data []byte) (*draft.Document, error) {
	p, err := pack.Open(data)
	if err != nil {
		return nil, fmt.Errorf("ofd: %w", err)
	}
	r := &reader{pack: p}
	if err := r.read(); err != nil {
		return nil, fmt.Errorf("ofd: %w", err)
	}
	return &r.doc, nil
}

type reader struct {
	pack      *pack.Package
	doc       draft.Document
	templates map[string]*template // of the document being read, by ID
	units     map[string][]char    // text of its composite graphic units, by ID
	codes     int                  // TextCodes of units so far
	page      int
	repeated  bool // words of a template were left out
}

func (r *reader) read() error {
	roots, err := r.roots()
	if err != nil {
		return err
	}
	l := &layout{}
	var empty []string
	for _, root := range roots {
		pages, err := r.pages(root)
		if err != nil {
			return err
		}
		for _, name := range pages {
			r.page++
			chars, err := r.readPage(name)
			if err != nil {
				return err
			}
			if len(chars) == 0 {
				empty = append(empty, fmt.Sprint(r.page))
			}
			l.add(r.page, chars)
		}
	}
	r.doc.Pieces = l.pieces()
	if r.repeated {
		r.doc.Warnings = append(r.doc.Warnings, "heads and feet of page templates left out behind their first page")
	}
	if len(empty) > 0 {
		r.doc.Warnings = append(r.doc.Warnings, "pages without text: "+strings.Join(empty[:min(len(empty), 50)], ", "))
	}
	return nil
}

// roots are the document parts that OFD.xml names.
func (r *reader) roots() ([]string, error) {
	var roots []string
	encrypted := false
	err := r.pack.Walk("OFD.xml", func(c *pack.Cursor, root xml.StartElement) error {
		if root.Name.Local != "OFD" {
			return fmt.Errorf("root element is %s, not OFD", root.Name.Local)
		}
		return c.Each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "Encryptions":
				encrypted = true
			case "DocBody":
				return c.Each(func(e xml.StartElement) error {
					if e.Name.Local == "Encryptions" {
						encrypted = true
					}
					if e.Name.Local != "DocRoot" {
						return nil
					}
					name, err := c.Text()
					roots = append(roots, resolve("", name))
					return err
				})
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	if encrypted || r.pack.Has("Encryptions.xml") {
		return nil, ErrEncrypted
	}
	if len(roots) == 0 {
		return nil, errors.New("read OFD.xml: it names no document")
	}
	return roots, nil
}

// pages are the parts of a document's pages, in order.
func (r *reader) pages(root string) ([]string, error) {
	var pages, resources []string
	r.templates, r.units, r.codes = map[string]*template{}, map[string][]char{}, fromUnit
	err := r.pack.Walk(root, func(c *pack.Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "CommonData":
				return c.Each(func(e xml.StartElement) error {
					if e.Name.Local == "DocumentRes" || e.Name.Local == "PublicRes" {
						name, err := c.Text()
						resources = append(resources, resolve(path.Dir(root), name))
						return err
					}
					if at := pack.Attr(e, "BaseLoc"); e.Name.Local == "TemplatePage" && at != "" {
						r.templates[pack.Attr(e, "ID")] = &template{part: resolve(path.Dir(root), at)}
					}
					return nil
				})
			case "Pages":
			default:
				return nil
			}
			return c.Each(func(e xml.StartElement) error {
				if at := pack.Attr(e, "BaseLoc"); at != "" {
					pages = append(pages, resolve(path.Dir(root), at))
				}
				return nil
			})
		})
	})
	for _, name := range resources {
		if r.pack.Has(name) {
			r.readUnits(name)
		}
	}
	return pages, err
}

// resolve is the name of a part that another in dir refers to.
func resolve(dir, name string) string {
	name = strings.ReplaceAll(strings.TrimSpace(name), `\`, "/")
	if strings.HasPrefix(name, "/") {
		return path.Clean(name[1:])
	}
	return path.Join(dir, name)
}
