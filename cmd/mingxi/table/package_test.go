package table

import (
	"archive/zip"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"mingxi/schema"
)

// writePackage writes rows of two sources as a data package and unpacks it.
func writePackage(t *testing.T) (dir string) {
	t.Helper()
	columns := append([]schema.Column{{Name: "doc_id", ZH: "文档编号"}, {Name: "article", Type: schema.Whole}, {Name: "title"}, {Name: "org"}, {Name: "year", Type: schema.Whole}, {Name: "source"}}, stataColumns...)
	source := func(id, title, org string, year int) []schema.Cell {
		return []schema.Cell{schema.TextCell(id), schema.WholeCell(1), schema.TextCell(title), schema.TextCell(org), schema.CountCell(year), schema.TextCell(id + ".txt")}
	}
	rows := stataRows()
	rows[0] = append(source("a1", "清屏县民政局2012年工作总结", "清屏县民政局", 2012), rows[0]...)
	rows[1] = append(source("a1", "清屏县民政局2012年工作总结", "清屏县民政局", 2012), rows[1]...)
	rows[2] = append(source("b2", "100%_{完成}&工作", "", 0), rows[2]...)
	dir = t.TempDir()
	path := filepath.Join(dir, "out.zip")
	w, err := Create(path, "figures", columns, Options{Program: func(id string) string { return "mingxi v" + id }})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		os.MkdirAll(filepath.Join(dir, filepath.Dir(f.Name)), 0o777)
		if err := os.WriteFile(filepath.Join(dir, f.Name), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Every table of the package is as datapackage.json and csv-metadata.json say: the
// same columns in the same order, cells of their types, words of their categories.
func TestPackage(t *testing.T) {
	dir := writePackage(t)
	var described struct {
		Resources []struct {
			Path   string
			Schema struct {
				Fields []struct {
					Name, Type string
					Categories []string
				}
				PrimaryKey    []string
				MissingValues []struct{ Value, Label string }
			}
		}
	}
	var metadata struct {
		Tables []struct {
			URL         string
			TableSchema struct{ Columns []struct{ Name string } }
		}
	}
	read := func(name string, v any) {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil {
			err = json.Unmarshal(b, v)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	read("datapackage.json", &described)
	read("csv-metadata.json", &metadata)
	shapes := map[string]*regexp.Regexp{
		"integer": regexp.MustCompile(`^-?\d+$`),
		"number":  regexp.MustCompile(`^-?\d+(\.\d+)?$`),
		"date":    regexp.MustCompile(`^\d{4}-\d\d-\d\d$`),
		"string":  regexp.MustCompile(`(?s).`),
	}
	for i, resource := range described.Resources {
		f, err := os.Open(filepath.Join(dir, resource.Path))
		if err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil || len(lines) < 2 || metadata.Tables[i].URL != resource.Path {
			t.Fatalf("%s: %d lines, %v", resource.Path, len(lines), err)
		}
		for j, field := range resource.Schema.Fields {
			if field.Name != lines[0][j] || metadata.Tables[i].TableSchema.Columns[j].Name != field.Name {
				t.Errorf("%s: column %d is %s, described as %s", resource.Path, j+1, lines[0][j], field.Name)
			}
			for _, line := range lines[1:] {
				if cell := line[j]; cell != "" && (!shapes[field.Type].MatchString(cell) || len(field.Categories) > 0 && !slices.Contains(field.Categories, cell)) {
					t.Errorf("%s: %s is %q, no %s", resource.Path, field.Name, cell, field.Type)
				}
			}
		}
		keys := map[string]bool{}
		for _, line := range lines[1:] {
			key := ""
			for _, name := range resource.Schema.PrimaryKey {
				j := slices.Index(lines[0], name)
				if j < 0 {
					t.Fatalf("%s: key %s is no column", resource.Path, name)
				}
				key += line[j] + "\x00"
			}
			if key != "" && keys[key] {
				t.Errorf("%s: key %q stands twice", resource.Path, key)
			}
			keys[key] = true
		}
		if len(resource.Schema.Fields) != len(lines[0]) || len(resource.Schema.MissingValues) != 1 || resource.Schema.MissingValues[0].Value != "" || resource.Schema.MissingValues[0].Label == "" {
			t.Errorf("%s: %d fields of %d columns, missing values %v", resource.Path, len(resource.Schema.Fields), len(lines[0]), resource.Schema.MissingValues)
		}
	}
}

// The Chinese codebook says in Chinese what each column means.
func TestChineseCodebook(t *testing.T) {
	columns := schema.Columns()
	book := codebook([]resource{{"figures", columns, nil}, {"sources", sourceColumns, nil}}, true)
	for _, c := range slices.Concat(columns, sourceColumns) {
		if c.DocZH == "" || !strings.Contains(book, "| "+c.DocZH+" |") || !strings.ContainsFunc(c.DocZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s has no Chinese meaning: %q", c.Name, c.DocZH)
		}
	}
}

func TestCitations(t *testing.T) {
	dir := writePackage(t)
	for name, want := range map[string]string{
		"sources.gbt7714.txt": "[1] 清屏县民政局. 清屏县民政局2012年工作总结[R]. 2012.\n[2] 100%_{完成}&工作[R].\n",
		"sources.bib": `@techreport{mxa1,
  author = {{清屏县民政局}},
  title = {{清屏县民政局2012年工作总结}},
  institution = {清屏县民政局},
  year = {2012},
  note = {a1.txt},
}

@techreport{mxb2,
  title = {{100\%\_\{完成\}\&工作}},
  note = {b2.txt},
}

`,
		"data/sources.csv": "doc_id,article,title,org,region_code,region,year,root,source,program,figures\na1,1,清屏县民政局2012年工作总结,清屏县民政局,,,2012,,a1.txt,mingxi va1,2\nb2,1,100%_{完成}&工作,,,,,,b2.txt,mingxi vb2,1\n",
	} {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(got) != want {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
}

// The reader for pandas reads the package, decimals exactly.
func TestPandasReader(t *testing.T) {
	dir := writePackage(t)
	c := exec.Command(withPandas(t), "-c", "exec(open('read.py').read()); print(list(figures['exact']), list(figures['kind']), figures['seq'].sum(), figures['period_end'].max())")
	c.Dir = dir
	out, err := c.CombinedOutput()
	if want := "[Decimal('1234567890123456.75'), None, Decimal('1')] ['amount', 'share', <NA>] 32739 2012-12-31 00:00:00\n"; err != nil || string(out) != want {
		t.Errorf("%v\n%s", err, out)
	}
}

// R reads the package with the program in it, whatever the encoding of the machine.
func TestRReader(t *testing.T) {
	if _, err := exec.LookPath("Rscript"); err != nil {
		t.Skip("no Rscript")
	}
	dir := writePackage(t)
	for _, locale := range []string{"C", "C.UTF-8"} {
		c := exec.Command("Rscript", "-e", `source("read.R"); cat(sum(figures$seq, na.rm = TRUE), levels(figures$kind)[1], nchar(attr(figures$kind, "label")), class(figures$period_end))`)
		c.Dir, c.Env = dir, append(os.Environ(), "LC_ALL="+locale)
		if out, err := c.CombinedOutput(); err != nil || string(out) != "32739 amount 2 Date" {
			t.Errorf("%s: %v\n%s", locale, err, out)
		}
	}
}

// What Stata and R run is text made from the columns: each of them is named.
func TestReaders(t *testing.T) {
	dir := writePackage(t)
	for _, name := range []string{"labels.do", "read.R"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range stataColumns {
			label := strconv.Quote(c.ZH)
			if name == "read.R" {
				label = strconv.QuoteToASCII(c.ZH)
			}
			if !strings.Contains(string(b), c.Name) || !strings.Contains(string(b), label) {
				t.Errorf("%s does not name %s", name, c.Name)
			}
		}
	}
}
