package web

// This file shows where the hits of a search lie, before any is read: by region and
// year.

import (
	"slices"
	"strconv"
	"strings"

	"mingxi/cmd/mingxi/find"
	"mingxi/extract/region"
)

// mostPlaces is how many regions the table has; of more it has the provinces.
const mostPlaces = 60

// A whereValue is the distribution of hits.
type whereValue struct {
	Query     string       `json:"query"`
	Provinces bool         `json:"provinces"` // regions are provinces, for there are many
	Years     []int        `json:"years"`
	Regions   []regionLine `json:"regions"`
	Unknown   int          `json:"unknown"` // hits of reports that do not tell both

	State state `json:"-"`
	top   int
}

// A regionLine is a region and its hits, year by year.
type regionLine struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Counts []int  `json:"counts"`
}

func whereResource(v *visit) (any, error) {
	st, err := parseState(v.URL.Query())
	if err != nil {
		return nil, err
	}
	req, err := st.request()
	if err != nil {
		return nil, err
	}
	if !st.Figures || st.Literal { // no description, and the order of what is counted is nothing
		req.Sort = find.Sorts["order"]
	}
	found, err := v.described(st, req)
	if err != nil {
		return nil, err
	}
	counts, err := found.Cross("region", "year")
	out := &whereValue{Query: req.Query.String(), State: st, Years: []int{}, Regions: []regionLine{}, Unknown: found.Len()}
	out.lay(counts)
	return out, err
}

// lay makes a table of the counts.
func (o *whereValue) lay(counts map[[2]string]int) {
	codes := map[string]bool{}
	for key := range counts {
		codes[key[0]] = true
	}
	o.Provinces = len(codes) > mostPlaces
	cells, lines, years := map[[2]string]int{}, map[string]bool{}, map[int]bool{}
	for key, n := range counts {
		code := key[0]
		if o.Provinces && len(code) > 2 {
			code = code[:2]
		}
		year, err := strconv.Atoi(key[1])
		if err != nil {
			continue
		}
		cells[[2]string{code, key[1]}] += n
		lines[code], years[year] = true, true
		o.Unknown -= n
	}
	for year := range years {
		o.Years = append(o.Years, year)
	}
	slices.Sort(o.Years)
	for code := range lines {
		l := regionLine{Code: code, Name: nameOfRegion(code)}
		for _, year := range o.Years {
			n := cells[[2]string{code, strconv.Itoa(year)}]
			o.top = max(o.top, n)
			l.Counts = append(l.Counts, n)
		}
		o.Regions = append(o.Regions, l)
	}
	slices.SortFunc(o.Regions, func(a, b regionLine) int { return strings.Compare(a.Code, b.Code) })
}

// nameOfRegion is the last name of a code, or of the province of two digits or the prefecture of four; the code itself if it has none.
func nameOfRegion(code string) string {
	full := code
	if n := len(code); n == 2 || n == 4 {
		full += "0000"[:6-n]
	}
	if full == region.National {
		return "全国"
	}
	if known := region.Load().Lines(full); len(known) > 0 {
		return known[len(known)-1].Name
	}
	return code
}

// URL is the search for the hits of a region, and of a year.
func (o *whereValue) URL(code string, i int) string {
	to := o.State.with("region:" + code)
	if i >= 0 {
		to = to.with("year:" + strconv.Itoa(o.Years[i]))
	}
	return to.URL()
}

// Shade is how dark a cell is, of 5.
func (o *whereValue) Shade(n int) int {
	if n == 0 {
		return 0
	}
	return 1 + 4*n/(o.top+1)
}

// Where is the address of the page itself.
func (o *whereValue) Where() string { return o.State.at("/where") }

// WhereURL is the address of the distribution of the hits.
func (s *searchValue) WhereURL() string {
	to := s.state
	to.Page, to.More = 1, nil
	return to.at("/where")
}
