package web

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/csv"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode"

	"mingxi/cmd/mingxi/ingest"
	"mingxi/corpus/store"
)

// reports are a small corpus, and one that means harm.
var reports = map[string]string{
	"2011/清屏.txt": "清屏县民政局2011年工作总结\n\n一、城乡低保\n2011年,全县城市低保对象3126户5874人,发放低保金1250万元;农村低保对象14035户25559人。城市低保标准由每人每月165元提高到195元。\n\n二、救灾救济\n洪涝灾害受灾人口约2.3万人,农作物受灾面积1200公顷,其中绝收300公顷。\n",
	"2012/清屏.txt": "清屏县民政局2012年工作总结\n\n一、城乡低保\n2012年,全县城市低保对象3098户5702人,发放低保金1562.48万元。计划2013年城市低保标准提高到每人每月340元。\n\n二、社会福利\n全县有敬老院12所,床位840张,其中东片5所、西片8所。\n",
	"2012/云泽.txt": "云泽县民政局2012年工作总结\n\n一、救灾救济\n全年下拨救灾资金201X万元,倒塌房屋165间。医疗救助4120人次。\n",
	`2013/"><img src=x onerror=alert(1)>` + "\n\x1b[31m" + `'.txt`: "丁甲县民政局2013年工作总结\n\n一、<b onmouseover=alert(1)>低保工作\n2013年,城市低保对象77户</script><script>alert(2)</script>。\n",
}

// quiet hears nothing of an ingest.
type quiet struct{}

func (quiet) Rebuilding()          {}
func (quiet) Extent(int64, int64)  {}
func (quiet) Passed()              {}
func (quiet) Through(int64)        {}
func (quiet) Done(int, int64)      {}
func (quiet) Failed(string, error) {}

// corpusOf ingests reports by their names, into a new corpus.
func corpusOf(t *testing.T, texts map[string]string) (dir string) {
	t.Helper()
	from := t.TempDir()
	dir = filepath.Join(t.TempDir(), "corpus.mx")
	add(t, dir, from, texts)
	return dir
}

