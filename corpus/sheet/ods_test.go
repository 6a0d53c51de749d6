package sheet

import (
	"archive/zip"
	"bytes"
	"os"
	"strings"
	"testing"
)

// odsOf makes an .ods of tables.
func odsOf(tables string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	w, _ := z.Create("content.xml")
	w.Write([]byte(`<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles><style:style style:name="ta1"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>` + tables + `</office:spreadsheet></office:body></office:document-content>`))
	z.Close()
	return buf.Bytes()
}

// odsRow is a row of cells as displayed; one that begins with < stands as it is.
func odsRow(cells ...string) string {
	var b strings.Builder
	for _, c := range cells {
		if !strings.HasPrefix(c, "<") {
			c = `<table:table-cell office:value-type="string"><text:p>` + c + `</text:p></table:table-cell>`
		}
		b.WriteString(c)
	}
	return "<table:table-row>" + b.String() + "</table:table-row>"
}

func TestODS(t *testing.T) {
	head := odsRow("乡镇", "户数", "金额")
	const empty = `<table:table-cell table:number-columns-repeated="16380"/>`
	rest := `<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`
	for _, c := range []struct{ what, tables, want string }{
		{"as displayed", `<table:table table:name="低保">` + head + odsRow("东城镇", `<table:table-cell office:value-type="float" office:value="1234.5"><text:p>1,234.5</text:p></table:table-cell>`, "9.8", empty) + rest + `</table:table>`,
			"HEAD 乡镇 | 户数 | 金额\nrow 东城镇 | 1,234.5 | 9.8\n"},
		{"repeated cells and rows", `<table:table table:name="低保">` + head + `<table:table-row table:number-rows-repeated="2"><table:table-cell><text:p>东<text:span>城</text:span><text:s/>镇</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>7</text:p></table:table-cell></table:table-row></table:table>`,
			"HEAD 乡镇 | 户数 | 金额\nrow 东城 镇 | 7 | 7\nrow 东城 镇 | 7 | 7\n"},
		{"merged cells, comments, errors", `<table:table table:name="低保">` + head + odsRow(`<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="1"><text:p>东城镇</text:p></table:table-cell>`, `<table:table-cell><office:annotation><text:p>核对99</text:p></office:annotation><text:p>1</text:p></table:table-cell>`, `<table:table-cell office:value-type="float"><text:p>#DIV/0!</text:p></table:table-cell>`) + odsRow(`<table:covered-table-cell/>`, "2", "3") + `</table:table>`,
			"HEAD 乡镇 | 户数 | 金额\nrow 东城镇 | 1 | \nrow  | 2 | 3\n"},
		{"values without text", `<table:table table:name="低保">` + head + odsRow("东城镇", `<table:table-cell office:value-type="float" office:value="12"/>`, `<table:table-cell office:value-type="percentage" office:value="0.125"/>`) + `</table:table>`,
			"HEAD 乡镇 | 户数 | 金额\nrow 东城镇 | 12 | 12.5%\n"},
		{"a hidden sheet", `<table:table table:name="低保">` + head + odsRow("东城镇", "1", "2") + `</table:table><table:table table:name="隐藏" table:style-name="ta1">` + odsRow("不读", "99") + `</table:table>`,
			"HEAD 乡镇 | 户数 | 金额\nrow 东城镇 | 1 | 2\nwarn 1 hidden sheets left out\n"},
	} {
		d, err := ReadODS(odsOf(c.tables))
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if got := d.String(); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.what, got, c.want)
		}
	}
	data, err := os.ReadFile("../testdata/formats/table.fods")
	if err != nil {
		t.Fatal(err)
	}
	if d, err := ReadFlatODS(data); err != nil || !strings.Contains(d.String(), "row 河东镇 | 1520 | 3016 | 982.4") {
		t.Errorf("%v %v", d, err)
	}
	if _, err := ReadODS(odsOf("")); err != nil {
		t.Error(err)
	}
}

func FuzzODS(f *testing.F) {
	if data, err := os.ReadFile("../testdata/formats/table.fods"); err == nil {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := ReadFlatODS(data); err == nil && d == nil {
			t.Error("neither document nor error")
		}
	})
}
