package epub

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
)

const container = `<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>`

const opf = `<package><manifest>
<item id="nav" href="nav.xhtml" properties="nav"/><item id="b" href="b%201.xhtml"/><item id="a" href="a.xhtml"/>
</manifest><spine><itemref idref="nav"/><itemref idref="a"/><itemref idref="b"/><itemref idref="a" linear="no"/></spine></package>`

// build makes an .epub file of parts, name and content in turn.
func build(parts ...string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i < len(parts); i += 2 {
		w, _ := z.Create(parts[i])
		w.Write([]byte(parts[i+1]))
	}
	z.Close()
	return buf.Bytes()
}

func book(a, b string) []byte {
	return build("META-INF/container.xml", container, "OPS/book.opf", opf, "OPS/nav.xhtml", "<html><body>目录</body></html>",
		"OPS/a.xhtml", a, "OPS/b 1.xhtml", b)
}

func TestRead(t *testing.T) {
	a := `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>不读</title></head><body>
<h1>一、救助工作</h1><p>全县供养<sup><a epub:type="noteref" href="#n1">1</a></sup>1532人，面积10<sup>4</sup>亩，
<ruby>清<rt>qīng</rt></ruby>水&nbsp;县。<br/>第二行</p><aside epub:type="footnote" id="n1"><p>含集中供养417人。</p></aside>
<ol start="3"><li>转移群众</li><li><p>修房</p><p>第二段</p></li></ol><ul><li>圆点</li></ul></body></html>`
	b := `<html><body><table><caption>单位：万元</caption><thead><tr><th rowspan="2">乡镇</th><th colspan="2">低保</th></tr><tr><th>户</th><th>金额</th></tr></thead>
<tr><td>河东</td><td>15</td><td>9.8</td></tr></table><p class=x>不严格的<b>标记<br>也读</body></html>`
	want := `head1 一、救助工作
para 全县供养1532人，面积10⁴亩， 清水` + "\u00a0" + `县。
para 第二行
note 含集中供养417人。
para 3. 转移群众
para 4. 修房
para 第二段
para 圆点
para 单位：万元
HEAD 乡镇 | 低保 | 
HEAD  | 户 | 金额
row 河东 | 15 | 9.8
para 不严格的标记
para 也读
`
	d, err := Read(book(a, b))
	if err != nil {
		t.Fatal(err)
	}
	if got := d.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestErrors(t *testing.T) {
	for _, x := range []struct {
		name string
		data []byte
		want string
	}{
		{"no zip", []byte("工作总结"), "epub: open package"},
		{"no package document", build("a.txt", ""), "no package document"},
		{"cut package document", build("book.opf", "<package><spine>"), "read book.opf: XML syntax error"},
	} {
		if _, err := Read(x.data); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: got %v, want …%s…", x.name, err, x.want)
		}
	}
	locked := build("META-INF/container.xml", container, "OPS/book.opf", opf, "OPS/a.xhtml", "\x00\x01",
		"META-INF/encryption.xml", `<encryption><EncryptedData><CipherData><CipherReference URI="OPS/a.xhtml"/></CipherData></EncryptedData></encryption>`)
	if _, err := Read(locked); !errors.Is(err, ErrEncrypted) {
		t.Errorf("locked: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	if b, err := os.ReadFile("../testdata/formats/report.epub"); err == nil {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := Read(data); err == nil && d == nil {
			t.Error("neither document nor error")
		}
	})
}

// FuzzChapter changes the XHTML within the book.
func FuzzChapter(f *testing.F) {
	f.Add("<html><body><p>全年救助3.8万人。</p><table><tr><td rowspan=2>1</td></tr></table></body></html>")
	f.Fuzz(func(t *testing.T, chapter string) { Read(book(chapter, chapter)) })
}
