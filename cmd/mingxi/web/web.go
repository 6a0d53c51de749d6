// Package web shows a corpus in a browser: search, documents with their figures,
// indicators, the corpus as a whole. It composes what the commands compose; a page is
// made on the server, needs no script, and takes nothing from the network.
//
// # How a page is made
//
// A resource (table resources) has a path and a function that makes its value out of
// the corpus. The value goes into a template of pages/ for a reader, and is printed as
// JSON below /api for a program, so that both say the same. The address is the whole
// state of a page: it can be kept, sent and cited.
//
// # What holds it together
//
//	guard.go    who may ask what: hosts, origins, users, headers, limits
//	edition.go  the corpus as of one commit, renewed while an ingest runs
//	state.go    the state of a search in an address
//	server.go   listening, and time limits of connections
//
// Nothing is written but by a reader's correction, where that is allowed.
package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
	"unicode"

	"mingxi/cmd/mingxi/tell"
	"mingxi/corpus/segment"
	"mingxi/corpus/store"
	"mingxi/extract"
	"mingxi/extract/audit"
	"mingxi/extract/indicator"
	"mingxi/index"
	"mingxi/index/query"
)

// Options say what is shown, and to whom.
type Options struct {
	Dir        string                  // of the corpus
	Hosts      []string                // names, with ports, by which the server is reached; others are refused
	Indicators [][]indicator.Indicator // of the vocabulary; nil is the built-in one
	Words      []segment.Entry         // of the user, for explanations
	Edit       bool                    // take corrections
	Users      *Users                  // who may look; everybody if nil
	Proxied    bool                    // all readers come through a proxy, which has TLS
	ZH         bool                    // speak Chinese to a browser that asks for no language
	Patience   time.Duration           // for a page; 0 is 15 s
	Log        func(string)            // hears of errors that a reader is not told; may be nil
}

// vocabulary are the indicators in use.
func (o *Options) vocabulary() *indicator.Vocabulary {
	if o.Indicators == nil {
		return indicator.New(indicator.Builtin())
	}
	return indicator.New(o.Indicators...)
}

// limits of what a reader may ask for.
const (
	mostHeader  = 64 << 10 // bytes of a request's head: its address may have all of a query, nine for each character
	mostAtWork  = 8        // pages made at a time; others wait, but for those of one document
	mostReading = 8        // and of these, which take no time beside a search
	mostExports = 2        // and exports made, and original files read
	exportTime  = 10 * time.Minute
	patience    = 15 * time.Second
)

// what answers are.
const typeHTML, typeJSON = "text/html; charset=utf-8", "application/json; charset=utf-8"

// A Server answers for one corpus. It is safe for concurrent use.
type Server struct {
	o           Options
	library     *library
	corrections *store.Corrections // nil if none are taken
	secret      []byte             // of the forms
	memo        memo
	tally       tally
	vocabulary  *indicator.Vocabulary
	extractor   *extract.Extractor // that gives reasons
	auditor     *audit.Auditor
	work        gate
	exports     gate
	originals   gate
	crowd       crowd
	rows        int // of an export at most
	reports     int // that are read for a panel
	reading     gate
	pages       map[string]*template.Template
	assets      map[string]asset
}

// An asset is a file that pages use.
type asset struct {
	data []byte
	hash string
}

//go:embed pages/*.html assets/*
var files embed.FS

