package index

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mingxi/index/query"
	"unicode/utf8"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// The oracle is the plain substring: what strings.Index finds in the folded
// text is what a search must find, no document and no place more or less.
//
//	MINGXI_ORACLE=10000 go test ./index -run Oracle    at that many documents

// sample writes a report of about 4.6 KB from our own sentences.
func sample(r *rand.Rand) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%d年民政工作总结\n", pick(r, counties), 2000+r.Intn(25))
	for b.Len() < 4600 {
		if r.Intn(6) == 0 {
			fmt.Fprintf(&b, "\n%s、%s\n", pick(r, ordinals), pick(r, topics))
		}
		for part := range strings.SplitSeq(pick(r, sentences), "#") {
			b.WriteString(part)
			if strings.HasSuffix(part, "。") {
				break
			}
			b.WriteString(number(r))
		}
	}
	return b.String()
}

func pick(r *rand.Rand, list []string) string { return list[r.Intn(len(list))] }

func number(r *rand.Rand) string {
	switch r.Intn(5) {
	case 0:
		return strconv.FormatFloat(float64(r.Intn(100000))/100, 'f', -1, 64) + "万"
	case 1:
		return fold.String("") + strings.Map(func(c rune) rune { return c - '0' + '０' }, strconv.Itoa(r.Intn(1000)))
	}
	return strconv.Itoa(r.Intn(40000))
}

var (
	counties  = []string{"陆良县", "曲靖市麒麟区", "华宁县", "祥云縣", "盐津县", "石屏县", "临沧市临翔区"}
	ordinals  = []string{"一", "二", "三", "四", "五", "（一）", "（二）"}
	topics    = []string{"城乡低保", "救灾救济工作", "医疗救助", "五保供养", "优抚安置", "社会事务", "存在的问题", "下步打算"}
	sentences = []string{
		"全县共有城市低保对象#户#人，月人均补助#元。", "农村低保累计发放资金#元，惠及#户。",
		"今年以来，我县遭受旱灾，农作物受灾面积#公顷，成灾#公顷，绝收#公顷，直接经济损失#元。",
		"五保供養工作稳步推进，集中供养#人，分散供养#人。", "全年实施大病医疗救助#人次，支出资金#元。",
		"发放救灾粮#公斤，棉被#床，衣服#件。", "倒塌房屋#间，损坏#间，转移安置灾民#人。",
		"社会经济发展和民生保障同步推进，取得了较好的成绩。", "（见附表）新型农村合作医疗参合#人，参合率#%。",
		"办理结婚登记#对，离婚登记#对，合格率100％。", "全縣有敬老院#所，床位#张，入住老人#人。",
		"我局认真贯彻落实上级的各项工作部署，以民为本、为民解困。", "优抚对象#人，发放优待金#元；退役士兵安置#名。",
		"GDP完成#元，同比增长#%。", "一是加强领导，二是完善制度，三是强化督查。", "保障了困难群众的基本生活，维护了社会稳定。",
		"城市居民最低生活保障标准由每人每月#元提高到#元。", "目前，低保动态管理“应保尽保、应退尽退”机制基本形成。",
	}
)

