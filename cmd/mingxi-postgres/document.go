package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"mingxi/cmd/mingxi/backend"
	"mingxi/cmd/mingxi/postgres"
	"mingxi/schema"
)

// Document reads a document, its articles and figures.
func (s *pgStore) Document(ctx context.Context, id string) (d *schema.Document, r *schema.Reading, err error) {
	err = s.read(ctx, func(ctx context.Context, tx pgx.Tx) (err error) {
		d, r, err = s.document(ctx, tx, id)
		return err
	})
	return d, r, err
}

func (s *pgStore) document(ctx context.Context, tx pgx.Tx, id string) (*schema.Document, *schema.Reading, error) {
	d, r := new(schema.Document), new(schema.Reading)
	err := tx.QueryRow(ctx, `SELECT d.doc_id, coalesce(d.root, ''), coalesce(d.source, ''), coalesce(d.format, ''), coalesce(d.encoding, ''), coalesce(t.text, '')
		FROM `+postgres.Schema+`.documents d JOIN `+postgres.Schema+`.texts t ON t.doc_id = d.doc_id WHERE d.doc_id = $1`, id).
		Scan(&d.ID, &d.Root, &d.Source, &d.Format, &d.Encoding, &d.Text)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil, s.fail(backend.Unknown, "there is no document %s", id)
	}
	if err == nil {
		err = articles(ctx, tx, d, r)
	}
	if err == nil {
		r.Metrics, err = metrics(ctx, tx, d)
	}
	return d, r, err
}

// articles reads the articles of a document and what is known about them.
func articles(ctx context.Context, tx pgx.Tx, d *schema.Document, r *schema.Reading) error {
	rows, err := tx.Query(ctx, `SELECT a.article, coalesce(a.title, ''), a."start", a."end", coalesce(a.org, ''), coalesce(a.year, 0),
		coalesce(a.region_code, ''), coalesce(a.region, ''), coalesce(a.region_method, ''), a.region_score
		FROM `+postgres.Schema+`.articles a WHERE a.doc_id = $1 ORDER BY a.article`, d.ID)
	if err != nil {
		return err
	}
	runes := schema.NewRunes(d.Text)
	var a schema.Article
	var o schema.Origin
	var start, end *int
	_, err = pgx.ForEachRow(rows, []any{&a.N, &a.Title, &start, &end, &o.Org, &o.Year, &o.Region.Code, &o.Region.Name, &o.Region.Method, &o.Region.Score}, func() error {
		o.Article = a.N
		r.Origins = append(r.Origins, o)
		if start == nil || end == nil {
			return nil
		}
		var ok, okEnd bool
		a.Start, ok = runes.Bytes(*start)
		a.End, okEnd = runes.Bytes(*end)
		if !ok || !okEnd || a.End < a.Start {
			return fmt.Errorf("document %s: article %d: %d to %d is not in the text", d.ID, a.N, *start, *end)
		}
		d.Articles = append(d.Articles, a)
		return nil
	})
	return err
}

// selectFigures reads the cells of figures as text.
var selectFigures = func() string {
	list := []string{`f."start"`, "f.raw", "f.sentence", "f.sentence_len"}
	for _, c := range postgres.Fields() {
		cell := "f." + postgres.Quoted(c.Name)
		if c.Field.Keep == schema.Date {
			cell = "to_char(" + cell + ", 'YYYY-MM-DD')"
		}
		list = append(list, "coalesce("+cell+"::text, '')")
	}
	return "SELECT " + strings.Join(list, ", ") + " FROM " + postgres.Schema + ".figures f WHERE f.doc_id = $1 ORDER BY f.seq"
}()

// metrics reads the figures of a document.
func metrics(ctx context.Context, tx pgx.Tx, d *schema.Document) (list []schema.Metric, err error) {
	rows, err := tx.Query(ctx, selectFigures, d.ID)
	if err != nil {
		return nil, err
	}
	var start, from, length int
	var raw string
	cells := make([]string, len(postgres.Fields()))
	targets := []any{&start, &raw, &from, &length}
	for i := range cells {
		targets = append(targets, &cells[i])
	}
	at, inText := schema.NewRunes(d.Text), schema.NewRunes(d.Text)
	_, err = pgx.ForEachRow(rows, targets, func() error {
		m, err := metric(cells)
		if err != nil {
			return fmt.Errorf("document %s: figure at %d: %w", d.ID, start, err)
		}
		m.Start, _ = at.Bytes(start)
		m.End = m.Start + len(raw)
		m.Sentence.Start, _ = inText.Bytes(from)
		m.Sentence.End, _ = inText.Bytes(from + length)
		if !strings.HasPrefix(d.Text[m.Start:], raw) || m.Sentence.End < m.Sentence.Start {
			return fmt.Errorf("document %s: figure %d: %q does not stand in the text at %d", d.ID, m.Seq, raw, start)
		}
		list = append(list, m)
		return nil
	})
	return list, err
}

// metric makes a metric of its cells.
func metric(cells []string) (m schema.Metric, err error) {
	for i, c := range postgres.Fields() {
		cell := schema.TextCell(cells[i])
		if c.Type != schema.Text && cells[i] != "" {
			n, err := schema.ParseDecimal(cells[i])
			if err != nil {
				return m, fmt.Errorf("%s: %w", c.Name, err)
			}
			cell = schema.Cell{Number: n}
		}
		if err := c.Field.Set(&m, cell); err != nil {
			return m, fmt.Errorf("%s: %w", c.Name, err)
		}
	}
	return m, nil
}

// Documents are those with figures of one of the indicators.
func (s *pgStore) Documents(ctx context.Context, indicators []string, distinct bool) (ids []string, err error) {
	sql := `SELECT d.doc_id FROM ` + postgres.Schema + `.documents d WHERE d.doc_id IN (SELECT f.doc_id FROM ` + postgres.Schema + `.figures f WHERE f.indicator = ANY ($1::text[]))`
	if distinct {
		sql += " AND coalesce(d.cluster = d.doc_id, true)"
	}
	err = s.read(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sql+" ORDER BY d.source, d.root NULLS FIRST, d.doc_id", indicators)
		if err == nil {
			ids, err = pgx.CollectRows(rows, pgx.RowTo[string])
		}
		return err
	})
	return ids, err
}

// Programs tells which version of the program read the figures of each document.
func (s *pgStore) Programs(ctx context.Context) (of map[string]string, err error) {
	err = s.read(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, "SELECT d.doc_id, coalesce(d.program, '') FROM "+postgres.Schema+".documents d")
		if err != nil {
			return err
		}
		of = map[string]string{}
		var id, program string
		_, err = pgx.ForEachRow(rows, []any{&id, &program}, func() error {
			of[id] = program
			return nil
		})
		return err
	})
	return of, err
}
