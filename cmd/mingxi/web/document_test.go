package web

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mingxi/schema"
)

// idOf is the doc_id of the first hit of a query.
func idOf(t *testing.T, s *Server, q string) string {
	t.Helper()
	var got struct {
		Hits []struct {
			DocID string `json:"doc_id"`
		}
	}
	_, body := get(t, s, "/api/search?sort=order&q="+q)
	if err := json.Unmarshal([]byte(body), &got); err != nil || len(got.Hits) == 0 {
		t.Fatalf("%s: %v", body, err)
	}
	return got.Hits[0].DocID
}

// A document shows its text whole, each figure marked by its kind and beside it in a
// table, with ways from one to the other.
func TestDocument(t *testing.T) {
	s := serve(t, Options{})
	_, page := get(t, s, "/doc/"+idOf(t, s, "3126户")+"?q=低保金")
	wants(t, page,
		"<h1>清屏县民政局2011年工作总结</h1>", `class="outline"`, ">一、城乡低保</a>",
		`<a class="fig amount" id="f1" href="#r1"`, `<tr id="r1">`, `<a class="go" href="#f1">1</a>`,
		"fig standard", "fig amount about", "<mark>低保金</mark>", "original file", "<li>清屏县民政局. 清屏县民政局2011年工作总结[R]. 2011.")
	_, page = get(t, s, "/doc/"+idOf(t, s, "敬老院"))
	wants(t, page, "fig standard planned", "badge contradicts")
	_, page = get(t, s, "/doc/"+idOf(t, s, "云泽"))
	wants(t, page, `fig masked"`, "201X万元</a>", "badge masked")
	text := regexp.MustCompile(`(?s)<article class="text".*</article>`).FindString(page)
	if plain := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, ""); !strings.Contains(plain, "全年下拨救灾资金201X万元,倒塌房屋165间。医疗救助4120人次。") {
		t.Errorf("the text is %q", plain)
	}
}

// What a document has in script is text.
func TestDocumentEscaping(t *testing.T) {
	s := serve(t, Options{})
	id := idOf(t, s, "77户")
	for _, address := range []string{"/doc/" + id, "/doc/" + id + "?q=%3Cb%3E", "/doc/" + id + "/figure/1", "/doc/" + id + "/beside/" + id, "/doc/" + id + "?at=%22%3E%3Cscript%3E"} {
		res, page := get(t, s, address)
		if res.StatusCode != 200 {
			t.Errorf("%s: %d", address, res.StatusCode)
		}
		wants(t, page, "!<script>", "!<b onmouseover", "!<img", "!\x1b", "! style=\"", "alert(2)")
	}
}

// A figure tells why it was read so, of what it is a part, what the audit says and what
// other years say.
func TestFigure(t *testing.T) {
	s := serve(t, Options{})
	old, now := idOf(t, s, "3126户"), idOf(t, s, "敬老院")
	_, page := get(t, s, "/doc/"+old+"/figure/1")
	wants(t, page, "Why it was read so", "<code>number/", "<mark>3126户</mark>", "<dt>label</dt><dd>城市低保对象户数",
		"The same elsewhere", "全县城市低保对象<mark>3098</mark>户<mark>5702</mark>人", `href="/doc/`+now+`/figure/1"`)
	type relatives struct {
		PartOf *struct{ Seq int } `json:"part_of"`
		Parts  []struct{ Seq int }
	}
	var homes, east relatives // 敬老院12所, 其中东片5所、西片8所
	for seq, got := range map[string]*relatives{"5": &homes, "7": &east} {
		_, body := get(t, s, "/api/doc/"+now+"/figure/"+seq)
		if err := json.Unmarshal([]byte(body), got); err != nil {
			t.Fatal(err)
		}
	}
	if len(homes.Parts) != 2 || homes.PartOf != nil || len(east.Parts) != 0 || east.PartOf == nil || east.PartOf.Seq != 5 {
		t.Errorf("%+v %+v", homes, east)
	}
	_, page = get(t, s, "/doc/"+now+"/figure/5")
	wants(t, page, "finding contradicts", "5所 &#43; 8所", "off by -1")
	for _, address := range []string{"/doc/" + now + "/figure/0", "/doc/" + now + "/figure/999", "/doc/" + now + "/figure/x", "/doc/0123456789abcdef", "/doc/..%2f..", "/doc/0123456789abcdef/figure/1"} {
		if res, _ := get(t, s, address); res.StatusCode != 404 {
			t.Errorf("%s: %d", address, res.StatusCode)
		}
	}
}

