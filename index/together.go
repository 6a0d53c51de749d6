package index

// This file searches several indexes as one: what is found stands in the order that one
// index of all would give, and a document that several have is found once.

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"

	"mingxi/index/query"
)

// A Union is what several indexes found. It holds on to them as a Result does.
type Union struct {
	Reports, Docs, Figures int
	Expanded               []query.Expansion
	parts                  []*Result
}

// A pool is what ranking knows of several indexes in common.
type pool struct {
	reports int
	text    int64 // bytes
	with    []int // reports that may have each word of the query
	codes   func(name string) ([]string, error)
}

// SearchAll answers a query over several indexes. Of more than 5,000 hits of one index
// not the same may be scored as in one of all.
func SearchAll(ctx context.Context, list []*Index, q query.Query, o SearchOptions) (*Union, error) {
	in := &pool{}
	in.codes = func(name string) (codes []string, err error) {
		for _, ix := range list {
			f := &finder{ix: ix, ctx: ctx}
			found, err := f.codes(name, o.Regions)
			if err != nil {
				return nil, err
			}
			codes = append(codes, found...)
		}
		slices.Sort(codes)
		return slices.Compact(codes), nil
	}
	for _, ix := range list {
		if err := in.count(ctx, ix, q, o); err != nil {
			return nil, err
		}
	}
	u := new(Union)
	for _, ix := range list {
		res, err := ix.search(ctx, q, o, in)
		if err != nil {
			return nil, err
		}
		u.parts, u.Expanded = append(u.parts, res), res.Expanded
	}
	if err := u.once(); err != nil {
		return nil, err
	}
	for _, p := range u.parts {
		u.Reports, u.Docs, u.Figures = u.Reports+p.Reports, u.Docs+p.Docs, u.Figures+p.Figures
	}
	return u, nil
}

// count adds what an index has.
func (in *pool) count(ctx context.Context, ix *Index, q query.Query, o SearchOptions) (err error) {
	defer guard(&err)
	f := &finder{ix: ix, ctx: ctx}
	f.plans = &plans{synonyms: o.Synonyms, codes: in.codes}
	convert(f.plans.plan(q, true))
	if f.plans.err != nil {
		return f.plans.err
	}
	in.reports += len(ix.table.rows)
	in.text += ix.m.Text
	if in.with == nil {
		in.with = make([]int, len(f.plans.leaves))
	}
	for n, l := range f.plans.leaves {
		if !l.positive {
			continue
		}
		narrowed, _ := f.narrowWord(n)
		ids, err := f.ids(narrowed)
		if err != nil {
			return err
		}
		in.with[n] += len(ids)
	}
	return nil
}

// once leaves a document that several indexes have to that which has it under the first
// source, of equals to the first index.
func (u *Union) once() (err error) {
	if len(u.parts) == 1 {
		return nil
	}
	defer guard(&err)
	type owner struct {
		part   int
		source string
	}
	owners := map[string]owner{}
	several := make([]map[string]bool, len(u.parts)) // doc_ids to leave out
	for i, p := range u.parts {
		several[i] = map[string]bool{}
		for _, id := range p.ids {
			h := p.f.ix.head(id)
			old, had := owners[h.id]
			switch {
			case had && old.part == i:
			case had && old.source <= h.source:
				several[i][strings.Clone(h.id)] = true
			default:
				if had {
					several[old.part][strings.Clone(h.id)] = true
				}
				owners[strings.Clone(h.id)] = owner{i, strings.Clone(h.source)}
			}
		}
	}
	for i, p := range u.parts {
		if len(several[i]) > 0 {
			p.leaveOut(several[i])
		}
	}
	return nil
}

// leaveOut takes documents out of a result.
func (res *Result) leaveOut(ids map[string]bool) {
	gone := map[uint32]bool{}
	kept := 0
	for i, id := range res.ids {
		if gone[id] = ids[res.f.ix.head(id).id]; gone[id] {
			continue
		}
		if res.ids[kept] = id; res.found != nil {
			res.found[kept] = res.found[i]
		}
		kept++
	}
	if res.ids = res.ids[:kept]; res.found != nil {
		res.found = res.found[:kept]
	}
	if res.counts != nil {
		res.uncount(gone)
	}
	res.refs = slices.DeleteFunc(res.refs, func(r ref) bool { return gone[r.id] })
	res.count()
}

