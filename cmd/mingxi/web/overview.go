package web

// This file is the corpus as a whole: what is in it, what could not be read, what is
// damaged, and how far an ingest has come.

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

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
	Stats    store.Stats     `json:"stats"`   // without what looks at all figures, until that is counted
	Indexed  int             `json:"indexed"` // documents that searches find
	Years    []find.Count    `json:"years"`
	Regions  []find.Count    `json:"regions"`          // provinces
	Checks   map[string]int  `json:"checks,omitempty"` // figures by what the audit found
	Unmapped []store.Label   `json:"unmapped,omitempty"`
	Failures []store.Failure `json:"failures"`
	Reasons  []find.Count    `json:"failure_reasons"`
	Broken   []string        `json:"damaged,omitempty"` // documents whose stored content is damaged, each with its file
	Looked   int             `json:"looked_at"`         // documents that were looked through for that

	Running  bool `json:"running"`  // an ingest, or another command that writes
	Counting bool `json:"counting"` // figures are counted, for the first time or because the corpus has changed since

	zh tell.Lang
}

// A tally is what was counted last of all figures, and which documents are damaged. Both goes on
// beside the readers, and does not end with one.
type tally struct {
	mu     sync.Mutex
	value  overviewValue // of which only what looks at all figures
	of     string        // generation of the edition; empty before the first is counted
	took   time.Duration
	ended  time.Time
	making chan struct{}     // closed when the count that is under way has ended; nil if none is
	looked int               // documents that were looked through, in the first round
	broken map[string]string // by doc_id: what is wrong
}

// rest is how many times as long as it took nothing is counted anew, where that is long, and pace
// how many times as long as a document took no other is looked through.
const rest, pace = 9, 19

// counted adds to an overview what was counted of all figures, as of its edition or one before
// while that is counted: then none is waited for.
func (s *Server) counted(ctx context.Context, e *edition, o *overviewValue) {
	t := &s.tally
	t.mu.Lock()
	defer t.mu.Unlock()
	long := t.took > time.Second
	if t.of != e.index.Generation() && t.making == nil && !(long && time.Since(t.ended) < rest*t.took) {
		t.making = make(chan struct{})
		s.library.mu.Lock()
		e.readers++
		s.library.mu.Unlock()
		s.library.beside.Go(func() { s.count(e, t.making) })
	}
	if making := t.making; making != nil && !long {
		t.mu.Unlock()
		select {
		case <-making:
		case <-ctx.Done():
		case <-time.After(5 * glance):
		}
		t.mu.Lock()
	}
	o.Stats.Damage, o.Checks, o.Unmapped = t.value.Stats.Damage, t.value.Checks, t.value.Unmapped
	o.Counting = t.of != e.index.Generation()
	o.Broken, o.Looked = slices.Sorted(maps.Values(t.broken)), t.looked
}

// count counts the figures of an edition, which it gives back.
func (s *Server) count(e *edition, making chan struct{}) {
	begun := time.Now()
	var value overviewValue
	var err, errChecks, errUnmapped error
	value.Stats.Damage, err = e.store.Damage(s.library.ctx)
	value.Checks, errChecks = e.store.Checks(s.library.ctx)
	value.Unmapped, errUnmapped = e.store.Unmapped(s.library.ctx, mostUnmapped)
	s.library.giveBack(e)
	t := &s.tally
	t.mu.Lock()
	defer t.mu.Unlock()
	if cmp.Or(err, errChecks, errUnmapped) == nil {
		t.value, t.of = value, e.index.Generation()
	}
	t.took, t.ended, t.making = time.Since(begun), time.Now(), nil
	close(making)
}

// lookThrough reads every document once a day for its checksum, at a twentieth of a processor.
func (s *Server) lookThrough() {
	t, ctx := &s.tally, s.library.ctx
	for pause := time.Duration(0); wait(ctx, pause); pause = 24 * time.Hour {
		refs, _ := s.library.store.Refs(ctx) // an error is told where documents are listed
		for i, r := range refs {
			begun := time.Now()
			_, _, err := s.library.store.Text(ctx, r)
			t.mu.Lock()
			t.looked = max(t.looked, i+1)
			if delete(t.broken, r.ID); errors.Is(err, store.ErrBroken) {
				t.broken[r.ID] = err.Error()
			}
			t.mu.Unlock()
			if !wait(ctx, pace*time.Since(begun)) {
				return
			}
		}
	}
}

// wait waits so long; false if something has ended before.
func wait(ctx context.Context, long time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(long):
		return true
	}
}

func overviewResource(v *visit) (any, error) {
	s := v.edition.store
	out := &overviewValue{Years: []find.Count{}, Regions: []find.Count{}, Reasons: []find.Count{}, Running: s.Writing(v.Context()), zh: tell.Lang(v.zh)}
	var err error
	if out.Stats, err = s.Stats(v.Context()); err != nil {
		return out, err
	}
	if out.Failures, err = s.Failures(v.Context()); err != nil {
		return out, err
	}
	out.group()
	v.s.counted(v.Context(), v.edition, out)
	found, err := v.search(find.Request{Query: query.All{}, Sort: find.Sorts["order"]})
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
	c := o.Stats.Damage
	if c == nil { // not counted yet
		return nil
	}
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

// LabelURL is the search for figures with a label.
func (o *overviewValue) LabelURL(l store.Label) string {
	return "/?" + url.Values{"as": {"figures"}, "q": {query.Field{Name: "label", Text: l.Label}.String()}}.Encode()
}

// Unfinished reports whether something is being taken in, or has been left.
func (o *overviewValue) Unfinished() bool {
	return o.Running || o.Stats.Unindexed > 0 || o.Stats.Stale > 0
}

// Size is a number of bytes as people read it.
func (o *overviewValue) Size(n int64) string {
	return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB"
}