func add(t *testing.T, dir, from string, texts map[string]string) {
	t.Helper()
	for name, text := range texts {
		path := filepath.Join(from, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	sum, err := ingest.Run(t.Context(), dir, []string{from}, ingest.Options{Program: "test"}, quiet{})
	if err != nil || sum.Failed > 0 {
		t.Fatalf("ingest: %+v, %v", sum, err)
	}
}

// small is the small corpus, made once for the tests that only read it.
var small struct {
	once sync.Once
	dir  string
}

func TestMain(m *testing.M) {
	code := m.Run()
	os.RemoveAll(small.dir)
	os.Exit(code)
}

// serve makes a server of the small corpus; its host is example.com.
func serve(t *testing.T, o Options) *Server {
	t.Helper()
	if o.Dir == "" {
		small.once.Do(func() {
			var err error
			if small.dir, err = os.MkdirTemp("", "mingxi-web-"); err != nil {
				t.Fatal(err)
			}
			add(t, filepath.Join(small.dir, "corpus.mx"), filepath.Join(small.dir, "reports"), reports)
		})
		o.Dir = filepath.Join(small.dir, "corpus.mx")
	}
	o.Hosts = append(o.Hosts, "example.com")
	s, err := New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// get asks for an address and returns the answer.
func get(t *testing.T, s *Server, address string, header ...string) (*http.Response, string) {
	t.Helper()
	return ask(t, s, http.MethodGet, address, nil, header...)
}

func ask(t *testing.T, s *Server, method, address string, body io.Reader, header ...string) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequest(method, address, body)
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	res := w.Result()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(data)
}

// wants complains of what a page lacks, or has after "!".
func wants(t *testing.T, page string, want ...string) {
	t.Helper()
	for _, w := range want {
		if not, ok := strings.CutPrefix(w, "!"); ok {
			if strings.Contains(page, not) {
				t.Errorf("the page has %q:\n%s", not, page)
			}
		} else if !strings.Contains(page, w) {
			t.Errorf("the page lacks %q:\n%s", w, page)
		}
	}
}

// A search page shows hits with exact marks, facets that narrow, and in two views.
func TestSearchPage(t *testing.T) {
	s := serve(t, Options{})
	for _, test := range []struct {
		address string
		want    []string
	}{
		{"/?q=低保金", []string{"<b>2</b> reports", "<mark>低保金</mark>", "清屏县民政局2012年工作总结", "!云泽县"}},
		{"/?q=低保金&as=figures", []string{"发放低保金", "<mark>1250万元</mark>", `<span class="quantity">12500000元</span>`}},
		{"/", []string{"<b>4</b> reports", "云泽县民政局"}},
		{"/?q=救灾&f=year:2012", []string{"<b>1</b> reports", "云泽县", "!清屏县民政局2011", "Year: 2012", `href="/?q=%E6%95%91%E7%81%BE"`}},
		{"/?as=figures&f=kind:masked", []string{"<b>1</b> figures", "badge masked", "201X万元", "—"}},
		{"/?as=figures&f=status:planned", []string{"<b>1</b> figures", "badge planned", "340元"}},
		{"/?as=figures&f=approx:about", []string{"badge about", "约2.3万人"}},
		{"/?q=没有这样的话", []string{"Nothing was found", "!<li class=\"hit\""}},
		{"/?q=低保&lang=fr", []string{""}},
		{"/?q=value:%3E1斤斗&as=figures", []string{"no unit is called 斤斗", `role="alert"`, "value:&gt;1<span"}},
		{"/?q=label:", []string{"nothing stands after label:", `role="alert"`, `aria-invalid="true"`, "!<mark>"}},
		{"/?q=低保&f=year:soon", []string{`role="alert"`}},
		{"/?q=低保&sort=value", []string{"no such order"}},
		{"/?q=低保&page=0", []string{"a page has a number"}},
		{"/?q=低保&page=99", []string{"!<li class=\"hit\"", "!Nothing was found", "The hits end before", `href="/?q=%E4%BD%8E%E4%BF%9D">the last page`}},
		{"/nowhere", []string{"nothing at this address"}},
	} {
		_, page := get(t, s, test.address)
		t.Run(test.address, func(t *testing.T) { wants(t, page, test.want...) })
	}
}

// Forms of a range send the reader to the address of a condition.
func TestRanges(t *testing.T) {
	s := serve(t, Options{})
	for from, to := range map[string]string{
		"/?q=低保&from=2008&to=2012":                          "/?f=year%3A2008..2012&q=%E4%BD%8E%E4%BF%9D",
		"/?from=2012&to=2012":                               "/?f=year%3A2012",
		"/?from=2008&f=year:2011":                           "/?f=year%3A%3E%3D2008",
		"/?as=figures&low=&high=10&unit=%E4%B8%87%E5%85%83": "/?as=figures&f=value%3A%3C%3D10%E4%B8%87%E5%85%83",
		"/?from=&to=":                                       "/",
	} {
		res, _ := get(t, s, from)
		if got := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || got != to {
			t.Errorf("%s: %d %s, want %s", from, res.StatusCode, got, to)
		}
	}
}

// The language is the reader's choice, then his browser's.
func TestLanguage(t *testing.T) {
	s := serve(t, Options{})
	for _, test := range []struct{ header, value, want string }{
		{"Accept-Language", "zh-CN,zh;q=0.9", `lang="zh-CN"`},
		{"Accept-Language", "en-US,zh;q=0.9", `lang="en"`},
		{"Accept-Language", "fr", `lang="en"`},
		{"Cookie", cookieName + "=zh", `lang="zh-CN"`},
	} {
		_, page := get(t, s, "/", test.header, test.value)
		wants(t, page[:200], "<html "+test.want)
	}
	_, page := get(t, s, "/?q=label:", "Accept-Language", "zh")
	wants(t, page, "label: 后面没有内容", "可写作")
	res, _ := get(t, s, "/?q=低保&lang=zh")
	if c := res.Header.Get("Set-Cookie"); !strings.Contains(c, cookieName+"=zh") || !strings.Contains(c, "SameSite=Strict") || res.Header.Get("Location") != "/?q=%E4%BD%8E%E4%BF%9D" {
		t.Errorf("%s %s", c, res.Header.Get("Location"))
	}
}

// An export has the rows that the page says, in every format.
func TestExports(t *testing.T) {
	s := serve(t, Options{})
	for _, f := range formats {
		res, body := get(t, s, "/export/figures."+f.suffix+"?q=低保")
		if res.StatusCode != 200 || len(body) == 0 || res.Header.Get("Content-Type") != f.kind ||
			!strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment; filename=mingxi-figures-") {
			t.Errorf("%s: %d, %d bytes, %v", f.suffix, res.StatusCode, len(body), res.Header)
		}
	}
	res, body := get(t, s, "/export/figures.csv?q=低保")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) < 5 || res.Trailer.Get("X-Mingxi-Rows") != grouped(len(rows)-1) {
		t.Errorf("%d rows of %s: %v", len(rows)-1, res.Trailer.Get("X-Mingxi-Rows"), err)
	}
	_, page := get(t, s, "/?q=低保&as=figures")
	wants(t, page, grouped(len(rows)-1)+" rows", "read.csv(&#34;http://example.com/export/figures.csv?as=figures")
	_, body = get(t, s, "/export/reports.csv?q=低保")
	wants(t, body, "doc_id,source,article,title", "清屏县民政局2012年工作总结")
	for _, address := range []string{"/export/figures.exe", "/export/corpus.csv", "/export/figures.csv?q=label:", "/export/figures.csv?q=value:%3E1斤斗", "/export/reports.csv?q=低保&f=unit:斤斗", "/export/..%2fcorpus.db"} {
		if res, _ := get(t, s, address); res.StatusCode < 400 || res.Header.Get("Content-Disposition") != "" {
			t.Errorf("%s: %d", address, res.StatusCode)
		}
	}
}

