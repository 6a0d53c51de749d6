package index

import (
	"math"
	"slices"
	"strings"

	"mingxi/corpus/fold"
)

// Reports are ranked by BM25 over the words of the query, each phrase counted as
// one term, and the places count by where they stand: in the title, in a heading.
// A title that shares a part of a word is a sign too: for 留守儿童, a report on
// 困境儿童 comes before one that only mentions them. Titles are read for the best
// hits only; the bonus can lift a report among them, never out of the rest.

const (
	saturation   = 1.2 // k1
	lengthEffect = 0.5 // b: long reports have more of everything
	titleBonus   = 1.5 // times the weight of the word
	headingBonus = 0.5
	partBonus    = 1.5 // times the part of the word that the title has
	partOf       = 256 // hits whose titles are read
)

// weights is the rarity of each leaf; 0 if it does not count.
func (res *Result) weights() []float64 {
	if len(res.runs) == 0 {
		return nil
	}
	leaves := res.runs[0].plans.leaves
	w := make([]float64, len(leaves))
	total := 0
	for _, r := range res.runs {
		total += r.live.count()
	}
	for n, l := range leaves {
		if !l.positive {
			continue
		}
		with := 0
		for _, r := range res.runs {
			for _, in := range r.spots(n).in {
				if r.live.has(int(in.report)) {
					with++
				}
			}
		}
		w[n] = math.Log1p((float64(total-with) + 0.5) / (float64(with) + 0.5))
	}
	return w
}

// reportScores scores the reports of the set.
func (r *run) reportScores(set bitset, weights []float64) []float32 {
	n := r.reports.len()
	scores := make([]float32, n)
	average := float64(r.positions()) / float64(max(1, n))
	for leaf, w := range weights {
		if w == 0 {
			continue
		}
		s := r.spots(leaf)
		for _, in := range s.in {
			rep := int(in.report)
			if !set.has(rep) {
				continue
			}
			size := float64(r.reports.at(rep, repEnd) - r.reports.at(rep, repStart))
			tf := float64(in.hi - in.lo)
			tf = tf * (saturation + 1) / (tf + saturation*(1-lengthEffect+lengthEffect*size/average))
			scores[rep] += float32(w * tf)
		}
		r.bonus(scores, s, column(r.sec[secTitles]), float32(w*titleBonus))
		r.bonus(scores, s, column(r.sec[secHeadings]), float32(w*headingBonus))
	}
	return scores
}

// bonus adds to the score of each report with a place in one of the pairs.
func (r *run) bonus(scores []float32, s *spots, pairs column, bonus float32) {
	for _, in := range r.divide(within(pairs, s.at, 1)) {
		scores[in.report] += bonus
	}
}

// readTitles adds the bonus for parts of words to the best hits.
func (res *Result) readTitles(weights []float64) {
	n := min(partOf, len(res.refs))
	selectFirst(res.refs, n)
	for i := range res.refs[:n] {
		f := &res.refs[i]
		r := res.runs[f.run]
		title := fold.String(r.names.at(r.reports.at(int(f.id), repTitle)))
		for leaf, w := range weights {
			f.score += float32(w * partBonus * r.plans.leaves[leaf].shares(title))
		}
		f.key = f.score
	}
	slices.SortFunc(res.refs[:n], compareRefs)
	res.sorted = n
}

// shares is the part of the pairs and of the characters of a word that
// stand in a title, in that spelling which has most; 0 if the whole word does,
// which counted already.
func (l *leaf) shares(title string) float64 {
	best := 0.0
	for _, word := range l.words {
		for _, s := range word {
			if strings.Contains(title, string(s)) {
				return 0
			}
			if len(s) > 2 {
				best = max(best, (common(s, 2, title)+common(s, 1, title))/2)
			}
		}
	}
	return best
}

// common is the part of the runs of n characters of a word that a title holds.
func common(word spelling, n int, title string) float64 {
	in := 0
	for i := range len(word) - n + 1 {
		if strings.Contains(title, string(word[i:i+n])) {
			in++
		}
	}
	return float64(in) / float64(len(word)-n+1)
}
