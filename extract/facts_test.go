package extract

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"mingxi/corpus"
	"mingxi/schema"
)

// testdata/facts/facts.txt holds small reports with the facts that must be found in
// them, and in which way:
//
//	== path/of/the/file.txt
//	text of the file
//	=> org 某县水利局 sign-off | region 530322 path | year 2011 title | title …
//
// A fact that is not named must not be found; => nothing says that none is.
// "=>!" marks a known failure: it must fail, so that it is noticed when it heals.
func TestFacts(t *testing.T) {
	data, err := os.ReadFile("testdata/facts/facts.txt")
	if err != nil {
		t.Fatal(err)
	}
	e := New()
	n := 0
	for _, example := range strings.Split("\n"+string(data), "\n== ")[1:] {
		name, rest, _ := strings.Cut(example, "\n")
		text, want, ok := strings.Cut(rest, "\n=>")
		if !ok {
			t.Errorf("%s: no =>", name)
			continue
		}
		n++
		want, _, _ = strings.Cut(want, "\n")
		want, fails := strings.CutPrefix(want, "!")
		d, err := corpus.Read(name, []byte(text), corpus.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r := e.Read(d)
		got := factsOf(&d.Articles[0], r.Origin(1))
		if diff := differ(got, strings.TrimSpace(want)); (diff != "") != fails {
			t.Errorf("%s\n%s\nhas %s\n%s", name, strings.TrimSpace(text), strings.Join(got, " | "), diff)
		}
	}
	if n < 30 {
		t.Errorf("%d examples: facts.txt is cut short", n)
	}
}

// factsOf prints the facts of an article as the examples have them.
func factsOf(a *schema.Article, o schema.Origin) []string {
	var out []string
	if a.Title != "" {
		out = append(out, strings.TrimSpace("title "+a.Title+" "+a.TitleFrom))
	}
	if o.Org != "" {
		out = append(out, "org "+o.Org+" "+o.OrgFrom.Method)
	}
	if o.Region.Code != "" {
		out = append(out, "region "+o.Region.Code+" "+o.Region.Method)
	}
	if o.Year != 0 {
		out = append(out, fmt.Sprintf("year %d %s", o.Year, o.YearFrom.Method))
	}
	return out
}

// differ says in what the facts found are not those wanted. A title is compared
// only where the example names it.
func differ(got []string, want string) string {
	var diff strings.Builder
	named := map[string]bool{}
	for _, w := range strings.Split(want, " | ") {
		w = strings.TrimSpace(w)
		kind, _, _ := strings.Cut(w, " ")
		named[kind] = true
		found := w == "nothing"
		for _, g := range got {
			found = found || g == w
		}
		if !found {
			fmt.Fprintf(&diff, "  want %s\n", w)
		}
	}
	for _, g := range got {
		if kind, _, _ := strings.Cut(g, " "); !named[kind] && kind != "title" {
			fmt.Fprintf(&diff, "  too much: %s\n", g)
		}
	}
	return diff.String()
}

// Every fact has its evidence, and none without.
func TestFactsHaveEvidence(t *testing.T) {
	d, err := corpus.Read("云南/曲靖/陆良县/2011.txt", []byte("2011年工作总结\n2011年,我局救助困难群众1286人次。\n陆良县民政局\n2011年12月20日\n"), corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o := New().Read(d).Origins[0]
	for name, e := range map[string]schema.Evidence{"org": o.OrgFrom, "region": o.RegionFrom, "year": o.YearFrom} {
		if e.Method == "" || e.Words == "" || e.Score <= 0 || e.Score > 1 {
			t.Errorf("%s: %+v", name, e)
		}
	}
	if o.Org != "陆良县民政局" || o.Region.Code != "530322" || o.Year != 2011 {
		t.Errorf("%+v", o)
	}
}

// What the user says of an article stands above its text, cell by cell.
func TestGiven(t *testing.T) {
	d, err := corpus.Read("a.txt", []byte("清屏县民政局2012年工作总结\n2012年,我局救助困难群众1286人次。\n"), corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d.Articles[0].Given = &schema.Given{Region: "530322", Year: 1996, By: "meta.csv:2"}
	o := New().Read(d).Origins[0]
	if o.Year != 1996 || o.YearFrom.Words != "meta.csv:2" || o.Region.Code != "530322" || o.Region.Method != "meta" || o.Org != "清屏县民政局" {
		t.Errorf("%+v", o)
	}
}

// Figures of an article whose year is inferred say so.
func TestInferredYear(t *testing.T) {
	d, err := corpus.Read("a.txt", []byte("201X年清屏县民政局工作总结\n201X年,我局救助困难群众1286人次。\n二、2013年工作打算\n救助困难群众1300人次。\n"), corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := New().Read(d)
	if r.Origins[0].Year != 2012 || len(r.Metrics) == 0 {
		t.Fatalf("%+v", r)
	}
	for _, m := range r.Metrics {
		if !slices.Contains(m.Flags, "year_inferred") {
			t.Errorf("%s: %v", m.In(d.Text), m.Flags)
		}
	}
}

// A year that the table of regions does not cover gets the nearest code, and says so.
func TestUncoveredYear(t *testing.T) {
	for text, flag := range map[string]string{
		"陆良县民政局2026年工作总结\n2026年,全县有低保对象3126户。": "region_as_of_2024",
		"陆良县民政局1962年工作总结\n1962年,全县救济困难户326户。":  "region_as_of_1981",
		"陆良县民政局2012年工作总结\n2012年,全县有低保对象3126户。": "",
	} {
		d, err := corpus.Read("a.txt", []byte(text), corpus.Options{})
		if err != nil {
			t.Fatal(err)
		}
		r := New().Read(d)
		if len(r.Metrics) == 0 || r.Origins[0].Region.Code == "" {
			t.Fatalf("%s: %+v", text, r)
		}
		if got := strings.Join(r.Metrics[0].Flags, ";"); got != flag {
			t.Errorf("%s: %q, want %q", text, got, flag)
		}
	}
}

// What a time is as dates: a moment has no start, a year that begins a clause is that of its
// plan, a masked year is the report's where nothing speaks against it, and is flagged then.
func TestDatesOfTimes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"年末养老床位632张。", " 2012-12-31"},
		{"2012年底,全县有敬老院12所。", " 2012-12-31"},
		{"11月末存款余额12亿元。", " 2012-11-30"},
		{"年初有城市低保对象1200人。", " 2012-01-01"},
		{"截至6月30日,城市低保对象1210人。", " 2012-06-30"},
		{"今年年初以来发放低保金12万元。", "2012-01-01 "},
		{"2013年计划新增养老床位300张。", "2013-01-01 2013-12-31"},
		{"2、2013年目标:新增就业1200人。", "2013-01-01 2013-12-31"},
		{"已完成2011年计划1200户。", " "},
		{"201X年1-11月共筹集救灾资金240万元。", "2012-01-01 2012-11-30 inferred"},
		{"截至20XX年底,城市低保对象3126户。", " 2012-12-31 inferred"},
		{"201X年,救助困难群众1200人次,比201X年增长。", "2012-01-01 2012-12-31 inferred"},
		{"由201X年的165元增至更高。", " "},
		{"自201X年1月起标准提高到195元。", " "},
		{"201X年发放100万元,201X年更多。", " "},
		{"200X年发放低保金120万元。", " "},
		{"20XX年将救助860人。", " "},
		{"20XX年,我局计划救助860人。", " "},
		{"201X-201X年,救助860人。", " "},
		{"201X年—201X年救助860人。", " "},
		{"201Ｘ年救助860人。", "2012-01-01 2012-12-31 inferred"},
		{"２０１X年救助860人。", "2012-01-01 2012-12-31 inferred"},
		{"全面实现年初确定的目标，财政收入8亿元，增长8%。", " "},
		{"年初确定的主要目标，国内生产总值增长7.8%。", " "},
		{"年初县人代会通过的任务全面完成,财政收入8亿元。", " "},
		{"2012年,全面实现年初确定的目标,财政收入8亿元。", "2012-01-01 2012-12-31"},
		{"年初剩余的551万贫困人口全部脱贫。", " "},
		{"2012年初,新建敬老院3所。", "2012-01-01 2012-12-31"},
		{"年初发放低保金12万元。", "2012-01-01 2012-12-31"},
		{"2012年初共有敬老院3所。", " 2012-01-01"},
	} {
		d, err := corpus.Read("a.txt", []byte("清屏县民政局2012年工作总结\n\n"+c.text+"\n"), corpus.Options{})
		if err != nil {
			t.Fatal(err)
		}
		r := New().Read(d)
		if len(r.Metrics) == 0 {
			t.Errorf("%s: no figure", c.text)
			continue
		}
		m := r.Metrics[0]
		got := m.Period.Start + " " + m.Period.End
		if slices.Contains(m.Flags, yearInferred) {
			got += " inferred"
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}
