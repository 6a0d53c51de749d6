package audit_test

import (
	"math/rand/v2"
	"path/filepath"
	"testing"

	"mingxi/corpus"
	"mingxi/extract/audit"
	"mingxi/schema"
)

// How many relations hold by chance? The printed figures of clean reports are
// shuffled among those of the same unit and kind, and the reports read anew: what
// still holds is luck.
func TestChance(t *testing.T) {
	files, _ := filepath.Glob("../../bench/gold/*.txt")
	more, _ := filepath.Glob("../../bench/relations/*.txt")
	files = append(files, more...)
	x, a := extractor(), audit.New()
	held, lucky := 0, 0
	for _, f := range files {
		d, r := readDocument(t, f)
		printed := map[string]bool{}
		for _, g := range a.Check(d, r) {
			printed[g.Equation] = true
			if g.Verdict == audit.Holds {
				held++
			}
		}
		for seed := range uint64(3) {
			text := shuffled(d, r, rand.New(rand.NewPCG(seed, 1)))
			e, err := corpus.Read(f, []byte(text), corpus.Options{})
			if err != nil {
				t.Fatal(err)
			}
			s := x.Read(e)
			for _, g := range a.Check(e, s) {
				if g.Verdict == audit.Holds && !printed[g.Equation] {
					lucky++
					if seed < 2 {
						t.Logf("%s: by chance: %s %s", filepath.Base(f), g.Relation, g.Equation)
					}
				}
			}
		}
	}
	share := float64(lucky) / float64(3*held)
	t.Logf("%d relations hold; shuffled, %.1f do by chance (%.1f%%)", held, float64(lucky)/3, 100*share)
	if share > 0.06 {
		t.Errorf("%.1f%% hold by chance", 100*share)
	}
}

// shuffled is the text with its printed figures changed about.
func shuffled(d *schema.Document, r *schema.Reading, random *rand.Rand) string {
	type class struct {
		unit, per string
		kind      schema.Measure
	}
	groups := map[class][]int{}
	var order []class
	for i, m := range r.Metrics {
		if !m.Value.Known() {
			continue
		}
		c := class{m.Unit, m.Per, m.Kind}
		if len(groups[c]) == 0 {
			order = append(order, c)
		}
		groups[c] = append(groups[c], i)
	}
	from := map[int]int{}
	for _, c := range order {
		g := groups[c]
		for i, j := range random.Perm(len(g)) {
			from[g[i]] = g[j]
		}
	}
	text, at := "", 0
	for i, m := range r.Metrics {
		j, ok := from[i]
		if !ok || m.Start < at {
			continue
		}
		text += d.Text[at:m.Start] + r.Metrics[j].In(d.Text)
		at = m.End
	}
	return text + d.Text[at:]
}
