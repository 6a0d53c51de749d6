package main

// The database must answer every query as the index of the corpus does: the same reports
// and figures in the same order of places, the same marks, the same facets.

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"mingxi/bench/gen"
	"mingxi/cmd/mingxi/backend"
	"mingxi/cmd/mingxi/find"
	"mingxi/cmd/mingxi/ingest"
	"mingxi/corpus/store"
	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

// reports is how many made-up reports the corpus has; MINGXI_REPORTS has more.
func reports() int {
	if n, err := strconv.Atoi(os.Getenv("MINGXI_REPORTS")); err == nil {
		return n
	}
	return 300
}

// others are reports with what the made-up ones lack: regions, several in one file, near-
// copies, traditional characters, personal numbers, signs that COPY and SQL treat specially.
var others = map[string]string{
	"陆良县/2011.txt": "陆良县民政局2011年工作总结\n一、救災救濟\n全县農作物受灾３７４１５公顷，绝收201X公顷，下拨救灾资金240万元。其中：小麦1200亩。\n二、城乡低保\n城市低保月人均标准210元，农村低保对象2.5万人。\n",
	"曲靖市/2012.txt": "曲靖市2012年民政工作总结\n全市农作物受灾1200亩，救灾资金支出1.2亿元，同比增长12.5%。计划2013年发放低保金3000万元。\n",
	"合并.txt":       "关于石屏县民政局2009年工作总结\n敬老院床位140张，粮食受灾9000亩。\n\n\n关于华宁县民政局2010年工作总结\n发放低保金50.25万元，惠及1300户。城市低保标准每人每月210元。\n",
	"copy/陆良.txt":  "陆良县民政局2011年工作总结\n一、救災救濟\n全县農作物受灾３７４１５公顷，绝收201X公顷，下拨救灾资金240万元。其中：小麦1200亩。\n二、城乡低保\n城市低保月人均标准210元，农村低保对象2.5万人。。\n",
	"signs.txt":    "工作总结\nC:\\new\\table\t制表{\"a\",b}'单引号'100%_通配，救助35人次。联系电话13812345678，王某。\n",
	"none.txt":     "没有数字的文件。\n",
	"昆明/2010.txt":  "昆明市2010年国民经济和社会发展统计公报\n全年地区生产总值2120.30亿元，城镇居民人均可支配收入18876元，新型农村合作医疗参合率97.5%。😀𠮷\n",
	"北京/GDP.txt":   "北京市2015年GDP公报\nＧＤＰ完成23014.6亿元，比上年增长6.9%。城市低保对象8.5万人，发放资金6亿元。\n",
}

// A world is a corpus, its index and its export.
type world struct {
	store  *store.Store
	index  *index.Index
	dir    string // of the corpus
	export string
	mingxi string // the program
	texts  []string
}

// theWorld is made once for all tests, in a directory that TestMain removes.
var theWorld = sync.OnceValues(func() (*world, error) { return makeWorld(worldDir) })

var worldDir string

func TestMain(m *testing.M) {
	var err error
	if worldDir, err = os.MkdirTemp("", "mingxi-world"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(worldDir)
	os.Exit(code)
}

func makeWorld(dir string) (*world, error) {
	w := &world{dir: filepath.Join(dir, "corpus.mx"), export: filepath.Join(dir, "postgres"), mingxi: filepath.Join(dir, "bin", "mingxi")}
	from := filepath.Join(dir, "reports")
	write := func(name, text string) error {
		path := filepath.Join(from, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		return os.WriteFile(path, []byte(text), 0o666)
	}
	source := gen.New(7)
	for i := range reports() {
		r := source.Report(i)
		if err := write(r.Name, r.Text); err != nil {
			return nil, err
		}
	}
	for name, text := range others {
		if err := write(name, text); err != nil {
			return nil, err
		}
	}
	for _, build := range [][]string{
		{"build", "-C", "../..", "-o", w.mingxi, "./cmd/mingxi"},
		{"build", "-o", w.mingxi + "-postgres", "."},
	} {
		if out, err := exec.Command("go", build...).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("go %v: %v\n%s", build, err, out)
		}
	}
	for _, args := range [][]string{
		{"ingest", from, "-c", w.dir, "-q"},
		{"export", "-c", w.dir, "-o", w.export, "--personal", "-q"},
	} {
		if out, err := exec.Command(w.mingxi, args...).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("mingxi %v: %v\n%s", args, err, out)
		}
	}
	return w, os.Chmod(dir, 0o755)
}

