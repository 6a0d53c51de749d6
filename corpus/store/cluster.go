package store

// This file groups near-copies.
//
// Documents that agree in a band of their sketches or in the opening are
// candidates; in each group of candidates, sorted by doc_id, every document is
// compared with the one before it and with the first, so that the work grows
// with the number of documents and not with its square. Two are near-copies if
// their texts say so (see nearCopies); clusters are what is connected. All of
// it is a function of the set of documents, whatever the order they came in.

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"slices"
	"unicode"
)

const (
	minAgree   = 36   // of 64 bins, for a comparison of the texts to be worth it
	minJaccard = 0.75 // of two whole texts
	minContain = 0.85 // of a teaser in its text, where the openings agree
	minNumbers = 0.7  // of the numbers of the shorter in the longer
)

// A member is a document as clustering sees it.
type member struct {
	doc     int64
	id      string
	length  int64 // characters
	figures int64
	sketch  []byte
}

// Cluster brings the table of near-copies up to date, and returns the number of
// documents that are copies of another. It does nothing if no document has come
// or gone. It may be interrupted between documents. Changes must have been
// committed before, by the caller, who passes them on to the index.
func (w *Writer) Cluster(ctx context.Context) (copies int, err error) {
	if len(w.changes.list) > 0 {
		return 0, errors.New("cluster: there are changes that are not committed")
	}
	var done string
	if _, err := w.row("SELECT value FROM meta WHERE name = 'clustered'", nil, &done); err != nil {
		return 0, err
	}
	if done == "1" {
		_, err := w.row("SELECT count(*) - count(DISTINCT cluster) FROM clusters", nil, &copies)
		return copies, err
	}
	members, err := w.members()
	if err != nil {
		return 0, err
	}
	g := grouping{members: members, parent: make([]int32, len(members)), text: w.text}
	if err := g.run(ctx); err != nil {
		return 0, err
	}
	copies, err = w.storeClusters(&g)
	if err != nil {
		return 0, err
	}
	if err := w.setMeta("clustered", "1"); err != nil {
		return 0, err
	}
	sum, err := sumOf(write, w.conn, clusterRows)
	if err != nil {
		return 0, w.fail(err)
	}
	if err := w.setMeta("clusters_sum", sum); err != nil {
		return 0, err
	}
	_, err = w.Commit()
	return copies, err
}

// members reads the documents that have a sketch, by doc_id.
func (w *Writer) members() ([]member, error) {
	m, err := collect(write, w.conn, func(rows *sql.Rows) (m member, err error) {
		return m, rows.Scan(&m.doc, &m.id, &m.length, &m.figures, &m.sketch)
	}, "SELECT doc, doc_id, characters, figures, sketch FROM sketches JOIN documents USING (doc)")
	m = slices.DeleteFunc(m, func(m member) bool { return len(m.sketch) != sketchLen || m.sketch[0] != sketchFormat })
	slices.SortFunc(m, func(a, b member) int { return cmp.Compare(a.id, b.id) })
	return m, w.fail(err)
}

func (w *Writer) text(doc int64) (text string, err error) {
	_, err = w.row("SELECT text FROM texts WHERE doc = ?", []any{doc}, &text)
	return text, err
}

// storeClusters writes the groups of two and more.
func (w *Writer) storeClusters(g *grouping) (copies int, err error) {
	if err := w.exec("DELETE FROM clusters"); err != nil {
		return 0, err
	}
	for _, group := range g.groups() {
		name := g.members[group[0]].id
		for _, i := range group {
			if err := w.exec("INSERT INTO clusters (doc, cluster) VALUES (?, ?)", g.members[i].doc, name); err != nil {
				return 0, err
			}
		}
		copies += len(group) - 1
	}
	return copies, nil
}

// A grouping joins members to groups.
type grouping struct {
	members []member
	parent  []int32 // of union-find: the root of a group is its own parent
	text    func(doc int64) (string, error)
	prints  map[int32]*print // of the texts compared last
}

// run compares all candidates.
func (g *grouping) run(ctx context.Context) error {
	for i := range g.parent {
		g.parent[i] = int32(i)
	}
	order := make([]int32, len(g.members))
	for band := -1; band < bands; band++ { // -1 is the opening
		at := 1
		if band >= 0 {
			at = 9 + band*2*bandBins
		}
		key := func(i int32) uint64 { return binary.LittleEndian.Uint64(g.members[i].sketch[at:]) }
		for i := range order {
			order[i] = int32(i)
		}
		slices.SortFunc(order, func(a, b int32) int {
			return cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(a, b))
		})
		if err := g.candidates(ctx, order, key, band < 0); err != nil {
			return err
		}
	}
	return nil
}

