package words

import (
	"cmp"
	"math"
	"slices"
)

// A Row is what is known about one word. Other and its figures are of the
// collection that it is compared with.
type Row struct {
	Word, Tag string
	N, Texts  int     // how often it is met, and in how many texts
	Million   float64 // N for each million words
	Other     int
	OtherMill float64
	Expected  float64 // of collocates: how often chance would bring it near
	LL        float64 // log-likelihood ratio G²; above 6.63 chance explains it in 1 of 100 cases, above 15.13 in 1 of 10,000
	Ratio     float64 // binary logarithm of how many times more frequent; below 0 it is less frequent
}

// Frequencies lists the words, the most frequent first.
func (c *Count) Frequencies() []Row {
	rows := make([]Row, 0, len(c.words))
	for w, s := range c.words {
		rows = append(rows, Row{Word: w, Tag: s.tag, N: s.n, Texts: s.texts, Million: million(s.n, c.Tokens)})
	}
	slices.SortFunc(rows, func(a, b Row) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Word, b.Word)) })
	return rows
}

// Keywords lists the words of two collections that do not overlap by how
// unlikely it is that chance alone makes their frequencies differ so: the
// log-likelihood ratio of Dunning (Accurate methods for the statistics of
// surprise and coincidence, Computational Linguistics 19(1), 1993) as Rayson and
// Garside use it (Comparing corpora using frequency profiling, 2000), over the two
// cells in which the word is met. Ratio is Hardie's log ratio (2014), where a
// frequency of 0 counts as a half.
func Keywords(c, other *Count) []Row {
	rows := c.Frequencies()
	for w, s := range other.words {
		if c.words[w] == nil {
			rows = append(rows, Row{Word: w, Tag: s.tag})
		}
	}
	for i := range rows {
		r := &rows[i]
		r.Other, _ = other.Of(r.Word)
		r.OtherMill = million(r.Other, other.Tokens)
		r.LL = keyness(r.N, c.Tokens, r.Other, other.Tokens)
		r.Ratio = logRatio(r.N, c.Tokens, r.Other, other.Tokens)
	}
	return byLL(rows)
}

// keyness is 2 Σ O ln(O/E) over the two collections.
func keyness(a, all, b, other int) float64 {
	share := float64(a+b) / float64(all+other)
	return max(0, 2*(term(a, share*float64(all))+term(b, share*float64(other))))
}

// term is O ln(O/E), which is 0 where nothing is observed.
func term(observed int, expected float64) float64 {
	if observed == 0 {
		return 0
	}
	return float64(observed) * math.Log(float64(observed)/expected)
}

func logRatio(a, all, b, other int) float64 {
	half := func(n int) float64 { return max(float64(n), 0.5) }
	return math.Log2(half(a) / float64(max(all, 1)) / (half(b) / float64(max(other, 1))))
}

// Collocates lists the words near a word, given the counts of what stands near it
// and of everything but the word itself, by Dunning's log-likelihood ratio over
// all four cells: near or not, this word or another. Only words that are nearer
// than by chance are listed. Ratio is the mutual information of Church and Hanks
// (1990): the binary logarithm of N over Expected.
func Collocates(near, all *Count) []Row {
	rows := near.Frequencies()
	kept := rows[:0]
	for _, r := range rows {
		n, _ := all.Of(r.Word)
		r.Other, r.OtherMill = n, million(n, all.Tokens)
		r.Expected = float64(n) * float64(near.Tokens) / float64(all.Tokens)
		if float64(r.N) <= r.Expected {
			continue
		}
		far, rest := all.Tokens-near.Tokens, all.Tokens-n
		e := func(row, column int) float64 { return float64(row) * float64(column) / float64(all.Tokens) }
		r.LL = max(0, 2*(term(r.N, r.Expected)+term(near.Tokens-r.N, e(near.Tokens, rest))+
			term(n-r.N, e(far, n))+term(far-(n-r.N), e(far, rest))))
		r.Ratio = math.Log2(float64(r.N) / r.Expected)
		kept = append(kept, r)
	}
	return byLL(kept)
}

// byLL sorts what is more frequent than elsewhere before what is less.
func byLL(rows []Row) []Row {
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(sign(b.Ratio), sign(a.Ratio)), cmp.Compare(b.LL, a.LL), cmp.Compare(a.Word, b.Word))
	})
	return rows
}

func sign(x float64) int {
	if x < 0 {
		return -1
	}
	return 1
}

func million(n, all int) float64 { return float64(n) * 1e6 / float64(max(all, 1)) }
