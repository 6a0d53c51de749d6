package pdf

import (
	"math"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingxi/corpus/draft"
)

// dropFurniture takes running headers, footers and page numbers off the pages:
// rows near the top or bottom that come back at the same height, numbers apart,
// on at least half of all pages, or of the pages around: the parts of a long
// file have headers of their own. What stands further out than such a row goes
// with it: it mostly names the chapter. A file of two pages loses only what is also
// set smaller than the text, one of a single page only a bare page number.
func dropFurniture(sheets []*sheet) {
	const groups = 3 // main text, and text in other directions
	for k := range groups {
		for _, bottom := range []bool{false, true} {
			seen, filled := recurring(sheets, k, bottom)
			drop := make([]int, len(sheets))
			for i, s := range sheets {
				drop[i] = s.furniture(k, i, bottom, seen, filled)
			}
			for i, s := range sheets {
				s.dropEdge(k, drop[i], bottom)
			}
		}
	}
}

// A place is a part of a row near the edge: its masked text and rough height.
type place struct {
	text string
	y    int
}

// around is how many pages before and after are looked at.
const around = 4

// recurring lists the pages on which each part of the edge rows stands.
func recurring(sheets []*sheet, k int, bottom bool) (seen map[place][]int, filled int) {
	seen = map[place][]int{}
	for i, s := range sheets {
		if k >= len(s.rows) || len(s.rows[k]) == 0 {
			continue
		}
		filled++
		for _, e := range s.edge(k, bottom) {
			for _, p := range places(e) {
				if n := seen[p]; len(n) == 0 || n[len(n)-1] != i {
					seen[p] = append(n, i)
				}
			}
		}
	}
	return seen, filled
}

// furniture returns how many rows at the edge of page i are to be dropped.
func (s *sheet) furniture(k, i int, bottom bool, seen map[place][]int, filled int) int {
	drop := 0
	for n, e := range s.edge(k, bottom) {
		text := lineOf(e.segs).text
		switch {
		case (pageNumber(text) || printed.MatchString(text)) && n == drop:
			drop = n + 1
		case filled < 2 || heading.MatchString(text) || strings.Contains(text, "单位"):
		case filled == 2 && e.size > 0.9*s.body():
			// Two pages prove little: only what is set smaller than the text.
		case slices.ContainsFunc(places(e), func(p place) bool { return runs(p, i, seen, filled) }):
			drop = n + 1
		}
	}
	return drop
}

// printed matches what browsers print around a page: the date and the address.
//
//	11/26/26, 9:16 AM | file:///tmp/report.html 1/3
var printed = regexp.MustCompile(`^(?:\d{1,4}[/-]\d{1,2}[/-]\d{2,4}[,，]? \d{1,2}:\d{2}|(?:file|https?)://\S+ ?\d+/\d+$)`)

// body is the size of most rows of the main group.
func (s *sheet) body() float64 {
	var sizes []float64
	for _, r := range s.rows[0] {
		sizes = append(sizes, r.size)
	}
	return quantile(sizes, 0.5)
}

// runs reports whether a part stands on half of all pages (on both of two), or
// on half of those around i.
func runs(p place, i int, seen map[place][]int, filled int) bool {
	all, near := 0, 0
	for _, y := range []int{p.y - 1, p.y, p.y + 1} {
		pages := seen[place{p.text, y}]
		all += len(pages)
		near += sort.SearchInts(pages, i+around+1) - sort.SearchInts(pages, i-around)
	}
	return 2*all >= filled && all > 1 || near > around
}

// places lists the parts of a row.
func places(e *row) []place {
	var out []place
	y := int(math.Round(e.y / 4))
	for _, s := range e.segs {
		if t := mask(textOf(s.glyphs)); t != "" {
			out = append(out, place{t, y})
		}
	}
	return out
}

// edge returns up to four rows in the margin zone of a page, the outermost
// first. Tables and long lines end them.
func (s *sheet) edge(k int, bottom bool) []*row {
	if k >= len(s.rows) {
		return nil
	}
	rows, height := s.rows[k], s.heights[k]
	zone := 0.13 * height
	var out []*row
	for i := range rows {
		e := &rows[i]
		if bottom {
			e = &rows[len(rows)-1-i]
		}
		if len(out) == 4 || bottom && e.y < height-zone || !bottom && e.y > zone ||
			e.segs[0].table != nil || newLooseRow(*e).figures > 1 || utf8.RuneCountInString(lineOf(e.segs).text) > 80 {
			break
		}
		out = append(out, e)
	}
	return out
}

func (s *sheet) dropEdge(k, n int, bottom bool) {
	if n == 0 {
		return
	}
	if rows := s.rows[k]; bottom {
		s.rows[k] = rows[:len(rows)-n]
		s.foot = append(s.foot, texts(rows[len(rows)-n:])...)
	} else {
		s.rows[k] = rows[n:]
		s.head = append(s.head, texts(rows[:n])...)
	}
}

// texts are what rows say.
func texts(rows []row) (out []string) {
	for _, r := range rows {
		if t := lineOf(r.segs).text; t != "" {
			out = append(out, t)
		}
	}
	return out
}

// gone lists the heads and feet of the pages with the piece that each stood before.
func gone(sheets []*sheet, pieces []draft.Piece) (out []draft.Gone) {
	at := 0
	for _, s := range sheets {
		for at < len(pieces) && pieces[at].Page < s.number {
			at++
		}
		for _, t := range s.head {
			out = append(out, draft.Gone{Before: at, Text: t})
		}
		for at < len(pieces) && pieces[at].Page <= s.number {
			at++
		}
		for _, t := range s.foot {
			out = append(out, draft.Gone{Before: at, Text: t})
		}
	}
	return out
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

var dashes = strings.NewReplacer("—", "-", "–", "-", "─", "-", "·", "-", "•", "-", "－", "-", "―", "-", "~", "-")

// pageNumber reports whether a line is nothing but a page number: "12",
// "- 12 -", "第 12 页", "第12页 共30页", "12/30".
func pageNumber(s string) bool {
	switch m := mask(dashes.Replace(s)); m {
	case "第#页", "第#页共#页", "第#页,共#页", "第#页，共#页", "#/#", "Page#", "Page#of#", "第#页/共#页":
		return true
	default:
		return strings.Trim(m, "-") == "#" && strings.IndexFunc(s, isHanzi) < 0
	}
}
