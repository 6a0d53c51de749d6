package index

import (
	"fmt"

	"mingxi/index/query"
)

// This file is for other engines that are to find what this one finds: [Cuts] are what
// is searched of a document, and [Words] marks the words of a query in it.

// A Cut is a report as searches see it.
type Cut struct {
	Article      int
	Title, Org   string
	Code, Region string
	Year         int      // 0 if unknown
	Start, End   int      // in characters of the document's text
	Text         string   // folded
	Sentences    []int    // where they begin, in bytes of Text, rising
	Headings     []string // folded
	Figures      []int    // of each, in the order of its text, the sentence that it stands in
}

// Cuts are the reports of a document, in the order of its text. The error wraps
// [ErrRefused] where a [Writer] refuses the document.
func Cuts(parts Parts) ([]Cut, error) {
	list, err := prepared(parts)
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	cuts := make([]Cut, len(list))
	for i, n := range list {
		cuts[i] = n.cut()
	}
	return cuts, nil
}

func (n *newReport) cut() Cut {
	c := Cut{Article: n.n, Title: n.title, Org: n.org, Code: n.code, Region: n.region, Year: n.year,
		Start: n.start, End: n.end, Text: view(n.record[partText])}
	r := report{rec: n.record, loaded: [3]bool{true, true}}
	for at, k := r.sentences(), 0; k < at.len(); k++ {
		c.Sentences = append(c.Sentences, at.at(k))
	}
	for start, end := range r.headings {
		c.Headings = append(c.Headings, c.Text[start:end])
	}
	for i := range n.head.figures {
		c.Figures = append(c.Figures, r.figures().in.at(i))
	}
	return c
}

// Words are the words that a query seeks.
type Words struct{ f finder }

// NewWords gathers the words of a query, with their synonyms if that is asked.
func NewWords(q query.Query, synonyms bool) *Words {
	p := &plans{synonyms: synonyms, codes: func(string) ([]string, error) { return nil, nil }}
	p.plan(q, true)
	return &Words{finder{plans: p}}
}

// Marks are the places of the words in a report, as [Hit.Marks] has them. What is not
// to be found by a query is not marked: the other word of a -, and what stands apart of ~.
func (w *Words) Marks(c *Cut) []Mark {
	places := columnOf(c.Sentences)
	r := report{loaded: [3]bool{true, true}}
	r.rec[partText], r.rec[partSentences] = []byte(c.Text), append([]byte{byte(places.width)}, places.b...)
	return w.f.marks(&r, c.Start)
}
