package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"mingxi/cmd/mingxi/backend"
	"mingxi/cmd/mingxi/postgres"
	"mingxi/extract/region"
	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

// A finding is what a search found. Its hits are read as they are asked for, in one
// transaction that stays open; when its server is lost, another goes on from the same place.
type finding struct {
	store   *pgStore
	request backend.Request
	query   query.Query
	counts  backend.Counts
	rarity  []float64 // of each leaf, as package index weighs it

	tx   pgx.Tx
	rows pgx.Rows
	next int // the hit that rows gives next
}

// compile makes the condition of the query and what stands before it.
func (f *finding) compile(ctx context.Context, tx pgx.Tx) (c *compiler, from string, err error) {
	c = &compiler{ctx: ctx, figures: f.request.Figures, synonyms: f.request.Synonyms,
		codes: func(ctx context.Context, name string) ([]string, error) { return codesOf(ctx, tx, name) }}
	where := c.where(f.query)
	if f.request.Distinct {
		where += " AND NOT EXISTS (SELECT FROM " + postgres.Schema + ".documents d WHERE d.doc_id = a.doc_id AND d.cluster <> d.doc_id)"
	}
	from = " FROM " + postgres.Schema + ".articles a"
	if c.figures {
		from = " FROM " + postgres.Schema + ".articles a JOIN " + postgres.Schema + ".figures f ON " + figuresOfReport +
			" LEFT JOIN " + postgres.Schema + ".sentences s ON " + sentencesOfReport + " AND s.sentence = f.in_sentence"
	}
	if c.err == nil && c.narrowed && !c.figures {
		_, c.err = tx.Exec(ctx, byGrams)
	}
	return c, from + " WHERE " + where, c.err
}

// byGrams has the index on grams used: for a frequent word the planner would rather read all
// reports, and compare their long lists of grams one by one.
const byGrams = "SET LOCAL enable_seqscan = off"

// codesOf are the codes of a region's name: those that it has had, and those of reports.
func codesOf(ctx context.Context, tx pgx.Tx, name string) ([]string, error) {
	rows, err := tx.Query(ctx, "SELECT DISTINCT a.region_code FROM "+postgres.Schema+".articles a WHERE a.region_code IS NOT NULL AND position($1::text IN "+folded("a", "region")+") > 0 ORDER BY 1",
		strings.ReplaceAll(name, "\x00", "\uFFFD"))
	if err != nil {
		return nil, err
	}
	codes, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return append(codes, region.Load().Codes(name)...), err
}

// count counts what the query finds, and how rare its words are.
func (f *finding) count(ctx context.Context, tx pgx.Tx) error {
	c, from, err := f.compile(ctx, tx)
	if err != nil {
		return err
	}
	list := "count(*), count(DISTINCT a.doc_id), 0"
	if c.figures {
		list = "count(DISTINCT (a.doc_id, a.article)), count(DISTINCT a.doc_id), count(*)"
	}
	n := &f.counts
	if err := tx.QueryRow(ctx, "SELECT "+list+from, c.args...).Scan(&n.Reports, &n.Docs, &n.Figures); err != nil {
		return err
	}
	f.rarity = nil
	if f.request.Sort != index.ByRelevance || c.figures {
		return nil
	}
	for _, l := range c.leaves {
		var with float64
		one := compiler{}
		if err := tx.QueryRow(ctx, "SELECT count(*) FROM "+postgres.Schema+".articles a WHERE "+one.gramsOf(l), one.args...).Scan(&with); err != nil {
			return err
		}
		f.rarity = append(f.rarity, math.Log1p(max(0, (f.store.reports-with+0.5)/(with+0.5))))
	}
	return nil
}

func (f *finding) Counts() backend.Counts { return f.counts }

// Hits are n hits from an offset on.
func (f *finding) Hits(ctx context.Context, offset, n int) (hits []index.Hit, err error) {
	read := func() error {
		hits = hits[:0]
		if err := f.turn(ctx, offset); err != nil {
			return err
		}
		for len(hits) < n && f.rows.Next() {
			h, err := f.hit()
			if err != nil {
				return err
			}
			hits = append(hits, h)
			f.next++
		}
		return f.rows.Err()
	}
	err = f.again(ctx, read)
	return hits, err
}

