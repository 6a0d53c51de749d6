package web

// This file is the corpus as a whole: what is in it, what could not be read, what is
// damaged, and how far an ingest has come.

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"mingxi/cmd/mingxi/find"
	"mingxi/cmd/mingxi/tell"
	"mingxi/corpus/store"
	"mingxi/index/query"
)

// How much the page lists.
const (
	mostFailures = 200
	mostUnmapped = 24
)

// An overviewValue is the corpus as a whole.
type overviewValue struct {
	Stats    store.Stats     `json:"stats"`
	Indexed  int             `json:"indexed"` // documents that searches find
	Years    []find.Count    `json:"years"`
	Regions  []find.Count    `json:"regions"` // provinces
	Checks   map[string]int  `json:"checks"`  // figures by what the audit found
	Unmapped []store.Label   `json:"unmapped"`
	Failures []store.Failure `json:"failures"`
	Reasons  []find.Count    `json:"failure_reasons"`

	zh tell.Lang
}

func overviewResource(v *visit) (any, error) {
	one, err := remembered(&v.s.memo, v.edition, "corpus", func() (overviewValue, error) { return overview(v) })
	if err != nil {
		return nil, err
	}
	one.zh = tell.Lang(v.zh)
	waiting, err := v.edition.store.Waiting(v.Context())
	one.Stats.Unindexed = int64(waiting) // it changes while the edition stands
	return &one, err
}

func overview(v *visit) (overviewValue, error) {
	s, ctx := v.edition.store, v.Context()
	out := overviewValue{Years: []find.Count{}, Regions: []find.Count{}, Reasons: []find.Count{}}
	var err error
	if out.Stats, err = s.Stats(ctx); err != nil {
		return out, err
	}
	if out.Checks, err = s.Checks(ctx); err != nil {
		return out, err
	}
	if out.Unmapped, err = s.Unmapped(ctx, mostUnmapped); err != nil {
		return out, err
	}
	if out.Failures, err = s.Failures(ctx); err != nil {
		return out, err
	}
	out.group()
	found, err := find.Search(ctx, s, v.edition.index, find.Request{Query: query.All{}, Sort: find.Sorts["order"]})
	if err != nil {
		return out, err
	}
	out.Indexed = found.Docs
	years, err := found.Facet("year", 0)
	if err != nil {
		return out, err
	}
	for _, c := range years {
		out.Years = append(out.Years, find.Count(c))
	}
	slices.SortFunc(out.Years, func(a, b find.Count) int { return strings.Compare(a.Value, b.Value) })
	codes, err := found.Facet("region", 0)
	if err != nil {
		return out, err
	}
	provinces := map[string]int{}
	for _, c := range codes {
		provinces[c.Value[:min(2, len(c.Value))]] += c.N
	}
	for code, n := range provinces {
		out.Regions = append(out.Regions, find.Count{Value: code, Name: nameOfRegion(code), N: n})
	}
	slices.SortFunc(out.Regions, func(a, b find.Count) int { return strings.Compare(a.Value, b.Value) })
	return out, nil
}

// group counts the failures by their reasons, and cuts the list.
func (o *overviewValue) group() {
	n := map[string]int{}
	for _, f := range o.Failures {
		n[clipped(f.Reason, 80)]++
	}
	for reason, k := range n {
		o.Reasons = append(o.Reasons, find.Count{Value: reason, N: k})
	}
	slices.SortFunc(o.Reasons, func(a, b find.Count) int { return cmp.Or(b.N-a.N, strings.Compare(a.Value, b.Value)) })
	o.Failures = append([]store.Failure{}, o.Failures[:min(len(o.Failures), mostFailures)]...)
	if o.Unmapped == nil {
		o.Unmapped = []store.Label{}
	}
}

// Numbers are the sizes of the corpus.
func (o *overviewValue) Numbers() []facetItem {
	c := o.Stats
	item := func(en, zh string, n int64, to string) facetItem {
		return facetItem{Label: o.zh.Text(en, zh), N: int(n), URL: to}
	}
	return []facetItem{
		item("documents", "文件", c.Documents, "/?sort=order"), item("articles", "篇", c.Articles, ""),
		item("figures", "数字", c.Figures, "/?as=figures"), item("sources", "来源", c.Sources, ""),
		item("near-copies", "近似副本", c.Copies, ""), item("failed", "失败", c.Failures, ""),
	}
}

// Damage are figures that cannot be trusted as printed, and the search for them.
func (o *overviewValue) Damage() []facetItem {
	c := o.Stats
	return []facetItem{
		{Label: o.zh.Text("masked", "被遮盖"), N: int(c.Masked), URL: "/?as=figures&f=kind:masked"},
		{Label: o.zh.Text("suspect", "可疑"), N: int(c.Suspect), URL: "/?as=figures&f=kind:suspect"},
		{Label: o.zh.Text("repaired", "已修复"), N: int(c.Repaired)},
	}
}

// Audit are figures by what the audit found.
func (o *overviewValue) Audit() (list []facetItem) {
	for _, word := range []string{"contradicts", "holds", "incomplete", "not_evaluable"} {
		list = append(list, facetItem{Label: o.zh.Word(word), Value: word, N: o.Checks[word], URL: "/?as=figures&f=check:" + word})
	}
	return list
}

// Share is a count as a width, of 200.
func (o *overviewValue) Share(n int, list []find.Count) int {
	top := 1
	for _, c := range list {
		top = max(top, c.N)
	}
	return max(1, 200*n/top)
}

// YearURL and RegionURL lead to the reports of a year and a province.
func (o *overviewValue) YearURL(c find.Count) string { return "/?f=year:" + c.Value }

// RegionURL is the address of the reports of a province.
func (o *overviewValue) RegionURL(c find.Count) string { return "/?f=region:" + c.Value }

// LabelURL is the search for figures with a label.
func (o *overviewValue) LabelURL(l store.Label) string {
	return "/?" + url.Values{"as": {"figures"}, "q": {query.Field{Name: "label", Text: l.Label}.String()}}.Encode()
}

// Writing reports whether something is being taken in.
func (o *overviewValue) Writing() bool { return o.Stats.Unindexed > 0 || o.Stats.Stale > 0 }

// Told is a reason in the language of the reader.
func (o *overviewValue) Told(reason string) string { return o.zh.Message(reason) }

// Size is a number of bytes as people read it.
func (o *overviewValue) Size(n int64) string {
	return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB"
}
