package mht

import (
	"errors"
	"strings"
	"testing"
)

// saved is a page as Word saves it, under the name .doc, in GB 2312.
const saved = `MIME-Version: 1.0
Content-Type: multipart/related; boundary="----=_NextPart_01"

This document is a single file web page.

------=_NextPart_01
Content-Location: file:///C:/a.png
Content-Transfer-Encoding: base64
Content-Type: image/png

iVBORw0KGgo=

------=_NextPart_01
Content-Location: file:///C:/a.htm
Content-Transfer-Encoding: quoted-printable
Content-Type: text/html; charset="gb2312"

<html><body><p>=C8=AB=C4=EA=B5=CD=B1=A3=BD=F0300=
=CD=F2=D4=AA=A1=A3</p></body></html>

------=_NextPart_01--
`

func TestRead(t *testing.T) {
	if !Is([]byte(saved)) {
		t.Error("not taken for a saved page")
	}
	for _, name := range []string{saved, strings.ReplaceAll(saved, "\n", "\r\n")} {
		d, err := Read([]byte(name))
		if err != nil {
			t.Fatal(err)
		}
		if got := d.String(); got != "para 全年低保金300万元。\n" {
			t.Errorf("got %q", got)
		}
	}
}

// Blank lines and a byte order mark before the message, and a workbook: a frame set,
// the strip of its tabs, and a page for each sheet.
func TestVariants(t *testing.T) {
	part := func(name, html string) string {
		return "------=_NextPart_01\nContent-Location: file:///C:/" + name + "\nContent-Type: text/html; charset=\"utf-8\"\n\n" + html + "\n\n"
	}
	const header = "MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related; boundary=\"----=_NextPart_01\"\n\n"
	table := func(rows string) string { return "<html><body><table>" + rows + "</table></body></html>" }
	workbook := header + part("a.htm", "<html><head></head><frameset rows=\"*,39\"><frame src=\"a.files/sheet001.htm\"></frameset></html>") +
		part("a.files/tabstrip.htm", "<html><script>window.parent.fnSetActiveSheet(0)</script><body>城市 农村</body></html>") +
		part("a.files/sheet001.htm", table("<tr><td>乡镇</td><td>户数</td></tr><tr><td>东城镇</td><td>321</td></tr>")) +
		part("a.files/sheet002.htm", table("<tr><td>乡镇</td><td>人数</td></tr><tr><td>东城镇</td><td>654</td></tr>")) + "------=_NextPart_01--\n"
	for name, c := range map[string]struct{ data, want string }{
		"blank lines":              {"\r\n\n" + saved, "para 全年低保金300万元。\n"},
		"byte order mark":          {"\ufeff" + saved, "para 全年低保金300万元。\n"},
		"text before":              {strings.Replace(saved, "This document is", "此文档为“单个文件网页”", 1), "para 全年低保金300万元。\n"},
		"cut":                      {saved[:strings.Index(saved, "</body>")], "para 全年低保金300万元。\nwarn the file is cut: it ends within a part\n"},
		"bare equals signs":        {strings.Replace(saved, "<p>", "<p class=MsoNormal style='x=1'>", 1), "para 全年低保金300万元。\n"},
		"lines with blanks behind": {strings.Replace(saved, "300=\n", "300= \t\n", 1), "para 全年低保金300万元。\n"},
		"base64":                   {"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n PGh0bWw+PGJvZHk+\n\tPHA+5L2O5L+d6YeRMzAw5LiH5YWD44CCPC9wPjwv\nYm9keT48L2h0bWw+\n", "para 低保金300万元。\n"},
		"one page":                 {"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><body><p>低保金300万元。</p></body></html>", "para 低保金300万元。\n"},
		"workbook":                 {workbook, "HEAD 乡镇 | 户数\nrow 东城镇 | 321\nHEAD 乡镇 | 人数\nrow 东城镇 | 654\n"},
	} {
		if !Is([]byte(c.data)) {
			t.Errorf("%s: not taken for a saved page", name)
		}
		d, err := Read([]byte(c.data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := d.String(); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", name, got, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	for in, want := range map[string]string{
		"":                      "mht: read header",
		"MIME-Version: 1.0\n\n": "mht: read content type",
	} {
		if _, err := Read([]byte(in)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s…", in, err, want)
		}
	}
	if _, err := Read([]byte("Content-Type: text/plain\n\n工作总结")); !errors.Is(err, ErrNoPage) {
		t.Errorf("no page: %v", err)
	}
	if Is([]byte("工作总结：MIME-Version: text/html")) {
		t.Error("a report that names the header is no message")
	}
}

// A message that ends within a part says so.
func TestCut(t *testing.T) {
	const m = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"b\"\n\n--b\nContent-Type: text/html\n\n<p>低保金45.6万元</p>\n--b--\n"
	for cut, want := range map[int]int{0: 0, 1: 0, 4: 1, 8: 1, 10: 1} {
		if d, err := Read([]byte(m[:len(m)-cut])); err != nil || len(d.Warnings) != want {
			t.Errorf("%d bytes cut: %v, %v", cut, d, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(saved))
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := Read(data); err == nil && d == nil {
			t.Error("neither document nor error")
		}
	})
}