// again does something; once more if the server was lost, with another.
func (f *finding) again(ctx context.Context, do func() error) error {
	err := do()
	if lost(err) && ctx.Err() == nil {
		f.Close()
		f.store.pool.Reset()
		err = do()
	}
	return f.store.explain(err)
}

// turn makes a hit the next.
func (f *finding) turn(ctx context.Context, offset int) error {
	if f.rows != nil && f.next == offset {
		return nil
	}
	if err := f.open(ctx); err != nil {
		return err
	}
	c, from, err := f.compile(ctx, f.tx)
	if err != nil {
		return err
	}
	sql := "SELECT " + f.columns(c) + from + " ORDER BY " + f.order() + fmt.Sprintf(" OFFSET %d", offset)
	f.rows, err = f.tx.Query(ctx, sql, c.args...)
	f.next = offset
	return err
}

// open has a transaction that nothing is being read from.
func (f *finding) open(ctx context.Context) (err error) {
	if f.rows != nil {
		f.rows.Close()
		f.rows = nil
	}
	if f.tx == nil {
		f.tx, err = f.store.begin(ctx)
	}
	return err
}

// Close ends the transaction.
func (f *finding) Close() {
	if f.rows != nil {
		f.rows.Close()
	}
	if f.tx != nil {
		f.tx.Rollback(context.Background())
	}
	f.tx, f.rows = nil, nil
}

// columns are what hit reads.
func (f *finding) columns(c *compiler) string {
	list := `a.doc_id, coalesce(a.source, ''), a.article, coalesce(a.title, ''), coalesce(a.org, ''), coalesce(a.region_code, ''),
		coalesce(a.region, ''), coalesce(a.year, 0), a.report_start, a.report_end, a.figures, ` + f.score(c) + " AS score, "
	switch {
	case c.figures:
		return list + "f.seq, coalesce(f.si_unit, ''), f.size::float8"
	case len(c.leaves) == 0: // there is nothing to mark
		return list + "''::text, NULL::integer[]"
	case !slices.ContainsFunc(c.leaves, func(l leaf) bool { return len(l.words) > 1 }):
		return list + "coalesce(a.folded, ''), NULL::integer[]"
	}
	return list + `coalesce(a.folded, ''), ARRAY(SELECT s."start" FROM ` + postgres.Schema + `.sentences s WHERE ` + sentencesOfReport + ` AND s.sentence >= 0 ORDER BY s.sentence)`
}

// hit reads a row.
func (f *finding) hit() (h index.Hit, err error) {
	targets := []any{&h.DocID, &h.Source, &h.Report, &h.Title, &h.Org, &h.Code, &h.Region, &h.Year, &h.Start, &h.End, &h.Figures, &h.Score}
	if f.request.Figures {
		var value *float64
		err = f.rows.Scan(append(targets, &h.Figure.Seq, &h.Figure.Unit, &value)...)
		if h.Figure.Value = math.NaN(); value != nil {
			h.Figure.Value = *value
		}
		return h, err
	}
	var text string
	var starts []int32
	if err = f.rows.Scan(append(targets, &text, &starts)...); err != nil {
		return h, err
	}
	cut := index.Cut{Start: h.Start, Text: text}
	runes := schema.NewRunes(text)
	for _, start := range starts {
		at, _ := runes.Bytes(int(start))
		cut.Sentences = append(cut.Sentences, at)
	}
	h.Marks = index.NewWords(f.query, f.request.Synonyms).Marks(&cut)
	return h, nil
}

// places is the order of what is equal: that of sources and of places in a document.
const places = "a.source, a.doc_id, a.report_start, a.article"

func (f *finding) order() string {
	down := " DESC"
	if f.request.Reverse {
		down = " ASC"
	}
	by := map[index.Sort]string{index.ByRelevance: "score", index.ByYear: "a.year", index.ByValue: "f.size"}[f.request.Sort]
	order := places
	if by != "" {
		order = by + down + " NULLS LAST, " + places
	}
	if f.request.Figures {
		order += `, f."start", f.seq`
	}
	return order
}

