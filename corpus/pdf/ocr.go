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
	"strconv"
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
	out, err := runTesseract(img, program, o, ruled(img))
	if err != nil {
		return err
	}
	scale := pg.width / float64(img.Bounds().Dx())
	pg.glyphs = wordsOf(out, scale)
	pg.lost, pg.failed = 0, ""
	return nil
}

// ruled reports whether a picture has the level lines of a table: four or more
// dark runs across a quarter of its width.
func ruled(img *image.Gray) bool {
	const dark = 140
	b := img.Bounds()
	lines, inLine := 0, false
	for y := b.Min.Y; y < b.Max.Y; y++ {
		run, best := 0, 0
		for _, v := range img.Pix[img.PixOffset(b.Min.X, y) : img.PixOffset(b.Min.X, y)+b.Dx()] {
			if v < dark {
				run++
				best = max(best, run)
			} else {
				run = 0
			}
		}
		long := 4*best > b.Dx()
		if long && !inLine {
			lines++
		}
		inLine = long
	}
	return lines >= 4
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
// top, width, height, confidence, text. Words of a line share its baseline, and
// lines of about one height its size.
func wordsOf(tsv string, scale float64) []glyph {
	var rows [][]string
	var heights []float64
	for row := range strings.Lines(tsv) {
		c := strings.Split(strings.TrimRight(row, "\r\n"), "\t")
		if len(c) < 12 {
			continue
		}
		rows = append(rows, c)
		if c[0] == "4" {
			heights = append(heights, field(c, 9)*scale)
		}
	}
	if len(heights) == 0 {
		return nil
	}
	usual := quantile(heights, 0.5)
	var out []glyph
	base, size, end := 0.0, usual, 0.0
	for _, c := range rows {
		switch c[0] {
		case "4": // a line
			base, size, end = (field(c, 7)+field(c, 9))*scale, field(c, 9)*scale, 0
			if ratio(size, usual) < 1.4 {
				size = usual
			}
		case "5": // a word
			g := glyph{x: max(field(c, 6)*scale, end), y: base, w: field(c, 8) * scale, size: size, seq: int32(len(out))}
			out = append(out, spread(g, clean(c[11]))...)
			end = g.x + 0.1
			if len(out) > 0 {
				end = out[len(out)-1].x + 0.1
			}
		}
	}
	return out
}

func field(c []string, i int) float64 {
	n, _ := strconv.Atoi(c[i])
	return float64(n)
}

// spread lays the characters of a word out evenly over the place of a glyph.
func spread(g glyph, word string) []glyph {
	r := []rune(strings.TrimSpace(word))
	var out []glyph
	for i, c := range r {
		k := g
		k.s, k.w = string(c), g.w/float64(len(r))
		k.x, k.seq = g.x+float64(i)*k.w, g.seq+int32(i)
		out = append(out, k)
	}
	return out
}