// New opens the corpus for reading.
func New(ctx context.Context, o Options) (*Server, error) {
	l, err := openLibrary(ctx, o.Dir)
	if err != nil {
		return nil, err
	}
	if o.Patience == 0 {
		o.Patience = patience
	}
	x := extract.New()
	x.Explain, x.Indicators, x.Words = true, o.Indicators, o.Words
	s := &Server{o: o, library: l, secret: make([]byte, 32), extractor: x, auditor: audit.New(), vocabulary: o.vocabulary(), work: make(gate, mostAtWork), exports: make(gate, mostExports), originals: make(gate, mostExports), rows: mostRows, reports: mostReports, reading: make(gate, mostReading), tally: tally{broken: map[string]string{}}}
	err = errors.Join(s.loadAssets(), s.loadPages())
	if _, e := rand.Read(s.secret); err == nil {
		err = e
	}
	if err == nil && o.Edit {
		s.corrections, err = store.OpenCorrections(ctx, o.Dir)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close lets the corpus go. Requests must have ended.
func (s *Server) Close() error {
	var err error
	if s.corrections != nil {
		err = s.corrections.Close()
	}
	return errors.Join(err, s.library.Close())
}

func (s *Server) loadAssets() error {
	s.assets = map[string]asset{}
	return fs.WalkDir(files, "assets", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := files.ReadFile(name)
		sum := sha256.Sum256(data)
		s.assets[path.Base(name)] = asset{data, hex.EncodeToString(sum[:6])}
		return err
	})
}

// loadPages parses each page with what all pages share.
func (s *Server) loadPages() error {
	s.pages = map[string]*template.Template{}
	shared, err := template.New("base.html").Funcs(template.FuncMap{
		"asset": func(name string) string { return "/assets/" + name + "?" + s.assets[name].hash },
		"count": grouped, "amount": amount,
	}).ParseFS(files, "pages/base.html")
	if err != nil {
		return err
	}
	names, err := fs.Glob(files, "pages/*.html")
	if err != nil {
		return err
	}
	for _, name := range names {
		if path.Base(name) == "base.html" {
			continue
		}
		t, err := shared.Clone()
		if err == nil {
			_, err = t.ParseFS(files, name)
		}
		if err != nil {
			return err
		}
		s.pages[strings.TrimSuffix(path.Base(name), ".html")] = t
	}
	return nil
}

// grouped is a count as people read it: 22,567.
func grouped(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// A resource is something of the corpus that has an address.
type resource struct {
	path   string
	page   string // its template
	make   func(*visit) (any, error)
	value  any // what make makes, empty
	about  string
	params []param
}

// resources is the registry of what can be read.
var resources = []resource{
	{"/", "search", searchResource, searchValue{}, "what a query finds", searchParams},
	{"/where", "where", whereResource, whereValue{}, "the hits of a query by region and year", searchParams[:8]},
	{"/doc/{id}", "document", documentResource, documentValue{}, "a document with its figures and findings", []param{
		{"q", "a query whose words are marked on the page"}, {"part", "of a long document, on the page"}, {"at", "a figure whose part is shown, on the page"}}},
	{"/doc/{id}/figure/{seq}", "figure", figureResource, figureValue{}, "a figure with the reasons of its fields", nil},
	{"/doc/{id}/beside/{other}", "beside", besideResource, besideValue{}, "two documents line by line", nil},
	{"/indicators", "indicators", indicatorsResource, indicatorsValue{}, "the vocabulary, and how many reports have each", []param{{"q", "words of names, codes or domains"}}},
	{"/indicator/{code}", "panel", indicatorResource, panelValue{}, "the panel of one indicator", panelParams[1:]},
	{"/panel", "panel", panelResource, panelValue{}, "region × year × indicator, each cell with its source", panelParams},
	{"/corpus", "corpus", overviewResource, overviewValue{}, "what is in the corpus", nil},
}

// searchParams are the state of a search, as state.go has it.
var searchParams = []param{
	{"q", "the query (docs/query.md)"}, {"f", "a condition that narrows it, such as year:2011"}, {"as", "figures; reports if it is missing"},
	{"sort", "relevance, year, order, and of figures value"}, {"reverse", "1: the other way round"}, {"synonyms", "1: synonyms too"},
	{"distinct", "1: of near-copies only one"}, {"literal", "1: words that describe a figure, 2011年陆良县城市低保户数, are sought as they stand"},
	{"page", "from 1"}, {"more", "a facet that is listed at length"},
}

// panelParams are the state of a panel, as panel.go has it.
var panelParams = []param{
	{"indicator", "codes, divided by commas"}, {"region", "the beginning of codes, or a name"}, {"from", "first year"}, {"to", "last year"},
	{"region_year", "region codes of this year"}, {"prefer", "newest or direct, where documents conflict"},
	{"rows", "indicator, region or year"}, {"cols", "indicator, region or year"}, {"unit", "of the page: 万元, 亩"},
}

// exported are the tables that can be had as files.
var exported = []struct {
	name, about string
	params      []param
}{
	{"figures", "the figures that a query finds", searchParams},
	{"reports", "the reports that a query finds", searchParams},
	{"panel", "the cells of a panel", panelParams},
}

// Handler answers requests.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range resources {
		page := r.path
		if page == "/" {
			page = "/{$}"
		}
		mux.Handle("GET "+page, s.answer(r, typeHTML, func(b *bytes.Buffer, v *visit, value any) error { return s.render(b, r.page, v, value) }))
		mux.Handle("GET "+r.apiPath(), s.answer(r, typeJSON, func(b *bytes.Buffer, _ *visit, value any) error { return printJSON(b, value) }))
	}
	mux.Handle("GET /export/{name}", s.takes(s.exports, export))
	mux.Handle("POST /doc/{id}/figure/{seq}", s.visit(s.work, s.o.Patience, correct))
	mux.Handle("POST /doc/{id}/article/{n}", s.visit(s.work, s.o.Patience, correct))
	mux.Handle("POST /doc/{id}/undo", s.visit(s.work, s.o.Patience, undo))
	mux.Handle("GET /doc/{id}/file", s.takes(s.originals, file))
	mux.HandleFunc("GET /api/openapi.json", openapi)
	mux.HandleFunc("GET /assets/{name}", s.asset)
	mux.Handle("/", s.visit(s.work, s.o.Patience, func(http.ResponseWriter, *visit) error { return errNotFound }))
	return s.guard(mux)
}

