package pdf

import (
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// The gate tells text from mojibake, page by page: fonts without a map to
// Unicode give nothing, private-use characters, or rare hanzi at random.

// commonHanzi are the hanzi of the first levels of GB 2312 (3,755) and Big5
// (5,401): nearly all there are in running text.
var commonHanzi = sync.OnceValue(func() map[rune]bool {
	m := map[rune]bool{}
	add := func(e encoding.Encoding, first, last, from, to int) {
		d := e.NewDecoder()
		for hi := first; hi <= last; hi++ {
			for lo := from; lo <= to; lo++ {
				s, err := d.Bytes([]byte{byte(hi), byte(lo)})
				for _, r := range string(s) {
					if err == nil && isHanzi(r) {
						m[r] = true
					}
				}
			}
		}
	}
	add(simplifiedchinese.GBK, 0xB0, 0xD7, 0xA1, 0xFE)
	add(traditionalchinese.Big5, 0xA4, 0xC6, 0x40, 0x7E)
	add(traditionalchinese.Big5, 0xA4, 0xC6, 0xA1, 0xFE)
	return m
})

// readable reports whether what was read of a page is text.
func (p *page) readable() bool {
	if p.failed != "" {
		return false
	}
	n, bad, hanzi, common := 0, p.lost, 0, 0
	for i := range p.glyphs {
		for _, r := range p.glyphs[i].s {
			switch {
			case r == ' ':
				continue
			case r == 0xFFFD || unicode.Is(unicode.Co, r) || unicode.IsControl(r):
				bad++
			case isHanzi(r):
				hanzi++
				if commonHanzi()[r] {
					common++
				}
			}
			n++
		}
	}
	return 50*bad <= n+p.lost && (hanzi < 20 || 10*common >= 6*hanzi)
}

// secondOpinion reads the pages that are not readable with the second engine,
// and takes its reading where it is better.
func secondOpinion(p *paper, data []byte, o Options, b *budget) {
	var bad []int
	for i, pg := range p.pages {
		if !pg.readable() {
			bad = append(bad, i)
		}
	}
	if len(bad) == 0 {
		return
	}
	f, err := openPdfium(data, o.CacheDir, max(0, time.Until(b.deadline))+startPdfium)
	if err != nil {
		b.spent() // by the clock?
		return
	}
	defer f.close()
	var better []int
	for n, i := range bad {
		b.charge(workPerPage)
		if i >= f.n || b.spent() || n >= hopeless && len(better) == 0 {
			break
		}
		pg, err := f.page(i)
		if err != nil || !pg.readable() || !pg.hasText() {
			continue
		}
		pg.rules, pg.images = p.pages[i].rules, p.pages[i].images
		p.pages[i] = pg
		better = append(better, i+1)
	}
	if len(better) > 0 {
		p.warnings = append(p.warnings, "read by the second engine: "+pageList(better))
	}
}

// hopeless is after how many pages in vain the second engine is given up.
const hopeless = 3
