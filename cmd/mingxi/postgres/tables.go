package postgres

// This file is the tables, as data: the scripts that make and fill them and the rows of
// rows.go follow the same list. Their names are those of corpus.db, and what of a
// column is not told here, corpus/store tells.

import (
	"fmt"
	"strings"

	"mingxi/index/query"
	"mingxi/schema"
)

// Schema is the schema of the database that holds the tables.
const Schema = "mingxi"

// Format is the version of the tables, in the table meta.
const Format = "1"

// A Table is a table. Those with a column province are divided by it.
type Table struct {
	Name    string
	Columns []Column
	Key     []string
	Indexes []string // methods and columns, as CREATE INDEX has them
}

// A Column is a column of a table.
type Column struct{ Name, Type string }

const (
	text   = `text COLLATE "C"`
	folded = "_folded" // ends the name of what is searched; NULL where folding changes nothing
)

// partition is the column that tables are divided by: the first two digits of the code
// of the region, or none.
const partition = "province"

// Tables returns the tables, in the order in which they are filled.
func Tables() []Table { return tables }

var tables = []Table{
	{"meta", columns("name", text, "value", text), []string{"name"}, nil},
	{"parts", columns("part", text, partition, text, "rows", "bigint"), nil, nil}, // how many rows a file has
	{"documents", columns(partition, text, "doc_id", text, "root", text, "source", text, "format", text, "encoding", text,
		"characters", "integer", "articles", "integer", "figures", "integer", "program", text,
		"cluster", text), // of near-copies: the one that stands for all
		[]string{partition, "doc_id"}, []string{"(doc_id)", "(source, root, doc_id)"}},
	{"texts", columns(partition, text, "doc_id", text, "text", text), []string{partition, "doc_id"}, []string{"(doc_id)"}},
	{"articles", columns(partition, text, "doc_id", text, "article", "integer", "title", text, "start", "integer", "end", "integer",
		"org", text, "year", "integer", "region_code", text, "region", text, "region_method", text, "region_score", "double precision",
		// what searches ask: the article with what stands before and behind it
		"source", text, "report_start", "integer", "report_end", "integer", "figures", "integer",
		"title_folded", text, "org_folded", text, "region_folded", text, "folded", text, "headings", "text[] "+collation,
		"grams", "text[] "+collation), // every character and every pair of neighbours of all that
		[]string{partition, "doc_id", "article"}, []string{"USING gin (grams)", "(doc_id)", "(region_code)", "(year)"}},
	{"sentences", columns(partition, text, "doc_id", text, "article", "integer", "sentence", "integer",
		"start", "integer", "length", "integer", // in characters of folded of the article
		"folded", text), // with Beyond characters of what follows
		[]string{partition, "doc_id", "article", "sentence"}, nil},
	{"figures", append(columns(partition, text, "doc_id", text, "report", "integer", // the article that searches count it to
		"in_sentence", "integer", "start", "integer", "raw", text, "sentence", "integer", "sentence_len", "integer",
		"size", "numeric"), append(contract(), words()...)...), // in si_unit: what value: asks of
		[]string{partition, "doc_id", "seq"}, []string{"(doc_id)", "(" + partition + ", doc_id, report)", "(indicator)", "(si_unit, size)"}},
}

const collation = `COLLATE "C"`

func columns(pairs ...string) (list []Column) {
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, Column{pairs[i], pairs[i+1]})
	}
	return list
}

// fields are the columns of the contract that a metric holds itself.
var fields = func() (list []schema.Column) {
	for _, c := range schema.Columns() {
		if c.Field != nil {
			list = append(list, c)
		}
	}
	return list
}()

// Fields returns the columns of figures that are those of the contract.
func Fields() []schema.Column { return fields }

// contract are the fields with exact types.
func contract() (list []Column) {
	for _, c := range fields {
		t := text
		switch {
		case c.Type == schema.Numeric:
			t = "numeric"
		case c.Type == schema.Whole:
			t = "integer"
		case c.Field.Keep == schema.Date:
			t = "date"
		}
		list = append(list, Column{c.Name, t})
	}
	return list
}

// isWords reports whether words are sought anywhere in a column.
func isWords(name string) bool { return query.Field{Name: name}.Words() }

// words are the columns of figures that words are sought in, folded.
func words() (list []Column) {
	for _, c := range fields {
		if isWords(c.Name) {
			list = append(list, Column{c.Name + folded, text})
		}
	}
	return list
}

// Quoted is an identifier of SQL.
func Quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func quotedList(names []string) string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = Quoted(n)
	}
	return strings.Join(list, ", ")
}

// divided reports whether the table is divided by region.
func (t *Table) divided() bool { return t.Columns[0].Name == partition }

// part is the part of a divided table that holds a province. It is named after the edition
// too: a database that has its parts on other servers asks for those of its own edition,
// and what one of them has loaded since is never mixed with the rest.
func (t *Table) part(province, edition string) string {
	return t.Name + "_" + province + "_" + edition
}

// create makes the table, and its parts if it is divided.
func (t *Table) create(provinces []string, edition string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE %s (", t.Name)
	for i, c := range t.Columns {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "\n\t%s %s", Quoted(c.Name), c.Type)
	}
	b.WriteString("\n)")
	if !t.divided() {
		return b.String() + ";\n"
	}
	fmt.Fprintf(&b, " PARTITION BY LIST (%s);\n", partition)
	for _, p := range provinces {
		fmt.Fprintf(&b, "CREATE TABLE %s PARTITION OF %s FOR VALUES IN ('%s');\n", t.part(p, edition), t.Name, p)
	}
	return b.String()
}

// index makes the key and the indexes, once the table is full.
func (t *Table) index() string {
	var b strings.Builder
	if t.Key != nil {
		fmt.Fprintf(&b, "ALTER TABLE %s ADD PRIMARY KEY (%s);\n", t.Name, quotedList(t.Key))
	}
	for _, i := range t.Indexes {
		method, rest, ok := strings.Cut(i, " (")
		if !ok {
			method, rest = "", i[1:]
		}
		fmt.Fprintf(&b, "CREATE INDEX ON %s %s (%s;\n", t.Name, method, rest)
	}
	return b.String()
}

// view is the view metrics: the contract, column by column.
func view() string {
	var list []string
	for _, c := range schema.Columns() {
		from := elsewhere[c.Name]
		if c.Field != nil {
			from = "f." + Quoted(c.Name)
		}
		list = append(list, from+" AS "+Quoted(c.Name))
	}
	return "CREATE VIEW metrics AS SELECT\n\t" + strings.Join(list, ",\n\t") + `
FROM figures f
	JOIN documents d ON d.doc_id = f.doc_id
	JOIN texts t ON t.doc_id = f.doc_id
	LEFT JOIN articles a ON a.province = f.province AND a.doc_id = f.doc_id AND a.article = f.report;
`
}

// elsewhere are the columns of the view that no metric holds.
var elsewhere = map[string]string{
	"doc_id": "f.doc_id", "root": "d.root", "source": "d.source",
	"title": "a.title", "org": "a.org", "year": "a.year",
	"region_code": "a.region_code", "region": "a.region", "region_method": "a.region_method",
	"region_score": "CASE WHEN a.region_code IS NOT NULL THEN round(a.region_score::numeric, 3) END",
	"raw":          "f.raw",
	"sentence":     `shortened(t.text, f.sentence, f.sentence_len, f."start", length(f.raw))`,
	"start":        `f."start"`,
	"end":          `f."start" + length(f.raw)`,
}
