package web

import (
	"context"
	"database/sql"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"mingxi/corpus/store"
)

// The corpus is counted beside the readers: one whose patience ends does not end it, and while a new edition is counted
// the counts of the one before are shown, and called so.
func TestCountedBeside(t *testing.T) {
	from := t.TempDir()
	dir := filepath.Join(t.TempDir(), "corpus.mx")
	add(t, dir, from, map[string]string{"a.txt": "甲乙县民政局2011年工作总结\n城市低保对象100户。\n"})
	s := serve(t, Options{Dir: dir})
	get(t, s, "/")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	s.counted(gone, s.library.now, new(overviewValue))
	_, page := get(t, s, "/corpus")
	wants(t, page, "<b>1</b> documents", "<b>1</b> figures", "!has changed since")
	add(t, dir, from, map[string]string{"b.txt": "丙丁县民政局2012年工作总结\n农村低保对象200户。\n"})
	look(s)
	s.tally.took, s.tally.ended = time.Hour, time.Now() // so long that it is not counted again soon
	_, page = get(t, s, "/corpus")
	wants(t, page, "<b>2</b> documents", "<b>2</b> figures", "has changed since", "Damage")
	s.tally.took = 0
	_, page = get(t, s, "/corpus")
	wants(t, page, "<b>2</b> figures", "!has changed since")
	s.tally.making, s.tally.of, s.tally.value, s.tally.took = make(chan struct{}), "", overviewValue{}, time.Hour // as after a start, of a large corpus
	_, page = get(t, s, "/corpus")
	wants(t, page, "<b>2</b> documents", ">2011</a>", "still being counted", "!kind:masked")
	_, body := get(t, s, "/api/corpus")
	wants(t, body, `"counting": true`, `"figures": 2`, `!"masked"`, `!"checks"`)
}

