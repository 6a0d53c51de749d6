package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// workbookOf saves what f puts into a workbook.
func workbookOf(t *testing.T, f func(x *excelize.File)) []byte {
	t.Helper()
	x := excelize.NewFile()
	f(x)
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestXLSX(t *testing.T) {
	data := workbookOf(t, func(x *excelize.File) {
		for _, row := range []struct {
			at    string
			cells []any
		}{
			{"B2", []any{"清水县低保情况表"}},
			{"B3", []any{"填报：民政局", nil, "单位：万元"}},
			{"B4", []any{"乡镇", "低保"}},
			{"C5", []any{"户数", "金额"}},
			{"B6", []any{"河东镇", 1520, 982.4, 0.256}},
			{"B7", []any{"石桥镇", 1243, 1e12, 0.1 + 0.2}},
			{"B9", []any{"项目", "数量"}},
			{"B10", []any{"敬老院", 12}},
		} {
			if err := x.SetSheetRow("Sheet1", row.at, &row.cells); err != nil {
				t.Fatal(err)
			}
		}
		style, _ := x.NewStyle(&excelize.Style{NumFmt: 10}) // 0.00%
		x.SetCellStyle("Sheet1", "E6", "E6", style)
		x.MergeCell("Sheet1", "B4", "B5")
		x.MergeCell("Sheet1", "C4", "D4")
		x.SetCellFormula("Sheet1", "F6", "SUM(C6:C7)") // without a result
		x.NewSheet("隐藏")
		x.SetCellValue("隐藏", "A1", "不读99")
		x.SetSheetVisible("隐藏", false)
	})
	d, err := ReadXLSX(data)
	if err != nil {
		t.Fatal(err)
	}
	want := `para 清水县低保情况表
para 填报：民政局
para 单位：万元
HEAD 乡镇 | 低保 |  | 
HEAD  | 户数 | 金额 | 
row 河东镇 | 1520 | 982.4 | 25.60%
row 石桥镇 | 1243 | 1000000000000 | 0.3
HEAD 项目 | 数量
row 敬老院 | 12
warn 1 hidden sheets left out
warn 1 formulas have no stored result: their cells are empty
`
	if got := d.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestNumbers displays numbers as Excel does.
func TestNumbers(t *testing.T) {
	f, err := newFormatter(false)
	if err != nil {
		t.Fatal(err)
	}
	f.codes[164], f.codes[165] = `yyyy"年"m"月"d"日"`, `#,##0.0"万元"`
	f.codes[166], f.codes[167], f.codes[168] = `0!.0,"万"`, `0.00_);[Red]0.00`, `[>=10000]0!.0,"万";0`
	for _, x := range []struct {
		v      float64
		format int
		want   string
	}{
		{48000.5, 0, "48000.5"}, {0.1 + 0.2, 0, "0.3"}, {1e15, 0, "1000000000000000"}, {-3, 0, "-3"}, {1.0 / 3, 0, "0.3333333333"},
		{48000.5, 1, "48001"}, {982.4, 4, "982.40"}, {0.3133, 9, "31%"}, {0.3133, 10, "31.33%"},
		{43819, 164, "2019年12月20日"}, {1352, 165, "1,352.0万元"}, {43819, 14, "2019/12/20"},
		// a point is inserted to show 万; what is negative looks negative
		{123456.78, 166, "12.3万"}, {-1234.5, 167, "-1234.50"}, {-1234.5, 39, "-1,234.50"}, {123456.78, 168, "123456.78"}, {0, 167, "0.00"},
		{math.NaN(), 0, ""},
	} {
		if got := f.number(x.v, x.format); got != x.want {
			t.Errorf("%v in format %d: got %s, want %s", x.v, x.format, got, x.want)
		}
	}
}

func TestRK(t *testing.T) {
	for x, want := range map[int]float64{0x3ff00000: 1, 0x3ff00001: 0.01, 5<<2 | 2: 5, 12345<<2 | 3: 123.45, int(uint32(0xfffffffe)): -1} {
		if got := rk(x); got != want {
			t.Errorf("%#x: got %v, want %v", x, got, want)
		}
	}
}

// TestSST reads a string that goes on in the next record in wider characters.
func TestSST(t *testing.T) {
	s := sst{chunks: [][]byte{
		append([]byte{4, 0, 0}, 'A', 'B'),
		{1, 0x4e, 0x4f, 0x4f, 0x4e, 1, 0, 0, 'C'},
	}}
	got := strings.Join(s.all(), ",")
	if want := "AB\u4f4e\u4e4f"; !strings.HasPrefix(got, "AB") || len([]rune(got)) != len([]rune(want))+2 || !strings.HasSuffix(got, ",C") {
		t.Errorf("%q", got)
	}
}

func TestErrors(t *testing.T) {
	for _, x := range []struct {
		name string
		read func([]byte) error
		data []byte
		want string
	}{
		{"text as xlsx", asXLSX, []byte("工作总结"), "xlsx: open package"},
		{"text as xls", asXLS, []byte("工作总结"), "xls: open compound file"},
		{"a document as xls", asXLS, file(t, "report.doc"), "xls: no Workbook stream"},
		{"a document as xlsx", asXLSX, file(t, "report.docx"), "xlsx: "},
		{"cut xls", asXLS, file(t, "table.xls")[:3000], "xls: "},
		{"a bomb", asXLSX, bomb(), "unpacks to too much"},
	} {
		if err := x.read(x.data); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: got %v, want …%s…", x.name, err, x.want)
		}
	}
	var locked bytes.Buffer
	x := excelize.NewFile()
	if err := x.Write(&locked, excelize.Options{Password: "1"}); err != nil {
		t.Fatal(err)
	}
	if err := asXLSX(locked.Bytes()); !errors.Is(err, ErrEncrypted) {
		t.Errorf("encrypted: %v", err)
	}
}

func asXLSX(b []byte) error { _, err := ReadXLSX(b); return err }
func asXLS(b []byte) error  { _, err := ReadXLS(b); return err }

func file(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("../testdata/formats/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// bomb is a package of a few kilobytes with 64 MB of zeros.
func bomb() []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.Create("xl/workbook.xml")
	w.Write([]byte(`<workbook/>`))
	w, _ = z.Create("xl/sharedStrings.xml")
	w.Write([]byte("<sst>"))
	for range 64 {
		w.Write(make([]byte, 1<<20))
	}
	z.Close()
	return b.Bytes()
}

// stream is an .xls stream of records.
func stream(records ...[]byte) []byte {
	var b []byte
	for i := 0; i+1 < len(records); i += 2 {
		b = append(b, records[i]...)
		b = binary.LittleEndian.AppendUint16(b, uint16(len(records[i+1])))
		b = append(b, records[i+1]...)
	}
	return b
}

// TestFormula: a formula shows the result stored with it, a text result
// follows in a record of its own.
func TestFormula(t *testing.T) {
	number := binary.LittleEndian.AppendUint64([]byte{0, 0, 0, 0, 0, 0}, math.Float64bits(4875))
	w := &workbook{b: stream(
		[]byte{0x09, 0x08}, []byte{0, 6, 0x10, 0},
		[]byte{0x06, 0}, append(number, 0, 0),
		[]byte{0x06, 0}, []byte{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff},
		[]byte{0x07, 0x02}, []byte{2, 0, 1, 0x4e, 0x4f, 0xdd, 0x4f},
		[]byte{0x0a, 0}, nil,
	)}
	var err error
	if w.format, err = newFormatter(false); err != nil {
		t.Fatal(err)
	}
	if err := w.readSheet(sheetAt{name: "表"}); err != nil {
		t.Fatal(err)
	}
	if got := w.document().String(); got != "para 4875\npara 低保\n" {
		t.Errorf("got %q", got)
	}
}

func FuzzXLSX(f *testing.F) {
	if b, err := os.ReadFile("../testdata/formats/table.xlsx"); err == nil {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, data []byte) { ReadXLSX(data) })
}

func FuzzXLS(f *testing.F) {
	if b, err := os.ReadFile("../testdata/formats/table.xls"); err == nil {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, data []byte) { ReadXLS(data) })
}

