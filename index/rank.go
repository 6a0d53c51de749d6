package index

import (
	"math"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/search/query"

	"mingxi/corpus/fold"
)

// Reports are ranked by BM25 over the words of the query, each phrase counted as one
// term; a word in the title and in a heading counts more, and a title that shares a
// part of a word is a sign too: for 留守儿童, a report on 困境儿童 comes before one that
// only mentions them.
//
// Of more than scoredHits hits, those are scored that have a word in their title;
// if there is room, then those with one above a figure or in a heading; then the
// rest; each in the order of their sources. What is not scored comes last, in that
// order. So the order depends on the corpus alone, not on how it was built.

const (
	saturation   = 1.2 // k1
	lengthEffect = 0.5 // b: long reports have more of everything
	titleBonus   = 1.5 // times the weight of the word
	headingBonus = 0.5
	partBonus    = 1.5 // times the part of the word that the title has
	scoredHits   = 5000
)

// scores are those of res.ids; nil if all are alike.
func (res *Result) scores() ([]float32, error) {
	weights, err := res.f.weights()
	if err != nil || weights == nil || res.o.Sort != ByRelevance {
		return nil, err
	}
	chosen, err := res.scored()
	if err != nil {
		return nil, err
	}
	scores := make([]float32, len(res.ids))
	average := float64(res.f.ix.m.Text) / float64(max(1, len(res.f.ix.table.rows)))
	if in := res.f.pool; in != nil {
		average = float64(in.text) / float64(max(1, in.reports))
	}
	err = res.f.ix.each(res.f.ctx, chosen, func(_, i int, r *report) {
		at, _ := slices.BinarySearch(res.ids, chosen[i])
		scores[at] = float32(res.f.score(r, weights, average))
	})
	return scores, err
}

// weights is the rarity of each leaf, 0 if it does not count; nil if none does.
func (f *finder) weights() ([]float64, error) {
	weights := make([]float64, len(f.plans.leaves))
	some := false
	total := float64(len(f.ix.table.rows))
	if f.pool != nil {
		total = float64(f.pool.reports)
	}
	for n, l := range f.plans.leaves {
		if !l.positive {
			continue
		}
		q, _ := f.narrowWord(n)
		ids, err := f.ids(q)
		if err != nil {
			return nil, err
		}
		with := float64(len(ids))
		if f.pool != nil {
			with = float64(f.pool.with[n])
		}
		weights[n], some = math.Log1p((total-with+0.5)/(with+0.5)), true
	}
	if !some {
		return nil, nil
	}
	return weights, nil
}

// scored chooses the hits that are scored.
func (res *Result) scored() ([]uint32, error) {
	if len(res.ids) <= scoredHits {
		return res.ids, nil
	}
	choice := make([]bool, len(res.f.ix.table.rows))
	found := make([]bool, len(choice))
	for _, id := range res.ids {
		found[id] = true
	}
	n := 0
	take := func(ids []uint32) {
		for _, id := range ids {
			if found[id] && !choice[id] && n < scoredHits {
				choice[id] = true
				n++
			}
		}
	}
	for _, field := range []string{"title", "section"} {
		var list []query.Query
		for _, l := range res.f.plans.leaves {
			for _, word := range l.words {
				if q, _ := spelled(word, field); l.positive {
					list = append(list, q)
				}
			}
		}
		ids, err := res.f.ids(either(list))
		if err != nil {
			return nil, err
		}
		take(ids)
	}
	take(res.ids)
	return slices.DeleteFunc(slices.Clone(res.ids), func(id uint32) bool { return !choice[id] }), nil
}

func (f *finder) score(r *report, weights []float64, average float64) (score float64) {
	title := fold.String(r.about().title)
	size := float64(len(r.text())) / average
	for n, w := range weights {
		if w == 0 {
			continue
		}
		l := &f.plans.leaves[n]
		spots := f.spots(n, r, false)
		if tf := float64(len(spots)); tf > 0 {
			score += w * tf * (saturation + 1) / (tf + saturation*(1-lengthEffect+lengthEffect*size))
		}
		if l.in(title) {
			score += w * titleBonus
		} else {
			score += w * partBonus * l.shares(title)
		}
		if f.heads(spots, r) {
			score += w * headingBonus
		}
	}
	return score
}

// heads reports whether one of the places is in a heading.
func (f *finder) heads(spots []spot, r *report) bool {
	for start, end := range r.headings {
		k, _ := slices.BinarySearchFunc(spots, start, func(s spot, at int) int { return s.at - at })
		if k < len(spots) && spots[k].end <= end {
			return true
		}
	}
	return false
}

// in reports whether a title has all the words.
func (l *leaf) in(title string) bool {
	return !slices.ContainsFunc(l.words, func(word []needle) bool {
		return !slices.ContainsFunc(word, func(n needle) bool { return strings.Contains(title, n.text) })
	})
}

// shares is the part of the pairs and of the characters of a word that stand in a
// title, in that spelling which has most; 0 if a whole word does.
func (l *leaf) shares(title string) float64 {
	best := 0.0
	for _, word := range l.words {
		for _, n := range word {
			if strings.Contains(title, n.text) {
				return 0
			}
			if s := []rune(n.text); len(s) > 2 {
				best = max(best, (part(s, 2, title)+part(s, 1, title))/2)
			}
		}
	}
	return best
}

// part is the part of the runs of n characters of a word that a title holds.
func part(word []rune, n int, title string) float64 {
	in := 0
	for i := range len(word) - n + 1 {
		if strings.Contains(title, string(word[i:i+n])) {
			in++
		}
	}
	return float64(in) / float64(len(word)-n+1)
}

// scoreFigures weighs what the words are to figures of a report: a label that is
// little else than the word counts most, then the sentence, then the headings.
func (f *finder) scoreFigures(r *report, found []ref) {
	for n, l := range f.plans.leaves {
		if !l.positive {
			continue
		}
		m, word := f.mention(n, r), 2*float32(len(l.words[0][0].text))
		for k := range found {
			i, score := int(found[k].figure), found[k].key
			if n := m.label(i); n > 0 {
				score += 2 + word/float32(n)
			}
			if m.sentence(i) {
				score++
			}
			if m.path(i) {
				score += 0.5
			}
			found[k].key = score
		}
	}
}
