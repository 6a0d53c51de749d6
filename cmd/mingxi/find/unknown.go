package find

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"

	"mingxi/extract/indicator"
	"mingxi/extract/region"
	"mingxi/index/query"
)

// Unknown is for a query that finds nothing: a *[query.ParseError] at the first indicator, region or unit
// that is called so by no list of ours and by no figure of the corpus, which search looks at; nil if there
// is none.
func Unknown(text string, q query.Query, v *indicator.Vocabulary, search func(Request) (*Result, error)) error {
	regions := region.Load()
	for _, leaf := range query.Leaves(q) {
		f, is := leaf.(query.Field)
		if r, ranged := leaf.(query.Range); ranged {
			f, is = query.Field{Name: "unit", Text: r.Unit}, r.Unit != ""
		}
		near := ""
		switch {
		case !is:
			continue
		case f.Name == "indicator" && !v.Has(f.Text, f.Prefix):
			near = cmp.Or(v.Nearest(f.Text), "dibao_urban_hh")
		case f.Name == "region" && regions.Under(f.Text) == nil:
			near = cmp.Or(regions.Nearest(f.Text, indicator.Near), "5303")
		case f.Name == "unit" && !v.Prints(f.Text) && !query.IsUnit(f.Text):
			near = cmp.Or(v.NearestUnit(f.Text), "户")
		default:
			continue
		}
		if res, err := search(Request{Query: f, Figures: true}); err != nil || res.Len() > 0 {
			if err != nil {
				return err
			}
			continue
		}
		at := max(0, strings.Index(text, f.Text))
		return &query.ParseError{Query: text, At: utf8.RuneCountInString(text[:at]), Hint: strings.Replace(leaf.String(), f.Text, near, 1),
			What: fmt.Sprintf("no %s is called %s, in the corpus neither", f.Name, f.Text), ZH: fmt.Sprintf("没有叫“%s”的%s,语料库里也没有", f.Text, query.FieldZH(f.Name))}
	}
	return nil
}