// corpus opens the corpus.
func corpus(t *testing.T) *world {
	t.Helper()
	made, err := theWorld()
	if err != nil {
		t.Fatal(err)
	}
	w := *made
	if w.store, err = store.Open(t.Context(), w.dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.store.Close() })
	if w.index, err = ingest.OpenIndex(t.Context(), w.store); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.index.Close() })
	for l, err := range w.store.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		w.texts = append(w.texts, l.Document.Text)
	}
	return &w
}

// dial opens the database.
func dial(t *testing.T, address string) *pgStore {
	t.Helper()
	s, err := open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s.(*pgStore)
}

// A spot is a hit without its weight.
type spot struct {
	DocID  string
	Report int
	Seq    int
	Marks  string
	About  string
}

func spotOf(h index.Hit) spot {
	return spot{h.DocID, h.Report, h.Figure.Seq, fmt.Sprint(h.Marks), fmt.Sprint(h.Source, h.Title, h.Org, h.Code, h.Region, h.Year, h.Start, h.End, h.Figures)}
}

// here is what the index answers.
func (w *world) here(t *testing.T, r find.Request) (n backend.Counts, list []spot) {
	t.Helper()
	found, err := find.Search(t.Context(), w.store, w.index, r)
	if err != nil {
		t.Fatalf("%s: %v", r.Query, err)
	}
	for h := range found.All() {
		list = append(list, spotOf(h))
	}
	if err := found.Err(); err != nil {
		t.Fatalf("%s: %v", r.Query, err)
	}
	return backend.Counts{Reports: found.Reports, Docs: found.Docs, Figures: found.Figures}, list
}

// there is what the database answers.
func there(t *testing.T, s *pgStore, r find.Request) (n backend.Counts, list []spot, err error) {
	t.Helper()
	found, err := s.Search(t.Context(), requestOf(r))
	if err != nil {
		return n, nil, err
	}
	defer found.Close()
	hits, err := found.Hits(t.Context(), 0, 1<<30)
	for _, h := range hits {
		list = append(list, spotOf(h))
	}
	return found.Counts(), list, err
}

func requestOf(r find.Request) backend.Request {
	return backend.Request{Query: r.Query.String(), Figures: r.Figures, Sort: r.Sort, Reverse: r.Reverse, Synonyms: r.Synonyms, Distinct: r.Distinct}
}

// agree compares the two.
func (w *world) agree(t *testing.T, s *pgStore, r find.Request) (hits int, err error) {
	t.Helper()
	n, list := w.here(t, r)
	m, other, err := there(t, s, r)
	if err != nil {
		return 0, err
	}
	if n != m {
		t.Errorf("%s: %+v, want %+v", r.Query, m, n)
	}
	if !reflect.DeepEqual(list, other) {
		for i := range max(len(list), len(other)) {
			if i >= len(list) || i >= len(other) || list[i] != other[i] {
				t.Errorf("%s (figures %v): hit %d of %d is %+v, want %+v", r.Query, r.Figures, i, len(list), at(other, i), at(list, i))
				break
			}
		}
	}
	return len(list), nil
}

func at(list []spot, i int) any {
	if i < len(list) {
		return list[i]
	}
	return "none"
}

// piece is a random run of one to six characters of some text, as it is printed.
func (w *world) piece(rng *rand.Rand) query.Query {
	for {
		text := []rune(w.texts[rng.IntN(len(w.texts))])
		from := rng.IntN(len(text))
		to := min(len(text), from+1+rng.IntN(6))
		if s := string(text[from:to]); strings.TrimSpace(s) != "" {
			return query.Phrase{Text: s, Exact: true}
		}
	}
}

