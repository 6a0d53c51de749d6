package docx

import (
	"encoding/base64"
	"strings"
	"testing"
	"unicode/utf16"
)

// in2003 wraps the body of a document of Word 2003.
func in2003(body string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:aml="http://schemas.microsoft.com/aml/2001/core">
<w:styles><w:style w:type="paragraph" w:default="on" w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>
<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="39"/><w:suff w:val="Nothing"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:lvlText w:val="(%2)"/></w:lvl></w:listDef><w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>
<w:body><wx:sect>` + body + `<w:sectPr><w:hdr w:type="odd"><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr></w:sectPr></wx:sect></w:body></w:wordDocument>`
}

func text2003(s string) string { return "<w:r><w:t>" + s + "</w:t></w:r>" }

func Test2003(t *testing.T) {
	for _, c := range []struct{ what, body, want string }{
		{"paragraphs", "<w:p>" + text2003("全年发放低保金") + text2003("345.6万元。") + "</w:p><w:p>" + text2003("新建敬老院3所。") + "</w:p>",
			"para 全年发放低保金345.6万元。\npara 新建敬老院3所。\n"},
		{"headings in sub-sections", `<wx:sub-section><w:p><w:pPr><w:pStyle w:val="1"/></w:pPr>` + text2003("社会救助") + "</w:p><wx:sub-section><w:p>" + text2003("低保1234户。") + "</w:p></wx:sub-section></wx:sub-section>",
			"head1 社会救助\npara 低保1234户。\n"},
		{"numbers written out", `<w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="一、"/></w:listPr></w:pPr>` + text2003("社会救助") + `</w:p><w:p><w:pPr><w:listPr><wx:t wx:val="·"/></w:listPr></w:pPr>` + text2003("低保") + "</w:p>",
			"para 一、社会救助\npara 低保\n"},
		{"numbers of lists", `<w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/></w:listPr></w:pPr>` + text2003("社会救助") + `</w:p><w:p><w:pPr><w:listPr><w:ilvl w:val="1"/><w:ilfo w:val="1"/></w:listPr></w:pPr>` + text2003("低保") + `</w:p><w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/></w:listPr></w:pPr>` + text2003("救灾") + "</w:p>",
			"para 一、社会救助\npara (1)低保\npara 二、救灾\n"},
		{"tracked changes", `<w:p>` + text2003("发放") + `<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>300</w:delText></w:r></aml:content></aml:annotation><aml:annotation w:type="Word.Insertion"><aml:content>` + text2003("345") + `</aml:content></aml:annotation>` + text2003("万元。") + `<aml:annotation w:type="Word.Comment"><aml:content><w:p>` + text2003("核对") + `</w:p></aml:content></aml:annotation></w:p>`,
			"para 发放345万元。\n"},
		{"notes and links", `<w:p>` + text2003("低保户") + `<w:r><w:footnote><w:p>` + text2003("含农村1200户。") + `</w:p></w:footnote></w:r><w:hlink w:dest="x">` + text2003("1234户。") + `</w:hlink></w:p>`,
			"para 低保户1234户。\nnote 含农村1200户。\n"},
		{"tables", `<w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p>` + text2003("东城镇") + `</w:p></w:tc><w:tc><w:p>` + text2003("城市") + `</w:p></w:tc><w:tc><w:p>` + text2003("12") + `</w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc><w:tc><w:p>` + text2003("农村") + `</w:p></w:tc><w:tc><w:p>` + text2003("34") + `</w:p></w:tc></w:tr></w:tbl>`,
			"row 东城镇 | 城市 | 12\nrow  | 农村 | 34\n"},
	} {
		d, err := Read2003([]byte(in2003(c.body)))
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if got := strings.ReplaceAll(d.String(), "HEAD", "row"); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.what, got, c.want)
		}
	}
	whole := in2003("<w:p>" + text2003("低保1234户。") + "</w:p><w:p>" + text2003("新建敬老院3所。") + "</w:p>")
	d, err := Read2003([]byte(whole[:strings.Index(whole, "所。")]))
	if err != nil || !strings.Contains(d.String(), "低保1234户。") || !strings.Contains(d.String(), "warn the file is damaged") {
		t.Errorf("cut: %v %v", d, err)
	}
	if _, err := Read2003([]byte("<html/>")); err == nil || !strings.Contains(err.Error(), "root element is html") {
		t.Error(err)
	}
}

func TestFlat(t *testing.T) {
	part := func(name, xml string) string {
		return `<pkg:part pkg:name="` + name + `"><pkg:xmlData>` + xml + `</pkg:xmlData></pkg:part>`
	}
	const w = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	styles := `<w:styles ` + w + `><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>`
	document := `<w:document ` + w + `><w:body><w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>社会救助</w:t></w:r></w:p><w:p><w:r><w:t>低保1234户。</w:t></w:r></w:p></w:body></w:document>`
	rels := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	flat := func(parts string) string {
		return `<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">` + parts + `</pkg:package>`
	}
	whole := flat(part("/_rels/.rels", rels) + part("/word/document.xml", document) + part("/word/styles.xml", styles))
	wide := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(strings.Replace(whole, "UTF-8", "UTF-16", 1))) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	for name, data := range map[string]string{
		"as Word writes it":      whole,
		"with a byte order mark": "\ufeff" + whole,
		"in UTF-16":              string(wide),
		"parts in another order": flat(part("/word/styles.xml", styles) + "\r\n" + part("/word/document.xml", "\r\n  "+document)),
		"with a picture, and as bytes": flat(`<pkg:part pkg:name="/word/media/image1.png"><pkg:binaryData>iVBORw0KGgo=</pkg:binaryData></pkg:part>` +
			`<pkg:part pkg:name="/word/document.xml"><pkg:binaryData>` + base64.StdEncoding.EncodeToString([]byte(document)) + `</pkg:binaryData></pkg:part>` + part("/word/styles.xml", styles)),
	} {
		d, err := ReadFlat([]byte(data))
		if err != nil || d.String() != "head1 社会救助\npara 低保1234户。\n" {
			t.Errorf("%s: %v %v", name, d, err)
		}
	}
	if _, err := ReadFlat([]byte(flat(part("/xl/workbook.xml", "<workbook/>")))); err == nil || !strings.Contains(err.Error(), "no word/document.xml") {
		t.Error(err)
	}
}

func FuzzRead2003(f *testing.F) {
	f.Add([]byte(in2003("<w:p>" + text2003("低保1234户。") + "</w:p>")))
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := Read2003(data); err == nil && d == nil {
			t.Error("neither document nor error")
		}
		if d, err := ReadFlat(data); err == nil && d == nil {
			t.Error("neither document nor error")
		}
	})
}
