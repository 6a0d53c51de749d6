package pdf

import (
	"errors"
	"fmt"

	"github.com/ledongthuc/pdf"
)

// The engine "ledongthuc" is for comparison. Its library panics, recurses and
// allocates without bound on damaged files, so it is never given the file as it
// is: the objects are read by pdfcpu or found by searching first (repair.go),
// references that go round in circles are refused, and the library gets a clean
// file written anew, through a reader that stops when the time is over.

// readLedongthuc reads every page's glyphs with their places.
func readLedongthuc(data []byte, _ Options, b *budget) (*paper, error) {
	clean, ok := rebuild(data, b)
	if !ok {
		return nil, errors.New("ledongthuc: no pages found")
	}
	if err := vet(clean, b); err != nil {
		return nil, fmt.Errorf("ledongthuc: %w", err)
	}
	r, err := pdf.NewReader(newBoundedReader(clean, b), int64(len(clean)))
	if err != nil {
		return nil, fmt.Errorf("ledongthuc: %w", err)
	}
	p := &paper{}
	for n := 1; n <= min(r.NumPage(), maxPages) && !b.spent(); n++ {
		p.pages = append(p.pages, ledongthucPage(r.Page(n), n))
	}
	if len(p.pages) == 0 {
		return nil, errors.New("ledongthuc: the file has no pages")
	}
	return p, nil
}

// vet refuses files that the library would not survive: those that pdfcpu
// cannot open and those with circles in the page tree.
func vet(data []byte, b *budget) error {
	o, err := openPlain(data, b)
	if err != nil {
		return err
	}
	pages := o.pageDicts()
	if len(pages) == 0 {
		return errors.New("the file has no pages")
	}
	for _, d := range pages {
		n := 0
		for ; d != nil && n < maxTree; n++ {
			d = o.dict(d["Parent"])
		}
		if d != nil {
			return errors.New("the page tree goes round in circles")
		}
	}
	if o.circular() {
		return errors.New("objects that contain themselves")
	}
	return nil
}

func ledongthucPage(src pdf.Page, n int) (pg *page) {
	pg = &page{number: n, width: 595, height: 842}
	defer func() {
		if r := recover(); r != nil {
			pg.failed = fmt.Sprintf("ledongthuc: %v", r)
		}
		pg.tidy()
	}()
	for v, n := src.V, 0; n < maxTree && !v.IsNull(); v, n = v.Key("Parent"), n+1 {
		if m := v.Key("MediaBox"); m.Len() == 4 {
			pg.width, pg.height = m.Index(2).Float64(), m.Index(3).Float64()
			break
		}
	}
	for i, t := range src.Content().Text {
		if i >= maxGlyphs {
			break
		}
		g := glyph{s: clean(t.S), x: t.X, y: pg.height - t.Y, w: t.W, size: t.FontSize, seq: int32(i)}
		if g.w <= 0 {
			g.w = g.size
		}
		if g.size > 0 {
			pg.glyphs = append(pg.glyphs, g)
		}
	}
	return pg
}
