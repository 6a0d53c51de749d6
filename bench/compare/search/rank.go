package main

import (
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

// rank indexes the judged reports and returns nDCG@10 over the judged queries.
func rank(s system) (float64, error) {
	text, err := os.ReadFile("../search/rank/reports.txt")
	if err != nil {
		return 0, err
	}
	var reports []report
	for part := range strings.SplitSeq(string(text), "\n## ") {
		if id, body, ok := strings.Cut(part, " "); ok && part[0] != '#' {
			reports = append(reports, report{id, body})
		}
	}
	dir, err := os.MkdirTemp("", "rank")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	if err := s.build(dir, reports); err != nil {
		return 0, err
	}
	queries, err := os.ReadFile("../search/rank/queries.txt")
	if err != nil {
		return 0, err
	}
	sum, n := 0.0, 0
	for line := range strings.Lines(string(queries)) {
		query, judged, ok := strings.Cut(line, " | ")
		if !ok || line[0] == '#' {
			continue
		}
		_, ids, _, err := s.search(query, 10)
		if err != nil {
			return 0, err
		}
		sum += ndcg(ids, grades(judged))
		n++
	}
	return sum / float64(n), nil
}

func grades(judged string) map[string]int {
	m := make(map[string]int)
	for f := range strings.FieldsSeq(judged) {
		id, grade, _ := strings.Cut(f, ":")
		m[id], _ = strconv.Atoi(grade)
	}
	return m
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
	return got / best
}