// An export that cannot be finished says so in its last line, and how many rows it has.
func TestCutExport(t *testing.T) {
	s := serve(t, Options{})
	s.rows = 3
	for _, suffix := range []string{"csv", "jsonl"} {
		res, body := get(t, s, "/export/figures."+suffix+"?q=全县")
		lines := strings.Split(strings.TrimSpace(body), "\n")
		if last := lines[len(lines)-1]; !strings.Contains(last, "# cut short: 3 / ") || !strings.Contains(last, "more rows") {
			t.Errorf("the last line is %q", last)
		}
		if res.Trailer.Get("X-Mingxi-Rows") != "3" || res.Header.Get("X-Mingxi-Rows") != "" || res.Header.Get("X-Mingxi-Found") == "" {
			t.Errorf("%v %v", res.Header, res.Trailer)
		}
	}
	if res, _ := get(t, s, "/export/figures.xlsx?q=全县"); res.StatusCode != http.StatusRequestEntityTooLarge || res.Header.Get("X-Mingxi-Found") != "" {
		t.Errorf("%d", res.StatusCode)
	}
}

// A slow writer takes nothing until he is let.
type slow struct {
	*httptest.ResponseRecorder
	begun, let chan struct{}
	once       sync.Once
}

func (w *slow) Write(b []byte) (int, error) {
	w.once.Do(func() { close(w.begun) })
	<-w.let
	return w.ResponseRecorder.Write(b)
}

// Those who take their files slowly hold no place where files are made; of one reader so many are sent at a time.
func TestSlowReaders(t *testing.T) {
	s := serve(t, Options{})
	id := idOf(t, s, "清屏县民政局2011年工作总结")
	var all []*slow
	var ended sync.WaitGroup
	let := make(chan struct{})
	for i := range filesEach {
		w := &slow{ResponseRecorder: httptest.NewRecorder(), begun: make(chan struct{}), let: let}
		all = append(all, w)
		address := []string{"/export/figures.csv", "/export/figures.xlsx", "/doc/" + id + "/file"}[i%3]
		ended.Go(func() { s.Handler().ServeHTTP(w, httptest.NewRequest("GET", address, nil)) })
		<-w.begun
	}
	other := httptest.NewRequest("GET", "/export/reports.csv", nil)
	if res, _ := get(t, s, "/export/reports.csv"); res.StatusCode != http.StatusTooManyRequests {
		t.Errorf("one more for the same reader: %d", res.StatusCode)
	}
	other.RemoteAddr = "198.51.100.7:1"
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, other) // waits for none of them
	if w.Code != 200 {
		t.Errorf("another reader: %d", w.Code)
	}
	close(let)
	ended.Wait()
	for i, w := range all {
		if w.Code != 200 || w.Body.Len() == 0 {
			t.Errorf("%d: %d", i, w.Code)
		}
	}
	if len(s.exports)+len(s.originals)+len(s.crowd.of) > 0 || s.library.now.readers > 0 {
		t.Error("something is still held")
	}
}