// A damaged document is named and passed over, and the others are shown.
func TestDamagedDocument(t *testing.T) {
	dir := corpusOf(t, series)
	db, err := sql.Open("sqlite", filepath.Join(dir, "corpus.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`UPDATE texts SET text = replace(text, '3126', '9126') WHERE text LIKE '%3126户%'`); err != nil {
		t.Fatal(err)
	}
	s := serve(t, Options{Dir: dir})
	const named = "2010.txt): what is stored of the document is damaged"
	for _, address := range []string{"/?q=低保", "/?q=低保&as=figures", "/?q=低保&as=figures&sort=value", "/indicator/dibao_urban_hh", "/panel?indicator=dibao_urban_persons"} {
		res, page := get(t, s, address)
		if res.StatusCode != 200 {
			t.Errorf("%s: %d", address, res.StatusCode)
		}
		wants(t, page, named, "3098", "!9126")
	}
	_, page := get(t, s, "/?q=低保", "Accept-Language", "zh")
	wants(t, page, "2010.txt): 库里这份文件已损坏")
	_, page = get(t, s, "/doc/"+idOf(t, s, "陆良县民政局2010年工作总结"))
	wants(t, page, named)
	_, body := get(t, s, "/export/figures.csv?q=低保")
	wants(t, body, named, "!9126")
	_, body = get(t, s, "/api/search?q=低保")
	wants(t, body, `"damaged": [`)
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	s.library.ctx = ctx
	s.lookThrough()
	_, page = get(t, s, "/corpus")
	wants(t, page, named, "once a day")
	_, body = get(t, s, "/api/corpus")
	wants(t, body, "2010.txt): what is stored", `"looked_at": 4`)
}

// A description of a figure is read as on the command line: what was understood is shown and can be taken off, the words
// alone are one step away, and an export has the rows of the page.
func TestDescribed(t *testing.T) {
	s := serve(t, Options{Dir: corpusOf(t, series)})
	const asked = "/?as=figures&q=2011年陆良县城市低保户数"
	_, page := get(t, s, asked)
	wants(t, page, "read as", "Year: 2011", "Region: 陆良县", "3098", "!Nothing was found", "3 figures answer, 2 of them unsure", "badge unsure",
		`href="/?as=figures&amp;q=%E9%99%86%E8%89%AF%E5%8E%BF%E5%9F%8E%E5%B8%82%E4%BD%8E%E4%BF%9D%E6%88%B7%E6%95%B0"`, // without the year
		`href="/?as=figures&amp;q=2011%E5%B9%B4&#43;%E5%9F%8E%E5%B8%82%E4%BD%8E%E4%BF%9D%E6%88%B7%E6%95%B0"`,          // without the place
		"f=year%3A2011&amp;f=region%3A%E9%99%86%E8%89%AF%E5%8E%BF", "literal=1")
	wants(t, page, "<h2>Unit</h2>", "<span>户</span> <b>1</b>", "2011: 3</title>", "kind%3Aamount")
	_, page = get(t, s, asked+"&f=year:2010")
	wants(t, page, "read as", "Year: 2010", "take off")
	_, page = get(t, s, asked+"&f=unit:人")
	wants(t, page, "read as", "<b>1</b> figures", "5702人", `!quantity">3098`)
	_, page = get(t, s, asked)
	rows := regexp.MustCompile(`<b>(\d+)</b> figures`).FindStringSubmatch(page)
	res, body := get(t, s, strings.Replace(asked, "/?as=figures&", "/export/figures.csv?", 1))
	if n := strings.Count(body, "\n") - 1; rows == nil || rows[1] == "0" || rows[1] != strconv.Itoa(n) || res.Header.Get("X-Mingxi-Found") != rows[1] {
		t.Errorf("%v on the page, %d in the file: %s", rows, n, body)
	}
	_, page = get(t, s, "/?as=figures&q=2011年+城市低保户数", "Accept-Language", "zh")
	wants(t, page, "理解为", "年份：2011", "3098", "!地区：")
	for _, address := range []string{asked + "&literal=1", asked + "&sort=year", "/?as=figures&q=%222011年陆良县城市低保户数%22", "/?q=2011年陆良县城市低保户数", "/?as=figures&q=label:低保"} {
		_, page = get(t, s, address)
		wants(t, page, "!read as")
	}
	_, page = get(t, s, asked+"&literal=1")
	wants(t, page, "Nothing was found", "Read the words as the description")
	_, body = get(t, s, "/api/search?as=figures&q=2011年陆良县城市低保户数")
	wants(t, body, `"read_as"`, `"answers": 3`)
}

// An indicator of more reports than a page reads is described, and leads to regions, level by level, each with its reports.
func TestTooManyReports(t *testing.T) {
	s := serve(t, Options{Dir: corpusOf(t, series)})
	s.reports = 1
	for address, want := range map[string][]string{
		"/indicator/dibao_urban_hh":                  {"<h1>城市低保户数", "What it is", "4 reports have it", `name="region"`, "4 documents have it", "region=53&amp;", ">云南省</a>", `<td class="n">4</td>`, "/?as=figures&amp;f=indicator:dibao_urban_hh", "!<svg"},
		"/panel?indicator=dibao_urban_hh&region=53":  {`name="indicator" value="dibao_urban_hh"`, "region=5303&amp;", ">曲靖市</a>"},
		"/indicator/dibao_urban_hh?region=5303":      {"region=530322&amp;", ">陆良县</a>"},
		"/indicator/dibao_urban_hh?region_year=2010": {"region=53&amp;", "!region_year=2010&amp;"},
	} {
		res, page := get(t, s, address)
		if res.StatusCode != 200 {
			t.Errorf("%s: %d", address, res.StatusCode)
		}
		wants(t, page, want...)
	}
	for _, address := range []string{"/api/panel?indicator=dibao_urban_hh", "/export/panel.csv?indicator=dibao_urban_hh"} {
		res, body := get(t, s, address)
		if res.StatusCode != 413 {
			t.Errorf("%s: %d", address, res.StatusCode)
		}
		wants(t, body, "choose a region")
	}
}

// Neither a page nor a file carries what changes a terminal, or turns the direction of a name.
func TestControls(t *testing.T) {
	s := serve(t, Options{Dir: corpusOf(t, map[string]string{"a\x1b[31m\u202etxt.exe.txt": series["2010.txt"]})})
	for _, address := range []string{"/?q=低保", "/?q=低保&as=figures", "/export/figures.csv?q=低保", "/export/reports.csv?q=低保", "/doc/" + idOf(t, s, "低保")} {
		_, body := get(t, s, address)
		wants(t, body, "a·[31m", "!\x1b")
		if !strings.HasPrefix(address, "/export/") {
			wants(t, body, "!\u202e")
		}
	}
	res, _ := get(t, s, "/doc/"+idOf(t, s, "低保")+"/file")
	if name := res.Header.Get("Content-Disposition"); strings.ContainsAny(name, "\x1b\u202e") || strings.Contains(name, "%E2%80%AE") || res.StatusCode != 200 {
		t.Errorf("%d %s", res.StatusCode, name)
	}
}

// While another process writes the page of the corpus says so, and how far it is; so does a search that finds nothing.
// To look keeps no writer out.
func TestRunning(t *testing.T) {
	dir := corpusOf(t, map[string]string{"a.txt": "甲乙县民政局2011年工作总结\n城市低保对象100户。\n"})
	s := serve(t, Options{Dir: dir})
	_, page := get(t, s, "/corpus")
	wants(t, page, "!is running")
	w, err := store.OpenWriter(t.Context(), dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	_, page = get(t, s, "/corpus")
	wants(t, page, "that writes is running", "So far: 1 documents", "1 can be found")
	_, page = get(t, s, "/corpus?", "Accept-Language", "zh-CN")
	wants(t, page, "正在入库或更新", "目前 1 份文件")
	_, page = get(t, s, "/?q=没有")
	wants(t, page, "An ingest is running")
	_, page = get(t, s, "/?q=低保")
	wants(t, page, "!An ingest is running")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 200 {
			s.library.store.Writing(t.Context())
		}
	}()
	for range 20 {
		w, err := store.OpenWriter(t.Context(), dir, "test")
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	<-done
	_, body := get(t, s, "/api/corpus")
	wants(t, body, `"running": false`)
}
