package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"mingxi/index"
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
