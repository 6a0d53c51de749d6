package pdf

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// The second engine is PDFium, compiled to WebAssembly: no C, no file system,
// memory and time bounded by the runtime. Compiling it takes seconds, so the
// compiled code is kept in the user's cache directory. It reads pages that the
// own engine cannot, and it draws pages for OCR.

const wasmPages = 12 << 10 // of 64 KiB: 768 MiB

// A pdfiumFile is a file opened in an instance of its own.
type pdfiumFile struct {
	pool   pdfium.Pool
	inst   pdfium.Pdfium
	doc    references.FPDF_DOCUMENT
	n      int
	cache  wazero.CompilationCache
	cancel context.CancelFunc
}

// openPdfium opens a file. The caller closes it.
func openPdfium(data []byte, cacheDir string, limit time.Duration) (*pdfiumFile, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	f := &pdfiumFile{cancel: cancel}
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(wasmPages).
		WithCloseOnContextDone(true)
	if c, err := wazero.NewCompilationCacheWithDir(pdfiumCache(cacheDir)); err == nil {
		f.cache = c
		config = config.WithCompilationCache(c)
	}
	var err error
	f.pool, err = webassembly.Init(webassembly.Config{
		Context: ctx, MinIdle: 0, MaxIdle: 1, MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), RuntimeConfig: config, Stdout: io.Discard, Stderr: io.Discard,
	})
	if err == nil {
		f.inst, err = f.pool.GetInstanceWithContext(ctx)
	}
	if err == nil {
		err = f.open(data)
	}
	if err != nil {
		f.close()
		return nil, fmt.Errorf("pdfium: %w", err)
	}
	return f, nil
}

func (f *pdfiumFile) open(data []byte) error {
	d, err := f.inst.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return err
	}
	f.doc = d.Document
	c, err := f.inst.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: f.doc})
	if err != nil {
		return err
	}
	f.n = min(c.PageCount, maxPages)
	return nil
}

// close gives everything back. After the time is over the instance is dead
// already, and closing it may fail: that is as good.
func (f *pdfiumFile) close() {
	defer func() { _ = recover() }()
	defer f.cancel()
	if f.inst != nil {
		f.inst.Close()
	}
	if f.pool != nil {
		f.pool.Close()
	}
	if f.cache != nil {
		f.cache.Close(context.Background())
	}
}

// pdfiumCache is where compiled code is kept.
func pdfiumCache(dir string) string {
	if dir == "" {
		d, err := os.UserCacheDir()
		if err != nil {
			d = os.TempDir()
		}
		dir = filepath.Join(d, "mingxi")
	}
	return filepath.Join(dir, "wasm")
}

// readPdfium is the engine "pdfium" for a whole file.
func readPdfium(data []byte, o Options, b *budget) (*paper, error) {
	f, err := openPdfium(data, o.CacheDir, time.Until(b.deadline)+startPdfium)
	if err != nil {
		return nil, err
	}
	defer f.close()
	p := &paper{}
	for i := range f.n {
		pg, err := f.page(i)
		if err != nil {
			pg = &page{number: i + 1, failed: err.Error()}
		}
		p.pages = append(p.pages, pg)
		b.charge(workPerPage)
		if i+1 < f.n && b.spent() {
			p.warnings = append(p.warnings, fmt.Sprintf("beyond the bounds of work: read %d of %d pages", i+1, f.n))
			break
		}
	}
	if len(p.pages) == 0 {
		return nil, errors.New("pdfium: the file has no pages")
	}
	return p, nil
}

// startPdfium is allowed on top for compiling it the first time.
const startPdfium = 20 * time.Second

func (f *pdfiumFile) ref(i int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: f.doc, Index: i}}
}

