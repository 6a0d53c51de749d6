package web

// This file keeps the state of a search in its address:
//
//	q         the query, as typed
//	f         a condition that narrows it, as often as there are some: f=year:2011
//	as        figures; reports if it is missing
//	sort      relevance, year, value or order; reverse=1 the other way round
//	synonyms, distinct     1
//	literal   1: words that describe a figure are sought as they stand
//	page      from 1
//	more      facets shown at length
//
// A form may also send from and to (years), low, high and unit (values): they become
// conditions, and the reader is sent to that address.

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"mingxi/cmd/mingxi/find"
	"mingxi/index"
	"mingxi/index/query"
)

// A state is what a search page shows.
type state struct {
	Q        string
	Filters  []string
	Figures  bool
	Sort     string
	Reverse  bool
	Synonyms bool
	Distinct bool
	Literal  bool
	Page     int
	More     []string
}

func parseState(v url.Values) (s state, err error) {
	s = state{Q: strings.TrimSpace(v.Get("q")), Figures: v.Get("as") == "figures", Sort: v.Get("sort"),
		Reverse: v.Get("reverse") == "1", Synonyms: v.Get("synonyms") == "1", Distinct: v.Get("distinct") == "1", Literal: v.Get("literal") == "1", Page: 1, More: v["more"]}
	for _, f := range v["f"] {
		if f = strings.TrimSpace(f); f != "" && !slices.Contains(s.Filters, f) {
			s.Filters = append(s.Filters, f)
		}
	}
	if p := v.Get("page"); p != "" {
		if s.Page, err = strconv.Atoi(p); err != nil || s.Page < 1 || s.Page > 1e6 {
			return s, problem{http.StatusBadRequest, "a page has a number from 1", "页码应为 1 起的数字"}
		}
	}
	by, ok := find.Sorts[s.Sort]
	if !ok || by == index.ByValue && !s.Figures {
		return s, problem{http.StatusBadRequest, "no such order here: relevance, year, order, and of figures value", "没有这种排序：可用 relevance、year、order，数字还可用 value"}
	}
	return s, nil
}

// fields makes conditions of what a form sends besides; changed says that there was some.
func (s *state) fields(v url.Values) (changed bool) {
	between := func(name, low, high, unit string) {
		low, high = strings.TrimSpace(low), strings.TrimSpace(high)
		if low != "" {
			low += unit
		}
		if high != "" {
			high += unit
		}
		switch {
		case low == "" && high == "":
			return
		case high == "":
			low = ">=" + low
		case low == "":
			low = "<=" + high
		case low != high:
			low += ".." + high
		}
		s.Filters = append(slices.DeleteFunc(s.Filters, func(f string) bool { return strings.HasPrefix(f, name+":") }), name+":"+low)
	}
	between("year", v.Get("from"), v.Get("to"), "")
	between("value", v.Get("low"), v.Get("high"), strings.TrimSpace(v.Get("unit")))
	for _, name := range []string{"from", "to", "low", "high", "unit"} {
		changed = changed || v.Has(name)
	}
	return changed
}

// values are the state as in an address, without what is usual.
func (s state) values() url.Values {
	v := url.Values{}
	set := func(name, value string, on bool) {
		if on {
			v.Set(name, value)
		}
	}
	set("q", s.Q, s.Q != "")
	for _, f := range s.Filters {
		v.Add("f", f)
	}
	set("as", "figures", s.Figures)
	set("sort", s.Sort, s.Sort != "")
	set("reverse", "1", s.Reverse)
	set("synonyms", "1", s.Synonyms)
	set("distinct", "1", s.Distinct)
	set("literal", "1", s.Literal)
	set("page", strconv.Itoa(s.Page), s.Page > 1)
	for _, m := range s.More {
		v.Add("more", m)
	}
	return v
}

// URL is the address of the state.
func (s state) URL() string { return s.at("/") }

func (s state) at(path string) string {
	if q := s.values().Encode(); q != "" {
		return path + "?" + q
	}
	return path
}

// with is the state narrowed by a condition, at its first page.
func (s state) with(filter string) state {
	s.Page = 1
	if !slices.Contains(s.Filters, filter) {
		s.Filters = append(slices.Clone(s.Filters), filter)
	}
	return s
}

// without is the state without a condition.
func (s state) without(filter string) state {
	s.Page = 1
	s.Filters = slices.DeleteFunc(slices.Clone(s.Filters), func(f string) bool { return f == filter })
	return s
}

// query is all that is asked for, together. The error is a *query.ParseError.
func (s state) query() (query.Query, error) {
	var all query.And
	for _, text := range append([]string{s.Q}, s.Filters...) {
		if text == "" {
			continue
		}
		q, err := query.Parse(text)
		if err != nil {
			return nil, err
		}
		if list, ok := q.(query.And); ok { // conditions on a figure are on one and the same
			all = append(all, list...)
		} else if _, everything := q.(query.All); !everything {
			all = append(all, q)
		}
	}
	switch len(all) {
	case 0:
		return query.All{}, nil
	case 1:
		return all[0], nil
	}
	return all, nil
}

// request is what is sought; everything comes by year, for nothing in it is relevant.
func (s state) request() (find.Request, error) {
	q, err := s.query()
	r := find.Request{Query: q, Figures: s.Figures, Sort: find.Sorts[s.Sort], Reverse: s.Reverse, Synonyms: s.Synonyms, Distinct: s.Distinct}
	if s.Sort == "" && s.Q == "" {
		r.Sort = index.ByYear
	}
	return r, err
}
