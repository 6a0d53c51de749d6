package main

// This file writes what audit --across finds between documents: as rows, always.

import (
	"errors"

	"mingxi/cmd/mingxi/table"
	"mingxi/extract/audit"
	"mingxi/schema"
)

// An acrossWriter collects the figures of all documents and compares them at the end.
type acrossWriter struct {
	table.Writer
	auditor *audit.Auditor
	points  []audit.Point
	kept    schema.Reading // figures of the document that can be compared
}

// openAcross opens the table that differences are written to: a file, or stdout.
func openAcross(p *program, o auditOptions) (findingsWriter, error) {
	if o.sarif {
		return nil, usageError{errors.New(p.text("--across writes rows, no SARIF", "--across 只输出表格,没有 SARIF"))}
	}
	w, err := o.open(p, "differences", audit.DifferenceColumns())
	return &acrossWriter{Writer: w, auditor: audit.New()}, err
}

func (w *acrossWriter) Write(one report) error {
	w.kept.Origins = one.reading.Origins
	for i := range one.reading.Metrics {
		if m := &one.reading.Metrics[i]; m.Code != "" {
			w.kept.Metrics = append(w.kept.Metrics, *m)
		}
	}
	return nil
}

func (w *acrossWriter) End(d *schema.Document, _ verdicts) error {
	w.points = append(w.points, w.auditor.Points(d, &w.kept)...)
	w.kept = schema.Reading{}
	return nil
}

func (w *acrossWriter) Close() error {
	var rows [][]schema.Cell
	for _, d := range audit.Across(w.points) {
		rows = append(rows, d.Row())
	}
	if err := w.Writer.Write(rows); err != nil {
		return err
	}
	return w.Writer.Close()
}