// TestReadCSV reads values divided by different signs, with a title above, quotes
// and lines of fewer values.
func TestReadCSV(t *testing.T) {
	for _, x := range []struct{ name, in, want string }{
		{"comma", "乡镇,户数\n河东,15\n", "HEAD 乡镇 | 户数\nrow 河东 | 15\n"},
		{"semicolon", "乡镇;金额,万元\n河东;9.8\n河西;8\n", "HEAD 乡镇 | 金额,万元\nrow 河东 | 9.8\nrow 河西 | 8\n"},
		{"tab", "乡镇\t户数\n河东\t1,520\n", "HEAD 乡镇 | 户数\nrow 河东 | 1,520\n"},
		{"line of Excel", "sep=;\r\n乡镇;户数\r\n河东;15\r\n", "HEAD 乡镇 | 户数\nrow 河东 | 15\n"},
		{"quotes", "乡镇,户数\n\"河东,本部\",\"1,520\"\n", "HEAD 乡镇 | 户数\nrow 河东,本部 | 1,520\n"},
		{"title above", "低保情况\n乡镇,户数\n河东,15\n河西\n", "para 低保情况\nHEAD 乡镇 | 户数\nrow 河东 | 15\npara 河西\n"},
	} {
		d, err := ReadCSV([]byte(x.in))
		if err != nil {
			t.Errorf("%s: %v", x.name, err)
			continue
		}
		if got := d.String(); got != x.want {
			t.Errorf("%s: got\n%swant\n%s", x.name, got, x.want)
		}
	}
}
