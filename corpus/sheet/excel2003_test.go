package sheet

import (
	"strings"
	"testing"
)

// in2003 wraps the worksheets of a workbook of Excel 2003.
func in2003(sheets string) string {
	return `<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">
<Styles><Style ss:ID="Default" ss:Name="Normal"><NumberFormat/></Style><Style ss:ID="s1"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="s2"><NumberFormat ss:Format="#,##0.0"/></Style>
<Style ss:ID="s3"><NumberFormat ss:Format="Long Date"/></Style><Style ss:ID="s4" ss:Parent="s2"><Font ss:Bold="1"/></Style></Styles>` + sheets + `</Workbook>`
}

// row2003 is a row of text and number cells; a cell that begins with < stands as it is.
func row2003(cells ...string) string {
	var b strings.Builder
	for _, c := range cells {
		switch {
		case strings.HasPrefix(c, "<"):
			b.WriteString(c)
		case strings.Trim(c, "0123456789.") == "":
			b.WriteString(`<Cell><Data ss:Type="Number">` + c + `</Data></Cell>`)
		default:
			b.WriteString(`<Cell><Data ss:Type="String">` + c + `</Data></Cell>`)
		}
	}
	return "<Row>" + b.String() + "</Row>"
}

func sheet2003(name, rows string) string {
	return `<Worksheet ss:Name="` + name + `"><Table>` + rows + `</Table></Worksheet>`
}

func TestXML2003(t *testing.T) {
	head := row2003("乡镇", "户数（户）", "金额（万元）")
	for _, c := range []struct{ what, sheets, want string }{
		{"a cell left out", sheet2003("低保", head+row2003("东城镇", "321", "45.6")+row2003("西城镇", `<Cell ss:Index="3"><Data ss:Type="Number">23.4</Data></Cell>`)),
			"HEAD 乡镇 | 户数（户） | 金额（万元）\nrow 东城镇 | 321 | 45.6\nrow 西城镇 |  | 23.4\n"},
		{"formats", sheet2003("低保", head+row2003("东城镇", `<Cell ss:StyleID="s1"><Data ss:Type="Number">0.256</Data></Cell>`, `<Cell ss:StyleID="s4"><Data ss:Type="Number">12345.67</Data></Cell>`)+
			row2003("西城镇", `<Cell ss:StyleID="s3"><Data ss:Type="DateTime">2019-12-22T00:00:00.000</Data></Cell>`, `<Cell><Data ss:Type="DateTime">2019-12-22T00:00:00.000</Data></Cell>`)),
			"HEAD 乡镇 | 户数（户） | 金额（万元）\nrow 东城镇 | 25.60% | 12,345.7\nrow 西城镇 | 2019年12月22日 | 2019/12/22\n"},
		{"merged cells, rows left out, comments", sheet2003("低保", row2003(`<Cell ss:MergeAcross="2"><Data ss:Type="String">低保情况表</Data></Cell>`)+
			`<Row ss:Index="4">`+strings.TrimPrefix(head, "<Row>")+
			row2003(`<Cell ss:MergeDown="1"><Data ss:Type="String">东城镇</Data></Cell>`, `<Cell><Data ss:Type="Number">12</Data><Comment><ss:Data>核对99</ss:Data></Comment></Cell>`, "1")+
			row2003(`<Cell ss:Index="2"><Data ss:Type="Number">34</Data></Cell>`, "2")),
			"para 低保情况表\nHEAD 乡镇 | 户数（户） | 金额（万元）\nrow 东城镇 | 12 | 1\nrow  | 34 | 2\n"},
		{"rich text, errors, formulas", sheet2003("低保", head+row2003(`<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>东</B>城镇</ss:Data></Cell>`, `<Cell><Data ss:Type="Error">#DIV/0!</Data></Cell>`, `<Cell ss:Formula="=SUM(R[-1]C)"><Data ss:Type="Number">7.5</Data></Cell>`)),
			"HEAD 乡镇 | 户数（户） | 金额（万元）\nrow 东城镇 |  | 7.5\n"},
		{"sheets, one hidden", sheet2003("城市低保", head+row2003("东城镇", "1", "2")) + strings.Replace(sheet2003("隐藏", row2003("不读", "99")), "</Worksheet>", "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>", 1) + sheet2003("农村低保", head+row2003("东城镇", "3", "4")),
			"head1 城市低保\nHEAD 乡镇 | 户数（户） | 金额（万元）\nrow 东城镇 | 1 | 2\nhead1 农村低保\nHEAD 乡镇 | 户数（户） | 金额（万元）\nrow 东城镇 | 3 | 4\nwarn 1 hidden sheets left out\n"},
	} {
		d, err := ReadXML2003([]byte(in2003(c.sheets)))
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if got := d.String(); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.what, got, c.want)
		}
	}
	whole := in2003(sheet2003("低保", head+row2003("东城镇", "321", "45.6")+row2003("西城镇", "1", "2")))
	d, err := ReadXML2003([]byte(whole[:strings.Index(whole, "西城镇")]))
	if err != nil || !strings.Contains(d.String(), "东城镇 | 321") || !strings.Contains(d.String(), "warn the file is damaged") {
		t.Errorf("cut: %v %v", d, err)
	}
}

func FuzzXML2003(f *testing.F) {
	f.Add([]byte(in2003(sheet2003("低保", row2003("东城镇", "321")))))
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := ReadXML2003(data); err == nil && d == nil {
			t.Error("neither document nor error")
		}
	})
}
