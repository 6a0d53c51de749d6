package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"strings"
	"time"
)

// OCR is done by tesseract, if it is installed. A page is drawn by the second
// engine at a fixed width, never at a resolution: scans do not tell theirs.
// Measured: 1,650-2,000 pixels give the best text; more is slower and worse.

const (
	ocrWidth   = 1800
	ocrPage    = 60 * time.Second // for one page
	ocrFile    = 30 * time.Minute // for all pages of a file
	ocrRenders = 5 * time.Second  // for drawing one page
)

// recognise reads the pages without readable text by OCR.
func recognise(p *paper, data []byte, o Options) {
	var todo []int
	for i, pg := range p.pages {
		if !pg.hasText() && pg.images > 0.2 || !pg.readable() {
			todo = append(todo, i)
		}
	}
	if len(todo) == 0 {
		return
	}
	program, err := tesseract(o)
	if err != nil {
		p.warnings = append(p.warnings, err.Error())
		return
	}
	limit := min(ocrFile, time.Duration(len(todo))*(ocrPage+ocrRenders))
	f, err := openPdfium(data, o.CacheDir, limit+startPdfium)
	if err != nil {
		p.warnings = append(p.warnings, "OCR: "+err.Error())
		return
	}
	defer f.close()
	deadline := time.Now().Add(limit)
	var done []int
	for _, i := range todo {
		if i >= f.n || time.Now().After(deadline) {
			break
		}
		if err := ocr(f, p.pages[i], program, o); err != nil {
			p.warnings = append(p.warnings, fmt.Sprintf("OCR of page %d: %v", i+1, err))
			continue
		}
		done = append(done, i+1)
	}
	if len(done) > 0 {
		p.warnings = append(p.warnings, "read by OCR: "+pageList(done))
	}
}

// tesseract finds the program.
func tesseract(o Options) (string, error) {
	name := o.Tess
	if name == "" {
		name = "tesseract"
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return "", errors.New("OCR needs the program tesseract with chi_sim, which is not installed")
	}
	return path, nil
}

// ocr replaces the glyphs of a page by the words that tesseract finds on it.
func ocr(f *pdfiumFile, pg *page, program string, o Options) error {
	img, free, err := f.render(pg.number-1, ocrWidth)
	if err != nil {
		return err
	}
	defer free()
	out, err := runTesseract(img, program, o, len(pg.rules) > 8)
	if err != nil {
		return err
	}
	scale := pg.width / float64(img.Bounds().Dx())
	pg.glyphs = wordsOf(out, scale)
	pg.lost, pg.failed = 0, ""
	return nil
}

// runTesseract returns tesseract's table of words (TSV) for an image.
func runTesseract(img image.Image, program string, o Options, ruled bool) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), ocrPage)
	defer cancel()
	lang, mode := o.Language, "6" // one block of text
	if lang == "" {
		lang = "chi_sim"
	}
	if ruled {
		mode = "3" // find the layout
	}
	var in, out, msg bytes.Buffer
	if err := png.Encode(&in, img); err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, program, "-", "-", "-l", lang, "--psm", mode, "tsv")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &in, &out, &msg
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return "", fmt.Errorf("tesseract took more than %v", ocrPage)
		}
		return "", fmt.Errorf("tesseract: %w: %s", err, firstLine(msg.String()))
	}
	return out.String(), nil
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	return s
}

// wordsOf reads tesseract's TSV: level, page, block, par, line, word, left,
// top, width, height, confidence, text. Words of a line share its baseline.
func wordsOf(tsv string, scale float64) []glyph {
	var out []glyph
	base, size := 0.0, 0.0
	for row := range strings.Lines(tsv) {
		c := strings.Split(strings.TrimRight(row, "\r\n"), "\t")
		if len(c) < 12 {
			continue
		}
		var level, left, top, width, height int
		for _, f := range []struct {
			at  int
			dst *int
		}{{0, &level}, {6, &left}, {7, &top}, {8, &width}, {9, &height}} {
			fmt.Sscanf(c[f.at], "%d", f.dst)
		}
		switch level {
		case 4: // a line
			base, size = float64(top+height)*scale, float64(height)*scale
		case 5:
			out = append(out, spread(clean(c[11]), float64(left)*scale, base, float64(width)*scale, size, len(out))...)
		}
	}
	return out
}

// spread lays the characters of a word out evenly over its width.
func spread(word string, x, y, w, size float64, seq int) []glyph {
	r := []rune(strings.TrimSpace(word))
	var out []glyph
	for i, c := range r {
		step := w / float64(len(r))
		out = append(out, glyph{s: string(c), x: x + float64(i)*step, y: y, w: step, size: size, seq: seq + i})
	}
	return out
}
