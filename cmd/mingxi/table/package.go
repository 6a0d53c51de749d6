package table

// A data package (datapackage.org, version 2) is a zip file that another can work
// with alone: data/figures.csv, the sources of its figures, data/checks.csv with what an
// audit found, and beside them what
// they mean: datapackage.json, CSVW metadata (www.w3.org/TR/tabular-metadata), a
// codebook in English and Chinese, labels.do for Stata, readers for R and pandas,
// citations. All of it comes from the same table of columns.

import (
	"archive/zip"
	"cmp"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"mingxi/schema"
)

type packageWriter struct {
	file    *os.File
	zip     *zip.Writer
	csv     *csvWriter
	sources *sources
	name    string
	columns []schema.Column
	by      string
	checks  *besides // nil without columns for them
}

// besides is a table that is written while another goes into the package: a file of its
// own until then.
type besides struct {
	file    *os.File
	csv     *csvWriter
	columns []schema.Column
}

func packageFile(t target) (Writer, error) {
	f, err := os.Create(t.path)
	if err != nil {
		return nil, err
	}
	p := &packageWriter{file: f, zip: zip.NewWriter(f), sources: newSources(t), name: t.name, columns: t.columns, by: t.By}
	if p.csv, err = p.table(t.name, t.columns); err == nil && len(t.Checks) > 0 {
		p.checks, err = newBesides(t.path+scratch, t.Checks)
	}
	if err != nil {
		p.Discard()
		return nil, err
	}
	return p, nil
}

func newBesides(dir string, columns []schema.Column) (*besides, error) {
	if err := os.Mkdir(dir, 0o777); err != nil {
		return nil, err
	}
	f, err := os.Create(filepath.Join(dir, "checks.csv"))
	if err != nil {
		return nil, err
	}
	b := &besides{file: f, columns: columns}
	if b.csv, err = newCSV(f, columns, UTF8); err != nil {
		f.Close()
		return nil, err
	}
	return b, nil
}

// Check adds rows to the table checks.
func (p *packageWriter) Check(rows [][]schema.Cell) error {
	if p.checks == nil {
		return nil
	}
	return p.checks.csv.Write(rows)
}

// addChecks copies the table checks into the package.
func (p *packageWriter) addChecks() error {
	if err := p.checks.csv.Close(); err != nil {
		return err
	}
	if _, err := p.checks.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	w, err := p.zip.Create(dataPath("checks"))
	if err != nil {
		return err
	}
	_, err = io.Copy(w, p.checks.file)
	return err
}

// dataPath is where a table of a package is.
func dataPath(name string) string { return path.Join("data", name+".csv") }

// table begins a table of the package.
func (p *packageWriter) table(name string, columns []schema.Column) (*csvWriter, error) {
	w, err := p.zip.Create(dataPath(name))
	if err != nil {
		return nil, err
	}
	return newCSV(w, columns, UTF8)
}

func (p *packageWriter) Write(rows [][]schema.Cell) error {
	p.sources.add(rows)
	return p.csv.Write(rows)
}

func (p *packageWriter) Close() error {
	err := p.finish()
	if p.checks != nil {
		err = cmp.Or(err, p.checks.file.Close())
	}
	return cmp.Or(err, p.file.Close())
}

func (p *packageWriter) Discard() {
	if p.checks != nil {
		p.checks.file.Close()
	}
	p.file.Close()
}

// finish writes what stands beside the data.
func (p *packageWriter) finish() error {
	if err := p.csv.Close(); err != nil {
		return err
	}
	lines, err := p.table("sources", sourceColumns)
	if err != nil {
		return err
	}
	if err := lines.Write(p.sources.table()); err != nil {
		return err
	}
	tables := []resource{{p.name, p.columns, keyOf(p.name, p.columns)}, {"sources", sourceColumns, nil}}
	if p.checks != nil {
		if err := p.addChecks(); err != nil {
			return err
		}
		tables = append(tables, resource{"checks", p.checks.columns, keyOf("checks", p.checks.columns)})
	}
	cited := p.sources.citations()
	described, err := dataPackage(tables, p.by)
	if err != nil {
		return err
	}
	metadata, err := csvw(tables)
	if err != nil {
		return err
	}
	csl, err := cslJSON(cited)
	if err != nil {
		return err
	}
	for _, one := range []struct {
		name string
		text string
	}{
		{"datapackage.json", string(described)},
		{"csv-metadata.json", string(metadata)},
		{"codebook.md", codebook(tables, false)},
		{"codebook.zh-CN.md", codebook(tables, true)},
		{"labels.do", labelsDo(tables[0])},
		{"read.R", readR(tables[0])},
		{"read.py", readPandas(tables[0])},
		{"sources.bib", bibtex(cited)},
		{"sources.json", string(csl)},
		{"sources.gbt7714.txt", gbt7714(cited)},
	} {
		w, err := p.zip.Create(one.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, one.text); err != nil {
			return err
		}
	}
	return p.zip.Close()
}

// A resource is a table of a package.
type resource struct {
	name    string
	columns []schema.Column
	key     []string // columns that tell its rows apart, if any
}

