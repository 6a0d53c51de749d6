package main

// This file compares with what readers corrected in the pages of a corpus.

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"mingxi/corpus/store"
	"mingxi/extract/agree"
	"mingxi/schema"
)

func runEvalCorpus(ctx context.Context, p *program, o evalOptions) error {
	s, err := store.Open(ctx, o.corpus)
	if err != nil {
		return p.hint(err)
	}
	defer s.Close()
	log, err := s.Corrections(ctx, "")
	if err != nil {
		return p.hint(err)
	}
	var ids []string
	of := map[string][]store.Correction{}
	for _, c := range log {
		if of[c.DocID] == nil {
			ids = append(ids, c.DocID)
		}
		of[c.DocID] = append(of[c.DocID], c)
	}
	slices.Sort(ids)
	r := p.reader()
	return evalAll(ctx, p, o, ids, func(id string) string { return id },
		func(ctx context.Context, id string) (string, result, error) {
			ref, err := s.Find(ctx, id)
			var d *schema.Document
			if err == nil {
				d, _, err = s.Text(ctx, ref)
			}
			if errors.Is(err, store.ErrUnknown) { // it has left the corpus; the log keeps it
				return id, result{}, nil
			}
			if err != nil {
				return id, result{}, err
			}
			gold, got, err := judged(d, func(yield func(*schema.Reading) error) error {
				return r.parts(d, func(part report) error { return yield(part.reading) })
			}, of[id])
			score, misses := agree.Compare(gold, got)
			return id, result{agree.Units(gold, got), score, misses}, err
		})
}

// judged are the figures that readers judged, as they should be and as they are read
// now. What a reader did not correct he left as it was read when he looked. Of one that is
// only said to be wrong it is not known what is right: it must not be read as it was.
// Its region, year and indicator are no fields of a gold row: they are not compared.
func judged(d *schema.Document, parts schema.Parts, log []store.Correction) (gold []agree.Gold, got []agree.Row, err error) {
	sought, now := store.Seek(d, log), new(schema.Reading) // those that may be meant
	if err := parts(func(part *schema.Reading) error {
		now.Origins = part.Origins
		for i := range part.Metrics {
			if sought.Look(&part.Metrics[i]) {
				now.Metrics = append(now.Metrics, part.Metrics[i])
			}
		}
		return nil
	}); err != nil {
		return nil, nil, err
	}
	given := sought.Standing()
	var rows [][]schema.Cell
	if err := schema.Rows(d, now, func(row []schema.Cell) error { rows = append(rows, row); return nil }); err != nil {
		return nil, nil, err
	}
	all := evalRows(rows)
	for i := range now.Metrics {
		said := given[store.Target{Seq: now.Metrics[i].Seq}]
		value, label, verdict := said["value"], said["label"], said["verdict"]
		row, not := all[i], ""
		if value.Value == "" && label.Value == "" && verdict.Value != "right" {
			if verdict.Value != "wrong" || was(verdict, "label") != row.Label || was(verdict, "value") != join("..", row.Value, row.Max) {
				continue // nothing is known of what it is
			}
			not = row.Label
		}
		// What was right when it was judged may be read otherwise now: the log keeps it.
		gold = append(gold, agree.Gold{Order: strconv.Itoa(now.Metrics[i].Seq), Raw: row.Raw, Unit: row.Unit, Per: row.Per,
			Value: cmp.Or(value.Value, confirmed(verdict, "value"), join("..", row.Value, row.Max)),
			Keys:  cmp.Or(label.Value, confirmed(verdict, "label"), row.Label), Not: not, Kind: row.Kind, Status: row.Status, Approx: row.Approx})
		got = append(got, row)
	}
	return gold, got, nil
}

// confirmed is a field as it was read when a reader said that the figure is right.
func confirmed(verdict store.Correction, field string) string {
	if verdict.Value != "right" {
		return ""
	}
	return was(verdict, field)
}

// was is a field as it was read when a reader judged the figure.
func was(verdict store.Correction, field string) string {
	for part := range strings.SplitSeq(verdict.Was, ";") {
		if value, ok := strings.CutPrefix(part, field+"="); ok {
			return value
		}
	}
	return ""
}