// One who takes nothing of a file, or a little now and then, is cut off.
func TestStall(t *testing.T) {
	for _, takes := range []int{0, 1 << 10} {
		out := make(chan error, 1)
		h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			s, err := newSpool()
			if err != nil {
				t.Error(err)
				return
			}
			defer s.discard()
			s.stall, s.written, s.ended = 50*time.Millisecond, 1<<30, true
			out <- errors.Join(s.file.Truncate(1<<30), s.send(w))
		}))
		defer h.Close()
		conn, err := net.Dial("tcp", h.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := conn.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n")); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(conn, make([]byte, takes)); err != nil {
			t.Fatal(err)
		}
		if err := <-out; !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Error(err)
		}
	}
}

// A pipe in the place of a file is not waited for.
func TestPipe(t *testing.T) {
	from := t.TempDir()
	dir := filepath.Join(t.TempDir(), "corpus.mx")
	add(t, dir, from, map[string]string{"a.txt": "甲乙县民政局2011年工作总结\n城市低保对象100户。\n"})
	s := serve(t, Options{Dir: dir})
	address := "/doc/" + idOf(t, s, "甲乙县民政局2011年工作总结") + "/file"
	if res, _ := get(t, s, address); res.StatusCode != 200 {
		t.Errorf("%d", res.StatusCode)
	}
	name := filepath.Join(from, "a.txt")
	if err := errors.Join(os.Remove(name), syscall.Mkfifo(name, 0o600)); err != nil {
		t.Skip(err)
	}
	if res, _ := get(t, s, address); res.StatusCode != 404 {
		t.Errorf("%d", res.StatusCode)
	}
}

// The API says the same as the page, mistakes included.
func TestSearchAPI(t *testing.T) {
	s := serve(t, Options{})
	var got struct {
		Query   string
		Figures int
		Hits    []struct {
			Figure   map[string]string
			Snippets []struct {
				Text  string
				Marks [][2]int
			}
		}
		Facets map[string][]struct {
			Value string
			N     int
		}
	}
	_, body := get(t, s, "/api/search?q=低保金&as=figures&f=year:2012")
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	if got.Figures != 3 || got.Query != "低保金 year:2012" || got.Hits[0].Figure["value"] != "15624800" || got.Facets["unit"][1].Value != "元" {
		t.Errorf("%+v", got)
	}
	x := got.Hits[0].Snippets[0]
	if m := x.Marks[0]; string([]rune(x.Text)[m[0]:m[1]]) != "1562.48万元" {
		t.Errorf("%+v", x)
	}
	res, body := get(t, s, "/api/search?q=label:")
	if res.StatusCode != http.StatusBadRequest {
		t.Errorf("%d", res.StatusCode)
	}
	wants(t, body, `"at": 0`, `"error": "nothing stands after label:"`)
}

// What a report or a file name holds is text, never a part of the page.
func TestEscaping(t *testing.T) {
	s := serve(t, Options{})
	for _, address := range []string{"/?q=低保", "/?q=77户", "/?q=77&as=figures", `/?q=%3Cscript%3Ealert(1)%3C/script%3E`, `/?q=%22%3E%3Cimg%20src=x%3E&f=org:%22%3Cb%3E%22`} {
		_, page := get(t, s, address)
		wants(t, page, "!<script>alert", "!<img", "!onerror=alert(1)>", "!<b onmouseover", "!\x1b", "!javascript:")
	}
	_, page := get(t, s, "/?q=77户")
	wants(t, page, "<mark>77户</mark>&lt;/script&gt;&lt;script&gt;alert(2)", "onerror=alert(1)&gt;")
	_, body := get(t, s, "/api/search?q=低保")
	wants(t, body, "!<script>", "!\x1b")
}

