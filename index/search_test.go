package index

import (
	"context"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"mingxi/index/query"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// The corpus of these tests, one report a paragraph: what is known about it, its
// text, and its figures as label, raw, value and unit, converted value and unit.
const smallCorpus = `
a | 陆良县民政局 | 530322 陆良县 | 2011
陆良县民政局2011年工作总结
一、救灾救济
全县农作物受灾37415公顷，绝收201X公顷，下拨救灾资金240万元。
+ 农作物受灾面积 | 37415公顷 | 37415 公顷
+ 农作物绝收面积 | 201X公顷 | masked 公顷
+ 下拨救灾资金 | 240万元 | 2400000 元
二、城乡低保
城市低保月人均标准210元。
+ 城市低保标准 | 210元 | 210 元 | standard

b | 曲靖市民政局 | 530300 曲靖市 | 2012
曲靖市2012年民政工作总结
全市农作物受灾1200亩，救灾资金支出1.2亿元。
+ 农作物受灾面积 | 1200亩 | 1200 亩 80 公顷
+ 救灾资金支出 | 1.2亿元 | 120000000 元

c | 石屏县民政局 | 532525 石屏县 | 2009
石屏县2009年工作总结
敬老院床位140张，粮食受灾9000亩，明年计划下拨救灾资金90万元。
+ 敬老院床位 | 140张 | 140 张
+ 粮食受灾面积 | 9000亩 | 9000 亩 600 公顷
+ 下拨救灾资金 | 90万元 | 900000 元 | planned
`

func small(t testing.TB) *Index {
	dir := t.TempDir()
	return smallParts(t, newWriter(t, dir), dir, strings.Split(strings.TrimSpace(smallCorpus), "\n\n")...)
}

// smallParts adds documents, commits and opens.
func smallParts(t testing.TB, w *Writer, dir string, parts ...string) *Index {
	t.Helper()
	for _, part := range parts {
		d, r := readSmall(t, part)
		if err := w.Add(d, r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	return openIndex(t, dir)
}

func readSmall(t testing.TB, part string) (*schema.Document, *schema.Reading) {
	head, body, _ := strings.Cut(part, "\n")
	about := cells(head)
	var text strings.Builder
	var figures []string
	for line := range strings.Lines(body) {
		if f, ok := strings.CutPrefix(strings.TrimSpace(line), "+ "); ok {
			figures = append(figures, f)
			continue
		}
		text.WriteString(line)
	}
	d := plain(about[0], text.String())
	code, name, _ := strings.Cut(about[2], " ")
	o := schema.Origin{Article: 1, Org: about[1], Region: schema.Region{Code: code, Name: name}}
	fmt.Sscan(about[3], &o.Year)
	r := &schema.Reading{Origins: []schema.Origin{o}}
	section := ""
	for i, b := range d.Blocks {
		if line := b.In(d.Text); strings.Contains(line, "、") && len(line) < 40 {
			d.Blocks[i].Kind, section = schema.Heading, line
		} else if i == 0 {
			d.Blocks[i].Kind = schema.Title
		}
	}
	for i, f := range figures {
		r.Metrics = append(r.Metrics, smallFigure(t, d, i+1, section, cells(f)))
	}
	return d, r
}

func cells(s string) []string {
	list := strings.Split(s, "|")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

func smallFigure(t testing.TB, d *schema.Document, seq int, section string, c []string) schema.Metric {
	at := strings.Index(d.Text, c[1])
	m := schema.Metric{Seq: seq, Article: 1, Label: c[0], Span: schema.Span{Start: at, End: at + len(c[1])}, Rule: "test"}
	for _, s := range d.Sentences {
		if s.Contains(m.Span) {
			m.Sentence = s
		}
	}
	if seq == 4 {
		m.Section = section
	}
	if object, has := strings.CutSuffix(c[0], "面积"); has {
		m.Slots = schema.Slots{Object: object, Measure: "面积"}
	}
	size := strings.Fields(c[2])
	m.Unit, m.SIUnit = size[1], size[len(size)-1]
	if size[0] == "masked" {
		m.Kind = schema.Masked
	} else {
		m.Value, _ = schema.ParseDecimal(size[0])
		m.SI, _ = schema.ParseDecimal(size[(len(size)-1)/2*2])
		if len(size) == 4 {
			m.SI, _ = schema.ParseDecimal(size[2])
		} else {
			m.SI = m.Value
		}
	}
	if len(c) > 3 {
		switch c[3] {
		case "standard":
			m.Kind = schema.Standard
		case "planned":
			m.Status = schema.Planned
		}
	}
	return m
}

// Each asked and the figures it finds, as document#seq in the order of adding.
func TestFigures(t *testing.T) {
	ix := small(t)
	for _, c := range []struct{ asked, want string }{
		{"*", "a#1 a#2 a#3 a#4 b#1 b#2 c#1 c#2 c#3"},
		{"受灾", "a#1 a#2 a#3 b#1 b#2 c#1 c#2 c#3"}, // of the whole sentence
		{"label:受灾", "a#1 b#1 c#2"},
		{"label:作物受", "a#1 b#1"},
		{"object:受灾", "a#1 b#1 c#2"},
		{"对象:粮食 量:面积", "c#2"},
		{"place:县", ""},
		{"粮食受灾面积", "c#2"}, // only the label holds it
		{"救灾救济", ""},      // the heading, but no figure has it above here
		{"城乡低保", "a#4"},   // the heading above
		{"section:低保", "a#4"},
		{"unit:亩", "b#1 c#2"},
		{"unit:公顷", "a#1 a#2 b#1 c#2"}, // also what is converted to it
		{"value:>500公顷", "a#1 c#2"},
		{"value:500公顷..1000公顷", "c#2"},
		{"value:>=9000亩", "a#1 c#2"},
		{"unit:亩 value:>5000", "c#2"},
		{"unit:公顷 value:>5000", "a#1"},
		{"value:240万元", "a#3"},
		{"value:100万元..2亿元", "a#3 b#2"},
		{"value:<1000000元 -value:<300元", "c#3"},
		{"unit:公顷 -value:>0公顷", "a#2"},
		{"kind:masked", "a#2"},
		{"kind:standard OR status:planned", "a#4 c#3"},
		{"status:pl*", "c#3"},
		{"救灾 status:done", "a#1 a#2 a#3 b#1 b#2 c#1 c#2"}, // 救灾资金 is in the sentence
		{"year:2011..", "a#1 a#2 a#3 a#4 b#1 b#2"},
		{"year:<2011 unit:张", "c#1"},
		{"region:530300 label:受灾", "a#1 b#1"},
		{"region:曲靖 label:受灾", "a#1 b#1"}, // the city, and 530322 below it
		{"region:53", "a#1 a#2 a#3 a#4 b#1 b#2 c#1 c#2 c#3"},
		{"region:5303 kind:standard", "a#4"},
		{"region:石屏县 unit:亩", "c#2"},
		{"org:曲靖", "b#1 b#2"},
		{"title:2009 unit:亩", "c#2"},
		{"农作物*亩", "b#1 b#2"},
	} {
		if got := strings.Join(figureHits(t, ix, c.asked, SearchOptions{Sort: ByOrder}), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.asked, got, c.want)
		}
	}
}

func figureHits(t testing.TB, ix *Index, asked string, o SearchOptions) []string {
	t.Helper()
	o.Figures = true
	res := search(t, ix, asked, o)
	var list []string
	for h := range res.All() {
		list = append(list, fmt.Sprintf("%s#%d", h.DocID, h.Figure.Seq))
	}
	if len(list) != res.Figures || res.Len() != res.Figures {
		t.Errorf("%s: %d figures, counted %d", asked, len(list), res.Figures)
	}
	return list
}

func search(t testing.TB, ix *Index, asked string, o SearchOptions) *Result {
	t.Helper()
	q, err := query.Parse(asked)
	if err != nil {
		t.Fatal(err)
	}
	res, err := ix.Search(context.Background(), q, o)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// Conditions on one figure must be met by one figure, not by several.
func TestReports(t *testing.T) {
	ix := small(t)
	for _, c := range []struct{ asked, want string }{
		{"unit:元 value:>100万元", "a b"},
		{"unit:亩 value:>500", "b c"},
		{"unit:张 value:>5000", ""},
		{"unit:张 -(unit:元 value:>100万元)", "c"},
		{"label:受灾 kind:standard", ""},
		{"section:低保", "a"},
		{"section:受灾", ""},
		{"title:总结 -year:2011", "b c"},
		{"indicator:x*", ""},
		{"region:53 OR region:石屏", "a b c"},
	} {
		if got := strings.Join(ids(t, ix, c.asked), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.asked, got, c.want)
		}
	}
}

func TestSorts(t *testing.T) {
	ix := small(t)
	for _, c := range []struct {
		o    SearchOptions
		want string
	}{
		{SearchOptions{Sort: ByValue}, "a#1 c#2 b#1 a#2"},
		{SearchOptions{Sort: ByValue, Reverse: true}, "b#1 c#2 a#1 a#2"}, // without value: last
		{SearchOptions{Sort: ByYear}, "b#1 a#1 a#2 c#2"},
	} {
		if got := strings.Join(figureHits(t, ix, "unit:公顷", c.o), " "); got != c.want {
			t.Errorf("%+v: %s, want %s", c.o, got, c.want)
		}
	}
}

// A page can begin anywhere, and pages together are all hits in their order.
func TestPages(t *testing.T) {
	ix, _ := oracleCorpus(t, 60)
	all := search(t, ix, "的 OR 县", SearchOptions{}).Hits(0, -1)
	for size := 1; size < 20; size += 6 {
		res := search(t, ix, "的 OR 县", SearchOptions{})
		var got []Hit
		for at := 0; at < res.Len(); at += size {
			got = append(got, res.Hits(at, size)...)
		}
		same := slices.EqualFunc(got, all, func(a, b Hit) bool { return a.DocID == b.DocID && a.Score == b.Score })
		if !same || len(all) != res.Len() {
			t.Errorf("pages of %d differ", size)
		}
	}
}

func TestFacets(t *testing.T) {
	ix := small(t)
	for _, c := range []struct {
		asked   string
		figures bool
		field   string
		want    string
	}{
		{"*", false, "year", "2009:1 2011:1 2012:1"},
		{"*", true, "year", "2011:4 2009:3 2012:2"},
		{"year:2011..", false, "region", "530300 曲靖市:1 530322 陆良县:1"},
		{"*", false, "unit", "元:3 亩:2 公顷:1 张:1"},
		{"*", true, "unit", "元:4 亩:2 公顷:2 张:1"},
		{"*", true, "kind", "amount:7 masked:1 standard:1"},
		{"敬老院", false, "org", "石屏县民政局:1"},
		{"*", false, "indicator", ""},
	} {
		list, err := search(t, ix, c.asked, SearchOptions{Figures: c.figures, Facets: true}).Facet(c.field, 0)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range list {
			got = append(got, fmt.Sprintf("%s:%d", strings.TrimSpace(n.Value+" "+n.Name), n.N))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s by %s: %s, want %s", c.asked, c.field, s, c.want)
		}
	}
	if _, err := search(t, ix, "*", SearchOptions{}).Facet("colour", 0); err == nil {
		t.Error("a facet that does not exist was counted")
	}
}

// Two facets at once add up to each of them.
func TestCross(t *testing.T) {
	ix := small(t)
	for _, figures := range []bool{false, true} {
		res := search(t, ix, "*", SearchOptions{Figures: figures})
		counts, err := res.Cross("region", "year")
		if err != nil {
			t.Fatal(err)
		}
		regions, err := res.Facet("region", 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range regions {
			n := 0
			for key, k := range counts {
				if key[0] == c.Value {
					n += k
				}
			}
			if n != c.N { // every report of the sample has a year
				t.Errorf("%s: %d, and %d by year", c.Value, c.N, n)
			}
		}
	}
	if _, err := search(t, ix, "*", SearchOptions{}).Cross("region", "unit"); err == nil {
		t.Error("a facet of figures was crossed")
	}
}

func TestSynonyms(t *testing.T) {
	dir := t.TempDir()
	w := newWriter(t, dir)
	for _, text := range []string{"城市低保", "城镇最低生活保障", "五保供养", "特困供养"} {
		if err := w.Add(plain(text, text), nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	ix := openIndex(t, dir)
	for _, c := range []struct{ asked, want string }{
		{"低保", "城市低保 城镇最低生活保障"},
		{`"低保"`, "城市低保"},
		{"城市低保", "城市低保 城镇最低生活保障"},
		{"五保", "五保供养 特困供养"},
		{"特困供养", "特困供养"}, // not back to the old word
	} {
		res := search(t, ix, c.asked, SearchOptions{Synonyms: true})
		var got []string
		for h := range res.All() {
			got = append(got, h.DocID)
			checkMarks(t, h.DocID, h.Marks)
		}
		slices.Sort(got)
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s (%v)", c.asked, s, c.want, res.Expanded)
		}
		if len(res.Expanded) == 0 != (c.asked == `"低保"` || c.asked == "特困供养") {
			t.Errorf("%s: expanded %v", c.asked, res.Expanded)
		}
	}
	if n := search(t, ix, "低保", SearchOptions{}).Docs; n != 1 {
		t.Errorf("without synonyms %d", n)
	}
}

// checkMarks refuses marks outside the text.
func checkMarks(t *testing.T, text string, marks []Mark) {
	t.Helper()
	for _, m := range marks {
		if m.Start < 0 || m.End <= m.Start || m.End > len([]rune(text)) {
			t.Errorf("%s: mark %v", text, m)
		}
	}
}

// Marks of a snippet are the words themselves, whatever stands around them.
func TestSnippets(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	for range 200 {
		text := sample(r)
		word := fold.String(pick(r, []string{"低保", "受灾", "保", "１", "供养"}))
		marks := substrings(fold.String(text), word)
		list := Snippets(text, marks, 1+r.Intn(4), 20+r.Intn(80))
		if len(marks) > 0 && len(list) == 0 {
			t.Fatalf("%s: no snippet", word)
		}
		for _, s := range list {
			runes := []rune(text)
			if flat(string(runes[s.Start:s.Start+len([]rune(s.Text))])) != s.Text {
				t.Errorf("%q does not stand at %d", s.Text, s.Start)
			}
			for _, m := range s.Marks {
				if got := fold.String(s.Text[m.Start:m.End]); strings.Trim(got, word) != "" {
					t.Errorf("%q is marked for %s", got, word)
				}
			}
		}
	}
	if list := Snippets("短", []Mark{{5, 7}}, 2, 10); len(list) != 0 {
		t.Error("a mark outside the text was shown")
	}
}

// After merging, with documents deleted in between, everything is as before.
func TestMerge(t *testing.T) {
	dir := t.TempDir()
	w := newWriter(t, dir)
	commit := func() {
		t.Helper()
		if err := w.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	r := rand.New(rand.NewSource(5))
	for part := range strings.SplitSeq(strings.TrimSpace(smallCorpus), "\n\n") {
		for i := range 4 { // fillers before, which are deleted again
			if err := w.Add(plain(fmt.Sprint(part[:1], i), sample(r)), nil); err != nil {
				t.Fatal(err)
			}
			commit()
		}
		d, reading := readSmall(t, part)
		if err := w.Add(d, reading); err != nil {
			t.Fatal(err)
		}
		commit()
	}
	queries := []string{"受灾", "unit:亩", "region:曲靖 label:受灾", "section:低保", "title:2009", "value:>500公顷", "农作物*亩", "年"}
	ask := func() (list []string) {
		ix := openIndex(t, dir)
		for _, q := range queries {
			got := figureHits(t, ix, q, SearchOptions{Sort: ByOrder})
			slices.Sort(got)
			list = append(list, strings.Join(append(got, ids(t, ix, q)...), " "))
		}
		return list
	}
	for _, c := range "abc" {
		for i := range 4 {
			w.Delete(fmt.Sprint(string(c), i))
		}
	}
	commit()
	before := ask()
	if err := w.Compact(); err != nil {
		t.Fatal(err)
	}
	if after := ask(); !slices.Equal(before, after) {
		t.Errorf("before %q\nafter %q", before, after)
	}
	ix := openIndex(t, dir)
	if docs, _, figures, err := ix.Docs(); docs != 3 || figures != 9 || err != nil {
		t.Error(docs, figures, err)
	}
}

// A reader goes on with what it opened while a writer commits, merges and sweeps.
func TestReadWhileWriting(t *testing.T) {
	dir := t.TempDir()
	w := newWriter(t, dir)
	add := func(i int) {
		t.Helper()
		if err := w.Add(plain(fmt.Sprint(i), fmt.Sprintf("标题%d\n低保%d", i, i)), nil); err != nil {
			t.Fatal(err)
		}
		if err := w.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	add(0)
	ix := openIndex(t, dir)
	for i := range 10 {
		add(i + 1)
	}
	if n := search(t, ix, "低保", SearchOptions{}).Docs; n != 1 {
		t.Errorf("the open reader finds %d", n)
	}
	if n := search(t, openIndex(t, dir), "低保 title:标题", SearchOptions{}).Docs; n != 11 {
		t.Errorf("a new reader finds %d", n)
	}
	if n := search(t, ix, "title:标题", SearchOptions{}).Docs; n != 1 {
		t.Errorf("the open reader finds %d by title", n)
	}
}

// A label that stands in the text has a word where a place of the word lies in it, also
// where another spelling begins at the same place and goes on behind the label.
func TestWithin(t *testing.T) {
	spots := []spot{{0, 12}, {0, 6}, {30, 36}, {33, 39}}
	for _, c := range []struct {
		at, n int
		want  bool
	}{{0, 6, true}, {0, 5, false}, {1, 20, false}, {30, 6, true}, {31, 8, true}, {31, 7, false}, {40, 9, false}} {
		if got := within(spots, c.at, c.n); got != c.want {
			t.Errorf("%d bytes from %d: %v", c.n, c.at, got)
		}
	}
}
