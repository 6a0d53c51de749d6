package bench

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"mingxi/corpus"
	"mingxi/extract"
	"mingxi/extract/agree"
)

var update = flag.Bool("update", false, "rewrite the lines of extract in bench/scores.txt")

// Quality is a file in git: how far the figures agree with those that were read
// by hand in gold/ (invented reports of our own, of several bureaus, decades and
// kinds of damage) stands in scores.txt, and a change shows in the diff.
func TestAgreement(t *testing.T) {
	samples, err := agree.Samples(os.DirFS("gold"))
	if err != nil {
		t.Fatal(err)
	}
	e := extract.New()
	var lines []string
	var all agree.Score
	for _, s := range samples {
		data, err := os.ReadFile("gold/" + s.Source)
		if err != nil {
			t.Fatal(err)
		}
		d, err := corpus.Read(s.Source, data, corpus.Options{})
		if err != nil {
			t.Fatal(err)
		}
		score, _ := agree.Compare(s.Gold, agree.Rows(d, e.Read(d).Metrics))
		lines = append(lines, scoreLine(s.Name, score))
		all.Add(score)
	}
	lines = append(lines, scoreLine("ALL", all))
	compareLines(t, lines)
}

func scoreLine(name string, s agree.Score) string {
	of := func(right, n int) float64 {
		if n == 0 {
			return 1
		}
		return float64(right) / float64(n)
	}
	return fmt.Sprintf("extract %s: found %.3f quantity %.3f record %.3f kind %.3f status %.3f part_of %.3f of %d",
		name, s.F1(s.Found), s.F1(s.Quantity), s.F1(s.Record), of(s.Kind, s.Found), of(s.Status, s.Found), of(s.PartOf, s.Parts), s.Gold)
}

// compareLines compares the lines of extract in scores.txt, or rewrites them.
func compareLines(t *testing.T, lines []string) {
	b, err := os.ReadFile("scores.txt")
	if err != nil {
		t.Fatal(err)
	}
	var old, others []string
	for line := range strings.SplitSeq(strings.TrimSuffix(string(b), "\n"), "\n") {
		if strings.HasPrefix(line, "extract ") {
			old = append(old, line)
		} else {
			others = append(others, line)
		}
	}
	switch {
	case slices.Equal(old, lines):
	case *update:
		if err := os.WriteFile("scores.txt", []byte(strings.Join(append(lines, others...), "\n")+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	default:
		for _, line := range lines {
			if !slices.Contains(old, line) {
				t.Errorf("now %s", line)
			}
		}
		t.Error("go test ./bench -run Agreement -update rewrites scores.txt")
	}
}
