package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"mingxi/corpus"
	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

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