func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	a, ok := s.assets[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(w, r, r.PathValue("name"), time.Time{}, bytes.NewReader(a.data))
}

// A visit is one request on its way.
type visit struct {
	*http.Request
	s       *Server
	edition *edition
	zh      bool
	user    string // who has logged in
	stop    func() // ends what is made for him
	done    func() // gives up his place and his edition, before he has all of it
}

// Text is the English or the Chinese of a text.
func (v *visit) Text(en, zh string) string { return tell.Lang(v.zh).Text(en, zh) }

// Told is a message of a library in the language of the reader.
func (v *visit) Told(message string) string { return tell.Lang(v.zh).Message(message) }

// ZH reports whether the page is in Chinese.
func (v *visit) ZH() bool { return v.zh }

// visit runs a handler with the corpus as it is now, when there is room, for so long
// at most. What goes wrong becomes a page that says so.
func (s *Server) visit(room entrance, patience time.Duration, handle func(http.ResponseWriter, *visit) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		v := &visit{Request: r.WithContext(ctx), s: s, zh: s.speaks(r), user: userOf(r), stop: cancel}
		err := func() (err error) {
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("internal error, please report: %v", p)
				}
			}()
			leave, err := room.enter(ctx)
			if err != nil {
				return err
			}
			if v.edition, err = s.library.take(ctx); err != nil {
				leave()
				return err
			}
			v.done = sync.OnceFunc(func() { s.library.giveBack(v.edition); leave() })
			defer v.done()
			return handle(w, v)
		}()
		if err != nil {
			s.fail(w, v, err)
		}
	})
}

// gateOf is where a resource waits: one document never behind searches.
func (s *Server) gateOf(r resource) gate {
	if strings.HasPrefix(r.path, "/doc/") {
		return s.reading
	}
	return s.work
}

// answer shows a resource to a reader, or gives it to a program, as print prints it. It is made
// whole before anything is sent, and the place at work is given up by then.
func (s *Server) answer(r resource, kind string, print func(*bytes.Buffer, *visit, any) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		var body bytes.Buffer
		status := http.StatusOK
		s.visit(s.gateOf(r), s.o.Patience, func(_ http.ResponseWriter, v *visit) error {
			if lang := v.FormValue("lang"); lang != "" && !ofAPI(req) {
				return switchTo(lang, v)
			}
			value, err := r.make(v)
			if err != nil {
				return err
			}
			if v, says := value.(interface{ status() int }); says { // that it is none of success
				status = v.status()
			}
			return print(&body, v, value)
		}).ServeHTTP(w, req)
		if body.Len() > 0 {
			send(w, kind, status, body.Bytes())
		}
	})
}

func printJSON(w *bytes.Buffer, value any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	if err := e.Encode(value); err != nil {
		w.Reset()
		return err
	}
	return nil
}

func send(w http.ResponseWriter, kind string, status int, body []byte) {
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	w.Write(body)
}

// A sheet is what a template is given.
type sheet struct {
	*visit
	Page  string // name of the template
	Value any
}

// Nav are the pages that every page leads to.
func (p *sheet) Nav() []choice {
	return []choice{
		{p.Text("Search", "检索"), "/", p.Page == "search"},
		{p.Text("Indicators", "指标"), "/indicators", p.Page == "indicators"},
		{p.Text("Panel", "面板"), "/panel", p.Page == "panel"},
		{p.Text("Corpus", "语料库"), "/corpus", p.Page == "corpus"},
	}
}

// User is who has logged in; empty where nobody must.
func (p *sheet) User() string { return p.user }

// Lang is the language as HTML names it.
func (p *sheet) Lang() string { return p.Text("en", "zh-CN") }

// Other is the language that can be switched to.
func (p *sheet) Other() string { return p.Text("zh", "en") }

// Here is the address of the page with another language.
func (p *sheet) Here() string {
	q := p.URL.Query()
	q.Set("lang", p.Other())
	return p.URL.Path + "?" + q.Encode()
}

func (s *Server) render(out *bytes.Buffer, name string, v *visit, value any) error {
	var page bytes.Buffer
	if err := s.pages[name].Execute(&page, &sheet{v, name, value}); err != nil {
		return err
	}
	out.Write(bytes.Map(visible, page.Bytes()))
	return nil
}