// uncount takes the figures of reports out of what was counted; they still stand in the
// order that they were found in.
func (res *Result) uncount(gone map[uint32]bool) {
	r := new(report)
	for i := 0; i < len(res.refs); {
		k := i + 1
		for k < len(res.refs) && res.refs[k].id == res.refs[i].id {
			k++
		}
		if gone[res.refs[i].id] {
			res.counts.add(r.on(res.f.ix, res.refs[i].id), res.refs[i:k], -1)
		}
		i = k
	}
}

// Len is the number of hits: reports or figures.
func (u *Union) Len() (n int) {
	for _, p := range u.parts {
		n += p.Len()
	}
	return n
}

// Err is the first error of Hits and All.
func (u *Union) Err() error {
	for _, p := range u.parts {
		if p.err != nil {
			return p.err
		}
	}
	return nil
}

// Hits returns n hits from number offset on, as [Result.Hits] does.
func (u *Union) Hits(offset, n int) (hits []Hit) {
	end := u.Len()
	if n >= 0 {
		end = min(end, offset+n)
	}
	at := 0
	for p, r := range u.order(end) {
		if at++; at <= offset {
			continue
		}
		h, ok := p.hit(r)
		if !ok {
			break
		}
		hits = append(hits, h)
	}
	return hits
}

// All yields every hit in order.
func (u *Union) All() iter.Seq[Hit] {
	return func(yield func(Hit) bool) {
		for p, r := range u.order(u.Len()) {
			if h, ok := p.hit(r); !ok || !yield(h) {
				return
			}
		}
	}
}

// order yields the first n hits with the result that each is of.
func (u *Union) order(n int) iter.Seq2[*Result, ref] {
	return func(yield func(*Result, ref) bool) {
		for _, p := range u.parts {
			p.sortTo(min(n, len(p.refs)))
		}
		next := make([]int, len(u.parts))
		for range n {
			best := -1
			for i, p := range u.parts {
				if next[i] < len(p.refs) && (best < 0 || u.less(i, p.refs[next[i]], best, u.parts[best].refs[next[best]])) {
					best = i
				}
			}
			if best < 0 || !yield(u.parts[best], u.parts[best].refs[next[best]]) {
				return
			}
			next[best]++
		}
	}
}

// less reports whether a hit of part i stands before one of part k.
func (u *Union) less(i int, a ref, k int, b ref) bool {
	if c := compareKeys(a, b); c != 0 {
		return c < 0
	}
	var heads [2]head
	for n, one := range []struct {
		part int
		ref
	}{{i, a}, {k, b}} {
		p := u.parts[one.part]
		if err := func() (err error) {
			defer guard(&err)
			heads[n] = p.f.ix.head(one.id)
			return nil
		}(); err != nil {
			p.err = cmp.Or(p.err, err)
			return false
		}
	}
	x, y := &heads[0], &heads[1]
	return cmp.Or(strings.Compare(x.source, y.source), strings.Compare(x.id, y.id), x.start-y.start, x.n-y.n, cmp.Compare(a.figure, b.figure), i-k) < 0
}

// Facet counts the hits by a field, as [Result.Facet] does. A region has the name that
// most hits of one index have.
func (u *Union) Facet(name string, n int) (list []Count, err error) {
	at, most := map[string]int{}, map[string]int{}
	for _, p := range u.parts {
		counts, err := p.Facet(name, 0)
		if err != nil {
			return nil, err
		}
		for _, c := range counts {
			i, has := at[c.Value]
			if !has {
				i = len(list)
				at[c.Value], list = i, append(list, Count{Value: c.Value})
			}
			list[i].N += c.N
			if c.N > most[c.Value] {
				most[c.Value], list[i].Name = c.N, c.Name
			}
		}
	}
	slices.SortFunc(list, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value)) })
	if n > 0 && len(list) > n {
		list = list[:n]
	}
	return list, errors.Join(err, u.Err())
}
