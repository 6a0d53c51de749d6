package store

// This file makes of the column contract what SQL needs: the columns of the table
// figures, the view metrics, and the way to read a table that lacks some because
// an older program wrote it.

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mingxi/schema"
)

// fields are the columns that a metric holds itself, in the order of the contract.
var fields, fieldOf = func() (list []schema.Column, byName map[string]schema.Column) {
	byName = map[string]schema.Column{}
	for _, c := range schema.Columns() {
		if c.Field != nil {
			list = append(list, c)
			byName[c.Name] = c
		}
	}
	return list, byName
}()

// places are the columns of figures that say where it stands in the text.
var places = []string{"start", "raw", "sentence", "sentence_len"}

// figureColumns are the columns of figures, in the order of figureWriter.row.
var figureColumns = func() []string {
	list := append([]string{"doc"}, places...)
	for _, c := range fields {
		list = append(list, c.Name)
	}
	return list
}()

// elsewhere are the columns of the view that no metric holds.
var elsewhere = map[string]string{
	"doc_id": "d.doc_id", "root": "d.root", "source": "d.source",
	"title": "a.title", "org": "a.org", "year": "a.year",
	"region_code": "a.region_code", "region": "a.region",
	"region_method": "a.region_method", "region_score": "a.region_score",
	"raw":      "f.raw",
	"sentence": shortened,
	"start":    `f."start"`,
	"end":      `f."start" + length(f.raw)`,
}

// shortened is the sentence of a figure as schema.Rows shortens it.
var shortened = func() string {
	const (
		room   = "max(0, %d - length(f.raw))"
		left   = `(f."start" - f.sentence)`
		right  = `(f.sentence + f.sentence_len - f."start" - length(f.raw))`
		before = "min(LEFT, max(ROOM / 2, ROOM - RIGHT))"
		after  = "min(RIGHT, max(ROOM - ROOM / 2, ROOM - LEFT))"
	)
	s := `CASE WHEN f.sentence_len <= MAX THEN substr(t.text, f.sentence + 1, f.sentence_len)
		ELSE iif(BEFORE < LEFT, 'CUT', '') || substr(t.text, f."start" - BEFORE + 1, BEFORE + length(f.raw) + AFTER) || iif(AFTER < RIGHT, 'CUT', '') END`
	for _, r := range [][2]string{{"BEFORE", before}, {"AFTER", after}, {"LEFT", left}, {"RIGHT", right},
		{"ROOM", fmt.Sprintf(room, schema.MaxSentence-2)}, {"MAX", strconv.Itoa(schema.MaxSentence)}, {"CUT", schema.Cut}} {
		s = strings.ReplaceAll(s, r[0], r[1])
	}
	return s
}()

// createFigures is the table figures.
func createFigures() string {
	var b strings.Builder
	b.WriteString("CREATE TABLE figures (\n\tdoc INTEGER NOT NULL REFERENCES documents,\n" +
		"\t\"start\" INTEGER NOT NULL, -- of raw, in characters\n\traw TEXT NOT NULL,\n" +
		"\tsentence INTEGER NOT NULL, -- where it starts\n\tsentence_len INTEGER NOT NULL,\n")
	for _, c := range fields {
		b.WriteString("\t" + definition(c) + ", -- " + c.Doc + "\n")
	}
	b.WriteString("\tPRIMARY KEY (doc, seq)\n) WITHOUT ROWID")
	return b.String()
}

// definition is a column of figures as CREATE TABLE and ALTER TABLE want it. A
// decimal is an INTEGER, a REAL where that is exact, else TEXT, and has no type.
func definition(c schema.Column) string {
	name := quoted(c.Name)
	switch {
	case c.Name == "seq":
		return name + " INTEGER NOT NULL"
	case c.Field.Keep == schema.Date || c.Type == schema.Numeric:
		return name
	case c.Field.Keep != schema.Plain || c.Type == schema.Whole:
		return name + " INTEGER"
	}
	return name + " TEXT"
}

