package main

// Findings as one page of HTML that needs nothing else: to hand to a colleague.

import (
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"

	"mingxi/corpus/personal"
	"mingxi/extract/audit"
)

//go:embed findings.html
var findingsPage string

// A pageWriter collects the findings of all documents and writes one page.
type pageWriter struct {
	p        *program
	out      io.Writer
	page     findingsData
	personal bool // numbers of persons as printed
}

// findingsData is what the page shows.
type findingsData struct {
	Lang, Title, Intro string
	Heads              []string // of the table of documents
	Documents          []findingsDocument
}

type findingsDocument struct {
	Source, Counts string
	Findings       []findingsEntry
}

type findingsEntry struct {
	ID                              int
	Class, Verdict, Relation, Label string
	Equation, Off, Low, High        string
	Figures                         []findingsFigure
}

// A findingsFigure is one figure of a finding in its sentence.
type findingsFigure struct {
	Seq                int
	Before, Raw, After string
	Stated             bool
}

func newPageWriter(p *program, out io.Writer, personal bool) *pageWriter {
	return &pageWriter{p: p, out: out, personal: personal, page: findingsData{
		Lang:  p.text("en", "zh-CN"),
		Title: p.text("Audit of figures", "数字关系核对"),
		Intro: p.text("Each entry is a relation between printed figures that the text implies, checked in exact decimals; a printed figure stands for half a unit of its last digit on both sides. A finding is a reason to look, never a correction.",
			"每一条是原文暗含的一个数字关系,按精确小数核对;印出的数字代表其末位半个单位以内的值。核对结果只提示复查,不是更正。"),
	}}
}

func (w *pageWriter) Write(one report) error {
	d := findingsDocument{Source: one.doc.Source, Counts: w.p.counts(one.findings)}
	order := map[audit.Verdict]int{audit.Contradicts: 0, audit.NotEvaluable: 1, audit.Incomplete: 2, audit.Holds: 3}
	sorted := slices.Clone(one.findings)
	slices.SortStableFunc(sorted, func(a, b audit.Finding) int { return order[a.Verdict] - order[b.Verdict] })
	for i := range sorted {
		f := &sorted[i]
		e := findingsEntry{ID: f.ID, Class: f.Verdict.String(), Verdict: w.p.lang().Verdict(f.Verdict), Relation: w.p.lang().Relation(f.Relation),
			Label: one.reading.Metrics[f.Anchor()-1].Label, Equation: f.Equation, Off: w.p.lang().OffBy(f), Low: f.Low.String(), High: f.High.String()}
		if f.Stated > 0 {
			e.Figures = append(e.Figures, w.inSentence(one, f.Stated, true))
		}
		for _, seq := range f.Members {
			e.Figures = append(e.Figures, w.inSentence(one, seq, false))
		}
		d.Findings = append(d.Findings, e)
	}
	w.page.Documents = append(w.page.Documents, d)
	return nil
}

// besideFigure is how many characters of a sentence are shown on each side of a figure.
const besideFigure = 40

// inSentence cuts a figure's sentence besideFigure it.
func (w *pageWriter) inSentence(one report, seq int, stated bool) findingsFigure {
	m := &one.reading.Metrics[seq-1]
	f := findingsFigure{Seq: seq, Raw: flat(m.In(one.doc.Text)), Stated: stated}
	if m.Sentence.Contains(m.Span) {
		sentence, at := m.Sentence.In(one.doc.Text), m.Start-m.Sentence.Start
		if !w.personal {
			sentence = personal.Mask(sentence)
		}
		before, after := []rune(flat(sentence[:at])), []rune(flat(sentence[at+m.Len():]))
		if len(before) > besideFigure {
			before = append([]rune("…"), before[len(before)-besideFigure:]...)
		}
		if len(after) > besideFigure {
			after = append(after[:besideFigure:besideFigure], '…')
		}
		f.Before, f.After = strings.TrimLeft(string(before), " "), string(after)
	}
	return f
}

func (w *pageWriter) Close() error {
	t, err := template.New("findings").Parse(findingsPage)
	if err != nil {
		return err
	}
	return t.Execute(w.out, w.page)
}

func (w *pageWriter) Discard() {}
