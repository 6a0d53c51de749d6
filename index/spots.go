package index

import (
	"context"
	"slices"
)

// A run is a query against one segment.
type run struct {
	*segment
	ctx      context.Context
	plans    *plans
	regions  map[string][]string // codes of the regions that the query names
	found    []spots             // of each leaf
	mentions []mention           // of each leaf, where figures are sought
}

// spots are the places of a leaf, rising, each with its length in characters.
type spots struct {
	done bool
	at   []uint32
	size []uint32 // nil if all are as long as one
	one  uint32
	in   []stretchOf // the reports that they stand in
}

// stretchOf is the places lo ≤ i < hi of a list that stand in a report.
type stretchOf struct{ report, lo, hi int32 }

func (s *spots) len(i int) uint32 {
	if s.size == nil {
		return s.one
	}
	return s.size[i]
}

// spots finds a leaf once.
func (r *run) spots(n int) *spots {
	s := &r.found[n]
	if s.done {
		return s
	}
	l := &r.plans.leaves[n]
	*s = r.word(l.words[0])
	if len(l.words) > 1 {
		lists := []spots{*s}
		for _, w := range l.words[1:] {
			lists = append(lists, r.word(w))
		}
		*s = r.near(lists, l.ordered)
	}
	s.done = true
	s.in = r.divide(s.at)
	return s
}

// divide finds the reports that hold the places.
func (r *run) divide(at []uint32) []stretchOf {
	var list []stretchOf
	rep, n := 0, r.reports.len()
	for i := 0; i < len(at); {
		p := at[i]
		rep = gallop(rep, n, func(k int) bool { return r.reports.at(k, repEnd) > p })
		if rep == n {
			break
		}
		end := r.reports.at(rep, repEnd)
		j := i + 1
		for j < len(at) && at[j] < end {
			j++
		}
		list = append(list, stretchOf{int32(rep), int32(i), int32(j)})
		i = j
	}
	return list
}

// word finds all spellings of a word.
func (r *run) word(w []spelling) spots {
	var s spots
	lists := 0
	for _, sp := range w {
		at := r.find(sp)
		if len(at) == 0 {
			continue
		}
		if lists++; lists == 1 {
			s.at, s.one = at, uint32(len(sp))
			continue
		}
		s = union(s, spots{at: at, one: uint32(len(sp))})
	}
	if s.one == 0 && len(w) > 0 {
		s.one = uint32(len(w[0]))
	}
	return s
}

// union merges two lists of places; of two at one place the longer stays.
func union(a, b spots) spots {
	u := spots{at: make([]uint32, 0, len(a.at)+len(b.at)), size: make([]uint32, 0, len(a.at)+len(b.at))}
	i, j := 0, 0
	for i < len(a.at) || j < len(b.at) {
		switch {
		case j == len(b.at) || i < len(a.at) && a.at[i] < b.at[j]:
			u.at, u.size = append(u.at, a.at[i]), append(u.size, a.len(i))
			i++
		case i == len(a.at) || b.at[j] < a.at[i]:
			u.at, u.size = append(u.at, b.at[j]), append(u.size, b.len(j))
			j++
		default:
			u.at, u.size = append(u.at, a.at[i]), append(u.size, max(a.len(i), b.len(j)))
			i++
			j++
		}
	}
	return u
}

// near keeps the places of the lists where each list has one in the same
// sentence, in their order if that is asked.
func (r *run) near(lists []spots, ordered bool) spots {
	type spot struct{ at, size uint32 }
	var kept []spot
	ends := make([]int, len(lists))
	starts := make([]int, len(lists))
	var sentence sentenceWalk
	for i := 0; i < len(lists[0].at); {
		lo, hi := sentence.around(r.segment, lists[0].at[i])
		ok := true
		for k := range lists {
			at := lists[k].at
			starts[k] = gallop(ends[k], len(at), func(i int) bool { return at[i] >= lo })
			ends[k] = starts[k]
			for ends[k] < len(at) && at[ends[k]] < hi {
				ends[k]++
			}
			ok = ok && ends[k] > starts[k]
		}
		i = ends[0]
		if !ok {
			continue
		}
		if ordered && !chain(lists, starts, ends) {
			continue
		}
		for k, l := range lists {
			for j := starts[k]; j < ends[k]; j++ {
				kept = append(kept, spot{l.at[j], l.len(j)})
			}
		}
	}
	slices.SortFunc(kept, func(a, b spot) int {
		if a.at != b.at {
			return int(int64(a.at) - int64(b.at))
		}
		return int(b.size) - int(a.size)
	})
	kept = slices.CompactFunc(kept, func(a, b spot) bool { return a.at == b.at })
	s := spots{at: make([]uint32, len(kept)), size: make([]uint32, len(kept))}
	for i, k := range kept {
		s.at[i], s.size[i] = k.at, k.size
	}
	return s
}

// chain reports whether the lists can follow one another within the sentence,
// and narrows each to what can take part.
func chain(lists []spots, starts, ends []int) bool {
	next := uint32(0)
	for k := range lists {
		l := &lists[k]
		for starts[k] < ends[k] && l.at[starts[k]] < next {
			starts[k]++
		}
		if starts[k] == ends[k] {
			return false
		}
		next = l.at[starts[k]] + l.len(starts[k])
	}
	return true
}
