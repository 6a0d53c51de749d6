package corpus

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
)

// The content decides the format, the name only where it is open.
func TestSniff(t *testing.T) {
	pad := func(n int) string { return strings.Repeat("\x00", n) }
	for _, c := range []struct{ name, data, want string }{
		{"a.txt", "%PDF-1.7\n", "pdf"},
		{"a.pdf", "城市低保对象3126户", "txt"},
		{"a.doc", "{\\rtf1\\ansi", "rtf"},
		{"a.doc", "<html><body>城市低保</body></html>", "html"},
		{"a", "\n  <!DOCTYPE html><p>低保", "html"},
		{"a.html", "正文 <b>低保</b>", "html"},
		{"a.txt", "收入<100元的户数", "txt"},
		{"a.csv", "doc_id,source,article,title\n", "table of figures"},
		{"a.csv", "\ufeffdoc_id,root,source,article,title\n", "table of figures"},
		{"a.txt", "BZh is no archive here", "txt"},
		{"a.txt", "BM是编码，MZ也是", "txt"},
		{"a.txt", "HN\xc8\xcb\xbf\xda", "txt"}, // HN人口 in GBK

		// Single files of Office as XML
		{"a.doc", `<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>`, "word 2003 xml"},
		{"a.xml", "\ufeff<?xml version=\"1.0\"?>\r\n<pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">", "docx xml"},
		{"a.xls", `<?xml version="1.0"?> <!-- export --> <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, "excel 2003 xml"},
		{"a.xls", `<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">`, "excel 2003 xml"},
		{"a.xml", `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">`, "opendocument xml"},
		{"a.xml", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>`, "html"},
		{"a.xml", `<?xml version="1.0"?><Workbook xmlns="urn:of-somebody-else"/>`, "xml"},
		{"a.xml", `<?xml version="1.0"?><rss><channel/></rss>`, "xml"},

		// Saved pages
		{"a.doc", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n", "mht"},
		{"a.doc", "\r\n\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n", "mht"},
		{"a.xls", "\ufeffMIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related; boundary=\"x\"\n\n", "mht"},
		{"a.mht", "From: <Saved by WPS>\r\nSubject: a\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n", "mht"},
		{"a.txt", "说明：MIME-Version: 1.0 是网页的标记", "txt"},

		// Formats that are refused by their name
		{"a.tif", "II*\x00\x08\x00\x00\x00", "tiff image"},
		{"a.tif", "MM\x00*\x00\x00\x00\x08", "tiff image"},
		{"a.bmp", "BM\x36\x00\x0c\x00\x00\x00", "bmp image"},
		{"a.caj", "CAJ\x00\x00\x00", "caj document"},
		{"a.caj", "HN\x00\x00\x90\x01", "caj document"},
		{"a.nh", "\x01\x02\x03\x80\x00\xff", "caj document"},
		{"a.kdh", "KDH 2.00\x00\x00\x01", "caj document"},
		{"a.doc", "\xdb\xa5\x2d\x00\x00\x00", "word 2 document"},
		{"a.xls", "\x09\x02\x06\x00\x00\x00\x10\x00", "excel 3 workbook"},
		{"a.xls", "\x09\x04\x06\x00\x00\x00\x10\x00", "excel 4 workbook"},
		{"a.xls", "\x09\x00\x04\x00\x02\x00\x10\x00", "excel 2 workbook"},
		{"a.wps", "\x01\x00\x00\x80\xff\x00\x00", "wps document"},
		{"a.wps", "2012年，全县共发放低保金", "txt"},
		{"a.tar", "报告.txt" + pad(257-len("报告.txt")) + "ustar\x0000", "tar archive"},
		{"a.csv", "乡镇,户数\n东城镇,12\n", "csv"},
		{"a.txt", "sep=;\n乡镇;户数\n", "csv"},
		{"a.xls", "乡镇,户数\n东城镇,12\n", "csv"},
		{"a.txt", "乡镇,户数,金额\n东城镇,12,3.5\n西城镇,8,2.1\n", "csv"},
		{"a.txt", "乡镇;户数;金额\n东城镇;\"1;2户\";3.5\n西城镇;8户;2.1\n", "csv"},
		{"a.dat", "某县2012年救灾款,,\n乡镇,户数,金额\n东城镇,12,3.5\n西城镇,8,2.1\n南城镇,3,1\n", "csv"},
		{"a.txt", "乡镇,户数\n东城镇,12\n西城镇,8\n", "txt"},
		{"a.txt", "各乡镇,各单位,县直部门:\n一年来,我县抓救灾,下拨20万元\n低保方面,发放资金45万元,救济300户\n", "txt"},
		{"a.txt", "全县有3个乡,2个镇,5万人。\n有村21个,组133个,户9876户。\n有耕地3万亩,林地2万亩,水面1万亩。\n", "txt"},
		{"a.7z", "7z\xbc\xaf\x27\x1c\x00", "7z archive"},
	} {
		if got := Sniff(c.name, []byte(c.data)); got != c.want {
			t.Errorf("Sniff(%q, %.60q) = %s, want %s", c.name, c.data, got, c.want)
		}
	}
}

// stored is zipOf without compression: the bytes of the members stand in the archive.
func stored(t *testing.T, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		m, err := w.CreateHeader(&zip.FileHeader{Name: members[i], Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		m.Write([]byte(members[i+1]))
	}
	w.Close()
	return b.String()
}

// A zip is told by the names of its members, not by bytes anywhere in it.
func TestSniffZip(t *testing.T) {
	docx := stored(t, "[Content_Types].xml", "<Types/>", "word/document.xml", "<w:document/>")
	xlsx := stored(t, "[Content_Types].xml", "<Types/>", "xl/workbook.xml", "<workbook/>", "xl/worksheets/sheet1.xml", "")
	for _, c := range []struct{ what, data, want string }{
		{"document", docx, "docx"},
		{"document with backslashes", stored(t, `[Content_Types].xml`, "", `word\document.xml`, ""), "docx"},
		{"document with a main part of another name", stored(t, "_rels/.rels", "", "word/document2.xml", ""), "docx"},
		{"document with an embedded workbook", stored(t, "[Content_Types].xml", "", "word/document.xml", "", "word/embeddings/a.xlsx", xlsx), "docx"},
		{"workbook with an embedded document", stored(t, "[Content_Types].xml", "", "xl/workbook.xml", "", "xl/embeddings/a.docx", docx), "xlsx"},
		{"binary workbook", stored(t, "[Content_Types].xml", "", "xl/workbook.bin", ""), "binary workbook"},
		{"presentation", stored(t, "[Content_Types].xml", "", "ppt/presentation.xml", "", "ppt/embeddings/a.docx", docx), "pptx"},
		{"opendocument", stored(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", ""), "odt"},
		{"opendocument sheet", zipOf(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", ""), "ods"},
		{"book", stored(t, "mimetype", "application/epub+zip", "META-INF/container.xml", ""), "epub"},
		{"ofd with an attachment", stored(t, "OFD.xml", "", "Doc_0/Attachs/a.docx", docx), "ofd"},
		{"archive of documents, stored", stored(t, "报告1.docx", docx, "说明.txt", "见 word/document.xml"), "zip"},
		{"archive of workbooks, stored", stored(t, "a.xlsx", xlsx, "b.xlsx", xlsx), "zip"},
		{"archive with an unpacked document", stored(t, "a/[Content_Types].xml", "", "a/word/document.xml", ""), "zip"},
		{"archive that mentions", stored(t, "a.txt", "OFD.xml xl/workbook.xml application/epub+zip"), "zip"},
		{"document that is cut", docx[:len(docx)-40], "docx"},
		{"archive of stored documents that is cut", "PK\x03\x04\x14\x00\x00\x00" + strings.Repeat("\x00", 10) + "\xff\xff\x00\x00\xff\xff\x00\x00\x06\x00\x00\x00a.docx" + docx[:len(docx)-90], "zip"},
		{"archive that is cut", stored(t, "a.txt", "全年发放低保金")[:45], "zip"},
	} {
		if got := Sniff("a", []byte(c.data)); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

// An OLE file is told by the streams in its root: a workbook with an embedded Word
// object has a WordDocument stream too, but below.
func TestSniffOLE(t *testing.T) {
	for _, c := range []struct{ file, rename, to, want string }{
		{"report.doc", "", "", "doc"},
		{"table.xls", "", "", "xls"},
		{"table.xls", "Workbook", "Book", "xls"},
		{"report.doc", "WordDocument", "VisioDocument", "visio drawing"},
		{"report.doc", "WordDocument", "PP40", "powerpoint 4 presentation"},
		{"report.doc", "WordDocument", "MatOST", "works document"},
	} {
		data, err := os.ReadFile("testdata/formats/" + c.file)
		if err != nil {
			t.Fatal(err)
		}
		if c.rename != "" {
			data = renamed(t, data, c.rename, c.to)
		}
		if got := Sniff("a.bin", append(data, wide("WordDocument Workbook")...)); got != c.want {
			t.Errorf("%s with %s for %s: %s, want %s", c.file, c.to, c.rename, got, c.want)
		}
	}
}

// wide encodes an ASCII string as UTF-16LE.
func wide(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return b
}

// renamed gives a stream another name in the directory of an OLE file.
func renamed(t *testing.T, data []byte, from, to string) []byte {
	t.Helper()
	i := bytes.Index(data, append(wide(from), 0, 0))
	if i < 0 {
		t.Fatalf("no stream %s", from)
	}
	data = bytes.Clone(data)
	copy(data[i:i+64], make([]byte, 64))
	copy(data[i:], wide(to))
	data[i+64] = byte(2 * (len(to) + 1))
	return data
}

// A refusal names the format and says what to save it as.
func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"a.caj": {"CAJ\x00\x00\x00", "caj document; print it to PDF"},
		"a.tif": {"II*\x00\x08\x00\x00\x00", "tiff image; save it as PDF with a text layer"},
		"a.doc": {"\xdb\xa5\x2d\x00\x00\x00", "word 2 document; open it in LibreOffice or Word and save it as .docx"},
		"a.xls": {"\x09\x02\x06\x00\x00\x00\x10\x00", "excel 3 workbook; open it in LibreOffice or Excel and save it as .xlsx"},
		"a.wps": {"\x01\x00\x00\x80\xff\x00\x00", "wps document; open it in WPS Office and save it as .docx"},
		"a.rar": {"Rar!\x1a\x07\x01\x00", "rar archive; unpack it, or pack it as .zip"},
	} {
		if _, err := Read(name, []byte(c.data), Options{}); !errors.Is(err, ErrNotReport) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want …%s", name, err, c.want)
		}
	}
}