// createView is the view metrics: the contract, column by column.
func createView() string {
	var list []string
	for _, c := range schema.Columns() {
		list = append(list, shown(c)+" AS "+quoted(c.Name))
	}
	return "CREATE VIEW metrics AS SELECT\n\t" + strings.Join(list, ",\n\t") + `
FROM figures f
	JOIN documents d ON d.doc = f.doc
	JOIN texts t ON t.doc = f.doc
	LEFT JOIN articles a ON a.doc = f.doc AND a.article = f.article`
}

// shown is the expression that shows what stored made.
func shown(c schema.Column) string {
	if c.Field == nil {
		return elsewhere[c.Name]
	}
	cell := "f." + quoted(c.Name)
	switch c.Field.Keep {
	case schema.Coded:
		var b strings.Builder
		for i, word := range c.Field.OneOf {
			if word != "" {
				fmt.Fprintf(&b, " WHEN %d THEN '%s'", i, word)
			}
		}
		return "CASE ifnull(" + cell + ", 0)" + b.String() + " END"
	case schema.Date:
		return fmt.Sprintf("CASE typeof(%[1]s) WHEN 'integer' THEN printf('%%04d-%%02d-%%02d', %[1]s / 10000, %[1]s / 100 %% 100, %[1]s %% 100) ELSE %[1]s END", cell)
	case schema.InDocument:
		return "(SELECT name FROM sections s WHERE s.doc = f.doc AND s.section = " + cell + ")"
	case schema.InCorpus:
		return "(SELECT name FROM rules r WHERE r.rule = " + cell + ")"
	}
	if c.Field.Like != "" {
		return fmt.Sprintf("CASE WHEN %s IS NULL THEN f.%s ELSE nullif(%s, '') END", cell, quoted(c.Field.Like), cell)
	}
	return cell
}

// quoted is an identifier of SQL.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// columnsOf are the columns that a table has.
func columnsOf(ctx context.Context, q querier, table string) ([]string, error) {
	return collect(ctx, q, func(rows *sql.Rows) (name string, err error) { return name, rows.Scan(&name) },
		"SELECT name FROM pragma_table_info(?)", table)
}

// A layout is how to read the tables of a database, which an older program may
// have written.
type layout struct {
	version int
	root    string // the expression for the root of a document
	sum     string // and for its checksum
	skipped string // the expression for what a source is that is no document
	program string // the expression for what read a document
	figures string // the query for the figures of a document
}

func readLayout(ctx context.Context, q querier) (l layout, err error) {
	if l.version, err = schemaVersion(ctx, q); err != nil {
		return l, err
	}
	has, err := columnsOf(ctx, q, "figures")
	l.figures = selectFigures(has, l.version)
	l.root, l.sum = "root", "checksum"
	if l.version < 2 {
		l.root = "NULL"
	}
	if l.version < 4 {
		l.sum = "NULL"
	}
	if l.skipped = "skipped"; l.version < 5 {
		l.skipped = "NULL"
	}
	if l.program = "program"; l.version < 6 {
		l.program = "NULL"
	}
	return l, err
}

// selectFigures reads figures after doc. What a table of an older program lacks is
// empty.
func selectFigures(has []string, version int) string {
	list := make([]string, 0, len(figureColumns))
	for _, name := range figureColumns[1:] {
		switch {
		case !slices.Contains(has, name):
			list = append(list, "NULL")
		case version == 1 && name == "si_value":
			list = append(list, oldSI)
		default:
			list = append(list, quoted(name))
		}
	}
	return "SELECT " + strings.Join(list, ", ") + " FROM figures WHERE doc = ? ORDER BY seq"
}

// oldSI is si_value of version 1 as it is stored since: there NULL meant value only
// where si_unit was NULL too.
const oldSI = "CASE WHEN si_value IS NULL AND si_unit IS NOT NULL THEN '' ELSE si_value END"