// Only bytes that the corpus has taken in are given out, and never to be shown.
func TestOriginalFile(t *testing.T) {
	from := t.TempDir()
	dir := filepath.Join(t.TempDir(), "corpus.mx")
	text := "甲乙县民政局2011年工作总结\n城市低保对象100户。\n"
	archive := filepath.Join(from, "all.zip")
	f, err := os.Create(archive)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	w, err := z.Create("内/丙.txt")
	if err == nil {
		_, err = w.Write([]byte("丙丁县民政局2012年工作总结\n农村低保对象200户。\n"))
	}
	if err != nil || z.Close() != nil || f.Close() != nil {
		t.Fatal(err)
	}
	add(t, dir, from, map[string]string{"甲\"乙\n.txt": text})
	s := serve(t, Options{Dir: dir})
	id := idOf(t, s, "100户")
	res, body := get(t, s, "/doc/"+id+"/file")
	if body != text || res.Header.Get("Content-Type") != "application/octet-stream" ||
		!strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment; filename*=utf-8''") || !strings.HasSuffix(res.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%q %v", body, res.Header)
	}
	if _, body := get(t, s, "/doc/"+idOf(t, s, "200户")+"/file"); !strings.Contains(body, "农村低保对象200户") {
		t.Errorf("of an archive: %q", body)
	}
	// the file is another now, be it by a link that leads out of the folder
	path := filepath.Join(from, "甲\"乙\n.txt")
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, path); err != nil {
		t.Skip(err)
	}
	if res, body := get(t, s, "/doc/"+id+"/file"); res.StatusCode != 404 || strings.Contains(body, "secret") {
		t.Errorf("%d %q", res.StatusCode, body)
	}
}

// A long document is shown in parts, and a link to a figure finds its part.
func TestParts(t *testing.T) {
	long := "甲乙县民政局2011年工作总结\n\n" + strings.Repeat("我们坚持实事求是,认真做好各项工作,努力为群众服务。\n", 3500) + "\n二、低保\n城市低保对象100户。\n"
	s := serve(t, Options{Dir: corpusOf(t, map[string]string{"a.txt": long})})
	id := idOf(t, s, "100户")
	_, page := get(t, s, "/doc/"+id)
	wants(t, page, "1 / 2", "part=2", "!id=\"f1\"", "!id=\"r1\"", `?part=2#b`)
	_, page = get(t, s, "/doc/"+id+"?at=1")
	wants(t, page, "2 / 2", `id="f1"`, `href="#f1"`, "part=1")
}

// Two documents side by side: equal lines meet, and numbers that differ are marked.
func TestBeside(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want string
	}{
		{"x|低保100户|y", "x|低保120户|y", "x=x 低保[100]户~低保[120]户 y=y"},
		{"x|y", "x|新增3户|y", "x=x ~新增[3]户 y=y"},
		{"1|2|3", "2|3|4", "[1]~ 2=2 3=3 ~[4]"},
		{"", "", "="},
		{"发放12.5万元,增长3%", "发放13.5万元,增长3%", "发放[12.5]万元,增长3%~发放[13.5]万元,增长3%"},
	} {
		var got []string
		for _, p := range align(strings.Split(test.a, "|"), strings.Split(test.b, "|")) {
			sign := "~"
			if p.Same {
				sign = "="
			}
			got = append(got, bracketed(p.A)+sign+bracketed(p.B))
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s against %s: %s, want %s", test.a, test.b, s, test.want)
		}
	}
	s := serve(t, Options{})
	_, page := get(t, s, "/doc/"+idOf(t, s, "3126户")+"/beside/"+idOf(t, s, "敬老院"))
	wants(t, page, `<tr class="same"><td>一、城乡低保</td>`, "<mark>3126</mark>", "<mark>3098</mark>")
}

func bracketed(list []piece) (s string) {
	for _, p := range list {
		if p.Mark {
			p.Text = "[" + p.Text + "]"
		}
		s += p.Text
	}
	return s
}

// A document with thousands of figures shows those of one part, also to programs; a figure
// of it tells what is stored.
func TestManyFigures(t *testing.T) {
	var text strings.Builder
	text.WriteString("青石县2012年各村人口统计\n")
	for i := range schema.LongStretch + 2000 {
		fmt.Fprintf(&text, "第%d村有人口%d人。\n", i+1, 100+i%900)
	}
	dir := t.TempDir()
	add(t, filepath.Join(dir, "corpus.mx"), filepath.Join(dir, "reports"), map[string]string{"villages.txt": text.String()})
	s := serve(t, Options{Dir: filepath.Join(dir, "corpus.mx")})
	id := idOf(t, s, "第900村")
	_, first := get(t, s, "/doc/"+id)
	wants(t, first, grouped(schema.LongStretch+2000)+" figures", `id="f1"`, `!id="f15000"`)
	_, last := get(t, s, "/doc/"+id+"?at=15000")
	wants(t, last, `id="f15000"`, `<tr id="r15000">`, `!id="f1"`)
	_, page := get(t, s, "/doc/"+id+"/figure/15000")
	wants(t, page, "/figure/14999", "/figure/15001", "第15000村", "!other rules")
	var got struct {
		Count       int `json:"figure_count"`
		Figures     []map[string]string
		Part, Parts int
	}
	_, body := get(t, s, "/api/doc/"+id+"?part=2")
	if err := json.Unmarshal([]byte(body), &got); err != nil || got.Count != schema.LongStretch+2000 || got.Part != 2 || got.Parts != 3 ||
		len(got.Figures) == 0 || len(got.Figures) > got.Count/2 || got.Figures[0]["seq"] == "1" {
		t.Errorf("%d of %d figures, part %d of %d, %v", len(got.Figures), got.Count, got.Part, got.Parts, err)
	}
}