// No answer lacks the policy; no page has code or style in it.
func TestPolicy(t *testing.T) {
	s := serve(t, Options{})
	for _, address := range []string{"/", "/nowhere", "/assets/style.css", "/api/search?q=x", "/export/figures.csv", "/?q=label:"} {
		res, page := get(t, s, address)
		for name, want := range map[string]string{"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", address, name, got)
			}
		}
		wants(t, page, "! style=\"", "! onclick", "!<style", "!http://cdn", "!https://")
	}
	wants(t, policy, "!unsafe", "default-src 'none'", "script-src 'self'")
}

// A name that somebody made point here does not reach the corpus (DNS rebinding), nor
// does another site write (CSRF).
func TestHostsAndOrigins(t *testing.T) {
	s := serve(t, Options{Hosts: []string{"127.0.0.1:8017"}})
	for host, want := range map[string]int{"example.com": 200, "EXAMPLE.com": 200, "127.0.0.1:8017": 200, "evil.example": 421, "127.0.0.1:8018": 421, "127.0.0.1": 421, "": 421} {
		if res, body := get(t, s, "/", "Host", host); res.StatusCode != want || want == 421 && strings.Contains(body, "民政") {
			t.Errorf("host %q: %d, want %d", host, res.StatusCode, want)
		}
	}
	for _, header := range [][]string{{"Origin", "http://evil.example"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "null"}} {
		if res, _ := ask(t, s, "POST", "/", strings.NewReader("x"), header...); res.StatusCode != http.StatusForbidden {
			t.Errorf("%v: %d", header, res.StatusCode)
		}
	}
}

// Nothing can be written, and no address leads out of the corpus.
func TestNoWay(t *testing.T) {
	s := serve(t, Options{})
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH"} {
		if res, _ := ask(t, s, method, "/", strings.NewReader("q=x")); res.StatusCode < 400 {
			t.Errorf("%s: %d", method, res.StatusCode)
		}
	}
	for _, address := range []string{"/assets/..%2f..%2fweb.go", "/assets/%2e%2e/web.go", "/corpus.db", "/index/index.json", "/%2e%2e/%2e%2e/etc/passwd", "/assets/", "/export/figures.csv%00", "/pages/base.html"} {
		if res, body := get(t, s, address); res.StatusCode < 300 || strings.Contains(body, "SQLite") || strings.Contains(body, "root:") {
			t.Errorf("%s: %d", address, res.StatusCode)
		}
	}
}

// A page that takes too long is stopped, and says so; a reader who leaves stops his own.
func TestPatience(t *testing.T) {
	s := serve(t, Options{Patience: time.Nanosecond})
	if res, page := get(t, s, "/?q=低保"); res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("%d", res.StatusCode)
	} else {
		wants(t, page, "took too long")
	}
	s.o.Patience = time.Minute
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/?q=低保", nil).WithContext(ctx))
	if w.Body.Len() > 0 || len(s.work) > 0 || s.library.now != nil && s.library.now.readers > 0 {
		t.Errorf("%d bytes for one who has left, %d places held", w.Body.Len(), len(s.work))
	}
}

// A query has its limits of length.
func TestLongQuery(t *testing.T) {
	s := serve(t, Options{})
	addr := listen(t, s, func(ctx context.Context, l net.Listener) error { return s.Serve(ctx, l, "", "") })
	if res, err := http.Get("http://" + addr + "/?q=" + url.QueryEscape(strings.Repeat("低", 4096))); err != nil || res.StatusCode != 200 {
		t.Errorf("%v, %v", res, err)
	}
	res, page := get(t, s, "/?q="+strings.Repeat("a", 5000))
	if res.StatusCode != http.StatusBadRequest {
		t.Errorf("%d", res.StatusCode)
	}
	wants(t, page, "at most 4096 characters")
	if res, _ := get(t, s, "/?q="+strings.Repeat("(", 3000)); res.StatusCode != http.StatusBadRequest {
		t.Errorf("%d", res.StatusCode)
	}
}