func parse(t *testing.T, text string) query.Query {
	t.Helper()
	q, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// asked are queries of every kind.
var asked = strings.Split(`*
低保
城市低保 -五保
(低保 OR 五保) 救灾
-(低保 OR 救灾)
-低保 -label:受灾
低保 ~ 发放
发放 ~ 低保 ~ 资金
NEAR(标准 提高 低保)
城市*低保
城市*标准*提高
"县，" ~ 下拨
"。\n" ~ 低保
城乡低保*210元
GDP
gdp ＧＤＰ
農作物 受災
37415公顷
title:总结
title:公报 -org:民政局
org:陆良
org:民政局 year:2009..2012
section:低保
section:救灾 受灾
year:2011
year:>2015
region:53
region:530300
region:曲靖市
region:昆明 OR region:北京
region:530000 -region:530322
region:5
region:530
region:53032200
-(region:530 低保)
label:受灾
label:低保 kind:standard
place:东片
object:低保对象
event:受灾
measure:面积
base:上年
indicator:dibao*
indicator:dibao_urban_hh
unit:公顷
unit:亩
unit:元 value:>1000000
value:>1000公顷
value:100万元..2亿元
value:1200亩
value:<5%
value:12.5
value:>=210元 label:标准
kind:masked
kind:s*
status:planned
status:planned label:低保
approx:range
check:holds
per:人·月
unit:公顷 value:>30000 -kind:change
-(unit:元 value:>1000)
label:低保 OR section:救灾
label:受灾 OR year:2012
"100%_"
"C:\\new"
'单引号'
13812345678
😀
𠮷
低
，
低保 value:>100 unit:户 region:曲靖市`, "\n")

// One server is asked, refused, and at last lost.
func TestServer(t *testing.T) {
	primary := startPrimary(t)
	w := corpus(t)
	primary.load("reports", w.export)
	t.Run("answers", func(t *testing.T) { answers(t, w, primary) })
	t.Run("substrings", func(t *testing.T) { substrings(t, w, dial(t, primary.address("reports"))) })
	t.Run("refused", func(t *testing.T) { refused(t, w, primary) })
	t.Run("replaced", func(t *testing.T) { replaced(t, primary) })
	t.Run("lost", func(t *testing.T) { lostPrimary(t, w, primary) })
}

// Each kind of query, of reports and of figures, with and without synonyms.
func answers(t *testing.T, w *world, primary *server) {
	s := dial(t, primary.address("reports"))
	some := 0
	for _, text := range asked {
		q := parse(t, text)
		for _, figures := range []bool{false, true} {
			for _, synonyms := range []bool{false, true} {
				n, err := w.agree(t, s, find.Request{Query: q, Figures: figures, Synonyms: synonyms, Sort: index.ByOrder})
				if err != nil {
					t.Errorf("%s: %v", text, err)
				}
				if n > 0 {
					some++
				}
			}
		}
	}
	if some < 3*len(asked) {
		t.Errorf("only %d of %d answers hold anything", some, 4*len(asked))
	}
	t.Run("orders", func(t *testing.T) { orders(t, w, s) })
	t.Run("facets", func(t *testing.T) { facets(t, w, s) })
	t.Run("long", func(t *testing.T) { long(t, w, s) })
	t.Run("documents", func(t *testing.T) { documents(t, w, s) })
	t.Run("commands", func(t *testing.T) { commands(t, w, primary.address("reports")) })
}

// Two hundred random substrings find what the index finds, and with -v how long that took:
//
//	MINGXI_REPORTS=10000 go test -run TestServer/substrings -v
func substrings(t *testing.T, w *world, s *pgStore) {
	rng := rand.New(rand.NewPCG(2, 2))
	var took []time.Duration
	for range 200 {
		r := find.Request{Query: w.piece(rng), Sort: index.ByOrder}
		begun := time.Now()
		found, err := s.Search(t.Context(), requestOf(r))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := found.Hits(t.Context(), 0, 10); err != nil {
			t.Fatal(err)
		}
		took = append(took, time.Since(begun))
		found.Close()
		if _, err := w.agree(t, s, r); err != nil {
			t.Error(err)
		}
	}
	slices.Sort(took)
	t.Logf("of %d reports: p50 %s, p95 %s for a count and ten hits", len(w.texts), took[len(took)/2], took[len(took)*95/100])
}

// Orders by what is known of hits are the same; near-copies are left out alike.
func orders(t *testing.T, w *world, s *pgStore) {
	for _, r := range []find.Request{
		{Query: parse(t, "低保"), Sort: index.ByYear},
		{Query: parse(t, "低保"), Sort: index.ByYear, Reverse: true},
		{Query: parse(t, "unit:元"), Figures: true, Sort: index.ByValue},
		{Query: parse(t, "unit:公顷"), Figures: true, Sort: index.ByValue, Reverse: true},
		{Query: parse(t, "低保"), Sort: index.ByOrder, Distinct: true},
		{Query: parse(t, "受灾"), Figures: true, Sort: index.ByOrder, Distinct: true},
		{Query: parse(t, "城市低保"), Figures: true},
		{Query: parse(t, "低保 ~ 标准"), Figures: true},
	} {
		if n, err := w.agree(t, s, r); n == 0 || err != nil {
			t.Errorf("%+v: %d hits, %v", r, n, err)
		}
	}
}

// Facets count the same.
func facets(t *testing.T, w *world, s *pgStore) {
	for _, text := range []string{"*", "低保 -救灾", "label:受灾", "region:53"} {
		for _, figures := range []bool{false, true} {
			r := find.Request{Query: parse(t, text), Figures: figures, Sort: index.ByOrder, Facets: true}
			found, err := find.Search(t.Context(), w.store, w.index, r)
			if err != nil {
				t.Fatal(err)
			}
			other, err := s.Search(t.Context(), requestOf(r))
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range index.Facets() {
				want, err := found.Facet(name, 0)
				if err != nil {
					t.Error(err)
				}
				got, err := other.Facet(t.Context(), name)
				if err != nil || len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
					t.Errorf("%s by %s (figures %v): %v\n got %v\nwant %v", text, name, figures, err, got, want)
				}
			}
			other.Close()
		}
	}
}

