package ofd

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

// build makes an .ofd file of pages, each a list of text objects.
func build(pages ...string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	add := func(name, content string) {
		w, _ := z.Create(name)
		w.Write([]byte(`<?xml version="1.0" encoding="UTF-8"?>` + content))
	}
	add("OFD.xml", `<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`)
	list := ""
	for i, p := range pages {
		list += fmt.Sprintf(`<ofd:Page ID="%d" BaseLoc="Pages/Page_%d/Content.xml"/>`, i, i)
		add(fmt.Sprintf("Doc_0/Pages/Page_%d/Content.xml", i), `<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>`+p+`</ofd:Layer></ofd:Content></ofd:Page>`)
	}
	add("Doc_0/Document.xml", `<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Pages>`+list+`</ofd:Pages></ofd:Document>`)
	z.Close()
	return buf.Bytes()
}

// text is a text object with characters 5 mm wide.
func text(x, y float64, s string) string {
	return fmt.Sprintf(`<ofd:TextObject Boundary="%g %g 160 6" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g %d 5">%s</ofd:TextCode></ofd:TextObject>`,
		x, y, max(1, len([]rune(s))-1), s)
}

func TestRead(t *testing.T) {
	full := strings.Repeat("全年发放低保金九百万元，", 3)[:3*30] // 30 characters, from margin to margin
	d, err := Read(build(
		text(75, 20, "工作总结")+
			text(30, 32, full[:3*28])+ // indented
			text(20, 40, full)+
			text(20, 48, "比上年增加。")+
			text(30, 56, "受灾")+text(40, 56, "人口三万人。")+ // one line of two objects
			`<ofd:TextObject Boundary="0 0 200 200" CTM="0.7 0.7 -0.7 0.7 0 0" Size="9"><ofd:TextCode X="50" Y="60">水印</ofd:TextCode></ofd:TextObject>`+
			text(95, 280, "- 1 -"),
		text(20, 20, "乡镇")+text(60, 20, "户数")+text(100, 20, "金额")+
			text(20, 28, "河东镇")+text(60, 28, "15")+text(100, 28, "9.8")))
	if err != nil {
		t.Fatal(err)
	}
	want := "para 工作总结\npara " + full[:3*28] + full + "比上年增加。\npara 受灾人口三万人。\nHEAD 乡镇 | 户数 | 金额\nrow 河东镇 | 15 | 9.8\n"
	if got := d.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if last := d.Pieces[len(d.Pieces)-1]; last.Page != 2 {
		t.Errorf("page %d, want 2", last.Page)
	}
}

// templated makes an .ofd file of pages drawn upon one template.
func templated(template string, pages ...string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	add := func(name, content string) {
		w, _ := z.Create(name)
		w.Write([]byte(content))
	}
	const page = `<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016">%s<ofd:Content><ofd:Layer>%s</ofd:Layer></ofd:Content></ofd:Page>`
	add("OFD.xml", `<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`)
	add("Doc_0/Tpls/Tpl_0/Content.xml", fmt.Sprintf(page, "", template))
	list := ""
	for i, p := range pages {
		list += fmt.Sprintf(`<ofd:Page ID="%d" BaseLoc="Pages/Page_%d/Content.xml"/>`, i, i)
		add(fmt.Sprintf("Doc_0/Pages/Page_%d/Content.xml", i), fmt.Sprintf(page, `<ofd:Template TemplateID="2" ZOrder="Background"/>`, p))
	}
	add("Doc_0/Document.xml", `<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData><ofd:Pages>`+list+`</ofd:Pages></ofd:Document>`)
	z.Close()
	return buf.Bytes()
}

