package html

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"mingxi/corpus/draft"
)

var update = flag.Bool("update", false, "write what Read gives into the .want files")

// render prints the pieces, one a line, cells divided by ¦.
func render(d *draft.Document) string {
	var b strings.Builder
	for _, p := range d.Pieces {
		switch {
		case p.Kind == draft.Row && p.Head:
			fmt.Fprintf(&b, "head %d    %s\n", p.Table, strings.Join(p.Cells, " ¦ "))
		case p.Kind == draft.Row:
			fmt.Fprintf(&b, "row %d     %s\n", p.Table, strings.Join(p.Cells, " ¦ "))
		case p.Kind == draft.Heading:
			fmt.Fprintf(&b, "heading %d %s\n", p.Level, p.Text)
		default:
			fmt.Fprintf(&b, "%-9s %s\n", [...]string{draft.Line: "line", draft.Para: "para", draft.Note: "note"}[p.Kind], p.Text)
		}
	}
	return b.String()
}

// TestExamples reads testdata/NAME.html and compares with NAME.want; -update
// rewrites them.
func TestExamples(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.html")
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if d, err := Read(data, Options{}); err != nil {
			got = "error: " + err.Error() + "\n"
		} else {
			got = render(d)
		}
		want := strings.TrimSuffix(f, ".html") + ".want"
		if *update {
			if err := os.WriteFile(want, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if w, _ := os.ReadFile(want); string(w) != got {
			t.Errorf("%s: got\n%s\nwant\n%s", f, got, w)
		}
	}
}

// Whatever the page says of its encoding, the bytes are read right.
func TestEncoding(t *testing.T) {
	const page = `<html><head>%s<title>总结</title></head><body><div id="zoom"><p>全县共有城市低保对象3126户，发放资金1562万元。</p></div></body></html>`
	for _, c := range []struct {
		meta, header string
		gbk          bool
		want         string
	}{
		{`<meta charset="gb2312">`, "", true, "gb18030"},
		{`<meta http-equiv="Content-Type" content="text/html; charset=gbk">`, "", true, "gb18030"},
		{`<meta charset="utf-8">`, "", true, "gb18030"}, // the page lies
		{``, "", true, "gb18030"},
		{``, "gb2312", true, "gb18030"},
		{`<meta charset="gb2312">`, "", false, "utf-8"},
		{``, "iso-8859-1", false, "utf-8"},
	} {
		data := []byte(fmt.Sprintf(page, c.meta))
		if c.gbk {
			data, _ = simplifiedchinese.GBK.NewEncoder().Bytes(data)
		}
		d, err := Read(data, Options{Charset: c.header})
		if err != nil || d.Encoding != c.want || !strings.Contains(render(d), "全县共有城市低保对象3126户，发放资金1562万元。") {
			t.Errorf("%+v: %v, %v", c, d, err)
		}
	}
}

func TestNoText(t *testing.T) {
	for _, page := range []string{"", "<html></html>", "<html><script>var a=1</script>", "<img src=a.png>", "<div></div>"} {
		if d, err := Read([]byte(page), Options{}); !errors.Is(err, ErrNoText) {
			t.Errorf("%q: %v, %v", page, d, err)
		}
	}
}

// A table of one row, or of few cells, holds data where it is names with numbers behind.
func TestFewCells(t *testing.T) {
	for rows, want := range map[string]bool{
		"<tr><td>玉米<td>800<td>360.5":            true,
		"<tr><td>低保户数（户）<td>1,321":              true,
		"<tr><th colspan=2>低保<tr><td>户数<td>321": true,
		"<tr><td>首页<td>1<td>2<td>下一页":           false,
		"<tr><td>全年发放低保金100万元<td>救助3000人":       false,
		"<tr><td>1<td>2<td>3":                   false,
		"<tr><td>玉米":                            false,
		"<tr><td>2012年<td>工作总结<tr><td>一<td>低保":  true,
	} {
		d, err := Read([]byte("<body><p>2012年农业情况</p><table>"+rows+"</table></body>"), Options{})
		if err != nil || strings.Contains(render(d), "row") != want && strings.Contains(render(d), "HEAD") != want {
			t.Errorf("%s: %v, %s", rows, err, render(d))
		}
	}
}

// A page that ends within a table says so: its last number may be cut too. One whose tables
// are only left open does not.
func TestCut(t *testing.T) {
	const page = "<html><body><table><tr><td>东乡</td><td>1234</td></tr></table><p>注</p></body></html>"
	for cut, want := range map[int]int{0: 0, 10: 0, 40: 1, 45: 1, 48: 1} {
		d, err := Read([]byte(page[:len(page)-cut]), Options{})
		if err != nil || len(d.Warnings) != want {
			t.Errorf("%d bytes cut: %v, %v", cut, d, err)
		}
	}
	if d, err := Read([]byte("<body><table><tr><td>东乡<td>1234</body>"), Options{}); err != nil || len(d.Warnings) > 0 {
		t.Errorf("%v, %v", d, err)
	}
}

// Pages that are made to hurt are read, or refused, in time.
func TestHostile(t *testing.T) {
	for name, page := range map[string]string{
		"deep":        strings.Repeat("<div>", 100000) + "低保3126户",
		"deep spans":  strings.Repeat("<span><b>", 50000) + "低保3126户",
		"tables":      strings.Repeat("<table><tr><td>", 3000) + "低保3126户",
		"wide spans":  "<table>" + strings.Repeat("<tr><td colspan=99999 rowspan=99999>低保<td>3126</tr>", 1000) + "</table>",
		"open lists":  strings.Repeat("<ol><li>", 20000) + "低保3126户",
		"formatting":  strings.Repeat("<a><b><i><u>", 20000) + "低保3126户",
		"attributes":  "<div " + strings.Repeat("class=nav-left ", 50000) + ">低保3126户，农村低保2214户。</div>",
		"deep text":   strings.Repeat("<div>低保3126户。", 50000),
		"broken tags": strings.Repeat("</p><p <td", 30000),
		"many links":  strings.Repeat(`<a href="x">低保</a>，`, 30000),
	} {
		start := time.Now()
		if _, err := Read([]byte(page), Options{}); err != nil {
			t.Logf("%s: %v", name, err)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %d kB took %v", name, len(page)>>10, took)
		} else if took > time.Second {
			t.Logf("%s: %d kB took %v", name, len(page)>>10, took)
		}
	}
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.html")
	for _, name := range files {
		data, _ := os.ReadFile(name)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(data, Options{})
		if err != nil {
			return
		}
		for _, p := range d.Pieces {
			if p.Kind == draft.Row && len(p.Cells) == 0 || p.Kind == draft.Heading && p.Level < 1 || p.Place < 0 {
				t.Fatalf("%+v", p)
			}
		}
	})
}