// page reads the glyphs of page i (from 0).
func (f *pdfiumFile) page(i int) (*page, error) {
	pg := &page{number: i + 1}
	m, err := f.frame(i, pg)
	if err != nil {
		return nil, err
	}
	text, err := f.inst.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: f.ref(i)})
	if err != nil {
		return nil, err
	}
	defer f.inst.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	count, err := f.inst.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return nil, err
	}
	for c := range min(count.Count, maxGlyphs) {
		g, ok, err := f.char(text.TextPage, c, m)
		if err != nil {
			return nil, err
		}
		if ok {
			g.seq = int32(c)
			pg.glyphs = append(pg.glyphs, g)
		}
	}
	pg.tidy()
	return pg, nil
}

// frame sets the page's size and returns the map to its upright frame.
func (f *pdfiumFile) frame(i int, pg *page) (matrix, error) {
	rot, err := f.inst.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: f.ref(i)})
	if err != nil {
		return identity, err
	}
	b := [4]float64{0, 0, 595, 842}
	if c, err := f.inst.FPDFPage_GetCropBox(&requests.FPDFPage_GetCropBox{Page: f.ref(i)}); err == nil && c.Right > c.Left {
		b = [4]float64{float64(c.Left), float64(c.Bottom), float64(c.Right), float64(c.Top)}
	} else if c, err := f.inst.FPDFPage_GetMediaBox(&requests.FPDFPage_GetMediaBox{Page: f.ref(i)}); err == nil && c.Right > c.Left {
		b = [4]float64{float64(c.Left), float64(c.Bottom), float64(c.Right), float64(c.Top)}
	}
	m, w, h := upright(b[0], b[1], b[2], b[3], int(rot.PageRotation)*90)
	pg.width, pg.height = w, h
	return m, nil
}

// char reads one character; those that PDFium made up (spaces, line ends) are none.
func (f *pdfiumFile) char(t references.FPDF_TEXTPAGE, i int, m matrix) (glyph, bool, error) {
	u, err := f.inst.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: t, Index: i})
	if err != nil {
		return glyph{}, false, err
	}
	s := clean(string(rune(u.Unicode)))
	if gen, err := f.inst.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: t, Index: i}); err == nil && gen.IsGenerated || s == "" {
		return glyph{}, false, nil
	}
	at, err := f.inst.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: t, Index: i})
	if err != nil {
		return glyph{}, false, nil
	}
	size, err := f.inst.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: t, Index: i})
	if err != nil {
		return glyph{}, false, nil
	}
	g := glyph{s: s, size: size.FontSize}
	dx, dy := m.vector(1, 0)
	if tm, err := f.inst.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: t, Index: i}); err == nil {
		g.size *= math.Hypot(float64(tm.Matrix.C), float64(tm.Matrix.D))
		dx, dy = m.vector(float64(tm.Matrix.A), float64(tm.Matrix.B))
	}
	g.dir = directionOf(dx, dy)
	g.x, g.y = m.point(at.X, at.Y)
	g.w = g.size
	if box, err := f.inst.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: t, Index: i}); err == nil {
		r := box.Rect
		w, h := math.Abs(float64(r.Right-r.Left)), math.Abs(float64(r.Top-r.Bottom))
		if bx, _ := m.vector(1, 0); (g.dir == right || g.dir == left) == (bx != 0) {
			g.w = w
		} else {
			g.w = h
		}
	}
	return g, g.size > 0.1, nil
}

// render draws page i in grey, width pixels wide.
func (f *pdfiumFile) render(i, width int) (*image.Gray, func(), error) {
	r, err := f.inst.RenderPageInPixels(&requests.RenderPageInPixels{
		Page: f.ref(i), Width: width, Height: 4 * width, ImageFormat: requests.RenderImageFormatGrayscale,
	})
	if err != nil {
		return nil, nil, err
	}
	g, ok := r.Result.RenderedImage.(*image.Gray)
	if !ok {
		r.Cleanup()
		return nil, nil, errors.New("pdfium: no grey image")
	}
	return g, r.Cleanup, nil
}