// score weighs a hit as package index does, but for the parts of words that a title has
// and, of words near one another, that each of their places counts.
func (f *finding) score(c *compiler) string {
	if f.request.Sort != index.ByRelevance || len(c.leaves) == 0 {
		return "0::float8"
	}
	var sum []string
	for i, l := range c.leaves {
		if c.figures {
			sum = append(sum, c.figureScore(l))
			continue
		}
		sum = append(sum, "("+c.reportScore(l, f.store.average)+") * "+c.arg(f.rarity[i]))
	}
	return "(" + strings.Join(sum, " + ") + ")"
}

func (c *compiler) reportScore(l leaf, average float64) string {
	var often, title, heading []string
	for _, ways := range l.words {
		var inTitle []string
		for _, w := range ways {
			word := c.arg(w)
			often = append(often, fmt.Sprintf("(octet_length(a.folded) - octet_length(replace(a.folded, %s, '')))::float8 / octet_length(%s)", word, word))
			inTitle = append(inTitle, c.in(w, folded("a", "title")))
			heading = append(heading, c.in(w, "h"))
		}
		title = append(title, either(inTitle))
	}
	tf := "(" + strings.Join(often, " + ") + ")"
	return fmt.Sprintf("coalesce(%s * 2.2 / (%s + 1.2 * (0.5 + 0.5 * octet_length(a.folded) / %s)), 0)", tf, tf, c.arg(average)) +
		weight("1.5", all(title)) + weight("0.5", "EXISTS (SELECT FROM unnest(a.headings) h WHERE "+either(heading)+")")
}

// weight adds to a score where something holds.
func weight(points, where string) string {
	return " + CASE WHEN " + where + " THEN " + points + " ELSE 0 END"
}

// figureScore is that of package index: a label that is little else than the word counts
// most, then the sentence, then the headings.
func (c *compiler) figureScore(l leaf) string {
	if len(l.words) > 1 {
		return "0" + weight("1", c.together(l))
	}
	var label, path, sentence []string
	for _, w := range l.words[0] {
		label = append(label, c.in(w, wordsOf("label")))
		path = append(path, c.in(w, wordsOf("section")))
		sentence = append(sentence, c.begins(w))
	}
	full := "2 + 2 * octet_length(" + c.arg(l.words[0][0]) + ")::float8 / octet_length(" + wordsOf("label") + ")"
	return "0" + weight(full, either(label)) + weight("1", either(sentence)) + weight("0.5", either(path))
}

// Facet counts the hits by a field. A report counts once for each value that its figures have.
func (f *finding) Facet(ctx context.Context, name string) (list []index.Count, err error) {
	err = f.again(ctx, func() (err error) {
		if err = f.open(ctx); err == nil {
			list, err = f.facet(ctx, f.tx, name)
		}
		return err
	})
	slices.SortStableFunc(list, func(a, b index.Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value))
	})
	return list, err
}

func (f *finding) facet(ctx context.Context, tx pgx.Tx, name string) ([]index.Count, error) {
	if !slices.Contains(index.Facets(), name) {
		return nil, fmt.Errorf("facet %s: there are %v", name, index.Facets())
	}
	c, from, err := f.compile(ctx, tx)
	if err != nil {
		return nil, err
	}
	const values = "SELECT v, '', count(*) FROM (SELECT %s AS v%s) x WHERE v IS NOT NULL GROUP BY v"
	var sql string
	switch name {
	case "year":
		sql = fmt.Sprintf(values, "a.year::text", from)
	case "org":
		sql = fmt.Sprintf(values, "a.org", from)
	case "region": // a code that has had several names has that which most of the hits have
		sql = `SELECT v, (array_agg(name ORDER BY n DESC, name))[1], sum(n)::bigint FROM
			(SELECT a.region_code AS v, coalesce(a.region, '') AS name, count(*) AS n` + from + ` GROUP BY 1, 2) x WHERE v IS NOT NULL GROUP BY v`
	default:
		column := "f." + postgres.Quoted(name)
		if !c.figures {
			from = strings.Replace(from, " WHERE ", " JOIN "+postgres.Schema+".figures f ON "+figuresOfReport+" WHERE ", 1)
			column = "DISTINCT a.province, a.doc_id, a.article, " + column
		}
		sql = fmt.Sprintf(values, column, from)
	}
	rows, err := tx.Query(ctx, sql, c.args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (n index.Count, err error) {
		return n, row.Scan(&n.Value, &n.Name, &n.N)
	})
}
