package mingxi_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"mingxi/schema"
)

var update = flag.Bool("update", false, "rewrite docs/columns.md")

// docs/columns.md is the codebook of schema.Columns; -update writes it.
func TestColumnsDoc(t *testing.T) {
	const name = "docs/columns.md"
	want := codebook(schema.Columns())
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s does not say what schema.Columns says: run go test . -update", name)
	}
}

// Stata takes names of at most 32 characters; SQL and R dislike anything but
// lower case and underscores.
func TestColumnNames(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range schema.Columns() {
		if len(c.Name) > 32 || strings.Trim(c.Name, "abcdefghijklmnopqrstuvwxyz_") != "" || seen[c.Name] {
			t.Errorf("column name %q", c.Name)
		}
		if c.ZH == "" || c.Doc == "" {
			t.Errorf("column %s has no Chinese name or no meaning", c.Name)
		}
		seen[c.Name] = true
	}
}

func codebook(columns []schema.Column) string {
	types := [...]string{schema.Text: "text", schema.Whole: "whole number", schema.Numeric: "decimal"}
	var b strings.Builder
	b.WriteString(`# The columns · 各列说明

One row is one figure of one document, in text order. CSV, JSON Lines, XLSX,
Parquet and SQLite have the same columns under the same names. An empty cell
means that nothing is known or nothing applies; it is never a 0. (JSON Lines
leaves empty cells out; Parquet and SQLite hold null.)

一行是一份文件中的一个数字,按原文顺序。CSV、JSON Lines、XLSX、Parquet、SQLite
的列名和含义相同。空格表示不知道或不适用,绝不表示 0。

| column | 中文名 | type | meaning |
|---|---|---|---|
`)
	for _, c := range columns {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", c.Name, c.ZH, types[c.Type], c.Doc)
	}
	b.WriteString(`
Notes · 说明

- **raw** is ` + "`text[start:end]`" + ` of the normal text, counted in characters (Unicode code
  points), which ` + "`mingxi show --text`" + ` prints. 用 start、end 可在正文中定位 raw。
- **value** is exact: 57.84万 is 578400, never 578399.99. Excel and Parquet hold
  numbers as 64-bit floats, exact up to 15 digits; longer ones stay text in Excel.
  value 是精确小数;Excel 中超过 15 位的数字按文本保存。
- **kind** masked (201X元, XX亿元) and suspect (202300万元: digits replaced by a
  website) have no value: mingxi does not guess. 被隐去或被替换的数字不给数值。
- In a CSV a text that a spreadsheet would take for a formula (it begins with =, @, a
  tab, or + and - before more than a number) has an apostrophe in front; numbers and
  printed numbers (-3.5%) never have one. CSV 里会被当作公式的文本,前面加一个撇号;
  数字和印出的数字(如 -3.5%)不加。
- A decrease keeps the printed positive number (减少371人 is 371, kind change).
  减少、下降的数字保留印出的正数。
`)
	return b.String()
}
