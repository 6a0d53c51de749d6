package store

// How the facts of an article were found, and what the user says of it, stand in columns
// of articles behind its facts. A table of version 6 lacks them: there they are empty.

import (
	"strings"

	"mingxi/schema"
)

// A fact is an article and what is known of it.
type fact struct {
	schema.Article
	schema.Origin
	given schema.Given
}

// factColumns are the columns, and where a fact has what they hold: a string, an int or
// a float64. What is zero is NULL.
var factColumns = []struct {
	name string
	at   func(f *fact) any
}{
	{"title_from", func(f *fact) any { return &f.TitleFrom }},
	{"org_from", func(f *fact) any { return &f.OrgFrom.Method }},
	{"org_words", func(f *fact) any { return &f.OrgFrom.Words }},
	{"org_score", func(f *fact) any { return &f.OrgFrom.Score }},
	{"year_from", func(f *fact) any { return &f.YearFrom.Method }},
	{"year_words", func(f *fact) any { return &f.YearFrom.Words }},
	{"year_score", func(f *fact) any { return &f.YearFrom.Score }},
	{"region_from", func(f *fact) any { return &f.RegionFrom.Method }},
	{"region_words", func(f *fact) any { return &f.RegionFrom.Words }},
	{"region_sure", func(f *fact) any { return &f.RegionFrom.Score }},
	{"given_title", func(f *fact) any { return &f.given.Title }},
	{"given_org", func(f *fact) any { return &f.given.Org }},
	{"given_region", func(f *fact) any { return &f.given.Region }},
	{"given_year", func(f *fact) any { return &f.given.Year }},
	{"given_by", func(f *fact) any { return &f.given.By }},
}

// factNames are the names of factColumns, quoted, or as many NULLs for a table that
// lacks them.
func factNames(version int) string {
	var names []string
	for _, c := range factColumns {
		if version < 7 {
			c.name = "NULL"
		}
		names = append(names, c.name)
	}
	return strings.Join(names, ", ")
}

// newFact joins an article, if there is one, with what is known of it.
func newFact(a *schema.Article, o schema.Origin) *fact {
	f := &fact{Origin: o}
	if a != nil {
		f.Article = *a
		if a.Given != nil {
			f.given = *a.Given
		}
	}
	return f
}

// cells are the cells of factColumns.
func (f *fact) cells() (cells []any) {
	for _, c := range factColumns {
		switch v := c.at(f).(type) {
		case *string:
			cells = append(cells, text(*v))
		case *int:
			cells = append(cells, whole(*v))
		case *float64:
			if *v == 0 {
				cells = append(cells, nil)
				continue
			}
			cells = append(cells, *v)
		}
	}
	return cells
}

// targets are what the cells are scanned into.
func (f *fact) targets() (targets []any) {
	for _, c := range factColumns {
		switch c.at(f).(type) {
		case *string:
			targets = append(targets, new(nullString))
		case *int:
			targets = append(targets, new(nullInt))
		default:
			targets = append(targets, new(*float64))
		}
	}
	return targets
}

// take takes over what was scanned.
func (f *fact) take(targets []any) {
	for i, c := range factColumns {
		switch v := targets[i].(type) {
		case *nullString:
			*c.at(f).(*string) = string(*v)
		case *nullInt:
			*c.at(f).(*int) = int(*v)
		case **float64:
			if *v != nil {
				*c.at(f).(*float64) = **v
			}
		}
	}
	if f.given != (schema.Given{}) {
		f.Given = &f.given
	}
}