// The words of a form stand beside the values of the page.
func TestTemplates(t *testing.T) {
	form := text(20, 20, "发票") + text(20, 40, "开票日期：") + text(20, 60, "价税合计：")
	head := text(20, 10, "清水县民政局文件") + text(20, 280, "地址：清水县中山路")
	for _, c := range []struct {
		what string
		data []byte
		want string
	}{
		{"form", templated(form, text(45, 40, "2020年10月")+text(45, 60, "318元")),
			"para 发票\npara 开票日期：2020年10月\npara 价税合计：318元\n"},
		{"form of two pages", templated(form, text(45, 40, "2020年10月")+text(45, 60, "318元"), text(45, 40, "2020年11月")+text(45, 60, "92元")),
			"para 发票\npara 开票日期：2020年10月\npara 价税合计：318元\npara 开票日期：2020年11月\npara 价税合计：92元\nwarn heads and feet of page templates left out behind their first page\n"},
		{"letterhead", templated(head, text(30, 40, "第一件。"), text(30, 40, "第二件。")),
			"para 清水县民政局文件\npara 第一件。\npara 地址：清水县中山路\npara 第二件。\nwarn heads and feet of page templates left out behind their first page\n"},
		{"labels over the width and the height of a cell", templated(`<ofd:TextObject Boundary="20 20 5 17" Size="3"><ofd:TextCode X="0" Y="3" DeltaY="6 6">购买方</ofd:TextCode></ofd:TextObject>`+
			`<ofd:TextObject Boundary="30 20 30 5" Size="3"><ofd:TextCode X="0" Y="3" DeltaX="15 3">名称：</ofd:TextCode></ofd:TextObject>`, text(52, 18, "民政局")),
			"para 购买方\t名称：民政局\n"},
		{"only a template", templated(form, ""), "para 发票\npara 开票日期：\npara 价税合计：\n"},
		{"none", build(text(20, 20, "低保")), "para 低保\n"},
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
}

// Text in composite graphic units: the page places it.
func TestComposite(t *testing.T) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	add := func(name, content string) {
		w, _ := z.Create(name)
		w.Write([]byte(content))
	}
	unit := func(id, content string) string {
		return `<ofd:CompositeGraphicUnit ID="` + id + `"><ofd:Content>` + content + `</ofd:Content></ofd:CompositeGraphicUnit>`
	}
	add("OFD.xml", `<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`)
	add("Doc_0/Document.xml", `<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`)
	add("Doc_0/DocumentRes.xml", `<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CompositeGraphicUnits>`+unit("7", text(40, 80, "低保"))+unit("8", text(80, 80, "1234户"))+`</ofd:CompositeGraphicUnits></ofd:Res>`)
	add("Doc_0/Pages/Page_0/Content.xml", `<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer><ofd:CompositeObject CTM="0.5 0 0 0.5 0 0" Boundary="0 0 200 200" ResourceID="7"/><ofd:CompositeObject CTM="0.5 0 0 0.5 0 0" Boundary="-15 0 200 200" ResourceID="8"/><ofd:CompositeObject ResourceID="99"/></ofd:Layer></ofd:Content></ofd:Page>`)
	z.Close()
	d, err := Read(buf.Bytes())
	if err != nil || d.String() != "para 低保1234户\n" {
		t.Errorf("%v %v", d, err)
	}
}

func TestDeltas(t *testing.T) {
	d := deltas("1.5 g 2 3 4")
	var got []float64
	for {
		v, ok := d.next()
		if !ok {
			break
		}
		got = append(got, v)
	}
	if s := fmt.Sprint(got); s != "[1.5 3 3 4]" {
		t.Error(s)
	}
}

func TestErrors(t *testing.T) {
	zipped := func(content string) []byte {
		var buf bytes.Buffer
		z := zip.NewWriter(&buf)
		w, _ := z.Create("OFD.xml")
		w.Write([]byte(content))
		z.Close()
		return buf.Bytes()
	}
	for _, x := range []struct {
		name string
		data []byte
		want string
	}{
		{"no zip", []byte("工作总结"), "ofd: open package"},
		{"other root", zipped("<a/>"), "read OFD.xml: root element is a"},
		{"no document", zipped("<OFD><DocBody/></OFD>"), "names no document"},
		{"missing part", zipped("<OFD><DocBody><DocRoot>x.xml</DocRoot></DocBody></OFD>"), "read x.xml: no such part"},
	} {
		if _, err := Read(x.data); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: got %v, want …%s…", x.name, err, x.want)
		}
	}
	if _, err := Read(zipped("<OFD><Encryptions/></OFD>")); !errors.Is(err, ErrEncrypted) {
		t.Errorf("encrypted: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(build(text(20, 20, "全年发放低保金九百万元。")))
	if b, err := os.ReadFile("../testdata/formats/report.docx"); err == nil {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := Read(data); err == nil && d == nil {
			t.Error("neither document nor error")
		}
	})
}

// FuzzPage changes the XML of a page.
func FuzzPage(f *testing.F) {
	f.Add(text(20, 20, "全年发放低保金九百万元。") + text(60, 20, "15"))
	f.Fuzz(func(t *testing.T, page string) { Read(build(page, page)) })
}
