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
	"mingxi/schema"
)

//go:embed findings.html
var findingsPage string

// A pageWriter collects the findings of all documents and writes one page.
type pageWriter struct {
	p        *program
	out      io.Writer
	page     findingsData
	document findingsDocument // that is written
	personal bool             // numbers of persons as printed
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
	ID, order                       int
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
	for i := range one.findings {
		f := &one.findings[i]
		e := findingsEntry{ID: f.ID, Class: f.Verdict.String(), Verdict: w.p.lang().Verdict(f.Verdict), Relation: w.p.lang().Relation(f.Relation),
			order: findingsOrder[f.Verdict],
			Label: one.reading.Of(f.Anchor()).Label, Equation: f.Equation, Off: w.p.lang().OffBy(f), Low: f.Low.String(), High: f.High.String()}
		if f.Stated > 0 {
			e.Figures = append(e.Figures, w.inSentence(one, f.Stated, true))
		}
		for _, seq := range f.Members {
			e.Figures = append(e.Figures, w.inSentence(one, seq, false))
		}
		w.document.Findings = append(w.document.Findings, e)
	}
	return nil
}

// findingsOrder is the order of verdicts on the page.
var findingsOrder = map[audit.Verdict]int{audit.Contradicts: 0, audit.NotEvaluable: 1, audit.Incomplete: 2, audit.Holds: 3}

func (w *pageWriter) End(d *schema.Document, n verdicts) error {
	w.document.Source, w.document.Counts = d.Source, w.p.counts(n)
	slices.SortStableFunc(w.document.Findings, func(a, b findingsEntry) int { return a.order - b.order })
	w.page.Documents = append(w.page.Documents, w.document)
	w.document = findingsDocument{}
	return nil
}

// besideFigure is how many characters of a sentence are shown on each side of a figure.
const besideFigure = 40

// inSentence cuts a figure's sentence besideFigure it.
func (w *pageWriter) inSentence(one report, seq int, stated bool) findingsFigure {
	m := one.reading.Of(seq)
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
