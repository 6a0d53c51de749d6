package table

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mingxi/schema"
)

// stataColumns have every kind of variable.
var stataColumns = []schema.Column{
	{Name: "label", ZH: "指标名称", Type: schema.Text},
	{Name: "kind", ZH: "类别", Type: schema.Text, Field: &schema.Field{Keep: schema.Coded, OneOf: []string{"amount", "share"}}},
	{Name: "approx", ZH: "约数", Type: schema.Text, Field: &schema.Field{Keep: schema.Coded, OneOf: []string{"", "about"}}},
	{Name: "small", Type: schema.Whole},
	{Name: "seq", Type: schema.Whole},
	{Name: "big", Type: schema.Whole},
	{Name: "value", ZH: "数值", Type: schema.Numeric},
	{Name: "exact", Type: schema.Numeric},
	{Name: "sentence", Type: schema.Text},
	{Name: "period_end", Type: schema.Text, Field: &schema.Field{Keep: schema.Date}},
	{Name: "nothing", Type: schema.Text},
}

func stataRows() [][]schema.Cell {
	number := func(s string) schema.Cell {
		d, err := schema.ParseDecimal(s)
		if err != nil {
			panic(err)
		}
		return schema.Cell{Number: d}
	}
	text := schema.TextCell
	return [][]schema.Cell{
		{text("城市低保人数"), text("amount"), {}, number("100"), number("32740"), number("2147483620"), number("35.8"), number("1234567890123456.75"), text(strings.Repeat("全县𠀀", 100) + "。"), text("2012-12-31"), {}},
		{text("绝收"), text("share"), text("about"), number("-127"), number("-1"), number("-5"), {}, {}, {}, {}, {}},
		{{}, {}, {}, {}, {}, {}, number("-0.5"), number("1"), text("短"), text("1949-10-01"), {}},
	}
}

func writeStata(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "figures.dta")
	w, err := Create(path, "figures", stataColumns, Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows := stataRows()
	for _, part := range [][][]schema.Cell{rows[:2], nil, rows[2:]} {
		if err := w.Write(part); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("%d files are left", len(files))
	}
	return path
}

// The map of the file tells where each of its parts begins.
func TestStataMap(t *testing.T) {
	data, err := os.ReadFile(writeStata(t))
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(data, []byte("<map>"))
	for i, tag := range []string{"<stata_dta>", "<map>", "<variable_types>", "<varnames>", "<sortlist>", "<formats>", "<value_label_names>",
		"<variable_labels>", "<characteristics>", "<data>", "<strls>", "<value_labels>", "</stata_dta>", ""} {
		place := binary.LittleEndian.Uint64(data[at+5+8*i:])
		if place > uint64(len(data)) || !bytes.HasPrefix(data[place:], []byte(tag)) || tag == "" && place != uint64(len(data)) {
			t.Errorf("part %d, %s, is not at %d", i+1, tag, place)
		}
	}
}

// pandas reads back what was written.
func TestStataPandas(t *testing.T) {
	const program = `
import json, sys
import pandas
from pandas.io.stata import StataReader
r = StataReader(sys.argv[1])
d = r.read()
out = {"columns": list(d.columns), "labels": r.variable_labels(), "words": {k: list(v.values()) for k, v in r.value_labels().items()},
       "types": [str(t) for t in d.dtypes],
       "rows": [[None if pandas.isna(v) else str(v) for v in row] for row in d.itertuples(index=False)]}
json.dump(out, sys.stdout)
`
	python := withPandas(t)
	out, err := exec.Command(python, "-c", program, writeStata(t)).Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var got struct {
		Columns, Types []string
		Labels         map[string]string
		Words          map[string][]string
		Rows           [][]*string
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	if got.Labels["label"] != "指标名称" || len(got.Columns) != len(stataColumns) || strings.Join(got.Words["kind"], " ") != "amount share" || strings.Join(got.Words["approx"], " ") != "about" {
		t.Errorf("%v %v %v", got.Labels, got.Columns, got.Words)
	}
	want := [][]string{
		{"城市低保人数", "amount", "-", "100.0", "32740.0", "2147483620.0", "35.8", "1234567890123456.75", strings.Repeat("全县𠀀", 100) + "。", "2012-12-31 00:00:00", ""},
		{"绝收", "share", "about", "-127.0", "-1.0", "-5.0", "-", "", "", "-", ""},
		{"", "-", "-", "-", "-", "-", "-0.5", "1", "短", "1949-10-01 00:00:00", ""},
	}
	for i, row := range got.Rows {
		for j, cell := range row {
			s := "-"
			if cell != nil {
				s = *cell
			}
			if s != want[i][j] {
				t.Errorf("row %d, %s: %q, want %q", i+1, stataColumns[j].Name, s, want[i][j])
			}
		}
	}
}

// withPandas is a Python that has pandas; without one the test is skipped.
func withPandas(t *testing.T) string {
	t.Helper()
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import pandas").Run() == nil {
			return python
		}
	}
	t.Skip("no Python with pandas")
	return ""
}
