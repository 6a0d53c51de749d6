// Package region knows the counties, prefectures and provinces of China with
// their GB/T 2260 codes and the years in which these were valid, 1981 to 2024.
// The data is in codes.tsv, which names its source.
package region

import (
	_ "embed"
	"strconv"
	"strings"
	"unicode/utf8"
)

//go:embed codes.tsv
var codes string

// A Place is one line of the table: a name, its code, and when it was valid.
type Place struct {
	Code       string
	Name       string
	Province   string
	Prefecture string
	First      int // first year
	Last       int // last year, 0 if still in use
}

// In reports whether the place existed in a year; year 0 is any year.
func (p *Place) In(year int) bool {
	return year == 0 || p.First <= year && (p.Last == 0 || year < p.Last)
}

// A Table finds places by name. It does not change and may be shared.
type Table struct{ byName map[string][]*Place }

// Load reads the embedded table; it takes a few milliseconds.
func Load() *Table {
	t := &Table{byName: make(map[string][]*Place, 6000)}
	for line := range strings.Lines(codes) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 6 || line[0] == '#' {
			continue
		}
		p := &Place{Code: f[0], Name: f[1], Province: f[2], Prefecture: f[3]}
		p.First, _ = strconv.Atoi(f[4])
		p.Last, _ = strconv.Atoi(f[5])
		t.byName[p.Name] = append(t.byName[p.Name], p)
	}
	return t
}

// Find returns the place that text names, valid in the year, and how sure it
// is, 0 to 1. The lowest place named counts: 云南省陆良县 is the county. A name
// that several places share is settled by the province or prefecture that the
// text also names; if it stays open, nothing is returned.
func (t *Table) Find(text string, year int) (*Place, float64) {
	var found []*Place
	var names []string
	for i := range text {
		if !utf8.RuneStart(text[i]) {
			continue
		}
		if name, places := t.at(text[i:]); places != nil {
			names = append(names, name)
			found = append(found, places...)
		}
	}
	best := lowest(found, year)
	if len(best) == 0 {
		return nil, 0
	}
	if len(best) == 1 {
		return best[0], 1
	}
	var fit []*Place
	for _, p := range best {
		for _, n := range names {
			if n != p.Name && (n == p.Province || n == p.Prefecture) {
				fit = append(fit, p)
				break
			}
		}
	}
	if len(fit) == 1 {
		return fit[0], 1
	}
	return nil, 0
}

// at returns the longest name of the table at the start of s, valid or not.
func (t *Table) at(s string) (string, []*Place) {
	n, end, best := 0, 0, 0
	for end < len(s) && n < 12 {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
		n++
		if n >= 2 && t.byName[s[:end]] != nil {
			best = end
		}
	}
	if best == 0 {
		return "", nil
	}
	return s[:best], t.byName[s[:best]]
}

// lowest keeps the places of the lowest level that are valid in the year; a
// name counts once, with its code of that year.
func lowest(places []*Place, year int) []*Place {
	level := func(p *Place) int {
		switch {
		case strings.HasSuffix(p.Code, "0000"):
			return 0
		case strings.HasSuffix(p.Code, "00"):
			return 1
		}
		return 2
	}
	var out []*Place
	top := -1
	seen := map[string]bool{}
	for _, p := range places {
		if !p.In(year) || year == 0 && p.Last != 0 || seen[p.Code] {
			continue
		}
		if l := level(p); l > top {
			top, out = l, out[:0]
		} else if l < top {
			continue
		}
		seen[p.Code] = true
		out = append(out, p)
	}
	return out
}
