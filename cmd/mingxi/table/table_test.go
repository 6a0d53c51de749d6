package table

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"mingxi/corpus/sheet"
	"mingxi/schema"
)

var testColumns = []schema.Column{
	{Name: "label", Type: schema.Text},
	{Name: "seq", Type: schema.Whole},
	{Name: "value", Type: schema.Numeric},
	{Name: "sentence", Type: schema.Text},
	{Name: "period_end", Type: schema.Text, Field: &schema.Field{Keep: schema.Date}},
}

// Rows with what is hard: quotes and line breaks, empty cells, exact decimals,
// more digits than a float holds, text that looks like a number.
var testStrings = [][]string{
	{"城市低保人数", "1", "35.8", "“应保”,尽\"保\"\n下一行", "2012-12-31"},
	{"绝收面积", "2", "", "", ""},
	{"生产总值", "3", "123456789012345678", "007", ""},
	{"增长", "4", "-1234567890123456.75", "又", "1949-10-01"},
}

// testRows are the cells of testStrings.
var testRows = func() (rows [][]schema.Cell) {
	for _, line := range testStrings {
		row := make([]schema.Cell, len(line))
		for i, s := range line {
			if testColumns[i].Type == schema.Text {
				row[i] = schema.TextCell(s)
			} else if s != "" {
				d, err := schema.ParseDecimal(s)
				if err != nil {
					panic(err)
				}
				row[i] = schema.Cell{Number: d}
			}
		}
		rows = append(rows, row)
	}
	return rows
}()