// look looks for a newer edition, however long it takes.
func look(s *Server) {
	s.library.mu.Lock()
	old := s.library.now
	old.readers++
	s.library.mu.Unlock()
	s.library.renew(old, make(chan struct{}))
}

// What an ingest commits is seen by the next request after a look; who is reading keeps what he has.
func TestEditions(t *testing.T) {
	from := t.TempDir()
	dir := filepath.Join(t.TempDir(), "corpus.mx")
	add(t, dir, from, map[string]string{"a.txt": "甲乙县民政局2011年工作总结\n城市低保对象100户。\n"})
	s := serve(t, Options{Dir: dir})
	_, page := get(t, s, "/?q=低保")
	wants(t, page, "<b>1</b> reports")
	reader, err := s.library.take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	add(t, dir, from, map[string]string{"b.txt": "丙丁县民政局2012年工作总结\n农村低保对象200户。\n"})
	look(s)
	_, page = get(t, s, "/?q=低保")
	wants(t, page, "<b>2</b> reports")
	if _, err := reader.store.Stats(t.Context()); err != nil || !reader.old {
		t.Errorf("the old edition: %v", err)
	}
	n := 0
	if err := reader.index.IDs(func(string) bool { n++; return true }); err != nil || n != 1 {
		t.Errorf("the old edition has %d documents: %v", n, err)
	}
	s.library.giveBack(reader)
}

// What is dear is made once for an edition, and never shown of another.
func TestMemo(t *testing.T) {
	from := t.TempDir()
	dir := filepath.Join(t.TempDir(), "corpus.mx")
	add(t, dir, from, map[string]string{"a.txt": "甲乙县民政局2011年工作总结\n城市低保对象100户。\n"})
	s := serve(t, Options{Dir: dir})
	e, err := s.library.take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.library.giveBack(e)
	n := 0
	ask := func(key string) {
		t.Helper()
		if _, err := remembered(&s.memo, e, key, func() (int, error) { n++; return n, nil }); err != nil {
			t.Fatal(err)
		}
	}
	ask("a")
	ask("a")
	ask("b")
	if n != 2 {
		t.Errorf("made %d times", n)
	}
	if _, err := remembered(&s.memo, e, "c", func() (int, error) { return 0, io.EOF }); err != io.EOF || s.memo.values["c"] != nil {
		t.Error("a failure is kept")
	}
	for i := range 2 * mostKept {
		ask(grouped(i))
	}
	if len(s.memo.values) > mostKept {
		t.Errorf("%d kept", len(s.memo.values))
	}
	_, page := get(t, s, "/corpus")
	wants(t, page, "<b>1</b> documents")
	add(t, dir, from, map[string]string{"b.txt": "丙丁县民政局2012年工作总结\n农村低保对象200户。\n"})
	look(s)
	_, page = get(t, s, "/corpus")
	wants(t, page, "<b>2</b> documents")
}

// A corpus without an index says what to do.
func TestNoIndex(t *testing.T) {
	dir := corpusOf(t, map[string]string{"a.txt": "甲乙县民政局2011年工作总结\n城市低保对象100户。\n"})
	if err := os.RemoveAll(ingest.IndexDir(dir)); err != nil {
		t.Fatal(err)
	}
	s := serve(t, Options{Dir: dir})
	res, page := get(t, s, "/")
	if res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("%d", res.StatusCode)
	}
	wants(t, page, "mingxi reindex")
	if _, err := New(t.Context(), Options{Dir: t.TempDir()}); !strings.Contains(err.Error(), store.ErrNoCorpus.Error()) {
		t.Error(err)
	}
}