// corpus builds an index of n reports and returns their folded texts by id.
func oracleCorpus(t testing.TB, n int) (*Index, map[string]string) {
	r := rand.New(rand.NewSource(7))
	dir := t.TempDir()
	w := newWriter(t, dir)
	texts := make(map[string]string)
	for i := range n {
		id := fmt.Sprintf("%016x", i)
		text := sample(r)
		if err := w.Add(plain(id, text), nil); err != nil {
			t.Fatal(err)
		}
		texts[id] = fold.String(text)
		if n > 20 && i%(n/5+1) == n/10 {
			if err := w.Commit(); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i := 0; i < n; i += 17 { // some are deleted, some come again with another text
		id := fmt.Sprintf("%016x", i)
		w.Delete(id)
		delete(texts, id)
		if i%2 == 0 {
			text := sample(r)
			if err := w.Add(plain(id, text), nil); err != nil {
				t.Fatal(err)
			}
			texts[id] = fold.String(text)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	return openIndex(t, dir), texts
}

func oracleSize() int {
	n, err := strconv.Atoi(os.Getenv("MINGXI_ORACLE"))
	if err != nil {
		return 200
	}
	return n
}

func TestOracle(t *testing.T) {
	ix, texts := oracleCorpus(t, oracleSize())
	ids := make([]string, 0, len(texts))
	for id := range texts {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	r := rand.New(rand.NewSource(8))
	var queries []string
	for range 500 {
		runes := []rune(texts[pick(r, ids)])
		n := 1 + r.Intn(8)
		at := r.Intn(len(runes) - n)
		queries = append(queries, string(runes[at:at+n]))
	}
	queries = append(queries, fixedQueries...)
	for _, q := range queries {
		checkOracle(t, ix, texts, q)
	}
}

// fixedQueries are what people look for, of every length and writing.
var fixedQueries = strings.Fields(`
保 县 縣 元 １ 1 % ％ 。 、 （ 低保 五保 救灾 绝收 医疗 公顷 万元 受灾 发放 人次 ＧＤＰ gdp GDP 0% 00 12 县民 救助
城市低 农村低 低保对 五保供 供養工 供养工 公顷。 100% 100％ 月人均 敬老院 倒塌房 城市低保 农村低保 医疗救助 五保供养 经济发展 受灾面积 应保尽保
参合率 优待金 救灾粮 棉被 衣服 灾民 安置 登记 结婚登记 离婚登记 合格率 存在的问题 下步打算 民政工作总结 年民政工作 直接经济损失 新型农村合作医疗
农村合作医疗 合作医疗 集中供养 分散供养 大病医疗救助 转移安置灾民 社会经济发展 社会稳定 以民为本、为民解困 一是加强领导，二是 “应保尽保 尽退”机制
困难群众的基本生活 最低生活保障标准 城市居民最低生活保障 每人每月 提高到 今年以来，我县 华宁县20 陆良县2 祥云县 祥云縣 临翔区 曲靖市麒麟区20
工作 的 了 我局 （见附表） (见附表) 旱灾 同比增长 动态管理 全縣有 全县有 取得了较好的成绩 不存在 没有这样的词 低保低保 保低 户户 公斤，棉被 张，入住老人
`)

func checkOracle(t *testing.T, ix *Index, texts map[string]string, asked string) {
	t.Helper()
	res, err := ix.Search(context.Background(), query.Phrase{Text: asked, Exact: true}, SearchOptions{})
	if err != nil {
		t.Fatalf("%q: %v", asked, err)
	}
	want := fold.String(asked)
	found := make(map[string][]Mark)
	for h := range res.All() {
		found[h.DocID] = h.Marks
	}
	if len(found) != res.Docs {
		t.Errorf("%q: %d documents, counted %d", asked, len(found), res.Docs)
	}
	for id, text := range texts {
		if places := substrings(text, want); !slices.Equal(places, found[id]) {
			t.Errorf("%q in %s: %v, want %v", asked, id, found[id], places)
			return
		}
		delete(found, id)
	}
	if len(found) > 0 {
		t.Errorf("%q: %d documents that do not exist", asked, len(found))
	}
}

// substrings lists the places of a substring, also those that overlap.
func substrings(text, sub string) []Mark {
	var list []Mark
	runes, size := 0, utf8.RuneCountInString(sub)
	for i := range text {
		if strings.HasPrefix(text[i:], sub) {
			list = append(list, Mark{runes, runes + size})
		}
		runes++
	}
	return list
}

// The same for AND, OR, NOT and near.
func TestOracleOperators(t *testing.T) {
	ix, texts := oracleCorpus(t, min(oracleSize(), 1000))
	words := []string{"低保", "绝收", "五保", "供養", "公顷", "gdp", "敬老院", "旱灾", "12", "社会经济发展"}
	r := rand.New(rand.NewSource(9))
	for range 200 {
		a, b, c := pick(r, words), pick(r, words), pick(r, words)
		q, err := query.Parse(fmt.Sprintf("%s (%s OR -%s)", a, b, c))
		if err != nil {
			t.Fatal(err)
		}
		res, err := ix.Search(context.Background(), q, SearchOptions{})
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		has := func(text, word string) bool { return strings.Contains(text, fold.String(word)) }
		for _, text := range texts {
			if has(text, a) && (has(text, b) || !has(text, c)) {
				want++
			}
		}
		if res.Docs != want {
			t.Errorf("%s: %d, want %d", q, res.Docs, want)
		}
	}
}

func TestNear(t *testing.T) {
	dir := t.TempDir()
	w := newWriter(t, dir)
	for id, text := range map[string]string{
		"a": "低保资金发放到户。五保供养。",
		"b": "发放粮食。低保提标。",
		"c": "发放低保资金。",
		"d": "低保\n发放",
	} {
		if err := w.Add(plain(id, text), nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	ix := openIndex(t, dir)
	for _, c := range []struct{ asked, want string }{
		{"低保 ~ 发放", "a c"},
		{"低保*发放", "a"},
		{"低*金*放", "a"},
		{"低保 发放", "a b c d"},
		{"低保 -(低保 ~ 发放)", "b d"},
	} {
		if got := strings.Join(ids(t, ix, c.asked), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.asked, got, c.want)
		}
	}
}

func ids(t *testing.T, ix *Index, asked string) []string {
	t.Helper()
	q, err := query.Parse(asked)
	if err != nil {
		t.Fatal(err)
	}
	res, err := ix.Search(context.Background(), q, SearchOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for h := range res.All() {
		list = append(list, h.DocID)
	}
	slices.Sort(list)
	return list
}

// A text without blocks and sentences, or empty, is no reason to fail.
func TestBareDocuments(t *testing.T) {
	dir := t.TempDir()
	w := newWriter(t, dir)
	for _, d := range []*schema.Document{
		{ID: "empty"}, {ID: "bare", Text: "低保"}, {ID: "bad", Text: "低\xff保\xe4\xbd"},
	} {
		if err := w.Add(d, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	ix := openIndex(t, dir)
	if got := ids(t, ix, "低保"); !slices.Equal(got, []string{"bare"}) {
		t.Error(got)
	}
	if docs, reports, _, err := ix.Docs(); docs != 3 || reports != 2 || err != nil {
		t.Error(docs, reports, err)
	}
}
