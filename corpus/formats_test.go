package corpus_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingxi/corpus"
)

// The files in testdata/formats were made from one report of our own
// (report.fodt) and one workbook (table.fods) by LibreOffice 7.4; report.txt is
// what they say, one paragraph or row a line, the automatic numbers written
// out and the footnote behind its paragraph.

// paragraphs are the blocks of a file without white space, which formats set
// differently around numbers and between cells.
func paragraphs(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "formats", name))
	if err != nil {
		t.Fatal(err)
	}
	d, err := corpus.Read(name, data, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, b := range d.Blocks {
		text := strings.Join(strings.Fields(d.Text[b.Start:b.End]), "")
		if text != "" {
			out = append(out, text)
		}
	}
	return out
}

// debts are paragraphs that a producer did not write into its file, or that a
// reader is known to give otherwise: what stands in their place. A debt that has
// been paid fails the test, so that the list can only shrink.
var debts = map[string]map[string]string{
	"report.epub": { // LibreOffice's EPUB has neither header rows nor automatic numbers
		"一、社会救助工作": "社会救助工作", "（一）城乡低保": "城乡低保", "（二）特困供养": "特困供养", "二、救灾减灾工作": "救灾减灾工作",
		"三、社会福利工作": "社会福利工作", "四、存在的问题和明年打算": "存在的问题和明年打算",
		"1.转移安置群众1460人；": "转移安置群众1460人；", "2.下拨救灾资金320万元，棉被1200床；": "下拨救灾资金320万元，棉被1200床；",
		"3.帮助31户重建住房，年底前全部入住。": "帮助31户重建住房，年底前全部入住。",
		"乡镇农村低保发放金额":           "", "户数人数": "",
	},
	"report.pdf": { // the mark of the footnote, and a list item that begins at the margin
		"全县特困供养对象1532人，集中供养率为27.2%。新建敬老院2所，新增床位180张。":                                      "全县特困供养对象1532人¹，集中供养率为27.2%。新建敬老院2所，新增床位180张。",
		"特困供养对象含集中供养417人和分散供养1115人。":                                                       "1特困供养对象含集中供养417人和分散供养1115人。",
		"6月中旬的暴雨使11个乡镇受灾，受灾人口3.8万人，农作物受灾面积2460公顷，其中绝收315公顷，倒塌房屋86间，直接经济损失5720万元。我局做了以下工作：": "6月中旬的暴雨使11个乡镇受灾，受灾人口3.8万人，农作物受灾面积2460公顷，其中绝收315公顷，倒塌房屋86间，直接经济损失5720万元。我局做了以下工作：1.转移安置群众1460人；",
		"1.转移安置群众1460人；": "",
	},
}

// TestSameReport reads one report from each format.
func TestSameReport(t *testing.T) {
	want := paragraphs(t, "report.txt")
	for _, name := range []string{
		"report.gb18030.txt", "report.utf16le.txt", "report.utf8bom.txt",
		"report.docx", "report.doc", "report.rtf", "report.fodt", "report.epub", "report.html", "report.pdf",
	} {
		t.Run(name, func(t *testing.T) {
			got := paragraphs(t, name)
			var expected []string
			for _, p := range want {
				instead, debt := debts[name][p]
				switch {
				case debt && slices.Contains(got, p):
					t.Errorf("no longer otherwise: %s", p)
				case debt && instead != "":
					expected = append(expected, instead)
				case !debt:
					expected = append(expected, p)
				}
			}
			for _, p := range expected {
				if !slices.Contains(got, p) {
					t.Errorf("missing: %s", p)
				}
			}
			for _, p := range got {
				if !slices.Contains(expected, p) {
					t.Errorf("too much: %s", p)
				}
			}
		})
	}
}

// TestSameTable reads one workbook from both formats.
func TestSameTable(t *testing.T) {
	xls, xlsx := paragraphs(t, "table.xls"), paragraphs(t, "table.xlsx")
	if !slices.Equal(xls, xlsx) {
		t.Errorf("xls and xlsx differ:\n%s\n%s", strings.Join(xls, "\n"), strings.Join(xlsx, "\n"))
	}
	for _, row := range []string{"单位：户、人、万元", "乡镇农村低保发放金额占比发放日期", "柳林乡211241531,352.043.1%2019年12月22日", "养老床位张1480"} {
		if !slices.Contains(xlsx, row) {
			t.Errorf("missing: %s", row)
		}
	}
}