// One who sends his request slowly, or a head without end, is cut off; others are
// answered meanwhile.
func TestSlowClients(t *testing.T) {
	s := serve(t, Options{})
	c := usual
	c.head, c.body, c.most = 300*time.Millisecond, 300*time.Millisecond, 8
	addr := listen(t, s, func(ctx context.Context, l net.Listener) error { return s.serve(ctx, l, "", "", c) })
	dial := func(head string) net.Conn {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		if _, err := conn.Write([]byte(head)); err != nil {
			t.Fatal(err)
		}
		return conn
	}
	var slow []net.Conn
	for range 4 {
		slow = append(slow, dial("GET / HTTP/1.1\r\nHost: "+addr+"\r\nX-Slow: "))
	}
	res, err := http.Get("http://" + addr + "/?q=x")
	if err != nil || res.StatusCode != 200 {
		t.Fatalf("%v, %v", res, err)
	}
	res.Body.Close()
	for _, conn := range append(slow, dial("GET / HTTP/1.1\r\nX-Long: "+strings.Repeat("a", mostHeader))) {
		conn.SetReadDeadline(time.Now().Add(10 * time.Second))
		answer, err := io.ReadAll(conn)
		if err != nil && strings.Contains(err.Error(), "timeout") || bytes.Contains(answer, []byte("200 OK")) {
			t.Errorf("%q, %v", answer, err)
		}
	}
}

// Over TLS the same is answered, and plain requests are not.
func TestTLS(t *testing.T) {
	s := serve(t, Options{})
	cert, key := certificate(t)
	addr := listen(t, s, func(ctx context.Context, l net.Listener) error { return s.Serve(ctx, l, cert, key) })
	text, err := os.ReadFile(cert)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(text)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
	res, err := client.Get("https://" + addr + "/?q=低保")
	if err != nil || res.StatusCode != 200 {
		t.Fatalf("%v, %v", res, err)
	}
	res.Body.Close()
	client.CloseIdleConnections()
	if res, err := http.Get("http://" + addr + "/?q=低保"); err == nil && res.StatusCode == 200 {
		t.Error("answered without TLS")
	}
}

