package odf

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
)

const namespaces = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"`

const styles = `<style:style style:name="up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="gone" style:family="text"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"><style:list-level-properties><style:list-level-label-alignment text:label-followed-by="nothing"/></style:list-level-properties></text:list-level-style-number>
<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="1"/></text:list-style>
<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>
<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" loext:num-list-format="(%1%)"/></text:list-style>`

// build makes an .odt of the children of office:text.
func build(body string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	w, _ := z.Create("content.xml")
	w.Write([]byte(`<?xml version="1.0" encoding="UTF-8"?><office:document-content ` + namespaces + `><office:automatic-styles>` + styles + `</office:automatic-styles><office:body><office:text>` + body + `</office:text></office:body></office:document-content>`))
	z.Close()
	return buf.Bytes()
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ what, body, want string }{
		{"paragraphs and headings", `<text:h text:outline-level="2">社会救助</text:h><text:p>全年发放<text:span>低保金</text:span>345.6<text:s text:c="2"/>万元。<text:line-break/>新建敬老院3所。</text:p>`,
			"head2 社会救助\npara 全年发放低保金345.6  万元。\npara 新建敬老院3所。\n"},
		{"lists", `<text:list text:style-name="L"><text:list-item><text:p>低保</text:p><text:p>续段</text:p><text:list><text:list-item><text:p>城市</text:p></text:list-item><text:list-item><text:p>农村</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>救灾</text:p></text:list-item></text:list>` +
			`<text:list text:style-name="L" text:continue-numbering="true"><text:list-item><text:p>福利</text:p></text:list-item></text:list><text:list text:style-name="L"><text:list-item><text:p>重来</text:p></text:list-item></text:list><text:list text:style-name="B"><text:list-item><text:p>圆点</text:p></text:list-item></text:list><text:list text:style-name="N"><text:list-item><text:p>括号</text:p></text:list-item></text:list>`,
			"para 一、低保\npara 续段\npara 1. 城市\npara 2. 农村\npara 二、救灾\npara 三、福利\npara 一、重来\npara 圆点\npara (1)括号\n"},
		{"notes, comments, deleted and hidden text", `<text:tracked-changes><text:changed-region><text:deletion><text:p>删去99</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>低保户<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>含农村。</text:p></text:note-body></text:note><office:annotation><text:p>核对</text:p></office:annotation>1234户<text:span text:style-name="gone">88</text:span>，10<text:span text:style-name="up">4</text:span>吨。</text:p>`,
			"para 低保户1234户，10⁴吨。\nnote 含农村。\nwarn 1 pieces of hidden text left out\n"},
		{"tables", `<table:table><table:table-column/><table:table-header-rows><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>乡镇</text:p></table:table-cell><table:table-cell table:number-columns-spanned="2"><text:p>低保</text:p></table:table-cell><table:covered-table-cell/></table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>户数</text:p></table:table-cell><table:table-cell><text:p>人数</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell><text:p>东城镇</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell><table:table-cell><text:p>34</text:p></table:table-cell></table:table-row></table:table>`,
			"HEAD 乡镇 | 低保 | \nHEAD  | 户数 | 人数\nrow 东城镇 | 12 | 34\n"},
		{"text boxes, contents", `<text:table-of-content><text:index-body><text:p>一、社会救助 3</text:p></text:index-body></text:table-of-content><text:p>正文<draw:frame><draw:text-box><text:p>框内</text:p></draw:text-box></draw:frame>接着。</text:p>`,
			"para 正文接着。\npara 框内\nwarn 1 lines of a table of contents left out\n"},
		{"slides", `<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>救灾工作</text:p></draw:text-box></draw:frame><draw:frame><draw:text-box><text:p>受灾3万人</text:p></draw:text-box></draw:frame><presentation:notes><draw:frame><draw:text-box><text:p>备注</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>`,
			"head1 救灾工作\npara 受灾3万人\n"},
	} {
		d, err := Read(build(c.body))
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if got := d.String(); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.what, got, c.want)
		}
	}
}

// One report of our own as a flat file, whole and cut.
func TestFlat(t *testing.T) {
	data, err := os.ReadFile("../testdata/formats/report.fodt")
	if err != nil {
		t.Fatal(err)
	}
	d, err := ReadFlat(data)
	if err != nil || !strings.Contains(d.String(), "head2 （一）城乡低保\n") || !strings.Contains(d.String(), "para 3. 帮助31户重建住房") {
		t.Errorf("%v %v", d, err)
	}
	d, err = ReadFlat(data[:len(data)-300])
	if err != nil || !strings.Contains(d.String(), "warn the file is damaged") {
		t.Errorf("cut: %v %v", d, err)
	}
}

func TestErrors(t *testing.T) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	w, _ := z.Create("META-INF/manifest.xml")
	w.Write([]byte(`<manifest:manifest ` + namespaces + `><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`))
	z.Close()
	if _, err := Read(buf.Bytes()); !errors.Is(err, ErrEncrypted) {
		t.Error(err)
	}
	if _, err := Read([]byte("no package")); err == nil {
		t.Error("no error")
	}
}

func FuzzRead(f *testing.F) {
	if data, err := os.ReadFile("../testdata/formats/report.fodt"); err == nil {
		f.Add(data)
	}
	f.Add(build("<text:p>低保</text:p>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := Read(data); err == nil && d == nil {
			t.Error("neither document nor error")
		}
		if d, err := ReadFlat(data); err == nil && d == nil {
			t.Error("neither document nor error")
		}
	})
}