// show answers with a page at once.
func (s *Server) show(w http.ResponseWriter, v *visit, status int, name string, value any) error {
	var page bytes.Buffer
	if err := s.render(&page, name, v, value); err != nil {
		return err
	}
	send(w, typeHTML, status, page.Bytes())
	return nil
}

// visible replaces control characters, which could change the terminal that a page is
// copied to, and those that turn the direction of a text, which could show another name.
func visible(c rune) rune {
	if c < ' ' && c != '\n' && c != '\t' || 0x7f <= c && c < 0xa0 || unicode.Is(unicode.Bidi_Control, c) {
		return '·'
	}
	return c
}

// A problem is an error that a reader is told.
type problem struct {
	status int
	en, zh string
}

func (p problem) Error() string { return p.en }

var errNotFound = problem{http.StatusNotFound, "there is nothing at this address", "这个地址没有内容"}

// moved sends a reader to another address of the same server.
type moved struct {
	to     string
	cookie *http.Cookie
}

func (m moved) Error() string { return "moved to " + m.to }

// known says what errors of the corpus mean for a reader.
var known = []struct {
	err error
	problem
}{
	{store.ErrUnknown, problem{http.StatusNotFound, "no such document in this corpus", "语料库里没有这份文件"}},
	{context.Canceled, problem{http.StatusServiceUnavailable, "it was broken off", "已中断"}},
	{context.DeadlineExceeded, problem{http.StatusServiceUnavailable, "this took too long and was stopped: ask for less, or again later", "用时过长，已停止：请缩小范围，或稍后再试"}},
	{index.ErrNone, problem{http.StatusServiceUnavailable, "the corpus has no index: 'mingxi reindex' builds it", "语料库没有索引：请运行“mingxi reindex”"}},
	{index.ErrOld, problem{http.StatusServiceUnavailable, "the index is of another version: 'mingxi reindex' builds it anew", "索引是另一版本的：请运行“mingxi reindex”"}},
	{index.ErrDamaged, problem{http.StatusServiceUnavailable, "the index is damaged: 'mingxi reindex' builds it anew", "索引已损坏：请运行“mingxi reindex”"}},
	{index.ErrOther, problem{http.StatusServiceUnavailable, "the index is not that of this corpus: 'mingxi reindex' builds it anew", "索引不属于这个语料库：请运行“mingxi reindex”"}},
}

// fail answers with what went wrong: in the words of the reader, never in those of the
// machine.
func (s *Server) fail(w http.ResponseWriter, v *visit, err error) {
	var to moved
	if errors.As(err, &to) {
		if to.cookie != nil {
			http.SetCookie(w, to.cookie)
		}
		w.Header().Set("Location", to.to)
		w.WriteHeader(http.StatusSeeOther)
		return
	}
	if errors.Is(err, context.Canceled) { // the reader has left
		return
	}
	w.Header().Del("Content-Disposition")
	w.Header().Del("X-Mingxi-Found")
	var query *queryError
	if errors.As(err, &query) {
		sendWrong(w, http.StatusBadRequest, wrong{query.What, query.Query, &query.At, query.Hint})
		return
	}
	p, told := problemOf(err)
	if !told && s.o.Log != nil {
		s.o.Log(fmt.Sprintf("%q: %v", v.URL.Path, err))
	}
	if ofAPI(v.Request) {
		sendWrong(w, p.status, wrong{Error: v.Text(p.en, p.zh)})
		return
	}
	var page bytes.Buffer
	if err := s.render(&page, "problem", v, v.Text(p.en, p.zh)); err != nil {
		http.Error(w, p.en, p.status)
		return
	}
	send(w, typeHTML, p.status, page.Bytes())
}

// ofAPI reports whether a request wants JSON.
func ofAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }

// sendWrong answers in JSON with what went wrong.
func sendWrong(w http.ResponseWriter, status int, what wrong) {
	var b bytes.Buffer
	printJSON(&b, what)
	send(w, typeJSON, status, b.Bytes())
}

func problemOf(err error) (p problem, told bool) {
	if errors.As(err, &p) {
		return p, true
	}
	if wrong := (*query.ParseError)(nil); errors.As(err, &wrong) {
		return problem{http.StatusBadRequest, wrong.Error(), wide(wrong.Chinese())}, true
	}
	if errors.Is(err, store.ErrBroken) { // which names the document
		return problem{http.StatusInternalServerError, err.Error() + ": see 'mingxi verify'", tell.Lang(true).Message(err.Error()) + "：请看“mingxi verify”"}, false
	}
	for _, k := range known {
		if errors.Is(err, k.err) {
			return k.problem, errors.Is(err, store.ErrUnknown)
		}
	}
	return problem{http.StatusInternalServerError, "something went wrong; the server has noted what", "出错了；原因已记在服务器上"}, false
}