// listen serves on a free port of this machine until the test ends, and returns its
// address.
func listen(t *testing.T, s *Server, run func(context.Context, net.Listener) error) (addr string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.o.Hosts = append(s.o.Hosts, l.Addr().String())
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- run(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

// certificate makes one of this machine's own, for a test.
func certificate(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, about, about, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for name, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

// Behind a proxy that has TLS the lines for R, Python and Stata say https.
func TestSnippetBehindProxy(t *testing.T) {
	s := serve(t, Options{Proxied: true})
	_, page := get(t, s, "/?q=低保&as=figures")
	wants(t, page, "read.csv(&#34;https://example.com/export/figures.csv")
}

// The state of a search goes through its address unchanged.
func TestState(t *testing.T) {
	want := state{Q: `低保 "a b"`, Filters: []string{"year:2011", `org:"某&局"`}, Figures: true, Sort: "value", Reverse: true, Synonyms: true, Distinct: true, Page: 7, More: []string{"org"}}
	got, err := parseState(want.values())
	if err != nil || got.URL() != want.URL() || !slices.Equal(got.Filters, want.Filters) || got.Page != 7 {
		t.Errorf("%+v, %v", got, err)
	}
	if to := want.with("kind:share").without("year:2011"); to.Page != 1 || !slices.Equal(to.Filters, []string{`org:"某&局"`, "kind:share"}) {
		t.Errorf("%+v", to)
	}
}

// Whatever a program asks wrongly, it is told in the language of its reader, as JSON.
func TestWrongInChinese(t *testing.T) {
	for _, o := range []Options{{}, {ZH: true}} {
		s := serve(t, o)
		for _, c := range []struct {
			method, address string
			status          int
			header          []string
		}{
			{"GET", "/api/nowhere", 404, nil},
			{"POST", "/api/search", 404, nil},
			{"GET", "/api/doc/ffffffffffffffff", 404, nil},
			{"GET", "/api/doc/ffffffffffffffff/figure/1", 404, nil},
			{"GET", "/api/search?q=label:", 400, nil},
			{"GET", "/api/search?q=year:二〇一", 400, nil},
			{"GET", "/api/search?q=(低保", 400, nil},
			{"GET", "/api/search?q=value:%3Ex", 400, nil},
			{"GET", "/api/search?q=kind:x", 400, nil},
			{"GET", "/api/search?q=" + strings.Repeat("x", 9000), 400, nil},
			{"GET", "/api/where?q=(低保", 400, nil},
			{"GET", "/api/search?q=x", 421, []string{"Host", "evil.example"}},
			{"POST", "/api/search?q=x", 403, []string{"Origin", "http://evil.example"}},
		} {
			header := c.header
			if !o.ZH {
				header = append(header, "Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8")
			}
			res, body := ask(t, s, c.method, c.address, nil, header...)
			if kind := res.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/json") || res.StatusCode != c.status {
				t.Errorf("%s %.60s: %d %s", c.method, c.address, res.StatusCode, kind)
			}
			if !strings.ContainsFunc(body, func(r rune) bool { return unicode.Is(unicode.Han, r) && !strings.ContainsRune(c.address, r) }) {
				t.Errorf("%s %.60s is not told in Chinese: %.200s", c.method, c.address, body)
			}
		}
	}
}

// Whoever holds most of the room gives some up for one who comes: strangers who stay on after they were refused, readers
// who wait, those who send nothing.
func TestRoom(t *testing.T) {
	users, err := ParseUsers("users", "a:$2a$04$UuTQvTQ8H/mZWgqv3uDQKuT2XcFhZzGFmO9wJb2a7tCq0wGkXkF3e")
	if err != nil {
		t.Fatal(err)
	}
	cert, key := certificate(t)
	for _, users := range []*Users{nil, users} {
		for _, send := range []string{"", "GET / HTTP/1.1\r\nX-Slow: ", "GET /assets/icon.svg HTTP/1.1\r\nHost: HOST\r\n\r\n"} {
			for _, cert := range []string{"", cert} {
				s := serve(t, Options{Users: users})
				c := usual
				c.head, c.body, c.idle, c.most = time.Hour, time.Hour, time.Hour, 4
				secret := key
				if cert == "" {
					secret = ""
				}
				addr := listen(t, s, func(ctx context.Context, l net.Listener) error { return s.serve(ctx, l, cert, secret, c) })
				for range 2 * c.most {
					conn, err := net.Dial("tcp", addr)
					if err == nil && cert != "" && send != "" {
						conn = tls.Client(conn, &tls.Config{InsecureSkipVerify: true})
					}
					if err != nil {
						t.Fatal(err)
					}
					defer conn.Close()
					if _, err := conn.Write([]byte(strings.ReplaceAll(send, "HOST", addr))); err == nil && strings.HasSuffix(send, "\n") {
						conn.Read(make([]byte, 1))
					}
				}
				scheme := "http://"
				if cert != "" {
					scheme = "https://"
				}
				client := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
				res, err := client.Get(scheme + addr + "/?q=x")
				if err != nil || users == nil && res.StatusCode != 200 || users != nil && res.StatusCode != 401 {
					t.Fatalf("%.20q %s: %v, %v", send, scheme, res, err)
				}
				res.Body.Close()
				if users != nil && !res.Close {
					t.Error("who was refused may stay")
				}
				client.CloseIdleConnections()
			}
		}
	}
}

// Of a full room an idle connection of the network that holds most goes first, never one that is answered, unless half
// of the room is its network's and no proxy stands between.
func TestIdlest(t *testing.T) {
	for _, test := range []struct {
		proxy bool
		held  string // network and state of each, in the order of their coming
		want  int    // -1: none
	}{
		{false, "aN bI aI cI", 2},
		{false, "aN aN bI", 0},
		{false, "bI bI aN aA aA", 2},
		{false, "aA aA aA bA", 0},
		{false, "aA aA bA bA", -1},
		{true, "aA aA aA aA", -1},
		{true, "aA aA aI aN", 2},
		{false, "bI aA aA aA", 0},
	} {
		names := strings.Fields(test.held)
		r := newRoom(nil, len(names), test.proxy)
		var all []*held
		for i, name := range names {
			c := &held{from: netip.PrefixFrom(netip.AddrFrom4([4]byte{name[0]}), 32), turn: i, state: map[byte]http.ConnState{'N': http.StateNew, 'I': http.StateIdle, 'A': http.StateActive}[name[1]]}
			all = append(all, c)
			r.held[c] = true
		}
		if got := slices.Index(all, r.idlest()); got != test.want {
			t.Errorf("%s: %d goes, want %d", test.held, got, test.want)
		}
	}
}
