// Package pdf reads PDF files into drafts: paragraphs, headings, table rows and
// notes in reading order, each with its page.
//
// The way of a file:
//
//	bytes → objects (pdfcpu; object.go, repair.go)
//	      → glyphs with text, place and size (content.go, font.go, cmap.go)
//	      → lines → columns → tables → paragraphs (line.go, column.go, table.go, para.go)
//	      → pieces, without running headers and footers (furniture.go)
//
// Other engines (engine_pdfium.go, engine_ledongthuc.go) only replace the first
// two steps: every engine gives pages of glyphs, and the layout is the same.
// The engines' libraries are imported below this package and nowhere else.
package pdf

import (
	"errors"
	"fmt"
	"time"

	"mingxi/corpus/draft"
)

// Engines are the names of the readers; own is that of "" too.
func Engines() []string { return []string{"own", "pdfium", "ledongthuc"} }

// Options choose how a file is read. The zero value is right for most files.
type Options struct {
	Engine   string        // "" own text layer over pdfcpu's objects; or "pdfium", "ledongthuc"
	OCR      bool          // pages without text go to an installed tesseract
	Tess     string        // the tesseract program; "" looks it up in PATH
	Language string        // of OCR; "" means chi_sim
	CacheDir string        // where compiled engines are kept; "" means the user's cache directory
	Single   bool          // never ask a second engine
	Furnish  bool          // keep running headers, footers and page numbers
	Timeout  time.Duration // after which a file fails; 0 means a minute and half a minute more per MB (OCR has its own bound)
}

// Errors that callers may want to tell apart.
var (
	ErrPassword = errors.New("the file needs a password")
	ErrNotPDF   = errors.New("not a PDF file")
	ErrLimit    = errors.New("the file goes beyond the bounds of work or memory")
	ErrTime     = errors.New("the file took too long to read on this machine")
)

// An engine turns the bytes of a file into pages of glyphs.
type engine func(data []byte, o Options, b *budget) (*paper, error)

func engineFor(name string) (engine, error) {
	switch name {
	case "", "own":
		return readOwn, nil
	case "pdfium":
		return readPdfium, nil
	case "ledongthuc":
		return readLedongthuc, nil
	}
	return nil, fmt.Errorf("pdf: unknown engine %q (have own, pdfium, ledongthuc)", name)
}

// Read reads a PDF file. It never panics; what is left out (pages without text,
// damage that had to be repaired) is named in the draft's warnings. An error
// says that nothing could be read, and why.
func Read(data []byte, o Options) (*draft.Document, error) {
	eng, err := engineFor(o.Engine)
	if err != nil {
		return nil, err
	}
	b := newBudget(len(data), o.Timeout)
	d, err := readBy(eng, data, o, b)
	if b.expired { // what was read depends on the machine
		return nil, fmt.Errorf("pdf: %w", ErrTime)
	}
	return d, err
}

// readBy reads a file with an engine and, where that is asked for, a second one.
func readBy(eng engine, data []byte, o Options, b *budget) (*draft.Document, error) {
	p, err := guarded(eng, data, o, b)
	own := o.Engine == "" || o.Engine == "own"
	switch {
	case err != nil && own && !o.Single && worthASecond(err):
		b.work = newBudget(len(data), 0).work
		second, err2 := guarded(readPdfium, data, o, b)
		if err2 != nil {
			return nil, fmt.Errorf("pdf: %w", err)
		}
		p = second
		p.warnings = append(p.warnings, "read by the second engine: "+err.Error())
	case err != nil:
		return nil, fmt.Errorf("pdf: %w", err)
	case own && !o.Single:
		secondOpinion(p, data, o, b)
	}
	b.work = max(b.work, 0) + layoutWork
	if o.OCR {
		recognise(p, data, o)
	}
	p.settle()
	d := &draft.Document{Warnings: p.warnings}
	d.Warnings = append(d.Warnings, unread(p)...)
	pieces, left, all := compose(p, o, b)
	d.Warnings = append(d.Warnings, p.loose...)
	if !all {
		d.Warnings = append(d.Warnings, "beyond the bounds of work: the layout of the last pages is left out")
	}
	d.Pieces, d.Gone = pieces, left
	return d, nil
}

// worthASecond reports whether another engine may read what the first did not.
func worthASecond(err error) bool {
	return !errors.Is(err, ErrPassword) && !errors.Is(err, ErrNotPDF) && !errors.Is(err, ErrLimit)
}

// guarded runs an engine and turns its panics into errors.
func guarded(eng engine, data []byte, o Options, b *budget) (p *paper, err error) {
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); ok && errors.Is(e, ErrLimit) {
				err = ErrLimit
				return
			}
			err = fmt.Errorf("damaged beyond reading: %v", r)
		}
	}()
	return eng(data, o, b)
}
