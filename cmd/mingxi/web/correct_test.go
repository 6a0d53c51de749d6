package web

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mingxi/cmd/mingxi/ingest"
)

var hidden = regexp.MustCompile(`name="(token|seen|raw|start)" value="([^"]*)"`)

// form is what the form of a page sends besides what its reader enters.
func form(t *testing.T, s *Server, page string) url.Values {
	t.Helper()
	_, html := get(t, s, page)
	v := url.Values{}
	_, html, ok := strings.Cut(html, `class="correct`)
	if !ok {
		t.Fatalf("%s has no form", page)
	}
	html, _, _ = strings.Cut(html, "</form>")
	for _, m := range hidden.FindAllStringSubmatch(html, -1) {
		v.Set(m[1], m[2])
	}
	return v
}

// post sends a form with entries name, value, …
func post(t *testing.T, s *Server, to string, v url.Values, entries ...string) (*http.Response, string) {
	t.Helper()
	sent := url.Values{}
	for name := range v {
		sent.Set(name, v.Get(name))
	}
	for i := 0; i+1 < len(entries); i += 2 {
		sent.Set(entries[i], entries[i+1])
	}
	return ask(t, s, "POST", to, strings.NewReader(sent.Encode()), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
}

// cell is a cell of the export of the figure that a query finds.
func cell(t *testing.T, s *Server, q, column string) string {
	t.Helper()
	_, body := get(t, s, "/export/figures.csv?q="+q)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range rows[0] {
		if name == column && len(rows) > 1 {
			return rows[1][i]
		}
	}
	t.Fatalf("no %s of %s", column, q)
	return ""
}

// A reader corrects a figure; both values are exported, through extraction anew, until
// he takes it back.
func TestCorrect(t *testing.T) {
	dir := corpusOf(t, reports)
	s := serve(t, Options{Dir: dir, Edit: true})
	page := "/doc/" + idOf(t, s, "3126户") + "/figure/1"
	f := form(t, s, page)
	res, body := post(t, s, page, f, "verdict", "wrong", "value", "3162", "label", "城市低保户数", "indicator", "dibao_urban_hh", "note", "见<原件>", "author", "甲")
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != page {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	_, html := get(t, s, page)
	wants(t, html, "What readers said", "value: 3162", "(read as 3126)", "甲", "见&lt;原件&gt;", "corrected: wrong; value: 3162; label: 城市低保户数", "take back")
	q := "label:城市低保对象户数%20year:2011"
	const want = "wrong;value=3162;label=城市低保户数;indicator=dibao_urban_hh"
	if got := cell(t, s, q, "corrected"); got != want || cell(t, s, q, "value") != "3126" {
		t.Errorf("%q", got)
	}
	if _, err := ingest.Reextract(t.Context(), dir, ingest.Options{Program: "test"}, func(int) {}); err != nil {
		t.Fatal(err)
	}
	if got := cell(t, s, q, "corrected"); got != want {
		t.Errorf("extracted again: %q", got)
	}
	undo := "/doc/" + idOf(t, s, "3126户") + "/undo"
	if res, body := post(t, s, undo, f, "correction", "2", "seq", "1", "author", "乙"); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	if got := cell(t, s, q, "corrected"); strings.Contains(got, "wrong") != strings.Contains(want, "wrong") || len(strings.Split(got, ";")) != 3 {
		t.Errorf("taken back: %q", got)
	}
}

// Region and year of an article are corrected for all of its figures.
func TestCorrectArticle(t *testing.T) {
	s := serve(t, Options{Dir: corpusOf(t, reports), Edit: true})
	doc := "/doc/" + idOf(t, s, "3126户")
	f := form(t, s, doc)
	if res, body := post(t, s, doc+"/article/1", f, "region_code", "530322", "year", "2010", "author", "甲"); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	if got := cell(t, s, "3126户", "corrected"); got != "region_code=530322;year=2010" {
		t.Errorf("%q", got)
	}
	_, html := get(t, s, doc)
	wants(t, html, "region_code: 530322", "year: 2010", `!class="fig amount corrected"`)
	_, html = get(t, s, doc, "Accept-Language", "zh")
	wants(t, html, "更正：行政区划代码 530322；年份 2010", "!region_code=")
}

// What was corrected stays with its sentence and title where the file has other bytes since, and is not laid over another sentence.
func TestCorrectChangedFile(t *testing.T) {
	from := t.TempDir()
	dir := filepath.Join(t.TempDir(), "corpus.mx")
	write := func(body string) {
		add(t, dir, from, map[string]string{"a.txt": "甲乙县民政局2011年工作总结\n" + body + "\n"})
	}
	write("城市低保对象100户。农村低保对象200户。")
	s := serve(t, Options{Dir: dir, Edit: true})
	const q = "title:甲乙县%20label:城市低保"
	doc := "/doc/" + idOf(t, s, "100户")
	for _, page := range []string{"/figure/1", "/figure/2", "/article/1"} {
		at := doc + page
		f := form(t, s, strings.TrimSuffix(at, "/article/1"))
		entries := []string{"value", "101", "author", "甲"}
		if page == "/article/1" {
			entries[0], entries[1] = "year", "2010"
		}
		if res, body := post(t, s, at, f, entries...); res.StatusCode != http.StatusSeeOther {
			t.Fatalf("%d %s", res.StatusCode, body)
		}
	}
	write("全年救助90人次。城市低保对象100户。农村低保对象200户，另有30户。")
	look(s)
	if got := cell(t, s, q, "corrected"); got != "value=101;year=2010" {
		t.Errorf("%q", got)
	}
	if got := cell(t, s, "title:甲乙县%20label:农村低保", "corrected"); got != "year=2010" {
		t.Errorf("another sentence: %q", got)
	}
	doc = "/doc/" + idOf(t, s, "100户")
	_, page := get(t, s, doc+"/figure/2")
	wants(t, page, "value: 101", "the file has changed since", "take back")
	if res, body := post(t, s, doc+"/undo", form(t, s, doc+"/figure/2"), "correction", "1", "seq", "2", "author", "乙"); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	if got := cell(t, s, q, "corrected"); got != "year=2010" {
		t.Errorf("taken back: %q", got)
	}
}

// What cannot be saved is told above the form, which keeps all that was entered.
func TestCorrectAgain(t *testing.T) {
	s := serve(t, Options{Dir: corpusOf(t, reports), Edit: true})
	page := "/doc/" + idOf(t, s, "3126户") + "/figure/1"
	for _, wrong := range [][2]string{{"value", "1562.48万元"}, {"indicator", "nothing"}, {"label", "a;b"}} {
		res, html := post(t, s, page, form(t, s, page), wrong[0], wrong[1], "note", "我的说明", "author", "甲")
		if res.StatusCode != http.StatusBadRequest {
			t.Errorf("%q: %d", wrong, res.StatusCode)
		}
		wants(t, html, `role="alert"`, `name="`+wrong[0]+`" value="`+wrong[1]+`"`, `value="我的说明"`, `value="甲"`)
		again := url.Values{}
		for _, m := range hidden.FindAllStringSubmatch(html, -1) {
			again.Set(m[1], m[2])
		}
		if res, body := post(t, s, page, again, "value", "1562", "author", "甲"); res.StatusCode != http.StatusSeeOther {
			t.Errorf("%q again: %d %.300s", wrong, res.StatusCode, body)
		}
	}
}

// Of two who correct the same the second is told; what he entered is not lost.
func TestCorrectAtOnce(t *testing.T) {
	s := serve(t, Options{Dir: corpusOf(t, reports), Edit: true})
	page := "/doc/" + idOf(t, s, "3126户") + "/figure/1"
	one, two := form(t, s, page), form(t, s, page)
	if res, _ := post(t, s, page, one, "value", "3162", "author", "甲"); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d", res.StatusCode)
	}
	res, html := post(t, s, page, two, "value", "3612", "note", "我的", "author", "乙")
	if res.StatusCode != http.StatusConflict {
		t.Fatalf("%d", res.StatusCode)
	}
	wants(t, html, "value: 3162", `name="value" value="3612"`, `value="我的"`, `value="乙"`)
	again := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(html, -1) {
		again.Set(m[1], m[2])
	}
	if res, body := post(t, s, page, again, "value", "3612", "author", "乙"); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	if got := cell(t, s, "3126户", "corrected"); got != "value=3612" {
		t.Errorf("%q", got)
	}
}

// What no figure can be is refused, and what is not the form of this server.
func TestCorrectRefused(t *testing.T) {
	dir := corpusOf(t, reports)
	s := serve(t, Options{Dir: dir, Edit: true})
	page := "/doc/" + idOf(t, s, "3126户") + "/figure/1"
	f := form(t, s, page)
	for _, test := range []struct {
		status  int
		entries []string
	}{
		{400, []string{"value", "3,162"}}, {400, []string{"value", "1e9"}}, {400, []string{"value", "NaN"}},
		{400, []string{"label", strings.Repeat("长", 41)}}, {400, []string{"label", "a;b"}}, {400, []string{"label", "a\nb"}}, {400, []string{"label", "\xff"}},
		{400, []string{"indicator", "nothing"}}, {400, []string{"verdict", "maybe"}}, {400, nil},
		{400, []string{"value", "1", "author", ""}}, {400, []string{"value", "1", "author", strings.Repeat("名", 41)}}, {400, []string{"value", "1", "note", strings.Repeat("话", 501)}},
		{403, []string{"value", "1", "token", "x"}}, {403, []string{"value", "1", "token", ""}},
		{400, []string{"value", "1", "seen", "x"}},
		{409, []string{"value", "1", "raw", "3127户"}}, {409, []string{"value", "1", "start", "0"}},
		{400, []string{"value", "1", "note", strings.Repeat("a", mostForm)}},
	} {
		entries := append([]string{"author", "甲"}, test.entries...)
		if res, body := post(t, s, page, f, entries...); res.StatusCode != test.status {
			t.Errorf("%.80q: %d, want %d: %.300s", test.entries, res.StatusCode, test.status, body)
		}
	}
	doc := "/doc/" + idOf(t, s, "3126户")
	for _, entries := range [][]string{{"year", "12"}, {"year", "2010a"}, {"region_code", "999999"}, {"region_code", "x"}} {
		if res, _ := post(t, s, doc+"/article/1", f, append(entries, "author", "甲")...); res.StatusCode != 400 {
			t.Errorf("%q: %d", entries, res.StatusCode)
		}
	}
	for _, to := range []string{doc + "/article/7", doc + "/figure/99", "/doc/0123456789abcdef/figure/1", doc + "/undo"} {
		if res, _ := post(t, s, to, f, "value", "1", "year", "2010", "correction", "77", "author", "甲"); res.StatusCode != 404 {
			t.Errorf("%s: %d", to, res.StatusCode)
		}
	}
	if got := cell(t, s, "3126户", "corrected"); got != "" {
		t.Errorf("%q", got)
	}
	// without --edit there is no form, and none is taken
	closed := serve(t, Options{Dir: dir})
	_, html := get(t, closed, page)
	wants(t, html, "!<form method=\"post\"")
	if res, _ := post(t, closed, page, f, "value", "1", "author", "甲"); res.StatusCode != 403 {
		t.Errorf("%d", res.StatusCode)
	}
}

// Where users are known only they are answered, pages, files and assets alike; they
// sign with their own names, and one's form is not another's.
func TestUsers(t *testing.T) {
	line, err := Line("甲", "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	other, err := Line("乙", "battery staple")
	if err != nil {
		t.Fatal(err)
	}
	users, err := ParseUsers("users", "# who\n"+line+"\n\n"+other+"\n")
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, Options{Dir: corpusOf(t, reports), Edit: true, Users: users})
	as := func(user, password string) string {
		r, _ := http.NewRequest("GET", "/", nil)
		r.SetBasicAuth(user, password)
		return r.Header.Get("Authorization")
	}
	for _, address := range []string{"/", "/assets/style.css", "/api/search?q=x", "/export/figures.csv", "/corpus"} {
		wrong := []string{"", "Basic x"}
		if address == "/" { // bcrypt is slow on purpose
			wrong = append(wrong, as("甲", "wrong"), as("丙", "correct horse"), as("甲", ""), as("乙", "correct horse"))
		}
		for _, header := range wrong {
			res, body := get(t, s, address, "Authorization", header)
			if res.StatusCode != 401 || strings.Contains(body, "民政") || !strings.HasPrefix(res.Header.Get("WWW-Authenticate"), "Basic") {
				t.Errorf("%s as %q: %d", address, header, res.StatusCode)
			}
		}
		if res, _ := get(t, s, address, "Authorization", as("甲", "correct horse")); res.StatusCode != 200 {
			t.Errorf("%s: %d", address, res.StatusCode)
		}
	}
	_, body := get(t, s, "/api/search?q=3126户", "Authorization", as("甲", "correct horse"))
	id := regexp.MustCompile(`"doc_id": "(\w+)"`).FindStringSubmatch(body)[1]
	page := "/doc/" + id + "/figure/1"
	_, html := get(t, s, page, "Authorization", as("甲", "correct horse"))
	v := url.Values{"value": {"3162"}, "author": {"乙"}}
	for _, m := range hidden.FindAllStringSubmatch(html, -1) {
		v.Set(m[1], m[2])
	}
	send := func(user, password string) int {
		res, _ := ask(t, s, "POST", page, strings.NewReader(v.Encode()), "Content-Type", "application/x-www-form-urlencoded", "Authorization", as(user, password))
		return res.StatusCode
	}
	if got := send("乙", "battery staple"); got != 403 {
		t.Errorf("another's form: %d", got)
	}
	if got := send("甲", "correct horse"); got != 303 {
		t.Errorf("%d", got)
	}
	_, body = get(t, s, "/api"+page, "Authorization", as("甲", "correct horse"))
	wants(t, body, `"author": "甲"`, `!"author": "乙"`)
	for _, bad := range []string{"", "# nobody", "甲", "甲:", ":$2a$12$x", "甲:plain", line + "\n" + line} {
		if _, err := ParseUsers("users", bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	for _, bad := range [][2]string{{"", "long enough"}, {"a:b", "long enough"}, {"甲", "short"}, {"甲", strings.Repeat("a", 73)}} {
		if _, err := Line(bad[0], bad[1]); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
