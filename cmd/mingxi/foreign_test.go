package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingxi/schema"
)

// Programs that others wrote read the figures of the sample reports back, cell by cell.
// What is not there is skipped; .ci/run brings them along.

// asTable writes the figures of the samples with -o NAME.
func asTable(t *testing.T, name string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	mingxi(t, append([]string{"extract", "../../samples", "-o", path}, args...)...)
	return path
}

// figuresCSV are the same figures, read by Go.
func figuresCSV(t *testing.T) [][]string {
	t.Helper()
	return readTable(t, mingxi(t, "extract", "../../samples"))
}

func readTable(t *testing.T, b []byte) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\uFEFF")))).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	return rows
}

// foreign runs a program and returns its output; it skips the test if the program is
// not there.
func foreign(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("no %s", name)
	}
	c := exec.Command(name, args...)
	var out, messages bytes.Buffer
	c.Stdout, c.Stderr = &out, &messages
	if err := c.Run(); err != nil {
		t.Fatalf("%s: %v\n%s%s", name, err, &out, &messages)
	}
	return out.Bytes()
}

// sameCells compares what a program read with what was written: texts letter by letter,
// numbers by their value.
func sameCells(t *testing.T, got, want [][]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d", len(got), len(want))
	}
	if !slices.Equal(got[0], want[0]) {
		t.Fatalf("columns %v", got[0])
	}
	wrong := 0
	for i := range want {
		for j, cell := range want[i] {
			if got[i][j] != cell && !sameNumber(got[i][j], cell, schema.Columns()[j]) {
				if wrong++; wrong < 10 {
					t.Errorf("row %d, %s: %q, want %q", i, want[0][j], got[i][j], cell)
				}
			}
		}
	}
}

func sameNumber(a, b string, c schema.Column) bool {
	x, ok1 := new(big.Rat).SetString(a)
	y, ok2 := new(big.Rat).SetString(b)
	return c.Type != schema.Text && ok1 && ok2 && x.Cmp(y) == 0
}

// duckdb answers a query with DuckDB from npm: names and types of the columns, rows.
func duckdb(t *testing.T, sql string) (types map[string]string, rows [][]string) {
	t.Helper()
	if exec.Command("node", "-e", "require('@duckdb/node-api')").Run() != nil {
		t.Skip("no DuckDB for node")
	}
	const program = `
const {DuckDBInstance} = require('@duckdb/node-api');
(async () => {
  const c = await (await DuckDBInstance.create(':memory:')).connect();
  const types = (await c.runAndReadAll('DESCRIBE ' + process.argv[1])).getRowsJson().map(r => [r[0], r[1]]);
  const r = await c.runAndReadAll('SELECT COLUMNS(*)::VARCHAR FROM (' + process.argv[1] + ')');
  console.log(JSON.stringify({types, rows: [r.columnNames(), ...r.getRowsJson()]}));
})();`
	var got struct {
		Types [][2]string
		Rows  [][]*string
	}
	if err := json.Unmarshal(foreign(t, "node", "-e", program, sql), &got); err != nil {
		t.Fatal(err)
	}
	types = map[string]string{}
	for _, one := range got.Types {
		types[one[0]] = one[1]
	}
	for _, row := range got.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			if cell != nil {
				cells[i] = *cell
			}
		}
		rows = append(rows, cells)
	}
	return types, rows
}

func TestDuckDBReadsParquet(t *testing.T) {
	types, rows := duckdb(t, "SELECT * FROM read_parquet('"+asTable(t, "figures.parquet")+"')")
	for column, want := range map[string]string{"value": "DECIMAL(38,18)", "si_value": "DECIMAL(38,18)", "period_start": "DATE", "period_end": "DATE", "seq": "BIGINT", "label": "VARCHAR"} {
		if types[column] != want {
			t.Errorf("%s is %s, want %s", column, types[column], want)
		}
	}
	sameCells(t, rows, figuresCSV(t))
}

// Folders are one table: what their names say are columns, and an empty cell is null.
func TestDuckDBReadsFolders(t *testing.T) {
	dir := asTable(t, "figures.parquet", "--folders", "year,region_code,kind")
	names := `"` + strings.Join(figuresCSV(t)[0], `", "`) + `"`
	types, rows := duckdb(t, "SELECT "+names+" FROM read_parquet('"+dir+"/**/*.parquet', hive_partitioning = true, hive_types = {'year': BIGINT, 'region_code': VARCHAR, 'kind': VARCHAR}) ORDER BY source, article, seq")
	if types["year"] != "BIGINT" || types["region_code"] != "VARCHAR" {
		t.Error(types)
	}
	want := figuresCSV(t)
	at := func(name string) int { return slices.Index(want[0], name) }
	slices.SortStableFunc(want[1:], func(a, b []string) int { return strings.Compare(a[at("source")], b[at("source")]) })
	sameCells(t, rows, want)
}

func TestSQLiteReads(t *testing.T) {
	want := figuresCSV(t)
	var columns []string
	for _, name := range want[0] {
		if name == "value" || name == "value_max" || name == "si_value" { // as text, all digits
			columns = append(columns, name+"_exact AS "+name)
			continue
		}
		columns = append(columns, `"`+name+`"`)
	}
	out := foreign(t, "sqlite3", "-csv", "-header", asTable(t, "figures.sqlite"), "SELECT "+strings.Join(columns, ", ")+" FROM figures ORDER BY source, seq")
	source := slices.Index(want[0], "source")
	slices.SortStableFunc(want[1:], func(a, b []string) int { return strings.Compare(a[source], b[source]) })
	sameCells(t, readTable(t, out), want)
}

// LibreOffice opens the workbook and saves its first sheet as CSV, cells as they are.
func TestLibreOfficeReadsXLSX(t *testing.T) {
	path := asTable(t, "figures.xlsx")
	dir := t.TempDir()
	foreign(t, "soffice", "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")), "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false", "--outdir", dir, path)
	b, err := os.ReadFile(filepath.Join(dir, "figures.csv"))
	if err != nil {
		t.Fatal(err)
	}
	sameCells(t, readTable(t, b), figuresCSV(t))
}

// pandas reads CSV and Stata alike; Parquet too where it has a reader for that.
func TestPandasReads(t *testing.T) {
	python := ""
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(name, "-c", "import pandas").Run() == nil {
			python = name
		}
	}
	if python == "" {
		t.Skip("no Python with pandas")
	}
	const program = `
import sys, pandas
path = sys.argv[1]
if path.endswith(".csv"):
    d = pandas.read_csv(path, dtype=str, keep_default_na=False)
elif path.endswith(".dta"):
    d = pandas.read_stata(path)
    for c in d:
        if str(d[c].dtype).startswith("datetime"):
            d[c] = d[c].dt.strftime("%Y-%m-%d")
else:
    d = pandas.read_parquet(path)
text = lambda v: "" if pandas.isna(v) else repr(v) if isinstance(v, float) else str(v)
d = d.astype(object).apply(lambda c: c.map(text))
d.to_csv(sys.stdout, index=False)
`
	want := figuresCSV(t)
	for _, suffix := range []string{".csv", ".dta", ".parquet"} {
		t.Run(suffix, func(t *testing.T) {
			if suffix == ".parquet" && exec.Command(python, "-c", "import pyarrow").Run() != nil && exec.Command(python, "-c", "import fastparquet").Run() != nil {
				t.Skip("pandas has no reader of Parquet")
			}
			sameCells(t, readTable(t, foreign(t, python, "-c", program, asTable(t, "figures"+suffix))), want)
		})
	}
}
