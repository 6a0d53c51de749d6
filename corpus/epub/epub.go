// Package epub reads EPUB books: the chapters of the spine in order, with
// headings, lists, tables and footnotes. Navigation is left out.
//
//	epub.go      the package: container, manifest, spine
//	chapter.go   a chapter's XHTML → pieces
//	table.go     tables
package epub

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
	"mingxi/corpus/html"
	"mingxi/corpus/pack"
)

// ErrEncrypted is returned for books with copy protection.
var ErrEncrypted = errors.New("the book is encrypted")

// Read reads an .epub file. Errors name the part that could not be read.
func Read(data []byte) (*draft.Document, error) {
	p, err := pack.Open(data)
	if err != nil {
		return nil, fmt.Errorf("epub: %w", err)
	}
	r := &reader{pack: p, spare: grid.NewBudget()}
	if err := r.read(); err != nil {
		return nil, fmt.Errorf("epub: %w", err)
	}
	return &r.doc, nil
}

type reader struct {
	pack   *pack.Package
	doc    draft.Document
	place  int
	tables int
	spare  *grid.Budget
	cut    bool
}

func (r *reader) read() error {
	root, err := r.rootfile()
	if err != nil {
		return err
	}
	chapters, err := r.spine(root)
	if err != nil {
		return err
	}
	locked, err := r.locked()
	if err != nil {
		return err
	}
	for _, name := range chapters {
		if locked[strings.ToLower(name)] {
			return fmt.Errorf("read %s: %w", name, ErrEncrypted)
		}
		if err := r.chapter(name); err != nil {
			return err
		}
	}
	if r.cut {
		r.doc.Warnings = append(r.doc.Warnings, "tables wider than 256 columns cut")
	}
	if len(r.doc.Pieces) == 0 {
		r.doc.Warnings = append(r.doc.Warnings, "no text")
	}
	return nil
}

// rootfile finds the package document.
func (r *reader) rootfile() (name string, err error) {
	const container = "META-INF/container.xml"
	if r.pack.Has(container) {
		err = r.pack.Walk(container, func(c *pack.Cursor, _ xml.StartElement) error {
			return c.Each(func(xml.StartElement) error {
				return c.Each(func(e xml.StartElement) error {
					if e.Name.Local == "rootfile" && name == "" {
						name = pack.Attr(e, "full-path")
					}
					return nil
				})
			})
		})
	}
	if err == nil && name == "" {
		for _, n := range r.pack.Names() {
			if strings.HasSuffix(n, ".opf") {
				name = n
			}
		}
	}
	if err == nil && name == "" {
		err = errors.New("no package document (.opf)")
	}
	return name, err
}

// spine lists the chapters in reading order.
func (r *reader) spine(root string) ([]string, error) {
	items := map[string]string{}
	var chapters []string
	err := r.pack.Walk(root, func(c *pack.Cursor, _ xml.StartElement) error {
		return c.Each(func(e xml.StartElement) error {
			part := e.Name.Local
			if part != "manifest" && part != "spine" {
				return nil
			}
			return c.Each(func(e xml.StartElement) error {
				switch {
				case part == "manifest" && !strings.Contains(pack.Attr(e, "properties"), "nav"):
					items[pack.Attr(e, "id")] = resolve(root, pack.Attr(e, "href"))
				case part == "spine" && pack.Attr(e, "linear") != "no":
					if name := items[pack.Attr(e, "idref")]; name != "" {
						chapters = append(chapters, name)
					}
				}
				return nil
			})
		})
	})
	return chapters, err
}

func resolve(base, href string) string {
	if s, err := url.PathUnescape(href); err == nil {
		href = s
	}
	href, _, _ = strings.Cut(href, "#")
	return path.Join(path.Dir(base), href)
}

// locked lists the parts that are encrypted.
func (r *reader) locked() (map[string]bool, error) {
	const name = "META-INF/encryption.xml"
	locked := map[string]bool{}
	if !r.pack.Has(name) {
		return locked, nil
	}
	err := r.pack.Walk(name, func(c *pack.Cursor, _ xml.StartElement) error {
		var look func(e xml.StartElement) error
		look = func(e xml.StartElement) error {
			if e.Name.Local == "CipherReference" {
				locked[strings.ToLower(resolve("", pack.Attr(e, "URI")))] = true
			}
			return c.Each(look)
		}
		return c.Each(look)
	})
	return locked, err
}

func (r *reader) chapter(name string) error {
	if !r.pack.Has(name) {
		r.doc.Warnings = append(r.doc.Warnings, "chapter "+name+" is missing")
		return nil
	}
	b, err := r.pack.ReadFile(name)
	if err != nil {
		return err
	}
	w := &writer{r: r, c: pack.NewCursor(bytes.NewReader(b)).Lenient()}
	if err = w.c.Each(w.element); err == nil {
		w.flush()
		r.doc.Pieces = append(r.doc.Pieces, w.out...)
		return nil
	}
	d, err2 := html.Read(b, html.Options{}) // not XML: as browsers see it
	if err2 != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	r.doc.Pieces = append(r.doc.Pieces, d.Pieces...)
	return nil
}