// Words longer than what a row of sentences has of the next, over the end of a sentence.
func long(t *testing.T, w *world, s *pgStore) {
	rng := rand.New(rand.NewPCG(3, 3))
	for range 40 {
		text := []rune(w.texts[rng.IntN(len(w.texts))])
		from := rng.IntN(max(1, len(text)-60))
		q := query.Phrase{Text: string(text[from:min(len(text), from+20+rng.IntN(40))]), Exact: true}
		for _, figures := range []bool{false, true} {
			if _, err := w.agree(t, s, find.Request{Query: q, Figures: figures, Sort: index.ByOrder}); err != nil {
				t.Error(err)
			}
		}
	}
}

// A document comes out of the database as out of the corpus, as far as columns tell.
func documents(t *testing.T, w *world, s *pgStore) {
	for l, err := range w.store.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		d, r, err := s.Document(t.Context(), l.Ref.ID)
		if err != nil {
			t.Fatal(err)
		}
		for i := range l.Reading.Origins { // which words told it stays in the corpus
			o := &l.Reading.Origins[i]
			o.OrgFrom, o.YearFrom, o.RegionFrom = schema.Evidence{}, schema.Evidence{}, schema.Evidence{}
		}
		if d.Text != l.Document.Text || !reflect.DeepEqual(d.Articles, l.Document.Articles) || !reflect.DeepEqual(r.Origins, l.Reading.Origins) || d.Path() != l.Document.Path() {
			t.Errorf("%s: %+v %+v, want %+v %+v", d.ID, d.Articles, r.Origins, l.Document.Articles, l.Reading.Origins)
		}
		if len(r.Metrics) != len(l.Reading.Metrics) {
			t.Fatalf("%s: %d figures of %d", d.ID, len(r.Metrics), len(l.Reading.Metrics))
		}
		for i := range r.Metrics {
			if !reflect.DeepEqual(r.Metrics[i], l.Reading.Metrics[i]) {
				t.Errorf("%s: %+v\nwant %+v", d.ID, r.Metrics[i], l.Reading.Metrics[i])
			}
		}
	}
	if _, _, err := s.Document(t.Context(), "0000000000000000"); kindOf(err) != backend.Unknown {
		t.Errorf("no document: %v", err)
	}
}

// The commands print the same, whatever holds the corpus.
func commands(t *testing.T, w *world, address string) {
	for _, args := range [][]string{
		{"search", "低保 ~ 发放", "--sort", "order", "--facet", "region,unit"},
		{"search", "城市低保", "--csv"},
		{"search", "label:低保 value:>100", "--figures", "--csv"},
		{"search", "受灾", "--figures", "--json", "--sort", "value", "-n", "30"},
		{"search", "低保 year:2011", "--json", "--sort", "year", "-n", "0", "--facet", "org"},
		{"search", "13812345678"}, // masked, as always
		{"panel"},
		{"panel", "--wide", "--distinct", "--region-year", "2020", "--indicator", "dibao_urban_hh,crop_affected"},
	} {
		want, err := exec.Command(w.mingxi, append(args, "-c", w.dir, "-q")...).Output()
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		got, err := exec.Command(w.mingxi, append(args, "--backend", address, "-q")...).Output()
		if err != nil || string(got) != string(want) || len(want) == 0 {
			t.Errorf("%v: %v\n%s\nwant\n%s", args, err, got, want)
		}
	}
}