// create writes the rows as one file and returns its path.
func create(t *testing.T, suffix string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "figures"+suffix)
	w, err := Create(path, "figures", testColumns, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	for _, rows := range [][][]schema.Cell{testRows[:1], nil, testRows[1:]} {
		if err := w.Write(rows); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(path); err == nil {
		t.Errorf("%s is there before it is complete", suffix)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("%s leaves %d files", suffix, len(files))
	}
	return path
}

func TestCSV(t *testing.T) {
	data, err := os.ReadFile(create(t, ".csv"))
	if err != nil {
		t.Fatal(err)
	}
	data, ok := bytes.CutPrefix(data, []byte("\ufeff"))
	if !ok {
		t.Error("no byte order mark")
	}
	got, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || !slices.Equal(got[0], []string{"label", "seq", "value", "sentence", "period_end"}) {
		t.Fatalf("%q, %v", got, err)
	}
	same(t, got[1:])
}

func TestGB18030(t *testing.T) {
	var out bytes.Buffer
	w, err := CSV(&out, testColumns[:1], GB18030)
	if err != nil {
		t.Fatal(err)
	}
	for _, label := range []string{"低保", "㎡𠀀"} { // all of Unicode has a place in it
		if err := w.Write([][]schema.Cell{{schema.TextCell(label)}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if want := "label\n\xb5\xcd\xb1\xa3\n\xa9O\x952\x826\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

func TestJSON(t *testing.T) {
	data, err := os.ReadFile(create(t, ".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for line := range strings.Lines(string(data)) {
		d := json.NewDecoder(strings.NewReader(line))
		d.UseNumber()
		var row struct {
			Label, Sentence string
			End             string `json:"period_end"`
			Seq, Value      json.Number
		}
		if err := d.Decode(&row); err != nil {
			t.Fatal(err)
		}
		got = append(got, []string{row.Label, row.Seq.String(), row.Value.String(), row.Sentence, row.End})
	}
	same(t, got)
}

func TestXLSX(t *testing.T) {
	data, err := os.ReadFile(create(t, ".xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := sheet.ReadXLSX(data)
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, p := range d.Pieces {
		if len(p.Cells) == len(testColumns) {
			got = append(got, p.Cells)
		}
	}
	if len(got) < 5 || got[0][0] != "label" || got[1][2] != "35.8" || got[3][2] != "123456789012345678" || got[3][3] != "007" {
		t.Errorf("%q", got)
	}
}

func TestParquet(t *testing.T) {
	type row struct {
		Label    *string   `parquet:"label,optional"`
		Seq      *int64    `parquet:"seq,optional"`
		Value    *[16]byte `parquet:"value,optional,decimal(18:38)"`
		Sentence *string   `parquet:"sentence,optional"`
		End      *int32    `parquet:"period_end,optional,date"`
	}
	got, err := parquet.ReadFile[row](create(t, ".parquet"))
	if err != nil || len(got) != 4 {
		t.Fatalf("%d rows, %v", len(got), err)
	}
	if r := got[0]; *r.Label != "城市低保人数" || *r.Seq != 1 || *r.Sentence != testStrings[0][3] || *r.End != 15705 {
		t.Errorf("row 1: %v", r)
	}
	if r := got[1]; r.Value != nil || r.Sentence != nil || r.End != nil {
		t.Errorf("row 2: %v", r)
	}
	for i, want := range []string{"35800000000000000000", "", "123456789012345678000000000000000000", "-1234567890123456750000000000000000"} {
		if got[i].Value == nil {
			continue
		}
		n := new(big.Int).SetBytes(got[i].Value[:])
		if got[i].Value[0] >= 0x80 {
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), 128))
		}
		if n.String() != want {
			t.Errorf("row %d: %s, want %s", i+1, n, want)
		}
	}
}

func TestSQLite(t *testing.T) {
	db, err := sql.Open("sqlite", create(t, ".sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT label, seq, value_exact, sentence, period_end FROM figures ORDER BY seq")
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for rows.Next() {
		var cells [5]sql.NullString
		if err := rows.Scan(&cells[0], &cells[1], &cells[2], &cells[3], &cells[4]); err != nil {
			t.Fatal(err)
		}
		got = append(got, []string{cells[0].String, cells[1].String, cells[2].String, cells[3].String, cells[4].String})
	}
	same(t, got)
}

// written closes the writer of an SQLite file and opens what it wrote.
func written(t *testing.T, w Writer, path string) *sql.DB {
	t.Helper()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// What no float holds is exact in SQLite all the same, and compared as a number.
func TestSQLiteExact(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f.sqlite")
	w, err := Create(path, "figures", []schema.Column{{Name: "value", Type: schema.Numeric}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"47.1", "0.1", "1234567890123456.75", "-9.7", "1328", ""} {
		var d schema.Decimal
		if err := d.UnmarshalText([]byte(s)); err != nil {
			t.Fatal(err)
		}
		if err := w.Write([][]schema.Cell{{{Number: d}}}); err != nil {
			t.Fatal(err)
		}
	}
	db := written(t, w, path)
	for query, want := range map[string]string{
		"SELECT group_concat(value_exact, ' ') FROM (SELECT * FROM figures ORDER BY rowid)": "47.1 0.1 1234567890123456.75 -9.7 1328",
		"SELECT group_concat(value_exact, ' ') FROM (SELECT * FROM figures ORDER BY value)": "-9.7 0.1 47.1 1328 1234567890123456.75",
		"SELECT count(*) FROM figures WHERE value > 5":                                      "3",
		"SELECT group_concat(DISTINCT typeof(value_exact)) FROM figures":                    "text,null",
	} {
		var got string
		if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %q, want %q (%v)", query, got, want, err)
		}
	}
}

func same(t *testing.T, got [][]string) {
	t.Helper()
	if !slices.EqualFunc(got, testStrings, slices.Equal) {
		t.Errorf(" got %q\nwant %q", got, testStrings)
	}
}

// A run that fails leaves the old file.
func TestDiscard(t *testing.T) {
	for suffix := range formats {
		path := filepath.Join(t.TempDir(), "figures"+suffix)
		if err := os.WriteFile(path, []byte("old"), 0o666); err != nil {
			t.Fatal(err)
		}
		w, err := Create(path, "figures", testColumns, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(testRows); err != nil {
			t.Fatal(err)
		}
		w.Discard()
		files, _ := os.ReadDir(filepath.Dir(path))
		if data, _ := os.ReadFile(path); string(data) != "old" || len(files) != 1 {
			t.Errorf("%s: %q and %d files", suffix, data, len(files))
		}
	}
	if _, err := Create("figures.doc", "figures", testColumns, Options{}); !errors.Is(err, ErrFormat) {
		t.Errorf("figures.doc: %v", err)
	}
}

// What a spreadsheet would take for a formula gets an apostrophe in a CSV; a printed
// number with its sign is none.
func TestFormulas(t *testing.T) {
	var out bytes.Buffer
	w, err := CSV(&out, testColumns[:1], Default)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]string{
		{`=HYPERLINK("x")`, `'=HYPERLINK("x")`}, {"＝A1", "'＝A1"}, {"@SUM(A1)", "'@SUM(A1)"}, {"\t=1", "'\t=1"},
		{"+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"}, {"-2+3+cmd|x", "'-2+3+cmd|x"},
		{"+1+1", "'+1+1"}, {"-大米", "'-大米"}, {"+12户", "+12户"}, {"－0.6个百分点", "－0.6个百分点"}, {"-5.2亿元", "-5.2亿元"}, {"－300万元", "－300万元"}, {"-5元+1", "'-5元+1"}, {"-3*大米", "'-3*大米"}, {"-5A1", "'-5A1"}, {"-A1", "'-A1"}, {"-", "-"},
		{"-3.5%", "-3.5%"}, {"+1,204.5", "+1,204.5"}, {"－３.５％", "－３.５％"}, {"低保=补助", "低保=补助"},
	} {
		out.Reset()
		if err := w.Write([][]schema.Cell{{schema.TextCell(c[0])}}); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(out.Bytes())).ReadAll()
		if got := rows[len(rows)-1][0]; err != nil || got != c[1] {
			t.Errorf("%q is %q, want %q (%v)", c[0], got, c[1], err)
		}
	}
	minus, _ := schema.ParseDecimal("-371")
	out.Reset()
	if w.Write([][]schema.Cell{{{Number: minus}}}); out.String() != "-371\n" {
		t.Errorf("a number: %q", out.String())
	}
}

// A CSV starts with a byte order mark where it goes to a file: by -o, and by > of the
// shell; not where it is appended, nor in a pipe.
func TestMarkInFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f.csv")
	for i, want := range []string{"\ufefflabel\n", "\ufefflabel\nlabel\n"} {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o666)
		if err != nil {
			t.Fatal(err)
		}
		w, err := CSV(f, testColumns[:1], Default)
		if err == nil {
			err = errors.Join(w.Close(), f.Close())
		}
		if got, _ := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("run %d: %q, want %q (%v)", i, got, want, err)
		}
	}
	r, pipe, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	w, err := CSV(pipe, testColumns[:1], Default)
	if err == nil {
		err = errors.Join(w.Close(), pipe.Close())
	}
	if got, _ := io.ReadAll(r); err != nil || string(got) != "label\n" {
		t.Errorf("pipe: %q (%v)", got, err)
	}
}

// SQLite has a table of the sources of its rows too, with the version of the program
// that read each, where the rows tell their documents.
func TestSourcesTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f.sqlite")
	w, err := Create(path, "figures", []schema.Column{{Name: "doc_id"}, {Name: "source"}}, Options{Program: func(id string) string { return "mingxi v" + id }})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"a1", "a1", "b2"} {
		if err := w.Write([][]schema.Cell{{schema.TextCell(id), schema.TextCell(id + ".txt")}}); err != nil {
			t.Fatal(err)
		}
	}
	db := written(t, w, path)
	var got string
	err = db.QueryRow("SELECT group_concat(doc_id || ' ' || source || ' ' || program || ' ' || figures, '; ') FROM sources").Scan(&got)
	if want := "a1 a1.txt mingxi va1 2; b2 b2.txt mingxi vb2 1"; err != nil || got != want {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
}

// What a killed run left beside an output goes with the next one, and a failed one
// leaves nothing; its error names the file.
func TestLeftovers(t *testing.T) {
	for suffix := range formats {
		dir := t.TempDir()
		path := filepath.Join(dir, "figures"+suffix)
		leave := func() {
			t.Helper()
			err := errors.Join(os.WriteFile(path+".part", []byte("half"), 0o666), os.WriteFile(path+".part-journal", []byte("half"), 0o666),
				os.MkdirAll(path+".part"+scratch, 0o777), os.WriteFile(filepath.Join(path+".part"+scratch, "excelize-1"), nil, 0o666))
			if err != nil {
				t.Fatal(err)
			}
		}
		leave()
		w, err := Create(path, "figures", testColumns, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(w.Write(testRows), w.Close()); err != nil {
			t.Fatal(err)
		}
		if files, _ := os.ReadDir(dir); len(files) != 1 {
			t.Errorf("%s: %v", suffix, files)
		}
		if w, err = Create(path, "figures", testColumns, Options{}); err != nil {
			t.Fatal(err)
		}
		leave()
		w.Discard()
		if files, _ := os.ReadDir(dir); len(files) != 1 {
			t.Errorf("%s, discarded: %v", suffix, files)
		}
	}
	w := &file{Writer: full{}, path: "figures.sqlite", part: filepath.Join(t.TempDir(), "part")}
	for _, err := range []error{w.Write(nil), w.Close()} {
		if err == nil || err.Error() != "write figures.sqlite: no space left on device" {
			t.Errorf("full disk: %v", err)
		}
	}
}

// full is a Writer on a full disk.
type full struct{}

func (full) Write([][]schema.Cell) error { return errors.New("no space left on device") }
func (full) Close() error                { return errors.New("no space left on device") }
func (full) Discard()                    {}
