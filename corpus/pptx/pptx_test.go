package pptx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
)

const namespaces = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// build makes a .pptx of slides, each the shapes on it.
func build(slides ...string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	add := func(name, content string) {
		w, _ := z.Create(name)
		w.Write([]byte(content))
	}
	list, rels := "", ""
	for i, s := range slides {
		list += fmt.Sprintf(`<p:sldId id="%d" r:id="rId%d"/>`, 256+i, i+1)
		rels += fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide" Target="slides/slide%d.xml"/>`, i+1, i+1)
		show := ""
		if strings.HasPrefix(s, "!") {
			s, show = s[1:], ` show="0"`
		}
		add(fmt.Sprintf("ppt/slides/slide%d.xml", i+1), `<p:sld `+namespaces+show+`><p:cSld><p:spTree>`+s+`</p:spTree></p:cSld></p:sld>`)
	}
	add("ppt/presentation.xml", `<p:presentation `+namespaces+`><p:sldIdLst>`+list+`</p:sldIdLst></p:presentation>`)
	add("ppt/_rels/presentation.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+rels+`</Relationships>`)
	z.Close()
	return buf.Bytes()
}

// shape is a shape of a kind with paragraphs, each the runs in it.
func shape(kind string, paragraphs ...string) string {
	body := ""
	for _, p := range paragraphs {
		if !strings.HasPrefix(p, "<") {
			p = "<a:r><a:t>" + p + "</a:t></a:r>"
		}
		body += "<a:p>" + p + "</a:p>"
	}
	return `<p:sp><p:nvSpPr><p:cNvPr/><p:nvPr><p:ph type="` + kind + `"/></p:nvPr></p:nvSpPr><p:txBody>` + body + `</p:txBody></p:sp>`
}

func cell(attributes, text string) string {
	return `<a:tc ` + attributes + `><a:txBody><a:p><a:r><a:t>` + text + `</a:t></a:r></a:p></a:txBody></a:tc>`
}

func TestRead(t *testing.T) {
	table := `<p:graphicFrame><a:graphic><a:graphicData><a:tbl>` +
		`<a:tr>` + cell(`rowSpan="2"`, "乡镇") + cell(`gridSpan="2"`, "低保") + cell(`hMerge="1"`, "") + `</a:tr>` +
		`<a:tr>` + cell(`vMerge="1"`, "") + cell("", "户数") + cell("", "人数") + `</a:tr>` +
		`<a:tr>` + cell("", "东城镇") + cell("", "12") + cell("", "34") + `</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`
	for _, c := range []struct {
		what string
		data []byte
		want string
	}{
		{"slides", build(shape("ctrTitle", "救灾工作"), shape("title", "低保工作")+shape("body", "发放低保金345.6万元。", "<a:r><a:t>保障</a:t></a:r><a:r><a:t>1234户</a:t></a:r><a:br/><a:r><a:t>2345人</a:t></a:r>")+shape("ftr", "页脚")+shape("sldNum", "2")),
			"head1 救灾工作\nhead1 低保工作\npara 发放低保金345.6万元。\npara 保障1234户\npara 2345人\n"},
		{"groups", build(`<p:grpSp>` + shape("", "组内") + `<p:grpSp>` + shape("", "组中组") + `</p:grpSp></p:grpSp>`), "para 组内\npara 组中组\n"},
		{"tables", build(table), "HEAD 乡镇 | 低保 | \nHEAD  | 户数 | 人数\nrow 东城镇 | 12 | 34\n"},
		{"raised digits, signs", build(shape("", `<a:r><a:t>10</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>4</a:t></a:r><a:r><a:t>吨</a:t></a:r>`, `<a:r><a:rPr><a:sym typeface="Symbol"/></a:rPr><a:t>&#xF0B3;</a:t></a:r><a:r><a:t>95%</a:t></a:r>`)), "para 10⁴吨\npara ≥95%\n"},
		{"hidden slides, charts", build("!"+shape("", "不读99"), shape("", "第二页")+`<p:graphicFrame><a:graphic><a:graphicData><c:chart xmlns:c="x"/></a:graphicData></a:graphic></p:graphicFrame>`), "para 第二页\nwarn 1 hidden slides left out\nwarn 1 charts or diagrams not read\n"},
	} {
		d, err := Read(c.data)
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if got := d.String(); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.what, got, c.want)
		}
	}
	if _, err := Read([]byte("x")); err == nil || !strings.HasPrefix(err.Error(), "pptx: open package") {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(build(shape("title", "低保工作")))
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := Read(data); err == nil && d == nil {
			t.Error("neither document nor error")
		}
	})
}
