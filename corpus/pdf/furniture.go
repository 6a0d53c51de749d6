package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// dropFurniture takes running headers, footers and page numbers off the pages:
// first and last lines that come back, digits apart, on at least half of the
// pages. A file of less than three pages keeps everything but a lone "- 3 -".
func dropFurniture(pages []*page, lines [][]line) {
	drop(pages, lines, false)
	drop(pages, lines, true)
}

// drop takes up to three lines from one end of the pages.
func drop(pages []*page, lines [][]line, bottom bool) {
	for range 3 {
		if !dropOnce(pages, lines, bottom) {
			return
		}
	}
}

func dropOnce(pages []*page, lines [][]line, bottom bool) bool {
	count := map[string]int{}
	filled := 0
	for i, l := range lines {
		if e := edge(pages[i], l, bottom); e != nil {
			count[mask(e.text)]++
		}
		if len(l) > 0 {
			filled++
		}
	}
	dropped := false
	for i, l := range lines {
		e := edge(pages[i], l, bottom)
		if e == nil {
			continue
		}
		n := count[mask(e.text)]
		running := filled >= 3 && 2*n >= filled && !heading.MatchString(e.text)
		if !running && !pageNumber(e.text) {
			continue
		}
		dropped = true
		if bottom {
			lines[i] = l[:len(l)-1]
		} else {
			lines[i] = l[1:]
		}
	}
	return dropped
}

// edge returns the outermost line of a page if it stands in the margin zone.
func edge(p *page, l []line, bottom bool) *line {
	if len(l) == 0 {
		return nil
	}
	e := &l[0]
	if bottom {
		e = &l[len(l)-1]
	}
	if e.table != nil || utf8.RuneCountInString(e.text) > 60 {
		return nil
	}
	if zone := 0.13 * p.height; bottom && e.y < p.height-zone || !bottom && e.y > zone {
		return nil
	}
	return e
}

// mask replaces numbers, so that "第3页" and "第12页" are the same.
func mask(s string) string {
	var b strings.Builder
	digit := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			continue
		}
		if unicode.IsDigit(r) || strings.ContainsRune("一二三四五六七八九十", r) {
			if !digit {
				b.WriteByte('#')
			}
			digit = true
			continue
		}
		digit = false
		b.WriteRune(r)
	}
	return b.String()
}

// pageNumber reports whether a line is nothing but a page number: "12",
// "- 12 -", "第 12 页", "第12页 共30页", "12/30".
func pageNumber(s string) bool {
	switch mask(strings.NewReplacer("—", "-", "–", "-", "─", "-", "·", "-", "•", "-", "－", "-", "―", "-").Replace(s)) {
	case "#", "-#-", "--#--", "第#页", "第#页共#页", "第#页,共#页", "第#页，共#页", "#/#", "-#", "#-", "Page#", "Page#of#", "第#页/共#页":
		return true
	}
	return false
}
