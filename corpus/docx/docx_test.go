package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite what the examples are expected to say")

// Namespaces of the two kinds of WordprocessingML.
const (
	transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	strict       = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	others       = `xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`
)

// sections are the parts of an example, and the element that goes around each.
var sections = map[string]string{"body": "document", "numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes"}

// build makes a .docx file of the sections of an example.
func build(files map[string]string, namespace string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, root := range sections {
		content, ok := files[name]
		if !ok {
			continue
		}
		if name == "body" {
			content = "<w:body>" + content + "</w:body>"
		}
		w, _ := z.Create("word/" + root + ".xml")
		fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><w:%s xmlns:w="%s" %s>%s</w:%s>`, root, namespace, others, content, root)
	}
	z.Close()
	return buf.Bytes()
}

// TestExamples reads testdata/*.txt: first what is expected, then the parts of
// the document.
func TestExamples(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.txt")
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		for _, f := range a.Files {
			files[f.Name] = string(f.Data)
		}
		for _, namespace := range []string{transitional, strict} {
			d, err := Read(build(files, namespace))
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if got := d.String(); got != string(a.Comment) {
				t.Errorf("%s: got\n%swant\n%s", name, got, a.Comment)
				if *update {
					a.Comment = []byte(got)
					if err := os.WriteFile(name, txtar.Format(a), 0o666); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
}

// TestErrors: the error says what was read when it happened.
func TestErrors(t *testing.T) {
	good := map[string]string{"body": "<w:p><w:r><w:t>完成投资3亿元。</w:t></w:r></w:p>"}
	deep := strings.Repeat("<w:customXml>", 1000)
	for _, x := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "docx: open package"},
		{"text", []byte("全年工作总结"), "docx: open package"},
		{"cut", build(good, transitional)[:200], "docx: open package"},
		{"no document", build(map[string]string{"styles": ""}, transitional), "no word/document.xml"},
		{"open element", build(map[string]string{"body": "<w:p>"}, transitional), "read word/document.xml: XML syntax error"},
		{"bad styles", build(map[string]string{"body": "", "styles": "<w:style>"}, transitional), "read word/styles.xml: XML syntax error"},
		{"deep", build(map[string]string{"body": deep}, transitional), "nested too deep"},
		{"old", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 1000)), "OLE file"},
	} {
		if _, err := Read(x.data); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: got %v, want …%s…", x.name, err, x.want)
		}
	}
	encrypted := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 500)
	for _, c := range "EncryptedPackage" {
		encrypted += string(c) + "\x00"
	}
	if _, err := Read([]byte(encrypted)); !errors.Is(err, ErrEncrypted) {
		t.Errorf("encrypted: %v", err)
	}
}

// TestBombs: small files that ask for much are refused or cut.
func TestBombs(t *testing.T) {
	text := strings.Repeat("<w:p><w:r><w:t>一</w:t></w:r></w:p>", 400_000)
	if _, err := Read(build(map[string]string{"body": text}, transitional)); err == nil || !strings.Contains(err.Error(), "unpacks to too much") {
		t.Errorf("14 MB from 20 KB: %v", err)
	}
	cells := strings.Repeat(`<w:tr><w:trPr><w:gridBefore w:val="9999"/></w:trPr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>`, 40_000)
	d, err := Read(build(map[string]string{"body": "<w:tbl>" + cells + "</w:tbl>"}, transitional))
	if err != nil || len(d.Warnings) == 0 {
		t.Errorf("empty cells: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"report.docx", "report.epub", "table.xlsx"} {
		if b, err := os.ReadFile("../testdata/formats/" + name); err == nil {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := Read(data); err == nil && d == nil {
			t.Error("neither document nor error")
		}
	})
}

// FuzzParts changes the XML within the package.
func FuzzParts(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.txt")
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		files := map[string]string{}
		for _, x := range a.Files {
			files[x.Name] = string(x.Data)
		}
		f.Add(files["body"], files["styles"], files["numbering"], files["footnotes"])
	}
	f.Fuzz(func(t *testing.T, body, styles, numbering, notes string) {
		Read(build(map[string]string{"body": body, "styles": styles, "numbering": numbering, "footnotes": notes}, transitional))
	})
}
