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
	w.points = append(w.points, w.auditor.Points(one.doc, one.reading)...)
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
