package corpus

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// XML as web systems write it: GBK declared or not, bare ampersands, control characters,
// a byte order mark, blank lines before it.
func TestOfficeXML(t *testing.T) {
	const head = `<?xml version="1.0" encoding="UTF-8"?>`
	word := head + `<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>全年发放低保金300万元</w:t></w:r></w:p></w:body></w:wordDocument>`
	sheet := head + `<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="低保"><Table><Row><Cell><Data ss:Type="String">乡镇</Data></Cell><Cell><Data ss:Type="String">户数</Data></Cell></Row><Row><Cell><Data ss:Type="String">东城镇</Data></Cell><Cell><Data ss:Type="Number">321</Data></Cell></Row></Table></Worksheet></Workbook>`
	gbk := func(s string) string {
		b, err := simplifiedchinese.GBK.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, c := range map[string]struct{ data, want string }{
		"word, GBK declared":        {gbk(strings.Replace(word, "UTF-8", "gb2312", 1)), "全年发放低保金300万元"},
		"word, GBK declared UTF-8":  {gbk(word), "全年发放低保金300万元"},
		"word, no declaration":      {strings.TrimPrefix(word, head), "全年发放低保金300万元"},
		"word, blank lines":         {"\r\n\r\n" + word, "全年发放低保金300万元"},
		"word, control characters":  {strings.Replace(word, "低保", "低\x0b保", 1), "全年发放低保金300万元"},
		"word, bare ampersand":      {strings.Replace(word, "发放", "A&B发放&nbsp;", 1), "全年A&B发放\u00a0低保金300万元"},
		"sheet, GBK declared UTF-8": {gbk(sheet), "乡镇\t户数\n东城镇\t321"},
		"sheet, bare ampersand":     {strings.Replace(sheet, "东城镇", "东城镇&区", 1), "乡镇\t户数\n东城镇&区\t321"},
		"sheet, byte order mark":    {"\ufeff" + sheet, "乡镇\t户数\n东城镇\t321"},
	} {
		d, err := Read("导出.xls", []byte(c.data), Options{})
		if err != nil || d.Text != c.want {
			t.Errorf("%s: %v %v", name, d, err)
		}
	}
}