// candidates compares neighbours with the same key.
func (g *grouping) candidates(ctx context.Context, order []int32, key func(int32) uint64, opening bool) error {
	first := 0
	for i := 1; i < len(order); i++ {
		k := key(order[i])
		if k != key(order[first]) {
			first = i
			continue
		}
		if opening && k == 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, j := range []int{i - 1, first} {
			if err := g.compare(order[j], order[i], opening); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *grouping) compare(a, b int32, opening bool) error {
	if g.root(a) == g.root(b) || !opening && agree(g.members[a].sketch, g.members[b].sketch) < minAgree {
		return nil
	}
	pa, err := g.print(a)
	if err != nil {
		return err
	}
	pb, err := g.print(b)
	if err != nil {
		return err
	}
	if nearCopies(pa, pb, opening || bytes.Equal(g.members[a].sketch[1:9], g.members[b].sketch[1:9])) {
		ra, rb := g.root(a), g.root(b)
		g.parent[max(ra, rb)] = min(ra, rb)
	}
	return nil
}

func (g *grouping) root(i int32) int32 {
	for g.parent[i] != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = g.parent[i]
	}
	return i
}

// groups returns the groups of two and more; first in each stands the one that
// stands for all: with the most figures, of equals the longest, of equals the
// first by doc_id.
func (g *grouping) groups() [][]int32 {
	at := map[int32]int{}
	var all [][]int32
	for i := range g.members {
		r := g.root(int32(i))
		if r == int32(i) {
			continue
		}
		n, ok := at[r]
		if !ok {
			n = len(all)
			at[r] = n
			all = append(all, []int32{r})
		}
		all[n] = append(all[n], int32(i))
	}
	for _, group := range all {
		slices.SortFunc(group, func(a, b int32) int {
			ma, mb := &g.members[a], &g.members[b]
			return cmp.Or(cmp.Compare(mb.figures, ma.figures), cmp.Compare(mb.length, ma.length), cmp.Compare(a, b))
		})
	}
	return all
}

// A print is what two texts are compared by.
type print struct {
	shingles []uint64 // sorted, each once
	numbers  []uint64 // hashes of the runs of digits, sorted
}

func (g *grouping) print(i int32) (*print, error) {
	if p := g.prints[i]; p != nil {
		return p, nil
	}
	text, err := g.text(g.members[i].doc)
	if err != nil {
		return nil, err
	}
	if len(g.prints) > 16 || g.prints == nil {
		g.prints = map[int32]*print{}
	}
	g.prints[i] = printOf(text)
	return g.prints[i], nil
}

func printOf(text string) *print {
	p := new(print)
	letters := lettersOf(text)
	shingles(letters, func(h uint64) { p.shingles = append(p.shingles, h) })
	slices.Sort(p.shingles)
	p.shingles = slices.Compact(p.shingles)
	var number uint64
	for _, r := range append(letters, 'x') {
		switch {
		case unicode.IsDigit(r):
			number = mix(number ^ uint64(r))
		case number != 0:
			p.numbers = append(p.numbers, number)
			number = 0
		}
	}
	slices.Sort(p.numbers)
	return p
}

// nearCopies reports whether two texts are one report: most of their shingles
// are the same, or with the same opening most of the shorter stands in the
// longer; and so do most of its numbers, which tell the reports of two years
// apart where the words are the same.
func nearCopies(a, b *print, sameOpening bool) bool {
	if len(a.shingles) > len(b.shingles) {
		a, b = b, a
	}
	if len(a.shingles) < minShingles {
		return false
	}
	both := float64(common(a.shingles, b.shingles))
	alike := both >= minJaccard*(float64(len(a.shingles)+len(b.shingles))-both)
	if !alike && !(sameOpening && both >= minContain*float64(len(a.shingles))) {
		return false
	}
	fewer, more := a.numbers, b.numbers
	if alike && len(fewer) > len(more) {
		fewer, more = more, fewer
	}
	return float64(common(fewer, more)) >= minNumbers*float64(len(fewer))
}

// common counts the elements that two sorted lists share.
func common(a, b []uint64) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}
