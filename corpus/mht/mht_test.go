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

func FuzzRead(f *testing.F) {
	f.Add([]byte(saved))
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := Read(data); err == nil && d == nil {
			t.Error("neither document nor error")
		}
	})
}