// keyOf are the columns that tell the rows of a table apart: a cell of a panel is that of a region, a year and, but
// for the wide form, an indicator.
func keyOf(name string, columns []schema.Column) []string {
	has := func(name string) bool {
		return slices.ContainsFunc(columns, func(c schema.Column) bool { return c.Name == name })
	}
	switch {
	case name == "panel" && has("indicator"):
		return []string{"region_code", "year", "indicator"}
	case name == "panel":
		return []string{"region_code", "year"}
	case has("finding"):
		return []string{"doc_id", "finding"}
	}
	return []string{"doc_id", "seq"}
}

// wordsOf are the words of a column that has a few, without the empty one.
func wordsOf(c schema.Column) (words []string) {
	if c.Field == nil || c.Field.Keep != schema.Coded {
		return nil
	}
	for _, w := range c.Field.OneOf {
		if w != "" {
			words = append(words, w)
		}
	}
	return words
}

// dataType is the type of a column in a Table Schema and in CSVW; of a decimal
// they differ.
func dataType(c schema.Column, decimal string) string {
	switch {
	case c.Type == schema.Whole:
		return "integer"
	case c.Type == schema.Numeric:
		return decimal
	case isDate(c):
		return "date"
	}
	return "string"
}

// noteOfEmpty says what an empty cell is.
const noteOfEmpty = "unknown, not applicable, or lost in the source; never 0"

// dataPackage is datapackage.json.
func dataPackage(tables []resource, by string) ([]byte, error) {
	type value struct {
		Value string `json:"value"`
		Label string `json:"label"`
	}
	type field struct {
		Name        string   `json:"name"`
		Type        string   `json:"type"`
		Title       string   `json:"title"`
		Description string   `json:"description"`
		Chinese     string   `json:"description_zh,omitempty"`
		Categories  []string `json:"categories,omitempty"`
	}
	type tableSchema struct {
		Schema  string   `json:"$schema"`
		Fields  []field  `json:"fields"`
		Missing []value  `json:"missingValues"`
		Key     []string `json:"primaryKey,omitempty"`
	}
	type data struct {
		Name      string      `json:"name"`
		Type      string      `json:"type"`
		Path      string      `json:"path"`
		Format    string      `json:"format"`
		MediaType string      `json:"mediatype"`
		Encoding  string      `json:"encoding"`
		Schema    tableSchema `json:"schema"`
	}
	out := struct {
		Schema    string `json:"$schema"`
		Name      string `json:"name"`
		Program   string `json:"program,omitempty"` // that wrote it; the sources tell which read each document
		Resources []data `json:"resources"`
	}{"https://datapackage.org/profiles/2.0/datapackage.json", tables[0].name, by, nil}
	for _, t := range tables {
		s := tableSchema{Schema: "https://datapackage.org/profiles/2.0/tableschema.json", Missing: []value{{"", noteOfEmpty}}, Key: t.key}
		for _, c := range t.columns {
			s.Fields = append(s.Fields, field{c.Name, dataType(c, "number"), c.ZH, c.Doc, c.DocZH, wordsOf(c)})
		}
		out.Resources = append(out.Resources, data{t.name, "table", dataPath(t.name), "csv", "text/csv", "utf-8", s})
	}
	return marshal(out)
}

// csvw is csv-metadata.json, the name under which it is looked for.
func csvw(tables []resource) ([]byte, error) {
	type text struct {
		Value    string `json:"@value"`
		Language string `json:"@language"`
	}
	type column struct {
		Name        string `json:"name"`
		Titles      string `json:"titles"`
		Label       text   `json:"rdfs:label"`
		Description []text `json:"dc:description"`
		Type        string `json:"datatype"`
	}
	type tableSchema struct {
		Columns []column `json:"columns"`
		Key     []string `json:"primaryKey,omitempty"`
	}
	type table struct {
		URL     string         `json:"url"`
		Dialect map[string]any `json:"dialect"`
		Schema  tableSchema    `json:"tableSchema"`
	}
	out := struct {
		Context string  `json:"@context"`
		Tables  []table `json:"tables"`
	}{Context: "http://www.w3.org/ns/csvw"}
	for _, t := range tables {
		one := table{URL: dataPath(t.name), Dialect: map[string]any{"encoding": "utf-8", "header": true}, Schema: tableSchema{Key: t.key}}
		for _, c := range t.columns {
			one.Schema.Columns = append(one.Schema.Columns, column{c.Name, c.Name, text{c.ZH, "zh"}, []text{{c.Doc, "en"}, {c.DocZH, "zh"}}, dataType(c, "decimal")})
		}
		out.Tables = append(out.Tables, one)
	}
	return marshal(out)
}

// codebook says what the columns mean, in English or Chinese.
func codebook(tables []resource, zh bool) string {
	var b strings.Builder
	title, head, empty := "Codebook", "| column | Chinese name | type | meaning | values |\n", "An empty cell is "+noteOfEmpty+"."
	if zh {
		title, head, empty = "编码手册", "| 列 | 名称 | 类型 | 含义 | 取值 |\n", "空格表示未知、不适用或原文缺失,不是 0。"
	}
	fmt.Fprintf(&b, "# %s\n\n%s\n", title, empty)
	for _, t := range tables {
		fmt.Fprintf(&b, "\n## %s\n\n%s|---|---|---|---|---|\n", dataPath(t.name), head)
		for _, c := range t.columns {
			meaning := c.Doc
			if zh {
				meaning = c.DocZH
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", c.Name, c.ZH, dataType(c, "decimal"), strings.ReplaceAll(meaning, "|", `\|`), strings.Join(wordsOf(c), ", "))
		}
	}
	return b.String()
}
