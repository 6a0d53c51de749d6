package main

import (
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mingxi/corpus"
	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

var update = flag.Bool("update", false, "rewrite the lines of search in bench/scores.txt")

const scores = "../scores.txt"

// The order of hits is judged by 41 queries over reports of our own. What changes
// the scores must show in bench/scores.txt: go test ./bench/search -update.
func TestRank(t *testing.T) {
	ix := rankIndex(t)
	queries, err := readJudged(read(t, "rank/queries.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, synonyms := range []bool{false, true} {
		sum, name := 0.0, "exact"
		if synonyms {
			name = "with synonyms"
		}
		for _, j := range queries {
			ids, err := first(ix, j.query, synonyms)
			if err != nil {
				t.Fatal(err)
			}
			n := ndcg(ids, j.grades)
			sum += n
			if testing.Verbose() && n < 0.95 {
				t.Logf("%.2f %s: %v, judged %v", n, j.query, ids, j.grades)
			}
		}
		lines = append(lines, fmt.Sprintf("search %s: nDCG@10 %.4f over %d queries", name, sum/float64(len(queries)), len(queries)))
	}
	compareScores(t, lines)
}

func rankIndex(t *testing.T) *index.Index {
	docs, err := readReports(read(t, "rank/reports.txt"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	w, err := index.Create(dir, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if err := w.Add(d, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

func read(t *testing.T, name string) string {
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// compareScores compares the lines of search in bench/scores.txt, or replaces
// them and leaves those of others as they are.
func compareScores(t *testing.T, lines []string) {
	b, err := os.ReadFile(scores)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var old, others []string
	for line := range strings.SplitSeq(strings.TrimSuffix(string(b), "\n"), "\n") {
		if strings.HasPrefix(line, "search ") {
			old = append(old, line)
		} else if line != "" || len(others) > 0 {
			others = append(others, line)
		}
	}
	switch {
	case slices.Equal(old, lines):
	case *update:
		text := strings.Join(append(others, lines...), "\n") + "\n"
		if err := os.WriteFile(scores, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("scores differ\nold %s\nnew %s", strings.Join(old, "\n    "), strings.Join(lines, "\n    "))
	}
}

// A judged query says how good reports are for it: 3 is what was sought.
type judged struct {
	query  string
	grades map[string]int
}

// readReports reads rank/reports.txt: a document for each "## id title".
func readReports(text string) ([]*schema.Document, error) {
	var list []*schema.Document
	for part := range strings.SplitSeq(text, "\n## ") {
		id, body, ok := strings.Cut(part, " ")
		if !ok || strings.HasPrefix(part, "#") {
			continue
		}
		d, err := corpus.Read(id+".txt", []byte(body), corpus.Options{})
		if err != nil {
			return nil, err
		}
		d.ID = id
		list = append(list, d)
	}
	return list, nil
}

// readJudged reads rank/queries.txt.
func readJudged(text string) ([]judged, error) {
	var list []judged
	for line := range strings.Lines(text) {
		if line[0] == '#' || line[0] == '\n' {
			continue
		}
		q, rest, _ := strings.Cut(line, "|")
		j := judged{strings.TrimSpace(q), make(map[string]int)}
		for f := range strings.FieldsSeq(rest) {
			id, grade, _ := strings.Cut(f, ":")
			n, err := strconv.Atoi(grade)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", j.query, f, err)
			}
			j.grades[id] = n
		}
		list = append(list, j)
	}
	return list, nil
}

// ndcg is the normalised discounted cumulative gain of the first ten ids.
func ndcg(ids []string, grades map[string]int) float64 {
	gain := func(grade, i int) float64 { return (math.Exp2(float64(grade)) - 1) / math.Log2(float64(i)+2) }
	got, best := 0.0, 0.0
	for i, id := range ids[:min(10, len(ids))] {
		got += gain(grades[id], i)
	}
	var ideal []int
	for _, g := range grades {
		ideal = append(ideal, g)
	}
	slices.Sort(ideal)
	slices.Reverse(ideal)
	for i, g := range ideal[:min(10, len(ideal))] {
		best += gain(g, i)
	}
	if best == 0 {
		return 1
	}
	return got / best
}

// first are the ids of the first ten hits.
func first(ix *index.Index, text string, synonyms bool) ([]string, error) {
	q, err := query.Parse(text)
	if err != nil {
		return nil, err
	}
	res, err := ix.Search(context.Background(), q, index.SearchOptions{Synonyms: synonyms})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, h := range res.Hits(0, 10) {
		ids = append(ids, h.DocID)
	}
	return ids, nil
}
